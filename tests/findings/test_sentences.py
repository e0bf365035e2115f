"""The sentences: every template, filled by hand."""

from dataclasses import replace

import pytest

from tradeoff_desktop.findings import SDC_1, AreaCount, Moves, find, sentences, show_levels, show_moves
from tradeoff_desktop.findings.areas import MoveAcross
from tradeoff_desktop.findings.board import MoveRow
from tradeoff_desktop.findings.comparisons import GroupDifference, TableChange
from tradeoff_desktop.findings.ladder import PooledMean
from tradeoff_desktop.findings.shifts import AxisShift

NOTHING = PooledMean(7, 0, 120, None, None, None, None, reason="few_workshops")


def mean(value, low=None, high=None, p=None, workshops=7, **more):
    return PooledMean(workshops, 0, 120, value, low, high, p, **more)


def row(moves, *, name="Leeds", words="a private contractor receives it", audience="published", kind="flip"):
    shown = show_moves(Moves(*moves), audience=audience)
    return MoveRow(kind, name, name, "HOU-1", "O2", "RV", "BAL", "O", 1, words, 20, shown, same_order=False)


def across(*rows, **more):
    ways = [each.shown.direction for each in rows if each.shown.n is not None]
    shown = [each for each in rows if each.shown.n is not None]
    given = {
        "counts_risk": counts(rows, 0),
        "counts_benefit": counts(rows, 2),
        "left_out": len(rows) - len(shown),
        "shown": rows[0].shown,
        **more,
    }
    return MoveAcross(
        *("flip", "HOU-1", "O2", "RV", "BAL", "O", 1, rows[0].words),
        areas=tuple(rows),
        towards_risk=ways.count("risk"),
        towards_benefit=ways.count("benefit"),
        level=ways.count("level"),
        people=sum(each.shown.n or 0 for each in rows),
        same_order=False,
        **given,
    )


def counts(rows, side):
    found = [
        AreaCount(each.name, each.shown.count(side), each.shown.n)
        for each in rows
        if each.shown.count(side) is not None
    ]
    return tuple(sorted(found, key=lambda area: area.people / area.n))


def axis(shift, *, holm=None, net=NOTHING, **more):
    given = {
        "sign_flip": None,
        "detectable": None,
        "spread": None,
        "prediction": None,
        "mixed": False,
        **more,
    }
    return AxisShift(
        "O",
        "an organisation outside the public sector receives it",
        shift,
        net,
        holm,
        towards_risk=5,
        towards_benefit=2,
        same_order=False,
        **given,
    )


@pytest.mark.parametrize(
    ("moves", "audience", "sentence"),
    [
        (
            (7, 6, 5),
            "published",
            "In Leeds, 7 of 18 people moved towards risk when a private contractor receives it; 5 moved towards benefit and 6 did not move.",
        ),
        (
            (11, 4, 3),
            "published",
            "In Leeds, 11 of 18 people moved towards risk when a private contractor receives it; the other 7 moved towards benefit or did not move.",
        ),
        (
            (3, 4, 11),
            "published",
            "In Leeds, 11 of 18 people moved towards benefit when a private contractor receives it; the other 7 moved towards risk or did not move.",
        ),
        (
            (16, 1, 1),
            "published",
            "In Leeds, more people moved towards risk than towards benefit when a private contractor receives it.",
        ),
        (
            (4, 1, 2),
            "session",
            "In Leeds, more people moved towards risk than towards benefit when a private contractor receives it.",
        ),
        (
            (2, 3, 2),
            "session",
            "In Leeds, as many people moved towards benefit as towards risk when a private contractor receives it.",
        ),
        ((4, 1, 2), "published", ""),
    ],
)
def test_one_workshop(moves, audience, sentence):
    assert sentences.moved_sentence(row(moves, audience=audience)) == sentence


def test_the_room_itself_is_not_named():
    shown = show_moves(Moves(1, 4, 7), audience="live")
    assert sentences.moved_words(shown, "health is added") == (
        "1 of 12 people moved towards risk when health is added; 7 moved towards benefit and 4 did not move."
    )
    assert sentences.moved_words(show_moves(Moves(1, 2, 5), audience="live"), "health is added") == (
        "More people moved towards benefit than towards risk when health is added."
    )


def test_start_to_end():
    end = row((5, 6, 8), words="", kind="end")
    assert (
        sentences.end_sentence(end)
        == "Between start and end 8 people moved towards benefit, 5 towards risk, 6 did not move."
    )
    merged = row((2, 6, 8), words="", kind="end")
    assert sentences.end_sentence(merged) == (
        "Between start and end 8 of 16 people moved towards benefit; the other 8 moved towards risk or did not move."
    )
    few = row((2, 2, 2), words="", kind="end")
    assert sentences.end_sentence(few) == ""


def test_trade_offs():
    labels = ("individual benefit larger", "the same", "public benefit larger")
    shown = show_moves(Moves(5, 2, 9), audience="published", labels=labels)
    told = replace(row((5, 2, 9), kind="public"), shown=shown)
    assert sentences.tradeoff_sentence(told) == (
        "In Leeds, of 16 people: individual benefit larger or the same for 7; public benefit larger for 9."
    )
    assert sentences.tradeoff_sentence(row((1, 1, 1))) == ""
    whole = replace(across(told, told), kind="public", people=32)
    assert sentences.across_sentence(replace(whole, people=16)) == (
        "In all areas together, of 16 people: individual benefit larger or the same for 7; "
        "public benefit larger for 9."
    )
    assert sentences.across_sentence(whole).startswith("In the areas that show the numbers, of 16 people: ")


def test_two_areas_say_which_way_and_that_two_are_few():
    told = across(row((7, 6, 5)), row((9, 5, 6), name="Melton"))
    assert sentences.across_sentence(told) == (
        "In 2 of 2 areas more people moved towards risk than the other way when a private contractor receives it: "
        "16 of 38 people in all; lowest Leeds, 7 of 18, highest Melton, 9 of 20. "
        "Two workshops are too few to say how far this would hold elsewhere."
    )


def test_what_an_area_hides_makes_the_total_a_least_one():
    told = across(
        row((7, 6, 5)),
        row((9, 5, 6), name="Melton"),
        row((16, 1, 1), name="Essex"),
        row((2, 2, 2), name="Rye"),
    )
    assert sentences.across_sentence(told) == (
        "In 3 of 3 areas more people moved towards risk than the other way when a private contractor receives it: "
        "at least 16 of 56 people in all; of the 2 areas that show the number, lowest Leeds, 7 of 18, highest Melton, 9 of 20. "
        "1 area is not counted separately, to protect the people there. "
        "Four workshops are too few to say how far this would hold elsewhere."
    )


def test_where_no_area_counts_all_are_taken_together():
    shown = show_moves(Moves(12, 8, 9), audience="published")
    told = across(*[row((2, 2, 1), name=name) for name in "abcdef"], shown=shown)
    assert sentences.across_sentence(told) == (
        "In all areas together, 12 of 29 people moved towards risk when a private contractor receives it; "
        "9 moved towards benefit and 8 did not move. 6 areas are not counted separately, to protect the people there. "
        "We cannot tell whether this would hold elsewhere."
    )


def test_six_areas_carry_only_where_the_test_says_so():
    told = across(*[row((9, 6, 5), name=name) for name in "abcdef"])
    found = axis(mean(-0.5, -0.7, -0.3, 0.001), holm=0.003)
    assert sentences.CANNOT_TELL not in sentences.across_sentence(told, found)
    assert sentences.across_sentence(told).endswith(sentences.CANNOT_TELL)
    assert sentences.across_sentence(told, replace(found, holm=0.2)).endswith(sentences.CANNOT_TELL)
    # The axis moved the other way than these areas did.
    assert sentences.across_sentence(told, replace(found, shift=mean(0.5, 0.3, 0.7, 0.001))).endswith(
        sentences.CANNOT_TELL
    )
    assert sentences.across_sentence(replace(told, sign=None), found).endswith(sentences.CANNOT_TELL)


def test_the_annex_where_something_was_found():
    found = axis(mean(-0.54, -0.71, -0.25, 0.001), holm=0.0032)
    assert sentences.axis_sentence(found, points=5, questions=3) == (
        "Across 7 areas, ratings moved 0.5 points on the 5-point scale towards risk when an organisation outside the public "
        "sector receives it (likely range 0.2 to 0.7). A move this size would be unusual if only chance differences between "
        "workshops were at work (p = 0.003, allowing for three questions)."
    )
    assert "(p < 0.001, allowing" in sentences.axis_sentence(
        replace(found, holm=0.0001), points=5, questions=3
    )


def test_the_annex_where_nothing_was_found():
    found = axis(
        mean(0.12, -0.2, 0.44, 0.4),
        holm=0.8,
        detectable=0.52,
        prediction=(-0.6, 0.84),
        mixed=True,
        net=mean(-0.1),
    )
    assert sentences.axis_sentence(found, points=5, questions=3) == (
        "We cannot tell whether it matters that an organisation outside the public sector receives it: the average move was "
        "0.1 points towards benefit (likely range −0.2 to 0.4). With 7 workshops we could reliably detect moves of about 0.5 "
        "points. The picture is mixed: counting people instead of points, the move was towards risk. Another workshop like "
        "these would most likely see a move between −0.6 and 0.8 points."
    )


def test_the_annex_below_six_workshops():
    assert sentences.axis_sentence(axis(mean(-0.5, workshops=4)), points=5, questions=3) == (
        "Across 4 areas the average move was 0.5 points towards risk when an organisation outside the public sector receives "
        "it. Four workshops are too few to say how far this would hold elsewhere."
    )
    assert sentences.axis_sentence(axis(NOTHING), points=5, questions=3) == ""
    hidden = axis(replace(NOTHING, reason="derivable"))
    assert sentences.axis_sentence(hidden, points=5, questions=3) == sentences.MEAN_HIDDEN


def test_tables_and_groups():
    change = TableChange("HOU-1", mean(-0.3, -0.5, -0.1, 0.01), mean(0.0), "closer")
    assert sentences.tables_sentence(change) == "Opinions at the tables became closer."
    assert sentences.tables_sentence(replace(change, word="no closer")) == (
        "Opinions at the tables became no closer. We cannot tell whether this would hold elsewhere."
    )
    assert sentences.tables_sentence(replace(change, word="")) == ""
    difference = GroupDifference(
        "civil", "HOU-1", "base", "RB", mean(-0.42, -0.8, -0.04, 0.03, adjusted_p=0.21)
    )
    assert sentences.group_sentence(difference, "people from civil society") == (
        "Across 7 workshops, people from civil society rated 0.4 points nearer to risk than everyone else "
        "(range of the difference −0.8 to −0.0; exploratory, p = 0.210 after adjustment)."
    ).replace("−0.0", "0.0")
    assert sentences.group_sentence(replace(difference, difference=NOTHING), "x") == ""


def test_what_is_hidden_is_said_without_saying_what():
    reasons = {
        show_levels(values, "12345", audience=audience).reason: sentences.hidden_sentence(
            show_levels(values, "12345", audience=audience)
        )
        for audience in ("live", "session", "published")
        for values in ((1, 1, 1, 0, 0), (2, 2, 2, 0, 0), (0, 12, 0, 0, 0), (3, 3, 5, 5, 5), (5, 5, 5, 5, 5))
    }
    assert reasons["too_few"] == "Too few responses to show."
    assert reasons["small_room"] == "Fewer than ten people answered, so no counts are shown."
    # Nobody may read from the reason whether all were alike or merely most.
    assert reasons["all_alike"] == reasons["one_block"]
    assert reasons[""] == ""
    assert reasons["merged"].startswith("Neighbouring answers")


def test_small_sentences():
    shown = show_moves(Moves(7, 6, 5), audience="published")
    assert sentences.base_sentence(shown, 20) == "18 of 20 people answered."
    assert sentences.base_sentence(show_moves(Moves(1, 1, 1), audience="published"), 20) == ""
    assert sentences.order_sentence(same_order=True) == sentences.SAME_ORDER
    assert sentences.order_sentence(same_order=False) == ""
    assert sentences.left_out_sentence(0) == ""
    assert sentences.in_words(12) == "12"
    assert [sentences.points_of(value) for value in (-0.04, -0.05001, 1.0)] == ["0.0", "−0.1", "1.0"]
    assert sentences.policy_sentence(SDC_1, 1) == (
        "Disclosure policy sdc-1: no count of fewer than 5 people, no row of fewer than 10, no mean of fewer than 3 "
        "workshops. 1 count is not shown separately."
    )
    assert "not the public" in sentences.SCOPE


def test_every_sentence_of_a_study_is_whole(simulated, design):
    """No slot stays open, whatever the numbers."""
    answers = simulated(9).answers([20, 14, 9, 6, 22, 17, 11], shifts=(-1, 0, 0.5), missing=0.05)
    results = find(answers, design(), audience="published")
    axes = {found.axis: found for found in results.axes}
    told = [sentences.across_sentence(each, axes.get(each.axis)) for each in results.moves_across]
    told += [sentences.moved_sentence(each) for each in results.moved("flip")]
    told += [sentences.end_sentence(each) for each in results.moved("end")]
    told += [sentences.tradeoff_sentence(each) for each in results.moved("public")]
    told += [sentences.axis_sentence(each, points=5, questions=3) for each in results.axes]
    told += [sentences.hidden_sentence(each.shown) for each in results.levels]
    said = [each for each in told if each]
    assert len(said) > 100
    assert all(
        each[0].isupper() and each.endswith(".") and "None" not in each and "  " not in each for each in said
    )
