"""Publish: what the answers show, one sentence each, and the reports and data written from what is held."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from tradeoff_desktop.app.reporting import Asked
from tradeoff_desktop.ui import keys
from tradeoff_desktop.ui.aside import Slotted
from tradeoff_desktop.ui.central import CentralPage
from tradeoff_desktop.ui.controls import KeyButton, card, label
from tradeoff_desktop.ui.flow import FlowLayout
from tradeoff_desktop.ui.notelist import choice
from tradeoff_desktop.ui.theme import M, Theme
from tradeoff_desktop.ui.ticks import Tick

READING = "Working out what the answers show …"
EDITION = (
    "Every report that is written counts as an edition: it is held against all that were written before, so that nobody can "
    "find a person by subtracting two of them. A draft is held against them too and counts as none; it must not be handed out."
)
OPEN = "The tables behind the figures, disclosure control applied: for anybody."
SAFEGUARDED = "A row a person, times left out: not for publication, only for statisticians you name."


class Shelf(NamedTuple):
    """What the page shows: the answers in sentences, and the reports that can be written, in words."""

    answers: Sequence[str]
    reports: Sequence[tuple[str, Asked]]


class PublishPage(CentralPage):
    """From top to bottom: the answers, a report, the data."""

    report_requested = Signal(object, bool)  # Asked, draft
    data_requested = Signal(str, bool)  # open, safeguarded; also as SQLite

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "publish")
        self._reports: Sequence[tuple[str, Asked]] = ()
        self._answers, self._picking = Slotted(), Slotted()
        self.write = KeyButton("Write the report to a folder", theme=theme, key=keys.printed("central", "write_report"), look="primary")
        self.write.clicked.connect(self.ask)
        self.draft = Tick("A draft: not to be handed out", theme)
        self.sqlite = Tick("Also as one SQLite file, with readable views", theme)
        self._data = [KeyButton(words, theme=theme) for words in ("Write the open data", "Write the safeguarded data")]
        for button, ask in zip(self._data, (self._open, self._safeguarded), strict=True):
            button.clicked.connect(ask)
        self._lay_out()
        self.show_busy(READING)

    def acts(self) -> dict[str, Callable[[], object]]:
        """Write the report that is chosen."""
        return {**super().acts(), **({"write_report": self.ask} if self.write.isEnabled() else {})}

    def first_focus(self) -> QWidget | None:
        """Home until there is something to write."""
        return self.write if self.write.isEnabled() else self.home

    def _lay_out(self) -> None:
        self.picker = choice(self.theme, "Report", [], letters=24)
        self._picking.fill(self.picker)
        self.body.addWidget(label("Publish", "title"))
        self.body.addWidget(self._answers)
        self.body.addWidget(card(
            label("Reports", "heading"), label(EDITION), self._picking, self.draft, FlowLayout.of(self.write, gap=M),
        ))
        self.body.addWidget(card(
            label("Data", "heading"), label(f"Open: {OPEN}"), label(f"Safeguarded: {SAFEGUARDED}"), self.sqlite, FlowLayout.of(*self._data, gap=M),
        ))
        self.body.addStretch(1)

    def show_busy(self, words: str) -> None:
        """Something is being read or written."""
        self._answers.fill(label(words, "strong"))
        self._enable(on=False)

    def show_shelf(self, shelf: Shelf) -> None:
        """Show what there is."""
        self._answers.fill(card(label("What the answers show", "heading"), *(label(one) for one in shelf.answers)))
        self._reports = shelf.reports
        self.picker = choice(self.theme, "Report", [(words, at) for at, (words, _) in enumerate(shelf.reports)], letters=24)
        self._picking.fill(self.picker)
        self._enable(on=True)
        self.write.setFocus()

    def _enable(self, *, on: bool) -> None:
        for widget in (self.write, self.draft, self.sqlite, self.picker, *self._data):
            widget.setEnabled(on)

    @Slot()
    def ask(self) -> None:
        """Write the report that is chosen."""
        self.report_requested.emit(self._reports[self.picker.currentData()][1], self.draft.isChecked())

    @Slot()
    def _open(self) -> None:
        self.data_requested.emit("open", self.sqlite.isChecked())

    @Slot()
    def _safeguarded(self) -> None:
        self.data_requested.emit("safeguarded", self.sqlite.isChecked())
