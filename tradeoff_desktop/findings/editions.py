"""What an edition of a report has printed, and what a later one may print beside it (decision 39).

Whoever holds two editions can subtract them. A row of counts that changed by a few people is merged further or hidden
(``disclosure``); a mean is printed again only for the same workshops and people, or with three workshops or more added,
since a difference of means is itself a mean. What an edition kept back stays back: another edition vouched for the rest.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING, Any, NamedTuple

from tradeoff_desktop.findings.disclosure import SDC_1, Before, before_of
from tradeoff_desktop.findings.ladder import PooledMean

if TYPE_CHECKING:
    from tradeoff_desktop.findings.areas import LevelAcross, MoveAcross
    from tradeoff_desktop.findings.board import LevelRow, MoveRow
    from tradeoff_desktop.findings.results import Results
    from tradeoff_desktop.findings.shifts import AxisShift

Names = tuple[str, ...]
Earlier = Mapping[Names, tuple[Before, ...]]


class Told(NamedTuple):
    """A pooled mean as an edition printed it: workshops and people behind it, its value, and why it is missing."""

    workshops: int
    people: int
    value: float | None
    reason: str


class Edition(NamedTuple):
    """Everything one edition released, by the names of its rows and means; no answers, and nothing it kept back.

    ``workshops``: the ids of those it was made from. Its numbers stand as they were printed.
    """

    workshops: Names
    rows: tuple[tuple[Names, Before], ...]
    means: tuple[tuple[Names, Told], ...]


def edition_of(results: "Results") -> Edition:
    """Return what these results release."""
    means: list[tuple[Names, Told]] = []

    def note(name: Names, mean: PooledMean) -> PooledMean:
        value = None if mean.mean is None else round(mean.mean, 1) + 0.0
        means.append((name, Told(mean.workshops, mean.people, value, mean.reason)))
        return mean

    with_means(results, note)
    rows = tuple((row.key, before_of(row.shown)) for row in rows_of(results))
    return Edition(tuple(row.workshop for row in results.workshops), rows, tuple(means))


def edition_from(plain: Sequence[Any]) -> Edition:
    """Return the edition that JSON made of lists; the caller has made sure that nothing was changed."""
    workshops, rows, means = plain
    return Edition(
        tuple(workshops),
        tuple(
            (tuple(name), Before(n, tuple(starts), tuple(people), way, why))
            for name, (n, starts, people, way, why) in rows
        ),
        tuple((tuple(name), Told(*told)) for name, told in means),
    )


def rows_of(results: "Results") -> "Iterable[LevelRow | MoveRow | LevelAcross | MoveAcross]":
    """Return every row with a key and something shown."""
    return chain(results.levels, results.moves, results.levels_across, results.moves_across)


def earlier_rows(editions: Iterable[Edition]) -> Earlier:
    """Return by name what each edition printed of every row."""
    found: dict[Names, tuple[Before, ...]] = {}
    for edition in editions:
        for name, before in edition.rows:
            found[name] = (*found.get(name, ()), before)
    return found


def with_means(results: "Results", do: Callable[[Names, PooledMean], PooledMean]) -> "Results":
    """Return the results with every mean as ``do`` returns it for its name; what hangs on a mean goes with it."""
    return replace(
        results,
        axes=tuple(
            _tested(replace(axis, shift=do(("shift", axis.axis), axis.shift), net=do(("net", axis.axis), axis.net)))
            for axis in results.axes
        ),
        start_to_end=tuple(
            replace(end, shift=do(("end", end.scenario), end.shift), net=do(("end net", end.scenario), end.net))
            for end in results.start_to_end
        ),
        levels_across=tuple(
            replace(row, mean=do(("level", *row.key), row.mean), share=do(("share", *row.key), row.share))
            for row in results.levels_across
        ),
        tables=tuple(
            replace(
                table,
                spread=(spread := do(("spread", table.scenario), table.spread)),
                away=do(("away", table.scenario), table.away),
                word="" if spread.reason == "edition" else table.word,
            )
            for table in results.tables
        ),
        groups=tuple(
            replace(group, difference=do(("group", *_names(group)), group.difference)) for group in results.groups
        ),
        map=tuple(
            replace(
                point,
                risk=do(("risk", point.scenario, point.round), point.risk),
                benefit=do(("benefit", point.scenario, point.round), point.benefit),
            )
            for point in results.map
        ),
    )


def _names(group: object) -> Names:
    return tuple(str(getattr(group, each)) for each in ("group", "scenario", "variant", "round"))


def _tested(axis: "AxisShift") -> "AxisShift":
    """Return the axis without its tests and signs where its shift gave way to an earlier edition."""
    if axis.shift.reason != "edition":
        return axis if axis.net.reason != "edition" else replace(axis, mixed=False)
    return replace(
        axis, holm=None, sign_flip=None, detectable=None, spread=None, prediction=None, mixed=False,
        towards_risk=None, towards_benefit=None,
    )


def beside(results: "Results", editions: Iterable[Edition]) -> "Results":
    """Return the results with the means taken back that would tell something beside an earlier edition's."""
    now = frozenset(row.workshop for row in results.workshops)
    held = [(frozenset(edition.workshops), dict(edition.means)) for edition in editions]

    def check(name: Names, mean: PooledMean) -> PooledMean:
        for then, means in held:
            if name in means and not _goes(mean, means[name], then, now):
                return PooledMean(mean.workshops, mean.left_out, mean.people, None, None, None, None, reason="edition")
        return mean

    return with_means(results, check) if held else results


def _goes(mean: PooledMean, told: Told, then: frozenset[str], now: frozenset[str]) -> bool:
    """Say whether a mean may be printed although an edition has printed, or kept back, the same one before."""
    if mean.mean is None:
        return True
    if then == now and (mean.workshops, mean.people) == (told.workshops, told.people):
        return told.value == round(mean.mean, 1)
    if told.reason in {"derivable", "edition"} and then == now:
        return False
    return told.value is None or (then < now and mean.workshops >= told.workshops + SDC_1.mean_workshops)
