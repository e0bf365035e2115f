"""The pages of the central team: a title, the way from page to page, and what is said of each act."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from tradeoff_desktop.app.words import say
from tradeoff_desktop.errors import TradeoffError
from tradeoff_desktop.ui import keys
from tradeoff_desktop.ui import theme as looks
from tradeoff_desktop.ui.controls import Banner, KeyButton, card, label, row
from tradeoff_desktop.ui.flow import FlowLayout
from tradeoff_desktop.ui.page import Page, scrolling
from tradeoff_desktop.ui.theme import XL, L, M, S, Theme

PAGES = {
    "inbox": "Inbox", "coverage": "What is here", "trust": "Keys", "review": "Review", "coding": "Notes", "publish": "Publish",
    "programme": "Programme",
}
WIDTH = 1240
ROOMY = 1.5
KEYS = "The folder that “tradeoff programme new” made with the team's keys. They are copied to where nobody but you can read them."
PROGRAMME = "The signed programme file of your own: it says which laptops and workshops there are."
KEPT = (
    "Do you keep the backup of a team's keys? Try it with your key, and read the team the six words it shows; nothing stays here. "
    "Bring the keys back from it only where the team's laptop is lost."
)
WHOLE = "Or open a central team's folder that is complete already, for instance that of a rehearsal, to practise with."


class CentralPage(Page):
    """Base of those pages. ``body`` takes what is on them."""

    place = "central"
    went = Signal(str)  # the name of another page
    home_requested = Signal()

    def __init__(self, theme: Theme, here: str) -> None:
        super().__init__(theme)
        self.banner = Banner()
        self.home = KeyButton("Home", theme=theme, key=keys.printed("central", "leave_central"))
        self.home.clicked.connect(self.home_requested)
        self._goes = {name: partial(self.go, name) for name in PAGES}
        content = QWidget()
        self.body = QVBoxLayout(content)
        self.body.setContentsMargins(XL, L, XL, L)
        self.body.setSpacing(M)
        self.body.addWidget(self.banner)
        self.area = scrolling(content, width=round(WIDTH * max(1.0, theme.zoom * 0.8)))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        if theme.zoom >= ROOMY:  # large text leaves no room for a bar that stays
            self.body.insertWidget(0, self._bar(here))
        else:
            outer.addWidget(self._bar(here))
        outer.addWidget(self.area, 1)

    def _bar(self, here: str) -> QFrame:
        bar = QFrame()
        looks.dress(bar, "bar")
        layout = FlowLayout(gap=S)
        inside = QVBoxLayout(bar)
        inside.setContentsMargins(XL, S, XL, S)
        inside.addLayout(layout)
        for name, words in PAGES.items():
            button = KeyButton(words, theme=self.theme, key=keys.printed("central", name), look="primary" if name == here else "")
            if name == here:
                button.setAccessibleDescription("You are here")
            button.clicked.connect(self._goes[name])
            layout.addWidget(button)
        layout.addWidget(self.home)
        return bar

    def go(self, name: str, _pressed: bool = False) -> None:  # noqa: FBT001, FBT002 - what Qt sends with a click
        """To another page."""
        self.went.emit(name)

    def acts(self) -> dict[str, Callable[[], object]]:
        """From page to page, and Home."""
        return {**self._goes, "leave_central": self.home_requested.emit}

    def tell(self, text: str, rest: str = "", *, tone: str = "ok") -> None:
        """Say at the top of the page what was done, in sight."""
        self.banner.show_message(text, rest, tone=tone)
        self.area.verticalScrollBar().setValue(0)

    @Slot(object)
    def refuse(self, error: TradeoffError) -> None:
        """Say why something was not done."""
        message = say(error)
        self.tell(message.text, message.rest, tone="danger")


class WaitPage(CentralPage):
    """What stands there while a page is being read that cannot be shown in part."""

    def __init__(self, theme: Theme, here: str) -> None:
        super().__init__(theme, here)
        self.body.addWidget(label("Reading what is held …", "large"))
        self.body.addStretch(1)

    def first_focus(self) -> QWidget | None:
        """Home: one can always go."""
        return self.home


class BeginPage(Page):
    """What the central team's laptop needs before anything can be taken in."""

    place = "setup"
    keys_requested = Signal()
    programme_requested = Signal()
    plan_requested = Signal()
    whole_requested = Signal()
    trial_requested = Signal()
    backup_requested = Signal()
    home_requested = Signal()

    def __init__(self, theme: Theme, *, has_keys: bool) -> None:
        super().__init__(theme)
        self._has_keys = has_keys
        self.keys = KeyButton("Choose the key folder", theme=theme, look="" if has_keys else "primary")
        self.programme = KeyButton("Choose the programme file", theme=theme, look="primary" if has_keys else "")
        self.plan = KeyButton("Plan one now", theme=theme)
        self.whole = KeyButton("Open a central team's folder", theme=theme)
        self.trial = KeyButton("Try a backup", theme=theme)
        self.backup = KeyButton("Bring the keys back from it", theme=theme)
        self.backup.setVisible(not has_keys)
        self._home = KeyButton("Home", theme=theme, key=keys.printed("setup", "home"))
        for button in (self.programme, self.plan):
            button.setEnabled(has_keys)
        for button, signal in (
            (self.keys, self.keys_requested), (self.programme, self.programme_requested), (self.plan, self.plan_requested), (self.whole, self.whole_requested),
            (self.trial, self.trial_requested), (self.backup, self.backup_requested), (self._home, self.home_requested),
        ):
            button.clicked.connect(signal)
        done = label("✓ The team's keys are on this laptop.", "ok") if has_keys else row(self.keys)
        content = QWidget()
        layout = QVBoxLayout(content)
        layout.setContentsMargins(XL, XL, XL, XL)
        layout.setSpacing(M)
        layout.addWidget(label("The central team's laptop", "title"))
        layout.addWidget(label("Two things are needed once. After that you can take bundles in."))
        layout.addWidget(card(label("1  The team's keys", "heading"), label(KEYS), done))
        layout.addWidget(card(label("2  The programme", "heading"), label(PROGRAMME), row(self.programme, self.plan)))
        layout.addWidget(card(label(KEPT), FlowLayout.of(self.trial, self.backup, gap=M)))
        layout.addWidget(card(label(WHOLE), row(self.whole)))
        layout.addLayout(row(self._home))
        layout.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scrolling(content, width=round(820 * theme.zoom)))

    def acts(self) -> dict[str, Callable[[], object]]:
        """Home, however one asks."""
        return {"previous": self.home_requested.emit, "home": self.home_requested.emit}

    def first_focus(self) -> QWidget | None:
        """What is to be done next."""
        return self.programme if self._has_keys else self.keys
