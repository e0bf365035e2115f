"""t, sign flips and adjustments: against scipy, against plain enumeration, against published results."""

import csv
import itertools
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from statsmodels.stats.multitest import multipletests

from tradeoff_desktop.errors import RuleError
from tradeoff_desktop.findings import benjamini_hochberg, cluster_mean_test, holm, sign_flip
from tradeoff_desktop.findings.inference import detectable_shift
from tradeoff_desktop.findings.student import t_cdf, t_quantile, t_upper, two_sided

DEGREES = (0.3, 0.5, 1, 1.5, 2, 3, 5.7, 10, 29, 100, 1e3, 1e4, 1e6)


@pytest.mark.parametrize("df", DEGREES)
def test_t_distribution_agrees_with_scipy(df):
    for t in (0.0, 1e-6, 0.1, 0.5, 1.0, 1.7, 2.5, 5.0, 40.0):
        assert t_cdf(t, df) == pytest.approx(
            stats.t.cdf(t, df), abs=3e-11
        )  # scipy itself is 1.4e-11 off at t = 1e-6, df = 1
        assert t_cdf(-t, df) == pytest.approx(stats.t.cdf(-t, df), rel=1e-8, abs=1e-300)
        assert two_sided(-t, df) == pytest.approx(2 * stats.t.sf(t, df), rel=1e-8, abs=1e-300)


@pytest.mark.parametrize("df", DEGREES)
def test_t_quantile_agrees_with_scipy(df):
    for p in (0.001, 0.025, 0.3, 0.5, 0.8, 0.975, 0.99999):
        expected = stats.t.ppf(p, df)
        assert t_quantile(p, df) == pytest.approx(expected, rel=1e-9, abs=1e-9)


def test_very_many_degrees_of_freedom_are_normal():
    for t in (0.0, 0.5, 1.96, 4.0):
        assert t_cdf(t, 1e12) == pytest.approx(stats.norm.cdf(t), abs=1e-11)
    # Where the continued fraction hands over to the series, there is no step.
    assert t_upper(2.0, 1e7) == pytest.approx(t_upper(2.0, 1.0000001e7), abs=1e-10)


def test_the_far_tail_and_nonsense():
    assert t_upper(math.inf, 3) == 0.0
    assert t_upper(1e200, 5) == 0.0
    for call, code in (
        (lambda: t_upper(math.nan, 3), "bad_numbers"),
        (lambda: t_upper(1.0, 0), "bad_degrees_of_freedom"),
        (lambda: t_quantile(1.0, 3), "bad_probability"),
    ):
        with pytest.raises(RuleError, match=code):
            call()


def test_cluster_mean_test_is_the_t_test_on_means():
    values = [0.31, -0.12, 0.44, 0.05, 0.27, 0.18]
    found = cluster_mean_test(values)
    expected = stats.ttest_1samp(values, 0)
    low, high = expected.confidence_interval(0.95)
    assert found.mean == pytest.approx(np.mean(values), abs=1e-15)
    assert found.standard_error == pytest.approx(stats.sem(values), abs=1e-15)
    assert found.df == 5.0
    assert found.p == pytest.approx(expected.pvalue, abs=1e-12)
    assert (found.low, found.high) == pytest.approx((low, high), abs=1e-10)


def test_clusters_that_all_agree():
    assert cluster_mean_test([0.5] * 6).p == 0.0
    assert cluster_mean_test([0.0] * 6)[:4] == (0.0, 0.0, 5.0, 1.0)


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ([1.0], "too_few_clusters"),
        ([], "empty_data"),
        ([1.0, math.nan], "bad_numbers"),
        ([[1.0]], "bad_shape"),
        (["a", "b"], "bad_numbers"),
    ],
)
def test_means_that_are_none_are_refused(values, code):
    with pytest.raises(RuleError, match=code):
        cluster_mean_test(values)


def test_the_detectable_shift_is_found_four_times_in_five():
    df, shift = 5, detectable_shift(1.0, 5)
    power = stats.nct.sf(stats.t.ppf(0.975, df), df, shift)
    assert power == pytest.approx(0.8, abs=0.02)  # the usual approximation by two quantiles


def brute(differences):
    sums = [
        abs(sum(s * d for s, d in zip(signs, differences, strict=True)))
        for signs in itertools.product((1, -1), repeat=len(differences))
    ]
    bar = abs(sum(differences)) - 1e-9
    return sum(s >= bar for s in sums) / len(sums)


@given(st.lists(st.integers(-4, 4), min_size=1, max_size=9))
def test_whole_differences_are_counted_exactly(differences):
    assert sign_flip(differences) == brute(differences)


@given(st.lists(st.integers(-9, 9).map(lambda x: x / 7 + x**3 / 1001), min_size=1, max_size=9))
def test_other_differences_are_enumerated(differences):
    assert sign_flip(differences) == brute(differences)


def test_decimals_keep_their_ties():
    """Fisher's 1935 manner on Student's sleep data: ten differences to one decimal."""
    sleep = [1.2, 2.4, 1.3, 1.3, 0.0, 1.0, 1.8, 0.8, 4.6, 1.4]
    assert sign_flip(sleep) == brute(sleep) == 2 / 512
    after, before = (
        [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4],
        [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0],
    )
    assert sign_flip([a - b for a, b in zip(after, before, strict=True)]) == 2 / 512


@pytest.mark.parametrize("count", [5, 6])
def test_the_smallest_p_of_few_workshops(count):
    assert sign_flip([0.31, 0.12, 0.44, 0.05, 0.27, 0.18][:count]) == 2 / 2**count


def test_many_values_are_drawn_and_repeatable():
    values = np.random.default_rng(3).normal(0.1, 1, 60)
    first = sign_flip(values, seed=7)
    assert first == sign_flip(values, seed=7)
    assert sign_flip(values) == sign_flip(values[::-1])  # the seed comes from the values, in any order
    assert first == pytest.approx(stats.ttest_1samp(values, 0).pvalue, abs=0.02)
    assert sign_flip(values, seed=1, draws=99) * 100 == pytest.approx(
        round(sign_flip(values, seed=1, draws=99) * 100)
    )


def test_no_difference_at_all():
    assert sign_flip([0, 0, 0]) == 1.0
    with pytest.raises(RuleError, match="bad_draws"):
        sign_flip([0.1], draws=0)


@pytest.mark.parametrize("seed", range(6))
def test_adjustments_agree_with_statsmodels(seed):
    random = np.random.default_rng(seed)
    p = (random.integers(0, 30, 25) / 30) ** 2  # with ties, noughts and ones
    assert holm(p) == pytest.approx(multipletests(p, method="holm")[1], abs=1e-12)
    assert benjamini_hochberg(p) == pytest.approx(multipletests(p, method="fdr_bh")[1], abs=1e-12)


@pytest.mark.parametrize("adjust", [holm, benjamini_hochberg])
def test_what_is_no_p_is_refused(adjust):
    for p, code in (([0.5, 1.1], "bad_probability"), ([math.nan], "bad_numbers"), ([], "empty_data")):
        with pytest.raises(RuleError, match=code):
            adjust(p)


@pytest.mark.published
def test_a_published_deliberation_item_by_item(published):
    """26 people, 42 items: exact p by sign flips, t, Holm and BH as computed with coin and p.adjust on R."""
    with (published / "activate.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    with (published / "activate_reference_items.csv").open(encoding="utf-8") as file:
        reference = list(csv.DictReader(file))
    before = {row["pnum"]: row for row in rows if row["stage"] == "Pre-Delib"}
    after = {row["pnum"]: row for row in rows if row["stage"] != "Pre-Delib"}
    assert len(before) == len(after) == 26
    exact = []
    for item in reference:
        change = [int(after[person][item["item"]]) - int(before[person][item["item"]]) for person in before]
        test = cluster_mean_test(change)
        exact.append(sign_flip(change))
        assert test.mean == pytest.approx(float(item["mean_shift"]), abs=1e-9)
        assert exact[-1] == pytest.approx(float(item["p_signflip_exact"]), abs=1e-9)
        assert test.p == pytest.approx(float(item["t_p"]), abs=1e-8)
    assert holm(exact) == pytest.approx([float(item["holm"]) for item in reference], abs=1e-12)
    assert benjamini_hochberg(exact) == pytest.approx([float(item["BH"]) for item in reference], abs=1e-12)
