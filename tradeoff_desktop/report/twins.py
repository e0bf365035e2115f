"""The twins of a chart, made from its very numbers: the alternative text and the table."""

from collections.abc import Sequence
from functools import singledispatch
from typing import TypeAlias

from tradeoff_desktop.report.charts import (
    Areas,
    Bar,
    BeforeAfter,
    Block,
    Chart,
    DivergingBars,
    Dots,
    Moved,
    Place,
    Positions,
    RiskMap,
    Shares,
    Tally,
)
from tradeoff_desktop.report.content import Table
from tradeoff_desktop.report.phrases import decimal, lower
from tradeoff_desktop.report.text import plain

_KINDS = {
    DivergingBars: "Bar chart of how many people gave each answer.",
    BeforeAfter: "Bar chart of how many people gave each answer, before and after.",
    Moved: "Bar chart of how many people moved towards risk or towards benefit.",
    Shares: "Bar charts side by side of how many people in a hundred gave each answer, by area.",
    Positions: "Tables beside each other, with the position of each and how many disagreed.",
    Areas: "Areas beside each other, with which way more people moved and how many.",
    Dots: "Dots with lines for their likely ranges, on either side of nought.",
    RiskMap: "Map of mean risk, from left to right, and mean benefit, upwards.",
}
_FIRST_HEADS = {DivergingBars: "Version", BeforeAfter: "Version and time", Moved: "Change"}
_NONE = "–"

# Name, blocks, closing words of one row of a chart, and why it has no blocks.
_Row: TypeAlias = tuple[str, tuple[Block, ...], str, str]


def alt_text(chart: Chart) -> str:
    """Return the alternative text: every number of the chart, in its order."""
    if not isinstance(chart, DivergingBars | BeforeAfter | Moved):
        table = table_of(chart)
        said = (_line(table.head, [plain(cell) for cell in row]) for row in table.rows)
        kind = f"Bar chart of how many tables {chart.shows}." if isinstance(chart, Tally) else _KINDS[type(chart)]
        return " ".join([kind, *said])
    return " ".join(
        [_KINDS[type(chart)], *(f"{name}: {_spoken(blocks) or why}{moved}." for name, blocks, moved, why in _rows(chart))]
    )


@singledispatch
def table_of(chart: Chart) -> Table:
    """Return the same numbers as a table; columns are the answers where every row has the same ones."""
    rows = _rows(chart)
    partitions = {Bar("", blocks).partition for _, blocks, _, _ in rows if blocks}
    first = _FIRST_HEADS[type(chart)]
    return (
        _wide(first, rows, [label for _, _, label in partitions.pop()])
        if len(partitions) == 1
        else _long(first, rows)
    )


@table_of.register
def _tally(chart: Tally) -> Table:
    return Table(head=(chart.head, "Tables"), rows=tuple((n, str(c)) for n, c in chart.rows), widths=(8, 2), align="lr")


@table_of.register
def _positions(chart: Positions) -> Table:
    stood = tuple((table, chart.columns[at], disagreed) for table, at, disagreed in chart.rows)
    return Table(head=("Table", "Position", "Disagreed"), rows=stood, widths=(3, 6, 3))


@table_of.register
def _areas(chart: Areas) -> Table:
    found = tuple((name, *(mark.words for mark in marks)) for name, marks in chart.rows)
    return Table(head=("Area", *chart.columns), rows=found, widths=(3, *([4] * len(chart.columns))))


def _line(head: Sequence[str], cells: Sequence[str]) -> str:
    """Return a row of a table as one sentence: its head, then each column with its cell."""
    return f"{cells[0]}: {'; '.join(f'{name.lower()} {cell}' for name, cell in zip(head[1:], cells[1:], strict=True))}."


@table_of.register
def _estimates(chart: Dots) -> Table:
    rows = tuple(
        (
            f"{dot.of}: {lower(dot.label)}" if dot.of else dot.label,
            decimal(dot.mean, signed=True),
            _NONE if dot.low is None or dot.high is None else f"{decimal(dot.low, signed=True)} to {decimal(dot.high, signed=True)}",
            "yes" if dot.sure else "no",
        )
        for dot in chart.dots
    )
    return Table(
        head=("Estimate", "Points", "Likely range", "Stands after adjustment"), rows=rows, widths=(6, 2, 4, 3), align="lrrl"
    )


@table_of.register
def _shares(chart: Shares) -> Table:
    """Return a row for every bar of every area; the agreement beside it where any is told."""
    told = any(bar.agreement for area in chart.areas for bar in area.bars)
    rows = tuple(
        (
            f"{area.name}, {lower(bar.label)}",
            "; ".join(f"{block.count} % {lower(block.label)}" for block in bar.blocks) or bar.withheld,
            *((bar.agreement or _NONE,) if told else ()),
        )
        for area in chart.areas for bar in area.bars
    )
    head = ("Area and time", "People", *(("Agreement",) if told else ()))
    return Table(head=head, rows=rows, widths=(5, 8, 3)[: len(head)])


@table_of.register
def _map(chart: RiskMap) -> Table:
    def cells(place: Place, at: int) -> tuple[str, str]:
        return tuple(_NONE if spot is None else decimal(spot[at]) for spot in (place.start, place.end))  # type: ignore[return-value]  # two spots, two cells

    return Table(
        head=("Case", "Risk at the start", "Risk at the end", "Benefit at the start", "Benefit at the end"),
        rows=tuple((f"{p.number}. {p.label}", *cells(p, 0), *cells(p, 1)) for p in chart.places),
        widths=(6, 2, 2, 2, 2),
        align="lrrrr",
    )


def _rows(chart: Chart) -> list[_Row]:
    if isinstance(chart, DivergingBars):
        return [(bar.label, bar.blocks, _agreed(bar), bar.withheld) for bar in chart.bars]
    if isinstance(chart, Moved):
        return [(panel.title, panel.blocks, "", panel.withheld) for panel in chart.panels]
    if not isinstance(chart, BeforeAfter):
        raise TypeError(type(chart).__name__)
    return [
        row
        for change in chart.changes
        for row in (
            (f"{change.label}, {change.before.label}", change.before.blocks, _agreed(change.before), change.before.withheld),
            (
                f"{change.label}, {change.after.label}",
                change.after.blocks,
                _agreed(change.after) + (f"; {change.moved}" if change.moved else ""),
                change.after.withheld,
            ),
        )
    ]


def _agreed(bar: Bar) -> str:
    return f" ({bar.agreement})" if bar.agreement else ""


def _spoken(blocks: Sequence[Block]) -> str:
    """Return counts as words, such as ``4 evenly balanced, 7 benefits somewhat``."""
    return ", ".join(f"{block.count} {block.label}" for block in blocks)


def _wide(first: str, rows: Sequence[_Row], labels: Sequence[str]) -> Table:
    """Return a table with a column for every answer."""
    none = (_NONE,) * (len(labels) - 1)
    return Table(
        head=(first, *labels),
        rows=tuple(
            (name, *(tuple(str(block.count) for block in blocks) or (why, *none)))
            for name, blocks, _, why in rows
        ),
        align="l" + "r" * len(labels),
    )


def _long(first: str, rows: Sequence[_Row]) -> Table:
    """Return a table with a row for every answer of every row of the chart."""
    return Table(
        head=(first, "Answer", "People"),
        rows=tuple(
            (name, answer, people)
            for name, blocks, _, why in rows
            for answer, people in (
                [(block.label, str(block.count)) for block in blocks] or [(why, _NONE)]
            )
        ),
        align="llr",
    )
