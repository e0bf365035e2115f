"""A chart as SVG: the same picture as on paper, with live text, for the HTML form of a report and for use elsewhere."""

from html import escape
from typing import Any

import numpy as np
from matplotlib.backend_bases import GraphicsContextBase
from matplotlib.path import Path
from matplotlib.transforms import Transform

from tradeoff_desktop.report import chart_drawing, fonts, style, web_fonts
from tradeoff_desktop.report.chart_renderer import (
    HATCH_STEP,
    HATCH_WIDTH,
    POINTS_PER_INCH,
    ChartRenderer,
    hex_of,
    render,
    segments,
)
from tradeoff_desktop.report.charts import Chart
from tradeoff_desktop.report.text import Line

_COMMANDS = {Path.MOVETO: "M", Path.LINETO: "L", Path.CURVE3: "Q", Path.CURVE4: "C"}


def drawing(chart: Chart, alt: str) -> str:
    """Return the chart as an ``svg`` element that stands in a page; ``alt`` is its alternative text."""
    return f'<svg role="img" aria-label="{escape(alt)}" {_drawn(chart)}</svg>'


def alone(chart: Chart, *, title: str, alt: str) -> bytes:
    """Return the chart as an SVG file of its own, with title, alternative text and its fonts inside."""
    told = f'<title id="t">{escape(title)}</title><desc id="d">{escape(alt)}</desc>'
    faces = f"<style>{web_fonts.rules()}</style>"
    opened, _, inside = _drawn(chart).partition(">")
    head = f'<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-labelledby="t d" {opened}>'
    return f"{head}{told}{faces}{inside}</svg>\n".encode()


def _drawn(chart: Chart) -> str:
    """Return the rest of the opening tag and what stands inside."""
    figure = chart_drawing.draw(chart, style.TEXT_WIDTH)
    width, height = style.TEXT_WIDTH, float(figure.get_figheight()) * POINTS_PER_INCH
    renderer = SvgRenderer(width=width, height=height)
    render(figure, renderer)
    return f'viewBox="0 0 {_n(width)} {_n(height)}" width="{_n(width)}pt">{"".join(renderer.parts)}'


class SvgRenderer(ChartRenderer):
    """Gathers SVG elements in ``parts``; heights are turned over, for SVG counts them downwards."""

    def __init__(self, *, width: float, height: float) -> None:
        """Start with nothing drawn."""
        super().__init__(width=width, height=height)
        self.parts: list[str] = []
        self._height = height

    def set_line(self, line: Line, at: tuple[float, float], *, angle: float, size: float, colour: str) -> None:  # noqa: ARG002 - words on charts are level
        """Write a line of text; its length is given, so that it fits where the fonts are not at hand."""
        x, y = at
        for run in line.runs:
            wide = fonts.width(run.text, run.face, size)
            self.parts.append(
                f'<text x="{_n(x)}" y="{_n(self._height - y)}" font-size="{_n(size)}" fill="{colour}" '
                f'{web_fonts.attributes(run.face)} textLength="{_n(wide)}" lengthAdjust="spacingAndGlyphs">'
                f"{escape(run.text, quote=False)}</text>"
            )
            x += wide

    def draw_path(
        self,
        gc: GraphicsContextBase,
        path: Path,
        transform: Transform,
        rgbFace: Any = None,  # noqa: ANN401, N803 - matplotlib calls it so
    ) -> None:
        """Fill, hatch and stroke a path."""
        stroked = gc.get_linewidth() > 0
        if rgbFace is not None or stroked:
            fill = "none" if rgbFace is None else hex_of(rgbFace)
            pen = f' stroke="{hex_of(gc.get_rgb())}" stroke-width="{_n(gc.get_linewidth())}"' if stroked else ""
            self.parts.append(f'<path d="{self._traced(path, transform)}" fill="{fill}"{pen}/>')
        if gc.get_hatch_path() is not None:
            self._hatch(gc, path.get_extents(transform).extents)

    def _hatch(self, gc: GraphicsContextBase, extents: tuple[float, float, float, float]) -> None:
        """Draw rising lines over a rectangle, or falling ones where the pattern is a backslash, cut at its edges."""
        left, low, right, high = (float(edge) for edge in extents)
        falls = gc.get_hatch() == "\\"
        lines = []
        for x in np.arange(left - (high - low), right, HATCH_STEP).tolist():
            start, end = max(x, left), min(x + high - low, right)
            heights = [low + at - x for at in (start, end)]
            tops = [low + high - each if falls else each for each in heights]
            lines.append(f"M{_n(start)} {_n(self._height - tops[0])}L{_n(end)} {_n(self._height - tops[1])}")
        colour = hex_of(gc.get_hatch_color())
        self.parts.append(f'<path d="{"".join(lines)}" fill="none" stroke="{colour}" stroke-width="{HATCH_WIDTH}"/>')

    def _traced(self, path: Path, transform: Transform) -> str:
        found = []
        for code, points in segments(path, transform):
            spots = " ".join(f"{_n(x)} {_n(self._height - y)}" for x, y in points.tolist())
            found.append("Z" if code == Path.CLOSEPOLY else f"{_COMMANDS[code]}{spots}")
        return "".join(found)


def _n(value: float) -> str:
    """A length to two decimals, without noughts at its end."""
    return f"{value:.2f}".rstrip("0").rstrip(".") if round(value, 2) else "0"
