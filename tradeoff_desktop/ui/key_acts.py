"""What may be done with a key that this laptop has: a new one in its place, a passphrase on it, or off it again."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from tradeoff_desktop.app.planning import KnownKey
from tradeoff_desktop.ui import keys
from tradeoff_desktop.ui.aside import Slotted
from tradeoff_desktop.ui.controls import Field, KeyButton, card, label
from tradeoff_desktop.ui.flow import FlowLayout
from tradeoff_desktop.ui.notelist import choice
from tradeoff_desktop.ui.theme import M, Theme

RENEW = (
    "The key you have signs for the new one and is then gone. Do this when the key runs out soon, and not on the day of a workshop."
    "\nThen save the new file and send it to the central team. Until they have taken it in, what this laptop sends waits there, "
    "safe and unread. No words need to be read out as long as the old key still holds."
    "\nWas this laptop lost, or in other hands? Then a new key is not enough: ring the central team, who take the old one back."
)
FIRST = "This key has a passphrase. Take the passphrase away first; when the new key is made, lock that one."
LOCK = (
    "The program then asks for the passphrase once, whenever it starts. Who finds the laptop without it can neither sign with its key "
    "nor open a bundle with it."
    "\nNobody can bring a forgotten passphrase back, not even the central team. The key is then gone: what was not exported yet cannot be "
    "sent any more, and the central team must take the key back and let the laptop in anew. So write the passphrase on paper now, and "
    "keep the paper away from the laptop."
)
OPEN = "Anybody who can use this laptop under your name can then sign with its key and open its bundles."
WORKING = "One moment: this takes about ten seconds."


def secret(name: str) -> QLineEdit:
    """A field whose letters are not shown."""
    made = QLineEdit()
    made.setEchoMode(QLineEdit.EchoMode.Password)
    made.setAccessibleName(name)
    return made


class KeyActs(QWidget):
    """Two buttons, and below them what the one that was pressed asks."""

    renewed = Signal(str)  # area code
    locked = Signal(str, str)  # area code, passphrase
    opened = Signal(str, str)

    def __init__(self, theme: Theme, known: Sequence[KnownKey], with_passphrase: Sequence[str]) -> None:
        super().__init__()
        self._theme, self._with = theme, set(with_passphrase)
        self._go_on: Callable[[], object] | None = None
        self._fields: list[Field] = []
        self._asking, self._saying = Slotted(), label("", "strong")
        areas = [key.principal[:3] for key in known]
        self._area = choice(theme, "Key for the area", [(area, area) for area in areas], letters=6)
        self._area.currentIndexChanged.connect(self._another)
        self._renew = KeyButton("Make a new key", theme=theme, key=keys.printed("own_key", "renew"))
        self._lock = KeyButton("", theme=theme)
        self._renew.clicked.connect(self.ask_renew)
        self._lock.clicked.connect(self.ask_passphrase)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(M)
        layout.addWidget(label("Change this key", "heading"))
        if len(areas) > 1:
            layout.addWidget(Field("The key for the area", self._area, width=self._area.sizeHint().width()))
        layout.addLayout(FlowLayout.of(self._renew, self._lock, gap=M))
        layout.addWidget(self._asking)
        self._another()

    @property
    def area(self) -> str:
        """The area whose key is meant."""
        return str(self._area.currentData())

    def go_on(self) -> bool:
        """Do what is being asked; False where nothing is."""
        if self._go_on is None or not self._asking.isEnabled():
            return self._go_on is not None
        self._go_on()
        return True

    def wait(self, *, working: bool) -> None:
        """Say that it is being done, or let it be asked once more."""
        self._saying.setText(WORKING)
        self._saying.setVisible(working)
        for part in (self._asking, self._renew, self._lock, self._area):
            part.setEnabled(not working)
        if not working and self._fields:
            self._fields[0].editor.setFocus()

    @Slot()
    def _another(self) -> None:
        self._clear()
        words = "Take the passphrase away" if self.area in self._with else "Lock with a passphrase"
        self._lock.say(words, keys.printed("own_key", "passphrase"))

    @Slot()
    def ask_renew(self) -> None:
        """Say what a new key means, before it is made."""
        if self.area in self._with:
            self._ask("A new key in the place of this one", FIRST, None, "")
        else:
            self._ask(f"Make a new key for {self.area}?", RENEW, self._make, "Make the new key")

    @Slot()
    def ask_passphrase(self) -> None:
        """Ask for the passphrase: twice where it is set, once where it goes."""
        if self.area in self._with:
            self._ask(
                f"Take the passphrase of {self.area} away?", OPEN, self._take_off, "Take it away", Field("The passphrase", secret("The passphrase")),
            )
        else:
            self._ask(
                f"Lock the key for {self.area}?", LOCK, self._put_on, "Lock the key",
                Field("A passphrase", secret("A passphrase"), hint="Four or five words that have nothing to do with each other."),
                Field("The same once more", secret("The same once more")),
            )

    def _ask(self, head: str, says: str, act: Callable[[], object] | None, words: str, *fields: Field) -> None:
        go = KeyButton(words, theme=self._theme, key=keys.printed("own_key", "continue"), look="primary")
        leave = KeyButton("Leave it as it is", theme=self._theme)
        leave.clicked.connect(self._leave)
        self._go_on, self._fields, self._saying = act, list(fields), label("", "strong")
        buttons = [leave] if act is None else [go, leave]
        go.clicked.connect(self.go_on)
        self._asking.fill(card(
            label(head, "heading"), *(label(one) for one in says.split("\n")), *fields, self._saying, FlowLayout.of(*buttons, gap=M),
        ))
        self._saying.hide()
        (fields[0].editor if fields else buttons[0]).setFocus()

    @Slot()
    def _leave(self) -> None:
        self._clear()
        self._renew.setFocus()

    def _clear(self) -> None:
        self._go_on, self._fields = None, []
        self._asking.fill()

    def _make(self) -> None:
        self.renewed.emit(self.area)

    def _put_on(self) -> None:
        first, again = (str(field.editor.property("text")) for field in self._fields)
        self._fields[0].refuse("" if first.strip() else "Type a passphrase.")
        self._fields[1].refuse("" if first == again else "The two are not the same. Type both again.")
        if first.strip() and first == again:
            self.locked.emit(self.area, first)
        else:
            self._fields[0].editor.setFocus()

    def _take_off(self) -> None:
        self.opened.emit(self.area, str(self._fields[0].editor.property("text")))
