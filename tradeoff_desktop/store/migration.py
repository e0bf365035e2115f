"""Bringing a store of an older version up to date: on a copy, which takes its place only once it has been verified.

The file as it was is kept beside it until something is erased, so that the older version of the program can still
read it. A stop at any moment leaves the old store in its place, and the next opening begins again.
"""

import contextlib
import os
import sqlite3
from pathlib import Path

from tradeoff_desktop.errors import MachineError
from tradeoff_desktop.store import integrity, schema
from tradeoff_desktop.store.connection import check_ours, opened, prepare

_HEADS = "SELECT device, seq, head FROM devices ORDER BY device"


def bring_up_to_date(path: Path) -> None:
    """Do nothing for a store of this version. MachineError where there is no room or the copy is not what it should be."""
    with opened(str(path), path.name, uri=False) as source, contextlib.closing(source):
        version = check_ours(source, path.name)
        if not 0 < version < schema.VERSION:  # 0 is a store whose making was cut short
            return
        source.execute("PRAGMA locking_mode = EXCLUSIVE")
        source.execute("BEGIN EXCLUSIVE")
        heads = source.execute(_HEADS).fetchall()
        source.execute("COMMIT")
        new, kept = path.with_name(f"{path.name}.new"), path.with_name(f"{path.name}.v{version}")
        for copy in (kept, new):
            _copy(source, copy)
        _migrate(new, heads, version=version)
    _put_in_place(new, path)


def old_copies(path: Path) -> list[Path]:
    """What is kept of earlier versions of this store; an erasure reaches them by removing them."""
    return sorted(path.parent.glob(f"{path.name}.v*"))


def _copy(source: sqlite3.Connection, to: Path) -> None:
    for stale in (to, to.with_name(f"{to.name}-journal")):
        stale.unlink(missing_ok=True)
    with contextlib.closing(sqlite3.connect(to)) as target:
        target.execute("PRAGMA synchronous = EXTRA")
        source.backup(target)
    if os.name == "posix":
        to.chmod(0o600)


def _migrate(new: Path, heads: list[tuple[str, int, str]], *, version: int) -> None:
    with opened(str(new), new.name, uri=False) as connection, contextlib.closing(connection):
        prepare(connection, new.name, version=version, in_memory=False)
        sound = connection.execute("PRAGMA integrity_check(1)").fetchall() == [("ok",)]
        if not sound or connection.execute(_HEADS).fetchall() != heads:
            raise MachineError("store_damaged", file=new.name)
        integrity.check(connection, file=new.name)


def _put_in_place(new: Path, path: Path) -> None:
    try:
        new.replace(path)
        new.with_name(f"{new.name}-journal").unlink(missing_ok=True)  # empty
    except OSError as error:
        raise MachineError("store_unwritable", file=path.name) from error
