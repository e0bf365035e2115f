"""Rows about the same people: the polytope against scipy, and rows taken back where together they tell too much."""

import numpy as np
import pytest
from scipy.optimize import linprog

from tradeoff_desktop.findings import Moves, show_levels, show_moves
from tradeoff_desktop.findings.answers import Cell
from tradeoff_desktop.findings.family import Family, Flip, System
from tradeoff_desktop.findings.linked import Block, protect, retreats
from tradeoff_desktop.findings.polytope import Polytope
from tradeoff_desktop.findings.united import Share, Union

LABELS = ("1", "2", "3", "4", "5")


def family_of(base, ends, *, audience="published", falling=False):
    base, ends = np.array(base), [np.array(end) for end in ends]
    flips = []
    for end in ends:
        both = (base < 5) & (end < 5)
        way = np.sign(base - end if falling else end - base)[both]
        moves = Moves(*[int((way == sign).sum()) for sign in (-1, 0, 1)])
        flips.append(Flip(end, levels(end, audience), show_moves(moves, audience=audience)))
    return Family(5, 3, base, levels(base, audience), tuple(flips), falling)


def levels(values, audience):
    return show_levels(np.bincount(values, minlength=6)[:5].tolist(), LABELS, audience=audience, cut=3)


def people(seed, *, missing=0.0, flips=3):
    random = np.random.default_rng(seed)
    n = int(random.integers(10, 31))
    base = random.choice(5, n, p=random.dirichlet(np.ones(5) * random.choice([0.3, 1, 3])))
    ends = []
    for _ in range(flips):
        move = random.normal(
            random.normal(0, random.choice([0, 0.5, 1.5])), random.choice([0.3, 0.8, 1.5]), n
        )
        end = np.clip(np.rint(base + move), 0, 4).astype(int)
        ends.append(np.where(random.random(n) < missing, 5, end))
    return base, ends


def ends_by_scipy(system, cell):
    line = system.watched[cell]
    found = [
        linprog(sign * line, A_eq=system.sums, b_eq=system.totals, method="highs").fun for sign in (1, -1)
    ]
    return found[0], -found[1]


@pytest.mark.parametrize("seed", range(6))
def test_the_polytope_finds_the_ends_that_scipy_finds(seed):
    system = System(family_of(*people(seed, missing=0.1 * (seed % 2))))
    polytope = Polytope(system.sums, system.totals, system.watched, system.truth[: system.cells])
    for cell in range(system.cells):
        high, low = polytope.ends(system.watched[cell])
        assert (low[cell], high[cell]) == pytest.approx(ends_by_scipy(system, cell), abs=1e-7)


@pytest.mark.parametrize("seed", range(12))
def test_narrow_agrees_with_scipy(seed):
    system = System(family_of(*people(seed)))
    polytope = Polytope(system.sums, system.totals, system.watched, system.truth[: system.cells])
    expected = []
    for cell in range(system.cells):
        low, high = ends_by_scipy(system, cell)
        if np.floor(high + 1e-6) - np.ceil(low - 1e-6) < system.need[cell]:
            expected.append(cell)
    assert polytope.narrow(system.need) == expected


# Twenty people stood at 4 and three at 5; flip 1 moved 17 up, flip 2 left 13 at 5 with 10 who had moved up. Each row
# alone is safe; together they leave three to six for the three who had been at 5.
BASE = [3] * 20 + [4] * 3
FIRST = [4] * 17 + [3] * 3 + [3] * 3
SECOND = [4] * 10 + [3] * 8 + [1, 2] + [4] * 3
THIRD = [2, 2] + [3] * 17 + [4] + [3] * 3


def test_a_breach_of_three_harmless_rows_is_closed():
    family = family_of(BASE, [FIRST, SECOND, THIRD])
    system = System(family)
    ranges = [ends_by_scipy(system, cell) for cell in range(system.cells)]
    assert any(high - low < 4 for low, high in ranges)
    block = protect(family)
    assert block.family != family
    kept = System(block.family)
    assert all(
        np.floor(high + 1e-6) - np.ceil(low - 1e-6) >= need
        for need, (low, high) in zip(
            kept.need, [ends_by_scipy(kept, cell) for cell in range(kept.cells)], strict=True
        )
    )
    # The moves, which are the finding, stay.
    assert [flip.moves for flip in block.family.flips] == [flip.moves for flip in family.flips]
    hidden = [row for row in block.family.rows() if row.reason == "derivable"]
    assert hidden
    assert all(row.state == "hidden" and row.blocks == () and row.direction is None for row in hidden)


@pytest.mark.parametrize("seed", range(24))
def test_what_stays_printed_is_safe_and_what_was_safe_stays(seed):
    family = family_of(*people(seed, missing=0.1 * (seed % 3)))
    block = protect(family)
    assert block.is_safe
    if Block(family).is_safe:
        assert block.family == family


def test_every_retreat_prints_less_and_the_last_prints_nothing():
    family = family_of(*people(0))
    options = list(retreats(family))
    printed = [sum(row.state != "hidden" for row in option.rows()) for option in options]
    assert options[0] is family
    assert printed[0] == max(printed)
    assert options[-1].is_silent()
    # Rows of answers go before moves, which are the finding.
    first_mute = next(
        n for n, option in enumerate(options) if any(f.moves.reason == "derivable" for f in option.flips)
    )
    assert all(row.state == "hidden" for row in options[first_mute - 1].rows()[:2])


def united(whole, *parts):
    return Union(Cell("CJ-1", "base", "RB", "BAL"), [], whole, dict(enumerate(parts)))


def test_a_large_workshop_in_a_small_total_makes_rows_go():
    """Nine of twelve sat in one room: what is safe for the twelve may still tell too much about the nine."""
    base = [3, 1, 2, 1, 3, 2, 1, 2, 2, 2, 2, 2]
    ends = [[4, 1, 3, 2, 2, 2, 4, 4, 4, 0, 3, 4], [4, 0, 0, 0, 1, 0, 0, 0, 4, 2, 0, 2]]
    whole = family_of(base, ends)
    parts = [family_of(base[:9], [end[:9] for end in ends]), family_of(base[9:], [end[9:] for end in ends])]
    assert all(part.is_silent() for part in parts)
    assert protect(whole).family == whole
    union = united(whole, *parts)
    union.protect()
    assert union.whole != whole
    assert sum(row.state == "counts" for row in union.whole.rows()) < sum(
        row.state == "counts" for row in whole.rows()
    )


def test_a_share_is_a_workshop_and_everybody_else():
    base, ends = people(5, missing=0.1)
    whole, part = family_of(base, ends), family_of(base[:6], [end[:6] for end in ends])
    share = Share(part, whole)
    own, every = System(part), System(whole)
    assert share.measures == pytest.approx(own.truth[own.cells :])
    assert share.rest == pytest.approx(every.truth[every.cells :] - own.truth[own.cells :])


def test_a_decision_counts_a_lower_answer_as_a_move_towards_benefit():
    base, (end,) = people(3, flips=1)
    rising, falling = family_of(base, [end]), family_of(base, [end], falling=True)
    way = [System(each).lines.by_way for each in (rising, falling)]
    assert (way[0] == way[1][::-1]).all()
    assert rising.flips[0].moves.count(0) == falling.flips[0].moves.count(2)


def test_a_silent_family_is_safe_and_its_examples_reach_far():
    block = Block(
        family_of([0] * 7, [[4] * 7, [0, 1, 2, 3, 4, 4, 5]])
    )  # all at one end, and one gave no answer
    assert block.family.is_silent()
    assert block.is_safe
    spread = block.examples[:, : block.cells].max(axis=0) - block.examples[:, : block.cells].min(axis=0)
    assert (spread >= block.need).all()


def test_words_for_a_small_room_are_not_held_to_five_values():
    """Decision 35: with five to nine people the room hears which way more moved."""
    family = family_of([2] * 6, [[1] * 4 + [2] * 2], audience="session")
    assert family.flips[0].moves.state == "words"
    assert protect(family).family == family


@pytest.mark.parametrize("seed", range(6))
def test_measures_are_the_same_from_people_and_from_tables(seed):
    family = family_of(*people(seed, missing=0.15), falling=bool(seed % 2))
    system = System(family)
    assert family.measures() == pytest.approx(system.truth[system.cells :])


def test_measures_are_sums_over_people():
    base, ends = people(6, missing=0.2, flips=1)
    system = System(family_of(base, ends))
    value, share, end_value, end_share, step, net, both = system.truth[system.cells :]
    rated = ends[0] < 5
    assert value == (base + 1).sum()
    assert share == (base >= 3).sum()
    assert end_value == (ends[0] + 1)[rated].sum()
    assert end_share == (ends[0] >= 3)[rated].sum()
    assert step == (ends[0] - base)[rated].sum()
    assert net == np.sign(ends[0] - base)[rated].sum()
    assert both == (ends[0] + base + 2)[rated].sum()
