"""A 10 ms heartbeat in the real window while a batch is looked at and taken in, and the pages of the centre are read.

Not collected with the tests; run by ``pytest -s tests/bench/bench_take_in_window.py``. A lead and forty table laptops,
each with its own key, sent thirty times over: 1,230 files. Floor, measured beside it: the same timer in the same window while
nothing is done. Bound: no gap over 100 ms.
"""

import gc
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "app"))

from centre_world import LEAD, World

from tradeoff_desktop.app import laptop
from tradeoff_desktop.app.files import folders
from tradeoff_desktop.model import capture
from tradeoff_desktop.model import records as r
from tradeoff_desktop.ui import front
from tradeoff_desktop.ui.beside import Asking
from tradeoff_desktop.ui.shell import Shell

BOUND_MS, TABLES, NOTES, COPIES = 100.0, 40, 60, 30


class Beat:
    """A timer of 10 ms, and the longest it had to wait."""

    def __init__(self, app: QApplication) -> None:
        self._app, self._gaps, self._last = app, [0.0], time.perf_counter()
        self._timer = QTimer()
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(10)
        self._timer.timeout.connect(self._tick)
        self._timer.start()

    def _tick(self) -> None:
        now = time.perf_counter()
        self._gaps.append((now - self._last) * 1000)
        self._last = now

    def during(self, busy: Callable[[], bool], act: Callable[[], object]) -> tuple[float, float]:
        """The largest gap in ms and the seconds it took."""
        self._app.processEvents()
        self._gaps, begun = [0.0], time.perf_counter()
        self._last = begun
        act()
        while busy() or time.perf_counter() - begun < 0.2:
            self._app.processEvents()
        return max(self._gaps), time.perf_counter() - begun


def test_the_window_stays_alive_while_bundles_come_in(qapp: QApplication, tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    own = [laptop.make("LDS", seed=bytes([n, 99]) * 32, id_=f"bench{n:05}") for n in range(TABLES)]
    world = World(tmp_path, enrolled=(LEAD, *own))
    lead = world.lead()
    whole = [world.write(lead)]
    for number, one in enumerate(own):
        table = world.table(lead, *(f"note {n} of table laptop {number}" for n in range(NOTES)), own=one, device=f"table{number:05}")
        table.do(capture.note, r.Note(role="table", text="the last", step="anchor_talk"))
        whole.append(world.write(table, one))
    for copy in range(1, COPIES):
        (world.stick / str(copy)).mkdir()
        for file in whole:
            (world.stick / str(copy) / file.name).write_bytes(file.read_bytes())
    shell = Shell(front.show(folders(tmp_path / "data"), world.around()), Asking(lambda _: None, lambda _: None, lambda _: None))
    shell.window.resize(1366, 768)
    shell.window.show()
    way = shell.central
    way.show()
    gc.freeze()
    beat = Beat(qapp)
    found = {
        name: beat.during(lambda: way.intake.worker.busy or way.reader.worker.busy, act)
        for name, act in {
            "nothing (floor)": bool, "look": lambda: way.intake.look([world.stick]), "take in": way.intake.take_in,
            "what is here": lambda: way.go("coverage"), "review": lambda: way.go("review"), "notes": lambda: way.go("coding"),
        }.items()
    }
    shell.window.close()
    with capsys.disabled():
        for name, (gap, took) in found.items():
            sys.stdout.write(f"\n{name:16} largest gap {gap:6.1f} ms in {took:5.1f} s")
        sys.stdout.write("\n")
    assert way.intake.seen is not None
    assert way.intake.seen.good == TABLES + 1
    assert max(gap for gap, _ in found.values()) < BOUND_MS
