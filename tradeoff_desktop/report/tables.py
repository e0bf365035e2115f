"""Tables that part across pages, every cell tagged, all rules and grounds artifacts."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from tradeoff_desktop.report.boxes import Box, Words
from tradeoff_desktop.report.canvas import TaggedCanvas
from tradeoff_desktop.report.style import ACCENT, RULE, TEXT_HEIGHT, ZEBRA

_PAD_X = 6.0
_PAD_Y = 4.5
_TALL = 240.0
_LEAST_PART = 60.0
_KEPT_WHOLE = TEXT_HEIGHT / 4
_FEWEST_ROWS = 2
_SHORT = 60.0
_HEAD_LINES = 3


@dataclass(frozen=True, slots=True)
class Row:
    """One row of set cells; ``shaded`` draws a ground under it."""

    cells: tuple[Words, ...]
    shaded: bool = False

    def height(self, widths: Sequence[float]) -> float:
        """Return the height of the tallest cell and the space around it."""
        return (
            max(cell.height(width - 2 * _PAD_X) for cell, width in zip(self.cells, widths, strict=True))
            + 2 * _PAD_Y
        )

    def split(self, widths: Sequence[float], height: float) -> "tuple[Row, Row] | None":
        """Part every cell that does not fit into ``height``; ``None`` where one of them cannot be parted."""
        first, rest = [], []
        for cell, width in zip(self.cells, widths, strict=True):
            inner = width - 2 * _PAD_X
            fits = cell.height(inner) <= height - 2 * _PAD_Y
            parts = (cell, cell.emptied()) if fits else cell.split(inner, height - 2 * _PAD_Y)
            if parts is None:
                return None
            first.append(parts[0])
            rest.append(parts[1])
        return Row(tuple(first), self.shaded), Row(tuple(rest), self.shaded)

    def artifact(self) -> "Row":
        """Return the row as decoration."""
        return Row(tuple(cell.artifact() for cell in self.cells), self.shaded)


class Columns:
    """How the width of a table is shared among its columns."""

    def __init__(self, head: Row | None, rows: Sequence[Row], weights: Sequence[float] = ()) -> None:
        """Share by ``weights``, or where there are none by what the cells need."""
        self.head = head
        self.rows = rows
        self.weights = weights
        self._shared: dict[float, tuple[float, ...]] = {}

    def widths(self, width: float) -> tuple[float, ...]:
        """Return the width of each column; together they take all of ``width``."""
        if width not in self._shared:
            self._shared[width] = _scaled(self.weights or self._needs(width), width)
        return self._shared[width]

    def _needs(self, width: float) -> list[float]:
        """Return natural widths where all fit; otherwise heads may wrap, longest words come first, the rest is shared."""
        heads, bodies = self._widths(Words.natural_width), self._widths(Words.natural_width, head=False)
        if sum(map(max, heads, bodies)) <= width:
            return list(map(max, heads, bodies))
        lines = [natural / _HEAD_LINES for natural in heads]
        share = width / len(heads)
        least = [min(word, share) for word in self._widths(Words.longest_word)]
        wishes = [
            max(min(wish, width) - low, 0.0) for wish, low in zip(map(max, bodies, lines), least, strict=True)
        ]
        spare = width - sum(least)
        return [low + spare * wish / (sum(wishes) or 1.0) for low, wish in zip(least, wishes, strict=True)]

    def _widths(self, measure: Callable[[Words], float], *, head: bool = True) -> list[float]:
        """Return the largest measure in each column, with the space beside the words."""
        rows = [row for row in (self.head if head or not self.rows else None, *self.rows) if row]
        columns = zip(*(row.cells for row in rows), strict=True)
        return [max(map(measure, column)) + 2 * _PAD_X for column in columns]


class Grid(Box):
    """A table. Its head is repeated, as an artifact, on every page it runs on to."""

    def __init__(
        self,
        head: Row | None,
        rows: Sequence[Row],
        columns: Columns,
        *,
        inset: float = _PAD_X,
        after: float = 14.0,
        continued: bool = False,
    ) -> None:
        """Lay ``rows`` under ``head``, every cell ``inset`` from its edge; ``continued``: the head is a repeated one."""
        self.head = head
        self.rows = tuple(rows)
        self.columns = columns
        self.inset = inset
        self.after = after
        self.continued = continued
        self._heights: tuple[float, list[float]] | None = None

    def height(self, width: float) -> float:
        """Return the height of head and rows."""
        return sum(self._row_heights(width))

    def split(self, width: float, height: float) -> "tuple[Grid, Grid] | None":
        """Part between rows, leaving no short row alone, and inside a row only where it is tall."""
        if self.height(width) <= _KEPT_WHOLE and not self.continued:
            return None
        heights = list(self._row_heights(width))
        if self.head and heights[0] > _TALL:
            return Grid(None, self._all_rows(), self.columns, after=self.after).split(width, height)
        room = height - (heights.pop(0) if self.head else 0.0)
        count = 0
        while heights[count] <= room:
            room -= heights[count]
            count += 1
        parts = self._part_row(count, width, room)
        if parts or count == 0 or (count == 1 and heights[0] < _SHORT):
            return parts
        count -= count > _FEWEST_ROWS and count == len(self.rows) - 1
        return self._part(self.rows[:count], self.rows[count:])

    def draw(self, canvas: TaggedCanvas, x: float, top: float, width: float) -> None:
        """Draw grounds, cells and rules from the top down."""
        widths = self.columns.widths(width)
        y = top
        for row, tall in zip(self._all_rows(), self._row_heights(width), strict=True):
            if row.shaded:
                canvas.draw_bar(x, y - tall, width, tall, ZEBRA)
            left = x
            for cell, wide in zip(row.cells, widths, strict=True):
                cell.draw(canvas, left + self.inset, y - _PAD_Y, wide - 2 * _PAD_X)
                left += wide
            y -= tall
            if row is self.head:
                canvas.draw_bar(x, y - 0.5, width, 1.2, ACCENT)
        canvas.draw_bar(x, y - 0.5, width, 0.6, RULE)

    def _all_rows(self) -> tuple[Row, ...]:
        return (self.head, *self.rows) if self.head else self.rows

    def _row_heights(self, width: float) -> list[float]:
        if self._heights is None or self._heights[0] != width:
            widths = self.columns.widths(width)
            self._heights = (width, [row.height(widths) for row in self._all_rows()])
        return self._heights[1]

    def _part_row(self, count: int, width: float, room: float) -> "tuple[Grid, Grid] | None":
        """Part the first row that does not fit, if it is tall and worth parting."""
        row = self.rows[count]
        widths = self.columns.widths(width)
        parts = row.split(widths, room) if row.height(widths) > _TALL and room > _LEAST_PART else None
        return parts and self._part((*self.rows[:count], parts[0]), (parts[1], *self.rows[count + 1 :]))

    def _part(self, first: Sequence[Row], rest: Sequence[Row]) -> "tuple[Grid, Grid]":
        head = self.head and (self.head if self.continued else self.head.artifact())
        return (
            Grid(self.head, first, self.columns, inset=self.inset, after=0.0, continued=self.continued),
            Grid(head, rest, self.columns, inset=self.inset, after=self.after, continued=True),
        )


def _scaled(weights: Sequence[float], width: float) -> tuple[float, ...]:
    """Return ``weights`` scaled so that they add up to ``width``."""
    return tuple(weight * width / sum(weights) for weight in weights)
