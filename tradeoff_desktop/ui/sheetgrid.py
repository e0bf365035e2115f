"""One paper sheet as a grid: a row for each card, a box for each item, in the order they are printed."""

from typing import NamedTuple

from PySide6.QtCore import QRect, QRectF, QSize, Qt, QTimer, Slot
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from tradeoff_desktop.ui.page import into_sight
from tradeoff_desktop.ui.theme import BODY, LARGE, SMALL, L, M, S, Theme

TURNED = 1.4


class BoxView(NamedTuple):
    """One box: the row and column it stands in, its item, and the key typed for it ("" empty)."""

    row: str
    item: str
    key: str


class SheetGrid(QWidget):
    """The boxes of a sheet and which of them the next digit is for. Painted at once; it holds no focus."""

    def __init__(self, theme: Theme, field: QWidget) -> None:
        super().__init__()
        self._field = field
        self._settled = QTimer(self, singleShot=True)
        self._settled.timeout.connect(self._into_sight)
        self._theme = theme
        self._boxes: tuple[BoxView, ...] = ()
        self._at = -1
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_boxes(self, boxes: tuple[BoxView, ...], at: int) -> None:
        """Show these boxes; ``at`` is the current one, -1 for none."""
        if (boxes, at) == (self._boxes, self._at):
            return
        grown = len(boxes) != len(self._boxes) or (at < 0) != (self._at < 0)
        self._boxes, self._at = boxes, at
        self.setAccessibleName("; ".join(f"{b.row}, {b.item}: {b.key or 'empty'}" for b in boxes) or "No sheet open")
        if grown:
            self.updateGeometry()
        self.update()
        self._settled.start()  # the layout may grow first

    @Slot()
    def _into_sight(self) -> None:
        """The field and the box it is for; there are never so many rows that not both fit."""
        if self._field.hasFocus():
            into_sight(self._field)
            into_sight(self, self.current)

    @property
    def boxes(self) -> tuple[BoxView, ...]:
        """What it shows."""
        return self._boxes

    @property
    def current(self) -> QRect:
        """Where the current box is, with its row's name and the headings if it is the first row seen; empty for none."""
        if not 0 <= self._at < len(self._boxes):
            return QRect()
        row = self._rows().index(self._row_of(self._boxes[self._at]))
        return QRectF(0, self._head() + row * self._line(), self.width(), self._line()).toRect()

    def sizeHint(self) -> QSize:
        """A heading line and a line for each row."""
        if not self._boxes:
            return QSize(0, 0)
        width = 150 * self._theme.zoom + len(self._items()) * self._least()
        return QSize(round(width), round(self._head() + len(self._rows()) * self._line()) + 2)

    def minimumSizeHint(self) -> QSize:
        """All rows are always there."""
        return self.sizeHint()

    @property
    def _turned(self) -> bool:
        """With large text many columns do not fit: the items then stand below each other."""
        items, rows = {box.item for box in self._boxes}, {box.row for box in self._boxes}
        return self._theme.zoom > TURNED and len(items) > len(rows)

    def _row_of(self, box: BoxView) -> str:
        return box.item if self._turned else box.row

    def _column_of(self, box: BoxView) -> str:
        return box.row if self._turned else box.item

    def _rows(self) -> list[str]:
        """The rows there is room for; in large text the current one, and the one before it if there are others."""
        rows = list(dict.fromkeys(self._row_of(box) for box in self._boxes))
        if self._theme.zoom <= TURNED or self._at < 0:
            return rows
        last = max(1, rows.index(self._row_of(self._boxes[self._at])))
        return rows[last - 1 : last + 1]

    def _items(self) -> list[str]:
        return list(dict.fromkeys(self._column_of(box) for box in self._boxes))

    def _least(self) -> float:
        """The width of a column in which no word of a heading is cut."""
        metrics = QFontMetricsF(self._theme.font(SMALL))
        words = [word for item in self._items() for word in item.split()]
        return max((metrics.horizontalAdvance(word) for word in words), default=0.0) + M

    def _line(self) -> float:
        return QFontMetricsF(self._theme.font(LARGE)).height() + M

    def _head(self) -> float:
        return 2 * QFontMetricsF(self._theme.font(SMALL)).height() + S

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint headings, rows and boxes."""
        if not self._boxes:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rows, items = self._rows(), self._items()
        wide = self._least()
        names = min(self.width() - wide * len(items), 280.0 * self._theme.zoom)
        wide = min((self.width() - names) / len(items), 130.0 * self._theme.zoom)
        for place, item in enumerate(items):
            self._text(painter, QRectF(names + place * wide, 0, wide - S, self._head() - S), item, SMALL)
        for place, name in enumerate(rows):
            top = self._head() + place * self._line()
            self._text(painter, QRectF(0, top, names - L, self._line() - S), name, BODY, left=True)
        for place, box in enumerate(self._boxes):
            if self._row_of(box) not in rows:
                continue
            column, row = items.index(self._column_of(box)), rows.index(self._row_of(box))
            at = QRectF(names + column * wide, self._head() + row * self._line(), wide - S, self._line() - S)
            self._box(painter, at, box, current=place == self._at)
        painter.end()

    def _text(self, painter: QPainter, box: QRectF, words: str, size: float, *, left: bool = False) -> None:
        painter.setFont(self._theme.font(size))
        painter.setPen(self._theme.colour("text"))
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft if left else (
            Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignHCenter
        )
        painter.drawText(box, int(flags | Qt.TextFlag.TextWordWrap), words)

    def _box(self, painter: QPainter, at: QRectF, box: BoxView, *, current: bool) -> None:
        edge = 3.0 if current else 1.0
        painter.setPen(QPen(self._theme.colour("text" if current else "border"), edge))
        painter.setBrush(self._theme.colour("changed" if current else "ground"))
        painter.drawRoundedRect(at.adjusted(edge / 2, edge / 2, -edge / 2, -edge / 2), 4, 4)
        painter.setFont(self._theme.font(LARGE, weight=QFont.Weight.DemiBold))
        painter.setPen(self._theme.colour("text"))
        painter.drawText(at, int(Qt.AlignmentFlag.AlignCenter), box.key)
