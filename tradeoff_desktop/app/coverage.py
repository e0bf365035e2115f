"""What the central team holds against the programme: area by area, table by table, sheet by sheet; and who has not sent."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import NamedTuple

from tradeoff_desktop.app import day
from tradeoff_desktop.app.centre_folder import CentreFolder
from tradeoff_desktop.app.desk import Surroundings
from tradeoff_desktop.app.exporting import Progress, ignore
from tradeoff_desktop.app.inbox import ROLES, name_of
from tradeoff_desktop.app.merging import looked_at
from tradeoff_desktop.app.standing import counted
from tradeoff_desktop.model import fold as folding
from tradeoff_desktop.model import records as r
from tradeoff_desktop.model.pack import Pack
from tradeoff_desktop.model.programme import Programme, Session
from tradeoff_desktop.model.sheets import SHEETS
from tradeoff_desktop.model.workshop import Workshop
from tradeoff_desktop.store.store import Held


class Cell(NamedTuple):
    """How many of how many people's sheets are keyed; 0 of 0 where nothing is known."""

    done: int
    of: int

    @property
    def says(self) -> str:
        """In words, with a mark where something is missing."""
        if not self.of:
            return "–"
        return f"{self.done} of {self.of}" if self.done == self.of else f"! {self.done} of {self.of}"


class Line(NamedTuple):
    """One table of one workshop; ``table`` is "" where nothing of the workshop is held."""

    workshop: str
    table: str
    cells: tuple[Cell, ...]


class Came(NamedTuple):
    """One copy that came in: when, what it is of, how far it goes, and who signed it."""

    at: str
    workshop: str
    who: str
    seq: int
    signer: str


class Coverage(NamedTuple):
    """All of it: the tables, what still has to be asked for, and what came when, the newest first."""

    lines: tuple[Line, ...]
    asks: tuple[str, ...]
    came: tuple[Came, ...]
    held: int
    planned: int


def find(folder: CentreFolder, around: Surroundings, progress: Progress = ignore) -> Coverage:
    """Read the store and hold it against the programme. Folding takes its time: tell ``progress`` how far it is."""
    signed, today = folder.signed(), around.clock().date()
    programme, pack = signed.programme, signed.pack
    lines: list[Line] = []
    asks: list[str] = []
    with looked_at(folder.store) as held:
        own = [record for one in held.devices() if one.own for record in held.records(one.device)]
        there = {one.workshop for one in held.devices() if not one.own}
        for number, session in enumerate(sorted(programme.sessions, key=lambda one: (one.date, one.id))):
            progress("reading what is held", number, len(programme.sessions))
            name = name_of(session.id, programme, pack)
            if session.id not in there:
                asks += _not_sent(session, name, today)
                lines.append(Line(name, "", tuple(Cell(0, 0) for _ in SHEETS)))
                continue
            state = folding.fold([*held.records(workshop=session.id), *own], pack)
            lines += _lines(state, name)
            asks += _lacking(state, held, name)
        came = _came(held, programme, pack)
    progress("reading what is held", len(programme.sessions), len(programme.sessions))
    here = sum(session.id in there for session in programme.sessions)
    return Coverage(tuple(lines), tuple(asks), tuple(came), here, len(programme.sessions))


def _not_sent(session: Session, name: str, today: date) -> list[str]:
    days = (today - date.fromisoformat(session.date)).days
    if days <= 0:
        return []
    return [f"{name} has not sent anything yet, {counted(days, 'day', 'days')} after its workshop. Ring the area."]


def _lines(state: Workshop, name: str) -> list[Line]:
    people: dict[int, int] = {}
    for seat in state.sitting():
        number = state.table_of(seat).number
        people[number] = people.get(number, 0) + 1
    gaps = {(gap.table, gap.sheet): len(gap.seats) for gap in day.gaps(state)}
    themes = {theme.code: theme.name for theme in state.pack.themes}
    return [
        Line(name, f"{table.number} · {themes.get(table.theme, table.theme)}", tuple(
            Cell(people.get(table.number, 0) - gaps.get((table.number, sheet), 0), people.get(table.number, 0)) for sheet in SHEETS
        ))
        for table in state.open_tables()
    ] or [Line(name, "", tuple(Cell(0, 0) for _ in SHEETS))]


def _lacking(state: Workshop, held: Held, name: str) -> list[str]:
    """What of a workshop that is begun here still has to come."""
    if not any(opened.role == "lead" for opened in state.openings.values()):
        return [f"{name}: no bundle of its lead laptop is here yet."]
    asks = [] if state.sealed else [f"{name} is not sealed yet."]
    reach: Mapping[str, int] = {one.device: one.seq for one in held.devices()}
    named = {body.of.device: (body.laptop, body.of.seq) for _, body in state.bodies(r.TakenIn)}
    asks += [
        f"{name}: the lead laptop took {laptop} in up to record {seq}; here is less of it." for device, (laptop, seq) in sorted(named.items())
        if reach.get(device, 0) < seq
    ]
    return asks


def _came(held: Held, programme: Programme, pack: Pack) -> list[Came]:
    of_device = {one.device: one.workshop for one in held.devices()}
    roles = _roles(held, of_device)
    return [
        Came(one.at, name_of(of_device.get(one.device, ""), programme, pack), roles.get(one.device, one.device), one.seq, one.signer)
        for one in reversed(held.receipts())
    ]


def _roles(held: Held, devices: Iterable[str]) -> dict[str, str]:
    found = {}
    for device in devices:
        body = next(iter(held.records(device))).body
        if isinstance(body, r.Opened):
            found[device] = ROLES.get(body.role, body.role)
    return found
