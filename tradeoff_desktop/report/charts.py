"""What a chart shows, as plain values: counts after disclosure control, and the words beside them.

The picture (``chart_drawing``), its alternative text and its table (``twins``) are all made from these values and
nothing else, so they cannot disagree.
"""

from dataclasses import dataclass, replace
from typing import TypeAlias, TypeVar

TOO_FEW = "too few to show"

_Row = TypeVar("_Row")


@dataclass(frozen=True, slots=True)
class Block:
    """Answers in the categories ``first`` to ``last`` (from 1, both included), ``count`` people in all."""

    first: int
    last: int
    count: int
    label: str

    @property
    def merged(self) -> bool:
        """Whether more than one category is in it."""
        return self.first < self.last


@dataclass(frozen=True, slots=True)
class Bar:
    """One row of a chart; without blocks it says why it is ``withheld``."""

    label: str
    blocks: tuple[Block, ...] = ()
    withheld: str = TOO_FEW

    @property
    def partition(self) -> tuple[tuple[int, int, str], ...]:
        """How the categories are merged, without the counts."""
        return tuple((block.first, block.last, block.label) for block in self.blocks)


@dataclass(frozen=True, slots=True)
class Scale:
    """The words of an ordered scale, from its risk end to its benefit end, and what its two halves say."""

    labels: tuple[str, ...]
    low: str
    high: str


@dataclass(frozen=True, slots=True)
class DivergingBars:
    """Where the room stands: one bar a variant, the neutral middle centred on zero."""

    scale: Scale
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """The same people before and after, and in words how many moved which way."""

    label: str
    before: Bar
    after: Bar
    moved: str


@dataclass(frozen=True, slots=True)
class BeforeAfter:
    """Before and after: two bars a variant."""

    scale: Scale
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Panel:
    """How many moved which way at one flip: blocks of (1 towards risk, 2 unchanged, 3 towards benefit)."""

    title: str
    blocks: tuple[Block, ...] = ()
    withheld: str = TOO_FEW


@dataclass(frozen=True, slots=True)
class Moved:
    """What moved the balance: one panel an axis."""

    panels: tuple[Panel, ...]


Chart: TypeAlias = DivergingBars | BeforeAfter | Moved


def bars_of(chart: DivergingBars | BeforeAfter) -> tuple[Bar, ...]:
    """Return every bar of a chart of answers, in order."""
    if isinstance(chart, DivergingBars):
        return chart.bars
    return tuple(bar for change in chart.changes for bar in (change.before, change.after))


def halves(chart: Chart) -> tuple[Chart, Chart] | None:
    """Return a chart as two of about half its rows each, or ``None`` where it has only one."""
    if isinstance(chart, DivergingBars):
        bars = _halved(chart.bars)
        return bars and (replace(chart, bars=bars[0]), replace(chart, bars=bars[1]))
    if isinstance(chart, BeforeAfter):
        changes = _halved(chart.changes)
        return changes and (replace(chart, changes=changes[0]), replace(chart, changes=changes[1]))
    panels = _halved(chart.panels)
    return panels and (Moved(panels[0]), Moved(panels[1]))


def _halved(rows: tuple[_Row, ...]) -> tuple[tuple[_Row, ...], tuple[_Row, ...]] | None:
    middle = (len(rows) + 1) // 2
    return None if middle == len(rows) else (rows[:middle], rows[middle:])
