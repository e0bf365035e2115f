"""How full the battery is and whether the laptop is plugged in, from what each system tells.

Every answer is (charge in per cent, plugged in); either is None where the system does not say. A number that may be
wrong is not given.
"""

import ctypes
import re
import struct
from pathlib import Path

Power = tuple[int | None, bool | None]
_STATUS = struct.Struct("<BBBBII")  # SYSTEM_POWER_STATUS: mains, flags of the battery, per cent, saver, two times


def of_linux(root: Path) -> Power:
    """From the kernel's folder of power supplies; a mouse or a headset is no battery of the laptop."""
    mains: bool | None = None
    batteries = []
    for supply in sorted(root.glob("class/power_supply/*")):
        kind, online = line(supply / "type"), line(supply / "online")
        if kind == "Mains" and online in {"0", "1"}:
            mains = mains or online == "1"
        elif kind == "Battery" and line(supply / "scope") != "Device" and line(supply / "present") != "0":
            batteries.append(supply)
    if mains is None and batteries:  # plugged in by a USB cable, of which the kernel makes no mains
        doing = {line(battery / "status") for battery in batteries}
        mains = False if "Discharging" in doing else True if doing <= {"Charging", "Full", "Not charging"} else None
    return _charge(batteries), mains


def _charge(batteries: list[Path]) -> int | None:
    if len(batteries) == 1:
        return _per_cent(line(batteries[0] / "capacity"))
    for what in ("energy", "charge"):  # of several batteries the share of all that fits into them
        now, full = ([line(battery / f"{what}_{part}") for battery in batteries] for part in ("now", "full"))
        if batteries and all(number.isdecimal() for number in now + full) and sum(map(int, full)):
            return _per_cent(str(100 * sum(map(int, now)) // sum(map(int, full))))
    return None


def of_macos(words: str) -> Power:
    """From what ``pmset -g batt`` says."""
    source = re.search(r"Now drawing from '([^']*)'", words)
    mains = {"AC Power": True, "Battery Power": False}.get(source[1]) if source else None
    found = re.findall(r"-InternalBattery-\d+[^\n]*?\s(\d{1,3})%", words)
    return (_per_cent(found[0]) if len(found) == 1 else None), mains


def of_windows(status: bytes) -> Power:
    """From the bytes of SYSTEM_POWER_STATUS: 255 is "unknown", bit 7 of the flags "there is no battery"."""
    if len(status) != _STATUS.size:
        return None, None
    mains, flags, charge, *_ = _STATUS.unpack(status)
    return (None if flags & 128 else _per_cent(str(charge))), {0: False, 1: True}.get(mains)


def ask_windows() -> bytes:
    """The bytes of SYSTEM_POWER_STATUS; none where Windows does not answer, or this is not Windows."""
    windll = getattr(ctypes, "windll", None)
    status = ctypes.create_string_buffer(_STATUS.size)
    return status.raw if windll is not None and windll.kernel32.GetSystemPowerStatus(status) else b""


def line(path: Path) -> str:
    """The one line of a file of the kernel; "" where it cannot be read."""
    try:
        return path.read_text(encoding="ascii", errors="replace").strip()
    except OSError:
        return ""


def _per_cent(number: str) -> int | None:
    return int(number) if number.isdecimal() and int(number) <= 100 else None
