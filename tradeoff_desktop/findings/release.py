"""Which pooled means may be printed beside the workshops' own rows.

A mean over workshops fixes one more sum over their hidden tables, up to its rounding. It is printed only if, beside
everything else that is printed, every hidden count of every workshop still keeps its five values. That is shown by example:
tables that agree with all that is printed and lie far enough apart. The examples are mixtures of corners of each
workshop's own tables: one workshop changing alone where the rounding leaves room, else with a few others making up.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from tradeoff_desktop.findings.board import Key
from tradeoff_desktop.findings.linked import Block
from tradeoff_desktop.findings.numbers import Index, Matrix, Vector
from tradeoff_desktop.findings.polytope import Polytope

_REACH = 0.05  # half of the last printed decimal
_FAR = 100.0  # beyond any value on any scale
_HELPERS = 5  # other workshops that may make up for a change


@dataclass(frozen=True)
class Statement:
    """A sum that is to be printed: per family the weight of each of its measures, and the room the print leaves it.

    ``down`` (nought or below) and ``up``: how far the sum could lie from the truth and be printed as it is.
    """

    terms: Mapping[Key, Vector]
    down: float
    up: float


def rounded(terms: Mapping[Key, Vector], mean: float) -> Statement:
    """Return the statement of a mean printed to one decimal."""
    return Statement(terms, round(mean, 1) - _REACH - mean, round(mean, 1) + _REACH - mean)


def signed(terms: Mapping[Key, Vector], value: float) -> Statement:
    """Return the statement that a value lies on its side of nought."""
    return Statement(terms, -_FAR, -value) if value < 0 else Statement(terms, -value, _FAR)


class Release:
    """Decides which means are printed; ``block_of`` returns a workshop's family as it will be printed."""

    def __init__(self, block_of: Callable[[Key], Block]) -> None:
        self._block = block_of

    def decide(self, statements: Sequence[Statement]) -> list[bool]:
        """Say for each mean whether it is printed: all of them, or one after the other as far as they go together."""
        verdicts = [False] * len(statements)
        for group in _connected(statements):
            if self._hold([statements[place] for place in group]):
                admitted = group
            else:
                admitted = []
                for place in group:
                    if self._hold([*(statements[each] for each in admitted), statements[place]]):
                        admitted.append(place)
            for place in admitted:
                verdicts[place] = True
        return verdicts

    def _hold(self, statements: list[Statement]) -> bool:
        """Say whether every hidden count keeps its values beside all these means."""
        # Where no workshop alone could move a mean out of its rounding, the mean takes nothing from any of them.
        telling = [statement for statement in statements if not self._is_harmless(statement)]
        keys = {key: None for statement in telling for key in statement.terms}
        return all(self._keeps(key, statements) for key in keys)

    def _is_harmless(self, statement: Statement) -> bool:
        room = min(-statement.down, statement.up)
        return all(
            float(np.abs(line) @ self._block(key).family.span()) <= room
            for key, line in statement.terms.items()
        )

    def _keeps(self, key: Key, statements: list[Statement]) -> bool:
        """Say whether every hidden count of one family keeps its values: changing alone, or with others' help."""
        block = self._block(key)
        touching = [statement for statement in statements if key in statement.terms]
        changes = block.examples - block.truth
        shares = _room_for(changes[:, block.cells :] @ np.array([s.terms[key] for s in touching]).T, touching)
        reached = block.truth[: block.cells] + shares[:, None] * changes[:, : block.cells]
        apart = np.floor(reached.max(axis=0) + 1e-6) - np.ceil(reached.min(axis=0) - 1e-6)
        return bool((apart >= block.need).all()) or self._keeps_with_help(key, touching, statements)

    def _keeps_with_help(self, key: Key, touching: list[Statement], statements: list[Statement]) -> bool:
        """Look for mixtures of examples, one per family, that together leave every mean within its rounding."""
        others = sorted({other for statement in touching for other in statement.terms} - {key})
        turn = next((place for place, other in enumerate(others) if other > key), 0)
        chosen = [key, *[*others[turn:], *others[:turn]][:_HELPERS]]
        known = [statement for statement in statements if not set(chosen).isdisjoint(statement.terms)]
        examples = [np.vstack([self._block(each).truth, self._block(each).more]) for each in chosen]
        sums, ends, basis = self._mixtures(chosen, examples, known)
        block = self._block(key)
        watched = np.zeros((block.cells, sums.shape[1]))
        watched[:, : len(examples[0])] = examples[0][:, : block.cells].T
        return not Polytope(sums, ends, watched, block.truth[: block.cells], basis=basis).narrow(block.need)

    def _mixtures(
        self, chosen: list[Key], examples: list[Matrix], known: list[Statement]
    ) -> tuple[Matrix, Vector, Index]:
        """Return the sums that the shares of examples obey: one whole per family, and the room of every mean.

        The first example of each family is the truth, which changes nothing: with the rooms, a first corner.
        """
        wholes = np.zeros((len(chosen), sum(map(len, examples))))
        change = np.zeros((len(known), wholes.shape[1]))
        first = 0
        starts = []
        for place, (key, rows) in enumerate(zip(chosen, examples, strict=True)):
            here = slice(first, first + len(rows))
            wholes[place, here] = 1.0
            measures = (rows - rows[0])[:, self._block(key).cells :]
            lines = np.array([s.terms.get(key, np.zeros(measures.shape[1])) for s in known])
            change[:, here] = lines @ measures.T
            starts.append(first)
            first += len(rows)
        count = 2 * len(known)
        top = np.hstack([wholes, np.zeros((len(chosen), count))])
        sums = np.vstack([top, np.hstack([np.vstack([change, -change]), np.eye(count)])])
        ends = np.array([1.0] * len(chosen) + [s.up for s in known] + [-s.down for s in known])
        return sums, ends, np.array([*starts, *range(first, first + count)])


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
