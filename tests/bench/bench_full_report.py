"""How long the full report over 300 workshops takes, and that a person can stop it. Budget: under thirty seconds.

Not collected with the tests; run by ``pytest tests/bench/bench_full_report.py``. The workshops are played before the
clock starts; findings, disclosure control, every page and every figure are inside it.
"""

import copy
import importlib.util
import sys
import time
from pathlib import Path
from types import ModuleType

import pytest
from msgspec import structs

from tradeoff_desktop.app import evidence, publishing
from tradeoff_desktop.model.workshop import Workshop

PLAYS = Path(__file__).resolve().parents[1] / "report" / "contents" / "conftest.py"
WORKSHOPS, BUDGET = 300, 30.0


def plays() -> ModuleType:
    spec = importlib.util.spec_from_file_location("plays", PLAYS)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def programme() -> list[Workshop]:
    """Eighteen days played, each taken many times under ids of its own: what is counted is as much as of 300."""
    made = plays()
    played = [made.play(made.Plan(area=area, session=session)).state for area in made.AREAS for session in "ABC"]
    states = []
    for number in range(WORKSHOPS):
        state = copy.copy(played[number % len(played)])
        ((device, opened),) = state.openings.items()
        state.openings = {device: structs.replace(opened, workshop=f"{opened.workshop}-{number}")}
        states.append(state)
    return states


@pytest.mark.timeout(600)
def test_the_full_report_is_written_in_time(programme: list[Workshop], capsys: pytest.CaptureFixture[str]):
    start = time.perf_counter()
    results = evidence.find_in(programme, audience="published")
    found = time.perf_counter() - start
    steps: list[int] = []
    document = publishing.full_document(programme, found=results)
    data = document.write(lambda done, _total: steps.append(done))
    pdf = time.perf_counter() - start
    page = document.html()
    with capsys.disabled():
        sys.stdout.write(f"\nfindings {found:.1f} s, with the PDF {pdf:.1f} s ({len(data) / 1e6:.1f} MB, {len(steps)} steps), ")
        sys.stdout.write(f"with the HTML {time.perf_counter() - start:.1f} s ({len(page) / 1e6:.1f} MB)\n")
    assert pdf < BUDGET


def test_it_can_be_stopped(programme: list[Workshop]):
    document = publishing.full_document(programme[:6])

    def stop(done: int, _total: int) -> None:
        if done > 3:
            raise InterruptedError

    with pytest.raises(InterruptedError):
        document.write(stop)
