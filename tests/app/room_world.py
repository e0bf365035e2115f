"""A day laid out for the tests of the room: a desk in memory, people with signed forms, a clock that a test moves."""

import itertools
from datetime import UTC, datetime, timedelta

from tradeoff_desktop.app import content
from tradeoff_desktop.app.desk import Desk, Surroundings
from tradeoff_desktop.model import acts, capture
from tradeoff_desktop.model import records as r
from tradeoff_desktop.model.sheets import Cell
from tradeoff_desktop.store.store import Store

START = datetime(2027, 3, 3, 13, 30, tzinfo=UTC)
GROUPS = ("civil", "government", "partner", "other")
THEMES = (("HSC", "HSC-1"), ("WEL", "WEL-1"), ("CJ", "CJ-1"), ("HOU", "HOU-2"))


class Day:
    """The time of a test; nothing else makes it pass."""

    def __init__(self) -> None:
        self.now = START

    def pass_by(self, **units: float) -> None:
        self.now += timedelta(**units)


def around(day: Day) -> Surroundings:
    salts = (f"{number:032x}" for number in itertools.count(1))
    return Surroundings(clock=lambda: day.now, salt=lambda: next(salts))


def begin(store: Store, day: Day, people: int = 20, *, tables: int = 4, practice: bool = False) -> Desk:
    """A lead's desk with everybody seated."""
    desk = Desk.begin(store, content.shipped(), around(day), device="abcdefghij", opened=r.Opened(
        role="lead", workshop="practice-1" if practice else "ess-a", area="ESS", laptop="ESS.abcdefghij@tradeoff",
        key="ssh-ed25519 AAAA", pack="0" * 64, programme="p", practice=practice,
    ))
    lay_out(desk, people, tables)
    return desk


def lay_out(desk: Desk, people: int, tables: int) -> None:
    """A session of ``people`` at tables of one theme each, everybody with a signed form."""
    plan = dict.fromkeys(GROUPS, 0)
    for place in range(people):
        plan[GROUPS[place % 4]] += 1
    if people:
        desk.do(acts.set_up, r.Setup(role="lead", date="2027-03-03", start="13:30", venue="Town Hall", groups=plan))
    for number, (theme, scenario) in enumerate(THEMES[:tables], start=1):
        desk.do(acts.lay_table, r.Table(role="lead", number=number, theme=theme, scenario=scenario))
    placing = [(GROUPS[place % 4], place % tables + 1) for place in range(people)]
    desk.do(acts.seat_people, role="lead", letter="A", placing=placing)
    for seat in sorted(desk.state.seats):
        desk.do(acts.consent, role="lead", seat=seat, signed=True)


def go_to(desk: Desk, step: str) -> None:
    """Be at a step without walking there."""
    desk.do(acts.begin_step, role="lead", step=step)


def key(desk: Desk, seat: str, cell: Cell, answer: str) -> None:
    """Key one answer."""
    desk.do(capture.key_answer, role="lead", seat=seat, cell=cell, answer=answer)


def key_sheet(desk: Desk, sheet: int, *, shift: int = 0) -> None:
    """Key one sheet of everybody with varied answers."""
    for place, seat in enumerate(desk.state.sitting()):
        for at, cell in enumerate(desk.state.cells_of(seat, sheet)):
            most = sum(o.value.isdigit() for o in desk.pack.item(cell.item).options)
            key(desk, seat, cell, str((place * (1 + shift) + at) % most + 1))


def key_balance(desk: Desk, sheet: int, answers: dict[str, list[str]]) -> None:
    """Key one sheet of everybody: ``answers`` of the primary item by variant, seat by seat; the rest is skipped."""
    for place, seat in enumerate(desk.state.sitting()):
        for cell in desk.state.cells_of(seat, sheet):
            wanted = cell.item == desk.pack.primary_item and cell.scenario == desk.pack.anchor.id
            given = answers.get(cell.variant) if wanted else None
            key(desk, seat, cell, given[place] if given else "skipped")
