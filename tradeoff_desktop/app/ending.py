"""Closing a programme (decision 34): stores, originals and keys go, reports stay, and a certificate says what went.

The certificate is written and signed before anything is removed, under a name that says so, and gets its own name when
all of it is gone. A stop in between is made good by closing once more: what it lists and is still there is removed,
where the key that signed it is the one kept here and every file is still as it lists it. The key itself goes last.
"""

import hashlib
import re
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from tradeoff_desktop.app import deleting, held_here, laptop
from tradeoff_desktop.app.centre_folder import CentreFolder
from tradeoff_desktop.app.desk import Surroundings, moment
from tradeoff_desktop.app.files import Folders, move_file, read_file, reading, remove_files, replace_file
from tradeoff_desktop.app.held_here import Known
from tradeoff_desktop.app.laptop import Laptop
from tradeoff_desktop.app.workshops import Workshops, kept_folder
from tradeoff_desktop.errors import MachineError, RuleError, TradeoffError
from tradeoff_desktop.exchange import keys, signature
from tradeoff_desktop.store.store import Store

_LINE = re.compile(r"  ([0-9a-f]{64})  (.+)")
_HEADING = "Certificate of deletion\n\nprogramme  "
_LIMIT = 16 * 1024 * 1024
_TEXT = _HEADING + """{programme}
closed     {at}
by         {principal}
           {fingerprint}

Held until then, as workshop, laptop's store, records and the head of their chain:

{held}

Removed, by SHA-256 and name:

{removed}

Reports stay, and so does the signed programme. The files were removed from the disk; where it is not encrypted, traces
of them can stay until other files are written over them.

To check it:  ssh-keygen -Y check-novalidate -n {namespace} -s {name}.sig < {name}
"""


class Closed(NamedTuple):
    """What was removed, and the certificate of it."""

    certificate: Path
    files: int
    workshops: list[str]
    damaged: tuple[str, ...] = ()  # stores that were left alone, since nothing can be read of them


class _Plan(NamedTuple):
    programme: str
    root: Path
    files: list[Path]
    held: list[tuple[str, str, int, str]]
    signer: Laptop
    damaged: tuple[str, ...] = ()


def close_centre(folder: Path, *, named: str, certificate: Path, now: datetime) -> Closed:
    """Close the programme of the central team's folder: its store, originals and keys are removed.

    ``named`` is the programme's id, typed to show that it is meant. RuleError("close_word"), MachineError, TrustError.
    """
    here = CentreFolder(folder)
    if (begun := _stopped(folder, certificate, named)) is not None:
        return _finish(folder, certificate, begun)
    if named != here.signed().programme.id:
        raise RuleError("close_word", word=here.signed().programme.id)
    held = []
    if here.store.is_file():
        with Store.look(here.store) as store:
            held = [(one.workshop, one.device, one.seq, one.head) for one in store.devices()]
    gone = [*folder.glob("centre.db*"), *(one for name in ("originals", "quarantine", "keys") for one in (folder / name).rglob("*"))]
    return _close(_Plan(named, folder, gone, held, here.own()), certificate, now)


def close_laptop(folders: Folders, around: Surroundings, *, named: str, certificate: Path) -> Closed:
    """Close a programme on this laptop: its workshops, their bundles and the keys of their areas are removed.

    RuleError("close_word") where no workshop here is of the programme ``named``, RuleError("close_locked") where one of
    them is not yet safe elsewhere. A damaged store is left alone, and with it every key, one of which may open its bundles.
    """
    begun, here = _stopped(folders.root, certificate, named), held_here.stores(folders)
    if shut := next((one.fault for one in here if one.fault is not None and not one.damaged), None):
        raise shut
    ours = [one for one in here if one.opened is not None and one.opened.programme == named]
    held = _held(folders, around, ours)
    if begun is not None:
        return _finish(folders.root, certificate, begun)
    if not ours:
        raise RuleError("close_word", word="-")
    areas = {one.opened.area: one for one in ours if one.opened is not None}
    gone = [file for one in ours for file in one.path.parent.glob(f"{one.path.stem}.*")]
    gone += [file for one in ours if one.opened for file in kept_folder(folders, one.opened.workshop).rglob("*")]
    damaged = tuple(one.path.name for one in here if one.damaged)
    still = {one.opened.area for one in here if one.opened is not None and one not in ours}
    gone += [file for area in sorted(areas.keys() - still) for file in (folders.keys / area).rglob("*") if not damaged]
    plan = _Plan(named, folders.root, gone, held, laptop.read(folders.keys / min(areas)), damaged)
    return _close(plan, certificate, around.clock())


def _held(folders: Folders, around: Surroundings, ours: list[Known]) -> list[tuple[str, str, int, str]]:
    """What the workshops hold. RuleError("close_locked") where one of them is not yet safe elsewhere."""
    workshops, locked, held = Workshops(folders, around), [], []
    for one in ours:
        desk = workshops.resume(one.path)
        if not deleting.lock(desk, folders).opened:
            locked.append(desk.opened.workshop)
        held += [(desk.opened.workshop, device.device, device.seq, device.head) for device in desk.store.devices()]
        workshops.leave(desk)
    if locked:
        raise RuleError("close_locked", workshops=", ".join(locked))
    return held


def _close(plan: _Plan, certificate: Path, now: datetime) -> Closed:
    files = sorted({one for one in plan.files if one.is_file()})
    text = _TEXT.format(
        programme=plan.programme, at=moment(now), principal=plan.signer.principal, namespace=signature.CERTIFICATE,
        fingerprint=keys.fingerprint(plan.signer.key.public), name=certificate.name,
        held="\n".join("  {}  {}  {}  {}".format(*one) for one in plan.held) or "  nothing",
        removed="\n".join(f"  {_digest(one)}  {one.relative_to(plan.root).as_posix()}" for one in files) or "  nothing",
    ).encode()
    with reading(certificate.name):
        taken = [one for one in (certificate, _signature(certificate)) if one.exists()]
    if taken:
        raise MachineError("file_exists", file=taken[0].name)
    # Only with its signature does it count as begun: what a stop in between left is written anew.
    replace_file(_begun(certificate), text)
    replace_file(_signature(certificate), signature.sign(text, key=plan.signer.key, namespace=signature.CERTIFICATE))
    _remove(plan.root, files)
    move_file(_begun(certificate), certificate)
    return Closed(certificate, len(files), sorted({one[0] for one in plan.held}), plan.damaged)


def _stopped(root: Path, certificate: Path, named: str) -> list[Path] | None:
    """What a closing of the programme ``named`` that was stopped had still to remove; None where none was stopped.

    RuleError("close_begun") where it was another programme's, RuleError("close_altered") where this place did not sign
    it or something it lists is no longer what it was.
    """
    begun, signed = _begun(certificate), _signature(certificate)
    with reading(begun.name):
        if not (begun.is_file() and signed.is_file()):
            return None
    data = read_file(begun, limit=_LIMIT)
    try:
        key = signature.verify(data, read_file(signed, limit=_LIMIT), namespace=signature.CERTIFICATE)
        text = data.decode()
    except (TradeoffError, UnicodeDecodeError) as error:
        raise RuleError("close_altered", file=begun.name) from error
    of = text.removeprefix(_HEADING).partition("\n")[0]
    if of != named:
        raise RuleError("close_begun", file=begun.name, word=of)
    listed = [(match[1], root / match[2]) for line in text.splitlines() if (match := _LINE.fullmatch(line))]
    left = [(digest, path) for digest, path in listed if path.is_file()]
    inside = all(path.resolve().is_relative_to(root.resolve()) for _, path in listed)
    if not inside or (left and key not in _own_keys(root)) or any(_digest(path) != digest for digest, path in left):
        raise RuleError("close_altered", file=begun.name)
    return [path for _, path in left]


def _own_keys(root: Path) -> set[bytes]:
    return {laptop.read_signing(path.parent)[0].public for path in (root / "keys").rglob(laptop.SIGNING)}


def _finish(root: Path, certificate: Path, files: list[Path]) -> Closed:
    _remove(root, files)
    move_file(_begun(certificate), certificate)
    return Closed(certificate, len(files), [])


def _begun(certificate: Path) -> Path:
    return certificate.with_name(f"{certificate.name}.begun")


def _signature(certificate: Path) -> Path:
    return certificate.with_name(f"{certificate.name}.sig")


def _turn(path: Path) -> tuple[bool, bool, bool]:
    """Stores go first, as what unlocks them must outlast them; signing keys last, as they tell whose closing it was."""
    return path.name == laptop.SIGNING, "keys" in path.parts, path.suffix != ".db"


def _remove(root: Path, files: list[Path]) -> None:
    """Remove files in their turn, and the folders that are empty then."""
    for one in sorted(sorted(files, reverse=True), key=_turn):  # of several areas the first one's key signs, and goes last
        with suppress(OSError):
            one.chmod(0o600)  # originals are read-only, and Windows removes no such file
        remove_files([one] if one.exists() else [])
    for folder in sorted({parent for one in files for parent in one.parents if root in parent.parents}, reverse=True):
        with suppress(OSError):
            folder.rmdir()


def _digest(path: Path) -> str:
    with reading(path.name), path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
