"""Believable workshops, played through the acts a laptop offers and folded into their state."""

import subprocess
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import NamedTuple

import pytest

from tradeoff_desktop.app import day, evidence, publishing, rehearsal_people, rehearsal_words
from tradeoff_desktop.app.content import shipped
from tradeoff_desktop.app.desk import Desk, Surroundings
from tradeoff_desktop.findings import Results
from tradeoff_desktop.model import acts, capture
from tradeoff_desktop.model import pack as packs
from tradeoff_desktop.model import records as r
from tradeoff_desktop.model.pack import BASE
from tradeoff_desktop.model.programme import PlannedTable, Session
from tradeoff_desktop.model.workshop import Workshop
from tradeoff_desktop.report import area, full
from tradeoff_desktop.store.store import Store

THEMES = ("HSC", "WEL", "CJ", "HOU")
SCENARIOS = {"HSC": ("HSC-1", "HSC-2"), "WEL": ("WEL-1", "WEL-2"), "CJ": ("CJ-1", "CJ-2"), "HOU": ("HOU-2", "HOU-3")}
GROUPS = {"civil": 8, "government": 5, "partner": 6, "other": 1}
AREAS = ("ESS", "LDS", "MAN", "MEL", "SHF", "WMC")
ROLE: r.Role = "lead"


class Plan(NamedTuple):
    """What kind of day it is."""

    area: str = "LDS"
    groups: dict[str, int] = GROUPS
    tables: int = 4
    themes: tuple[str, ...] = THEMES
    practice: bool = False
    sealed: bool = True
    notes: tuple[str, ...] = ()  # said on top of the others, at table 1
    keyed: bool = True
    session: str = "A"
    closed: bool = True


def clock() -> Callable[[], datetime]:
    start, ticks = datetime(2027, 3, 12, 13, 30, tzinfo=UTC), count()
    return lambda: start + timedelta(seconds=next(ticks))


def salts() -> Callable[[], str]:
    ticks = count(1)
    return lambda: f"{next(ticks):032x}"


def desk_of(plan: Plan) -> Desk:
    pack = shipped()
    opened = r.Opened(
        role=ROLE, workshop=f"{'practice-' if plan.practice else ''}{plan.area}-{plan.session}", area=plan.area,
        session=plan.session,
        laptop=f"{plan.area}.k3v9x2q7aa@tradeoff", key="ssh-ed25519 AAAA", pack=packs.digest(pack),
        programme="trial-2027", practice=plan.practice,
    )
    around = Surroundings(clock=clock(), salt=salts())
    return Desk.begin(Store.create(None), pack, around, device=f"{plan.area.lower()}{plan.session.lower()}000000", opened=opened)


def lay(desk: Desk, plan: Plan) -> None:
    number = AREAS.index(plan.area)
    tables = [
        PlannedTable(number=n, theme=theme, scenario=SCENARIOS[theme][number % 2])
        for n, theme in enumerate((plan.themes * plan.tables)[: plan.tables], start=1)
    ]
    day.prepare(desk, Session(
        id=desk.opened.workshop, area=plan.area, letter=plan.session, date="2027-03-12", heads=sum(plan.groups.values()),
        groups=plan.groups, tables=tables, venue="Civic Hall, room 2",
    ))
    for seat in list(desk.state.seats):
        desk.do(acts.consent, role=ROLE, seat=seat, signed=True, quotable=seat != next(iter(desk.state.seats)))


def say(desk: Desk, *, table: int, step: str, scenario: str, words: list[rehearsal_words.Said]) -> None:
    for said in words:
        desk.do(capture.note, r.Note(
            role=ROLE, kind=said.kind, text=said.text, verbatim=said.verbatim, group=said.group, step=step,
            scenario=scenario, table=table,
        ))


def talk(desk: Desk, plan: Plan) -> None:
    """What is said at the tables, step by step."""
    tables = desk.state.open_tables()
    anchor = rehearsal_words.ANCHOR
    desk.do(acts.begin_step, role=ROLE, step="benefit_room")
    for table, text in zip(tables, ("When nobody is worse off for asking.", "When it saves more than it costs."), strict=False):
        say(desk, table=table.number, step="benefit_room", scenario="", words=[rehearsal_words.Said("point", text, "civil")])
    desk.do(acts.begin_step, role=ROLE, step="anchor_talk")
    for place, said in enumerate(anchor):
        step = "anchor_talk" if place < 9 else "anchor_flips"
        say(desk, table=tables[place % len(tables)].number, step=step, scenario="HOU-1", words=[said])
    desk.do(acts.begin_step, role=ROLE, step="theme_talk")
    for table in tables:
        say(desk, table=table.number, step="theme_talk", scenario=table.scenario, words=list(rehearsal_words.theme(table.theme, 0)))
    for text in plan.notes:
        say(desk, table=tables[0].number, step="theme_flips", scenario=tables[0].scenario, words=[rehearsal_words.Said("point", text, "civil")])


def decide(desk: Desk, plan: Plan) -> None:
    """Positions, conditions and the votes on statements."""
    number = AREAS.index(plan.area)
    for table in desk.state.open_tables():
        for place, scenario in enumerate(("HOU-1", table.scenario)):
            turn = number + table.number + 2 * place
            decision: r.Decision = ("2", "2", "3", "2", "no_agreement", "1")[turn % 6]
            desk.do(capture.take_position, r.Position(
                role=ROLE, table=table.number, scenario=scenario, decision=decision, disagreed=turn % 3,
                reason=rehearsal_words.reason(decision, turn),
            ))
            for step in range(4):
                code, necessity = rehearsal_words.CONDITIONS[(turn * step + step * step) % 12]
                variant = desk.pack.flip_order(scenario, 0)[0].id if step == 3 and table.number == 2 else BASE
                desk.do(capture.set_condition, r.Condition(
                    role=ROLE, table=table.number, scenario=scenario, variant=variant, condition=code, necessity=necessity,
                ))
    desk.do(acts.begin_step, role=ROLE, step="statements")
    for table in desk.state.open_tables():
        desk.do(capture.draft_statement, role=ROLE, table=table.number, text=rehearsal_words.STATEMENTS[table.theme])
        _, record = max(desk.state.live["statement"].items())
        here = len(desk.state.sitting())
        against = (table.number + number) % 3
        desk.do(capture.ratify, draft=record.ref, voted=r.Statement(
            role=ROLE, table=table.number, text=rehearsal_words.STATEMENTS[table.theme],
            state="no_agreement" if table.number == 3 else "ratified",
            in_favour=here // 3 if table.number == 3 else here - against - 1, against=against, abstained=1,
            dissent=rehearsal_words.DISSENT[table.number % 3],
        ))


def key(desk: Desk) -> None:
    """Key every sheet of everybody, with whatever they marked."""
    seed = 7
    for seat in desk.state.sitting():
        table = desk.state.table_of(seat)
        who = rehearsal_people.person(seed, area=desk.state.area, seat=seat, table=table.number)
        for sheet in (1, 2, 3, 4):
            bodies = [
                body
                for cell in desk.state.cells_of(seat, sheet)
                for body in capture.key_answer(
                    desk.state, role=ROLE, seat=seat, cell=cell, answer=rehearsal_people.answer(who, desk.pack, cell),
                )
            ]
            desk.write(bodies)


def written(desk: Desk) -> None:
    for place, seat in enumerate(desk.state.sitting()[:5]):
        text = rehearsal_words.WRITTEN[place % len(rehearsal_words.WRITTEN)]
        desk.do(capture.write_answer, role=ROLE, seat=seat, question="moved", text=text)


def play(plan: Plan) -> Desk:
    """A whole day, closed and, where the plan says so, sealed."""
    desk = desk_of(plan)
    lay(desk, plan)
    talk(desk, plan)
    decide(desk, plan)
    desk.do(acts.report_incident, role=ROLE, code="late-start", text="Two people were held up by the train.")
    if plan.keyed:
        key(desk)
        written(desk)
    if plan.closed:
        day.close(desk)
    if plan.sealed and plan.closed:
        day.seal(desk, accepted=["Nothing was keyed."] if not plan.keyed else [])
    return desk


@pytest.fixture(scope="session")
def leeds() -> Workshop:
    """An ordinary day: twenty people, four tables, four themes."""
    return play(Plan()).state


@pytest.fixture(scope="session")
def six(leeds: Workshop) -> list[Workshop]:
    """The six areas of a programme."""
    return [leeds if code == leeds.area else play(Plan(area=code)).state for code in AREAS]


@pytest.fixture(scope="session")
def small() -> Workshop:
    """Eight people at two tables with one theme."""
    return play(Plan(area="MEL", groups={"civil": 5, "government": 3}, tables=2, themes=("HOU",))).state


@pytest.fixture
def open_desk() -> Iterator[Desk]:
    """A day that is not sealed yet, to write more into."""
    desk = play(Plan(sealed=False))
    yield desk
    desk.store.close()


class Report(NamedTuple):
    """A report as readers get it: its bytes, all its words on one line, and the words of each page."""

    data: bytes
    words: str
    pages: tuple[str, ...]


def read(data: bytes, folder: Path) -> Report:
    """What pdftotext finds in a report."""
    file = folder / "report.pdf"
    file.write_bytes(data)
    done = subprocess.run(["pdftotext", str(file), "-"], capture_output=True, check=True)
    pages = tuple(" ".join(page.split()) for page in done.stdout.decode().split("\f")[:-1])
    return Report(data, " ".join(pages), pages)


@pytest.fixture
def reading(tmp_path: Path) -> Callable[[bytes], Report]:
    """Read a report back as a reader would."""
    return lambda data: read(data, tmp_path)


@pytest.fixture(scope="session")
def summary(leeds: Workshop, tmp_path_factory: pytest.TempPathFactory) -> Report:
    return read(publishing.session_summary(leeds), tmp_path_factory.mktemp("summary"))


@pytest.fixture(scope="session")
def host_copy(leeds: Workshop, tmp_path_factory: pytest.TempPathFactory) -> Report:
    return read(publishing.host_copy(leeds), tmp_path_factory.mktemp("host"))


@pytest.fixture(scope="session")
def found(six: list[Workshop]) -> Results:
    """The findings of the six areas, which take a while."""
    return evidence.find_in(six, audience="published")


@pytest.fixture(scope="session")
def area_report(leeds: Workshop, found: Results, tmp_path_factory: pytest.TempPathFactory) -> Report:
    own = evidence.find_in([leeds], audience="published")
    return read(area.area([leeds], own, found).write(), tmp_path_factory.mktemp("area"))


@pytest.fixture(scope="session")
def full_report(six: list[Workshop], found: Results, tmp_path_factory: pytest.TempPathFactory) -> Report:
    sources = ["programme trial-2027 SHA-256 " + "0123456789abcdef" * 4]
    sources += [f"{code}-bundle SHA-256 {code.lower() * 20}" for code in AREAS]
    return read(full.full(six, found, sources).write(), tmp_path_factory.mktemp("full"))


@pytest.fixture(scope="session")
def small_summary(small: Workshop, tmp_path_factory: pytest.TempPathFactory) -> Report:
    return read(publishing.session_summary(small), tmp_path_factory.mktemp("small"))


@pytest.fixture(scope="session")
def small_area(small: Workshop, six: list[Workshop], tmp_path_factory: pytest.TempPathFactory) -> Report:
    others = [state for state in six if state.area != small.area][:2]
    return read(publishing.area_report([small, *others], small.area), tmp_path_factory.mktemp("small-area"))


@pytest.fixture(scope="session")
def reports(
    summary: Report, host_copy: Report, area_report: Report, full_report: Report, small_summary: Report,
    small_area: Report,
) -> dict[str, Report]:
    """Every kind of report there is."""
    return {
        "summary": summary, "host copy": host_copy, "area": area_report, "full": full_report,
        "small summary": small_summary, "small area": small_area,
    }


@pytest.fixture
def playing() -> Callable[..., Desk]:
    """Play a day of another kind."""
    return lambda **plan: play(Plan(**plan))


@pytest.fixture(scope="module")
def playing_once() -> Callable[..., Desk]:
    """Play a day that all tests of a file share."""
    return lambda **plan: play(Plan(**plan))
