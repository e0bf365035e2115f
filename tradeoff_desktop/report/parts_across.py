"""Areas side by side: what moved people in how many of them, in counts; and the annex with means and intervals."""

from collections.abc import Sequence

from tradeoff_desktop.findings import Results
from tradeoff_desktop.findings.areas import MoveAcross
from tradeoff_desktop.findings.board import Kind, MoveRow
from tradeoff_desktop.findings.comparisons import CLOSER, GroupDifference
from tradeoff_desktop.findings.disclosure import Shown
from tradeoff_desktop.findings.ladder import PooledMean
from tradeoff_desktop.findings.sentences import (
    across_sentence,
    axis_sentence,
    moved_sentence,
    probability,
    tables_sentence,
)
from tradeoff_desktop.findings.shifts import AxisShift
from tradeoff_desktop.model.pack import Axis, Pack
from tradeoff_desktop.report import charts, headlines, parts_shares, phrases
from tradeoff_desktop.report.content import Table
from tradeoff_desktop.report.document import Document
from tradeoff_desktop.report.parts_marks import AGREEMENT, BALANCE, panel

_SURE = 0.05
_MOST_PLACES = 7  # cases on one map
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


def add_consistency(doc: Document, results: Results, pack: Pack, *, held: str, only: str = "") -> None:
    """Draw the areas beside each other, or one of them by itself, on the case for everybody only, with the same as a table."""
    flips = [(axis, flip) for axis in pack.axes if (flip := pack.anchor.primary(axis.code)) is not None]
    rows = [row_across(results, "flip", pack.anchor.id, flip.id) for _, flip in flips]
    names = sorted({row.name for row in results.workshops if row.area == only or not only})
    if not names or not any(rows):
        return
    marks = tuple((name, tuple(_mark(row, name) for row in rows)) for name in names)
    told = [(flip.happened, area.shown) for (_, flip), row in zip(flips, rows, strict=True) for area in (row.areas if row else ()) if area.name in names]
    doc.figure(
        charts.Areas(tuple(f"{axis.name}: when {flip.happened}" for axis, flip in flips), marks),
        title=_beside(names[0], rows) if only else headlines.areas([f"when {flip.happened}" for _, flip in flips], marks),
        caption=f"{_based(told)}Marked straight after the first talk and with one thing changed; {held}. Areas stand in the order of "
        "the alphabet. ▼ more people moved towards risk; ▲ more moved towards benefit; ● as many each way; – not asked; "
        f"“{charts.TOO_FEW}” where numbers would give single answers away.",
    )


def _beside(name: str, rows: Sequence[MoveAcross | None]) -> str:
    ways = [
        (next((area.shown.direction or "" for area in row.areas if area.name == name), ""), {"risk": row.towards_risk, "benefit": row.towards_benefit, "level": row.level})
        for row in rows if row is not None
    ]
    return headlines.beside(name, ways)


def _based(rows: Sequence[tuple[str, Shown]]) -> str:
    answered = [shown.n for _, shown in rows if shown.n is not None]
    if not answered:
        return ""
    low, high = min(answered), max(answered)
    return f"{low if low == high else f'Between {low} and {high}'} people of an area marked both. "


def _mark(row: MoveAcross | None, name: str) -> charts.Mark:
    here = next((area for area in row.areas if area.name == name), None) if row else None
    if here is None:
        return charts.Mark("", "–")
    shown, way = here.shown, here.shown.direction or ""
    side = {"risk": 0, "benefit": 2}.get(way)
    count = shown.count(side) if side is not None else None
    if not way:
        return charts.Mark("", charts.TOO_FEW)
    if count is not None and shown.n is not None:
        return charts.Mark(way, f"{SYMBOLS[way]} {count} of {shown.n} towards {way}")
    return charts.Mark(way, f"{SYMBOLS[way]} {'as many each way' if way == 'level' else f'more towards {way}'}")


def add_annex(doc: Document, results: Results, pack: Pack, *, cases: Sequence[str], held: str) -> None:
    """Write the statistical annex: means, intervals and tests, which stand nowhere else (decision 40)."""
    doc.paragraph(
        "The unit is the workshop: every workshop counts the same, whatever its size. A shift is the mark after a change "
        "less the mark on the unchanged case straight after the talk, by the same person, counted so that a positive number "
        "is a move towards benefit when the change runs in the direction declared beforehand. Tests are two-sided t-tests on "
        "workshop means; p is adjusted for three questions after Holm. The sign-flip test beside it needs no normal "
        "distribution. Everything but these three tests is exploratory.",
        numbered=True,
    )
    if results.is_widened:
        doc.paragraph(
            "Where areas are much alike, the narrowest range would tell each area’s own result. It is then given wider, and its p "
            "larger, than the marks alone would make them. A clear answer stays clear; a small move may be missed.",
            numbered=True,
        )
    _add_axes(doc, results, pack, held)
    parts_shares.add_levels(doc, results, pack, cases)
    doc.paragraph(
        f"{AGREEMENT} In numbers: broad agreement from 0.6, mixed from 0.2, divided below; the cut-points are ours.", numbered=True,
    )
    _add_ends(doc, results, pack)
    _add_tables(doc, results, pack, held)
    _add_groups(doc, results, pack, held)
    _add_marginal(doc, pack)


def _add_marginal(doc: Document, pack: Pack) -> None:
    """Say why there are no marginal means by level where the pack changes one thing at a time."""
    if pack.design == "ofat":
        doc.paragraph(
            "Cards changed one thing at a time. So a shift holds with everything else as on the card; means by level over all other "
            "levels, and component effects, need cards on which several things change together, and are not given.",
            numbered=True,
        )


def _add_axes(doc: Document, results: Results, pack: Pack, held: str) -> None:
    if not results.axes:
        doc.paragraph("With one workshop there is nothing to compare, so no means and no tests are given.", numbered=True)
        return
    for shift in results.axes:
        sentence = axis_sentence(shift, points=pack.points, questions=len(results.axes))
        if sentence:
            doc.paragraph(sentence, numbered=True)
    _add_dots(
        doc,
        [("", shift.words, shift.shift, shift.holm is not None and shift.holm < _SURE) for shift in results.axes],
        title=headlines.shifts(results.axes),
        caption=f"Mean shifts on the {pack.points}-point scale, {_people(results)}; {held}. A dot is the mean over areas, the line its "
        "95 % range; filled where p, allowing for three questions, is below 0.05. Means that may not be printed are left out.",
        table=Table(
            head=("When …", "Areas", "Shift", "95 % range", "Holm p", "Sign-flip p", "Could detect"),
            rows=tuple(
                (
                    shift.words, str(shift.shift.workshops), signed(shift.shift.mean), interval(shift.shift), p_value(shift.holm),
                    p_value(shift.sign_flip), number(shift.detectable),
                )
                for shift in results.axes
            ),
            widths=(5, 2.6, 2.4, 4.4, 3, 3.4, 3.6), align="lrrrrrr",
        ),
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


def _people(results: Results) -> str:
    """How many people stand behind the shifts."""
    counts = [shift.shift.people for shift in results.axes]
    return f"{min(counts)} people" if len(set(counts)) == 1 else f"{min(counts)} to {max(counts)} people"


def _add_dots(
    doc: Document, rows: Sequence[tuple[str, str, PooledMean, bool]], *, title: str, caption: str, table: Table,
    ends: tuple[str, str] = ("towards risk", "towards benefit"),
) -> None:
    """Draw the means that may be printed, on a scale just wide enough; where there are none the table stands alone."""
    dots = tuple(
        charts.Dot(words, mean.mean, mean.low, mean.high, sure, of) for of, words, mean, sure in rows if mean.mean is not None
    )
    if not dots:
        doc.table(head=table.head, rows=table.rows, caption=title, widths=table.widths, align=table.align)
        return
    far = max(abs(end) for dot in dots for end in (dot.mean, dot.low or 0.0, dot.high or 0.0))
    reach = next((wide for wide in (0.5, 1.0, 2.0) if far <= wide), 4.0)
    doc.figure(charts.Dots(dots, *ends, reach), title=title, caption=caption, table=table)


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


def _add_tables(doc: Document, results: Results, pack: Pack, held: str) -> None:
    for change in results.tables:
        if change.steps:
            closer = sum(tables for label, tables in change.steps if label.startswith(CLOSER) and "about the same" not in label)
            doc.figure(
                charts.Tally(change.steps, shows="changed by so much", head="Change of spread"),
                title=headlines.drawn_together(change.steps, closer, pack.scenario(change.scenario).label),
                caption=f"Tables by the change of their standard deviation, end less start, in points; {held}. Neighbouring steps are "
                "counted together where fewer than five tables would stand alone.",
            )
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


def _add_groups(doc: Document, results: Results, pack: Pack, held: str) -> None:
    """Draw every group's difference from everybody else, and write the same as a table of questions by groups."""
    rows = sorted(results.groups, key=lambda row: (row.scenario, _ROUNDS.index(row.round), row.variant))
    rows = [row for row in rows if row.difference.mean is not None]
    groups = [group for group in pack.groups if group.code in {row.group for row in rows}]
    asked = list(dict.fromkeys(_asked(pack, row) for row in rows))
    found = {(_asked(pack, row), row.group): row.difference for row in rows}
    if asked:
        _add_dots(
            doc,
            [
                (group.name, what, mean, mean.adjusted_p is not None and mean.adjusted_p < _SURE)
                for group in groups for what in asked if (mean := found.get((what, group.code))) is not None
            ],
            title=headlines.groups(rows),
            caption=f"Each group’s mean balance less everybody else’s, in points (exploratory); {held}; workshops in which both were there. "
            f"{_group_ranges(rows)} Groups of fewer than ten are left out.",
            ends=("leans to risk", "leans to benefit"),
            table=Table(
                head=("Asked about", *(group.name for group in groups)),
                rows=tuple((what, *(_difference(found.get((what, group.code))) for group in groups)) for what in asked),
                widths=(5, *([4] * len(groups))),
            ),
        )


def _group_ranges(rows: Sequence[GroupDifference]) -> str:
    if any(row.difference.low is not None for row in rows):
        return "Lines are 95 % ranges, given where groups are large enough; filled where p, adjusted for all exploratory tests, is below 0.05."
    return "Without ranges: with groups this small they would span most of the scale, so what a group leans to may be chance."


def _difference(mean: PooledMean | None) -> str:
    if mean is None or mean.mean is None:
        return "–"
    return signed(mean.mean) if mean.low is None else f"{signed(mean.mean)}\n{interval(mean)}\np {p_value(mean.adjusted_p)}"


def _asked(pack: Pack, row: GroupDifference) -> str:
    scenario = pack.scenario(row.scenario)
    flip = scenario.flip(row.variant)
    times = {"R0": "at the start", "RB": "after the first talk", "R1": "at the end"}
    when = f"when {flip.happened}" if flip else times.get(row.round, "")
    return when if scenario.anchor else f"{scenario.label}, {when}"


def add_map(doc: Document, results: Results, pack: Pack, *, held: str) -> None:
    """Draw where cases stand between risk and benefit, at most seven on a map."""
    spots: dict[str, dict[str, tuple[float, float]]] = {}
    for point in results.map:
        if point.risk.mean is not None and point.benefit.mean is not None:
            spots.setdefault(point.scenario, {})[point.round] = (point.risk.mean, point.benefit.mean)
    cases = [scenario for scenario in pack.scenarios if scenario.id in spots]
    for first in range(0, len(cases), _MOST_PLACES):
        places = tuple(
            charts.Place(number, case.label, spots[case.id].get("R0"), spots[case.id].get("R1"))
            for number, case in enumerate(cases[first : first + _MOST_PLACES], first + 1)
        )
        doc.figure(
            charts.RiskMap(places, pack.points), title=headlines.on_the_map(places),
            caption=f"Means over areas, from three areas on, 1 none to {pack.points} very large; every area counts the same. Marked at the "
            f"start and at the end; {held}. Marks that would cover each other stand a little apart; the table has the numbers. "
            "Cases whose means may not be printed are left out.",
        )


def number(value: float | None) -> str:
    """A number as reports print it, one decimal; an en dash where it may not be printed."""
    return "–" if value is None else phrases.decimal(value)


def signed(value: float | None) -> str:
    """A number with its sign."""
    return "–" if value is None else phrases.decimal(value, signed=True)


def interval(mean: PooledMean) -> str:
    """A 95 % range."""
    return "–" if mean.low is None or mean.high is None else f"{signed(mean.low)} to {signed(mean.high)}"


def p_value(value: float | None) -> str:
    """A p-value to three decimals."""
    return "–" if value is None else probability(value).removeprefix("p ").removeprefix("= ")
