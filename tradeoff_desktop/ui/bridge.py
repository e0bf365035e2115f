"""The one object views call: acts go in, and what changed or why not comes back as a signal.

A view gets the bridge by its constructor, calls ``do`` with an act of ``model.acts`` or ``model.capture``, and
reads the state again when ``changed`` arrives. Nothing is shown before it is saved: ``changed`` comes after the
commit has returned.
"""

from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import Concatenate, ParamSpec

from PySide6.QtCore import QObject, Signal, Slot

from tradeoff_desktop.app.desk import Changed, Desk
from tradeoff_desktop.app.settings import Settings
from tradeoff_desktop.errors import MachineError, TradeoffError
from tradeoff_desktop.model.pack import Pack
from tradeoff_desktop.model.records import Body, Ref, Role
from tradeoff_desktop.model.workshop import Workshop

P = ParamSpec("P")
SAVED, HELD = "Saved", "Held, not on disk yet"
HOLDABLE = frozenset({"disk_full", "disk_error", "store_unwritable"})


class Bridge(QObject):
    """A desk as views see it."""

    changed = Signal(object)  # frozenset[str]: the kinds of records that changed
    refused = Signal(object)  # TradeoffError: nothing was written; shown beside the control or as a banner
    stuck = Signal()  # something was not done because it would have lost what is held

    def __init__(self, desk: Desk, parent: QObject | None = None, settings: Settings | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.settings = settings or Settings()
        self.holds = False  # whether what the disk refuses is held in memory: in the room, where nobody can wait
        self.tight = False  # the disk was full; what was held is written since the reserve was given up
        self.stick_seq = 0  # the last record that is on a stick because the disk would not take it
        self._drafts: set[str] = set()  # drafts whose records are held

    @property
    def desk(self) -> Desk:
        """The desk itself, for what is only read."""
        return self._desk

    @property
    def state(self) -> Workshop:
        """What is true now. Read it again after ``changed``; an undo replaces it."""
        return self._desk.state

    @property
    def pack(self) -> Pack:
        """The pack of the workshop."""
        return self._desk.pack

    @property
    def saved(self) -> str:
        """How what was just typed stands, to be said of it: never "Saved" of what is in memory only."""
        return HELD if self._desk.held else SAVED

    def restated(self, words: str) -> str:
        """What was said of something held, as it is true now."""
        return words.replace(HELD, self.saved)

    @property
    def role(self) -> Role:
        """The role this laptop was opened in."""
        return self._desk.role

    def do(
        self, act: Callable[Concatenate[Workshop, P], list[Body]], /, *args: P.args, **kwargs: P.kwargs,
    ) -> bool:
        """Perform an act; True when it is saved. Otherwise ``refused`` has said why and nothing was written."""
        try:
            changed = self._desk.do(act, *args, **kwargs)
        except TradeoffError as error:
            return self._hold(error, partial(self._desk.hold, act, *args, **kwargs))
        return self._tell(changed)

    def settle(
        self, slot: str, act: Callable[Concatenate[Workshop, P], list[Body]], /, *args: P.args, **kwargs: P.kwargs,
    ) -> bool:
        """Perform an act that makes a record of the draft in ``slot``, and clear the draft with it."""
        try:
            changed = self._desk.settle(slot, act, *args, **kwargs)
        except TradeoffError as error:
            if not self._hold(error, partial(self._desk.hold, act, *args, **kwargs)):
                return False
            self._drafts.add(slot)
            self._clear_drafts()
            return True
        return self._tell(changed)

    def _hold(self, error: TradeoffError, hold: Callable[[], Changed]) -> bool:
        """Hold an act in memory where the disk refused it and the room goes on; otherwise say why it was not done."""
        if not self.holds or error.code not in HOLDABLE:
            self.refused.emit(error)
            return False
        if not self._call(hold):
            return False
        if error.code == "disk_full" and self._desk.held:
            self.tight = True  # its reserve has just been given up: there may be room for this, and little more
            self.save_held()
        return True

    @Slot()
    def save_held(self) -> None:
        """Try again to save what is held; silent where the disk still refuses, because that is said already."""
        held = bool(self._desk.held)
        with suppress(MachineError):
            self._desk.write([])
            if held:
                self._tell(frozenset())
        self._clear_drafts()

    def _clear_drafts(self) -> None:
        """Once the records are on disk that were made of drafts, the drafts go."""
        with suppress(MachineError):
            while self._drafts and not self._desk.held:
                self._desk.keep_draft(min(self._drafts), "")
                self._drafts.remove(min(self._drafts))

    def on_disk(self) -> bool:
        """Whether everything is on disk, after one more try; where not, ``stuck`` has said so."""
        self.save_held()
        if self._desk.held:
            self.stuck.emit()
        return not self._desk.held

    def undo(self) -> bool:
        """Take this laptop's last act back; that is held, too, where the disk refuses."""
        try:
            changed = self._desk.undo()
        except TradeoffError as error:
            return self._hold(error, partial(self._desk.undo, holding=True))
        return self._tell(changed)

    def withdraw(self, seat: str) -> bool:
        """Take a person out of the study and erase what their seat gave."""
        return self._call(self._desk.withdraw, seat)

    def redact(self, of: Ref, text: str) -> bool:
        """Give a note new wording and erase the old words."""
        return self._call(self._desk.redact, of, text)

    def keep_draft(self, slot: str, text: str) -> bool:
        """Keep half-typed text over a crash; True when it is on disk."""
        if self._desk.held:
            return False  # that the disk does not answer is said already
        try:
            self._desk.keep_draft(slot, text)
        except TradeoffError as error:
            self.refused.emit(error)
            return False
        self._drafts.discard(slot)  # what stands there now was typed since
        return True

    def use(self, case: Callable[Concatenate[Desk, P], Changed], *args: P.args, **kwargs: P.kwargs) -> bool:
        """Perform a use case of ``app`` on the desk, e.g. starting the workshop as set up."""
        return self._call(case, self._desk, *args, **kwargs)

    def _call(self, act: Callable[P, Changed], *args: P.args, **kwargs: P.kwargs) -> bool:
        try:
            changed = act(*args, **kwargs)
        except TradeoffError as error:
            self.refused.emit(error)
            return False
        return self._tell(changed)

    def _tell(self, changed: Changed) -> bool:
        self.changed.emit(changed)
        return True
