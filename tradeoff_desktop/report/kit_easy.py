"""Easy Read: what one person reads and fills in, in short sentences, one idea a line, a picture beside it, large type.

The words stand in ``resources/kit/easy``: a file for each case and one for the questions, in sections named after flips
and items. A case without such a file is printed in the pack's own words, a sentence a line.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cache

from reportlab.pdfbase.pdfdoc import PDFName

from tradeoff_desktop.model.pack import BASE, Flip, Item, Scenario
from tradeoff_desktop.model.programme import PlannedTable
from tradeoff_desktop.model.sheets import SHEETS, Cell
from tradeoff_desktop.report import kit_forms, kit_sheets
from tradeoff_desktop.report.boxes import Box, PageBreak, Stack, Together, Words
from tradeoff_desktop.report.canvas import TaggedCanvas
from tradeoff_desktop.report.kit_boxes import EASY, Fixed, Framed, Icon, Side, Tick, WritingLines
from tradeoff_desktop.report.kit_marks import MM
from tradeoff_desktop.report.kit_occasion import Occasion, Place, case_name
from tradeoff_desktop.report.kit_pages import Leaf, Paper, head, said, title
from tradeoff_desktop.report.kit_sheets import SheetLeaf
from tradeoff_desktop.report.structure import Element
from tradeoff_desktop.report.style import INK, MUTED, TINT, Style

QUESTIONS, CASE, SIDES = "easy/questions", "", "Benefits and risks"
_TICK = 8.5 * MM
_ON_SHEETS = 36.0  # the side of a picture on a rating sheet: a change and its two questions share a page
_ANSWER_ICON = 24.0
_PICTURES = 2  # as many as stand beside an answer
_ANSWER = Style(size=15, leading=19)
_SENTENCE = re.compile(r"(?<=[.!?])\s+")

Line = tuple[str, str]  # picture, words


def add_booklet(paper: Paper, occasion: Occasion, table: PlannedTable) -> None:
    """Add everything one person at a table reads and fills in, the seat number to be written in."""
    _add_words(paper, occasion)
    _add_ladder(paper, occasion)
    for of in (None, table):
        _add_case(paper, occasion, of)
    for sheet in SHEETS:
        _add_sheet(paper, occasion, table, sheet)
    _add_written(paper, occasion, table)


@cache
def sections(name: str) -> dict[str, tuple[Line, ...]]:
    """The lines of a text by the heading they stand under; what stands before the first is under ``CASE``."""
    found: dict[str, list[Line]] = {CASE: []}
    under = CASE
    for piece in kit_forms.pieces(name):
        if piece.kind == "##":
            under = piece.text
            found[under] = []
        else:
            found[under].append((piece.icon, piece.text))
    return {heading: tuple(lines) for heading, lines in found.items()}


def case_lines(occasion: Occasion, scenario: Scenario) -> dict[str, tuple[Line, ...]]:
    """A case and its benefits and risks, in Easy Read where there is such a text, else in the pack's own words."""
    if _written(scenario):
        return sections(f"easy/{scenario.id}")
    icon = occasion.pack.theme(scenario.theme).icon
    four = (scenario.individual_benefit, scenario.public_benefit, scenario.privacy_risk, scenario.security_risk)
    names = ("Good for the person", "Good for everybody", "Privacy risk", "Security risk")
    sides = [f"{name}: {words}" for name, words in zip(names, four, strict=True)]
    return {
        CASE: tuple((icon, words) for words in _sentences(scenario.text)),
        SIDES: tuple(zip(("hand-heart", "users", "eye-off", "lock"), sides, strict=True)),
    }


def flip_lines(scenario: Scenario, flip: Flip) -> tuple[Line, ...]:
    """A change of a case, in the same way."""
    found = sections(f"easy/{scenario.id}").get(flip.id) if _written(scenario) else None
    return found or tuple(("arrow-right", words) for words in _sentences(f"{flip.card} {flip.consequence}"))


def item_lines(item: Item) -> tuple[tuple[Line, ...], tuple[Line, ...]]:
    """The lines of a question and of its answers, in the order of the pack; in the pack's own words where none fit."""
    held = sections(QUESTIONS).get(item.code, ())
    count = len(item.options)
    if len(held) <= count:
        return (("message-square", item.question),), tuple(("circle", option.text) for option in item.options)
    return held[:-count], held[-count:]


def _written(scenario: Scenario) -> bool:
    return (kit_forms.FOLDER / "easy" / f"{scenario.id}.txt").is_file()


def _sentences(words: str) -> list[str]:
    return [sentence for sentence in _SENTENCE.split(words.replace("\n", " ")) if sentence]


def _line(section: Element, line: Line, *, size: float = EASY.icon) -> Box:
    icon, words = line
    return Side([Icon(icon, size), said(words, section, EASY.body)], [size, 0], gap=20, middle=True, after=size / 5)


def _lines(section: Element, lines: Iterable[Line], *, size: float = EASY.icon) -> list[Box]:
    return [_line(section, line, size=size) for line in lines]


class Bars(Box):
    """Four bars from low to high, as many of them filled as ``count`` says: a size that no tick box could be taken for."""

    def __init__(self, count: int, size: float) -> None:
        self.count = count
        self.size = size

    def height(self, width: float) -> float:  # noqa: ARG002 - a square, whatever the width
        """Return its size."""
        return self.size

    def draw(self, canvas: TaggedCanvas, x: float, top: float, width: float) -> None:  # noqa: ARG002 - a square, whatever the width
        """Draw the bars, as decoration: the word stands beside them."""
        wide = self.size / 4
        for number in range(4):
            tall = self.size * (number + 1) / 4
            if number < self.count:
                canvas.draw_bar(x + number * wide, top - self.size, wide * 0.7, tall, INK)
            else:
                canvas.draw_bar(x + number * wide, top - self.size, wide * 0.7, 1.2, MUTED)


def _pictures(names: str) -> Box:
    """The pictures beside an answer, in a column as wide as that of every other answer."""
    made: list[Box] = [
        Bars(int(name.removeprefix("bars-")), _ANSWER_ICON) if name.startswith("bars-") else Icon(name, _ANSWER_ICON)
        for name in names.split("+")
    ]
    made += [Fixed(None, _ANSWER_ICON)] * (_PICTURES - len(made))
    return Side(made, [_ANSWER_ICON] * len(made), gap=6)


def _add_words(paper: Paper, occasion: Occasion) -> None:
    section = paper.section()
    name = "Words you will meet, Easy Read"
    paper.add(kit_forms.boxes("easy/words", section, occasion.facts(), EASY), Leaf(occasion, name, look=EASY))


def _add_ladder(paper: Paper, occasion: Occasion) -> None:
    """The ladder from the top down, a rung with its sentences."""
    section = paper.section()
    made: list[Box] = [title("The ladder: how far from a name", section, EASY)]
    for number, level in reversed(list(enumerate(occasion.pack.axis("A").levels, 1))):
        words = Stack(
            [said(f"{number}. {level.name}", section, EASY.strong), *(said(each, section, EASY.body) for each in _sentences(level.plain))],
        )
        made.append(Side([Icon(level.icon or "circle", EASY.icon), words], [EASY.icon, 0], gap=20, middle=True, after=12))
    paper.add(made, Leaf(occasion, "The ladder, Easy Read", look=EASY))


def _add_case(paper: Paper, occasion: Occasion, table: PlannedTable | None) -> None:
    """The card of a case, and its benefits and risks on a page of their own."""
    scenario = occasion.pack.scenario(table.scenario) if table else occasion.pack.anchor
    section = paper.section()
    held = case_lines(occasion, scenario)
    name = case_name(occasion, table)
    made = [said(name, section, EASY.strong), title(scenario.title, section, EASY), *_lines(section, held[CASE])]
    sides: list[Box] = [head(SIDES, section, EASY), *_lines(section, held[SIDES])]
    paper.add([*made, Together(sides)], Leaf(occasion, f"{name}, Easy Read", look=EASY))


def _add_sheet(paper: Paper, occasion: Occasion, table: PlannedTable, sheet: int) -> None:
    """A rating sheet: the same rows in the same order, each change beside the questions about it."""
    section = paper.section()
    leaf = SheetLeaf(occasion, sheet, Place(table=table.number), section)
    made = [*_lines(section, sections(QUESTIONS)[f"sheet-{sheet}"], size=_ON_SHEETS), _helped(section)]
    number = 1
    for block in kit_sheets.blocks(occasion.cells(table, sheet)):
        # A page holds rows about one card only: on a later page nobody has to remember which it was.
        made += [PageBreak()] if number > 1 else []
        made += _heading(section, occasion, block[0], sheet)
        for cell in block:
            made.append(_row(section, occasion.pack.item(cell.item), number))
            number += 1
    paper.add(made, leaf)


def _heading(section: Element, occasion: Occasion, cell: Cell, sheet: int) -> Iterator[Box]:
    scenario = occasion.pack.scenario(cell.scenario)
    name, _ = kit_sheets.head_of(occasion.pack, cell, sheet=sheet)
    words = Words(name, EASY.strong, Element("H2", section), leads=True)
    yield Framed(Stack([words], after=0.0), pad=6, line=0, ground=TINT)
    flip = scenario.flip(cell.variant)
    if flip is not None and cell.variant != BASE:
        yield from _lines(section, flip_lines(scenario, flip), size=_ON_SHEETS)


def _row(section: Element, item: Item, number: int) -> Box:
    """A question and its answers one under the other, with the data desk's keys beside the boxes."""
    asked, answers = item_lines(item)
    (icon, first), *more = asked
    rows: list[Box] = _lines(section, ((icon, f"{number}. {first}"), *more), size=_ON_SHEETS)
    listed = Element("L", section, owner="List", ListNumbering=PDFName("None"))
    keys = [option.key for option in item.options]
    declined = sections(QUESTIONS)["declined"]
    for key, (pictures, words) in zip([*keys, kit_sheets.DECLINED_KEY], [*answers, *declined], strict=True):
        body = Words(words, _ANSWER, Element("LBody", Element("LI", listed)))
        widths = [_TICK + 18, _PICTURES * (_ANSWER_ICON + 6), 0]
        rows.append(Side([Tick(_TICK, key), _pictures(pictures), body], widths, gap=4, middle=True, after=3.5))
    return Together(rows, after=12)


def _helped(section: Element) -> Box:
    """What the host ticks where somebody did not fill the sheet in alone."""
    asked, *who = sections(QUESTIONS)["helped"]
    ticks = [Side([Tick(_TICK), said(words, section, _ANSWER)], [_TICK, 0], gap=8, middle=True) for _, words in who]
    parts = [said(asked[1], section, _ANSWER), *ticks]
    return Side(parts, [0] * len(parts), gap=10, middle=True, after=10)


def _add_written(paper: Paper, occasion: Occasion, table: PlannedTable) -> None:
    """The last sheet: the questions answered in words, two to a page."""
    section = paper.section()
    held = sections(QUESTIONS)
    made: list[Box] = [
        title("Last sheet: in your own words", section, EASY), kit_forms.write_on(section, "Seat number", EASY),
        *_lines(section, held["written"]),
    ]
    for number, question in enumerate(occasion.pack.written, 1):
        icon, words = held.get(question.code, (("message-square", question.text),))[0]
        made.append(Together([_line(section, (icon, f"{number}. {words}")), WritingLines(5, gap=EASY.tick)], after=16))
    paper.add(made, Leaf(occasion, f"Last sheet, table {table.number}, Easy Read", look=EASY))
