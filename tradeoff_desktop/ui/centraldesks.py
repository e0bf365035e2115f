"""What is done on the central team's pages of keys and review."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from tradeoff_desktop.app import enrolling, review, ruling
from tradeoff_desktop.app.enrolling import Known
from tradeoff_desktop.app.review import Choice, Item
from tradeoff_desktop.errors import TradeoffError
from tradeoff_desktop.ui.review import ReviewPage
from tradeoff_desktop.ui.trust import NAME_IT, TrustPage

if TYPE_CHECKING:
    from tradeoff_desktop.ui.centralway import CentralWay

ENROLMENTS = ("The file a laptop sent", "Enrolment files (*.enrolment);;All files (*)")


class TrustDesk(QObject):
    """Enrolling laptops and taking keys back."""

    def __init__(self, way: "CentralWay") -> None:
        super().__init__(way)
        self._way = way

    def show(self) -> TrustPage:
        """The laptops known, and what waits."""
        folder, now = self._way.folder, self._way.around.clock()
        page = TrustPage(self._way.theme(), enrolling.known(folder.trust, now=now))
        page.file_requested.connect(self._choose_enrolment)
        page.enrol_requested.connect(self._enrol)
        page.revoke_requested.connect(self._revoke)
        page.let_in_requested.connect(self._let_in)
        self._way.put(page)
        self._way.reader.read(
            page, lambda _: ruling.waiting(folder.store, folder.access(now)), page.show_waiting, page.refuse,
        )
        return page

    @Slot()
    def _choose_enrolment(self) -> None:
        files, page = self._way.asking.files(self._way.window, *ENROLMENTS), self._way.window.page
        if not files or not isinstance(page, TrustPage):
            return
        try:
            page.show_announced(files[0], enrolling.look(files[0], into=self._way.folder.trust))
        except TradeoffError as error:
            page.refuse(error)

    @Slot(object, str)
    def _enrol(self, file: Path, heard: str) -> None:
        page = self._way.window.page
        try:
            done = enrolling.enrol(file, into=self._way.folder.trust, heard=heard, now=self._way.around.clock())
        except TradeoffError as error:
            if isinstance(page, TrustPage):
                page.refuse(error)
            return
        self.show().tell(
            f"Enrolled: {done.signer.principal}.",
            "Its earlier key vouches for it." if done.vouched else "What waits for it comes in at the next look.",
        )

    @Slot(object, str)
    def _revoke(self, one: Known, reason: str) -> None:
        try:
            enrolling.take_back(one.key, into=self._way.folder.trust, reason=reason)
        except TradeoffError as error:
            self._way.window.refuse(error)
            return
        self.show().tell(f"The key of {one.principal} is taken back.", NAME_IT)

    @Slot()
    def _let_in(self) -> None:
        self._way.go("inbox")
        self._way.intake.let_in()


class ReviewDesk(QObject):
    """Looking at what must be looked at, and deciding."""

    def __init__(self, way: "CentralWay") -> None:
        super().__init__(way)
        self._way = way

    def show(self) -> ReviewPage:
        """What there is to look at."""
        folder = self._way.folder
        page = ReviewPage(self._way.theme(), until=review.until(folder, self._way.around))
        page.letter_requested.connect(self._write_letter)
        page.decided.connect(self._decide)
        page.code_typed.connect(self._find)
        page.leave_requested.connect(self._leave)
        self._way.put(page)
        self._way.reader.read(page, lambda progress: review.find(folder, self._way.around, progress), page.show_items, page.refuse)
        return page

    @Slot(object)
    def _write_letter(self, item: Item) -> None:
        page, to = self._way.window.page, self._way.asking.folder(self._way.window)
        if to is None or not isinstance(page, ReviewPage):
            return
        try:
            written = review.write_letter(item, to, now=self._way.around.clock())
        except TradeoffError as error:
            page.refuse(error)
            return
        page.tell(f"Written: {written.name}.", "Print it, or send it to the area.")

    @Slot(object, object, str)
    def _decide(self, item: Item, choice: Choice, reason: str) -> None:
        page, folder = self._way.window.page, self._way.folder
        if isinstance(page, ReviewPage) and not self._way.reader.worker.busy:
            page.show_busy()
            self._way.reader.read(
                page, lambda _: review.decide(folder, self._way.around, item, choice, reason=reason), self._decided, self._undecided,
            )

    def _decided(self, _done: None) -> None:
        self.show().tell("Decided, and kept with its reason.", "Both copies stay; nothing is written over.")

    def _undecided(self, error: TradeoffError) -> None:
        self.show().refuse(error)

    @Slot(str)
    def _find(self, seat: str) -> None:
        page, folder, around = self._way.window.page, self._way.folder, self._way.around
        if isinstance(page, ReviewPage):
            self._way.reader.read(
                page, lambda _: review.who_has(folder, around, seat), lambda found: page.show_who(seat, found), page.refuse,
            )

    @Slot(str, str)
    def _leave(self, workshop: str, seat: str) -> None:
        page, folder, around = self._way.window.page, self._way.folder, self._way.around
        if isinstance(page, ReviewPage):
            page.show_busy()
            self._way.reader.read(
                page, lambda _: review.leave(folder, around, workshop, seat), lambda _: self._left(seat), self._undecided,
            )

    def _left(self, seat: str) -> None:
        self.show().tell(
            f"{seat} has left the study. What they gave is erased here.",
            "Ask the area to take them out on its laptops too, where the workshop is not deleted yet, and to destroy their paper sheets.",
        )
