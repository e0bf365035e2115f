"""The paper kit of a workshop: every file of every envelope, so that the day survives without a laptop.

Files hold all their copies, spares included: whoever prints them prints each file once.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from tradeoff_desktop.model import runsheet
from tradeoff_desktop.model.programme import PlannedTable
from tradeoff_desktop.model.sheets import SHEETS
from tradeoff_desktop.report import kit_cards, kit_easy, kit_forms, kit_script, kit_sheets, kit_slips, phrases
from tradeoff_desktop.report.boxes import Box, Together, Words
from tradeoff_desktop.report.fonts import Face
from tradeoff_desktop.report.kit_boxes import CARD, EASY, FORM, LARGE, NORMAL, Look, Tick, ruled
from tradeoff_desktop.report.kit_marks import MM
from tradeoff_desktop.report.kit_occasion import Occasion, Place, case_name, spares
from tradeoff_desktop.report.kit_pages import Leaf, Paper, head, said
from tradeoff_desktop.report.structure import Element
from tradeoff_desktop.report.style import Style

_LABEL = Style(size=44, leading=52, face=Face.BOLD, after=4)
_DOOR, _LEAD = "door", "lead"
_BACK = "After the workshop every sheet goes back into this envelope, also the empty ones. Nothing is thrown away in the room."
_AFTERWARDS = {
    _DOOR: "Afterwards the list of names and the signed forms go into the sealed envelope, and nothing with a name into this one.",
    _LEAD: "After the workshop the tally sheets go back into this envelope. The seal slips are written when the lead laptop seals.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """One file to print: the envelope it belongs to, its name and words, how much it is and when it is wanted."""

    envelope: str
    name: str
    title: str
    data: bytes
    copies: int
    pages: int
    when: str = ""

    @property
    def double(self) -> bool:
        """Whether it is printed on both sides."""
        return "double-sided" in self.name

    @property
    def paper(self) -> int:
        """How many sheets of paper it takes."""
        return (self.pages + 1) // 2 if self.double else self.pages


Fill = Callable[[Paper], object]


def make(occasion: Occasion) -> Iterator[File]:
    """Every file of one workshop's kit: the envelopes one after the other, each with its label, and the packing list."""
    names = {_DOOR: "Door and data desk", _LEAD: "Lead facilitator"}
    made: list[File] = []
    envelopes = [_door(occasion), _lead(occasion), *(_table(occasion, table) for table in occasion.session.tables)]
    for envelope in envelopes:
        files = []
        for file in envelope:
            files.append(file)
            yield file
        name = names.get(files[0].envelope, "")
        yield (label := _label(occasion, name, files))
        made += [label, *files]
    yield _file("", "packing-list", "Packing list", lambda paper: _packing(paper, occasion, made))


def _file(envelope: str, name: str, title: str, fill: Fill, *, when: str = "", sets: int = 0) -> File:
    """Make a file; ``sets`` counts copies that are made of several papers."""
    paper = Paper(title)
    fill(paper)
    copies, pages = sets or paper.copies, paper.pages
    return File(envelope=envelope, name=f"{name}.pdf", title=title, data=paper.write(), copies=copies, pages=pages, when=when)


def _times(number: int, add: Callable[[Paper], object]) -> Fill:
    """The same copy so many times."""
    def fill(paper: Paper) -> None:
        for _ in range(number):
            add(paper)

    return fill


def _each(places: Sequence[Place], add: Callable[[Paper, Place], object]) -> Fill:
    """A copy for every seat."""
    def fill(paper: Paper) -> None:
        for place in places:
            add(paper, place)

    return fill


def _door(occasion: Occasion) -> Iterator[File]:
    """What people meet first, and what the data desk keys first."""
    places = (*occasion.people, *occasion.spare)
    some = spares(len(occasion.people))

    def form(name: str, title: str, place: Place | None = None, look: Look = NORMAL) -> Callable[[Paper], object]:
        return lambda paper: kit_forms.add(paper, occasion, name, title, place, look=look)

    def both(paper: Paper) -> None:
        form("information", "Information, large print", look=LARGE)(paper)
        form("consent", "Consent form, large print", look=LARGE)(paper)

    yield _file(_DOOR, "information", "Information sheets", _times(len(places), form("information", "Information sheet")), when="before signing")
    yield _file(
        _DOOR, "consent-forms", "Consent forms by seat number, with withdrawal card to tear off",
        _each(places, lambda paper, place: form("consent", "Consent form", place, FORM)(paper)), when="at the door",
    )
    yield _file(_DOOR, "large-print", "Information and consent, large print", _times(some, both), when="where wanted", sets=some)
    yield _file(_DOOR, "easy-read", "Information and consent, Easy Read", _times(some, form("easy-read", "Easy Read", look=EASY)), when="where wanted")
    yield from seat_files(occasion)
    yield _file(
        _DOOR, "consents", "Consents by seat number, for the data desk",
        lambda paper: kit_slips.add_consent_record(paper, occasion), when="to the data desk, once all are in",
    )


def seat_files(occasion: Occasion) -> Iterator[File]:
    """What belongs to the seat numbers: the cards people keep, and the list for the sealed envelope."""
    places = (*occasion.people, *occasion.spare)
    yield _file(
        _DOOR, "seat-cards", "Seat cards, to cut apart", lambda paper: kit_cards.add_seat_cards(paper, occasion, places),
        when="when the form is signed",
    )
    yield _file(
        _DOOR, "list-of-names", "List of names, for the sealed envelope",
        lambda paper: kit_slips.add_code_list(paper, occasion), when="to nobody",
    )


def _lead(occasion: Occasion) -> Iterator[File]:
    """What the lead facilitator works with."""
    yield _file(_LEAD, "script", "Script with times and words", lambda paper: kit_script.add_script(paper, occasion))
    yield _file(_LEAD, "tally-sheet", "Tally sheet", _times(2, lambda paper: kit_slips.add_tallies(paper, occasion)))
    yield _file(_LEAD, "seal-slip", "Seal slip", _times(2, lambda paper: kit_slips.add_seal_slip(paper, occasion)))


def _table(occasion: Occasion, table: PlannedTable) -> Iterator[File]:
    """What one table and its host work with, in the order of the day."""
    envelope = f"table-{table.number}"
    seats = occasion.seats(table.number)
    pack = occasion.pack

    def of(name: str, title: str, fill: Fill, when: str, sets: int = 0) -> File:
        return _file(envelope, name, title, fill, when=when, sets=sets)

    def sheet(number: int) -> Fill:
        return _each(seats, lambda paper, place: kit_sheets.add_sheet(paper, occasion, table, place, number))

    def slips(paper: Paper) -> None:
        for scenario, name in ((pack.anchor, case_name(occasion, None)), (pack.scenario(table.scenario), case_name(occasion, table))):
            for _ in range(2):
                kit_slips.add_position(paper, occasion, table, scenario, name)

    many, doors = len(seats), "on the table from the start"
    yield of("ladder-and-words-double-sided", "Table card: ladder and words",
             _times(many, lambda paper: kit_cards.add_table_card(paper, occasion, table)), doors)
    yield of("case-for-everybody", "The case for everybody", _times(many, lambda paper: kit_cards.add_case(paper, occasion, None)), doors)
    yield of("sheet-1", "Sheet 1", sheet(1), _at(occasion, sheet=1))
    yield of("own-case-double-sided", "Your table’s case, changes on the back",
             _times(many, lambda paper: kit_cards.add_case(paper, occasion, table)), _at(occasion, sheet=1, scenario="theme"))
    yield of("sheet-2", "Sheet 2", sheet(2), _at(occasion, sheet=2))
    yield of("changes-for-everybody", "Three changes of the case for everybody",
             _times(many, lambda paper: kit_cards.add_changes(paper, occasion)), f"with sheet 2, {_at(occasion, sheet=2)}")
    yield of("sheet-3", "Sheet 3", sheet(3), _at(occasion, sheet=3))
    yield of("sheet-4", "Sheet 4", sheet(4), _at(occasion, sheet=4))
    yield of("position-slips-double-sided", "Position slips, two for each case", slips, _at(occasion, capture="position"))
    yield of("statement-slip", "Statement slip", _times(2, lambda paper: kit_slips.add_statement(paper, occasion, table)),
             _at(occasion, capture="statement"))
    yield of("note-sheets", "Note sheets for the host", lambda paper: kit_slips.add_notes(paper, occasion, table), "at every talk")
    yield of("last-sheet", "Last sheet, in your own words",
             _each(seats, lambda paper, place: kit_slips.add_written(paper, occasion, place)), _at(occasion, capture="written"))
    yield of("large-print", "Large print: cards and sheets of one person",
             lambda paper: _large(paper, occasion, table), "where wanted, each part with the ordinary one", 1)
    yield of("easy-read", "Easy Read: cards and sheets of one person",
             lambda paper: kit_easy.add_booklet(paper, occasion, table), "where wanted, each part with the ordinary one", 1)
    yield of("read-aloud", "Reading aloud, for a helper", lambda paper: kit_script.add_read_aloud(paper, occasion, table), "where wanted")


def _large(paper: Paper, occasion: Occasion, table: PlannedTable) -> None:
    """One person's cards and sheets in large print, the seat number to be written in."""
    place = Place(table=table.number)
    kit_cards.add_table_card(paper, occasion, table, LARGE)
    kit_cards.add_case(paper, occasion, None, LARGE)
    kit_cards.add_changes(paper, occasion, LARGE)
    kit_cards.add_case(paper, occasion, table, LARGE)
    for sheet in SHEETS:
        kit_sheets.add_sheet(paper, occasion, table, place, sheet, large=True)
    kit_slips.add_written(paper, occasion, place, LARGE)


def _at(occasion: Occasion, *, sheet: int = 0, scenario: str = "", capture: str = "") -> str:
    """When steps with that sheet, or that to take in, begin."""
    times = [
        occasion.at(planned.starts) for planned in runsheet.plan(occasion.pack)
        if (sheet and planned.step.sheet == sheet and scenario in {"", planned.step.scenario}) or capture in planned.step.capture
    ]
    return phrases.listed(times[:1] if sheet else times)


def _label(occasion: Occasion, name: str, files: Sequence[File]) -> File:
    """The label of an envelope: whose it is, what is in it, when each thing is wanted."""
    envelope = files[0].envelope
    table = next((each for each in occasion.session.tables if envelope == f"table-{each.number}"), None)

    def fill(paper: Paper) -> None:
        section = paper.section()
        big = f"Table {table.number}" if table else name
        made: list[Box] = [Words(big, _LABEL, Element("H1", section), leads=True)]
        if table:
            scenario = occasion.pack.scenario(table.scenario)
            made.append(said(f"{occasion.pack.theme(table.theme).name}: {scenario.title}", section, CARD.strong))
            codes = [place.code for place in occasion.people if place.table == table.number]
            made.append(said(f"Seats {phrases.listed(codes)}", section, CARD.body))
        rows: list[tuple[str | Box, ...]] = [(file.title, _many(file), file.when, Tick(8 * MM)) for file in files]
        made += ruled(section, ("In this envelope", "How many", "Hand out", "Packed"), rows, (42, 18, 30, 10))
        made.append(said(_AFTERWARDS.get(envelope, _BACK), section, NORMAL.body))
        paper.add(made, Leaf(occasion, f"Label: {big}"))

    return _file(envelope, "0-label", "Label of the envelope", fill)


def _many(file: File) -> str:
    """How many copies, and of how many pages where they have several."""
    each = file.pages // file.copies if file.copies else 0
    if file.copies == 1:
        return phrases.counted(file.pages, "page")
    return f"{file.copies}" if each == 1 or file.pages % file.copies else f"{file.copies} of {each} pages"


def _packing(paper: Paper, occasion: Occasion, files: Sequence[File]) -> None:
    """The packing list: every file, how to print it, how much paper it takes."""
    section = paper.section()
    facts = occasion.facts()
    made = kit_forms.boxes("packing", section, facts)
    spare = phrases.counted(len(occasion.spare), "spare seat number")
    total = sum(file.paper for file in files)
    made.append(said(
        f"There are {len(occasion.people)} seats and {spare}, and a quarter more of every sheet and card. All in all "
        f"{total} sheets of paper.", section, NORMAL.body,
    ))
    for envelope in dict.fromkeys(file.envelope for file in files):
        inside = [file for file in files if file.envelope == envelope]
        made.append(head(f"Folder {envelope}", section))
        rows: list[tuple[str | Box, ...]] = [
            (file.name, file.title, _many(file), "both sides" if file.double else "one side", f"{file.paper}", Tick(7 * MM))
            for file in inside
        ]
        made += ruled(section, ("File", "What it is", "Copies", "Print", "Paper", "Packed"), rows, (28, 33, 14, 10, 7, 8), tall=8 * MM)
    made.append(Together(kit_forms.boxes("packing-end", section, facts)))  # no line of it alone on a last page
    paper.add(made, Leaf(occasion, "Packing list"))
