"""The day around the acts: a planned session laid out in a room, what is still missing, closing and sealing."""

from typing import NamedTuple

from tradeoff_desktop.app.desk import Changed, Desk
from tradeoff_desktop.exchange import comparison
from tradeoff_desktop.model import acts, chain
from tradeoff_desktop.model import records as r
from tradeoff_desktop.model.programme import Session
from tradeoff_desktop.model.sheets import SHEETS
from tradeoff_desktop.model.workshop import Workshop


class Gap(NamedTuple):
    """A sheet of one table that is not wholly keyed, with the seats it is missing for."""

    table: int
    sheet: int
    seats: tuple[str, ...]
    expected: int


def prepare(desk: Desk, session: Session) -> Changed:
    """Lay a planned session out: the day, its tables and a seat for everyone, spread over tables group by group."""
    role = desk.role
    groups = dict(session.groups) or {desk.pack.groups[0].code: session.heads}
    changed = desk.do(acts.set_up, r.Setup(
        role=role, date=session.date, start=session.start, venue=session.venue, groups=groups,
    ))
    for table in session.tables:
        changed |= desk.do(acts.lay_table, r.Table(
            role=role, number=table.number, theme=table.theme, scenario=table.scenario,
        ))
    return changed | desk.do(
        acts.seat_people, role=role, letter=session.letter, placing=placing(groups, [t.number for t in session.tables]),
    )


def placing(groups: dict[str, int], tables: list[int]) -> list[tuple[str, int]]:
    """A (group, table) for every person, so that each group is spread over the tables as evenly as it goes."""
    people = [group for group, count in sorted(groups.items()) for _ in range(count)]
    return sorted(
        ((group, tables[place % len(tables)]) for place, group in enumerate(people)), key=lambda pair: pair[1],
    )


def gaps(state: Workshop) -> list[Gap]:
    """What is missing before sealing, by table and sheet."""
    found = []
    for table in state.open_tables():
        people = [seat for seat in state.sitting() if state.table_of(seat).number == table.number]
        for sheet in SHEETS:
            missing = tuple(seat for seat in people if not state.sheet_done(seat, sheet))
            if missing:
                found.append(Gap(table.number, sheet, missing, len(people)))
    return found


def close(desk: Desk) -> Changed:
    """End the workshop in the room."""
    return desk.do(acts.close, role=desk.role)


def seal(desk: Desk, *, accepted: list[str]) -> tuple[str, ...]:
    """Seal the workshop and return the six words for the slip; ``accepted`` says why gaps are left."""
    others = [head for head in desk.store.heads() if head.device != desk.device]
    desk.do(acts.seal, role=desk.role, devices=others, accepted=accepted)
    return seal_words(desk)


def seal_words(desk: Desk) -> tuple[str, ...]:
    """The six words of this device's chain up to its last seal, or as it stands where there is none.

    A withdrawal after the seal changes no word: the slip stays good.
    """
    records = list(desk.store.records(desk.device))
    sealed = max((record.seq for record in records if record.kind == "sealed"), default=len(records))
    return comparison.seal_words(chain.heads(records, device=desk.device)[sealed]) if records else ()


def name_of(state: Workshop) -> str:
    """The workshop as readers know it: its area, and the session letter where it is not the first."""
    area = state.pack.area(state.area).name
    letter = state.opening.session
    return area if letter == "A" else f"{area} (session {letter})"
