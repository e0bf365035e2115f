"""The way through the central team's pages, and what is done there away from the window's own thread."""

from collections.abc import Callable
from pathlib import Path
from threading import Lock

from PySide6.QtCore import QObject, Signal, Slot

from tradeoff_desktop.app import centre, centre_folder, coverage, enrolling, inbox, review, ruling
from tradeoff_desktop.app.centre_desk import CentreDesk
from tradeoff_desktop.app.centre_folder import CentreFolder
from tradeoff_desktop.app.enrolling import Known
from tradeoff_desktop.app.review import Choice, Item
from tradeoff_desktop.app.words import Message
from tradeoff_desktop.errors import TradeoffError
from tradeoff_desktop.ui.beside import Asking
from tradeoff_desktop.ui.central import BeginPage, CentralPage, WaitPage
from tradeoff_desktop.ui.coding import CodingPage
from tradeoff_desktop.ui.coverage import CoveragePage
from tradeoff_desktop.ui.front import Front
from tradeoff_desktop.ui.inbox import InboxPage
from tradeoff_desktop.ui.intake import Intake
from tradeoff_desktop.ui.reader import Reader
from tradeoff_desktop.ui.review import ReviewPage
from tradeoff_desktop.ui.theme import Theme
from tradeoff_desktop.ui.trust import NAME_IT, TrustPage

ENROLMENTS = ("The file a laptop sent", "Enrolment files (*.enrolment);;All files (*)")
BUNDLES = ("Bundles from the workshops", f"Bundles (*{inbox.ENDING});;All files (*)")


class CentralWay(QObject):
    """Shows those pages over the one folder that is open."""

    def __init__(self, front: Front, asking: Asking, *, home: Callable[[], object], theme: Callable[[], Theme]) -> None:
        super().__init__()
        self._window, self._asking, self._around = front.window, asking, front.around
        self._home, self._theme = home, theme
        self.folder = CentreFolder(front.places.centre)
        self._desk: CentreDesk | None = None
        turn = Lock()
        self.intake = Intake(lambda: self.folder, front.around, turn, lent=lambda: self._desk is not None, parent=self)
        self.reader = Reader(lambda: self._window.page, turn, self)
        front.window.closing.connect(self._end)

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
        shows: dict[str, Callable[[], object]] = {
            "inbox": self._show_inbox, "coverage": self._show_coverage, "trust": self._show_trust,
            "review": self._show_review, "coding": self._show_coding,
        }
        try:
            shows[name]()
        except TradeoffError as error:
            self._window.refuse(error)

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

    # -- what is here

    def _show_coverage(self) -> None:
        page = CoveragePage(self._theme())
        folder = self.folder
        self.put(page)
        self.reader.read(
            page, lambda progress: coverage.find(folder, self._around, progress), page.show_coverage, page.refuse,
        )

    # -- keys

    def _show_trust(self) -> TrustPage:
        folder, now = self.folder, self._around.clock()
        page = TrustPage(self._theme(), enrolling.known(folder.trust, now=now))
        page.file_requested.connect(self._choose_enrolment)
        page.enrol_requested.connect(self._enrol)
        page.revoke_requested.connect(self._revoke)
        page.let_in_requested.connect(self._let_in)
        self.put(page)
        self.reader.read(
            page, lambda _: ruling.waiting(folder.store, folder.access(now)), page.show_waiting, page.refuse,
        )
        return page

    @Slot()
    def _choose_enrolment(self) -> None:
        files, page = self._asking.files(self._window, *ENROLMENTS), self._window.page
        if not files or not isinstance(page, TrustPage):
            return
        try:
            page.show_announced(files[0], enrolling.look(files[0], into=self.folder.trust))
        except TradeoffError as error:
            page.refuse(error)

    @Slot(object, str)
    def _enrol(self, file: Path, heard: str) -> None:
        page = self._window.page
        try:
            done = enrolling.enrol(file, into=self.folder.trust, heard=heard, now=self._around.clock())
        except TradeoffError as error:
            if isinstance(page, TrustPage):
                page.refuse(error)
            return
        self._show_trust().tell(
            f"Enrolled: {done.signer.principal}.",
            "Its earlier key vouches for it." if done.vouched else "What waits for it comes in at the next look.",
        )

    @Slot(object, str)
    def _revoke(self, one: Known, reason: str) -> None:
        try:
            enrolling.take_back(one.key, into=self.folder.trust, reason=reason)
        except TradeoffError as error:
            self._window.refuse(error)
            return
        self._show_trust().tell(f"The key of {one.principal} is taken back.", NAME_IT)

    @Slot()
    def _let_in(self) -> None:
        self.go("inbox")
        self.intake.let_in()

    # -- review

    def _show_review(self) -> ReviewPage:
        folder = self.folder
        page = ReviewPage(self._theme())
        page.decided.connect(self._decide)
        self.put(page)
        self.reader.read(page, lambda progress: review.find(folder, self._around, progress), page.show_items, page.refuse)
        return page

    @Slot(object, object, str)
    def _decide(self, item: Item, choice: Choice, reason: str) -> None:
        page, folder = self._window.page, self.folder
        if isinstance(page, ReviewPage) and not self.reader.worker.busy:
            page.show_busy()
            self.reader.read(
                page, lambda _: review.decide(folder, self._around, item, choice, reason=reason), self._decided, self._undecided,
            )

    def _decided(self, _done: None) -> None:
        self._show_review().tell("Decided, and kept with its reason.", "Both copies stay; nothing is written over.")

    def _undecided(self, error: TradeoffError) -> None:
        self._show_review().refuse(error)

    # -- notes

    def _show_coding(self) -> None:
        page = WaitPage(self._theme(), "coding")
        self.put(page)
        folder = self.folder
        self.reader.read(
            page, lambda progress: centre.open_desk(folder.store, folder.own(), self._around, progress), self._code, self._refuse_back,
        )

    def _code(self, desk: CentreDesk) -> None:
        self._desk = desk
        page = Coding(desk, self._theme())
        page.leave_requested.connect(self.show)
        page.left.connect(self._let_go)
        self._window.show_page(page)

    def _refuse_back(self, error: TradeoffError) -> None:
        self.go("inbox")
        page = self._window.page
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
