"""What is written during the day: positions, statements, notes, counts, words of one's own, lists at the door, the seal."""


from tradeoff_desktop.model.pack import AgendaStep, Scenario
from tradeoff_desktop.model.programme import PlannedTable
from tradeoff_desktop.model.sheets import SHEETS
from tradeoff_desktop.report import kit_boxes, kit_forms, phrases
from tradeoff_desktop.report.boxes import Box, PageBreak, Stack, Together, Words
from tradeoff_desktop.report.fonts import Face
from tradeoff_desktop.report.kit_boxes import NORMAL, CutLine, Look, Side, Tick, WritingLines, ruled
from tradeoff_desktop.report.kit_marks import MM
from tradeoff_desktop.report.kit_occasion import Occasion, Place
from tradeoff_desktop.report.kit_pages import Leaf, Paper, head, said, title
from tradeoff_desktop.report.structure import Element
from tradeoff_desktop.report.style import MUTED, Style

SHORTEST_TALK = 8  # minutes from which a step is a talk worth a note sheet of its own
NOTE_LINES = 17
SEAL_WORDS = 6
_QUIET = frozenset({"holding", "question", "positions", "statements", "thanks"})
_LABEL = Style(size=11, leading=13.2, face=Face.SEMIBOLD)
_SMALL = Style(size=9.5, leading=11.6, colour=MUTED, after=5)
_SEAT = Style(size=20, leading=25, face=Face.BOLD)
_BOX = 8 * MM
_CONDITION = (0, *[_BOX + 12] * 3)  # the words of a condition, and three boxes with their keys


def add_position(paper: Paper, occasion: Occasion, table: PlannedTable, scenario: Scenario, name: str) -> None:
    """Add the slip with a table's position on a case: all that the plenary depends on."""
    section = paper.section()
    look = kit_boxes.FORM
    decisions = [each for each in occasion.pack.decisions if each.code[:1].isdigit() or each.code in {"no_agreement", "cant_say"}]
    rows = [_condition(section, each.label, each.text) for each in occasion.pack.conditions]
    half = (len(rows) + 1) // 2
    over = [_necessities(occasion) for _ in range(2)]
    made: list[Box] = [
        title(f"Position of table {table.number}", section, look), said(f"{name}: {scenario.title}", section, look.strong),
        said("The case as it stands on the card, without any change. Cross one box. The position of a table is public.", section, look.body),
        *(_tick(section, each.name, each.key, look.body) for each in decisions),
        _number(section, "How many at the table see it differently? Write 0 if nobody does.", look),
        kit_forms.write_on(section, "The reason, in one line", look, 2),
        kit_forms.write_on(section, "The condition that matters most (all conditions are overleaf)", look, 2),
        PageBreak(), head("Conditions", section, look),
        said(["Cross only those your table named, one box for each. ", *(
            f"{each.key} {each.name.lower()}: {phrases.lower(each.text)} " for each in occasion.pack.necessity
        )], section, NORMAL.body),
        Side([Stack([over[0], *rows[:half]]), Stack([over[1], *rows[half:]])], [0, 0], gap=18, after=6),
        kit_forms.write_on(section, "Another condition, in your own words", NORMAL, 2),
    ]
    paper.add(made, Leaf(occasion, f"Position slip, table {table.number}: {name}"))


def add_statement(paper: Paper, occasion: Occasion, table: PlannedTable) -> None:
    """Add the slip for the sentence a table puts to the room, and the room's vote on it."""
    section = paper.section()
    made: list[Box] = [
        title(f"Statement of table {table.number}", section),
        said("One sentence, one idea. It may be about your case or about sharing data in general.", section, NORMAL.body),
        _written(section, "What we would like to put to the room", 4), head("In the room", section),
        _written(section, "The wording as approved, if a word was changed", 4),
        *(_number(section, words) for words in ("In favour", "Against", "Abstained")),
        _written(section, "Those who see it differently say, in one sentence", 4),
    ]
    paper.add(made, Leaf(occasion, f"Statement slip, table {table.number}"))


def add_notes(paper: Paper, occasion: Occasion, table: PlannedTable) -> int:
    """Add a note sheet for every talk of the day and a quarter more without a step; return how many."""
    talks = [step for step in occasion.pack.agenda if _is_talk(step)]
    steps = [step.title for step in talks] + [""] * max(1, (len(talks) + 3) // 4)
    groups = " · ".join(f"{group.initial} {group.name.lower()}" for group in occasion.pack.groups)
    for name in steps:
        section = paper.section()
        made = [
            title(f"Notes: {name}" if name else "Notes", section),
            *([] if name else [kit_forms.write_on(section, "Step and case", NORMAL)]),
            said(
                f"Who: {groups}; empty if you cannot tell. Mark: “ their own words · ! red line · ? question for later · "
                "+ condition. No names, please. One line for each thing said; go on in the next line.", section, NORMAL.body,
            ),
            *ruled(section, ("Time", "Who", "Mark", "What was said"), [("", "", "", "")] * NOTE_LINES, (9, 8, 8, 75), tall=11.5 * MM),
        ]
        paper.add(made, Leaf(occasion, f"Note sheet, table {table.number}", bookmark=name or "Without a step"))
    return len(steps)


def add_written(paper: Paper, occasion: Occasion, place: Place, look: Look = NORMAL) -> None:
    """Add the last sheet of a person: the questions answered in words, and what was it like to be here."""
    section = paper.section()
    lines = 5 if look is kit_boxes.LARGE else 4
    made: list[Box] = [
        title("Last sheet: in your own words", section, look), _seat(section, place, look),
        said("A line or two is enough. Leave empty what you like. Please write no names.", section, look.body),
    ]
    for number, question in enumerate(occasion.pack.written, 1):
        words = Words(f"{number}. {question.text}", look.strong, Element("H2", section), leads=True)
        made.append(Together([words, WritingLines(lines, gap=look.tick * 1.12)], after=14))
    name = f"Last sheet, seat {place.code}" if place.code else "Last sheet, spare"
    paper.add(made, Leaf(occasion, f"Last sheet, table {place.table}", bookmark=name, look=look))


def add_code_list(paper: Paper, occasion: Occasion) -> None:
    """Add the list of names and numbers for the sealed envelope."""
    section = paper.section()
    facts = occasion.facts()
    rows = [(place.code, *_meant_for(occasion, place), "", "") for place in (*occasion.people, *occasion.spare)]
    made = [
        *kit_forms.boxes("code-list", section, facts),
        *ruled(section, ("Seat", "Table", "Group", "Name", "How to reach the person"), rows, (8, 8, 20, 34, 30)),
        *kit_forms.boxes("code-list-end", section, facts),
    ]
    paper.add(made, Leaf(occasion, "List of names and numbers, for the sealed envelope"))


def add_consent_record(paper: Paper, occasion: Occasion) -> None:
    """Add the list of signed consents for the data desk, without names."""
    section = paper.section()
    rows = [
        (place.code, *_meant_for(occasion, place), Tick(_BOX), Tick(_BOX), "") for place in (*occasion.people, *occasion.spare)
    ]
    made = [
        *kit_forms.boxes("consent-record", section, occasion.facts()),
        *ruled(section, ("Seat", "Table", "Group", "Signed", "May be quoted", "Large print, helper, came late, left early"), rows,
               (9, 9, 24, 9, 11, 38)),
    ]
    paper.add(made, Leaf(occasion, "Consents, for the data desk"))


def add_seal_slip(paper: Paper, occasion: Occasion) -> None:
    """Add the seal slip: two copies of six words and two signatures (decision 11)."""
    section = paper.section()
    made: list[Box] = kit_forms.boxes("seal-slip", section, occasion.facts())
    for copy, owner in enumerate(("the central team", "the lead facilitator")):
        words = [_written(section, f"Word {number}", 1) for number in range(1, SEAL_WORDS + 1)]
        half = SEAL_WORDS // 2
        made += [CutLine("Cut here.")] if copy else []
        made.append(Together([
            head(f"Copy for {owner}: {occasion.session.id}", section),
            Side([Stack(words[:half]), Stack(words[half:])], [0, 0], gap=24, after=4),
            _written(section, "Sealed on (date and time)", 1), _written(section, "Lead facilitator, signature", 1),
            _written(section, "One host, signature", 1),
        ], after=0.0))
    paper.add(made, Leaf(occasion, "Seal slip"))


def add_tallies(paper: Paper, occasion: Occasion) -> None:
    """Add what the lead counts by hand: heads, hands, sheets, votes, incidents, parked questions."""
    section = paper.section()
    pack, tables = occasion.pack, occasion.session.tables
    item = pack.item(pack.primary_item)
    hands = [(option.text, "") for option in item.options]
    sheets = [(f"Table {table.number}", *[""] * len(SHEETS), "", "") for table in tables]
    counted = tuple(f"Sheet {sheet}" for sheet in SHEETS)
    votes = [(f"Table {table.number}", "", "", "", "") for table in tables] + [("", "", "", "", "")]
    made: list[Box] = [
        title("Tally sheet", section), _number(section, "People in the room after the first sheet"),
        *ruled(section, ("Practice item: hands", "Count"), hands, (70, 30), caption="One to try out (nothing is kept of it but the count)"),
        *ruled(section, ("Sheets collected", *counted, "Last sheet", "Seats not in the room"), sheets, (22, 11, 11, 11, 11, 12, 22)),
        *ruled(section, ("Statement", "In favour", "Against", "Abstained", "Changed wording, dissent"), votes, (14, 14, 14, 14, 44)),
        PageBreak(), head("What went differently from the plan", section),
        said("It is printed in the annex of the report. Choose a word from the list or write your own.", section, NORMAL.body),
        said(phrases.listed(each.name.lower() for each in pack.incidents), section, _SMALL),
        *ruled(section, ("Time", "What", "What happened"), [("", "", "")] * 8, (10, 25, 65)),
        head("Questions for later", section),
        *ruled(section, ("Table", "Question", "Who answers it"), [("", "", "")] * 7, (10, 60, 30)),
    ]
    paper.add(made, Leaf(occasion, "Tally sheet, for the lead facilitator"))


def _is_talk(step: AgendaStep) -> bool:
    return step.usual >= SHORTEST_TALK and not step.sheet and not step.before_start and step.audience not in _QUIET


def _meant_for(occasion: Occasion, place: Place) -> tuple[str, str]:
    """Table and group of a seat; both are written in for a spare one."""
    return (f"{place.table}", occasion.pack.group(place.group).name) if place.table else ("", "")


def _seat(section: Element, place: Place, look: Look) -> Box:
    if place.code:
        return said(f"Seat number {place.code}", section, _SEAT)
    return kit_forms.write_on(section, "Seat number", look)


def _tick(section: Element, words: str, key: str, style: Style) -> Box:
    return Side([Tick(kit_boxes.TICK, key), said(words, section, style)], [kit_boxes.TICK + 12, 0], gap=4, middle=True, after=5)


def _number(section: Element, words: str, look: Look = NORMAL) -> Box:
    """A box to write a number in, and what it counts."""
    return Side([Tick(12 * MM), said(words, section, look.body)], [12 * MM, 0], gap=10, middle=True, after=6)


def _written(section: Element, words: str, lines: int) -> Box:
    return kit_forms.write_on(section, words, NORMAL, lines)


def _condition(section: Element, label: str, text: str) -> Box:
    """One condition with its three boxes: must, should, would not be enough."""
    words = Stack([said(label, section, _LABEL), said(text, section, _SMALL)], after=0.0)
    ticks: list[Box] = [Tick(_BOX, key) for key in "123"]
    return Side([words, *ticks], _CONDITION, gap=3, middle=True, after=4.5)


def _necessities(occasion: Occasion) -> Box:
    """The words over the three boxes."""
    names = [Words(each.name, _SMALL, None) for each in occasion.pack.necessity]
    return Side([kit_boxes.Fixed(None, _SMALL.leading), *names], _CONDITION, gap=3, low=True, after=3)


