"""What several printed rows about the same people give away together.

A base row, its flips and the moves between them share people: each row alone may be safe, and the three together may
still pin a merged count down ("seventeen moved up, so at most six can have been at the top"). Here the printed rows
of one scenario are held against each other exactly (``polytope``), and rows are taken back, least telling first,
until every count that is not printed keeps at least five possible values.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from tradeoff_desktop.findings.disclosure import SDC_1, Direction, Shown, withheld
from tradeoff_desktop.findings.polytope import Matrix, Polytope

Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Flip:
    """One later rating of the same people: its row, and the moves from the base to it."""

    values: Ints  # per person 0..k-1, or k where there is no answer
    levels: Shown
    moves: Shown


@dataclass(frozen=True)
class Family:
    """A base row and the flips that share its people.

    ``points`` is k, the number of categories; ``falling`` says that a lower answer is a move towards benefit.
    """

    points: int
    values: Ints
    levels: Shown
    flips: tuple[Flip, ...]
    falling: bool = False


def protect(family: Family) -> Family:
    """Return the family with as few rows as possible taken back, so that nothing more can be worked out.

    Rows are tried in this order: one flip's row, the base row, all flips' rows, all rows, then the moves as well.
    """
    return next(option for option in _retreats(family) if _is_safe(option))


def _retreats(family: Family) -> Iterator[Family]:
    yield family
    flips = family.flips
    if len(flips) > 1:
        for place in range(len(flips)):
            yield replace(family, flips=tuple(_bare(f) if n == place else f for n, f in enumerate(flips)))
    without_base = replace(family, levels=_hide(family.levels))
    yield without_base
    yield replace(family, flips=tuple(_bare(flip) for flip in flips))
    bare = replace(without_base, flips=tuple(_bare(flip) for flip in flips))
    yield bare
    for place in range(len(flips)):
        yield replace(bare, flips=tuple(_mute(f) if n == place else f for n, f in enumerate(bare.flips)))
    yield replace(bare, flips=tuple(_mute(flip) for flip in bare.flips))


def _hide(shown: Shown) -> Shown:
    return withheld(shown) if shown.state == "counts" else shown


def _bare(flip: Flip) -> Flip:
    return replace(flip, levels=_hide(flip.levels))


def _mute(flip: Flip) -> Flip:
    return replace(flip, moves=withheld(flip.moves) if flip.moves.state != "hidden" else flip.moves)


def _is_safe(family: Family) -> bool:
    if not any(says_something(row) for row in _rows(family)):
        return True
    system = _System(family)
    return not Polytope(*system.arrays()).narrow(system.need())


def _rows(family: Family) -> list[Shown]:
    return [family.levels, *(row for flip in family.flips for row in (flip.levels, flip.moves))]


def says_something(shown: Shown) -> bool:
    """Say whether a row prints anything that another row could be held against."""
    return shown.state == "counts" or _way_said(shown) is not None


def _way_said(shown: Shown) -> Direction | None:
    """Return the printed direction; what a room of five to nine may hear (decision 35) is not held to five values."""
    return shown.direction if shown.reason != "small_room" else None


@lru_cache(maxsize=64)
def _cells(size: int, width: int) -> tuple[Matrix, Matrix, Matrix]:
    """Return, per category and per move, the size x size tables of nought and one that count it.

    ``width`` is the number of real categories; a last one, where size exceeds it, is "no answer".
    """
    rows, columns = np.indices((size, size))
    real = (rows < width) & (columns < width)
    by_row = np.array([(rows == place).ravel() for place in range(size)], dtype=float)
    by_column = np.array([(columns == place).ravel() for place in range(size)], dtype=float)
    way = np.sign(columns - rows)
    by_move = np.array([(real & (way == sign)).ravel() for sign in (-1, 0, 1)], dtype=float)
    return by_row, by_column, by_move


class _System:
    """The sums that a printed family fixes over the hidden tables base x flip, one table per flip."""

    def __init__(self, family: Family) -> None:
        self.family = family
        missing = family.points in family.values or any(family.points in flip.values for flip in family.flips)
        self.size = family.points + int(missing)
        self.area = self.size**2
        self.slack = sum(_way_said(flip.moves) in {"risk", "benefit"} for flip in family.flips)
        self.width = self.area * len(family.flips) + self.slack
        self.sums: list[Matrix] = []
        self.totals: list[int] = []
        self.hidden: list[Matrix] = []
        self.truth: list[int] = []
        self.sizes: list[int] = []
        self._fill()

    def arrays(self) -> tuple[Matrix, Matrix, Matrix, Matrix]:
        """Return what ``Polytope`` takes."""
        totals = np.array(self.totals, dtype=float)
        hidden = np.array(self.hidden).reshape(-1, self.width)
        return np.array(self.sums), totals, hidden, np.array(self.truth, dtype=float)

    def need(self) -> Matrix:
        """Return how far apart each hidden count's ends must lie: four, or what its row leaves room for."""
        return np.array([min(SDC_1.block - 1, size) for size in self.sizes], dtype=float)

    def _fill(self) -> None:
        by_row, by_column, by_move = _cells(self.size, self.family.points)
        by_move = by_move[::-1] if self.family.falling else by_move
        slack = self.area * len(self.family.flips)
        for place, flip in enumerate(self.family.flips):
            table = np.zeros((self.size, self.size), dtype=int)
            np.add.at(table, (self.family.values, flip.values), 1)
            flat, here = table.ravel(), place * self.area
            if place == 0:
                self._row(self.family.levels, by_row, flat, here)
            else:
                for category in by_row:
                    line = self._line(category, here)
                    line[: self.area] -= category
                    self._fix(line, 0)
            self._row(flip.levels, by_column, flat, here)
            self._row(flip.moves, by_move, flat, here)
            way = _way_said(flip.moves)
            if way is not None:
                slack += self._way(way, by_move, here, slack)

    def _line(self, cells: Matrix, start: int) -> Matrix:
        line = np.zeros(self.width)
        line[start : start + self.area] = cells
        return line

    def _fix(self, line: Matrix, total: int) -> None:
        self.sums.append(line)
        self.totals.append(total)

    def _row(self, shown: Shown, categories: Matrix, table: Ints, start: int) -> None:
        """Fix the printed blocks of a row and note the counts it hides; "no answer" is never hidden."""
        whole = tuple(range(len(shown.labels)))
        blocks = [block.categories for block in shown.blocks] or [whole]
        for block in [*blocks, *((place,) for place in range(len(whole), len(categories)))]:
            people = int(categories[list(block)].sum(axis=0) @ table)
            self._fix(self._line(categories[list(block)].sum(axis=0), start), people)
            for category in block if len(block) > 1 else ():
                self.hidden.append(self._line(categories[category], start))
                self.truth.append(int(categories[category] @ table))
                self.sizes.append(people)

    def _way(self, way: Direction, moves: Matrix, start: int, slack: int) -> int:
        """Fix that more people moved this way: (this way) - (that way) - slack = 1; return the slacks used."""
        line = self._line(moves[0] - moves[2] if way == "risk" else moves[2] - moves[0], start)
        if way != "level":
            line[slack] = -1.0
        self._fix(line, int(way != "level"))
        return int(way != "level")


def coded(column: NDArray[np.int8], points: int) -> Ints:
    """Return columns of answers (1..k, else nothing) as ``Family`` takes it: 0..k-1, k for no answer."""
    values = np.asarray(column, dtype=np.int64) - 1
    return np.where(values >= 0, values, points)
