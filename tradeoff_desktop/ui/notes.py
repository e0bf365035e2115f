"""Notes: the list, the line they are typed into, and what may be asked of them. Beside the console or on its own page."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tradeoff_desktop.app import hints, notebook
from tradeoff_desktop.app.notebook import Query
from tradeoff_desktop.model import capture
from tradeoff_desktop.model import records as r
from tradeoff_desktop.model.records import Record
from tradeoff_desktop.model.workshop import Workshop
from tradeoff_desktop.ui.bridge import Bridge
from tradeoff_desktop.ui.controls import label
from tradeoff_desktop.ui.noteasks import AskBar
from tradeoff_desktop.ui.noteline import HINT, NoteLine, Where
from tradeoff_desktop.ui.notelist import FindBar, NoteList
from tradeoff_desktop.ui.theme import M, S, Theme

_LISTED = frozenset({"note", "redaction", "undo", "erasure", "withdrawal", "ruling", "step", "clarification"})
_MENDED = _LISTED - {"note", "step"}


class NotePanel(QWidget):
    """The line, what is set, how many notes are saved, and the notes of this step or those that are looked for."""

    def __init__(self, bridge: Bridge, theme: Theme, where: Where) -> None:
        super().__init__()
        self._bridge = bridge
        self._where = where
        self.line = NoteLine(bridge, theme, where)
        self.field = self.line.field
        self.list = NoteList(bridge, theme)
        self.finder = FindBar(theme, bridge.pack)
        self.asks = AskBar(bridge.pack, theme)
        self._told = label("", "small")
        self._told.hide()
        self._hidden = label("Saved notes are hidden: the room may see this screen.", "muted")
        self._hidden.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(M, S, M, S)
        layout.setSpacing(S)
        layout.addWidget(self.finder)
        layout.addWidget(self._told)
        layout.addWidget(self.list, 1)
        layout.addWidget(self._hidden, 1, Qt.AlignmentFlag.AlignTop)
        layout.addWidget(self.asks)
        layout.addWidget(self.line)
        self.finder.asked.connect(self._list_anew)
        self.finder.left.connect(self._back_to_line)
        self.asks.left.connect(self._back_to_line)
        self.refresh(_LISTED)

    def acts(self) -> dict[str, Callable[[], object]]:
        """What the keys for notes do."""
        return {
            "find": self.look_for, "move_notes": self.ask_move, "clarify": self.ask_clarification,
            "redact": self.ask_redaction,
        }

    # -- what is listed

    def refresh(self, kinds: frozenset[str]) -> None:
        """Show the notes of this step and how many there are."""
        if kinds & _LISTED:
            self._list(fresh=bool(kinds & _MENDED))
        if kinds & _LISTED or self.line.held:
            self.line.refresh()

    @Slot()
    def _list_anew(self) -> None:
        self._list(fresh=False)

    def _list(self, *, fresh: bool) -> None:
        looking = not self.finder.isHidden()
        query = self.finder.query if looking else Query(step=self._where().step)
        self.list.show_found(query, empty="No note fits." if looking else HINT, fresh=fresh)
        listed, count = self.list.notes.rowCount(), self.list.notes.count
        more = self.list.notes.more
        self._told.setText(
            f"The last {listed} are listed; there are more. Another word finds them." if more else
            f"The last {listed} of {count} notes are listed. Ctrl+F finds the others."
        )
        self._told.setVisible((more or count > listed) and not self.list.isHidden())
        self.finder.told.setText(f"{'over ' if more else ''}{count} found · Esc leaves")

    def keep_quiet(self, *, quiet: bool) -> None:
        """Where the room may see this screen the notes stay hidden, and so does what could show one."""
        self.list.setVisible(not quiet)
        self._hidden.setVisible(quiet)
        self.line.keep_quiet(quiet=quiet)
        if quiet:
            self.finder.hide()
            self.asks.hide()
            self._told.hide()

    @Slot()
    def look_for(self) -> None:
        """Open the search, or go back into it."""
        if not self.list.isHidden():
            self.finder.show()
            self.finder.words.setFocus()
            self.finder.words.selectAll()
            self._list_anew()

    def look_for_personal(self) -> None:
        """List what looks like personal data, to be redacted."""
        if self.list.isHidden():
            return
        self.finder.show()
        self.finder.set_kind(notebook.PERSONAL)
        self._list_anew()
        self.list.setFocus()

    @Slot()
    def _back_to_line(self) -> None:
        self._list_anew()
        self.field.setFocus()

    # -- what is asked

    @Slot()
    def ask_move(self) -> None:
        """Ask how many of the last notes belong to which other step."""
        own = notebook.own_notes(self._bridge.desk)
        if own and not self.list.isHidden():
            self.asks.ask_step("How many of the last notes belong to which step? One undo takes the move back.", "Move", self._where().step, self._move, most=len(own))

    def _move(self) -> bool:
        step = self.asks.step.currentData()
        return self._bridge.do(capture.move_notes, role=self._bridge.role, last=self.asks.count.count, step=step)

    @Slot()
    def ask_clarification(self) -> None:
        """Ask for words to stand in [brackets] after the chosen note; what the room said stays as it is."""
        record, body = self._chosen()
        if record is not None and body is not None and record.key in self._bridge.state.live["note"]:
            said = f"Add in [brackets] to “{_short(body.text)}”:"
            self.asks.ask_words(said, "Add", "", lambda: self._clarify(record.ref))

    def _clarify(self, of: r.Ref) -> bool:
        words = self.asks.words.toPlainText()
        return self._bridge.do(capture.clarify, role=self._bridge.role, of=of, text=words)

    @Slot()
    def ask_redaction(self) -> None:
        """Ask for other words in the chosen note's place; the old ones are erased."""
        record, body = self._chosen()
        if record is None or body is None:
            return
        if record.key in self._bridge.state.live["note"]:
            said = "Other words for this note. The old ones are erased from this laptop and cannot come back."
            self.asks.ask_words(said, "Erase the old words", _without(body.text), lambda: self._redact(record.ref))
        else:
            said = "This note was taken back or mended. Enter erases its words from this laptop; they cannot come back."
            self.asks.ask_words(said, "Erase the words", "", lambda: self._redact(record.ref))

    def _redact(self, of: r.Ref) -> bool:
        return self._bridge.redact(of, self.asks.words.toPlainText())

    def _chosen(self) -> tuple[Record | None, r.Note | None]:
        record = None if self.list.isHidden() else self.list.chosen
        return record, record.body if record is not None and isinstance(record.body, r.Note) else None

    # -- the line

    @Slot()
    def keep_draft(self) -> None:
        """Keep what stands in the line."""
        self.line.keep_draft()

    def undo_typing(self) -> bool:
        """Take back the last typing; False where there is none, so that an act is taken back."""
        return self.line.undo_typing()

    def reopen(self, before: Workshop) -> None:
        """After an undo: a note that was taken back stands in the line again."""
        self.line.reopen(before)


def _short(text: str) -> str:
    return text if len(text) <= 60 else text[:60].rstrip() + "…"


def _without(text: str) -> str:
    """The words with what looks like personal data left out, to begin from."""
    for hint in reversed(hints.find(text)):
        text = f"{text[: hint.start]}({hints.NAMES[hint.kind]}){text[hint.end :]}"
    return text
