"""The editions published from a centre's store, noted in it so that a later one can be held against them.

A note holds what one edition released, never answers, and is chained to the note before. Its digest stands in a second
place, so that the newest cannot go unnoticed either, and in the report itself, for a store that is older than its
reports. Where a note is gone or was altered nothing more is published, for nobody could tell what a new edition would
give away. A report written again from the same answers is the same edition.
"""

import base64
import hashlib
import json
import zlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from tradeoff_desktop.errors import MachineError
from tradeoff_desktop.findings import Edition, Results, edition_from, edition_of
from tradeoff_desktop.store.store import Store

WHOLE = ""  # the scope of what is said of all areas; that of one area is its code
_NOTE, _SEAL = "edition.", "edition_seal."


class Kept(NamedTuple):
    """One published edition: what it released of each scope, and the digest of it and all before it."""

    scopes: dict[str, Edition]
    digest: str


def read(store: Store) -> list[Kept]:
    """Every edition published from this store, oldest first. MachineError("edition_missing", "edition_damaged")."""
    return _chain(notes(store))


def notes(store: Store) -> dict[str, str]:
    """The notes of the editions, for a store that takes the place of this one."""
    return {name: note for name, note in store.about().items() if name.startswith((_NOTE, _SEAL))}


def _chain(noted: dict[str, str]) -> list[Kept]:
    """The editions in order."""
    found: list[Kept] = []
    before = ""
    for place in range(1, 1 + max((int(name.rpartition(".")[2]) for name in noted), default=0)):
        if _name(place) not in noted or _seal(place) not in noted:
            raise MachineError("edition_missing", number=place)
        digest, _, packed = noted[_name(place)].partition(" ")
        try:
            data = zlib.decompress(base64.b64decode(packed, validate=True))
        except (ValueError, zlib.error) as error:
            raise MachineError("edition_damaged", number=place) from error
        if not digest == noted[_seal(place)] == _digest(before, data):
            raise MachineError("edition_damaged", number=place)
        before = digest
        found.append(Kept({scope: edition_from(plain) for scope, plain in json.loads(data).items()}, digest))
    return found


def of_scope(kept: Sequence[Kept], scope: str) -> list[Edition]:
    """What earlier editions printed that one of this scope is held against: every workshop's rows, and its own totals."""
    found = []
    for edition in kept:
        own = edition.scopes.get(scope)
        rows = {name: row for one in edition.scopes.values() for name, row in one.rows if name[0]}
        rows.update({name: row for name, row in own.rows if not name[0]} if own else {})
        found.append(Edition(own.workshops if own else (), tuple(sorted(rows.items())), own.means if own else ()))
    return found


def described(kept: Sequence[Kept], released: Mapping[str, Results]) -> str:
    """The line of provenance that says which edition a report is, the same when it is written again."""
    number, edition, _ = _next(kept, released)
    return f"edition {number} SHA-256 {edition.digest}"


def keep(file: Path, kept: Sequence[Kept], released: Mapping[str, Results]) -> None:
    """Keep what is about to be published, unless an earlier edition released exactly that. MachineError."""
    if _next(kept, released)[0] <= len(kept):
        return
    with Store.open(file) as store:
        number, edition, data = _next(_chain(notes(store)), released)
        packed = base64.b64encode(zlib.compress(data)).decode()
        store.declare({_name(number): f"{edition.digest} {packed}", _seal(number): edition.digest})


def _next(kept: Sequence[Kept], released: Mapping[str, Results]) -> tuple[int, Kept, bytes]:
    """What is released as an edition: its number, itself and its bytes; an earlier one where that released the same."""
    scopes = {scope: edition_of(results) for scope, results in sorted(released.items())}
    for number, old in enumerate(kept, start=1):
        if all(old.scopes.get(scope) == new for scope, new in scopes.items()):
            return number, old, b""
    data = json.dumps(scopes, ensure_ascii=False).encode()
    return len(kept) + 1, Kept(scopes, _digest(kept[-1].digest if kept else "", data)), data


def _seal(number: int) -> str:
    return f"{_SEAL}{number:06}"


def _name(number: int) -> str:
    return f"{_NOTE}{number:06}"


def _digest(before: str, data: bytes) -> str:
    return hashlib.sha256(before.encode() + data).hexdigest()
