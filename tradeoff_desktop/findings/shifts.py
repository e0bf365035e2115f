"""Shifts across workshops: the primary shift of each axis, net movers, and the change from start to end.

A workshop's value is the mean over people within a flip, then over the flips of a scenario, then over scenarios with
equal weight; it enters with five people who rated both. Across workshops every value counts the same (E1 to E4 and E9
of the findings page).
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256

import numpy as np
from numpy.typing import NDArray

from tradeoff_desktop.findings.answers import BALANCE, Study
from tradeoff_desktop.findings.board import Board, Plan
from tradeoff_desktop.findings.family import NET, STEP
from tradeoff_desktop.findings.inference import detectable_shift, holm, sign_flip
from tradeoff_desktop.findings.ladder import ENTER_FROM, PREDICT_FROM, PooledMean, pooled_mean
from tradeoff_desktop.findings.pool import Pool, Term
from tradeoff_desktop.findings.student import t_quantile


@dataclass(frozen=True, slots=True)
class AxisShift:
    """The primary test of one axis: the shift towards its declared contrast, in points of the balance scale.

    ``net`` is the share moved towards benefit less the share moved towards risk. ``holm``: p over the declared axes.
    ``sign_flip``: exact robustness check. ``detectable``: the shift found four times in five. ``spread`` (between
    workshops) and ``prediction`` (95 % range for another workshop) from twenty workshops. ``mixed``: shift and net
    movers disagree in direction. ``towards_risk``, ``towards_benefit``: workshops by the sign of their shift, None where that
    would give one of them away.
    """

    axis: str
    words: str
    shift: PooledMean
    net: PooledMean
    holm: float | None
    sign_flip: float | None
    detectable: float | None
    spread: float | None
    prediction: tuple[float, float] | None
    mixed: bool
    towards_risk: int | None
    towards_benefit: int | None
    same_order: bool


@dataclass(frozen=True, slots=True)
class EndShift:
    """The change from start to end in one scenario (exploratory)."""

    scenario: str
    shift: PooledMean
    net: PooledMean


class Shift:
    """Workshop values of a set of comparisons, and what they are made of.

    ``values`` and ``nets``: one per workshop that enters (``rooms``), signed by ``flip_signs``; ``noise``: the sampling
    variance of each value, from the spread between its people.
    """

    def __init__(self, board: Board, plans: Sequence[Plan], signs: Sequence[int]) -> None:
        self.board, self.plans, self.flip_signs = board, plans, signs
        self._changes = [_signed(board.study, plan, sign) for plan, sign in zip(plans, signs, strict=True)]
        anyone = np.any([both for both, _ in self._changes], axis=0)
        room = board.study.room
        self.raters = np.bincount(room[anyone], minlength=len(board.study.workshops))
        self.rooms = [int(place) for place in np.flatnonzero(self.raters >= ENTER_FROM)]
        self.left_out = int(((self.raters > 0) & (self.raters < ENTER_FROM)).sum())
        self.people = int(self.raters[self.rooms].sum())
        pairs = [self._weights(place) for place in self.rooms]
        self.values = [self._value(place, shares) for place, shares in zip(self.rooms, pairs, strict=True)]
        self.nets = [
            self._value(place, shares, np.sign) for place, shares in zip(self.rooms, pairs, strict=True)
        ]
        self._shares = dict(zip(self.rooms, pairs, strict=True))

    def _weights(self, place: int) -> list[float]:
        """Return each comparison's weight in a workshop: equal scenarios, equal flips within them."""
        span = self.board.study.span[place]
        rated = [bool(both[span].any()) for both, _ in self._changes]
        flips: dict[str, int] = {}
        for plan, used in zip(self.plans, rated, strict=True):
            flips[plan.end.scenario] = flips.get(plan.end.scenario, 0) + used
        scenarios = sum(number > 0 for number in flips.values())
        return [
            1 / (flips[plan.end.scenario] * scenarios) if used else 0.0
            for plan, used in zip(self.plans, rated, strict=True)
        ]

    def _value(self, place: int, shares: list[float], of: np.ufunc = np.positive) -> float:
        span = self.board.study.span[place]
        return math.fsum(
            share * int(of(change[span]).sum()) / int(both[span].sum())
            for (both, change), share in zip(self._changes, shares, strict=True)
            if share
        )

    def noise(self) -> list[float]:
        """Return the sampling variance of each workshop's value, from the spread of its people's own means."""
        found = []
        for place in self.rooms:
            span = self.board.study.span[place]
            both = np.array([mask[span] for mask, _ in self._changes])
            change = np.array([values[span] for _, values in self._changes])
            count = both.sum(axis=0)
            own = change.sum(axis=0)[count > 0] / count[count > 0]
            found.append(float(own.var(ddof=1)) / len(own))
        return found

    def pooled(self, pool: Pool) -> PooledMean:
        """Pool the shifts."""
        return self._pool(pool, self.values, STEP)

    def pooled_net(self, pool: Pool) -> PooledMean:
        """Pool the net movers."""
        return self._pool(pool, self.nets, NET)

    def _pool(self, pool: Pool, values: list[float], measure: int) -> PooledMean:
        reach = self.board.study.design.items[BALANCE].points - 1
        return pooled_mean(
            values,
            people=self.people,
            left_out=self.left_out,
            admits=lambda mean: pool.admits(mean, list(self._terms(measure)), is_primary=measure == STEP),
            # Rows of moves show all but one of the counts that net movers are made of: they need as much room as steps.
            person=reach / min(self.raters[self.rooms].tolist(), default=1),
            admits_each=lambda span: measure == STEP
            and pool.admits_each(values, [list(self._terms(STEP, [place])) for place in self.rooms], span),
        )

    def signs(self, pool: Pool) -> tuple[int, int] | None:
        """Return how many workshops moved towards risk and towards benefit, unless that gives one of them away."""
        own = (list(self._terms(STEP, [place])) for place in self.rooms)
        if not self.rooms or not pool.admits_signs(self.values, own):
            return None
        return sum(value < 0 for value in self.values), sum(value > 0 for value in self.values)

    def _terms(self, measure: int, rooms: Sequence[int] | None = None) -> Iterator[Term]:
        """Yield what each flip of each workshop adds to the mean over some workshops, all by default."""
        among = self.rooms if rooms is None else rooms
        for place in among:
            for plan, sign, share in zip(self.plans, self.flip_signs, self._shares[place], strict=True):
                if share:
                    people = int(self.board.moves[plan][place].sum())
                    yield place, plan.end, measure, sign * share / (people * len(among))


def _signed(study: Study, plan: Plan, sign: int) -> tuple[NDArray[np.bool_], NDArray[np.int64]]:
    both, change = study.change(plan.start, plan.end)
    return both, sign * change


def axis_shifts(pool: Pool, digest: str) -> tuple[AxisShift, ...]:
    """Return the primary test of each declared axis, with Holm's adjustment over all of them.

    Nothing for a single workshop, whose means are never printed.
    """
    axes = pool.board.study.design.axes
    shifts = {axis: shift for axis in axes if (shift := _shift_of(pool.board, axis)) is not None}
    pooled = {axis: shift.pooled(pool) for axis, shift in shifts.items()}
    found = []
    for axis, shift in shifts.items():
        one = _axis_shift(shift, pooled[axis], pool)
        seed = seed_of(digest, axis)
        # Its least value says that all workshops lie on one side, so it goes where that may be told.
        tests = pooled[axis].p is not None and one.towards_risk is not None and pool.is_decided
        found.append(
            replace(
                one,
                axis=axis,
                words=axes[axis],
                sign_flip=sign_flip(shift.values, seed=seed) if tests else None,
            )
        )
    return _with_holm(found, len(axes))


def _with_holm(found: list[AxisShift], questions: int) -> tuple[AxisShift, ...]:
    """Adjust over all declared axes: one without a test is still one of the questions asked."""
    raw = [1.0 if axis.shift.p is None else axis.shift.p for axis in found]
    adjusted = holm([*raw, *[1.0] * (questions - len(raw))]).tolist() if raw else []
    return tuple(
        axis if axis.shift.p is None else replace(axis, holm=adjusted[place])
        for place, axis in enumerate(found)
    )


def _shift_of(board: Board, axis: str) -> Shift | None:
    plans = [plan for plan in board.plans if _counts_for(plan, axis)]
    if not plans:
        return None
    signs = [plan.contrast.sign or 0 for plan in plans if plan.contrast is not None]
    shift = Shift(board, plans, signs)
    return shift if len(shift.rooms) + shift.left_out > 1 else None


def _counts_for(plan: Plan, axis: str) -> bool:
    contrast = plan.contrast
    return (
        plan.end.item == BALANCE
        and contrast is not None
        and contrast.axis == axis
        and contrast.sign is not None
    )


def seed_of(digest: str, contrast: str) -> int:
    """Return the seed of a contrast's random signs: SHA-256 of the input digest and the contrast's name."""
    return int.from_bytes(sha256(f"{digest}|{contrast}".encode()).digest()[:16], "big")


def _axis_shift(shift: Shift, pooled: PooledMean, pool: Pool) -> AxisShift:
    net, signs = shift.pooled_net(pool), shift.signs(pool)
    error, count = pooled.error, len(shift.values)
    spread, prediction = _between(shift, error) if error is not None and count >= PREDICT_FROM else (None, None)
    flips = [(plan.end.scenario, plan.end.variant) for plan in shift.plans]
    return AxisShift(
        axis="",
        words="",
        shift=pooled,
        net=net,
        holm=None,
        sign_flip=None,
        detectable=detectable_shift(error, count - 1.0) if error is not None else None,
        spread=spread,
        prediction=prediction,
        mixed=pooled.mean is not None and net.mean is not None and pooled.mean * net.mean < 0,
        towards_risk=signs[0] if signs is not None else None,
        towards_benefit=signs[1] if signs is not None else None,
        same_order=shift.board.study.same_order(flips),
    )


def _between(shift: Shift, error: float) -> tuple[float, tuple[float, float]]:
    """Return the spread between workshops by moments, and the range where another workshop would fall (95 %).

    Observed variance less the mean sampling variance, not below nought (DerSimonian and Laird 1986); the range adds
    the uncertainty of the mean (Higgins, Thompson and Spiegelhalter 2009, JRSS A 172) with G-1 degrees of freedom.
    """
    count = len(shift.values)
    mean = math.fsum(shift.values) / count
    variance = max(0.0, error**2 * count - math.fsum(shift.noise()) / count)
    reach = t_quantile(0.975, count - 1) * math.sqrt(variance + error**2)
    return math.sqrt(variance), (mean - reach, mean + reach)


def end_shifts(pool: Pool) -> tuple[EndShift, ...]:
    """Return the change of the balance from start to end, per scenario that two workshops or more rated."""
    found = []
    for plan in pool.board.plans:
        if plan.kind == "end" and plan.end.item == BALANCE:
            shift = Shift(pool.board, [plan], [1])
            if len(shift.rooms) + shift.left_out > 1:
                found.append(EndShift(plan.end.scenario, shift.pooled(pool), shift.pooled_net(pool)))
    return tuple(found)
