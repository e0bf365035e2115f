"""The twins of a chart, made from its very numbers: the alternative text and the table."""

from collections.abc import Sequence
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
    RiskMap,
    Tally,
)
from tradeoff_desktop.report.content import Table
from tradeoff_desktop.report.phrases import decimal
from tradeoff_desktop.report.text import plain

_KINDS = {
    DivergingBars: "Bar chart of how many people gave each answer.",
    BeforeAfter: "Bar chart of how many people gave each answer, before and after.",
    Moved: "Bar chart of how many people moved towards risk or towards benefit.",
    Tally: "Bar chart of how many tables raised each reason.",
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
    if isinstance(chart, Tally | Areas | Dots | RiskMap):
        table = table_of(chart)
        said = (_line(table.head, [plain(cell) for cell in row]) for row in table.rows)
        return " ".join([_KINDS[type(chart)], *said])
    return " ".join(
        [_KINDS[type(chart)], *(f"{name}: {_spoken(blocks) or why}{moved}." for name, blocks, moved, why in _rows(chart))]
    )


def table_of(chart: Chart) -> Table:
    """Return the same numbers as a table; columns are the answers where every row has the same ones."""
    if isinstance(chart, Tally):
        return Table(head=("Reason", "Tables"), rows=tuple((n, str(c)) for n, c in chart.rows), widths=(8, 2), align="lr")
    if isinstance(chart, Areas):
        found = tuple((name, *(mark.words for mark in marks)) for name, marks in chart.rows)
        return Table(head=("Area", *chart.columns), rows=found, widths=(3, *([4] * len(chart.columns))))
    if isinstance(chart, Dots):
        return _estimates(chart)
    if isinstance(chart, RiskMap):
        return _map(chart)
    rows = _rows(chart)
    partitions = {Bar("", blocks).partition for _, blocks, _, _ in rows if blocks}
    first = _FIRST_HEADS[type(chart)]
    return (
        _wide(first, rows, [label for _, _, label in partitions.pop()])
        if len(partitions) == 1
        else _long(first, rows)
    )


def _line(head: Sequence[str], cells: Sequence[str]) -> str:
    """Return a row of a table as one sentence: its head, then each column with its cell."""
    return f"{cells[0]}: {'; '.join(f'{name.lower()} {cell}' for name, cell in zip(head[1:], cells[1:], strict=True))}."


def _estimates(chart: Dots) -> Table:
    rows = tuple(
        (
            dot.label,
            decimal(dot.mean, signed=True),
            _NONE if dot.low is None or dot.high is None else f"{decimal(dot.low, signed=True)} to {decimal(dot.high, signed=True)}",
            "yes" if dot.sure else "no",
        )
        for dot in chart.dots
    )
    return Table(
        head=("Estimate", "Points", "Likely range", "Stands after adjustment"), rows=rows, widths=(6, 2, 4, 3), align="lrrl"
    )


def _map(chart: RiskMap) -> Table:
    def cells(place: Place, at: int) -> tuple[str, str]:
        return tuple(_NONE if spot is None else decimal(spot[at]) for spot in (place.start, place.end))  # type: ignore[return-value]  # two spots, two cells

    return Table(
        head=("Case", "Risk at the start", "Risk at the end", "Benefit at the start", "Benefit at the end"),
        rows=tuple((f"{p.number}. {p.label}", *cells(p, 0), *cells(p, 1)) for p in chart.places),
        widths=(6, 2, 2, 2, 2),
        align="lrrrr",
    )


def _rows(chart: DivergingBars | BeforeAfter | Moved) -> list[_Row]:
    if isinstance(chart, DivergingBars):
        return [(bar.label, bar.blocks, "", bar.withheld) for bar in chart.bars]
    if isinstance(chart, Moved):
        return [(panel.title, panel.blocks, "", panel.withheld) for panel in chart.panels]
    return [
        row
        for change in chart.changes
        for row in (
            (f"{change.label}, {change.before.label}", change.before.blocks, "", change.before.withheld),
            (
                f"{change.label}, {change.after.label}",
                change.after.blocks,
                f"; {change.moved}" if change.moved else "",
                change.after.withheld,
            ),
        )
    ]


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
