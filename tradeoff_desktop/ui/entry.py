"""Keying paper sheets: three digits of the seat code, one digit a box, no Enter, every digit saved at once."""

from functools import partial

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QWidget

from tradeoff_desktop.app import keying, second_keying
from tradeoff_desktop.app.keying import Place
from tradeoff_desktop.errors import RuleError
from tradeoff_desktop.model import capture
from tradeoff_desktop.model.capture import How
from tradeoff_desktop.model.pack import AgendaStep
from tradeoff_desktop.model.records import Mode
from tradeoff_desktop.model.sheets import SHEETS, Cell
from tradeoff_desktop.model.workshop import Workshop
from tradeoff_desktop.ui import theme as looks
from tradeoff_desktop.ui.aid import AidButton
from tradeoff_desktop.ui.bridge import Bridge
from tradeoff_desktop.ui.controls import KeyButton, label
from tradeoff_desktop.ui.digits import DigitField
from tradeoff_desktop.ui.flow import FlowLayout
from tradeoff_desktop.ui.form import Form
from tradeoff_desktop.ui.sheetgrid import BoxView, SheetGrid
from tradeoff_desktop.ui.theme import LARGE, XS, L, M, Theme

SHEET_NAMES = {1: "1 Before the talk", 2: "2 Case for all", 3: "3 Table's case", 4: "4 At the end"}
MODES: tuple[tuple[Mode, str], ...] = (("paper", "From paper: private"), ("cards", "Show-cards: seen by you"))
FEW = 8  # seat codes that fit beside the field
# Whatever else may change under an open sheet; ratings keyed here are followed digit by digit.
_OUTSIDE = frozenset({"undo", "ruling", "seat", "table", "consent", "withdrawal", "taken_in", "opened"})


class Progress(QWidget):
    """How far keying has come: a row for each table, a column for each sheet."""

    def __init__(self) -> None:
        super().__init__()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(M)
        self._grid.setVerticalSpacing(XS)
        self._cells: dict[tuple[int, int], QLabel] = {}

    def show_counts(self, counts: dict[tuple[int, int], tuple[int, int]]) -> None:
        """Show how many of the expected sheets are keyed."""
        if counts.keys() != self._cells.keys():
            self._lay(sorted({table for table, _ in counts}))
        for key, (done, expected) in counts.items():
            words = f"{done}/{expected}" + (" ✓" if done == expected else "")
            if self._cells[key].text() != words:
                self._cells[key].setText(words)
        self.setAccessibleName("; ".join(f"table {t} sheet {s}: {d} of {e}" for (t, s), (d, e) in sorted(counts.items())))

    def _lay(self, tables: list[int]) -> None:
        while (item := self._grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        self._cells = {}
        self._grid.setColumnStretch(len(SHEETS) + 1, 1)
        for column, sheet in enumerate(SHEETS, start=1):
            self._grid.addWidget(label(f"Sheet {sheet}", "small", wrap=False), 0, column)
        for place, table in enumerate(tables, start=1):
            self._grid.addWidget(label(f"Table {table}", "small", wrap=False), place, 0)
            for column, sheet in enumerate(SHEETS, start=1):
                self._cells[table, sheet] = label("", wrap=False)
                self._grid.addWidget(self._cells[table, sheet], place, column)


class EntryForm(Form):
    """The grid entry of decision 8."""

    def __init__(self, bridge: Bridge, theme: Theme) -> None:
        super().__init__(bridge, theme, "Key paper sheets")
        self._place = keying.start(1)
        self._last: Place | None = None
        self._busy = False
        self._counted: tuple[int, set[str]] | None = None  # what progress was last counted for: sheet, steps left out
        self._at_mode = 0  # the place in MODES
        self.field = DigitField("Seat code")
        self.grid = SheetGrid(theme, self.field)
        self.progress = Progress()
        self._sheet = label("", "strong", wrap=False)
        self._prompt = label("", "large")
        self._keys = label("", "muted")
        self._missing = label("", "small")
        self._second = label("", "small")
        self._mode = KeyButton("", theme=theme)
        self.aid = AidButton(theme)
        self._build(theme)
        self._connect()
        self._show_progress()
        self._show()

    def _build(self, theme: Theme) -> None:
        self.field.setFont(theme.font(LARGE))
        self.field.setFixedWidth(round(110 * theme.zoom))
        head = FlowLayout()
        for widget in (self._sheet, self._mode, self.aid):
            head.addWidget(widget)
        self.body.addLayout(head)
        line = QHBoxLayout()
        line.setSpacing(L)
        line.addWidget(self.field)
        line.addWidget(self._prompt, 1)
        self.body.addLayout(line)
        # The boxes stand right below the field: whoever keys looks at both.
        for part in (self.grid, self.message, self._keys, self._missing, self._second, self.progress):
            self.body.addWidget(part)
        self.body.addStretch(1)

    def _connect(self) -> None:
        self.field.typed.connect(self._digit)
        self.field.erased.connect(self._back)
        self.field.entered.connect(self._enter)
        self.field.stepped.connect(self._step)
        self.field.marked.connect(self._mark)
        self._mode.clicked.connect(self._turn)

    # -- what the panel asks

    def first_focus(self) -> QWidget:
        """The one field."""
        return self.field

    def open_at(self, step: AgendaStep | None) -> None:
        """Begin with the sheet of the step, unless a sheet is being keyed."""
        if step is not None and step.sheet and not self._place.seat and not self._place.digits:
            self._place = keying.start(step.sheet)
        if self._counted != (self._place.sheet, self.bridge.state.left_out):  # counting takes longer than a key press may
            self._show_progress()
        self._show()

    def go_to(self, seat: str, sheet: int) -> None:
        """Begin with one sheet of one person, as if its code had been typed."""
        self._place = keying.start(sheet)
        for digit in seat:
            self._code(digit)
        self._show_progress()
        self._show()

    def keep_quiet(self, *, quiet: bool) -> None:
        """Where the room may look on, a box says only that it is keyed."""
        super().keep_quiet(quiet=quiet)
        self._show()

    def refresh(self, kinds: frozenset[str]) -> None:
        """An undo or another laptop's bundle may have changed the open sheet."""
        if self._busy or not kinds & (_OUTSIDE | {"rating"}):
            return
        if kinds & _OUTSIDE and self._place.seat:
            self._reopen()
        self._show_progress()
        self._show()

    def _reopen(self) -> None:
        """Read the open sheet again and go to its first empty box."""
        seat, before = self._place.seat, self._place
        try:
            capture.open_sheet(self.bridge.state, seat=seat, sheet=before.sheet)
        except RuleError as error:
            self._place = keying.refuse(before, seat)
            self.refuse(error)
            return
        empty = [
            at for at, cell in enumerate(before.cells)
            if not keying.own_answer(self.bridge.state, before, cell, device=self.bridge.desk.device)
        ]
        self._place = keying.at(before, empty[0]) if empty else before

    # -- keys

    @Slot(str)
    def _digit(self, digit: str) -> None:
        if self._place.cell is None:
            self._code(digit)
        else:
            self._answer(digit)
        self._show()

    def _code(self, digit: str) -> None:
        if self._place.refused:
            return  # the message stays, and so does the code
        self.tell("")
        try:
            self._place = keying.type_code(
                self._place, digit, state=self.bridge.state, device=self.bridge.desk.device,
            )
        except RuleError as error:
            self._place = keying.refuse(self._place, self._place.digits + digit)
            self.refuse(error)

    def _answer(self, digit: str) -> None:
        cell = self._place.cell
        if cell is None:
            return
        try:
            answer = capture.answer_of(self.bridge.state, cell.item, digit)
        except RuleError as error:
            self.refuse(error)
            return
        self.tell("")
        if self._save(cell, answer):
            self._go_on()

    def _save(self, cell: Cell, answer: str) -> bool:
        """One box, durable when this returns."""
        how = keying.how(
            self._place, state=self.bridge.state, device=self.bridge.desk.device,
            base=How(mode=MODES[self._at_mode][0], aid=self.aid.aid),
        )
        self._busy = True
        try:
            return self.bridge.do(
                capture.key_answer, role=self.bridge.role, seat=self._place.seat, cell=cell, answer=answer, how=how,
            )
        finally:
            self._busy = False

    def _go_on(self) -> None:
        before = self._place
        self._place = keying.advance(before)
        if self._place.seat:
            return
        self._last = before
        self._show_progress()
        if not (before.keying > 1 and self._settle(before)):
            self.tell(f"Sheet {before.sheet} of {before.seat} is keyed. Next seat code.")
        self.finished.emit()

    def _settle(self, keyed: Place) -> bool:
        """Whether keyings of this sheet differ: then the boxes are keyed a third time, or there is no more to key."""
        differing = keying.differing(self.bridge.state, keyed)
        if not differing:
            return False
        boxes = "1 box was" if differing == 1 else f"{differing} boxes were"
        try:
            self._place = keying.key_again(keyed, state=self.bridge.state)
        except RuleError:
            self.tell(
                f"Three keyings of sheet {keyed.sheet} of {keyed.seat} all differ. Decide together at the sheet; then "
                f"type {keyed.seat}, Enter, and correct it.", "warn",
            )
        else:
            self.tell(f"Look at the sheet: {boxes} keyed differently. Both answers are hidden. Key again what is there.", "warn")
        return True

    @Slot()
    def _back(self) -> None:
        self.tell("")
        self._place = keying.back(self._place, self._last)
        self._show()

    @Slot()
    def _enter(self) -> None:
        if self._place.who:
            self._again()
        elif self._place.asks:
            self._place = keying.open_again(self._place)
            self.tell("")
        elif self._place.refused:
            self._back()
        self._show()

    @Slot(int)
    def _step(self, by: int) -> None:
        if not self._place.seat and not self._place.digits:
            self.tell("")
            self._place = keying.start(min(max(self._place.sheet + by, SHEETS[0]), SHEETS[-1]))
            self._show_progress()
            self._show()

    @Slot(str)
    def _mark(self, mark: str) -> None:
        if mark == "+" and self._place.asks and not self._place.who:
            try:
                self._place = keying.ask_who(self._place, state=self.bridge.state)
            except RuleError as error:
                self.refuse(error)
        elif mark == "-" and self._place.who:
            self.tell(f"Left as it is. Let somebody else key sheet {self._place.sheet} of {self._place.seat}.")
            self._place = keying.start(self._place.sheet)
        elif mark == "-" and self._place.cell is not None:
            self._absent()
        self._show()

    def _again(self) -> None:
        """A different person keys, and sees nothing of what stands there."""
        self._place = keying.key_again(self._place, state=self.bridge.state)
        self.tell("Second keying: what the first one typed is hidden.", "warn")

    def _absent(self) -> None:
        """The person was not there: every box from here on."""
        while (cell := self._place.cell) is not None:
            if not self._save(cell, "absent"):
                return
            self._go_on()

    @Slot()
    def _turn(self) -> None:
        """The next way of answering."""
        self._at_mode = (self._at_mode + 1) % len(MODES)
        self._show()

    # -- showing

    def _show(self) -> None:
        place, state = self._place, self.bridge.state
        device = self.bridge.desk.device
        self.aid.follow(place.seat, partial(keying.aid_of, state, place, device=device))
        boxes = () if place.asks else tuple(
            BoxView(
                keying.block_name(state.pack, cell), state.pack.item(cell.item).name,
                keying.shown(state, place, cell, device=device, hidden=self.quiet),
            )
            for cell in place.cells
        )
        self.grid.show_boxes(boxes, place.at if place.cell is not None else -1)
        self.field.setText(place.seat or place.digits)
        self._sheet.setText(f"Sheet {SHEET_NAMES[place.sheet]}")
        words, keys = self._words(boxes)
        self._prompt.setText(words)
        self._keys.setText(keys)
        self.field.say(words)
        self._mode.say(MODES[self._at_mode][1])

    def _words(self, boxes: tuple[BoxView, ...]) -> tuple[str, str]:
        place = self._place
        if place.who:
            return "Is a different person keying?", "Enter: yes, key the whole sheet blind · − no, leave it · Backspace leaves it"
        if place.asks:
            return (
                f"This sheet of {place.seat} is already keyed. Open it?",
                "Enter opens it · + keys it once more, blind · Backspace leaves it alone; no code is taken until then",
            )
        if place.refused:
            return "This code was refused", "Backspace or Enter clears it · digits are not taken until then · Esc leaves"
        if place.cell is None:
            return "Seat code, three digits", "← → another sheet · Backspace opens the last box again"
        box = boxes[place.at]
        keys = " · ".join(f"{key} {words}" for key, words in keying.choices(self.bridge.pack, place.cell.item))
        again = {2: ", second keying", 3: ", look at the sheet"}.get(place.keying, "")
        return f"Seat {place.seat}{again}, {box.row}, {box.item}", f"{keys} · – absent from here on"

    def _show_progress(self) -> None:
        state = self.bridge.state
        self._counted = (self._place.sheet, state.left_out)
        counts = keying.progress(state)
        self.progress.show_counts(counts)
        missing = state.missing(self._place.sheet)
        keyed = len(state.sitting()) - len(missing)
        if not state.sitting():
            self._missing.setText("No seats are set up.")
        elif not keyed:
            self._missing.setText(f"No sheets keyed yet. {len(missing)} people expected.")
        elif missing:
            few = " ".join(missing) if len(missing) <= FEW else f"{len(missing)} people"
            self._missing.setText(f"Sheet {self._place.sheet} missing: {few}")
        else:
            self._missing.setText(f"Sheet {self._place.sheet}: all keyed.")
        self._second.setText(_second_words(state, self._place.sheet))
        looks.dress(self._missing, "small")


def _second_words(state: Workshop, sheet: int) -> str:
    """Which sheets wait for a second keying, and why those."""
    due = second_keying.due(state, sheet)
    if not due:
        return ""
    codes = " ".join(due) if len(due) <= FEW else f"{len(due)} sheets"
    why = "the sample found an error, so every sheet is" if second_keying.error_found(state) else "one in ten is"
    return f"Key once more: {codes} ({why} keyed twice)"
