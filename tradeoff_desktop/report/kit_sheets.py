"""The four rating sheets, in ordinary and large print, with corners and code for a camera.

A sheet holds exactly the cells that the data desk keys, in the same order. Beside every box stands its key in small
print (decision 8), so that keying goes row by row without looking anything up.
"""

from collections.abc import Sequence
from itertools import groupby

from reportlab.pdfbase.pdfdoc import PDFName

from tradeoff_desktop.model.pack import BASE, Item, Pack
from tradeoff_desktop.model.programme import PlannedTable
from tradeoff_desktop.model.sheets import Cell
from tradeoff_desktop.report import fonts, kit_boxes, kit_marks, kit_pages
from tradeoff_desktop.report.boxes import Box, Labelled, PageBreak, Stack, Together, Words
from tradeoff_desktop.report.canvas import TaggedCanvas
from tradeoff_desktop.report.fonts import Face
from tradeoff_desktop.report.kit_boxes import KEY, Side, Tick
from tradeoff_desktop.report.kit_marks import INSET, MARKER, MM
from tradeoff_desktop.report.kit_occasion import Occasion, Place
from tradeoff_desktop.report.kit_pages import Leaf, line, said
from tradeoff_desktop.report.structure import Element
from tradeoff_desktop.report.style import ACCENT, INK, MUTED, PAGE_HEIGHT, PAGE_WIDTH, RULE, TINT, Style

TITLES = {
    1: "Your view before the talk",
    2: "The case for everybody, and three changes",
    3: "Your table’s case, and three changes",
    4: "Your view at the end",
}
GUIDES = {
    1: "On your own and without talking: cross one box for each question. It is your first view and need not be your last.",
    2: "On your own and without talking: first mark the case as it stands, then the three changes, one at a time.",
    3: "On your own and without talking: first mark the case as it stands, then the three changes, one at a time.",
    4: "On your own and without talking: the cases as they stand on the cards, without any change. What do you think now?",
}
MISTAKE = "Crossed the wrong box? Fill it in and cross another."
DECLINED, DECLINED_KEY = "Prefer not to say", "8"
_OTHER_KEYS = "0 7 9"

_ROW = Style(size=10, leading=12.4)
_OPTION = Style(size=8.5, leading=10)
_GUIDE = Style(size=10, leading=13, after=5)
_CASE = Style(size=12.5, leading=15.5, face=Face.BOLD)
_UNDER = Style(size=10, leading=12.8, colour=MUTED)
_CHANGE = Style(size=10.5, leading=13.2)
_DESK = Style(size=7.5, leading=9.3, colour=MUTED)
_ONWARD = Style(size=14, leading=18, face=Face.SEMIBOLD)
_NUMBER = Style(size=10, leading=12.4, face=Face.BOLD, colour=ACCENT)
_COLUMN = 15.7 * MM
_VALUES = 5
_DESK_COLUMN = 9 * MM
_LARGE_TICK = 9 * MM
_LARGE_CASE = Style(size=20, leading=25, face=Face.BOLD, before=8, after=4)


class SheetLeaf(Leaf):
    """A page of a rating sheet: markers in its corners, between them who it belongs to."""

    left = 10 * MM
    top = PAGE_HEIGHT - 27 * MM
    width = PAGE_WIDTH - 20 * MM
    height = PAGE_HEIGHT - 27 * MM - 24 * MM

    def __init__(self, occasion: Occasion, sheet: int, place: Place, section: Element) -> None:
        """Frame the pages of one sheet of one seat; without a code its boxes are left to be written in."""
        super().__init__(occasion, TITLES[sheet], bookmark=f"Sheet {sheet}, {_whose(place)}")
        self.sheet = sheet
        self.place = place
        self._title = Words(f"Sheet {sheet}", Style(size=21, leading=25, face=Face.BOLD), Element("H1", section))
        self._name = said(TITLES[sheet], section, Style(size=9.5, leading=12))
        self._whose = said(_whose(place), section, KEY)

    def furnish(self, canvas: TaggedCanvas, number: int, count: int) -> None:
        """Draw markers, code, title and seat; what is content on the first page is repeated as decoration."""
        kit_marks.draw_corners(canvas)
        x, top = INSET + MARKER + 4 * MM, PAGE_HEIGHT - INSET
        kit_pages.draw_letter(canvas, self.occasion, x, top, size=MARKER)
        for words, down in ((self._title, -3), (self._name, 21)):
            shown = words if number == 1 else words.artifact()
            shown.draw(canvas, x + MARKER + 6, top - down, 200)
        practice = f"{kit_pages.PRACTICE} · " if self.occasion.programme.practice else ""
        where = f"{practice}{self.occasion.area} · {self.occasion.day} · Table {self.place.table}"
        line(canvas, where, (x + MARKER + 6, top - MARKER + 0.5), width=205)
        self._draw_seat(canvas, first=number == 1)
        text = kit_marks.content(self.occasion.session.id, self.place.code, self.sheet, number)
        kit_marks.draw_code(canvas, text, PAGE_WIDTH - INSET - MARKER - 22 * MM, top + 3 * MM, size=20 * MM)
        self._draw_foot(canvas, number, count)

    def _draw_seat(self, canvas: TaggedCanvas, *, first: bool) -> None:
        """Draw three boxes with the digits of the seat, or empty ones to write them in."""
        wide, x, top = 9.5 * MM, 121 * MM, PAGE_HEIGHT - INSET - 8
        (self._whose if first else self._whose.artifact()).draw(canvas, x, top + 9, 120)
        for place in range(3):
            kit_boxes.frame(canvas, kit_boxes.Rect(x + place * wide, top - 2, wide, 11 * MM), line=1.1)
            if self.place.code:
                digit = Style(size=24, leading=30, face=Face.BOLD)
                line(canvas, self.place.code[place], (x + place * wide, top - 26), width=wide, style=digit, align="c")

    def _draw_foot(self, canvas: TaggedCanvas, number: int, count: int) -> None:
        """Draw how the desk keys the sheet, and which page this is."""
        x, wide = INSET + MARKER + 4 * MM, PAGE_WIDTH - 2 * (INSET + MARKER + 4 * MM)
        keys = (
            "Data desk: type the seat number, then one digit for each row from the top: the small digit beside the crossed "
            "box. Nothing crossed 0 · row not used in the room 7 · unreadable, or two boxes crossed 9."
        )
        Words(keys, _DESK, None).draw(canvas, x, INSET + MARKER, wide if count == 1 else wide * 0.62)
        line(canvas, f"{self.occasion.session.id} · {self.name}", (x, INSET + 1), width=wide * 0.6, style=_DESK)
        if count > 1:
            onward = "There is another page →" if number < count else "This is the last page"
            line(canvas, onward, (x, INSET + MARKER - 16), width=wide, style=_ONWARD, align="r")
            line(canvas, f"Page {number} of {count}", (x, INSET + 3), width=wide, style=_ONWARD, align="r")


def add_sheet(
    paper: kit_pages.Paper, occasion: Occasion, table: PlannedTable, place: Place, sheet: int, *, large: bool = False,
) -> None:
    """Add one sheet of one seat to ``paper``."""
    section = paper.section()
    leaf = SheetLeaf(occasion, sheet, place, section)
    printed = occasion.cells(table, sheet)
    make = _large if large else _ordinary
    paper.add(make(section, occasion.pack, printed, sheet), leaf)


def blocks(printed: Sequence[Cell]) -> list[list[Cell]]:
    """The cells of a sheet by the card they are about, in printed order."""
    return [list(found) for _, found in groupby(printed, key=lambda cell: (cell.scenario, cell.variant))]


def head_of(pack: Pack, cell: Cell, *, sheet: int) -> tuple[str, str]:
    """What stands over the boxes about one card: its name, and the words under it."""
    scenario = pack.scenario(cell.scenario)
    flip = scenario.flip(cell.variant)
    if flip is not None:
        return f"Change {cell.position}. {pack.axis(flip.axis).name}: {flip.label}", flip.card
    whose = "The case for everybody" if scenario.anchor else "Your table’s own case"
    name = f"{whose}: {scenario.title}"
    if sheet in {2, 3}:
        return name, "As it stands on the card, before any change."
    return name, scenario.purpose


def _whose(place: Place) -> str:
    return f"Seat number {place.code}" if place.code else "Write your seat number"


def _ordinary(section: Element, pack: Pack, printed: Sequence[Cell], sheet: int) -> list[Box]:
    """The boxes of a sheet in ordinary print: rows of boxes under the words for them."""
    made: list[Box] = [said(f"{GUIDES[sheet]} {MISTAKE}", section, _GUIDE)]
    number = 1
    for block in blocks(printed):
        name, under = head_of(pack, block[0], sheet=sheet)
        title = Words(name, _CASE, Element("H2", section))
        words = said(under, section, _UNDER if block[0].variant == BASE else _CHANGE)
        heading = kit_boxes.Framed(Stack([title, words]), pad=4, line=0, ground=TINT, after=1)
        rows: list[Box] = []
        for options, items in groupby(block, key=lambda cell: _labels(pack.item(cell.item))):
            scale = Scale(section, options, [pack.item(cell.item) for cell in items], number)
            number += len(scale.rows)
            rows.append(scale)
        made.append(Together([heading, *rows], after=6))
    return [*made, _helped(section, _GUIDE, 8 * MM)]


def _large(section: Element, pack: Pack, printed: Sequence[Cell], sheet: int) -> list[Box]:
    """The boxes of a sheet in large print: each question with its answers one under the other."""
    look = kit_boxes.LARGE
    made: list[Box] = [said(TITLES[sheet], section, look.strong), said(f"{GUIDES[sheet]} {MISTAKE}", section, look.body)]
    number = 1
    for block in blocks(printed):
        name, under = head_of(pack, block[0], sheet=sheet)
        # A page holds rows about one card only: on a later page nobody has to remember which it was.
        made += [PageBreak()] if number > 1 else []
        made += [Words(name, _LARGE_CASE, Element("H2", section), leads=True), said(under, section, look.body)]
        made[-1].leads = True
        for cell in block:
            made.append(_large_row(section, pack.item(cell.item), number, look))
            number += 1
    return [*made, _helped(section, look.body, look.tick)]


def _large_row(section: Element, item: Item, number: int, look: kit_boxes.Look) -> Box:
    rows: list[Box] = [said(f"{number}. {item.question}", section, look.strong)]
    listed = Element("L", section, owner="List", ListNumbering=PDFName("None"))
    for key, words in [*((option.key, option.text) for option in item.options), (DECLINED_KEY, DECLINED)]:
        body = Words(words, look.body, Element("LBody", Element("LI", listed)))
        rows.append(Side([Tick(_LARGE_TICK, key), body], [_LARGE_TICK + 18, 0], gap=4, middle=True, after=5))
    return Together(rows, after=18)


def _helped(section: Element, style: Style, size: float) -> Box:
    """What the host ticks where somebody did not fill the sheet in alone."""
    words = ("For the host. Filled in with:", "a helper", "an interpreter")
    parts: list[Box] = [said(words[0], section, style)]
    parts += [Labelled(None, Side([Tick(size), said(each, section, style)], [size, 0], gap=5, middle=True), indent=0) for each in words[1:]]
    return Side(parts, [0, 0, 0], middle=True)


def _labels(item: Item) -> tuple[tuple[str, str], ...]:
    """Key and word of every box of an item, in the order of their columns."""
    return (*((option.key, option.projector) for option in item.options), (DECLINED_KEY, DECLINED))


class Scale(Box):
    """Questions that share one scale: a tagged table with the words over the columns and a box in every cell."""

    gap = 3.2
    after = 0.0

    def __init__(self, section: Element, options: Sequence[tuple[str, str]], items: Sequence[Item], first: int) -> None:
        """Make the rows of ``items``, numbered from ``first``."""
        table = Element("Table", section)
        line_ = Element("TR", Element("THead", table))
        self._corner = _cell("Question", _OPTION, line_, "Column")
        self.heads = [_cell(words, _fitted(words), line_, "Column", align="c") for _, words in options]
        body = Element("TBody", table)
        self.rows = [self._row(Element("TR", body), item, number, options) for number, item in enumerate(items, first)]
        self._places = [_place(key, number) for number, (key, _) in enumerate(options)]

    def height(self, width: float) -> float:
        """Return the height of the words over the boxes and of all rows."""
        return self._head_height() + sum(self._row_height(row, width) for row in self.rows)

    def draw(self, canvas: TaggedCanvas, x: float, top: float, width: float) -> None:
        """Draw the words over the columns, then row after row."""
        edge = x + width - _DESK_COLUMN - 7 * _COLUMN
        tall = self._head_height()
        for words, place in zip(self.heads, self._places, strict=True):
            wide = _COLUMN - 2
            words.draw(canvas, edge + place * _COLUMN + 1, top - tall + words.height(wide) + 1, wide)
        top -= tall
        for row in self.rows:
            tall = self._row_height(row, width)
            self._draw_row(canvas, row, x, top, width)
            canvas.draw_bar(x, top - tall + 0.6, width, 0.5, RULE)
            top -= tall

    def _draw_row(self, canvas: TaggedCanvas, row: "tuple[Words, Words, list[Words]]", x: float, top: float, width: float) -> None:
        number, question, keys = row
        edge = x + width - _DESK_COLUMN - 7 * _COLUMN
        tall = self._row_height(row, width) - self.gap
        number.draw(canvas, x, top - (tall - question.height(self._room(width))) / 2, 18)
        question.draw(canvas, x + 18, top - (tall - question.height(self._room(width))) / 2, self._room(width))
        low = top - (tall + kit_boxes.TICK) / 2
        for key, place in zip(keys, self._places, strict=True):
            left = edge + place * _COLUMN + (_COLUMN - kit_boxes.TICK) / 2
            kit_boxes.frame(canvas, kit_boxes.Rect(left, low + kit_boxes.TICK, kit_boxes.TICK, kit_boxes.TICK), line=1.1)
            key.draw(canvas, left + kit_boxes.TICK + 2, low + KEY.leading - 1, 10)
        Words(_OTHER_KEYS, KEY, None, align="r").draw(canvas, x + width - _DESK_COLUMN, low + KEY.leading - 1, _DESK_COLUMN)

    def _row(self, line_: Element, item: Item, number: int, options: Sequence[tuple[str, str]]) -> "tuple[Words, Words, list[Words]]":
        head = Element("TH", line_, owner="Table", Scope=PDFName("Row"))
        return (
            Words(f"{number}", _NUMBER, head), Words(item.question, _ROW, head),
            [Words(key, KEY, Element("TD", line_)) for key, _ in options],
        )

    def _head_height(self) -> float:
        return max(words.height(_COLUMN - 2) for words in self.heads) + 3.5

    def _row_height(self, row: "tuple[Words, Words, list[Words]]", width: float) -> float:
        return max(row[1].height(self._room(width)), kit_boxes.TICK + 1.5) + self.gap

    def _room(self, width: float) -> float:
        """Return the room for a question."""
        return width - _DESK_COLUMN - 7 * _COLUMN - 18 - 5


def _place(key: str, number: int) -> int:
    """The column of an option: a value's own, and the last two for what is no value, whatever the scale."""
    return {"6": _VALUES, DECLINED_KEY: _VALUES + 1}.get(key, number)


def _cell(words: str, look: Style, line_: Element, scope: str, *, align: str = "l") -> Words:
    return Words(words, look, Element("TH", line_, owner="Table", Scope=PDFName(scope)), align=align)


def _fitted(words: str) -> Style:
    """The style of a label, smaller where its longest word would not fit its column."""
    longest = max(fonts.width(word, _OPTION.face, _OPTION.size) for word in words.split() or ["-"])
    size = min(_OPTION.size, _OPTION.size * (_COLUMN - 2) / longest)
    return Style(size=size, leading=_OPTION.leading, colour=INK)
