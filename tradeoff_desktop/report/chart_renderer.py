"""A matplotlib renderer that draws on the report's own canvas: vectors, hatches and live text in the same faces.

Charts are made of filled paths, lines and text; images are refused. Text is never read as mathematics.
"""

from abc import abstractmethod
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import PurePath
from typing import Any

import numpy as np
from matplotlib.backend_bases import GraphicsContextBase, RendererBase
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.path import Path
from matplotlib.text import Text
from matplotlib.transforms import Transform
from numpy.typing import ArrayLike, NDArray
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfgen.canvas import Canvas
from reportlab.pdfgen.pathobject import PDFPathObject

from tradeoff_desktop.report import text
from tradeoff_desktop.report.boxes import Box
from tradeoff_desktop.report.canvas import TaggedCanvas
from tradeoff_desktop.report.fonts import Face
from tradeoff_desktop.report.structure import Element

POINTS_PER_INCH = 72
HATCH_STEP = 4.5
HATCH_WIDTH = 0.7
_CAPS = {"butt": 0, "round": 1, "projecting": 2}
_JOINS = {"miter": 0, "round": 1, "bevel": 2}


class ChartBox(Box):
    """A chart on the page: one figure of the structure tree, with its alternative text."""

    before = 8.0

    def __init__(self, figure: Figure, element: Element) -> None:
        """Take a figure whose size in inches is its size on paper."""
        self.figure = figure
        self.element = element

    def height(self, width: float) -> float:  # noqa: ARG002 - a chart was drawn for its width
        """Return the height of the figure."""
        return float(self.figure.get_figheight()) * POINTS_PER_INCH

    def draw(self, canvas: TaggedCanvas, x: float, top: float, width: float) -> None:
        """Draw the figure and note on its element where it stands, as a figure must."""
        tall = self.height(width)
        self.element.set_bounds(x, top - tall, x + width, top)
        with canvas.mark(self.element):
            canvas.saveState()
            canvas.translate(x, top - tall)
            render(self.figure, CanvasRenderer(canvas, width=width, height=tall))
            canvas.restoreState()


class ChartRenderer(RendererBase):
    """What every renderer of charts shares; one unit is one point.

    Names and order of the arguments are matplotlib's, which calls these methods.
    """

    def __init__(self, *, width: float, height: float) -> None:
        """Draw on a ground of this size in points."""
        super().__init__()
        self._size = (width, height)

    def get_canvas_width_height(self) -> tuple[float, float]:
        """Return the size of the figure in points."""
        return self._size

    def points_to_pixels(self, points: ArrayLike) -> ArrayLike:
        """Return ``points``: a pixel is a point here."""
        return points

    def flipy(self) -> bool:
        """Return that heights grow upwards."""
        return False

    def get_text_width_height_descent(
        self,
        s: str,
        prop: FontProperties,
        ismath: bool | str,  # noqa: ARG002, FBT001 - matplotlib calls it so
    ) -> tuple[float, float, float]:
        """Measure a line of text as the page will set it."""
        size = prop.get_size_in_points()
        ascent, descent = pdfmetrics.getAscentDescent(str(_face(prop)), size)
        return set_text(s, prop).width, ascent - descent, -descent

    def draw_text(  # noqa: PLR0913, PLR0917 - matplotlib calls it so
        self,
        gc: GraphicsContextBase,
        x: float,
        y: float,
        s: str,
        prop: FontProperties,
        angle: float,
        ismath: bool | str = False,  # noqa: ARG002, FBT001, FBT002 - matplotlib calls it so
        mtext: Text | None = None,  # noqa: ARG002 - matplotlib calls it so
    ) -> None:
        """Draw a line of text through the gate."""
        size, colour = prop.get_size_in_points(), hex_of(gc.get_rgb())
        self.set_line(set_text(s, prop), (x, y), angle=angle, size=size, colour=colour)

    @abstractmethod
    def set_line(self, line: text.Line, at: tuple[float, float], *, angle: float, size: float, colour: str) -> None:
        """Draw a set line from its baseline's start."""

    def draw_image(self, *_: object, **__: object) -> None:
        """Refuse images: a chart must stay sharp and readable at any size."""
        raise TypeError("charts are drawn as vectors only")


def render(figure: Figure, renderer: ChartRenderer) -> None:
    """Draw a figure, a point of it on each unit of the renderer."""
    figure.set_dpi(POINTS_PER_INCH)
    figure.draw(renderer)


class CanvasRenderer(ChartRenderer):
    """Draws on a page, with the origin where the canvas has it."""

    def __init__(self, canvas: TaggedCanvas, *, width: float, height: float) -> None:
        """Draw on ``canvas``."""
        super().__init__(width=width, height=height)
        self._canvas = canvas

    def set_line(self, line: text.Line, at: tuple[float, float], *, angle: float, size: float, colour: str) -> None:
        """Draw a set line from its baseline's start."""
        with self._kept():
            self._canvas.translate(*at)
            self._canvas.rotate(angle)
            self._canvas.draw_line(line, 0.0, 0.0, size=size, colour=colour)

    def draw_path(
        self,
        gc: GraphicsContextBase,
        path: Path,
        transform: Transform,
        rgbFace: Any = None,  # noqa: ANN401, N803 - matplotlib calls it so
    ) -> None:
        """Fill, hatch and stroke a path."""
        outline = _traced(self._canvas, path, transform)
        with self._kept():
            self._clip(gc)
            if rgbFace is not None:
                self._canvas.setFillColorRGB(*rgbFace[:3])
                self._canvas.drawPath(outline, stroke=0, fill=1)
            if gc.get_hatch_path() is not None:
                self._hatch(gc, outline, path.get_extents(transform).extents)
            if gc.get_linewidth() > 0:
                self._pen(gc)
                self._canvas.drawPath(outline, stroke=1, fill=0)

    @contextmanager
    def _kept(self) -> Iterator[None]:
        self._canvas.saveState()
        yield
        self._canvas.restoreState()

    def _clip(self, gc: GraphicsContextBase) -> None:
        """Keep what follows inside the rectangle the artist is clipped to; charts have no other clips."""
        rectangle = gc.get_clip_rectangle()
        if rectangle is not None:
            frame = self._canvas.beginPath()
            frame.rect(*rectangle.bounds)
            self._canvas.clipPath(frame, stroke=0, fill=0)
        if gc.get_clip_path() != (None, None):
            raise TypeError("charts are clipped by rectangles only")

    def _hatch(
        self, gc: GraphicsContextBase, outline: PDFPathObject, extents: tuple[float, float, float, float]
    ) -> None:
        """Draw rising lines inside a path, or falling ones where the pattern is a backslash."""
        left, low, right, high = extents
        start, end = (high, low) if gc.get_hatch() == "\\" else (low, high)
        with self._kept():
            self._canvas.clipPath(outline, stroke=0, fill=0)
            self._canvas.setStrokeColorRGB(*gc.get_hatch_color()[:3])
            self._canvas.setLineWidth(HATCH_WIDTH)
            for x in np.arange(left - (high - low), right, HATCH_STEP).tolist():
                self._canvas.line(x, start, x + high - low, end)

    def _pen(self, gc: GraphicsContextBase) -> None:
        """Take over colour, width, dashes and ends of a line."""
        self._canvas.setStrokeColorRGB(*gc.get_rgb()[:3])
        self._canvas.setLineWidth(gc.get_linewidth())
        self._canvas.setLineCap(_CAPS[gc.get_capstyle()])
        self._canvas.setLineJoin(_JOINS[gc.get_joinstyle()])
        offset, dashes = gc.get_dashes()
        if dashes is not None:
            self._canvas.setDash(np.asarray(dashes, dtype=float).tolist(), float(offset or 0))


def _face(prop: FontProperties) -> Face:
    """Return the face of text; it names its font file, so that nothing is ever looked up on the machine."""
    return Face(PurePath(str(prop.get_file())).stem)


def set_text(line: str, prop: FontProperties) -> text.Line:
    """Return a string as one set line, in the face whose file ``prop`` names."""
    face = _face(prop)
    return text.set_lines(text.runs(line, face, face), size=prop.get_size_in_points(), width=float("inf"))[0]


def hex_of(channels: Any) -> str:  # noqa: ANN401 - a tuple or an array of channels
    """Return a colour of matplotlib's as ``#RRGGBB``."""
    return "#" + "".join(f"{round(float(channel) * 255):02X}" for channel in channels[:3])


def segments(path: Path, transform: Transform) -> Iterator[tuple[np.uint8, NDArray[np.float64]]]:
    """Yield every segment of a path with its points, a row each."""
    for vertices, code in path.iter_segments(transform, remove_nans=True, simplify=False):
        yield code, np.asarray(vertices, dtype=float).reshape(-1, 2)


def _traced(canvas: Canvas, path: Path, transform: Transform) -> PDFPathObject:
    """Return a matplotlib path as a path of the canvas; a quadratic curve becomes the cubic one that equals it."""
    traced = canvas.beginPath()
    last = np.zeros(2)
    for code, points in segments(path, transform):
        if code == Path.MOVETO:
            traced.moveTo(*points[0].tolist())
        elif code == Path.LINETO:
            traced.lineTo(*points[0].tolist())
        elif code == Path.CURVE3:
            control, end = points
            traced.curveTo(*(last + (control - last) * 2 / 3), *(end + (control - end) * 2 / 3), *end)
        elif code == Path.CURVE4:
            traced.curveTo(*points.ravel().tolist())
        else:
            traced.close()
            continue
        last = points[-1]
    return traced
