"""How long the summary of a full workshop takes: 30 people, 1,200 answers, over 600 notes. Budget: under two seconds.

Not collected with the tests; run by ``pytest tests/bench/bench_session_pdf.py``. The cold run counts what a
laptop waits for when it writes the first paper of the day: the report libraries are loaded too. Beside both stands their
floor: loading the libraries alone, and setting the same words as one long run of paragraphs.
"""

import importlib.util
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from tradeoff_desktop.app import evidence, publishing
from tradeoff_desktop.model.workshop import Workshop
from tradeoff_desktop.report.document import Document
from tradeoff_desktop.report.session import summary

PLAYS = Path(__file__).resolve().parents[1] / "report" / "contents" / "conftest.py"
NOTES = tuple(f"Point {number}: people should be told, early and in plain words, who sees what." for number in range(600))
# Plays the day, then times what a person waits for once they ask for the paper.
COLD = """
import importlib.util, sys, time
spec = importlib.util.spec_from_file_location("plays", sys.argv[1])
plays = importlib.util.module_from_spec(spec)
spec.loader.exec_module(plays)
state = plays.play(plays.Plan(groups={"civil": 12, "government": 8, "partner": 10}, notes=tuple(sys.argv[2:]))).state
start = time.perf_counter()
plays.publishing.session_summary(state)
print(time.perf_counter() - start)
"""
FLOOR = """
import time
start = time.perf_counter()
import tradeoff_desktop.report.document
print(time.perf_counter() - start)
"""


def plays() -> ModuleType:
    spec = importlib.util.spec_from_file_location("plays", PLAYS)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def full_day() -> Workshop:
    made = plays()
    return made.play(made.Plan(groups={"civil": 12, "government": 8, "partner": 10}, notes=NOTES)).state


def seconds(*command: str) -> float:
    done = subprocess.run([sys.executable, "-c", *command], capture_output=True, text=True, check=True)
    return float(done.stdout)


def test_cold(capsys: pytest.CaptureFixture[str]):
    floor = min(seconds(FLOOR) for _ in range(3))
    cold = min(seconds(COLD, str(PLAYS), *NOTES) for _ in range(3))
    with capsys.disabled():
        sys.stdout.write(f"\nfirst of the day {cold:.2f} s; its libraries alone {floor:.2f} s; {cold / floor:.1f}x\n")
    assert cold < 2.0


def test_warm(benchmark, full_day: Workshop):
    data = benchmark(publishing.session_summary, full_day)
    assert data.startswith(b"%PDF")


def test_findings_alone(benchmark, full_day: Workshop):
    assert benchmark(evidence.find_in, [full_day], audience="session").levels


def test_floor_of_the_same_words(benchmark, full_day: Workshop):
    pieces = summary(full_day, evidence.find_in([full_day], audience="session")).pieces
    words = [str(getattr(piece, "words", "")) or "-" for piece in pieces] + list(NOTES)

    def write() -> bytes:
        doc = Document(title="The same words")
        for paragraph in words:
            doc.paragraph(paragraph)
        return doc.write()

    assert benchmark(write).startswith(b"%PDF")
