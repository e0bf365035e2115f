"""Areas side by side: what moved people in how many of them, in counts; and the annex with means and intervals."""

from collections.abc import Sequence

from tradeoff_desktop.findings import Results
from tradeoff_desktop.findings.areas import MoveAcross
from tradeoff_desktop.findings.board import Kind, MoveRow
from tradeoff_desktop.findings.comparisons import GroupDifference
from tradeoff_desktop.findings.ladder import PooledMean
from tradeoff_desktop.findings.sentences import (
    across_sentence,
    axis_sentence,
    moved_sentence,
    points_of,
    probability,
    tables_sentence,
)
from tradeoff_desktop.findings.shifts import AxisShift
from tradeoff_desktop.model.pack import Axis, Pack
from tradeoff_desktop.report import charts, phrases
from tradeoff_desktop.report.document import Document
from tradeoff_desktop.report.parts_marks import BALANCE, panel

NOT_SHOWN = "not shown"
_ROUNDS = ("R0", "RB", "RV", "R1")
SYMBOLS = {"risk": "▼", "benefit": "▲", "level": "●"}


def row_across(results: Results, kind: Kind, scenario: str, variant: str = "") -> MoveAcross | None:
    """One comparison of the balance over all areas; ``variant`` only matters for changes."""
    return next(
        (
            row for row in results.moves_across
            if (row.kind, row.scenario, row.item) == (kind, scenario, BALANCE) and variant in {"", row.variant}
        ),
        None,
    )


def shift_of(results: Results, axis: str) -> AxisShift | None:
    """The primary test of one axis; none below two areas."""
    return next((shift for shift in results.axes if shift.axis == axis), None)


def answer(results: Results, pack: Pack, axis: Axis) -> str:
    """One of the three answers in counts, on the case for everybody: "In k of G areas ..."; of one area alone, its own."""
    flip = pack.anchor.primary(axis.code)
    if flip is None:
        return ""
    row = row_across(results, "flip", pack.anchor.id, flip.id)
    if row is not None:
        return across_sentence(row, shift_of(results, axis.code))
    alone = [row for row in results.moved("flip", item=BALANCE, scenario=pack.anchor.id) if row.variant == flip.id]
    return moved_sentence(alone[0]) if len(alone) == 1 else ""


def table_sentences(results: Results, pack: Pack) -> list[str]:
    """Whether opinions at the tables drew together, case by case, where six areas allow it to be said."""
    found = [(tables_sentence(change), pack.scenario(change.scenario).title) for change in results.tables]
    return [f"On “{title}”: {phrases.lower(sentence)}" for sentence, title in found if sentence]


def moved_panels(rows: Sequence[tuple[str, MoveRow | MoveAcross]]) -> charts.Moved | None:
    """A chart of how many moved which way; None where nothing may be shown."""
    panels = [panel(title, row.shown) for title, row in rows]
    return charts.Moved(tuple(panels)) if any(drawn.blocks for drawn in panels) else None


def add_consistency(doc: Document, results: Results, pack: Pack) -> None:
    """Write the table of areas beside each other, on the case for everybody only."""
    flips = [(axis, pack.anchor.primary(axis.code)) for axis in pack.axes]
    rows = {
        axis.code: row_across(results, "flip", pack.anchor.id, flip.id) for axis, flip in flips if flip is not None
    }
    names = sorted({row.name for row in results.workshops})
    doc.table(
        head=["Area", *(f"{axis.name}: when {flip.happened}" for axis, flip in flips if flip is not None)],
        rows=[[name, *(_cell(rows[axis.code], name) for axis, flip in flips if flip is not None)] for name in names],
        caption="The areas in the order of the alphabet; not a ranking",
        widths=(3, 4, 4, 4),
    )
    doc.paragraph(
        "▼ more people moved towards risk; ▲ more moved towards benefit; ● as many each way; – not asked; "
        f"“{NOT_SHOWN}” where numbers would give single answers away."
    )


def _cell(row: MoveAcross | None, name: str) -> str:
    here = next((area for area in row.areas if area.name == name), None) if row else None
    if here is None:
        return "–"
    shown = here.shown
    side = {"risk": 0, "benefit": 2}.get(shown.direction or "")
    count = shown.count(side) if side is not None else None
    symbol = SYMBOLS.get(shown.direction or "", "")
    if count is not None and shown.n is not None:
        way = "risk" if side == 0 else "benefit"
        return f"{symbol} {count} of {shown.n} towards {way}"
    if not symbol:
        return NOT_SHOWN
    return f"{symbol} {'as many each way' if shown.direction == 'level' else f'more towards {shown.direction}'}"


def add_annex(doc: Document, results: Results, pack: Pack) -> None:
    """Write the statistical annex: means, intervals and tests, which stand nowhere else (decision 40)."""
    doc.paragraph(
        "The unit is the workshop: every workshop counts the same, whatever its size. A shift is the mark after a change "
        "less the mark on the unchanged case straight after the talk, by the same person, counted so that a positive number "
        "is a move towards benefit when the change runs in the direction declared beforehand. Tests are two-sided t-tests on "
        "workshop means; p is adjusted for three questions after Holm. The sign-flip test beside it needs no normal "
        "distribution. Everything but these three tests is exploratory.",
        numbered=True,
    )
    _add_axes(doc, results, pack)
    _add_ends(doc, results, pack)
    _add_tables(doc, results, pack)
    _add_groups(doc, results, pack)
    _add_map(doc, results, pack)


def _add_axes(doc: Document, results: Results, pack: Pack) -> None:
    if not results.axes:
        doc.paragraph("With one workshop there is nothing to compare, so no means and no tests are given.", numbered=True)
        return
    for shift in results.axes:
        sentence = axis_sentence(shift, points=pack.points, questions=len(results.axes))
        if sentence:
            doc.paragraph(sentence, numbered=True)
    doc.table(
        head=["When …", "Areas", "Shift", "95 % range", "Holm p", "Sign-flip p", "Could detect"],
        rows=[
            [
                shift.words, str(shift.shift.workshops), signed(shift.shift.mean), interval(shift.shift), p_value(shift.holm),
                p_value(shift.sign_flip), number(shift.detectable),
            ]
            for shift in results.axes
        ],
        caption=f"The three declared shifts, in points of the {pack.points}-point balance scale",
        widths=(5, 2.6, 2.4, 4.4, 3, 3.4, 3.6), align="lrrrrrr",
    )
    doc.table(
        head=["When …", "Net movers", "95 % range", "Adjusted p", "Areas towards risk", "Areas towards benefit"],
        rows=[
            [
                shift.words, signed(shift.net.mean), interval(shift.net), p_value(shift.net.adjusted_p),
                *("–" if areas is None else str(areas) for areas in (shift.towards_risk, shift.towards_benefit)),
            ]
            for shift in results.axes
        ],
        caption="Share of people who moved towards benefit less share who moved towards risk (exploratory)",
        widths=(6, 3, 4, 3, 3, 3), align="lrrrrr",
    )


def _add_ends(doc: Document, results: Results, pack: Pack) -> None:
    rows = [
        [
            pack.scenario(end.scenario).title, str(end.shift.workshops), signed(end.shift.mean), interval(end.shift),
            p_value(end.shift.adjusted_p), signed(end.net.mean),
        ]
        for end in results.start_to_end if end.shift.mean is not None
    ]
    if rows:
        doc.table(
            head=["Case", "Areas", "Shift", "95 % range", "Adjusted p", "Net movers"], rows=rows,
            caption="Between start and end (exploratory)", widths=(6, 2.6, 2.4, 4.4, 3, 3), align="lrrrrr",
        )


def _add_tables(doc: Document, results: Results, pack: Pack) -> None:
    rows = [
        [pack.scenario(change.scenario).title, str(change.spread.workshops), signed(change.spread.mean), interval(change.spread), signed(change.away.mean), interval(change.away)]
        for change in results.tables if change.spread.mean is not None
    ]
    if rows:
        doc.table(
            head=["Case", "Areas", "Change of spread", "95 % range", "Away from the middle", "95 % range"], rows=rows,
            caption="Did opinions at the tables draw together? Standard deviation within tables, end less start (exploratory)",
            widths=(5, 2.6, 3, 4.4, 3.4, 4.4), align="lrrrrr",
        )


def _add_groups(doc: Document, results: Results, pack: Pack) -> None:
    rows = sorted(results.groups, key=lambda row: (row.scenario, _ROUNDS.index(row.round), row.variant))
    found = {row.group for row in rows if row.difference.mean is not None}
    groups = [group for group in pack.groups if group.code in found]
    asked = list(dict.fromkeys(_asked(pack, row) for row in rows if row.difference.mean is not None))
    cells = {(_asked(pack, row), row.group): _difference(row.difference) for row in rows}
    if asked:
        doc.table(
            head=["Asked about", *(group.name for group in groups)],
            rows=[[what, *(cells.get((what, group.code), "–") for group in groups)] for what in asked],
            caption="Each group less everybody else: mean balance, 95 % range, adjusted p (exploratory)",
            widths=(5, *([4] * len(groups))),
        )


def _difference(mean: PooledMean) -> str:
    return f"{signed(mean.mean)}\n{interval(mean)}\np {p_value(mean.adjusted_p)}" if mean.mean is not None else "–"


def _asked(pack: Pack, row: GroupDifference) -> str:
    scenario = pack.scenario(row.scenario)
    flip = scenario.flip(row.variant)
    times = {"R0": "at the start", "RB": "after the first talk", "R1": "at the end"}
    return f"{scenario.label}, {f'when {flip.happened}' if flip else times.get(row.round, '')}"


def _add_map(doc: Document, results: Results, pack: Pack) -> None:
    rows = [
        [pack.scenario(point.scenario).title, "Start" if point.round == "R0" else "End", number(point.risk.mean), number(point.benefit.mean), str(point.risk.workshops)]
        for point in results.map if point.risk.mean is not None or point.benefit.mean is not None
    ]
    if rows:
        doc.table(
            head=["Case", "When", "Risk", "Benefit", "Areas"], rows=rows,
            caption="Mean risk and mean benefit, 1 none to 5 very large", widths=(7, 2, 2, 2, 2), align="llrrr",
        )


def number(value: float | None) -> str:
    """A number as reports print it, one decimal; an en dash where it may not be printed."""
    return "–" if value is None else points_of(value)


def signed(value: float | None) -> str:
    """A number with its sign."""
    printed = number(value)
    return f"+{printed}" if value is not None and printed[0].isdigit() and float(printed) else printed


def interval(mean: PooledMean) -> str:
    """A 95 % range."""
    return "–" if mean.low is None or mean.high is None else f"{signed(mean.low)} to {signed(mean.high)}"


def p_value(value: float | None) -> str:
    """A p-value to three decimals."""
    return "–" if value is None else probability(value).removeprefix("p ").removeprefix("= ")
