"""The smaller parts of the console: what to say, the bar of keys, the headcount, and the middle that holds one of them."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from tradeoff_desktop.app import pictures
from tradeoff_desktop.app.hands import people_here
from tradeoff_desktop.model import acts
from tradeoff_desktop.model.pack import AgendaStep
from tradeoff_desktop.ui import keys
from tradeoff_desktop.ui import theme as looks
from tradeoff_desktop.ui.bridge import Bridge
from tradeoff_desktop.ui.controls import KeyButton, label
from tradeoff_desktop.ui.digits import NumberField
from tradeoff_desktop.ui.flow import FlowLayout
from tradeoff_desktop.ui.page import scrolling
from tradeoff_desktop.ui.room import Room
from tradeoff_desktop.ui.theme import M, S, Theme

FLIPS = (("flip_data", "D"), ("flip_receiver", "O"), ("flip_privacy", "A"))
ASIDE = ("audience", "capture", "people", "parked", "peek")
GATES = {
    "no_picture": "No result here", "nobody": "No seats", "not_keyed": "Not keyed yet", "too_few": "Too few answers",
    "": "Keyed, hidden",
}
# Keys without a button: two lines, as high as a button.
MORE = "\n".join(" · ".join(f"{keys.printed('run', act)} {words}" for act, words in line) for line in (
    (("headcount", "headcount"), ("undo", "undo"), ("late", "late")),
    (("early", "leaves"), ("moves", "changes table")),
))
TWO_ENDS = "Ask the two ends: many stand at either side of this case. Hear one from each, then ask who is between them."


class SayPanel(QWidget):
    """What to say aloud at this step, and prompts for the facilitator's eyes."""

    def __init__(self, bridge: Bridge, room: Room) -> None:
        super().__init__()
        self._bridge = bridge
        self._room = room
        self._private = True
        self._title = label("", "heading")
        self._say = label("", "large")
        self._prompts = label("")
        self.ends = label(TWO_ENDS, "strong")
        self.ends.hide()
        content = QWidget()
        inside = QVBoxLayout(content)
        inside.setContentsMargins(M, S, M, S)
        inside.setSpacing(M)
        for part in (self._title, self._say, self.ends, self._prompts):
            inside.addWidget(part)
        inside.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        self.area = scrolling(content)
        self.area.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # it scrolls by arrow keys
        self.area.setAccessibleName("What to say")
        layout.addWidget(self.area)

    def show_step(self, step: AgendaStep | None) -> None:
        """The words of a step."""
        self._title.setText(step.title if step is not None else "Ready")
        self._say.setText(step.say if step is not None else "Press PgDn to begin with the first step of the agenda.")
        prompts = step.prompts if step is not None else []
        self._prompts.setText("\n".join(f"•  {prompt}" for prompt in prompts))
        self.area.verticalScrollBar().setValue(0)

    def keep_private(self, *, private: bool) -> None:
        """Where the room may read this screen, nothing on it tells what people answered."""
        self._private = private
        self.ask_ends()

    def ask_ends(self) -> None:
        """Prompt the facilitator to hear both ends, where the room is split; the room itself never sees it."""
        self.ends.setVisible(self._private and pictures.ends_apart(self._bridge.state, self._room.screen))


class Middle(QWidget):
    """One of: what to say, the capture panel, the result."""

    def __init__(self, **parts: QWidget) -> None:
        super().__init__()
        self._parts = parts
        self._stack = QStackedWidget()
        for part in parts.values():
            self._stack.addWidget(part)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._stack)

    def bring(self, name: str) -> None:
        """Bring a part to the front."""
        self._stack.setCurrentWidget(self._parts[name])

    def showing(self, name: str) -> bool:
        """Whether that part is in front."""
        return self._stack.currentWidget() is self._parts[name]


class KeyBar(QWidget):
    """Flips, reveal and blank, each with its key; what is out of reach now is dimmed."""

    pressed = Signal(str)  # the act of a key

    def __init__(self, room: Room, theme: Theme) -> None:
        super().__init__()
        self.room = room
        self._buttons: dict[str, KeyButton] = {}
        self._busy = False
        self.gate = label("", "strong", wrap=False)
        self.more = label(MORE, "small", wrap=False)
        flow = FlowLayout(self)
        for act, words in (
            ("flip_data", "Data"), ("flip_receiver", "Who"), ("flip_privacy", "Privacy"), ("unflip", "As it stands"),
            ("reveal", "Reveal"), ("blank", "Blank"), ("audience", "Audience"), ("capture", "Capture"),
            ("people", "People"), ("parked", "Parked"), ("peek", "Peek"),
        ):
            button = KeyButton(words, theme=theme, key=keys.printed("run", act))
            button.clicked.connect(self._clicked)
            self._buttons[act] = button
            flow.addWidget(button)
            if act == "reveal":
                self.gate.setFixedHeight(button.sizeHint().height())
                flow.addWidget(self.gate)
        flow.addWidget(self.more)

    def show_room(self, room: Room) -> None:
        """Say what each key would do now."""
        flips, shown = room.flips(), room.screen.variant
        for act, axis in FLIPS:
            flip = flips.get(axis)
            button = self._buttons[act]
            button.setEnabled(flip is not None)
            name = button.text().split(":")[0].removeprefix("▶ ")
            on = flip is not None and flip.id == shown
            whole = f"{name}: {flip.label}" if flip is not None else name
            button.say(("▶ " if on else "") + (name if self._busy else whole))
            button.setAccessibleDescription(whole)
        self._buttons["unflip"].setEnabled(bool(flips) and room.screen.shown == "flip")
        self._buttons["blank"].say("Bring back" if room.blank else "Blank")
        self._buttons["reveal"].say("Hide result" if room.revealed else "Reveal")
        self.show_gate(room)

    def fit(self, *, busy: bool) -> None:
        """Beside an open form, in few words and only what changes what the room sees; the other keys work, unprinted."""
        if busy == self._busy:
            return
        self._busy = busy
        for act in ASIDE:
            self._buttons[act].setVisible(not busy)
        self.more.setVisible(not busy)
        self.show_room(self.room)

    def show_gate(self, room: Room) -> None:
        """Whether a result may be revealed, in words."""
        gate = room.gate()
        words = "REVEALED to the room" if room.revealed else GATES[gate.reason]
        if words != self.gate.text():
            looks.dress(self.gate, "warn" if room.revealed else "strong")
            self.gate.setText(words)

    @Slot()
    def _clicked(self) -> None:
        act = next((name for name, button in self._buttons.items() if button is self.sender()), "")
        if act:
            self.pressed.emit(act)


class HeadBar(QWidget):
    """H: how many people are here now. One line, no dialog; Enter saves, Esc leaves."""

    left = Signal()

    def __init__(self, bridge: Bridge, theme: Theme) -> None:
        super().__init__()
        self._bridge = bridge
        self.field = NumberField("How many people are here now")
        self.field.setFixedWidth(round(64 * theme.zoom))
        layout = FlowLayout(self)
        layout.addWidget(label("How many people are here now?", "strong", wrap=False))
        layout.addWidget(self.field)
        layout.addWidget(label("Enter saves, Esc leaves it as it is.", "muted", wrap=False))
        self.field.entered.connect(self._save)
        self.hide()

    def ask(self) -> None:
        """Open the line with the number as it stands."""
        self.field.setText(str(people_here(self._bridge.state)))
        self.show()
        self.field.setFocus()
        self.field.selectAll()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves the number as it is."""
        if event.key() == Qt.Key.Key_Escape:
            self._close()
        else:
            super().keyPressEvent(event)

    @Slot()
    def _save(self) -> None:
        here = self.field.number
        if here is not None and self._bridge.do(acts.count_heads, role=self._bridge.role, here=here):
            self._close()

    def _close(self) -> None:
        self.hide()
        self.left.emit()
