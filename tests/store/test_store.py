import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from tradeoff_desktop.errors import MachineError
from tradeoff_desktop.model import chain, codec
from tradeoff_desktop.model import records as r
from tradeoff_desktop.store.register import Receipt
from tradeoff_desktop.store.store import Change, Store

AT = "2027-03-03T13:31:05.123Z"
DEVICE = "abcdefghij"


def opened(workshop="ESS-A", role="lead"):
    return r.Opened(
        role=role, workshop=workshop, area="ESS", laptop="ESS.k3v9x2q7aa@tradeoff", key="ssh-ed25519 x",
        pack="0" * 64, programme="p",
    )


def sealed(body, seq, device=DEVICE):
    return codec.seal_body(body, device=device, seq=seq, at=AT, salt=f"{seq:032x}")


def run(count, device=DEVICE, first=1):
    bodies = [opened(), *(r.Note(role="lead", text=f"secret words {i}", step="s") for i in range(2, first + count))]
    return [sealed(bodies[seq - 1], seq, device) for seq in range(first, first + count)]


def change(records, **more):
    return Change(device=records[0].device, workshop="ESS-A", insert=tuple(records), **more)


@pytest.fixture
def path(tmp_path):
    return tmp_path / "workshop.db"


def test_what_is_appended_is_there_after_a_restart(path):
    with Store.create(path) as store:
        store.append(run(3))
    with Store.open(path) as store:
        assert [record.seq for record in store.records()] == [1, 2, 3]
        assert store.own().head == chain.follow(run(3), device=DEVICE)
        assert list(store.dump()) == [codec.line(record) for record in run(3)]


def test_records_cannot_be_changed_or_deleted(path):
    with Store.create(path) as store:
        store.append(run(2))
        for statement in (
            "DELETE FROM records",
            "UPDATE records SET at = 'x'",
            "UPDATE records SET body = NULL",
            "UPDATE records SET body = x'00', salt = 'x'",
            "UPDATE records SET body = NULL, salt = NULL, seq = 9 WHERE seq = 2",
        ):
            with pytest.raises(sqlite3.IntegrityError):
                store._connection.execute(statement)


def test_a_gap_is_refused_and_nothing_written(path):
    with Store.create(path) as store:
        store.append(run(2))
        with pytest.raises(MachineError, match="out_of_order"):
            store.append(run(5)[3:])
        assert store.own().seq == 2


def test_half_a_batch_is_never_kept(path):
    with Store.create(path) as store:
        with pytest.raises(MachineError, match="out_of_order"):
            store.take_in([change(run(2, device="bbbbbbbbbb")), change(run(3, device="cccccccccc")[1:])])
        assert store.devices() == []


def test_what_obliges_to_erase_drops_what_is_half_typed_though_no_record_holds_it(path):
    leaving = sealed(r.Withdrawal(role="lead", seat="045"), 7)

    def half_typed(store):
        for slot in ("note", "accepted"):
            store.keep_draft(slot, "half typed secret words", at=AT)

    with Store.create(path) as store:
        store.append(run(3))
        for obey in (
            lambda: store.borrow([leaving]),
            lambda: store.take_in([Change(device=DEVICE, workshop="ESS-A", remember=(leaving,))]),
            lambda: store.erase([], append=[sealed(r.Withdrawal(role="lead", seat="045"), 4)]),
        ):
            half_typed(store)
            obey()
            assert (store.draft("note"), bool(store.draft("accepted"))) == ("", True)
        half_typed(store)
        store.borrow([leaving])  # known already
        assert store.draft("note")


def test_an_erasure_leaves_no_trace_in_the_file(path):
    with Store.create(path) as store:
        store.append(run(40))
        store.keep_draft("note", "half typed secret words", at=AT)
        before = store.own().head
        store.erase([record for record in store.records() if record.kind == "note"])
        assert store.own().head == before
        assert chain.follow(store.records(), device=DEVICE) == before
        assert store.draft("note") == ""
    assert b"secret words" not in path.read_bytes()
    assert not path.with_name(path.name + "-journal").exists() or b"secret" not in path.with_name(
        path.name + "-journal",
    ).read_bytes()


def test_the_pragmas_are_as_the_power_cut_trials_had_them(path):
    with Store.create(path) as store:
        asked = {
            "journal_mode": "truncate", "synchronous": 3, "locking_mode": "exclusive", "secure_delete": 1,
            "trusted_schema": 0, "cell_size_check": 1, "foreign_keys": 1, "temp_store": 2, "mmap_size": 0,
            "user_version": 2, "application_id": 0x54726F66,
        }
        found = {name: store._connection.execute(f"PRAGMA {name}").fetchone()[0] for name in asked}
        assert found == asked


def test_a_second_process_is_told_the_store_is_open(path):
    with Store.create(path), pytest.raises(MachineError, match="store_locked"):
        Store.open(path)


def test_a_newer_store_is_refused_with_both_versions(path):
    with Store.create(path) as store:
        store.append(run(1))
        store._connection.execute("PRAGMA user_version = 7")
    before = path.read_bytes()
    with pytest.raises(MachineError) as caught:
        Store.open(path)
    assert (caught.value.code, caught.value.facts["found"], caught.value.facts["known"]) == ("store_newer", 7, 2)
    assert path.read_bytes() == before


@pytest.mark.parametrize("content", [b"not a database at all, but long enough to be read" * 40, b"SQLite format 3\x00xx"])
def test_a_damaged_file_is_refused_and_left_alone(path, content):
    path.write_bytes(content)
    with pytest.raises(MachineError, match="store_damaged"):
        Store.open(path)
    assert path.read_bytes() == content


def test_somebody_elses_database_is_refused(path):
    with sqlite3.connect(path) as other:
        other.execute("PRAGMA application_id = 42")
        other.execute("CREATE TABLE theirs (a)")
    other.close()
    with pytest.raises(MachineError, match="store_damaged"):
        Store.open(path)


def foreign(path, *statements):
    other = sqlite3.connect(path)
    for statement in statements:
        other.execute(statement)
    other.commit()
    other.close()
    return path.read_bytes()


@pytest.mark.parametrize("act", [Store.open, Store.look])
@pytest.mark.parametrize("mark", [0, 42])
def test_somebody_elses_database_stays_as_it_is(path, act, mark):
    before = foreign(path, f"PRAGMA application_id = {mark}", "PRAGMA user_version = 9", "CREATE TABLE theirs (a)")
    with pytest.raises(MachineError, match="store_damaged"):
        act(path)
    assert path.read_bytes() == before
    assert list(path.parent.iterdir()) == [path]


@pytest.mark.parametrize("act", [Store.open, Store.look])
def test_an_empty_file_is_no_store(path, act):
    path.touch()
    with pytest.raises(MachineError, match="store_damaged"):
        act(path)
    assert path.read_bytes() == b""


def test_a_store_is_looked_at_without_a_byte_written(path):
    with Store.create(path) as store:
        store.append(run(3))
    before = path.read_bytes()
    with Store.look(path) as store:
        assert list(store.dump()) == [codec.line(record) for record in run(3)]
        with pytest.raises(MachineError, match="store_unwritable"):
            store.append(run(4)[3:])
    assert path.read_bytes() == before


def test_a_store_never_finished_holds_nothing_to_look_at(path):
    foreign(path, "PRAGMA application_id = 0x54726F66")
    with pytest.raises(MachineError, match="store_empty"):
        Store.look(path)
    with Store.open(path) as store:  # a creation that was cut short goes on
        store.append(run(1))


@pytest.mark.parametrize(
    ("statement", "seq"),
    [
        ("UPDATE records SET body = CAST(replace(body, 'words 2', 'words 9') AS BLOB) WHERE seq = 2", 2),
        ("UPDATE records SET at = '2027-03-03T13:31:05.124Z' WHERE seq = 3", 4),
        ("UPDATE records SET salt = 'zz' WHERE seq = 2", 2),
        ("UPDATE devices SET head = replace(head, substr(head, 1, 4), '0000')", 4),
        ("DELETE FROM records WHERE seq = 3", 4),
        ("DELETE FROM records WHERE seq = 4", 4),
        ("DELETE FROM devices", 1),
    ],
)
def test_a_row_changed_in_the_file_is_found(path, statement, seq):
    with Store.create(path) as store:
        store.append(run(4))
        store.erase([run(4)[3]])
        store.verify()
    foreign(path, "DROP TRIGGER records_are_only_erased", "DROP TRIGGER records_are_kept", statement)
    with Store.look(path) as store, pytest.raises(MachineError) as caught:
        store.verify()
    assert (caught.value.code, caught.value.facts["device"], caught.value.facts["seq"]) == ("store_altered", DEVICE, seq)


def test_a_missing_and_an_existing_file_are_told_apart(path):
    with pytest.raises(MachineError, match="store_missing"):
        Store.open(path)
    Store.create(path).close()
    with pytest.raises(MachineError, match="store_exists"):
        Store.create(path)


def test_a_full_disk_is_said_and_nothing_is_half_written(path):
    with Store.create(path) as store:
        store.append(run(2))
        pages = store._connection.execute("PRAGMA page_count").fetchone()[0]
        store._connection.execute(f"PRAGMA max_page_count = {pages}")
        big = [sealed(r.Note(role="lead", text="x" * 9000, step="s"), seq) for seq in range(3, 9)]
        with pytest.raises(MachineError, match="disk_full"):
            store.append(big)
        assert store.own().seq == 2
        store._connection.execute("PRAGMA max_page_count = 100000")
        store.append(big)
        assert store.own().seq == 8


_READ_ONLY = """
import os, sys
sys.path.insert(0, sys.argv[2])
from pathlib import Path
from tradeoff_desktop.errors import MachineError
from tradeoff_desktop.store.store import Store
if os.getuid() == 0:  # root may write anywhere: give that right up, after the imports
    os.setgid(65534)
    os.setuid(65534)
try:
    Store.open(Path(sys.argv[1]))
except MachineError as error:
    print(error.code)
"""


@pytest.mark.skipif(os.name != "posix", reason="permissions are POSIX here")
def test_a_read_only_disk_is_said(path, tmp_path):
    Store.create(path).close()
    readers = [place for place in (tmp_path, *tmp_path.parents) if not place.stat().st_mode & 0o001]
    modes = [(folder, folder.stat().st_mode) for folder in readers]
    try:
        for folder, mode in modes:
            folder.chmod(mode | 0o755)
        path.chmod(0o444)
        root = str(Path(__file__).parents[2])
        done = subprocess.run(
            [sys.executable, "-c", _READ_ONLY, str(path), root], capture_output=True, text=True, check=False,
        )
    finally:
        for folder, mode in modes:
            folder.chmod(mode)
    assert done.stdout.strip() == "store_unwritable", done.stderr


def test_the_register_is_chained_and_fixed(path):
    receipts = [Receipt(AT, "f" * 64, DEVICE, 3, "a" * 64, "ESS.k3v9x2q7aa@tradeoff"), Receipt(AT, "e", "d", 1, "b", "c")]
    with Store.create(path) as store:
        store.take_in([change(run(3))], receipts=receipts)
        assert store.receipts() == receipts
        for statement in ("DELETE FROM register", "UPDATE register SET at = 'x'"):
            with pytest.raises(sqlite3.IntegrityError):
                store._connection.execute(statement)
        store._connection.execute("DROP TRIGGER register_is_fixed")
        store._connection.execute("UPDATE register SET seq = 4 WHERE number = 1")
        with pytest.raises(MachineError, match="register_broken"):
            store.receipts()


def test_records_of_one_workshop_at_the_centre(path):
    with Store.create(path) as store:
        theirs = [sealed(opened("LDS-A"), 1, "zzzzzzzzzz")]
        store.take_in([change(run(2, device="bbbbbbbbbb")), change(theirs)])
        assert [record.device for record in store.records(workshop="LDS-A")] == ["zzzzzzzzzz"]
        assert [d.own for d in store.devices()] == [False, False]
        assert store.own() is None


def test_what_a_store_is_cannot_be_declared_twice(path):
    with Store.create(path) as store:
        store.declare({"practice": "yes"})
        store.declare({"practice": "no", "role": "centre"})
        assert store.about() == {"practice": "yes", "role": "centre"}


def test_a_store_in_memory_works_the_same():
    with Store.create() as store:
        store.append(run(2))
        store.keep_draft("note", "x", at=AT)
        assert store.draft("note") == "x"
        assert store.heads()[0].seq == 2



def test_a_disputed_part_does_not_count_but_stays(path):
    with Store.create(path) as store:
        store.take_in([change(run(5))])
        store.take_in([Change(device=DEVICE, workshop="ESS-A", fork_at=4)])
        assert [record.seq for record in store.records()] == [1, 2, 3]
        assert [record.seq for record in store.records(workshop="ESS-A")] == [1, 2, 3]
        assert len(list(store.dump())) == 3
        assert [record.seq for record in store.records(DEVICE)] == [1, 2, 3, 4, 5]
        assert store.devices()[0].fork_at == 4


def test_obligations_of_a_disputed_part_are_remembered_once(path):
    leaving = sealed(r.Withdrawal(role="lead", seat="045"), 7)
    with Store.create(path) as store:
        for _ in range(2):
            store.take_in([Change(device=DEVICE, workshop="ESS-A", remember=(leaving,))])
        assert store.remembered("ESS-A") == [leaving]
        assert store.remembered("LDS-A") == []


def test_what_must_be_erased_is_asked_once_everything_is_in(path):
    with Store.create(path) as store:
        store.take_in([change(run(4))], settle=lambda: [x for x in store.records() if x.seq == 3])
        assert [record.erased for record in store.records()] == [False, False, True, False]


def test_borrowed_records_are_replaced_and_can_be_erased(path):
    with Store.create(path) as store:
        store.borrow(run(3))
        assert store.borrowed() == run(3)
        store.erase([run(3)[2]])
        assert store.borrowed() == run(2)
        store.borrow([])
        assert store.borrowed() == []
        assert list(store.dump()) == []
