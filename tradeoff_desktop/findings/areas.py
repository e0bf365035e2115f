"""Workshops side by side and together: what the full report may print of levels and moves."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from tradeoff_desktop.findings.answers import Cell
from tradeoff_desktop.findings.board import Board, Kind, MoveRow, Plan
from tradeoff_desktop.findings.disclosure import Shown
from tradeoff_desktop.findings.ladder import ENTER_FROM, PooledMean, pooled_mean
from tradeoff_desktop.findings.pooling import cells_of, pool_levels, pool_moves

Earlier = Mapping[tuple[str, ...], Shown]


@dataclass(frozen=True, slots=True)
class LevelAcross:
    """One item in one variant and round over all workshops; ``share`` is the share at or above the kept cut."""

    scenario: str
    variant: str
    round: str
    item: str
    shown: Shown
    mean: PooledMean
    share: PooledMean

    @property
    def key(self) -> tuple[str, ...]:
        """Return what names this row in any edition; no workshop is called nothing."""
        return ("", self.scenario, self.variant, self.round, self.item)


class AreaCount(NamedTuple):
    """How many of how many people in one area."""

    name: str
    people: int
    n: int


@dataclass(frozen=True, slots=True)
class MoveAcross:
    """One comparison over all workshops.

    ``areas``: every workshop's row. ``towards_risk``, ``towards_benefit``, ``level``: workshops in which more people
    moved that way, or as many each way; together ``areas_counted``. ``left_out``: workshops that had the ratings but
    too few people, or where saying it would give a count away. ``shown``: the people of all areas, those left out included.
    ``counts_risk``, ``counts_benefit``: the areas that print how many moved that way, lowest share first.
    """

    kind: Kind
    scenario: str
    variant: str
    round: str
    item: str
    axis: str
    sign: int | None
    words: str
    areas: tuple[MoveRow, ...]
    shown: Shown
    towards_risk: int
    towards_benefit: int
    level: int
    left_out: int
    counts_risk: tuple[AreaCount, ...]
    counts_benefit: tuple[AreaCount, ...]
    same_order: bool

    @property
    def areas_counted(self) -> int:
        """Return the number of areas whose direction is printed (G of "k of G")."""
        return self.towards_risk + self.towards_benefit + self.level

    @property
    def key(self) -> tuple[str, ...]:
        """Return what names this row in any edition."""
        return ("", self.kind, self.scenario, self.variant, self.round, self.item)


def levels_across(board: Board, earlier: Earlier) -> Iterator[LevelAcross]:
    """Yield the pooled rows of every item that two workshops or more have rated."""
    for cell in board.study.columns:
        rooms = [place for place in _rooms(board) if board.counts[cell][place, 1:].sum()]
        if len(rooms) < 2:
            continue
        scale = board.study.design.items[cell.item]
        parts = [(board.counts[cell][place, 1:].tolist(), board.levels_shown[place, cell]) for place in rooms]
        before = earlier.get(("", *cell))
        shown = pool_levels(parts, audience=board.audience, cut=scale.cut, earlier=before)
        points = [float(point) for point in range(1, scale.points + 1)]
        above = [float(place >= scale.cut) for place in range(scale.points)]
        yield LevelAcross(*cell, shown, _cell_mean(board, cell, points, 1), _cell_mean(board, cell, above, 2))


def _rooms(board: Board) -> range:
    return range(len(board.study.workshops))


def _cell_mean(board: Board, cell: Cell, values: Sequence[float], decimals: int) -> PooledMean:
    """Pool the workshop means of what each category is worth; a workshop enters with five raters."""
    counts = board.counts[cell][:, 1:]
    raters = counts.sum(axis=1)
    rooms = np.flatnonzero(raters >= ENTER_FROM)
    used, n = counts[rooms], raters[rooms]
    shown = [board.levels_shown[place, cell] for place in rooms.tolist()]
    return pooled_mean(
        (used @ np.array(values) / n).tolist(),
        people=int(n.sum()),
        left_out=int((raters > 0).sum()) - len(rooms),
        decimals=decimals,
        parts=cells_of(used, shown, 1 / (n * max(1, len(rooms))), [(value, value) for value in values]),
        level=True,
    )


def moves_across(board: Board, earlier: Earlier) -> Iterator[MoveAcross]:
    """Yield every comparison that two workshops or more allow."""
    for plan in board.plans:
        rooms = [place for place in _rooms(board) if board.moves[plan][place].sum()]
        if len(rooms) > 1:
            yield _move_across(board, plan, rooms, earlier)


def _move_across(board: Board, plan: Plan, rooms: list[int], earlier: Earlier) -> MoveAcross:
    rows = [board.move_rows[place, plan] for place in rooms]
    parts = [(board.moves[plan][place].tolist(), board.moves_shown[place, plan]) for place in rooms]
    ways = [row.shown.direction for row in rows if row.shown.n is not None]
    first = rows[0]
    return MoveAcross(
        kind=plan.kind,
        scenario=first.scenario,
        variant=first.variant,
        round=first.round,
        item=first.item,
        axis=first.axis,
        sign=first.sign,
        words=first.words,
        areas=tuple(sorted(rows, key=lambda row: (row.name, row.workshop))),
        shown=pool_moves(parts, audience=board.audience, earlier=earlier.get(("", *plan.key))),
        towards_risk=ways.count("risk"),
        towards_benefit=ways.count("benefit"),
        level=ways.count("level"),
        left_out=len(rows) - len(ways) + ways.count(None),
        counts_risk=_area_counts(rows, 0),
        counts_benefit=_area_counts(rows, 2),
        same_order=plan.kind == "flip" and board.study.same_order([(first.scenario, first.variant)]),
    )


def _area_counts(rows: list[MoveRow], side: int) -> tuple[AreaCount, ...]:
    """Return the areas that print how many moved to one side, lowest share first."""
    found = [
        AreaCount(row.name, people, row.shown.n)
        for row in rows
        if (people := row.shown.count(side)) is not None and row.shown.n is not None
    ]
    return tuple(sorted(found, key=lambda area: (area.people / area.n, area.name)))
