"""What comes in at the centre, one batch at a time, worked on away from the window's own thread."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from threading import Lock

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer, Slot

from tradeoff_desktop.app import inbox
from tradeoff_desktop.app.centre_folder import CentreFolder
from tradeoff_desktop.app.desk import Surroundings
from tradeoff_desktop.app.inbox import Look
from tradeoff_desktop.errors import TradeoffError
from tradeoff_desktop.ui.dates import count
from tradeoff_desktop.ui.inbox import InboxPage
from tradeoff_desktop.ui.reader import in_turn
from tradeoff_desktop.ui.worker import Progress, Work, Worker

SETTLED = 400  # ms after the last change in a watched folder: a copy that is being written changes many times


class Intake(QObject):
    """One batch at a time: looked at, then taken in; it goes on while another page is in front."""

    def __init__(
        self, folder: Callable[[], CentreFolder], around: Surroundings, turn: Lock, *, lent: Callable[[], bool], parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._folder, self._around, self._turn = folder, around, turn
        self._lent = lent  # whether a page works at the store
        self._page: InboxPage | None = None
        self.files: list[Path] = []
        self.seen: Look | None = None
        self.watched: Path | None = None
        self._done: dict[Path, tuple[int, int]] = {}
        self.worker = Worker(self)
        self.worker.progressed.connect(self._progress)
        self.worker.finished.connect(self._finished)
        self.worker.failed.connect(self._failed)
        self._watcher = QFileSystemWatcher(self)
        self._watcher.directoryChanged.connect(self._changed)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(SETTLED)
        self._soon.timeout.connect(self._look_at_watched)

    def attend(self, page: InboxPage) -> None:
        """Work for this page from now on."""
        self._page = page
        page.destroyed.connect(partial(self._forget, id(page)))
        page.take_requested.connect(self.take_in)
        page.stop_requested.connect(self.worker.stop)
        page.dropped.connect(self.look)
        page.show_watched(self.watched)
        page.show_look(self.seen)
        page.show_busy(busy=self.worker.busy)

    def _forget(self, page: int, _gone: QObject | None = None) -> None:
        if self._page is not None and id(self._page) == page:
            self._page = None

    @Slot(object)
    def look(self, paths: Sequence[Path]) -> None:
        """Look at files and what is in folders; nothing is taken in."""
        if not paths or self.worker.busy:
            return
        try:
            self.files = inbox.bundles_in(paths)
        except TradeoffError as error:
            self._failed(error)
            return
        if not self.files:
            self._tell("There are no bundles there.", f"Bundles are files whose names end in “{inbox.ENDING}”.", tone="warn")
            return
        self._start(self._looking(self.files, take_in=False))

    @Slot()
    def take_in(self) -> None:
        """Take the batch in that was looked at."""
        self._start(self._looking(self.files, take_in=True))

    @Slot()
    def let_in(self) -> None:
        """Take in what waits and need not wait any longer."""
        self.files = []
        self._start(self._looking([], take_in=True))

    def write_receipts(self, to: Path) -> None:
        """Write receipts for everything held."""
        folder = self._folder()
        self._start(lambda _: inbox.write_receipts(folder, to, self._around))

    def _looking(self, files: Sequence[Path], *, take_in: bool) -> Work:
        folder = self._folder()

        def work(progress: Progress) -> Look:
            return inbox.look(files, folder, self._around, take_in=take_in, progress=progress)

        return work

    def _start(self, work: Work) -> None:
        if self.worker.start(in_turn(self._turn, work)) and self._page is not None:
            self._page.banner.clear()
            self._page.show_busy(busy=True)

    @Slot(str, int, int)
    def _progress(self, what: str, done: int, of: int) -> None:
        if self._page is not None:
            self._page.show_progress(what, done, of)

    @Slot(object)
    def _finished(self, found: object) -> None:
        if isinstance(found, Look):
            self.seen = found
            if found.taken_in:
                self._done |= {path: _stamp(path) for path in self.files}
        if self._page is None:
            return
        self._page.show_busy(busy=False)
        if not isinstance(found, Look):
            self._page.show_receipts(list(found) if isinstance(found, list) else [])
            return
        self._page.show_look(found)
        if found.taken_in:
            self._page.tell(f"{count(found.good, 'bundle')} taken in.", "Now write the receipts, to be carried back or read out.")
        first = self._page.first_focus()
        if first is not None:
            first.setFocus()

    @Slot(object)
    def _failed(self, error: TradeoffError) -> None:
        if self._page is None:
            return
        self._page.show_busy(busy=False)
        if error.code == "stopped":
            self._tell("Stopped. Nothing was taken in.", tone="info")
        else:
            self._page.refuse(error)

    def _tell(self, text: str, rest: str = "", *, tone: str = "ok") -> None:
        if self._page is not None:
            self._page.tell(text, rest, tone=tone)

    # -- a watched folder

    def watch(self, folder: Path | None) -> None:
        """Look at what comes into ``folder`` from now on; None stops watching."""
        if self._watcher.directories():
            self._watcher.removePaths(self._watcher.directories())
        self.watched = folder
        if folder is not None:
            self._watcher.addPath(str(folder))
            self._soon.start()
        if self._page is not None:
            self._page.show_watched(folder)

    @Slot(str)
    def _changed(self, _folder: str) -> None:
        self._soon.start()

    @Slot()
    def _look_at_watched(self) -> None:
        if self.watched is None:
            return
        if self.worker.busy or self._lent():
            self._soon.start()
            return
        try:
            new = [path for path in inbox.bundles_in([self.watched]) if self._done.get(path) != _stamp(path)]
        except TradeoffError as error:
            self._failed(error)
            return
        if new:
            self.look(new)

    @Slot()
    def end(self) -> None:
        """The program ends: what is half done is given up, and nothing of it stays."""
        self.worker.stop()
        self.worker.wait()


def _stamp(path: Path) -> tuple[int, int]:
    """What tells whether a file is still the one that was taken in; (0, 0) where it is gone."""
    try:
        found = path.stat()
    except OSError:
        return 0, 0
    return found.st_size, found.st_mtime_ns

