"""The agenda rail: every step with its planned and actual time and pace, how late we are, and what may be done about it.

Going on is a key, never a click in a list. What is chosen in the list is only what skipping and shortening act on.
"""

from PySide6.QtCore import QRect, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFont, QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from tradeoff_desktop.app import pace
from tradeoff_desktop.model import acts
from tradeoff_desktop.model.pack import AgendaStep
from tradeoff_desktop.ui import keys
from tradeoff_desktop.ui import theme as looks
from tradeoff_desktop.ui.bridge import Bridge
from tradeoff_desktop.ui.controls import KeyButton, label, row
from tradeoff_desktop.ui.flow import FlowLayout
from tradeoff_desktop.ui.session_mark import SessionMark
from tradeoff_desktop.ui.theme import SMALL, S, Theme

PACES = {"room": "\u00a0·\u00a0room", "table": "\u00a0·\u00a0tables"}  # kept on the line of the last word
_MEANS = {"step_less": "One minute less for the chosen step", "step_more": "One minute more for the chosen step"}
PAST = "That step is over. Choose one that is still to come."


class Steps(QListWidget):
    """The list, which says when its own width has changed: it gets it after the rail around it has got its."""

    resized = Signal()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Rows wrap anew."""
        super().resizeEvent(event)
        self.resized.emit()


class AgendaRail(QWidget):
    """The list, how late we are, and four buttons."""

    said = Signal(str)  # what became of the plan, or why nothing did
    onward = Signal()  # the present step was skipped

    def __init__(self, bridge: Bridge, theme: Theme) -> None:
        super().__init__()
        self._bridge = bridge
        self._theme = theme
        self.list = Steps()
        self.list.setAccessibleName("Agenda")
        self.list.setWordWrap(True)
        self.list.setTextElideMode(Qt.TextElideMode.ElideNone)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # Always there: rows are measured before a bar that appears would take its width from them.
        self.list.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.list.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.list.setFont(theme.font(SMALL))
        self.late = label("", "strong")
        self._steps = list(bridge.pack.agenda)
        self._items = {step.id: QListWidgetItem() for step in self._steps}
        self._at = ""
        self._lay_out()
        for item in self._items.values():
            item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
            self.list.addItem(item)
        self.show_step()

    def _lay_out(self) -> None:
        self.buttons: dict[str, KeyButton] = {}
        flow = FlowLayout()
        for act, words, done in (
            ("spread", "Spread", self.spread), ("skip", "Skip", self.skip),
            ("step_less", "−1", self.shorter), ("step_more", "+1", self.longer),
        ):
            button = KeyButton(words, theme=self._theme, key=keys.printed("run", act))
            button.setAccessibleDescription(_MEANS.get(act, ""))
            button.clicked.connect(done)
            self.buttons[act] = button
            flow.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(S)
        letter = self._bridge.desk.opened.session
        layout.addLayout(row(SessionMark(letter, self._theme), label("Agenda", "strong", wrap=False), gap=S))
        layout.addWidget(self.list, 1)
        layout.addWidget(self.late)
        layout.addLayout(flow)
        self.list.currentRowChanged.connect(self._name_skip)
        self.list.resized.connect(self._measure)

    # -- what it shows

    def refresh(self, kinds: frozenset[str]) -> None:
        """The plan has changed."""
        if kinds & {"step", "clock"}:
            self.show_step()

    def show_step(self) -> None:
        """Mark the steps taken and the one we are at, and bring that into view once we are there."""
        state, times = self._bridge.state, pace.step_times(self._bridge.state)
        for step in self._steps:
            here, item = step.id == state.step, self._items[step.id]
            mark = "▶" if here else "✓" if step.id in state.begun else "–" if step.id in state.left_out else "  "
            changed = times[step.id].words
            words = f"{mark} {times[step.id].planned}  {step.title}{PACES[step.pace]}" + (f"\n({changed})" if changed else "")
            if item.text() != words:
                item.setText(words)
                item.setFont(self._theme.font(SMALL, weight=QFont.Weight.DemiBold if here else QFont.Weight.Normal))
                self._measure_row(item)
        now = self._items.get(state.step)
        if now is not None and state.step != self._at:
            self._at = state.step
            self.list.setCurrentItem(now)
            self.list.scrollToItem(now, QListWidget.ScrollHint.PositionAtCenter)
        self._name_skip()
        self.show_lateness()

    @Slot()
    def _measure(self) -> None:
        """Give every row the height of its wrapped words; the list's own guess cuts the third line."""
        for item in self._items.values():
            self._measure_row(item)

    def _measure_row(self, item: QListWidgetItem) -> None:
        width = self.list.viewport().width() - 2 * (S + 4)
        box = QFontMetrics(item.font()).boundingRect(QRect(0, 0, width, 9999), Qt.TextFlag.TextWordWrap, item.text())
        item.setSizeHint(QSize(0, box.height() + 2 * S))

    @Slot()
    def show_lateness(self) -> None:
        """How late we are, in words and never by colour alone; Spread offers just that much."""
        state = self._bridge.state
        if not state.step:
            self.late.setText("Not begun")
            self.buttons["spread"].hide()
            return
        late = pace.late(state, self._bridge.desk.now)
        words = pace.late_words(late)
        if words != self.late.text():
            looks.dress(self.late, "warn" if late > 0 else "strong")
            self.late.setText(words)
            self.buttons["spread"].say(f"Spread {late} min" if late > 0 else "Spread")
        self.buttons["spread"].setVisible(late > 0 and not state.closed)

    @Slot()
    def _name_skip(self) -> None:
        step = self._chosen()
        self.buttons["skip"].say("Take in again" if step is not None and step.id in self._bridge.state.left_out else "Skip")

    # -- what may be done about it

    def _chosen(self) -> AgendaStep | None:
        row = self.list.currentRow()
        return self._steps[row] if row >= 0 else None

    def _to_come(self) -> AgendaStep | None:
        """The chosen step, if it is the present one or later."""
        state, step = self._bridge.state, self._chosen()
        ids = [s.id for s in self._steps]
        if step is None or (state.step and ids.index(step.id) < ids.index(state.step)):
            self.said.emit(PAST)
            return None
        return step

    @Slot()
    def spread(self) -> None:
        """Absorb the lateness into later steps."""
        state = self._bridge.state
        before, late = dict(state.lengths), pace.late(state, self._bridge.desk.now)
        if self._bridge.do(acts.spread, role=self._bridge.role, late=late):
            left = pace.late(self._bridge.state, self._bridge.desk.now)
            rest = f" {left} min are still late: no later step can give more." if left > 0 else ""
            self.said.emit(f"Spread: {pace.given_words(self._bridge.state, before)} min.{rest}")

    @Slot()
    def skip(self) -> None:
        """Go without the chosen step, or take it in again."""
        step = self._to_come()
        if step is None:
            return
        state = self._bridge.state
        if step.id in state.left_out:
            self._bridge.do(acts.shorten_step, role=self._bridge.role, step=step.id, minutes=step.minutes)
        elif self._bridge.do(acts.skip_step, role=self._bridge.role, step=step.id):
            unplayed = " What would have been marked in it counts as not played." if step.sheet else ""
            if step.id == state.step:
                self.onward.emit()
            self.said.emit(f"Skipped: {step.title}. The report says so.{unplayed}")

    @Slot()
    def shorter(self) -> None:
        """One minute less for the chosen step."""
        self._change(-1)

    @Slot()
    def longer(self) -> None:
        """One minute more for the chosen step."""
        self._change(1)

    def _change(self, by: int) -> None:
        step = self._to_come()
        if step is not None and step.id == self._bridge.state.step:
            self.said.emit("That step is running: move its timer instead.")
        elif step is not None:
            minutes = self._bridge.state.lengths.get(step.id, step.minutes) + by
            self._bridge.do(acts.shorten_step, role=self._bridge.role, step=step.id, minutes=minutes)
