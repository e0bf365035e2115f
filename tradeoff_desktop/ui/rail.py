"""The agenda rail: every step with its planned time and pace, where we are, and how late we are in words."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from tradeoff_desktop.app import pace
from tradeoff_desktop.model.runsheet import plan
from tradeoff_desktop.ui import theme as looks
from tradeoff_desktop.ui.bridge import Bridge
from tradeoff_desktop.ui.controls import label
from tradeoff_desktop.ui.theme import SMALL, S, Theme

PACES = {"room": "\u00a0·\u00a0room", "table": "\u00a0·\u00a0tables"}  # kept on the line of the last word


class AgendaRail(QWidget):
    """Reads only: going on is a key, never a click in a list."""

    def __init__(self, bridge: Bridge, theme: Theme) -> None:
        super().__init__()
        self._bridge = bridge
        self._theme = theme
        self.list = QListWidget()
        self.list.setAccessibleName("Agenda")
        self.list.setWordWrap(True)
        self.list.setTextElideMode(Qt.TextElideMode.ElideNone)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # Always there: rows are measured before a bar that appears would take its width from them.
        self.list.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.list.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.list.setFont(theme.font(SMALL))
        self.late = label("", "strong")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(S)
        layout.addWidget(label("Agenda", "strong"))
        layout.addWidget(self.list, 1)
        layout.addWidget(self.late)
        self._items: dict[str, QListWidgetItem] = {}
        self._words: dict[str, str] = {}
        self._fill()

    def _fill(self) -> None:
        times = pace.planned_times(self._bridge.state)
        for planned in plan(self._bridge.pack):
            step = planned.step
            item = QListWidgetItem()
            item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
            self._words[step.id] = f"{times[step.id]}  {step.title}{PACES[step.pace]}"
            self._items[step.id] = item
            self.list.addItem(item)
        self.show_step()

    def show_step(self) -> None:
        """Mark the steps taken and the one we are at, and bring it into view."""
        state = self._bridge.state
        for step, item in self._items.items():
            here = step == state.step
            mark = "▶" if here else "✓" if step in state.begun else "  "
            words = f"{mark} {self._words[step]}"
            if item.text() != words:
                item.setText(words)
                item.setFont(self._theme.font(SMALL, weight=QFont.Weight.DemiBold if here else QFont.Weight.Normal))
        self._measure()
        now = self._items.get(state.step)
        if now is not None:
            self.list.setCurrentItem(now)
            self.list.scrollToItem(now, QListWidget.ScrollHint.PositionAtCenter)
        self.show_lateness()

    def _measure(self) -> None:
        """Give every row the height of its wrapped words; the list's own guess cuts the third line."""
        width = self.list.viewport().width() - 2 * (S + 4)
        for item in self._items.values():
            box = QFontMetrics(item.font()).boundingRect(QRect(0, 0, width, 9999), Qt.TextFlag.TextWordWrap, item.text())
            item.setSizeHint(QSize(0, box.height() + 2 * S))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Rows wrap anew."""
        super().resizeEvent(event)
        self._measure()

    def show_lateness(self) -> None:
        """How late we are, in words and never by colour alone."""
        if not self._bridge.state.step:
            self.late.setText("Not begun")
            return
        words = pace.lateness(self._bridge.state, self._bridge.desk.now)
        if words != self.late.text():
            looks.dress(self.late, "warn" if words.endswith("late") else "strong")
            self.late.setText(words)
