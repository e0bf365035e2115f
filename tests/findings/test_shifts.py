"""Estimands worked by hand: levels, moves, axis shifts, net movers, ends, tables, groups, map."""

import math

import numpy as np
import pytest
from scipy import stats

from tradeoff_desktop.errors import RuleError
from tradeoff_desktop.findings import (
    Answer,
    Contrast,
    Design,
    Scale,
    cluster_mean_test,
    find,
    holm,
    sign_flip,
)
from tradeoff_desktop.findings.answers import Cell, Study
from tradeoff_desktop.findings.board import make_board
from tradeoff_desktop.findings.comparisons import table_changes
from tradeoff_desktop.findings.inference import detectable_shift
from tradeoff_desktop.findings.shifts import Shift


def marks(workshop, variant, at, values, *, scenario="HOU-1", item="BAL", position=0, group="other", table=1):
    """One answer a seat, seats numbered from nought; None is no answer."""
    return [
        Answer(workshop, f"area {workshop}", table, seat, group, scenario, variant, at, item, value, position)
        for seat, value in enumerate(values)
    ]


def simple(**more):
    contrasts = {
        ("HOU-1", "D1"): Contrast("D", 1, "health is added"),
        ("HOU-1", "D0"): Contrast("D", -1, "only arrears are shared"),
        ("CJ-1", "D1"): Contrast("D", 1, "the home area is added"),
        ("HOU-1", "A0f"): Contrast("A", None, "only a flag is shared"),
    }
    return Design(
        contrasts,
        {"D": "a more sensitive type is added", "A": "the data is less identifiable"},
        anchor="HOU-1",
        **more,
    )


def axis_of(answers, design, axis):
    board = make_board(Study(answers, design), "published", {})
    chosen = [
        p
        for p in board.plans
        if p.contrast and p.contrast.axis == axis and p.contrast.sign and p.end.item == "BAL"
    ]
    return Shift(board, chosen, [p.contrast.sign for p in chosen])


def test_a_workshop_value_weighs_scenarios_equally():
    answers = [
        # Anchor: six people, mean step -1; theme: five people, mean step +0.4.
        *marks("a", "base", "RB", [3, 3, 3, 3, 3, 3]),
        *marks("a", "D1", "RV", [2, 2, 2, 2, 2, 2]),
        *marks("a", "base", "RB", [3, 3, 3, 3, 3], scenario="CJ-1"),
        *marks("a", "D1", "RV", [3, 3, 3, 4, 4], scenario="CJ-1"),
    ]
    shift = axis_of(answers, simple(), "D")
    assert shift.values == [pytest.approx((-1 + 0.4) / 2)]
    assert shift.nets == [pytest.approx((-1 + 0.4) / 2)]
    assert shift.people == 6


def test_a_flip_against_the_declared_direction_counts_with_its_sign():
    answers = [
        *marks("a", "base", "RB", [3] * 5),
        *marks("a", "D1", "RV", [1] * 5),
        *marks("a", "D0", "RV", [4] * 5),
    ]
    shift = axis_of(answers, simple(), "D")
    assert shift.values == [pytest.approx((-2 - 1) / 2)]
    assert shift.nets == [-1.0]


def test_only_pairs_count_and_five_people_make_a_workshop():
    answers = [
        *marks("a", "base", "RB", [3, 3, 3, 3, 3, None, 5]),
        *marks("a", "D1", "RV", [4, 4, 4, 4, None, 1, None]),
    ]
    shift = axis_of(answers, simple(), "D")
    assert (shift.rooms, shift.left_out) == ([], 1)
    more = axis_of(
        [*answers, *marks("b", "base", "RB", [3] * 5), *marks("b", "D1", "RV", [5, 3, 3, 3, 3])],
        simple(),
        "D",
    )
    assert (more.rooms, more.values, more.nets, more.left_out) == (
        [1],
        [pytest.approx(0.4)],
        [pytest.approx(0.2)],
        1,
    )


def test_a_flip_without_a_sign_is_told_but_not_tested():
    answers = [*marks("a", "base", "RB", [3, 2, 3, 4, 3] * 3), *marks("a", "A0f", "RV", [4, 3, 3, 3, 3] * 3)]
    found = find(answers, simple(), audience="session").moved("flip", item="BAL")
    assert [(row.axis, row.sign, row.words) for row in found] == [("A", None, "only a flag is shared")]
    several = [a._replace(workshop=name, area=name) for name in "abcdefg" for a in answers]
    assert find(several, simple(), audience="published").axes == ()


def test_moves_are_counted_by_person():
    answers = [*marks("a", "base", "RB", [3] * 18), *marks("a", "D1", "RV", [2] * 7 + [3] * 5 + [5] * 6)]
    (row,) = find(answers, simple(present={"a": 20}), audience="published").moved("flip", workshop="a")
    assert [block.people for block in row.shown.blocks] == [7, 5, 6]
    assert (row.shown.n, row.present, row.shown.direction, row.name) == (18, 20, "risk", "area a")


def test_a_decision_moves_towards_going_ahead_when_its_number_falls():
    answers = [
        *marks("a", "base", "RB", [2] * 18, item="DEC"),
        *marks("a", "D1", "RV", [1] * 7 + [2] * 5 + [4] * 6, item="DEC"),
    ]
    (row,) = find(answers, simple(), audience="published").moved("flip", item="DEC")
    assert [(block.label, block.people) for block in row.shown.blocks] == [
        ("towards not going ahead", 6),
        ("did not change", 5),
        ("towards going ahead", 7),
    ]


def test_trade_offs_compare_two_items_of_one_person():
    answers = [
        *marks("a", "base", "R0", [2] * 15, item="IB"),
        *marks("a", "base", "R0", [4] * 5 + [2] * 5 + [1] * 5, item="PB"),
        *marks("a", "base", "R0", [2] * 15, item="PR"),
        *marks("a", "base", "R0", [3] * 10 + [1] * 5, item="SR"),
    ]
    results = find(answers, simple(), audience="published")
    (public,) = results.moved("public")
    (security,) = results.moved("security")
    assert [(b.label, b.people) for b in public.shown.blocks][::2] == [
        ("individual benefit larger", 5),
        ("public benefit larger", 5),
    ]
    assert security.shown.labels == ("privacy risk larger", "the same", "security risk larger")


def rooms(effects, *, people=12, seed=1, at=("RB", "RV"), variants=("base", "D1")):
    """Workshops whose people move by the given effect each."""
    random, found = np.random.default_rng(seed), []
    for place, effect in enumerate(effects):
        before = random.integers(2, 5, people)
        after = np.clip(before + np.rint(random.normal(effect, 0.8, people)).astype(int), 1, 5)
        name = f"w{place:02}"
        found += marks(name, variants[0], at[0], before.tolist())
        found += marks(name, variants[1], at[1], after.tolist(), position=place % 3 + 1)
    return found


def by_hand(answers, start, end):
    """Workshop means of the change, straight from the answers."""
    given = {(a.workshop, a.seat, a.variant, a.round): a.value for a in answers}
    names = sorted({a.workshop for a in answers})
    return [
        np.mean(
            [given[key] - given[key[0], key[1], *start] for key in given if key[0] == name and key[2:] == end]
        )
        for name in names
    ]


def test_the_primary_test_is_the_t_test_on_workshop_means():
    answers = rooms([-0.5, -0.4, -0.9, -0.6, -0.2, -0.7, -0.5])
    (axis,) = find(answers, simple(), audience="published", digest="0" * 64).axes
    means = by_hand(answers, ("base", "RB"), ("D1", "RV"))
    test = cluster_mean_test(means)
    assert (axis.axis, axis.words, axis.shift.workshops, axis.shift.people) == (
        "D",
        "a more sensitive type is added",
        7,
        84,
    )
    assert (axis.shift.mean, axis.shift.low, axis.shift.high, axis.shift.p) == pytest.approx(
        (test.mean, test.low, test.high, test.p), abs=1e-12
    )
    # Two axes were declared, so two questions were asked, though only one got an answer.
    assert axis.holm == pytest.approx(holm([test.p, 1.0])[0], abs=1e-15)
    assert axis.sign_flip == sign_flip(means)
    assert axis.detectable == pytest.approx(detectable_shift(test.standard_error, test.df))
    assert (axis.towards_risk, axis.towards_benefit) == (sum(m < 0 for m in means), sum(m > 0 for m in means))
    assert axis.spread is None
    assert not axis.same_order


@pytest.mark.parametrize(
    ("workshops", "mean", "interval"),
    [(1, False, False), (2, False, False), (3, True, False), (5, True, False), (6, True, True)],
)
def test_the_evidence_ladder(workshops, mean, interval):
    results = find(rooms([-0.6] * workshops), simple(), audience="published")
    if workshops == 1:
        assert (results.axes, results.moves_across, results.levels_across, results.tables) == ((), (), (), ())
        return
    (axis,) = results.axes
    assert (axis.shift.mean is not None, axis.shift.p is not None, axis.holm is not None) == (
        mean,
        interval,
        interval,
    )
    assert axis.shift.reason == ("" if mean else "few_workshops")


def test_twenty_workshops_give_a_range_for_another():
    random = np.random.default_rng(4)
    answers = rooms(random.normal(-0.4, 0.6, 22), people=20)
    (axis,) = find(answers, simple(), audience="published").axes
    means = np.array(by_hand(answers, ("base", "RB"), ("D1", "RV")))
    within = np.mean([np.var(changes, ddof=1) / 20 for changes in changes_of(answers)])
    spread = math.sqrt(max(0.0, means.var(ddof=1) - within))
    reach = stats.t.ppf(0.975, 21) * math.sqrt(spread**2 + means.var(ddof=1) / 22)
    assert axis.spread == pytest.approx(spread, abs=1e-12)
    assert axis.prediction == pytest.approx((means.mean() - reach, means.mean() + reach), abs=1e-9)


def changes_of(answers):
    given = {(a.workshop, a.seat, a.round): a.value for a in answers}
    names = sorted({a.workshop for a in answers})
    return [[given[n, seat, "RV"] - given[n, seat, "RB"] for seat in range(20)] for n in names]


def test_direction_of_points_and_of_people_may_differ():
    moves = [5] * 2 + [2] * 4 + [3] * 6  # two people leap up, four step down
    answers = []
    for place in range(6):
        answers += marks(f"w{place}", "base", "RB", [3] * 12)
        answers += marks(f"w{place}", "D1", "RV", moves[place:] + moves[:place])
    shift = axis_of(answers, simple(), "D")
    assert shift.values == [pytest.approx(0.0)] * 6
    assert shift.nets == [pytest.approx(-2 / 12)] * 6


def test_one_order_for_all_is_noticed():
    answers = [*marks("a", "base", "RB", [3] * 12), *marks("a", "D1", "RV", [2] * 12, position=1)]
    other = [*marks("b", "base", "RB", [3] * 12), *marks("b", "D1", "RV", [2] * 12, position=2)]
    study = Study([*answers, *other], simple())
    assert study.same_order([("HOU-1", "D1")], "a")
    assert not study.same_order([("HOU-1", "D1")])
    assert Study(answers, simple()).same_order([("HOU-1", "D1")])
    unknown = [answer._replace(position=None) for answer in answers]
    assert not Study(unknown, simple()).same_order([("HOU-1", "D1")])


def in_order(workshop, order):
    """One workshop that saw D1, O1 and A1 at these places."""
    found = marks(workshop, "base", "RB", [3] * 12)
    for variant, place in zip(("D1", "O1", "A1"), order, strict=True):
        found += marks(workshop, variant, "RV", [2] * 12, position=place)
    return found


def test_the_same_order_is_one_place_for_each_flip_not_one_for_all_flips(design):
    one_order = [*in_order("a", (1, 2, 3)), *in_order("b", (1, 2, 3))]
    found = find(one_order, design(), audience="published")
    assert found.anchor_same_order
    assert all(axis.same_order for axis in found.axes)
    assert all(row.same_order for row in found.moves_across)
    rotated = [*in_order("a", (1, 2, 3)), *in_order("b", (2, 3, 1))]
    assert not find(rotated, design(), audience="published").anchor_same_order
    # One flip that kept its place does not make the order one for all; that flip is told by itself.
    half = find([*in_order("a", (1, 2, 3)), *in_order("b", (1, 3, 2))], design(), audience="published")
    assert not half.anchor_same_order
    assert {axis.axis: axis.same_order for axis in half.axes} == {"D": True, "O": False, "A": False}


def test_start_to_end_is_end_less_start():
    answers = rooms([0.3, 0.5, 0.2, 0.4, 0.6, 0.1], at=("R0", "R1"), variants=("base", "base"))
    (end,) = find(answers, simple(), audience="published").start_to_end
    means = by_hand(answers, ("base", "R0"), ("base", "R1"))
    assert end.shift.mean == pytest.approx(np.mean(means), abs=1e-12)
    assert end.shift.p == pytest.approx(cluster_mean_test(means).p, abs=1e-12)
    assert end.shift.adjusted_p is not None
    assert end.shift.adjusted_p >= end.shift.p


def seated(tables, at):
    """One workshop; every table a list of answers."""
    found = []
    for number, values in enumerate(tables, start=1):
        for seat, value in enumerate(values):
            found.append(Answer("w", "Leeds", number, f"{number}{seat}", "other", "HOU-1", "base", at, "BAL", value, 0))
    return found


def test_tables_drawing_together_and_moving_out():
    start, end = [[1, 5, 4], [4, 4, 2], [3]], [[3, 3, 3], [5, 5, 5], [1]]
    answers = [*seated(start, "R0"), *seated(end, "R1")]
    three = [a._replace(workshop=name, area=name) for name in "abc" for a in answers]
    # Twice as many tables in each, so that enough people stand behind the mean; a table of one does not enter.
    three += [a._replace(seat=f"{a.seat}x", table=f"{a.table}x") for a in three]
    (change,) = find(three, simple(), audience="published").tables
    spread = [np.std(e, ddof=1) - np.std(s, ddof=1) for s, e in zip(start[:2], end[:2], strict=True)]
    # Both tables began at 3.33, nearer the upper end; one went to 3, the other to 5.
    assert change.spread.mean == pytest.approx(np.mean(spread), abs=1e-12)
    assert change.away.mean == pytest.approx(np.mean([3 - 10 / 3, 5 - 10 / 3]), abs=1e-12)
    assert (change.spread.people, change.word) == (36, "")
    assert find(answers, simple(), audience="published").tables == ()  # one workshop is none


def test_tables_that_began_in_the_middle_have_no_nearer_end():
    answers = [*seated([[3, 3, 3, 3, 3]], "R0"), *seated([[1, 1, 1, 1, 5]], "R1")]
    several = [a._replace(workshop=name, area=name) for name in "abcdef" for a in answers]
    (change,) = table_changes(make_board(Study(several, simple()), "published", {}), ["HOU-1"])
    assert (change.spread.workshops, change.away.workshops, change.away.left_out) == (6, 0, 6)
    assert change.word == "further apart"
    # Everybody moved to an end of the scale, so the change itself gives people away, and with it what is said of tables.
    (kept,) = find(several, simple(), audience="published").tables
    assert (kept.spread.mean, kept.spread.reason, kept.word, kept.steps) == (None, "derivable", "", ())


def test_tables_of_one_mind_that_stay_so_do_not_tell_how_many_moved():
    several = [a._replace(workshop=name, area=name) for name in "abcdef" for at in ("R0", "R1") for a in seated([[3, 3, 3, 3, 3]] * 4, at)]
    (change,) = table_changes(make_board(Study(several, simple()), "published", {}), ["HOU-1"])
    # Five standard errors are three people of twenty at four tables who move a point each.
    assert 5 * change.spread.error == pytest.approx(3 / math.sqrt(20 * 4))
    assert change.spread.widened


def test_groups_are_compared_within_workshops():
    answers, expected = [], []
    for place in range(6):
        ours, theirs = [2, 3, place % 5 + 1] * 2, [4, 4, 3, 3, 5] * 2
        expected.append(np.mean(ours) - np.mean(theirs))
        for seat, value in enumerate([*ours, *theirs]):
            group = "civil" if seat < 6 else "government"
            answers.append(Answer(f"w{place}", f"a{place}", 1, seat, group, "HOU-1", "base", "RB", "BAL", value, 0))
    found = find(answers, simple(), audience="published").groups
    assert [difference.group for difference in found] == ["civil", "government"]
    assert found[0].difference.mean == pytest.approx(np.mean(expected), abs=1e-12)
    assert found[1].difference.mean == pytest.approx(-np.mean(expected), abs=1e-12)
    # The interval that leaves six people room would span most of the scale.
    assert (found[0].difference.low, found[0].difference.p) == (None, None)
    # Two of the group fewer in all, and the rule forbids it.
    few = [a for a in answers if a.group != "civil" or a.seat == 0]
    assert find(few, simple(), audience="published").groups == ()
    assert find(answers, simple(), audience="session").groups == ()


def test_a_difference_at_the_end_of_the_scale_gives_a_group_away():
    answers = []
    for place in range(6):
        for seat in range(20):
            group, value = ("civil", 5) if seat < 10 else ("government", 1)
            answers.append(Answer(f"w{place}", f"a{place}", 1, seat, group, "HOU-1", "base", "RB", "BAL", value, 0))
    found = find(answers, simple(), audience="published").groups
    assert [(each.difference.mean, each.difference.reason) for each in found] == [(None, "derivable")] * 2


def test_a_seat_that_changed_table_sits_at_one_of_them():
    answers = [*marks("a", "base", "R0", [3] * 10, table=2), *marks("a", "base", "R1", [4] * 10, table=1)]
    assert {person.table for person in Study(answers, simple()).people} == {"1"}
    assert {person.table for person in Study(answers[::-1], simple()).people} == {"1"}


def test_the_map_is_the_mean_of_two_items_and_wants_three_workshops():
    random, answers, risks = np.random.default_rng(2), [], []
    for place in range(4):
        pair = random.integers(2, 5, (4, 12))
        for item, values in zip(("IB", "PB", "PR", "SR"), pair.tolist(), strict=True):
            answers += marks(f"w{place}", "base", "R0", values, item=item)
        risks.append((pair[2] + pair[3]).mean() / 2)
    (point,) = find(answers, simple(), audience="published").map
    assert (point.scenario, point.round, point.risk.workshops) == ("HOU-1", "R0", 4)
    assert point.risk.mean == pytest.approx(np.mean(risks), abs=1e-12)
    assert point.risk.p is None
    assert find([a for a in answers if a.workshop < "w2"], simple(), audience="published").map == ()


def test_levels_of_all_workshops():
    answers = rooms([0.0] * 6, people=14)
    across = {
        (row.round, row.item): row for row in find(answers, simple(), audience="published").levels_across
    }
    before = [[a.value for a in answers if a.workshop == f"w{n:02}" and a.round == "RB"] for n in range(6)]
    means = [np.mean(values) for values in before]
    row = across["RB", "BAL"]
    assert row.mean.mean == pytest.approx(np.mean(means), abs=1e-12)
    assert row.mean.p is None


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"value": 6}, "value_out_of_scale"),
        ({"value": 0}, "value_out_of_scale"),
        ({"value": 2.5}, "value_out_of_scale"),
        ({"item": "XX"}, "unknown_item"),
        ({"round": "R9"}, "unknown_round"),
        ({"seat": 1}, "duplicate_answer"),
        ({"area": "elsewhere"}, "area_differs"),
        ({"variant": "D7", "round": "RV"}, "unknown_variant"),
        ({"variant": "base2", "round": "R1"}, "several_bases"),
        ({"group": "nobody", "round": "R1"}, "group_differs"),
    ],
)
def test_answers_that_cannot_be_are_refused(change, code):
    answers = marks("a", "base", "RB", [3] * 5)
    answers.append(answers[0]._replace(**change))
    with pytest.raises(RuleError) as refused:
        find(answers, simple(), audience="session")
    assert refused.value.code == code


def test_a_design_that_contradicts_itself_is_refused():
    with pytest.raises(RuleError, match="bad_sign"):
        Design({("s", "v"): Contrast("D", 2, "")}, {"D": ""})
    with pytest.raises(RuleError, match="undeclared_axis"):
        Design({("s", "v"): Contrast("X", 1, "")}, {"D": ""})
    with pytest.raises(RuleError, match="bad_scale"):
        Design({}, {}, items={"BAL": Scale(5, 5)})
    with pytest.raises(RuleError, match="bad_scale"):
        Design({}, {}, labels={"BAL": ("only", "two")})
    with pytest.raises(RuleError, match="empty_data"):
        find([], simple(), audience="session")


def test_a_pack_that_declares_nothing_gets_no_test():
    design = Design({("HOU-1", "D1"): Contrast("D", 1, "health is added")}, {}, anchor="HOU-1")
    results = find(rooms([-0.6] * 7), design, audience="published")
    assert results.axes == ()
    assert [row.areas_counted for row in results.moves_across] == [7]


def test_any_number_of_points():
    """Seven points, as in published deliberations; nothing is built for five."""
    design = Design(
        {("HOU-1", "D1"): Contrast("D", 1, "x")}, {"D": "y"}, anchor="HOU-1", items={"BAL": Scale(7, 4)}
    )
    answers = []
    for place in range(3):
        answers += marks(f"w{place}", "base", "RB", [1, 2, 3, 4, 5, 6, 7] * 2)
        answers += marks(f"w{place}", "D1", "RV", [2, 2, 3, 4, 5, 5, 7] * 2)
    results = find(answers, design, audience="published")
    row = results.level(workshop="w0", scenario="HOU-1", at="RB", item="BAL")
    assert row is not None
    assert [place for block in row.shown.blocks for place in block.categories] in ([], list(range(7)))
    assert Study(answers, design).counts(Cell("HOU-1", "base", "RB", "BAL")).tolist() == [[14, *[2] * 7]] * 3
