"""From what a report says to boxes on a page, each with its place in the structure tree."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import singledispatch

from matplotlib.figure import Figure as Picture
from reportlab.pdfbase.pdfdoc import PDFName

from tradeoff_desktop.report import chart_drawing, content, style, twins
from tradeoff_desktop.report.boxes import Box, Labelled, PageBreak, Panel, Rule, Stack, Together, Words
from tradeoff_desktop.report.canvas import TaggedCanvas
from tradeoff_desktop.report.chart_renderer import POINTS_PER_INCH, ChartBox
from tradeoff_desktop.report.charts import Chart, Dots, Shares, halves
from tradeoff_desktop.report.content import Front, Piece
from tradeoff_desktop.report.structure import Element
from tradeoff_desktop.report.style import Style
from tradeoff_desktop.report.tables import Columns, Grid, Row
from tradeoff_desktop.report.text import NBSP, Span, Text, cut, plain, spans

_NUMBER_INDENT = 36.0
_BULLET_INDENT = 16.0
_TALLEST_CHART = 0.72 * style.TEXT_HEIGHT
_TALLEST_PANELS = 0.45 * style.TEXT_HEIGHT  # of charts made of panels that are read by themselves: parted sooner
_CONTENTS_LEVELS = 2
_LONGEST_TITLE = 160
_QUOTE_MARKS = ('"', "'", "\u2018", "\u201c", "«")


@dataclass(slots=True, kw_only=True)
class Anchor:
    """Where a heading is: its page, from 1, is known once pages are made."""

    title: str
    level: int
    page: int = 0


class HeadingBox(Box):
    """A heading: it leads what follows and has an entry in the outline."""

    leads = True

    def __init__(self, words: Words, anchor: Anchor) -> None:
        """Set ``words`` as the heading that ``anchor`` marks."""
        self.words = words
        self.anchor = anchor
        self.before, self.after = words.before, words.after

    def height(self, width: float) -> float:
        """Return the height of the words."""
        return self.words.height(width)

    def split(self, width: float, height: float) -> tuple[Box, Box] | None:
        """Part the words; the outline leads to the first part."""
        parts = self.words.split(width, height)
        return parts and (HeadingBox(parts[0], self.anchor), parts[1])

    def draw(self, canvas: TaggedCanvas, x: float, top: float, width: float) -> None:
        """Add the heading to the outline and draw it."""
        canvas.bookmark(self.anchor.title, level=self.anchor.level - 1, top=top)
        self.words.draw(canvas, x, top, width)


class ContentsEntry(Box):
    """One line of the printed contents; the page number is read when it is drawn."""

    number_width = 30.0

    def __init__(self, anchor: Anchor, element: Element) -> None:
        """Point to the heading at ``anchor``."""
        self.anchor = anchor
        self.style = style.CONTENTS[anchor.level]
        self.indent = 0.0 if anchor.level == 1 else _BULLET_INDENT
        self.before, self.after = self.style.before, self.style.after
        self.element = Element("TOCI", element)
        self.title = Words(anchor.title, self.style, Element("P", self.element))

    def height(self, width: float) -> float:
        """Return the height of the title."""
        return self.title.height(width - self.indent - self.number_width)

    def draw(self, canvas: TaggedCanvas, x: float, top: float, width: float) -> None:
        """Draw the title and the page number."""
        inner = width - self.indent - self.number_width
        self.title.draw(canvas, x + self.indent, top, inner)
        number = Words(str(self.anchor.page), self.style, Element("P", self.element), align="r")
        number.draw(canvas, x + width - self.number_width, top, self.number_width)


def boxes(front: Front, pieces: Sequence[Piece], root: Element, done: Callable[[], None]) -> list[Box]:
    """Return the whole report as boxes; ``done`` is called after every piece and may raise."""
    opening = list(_front(front, root))
    toc = Element("TOC", root) if front.contents else None
    story: list[Box] = []
    for piece in pieces:
        story += _boxes(piece, root)
        done()
    anchors = [box.anchor for box in story if isinstance(box, HeadingBox)]
    return [*opening, *(_contents(anchors, toc) if toc else []), *story]


def _front(front: Front, root: Element) -> Iterable[Box]:
    """Title, subtitle and details: a page of their own, or the head of the first page."""
    if front.cover:
        yield Rule(0.22 * style.TEXT_HEIGHT)
    yield Rule(4.0, style.ACCENT, after=16)
    if front.notice:
        yield Words(front.notice, style.NOTICE_TEXT, Element("P", root))
    yield Words(front.title, style.COVER_TITLE if front.cover else style.TITLE, Element("P", root))
    if front.subtitle:
        yield Words(front.subtitle, style.SUBTITLE, Element("P", root))
    if front.details:
        yield from _boxes(content.Facts(pairs=front.details), root)
    if front.cover:
        yield PageBreak()


def _contents(anchors: Sequence[Anchor], toc: Element) -> list[Box]:
    """Return the printed contents, on a page of their own."""
    title = Words("Contents", style.HEADINGS[1], Element("Caption", toc), leads=True)
    return [
        title,
        *(ContentsEntry(each, toc) for each in anchors if each.level <= _CONTENTS_LEVELS),
        PageBreak(),
    ]


@singledispatch
def _boxes(piece: Piece, _root: Element) -> list[Box]:
    """Return the boxes of one piece."""
    raise TypeError(type(piece).__name__)


@_boxes.register
def _heading(piece: content.Heading, root: Element) -> list[Box]:
    labelled = _labelled(piece.label, piece.words)
    words = Words(labelled, style.HEADINGS[piece.level], Element(f"H{piece.level}", root), leads=True)
    return [HeadingBox(words, Anchor(title=cut(plain(labelled), _LONGEST_TITLE), level=piece.level))]


@_boxes.register
def _paragraph(piece: content.Paragraph, root: Element) -> list[Box]:
    element = Element("P", root)
    if not piece.label:
        return [Words(piece.words, style.BODY, element)]
    label = Words(piece.label, style.NUMBER, Element("Span", element))
    return [Labelled(label, Words(piece.words, style.BODY, element), indent=_NUMBER_INDENT)]


@_boxes.register
def _bullets(piece: content.Bullets, root: Element) -> list[Box]:
    numbering = PDFName("Decimal" if piece.ordered else "Disc")
    made = Element("L", root, owner="List", ListNumbering=numbering)
    listed: list[Box] = []
    for number, item in enumerate(piece.items, 1):
        entry = Element("LI", made)
        label = Words(f"{number}." if piece.ordered else "•", style.LIST, Element("Lbl", entry))
        body = Words(item, style.LIST, Element("LBody", entry))
        listed.append(Labelled(label, body, indent=_BULLET_INDENT + (6.0 if piece.ordered else 0.0)))
    if listed:
        listed[-1].after = style.BODY.after
    return _indented(listed) if piece.indented else listed


@_boxes.register
def _quote(piece: content.Quote, root: Element) -> list[Box]:
    block = Element("BlockQuote", root)
    marked = plain(piece.words).startswith(_QUOTE_MARKS)
    words = piece.words if marked else (Span("“"), *spans(piece.words), Span("”"))
    inside: list[Box] = [Words(words, style.QUOTE, Element("P", block))]
    if piece.source:
        inside[0].leads = True
        inside.append(Words(piece.source, style.SOURCE, Element("P", block)))
    quoted: list[Box] = [Panel(Stack(inside), colour=style.RULE)]
    return _indented(quoted) if piece.indented else quoted


@_boxes.register
def _callout(piece: content.Callout, root: Element) -> list[Box]:
    group = Element("Div", root)
    title = Words(piece.title, style.CALLOUT_TITLE, Element("P", group), leads=True)
    texts = [Words(words, style.CALLOUT, Element("P", group)) for words in piece.paragraphs]
    return [Panel(Stack([title, *texts]), ground=style.TINT)]


@_boxes.register
def _facts(piece: content.Facts, root: Element) -> list[Box]:
    body = Element("TBody", Element("Table", root))
    rows = [
        Row((_cell(name, style.FACT_NAME, line, scope="Row"), _cell(words, style.FACT, line)))
        for name, words in piece.pairs
        for line in (Element("TR", body),)
    ]
    return [Grid(None, rows, Columns(None, rows, (3, 7)), inset=0.0)] if rows else []


@_boxes.register
def _table(piece: content.Table, root: Element) -> list[Box]:
    table = Element("Table", root)
    caption = (
        [Words(piece.caption, style.TABLE_CAPTION, Element("Caption", table), leads=True)]
        if piece.caption
        else []
    )
    aligns = piece.align or "l" * len(piece.head)
    line = Element("TR", Element("THead", table))
    heads = zip(piece.head, aligns, strict=True)
    head = Row(
        tuple(_cell(name, style.HEAD_CELL, line, scope="Column", align=align) for name, align in heads)
    )
    body = Element("TBody", table) if piece.rows else None
    rows = [
        Row(_cells(cells, piece, Element("TR", body)), shaded=number % 2 == 1)
        for number, cells in enumerate(piece.rows)
    ]
    return [*caption, Grid(head, rows, Columns(head, rows, piece.widths))]


@_boxes.register
def _figure(piece: content.Figure, root: Element) -> list[Box]:
    group = Element("Div", root)
    title = Words(_labelled(piece.label, piece.title), style.FIGURE_TITLE, Element("P", group), leads=True)
    pictures = list(_pictures(piece.chart))
    alone = len(pictures) == 1
    drawn = [
        ChartBox(picture, Element("Figure", group, alt=piece.alt if alone else twins.alt_text(part)))
        for part, picture in pictures
    ]
    caption = [Words(piece.caption, style.FIGURE_CAPTION, Element("Caption", group))] if piece.caption else []
    return [
        Together([title, drawn[0], *(caption if alone else [])]),
        *drawn[1:],
        *([] if alone else caption),
        *_table(piece.table, root),
    ]


@_boxes.register
def _new_page(_piece: content.NewPage, _root: Element) -> list[Box]:
    return [PageBreak()]


def _indented(plain_boxes: Sequence[Box]) -> list[Box]:
    """Return boxes moved under the text of a numbered paragraph."""
    return [Labelled(None, box, indent=_NUMBER_INDENT) for box in plain_boxes]


def _cells(words: Sequence[Text], table: content.Table, line: Element) -> tuple[Words, ...]:
    """Return the cells of a row of a table."""
    columns = enumerate(zip(words, table.align or "l" * len(table.head), strict=True))
    return tuple(
        _cell(each, style.CELL, line, scope="" if column or not table.row_heads else "Row", align=align)
        for column, (each, align) in columns
    )


def _cell(words: Text, look: Style, line: Element, *, scope: str = "", align: str = "l") -> Words:
    """Return a cell; one with a scope is the head of its row or column."""
    element = Element("TH", line, owner="Table", Scope=PDFName(scope)) if scope else Element("TD", line)
    return Words(words, look, element, align=align)


def _pictures(chart: Chart) -> Iterable[tuple[Chart, Picture]]:
    """Draw a chart, in parts where it is taller than a page should hold."""
    picture = chart_drawing.draw(chart, style.TEXT_WIDTH)
    tallest = _TALLEST_PANELS if isinstance(chart, Shares | Dots) else _TALLEST_CHART
    parts = halves(chart) if picture.get_figheight() * POINTS_PER_INCH > tallest else None
    if parts is None:
        yield chart, picture
    else:
        for part in parts:
            yield from _pictures(part)


def _labelled(label: str, words: Text) -> Text:
    """Return ``words`` after their number or letter, if they have one."""
    return (Span(label + 2 * NBSP), *spans(words)) if label else words
