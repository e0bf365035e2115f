"""Writing a workshop's bundle to a stick, and saying "Safe to unplug" only when it has been read back.

The bundle is made once and kept beside the checkpoints; every stick gets the same bytes (decision 29). The lead's
stick carries the bundles it took in, unchanged.
"""

import hashlib
import os
import shutil
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from tradeoff_desktop.app import day
from tradeoff_desktop.app.desk import Desk, moment
from tradeoff_desktop.app.files import make_folder, read_file, replace_file, translated, write_new
from tradeoff_desktop.app.laptop import Laptop
from tradeoff_desktop.app.workshops import device_of
from tradeoff_desktop.errors import MachineError
from tradeoff_desktop.exchange import bundle
from tradeoff_desktop.exchange.bundle import Bundle
from tradeoff_desktop.exchange.trust import Signer, TrustStore

MOST = 40 * 1024 * 1024  # bytes of any bundle file
_SPARE = 64 * 1024  # a file system needs a little for itself
Progress = Callable[[str, int, int], None]  # what is being done, how far, of how much; may raise to cancel


class Exported(NamedTuple):
    """What was written: where, how much it holds, and the words that go with it."""

    path: Path
    people: int
    notes: int
    words: tuple[str, ...]
    carried: int
    files: tuple[str, ...] = ()  # of the other laptops, by name
    lacking: tuple[str, ...] = ()  # what must still be done so that every laptop travels, in sentences


def ignore(_: str, __: int, ___: int) -> None:
    """Take progress and show nothing."""


def make(
    desk: Desk, own: Laptop, recipients: Sequence[str], *, summary: bytes | None = None, checkpoint: bool = False,
    held: bool = False,
) -> bytes:
    """The bundle of this desk's own chain as it stands, readable by ``recipients`` (see ``programme``).

    ``held`` takes along what stands in memory because the disk refused it. TrustError where the own chain would not verify elsewhere.
    """
    stage = "checkpoint" if checkpoint else "sealed" if desk.state.sealed else "open"
    records = [*desk.store.records(desk.device), *(desk.held if held else [])]
    return bundle.pack(
        records, stage=stage, key=own.key, recipients=recipients,
        summary=summary if desk.role == "lead" and not checkpoint else None,
    )


def read_back(data: bytes, own: Laptop, *, at: str) -> Bundle:
    """Open a bundle this laptop wrote, with its own identity and its own key as the only trusted one."""
    trusted = TrustStore(signers=(Signer(principal=own.principal, key=own.key.public),))
    return bundle.read(data, trust=trusted, identities=[own.identity], received_at=at)


def export(
    desk: Desk, own: Laptop, data: bytes, *, folder: Path, carry: tuple[Path, ...] = (), progress: Progress = ignore,
) -> Exported:
    """Write ``data`` (made by ``make``) into ``folder`` and verify it there.

    MachineError: folder_missing, folder_read_only, stick_full, stick_removed, file_differs (a file of that name holds
    other bytes), copy_differs (what was read back is not what was written). Nothing in the store changes either way.
    """
    opened = read_back(data, own, at=moment(desk.now))
    name = bundle.file_name(opened.info)
    files = {name: data} | {path.name: read_file(path, limit=MOST) for path in carry}
    _need_room(folder, files)
    for path_name, content in files.items():
        _write_checked(folder / path_name, content, progress)
    read_back(_cold_read(folder / name), own, at=moment(desk.now))
    progress("checked", 100, 100)
    on = {desk.device, *map(device_of, carry)}
    return Exported(
        path=folder / name, people=len(desk.state.sitting()), notes=sum(key[0] in on for key in desk.state.live["note"]),
        words=day.seal_words(desk), carried=len(carry), files=tuple(path.name for path in carry),
    )


def keep(folder: Path, data: bytes, own: Laptop, *, at: str) -> Path:
    """Keep a bundle of our own beside the checkpoints, where later sticks and a restore find it."""
    info = read_back(data, own, at=at).info
    path = make_folder(folder, private=True) / bundle.file_name(info)
    if not path.exists():
        write_new(path, data, private=True)
    return path


def _need_room(folder: Path, files: Mapping[str, bytes]) -> None:
    with translated(folder.name):
        free = shutil.disk_usage(folder).free
        needed = sum(len(data) for name, data in files.items() if not (folder / name).exists())
    if free < needed + _SPARE:
        raise MachineError("stick_full", needed_mb=_megabytes(needed), free_mb=free // 1_000_000)


def _megabytes(size: int) -> int:
    return -(-size // 1_000_000)


def _write_checked(path: Path, data: bytes, progress: Progress) -> None:
    """Write one file and read it back from the medium; say at how many per cent a stick that is gone went."""
    reached = 0

    def told(percent: int) -> None:
        nonlocal reached
        reached = percent
        progress("writing" if percent < 100 else "flushing", percent, 100)
        if not path.parent.exists():  # some systems go on writing into what is no longer there
            raise MachineError("stick_removed", percent=percent)

    try:
        _write_once(path, data, told)
        progress("reading back", 100, 100)
        again = _cold_read(path)
    except MachineError as error:
        if not path.parent.exists():
            raise MachineError("stick_removed", percent=reached) from error
        if error.code == "disk_full":
            raise MachineError("stick_full", needed_mb=_megabytes(len(data)), free_mb=0) from error
        raise
    if again != data:
        raise MachineError("copy_differs", file=path.name)


def _write_once(path: Path, data: bytes, told: Callable[[int], object]) -> None:
    """Write unless the very same bytes stand there already; never over anything else."""
    if path.exists():
        if hashlib.sha256(read_file(path, limit=MOST)).digest() == hashlib.sha256(data).digest():
            return
        raise MachineError("file_differs", file=path.name)
    replace_file(path, data, told=told)


def _cold_read(path: Path) -> bytes:
    """Read from the medium itself, not from what the system remembers of the write."""
    with translated(path.name):
        descriptor = os.open(path, os.O_RDONLY)
        try:
            if hasattr(os, "posix_fadvise"):
                os.posix_fadvise(descriptor, 0, 0, os.POSIX_FADV_DONTNEED)
            with os.fdopen(os.dup(descriptor), "rb") as file:
                return file.read(MOST)
        finally:
            os.close(descriptor)
