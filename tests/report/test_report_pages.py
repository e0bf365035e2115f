"""Pages: nothing over the edge, nothing torn from what it belongs to, nothing lost."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tradeoff_desktop.report import layout, pages
from tradeoff_desktop.report.boxes import PageBreak, Rule, Stack, Together, Words, fill
from tradeoff_desktop.report.content import Heading
from tradeoff_desktop.report.document import Document
from tradeoff_desktop.report.structure import Element
from tradeoff_desktop.report.style import BODY, HEADINGS, TEXT_HEIGHT, TEXT_WIDTH
from tradeoff_desktop.report.tables import Grid

PROSE = "People at the tables weighed what the council would learn against what it could do with it. "


def paged(report: Document) -> list[list]:
    return pages.paginate(layout.boxes(report.front, report.pieces, Element("Document"), lambda: None))


def words(lines: int) -> Words:
    return Words("\n".join(["line"] * lines), BODY, Element("P"))


def heading() -> Words:
    return Words("Heading", HEADINGS[2], Element("H2"), leads=True)


def gap(height: float) -> Rule:
    return Rule(height)


def add(report: Document, kind: int, size: int) -> None:
    """Add a piece of some kind, bigger with ``size``."""
    text = PROSE * size
    match kind:
        case 0:
            report.heading(1 + size % 3, "A heading")
        case 1:
            report.paragraph(text, numbered=size % 2 == 0)
        case 2:
            report.bullets([text] * (1 + size % 4))
        case 3:
            report.table(
                ["Time", "Words"], [[str(at), PROSE * (at % 3 + 1)] for at in range(size)], caption="Table"
            )
        case 4:
            report.callout("A title", [text, text])
        case 5:
            report.quote(text, source="Somebody")
        case _ if report.pieces and not isinstance(report.pieces[-1], Heading):
            report.page_break()


@settings(max_examples=40)
@given(st.lists(st.tuples(st.integers(0, 6), st.integers(0, 30)), min_size=1, max_size=14))
def test_pages_hold_what_is_put_on_them(pieces):
    report = Document(title="Title")
    for kind, size in pieces:
        add(report, kind, size)
    made = paged(report)
    assert made
    for number, page in enumerate(made, 1):
        assert Stack(page).height(TEXT_WIDTH) <= TEXT_HEIGHT + 0.1
        last = page[-1]
        assert number == len(made) or not last.leads


def test_a_heading_moves_on_with_what_it_leads():
    placed, rest = fill([gap(600), heading(), words(1)], TEXT_WIDTH, 640)
    assert len(placed) == 1
    assert len(rest) == 2


def test_a_heading_stays_where_its_paragraph_begins():
    placed, rest = fill([gap(500), heading(), words(20)], TEXT_WIDTH, 640)
    assert len(placed) == 3
    assert placed[2].height(TEXT_WIDTH) + rest[0].height(TEXT_WIDTH) == words(20).height(TEXT_WIDTH)


def test_nothing_is_placed_where_only_a_heading_fits():
    placed, rest = fill([heading(), gap(100)], TEXT_WIDTH, 60)
    assert placed == []
    assert len(rest) == 2


@pytest.mark.parametrize(
    ("lines", "room", "first"), [(3, 2, None), (4, 2, 2), (4, 3, 2), (9, 8, 7), (9, 1, None)]
)
def test_a_paragraph_leaves_two_lines_on_either_side(lines, room, first):
    parts = words(lines).split(TEXT_WIDTH, room * BODY.leading)
    assert (parts and round(parts[0].height(TEXT_WIDTH) / BODY.leading)) == first


def test_what_belongs_together_is_parted_only_when_no_page_holds_it():
    assert Together([words(10), words(10)]).split(TEXT_WIDTH, 200) is None
    assert Together([words(30), words(30)]).split(TEXT_WIDTH, 600) is not None


def test_a_page_break_at_the_top_of_a_page_makes_no_empty_page():
    made = pages.paginate([PageBreak(), words(1), PageBreak(), PageBreak(), words(1), PageBreak()])
    assert [len(page) for page in made] == [1, 1]


def test_a_box_too_tall_for_any_page_is_not_lost():
    made = pages.paginate([words(1), gap(2000), words(1)])
    assert sum(len(page) for page in made) == 3


def test_a_short_table_is_kept_whole():
    report = Document(title="Title")
    report.table(["A", "B"], [["a", "b"]] * 4)
    grid = next(box for page in paged(report) for box in page if isinstance(box, Grid))
    assert grid.split(TEXT_WIDTH, 60) is None


def test_a_long_table_repeats_its_head_and_leaves_no_row_alone():
    report = Document(title="Title")
    report.table(["Time", "Words"], [[str(at), PROSE] for at in range(60)])
    grids = [box for page in paged(report) for box in page if isinstance(box, Grid)]
    assert len(grids) > 2
    assert sum(len(grid.rows) for grid in grids) == 60
    assert all(len(grid.rows) > 1 for grid in grids)
    assert [grid.continued for grid in grids] == [False] + [True] * (len(grids) - 1)
    assert all(cell.element is None for grid in grids[1:] for cell in grid.head.cells)


def test_a_tall_row_is_parted_and_stays_one_row_of_the_tree(pdf_checker, tool):
    report = Document(title="Title")
    report.table(["Who", "Words"], [["First", "short"], ["Second", PROSE * 60], ["Third", "short"]])
    data = report.write()
    assert pdf_checker.check(data) == set()
    told = tool(data, "pdfinfo", "-struct-text")
    assert len(re.findall(r"^ +TR\b", told, re.MULTILINE)) == 4
    assert " ".join([PROSE.strip()] * 60) in " ".join(told.replace('"', "").split())


def test_a_report_of_forty_pages(pdf_checker, tool):
    report = Document(title="Long report", contents=True)
    for chapter in range(12):
        report.heading(1, f"Chapter {chapter}")
        for section in range(4):
            report.heading(2, f"Section {chapter}.{section}")
            for _ in range(5):
                report.paragraph(PROSE * 6, numbered=True)
        report.table(["Time", "Words"], [[str(at), PROSE] for at in range(20)], caption="Notes")
    data = report.write()
    assert pdf_checker.check(data) == set()
    assert int(re.search(r"Pages: +(\d+)", tool(data, "pdfinfo"))[1]) >= 40
    assert "No syntax or stream encoding errors" in tool(data, "qpdf", "--check")


def test_progress_rises_to_its_total_and_may_stop_the_writing(everything):
    seen = []
    everything.write(lambda done, total: seen.append((done, total)))
    assert seen == sorted(seen)
    assert seen[-1][0] == seen[-1][1] > len(everything.pieces)

    def stop(done, total):
        if done > total // 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        everything.write(stop)
    assert everything.write()


def test_numbers_of_chapters_paragraphs_annexes_figures_and_tables(charts):
    report = Document(title="Title")
    report.paragraph("before any chapter", numbered=True)
    for _ in range(2):
        report.heading(1, "Chapter")
        report.heading(2, "Section")
        report.paragraph("first", numbered=True)
        report.paragraph("not numbered")
        report.paragraph("second", numbered=True)
    report.heading(1, "Foreword", numbered=False)
    for _ in range(27):
        report.annex("Annex")
    report.paragraph("in the last annex", numbered=True)
    report.table(["A"], [["a"]])
    report.table(["A"], [["a"]], caption="Named")
    report.figure(charts[0], title="Finding")
    labels = [piece.label for piece in report.pieces if hasattr(piece, "label")]
    assert labels[:12] == ["1", "1", "", "1.1", "", "1.2", "2", "", "2.1", "", "2.2", ""]
    assert labels[12] == "Annex A"
    assert labels[-3:] == ["Annex AA", "AA.1", "Figure 1."]
    assert report.pieces[-2].caption == "Table 1. Named"
    assert report.pieces[-1].table.caption == "Figure 1 as a table"


def test_what_follows_a_numbered_paragraph_is_indented_with_it():
    report = Document(title="Title")
    report.paragraph("numbered", numbered=True)
    report.bullets(["a"])
    report.quote("b")
    report.paragraph("plain")
    report.bullets(["c"])
    assert [piece.indented for piece in report.pieces if hasattr(piece, "indented")] == [True, True, False]


def test_a_ragged_table_is_refused():
    report = Document(title="Title")
    report.table(["A", "B"], [["only one"]])
    with pytest.raises(ValueError, match="zip"):
        report.write()
