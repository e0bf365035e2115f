"""What several printed rows about the same people give away together.

Each row alone may be safe, and base, flips and moves together may still pin a merged count down ("seventeen moved up,
so at most six can have been at the top"). Here the printed rows of one family are held against each other exactly, and
rows are taken back, least telling first, until every count that is not printed keeps at least five possible values.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cached_property

import numpy as np

from tradeoff_desktop.findings.disclosure import Shown, withheld
from tradeoff_desktop.findings.family import Family, Flip, System
from tradeoff_desktop.findings.numbers import Matrix, Vector
from tradeoff_desktop.findings.polytope import Polytope


class Block:
    """One family with examples of what its tables could be, as far as its printed rows go.

    An example is a row of hidden counts, then measures, of tables that agree with all that is printed; the first is
    the truth. ``is_safe``: every hidden count keeps its five values among them.
    """

    def __init__(self, family: Family) -> None:
        self.family = family

    @cached_property
    def _told(self) -> tuple[Vector, Vector, Matrix, bool]:
        """Return the hidden counts' needs, the truth, the examples and whether they lie far enough apart."""
        system = System(self.family)
        if self.family.is_silent():
            return system.need, system.truth, np.array([system.truth, *_alike(system)]), True
        polytope = Polytope(system.sums, system.totals, system.watched, system.truth[: system.cells])
        safe = not polytope.narrow(system.need)
        return system.need, system.truth, np.array([system.truth, *polytope.corners]), safe

    @property
    def need(self) -> Vector:
        """Return how far apart each hidden count's ends must lie."""
        return self._told[0]

    @property
    def cells(self) -> int:
        """Return the number of hidden counts."""
        return len(self._told[0])

    @property
    def truth(self) -> Vector:
        """Return the true hidden counts and measures."""
        return self._told[1]

    @property
    def examples(self) -> Matrix:
        """Return examples with every hidden count as far apart as it needs, where it can be."""
        return self._told[2]

    @property
    def is_safe(self) -> bool:
        """Say whether nothing of the family can be worked out from its own rows."""
        return self.family.is_silent() or self._told[3]

    @cached_property
    def more(self) -> Matrix:
        """Return the same examples and others with every measure at its ends."""
        if self.family.is_silent():
            return self.examples
        system = System(self.family)
        polytope = Polytope(system.sums, system.totals, system.watched, system.truth[: system.cells])
        far = [end for line in system.watched[system.cells :] for end in polytope.ends(line)]
        return np.unique(np.vstack([self.examples, far]).round(9), axis=0)


def _alike(system: System) -> Iterator[Vector]:
    """Yield what would be if everybody had answered alike: where nothing is printed, anything is possible.

    All rows alike, one row alike, and everybody moved from one end of the scale to the other.
    """
    family = system.family
    rows = [family.values, *(flip.values for flip in family.flips)]

    def given(categories: Mapping[int, int]) -> Vector:
        other = [np.where(row < family.points, categories.get(n, row), row) for n, row in enumerate(rows)]
        return system.watch(other[0], other[1:])

    for category in range(family.points):
        yield given(dict.fromkeys(range(len(rows)), category))
        for place in range(len(rows)):
            yield given({place: category})
    top = family.points - 1
    for start, end in ((0, top), (top, 0)):
        yield given({place: end if place else start for place in range(len(rows))})


def protect(family: Family) -> Block:
    """Return the family with as few rows as possible taken back, so that nothing more can be worked out."""
    return next(block for option in retreats(family) if (block := Block(option)).is_safe)


def retreats(family: Family) -> Iterator[Family]:
    """Yield the family with ever less printed, and nothing in the end.

    First without one flip's row, then without the base row, all flips' rows, all rows, and then the moves as well.
    """
    yield family
    flips = family.flips
    if len(flips) > 1:
        for place in range(len(flips)):
            yield replace(family, flips=tuple(_bare(f) if n == place else f for n, f in enumerate(flips)))
    without_base = replace(family, levels=_hide(family.levels))
    yield without_base
    yield replace(family, flips=tuple(_bare(flip) for flip in flips))
    bare = replace(without_base, flips=tuple(_bare(flip) for flip in flips))
    yield bare
    for place in range(len(flips)):
        yield replace(bare, flips=tuple(_mute(f) if n == place else f for n, f in enumerate(bare.flips)))
    yield replace(bare, flips=tuple(_mute(flip) for flip in bare.flips))


def _hide(shown: Shown) -> Shown:
    return withheld(shown) if shown.state == "counts" else shown


def _bare(flip: Flip) -> Flip:
    return replace(flip, levels=_hide(flip.levels))


def _mute(flip: Flip) -> Flip:
    return replace(flip, moves=withheld(flip.moves) if flip.moves.state != "hidden" else flip.moves)
