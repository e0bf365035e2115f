"""Which numbers a pooled mean comes with."""

import pytest

from tradeoff_desktop.findings import cluster_mean_test
from tradeoff_desktop.findings.ladder import pooled_mean


def test_an_interval_is_given_where_it_leaves_each_workshop_room():
    wide, close = [1.5, 2.5, 3.5, 4.5, 3.0, 2.0], [3.0, 3.1, 3.0, 2.9, 3.0, 3.0]
    told = pooled_mean(wide, people=84, left_out=0, level=True, person=4 / 14)
    assert (told.low, told.high) == cluster_mean_test(wide)[-2:]
    # None of six values lies further from their mean than five standard errors: here less than three people's answers.
    kept = pooled_mean(close, people=84, left_out=0, level=True, person=4 / 14)
    assert (kept.mean, kept.low, kept.p) == (pytest.approx(3.0), None, None)
    asked = []
    assert pooled_mean(close, people=84, left_out=0, person=4 / 14, admits_each=lambda reach: not asked.append(reach)).p is not None
    assert asked == [pytest.approx(5 * cluster_mean_test(close).standard_error)]
