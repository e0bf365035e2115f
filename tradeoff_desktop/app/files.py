"""Writing files so that they are there, whole, or not at all."""

import os
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

import platformdirs

from tradeoff_desktop.errors import MachineError

_SLICES = 10  # a file is written in so many, so that a person sees it go on and can stop it
_CODES = {
    28: "disk_full", 30: "folder_read_only", 13: "folder_read_only", 1: "folder_read_only", 2: "folder_missing",
    17: "in_the_way", 20: "in_the_way", 21: "in_the_way",
}


class Folders(NamedTuple):
    """Where things live on this laptop (decision 33)."""

    root: Path

    @property
    def workshops(self) -> Path:
        """One store file a workshop."""
        return self.root / "workshops"

    @property
    def keys(self) -> Path:
        """The laptop's signing key and age identity, readable by their owner only."""
        return self.root / "keys"

    @property
    def checkpoints(self) -> Path:
        """Checkpoint bundles, a folder a workshop."""
        return self.root / "checkpoints"

    @property
    def programmes(self) -> Path:
        """The programme files this laptop has taken in."""
        return self.root / "programmes"

    @property
    def packs(self) -> Path:
        """The packs of the workshops here, by digest."""
        return self.root / "packs"

    @property
    def reserve(self) -> Path:
        """A file that takes room until a full disk needs it."""
        return self.root / "reserve"

    @property
    def centre(self) -> Path:
        """The centre's store, trust store and originals."""
        return self.root / "centre"


def folders(root: Path | None = None) -> Folders:
    """The folders of this laptop, or those below ``root``; nothing is created yet."""
    return Folders(root or Path(platformdirs.user_data_path("tradeoff-desktop", appauthor=False, roaming=False)))


@contextmanager
def translated(name: str) -> Iterator[None]:
    """Turn what the operating system says about a file into what a person can act on."""
    try:
        yield
    except OSError as error:
        raise MachineError(_CODES.get(error.errno or 0, "disk_error"), file=name) from error


@contextmanager
def reading(name: str) -> Iterator[None]:
    """The same for a file that is only read: who may not read it is never told that nothing can be written."""
    try:
        yield
    except OSError as error:
        code = _CODES.get(error.errno or 0, "disk_error")
        raise MachineError("file_unreadable" if code == "folder_read_only" else code, file=name) from error


def make_folder(folder: Path, *, private: bool = False) -> Path:
    """Make ``folder`` and those above it if need be; ``private`` lets nobody but its owner into any of them.

    MachineError("not_private") where the disk knows no owners, as sticks do. Its name is on the disk when this returns: a synced file in a folder that a power cut takes away is lost as well.
    """
    with translated(folder.name):
        missing = [one for one in (folder, *folder.parents) if not one.exists()]
    for one in reversed(missing):
        with translated(one.name if one.parent.is_dir() else one.parent.name):
            one.mkdir(exist_ok=True, mode=0o700 if private else 0o777)
            _sync_folder(one.parent)
    if private and os.name == "posix":
        with translated(folder.name):
            shut(folder)
    return folder


def shut(folder: Path) -> None:
    """Let nobody but its owner into a folder. MachineError("not_private")."""
    with suppress(PermissionError):
        folder.chmod(0o700)
    if folder.stat().st_mode & 0o077:
        raise MachineError("not_private", file=folder.name)


def _tell_nobody(_percent: int) -> None:
    """Write without saying how far."""


def write_new(
    path: Path, data: bytes, *, private: bool = False, told: Callable[[int], object] = _tell_nobody,
) -> None:
    """Write ``data`` to a name that must not exist: temporary file, fsync, rename, fsync of the folder.

    ``told`` as for ``replace_file``. MachineError: file_exists, disk_full, folder_read_only, folder_missing, disk_error. Nothing half-written stays.
    """
    with translated(path.name):
        found = path.exists()
    if found:
        raise MachineError("file_exists", file=path.name)
    replace_file(path, data, private=private, told=told)


def replace_file(
    path: Path, data: bytes, *, private: bool = False, told: Callable[[int], object] = _tell_nobody,
) -> None:
    """Write ``data`` to ``path``, replacing what is there only once the new bytes are on the disk.

    ``told`` hears how many per cent are written; what it raises stops the writing, and nothing is left behind.
    """
    part = path.with_name(f".{path.name}.part")
    with translated(path.name):
        try:
            part.unlink(missing_ok=True)  # what a stop left, whatever its rights
            descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600 if private else 0o644)
            with os.fdopen(descriptor, "wb") as file:
                step = max(1, -(-len(data) // _SLICES))
                for start in range(0, len(data), step):
                    file.write(data[start : start + step])
                    file.flush()
                    told(min(100, (start + step) * 100 // len(data)))
                os.fsync(file.fileno())
            part.replace(path)
            _sync_folder(path.parent)
        finally:
            if part.parent.exists():  # a stick that is gone has taken its part with it
                part.unlink(missing_ok=True)


def move_file(path: Path, to: Path) -> None:
    """Give a file another name in its folder, replacing what has it; on the disk when this returns."""
    with translated(path.name):
        path.replace(to)
        _sync_folder(to.parent)


def remove_files(paths: Iterable[Path]) -> None:
    """Remove files so that no power cut brings them back. MachineError where the disk refuses."""
    for path in paths:
        with translated(path.name):
            path.unlink(missing_ok=True)
            _sync_folder(path.parent)


def read_file(path: Path, *, limit: int) -> bytes:
    """The bytes of ``path``; MachineError("file_too_large") beyond ``limit`` bytes, before they are read."""
    with reading(path.name):
        if not path.is_file():
            raise MachineError("file_missing", file=path.name)
        with path.open("rb") as file:
            data = file.read(limit + 1)
    if len(data) > limit:
        raise MachineError("file_too_large", file=path.name, limit=limit)
    return data


def volume_of(folder: Path) -> str:
    """Which stick or disk a folder lies on, however many folders of it are used; "" where it is not there.

    Linux knows the file system by a name of its own, Windows by its number; elsewhere its place and size must do.
    """
    try:
        device = folder.stat().st_dev
        top = next((one for one in [folder.resolve(), *folder.resolve().parents] if os.path.ismount(one)), folder)
        named = Path("/dev/disk/by-uuid")
        known = [link.name for link in sorted(named.iterdir()) if link.stat().st_rdev == device] if named.is_dir() else []
        return known[0] if known else f"{device} {top} {shutil.disk_usage(folder).total}"
    except OSError:
        return ""


def _sync_folder(folder: Path) -> None:
    if os.name != "posix":
        return  # Windows has no handle to a folder's own entries
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
