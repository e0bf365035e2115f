"""The composition root: the rest of the program, put together behind the front; and what is done about crashes."""

import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from types import TracebackType

from PySide6.QtWidgets import QApplication, QFileDialog, QWidget

from tradeoff_desktop.app import crash, disk
from tradeoff_desktop.app.files import Folders
from tradeoff_desktop.app.words import Message
from tradeoff_desktop.errors import TradeoffError
from tradeoff_desktop.ui.beside import Asking
from tradeoff_desktop.ui.front import Front
from tradeoff_desktop.ui.shell import Shell

Hook = Callable[[type[BaseException], BaseException, TracebackType | None], object]


def attach(front: Front) -> Shell:
    """Put everything behind the first window; hold on to what is returned."""
    shell = Shell(front, Asking(ask_programme, ask_folder, ask_table_file))
    sys.excepthook = crash_hook(shell, front.places, datetime.now)
    look_at_disk(shell, front.places)
    shell.key_way.start()
    return shell


def look_at_disk(shell: Shell, places: Folders) -> None:
    """Say in time what is wrong with where the data stand, and keep a little room in reserve."""
    try:
        disk.keep_reserve(places)
        found = disk.warning(places)
    except TradeoffError as error:
        shell.window.refuse(error)
        return
    if found is not None:
        shell.window.tell(found, tone="warn")


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


def ask_table_file(parent: QWidget) -> Path | None:
    """Ask for the file the lead laptop wrote."""
    name, _ = QFileDialog.getOpenFileName(parent, "The lead laptop's table file", "", "Table files (*.tradeoff-table);;All files (*)")
    return Path(name) if name else None


def ask_folder(parent: QWidget) -> Path | None:
    """Ask for a folder or a stick."""
    name = QFileDialog.getExistingDirectory(parent, "A folder, or the USB stick")
    return Path(name) if name else None
