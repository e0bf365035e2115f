"""What a camera or scanner reads on a sheet: four corner markers and a code that names workshop, seat, sheet and page.

The markers are ids 90 to 93 of the ArUco dictionary DICT_5X5_100 (five by five bits in a black border): with them a
photograph of a sheet can be laid flat. The code is a plain QR code, which every reader knows.
"""

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import groupby

import segno

from tradeoff_desktop.report.canvas import TaggedCanvas
from tradeoff_desktop.report.style import PAGE_HEIGHT, PAGE_WIDTH

MM = 72 / 25.4
MARKER = 14 * MM
INSET = 8 * MM
QUIET = 4  # modules that stay white around a QR code (ISO/IEC 18004)
NO_SEAT = "-"
# Clockwise from the upper left corner; 1 is white, as the dictionary has it.
CORNERS = {
    90: ("00001", "11110", "00111", "11010", "10100"),
    91: ("00011", "10001", "11010", "00011", "11001"),
    92: ("00011", "00100", "01110", "11001", "00011"),
    93: ("00010", "11000", "01101", "10010", "00111"),
}


def content(workshop: str, seat: str, sheet: int, page: int) -> str:
    """What the code of a sheet says: ``ESS-2027-A/045/1/1``; a spare sheet has ``-`` in place of its seat."""
    return f"{workshop}/{seat or NO_SEAT}/{sheet}/{page}"


@cache
def modules(text: str) -> tuple[tuple[bool, ...], ...]:
    """The dark modules of a QR code, row by row, without its quiet zone."""
    made = segno.make_qr(text, error="m", boost_error=False)
    return tuple(tuple(map(bool, row)) for row in made.matrix)


def draw_code(canvas: TaggedCanvas, text: str, x: float, top: float, *, size: float) -> None:
    """Draw a QR code with its quiet zone in a square of ``size``."""
    rows = modules(text)
    unit = size / (len(rows) + 2 * QUIET)
    _draw(canvas, rows, x + QUIET * unit, top - QUIET * unit, unit=unit)


def draw_corners(canvas: TaggedCanvas) -> None:
    """Draw the four markers, each ``INSET`` from the edges of the page."""
    right, low = PAGE_WIDTH - INSET - MARKER, INSET + MARKER
    high = PAGE_HEIGHT - INSET
    unit = MARKER / 7
    for bits, (x, top) in zip(CORNERS.values(), ((INSET, high), (right, high), (right, low), (INSET, low)), strict=True):
        inner = [[True, *(bit == "0" for bit in row), True] for row in bits]
        _draw(canvas, [[True] * 7, *inner, [True] * 7], x, top, unit=unit)


def _draw(canvas: TaggedCanvas, rows: Sequence[Sequence[bool]], x: float, top: float, *, unit: float) -> None:
    """Draw dark modules from the upper left corner ``(x, top)``."""
    with canvas.artifact():
        canvas.saveState()
        canvas.setFillColorRGB(0, 0, 0)
        canvas.translate(x, top)
        canvas.scale(unit, unit)
        # Written as it stands in the file: the library's own rectangles would take most of the time of a whole kit.
        canvas.addLiteral(" ".join(_bars(rows)) + " f")
        canvas.restoreState()


def _bars(rows: Sequence[Sequence[bool]]) -> Iterator[str]:
    """Neighbours in a row as one bar, each a hair higher than its row so that no light shows between rows."""
    for down, row in enumerate(rows, 1):
        start = 0
        for is_dark, run in groupby(row):
            length = len(list(run))
            if is_dark:
                yield f"{start} {-down} {length} 1.01 re"
            start += length
