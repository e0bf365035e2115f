"""The embedded faces: where their files are, which characters they hold, how wide a text is in them."""

from enum import StrEnum
from functools import cache, lru_cache
from pathlib import Path

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFError, TTFont

from tradeoff_desktop.errors import MachineError

# Height of a capital of Atkinson Hyperlegible Next as a share of its size (OS/2 table: 668 of 1000).
CAP_HEIGHT = 0.668
_LAST_OF_BASIC_PLANE = 0xFFFF

FOLDER = Path(__file__).resolve().parents[2] / "resources" / "fonts"


class Face(StrEnum):
    """One embedded face; its value is the name of its file and its name inside the PDF library."""

    REGULAR = "AtkinsonHyperlegibleNext-Regular"
    SEMIBOLD = "AtkinsonHyperlegibleNext-SemiBold"
    BOLD = "AtkinsonHyperlegibleNext-Bold"
    SYMBOLS = "DejaVuSans"


def path(face: Face, folder: Path = FOLDER) -> Path:
    """Return the file of ``face``."""
    return folder / f"{face}.ttf"


def load(face: Face, folder: Path = FOLDER) -> TTFont:
    """Return ``face`` as the PDF library has it.

    Raises:
        MachineError: ``font_missing`` when the file is absent or is no font.

    """
    file = path(face, folder)
    try:
        return TTFont(str(face), str(file))
    except (OSError, TTFError) as error:
        raise MachineError("font_missing", file=file.name) from error


@cache
def characters(face: Face) -> frozenset[str]:
    """Return every character that ``face`` can draw, registering the face with the PDF library on first use.

    Those beyond the basic plane are left out: the library draws them, but tells readers that copy or speak the text
    another character.
    """
    font = load(face)
    pdfmetrics.registerFont(font)
    return frozenset(chr(code) for code in font.face.charToGlyph if code <= _LAST_OF_BASIC_PLANE)


@lru_cache(maxsize=1 << 14)
def width(text: str, face: Face, size: float) -> float:
    """Return the advance width of ``text`` in points; every character must be one of ``characters(face)``."""
    characters(face)
    return pdfmetrics.stringWidth(text, str(face), size)
