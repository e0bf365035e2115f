"""The report's faces for pages and pictures that stand alone: inside the file, so that nothing is ever fetched."""

from base64 import b64encode
from functools import cache

from tradeoff_desktop.report import fonts
from tradeoff_desktop.report.fonts import Face

FAMILY = "Atkinson Hyperlegible Next"
STACK = f"'{FAMILY}', Verdana, 'DejaVu Sans', sans-serif"
_WEIGHTS = {Face.REGULAR: 400, Face.SEMIBOLD: 600, Face.BOLD: 700, Face.SYMBOLS: 400}


@cache
def rules() -> str:
    """Return the CSS that brings the three faces of our typeface; missing symbols come from the reader's machine."""
    return "".join(
        f"@font-face{{font-family:'{FAMILY}';font-weight:{weight};src:url(data:font/ttf;base64,{_encoded(face)})}}"
        for face, weight in _WEIGHTS.items()
        if face is not Face.SYMBOLS
    )


def attributes(face: Face) -> str:
    """Return how text of a face is set in SVG."""
    return f'font-family="{STACK}" font-weight="{_WEIGHTS[face]}"'


def _encoded(face: Face) -> str:
    fonts.characters(face)  # says so where the file is missing or is no font
    return b64encode(fonts.path(face).read_bytes()).decode()
