"""What still verifies in a store that is damaged. The file itself is only looked at, never written."""

import contextlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from tradeoff_desktop.errors import TradeoffError
from tradeoff_desktop.model import chain, codec
from tradeoff_desktop.model.records import Header, Record

_ROW = "SELECT kind, at, leaf, body, salt FROM records WHERE device = ? AND seq = ?"


class Salvaged(NamedTuple):
    """A store's own records from the first to the last that verifies, and how many there had been.

    ``had`` is 0 where the file does not say.
    """

    records: tuple[Record, ...] = ()
    had: int = 0


def salvage(path: Path) -> Salvaged:
    """Read what can be read of the own chain; nothing raises for the damage's sake.

    Nothing is returned of a chain that is all there and does not come to its head: it was changed on purpose.
    """
    with contextlib.suppress(sqlite3.Error, TypeError, ValueError):
        # Immutable: no lock, and no journal is played back into the original.
        address = f"{path.absolute().as_uri()}?mode=ro&immutable=1"
        with contextlib.closing(sqlite3.connect(address, uri=True)) as connection:
            connection.execute("PRAGMA trusted_schema = OFF")
            for device, had, head in connection.execute("SELECT device, seq, head FROM devices WHERE own = 1"):
                records = tuple(_chain(connection, str(device)))
                whole = len(records) >= int(had)
                if whole and chain.heads(records, device=device)[int(had)] != head:
                    return Salvaged(had=int(had))
                return Salvaged(records, int(had))
    return Salvaged()


def _chain(connection: sqlite3.Connection, device: str) -> Iterator[Record]:
    """Record after record, up to the first that is missing, unreadable or not what its leaf says."""
    seq = 1
    with contextlib.suppress(sqlite3.Error, TradeoffError, TypeError, ValueError):
        while (row := connection.execute(_ROW, (device, seq)).fetchone()) is not None:
            kind, at, leaf, body, salt = row
            header = Header(device=device, seq=seq, kind=kind, at=at, leaf=leaf)
            yield codec.read_line(codec.line(codec.restore(header, body, salt)))
            seq += 1
