"""How long until the window, for the frozen program and for the source, both cold.

Not collected with the tests; run by ``python tests/bench/bench_frozen_start.py FOLDER [--times 10]``, where FOLDER is
the unpacked portable archive. Needs Xvfb and xwininfo. Before every start the system is told to forget every file of
the program, of its Python and of its packages, so that all is read from disk again. Both are started in turn, so that
a busy machine slows both. Bound: the middle of the frozen ones at most 1.2 times the middle of the others.
"""

import argparse
import os
import statistics
import subprocess
import sys
import sysconfig
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BOUND = 1.2
DISPLAY = ":87"


def forget(folders: Sequence[Path]) -> None:
    """Tell the system that nobody needs these files in memory."""
    for folder in folders:
        for path in folder.rglob("*"):
            if path.is_file():
                handle = os.open(path, os.O_RDONLY)
                os.posix_fadvise(handle, 0, 0, os.POSIX_FADV_DONTNEED)
                os.close(handle)


def once(command: Sequence[str], cold: Sequence[Path]) -> float:
    """Seconds from starting a process to its window on the display."""
    with tempfile.TemporaryDirectory() as home:
        environment = {**os.environ, "HOME": home, "XDG_DATA_HOME": home, "DISPLAY": DISPLAY, "QT_QPA_PLATFORM": "xcb", "LC_ALL": "C.UTF-8"}
        forget(cold)
        begun = time.perf_counter()
        process = subprocess.Popen(command, env=environment, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            while not shown():
                if process.poll() is not None:
                    sys.exit(f"{command[0]} ended with {process.returncode}")
            return time.perf_counter() - begun
        finally:
            process.kill()
            process.wait()
            while shown():
                time.sleep(0.02)


def shown() -> bool:
    """Whether the window is on the display, and visible."""
    ask = ["xwininfo", "-display", DISPLAY, "-name", "Tradeoff Desktop"]
    done = subprocess.run(ask, capture_output=True, text=True, check=False)
    return "IsViewable" in done.stdout


def main() -> int:
    """Print both, and whether the bound is kept."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--times", type=int, default=10)
    options = parser.parse_args()
    packages = [Path(sysconfig.get_path(name)) for name in ("purelib", "stdlib")]
    ways = {
        "source": ([sys.executable, "-m", "tradeoff_desktop"], [*packages, ROOT / "tradeoff_desktop", ROOT / "resources"]),
        "frozen": ([str(options.folder / "tradeoff-desktop")], [options.folder]),
    }
    taken: dict[str, list[float]] = {name: [] for name in ways}
    with subprocess.Popen(["Xvfb", DISPLAY, "-screen", "0", "1366x768x24"], stderr=subprocess.DEVNULL) as screen:
        time.sleep(1)
        try:
            for _ in range(options.times):
                for name, (command, cold) in ways.items():
                    taken[name].append(once(command, cold))
        finally:
            screen.terminate()
    middle = {name: statistics.median(each) for name, each in taken.items()}
    for name, each in taken.items():
        sys.stdout.write(f"{name}: middle {middle[name]:.2f} s, fastest {min(each):.2f} s, slowest {max(each):.2f} s of {len(each)}\n")
    ratio = middle["frozen"] / middle["source"]
    sys.stdout.write(f"frozen / source: {ratio:.2f} (at most {BOUND})\n")
    return ratio > BOUND


if __name__ == "__main__":
    sys.exit(main())
