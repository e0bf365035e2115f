"""What is done on the central team's page of reports and data."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from tradeoff_desktop.app import receipts, reporting
from tradeoff_desktop.app.centre_folder import CentreFolder
from tradeoff_desktop.app.datasets import Release
from tradeoff_desktop.app.files import make_folder
from tradeoff_desktop.app.inbox import name_of
from tradeoff_desktop.app.reporting import Asked
from tradeoff_desktop.app.words import say
from tradeoff_desktop.errors import RuleError, TradeoffError
from tradeoff_desktop.ui.dates import count
from tradeoff_desktop.ui.publish import PublishPage, Shelf

if TYPE_CHECKING:
    from tradeoff_desktop.ui.centralway import CentralWay

WRITING = "Writing. A report takes up to a minute."


class PublishDesk(QObject):
    """Reports and data, written away from the window's own thread."""

    def __init__(self, way: "CentralWay") -> None:
        super().__init__(way)
        self._way = way
        self._writing = False
        self._came: list[Path] | TradeoffError | None = None  # of the writing, until somebody was there to be told

    @Slot()
    def show(self) -> PublishPage:
        """What the answers show, and what can be written."""
        folder, page = self._way.folder, PublishPage(self._way.theme())
        page.report_requested.connect(self._report)
        page.data_requested.connect(self._data)
        self._way.put(page)
        if self._writing:
            page.show_busy(WRITING)
        self._way.reader.read(page, lambda _: shelf(folder), lambda found: self._show(page, found), self._way.refuse_back)
        return page

    def _show(self, page: PublishPage, found: Shelf) -> None:
        """What there is, and what came of a writing that ended while nobody was here."""
        page.show_shelf(found)
        came, self._came = self._came, None
        if isinstance(came, TradeoffError):
            page.refuse(came)
        elif came is not None:
            what = came[0].name if len(came) == 1 else f"{count(len(came), 'file')} in {came[0].parent.name}"
            page.tell(f"Written: {what}")

    @Slot(object, bool)
    def _report(self, asked: Asked, draft: bool) -> None:  # noqa: FBT001 - a signal of Qt's carries it
        to, folder, now = self._way.asking.folder(self._way.window), self._way.folder, self._way.around.clock()
        if to is not None:
            file = to / f"{'draft-' if draft else ''}{'-'.join(filter(None, asked)).replace(':', '_')}-{now:%Y%m%d-%H%M%S}.pdf"
            plan = folder.programme_file if asked.paper == "audit" else None
            self._write(lambda: reporting.report(folder.store, asked, file=file, now=now, draft=draft, programme=plan))

    @Slot(str, bool)
    def _data(self, release: Release, sqlite: bool) -> None:  # noqa: FBT001 - a signal of Qt's carries it
        to, store, now = self._way.asking.folder(self._way.window), self._way.folder.store, self._way.around.clock()
        if to is not None:
            folder = to / f"{release}-data-{now:%Y%m%d-%H%M%S}"
            self._write(lambda: reporting.data(store, make_folder(folder), release=release, now=now, sqlite=sqlite))

    def _write(self, work: Callable[[], list[Path]]) -> None:
        page = self._way.window.page
        if isinstance(page, PublishPage):
            page.show_busy(WRITING)
            self._writing = True
            self._way.reader.read(page, lambda _: self._keep(work), lambda _: self.show(), self._way.refuse_back)

    def _keep(self, work: Callable[[], list[Path]]) -> None:
        """Do the writing in its own thread; what came of it is kept, for the page may be left meanwhile."""
        try:
            self._came = work()
        except TradeoffError as error:
            self._came = error
        finally:
            self._writing = False


def shelf(folder: CentreFolder) -> Shelf:
    """The answers of what is held, and the reports on it. RuleError("nothing_merged")."""
    if not folder.store.exists():
        raise RuleError("nothing_merged")
    signed = folder.signed()
    held = receipts.workshops(folder.store)
    if not held:
        raise RuleError("nothing_merged")
    try:
        _, told = reporting.findings(folder.store)
    except RuleError as error:  # no sheets are keyed yet; what was said in public can be written all the same
        told = [f"Nothing can be said yet. {say(error).what}"]
    here = sorted(session.id for session in signed.programme.sessions if session.id in held)
    areas = sorted({session.area for session in signed.programme.sessions if session.id in here})
    names = {area.code: area.name for area in signed.pack.areas}
    return Shelf(told, [
        ("Full report: all areas", Asked("full")),
        *((f"Area report: {names[area]}", Asked("area", area)) for area in areas),
        *((f"Checking copy: {names[area]}", Asked("checking", area)) for area in areas),
        *((f"Summary of one workshop: {name_of(one, signed.programme, signed.pack)}", Asked("summary", one)) for one in here),
        *((f"Host copy of one workshop: {name_of(one, signed.programme, signed.pack)}", Asked("host", one)) for one in here),
        ("Audit: for a data protection officer", Asked("audit")),
    ])
