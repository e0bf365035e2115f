"""The way to the notes and back."""

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QObject, Slot

from tradeoff_desktop.ui.audience import AudienceWindow
from tradeoff_desktop.ui.beside import Beside
from tradeoff_desktop.ui.bridge import Bridge
from tradeoff_desktop.ui.notespage import NotesPage
from tradeoff_desktop.ui.theme import Theme
from tradeoff_desktop.ui.window import OperatorWindow


class House(Protocol):
    """What stands around the notes."""

    window: OperatorWindow
    bridge: Bridge | None
    beside: Beside
    audience: AudienceWindow

    def show_home(self) -> None:
        """Home."""

    def show_closing(self) -> None:
        """The closing page."""


class NotesWay(QObject):
    """Shows the page of notes."""

    def __init__(self, house: House, look: Callable[[], Theme]) -> None:
        super().__init__(house.window)
        self._house = house
        self._look = look

    @Slot()
    def show(self) -> None:
        """Notes on a page of their own."""
        if self._house.bridge is None:
            return
        self._house.window.put_away()  # half-typed words are kept before the next page looks for them
        page = NotesPage(self._house.bridge, self._look(), self._house.audience)
        page.back_requested.connect(self._back)
        page.home_requested.connect(self._house.show_home)
        page.close_requested.connect(self._house.show_closing)
        self._house.window.show_page(page)

    @Slot()
    def show_personal(self) -> None:
        """The notes that look as if they held personal data, to be redacted."""
        self.show()
        page = self._house.window.page
        if isinstance(page, NotesPage):
            page.panel.look_for_personal()

    @Slot()
    def _back(self) -> None:
        self._house.window.put_away()
        self._house.beside.back()
