"""Colours, type and page geometry of every report; all lengths are points."""

from dataclasses import dataclass
from typing import Final

from tradeoff_desktop.report.fonts import Face

INK: Final = "#16202B"
MUTED: Final = "#4A5766"
ACCENT: Final = "#1B4E9B"
WARN: Final = "#7A4B00"
RULE: Final = "#C5CDD6"
TINT: Final = "#EEF3FA"
ZEBRA: Final = "#F5F7F9"

PAGE_WIDTH: Final = 595.28
PAGE_HEIGHT: Final = 841.89
SIDE: Final = 76.0
TOP: Final = 74.0
BOTTOM: Final = 74.0
TEXT_WIDTH: Final = PAGE_WIDTH - 2 * SIDE
TEXT_HEIGHT: Final = PAGE_HEIGHT - TOP - BOTTOM


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """How a paragraph is set: its faces, size, distance of baselines, colour and the space around it."""

    size: float
    leading: float
    face: Face = Face.REGULAR
    strong: Face = Face.BOLD
    colour: str = INK
    before: float = 0.0
    after: float = 0.0


TITLE: Final = Style(size=28, leading=34, face=Face.BOLD, colour=ACCENT, after=6)
COVER_TITLE: Final = Style(size=36, leading=43, face=Face.BOLD, colour=ACCENT, after=10)
NOTICE_TEXT: Final = Style(size=12, leading=17, face=Face.BOLD, colour=WARN, after=8)
SUBTITLE: Final = Style(size=15, leading=21, colour=MUTED, after=14)
HEADINGS: Final = {
    1: Style(size=20, leading=25, face=Face.BOLD, colour=ACCENT, before=30, after=8),
    2: Style(size=15, leading=20, face=Face.BOLD, before=22, after=6),
    3: Style(size=12.5, leading=17, face=Face.SEMIBOLD, before=16, after=4),
}
BODY: Final = Style(size=12, leading=17, after=9)
NUMBER: Final = Style(size=12, leading=17, colour=MUTED)
LIST: Final = Style(size=12, leading=17, after=4)
QUOTE: Final = Style(size=12.5, leading=18, face=Face.REGULAR, after=3)
SOURCE: Final = Style(size=10, leading=14, colour=MUTED)
CALLOUT_TITLE: Final = Style(size=12, leading=17, face=Face.BOLD, colour=ACCENT, after=3)
CALLOUT: Final = Style(size=11, leading=15.5, after=5)
CELL: Final = Style(size=10, leading=13.5)
HEAD_CELL: Final = Style(size=10, leading=13.5, face=Face.SEMIBOLD)
FACT: Final = Style(size=11, leading=15.5)
FACT_NAME: Final = Style(size=11, leading=15.5, face=Face.SEMIBOLD)
TABLE_CAPTION: Final = Style(size=10.5, leading=14.5, face=Face.SEMIBOLD, before=12, after=5)
FIGURE_TITLE: Final = Style(size=12, leading=16.5, face=Face.SEMIBOLD, before=22, after=6)
FIGURE_CAPTION: Final = Style(size=9.5, leading=13, colour=MUTED, before=4, after=6)
CONTENTS: Final = {
    1: Style(size=11.5, leading=16, face=Face.SEMIBOLD, before=6, after=2),
    2: Style(size=11, leading=15, after=2),
}
FURNITURE: Final = Style(size=8.5, leading=11, colour=MUTED)
NOTICE: Final = Style(size=8.5, leading=11, face=Face.BOLD, colour=WARN)


def channels(colour: str) -> tuple[float, float, float]:
    """Return red, green and blue of ``#rrggbb`` as shares of one."""
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return red, green, blue
