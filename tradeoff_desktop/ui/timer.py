"""The private timer of a step. It tells, it never acts: going on stays manual."""

from datetime import datetime
from typing import Literal

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tradeoff_desktop.app import pace
from tradeoff_desktop.app.pace import SLEPT, Timer
from tradeoff_desktop.model import acts
from tradeoff_desktop.model.pack import AgendaStep
from tradeoff_desktop.ui import keys
from tradeoff_desktop.ui import theme as looks
from tradeoff_desktop.ui.bridge import Bridge
from tradeoff_desktop.ui.controls import KeyButton, label, row
from tradeoff_desktop.ui.room import Room
from tradeoff_desktop.ui.theme import TITLE, XS, S, Theme

MINUTE = 60
LOOKS = {"a fifth left": "warn", "nearly over": "error", "over": "error"}
LONG_AGO = 3 * 3600.0  # a step begun before that was not interrupted a moment ago


class TimerStrip(QWidget):
    """Minutes and seconds left, with pause and a minute more or less."""

    clock = Signal(str)  # the time left in the room's words, "" where it is nobody else's business
    slept = Signal(str)  # what to say after the laptop slept
    ticked = Signal()

    def __init__(self, bridge: Bridge, room: Room, theme: Theme) -> None:
        super().__init__()
        self._bridge = bridge
        self._room = room
        self._step: AgendaStep | None = None
        self._timer = Timer(0.0)
        self._asleep = 0  # seconds the laptop slept, while they may still be taken off
        self._last = bridge.desk.now
        self._words = label("", wrap=False)
        self._words.setFont(theme.font(TITLE, weight=QFont.Weight.DemiBold))
        self._state = label("", "small", wrap=False)
        self.pause = KeyButton("Pause", theme=theme, key=keys.printed("run", "timer"))
        self.more = KeyButton("+1 min", theme=theme, key=keys.printed("run", "minute_more"))
        self.less = KeyButton("−1 min", theme=theme, key=keys.printed("run", "minute_less"))
        self.buttons = (self.pause, self.more, self.less)  # placed by the page, beside the time or below it
        self._state.setMinimumWidth(self._state.fontMetrics().horizontalAdvance("nearly over  "))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(XS)
        layout.addWidget(label("Timer, for you only", "strong", wrap=False))
        layout.addLayout(row(self._words, self._state, gap=S))
        self._seconds = QTimer(self, interval=1000)
        self._connect()

    def _connect(self) -> None:
        self.pause.clicked.connect(self.toggle)
        self.more.clicked.connect(self.minute_more)
        self.less.clicked.connect(self.minute_less)
        self._seconds.timeout.connect(self.tick)
        self._seconds.start()

    @property
    def left(self) -> float:
        """Seconds left."""
        return self._timer.left

    @property
    def running(self) -> bool:
        """Whether it runs."""
        return self._timer.running

    def stop(self) -> None:
        """The page goes."""
        self._seconds.stop()

    def begin(self, step: AgendaStep | None, *, fresh: bool) -> None:
        """A step has begun; or one is offered again.

        The timer runs on where another page was in front, and is paused where it would be after a restart.
        """
        self._step = step
        if not fresh and self._room.timer is not None and self._room.timed_at is not None:
            self._timer, self._last = self._room.timer, self._room.timed_at
            self._timer = self._timer.tick((self._bridge.desk.now - self._last).total_seconds())
            self._last = self._bridge.desk.now
            self._show()
            return
        minutes = self._whole(step) if step is not None else 0
        left = float(minutes)
        if step is not None and not fresh:
            gone = (self._bridge.desk.now - _begun(self._bridge, step.id)).total_seconds()
            left = max(0.0, minutes - gone) if 0 <= gone <= LONG_AGO else left
        self._timer = Timer(left, running=fresh and step is not None)
        self._last = self._bridge.desk.now
        self._show()

    @Slot()
    def tick(self) -> None:
        """A second has passed, or the laptop slept and far more has."""
        now = self._bridge.desk.now
        gone = (now - self._last).total_seconds()
        self._last = now
        if gone > SLEPT and self._timer.running:
            self._timer = self._timer.toggled()
            minutes = max(1, round(gone / MINUTE))
            self._asleep = minutes * MINUTE
            self.slept.emit(
                f"The laptop slept for {minutes} min. The timer stopped at {self._timer.words}. "
                f"{keys.printed('run', 'timer')} resumes, {keys.printed('run', 'take_off')} takes off {minutes} min.",
            )
        else:
            self._timer = self._timer.tick(max(0.0, gone))
        self._show()
        self.ticked.emit()

    @Slot()
    def toggle(self) -> None:
        """Pause or run on."""
        if self._step is not None:
            act: Literal["pause", "resume"] = "pause" if self._timer.running else "resume"
            if self._bridge.do(acts.move_clock, role=self._bridge.role, act=act, step=self._step.id):
                self._timer, self._asleep = self._timer.toggled(), 0
                self._last = self._bridge.desk.now
                self._show()

    @Slot()
    def take_off(self) -> None:
        """Take the time the laptop slept off, and let the timer run on."""
        if self._asleep:
            self._move(-self._asleep)
            self.toggle()

    @Slot()
    def minute_more(self) -> None:
        """One minute more."""
        self._move(MINUTE)

    @Slot()
    def minute_less(self) -> None:
        """One minute less."""
        self._move(-MINUTE)

    def _move(self, seconds: int) -> None:
        if self._step is not None and self._bridge.do(
            acts.move_clock, role=self._bridge.role, act="add", step=self._step.id, seconds=seconds,
        ):
            self._timer = self._timer.moved(seconds)
            self._show()

    def _show(self) -> None:
        timer, step = self._timer, self._step
        self._room.timer, self._room.timed_at = timer, self._last
        self._words.setText(timer.words)
        state = "" if step is None else "over" if timer.left < 0 else "running" if timer.running else "paused"
        if step is not None and state == "running":
            state = pace.running_out(timer.left, self._whole(step)) or state
        if self._state.text() != state:
            looks.dress(self._state, LOOKS.get(state, "small"))
            self._state.setText(state)
            self.pause.say("Pause" if timer.running else "Run on")
        self._words.setAccessibleName(f"Timer {timer.words}, {state}")
        self.clock.emit(self._public())

    def _whole(self, step: AgendaStep) -> int:
        """Seconds the step is given."""
        return self._bridge.state.lengths.get(step.id, step.minutes) * MINUTE

    def _public(self) -> str:
        """What the room reads: the clock of a table step, and the last minute of a question."""
        step = self._step
        if step is None or not (step.pace == "table" or (step.sheet and self._timer.left <= MINUTE)):
            return ""
        return pace.clock_words(self._timer.left)


def _begun(bridge: Bridge, step: str) -> datetime:
    """When the step began, as the clock of this desk counts."""
    at = bridge.state.begun.get(step)
    return datetime.fromisoformat(at) if at else bridge.desk.now
