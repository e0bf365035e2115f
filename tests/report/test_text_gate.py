"""The gate: what a person typed is shown, whole and harmless, whatever it is."""

import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tradeoff_desktop.report import fonts, text
from tradeoff_desktop.report.fonts import Face
from tradeoff_desktop.report.text import Run, Span

UNSEEN = [
    chr(code)
    for code in range(sys.maxunicode + 1)
    if unicodedata.category(chr(code)) in {"Cc", "Cf", "Cs"} and chr(code) not in "\t\n\r\x0b\x0c\x85"
]
ANY_TEXT = st.text(st.characters(), max_size=60)


def set_text(words: text.Text, width: float = 200.0) -> list[str]:
    lines = text.set_lines(text.runs(words, Face.REGULAR, Face.BOLD), size=12, width=width)
    return ["".join(run.text for run in line.runs) for line in lines]


def test_every_control_and_format_character_is_marked():
    assert len(UNSEEN) > 2200
    for character in UNSEEN:
        assert text.clean(f"a{character}b") == f"a[U+{ord(character):04X}]b"


def test_private_and_unassigned_characters_are_marked():
    assert text.clean("\ue000\uffff\U0010ffff") == "[U+E000][U+FFFF][U+10FFFF]"


@pytest.mark.parametrize("end", ["\n", "\r", "\r\n", "\x0b", "\x0c", "\x85", "\u2028", "\u2029"])
def test_every_line_end_is_one_line_end(end):
    assert text.clean(f"one{end}two") == "one\ntwo"
    assert set_text(f"one{end}two") == ["one", "two"]


def test_every_space_is_a_plain_one_but_those_that_hold_words_together():
    assert text.clean("a\tb\u2003c\u3000d") == "a b c d"
    assert text.clean("5\u202fkm 6\u00a0km") == "5\u00a0km 6\u00a0km"


def test_letters_are_composed():
    assert text.clean("e\u0301") == "é"


@pytest.mark.parametrize(
    "words", ["<b>x</b>", "<img src='file'/>", "&amp;&#0;", r"$\frac{1}{2}$", "=1+1", "%s {x}", "\\n"]
)
def test_markup_stays_what_was_typed(words):
    assert text.drawable(words) == words
    assert "".join(set_text(words, 500)) == words


def test_missing_glyphs_fall_back_to_the_symbols_face():
    assert text.runs("Łódź → ŵ", Face.REGULAR, Face.BOLD) == [
        Run("Łódź ", Face.REGULAR),
        Run("→", Face.SYMBOLS),
        Run(" ŵ", Face.REGULAR),
    ]


def test_a_letter_and_its_marks_share_a_face():
    assert text.runs("xa\u0331y", Face.REGULAR, Face.BOLD)[1] == Run("a\u0331", Face.SYMBOLS)


def test_what_no_face_holds_is_named():
    assert text.drawable("日 \U0001f9ec") == "[U+65E5] [U+1F9EC]"


def test_emphasis_is_a_face_and_nothing_else():
    runs = text.runs([Span("Red <line>", strong=True), " rest"], Face.REGULAR, Face.BOLD)
    assert runs == [Run("Red <line>", Face.BOLD), Run(" rest", Face.REGULAR)]
    assert text.plain([Span("Red ", strong=True), "line"]) == "Red line"


@given(ANY_TEXT)
def test_only_characters_a_face_holds_are_ever_drawn(words):
    for run in text.runs(words, Face.REGULAR, Face.BOLD):
        assert set(run.text) - {"\n"} <= fonts.characters(run.face)


@given(ANY_TEXT)
def test_nothing_readable_is_lost(words):
    shown = text.drawable(words)
    for character in text.clean(words):
        assert character in shown or text.mark(character) in shown


@given(ANY_TEXT, st.floats(20, 300))
def test_lines_hold_every_character_and_keep_to_their_width(words, width):
    lines = text.set_lines(text.runs(words, Face.REGULAR, Face.BOLD), size=12, width=width)
    assert all(line.width <= width + 0.01 for line in lines)
    joined = "".join(run.text for line in lines for run in line.runs)
    # Arabic letters take the form that their neighbours ask for; by what they stand for they are the same.
    before, after = (unicodedata.normalize("NFKC", "".join(each.split())) for each in (text.drawable(words), joined))
    assert after == before


def test_words_are_kept_whole_and_spaces_at_line_ends_are_dropped():
    assert set_text("the council would learn", 70) == ["the council", "would learn"]


def test_a_long_word_breaks_inside():
    lines = set_text("w" * 300)
    assert len(lines) > 5
    assert "".join(lines) == "w" * 300


def test_words_break_after_a_hyphen_between_letters_only():
    assert set_text("self-employment", 40)[0] == "self-"
    assert set_text("12-34567890", 80) == ["12-34567890"]


def test_a_word_of_two_faces_is_one_word():
    assert set_text("aaaa bbb→bbb", 70) == ["aaaa", "bbb→bbb"]


def test_a_line_that_is_too_long_is_shortened_to_its_room():
    line = text.shorten("A long footer " * 20, face=Face.REGULAR, size=8.5, width=120)
    assert line.width <= 120
    assert line.runs[-1].text.endswith("…")
    assert text.shorten("Short", face=Face.REGULAR, size=8.5, width=120).runs == (Run("Short", Face.REGULAR),)


def test_a_title_is_cut_to_one_line():
    assert text.cut("one\ntwo", 20) == "one two"
    assert text.cut("x" * 30, 10) == "x" * 9 + "…"
