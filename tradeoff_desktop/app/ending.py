"""Closing a programme (decision 34): stores, originals and keys go, reports stay, and a certificate says what went.

The certificate is written and signed before anything is removed, under a name that says so, and gets its own name when
all of it is gone. A stop in between is made good by closing once more: what it lists and is still there is removed.
"""

import hashlib
import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from tradeoff_desktop.app import deleting, laptop
from tradeoff_desktop.app.centre_folder import CentreFolder
from tradeoff_desktop.app.desk import Surroundings, moment
from tradeoff_desktop.app.files import Folders, move_file, read_file, reading, remove_files, write_new
from tradeoff_desktop.app.laptop import Laptop
from tradeoff_desktop.app.workshops import Workshops, kept_folder
from tradeoff_desktop.errors import MachineError, RuleError
from tradeoff_desktop.exchange import keys, signature
from tradeoff_desktop.model.records import Opened
from tradeoff_desktop.store.store import Store

_LINE = re.compile(r"  [0-9a-f]{64}  (.+)")
_LIMIT = 16 * 1024 * 1024
_TEXT = """Certificate of deletion

programme  {programme}
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


class _Plan(NamedTuple):
    programme: str
    root: Path
    files: list[Path]
    held: list[tuple[str, str, int, str]]
    signer: Laptop


def close_centre(folder: Path, *, named: str, certificate: Path, now: datetime) -> Closed:
    """Close the programme of the central team's folder: its store, originals and keys are removed.

    ``named`` is the programme's id, typed to show that it is meant. RuleError("close_word"), MachineError, TrustError.
    """
    here = CentreFolder(folder)
    if (done := _go_on(folder, certificate)) is not None:
        return done
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
    them is not yet safe elsewhere.
    """
    if (done := _go_on(folders.root, certificate)) is not None:
        return done
    found = list(_of_programme(folders, named))
    if not found:
        raise RuleError("close_word", word="-")
    workshops, locked, held, gone = Workshops(folders, around), [], [], []
    for path, opened in found:
        desk = workshops.resume(path)
        if not deleting.lock(desk, folders).opened:
            locked.append(opened.workshop)
        held += [(opened.workshop, one.device, one.seq, one.head) for one in desk.store.devices()]
        workshops.leave(desk)
        gone += [*path.parent.glob(f"{path.stem}.*"), *kept_folder(folders, opened.workshop).rglob("*")]
    if locked:
        raise RuleError("close_locked", workshops=", ".join(locked))
    areas, signer = {opened.area for _, opened in found}, laptop.read(folders.keys / found[0][1].area)
    still = {opened.area for path, opened in _all(folders) if path not in dict(found)}
    gone += [one for area in sorted(areas - still) for one in (folders.keys / area).rglob("*")]
    return _close(_Plan(named, folders.root, gone, held, signer), certificate, around.clock())


def _all(folders: Folders) -> Iterator[tuple[Path, Opened]]:
    for path in sorted(folders.workshops.glob("*.db")):
        with Store.look(path) as store:
            opened = next((record.body for record in store.records() if isinstance(record.body, Opened)), None)
        if opened is not None:
            yield path, opened


def _of_programme(folders: Folders, programme: str) -> Iterator[tuple[Path, Opened]]:
    return ((path, opened) for path, opened in _all(folders) if opened.programme == programme)


def _close(plan: _Plan, certificate: Path, now: datetime) -> Closed:
    files = sorted({one for one in plan.files if one.is_file()})
    text = _TEXT.format(
        programme=plan.programme, at=moment(now), principal=plan.signer.principal, namespace=signature.CERTIFICATE,
        fingerprint=keys.fingerprint(plan.signer.key.public), name=certificate.name,
        held="\n".join("  {}  {}  {}  {}".format(*one) for one in plan.held) or "  nothing",
        removed="\n".join(f"  {_digest(one)}  {one.relative_to(plan.root).as_posix()}" for one in files) or "  nothing",
    ).encode()
    with reading(certificate.name):
        if certificate.exists():
            raise MachineError("file_exists", file=certificate.name)
    write_new(certificate.with_name(f"{certificate.name}.sig"), signature.sign(text, key=plan.signer.key, namespace=signature.CERTIFICATE))
    write_new(_begun(certificate), text)
    _remove(plan.root, files)
    move_file(_begun(certificate), certificate)
    return Closed(certificate, len(files), sorted({one[0] for one in plan.held}))


def _go_on(root: Path, certificate: Path) -> Closed | None:
    """Finish a closing that was stopped; None where none was."""
    begun = _begun(certificate)
    with reading(begun.name):
        if not begun.is_file():
            return None
    listed = [match[1] for line in read_file(begun, limit=_LIMIT).decode().splitlines() if (match := _LINE.fullmatch(line))]
    files = [root / name for name in listed]
    if any(not one.resolve().is_relative_to(root.resolve()) for one in files):
        raise MachineError("file_unreadable", file=begun.name)
    _remove(root, files)
    move_file(begun, certificate)
    return Closed(certificate, len(files), [])


def _begun(certificate: Path) -> Path:
    return certificate.with_name(f"{certificate.name}.begun")


def _remove(root: Path, files: list[Path]) -> None:
    """Remove files, keys last, and the folders that are empty then."""
    for one in sorted(files, key=lambda path: "keys" in path.parts):
        with suppress(OSError):
            one.chmod(0o600)  # originals are read-only, and Windows removes no such file
        remove_files([one] if one.exists() else [])
    for folder in sorted({parent for one in files for parent in one.parents if root in parent.parents}, reverse=True):
        with suppress(OSError):
            folder.rmdir()


def _digest(path: Path) -> str:
    with reading(path.name), path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
