"""The blocks audience pages are stacked from: each knows its height for a width and paints itself.

Sizes are given for a screen of 1080 lines and scale with its height. Nothing a room must read is below 80, which
is 7.4 % of the image height.
"""

from dataclasses import dataclass
from typing import NamedTuple, Protocol

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPen

from tradeoff_desktop.app.pictures import Bar
from tradeoff_desktop.app.stage import Box, TableStand
from tradeoff_desktop.ui import bars, icons
from tradeoff_desktop.ui.theme import FAMILIES, Theme

BODY, LARGE, HUGE = 80, 96, 120
_WRAP = Qt.TextFlag.TextWordWrap


class Look(NamedTuple):
    """The colours of the audience window, how its height compares with 1080 lines, and how much air there is.

    On a low or narrow page the air gives way before words do: ``air`` is the part of it that is left.
    """

    theme: Theme
    scale: float
    air: float = 1.0

    def px(self, size: float) -> float:
        """A length given for 1080 lines."""
        return size * self.scale

    def gap(self, size: float) -> float:
        """Empty space, given for 1080 lines and a page with room to spare."""
        return size * self.scale * self.air

    def font(self, size: float, *, bold: bool = False) -> QFont:
        """The family at a size given for 1080 lines."""
        font = QFont()
        font.setFamilies(FAMILIES)
        font.setPixelSize(max(1, round(size * self.scale)))
        font.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
        return font


class Block(Protocol):
    """One part of a page."""

    @property
    def optional(self) -> bool:
        """Whether it may be left out where the page is too low for everything."""

    def height(self, width: float, look: Look) -> float:
        """How high it is at that width."""

    def paint(self, painter: QPainter, box: QRectF, look: Look) -> None:
        """Draw it into ``box``, which is as high as ``height`` said."""


def text_height(words: str, font: QFont, width: float) -> float:
    """The height of wrapped text."""
    return QFontMetricsF(font).boundingRect(QRectF(0, 0, width, 1e6), int(_WRAP), words).height()


def text_width(words: str, font: QFont) -> float:
    """The width of text on one line, with a little air so that rounding never wraps it."""
    return QFontMetricsF(font).horizontalAdvance(words) + 2


@dataclass(frozen=True, slots=True)
class Words:
    """Wrapped text. ``centre`` sets it in the middle."""

    text: str
    size: int = BODY
    bold: bool = False
    centre: bool = False
    optional: bool = False

    def height(self, width: float, look: Look) -> float:
        """As many lines as it needs."""
        return text_height(self.text, look.font(self.size, bold=self.bold), width)

    def paint(self, painter: QPainter, box: QRectF, look: Look) -> None:
        """Draw the lines."""
        painter.setFont(look.font(self.size, bold=self.bold))
        painter.setPen(look.theme.colour("text"))
        side = Qt.AlignmentFlag.AlignHCenter if self.centre else Qt.AlignmentFlag.AlignLeft
        painter.drawText(box, int(side | _WRAP), self.text)


@dataclass(frozen=True, slots=True)
class Ends:
    """Two short texts on one line, one at each end; below each other where they do not fit."""

    left: str
    right: str
    bold: bool = False
    optional: bool = False

    def height(self, width: float, look: Look) -> float:
        """One line, or one for each."""
        line = QFontMetricsF(look.font(BODY, bold=self.bold)).height()
        return line if self._fits(width, look) or not (self.left and self.right) else 2 * line

    def paint(self, painter: QPainter, box: QRectF, look: Look) -> None:
        """Draw both."""
        painter.setFont(look.font(BODY, bold=self.bold))
        painter.setPen(look.theme.colour("text"))
        low = Qt.AlignmentFlag.AlignTop if self._fits(box.width(), look) else Qt.AlignmentFlag.AlignBottom
        painter.drawText(box, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop), self.left)
        painter.drawText(box, int(Qt.AlignmentFlag.AlignRight | low), self.right)

    def _fits(self, width: float, look: Look) -> bool:
        font = look.font(BODY, bold=self.bold)
        return text_width(self.left, font) + text_width(self.right, font) + look.px(48) <= width


CHANGED = "Changed"


class _Line(NamedTuple):
    """One paragraph in a box: its words, its font and its height; no words means the tag."""

    words: str
    font: QFont
    height: float


@dataclass(frozen=True, slots=True)
class CardBox:
    """One box of a card. What a flip changed has a thick edge, another ground and the word "Changed"."""

    box: Box
    lead: str = ""  # an icon before the box's own, such as the arrow towards the receiver
    optional: bool = False

    def natural(self, look: Look) -> float:
        """How wide it is when nothing wraps."""
        words = max(text_width(line, look.font(BODY, bold=True)) for line in self.box.words)
        return 2 * look.gap(24) + self._icons(look) + max(words, self._tag(look))

    def height(self, width: float, look: Look) -> float:
        """Its lines, the tag included."""
        return sum(line.height for line in self._lines(self._inner(width, look), look)) + 2 * look.gap(12)

    def paint(self, painter: QPainter, box: QRectF, look: Look) -> None:
        """Draw frame, icons, tag and words."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        edge = look.px(10 if self.box.changed else 4)
        painter.setPen(QPen(look.theme.colour("text" if self.box.changed else "border"), edge))
        painter.setBrush(look.theme.colour("changed" if self.box.changed else "panel"))
        painter.drawRoundedRect(box.adjusted(edge / 2, edge / 2, -edge / 2, -edge / 2), look.px(16), look.px(16))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        self._paint_icons(painter, box, look)
        lines = self._lines(self._inner(box.width(), look), look)
        top = box.center().y() - sum(line.height for line in lines) / 2
        at = QRectF(box.left() + look.gap(24) + self._icons(look), top, self._inner(box.width(), look), 0)
        if self.box.changed:
            self._paint_tag(painter, at, look)
        for line in lines:
            at.setHeight(line.height)
            painter.setFont(line.font)
            painter.setPen(look.theme.colour("text"))
            painter.drawText(at, int(Qt.AlignmentFlag.AlignLeft | _WRAP), line.words)
            at.moveTop(at.top() + line.height)

    def _inner(self, width: float, look: Look) -> float:
        return width - 2 * look.gap(24) - self._icons(look)

    def _icons(self, look: Look) -> float:
        return (look.px(60) + look.gap(36)) * (bool(self.box.icon) + bool(self.lead))

    def _paint_icons(self, painter: QPainter, box: QRectF, look: Look) -> None:
        side = look.px(60) + look.gap(16)
        at = QRectF(box.left() + look.gap(24), box.center().y() - side / 2, side, side)
        for name in (self.lead, self.box.icon):
            if name:
                icons.paint(painter, name, at, look.theme.colour("text"))
                at.moveLeft(at.left() + look.px(60) + look.gap(36))

    def _lines(self, inner: float, look: Look) -> list[_Line]:
        # Of two lines the first says who holds it, the second, in bold, what it is.
        fonts = [look.font(BODY, bold=place == len(self.box.words) - 1) for place in range(len(self.box.words))]
        found = [
            _Line(words, font, text_height(words, font, inner))
            for words, font in zip(self.box.words, fonts, strict=True)
        ]
        if self.box.changed and not self._beside(inner, look):
            found.insert(0, _Line("", fonts[-1], QFontMetricsF(fonts[-1]).height()))
        return found

    def _tag(self, look: Look) -> float:
        return text_width(CHANGED, look.font(BODY, bold=True)) + look.px(40) if self.box.changed else 0.0

    def _beside(self, inner: float, look: Look) -> bool:
        """Whether the tag fits at the right of the first line."""
        first = look.font(BODY, bold=len(self.box.words) == 1)
        return text_width(self.box.words[0], first) + look.gap(24) + self._tag(look) <= inner

    def _paint_tag(self, painter: QPainter, at: QRectF, look: Look) -> None:
        font = look.font(BODY, bold=True)
        plate = QRectF(at.left(), at.top() + look.px(6), self._tag(look), QFontMetricsF(font).height() - look.px(10))
        if self._beside(at.width(), look):
            plate.moveRight(at.right())
        painter.fillRect(plate, look.theme.colour("text"))
        painter.setFont(font)
        painter.setPen(look.theme.colour("ground"))
        painter.drawText(plate, int(Qt.AlignmentFlag.AlignCenter), CHANGED)


@dataclass(frozen=True, slots=True)
class Pair:
    """Two boxes side by side, or one below the other where that is lower."""

    left: CardBox
    right: CardBox
    optional: bool = False

    def height(self, width: float, look: Look) -> float:
        """That of the lower arrangement."""
        return min(self._across(width, look)[0], self._stacked(width, look))

    def paint(self, painter: QPainter, box: QRectF, look: Look) -> None:
        """Draw both."""
        across, share = self._across(box.width(), look)
        if across <= self._stacked(box.width(), look):
            first = QRectF(box.left(), box.top(), share, box.height())
            second = box.adjusted(share + look.gap(24), 0, 0, 0)
        else:
            first = QRectF(box.left(), box.top(), box.width(), self.left.height(box.width(), look))
            second = QRectF(box.left(), first.bottom() + look.gap(12), box.width(), box.bottom() - first.bottom() - look.gap(12))
        self.left.paint(painter, first, look)
        self.right.paint(painter, second, look)

    def _stacked(self, width: float, look: Look) -> float:
        return self.left.height(width, look) + look.gap(12) + self.right.height(width, look)

    def _across(self, width: float, look: Look) -> tuple[float, float]:
        """The height side by side, and how much of the width the left box then has."""
        inner = width - look.gap(24)
        one, two = self.left.natural(look), self.right.natural(look)
        if one + two <= inner:
            shares = [one + (inner - one - two) / 2]
        else:
            shares = [inner * part / 20 for part in range(6, 15)]
        heights = [(max(self.left.height(s, look), self.right.height(inner - s, look)), abs(s - inner / 2), s) for s in shares]
        lowest, _, share = min(heights)
        return lowest, share


@dataclass(frozen=True, slots=True)
class Options:
    """The options of a question, each behind the digit that stands for it, in one or two columns."""

    options: tuple[tuple[str, str], ...]
    columns: int = 1
    optional: bool = False

    def height(self, width: float, look: Look) -> float:
        """A line for each row of options."""
        return -(-len(self.options) // self._fitting(width, look)) * (look.px(BODY * 1.1) + look.gap(BODY * 0.24))

    def paint(self, painter: QPainter, box: QRectF, look: Look) -> None:
        """Draw the digits in rings and the words beside them, column by column."""
        columns = self._fitting(box.width(), look)
        rows = -(-len(self.options) // columns)
        high = (look.px(BODY * 1.1) + look.gap(BODY * 0.24))
        for place, (key, words) in enumerate(self.options):
            column, row = divmod(place, rows)
            left = box.left() + column * box.width() / columns
            number(painter, QRectF(left, box.top() + row * high, look.px(96), high), key, look)
            painter.setFont(look.font(BODY))
            at = QRectF(left + look.px(128), box.top() + row * high, box.width() / columns - look.px(128), high)
            painter.drawText(at, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), words)

    def _fitting(self, width: float, look: Look) -> int:
        """As many columns as asked for, if the words fit them on one line."""
        longest = max(text_width(words, look.font(BODY)) for _, words in self.options) + look.px(128)
        return self.columns if longest <= width / self.columns else 1


def number(painter: QPainter, box: QRectF, digits: str, look: Look) -> None:
    """A number in a ring, as it stands on the paper sheets."""
    side = look.px(96)
    ring = QRectF(box.left(), box.center().y() - side / 2, side, side)
    edge = look.px(5)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(look.theme.colour("text"), edge))
    painter.drawEllipse(ring.adjusted(edge, edge, -edge, -edge))
    painter.setFont(look.font(BODY if len(digits) == 1 else BODY * 0.7, bold=True))
    painter.drawText(ring, int(Qt.AlignmentFlag.AlignCenter), digits)


@dataclass(frozen=True, slots=True)
class BarRow:
    """A stacked bar with its label at the left, or the bar alone."""

    bar: Bar
    points: int
    labelled: bool = True
    optional: bool = False

    def height(self, width: float, look: Look) -> float:
        """Room for a large number, and for the label beside it."""
        room = self._left(width) - look.px(24)
        label = text_height(self.bar.label, look.font(BODY, bold=True), room) if self.labelled else 0.0
        return max(look.px(170), label)

    def paint(self, painter: QPainter, box: QRectF, look: Look) -> None:
        """Draw label and bar."""
        left = self._left(box.width()) if self.labelled else 0.0
        if self.labelled:
            painter.setFont(look.font(BODY, bold=True))
            painter.setPen(look.theme.colour("text"))
            flags = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | _WRAP)
            painter.drawText(QRectF(box.left(), box.top(), left - look.px(24), box.height()), flags, self.bar.label)
        bars.paint(
            painter, box.adjusted(left, 0, 0, 0), self.bar, theme=look.theme, font=look.font(BODY, bold=True),
            points=self.points,
        )

    def _left(self, width: float) -> float:
        return width * 0.28


@dataclass(frozen=True, slots=True)
class KeyRows:
    """The labels of one bar, each behind a square in the look of its segment."""

    bar: Bar
    points: int
    optional: bool = False

    def height(self, _width: float, look: Look) -> float:
        """A line for each."""
        return len(self.bar.parts) * look.px(BODY * 1.3)

    def paint(self, painter: QPainter, box: QRectF, look: Look) -> None:
        """Draw squares, labels and numbers."""
        high = look.px(BODY * 1.3)
        for place, part in enumerate(self.bar.parts):
            at = QRectF(box.left(), box.top() + place * high, box.width(), high)
            square = QRectF(at.left(), at.top() + look.px(12), look.px(110), high - look.px(24))
            bars.swatch(painter, square, part, theme=look.theme, points=self.points)
            painter.setFont(look.font(BODY))
            painter.setPen(look.theme.colour("text"))
            words = at.adjusted(look.px(150), 0, 0, 0)
            flags = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
            painter.drawText(words, flags, f"{part.words}: {part.people}")


@dataclass(frozen=True, slots=True)
class Stand:
    """One table's position: number and theme, decision, and how many disagreed."""

    row: TableStand
    wide: bool  # theme at the left and decision at the right, or one below the other
    optional: bool = False

    def height(self, width: float, look: Look) -> float:
        """The higher of the two sides, or both together."""
        left, right = self._texts()
        first, second = self._shares(width, look)
        heights = self._measure(left, first, look), self._measure(right, second, look)
        return (max(heights) if self.wide else sum(heights)) + look.px(8)

    def paint(self, painter: QPainter, box: QRectF, look: Look) -> None:
        """Draw both sides."""
        left, right = self._texts()
        first, second = self._shares(box.width(), look)
        inset = look.px(120)
        number(painter, QRectF(box.left(), box.top(), inset, look.px(100)), self.row.table.split()[-1], look)
        self._write(painter, QRectF(box.left() + inset, box.top(), first, box.height()), left, look)
        if self.wide:
            self._write(painter, QRectF(box.right() - second, box.top(), second, box.height()), right, look)
        else:
            below = self._measure(left, first, look)
            self._write(painter, QRectF(box.left() + inset, box.top() + below, second, box.height() - below), right, look)

    def _texts(self) -> tuple[str, str]:
        decision = self.row.decision + (f"\n{self.row.disagreed}" if self.row.disagreed else "")
        return self.row.about or self.row.table, decision

    def _shares(self, width: float, look: Look) -> tuple[float, float]:
        """The widths of the texts: theme and decision."""
        inset = look.px(120)
        return (width * 0.5 - inset, width * 0.48) if self.wide else (width - inset, width - inset)

    def _measure(self, words: str, width: float, look: Look) -> float:
        return text_height(words, look.font(BODY), width)

    def _write(self, painter: QPainter, box: QRectF, words: str, look: Look) -> None:
        painter.setFont(look.font(BODY))
        painter.setPen(look.theme.colour("text"))
        painter.drawText(box, int(Qt.AlignmentFlag.AlignLeft | _WRAP), words)


@dataclass(frozen=True, slots=True)
class Grid:
    """Blocks in two columns, row by row."""

    blocks: tuple[Block, ...]
    optional: bool = False

    def height(self, width: float, look: Look) -> float:
        """The sum of its rows."""
        return sum(self._rows(width, look))

    def paint(self, painter: QPainter, box: QRectF, look: Look) -> None:
        """Draw them."""
        top = box.top()
        half = (box.width() - look.px(48)) / 2
        for row, high in enumerate(self._rows(box.width(), look)):
            for column, block in enumerate(self.blocks[2 * row : 2 * row + 2]):
                left = box.left() + column * (half + look.px(48))
                block.paint(painter, QRectF(left, top, half, high), look)
            top += high

    def _rows(self, width: float, look: Look) -> list[float]:
        half = (width - look.px(48)) / 2
        pairs = [self.blocks[at : at + 2] for at in range(0, len(self.blocks), 2)]
        return [max(block.height(half, look) for block in pair) for pair in pairs]


