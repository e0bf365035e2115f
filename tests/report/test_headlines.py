"""Titles are the finding as a sentence: other results, other sentences; what may not be said is not said."""

from dataclasses import replace

import pytest

from tradeoff_desktop.findings import Moves, PooledMean, agreement_told, show_moves
from tradeoff_desktop.findings.comparisons import GroupDifference
from tradeoff_desktop.findings.disclosure import Shown
from tradeoff_desktop.report import headlines
from tradeoff_desktop.report.charts import Area, Bar, Block, Mark, Place


def shown(risk: int, same: int, benefit: int) -> Shown:
    return show_moves(Moves(risk, same, benefit), audience="published")


def bar(label: str, *blocks: tuple[int, int, int]) -> Bar:
    return Bar(label, tuple(Block(first, last, count, f"{first} to {last}") for first, last, count in blocks))


def mean(value: float, adjusted: float | None = None) -> PooledMean:
    return PooledMean(6, 0, 120, value, value - 0.5, value + 0.5, adjusted, adjusted)


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ([("a", shown(12, 6, 6))], "More people moved towards risk when a (12 of 24)"),
        ([("a", shown(12, 6, 6)), ("b", shown(5, 5, 9))], "More people moved towards risk when a (12 of 24); more people moved towards benefit when b (9 of 19)"),
        ([("a", shown(7, 7, 7))], "As many moved each way when a"),
        ([("a", shown(9, 9, 1))], "More people moved towards risk when a (9 of 19)"),
        ([("a", shown(10, 10, 0)), ("b", shown(11, 9, 0))], "More people moved towards risk when a (10 of 20) and when b (11 of 20)"),
        ([("a", shown(1, 1, 1))], headlines.UNTOLD),
    ],
)
def test_what_moved_people(rows: list, told: str):
    assert headlines.moved(rows) == told


def test_one_side_alone_gives_no_direction_away():
    row = replace(shown(8, 3, 9), direction=None)
    assert headlines.moved([("a", row)]) == "9 of 20 people moved towards benefit when a"


def test_where_people_stood_is_compared_on_the_same_answers():
    start, end = bar("at the start", (1, 2, 12), (3, 5, 8)), bar("at the end", (1, 2, 5), (3, 5, 15))
    assert headlines.stood([start, end], "Help") == "On “Help” 12 of 20 marked 1 to 2 at the start, and 5 of 20 at the end"
    other = bar("at the end", (1, 3, 9), (4, 5, 11))
    assert headlines.stood([start, other], "Help") == "On “Help” 12 of 20 marked 1 to 2 at the start"
    assert headlines.stood([Bar("at the start")], "Help") == "Where people stood on “Help” may not be shown"


@pytest.mark.parametrize(
    ("rows", "of", "told"),
    [
        ([("A", 4), ("B", 1)], 4, "All 4 tables asked for “A”"),
        ([("A", 2)], 2, "Both tables asked for “A”"),
        ([("A", 3), ("B", 1)], 4, "3 of 4 tables asked for “A”, more than anything else"),
        ([("A", 2), ("B", 2)], 4, "2 of 4 tables asked for “A” and “B” each"),
        ([("A", 2), ("B", 2), ("C", 2)], 4, "Nothing was asked for by more than 2 of 4 tables"),
        ([("A", 1), ("B", 1)], 4, "Nothing was asked for by more than 1 of 4 tables"),
        ([("A", 1), ("B", 1), ("C", 1)], 1, "The table asked for “A” and 2 more"),
        ([("A", 1)], 1, "The table asked for “A”"),
        ([], 4, "Nothing was recorded"),
    ],
)
def test_what_most_tables_share(rows: list, of: int, told: str):
    assert headlines.leading(rows, of=of, verb="asked for", none="nothing was asked for by more than") == told


def test_areas_are_never_ranked():
    risk, benefit, none = Mark("risk", ""), Mark("benefit", ""), Mark("", "")
    columns = ["when a", "when b"]
    same = headlines.areas(columns, [("X", (risk, benefit)), ("Y", (risk, benefit))])
    assert same == "In all 2 areas more people moved towards risk when a, and more people moved towards benefit when b; not a ranking"
    apart = headlines.areas(columns, [("X", (risk, benefit)), ("Y", (benefit, benefit)), ("Z", (risk, none))])
    assert apart == (
        "In all 2 areas that can be counted more people moved towards benefit when b; areas did not all move the same way when a; not a ranking"
    )
    assert headlines.areas(columns, [("X", (none, none))]) == "Too few areas can be counted to compare them; not a ranking"
    assert headlines.beside("X", [("risk", {"risk": 5, "benefit": 1}), ("risk", {"risk": 1, "benefit": 5}), ("", {})]) == (
        "X moved the way of most areas at 1 of 2 changes; not a ranking"
    )


def test_an_area_leans_only_where_merged_answers_cannot_hide_another():
    sure, unsure, risk = bar("End", (1, 3, 40), (4, 5, 60)), bar("End", (1, 3, 50), (4, 5, 50)), bar("End", (1, 2, 60), (3, 5, 40))
    areas = [Area(name, (row,)) for name, row in (("X", sure), ("Y", unsure), ("Z", risk))]
    assert headlines.leaning(areas, 5) == "At the end more people saw benefits than risks in 1 of 2 areas that can be counted, of 3 in all"
    assert headlines.leaning(areas[2:], 5) == "At the end more people saw risks than benefits in 1 of 1 areas"
    assert headlines.leaning(areas[1:2], 5) == "The areas’ answers at the end may not be compared"


def test_the_map_says_which_way_means_went():
    places = [Place(1, "A", (3.2, 3.0), (2.9, 3.4)), Place(2, "B", (3.0, 3.0), (2.8, 3.0)), Place(3, "C", None, (3.0, 3.0))]
    assert headlines.on_the_map(places) == (
        "Between start and end mean risk fell on 2 of 2 cases and mean benefit rose on 1 of 2 cases; no test was made"
    )
    assert "may not both be shown" in headlines.on_the_map(places[2:])


def test_a_group_that_is_not_found_to_differ_is_one_of_which_we_cannot_tell():
    rows = [GroupDifference("civil", "HOU-1", "base", "R0", mean(0.2, p)) for p in (0.4, 0.9)]
    assert headlines.groups(rows) == (
        "We cannot tell whether any group differed from everybody else: none of 2 comparisons stands after adjustment"
    )
    rows += [GroupDifference("civil", "HOU-1", "base", "R1", mean(0.9, 0.01))]
    assert headlines.groups(rows) == "1 of 3 comparisons of a group with everybody else stands after adjustment"


@pytest.mark.parametrize(
    ("blocks", "told"),
    [
        (((1, 0), (1, 0), (1, 20), (1, 0), (1, 0)), "broad agreement"),
        (((1, 10), (1, 0), (1, 0), (1, 0), (1, 10)), "divided"),
        (((2, 8), (1, 6), (2, 6)), "no broad agreement"),
        (((2, 8), (3, 11)), ""),
        ((), ""),
    ],
)
def test_agreement_is_told_only_where_the_printed_counts_settle_it(blocks: tuple, told: str):
    assert agreement_told(blocks) == told
