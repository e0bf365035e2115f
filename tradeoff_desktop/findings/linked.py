"""What several printed rows about the same people give away together.

Each row alone may be safe, and base, flips and moves together may still pin a merged count down ("seventeen moved up,
so at most six can have been at the top"). Here the printed rows of one family are held against each other exactly, and
rows are taken back, least telling first, until every count that is not printed keeps at least five possible values.
"""

from collections.abc import Iterator
from dataclasses import replace

from tradeoff_desktop.findings.disclosure import Shown, withheld
from tradeoff_desktop.findings.family import Family, Flip, System
from tradeoff_desktop.findings.polytope import Polytope


def protect(family: Family) -> Family:
    """Return the family with as few rows as possible taken back, so that nothing more can be worked out.

    Rows are tried in this order: one flip's row, the base row, all flips' rows, all rows, then the moves as well.
    """
    return next(option for option in _retreats(family) if _is_safe(option))


def _retreats(family: Family) -> Iterator[Family]:
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


def _is_safe(family: Family) -> bool:
    if family.is_silent():
        return True
    system = System(family)
    hidden = system.watched[: system.cells]
    return not Polytope(system.sums, system.totals, hidden, system.truth[: system.cells]).narrow(system.need)
