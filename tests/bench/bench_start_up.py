"""How long until the first painted window, beside the least it could take on this machine.

Not collected with the tests; run by ``python tests/bench/bench_start_up.py [--times 9]`` with the project's Python.

The floor is a bare window of a program that also imports the locked run-time libraries, except matplotlib and
reportlab, which wait until a paper is written. Bound: 1.5 times the floor. Both are started in turn, so that a busy
machine slows both; the middle and the fastest of each are printed, and when the rest of the program was loaded too.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BOUND = 1.5
# A tool of the tests that a laptop does not have; sqlite-utils would load it where it finds it.
ABSENT = "import sys, time\nsys.modules['pandas'] = None\n"
PRODUCT = """
from tradeoff_desktop import __main__
from tradeoff_desktop.ui import front

def then(first):
    print(time.time_ns())
    rest = __main__._load_the_rest(first)
    print(time.time_ns())
    first.window.close()
    return rest

front.run([], then)
"""
FLOOR = """
import click, msgspec, nacl.signing, numpy, platformdirs, pyrage, segno, sqlite_utils
from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication, QWidget

class Follow(QObject):
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint:
            watched.removeEventFilter(self)
            QTimer.singleShot(0, self.tell)
        return False

    def tell(self):
        print(time.time_ns())
        window.close()

app = QApplication([])
window = QWidget()
follow = Follow()
window.installEventFilter(follow)
window.showMaximized()
app.exec()
"""


def once(code: str, home: str) -> list[float]:
    """Seconds from starting a process to each moment it prints: the first is its first painted window."""
    environment = {
        **os.environ,
        "XDG_DATA_HOME": home,
        "PYTHONPATH": str(ROOT),
        "PYTHONPYCACHEPREFIX": str(Path(home) / "compiled"),
    }
    # As installed: compiled once, for both alike, even where this shell asks Python to leave no compiled files.
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    environment.setdefault("QT_QPA_PLATFORM", "offscreen")
    begun = time.time_ns()
    done = subprocess.run(
        [sys.executable, "-c", ABSENT + code], env=environment, capture_output=True, text=True, check=True,
    )
    return [(int(moment) - begun) / 1e9 for moment in done.stdout.split()]


def measure(times: int) -> dict[str, list[list[float]]]:
    """Product and floor, started in turn; the first of each only fills the caches and is left out."""
    found: dict[str, list[list[float]]] = {PRODUCT: [], FLOOR: []}
    with tempfile.TemporaryDirectory() as home:
        for number in range(times + 1):
            for code, moments in found.items():
                seconds = once(code, home)
                if number:
                    moments.append(seconds)
    return found


def say(text: str) -> None:
    """A line for the person who runs it."""
    sys.stdout.write(f"{text}\n")


def main() -> None:
    """Print each and the ratio."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--times", type=int, default=9)
    found = measure(parser.parse_args().times)
    first = [moments[0] for moments in found[PRODUCT]]
    whole = [moments[1] for moments in found[PRODUCT]]
    floor = [moments[0] for moments in found[FLOOR]]
    for name, seconds in (("first window", first), ("rest loaded", whole), ("floor", floor)):
        say(f"{name:<14} middle {statistics.median(seconds):.3f} s   fastest {min(seconds):.3f} s")
    say(f"ratio          {statistics.median(first) / statistics.median(floor):.2f} of the floor, bound {BOUND}")


if __name__ == "__main__":
    main()
