"""The public functions, fed with what nobody should feed them: right, or refused with a reason."""

import numpy as np
import pandas as pd
import pytest

from tradeoff_desktop.errors import RuleError
from tradeoff_desktop.findings import (
    agreement,
    benjamini_hochberg,
    cluster_mean_test,
    cluster_robust,
    component_effects,
    disclosure_blocks,
    holm,
    krippendorff_alpha,
    marginal_means,
    percent,
    sign_flip,
    within_person_shift,
)

NAMES, ROOMS, OUTCOME = list("abab"), [1, 1, 2, 2], [1.0, 2.0, 3.0, 5.0]
MASKED = np.ma.masked_array([1.0, 2.0, 3.0, 4.0], mask=[0, 1, 0, 0])

NUMBERS = {
    "masked": MASKED,
    "infinite": [1, float("inf"), 2, 3],
    "no number": [1, float("nan"), 2, 3],
    "complex": np.array([1 + 2j, 1, 2, 3]),
    "dates": np.array(["2020", "2021", "2022", "2023"], dtype="datetime64[Y]"),
    "times": np.array([1, 2, 3, 4], dtype="timedelta64[D]"),
    "too large": [10**400, 1, 2, 3],
    "squares too large": [1e308, 1e308, -1e308, 1.0],
    "nothing inside": np.array([1, None, 3, 4], dtype=object),
    "names": list("abcd"),
    "nothing": [],
    "ragged": [[1], [2, 3], 4, 5],
    "nested": [[1], [2], [3], [4]],
    "a set": {1, 2, 3, 4},
    "pandas nothing": pd.array([1, None, 2, 3], dtype="Int64"),
}
TAKES_NUMBERS = {
    "marginal_means": lambda values: marginal_means(values, NAMES),
    "weights": lambda values: marginal_means(OUTCOME, NAMES, weights=values),
    "component_effects": lambda values: component_effects(values, {"f": NAMES}),
    "within_person_shift": lambda values: within_person_shift(ROOMS, NAMES, values, base="a"),
    "cluster_robust": lambda values: cluster_robust(np.ones((4, 1)), values, clusters=ROOMS),
    "cluster_mean_test": cluster_mean_test,
    "sign_flip": sign_flip,
    "holm": holm,
    "benjamini_hochberg": benjamini_hochberg,
    "agreement": agreement,
}


@pytest.mark.parametrize("values", NUMBERS.values(), ids=NUMBERS)
@pytest.mark.parametrize("function", TAKES_NUMBERS.values(), ids=TAKES_NUMBERS)
def test_what_are_no_numbers_is_refused(function, values):
    with pytest.raises(RuleError):
        function(values)


@pytest.mark.parametrize("counts", [MASKED, [1.5, 5], [-1, 9], ["5", "6"], [True, 5], [None, 5], [], 5, None, [float("inf"), 5]])
def test_what_are_no_counts_is_refused(counts):
    with pytest.raises(RuleError, match="bad_counts"):
        disclosure_blocks(counts)


def test_numbers_of_any_kind_are_numbers():
    plain = cluster_mean_test(OUTCOME)
    for values in (
        np.array(OUTCOME, dtype=object), ["1", "2", "3", "5"], np.ma.masked_array(OUTCOME), pd.Series(OUTCOME, index=[9, 8, 7, 6]),
        np.array(OUTCOME, dtype=np.uint8), tuple(OUTCOME),
    ):
        assert cluster_mean_test(values) == plain


@pytest.mark.parametrize("column", [
    MASKED, ["a", None, "a", "b"], pd.Series(["a", pd.NA, "b", "b"]), pd.Categorical(["a", "b", None, "b"]),
    [1, True, 2, 2], [1, "1", 2, 2], [["a"], ["b"], ["a"], ["b"]], [],
])
def test_names_that_are_none_are_refused(column):
    for call in (
        lambda: marginal_means(OUTCOME, column), lambda: component_effects(OUTCOME, {"f": column}),
        lambda: within_person_shift(ROOMS, column, OUTCOME, base="a"), lambda: marginal_means(OUTCOME, NAMES, clusters=column),
    ):
        with pytest.raises(RuleError):
            call()


@pytest.mark.parametrize("base", [1, 1.0, np.float64(1), np.int8(1), "1"])
@pytest.mark.parametrize("levels", [[1, 2, 1, 2], [1.0, 2.0, 1.0, 2.0], np.array([1, 2, 1, 2])])
def test_a_base_is_found_whatever_the_type_of_its_number(base, levels):
    if base == "1" and isinstance(levels[0], float):
        base = "1.0"  # a name is the name as it is printed
    found = within_person_shift(ROOMS, levels, OUTCOME, base=base)
    assert found.estimate == pytest.approx([1.5])
    assert component_effects(OUTCOME, {"f": levels}, baselines={"f": base}).estimate == pytest.approx([1.5])


@pytest.mark.parametrize("base", [None, True, [1], np.array([1, 2]), "3", float("nan")])
def test_a_base_that_does_not_occur_is_refused(base):
    with pytest.raises(RuleError, match="unknown_level"):
        within_person_shift(ROOMS, [1, 2, 1, 2], OUTCOME, base=base)


def test_masked_ratings_were_not_given():
    coders = np.ma.masked_array([[1, 2, 3, 9], [1, 2, 2, 3]], mask=[[0, 0, 0, 1], [0, 0, 0, 0]])
    assert krippendorff_alpha(coders) == krippendorff_alpha([[1, 2, 3, None], [1, 2, 2, 3]])
    with pytest.raises(RuleError, match="bad_shape"):
        krippendorff_alpha([[[1], [2]], [[1], [2]]])


@pytest.mark.parametrize(("options", "code"), [
    ({"minimum": 2.5}, "bad_minimum"), ({"minimum": float("nan")}, "bad_minimum"), ({"minimum": "5"}, "bad_minimum"),
    ({"minimum": True}, "bad_minimum"), ({"minimum": None}, "bad_minimum"), ({"minimum": 0}, "bad_minimum"),
    ({"cut": 1.5}, "bad_cut"), ({"cut": -1}, "bad_cut"), ({"cut": "3"}, "bad_cut"), ({"cut": True}, "bad_cut"),
])
def test_a_limit_and_a_cut_are_whole(options, code):
    with pytest.raises(RuleError, match=code):
        disclosure_blocks([5, 6, 7], **options)


def test_whole_numbers_of_any_type_are_limits_cuts_and_counts():
    plain = disclosure_blocks([3, 4, 2, 8, 3], minimum=5, cut=3)
    assert plain == disclosure_blocks(np.array([3.0, 4, 2, 8, 3]), minimum=5.0, cut=np.int8(3))
    assert disclosure_blocks([5, 6, 7], cut=99) == ((0,), (1,), (2,))
    assert disclosure_blocks([5], minimum=5) == ((0,),)
    assert disclosure_blocks([10**30, 4], minimum=10**9) == ((0, 1),)
    assert percent(np.int64(1), 20.0) == 5
    for wrong in ("1", 1.5, None, True):
        with pytest.raises(RuleError, match="bad_counts"):
            percent(wrong, 20)


@pytest.mark.parametrize(("options", "code"), [
    ({"draws": float("inf")}, "bad_draws"), ({"draws": 10**30}, "bad_draws"), ({"draws": "9"}, "bad_draws"),
    ({"seed": -1}, "bad_seed"), ({"seed": 1.5}, "bad_seed"), ({"seed": "x"}, "bad_seed"),
])
def test_draws_and_seeds_are_whole(options, code):
    with pytest.raises(RuleError, match=code):
        sign_flip(np.arange(25) * 0.1234567 + 0.1, **options)


def test_arguments_of_another_kind_are_refused():
    for call, code in (
        (lambda: component_effects(OUTCOME, NAMES), "bad_shape"), (lambda: component_effects(OUTCOME, {}), "unknown_feature"),
        (lambda: component_effects(OUTCOME, {"f": NAMES}, baselines=["a"]), "bad_shape"),
        (lambda: marginal_means(OUTCOME, NAMES, variance=np.array(["CR1"])), "unknown_variance"),
        (lambda: krippendorff_alpha([[1, 2], [1, 2]], level=["nominal"]), "unknown_measure"),
        (lambda: marginal_means(OUTCOME, NAMES, weights=[1, 1, 1, 1e-320]), "bad_weights"),
        (lambda: marginal_means(OUTCOME, NAMES, weights=[1, 1, 1, -1]), "bad_weights"),
    ):
        with pytest.raises(RuleError, match=code):
            call()


def test_names_as_long_and_odd_as_they_come():
    names = ["x" * 100_000, "\ud800", "x" * 100_000, "ŵ\u202e\n"]
    assert len(marginal_means(OUTCOME, names).labels) == 3
