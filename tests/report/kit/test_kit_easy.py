"""Easy Read: short sentences with pictures for every case of the shipped pack, and the same rows as on the other sheets."""

import re

import msgspec
import pytest

from tradeoff_desktop.app.content import shipped
from tradeoff_desktop.model.programme import PlannedTable
from tradeoff_desktop.model.sheets import SHEETS
from tradeoff_desktop.report import kit_easy, kit_forms, kit_icons, kit_sheets
from tradeoff_desktop.report.kit_easy import CASE, QUESTIONS, SIDES

PACK = shipped()
LONGEST = 18  # words of a sentence; Easy Read asks for about fifteen


def texts():
    return sorted(f"easy/{path.stem}" for path in (kit_forms.FOLDER / "easy").glob("*.txt"))


def squeezed(words):
    return re.sub(r"\s+", "", words)


@pytest.fixture(scope="module")
def booklet(occasion, printed):
    return printed(kit_easy.add_booklet, occasion, occasion.session.tables[0])


@pytest.mark.parametrize("scenario", PACK.scenarios, ids=lambda scenario: scenario.id)
def test_every_case_and_every_change_that_is_played_has_its_words(scenario):
    held = kit_easy.sections(f"easy/{scenario.id}")
    assert set(held) == {CASE, SIDES, *(flip.id for flip in scenario.flips if flip.primary)}
    assert [icon for icon, _ in held[SIDES]] == ["hand-heart", "users", "eye-off", "lock"]
    assert all(len(lines) >= 3 for lines in held.values())


@pytest.mark.parametrize("name", texts())
def test_sentences_are_short_and_have_a_picture(name):
    for piece in kit_forms.pieces(name):
        if piece.kind in {"#", "##"}:
            continue
        assert piece.kind == "@", piece
        for picture in piece.icon.split("+"):
            assert picture.startswith("bars-") or kit_icons.strokes(picture)
        for sentence in re.split(r"(?<=[.:!?])\s", piece.text):
            assert len(sentence.split()) <= LONGEST, sentence


def test_every_question_has_as_many_answers_as_in_the_pack():
    for item in PACK.items:
        asked, answers = kit_easy.item_lines(item)
        assert (len(asked), len(answers)) == (1, len(item.options)), item.code
        assert asked == kit_easy.sections(QUESTIONS)[item.code][:1]
    assert {question.code for question in PACK.written} <= kit_easy.sections(QUESTIONS).keys()


def test_the_booklet_asks_the_same_rows_in_the_same_order(occasion, booklet, text):
    table = occasion.session.tables[0]
    pages = [squeezed(page) for page in text(booklet)]
    for sheet in SHEETS:
        rows = " ".join(page for page in pages if f"Sheet{sheet}" in page)
        cells = [cell for block in kit_sheets.blocks(occasion.cells(table, sheet)) for cell in block]
        places = []
        for number, cell in enumerate(cells, 1):
            (_, words), = kit_easy.item_lines(occasion.pack.item(cell.item))[0]
            places.append(rows.index(squeezed(f"{number}. {words}")))
        assert places == sorted(places)
        assert rows.count(squeezed(kit_easy.sections(QUESTIONS)["declined"][0][1])) == len(cells)


def test_a_change_and_its_questions_share_a_page(occasion, booklet, text):
    table = occasion.session.tables[0]
    pages = [squeezed(page) for page in text(booklet)]
    for scenario, number in ((occasion.pack.anchor, 0), (occasion.pack.scenario(table.scenario), table.number)):
        for flip in occasion.flips(scenario, number):
            lines = [squeezed(words) for _, words in kit_easy.flip_lines(scenario, flip)]
            found = [page for page in pages if all(line in page for line in lines)]
            assert len(found) == 1, flip.id
            assert found[0].count("Shouldthisdatabesharedinthisway?") == 1


@pytest.mark.parametrize("theme", [theme.code for theme in PACK.themes])
def test_no_page_is_empty_or_holds_one_line_alone(occasion, printed, text, theme):
    for scenario in PACK.scenarios:
        if scenario.theme == theme and not scenario.anchor:
            table = PlannedTable(number=1, theme=theme, scenario=scenario.id)
            assert min(len(page) for page in text(printed(kit_easy.add_booklet, occasion, table))) > 200, scenario.id


def test_a_case_without_easy_words_is_printed_in_the_packs_own(occasion):
    own = msgspec.structs.replace(occasion.pack.scenario("CJ-1"), id="CJ-9")
    held = kit_easy.case_lines(occasion, own)
    assert squeezed(" ".join(words for _, words in held[CASE])) == squeezed(own.text)
    assert len(held[SIDES]) == 4
    flip = own.flips[0]
    assert squeezed("".join(words for _, words in kit_easy.flip_lines(own, flip))) == squeezed(flip.card + flip.consequence)
    new = msgspec.structs.replace(occasion.pack.items[0], code="NEW")
    assert kit_easy.item_lines(new)[0] == (("message-square", new.question),)
