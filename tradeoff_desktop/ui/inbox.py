"""The inbox: bundles come in as files, a folder or a watched folder; each is looked at before anything is taken in."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QBoxLayout, QListView, QProgressBar, QVBoxLayout, QWidget

from tradeoff_desktop.app.inbox import Look, Row
from tradeoff_desktop.app.receipts import Written
from tradeoff_desktop.ui import keys
from tradeoff_desktop.ui import theme as looks
from tradeoff_desktop.ui.aside import Slotted
from tradeoff_desktop.ui.central import CentralPage
from tradeoff_desktop.ui.controls import KeyButton, card, label
from tradeoff_desktop.ui.dates import count
from tradeoff_desktop.ui.flow import FlowLayout
from tradeoff_desktop.ui.theme import L, M, S, Theme

ROOMY = 1.5
EMPTY = "Drop bundle files or a folder here, or choose them. Looking changes nothing."
_Index = QModelIndex | QPersistentModelIndex


class Rows(QAbstractListModel):
    """The bundles of a batch; a model, so that a thousand cost no more than the few in sight."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: tuple[Row, ...] = ()

    def show(self, rows: tuple[Row, ...]) -> None:
        """Show these."""
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """How many there are."""
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """A bundle in one line."""
        return self.rows[index.row()].line if role == Qt.ItemDataRole.DisplayRole else None


class InboxPage(CentralPage):
    """The batch at the left, the one in hand at the right."""

    files_requested = Signal()
    folder_requested = Signal()
    watch_requested = Signal()
    take_requested = Signal()
    stop_requested = Signal()
    receipts_requested = Signal()
    dropped = Signal(object)  # list[Path]

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "inbox")
        self.setAcceptDrops(True)
        self.look = Look((), ())
        self.model = Rows()
        self.list = QListView()
        self.bar = QProgressBar()
        self.says = label("", "strong")
        self._watching = label("", "muted")
        self._detail = Slotted()
        self._receipts = Slotted()
        self._buttons = {
            act: KeyButton(words, theme=theme, key=keys.printed("central", act), look="primary" if act == "take_in" else "")
            for act, words in (
                ("files", "Choose files"), ("folder", "Choose a folder"), ("watch", "Watch a folder"), ("take_in", "Take in"),
                ("stop", "Stop"), ("receipts", "Write receipts"),
            )
        }
        self._does = {
            "files": self.files_requested.emit, "folder": self.folder_requested.emit, "watch": self.watch_requested.emit,
            "take_in": self._take, "stop": self.stop_requested.emit, "receipts": self.receipts_requested.emit,
        }
        for act, button in self._buttons.items():
            button.clicked.connect(self._does[act])
        self._lay_out()
        self.show_watched(None)
        self.show_look(None)
        self.show_busy(busy=False)

    def acts(self) -> dict[str, Callable[[], object]]:
        """What each key does here, as far as its button is there."""
        return {**super().acts(), **{act: do for act, do in self._does.items() if self._buttons[act].isEnabled()}}

    def first_focus(self) -> QWidget | None:
        """What is to be done next."""
        return next((self._buttons[act] for act in ("stop", "take_in") if self._buttons[act].isEnabled()), self._buttons["files"])

    def _lay_out(self) -> None:
        looks.dress(self.list, "notes")
        self.list.setModel(self.model)
        self.list.setUniformItemSizes(True)
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setTabKeyNavigation(False)
        self.list.setAccessibleName("Bundles of this batch")
        self.list.setMinimumHeight(round(200 * self.theme.zoom))
        self.list.selectionModel().currentChanged.connect(self._show_row)
        self.bar.setAccessibleName("How far it is")
        self.body.addWidget(label("Inbox", "title"))
        self.body.addLayout(FlowLayout.of(*(self._buttons[act] for act in ("files", "folder", "watch")), gap=M))
        self.body.addWidget(self._watching)
        self.body.addWidget(self.says)
        self.body.addWidget(self.bar)
        self.body.addLayout(FlowLayout.of(*(self._buttons[act] for act in ("take_in", "stop", "receipts")), gap=M))
        roomy = self.theme.zoom >= ROOMY
        halves = QBoxLayout(QBoxLayout.Direction.TopToBottom if roomy else QBoxLayout.Direction.LeftToRight)
        halves.setSpacing(L)
        halves.addWidget(self.list, 1)
        right = QVBoxLayout()
        right.setSpacing(S)
        right.addWidget(self._detail)
        right.addWidget(self._receipts)
        right.addStretch(1)
        halves.addLayout(right, 1)
        self.body.addLayout(halves, 1)

    # -- what is shown

    def show_look(self, look: Look | None) -> None:
        """Show a batch that was looked at or taken in; None for an empty inbox."""
        self.look = look or Look((), ())
        self.model.show(self.look.rows)
        self.list.setVisible(bool(self.look.rows))
        self.says.setText(self.look.says() if look else EMPTY)
        if self.look.rows:
            self.list.setCurrentIndex(self.model.index(0))
        self._show_row()
        self._enable(busy=False)

    def show_busy(self, *, busy: bool) -> None:
        """Something is being looked at or taken in: only stopping is left to do."""
        self.bar.setVisible(busy)
        self._enable(busy=busy)
        if busy:
            self._buttons["stop"].setFocus()

    def show_progress(self, what: str, done: int, of: int) -> None:
        """How far it is."""
        self.bar.setMaximum(max(1, of))
        self.bar.setValue(done)
        self.bar.setFormat(f"{what[:1].upper()}{what[1:]}: {done} of {of}")
        self._buttons["stop"].setEnabled(done < of)  # what is written is written whole

    def show_watched(self, folder: Path | None) -> None:
        """Say which folder is watched."""
        self._watching.setText(f"Watching {folder}: what comes there is looked at by itself, and taken in when you say so." if folder else "")
        self._watching.setVisible(folder is not None)
        self._buttons["watch"].say("Stop watching" if folder else "Watch a folder")

    def show_receipts(self, written: list[Written]) -> None:
        """The receipts that were written, with the codes to read out."""
        parts: list[QWidget] = []
        for one in written:
            parts.append(label(one.path.name, "strong"))
            parts += [label(f"{device}: {code}") for device, code in one.codes.items()]
            parts += [label(f"! {device}: left out, its copies differ", "warn") for device in one.disputed]
        self._receipts.fill(card(
            label(f"✓ {count(len(written), 'receipt')} written", "ok"),
            label("Carry the file back, or read the code of each laptop out by telephone: then it may be deleted there."), *parts,
        ))

    def _enable(self, *, busy: bool) -> None:
        for act in ("files", "folder", "watch"):
            self._buttons[act].setEnabled(not busy)
        ready = self.look.changes and not self.look.taken_in
        self._buttons["take_in"].setVisible(ready)
        self._buttons["take_in"].setEnabled(ready and not busy)
        self._buttons["take_in"].say(f"Take in {count(self.look.good, 'bundle')}" if self.look.good else "Put aside what waits")
        self._buttons["stop"].setVisible(busy)
        self._buttons["stop"].setEnabled(busy)
        self._buttons["receipts"].setVisible(not busy and not ready)
        self._buttons["receipts"].setEnabled(not busy and not ready)

    @Slot()
    def _show_row(self) -> None:
        at = self.list.currentIndex().row()
        if not 0 <= at < len(self.look.rows):
            self._detail.fill()
            return
        row = self.look.rows[at]
        look = {"ok": "ok", "warn": "warn", "error": "error"}[row.tone]
        parts: list[QWidget] = [label(f"{row.mark} {row.what}", "heading"), label(f"{row.short[:1].upper()}{row.short[1:]}", look)]
        parts += [label(line) for line in row.says if line]
        if row.todo:
            parts.append(label(f"What to do: {row.todo}", "strong"))
        if row.file != row.what:
            parts.append(label(row.file, "muted"))
        self._detail.fill(card(*parts))

    @Slot()
    def _take(self) -> None:
        self.take_requested.emit()

    # -- files that are dropped

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files may be dropped, other things not."""
        if any(url.isLocalFile() for url in event.mimeData().urls()) and self._buttons["files"].isEnabled():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Look at what was dropped."""
        self.dropped.emit([Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()])
        event.acceptProposedAction()
