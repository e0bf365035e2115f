"""All screens on one picture, each small and under its name: what to look at before anything else."""

import math
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QImage, QPainter

from tradeoff_desktop.errors import MachineError
from tradeoff_desktop.ui.theme import LIGHT, XL, M, S

COLUMNS = 6
TILE = QSize(480, 270)  # 16 to 9, as most screens are
NAME = 36  # the height of a name below its picture


def write(file: Path, pictures: Sequence[tuple[str, Path]]) -> None:
    """Write a sheet of these (name, picture file) pairs, in order. MachineError where it cannot be written."""
    cell = QSize(TILE.width() + XL, TILE.height() + NAME + M)
    rows = max(1, math.ceil(len(pictures) / COLUMNS))
    sheet = QImage(cell.width() * COLUMNS + XL, cell.height() * rows + XL, QImage.Format.Format_RGB32)
    sheet.fill(LIGHT.colour("panel"))
    painter = QPainter(sheet)
    painter.setFont(LIGHT.font())
    for place, (name, picture) in enumerate(pictures):
        corner = QPoint(XL + place % COLUMNS * cell.width(), XL + place // COLUMNS * cell.height())
        _tile(painter, corner, name, picture)
    painter.end()
    if not sheet.save(str(file)):
        raise MachineError("disk_error", file=file.name)


def _tile(painter: QPainter, corner: QPoint, name: str, picture: Path) -> None:
    small = QImage(str(picture)).scaled(TILE, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation)
    frame = QRect(corner, small.size())
    painter.drawImage(frame, small)
    painter.setPen(LIGHT.colour("border"))
    painter.drawRect(frame)
    painter.setPen(LIGHT.colour("text"))
    painter.drawText(
        QRect(corner.x(), corner.y() + TILE.height() + S, TILE.width(), NAME - S), Qt.AlignmentFlag.AlignLeft, name,
    )
