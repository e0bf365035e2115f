"""Every screen there is, with a practice workshop in it. Each place keeps its own ``SHOTS``: to add a screen, add a line there."""

import os
import sys
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler

from tradeoff_desktop.ui import (
    front,
    gallery_after,
    gallery_audience,
    gallery_before,
    gallery_centre,
    gallery_notes,
    gallery_room,
    screenshots,
)
from tradeoff_desktop.ui.screenshots import Shot

SHOTS: Sequence[Shot] = [
    *gallery_before.SHOTS, *gallery_room.SHOTS, *gallery_notes.SHOTS, *gallery_after.SHOTS, *gallery_centre.SHOTS,
    *gallery_audience.SHOTS,
]


def take(folder: Path) -> list[Path]:
    """Write every picture into ``folder``. No display is needed: a picture is the same on every machine."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    qInstallMessageHandler(_pass_on)
    return screenshots.take(front.application(), folder, SHOTS)


def _pass_on(_kind: QtMsgType, _context: QMessageLogContext, text: str) -> None:
    """Qt's messages, without the one about size hints that every window without a display brings."""
    if "propagateSizeHints" not in text:
        sys.stderr.write(f"{text}\n")
