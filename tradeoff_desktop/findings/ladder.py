"""The evidence ladder: how much a number of workshops allows to be said (findings page, section 1.5)."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from tradeoff_desktop.findings.disclosure import SDC_1
from tradeoff_desktop.findings.inference import cluster_mean_test

TEST_FROM, PREDICT_FROM = 6, 20  # workshops from which intervals and tests, and prediction ranges, are given
_PEOPLE = 3
ENTER_FROM = 5  # raters from which a workshop enters a pooled mean


@dataclass(frozen=True, slots=True)
class PooledMean:
    """The unweighted mean of workshop values, as far as the ladder and disclosure control let it be printed.

    ``workshops`` entered, ``left_out`` had data but too little; ``people`` stand behind it. ``mean`` from three
    workshops, ``low``, ``high`` (95 %) and ``p`` from six, unless the interval is so narrow that it tells every workshop's value; ``adjusted_p`` where p belongs to a family of tests.
    ``reason``: why the mean is missing. Printed to one decimal; more would give the workshops behind it away.
    """

    workshops: int
    left_out: int
    people: int
    mean: float | None
    low: float | None
    high: float | None
    p: float | None
    adjusted_p: float | None = None
    reason: Literal["", "few_workshops", "derivable", "edition", "no_rating"] = ""


def pooled_mean(  # noqa: PLR0913 - what a mean is made of and what may be said of it, each by its name
    values: Sequence[float],
    *,
    people: int,
    left_out: int,
    admits: Callable[[float], bool] = lambda _mean: True,
    level: bool = False,
    person: float = 0.0,
    admits_each: Callable[[float], bool] = lambda _reach: False,
) -> PooledMean:
    """Pool one value per workshop; ``admits`` says whether printing the mean gives no merged count away.

    ``person``: how far one person's answer could move the value of the smallest workshop; an interval says
    that no value lies further from the mean than G-1 standard errors, and is given only if that leaves three people's
    answers room, or where ``admits_each`` says that every workshop may be known that closely. A ``level`` (a mean rating, a share) has an interval but no p: nought is no question there.
    """
    count = len(values)
    nothing = PooledMean(count, left_out, people, None, None, None, None)
    if count < SDC_1.mean_workshops or people < SDC_1.counts_from:
        return replace(nothing, reason="few_workshops")
    mean = math.fsum(values) / count
    is_admitted, test = admits(mean), cluster_mean_test(values)
    reach = (count - 1) * test.standard_error
    tests = count >= TEST_FROM and (reach >= _PEOPLE * person or admits_each(reach))
    if not is_admitted:
        return replace(nothing, reason="derivable")
    if not tests:
        return replace(nothing, mean=mean)
    return replace(nothing, mean=test.mean, low=test.low, high=test.high, p=None if level else test.p)
