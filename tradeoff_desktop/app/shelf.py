"""The programme files this laptop has taken in, and the one central team it knows.

The first import shows eight words to compare with the printed letter; accepting them pins the key. From then on a
file of another key is refused, unless the pinned key signed it as well.
"""

from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from tradeoff_desktop.app.files import Folders, make_folder, read_file, reading, replace_file
from tradeoff_desktop.errors import MachineError, RuleError, TradeoffError, TrustError
from tradeoff_desktop.exchange import keys
from tradeoff_desktop.exchange.programme import SignedProgramme, read_programme
from tradeoff_desktop.model.programme import Programme

LIMIT = 8 * 1024 * 1024
_PIN = "centre.pub"


class Found(NamedTuple):
    """A programme file that holds together; ``known`` once its key has been accepted on this laptop."""

    data: bytes
    signed: SignedProgramme
    known: bool


def look(folders: Folders, path: Path) -> Found:
    """Read and verify a programme file. TrustError where it is not from the central team known here, or an old one."""
    pinned = _key_in(folders.programmes / _PIN)
    data = read_file(path, limit=LIMIT)
    found = read_programme(data, pinned=pinned)
    refuse_older(found.programme, _kept(folders, found.programme.id))
    return Found(data, found, known=pinned is not None)


def read_heard(path: Path, heard: str) -> SignedProgramme:
    """A programme file where no key is pinned; ``heard``, if given, must be the eight words of its key. RuleError("words_differ")."""
    found = read_programme(read_file(path, limit=LIMIT), pinned=None)
    if heard and tuple(heard.lower().split()) != found.words:
        raise RuleError("words_differ")
    return found


def refuse_older(found: Programme, kept: SignedProgramme | None) -> None:
    """TrustError("programme_older") for an earlier issue than the one kept: it may name keys that were revoked since."""
    if kept is not None and found.issue < kept.programme.issue:
        raise TrustError("programme_older", at_fault="content", found=found.issue, kept=kept.programme.issue)


def _kept(folders: Folders, programme_id: str) -> SignedProgramme | None:
    with suppress(TrustError, MachineError):  # one that was damaged here may be replaced by any
        return programme(folders, programme_id)
    return None


def accept(folders: Folders, found: Found) -> SignedProgramme:
    """Keep a programme file, and its key as the central team's from now on."""
    folder = make_folder(folders.programmes, private=True)
    line = keys.public_line(found.signed.key).encode() + b"\n"
    kept = _file(folder, found.signed.programme.id)
    replace_file(kept, found.data)
    # Each file is verified by the key it was accepted with: an older one stays good after the centre's key has changed.
    replace_file(kept.with_suffix(".pub"), line)
    replace_file(folder / _PIN, line)
    return found.signed


def programme(folders: Folders, programme_id: str) -> SignedProgramme | None:
    """The programme of that id, verified anew; None where this laptop has never taken it in, as in practice."""
    path = _file(folders.programmes, programme_id)
    with reading(path.name):
        there = path.exists()
    pinned = _key_in(path.with_suffix(".pub")) or _key_in(folders.programmes / _PIN)
    return read_programme(read_file(path, limit=LIMIT), pinned=pinned) if there and pinned is not None else None


def _key_in(path: Path) -> bytes | None:
    """The key pinned there, None where none is yet. MachineError("pin_damaged"): never as if none had been pinned."""
    with reading(path.name):
        there = path.exists()
    try:
        return keys.read_public_line(read_file(path, limit=4096).decode("ascii", "replace").strip()) if there else None
    except TradeoffError as error:
        raise MachineError("pin_damaged", file=path.name) from error


def _file(folder: Path, programme_id: str) -> Path:
    # An id is a code of at most 64 safe characters; a colon is not one on Windows.
    return folder / f"{programme_id.replace(':', '_')}.programme"
