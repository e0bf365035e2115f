"""What the people at a desk may do with the day itself: (state, act) -> bodies to write, or RuleError.

Every function here takes the state first and returns the records to append, in order. None of them writes
anything. Acts that take answers and words in are in ``capture``.
"""

from typing import Literal

from tradeoff_desktop.errors import RuleError
from tradeoff_desktop.model import records as r
from tradeoff_desktop.model import runsheet, seats
from tradeoff_desktop.model.pack import BASE, AgendaStep
from tradeoff_desktop.model.records import Body, Role
from tradeoff_desktop.model.workshop import Workshop

FEWEST, MOST = 6, 30  # people in a workshop (decision 1)
TABLE_MOST = 10


def need_open(state: Workshop) -> None:
    """Refuse anything but withdrawals once the workshop is sealed."""
    if state.sealed:
        raise RuleError("sealed")


def need_lead(role: Role) -> None:
    """Refuse what only the lead laptop may do."""
    if role != "lead":
        raise RuleError("only_lead")


def need_in_room(state: Workshop) -> None:
    """Refuse what only people in the room can give, once the workshop is closed."""
    need_open(state)
    if state.closed:
        raise RuleError("closed")


def need_table(state: Workshop, table: int) -> None:
    """Refuse a table that is not laid or no longer open."""
    if table not in state.tables or state.tables[table].state != "open":
        raise RuleError("unknown_table", table=table)


def need_seat(state: Workshop, seat: str) -> None:
    """Refuse a code that is mistyped, of the day's other session, not on the list, or whose person withdrew."""
    if not seats.is_code(seat):
        raise RuleError("bad_seat_code", seat=seat)
    if seat not in state.seats:
        here, letter = state.opening.session, seats.session_of(seat)
        if letter and letter != here:
            raise RuleError("other_session", seat=seat, letter=letter, here=here)
        raise RuleError("unknown_seat", seat=seat)
    if seat in state.withdrawn:
        raise RuleError("seat_withdrawn", seat=seat)


def need_scenario(state: Workshop, scenario: str, variant: str = BASE) -> None:
    """Refuse a scenario or flip the pack does not have."""
    found = next((s for s in state.pack.scenarios if s.id == scenario), None)
    if found is None or (variant != BASE and found.flip(variant) is None):
        raise RuleError("unknown_scenario", scenario=scenario, variant=variant)


def set_up(state: Workshop, plan: r.Setup) -> list[Body]:
    """Record the day as planned. RuleError("headcount_range" | "unknown_group")."""
    need_open(state)
    heads = sum(plan.groups.values())
    if not FEWEST <= heads <= MOST:
        raise RuleError("headcount_range", count=heads, low=FEWEST, high=MOST)
    for group in plan.groups:
        if group not in {g.code for g in state.pack.groups}:
            raise RuleError("unknown_group", group=group)
    return [plan]


def lay_table(state: Workshop, table: r.Table) -> list[Body]:
    """Lay a table with its theme. RuleError("unknown_theme" | "theme_scenario" | "rated_already")."""
    need_open(state)
    if table.theme not in {t.code for t in state.pack.themes}:
        raise RuleError("unknown_theme", theme=table.theme)
    need_scenario(state, table.scenario)
    found = state.pack.scenario(table.scenario)
    if found.theme != table.theme or found.anchor:
        raise RuleError("theme_scenario", scenario=table.scenario, theme=table.theme)
    was = state.tables.get(table.number)
    if was is not None and (was.scenario, was.state) != (table.scenario, table.state) and state.keyed:
        raise RuleError("rated_already", table=table.number)
    if table.state == "closed" and any(state.table_of(seat).number == table.number for seat in state.sitting()):
        raise RuleError("table_in_use", table=table.number)
    return [table]


def seat_people(state: Workshop, *, role: Role, letter: str, placing: list[tuple[str, int]]) -> list[Body]:
    """Give each (group, table) of ``placing`` the next seat code of the session letter. RuleError("only_lead").

    One laptop gives codes out, or two would give the same one to two people.
    """
    need_open(state)
    need_lead(role)
    taken = len(state.seats)
    fresh = seats.codes(letter, taken + len(placing))[taken:]
    bodies: list[Body] = []
    for code, (group, table) in zip(fresh, placing, strict=True):
        need_table(state, table)
        bodies.append(r.Seat(role=role, seat=code, group=group, table=table))
    return bodies


def change_seat(
    state: Workshop, *, role: Role, seat: str, table: int | None = None, group: str | None = None,
    to: r.SeatState | None = None,
) -> list[Body]:
    """Move a person to another table, correct their group, or record that they came late, left or never came."""
    need_open(state)
    need_lead(role)
    need_seat(state, seat)
    was = state.seats[seat]
    if table is not None:
        need_table(state, table)
    if group is not None and group not in {g.code for g in state.pack.groups}:
        raise RuleError("unknown_group", group=group)
    return [r.Seat(
        role=role, seat=seat, group=group or was.group,
        table=was.table if table is None else table, state=to or was.state,
    )]


def consent(state: Workshop, *, role: Role, seat: str, signed: bool, quotable: bool = False) -> list[Body]:
    """Record what a person signed."""
    need_open(state)
    need_seat(state, seat)
    return [r.Consent(role=role, seat=seat, signed=signed, quotable=quotable and signed)]


def count_heads(state: Workshop, *, role: Role, here: int) -> list[Body]:
    """Record how many people are in the room. RuleError("headcount_range" | "only_lead")."""
    need_in_room(state)
    need_lead(role)
    if not 0 <= here <= 99:
        raise RuleError("headcount_range", count=here, low=0, high=99)
    return [r.Headcount(role=role, here=here)]


def begin_step(state: Workshop, *, role: Role, step: str, back: bool = False) -> list[Body]:
    """Go to a step of the agenda. Back deletes nothing: it is one more record."""
    need_in_room(state)
    _need_step(state, step)
    return [r.Step(role=role, step=step, act="back" if back else "begin")]


def skip_step(state: Workshop, *, role: Role, step: str) -> list[Body]:
    """Go without a step; an incident too, because the report says what was not done.

    What would have been marked in it counts as not played. RuleError("unknown_step" | "only_lead").
    """
    need_in_room(state)
    need_lead(role)
    _need_step(state, step)
    if step in state.left_out:
        return []
    return [r.Step(role=role, step=step, act="skip"), r.Incident(role=role, code="step-skipped", step=step)]


def shorten_step(state: Workshop, *, role: Role, step: str, minutes: int) -> list[Body]:
    """Give a step less time, or its planned time again, also where it was left out.

    RuleError("unknown_step" | "step_keeps_time" | "only_lead").
    """
    need_in_room(state)
    need_lead(role)
    found = _need_step(state, step)
    if not 1 <= minutes <= found.minutes or (minutes < found.minutes and not runsheet.may_shorten(found)):
        raise RuleError("step_keeps_time", title=found.title, minutes=found.minutes)
    return [r.Step(role=role, step=step, act="shorten", minutes=minutes)]


def spread(state: Workshop, *, role: Role, late: int) -> list[Body]:
    """Absorb ``late`` minutes of the present step into later ones; each that gives some says so in its own record.

    RuleError("nothing_to_spread") where nobody is late, "no_room_to_spread" where nothing later can give.
    """
    need_in_room(state)
    need_lead(role)
    if late <= 0 or not state.step:
        raise RuleError("nothing_to_spread")
    given = runsheet.spreading(state.pack, state.lengths, after=state.step, late=late)
    if not given:
        raise RuleError("no_room_to_spread")
    bodies: list[Body] = [
        r.Step(role=role, step=p.step.id, act="shorten", minutes=p.ends - p.starts - given[p.step.id])
        for p in runsheet.plan(state.pack, state.lengths) if p.step.id in given
    ]
    return [r.Clock(role=role, act="spread", step=state.step, seconds=60 * sum(given.values())), *bodies]


def _need_step(state: Workshop, step: str) -> AgendaStep:
    found = runsheet.step_of(state.pack, step)
    if found is None:
        raise RuleError("unknown_step", step=step)
    return found


def move_clock(
    state: Workshop, *, role: Role, act: Literal["start", "pause", "resume", "add", "spread"], step: str,
    seconds: int = 0,
) -> list[Body]:
    """Start, pause or move the step's timer."""
    need_in_room(state)
    return [r.Clock(role=role, act=act, step=step, seconds=seconds)]


def expose(state: Workshop, *, role: Role, scenario: str, variant: str, table: int = 0) -> list[Body]:
    """Show a variant to the room (table 0) or a table; another order than the programme's is an incident."""
    need_in_room(state)
    need_scenario(state, scenario, variant)
    if (table, scenario, variant) in state.exposures:
        return []
    order = state.pack.order_index(area=state.area, table=table, scenario=scenario)
    shown = [e for (t, s, v), e in state.exposures.items() if (t, s) == (table, scenario) and v != BASE]
    position = 0 if variant == BASE else len(shown) + 1
    planned = [flip.id for flip in state.pack.flip_order(scenario, order)]
    bodies: list[Body] = [
        r.Exposure(role=role, table=table, scenario=scenario, variant=variant, position=position, order=order),
    ]
    if variant != BASE and (position > len(planned) or planned[position - 1] != variant):
        bodies.append(r.Incident(role=role, code="order-changed", step=state.step or "setup"))
    return bodies


def report_incident(state: Workshop, *, role: Role, code: str, text: str = "") -> list[Body]:
    """Record a deviation from the plan."""
    need_open(state)
    return [r.Incident(role=role, code=code, step=state.step or "setup", text=text)]


def close(state: Workshop, *, role: Role) -> list[Body]:
    """End the workshop in the room: nothing new from participants. RuleError("only_lead")."""
    need_in_room(state)
    need_lead(role)
    return [r.Closed(role=role)]


def seal(state: Workshop, *, role: Role, devices: list[r.Head], accepted: list[str]) -> list[Body]:
    """Complete the workshop. RuleError("not_closed" | "incomplete" | "only_lead")."""
    need_open(state)
    need_lead(role)
    if not state.closed:
        raise RuleError("not_closed")
    missing = sum(len(state.missing(sheet)) for sheet in (1, 2, 3, 4))
    if missing and not accepted:
        raise RuleError("incomplete", sheets=missing)
    return [r.Sealed(role=role, devices=sorted(devices, key=lambda head: head.device), accepted=accepted)]


def reopen(state: Workshop, *, role: Role, reason: str) -> list[Body]:
    """Reopen a sealed workshop, with a reason. RuleError("only_lead" | "not_sealed" | "reason_needed")."""
    need_lead(role)
    if not state.sealed:
        raise RuleError("not_sealed")
    if not reason.strip():
        raise RuleError("reason_needed")
    return [r.Reopened(role=role, reason=reason)]


def withdraw(state: Workshop, *, role: Role, seat: str) -> list[Body]:
    """A person leaves the study. Allowed at any time, sealed or not."""
    need_seat(state, seat)
    return [r.Withdrawal(role=role, seat=seat)]


def pin(state: Workshop, *, role: Role, principal: str, key: str) -> list[Body]:
    """Accept a laptop's key for this workshop alone, once its eight words have been compared (decision 28)."""
    need_open(state)
    need_lead(role)
    return [r.Ruling(role=role, choice="keep", reason="The eight words were compared", pin=f"{principal} {key}")]


def undo(state: Workshop, *, role: Role, seqs: list[int]) -> list[Body]:
    """Take an earlier act of this device back: a new record, nothing is deleted."""
    need_open(state)
    if not seqs:
        raise RuleError("nothing_to_undo")
    return [r.Undo(role=role, seqs=seqs)]
