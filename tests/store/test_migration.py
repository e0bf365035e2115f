"""Stores of earlier versions: opened on a copy that takes their place, with the file as it was kept beside it."""

import shutil
import sqlite3
from pathlib import Path

import pytest

from tradeoff_desktop.errors import MachineError
from tradeoff_desktop.store import schema
from tradeoff_desktop.store.store import Store

OLD = sorted((Path(__file__).parent / "stores").glob("v*.db"))


@pytest.fixture(params=OLD, ids=lambda path: path.stem)
def old(request, tmp_path):
    return Path(shutil.copy(request.param, tmp_path / "workshop.db"))


def version(path):
    connection = sqlite3.connect(path)
    try:
        return connection.execute("PRAGMA user_version").fetchone()[0]
    finally:
        connection.close()


def dump(path):
    with Store.look(path) as store:
        return list(store.dump())


def kept(path):
    return path.with_name(f"{path.name}.v1")


def test_every_earlier_version_is_here():
    assert {path.stem for path in OLD} >= {f"v{number}" for number in range(1, schema.VERSION)}


def test_an_old_store_is_opened_and_holds_the_same(old):
    before = dump(old)
    with Store.open(old) as store:
        assert list(store.dump()) == before
        assert list(store.find_notes("brown"))
        store.check()
    assert version(old) == schema.VERSION
    assert (version(kept(old)), dump(kept(old))) == (1, before)
    assert sorted(path.name for path in old.parent.iterdir()) == ["workshop.db", "workshop.db-journal", "workshop.db.v1"]
    Store.open(old).close()
    assert dump(kept(old)) == before


def test_a_stop_before_the_copy_takes_its_place_changes_nothing(old):
    before = dump(old)
    old.with_name(f"{old.name}.new").write_bytes(b"half a copy")
    kept(old).write_bytes(b"half a copy")
    assert version(old) == 1
    with Store.open(old) as store:
        assert list(store.dump()) == before
    assert dump(kept(old)) == before


def test_a_copy_that_does_not_verify_never_takes_the_place(old):
    connection = sqlite3.connect(old)
    connection.execute("UPDATE devices SET head = ? WHERE own = 1", ("0" * 64,))
    connection.commit()
    connection.close()
    before = old.read_bytes()
    with pytest.raises(MachineError, match="store_altered"):
        Store.open(old)
    assert old.read_bytes() == before


def test_an_old_store_in_use_is_left_alone(old):
    holder = sqlite3.connect(old, isolation_level=None)
    try:
        holder.execute("BEGIN EXCLUSIVE")
        with pytest.raises(MachineError, match="store_locked"):
            Store.open(old)
    finally:
        holder.close()
    assert version(old) == 1


def test_an_erasure_reaches_the_file_kept_of_an_earlier_version(old):
    with Store.open(old) as store:
        note = next(record for record in store.records() if record.kind == "note")
        store.erase([note])
    assert not kept(old).exists()
