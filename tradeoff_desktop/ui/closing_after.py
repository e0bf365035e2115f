"""More parts of the closing page: the debrief, personal data, the stick register, and deletion."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QLineEdit, QWidget

from tradeoff_desktop.app import deleting, handing_over, hints, notebook, sticks
from tradeoff_desktop.app.deleting import Lock
from tradeoff_desktop.app.files import Folders
from tradeoff_desktop.app.sticks import Copy
from tradeoff_desktop.model import capture
from tradeoff_desktop.model.records import Debrief
from tradeoff_desktop.ui.aside import Slotted
from tradeoff_desktop.ui.bridge import Bridge
from tradeoff_desktop.ui.closing_parts import Part
from tradeoff_desktop.ui.controls import Field, KeyButton, label, row
from tradeoff_desktop.ui.dates import count, when
from tradeoff_desktop.ui.flow import FlowLayout
from tradeoff_desktop.ui.personal import PersonalQuestion, question
from tradeoff_desktop.ui.sight import HIDDEN
from tradeoff_desktop.ui.theme import M, Theme
from tradeoff_desktop.ui.ticks import Tick

PROMPTS = {
    "deviations": "What went otherwise than planned?",
    "dominance": "Did one person or group do most of the talking?",
    "missing": "Whose voice was missing, or not heard?",
    "distress": "Was anybody upset, and what was done?",
    "doubt": "Which notes or sheets are doubtful, and why?",
}
INCIDENT = "Print this in the report's annex, as an incident"
IN_NOTES = "Write in the notes what should stand there instead; the old words are erased."
ELSEWHERE = (
    "What stands elsewhere is corrected where it was typed. Only notes can be erased: the wording before stays in the signed "
    "file, so tell the central team."
)
NOTHING = "Nothing looks like a name, a telephone number, an address or an NHS number. A person must still look."
SEALED = "It is sealed. Where these words must go, reopen it first, with that reason."
SHOWN = 5
ARRIVED = "Tick a copy off when the central team has it, or when the stick was wiped."
WIPED = "No central team is named. Tick a copy off when the stick was wiped or is lost: it then counts no longer as a copy."


class DebriefPart(Part):
    """Five questions among the team, while it is fresh. Private, unless marked."""

    def __init__(self, bridge: Bridge, theme: Theme) -> None:
        super().__init__(theme, 2, "Debrief among yourselves")
        self._bridge = bridge
        self.body.addWidget(label(
            "Private: the central team reads it, no report prints it unless you say so. No names. What is left empty is left out.",
        ))
        said = {body.prompt: body for _, body in bridge.state.bodies(Debrief)}
        self.answers: dict[str, tuple[QLineEdit, Tick]] = {}
        for prompt, words in PROMPTS.items():
            before = said.get(prompt)
            text = QLineEdit(before.text if before else "")
            text.setMaxLength(1000)
            tick = Tick(INCIDENT, theme, on=bool(before and before.incident))
            tick.setAccessibleDescription(words)
            text.editingFinished.connect(partial(self.keep, prompt))
            tick.clicked.connect(partial(self.keep, prompt))
            self.answers[prompt] = (text, tick)
            self.body.addWidget(Field(words, text))
            self.body.addWidget(PersonalQuestion(text))
            self.body.addWidget(tick)
        self.refresh()

    def keep(self, prompt: str, _pressed: bool = False) -> None:  # noqa: FBT001, FBT002 - what Qt sends with a click
        """Save one answer as it stands; the same again is nothing."""
        text, tick = self.answers[prompt]
        if not self._bridge.state.sealed and (text.isModified() or tick.isChecked() or not text.text()):
            self._bridge.do(
                capture.debrief, role=self._bridge.role, prompt=prompt, text=text.text().strip(), incident=tick.isChecked(),
            )

    def refresh(self) -> None:
        """Say how many are answered."""
        answered = sum(bool(body.text) for _, body in self._bridge.state.bodies(Debrief))
        for text, tick in self.answers.values():
            text.setEnabled(not self._bridge.state.sealed)
            tick.setEnabled(not self._bridge.state.sealed)
        self.mark(f"{'✓ ' if answered else ''}{answered} of {len(PROMPTS)} answered", look="ok" if answered else "muted")


COVERED = f"{HIDDEN} Go Home and choose Close and export there: the room then sees nothing."


class PersonalPart(Part):
    """Everything typed that looks as if it held personal data, once more before the seal."""

    look_requested = Signal()

    def __init__(self, bridge: Bridge, theme: Theme) -> None:
        super().__init__(theme, 4, "Personal data in what was typed")
        self._bridge = bridge
        self._list = Slotted()
        self.look = KeyButton("Look at the notes", theme=theme)
        self.look.clicked.connect(self.look_requested)
        self.body.addWidget(self._list)
        self.body.addLayout(row(self.look))

    def refresh(self, *, quiet: bool = False) -> None:
        """Read the notes again; ``quiet`` says only how many places there are, for the room may see this screen."""
        found = hints.listed(self._bridge.state)
        notes = sum(one.where == "note" for one in found)
        given = handing_over.reasons(self._bridge.desk).values()  # no record holds them before the seal
        reasons = [f"Reason for a gap: {asked}" for reason in given if (asked := question(reason))]
        said = [*(_said(one) for one in found), *reasons]
        lines = [label(words) for words in ([COVERED] if quiet and said else said[:SHOWN])]
        more = [label(f"and {len(said) - SHOWN} more", "muted")] if len(said) > SHOWN else []
        tags = ", ".join(f"#{tag}" for tag in notebook.unknown_tags(self._bridge.state))
        odd = [label(f"Tags that are not on the list, kept as typed: {tags}", "muted")] if tags and not quiet else []
        remedies = [IN_NOTES] * bool(notes) + [ELSEWHERE] * (len(said) > notes) or [NOTHING]
        if said and self._bridge.state.sealed:
            remedies = [SEALED]
        self._list.fill(*lines, *more, *odd, *(label(words) for words in remedies))
        self.look.setVisible(bool(notes) and not self._bridge.state.sealed)
        self.mark(f"! {count(len(said), 'place')} to look at" if said else "✓ None found", look="warn" if said else "ok")


def _said(one: hints.Listed) -> str:
    where = "" if one.where == "note" else f"{one.where[0].upper()}{one.where[1:]}: "
    return f"{where}{' and '.join(one.looks_like)}: “{one.text[:80]}”"


class CopiesPart(Part):
    """The stick register: every copy written, and whether somebody has seen it arrive."""

    ticked = Signal()

    def __init__(self, bridge: Bridge, theme: Theme) -> None:
        super().__init__(theme, 7, "Where the copies are")
        self._bridge = bridge
        self._list = Slotted()
        self._centre = True
        self.body.addWidget(self._list)

    def refresh(self, *, centre: bool = True) -> None:
        """Read the register again; where no ``centre`` is named a copy counts until it is wiped or lost."""
        self._centre = centre
        copies = sticks.copies(self._bridge.desk)
        words = (ARRIVED if centre else WIPED) if copies else "No copy has been written yet."
        self._list.fill(label(words), *(self._row(copy) for copy in copies))
        left = sum(not copy.arrived for copy in copies)
        if copies and not centre:
            self.mark(f"{count(left, 'copy', 'copies')} still kept", look="muted")
        elif copies:
            self.mark(f"{count(left, 'copy', 'copies')} still on the way" if left else "✓ All ticked off", look="warn" if left else "ok")

    def _row(self, copy: Copy) -> QWidget:
        now = self._bridge.desk.now
        tick = Tick(f"{when(copy.at, now)} · {copy.stick or copy.file} · {copy.says}", self.theme, on=bool(copy.arrived))
        tick.setAccessibleDescription("Ticked off in the stick register")
        tick.clicked.connect(partial(self._tick, copy.number))
        return tick

    def _tick(self, number: int, _pressed: bool = False) -> None:  # noqa: FBT001, FBT002 - what Qt sends with a click
        self._bridge.use(sticks.tick, number)
        self.refresh(centre=self._centre)
        self.ticked.emit()


class DeletePart(Part):
    """Deletion from this laptop, once it is safe elsewhere."""

    delete_requested = Signal(str)  # the word typed

    def __init__(
        self, bridge: Bridge, theme: Theme, *, folders: Folders, ask_folder: Callable[[QWidget], Path | None],
    ) -> None:
        super().__init__(theme, 9, "Delete from this laptop")
        self._bridge = bridge
        self._folders, self._ask_folder = folders, ask_folder
        self._says = label("")
        self._typed = QLineEdit()
        self._typed.setMaximumWidth(round(240 * theme.zoom))
        self._field = Field("Type the word or the code", self._typed)
        self.button = KeyButton("Delete this workshop", theme=theme, look="danger")
        self.button.clicked.connect(self._ask)
        self.receipt = KeyButton("Take the receipt from a stick", theme=theme)
        self.receipt.clicked.connect(self._take_receipt)
        self._sure = self._code = False
        for widget in (self._says, self._field):
            self.body.addWidget(widget)
        self.body.addLayout(FlowLayout.of(self.button, self.receipt, gap=M))

    def refresh(self) -> None:
        """Say whether it may go."""
        found: Lock = deleting.lock(self._bridge.desk, self._folders)
        self._says.setText(found.says + (f" To delete it, type {found.word}." if found.word else ""))
        self.receipt.setVisible(found.code)
        self._code = found.code
        self._field.setVisible(bool(found.word) or found.code)
        self._field.rename("Code of the central team" if found.code else f"Type {found.word}")
        self.button.say("Unlock with this code" if found.code else "Delete this workshop")
        self.button.setEnabled(found.opened or found.code)
        self.mark("" if found.opened else "Locked", look="muted")

    @Slot()
    def _take_receipt(self) -> None:
        """Where the stick with the central team's receipt is."""
        stick = self._ask_folder(self)
        if stick is not None and self._bridge.use(deleting.unlock_from, self._folders, stick=stick):
            self.refresh()

    @Slot()
    def _ask(self) -> None:
        """One key too many must not delete a workshop: the first press asks."""
        if self._code:
            self.refuse("")
            if self._bridge.use(deleting.unlock, self._folders, typed=self._typed.text()):
                self._typed.clear()
                self.refresh()
                self._typed.setFocus()
            return
        if not self._sure and not self._typed.text():
            self._sure = True
            self.button.say("Delete it for good")
            self._says.setText("Nothing of it stays on this laptop. Press again to delete it.")
            return
        self.delete_requested.emit(self._typed.text())
