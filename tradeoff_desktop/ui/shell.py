"""The way through the program: which page follows which, and which workshop is open."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import ParamSpec, TypeVar

import shiboken6
from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QGuiApplication

from tradeoff_desktop.app import (
    practising,
    restoring,
    seat_papers,
    setting_up,
    settings,
    shelf,
    this_laptop,
)
from tradeoff_desktop.app.desk import Desk
from tradeoff_desktop.app.settings import Settings
from tradeoff_desktop.app.shelf import Found
from tradeoff_desktop.app.words import Message
from tradeoff_desktop.app.workshops import Entry
from tradeoff_desktop.errors import TradeoffError
from tradeoff_desktop.model.programme import Session
from tradeoff_desktop.ui.audience import AudienceWindow
from tradeoff_desktop.ui.ballot import BallotPage
from tradeoff_desktop.ui.beside import Asking, Beside, Ways
from tradeoff_desktop.ui.bridge import Bridge
from tradeoff_desktop.ui.centralway import CentralWay
from tradeoff_desktop.ui.closing import ClosingPage
from tradeoff_desktop.ui.console import ConsolePage
from tradeoff_desktop.ui.first_words import WordsPage
from tradeoff_desktop.ui.front import Front, home_page, system_look, wear
from tradeoff_desktop.ui.holding import Holding
from tradeoff_desktop.ui.home import HomePage
from tradeoff_desktop.ui.keeping import Keeper
from tradeoff_desktop.ui.laptop_key import KeyWay
from tradeoff_desktop.ui.look import LookPage
from tradeoff_desktop.ui.notesway import NotesWay
from tradeoff_desktop.ui.people import BEGINS, PeoplePage
from tradeoff_desktop.ui.setup import SessionPage, SetupPage
from tradeoff_desktop.ui.setup_ready import Site

P = ParamSpec("P")
T = TypeVar("T")


def blank_words(letter: str) -> tuple[str, str]:
    """Why the projector is dark when a later session of a day is opened."""
    return f"The projector is blank: this is session {letter}.", "Press B when the room of the session before is empty."


class Shell(QObject):
    """What stands behind the front: the audience window, and the one workshop that is open."""

    def __init__(self, front: Front, asking: Asking) -> None:
        super().__init__()
        self._front = front
        self._asking = asking
        self._places = front.places
        self._around = front.around
        self._workshops = front.workshops
        self._settings = front.settings
        self._theme = front.theme
        self._found: Found | None = None
        self.desk: Desk | None = None
        self.bridge: Bridge | None = None
        self.window = front.window
        self.audience = AudienceWindow()
        self.key_way = KeyWay(front, asking.folder, home=self.show_home, theme=partial(getattr, self, "_theme"))
        self.central = CentralWay(front, asking, home=self.show_home, theme=partial(getattr, self, "_theme"))
        self._notes = NotesWay(self, lambda: self._theme)
        self.beside = Beside(front, asking, Ways(
            home=self.show_home, room=self.show_room, people=self.show_people, closing=self.show_closing,
            enter=self._enter, bridge=self._open_bridge, theme=partial(getattr, self, "_theme"), let_go=self._let_go,
            notes=self._notes.show, audience=self.audience,
        ))
        self.holding = Holding(self.window, self.beside.save_held)
        self.window.closing.connect(self._leave)
        hints = QGuiApplication.styleHints()
        hints.colorSchemeChanged.connect(self._system_changed)
        hints.accessibility().contrastPreferenceChanged.connect(self._system_changed)
        self.window.offer("run", {
            "people": self.show_people, "laptops": self.beside.show_laptops, "leaving": self.beside.show_leaving,
            "all_notes": self._notes.show, **{act: partial(self.show_people, act) for act in (*BEGINS, "tables")},
        })
        self.window.offer("closing", {"all_notes": self._notes.show})
        self._listen(front.home)

    # -- home

    @Slot()
    def show_home(self) -> None:
        """Home; the workshop that was open is closed cleanly first, unless something of it stands in memory only."""
        if self.bridge is not None and not self.bridge.on_disk():
            return
        self._leave()
        page = home_page(self._theme, self._workshops, self._around)
        self._listen(page)
        self.window.show_page(page)

    def _listen(self, page: HomePage) -> None:
        page.new_requested.connect(self.choose_programme)
        page.join_requested.connect(self.beside.show_join)
        page.practise_requested.connect(self.practise)
        page.central_requested.connect(self.central.show)
        page.look_requested.connect(self.show_look)
        page.laptop_key_requested.connect(self.key_way.show_key)
        page.keys_requested.connect(self.window.toggle_keys)
        page.open_requested.connect(self.open)
        page.export_requested.connect(self.export)
        page.look_first_requested.connect(self.look_first)
        page.restore_requested.connect(self.restore)

    @Slot()
    def show_look(self) -> None:
        """How the program looks."""
        page = LookPage(self._theme, self._settings)
        page.chosen.connect(self._wear)
        page.home_requested.connect(self.show_home)
        self.window.show_page(page)

    @Slot(object)
    def _wear(self, chosen: Settings) -> None:
        self._try(settings.keep, self._places, chosen)
        self._settings = chosen
        self._theme = wear(chosen, self._front.system)
        self.window.wear(self._theme)
        self.show_look()

    @Slot()
    def _system_changed(self) -> None:
        """The laptop was set to another look; Home and the room wear it at once, a form once it is left."""
        if not shiboken6.isValid(self.window):  # the laptop outlives the window
            return
        self._front = self._front._replace(system=system_look())
        if self._settings.appearance != "system":
            return
        self._theme = wear(self._settings, self._front.system)
        self.window.wear(self._theme)
        if isinstance(self.window.page, ConsolePage):
            self.show_room()
        elif isinstance(self.window.page, HomePage):
            self.show_home()

    # -- beginning

    @Slot()
    def choose_programme(self, given: Path | None = None) -> None:
        """A new workshop: ask for the programme file, unless it is ``given``."""
        path = given or self._asking.programme(self.window)
        found = self._try(shelf.look, self._places, path) if path is not None else None
        if found is None:
            return
        if found.known:
            self._take(found)
            return
        page = WordsPage(self._theme, found)
        page.agreed.connect(self._take)
        page.home_requested.connect(self.show_home)
        self.window.show_page(page)

    @Slot(object)
    def _take(self, found: Found) -> None:
        if self._try(shelf.accept, self._places, found) is None:
            return
        self._found = found
        here = {entry.workshop for entry in self._workshops.recent()}
        page = SessionPage(self._theme, found.signed.programme, found.signed.pack, here=here)
        page.chosen.connect(self._begin)
        page.home_requested.connect(self.show_home)
        self.window.show_page(page)

    @Slot(object)
    def _begin(self, session: Session) -> None:
        if self._found is None:
            return
        signed = self._found.signed
        desk = self._try(self._workshops.begin, signed.programme, signed.pack, session)
        if desk is not None:
            setting_up.keep(desk, setting_up.plan_of(session))
            self._enter(desk)

    @Slot()
    def practise(self) -> None:
        """Begin a practice workshop from the programme that ships with the program."""
        desk = self._try(practising.begin, self._workshops, self._places, now=self._around.clock())
        if desk is not None:
            self._enter(desk)

    # -- a workshop

    @Slot(object)
    def open(self, entry: Entry) -> None:
        """Go into a workshop, to the exact page where it stopped."""
        desk = self._try(self._workshops.resume, self._workshops.path_of(entry))
        if desk is not None:
            self._enter(desk)

    @Slot(object)
    def look_first(self, entry: Entry) -> None:
        """Go to who is here and what is missing: the audience window stays shut until the room is entered."""
        desk = self._try(self._workshops.resume, self._workshops.path_of(entry))
        if desk is not None:
            self._hold(desk)
            self.show_people()

    @Slot(object)
    def export(self, entry: Entry) -> None:
        """Go to the closing page of a workshop."""
        desk = self._try(self._workshops.resume, self._workshops.path_of(entry))
        if desk is not None:
            self._hold(desk)
            self.show_closing()

    @Slot(object)
    def restore(self, entry: Entry) -> None:
        """Bring back a workshop whose file is damaged or gone, and go into it."""
        restored = self._try(restoring.restore, self._places, self._around, entry.workshop)
        if restored is not None:
            self._enter(restored.desk)
            first, *rest = restored.lines()
            self.window.tell(Message(first, "", " ".join(rest)), tone="warn" if rest else "ok")

    def _enter(self, desk: Desk) -> None:
        self._hold(desk)
        if desk.role != "lead":
            self.beside.show_joined()
        elif not setting_up.finished(desk):
            self._show_setup()
        elif desk.state.closed:
            self.show_closing()
        else:
            self.show_room()

    def _hold(self, desk: Desk) -> None:
        self._leave()
        self.desk = desk
        self.bridge = Bridge(desk, self, self._settings)
        self.holding.attend(self.bridge)
        Keeper(self.bridge, self._places).failed.connect(self.window.refuse)

    def _show_setup(self) -> None:
        desk = self._open_bridge().desk
        page = SetupPage(self._open_bridge(), self._theme, Site(
            look=partial(this_laptop.look, self._places.root), ask_folder=self._asking.folder,
            papers=partial(seat_papers.write, self._places, desk), planned=partial(seat_papers.differences, self._places, desk),
        ))
        page.home_requested.connect(self.show_home)
        page.started.connect(self.show_people)
        self.window.show_page(page)

    @Slot()
    def show_people(self, begin: str = "") -> None:
        """Who is here; ``begin`` is what a key of the room asked for there."""
        page = PeoplePage(self._open_bridge(), self._theme, self.audience, begin=begin)
        page.room_requested.connect(self.show_room if self._open_bridge().role == "lead" else self.beside.show_joined)
        page.home_requested.connect(self.show_home)
        self.window.show_page(page)

    @Slot()
    def show_room(self) -> ConsolePage:
        """The console, with the audience window beside it; a laptop that joined is at no projector."""
        bridge = self._open_bridge()
        page = ConsolePage(bridge, self._theme, self.audience if bridge.role == "lead" else None)
        page.leave_requested.connect(self.show_home)
        page.close_requested.connect(self.show_closing)
        page.ballot_requested.connect(self.show_ballot)
        page.standing.power = this_laptop.power
        self.window.show_page(page)
        if page.room.blank and not page.room.step:
            letter = bridge.desk.opened.session
            page.parts.banner.show_message(*blank_words(letter), tone="info")
        return page

    @Slot()
    def show_ballot(self) -> None:
        """A private ballot; the console goes, so that no key of the room works in a participant's hands."""
        page = BallotPage(self._open_bridge(), self._theme, self.audience)
        page.left.connect(self.show_room)
        self.window.show_page(page)

    @Slot()
    def show_closing(self) -> None:
        """Closing: what is missing, the seal, the stick, the papers."""
        page = ClosingPage(
            self._open_bridge(), self._theme, folders=self._places, ask_folder=self._asking.folder, audience=self.audience,
        )
        page.room_requested.connect(self.show_room if self._open_bridge().role == "lead" else self.beside.show_joined)
        page.laptops_requested.connect(self.beside.show_laptops)
        page.leaving_requested.connect(self.beside.show_leaving)
        page.home_requested.connect(self.show_home)
        page.entry_requested.connect(self.beside.show_entry)
        page.exported.connect(self.beside.note_export)
        page.delete_requested.connect(self.beside.delete)
        page.notes_requested.connect(self._notes.show_personal)
        self.window.show_page(page)

    def _open_bridge(self) -> Bridge:
        if self.bridge is None:
            raise RuntimeError("a page of a workshop is shown only while one is open")
        return self.bridge

    @Slot()
    def _leave(self) -> None:
        """Let the open workshop go: its page first, then its store."""
        desk = self._let_go()
        if desk is not None:
            self._try(self._workshops.leave, desk)

    def _let_go(self) -> Desk | None:
        """Take the page of the open workshop away; its store is still open."""
        self.window.put_away()
        self.audience.hide_all()
        self.holding.attend(None)
        if self.bridge is not None:
            self.bridge.deleteLater()
        desk, self.desk, self.bridge = self.desk, None, None
        return desk

    def _try(self, act: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T | None:
        try:
            return act(*args, **kwargs)
        except TradeoffError as error:
            self.window.refuse(error)
            return None
