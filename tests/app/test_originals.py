"""What the centre keeps beside its store, what of it a withdrawal leaves, and the store made anew from it."""

import contextlib
import os
import shutil
import stat
from datetime import UTC, datetime

import pytest
from desk_world import SESSION, surroundings
from test_centre import LEAD, NOW, TABLE, TRUST, Files, desk_of, table_of

from tradeoff_desktop.app import centre, day, judging, laptop, merging, originals
from tradeoff_desktop.app.centre_desk import CentreDesk, opening
from tradeoff_desktop.errors import MachineError
from tradeoff_desktop.exchange import bundle, sealing
from tradeoff_desktop.exchange.trust import Signer, TrustStore
from tradeoff_desktop.model import capture
from tradeoff_desktop.model import records as r
from tradeoff_desktop.store.store import Store

LATER = datetime(2040, 1, 1, tzinfo=UTC)
STRANGER = laptop.make("ESS", seed=bytes([9]) * 64, id_="laptop0009")


class Sealed(Files):
    """Bundles that only the centre and their writer can open."""

    def data(self, desk, own):
        return bundle.pack(
            list(desk.store.records(desk.device)), stage="checkpoint", key=own.key,
            recipients=[CENTRE.recipient, own.identity.recipient],
        )


CENTRE = laptop.make("CTR", seed=bytes([7]) * 64, id_="laptop0007").identity
ACCESS = judging.Access(TRUST, (CENTRE,), NOW)


@pytest.fixture
def files(tmp_path):
    (tmp_path / "stick").mkdir()
    return Sealed(tmp_path / "stick")


@pytest.fixture
def store(tmp_path):
    return tmp_path / "centre" / "centre.db"


@pytest.fixture
def lead(pack):
    desk = desk_of(LEAD, "lead", "leadlead11", pack, name="a")
    day.prepare(desk, SESSION)
    yield desk
    desk.store.close()


def take(store, *files, **more):
    access = more.pop("access", ACCESS)
    return merging.merge(list(files), store=store, access=access, **more)


def dump(store):
    return list(centre.dump(store))


def words_in(folder):
    """Everything that stands in the files below ``folder``, opened where the centre can."""
    found = [path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()]
    return b"".join(sealing.decrypt(data, [CENTRE]) if sealing.is_sealed(data) else data for data in found)


class Moments:
    """Copies of a folder, each made when a file in it was about to be synced or has been."""

    def __init__(self, folder):
        self.folder, self.folders = folder, []

    def copy(self, *_):
        to = self.folder.with_name(f"moment-{len(self.folders)}")
        shutil.copytree(self.folder, to, ignore_dangling_symlinks=True)
        self.folders.append(to)

    @contextlib.contextmanager
    def taken(self):
        real = os.fsync

        def fsync(descriptor):
            self.copy()
            real(descriptor)

        with pytest.MonkeyPatch.context() as patched:
            patched.setattr(os, "fsync", fsync)
            patched.setattr(Store, "take_in", self._around(Store.take_in))
            yield
        self.copy()

    def _around(self, take_in):
        def taking(store, changes, **more):
            take_in(store, (self.copy() or change for change in changes), **more)
            self.copy()

        return taking


def rebuilt(store, **more):
    access = more.pop("access", ACCESS)
    return merging.rebuild(store, new=store.with_name("anew.db"), access=access)


# -- originals


def test_every_bundle_taken_in_is_kept_as_it_came_and_cannot_be_written(files, lead, store):
    first = files.write(lead, LEAD)
    lead.do(capture.note, r.Note(role="lead", text="more", step="anchor_talk"))
    second = files.write(lead, LEAD)
    take(store, first, second, second)
    kept = originals.taken_in(store)
    assert sorted(one.path.read_bytes() for one in kept) == sorted(path.read_bytes() for path in (first, second))
    assert {stat.S_IMODE(one.path.stat().st_mode) for one in kept} == {0o400}
    assert [one.received for one in kept] == [NOW, NOW]
    take(store, first, second)
    assert originals.taken_in(store) == kept


def test_a_dry_run_keeps_nothing(files, lead, store):
    take(store, files.write(lead, LEAD), dry_run=True)
    assert not store.parent.exists()


def test_a_merge_that_is_cancelled_leaves_everything_as_it_was(files, lead, pack, store):
    class CancelledError(Exception):
        pass

    def stop(_what, number, _of):
        if number == 1:
            raise CancelledError

    with pytest.raises(CancelledError):
        take(store, files.write(lead, LEAD), files.write(table_of(lead, pack), TABLE), progress=stop)
    assert not originals.taken_in(store)
    assert not any((store.parent / "originals" / "coming").iterdir())
    assert [one.outcome for one in take(store, *sorted(files.folder.iterdir()))] == ["fresh", "fresh"]
    assert len(originals.taken_in(store)) == 2


# -- erasure


def desk_with_words(lead, pack, own=TABLE, device="deskdesk11"):
    """A data desk that keyed somebody's written answer, and a note."""
    desk = desk_of(own, "desk", device, pack, name=device[0])
    desk.join([one for one in lead.store.records(lead.device) if one.kind in {"opened", "setup", "table", "seat"}])
    answer = r.WrittenAnswer(role="desk", seat=lead.state.sitting()[0], question="moved", text="kanarie of one who leaves")
    desk.write([answer, r.Note(role="desk", text="kanarie said this", step="anchor_talk")])
    desk.do(capture.note, r.Note(role="desk", text="other words stay", step="anchor_talk"))
    return desk


def test_withdrawn_and_redacted_words_are_nowhere_at_the_centre(files, lead, pack, store):
    desk = desk_with_words(lead, pack)
    stranger = desk_with_words(lead, pack, own=STRANGER, device="strange111")
    found = [files.write(lead, LEAD), files.write(desk, TABLE), files.write(stranger, STRANGER)]
    assert [one.outcome for one in take(store, *found)] == ["fresh", "fresh", "put_aside"]
    assert words_in(store.parent).count(b"kanarie of") == words_in(store.parent).count(b"kanarie said") == 3
    note = next(record for record in stranger.store.records(stranger.device) if record.kind == "note")
    lead.withdraw(lead.state.sitting()[0])
    for record, body in desk.state.bodies(r.Note):
        if "kanarie" in body.text:
            desk.redact(record.ref, "somebody said this")
    lead.write([r.Redaction(role="lead", of=note.ref)])
    take(store, files.write(lead, LEAD), files.write(desk, TABLE))
    assert b"kanarie" not in words_in(store.parent)
    assert words_in(store.parent).count(b"other words stay") == 4  # store, two bundles of the desk, the stranger's
    assert [one.cut for one in originals.waiting(store)] == [True]
    signers = TrustStore(signers=(*TRUST.signers, Signer(principal=STRANGER.principal, key=STRANGER.key.public)))
    assert [one.outcome for one in take(store, access=ACCESS._replace(trust=signers))] == ["fresh"]
    assert originals.waiting(store) == []
    assert b"kanarie" not in words_in(store.parent)
    done = rebuilt(store, access=ACCESS._replace(trust=signers))
    assert (done.bundles, done.same, done.refused, done.missing, done.lost) == (5, True, (), (), 0)
    assert dump(store) == dump(store.with_name("anew.db"))


def test_a_late_copy_of_what_is_erased_is_kept_as_its_remainder_only(files, lead, pack, store):
    desk = desk_with_words(lead, pack)
    lead.withdraw(lead.state.sitting()[0])
    take(store, files.write(lead, LEAD))
    take(store, files.write(desk, TABLE))
    assert b"kanarie of" not in words_in(store.parent)
    assert [one.cut for one in originals.taken_in(store)] in ([True, False], [False, True])


def test_a_stop_after_the_merge_is_made_good_by_the_next(files, lead, pack, store, monkeypatch):
    desk = desk_with_words(lead, pack)
    take(store, files.write(lead, LEAD), files.write(desk, TABLE))
    lead.withdraw(lead.state.sitting()[0])
    with monkeypatch.context() as stopped:
        stopped.setattr(originals, "move_file", None)  # the power goes once the store has it all
        with pytest.raises(TypeError):
            take(store, files.write(lead, LEAD))
    assert len(originals.taken_in(store)) == 2
    assert b"kanarie of" in words_in(store.parent)
    take(store)
    assert len(originals.taken_in(store)) == 3
    assert b"kanarie of" not in words_in(store.parent)
    assert rebuilt(store).same


# -- the store anew


def test_the_store_is_made_anew_long_after_with_forks_expired_and_revoked_keys(files, lead, pack, store):
    day_of = Signer(principal=TABLE.principal, key=TABLE.key.public, valid_before="20270302235959Z")
    signers = TrustStore(signers=(TRUST.signers[0], day_of))
    one, other = table_of(lead, pack, "one", "more"), table_of(lead, pack, "quite another", "and more", name="z")
    access = ACCESS._replace(trust=signers)
    said = take(store, files.write(lead, LEAD), files.write(one, TABLE), files.write(other, TABLE), access=access)
    assert [judged.outcome for judged in said] == ["fresh", "fresh", "forked"]
    assert [kept.reason for kept in originals.waiting(store)] == ["forked"]
    take(store, files.write(other, TABLE), access=access)
    assert len(originals.waiting(store)) == 1  # the same branch, written once more, tells nothing new
    late = access._replace(now=LATER, trust=TrustStore(signers=signers.signers, revoked=frozenset({LEAD.key.public})))
    done = rebuilt(store, access=late)
    assert (done.bundles, done.same) == (3, True)
    with Store.look(store) as before, Store.look(store.with_name("anew.db")) as after:
        assert before.devices() == after.devices()
        assert before.about() == after.about()
        assert [one._replace(at="") for one in before.receipts()] == [one._replace(at="") for one in after.receipts()]
    with pytest.raises(MachineError, match="file_exists"):
        rebuilt(store)


def test_a_damaged_store_and_none_at_all_are_made_anew_the_same(files, lead, pack, store):
    take(store, files.write(lead, LEAD), files.write(table_of(lead, pack, "one"), TABLE))
    before = dump(store)
    store.write_bytes(store.read_bytes()[:3000])
    assert rebuilt(store).same is None
    assert dump(store.with_name("anew.db")) == before
    store.with_name("anew.db").unlink()
    store.unlink()
    rebuilt(store)
    assert dump(store.with_name("anew.db")) == before


def test_the_centres_own_records_come_along(files, lead, pack, store):
    take(store, files.write(lead, LEAD))
    with Store.open(store) as held:
        team = CentreDesk.begin(held, pack, surroundings(name="c"), opened=opening(
            pack, laptop="CTR.laptop0007@tradeoff", key=LEAD.public_line, programme="p", practice=False,
        ))
        team.annotate("summary", "What the team wrote")
        written = list(held.records(team.device))
    assert rebuilt(store).same
    with Store.look(store.with_name("anew.db")) as after:
        assert list(after.records(after.own().device)) == written


def test_what_is_lost_or_altered_among_the_originals_is_named(files, lead, pack, store):
    take(store, files.write(lead, LEAD), files.write(table_of(lead, pack, "one"), TABLE))
    lost, altered = (one.path for one in originals.taken_in(store))
    digest = originals.taken_in(store)[0].digest
    lost.unlink()
    altered.chmod(0o600)
    altered.write_bytes(altered.read_bytes()[:-9])
    done = rebuilt(store)
    assert (done.same, done.bundles) == (False, 0)
    assert (done.missing, done.refused) == ((digest,), (altered.name,))
    assert any("find out why" in line for line in done.lines())


def test_where_nothing_is_kept_nothing_is_made(store):
    with pytest.raises(MachineError, match="nothing_to_rebuild"):
        rebuilt(store)
    assert not store.parent.exists()


# -- stopped at any moment, and any number


def test_a_kill_at_any_write_leaves_the_store_as_before_or_after(files, lead, pack, store):
    """The store is looked at as it stood at each syncing of a file, as a killed process would leave it."""
    desk = desk_with_words(lead, pack)
    take(store, files.write(lead, LEAD), files.write(desk, TABLE))
    lead.withdraw(lead.state.sitting()[0])
    moments = Moments(store.parent)
    with moments.taken():
        take(store, files.write(lead, LEAD), files.write(table_of(lead, pack, "one"), TABLE))
    after = dump(store)
    assert len(moments.folders) > 10
    seen = set()
    for folder in moments.folders:
        again = folder / store.name
        found = dump(again)
        seen.add(len(found))
        take(again, *sorted(files.folder.glob("[23].tradeoff")))
        assert dump(again) == after
        assert b"kanarie of" not in words_in(folder)
        assert rebuilt(again).same
    assert len(seen) == 2
