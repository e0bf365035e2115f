"""What paper for the room is made of beyond a report's boxes: frames, columns, tick boxes, lines to write on."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from reportlab.pdfbase.pdfdoc import PDFName

from tradeoff_desktop.report import kit_icons
from tradeoff_desktop.report.boxes import Box, Words
from tradeoff_desktop.report.canvas import TaggedCanvas
from tradeoff_desktop.report.fonts import Face
from tradeoff_desktop.report.kit_marks import MM
from tradeoff_desktop.report.structure import Element
from tradeoff_desktop.report.style import INK, MUTED, Style, channels
from tradeoff_desktop.report.text import Span

TICK = 8.5 * MM  # a box that a pen can cross without care
WRITING = 9.5 * MM  # from one line to write on to the next
KEY: Final = Style(size=8, leading=10, colour=MUTED)
HEAD_CELL: Final = Style(size=9, leading=11.5, face=Face.SEMIBOLD)
CELL: Final = Style(size=10.5, leading=13.5)
CELL_PAD: Final = 4.0
CUT: Final = Style(size=11, leading=14, colour=MUTED)
HEAD_GROUND: Final = "#E9EDF1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """The type of one kind of paper: ordinary, large print, Easy Read."""

    title: Style
    head: Style
    body: Style
    strong: Style
    small: Style
    icon: float = 22.0
    tick: float = TICK


def _look(size: float, *, title: float, small: float, icon: float, tick: float = TICK, leading: float = 1.38) -> Look:
    def of(points: float, *, face: Face = Face.REGULAR, colour: str = INK, before: float = 0.0, after: float = 0.5) -> Style:
        return Style(
            size=points, leading=round(points * leading, 1), face=face, colour=colour, before=before, after=points * after,
        )

    return Look(
        title=of(title, face=Face.BOLD, after=0.25), head=of(size * 1.12, face=Face.BOLD, before=size * 0.9, after=0.3),
        body=of(size), strong=of(size, face=Face.SEMIBOLD, after=0.3), small=of(small, colour=MUTED, after=0.2),
        icon=icon, tick=tick,
    )


NORMAL: Final = _look(11.5, title=22, small=9, icon=20, leading=1.34)
CARD: Final = _look(13.5, title=23, small=10, icon=26)
CHANGES: Final = _look(12, title=24, small=10, icon=22, leading=1.32)
LARGE: Final = _look(18, title=26, small=18, icon=32, tick=10 * MM, leading=1.32)
FORM: Final = _look(13, title=24, small=10, icon=24, tick=10 * MM, leading=1.36)
EASY: Final = _look(16, title=28, small=14, icon=46, tick=11 * MM)


class Fixed(Box):
    """A box in a space of fixed height."""

    def __init__(self, inside: Box | None, tall: float) -> None:
        self.inside = inside
        self.tall = tall

    def height(self, width: float) -> float:  # noqa: ARG002 - the same at any width
        """Return the fixed height."""
        return self.tall

    def draw(self, canvas: TaggedCanvas, x: float, top: float, width: float) -> None:
        """Draw what is inside at the top."""
        if self.inside:
            self.inside.draw(canvas, x, top, width)


class Side(Box):
    """Boxes side by side. A width of 0 shares what the others leave; ``middle`` centres them, ``low`` lets them stand."""

    def __init__(
        self, boxes: Sequence[Box], widths: Sequence[float], *, gap: float = 8.0, middle: bool = False, low: bool = False,
        after: float = 0.0,
    ) -> None:
        self.boxes = tuple(boxes)
        self.widths = tuple(widths)
        self.gap = gap
        self.down = 1.0 if low else 0.5 if middle else 0.0
        self.after = after

    def height(self, width: float) -> float:
        """Return the height of the tallest."""
        return max(box.height(wide) for box, wide in zip(self.boxes, self._shared(width), strict=True))

    def draw(self, canvas: TaggedCanvas, x: float, top: float, width: float) -> None:
        """Draw them from left to right."""
        tall = self.height(width)
        for box, wide in zip(self.boxes, self._shared(width), strict=True):
            down = (tall - box.height(wide)) * self.down
            box.draw(canvas, x, top - down, wide)
            x += wide + self.gap

    def _shared(self, width: float) -> list[float]:
        rest = width - self.gap * (len(self.widths) - 1) - sum(self.widths)
        share = rest / max(self.widths.count(0), 1)
        return [wide or share for wide in self.widths]


class Framed(Box):
    """A box in a frame; it is parted only where no page could hold it."""

    def __init__(
        self, inside: Box, *, pad: float = 10.0, line: float = 0.9, colour: str = INK, ground: str = "", after: float = 8.0,
    ) -> None:
        self.inside = inside
        self.pad = pad
        self.line = line
        self.colour = colour
        self.ground = ground
        self.after = after

    def height(self, width: float) -> float:
        """Return the height of the inside and the frame around it."""
        return self.inside.height(width - 2 * self.pad) + 2 * self.pad

    def draw(self, canvas: TaggedCanvas, x: float, top: float, width: float) -> None:
        """Draw ground and frame as decoration, then the inside."""
        frame(canvas, Rect(x, top, width, self.height(width)), line=self.line, colour=self.colour, ground=self.ground)
        self.inside.draw(canvas, x + self.pad, top - self.pad, width - 2 * self.pad)


class Icon(Box):
    """An icon; the word for it stands beside it."""

    def __init__(self, name: str, size: float, *, colour: str = INK) -> None:
        self.name = name
        self.size = size
        self.colour = colour

    def height(self, width: float) -> float:  # noqa: ARG002 - the same at any width
        """Return the size of the icon."""
        return self.size

    def draw(self, canvas: TaggedCanvas, x: float, top: float, width: float) -> None:
        """Draw the icon in the middle of the width."""
        kit_icons.draw(canvas, self.name, x + (width - self.size) / 2, top, size=self.size, colour=self.colour)


class Tick(Box):
    """An empty box to cross, with an optional key in small print at its right for the data desk."""

    def __init__(self, size: float = TICK, key: str = "") -> None:
        self.size = size
        self.key = Words(key, KEY, None) if key else None

    def height(self, width: float) -> float:  # noqa: ARG002 - the same at any width
        """Return the size of the square."""
        return self.size

    def draw(self, canvas: TaggedCanvas, x: float, top: float, width: float) -> None:
        """Draw the square at the left."""
        frame(canvas, Rect(x, top, self.size, self.size), line=1.1)
        if self.key:
            self.key.draw(canvas, x + self.size + 2.5, top - self.size + KEY.leading, width)


class WritingLines(Box):
    """Lines to write on."""

    def __init__(self, count: int, *, gap: float = WRITING, after: float = 8.0) -> None:
        self.count = count
        self.gap = gap
        self.after = after

    def height(self, width: float) -> float:  # noqa: ARG002 - the same at any width
        """Return the height of all lines."""
        return self.count * self.gap

    def draw(self, canvas: TaggedCanvas, x: float, top: float, width: float) -> None:
        """Draw the lines."""
        for number in range(1, self.count + 1):
            canvas.draw_bar(x, top - number * self.gap, width, 0.7, MUTED)


class CutLine(Box):
    """A dashed line to tear or cut along, with a word on it."""

    before = 10.0
    after = 10.0

    def __init__(self, words: str) -> None:
        self.words = Words(words, CUT, None)

    def height(self, width: float) -> float:
        """Return the height of the word."""
        return self.words.height(width)

    def draw(self, canvas: TaggedCanvas, x: float, top: float, width: float) -> None:
        """Draw the word, and the dashes after it to the edge of the page's frame."""
        self.words.draw(canvas, x, top, width)
        start = x + self.words.natural_width() + 4
        if start < x + width:
            middle = top - self.words.style.leading / 2
            dash(canvas, (start, middle), (x + width, middle))


class Ruled(Box):
    """A table to write in: head and rows with lines around every cell."""

    def __init__(
        self, head: Sequence[Words], rows: Sequence[Sequence[Box]], widths: Sequence[float], *, tall: float = WRITING,
        after: float = 12.0,
    ) -> None:
        self.head = tuple(head)
        self.rows = tuple(map(tuple, rows))
        self.widths = tuple(widths)
        self.tall = tall
        self.after = after

    def height(self, width: float) -> float:
        """Return the height of head and rows."""
        return sum(self._heights(width))

    def split(self, width: float, height: float) -> "tuple[Ruled, Ruled] | None":
        """Part between rows; the head is repeated as decoration."""
        heights, used, count = self._heights(width), 0.0, 0
        while count < len(heights) and used + heights[count] <= height:
            used += heights[count]
            count += 1
        if count < 3:
            return None
        repeated = [words.artifact() for words in self.head]
        return (
            Ruled(self.head, self.rows[: count - 1], self.widths, tall=self.tall, after=0.0),
            Ruled(repeated, self.rows[count - 1 :], self.widths, tall=self.tall, after=self.after),
        )

    def draw(self, canvas: TaggedCanvas, x: float, top: float, width: float) -> None:
        """Draw the cells from the top down, each with its lines."""
        shared = _scaled(self.widths, width)
        for number, (row, tall) in enumerate(zip((self.head, *self.rows), self._heights(width), strict=True)):
            left = x
            for cell, wide in zip(row, shared, strict=True):
                frame(canvas, Rect(left, top, wide, tall), line=0.6, colour=MUTED, ground="" if number else HEAD_GROUND)
                down = (tall - cell.height(wide - 2 * CELL_PAD)) / 2
                cell.draw(canvas, left + CELL_PAD, top - down, wide - 2 * CELL_PAD)
                left += wide
            top -= tall

    def _heights(self, width: float) -> list[float]:
        shared = _scaled(self.widths, width)
        tallest = [
            max(cell.height(wide - 2 * CELL_PAD) for cell, wide in zip(row, shared, strict=True)) + CELL_PAD
            for row in (self.head, *self.rows)
        ]
        return [tallest[0], *(max(tall, self.tall) for tall in tallest[1:])]


def ruled(
    parent: Element, head: Sequence[str], rows: Sequence[Sequence[str | Box]], widths: Sequence[float], *,
    tall: float = WRITING, caption: str = "",
) -> list[Box]:
    """Make a tagged table to write in. The first cell of a row is its head; a text may be empty."""
    table = Element("Table", parent)
    named: list[Box] = [Words(caption, HEAD_CELL, Element("Caption", table), leads=True)] if caption else []
    line = Element("TR", Element("THead", table))
    tops = [Words(words, HEAD_CELL, _head_cell(line, "Column")) for words in head]
    body = Element("TBody", table)
    made: list[list[Box]] = []
    for row in rows:
        line = Element("TR", body)
        cells = [_head_cell(line, "Row") if not number else Element("TD", line) for number in range(len(row))]
        made.append([
            Words(cell, CELL, element) if isinstance(cell, str) else cell for cell, element in zip(row, cells, strict=True)
        ])
    return [*named, Ruled(tops, made, widths, tall=tall)]


def strong(words: str) -> Span:
    """Emphasised words."""
    return Span(words, strong=True)


class Rect(NamedTuple):
    """A rectangle from its upper left corner."""

    x: float
    top: float
    width: float
    height: float


def frame(canvas: TaggedCanvas, rect: Rect, *, line: float = 0.9, colour: str = INK, ground: str = "") -> None:
    """Draw a rectangle, as decoration."""
    with canvas.artifact():
        canvas.setStrokeColorRGB(*channels(colour))
        canvas.setLineWidth(line)
        if ground:
            canvas.setFillColorRGB(*channels(ground))
        low = rect.top - rect.height
        canvas.rect(rect.x, low, rect.width, rect.height, stroke=1 if line else 0, fill=1 if ground else 0)


def dash(canvas: TaggedCanvas, start: tuple[float, float], end: tuple[float, float]) -> None:
    """Draw a dashed line, as decoration."""
    with canvas.artifact():
        canvas.saveState()
        canvas.setStrokeColorRGB(*channels(MUTED))
        canvas.setLineWidth(0.7)
        canvas.setDash(3, 3)
        canvas.line(*start, *end)
        canvas.restoreState()


def _head_cell(line: Element, scope: str) -> Element:
    return Element("TH", line, owner="Table", Scope=PDFName(scope))


def _scaled(widths: Sequence[float], width: float) -> list[float]:
    return [wide * width / sum(widths) for wide in widths]
