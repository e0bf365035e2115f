"""A practice workshop in memory, brought to any step of the agenda: what the pictures of the screens are taken of.

Everybody answers as in a rehearsal, so the same step gives the same workshop every time.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Literal

from tradeoff_desktop.app import (
    content,
    exporting,
    laptop,
    programmes,
    rehearsal_people,
    rehearsal_words,
    setting_up,
)
from tradeoff_desktop.app.desk import Desk, Surroundings, moment
from tradeoff_desktop.app.gathering import Offer
from tradeoff_desktop.app.laptop import Laptop
from tradeoff_desktop.app.shelf import Found
from tradeoff_desktop.app.words import say
from tradeoff_desktop.errors import MachineError, TrustError
from tradeoff_desktop.exchange import programme as signing
from tradeoff_desktop.exchange import tablefile
from tradeoff_desktop.exchange.trust import Signer
from tradeoff_desktop.model import acts, attendance, capture, codec, runsheet
from tradeoff_desktop.model import pack as packs
from tradeoff_desktop.model import records as r
from tradeoff_desktop.model.pack import BASE, AgendaStep
from tradeoff_desktop.model.programme import Programme
from tradeoff_desktop.store.store import Store

SEED = 7
START = datetime(2027, 3, 4, 13, 0, tzinfo=UTC)  # the doors open
DOORS = 30
AREA = "LDS"
ALL = 20  # people of the session
HANDS = {"1": 2, "2": 5, "3": 4, "4": 6, "5": 3}


class Ticking:
    """A clock that goes on a little at every look, so that records have an order in time too."""

    def __init__(self, start: datetime = START, *, step: timedelta = timedelta(seconds=1)) -> None:
        self.time = start
        self._step = step

    def __call__(self) -> datetime:
        """The time now."""
        self.time += self._step
        return self.time

    def reach(self, minutes: int) -> None:
        """Go on to so many minutes after the planned start, unless it is later already."""
        self.time = max(self.time, START + timedelta(minutes=DOORS + minutes))


class Disk(Store):
    """A store in memory that can be full, to show what is said then."""

    full = False

    def append(self, records: list[r.Record], *, draft: str = "") -> None:
        """As a disk does it; MachineError once it is full."""
        if self.full:
            raise MachineError("disk_full", file="LDS-2027-A.db")
        super().append(records, draft=draft)


def fill_disk(desk: Desk) -> None:
    """From now on the disk of a sample desk takes nothing."""
    if isinstance(desk.store, Disk):
        desk.store.full = True


def own() -> Laptop:
    """The laptop of the sample: always the same keys, which are therefore worth nothing."""
    return laptop.make(AREA, seed=bytes(range(64)), id_="k3v9x2q7aa")


def programme() -> Programme:
    """The programme that ships, as practice."""
    keys = programmes.Keys(signing=own().public_line)
    return programmes.plan(programmes.shipped_source(), pack=content.shipped(), keys=keys, practice=True)


def programme_file() -> Found:
    """A programme file as a central team would send it, looked at for the first time."""
    pack = content.shipped()
    data = signing.write_programme(programme(), pack, key=own().key)
    return Found(data, signing.read_programme(data, pinned=None), known=False)


def begun(clock: Ticking | None = None, *, planned: Programme | None = None, letter: str = "A") -> Desk:
    """A workshop that was begun and not set up yet; its set-up is filled in from ``planned``, or what ships."""
    pack = content.shipped()
    planned = planned or programme()
    session = codec.amended(next(session for session in planned.sessions if session.area == AREA), letter=letter)
    opened = r.Opened(
        role="lead", workshop=session.id, area=session.area, session=session.letter, laptop=own().principal,
        key=own().public_line, pack=packs.digest(pack), programme=planned.id, practice=planned.practice,
    )
    salts = _salts()
    around = Surroundings(clock=clock or Ticking(), salt=salts.__next__)
    desk = Desk.begin(Disk.create(None), pack, around, device="sample0001", opened=opened)
    setting_up.keep(desk, setting_up.plan_of(session)._replace(
        venue="Leeds Civic Hall", screen="200", farthest="700", ticked=tuple(setting_up.CONSENT_LIST)[:-1],
    ))
    return desk


def started(clock: Ticking | None = None, *, people: int = ALL, letter: str = "A") -> Desk:
    """The same workshop set up, with everybody's consent, before its first step; only so many ``people`` came."""
    desk = begun(clock, letter=letter)
    setting_up.start(desk, setting_up.kept(desk))
    for place, seat in enumerate(sorted(desk.state.seats)):
        desk.do(acts.change_seat, role="lead", seat=seat, to="present" if place < people else "no_show")
    seated = {desk.state.table_of(seat).number for seat in desk.state.sitting()}
    for table in desk.state.open_tables():
        if table.number not in seated:
            desk.do(attendance.close_table, role="lead", number=table.number, into=0)
    return desk


def at(step: str, *, keyed: bool = True, late: int = 0, people: int = ALL, clock: Ticking | None = None) -> Desk:
    """The workshop at ``step``, with everything the steps before it asked for; sheets keyed if ``keyed``.

    ``late`` is how many minutes ago the step should have ended.
    """
    clock = clock or Ticking()
    desk = started(clock, people=people)
    for planned in runsheet.walked(desk.pack):
        clock.reach(planned.starts)
        desk.do(acts.begin_step, role="lead", step=planned.step.id)
        if planned.step.id == step:
            clock.reach(planned.ends + late if late else 0)
            return desk
        _play(desk, planned.step, keyed=keyed)
    raise KeyError(step)


def table_laptop() -> Desk:
    """A laptop at a table, joined to the same workshop, with some notes of its own from the first talk there."""
    lead, clock, salts = at("theme_talk"), Ticking(), _salts()
    clock.reach(95)
    opened = codec.amended(lead.opened, role="table")
    around = Surroundings(clock=clock, salt=salts.__next__)
    desk = Desk.begin(Store.create(None), lead.pack, around, device="sample0003", opened=opened)
    desk.join(list(lead.store.records()))
    desk.do(acts.begin_step, role="table", step="theme_talk")
    for said in rehearsal_words.theme("WEL", 0):
        desk.do(capture.note, r.Note(
            role="table", kind=said.kind, text=said.text, verbatim=said.verbatim, group=said.group, step="theme_talk",
            scenario="WEL-1", table=2, typed=moment(clock.time),
        ))
    return desk


def closed(*, missing: int = 0) -> Desk:
    """The workshop closed in the room; ``missing`` sheets of the last round are not keyed."""
    clock = Ticking()
    desk = started(clock)
    for planned in runsheet.walked(desk.pack):
        clock.reach(planned.starts)
        desk.do(acts.begin_step, role="lead", step=planned.step.id)
        _play(desk, planned.step, keyed=True, missing=missing if planned.step.round == "R1" else 0)
    desk.do(acts.close, role="lead")
    return desk


def joined(role: Literal["desk", "table"]) -> Desk:
    """Another laptop of the same workshop at the break: the data desk with sheets keyed, or the laptop of table 3."""
    lead = at("break", keyed=False)
    opened = codec.amended(lead.opened, role=role)
    around = Surroundings(clock=Ticking(START + timedelta(hours=2)), salt=_salts().__next__)
    desk = Desk.begin(Store.create(None), lead.pack, around, device=f"sample{role:0<4}"[:10], opened=opened)
    desk.join([record for record in lead.store.records(lead.device) if record.kind in tablefile.KINDS])
    if role == "desk":
        key_sheet(desk, 1)
        key_sheet(desk, 2, missing=3)
    else:
        for said in rehearsal_words.ANCHOR:
            desk.do(capture.note, r.Note(role=role, kind=said.kind, text=said.text, step="anchor_talk", table=3))
    return desk


def offers(table: Desk) -> list[Offer]:
    """A stick with the file of ``table``, a stranger's file, and a damaged one."""
    laptop_, data = own(), exporting.make(table, own(), [own().identity.recipient])
    opened = exporting.read_back(data, laptop_, at=moment(START))
    return [
        Offer(Path("table3.tradeoff"), bundle=opened, new=15, who="the table laptop at table 3 (k3v9)",
              says=("15 new records: 14 notes.",)),
        Offer(Path("table2.tradeoff"), stranger=Signer(principal=f"{AREA}.d4f6h8j0k2@tradeoff", key=laptop_.key.public)),
        Offer(Path("desk.tradeoff"), fault=say(TrustError("bad_age", at_fault="age"))),
    ]


def _play(desk: Desk, step: AgendaStep, *, keyed: bool, missing: int = 0) -> None:
    if "hands" in step.capture:
        count_hands(desk, step)
    if step.id.endswith("_talk"):
        _take_notes(desk, step)
    if "position" in step.capture:
        _take_positions(desk, step)
    if step.id == "theme_statement":
        for table in desk.state.open_tables():
            text = rehearsal_words.STATEMENTS[table.theme]
            desk.do(capture.draft_statement, role="lead", table=table.number, text=text)
    # Sheets with several steps are whole only at the last of them.
    steps = [other.id for other in desk.pack.agenda if other.sheet == step.sheet]
    if step.sheet and keyed and step.id == steps[-1]:
        key_sheet(desk, step.sheet, missing=missing)


def count_hands(desk: Desk, step: AgendaStep) -> None:
    """Count the hands of everybody here."""
    here = len(desk.state.sitting())
    desk.do(capture.tally, r.Tally(
        role="lead", step=step.id, scenario=desk.pack.anchor.id, variant=BASE, item=desk.pack.primary_item,
        counts=HANDS if here == ALL else {"2": here // 2, "4": here - here // 2}, here=here, inferred="5" if here == ALL else "4",
    ))


def key_sheet(desk: Desk, sheet: int, *, missing: int = 0) -> None:
    """Key one sheet for everybody but the last ``missing`` seats."""
    seats = desk.state.sitting()
    for seat in seats[: len(seats) - missing]:
        table = desk.state.table_of(seat).number
        who = rehearsal_people.person(SEED + sheet, area=AREA, seat=seat, table=table)
        for cell in desk.state.cells_of(seat, sheet):
            answer = rehearsal_people.answer(who, desk.pack, cell)
            desk.do(capture.key_answer, role=desk.role, seat=seat, cell=cell, answer=answer)


def _take_notes(desk: Desk, step: AgendaStep) -> None:
    for number, said in enumerate(rehearsal_words.ANCHOR):
        table = desk.state.open_tables()[number % len(desk.state.open_tables())]
        scenario = desk.pack.anchor.id if step.scenario == "anchor" else table.scenario
        desk.do(capture.note, r.Note(
            role="lead", kind=said.kind, text=said.text, verbatim=said.verbatim, group=said.group, step=step.id,
            scenario=scenario, variant=BASE, round="RB", table=table.number,
        ))


def _take_positions(desk: Desk, step: AgendaStep) -> None:
    decisions: tuple[r.Decision, ...] = ("2", "1", "2", "no_agreement")
    for number, table in enumerate(desk.state.open_tables()):
        scenario = desk.pack.anchor.id if step.scenario == "anchor" else table.scenario
        picked = rehearsal_words.CONDITIONS[number : number + 2]
        desk.do(capture.take_position, r.Position(
            role="lead", table=table.number, scenario=scenario, decision=decisions[number % 4], disagreed=(0, 1, 2, 2)[number % 4],
            reason=rehearsal_words.REASONS[number], conditions=[code for code, _ in picked],
        ))
        for code, necessity in picked:
            desk.do(capture.set_condition, r.Condition(
                role="lead", table=table.number, scenario=scenario, variant=BASE, condition=code, necessity=necessity,
            ))


def _salts() -> Iterator[str]:
    number = 0
    while True:
        number += 1
        yield f"{number:032x}"
