"""Setting a workshop up: one thing a page, answers checked at the end, the same page again after a crash."""

from collections.abc import Callable, Collection
from datetime import datetime

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from tradeoff_desktop.app import setting_up
from tradeoff_desktop.app.setting_up import PAGES, PageName, Plan
from tradeoff_desktop.app.words import say
from tradeoff_desktop.errors import TradeoffError
from tradeoff_desktop.model.pack import Pack
from tradeoff_desktop.model.programme import Programme, Session
from tradeoff_desktop.ui import keys
from tradeoff_desktop.ui import theme as looks
from tradeoff_desktop.ui.bridge import Bridge
from tradeoff_desktop.ui.controls import Banner, KeyButton, label
from tradeoff_desktop.ui.dates import count, day
from tradeoff_desktop.ui.page import Page, scrolling
from tradeoff_desktop.ui.session_mark import SessionMark
from tradeoff_desktop.ui.setup_agenda import AgendaPart
from tradeoff_desktop.ui.setup_check import CheckPart
from tradeoff_desktop.ui.setup_parts import ConsentPart, DayPart, GroupsPart, Part
from tradeoff_desktop.ui.setup_ready import ReadyPart, Site
from tradeoff_desktop.ui.setup_tables import SeatsPart, TablesPart
from tradeoff_desktop.ui.theme import XL, L, M, S, Theme
from tradeoff_desktop.ui.ticks import Choice

KEEP_AFTER_MS = 300  # half-typed answers are kept this long after the last key
PARTS: dict[PageName, type[Part]] = {
    part.page: part for part in (
        DayPart, GroupsPart, TablesPart, SeatsPart, AgendaPart, ConsentPart, ReadyPart, CheckPart,
    )
}


class Frame(Page):
    """A question with its place in the row of pages, a way back and a way on."""

    place = "setup"
    home_requested = Signal()

    def __init__(self, theme: Theme, *, name: str, letter: str = "") -> None:
        super().__init__(theme)
        self.problem = Banner()
        self._where = label("", "muted", wrap=False)
        self._title = label("", "title")
        self.back = KeyButton("Back", theme=theme, key=keys.printed("setup", "previous"))
        self.on = KeyButton("Continue", theme=theme, key=keys.printed("setup", "continue"), look="primary")
        self.home = KeyButton("Home", theme=theme, key=keys.printed("setup", "home"))
        self.back.clicked.connect(self.go_back)
        self.on.clicked.connect(self.go_on)
        self.home.clicked.connect(self.home_requested)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        mark = [SessionMark(letter, theme)] if letter else []
        outer.addWidget(_bar(*mark, wide=label(name, "strong"), right=self._where))
        self._holder = QVBoxLayout()
        outer.addLayout(self._holder, 1)
        outer.addWidget(_bar(self.back, self.home, right=self.on, look="foot"))
        self._area: QWidget | None = None

    def acts(self) -> dict[str, Callable[[], object]]:
        """Enter goes on, Alt+Left back."""
        return {"continue": self.go_on, "previous": self.go_back, "home": self.home_requested.emit}

    def show_question(self, content: QWidget, *, title: str, number: int, width: int = 880) -> None:
        """Put a question on the page."""
        self._where.setText(f"Page {number} of {len(PAGES)}" if number else "")
        self._title.setText(title)
        holder = QWidget()
        layout = QVBoxLayout(holder)
        layout.setContentsMargins(XL, XL, XL, XL)
        layout.setSpacing(L)
        layout.addWidget(self._title)
        layout.addWidget(self.problem)
        layout.addWidget(content)
        layout.addStretch(1)
        before, self._area = self._area, scrolling(holder, width=round(width * max(1.0, self.theme.zoom * 0.8)))
        self._holder.addWidget(self._area)
        self._area.show()  # now, not at the next turn of the event loop: a key pressed meanwhile must find it
        if before is not None:
            before.hide()  # deleted only when the event loop is back
            self._holder.removeWidget(before)
            before.deleteLater()

    @Slot()
    def go_on(self) -> None:
        """On to the next page."""

    @Slot()
    def go_back(self) -> None:
        """One page back."""


class SessionPage(Frame):
    """The first page: which of the programme's planned workshops this is."""

    chosen = Signal(object)  # Session

    def __init__(self, theme: Theme, programme: Programme, pack: Pack, *, here: Collection[str] = ()) -> None:
        super().__init__(theme, name=programme.title)
        self._choices: list[tuple[Choice, Session]] = []
        self._group = QButtonGroup(self)
        content = QWidget()
        layout = QVBoxLayout(content)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        for session in programme.sessions:
            choice = Choice(f"{_session(pack, session)}\n{_when(session)}{_here(session, here)}", theme)
            choice.setEnabled(session.id not in here)
            self._group.addButton(choice)
            self._choices.append((choice, session))
            layout.addWidget(choice)
        self.show_question(content, title="Which workshop is this?", number=1)
        self.back.setVisible(False)
        free = [choice for choice, _ in self._choices if choice.isEnabled()]
        if free:
            free[0].setChecked(True)
        else:
            self.problem.show_message("Every workshop of this file is on this laptop already.", "Open it from Home.", tone="info")
        self.on.setEnabled(bool(free))

    def first_focus(self) -> QWidget | None:
        """The chosen one."""
        return self._group.checkedButton() or self.home

    @Slot()
    def go_on(self) -> None:
        """Begin the chosen workshop."""
        for choice, session in self._choices:
            if choice.isChecked():
                self.chosen.emit(session)

    @Slot()
    def go_back(self) -> None:
        """There is nothing before this page but Home."""
        self.home_requested.emit()

    @Slot(object)
    def refuse(self, error: TradeoffError) -> None:
        """Say why it could not be begun."""
        message = say(error)
        self.problem.show_message(message.text, message.rest)


class SetupPage(Frame):
    """The pages after a workshop was begun. What is typed is kept as a draft until the start."""

    started = Signal()

    def __init__(self, bridge: Bridge, theme: Theme, site: Site) -> None:
        desk = bridge.desk
        area = desk.pack.area(desk.opened.area).name
        practice = "Practice · " if desk.opened.practice else ""
        super().__init__(theme, name=f"{practice}{area} · session {desk.opened.session}", letter=desk.opened.session)
        self._bridge = bridge
        self._site = site
        self._plan = setting_up.kept(desk)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(KEEP_AFTER_MS)
        self._timer.timeout.connect(self.keep)
        bridge.refused.connect(self.refuse)
        self.part: Part
        self.show_part(self._plan.page)

    @property
    def plan(self) -> Plan:
        """What is typed, this moment."""
        return self.part.read(self._plan)

    def first_focus(self) -> QWidget | None:
        """The first field of the question."""
        return self.part.first() or self.on

    def leaving(self) -> None:
        """Keep what is half typed."""
        if not setting_up.finished(self._bridge.desk):
            self.keep()

    @Slot(str)
    def show_part(self, page: PageName) -> None:
        """Show one question."""
        self._plan = self._plan._replace(page=page)
        self.problem.clear()
        self.part = PARTS[page](self.theme, self._bridge.pack, self._plan)
        self.part.edited.connect(self._timer.start)
        self._equip(self.part)
        self.on.say("Start the workshop" if page == "check" else "Continue")
        self.back.setVisible(page != PAGES[1])
        self.show_question(self.part, title=self.part.title, number=PAGES.index(page) + 1, width=self.part.width_wanted)
        self.keep()
        first = self.first_focus()
        if first is not None:
            first.setFocus()

    def _equip(self, part: Part) -> None:
        """Give a question what it needs besides the plan."""
        if isinstance(part, SeatsPart):
            part.show_seats(self._bridge.desk.opened.session)
            part.print_requested.connect(self._print)
        if isinstance(part, ReadyPart):
            part.look_with(self._site, self._now)
        if isinstance(part, CheckPart):
            part.change_requested.connect(self._change)
        differs = self._site.planned(self._plan) if part.page in {"tables", "check"} else []
        if differs:
            self.problem.show_message("Not as the papers were printed", "\n".join(differs), tone="warn")

    def _now(self) -> datetime:
        return self._bridge.desk.now.astimezone()

    @Slot()
    def _print(self) -> None:
        folder = self._site.ask_folder(self)
        if folder is None:
            return
        try:
            written = self._site.papers(self._plan, folder)
        except TradeoffError as error:
            self.refuse(error)
            return
        names = " and ".join(path.name for path in written)
        self.problem.show_message(
            f"Written to {folder.name}: {names}", "Print both. The list of names goes into the sealed envelope.", tone="ok",
        )

    @Slot()
    def keep(self) -> None:
        """Keep the draft."""
        self._timer.stop()
        self._plan = self.plan
        setting_up.keep(self._bridge.desk, self._plan)

    @Slot()
    def go_on(self) -> None:
        """On to the next question, or start, unless something here is wrong."""
        self.keep()
        page = self.part.page
        found = setting_up.faults(self._plan, self._bridge.pack, page)
        if found:
            wrong = self.part.refuse(found)
            self.problem.show_message("There is a problem", "\n".join(fault.text for fault in found))
            if wrong is not None:
                wrong.setFocus()
            return
        if page == "check":
            if self._bridge.use(setting_up.start, self._plan):
                self.started.emit()
            return
        self.show_part(PAGES[PAGES.index(page) + 1])

    @Slot()
    def go_back(self) -> None:
        """One question back; what is typed stays."""
        self.keep()
        place = PAGES.index(self.part.page)
        if place > 1:
            self.show_part(PAGES[place - 1])

    @Slot(object)
    def refuse(self, error: TradeoffError) -> None:
        """Say why it could not be started."""
        message = say(error)
        self.problem.show_message(message.text, message.rest)

    @Slot(str)
    def _change(self, page: PageName) -> None:
        self.keep()
        self.show_part(page)


def _bar(*left: QWidget, right: QWidget, wide: QWidget | None = None, look: str = "bar") -> QFrame:
    bar = QFrame()
    looks.dress(bar, look)
    layout = QHBoxLayout(bar)
    layout.setContentsMargins(L, S, L, S)
    layout.setSpacing(M)
    for widget in left:
        layout.addWidget(widget)
    if wide is not None:
        layout.addWidget(wide, 1)
    else:
        layout.addStretch(1)
    layout.addWidget(right)
    return bar


def _session(pack: Pack, session: Session) -> str:
    return f"{pack.area(session.area).name} · session {session.letter}"


def _when(session: Session) -> str:
    people = count(session.heads, "person", "people")
    return f"{day(session.date)}, {session.start} · {people} · {session.venue or 'venue not fixed yet'}"


def _here(session: Session, here: Collection[str]) -> str:
    return " · already on this laptop: open it from Home" if session.id in here else ""
