"""Cards for the tables: seat cards, cases, changes, the ladder of anonymisation, and the words explained."""

import re
from collections.abc import Sequence

from tradeoff_desktop.model.pack import Axis, Flip, Level, Scenario, Term
from tradeoff_desktop.model.programme import PlannedTable
from tradeoff_desktop.report import kit_boxes, kit_pages
from tradeoff_desktop.report.boxes import Box, PageBreak, Panel, Stack, Together, Words
from tradeoff_desktop.report.canvas import TaggedCanvas
from tradeoff_desktop.report.fonts import Face
from tradeoff_desktop.report.kit_boxes import CARD, CHANGES, LARGE, Fixed, Framed, Icon, Look, Side
from tradeoff_desktop.report.kit_marks import MM
from tradeoff_desktop.report.kit_occasion import Occasion, Place, case_name
from tradeoff_desktop.report.kit_pages import Leaf, Paper, head, said, title
from tradeoff_desktop.report.structure import Element
from tradeoff_desktop.report.style import INK, MUTED, PAGE_HEIGHT, TINT, Style
from tradeoff_desktop.report.text import Text

ALWAYS = frozenset({"privacy risk", "security risk", "public benefit", "red line", "condition", "personal data", "data sharing"})
_SMALL = Style(size=9.5, leading=12, colour=MUTED)
_KEPT = Style(size=10, leading=12.6)
_CODE = Style(size=40, leading=42, face=Face.BOLD)
_SEAT = Style(size=11, leading=14, face=Face.SEMIBOLD)
_DEFINED = Style(size=11.5, leading=15.5)
_TERM = Style(size=12.5, leading=16.5, after=7)


def add_seat_cards(paper: Paper, occasion: Occasion, places: Sequence[Place]) -> None:
    """Add the seat cards, eight to a page, to cut apart."""
    section = paper.section()
    heading = title("Seat cards", section)
    cards = [_seat_card(Element("Div", section), occasion, place) for place in places]
    cards += [Fixed(None, PAGE_HEIGHT / 4)] * (len(cards) % 2)
    rows = [Side(pair, [0, 0], gap=0.0) for pair in zip(cards[::2], cards[1::2], strict=True)]
    paper.add([_Heading(heading), *rows], kit_pages.BareLeaf(occasion, "Seat cards"))


class _Heading(Box):
    """The heading of a page of cards: in the structure, and in the margin of the first card, without room of its own."""

    def __init__(self, words: Words) -> None:
        self.words = words

    def height(self, width: float) -> float:  # noqa: ARG002 - no room of its own
        """Return nothing: it stands in the margin."""
        return 0.0

    def draw(self, canvas: TaggedCanvas, x: float, top: float, width: float) -> None:
        """Draw the words small, in the upper margin."""
        self.words.style = _KEPT
        self.words.draw(canvas, x + 8 * MM, top - 2 * MM, width)


class _Cell(Box):
    """A card to cut out: the inside, and dashes at its right and lower edges."""

    def __init__(self, inside: Box) -> None:
        self.inside = inside

    def height(self, width: float) -> float:  # noqa: ARG002 - a quarter of the page
        """Return a quarter of the page."""
        return PAGE_HEIGHT / 4

    def draw(self, canvas: TaggedCanvas, x: float, top: float, width: float) -> None:
        """Draw the card inside its margins."""
        low = top - PAGE_HEIGHT / 4
        kit_boxes.dash(canvas, (x, low), (x + width, low))
        kit_boxes.dash(canvas, (x + width, low), (x + width, top))
        self.inside.draw(canvas, x + 9 * MM, top - 8 * MM, width - 18 * MM)


class _Letter(Box):
    """The session letter on its colour."""

    def __init__(self, occasion: Occasion, size: float) -> None:
        self.occasion = occasion
        self.size = size

    def height(self, width: float) -> float:  # noqa: ARG002 - a square, whatever the width
        """Return its size."""
        return self.size

    def draw(self, canvas: TaggedCanvas, x: float, top: float, width: float) -> None:  # noqa: ARG002 - a square, whatever the width
        """Draw it."""
        kit_pages.draw_letter(canvas, self.occasion, x, top, size=self.size)


def _seat_card(section: Element, occasion: Occasion, place: Place) -> Box:
    size = 15 * MM
    facts = occasion.facts(place)
    code = said(place.code, section, _CODE)
    practice = f"{kit_pages.PRACTICE} · " if occasion.programme.practice else ""
    where: list[Box] = [said(f"{practice}{occasion.area} · {occasion.day} · session {occasion.session.letter}", section, _SMALL)]
    if place.table:
        theme = occasion.pack.theme(next(table.theme for table in occasion.session.tables if table.number == place.table))
        where.append(said(f"Table {place.table}: {theme.name}", section, _SEAT))
        group = occasion.pack.group(place.group)
        where.append(Side([Icon(group.shape, 11), said(group.name, section, _SMALL)], [11, 0], gap=5, middle=True))
    else:
        where += [said("Table ........  Group ........................", section, _SEAT), said("Spare seat", section, _SMALL)]
    kept = (
        f"Please keep this card. It holds no name. With this number you can take your answers back until {facts['cut_off']}. "
        "Tell (name and telephone):"
    )
    return _Cell(Stack([
        Side([_Letter(occasion, size), code], [size, 0], gap=12, middle=True, after=7), *where,
        Stack([said(kept, section, _KEPT), kit_boxes.WritingLines(1, gap=20)], before=7),
    ]))


def add_case(paper: Paper, occasion: Occasion, table: PlannedTable | None, look: Look = CARD) -> None:
    """Add the card of a case; that of a table has its changes on the back. Without a table: the case of the room."""
    pack = occasion.pack
    scenario = pack.scenario(table.scenario) if table else pack.anchor
    section = paper.section()
    boxes = _case(section, occasion, scenario, table, look)
    if table:
        boxes += [PageBreak(), *_changes(Element("Sect", section), occasion, scenario, table, _denser(look))]
    paper.add(boxes, Leaf(occasion, f"{case_name(occasion, table)}: {scenario.title}", look=look))


def add_changes(paper: Paper, occasion: Occasion, look: Look = CARD) -> None:
    """Add the card with the changes of the case for everybody, in the order of the room."""
    section = paper.section()
    name = f"{case_name(occasion, None)}: three changes"
    paper.add(_changes(section, occasion, occasion.pack.anchor, None, _denser(look)), Leaf(occasion, name, look=look))


def _case(section: Element, occasion: Occasion, scenario: Scenario, table: PlannedTable | None, look: Look) -> list[Box]:
    theme = occasion.pack.theme(scenario.theme)
    top = Side(
        [Icon(theme.icon, look.icon), said(case_name(occasion, table), section, look.strong)], [look.icon, 0], middle=True,
        after=6,
    )
    made: list[Box] = [top, title(scenario.title, section, look), said(scenario.purpose, section, look.body)]
    made.append(diagram(section, occasion, scenario, None, look))
    made += [said(part, section, look.body) for part in scenario.text.split("\n")]
    made += [_sides(section, scenario, look), definitions(section, occasion, look)]
    return made


def _sides(section: Element, scenario: Scenario, look: Look) -> Box:
    """Two benefits and two risks, in four frames of one size."""
    def cell(name: str, words: str, icon: str) -> Box:
        top = Side([Icon(icon, look.icon * 0.8), said(name, section, look.strong)], [look.icon * 0.8, 0], gap=6, middle=True, after=3)
        return Stack([top, said(words, section, _tight(look.body))], after=0.0)

    cells = [
        cell("Individual benefit", scenario.individual_benefit, "hand-heart"),
        cell("Public benefit", scenario.public_benefit, "users"),
        cell("Privacy risk", scenario.privacy_risk, "eye-off"),
        cell("Security risk", scenario.security_risk, "lock"),
    ]
    if look is LARGE:
        return Stack([Framed(one, pad=8) for one in cells])
    return Stack([_Pair(cells[0], cells[1]), _Pair(cells[2], cells[3])], before=6)


class _Pair(Box):
    """Two framed boxes side by side, as tall as the taller."""

    pad, gap, after = 9.0, 8.0, 8.0

    def __init__(self, left: Box, right: Box) -> None:
        self.both = (left, right)

    def height(self, width: float) -> float:
        """Return the height of the taller, and its frame."""
        return max(box.height(self._inner(width)) for box in self.both) + 2 * self.pad

    def draw(self, canvas: TaggedCanvas, x: float, top: float, width: float) -> None:
        """Draw both."""
        wide = (width - self.gap) / 2
        for number, box in enumerate(self.both):
            left = x + number * (wide + self.gap)
            kit_boxes.frame(canvas, kit_boxes.Rect(left, top, wide, self.height(width)))
            box.draw(canvas, left + self.pad, top - self.pad, self._inner(width))

    def _inner(self, width: float) -> float:
        return (width - self.gap) / 2 - 2 * self.pad


def definitions(section: Element, occasion: Occasion, look: Look) -> Box:
    """Privacy risk and security risk, told apart, as every card carries them (domain page, section 0)."""
    wording = occasion.pack.wording
    style = look.body if look is LARGE else _DEFINED
    lines = (wording.privacy_risk, wording.security_risk, wording.public_safety)
    return Panel(Stack([said(one, section, style) for one in lines], after=0.0), ground=TINT)


def diagram(section: Element, occasion: Occasion, scenario: Scenario, flip: Flip | None, look: Look) -> Box:
    """Who holds what, who receives it, how far from a name: three boxes; the one a change touches has a thick frame."""
    axis = {name: occasion.pack.axis(name) for name in "DOA"}
    to = {flip.axis: flip.to} if flip else {}
    data = [_level(axis["D"], code) for code in to.get("D", scenario.data)]
    receiver = _level(axis["O"], to.get("O", [scenario.receiver])[0])
    privacy = _level(axis["A"], to.get("A", [scenario.anonymisation])[0])
    labels = {"D": scenario.data_label, "O": scenario.receiver_label, "A": scenario.privacy_label}
    if flip:
        labels[flip.axis] = flip.label
    parts: dict[str, tuple[str, list[Level]]] = {
        "D": (f"From: {scenario.holder_label}", data), "O": ("To", [receiver]), "A": ("Privacy", [privacy]),
    }
    cells: list[Box] = []
    for code, (over, levels) in parts.items():
        changed = flip is not None and flip.axis == code
        above = [kit_boxes.strong(f"Changed: {axis[code].label.lower()}")] if changed else over
        cells.append(_Part(section, above, labels[code], [each.icon for each in levels if each.icon], look, changed=changed))
    if look is LARGE:
        # Of a change only the box that it touches: in this size all three would fill a page, and they stand on the card.
        return Stack([cell for cell, code in zip(cells, parts, strict=True) if flip is None or flip.axis == code], after=10)
    arrow = Icon("arrow-right", 18)
    return Side([cells[0], arrow, cells[1], cells[2]], [0, 18, 0, 0], gap=6, middle=True, after=10)


class _Part(Box):
    """One box of the diagram: icons, what it is, and its label."""

    after = 6.0

    def __init__(self, section: Element, over: Text, label: str, icons: Sequence[str], look: Look, *, changed: bool) -> None:
        size = look.icon
        small = look.body if look is LARGE else _SMALL
        above = Side([*(Icon(icon, size) for icon in icons), Fixed(None, size)], [*([size] * len(icons)), 0], gap=4, after=3)
        words = Words(label, look.strong, Element("P", section))
        self.inside = Stack([above, said(over, section, small), words], after=0.0)
        self.changed = changed

    def height(self, width: float) -> float:
        """Return the height of the inside and its frame."""
        return self.inside.height(width - 16) + 14

    def draw(self, canvas: TaggedCanvas, x: float, top: float, width: float) -> None:
        """Draw the frame, thick and tinted where it changed, and the inside."""
        rect = kit_boxes.Rect(x, top, width, self.height(width))
        kit_boxes.frame(canvas, rect, line=3.0 if self.changed else 0.8, ground=TINT if self.changed else "")
        self.inside.draw(canvas, x + 8, top - 7, width - 16)


def _changes(section: Element, occasion: Occasion, scenario: Scenario, table: PlannedTable | None, look: Look) -> list[Box]:
    name = case_name(occasion, table)
    guide = (
        f"{name}: {scenario.title}. Each time one thing is different and everything else stays as it is on the card. "
        "Go back to the card before the next change. Mark them in this order."
    )
    made: list[Box] = [title("Three changes", section, look), said(guide, section, look.body)]
    for number, flip in enumerate(occasion.flips(scenario, table.number if table else 0), 1):
        axis = occasion.pack.axis(flip.axis)
        parts = [
            head(f"Change {number}. {axis.name}: {flip.label}", section, look),
            diagram(section, occasion, scenario, flip, look),
            said(flip.card, section, look.body),
            said([kit_boxes.strong("In practice: "), flip.consequence], section, look.body),
        ]
        parts[0].before = 0.0
        made.append(Framed(Stack(parts, after=0.0), after=10) if look is not LARGE else Together(parts, after=16))
    return made


def add_table_card(paper: Paper, occasion: Occasion, table: PlannedTable, look: Look = CARD) -> None:
    """Add the card of a table: the ladder on its front, the words of this table's cards on its back."""
    section = paper.section()
    axis = occasion.pack.axis("A")
    made: list[Box] = [
        title("The ladder: how far from a name", section, look),
        said("Start at the bottom, with a full record. Further up it becomes harder to tell who the data is about.", section, look.body),
        *(_rung(section, level, number, look) for number, level in reversed(list(enumerate(axis.levels, 1)))),
        definitions(section, occasion, look), *([] if look is LARGE else [PageBreak()]),
        title("Words on your cards", section, look),
    ]
    words = [said([kit_boxes.strong(f"{term.term}. "), term.plain], section, look.body if look is LARGE else _TERM)
             for term in terms(occasion, table)]
    if look is LARGE:
        made += words
    else:
        half = (len(words) + 1) // 2
        made.append(Side([Stack(words[:half]), Stack(words[half:])], [0, 0], gap=20))
    paper.add(made, Leaf(occasion, f"Table {table.number}: ladder and words", look=look))


def _rung(section: Element, level: Level, number: int, look: Look) -> Box:
    size = look.icon * 1.3
    words = Stack([said(f"{number}. {level.name}", section, look.strong), said(level.plain, section, _tight(look.body))], after=0.0)
    return _Rung(Side([Icon(level.icon or "circle", size), words], [size, 0], gap=16, middle=True), size, pad=4.5 if look is LARGE else 9.0)


class _Rung(Box):
    """One rung of the ladder: its rails run on into the next."""

    rail = 3.0

    def __init__(self, inside: Box, size: float, *, pad: float) -> None:
        self.pad = pad
        self.inside = inside
        self.size = size

    def height(self, width: float) -> float:
        """Return the height of the inside and the space to the next rung."""
        return self.inside.height(width - 24) + 2 * self.pad

    def draw(self, canvas: TaggedCanvas, x: float, top: float, width: float) -> None:
        """Draw both rails, the rung under the words, and the inside."""
        tall = self.height(width)
        for left in (x, x + self.size + 20):
            canvas.draw_bar(left, top - tall, self.rail, tall, INK)
        canvas.draw_bar(x, top - tall, self.size + 20, self.rail, INK)
        self.inside.draw(canvas, x + 12, top - self.pad + self.rail / 2, width - 24)


def terms(occasion: Occasion, table: PlannedTable) -> list[Term]:
    """The entries of the glossary that this table meets on its cards and sheets, and those that are always wanted."""
    pack = occasion.pack
    seen = " ".join(_read(occasion, table)).lower()

    def met(term: Term) -> bool:
        forms = (term.term, *term.also)
        return any(re.search(rf"(?<!\w){re.escape(form.lower())}(?!\w)", seen) for form in forms)

    return [term for term in pack.glossary if term.term.lower() in ALWAYS or met(term)]


def _read(occasion: Occasion, table: PlannedTable) -> list[str]:
    """Every text on the cards of a table."""
    pack = occasion.pack
    found = [*(option.text for item in pack.items for option in item.options), *(c.text for c in pack.conditions)]
    for scenario, number in ((pack.anchor, 0), (pack.scenario(table.scenario), table.number)):
        found += [scenario.title, scenario.purpose, scenario.text, scenario.individual_benefit, scenario.public_benefit,
                  scenario.privacy_risk, scenario.security_risk]
        found += [f"{flip.card} {flip.consequence}" for flip in occasion.flips(scenario, number)]
    return found


def _level(axis: Axis, code: str) -> Level:
    return next(level for level in axis.levels if level.code == code)


def _denser(look: Look) -> Look:
    """The look of the changes: three of them share the back of a card."""
    return look if look is LARGE else CHANGES


def _tight(style: Style) -> Style:
    """The same style without space after it, for the last words in a frame."""
    return Style(size=style.size, leading=style.leading, face=style.face, colour=style.colour)
