"""The list of notes: a model of the last that fit, so that ten thousand cost no more than two hundred."""

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QSize,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QIcon, QKeyEvent
from PySide6.QtWidgets import (
    QLineEdit,
    QListView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from tradeoff_desktop.app import notebook, pace
from tradeoff_desktop.app.notebook import Query
from tradeoff_desktop.model import records as r
from tradeoff_desktop.model.pack import Pack
from tradeoff_desktop.model.records import Record
from tradeoff_desktop.ui import icons
from tradeoff_desktop.ui import theme as looks
from tradeoff_desktop.ui.bridge import Bridge
from tradeoff_desktop.ui.controls import label
from tradeoff_desktop.ui.flow import FlowLayout
from tradeoff_desktop.ui.theme import L, S, Theme
from tradeoff_desktop.ui.ticks import Picker

Index = QModelIndex | QPersistentModelIndex
KINDS = {
    "": "Any kind", "point": "Points", "question": "Questions", "condition": "Conditions", "red_line": "Red lines",
    notebook.PERSONAL: "May hold personal data",
}
MARK = 24  # the side of a group's mark
NARROW = 6  # letters of a filter: two stand side by side in the column beside the console
BEFORE = "setup"  # the step of notes that were made before the first one


class Line(NamedTuple):
    """One row: the record (None for a row that only says something), its words and the mark of its group."""

    record: Record | None
    text: str
    icon: QIcon | None = None


class NoteModel(QAbstractListModel):
    """The rows that fit a query. What stays is not touched, so that one more note costs one row."""

    def __init__(self, bridge: Bridge, theme: Theme, parent: QObject) -> None:
        super().__init__(parent)
        self._bridge = bridge
        side = round(MARK * theme.zoom)
        self._icons = {g.code: QIcon(icons.group_pixmap(theme, shape=g.shape, initial=g.initial, side=side)) for g in bridge.pack.groups}
        self._rows: list[Line] = []
        self.count = 0
        self.more = False  # a search would find more than are listed

    def rowCount(self, parent: Index | None = None) -> int:
        """As many as are listed."""
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Words and mark of a row."""
        row = self._rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return row.text
        return row.icon if role == Qt.ItemDataRole.DecorationRole else None

    def record(self, row: int) -> Record | None:
        """The note in a row, None where there is none."""
        return self._rows[row].record if 0 <= row < len(self._rows) else None

    def show_found(self, query: Query, *, empty: str, fresh: bool) -> None:
        """List what fits; ``fresh`` where words of rows that stay may have changed. ``empty`` is said of no rows."""
        found = notebook.find(self._bridge.desk, query)
        self.count, self.more = found.fit, found.more
        before = [row.record.key for row in self._rows if row.record is not None]
        after = [record.key for record in found.records]
        gone = before.index(after[0]) if after and after[0] in before else len(before)
        stay = len(before) - gone
        if fresh or not stay or before[gone:] != after[:stay]:
            self.beginResetModel()
            self._rows = self._lines(found.records) or [Line(None, empty)]
            self.endResetModel()
            return
        if gone:
            self.beginRemoveRows(QModelIndex(), 0, gone - 1)
            del self._rows[:gone]
            self.endRemoveRows()
        if len(after) > stay:
            self.beginInsertRows(QModelIndex(), stay, len(after) - 1)
            self._rows += self._lines(found.records[stay:])
            self.endInsertRows()

    def _lines(self, records: list[Record]) -> list[Line]:
        state = self._bridge.state
        added = state.clarified() if state.live["clarification"] else {}
        lines = []
        for record in records:
            body = record.body
            if isinstance(body, r.Note):
                time = pace.local_time(body.typed or record.at, state)
                words = notebook.line(state, record, added.get(record.key, []))
                lines.append(Line(record, f"{time}  {words}", self._icons.get(body.group)))
        return lines


class Heights(QStyledItemDelegate):
    """Remembers how high each row is at a width: measuring wrapped words is what costs."""

    def __init__(self, view: QListView) -> None:
        super().__init__(view)
        self._view = view
        self._known: dict[tuple[str, int], QSize] = {}

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """The size of one row."""
        key = str(index.data()), self._view.viewport().width()
        if key not in self._known:
            if len(self._known) > 4 * notebook.MOST:
                self._known.clear()
            self._known[key] = super().sizeHint(option, index)
        return self._known[key]


class NoteList(QListView):
    """The notes that fit, the newest below."""

    def __init__(self, bridge: Bridge, theme: Theme) -> None:
        super().__init__()
        looks.dress(self, "notes")
        self.notes = NoteModel(bridge, theme, self)
        self.setModel(self.notes)
        self.setItemDelegate(Heights(self))
        self.setAccessibleName("Notes")
        self.setIconSize(QSize(*[round(MARK * theme.zoom)] * 2))
        self.setWordWrap(True)
        self.setTabKeyNavigation(False)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def show_found(self, query: Query, *, empty: str, fresh: bool) -> None:
        """List what fits, and show the newest."""
        self.notes.show_found(query, empty=empty, fresh=fresh)
        self.scrollToBottom()

    @property
    def chosen(self) -> Record | None:
        """The note that is chosen, or the newest."""
        row = self.currentIndex().row()
        return self.notes.record(row if row >= 0 else self.notes.rowCount() - 1)

    def texts(self) -> list[str]:
        """What is listed, in words."""
        return [str(self.notes.data(self.notes.index(row))) for row in range(self.notes.rowCount())]


def step_choice(theme: Theme, pack: Pack, *, first: tuple[str, str] | None = None) -> Picker:
    """A choice of the agenda's steps by title."""
    choices = [*([first] if first else []), *((step.title, step.id) for step in pack.agenda)]
    return choice(theme, "Step", choices, letters=NARROW if first else 24)


def choice(theme: Theme, name: str, choices: Sequence[tuple[str, str | int]], *, letters: int) -> Picker:
    """A choice as wide as so many letters; its list shows the words whole."""
    made = Picker(theme)
    made.setAccessibleName(name)
    made.setMinimumContentsLength(letters)
    for words, value in choices:
        made.addItem(words, value)
    made.view().setAccessibleName(name)
    made.view().setMinimumWidth(made.view().sizeHintForColumn(0) + L)
    return made


class FindBar(QWidget):
    """Words to look for, and filters by step, group and kind."""

    asked = Signal()
    left = Signal()

    def __init__(self, theme: Theme, pack: Pack) -> None:
        super().__init__()
        self.words = QLineEdit()
        self.words.setPlaceholderText("Words, or how they begin")
        self.words.setAccessibleName("Find in the notes")
        self.step = step_choice(theme, pack, first=("Any step", ""))
        self.step.insertItem(1, "Before the first step", BEFORE)
        groups = [("Any group", ""), *((group.name, group.code) for group in pack.groups)]
        self.group = choice(theme, "Group", groups, letters=NARROW)
        self.kind = choice(theme, "Kind of note", [(words, kind) for kind, words in KINDS.items()], letters=NARROW)
        self.told = label("", "small", wrap=False)
        filters = FlowLayout()
        for part in (self.step, self.group, self.kind, self.told):
            filters.addWidget(part)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(S)
        layout.addWidget(self.words)
        layout.addLayout(filters)
        self.words.textChanged.connect(self.asked)
        for filtering in (self.step, self.group, self.kind):
            filtering.currentIndexChanged.connect(self.asked)
        self.hide()

    @property
    def query(self) -> Query:
        """What is looked for now."""
        step, group, kind = (filtering.currentData() for filtering in (self.step, self.group, self.kind))
        return Query(self.words.text(), step, group, kind)

    def set_kind(self, kind: str) -> None:
        """Look for one kind alone."""
        self.words.clear()
        for filtering in (self.step, self.group):
            filtering.setCurrentIndex(0)
        self.kind.setCurrentIndex(self.kind.findData(kind))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back to the line."""
        if event.key() == Qt.Key.Key_Escape:
            self._leave()
        else:
            super().keyPressEvent(event)

    @Slot()
    def _leave(self) -> None:
        self.set_kind("")
        self.hide()
        self.left.emit()
