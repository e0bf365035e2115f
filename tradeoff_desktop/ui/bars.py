"""How a stacked bar is painted, on the projector and on the console alike (decision 43).

Every segment has its colour, an outline and its number; the risk side is hatched besides, so that nothing hangs on
telling colours apart.
"""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen

from tradeoff_desktop.app.pictures import Bar, Part
from tradeoff_desktop.ui.theme import Theme


def colour(theme: Theme, part: Part, points: int) -> QColor:
    """The colour of a segment: its place on the scale; a run of answers has that of its outermost one."""
    middle = (points - 1) / 2
    place = max(part.places, key=lambda p: abs(p - middle))
    return QColor(theme.scale[round(place * (len(theme.scale) - 1) / max(1, points - 1))])


def hatched(part: Part, points: int) -> bool:
    """Whether a segment lies on the risk side."""
    return max(part.places) < (points - 1) / 2


def ink(ground: QColor) -> QColor:
    """Black or white, whichever reads better on ``ground``."""
    light = 0.299 * ground.redF() + 0.587 * ground.greenF() + 0.114 * ground.blueF()
    return QColor("#000000") if light > 0.5 else QColor("#FFFFFF")


def widths(parts: tuple[Part, ...], whole: float, least: float) -> list[float]:
    """The widths of the segments: in proportion, but each wide enough for its number."""
    people = sum(part.people for part in parts)
    wanted = [whole * part.people / people for part in parts]
    narrow = [want < least for want in wanted]
    spare = whole - least * sum(narrow)
    wide = sum(want for want, thin in zip(wanted, narrow, strict=True) if not thin)
    if wide <= 0 or spare <= 0:
        return [whole / len(parts)] * len(parts)
    return [least if thin else want * spare / wide for want, thin in zip(wanted, narrow, strict=True)]


def paint(painter: QPainter, box: QRectF, bar: Bar, *, theme: Theme, font: QFont, points: int) -> None:
    """Draw the bar into ``box``; where it has no parts its words stand there, framed by a dashed line."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setFont(font)
    edge = max(2.0, box.height() / 48)
    if not bar.parts:
        painter.setPen(QPen(theme.colour("border"), edge, Qt.PenStyle.DashLine))
        painter.drawRect(box.adjusted(edge / 2, edge / 2, -edge / 2, -edge / 2))
        painter.setPen(theme.colour("text"))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, bar.words)
    else:
        least = QFontMetricsF(font).horizontalAdvance("00") * 0.9 + 2 * edge
        left = box.left()
        for part, width in zip(bar.parts, widths(bar.parts, box.width(), least), strict=True):
            _segment(painter, QRectF(left, box.top(), width, box.height()), part, theme=theme, points=points)
            left += width
    painter.restore()


def swatch(painter: QPainter, box: QRectF, part: Part, *, theme: Theme, points: int) -> None:
    """A small square in the look of a segment, without a number: it stands beside its label."""
    _fill(painter, box, part, theme=theme, points=points)


def _segment(painter: QPainter, box: QRectF, part: Part, *, theme: Theme, points: int) -> None:
    _fill(painter, box, part, theme=theme, points=points)
    ground = colour(theme, part, points)
    number = str(part.people)
    metrics = QFontMetricsF(painter.font())
    plate = QRectF(0, 0, metrics.horizontalAdvance(number) + metrics.height() * 0.2, metrics.height() * 0.96)
    plate.moveCenter(box.center())
    if hatched(part, points):
        painter.fillRect(plate.intersected(box.adjusted(2, 2, -2, -2)), ground)  # no hatch behind the number
    painter.setPen(ink(ground))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, number)


def _fill(painter: QPainter, box: QRectF, part: Part, *, theme: Theme, points: int) -> None:
    painter.save()
    ground = colour(theme, part, points)
    edge = max(2.0, box.height() / 48)
    painter.fillRect(box, ground)
    if hatched(part, points):
        painter.setClipRect(box)
        line = ink(ground)
        line.setAlphaF(0.45)
        painter.setPen(QPen(line, edge))
        step = max(7.0, box.height() / 9)
        at = box.left() - box.height()
        while at < box.right():
            painter.drawLine(QPointF(at, box.bottom()), QPointF(at + box.height(), box.top()))
            at += step
        painter.setClipping(False)
    painter.setPen(QPen(theme.colour("text"), edge))
    painter.drawRect(box.adjusted(edge / 2, edge / 2, -edge / 2, -edge / 2))
    painter.restore()
