"""How long the full report over 300 workshops takes, and that a person can stop it.

Budgets: findings under two seconds, everything under thirty. Not collected with the tests; run by
``pytest tests/bench/bench_full_report.py``. The workshops are played before the clock starts; findings, disclosure
control, every page and every figure are inside it. What counts is the processor's time: on a machine that does other
things as well the clock on the wall says more about those.
"""

import copy
import importlib.util
import os
import sys
import time
from pathlib import Path
from types import ModuleType

import pytest
from msgspec import structs

from tradeoff_desktop.app import evidence, publishing, rehearsal_people
from tradeoff_desktop.findings.results import as_json
from tradeoff_desktop.model.workshop import Workshop

PLAYS = Path(__file__).resolve().parents[1] / "report" / "contents" / "conftest.py"
WORKSHOPS, FINDINGS, BUDGET = 300, 2.0, 30.0


def plays() -> ModuleType:
    spec = importlib.util.spec_from_file_location("plays", PLAYS)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def distinct(state: Workshop, number: int) -> Workshop:
    """The same day under an id of its own, with marks of its own on every sheet."""
    other = copy.copy(state)
    ((device, opened),) = state.openings.items()
    other.openings = {device: structs.replace(opened, workshop=f"{opened.workshop}-{number}")}
    people = {
        seat: rehearsal_people.person(number, area=f"{state.area}{number}", seat=seat, table=state.table_of(seat).number)
        for seat in state.sitting()
    }
    other.keyed = {
        (seat, sheet): {
            cell: {
                key: keyed._replace(
                    body=structs.replace(keyed.body, answer=rehearsal_people.answer(people[seat], state.pack, cell))
                )
                for key, keyed in keyings.items()
            }
            for cell, keyings in cells.items()
        }
        for (seat, sheet), cells in sorted(state.keyed.items())
    }
    return other


@pytest.fixture(scope="module")
def programme() -> list[Workshop]:
    """Eighteen days played, each taken many times, marked by other people every time."""
    made = plays()
    played = [made.play(made.Plan(area=area, session=session)).state for area in made.AREAS for session in "ABC"]
    return [distinct(played[number % len(played)], number) for number in range(WORKSHOPS)]


class Clock:
    """Seconds of the processor and on the wall, lap by lap."""

    def __init__(self) -> None:
        self.used = 0.0
        self._at = self._now()

    @staticmethod
    def _now() -> tuple[float, float]:
        times = os.times()
        return times.user + times.system, time.perf_counter()

    def lap(self, what: str, bound: str = "") -> float:
        used, passed = self._at
        self._at = self._now()
        took = self._at[0] - used
        self.used += took
        sys.stdout.write(f"{what}: {took:.1f} s of the processor, {self._at[1] - passed:.1f} s on the wall{bound}\n")
        return took


@pytest.mark.timeout(1200)
def test_the_full_report_is_written_in_time(programme: list[Workshop], capsys: pytest.CaptureFixture[str]):
    steps: list[int] = []
    with capsys.disabled():
        sys.stdout.write("\n")
        clock = Clock()
        results = evidence.find_in(programme, audience="published")
        found = clock.lap("findings", f" (bound {FINDINGS:.0f} s)")
        document = publishing.full_document(programme, found=results)
        clock.lap("document")
        data = document.write(lambda done, _total: steps.append(done))
        clock.lap(f"PDF of {len(data) / 1e6:.1f} MB in {len(steps)} steps")
        used = clock.used
        sys.stdout.write(f"findings, document and PDF: {used:.1f} s of the processor (bound {BUDGET:.0f} s)\n")
        page = document.html()
        clock.lap(f"HTML of {len(page) / 1e6:.1f} MB")
        clock.lap(f"JSON of {len(as_json(results)) / 1e6:.1f} MB")
    assert used < BUDGET
    assert found < FINDINGS


def test_it_can_be_stopped(programme: list[Workshop]):
    document = publishing.full_document(programme[:6])

    def stop(done: int, _total: int) -> None:
        if done > 3:
            raise InterruptedError

    with pytest.raises(InterruptedError):
        document.write(stop)
