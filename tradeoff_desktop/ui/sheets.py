"""While people write: sheets collected per table, one digit each; once keyed: who is missing."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QLabel, QWidget

from tradeoff_desktop.model import capture
from tradeoff_desktop.model.pack import AgendaStep
from tradeoff_desktop.ui.bridge import Bridge
from tradeoff_desktop.ui.controls import label, row
from tradeoff_desktop.ui.digits import NumberField
from tradeoff_desktop.ui.flow import FlowLayout
from tradeoff_desktop.ui.theme import XS, M, Theme


class SheetStrip(QWidget):
    """One line: a number for each table, and how far the data desk has come."""

    counted = Signal()  # every table has its number

    def __init__(self, bridge: Bridge, theme: Theme) -> None:
        super().__init__()
        self._bridge = bridge
        self._theme = theme
        self._sheet = 0
        self.fields: dict[int, NumberField] = {}
        self._people: dict[int, QLabel] = {}
        self._head = label("", "strong", wrap=False)
        self.keyed = label("", wrap=False)
        self._line = FlowLayout(self, gap=M)
        self._line.addWidget(self._head)
        self._lay()

    def _lay(self) -> None:
        """One field for each open table, and the keyed ones last."""
        while self._line.count() > 1:
            item = self._line.takeAt(1)
            widget = item.widget() if item is not None else None
            if widget is not None and widget is not self.keyed:
                widget.deleteLater()
        self.fields, self._people = {}, {}
        for table in self._bridge.state.open_tables():
            field = NumberField(f"Sheets collected, table {table.number}")
            field.setFixedWidth(round(44 * self._theme.zoom))
            field.closed.connect(self._next)
            field.entered.connect(self._next)
            self.fields[table.number] = field
            self._people[table.number] = label("/99 ✓", wrap=False)
            group = QWidget()
            group.setLayout(row(label(f"T{table.number}", wrap=False), field, self._people[table.number], gap=XS))
            self._line.addWidget(group)
        self._line.addWidget(self.keyed)

    def open_at(self, step: AgendaStep | None) -> None:
        """A step has begun; the line is there where a sheet is collected."""
        collects = step is not None and "sheets" in step.capture
        self._sheet = step.sheet if step is not None and collects else 0
        self.setVisible(self.wanted)
        self.refresh(frozenset({"collected", "table", "rating"}))

    @property
    def wanted(self) -> bool:
        """Whether a sheet is collected at this step."""
        return bool(self._sheet)

    def refresh(self, kinds: frozenset[str]) -> None:
        """Show what is collected and who is missing."""
        if not self._sheet:
            return
        state = self._bridge.state
        if kinds & {"table", "undo"} and self.fields.keys() != {t.number for t in state.open_tables()}:
            self._lay()
        if kinds & {"collected", "table", "seat", "undo", "withdrawal"}:
            self._show_collected()
        if kinds & {"rating", "seat", "undo", "withdrawal", "ruling", "taken_in"}:
            self._show_keyed()

    def first_focus(self) -> QWidget | None:
        """The first table without a number, or the first."""
        if not self._sheet or not self.fields:
            return None
        waiting = [field for table, field in self.fields.items() if (table, self._sheet) not in self._bridge.state.collected]
        return (waiting or list(self.fields.values()))[0]

    @Slot()
    def _next(self) -> None:
        """A number was typed: it is saved, and the next table has the focus."""
        field = self.sender()
        table = next((number for number, known in self.fields.items() if known is field), None)
        if table is None or self.fields[table].number is None:
            return
        saved = self._bridge.do(
            capture.collect, role=self._bridge.role, table=table, sheet=self._sheet, count=self.fields[table].number or 0,
        )
        following = [known for number, known in sorted(self.fields.items()) if number > table]
        if saved and following:
            following[0].setFocus()
            following[0].selectAll()
        elif saved:
            self.counted.emit()

    def _show_collected(self) -> None:
        state = self._bridge.state
        seats = [state.table_of(seat).number for seat in state.sitting()]
        self._head.setText(f"Sheet {self._sheet} collected (S)")
        for table, field in self.fields.items():
            expected = seats.count(table)
            field.limit = expected
            count = state.collected.get((table, self._sheet))
            words = "" if count is None else str(count)
            if field.text() != words:
                field.setText(words)
            self._people[table].setText(f"/{expected}" + (" ✓" if count == expected else ""))

    def _show_keyed(self) -> None:
        state = self._bridge.state
        missing, people = state.missing(self._sheet), len(state.sitting())
        if len(missing) == people:
            self.keyed.setText("Nothing keyed yet")
        elif missing:
            few = " ".join(missing) if len(missing) <= 8 else f"{len(missing)} sheets"
            self.keyed.setText(f"Keyed {people - len(missing)} of {people}. Missing: {few}")
        else:
            self.keyed.setText(f"All {people} keyed")
