"""Workshops side by side and together: what the full report may print of levels and moves."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import NamedTuple

from tradeoff_desktop.findings.answers import Cell
from tradeoff_desktop.findings.board import Board, Kind, MoveRow, Plan
from tradeoff_desktop.findings.disclosure import Block, Direction, Shown, withheld
from tradeoff_desktop.findings.family import SHARE, VALUE
from tradeoff_desktop.findings.ladder import PooledMean
from tradeoff_desktop.findings.pool import Pool
from tradeoff_desktop.findings.united import Union

Unions = Mapping[Cell, Union]
_MOVE_CUTS = (frozenset({1}), frozenset({2}), frozenset({1, 2}))


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
    too few people, or where saying it would give a count away. ``shown``: the sum of the areas that print their counts or,
    where no area can, all people together. ``people``: raters of all areas whose number is shown.
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
    people: int
    same_order: bool

    @property
    def areas_counted(self) -> int:
        """Return the number of areas whose direction is printed (G of "k of G")."""
        return self.towards_risk + self.towards_benefit + self.level

    @property
    def key(self) -> tuple[str, ...]:
        """Return what names this row in any edition."""
        return ("", self.kind, self.scenario, self.variant, self.round, self.item)


def _rooms(board: Board) -> range:
    return range(len(board.study.workshops))


def levels_across(board: Board, unions: Unions, pool: Pool) -> Iterator[LevelAcross]:
    """Yield the rows of every item that two workshops or more have rated."""
    united = {which: shown for union in unions.values() for which, shown in union.rows().items()}
    for cell in board.study.columns:
        rooms = [place for place in _rooms(board) if board.counts[cell][place, 1:].any()]
        if len(rooms) < 2:
            continue
        scale = board.study.design.items[cell.item]
        shown = united.get(cell) or _summed([board.levels_shown[place, cell] for place in rooms])
        points = [float(point) for point in range(1, scale.points + 1)]
        above = [float(place >= scale.cut) for place in range(scale.points)]
        yield LevelAcross(*cell, shown, pool.level(cell, points, VALUE), pool.level(cell, above, SHARE))


def _summed(rows: Sequence[Shown]) -> Shown:
    """Return the sum of the rows that print counts, in the blocks common to all of them: what any reader could add."""
    printing = [row for row in rows if row.state == "counts"]
    if not printing:
        return withheld(rows[0])
    cuts = set.intersection(*({block.categories[0] for block in row.blocks} for row in printing))
    return _sum_at(printing, sorted(cuts - {0})) if len(cuts) > 1 else withheld(rows[0])


def _sum_at(rows: Sequence[Shown], cuts: Sequence[int]) -> Shown:
    """Add printed rows up between cuts that all of them print."""
    size = len(rows[0].labels)
    blocks = []
    for low, high in pairwise([0, *cuts, size]):
        people = sum(
            block.people for row in rows for block in row.blocks if low <= block.categories[0] < high
        )
        blocks.append(Block(tuple(range(low, high)), " or ".join(rows[0].labels[low:high]), people))
    hidden = sum(len(block.categories) for block in blocks if len(block.categories) > 1)
    total = sum(block.people for block in blocks)
    return replace(
        rows[0],
        state="counts",
        reason="merged" if hidden else "",
        n=total,
        blocks=tuple(blocks),
        hidden=hidden,
        direction=None,
    )


def moves_across(board: Board, unions: Unions) -> Iterator[MoveAcross]:
    """Yield every comparison that two workshops or more allow."""
    for plan in board.plans:
        rows = [
            board.move_rows[place, plan]
            for place in _rooms(board)
            if (place, plan) in board.moves_shown and board.moves[plan][place].any()
        ]
        if len(rows) > 1:
            union = unions.get(plan.start)
            yield _move_across(board, plan, rows, union.rows()[plan] if union else None)


def _move_across(board: Board, plan: Plan, rows: list[MoveRow], united: Shown | None) -> MoveAcross:
    ways = [row.shown.direction for row in rows if row.shown.n is not None]
    shown = united or _summed_moves([row.shown for row in rows])
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
        shown=shown,
        towards_risk=ways.count("risk"),
        towards_benefit=ways.count("benefit"),
        level=ways.count("level"),
        left_out=len(rows) - len(ways) + ways.count(None),
        counts_risk=_area_counts(rows, 0),
        counts_benefit=_area_counts(rows, 2),
        people=shown.n or 0 if united else sum(row.shown.n or 0 for row in rows),
        same_order=plan.kind == "flip" and board.study.same_order([(first.scenario, first.variant)]),
    )


def _summed_moves(rows: Sequence[Shown]) -> Shown:
    """Add the printed moves up: three ways if that loses no area, else the side that more people print."""
    printing = [row for row in rows if row.state == "counts"]
    choices = [[row for row in printing if cuts <= _cuts(row)] for cuts in _MOVE_CUTS]
    people = [sum(row.n or 0 for row in choice) for choice in choices]
    best = max(range(len(choices)), key=lambda place: (people[place], len(_MOVE_CUTS[place])))
    if not people[best]:
        return withheld(rows[0])
    total = _sum_at(choices[best], sorted(_MOVE_CUTS[best]))
    ways = {row.direction for row in choices[best]}
    return replace(total, direction=_told(total, ways.pop() if len(ways) == 1 else None))


def _cuts(row: Shown) -> frozenset[int]:
    return frozenset(block.categories[0] for block in row.blocks) - {0}


def _told(total: Shown, shared: Direction | None) -> Direction | None:
    """Return the direction as far as the printed sums, or what all their areas have in common, tell it."""
    risk, benefit = total.count(0), total.count(2)
    if risk is None or benefit is None:
        side: Direction = "benefit" if risk is None else "risk"
        rest = sum(block.people for block in total.blocks if len(block.categories) > 1)
        return side if (total.n or 0) - rest > rest else shared
    return "level" if risk == benefit else "risk" if risk > benefit else "benefit"


def _area_counts(rows: list[MoveRow], side: int) -> tuple[AreaCount, ...]:
    """Return the areas that print how many moved to one side, lowest share first."""
    found = [
        AreaCount(row.name, people, row.shown.n)
        for row in rows
        if (people := row.shown.count(side)) is not None and row.shown.n is not None
    ]
    return tuple(sorted(found, key=lambda area: (area.people / area.n, area.name)))
