"""Folding records into the state of a workshop.

A record that looks only forward is applied to the state as it is. One that looks backward (an undo, a ruling, a
withdrawal ...) means folding all records anew, which for a full workshop takes a few hundredths of a second.
"""

from collections.abc import Callable, Iterable
from typing import Any

from tradeoff_desktop.model import authority
from tradeoff_desktop.model import records as r
from tradeoff_desktop.model.pack import Pack
from tradeoff_desktop.model.records import Body, Record
from tradeoff_desktop.model.runsheet import step_of
from tradeoff_desktop.model.sheets import Cell
from tradeoff_desktop.model.workshop import Keyed, Workshop, Wrote

# A seat or table that changes moves answers to other cells, so it looks backward too.
BACKWARD = frozenset({"undo", "ruling", "withdrawal", "erasure", "redaction", "table", "seat"})
# Later roles win where two devices state the same fact (a seat, a table): the lead over the desk over a table.
_RANK = {"table": 0, "desk": 1, "lead": 2, "centre": 3}
# What other records refer to is applied before them, whichever device wrote it.
_FIRST = frozenset({"opened", "setup", "table", "seat", "exposure"})


def fold(records: Iterable[Record], pack: Pack, *, own: str = "") -> Workshop:
    """Make the state from all records held of one workshop, whatever their order of arrival.

    ``own`` is the device that asks, "" at the centre.
    """
    held = list(records)
    state = Workshop(pack, own=own)
    state.openings = {
        record.device: record.body for record in held
        if isinstance(record.body, r.Opened) and state.sense.makes_sense(record.body)
    }
    state.lineage = {device: _lineage(state.openings, device) for device in state.openings}
    held.sort(key=lambda record: (_rank(state, record), *_line(state, record), record.device, record.seq))
    here = {"", *(opened.workshop for opened in state.openings.values() if opened.role != "centre")}
    state.withdrawn = {
        record.body.seat for record in held if isinstance(record.body, r.Withdrawal) and record.body.workshop in here
    }
    state.after_seal = authority.too_late(state.openings, held)
    state.dropped = authority.dropped(state.openings, held, state.after_seal)
    for record in held:
        if record.kind in _FIRST:
            apply(state, record)
    state.seats = {code: seat for code, seat in state.seats.items() if seat.table in state.tables}
    for record in held:
        if record.kind not in _FIRST:
            apply(state, record)
    return state


def apply(state: Workshop, record: Record) -> None:
    """Take one record into the state; its kind is not in ``BACKWARD`` unless ``fold`` itself calls."""
    body = record.body
    if isinstance(body, r.Note) and record.key in state.dropped:
        state.past[record.key] = record
    if body is None or record.key in state.dropped or _by_withdrawn(state, body):
        return
    if not state.sense.makes_sense(body):
        state.senseless.add(record.key)
        return
    live = state.live[record.kind]
    if body.replaces:
        before = live.pop((record.device, body.replaces), None)
        if before is not None and isinstance(body, r.Note):
            state.past[before.key] = before
            state.instead[before.key] = record.key
    live[record.key] = record
    index = _INDEX.get(record.kind)
    if index is not None:
        index(state, record, body)


def to_erase(records: Iterable[Record]) -> list[Record]:
    """The records that a withdrawal or a redaction among ``records`` obliges every store to erase.

    A withdrawal covers the seat's ratings, written answers and consent wherever they were written; a redaction
    covers the one note it names, by its leaf too, and what was added to that note. Naming anything else it erases nothing: a store must not lose the
    frame of a chain, or an answer, because another laptop's signed record says so.
    """
    held = list(records)
    seats = {record.body.seat for record in held if isinstance(record.body, r.Withdrawal)}
    named = {record.body.of for record in held if isinstance(record.body, r.Redaction)}
    return [record for record in held if _names_seat(record.body, seats) or _belongs_to(record, named)]


def _belongs_to(record: Record, notes: set[r.Ref]) -> bool:
    """Whether a record is one of these notes or a clarification of one."""
    if isinstance(record.body, r.Clarification):
        return record.body.of in notes
    return isinstance(record.body, r.Note) and record.ref in notes


def _names_seat(body: Body | None, seats: set[str]) -> bool:
    return isinstance(body, r.Rating | r.WrittenAnswer | r.Consent) and body.seat in seats


def _by_withdrawn(state: Workshop, body: Body) -> bool:
    return _names_seat(body, state.withdrawn)


def _rank(state: Workshop, record: Record) -> int:
    opened = state.openings.get(record.device)
    return _RANK[opened.role] if opened else 0


def _line(state: Workshop, record: Record) -> tuple[str, int]:
    return state.lineage.get(record.device, (record.device, 0))


def _lineage(openings: dict[str, r.Opened], device: str) -> tuple[str, int]:
    """The first of the stores that ``device`` continues, and how many came before it.

    A store brought back from a bundle goes on where the one before stopped: what it writes comes after that, and one
    laptop's word is one word. Only a store of the same laptop is continued, whatever a record claims.
    """
    seen = [device]
    while (before := openings[seen[-1]].predecessor) in openings and before not in seen:
        if openings[before].laptop != openings[device].laptop:
            break
        seen.append(before)
    return seen[-1], len(seen) - 1


def _opened(state: Workshop, record: Record, body: r.Opened) -> None:
    state.openings[record.device] = body


def _setup(state: Workshop, _: Record, body: r.Setup) -> None:
    state.setup = body


def _table(state: Workshop, _: Record, body: r.Table) -> None:
    state.tables[body.number] = body
    state.forget_cells()


def _seat(state: Workshop, _: Record, body: r.Seat) -> None:
    state.seats[body.seat] = body


def _consent(state: Workshop, record: Record, body: r.Consent) -> None:
    """What one laptop wrote last counts; where two differ, a refusal wins, whoever wrote it."""
    said = state.consent_said.setdefault(body.seat, {})
    said[_line(state, record)[0]] = body
    state.consents[body.seat] = min(said.values(), key=lambda one: (one.signed, one.quotable))


def _step(state: Workshop, record: Record, body: r.Step) -> None:
    opened = state.openings.get(record.device)
    if opened is not None and opened.role != "lead":
        return  # a table laptop keeps its own place; the agenda is the lead's
    if body.act in {"begin", "back"}:
        state.step = body.step
        state.begun.setdefault(body.step, record.at)
        if state.lengths.get(body.step) == 0:
            del state.lengths[body.step]  # left out, and played after all
            state.lengths |= {step.id: step.minutes for step in state.pack.agenda if step.id == body.step and step.optional}
    elif body.act in {"skip", "shorten"}:
        state.lengths[body.step] = body.minutes if body.act == "shorten" else 0


def _clock(state: Workshop, record: Record, body: r.Clock) -> None:
    opened = state.openings.get(record.device)
    step = step_of(state.pack, body.step)
    if body.act == "spread" and step is not None and (opened is None or opened.role == "lead"):
        state.lengths[step.id] = state.lengths.get(step.id, step.minutes) + body.seconds // 60


def _headcount(state: Workshop, _: Record, body: r.Headcount) -> None:
    state.here = body.here


def _exposure(state: Workshop, _: Record, body: r.Exposure) -> None:
    state.exposures[body.table, body.scenario, body.variant] = body


def _rating(state: Workshop, record: Record, body: r.Rating) -> None:
    by_cell = state.keyed.setdefault((body.seat, body.sheet), {})
    by_cell.setdefault(_cell(state, body), {})[_line(state, record)[0], body.keying] = Keyed(record, body)


def _cell(state: Workshop, body: r.Rating) -> Cell:
    if body.seat in state.seats:
        for cell in state.cells_of(body.seat, body.sheet):
            if cell[1:5] == (body.scenario, body.variant, body.round, body.item):
                return cell
    # Keyed for another scenario than the table has now (it changed theme): kept as it was answered.
    return Cell(body.sheet, body.scenario, body.variant, body.round, body.item, 0)


def _position(state: Workshop, _: Record, body: r.Position) -> None:
    state.positions[body.table, body.scenario] = body


def _framework(state: Workshop, _: Record, body: r.Framework) -> None:
    state.framework[body.table, body.scenario, body.question] = body


def _collected(state: Workshop, _: Record, body: r.Collected) -> None:
    state.collected[body.table, body.sheet] = body.count


def _answer(state: Workshop, record: Record, body: r.WrittenAnswer) -> None:
    """What a laptop keyed last takes the place of what it keyed before, also where it was brought back in between."""
    said, line = state.written.setdefault((body.seat, body.question), {}), state.line(record.device)
    if line in said:
        state.live["answer"].pop(said[line].record.key, None)
    said[line] = Wrote(record, body)


def _closed(state: Workshop, _: Record, __: r.Closed) -> None:
    state.closed = True


def _sealed(state: Workshop, _: Record, __: r.Sealed) -> None:
    state.closed = state.sealed = True


def _reopened(state: Workshop, _: Record, __: r.Reopened) -> None:
    state.sealed = False


_INDEX: dict[str, Callable[[Workshop, Record, Any], None]] = {
    "opened": _opened, "setup": _setup, "table": _table, "seat": _seat, "consent": _consent, "step": _step, "clock": _clock,
    "answer": _answer, "headcount": _headcount, "exposure": _exposure, "rating": _rating, "position": _position,
    "framework": _framework, "collected": _collected, "closed": _closed, "sealed": _sealed, "reopened": _reopened,
}
