"""Exploratory comparisons across workshops: tables drawing together, stakeholder groups, the map of risk and benefit.

E5, E7 and E8 of the findings page.
"""

import math
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from tradeoff_desktop.findings.answers import BALANCE, NO_VALUE, Cell
from tradeoff_desktop.findings.board import Board, Plan
from tradeoff_desktop.findings.disclosure import SDC_1, disclosure_blocks, groups_may_be_compared
from tradeoff_desktop.findings.family import BOTH
from tradeoff_desktop.findings.ladder import ENTER_FROM, TEST_FROM, PooledMean, pooled_mean
from tradeoff_desktop.findings.pool import Pool

CLOSER = "closer"
_EDGES = (-0.5, -0.1, 0.1, 0.5)
_STEPS = ("closer by half a point or more", "closer by less", "about the same", "further apart by less", "further apart by half a point or more")
_TWICE = 2  # a group in a workshop is small, and all its answers are hidden
_OF_USE = 48  # smallest group times workshops less one, from which a range spans less than two thirds of the scale
TableWord = Literal["closer", "further apart", "no closer", ""]


@dataclass(frozen=True, slots=True)
class TableChange:
    """How tables changed from start to end in one scenario, in points of the balance scale.

    ``spread``: change of the standard deviation within tables (below nought: closer). ``away``: movement of the table
    mean away from the middle of the scale, towards the end it was nearer to. ``word`` from six workshops, and from there
    ``steps``: tables by the change of their spread, neighbouring steps merged until each holds five tables.
    """

    scenario: str
    spread: PooledMean
    away: PooledMean
    word: TableWord
    steps: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class GroupDifference:
    """One stakeholder group's mean balance less everybody else's in the same workshops."""

    group: str
    scenario: str
    variant: str
    round: str
    difference: PooledMean


@dataclass(frozen=True, slots=True)
class MapPoint:
    """Where one scenario stands at the start (R0) or the end (R1): mean risk and mean benefit, 1 to k."""

    scenario: str
    round: str
    risk: PooledMean
    benefit: PooledMean


def table_changes(board: Board, printed: Collection[str]) -> tuple[TableChange, ...]:
    """Return homogenisation and polarisation per scenario (after Luskin, Sood, Fishkin and Hahn 2022).

    Mean over a workshop's tables, then over workshops; only of the scenarios whose own change is ``printed``: where all
    tables began on one side of the middle, their movement is that change once more. A table needs two people who rated both ends; one whose mean
    began exactly in the middle has no nearer end and does not enter ``away``.
    """
    ends = [plan for plan in board.plans if plan.kind == "end" and plan.end.item == BALANCE]
    found = [_table_change(board, plan) for plan in ends]
    return tuple(
        change if change.scenario in printed else replace(change, spread=_kept(change.spread), away=_kept(change.away), word="", steps=())
        for change in found
        if change.spread.workshops + change.spread.left_out > 1
    )


def _kept(mean: PooledMean) -> PooledMean:
    return PooledMean(
        mean.workshops, mean.left_out, mean.people, None, None, None, None, reason=mean.reason or "derivable"
    )


def _table_change(board: Board, plan: Plan) -> TableChange:
    study = board.study
    start, end = study.column(plan.start).astype(float), study.column(plan.end).astype(float)
    both = (start > NO_VALUE) & (end > NO_VALUE)
    middle = (study.design.items[BALANCE].points + 1) / 2
    changes: list[list[float]] = []
    aways: list[float] = []
    people = left_out = 0
    smallest = seats = len(study.people)
    for span in study.span:
        tables: dict[str, list[int]] = {}
        for place in np.flatnonzero(both[span]).tolist():
            tables.setdefault(study.people[span.start + place].table, []).append(span.start + place)
        seated = [members for _, members in sorted(tables.items()) if len(members) > 1]
        raters = sum(len(members) for members in seated)
        if raters < ENTER_FROM:
            left_out += bool(tables)
            continue
        people += raters
        smallest, seats = min(smallest, raters), min(seats, raters * len(seated))
        changes.append([_spread(end[members]) - _spread(start[members]) for members in seated])
        moved = [_away(start[members], end[members], middle) for members in seated]
        aways += (
            [_mean([step for step in moved if step is not None])] if any(m is not None for m in moved) else []
        )
    # Where a table of m is of one mind, one person who moves a point changes its deviation by 1/sqrt(m).
    spread = pooled_mean(
        [_mean(one) for one in changes], people=people, left_out=left_out, person=1 / math.sqrt(seats)
    )
    away = pooled_mean(
        aways,
        people=people,
        left_out=left_out + len(changes) - len(aways),
        person=(study.design.items[BALANCE].points - 1) / smallest,
    )
    steps = _steps([change for one in changes for change in one]) if len(changes) >= TEST_FROM else ()
    return TableChange(plan.end.scenario, spread, away, _word(spread), steps)


def _steps(changes: Sequence[float]) -> tuple[tuple[str, int], ...]:
    """Return tables by the change of their spread; nothing where all would stand together."""
    counts = np.bincount(np.searchsorted(_EDGES, changes, side="right"), minlength=len(_STEPS)).tolist()
    blocks = disclosure_blocks(counts, minimum=SDC_1.block, cut=len(_STEPS) // 2)
    if len(blocks) < 2:
        return ()
    return tuple((_step_words(block), sum(counts[place] for place in block)) for block in blocks)


def _step_words(block: Sequence[int]) -> str:
    """Name neighbouring steps in one; both steps of a side by that side alone."""
    sides: dict[tuple[int, ...], str] = {(0, 1): CLOSER, (3, 4): "further apart"}
    return sides.get(tuple(block), " or ".join(_STEPS[place] for place in block))


def _mean(values: list[float]) -> float:
    return math.fsum(values) / len(values)


def _spread(ratings: NDArray[np.float64]) -> float:
    return float(ratings.std(ddof=1))


def _away(start: NDArray[np.float64], end: NDArray[np.float64], middle: float) -> float | None:
    """Return how far the mean moved away from the middle, on the side where it began."""
    began = float(start.mean()) - middle
    return math.copysign(1.0, began) * float(end.mean() - start.mean()) if began else None


def _word(spread: PooledMean) -> TableWord:
    if spread.low is None or spread.high is None:
        return ""
    return "closer" if spread.high < 0 else "further apart" if spread.low > 0 else "no closer"


def group_differences(board: Board) -> tuple[GroupDifference, ...]:
    """Return differences of marginal means between each stakeholder group and everybody else.

    Of means, not of effects, which depend on the reference category (Leeper, Hobolt and Tilley 2020). Within a
    workshop first, then over workshops with both; only from six such workshops, and where rule D4 allows it.
    """
    return tuple(_group_differences(board))


def _group_differences(board: Board) -> Iterator[GroupDifference]:
    study = board.study
    groups = sorted({person.group for person in study.people})
    member = {group: np.array([person.group == group for person in study.people]) for group in groups}
    for cell in study.columns:
        if cell.item != BALANCE:
            continue
        for group in groups if len(groups) > 1 else ():
            inside = _tally(board, cell, member[group])
            outside = board.counts[cell][:, 1:] - inside
            rooms = np.flatnonzero((inside.sum(axis=1) > 0) & (outside.sum(axis=1) > 0)).tolist()
            members, others = int(inside[rooms].sum()), int(outside[rooms].sum())
            # Where a row shows no two blocks, or lies near an end of the scale, its groups have too little room beside
            # the printed difference.
            shown = all(board.levels_shown[room, cell].state == "counts" for room in rooms) and _is_amid(
                inside[rooms] + outside[rooms]
            )
            if shown and len(rooms) >= TEST_FROM and groups_may_be_compared(
                group=members, complement=others, workshops=len(rooms)
            ):
                yield GroupDifference(group, *cell[:3], _difference(inside[rooms], outside[rooms]))


def _is_amid(counts: NDArray[np.int64]) -> bool:
    """Say whether every workshop's mean lies a point or more from both ends of the scale; workshops x categories."""
    points = counts.shape[1]
    means = counts @ np.arange(1.0, points + 1) / counts.sum(axis=1)
    return bool((means >= 2.0).all() and (means <= points - 1.0).all())


def _tally(board: Board, cell: Cell, chosen: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Return workshops x categories: how many of the chosen people gave each answer."""
    study, points = board.study, board.study.design.items[cell.item].points
    column = study.column(cell)
    used = chosen & (column > NO_VALUE)
    place = study.room[used] * points + column[used] - 1
    return np.bincount(place, minlength=len(study.workshops) * points).reshape(-1, points)


def _difference(inside: NDArray[np.int64], outside: NDArray[np.int64]) -> PooledMean:
    points = np.arange(1.0, inside.shape[1] + 1)
    sizes = np.column_stack([inside.sum(axis=1), outside.sum(axis=1)])
    values = (inside @ points / sizes[:, 0] - outside @ points / sizes[:, 1]).tolist()
    return pooled_mean(
        values,
        people=int(sizes.sum()),
        left_out=0,
        admits=lambda mean: _leaves_room(sizes, mean, len(points)),
        person=_TWICE * (len(points) - 1) / int(sizes.min()),
        tests=int(sizes.min()) * (len(sizes) - 1) >= _OF_USE,
    )


def _leaves_room(sizes: NDArray[np.int64], mean: float, points: int) -> bool:
    """Say whether a difference leaves every answer of every group five possible numbers of people.

    No row by group is ever printed, so all that is known is how many there were (``sizes``: workshops x 2) and the
    printed difference; only one near the end of what is possible gives anybody away.
    """
    count = len(sizes)
    low, high = (round(mean, 1) - 0.05) * count, (round(mean, 1) + 0.05) * count
    # The sum is this group's mean, the other groups' (1 to k each), less everybody else's (1 to k each). For a row of
    # everybody else's the same holds with the scale turned round.
    least, most = count - 1 - count * points, (count - 1) * points - count
    for n in set(sizes.ravel().tolist()):
        x = np.arange(n + 1)
        for category in range(1, points + 1):
            others = [end for end in (1, points) if end != category]
            lowest, highest = ((x * category + (n - x) * end) / n for end in (min(others), max(others)))
            fits = (lowest + least <= high) & (highest + most >= low)
            if int(fits.sum()) <= min(SDC_1.block - 1, n):
                return False
    return True


def map_points(pool: Pool) -> tuple[MapPoint, ...]:
    """Return where each scenario stands at start and end: the means of both risk and of both benefit items.

    A person counts with both items of a pair answered; a workshop enters with five of them for each pair; only from
    three workshops.
    """
    by_end = {plan.end: plan for plan in pool.board.plans}
    found = []
    for cell in sorted(by_end):
        risk, benefit = by_end[cell], by_end.get(cell._replace(item="PB"))
        if risk.kind != "security" or benefit is None or cell.round not in {"R0", "R1"}:
            continue
        people = np.minimum(*(pool.board.moves[plan].sum(axis=1) for plan in (risk, benefit)))
        rooms = np.flatnonzero(people >= ENTER_FROM).tolist()
        if len(rooms) >= SDC_1.mean_workshops:
            left_out = int((people > 0).sum()) - len(rooms)
            means = [_map_mean(pool, plan, rooms, left_out) for plan in (risk, benefit)]
            found.append(MapPoint(cell.scenario, cell.round, *means))
    return tuple(found)


def _map_mean(pool: Pool, plan: Plan, rooms: list[int], left_out: int) -> PooledMean:
    """Pool the workshop means of each person's mean of two items."""
    study = pool.board.study
    columns = [study.column(cell).astype(np.int64) for cell in (plan.start, plan.end)]
    both = (columns[0] > NO_VALUE) & (columns[1] > NO_VALUE)
    sums = np.bincount(
        study.room[both], weights=(columns[0] + columns[1])[both], minlength=len(study.workshops)
    )
    people = pool.board.moves[plan].sum(axis=1)
    terms = [(place, plan.end, BOTH, 0.5 / (int(people[place]) * len(rooms))) for place in rooms]
    return pooled_mean(
        (sums[rooms] / 2 / people[rooms]).tolist(),
        people=int(people[rooms].sum()),
        left_out=left_out,
        admits=lambda mean: pool.admits(mean, terms),
        level=True,
        person=(study.design.items[plan.end.item].points - 1) / min(people[rooms].tolist(), default=1),
    )
