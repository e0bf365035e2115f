"""The twins of a chart, made from its very numbers: the alternative text and the table."""

from collections.abc import Sequence
from typing import TypeAlias

from tradeoff_desktop.report.charts import Bar, BeforeAfter, Block, Chart, DivergingBars, Moved
from tradeoff_desktop.report.content import Table

_KINDS = {
    DivergingBars: "Bar chart of how many people gave each answer.",
    BeforeAfter: "Bar chart of how many people gave each answer, before and after.",
    Moved: "Bar chart of how many people moved towards risk or towards benefit.",
}
_FIRST_HEADS = {DivergingBars: "Version", BeforeAfter: "Version and time", Moved: "Change"}
_NONE = "–"

# Name, blocks, closing words of one row of a chart, and why it has no blocks.
_Row: TypeAlias = tuple[str, tuple[Block, ...], str, str]


def alt_text(chart: Chart) -> str:
    """Return the alternative text: every number of the chart, in its order."""
    return " ".join(
        [_KINDS[type(chart)], *(f"{name}: {_spoken(blocks) or why}{moved}." for name, blocks, moved, why in _rows(chart))]
    )


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


def _rows(chart: Chart) -> list[_Row]:
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
