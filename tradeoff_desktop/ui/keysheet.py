"""F1: every key of the page in front, and of everywhere, from the one table."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from tradeoff_desktop.ui import keys
from tradeoff_desktop.ui import theme as looks
from tradeoff_desktop.ui.controls import KeyButton, label, row, rule
from tradeoff_desktop.ui.page import scrolling
from tradeoff_desktop.ui.theme import XL, XS, L, M, Theme


class KeySheet(QWidget):
    """The list of keys, over the page; the page behind is untouched and comes back with F1 or Esc."""

    left = Signal()

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground, on=True)
        looks.dress(self, "page")
        self._theme = theme
        self._back = KeyButton("Back to the page", theme=theme, key="F1", look="primary")
        self._back.clicked.connect(self._leave)
        self._holder = QVBoxLayout(self)
        self._holder.setContentsMargins(XL, L, XL, L)
        self._area: QWidget | None = None
        self.hide()

    def open(self, place: keys.Place) -> None:
        """Show the keys that work in ``place``."""
        if self._area is not None:
            self._holder.removeWidget(self._area)
            self._area.deleteLater()
        content = QWidget()
        layout = QVBoxLayout(content)
        layout.setSpacing(M)
        layout.addWidget(label("Keys", "title"))
        layout.addWidget(label("Single letters and the full stop work only while you are not typing."))
        layout.addLayout(row(self._back))
        for part in keys.outward(place):
            layout.addWidget(rule())
            layout.addWidget(label(keys.PLACES[part], "heading"))
            layout.addLayout(self._list(part))
        layout.addStretch(1)
        self._area = scrolling(content, width=round(900 * self._theme.zoom))
        self._holder.addWidget(self._area)
        self.show()
        self.raise_()
        self._back.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes the sheet, like F1."""
        if event.key() == Qt.Key.Key_Escape:
            self._leave()
        else:
            super().keyPressEvent(event)

    def _list(self, place: keys.Place) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(XL)
        grid.setVerticalSpacing(XS)
        grid.setColumnStretch(1, 1)
        said = [("\n".join(map(keys.shown, each.keys)), each.words) for each in keys.TABLE if each.place == place]
        for number, (names, words) in enumerate([*said, *keys.MARKS.get(place, ())]):
            grid.addWidget(label(names, "strong", wrap=False), number, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(label(words), number, 1)
        return grid

    @Slot()
    def _leave(self) -> None:
        self.hide()
        self.left.emit()
