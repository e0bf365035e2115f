"""The front of the program: a window with Home in it, painted before the rest is even loaded.

The rest (the console, closing, everything that counts) takes about as long to load as all this. ``__main__`` loads
it at the first turn of the event loop after the paint, and hands it what stands here.
"""

import secrets
import sys
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import NamedTuple

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from tradeoff_desktop.app import settings
from tradeoff_desktop.app.desk import Surroundings
from tradeoff_desktop.app.files import Folders, folders
from tradeoff_desktop.app.settings import Settings
from tradeoff_desktop.app.workshops import Workshops
from tradeoff_desktop.ui import theme as looks
from tradeoff_desktop.ui.home import HomePage
from tradeoff_desktop.ui.theme import Appearance, Theme
from tradeoff_desktop.ui.window import OperatorWindow


class Front(NamedTuple):
    """What the rest of the program is given: where things are, how they look, and the window with Home in it."""

    places: Folders
    around: Surroundings
    workshops: Workshops
    system: Appearance
    settings: Settings
    theme: Theme
    window: OperatorWindow
    home: HomePage


def run(arguments: Sequence[str], then: Callable[[Front], object]) -> int:
    """Show the program until its window is closed; ``then`` loads the rest once the first window is painted."""
    app = application(arguments)
    front = show(folders(), surroundings(), system=system_look())
    front.window.showMaximized()
    follow = Follow(front, then)
    code = app.exec()
    del follow
    return code


def application(arguments: Sequence[str] = ()) -> QApplication:
    """The application object with its name and fonts."""
    app = QApplication([sys.argv[0], *arguments])
    app.setApplicationName("Tradeoff Desktop")
    app.setDesktopFileName("tradeoff-desktop")
    looks.install_fonts()
    return app


def show(places: Folders, around: Surroundings, *, system: Appearance = "light") -> Front:
    """Put Home into a new window."""
    chosen = settings.read(places)
    theme = wear(chosen, system)
    workshops = Workshops(places, around)
    window = OperatorWindow(theme)
    home = home_page(theme, workshops, around)
    window.show_page(home)
    return Front(places, around, workshops, system, chosen, theme, window, home)


def home_page(theme: Theme, workshops: Workshops, around: Surroundings) -> HomePage:
    """Home with the workshops as they are now."""
    return HomePage(theme, workshops.recent(), now=around.clock().astimezone())


def wear(chosen: Settings, system: Appearance) -> Theme:
    """Dress the application as set, or as the laptop is set."""
    name = system if chosen.appearance == "system" else chosen.appearance
    theme = looks.theme(name, zoom=chosen.zoom / 100)
    app = QApplication.instance()
    if isinstance(app, QApplication):
        looks.apply(app, theme)
    return theme


def surroundings() -> Surroundings:
    """The laptop's clock and the system's randomness."""
    return Surroundings(clock=_now, salt=_salt)


def system_look() -> Appearance:
    """How this laptop is set to look, as far as it tells."""
    hints = QGuiApplication.styleHints()
    if hints.accessibility().contrastPreference() == Qt.ContrastPreference.HighContrast:
        return "contrast"
    return "dark" if hints.colorScheme() == Qt.ColorScheme.Dark else "light"


class Follow(QObject):
    """Waits for the first paint, then lets the rest be loaded, and holds on to what that returns."""

    def __init__(self, front: Front, then: Callable[[Front], object]) -> None:
        super().__init__()
        self._front = front
        self._then = then
        self._rest: object = None
        front.window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The paint itself goes on; loading begins when it is done."""
        if event.type() == QEvent.Type.Paint:
            watched.removeEventFilter(self)
            QTimer.singleShot(0, self._follow)
        return False

    @Slot()
    def _follow(self) -> None:
        self._rest = self._then(self._front)


def _now() -> datetime:
    return datetime.now(UTC).astimezone()


def _salt() -> str:
    return secrets.token_hex(16)
