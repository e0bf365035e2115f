"""What the engine accepts: finite numbers, whole columns, named levels. Anything else is refused with a reason."""

from collections.abc import Hashable, Iterable
from operator import ne
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from tradeoff_desktop.errors import RuleError

Vector = NDArray[np.float64]
Matrix = NDArray[np.float64]
Index = NDArray[np.int64]
Names = Iterable[Any]  # one name per row: a list, a tuple or a numpy array


def vector(values: ArrayLike, name: str) -> Vector:
    """Return a one-dimensional float array; RuleError ``bad_numbers`` (not numbers, NaN, infinite), ``empty_data``."""
    try:
        found = np.asarray(values, dtype=float)
    except (TypeError, ValueError) as error:
        raise RuleError("bad_numbers", name=name) from error
    if found.ndim != 1:
        raise RuleError("bad_shape", name=name, dimensions=found.ndim)
    if not len(found):
        raise RuleError("empty_data", name=name)
    if not np.isfinite(found).all():
        raise RuleError("bad_numbers", name=name, row=int(np.flatnonzero(~np.isfinite(found))[0]))
    return found


def same_length(expected: int, found: int, name: str) -> None:
    """Raise RuleError ``length_mismatch`` unless both columns have as many rows."""
    if expected != found:
        raise RuleError("length_mismatch", name=name, expected=expected, found=found)


def weight_vector(weights: ArrayLike | None, count: int) -> Vector:
    """Return the weights, all one where none are given; RuleError ``bad_weights`` where one is zero or negative."""
    if weights is None:
        return np.ones(count)
    found = vector(weights, "weights")
    same_length(count, len(found), "weights")
    if found.min() <= 0:
        raise RuleError("bad_weights", row=int(found.argmin()))
    return found


class Levels(NamedTuple):
    """A column of names: the distinct names in order, and the place of each row's name among them."""

    names: tuple[str, ...]
    codes: Index


def levels_of(values: Names, name: str) -> Levels:
    """Code a column of names; numbers are ordered by size, everything else by its text.

    Raises RuleError ``missing_level`` (None or NaN), ``ambiguous_level`` (1 and "1" in one column), ``empty_data``,
    ``bad_shape``.
    """
    column = _plain(values, name)
    distinct = dict.fromkeys(column)
    ordered = _ordered(list(distinct))
    names = tuple(str(level) for level in ordered)
    if len(set(names)) < len(names):
        raise RuleError("ambiguous_level", name=name)
    place = {level: code for code, level in enumerate(ordered)}
    return Levels(names, np.fromiter((place[level] for level in column), dtype=np.int64, count=len(column)))


def _plain(values: Names, name: str) -> list[Hashable]:
    """Return the column as plain Python values, numpy scalars unpacked, missing ones refused."""
    if isinstance(values, np.ndarray) and values.ndim != 1:
        raise RuleError("bad_shape", name=name, dimensions=values.ndim)
    try:
        column: list[Hashable] = values.tolist() if isinstance(values, np.ndarray) else list(values)
        missing = next((row for row, level in enumerate(column) if is_missing(level)), None)
    except TypeError as error:
        raise RuleError("bad_shape", name=name) from error
    if missing is not None:
        raise RuleError("missing_level", name=name, row=missing)
    if not column:
        raise RuleError("empty_data", name=name)
    return column


def is_missing(level: object) -> bool:
    """Say whether a level stands for nothing: None, or a value that differs from itself (NaN, NaT)."""
    hash(level)
    return level is None or bool(ne(level, level))


def _ordered(distinct: list[Hashable]) -> list[Hashable]:
    numbers = [level for level in distinct if isinstance(level, int | float)]
    if len(numbers) == len(distinct):
        return [*sorted(numbers)]
    return sorted(distinct, key=str)
