"""The letter of a session on its colour, as it stands on the paper: two workshops of one day are never mixed up."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from tradeoff_desktop.model.seats import COLOURS
from tradeoff_desktop.ui.theme import Theme

SIDE = 28


class SessionMark(QWidget):
    """A small square; its words say the colour too."""

    def __init__(self, letter: str, theme: Theme) -> None:
        super().__init__()
        self._letter = letter
        self._font = theme.font(SIDE * 0.6)
        colour, self._ground = COLOURS.get(letter, ("grey", "#444444"))
        self.setFixedSize(QSize(SIDE, SIDE) * theme.zoom)
        self.setAccessibleName(f"Session {letter}, {colour}")

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The letter, white on its colour; a white edge keeps it apart from a dark page."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QColor("#FFFFFF"))
        painter.setBrush(QColor(self._ground))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 4, 4)
        painter.setFont(self._font)
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self._letter)
        painter.end()
