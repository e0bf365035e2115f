"""Rows about the same people, and the sums that printing them fixes.

A *family* is a base row, its flips, and the moves between: whoever reads all of them knows sums over the hidden
tables base x flip. A *measure* is what one family adds to a pooled mean: a linear sum over the same tables.
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tradeoff_desktop.findings.disclosure import SDC_1, Direction, Shown
from tradeoff_desktop.findings.numbers import Matrix, Vector

Ints = NDArray[np.int64]
# Measures: two of the base row, then five of each flip.
VALUE, SHARE, BASE_MEASURES = 0, 1, 2
STEP, NET, BOTH, FLIP_MEASURES = 2, 3, 4, 5


@dataclass(frozen=True)
class Flip:
    """One later rating of the same people: its row, and the moves from the base to it."""

    values: Ints  # per person 0..k-1, or k where there is no answer
    levels: Shown
    moves: Shown


@dataclass(frozen=True)
class Family:
    """A base row and the flips that share its people.

    ``points`` is k, the number of categories, ``cut`` the category from which a share counts; ``falling`` says that a
    lower answer is a move towards benefit.
    """

    points: int
    cut: int
    values: Ints
    levels: Shown
    flips: tuple[Flip, ...]
    falling: bool = False

    def rows(self) -> list[Shown]:
        """Return every printed row."""
        return [self.levels, *(row for flip in self.flips for row in (flip.levels, flip.moves))]

    def span(self) -> Vector:
        """Return, per measure, the furthest its value could move whatever the answers."""
        reach, n = self.points - 1, int((self.values < self.points).sum())
        found = [reach * n, n]
        for flip in self.flips:
            n = int((flip.values < self.points).sum())
            found += [reach * n, n, 2 * reach * n, 2 * n, 2 * reach * n]
        return np.array(found, dtype=float)

    def measures(self) -> Vector:
        """Return the measures: of the base row value and share, of each flip value, share, step, net, both."""
        start, known = self.values, self.values < self.points
        found = [(start[known] + 1).sum(), (start[known] >= self.cut).sum()]
        for flip in self.flips:
            end, there = flip.values, flip.values < self.points
            both = known & there
            step = (end - start)[both]
            net = np.sign(-step if self.falling else step).sum()
            found += [
                (end[there] + 1).sum(),
                (end[there] >= self.cut).sum(),
                step.sum(),
                net,
                (start + end + 2)[both].sum(),
            ]
        return np.array(found, dtype=float)

    def has_missing(self) -> bool:
        """Say whether somebody answered one of the rows but not all."""
        return self.points in self.values or any(self.points in flip.values for flip in self.flips)

    def is_silent(self) -> bool:
        """Say whether nothing of the family is printed."""
        return not any(says_something(row) for row in self.rows())


def says_something(shown: Shown) -> bool:
    """Say whether a row prints anything that another row could be held against."""
    return shown.state == "counts" or _way_said(shown) is not None


def _way_said(shown: Shown) -> Direction | None:
    """Return the printed direction; what a room of five to nine may hear (decision 35) is not held to five values."""
    return shown.direction if shown.reason != "small_room" else None


def coded(columns: NDArray[np.int8], points: int) -> Ints:
    """Return columns of answers (1..k, else nothing) as ``Family`` takes them: 0..k-1, k for no answer."""
    values = np.asarray(columns, dtype=np.int64) - 1
    return np.where(values >= 0, values, points)


class _Lines(NamedTuple):
    """Sums over one flat table of start x end, ``size`` squared: counts by start, by end, by way, and measures."""

    by_start: Matrix
    by_end: Matrix
    by_way: Matrix
    start_measures: Matrix  # value, share
    end_measures: Matrix  # value, share, step, net, both


@lru_cache(maxsize=64)
def _lines(points: int, cut: int, *, missing: bool, falling: bool) -> _Lines:
    """Return the lines; a last category, where there is one, is "no answer"."""
    size = points + missing
    start, end = (axis.ravel() for axis in np.indices((size, size)))
    real = (start < points) & (end < points)
    way = np.sign(start - end if falling else end - start)
    worth = np.arange(1.0, size + 1) * (np.arange(size) < points)
    above = (np.arange(size) >= cut) & (np.arange(size) < points)
    return _Lines(
        by_start=(start == np.arange(size)[:, None]).astype(float),
        by_end=(end == np.arange(size)[:, None]).astype(float),
        by_way=np.array([real & (way == sign) for sign in (-1, 0, 1)], dtype=float),
        start_measures=np.array([worth[start], above[start]], dtype=float),
        end_measures=np.array(
            [worth[end], above[end], real * (end - start), real * way, real * (end + start + 2)], dtype=float
        ),
    )


class System:
    """The sums that a printed family fixes over its hidden tables, one table per flip.

    ``sums`` (m x v) and ``totals`` (m) are what is known; ``watched`` are the hidden counts, then the measures;
    ``truth`` their true values; ``need`` how far apart each hidden count's ends must lie: four, or what its row leaves
    room for. ``missing``: whether the tables have a category for no answer (where somebody gave none, by default).
    """

    def __init__(self, family: Family, *, missing: bool | None = None) -> None:
        self.family = family
        missing = family.has_missing() if missing is None else missing
        self.lines = _lines(family.points, family.cut, missing=missing, falling=family.falling)
        self.size = family.points + missing
        self.area = self.size**2
        ways = [_way_said(flip.moves) in {"risk", "benefit"} for flip in family.flips]
        self.width = self.area * len(ways) + sum(ways)
        self._sums: list[Vector] = []
        self._totals: list[int] = []
        self._hidden: list[Vector] = []
        self._sizes: list[int] = []
        self._fill()
        self.sums, self.totals = np.array(self._sums), np.array(self._totals, dtype=float)
        self.cells = len(self._hidden)
        self.watched = np.vstack([np.array(self._hidden).reshape(-1, self.width), self._measures()])
        self.truth = self.watch(family.values, [flip.values for flip in family.flips])
        self.need = np.array([min(SDC_1.block - 1, size) for size in self._sizes], dtype=float)

    @property
    def tables(self) -> int:
        """Return the number of columns that are tables; the rest are slacks of printed directions."""
        return self.area * len(self.family.flips)

    def watch(self, start: Ints, ends: list[Ints]) -> Vector:
        """Return the hidden counts and measures of given answers."""
        tables = np.concatenate([self._table(start, end) for end in ends])
        return np.asarray(self.watched[:, : len(tables)] @ tables)

    def _table(self, start: Ints, end: Ints) -> Ints:
        return np.bincount(start * self.size + end, minlength=self.area)

    def _fill(self) -> None:
        slack = self.area * len(self.family.flips)
        for place, flip in enumerate(self.family.flips):
            table, here = self._table(self.family.values, flip.values), place * self.area
            if place == 0:
                self._row(self.family.levels, self.lines.by_start, table, here)
            else:
                for category in self.lines.by_start:
                    line = self._line(category, here)
                    line[: self.area] -= category
                    self._fix(line, 0)
            self._row(flip.levels, self.lines.by_end, table, here)
            self._row(flip.moves, self.lines.by_way, table, here)
            way = _way_said(flip.moves)
            if way is not None:
                slack += self._way(way, here, slack)

    def _line(self, cells: Vector, start: int) -> Vector:
        line = np.zeros(self.width)
        line[start : start + self.area] = cells
        return line

    def _fix(self, line: Vector, total: int) -> None:
        self._sums.append(line)
        self._totals.append(total)

    def _row(self, shown: Shown, categories: Matrix, table: Ints, start: int) -> None:
        """Fix the printed blocks of a row and note the counts it hides; "no answer" is never hidden."""
        whole = tuple(range(len(shown.labels)))
        blocks = [block.categories for block in shown.blocks] or [whole]
        for block in [*blocks, *((place,) for place in range(len(whole), len(categories)))]:
            cells = categories[list(block)].sum(axis=0)
            people = int(cells @ table)
            self._fix(self._line(cells, start), people)
            for category in block if len(block) > 1 else ():
                self._hidden.append(self._line(categories[category], start))
                self._sizes.append(people)

    def _way(self, way: Direction, start: int, slack: int) -> int:
        """Fix that more people moved this way: (this way) - (that way) - slack = 1; return the slacks used."""
        lead = self.lines.by_way[0] - self.lines.by_way[2]
        line = self._line(lead if way == "risk" else -lead, start)
        if way != "level":
            line[slack] = -1.0
        self._fix(line, int(way != "level"))
        return int(way != "level")

    def _measures(self) -> Matrix:
        found = [self._line(line, 0) for line in self.lines.start_measures]
        for place in range(len(self.family.flips)):
            found += [self._line(line, place * self.area) for line in self.lines.end_measures]
        return np.array(found)
