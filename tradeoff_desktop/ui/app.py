"""The program: its folders, its clock, its dialogs, what happens after a crash, and the event loop."""

import secrets
import shutil
import sys
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget

from tradeoff_desktop.app import crash
from tradeoff_desktop.app.desk import Surroundings
from tradeoff_desktop.app.files import Folders, folders, make_folder
from tradeoff_desktop.app.words import Message
from tradeoff_desktop.app.workshops import LITTLE_FREE
from tradeoff_desktop.errors import TradeoffError
from tradeoff_desktop.ui import theme as looks
from tradeoff_desktop.ui.shell import Asking, Shell

Hook = Callable[[type[BaseException], BaseException, TracebackType | None], object]


def run(arguments: Sequence[str] = ()) -> int:
    """Show the program until its window is closed; the exit code."""
    app, _shell = begin(arguments)
    return app.exec()


def begin(arguments: Sequence[str] = ()) -> tuple[QApplication, Shell]:
    """Everything up to the event loop: the window is shown, with Home in it."""
    app = application(arguments)
    places = folders()
    shell = Shell(places, surroundings(), Asking(ask_programme, ask_folder), system=system_look())
    sys.excepthook = crash_hook(shell, places, datetime.now)
    shell.window.showMaximized()
    shell.show_home()
    warn_of_disk(shell, places)
    return app, shell


def application(arguments: Sequence[str] = ()) -> QApplication:
    """The application object with its name and fonts."""
    app = QApplication([sys.argv[0], *arguments])
    app.setApplicationName("Tradeoff Desktop")
    app.setDesktopFileName("tradeoff-desktop")
    looks.install_fonts()
    return app


def surroundings() -> Surroundings:
    """The laptop's clock and the system's randomness."""
    return Surroundings(clock=_now, salt=_salt)


def system_look() -> looks.Appearance:
    """How this laptop is set to look, as far as it tells."""
    hints = QGuiApplication.styleHints()
    if hints.accessibility().contrastPreference() == Qt.ContrastPreference.HighContrast:
        return "contrast"
    return "dark" if hints.colorScheme() == Qt.ColorScheme.Dark else "light"


def warn_of_disk(shell: Shell, places: Folders) -> None:
    """Say in time that little room is left on the disk."""
    free = shutil.disk_usage(make_folder(places.root, private=True)).free
    if free < LITTLE_FREE:
        shell.window.tell(Message(
            f"Only {free // 1_000_000} MB are free on this disk.", "Everything saved is still there.",
            "Free some space before the workshop. A new one needs 500 MB.",
        ), tone="warn")


def crash_hook(shell: Shell, places: Folders, now: Callable[[], datetime]) -> Hook:
    """What is done about an error nobody expected: a file without anybody's words, and a banner. Work goes on."""

    def tell(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            QApplication.quit()
            return
        sys.__excepthook__(kind, error, trace)
        try:
            where = f"A report without any of your words is in {crash.write(places, crash.report(kind, error, trace), now=now())}."
        except TradeoffError:
            where = "No report could be written."
        shell.window.tell(Message(
            "Something went wrong in the program.", "Everything saved is still there.",
            f"You can go on; if something looks odd, close the program and start it again. {where}",
        ))

    return tell


def ask_programme(parent: QWidget) -> Path | None:
    """Ask for the file the central team sent."""
    name, _ = QFileDialog.getOpenFileName(parent, "The file your central team sent", "", "Programme files (*);;All files (*)")
    return Path(name) if name else None


def ask_folder(parent: QWidget) -> Path | None:
    """Ask for a folder or a stick."""
    name = QFileDialog.getExistingDirectory(parent, "A folder, or the USB stick")
    return Path(name) if name else None


def _now() -> datetime:
    return datetime.now(UTC)


def _salt() -> str:
    return secrets.token_hex(16)
