"""Pages beside the running workshop: a title, a way back, and cards below each other."""

from collections.abc import Callable

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from tradeoff_desktop.app.words import say
from tradeoff_desktop.errors import TradeoffError
from tradeoff_desktop.ui import keys
from tradeoff_desktop.ui import theme as looks
from tradeoff_desktop.ui.controls import Banner, KeyButton, label
from tradeoff_desktop.ui.page import Page, scrolling
from tradeoff_desktop.ui.theme import XL, L, M, S, Theme

WIDTH = 1040
ROOMY = 1.5


class AsidePage(Page):
    """Base of those pages. ``body`` takes the cards."""

    place = "aside"
    back_requested = Signal()
    home_requested = Signal()

    def __init__(self, theme: Theme, title: str, *, back: str = "Back") -> None:
        super().__init__(theme)
        self.banner = Banner()
        self.back = KeyButton(back, theme=theme, key=keys.printed("aside", "back_from"))
        self.home = KeyButton("Home", theme=theme, key=keys.printed("aside", "home_from"))
        self.back.clicked.connect(self.back_requested)
        self.home.clicked.connect(self.home_requested)
        content = QWidget()
        self.body = QVBoxLayout(content)
        self.body.setContentsMargins(XL, L, XL, XL)
        self.body.setSpacing(M)
        self.body.addWidget(self.banner)
        bar = QFrame()
        looks.dress(bar, "bar")
        layout = QHBoxLayout(bar)
        layout.setContentsMargins(XL, S, XL, S)
        layout.setSpacing(M)
        self.title = label(title, "strong")
        layout.addWidget(self.title, 1)
        layout.addWidget(self.back)
        layout.addWidget(self.home)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(bar)
        self.area = scrolling(content, width=round(WIDTH * max(1.0, theme.zoom * 0.8)))
        outer.addWidget(self.area, 1)

    def acts(self) -> dict[str, Callable[[], object]]:
        """Back, and Home; Enter presses the button in focus by itself."""
        return {"back_from": self.back_requested.emit, "home_from": self.home_requested.emit}

    def tell(self, text: str, rest: str = "", *, tone: str = "ok") -> None:
        """Say at the top of the page what was done, in sight."""
        self.banner.show_message(text, rest, tone=tone)
        self.area.verticalScrollBar().setValue(0)

    @Slot(object)
    def refuse(self, error: TradeoffError) -> None:
        """Say why something was not done."""
        message = say(error)
        self.tell(message.text, message.rest, tone="danger")


class Slotted(QWidget):
    """A place on a page whose contents are made anew whenever something changes."""

    def __init__(self) -> None:
        super().__init__()
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(M)

    def fill(self, *widgets: QWidget) -> None:
        """Show these and nothing else."""
        while (item := self._layout.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        for widget in widgets:
            self._layout.addWidget(widget)
            widget.show()
