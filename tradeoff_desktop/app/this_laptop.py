"""What can be seen of this laptop without special rights: power, encryption of the disk, sleep, room on the disk.

Each answer is None where the system does not tell; ``readiness`` then says so.
"""

import os
import re
import secrets
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from tradeoff_desktop.app import battery
from tradeoff_desktop.app.files import read_file, remove_files, write_new
from tradeoff_desktop.app.readiness import Facts, Stick
from tradeoff_desktop.app.words import say
from tradeoff_desktop.errors import MachineError, TradeoffError

SYS = Path("/sys")
_PATIENCE = 2.0  # seconds a command of the system may take
# The command that tells after how long the laptop sleeps on mains, and how its words are read: minutes or seconds.
_SLEEP = {
    "darwin": (("pmset", "-g", "custom"), r"AC Power:.*?^\s*sleep\s+(\d+)", 1),
    "linux": (("gsettings", "list-recursively", "org.gnome.settings-daemon.plugins.power"), r"sleep-inactive-ac-timeout (\d+)", 60),
    "win32": (("powercfg", "/query", "SCHEME_CURRENT", "SUB_SLEEP", "STANDBYIDLE"), r"0x([0-9a-f]{8})\s+[^\n]*0x[0-9a-f]{8}\s*$", 60),
}


def look(folder: Path, screens: Sequence[str]) -> Facts:
    """The facts of this laptop whose data stand in ``folder``, with the screens the windows know of."""
    charge, mains = power()
    return Facts(
        screens=tuple(screens), free_mb=shutil.disk_usage(_existing(folder)).free // 1_000_000, battery=charge, mains=mains,
        encrypted=encrypted(_existing(folder)), sleeps_after=sleeps_after(sys.platform),
    )


def power(root: Path = SYS) -> battery.Power:
    """Charge of the battery in per cent and whether the laptop is plugged in."""
    if sys.platform == "win32":
        return battery.of_windows(battery.ask_windows())
    if sys.platform == "darwin":
        return battery.of_macos(_said("pmset", "-g", "batt"))
    return battery.of_linux(root)


def encrypted(folder: Path, root: Path = SYS, device: int | None = None) -> bool | None:
    """Whether the disk below ``folder`` is encrypted by the system; None where that cannot be seen."""
    if sys.platform == "darwin":
        words = _said("fdesetup", "status")
        return None if not words else "FileVault is On" in words
    number = folder.stat().st_dev if device is None else device
    block = root / "dev" / "block" / f"{os.major(number)}:{os.minor(number)}" if hasattr(os, "major") else root / "none"
    return _crypt(block.resolve()) if block.exists() else None


def _crypt(block: Path) -> bool:
    """Whether a block device, or one it is made of, is an encrypted one."""
    return battery.line(block / "dm" / "uuid").startswith("CRYPT-") or any(
        _crypt(below.resolve()) for below in sorted(block.glob("slaves/*"))
    )


def sleeps_after(platform: str, words: str | None = None) -> int | None:
    """Minutes until the laptop sleeps on mains, 0 for never; ``words`` are what the system's command says."""
    if platform not in _SLEEP:
        return None
    command, pattern, parts = _SLEEP[platform]
    text = _said(*command) if words is None else words
    if "sleep-inactive-ac-type 'nothing'" in text:
        return 0
    found = re.search(pattern, text, re.DOTALL | re.MULTILINE | re.IGNORECASE)
    if found is None:
        return None
    return -(-int(found[1], 16 if platform == "win32" else 10) // parts)


def try_stick(folder: Path) -> Stick:
    """Write a small file to ``folder``, read it back, remove it."""
    name, data = f"tradeoff-test-{secrets.token_hex(4)}.txt", secrets.token_hex(512).encode()
    try:
        write_new(folder / name, data)
        same = read_file(folder / name, limit=len(data)) == data
        remove_files([folder / name])
        if not same:
            raise MachineError("copy_differs", file=name)
    except TradeoffError as error:
        message = say(error)
        return Stick(folder.name, f"{message.what} {message.remedy}")
    return Stick(folder.name or str(folder))


def _said(*command: str) -> str:
    """What a command of the system says; "" where there is none or it does not answer in time."""
    program = shutil.which(command[0])
    if program is None:
        return ""
    try:
        done = subprocess.run(  # noqa: S603 - one of the fixed commands above
            [program, *command[1:]], capture_output=True, text=True, timeout=_PATIENCE, check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout if done.returncode == 0 else ""


def _existing(path: Path) -> Path:
    while not path.exists():
        path = path.parent
    return path
