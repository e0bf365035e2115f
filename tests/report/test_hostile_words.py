"""Whatever people type comes out of every renderer whole: no crash, no loss, nothing carried out."""

import sys
import unicodedata

import pytest

from tradeoff_desktop.report import text
from tradeoff_desktop.report.charts import Bar, BeforeAfter, Block, Change, DivergingBars, Moved, Panel, Scale
from tradeoff_desktop.report.document import Document

LONG = "All work and no play. " * 455
HOSTILE = {
    "markup": "<b>bold <img src='/etc/passwd'/> &amp; <!--",
    "unclosed": "a < b & c > d </para>",
    "mathtext": r"$\frac{1}{2}$ costs $5 or \$6",
    "formula": '=HYPERLINK("x";"y")',
    "format": "{0} %s %(x)s {name!r} \\n \\u0041",
    "pdf": ") Tj ET (\\051 endstream <</S/JavaScript>>",
    "emoji": "\U0001f600 \U0001f468\u200d\U0001f469\u200d\U0001f467 \u2764\ufe0f \u2713",
    "overrides": "\u202eevil\u202c \u2066x\u2069 a\u200bb",
    "surrogate": "half \ud83d of one",
    "combining": "e\u0301 a\u0331 \u0301 z" + "\u0300" * 30,
    "unbroken": "x" * 400,
    "lines": "one\ntwo\r\nthree\u2028four",
    "blank": "   ",
    "empty": "",
}


def report_of(words: str) -> Document:
    """Put the words into every place that takes words."""
    report = Document(
        title=words,
        subtitle=words,
        details=[(words, words)],
        footer=words,
        notice=words,
        cover=True,
        contents=True,
    )
    report.heading(1, words)
    report.heading(2, words)
    report.paragraph(words)
    report.paragraph([text.Span(words, strong=True), words], numbered=True)
    report.bullets([words, words])
    report.quote(words, source=words)
    report.callout(words, [words, words])
    report.facts([(words, words)])
    report.table([words, words], [[words, words], [words, words]], caption=words)
    blocks = (Block(1, 2, 5, words), Block(3, 5, 9, words))
    scale = Scale((words,) * 5, words, words)
    report.figure(DivergingBars(scale, (Bar(words, blocks), Bar(words))), title=words, caption=words)
    report.figure(BeforeAfter(scale, (Change(words, Bar(words, blocks), Bar(words), words),)), title=words)
    report.figure(
        Moved((Panel(words, (Block(1, 1, 3, words), Block(2, 3, 9, words))),)), title=words, alt=words
    )
    return report


def letters(words: str) -> str:
    """Letters alone; a paragraph that runs on to another page is quoted by the tool in two parts."""
    return "".join(words.split()).replace('""', "")


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_words_are_shown_whole(name, tool, pdf_checker):
    words = HOSTILE[name]
    data = report_of(words).write()
    assert pdf_checker.check(data) == set()
    assert "No syntax or stream encoding errors" in tool(data, "qpdf", "--check")
    told = letters(tool(data, "pdfinfo", "-struct-text"))
    assert told.count(letters(text.drawable(words))) >= 20


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_words_stay_words_on_a_page(name, read_page):
    read = read_page(report_of(HOSTILE[name]).html())
    assert {tag for tag, _ in read.tags}.isdisjoint({"script", "img", "b", "iframe", "object", "link", "form"})
    assert not [attrs for _, attrs in read.tags if any(key.startswith("on") or key == "src" for key in attrs)]
    wanted = "".join(text.clean(HOSTILE[name]).split())
    assert read.told.count(wanted) >= 20


@pytest.mark.parametrize("words", ["שלום עולם and English", "مرحبا بالعالم"])
def test_words_from_right_to_left_keep_every_letter(words, tool, pdf_checker):
    data = report_of(words).write()
    assert pdf_checker.check(data) == set()
    # On paper a letter has the form it takes beside its neighbours.
    told = unicodedata.normalize("NFKC", tool(data, "pdfinfo", "-struct-text"))
    assert all(told.count(letter) >= 20 for letter in letters(words))


def test_every_unseen_character_passes_through_every_renderer(tool, pdf_checker, read_page):
    unseen = [chr(c) for c in range(sys.maxunicode + 1) if unicodedata.category(chr(c)) in {"Cc", "Cf"}]
    words = "".join(c for c in unseen if text.clean(c).strip())
    assert len(unseen) > 220
    page = report_of(words)
    assert read_page(page.html()).told.count("".join(map(text.mark, words))) >= 20
    data = page.write()
    assert pdf_checker.check(data) == set()
    told = letters(tool(data, "pdfinfo", "-struct-text"))
    assert told.count("".join(map(text.mark, words))) >= 15


def test_a_renderer_that_loses_words_is_found_out(tool, pdf_checker, read_page, monkeypatch):
    html = Document.html
    monkeypatch.setattr(Document, "html", lambda self: html(self).replace(b"[U+", b"["))
    with pytest.raises(AssertionError):
        test_every_unseen_character_passes_through_every_renderer(tool, pdf_checker, read_page)


def test_ten_thousand_characters_in_every_place(tool, pdf_checker):
    data = report_of(LONG).write()
    assert pdf_checker.check(data) == set()
    told = letters(tool(data, "pdfinfo", "-struct-text"))
    assert told.count(letters(LONG)) >= 15


def test_a_table_of_ten_thousand_characters_without_a_space(pdf_checker, tool):
    report = Document(title="Long")
    report.table(["A", "B"], [["w" * 10_000, "b"], ["c", "d" * 10_000]])
    data = report.write()
    assert pdf_checker.check(data) == set()
    told = letters(tool(data, "pdfinfo", "-struct-text"))
    assert "w" * 10_000 in told
    assert "d" * 10_000 in told


def test_properties_and_outline_take_hostile_titles(tool):
    data = report_of(HOSTILE["markup"] + "\x00\u202e").write()
    assert f"{HOSTILE['markup']}[U+0000][U+202E]" in tool(data, "pdfinfo")
