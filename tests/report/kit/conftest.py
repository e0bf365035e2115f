"""Planned workshops, their kits, and what other tools find in the printed files."""

import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from tradeoff_desktop.app import kit as use
from tradeoff_desktop.app import programmes
from tradeoff_desktop.app.content import shipped
from tradeoff_desktop.model import seats
from tradeoff_desktop.model.programme import PlannedTable, Programme, Session
from tradeoff_desktop.report import kit, kit_pages
from tradeoff_desktop.report.kit import File
from tradeoff_desktop.report.kit_occasion import Occasion, Place, spares

SMALL = Session(
    id="ESS-2027-B", area="ESS", letter="B", date="2027-03-02", heads=6, groups={"civil": 4, "government": 2},
    tables=[PlannedTable(number=1, theme="CJ", scenario="CJ-1")],
)


def make_occasion(session: Session | None = None, **programme: object) -> Occasion:
    pack = shipped()
    plan: Programme = programmes.plan(programmes.shipped_source(), pack=pack, keys=programmes.Keys(signing=""))
    plan = msgspec.structs.replace(plan, **programme)
    found = session or plan.sessions[0]
    people = tuple(Place(code=code, group=group, table=table) for code, group, table in use.seating(found, pack))
    last = min(seats.PER_SESSION, len(people) + spares(len(people)))
    spare = tuple(Place(code=code) for code in seats.codes(found.letter, last)[len(people) :])
    return Occasion(programme=plan, session=found, pack=pack, people=people, spare=spare)


@pytest.fixture(scope="session")
def occasions() -> Callable[..., Occasion]:
    return make_occasion


@pytest.fixture(scope="session")
def occasion() -> Occasion:
    return make_occasion()


@pytest.fixture(scope="session")
def small() -> Occasion:
    return make_occasion(SMALL)


@pytest.fixture(scope="session")
def small_kit(small: Occasion) -> dict[str, File]:
    return {f"{file.envelope}/{file.name}": file for file in kit.make(small)}


@pytest.fixture(scope="session")
def printed() -> Callable[..., bytes]:
    """What one function of the kit adds to an empty paper."""

    def make(add: Callable[..., object], *arguments: object, **options: object) -> bytes:
        paper = kit_pages.Paper("Test")
        add(paper, *arguments, **options)
        return paper.write()

    return make


@pytest.fixture
def text(tmp_path: Path) -> Callable[[bytes], list[str]]:
    """The words of every page in the order in which they are drawn, without line ends."""

    def read(data: bytes) -> list[str]:
        file = tmp_path / "read.pdf"
        file.write_bytes(data)
        done = subprocess.run(["pdftotext", "-raw", str(file), "-"], capture_output=True, text=True, check=True)
        return [" ".join(page.split()) for page in done.stdout.split("\f")[:-1]]

    return read


@pytest.fixture
def story(text: Callable[[bytes], list[str]]) -> Callable[[bytes], str]:
    """The words of a paper of several pages in one, without what stands at their heads and feet and without spaces."""

    def read(data: bytes) -> str:
        pages = (re.sub(r"^[ABC] [^()]*\(\w+\) .*?Page \d+ of \d+ ", "", page) for page in text(data))
        return re.sub(r"\s+", "", " ".join(pages))

    return read
