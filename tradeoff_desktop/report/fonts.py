"""The embedded faces: where their files are, which characters they hold, how wide a text is in them."""

from enum import StrEnum
from functools import cache, lru_cache
from pathlib import Path

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFError, TTFont

from tradeoff_desktop.errors import MachineError

# Height of a capital of Atkinson Hyperlegible Next as a share of its size (OS/2 table: 668 of 1000).
CAP_HEIGHT = 0.668

FOLDER = Path(__file__).resolve().parents[2] / "resources" / "fonts"


class Face(StrEnum):
    """One embedded face; its value is the name of its file and its name inside the PDF library."""

    REGULAR = "AtkinsonHyperlegibleNext-Regular"
    SEMIBOLD = "AtkinsonHyperlegibleNext-SemiBold"
    BOLD = "AtkinsonHyperlegibleNext-Bold"
    SYMBOLS = "DejaVuSans"


def path(face: Face) -> Path:
    """Return the file of ``face``."""
    return FOLDER / f"{face}.ttf"


@cache
def characters(face: Face) -> frozenset[str]:
    """Return every character that ``face`` can draw, registering the face with the PDF library on first use.

    Raises:
        MachineError: ``font_missing`` when the file is absent or is no font.

    """
    file = path(face)
    try:
        font = TTFont(str(face), str(file))
    except (OSError, TTFError) as error:
        raise MachineError("font_missing", file=file.name) from error
    pdfmetrics.registerFont(font)
    return frozenset(map(chr, font.face.charToGlyph))


@lru_cache(maxsize=1 << 14)
def width(text: str, face: Face, size: float) -> float:
    """Return the advance width of ``text`` in points; every character must be one of ``characters(face)``."""
    characters(face)
    return pdfmetrics.stringWidth(text, str(face), size)
