"""A dressed application, a window to put pages into, and keys that go where a person's would."""

import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tradeoff_desktop.app.desk import Surroundings
from tradeoff_desktop.app.files import Folders, folders
from tradeoff_desktop.ui import front
from tradeoff_desktop.ui import theme as looks
from tradeoff_desktop.ui.beside import Asking
from tradeoff_desktop.ui.page import Page
from tradeoff_desktop.ui.shell import Shell
from tradeoff_desktop.ui.theme import LIGHT, Theme
from tradeoff_desktop.ui.window import OperatorWindow, always

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parents[2] / "app"))  # the world of several laptops is theirs

from central_pages import Answers, Inside
from centre_world import World

from tradeoff_desktop.ui.inbox import InboxPage

NOW = datetime(2027, 3, 4, 13, 0, tzinfo=UTC)


def wear(qapp: QApplication, theme: Theme) -> None:
    """Dress the application, unless it is dressed so already: every widget alive is dressed anew with it."""
    if qapp.styleSheet() != looks.style_sheet(theme):
        looks.install_fonts()
        looks.apply(qapp, theme)


@pytest.fixture(autouse=True)
def dressed(qapp: QApplication) -> None:
    wear(qapp, LIGHT)


@pytest.fixture
def show(qtbot: QtBot) -> Iterator[Callable[[Page], OperatorWindow]]:
    """Put a page into an operator window and show it."""
    held: list[OperatorWindow] = []  # a window nobody holds is gone with the next collection

    def put(page: Page) -> OperatorWindow:
        window = OperatorWindow(page.theme)
        held.append(window)
        window.resize(1366, 768)
        window.show_page(page)
        window.show()
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        return window

    yield put
    for window in held:
        window.close()
        shiboken6.delete(window)


class Hands:
    """Somebody at the keyboard: keys go to whatever has the focus, text is typed a letter at a time."""

    def __init__(self, qtbot: QtBot, window: QWidget) -> None:
        self._bot = qtbot
        self._window = window

    @property
    def focus(self) -> QWidget:
        """Where the next key goes."""
        return self._window.focusWidget() or self._window

    def press(self, *keys: Qt.Key, with_: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        for key in keys:
            self._bot.keyClick(self.focus, key, with_)

    def type(self, text: str) -> None:
        for letter in text:
            self._bot.keyClicks(self.focus, letter)

    def retype(self, text: str) -> None:
        """Replace what stands in the field."""
        self.press(Qt.Key.Key_A, with_=Qt.KeyboardModifier.ControlModifier)
        self.type(text)

    def enter(self, times: int = 1) -> None:
        for _ in range(times):
            self.press(Qt.Key.Key_Return)

    def tab_to(self, name: str) -> None:
        """Press Tab until the control of that accessible name has the focus."""
        for _ in range(200):
            if self.focus.accessibleName().startswith(name):
                return
            self.press(Qt.Key.Key_Tab)
        pytest.fail(f"Tab never reaches {name!r}")


@pytest.fixture
def hands(qtbot: QtBot) -> Callable[[QWidget], Hands]:
    return lambda window: Hands(qtbot, window)


class Clock:
    """Time that passes a second at a look, so that stored moments have an order."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now


@pytest.fixture
def around() -> Surroundings:
    salts = (f"{number:032x}" for number in range(1, 1_000_000))
    ids = (f"shell{number:05d}" for number in range(1, 100))
    return Surroundings(clock=Clock(), salt=salts.__next__, new_id=ids.__next__)


@pytest.fixture
def places(tmp_path: Path) -> Folders:
    return folders(tmp_path / "data")


@pytest.fixture
def make_shell(qtbot: QtBot, places: Folders, around: Surroundings, tmp_path: Path) -> Iterator[Callable[..., Shell]]:
    """A function that starts the whole program over the same folders."""
    made: list[Shell] = []

    def make(programme: Path | None = None) -> Shell:
        shell = Shell(front.show(places, around), Asking(
            programme=lambda _: programme, folder=lambda _: tmp_path, table_file=lambda _: next(iter(sorted(tmp_path.glob("*.tradeoff-table"))), None),
        ))
        made.append(shell)
        qtbot.addWidget(shell.window)
        qtbot.addWidget(shell.audience)
        shell.window.resize(1366, 768)
        shell.window.show()
        shell.window.activateWindow()
        qtbot.waitUntil(shell.window.isActiveWindow)
        return shell

    yield make
    for shell in made:
        shell.window.may_close = always  # also over what a test left in memory
        shell.window.close()


# -- the central team


@pytest.fixture
def answers():
    return Answers()


@pytest.fixture
def start(qtbot, places, around, answers):
    """The whole program at Home."""
    made = []

    def begin():
        shell = Shell(front.show(places, around), Asking(
            programme=lambda _: answers.file, folder=lambda _: answers.folder, table_file=lambda _: None,
            files=lambda _, title, __: answers.by_title.get(title, answers.files),
        ))
        made.append(shell)
        qtbot.addWidget(shell.window)
        qtbot.addWidget(shell.audience)
        shell.window.resize(1366, 768)
        shell.window.show()
        shell.window.activateWindow()
        qtbot.waitUntil(shell.window.isActiveWindow)
        return shell

    yield begin
    for shell in made:
        shell.window.close()


@pytest.fixture
def world(tmp_path, places):
    made = World(tmp_path)
    assert made.folder.root == places.centre
    return made


@pytest.fixture
def inside(start, world, answers, hands, qtbot):
    """The inbox, reached from Home, with somebody at the keyboard."""
    shell = start()
    person = hands(shell.window)
    person.press(Qt.Key.Key_C)
    assert isinstance(shell.window.page, InboxPage)
    return Inside(shell, person, answers, qtbot, world)
