"""Arabic and Hebrew on paper: letters joined, lines turned, nothing lost, and the words as typed for who listens."""

import unicodedata
from collections.abc import Callable
from io import BytesIO

import pikepdf
import pytest

from tradeoff_desktop.report import fonts, html, text
from tradeoff_desktop.report.document import Document
from tradeoff_desktop.report.fonts import Face
from tradeoff_desktop.report.right_to_left import joined, turned

QUOTE = "لا أريد أن تُباع بياناتي إلى شركة خاصة (12 مرة)، ولا أن تُستخدم ضدي."


def as_drawn(words: str) -> str:
    return "".join(cluster for _, cluster in turned(words))


@pytest.mark.parametrize(
    ("typed", "forms"),
    [
        ("بيت", "ﺑﻴﺖ"),  # initial, medial, final
        ("باب", "ﺑﺎﺏ"),  # alef does not reach the letter after it
        ("سلام", "ﺳﻼﻡ"),  # lam and alef are one
        ("ب", "ﺏ"),
        ("بَيت", "ﺑَﻴﺖ"),  # a mark stands on its letter and parts nothing
        ("ab", "ab"),
    ],
)
def test_letters_take_the_form_their_neighbours_ask_for(typed: str, forms: str):
    assert joined(typed, lambda _: True) == forms
    assert joined(forms, lambda _: True) == forms
    assert joined(typed, lambda _: False) == typed


@pytest.mark.parametrize(
    ("typed", "seen"),
    [
        ("abc", "abc"),
        ("אבג", "גבא"),
        ("he said אבג גדה and left", "he said הדג גבא and left"),
        ("אבג 123 דה", "הד 123 גבא"),
        ("אבג abc דה", "הד abc גבא"),
        ("a (אבג 12) b", "a (12 גבא) b"),
        ("אבג (דה)", "(הד) גבא"),
        ("(אבג", "גבא)"),
        ("אבג 1.5", "1.5 גבא"),
    ],
)
def test_a_line_is_turned_as_it_is_read(typed: str, seen: str):
    assert as_drawn(typed) == seen


def test_nothing_is_lost_and_every_character_can_be_drawn():
    for face in (Face.REGULAR, Face.BOLD):
        for line in text.set_lines(text.runs(QUOTE, face, face), size=10, width=90):
            drawn = text.drawn(line)
            # Brackets are exchanged for their mirror images, and a line may hold one of a pair.
            before, after = ("".join(run.text for run in each.runs).translate({40: None, 41: None}) for each in (line, drawn))
            assert sorted(before) == sorted(after)
            assert all(set(run.text) <= fonts.characters(run.face) for run in drawn.runs)
            assert drawn.width == line.width


def test_paper_shows_it_joined_and_tells_it_as_typed(tool: Callable[..., str], pdf_checker):
    report = Document(title="Notes")
    report.quote(QUOTE, source="Table 1")
    data = report.write()
    assert pdf_checker.check(data) == set()
    found = unicodedata.normalize("NFKC", tool(data, "pdftotext", after=("-",)))
    for word in QUOTE.split():
        assert {letter for letter in word if letter.isalnum()} <= set(found)
    assert unicodedata.normalize("NFKC", "بياناتي") in found
    with pikepdf.open(BytesIO(data)) as opened:
        told = [str(each.get("/ActualText", "")) for each in opened.objects if isinstance(each, pikepdf.Dictionary)]
    assert f"“{QUOTE}”" in told


def test_the_page_for_browsers_has_it_as_typed():
    report = Document(title="Notes")
    report.quote(QUOTE)
    assert QUOTE in html.write(report.front, report.pieces).decode()


def test_a_script_that_no_face_holds_is_shown_as_marks():
    assert text.drawable("தமிழ்") == "".join(map(text.mark, "தமிழ்"))
