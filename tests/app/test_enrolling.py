"""Whom the centre trusts: enrolling, a bundle that waits for it, a new key, a key taken back; receipts; the backup."""

import itertools
from datetime import UTC, datetime

import pytest
from desk_world import SESSION, opened, surroundings

from tradeoff_desktop.app import (
    centre,
    day,
    deleting,
    enrolling,
    judging,
    laptop,
    merging,
    originals,
    planning,
    programmes,
    receipts,
    shelf,
)
from tradeoff_desktop.app.desk import Desk
from tradeoff_desktop.app.files import Folders
from tradeoff_desktop.app.words import say
from tradeoff_desktop.errors import ContentError, MachineError, RuleError, TrustError
from tradeoff_desktop.exchange import bundle, comparison, sealing
from tradeoff_desktop.exchange import programme as signing
from tradeoff_desktop.model import capture, codec
from tradeoff_desktop.model import records as r
from tradeoff_desktop.store.store import Store

NOW = datetime(2027, 3, 2, 20, tzinfo=UTC)
LATER = datetime(2031, 3, 2, 20, tzinfo=UTC)


class Room:
    """A laptop with a workshop on it, and a centre with nothing yet."""

    def __init__(self, folder, pack):
        self.folder, self.folders, self.numbers = folder, Folders(folder / "laptop"), itertools.count()
        self.own = laptop.load(self.folders, "ESS", now=NOW)
        self.trust, self.store = folder / "centre" / "allowed_signers", folder / "centre" / "centre.db"
        begun = codec.amended(opened(pack, "lead"), laptop=self.own.principal, key=self.own.public_line)
        self.desk = Desk.begin(Store.create(), pack, surroundings(name="a"), device="leadlead11", opened=begun)
        day.prepare(self.desk, SESSION)
        self.trust.parent.mkdir()
        self.trust.write_text("")

    @property
    def records(self):
        return list(self.desk.store.records(self.desk.device))

    @property
    def opened(self):
        return self.desk.opened

    def bundle(self):
        file = self.folder / f"{next(self.numbers)}.tradeoff"
        file.write_bytes(bundle.pack(self.records, stage="checkpoint", key=self.own.key, recipients=[]))
        return file

    def enrolment(self, previous=None):
        file = self.folder / f"{next(self.numbers)}.enrolment"
        file.write_bytes(signing.write_enrolment(
            self.own.principal, key=self.own.key, recipient=self.own.identity.recipient, previous=previous,
        ))
        return file

    def enrol(self, file=None, heard=None, now=NOW):
        words = " ".join(self.own.words) if heard is None else heard
        return enrolling.enrol(file or self.enrolment(), into=self.trust, heard=words, now=now)

    def merge(self, *files, now=NOW, **more):
        access = judging.Access(enrolling.read_trust(self.trust), (), now)
        return merging.merge(list(files), store=self.store, access=access, **more)

    def outcomes(self, *files, **more):
        return [(one.outcome, one.code) for one in self.merge(*files, **more)]


@pytest.fixture
def room(tmp_path, pack):
    made = Room(tmp_path, pack)
    yield made
    made.desk.store.close()


# -- a bundle that waits


def test_a_bundle_of_an_unknown_laptop_waits_and_enrolling_lets_it_in(room):
    file = room.bundle()
    assert room.outcomes(file) == [("put_aside", "unknown_signer")]
    assert not room.store.exists()
    file.unlink()
    room.enrol()
    assert [(one.outcome, one.new) for one in room.merge()] == [("fresh", len(room.records))]
    assert list(originals.waiting(room.store)) == []
    assert room.merge() == []


def test_it_is_put_aside_once_and_judged_by_when_it_first_came(room):
    file = room.bundle()
    room.merge(file)
    room.merge(file, now=LATER)
    assert [one.received for one in originals.waiting(room.store)] == [NOW]
    room.enrol()  # the key holds three years, and the merge comes after them
    assert room.outcomes(now=LATER) == [("fresh", "")]


def test_a_dry_run_puts_nothing_aside_and_releases_nothing(room):
    file = room.bundle()
    room.merge(file, dry_run=True)
    assert list(originals.waiting(room.store)) == []
    room.merge(file)
    room.enrol()
    assert room.outcomes(dry_run=True) == [("fresh", "")]
    assert len(list(originals.waiting(room.store))) == 1


def test_what_is_altered_or_signed_for_nothing_known_is_not_put_aside(room):
    file = room.bundle()
    file.write_bytes(file.read_bytes()[:-1])
    assert room.outcomes(file) == [("refused", "bad_container")] or room.outcomes(file) == [("refused", "not_canonical")]
    assert list(originals.waiting(room.store)) == []


# -- enrolling


def test_the_words_must_be_those_of_the_file(room):
    with pytest.raises(RuleError, check=lambda error: error.code == "words_differ") as caught:
        room.enrol(heard="abbey acorn actor advice agent ahead alarm album")
    told = f"{caught.value} {say(caught.value)}"
    assert not set(told.split()) & set(room.own.words)  # whoever sees them would need nobody to read them out
    assert room.trust.read_text() == ""
    assert room.enrol(heard="  " + " ".join(room.own.words).upper()).vouched is False
    room.enrol()
    assert room.trust.read_text().count("\n") == 1


def test_a_key_that_has_run_out_is_renewed_and_not_enrolled_again(room):
    held = room.enrol().signer
    assert room.enrol().signer == held
    with pytest.raises(RuleError, check=lambda error: error.code == "renew_key") as caught:
        room.enrol(now=LATER)
    assert "tradeoff keys renew" in str(say(caught.value))
    assert room.trust.read_text().count("\n") == 1
    renewed = planning.renew_keys("ESS", now=LATER, at=room.folders)
    file = room.folders.keys / "ESS" / renewed.enrolment.rpartition("/")[2]
    with pytest.raises(TrustError, check=lambda error: error.code == "signer_expired"):
        room.enrol(file, heard="", now=LATER)  # the old key is too old to vouch alone
    assert room.enrol(file, heard=" ".join(renewed.words), now=LATER).vouched is False
    assert room.enrol(file, heard=" ".join(renewed.words), now=LATER).signer.key != held.key


def test_a_new_key_is_vouched_for_by_the_old_one_and_needs_no_words(room):
    room.enrol()
    old = room.bundle()
    renewed = planning.renew_keys("ESS", now=NOW, at=room.folders)
    assert room.enrol(room.folders.keys / "ESS" / renewed.enrolment.rpartition("/")[2], heard="").vouched
    assert room.outcomes(old) == [("fresh", "")]  # what the old key signed stays good
    own = laptop.load(room.folders, "ESS", now=NOW)
    assert (own.principal, own.identity) == (room.own.principal, room.own.identity)
    assert own.key != room.own.key
    room.desk.do(capture.note, r.Note(role="lead", text="one more", step="anchor_talk"))
    room.own = own
    assert room.outcomes(room.bundle()) == [("newer", "")]


def test_a_second_key_under_a_known_name_is_not_taken_on_words_alone(room):
    room.enrol()
    room.own = room.own._replace(key=laptop.make("ESS").key)
    with pytest.raises(TrustError, check=lambda error: error.code == "not_vouched"):
        room.enrol()


def test_nobody_elses_key_vouches(room):
    room.enrol()
    first = room.own
    room.own = laptop.make("ESS")
    with pytest.raises(TrustError, check=lambda error: error.code == "not_vouched"):
        room.enrol(room.enrolment(previous=first.key), heard="")


@pytest.mark.parametrize("how", ["unknown", "revoked", "expired"])
def test_a_key_that_is_not_trusted_vouches_for_nothing(room, how):
    if how != "unknown":
        room.enrol()
    if how == "revoked":
        enrolling.revoke(room.own.key.public, into=room.trust)
    old, room.own = room.own, room.own._replace(key=laptop.make("ESS").key)
    with pytest.raises(TrustError, check=lambda error: error.facts["at_fault"] == "signer"):
        room.enrol(room.enrolment(previous=old.key), heard="", now=LATER if how == "expired" else NOW)


def test_a_key_taken_back_is_refused_everywhere_and_cannot_come_again(room):
    room.enrol()
    room.merge(room.bundle())
    room.desk.do(capture.note, r.Note(role="lead", text="one more", step="anchor_talk"))
    enrolling.revoke(planning.key_in(room.enrolment()), into=room.trust)
    assert room.outcomes(room.bundle()) == [("refused", "revoked_signer")]
    with pytest.raises(TrustError, check=lambda error: error.code == "revoked_signer"):
        room.enrol()
    with Store.look(room.store) as held:
        assert held.receipts()  # what was received stays


# -- receipts


@pytest.fixture
def known_centre(room):
    """The centre's key, pinned on the laptop with its programme; and the bundle merged."""
    own = laptop.make("CTR")
    issued = planning.issue(programmes.shipped_source(), centre=own, practice=True)
    data = codec.encode(codec.amended(issued.signed.programme, id=room.opened.programme))
    signed = signing.write_programme(codec.decode(data, type(issued.signed.programme)), issued.signed.pack, key=own.key)
    file = room.folder / "p.programme"
    file.write_bytes(signed)
    shelf.accept(room.folders, shelf.look(room.folders, file))
    room.enrol()
    room.merge(room.bundle())
    return own


def receipted(room, own):
    return receipts.write(room.store, workshop=room.opened.workshop, centre=own, folder=room.folder / "out", now=NOW)


def test_a_receipt_unlocks_the_workshop_as_it_stands_and_no_further(room, known_centre):
    assert receipts.waiting(room.folders, room.desk.store)
    done = receipted(room, known_centre)
    receipts.accept_file(room.folders, room.desk.store, done.path)
    assert not receipts.waiting(room.folders, room.desk.store)
    room.desk.do(capture.note, r.Note(role="lead", text="one more", step="anchor_talk"))
    assert receipts.waiting(room.folders, room.desk.store)
    with pytest.raises(TrustError, check=lambda error: error.code == "receipt_too_short"):
        receipts.accept_file(room.folders, room.desk.store, done.path)


def test_the_code_by_telephone_does_the_same(room, known_centre):
    code = receipted(room, known_centre).codes["leadlead11"]
    receipts.accept_code(room.folders, room.desk.store, f" {code.lower()} ")
    assert not receipts.waiting(room.folders, room.desk.store)
    room.desk.do(capture.note, r.Note(role="lead", text="one more", step="anchor_talk"))
    assert receipts.waiting(room.folders, room.desk.store)
    for typed in (code, "0000 0000"):
        with pytest.raises(TrustError, check=lambda error: error.code == "wrong_receipt_code"):
            receipts.accept_code(room.folders, room.desk.store, typed)


def test_a_code_that_is_out_of_date_does_not_stand_in_the_way_of_a_good_receipt(room, known_centre):
    receipts.accept_code(room.folders, room.desk.store, receipted(room, known_centre).codes["leadlead11"])
    room.desk.do(capture.note, r.Note(role="lead", text="one more", step="anchor_talk"))
    room.merge(room.bundle())
    done = receipts.write(room.store, workshop=room.opened.workshop, centre=known_centre, folder=room.folder / "later", now=NOW)
    receipts.accept_file(room.folders, room.desk.store, done.path)
    assert receipts.waiting(room.folders, room.desk.store) == []


def test_the_code_opens_the_deletion_of_the_workshop(room, known_centre):
    code = receipted(room, known_centre).codes["leadlead11"]
    before = deleting.lock(room.desk, room.folders)
    assert (before.opened, before.code) == (False, True)
    with pytest.raises(RuleError):
        deleting.check(room.desk, room.folders, typed="ESS")
    deleting.unlock(room.desk, room.folders, typed=code)
    assert deleting.lock(room.desk, room.folders).opened
    deleting.check(room.desk, room.folders, typed="ess")


def test_a_receipt_on_a_stick_opens_the_deletion(room, known_centre):
    stick = room.folder / "out"
    stick.mkdir()
    with pytest.raises(RuleError, check=lambda error: error.code == "no_receipt"):
        deleting.unlock_from(room.desk, room.folders, stick=stick)
    (stick / "other.receipt").write_bytes(b"not one")
    with pytest.raises(TrustError):
        deleting.unlock_from(room.desk, room.folders, stick=stick)
    receipted(room, known_centre)
    assert not deleting.lock(room.desk, room.folders).opened
    deleting.unlock_from(room.desk, room.folders, stick=stick)
    assert deleting.lock(room.desk, room.folders).opened


def test_a_receipt_file_finds_its_workshop_on_this_laptop(room, known_centre):
    done = receipted(room, known_centre)
    with pytest.raises(TrustError, check=lambda error: error.code == "wrong_receipt"):
        receipts.accept_here(room.folders, done.path)
    room.folders.workshops.mkdir(parents=True)
    with Store.create(room.folders.workshops / "w.db") as kept:
        kept.append(room.records)
    assert receipts.accept_here(room.folders, done.path) == room.opened.workshop
    assert not receipts.waiting(room.folders, room.desk.store)


def test_the_code_cannot_be_told_from_what_is_public(room):
    head = bundle.read(
        room.bundle().read_bytes(), trust=room.enrol() and enrolling.read_trust(room.trust), identities=[],
        received_at="2027-03-02T20:00:00.000Z",
    ).head
    codes = {comparison.receipt_code(head.device, head.head, salt * 32) for salt in "0123456789abcdef"}
    assert len(codes) == 16


def test_a_receipt_of_another_centre_is_none(room, known_centre):
    done = receipted(room, laptop.make("CTR"))
    with pytest.raises(TrustError, check=lambda error: error.code == "wrong_receipt"):
        receipts.accept_file(room.folders, room.desk.store, done.path)
    assert known_centre.key != laptop.make("CTR").key


def test_a_receipt_says_nothing_of_what_is_not_held(room, known_centre):
    with pytest.raises(RuleError, check=lambda error: error.code == "unknown_workshop"):
        receipts.write(room.store, workshop="elsewhere", centre=known_centre, folder=room.folder, now=NOW)


# -- what a programme names


@pytest.mark.parametrize(("change", "code"), [
    ({"recipient": "age1nobody"}, "plan_bad_recipient"), ({"key": "ssh-rsa AAAA"}, "plan_bad_key"),
])
def test_a_programme_with_a_key_or_recipient_that_is_none_is_not_signed(change, code):
    enrolled = codec.amended(planning.enrol(planning.enrolment_of(laptop.make("ESS")), now=NOW), **change)
    with pytest.raises(ContentError, check=lambda error: error.code == code):
        planning.issue(programmes.shipped_source(), centre=laptop.make("CTR"), enrolled=[enrolled])


def test_the_check_of_a_programme_file_finds_what_another_program_signed(tmp_path):
    own, bad = laptop.make("CTR"), laptop.make("ESS")
    enrolled = planning.enrol(planning.enrolment_of(bad), now=NOW)
    good = planning.issue(programmes.shipped_source(), centre=own, enrolled=[enrolled])
    elsewhere = codec.amended(enrolled, area="MAN")
    spoilt = codec.amended(
        good.signed.programme, centre="age1", revoked=[bad.public_line, "ssh-ed25519 x"], laptops=[elsewhere],
    )
    file = tmp_path / "spoilt"
    file.write_bytes(signing.write_programme(spoilt, good.signed.pack, key=own.key))
    said = "\n".join(planning.check(file).faults)
    for part in ("centre: This is not the address", "revoked[1]: This is not", "was taken back", "is not a laptop of MAN"):
        assert part in said


# -- a key with a passphrase


def test_locked_keys_open_once_for_as_long_as_the_program_runs(tmp_path, monkeypatch):
    monkeypatch.setattr(laptop, "_opened", {})
    own = laptop.load(Folders(tmp_path), "ESS", now=NOW)
    folder = tmp_path / "keys" / "ESS"
    laptop.lock(folder, "a long sentence")
    for name in (laptop.SIGNING, laptop.IDENTITY):
        assert sealing.is_sealed((folder / name).read_bytes())
        assert (folder / name).stat().st_mode & 0o077 == 0
    for reading in (lambda: laptop.read(folder), lambda: laptop.read_identity(folder / laptop.IDENTITY)):
        with pytest.raises(TrustError, check=lambda error: error.code == "locked_key"):
            reading()
    assert laptop.is_locked(folder)
    with pytest.raises(TrustError, check=lambda error: error.code == "locked_key"):
        laptop.lock(folder, "another sentence")
    laptop.unlock(folder, "a long sentence")
    assert laptop.read(folder) == own
    assert not laptop.is_locked(folder)
    with pytest.raises(RuleError, check=lambda error: error.code == "take_lock_off"):
        planning.renew_keys("ESS", now=NOW, at=Folders(tmp_path))


@pytest.mark.full
def test_a_lock_that_was_cut_short_is_taken_up_again_and_comes_off(tmp_path, monkeypatch):
    monkeypatch.setattr(laptop, "_opened", {})
    own = laptop.load(Folders(tmp_path), "ESS", now=NOW)
    folder = tmp_path / "keys" / "ESS"
    plain = (folder / laptop.SIGNING).read_bytes()
    laptop.lock(folder, "a long sentence")
    (folder / laptop.SIGNING).write_bytes(plain)
    assert laptop.is_locked(folder)
    laptop.lock(folder, "a long sentence")
    laptop.take_lock_off(folder, "a long sentence")
    monkeypatch.setattr(laptop, "_opened", {})
    assert laptop.read(folder) == own


@pytest.mark.full
def test_the_wrong_passphrase_opens_nothing():
    with pytest.raises(TrustError, check=lambda error: error.code == "wrong_passphrase"):
        sealing.unlock(sealing.lock(b"x", "a"), "b")


# -- unpacking onto a full disk


def test_a_full_disk_leaves_no_half_bag(room, monkeypatch):
    file, left = room.bundle(), itertools.count()
    whole = centre.write_new

    def fills_up(path, data):
        if next(left) == 6:
            raise MachineError("disk_full", file=path.name)
        whole(path, data)

    monkeypatch.setattr(centre, "write_new", fills_up)
    identity = room.folders.keys / "ESS" / laptop.IDENTITY
    with pytest.raises(MachineError, check=lambda error: error.code == "disk_full"):
        centre.unpack(file, identity=identity, folder=room.folder / "out" / "bag")
    assert not (room.folder / "out").exists()
    monkeypatch.setattr(centre, "write_new", whole)
    assert len(centre.unpack(file, identity=identity, folder=room.folder / "out" / "bag")) == 9
