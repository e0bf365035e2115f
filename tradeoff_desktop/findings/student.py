"""Student's t and the normal distribution: distribution function and quantile, without scipy.

The t distribution function is an incomplete beta function (Abramowitz and Stegun 26.7.1), evaluated by its continued
fraction (26.5.8) with Lentz's method. Above 10^7 degrees of freedom it is
the normal one and the first term of its expansion (26.7.8). Accurate to about 1e-13 throughout.
"""

import math
from functools import lru_cache

from tradeoff_desktop.errors import RuleError

_NEARLY_NORMAL = 1e7
_SMALLEST = 1e-300
_STEPS = 2_000  # halving alone would end well before


def _fraction(a: float, b: float, x: float) -> float:
    """Return the continued fraction of the incomplete beta function at ``x``; quick where x < (a+1)/(a+b+2)."""
    c, d = 1.0, 1.0 / (1.0 - (a + b) * x / (a + 1.0) or _SMALLEST)
    product = d
    for m in range(1, 100_000):
        even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        for term in (even, odd):
            d = 1.0 / (1.0 + term * d or _SMALLEST)
            c = 1.0 + term / c or _SMALLEST
            product *= c * d
        if abs(c * d - 1.0) < 1e-16:
            break
    return product


def _log_gamma_step(a: float) -> float:
    """Return log(gamma(a + 1/2) / gamma(a)); by its series where the two logarithms would cancel (A&S 6.1.47)."""
    if a < 20.0:
        return math.lgamma(a + 0.5) - math.lgamma(a)
    return 0.5 * math.log(a) - 1 / (8 * a) + 1 / (192 * a**3) - 1 / (640 * a**5) + 17 / (14336 * a**7)


def _density(t: float) -> float:
    return math.exp(-0.5 * t * t) / math.sqrt(2.0 * math.pi)


def _check(df: float) -> None:
    if math.isnan(df) or df <= 0:
        raise RuleError("bad_degrees_of_freedom", df=df)


def t_upper(t: float, df: float) -> float:
    """Return the probability above ``t`` for Student's t with ``df`` degrees of freedom (any positive number).

    Raises RuleError ``bad_degrees_of_freedom`` and ``bad_numbers`` (t is NaN).
    """
    _check(df)
    if math.isnan(t):
        raise RuleError("bad_numbers", name="t")
    if t < 0:
        return 1.0 - t_upper(-t, df)
    if math.isinf(t):
        return 0.0
    if df > _NEARLY_NORMAL:
        return 0.5 * math.erfc(t / math.sqrt(2.0)) + (t**3 + t) * _density(t) / (4.0 * df)
    half, ratio = df / 2.0, t * t / df
    if ratio == 0.0:
        return 0.5
    x, rest = 1.0 / (1.0 + ratio), 1.0 / (1.0 + 1.0 / ratio)
    front = math.exp(_log_gamma_step(half) - 0.5 * math.log(math.pi) - half * math.log1p(ratio)) * math.sqrt(
        rest
    )
    if x < (half + 1.0) / (half + 2.5):
        return 0.5 * front * _fraction(half, 0.5, x) / half
    return 0.5 - front * _fraction(0.5, half, rest)


def t_cdf(t: float, df: float) -> float:
    """Return the probability at or below ``t``; errors as ``t_upper``."""
    return t_upper(-t, df)


def two_sided(t: float, df: float) -> float:
    """Return the two-sided p-value of a t statistic; errors as ``t_upper``."""
    return 2.0 * t_upper(abs(t), df)


def _t_density(t: float, df: float) -> float:
    half = df / 2.0
    return math.exp(
        _log_gamma_step(half) - 0.5 * math.log(math.pi * df) - (half + 0.5) * math.log1p(t * t / df)
    )


@lru_cache(maxsize=4096)
def t_quantile(probability: float, df: float) -> float:
    """Return the t with ``probability`` (0 < p < 1) below it; RuleError ``bad_probability`` outside.

    Brackets the answer by doubling, then Newton's steps, halving the bracket wherever a step would leave it.
    """
    _check(df)
    if not 0.0 < probability < 1.0:
        raise RuleError("bad_probability", probability=probability)
    if probability < 0.5:
        return -t_quantile(1.0 - probability, df)
    above = 1.0 - probability
    low, high = 0.0, 1.0
    while t_upper(high, df) > above:
        low, high = high, 2.0 * high
    t = high
    for _ in range(_STEPS):
        excess = t_upper(t, df) - above
        low, high = (t, high) if excess > 0 else (low, t)
        density = _t_density(t, df)
        step = t + excess / density if density else low
        following = step if low < step < high else 0.5 * (low + high)
        if abs(following - t) <= 4e-16 * t:
            return following
        t = following
    return t
