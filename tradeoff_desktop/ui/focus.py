"""The focus, never in doubt: a yellow ring with an edge in the text colour around the widget that has it."""

import shiboken6
from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from tradeoff_desktop.ui.theme import RADIUS, RING, Theme

_MOVES = frozenset({QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.Show, QEvent.Type.Hide})
_REACH = RING + 3  # how far outside the widget the ring goes


class FocusRing(QWidget):
    """Lies over ``parent`` and goes round one widget inside it, wherever that moves.

    Qt's own focus frame is drawn inside the parent of the widget and so is cut off by tight layouts.
    """

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._target: QWidget | None = None
        self._clip = QRect()
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()

    def follow(self, widget: QWidget | None) -> None:
        """Go round ``widget``, or nowhere."""
        for watched in self._chain():
            watched.removeEventFilter(self)
        self._target = widget
        for watched in self._chain():
            watched.installEventFilter(self)
        self._place()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Go where the widget goes, also when a page behind it scrolls."""
        if event.type() in _MOVES:
            self._place()
        return False

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint both lines outside the widget, and nothing outside the part of the page that is seen."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setClipRect(self._clip)
        outer = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        painter.setPen(QPen(self._theme.colour("text"), 2))
        painter.drawRoundedRect(outer, RADIUS + 3, RADIUS + 3)
        painter.setPen(QPen(self._theme.colour("focus"), RING))
        inner = outer.adjusted(2.5, 2.5, -2.5, -2.5)
        painter.drawRoundedRect(inner, RADIUS + 1, RADIUS + 1)

    def _chain(self) -> list[QWidget]:
        """The widget and what it lies in, below our own parent; nothing once it is gone."""
        found: list[QWidget] = []
        widget = self._target
        while widget is not None and shiboken6.isValid(widget) and widget is not self.parentWidget():
            found.append(widget)
            widget = widget.parentWidget()
        return found

    def _place(self) -> None:
        chain = self._chain()
        parent = self.parentWidget()
        if not chain or parent is None or not all(widget.isVisibleTo(parent) for widget in chain[:1]):
            self.hide()
            return
        box = _inside(chain[0], parent).adjusted(-_REACH, -_REACH, _REACH, _REACH)
        seen = box
        for widget in chain[1:]:
            seen = seen.intersected(_inside(widget, parent).adjusted(-_REACH, -_REACH, _REACH, _REACH))
        self.setGeometry(box)
        self._clip = seen.translated(-box.topLeft())
        self.setVisible(not seen.isEmpty())
        self.raise_()
        self.update()


def _inside(widget: QWidget, parent: QWidget) -> QRect:
    return QRect(widget.mapTo(parent, QPoint(0, 0)), widget.size())
