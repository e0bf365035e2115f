"""One store: the records of one workshop on one laptop, or of all workshops at the centre.

Appending is durable when it returns. Nothing is ever changed but by ``erase``, which blanks bodies in place.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple, Self

from tradeoff_desktop.errors import MachineError
from tradeoff_desktop.model import chain, codec
from tradeoff_desktop.model.records import Head, Header, Opened, Record
from tradeoff_desktop.store import register
from tradeoff_desktop.store.connection import connect, transaction, translated

_ALL = "SELECT device, seq, kind, at, leaf, body, salt FROM records ORDER BY device, seq"
_OF_DEVICE = "SELECT device, seq, kind, at, leaf, body, salt FROM records WHERE device = ? ORDER BY seq"
_OF_WORKSHOP = (
    "SELECT device, seq, kind, at, leaf, body, salt FROM records "
    "WHERE device IN (SELECT device FROM devices WHERE workshop = ?) ORDER BY device, seq"
)
_INSERT = "INSERT INTO records (device, seq, kind, at, leaf, body, salt) VALUES (?, ?, ?, ?, ?, ?, ?)"


class Device(NamedTuple):
    """One chain held here and how far it has come."""

    device: str
    workshop: str
    own: bool
    seq: int
    head: str


class Store:
    """An open store. It has one owner at a time; close it before another opens it."""

    def __init__(self, path: Path | None, *, create: bool) -> None:
        self.path = path
        self._name = path.name if path is not None else ":memory:"
        self._db = connect(path, create=create)
        self._connection = self._db.conn

    @classmethod
    def create(cls, path: Path | None = None) -> Self:
        """Make a new store; None makes one in memory, for tests and previews."""
        return cls(path, create=True)

    @classmethod
    def open(cls, path: Path) -> Self:
        """Open an existing store. MachineError says why not."""
        return cls(path, create=False)

    def close(self) -> None:
        """Give the lock back."""
        self._db.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # -- reading

    def records(self, device: str | None = None, *, workshop: str | None = None) -> Iterator[Record]:
        """The records in the one order there is, (device, seq); of one device or workshop where named."""
        statement, values = _ALL, []
        if device is not None:
            statement, values = _OF_DEVICE, [device]
        elif workshop is not None:
            statement, values = _OF_WORKSHOP, [workshop]
        with translated(self._name):
            rows = self._connection.execute(statement, values)
            for row in rows:
                yield _record(row)

    def devices(self) -> list[Device]:
        """The chains held here, by device id."""
        with translated(self._name):
            rows = self._connection.execute("SELECT device, workshop, own, seq, head FROM devices ORDER BY device")
            return [Device(d, w, bool(own), seq, head) for d, w, own, seq, head in rows]

    def own(self) -> Device | None:
        """This store's own chain, None before ``opened`` is written."""
        return next((device for device in self.devices() if device.own), None)

    def heads(self) -> list[Head]:
        """Last seq and head of every chain held here, by device id."""
        return [Head(device=d.device, seq=d.seq, head=d.head) for d in self.devices()]

    def dump(self) -> Iterator[bytes]:
        """The canonical dump: every record's line by (device, seq), without receipts (decision 25)."""
        for record in self.records():
            yield codec.line(record)

    def about(self) -> dict[str, str]:
        """What this store is: role, practice or real and the like."""
        with translated(self._name):
            return dict(self._connection.execute("SELECT name, value FROM about ORDER BY name").fetchall())

    # -- writing

    def declare(self, facts: dict[str, str]) -> None:
        """Write down what this store is, once; a later call may add names but not change them."""
        with translated(self._name), transaction(self._connection):
            for name, value in facts.items():
                self._connection.execute("INSERT OR IGNORE INTO about VALUES (?, ?)", (name, value))

    def append(self, records: list[Record]) -> None:
        """Append this store's own records; durable when it returns, all or none of them."""
        with translated(self._name), transaction(self._connection):
            self._insert(records, own=True)

    def take_in(self, chains: Iterable[list[Record]], *, receipts: Iterable[register.Receipt] = ()) -> None:
        """Add runs of other devices' records, each extending what is held, with their receipts, or nothing."""
        with translated(self._name), transaction(self._connection):
            for run in chains:
                self._insert(run, own=False)
            for receipt in receipts:
                register.add(self._connection, receipt)

    def erase(self, records: Iterable[Record], *, append: list[Record] | None = None) -> None:
        """Blank bodies and salts of ``records`` in place and drop every draft, appending ``append`` with it.

        The file keeps no trace: ``secure_delete`` zeroes the freed bytes and the journal is truncated.
        """
        with translated(self._name), transaction(self._connection):
            if append:
                self._insert(append, own=True)
            self._connection.executemany(
                "UPDATE records SET body = NULL, salt = NULL WHERE device = ? AND seq = ? AND body IS NOT NULL",
                [record.key for record in records],
            )
            self._connection.execute("DELETE FROM draft")

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
        if row is None:
            opened = records[0].body
            workshop = opened.workshop if isinstance(opened, Opened) else ""
            self._connection.execute("INSERT INTO devices VALUES (?, ?, ?, ?, ?)", (device, workshop, own, seq, head))
        else:
            self._connection.execute("UPDATE devices SET seq = ?, head = ? WHERE device = ?", (seq, head, device))

    # -- drafts and receipts

    def keep_draft(self, slot: str, text: str, *, at: str) -> None:
        """Overwrite the half-typed text of ``slot``; empty text clears it. A draft is not a record."""
        with translated(self._name), transaction(self._connection):
            self._connection.execute("DELETE FROM draft WHERE slot = ?", (slot,))
            if text:
                self._connection.execute("INSERT INTO draft VALUES (?, ?, ?)", (slot, text, at))

    def draft(self, slot: str) -> str:
        """The half-typed text of ``slot``, or nothing."""
        with translated(self._name):
            row = self._connection.execute("SELECT text FROM draft WHERE slot = ?", (slot,)).fetchone()
            return row[0] if row else ""

    def receipts(self) -> list[register.Receipt]:
        """The register of what was taken in, oldest first. MachineError("register_broken") if its chain fails."""
        with translated(self._name):
            return register.read(self._connection)


def _row(record: Record) -> tuple[str, int, str, str, str, bytes | None, str | None]:
    h = record.header
    body, salt = (None, None) if record.erased else (record.raw, record.salt)
    return h.device, h.seq, h.kind, h.at, h.leaf, body, salt


def _record(row: tuple[str, int, str, str, str, bytes | None, str | None]) -> Record:
    device, seq, kind, at, leaf, body, salt = row
    return codec.restore(Header(device=device, seq=seq, kind=kind, at=at, leaf=leaf), body, salt)
