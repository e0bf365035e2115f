"""The facilitator's script, by the clock and word for word; and the script for somebody who reads a sheet to a person."""

from itertools import groupby

from tradeoff_desktop.model import runsheet
from tradeoff_desktop.model.pack import BASE, AgendaStep, Scenario
from tradeoff_desktop.model.programme import PlannedTable
from tradeoff_desktop.model.runsheet import PlannedStep
from tradeoff_desktop.model.sheets import SHEETS
from tradeoff_desktop.report import kit_boxes, kit_forms, kit_sheets, phrases
from tradeoff_desktop.report.boxes import Box, PageBreak, Panel, Stack, Together, Words
from tradeoff_desktop.report.fonts import Face
from tradeoff_desktop.report.kit_boxes import NORMAL, Look, Side, ruled, strong
from tradeoff_desktop.report.kit_occasion import Occasion
from tradeoff_desktop.report.kit_pages import Leaf, Paper, head, said, title
from tradeoff_desktop.report.structure import Element
from tradeoff_desktop.report.style import ACCENT, MUTED, RULE, TINT, Style
from tradeoff_desktop.report.text import Text

PACES = {"room": "whole room", "table": "each table"}
_CLOCK = Style(size=13, leading=17, face=Face.BOLD, colour=ACCENT)
_STEP = Style(size=13, leading=17, face=Face.BOLD)
_FACT = Style(size=10, leading=13, colour=MUTED, after=4)
_SAY = Style(size=12.5, leading=17.5, after=6)
_PROMPT = Style(size=10.5, leading=14, after=3)
_PART = Style(size=17, leading=22, face=Face.BOLD, before=14, after=8, colour=ACCENT)
_TIME_WIDTH = 82.0


def add_script(paper: Paper, occasion: Occasion) -> None:
    """Add the facilitator's script: the run sheet, then every step with its time, its words and its prompts."""
    section = paper.section()
    made = [title(f"Script: {occasion.area}, {occasion.day}", section), *_run_sheet(section, occasion), PageBreak()]
    titles = {part.id: part.title for part in occasion.pack.parts}
    for part, steps in groupby(runsheet.plan(occasion.pack), key=lambda planned: planned.step.part):
        made.append(Words(titles[part], _PART, Element("H2", section), leads=True))
        for planned in steps:
            made += _step(section, occasion, planned)
    made += [PageBreak(), head("Every word explained", section)]
    made += [said([strong(f"{term.term}. "), term.plain], section, _PROMPT) for term in occasion.pack.glossary]
    paper.add(made, Leaf(occasion, "Facilitator’s script"))


def _run_sheet(section: Element, occasion: Occasion) -> list[Box]:
    """The day on one page, and what each table works on."""
    rows = [
        (*_clock(occasion, planned), PACES[planned.step.pace], f"{planned.step.sheet}" if planned.step.sheet else "", "")
        for planned in runsheet.plan(occasion.pack)
    ]
    pack = occasion.pack
    tables = [
        (f"{table.number}", pack.theme(table.theme).name, pack.scenario(table.scenario).title,
         _order(occasion, pack.scenario(table.scenario), table.number))
        for table in occasion.session.tables
    ]
    tables.insert(0, ("All", "The case for everybody", pack.anchor.title, _order(occasion, pack.anchor, 0)))
    return [
        *ruled(section, ("Start", "Step", "Minutes", "Who", "Sheet", "Really at"), rows, (8, 47, 9, 14, 8, 14), tall=17),
        PageBreak(), head("What the tables work on", section),
        *ruled(section, ("Table", "Theme", "Case", "Order of the changes"), tables, (8, 24, 34, 34), tall=17),
        *kit_forms.boxes("without-laptop", section, occasion.facts()),
    ]


def _clock(occasion: Occasion, planned: PlannedStep) -> tuple[str, str, str]:
    """Start, title and minutes; an optional step has neither time nor minutes until somebody takes it in."""
    minutes = planned.ends - planned.starts
    return (occasion.at(planned.starts), planned.step.title, f"{minutes}") if minutes else ("", planned.step.title, "–")


def _order(occasion: Occasion, scenario: Scenario, table: int) -> str:
    return phrases.listed(flip.label for flip in occasion.flips(scenario, table))


def _step(section: Element, occasion: Occasion, planned: PlannedStep) -> list[Box]:
    step = planned.step
    taken = planned.ends > planned.starts
    clock = f"{occasion.at(planned.starts)}–{occasion.at(planned.ends)}" if taken else "Optional"
    facts = [f"{step.minutes} minutes" if taken else f"only if you take it in: it would need {step.minutes} minutes", PACES[step.pace]]
    if step.sheet:
        facts.append(f"sheet {step.sheet}" + (", collect and count it" if "sheets" in step.capture else ""))
    top = Side(
        [said(clock, section, _CLOCK), Words(step.title, _STEP, Element("H3", section))], [_TIME_WIDTH, 0], after=2,
    )
    begin = Together([top, said(" · ".join(facts), section, _FACT)], after=2)
    begin.leads = True
    made: list[Box] = [begin, _spoken([said(part, section, _SAY) for part in step.say.split("\n")])]
    made += _read_out(section, occasion, step)
    made += [Side([said("•", section, _PROMPT), said(each, section, _PROMPT)], [8, 0], gap=4, after=2) for each in step.prompts]
    made.append(kit_boxes.Fixed(None, 10))
    return made


def _spoken(words: "list[Words]") -> Box:
    """What is said aloud, on its own ground."""
    return Panel(Stack(list(words), after=0.0), ground=TINT)


def _read_out(section: Element, occasion: Occasion, step: AgendaStep) -> list[Box]:
    """The case and the changes where the facilitator reads them to the room."""
    anchor = occasion.pack.anchor
    if step.pace != "room" or step.scenario != "anchor":
        return []
    shown = [each for each in occasion.pack.agenda if each.audience == "scenario" and each.scenario == "anchor" and not each.sheet]
    if step in shown[:1]:
        return _framed([said(strong(f"Read: {anchor.title}"), section, _SAY), *_case(section, anchor, _SAY)])
    if step.audience == "flips" and step.sheet:
        made: list[Box] = []
        for number, flip in enumerate(occasion.flips(anchor, 0), 1):
            told: list[Text] = [[strong(f"Read: change {number}, {flip.label}. "), flip.card], f"In practice: {flip.consequence}"]
            made += _framed([said(each, section, _SAY) for each in told])
        return made
    return []


def _framed(words: "list[Words]") -> list[Box]:
    return [Panel(Stack(list(words), after=0.0), colour=RULE)]


def _case(section: Element, scenario: Scenario, style: Style) -> list[Words]:
    """A case as it is read aloud: the text, then two benefits and two risks."""
    told: list[Text] = [*scenario.text.split("\n")]
    for name, words in (
        ("Individual benefit. ", scenario.individual_benefit), ("Public benefit. ", scenario.public_benefit),
        ("Privacy risk. ", scenario.privacy_risk), ("Security risk. ", scenario.security_risk),
    ):
        told.append([strong(name), words])
    return [said(each, section, style) for each in told]


def add_read_aloud(paper: Paper, occasion: Occasion, table: PlannedTable, look: Look = NORMAL) -> None:
    """Add the script for a helper who reads cards and sheets to one person at this table."""
    section = paper.section()
    facts = occasion.facts()
    made: list[Box] = kit_forms.boxes("helper", section, facts, look)
    scenarios = (occasion.pack.anchor, occasion.pack.scenario(table.scenario))
    for scenario in scenarios:
        made.append(head(f"The card: {scenario.title}", section, look))
        made += _case(section, scenario, look.body)
    for sheet in SHEETS:
        made += _sheet(section, occasion, table, sheet, look)
    made.append(head("Last sheet", section, look))
    made += [said(f"{number}. {each.text}", section, look.body) for number, each in enumerate(occasion.pack.written, 1)]
    paper.add(made, Leaf(occasion, f"Reading aloud, table {table.number}"))


def _sheet(section: Element, occasion: Occasion, table: PlannedTable, sheet: int, look: Look) -> list[Box]:
    """One sheet as it is read: every question with every answer, in the order of its rows."""
    pack = occasion.pack
    made: list[Box] = [head(f"Sheet {sheet}: {phrases.lower(kit_sheets.TITLES[sheet])}", section, look)]
    number = 1
    for block in kit_sheets.blocks(occasion.cells(table, sheet)):
        name, under = kit_sheets.head_of(pack, block[0], sheet=sheet)
        flip = pack.scenario(block[0].scenario).flip(block[0].variant)
        told = under if block[0].variant == BASE or flip is None else f"{under} In practice: {flip.consequence}"
        made.append(Together([Words(name, look.strong, Element("H3", section)), said(told, section, look.body)], after=4))
        made[-1].leads = True
        for cell in block:
            item = pack.item(cell.item)
            answers = ". ".join([*(option.text for option in item.options), kit_sheets.DECLINED])
            made.append(said([strong(f"{number}. {item.question} "), f"{answers}."], section, look.body))
            number += 1
    return made
