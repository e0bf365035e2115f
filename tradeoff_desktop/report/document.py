"""The builder of every report: plain text, tables and charts in, the bytes of an accessible PDF out."""

import string
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from tradeoff_desktop.report import chart_svg, content, html, layout, pages, twins
from tradeoff_desktop.report.canvas import TaggedCanvas
from tradeoff_desktop.report.charts import Chart
from tradeoff_desktop.report.content import Front, Piece, Table
from tradeoff_desktop.report.structure import Element
from tradeoff_desktop.report.text import Span, Text, one_line

Progress = Callable[[int, int], None]


class Document:
    """A report in the making. Every string is plain text: nothing in it is ever read as markup."""

    def __init__(  # noqa: PLR0913 - what stands before the story, each by its name
        self,
        *,
        title: str,
        subtitle: str = "",
        details: Sequence[tuple[str, str]] = (),
        footer: str = "",
        notice: str = "",
        cover: bool = False,
        contents: bool = False,
        made: date | None = None,
    ) -> None:
        """Start a report.

        Args:
            title: printed first, shown by readers as the name of the document.
            subtitle: printed under the title.
            details: names and values under the title, such as area and date.
            footer: at the left of every foot.
            notice: a warning at the head of every page, such as that the answers are practice.
            cover: whether the title has a page of its own.
            contents: whether chapters and sections are listed with their pages.
            made: the day a reader shows as that of the file; no clock is ever asked.

        """
        self.front = Front(
            title=title,
            subtitle=subtitle,
            details=tuple(details),
            footer=footer,
            notice=notice,
            cover=cover,
            contents=contents,
            made=made,
        )
        self._pieces: list[Piece] = []
        self._chapters = self._annexes = self._paragraphs = self._figures = self._tables = 0
        self._chapter = ""

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """What the report says so far, for a writer of another form."""
        return tuple(self._pieces)

    @property
    def _below_number(self) -> bool:
        """Whether what comes next belongs to a numbered paragraph."""
        last = self._pieces[-1] if self._pieces else None
        if isinstance(last, content.Bullets | content.Quote):
            return last.indented
        return isinstance(last, content.Paragraph) and bool(last.label)

    def heading(self, level: int, words: Text, *, numbered: bool = True) -> None:
        """Add a heading of level 1 to 3; those of level 1 are numbered unless told otherwise."""
        label = ""
        if level == 1:
            self._chapters += numbered
            self._paragraphs = 0
            label = self._chapter = str(self._chapters) if numbered else ""
        self._pieces.append(content.Heading(level=level, words=words, label=label))

    def annex(self, words: Text) -> None:
        """Add a heading of level 1 that starts the next annex: A, B and so on."""
        self._chapter = _letters(self._annexes)
        self._annexes += 1
        self._paragraphs = 0
        self._pieces.append(content.Heading(level=1, words=words, label=f"Annex {self._chapter}"))

    def paragraph(self, words: Text, *, numbered: bool = False) -> None:
        """Add a paragraph, numbered within its chapter where asked for."""
        self._paragraphs += numbered
        number = ".".join(filter(None, [self._chapter, str(self._paragraphs)])) if numbered else ""
        self._pieces.append(content.Paragraph(words=words, label=number))

    def bullets(self, items: Sequence[Text], *, ordered: bool = False) -> None:
        """Add a list."""
        self._pieces.append(content.Bullets(items=tuple(items), ordered=ordered, indented=self._below_number))

    def quote(self, words: Text, *, source: str = "") -> None:
        """Add somebody's own words."""
        self._pieces.append(content.Quote(words=words, source=source, indented=self._below_number))

    def callout(self, title: str, words: Text | Sequence[Text]) -> None:
        """Add a box of a title and one or several paragraphs."""
        paragraphs = (words,) if isinstance(words, str | Span) else tuple(words)
        self._pieces.append(content.Callout(title=title, paragraphs=paragraphs))

    def facts(self, pairs: Sequence[tuple[str, Text]]) -> None:
        """Add names and what they stand for, in two columns."""
        self._pieces.append(content.Facts(pairs=tuple(pairs)))

    def table(
        self,
        head: Sequence[str],
        rows: Sequence[Sequence[Text]],
        *,
        caption: str = "",
        widths: Sequence[float] = (),
        align: str = "",
        row_heads: bool = True,
    ) -> None:
        """Add a table; ``content.Table`` says what its parts mean. A caption is numbered."""
        self._tables += bool(caption)
        self._pieces.append(
            Table(
                head=tuple(head),
                rows=tuple(map(tuple, rows)),
                caption=f"Table {self._tables}. {caption}" if caption else "",
                widths=tuple(widths),
                align=align,
                row_heads=row_heads,
            )
        )

    def figure(
        self, chart: Chart, *, title: str, caption: str = "", alt: str = "", table: Table | None = None
    ) -> None:
        """Add a chart with its finding, caption, alternative text and table; the last two are made where not given."""
        self._figures += 1
        label = f"Figure {self._figures}."
        twin = table or twins.table_of(chart)
        self._pieces.append(
            content.Figure(
                chart=chart,
                label=label,
                title=title,
                caption=caption,
                alt=alt.strip() or twins.alt_text(chart),
                table=twin if twin.caption else replace(twin, caption=f"{label[:-1]} as a table"),
            )
        )

    def page_break(self) -> None:
        """Start a page."""
        self._pieces.append(content.NewPage())

    def write(self, progress: Progress | None = None) -> bytes:
        """Return the PDF; the same report gives the same bytes.

        Args:
            progress: called with the work done and the work in all; what it raises ends the writing.

        """
        report = progress or (lambda _done, _total: None)
        total = 2 * len(self._pieces)
        built = iter(range(1, total + 1))
        root = Element("Document")
        canvas = TaggedCanvas(title=self.front.title, made=self.front.made)
        boxes = layout.boxes(self.front, self._pieces, root, lambda: report(next(built), total))
        paged = pages.paginate(boxes)
        drawn = iter(range(1, len(paged) + 1))
        pages.draw(canvas, paged, self.front, lambda: report(_share(next(drawn), len(paged), total), total))
        return canvas.finish(root)

    def html(self, progress: Progress | None = None) -> bytes:
        """Return the same report as one HTML file; ``progress`` as in ``write``."""
        report = progress or (lambda _done, _total: None)
        built = iter(range(1, len(self._pieces) + 1))
        return html.write(self.front, self._pieces, lambda: report(next(built), len(self._pieces)))

    def figures(self, progress: Progress | None = None) -> dict[str, bytes]:
        """Return every figure as a file of its own, by name: SVG and tagged PDF, each with its alternative text.

        ``progress`` as in ``write``.
        """
        found: dict[str, bytes] = {}
        for number, figure in enumerate((p for p in self._pieces if isinstance(p, content.Figure)), 1):
            if progress:
                progress(number, self._figures)
            found[f"figure-{number:02}.svg"] = chart_svg.alone(
                figure.chart, title=one_line(figure.title), alt=one_line(figure.alt)
            )
            page = Document(title=figure.title, footer=self.front.title, notice=self.front.notice, made=self.front.made)
            page.figure(figure.chart, title=figure.title, caption=figure.caption, alt=figure.alt, table=figure.table)
            found[f"figure-{number:02}.pdf"] = page.write()
        return found


def _share(drawn: int, pages_in_all: int, total: int) -> int:
    """Return the work done when ``drawn`` pages are: the second half of the total is drawing."""
    return total // 2 + total // 2 * drawn // pages_in_all


def _letters(number: int) -> str:
    """Return A for 0, Z for 25, AA for 26."""
    before, letter = divmod(number, 26)
    return (_letters(before - 1) if before else "") + string.ascii_uppercase[letter]
