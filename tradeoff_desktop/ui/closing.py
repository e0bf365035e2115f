"""Closing: end in the room, see what is missing, seal, write the stick, make the two papers."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QTimer, QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from tradeoff_desktop.app import gathering, handing_over, pace
from tradeoff_desktop.app.exporting import Exported
from tradeoff_desktop.app.files import Folders
from tradeoff_desktop.app.handing_over import Papers
from tradeoff_desktop.app.words import say
from tradeoff_desktop.errors import TradeoffError
from tradeoff_desktop.model import acts
from tradeoff_desktop.model.records import Closed
from tradeoff_desktop.ui import keys
from tradeoff_desktop.ui import theme as looks
from tradeoff_desktop.ui.audience import AudienceWindow
from tradeoff_desktop.ui.bridge import Bridge
from tradeoff_desktop.ui.closing_after import CopiesPart, DebriefPart, DeletePart, PersonalPart
from tradeoff_desktop.ui.closing_parts import CompletePart, PapersPart, Part, StickPart
from tradeoff_desktop.ui.controls import Banner, KeyButton, label, row
from tradeoff_desktop.ui.dates import when
from tradeoff_desktop.ui.flow import FlowLayout
from tradeoff_desktop.ui.page import Page, scrolling
from tradeoff_desktop.ui.seal_part import SealPart
from tradeoff_desktop.ui.sight import Sight
from tradeoff_desktop.ui.theme import XL, L, M, S, Theme
from tradeoff_desktop.ui.worker import Progress, Worker

WIDTH = 1080
AskFolder = Callable[[QWidget], Path | None]


class ClosePart(Part):
    """The end in the room."""

    close_requested = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, 1, "Close in the room")
        self._why = label("After this nothing new is taken from participants. Sheets and paper notes can still be keyed.")
        self._left = 0
        self._sure = label("", "warn")
        self._sure.hide()
        self.button = KeyButton("Close the workshop", theme=theme, look="primary")
        self.button.clicked.connect(self._ask)
        self.body.addWidget(self._why)
        self.body.addWidget(self._sure)
        self.body.addLayout(row(self.button))

    @Slot()
    def _ask(self) -> None:
        """In the middle of the agenda one key too many must not end the workshop: ask, and wait for a second."""
        if not self._left or self._sure.isVisibleTo(self):
            self._sure.hide()
            self.close_requested.emit()
            return
        steps = "1 step is" if self._left == 1 else f"{self._left} steps are"
        self._sure.setText(f"{steps} still to come. Close anyway?")
        self._sure.show()
        self.button.say("Close anyway")

    def refresh(self, closed_at: str, *, left: int) -> None:
        """Say that it is closed, and since when; ``left`` steps of the agenda are still to come."""
        self._left = left
        self._why.setVisible(not closed_at)
        self.button.setVisible(not closed_at)
        if closed_at:
            self.mark(f"✓ Closed {closed_at}")


class ClosingPage(Page):
    """What happens after the last step of the agenda, from top to bottom."""

    place = "closing"
    room_requested = Signal()
    home_requested = Signal()
    laptops_requested = Signal()
    leaving_requested = Signal()
    entry_requested = Signal(str, int)  # seat, sheet
    exported = Signal(object)  # Exported
    delete_requested = Signal(str)  # the word typed
    notes_requested = Signal()

    def __init__(
        self, bridge: Bridge, theme: Theme, *, folders: Folders, ask_folder: AskFolder, audience: AudienceWindow | None = None,
    ) -> None:
        super().__init__(theme)
        self._bridge = bridge
        self._sight = Sight(audience, bridge, self)
        self._folders = folders
        self._ask_folder = ask_folder
        self.worker = Worker(self)
        self._banner = Banner()
        self.close_part = ClosePart(theme)
        self.debrief_part = DebriefPart(bridge, theme)
        self.complete_part = CompletePart(bridge, theme)
        self.personal_part = PersonalPart(bridge, theme)
        self.seal_part = SealPart(bridge, theme, folders=folders)
        self.stick_part = StickPart(theme)
        self.copies_part = CopiesPart(bridge, theme)
        self.papers_part = PapersPart(bridge, theme)
        self.delete_part = DeletePart(bridge, theme, folders=folders, ask_folder=ask_folder)
        self._room = KeyButton("Room", theme=theme, key=keys.printed("closing", "room"))
        self._centre = True
        self._asker: Part | None = None  # the part whose button was pressed last
        self._lay_out()
        self._connect()
        self.refresh()

    def acts(self) -> dict[str, Callable[[], object]]:
        """Back to the room, or Home; Enter presses the button in focus by itself."""
        return {
            "room": self.room_requested.emit, "finish": self.home_requested.emit,
            "laptops": self.laptops_requested.emit, "leaving": self.leaving_requested.emit, "reopen": self.seal_part.ask,
            "papers_gone": self.papers_part.old.say_gone,
        }

    def first_focus(self) -> QWidget | None:
        """What is to be done next."""
        state = self._bridge.state
        if self._bridge.role != "lead":
            return self.stick_part.choose
        if not state.closed:
            return self._room if pace.steps_left(state) else self.close_part.button
        if state.sealed:
            return self.stick_part.choose
        return self.complete_part.first or self.seal_part.button

    def leaving(self) -> None:
        """Whatever is being written is written to its end."""
        self.worker.wait()

    @Slot(object)
    def refresh(self, _changed: object = None) -> None:
        """Read everything again."""
        state, desk = self._bridge.state, self._bridge.desk
        closed = state.bodies(Closed)
        self.close_part.refresh(when(closed[-1][0].at, desk.now) if closed else "", left=pace.steps_left(state))
        self.debrief_part.refresh()
        self.complete_part.refresh()
        self.personal_part.refresh(quiet=self._sight.open)
        self.seal_part.refresh()
        self._refresh_writing()

    def _refresh_writing(self) -> None:
        state, busy = self._bridge.state, self.worker.busy
        self.copies_part.refresh(centre=self._centre)
        self.delete_part.refresh()
        # A laptop that joined writes its stick at the break too; the lead closes the room first.
        joined = self._bridge.role != "lead"
        self.stick_part.refresh(
            closed=state.closed or joined, sealed=state.sealed, centre=self._centre, busy=busy, joined=joined,
            lacking=gathering.on_stick(self._bridge.desk, self._folders) if state.closed else [],
        )
        self.papers_part.refresh(closed=state.closed, busy=busy)

    def _lay_out(self) -> None:
        content = QWidget()
        layout = QVBoxLayout(content)
        layout.setContentsMargins(XL, L, XL, XL)
        layout.setSpacing(M)
        layout.addWidget(self._banner)
        laptops = KeyButton("Other laptops", theme=self.theme, key=keys.printed("closing", "laptops"))
        leaving = KeyButton("Somebody leaves the study", theme=self.theme, key=keys.printed("closing", "leaving"))
        laptops.clicked.connect(self.laptops_requested)
        leaving.clicked.connect(self.leaving_requested)
        laptops.setVisible(self._bridge.role == "lead")
        layout.addLayout(FlowLayout.of(laptops, leaving, gap=M))
        leads = (self.close_part, self.debrief_part, self.complete_part, self.personal_part, self.seal_part)
        parts = (*leads, self.stick_part, self.copies_part, self.papers_part, self.delete_part)
        shown = [part for part in parts if self._bridge.role == "lead" or part not in {*leads, self.papers_part}]
        for part in parts:
            layout.addWidget(part)
            part.setVisible(part in shown)
        for number, part in enumerate(shown, start=1):
            part.renumber(number)
        layout.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self._bar())
        self._area = scrolling(content, width=round(WIDTH * max(1.0, self.theme.zoom * 0.8)))
        outer.addWidget(self._area, 1)

    def _bar(self) -> QFrame:
        bar = QFrame()
        looks.dress(bar, "bar")
        layout = QHBoxLayout(bar)
        layout.setContentsMargins(XL, S, XL, S)
        layout.setSpacing(M)
        opened = self._bridge.desk.opened
        area = self._bridge.pack.area(opened.area).name
        practice = "Practice · " if opened.practice else ""
        layout.addWidget(label(f"{'Closing' if self._bridge.role == 'lead' else 'Stick'}: {practice}{area} · session {opened.session}", "strong"), 1)
        home = KeyButton("Home", theme=self.theme, key=keys.printed("closing", "finish"))
        self._room.setText("Room" if self._bridge.role == "lead" else "Back")
        for button, signal in ((self._room, self.room_requested), (home, self.home_requested)):
            button.clicked.connect(signal)
            layout.addWidget(button)
        return bar

    def _connect(self) -> None:
        self._bridge.changed.connect(self.refresh)
        self._bridge.refused.connect(self.refuse)
        self.close_part.close_requested.connect(self._close)
        self.complete_part.entry_requested.connect(self.entry_requested)
        self.complete_part.reasons_changed.connect(self.refresh)
        self.complete_part.explained.connect(self._focus_next)
        self.seal_part.seal_requested.connect(self._seal)
        self.seal_part.reopen_requested.connect(self._reopen)
        self.stick_part.folder_requested.connect(self.choose_folder)
        self.stick_part.write_requested.connect(self._write_stick)
        self.stick_part.stop_requested.connect(self.worker.stop)
        self.copies_part.ticked.connect(self.delete_part.refresh)
        self.papers_part.view_requested.connect(self._view)
        self.delete_part.delete_requested.connect(self.delete_requested)
        self.delete_part.button.pressed.connect(partial(self._begin, self.delete_part))
        self.personal_part.look_requested.connect(self.notes_requested)
        self._sight.changed.connect(self.refresh)
        self.papers_part.write_requested.connect(self._write_papers)
        self.worker.progressed.connect(self._show_progress)
        self.worker.finished.connect(self._show_done)
        self.worker.failed.connect(self._stop)
        self.worker.ended.connect(self._written)
        try:
            self._centre = self._bridge.desk.opened.practice or handing_over.readers(self._bridge.desk, self._folders).centre
        except TradeoffError as error:
            self.refuse(error)

    # -- what the parts ask for

    @Slot()
    def _close(self) -> None:
        self._begin(self.close_part)
        if self._bridge.do(acts.close, role=self._bridge.role):
            self._focus_next()

    @Slot()
    def _seal(self) -> None:
        self._begin(self.seal_part)
        if self._bridge.use(handing_over.seal):
            self._focus_next()

    @Slot(str)
    def _reopen(self, reason: str) -> None:
        self._begin(self.seal_part)
        self._bridge.use(handing_over.reopen, reason=reason)
        self.seal_part.button.setFocus()

    @Slot()
    def choose_folder(self) -> None:
        """Ask where the stick is."""
        folder = self._ask_folder(self)
        if folder is not None:
            self.stick_part.folder = folder
            self._refresh_writing()
            self.stick_part.write.setFocus()

    @Slot(str)
    def _write_stick(self, added: str) -> None:
        folder = self.stick_part.folder
        if folder is None or not self._bridge.on_disk():
            return
        self._begin(self.stick_part)

        def work(progress: Progress) -> Exported:
            return handing_over.hand_over(
                self._bridge.desk, self._folders, folder=folder, added=added, progress=progress,
            )
        self.worker.start(work)
        self._refresh_writing()

    @Slot()
    def _write_papers(self) -> None:
        folder = self.stick_part.folder or self._ask_folder(self)
        if folder is None or not self._bridge.on_disk():
            return
        self._begin(self.papers_part)

        def work(progress: Progress) -> Papers:
            return handing_over.write_papers(self._bridge.desk, folder, progress)
        self.worker.start(work)
        self._refresh_writing()

    @Slot(object)
    def _view(self, path: Path) -> None:
        """Show a PDF in the program this laptop shows PDFs with: a file on this laptop, never an address."""
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path.resolve()))):
            self.papers_part.refuse(f"This laptop has no program that shows PDFs. The paper is at {path}.")

    def _begin(self, part: Part) -> None:
        """One part was asked for something: what was said before is no longer true, and an answer belongs there."""
        self._asker = part
        self._banner.clear()
        for other in (self.close_part, self.seal_part, self.stick_part, self.papers_part, self.delete_part):
            other.refuse("")

    # -- how it went

    @Slot()
    def _written(self) -> None:
        """Ready again. The keyboard stays where it was asked, with the answer in sight."""
        self._refresh_writing()
        part = self._asker
        if part in {self.stick_part, self.papers_part}:
            (self.papers_part if part is self.papers_part else self.stick_part).write.setFocus()
            QTimer.singleShot(0, self, self._show_answer)

    @Slot()
    def _show_answer(self) -> None:
        for part in (self.stick_part, self.papers_part):
            if part is self._asker:
                self._area.ensureWidgetVisible(part.wrong if part.wrong.isVisible() else part.done)

    @Slot(str, int, int)
    def _show_progress(self, what: str, done: int, of: int) -> None:
        self.stick_part.show_progress(what, done, of)

    @Slot(object)
    def _show_done(self, result: Exported | Papers) -> None:
        if isinstance(result, Exported):
            self.stick_part.show_done(result)
            self.exported.emit(result)  # into the register, which is shown next
            self._refresh_writing()
        else:
            self.stick_part.stop()
            self.papers_part.show_done(result)

    @Slot(object)
    def _stop(self, error: TradeoffError) -> None:
        self.stick_part.stop()
        self.refuse(error)

    @Slot(object)
    def refuse(self, error: TradeoffError) -> None:
        """Say why something was not done, in the part that asked for it."""
        message = say(error)
        if self._asker is not None:
            self._asker.refuse(str(message))
            return
        self._banner.show_message(message.text, message.rest)

    @Slot()
    def _focus_next(self) -> None:
        widget = self.first_focus()
        if widget is not None:
            widget.setFocus()
