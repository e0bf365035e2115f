"""Somebody leaves the study: before closing, before sealing or after it (decision 17)."""

from collections.abc import Callable

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QLineEdit, QWidget

from tradeoff_desktop.app import gathering, joining
from tradeoff_desktop.app.files import Folders
from tradeoff_desktop.errors import RuleError
from tradeoff_desktop.model import acts
from tradeoff_desktop.ui.aside import AsidePage
from tradeoff_desktop.ui.bridge import Bridge
from tradeoff_desktop.ui.controls import Field, KeyButton, card, label, row
from tradeoff_desktop.ui.oldpapers import OldPapers
from tradeoff_desktop.ui.theme import LARGE, Theme

WHAT = (
    "Their ratings, written answers and consent are erased on this laptop at once, also from what is kept for sticks; the "
    "PDFs made before are deleted. This cannot be taken back. What their table said and decided together stays, and so do notes: they name nobody."
)
KNOWN = "Only the seat code is needed, from their tear-off card. Do not ask why, and do not write a name down."


class LeavingPage(AsidePage):
    """A seat code, typed twice; then what is left to do on other laptops and sticks."""

    left = Signal(str)  # the seat

    def __init__(self, bridge: Bridge, theme: Theme, *, folders: Folders, cut_off: str = "") -> None:
        super().__init__(theme, "Somebody leaves the study")
        self._bridge, self._folders = bridge, folders
        self.code, self.again = self._entry("Seat code"), self._entry("The same code once more")
        self._who = label("", "strong")
        self._fields = [Field("Seat code", self.code), Field("The same code once more, to be sure", self.again)]
        self.button = KeyButton("Take them out and erase what they gave", theme=theme, look="danger")
        self.button.setEnabled(False)
        self.code.textEdited.connect(self._typed)
        self.again.textEdited.connect(self._typed)
        self.button.clicked.connect(self._leave)
        until = [label(f"Until {cut_off} anybody may leave. After that reports may have been written; tell the central team.")]
        self.body.addWidget(card(label(WHAT), label(KNOWN), *(until if cut_off else [])))
        self.papers = OldPapers(bridge, theme)
        self.body.addWidget(self.papers)
        self.body.addWidget(card(self._fields[0], self._who, self._fields[1], row(self.button)))
        self.body.addStretch(1)
        bridge.refused.connect(self.refuse)

    def acts(self) -> dict[str, Callable[[], object]]:
        """Also what is said of old papers."""
        return {**super().acts(), "papers_gone": self.papers.say_gone}

    def first_focus(self) -> QWidget | None:
        """The code; once somebody has left the way back, so that what is to be done stays in sight."""
        return self.back if self.banner.isVisibleTo(self) else self.code

    def _entry(self, name: str) -> QLineEdit:
        entry = QLineEdit()
        entry.setMaxLength(3)
        entry.setFont(self.theme.font(LARGE))
        entry.setMaximumWidth(round(120 * self.theme.zoom))
        entry.setAccessibleName(name)
        return entry

    @Slot()
    def _typed(self) -> None:
        state, seat = self._bridge.state, self.code.text()
        for field in self._fields:
            field.refuse("")
        self.banner.clear()
        self._who.setText("")
        known = False
        if len(seat) == 3:
            try:
                acts.need_seat(state, seat)
            except RuleError as error:
                self.refuse(error)
            else:
                known = True
                self._who.setText(f"{self._bridge.pack.group(state.seats[seat].group).name} · table {state.table_of(seat).number}")
        same = self.again.text() == seat
        if len(self.again.text()) == 3 and known and not same:
            self._fields[1].refuse(f"This is not {seat}. Look at the card again.")
        self.button.setEnabled(known and same)

    @Slot()
    def _leave(self) -> None:
        seat = self.code.text()
        if not self._bridge.withdraw(seat):
            return
        for entry in (self.code, self.again):
            entry.clear()
        self._who.setText("")
        self.papers.refresh()
        self.button.setEnabled(False)
        self.tell(f"{seat} has left the study. What they gave is erased on this laptop.", self._rest())
        self.left.emit(seat)
        self.back.setFocus()

    def _rest(self) -> str:
        """What is still to be done elsewhere."""
        if self._bridge.role != "lead":
            return "Write your stick again and take it to the lead laptop. Destroy their paper sheets."
        said = gathering.on_stick(self._bridge.desk, self._folders)
        if joining.invited(self._bridge.desk):
            said.append("Open a new table file on each other laptop: it erases what they gave there.")
        if self._bridge.state.sealed:
            said.append(
                "The seal and the six words on the slip still hold. Write your stick again and send it: only the new one tells "
                "the central team that they left, and has them erase it too."
            )
        else:
            said.append("Write your stick again where it was written already.")
        return "\n".join([*said, "Wipe older sticks, and destroy their paper sheets."])
