"""Programme: the plan as text, what the checker says of it beside it, and signing it."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QBoxLayout, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from tradeoff_desktop.app.plan_desk import Draft, Made, Said
from tradeoff_desktop.ui import keys
from tradeoff_desktop.ui.aside import Slotted
from tradeoff_desktop.ui.central import CentralPage
from tradeoff_desktop.ui.controls import Field, KeyButton, card, label
from tradeoff_desktop.ui.dates import count
from tradeoff_desktop.ui.flow import FlowLayout
from tradeoff_desktop.ui.theme import L, M, S, Theme

SOON = 300  # ms after the last key
ROOMY, HEIGHT = 1.5, 470
HOW = (
    "Areas, sessions with their days, people and tables, until when people may leave, and by when all must be deleted. "
    "It is kept as you type."
)
ESCROW = "A second key that can open every bundle, kept by somebody else. It begins with age1."
HEARD = "The six words that trying out the backup showed; only the first time."


class ProgrammePage(CentralPage):
    """The plan at the left, the checker and what signing takes at the right."""

    typed = Signal(str)
    laptops_requested = Signal()
    sign_requested = Signal(str, str)  # escrow recipient, the six words
    kit_requested = Signal()

    def __init__(self, theme: Theme, draft: Draft, *, signed: bool) -> None:
        super().__init__(theme, "programme")
        self._draft, self._signed = draft, signed
        self.enrolments: Sequence[Path] = ()
        self.plan = QPlainTextEdit(draft.text)
        self.escrow, self.heard = QLineEdit(draft.escrow), QLineEdit()
        self._says, self._laptops = Slotted(), label("", "muted")
        self._buttons = {act: KeyButton(words, theme=theme, key=keys.printed("central", act), look=look) for act, words, look in (
            ("laptops", "Add laptops from their files", ""), ("sign_plan", "Sign and write the programme", "primary"),
            ("write_kit", "Write the paper to print", ""),
        )}
        self._does = {"laptops": self.laptops_requested.emit, "sign_plan": self._sign, "write_kit": self.kit_requested.emit}
        for act, button in self._buttons.items():
            button.clicked.connect(self._does[act])
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(SOON)
        self._soon.timeout.connect(self._tell)
        self.plan.textChanged.connect(self._soon.start)
        self._lay_out()
        self.show_laptops(())

    def acts(self) -> dict[str, Callable[[], object]]:
        """What each key does here, as far as its button is there."""
        return {**super().acts(), **{act: do for act, do in self._does.items() if self._buttons[act].isEnabled()}}

    def first_focus(self) -> QWidget | None:
        """The plan."""
        return self.plan

    def _lay_out(self) -> None:
        self.plan.setAccessibleName("The plan")
        self.plan.setTabChangesFocus(True)
        self.plan.setFixedHeight(HEIGHT)  # so that the page stands still when it takes the focus
        self.body.addWidget(label("Programme", "title"))
        self.body.addWidget(label(HOW))
        roomy = self.theme.zoom >= ROOMY
        halves = QBoxLayout(QBoxLayout.Direction.TopToBottom if roomy else QBoxLayout.Direction.LeftToRight)
        halves.setSpacing(L)
        halves.addWidget(self.plan, 5, Qt.AlignmentFlag.AlignTop)
        right = QVBoxLayout()
        right.setSpacing(S)
        right.addWidget(self._says)
        fields = [Field("Escrow key", self.escrow, hint=ESCROW)]
        if not self._draft.practice:
            fields.append(Field("Six words of the backup", self.heard, hint=HEARD))
        right.addWidget(card(
            label("Sign it", "heading"), self._laptops, *fields, FlowLayout.of(*self._buttons.values(), gap=M),
        ))
        right.addStretch(1)
        halves.addLayout(right, 4)
        self.body.addLayout(halves, 1)

    @Slot()
    def _tell(self) -> None:
        self.typed.emit(self.plan.toPlainText())

    @Slot()
    def _sign(self) -> None:
        self._soon.stop()
        self._tell()  # what is signed is what stands here
        self.sign_requested.emit(self.escrow.text().strip(), self.heard.text())

    def show_said(self, said: Said) -> None:
        """What the checker says of the plan as it stands."""
        parts: list[QWidget] = [label(one) for one in said.facts]
        parts += [label(f"✗ {one}", "error") for one in said.faults]
        parts += [label(f"! {one}", "warn") for one in said.advice]
        if not said.faults:
            parts.append(label("✓ It can be signed." if not said.advice else "✓ It can be signed; what it cannot answer stands above.", "ok"))
        self._says.fill(card(label("What the plan comes to", "heading"), *parts))
        self._buttons["sign_plan"].setEnabled(not said.faults)
        self._buttons["write_kit"].setEnabled(self._signed)

    def show_laptops(self, files: Sequence[Path]) -> None:
        """How many laptops the programme will name."""
        self.enrolments = files
        new = f", and {count(len(files), 'file')} chosen now" if files else ""
        self._laptops.setText(f"{count(self._draft.laptops, 'laptop')} named so far{new}.")

    def show_made(self, made: Made) -> None:
        """What was written; the words go into the printed letter."""
        self.tell(
            f"Written: {made.file.name}, and a copy for each of {count(len(made.sessions), 'session')}.",
            f"The eight words for the printed letter: {' '.join(made.words)}",
        )

    def leaving(self) -> None:
        """What is typed is kept."""
        if self._soon.isActive():
            self._soon.stop()
            self._tell()
