"""The facilitator's console: the whole workshop by PgDn, with capture and notes beside it.

It shows nothing that is not saved and decides nothing: where the room is, is ``Room``; what the room sees, is
``app.stage``; every key is in ``keys``.
"""

import gc
from collections.abc import Callable
from functools import partial
from typing import Literal

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tradeoff_desktop.errors import RuleError, TradeoffError
from tradeoff_desktop.ui.audience import AudienceWindow
from tradeoff_desktop.ui.bridge import Bridge
from tradeoff_desktop.ui.capture import FORMS
from tradeoff_desktop.ui.consolelayout import Parts, arrange, is_narrow
from tradeoff_desktop.ui.keys import Place
from tradeoff_desktop.ui.page import Page
from tradeoff_desktop.ui.parked import ParkedPanel
from tradeoff_desktop.ui.pictures import ResultPanel
from tradeoff_desktop.ui.projector import WORDS, Projector
from tradeoff_desktop.ui.room import Room
from tradeoff_desktop.ui.standing import Standing
from tradeoff_desktop.ui.theme import Theme
from tradeoff_desktop.ui.window import OperatorWindow

AXES = {"flip_data": "D", "flip_receiver": "O", "flip_privacy": "A"}
KIND_NAMES = {
    "note": "the last note", "rating": "the last answer", "tally": "the count of hands", "position": "the last position",
    "condition": "the last condition", "framework": "the last framework answer", "statement": "the last statement", "collected": "the last sheet count",
    "headcount": "the headcount", "answer": "the last written answer", "seat": "the change of a seat",
    "consent": "the consent", "clock": "the change of the plan", "step": "the change of the plan", "incident": "the incident",
}


class ConsolePage(Page):
    """The page a workshop is run from."""

    place: Place = "run"
    leave_requested = Signal()
    close_requested = Signal()
    ballot_requested = Signal()

    def __init__(
        self, bridge: Bridge, theme: Theme, audience: AudienceWindow | None = None, parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, parent)
        self._bridge = bridge
        self._narrow: bool | None = None
        self._step = bridge.state.step
        self.room = Room.of(bridge)
        self.parts = Parts.make(bridge, self.room, theme, audience)
        self._projector = Projector(bridge, self.room, audience, self)
        self.standing = Standing(bridge, self._projector, self.parts.banner, self)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._holder: QWidget | None = None
        self._connect()
        self.resize(1366, 768)  # as most laptops have it, so that the parts are laid out once and not for no size
        self._begin_step(fresh=False)
        self._show_room()

    def _connect(self) -> None:
        self._bridge.changed.connect(self._changed)
        self._bridge.refused.connect(self._refused)
        self.room.moved.connect(self._show_room)
        self.room.said.connect(self.standing.tell)
        parts = self.parts
        parts.timer.clock.connect(self.room.set_clock)
        parts.timer.slept.connect(self.standing.tell)
        parts.timer.ticked.connect(parts.rail.show_lateness)
        parts.timer.ticked.connect(self.standing.look)
        parts.capture.chosen.connect(self.room.choose)
        parts.rail.said.connect(self.standing.tell)
        parts.rail.onward.connect(self.room.next)
        parts.capture.ballot.connect(self.ballot_requested)
        parts.heads.left.connect(self._refocus)
        parts.bar.pressed.connect(self._press)
        parts.result.over.connect(self.toggle_peek)
        self._projector.placed.connect(self._placed)

    # -- keys

    def acts(self) -> dict[str, Callable[[], object]]:
        """What each key of the room does."""
        found: dict[str, Callable[[], object]] = {
            "next": self.room.next, "back": self.room.back, "capture": self.toggle_capture,
            "note": self.parts.notes.field.setFocus, **self.parts.notes.acts(),
            "timer": self.parts.timer.toggle, "minute_more": self.parts.timer.minute_more,
            "minute_less": self.parts.timer.minute_less, "audience": self._projector.open,
            "fill": self._projector.fill, "swap": self._projector.swap, "take_off": self.parts.timer.take_off,
            "parked": partial(self._toggle, "parked", "Connect the projector as a second screen to read notes."),
            "unflip": self.room.unflip, "reveal": self.room.reveal, "blank": self.room.toggle_blank,
            "headcount": self.parts.heads.ask, "undo": self._undo, "close": self.close_requested.emit,
            "spread": self.parts.rail.spread, "skip": self.parts.rail.skip,
            "step_less": self.parts.rail.shorter, "step_more": self.parts.rail.longer,
            "leave": self._leave, "peek": self.toggle_peek, "sheets": self._sheets,
            "ballot": self.ballot_requested.emit,
        }
        found |= {act: partial(self.room.flip, axis) for act, axis in AXES.items()}
        return found | {act: partial(self._show_capture, act) for act in ("helper", *(form[0] for form in FORMS))}

    @Slot(str)
    def _press(self, act: str) -> None:
        """A button with a key printed on it does what the key does."""
        window = self.window()  # some acts lead away from this page and are the window's
        done = (window.acts() if isinstance(window, OperatorWindow) else self.acts()).get(act)
        if done is not None:
            done()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves a field for the page, and nothing more: it never touches the audience."""
        if event.key() == Qt.Key.Key_Escape:
            self.parts.rest(narrow=bool(self._narrow)).setFocus()
        else:
            super().keyPressEvent(event)

    # -- what the window asks

    def first_focus(self) -> QWidget | None:
        """The capture form if one is open; otherwise the agenda, where single letters are keys and not text."""
        form = self.parts.capture.form
        return form.first_focus() if self.parts.middle.showing("capture") and form is not None else self.parts.rest(narrow=bool(self._narrow))

    def leaving(self) -> None:
        """Stop the timer, keep the draft; the room sees no result of a workshop that is not in front."""
        self.parts.notes.keep_draft()
        self.parts.timer.stop()
        gc.unfreeze()
        if self.room.revealed:
            self.room.reveal()

    # -- acts of the console itself

    @Slot()
    def toggle_capture(self) -> None:
        """Open what this step asks to be taken down, or close it."""
        fitting = self.parts.capture.fitting()
        if self.parts.middle.showing("capture") and self.parts.capture.now == fitting:
            self._bring("say")
            self._refocus()
        else:
            self._show_capture(fitting)

    def _show_capture(self, act: str) -> None:
        form = self.parts.capture.open(act)
        inside = act == "helper" and form.isAncestorOf(self.focusWidget() or self)
        self._bring("capture")
        if not inside:
            form.first_focus().setFocus()

    def _bring(self, name: str) -> None:
        self.parts.middle.bring(name)
        self._arrange()

    @Slot()
    def toggle_peek(self) -> None:
        """Look at the result on this screen only; not where the room may see this screen."""
        self._toggle("result", "Press F9 when the result may be seen.")

    def _toggle(self, name: Literal["result", "parked"], instead: str) -> None:
        panel: ResultPanel | ParkedPanel = self.parts.result if name == "result" else self.parts.parked
        if self.parts.middle.showing(name):
            self._bring("say")
            self._refocus()
        elif self._projector.room_safe:
            self.standing.tell(f"There is one screen only, and the room may see it. {instead}")
        else:
            panel.look()
            self._bring(name)
            panel.first_focus().setFocus()

    @Slot()
    def _sheets(self) -> None:
        field = self.parts.sheets.first_focus()
        if field is None:
            self.standing.tell("No sheets are collected at this step.")
            return
        if not self.parts.sheets.isVisible():
            self._bring("say")
        field.setFocus()

    @Slot()
    def _undo(self) -> None:
        before = self._bridge.state
        if self.parts.notes.undo_typing():
            return
        if self._bridge.undo() and self._bridge.state is not before:
            self.parts.notes.reopen(before)
            self.parts.banner.show_message(f"Taken back: {self._undone}.", "It stays on record as undone.", tone="info")

    @Slot()
    def _leave(self) -> None:
        if self._bridge.on_disk():
            self._projector.hide()
            self.leave_requested.emit()

    @Slot()
    def _refocus(self) -> None:
        focus = self.first_focus()
        if focus is not None:
            focus.setFocus()

    # -- the audience window

    @Slot(str)
    def _placed(self, where: str) -> None:
        safe = self._projector.room_safe
        self.parts.now.say(WORDS[where])
        self.parts.notes.keep_quiet(quiet=safe)
        self.parts.capture.keep_quiet(quiet=safe)
        self.parts.say.keep_private(private=not safe)
        if safe:
            self._bring("say")
        self.standing.refresh()
        self._show_room()

    # -- what changed

    _undone = ""

    @Slot(object)
    def _changed(self, kinds: frozenset[str]) -> None:
        self.standing.refresh()  # a message spoke of what was before; what is still true stays
        if "undo" in kinds:
            self._undone = next((words for kind, words in KIND_NAMES.items() if kind in kinds), "the last entry")
        if self._bridge.state.step != self._step:
            self._step = self._bridge.state.step
            self._begin_step(fresh=True)
        self.parts.refresh(kinds)

    @Slot(object)
    def _refused(self, error: TradeoffError) -> None:
        if isinstance(error, RuleError) and self.parts.capture.isAncestorOf(self.focusWidget() or self):
            self.parts.capture.refuse(error)
            return
        self.standing.refuse(error)

    def _begin_step(self, *, fresh: bool) -> None:
        step = self.room.step
        self.parts.notes.keep_draft()
        self.parts.timer.begin(step, fresh=fresh)
        self.parts.step_begun(step)
        self._arrange()

    @Slot()
    def _show_room(self) -> None:
        self.parts.show_room(self.room)

    # -- layout

    def showEvent(self, event: QShowEvent) -> None:
        """The audience window comes up with the console."""
        super().showEvent(event)
        # What is loaded stays loaded while the room is open. Python's collector would otherwise walk through thousands
        # of records in the middle of a key press, for a tenth of a second.
        gc.freeze()
        self._arrange()
        self._projector.open_first()
        self._placed(self._projector.where)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Below a certain width everything stands in one column that scrolls."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        narrow = is_narrow(self.size(), self.theme)
        if narrow != self._narrow:
            self._narrow = narrow
            focus, before = self.focusWidget(), self._holder
            self._holder = arrange(self.parts, narrow=narrow, theme=self.theme)
            self._layout.addWidget(self._holder)
            if before is not None:
                self._layout.removeWidget(before)
                before.deleteLater()
            if focus is not None:
                focus.setFocus()
        self.parts.fit(self.size(), narrow=narrow)
