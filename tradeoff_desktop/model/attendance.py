"""Who comes late, leaves early or sits elsewhere, and what becomes of tables on the day (decision 10)."""

from tradeoff_desktop.errors import RuleError
from tradeoff_desktop.model import acts, capture
from tradeoff_desktop.model import records as r
from tradeoff_desktop.model.records import Body, Role
from tradeoff_desktop.model.workshop import Workshop

FIRST, LAST = 1, 4  # the sheets before the talk and at the end
FEW = 10  # below this: one or two tables, one theme, a report in words only


def first_sheet_begun(state: Workshop) -> bool:
    """Whether anybody may have marked the first sheet: from then on the tables stay as they are."""
    steps = {step.id for step in state.pack.agenda if step.sheet == FIRST}
    return bool(steps & set(state.begun) or state.keyed or state.collected)


def first_sheet_over(state: Workshop) -> bool:
    """Whether the room has gone on from the first sheet: who comes now has not marked it."""
    agenda = [step.id for step in state.pack.agenda]
    last = max((place for place, step in enumerate(state.pack.agenda) if step.sheet == FIRST), default=len(agenda))
    return any(step in state.begun for step in agenda[last + 1 :])


def too_many_tables(state: Workshop) -> bool:
    """Whether so few people are spread over so many tables that they should be put together, while that is possible."""
    tables = state.open_tables()
    spread = len(tables) > 2 or len({table.theme for table in tables}) > 1
    return len(state.sitting()) < FEW and spread and not first_sheet_begun(state)


def close_table(state: Workshop, *, role: Role, number: int, into: int = 0) -> list[Body]:
    """Close a table nobody sits at, or combine it with another. RuleError("tables_fixed" | "table_in_use" | "last_table")."""
    acts.need_in_room(state)
    acts.need_lead(role)
    acts.need_table(state, number)
    if first_sheet_begun(state):
        raise RuleError("tables_fixed")
    if into:
        acts.need_table(state, into)
    if into == number or len(state.open_tables()) == 1:
        raise RuleError("last_table")
    if not into and any(state.table_of(seat).number == number for seat in state.sitting()):
        raise RuleError("table_in_use", table=number)
    was = state.tables[number]
    said = f"Table {number} was combined with table {into}." if into else f"Table {number} was closed."
    return [
        r.Table(
            role=role, number=number, theme=was.theme, scenario=was.scenario, host=was.host, into=into,
            state="combined" if into else "closed",
        ),
        r.Incident(role=role, code="tables-changed", step=state.step or "setup", text=said),
    ]


def open_table(state: Workshop, *, role: Role, number: int) -> list[Body]:
    """Open a table again that was closed or combined by mistake. RuleError("tables_fixed" | "unknown_table")."""
    acts.need_in_room(state)
    acts.need_lead(role)
    if first_sheet_begun(state):
        raise RuleError("tables_fixed")
    was = state.tables.get(number)
    if was is None or was.state == "open":
        raise RuleError("unknown_table", table=number)
    return [
        r.Table(role=role, number=number, theme=was.theme, scenario=was.scenario, host=was.host),
        r.Incident(role=role, code="tables-changed", step=state.step or "setup", text=f"Table {number} was opened again."),
    ]


def move_seat(state: Workshop, *, role: Role, seat: str, table: int) -> list[Body]:
    """A person changes table; once the first sheet has begun that is an exception and printed."""
    bodies = acts.change_seat(state, role=role, seat=seat, table=table)
    if first_sheet_begun(state):
        bodies.append(r.Incident(
            role=role, code="tables-changed", step=state.step or "setup", text=f"Somebody moved to table {table} after the first sheet.",
        ))
    return bodies


def missed_first(state: Workshop, *, role: Role, seat: str) -> list[Body]:
    """The first sheet of somebody who came after it is absent, once they have signed; nothing for anybody else."""
    given = state.consents.get(seat)
    late = seat in state.seats and state.seats[seat].state == "late" and first_sheet_over(state)
    if not late or given is None or not given.signed:
        return []
    bodies = _absent(state, role, seat, FIRST)
    return [*bodies, r.Incident(role=role, code="person-added", step=state.step)] if bodies else []


def leave(state: Workshop, *, role: Role, seat: str, sheet: bool) -> list[Body]:
    """A person leaves early; without ``sheet`` they did not mark the last one at the door, and it is absent."""
    bodies = acts.change_seat(state, role=role, seat=seat, to="left")
    if state.seats[seat].state != "left":
        bodies.append(r.Incident(role=role, code="person-added", step=state.step or "setup"))
    given = state.consents.get(seat)
    signed = given is not None and given.signed
    return bodies + (_absent(state, role, seat, LAST) if signed and not sheet else [])


def _absent(state: Workshop, role: Role, seat: str, sheet: int) -> list[Body]:
    """Every cell of a sheet that has no answer, as absent; what a variant needs once is written once."""
    bodies: list[Body] = []
    for cell in capture.open_sheet(state, seat=seat, sheet=sheet):
        if not state.answer(seat, cell):
            found = capture.key_answer(state, role=role, seat=seat, cell=cell, answer="absent")
            bodies += [body for body in found if body not in bodies]
    return bodies
