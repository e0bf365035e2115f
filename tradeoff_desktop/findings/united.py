"""Scenarios of which no workshop shows anything: the people of all workshops together.

So the scenarios of the themes, rated by some five people in each area, are reported. Only the balance and the decision:
the component items have their means on the map, and both would be too much. A single workshop's counts are to stay
hidden among the others', beside these rows and beside every mean that its ratings enter.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import cached_property

import numpy as np

from tradeoff_desktop.findings.answers import BALANCE, DECISION, Cell
from tradeoff_desktop.findings.board import Board, Plan, family_of
from tradeoff_desktop.findings.disclosure import Moves, Shown, show_levels, show_moves
from tradeoff_desktop.findings.editions import Earlier
from tradeoff_desktop.findings.family import Family, System
from tradeoff_desktop.findings.linked import Block, retreats
from tradeoff_desktop.findings.numbers import Index, Matrix, Vector
from tradeoff_desktop.findings.polytope import Polytope
from tradeoff_desktop.findings.release import Mixtures, Release, Statement

_TINY = 1e-7  # beyond what sums of this size lose to rounding
# In a large total a workshop disappears; those with most people, or most weight in a mean, stand for all.
_LOOKED_AT = 8


class Share:
    """One workshop's people within the rows of all workshops together.

    Two sets of tables, the workshop's and everybody else's; the rows print sums over both.
    """

    def __init__(self, part: Family, whole: Family) -> None:
        self.whole = whole
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
        # The parts of the columns that are one table each, and the people in it.
        self._tables = [
            (slice(first + flip, first + flip + every.area), people)
            for first, people in ((0, len(part.values)), (wide, len(whole.values) - len(part.values)))
            for flip in range(0, wide, every.area)
        ]

    @cached_property
    def _reduced(self) -> tuple[Matrix, Index]:
        """Return sums that say the same of X and 1 - t, with a column of its own for each, and those columns."""
        sums = np.hstack([self._sums, -self._totals[:, None]])
        none = np.zeros((1, sums.shape[1]))
        solved = Polytope(sums, np.zeros(len(sums)), none, np.zeros(1), basis=np.full(len(sums), -1))
        return solved.table[:, :-1], solved.basis

    def is_lost(self) -> bool:
        """Say whether the rows leave the workshop's counts their values."""
        nothing = np.zeros((0, 0))
        alone = Mixtures([], nothing, nothing, np.zeros(0), np.zeros(0, dtype=np.int64))
        return self.is_lost_beside(np.zeros((0, 2 * len(self.measures))), np.zeros(0), alone)

    def is_lost_beside(self, lines: Matrix, jumps: Vector, help_: Mixtures) -> bool:
        """Say the same beside printed means, with other families' help.

        ``lines``: per statement the weights of the workshop's measures, then of everybody else's; ``jumps``: what
        leaving the true split changes. The tables looked at are mixtures of the truth, with weight t, and of any
        tables X that agree with the rows, with weight 1 - t; the columns are (1 - t) X, 1 - t, t, then the help's.
        """
        effect = lines @ np.vstack([self._own, self._rest])
        offset = jumps - lines @ np.concatenate([self.measures, self.rest])
        effect, offset = np.vstack([effect, -effect]), np.concatenate([offset, -offset])
        rows = self._telling(effect, offset, help_)
        (known, taken), wide = self._reduced, self._sums.shape[1] + 1
        held, ends, basis = help_.only(rows).system()
        sums = np.zeros((len(known) + 1 + len(held), wide + 1 + held.shape[1]))
        sums[: len(known), :wide] = known
        sums[len(known), wide - 1 : wide + 1] = 1.0
        sums[len(known) + 1 :, wide + 1 :] = held
        sums[len(known) + 1 + len(help_.wholes) :, :wide] = np.hstack([effect[rows], offset[rows, None]])
        sums[len(known) :, :wide] -= sums[len(known) :, taken] @ known
        totals = np.concatenate([np.zeros(len(known)), [1.0], ends])
        cells = np.hstack([self._cells, np.zeros((len(self._cells), 1)), self._truth[:, None]])
        basis = np.concatenate([taken, [wide], wide + 1 + basis])
        others = held.shape[1]
        polytope = Polytope(sums, totals, _beside(cells, others), self._truth, basis=basis)
        return not polytope.narrow(self._need)

    def _telling(self, effect: Matrix, offset: Vector, help_: Mixtures) -> Index:
        """Return the rows that can be reached and that no other row makes needless.

        Of rows that say the same of a sum, more or less strictly, the strictest with the truth alone and the strictest
        without it, and those between.
        """
        furthest = np.zeros(len(effect))
        for tables, people in self._tables:
            furthest += people * effect[:, tables].max(axis=1)
        rows = np.flatnonzero(np.maximum(furthest + offset, 0.0) + help_.reach() > help_.rooms - _TINY)
        lines = np.hstack([effect[rows], help_.moves[rows]])
        scale = np.abs(lines).max(axis=1)
        scale[scale <= _TINY] = 1.0
        alone, without = help_.rooms[rows] / scale, (help_.rooms[rows] - offset[rows]) / scale
        said = np.round(lines / scale[:, None], 9) + 0.0
        found: list[int] = []
        strictest: dict[bytes, float] = {}
        for row in np.lexsort((without, alone)).tolist():
            if without[row] < strictest.get(said[row].tobytes(), np.inf):
                strictest[said[row].tobytes()] = float(without[row])
                found.append(int(rows[row]))
        return np.array(sorted(found), dtype=np.int64)


def _beside(lines: Matrix, width: int) -> Matrix:
    """Return lines with so many columns of nought after them."""
    return np.hstack([lines, np.zeros((len(lines), width))])


class Union:
    """One family of all workshops together: ``whole`` as it is shown, ``parts`` by workshop."""

    def __init__(
        self, start: Cell, members: Sequence[Plan], whole: Family, parts: Mapping[int, Family]
    ) -> None:
        self.start, self.members, self.whole, self.parts = start, members, whole, parts
        self._shares: dict[int, Share] = {}

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
        alike = {_answered(part): place for place, part in self.parts.items()}
        largest = sorted(alike, reverse=True)[:_LOOKED_AT]
        return Block(option).is_safe and all(self._share(alike[kind], option).is_lost() for kind in largest)

    def settle(self, statements: Sequence[Statement], release: Release) -> list[Statement]:
        """Return the means that are printed beside these rows without giving anybody away.

        Where it cannot be all of them, as many of less weight as go together; where not even the primary ones, the
        rows go.
        """
        touching = [s for s in statements if any(key[1] == self.start for key in s.beside)]
        if self.whole.is_silent() or not touching:
            return list(statements)
        near = set(touching)
        kept = {s for s in statements if s.is_primary or s not in near}

        def goes(printed: Collection[Statement]) -> bool:
            """Say whether these rows and those statements together give nobody away."""
            beside = [s for s in touching if s in printed]
            return not beside or self._holds(release.help(beside, [s for s in statements if s in printed]))

        if goes(set(statements)):
            return list(statements)
        if not goes(kept):
            *_, self.whole = retreats(self.whole)
            return list(statements)
        rest = [s for s in touching if not s.is_primary]
        waiting = [rest[len(rest) // 2 :], rest[: len(rest) // 2]] if len(rest) > 1 else []
        while waiting:
            some = waiting.pop()
            trial = kept | set(some)
            if goes(trial):
                kept = trial
            elif len(some) > 1:
                waiting += [some[len(some) // 2 :], some[: len(some) // 2]]
        return [s for s in statements if s in kept]

    def _holds(self, help_: Mixtures) -> bool:
        """Say whether every workshop's counts keep their values; of like ones with like weights, one stands for all."""
        weights = self._weights(help_.statements)
        alike = {(_answered(self.parts[place]), one.tobytes()): place for place, one in weights.items()}
        heaviest = sorted(alike.values(), key=lambda place: (-float(np.abs(weights[place]).sum()), place))
        return all(
            self._share(place, self.whole).is_lost_beside(*self._lines(place, weights), help_)
            for place in heaviest[:_LOOKED_AT]
        )

    def _share(self, place: int, whole: Family) -> Share:
        """Return one workshop's share of the rows as they are shown."""
        kept = self._shares.get(place)
        if kept is None or kept.whole is not whole:
            kept = self._shares[place] = Share(self.parts[place], whole)
        return kept

    @cached_property
    def _measures(self) -> dict[int, Vector]:
        return {place: part.measures() for place, part in self.parts.items()}

    def _weights(self, statements: Sequence[Statement]) -> dict[int, Matrix]:
        """Return per workshop statements x measures: with what weight it enters each statement."""
        found = {place: np.zeros((len(statements), len(line))) for place, line in self._measures.items()}
        for number, statement in enumerate(statements):
            for (place, start), line in statement.beside.items():
                if start == self.start and place in found:
                    found[place][number] = line
        return found

    def _lines(self, place: int, weights: Mapping[int, Matrix]) -> tuple[Matrix, Vector]:
        """Return what a share adds to each statement: its own part, everybody else's, and the jump from the true split.

        Everybody else's answers are spread over the other workshops in proportion to their people.
        """
        others = [each for each in self.parts if each != place]
        people = sum(len(self.parts[each].values) for each in others)
        rest = sum(
            (weights[each] * len(self.parts[each].values) / people for each in others),
            np.zeros_like(weights[place]),
        )
        known = sum((weights[each] @ self._measures[each] for each in others), np.zeros(len(rest)))
        return np.hstack([weights[place], rest]), rest @ self._share(place, self.whole).rest - known


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
