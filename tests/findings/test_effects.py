"""Regressions with clusters: CR2 from its dense definition, statsmodels, published conjoint results, paired t tests."""

import csv
import math
import time
import tracemalloc

import numpy as np
import pytest
import statsmodels.api as sm
from scipy import stats
from scipy.linalg import fractional_matrix_power

from tradeoff_desktop.errors import RuleError
from tradeoff_desktop.findings import cluster_robust, component_effects, marginal_means, within_person_shift

FEATURES = ("taxrate1", "taxrate2", "taxrate3", "taxrate4", "taxrate5", "taxrate6", "taxrev")


def sample(seed, *, sizes=(1, 2, 3, 5, 8, 13), columns=3):
    random = np.random.default_rng(seed)
    clusters = np.repeat(np.arange(len(sizes)), sizes)
    design = np.column_stack([np.ones(len(clusters)), random.normal(size=(len(clusters), columns - 1))])
    outcome = (
        design @ random.normal(size=columns)
        + random.normal(size=len(sizes))[clusters]
        + random.normal(size=len(clusters))
    )
    return random, clusters, design, outcome


def dense(design, outcome, clusters, weights, variance):
    """The definition, with every n x n matrix written out (Pustejovsky and Tipton 2018, working model: equal variance)."""
    w = np.diag(weights)
    m = np.linalg.inv(design.T @ w @ design)
    hat = design @ m @ design.T @ w
    rest = np.eye(len(outcome)) - hat
    names = np.unique(clusters)
    meat = np.zeros_like(m)
    found, p = [], design.shape[1]
    for name in names:
        here = clusters == name
        adjust = np.eye(here.sum())
        if variance == "CR2":
            adjust = np.real(pinv_root((rest @ rest.T)[np.ix_(here, here)]))
        part = design[here].T @ w[np.ix_(here, here)] @ adjust
        score = part @ (rest @ outcome)[here]
        meat += np.outer(score, score)
        found.append(rest[here].T @ part.T @ m)  # n x p: g_i for each coefficient
    factor = len(names) / (len(names) - 1) if variance == "CR1" else 1.0
    df = []
    for column in range(p):
        g = np.array([each[:, column] for each in found])
        gram = g @ g.T
        df.append(np.trace(gram) ** 2 / (gram**2).sum())
    return m @ design.T @ w @ outcome, np.sqrt(factor * np.diag(m @ meat @ m)), np.array(df)


def pinv_root(matrix):
    values, vectors = np.linalg.eigh((matrix + matrix.T) / 2)
    return vectors @ np.diag([value**-0.5 if value > 1e-10 else 0.0 for value in values]) @ vectors.T


@pytest.mark.parametrize("variance", ["CR0", "CR1", "CR2"])
@pytest.mark.parametrize("weighted", [False, True])
@pytest.mark.parametrize("seed", range(3))
def test_variances_follow_their_dense_definition(seed, weighted, variance):
    random, clusters, design, outcome = sample(seed)
    weights = random.uniform(0.3, 4, len(outcome)) if weighted else np.ones(len(outcome))
    found = cluster_robust(design, outcome, clusters=clusters, weights=weights, variance=variance)
    estimate, error, df = dense(design, outcome, clusters, weights, variance)
    assert found.estimate == pytest.approx(estimate, abs=1e-9)
    assert found.standard_error == pytest.approx(error, abs=1e-9)
    assert found.df == pytest.approx(df, abs=1e-6)
    reach = stats.t.ppf(0.975, df) * error
    assert found.low == pytest.approx(estimate - reach, abs=1e-8)
    assert found.high == pytest.approx(estimate + reach, abs=1e-8)
    assert found.variance == variance


def test_the_dense_root_is_a_root():
    matrix = np.array([[0.7, 0.2], [0.2, 0.5]])
    assert pinv_root(matrix) == pytest.approx(fractional_matrix_power(matrix, -0.5), abs=1e-12)


@pytest.mark.parametrize("variance", ["CR0", "CR1"])
def test_plain_sandwiches_agree_with_statsmodels(variance):
    random, clusters, design, outcome = sample(11)
    weights = random.uniform(0.5, 2, len(outcome))
    fit = sm.WLS(outcome, design, weights=weights).fit(
        cov_type="cluster", cov_kwds={"groups": clusters, "use_correction": False}
    )
    found = cluster_robust(design, outcome, clusters=clusters, weights=weights, variance=variance)
    factor = math.sqrt(6 / 5) if variance == "CR1" else 1.0
    assert found.estimate == pytest.approx(fit.params, abs=1e-9)
    assert found.standard_error == pytest.approx(factor * fit.bse, abs=1e-9)


def test_a_mean_of_equal_clusters_is_the_t_test_of_their_means():
    values = np.random.default_rng(5).normal(size=(7, 4))
    found = cluster_robust(np.ones((28, 1)), values.ravel(), clusters=np.repeat(range(7), 4))
    assert found.standard_error[0] == pytest.approx(stats.sem(values.mean(axis=1)), abs=1e-12)
    assert found.df[0] == pytest.approx(6, abs=1e-9)


def test_contrasts_names_and_units():
    _, clusters, design, outcome = sample(2)
    named = cluster_robust(
        design, outcome, clusters=clusters, contrasts={"sum": [0, 1, 1], "second": [0, 1, 0]}
    )
    plain = cluster_robust(design, outcome, clusters=clusters)
    assert named.labels.tolist() == ["sum", "second"]
    assert plain.labels.tolist() == ["column 1", "column 2", "column 3"]
    assert named.estimate == pytest.approx(
        [plain.estimate[1] + plain.estimate[2], plain.estimate[1]], abs=1e-12
    )
    assert named.standard_error[1] == pytest.approx(plain.standard_error[1], abs=1e-12)
    # The unit of a column or of the weights decides nothing.
    scaled = cluster_robust(
        design * [1, 1e6, 1e-6], outcome, clusters=clusters, weights=np.full(len(outcome), 40.0)
    )
    assert scaled.estimate * [1, 1e6, 1e-6] == pytest.approx(plain.estimate, rel=1e-9)
    assert scaled.df == pytest.approx(plain.df, rel=1e-8)


def test_rows_may_come_in_any_order():
    random, clusters, design, outcome = sample(4)
    order = random.permutation(len(outcome))
    first = cluster_robust(design, outcome, clusters=clusters)
    second = cluster_robust(design[order], outcome[order], clusters=clusters[order])
    assert second.standard_error == pytest.approx(first.standard_error, abs=1e-12)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"design": [[1.0, math.nan]] * 4}, "bad_numbers"),
        ({"design": [1.0, 2.0, 3.0, 4.0]}, "bad_shape"),
        ({"design": [["x", "y"]] * 4}, "bad_numbers"),
        ({"design": [[1.0, 2.0]] * 4}, "not_separable"),
        ({"design": [[1.0, 0.0]] * 4}, "not_separable"),
        ({"outcome": [1.0, 2.0, 3.0]}, "length_mismatch"),
        ({"outcome": [1.0, 2.0, math.inf, 3.0]}, "bad_numbers"),
        ({"clusters": ["a", "b", None, "a"]}, "missing_level"),
        ({"clusters": ["a", "b", "a"]}, "length_mismatch"),
        ({"clusters": ["a"] * 4}, "too_few_clusters"),
        ({"clusters": [1, "1", 2, 2]}, "ambiguous_level"),
        ({"weights": [1.0, 1.0, 0.0, 1.0]}, "bad_weights"),
        ({"variance": "HC3"}, "unknown_variance"),
        ({"contrasts": [[1.0]]}, "length_mismatch"),
    ],
)
def test_data_that_cannot_be_used_is_refused_with_a_reason(change, code):
    given = {
        "design": [[1.0, 0.0], [1.0, 1.0], [1.0, 0.0], [1.0, 1.0]],
        "outcome": [1.0, 2.0, 2.0, 4.0],
        "clusters": ["a", "a", "b", "b"],
    }
    given.update(change)
    with pytest.raises(RuleError) as refused:
        cluster_robust(given.pop("design"), given.pop("outcome"), **given)
    assert refused.value.code == code


def test_a_level_in_one_cluster_has_no_standard_error():
    found = marginal_means(
        [1.0, 2.0, 3.0, 4.0, 6.0], ["x", "x", "x", "x", "y"], clusters=["a", "a", "b", "b", "c"]
    )
    assert found.labels.tolist() == ["x", "y"]
    assert found.estimate == pytest.approx([2.5, 6.0])
    assert np.isnan(found.standard_error[1])
    assert np.isnan(found.df[1])
    assert found.standard_error[0] > 0


def test_marginal_means_take_any_names():
    outcome = [1.0, 0.0, 1.0, 1.0, 0.0, 0.0]
    names = ["Ystradgynlais", "مجلس", "Ystradgynlais", "مجلس", "£10–35k: 5 %", "£10–35k: 5 %"]
    found = marginal_means(outcome, names)
    assert found.labels.tolist() == sorted(set(names))
    assert found.variance == "CR1"
    numbers = marginal_means(outcome, np.array([10, 9, 10, 9, 100, 100]))
    assert numbers.labels.tolist() == ["9", "10", "100"]  # numbers by size, not by their first digit
    assert sorted(numbers.estimate) == pytest.approx(sorted(found.estimate))


@pytest.mark.parametrize(
    ("levels", "code"),
    [
        ([], "empty_data"),
        (np.array([["a", "b"]]), "bad_shape"),
        ([["a"], ["b"]], "bad_shape"),
        (7, "bad_shape"),
        ([None, "a"], "missing_level"),
    ],
)
def test_columns_that_are_no_names_are_refused(levels, code):
    with pytest.raises(RuleError) as refused:
        marginal_means([1.0, 2.0], levels)
    assert refused.value.code == code


def test_component_effects_are_differences_of_means_in_a_full_design():
    random = np.random.default_rng(8)
    colour, size = np.repeat(["red", "blue"], 200), np.tile(["big", "small"], 200)
    outcome = random.normal(size=400) + (colour == "red") + 0.5 * (size == "big")
    found = component_effects(outcome, {"colour": colour, "size": size}, baselines={"size": "small"})
    assert found.labels.tolist() == ["colour: red", "size: big"]
    expected = [
        outcome[colour == "red"].mean() - outcome[colour == "blue"].mean(),
        outcome[size == "big"].mean() - outcome[size == "small"].mean(),
    ]
    assert found.estimate == pytest.approx(expected, abs=1e-9)


@pytest.mark.parametrize(
    ("features", "baselines", "code"),
    [
        ({}, None, "unknown_feature"),
        ({"a": ["x", "y"] * 3}, {"b": "x"}, "unknown_feature"),
        ({"a": ["x", "y"] * 3}, {"a": "z"}, "unknown_level"),
        ({"a": ["x"] * 6}, None, "single_level"),
        ({"a": ["x", "y"] * 2}, None, "length_mismatch"),
        ({"a": ["x", math.nan] * 3}, None, "missing_level"),
        ({"a": ["x", "y"] * 3, "b": ["x", "y"] * 3}, None, "not_separable"),
    ],
)
def test_features_that_cannot_be_used(features, baselines, code):
    with pytest.raises(RuleError) as refused:
        component_effects([1.0, 2.0, 3.0, 4.0, 5.0, 7.0], features, baselines=baselines)
    assert refused.value.code == code


def test_within_person_shifts_are_paired_t_tests():
    random = np.random.default_rng(9)
    base, flip = random.normal(size=12), random.normal(0.4, 1, size=12)
    person = [*range(12), *range(12), 99, 98]
    condition = ["base"] * 12 + ["flip"] * 12 + ["flip", "base"]  # two people with one rating each drop out
    found = within_person_shift(person, condition, [*base, *flip, 9.0, 9.0], base="base")
    expected = stats.ttest_rel(flip, base)
    assert found.labels.tolist() == ["flip"]
    assert found.estimate[0] == pytest.approx((flip - base).mean(), abs=1e-12)
    assert found.standard_error[0] == pytest.approx(stats.sem(flip - base), abs=1e-12)
    assert found.df[0] == pytest.approx(11, abs=1e-9)
    assert found.estimate[0] / found.standard_error[0] == pytest.approx(expected.statistic, abs=1e-9)


def test_repeated_ratings_are_averaged_by_person_first():
    found = within_person_shift(
        ["a", "a", "a", "b", "b"],
        ["base", "flip", "flip", "base", "flip"],
        [1.0, 2.0, 4.0, 2.0, 2.0],
        base="base",
    )
    assert found.estimate[0] == pytest.approx((2.0 + 0.0) / 2)


@pytest.mark.parametrize(
    ("condition", "options", "code"),
    [
        (["base", "flip", "base", "flip"], {"base": "start"}, "unknown_level"),
        (["base"] * 4, {"base": "base"}, "single_level"),
        (["base", "flip", "base", "other"], {"base": "base"}, "too_few_clusters"),
        (["base", "flip", "base", "flip"], {"base": "base", "variance": "?"}, "unknown_variance"),
    ],
)
def test_shifts_that_cannot_be_estimated(condition, options, code):
    with pytest.raises(RuleError) as refused:
        within_person_shift(["a", "a", "b", "b"], condition, [1.0, 2.0, 3.0, 5.0], **options)
    assert refused.value.code == code


@pytest.fixture(scope="module")
def taxes(published):
    with (published / "taxes.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 32_000
    return {name: [row[name] for row in rows] for name in rows[0]}


def reference(published, kind, weighted):
    path = published / f"taxes_reference_{kind}_{'weighted' if weighted else 'unweighted'}.csv"
    with path.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    names = dict(zip(dict.fromkeys(row["feature"] for row in rows), FEATURES, strict=True))
    return [(names[row["feature"]], row["level"], row["estimate"], row["std.error"]) for row in rows]


@pytest.mark.published
@pytest.mark.parametrize("weighted", [False, True])
def test_published_component_effects(taxes, published, weighted):
    rows = reference(published, "amce", weighted)
    found = component_effects(
        np.array(taxes["chose_plan"], dtype=float),
        {name: taxes[name] for name in FEATURES},
        baselines={feature: level for feature, level, _, error in rows if error == "NA"},
        clusters=taxes["ID"],
        weights=np.array(taxes["weight"], dtype=float) if weighted else None,
    )
    expected = {
        f"{feature}: {level}": (float(estimate), float(error))
        for feature, level, estimate, error in rows
        if error != "NA"
    }
    assert set(found.labels) == set(expected)
    for label, estimate, error in zip(found.labels, found.estimate, found.standard_error, strict=True):
        assert (estimate, error) == pytest.approx(expected[label], abs=1e-9)


@pytest.mark.published
@pytest.mark.parametrize("weighted", [False, True])
def test_published_marginal_means(taxes, published, weighted):
    rows = reference(published, "mm", weighted)
    for feature in FEATURES:
        found = marginal_means(
            np.array(taxes["chose_plan"], dtype=float),
            taxes[feature],
            clusters=taxes["ID"],
            weights=np.array(taxes["weight"], dtype=float) if weighted else None,
        )
        expected = {
            level: (float(estimate), float(error)) for name, level, estimate, error in rows if name == feature
        }
        for label, estimate, error in zip(found.labels, found.estimate, found.standard_error, strict=True):
            assert (estimate, error) == pytest.approx(expected[label], abs=1e-9)


def test_thousands_of_clusters_take_little_memory():
    random = np.random.default_rng(1)
    clusters = np.repeat(np.arange(2000), 16)
    features = {f"f{n}": random.integers(0, 5, 32_000) for n in range(6)}
    outcome = random.integers(0, 2, 32_000).astype(float)
    tracemalloc.start()
    begun = time.perf_counter()
    component_effects(outcome, features, clusters=clusters, variance="CR2")
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 150e6  # a 2,000 x 2,000 matrix for each of 24 effects would be 768 MB
    assert time.perf_counter() - begun < 30  # not a benchmark: a guard against anything quadratic
