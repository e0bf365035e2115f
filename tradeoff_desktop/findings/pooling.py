"""Rows across workshops: what may be added up without giving a single workshop's merged counts away.

Whoever holds the workshops' own reports subtracts them from the total. So a total is printed only in blocks that
leave every count hidden in any workshop's row at least five possible values (or all the values its row has room for).
"""

from collections.abc import Callable, Sequence
from itertools import combinations
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tradeoff_desktop.errors import RuleError
from tradeoff_desktop.findings.disclosure import (
    SDC_1,
    Audience,
    Moves,
    Partition,
    Shown,
    allowed_partitions,
    printed,
    reveals_change,
    show_levels,
    show_moves,
    withheld,
)
from tradeoff_desktop.findings.numbers import Index, Matrix, Vector

Part = tuple[Sequence[int], Shown]  # a workshop's true counts and its own row as shown
_LEFT = SDC_1.block - 1  # a range this wide holds five whole numbers


def own_blocks(shown: Shown) -> Partition:
    """Return the blocks a row prints; one block where it prints none."""
    return tuple(block.categories for block in shown.blocks) or (tuple(range(len(shown.labels))),)


def pool_levels(
    parts: Sequence[Part], *, audience: Audience, cut: int | None = None, earlier: Shown | None = None
) -> Shown:
    """Return the row of all workshops together, in the best blocks that subtraction cannot undo.

    ``parts``: per workshop its counts and its own row; workshops too small to be shown alone are included, their
    people being hidden among the others. Raises RuleError ``empty_data`` where there are none.
    """
    labels, totals = _together(parts)
    row = show_levels(totals, labels, audience=audience, cut=cut, earlier=earlier)
    if row.state == "hidden":
        return row
    for partition in allowed_partitions(totals, SDC_1.block, cut):
        if len(partition) < 2 or (earlier is not None and reveals_change(partition, totals, earlier)):
            continue
        if _survives_subtraction(parts, partition):
            return printed(totals, labels, audience=audience, partition=partition)
    return withheld(row)


def _together(parts: Sequence[Part]) -> tuple[tuple[str, ...], list[int]]:
    if not parts:
        raise RuleError("empty_data", name="parts")
    return parts[0][1].labels, [sum(column) for column in zip(*(counts for counts, _ in parts), strict=True)]


def _survives_subtraction(parts: Sequence[Part], partition: Partition) -> bool:
    """Say whether every hidden count keeps its five values beside these totals.

    The hidden table has one row per workshop and block of its own, one column per block of the total, and a cell where
    the two overlap. The exact range of each cell follows from the condition of Gale (1957) on all sets of columns.
    """
    counts = np.array([each for each, _ in parts])
    people: dict[frozenset[int], list[int]] = {}  # per set of columns that a row can reach: the rows' people
    for own, places in alike([shown for _, shown in parts]).items():
        for block, sums in zip(own, _block_sums(counts[places], own).T.tolist(), strict=True):
            touched = frozenset(place for place, column in enumerate(partition) if set(block) & set(column))
            people.setdefault(touched, []).extend(sums)
    totals = _block_sums(counts, partition).sum(axis=0).tolist()
    slack = {
        chosen: sum(sum(rows) for touched, rows in people.items() if touched & chosen)
        - sum(totals[column] for column in chosen)
        for chosen in _subsets(len(partition))
    }
    return all(
        _range((size, touched), column, totals[column], slack) >= min(_LEFT, size)
        for touched, rows in people.items()
        if len(touched) > 1
        for size in set(rows)
        for column in touched
    )


def alike(rows: Sequence[Shown]) -> dict[Partition, list[int]]:
    """Return the places of the rows by the blocks they print."""
    found: dict[Partition, list[int]] = {}
    for place, shown in enumerate(rows):
        found.setdefault(own_blocks(shown), []).append(place)
    return found


def _block_sums(counts: Index, partition: Partition) -> Index:
    """Return rows x blocks from rows x categories."""
    return np.add.reduceat(counts, [block[0] for block in partition], axis=1)


def _subsets(size: int) -> list[frozenset[int]]:
    return [
        frozenset(chosen) for number in range(1, size + 1) for chosen in combinations(range(size), number)
    ]


def _range(row: tuple[int, frozenset[int]], column: int, total: int, slack: dict[frozenset[int], int]) -> int:
    """Return the distance between the largest and the smallest value that one cell of a row can take."""
    people, touched = row
    high, low = min(people, int(total)), 0
    for chosen, left in slack.items():
        if column not in chosen and touched & chosen:
            high = min(high, left)
        if touched & chosen == {column}:
            low = max(low, people - left)
    return high - low


def pool_moves(parts: Sequence[Part], *, audience: Audience, earlier: Shown | None = None) -> Shown:
    """Return the moves of all workshops together: three ways, or one side against the rest, or only which way.

    ``parts``: per workshop its counts and its own row, workshops too small to be shown alone included. The direction
    that a row prints is part of what subtraction may use. Raises RuleError ``empty_data`` where there are none.
    """
    labels, totals = _together(parts)
    row = show_moves(Moves(*totals), audience=audience, labels=labels, earlier=earlier)
    if row.state != "counts":
        return row
    whole: Partition = ((0,), (1,), (2,))
    sides: list[Partition] = [((0,), (1, 2)), ((0, 1), (2,))]
    if totals[2] > totals[0]:
        sides.reverse()
    allowed = allowed_partitions(totals, SDC_1.block, None)
    for partition in (whole, *sides):
        if partition not in allowed or (earlier is not None and reveals_change(partition, totals, earlier)):
            continue
        side = None if len(partition) == 3 else 0 if partition[0] == (0,) else 2
        if _side_survives(parts, side):
            return printed(totals, labels, audience=audience, partition=partition, moves=True)
    return withheld(row)


def _side_survives(parts: Sequence[Part], side: int | None) -> bool:
    """Say whether the total of one side (None: of all three) leaves every workshop's hidden counts their range."""
    if side is None:
        return all(not shown.hidden for _, shown in parts)
    ranges = [side_range(Moves(*counts), shown, side) for counts, shown in parts]
    open_ranges = [(low, high) for low, high in ranges if high > low]
    known = sum(low for low, high in ranges if high == low)
    left = sum(counts[side] for counts, _ in parts) - known
    lows, highs = sum(low for low, _ in open_ranges), sum(high for _, high in open_ranges)
    return all(
        min(high, left - (lows - low)) - max(low, left - (highs - high)) >= min(_LEFT, high - low)
        for low, high in open_ranges
    )


def side_range(moves: Moves, shown: Shown, side: int) -> tuple[int, int]:
    """Return the least and most people who can have moved to ``side`` (0 risk, 2 benefit), as far as a row says."""
    people = shown.count(side)
    if people is not None:
        return people, people
    block = next(block for block in own_blocks(shown) if side in block)
    room = sum(moves[place] for place in block)
    leads = shown.direction == ("risk" if side == 0 else "benefit")
    other = shown.count(2 - side)
    if shown.direction is None:
        return 0, room
    if other is not None:
        return (other + 1, room) if leads else (0, min(room, other - (shown.direction != "level")))
    if leads:
        return 1, room
    return 0, (room - (shown.direction != "level")) // 2


class Cells(NamedTuple):
    """Rows with the same printed blocks, as parts of a pooled mean.

    ``counts``: rows x categories. An answer in category c of row r adds between ``lows[c]`` and ``highs[c]``, times
    ``shares[r]``, to the mean.
    """

    partition: Partition
    counts: Index
    shares: Vector
    lows: tuple[float, ...]
    highs: tuple[float, ...]


def cells_of(
    counts: Index, rows: Sequence[Shown] | None, shares: Vector, values: Sequence[tuple[float, float]]
) -> list[Cells]:
    """Return rows as parts of a mean, by their printed blocks (None: nothing is printed of them).

    ``counts``: rows x categories; ``shares``: per row; ``values``: the ends of what an answer is worth, per category.
    """
    lows, highs = zip(*values, strict=True)
    whole = {(tuple(range(counts.shape[1])),): list(range(len(counts)))}
    groups = whole if rows is None else alike(rows)
    return [Cells(own, counts[places], shares[places], lows, highs) for own, places in groups.items()]


def mean_survives(parts: Sequence[Cells], mean: float, *, decimals: int = 1) -> bool:
    """Say whether a mean, printed to so many decimals, leaves every merged count its five values.

    A mean near the end of the scale gives everybody away; one in the middle gives nobody away.
    """
    bottom = top = 0.0
    spans = []
    for part in parts:
        people = _block_sums(part.counts, part.partition)
        worth = part.shares[:, None] * people
        low, high = (
            worth * _ends(part.partition, part.lows, min),
            worth * _ends(part.partition, part.highs, max),
        )
        bottom, top = bottom + float(low.sum()), top + float(high.sum())
        spans.append((part, people, low, high))
    reach = 0.5 * 10.0**-decimals
    return all(
        _row_survives(
            part, people, place, (mean - reach - top + high[place], mean + reach - bottom + low[place])
        )
        for part, people, low, high in spans
        for place in zip(*np.nonzero(_tight(part, low, high, (bottom, top, mean, reach))), strict=True)
    )


def _ends(partition: Partition, values: Sequence[float], end: Callable[[list[float]], float]) -> Vector:
    return np.array([end([values[category] for category in block]) for block in partition])


def _tight(
    part: Cells, low: Matrix, high: Matrix, whole: tuple[float, float, float, float]
) -> NDArray[np.bool_]:
    """Mark the blocks (rows x blocks) whose extremes the other blocks could not make up for."""
    bottom, top, mean, reach = whole
    merged = np.array([len(block) > 1 for block in part.partition])
    width = high - low
    return merged & ((bottom + width > mean + reach) | (top - width < mean - reach))


def _row_survives(part: Cells, people: Index, place: tuple[int, int], rest: tuple[float, float]) -> bool:
    """Say whether each category of one merged block keeps five values, the block's worth having to lie in ``rest``."""
    row, block = place
    size, share = int(people[row, block]), float(part.shares[row])
    x = np.arange(size + 1)
    for category in part.partition[block]:
        others = [other for other in part.partition[block] if other != category]
        least = share * (x * part.lows[category] + (size - x) * min(part.lows[o] for o in others))
        most = share * (x * part.highs[category] + (size - x) * max(part.highs[o] for o in others))
        if ((least <= rest[1]) & (most >= rest[0])).sum() <= min(_LEFT, size):
            return False
    return True
