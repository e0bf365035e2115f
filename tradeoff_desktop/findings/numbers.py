"""What the engine accepts: finite numbers, whole columns, named levels. Anything else is refused with a reason."""

import math
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


_LARGEST = 1e140  # the squares of larger numbers, and sums of them, may be no numbers any more


def vector(values: ArrayLike, name: str) -> Vector:
    """Return a one-dimensional float array; errors as ``finite``, and RuleError ``empty_data``."""
    found = finite(values, name, dimensions=1)
    if not len(found):
        raise RuleError("empty_data", name=name)
    return found


def finite(values: ArrayLike, name: str, *, dimensions: int) -> NDArray[np.float64]:
    """Return a float array; RuleError ``bad_shape``, ``bad_numbers`` (no numbers, NaN, infinite, masked, beyond 1e140)."""
    try:
        raw = values if isinstance(values, np.ma.MaskedArray) else np.asarray(values)
        if raw.dtype.kind in "cmMV":  # complex numbers, times and records would lose what they are without a word
            raise RuleError("bad_numbers", name=name)
        found = np.asarray(raw, dtype=float)
    except (TypeError, ValueError, OverflowError) as error:
        raise RuleError("bad_numbers", name=name) from error
    if found.ndim != dimensions:
        raise RuleError("bad_shape", name=name, dimensions=found.ndim)
    bad = ~(np.abs(found) <= _LARGEST) | np.ma.getmaskarray(raw)
    if bad.any():
        raise RuleError("bad_numbers", name=name, row=int(np.argwhere(bad)[0, 0]))
    return found


def whole(value: object) -> int | None:
    """Return a whole number as an int, whatever its type; None for anything else, truth values included."""
    if isinstance(value, bool | np.bool_) or not isinstance(value, int | float | np.integer | np.floating):
        return None
    return int(value) if isinstance(value, int | np.integer) or (math.isfinite(value) and value == int(value)) else None


def same_length(expected: int, found: int, name: str) -> None:
    """Raise RuleError ``length_mismatch`` unless both columns have as many rows."""
    if expected != found:
        raise RuleError("length_mismatch", name=name, expected=expected, found=found)


def weight_vector(weights: ArrayLike | None, count: int) -> Vector:
    """Return the weights, all one where none are given; RuleError ``bad_weights`` where one is not above zero."""
    if weights is None:
        return np.ones(count)
    found = vector(weights, "weights")
    same_length(count, len(found), "weights")
    if found.min() < 1 / _LARGEST:
        raise RuleError("bad_weights", row=int(found.argmin()))
    return found


class Levels(NamedTuple):
    """A column of names: the distinct names in order, and the place of each row's name among them.

    ``given``: the levels as they came, in the same order; 1 and 1.0 are one level.
    """

    names: tuple[str, ...]
    codes: Index
    given: tuple[Hashable, ...]

    def place(self, level: object) -> int | None:
        """Return the place of a level, given as it stands in the data or by its name; None where it does not occur."""
        known = {(each, _is_truth(each)): place for place, each in enumerate(self.given)}
        try:
            found = known.get((level, _is_truth(level)))
        except TypeError:  # a list or an array, which is no level
            return None
        by_name = self.names.index(str(level)) if str(level) in self.names else None
        return by_name if found is None else found


def levels_of(values: Names, name: str) -> Levels:
    """Code a column of names; numbers are ordered by size, everything else by its text.

    Raises RuleError ``missing_level`` (None or NaN), ``ambiguous_level`` (1 and "1", or 1 and True, in one column), ``empty_data``,
    ``bad_shape``.
    """
    column = _plain(values, name)
    distinct = dict.fromkeys(column)
    ordered = _ordered(list(distinct))
    names = tuple(str(level) for level in ordered)
    truths = {_is_truth(level) for level in column if isinstance(level, int | float | np.bool_)}
    if len(set(names)) < len(names) or len(truths) > 1:
        raise RuleError("ambiguous_level", name=name)
    place = {level: code for code, level in enumerate(ordered)}
    return Levels(names, np.fromiter((place[level] for level in column), dtype=np.int64, count=len(column)), tuple(ordered))


def _is_truth(level: object) -> bool:
    return isinstance(level, bool | np.bool_)


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
    """Say whether a level stands for nothing: None, masked, or not equal to itself (NaN, NaT, pandas' NA)."""
    if level is np.ma.masked:
        return True
    hash(level)
    differs = ne(level, level)
    return level is None or not isinstance(differs, bool | np.bool_) or bool(differs)


def _ordered(distinct: list[Hashable]) -> list[Hashable]:
    numbers = [level for level in distinct if isinstance(level, int | float)]
    if len(numbers) == len(distinct):
        return [*sorted(numbers)]
    return sorted(distinct, key=str)
