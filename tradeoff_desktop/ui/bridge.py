"""The one object views call: acts go in, and what changed or why not comes back as a signal.

A view gets the bridge by its constructor, calls ``do`` with an act of ``model.acts`` or ``model.capture``, and
reads the state again when ``changed`` arrives. Nothing is shown before it is saved: ``changed`` comes after the
commit has returned.
"""

from collections.abc import Callable
from contextlib import suppress
from typing import Concatenate, ParamSpec

from PySide6.QtCore import QObject, Signal, Slot

from tradeoff_desktop.app.desk import Changed, Desk
from tradeoff_desktop.app.settings import Settings
from tradeoff_desktop.errors import MachineError, TradeoffError
from tradeoff_desktop.model.pack import Pack
from tradeoff_desktop.model.records import Body, Ref, Role
from tradeoff_desktop.model.workshop import Workshop

P = ParamSpec("P")
HOLDABLE = frozenset({"disk_full", "disk_error", "store_unwritable"})


class Bridge(QObject):
    """A desk as views see it."""

    changed = Signal(object)  # frozenset[str]: the kinds of records that changed
    refused = Signal(object)  # TradeoffError: nothing was written; shown beside the control or as a banner

    def __init__(self, desk: Desk, parent: QObject | None = None, settings: Settings | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.settings = settings or Settings()
        self.holds = False  # whether what the disk refuses is held in memory: in the room, where nobody can wait
        self.tight = False  # the disk was full; what was held is written since the reserve was given up
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
            return self._hold(error, act, *args, **kwargs)
        return self._tell(changed)

    def settle(
        self, slot: str, act: Callable[Concatenate[Workshop, P], list[Body]], /, *args: P.args, **kwargs: P.kwargs,
    ) -> bool:
        """Perform an act that makes a record of the draft in ``slot``, and clear the draft with it."""
        try:
            changed = self._desk.settle(slot, act, *args, **kwargs)
        except TradeoffError as error:
            self._drafts.add(slot)
            return self._hold(error, act, *args, **kwargs)
        return self._tell(changed)

    def _hold(
        self, error: TradeoffError, act: Callable[Concatenate[Workshop, P], list[Body]], /, *args: P.args, **kwargs: P.kwargs,
    ) -> bool:
        """Hold an act in memory where the disk refused it and the room goes on; otherwise say why it was not done."""
        if not self.holds or error.code not in HOLDABLE:
            self.refused.emit(error)
            return False
        if not self._call(self._desk.hold, act, *args, **kwargs):
            return False
        if error.code == "disk_full" and self._desk.held:
            self.tight = True  # its reserve has just been given up: there may be room for this, and little more
            self.save_held()
        return True

    @Slot()
    def save_held(self) -> None:
        """Try again to save what is held; silent where the disk still refuses, because that is said already."""
        if not self._desk.held:
            return
        with suppress(MachineError):
            self._desk.write([])
            for slot in sorted(self._drafts):
                self._desk.keep_draft(slot, "")
            self._drafts.clear()
            self._tell(frozenset())

    def undo(self) -> bool:
        """Take this laptop's last act back."""
        return self._call(self._desk.undo)

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
