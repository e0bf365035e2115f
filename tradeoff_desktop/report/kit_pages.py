"""Papers of several copies in one file: each copy is paginated by itself and has its own heads and feet."""

from collections.abc import Sequence

from tradeoff_desktop.report import kit_boxes, text
from tradeoff_desktop.report.boxes import Box, Stack, Words, fill
from tradeoff_desktop.report.canvas import TaggedCanvas
from tradeoff_desktop.report.fonts import Face
from tradeoff_desktop.report.kit_marks import MM
from tradeoff_desktop.report.kit_occasion import Occasion
from tradeoff_desktop.report.structure import Element
from tradeoff_desktop.report.style import FURNITURE, INK, PAGE_HEIGHT, PAGE_WIDTH, WARN, Style

SIDE = 16 * MM
LETTER = 11 * MM
PRACTICE = "PRACTICE"


class Leaf:
    """The frame of a page: where its boxes stand, and what is drawn around them."""

    left = SIDE
    top = PAGE_HEIGHT - 27 * MM
    width = PAGE_WIDTH - 2 * SIDE
    height = PAGE_HEIGHT - 27 * MM - 17 * MM

    def __init__(self, occasion: Occasion, name: str, *, bookmark: str = "", look: kit_boxes.Look = kit_boxes.NORMAL) -> None:
        """Frame pages of the paper called ``name``; ``bookmark`` names the copy in the outline."""
        self.foot = LARGE_FOOT if look in {kit_boxes.LARGE, kit_boxes.EASY} else FURNITURE
        self.occasion = occasion
        self.name = name
        self.bookmark = bookmark or name

    def furnish(self, canvas: TaggedCanvas, number: int, count: int) -> None:
        """Draw session letter, area and day at the head, and name and page number at the foot, as decoration."""
        draw_letter(canvas, self.occasion, self.left, PAGE_HEIGHT - 11 * MM, size=LETTER)
        line(canvas, self.occasion.label, (self.left + LETTER + 7, PAGE_HEIGHT - 18 * MM), width=self.width * 0.7)
        if self.occasion.programme.practice:
            line(canvas, PRACTICE, (self.left, PAGE_HEIGHT - 18 * MM), width=self.width, style=NOTICE, align="r")
        line(canvas, self.name, (self.left, 10 * MM), width=self.width * 0.75, style=self.foot)
        if count > 1:
            line(canvas, f"Page {number} of {count}", (self.left, 10 * MM), width=self.width, style=self.foot, align="r")


class BareLeaf(Leaf):
    """A page of cards to cut apart, without head or foot."""

    left = 0.0
    top = PAGE_HEIGHT
    width = PAGE_WIDTH
    height = PAGE_HEIGHT + 1.0  # eight cards fill the page to the point; a sum of fractions may miss it by a hair

    def furnish(self, canvas: TaggedCanvas, number: int, count: int) -> None:
        """Draw nothing."""


class Paper:
    """A file of copies, tagged like a report."""

    def __init__(self, title: str) -> None:
        """Start an empty file."""
        self.canvas = TaggedCanvas(title=title)
        self.root = Element("Document")
        self.pages = 0
        self.copies = 0

    def section(self) -> Element:
        """The place of the next copy in the structure."""
        return Element("Sect", self.root)

    def add(self, boxes: Sequence[Box], leaf: Leaf) -> int:
        """Add one copy and return how many pages it takes.

        A box that not even an empty page can hold runs over its foot rather than being lost.
        """
        pages: list[list[Box]] = []
        rest = list(boxes)
        while rest:
            placed, rest = fill(rest, leaf.width, leaf.height)
            if not placed and rest:
                placed, rest = rest[:1], rest[1:]
            pages += [placed] if placed else []
        for number, page in enumerate(pages, 1):
            if number == 1 and leaf.bookmark:
                self.canvas.bookmark(leaf.bookmark, level=0, top=PAGE_HEIGHT)
            leaf.furnish(self.canvas, number, len(pages))
            Stack(page).draw(self.canvas, leaf.left, leaf.top, leaf.width)
            self.canvas.end_page()
        self.pages += len(pages)
        self.copies += 1
        return len(pages)

    def write(self) -> bytes:
        """Return the file; the same papers give the same bytes."""
        return self.canvas.finish(self.root)


LARGE_FOOT = Style(size=14, leading=18, colour=INK)
NOTICE = Style(size=10, leading=13, face=Face.BOLD, colour=WARN)


def line(
    canvas: TaggedCanvas, words: str, at: tuple[float, float], *, width: float, style: Style = FURNITURE, align: str = "l",
) -> None:
    """Draw one line of decoration with the left end of its baseline ``at``, cut where it is too long."""
    short = text.shorten(words, face=style.face, size=style.size, width=width)
    shift = {"l": 0.0, "c": (width - short.width) / 2, "r": width - short.width}[align]
    with canvas.artifact("Pagination"):
        canvas.draw_line(short, at[0] + shift, at[1], size=style.size, colour=style.colour)


def draw_letter(canvas: TaggedCanvas, occasion: Occasion, x: float, top: float, *, size: float) -> None:
    """Draw the session letter on its colour, with one, two or three dots for those who see or print no colour."""
    letter = occasion.session.letter
    kit_boxes.frame(canvas, kit_boxes.Rect(x, top, size, size), line=0, ground=occasion.colour)
    style = Style(size=size * 0.68, leading=size, face=Face.BOLD, colour="#FFFFFF")
    line(canvas, letter, (x, top - size * 0.66), width=size, style=style, align="c")
    dots = "ABC".index(letter) + 1
    with canvas.artifact():
        canvas.setFillColorRGB(1, 1, 1)
        for number in range(dots):
            canvas.circle(x + size * (0.5 + 0.2 * (number - (dots - 1) / 2)), top - size * 0.85, size * 0.055, stroke=0, fill=1)


def title(words: str, parent: Element, look: kit_boxes.Look = kit_boxes.NORMAL) -> Words:
    """A heading of level 1."""
    return Words(words, look.title, Element("H1", parent), leads=True)


def head(words: str, parent: Element, look: kit_boxes.Look = kit_boxes.NORMAL) -> Words:
    """A heading of level 2."""
    return Words(words, look.head, Element("H2", parent), leads=True)


def said(words: text.Text, parent: Element, style: Style) -> Words:
    """A paragraph."""
    return Words(words, style, Element("P", parent))


