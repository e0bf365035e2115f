"""Checkpoints, and bringing a workshop back from them and from what is left of a damaged store."""

import pytest
from fault_day import LEAVING, SESSION, SLOT, Day, lead_records, surroundings

from tradeoff_desktop.app import checkpoints, exporting, laptop, restoring
from tradeoff_desktop.errors import MachineError, TrustError
from tradeoff_desktop.exchange import bundle
from tradeoff_desktop.exchange.trust import Signer, TrustStore
from tradeoff_desktop.model import acts, capture
from tradeoff_desktop.model import records as r
from tradeoff_desktop.store.salvage import Salvaged, salvage
from tradeoff_desktop.store.store import Store

AT = "2027-03-02T20:00:00.000Z"


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


def restore(day, name="z"):
    return restoring.restore(day.folders, surroundings(name), SESSION.id)


def kept(day):
    return sorted(path.name for path in day.folders.checkpoints.rglob("*.tradeoff"))


def spoil(path, *, after, every=4096):
    """Overwrite the file from there on, as a bad disk does."""
    data = bytearray(path.read_bytes())
    for place in range(after, len(data), every):
        data[place : place + 512] = b"\xff" * 512
    path.write_bytes(data)


def note(desk, text):
    desk.do(capture.note, r.Note(role=desk.role, text=text, step="anchor_talk"))


def notes(desk):
    return [body.text for _, body in desk.state.bodies(r.Note)]


def test_a_checkpoint_is_kept_where_something_is_new_and_few_are(day):
    play(day, "note")
    assert checkpoints.keep(day.desk, day.folders) is not None
    assert checkpoints.keep(day.desk, day.folders) is None
    for number in range(checkpoints.KEPT + 1):
        note(day.desk, f"Another {number}")
        path = checkpoints.keep(day.desk, day.folders)
    assert len(kept(day)) == checkpoints.KEPT
    assert checkpoints.reach(path) == day.desk.store.own().seq
    own = laptop.load(day.folders, "ESS", now=day.desk.now)
    assert exporting.read_back(path.read_bytes(), own, at=AT).info.stage == "checkpoint"


def test_a_lost_store_is_brought_back_as_a_new_one_that_goes_on(day):
    play(day, "note")
    checkpoints.keep(day.desk, day.folders)
    before, wrote = list(day.desk.store.records(day.desk.device)), notes(day.desk)
    day.workshops.leave(day.desk)
    day.path.unlink()
    assert [(entry.workshop, entry.state) for entry in day.workshops.recent()] == [(SESSION.id, "lost")]
    restored = restore(day)
    assert (restored.records, restored.lost, restored.until) == (len(before), -1, before[-1].at)
    desk = restored.desk
    assert desk.device != before[0].device
    assert desk.opened.predecessor == before[0].device
    assert notes(desk) == wrote
    assert list(desk.store.records(before[0].device)) == before
    note(desk, "Work goes on")
    assert notes(desk)[-1] == "Work goes on"
    day.workshops.leave(desk)
    assert [entry.state for entry in day.workshops.recent()] != ["lost"]


def test_both_bundles_of_a_workshop_brought_back_make_it_whole(day):
    play(day, "note")
    checkpoints.keep(day.desk, day.folders)
    day.workshops.leave(day.desk)
    day.path.unlink()
    desk = restore(day).desk
    note(desk, "Work goes on")
    own = laptop.load(day.folders, "ESS", now=desk.now)
    (before,) = (day.folders.checkpoints / SESSION.id / "taken").iterdir()
    parts = [before.read_bytes(), exporting.make(desk, own, [own.identity.recipient])]
    trust = TrustStore(signers=(Signer(principal=own.principal, key=own.key.public),))
    read = [bundle.read(data, trust=trust, identities=[own.identity], received_at=AT) for data in parts]
    assert sorted(record.key for one in read for record in one.records) == sorted(
        record.key for record in desk.store.records()
    )


def test_what_verifies_in_a_damaged_store_goes_beyond_the_checkpoint_and_the_file_is_kept(day):
    play(day, "note")
    checkpoints.keep(day.desk, day.folders)
    reached = day.desk.store.own().seq
    for number in range(60):
        note(day.desk, f"After the checkpoint {number} " + "x" * 400)
    had = day.desk.store.own().seq
    day.desk.store.close()  # no clean end: the mark of an open store stays
    spoil(day.path, after=3 * day.path.stat().st_size // 4)
    damaged = day.path.read_bytes()
    assert [entry.state for entry in day.workshops.recent()] == ["damaged"]
    with pytest.raises(MachineError, match="store_"):
        day.resume()
    restored = restore(day)
    assert reached < restored.records < had
    assert restored.lost == had - restored.records
    assert day.path.with_name(f"{day.path.name}.damaged-1").read_bytes() == damaged
    assert notes(restored.desk)[-1].startswith("After the checkpoint")


def test_without_a_checkpoint_what_verifies_is_enough(day):
    play(day, "note")
    for number in range(60):
        note(day.desk, f"Said {number} " + "x" * 400)
    day.desk.store.close()
    spoil(day.path, after=3 * day.path.stat().st_size // 4)
    assert restore(day).records > 10


def test_a_file_that_says_nothing_and_no_checkpoint_is_refused_and_left(day):
    play(day, "note")
    day.desk.store.close()
    spoil(day.path, after=0, every=512)
    before = day.path.read_bytes()
    assert salvage(day.path) == Salvaged()
    with pytest.raises(MachineError, match="nothing_to_restore"):
        restore(day)
    assert day.path.read_bytes() == before


def test_a_store_changed_on_purpose_is_not_taken_at_its_word(day):
    play(day, "note")
    checkpoints.keep(day.desk, day.folders)
    honest = list(day.desk.store.records(day.desk.device))
    note(day.desk, "Never said")
    day.desk.store.close()
    with Store.open(day.path) as store:
        store._connection.execute("DROP TRIGGER records_are_only_erased")
        store._connection.execute("UPDATE records SET at = '2027-03-02T13:00:00.000Z' WHERE seq = (SELECT max(seq) FROM records)")
    assert salvage(day.path).records == ()
    assert restore(day).records == len(honest)


def test_a_sound_store_is_not_replaced(day):
    play(day, "note")
    path = checkpoints.keep(day.desk, day.folders)
    with pytest.raises(MachineError, match="store_locked"):
        restore(day)
    day.workshops.leave(day.desk)
    with pytest.raises(MachineError, match="store_exists"):
        restore(day)
    with pytest.raises(MachineError, match="store_exists"):
        restoring.restore_file(day.folders, surroundings("z"), path)


def test_another_laptops_bundle_restores_nothing(day, tmp_path):
    play(day, "note")
    path = checkpoints.keep(day.desk, day.folders)
    other = Day(tmp_path / "other")
    laptop.load(other.folders, "ESS", now=day.desk.now)
    with pytest.raises(TrustError, match="not_for_us"):
        restoring.restore_file(other.folders, surroundings("z"), path)
    assert not other.folders.workshops.exists()


def test_a_restoring_that_was_cut_short_is_done_again(day):
    play(day, "note")
    checkpoints.keep(day.desk, day.folders)
    day.workshops.leave(day.desk)
    day.path.unlink()
    day.path.with_name(f"{day.path.name}.restored").write_bytes(b"half a file")
    assert notes(restore(day).desk)


def test_a_checkpoint_may_be_restored_twice(day):
    play(day, "note")
    checkpoints.keep(day.desk, day.folders)
    day.workshops.leave(day.desk)
    day.path.unlink()
    first = restore(day, "y").desk
    note(first, "Between the two")
    checkpoints.keep(first, day.folders)
    day.workshops.leave(first)
    day.path.unlink()
    again = restore(day, "z").desk
    assert "Between the two" in notes(again)
    assert any("said so" in text for text in notes(again)), "the chain before the first restoring is there too"


def test_an_erasure_reaches_checkpoints_and_damaged_files(day):
    play(day, "note")
    assert LEAVING.encode() in b"".join(day.desk.store.dump())
    checkpoints.keep(day.desk, day.folders)
    aside = day.path.with_name(f"{day.path.name}.damaged-1")
    aside.write_bytes(day.path.read_bytes())
    day.desk.keep_draft(SLOT, LEAVING)
    day.desk.withdraw(day.desk.state.sitting()[0])
    assert kept(day) == []
    assert not aside.exists()
    checkpoints.keep(day.desk, day.folders)
    assert len(kept(day)) == 1
    everything = b"".join(path.read_bytes() for path in day.folders.root.rglob("*") if path.is_file())
    assert LEAVING.encode() not in everything


def test_what_a_store_brought_back_says_comes_after_what_it_continues(day):
    """Whatever the two ids: a later step and a later consent count, and one laptop is one voice."""
    for name in "az":
        around = Day(day.folders.root.parent / name)
        around.stick.mkdir(parents=True)
        play(around, "note")
        seat = around.desk.state.sitting()[0]
        around.desk.do(acts.consent, role="desk", seat=seat, signed=False)
        checkpoints.keep(around.desk, around.folders)
        around.workshops.leave(around.desk)
        around.path.unlink()
        desk = restoring.restore(around.folders, surroundings("z" if name == "a" else "0"), SESSION.id).desk
        desk.join(lead_records())
        cell = desk.state.cells_of(seat, 1)[0]
        desk.do(acts.consent, role="desk", seat=seat, signed=True)
        desk._look_again()
        assert desk.state.consents[seat].signed
        desk.do(capture.key_answer, role="desk", seat=seat, cell=cell, answer="5")
        desk._look_again()
        assert desk.state.answer(seat, cell) == "5"


def test_a_store_cut_short_before_its_first_byte_is_begun_and_not_restored(day):
    day.begin()
    day.desk.store.close()
    day.path.write_bytes(b"")
    assert day.workshops.recent() == []
    day.begin()
