"""What a stop in the middle leaves behind never stands in the way afterwards."""

import pytest
from fault_day import LEAVING, SESSION, SLOT, Day, programme, surroundings

from tradeoff_desktop.app import content, deleting, doctor, exporting, files, laptop, planning, restoring
from tradeoff_desktop.app.files import Folders
from tradeoff_desktop.app.workshops import Workshops
from tradeoff_desktop.errors import MachineError, RuleError
from tradeoff_desktop.model import capture
from tradeoff_desktop.model import records as r
from tradeoff_desktop.store.store import Store


@pytest.fixture
def day(tmp_path):
    (tmp_path / "stick").mkdir()
    return Day(tmp_path)


def play(day, until):
    for name, act in day.acts():
        act()
        if name == until:
            return
    raise AssertionError(until)


def test_a_workshop_whose_making_was_cut_short_can_be_begun(day):
    files.make_folder(day.folders.workshops)
    Store.create(day.path).close()
    day.begin()
    assert day.desk.store.own().seq == 1
    day.desk.store.close()
    with pytest.raises(MachineError, match="store_exists"):
        day.begin()


def test_a_damaged_store_is_named_and_not_replaced(day):
    files.make_folder(day.folders.workshops)
    day.path.write_bytes(b"not a store, but long enough to be looked at" * 50)
    before = day.path.read_bytes()
    with pytest.raises(MachineError, match="store_damaged"):
        day.begin()
    assert day.path.read_bytes() == before


@pytest.mark.parametrize("failing", [laptop.SIGNING, laptop.IDENTITY, f"{laptop.SIGNING}.pub", f"{laptop.SIGNING}.begun.part"])
def test_keys_whose_making_was_cut_short_are_made_again(tmp_path, failing):
    folders, now = Folders(tmp_path), surroundings().clock()
    folder = files.make_folder(folders.keys / "ESS", private=True)
    (folder / failing).mkdir()  # the disk refuses that one
    with pytest.raises(MachineError):
        laptop.keep(laptop.make("ESS"), folder, now=now) if failing != laptop.SIGNING else cut_at_the_name(folder, now)
    (folder / failing).rmdir()
    made = laptop.load(folders, "ESS", now=now)
    assert laptop.load(folders, "ESS", now=now) == made
    with pytest.raises(MachineError, match="file_exists"):
        laptop.keep(laptop.make("ESS"), folders.keys / "ESS", now=now)


def cut_at_the_name(folder, now):
    """All but the last step: the signing key has not got its name."""
    (folder / laptop.SIGNING).rmdir()
    laptop.keep(laptop.make("ESS"), folder, now=now)
    (folder / laptop.SIGNING).rename(folder / f"{laptop.SIGNING}.begun.part")
    (folder / laptop.SIGNING).mkdir()
    raise MachineError("disk_full", file=laptop.SIGNING)


@pytest.mark.parametrize("left", [laptop.IDENTITY, f"{laptop.SIGNING}.pub", laptop.TRIAL, laptop.ISSUES, "ESS.enrolment"])
def test_keys_that_lost_their_signing_key_are_never_made_anew_over_the_rest(tmp_path, left):
    folders, now = Folders(tmp_path), surroundings().clock()
    own = laptop.load(folders, "ESS", now=now)
    folder = folders.keys / "ESS"
    for name in (laptop.TRIAL, laptop.ISSUES, "ESS.enrolment"):
        (folder / name).write_bytes(b"kept")
    kept = (folder / laptop.SIGNING).read_bytes()
    for path in folder.iterdir():
        if path.name != left:
            path.unlink()
    before = (folder / left).read_bytes()
    for act in (
        lambda: laptop.load(folders, "ESS", now=now), lambda: laptop.keep(own, folder, now=now), lambda: laptop.centre(folder),
        lambda: planning.new_keys("ESS", now=now, at=folders),
    ):
        with pytest.raises(MachineError, match="key_lost"):
            act()
    assert [(path.name, path.read_bytes()) for path in folder.iterdir()] == [(left, before)]
    told = next(one for one in doctor.examine(now=now, at=folders) if one.name == "Keys")
    assert (told.ok, "ESS" in told.text) == (False, True)
    (folder / laptop.SIGNING).write_bytes(kept)
    assert next(one for one in doctor.examine(now=now, at=folders) if one.name == "Keys").ok is (left == laptop.IDENTITY)


def test_doctor_sees_that_keys_can_have_no_folder(tmp_path):
    (tmp_path / "keys").write_bytes(b"a file")
    assert not next(one for one in doctor.examine(now=surroundings().clock(), at=Folders(tmp_path)) if one.name == "Keys").ok


@pytest.mark.parametrize("gone", ["all", laptop.SIGNING])
def test_a_workshop_whose_key_is_gone_gets_no_other_and_its_bundle_says_why(day, gone):
    play(day, "hand over")
    folder, now = day.folders.keys / "ESS", day.desk.now
    kept = next(path for path in day.folders.checkpoints.rglob("*.tradeoff"))
    data = kept.read_bytes()
    for path in list(folder.iterdir()):
        if gone in {"all", path.name}:
            path.unlink()
    for act in (lambda: laptop.load(day.folders, "ESS", now=now), lambda: planning.new_keys("ESS", now=now, at=day.folders), day.hand_over):
        with pytest.raises(MachineError, match="key_lost"):
            act()
    assert "two sticks" in deleting.lock(day.desk, day.folders).says  # whether it may be deleted is known without the key
    day.desk.store.close()
    day.path.unlink()
    kept.write_bytes(data)
    if gone == laptop.SIGNING:
        with pytest.raises(MachineError, match="key_lost"):
            restoring.restore_file(day.folders, surroundings(), kept)
    else:
        laptop.load(day.folders, "ESS", now=now)  # no workshop names a key for the area any more


def test_leaving_can_be_done_again_where_the_disk_refused(day):
    play(day, "note")
    index = day.folders.workshops / "index.json"
    (day.folders.workshops / ".index.json.part").mkdir()
    with pytest.raises(MachineError):
        day.workshops.leave(day.desk)
    (day.folders.workshops / ".index.json.part").rmdir()
    day.desk.do(capture.note, r.Note(role="desk", text="Still open", step="anchor_talk"))
    day.workshops.leave(day.desk)
    assert index.is_file()
    assert [entry.unclean for entry in day.workshops.recent()] == [False]


def test_an_opening_that_is_refused_gives_the_lock_back(day):
    play(day, "note")
    day.workshops.leave(day.desk)
    blocked = day.path.with_name(f".{day.path.with_suffix('.open').name}.part")
    blocked.mkdir()
    with pytest.raises(MachineError):
        day.resume()
    blocked.rmdir()
    day.resume()


def test_bundles_kept_here_go_before_what_they_hold_is_erased(day):
    play(day, "hand over")
    kept = [path for path in day.folders.checkpoints.rglob("*") if path.is_file()]
    own = laptop.load(day.folders, "ESS", now=day.desk.now)
    held = exporting.read_back(kept[0].read_bytes(), own, at="2027-03-02T20:00:00.000Z")
    assert LEAVING.encode() in held.files["data/records.ndjson"]
    play_on = dict(day.acts())
    play_on["withdraw"]()
    assert not any(path.is_file() for path in day.folders.checkpoints.rglob("*"))
    day.hand_over()
    assert len(list(day.stick.iterdir())) == 2


def test_a_withdrawal_that_comes_from_elsewhere_reaches_the_kept_bundles_too(day, tmp_path):
    play(day, "hand over")
    other = Workshops(Folders(tmp_path / "other"), surroundings("o"))
    lead = other.begin(programme(), content.shipped(), SESSION, role="table")
    lead.join(day.desk.store.borrowed())
    lead.withdraw(lead.state.sitting()[0])
    own = laptop.load(Folders(tmp_path / "other"), "ESS", now=lead.now)
    data = exporting.make(lead, own, [own.identity.recipient])
    day.desk.take_in([exporting.read_back(data, own, at="2027-03-02T20:00:00.000Z")])
    assert not any(path.is_file() for path in day.folders.checkpoints.rglob("*"))
    assert LEAVING.encode() not in b"".join(day.desk.store.dump())


def test_a_draft_and_the_note_made_of_it_are_never_both_there(day):
    play(day, "draft")
    note = r.Note(role="desk", text="Said so", step="anchor_talk")
    with pytest.raises(RuleError, match="empty_note"):
        day.desk.settle(SLOT, capture.note, r.Note(role="desk", text=" ", step="anchor_talk"))
    assert day.desk.store.draft(SLOT)
    day.desk.keep_draft("another", "Not this one")
    assert day.desk.settle(SLOT, capture.note, note) == {"note"}
    assert (day.desk.store.draft(SLOT), day.desk.store.draft("another")) == ("", "Not this one")


def test_a_draft_of_any_characters_is_kept(day):
    play(day, "join")
    day.desk.keep_draft(SLOT, "a\ud800b\0c\r\nd\u0301")
    assert day.desk.store.draft(SLOT) == "abc\nd\u0301"
