"""The two exports of data (decision 45).

*Open*: the tables behind the figures, after disclosure control; anybody may have them. *Safeguarded*: one row an
answer, for named statisticians; not an output, no rule of disclosure control covers it, and it says so.
"""

import random
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal

from tradeoff_desktop.app import evidence
from tradeoff_desktop.app.dataset_words import OPEN, SAFEGUARDED, SQLITE, VIEW_WORDS, VIEWS
from tradeoff_desktop.app.day import name_of
from tradeoff_desktop.app.tablepackage import Column, Package, Table, Value, markdown
from tradeoff_desktop.findings import PooledMean, Results, Shown, as_json
from tradeoff_desktop.model.pack import Pack, digest
from tradeoff_desktop.model.workshop import Workshop
from tradeoff_desktop.store import sqlcopy

Release = Literal["open", "safeguarded"]
Row = list[Value]

_WORKSHOP = Column("workshop", "workshop id")
_AREA = Column("area", "area code")
_WHERE = (
    Column("scenario", "scenario code"), Column("variant", "base, or the code of a flip"),
    Column("round", "R0 start, RB base after the first talk, RV flips, R1 end"), Column("item", "item code"),
)
_BLOCKS = (
    Column("state", "counts, words (only the direction may be told) or hidden"),
    Column("direction", "risk, benefit or level: which way more people moved, where it may be told", required=False),
    Column("reason", "why counts are merged or not shown; empty where they are shown as they are", required=False),
    Column("n", "people who answered; empty where even that is not shown", "integer", required=False),
    Column("lowest", "first category of this block, from 1", "integer", required=False),
    Column("highest", "last category of this block", "integer", required=False),
    Column("people", "people in this block", "integer", required=False),
)
_KIND = Column("kind", "flip (flip less base), end (end less start), public (public less individual), security (security less privacy)")
_AXIS = Column("axis", "D data, O organisation, A anonymisation", required=False)
_WAYS = (
    Column("towards_risk", "workshops in which more people moved towards risk", "integer"),
    Column("towards_benefit", "workshops in which more people moved towards benefit", "integer"),
    Column("level", "workshops with as many each way", "integer"),
    Column("left_out", "workshops that are not counted: too few people, or it would give somebody away", "integer"),
)
_MEANS = (
    Column("what", "level, share, shift, net, risk, benefit, spread, away or difference; see README.md"),
    Column("axis", "D, O or A, for a shift", required=False), Column("scenario", "scenario code", required=False),
    Column("variant", "variant code", required=False), Column("round", "round", required=False),
    Column("item", "item code", required=False), Column("group", "stakeholder group", required=False),
    Column("workshops", "workshops that entered", "integer"), Column("left_out", "workshops with too little", "integer"),
    Column("people", "people behind it", "integer"), Column("mean", "one decimal", "number", required=False),
    Column("low", "95 % interval", "number", required=False), Column("high", "95 % interval", "number", required=False),
    Column("p", "two-sided", "number", required=False),
    Column("p_adjusted", "Holm over the axes for a shift, Benjamini-Hochberg elsewhere", "number", required=False),
)


def package(
    states: Sequence[Workshop], *, release: Release, draw: random.Random | None = None, found: Results | None = None,
    sqlite: bool = False,
) -> Package:
    """One export of workshops that hold answers; with ``sqlite`` its tables also as one database file.

    ``draw`` numbers the people of the safeguarded export; the system's own by default, so that nobody can repeat it.
    ``found``: what may be published of them, where it is at hand.
    """
    made = open_data(states, found) if release == "open" else safeguarded(states, draw or random.SystemRandom())
    return _with_sqlite(made, states) if sqlite else made


def _with_sqlite(made: Package, states: Sequence[Workshop]) -> Package:
    """The same tables and codes, and of answers a person views that read like sentences; nothing that the CSV files lack."""
    sheets = [sqlcopy.Sheet(table.name, [(column.name, column.type) for column in table.columns], table.rows) for table in made.tables]
    for title, head, rows in _codes(states[0].pack, states):
        sheets.append(sqlcopy.Sheet(f"code_{title.lower().replace(' ', '_')}", [(name, "string") for name in head], rows))
    views = VIEWS if any(table.name == "ratings" for table in made.tables) else {}
    words = SQLITE + "".join(f"- `{name}`: {what}\n" for name, what in VIEW_WORDS.items() if name in views)
    return made._replace(others={**made.others, "data.sqlite": sqlcopy.database(sheets, views)}, readme=f"{made.readme}\n{words}")


def open_data(states: Sequence[Workshop], found: Results | None = None) -> Package:
    """The tables behind the figures of the published reports; ``found`` as for ``write``."""
    results = found or evidence.find_in(states, audience="published")
    pack = states[0].pack
    tables = (
        Table("levels", "Answers to each item in each workshop", (_WORKSHOP, *_WHERE, *_BLOCKS), list(_levels(results))),
        Table("moves", "Who moved between two answers in each workshop; categories 1 towards risk, 2 did not move, 3 towards benefit",
              (_WORKSHOP, _KIND, _AXIS, *_WHERE, *_BLOCKS), list(_moves(results))),
        Table("levels_across", "Answers of all workshops together", (*_WHERE, *_BLOCKS), [
            [row.scenario, row.variant, row.round, row.item, *block] for row in results.levels_across for block in _blocks(row.shown)
        ]),
        Table("moves_across", "Who moved, in all workshops together", (_KIND, _AXIS, *_WHERE, *_WAYS, *_BLOCKS),
              list(_moves_across(results))),
        Table("means", "Means over three workshops or more", _MEANS, list(_means(results))),
    )
    policy = results.policy
    words = OPEN.format(
        workshops=len(results.workshops), policy=policy.id, block=policy.block, counts=policy.counts_from, hidden=results.hidden,
        engine=results.engine, digest=results.digest, codebook=_codebook(pack, states),
    )
    return Package("tradeoff-open-data", "Tables behind the figures", words, tables, {"results.json": as_json(results)})


def _blocks(shown: Shown) -> Iterator[Row]:
    """A row a printed block; one row without a block where none is printed."""
    lead: Row = [shown.state, shown.direction, shown.reason, shown.n]
    if shown.state != "counts":
        yield [*lead, None, None, None]
    else:
        for block in shown.blocks:
            yield [*lead, block.categories[0] + 1, block.categories[-1] + 1, block.people]


def _levels(results: Results) -> Iterator[Row]:
    for row in results.levels:
        for block in _blocks(row.shown):
            yield [row.workshop, row.scenario, row.variant, row.round, row.item, *block]


def _moves(results: Results) -> Iterator[Row]:
    for row in results.moves:
        for block in _blocks(row.shown):
            yield [row.workshop, row.kind, row.axis, row.scenario, row.variant, row.round, row.item, *block]


def _moves_across(results: Results) -> Iterator[Row]:
    for row in results.moves_across:
        ways = (row.towards_risk, row.towards_benefit, row.level, row.left_out)
        for block in _blocks(row.shown):
            yield [row.kind, row.axis, row.scenario, row.variant, row.round, row.item, *ways, *block]


def _means(results: Results) -> Iterator[Row]:
    for axis in results.axes:
        yield ["shift", axis.axis, *[None] * 5, *_mean(axis.shift, adjusted=axis.holm)]
        yield ["net", axis.axis, *[None] * 5, *_mean(axis.net)]
    for level in results.levels_across:
        where = [None, level.scenario, level.variant, level.round, level.item, None]
        yield ["level", *where, *_mean(level.mean)]
        yield ["share", *where, *_mean(level.share)]
    for end in results.start_to_end:
        yield ["shift", None, end.scenario, None, "R1", None, None, *_mean(end.shift)]
        yield ["net", None, end.scenario, None, "R1", None, None, *_mean(end.net)]
    for point in results.map:
        for what, mean in (("risk", point.risk), ("benefit", point.benefit)):
            yield [what, None, point.scenario, None, point.round, None, None, *_mean(mean)]
    for table in results.tables:
        for what, mean in (("spread", table.spread), ("away", table.away)):
            yield [what, None, table.scenario, None, None, None, None, *_mean(mean)]
    for group in results.groups:
        yield ["difference", None, group.scenario, group.variant, group.round, None, group.group, *_mean(group.difference)]


def _mean(mean: PooledMean, adjusted: float | None = None) -> Row:
    """A mean as it is printed: to one decimal, p to three; more would give the workshops behind it away."""
    found = [None if value is None else round(value, 1) + 0.0 for value in (mean.mean, mean.low, mean.high)]
    chances = [None if value is None else round(value, 3) for value in (mean.p, mean.adjusted_p if adjusted is None else adjusted)]
    return [mean.workshops, mean.left_out, mean.people, *found, *chances]


def safeguarded(states: Sequence[Workshop], draw: random.Random) -> Package:
    """Every answer that counts, one a row; people are numbered by chance, times, order and groups left out."""
    held = sorted(states, key=lambda state: state.opening.workshop)
    pack = held[0].pack
    tables = (
        Table("ratings", "One answer a row", (
            _WORKSHOP, _AREA, Column("table", "table number", "integer"),
            Column("person", "number within the workshop, drawn by chance", "integer"), *_WHERE,
            Column("answer", "the level from 1, cant_say, or the reason why there is none"),
        ), [row for state in held for row in _answers(state, draw)]),
        Table("workshops", "The workshops", (_WORKSHOP, _AREA, Column("present", "people who took part", "integer")), [
            [state.opening.workshop, state.area, evidence.present(state)] for state in held
        ]),
        Table("flips", "What each flip changes", (
            *_WHERE[:2], Column("axis", "D, O or A"), Column("sign", "1 along the declared contrast, -1 against it, 0 neither", "integer"),
            Column("primary", "1 if it enters the test of its axis", "integer"), Column("anchor", "1 for the scenario of every workshop", "integer"),
        ), [
            [scenario.id, flip.id, flip.axis, flip.sign, int(flip.primary), int(scenario.anchor)]
            for scenario in pack.scenarios for flip in scenario.flips
        ]),
    )
    words = SAFEGUARDED.format(workshops=len(held), people=sum(map(evidence.present, held)), pack=digest(pack), codebook=_codebook(pack, held))
    return Package("tradeoff-safeguarded-data", "Safeguarded data: not for publication", words, tables)


def _answers(state: Workshop, draw: random.Random) -> list[Row]:
    """The answers of one workshop by person; a person's number says nothing of table, group or time."""
    given = list(state.answers())
    seats = sorted({seat for seat, _, _ in given})
    draw.shuffle(seats)
    number = {seat: place for place, seat in enumerate(seats, 1)}
    return sorted(
        [
            state.opening.workshop, state.area, state.table_of(seat).number, number[seat], cell.scenario, cell.variant,
            cell.round, cell.item, answer or "not_keyed",
        ]
        for seat, cell, answer in given
    )


def _codebook(pack: Pack, states: Iterable[Workshop]) -> str:
    """What every code means, as Markdown tables."""
    return "\n\n".join(f"### {title}\n\n{markdown(head, rows)}" for title, head, rows in _codes(pack, states))


def _codes(pack: Pack, states: Iterable[Workshop]) -> list[tuple[str, Sequence[str], list[Sequence[object]]]]:
    return [
        ("Workshops", ("workshop", "name"), [(s.opening.workshop, name_of(s)) for s in states]),
        ("Items", ("item", "level", "what it says"), [
            (item.code, option.value, option.text) for item in pack.items for option in item.options
        ]),
        ("Scenarios", ("scenario", "title"), [(s.id, s.title) for s in pack.scenarios]),
        ("Flips", ("scenario", "variant", "axis", "what happened"), [
            (s.id, flip.id, flip.axis, flip.happened) for s in pack.scenarios for flip in s.flips
        ]),
        ("Axes", ("axis", "declared contrast"), [(axis.code, axis.contrast) for axis in pack.axes]),
        ("Reasons for a missing answer", ("answer", "meaning"), [(one.code, one.name) for one in pack.missing]),
    ]
