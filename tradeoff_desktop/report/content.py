"""What a report says, piece by piece: plain values, no layout. One list serves every form the report is written in."""

from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from tradeoff_desktop.report.charts import Chart
from tradeoff_desktop.report.text import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A heading; ``label`` is its number or letter, if it has one."""

    level: int
    words: Text
    label: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """A paragraph; ``label`` is its number, if it has one."""

    words: Text
    label: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bullets:
    """A list, numbered where ``ordered``; ``indented`` under a numbered paragraph."""

    items: tuple[Text, ...]
    ordered: bool = False
    indented: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """Words that somebody said, and who; ``indented`` under a numbered paragraph."""

    words: Text
    source: str = ""
    indented: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Callout:
    """A box beside the story, such as "How to read this"."""

    title: str
    paragraphs: tuple[Text, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """Names and what they stand for, in two columns."""

    pairs: tuple[tuple[str, Text], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table.

    ``widths`` are relative and may be empty; ``align`` has ``l`` or ``r`` for each column, or is empty for all left;
    with ``row_heads`` the first cell of a row is its head.
    """

    head: tuple[str, ...]
    rows: tuple[tuple[Text, ...], ...]
    caption: str = ""
    widths: tuple[float, ...] = ()
    align: str = ""
    row_heads: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A chart under its finding, with its caption, alternative text and table."""

    chart: Chart
    label: str
    title: str
    caption: str
    alt: str
    table: Table


@dataclass(frozen=True, slots=True)
class NewPage:
    """What follows starts a page."""


Piece: TypeAlias = Heading | Paragraph | Bullets | Quote | Callout | Facts | Table | Figure | NewPage


@dataclass(frozen=True, slots=True, kw_only=True)
class Front:
    """What stands before the story, and on every page."""

    title: str
    subtitle: str = ""
    details: tuple[tuple[str, str], ...] = ()
    footer: str = ""
    notice: str = ""
    cover: bool = False
    contents: bool = False
    made: date | None = None
