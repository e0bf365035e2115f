"""Forms from their texts: a line of a text in ``resources/kit`` begins with what it is (see the README beside them).

What is filled in comes after the lines have been told apart: a name that begins with a mark stays a name.
"""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from reportlab.pdfbase.pdfdoc import PDFName

from tradeoff_desktop.errors import MachineError
from tradeoff_desktop.report import kit_pages
from tradeoff_desktop.report.boxes import Box, Labelled, PageBreak, Stack, Together, Words
from tradeoff_desktop.report.kit_boxes import NORMAL, CutLine, Framed, Icon, Look, Side, Tick, WritingLines
from tradeoff_desktop.report.kit_occasion import Occasion, Place
from tradeoff_desktop.report.kit_pages import Leaf, Paper, said
from tradeoff_desktop.report.structure import Element
from tradeoff_desktop.report.style import TINT

FOLDER = Path(__file__).resolve().parents[2] / "resources" / "kit"
_KINDS = re.compile(r"(?P<kind>## |# |- |\[\] |__(?P<count>\d?) |@(?P<icon>[\w+-]+) |> |8< |---$)?(?P<text>.*)")


class Piece(NamedTuple):
    """One line of a form: what it is, its words, the lines to write on, the picture beside it."""

    kind: str
    text: str
    lines: int = 1
    icon: str = ""


@cache
def pieces(name: str) -> tuple[Piece, ...]:
    """The pieces of the text called ``name``. MachineError("form_missing") where there is no such file."""
    try:
        source = (FOLDER / f"{name}.txt").read_text(encoding="utf-8")
    except OSError as error:
        raise MachineError("form_missing", file=f"{name}.txt") from error
    found: list[Piece] = []
    ended = True
    for raw in source.splitlines():
        match = _KINDS.fullmatch(raw.strip())
        kind = (match["kind"] or "").strip() if match else ""
        words = match["text"] if match else raw
        if not kind and not words:
            ended = True
        elif not kind and not ended:
            found[-1] = found[-1]._replace(text=f"{found[-1].text} {words}")
        else:
            count, icon = (match["count"], match["icon"]) if match else ("", "")
            ended = kind in {"#", "##", "---", "8<"} or kind.startswith(("__", "@"))
            found.append(Piece(kind[:2] if kind.startswith("__") else kind[:1] if icon else kind, words, int(count or 1), icon or ""))
    return tuple(found)


def boxes(name: str, section: Element, facts: dict[str, str], look: Look = NORMAL) -> list[Box]:
    """The form called ``name``, filled in, as boxes under ``section``."""
    made: list[Box] = []
    listed: Element | None = None
    for piece in pieces(name):
        words = piece.text.format_map(facts)
        if piece.kind == "-":
            listed = listed or Element("L", section, owner="List", ListNumbering=PDFName("Disc"))
            made.append(_point(words, listed, look))
            continue
        listed = None
        made += _boxes(piece, words, section, look)
    return made


def add(paper: Paper, occasion: Occasion, name: str, title: str, place: Place | None = None, *, look: Look = NORMAL) -> None:
    """Add one copy of a form that is nothing but its text."""
    section = paper.section()
    bookmark = f"{title}, seat {place.code}" if place and place.code else title
    paper.add(boxes(name, section, occasion.facts(place), look), Leaf(occasion, title, bookmark=bookmark, look=look))


def _boxes(piece: Piece, words: str, section: Element, look: Look) -> Iterator[Box]:
    """The boxes of one piece that is no point of a list."""
    match piece.kind:
        case "#":
            yield kit_pages.title(words, section, look)
        case "##":
            yield kit_pages.head(words, section, look)
        case ">":
            yield Framed(Stack([said(words, section, look.strong)], after=0.0), pad=8, line=0, ground=TINT)
        case "[]":
            yield Framed(
                Side([Tick(look.tick), said(words, section, look.body)], [look.tick, 0], gap=12, middle=True), pad=5, line=0, after=4,
            )
        case "__":
            yield write_on(section, words, look, piece.lines)
        case "@":
            yield Side([Icon(piece.icon, look.icon), said(words, section, look.body)], [look.icon, 0], gap=22, middle=True, after=11)
        case "8<":
            yield CutLine(words)
        case "---":
            yield PageBreak()
        case _:
            # A filled-in text of the pack may hold several paragraphs.
            yield from (said(part, section, look.body) for part in words.split("\n"))


def _point(words: str, listed: Element, look: Look) -> Box:
    entry = Element("LI", listed)
    label = Words("•", look.body, Element("Lbl", entry))
    return Labelled(label, Words(words, look.body, Element("LBody", entry)), indent=look.body.size * 1.3)


def write_on(section: Element, words: str, look: Look, lines: int = 1) -> Box:
    """Words and the lines for the answer: beside them where there is one line, under them where there are more."""
    gap = max(look.tick * 1.12, look.body.leading)
    named = said(words, section, look.body)
    if lines > 1:
        return Together([named, WritingLines(lines, gap=gap)], after=12)
    return Side([named, WritingLines(1, gap=gap)], [named.natural_width() + 4, 0], gap=8, low=True, after=8)
