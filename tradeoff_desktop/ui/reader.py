"""What a page shows may take long to read: it is read away from the window's own thread and shown if the page is still there."""

from collections.abc import Callable
from threading import Lock
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Slot

from tradeoff_desktop.app.centre_desk import CentreDesk
from tradeoff_desktop.errors import TradeoffError
from tradeoff_desktop.ui.page import Page
from tradeoff_desktop.ui.worker import Progress, Worker

T = TypeVar("T")



class Reader(QObject):
    """Reads one thing at a time, the last that was asked for; what a page that is gone asked for is shown to nobody."""

    def __init__(self, front: Callable[[], Page | None], turn: Lock, parent: QObject) -> None:
        super().__init__(parent)
        self._turn = turn  # a store has one owner at a time
        self._front = front
        self._page: Page | None = None
        self._show: Callable[[Any], object] = bool
        self._refuse: Callable[[TradeoffError], object] = bool
        self._next: Callable[[], object] | None = None
        self.worker = Worker(self)
        self.worker.finished.connect(self._finished)
        self.worker.failed.connect(self._failed)
        self.worker.ended.connect(self._go_on)

    def read(
        self, page: Page, work: Callable[[Progress], T], show: Callable[[T], object], refuse: Callable[[TradeoffError], object],
    ) -> None:
        """Do ``work`` for ``page``; then show what it returned, or say why it did not."""
        def begin() -> None:
            self._page, self._show, self._refuse = page, show, refuse
            self.worker.start(in_turn(self._turn, work))

        if self.worker.busy:
            self._next = begin
            self.worker.stop()
        else:
            begin()

    @Slot(object)
    def _finished(self, found: object) -> None:
        if self._page is not None and self._page is self._front():
            self._show(found)
        elif isinstance(found, CentreDesk):  # nobody is there any more to give its store back
            found.store.close()

    @Slot(object)
    def _failed(self, error: TradeoffError) -> None:
        if self._page is not None and self._page is self._front() and error.code != "stopped":
            self._refuse(error)

    @Slot()
    def _go_on(self) -> None:
        following, self._next = self._next, None
        if following is not None:
            following()

    def end(self) -> None:
        """Give up what is going on."""
        self._next = None
        self.worker.stop()
        self.worker.wait()


def in_turn(turn: Lock, work: Callable[[Progress], T]) -> Callable[[Progress], T]:
    """``work``, which waits in its own thread until nobody else has the turn."""
    def wait_and_work(progress: Progress) -> T:
        with turn:
            return work(progress)

    return wait_and_work
