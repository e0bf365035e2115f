"""The way through the central team's pages, and what is done there away from the window's own thread."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer, Slot

from tradeoff_desktop.app import centre_folder, inbox
from tradeoff_desktop.app.centre_folder import CentreFolder
from tradeoff_desktop.app.inbox import Look
from tradeoff_desktop.app.words import Message
from tradeoff_desktop.errors import TradeoffError
from tradeoff_desktop.ui.beside import Asking
from tradeoff_desktop.ui.central import BeginPage, CentralPage
from tradeoff_desktop.ui.dates import count
from tradeoff_desktop.ui.front import Front
from tradeoff_desktop.ui.inbox import InboxPage
from tradeoff_desktop.ui.theme import Theme
from tradeoff_desktop.ui.worker import Worker

SETTLED = 400  # ms after the last change in a watched folder: a copy that is being written changes many times
BUNDLES = ("Bundles from the workshops", f"Bundles (*{inbox.ENDING});;All files (*)")


class CentralWay(QObject):
    """Shows those pages over the one folder that is open."""

    def __init__(self, front: Front, asking: Asking, *, home: Callable[[], object], theme: Callable[[], Theme]) -> None:
        super().__init__()
        self._window, self._asking, self._around = front.window, asking, front.around
        self._home, self._theme = home, theme
        self.folder = CentreFolder(front.places.centre)
        self.intake = Intake(self)
        front.window.closing.connect(self.intake.end)

    @Slot()
    def show(self) -> None:
        """The inbox; before the first time what it needs."""
        try:
            ready = self.folder.has_keys and self.folder.has_programme
            if ready:
                self.folder.signed()
        except TradeoffError as error:
            self._window.refuse(error)
            return
        if ready:
            self.go("inbox")
        else:
            self._begin()

    @Slot(str)
    def go(self, name: str) -> None:
        """To a page by its name."""
        shows: dict[str, Callable[[], object]] = {"inbox": self._show_inbox}
        shows[name]()

    def put(self, page: CentralPage) -> None:
        """Bring one of the pages to the front."""
        page.went.connect(self.go)
        page.home_requested.connect(self._home)
        self._window.show_page(page)

    # -- the first time

    def _begin(self) -> None:
        page = BeginPage(self._theme(), has_keys=self.folder.has_keys)
        page.keys_requested.connect(self._bring_keys)
        page.programme_requested.connect(self._bring_programme)
        page.whole_requested.connect(self._open_whole)
        page.home_requested.connect(self._home)
        self._window.show_page(page)

    @Slot()
    def _bring_keys(self) -> None:
        self._bring(self._asking.folder(self._window), self.folder.bring_keys)

    @Slot()
    def _bring_programme(self) -> None:
        self._bring(self._asking.programme(self._window), self.folder.bring_programme)

    def _bring(self, path: Path | None, act: Callable[[Path], object]) -> None:
        if path is None:
            return
        try:
            act(path)
        except TradeoffError as error:
            self._window.refuse(error)
            return
        self._window.clear_banner()
        self.show()

    @Slot()
    def _open_whole(self) -> None:
        path = self._asking.folder(self._window)
        if path is None:
            return
        found = centre_folder.found_at(path)
        if found is None:
            self._window.tell(Message(
                "This is not a central team's folder.", "Nothing was changed.",
                "Choose the folder called “centre”: the team's keys and the programme are in it.",
            ))
            return
        self.folder = found
        self.show()

    # -- the inbox

    def _show_inbox(self) -> None:
        page = InboxPage(self._theme())
        page.files_requested.connect(self._choose_files)
        page.folder_requested.connect(self._choose_folder)
        page.watch_requested.connect(self._watch)
        page.receipts_requested.connect(self._write_receipts)
        self.put(page)
        self.intake.attend(page)

    @Slot()
    def _choose_files(self) -> None:
        self.intake.look(self._asking.files(self._window, *BUNDLES))

    @Slot()
    def _choose_folder(self) -> None:
        folder = self._asking.folder(self._window)
        self.intake.look([folder] if folder is not None else [])

    @Slot()
    def _watch(self) -> None:
        self.intake.watch(None if self.intake.watched else self._asking.folder(self._window))

    @Slot()
    def _write_receipts(self) -> None:
        to = self._asking.folder(self._window)
        if to is not None:
            self.intake.write_receipts(to)

    # -- what the intake asks of it

    def looking(self, files: Sequence[Path], *, take_in: bool) -> Callable[[Callable[[str, int, int], None]], Look]:
        """The work of looking at files, or taking them in."""
        def work(progress: Callable[[str, int, int], None]) -> Look:
            return inbox.look(files, self.folder, self._around, take_in=take_in, progress=progress)

        return work

    def receipting(self, to: Path) -> object:
        """Write the receipts."""
        return inbox.write_receipts(self.folder, to, self._around)


class Intake(QObject):
    """One batch at a time: looked at, then taken in; it goes on while another page is in front."""

    def __init__(self, way: CentralWay) -> None:
        super().__init__(way)
        self._way = way
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
        self._start(self._way.looking(self.files, take_in=False))

    @Slot()
    def take_in(self) -> None:
        """Take the batch in that was looked at."""
        self._start(self._way.looking(self.files, take_in=True))

    def write_receipts(self, to: Path) -> None:
        """Write receipts for everything held."""
        self._start(lambda _: self._way.receipting(to))

    def _start(self, work: Callable[[Callable[[str, int, int], None]], object]) -> None:
        if self.worker.start(work) and self._page is not None:
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
        if self.worker.busy:
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

