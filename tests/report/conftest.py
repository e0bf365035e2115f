"""Reports under test: the checker, other people's tools, and reports with one of everything in them."""

import importlib.util
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

from tradeoff_desktop.report.charts import (
    TOO_FEW,
    Area,
    Areas,
    Bar,
    BeforeAfter,
    Block,
    Change,
    Chart,
    DivergingBars,
    Dot,
    Dots,
    Mark,
    Moved,
    Panel,
    Place,
    Positions,
    RiskMap,
    Scale,
    Shares,
    Tally,
)
from tradeoff_desktop.report.document import Document
from tradeoff_desktop.report.text import Span

LABELS = ("Risks clearly", "Risks somewhat", "Evenly balanced", "Benefits somewhat", "Benefits clearly")
SCALE = Scale(labels=LABELS, low="Risks outweigh", high="Benefits outweigh")
PROSE = (
    "People at the tables weighed what the council would learn against what it could do with it. Most accepted that a "
    "family about to lose its home would rather be found early than be evicted late, provided they are told who looked. "
)


def beside(name: str) -> ModuleType:
    """Tests are folders, not packages, so what stands beside this file is loaded by its path."""
    spec = importlib.util.spec_from_file_location(name, Path(__file__).with_name(f"{name}.py"))
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def pdf_checker() -> ModuleType:
    return beside("pdf_checker")


@pytest.fixture(scope="session")
def read_page() -> type:
    return beside("html_reader").Reader


@pytest.fixture
def tool(tmp_path: Path) -> Callable[..., str]:
    """Run a program on a PDF and return what it prints; its arguments come before the file."""

    def run(data: bytes, *command: str, after: tuple[str, ...] = ()) -> str:
        file = tmp_path / "report.pdf"
        file.write_bytes(data)
        done = subprocess.run([*command, str(file), *after], capture_output=True, text=True, check=True)
        return done.stdout

    return run


def counts(*numbers: int) -> tuple[Block, ...]:
    return tuple(Block(at, at, count, LABELS[at - 1]) for at, count in enumerate(numbers, 1))


def make_charts() -> tuple[Chart, ...]:
    merged = (Block(1, 2, 8, "Risks clearly or somewhat"), Block(3, 5, 10, "Balanced, or benefits"))
    return (
        DivergingBars(
            SCALE,
            (Bar("As described", counts(2, 5, 6, 4, 1)), Bar("To a charity", merged), Bar("Figures only")),
        ),
        BeforeAfter(
            SCALE,
            (
                Change(
                    "The housing team",
                    Bar("Start", counts(2, 5, 6, 4, 1)),
                    Bar("End", counts(1, 3, 4, 7, 3)),
                    "7 towards benefit, 8 did not move, 3 towards risk",
                ),
            ),
        ),
        Moved(
            (
                Panel(
                    "Data",
                    (Block(1, 1, 9, "towards risk"), Block(2, 3, 11, "did not move or towards benefit")),
                ),
                Panel("Who"),
            )
        ),
        Tally((("Let people opt out", 12), ("An independent group watches over it and can stop it", 3))),
        Areas(
            ("Data", "Who"),
            (
                ("Essex", (Mark("risk", "▼ 8 of 18 towards risk"), Mark("level", "● as many each way"))),
                ("Leeds", (Mark("", TOO_FEW), Mark("benefit", "▲ more towards benefit"))),
            ),
        ),
        Shares(SCALE, tuple(
            Area(name, (Bar("Start", counts(10, 25, 30, 25, 10), agreement="mixed"), Bar("End", (Block(1, 2, 45, "Risks"), Block(3, 5, 55, "The rest"))), Bar("Who")))
            for name in ("Essex", "Leeds", "West Midlands")
        )),
        Positions(("Go ahead", "Only with conditions", "No agreement"), (("Table 1", 1, "2 disagreed"), ("Table 2", 2, "–"), ("Table 3", 0, "nobody disagreed"))),
        Dots((Dot("Data", -0.6, -0.9, -0.3, sure=True), Dot("Who", 0.2, None, None, of="Government")), "risk", "benefit", 1.0),
        RiskMap(
            (Place(1, "Help", (2.5, 4.1), (2.5, 4.1)), Place(2, "Falls", (2.6, 4.1), None), Place(3, "Fuel", None, (4.2, 1.9))), 5
        ),
    )


@pytest.fixture(scope="session")
def charts() -> tuple[Chart, ...]:
    return make_charts()


@pytest.fixture
def everything() -> Document:
    return build_everything()


def build_everything() -> Document:
    """Build a report with one of every piece."""
    report = Document(
        title="Better use of data & benefit <for all>",
        subtitle="Summary of a workshop",
        details=[("Area", "Leeds"), ("Date", "12 March 2026")],
        footer="Leeds, session A",
        notice="Practice",
        cover=True,
        contents=True,
    )
    report.callout("How to read this", ["People were invited for their roles.", "Small counts are merged."])
    report.heading(1, "Conditions")
    report.paragraph(PROSE * 3, numbered=True)
    report.bullets(["Tell people first", "Delete after a year"])
    report.quote("They would sell it on", source="Participant")
    report.heading(2, "By table")
    report.paragraph([Span("Red line. ", strong=True), "Nothing may be sold."])
    report.table(
        ["Condition", "Tables"], [["Tell people", "4"], ["Delete", ""]], caption="Conditions", align="lr"
    )
    report.heading(3, "In order")
    report.bullets(["First", "Second"], ordered=True)
    report.facts([("Lead", "A. N. Other"), ("Present", "20")])
    for chart in make_charts():
        report.figure(chart, title="What people thought", caption="18 rated of 20 present")
    report.page_break()
    report.annex("Method")
    report.table(
        ["Time", "Note"], [[f"10:{at:02d}", PROSE[: 40 + 5 * at]] for at in range(40)], caption="Notes"
    )
    return report
