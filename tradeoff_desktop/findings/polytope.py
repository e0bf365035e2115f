"""The spread of hidden counts: what sums over non-negative tables leave possible.

A printed report fixes some sums over a hidden table ``x >= 0``. An attacker's best bounds on one hidden count are
the ends of a linear programme. Only one question matters here: do at least so many values stay possible? So the
search stops as soon as two tables that agree with the print and lie far enough apart have been seen.
Dense tableau simplex (Dantzig 1951) with Bland's rule against cycling; the tables are small, all whole numbers.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from tradeoff_desktop.findings.numbers import Index, Matrix, Vector

_TINY = 1e-9
_PIVOTS = 10_000  # far beyond what a table of this size can need
_PATIENCE = 60  # pivots with the steepest rule before Bland's, which cannot cycle, takes over


class Polytope:
    """The tables x >= 0 with ``sums @ x == totals``, walked from corner to corner.

    ``sums``: m x v; ``totals``: m; ``watched``: w x v, the sums of x to look at, of which the first ``len(seen)`` are
    hidden counts; ``seen``: their values in the true table, which is known to agree. ``basis``: per row a column
    that is one there and nought elsewhere, where a first corner is known; -1 for rows of total nought, where any column
    will do. ``corners`` holds the watched sums at every corner passed.
    """

    def __init__(
        self, sums: Matrix, totals: Vector, watched: Matrix, seen: Vector, *, basis: Index | None = None
    ) -> None:
        self.watched = watched
        self.low, self.high = seen.astype(float), seen.astype(float)
        self.corners: list[Vector] = []
        self._product = np.empty((0, 0))  # room for what a pivot subtracts, kept from one to the next
        if basis is None:
            self._start(sums, totals)
        else:
            self.table, self.basis = np.hstack([sums, totals[:, None]]), basis.copy()
            self._drive_out(self.basis < 0)

    def narrow(self, need: Vector) -> list[int]:
        """Return the hidden counts that keep fewer than ``need`` + 1 whole values, as far as the print goes."""
        found = []
        for cell, apart in enumerate(need.tolist()):

            def enough(cell: int = cell, apart: float = apart) -> bool:
                return self._spread(cell) >= apart

            for sign in (1.0, -1.0):
                if not enough():
                    self._climb(sign * self.watched[cell], enough)
            if not enough():
                found.append(cell)
        return found

    def ends(self, line: Vector) -> list[Vector]:
        """Return the watched sums where a line is largest and where it is smallest."""
        found = []
        for sign in (1.0, -1.0):
            self._climb(sign * line, lambda: False)
            found.append(self.corners[-1])
        return found

    def _spread(self, cell: int) -> float:
        return float(np.floor(self.high[cell] + 1e-6) - np.ceil(self.low[cell] - 1e-6))

    def _start(self, sums: Matrix, totals: Vector) -> None:
        """Find a first corner: artificial variables, then drive them out and drop the rows that say nothing new.

        An artificial variable never comes back, so its column is not kept; its number is beyond the last column.
        """
        signs = np.where(totals < 0, -1.0, 1.0)
        count, width = sums.shape
        self.table = np.hstack([sums * signs[:, None], (totals * signs)[:, None]])
        self.basis = np.arange(width, width + count)
        self._maximise(self.table[:, :-1].sum(axis=0), lambda: False)
        self._drive_out(self.basis >= width)

    def _drive_out(self, rows: NDArray[np.bool_]) -> None:
        """Give each of these rows, whose variables are nought, a column of its own; drop those that say nothing new."""
        idle = np.zeros(len(rows), dtype=bool)
        for row in np.flatnonzero(rows).tolist():
            column = int(np.abs(self.table[row, :-1]).argmax())
            if abs(self.table[row, column]) > _TINY:
                self._pivot(row, column)
            else:
                idle[row] = True
        self.table, self.basis = self.table[~idle], self.basis[~idle]

    def _climb(self, price: Vector, enough: Callable[[], bool]) -> None:
        """Walk uphill, noting every corner passed, until the top or until ``enough`` says stop."""

        def look() -> bool:
            here = self.watched[:, self.basis] @ self.table[:, -1]
            hidden = here[: len(self.low)]
            np.minimum(self.low, hidden, out=self.low)
            np.maximum(self.high, hidden, out=self.high)
            self.corners.append(here)
            return enough()

        if not look():
            self._maximise(price - price[self.basis] @ self.table[:, :-1], look)

    def _maximise(self, reduced: Vector, enough: Callable[[], bool]) -> None:
        """Pivot until no column improves the price or ``enough`` says stop; ``reduced``: the price per column."""
        for step in range(_PIVOTS):
            column = int(reduced.argmax() if step < _PATIENCE else (reduced > _TINY).argmax())
            if reduced[column] <= _TINY:
                return
            row = self._leaving(column)
            self._pivot(row, column)
            reduced -= reduced[column] * self.table[row, :-1]
            if enough():
                return

    def _leaving(self, column: int) -> int:
        """Return the row whose variable falls to nought first, the lowest-numbered of several."""
        entries, rest = self.table[:, column], self.table[:, -1]
        rows = (entries > _TINY).nonzero()[0]
        ratios = rest[rows] / entries[rows]
        ties = rows[ratios <= ratios.min() + _TINY]
        return int(ties[self.basis[ties].argmin()])

    def _pivot(self, row: int, column: int) -> None:
        line = self.table[row] / self.table[row, column]
        if self._product.shape != self.table.shape:
            self._product = np.empty_like(self.table)
        np.multiply(self.table[:, column, None], line, out=self._product)
        self.table -= self._product
        self.table[row] = line
        self.basis[row] = column
