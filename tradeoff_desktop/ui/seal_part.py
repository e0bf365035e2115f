"""The seal, the six words for the paper slip, and the way back: reopening, with a reason."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from tradeoff_desktop.app import day, gathering, handing_over
from tradeoff_desktop.app.files import Folders
from tradeoff_desktop.model.records import Reopened, Sealed
from tradeoff_desktop.ui import keys
from tradeoff_desktop.ui.bridge import Bridge
from tradeoff_desktop.ui.closing_parts import Part
from tradeoff_desktop.ui.controls import Field, KeyButton, label, row
from tradeoff_desktop.ui.dates import when
from tradeoff_desktop.ui.personal import PersonalQuestion
from tradeoff_desktop.ui.theme import S, Theme

SLIP = "Write these six words on the slip. The lead facilitator and one host sign it."
SLIP_ANEW = "Sealed anew. Strike the first slip through, write these six words on a new one, and have both people sign it."
UNDOING = (
    "Sheets, notes and clarifications can then be corrected again. The six words on the slip no longer hold: strike it "
    "through. Seal again afterwards, sign a new slip with the new words, and write every stick anew."
)
WHY = "Write one line saying why. It is kept in the record, and the central team reads it."


class SealPart(Part):
    """Before the seal what stands in its way; after it the words, and reopening."""

    seal_requested = Signal()
    reopen_requested = Signal(str)  # the reason

    def __init__(self, bridge: Bridge, theme: Theme, *, folders: Folders) -> None:
        super().__init__(theme, 5, "Seal")
        self._bridge, self._folders = bridge, folders
        self.button = KeyButton("Seal the workshop", theme=theme, look="primary")
        self.button.clicked.connect(self.seal_requested)
        self._why = label("")
        self._reopened = label("", "warn")
        self._others = label("", "warn")
        self._words = label("", "title")
        self._slip = label(SLIP)
        self.reopen = KeyButton("Reopen it, with a reason", theme=theme, key=keys.printed("closing", "reopen"))
        self.reopen.clicked.connect(self.ask)
        for widget in (self._reopened, self._why, self._others):
            self.body.addWidget(widget)
        self.body.addLayout(row(self.button))
        self.body.addWidget(self._words)
        self.body.addWidget(self._slip)
        self.body.addLayout(row(self.reopen))
        self.body.addWidget(self._question())

    def _question(self) -> QWidget:
        self.reason = QLineEdit()
        self.reason.setMaxLength(200)
        self.reason.returnPressed.connect(self._give)
        self._field = Field("Why is it reopened? One line", self.reason)
        give = KeyButton("Reopen the workshop", theme=self.theme, key="Enter", look="danger")
        give.clicked.connect(self._give)
        self._asking = QWidget()
        layout = QVBoxLayout(self._asking)
        layout.setContentsMargins(0, 0, 0, S)
        for widget in (label(UNDOING), self._field, PersonalQuestion(self.reason)):
            layout.addWidget(widget)
        layout.addLayout(row(give))
        self._asking.hide()
        return self._asking

    def refresh(self) -> None:
        """Say whether it can be sealed, or show the words."""
        state, desk = self._bridge.state, self._bridge.desk
        gaps = len(handing_over.unexplained(desk))
        lead = desk.role == "lead"
        self.button.setVisible(not state.sealed)
        self.button.setEnabled(state.closed and not gaps and lead)
        for widget in (self._words, self._slip):
            widget.setVisible(state.sealed)
        self.reopen.setVisible(state.sealed and lead and self._asking.isHidden())
        self._why.setVisible(not state.sealed)
        others = gathering.before_seal(desk, self._folders) if state.closed and lead and not state.sealed else []
        self._others.setText("\n".join(f"! {one}" for one in others))
        self._others.setVisible(bool(others))
        self._say_reopened()
        if state.sealed:
            self._words.setText("   ".join(day.seal_words(desk)))
            self._slip.setText(SLIP_ANEW if len(state.bodies(Sealed)) > 1 else SLIP)
            self.mark("✓ Sealed")
        elif not lead:
            self._why.setText("The lead laptop seals the workshop, for every laptop of it.")
        elif not state.closed:
            self._why.setText("First close the workshop in the room.")
        elif gaps:
            self._why.setText("First key what is missing, or accept it with a reason. There are two working days for that.")
        else:
            self._why.setText("After this only a withdrawal changes anything. It can be reopened, with a reason.")

    def _say_reopened(self) -> None:
        state = self._bridge.state
        again = state.bodies(Reopened)
        self._reopened.setVisible(bool(again) and not state.sealed)
        if again and not state.sealed:
            record, body = again[-1]
            at = when(record.at, self._bridge.desk.now)
            self._reopened.setText(f"! Reopened {at}: {body.reason}\nThe slip's six words no longer hold. Seal again when it is put right.")
            self.mark("! Reopened", look="warn")

    @Slot()
    def ask(self) -> None:
        """Ask why; reached by its key as well."""
        if self._bridge.state.sealed and self._bridge.role == "lead":
            self._asking.show()
            self.reopen.hide()
            self.reason.setFocus()

    @Slot()
    def _give(self) -> None:
        if not self.reason.text().strip():
            self._field.refuse(WHY)
            self.reason.setFocus()
            return
        reason = self.reason.text()
        self.reason.clear()
        self._field.refuse("")
        self._asking.hide()
        self.reopen_requested.emit(reason)
