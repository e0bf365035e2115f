"""The composition root: the rest of the program, put together behind the front; what is said about the disk at the start; and the files asked for."""

import gc
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from tradeoff_desktop.app import disk, inbox, joining
from tradeoff_desktop.app.files import Folders
from tradeoff_desktop.errors import TradeoffError
from tradeoff_desktop.ui.beside import Asking
from tradeoff_desktop.ui.front import Front
from tradeoff_desktop.ui.home import HomePage
from tradeoff_desktop.ui.shell import Shell


def attach(front: Front, given: Path | None = None) -> Shell:
    """Put everything behind the first window; hold on to what is returned. ``given`` is a file to begin with."""
    shell = Shell(front, Asking(ask_programme, ask_folder, ask_table_file, ask_files))
    look_at_disk(shell, front.places)
    shell.key_way.start()
    gc.freeze()  # what is loaded stays: to look through all of it for garbage would stop the window for a tenth of a second
    if given is not None and isinstance(shell.window.page, HomePage):  # a passphrase is asked for first
        open_given(shell, given)
    return shell


def open_given(shell: Shell, path: Path) -> None:
    """Open a file that somebody chose in the desktop's own window of files, each kind where it belongs."""
    if path.suffix == joining.ENDING:
        shell.beside.show_join(path)
    elif path.suffix == inbox.ENDING:
        shell.central.show()
        shell.central.intake.look([path])
    else:
        shell.choose_programme(path)


def look_at_disk(shell: Shell, places: Folders) -> None:
    """Say in time what is wrong with where the data stand, and keep a little room in reserve."""
    try:
        disk.keep_reserve(places)
        found = disk.warning(places)
    except TradeoffError as error:
        shell.window.refuse(error)
        return
    if found is not None and not shell.window.banner:  # what was said first is not wiped away unread
        shell.window.tell(found, tone="warn")


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


def ask_files(parent: QWidget, title: str, kinds: str) -> Sequence[Path]:
    """Ask for one file or several."""
    names, _ = QFileDialog.getOpenFileNames(parent, title, "", kinds)
    return [Path(name) for name in names]
