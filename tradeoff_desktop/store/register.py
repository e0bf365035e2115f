"""The centre's register of what was taken in: append-only and chained, beside the records and not part of them."""

import hashlib
import sqlite3
from typing import NamedTuple

from tradeoff_desktop.errors import MachineError

_START = hashlib.sha256(b"tradeoff-register-v1").hexdigest()


class Receipt(NamedTuple):
    """One bundle taken in: when, which bytes, how far whose chain had come, who signed."""

    at: str
    file_digest: str
    device: str
    seq: int
    head: str
    signer: str


def add(connection: sqlite3.Connection, receipt: Receipt) -> None:
    """Append a receipt inside the caller's transaction."""
    row = connection.execute("SELECT number, chained FROM register ORDER BY number DESC LIMIT 1").fetchone()
    number, before = row or (0, _START)
    connection.execute(
        "INSERT INTO register VALUES (?, ?, ?, ?, ?, ?, ?, ?)", (number + 1, *receipt, _chained(before, receipt)),
    )


def read(connection: sqlite3.Connection) -> list[Receipt]:
    """Every receipt, oldest first. MachineError("register_broken") where the chain does not hold."""
    receipts: list[Receipt] = []
    before = _START
    rows = connection.execute("SELECT at, file_digest, device, seq, head, signer, chained FROM register ORDER BY number")
    for *values, chained in rows:
        receipt = Receipt(*values)
        before = _chained(before, receipt)
        if before != chained:
            raise MachineError("register_broken", number=len(receipts) + 1)
        receipts.append(receipt)
    return receipts


def _chained(before: str, receipt: Receipt) -> str:
    return hashlib.sha256("\n".join([before, *map(str, receipt)]).encode()).hexdigest()
