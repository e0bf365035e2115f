"""What a chart shows, as plain values: counts after disclosure control, and the words beside them.

The picture (``chart_drawing``), its alternative text and its table (``twins``) are all made from these values and
nothing else, so they cannot disagree.
"""

from dataclasses import dataclass, replace
from typing import TypeAlias

TOO_FEW = "too few to show"


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
    """One row of a chart; without blocks it says why it is ``withheld``; ``agreement``: how far people agreed, in words."""

    label: str
    blocks: tuple[Block, ...] = ()
    withheld: str = TOO_FEW
    agreement: str = ""

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
class Area:
    """One area's rows among others; the ``count`` of a block is per cent of those who answered."""

    name: str
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class Shares:
    """Where areas stand, side by side: the bars of every area, in per cent."""

    scale: Scale
    areas: tuple[Area, ...]


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


@dataclass(frozen=True, slots=True)
class Tally:
    """Numbers of tables: how many raised each reason, or whatever ``shows`` and ``head`` say instead."""

    rows: tuple[tuple[str, int], ...]
    shows: str = "raised each reason"
    head: str = "Reason"


@dataclass(frozen=True, slots=True)
class Positions:
    """Tables compared: a row a table with the place of its decision among ``columns``, and how many disagreed."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, int, str], ...]


@dataclass(frozen=True, slots=True)
class Mark:
    """One cell of ``Areas``: "risk", "benefit", "level" or "" (nothing to show), and what is printed in it."""

    way: str
    words: str


@dataclass(frozen=True, slots=True)
class Areas:
    """Areas beside each other: a row an area, a column a change."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[Mark, ...]], ...]


@dataclass(frozen=True, slots=True)
class Dot:
    """One estimate with its range, if it has one; ``sure`` where it stands after adjustment; ``of``: whose it is."""

    label: str
    mean: float
    low: float | None
    high: float | None
    sure: bool = False
    of: str = ""


@dataclass(frozen=True, slots=True)
class Dots:
    """Estimates on one scale from -``reach`` to ``reach``, nought in the middle; ``low`` and ``high`` say its ends."""

    dots: tuple[Dot, ...]
    low: str
    high: str
    reach: float


@dataclass(frozen=True, slots=True)
class Place:
    """Where one case stands on the map, as (risk, benefit), at the start and at the end."""

    number: int
    label: str
    start: tuple[float, float] | None
    end: tuple[float, float] | None


@dataclass(frozen=True, slots=True)
class RiskMap:
    """Mean risk and mean benefit of cases, each from 1 to ``points``."""

    places: tuple[Place, ...]
    points: int


Chart: TypeAlias = DivergingBars | Shares | BeforeAfter | Moved | Tally | Positions | Areas | Dots | RiskMap

# The parts of each kind of chart that may be shared between two pictures.
_PARTS = {
    DivergingBars: "bars", Shares: "areas", BeforeAfter: "changes", Moved: "panels", Tally: "rows", Positions: "rows",
    Areas: "rows", Dots: "dots", RiskMap: "places",
}


def bars_of(chart: DivergingBars | BeforeAfter) -> tuple[Bar, ...]:
    """Return every bar of a chart of answers, in order."""
    if isinstance(chart, DivergingBars):
        return chart.bars
    return tuple(bar for change in chart.changes for bar in (change.before, change.after))


def halves(chart: Chart) -> tuple[Chart, Chart] | None:
    """Return a chart as two of about half its rows each, or ``None`` where it has only one.

    Areas that stand two beside each other stay so, and dots with whose they are.
    """
    part = _PARTS[type(chart)]
    rows = getattr(chart, part)
    middle = (len(rows) + 1) // 2
    if isinstance(chart, Shares) and len(rows) > 2:
        middle += middle % 2
    if isinstance(chart, Dots):
        starts = [at for at in range(1, len(rows)) if rows[at].of != rows[at - 1].of]
        middle = min(starts, key=lambda at: abs(at - middle)) if starts else middle
    if middle == len(rows):
        return None
    first, second = (replace(chart, **{part: some}) for some in (rows[:middle], rows[middle:]))
    return first, second
