"""Icons: the line drawings of resources/icons in the theme's colour. An icon never stands without its word."""

from functools import lru_cache
from pathlib import Path

from PySide6.QtCore import QByteArray, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QIcon, QPainter, QPen, QPixmap, QPolygonF
from PySide6.QtSvg import QSvgRenderer

from tradeoff_desktop.errors import MachineError
from tradeoff_desktop.ui.theme import Theme

FOLDER = Path(__file__).resolve().parents[2] / "resources" / "icons"


def renderer(name: str, colour: QColor, folder: Path = FOLDER) -> QSvgRenderer:
    """The drawing ``name`` in ``colour``. MachineError("icon_missing") where there is none."""
    return _renderer(folder / f"{name}.svg", colour.name())


@lru_cache(maxsize=128)  # a page is drawn three times at every step: a drawing is read once
def _renderer(path: Path, colour: str) -> QSvgRenderer:
    try:
        drawing = path.read_text("utf-8").replace("currentColor", colour)
    except OSError as error:
        raise MachineError("icon_missing", file=path.name) from error
    return QSvgRenderer(QByteArray(drawing.encode()))


def paint(painter: QPainter, name: str, box: QRectF, colour: QColor) -> None:
    """Draw an icon into a square box."""
    renderer(name, colour).render(painter, box)


def pixmap(name: str, colour: QColor, side: int, *, ratio: float = 2.0) -> QPixmap:
    """An icon as a picture of ``side`` logical pixels; drawn at ``ratio`` so that it stays sharp."""
    made = QPixmap(round(side * ratio), round(side * ratio))
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    paint(painter, name, QRectF(0, 0, made.width(), made.height()), colour)
    painter.end()
    made.setDevicePixelRatio(ratio)
    return made


def icon(name: str, theme: Theme, ink: str = "text") -> QIcon:
    """An icon for a button, in a colour of the theme; dimmed where the button is disabled."""
    made = QIcon()
    for mode, colour in ((QIcon.Mode.Normal, ink), (QIcon.Mode.Disabled, "muted")):
        made.addPixmap(pixmap(name, theme.colour(colour), 32), mode)
    return made


def paint_group(painter: QPainter, box: QRectF, *, shape: str, initial: str, theme: Theme) -> None:
    """A stakeholder group: its shape and initial first, its colour second. Never on the audience window."""
    colour = theme.group_colour(shape)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(theme.colour("text"), 1))
    painter.setBrush(colour)
    if shape == "circle":
        painter.drawEllipse(box)
    else:
        painter.drawPolygon(outline(shape, box))
    font = theme.font(weight=QFont.Weight.Bold)
    font.setPixelSize(max(8, round(box.height() * (0.5 if shape in {"triangle", "diamond"} else 0.62))))
    painter.setFont(font)
    painter.setPen(_ink(colour))
    lower = box.adjusted(0, box.height() * 0.3, 0, box.height() * 0.02) if shape == "triangle" else box
    painter.drawText(lower, Qt.AlignmentFlag.AlignCenter, initial)
    painter.restore()


def outline(shape: str, box: QRectF) -> QPolygonF:
    """The corners of a triangle, square or diamond that fills ``box``."""
    middle = box.center()
    corners = {
        "triangle": [QPointF(middle.x(), box.top()), box.bottomRight(), box.bottomLeft()],
        "diamond": [
            QPointF(middle.x(), box.top()), QPointF(box.right(), middle.y()), QPointF(middle.x(), box.bottom()),
            QPointF(box.left(), middle.y()),
        ],
    }
    return QPolygonF(corners.get(shape, [box.topLeft(), box.topRight(), box.bottomRight(), box.bottomLeft()]))


def group_pixmap(theme: Theme, *, shape: str, initial: str, side: int = 24, ratio: float = 2.0) -> QPixmap:
    """A group's mark as a picture, for labels and lists."""
    made = QPixmap(round(side * ratio), round(side * ratio))
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    box = QRectF(2, 2, made.width() - 4, made.height() - 4)
    paint_group(painter, box, shape=shape, initial=initial, theme=theme)
    painter.end()
    made.setDevicePixelRatio(ratio)
    return made


def _ink(ground: QColor) -> QColor:
    """Black or white, whichever reads better on ``ground`` (relative luminance of WCAG 2.2)."""
    parts = [ground.redF(), ground.greenF(), ground.blueF()]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    luminance = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    return QColor("#000000") if luminance > 0.179 else QColor("#FFFFFF")
