"""The centre's own words in the reports: where they stand, what they may name, and that nothing hidden comes out."""

import pytest

from tradeoff_desktop.app import publishing
from tradeoff_desktop.model import records as r
from tradeoff_desktop.model.fold import fold
from tradeoff_desktop.report import content
from tradeoff_desktop.report.document import Document
from tradeoff_desktop.report.narrative import Narrative
from tradeoff_desktop.report.text import plain


class Told:
    """What a narrative becomes: its paragraphs, lists and quotes."""

    def __init__(self, state, text):
        doc = Document(title="x")
        Narrative([state], publishing.found_in([state])).write(doc, text)
        self.pieces = doc.pieces
        self.words = [plain(each) for piece in doc.pieces for each in getattr(piece, "items", ()) or [piece.words]]


@pytest.fixture
def told(leeds):
    return lambda text: Told(leeds, text)


def test_paragraphs_and_lists_are_told_apart(told):
    found = told("First words\nof one paragraph.\n\nWe ask for:\n- one\n- two\n\nLast.")
    kinds = [type(piece) for piece in found.pieces]
    assert kinds == [content.Paragraph, content.Paragraph, content.Bullets, content.Paragraph]
    assert found.words == ["First words of one paragraph.", "We ask for:", "one", "two", "Last."]


def test_numbers_are_named_and_found(told, leeds):
    words = told("{people} people at {tables} tables; {answer D}").words[0]
    assert words.startswith(f"{len(leeds.sitting())} people at {len(leeds.open_tables())} tables; In ")


def test_what_a_name_does_not_find_is_marked(told):
    assert told("{answer X} and {nonsense} {0} {} {quote abc-1}").words == [
        "[not found: answer X] and [not found: nonsense] {0} {} [not found: quote abc-1]"
    ]


def test_a_quote_is_printed_only_where_it_may_be(told, leeds):
    notes = {f"{record.device}-{record.seq}": body for record, body in leeds.bodies(r.Note)}
    outcomes = set()
    for name, note in notes.items():
        found = told(f"{{quote {name}}}")
        quoted = isinstance(found.pieces[0], content.Quote)
        outcomes.add(quoted)
        assert (note.text in found.words[0]) == quoted
        assert note.verbatim or not quoted
    assert outcomes == {True, False}


def test_words_stand_in_the_report_they_are_for(playing):
    desk = playing()
    state = desk.state
    area = state.area
    records = list(desk.store.records())
    slots = {"foreword": "Full foreword.", f"{area}:foreword": "Area foreword.", f"{area}:next_steps": "- Ask the council.",
             f"{area}:replies": "Nothing was asked for.", "XYZ:foreword": "Elsewhere."}
    state = fold(records, desk.pack)
    state.bodies = with_annotations(state, slots)
    report = publishing.area_document([state], area)
    words = [plain(piece.words) for piece in report.pieces if hasattr(piece, "words")]
    assert "Area foreword." in words
    assert not {"Full foreword.", "Elsewhere."} & set(words)
    assert words.index("Local next steps") < words.index("What those who took part asked for, and what came of it")
    whole = [plain(piece.words) for piece in publishing.full_document([state]).pieces if hasattr(piece, "words")]
    assert whole.index("Full foreword.") < whole.index("Summary")
    assert "Area foreword." not in whole
    desk.store.close()


def with_annotations(state, slots):
    """The centre's records come with those of every workshop; here they are put beside one."""
    plain_bodies = state.bodies

    def bodies(kind):
        if kind is r.Annotation:
            return [(None, r.Annotation(role="centre", slot=slot, text=text)) for slot, text in slots.items()]
        return plain_bodies(kind)

    return bodies
