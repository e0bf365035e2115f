"""Which means are printed: decided so that nobody is given away, and no more is kept back than need be."""

import numpy as np
import pytest

from tradeoff_desktop.findings import show_levels, show_moves
from tradeoff_desktop.findings.answers import Cell
from tradeoff_desktop.findings.disclosure import Moves
from tradeoff_desktop.findings.family import VALUE, Family, Flip
from tradeoff_desktop.findings.linked import Block
from tradeoff_desktop.findings.release import Release, Statement, rounded, signed

START = Cell("HOU-1", "base", "R0", "BAL")


def block_of(base, end):
    base, end = np.array(base) - 1, np.array(end) - 1
    way = np.sign(end - base)
    moves = Moves(*[int((way == sign).sum()) for sign in (-1, 0, 1)])
    rows = [
        show_levels(np.bincount(values, minlength=5).tolist(), "12345", audience="published", cut=3)
        for values in (base, end)
    ]
    return Block(Family(5, 3, base, rows[0], (Flip(end, rows[1], show_moves(moves, audience="published")),)))


def rooms(count, low, high, seed=1):
    random = np.random.default_rng(seed)
    return {
        (place, START): block_of(random.integers(low, high + 1, 18), random.integers(low, high + 1, 18))
        for place in range(count)
    }


def mean_of(blocks):
    """The mean of the base row over workshops, as a statement's terms and its value."""
    terms = {}
    for key in blocks:
        terms[key] = np.zeros(7)
        terms[key][VALUE] = 1 / (18 * len(blocks))
    return terms, float(np.mean([block.family.values.mean() + 1 for block in blocks.values()]))


def printed(terms, value):
    return Statement(terms, *rounded(value))


def release_of(blocks):
    return Release(blocks.__getitem__, lambda key: blocks[key].family.span())


@pytest.mark.parametrize("count", [3, 6, 30])
def test_a_mean_in_the_middle_is_printed(count):
    blocks = rooms(count, 1, 5)
    assert release_of(blocks).decide([printed(*mean_of(blocks))]) == [True]


@pytest.mark.parametrize("count", [3, 6])
def test_a_mean_at_the_end_is_not(count):
    blocks = {(place, START): block_of([5] * 18, [5] * 17 + [4]) for place in range(count)}
    assert release_of(blocks).decide([printed(*mean_of(blocks))]) == [False]


def test_what_is_asked_for_first_has_precedence():
    """The same sum to one decimal is printed; to five, on top of it, it would tell too much."""
    blocks = rooms(3, 1, 5)
    terms, value = mean_of(blocks)
    more = [
        Statement({key: line * (place == n) for n, (key, line) in enumerate(terms.items())}, -1e-9, 1e-9)
        for place in range(3)
    ]
    verdicts = release_of(blocks).decide([printed(terms, value), *more])
    assert verdicts[0]
    assert not all(verdicts)


def test_statements_about_different_families_are_decided_apart():
    good, bad = rooms(3, 1, 5), {(place, START): block_of([5] * 18, [5] * 18) for place in (7, 8, 9)}
    both = {**good, **bad}
    statements = [printed(*mean_of(bad)), printed(*mean_of(good))]
    assert release_of(both).decide(statements) == [False, True]


def test_a_mean_that_no_workshop_could_move_is_printed_unseen():
    blocks = rooms(4, 1, 5)
    terms, value = mean_of(blocks)
    tiny = {key: line / 1e6 for key, line in terms.items()}
    assert release_of(blocks).decide([printed(tiny, value)]) == [True]


def test_a_side_of_nought_leaves_all_on_that_side():
    assert signed(-0.3)[1] == 0.3
    assert signed(0.3)[0] == -0.3
    assert signed(-0.3)[0] < -50
    assert signed(0.0)[0] == 0.0


def test_rounding_leaves_a_twentieth_each_way():
    assert rounded(3.07) == pytest.approx((-0.02, 0.08))
