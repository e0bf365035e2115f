"""Whom the central team trusts: enrol a laptop, take a key back, and what waits for its laptop to be enrolled."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFrame, QLineEdit, QListWidget, QListWidgetItem, QWidget

from tradeoff_desktop.app.enrolling import Announced, Known
from tradeoff_desktop.app.ruling import Waits
from tradeoff_desktop.ui import keys
from tradeoff_desktop.ui import theme as looks
from tradeoff_desktop.ui.aside import Slotted
from tradeoff_desktop.ui.central import CentralPage
from tradeoff_desktop.ui.controls import Field, KeyButton, card, label, row
from tradeoff_desktop.ui.dates import count, day
from tradeoff_desktop.ui.flow import FlowLayout
from tradeoff_desktop.ui.theme import M, Theme

WHY = (
    "Every laptop signs what it sends with a key that never leaves it. You take in only from laptops you know. A laptop makes its key "
    "itself (Home, K) and sends you a small file; the eight words prove by telephone that the file is really theirs."
)
HEAR = "Ring them on a number you already have. They press K on Home and read you eight words. Type what you hear."
VOUCHED = "Its earlier key signed for the new one, so no words need to be read out, as long as that one still holds."
LOST = "From now on nothing this key signs is taken in. What came before stays. This cannot be taken back; a new key can be enrolled."
NAME_IT = "Name the key under “revoked” in the plan too, and send the laptops a new programme file."


class TrustPage(CentralPage):
    """From top to bottom: enrol, what waits, the laptops known."""

    file_requested = Signal()
    enrol_requested = Signal(object, str)  # Path, the words as heard
    revoke_requested = Signal(object, str)  # Known, the reason
    let_in_requested = Signal()

    def __init__(self, theme: Theme, known: Sequence[Known]) -> None:
        super().__init__(theme, "trust")
        self.known = list(known)
        self.choose = KeyButton("Choose the file a laptop sent", theme=theme, key=keys.printed("central", "enrol"), look="primary")
        self.choose.clicked.connect(self.file_requested)
        self.team = KeyButton("The team's own keys", theme=theme, key=keys.printed("central", "team"))
        self.team.clicked.connect(self._to_team)
        self.revoke = KeyButton("Take this key back", theme=theme, key=keys.printed("central", "revoke"), look="danger")
        self.revoke.clicked.connect(self.ask_reason)
        self.list = QListWidget()
        self._enrolling, self._waiting, self._revoking = Slotted(), Slotted(), Slotted()
        self.body.addWidget(label("Laptops you know", "title"))
        self.body.addWidget(label(WHY))
        self.body.addLayout(FlowLayout.of(self.choose, self.team, gap=M))
        for place in (self._enrolling, self._waiting):
            self.body.addWidget(place)
        self.body.addWidget(self._listed(), 1)
        self.body.addLayout(row(self.revoke))
        self.body.addWidget(self._revoking)

    def acts(self) -> dict[str, Callable[[], object]]:
        """Enrol, take a key back."""
        return {
            **super().acts(), "enrol": self.file_requested.emit, "revoke": self.ask_reason, "take_in": self.let_in_requested.emit,
            "team": self._to_team,
        }

    def first_focus(self) -> QWidget | None:
        """What is done most often."""
        return self.choose

    @Slot()
    def _to_team(self) -> None:
        self.went.emit("team")

    def _listed(self) -> QListWidget:
        looks.dress(self.list, "notes")
        self.list.setAccessibleName("Laptops you know")
        self.list.setWordWrap(True)
        self.list.setMinimumHeight(round(180 * self.theme.zoom))
        for one in self.known:
            self.list.addItem(QListWidgetItem(says(one)))
        if not self.known:
            self.list.addItem("No laptop is enrolled yet.")
        self.list.setCurrentRow(0)
        self.list.currentRowChanged.connect(self._another)
        self._another()
        return self.list

    # -- enrolling

    def show_announced(self, file: Path, found: Announced) -> None:
        """Ask for the words of a file that was chosen; none are needed where an earlier key vouches."""
        heard = QLineEdit()
        heard.setMaxLength(200)
        field = Field("The eight words you hear", heard)
        go = KeyButton("Enrol this laptop", theme=self.theme, look="primary", key="Enter")
        ask = partial(self._enrol, file, heard)
        go.clicked.connect(ask)
        heard.returnPressed.connect(ask)
        parts: list[QWidget] = [label(f"{found.principal}, for the area {found.principal[:3]}", "heading")]
        if found.known:
            parts.append(label("✓ This key is enrolled already.", "ok"))
        parts += [label(VOUCHED)] if found.vouched else [label(HEAR)]
        box = card(*parts, field, row(go))
        self._enrolling.fill(box)
        heard.setFocus()

    def _enrol(self, file: Path, heard: QLineEdit, _pressed: bool = False) -> None:  # noqa: FBT001, FBT002 - what Qt sends with a click
        self.enrol_requested.emit(file, heard.text())

    # -- what waits

    def show_waiting(self, waits: Sequence[Waits]) -> None:
        """The bundles kept aside for want of an enrolment."""
        found = [one for one in waits if one.reason == "unknown_signer"]
        if not found:
            self._waiting.fill()
            return
        let_in = KeyButton("Look at what waits again", theme=self.theme, key=keys.printed("central", "take_in"))
        let_in.clicked.connect(self.let_in_requested)
        self._waiting.fill(self._quarantine(found, let_in))

    def _quarantine(self, found: Sequence[Waits], let_in: KeyButton) -> QFrame:
        return card(
            label(f"In quarantine: {count(len(found), 'bundle')} of laptops you do not know", "heading"),
            label("Kept as they came, and not read by anybody. Enrol the laptop, then look again: they come in by themselves."),
            *(label(f"! {one.text}", "warn") for one in found), row(let_in),
        )

    # -- taking a key back

    @Slot()
    def _another(self) -> None:
        one = self.chosen
        self.revoke.setEnabled(one is not None and not one.revoked)
        self._revoking.fill()

    @property
    def chosen(self) -> Known | None:
        """The key that is chosen in the list."""
        at = self.list.currentRow()
        return self.known[at] if 0 <= at < len(self.known) else None

    @Slot()
    def ask_reason(self) -> None:
        """Ask why, before a key is taken back."""
        one = self.chosen
        if one is None or one.revoked:
            return
        reason = QLineEdit()
        reason.setMaxLength(200)
        field = Field("Why? One line, no names of people", reason)
        go = KeyButton(f"Take back the key of {one.principal}", theme=self.theme, look="danger")
        ask = partial(self._revoke, one, reason, field)
        go.clicked.connect(ask)
        self._revoking.fill(card(label(f"Take back the key of {one.principal}?", "heading"), label(LOST), field, row(go)))
        reason.setFocus()

    def _revoke(self, one: Known, reason: QLineEdit, field: Field, _pressed: bool = False) -> None:  # noqa: FBT001, FBT002 - what Qt sends with a click
        if reason.text().strip():
            self.revoke_requested.emit(one, reason.text())
        else:
            field.refuse("Write one line saying why: lost, stolen, replaced.")
            reason.setFocus()


def says(one: Known) -> str:
    """A key in one line: whose, until when, or why not any more."""
    if one.revoked:
        return f"✗ {one.principal} · taken back{': ' + one.reason if one.reason else ''}"
    if one.expired:
        return f"! {one.principal} · ran out on {day(one.until)}: they press K on Home, make a new key and send you its file"
    return f"✓ {one.principal} · holds until {day(one.until)}" if one.until else f"✓ {one.principal} · holds without end"
