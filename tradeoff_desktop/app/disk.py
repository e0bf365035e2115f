"""The disk the data folder is on: a little room in reserve, and folders that other programs or machines change too."""

import ctypes
import os
import re
import secrets
import shutil
import sys
from pathlib import Path

from tradeoff_desktop.app.files import Folders, make_folder, read_file, replace_file, shut, translated
from tradeoff_desktop.app.words import Message
from tradeoff_desktop.app.workshops import LITTLE_FREE
from tradeoff_desktop.errors import MachineError

RESERVE = 16 * 1024 * 1024
_SAFE = "Everything saved is still there."
# How the folders of services that copy them to other machines are called, in full or at the beginning.
_SYNCED = (
    ("OneDrive", r"onedrive( - .*)?|skydrive"), ("Dropbox", r"dropbox( \(.*\))?"),
    ("iCloud", r"icloud ?drive|com~apple~clouddocs|mobile documents"), ("Nextcloud", r"nextcloud\d*"),
    ("ownCloud", r"owncloud"), ("Google Drive", r"google ?drive( .*)?|my drive|googledrive-.*"), ("Box", r"box sync|box-box"),
)
# What such services leave in the folder they look after, whatever it is called.
_MARKS = ((".dropbox.cache", "Dropbox"), (".nextcloudsync.log", "Nextcloud"), (".owncloudsync.log", "ownCloud"))
_FAR = frozenset({"nfs", "nfs4", "cifs", "smb3", "smbfs", "afs", "davfs", "fuse.sshfs", "fuse.davfs2", "fuse.rclone", "fuse.gvfsd-fuse"})
_WINDOWS_REMOTE = 4


def keep_reserve(folders: Folders) -> None:
    """Set 16 MB aside where there is plenty, so that a disk that fills up during a workshop has room for its end."""
    path = folders.reserve
    root = make_folder(folders.root, private=True)
    with translated(root.name):
        wanted = not path.exists() and shutil.disk_usage(root).free >= LITTLE_FREE
    if wanted:
        # Noise, because a file of noughts takes no room on a disk that packs what it stores.
        replace_file(path, secrets.token_bytes(RESERVE), private=True)


def warning(folders: Folders) -> Message | None:
    """What is wrong with where the data stand, the gravest first; None where nothing is."""
    root = make_folder(folders.root, private=True).resolve()
    service, free = synced(root), shutil.disk_usage(root).free
    if service:
        return Message(
            f"The data of workshops stand in a folder that {service} copies to other machines.", _SAFE,
            f"Move it to a folder of this laptop alone, or stop {service} for it: answers of participants must not leave the laptop, "
            "and a copy in the wrong moment can damage them.",
        )
    if far(root):
        return Message(
            "The data of workshops stand on a network drive.", _SAFE,
            "Use a folder on this laptop's own disk: a network drive can lose what it said was saved.",
        )
    if free < LITTLE_FREE:
        return Message(
            f"Only {free // 1_000_000} MB are free on this disk.", _SAFE,
            "Free some space before the workshop. A new one needs 500 MB.",
        )
    return None


def synced(root: Path) -> str:
    """The service that copies this folder elsewhere, or ""."""
    for folder in (root, *root.parents):
        for service, pattern in _SYNCED:
            if re.fullmatch(pattern, folder.name, re.IGNORECASE):
                return service
        for mark, service in _MARKS:
            if (folder / mark).exists():
                return service
    return ""


def far(root: Path) -> bool:
    """Whether a folder is on another machine, as far as the system tells."""
    if sys.platform == "win32":
        drive = f"{root.drive}\\"
        return drive.startswith("\\\\") or ctypes.windll.kernel32.GetDriveTypeW(drive) == _WINDOWS_REMOTE
    try:
        return kind_of_mount(root, read_file(Path("/proc/self/mounts"), limit=1 << 20).decode(errors="replace")) in _FAR
    except MachineError:
        return False


def kind_of_mount(root: Path, mounts: str) -> str:
    """The type of the file system ``root`` is on, by a table as in /proc/self/mounts; "" where it names none."""
    found, kind = -1, ""
    for line in mounts.splitlines():
        fields = line.split()
        if len(fields) < 3:
            continue
        place = re.sub(r"\\(\d{3})", lambda octal: chr(int(octal[1], 8)), fields[1])
        if root.is_relative_to(place) and len(place) >= found:
            found, kind = len(place), fields[2]
    return kind


def open_to_others(folders: Folders) -> list[str]:
    """The folders that other users of this laptop can look into, though nobody but their owner should.

    Those that can be closed are closed: earlier versions left some of them open. Windows keeps everybody but their
    owner, the system and its administrators out of what lies below a person's own folder; elsewhere all are named.
    """
    private = [one for one in (folders.workshops, folders.keys, folders.checkpoints) if one.exists()]
    if os.name != "posix":
        return [] if folders.root.resolve().is_relative_to(Path.home().resolve()) else [one.name for one in private]
    found = []
    for folder in private:
        try:
            shut(folder)
        except MachineError:
            found.append(folder.name)
    return found

