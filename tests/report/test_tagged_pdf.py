"""The file: tagged, titled, embedded, repeatable; other people's programs and our own checker agree."""

import os
import re
import subprocess
import sys
from datetime import date
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from tradeoff_desktop.errors import MachineError
from tradeoff_desktop.report import fonts
from tradeoff_desktop.report.canvas import TaggedCanvas
from tradeoff_desktop.report.document import Document
from tradeoff_desktop.report.fonts import Face
from tradeoff_desktop.report.structure import Element

HERE = Path(__file__).parent
BUILD = """
import importlib.util, sys
spec = importlib.util.spec_from_file_location("reports", sys.argv[1])
module = importlib.util.module_from_spec(spec)
spec.loader.exec_module(module)
sys.stdout.buffer.write(module.build_everything().write())
"""


def squeezed(text: str) -> str:
    return " ".join(text.split())


def test_our_checker_finds_nothing(everything, pdf_checker):
    assert pdf_checker.check(everything.write()) == set()


def test_qpdf_finds_nothing(everything, tool):
    assert "No syntax or stream encoding errors found" in tool(everything.write(), "qpdf", "--check")


def test_every_font_is_one_of_ours_and_embedded(everything, tool):
    listed = tool(everything.write(), "pdffonts").splitlines()[2:]
    assert len(listed) >= 3
    for line in listed:
        assert re.match(r"[A-Z]{6}\+(AtkinsonHyperlegibleNext-(Regular|SemiBold|Bold)|DejaVuSans) ", line), (
            line
        )
        assert re.search(r" yes yes yes +\d+ +0$", line), line


def test_readers_are_told_title_language_and_tags(everything, tool):
    told = tool(everything.write(), "pdfinfo")
    assert "Better use of data & benefit <for all>" in told
    assert re.search(r"Tagged: +yes", told)
    assert re.search(r"PDF version: +1\.7", told)
    with pikepdf.open(BytesIO(everything.write())) as pdf:
        packet = pdf.Root.Metadata.read_bytes().decode()
        assert "Better use of data &amp; benefit &lt;for all&gt;</rdf:li>" in packet
        assert pdf.open_metadata()["pdfuaid:part"] == "1"
        assert str(pdf.Root.Lang) == "en-GB"


def test_the_structure_is_told_in_the_order_of_the_story(everything, tool):
    told = tool(everything.write(), "pdfinfo", "-struct-text")
    places = [
        told.index(words)
        for words in (
            "Summary of a workshop",
            "How to read this",
            "Tell people first",
            "They would sell",
            "10:39 ",
        )
    ]
    assert places == sorted(places)
    for kind in ("TOCI", "H1", "H2", "H3", "LBody", "BlockQuote", "Figure", "Caption", "THead", "TH", "TD"):
        assert re.search(rf"^ *{kind}\b", told, re.MULTILINE), kind
    assert "/Scope /Column" in told
    assert "/Scope /Row" in told


def test_a_reader_that_joins_lines_keeps_words_apart(everything, tool):
    told = tool(everything.write(), "pdfinfo", "-struct-text")
    assert (
        "against what it could do with it. Most accepted that a family about to lose its home would rather"
        in told
    )


def test_furniture_is_no_part_of_the_story(everything, tool):
    data = everything.write()
    assert "Page 2 of" in tool(data, "pdftotext", after=("-",))
    assert "Page 2 of" not in tool(data, "pdfinfo", "-struct-text")


def test_the_words_can_be_copied(everything, tool):
    told = squeezed(tool(everything.write(), "pdftotext", after=("-",)))
    for words in (
        "7 towards benefit, 8 did not move, 3 towards risk",
        "did not move or towards benefit",
        "too few to show",
        "Red line. Nothing may be sold.",
        "Annex A Method",
        "Figure 2 as a table",
    ):
        assert words in told


def test_headings_make_the_outline(everything):
    with pikepdf.open(BytesIO(everything.write())) as pdf, pdf.open_outline() as outline:
        first, annex = outline.root
        assert first.title.replace("\u00a0", " ").split() == ["1", "Conditions"]
        assert [child.title for child in first.children] == ["By table"]
        assert [child.title for child in first.children[0].children] == ["In order"]
        assert annex.title.split() == ["Annex", "A", "Method"]


def test_the_contents_name_the_pages(everything, tool):
    pages = tool(everything.write(), "pdftotext", "-layout", after=("-",)).split("\f")
    contents = next(page for page in pages if "Contents" in page)
    found = dict(re.findall(r"^ *(1 +Conditions|By table|Annex A +Method) +(\d+)$", contents, re.MULTILINE))
    assert len(found) == 3
    for title, number in found.items():
        assert squeezed(title) in squeezed(pages[int(number) - 1])


def test_the_same_report_is_the_same_bytes(everything):
    assert everything.write() == everything.write()


def test_the_same_report_is_the_same_bytes_in_another_process():
    made = {
        subprocess.run(
            [sys.executable, "-c", BUILD, str(HERE / "conftest.py")],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(made) == 1
    assert len(made.pop()) > 10_000


def test_marks_never_nest():
    canvas = TaggedCanvas(title="Title")
    with canvas.artifact(), pytest.raises(AssertionError), canvas.mark(Element("P")):
        pass


def test_a_missing_font_is_named(tmp_path):
    with pytest.raises(MachineError, match=r"font_missing file=DejaVuSans\.ttf"):
        fonts.load(Face.SYMBOLS, tmp_path)
    (tmp_path / "DejaVuSans.ttf").write_bytes(b"no font")
    with pytest.raises(MachineError, match="font_missing"):
        fonts.load(Face.SYMBOLS, tmp_path)


def test_a_report_is_dated_by_whoever_makes_it_and_by_no_clock(tool):
    told = tool(Document(title="T", made=date(2026, 3, 12)).write(), "pdfinfo", "-rawdates")
    assert re.search(r"CreationDate: +D:20260312$", told, re.MULTILINE)
    assert re.search(r"CreationDate: +D:20000101", tool(Document(title="T").write(), "pdfinfo", "-rawdates"))


def test_an_empty_report_is_a_page(pdf_checker, tool):
    data = Document(title="Nothing yet").write()
    assert pdf_checker.check(data) == set()
    assert re.search(r"Pages: +1\b", tool(data, "pdfinfo"))


# The checker itself: every one of these faults, put into a good file, must be found.


def figure(pdf):
    return next(
        each for each in pdf.objects if isinstance(each, Dictionary) and each.get("/S") == Name.Figure
    )


def first(pdf, kind):
    return next(
        each for each in pdf.objects if isinstance(each, Dictionary) and each.get("/S") == Name(f"/{kind}")
    )


def drop_cell(pdf):
    row = first(pdf, "TR")
    row.K = Array(list(row.K)[:-1])


def paint_unmarked(pdf):
    pdf.pages[0].contents_add(b"0 0 10 10 re f\n")


def nest_artifact(pdf):
    pdf.pages[0].contents_add(b"/Artifact BMC /Artifact BMC EMC EMC\n")


def claim_twice(pdf):
    paragraphs = [e for e in pdf.objects if isinstance(e, Dictionary) and e.get("/S") == Name.P]
    paragraphs[1].K, paragraphs[1].Pg = paragraphs[0].K, paragraphs[0].Pg


def unembed(pdf):
    for each in pdf.objects:
        if isinstance(each, Dictionary) and each.get("/Type") == Name.FontDescriptor:
            del each["/FontFile2"]


def link(pdf):
    pdf.pages[0].obj.Annots = Array(
        [Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([0, 0, 1, 1]))]
    )


FAULTS = {
    "alt": ("7.3", lambda pdf: figure(pdf).__delitem__("/Alt")),
    "bounds": ("7.3", lambda pdf: figure(pdf).__delitem__("/A")),
    "language": ("7.2", lambda pdf: pdf.Root.__delitem__("/Lang")),
    "shown title": ("7.1", lambda pdf: pdf.Root.__delitem__("/ViewerPreferences")),
    "metadata": ("5", lambda pdf: pdf.Root.__delitem__("/Metadata")),
    "tree": ("7.1", lambda pdf: pdf.Root.__delitem__("/StructTreeRoot")),
    "tagged": ("6.2", lambda pdf: pdf.Root.__delitem__("/MarkInfo")),
    "scope": ("7.5", lambda pdf: first(pdf, "TH").__delitem__("/A")),
    "cell": ("7.2", drop_cell),
    "heading": ("7.4", lambda pdf: first(pdf, "H2").__setitem__("/S", Name.H3)),
    "nesting": ("7.2", lambda pdf: first(pdf, "LI").__setitem__("/S", Name.P)),
    "type": ("7.1", lambda pdf: first(pdf, "P").__setitem__("/S", Name("/Paragraph"))),
    "unmarked": ("7.1", paint_unmarked),
    "nested marks": ("7.1", nest_artifact),
    "two owners": ("7.1", claim_twice),
    "parent tree": ("7.1", lambda pdf: pdf.pages[0].obj.__delitem__("/StructParents")),
    "tab order": ("7.18", lambda pdf: pdf.pages[0].obj.__delitem__("/Tabs")),
    "link": ("7.18", link),
    "font": ("7.21", unembed),
}


@pytest.fixture(scope="module")
def good() -> bytes:
    report = Document(title="A good report", details=[("Area", "Leeds"), ("Date", "12 March")])
    report.heading(1, "One")
    report.heading(2, "Two")
    report.paragraph("Words")
    report.bullets(["One", "Two"])
    report.table(["Name", "Count"], [["a", "1"], ["b", "2"]], caption="Counts")
    return report.write()


@pytest.mark.parametrize("name", FAULTS)
def test_the_checker_finds_a_planted_fault(name, good, everything, pdf_checker):
    clause, plant = FAULTS[name]
    spoilt = BytesIO()
    with pikepdf.open(BytesIO(everything.write() if clause == "7.3" else good)) as pdf:
        plant(pdf)
        pdf.save(spoilt)
    assert clause in {fault.clause for fault in pdf_checker.check(spoilt.getvalue())}
