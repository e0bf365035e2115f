"""Tests between workshops, and what several tests at once do to their p-values."""

import math
from fractions import Fraction
from hashlib import sha256
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from tradeoff_desktop.errors import RuleError
from tradeoff_desktop.findings.numbers import Vector, vector, whole
from tradeoff_desktop.findings.student import t_quantile, two_sided

_ENUMERATED = 20  # values up to which every sign pattern is tried
_CELLS = 4_000_000  # width at which the exact count over whole numbers stops being worth its memory
_MOST_DRAWS = 10_000_000
_BATCH = 2_000_000  # random signs drawn at once


class MeanTest(NamedTuple):
    """The mean of one number per cluster, tested against nought: two-sided p and the 95 % interval."""

    mean: float
    standard_error: float
    df: float
    p: float
    low: float
    high: float


def cluster_mean_test(values: ArrayLike) -> MeanTest:
    """Test whether clusters differ from nought on average: t with G-1 degrees of freedom on G cluster means.

    ``values``: one number per cluster (workshop), G of them, in any unit; the interval is in the same unit.
    Valid with few clusters and unequal cluster sizes (Ibragimov and Mueller 2010, JBES 28; 2016, REStat 98).
    Where all values are equal the interval has no width, and p is 1 at nought and 0 elsewhere.
    Raises RuleError ``bad_numbers``, ``empty_data`` and ``too_few_clusters`` (fewer than two).
    """
    found = vector(values, "values")
    count = len(found)
    if count < 2:
        raise RuleError("too_few_clusters", clusters=count, needed=2)
    mean = math.fsum(found) / count
    error = math.sqrt(math.fsum((found - mean) ** 2) / (count - 1) / count)
    p = two_sided(mean / error, count - 1) if error else float(not mean)
    reach = t_quantile(0.975, count - 1) * error
    return MeanTest(mean, error, float(count - 1), p, mean - reach, mean + reach)


def detectable_shift(standard_error: float, df: float) -> float:
    """Return the shift that a 5 % test with this standard error finds four times in five: (t.975 + t.80) SE."""
    return (t_quantile(0.975, df) + t_quantile(0.8, df)) * standard_error


def sign_flip(differences: ArrayLike, *, seed: int | None = None, draws: int = 99_999) -> float:
    """Return the two-sided p-value of the sign-flip test of a symmetric distribution around nought.

    ``differences``: one number per person or workshop. The statistic is the absolute sum; a pattern of signs counts
    as a hit where it is at least as large (Fisher 1935; Pesarin and Salmaso 2010, chapter 1).
    Exact for differences on a common grid (whole numbers, say) of any number, by counting sums one value at a time,
    and for any differences up to 20 by trying every pattern. Otherwise ``draws`` random patterns by PCG64 from
    ``seed``, p = (1 + hits) / (1 + draws); without a seed one is derived from the values, so that the same values
    give the same p in any order.
    Raises RuleError ``bad_numbers``, ``empty_data``, ``bad_draws`` (not a whole number from 1 to ten million) and
    ``bad_seed`` (not a whole number from 0).
    """
    found = np.sort(vector(differences, "differences"))
    count = whole(draws)
    if count is None or not 1 <= count <= _MOST_DRAWS:
        raise RuleError("bad_draws", draws=draws)
    start = None if seed is None else whole(seed)
    if seed is not None and (start is None or start < 0):
        raise RuleError("bad_seed", seed=seed)
    signed = found[found != 0]
    sizes = np.abs(signed)
    if not len(sizes):
        return 1.0
    grid = _on_grid(sizes)
    if grid is not None:
        return _by_counting(
            grid, abs(sum(int(np.sign(d)) * size for d, size in zip(signed, grid, strict=True)))
        )
    # Sums that differ by rounding alone are the same sum.
    bar = abs(math.fsum(found)) - 1e-12 * math.fsum(sizes)
    if len(sizes) <= _ENUMERATED:
        return _by_enumeration(sizes, bar)
    if start is None:
        start = int.from_bytes(sha256(found.tobytes()).digest()[:16], "big")
    return _by_drawing(sizes, bar, start, count)


def _on_grid(sizes: Vector) -> list[int] | None:
    """Return the sizes as whole multiples of a common step, or None where there is none worth counting on.

    Decimals such as 1.9 - 0.7 miss their grid by rounding; that much is forgiven.
    """
    fractions = [Fraction(size).limit_denominator(1000) for size in sizes.tolist()]
    if (
        max(abs(float(near) - size) for near, size in zip(fractions, sizes, strict=True))
        > 1e-10 * sizes.max()
    ):
        return None
    step = math.lcm(*(fraction.denominator for fraction in fractions))
    whole = [int(fraction * step) for fraction in fractions]
    common = math.gcd(*whole)
    whole = [value // common for value in whole] if common else whole
    return whole if min(whole) and sum(whole) * len(whole) <= _CELLS else None


def _by_counting(sizes: list[int], bar: int) -> float:
    """Count the sign patterns with |sum| >= bar: the distribution of the sum, one value at a time, in exact ints."""
    total = sum(sizes)
    # ways[s] is the number of subsets with sum s; the signed sum of a pattern is 2 s - total.
    ways = np.zeros(total + 1, dtype=object)
    ways[0] = 1
    reached = 0
    for size in sizes:
        ways[size : reached + size + 1] = ways[size : reached + size + 1] + ways[: reached + 1].copy()
        reached += size
    signed = np.abs(2 * np.arange(total + 1) - total)
    return float(Fraction(int(ways[signed >= bar].sum()), 2 ** len(sizes)))


def _by_enumeration(sizes: Vector, bar: float) -> float:
    """Try every pattern; half of them suffice, the others are their mirror images."""
    sums = np.array([sizes[0]])
    for size in sizes[1:]:
        sums = np.concatenate([sums + size, sums - size])
    return float(np.count_nonzero(np.abs(sums) >= bar) / len(sums))


def _by_drawing(sizes: Vector, bar: float, seed: int, draws: int) -> float:
    generator = np.random.Generator(np.random.PCG64(seed))
    total, width = math.fsum(sizes), -(-len(sizes) // 8)
    hits, left = 0, draws
    while left:
        batch = min(left, max(1, _BATCH // len(sizes)))
        bits = np.frombuffer(generator.bytes(batch * width), dtype=np.uint8).reshape(batch, width)
        signs = np.unpackbits(bits, axis=1, count=len(sizes), bitorder="little")
        hits += int(np.count_nonzero(np.abs(2.0 * (signs @ sizes) - total) >= bar))
        left -= batch
    return (1 + hits) / (1 + draws)


def _probabilities(p: ArrayLike) -> Vector:
    found = vector(p, "p")
    if found.min() < 0 or found.max() > 1:
        raise RuleError("bad_probability", probability=float(found[(found < 0) | (found > 1)][0]))
    return found


def holm(p: ArrayLike) -> Vector:
    """Return the p-values adjusted by Holm (1979, Scandinavian Journal of Statistics 6), in the order given.

    Raises RuleError ``bad_numbers``, ``empty_data``, ``bad_probability`` (outside 0 to 1).
    """
    found = _probabilities(p)
    order = np.argsort(found, kind="stable")
    stepped = np.maximum.accumulate(found[order] * np.arange(len(found), 0, -1))
    adjusted = np.empty_like(found)
    adjusted[order] = np.minimum(1.0, stepped)
    return adjusted


def benjamini_hochberg(p: ArrayLike) -> Vector:
    """Return the p-values adjusted for the false discovery rate (Benjamini and Hochberg 1995, JRSS B 57).

    In the order given; errors as ``holm``.
    """
    found = _probabilities(p)
    count = len(found)
    order = np.argsort(found, kind="stable")[::-1]
    stepped = np.minimum.accumulate(found[order] * count / np.arange(count, 0, -1))
    adjusted = np.empty_like(found)
    adjusted[order] = np.minimum(1.0, stepped)
    return adjusted
