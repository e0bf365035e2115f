"""Weighted least squares with cluster-robust variances and small-sample degrees of freedom.

Notation as in Pustejovsky and Tipton (2018, Journal of Business and Economic Statistics 36): design X (n x p), weights
W (diagonal), M = (X'WX)^-1, hat matrix H = XMX'W, clusters i = 1..m. The variance is
M (sum_i X_i'W_i A_i e_i e_i' A_i W_i X_i) M with residuals e and, by name,

* CR0  A_i = I (Liang and Zeger 1986)
* CR1  the same times m/(m-1)
* CR2  A_i = {[(I-H)(I-H)']_ii}^(-1/2), unbiased when the rows are independent with equal variance (Bell and
  McCaffrey 2002; the working model behind weights that are sampling weights)

Degrees of freedom are Satterthwaite's under that working model, for the same A_i. Nothing of size n x n or
(cluster size) x (cluster size) is ever formed: [(I-H)(I-H)']_ii is the identity plus a matrix of rank at most 2p.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from tradeoff_desktop.errors import RuleError
from tradeoff_desktop.findings.numbers import (
    Index,
    Matrix,
    Names,
    Vector,
    finite,
    levels_of,
    same_length,
    vector,
    weight_vector,
)
from tradeoff_desktop.findings.student import t_quantile

VARIANCES = ("CR0", "CR1", "CR2")
_RANK = 1e-9  # a column whose unexplained part is smaller than this share of it says nothing new
_FLAT = 1e-12  # an eigenvalue below this is nought: the cluster has a coefficient to itself
_ROOM = 2_000_000  # numbers held at once for one batch of clusters


@dataclass(frozen=True, slots=True, eq=False)
class Estimates:
    """Estimates in one order: names, values, standard errors, degrees of freedom, 95 % limits, variance name."""

    labels: NDArray[np.str_]
    estimate: Vector
    standard_error: Vector
    df: Vector
    low: Vector
    high: Vector
    variance: str


class _Fit(NamedTuple):
    """A fitted weighted regression."""

    design: Matrix
    weights: Vector
    inverse: Matrix  # M, p x p
    coefficients: Vector
    residuals: Vector


class _Sums:
    """What variance and degrees of freedom are made of, per contrast (q), summed over clusters.

    ``score``: (c'M X_i'W_i A_i e_i)^2. With u_i = A_i W_i X_i M c and f_i = [X_i'u_i, X_i'W_i u_i]: ``own``: |u_i|^2
    and ``own_squared``: its square; ``gram``: f_i f_i'; ``cross``: |u_i|^2 f_i'S f_i.
    """

    def __init__(self, contrasts: int, width: int) -> None:
        self.score, self.own, self.own_squared, self.cross = np.zeros((4, contrasts))
        self.gram = np.zeros((contrasts, 2 * width, 2 * width))

    def add(self, towards: NDArray[np.float64], batch: "_Batch", kernel: Matrix) -> None:
        """Add a batch of clusters; ``towards`` is u, b x n_i x q."""
        self.score += (np.einsum("bnq,bn->bq", towards, batch.residuals) ** 2).sum(axis=0)
        own = (towards**2).sum(axis=1)
        self.own += own.sum(axis=0)
        self.own_squared += (own**2).sum(axis=0)
        turned = towards.transpose(0, 2, 1)
        pair = [turned @ batch.design, (turned * batch.weights[:, None, :]) @ batch.design]
        thin = np.concatenate(pair, axis=2).transpose(1, 0, 2)  # q x b x 2p
        self.cross += (own.T * ((thin @ kernel) * thin).sum(axis=2)).sum(axis=1)
        self.gram += thin.transpose(0, 2, 1) @ thin


class _Batch(NamedTuple):
    """Clusters of equal size: b x n_i x p, b x n_i, b x n_i."""

    design: NDArray[np.float64]
    weights: Matrix
    residuals: Matrix


def cluster_robust(
    design: ArrayLike,
    outcome: ArrayLike,
    *,
    clusters: Names,
    weights: ArrayLike | None = None,
    variance: str = "CR2",
    contrasts: Mapping[str, ArrayLike] | ArrayLike | None = None,
) -> Estimates:
    """Estimate linear contrasts of a weighted regression with a cluster-robust variance.

    ``design``: n x p numbers, no intercept is added; ``outcome``: n numbers; ``clusters``: n names; ``weights``: n
    positive sampling weights, in any unit; ``contrasts``: q x p, or {name: p numbers}; each coefficient by default,
    named "column 1" onwards. A standard error that the clusters give no ground for (a level in one cluster only) is NaN,
    and so are its degrees of freedom and limits. Estimates and limits are in the unit of the outcome. Formulas: module docstring.
    Raises RuleError ``bad_numbers``, ``bad_shape``, ``empty_data``, ``length_mismatch``, ``bad_weights``,
    ``missing_level``, ``unknown_variance``, ``too_few_clusters`` and ``not_separable`` (linearly dependent columns).
    """
    columns = _matrix(design, "design")
    measured = vector(outcome, "outcome")
    same_length(len(measured), len(columns), "design")
    check_variance(variance)
    groups = levels_of(clusters, "clusters")
    same_length(len(measured), len(groups.codes), "clusters")
    if len(groups.names) < 2:
        raise RuleError("too_few_clusters", clusters=len(groups.names), needed=2)
    labels, wanted = _contrasts(contrasts, columns.shape[1])
    fit = _fit(columns, measured, weight_vector(weights, len(measured)))
    return _estimate(fit, wanted, labels, groups.codes, variance)


def _matrix(values: ArrayLike, name: str) -> Matrix:
    found = finite(values, name, dimensions=2)
    if not found.shape[1]:
        raise RuleError("bad_shape", name=name, dimensions=1)
    return found


def check_variance(variance: object) -> None:
    """Raise RuleError ``unknown_variance`` unless this is the name of a variance."""
    if not isinstance(variance, str) or variance not in VARIANCES:
        raise RuleError("unknown_variance", variance=variance)


def _contrasts(given: Mapping[str, Any] | ArrayLike | None, width: int) -> tuple[list[str], Matrix]:
    """Return names and a q x p matrix of contrasts."""
    if given is None:
        return [f"column {place + 1}" for place in range(width)], np.eye(width)
    wanted = _matrix(list(given.values()) if isinstance(given, Mapping) else given, "contrasts")
    same_length(width, wanted.shape[1], "contrasts")
    numbered = (f"contrast {place + 1}" for place in range(len(wanted)))
    return [str(name) for name in given] if isinstance(given, Mapping) else list(numbered), wanted


def _fit(design: Matrix, outcome: Vector, weights: Vector) -> _Fit:
    """Fit by QR on columns scaled to length one, so that units do not decide what counts as dependent."""
    roots = np.sqrt(weights)
    scale = np.sqrt((weights[:, None] * design**2).sum(axis=0))
    if len(design) < design.shape[1] or not scale.all():
        raise RuleError("not_separable", columns=design.shape[1], rows=len(design))
    basis, triangle = np.linalg.qr(design * roots[:, None] / scale)
    if np.abs(np.diag(triangle)).min() < _RANK:
        raise RuleError("not_separable", columns=design.shape[1], rows=len(design))
    back = np.linalg.solve(triangle, np.eye(len(triangle))) / scale[:, None]
    coefficients = back @ (basis.T @ (outcome * roots))
    return _Fit(design, weights, back @ back.T, coefficients, outcome - design @ coefficients)


def _estimate(fit: _Fit, contrasts: Matrix, labels: list[str], codes: Index, variance: str) -> Estimates:
    count = int(codes.max()) + 1
    kernel, sums = _kernel(fit), _Sums(*contrasts.shape)
    aims = fit.inverse @ contrasts.T  # p x q
    for rows in _batches(codes, contrasts.size):
        batch = _Batch(fit.design[rows], fit.weights[rows], fit.residuals[rows])
        towards = batch.weights[:, :, None] * (batch.design @ aims)  # W_i X_i M c
        sums.add(_adjusted(batch, kernel, towards) if variance == "CR2" else towards, batch, kernel)
    df = _degrees_of_freedom(sums, kernel)
    factor = count / (count - 1) if variance == "CR1" else 1.0
    error = np.where(np.isnan(df), np.nan, np.sqrt(factor * sums.score))
    estimate = contrasts @ fit.coefficients
    reach = error * np.array([np.nan if np.isnan(each) else t_quantile(0.975, each) for each in df])
    return Estimates(np.array(labels), estimate, error, df, estimate - reach, estimate + reach, variance)


def _batches(codes: Index, width: int) -> Iterator[Index]:
    """Yield the rows (b x n_i) of clusters of equal size, so many at a time as memory should hold."""
    order = np.argsort(codes, kind="stable")
    sizes = np.bincount(codes)
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    for size in np.unique(sizes):
        first_rows = starts[sizes == size]
        step = max(1, _ROOM // int(2 * width + size * width**0.5))
        for first in range(0, len(first_rows), step):
            yield order[first_rows[first : first + step, None] + np.arange(size)]


def _kernel(fit: _Fit) -> Matrix:
    """Return S with [(I-H)(I-H)']_ii = I + F_i S F_i', F_i = [X_i, W_i X_i] (2p x 2p)."""
    width = len(fit.inverse)
    square = fit.inverse @ (fit.design.T * fit.weights**2) @ fit.design @ fit.inverse
    return np.block([[square, -fit.inverse], [-fit.inverse, np.zeros((width, width))]])


def _adjusted(batch: _Batch, kernel: Matrix, towards: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return A_i times ``towards`` for a batch of clusters.

    With F_i = Q R, A_i = I + Q ((I + R S R')^(-1/2) - I) Q'; eigenvalues of nought stay nought (Moore-Penrose).
    """
    basis, triangle = np.linalg.qr(
        np.concatenate([batch.design, batch.weights[:, :, None] * batch.design], axis=2)
    )
    core = triangle @ kernel @ triangle.transpose(0, 2, 1)
    values, turns = np.linalg.eigh(np.eye(core.shape[1]) + (core + core.transpose(0, 2, 1)) / 2)
    roots = np.where(values > _FLAT, 1.0 / np.sqrt(np.maximum(values, _FLAT)), 0.0)
    inside = turns.transpose(0, 2, 1) @ (basis.transpose(0, 2, 1) @ towards)
    return towards + basis @ (turns @ ((roots - 1.0)[:, :, None] * inside))


def _degrees_of_freedom(sums: _Sums, kernel: Matrix) -> Vector:
    """Return Satterthwaite's degrees of freedom, 2 E(V)^2 / Var(V), for each contrast.

    With g_i = (I-H)_i'u_i the variance estimate is sum_i (g_i'y)^2, so that df = (sum_i P_ii)^2 / sum_ij P_ij^2 with
    P_ij = g_i'g_j, which is a diagonal plus f_i'S f_j. NaN where the clusters leave nothing to estimate from: a level
    that occurs in one cluster only, for example.
    """
    turned = kernel @ sums.gram  # q x 2p x 2p
    trace = sums.own + np.trace(turned, axis1=1, axis2=2)
    squares = sums.own_squared + 2 * sums.cross + (turned * turned.transpose(0, 2, 1)).sum(axis=(1, 2))
    df = np.full(len(trace), np.nan)
    np.divide(trace**2, squares, out=df, where=trace > _RANK * sums.own)
    return df
