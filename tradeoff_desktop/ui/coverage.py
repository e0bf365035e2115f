"""What the central team holds against the programme: a table of tables, who must be asked, and what came when."""

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QStringListModel, Qt
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QListView, QTableView, QWidget

from tradeoff_desktop.app.coverage import Coverage, Line
from tradeoff_desktop.model.sheets import SHEETS
from tradeoff_desktop.ui import theme as looks
from tradeoff_desktop.ui.aside import Slotted
from tradeoff_desktop.ui.central import CentralPage
from tradeoff_desktop.ui.closing_parts import SHEET_WORDS
from tradeoff_desktop.ui.controls import card, label
from tradeoff_desktop.ui.dates import count, day
from tradeoff_desktop.ui.theme import Theme

_Index = QModelIndex | QPersistentModelIndex
HEADS = ("Workshop", "Table", *(f"Sheet {sheet}\n{SHEET_WORDS[sheet]}" for sheet in SHEETS))
READING = "Reading what is held …"
SHOWN = 8  # lines of what must be asked for; a long list would push the table out of sight


class Lines(QAbstractTableModel):
    """The tables of all workshops."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: tuple[Line, ...] = ()

    def show(self, lines: tuple[Line, ...]) -> None:
        """Show these."""
        self.beginResetModel()
        self.lines = lines
        self.endResetModel()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """A row a table."""
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """Workshop, table, and the four sheets."""
        return 0 if parent.isValid() else len(HEADS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """What a column holds."""
        if role == Qt.ItemDataRole.DisplayRole and orientation == Qt.Orientation.Horizontal:
            return HEADS[section]
        return None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """One box."""
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        line = self.lines[index.row()]
        if index.column() < 2:
            return (line.workshop, line.table or "nothing here yet")[index.column()]
        return line.cells[index.column() - 2].says


class CoveragePage(CentralPage):
    """From top to bottom: who must be asked, what is there, what came."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "coverage")
        self.model, self.came = Lines(), QStringListModel()
        self.table, self.list = QTableView(), QListView()
        self.says = label(READING, "strong")
        self._asks = Slotted()
        self._lay_out()

    def first_focus(self) -> QWidget | None:
        """The table."""
        return self.table

    def _lay_out(self) -> None:
        zoom = self.theme.zoom
        self.table.setModel(self.model)
        self.table.setAccessibleName("Sheets keyed, by workshop and table")
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setTabKeyNavigation(False)
        self.table.setMinimumHeight(round(260 * zoom))
        self.table.setWordWrap(False)
        self.table.verticalHeader().hide()
        self.table.verticalHeader().setDefaultSectionSize(round(34 * zoom))
        self.table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        looks.dress(self.list, "notes")
        self.list.setModel(self.came)
        self.list.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.list.setUniformItemSizes(True)
        self.list.setTabKeyNavigation(False)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setAccessibleName("What came in, the newest first")
        self.list.setMinimumHeight(round(140 * zoom))
        self.body.addWidget(label("What is here, and what is not", "title"))
        self.body.addWidget(self.says)
        self.body.addWidget(self._asks)
        self.body.addWidget(label("Sheets keyed, out of the people at each table", "heading"))
        self.body.addWidget(self.table, 3)
        self.body.addWidget(label("Register of what came in", "heading"))
        self.body.addWidget(self.list, 1)

    def show_coverage(self, found: Coverage) -> None:
        """Show what was read."""
        self.says.setText(f"{found.held} of {count(found.planned, 'planned workshop')} here.")
        self._asks.fill(*self._cards(found))
        self.model.show(found.lines)
        self.table.resizeColumnsToContents()
        self.table.horizontalHeader().setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch if self.theme.zoom < 1.5 else QHeaderView.ResizeMode.Interactive)
        self.came.setStringList([
            f"{day(one.at[:10])} · {one.workshop} · {one.who} · up to record {one.seq} · signed by {one.signer}" for one in found.came
        ] or ["Nothing has come in yet."])

    def _cards(self, found: Coverage) -> list[QWidget]:
        if not found.asks:
            return [label("✓ Nobody needs to be asked for anything now.", "ok")]
        more = len(found.asks) - SHOWN
        lines = [label(f"! {line}", "warn") for line in found.asks[:SHOWN]]
        return [card(label("To be asked for", "heading"), *lines, *([label(f"and {more} more", "muted")] if more > 0 else []))]
