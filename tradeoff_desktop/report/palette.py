"""Colours of the risk and benefit scale: told apart in grey and by eyes that see few colours, never by colour alone.

The five colours are those of a scale of five; a scale of another length takes its colours from between their ends.
"""

from typing import Final

from tradeoff_desktop.report.charts import Block
from tradeoff_desktop.report.style import channels

OUTLINE: Final = "#333333"
_RISK: Final = ("#4B1D82", "#A18BCB")
_MIDDLE: Final = "#D5DAE0"
_SPANNING: Final = "#FFFFFF"
_BENEFIT: Final = ("#F0A04B", "#9A4600")
_DARK: Final = "#000000"
_LIGHT: Final = "#FFFFFF"


def fill(block: Block, points: int) -> str:
    """Return the colour of a block on a scale of ``points``; merged blocks of one side take the colour between."""
    if spanning(block, points):
        return _SPANNING
    if 2 * block.first == points + 1:
        return _MIDDLE
    colours = [_category(category, points) for category in (block.first, block.last)]
    return _between(*colours, share=0.5)


def hatched(block: Block, points: int) -> bool:
    """Whether the block lies wholly on the risk side."""
    return block.last < (points + 1) / 2


def spanning(block: Block, points: int) -> bool:
    """Whether the block holds the middle and answers beside it: neither the middle nor a side, so drawn as neither."""
    return block.merged and block.first <= (points + 1) / 2 <= block.last


def ink(ground: str) -> str:
    """Return dark or white, whichever reads better on ``ground``."""
    return max((_DARK, _LIGHT), key=lambda colour: contrast(colour, ground))


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours (WCAG 2.2, 1.4.3)."""
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def _category(category: int, points: int) -> str:
    """Return the colour of one category, from the ends of its side of the scale."""
    side = points // 2
    if category <= side:
        return _between(*_RISK, share=(category - 1) / max(side - 1, 1))
    return _between(*reversed(_BENEFIT), share=(points - category) / max(side - 1, 1))


def _between(start: str, end: str, *, share: float) -> str:
    mixed = (a + (b - a) * share for a, b in zip(channels(start), channels(end), strict=True))
    return "#" + "".join(f"{round(channel * 255):02X}" for channel in mixed)


def _luminance(colour: str) -> float:
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels(colour)]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
