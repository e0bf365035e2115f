"""A page of the operator window: one thing at a time, with its keys and a place for its banners."""

from collections.abc import Callable

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QSizePolicy, QWidget

from tradeoff_desktop.ui import theme as looks
from tradeoff_desktop.ui.keys import Place
from tradeoff_desktop.ui.theme import XL, M, Theme


class Page(QWidget):
    """Base of the pages the window shows. Subclasses set ``place`` and answer ``acts``."""

    place: Place = "everywhere"

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground, on=True)
        looks.dress(self, "page")

    def acts(self) -> dict[str, Callable[[], object]]:
        """What each shortcut of this page's place does, by act id. Asked anew at every key press."""
        return {}

    def first_focus(self) -> QWidget | None:
        """The widget that has the focus when the page comes to the front."""
        return None

    def leaving(self) -> None:
        """The page is about to go: stop timers, keep drafts. Records need nothing, they are saved."""


def scrolling(content: QWidget, *, width: int = 0) -> QScrollArea:
    """``content`` in a frame that scrolls up and down where the window is too small; centred, at most ``width``."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    if width:
        content.setMaximumWidth(width)
        content.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        holder = QWidget()
        layout = QHBoxLayout(holder)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addStretch(1)
        layout.addWidget(content, 1000)  # all the room there is up to its greatest width; the rest is at both sides
        layout.addStretch(1)
        area.setWidget(holder)
    else:
        area.setWidget(content)
    return area


def into_sight(widget: QWidget, part: QRect | None = None) -> None:
    """Scroll every area ``widget`` lies in until it, or that part of it, is seen.

    With it what it stands under, from the top of the form or panel that is ``headed``, where there is room for both.
    """
    box = widget.rect() if part is None else part
    head = widget.parentWidget()
    while head is not None and not head.property("headed"):
        head = head.parentWidget()
    area = widget.parentWidget()
    while area is not None:
        inside = area.widget() if isinstance(area, QScrollArea) else None
        if isinstance(area, QScrollArea) and inside is not None:
            middle = widget.mapTo(inside, box.center())
            # What is larger than the area is seen from its top.
            high = min(box.height(), area.viewport().height() - 2 * M)
            top = middle.y() - box.height() // 2 + high // 2
            area.ensureVisible(middle.x(), top, box.width() // 2 + M, min(high // 2 + XL, area.viewport().height() // 2))
            if head is not None and inside.isAncestorOf(head):
                begin, room = head.mapTo(inside, QPoint(0, 0)).y(), area.viewport().height()
                if middle.y() - box.height() // 2 + min(box.height(), room // 2) <= begin + room:
                    area.verticalScrollBar().setValue(begin)
        area = area.parentWidget()
