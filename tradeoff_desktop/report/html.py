"""The same report as one HTML file: no scripts, nothing fetched, readable on a telephone, by ear and on paper.

Every word passes the gate (``text.clean``) and is escaped; nothing a person typed is ever read as markup.
"""

import unicodedata
from collections.abc import Callable, Iterator, Sequence
from functools import singledispatch
from html import escape

from tradeoff_desktop.report import chart_svg, content, style, web_fonts
from tradeoff_desktop.report.content import Front, Piece
from tradeoff_desktop.report.text import Text, clean, one_line, plain, spans

_CONTENTS_LEVELS = 2
_QUOTE_MARKS = ('"', "'", "\u2018", "\u201c", "«")
_RIGHT_TO_LEFT = {"R", "AL", "AN"}
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; font-src data:"
_STYLE = f"""
:root{{color-scheme:light}}
*{{box-sizing:border-box}}
body{{margin:0 auto;padding:1.5rem 1.25rem 3rem;max-width:46rem;font:1.0625rem/1.55 {web_fonts.STACK};color:{style.INK};background:#fff;overflow-wrap:anywhere}}
h1{{font-size:2.1rem;line-height:1.2;color:{style.ACCENT};margin:.4em 0 .2em}}
h2{{font-size:1.5rem;line-height:1.25;color:{style.ACCENT};margin:2.2em 0 .5em}}
h3{{font-size:1.2rem;line-height:1.3;margin:1.8em 0 .4em}}
h4{{font-size:1.05rem;margin:1.4em 0 .3em}}
p{{margin:.6em 0}}
.top{{border-top:4px solid {style.ACCENT};padding-top:.5rem}}
.sub{{font-size:1.2rem;color:{style.MUTED};margin:0 0 1em}}
.notice{{font-weight:700;color:{style.WARN}}}
.skip{{position:absolute;left:-999rem}}
.skip:focus{{position:static}}
a{{color:{style.ACCENT}}}
a:focus-visible,[tabindex]:focus-visible{{outline:3px solid {style.ACCENT};outline-offset:2px}}
nav ol{{list-style:none;padding-left:0}}
nav ol ol{{padding-left:1.2em}}
.no{{color:{style.MUTED};display:inline-block;min-width:2.6em}}
.in{{margin-left:2.6em}}
ul,ol{{padding-left:1.5em}}
li{{margin:.25em 0}}
blockquote{{margin:.9em 0;padding:.1em 0 .1em 1em;border-left:3px solid {style.RULE}}}
blockquote.in{{margin-left:2.6em}}
.source,figcaption,footer{{font-size:.9rem;color:{style.MUTED}}}
.box{{background:{style.TINT};padding:.6em 1.1em;margin:1.2em 0}}
.box p:first-child{{font-weight:700;color:{style.ACCENT}}}
dl{{border-bottom:1px solid {style.RULE};padding-bottom:.6em}}
dt{{font-weight:600}}
dd{{margin:0 0 .4em}}
.wide{{overflow-x:auto;margin:1em 0}}
table{{border-collapse:collapse;width:100%;font-size:.95rem}}
caption{{text-align:left;font-weight:600;padding:.4em 0}}
th,td{{text-align:left;vertical-align:top;padding:.4em .6em .4em 0;border-bottom:1px solid {style.RULE};font-weight:400;overflow-wrap:normal}}
thead th{{font-weight:600;border-bottom:2px solid {style.ACCENT};vertical-align:bottom}}
.r{{text-align:right}}
figure{{margin:1.6em 0 .4em}}
.title{{font-weight:600}}
svg{{max-width:100%;height:auto;width:100%;forced-color-adjust:none;background:#fff}}
@media(min-width:34rem){{dl{{display:grid;grid-template-columns:3fr 7fr;gap:.3em 1em}}}}
@media print{{@page{{size:A4;margin:22mm 20mm}}body{{max-width:none;padding:0;font-size:11.5pt}}.skip,nav{{display:none}}
h2,h3,h4,.title,caption{{break-after:avoid}}tr,figure,blockquote{{break-inside:avoid}}thead{{display:table-header-group}}.wide{{overflow:visible}}}}
"""


def write(front: Front, pieces: Sequence[Piece], done: Callable[[], None] = lambda: None) -> bytes:
    """Return the report as HTML; ``done`` is called after every piece and may raise."""
    title = escape(one_line(front.title))
    head = (
        '<!DOCTYPE html>\n<html lang="en-GB">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        f"<title>{title}</title>\n<style>{web_fonts.rules()}{_STYLE}</style>\n</head>\n<body>\n"
    )
    story = []
    for number, piece in enumerate(pieces):
        story.append(_piece(piece, f"s{number}"))
        done()
    parts = [head, '<a class="skip" href="#story">Skip to the report</a>\n', *_front(front), *_contents(pieces)]
    parts += ['<main id="story">\n', *story, "</main>\n", f"<footer><p>{_words(front.footer)}</p></footer>\n</body>\n</html>\n"]
    return "".join(parts).encode("utf-8", "replace")


def _front(front: Front) -> Iterator[str]:
    yield '<header class="top">\n'
    if front.notice:
        yield f'<p class="notice">{_words(front.notice)}</p>\n'
    yield f"<h1{_turned(front.title)}>{_words(front.title)}</h1>\n"
    if front.subtitle:
        yield f'<p class="sub"{_turned(front.subtitle)}>{_words(front.subtitle)}</p>\n'
    if front.details:
        yield _piece(content.Facts(pairs=front.details), "facts")
    yield "</header>\n"


def _contents(pieces: Sequence[Piece]) -> Iterator[str]:
    """List chapters and their sections, each leading to its heading."""
    found = [(n, p) for n, p in enumerate(pieces) if isinstance(p, content.Heading) and p.level <= _CONTENTS_LEVELS]
    if len(found) < 2:
        return
    yield '<nav aria-label="Contents"><h2>Contents</h2><ol>'
    level, opened = 1, False
    for number, heading in found:
        yield "<ol>" * (heading.level - level) if heading.level > level else ("</li>" if opened else "")
        yield "</ol></li>" * (level - heading.level)
        yield f'<li><a href="#s{number}">{_labelled(heading.label, heading.words)}</a>'
        level, opened = heading.level, True
    yield "</li>" + "</ol></li>" * (level - 1) + "</ol></nav>\n"


@singledispatch
def _piece(piece: object, _id: str) -> str:
    raise TypeError(type(piece).__name__)


@_piece.register
def _heading(piece: content.Heading, id_: str) -> str:
    tag = f"h{piece.level + 1}"
    return f'<{tag} id="{id_}"{_turned(piece.words)}>{_labelled(piece.label, piece.words)}</{tag}>\n'


@_piece.register
def _paragraph(piece: content.Paragraph, id_: str) -> str:
    number = f'<span class="no">{escape(piece.label)}</span> ' if piece.label else ""
    named = f' id="{id_}"' if piece.label else ""
    return f"<p{named}{_turned(piece.words)}>{number}{_words(piece.words)}</p>\n"


@_piece.register
def _bullets(piece: content.Bullets, _id: str) -> str:
    tag = "ol" if piece.ordered else "ul"
    items = "".join(f"<li{_turned(item)}>{_words(item)}</li>" for item in piece.items)
    return f"<{tag}{_indented(piece.indented)}>{items}</{tag}>\n"


@_piece.register
def _quote(piece: content.Quote, _id: str) -> str:
    marked = plain(piece.words).startswith(_QUOTE_MARKS)
    words = _words(piece.words) if marked else f"“{_words(piece.words)}”"
    source = f'<p class="source"{_turned(piece.source)}>{_words(piece.source)}</p>' if piece.source else ""
    return f"<blockquote{_indented(piece.indented)}><p{_turned(piece.words)}>{words}</p>{source}</blockquote>\n"


@_piece.register
def _callout(piece: content.Callout, _id: str) -> str:
    texts = "".join(f"<p{_turned(words)}>{_words(words)}</p>" for words in piece.paragraphs)
    return f'<div class="box"><p{_turned(piece.title)}>{_words(piece.title)}</p>{texts}</div>\n'


@_piece.register
def _facts(piece: content.Facts, _id: str) -> str:
    pairs = "".join(
        f"<dt{_turned(name)}>{_words(name)}</dt><dd{_turned(words)}>{_words(words)}</dd>" for name, words in piece.pairs
    )
    return f"<dl>{pairs}</dl>\n" if pairs else ""


@_piece.register
def _table(piece: content.Table, id_: str) -> str:
    aligns = piece.align or "l" * len(piece.head)
    caption = f'<caption id="{id_}c"{_turned(piece.caption)}>{_words(piece.caption)}</caption>' if piece.caption else ""
    head = "".join(_cell("th", words, at, ' scope="col"') for words, at in zip(piece.head, aligns, strict=True))
    body = "".join(
        f"<tr>{''.join(_row(row, aligns, row_heads=piece.row_heads))}</tr>" for row in piece.rows
    )
    # Wide tables scroll by themselves, also by key, so that the page never has to.
    named = f'aria-labelledby="{id_}c"' if caption else 'aria-label="Table"'
    return (
        f'<div class="wide" role="region" tabindex="0" {named}><table>{caption}<thead><tr>{head}</tr></thead>'
        f"<tbody>{body}</tbody></table></div>\n"
    )


def _row(cells: Sequence[Text], aligns: str, *, row_heads: bool) -> Iterator[str]:
    for column, (words, at) in enumerate(zip(cells, aligns, strict=True)):
        head = row_heads and column == 0
        yield _cell("th" if head else "td", words, at, ' scope="row"' if head else "")


def _cell(tag: str, words: Text, align: str, more: str) -> str:
    right = ' class="r"' if align == "r" else ""
    return f"<{tag}{more}{right}{_turned(words)}>{_words(words)}</{tag}>"


@_piece.register
def _figure(piece: content.Figure, id_: str) -> str:
    drawn = chart_svg.drawing(piece.chart, one_line(piece.alt))
    caption = f"<figcaption{_turned(piece.caption)}>{_words(piece.caption)}</figcaption>" if piece.caption else ""
    title = f'<p class="title" id="{id_}"{_turned(piece.title)}>{_labelled(piece.label, piece.title)}</p>'
    return f'<figure aria-labelledby="{id_}">{title}{drawn}{caption}</figure>\n{_table(piece.table, f"{id_}t")}'


@_piece.register
def _new_page(_new: content.NewPage, _id: str) -> str:
    return ""


def _indented(yes: bool) -> str:  # noqa: FBT001 - the flag is the whole question
    return ' class="in"' if yes else ""


def _labelled(label: str, words: Text) -> str:
    return f'<span class="label">{escape(label)}</span>&nbsp; {_words(words)}' if label else _words(words)


def _words(words: Text) -> str:
    """Return words through the gate, escaped; emphasis and line ends are all the markup there is."""
    return "".join(_span(span.text, strong=span.strong) for span in spans(words))


def _span(words: str, *, strong: bool) -> str:
    found = escape(clean(words), quote=False).replace("\n", "<br>")
    return f"<strong>{found}</strong>" if strong else found


def _turned(words: Text) -> str:
    """Return that the direction follows the words, where some of them run from right to left."""
    return ' dir="auto"' if any(unicodedata.bidirectional(c) in _RIGHT_TO_LEFT for c in plain(words)) else ""
