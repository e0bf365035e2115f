"""The gate: blocks, thresholds, what each audience may see, editions."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tradeoff_desktop.errors import RuleError
from tradeoff_desktop.findings import (
    MOVE_LABELS,
    SDC_1,
    Moves,
    disclosure_blocks,
    groups_may_be_compared,
    percent,
    quote_may_name_group,
    show_levels,
    show_moves,
)

LABELS = ("1", "2", "3", "4", "5")
counts_of = st.lists(st.integers(0, 12), min_size=2, max_size=7)


def every_partition(size):
    for chosen in itertools.product((False, True), repeat=size - 1):
        edges = [0, *(place + 1 for place, cut in enumerate(chosen) if cut), size]
        yield tuple(tuple(range(low, high)) for low, high in itertools.pairwise(edges))


def people(partition, counts):
    return [sum(counts[place] for place in block) for block in partition]


@given(counts_of, st.integers(1, 10), st.none() | st.integers(1, 6))
def test_blocks_are_the_best_of_all_partitions(counts, minimum, cut):
    found = disclosure_blocks(counts, minimum=minimum, cut=cut)
    fit = [each for each in every_partition(len(counts)) if min(people(each, counts)) >= minimum]
    if not fit:
        assert found == ()
        return
    assert found in fit
    most = [each for each in fit if len(each) == max(map(len, fit))]
    keeping = [each for each in most if any(block[0] == cut for block in each)] or most
    assert found in keeping
    assert max(people(found, counts)) == min(max(people(each, counts)) for each in keeping)


@pytest.mark.parametrize(
    ("counts", "cut", "blocks"),
    [
        ([3, 4, 2, 8, 3], 3, ((0, 1, 2), (3, 4))),
        ([6, 6, 6], None, ((0,), (1,), (2,))),
        ([0, 0, 0, 20, 3], 3, ((0, 1, 2, 3, 4),)),  # unanimity and its neighbourhood: one block, not shown
        ([20, 0, 0, 0, 0], 3, ((0, 1, 2, 3, 4),)),  # zeros merge too
        ([5, 0, 0, 5, 0], 3, ((0, 1, 2), (3, 4))),
        ([5, 0, 5, 0, 0], None, ((0,), (1, 2, 3, 4))),  # of equals, the earliest cut
        ([1, 1, 1, 1, 0], 3, ()),
    ],
)
def test_blocks_worked_by_hand(counts, cut, blocks):
    assert disclosure_blocks(counts, cut=cut) == blocks


@pytest.mark.parametrize(
    ("counts", "minimum", "code"),
    [
        ([], 5, "bad_counts"),
        ([1, -1], 5, "bad_counts"),
        ([1.5, 2], 5, "bad_counts"),
        ([float("nan"), 2], 5, "bad_counts"),
        (["many", 2], 5, "bad_counts"),
        ([1, 2], 0, "bad_minimum"),
        ([5] * 17, 5, "bad_scale"),
    ],
)
def test_counts_that_are_none_are_refused(counts, minimum, code):
    with pytest.raises(RuleError) as refused:
        disclosure_blocks(counts, minimum=minimum)
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("audience", "counts", "state", "reason", "n"),
    [
        ("live", [1, 1, 1, 1, 0], "hidden", "too_few", None),
        ("live", [2, 2, 2, 2, 1], "hidden", "small_room", None),
        ("live", [2, 2, 2, 2, 2], "counts", "", 10),
        ("live", [0, 12, 0, 0, 0], "hidden", "all_alike", 12),
        ("session", [2, 2, 2, 2, 1], "hidden", "small_room", None),
        ("session", [2, 3, 0, 4, 1], "counts", "merged", 10),
        ("published", [2, 2, 2, 2, 1], "hidden", "too_few", None),
        ("published", [2, 3, 0, 4, 1], "counts", "merged", 10),
        ("published", [0, 12, 0, 0, 0], "hidden", "one_block", 12),
    ],
)
def test_each_audience_sees_its_own(audience, counts, state, reason, n):
    shown = show_levels(counts, LABELS, audience=audience, cut=3)
    assert (shown.state, shown.reason, shown.n, shown.policy) == (state, reason, n, "sdc-1")
    assert sum(block.people for block in shown.blocks) == (sum(counts) if state == "counts" else 0)
    assert shown.hidden == (
        5 if state == "hidden" else sum(len(b.categories) for b in shown.blocks if len(b.categories) > 1)
    )


def test_a_show_of_hands_may_be_unanimous_in_the_room_only():
    assert show_levels([0, 12, 0, 0, 0], LABELS, audience="live", seen_by_all=True).state == "counts"
    assert show_levels([0, 12, 0, 0, 0], LABELS, audience="session", seen_by_all=True).state == "hidden"


@given(counts_of.filter(lambda counts: len(counts) == 5), st.sampled_from(["session", "published"]))
def test_no_block_outside_the_room_is_smaller_than_five(counts, audience):
    shown = show_levels(counts, LABELS, audience=audience, cut=3)
    assert all(block.people >= SDC_1.block for block in shown.blocks)
    assert shown.blocks == () or len(shown.blocks) > 1
    assert [place for block in shown.blocks for place in block.categories] in ([], [0, 1, 2, 3, 4])


@pytest.mark.parametrize("audience", ["live", "session"])
def test_a_small_room_hears_only_which_way(audience):
    shown = show_moves(Moves(5, 1, 2), audience=audience)
    assert (shown.state, shown.direction, shown.blocks, shown.n) == ("words", "risk", (), None)
    assert show_moves(Moves(2, 4, 2), audience=audience).direction == "level"


def test_nothing_is_published_of_a_small_room():
    shown = show_moves(Moves(5, 1, 2), audience="published")
    assert (shown.state, shown.direction, shown.n, shown.hidden) == ("hidden", None, None, 3)


def test_moves_are_merged_like_any_row():
    shown = show_moves(Moves(12, 3, 5), audience="published")
    assert [(block.label, block.people) for block in shown.blocks] == [
        ("towards risk", 12),
        ("did not move or towards benefit", 8),
    ]
    assert (shown.count(0), shown.count(1), shown.count(2), shown.direction) == (12, None, None, "risk")


@given(st.builds(Moves, *[st.integers(0, 20)] * 3).filter(lambda moves: sum(moves) >= 10))
def test_a_printed_direction_leaves_five_values(moves):
    """Enumerate every room that would print the same."""
    shown = show_moves(moves, audience="published")
    total = sum(moves)
    alike = [
        Moves(risk, total - risk - benefit, benefit)
        for risk in range(total + 1)
        for benefit in range(total + 1 - risk)
    ]
    printed = [
        other
        for other in alike
        if all(sum(other[place] for place in block.categories) == block.people for block in shown.blocks)
        and (
            shown.direction is None
            or shown.direction
            == (
                "level"
                if other.risk == other.benefit
                else "risk"
                if other.risk > other.benefit
                else "benefit"
            )
        )
    ]
    for place in range(3):
        if shown.count(place) is None:
            assert len({other[place] for other in printed}) >= 5


def test_a_direction_that_would_give_the_count_is_kept_back():
    assert show_moves(Moves(5, 0, 5), audience="published").direction is None
    assert show_moves(Moves(5, 2, 7), audience="published").direction == "benefit"


def test_a_later_edition_merges_further_until_the_pair_says_nothing():
    first = show_levels([5, 5, 0, 5, 5], LABELS, audience="published", cut=3)
    assert len(first.blocks) == 4
    # One person withdraws: every split would show from which block.
    later = show_levels([5, 5, 0, 4, 5], LABELS, audience="published", cut=3, earlier=first)
    assert (later.state, later.reason) == ("hidden", "edition")
    same = show_levels([5, 5, 0, 5, 5], LABELS, audience="published", cut=3, earlier=first)
    assert same.blocks == first.blocks
    grown = show_levels([10, 10, 0, 10, 10], LABELS, audience="published", cut=3, earlier=first)
    assert [block.people for block in grown.blocks] == [10, 10, 10, 10]


@given(st.tuples(*[st.integers(0, 9)] * 5), st.tuples(*[st.integers(0, 9)] * 5))
def test_a_pair_of_editions_never_shows_a_small_difference(before, after):
    first = show_levels(before, LABELS, audience="published", cut=3)
    second = show_levels(after, LABELS, audience="published", cut=3, earlier=first)
    cuts = [{block.categories[0] for block in shown.blocks} for shown in (first, second)]
    if not first.blocks or not second.blocks:
        return  # only the totals can be compared
    assert cuts[1] <= cuts[0]
    common = sorted(cuts[1])
    changes = [sum(after[low:high]) - sum(before[low:high]) for low, high in itertools.pairwise([*common, 5])]
    assert not any(changes) or min(map(abs, changes)) >= 5


def test_moves_of_a_later_edition_are_silent_where_the_pair_would_tell():
    first = show_moves(Moves(8, 5, 7), audience="published")
    later = show_moves(Moves(7, 5, 7), audience="published", earlier=first)
    assert (later.state, later.reason, later.direction) == ("hidden", "edition", None)


def test_groups_and_quotes():
    assert groups_may_be_compared(group=10, complement=10, workshops=3)
    assert not groups_may_be_compared(group=9, complement=30, workshops=3)
    assert not groups_may_be_compared(group=30, complement=9, workshops=3)
    assert not groups_may_be_compared(group=30, complement=30, workshops=2)
    assert quote_may_name_group(5)
    assert not quote_may_name_group(4)


def test_percentages_are_coarse_where_people_are_few():
    assert [percent(count, 20) for count in (0, 1, 7, 20)] == [0, 5, 35, 100]
    assert [percent(count, 18) for count in (1, 7, 11)] == [5, 40, 60]
    assert percent(33, 99) == 33
    assert percent(1, 200) == 1  # a half goes up
    with pytest.raises(RuleError, match="bad_counts"):
        percent(3, 0)


def test_wrong_labels_and_strangers_are_refused():
    with pytest.raises(RuleError, match="length_mismatch"):
        show_levels([5, 5], LABELS, audience="published")
    with pytest.raises(RuleError, match="unknown_audience"):
        show_moves(Moves(5, 5, 5), audience="everybody")
    assert len(MOVE_LABELS) == 3
