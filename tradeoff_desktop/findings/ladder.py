"""The evidence ladder: how much a number of workshops allows to be said (findings page, section 1.5)."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from tradeoff_desktop.findings.disclosure import SDC_1
from tradeoff_desktop.findings.inference import cluster_mean_test
from tradeoff_desktop.findings.student import t_quantile, two_sided

TEST_FROM, PREDICT_FROM = 6, 20  # workshops from which intervals and tests, and prediction ranges, are given
_PEOPLE = 3  # whose answers an interval leaves room for in every workshop
ENTER_FROM = 5  # raters from which a workshop enters a pooled mean


@dataclass(frozen=True, slots=True)
class PooledMean:
    """The unweighted mean of workshop values, as far as the ladder and disclosure control let it be printed.

    ``workshops`` entered, ``left_out`` had data but too little; ``people`` stand behind it. ``mean`` from three
    workshops, ``low``, ``high`` (95 %) and ``p`` from six; ``adjusted_p`` where p belongs to a family of tests.
    ``widened``: the workshops were so much alike that their own standard error would tell each one's value, so
    interval and p are those of a larger one.
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
    widened: bool = False

    @property
    def error(self) -> float | None:
        """Return the standard error that interval and p are made of."""
        if self.low is None or self.high is None:
            return None
        return (self.high - self.low) / 2 / t_quantile(0.975, self.workshops - 1)


def pooled_mean(  # noqa: PLR0913 - what a mean is made of and what may be said of it, each by its name
    values: Sequence[float],
    *,
    people: int,
    left_out: int,
    admits: Callable[[float], bool] = lambda _mean: True,
    level: bool = False,
    person: float = 0.0,
    tests: bool = True,
    admits_each: Callable[[float], bool] = lambda _reach: False,
) -> PooledMean:
    """Pool one value per workshop; ``admits`` says whether printing the mean gives no merged count away.

    ``person``: how far one person's answer could move the value of the smallest workshop. No value lies further from
    the mean of G than G-1 standard errors, so the standard error counts as at least so much that this leaves three
    people's answers room, unless ``admits_each`` says that every workshop may be known that closely. An interval that
    was left out instead would tell as much as the widest that is left out; ``tests`` says by numbers of people alone
    where one would be too wide to be of use. A ``level`` (a mean rating, a share) has no p: nought is no question there.
    """
    count = len(values)
    nothing = PooledMean(count, left_out, people, None, None, None, None)
    if count < SDC_1.mean_workshops or people < SDC_1.counts_from:
        return replace(nothing, reason="few_workshops")
    mean = math.fsum(values) / count
    is_admitted, test, least = admits(mean), cluster_mean_test(values), _PEOPLE * person / (count - 1)
    has_test = count >= TEST_FROM and tests
    is_exact = has_test and (test.standard_error >= least or admits_each((count - 1) * test.standard_error))
    if not is_admitted:
        return replace(nothing, reason="derivable")
    if not has_test:
        return replace(nothing, mean=mean)
    told = replace(nothing, mean=mean, low=test.low, high=test.high, p=None if level else test.p)
    if is_exact:
        return told
    reach, p = t_quantile(0.975, test.df) * least, two_sided(mean / least, test.df)
    return replace(told, low=mean - reach, high=mean + reach, p=None if level else p, widened=True)
