"""How the console's parts stand: three rows beside the agenda, or one scrolling column where there is little room."""

from functools import partial
from typing import Literal, NamedTuple

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from tradeoff_desktop.model import records as r
from tradeoff_desktop.model.pack import AgendaStep
from tradeoff_desktop.ui import keys
from tradeoff_desktop.ui.audience import AudienceWindow
from tradeoff_desktop.ui.bridge import Bridge
from tradeoff_desktop.ui.capture import CapturePanel
from tradeoff_desktop.ui.consoleparts import HeadBar, KeyBar, Middle, SayPanel
from tradeoff_desktop.ui.controls import Banner, KeyButton, card
from tradeoff_desktop.ui.flow import FlowLayout
from tradeoff_desktop.ui.notelist import BEFORE
from tradeoff_desktop.ui.notes import NotePanel
from tradeoff_desktop.ui.page import scrolling
from tradeoff_desktop.ui.parked import ParkedPanel
from tradeoff_desktop.ui.pictures import ResultPanel
from tradeoff_desktop.ui.rail import AgendaRail
from tradeoff_desktop.ui.room import Room
from tradeoff_desktop.ui.sheets import SheetStrip
from tradeoff_desktop.ui.theme import L, M, S, Theme
from tradeoff_desktop.ui.thumbnails import Thumbnail
from tradeoff_desktop.ui.timer import TimerStrip

ROOMY = 900  # a window this high has room for everything at once
NARROW = 1000  # logical pixels at 100 % text; more text needs more of them


ROUND_OF: dict[str, Literal["RV"]] = {"flip": "RV"}


def _noted(bridge: Bridge, room: Room) -> r.Note:
    """Step, card and round the room is at, as an empty note."""
    screen, step = room.screen, room.step
    scenario = screen.scenario or (bridge.pack.anchor.id if step and step.scenario == "anchor" else "")
    return r.Note(
        role=bridge.role, text="", step=step.id if step else BEFORE, scenario=scenario, variant=screen.variant,
        round=ROUND_OF.get(screen.shown) or (step.round if step else ""),
    )


class Parts(NamedTuple):
    """Everything on the console. The parts outlive every layout."""

    rail: AgendaRail
    now: Thumbnail
    next: Thumbnail
    onward: KeyButton
    timer: TimerStrip
    bar: KeyBar
    sheets: SheetStrip
    say: SayPanel
    capture: CapturePanel
    result: ResultPanel
    parked: ParkedPanel
    middle: Middle
    notes: NotePanel
    heads: HeadBar
    banner: Banner

    @classmethod
    def make(cls, bridge: Bridge, room: Room, theme: Theme, audience: AudienceWindow | None) -> "Parts":
        """Make every part once."""
        onward = KeyButton("Next", theme=theme, key=keys.printed("run", "next"), look="primary")
        onward.clicked.connect(room.next)
        say, capture = SayPanel(bridge, room), CapturePanel(bridge, theme)
        result, parked = ResultPanel(bridge, room, theme), ParkedPanel(bridge)
        return cls(
            rail=AgendaRail(bridge, theme), now=Thumbnail("On screen now", theme, audience),
            next=Thumbnail("Next", theme, audience), onward=onward, timer=TimerStrip(bridge, room, theme),
            bar=KeyBar(room, theme), sheets=SheetStrip(bridge, theme), say=say, capture=capture, result=result, parked=parked,
            middle=Middle(say=say, capture=capture, result=result, parked=parked),
            notes=NotePanel(bridge, theme, partial(_noted, bridge, room)),
            heads=HeadBar(bridge, theme), banner=Banner(),
        )

    def step_begun(self, step: AgendaStep | None) -> None:
        """Tell every part that depends on the step; the rail follows the records."""
        self.say.show_step(step)
        self.sheets.open_at(step)
        self.capture.step_begun(step)

    def refresh(self, kinds: frozenset[str]) -> None:
        """Tell every part which kinds of records changed; each reads again only what these touch."""
        self.rail.refresh(kinds)
        self.capture.refresh(kinds)
        self.sheets.refresh(kinds)
        self.notes.refresh(kinds)
        if kinds & {"rating", "tally", "undo", "ruling", "seat", "withdrawal", "taken_in"}:
            self.bar.show_gate(self.bar.room)
            self.say.ask_ends()

    def show_room(self, room: Room) -> None:
        """The audience sees something else, or a key is in reach that was not."""
        self.now.show_stage(room.stage)
        self.next.show_stage(room.upcoming)
        self.bar.show_room(room)
        self.say.ask_ends()
        if self.middle.showing("result"):
            self.result.look()

    def rest(self, *, narrow: bool) -> QWidget:
        """Where the keyboard is when nothing is typed, and single letters are keys: in one column at what is to be said."""
        return self.say.area if narrow and self.middle.showing("say") else self.rail.list

    def fit(self, size: QSize, *, narrow: bool) -> None:
        """Thumbnails as large as the window allows; on a low one they and the keys take less, for the form that is open."""
        if narrow:
            self.now.set_width(max(140, size.width() // 6))
            self.bar.fit(busy=False)
            self.sheets.setVisible(self.sheets.wanted)
            return
        busy = not self.middle.showing("say") and size.height() < ROOMY
        self.bar.fit(busy=busy)
        self.now.say(short=busy)
        self.sheets.setVisible(self.sheets.wanted and not busy)
        high = 100 if busy else max(108, min(size.height() // 4, 300))
        self.now.set_width(round(high * 16 / 9))
        self.next.set_width(round(high * 16 / 9 * 0.8))


def is_narrow(size: QSize, theme: Theme) -> bool:
    """Whether the parts no longer fit beside each other."""
    return size.width() < NARROW * theme.zoom or size.height() < 540 * theme.zoom


def arrange(parts: Parts, *, narrow: bool, theme: Theme) -> QWidget:
    """Lay the parts out anew; they are moved, not made again."""
    return _column(parts, theme) if narrow else _beside(parts, theme)


def _beside(parts: Parts, theme: Theme) -> QWidget:
    holder = QWidget()
    outer = QHBoxLayout(holder)
    outer.setContentsMargins(M, S, M, S)
    outer.setSpacing(L)
    parts.rail.setFixedWidth(round(250 * theme.zoom))
    parts.rail.setMinimumHeight(0)
    outer.addWidget(parts.rail)
    right = QVBoxLayout()
    right.setSpacing(S)
    right.addWidget(parts.banner)
    right.addLayout(_screens(parts))
    right.addWidget(parts.bar)
    right.addWidget(parts.sheets)
    right.addWidget(parts.heads)
    both = QSplitter(Qt.Orientation.Horizontal)
    both.setChildrenCollapsible(False)
    both.addWidget(_framed(parts.middle))
    both.addWidget(_framed(parts.notes))
    both.setStretchFactor(0, 3)
    both.setStretchFactor(1, 2)
    both.setSizes([700, 300])
    right.addWidget(both, 1)
    outer.addLayout(right, 1)
    return holder


def _screens(parts: Parts) -> QHBoxLayout:
    """What is on, what comes, and the time."""
    line = QHBoxLayout()
    line.setSpacing(L)
    top = Qt.AlignmentFlag.AlignTop
    line.addWidget(parts.now, 0, top)
    line.addWidget(parts.next, 0, top)
    last = QVBoxLayout()
    last.setSpacing(S)
    last.addWidget(parts.onward)
    clock = FlowLayout()
    for part in (parts.timer, *parts.timer.buttons):
        clock.addWidget(part)
    last.addLayout(clock)
    last.addStretch(1)
    line.addLayout(last, 1)
    parts.now.show_caption(visible=True)
    parts.next.show()
    for low in (parts.middle, parts.notes):
        low.setMinimumHeight(0)
    return line


def _column(parts: Parts, theme: Theme) -> QWidget:
    """Timer, thumbnail and Next stay in sight; the rest scrolls."""
    holder = QWidget()
    outer = QVBoxLayout(holder)
    outer.setContentsMargins(M, S, M, S)
    outer.setSpacing(S)
    top = QHBoxLayout()
    top.setSpacing(L)
    parts.now.show_caption(visible=False)
    top.addWidget(parts.now, 0, Qt.AlignmentFlag.AlignTop)
    top.addWidget(parts.timer, 0, Qt.AlignmentFlag.AlignTop)
    top.addStretch(1)
    top.addWidget(parts.onward, 0, Qt.AlignmentFlag.AlignTop)
    outer.addLayout(top)
    outer.addWidget(parts.banner)
    outer.addWidget(parts.heads)
    content = QWidget()
    rest = QVBoxLayout(content)
    rest.setContentsMargins(0, 0, 0, 0)
    rest.setSpacing(M)
    parts.rail.setMinimumWidth(0)
    parts.rail.setMaximumWidth(16_777_215)
    parts.rail.setMinimumHeight(round(180 * theme.zoom))
    parts.next.hide()
    parts.middle.setMinimumHeight(round(420 * theme.zoom))
    parts.notes.setMinimumHeight(round(180 * theme.zoom))
    clock = FlowLayout()
    for button in parts.timer.buttons:
        clock.addWidget(button)
    rest.addLayout(clock)
    for part in (parts.bar, parts.sheets, parts.middle, parts.notes, parts.rail):
        rest.addWidget(part)
    outer.addWidget(scrolling(content), 1)
    return holder


def _framed(part: QWidget) -> QFrame:
    framed = card(part)
    layout = framed.layout()
    if layout is not None:
        layout.setContentsMargins(0, 0, 0, 0)
    return framed
