"""Scenarios of which no workshop shows anything: the people of all workshops together.

So the scenarios of the themes, rated by some five people in each area, are reported. Only the balance and the decision:
the component items have their means on the map, and both would be too much. A single workshop's counts are to stay
hidden among the others', beside these rows and beside every mean that its ratings enter.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence

import numpy as np

from tradeoff_desktop.findings.answers import BALANCE, DECISION, Cell
from tradeoff_desktop.findings.board import Board, Plan, family_of
from tradeoff_desktop.findings.disclosure import Moves, Shown, show_levels, show_moves
from tradeoff_desktop.findings.editions import Earlier
from tradeoff_desktop.findings.family import Family, System
from tradeoff_desktop.findings.linked import Block, retreats
from tradeoff_desktop.findings.numbers import Matrix, Vector
from tradeoff_desktop.findings.polytope import Polytope
from tradeoff_desktop.findings.release import Help, Release, Statement

# In a large total a workshop disappears; those with most people, or most weight in a mean, stand for all.
_LOOKED_AT = 8


class Share:
    """One workshop's people within the rows of all workshops together.

    Two sets of tables, the workshop's and everybody else's; the rows print sums over both.
    """

    def __init__(self, part: Family, whole: Family) -> None:
        missing = whole.has_missing()
        every, own = System(whole, missing=missing), System(part, missing=missing)
        wide, slack = every.tables, every.sums.shape[1] - every.tables
        none = np.zeros((len(own.sums), wide + slack))
        self._sums = np.vstack([np.hstack([every.sums[:, :wide], every.sums]), np.hstack([own.sums, none])])
        self._totals = np.concatenate([every.totals, own.totals])
        self._cells = _beside(own.watched[: own.cells], wide + slack)
        measures = own.watched[own.cells :]
        self._own = _beside(measures, wide + slack)
        self._rest = np.hstack([np.zeros_like(measures), measures, np.zeros((len(measures), slack))])
        self._need, self._truth = own.need, own.truth[: own.cells]
        self.measures = own.truth[own.cells :]
        self.rest = every.truth[every.cells :] - self.measures

    def is_lost(self) -> bool:
        """Say whether the rows leave the workshop's counts their values."""
        return not Polytope(self._sums, self._totals, self._cells, self._truth).narrow(self._need)

    def is_lost_beside(self, lines: Matrix, jumps: Vector, help_: Help) -> bool:
        """Say the same beside printed means, with other families' help.

        ``lines``: per statement the weights of the workshop's measures, then of everybody else's; ``jumps``: what
        leaving the true split changes. The tables looked at are mixtures of the truth, with weight t, and of any
        tables X that agree with the rows, with weight 1 - t; the columns are (1 - t) X, 1 - t, t, then the help's.
        """
        effect = lines @ np.vstack([self._own, self._rest])
        offset = jumps - lines @ np.concatenate([self.measures, self.rest])
        wide, others = self._sums.shape[1], help_.sums.shape[1]
        change = np.hstack([effect, offset[:, None], np.zeros((len(lines), 1))])
        sums = np.vstack(
            [
                np.hstack([self._sums, -self._totals[:, None], np.zeros((len(self._sums), 1 + others))]),
                np.concatenate([np.zeros(wide), [1.0, 1.0], np.zeros(others)]),
                np.hstack([np.zeros((help_.wholes, wide + 2)), help_.sums[: help_.wholes]]),
                np.hstack([np.vstack([change, -change]), help_.sums[help_.wholes :]]),
            ]
        )
        totals = np.concatenate([np.zeros(len(self._sums)), [1.0], help_.ends])
        cells = np.hstack([self._cells, np.zeros((len(self._cells), 1)), self._truth[:, None]])
        basis = np.concatenate([np.full(len(self._sums), -1), [wide + 1], wide + 2 + help_.basis])
        polytope = Polytope(sums, totals, _beside(cells, others), self._truth, basis=basis)
        return not polytope.narrow(self._need)


def _beside(lines: Matrix, width: int) -> Matrix:
    """Return lines with so many columns of nought after them."""
    return np.hstack([lines, np.zeros((len(lines), width))])


class Union:
    """One family of all workshops together: ``whole`` as it is shown, ``parts`` by workshop."""

    def __init__(
        self, start: Cell, members: Sequence[Plan], whole: Family, parts: Mapping[int, Family]
    ) -> None:
        self.start, self.members, self.whole, self.parts = start, members, whole, parts

    def rows(self) -> dict[Cell | Plan, Shown]:
        """Return every row as it is shown."""
        found: dict[Cell | Plan, Shown] = {self.start: self.whole.levels}
        for plan, flip in zip(self.members, self.whole.flips, strict=True):
            found[plan.end], found[plan] = flip.levels, flip.moves
        return found

    def protect(self) -> None:
        """Take back rows until neither all people together nor any workshop is given away."""
        self.whole = next(option for option in retreats(self.whole) if self._is_safe(option))

    def _is_safe(self, option: Family) -> bool:
        if option.is_silent():
            return True
        alike = {_answered(part): part for part in self.parts.values()}
        largest = sorted(alike, reverse=True)[:_LOOKED_AT]
        return Block(option).is_safe and all(Share(alike[kind], option).is_lost() for kind in largest)

    def settle(self, statements: Sequence[Statement], release: Release) -> list[Statement]:
        """Return the means that are printed beside these rows without giving anybody away.

        Where it cannot be all of them, as many of less weight as go together; where not even the primary ones, the
        rows go.
        """
        touching = [s for s in statements if any(key[1] == self.start for key in s.beside)]
        if self.whole.is_silent() or not touching:
            return list(statements)
        kept = [s for s in statements if s.is_primary or s not in touching]
        if not self._goes_with(kept, touching, release):
            *_, self.whole = retreats(self.whole)
            return list(statements)
        waiting = [[s for s in touching if not s.is_primary]]
        while waiting:
            some = waiting.pop()
            trial = [s for s in statements if s in kept or s in some]
            if self._goes_with(trial, touching, release):
                kept = trial
            elif len(some) > 1:
                waiting += [some[len(some) // 2 :], some[: len(some) // 2]]
        return kept

    def _goes_with(self, printed: Sequence[Statement], touching: Sequence[Statement], release: Release) -> bool:
        """Say whether these rows and those statements together give nobody away."""
        beside = [s for s in printed if s in touching]
        return not beside or self._holds(release.help(beside, printed))

    def _holds(self, help_: Help) -> bool:
        """Say whether every workshop's counts keep their values; of like ones with like weights, one stands for all."""
        measures = {place: part.measures() for place, part in self.parts.items()}
        weights = {place: self._weights(place, measures[place], help_.statements) for place in self.parts}
        alike = {(_answered(part), weights[place].tobytes()): place for place, part in self.parts.items()}
        heaviest = sorted(alike.values(), key=lambda place: (-float(np.abs(weights[place]).sum()), place))
        for place in heaviest[:_LOOKED_AT]:
            share = Share(self.parts[place], self.whole)
            if not share.is_lost_beside(*self._lines(place, share, measures, weights), help_):
                return False
        return True

    def _weights(self, place: int, measures: Vector, statements: Sequence[Statement]) -> Matrix:
        """Return statements x measures: with what weight one workshop enters each statement."""
        nothing = np.zeros(len(measures))
        return np.array([statement.beside.get((place, self.start), nothing) for statement in statements])

    def _lines(
        self, place: int, share: Share, measures: Mapping[int, Vector], weights: Mapping[int, Matrix]
    ) -> tuple[Matrix, Vector]:
        """Return what a share adds to each statement: its own part, everybody else's, and the jump from the true split.

        Everybody else's answers are spread over the other workshops in proportion to their people.
        """
        others = [each for each in self.parts if each != place]
        people = sum(len(self.parts[each].values) for each in others)
        rest = sum(
            (weights[each] * len(self.parts[each].values) / people for each in others),
            np.zeros_like(weights[place]),
        )
        known = sum((weights[each] @ measures[each] for each in others), np.zeros(len(rest)))
        return np.hstack([weights[place], rest]), rest @ share.rest - known


def _answered(part: Family) -> tuple[int, ...]:
    """Return what is known of a workshop in a total: its people, who answered each row, who answered base and flip."""
    known = part.values < part.points
    found = [len(known), int(known.sum())]
    for flip in part.flips:
        there = flip.values < part.points
        found += [int(there.sum()), int((there & known).sum())]
    return tuple(found)


def unite(board: Board, earlier: Earlier) -> dict[Cell, Union]:
    """Return the families of which no workshop shows anything, by base row."""
    found = {union.start: union for union in _unions(board, earlier)}
    for union in found.values():
        union.protect()
    return found


def _unions(board: Board, earlier: Earlier) -> Iterator[Union]:
    rooms = range(len(board.study.workshops))
    for start in sorted({plan.start for plan in board.plans if plan.start.item in {BALANCE, DECISION}}):
        members = [plan for plan in board.plans if plan.start == start]
        shown = [
            board.levels_shown.get((room, cell))
            for room in rooms
            for cell in (start, *(p.end for p in members))
        ]
        if all(row is None or row.n is None for row in shown):
            everyone = slice(0, len(board.study.people))
            whole = family_of(board.study, everyone, start, members, _all_together(board, earlier))
            parts = {
                room: family_of(board.study, board.study.span[room], start, members, _nothing(board))
                for room in rooms
                if (room, start) in board.members
            }
            yield Union(start, members, whole, parts)


def _all_together(board: Board, earlier: Earlier) -> Callable[[Cell | Plan], Shown]:
    """Return how a row of all workshops together is shown."""

    def row(which: Cell | Plan) -> Shown:
        if isinstance(which, Plan):
            moves = Moves(*board.moves[which].sum(axis=0).tolist())
            before = earlier.get(("", *which.key), ())
            return show_moves(moves, audience=board.audience, labels=which.labels, earlier=before)
        counts = board.counts[which][:, 1:].sum(axis=0).tolist()
        labels, cut = board.study.design.category_labels(which.item), board.study.design.items[which.item].cut
        before = earlier.get(("", *which), ())
        return show_levels(counts, labels, audience=board.audience, cut=cut, earlier=before)

    return row


def _nothing(board: Board) -> Callable[[Cell | Plan], Shown]:
    """Return how one workshop's share is shown: not at all."""

    def row(which: Cell | Plan) -> Shown:
        labels = which.labels if isinstance(which, Plan) else board.study.design.category_labels(which.item)
        return show_levels([0] * len(labels), labels, audience=board.audience)

    return row
