"""Checks of this laptop before a workshop day: what must work, tried rather than assumed."""

import shutil
import sys
import tempfile
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from tradeoff_desktop.app import content, disk, laptop, planning, words
from tradeoff_desktop.app.files import Folders, folders, make_folder
from tradeoff_desktop.app.setting_up import day_words
from tradeoff_desktop.app.workshops import LEAST_FREE, LITTLE_FREE
from tradeoff_desktop.errors import MachineError, TradeoffError
from tradeoff_desktop.model.pack import digest
from tradeoff_desktop.store.store import Store


class Check(NamedTuple):
    """One thing looked at, whether it is well, and what was seen."""

    name: str
    ok: bool
    text: str


def examine(*, now: datetime, at: Folders | None = None) -> list[Check]:
    """Every check, in the order in which a person would mend things."""
    where = at or folders()
    return [
        _python(), _folder(where), _disk(where), _synced(where), _private(where), _store(), _pack(), _keys(where), _clock(now),
    ]


def _python() -> Check:
    version = ".".join(map(str, sys.version_info[:3]))
    return Check("Python", ok=sys.version_info >= (3, 11), text=f"{version}; 3.11 or later is needed")


def _folder(where: Folders) -> Check:
    try:
        make_folder(where.root, private=True)
        with tempfile.TemporaryFile(dir=where.root) as file:
            file.write(b"tradeoff")
    except (TradeoffError, OSError):
        return Check("Data folder", ok=False, text=f"{where.root} cannot be written to")
    return Check("Data folder", ok=True, text=str(where.root))


def _disk(where: Folders) -> Check:
    free = shutil.disk_usage(_existing(where.root)).free
    text = f"{free // 1_000_000} MB free"
    if free < LITTLE_FREE:
        text += f"; a new workshop needs {LEAST_FREE // 1_000_000} MB"
    return Check("Disk", ok=free >= LEAST_FREE, text=text)


def _synced(where: Folders) -> Check:
    root = _existing(where.root).resolve()
    service = disk.synced(where.root) or disk.synced(root)
    if service:
        return Check("Synced folder", ok=False, text=f"the data folder is inside {service}: move it to a local folder")
    if disk.far(root):
        return Check("Synced folder", ok=False, text="the data folder is on a network drive: move it to this laptop's own disk")
    return Check("Synced folder", ok=True, text="the data folder is on this laptop alone")


def _private(where: Folders) -> Check:
    seen = disk.open_to_others(where)
    text = f"other users can look into: {', '.join(seen)}" if seen else "nobody else can look into the data"
    return Check("Privacy", ok=not seen, text=text)


def _store() -> Check:
    try:
        with tempfile.TemporaryDirectory() as folder, Store.create(Path(folder) / "check.db"):
            return Check("Store", ok=True, text="opens with the settings that keep every answer")
    except TradeoffError as error:
        return Check("Store", ok=False, text=str(words.say(error)))


def _pack() -> Check:
    try:
        pack = content.shipped()
    except TradeoffError as error:
        return Check("Pack", ok=False, text=str(words.say(error)))
    return Check("Pack", ok=True, text=f"{pack.title}, {pack.version}, {digest(pack)[:12]}")


def _keys(where: Folders) -> Check:
    try:
        known, lost = planning.known_keys(where), planning.lost_areas(where)
    except TradeoffError as error:
        return Check("Keys", ok=False, text=str(words.say(error)))
    if lost:
        return Check("Keys", ok=False, text=str(words.say(MachineError("key_lost", file=laptop.SIGNING, folder=", ".join(lost)))))
    names = ", ".join(key.principal for key in known) or "none yet; they are made with the first workshop"
    return Check("Keys", ok=True, text=names)


def _clock(now: datetime) -> Check:
    local = now.astimezone()
    return Check("Clock", ok=now.year >= 2026, text=f"{day_words(local)}, {local:%H:%M}: is this right?")


def _existing(path: Path) -> Path:
    while not path.exists():
        path = path.parent
    return path
