"""The way through the pages beside the running workshop: joining, the other laptops, leaving the study."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Literal, NamedTuple

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QWidget

from tradeoff_desktop.app import deleting, handing_over, joining, laptop, shelf
from tradeoff_desktop.app.desk import Desk
from tradeoff_desktop.app.exporting import Exported
from tradeoff_desktop.app.words import Message, say
from tradeoff_desktop.errors import TradeoffError
from tradeoff_desktop.ui.audience import AudienceWindow
from tradeoff_desktop.ui.bridge import Bridge
from tradeoff_desktop.ui.console import ConsolePage
from tradeoff_desktop.ui.dates import day
from tradeoff_desktop.ui.entry import EntryForm
from tradeoff_desktop.ui.front import Front
from tradeoff_desktop.ui.joined import JoinedPage
from tradeoff_desktop.ui.joining import JoinPage
from tradeoff_desktop.ui.laptops import LaptopsPage
from tradeoff_desktop.ui.leaving import LeavingPage
from tradeoff_desktop.ui.theme import Theme


def no_files(_parent: QWidget, _title: str, _kinds: str) -> Sequence[Path]:
    """Nobody chooses any."""
    return ()


class Asking(NamedTuple):
    """Where files are asked for: dialogs in the program, plain answers in a test."""

    programme: Callable[[QWidget], Path | None]
    folder: Callable[[QWidget], Path | None]
    table_file: Callable[[QWidget], Path | None]
    files: Callable[[QWidget, str, str], Sequence[Path]] = no_files  # parent, title, kinds of files


class Ways(NamedTuple):
    """Where these pages lead to, and what they are given."""

    home: Callable[[], object]
    room: Callable[[], ConsolePage]
    people: Callable[[], object]
    closing: Callable[[], object]
    enter: Callable[[Desk], object]
    bridge: Callable[[], Bridge]
    theme: Callable[[], Theme]
    let_go: Callable[[], Desk | None]
    notes: Callable[[], object]
    audience: AudienceWindow


class Beside(QObject):
    """Shows those pages, and goes back from them."""

    def __init__(self, front: Front, asking: Asking, ways: Ways) -> None:
        super().__init__()
        self._window = front.window
        self._places = front.places
        self._workshops = front.workshops
        self._asking = asking
        self._ways = ways
        self._join_page: JoinPage | None = None

    @Slot()
    def show_join(self, given: Path | None = None) -> None:
        """Join a workshop that another laptop leads, by the table file it wrote; the file may be ``given``."""
        page = self._join_page = JoinPage(self._ways.theme())
        page.back_requested.connect(self._ways.home)
        page.home_requested.connect(self._ways.home)
        page.file_requested.connect(self._choose_table_file)
        page.join_requested.connect(self._join)
        self._window.show_page(page)
        if given is not None:
            page.show_file(given)

    @Slot()
    def _choose_table_file(self) -> None:
        path = self._asking.table_file(self._window)
        if path is not None and self._join_page is not None:
            self._join_page.show_file(path)

    @Slot(object, str, str)
    def _join(self, path: Path, code: str, role: Literal["desk", "table"]) -> None:
        try:
            desk = self._workshops.join(joining.look(self._places, path, code), role=role)
        except TradeoffError as error:
            if self._join_page is not None:
                self._join_page.refuse(error)
            return
        self._join_page = None
        self._ways.enter(desk)

    @Slot()
    def save_held(self) -> None:
        """The disk fails: everything, with what is held in memory, goes to a stick."""
        folder = self._asking.folder(self._window)
        if folder is None:
            return
        bridge = self._ways.bridge()
        try:
            done = handing_over.save_held(bridge.desk, self._places, folder)
        except TradeoffError as error:
            self._window.refuse(error)
            return
        bridge.stick_seq = bridge.desk.held[-1].seq if bridge.desk.held else 0
        self._window.tell(Message(
            f"Everything up to now is on the stick, as {done.path.name}.", "It was read back from there.",
            "Go on; should this laptop fail, bring the workshop back from that file.",
        ), tone="ok")

    @Slot()
    def show_joined(self) -> None:
        """The home of a laptop that joined."""
        bridge = self._ways.bridge()
        page = JoinedPage(
            bridge, self._ways.theme(), ask_file=self._asking.table_file, words=self._words(bridge.desk),
        )
        page.home_requested.connect(self._ways.home)
        page.room_requested.connect(self.begin_with)
        page.people_requested.connect(self._ways.people)
        page.closing_requested.connect(self._ways.closing)
        page.leaving_requested.connect(self.show_leaving)
        self._window.show_page(page)

    @Slot(str)
    def begin_with(self, act: str) -> None:
        """To the room, and there to what that act opens; a table laptop takes notes on their own page."""
        if act == "note" and self._ways.bridge().role == "table":
            self._ways.notes()
        else:
            self._ways.room().acts()[act]()

    @Slot()
    def show_laptops(self) -> None:
        """The other laptops; one that joined has its own page instead."""
        bridge = self._ways.bridge()
        if bridge.role != "lead":
            self.show_joined()
            return
        page = LaptopsPage(
            bridge, self._ways.theme(), folders=self._places, ask_folder=self._asking.folder, audience=self._ways.audience,
        )
        page.back_requested.connect(self.back)
        page.home_requested.connect(self._ways.home)
        self._window.show_page(page)

    @Slot()
    def show_leaving(self) -> None:
        """Somebody leaves the study."""
        bridge = self._ways.bridge()
        page = LeavingPage(bridge, self._ways.theme(), folders=self._places, cut_off=self._cut_off(bridge.desk))
        page.back_requested.connect(self.back)
        page.home_requested.connect(self._ways.home)
        self._window.show_page(page)

    def _words(self, desk: Desk) -> tuple[str, ...]:
        try:
            return laptop.load(self._places, desk.opened.area, now=desk.now).words
        except TradeoffError as error:
            return (str(say(error)),)

    def _cut_off(self, desk: Desk) -> str:
        try:
            known = None if desk.opened.practice else shelf.programme(self._places, desk.opened.programme)
        except TradeoffError:
            return ""  # a programme file that no longer reads must not keep anybody from leaving
        return day(known.programme.withdrawal_cut_off) if known is not None else ""

    @Slot(str, int)
    def show_entry(self, seat: str, sheet: int) -> None:
        """To the room, and there to one sheet of one person."""
        page = self._ways.room()
        page.acts()["key_sheets"]()
        form = page.parts.capture.form
        if isinstance(form, EntryForm):
            form.go_to(seat, sheet)

    @Slot(object)
    def note_export(self, done: Exported) -> None:
        """A copy was written: into the stick register with it."""
        self._workshops.note_export(
            self._ways.bridge().desk, file=done.path.name, stick=str(done.path.parent), others=done.files,
        )

    @Slot(str)
    def delete(self, typed: str) -> None:
        """Delete the workshop that is open, where it may go, and be at Home."""
        try:
            deleting.check(self._ways.bridge().desk, self._places, typed=typed)
            desk = self._ways.let_go()
            if desk is not None:
                self._workshops.delete(desk)
        except TradeoffError as error:
            self._window.refuse(error)
            return
        self._ways.home()

    @Slot()
    def back(self) -> None:
        """Where the workshop is: the room, closing, or the page of a laptop that joined."""
        bridge = self._ways.bridge()
        if bridge.role != "lead":
            self.show_joined()
        elif bridge.state.closed:
            self._ways.closing()
        else:
            self._ways.room()
