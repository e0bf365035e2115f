"""A blank sheet for a chart: words, boxes and lines placed in points from the upper left corner.

The layout is worked out before matplotlib sees it, with the widths of the faces that the page embeds.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import matplotlib as mpl
from matplotlib.artist import Artist
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.lines import Line2D
from matplotlib.patches import Circle, Polygon, Rectangle

from tradeoff_desktop.report import fonts, text
from tradeoff_desktop.report.chart_renderer import POINTS_PER_INCH
from tradeoff_desktop.report.fonts import CAP_HEIGHT, Face
from tradeoff_desktop.report.palette import OUTLINE, ink
from tradeoff_desktop.report.style import INK, MUTED

_OUTLINE_WIDTH: Final = 0.6
_LONGEST: Final = 160
_CLEAR: Final = "#FFFFFF"


@dataclass(frozen=True, slots=True, kw_only=True)
class Type:
    """How words on a chart are set; no size is below 8 points."""

    size: float = 9.5
    face: Face = Face.REGULAR
    colour: str = INK

    @property
    def leading(self) -> float:
        """Distance between baselines."""
        return round(self.size * 1.3, 1)

    def lines(self, words: str, width: float = float("inf")) -> list[text.Line]:
        """Return ``words`` set in lines of at most ``width``; the table beside the chart has them in full length."""
        shown = text.runs(text.cut(words, _LONGEST), self.face, self.face)
        return text.set_lines(shown, size=self.size, width=width)

    def width(self, words: str) -> float:
        """Return the width of ``words`` on one line."""
        return max(line.width for line in self.lines(words))


LABEL: Final = Type()
STRONG: Final = Type(face=Face.SEMIBOLD)
SMALL: Final = Type(size=9, colour=MUTED)
KEY: Final = Type(size=9)


@dataclass(frozen=True, slots=True)
class Fill:
    """The colour of a segment, and whether it has rising lines (hatched) or falling ones (spanning the middle)."""

    colour: str
    hatched: bool = False
    spanning: bool = False


class Sheet:
    """A chart in the making; ``y`` is how far down it has come."""

    def __init__(self, width: float) -> None:
        """Start an empty sheet."""
        self.width = width
        self.y = 0.0
        self._layers = 0
        # A settings file in the working folder or the home must not change what a report looks like.
        with mpl.rc_context():
            mpl.rcdefaults()
            self._figure = Figure(frameon=False)
            self._axes = self._figure.add_axes((0, 0, 1, 1))
        self._axes.set_axis_off()

    def finish(self) -> Figure:
        """Return the figure, cut to what was drawn."""
        self._figure.set_size_inches(self.width / POINTS_PER_INCH, self.y / POINTS_PER_INCH)
        self._axes.set_xlim(0, self.width)
        self._axes.set_ylim(self.y, 0)
        return self._figure

    def write(self, words: str, x: float, y: float, *, type_: Type = LABEL, align: str = "left") -> None:
        """Write one line whose upper edge is at ``y``; ``align`` says which part of it stands at ``x``."""
        if not words:
            return
        baseline = y + (type_.leading + CAP_HEIGHT * type_.size) / 2
        self._axes.text(
            x,
            baseline,
            words,
            fontproperties=FontProperties(fname=fonts.path(type_.face), size=type_.size),
            color=type_.colour,
            horizontalalignment=align,
            verticalalignment="baseline",
            zorder=self._layer(),
            parse_math=False,
            usetex=False,
        )

    def paragraph(self, words: str, x: float, y: float, *, width: float, type_: Type = LABEL) -> float:
        """Write ``words`` in lines of at most ``width`` and return their height."""
        lines = type_.lines(words, width)
        for number, line in enumerate(lines):
            self.write("".join(run.text for run in line.runs), x, y + number * type_.leading, type_=type_)
        return len(lines) * type_.leading

    def box(self, x: float, y: float, width: float, height: float, fill: Fill | None = None) -> None:
        """Draw an outlined rectangle, filled and hatched, or empty."""
        at = (x, y)
        if fill:
            self.patch(x, y, width, height, fill.colour)
        if fill and (fill.hatched or fill.spanning):
            lines, hatch = (ink(fill.colour), "/") if fill.hatched else (MUTED, "\\")
            self._add(Rectangle(at, width, height, fill=False, edgecolor=lines, linewidth=0, hatch=hatch))
        self._add(Rectangle(at, width, height, fill=False, edgecolor=OUTLINE, linewidth=_OUTLINE_WIDTH))

    def patch(self, x: float, y: float, width: float, height: float, colour: str) -> None:
        """Fill a rectangle: the ground of a box, or a clear patch on its hatching."""
        self._add(Rectangle((x, y), width, height, facecolor=colour, linewidth=0))

    def line(
        self,
        start: tuple[float, float],
        end: tuple[float, float],
        *,
        colour: str = OUTLINE,
        width: float = 0.6,
    ) -> None:
        """Draw a line from point to point."""
        self._add(Line2D((start[0], end[0]), (start[1], end[1]), color=colour, linewidth=width))

    def shape(self, corners: Sequence[tuple[float, float]], *, colour: str = OUTLINE, filled: bool = True) -> None:
        """Draw a shape with these corners, filled or on a clear ground."""
        self._add(Polygon(corners, facecolor=colour if filled else _CLEAR, edgecolor=colour, linewidth=1.1))

    def disc(self, x: float, y: float, radius: float, *, colour: str = OUTLINE, filled: bool = True) -> None:
        """Draw a disc around a point, filled or on a clear ground."""
        self._add(Circle((x, y), radius, facecolor=colour if filled else _CLEAR, edgecolor=colour, linewidth=1.1))

    def _add(self, artist: Artist) -> None:
        self._axes.add_artist(artist).set(clip_on=False, zorder=self._layer())

    def _layer(self) -> int:
        """Return a layer above all that was drawn so far."""
        self._layers += 1
        return self._layers
