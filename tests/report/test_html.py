"""The HTML form: the same words, numbers and pictures in one file that fetches nothing and runs nothing."""

import re
from itertools import pairwise

import pytest

from tradeoff_desktop.report import content, text
from tradeoff_desktop.report.document import Document


def test_nothing_is_fetched_and_nothing_leads_outside(everything):
    data = everything.html().decode()
    assert re.findall(r"(?:src|href|url)\s*[=(]\s*[\"']?(?!#|data:font/ttf)[^\"')]+", data) == []
    assert "http" not in data.replace("http-equiv", "")
    assert "default-src 'none'" in data


def test_it_is_told_in_the_same_words_as_the_pdf(everything, read_page):
    told = read_page(everything.html()).told
    for piece in everything.pieces:
        for words in words_of(piece):
            assert "".join(text.clean(text.plain(words)).split()) in told


def words_of(piece):
    if isinstance(piece, content.Bullets):
        return list(piece.items)
    if isinstance(piece, content.Table):
        return [piece.caption, *piece.head, *(cell for row in piece.rows for cell in row)]
    if isinstance(piece, content.Figure):
        return [piece.title, piece.caption, *words_of(piece.table)]
    if isinstance(piece, content.Callout):
        return [piece.title, *piece.paragraphs]
    if isinstance(piece, content.Facts):
        return [word for pair in piece.pairs for word in pair]
    return [piece.words] if hasattr(piece, "words") else []


def test_it_can_be_found_ones_way_in_by_ear(everything, read_page):
    read = read_page(everything.html())
    assert read.all("html")[0]["lang"] == "en-GB"
    levels = [int(tag[1]) for tag, _ in read.tags if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(later - earlier <= 1 for earlier, later in pairwise(levels))
    assert all(attrs.get("scope") in {"row", "col"} for attrs in read.all("th"))
    figures = [piece for piece in everything.pieces if isinstance(piece, content.Figure)]
    assert [attrs["aria-label"] for attrs in read.all("svg")] == [text.one_line(piece.alt) for piece in figures]
    ids = [attrs["id"] for _, attrs in read.tags if "id" in attrs]
    assert len(ids) == len(set(ids))
    assert {attrs["href"][1:] for attrs in read.all("a")} <= set(ids)


def test_the_same_report_gives_the_same_bytes(everything):
    assert everything.html() == everything.html()


def test_every_figure_stands_alone(everything, pdf_checker, read_page):
    figures = [piece for piece in everything.pieces if isinstance(piece, content.Figure)]
    files = everything.figures()
    assert len(files) == 2 * len(figures)
    for number, figure in enumerate(figures, 1):
        drawn = read_page(files[f"figure-{number:02}.svg"])
        assert text.one_line(figure.alt) in " ".join(drawn.words)
        assert files[f"figure-{number:02}.svg"].count(b"@font-face") == 3
        assert pdf_checker.check(files[f"figure-{number:02}.pdf"]) == set()


def test_progress_is_told_and_may_end_the_writing():
    document = Document(title="Long")
    for number in range(20):
        document.paragraph(str(number))
    steps = []

    def stop(done, total):
        steps.append((done, total))
        if done == 5:
            raise InterruptedError

    with pytest.raises(InterruptedError):
        document.html(stop)
    assert steps == [(number, 20) for number in range(1, 6)]
