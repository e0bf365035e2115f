"""What the pictures of all places share."""

import tempfile
from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QWidget

from tradeoff_desktop.app import sample
from tradeoff_desktop.app.files import Folders, folders
from tradeoff_desktop.ui.theme import Theme

Build = Callable[[Theme], QWidget]
NOW = sample.START


def no_folder(_parent: QWidget) -> Path | None:
    """Nobody picks a folder in a picture."""
    return None


def places_of_pictures() -> Folders:
    """Where the made-up laptop of the pictures keeps its files."""
    return folders(Path(tempfile.gettempdir()) / "tradeoff-pictures")
