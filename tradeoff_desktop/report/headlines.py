"""Titles that are the finding as a sentence, filled from what may be printed: which way, how many, and where not sure.

Nothing is said here that disclosure control has not let through, and nothing about chance outside the annex's titles.
"""

from collections.abc import Iterable, Sequence

from tradeoff_desktop.findings.comparisons import GroupDifference
from tradeoff_desktop.findings.disclosure import Shown
from tradeoff_desktop.findings.ladder import PooledMean
from tradeoff_desktop.findings.shifts import AxisShift
from tradeoff_desktop.report import charts, phrases

UNTOLD = "What moved people here cannot be told without giving them away"
_SURE = 0.05
_VERBS = {"risk": "more people moved towards risk", "benefit": "more people moved towards benefit", "level": "as many moved each way"}
_NAMED = 2  # ties that are named; more are counted


def moved(rows: Sequence[tuple[str, Shown]], *, counts: bool = True) -> str:
    """Which way more people moved at which change, with the numbers printed: "When X" is said by ``rows``."""
    ways: dict[str, list[str]] = {}
    alone = []
    for when, shown in rows:
        way, count = _way(shown)
        size = f" ({count} of {shown.n})" if counts and count is not None else ""
        if way in _VERBS:
            ways.setdefault(way, []).append(f"when {when}{size}")
        elif way:
            alone.append(f"{count} of {shown.n} people moved towards {way.removeprefix('some ')} when {when}")
    told = [*(f"{verb} {phrases.listed(ways[way])}" for way, verb in _VERBS.items() if way in ways), *alone]
    return phrases.upper("; ".join(told)) if told else UNTOLD


def _way(shown: Shown) -> tuple[str, int | None]:
    """Return the way of a row with the count that is printed for it; "some ..." where only one side has a number."""
    risk, benefit = (shown.count(0), shown.count(2)) if shown.state == "counts" else (None, None)
    if shown.direction == "level":
        return "level", None
    if shown.direction:
        return shown.direction, risk if shown.direction == "risk" else benefit
    if risk is not None:
        return "some risk", risk
    return ("some benefit", benefit) if benefit is not None else ("", None)


def stood(bars: Sequence[charts.Bar], label: str) -> str:
    """Where people stood at the first bar that is shown, and at the one that differs most from it."""
    shown = [bar for bar in bars if bar.blocks]
    if not shown:
        return f"Where people stood on “{label}” may not be shown"
    first, *others = shown
    largest = max(first.blocks, key=lambda block: block.count)
    compared = [(bar, block) for bar in others for block in bar.blocks if block.label == largest.label]
    found = f"On “{label}” {_of(largest.count, first)} marked {phrases.lower(largest.label)} {phrases.lower(first.label)}"
    if not compared:
        return found
    bar, block = max(compared, key=lambda one: abs(_share(one[1].count, one[0]) - _share(largest.count, first)))
    return f"{found}, and {_of(block.count, bar)} {phrases.lower(bar.label)}"


def _of(count: int, bar: charts.Bar) -> str:
    return f"{count} of {_in(bar)}"


def _in(bar: charts.Bar) -> int:
    return sum(block.count for block in bar.blocks)


def _share(count: int, bar: charts.Bar) -> float:
    return count / max(_in(bar), 1)


def leading(rows: Sequence[tuple[str, int]], *, of: int, verb: str, none: str) -> str:
    """What most tables share: "3 of 4 tables asked for “Tell people plainly”"; ties are named or said to be ties.

    ``none``: what stands where every row has the same small number, as in "no position was shared by more than".
    """
    most = max((count for _, count in rows), default=0)
    top = [name for name, count in rows if count == most]
    tables = phrases.counted(of, "table")
    if not most:
        return "Nothing was recorded"
    if of == 1:
        more = f" and {len(top) - 1} more" if len(top) > 1 else ""
        return f"The table {verb} “{top[0]}”{more}"
    if len(top) > _NAMED or (most == 1 and of > 1):
        return f"{phrases.upper(none)} {most} of {tables}"
    named = phrases.listed(f"“{name}”" for name in top)
    if most == of:
        return f"{'Both' if of == 2 else 'All ' + str(of)} tables {verb} {named}"
    return f"{most} of {tables} {verb} {named}{', more than anything else' if len(top) == 1 else ' each'}"


def areas(columns: Sequence[str], rows: Sequence[tuple[str, Sequence[charts.Mark]]]) -> str:
    """Whether areas moved the same way at each change; never which area is first."""
    same: dict[tuple[int, str], list[str]] = {}
    apart: list[str] = []
    for at, when in enumerate(columns):
        ways = [marks[at].way for _, marks in rows if marks[at].way]
        if len(ways) > 1 and len(set(ways)) == 1:
            same.setdefault((len(ways), ways[0]), []).append(when)
        elif len(ways) > 1:
            apart.append(when)
    told: list[str] = []
    for counted in sorted({count for count, _ in same}, reverse=True):
        found = [f"{_VERBS[way]} {phrases.listed(same[counted, way])}" for way in _VERBS if (counted, way) in same]
        told.append(f"in all {counted} areas{'' if counted == len(rows) else ' that can be counted'} {', and '.join(found)}")
    told += [f"areas did not all move the same way {phrases.listed(apart)}"] if apart else []
    return f"{phrases.upper('; '.join(told)) if told else 'Too few areas can be counted to compare them'}; not a ranking"


def beside(name: str, columns: Sequence[tuple[str, dict[str, int]]]) -> str:
    """Whether one area went the way of most: its way at each change, and in how many areas each way was seen."""
    known = [(way, seen) for way, seen in columns if way]
    most = sum(seen.get(way, 0) == max(seen.values()) for way, seen in known)
    if not known:
        return f"{name} may not be set beside the other areas without giving people away"
    return f"{name} moved the way of most areas at {most} of {phrases.counted(len(known), 'change')}; not a ranking"


def ended(shown: Shown | None) -> str:
    """Which way more people moved between start and end, "" where it may not be said."""
    way, count = _way(shown) if shown is not None else ("", None)
    if way in _VERBS:
        return f"{phrases.upper(_VERBS[way])} between start and end"
    return f"Between start and end {count} people moved towards {way.removeprefix('some ')}" if way else ""


def positions(found: Sequence[str]) -> str:
    """How far apart the tables stood."""
    kinds, tables = len(set(found)), "Both" if len(found) == 2 else f"All {len(found)}"
    return f"{tables} tables took the same position" if kinds == 1 else f"{len(found)} tables took {kinds} different positions"


def leaning(areas_: Sequence[charts.Area], points: int) -> str:
    """In how many areas more people saw benefits than risks at the end, of those whose bars tell it."""
    ways = [way for area in areas_ if area.bars and (way := _leans(area.bars[-1], points))]
    if not ways:
        return "The areas’ answers at the end may not be compared"
    counted = "" if len(ways) == len(areas_) else f" that can be counted, of {len(areas_)} in all"
    benefit, risk = ways.count("benefit"), ways.count("risk")
    side, count = ("benefits than risks", benefit) if benefit >= risk else ("risks than benefits", risk)
    return f"At the end more people saw {side} in {count} of {len(ways)} areas{counted}"


def _leans(bar: charts.Bar, points: int) -> str:
    """Return which side more people marked, as far as merged blocks tell it for certain."""
    middle = (points + 1) / 2
    low = sum(block.count for block in bar.blocks if block.last < middle)
    high = sum(block.count for block in bar.blocks if block.first > middle)
    unsure = sum(block.count for block in bar.blocks if block.merged and block.first <= middle <= block.last)
    if high > low + unsure:
        return "benefit"
    return "risk" if low > high + unsure else "level" if bar.blocks and low == high and not unsure else ""


def on_the_map(places: Sequence[charts.Place]) -> str:
    """Which way the means went between start and end, as printed to one decimal."""
    both = [(place.start, place.end) for place in places if place.start and place.end]
    if not both:
        return "Mean risk and mean benefit at the start and at the end may not both be shown for any case"
    told = []
    for name, axis in (("risk", 0), ("benefit", 1)):
        steps = [round(end[axis], 1) - round(start[axis], 1) for start, end in both]
        ups, downs = sum(step > 0 for step in steps), sum(step < 0 for step in steps)
        word, count = ("rose", ups) if ups >= downs else ("fell", downs)
        told.append(f"mean {name} {word} on {count} of {phrases.counted(len(both), 'case')}" if count else f"mean {name} did not change")
    return f"Between start and end {phrases.listed(told)}; no test was made"


def shifts(found: Sequence[AxisShift]) -> str:
    """What the primary tests found, in one sentence; "we cannot tell" where they found nothing."""
    known = [axis for axis in found if axis.shift.mean is not None]
    sure = [axis for axis in known if axis.holm is not None and axis.holm < _SURE]
    told = [f"{_size(axis.shift)} when {axis.words}" for axis in sure]
    rest = [axis.words for axis in known if axis not in sure]
    parts = [f"Ratings moved {phrases.listed(told)}"] if told else []
    if rest:
        cannot = "we cannot tell whether it matters that" if known[0].shift.low is not None else "too few areas to test whether it matters that"
        parts.append(f"{cannot} {phrases.listed(rest)}")
    return phrases.upper("; ".join(parts)) if parts else "No mean shift may be printed"


def _size(mean: PooledMean) -> str:
    value = mean.mean or 0.0
    return f"{phrases.decimal(abs(value))} points towards {'benefit' if value >= 0 else 'risk'}"


def groups(rows: Sequence[GroupDifference]) -> str:
    """Whether any stakeholder group differed from everybody else, after adjustment."""
    tested = [row.difference for row in rows if row.difference.adjusted_p is not None]
    sure = sum((mean.adjusted_p or 1.0) < _SURE for mean in tested)
    if not tested:
        return "Areas are too few, or groups too small, to tell whether any group differed from everybody else"
    if not sure:
        return f"We cannot tell whether any group differed from everybody else: none of {phrases.counted(len(tested), 'comparison')} stands after adjustment"
    return f"{sure} of {phrases.counted(len(tested), 'comparison')} of a group with everybody else {'stands' if sure == 1 else 'stand'} after adjustment"


def drawn_together(rows: Iterable[tuple[str, int]], closer: int, label: str) -> str:
    """At how many tables opinions drew together between start and end."""
    tables = phrases.counted(sum(count for _, count in rows), "table")
    if not closer:
        return f"How many tables drew closer together on “{label}” may not be told apart, of {tables}"
    return f"On “{label}” opinions drew closer together at {closer} of {tables} between start and end"
