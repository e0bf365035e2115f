"""What the papers beside the sheets say, how many there are, and that all of them are tagged like reports."""

import math
import re
from io import BytesIO

import msgspec
import pikepdf
import pytest

from tradeoff_desktop.app.content import shipped
from tradeoff_desktop.errors import MachineError
from tradeoff_desktop.model import seats
from tradeoff_desktop.model.programme import PlannedTable
from tradeoff_desktop.report import kit, kit_cards, kit_forms, kit_script, kit_slips
from tradeoff_desktop.report.kit_boxes import EASY, FORM, LARGE
from tradeoff_desktop.report.kit_occasion import Place, spares
from tradeoff_desktop.report.style import PAGE_HEIGHT, PAGE_WIDTH

CASES = [scenario for scenario in shipped().scenarios if not scenario.anchor]
FORMS = sorted(path.stem for path in kit_forms.FOLDER.glob("*.txt"))


def squeezed(words):
    return re.sub(r"\s+", "", words)


def test_every_file_is_tagged_and_a4(small_kit, pdf_checker):
    assert len(small_kit) == 8 + 4 + 16 + 1
    for name, file in small_kit.items():
        assert pdf_checker.check(file.data) == set(), name
        with pikepdf.open(BytesIO(file.data)) as pdf:
            assert len(pdf.pages) == file.pages, name
            assert {tuple(map(float, page.MediaBox)) for page in pdf.pages} == {(0, 0, PAGE_WIDTH, PAGE_HEIGHT)}


def test_the_same_plan_gives_the_same_bytes(small, small_kit):
    again = next(iter(kit.make(small)))
    assert again.data == small_kit[f"{again.envelope}/{again.name}"].data


def test_what_is_printed_on_both_sides_has_whole_leaves(small_kit):
    double = [file for file in small_kit.values() if file.double]
    assert len(double) == 3
    assert all(file.pages == 2 * file.copies and file.paper == file.copies for file in double)


@pytest.mark.parametrize("name", ["sheet-1", "sheet-2", "sheet-3", "sheet-4", "case-for-everybody", "last-sheet"])
def test_a_quarter_more_is_printed(small, small_kit, name):
    file = small_kit[f"table-1/{name}.pdf"]
    assert file.copies == file.pages == len(small.people) + math.ceil(len(small.people) / 4)


def test_the_packing_list_names_every_file_and_adds_up(small_kit, text):
    pages = " ".join(text(small_kit["/packing-list.pdf"].data))
    for file in small_kit.values():
        if file.envelope:
            assert squeezed(file.name) in squeezed(pages)
    paper = sum(file.paper for file in small_kit.values() if file.envelope)
    assert f"{paper} sheets of paper" in pages
    last = text(small_kit["/packing-list.pdf"].data)[-1]
    assert "Also in the box" in last
    assert "Names and telephone numbers" in last


def test_a_change_in_large_print_has_the_box_that_it_touches(small_kit, text):
    pages = " ".join(text(small_kit["table-1/large-print.pdf"].data))
    for changed in ("data", "who", "privacy"):
        assert pages.count(f"Changed: {changed}") == 2  # the case for everybody, and the table's


def test_a_label_says_when_each_thing_is_wanted(small_kit, text):
    page = text(small_kit["table-1/0-label.pdf"].data)[0]
    assert re.search(r"Sheet 1 8 13:45", page)
    assert re.search(r"Sheet 4 8 15:45", page)
    assert "Position slips, two for each case 4 of 2 pages 14:40 and 15:35" in page
    assert "Seats 343, 356, 362, 370, 381 and 397" in page


def test_seat_cards_and_forms_carry_the_numbers_and_the_date(small, small_kit, text):
    cards, forms = (" ".join(text(small_kit[f"door/{name}.pdf"].data)) for name in ("seat-cards", "consent-forms"))
    for place in (*small.people, *small.spare):
        assert place.code in cards
        assert forms.count(f"Seat number {place.code}") == 2  # the form, and the card torn off it
    assert cards.count("16 April 2027") == len(small.people) + len(small.spare)
    assert forms.count("You can take your answers back until 16 April 2027") == len(small.people) + len(small.spare)


def test_the_list_for_the_desk_asks_for_no_name_and_the_other_stays_in_the_envelope(small_kit, text):
    desk = " ".join(text(small_kit["door/consents.pdf"].data))
    names = " ".join(text(small_kit["door/list-of-names.pdf"].data))
    assert "Numbers only, no names" in desk
    assert not re.search(r"Name\b", desk)
    assert "For the sealed envelope only" in names
    assert "Name How to reach the person" in names


def test_a_full_room_has_no_more_spare_numbers_than_a_session_has(occasions):
    session = msgspec.structs.replace(
        occasions().session, heads=30, groups={"civil": 30},
        tables=[PlannedTable(number=number, theme="CJ", scenario="CJ-1") for number in range(1, 6)],
    )
    full = occasions(session)
    assert len(full.people) + len(full.spare) == seats.PER_SESSION
    assert spares(5) == 2
    assert spares(0) == 1


@pytest.mark.parametrize("scenario", CASES, ids=lambda scenario: scenario.id)
def test_a_case_is_on_the_front_and_its_changes_on_the_back(occasion, printed, text, scenario):
    table = PlannedTable(number=2, theme=scenario.theme, scenario=scenario.id)
    front, back = text(printed(kit_cards.add_case, occasion, table))
    wording = occasion.pack.wording
    told = [scenario.title, scenario.individual_benefit, scenario.public_benefit, scenario.privacy_risk, scenario.security_risk]
    for words in [*told, *scenario.text.split("\n"), wording.privacy_risk, wording.security_risk, wording.public_safety]:
        assert squeezed(words) in squeezed(front)
    places = [squeezed(back).index(squeezed(f"{flip.card}In practice:{flip.consequence}")) for flip in occasion.flips(scenario, 2)]
    assert places == sorted(places)
    assert len(places) == back.count("Changed:") == 3
    assert "Now imagine" not in front


def test_the_changes_of_the_room_stand_in_its_order(occasions, printed, text):
    orders = set()
    for session in occasions().programme.sessions:
        found = occasions(session)
        page = text(printed(kit_cards.add_changes, found))
        assert len(page) == 1
        order = tuple(flip.label for flip in found.flips(found.pack.anchor, 0))
        places = [page[0].index(f": {label}") for label in order]
        assert places == sorted(places)
        orders.add(order)
    assert len(orders) == 6


def test_the_table_card_has_the_ladder_and_the_words_of_its_cards(occasion, printed, text):
    for table in occasion.session.tables:
        front, back = text(printed(kit_cards.add_table_card, occasion, table))
        levels = [level.name for level in occasion.pack.axis("A").levels]
        places = [front.index(f"{number}. {name}") for number, name in enumerate(levels, 1)]
        assert places == sorted(places, reverse=True)
        assert occasion.pack.wording.privacy_risk in front
        assert "Privacy risk." in back
        assert "Security risk." in back
        assert [term.term for term in kit_cards.terms(occasion, table) if f"{term.term}." not in back] == []


def test_words_are_explained_where_they_are_met(occasion):
    terms = {table.scenario: {term.term for term in kit_cards.terms(occasion, table)} for table in occasion.session.tables}
    assert "GP" in terms["HSC-1"]
    assert "Safety partnership" in terms["CJ-1"]
    assert "Safety partnership" not in terms["HSC-1"]


def test_the_script_goes_by_the_clock_and_holds_every_word(occasion, printed, story):
    words = story(printed(kit_script.add_script, occasion))
    for step in occasion.pack.agenda:
        for part in step.say.split("\n"):
            assert squeezed(part) in words, step.id
    assert "13:00–13:30Peoplearriveandsignin" in words
    assert "14:26–14:31Sheet2:thecaseagain,andthreechanges" in words
    assert "16:21–16:30Timeinhand" in words
    optional = next(step for step in occasion.pack.agenda if step.optional)  # no time of its own until somebody takes it in
    assert f"Optional{squeezed(optional.title)}onlyifyoutakeitin:itwouldneed{optional.minutes}minutes" in words
    assert f"{squeezed(optional.title)}–" in words
    assert f"{squeezed(optional.title)}{optional.minutes}" not in words
    assert squeezed(occasion.pack.anchor.text.replace("\n", "")) in words
    places = [words.index(squeezed(f"Read: change {n}, {flip.label}. {flip.card}In practice: {flip.consequence}"))
              for n, flip in enumerate(occasion.flips(occasion.pack.anchor, 0), 1)]
    assert places == sorted(places)


def test_another_start_moves_the_clock(occasions, printed, text):
    session = msgspec.structs.replace(occasions().session, start="09:15")
    page = text(printed(kit_script.add_script, occasions(session)))[0]
    assert "08:45 People arrive and sign in" in page


def test_a_helper_reads_every_question_with_every_answer(occasion, printed, story):
    table = occasion.session.tables[2]
    words = story(printed(kit_script.add_read_aloud, occasion, table))
    rows = [cell for sheet in (1, 2, 3, 4) for cell in occasion.cells(table, sheet)]
    for code in {cell.item for cell in rows}:
        item = occasion.pack.item(code)
        count = sum(cell.item == code for cell in rows)
        answers = ". ".join(option.text for option in item.options)
        assert words.count(squeezed(f"{item.question} {answers}. Prefer not to say.")) == count


def test_a_position_slip_has_every_decision_and_condition_with_its_key(occasion, printed, text):
    front, back = text(printed(kit_slips.add_position, occasion, occasion.session.tables[0], occasion.pack.anchor, "All"))
    for decision in occasion.pack.decisions[:6]:
        assert f"{decision.key} {decision.name}" in front
    assert "Write 0 if nobody does" in front
    for condition in occasion.pack.conditions:
        assert squeezed(condition.label + condition.text) in squeezed(back)


def test_the_last_sheet_asks_every_question_once(occasion, printed, text):
    for look in (FORM, LARGE):
        words = " ".join(text(printed(kit_slips.add_written, occasion, Place(code="013", table=1), look)))
        assert [words.count(each.text) for each in occasion.pack.written] == [1] * 4


def test_the_seal_slip_has_two_copies_of_six_words_and_two_signatures(occasion, printed, text):
    page = text(printed(kit_slips.add_seal_slip, occasion))
    assert len(page) == 1
    assert [page[0].count(f"Word {number}") for number in range(1, 7)] == [2] * 6
    assert page[0].count("signature") == 4


def test_every_talk_has_a_note_sheet(occasion, printed, text):
    pages = text(printed(kit_slips.add_notes, occasion, occasion.session.tables[0]))
    titles = [page.split("Notes", 1)[1][:40] for page in pages]
    assert len(pages) == 7
    assert any("First talk about your case" in each for each in titles)
    assert sum("Step and case" in page for page in pages) == 2


# -- forms

@pytest.mark.parametrize("name", FORMS)
@pytest.mark.parametrize("look", [FORM, LARGE, EASY], ids=["form", "large", "easy"])
def test_every_form_can_be_printed(occasion, printed, text, name, look):
    pages = text(printed(kit_forms.add, occasion, name, "Form", look=look))
    assert "{" not in " ".join(pages)
    assert len(pages) <= 6


def test_the_information_sheet_and_the_consent_form_take_one_page_each(occasion, printed, text):
    assert len(text(printed(kit_forms.add, occasion, "information", "Information"))) == 1
    for look in (FORM, LARGE):  # the card that is torn off is no use on a page of its own
        assert len(text(printed(kit_forms.add, occasion, "consent", "Consent", occasion.people[0], look=look))) == 1


def test_easy_read_keeps_to_short_sentences_each_with_a_picture():
    easy = [piece for piece in kit_forms.pieces("easy-read") if piece.kind == "@"]
    assert len(easy) > 20
    for piece in easy:
        for sentence in re.split(r"(?<=[.:?]) ", piece.text):
            assert len(sentence.split()) <= 12, sentence


def test_what_is_filled_in_is_never_read_as_a_mark(occasions, printed, text):
    session = msgspec.structs.replace(occasions().session, venue="# [] 8< {delete_by} <b>Hall</b>")
    page = " ".join(text(printed(kit_forms.add, occasions(session), "information", "Information")))
    assert "at # [] 8< {delete_by} <b>Hall</b>. About 20 people." in page


def test_a_missing_form_is_named():
    with pytest.raises(MachineError) as refused:
        kit_forms.pieces("nothing")
    assert refused.value.facts == {"file": "nothing.txt"}
