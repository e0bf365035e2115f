"""The way through the central team's pages, and what is done there away from the window's own thread."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from threading import Lock

from PySide6.QtCore import QObject, Signal, Slot

from tradeoff_desktop.app import centre, centre_folder, coding_files, coverage, inbox, laptop
from tradeoff_desktop.app.centre_desk import CentreDesk
from tradeoff_desktop.app.centre_folder import CentreFolder
from tradeoff_desktop.app.words import Message
from tradeoff_desktop.errors import TradeoffError
from tradeoff_desktop.ui.beside import Asking
from tradeoff_desktop.ui.central import BeginPage, CentralPage, WaitPage
from tradeoff_desktop.ui.centraldesks import ReviewDesk, TrustDesk
from tradeoff_desktop.ui.coding import CodingPage
from tradeoff_desktop.ui.coverage import CoveragePage
from tradeoff_desktop.ui.front import Front
from tradeoff_desktop.ui.inbox import InboxPage
from tradeoff_desktop.ui.intake import Intake
from tradeoff_desktop.ui.laptop_key import KeyPage
from tradeoff_desktop.ui.programmedesk import ProgrammeDesk
from tradeoff_desktop.ui.publishdesk import PublishDesk
from tradeoff_desktop.ui.reader import Reader
from tradeoff_desktop.ui.team import TeamDesk
from tradeoff_desktop.ui.theme import Theme

OWN = "the central team"  # whose key is locked, as its page says it
BUNDLES = ("Bundles from the workshops", f"Bundles (*{inbox.ENDING});;All files (*)")


class CentralWay(QObject):
    """Shows those pages over the one folder that is open."""

    def __init__(self, front: Front, asking: Asking, *, home: Callable[[], object], theme: Callable[[], Theme]) -> None:
        super().__init__()
        self.window, self.asking, self.around = front.window, asking, front.around
        self._home, self.theme = home, theme
        self.folder = CentreFolder(front.places.centre)
        self._desk: CentreDesk | None = None
        turn = Lock()
        self.intake = Intake(lambda: self.folder, front.around, turn, lent=lambda: self._desk is not None, parent=self)
        self.reader = Reader(lambda: self.window.page, turn, self)
        self._keys, self._review, self._publish, self._programme = TrustDesk(self), ReviewDesk(self), PublishDesk(self), ProgrammeDesk(self)
        self._team = TeamDesk(self)
        front.window.closing.connect(self._end)

    @Slot()
    def show(self) -> None:
        """The inbox; before the first time what it needs."""
        try:
            if self.folder.has_keys and laptop.is_locked(self.folder.keys):
                self._unlock(self.folder.keys, self.show)
                return
            ready = self.folder.has_keys and self.folder.has_programme
            if ready:
                self.folder.signed()
        except TradeoffError as error:
            self.window.refuse(error)
            return
        if ready:
            self.go("inbox")
        else:
            self._begin()

    @Slot(str)
    def go(self, name: str) -> None:
        """To a page by its name."""
        shows: dict[str, Callable[[], object]] = {
            "inbox": self._show_inbox, "coverage": self._show_coverage, "trust": self._keys.show, "review": self._review.show,
            "coding": self._show_coding, "publish": self._publish.show, "programme": self._programme.show,
            "team": self._team.show,
        }
        try:
            shows[name]()
        except TradeoffError as error:
            self.window.refuse(error)

    def put(self, page: CentralPage) -> None:
        """Bring one of the pages to the front."""
        page.went.connect(self.go)
        page.home_requested.connect(self._home)
        self.window.show_page(page)

    # -- keys with a passphrase

    def _unlock(self, keys: Path, then: Callable[[], object]) -> None:
        """Ask for the passphrase of the keys in that folder, and go on."""
        page = KeyPage(self.theme(), (), (), locked=[OWN])
        page.home_requested.connect(self._home)
        page.unlocked.connect(partial(self._open, page, keys, then))
        self.window.show_page(page)

    def _open(self, page: KeyPage, keys: Path, then: Callable[[], object], _whose: str, passphrase: str) -> None:
        page.wait(opening=True)
        self.reader.read(page, lambda _: laptop.unlock(keys, passphrase), lambda _: then(), partial(self._shut, page))

    def _shut(self, page: KeyPage, error: TradeoffError) -> None:
        self.window.refuse(error)
        page.wait(opening=False)

    # -- the first time

    def _begin(self) -> None:
        page = BeginPage(self.theme(), has_keys=self.folder.has_keys)
        page.keys_requested.connect(self._bring_keys)
        page.programme_requested.connect(self._bring_programme)
        page.plan_requested.connect(self._programme.show)
        page.whole_requested.connect(self._open_whole)
        page.trial_requested.connect(self._team.try_elsewhere)
        page.backup_requested.connect(self._team.bring_back)
        page.home_requested.connect(self._home)
        self.window.show_page(page)

    @Slot()
    def _bring_keys(self) -> None:
        folder = self.asking.folder(self.window)
        try:
            locked = folder is not None and laptop.is_locked(folder)
        except TradeoffError as error:
            self.window.refuse(error)
            return
        if folder is not None and locked:
            self._unlock(folder, partial(self._bring, folder, self.folder.bring_keys))
        else:
            self._bring(folder, self.folder.bring_keys)

    @Slot()
    def _bring_programme(self) -> None:
        self._bring(self.asking.programme(self.window), self.folder.bring_programme)

    def _bring(self, path: Path | None, act: Callable[[Path], object]) -> None:
        if path is None:
            return
        try:
            act(path)
        except TradeoffError as error:
            self.window.refuse(error)
            return
        self.window.clear_banner()
        self.show()

    @Slot()
    def _open_whole(self) -> None:
        path = self.asking.folder(self.window)
        if path is None:
            return
        found = centre_folder.found_at(path)
        if found is None:
            self.window.tell(Message(
                "This is not a central team's folder.", "Nothing was changed.",
                "Choose the folder called “centre”: the team's keys and the programme are in it.",
            ))
            return
        self.folder = found
        self.show()

    # -- the inbox

    def _show_inbox(self) -> None:
        page = InboxPage(self.theme())
        page.files_requested.connect(self._choose_files)
        page.folder_requested.connect(self._choose_folder)
        page.watch_requested.connect(self._watch)
        page.receipts_requested.connect(self._write_receipts)
        self.put(page)
        self.intake.attend(page)

    @Slot()
    def _choose_files(self) -> None:
        self.intake.look(self.asking.files(self.window, *BUNDLES))

    @Slot()
    def _choose_folder(self) -> None:
        folder = self.asking.folder(self.window)
        self.intake.look([folder] if folder is not None else [])

    @Slot()
    def _watch(self) -> None:
        self.intake.watch(None if self.intake.watched else self.asking.folder(self.window))

    @Slot()
    def _write_receipts(self) -> None:
        to = self.asking.folder(self.window)
        if to is not None:
            self.intake.write_receipts(to)

    # -- what is here

    def _show_coverage(self) -> None:
        page = CoveragePage(self.theme())
        folder = self.folder
        self.put(page)
        self.reader.read(
            page, lambda progress: coverage.find(folder, self.around, progress), page.show_coverage, page.refuse,
        )

    # -- notes

    def _show_coding(self) -> None:
        page = WaitPage(self.theme(), "coding")
        self.put(page)
        folder = self.folder
        self.reader.read(
            page, lambda progress: centre.open_desk(folder.store, folder.own(), self.around, progress), self._code, self.refuse_back,
        )

    def _code(self, desk: CentreDesk) -> None:
        self._desk = desk
        page = Coding(desk, self.theme())
        page.leave_requested.connect(self.show)
        page.left.connect(self._let_go)
        page.export_requested.connect(self._export_notes)
        self.window.show_page(page)

    @Slot()
    def _export_notes(self) -> None:
        page, to = self.window.page, self.asking.folder(self.window)
        if to is None or self._desk is None or not isinstance(page, Coding):
            return
        try:
            written = coding_files.write(self._desk, to, now=self.around.clock())
        except TradeoffError as error:
            self.window.refuse(error)
            return
        page.banner.show_message(
            f"Written: {' and '.join(path.name for path in written)} in {written[0].parent.name}.",
            "They hold what people said: hand them only to those who code it.", tone="ok",
        )

    def refuse_back(self, error: TradeoffError) -> None:
        """Say at the inbox why a page cannot be shown."""
        self.go("inbox")
        page = self.window.page
        if isinstance(page, InboxPage):
            page.refuse(error)

    @Slot()
    def _let_go(self) -> None:
        if self._desk is not None:
            self._desk.store.close()
            self._desk = None

    @Slot()
    def _end(self) -> None:
        self.intake.worker.stop()
        self.reader.end()
        self.intake.end()
        self._let_go()


class Coding(CodingPage):
    """Coding at the real store, which is needed elsewhere once the page is left."""

    left = Signal()

    def leaving(self) -> None:
        """Give the store back."""
        self.left.emit()
