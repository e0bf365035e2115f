"""Where areas stand beside each other: small multiples in per cent for the main text, pooled levels for the annex."""

from collections.abc import Sequence

from tradeoff_desktop.findings import Results, Shown, percent
from tradeoff_desktop.findings.areas import LevelAcross
from tradeoff_desktop.findings.ladder import PooledMean
from tradeoff_desktop.model.pack import BASE, Pack
from tradeoff_desktop.report import charts, headlines, phrases
from tradeoff_desktop.report.document import Document
from tradeoff_desktop.report.parts_marks import BALANCE, ROUNDS, Case, bar, base, blocks, scale

_MOST_AREAS = 12  # with all their rows; above, start and end only


def add_shares(doc: Document, results: Results, pack: Pack, *, held: str) -> None:
    """Draw the case for everybody, area by area, in per cent; nothing where no row of any area may be shown."""
    times = [("Start", BASE, "R0"), ("End", BASE, "R1")]
    if len(results.workshops) <= _MOST_AREAS:
        flips = [(axis.name, flip.id, "RV") for axis in pack.axes if (flip := pack.anchor.primary(axis.code)) is not None]
        times[1:1] = [("After the first talk", BASE, "RB"), *flips]
    cases = [(row.name, Case(results, pack, row.workshop, pack.anchor.id)) for row in sorted(results.workshops, key=lambda row: (row.name, row.workshop))]
    areas = tuple(charts.Area(name, tuple(_bar(case, *time) for time in times)) for name, case in cases)
    rows = [row.shown for _, case in cases for _, variant, at in times if (row := case.level(variant, at)) is not None]
    answered = [shown.n for shown in rows if shown.blocks and shown.n is not None]
    if not answered:
        return
    asked = phrases.listed(words for code, words in ROUNDS.items() if code in {at for _, _, at in times})
    doc.figure(
        charts.Shares(scale(pack), areas), title=headlines.leaning(areas, pack.points),
        caption=f"Per cent of those who answered: {phrases.lower(base(answered, of=max(row.present for row in results.workshops)))} "
        f"people in an area. Marked {asked}; {held}. Per cent of fewer than 50 people are rounded to multiples of five and may not "
        "add up to 100. Neighbouring answers are counted together where fewer than five people would stand alone; the table "
        "says which.",
    )


def _bar(case: Case, label: str, variant: str, at: str) -> charts.Bar:
    row = case.level(variant, at)
    drawn = bar(label, row)
    if row is None or not drawn.blocks:
        return charts.Bar(label)
    return charts.Bar(label, _in_percent(row.shown), agreement=drawn.agreement)


def _in_percent(shown: Shown) -> tuple[charts.Block, ...]:
    people = shown.n or 0
    return tuple(charts.Block(one.first, one.last, percent(one.count, people), one.label) for one in blocks(shown))


def add_levels(doc: Document, results: Results, pack: Pack, scenarios: Sequence[str]) -> None:
    """Write the mean and the share on the benefit side, case by case and time by time, where they may be printed."""
    order = {case: place for place, case in enumerate(scenarios)}
    found = [row for row in results.levels_across if row.item == BALANCE and (row.mean.mean is not None or row.share.mean is not None)]
    found.sort(key=lambda row: (order.get(row.scenario, len(order)), list(ROUNDS).index(row.round), row.variant))
    doc.heading(2, "Levels: mean marks and shares")
    if not found:
        doc.paragraph("No mean mark may be printed: it would give single answers away, or fewer than three areas marked the case.", numbered=True)
        return
    doc.table(
        head=["Case and time", "Areas", "Mean", "95 % range", "Share seeing benefits", "95 % range"],
        rows=[
            [
                _asked(pack, row), str(max(row.mean.workshops, row.share.workshops)), _number(row.mean.mean), _range(row.mean),
                _share(row.share.mean), _share_range(row.share),
            ]
            for row in found
        ],
        caption=f"Mean balance, 1 to {pack.points}, and the share who marked benefits, every area counting the same (exploratory)",
        widths=(6.4, 2.4, 2.2, 3.6, 3.4, 3.6), align="lrrrrr",
    )


def _asked(pack: Pack, row: LevelAcross) -> str:
    found = pack.scenario(row.scenario)
    flip = found.flip(row.variant)
    return f"{found.label}, {f'when {flip.happened}' if flip else ROUNDS[row.round]}"


def _number(value: float | None) -> str:
    return "–" if value is None else phrases.decimal(value)


def _range(mean: PooledMean) -> str:
    return "–" if mean.low is None or mean.high is None else f"{phrases.decimal(mean.low)} to {phrases.decimal(mean.high)}"


def _share(value: float | None) -> str:
    # To one decimal of the share, as every mean: more would give the workshops behind it away.
    return "–" if value is None else f"{round(value, 1) * 100:.0f} %"


def _share_range(mean: PooledMean) -> str:
    if mean.low is None or mean.high is None:
        return "–"
    low, high = (min(max(end, 0.0), 1.0) for end in (mean.low, mean.high))
    return _share(low) if _share(low) == _share(high) else f"{_share(low).removesuffix(' %')}–{_share(high)}"
