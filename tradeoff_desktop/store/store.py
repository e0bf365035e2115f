"""One store: the records of one workshop on one laptop, or of all workshops at the centre.

Appending is durable when it returns. Nothing is ever changed but by ``erase``, which blanks bodies in place.
"""

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import NamedTuple, Self

from sqlite_utils import Database

from tradeoff_desktop.errors import MachineError
from tradeoff_desktop.model import chain, codec
from tradeoff_desktop.model.kinds import OBLIGING
from tradeoff_desktop.model.records import Head, Header, Opened, Record
from tradeoff_desktop.store import integrity, register, words
from tradeoff_desktop.store.connection import connect, look, transaction, translated
from tradeoff_desktop.store.migration import bring_up_to_date, old_copies

# Where two copies of a chain part, only what stands before counts (decision 25).
_ALL = (
    "SELECT device, records.seq, kind, at, leaf, body, salt FROM records JOIN devices USING (device) "
    "WHERE fork_at = 0 OR records.seq < fork_at ORDER BY device, records.seq"
)
_OF_WORKSHOP = (
    "SELECT device, records.seq, kind, at, leaf, body, salt FROM records JOIN devices USING (device) "
    "WHERE workshop = ? AND (fork_at = 0 OR records.seq < fork_at) ORDER BY device, records.seq"
)
_OF_DEVICE = "SELECT device, seq, kind, at, leaf, body, salt FROM records WHERE device = ? ORDER BY seq"
_OF_KINDS = (
    "SELECT device, records.seq, kind, at, leaf, body, salt FROM devices JOIN records USING (device) "
    "WHERE workshop = ? AND (? OR fork_at = 0 OR records.seq < fork_at) AND kind IN ({}) ORDER BY device, records.seq"
)
TEAM_DRAFTS = ("accepted", "setup")  # why gaps are accepted, and the set-up: the team's own words, no participant's
_INSERT = "INSERT INTO records (device, seq, kind, at, leaf, body, salt) VALUES (?, ?, ?, ?, ?, ?, ?)"


Settle = Callable[[], Iterable[Record]]


class Device(NamedTuple):
    """One chain held here and how far it has come."""

    device: str
    workshop: str
    own: bool
    seq: int
    head: str
    fork_at: int = 0


class Change(NamedTuple):
    """What taking one bundle in does here: records to insert and to erase, obligations to remember, a fork to mark."""

    device: str
    workshop: str
    insert: tuple[Record, ...] = ()
    erase: tuple[tuple[str, int], ...] = ()
    remember: tuple[Record, ...] = ()
    fork_at: int = 0


class Held:
    """What an open store holds, to be read."""

    def __init__(self, path: Path | None, db: Database) -> None:
        self.path = path
        self._name = path.name if path is not None else ":memory:"
        self._db = db
        self._connection = db.conn

    def records(self, device: str | None = None, *, workshop: str | None = None) -> Iterator[Record]:
        """The records that count, in the one order there is, (device, seq); of one workshop where named.

        Of one ``device`` it gives the whole chain, a disputed part included.
        """
        statement, values = _ALL, []
        if device is not None:
            statement, values = _OF_DEVICE, [device]
        elif workshop is not None:
            statement, values = _OF_WORKSHOP, [workshop]
        with translated(self._name):
            rows = self._connection.execute(statement, values)
            for row in rows:
                yield _record(row)

    def of_kinds(self, kinds: Iterable[str], *, workshop: str, disputed: bool) -> Iterator[Record]:
        """The records of these kinds in a workshop's chains by (device, seq), with or without what is in dispute."""
        wanted = sorted(kinds)
        statement = _OF_KINDS.format(", ".join("?" * len(wanted)))
        with translated(self._name):
            for row in self._connection.execute(statement, [workshop, disputed, *wanted]):
                yield _record(row)

    def devices(self) -> list[Device]:
        """The chains held here, by device id."""
        with translated(self._name):
            rows = self._connection.execute("SELECT device, workshop, own, seq, head, fork_at FROM devices ORDER BY device")
            return [Device(d, w, bool(own), seq, head, fork_at) for d, w, own, seq, head, fork_at in rows]

    def own(self) -> Device | None:
        """This store's own chain, None before ``opened`` is written."""
        return next((device for device in self.devices() if device.own), None)

    def heads(self) -> list[Head]:
        """Last seq and head of every chain held here, by device id."""
        return [Head(device=d.device, seq=d.seq, head=d.head) for d in self.devices()]

    def find_notes(self, typed: str) -> Iterator[tuple[str, int]]:
        """The notes, by (device, seq), that hold every word typed, in full or begun, the last written first.

        None for no word; a note with clarifications may come more than once.
        """
        with translated(self._name):
            yield from words.find(self._connection, typed)

    def dump(self) -> Iterator[bytes]:
        """The canonical dump: every record's line by (device, seq), without receipts (decision 25)."""
        for record in self.records():
            yield codec.line(record)

    def about(self) -> dict[str, str]:
        """What this store is: role, practice or real and the like."""
        with translated(self._name):
            return dict(self._connection.execute("SELECT name, value FROM about ORDER BY name").fetchall())

    def verify(self) -> None:
        """Check every record, every chain and the register against what was written when they came in.

        MachineError("store_altered") names the first record changed outside the program, "register_broken" a receipt.
        """
        with translated(self._name):
            integrity.check(self._connection, file=self._name)
            register.read(self._connection)

    def check(self) -> None:
        """The same, and the file itself page by page; for after an end that was not clean. MachineError("store_damaged")."""
        with translated(self._name):
            found = self._connection.execute("PRAGMA integrity_check(1)").fetchall()
        if found != [("ok",)]:
            raise MachineError("store_damaged", file=self._name)
        self.verify()

    def remembered(self, workshop: str) -> list[Record]:
        """Withdrawals and redactions seen in disputed parts of that workshop's chains."""
        with translated(self._name):
            rows = self._connection.execute(
                "SELECT line FROM remembered WHERE workshop = ? ORDER BY device, seq", (workshop,),
            )
            return [codec.read_line(line) for (line,) in rows]

    def borrowed(self) -> list[Record]:
        """The lead's set-up records this laptop works from."""
        with translated(self._name):
            rows = self._connection.execute("SELECT line FROM borrowed ORDER BY device, seq")
            return [codec.read_line(line) for (line,) in rows]

    def draft(self, slot: str) -> str:
        """The half-typed text of ``slot``, or nothing."""
        with translated(self._name):
            row = self._connection.execute("SELECT text FROM draft WHERE slot = ?", (slot,)).fetchone()
            return row[0] if row else ""

    def receipts(self) -> list[register.Receipt]:
        """The register of what was taken in, oldest first. MachineError("register_broken") if its chain fails."""
        with translated(self._name):
            return register.read(self._connection)


class Store(Held):
    """An open store. It has one owner at a time; close it before another opens it."""

    @classmethod
    def create(cls, path: Path | None = None) -> Self:
        """Make a new store; None makes one in memory, for tests and previews."""
        return cls(path, connect(path, create=True))

    @classmethod
    def open(cls, path: Path) -> Self:
        """Open an existing store; one of an older version is brought up to date. MachineError says why not."""
        if path.is_file():
            bring_up_to_date(path)
        return cls(path, connect(path, create=False))

    @classmethod
    def look(cls, path: Path) -> Self:
        """Open an existing store to read it alone; a copy that cannot be written will do. MachineError says why not."""
        return cls(path, look(path))

    def close(self) -> None:
        """Give the lock back."""
        self._db.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # -- writing

    def declare(self, facts: dict[str, str]) -> None:
        """Write down what this store is, once; a later call may add names but not change them."""
        with translated(self._name), transaction(self._connection):
            for name, value in facts.items():
                self._connection.execute("INSERT OR IGNORE INTO about VALUES (?, ?)", (name, value))

    def append(self, records: list[Record], *, draft: str = "") -> None:
        """Append this store's own records; durable when it returns, all or none of them.

        ``draft`` is the slot whose half-typed text they make a record of; it is cleared with them.
        """
        with translated(self._name), transaction(self._connection):
            self._insert(records, own=True)
            self._connection.execute("DELETE FROM draft WHERE slot = ?", (draft,))

    def take_in(
        self, changes: Iterable[Change], *, receipts: Iterable[register.Receipt] = (), settle: Settle | None = None,
    ) -> None:
        """Carry out a merge plan in one transaction, or nothing of it.

        ``settle`` is asked once everything is in which records must be erased for the obligations now known.
        """
        with translated(self._name), transaction(self._connection):
            for change in changes:
                self._insert(list(change.insert), own=False)
                _blank(self._connection, change.erase, path=self.path)
                self._connection.executemany(
                    "INSERT OR IGNORE INTO remembered VALUES (?, ?, ?, ?)",
                    [(change.workshop, *record.key, codec.line(record)) for record in change.remember],
                )
                _clear_drafts(self._connection, change.remember)
                self._connection.execute(
                    "UPDATE devices SET fork_at = ? WHERE device = ?", (change.fork_at, change.device),
                )
            if settle is not None:
                _blank(self._connection, [record.key for record in settle()], path=self.path)
            for receipt in receipts:
                register.add(self._connection, receipt)

    def borrow(self, records: Iterable[Record]) -> None:
        """Work from the lead's set-up records; those borrowed before are given back."""
        known, held = {record.key for record in self.borrowed()}, list(records)
        with translated(self._name), transaction(self._connection):
            self._connection.execute("DELETE FROM borrowed")
            self._connection.executemany(
                "INSERT INTO borrowed VALUES (?, ?, ?)", [(*record.key, codec.line(record)) for record in held],
            )
            _clear_drafts(self._connection, [record for record in held if record.key not in known])

    def erase(self, records: Iterable[Record], *, append: list[Record] | None = None) -> None:
        """Blank bodies and salts of ``records`` in place and drop what is half typed, appending ``append`` with it.

        The drafts of ``TEAM_DRAFTS`` stay.

        The file keeps no trace: ``secure_delete`` zeroes the freed bytes and the journal is truncated.
        """
        with translated(self._name), transaction(self._connection):
            if append:
                self._insert(append, own=True)
            _blank(self._connection, [record.key for record in records], path=self.path)

    def _insert(self, records: list[Record], *, own: bool) -> None:
        if not records:
            return
        device = records[0].device
        row = self._connection.execute("SELECT seq, head FROM devices WHERE device = ?", (device,)).fetchone()
        seq, head = row or (0, chain.start(device))
        for record in records:
            seq += 1
            if record.key != (device, seq):
                raise MachineError("out_of_order", device=device, seq=record.seq, expected=seq)
            head = chain.extend(head, record.header)
        self._connection.executemany(_INSERT, [_row(record) for record in records])
        words.add(self._connection, records)
        _clear_drafts(self._connection, records)
        if row is None:
            opened = records[0].body
            workshop = opened.workshop if isinstance(opened, Opened) else ""
            self._connection.execute("INSERT INTO devices VALUES (?, ?, ?, ?, ?, 0)", (device, workshop, own, seq, head))
        else:
            self._connection.execute("UPDATE devices SET seq = ?, head = ? WHERE device = ?", (seq, head, device))

    def keep_draft(self, slot: str, text: str, *, at: str) -> None:
        """Overwrite the half-typed text of ``slot``; empty text clears it. A draft is not a record."""
        with translated(self._name), transaction(self._connection):
            self._connection.execute("DELETE FROM draft WHERE slot = ?", (slot,))
            if text:
                self._connection.execute("INSERT INTO draft VALUES (?, ?, ?)", (slot, text, at))


def _blank(connection: sqlite3.Connection, keys: Iterable[tuple[str, int]], *, path: Path | None) -> None:
    doomed = list(keys)
    if doomed:
        for old in old_copies(path) if path is not None else []:
            old.unlink(missing_ok=True)
        blanked = connection.executemany(
            "UPDATE records SET body = NULL, salt = NULL WHERE device = ? AND seq = ? AND body IS NOT NULL", doomed,
        )
        connection.executemany("DELETE FROM borrowed WHERE device = ? AND seq = ?", doomed)
        _clear_drafts(connection)
        if blanked.rowcount:  # to make the index anew takes its time, and nothing may have changed
            words.make_anew(connection)


def _clear_drafts(connection: sqlite3.Connection, arrived: Iterable[Record] | None = None) -> None:
    """Drop what is half typed where a record that ``arrived`` obliges to erase, or anyhow.

    It may be the very words that go, also where no record holds them yet; only what the team says of the day cannot be.
    """
    if arrived is None or any(record.kind in OBLIGING for record in arrived):
        connection.execute("DELETE FROM draft WHERE slot NOT IN (?, ?)", TEAM_DRAFTS)


def _row(record: Record) -> tuple[str, int, str, str, str, bytes | None, str | None]:
    h = record.header
    body, salt = (None, None) if record.erased else (record.raw, record.salt)
    return h.device, h.seq, h.kind, h.at, h.leaf, body, salt


def _record(row: tuple[str, int, str, str, str, bytes | None, str | None]) -> Record:
    device, seq, kind, at, leaf, body, salt = row
    return codec.restore(Header(device=device, seq=seq, kind=kind, at=at, leaf=leaf), body, salt)
