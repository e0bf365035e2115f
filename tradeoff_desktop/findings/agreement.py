"""Agreement: van der Eijk's A for opinions on an ordered scale, Krippendorff's alpha for coding reliability."""

import math
from collections.abc import Callable, Iterable, Iterator
from functools import cache, lru_cache
from itertools import chain as chained
from itertools import combinations, product
from typing import Any, Literal

import numpy as np
from numpy.typing import ArrayLike

from tradeoff_desktop.errors import RuleError
from tradeoff_desktop.findings.numbers import Matrix, Vector, is_missing, vector

_MOST_WAYS = 20_000  # of sharing people among categories, before nothing is said
AgreementWord = Literal["broad agreement", "mixed", "divided", ""]
_WORDS: tuple[tuple[float, AgreementWord], ...] = (
    (0.6, "broad agreement"),
    (0.2, "mixed"),
    (-math.inf, "divided"),
)


def agreement_words(value: float) -> AgreementWord:
    """Return A in words: from .6 broad agreement, from .2 mixed, below divided. The cut-points are ours."""
    return next(word for bar, word in _WORDS if value >= bar)


@lru_cache(maxsize=4096)
def agreement_told(blocks: tuple[tuple[int, int], ...]) -> str:
    """Return what printed blocks settle about A in words, "" where they settle nothing.

    ``blocks``: (categories, people) of each block, in order. A is found for every way in which the people may be shared
    among the categories of their blocks, so the words tell nothing that the printed counts do not.
    """
    ways = math.prod(math.comb(people + categories - 1, people) for categories, people in blocks)
    if not sum(people for _, people in blocks) or ways > _MOST_WAYS:
        return ""
    shares = product(*(_shared(categories, people) for categories, people in blocks))
    words = {agreement_words(_peeled(tuple(chained.from_iterable(one)))) for one in shares}
    if len(words) == 1:
        return words.pop()
    return {"broad agreement": "no broad agreement", "divided": "not divided"}.get(_missing(words), "")


def _missing(words: set[AgreementWord]) -> str:
    return next((word for _, word in _WORDS if word not in words), "")


def _shared(categories: int, people: int) -> Iterator[tuple[int, ...]]:
    """Yield every way to share people among categories."""
    if categories == 1:
        yield (people,)
        return
    for first in range(people + 1):
        for rest in _shared(categories - 1, people - first):
            yield (first, *rest)


def _peeled(counts: tuple[int, ...]) -> float:
    """Return A of whole counts."""
    left, total, found = list(counts), sum(counts), 0.0
    while any(left):
        touched = tuple(count > 0 for count in left)
        height = min(count for count in left if count)
        found += _layer_agreement(touched) * height * sum(touched)
        left = [count - height if count else 0 for count in left]
    return found / total


def agreement(counts: ArrayLike) -> float:
    """Return van der Eijk's agreement A, from -1 (two opposed halves) over 0 (even) to 1 (all alike).

    ``counts``: people (or weights) in each of k ordered categories, k at least 2. The distribution is peeled into
    layers that are even over the categories they touch; A is the mean of the layers' agreement, weighted by their
    size (van der Eijk 2001, Quality and Quantity 35).
    Raises RuleError ``bad_numbers``, ``bad_counts`` (negative, or nobody at all) and ``bad_scale`` (one category).
    """
    left = vector(counts, "counts").copy()
    total = math.fsum(left)
    if left.min() < 0 or total <= 0:
        raise RuleError("bad_counts")
    if len(left) < 2:
        raise RuleError("bad_scale", points=len(left))
    parts = []
    while left.max() > 1e-12 * total:
        touched = left > 1e-12 * total
        height = left[touched].min()
        parts.append(_layer_agreement(tuple(touched.tolist())) * height * int(touched.sum()))
        left = np.where(touched, left - height, 0.0)
    return math.fsum(parts) / total


@cache
def _layer_agreement(touched: tuple[bool, ...]) -> float:
    """Return U (1 - (S-1)/(K-1)) of an even layer that touches S of K categories."""
    points, size = len(touched), sum(touched)
    if size == 1:
        return 1.0
    if size == points:
        return 0.0
    one_peaked = two_peaked = 0
    for low, middle, high in combinations(touched, 3):
        two_peaked += low and high and not middle
        one_peaked += middle and low != high
    unimodality = ((points - 2) * one_peaked - (points - 1) * two_peaked) / (
        (points - 2) * (one_peaked + two_peaked)
    )
    return unimodality * (1 - (size - 1) / (points - 1))


def krippendorff_alpha(ratings: Iterable[Iterable[Any]], *, level: str = "nominal") -> float:
    """Return Krippendorff's alpha: 1 - observed / expected disagreement between coders.

    ``ratings``: one row per coder, one column per unit; None or NaN where a coder did not code the unit. Values are
    any names for ``level`` "nominal", numbers for "ordinal" and "interval". Units coded once say nothing and drop
    out. By coincidence matrix (Krippendorff 2019, Content Analysis, chapter 12).
    Raises RuleError ``unknown_measure``, ``bad_shape`` (rows of unequal length), ``bad_numbers`` (a name where a
    number is needed), ``empty_data`` (no unit coded twice) and ``no_variation`` (one value throughout: undefined).
    """
    measures: dict[str, Callable[[list[Any], Vector], Matrix]] = {
        "nominal": _nominal,
        "ordinal": _ordinal,
        "interval": _interval,
    }
    if not isinstance(level, str) or level not in measures:
        raise RuleError("unknown_measure", measure=level)
    units = [unit for unit in _units(ratings, numeric=level != "nominal") if len(unit) > 1]
    if not units:
        raise RuleError("empty_data", name="ratings")
    distinct = {value for unit in units for value in unit}
    values = sorted(distinct, key=str if level == "nominal" else None)
    place = {value: code for code, value in enumerate(values)}
    together = np.zeros((len(values), len(values)))
    for unit in units:
        tally = np.bincount([place[value] for value in unit], minlength=len(values)).astype(float)
        together += (np.outer(tally, tally) - np.diag(tally)) / (len(unit) - 1)
    margins = together.sum(axis=0)
    distance = measures[level](values, margins)
    expected = float((np.outer(margins, margins) * distance).sum())
    if len(values) < 2:
        raise RuleError("no_variation")
    return 1.0 - (float(margins.sum()) - 1.0) * float((together * distance).sum()) / expected


def _units(ratings: Iterable[Iterable[Any]], *, numeric: bool) -> list[list[Any]]:
    """Return the values each unit was given, missing ones left out."""
    try:
        rows = [list(row) for row in ratings]
    except TypeError as error:
        raise RuleError("bad_shape", name="ratings") from error
    if len({len(row) for row in rows}) != 1:
        raise RuleError("bad_shape", name="ratings")
    try:
        kept = [[value for value in unit if not is_missing(value)] for unit in zip(*rows, strict=True)]
    except (TypeError, ValueError) as error:  # lists, arrays and records are no names
        raise RuleError("bad_shape", name="ratings") from error
    return [vector(unit, "ratings").tolist() if unit else [] for unit in kept] if numeric else kept


def _nominal(values: list[Any], _margins: Vector) -> Matrix:
    return 1.0 - np.eye(len(values))


def _interval(values: list[Any], _margins: Vector) -> Matrix:
    points = np.array(values, dtype=float)
    return np.asarray((points[:, None] - points[None, :]) ** 2)


def _ordinal(_values: list[Any], margins: Vector) -> Matrix:
    """Square of the coded values that lie between two ranks, the ends counted half."""
    middle = np.cumsum(margins) - margins / 2
    return np.asarray((middle[:, None] - middle[None, :]) ** 2)
