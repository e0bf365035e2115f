"""Findings as one value: everything an audience may see, and its canonical JSON."""

import json
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from functools import cache
from json.encoder import encode_basestring as _quoted
from typing import Literal, cast

from tradeoff_desktop.findings.answers import Answer, Design, Study, digest_of
from tradeoff_desktop.findings.areas import LevelAcross, MoveAcross, Unions, levels_across, moves_across
from tradeoff_desktop.findings.board import Board, Kind, LevelRow, MoveRow, level_rows, make_board
from tradeoff_desktop.findings.comparisons import (
    GroupDifference,
    MapPoint,
    TableChange,
    group_differences,
    map_points,
    table_changes,
)
from tradeoff_desktop.findings.disclosure import SDC_1, Audience, Policy
from tradeoff_desktop.findings.editions import Earlier, Edition, beside, earlier_rows, edition_of, rows_of
from tradeoff_desktop.findings.inference import benjamini_hochberg
from tradeoff_desktop.findings.ladder import PooledMean
from tradeoff_desktop.findings.pool import Pool
from tradeoff_desktop.findings.shifts import AxisShift, EndShift, axis_shifts, end_shifts, seed_of
from tradeoff_desktop.findings.united import unite

ENGINE = "findings-1"
_DIGITS = 12
_PROBABILITIES, _P_DECIMALS = {"p", "adjusted_p", "holm", "sign_flip"}, 3
_MEAN_DECIMALS = 1


@dataclass(frozen=True, slots=True)
class WorkshopRow:
    """One workshop: its id, area, printed name and headcount."""

    workshop: str
    area: str
    name: str
    present: int


@dataclass(frozen=True, slots=True)
class Results:
    """Everything ``audience`` may see of a set of answers; it has passed disclosure control.

    ``seeds``: per axis the seed of its random signs. ``hidden``: how many counts are not shown by themselves.
    ``anchor_same_order``: all saw the anchor's flips in one order.
    """

    engine: str
    policy: Policy
    audience: Audience
    digest: str
    seeds: Mapping[str, int]
    workshops: tuple[WorkshopRow, ...]
    levels: tuple[LevelRow, ...]
    moves: tuple[MoveRow, ...]
    anchor_same_order: bool
    levels_across: tuple[LevelAcross, ...] = ()
    moves_across: tuple[MoveAcross, ...] = ()
    axes: tuple[AxisShift, ...] = ()
    start_to_end: tuple[EndShift, ...] = ()
    tables: tuple[TableChange, ...] = ()
    groups: tuple[GroupDifference, ...] = ()
    map: tuple[MapPoint, ...] = ()
    hidden: int = 0

    @property
    def is_widened(self) -> bool:
        """Say whether any interval is wider than its workshops' own standard error makes it."""
        pairs = [(row.mean, row.share) for row in self.levels_across] + [(at.risk, at.benefit) for at in self.map]
        means = [*_exploratory(self), *(axis.shift for axis in self.axes), *(mean for pair in pairs for mean in pair)]
        return any(mean.widened for mean in means)

    def level(
        self, *, workshop: str, scenario: str, at: str, item: str, variant: str | None = None
    ) -> LevelRow | None:
        """Return one workshop's row of answers in round ``at``, or None."""
        wanted = (workshop, scenario, at, item)
        rows = (row for row in self.levels if (row.workshop, row.scenario, row.round, row.item) == wanted)
        return next((row for row in rows if variant in {None, row.variant}), None)

    def moved(
        self, kind: Kind, *, item: str | None = None, scenario: str | None = None, workshop: str | None = None
    ) -> tuple[MoveRow, ...]:
        """Return the rows of moves of one kind, narrowed to what is named."""
        return tuple(
            row
            for row in self.moves
            if row.kind == kind
            and item in {None, row.item}
            and scenario in {None, row.scenario}
            and workshop in {None, row.workshop}
        )


def find(
    answers: Iterable[Answer],
    design: Design,
    *,
    audience: Audience,
    digest: str | None = None,
    earlier: Results | Sequence[Edition] | None = None,
) -> Results:
    """Find everything the answers say, as far as ``audience`` may see it.

    ``digest``: of the input manifest, printed and used for seeds; of the answers themselves where none is given.
    ``earlier``: the edition these results replace, or everything that several released (``edition_of``); rows are
    merged further, and rows and means hidden, until no two of them give anything away.
    Raises RuleError as ``Study``, ``plans`` and ``disclosure_blocks``.
    """
    listed = list(answers)
    digest = digest or digest_of(listed)
    study = Study(listed, design)
    editions = (edition_of(earlier),) if isinstance(earlier, Results) else tuple(earlier or ())
    before = earlier_rows(editions)
    board = make_board(study, audience, before)
    results = Results(
        engine=ENGINE,
        policy=SDC_1,
        audience=audience,
        digest=digest,
        seeds={axis: seed_of(digest, axis) for axis in design.axes},
        workshops=_workshops(board),
        levels=tuple(level_rows(board)),
        moves=tuple(board.move_rows.values()),
        anchor_same_order=study.same_order(flip for flip in design.contrasts if flip[0] == design.anchor),
    )
    if audience == "published" and len(study.workshops) > 1:
        results = _adjust_exploratory(beside(_across(results, board, before), editions))
    return replace(results, hidden=sum(row.shown.hidden for row in rows_of(results)))


def _across(results: Results, board: Board, before: Earlier) -> Results:
    """Add what is said of several workshops together, with the means that give nothing away."""
    unions = unite(board, before)
    pool = Pool(board, unions)
    _means(results, board, pool, unions)
    pool.decide(unions)
    means = _means(results, board, pool, unions)
    return replace(
        means,
        moves_across=tuple(moves_across(board, unions)),
        tables=table_changes(board, [end.scenario for end in means.start_to_end if end.shift.mean is not None]),
        groups=group_differences(board),
    )


def _means(results: Results, board: Board, pool: Pool, unions: Unions) -> Results:
    """Ask for every mean, those of most weight first."""
    axes = axis_shifts(pool, results.digest)
    points = map_points(pool)
    ends = end_shifts(pool)
    levels = tuple(levels_across(board, unions, pool))
    return replace(results, axes=axes, map=points, start_to_end=ends, levels_across=levels)


def _workshops(board: Board) -> tuple[WorkshopRow, ...]:
    study = board.study
    return tuple(
        WorkshopRow(
            workshop,
            study.areas[workshop],
            study.name(workshop),
            study.design.present.get(workshop, study.span[place].stop - study.span[place].start),
        )
        for place, workshop in enumerate(study.workshops)
    )


def _adjust_exploratory(results: Results) -> Results:
    """Adjust every exploratory p-value for the false discovery rate (q = .05 over one family)."""
    family = [mean for mean in _exploratory(results) if mean.p is not None]
    if not family:
        return results
    adjusted = benjamini_hochberg([mean.p for mean in family if mean.p is not None])
    values = iter(adjusted.tolist())

    def mark(mean: PooledMean) -> PooledMean:
        return replace(mean, adjusted_p=next(values)) if mean.p is not None else mean

    return replace(
        results,
        axes=tuple(replace(axis, net=mark(axis.net)) for axis in results.axes),
        start_to_end=tuple(replace(e, shift=mark(e.shift), net=mark(e.net)) for e in results.start_to_end),
        tables=tuple(replace(t, spread=mark(t.spread), away=mark(t.away)) for t in results.tables),
        groups=tuple(replace(g, difference=mark(g.difference)) for g in results.groups),
    )


def _exploratory(results: Results) -> list[PooledMean]:
    return [
        *(axis.net for axis in results.axes),
        *(mean for end in results.start_to_end for mean in (end.shift, end.net)),
        *(mean for table in results.tables for mean in (table.spread, table.away)),
        *(group.difference for group in results.groups),
    ]


def as_json(results: Results, *, release: Literal["open", "safeguarded"] = "open") -> bytes:
    """Return the results as canonical JSON: sorted keys, UTF-8, one line end.

    ``open``: numbers as they are printed (means, ranges and shares to one decimal, p to three decimals), because a mean to
    twelve digits gives the workshops behind it away. ``safeguarded``: 12 significant digits, for named statisticians;
    no rule of disclosure control covers the means then, and the file says so.
    """
    found = {"release": release, **{each.name: getattr(results, each.name) for each in fields(results)}}
    return (_written(found, _MEAN_DECIMALS if release == "open" else None, "\n") + "\n").encode()


@cache
def _layout(kind: type) -> tuple[tuple[str, int], ...]:
    """Return the fields of a kind of value by name, and the decimals of each as it is printed; nothing for plain kinds."""
    names = [each.name for each in fields(kind)] if is_dataclass(kind) else getattr(kind, "_fields", ())
    return tuple((name, _P_DECIMALS if name in _PROBABILITIES else _MEAN_DECIMALS) for name in sorted(names))


def _written(value: object, decimals: int | None, line: str) -> str:
    """Return a value as indented JSON; ``decimals`` None means 12 significant digits, ``line`` begins a new line.

    As the library writes it with an indent of one, in less than half the time: a programme has very many rows.
    """
    if isinstance(value, str):
        return _quoted(value)
    if isinstance(value, float):
        return repr(float(f"{value:.{_DIGITS}g}") if decimals is None else round(value, decimals) + 0.0)
    if value is None or isinstance(value, int):
        return json.dumps(value)
    within = line + " "
    layout = _layout(cast("Hashable", type(value)))
    if layout:
        parts = [f'"{name}": {_written(getattr(value, name), decimals and own, within)}' for name, own in layout]
    elif isinstance(value, Mapping):
        held = sorted((str(key), each) for key, each in value.items())
        parts = [f"{_quoted(key)}: {_written(each, decimals, within)}" for key, each in held]
    else:
        parts = [_written(each, decimals, within) for each in cast("Sequence[object]", value)]
        return f"[{within}{f',{within}'.join(parts)}{line}]" if parts else "[]"
    return f"{{{within}{f',{within}'.join(parts)}{line}}}" if parts else "{}"
