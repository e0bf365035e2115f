"""Which paper sheets are keyed a second time (decision 7): one in ten; all of them once that has found an error.

The draw hangs on the workshop's id alone, so that every laptop of it names the same sheets and nobody chooses them.
"""

import hashlib

from tradeoff_desktop.model.sheets import SHEETS, Cell
from tradeoff_desktop.model.workshop import Workshop

SHARE = 10  # one sheet in so many, and at least one of each number
_THIRD = 3
_NO_PAPER = frozenset({"absent", "not_played"})


def drawn(state: Workshop, sheet: int) -> list[str]:
    """The seats whose sheet of that number is in the sample, in order of code."""
    people = state.sitting()
    ranked = sorted(people, key=lambda seat: hashlib.sha256(f"{state.opening.workshop} {sheet} {seat}".encode()).digest())
    return sorted(ranked[: -(-len(people) // SHARE)])


def error_found(state: Workshop) -> bool:
    """Whether a second or third keying has shown a first one to be wrong."""
    return any(
        _was_wrong(state, seat, cell) for (seat, _), by_cell in state.keyed.items() for cell in by_cell
    )


def due(state: Workshop, sheet: int) -> list[str]:
    """The seats whose sheet is wholly keyed and now wants a second keying, or a third of what differs."""
    wanted = state.sitting() if error_found(state) else drawn(state, sheet)
    return [seat for seat in wanted if _due(state, seat, sheet)]


def due_words(state: Workshop) -> str:
    """What is due, sheet by sheet, in words; "" for nothing."""
    found = {sheet: due(state, sheet) for sheet in SHEETS}
    named = "; ".join(f"sheet {sheet} of {' '.join(seats)}" for sheet, seats in found.items() if seats)
    return f"Still to be keyed a second time, by somebody else: {named}." if named else ""


def _due(state: Workshop, seat: str, sheet: int) -> bool:
    cells = state.cells_of(seat, sheet)
    answers = [state.answer(seat, cell) for cell in cells]
    if "" in answers or set(answers) <= _NO_PAPER or _by_ballot(state, seat, sheet):
        return False
    return "differs" in answers or any(len(_keyings(state, seat, cell)) == 1 for cell in cells)


def _by_ballot(state: Workshop, seat: str, sheet: int) -> bool:
    """Whether the person typed the answers: there is no sheet to look at."""
    found = state.keyed.get((seat, sheet), {})
    return all(keyed.body.mode == "ballot" for keyings in found.values() for keyed in keyings.values())


def _was_wrong(state: Workshop, seat: str, cell: Cell) -> bool:
    keyings = _keyings(state, seat, cell)
    if not any(keying > 1 for keying, _ in keyings):
        return False
    counts = state.answer(seat, cell)
    if counts == "differs" and len(keyings) < _THIRD:
        return False  # which of the two is wrong, the third will say
    return any(keying == 1 and answer != counts for keying, answer in keyings)


def _keyings(state: Workshop, seat: str, cell: Cell) -> list[tuple[int, str]]:
    """(keying, answer) of every keying of a box, by whichever laptop."""
    found = state.keyed.get((seat, cell.sheet), {}).get(cell, {})
    return [(keying, keyed.body.answer) for (_, keying), keyed in sorted(found.items())]
