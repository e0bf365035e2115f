"""The parts of the closing page, in the order in which they are done."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QStorageInfo, Signal, Slot
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QProgressBar,
    QVBoxLayout,
    QWidget,
)

from tradeoff_desktop.app import day, handing_over, second_keying
from tradeoff_desktop.app.day import Gap
from tradeoff_desktop.app.exporting import Exported
from tradeoff_desktop.app.handing_over import Papers
from tradeoff_desktop.model.sheets import SHEETS
from tradeoff_desktop.ui import theme as looks
from tradeoff_desktop.ui.bridge import Bridge
from tradeoff_desktop.ui.controls import Field, KeyButton, label, row
from tradeoff_desktop.ui.dates import count
from tradeoff_desktop.ui.flow import FlowLayout
from tradeoff_desktop.ui.oldpapers import OldPapers
from tradeoff_desktop.ui.personal import PersonalQuestion
from tradeoff_desktop.ui.theme import XL, XS, L, M, S, Theme

SHEET_WORDS = {1: "at the start", 2: "everybody's case", 3: "the table's case", 4: "at the end"}
ROOMY = 1.5


class Part(QFrame):
    """One step of closing: a heading, whether it is done, and what is done there."""

    def __init__(self, theme: Theme, number: int, title: str) -> None:
        super().__init__()
        self.theme = theme
        looks.dress(self, "card")
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(L, M, L, L)
        self.body.setSpacing(M)
        self._mark = label("", "ok", wrap=False)
        self._title = title
        self._heading = label(f"{number}  {title}", "heading")
        heading = QHBoxLayout()  # the heading has all the room there is: it wraps only where it must
        heading.setSpacing(M)
        heading.addWidget(self._heading, 1)
        heading.addWidget(self._mark)
        self.body.addLayout(heading)
        self.wrong = label("", "error")
        self.wrong.hide()

    def renumber(self, number: int) -> None:
        """Stand in another place, where fewer steps are to be done."""
        self._heading.setText(f"{number}  {self._title}")

    def mark(self, words: str, *, look: str = "ok") -> None:
        """Say beside the heading how this step stands."""
        self._mark.setText(words)
        looks.dress(self._mark, look)

    def refuse(self, words: str) -> None:
        """Say at the end of this step why it was not done; "" for nothing."""
        self.body.removeWidget(self.wrong)
        self.body.addWidget(self.wrong)
        self.wrong.setText(words)
        self.wrong.setVisible(bool(words))


class GapRow(QWidget):
    """One gap: what is missing, a way to it, and a way to accept it with a reason."""

    wanted = Signal(str, int)  # seat, sheet
    accepted = Signal(object, str)  # Gap, reason; "" takes it back

    def __init__(self, theme: Theme, gap: Gap, reason: str) -> None:
        super().__init__()
        self._gap = gap
        self.go = KeyButton("Go to", theme=theme)
        self.accept = KeyButton("Take back" if reason else "Accept, with a reason", theme=theme)
        what = f"table {gap.table}, sheet {gap.sheet}"
        self.go.setAccessibleName(f"Go to {what}")
        self.accept.setAccessibleName(f"{self.accept.text()}: {what}")
        self.go.clicked.connect(self._want)
        self.accept.clicked.connect(self._take_back if reason else self._ask)
        self._reason = QLineEdit()
        self._reason.setMaxLength(200)
        self._reason.returnPressed.connect(self._give)
        self._keep = KeyButton("Accept", theme=theme, key="Enter", look="primary")
        self._keep.clicked.connect(self._give)
        self._field = Field(f"Why may {what} stay incomplete?", self._reason)
        self._asking = QWidget()
        asking = QVBoxLayout(self._asking)
        asking.setContentsMargins(0, 0, 0, S)
        asking.addWidget(self._field)
        asking.addWidget(PersonalQuestion(self._reason))
        asking.addLayout(row(self._keep))
        self._asking.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(XS)
        missing = f"{len(gap.seats)} of {gap.expected} sheets missing: {', '.join(gap.seats)}"
        line = QBoxLayout(
            QBoxLayout.Direction.TopToBottom if theme.zoom >= ROOMY else QBoxLayout.Direction.LeftToRight,
        )
        line.addWidget(label(f"Table {gap.table} · sheet {gap.sheet}, {SHEET_WORDS[gap.sheet]} · {missing}"), 1)
        line.addLayout(row(self.go, self.accept, gap=M, stretch=theme.zoom >= ROOMY))
        layout.addLayout(line)
        if reason:
            layout.addWidget(label(f"Accepted: {reason}", "ok"))
        layout.addWidget(self._asking)

    @Slot()
    def _want(self) -> None:
        self.wanted.emit(self._gap.seats[0], self._gap.sheet)

    @Slot()
    def _ask(self) -> None:
        self._asking.show()
        self._reason.setFocus()

    @Slot()
    def _give(self) -> None:
        if self._reason.text().strip():
            self.accepted.emit(self._gap, self._reason.text())
        else:
            self._field.refuse("Write one line saying why. It is printed in the report's annex.")

    @Slot()
    def _take_back(self) -> None:
        self.accepted.emit(self._gap, "")


class SharedReason(QWidget):
    """One reason for several gaps: all of them, or all of one sheet."""

    accepted = Signal(object, str)  # list[Gap], reason

    def __init__(self, theme: Theme, gaps: list[Gap]) -> None:
        super().__init__()
        self._gaps = gaps
        self._reason = QLineEdit()
        self._reason.setMaxLength(200)
        self._field = Field("One reason for several gaps", self._reason)
        every = KeyButton(f"Accept all {len(gaps)} gaps", theme=theme)
        every.clicked.connect(partial(self._give, 0))
        self._reason.returnPressed.connect(every.setFocus)
        buttons = FlowLayout(gap=M)
        buttons.addWidget(every)
        for sheet in sorted({gap.sheet for gap in gaps}):
            of_sheet = KeyButton(f"Accept all of sheet {sheet}", theme=theme)
            of_sheet.clicked.connect(partial(self._give, sheet))
            buttons.addWidget(of_sheet)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, S)
        layout.addWidget(self._field)
        layout.addWidget(PersonalQuestion(self._reason))
        layout.addLayout(buttons)

    def _give(self, sheet: int, _pressed: bool = False) -> None:  # noqa: FBT001, FBT002 - what Qt sends with a click
        if self._reason.text().strip():
            self.accepted.emit([gap for gap in self._gaps if sheet in {0, gap.sheet}], self._reason.text())
        else:
            self._field.refuse("Write one line saying why. It is printed in the report's annex.")
            self._reason.setFocus()


class CompletePart(Part):
    """How many sheets are keyed, by table, and what to do about those that are not."""

    entry_requested = Signal(str, int)  # seat, sheet
    reasons_changed = Signal()
    explained = Signal()  # no gap is left without a reason

    def __init__(self, bridge: Bridge, theme: Theme) -> None:
        super().__init__(theme, 3, "Is everything keyed?")
        self._bridge = bridge
        self._content: QWidget | None = None
        self._rows: list[tuple[Gap, GapRow]] = []
        self.first: QWidget | None = None  # the way to the first gap that is not accepted

    def refresh(self) -> None:
        """Count anew."""
        before, self._content = self._content, QWidget()
        layout = QVBoxLayout(self._content)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(M)
        gaps = day.gaps(self._bridge.state)
        known = handing_over.reasons(self._bridge.desk)
        layout.addLayout(self._table(gaps))
        self.first = None
        sealed = handing_over.sealed_with(self._bridge.state)
        if sealed is None and (due := second_keying.due_words(self._bridge.state)):
            layout.addWidget(label(due, "warn"))
        for line in sealed or []:
            layout.addWidget(label(f"Accepted: {line}", "ok"))
        gaps = gaps if sealed is None else []  # nothing can be keyed or accepted now
        unexplained = [gap for gap in gaps if handing_over.gap_name(gap) not in known]
        if len(unexplained) > 1:
            shared = SharedReason(self.theme, unexplained)
            shared.accepted.connect(self._accept_all)
            layout.addWidget(shared)
        self._rows = []
        for gap in gaps:
            reason = known.get(handing_over.gap_name(gap), "")
            gap_row = GapRow(self.theme, gap, reason)
            self.first = self.first or (None if reason else gap_row.go)
            gap_row.wanted.connect(self.entry_requested)
            gap_row.accepted.connect(self._accept)
            self._rows.append((gap, gap_row))
            layout.addWidget(gap_row)
        if before is not None:
            before.hide()
            self.body.removeWidget(before)
            before.deleteLater()
        self.body.addWidget(self._content)
        self._content.show()
        open_gaps = len(handing_over.unexplained(self._bridge.desk))
        if sealed:
            self.mark(f"✓ Sealed, {count(len(sealed), 'gap')} accepted")
        elif not gaps:
            self.mark("✓ Complete")
        elif open_gaps:
            self.mark(f"{count(open_gaps, 'gap')} left", look="warn")
        else:
            self.mark("✓ Every gap is accepted with a reason")

    def _table(self, gaps: list[Gap]) -> QGridLayout:
        state = self._bridge.state
        grid = QGridLayout()
        grid.setHorizontalSpacing(XL)
        grid.setVerticalSpacing(XS)
        for column, sheet in enumerate(SHEETS, start=1):
            grid.addWidget(label(f"Sheet {sheet}\n{SHEET_WORDS[sheet]}", "strong"), 0, column)
        missing = {(gap.table, gap.sheet): gap for gap in gaps}
        for number, table in enumerate(state.open_tables(), start=1):
            grid.addWidget(label(f"Table {table.number}", "strong", wrap=False), number, 0)
            people = sum(state.table_of(seat).number == table.number for seat in state.sitting())
            for column, sheet in enumerate(SHEETS, start=1):
                gap = missing.get((table.number, sheet))
                left = len(gap.seats) if gap is not None else 0
                words = f"{people - left} of {people}" + ("" if left else " ✓")
                grid.addWidget(label(words, "warn" if left else "", wrap=False), number, column)
        grid.setColumnStretch(len(SHEETS) + 1, 1)
        return grid

    @Slot(object, str)
    def _accept(self, gap: Gap, reason: str) -> None:
        handing_over.accept(self._bridge.desk, gap, reason)
        self.reasons_changed.emit()
        self._go_on(gap)

    @Slot(object, str)
    def _accept_all(self, gaps: list[Gap], reason: str) -> None:
        for gap in gaps:
            handing_over.accept(self._bridge.desk, gap, reason)
        self.reasons_changed.emit()
        self._go_on(gaps[-1])

    def _go_on(self, gap: Gap) -> None:
        """To the next gap that has no reason yet, below first; past the last one the page says where to go."""
        known = handing_over.reasons(self._bridge.desk)
        places = [handing_over.gap_name(one) for one, _ in self._rows]
        start = places.index(handing_over.gap_name(gap)) + 1
        waiting = [row for name, (_, row) in zip(places, self._rows, strict=True) if name not in known and name in places[start:]]
        waiting += [row for name, (_, row) in zip(places, self._rows, strict=True) if name not in known]
        if waiting:
            waiting[0].accept.setFocus()
        else:
            self.explained.emit()


class StickPart(Part):
    """The signed bundle, written to a stick and read back from it."""

    folder_requested = Signal()
    write_requested = Signal(str)  # an added recipient, "" for none
    stop_requested = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, 6, "Write the stick")
        self.folder: Path | None = None
        self._where = label("No folder chosen yet.")
        self._lacking = label("", "warn")
        self.choose = KeyButton("Choose a folder or stick", theme=theme)
        self.write = KeyButton("Write and read back", theme=theme, look="primary")
        self.choose.clicked.connect(self.folder_requested)
        self.write.clicked.connect(self._ask)
        self._alone = label(
            "The programme names no centre: nobody but this laptop could open the bundle. "
            "Ask your central team for their address, or write it for this laptop only.", "warn",
        )
        self._recipient = QLineEdit()
        self._field = Field("Address of the centre, age1… (may be left empty)", self._recipient)
        self.stop_button = KeyButton("Stop writing", theme=theme)
        self.stop_button.clicked.connect(self.stop_requested)
        self.bar = QProgressBar()
        self.bar.setAccessibleName("How far writing is")
        self.done = label("", "ok")
        for widget in (self._where, self._lacking, self._alone, self._field):
            self.body.addWidget(widget)
        buttons = FlowLayout(gap=M)
        buttons.addWidget(self.choose)
        buttons.addWidget(self.write)
        self.body.addLayout(buttons)
        self.body.addWidget(self.bar)
        self.body.addLayout(row(self.stop_button))
        self.body.addWidget(self.done)
        self.bar.hide()
        self.stop_button.hide()
        self.done.hide()

    def refresh(
        self, *, closed: bool, sealed: bool, centre: bool, busy: bool, joined: bool = False, lacking: Sequence[str] = (),
    ) -> None:
        """Say where it goes, whether it can, and what of the other laptops does not travel with it."""
        self._lacking.setText("\n".join(f"! {one}" for one in lacking))
        self._lacking.setVisible(bool(lacking))
        self.stop_button.setVisible(busy)
        self._alone.setVisible(not centre)
        self._field.setVisible(not centre)
        if self.folder is not None:
            self._where.setText(f"Goes to {self.folder}{_free(self.folder)}")
        elif joined:
            self._where.setText("At the break and at the end; then take it to the lead laptop.")
        elif not closed:
            self._where.setText("First close the workshop in the room.")
        elif not sealed:
            self._where.setText("It can be written now, and again once it is sealed.")
        self.choose.setEnabled(closed and not busy)
        self.write.setEnabled(closed and self.folder is not None and not busy)

    def show_progress(self, what: str, done: int, of: int) -> None:
        """How far it is."""
        self.done.hide()
        self.bar.show()
        self.bar.setMaximum(max(1, of))
        self.bar.setValue(done)
        self.bar.setFormat(what[:1].upper() + what[1:])

    def show_done(self, exported: Exported) -> None:
        """It is on the stick, and was read back."""
        self.bar.hide()
        people, notes = count(exported.people, "person", "people"), count(exported.notes, "note")
        carried = f", {count(exported.carried, 'other laptop')}" if exported.carried else ""
        self.done.setText(f"Safe to unplug. {people}, {notes}{carried}. Checked: {exported.path.name}")
        self.done.show()
        self.mark("! Written, not every laptop" if exported.lacking else "✓ Written and read back", look="warn" if exported.lacking else "ok")
        self.write.say("Write a second stick")

    def stop(self) -> None:
        """It did not come to an end."""
        self.bar.hide()

    @Slot()
    def _ask(self) -> None:
        self.write_requested.emit(self._recipient.text().strip())


class PapersPart(Part):
    """The summary and the host copy."""

    write_requested = Signal()
    view_requested = Signal(object)  # Path of a PDF

    def __init__(self, bridge: Bridge, theme: Theme) -> None:
        super().__init__(theme, 8, "The two papers")
        self.old = OldPapers(bridge, theme)
        self.body.addWidget(label(
            "The summary is for you and the central team. The host copy stays with the council: "
            "positions, statements and conditions, no private marks.",
        ))
        self.write = KeyButton("Make both PDFs", theme=theme)
        self.write.clicked.connect(self.write_requested)
        self.done = label("", "ok")
        self._papers: Papers | None = None
        self.views = [KeyButton(words, theme=theme) for words in ("Look at the summary", "Look at the host copy")]
        for at, view in enumerate(self.views):
            view.clicked.connect(partial(self._view, at))
            view.hide()
        self.body.addWidget(self.old)
        self.body.addLayout(row(self.write))
        self.body.addWidget(self.done)
        self.body.addLayout(FlowLayout.of(*self.views, gap=M))
        self.done.hide()

    def _view(self, at: int, _pressed: bool = False) -> None:  # noqa: FBT001, FBT002 - what Qt sends with a click
        if self._papers is not None:
            self.view_requested.emit(self._papers[at])

    def refresh(self, *, closed: bool, busy: bool) -> None:
        """Papers can be made once the workshop is closed; those that an erasure took are no longer to be looked at."""
        self.write.setEnabled(closed and not busy)
        self.old.refresh()
        if self._papers is not None and not self._papers.summary.is_file():
            self._papers = None
            for widget in (self.done, *self.views):
                widget.hide()
            self.mark("! Make them again", look="warn")

    def show_done(self, papers: Papers) -> None:
        """Where they are."""
        self._papers = papers
        for view in self.views:
            view.show()
        self.done.setText(f"Written: {papers.summary.name} and {papers.host_copy.name}, in {papers.summary.parent}")
        self.done.show()
        self.mark("✓ Written")


def _free(folder: Path) -> str:
    """How much room is left there, where the system says."""
    found = QStorageInfo(str(folder))
    return f", {found.bytesAvailable() // 1_000_000:,} MB free" if found.isValid() and folder.is_dir() else ""
