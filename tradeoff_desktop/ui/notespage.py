"""Notes on a page of their own: at a table laptop, and at any laptop for paper notes and for mending afterwards.

A table laptop has a place of its own in the agenda, which it moves; elsewhere the room's step is shown. Paper notes
ask for their step first, and are marked.
"""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from tradeoff_desktop.app import notebook
from tradeoff_desktop.app.words import say
from tradeoff_desktop.errors import TradeoffError
from tradeoff_desktop.model import acts
from tradeoff_desktop.model import records as r
from tradeoff_desktop.model.runsheet import neighbour, step_of
from tradeoff_desktop.ui import keys
from tradeoff_desktop.ui.audience import AudienceWindow
from tradeoff_desktop.ui.bridge import Bridge
from tradeoff_desktop.ui.controls import Banner, KeyButton, card, label
from tradeoff_desktop.ui.flow import FlowLayout
from tradeoff_desktop.ui.keys import Place
from tradeoff_desktop.ui.notelist import BEFORE, choice
from tradeoff_desktop.ui.notes import NotePanel
from tradeoff_desktop.ui.page import Page, scrolling
from tradeoff_desktop.ui.sight import Sight
from tradeoff_desktop.ui.theme import M, S, Theme
from tradeoff_desktop.ui.ticks import Picker

LEADS = "The console moves the agenda. Ctrl+T types up notes from paper, at any step."


class StepStrip(QWidget):
    """Where notes belong now, large, and the keys that go on and back."""

    def __init__(self, theme: Theme, *, moves: bool) -> None:
        super().__init__()
        self._title = label("", "heading")
        self._place = label("", "muted")
        self.earlier = KeyButton("Earlier", theme=theme, key=keys.printed("notes", "earlier"))
        self.later = KeyButton("Later", theme=theme, key=keys.printed("notes", "later"))
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self._place)
        words.addWidget(self._title)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(M)
        line.addWidget(self.earlier)
        line.addLayout(words, 1)
        line.addWidget(self.later)
        for button in (self.earlier, self.later):
            button.setVisible(moves)

    def show_step(self, bridge: Bridge, step: str, *, paper: bool) -> None:
        """Name the step and its place in the agenda."""
        found = step_of(bridge.pack, step)
        ids = [one.id for one in bridge.pack.agenda]
        number = f"Step {ids.index(step) + 1} of {len(ids)}" if found is not None else "Before the first step"
        self._place.setText(f"Notes from paper · {number}" if paper else number)
        self._title.setText(found.title if found is not None else "The day has not begun")


class NotesPage(Page):
    """The whole page for notes."""

    place: Place = "notes"
    back_requested = Signal()
    home_requested = Signal()
    close_requested = Signal()

    def __init__(self, bridge: Bridge, theme: Theme, audience: AudienceWindow | None = None) -> None:
        super().__init__(theme)
        self._bridge = bridge
        self._paper = ""  # the step whose paper notes are typed up
        self._own_place = bridge.role != "lead"
        self.strip = StepStrip(theme, moves=self._own_place)
        self.banner = Banner()
        self.panel = NotePanel(bridge, theme, self._where)
        self.table = self._table_choice()
        self.strip.earlier.clicked.connect(self._earlier)
        self.strip.later.clicked.connect(self._later)
        self.table.activated.connect(self._sit)
        self._build()
        self._sight = Sight(audience, bridge, self)
        self._sight.changed.connect(self._cover)
        bridge.changed.connect(self._changed)
        bridge.refused.connect(self._refused)
        self._show_place()
        self._cover()
        if bridge.state.closed:
            self.ask_paper()

    def _build(self) -> None:
        self._sheets = KeyButton("From paper", theme=self.theme, key=keys.printed("notes", "from_paper"))
        self._sheets.clicked.connect(self.ask_paper)
        tools = FlowLayout()
        tools.addWidget(self.table)
        tools.addWidget(self._sheets)
        for act, words in (("find", "Find"), ("move_notes", "Move"), ("clarify", "Clarify"), ("redact", "Redact")):
            button = KeyButton(words, theme=self.theme, key=keys.printed("noting", act))
            button.clicked.connect(self.panel.acts()[act])
            tools.addWidget(button)
        back = KeyButton("Back", theme=self.theme, key=keys.printed("notes", "leave_notes"))
        back.clicked.connect(self.back_requested)
        tools.addWidget(back)
        self.panel.list.setMinimumHeight(round(110 * self.theme.zoom))
        content = QWidget()
        inner = QVBoxLayout(content)
        inner.setContentsMargins(M, S, M, S)
        inner.setSpacing(S)
        inner.addWidget(self.banner)
        inner.addWidget(card(self.strip))
        inner.addLayout(tools)
        inner.addWidget(self.panel, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(scrolling(content, width=round(1300 * self.theme.zoom)))

    def _table_choice(self) -> Picker:
        themes = {theme.code: theme.name for theme in self._bridge.pack.themes}
        tables = [(f"Table {one.number} · {themes[one.theme]}", one.number) for one in self._bridge.state.open_tables()]
        made = choice(self.theme, "Table the notes are from", [("The whole room", 0), *tables], letters=18)
        made.setCurrentIndex(max(0, made.findData(self.panel.line.table)))
        return made

    # -- keys

    def acts(self) -> dict[str, Callable[[], object]]:
        """What each key does here."""
        return {
            **self.panel.acts(), "note": self.panel.field.setFocus, "undo": self.undo, "earlier": self._earlier,
            "later": self._later, "from_paper": self.ask_paper, "home": self.home_requested.emit,
            "leave_notes": self.back_requested.emit, "close": self.close_requested.emit,
        }

    def first_focus(self) -> QWidget | None:
        """The line, or what is asked first."""
        return self.panel.asks.step if not self.panel.asks.isHidden() else self.panel.field

    def leaving(self) -> None:
        """Keep the draft."""
        self.panel.keep_draft()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes to the list, where the arrows choose a note."""
        if event.key() == Qt.Key.Key_Escape:
            self.panel.list.setFocus()
        else:
            super().keyPressEvent(event)

    @Slot()
    def undo(self) -> None:
        """Take back typing, or else the last act; a note comes back into the line."""
        before = self._bridge.state
        if not self.panel.undo_typing() and self._bridge.undo():
            self.panel.reopen(before)

    # -- where notes belong

    def _where(self) -> r.Note:
        """The step, as an empty note. What is shown on the projector is known at the lead laptop's console alone."""
        step = step_of(self._bridge.pack, self._step())
        anchor = step is not None and step.scenario == "anchor"
        return r.Note(
            role=self._bridge.role, text="", step=step.id if step is not None else BEFORE,
            scenario=self._bridge.pack.anchor.id if anchor else "", round=step.round if step is not None else "",
            from_paper=bool(self._paper),
        )

    def _step(self) -> str:
        return self._paper or notebook.own_step(self._bridge.desk)

    @Slot()
    def _earlier(self) -> None:
        self._walk(by=-1)

    @Slot()
    def _later(self) -> None:
        self._walk(by=1)

    def _walk(self, *, by: int) -> None:
        step = neighbour(self._bridge.pack, self._step(), by=by)
        if self._paper:
            self._paper = step
            self._show_place()
        elif not self._own_place:
            self.banner.show_message(LEADS, tone="info")
        elif step != self._step():
            self._bridge.do(acts.begin_step, role=self._bridge.role, step=step, back=by < 0)

    @Slot()
    def ask_paper(self) -> None:
        """Ask which step the paper notes are from; pressed again, stop typing them up."""
        if self._paper and not self._bridge.state.closed:
            self._paper = ""
            self._show_place()
        else:
            self.panel.asks.ask_step("Which step are these paper notes from?", "Type them up", self._step(), self._begin_paper)

    def _begin_paper(self) -> bool:
        self._paper = str(self.panel.asks.step.currentData())
        self._show_place()
        return True

    @Slot()
    def _sit(self) -> None:
        self.panel.line.sit_at(int(self.table.currentData()))
        self.panel.field.setFocus()

    # -- what changed

    @Slot()
    def _cover(self) -> None:
        self.panel.keep_quiet(quiet=self._sight.open)

    def _show_place(self) -> None:
        self.strip.show_step(self._bridge, self._step(), paper=bool(self._paper))
        for button in (self.strip.earlier, self.strip.later):
            button.setVisible(self._own_place or bool(self._paper))
        self._sheets.say("Stop typing up" if self._paper and not self._bridge.state.closed else "From paper")
        self.panel.refresh(frozenset({"step"}))

    @Slot(object)
    def _changed(self, kinds: frozenset[str]) -> None:
        self.banner.clear()
        self.panel.refresh(kinds)
        if kinds & {"step", "undo", "closed"}:
            self._show_place()

    @Slot(object)
    def _refused(self, error: TradeoffError) -> None:
        message = say(error)
        self.banner.show_message(message.text, message.rest.strip())
