"""The front of the program: a window with Home in it, painted before the rest is even loaded.

The rest (the console, closing, everything that counts) takes about as long to load as all this. ``__main__`` loads
it at the first turn of the event loop after the paint, and hands it what stands here.
"""

import secrets
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from types import TracebackType
from typing import NamedTuple

from PySide6.QtCore import QEvent, QLockFile, QObject, Qt, QTimer, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from tradeoff_desktop.app import crash, settings, sidefiles
from tradeoff_desktop.app.desk import Surroundings
from tradeoff_desktop.app.files import Folders, folders, make_folder
from tradeoff_desktop.app.settings import Settings
from tradeoff_desktop.app.words import Message, say
from tradeoff_desktop.app.workshops import Workshops
from tradeoff_desktop.errors import MachineError, TradeoffError
from tradeoff_desktop.ui import theme as looks
from tradeoff_desktop.ui.home import HomePage
from tradeoff_desktop.ui.notice import Notice
from tradeoff_desktop.ui.theme import Appearance, Theme
from tradeoff_desktop.ui.window import OperatorWindow

AGAIN = "Start the program again. If it happens again, send the report to the central team."


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
    places = folders()
    try:
        lock = alone(places)
        front = show(places, surroundings(), system=system_look())
    except TradeoffError as error:
        return _end_with(app, say(error))
    except Exception as error:  # noqa: BLE001 - nobody else would tell the person who started the program
        return _end_with(app, crash.told(places, error, now=_now(), todo=AGAIN))
    sys.excepthook = crash_hook(places, _now, front.window.tell)
    quiet = crash.hook(places, _now, str)  # such an error may come from any thread, and only one may touch widgets
    sys.unraisablehook = lambda what: quiet(what.exc_type, what.exc_value, what.exc_traceback)
    front.window.showMaximized()
    follow = Follow(front, then)
    code = app.exec()
    del follow, lock
    return code


def alone(places: Folders) -> QLockFile | None:
    """What keeps a second start out while it is held; MachineError("already_running") where the program runs already.

    None where no such file can be kept: each store keeps a second program off by itself.
    """
    with suppress(MachineError):
        make_folder(places.root, private=True)
    lock = QLockFile(str(places.root / "running.lock"))
    lock.setStaleLockTime(0)  # a workshop lasts as long as it lasts
    held = lock.tryLock(0) or (lock.removeStaleLockFile() and lock.tryLock(0))
    if not held and lock.error() == QLockFile.LockError.LockFailedError and lock.getLockInfo()[0]:
        raise MachineError("already_running")
    return lock if held else None


def crash_hook(places: Folders, now: Callable[[], datetime], tell: Callable[[Message], object]) -> crash.Hook:
    """What is done about an error nobody expected: a file without anybody's words, and a banner. Work goes on."""
    answer = crash.hook(places, now, tell)

    def hook(kind: type[BaseException], error: BaseException | None, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            QApplication.quit()
        else:
            answer(kind, error, trace)

    return hook


def _end_with(app: QApplication, message: Message) -> int:
    """Say why the program does not start, in a window of its own, and end."""
    if sys.stderr is not None:
        sys.stderr.write(f"{message}\n")
    notice = Notice(looks.theme("light"), message)
    looks.apply(app, notice.theme)
    notice.show()
    app.exec()
    return 1


def application(arguments: Sequence[str] = ()) -> QApplication:
    """The application object with its name and fonts."""
    app = QApplication([sys.argv[0], *arguments])
    app.setApplicationName("Tradeoff Desktop")
    app.setDesktopFileName("tradeoff-desktop")
    looks.install_fonts()
    return app


def show(places: Folders, around: Surroundings, *, system: Appearance = "light") -> Front:
    """Put Home into a new window."""
    damaged = sidefiles.put_aside(places)
    chosen = settings.read(places)
    theme = wear(chosen, system)
    workshops = Workshops(places, around)
    window = OperatorWindow(theme)
    home = home_page(theme, workshops, around)
    window.show_page(home)
    if damaged is not None:
        window.tell(damaged, tone="warn")
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
