"""The set-up questions about the room: tables with their themes, and who sits where by seat code."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QVBoxLayout,
    QWidget,
)

from tradeoff_desktop.app import setting_up
from tradeoff_desktop.app.setting_up import MOST_TABLES, Fault, Plan, TablePlan
from tradeoff_desktop.model.pack import Group, Pack
from tradeoff_desktop.ui import icons
from tradeoff_desktop.ui import theme as looks
from tradeoff_desktop.ui.controls import Field, KeyButton, card, label, row
from tradeoff_desktop.ui.dates import count
from tradeoff_desktop.ui.setup_parts import Part
from tradeoff_desktop.ui.theme import XS, L, M, S, Theme
from tradeoff_desktop.ui.ticks import Picker

ROOMY = 1.5


class TableRow(QFrame):
    """One table: theme and scenario, and a button that takes it away."""

    edited = Signal()
    taken_away = Signal(int)

    def __init__(self, theme: Theme, pack: Pack, table: TablePlan) -> None:
        super().__init__()
        looks.dress(self, "card")
        self.number = table.number
        self._pack = pack
        self.theme_box, self.scenario_box = Picker(theme), Picker(theme)
        for found in pack.themes:
            self.theme_box.addItem(found.name, found.code)
        self.theme_box.setCurrentIndex(max(0, self.theme_box.findData(table.theme)))
        self._fill(table.scenario)
        self.theme_box.currentIndexChanged.connect(self._theme_changed)
        self.scenario_box.currentIndexChanged.connect(self.edited)
        away = KeyButton("Take away", theme=theme)
        away.setAccessibleName(f"Take table {table.number} away")
        away.clicked.connect(self._take_away)
        self._wrong = label("", "error")
        fields = QBoxLayout(
            QBoxLayout.Direction.TopToBottom if theme.zoom >= ROOMY else QBoxLayout.Direction.LeftToRight,
        )
        fields.setSpacing(L)
        heading = label(f"Table {table.number}", "strong", wrap=False)
        heading.setMinimumWidth(round(64 * theme.zoom))
        fields.addWidget(heading)
        for words, box, share in (("Theme", self.theme_box, 2), ("Scenario", self.scenario_box, 3)):
            field = Field(words, box)
            box.setAccessibleName(f"{words} of table {table.number}")
            fields.addWidget(field, share)
        fields.addWidget(away)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(L, S, L, M)
        layout.addWidget(self._wrong)
        layout.addLayout(fields)
        self._wrong.hide()

    def table(self) -> TablePlan:
        """The table as chosen."""
        return TablePlan(self.number, self.theme_box.currentData() or "", self.scenario_box.currentData() or "")

    def refuse(self, text: str) -> None:
        """Say what is wrong with this table."""
        self._wrong.setText(text)
        self._wrong.setVisible(bool(text))

    def _fill(self, chosen: str) -> None:
        self.scenario_box.clear()
        for scenario in setting_up.choices(self._pack, self.theme_box.currentData()):
            self.scenario_box.addItem(f"{scenario.id}  {scenario.title}", scenario.id)
        self.scenario_box.setCurrentIndex(max(0, self.scenario_box.findData(chosen)))

    @Slot()
    def _theme_changed(self) -> None:
        self._fill("")
        self.edited.emit()

    @Slot()
    def _take_away(self) -> None:
        self.taken_away.emit(self.number)


class TablesPart(Part):
    """The tables of the room and what each works on."""

    page = "tables"
    title = "Which tables are there, and what does each work on?"
    width_wanted = 1080

    def show_plan(self, plan: Plan) -> None:
        """A row a table."""
        self._heads = setting_up.heads(plan)
        self._people = label("")
        self._wrong = label("", "error")
        self._wrong.hide()
        self.body.addWidget(self._people)
        self.body.addWidget(self._wrong)
        self._rows: list[TableRow] = []
        self._list = QVBoxLayout()
        self._list.setSpacing(S)
        self.body.addLayout(self._list)
        self._add = KeyButton("Add a table", theme=self.theme)
        self._add.clicked.connect(self._add_table)
        self.body.addLayout(row(self._add))
        for table in plan.tables:
            self._lay(table)
        self._follow()

    def read(self, plan: Plan) -> Plan:
        """The tables as chosen."""
        return plan._replace(tables=tuple(one.table() for one in self._rows))

    def refuse(self, found: list[Fault]) -> QWidget | None:
        """Say it at each table; what concerns them all stands above."""
        wrong = {fault.field: fault.text for fault in found}
        for one in self._rows:
            one.refuse(wrong.get(f"table{one.number}", ""))
        self._wrong.setText(wrong.get("tables", ""))
        self._wrong.setVisible("tables" in wrong)
        return self.first() if wrong else None

    def first(self) -> QWidget | None:
        """The first table's theme."""
        return self._rows[0].theme_box if self._rows else self._add

    def _lay(self, table: TablePlan) -> None:
        made = TableRow(self.theme, self.pack, table)
        made.edited.connect(self.edited)
        made.taken_away.connect(self._take_away)
        self._rows.append(made)
        self._list.addWidget(made)
        made.show()

    @Slot()
    def _add_table(self) -> None:
        used = {one.number for one in self._rows}
        number = next(n for n in range(1, MOST_TABLES + 1) if n not in used)
        theme = self.pack.themes[(number - 1) % len(self.pack.themes)].code
        self._lay(TablePlan(number, theme, ""))
        self._rows[-1].theme_box.setFocus()
        self._follow()
        self.edited.emit()

    @Slot(int)
    def _take_away(self, number: int) -> None:
        gone = next(one for one in self._rows if one.number == number)
        self._rows.remove(gone)
        self._list.removeWidget(gone)
        gone.deleteLater()
        self._add.setFocus()
        self._follow()
        self.edited.emit()

    def _follow(self) -> None:
        tables = len(self._rows)
        each = f": about {round(self._heads / tables)} at each" if tables else ""
        self._people.setText(f"{count(self._heads, 'person', 'people')} at {count(tables, 'table')}{each}. "
                             "Two tables may share a theme. The whole room also works on the anchor.")
        self._add.setEnabled(tables < MOST_TABLES)


class SeatsPart(Part):
    """The seat codes, table by table: what goes on the seat cards."""

    page = "seats"
    title = "These are the seat codes"
    width_wanted = 1000
    print_requested = Signal()

    def show_plan(self, plan: Plan) -> None:
        """A card a table."""
        self.body.addWidget(label(
            "Three digits each; the last one checks the other two, so a slip of the pen is noticed. "
            "A code belongs to a person, also when that person changes table.",
        ))
        self.body.addWidget(label(
            "Names are never stored here. The list of names and codes is on paper, in a sealed envelope.",
        ))
        self._print = KeyButton("Write seat cards and list of names", theme=self.theme)
        self._print.clicked.connect(self.print_requested)
        self.body.addLayout(row(self._print))
        self.body.addWidget(label("Not needed where the printed kit is right. Spare codes are among them.", "muted"))
        self._grid = QGridLayout()
        self._grid.setSpacing(M)
        self.body.addLayout(self._grid)
        self._plan = plan

    def show_seats(self, letter: str) -> None:
        """Show the codes of a session."""
        columns = 1 if self.theme.zoom >= ROOMY else 2
        for column in range(columns):
            self._grid.setColumnStretch(column, 1)
        seating = setting_up.seating(self._plan, letter)
        for place, table in enumerate(self._plan.tables):
            seats = [(code, self.pack.group(group)) for code, group, at in seating if at == table.number]
            words = f"Table {table.number} · {self.pack.theme(table.theme).name}" if table.theme else f"Table {table.number}"
            box = card(label(words, "strong"), self._seats(seats))
            self._grid.addWidget(box, place // columns, place % columns)

    def read(self, plan: Plan) -> Plan:
        """Nothing is typed here."""
        return plan

    def _seats(self, seats: list[tuple[str, Group]]) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(L)
        grid.setVerticalSpacing(XS)
        for place, (code, group) in enumerate(seats):
            chip = QHBoxLayout()
            chip.setSpacing(XS)
            mark = QLabel()
            side = round(24 * self.theme.zoom)
            mark.setPixmap(icons.group_pixmap(self.theme, shape=group.shape, initial=group.initial, side=side))
            words = label(code, "strong", wrap=False)
            words.setAccessibleName(f"Seat {code}, {group.name}")
            chip.addWidget(mark)
            chip.addWidget(words)
            grid.addLayout(chip, place // 5, place % 5)
        grid.setColumnStretch(5, 1)
        return grid
