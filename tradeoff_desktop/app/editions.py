"""The editions published from a centre's store, noted in it so that a later one can be held against them.

A note holds what one edition released, never answers, and is chained to the note before. Where one is gone or was
altered nothing more is published, for nobody could tell what a new edition would give away. A report written again
from the same answers is the same edition.
"""

import base64
import hashlib
import json
import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from tradeoff_desktop.errors import MachineError
from tradeoff_desktop.findings import Edition, Results, edition_from, edition_of
from tradeoff_desktop.store.store import Store

WHOLE = ""  # the scope of what is said of all areas; that of one area is its code
_NOTE = "edition."


class Kept(NamedTuple):
    """One published edition: what it released of each scope."""

    scopes: dict[str, Edition]


def read(store: Store) -> list[Kept]:
    """Every edition published from this store, oldest first. MachineError("edition_missing", "edition_damaged")."""
    return [kept for kept, _ in _chain(notes(store))]


def notes(store: Store) -> dict[str, str]:
    """The notes of the editions, for a store that takes the place of this one."""
    return {name: note for name, note in store.about().items() if name.startswith(_NOTE)}


def _chain(noted: dict[str, str]) -> list[tuple[Kept, str]]:
    """The editions in order, each with the digest that the next one's is chained to."""
    found: list[tuple[Kept, str]] = []
    before = ""
    for place, name in enumerate(sorted(noted), start=1):
        if name != _name(place):
            raise MachineError("edition_missing", number=place)
        digest, _, packed = noted[name].partition(" ")
        try:
            data = zlib.decompress(base64.b64decode(packed, validate=True))
        except (ValueError, zlib.error) as error:
            raise MachineError("edition_damaged", number=place) from error
        if digest != _digest(before, data):
            raise MachineError("edition_damaged", number=place)
        before = digest
        found.append((Kept({scope: edition_from(plain) for scope, plain in json.loads(data).items()}), digest))
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


def keep(file: Path, kept: Sequence[Kept], released: dict[str, Results]) -> None:
    """Keep what is about to be published, unless an earlier edition released exactly that. MachineError."""
    edition = Kept({scope: edition_of(results) for scope, results in sorted(released.items())})
    if any(all(old.scopes.get(scope) == new for scope, new in edition.scopes.items()) for old in kept):
        return
    data = json.dumps(edition.scopes, ensure_ascii=False).encode()
    with Store.open(file) as store:
        chain = _chain(notes(store))
        before = chain[-1][1] if chain else ""
        packed = base64.b64encode(zlib.compress(data)).decode()
        store.declare({_name(len(chain) + 1): f"{_digest(before, data)} {packed}"})


def _name(number: int) -> str:
    return f"{_NOTE}{number:06}"


def _digest(before: str, data: bytes) -> str:
    return hashlib.sha256(before.encode() + data).hexdigest()
