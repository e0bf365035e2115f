"""Which numbers a pooled mean comes with."""

import numpy as np
import pytest
from scipy.stats import t as student

from tradeoff_desktop.findings import cluster_mean_test
from tradeoff_desktop.findings.ladder import pooled_mean

WIDE, CLOSE = [1.5, 2.5, 3.5, 4.5, 3.0, 2.0], [3.0, 3.1, 3.0, 2.9, 3.0, 3.0]


def test_an_interval_leaves_three_people_of_each_workshop_room():
    told = pooled_mean(WIDE, people=84, left_out=0, person=4 / 14)
    exact = cluster_mean_test(WIDE)
    assert (told.low, told.high, told.p, told.widened) == (exact.low, exact.high, exact.p, False)
    assert told.error == pytest.approx(exact.standard_error)
    # None of six values lies further from their mean than five standard errors: here less than three people's answers.
    wider = pooled_mean(CLOSE, people=84, left_out=0, person=4 / 14)
    assert (wider.mean, wider.widened) == (pytest.approx(3.0), True)
    assert 5 * wider.error == pytest.approx(3 * 4 / 14)
    assert wider.p == pytest.approx(2 * student.sf(3.0 / wider.error, 5))
    assert pooled_mean(CLOSE, people=84, left_out=0, person=4 / 14, level=True).p is None


def test_an_interval_is_exact_where_each_workshop_may_be_known_that_closely():
    asked = []
    told = pooled_mean(CLOSE, people=84, left_out=0, person=4 / 14, admits_each=lambda reach: not asked.append(reach))
    assert (told.p, told.widened) == (cluster_mean_test(CLOSE).p, False)
    assert asked == [pytest.approx(5 * cluster_mean_test(CLOSE).standard_error)]


def test_whether_an_interval_is_given_is_a_matter_of_numbers_of_people_alone():
    for values in (WIDE, CLOSE):
        kept = pooled_mean(values, people=84, left_out=0, person=4 / 2, tests=False)
        assert (kept.mean, kept.low, kept.p) == (pytest.approx(sum(values) / 6), None, None)


def test_a_test_is_never_bolder_than_the_t_test_on_workshop_means():
    """So the family error through the findings is at most that of the t-tests, which ``test_null`` bounds."""
    random = np.random.default_rng(1)
    for _ in range(500):
        values = random.normal(random.normal(0, 0.4), random.uniform(0, 0.6), random.integers(6, 25)).tolist()
        told, exact = pooled_mean(values, people=84, left_out=0, person=random.uniform(0.1, 0.8)), cluster_mean_test(values)
        assert told.p >= exact.p - 1e-12
        assert told.low <= exact.low + 1e-12
        assert told.high >= exact.high - 1e-12
