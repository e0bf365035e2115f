"""A PDF canvas on which everything drawn is either marked as part of the story or marked as an artifact.

The file is shaped by PDF/UA-1 (ISO 14289-1): tagged, titled, in a declared language, every font embedded; and it is
repeatable: the same drawing gives the same bytes.
"""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import date
from io import BytesIO
from typing import Any, cast
from xml.sax.saxutils import escape

from reportlab.pdfbase.pdfdoc import PDFDictionary, PDFName, PDFPage, PDFStream
from reportlab.pdfgen.canvas import Canvas

from tradeoff_desktop.report import fonts, structure
from tradeoff_desktop.report.fonts import Face
from tradeoff_desktop.report.structure import Element, Mark
from tradeoff_desktop.report.style import PAGE_HEIGHT, PAGE_WIDTH, channels
from tradeoff_desktop.report.text import Line, drawn, one_line

LANGUAGE = "en-GB"
_UNTITLED = "Report"
_PACKET = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
<pdfuaid:part>1</pdfuaid:part>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>"""


class TaggedCanvas(Canvas):
    """An A4 canvas that writes tagged pages into memory."""

    def __init__(self, *, title: str, made: date | None = None) -> None:
        """Start an empty document called ``title``, dated the day it was ``made``."""
        fonts.characters(Face.REGULAR)
        self._file = BytesIO()
        # The library's own first font is an unembedded Helvetica; naming ours keeps it out of the file.
        super().__init__(
            self._file,
            pagesize=(PAGE_WIDTH, PAGE_HEIGHT),
            pageCompression=1,
            invariant=1,
            pdfVersion=(1, 7),
            initialFontName=cast("Any", str(Face.REGULAR)),  # the stubs take the name for a number
            lang=LANGUAGE,
        )
        self._marks: list[list[Element]] = [[]]
        self._open = False
        self._entries = 0
        self._title = one_line(title) or _UNTITLED
        self.setTitle(self._title)
        self.setAuthor("")
        self.setSubject("")
        self.setCreator("Tradeoff Desktop")
        if made:
            self.setDateFormatter(lambda *_: f"D:{made:%Y%m%d}")
        self.setViewerPreference("DisplayDocTitle", "true")
        self.showOutline()

    @contextmanager
    def mark(self, element: Element) -> Iterator[None]:
        """Mark what is drawn inside as content of ``element``; marks never nest."""
        page = self._marks[-1]
        element.kids.append(Mark(len(self._marks) - 1, len(page)))
        with self._content(f"/{element.tag} <</MCID {len(page)}>>"):
            yield
        page.append(element)

    @contextmanager
    def artifact(self, kind: str = "Layout") -> Iterator[None]:
        """Mark what is drawn inside as decoration (``Layout``) or page furniture (``Pagination``)."""
        with self._content(f"/Artifact <</Type /{kind}>>"):
            yield

    def content(self, element: Element | None) -> AbstractContextManager[None]:
        """Return the mark of an element, or an artifact where there is none."""
        return self.mark(element) if element else self.artifact()

    def draw_line(self, line: Line, x: float, y: float, *, size: float, colour: str) -> None:
        """Draw a line of text with its baseline starting at ``(x, y)``.

        A line ends in a space, or readers that join lines would join the last word to the next line's first.
        """
        self.setFillColorRGB(*channels(colour))
        words = self.beginText(x, y)
        runs = drawn(line).runs
        for number, run in enumerate(runs, 1):
            words.setFont(str(run.face), size)
            words.textOut(f"{run.text} " if number == len(runs) else run.text)
        self.drawText(words)

    def draw_bar(self, x: float, y: float, width: float, height: float, colour: str) -> None:
        """Fill a rectangle, as an artifact."""
        with self.artifact():
            self.setFillColorRGB(*channels(colour))
            self.rect(x, y, width, height, stroke=0, fill=1)

    def bookmark(self, title: str, *, level: int, top: float) -> None:
        """Add an entry to the outline that leads to height ``top`` of this page."""
        self._entries += 1
        key = f"heading-{self._entries}"
        self.bookmarkHorizontalAbsolute(key, top)
        self.addOutlineEntry(one_line(title), key, level)

    def end_page(self) -> None:
        """Finish a page and start the next."""
        self.showPage()
        page: Any = self._pages()[-1]
        page.__NoDefault__ = [*PDFPage.__NoDefault__, "StructParents", "Tabs"]
        page.StructParents = len(self._marks) - 1
        page.Tabs = PDFName("S")
        self._marks.append([])

    def finish(self, root: Element) -> bytes:
        """Write the structure tree under ``root`` and the metadata, and return the file."""
        self.setCatalogEntry("StructTreeRoot", structure.tree(root, self._pages(), self._marks[:-1]))
        self.setCatalogEntry("MarkInfo", PDFDictionary({"Marked": "true"}))
        self.setCatalogEntry("Metadata", self._metadata())
        self.save()
        return self._file.getvalue()

    @contextmanager
    def _content(self, opening: str) -> Iterator[None]:
        if self._open:
            raise AssertionError("marked content inside marked content")
        self._open = True
        self.addLiteral(f"{opening} BDC")
        yield
        self.addLiteral("EMC")
        self._open = False

    def _pages(self) -> list[PDFPage]:
        pages: list[PDFPage] = self.getCatalogEntry("Pages").pages
        return pages

    def _metadata(self) -> PDFStream:
        """Return the XMP packet, uncompressed so that any tool can read it."""
        packet = _PACKET.format(title=escape(self._title), language=LANGUAGE)
        kind = PDFDictionary({"Type": PDFName("Metadata"), "Subtype": PDFName("XML")})
        return PDFStream(kind, packet.encode())
