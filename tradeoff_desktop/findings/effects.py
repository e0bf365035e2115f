"""Component effects, marginal means and within-person shifts, for factorial and other designs.

Average marginal component effects: Hainmueller, Hopkins and Yamamoto (2014, Political Analysis 22). Marginal means:
Leeper, Hobolt and Tilley (2020, Political Analysis 28). Both are weighted regressions on indicators, so their
standard errors are those of ``robust``.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from tradeoff_desktop.errors import RuleError
from tradeoff_desktop.findings.numbers import (
    Index,
    Levels,
    Matrix,
    Names,
    Vector,
    levels_of,
    same_length,
    vector,
)
from tradeoff_desktop.findings.robust import Estimates, check_variance, cluster_robust


def marginal_means(
    outcome: ArrayLike,
    levels: Names,
    *,
    clusters: Names | None = None,
    weights: ArrayLike | None = None,
    variance: str = "CR1",
) -> Estimates:
    """Estimate the mean outcome at each level of one feature, averaged over everything else as it occurred.

    ``outcome``: n numbers; ``levels``: n names; ``clusters``: n names (each row its own cluster by default);
    ``weights``: n positive sampling weights. Labels are the levels, sorted; results are in the outcome's unit.
    Raises RuleError as ``cluster_robust``, and ``ambiguous_level``.
    """
    named = levels_of(levels, "levels")
    measured = vector(outcome, "outcome")
    same_length(len(measured), len(named.codes), "levels")
    means = np.eye(len(named.names))
    return cluster_robust(
        means[named.codes],
        measured,
        clusters=_clusters(clusters, len(measured)),
        weights=weights,
        variance=variance,
        contrasts=dict(zip(named.names, means, strict=True)),
    )


def component_effects(
    outcome: ArrayLike,
    features: Mapping[str, Names],
    *,
    baselines: Mapping[str, Any] | None = None,
    clusters: Names | None = None,
    weights: ArrayLike | None = None,
    variance: str = "CR1",
) -> Estimates:
    """Estimate the average change in the outcome when one feature goes from its baseline to another level.

    ``outcome``: n numbers; ``features``: {name: n levels}, varied independently of each other; ``baselines``:
    {name: level}, the first level in sorted order where none is given; ``clusters`` and ``weights`` as
    ``marginal_means``. Labels are "name: level", features in the order given and levels sorted; baselines, whose
    effect is nought by definition, are not listed.
    Raises RuleError as ``cluster_robust``, and ``unknown_level`` (a baseline that does not occur), ``unknown_feature``
    (a baseline for no feature) and ``single_level`` (a feature that does not vary).
    """
    measured = vector(outcome, "outcome")
    for what, given in (("features", features), ("baselines", baselines)):
        if not isinstance(given, Mapping) and (what == "features" or given is not None):
            raise RuleError("bad_shape", name=what, dimensions=0)
    chosen = dict(baselines or {})
    strangers = [name for name in chosen if name not in features]
    if strangers or not features:
        raise RuleError("unknown_feature", feature=strangers[0] if strangers else "")
    columns: list[Matrix] = [np.ones((len(measured), 1))]
    labels: list[str] = []
    for name, column in features.items():
        named = levels_of(column, name)
        same_length(len(measured), len(named.codes), name)
        wanted = chosen.get(name)
        _, others = _split(named, named.given[0] if wanted is None else wanted, name)
        columns.append((named.codes[:, None] == others).astype(float))
        labels += [f"{name}: {named.names[place]}" for place in others]
    effects = np.eye(len(labels) + 1)[1:]
    return cluster_robust(
        np.hstack(columns),
        measured,
        clusters=_clusters(clusters, len(measured)),
        weights=weights,
        variance=variance,
        contrasts=dict(zip(labels, effects, strict=True)),
    )


def _split(named: Levels, baseline: object, name: str) -> tuple[int, Index]:
    """Return the place of the baseline and those of every other level."""
    if len(named.names) < 2:
        raise RuleError("single_level", feature=name)
    first = named.place(baseline)
    if first is None:
        raise RuleError("unknown_level", feature=name, level=str(baseline))
    return first, np.array([place for place in range(len(named.names)) if place != first])


def _clusters(clusters: Names | None, count: int) -> Names:
    return np.arange(count) if clusters is None else clusters


def within_person_shift(
    person: Names,
    condition: Names,
    outcome: ArrayLike,
    *,
    base: object,
    variance: str = "CR2",
) -> Estimates:
    """Estimate the mean within-person change from the base condition to each other condition.

    ``person``, ``condition``: n names; ``outcome``: n numbers, one row per rating. A person counts for a condition
    only where rated under both it and the base (pairwise complete); several ratings of one condition by one person
    are averaged first. Persons are the clusters: with CR1 and CR2 the standard error is that of the paired t test.
    Labels are the conditions but the base, sorted; results are in the outcome's unit.
    Raises RuleError as ``cluster_robust``, and ``unknown_level`` (the base does not occur), ``single_level`` (nothing
    but the base) and ``too_few_clusters`` (fewer than two people rated both; facts name the condition).
    """
    people, conditions = levels_of(person, "person"), levels_of(condition, "condition")
    measured = vector(outcome, "outcome")
    same_length(len(measured), len(people.codes), "person")
    same_length(len(measured), len(conditions.codes), "condition")
    check_variance(variance)
    first, others = _split(conditions, base, "condition")
    means = _cell_means(people, conditions, measured)
    parts = [_one_shift(means[:, place] - means[:, first], conditions.names[place], variance) for place in others]
    return Estimates(
        labels=np.concatenate([part.labels for part in parts]),
        estimate=np.concatenate([part.estimate for part in parts]),
        standard_error=np.concatenate([part.standard_error for part in parts]),
        df=np.concatenate([part.df for part in parts]),
        low=np.concatenate([part.low for part in parts]),
        high=np.concatenate([part.high for part in parts]),
        variance=variance,
    )


def _cell_means(people: Levels, conditions: Levels, outcome: Vector) -> Matrix:
    """Return persons x conditions means, NaN where a person has no rating of the condition."""
    shape = len(people.names), len(conditions.names)
    place = people.codes * shape[1] + conditions.codes
    counts = np.bincount(place, minlength=shape[0] * shape[1])
    sums = np.bincount(place, weights=outcome, minlength=shape[0] * shape[1])
    cells = np.full(len(counts), np.nan)
    np.divide(sums, counts, out=cells, where=counts > 0)
    return cells.reshape(shape)


def _one_shift(changes: Vector, name: str, variance: str) -> Estimates:
    both = changes[~np.isnan(changes)]
    if len(both) < 2:
        raise RuleError("too_few_clusters", clusters=len(both), needed=2, level=name)
    ones = np.ones((len(both), 1))
    return cluster_robust(
        ones, both, clusters=np.arange(len(both)), variance=variance, contrasts={name: np.ones(1)}
    )
