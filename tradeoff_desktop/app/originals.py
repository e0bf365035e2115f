"""The bundles that the centre keeps beside its store, unchanged and read-only (decision 30).

``originals`` holds every bundle taken in, ``quarantine`` those that wait for somebody: of a laptop that is not
enrolled, or a copy that parts from the one held. A name says when the bundle came in, by which its key is judged, the
digest it came with, and why it waits. After a withdrawal or a redaction its remainder stands in the place of each.

What a merge takes in stands in ``originals/coming`` until the merge is done: the register then says which of them
count. A stop at any moment is made good by ``settle``.
"""

import hashlib
import os
import re
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from tradeoff_desktop.app import judging, taking_in
from tradeoff_desktop.app.desk import moment
from tradeoff_desktop.app.exporting import MOST
from tradeoff_desktop.app.files import (
    make_folder,
    move_file,
    read_file,
    reading,
    remove_files,
    replace_file,
    translated,
    write_new,
)
from tradeoff_desktop.app.judging import Access
from tradeoff_desktop.errors import TrustError
from tradeoff_desktop.exchange import bundle as bundles
from tradeoff_desktop.exchange.bundle import Bundle
from tradeoff_desktop.model import codec
from tradeoff_desktop.model.fold import to_erase
from tradeoff_desktop.model.records import Record
from tradeoff_desktop.store.store import Store

_STAMP = "%Y%m%dT%H%M%SZ"
_NAME = re.compile(r"(\d{8}T\d{6}Z)-([0-9a-f]{64})(?:\.([a-z_]+))?\.(tradeoff|remainder)")
_TO_CUT = "to_cut"  # the workshops whose originals may hold what was erased
_LIMIT = 1024 * 1024


class Kept(NamedTuple):
    """A kept bundle: when it came in, the SHA-256 of the file as it came, and why it waits ("": it was taken in)."""

    path: Path
    received: datetime
    digest: str
    reason: str = ""

    @property
    def cut(self) -> bool:
        """Whether its remainder stands here."""
        return self.path.suffix == ".remainder"

    def read(self, by: Access) -> Bundle:
        """Verify it as of the moment it came in. TrustError."""
        data = read_file(self.path, limit=MOST)
        if not self.cut:
            return judging.read(data, by._replace(now=self.received))
        return bundles.read_remainder(
            data, trust=by.trust, identities=by.identities, received_at=moment(self.received),
        )


def taken_in(store: Path) -> list[Kept]:
    """The bundles taken in, oldest first."""
    return _listed(_originals(store))


def waiting(store: Path) -> list[Kept]:
    """The bundles put aside, oldest first."""
    return _listed(_quarantine(store))


def _listed(folder: Path) -> list[Kept]:
    with reading(folder.name):
        names = sorted(path.name for path in folder.glob("*"))
    found = ((name, _NAME.fullmatch(name)) for name in names)
    return [
        Kept(folder / name, datetime.strptime(match[1], _STAMP).replace(tzinfo=UTC), match[2], match[3] or "")
        for name, match in found if match
    ]


def put_aside(data: bytes, *, store: Path, received: datetime, reason: str) -> None:
    """Keep a bundle that waits; the same one twice counts as first received."""
    digest = hashlib.sha256(data).hexdigest()
    if not any(one.digest == digest for one in waiting(store)):
        _write(_quarantine(store), data, _name(received, digest, reason))


def wait_for(kept: Kept, reason: str) -> None:
    """Say anew why a bundle waits."""
    move_file(kept.path, kept.path.with_name(_name(kept.received, kept.digest, reason, ending=kept.path.suffix[1:])))


def stage(
    data: bytes, *, store: Path, received: datetime, digest: str, reason: str = "", cut: bool = False,
) -> None:
    """Keep a bundle that is being taken in; it counts once ``settle`` finds it in the register."""
    name = _name(received, digest, reason, ending="remainder" if cut else "tradeoff")
    if not (_coming(store) / name).exists():  # the same file may be named twice
        _write(_coming(store), data, name)


def release(store: Path, kept: Iterable[Kept]) -> None:
    """Let go of bundles that wait no longer: what the register names stays among those taken in."""
    for one in kept:
        if one.reason == "forked":
            to = make_folder(_originals(store), private=True) / one.path.name.replace(".forked", "")
            move_file(one.path, to)
        else:
            _let_go(one.path)


def _write(folder: Path, data: bytes, name: str) -> None:
    make_folder(folder.parent, private=folder.name == "coming")
    path = make_folder(folder, private=True) / name
    write_new(path, data, private=True)
    with translated(name):
        path.chmod(0o400)


def _let_go(path: Path) -> None:
    with translated(path.name):
        if os.name != "posix" and path.exists():
            path.chmod(0o600)  # Windows removes no read-only file
    remove_files([path])


def _name(received: datetime, digest: str, reason: str, *, ending: str = "tradeoff") -> str:
    return ".".join(filter(None, (f"{received:{_STAMP}}-{digest}", reason, ending)))


# -- making good what a stop left


def settle(store: Path, by: Access) -> None:
    """Keep what the register names of what was coming, let the rest go, and cut what is to be cut."""
    coming = _listed(_coming(store))
    marked = _originals(store) / _TO_CUT
    if not store.is_file() or not (coming or marked.is_file()):
        return
    with Store.look(store) as held:
        named = {receipt.file_digest for receipt in held.receipts()}
        for one in coming:
            if one.digest in named:
                move_file(one.path, make_folder(_quarantine(store) if one.reason else _originals(store), private=True) / one.path.name)
            else:
                _let_go(one.path)
        if marked.is_file() and _cut_all(held, store, by, read_file(marked, limit=_LIMIT).decode().split()):
            remove_files([marked])


# -- erasure


def mark_to_cut(store: Path, workshops: Iterable[str]) -> None:
    """Write down, before it is so, in which workshops something is erased: no stop makes the originals forget it."""
    marked = make_folder(_originals(store), private=True) / _TO_CUT
    before = read_file(marked, limit=_LIMIT).decode().split() if marked.is_file() else []
    replace_file(marked, "\n".join(sorted({*before, *workshops})).encode(), private=True)


def owed(store: Path) -> bool:
    """Whether a kept bundle may still hold what was erased in the store."""
    with reading(_TO_CUT):
        return (_originals(store) / _TO_CUT).is_file()


def _cut_all(held: Store, store: Path, by: Access, workshops: Iterable[str]) -> bool:
    """Put the remainder in the place of every kept bundle that still holds what was erased; False where one will not open."""
    of_device = {device.device: device.workshop for device in held.devices()}
    of_digest = {receipt.file_digest: of_device.get(receipt.device, "") for receipt in held.receipts()}
    gone = {workshop: (list(taking_in.obliging(held, workshop)), _erased(held, workshop)) for workshop in workshops}
    whole = True
    for one in [*taken_in(store), *waiting(store)]:
        if one.digest in of_digest and of_digest[one.digest] not in gone:
            continue
        try:
            bundle = judging.read_by_itself(read_file(one.path, limit=MOST), by._replace(now=one.received), cut=one.cut)
        except TrustError:
            whole = False  # no key for it was given, or the disk altered it: it is tried again at the next merge
            continue
        if bundle.info.workshop in gone:
            known, erased = gone[bundle.info.workshop]
            _cut(one, bundle, erased | {record.header.leaf for record in to_erase([*known, *bundle.records])})
    return whole


def _erased(held: Store, workshop: str) -> set[str]:
    """The leaves of what is erased in the store, disputed parts included."""
    chains = [held.records(device.device) for device in held.devices() if device.workshop == workshop]
    return {record.header.leaf for records in chains for record in records if record.erased}


def _cut(one: Kept, bundle: Bundle, leaves: set[str]) -> None:
    if not any(record.header.leaf in leaves and not record.erased for record in bundle.records):
        return
    records = [_without(record, leaves) for record in bundle.records]
    path = one.path.with_suffix(".remainder")
    with translated(path.name):
        if path.exists():
            path.chmod(0o600)
    replace_file(path, bundles.remainder(bundle, records, recipients=bundle.info.recipients), private=True)
    with translated(path.name):
        path.chmod(0o400)
    if one.path != path:
        _let_go(one.path)


def _without(record: Record, leaves: set[str]) -> Record:
    return codec.erase(record) if record.header.leaf in leaves and not record.erased else record


def _originals(store: Path) -> Path:
    return store.parent / "originals"


def _quarantine(store: Path) -> Path:
    return store.parent / "quarantine"


def _coming(store: Path) -> Path:
    return _originals(store) / "coming"
