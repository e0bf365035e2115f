"""The note line: one line of shorthand, tied to where in the method it is typed, and the notes of this step.

Half-typed words are a draft, kept 300 ms after the last key and at least once a second; Enter makes the record.
"""

from typing import Literal, NamedTuple

from PySide6.QtCore import QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QPlainTextEdit, QVBoxLayout, QWidget

from tradeoff_desktop.app import pace, shorthand
from tradeoff_desktop.app.desk import moment
from tradeoff_desktop.app.shorthand import Line, Sticky
from tradeoff_desktop.model import capture, codec
from tradeoff_desktop.model import records as r
from tradeoff_desktop.ui import icons
from tradeoff_desktop.ui import theme as looks
from tradeoff_desktop.ui.bridge import Bridge
from tradeoff_desktop.ui.controls import label
from tradeoff_desktop.ui.room import Room
from tradeoff_desktop.ui.theme import M, S, Theme

SLOT = "note"
# Milliseconds after the last key, and at most after the first. A timer of Qt may be a twentieth late and the disk takes
# its time; a second is the most that may be lost.
SETTLE, STALE = 300, 900
KIND_WORDS = {"point": "", "question": "Question: ", "condition": "Condition: ", "red_line": "Red line: "}
ROUND_OF: dict[str, Literal["RV"]] = {"flip": "RV"}
_HINT = (
    'No notes at this step yet. Begin a note with @g for a group, @t3 for a table, " for their own words, '
    "! for a red line, ? for a question, + for a condition. #tags anywhere."
)


class NoteField(QPlainTextEdit):
    """The line itself: Enter saves, Shift+Enter breaks it, the up arrow on an empty line edits the last note."""

    entered = Signal()
    upward = Signal()
    left = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setAccessibleName("Note")
        self.setAccessibleDescription(_HINT)
        self.setPlaceholderText("Start typing. Enter saves.")
        self.setTabChangesFocus(True)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFixedHeight(self.sizeHint().height())

    def sizeHint(self) -> QSize:
        """Two lines."""
        return QSize(200, 2 * self.fontMetrics().lineSpacing() + 2 * M)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keep Enter and the first up arrow for ourselves; stop at the longest note."""
        enter = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
        if enter and not event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.entered.emit()
        elif event.key() == Qt.Key.Key_Up and not self.toPlainText():
            self.upward.emit()
        elif event.text().isprintable() and event.text() and len(self.toPlainText()) >= shorthand.LONGEST:
            event.accept()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Leaving the line keeps the draft at once."""
        super().focusOutEvent(event)
        self.left.emit()


class Editing(NamedTuple):
    """A note opened again: the record it replaces, and what of it stays as it was."""

    seq: int
    body: r.Note


class NotePanel(QWidget):
    """The line, what is set, how many notes are saved, and the notes of this step."""

    def __init__(self, bridge: Bridge, room: Room, theme: Theme) -> None:
        super().__init__()
        self._bridge = bridge
        self._room = room
        self._theme = theme
        self._sticky = Sticky()
        self._editing: Editing | None = None
        self._first_key = ""
        self._kept = ""
        self._listed: list[tuple[str, int]] = []
        self.field = NoteField(theme)
        self.list = QListWidget()
        self.list.setAccessibleName("Notes of this step")
        self.list.setWordWrap(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._hidden = label("Saved notes are hidden: the room may see this screen.", "muted")
        self._hidden.hide()
        self._set = label("", "strong", wrap=False)
        self._mark = label("", wrap=False)
        self._saved = label("", "small", wrap=False)
        self._settle = QTimer(self, singleShot=True, interval=SETTLE)
        self._stale = QTimer(self, singleShot=True, interval=STALE)
        self._build()
        self._connect()
        self._restore()
        self.refresh(frozenset({"note"}))

    def _build(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(S)
        head.addWidget(label("Note, F3", "strong", wrap=False))
        head.addWidget(self._mark)
        head.addWidget(self._set)
        head.addStretch(1)
        head.addWidget(self._saved)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(M, S, M, S)
        layout.setSpacing(S)
        layout.addWidget(self.list, 1)
        layout.addWidget(self._hidden, 1, Qt.AlignmentFlag.AlignTop)
        layout.addLayout(head)
        layout.addWidget(self.field)

    def _connect(self) -> None:
        self.field.textChanged.connect(self._typed)
        self.field.entered.connect(self.save)
        self.field.upward.connect(self._edit_last)
        self.field.left.connect(self.keep_draft)
        self._settle.timeout.connect(self.keep_draft)
        self._stale.timeout.connect(self.keep_draft)

    # -- drafts

    def _restore(self) -> None:
        """Words half typed when the program stopped are there again."""
        text = self._bridge.desk.store.draft(SLOT)
        self._kept = text
        if text:
            self.field.setPlainText(text)

    @Slot()
    def _typed(self) -> None:
        if not self._first_key:
            self._first_key = moment(self._bridge.desk.now)
        self._settle.start()
        if not self._stale.isActive():
            self._stale.start()
        self._show_sticky()

    @Slot()
    def keep_draft(self) -> None:
        """Keep what stands in the line, if it has changed."""
        self._settle.stop()
        self._stale.stop()
        text = codec.sanitise(self.field.toPlainText())
        if text != self._kept and self._bridge.keep_draft(SLOT, text):
            self._kept = text

    # -- saving

    def _read(self) -> Line:
        tables = frozenset(table.number for table in self._bridge.state.open_tables())
        return shorthand.read(self.field.toPlainText(), sticky=self._sticky, pack=self._bridge.pack, tables=tables)

    @Slot()
    def save(self) -> None:
        """Enter: the line becomes a record, or only sets group and table."""
        line = self._read()
        if line.unknown:
            looks.dress(self._saved, "error")
            self._saved.setText(f"Not saved: {line.unknown} is no group or open table here")
            return
        self._sticky = line.sticky
        if not line.text:
            self._clear()
            return
        if self._bridge.settle(SLOT, capture.note, self._note(line)):
            self._kept = ""
            self._clear()
            self._show_saved(moment(self._bridge.desk.now))

    def _note(self, line: Line) -> r.Note:
        """The note, tied to where it is typed; one opened again stays tied to where it was."""
        where = self._where() if self._editing is None else self._editing.body
        return r.Note(
            role=self._bridge.role, kind=line.kind, text=line.text, verbatim=line.verbatim, tags=list(line.tags),
            group=line.sticky.group, table=line.sticky.table, step=where.step, scenario=where.scenario,
            variant=where.variant, round=where.round, typed=self._first_key,
            from_paper=where.from_paper, replaces=self._editing.seq if self._editing else 0,
        )

    def _where(self) -> r.Note:
        """Step, card and round the room is at, as an empty note."""
        screen, step = self._room.screen, self._room.step
        scenario = screen.scenario or (self._bridge.pack.anchor.id if step and step.scenario == "anchor" else "")
        round_ = ROUND_OF.get(screen.shown) or (step.round if step else "")
        return r.Note(
            role=self._bridge.role, text="", step=step.id if step else "setup", scenario=scenario,
            variant=screen.variant, round=round_,
        )

    def _clear(self) -> None:
        self._editing = None
        self.field.clear()
        self.keep_draft()
        self._first_key = ""
        self._show_sticky()

    @Slot()
    def _edit_last(self) -> None:
        """Open this laptop's last note again; saving writes a new record in its place."""
        own = [(rec.seq, body) for rec, body in self._bridge.state.bodies(r.Note) if rec.device == self._bridge.desk.device]
        if not own:
            return
        seq, body = own[-1]
        self._editing = Editing(seq, body)
        self._sticky = Sticky(body.group, body.table)
        self.field.setPlainText(shorthand.write(text=body.text, kind=body.kind, verbatim=body.verbatim, tags=body.tags))
        self.field.moveCursor(self.field.textCursor().MoveOperation.End)

    # -- showing

    def refresh(self, kinds: frozenset[str]) -> None:
        """Show the notes of this step and how many there are."""
        if kinds & {"note", "redaction", "undo", "erasure", "withdrawal", "ruling", "step"}:
            self._show_list()
            looks.dress(self._saved, "small")
            self._saved.setText(self._counted())

    def show_list(self, *, visible: bool) -> None:
        """In a console that the room may see the notes stay hidden."""
        self.list.setVisible(visible)
        self._hidden.setVisible(not visible)

    def _show_saved(self, at: str) -> None:
        looks.dress(self._saved, "small")
        self._saved.setText(f"{self._counted()}, last at {pace.local_time(at, self._bridge.state)}")

    def _counted(self) -> str:
        count = len(self._bridge.state.live["note"])
        return f"{count} notes saved" if count != 1 else "1 note saved"

    def _show_sticky(self) -> None:
        sticky = self._read().sticky
        group = next((g for g in self._bridge.pack.groups if g.code == sticky.group), None)
        if group is not None:
            self._mark.setPixmap(icons.group_pixmap(self._theme, shape=group.shape, initial=group.initial, side=24))
        else:
            self._mark.clear()
        parts = [group.name if group else "", f"Table {sticky.table}" if sticky.table else ""]
        parts.append("Editing the last note" if self._editing else "")
        self._set.setText(" · ".join(part for part in parts if part))

    def _show_list(self) -> None:
        """Notes of this step. A new one is added below; anything else means listing them anew."""
        state = self._bridge.state
        step = state.step or "setup"
        found = [(record, body) for record, body in state.bodies(r.Note) if body.step == step]
        keys = [record.key for record, _ in found]
        if not self._listed or keys[: len(self._listed)] != self._listed:
            self.list.clear()
            self._listed = []
        for record, body in found[len(self._listed) :]:
            self.list.addItem(self._item(record, body))
        self._listed = keys
        if not keys:
            self.list.addItem(QListWidgetItem(_HINT))
        self.list.scrollToBottom()

    def _item(self, record: r.Record, body: r.Note) -> QListWidgetItem:
        item = QListWidgetItem(f"{pace.local_time(record.at, self._bridge.state)}  {self._line(body)}")
        group = next((g for g in self._bridge.pack.groups if g.code == body.group), None)
        if group is not None:
            item.setIcon(icons.group_pixmap(self._theme, shape=group.shape, initial=group.initial))
        return item

    def _line(self, body: r.Note) -> str:
        words = f"“{body.text}”" if body.verbatim else body.text
        table = f"T{body.table} " if body.table else ""
        group = next((f"{g.initial}: " for g in self._bridge.pack.groups if g.code == body.group), "")
        tags = "".join(f" #{tag}" for tag in body.tags)
        return f"{table}{group}{KIND_WORDS[body.kind]}{words}{tags}"
