"""The people of a rehearsal: believable answers, the same for the same seed, with shifts of known sign in them.

Everybody has a leaning, every table and area a mood. Answers before the talk, after it and at the end move from
there; a flip moves people by the planted shift of its axis, so that a report made from a rehearsal must find it.
"""

import random
from typing import NamedTuple

from tradeoff_desktop.model.pack import BASE, Pack
from tradeoff_desktop.model.sheets import Cell

# Mean shift on the five-point balance when a flip runs in its axis' declared direction.
PLANTED = {"D": -0.8, "O": -0.6, "A": 0.7}
_TALK, _END = 0.15, 0.25
_MISSING = (("cant_say", 0.02), ("declined", 0.006), ("skipped", 0.006), ("unreadable", 0.003))


class Person(NamedTuple):
    """One participant: how far towards benefit they lean, and the stream of chance that is theirs."""

    leaning: float
    chance: random.Random


def person(seed: int, *, area: str, seat: str, table: int) -> Person:
    """The person in that seat; the same for the same seed, whatever else the rehearsal does."""
    mood = _stream(seed, area).gauss(0, 0.15) + _stream(seed, area, str(table)).gauss(0, 0.2)
    chance = _stream(seed, area, seat)
    return Person(leaning=mood + chance.gauss(0, 0.8), chance=chance)


def answer(who: Person, pack: Pack, cell: Cell) -> str:
    """What that person marks in that cell. Cells are asked in printed order, as a pen goes down a sheet."""
    drawn = who.chance.random()
    noise = who.chance.gauss(0, 0.45)
    for missing, share in _MISSING:
        if drawn < share:
            return missing
        drawn -= share
    balance = 3.1 + who.leaning + _moved(pack, cell) + noise
    if cell.item == "DEC":
        return _decision(balance)
    if cell.item in {"IB", "PB"}:
        balance += 0.4 if cell.item == "PB" else 0.0
    elif cell.item in {"PR", "SR"}:
        balance = 6.4 - balance - (0.3 if cell.item == "SR" else 0.0)
    return str(min(5, max(1, round(balance))))


def _moved(pack: Pack, cell: Cell) -> float:
    if cell.round == "R0":
        return 0.0
    if cell.round == "R1":
        return _END
    if cell.variant == BASE:
        return _TALK
    flip = pack.scenario(cell.scenario).flip(cell.variant)
    return _TALK + (PLANTED[flip.axis] * flip.sign if flip is not None else 0.0)


def _decision(balance: float) -> str:
    """Go ahead, with conditions, should not, red line: from the same weighing, a little stricter."""
    for bound, decision in ((4.6, "1"), (2.9, "2"), (1.6, "3")):
        if balance >= bound:
            return decision
    return "4"


def _stream(seed: int, *parts: str) -> random.Random:
    return random.Random(":".join([str(seed), *parts]))  # noqa: S311 - a rehearsal must come out the same again
