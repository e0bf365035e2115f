"""What is done on the central team's page of the programme."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from tradeoff_desktop.app import plan_desk
from tradeoff_desktop.errors import TradeoffError
from tradeoff_desktop.ui.centraldesks import ENROLMENTS
from tradeoff_desktop.ui.dates import count
from tradeoff_desktop.ui.programme import ProgrammePage

if TYPE_CHECKING:
    from tradeoff_desktop.ui.centralway import CentralWay


class ProgrammeDesk(QObject):
    """The plan kept, checked and signed."""

    def __init__(self, way: "CentralWay") -> None:
        super().__init__(way)
        self._way = way

    @Slot()
    def show(self) -> ProgrammePage:
        """The plan as it was typed last."""
        folder = self._way.folder
        page = ProgrammePage(self._way.theme(), plan_desk.draft(folder), signed=folder.has_programme)
        page.typed.connect(self._check)
        page.laptops_requested.connect(self._choose)
        page.sign_requested.connect(self._sign)
        page.kit_requested.connect(self._kit)
        self._way.put(page)
        page.show_said(plan_desk.check(folder, page.plan.toPlainText()))
        return page

    @Slot(str)
    def _check(self, text: str) -> None:
        page = self._way.window.page
        try:
            said = plan_desk.check(self._way.folder, text)
        except TradeoffError as error:
            self._way.window.refuse(error)
            return
        if isinstance(page, ProgrammePage):
            page.show_said(said)

    @Slot()
    def _choose(self) -> None:
        page, files = self._way.window.page, self._way.asking.files(self._way.window, *ENROLMENTS)
        if files and isinstance(page, ProgrammePage):
            page.show_laptops(files)

    @Slot(str, str)
    def _sign(self, escrow: str, heard: str) -> None:
        page, to = self._way.window.page, self._way.asking.folder(self._way.window)
        if to is None or not isinstance(page, ProgrammePage):
            return
        try:
            made = plan_desk.sign(
                self._way.folder, escrow=escrow, heard=heard, enrolments=page.enrolments, to=to, now=self._way.around.clock(),
            )
        except TradeoffError as error:
            page.refuse(error)
            return
        self.show().show_made(made)

    @Slot()
    def _kit(self) -> None:
        page, folder, to = self._way.window.page, self._way.folder, self._way.asking.folder(self._way.window)
        if to is not None and isinstance(page, ProgrammePage):
            page.tell("Writing the paper. It takes up to a minute.", tone="info")
            self._way.reader.read(
                page, lambda progress: plan_desk.write_kit(folder, to, progress),
                lambda lines: page.tell(f"Written: the paper of {count(len(lines), 'workshop')}.", "Each folder is an envelope."), page.refuse,
            )
