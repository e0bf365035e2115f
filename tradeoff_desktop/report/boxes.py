"""What a page is made of: boxes that know their height at a width, where they may be parted, and how to draw.

Pagination comes before drawing, so page numbers are known when the first page is drawn.
"""

from abc import ABC, abstractmethod
from collections.abc import Sequence

from tradeoff_desktop.report import fonts, text
from tradeoff_desktop.report.canvas import TaggedCanvas
from tradeoff_desktop.report.right_to_left import runs_left
from tradeoff_desktop.report.structure import Element
from tradeoff_desktop.report.style import ACCENT, TEXT_HEIGHT, Style
from tradeoff_desktop.report.text import Line, Run, Text

_FEWEST_LINES = 2
_SLACK = 0.01


class Box(ABC):
    """A piece of the page; heights, widths and positions are points, ``top`` is measured from the foot of the page.

    ``before`` and ``after`` are the space it wants around itself; ``leads`` keeps it on the page of what follows.
    """

    before: float = 0.0
    after: float = 0.0
    leads: bool = False

    @abstractmethod
    def height(self, width: float) -> float:
        """Return the height the box takes at ``width``."""

    def split(self, width: float, height: float) -> "tuple[Box, Box] | None":  # noqa: ARG002 - most boxes cannot be parted
        """Return the part that fits into ``height`` and the rest, or ``None`` where it cannot be parted there."""
        return None

    @abstractmethod
    def draw(self, canvas: TaggedCanvas, x: float, top: float, width: float) -> None:
        """Draw the box with its upper left corner at ``(x, top)``."""


class Words(Box):
    """A paragraph of set text; without an element it is drawn as an artifact."""

    def __init__(
        self, words: Text, style: Style, element: Element | None, *, align: str = "l", leads: bool = False
    ) -> None:
        """Take ``words`` through the gate; ``align`` is ``l`` or ``r``."""
        self.style = style
        self.element = element
        self.align = align
        self.leads = leads
        self.before = style.before
        self.after = style.after
        self._runs: Sequence[Run] = text.runs(words, style.face, style.strong)
        self._set: tuple[float, list[Line]] | None = None
        if element is not None and not element.kids and runs_left(text.plain(words)):
            element.spoken = text.clean(text.plain(words))

    def lines(self, width: float) -> list[Line]:
        """Return the text as lines of at most ``width``."""
        if self._set is None or self._set[0] != width:
            self._set = (width, text.set_lines(self._runs, size=self.style.size, width=width))
        return self._set[1]

    def natural_width(self) -> float:
        """Return the width at which no line is broken."""
        return text.natural_width(self._runs, self.style.size)

    def longest_word(self) -> float:
        """Return the width below which words are broken inside."""
        return text.longest_word(self._runs, self.style.size)

    def height(self, width: float) -> float:
        """Return the height of all lines."""
        return len(self.lines(width)) * self.style.leading

    def split(self, width: float, height: float) -> "tuple[Words, Words] | None":
        """Part between lines, with at least two lines on either side."""
        lines = self.lines(width)
        fitting = min(int((height + _SLACK) / self.style.leading), len(lines) - _FEWEST_LINES)
        if fitting < _FEWEST_LINES:
            return None
        first, rest = self._part(width, lines[:fitting]), self._part(width, lines[fitting:])
        first.after = rest.before = 0.0
        return first, rest

    def artifact(self) -> "Words":
        """Return the same words as decoration, for a table head that is repeated."""
        copy = Words("", self.style, None, align=self.align)
        copy._runs = self._runs
        return copy

    def emptied(self) -> "Words":
        """Return the same words without a word: the rest of a table cell that fitted whole."""
        return Words("", self.style, None)

    def draw(self, canvas: TaggedCanvas, x: float, top: float, width: float) -> None:
        """Draw all lines as one stretch of marked content; an empty text draws nothing."""
        if not self._runs:
            return
        style = self.style
        baseline = top - (style.leading + fonts.CAP_HEIGHT * style.size) / 2
        with canvas.content(self.element):
            for line in self.lines(width):
                shift = (width - line.width) * {"l": 0.0, "c": 0.5, "r": 1.0}[self.align]
                canvas.draw_line(line, x + shift, baseline, size=style.size, colour=style.colour)
                baseline -= style.leading

    def _part(self, width: float, lines: list[Line]) -> "Words":
        """Return a copy that holds only ``lines``, already set at ``width``."""
        part = Words("", self.style, self.element, align=self.align, leads=self.leads)
        part._runs, part._set = self._runs, (width, lines)
        return part


class Labelled(Box):
    """A box with a bullet or number in the indent at its left; the label stays with the first part."""

    def __init__(self, label: Words | None, body: Box, *, indent: float) -> None:
        """Put ``label`` before ``body``, which starts ``indent`` points further right."""
        self.label = label
        self.body = body
        self.indent = indent
        self.before = body.before
        self.after = body.after

    def height(self, width: float) -> float:
        """Return the height of the body."""
        return self.body.height(width - self.indent)

    def split(self, width: float, height: float) -> "tuple[Labelled, Labelled] | None":
        """Part the body; the rest keeps the indent without a label."""
        parts = self.body.split(width - self.indent, height)
        return parts and (
            Labelled(self.label, parts[0], indent=self.indent),
            Labelled(None, parts[1], indent=self.indent),
        )

    def draw(self, canvas: TaggedCanvas, x: float, top: float, width: float) -> None:
        """Draw the label, then the body."""
        if self.label:
            self.label.draw(canvas, x, top, self.indent)
        self.body.draw(canvas, x + self.indent, top, width - self.indent)


class Stack(Box):
    """Boxes one under the other, parted between them or inside one of them."""

    def __init__(
        self, boxes: Sequence[Box], *, before: float | None = None, after: float | None = None
    ) -> None:
        """Stack ``boxes``; the space around them is that of the first and the last unless given."""
        self.boxes = tuple(boxes)
        self.before = boxes[0].before if before is None else before
        self.after = boxes[-1].after if after is None else after

    def height(self, width: float) -> float:
        """Return the height of all boxes and the space between them."""
        return sum(box.height(width) for box in self.boxes) + sum(
            map(space_between, self.boxes, self.boxes[1:])
        )

    def split(self, width: float, height: float) -> "tuple[Stack, Stack] | None":
        """Part as ``fill`` does."""
        first, rest = fill(self.boxes, width, height)
        if not first or not rest:
            return None
        return Stack(first, before=self.before, after=0.0), Stack(rest, before=0.0, after=self.after)

    def draw(self, canvas: TaggedCanvas, x: float, top: float, width: float) -> None:
        """Draw the boxes from the top down."""
        above: Box | None = None
        for box in self.boxes:
            top -= space_between(above, box) if above else 0.0
            box.draw(canvas, x, top, width)
            top -= box.height(width)
            above = box


class Together(Stack):
    """A stack that stays on one page wherever a page can hold it."""

    def split(self, width: float, height: float) -> "tuple[Stack, Stack] | None":
        """Part only what no page could hold."""
        return super().split(width, height) if self.height(width) > TEXT_HEIGHT else None


class Panel(Box):
    """A stack on a tinted ground, with a bar at its left: a callout; without the ground: a quotation."""

    padding = 12.0
    bar = 3.0

    def __init__(self, inside: Stack, *, ground: str = "", colour: str = ACCENT) -> None:
        """Put a bar of ``colour`` beside ``inside`` and fill the ``ground``, if any."""
        self.inside = inside
        self.ground = ground
        self.colour = colour
        self.margin = self.padding if ground else 0.0
        self.before = self.after = self.padding

    def height(self, width: float) -> float:
        """Return the height of the inside and the ground around it."""
        return self.inside.height(self._inner(width)) + 2 * self.margin

    def split(self, width: float, height: float) -> "tuple[Panel, Panel] | None":
        """Part the inside; both parts are panels."""
        parts = self.inside.split(self._inner(width), height - 2 * self.margin)
        if parts is None:
            return None
        first, rest = (Panel(part, ground=self.ground, colour=self.colour) for part in parts)
        return first, rest

    def draw(self, canvas: TaggedCanvas, x: float, top: float, width: float) -> None:
        """Draw ground and bar as artifacts, then the inside."""
        tall = self.height(width)
        if self.ground:
            canvas.draw_bar(x, top - tall, width, tall, self.ground)
        canvas.draw_bar(x, top - tall, self.bar, tall, self.colour)
        self.inside.draw(canvas, x + self.bar + self.padding, top - self.margin, self._inner(width))

    def _inner(self, width: float) -> float:
        """Return the width left for the inside."""
        return width - self.bar - self.padding - (self.padding if self.ground else 0.0)


class Rule(Box):
    """A horizontal line, or with no colour a gap."""

    def __init__(self, thickness: float, colour: str = "", *, after: float = 0.0) -> None:
        """Make a line ``thickness`` points thick."""
        self.thickness = thickness
        self.colour = colour
        self.after = after

    def height(self, width: float) -> float:  # noqa: ARG002 - the same at any width
        """Return the thickness."""
        return self.thickness

    def draw(self, canvas: TaggedCanvas, x: float, top: float, width: float) -> None:
        """Draw the line as an artifact."""
        if self.colour:
            canvas.draw_bar(x, top - self.thickness, width, self.thickness, self.colour)


class PageBreak(Rule):
    """The next box starts a new page."""

    def __init__(self) -> None:
        """Make a break; it takes no room."""
        super().__init__(0.0)


def space_between(above: Box, below: Box) -> float:
    """Return the space between two neighbours: the larger of what either asks for."""
    return max(above.after, below.before)


def fill(boxes: Sequence[Box], width: float, height: float) -> tuple[list[Box], list[Box]]:
    """Take as many boxes as ``height`` holds.

    Returns:
        What was placed and what is left. A box that leads is never the last of what was placed: it moves on with
        what it leads. Nothing is placed where not even the start of the first box fits.

    """
    placed: list[Box] = []
    used = 0.0
    for number, box in enumerate(boxes):
        if isinstance(box, PageBreak):
            if placed:
                return placed, list(boxes[number + 1 :])
            continue
        used += space_between(placed[-1], box) if placed else 0.0
        if used + box.height(width) <= height + _SLACK:
            placed.append(box)
            used += box.height(width)
            continue
        parts = box.split(width, height - used)
        if parts:
            return [*placed, parts[0]], [parts[1], *boxes[number + 1 :]]
        while placed and placed[-1].leads:
            placed.pop()
            number -= 1  # noqa: PLW2901 - the loop ends here
        return placed, list(boxes[number:])
    return placed, []
