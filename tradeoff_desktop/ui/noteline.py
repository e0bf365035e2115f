"""The note line: one line of shorthand, tied to where in the method its first key was pressed.

Half-typed words are a draft, kept 300 ms after the last key and at least once a second; Enter makes the record.
"""

from collections.abc import Callable
from typing import NamedTuple

from PySide6.QtCore import QTimer, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tradeoff_desktop.app import notebook, pace, shorthand
from tradeoff_desktop.app.desk import moment
from tradeoff_desktop.app.shorthand import Line, Sticky
from tradeoff_desktop.model import capture, codec
from tradeoff_desktop.model import records as r
from tradeoff_desktop.model.runsheet import step_of
from tradeoff_desktop.model.workshop import Workshop
from tradeoff_desktop.ui import icons
from tradeoff_desktop.ui import theme as looks
from tradeoff_desktop.ui.bridge import Bridge
from tradeoff_desktop.ui.controls import label
from tradeoff_desktop.ui.flow import FlowLayout
from tradeoff_desktop.ui.notefield import NoteField
from tradeoff_desktop.ui.personal import PersonalQuestion
from tradeoff_desktop.ui.theme import S, Theme

SLOT = "note"
# Milliseconds after the last key, and at most after the first. A timer of Qt may be a twentieth late and the disk takes
# its time; a second is the most that may be lost.
SETTLE, STALE = 300, 900
HINT = (
    'No notes here yet. Begin a note with @g for a group, @t3 for a table, " for their own words, '
    "! for a red line, ? for a question, + for a condition. #tags anywhere."
)
Where = Callable[[], r.Note]


class Begun(NamedTuple):
    """When and where the first key of a note was pressed."""

    at: str
    where: r.Note


class Editing(NamedTuple):
    """A note opened again: the record that its new wording replaces, and what of it stays as it was."""

    seq: int
    body: r.Note


class NoteLine(QWidget):
    """The field, what is set, and how many notes are saved. ``where`` says, as an empty note, where we are now."""

    def __init__(self, bridge: Bridge, theme: Theme, where: Where) -> None:
        super().__init__()
        self._bridge = bridge
        self._theme = theme
        self._where = where
        self._sticky = Sticky()
        self._editing: Editing | None = None
        self._begun: Begun | None = None
        self._seen = self._kept = ""
        self.held = 0  # how many notes were said to be in memory only
        self._quiet = False  # the room may see this screen
        self.field = NoteField(theme, tags=bridge.pack.tags, hint=HINT)
        self.set = label("", "strong", wrap=False)
        self.mark = label("", wrap=False)
        self.mark.hide()
        self.saved = label("", "small", wrap=False)
        self.personal = PersonalQuestion()
        self.settling = QTimer(self, singleShot=True, interval=SETTLE)
        self.stale = QTimer(self, singleShot=True, interval=STALE)
        self._build()
        self.field.textChanged.connect(self._typed)
        self.field.cursorPositionChanged.connect(self._show_set)
        self.field.entered.connect(self.save)
        self.field.upward.connect(self._edit_last)
        self.field.left.connect(self.keep_draft)
        self.settling.timeout.connect(self.keep_draft)
        self.stale.timeout.connect(self.keep_draft)
        self._restore()

    def _build(self) -> None:
        head = FlowLayout()
        for part in (label("Note, F3", "strong", wrap=False), self.mark, self.set, self.saved):
            head.addWidget(part)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(S)
        layout.addLayout(head)
        layout.addWidget(self.field)
        layout.addWidget(self.personal)

    # -- drafts

    def _restore(self) -> None:
        """Words half typed when the program stopped are there again; a table laptop stays at its table."""
        own = notebook.own_notes(self._bridge.desk)
        if own and self._bridge.role == "table":
            self._sticky = Sticky(table=own[-1][1].table)
        text = self._bridge.desk.store.draft(SLOT)
        self._kept = text
        if text:
            self.field.setPlainText(text)
        self._show_set()

    @Slot()
    def _typed(self) -> None:
        text = self.field.toPlainText()
        if text == self._seen:
            return  # the underline changed, not the words
        self._seen = text
        if not text:
            self._begun = None
        elif self._begun is None:
            self._begun = Begun(moment(self._bridge.desk.now), self._where())
        self.settling.start()
        if not self.stale.isActive():
            self.stale.start()
        self._show_set()
        self.personal.ask(text)
        self.field.setAccessibleDescription(self.personal.text() or HINT)

    @Slot()
    def keep_draft(self) -> None:
        """Keep what stands in the line, if it has changed."""
        self.settling.stop()
        self.stale.stop()
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
            looks.dress(self.saved, "error")
            self.saved.setText(f"Not saved: {line.unknown} is no group or open table here")
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
        """The note, tied to where its first key was pressed; one opened again stays tied to where it was."""
        begun = self._begun or Begun(moment(self._bridge.desk.now), self._where())
        where = begun.where if self._editing is None else self._editing.body
        typed = begun.at if self._editing is None else self._editing.body.typed
        return codec.amended(
            where, role=self._bridge.role, kind=line.kind, text=line.text, verbatim=line.verbatim,
            tags=list(line.tags), group=line.sticky.group, table=line.sticky.table, typed=typed,
            scenario=where.scenario or self._scenario(where, line.sticky.table),
            replaces=self._editing.seq if self._editing else 0,
        )

    def _scenario(self, where: r.Note, table: int) -> str:
        """The table's own case, at a step where every table has its own."""
        step = step_of(self._bridge.pack, where.step)
        return capture.scenario_at(self._bridge.state, step, table) if step is not None and not where.variant else ""

    def _clear(self) -> None:
        self._editing = None
        self.field.clear()
        self.keep_draft()
        self._begun = None
        self._show_set()

    # -- mending

    @Slot()
    def _edit_last(self) -> None:
        """Open this laptop's last note again; saving writes a new record in its place."""
        own = [] if self._quiet else notebook.own_notes(self._bridge.desk)
        if own:
            self._open(own[-1][1], seq=own[-1][0].seq)

    def _open(self, body: r.Note, *, seq: int) -> None:
        self._editing = Editing(seq, body)
        self._sticky = Sticky(body.group, body.table)
        self.field.setPlainText(shorthand.write(text=body.text, kind=body.kind, verbatim=body.verbatim, tags=body.tags))
        self.field.moveCursor(self.field.textCursor().MoveOperation.End)

    def undo_typing(self) -> bool:
        """Take back the last typing where there is some in the line; False where there is none."""
        if self.field.hasFocus() and self.field.toPlainText() and self.field.document().isUndoAvailable():
            self.field.undo()
            return True
        return False

    def reopen(self, before: Workshop) -> None:
        """After an undo: a note that was taken back stands in the line again, to be mended; no words are pushed out."""
        found = notebook.taken_back(before, self._bridge.state)
        if found is None or self._quiet or self.field.toPlainText():
            return
        record, seq = found
        if isinstance(record.body, r.Note) and record.device == self._bridge.desk.device:
            self._open(record.body, seq=seq)
            self.field.setFocus()

    # -- showing

    def sit_at(self, table: int) -> None:
        """Notes are of this table until another is set."""
        self._sticky = self._sticky._replace(table=table)
        self._show_set()

    @property
    def table(self) -> int:
        """The table that is set, 0 for the whole room."""
        return self._sticky.table

    def keep_quiet(self, *, quiet: bool) -> None:
        """Where the room may look on, words stand here only while they are typed, no group and no earlier note ever."""
        self._quiet = self.field.quiet = self.personal.quiet = quiet
        self.field.viewport().update()
        self._show_set()
        self.personal.ask(self.field.toPlainText())
        self.field.setAccessibleDescription(self.personal.text() or HINT)

    def refresh(self) -> None:
        """How many notes there are. A note that is being mended and was erased meanwhile leaves the line, words and all."""
        if self._editing is not None and not self._held(self._editing.seq):
            self._clear()
        looks.dress(self.saved, "small")
        self.saved.setText(self._counted())

    def _held(self, seq: int) -> bool:
        state, key = self._bridge.state, (self._bridge.desk.device, seq)
        return key in state.live["note"] or key in state.past

    def _show_saved(self, at: str) -> None:
        looks.dress(self.saved, "small")
        self.saved.setText(f"{self._counted()}, last at {pace.local_time(at, self._bridge.state)}")

    def _counted(self) -> str:
        count = len(self._bridge.state.live["note"])
        self.held = sum(isinstance(record.body, r.Note) for record in self._bridge.desk.held)
        notes = f"{count} notes" if count != 1 else "1 note"
        return f"{notes}, {self.held} not on disk yet" if self.held else f"{notes} saved"

    @Slot()
    def _show_set(self) -> None:
        sticky = self._read().sticky
        group = next((g for g in self._bridge.pack.groups if g.code == sticky.group and not self._quiet), None)
        self.mark.setVisible(group is not None)
        if group is not None:
            self.mark.setPixmap(icons.group_pixmap(self._theme, shape=group.shape, initial=group.initial, side=24))
        tag = self.field.tag_offered()
        parts = [group.name if group else "", f"Table {sticky.table}" if sticky.table else ""]
        parts += ["Mending a note" if self._editing else "", f"Space: #{tag}" if tag else ""]
        self.set.setText(" · ".join(part for part in parts if part))
