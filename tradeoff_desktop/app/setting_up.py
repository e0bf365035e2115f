"""Setting a workshop up: what is typed, what is wrong with it, and the records it becomes at the start.

A plan is a draft, not a record: it lives in the store's one ``setup`` draft row exactly as typed, so that a crash
resumes on the same page with the same words. ``start`` turns it into records.
"""

import json
import re
from datetime import date, datetime, time, timedelta
from typing import Any, Literal, NamedTuple

from tradeoff_desktop.app import agenda_plan, day, legibility
from tradeoff_desktop.app.desk import Changed, Desk, moment
from tradeoff_desktop.model import acts, runsheet, seats
from tradeoff_desktop.model import records as r
from tradeoff_desktop.model.acts import FEWEST, MOST, TABLE_MOST
from tradeoff_desktop.model.pack import Pack, Scenario
from tradeoff_desktop.model.plancheck import SMALL_ROOM
from tradeoff_desktop.model.programme import Session

PageName = Literal["session", "day", "groups", "tables", "seats", "agenda", "consent", "ready", "check"]
PAGES: tuple[PageName, ...] = ("session", "day", "groups", "tables", "seats", "agenda", "consent", "ready", "check")
SLOT = "setup"
MOST_TABLES = 6
CONSENT_LIST: dict[str, str] = {
    "desks": "Two consent desks stand by the door, with somebody at each",
    "sheets": "Information sheets and consent forms are printed, some in large print",
    "aloud": "Somebody will read the sheet aloud to anyone who wants that",
    "quotes": "The form asks separately whether words may be quoted",
    "envelope": "The list of names and codes goes into a sealed envelope, and we know who keeps it",
    "stop": "Everybody is told that they may leave any question out, and stop at any time",
}
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
)
_SHORT = tuple(month[:3].lower() for month in _MONTHS)


class TablePlan(NamedTuple):
    """One table as planned."""

    number: int
    theme: str
    scenario: str


class Plan(NamedTuple):
    """Everything typed while setting up, as typed. ``page`` is where the person was."""

    groups: dict[str, str]
    page: PageName = "day"
    date: str = ""
    start: str = ""
    venue: str = ""
    screen: str = ""
    farthest: str = ""
    tables: tuple[TablePlan, ...] = ()
    ticked: tuple[str, ...] = ()
    text: str = ""  # the size of words on the projector; "" : what the farthest seat needs
    booked: str = ""
    lengths: tuple[tuple[str, str], ...] = ()  # minutes of steps that are not the programme's
    stick: tuple[str, str] = ("", "")  # the folder a file was written to, and what went wrong
    clock_right: bool = False


class Fault(NamedTuple):
    """What is wrong with one field, and how to mend it."""

    field: str
    text: str


# -- drafts

def plan_of(session: Session) -> Plan:
    """The plan a programme's session suggests."""
    return Plan(
        date=session.date, start=session.start, venue=session.venue,
        groups={code: str(count) for code, count in session.groups.items()},
        tables=tuple(TablePlan(table.number, table.theme, table.scenario) for table in session.tables),
    )


def practice_plan(session: Session, now: datetime) -> Plan:
    """The plan of a practice: made up, with every point of consent, and beginning at the next five minutes from ``now``."""
    local = now.astimezone()
    starts = local + timedelta(minutes=-local.minute % 5)
    return plan_of(session)._replace(
        date=starts.date().isoformat(), start=starts.strftime("%H:%M"), venue="Practice room", ticked=tuple(CONSENT_LIST),
    )


def keep(desk: Desk, plan: Plan) -> None:
    """Keep what is typed so far."""
    desk.store.keep_draft(SLOT, json.dumps(plan._asdict()), at=moment(desk.now))


def kept(desk: Desk) -> Plan:
    """What was typed so far; an empty plan where nothing was kept."""
    text = desk.store.draft(SLOT)
    if not text:
        return Plan(groups={})
    fields: dict[str, Any] = json.loads(text)
    tables = tuple(TablePlan(*table) for table in fields.pop("tables"))
    fields["lengths"] = tuple((step, minutes) for step, minutes in fields.get("lengths", ()))
    return Plan(tables=tables, ticked=tuple(fields.pop("ticked")), stick=tuple(fields.pop("stick", ("", ""))), **fields)


# -- what is typed, read

def read_day(text: str) -> str:
    """A day as records carry it, from "14 March 2026", "14/3/2026" or "2026-03-14"; "" where it is none."""
    words = re.findall(r"[a-z]+|\d+", text.lower())
    if len(words) != 3:
        return ""
    if len(words[0]) == 4:
        words.reverse()
    month = words[1] if words[1].isdigit() else str(_SHORT.index(words[1][:3]) + 1 if words[1][:3] in _SHORT else 0)
    try:
        return date(int(words[2]), int(month), int(words[0])).isoformat()
    except ValueError:
        return ""


def day_words(day: date) -> str:
    """A day in words, "14 March 2026", whatever language the laptop speaks."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def read_time(text: str) -> str:
    """A time of day as records carry it, from "13:30", "13.30" or "1330"; "" where it is none."""
    found = re.fullmatch(r"\s*(\d{1,2})[:.h ]?(\d{2})\s*", text)
    if found is None:
        return ""
    try:
        return time(int(found[1]), int(found[2])).strftime("%H:%M")
    except ValueError:
        return ""


def read_count(text: str, *, most: int) -> int:
    """A whole number from 0 to ``most``; nothing typed is 0; -1 where it is something else."""
    text = text.strip()
    if not text:
        return 0
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 and int(text) <= most else -1


def heads(plan: Plan) -> int:
    """How many people are planned; what is not a number counts as nobody."""
    return sum(max(0, read_count(text, most=MOST)) for text in plan.groups.values())


def ends(pack: Pack, plan: Plan) -> str:
    """When the agenda ends after the start, "16:30"; "" while the start is not a time."""
    start = read_time(plan.start)
    if not start:
        return ""
    lengths = agenda_plan.read(pack, dict(plan.lengths))
    return agenda_plan.clock(agenda_plan.minutes_of(start) + runsheet.total_minutes(pack, lengths))


def room(plan: Plan) -> tuple[int, int, legibility.Size]:
    """Width of the picture and farthest seat in cm, and the size of the words on it."""
    width, farthest = (max(0, read_count(text, most=9999)) for text in (plan.screen, plan.farthest))
    chosen = next((size for size in legibility.SIZES if str(size) == plan.text), None)
    return width, farthest, chosen or legibility.fitting(width, farthest)


def choices(pack: Pack, theme: str) -> list[Scenario]:
    """The scenarios a table of that theme may work on: the anchor is for the whole room."""
    return [scenario for scenario in pack.scenarios if scenario.theme == theme and not scenario.anchor]


# -- what is wrong

def faults(plan: Plan, pack: Pack, page: PageName) -> list[Fault]:
    """What is wrong on one page, in the order of its fields; on "check", everything."""
    if page == "check":
        return [fault for each in PAGES[:-1] for fault in faults(plan, pack, each)]
    check = {
        "day": _day_faults, "groups": _group_faults, "tables": _table_faults, "agenda": _agenda_faults,
    }.get(page)
    return check(plan, pack) if check is not None else []


def _day_faults(plan: Plan, _pack: Pack) -> list[Fault]:
    found = []
    if not read_day(plan.date):
        found.append(Fault("date", "Enter the day, for instance 14 March 2026."))
    if not read_time(plan.start):
        found.append(Fault("start", "Enter when the workshop starts, for instance 13:30."))
    if not plan.venue.strip():
        found.append(Fault("venue", "Enter where the workshop is."))
    if read_count(plan.screen, most=9999) < 0:
        found.append(Fault("screen", "Enter the width of the picture in centimetres, or leave it empty."))
    if read_count(plan.farthest, most=9999) < 0:
        found.append(Fault("farthest", "Enter the distance in centimetres, or leave it empty."))
    return found


def _group_faults(plan: Plan, pack: Pack) -> list[Fault]:
    found = [
        Fault(group.code, f"Enter the number of people from {group.name[:1].lower()}{group.name[1:]}, as a number from 0 to {MOST}.")
        for group in pack.groups if read_count(plan.groups.get(group.code, ""), most=MOST) < 0
    ]
    if not found and not FEWEST <= heads(plan) <= MOST:
        found.append(Fault(pack.groups[0].code, f"A workshop has {FEWEST} to {MOST} people. These are {heads(plan)}."))
    return found


def _table_faults(plan: Plan, pack: Pack) -> list[Fault]:
    if not plan.tables:
        return [Fault("tables", "Lay at least one table.")]
    found = [
        Fault(f"table{table.number}", f"Choose a theme and a scenario of it for table {table.number}.")
        for table in plan.tables if table.scenario not in {s.id for s in choices(pack, table.theme)}
    ]
    people = heads(plan)
    if people < SMALL_ROOM and (len(plan.tables) > 2 or len({table.theme for table in plan.tables}) > 1):
        found.append(Fault("tables", f"With {people} people, lay one or two tables with one theme."))
    if people > TABLE_MOST * len(plan.tables):
        found.append(Fault("tables", f"A table seats {TABLE_MOST} people. For {people} people lay more tables."))
    if people < 2 * len(plan.tables):
        found.append(Fault("tables", f"{people} people are too few for {len(plan.tables)} tables. Take a table away."))
    return found


def _agenda_faults(plan: Plan, pack: Pack) -> list[Fault]:
    typed = dict(plan.lengths)
    found = [Fault(step, text) for step, text in agenda_plan.wrong(pack, typed).items()]
    start, booked = read_time(plan.start), read_time(plan.booked)
    if plan.booked.strip() and not booked:
        found.insert(0, Fault("booked", "Enter until when the room is booked, for instance 16:45, or leave it empty."))
    if not found and start and booked and (over := agenda_plan.overrun(pack, start, booked, typed)):
        found.append(Fault("booked", over))
    return found


def differences(plan: Plan, session: Session, pack: Pack) -> list[str]:
    """Where the plan is not what the programme's papers were printed for, and what to do about it."""
    found = []
    if heads(plan) != session.heads:
        found.append(
            f"The papers were printed for {session.heads} people, and these are {heads(plan)}. "
            "Count the sheets and cards; a quarter more of each is in the envelopes."
        )
    planned = {table.number: table for table in session.tables}
    for table in plan.tables:
        was = planned.pop(table.number, None)
        if was is None:
            found.append(f"There is no envelope for table {table.number}. Print its cards and sheets, or take the table away.")
        elif was.scenario != table.scenario:
            found.append(f"The envelope of table {table.number} holds “{pack.scenario(was.scenario).title}”. Print its new case.")
    found += [f"The envelope of table {number} is not used. Keep it closed." for number in planned]
    if read_day(plan.date) != session.date or read_time(plan.start) != session.start:
        found.append(f"The papers say {day_words(date.fromisoformat(session.date))}, {session.start}. Tell people of the new time; the forms still name the old one.")
    return found


# -- the start

def placing(plan: Plan) -> list[tuple[str, int]]:
    """(group, table) of everybody planned, table by table; nobody while there is no table."""
    groups = {code: max(0, read_count(text, most=MOST)) for code, text in plan.groups.items()}
    return day.placing(groups, [table.number for table in plan.tables]) if plan.tables else []


def seating(plan: Plan, letter: str) -> list[tuple[str, str, int]]:
    """(seat code, group, table) of everybody, as the start gives them out; nobody while the numbers do not fit."""
    people = placing(plan)
    if len(people) > MOST:
        return []
    return [(code, *place) for code, place in zip(seats.codes(letter, len(people)), people, strict=True)]


def finished(desk: Desk) -> bool:
    """Whether the workshop has been set up, wholly."""
    return desk.state.setup is not None and not desk.store.draft(SLOT)


def start(desk: Desk, plan: Plan) -> Changed:
    """Turn the plan into records. Done again after a crash it writes only what is still missing."""
    role = desk.role
    changed: Changed = frozenset()
    day_planned = _setup_of(plan, role)
    if desk.state.setup != day_planned:
        changed |= desk.do(acts.set_up, day_planned)
    changed |= desk.write([body for table in _tables(desk, plan) for body in acts.lay_table(desk.state, table)])
    missing = placing(plan)[len(desk.state.seats):]
    if missing:
        changed |= desk.do(acts.seat_people, role=role, letter=desk.opened.session, placing=missing)
    changed |= _consent_list(desk, plan) | _agenda(desk, plan)
    if desk.opened.practice:
        # Made-up people sign at once, so that practising starts in the room and not at the door.
        changed |= desk.write([
            body for seat in sorted(set(desk.state.seats) - set(desk.state.consents))
            for body in acts.consent(desk.state, role=role, seat=seat, signed=True, quotable=True)
        ])
    desk.store.keep_draft(SLOT, "", at=moment(desk.now))
    return changed


def _tables(desk: Desk, plan: Plan) -> list[r.Table]:
    """The tables still to be laid, and those laid before a crash that the plan has no more."""
    planned = [
        r.Table(role=desk.role, number=table.number, theme=table.theme, scenario=table.scenario) for table in plan.tables
    ]
    laid = desk.state.tables
    gone = sorted(set(laid) - {table.number for table in plan.tables})
    return [table for table in planned if laid.get(table.number) != table] + [
        r.Table(role=desk.role, number=number, theme=laid[number].theme, scenario=laid[number].scenario, state="closed")
        for number in gone if laid[number].state == "open"
    ]


def _agenda(desk: Desk, plan: Plan) -> Changed:
    """Steps that are shorter than the programme's, or left out; what was written before a crash is not written again."""
    changed: Changed = frozenset()
    wanted, known = agenda_plan.read(desk.pack, dict(plan.lengths)), dict(desk.state.lengths)
    for step in desk.pack.agenda:
        minutes = wanted.get(step.id, step.usual)
        if minutes == known.get(step.id, step.usual):
            continue
        if minutes:
            changed |= desk.do(acts.shorten_step, role=desk.role, step=step.id, minutes=minutes)
        else:
            changed |= desk.do(acts.skip_step, role=desk.role, step=step.id)
    return changed


def _consent_list(desk: Desk, plan: Plan) -> Changed:
    """Points of the consent list that were not ticked are incidents: said, never silently skipped."""
    known = {body.text for _, body in desk.state.bodies(r.Incident)}
    changed: Changed = frozenset()
    for code, text in CONSENT_LIST.items():
        if code not in plan.ticked and text not in known:
            changed |= desk.do(acts.report_incident, role=desk.role, code="consent-item", text=text)
    return changed


def _setup_of(plan: Plan, role: r.Role) -> r.Setup:
    counts = {code: max(0, read_count(text, most=MOST)) for code, text in plan.groups.items()}
    width, farthest, size = room(plan)
    return r.Setup(
        role=role, date=read_day(plan.date), start=read_time(plan.start), venue=plan.venue.strip(),
        groups={code: count for code, count in counts.items() if count},
        screen_width_cm=width, farthest_seat_cm=farthest, text_px=size, booked_until=read_time(plan.booked),
    )
