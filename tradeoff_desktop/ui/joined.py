"""The home of a laptop that joined: a table's, or the data desk's."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QGridLayout, QWidget

from tradeoff_desktop.app import joining, keying, second_keying
from tradeoff_desktop.app.day import name_of
from tradeoff_desktop.model.sheets import SHEETS
from tradeoff_desktop.model.workshop import Workshop
from tradeoff_desktop.ui import keys
from tradeoff_desktop.ui.aside import AsidePage, Slotted
from tradeoff_desktop.ui.bridge import Bridge
from tradeoff_desktop.ui.controls import KeyButton, card, label, row
from tradeoff_desktop.ui.dates import count
from tradeoff_desktop.ui.flow import FlowLayout
from tradeoff_desktop.ui.theme import XL, XS, M, Theme

AskFile = Callable[[QWidget], Path | None]
ROUND_WORDS = {1: "Sheet 1\nbefore the talk", 2: "Sheet 2\ncase for all", 3: "Sheet 3\ntable's case", 4: "Sheet 4\nat the end"}


class JoinedPage(AsidePage):
    """What this laptop is for, how far it has come, and its stick."""

    room_requested = Signal(str)  # the act to begin with there, "" for none
    people_requested = Signal()
    closing_requested = Signal()
    leaving_requested = Signal()

    def __init__(self, bridge: Bridge, theme: Theme, *, ask_file: AskFile, words: Sequence[str]) -> None:
        self._desk_role = bridge.role == "desk"
        practice = "Practice · " if bridge.desk.opened.practice else ""
        what = "Data desk" if self._desk_role else "Table laptop"
        mark = f" ({bridge.desk.opened.laptop[4:8]})"  # as the lead's pages tell two table laptops apart
        super().__init__(theme, f"{what}{mark} · {practice}{name_of(bridge.state)}")
        self.back.hide()
        self._bridge = bridge
        self._ask_file = ask_file
        self._words = " ".join(words)
        self._progress = Slotted()
        act, doing = ("key_sheets", "Key sheets") if self._desk_role else ("note", "Take notes")
        self.begin = KeyButton(doing, theme=theme, look="primary", key=keys.printed("aside", act))
        self.begin.clicked.connect(self._begin)
        self._lay_out()
        bridge.changed.connect(self.refresh)
        bridge.refused.connect(self.refuse)
        self.refresh()

    def first_focus(self) -> QWidget | None:
        """What this laptop is for."""
        return self.begin

    def _lay_out(self) -> None:
        if self._desk_role:
            written, people = self._button("Written answers", "written"), self._button("Who signed", "people")
            written.clicked.connect(self._write_answers)
            people.clicked.connect(self.people_requested)
            self.body.addWidget(card(
                label("Key the paper of every table", "heading"),
                label("First say who signed: without a signature no answers are taken. Then three digits of the seat code "
                      "and one digit a box. One sheet in ten is keyed a second time, by somebody else."),
                FlowLayout.of(self.begin, written, people, gap=M), self._progress,
            ))
        else:
            self.body.addWidget(card(
                label("Take the notes of your table", "heading"),
                label("Every note knows its step by itself. The lead laptop takes them in from your stick."),
                row(self.begin), self._progress,
            ))
        stick, newer = self._button("Write the stick", "close"), self._button("Open a newer table file", "newer")
        leaving = self._button("Somebody leaves the study", "leaving")
        stick.clicked.connect(self.closing_requested)
        newer.clicked.connect(self._renew)
        leaving.clicked.connect(self.leaving_requested)
        self.body.addWidget(card(
            label("Your stick", "heading"),
            label("At the break and at the end: write it, and take it to the lead laptop."), row(stick),
            label("If the lead laptop asks for eight words, these are the words of this laptop:", "muted"),
            label(self._words, "strong"),
        ))
        self.body.addWidget(card(
            label("From the lead laptop", "heading"),
            label("When tables, seats or consents have changed, somebody has left the study, or a note was given other words, "
                  "the lead writes a new table file. Open it here; no code is needed."), row(newer),
        ))
        self.body.addWidget(card(label("Leaving the study", "heading"), row(leaving)))
        self.body.addStretch(1)

    def _button(self, words: str, act: str) -> KeyButton:
        return KeyButton(words, theme=self.theme, key=keys.printed("aside", act))

    def acts(self) -> dict[str, Callable[[], object]]:
        """What its buttons do, by their keys."""
        of_role = {
            "key_sheets": self._begin, "written": self._write_answers, "people": self.people_requested.emit,
        } if self._desk_role else {"note": self._begin}
        return {
            **super().acts(), "close": self.closing_requested.emit, "newer": self._renew,
            "leaving": self.leaving_requested.emit, **of_role,
        }

    @Slot(object)
    def refresh(self, _changed: object = None) -> None:
        """Count anew."""
        state = self._bridge.state
        if not state.open_tables():
            self._progress.fill(label("! The lead's set-up is not here. On Home, choose Join, with the table file and the code.", "warn"))
            return
        if self._desk_role:
            signed = sum(seat in state.consents and state.consents[seat].signed for seat in state.sitting())
            quotable = sum(seat in state.consents and state.consents[seat].quotable for seat in state.sitting())
            words = f"{signed} of {len(state.sitting())} signed; {quotable} may be quoted."
            due = second_keying.due_words(state)
            self._progress.fill(label(words, "strong"), progress_table(state), *([label(due, "warn")] if due else []))
        else:
            self._progress.fill(label(f"{count(len(state.live['note']), 'note')} {self._bridge.saved.lower()}.", "strong"))

    @Slot()
    def _begin(self) -> None:
        self.room_requested.emit("key_sheets" if self._desk_role else "note")

    @Slot()
    def _write_answers(self) -> None:
        self.room_requested.emit("written")

    @Slot()
    def _renew(self) -> None:
        path = self._ask_file(self)
        before = joining.erased(self._bridge.desk)
        if path is not None and self._bridge.use(joining.renew, path):
            gone = joining.gone_words(joining.erased(self._bridge.desk) - before)
            self.tell("The lead's new set-up is here.", gone or "What you have written yourself stays as it is.")


def progress_table(state: Workshop) -> QWidget:
    """How many sheets are keyed: a row for each table, a column for each sheet."""
    made = QWidget()
    grid = QGridLayout(made)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(XL)
    grid.setVerticalSpacing(XS)
    for column, sheet in enumerate(SHEETS, start=1):
        grid.addWidget(label(ROUND_WORDS[sheet], "muted"), 0, column)
    counts = keying.progress(state)
    for place, table in enumerate(sorted({table for table, _ in counts}), start=1):
        grid.addWidget(label(f"Table {table}", "strong", wrap=False), place, 0)
        for column, sheet in enumerate(SHEETS, start=1):
            done, expected = counts.get((table, sheet), (0, 0))
            grid.addWidget(label(f"{done} of {expected}" + (" ✓" if done == expected else ""), wrap=False), place, column)
    grid.setColumnStretch(len(SHEETS) + 1, 1)
    return made
