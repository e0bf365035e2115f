import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st
from room_world import Day, begin

from tradeoff_desktop.app import hands
from tradeoff_desktop.model import acts
from tradeoff_desktop.model import records as r

OPTIONS, HERE, MOST_KEYS = 5, 20, 9


def typed(keys, *, fields=OPTIONS, here=HERE):
    """The count after these keys: digits, a space, "\\b" for Backspace, "\\n" for Enter."""
    count = hands.start(fields, here)
    for key in keys:
        act = {" ": hands.space, "\b": hands.back, "\n": hands.rest}.get(key)
        count = act(count) if act else hands.digit(count, key)
    return count


def keys_for(split):
    """The keys a person presses for a split, leaving the last people to Enter."""
    keys, count = "", hands.start(len(split), sum(split))
    for wanted in split:
        if count.left == sum(split[len(count.counts):]) == wanted or count.done:
            break
        for digit in str(wanted):
            keys += digit
            count = hands.digit(count, digit)
        if count.typed:
            keys += " "
            count = hands.space(count)
    return keys + "\n"


def test_people_are_counted_as_counted_as_seated_or_as_planned(store):
    desk = begin(store, Day(), 6, tables=2)
    assert hands.people_here(desk.state) == 6
    for seat in desk.state.sitting():
        desk.do(acts.change_seat, role="lead", seat=seat, to="no_show")
    assert hands.people_here(desk.state) == 6
    desk.do(acts.count_heads, role="lead", here=4)
    assert hands.people_here(desk.state) == 4


@pytest.mark.parametrize(
    ("keys", "counts", "typed_so_far"),
    [
        ("3", (3,), ""),  # 30 of 20 cannot be
        ("1", (), "1"),  # 1, or 10 to 19
        ("1 ", (1,), ""),
        ("12", (12,), ""),
        ("0", (0,), ""),
        ("2", (), "2"),  # 2, or everybody
        ("129", (12, 9), ""),  # of 8 left no second digit fits, and more than 8 is counted all the same
        ("1\b3", (3,), ""),
        ("3\b\b\b", (), ""),
    ],
)
def test_a_field_closes_as_soon_as_no_longer_number_is_possible(keys, counts, typed_so_far):
    count = typed(keys)
    assert (count.counts, count.typed) == (counts, typed_so_far)


def test_enter_gives_everybody_left_to_the_current_field_and_says_so():
    count = typed("2 54\n")
    assert count.counts == (2, 5, 4, 9, 0)
    assert count.inferred == 3
    assert count.done


def test_enter_when_nobody_is_left_infers_nothing():
    assert typed("9" "9" "2\n").inferred == -1


def test_backspace_after_the_end_forgets_what_was_inferred():
    count = hands.back(typed("5\n"))
    assert (count.counts, count.inferred) == ((5, 15, 0, 0), -1)


def test_a_headcount_corrected_in_the_middle_changes_what_is_left():
    assert hands.with_here(typed("5"), 23).left == 18


def test_every_split_of_twenty_takes_at_most_nine_keys():
    lengths = []
    for cuts in itertools.combinations(range(HERE + OPTIONS - 1), OPTIONS - 1):
        edges = (-1, *cuts, HERE + OPTIONS - 1)
        split = tuple(high - low - 1 for low, high in itertools.pairwise(edges))
        keys = keys_for(split)
        assert typed(keys).counts == split
        lengths.append(len(keys))
    assert len(lengths) == 10_626
    assert max(lengths) <= MOST_KEYS
    assert sum(lengths) / len(lengths) < 6.5


@given(st.text("0123456789 \b\n", max_size=40), st.integers(0, 30))
def test_no_keys_make_a_count_that_does_not_add_up(keys, here):
    count = typed(keys, here=here)
    assert len(count.counts) <= OPTIONS
    assert all(number >= 0 for number in count.counts)
    assert count.left == max(0, here - sum(count.counts))


def test_where_fields_do_not_close_themselves_space_and_enter_do():
    count = hands.start(3, 20, closing=False)
    for digit in "999":
        count = hands.digit(count, digit)
    assert (count.counts, count.typed) == ((), "99")
    count = hands.space(hands.digit(hands.start(3, 20, closing=False), "3"))
    assert count.counts == (3,)
    assert hands.rest(hands.digit(count, "5")).counts == (3, 5, 12)


def test_between_two_counts_only_totals_are_said_to_move(store):
    pack = begin(store, Day(), 6, tables=2).pack
    counts = [dict(zip("12345", split, strict=True)) for split in ((2, 5, 4, 6, 3), (2, 3, 4, 6, 5))]
    before, after = (
        r.Tally(role="lead", step="practice", scenario="HOU-1", variant="base", item="BAL", counts=count, here=20)
        for count in counts
    )
    assert hands.moved(pack, before, after) == "Totals moved: Risks somewhat 5 → 3, Benefits clearly 3 → 5."
    assert hands.moved(pack, after, after) == "The totals are the same as before."
