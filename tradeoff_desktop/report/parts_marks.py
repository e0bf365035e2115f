"""What people marked in private, as far as the findings let it be shown: sentences, tables and charts of counts.

Nothing here counts anything: every number comes out of ``Results``, where disclosure control has been done.
"""

from collections.abc import Sequence
from typing import NamedTuple

from tradeoff_desktop.findings import Results, agreement_told
from tradeoff_desktop.findings.board import Kind, LevelRow, MoveRow
from tradeoff_desktop.findings.disclosure import SDC_1, Reason, Shown
from tradeoff_desktop.findings.sentences import end_sentence, hidden_sentence, moved_words
from tradeoff_desktop.model.pack import BASE, Flip, Pack
from tradeoff_desktop.report import charts, phrases
from tradeoff_desktop.report.content import Table

BALANCE, DECISION = "BAL", "DEC"
ROUNDS = {
    "R0": "at the start", "RB": "straight after the first talk", "RV": "with one thing changed", "R1": "at the end",
}
AGREEMENT = (
    "How far people agreed is told in words after van der Eijk’s measure of agreement, which uses the order of the answers and "
    "not their distance: broad agreement, mixed, or divided. It is told only where the printed counts settle it."
)
SMALL_ROOM = (
    "Fewer than ten people took part. Numbers from so few could be traced to people, so this report prints no counts of "
    "their private marks. It tells what tables decided and said in public, and in words what moved people where that "
    "gives nobody away."
)
_WITHHELD: dict[Reason, str] = {
    "small_room": "fewer than ten people: not shown",
    "one_block": "not shown: it would give single answers away",
    "all_alike": "not shown: it would give single answers away",
    "edition": "not shown: the earlier edition would give answers away",
    "derivable": "not shown: other numbers would give answers away",
}


class Case(NamedTuple):
    """One case in one workshop: what its marks are looked up by; ``held``: where and when, for captions."""

    results: Results
    pack: Pack
    workshop: str
    scenario: str
    held: str = ""

    def level(self, variant: str, round_: str, item: str = BALANCE) -> LevelRow | None:
        """Where people stood on one card at one time."""
        return self.results.level(
            workshop=self.workshop, scenario=self.scenario, variant=variant, at=round_, item=item,
        )

    def flip(self, variant: str) -> MoveRow | None:
        """How the balance moved at one change."""
        return next((row for row in self._moved("flip") if row.variant == variant), None)

    def end(self) -> MoveRow | None:
        """How the balance moved between start and end."""
        return next(iter(self._moved("end")), None)

    def _moved(self, kind: Kind) -> tuple[MoveRow, ...]:
        return self.results.moved(kind, item=BALANCE, scenario=self.scenario, workshop=self.workshop)

    def flips(self) -> list[Flip]:
        """The changes put to the room, in the order of the axes."""
        found = self.pack.scenario(self.scenario)
        primary = [found.primary(axis.code) for axis in self.pack.axes]
        return [flip for flip in primary if flip is not None and self.flip(flip.id) is not None]

    @property
    def marked(self) -> bool:
        """Whether anybody marked this case here."""
        return any(row.workshop == self.workshop and row.scenario == self.scenario for row in self.results.levels)

    @property
    def printable(self) -> bool:
        """Whether any counts of it may be printed."""
        rows: list[LevelRow | MoveRow | None] = [self.level(BASE, "R0"), self.end()]
        rows += [self.flip(flip.id) for flip in self.flips()]
        return any(row is not None and row.shown.state == "counts" for row in rows)


def words_only(results: Results) -> bool:
    """Whether every workshop is too small for counts: then one sentence stands for all empty charts (decision 41)."""
    return bool(results.workshops) and all(row.present < SDC_1.counts_from for row in results.workshops)


def scale(pack: Pack) -> charts.Scale:
    """The balance scale with its projector labels."""
    labels = tuple(option.projector for option in pack.item(BALANCE).options if option.value.isdigit())
    return charts.Scale(labels=labels, low="Risks outweigh", high="Benefits outweigh")


def blocks(shown: Shown | None) -> tuple[charts.Block, ...]:
    """A row of counts as a chart draws it; empty where it may not be shown."""
    return tuple(
        charts.Block(block.categories[0] + 1, block.categories[-1] + 1, block.people, merged(block.label))
        for block in (shown.blocks if shown else ())
    )


def merged(label: str) -> str:
    """Return a label of several categories in fewer words: "Risks clearly or somewhat", "Risks clearly to evenly balanced"."""
    parts = label.split(" or ")
    first = parts[0].split(" ")[0]
    if len(parts) > 2 and any("," in part for part in parts):
        return f"from “{phrases.lower(parts[0])}” to “{phrases.lower(parts[-1])}”"
    if len(parts) > 2:
        return f"{parts[0]} to {phrases.lower(parts[-1])}"
    if len(parts) == 2 and parts[1].startswith(f"{first} "):
        return f"{parts[0]} or {parts[1].removeprefix(f'{first} ')}"
    return " or ".join([parts[0], *(phrases.lower(part) for part in parts[1:])])


def counts(shown: Shown) -> str:
    """A row of counts in words: "9 towards risk; 11 did not move or towards benefit"."""
    return "; ".join(f"{block.people} {phrases.lower(merged(block.label))}" for block in shown.blocks)


def moved(row: MoveRow | None) -> str:
    """How many moved which way, as far as it may be said, for the line between two bars."""
    if row is None or row.shown.state == "hidden":
        return ""
    if row.shown.state == "counts":
        return counts(row.shown)
    ways = {"risk": "more people moved towards risk", "benefit": "more people moved towards benefit"}
    return ways.get(row.shown.direction or "", "")


def course(case: Case) -> charts.DivergingBars | None:
    """Where people stood straight after the first talk, and with one thing changed. None where most may not be shown."""
    rows = [("As described", case.level(BASE, "RB"))]
    rows += [(f"When {flip.happened}", case.level(flip.id, "RV")) for flip in case.flips()]
    bars = tuple(bar(label, row) for label, row in rows if row is not None)
    shown = sum(bool(drawn.blocks) for drawn in bars)
    return charts.DivergingBars(scale(case.pack), bars) if 2 * shown >= max(len(bars), 1) else None


def day(case: Case) -> charts.BeforeAfter | None:
    """Where people stood at the start and at the end. None where neither may be shown."""
    start, end = (bar(label, case.level(BASE, round_)) for label, round_ in (("Start", "R0"), ("End", "R1")))
    change = charts.Change("As described", start, end, moved(case.end()))
    return charts.BeforeAfter(scale(case.pack), (change,)) if start.blocks or end.blocks else None


def twin(chart: charts.DivergingBars | charts.BeforeAfter | charts.Moved) -> Table:
    """The numbers of a chart as a short table: one row for each bar, its answers in words."""
    if isinstance(chart, charts.Moved):
        return Table(head=("Change", "People"), rows=tuple((p.title, _told(p)) for p in chart.panels), widths=(5, 6))
    bars = charts.bars_of(chart)
    rows = [(drawn.label, _told(drawn), drawn.agreement or "–") for drawn in bars]
    rows += [("Moved", phrases.upper(change.moved), "–") for change in getattr(chart, "changes", ()) if change.moved]
    wide = 3 if any(drawn.agreement for drawn in bars) else 2
    return Table(head=("When", "People", "Agreement")[:wide], rows=tuple(row[:wide] for row in rows), widths=(4, 7, 3)[:wide])


def _told(found: charts.Bar | charts.Panel) -> str:
    return "; ".join(f"{block.count} {phrases.lower(block.label)}" for block in found.blocks) or found.withheld


def withheld_words(shown: Shown) -> str:
    """Why a row has no counts, in the few words that an empty bar holds."""
    return _WITHHELD.get(shown.reason, charts.TOO_FEW)


def left_out(shown: Shown | None, areas: int) -> str:
    """Why a case of so many areas does not stand in a table; ``None`` where there is no row for all areas together."""
    if shown is None:
        return "weighed in one area only" if areas == 1 else "no marks that can be compared"
    few = {"too_few": "too few people marked it", "small_room": "fewer than ten people marked it"}
    return few.get(shown.reason, "the numbers would give single answers away")


def bar(label: str, row: LevelRow | None) -> charts.Bar:
    """One row of counts as a bar, or as an empty one that says why; how far people agreed, where the counts settle it."""
    if row is None:
        return charts.Bar(label, withheld="not asked")
    agreed = agreement_told(tuple((len(block.categories), block.people) for block in row.shown.blocks))
    return charts.Bar(label, blocks(row.shown), withheld_words(row.shown), agreed)


def panel(title: str, shown: Shown) -> charts.Panel:
    """How many moved which way as a panel, or as an empty one that says why."""
    return charts.Panel(title, blocks(shown), withheld_words(shown))


def day_sentence(case: Case) -> str:
    """What happened between start and end, "" where nothing may be said."""
    row = case.end()
    return end_sentence(row) if row is not None else ""


def change_sentences(case: Case) -> list[str]:
    """One sentence for each change of which anything may be said."""
    rows = [row for flip in case.flips() if (row := case.flip(flip.id)) is not None]
    return [sentence for row in rows if (sentence := moved_words(row.shown, row.words))]


def day_rows(case: Case) -> list[LevelRow | MoveRow]:
    """The rows behind the chart of start and end."""
    rows = [case.level(BASE, "R0"), case.level(BASE, "R1"), case.end()]
    return [row for row in rows if row is not None]


def course_rows(case: Case) -> list[LevelRow]:
    """The rows behind the chart of the case as described and changed."""
    return [row for row in (case.level(BASE, "RB"), *(case.level(flip.id, "RV") for flip in case.flips())) if row is not None]


def flip_rows(case: Case) -> list[MoveRow]:
    """The rows behind the chart of what each change did."""
    return [row for flip in case.flips() if (row := case.flip(flip.id)) is not None]


def caption(rows: Sequence[LevelRow | MoveRow], held: str = "") -> str:
    """How many answered, of how many; when, where; and what the chart holds back, for every reason there is."""
    if not rows:
        return ""
    answered = [row.shown.n for row in rows if row.shown.blocks and row.shown.n is not None]
    hidden = dict.fromkeys(sentence for row in rows if (sentence := hidden_sentence(row.shown)))
    both = " both times" if all(isinstance(row, MoveRow) for row in rows) else ""
    based = f"{base(answered, of=rows[0].present)} people answered{both}." if answered else ""
    asked = {round_ for row in rows for round_ in (_rounds(row) if isinstance(row, MoveRow) else (row.round,))}
    when = phrases.listed(words for round_, words in ROUNDS.items() if round_ in asked)
    where = f"; {held}" if held else ""
    return " ".join(filter(None, [based, f"Marked {when}{where}.", *hidden]))


def _rounds(row: MoveRow) -> tuple[str, ...]:
    """The two times a move lies between; a trade-off compares two marks of one time."""
    before = {"flip": "RB", "end": "R0"}.get(row.kind)
    return (before, row.round) if before else (row.round,)


def base(answered: Sequence[int], *, of: int) -> str:
    """How many answered where rows differ: "All 20", "18 of 20", "Between 17 and 20 of 20"."""
    low, high = min(answered), max(answered)
    if low == high:
        return f"All {of}" if low == of else f"{low} of {of}"
    return f"Between {low} and {high} of {of}"


def decisions(case: Case) -> list[tuple[str, str]]:
    """Whether people would let it go ahead, at each time it was asked; only rows whose counts may be shown."""
    asked = [("At the start", BASE, "R0"), ("After the first talk", BASE, "RB")]
    asked += [(f"When {flip.happened}", flip.id, "RV") for flip in case.flips()]
    asked += [("At the end", BASE, "R1")]
    rows = [(when, case.level(variant, round_, DECISION)) for when, variant, round_ in asked]
    return [(when, phrases.upper(counts(row.shown))) for when, row in rows if row is not None and row.shown.blocks]


def trade_offs(case: Case) -> list[tuple[str, str, str]]:
    """Which of two benefits and which of two risks people saw as larger, at the start and at the end."""
    asked: tuple[tuple[Kind, str], ...] = (
        ("public", "Individual or public benefit"), ("security", "Privacy or security risk"),
    )
    return [
        (when, what, phrases.upper(counts(row.shown)))
        for kind, what in asked
        for round_, when in (("R0", "At the start"), ("R1", "At the end"))
        for row in case.results.moved(kind, scenario=case.scenario, workshop=case.workshop)
        if row.round == round_ and row.shown.blocks
    ]


def directions(case: Case) -> str:
    """For five to nine people: which way more of them moved, in words; "" where nothing may be said."""
    ways: dict[str, list[str]] = {"risk": [], "benefit": []}
    for flip in case.flips():
        row = case.flip(flip.id)
        if row is not None and row.shown.state == "words" and row.shown.direction in ways:
            ways[row.shown.direction].append(f"when {flip.happened}")
    parts = [f"towards {way} {phrases.listed(when)}" for way, when in ways.items() if when]
    return f"More people moved {phrases.listed(parts)}." if parts else ""


def withheld(rows: Sequence[Shown]) -> tuple[int, int, int]:
    """How many rows stand with all their counts, with some counts merged, and without counts."""
    whole = sum(row.state == "counts" and not row.hidden for row in rows)
    merged = sum(row.state == "counts" and bool(row.hidden) for row in rows)
    return whole, merged, len(rows) - whole - merged
