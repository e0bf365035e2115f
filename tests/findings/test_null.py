"""Where nothing is going on, six workshops seldom say that something is (five per cent over three questions)."""

import numpy as np
import pytest

from tradeoff_desktop.findings import cluster_mean_test, find, holm, sign_flip

WORKSHOPS, PEOPLE, TABLES = 6, 20, 4


def null_shifts(random, runs):
    """Workshop means of the change of 20 people at 4 tables, SDs .25/.25, seven points: runs x 3 x workshops."""
    shape = (runs, 3, WORKSHOPS)
    people = random.normal(4, 1.2, (*shape, TABLES, PEOPLE // TABLES))
    shift = random.normal(0, 0.25, (*shape, 1, 1)) + random.normal(0, 0.25, (*shape, TABLES, 1))
    before = np.clip(np.rint(people), 1, 7)
    after = np.clip(np.rint(people + shift + random.normal(0, 0.7, people.shape)), 1, 7)
    # Rounding and the ends of the scale pull a little: centre, so that the null is true.
    change = (after - before).mean(axis=(3, 4))
    return change - change.mean()


def family_errors(runs, seed):
    shifts = null_shifts(np.random.default_rng(seed), runs)
    return np.mean([min(holm([cluster_mean_test(axis).p for axis in run])) < 0.05 for run in shifts])


def test_the_family_error_is_at_most_six_per_cent():
    # 1,500 runs: the standard error of an error rate of .05 is .0056.
    assert family_errors(1_500, seed=1) <= 0.06


@pytest.mark.full
@pytest.mark.timeout(900)
def test_the_family_error_is_at_most_six_per_cent_in_many_runs():
    assert family_errors(20_000, seed=2) <= 0.06


def test_people_taken_as_independent_would_be_wrong_far_more_often():
    """Control: the harness sees the fault that the engine avoids."""
    random = np.random.default_rng(3)
    wrong = 0
    for _ in range(400):
        change = random.normal(0, 0.25, (WORKSHOPS, 1)) + random.normal(0, 0.7, (WORKSHOPS, PEOPLE))
        wrong += cluster_mean_test(change.ravel()).p < 0.05
    assert wrong / 400 > 0.12


def test_sign_flips_are_never_too_bold():
    shifts = null_shifts(np.random.default_rng(4), 300)[:, 0]
    assert np.mean([sign_flip(run) <= 0.05 for run in shifts]) <= 0.06


def family_error_through_find(simulated, design, worlds, seed):
    hits = 0
    for world in range(worlds):
        answers = simulated(seed + world).answers([20] * 6, between=0.25, themes=False, items=("BAL",))
        found = find(answers, design(), audience="published", digest="0")
        hits += any(axis.holm is not None and axis.holm < 0.05 for axis in found.axes)
    return hits / worlds


@pytest.mark.full
@pytest.mark.timeout(1800)
def test_the_null_through_the_door_that_reports_use(simulated, design):
    assert family_error_through_find(simulated, design, 1_000, 50_000) <= 0.06
