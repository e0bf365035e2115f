"""Which pooled means may be printed beside the workshops' own rows.

A mean over workshops fixes one more sum over their hidden tables, up to its rounding. It is printed only if, beside
everything else that is printed, every hidden count of every workshop still keeps its five values. That is shown by example:
tables that agree with all that is printed and lie far enough apart. The examples are mixtures of corners of each
workshop's own tables: one workshop changing alone where the rounding leaves room, else with a few others making up.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tradeoff_desktop.findings.board import Key
from tradeoff_desktop.findings.linked import Block
from tradeoff_desktop.findings.numbers import Index, Matrix, Vector
from tradeoff_desktop.findings.polytope import Polytope

_REACH = 0.05  # half of the last printed decimal
_TINY = 1e-7  # beyond what sums of this size lose to rounding
_FAR = 100.0  # beyond any value on any scale
_HELPERS = 5  # other workshops that may make up for a change


@dataclass(frozen=True, eq=False)
class Statement:
    """A sum that is to be printed: per family the weight of each of its measures, and the room the print leaves it.

    ``down`` (nought or below) and ``up``: how far the sum could lie from the truth and be printed as it is.
    ``beside``: the weights of families that are shown for all workshops together; here they are taken as known.
    ``is_primary``: one of the declared tests, which nothing shown for all workshops together makes give way.
    """

    terms: Mapping[Key, Vector]
    down: float
    up: float
    beside: Mapping[Key, Vector] = field(default_factory=dict)
    is_primary: bool = False


def rounded(mean: float) -> tuple[float, float]:
    """Return how far a mean printed to one decimal could lie below and above."""
    return round(mean, 1) - _REACH - mean, round(mean, 1) + _REACH - mean


def signed(value: float) -> tuple[float, float]:
    """Return how far a value could lie below and above, if only its side of nought is printed."""
    return (-_FAR, -value) if value < 0 else (-value, _FAR)


class Mixtures(NamedTuple):
    """Shares of a few families' examples, a column each: what they sum to and how they move each statement.

    ``wholes``: a row per family, whose shares make one; ``moves``: a row per side of every statement, which may not
    come beyond ``rooms``; ``starts``: per family the column of its truth, which moves nothing.
    """

    statements: list[Statement]
    wholes: Matrix
    moves: Matrix
    rooms: Vector
    starts: Index

    def reach(self) -> Vector:
        """Return per row the furthest that any shares come."""
        return sum((self.moves[:, each > 0].max(axis=1) for each in self.wholes), np.zeros(len(self.moves)))

    def only(self, rows: Index | NDArray[np.bool_]) -> "Mixtures":
        """Return the same without the other rows."""
        return self._replace(moves=self.moves[rows], rooms=self.rooms[rows])

    def system(self) -> tuple[Matrix, Vector, Index]:
        """Return sums, totals and a first basis, with a slack for every row of moves."""
        (count, width), families = self.moves.shape, len(self.wholes)
        sums = np.zeros((families + count, width + count))
        sums[:families, :width], sums[families:, :width] = self.wholes, self.moves
        sums[families:, width:] = np.eye(count)
        ends = np.concatenate([np.ones(families), self.rooms])
        return sums, ends, np.concatenate([self.starts, np.arange(width, width + count)])


class Release:
    """Decides which means are printed.

    ``block_of`` returns a workshop's family as it will be printed; ``span_of`` the furthest its measures could go.
    """

    def __init__(self, block_of: Callable[[Key], Block], span_of: Callable[[Key], Vector]) -> None:
        self._block, self._span = block_of, span_of

    def decide(self, statements: Sequence[Statement]) -> list[bool]:
        """Say for each statement whether it is printed: all of them, or one after the other as far as they go together.

        A statement that no workshop alone could move out of its room takes nothing from any of them, and goes first.
        """
        printed = [False] * len(statements)
        for group in _connected(statements):
            telling = [place for place in group if not self._is_harmless(statements[place])]
            known = [statements[place] for place in group if place not in telling]
            asked = [statements[place] for place in telling]
            everyone = {key for statement in asked for key in statement.terms}
            if self._all_keep(everyone, [*known, *asked]) is not None:
                telling_printed = telling
            else:
                telling_printed = self._one_by_one(telling, statements, known)
            for place in group:
                printed[place] = place not in telling or place in telling_printed
        return printed

    def help(self, touching: Sequence[Statement], statements: Sequence[Statement]) -> Mixtures:
        """Return how a few families of these statements may change to make room: mixtures of their examples."""
        chosen = sorted({key for statement in touching for key in statement.terms})[:_HELPERS]
        near = set(touching)
        known = [s for s in statements if s in near or not s.terms.keys().isdisjoint(chosen)]
        return self._mixtures(chosen, [self._block(key).more for key in chosen], known)

    def _one_by_one(
        self, telling: list[int], statements: Sequence[Statement], known: list[Statement]
    ) -> list[int]:
        """Add statement after statement; families that needed others' help are looked at again each time."""
        found: list[int] = []
        helped: set[Key] = set()
        for place in telling:
            trial = [*known, *(statements[each] for each in found), statements[place]]
            needing = self._all_keep({*statements[place].terms, *helped}, trial)
            if needing is not None:
                found.append(place)
                helped = needing
        return found

    def _all_keep(self, keys: Collection[Key], statements: list[Statement]) -> set[Key] | None:
        """Return the families that keep their values only with others' help; None where one does not keep them."""
        about: dict[Key, list[int]] = {}
        for place, statement in enumerate(statements):
            for key in statement.terms:
                about.setdefault(key, []).append(place)
        shared = [place for place, statement in enumerate(statements) if len({room for room, _ in statement.terms}) > 1]
        helped = self._make_room(keys, statements, shared, about) if keys else set()
        for key in sorted(set(keys) - helped):
            if self._keeps_alone(key, [statements[place] for place in about.get(key, ())]):
                continue
            if not self._keeps_with_help(key, statements, about):
                return None
            helped.add(key)
        return helped

    def _is_harmless(self, statement: Statement) -> bool:
        room = min(-statement.down, statement.up)
        return all(float(np.abs(line) @ self._span(key)) <= room for key, line in statement.terms.items())

    def _make_room(
        self, keys: Collection[Key], statements: list[Statement], shared: list[int], about: Mapping[Key, list[int]]
    ) -> set[Key]:
        """Return the families that may change as what is said of their own workshop alone lets them.

        That is so where a few workshops can change and make up for it; two such sets serve all. ``shared``: the
        statements about several workshops; ``about``: by family the places of the statements that it enters.
        """
        helpers = sorted(about)
        effects = self._effects(keys, statements, about)
        effects[np.setdiff1d(np.arange(len(statements)), shared)] = 0.0
        room = np.array([statement.up - statement.down for statement in statements])
        halves = helpers[:_HELPERS], helpers[-_HELPERS:]
        first, last = ({workshop for workshop, _ in half} for half in halves)
        if not first.isdisjoint(last) or (2 * effects > room).any():
            return set()
        if not all(self._leave_room(half, statements, effects) for half in halves):
            return set()
        several = set(shared)
        return {
            key
            for key in keys
            if self._keeps_alone(key, [statements[place] for place in about.get(key, ()) if place not in several])
        }

    def _effects(self, keys: Iterable[Key], statements: list[Statement], about: Mapping[Key, list[int]]) -> Vector:
        """Return per statement the furthest that the examples of one of these families move it."""
        found = np.zeros(len(statements))
        for key in keys:
            block, places = self._block(key), about.get(key, [])
            if places:
                moves = (block.examples - block.truth)[:, block.cells :]
                lines = np.array([statements[place].terms[key] for place in places])
                found[places] = np.maximum(found[places], np.abs(moves @ lines.T).max(axis=0))
        return found

    def _leave_room(self, chosen: list[Key], statements: list[Statement], effects: Vector) -> bool:
        """Say whether mixtures of these families' examples leave every statement its effect's room on both sides."""
        mixed = self._mixtures(chosen, [self._block(key).more for key in chosen], statements)
        margins = np.concatenate([effects, effects])
        bound = mixed.reach() + margins > mixed.rooms - _TINY
        sums, ends, basis = mixed.only(bound).system()
        # A last column counts the times that the room is left, and a last row says that once is enough.
        column = np.concatenate([np.zeros(len(chosen)), margins[bound], [1.0]])
        sums = np.hstack([np.vstack([sums, np.zeros(sums.shape[1])]), column[:, None], np.zeros((len(column), 1))])
        sums[-1, -1] = 1.0
        times = np.zeros((1, sums.shape[1]))
        times[0, -2] = 1.0
        basis = np.append(basis, sums.shape[1] - 1)
        found = Polytope(sums, np.append(ends, 1.0), times, np.zeros(1), basis=basis).ends(times[0])
        return bool(found[0][0] >= 1.0 - _TINY)

    def _keeps_alone(self, key: Key, touching: list[Statement]) -> bool:
        """Say whether every hidden count of one family keeps its values with that workshop alone changing."""
        block = self._block(key)
        changes = block.examples - block.truth
        lines = np.reshape([s.terms[key] for s in touching], (len(touching), changes.shape[1] - block.cells))
        shares = _room_for(changes[:, block.cells :] @ lines.T, touching)
        reached = block.truth[: block.cells] + shares[:, None] * changes[:, : block.cells]
        apart = np.floor(reached.max(axis=0) + 1e-6) - np.ceil(reached.min(axis=0) - 1e-6)
        return bool((apart >= block.need).all()) or self._mix([key], [block.examples], touching)

    def _keeps_with_help(self, key: Key, statements: list[Statement], about: Mapping[Key, list[int]]) -> bool:
        """Say the same where a few other workshops make up for the change."""
        others = sorted({other for place in about[key] for other in statements[place].terms} - {key})
        turn = next((place for place, other in enumerate(others) if other > key), 0)
        chosen = [key, *[*others[turn:], *others[:turn]][:_HELPERS]]
        known = sorted({place for each in chosen for place in about[each]})
        return self._mix(chosen, [self._block(each).more for each in chosen], [statements[place] for place in known])

    def _mix(self, chosen: list[Key], examples: list[Matrix], known: list[Statement]) -> bool:
        """Look for mixtures of examples, one per family, that together leave every statement its room."""
        block, mixed = self._block(chosen[0]), self._mixtures(chosen, examples, known)
        sums, ends, basis = mixed.only(mixed.reach() > mixed.rooms - _TINY).system()
        watched = np.zeros((block.cells, sums.shape[1]))
        watched[:, : len(examples[0]) + 1] = np.vstack([block.truth, examples[0]])[:, : block.cells].T
        return not Polytope(sums, ends, watched, block.truth[: block.cells], basis=basis).narrow(block.need)

    def _mixtures(self, chosen: list[Key], examples: list[Matrix], known: list[Statement]) -> Mixtures:
        """Return the mixtures of examples, of each family with the truth before them."""
        sizes = np.array([len(rows) + 1 for rows in examples])
        starts = np.cumsum(sizes) - sizes
        wholes, change = np.zeros((len(chosen), sizes.sum())), np.zeros((len(known), sizes.sum()))
        for place, (key, rows) in enumerate(zip(chosen, examples, strict=True)):
            block, here = self._block(key), slice(starts[place], starts[place] + sizes[place])
            wholes[place, here] = 1.0
            measures = (np.vstack([block.truth, rows]) - block.truth)[:, block.cells :]
            there = [number for number, statement in enumerate(known) if key in statement.terms]
            if there:
                change[there, here] = np.array([known[number].terms[key] for number in there]) @ measures.T
        rooms = np.array([s.up for s in known] + [-s.down for s in known])
        return Mixtures(known, wholes, np.vstack([change, -change]), rooms, starts)


def _connected(statements: Sequence[Statement]) -> list[list[int]]:
    """Return the places of statements in groups that share no family with each other."""
    group_of: dict[Key, list[int]] = {}
    for place, statement in enumerate(statements):
        touched = {id(group): group for key in statement.terms if (group := group_of.get(key)) is not None}
        merged = sorted([place, *(each for group in touched.values() for each in group)])
        for each in merged:
            group_of.update(dict.fromkeys(statements[each].terms, merged))
    return list({id(group): group for group in group_of.values()}.values())


def _room_for(effects: Matrix, statements: list[Statement]) -> Vector:
    """Return how far (nought to one) each example can be approached before a mean changes; examples x statements."""
    limits = np.where(effects > 0, [s.up for s in statements], [s.down for s in statements])
    shares = np.ones_like(effects)
    np.divide(limits, effects, out=shares, where=np.abs(effects) > 1e-12)
    return np.asarray(shares.min(axis=1, initial=1.0))
