"""Whether the rows of a store are still what was written: its triggers bind the program, not who edits the file."""

import sqlite3

from tradeoff_desktop.errors import MachineError
from tradeoff_desktop.model import chain, codec
from tradeoff_desktop.model.records import Header

_ROWS = "SELECT device, seq, kind, at, leaf, body, salt FROM records ORDER BY device, seq"


def check(connection: sqlite3.Connection, *, file: str) -> None:
    """Hash every body that is not erased and follow every chain to the head that is kept of it.

    MachineError("store_altered") names the first ``device`` and ``seq`` that do not agree.
    """
    kept = {device: (seq, head) for device, seq, head in connection.execute("SELECT device, seq, head FROM devices")}
    come: dict[str, tuple[int, str]] = {}
    for device, seq, kind, at, leaf, body, salt in connection.execute(_ROWS):
        before, head = come.get(device) or (0, chain.start(device))
        if device not in kept or seq != before + 1 or (body is not None and not _is_leaf(leaf, salt, body)):
            raise MachineError("store_altered", file=file, device=device, seq=seq)
        come[device] = seq, chain.extend(head, Header(device=device, seq=seq, kind=kind, at=at, leaf=leaf))
    for device, (seq, head) in kept.items():
        if come.get(device) != (seq, head):
            raise MachineError("store_altered", file=file, device=device, seq=seq)


def _is_leaf(leaf: str, salt: str, body: bytes) -> bool:
    try:
        return codec.leaf_of(salt, body) == leaf
    except ValueError:  # a salt that is no hex was never written by the program
        return False
