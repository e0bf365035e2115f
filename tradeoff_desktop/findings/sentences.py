"""The finding as a sentence: fixed templates, slots filled by code, nothing that disclosure control has not passed.

The main text speaks in counts; means, ranges and p stand in the annex. A finding that is none reads "we cannot tell",
never "no effect". "When ..." is followed by what people saw, in the words of the pack.
"""

from tradeoff_desktop.findings.areas import AreaCount, MoveAcross
from tradeoff_desktop.findings.board import MoveRow
from tradeoff_desktop.findings.comparisons import GroupDifference, TableChange
from tradeoff_desktop.findings.disclosure import Policy, Reason, Shown
from tradeoff_desktop.findings.ladder import TEST_FROM, PooledMean
from tradeoff_desktop.findings.shifts import AxisShift

SCOPE = (
    "People were invited for their roles. These results describe these workshops, "
    "not the public or every organisation in the area."
)
SAME_ORDER = "Everyone saw these in the same order, so we cannot separate the change from the order."
MEAN_HIDDEN = "The mean is not shown, because beside the counts it would give single answers away."
CANNOT_TELL = "We cannot tell whether this would hold elsewhere."
SIGNIFICANT = 0.05
_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_HIDDEN: dict[Reason, str] = {
    "": "",
    "merged": "Neighbouring answers are counted together where fewer than five people would stand alone.",
    "too_few": "Too few responses to show.",
    "small_room": "Fewer than ten people answered, so no counts are shown.",
    "one_block": "The counts are not shown, because they would give single answers away.",
    "all_alike": "The counts are not shown, because they would give single answers away.",
    "edition": "The counts are not shown, because beside the earlier edition they would give single answers away.",
    "derivable": "The counts are not shown, because with the other counts they would give single answers away.",
}


def hidden_sentence(shown: Shown) -> str:
    """Say what is not shown and why; nothing where everything is."""
    return _HIDDEN[shown.reason]


def base_sentence(shown: Shown, present: int) -> str:
    """Say how many of those present answered; nothing where that may not be said."""
    return f"{shown.n} of {present} people answered." if shown.n is not None else ""


def policy_sentence(policy: Policy, hidden: int) -> str:
    """Name the disclosure policy, its thresholds and how much it hides."""
    counts = "1 count is" if hidden == 1 else f"{hidden} counts are"
    return (
        f"Disclosure policy {policy.id}: no count of fewer than {policy.block} people, no row of fewer than "
        f"{policy.counts_from}, no mean of fewer than {policy.mean_workshops} workshops. {counts} not shown separately."
    )


def order_sentence(*, same_order: bool) -> str:
    """Say that order and change cannot be told apart, where that is so."""
    return SAME_ORDER if same_order else ""


def moved_sentence(row: MoveRow) -> str:
    """Say in counts who moved in one workshop when they saw the flip."""
    return _sentence(f"In {row.name}, ", row.shown, f" when {row.words}" if row.words else "")


def moved_words(shown: Shown, words: str) -> str:
    """Say who moved without naming the workshop: for the room itself."""
    return _sentence("", shown, f" when {words}" if words else "")


def end_sentence(row: MoveRow) -> str:
    """Say in counts who moved between start and end."""
    shown = row.shown
    if shown.hidden or shown.state != "counts":
        return _sentence("Between start and end ", shown, "")
    down, same, up = (block.people for block in shown.blocks)
    lower, _, upper = shown.labels
    return f"Between start and end {up} people moved {upper}, {down} {lower}, {same} {shown.labels[1]}."


def tradeoff_sentence(row: MoveRow) -> str:
    """Say in counts which of two benefits, or of two risks, people put higher."""
    return f"In {row.name}, of {_tradeoff(row.shown)}." if row.shown.state == "counts" else ""


def _tradeoff(shown: Shown) -> str:
    parts = "; ".join(f"{block.label} for {block.people}" for block in shown.blocks)
    return f"{shown.n} people: {parts}"


def _tradeoff_across(row: MoveAcross) -> str:
    if row.shown.state != "counts":
        return ""
    everywhere = row.shown.n == row.people or not row.areas_counted
    where = "In all areas together" if everywhere else "In the areas that show the numbers"
    return f"{where}, of {_tradeoff(row.shown)}."


def _sentence(start: str, shown: Shown, when: str) -> str:
    """Fill the template for three ways, for one side against the rest, or for words alone."""
    lower, still, upper = shown.labels
    if shown.state == "words":
        text = {
            "risk": f"more people moved {lower} than {upper}{when}.",
            "benefit": f"more people moved {upper} than {lower}{when}.",
            "level": f"as many people moved {upper} as {lower}{when}.",
        }[shown.direction or "level"]
        return _capital(start + text)
    if shown.state == "hidden":
        return ""
    if not shown.hidden:
        down, same, up = (block.people for block in shown.blocks)
        return _capital(
            f"{start}{down} of {shown.n} people moved {lower}{when}; {up} moved {upper} and {same} {still}."
        )
    side, other = (lower, upper) if shown.count(0) is not None else (upper, lower)
    people = shown.count(0 if side == lower else 2) or 0
    rest = (shown.n or 0) - people
    return _capital(
        f"{start}{people} of {shown.n} people moved {side}{when}; the other {rest} moved {other} or {still}."
    )


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def across_sentence(row: MoveAcross, axis: AxisShift | None = None) -> str:
    """Say in counts what happened across areas, and how far that carries (main text).

    ``axis``: the primary test of the flip's axis, if it has one.
    """
    if row.kind in {"public", "security"}:
        return _tradeoff_across(row)
    when = f" when {row.words}" if row.words else ""
    if row.areas_counted < 2:
        together = _sentence("In all areas together, ", row.shown, when)
        rest = (left_out_sentence(row.left_out), _caution(row, axis)) if together else ()
        return " ".join(filter(None, (together, *rest)))
    risk, benefit = row.towards_risk, row.towards_benefit
    to_risk = risk > benefit or (risk == benefit and row.shown.direction != "benefit")
    side = 0 if to_risk else 2
    agreeing = risk if to_risk else benefit
    found = (
        f"In {agreeing} of {row.areas_counted} areas more people moved {row.shown.labels[side]} "
        f"than the other way{when}"
    )
    counts = row.counts_risk if to_risk else row.counts_benefit
    total, ends = _in_all(counts, row), _extremes(counts, row.areas_counted)
    joined = ": ".join(filter(None, (found, "; ".join(filter(None, (total, ends))))))
    return " ".join(filter(None, (f"{joined}.", left_out_sentence(row.left_out), _caution(row, axis))))


def _in_all(areas: tuple[AreaCount, ...], row: MoveAcross) -> str:
    """Add the people up; where an area does not print its number, the sum is the least that it can be."""
    people = sum(area.people for area in areas)
    every = len(areas) == sum(area.shown.n is not None for area in row.areas)
    return f"{'' if every else 'at least '}{people} of {row.people} people in all" if areas else ""


def _extremes(areas: tuple[AreaCount, ...], counted: int) -> str:
    """Name the areas with the lowest and the highest share, of those that print the number."""
    if len(areas) < 2:
        return ""
    low, high = areas[0], areas[-1]
    among = "" if len(areas) == counted else f"of the {len(areas)} areas that show the number, "
    return (
        f"{among}lowest {low.name}, {low.people} of {low.n}, highest {high.name}, {high.people} of {high.n}"
    )


def left_out_sentence(left_out: int) -> str:
    """Say how many areas are not counted by themselves."""
    if not left_out:
        return ""
    areas = "1 area is" if left_out == 1 else f"{left_out} areas are"
    return f"{areas} not counted separately, to protect the people there."


def _caution(row: MoveAcross, axis: AxisShift | None) -> str:
    """Say how far a count carries; nothing is added only where the axis was found to move this very way."""
    workshops = len(row.areas)
    if workshops < TEST_FROM:
        return _too_few(workshops)
    found = axis is not None and axis.holm is not None and axis.holm < SIGNIFICANT
    if not found or axis is None or row.sign is None or row.shown.direction not in {"risk", "benefit"}:
        return CANNOT_TELL
    towards = (axis.shift.mean or 0.0) * row.sign
    return "" if towards * (1 if row.shown.direction == "benefit" else -1) > 0 else CANNOT_TELL


def _too_few(workshops: int) -> str:
    return f"{_capital(in_words(workshops))} workshops are too few to say how far this would hold elsewhere."


def in_words(number: int) -> str:
    """Return a whole number as a word up to nine, in figures above."""
    return _NUMBERS[number] if 0 <= number < len(_NUMBERS) else str(number)


def points_of(value: float, decimals: int = 1) -> str:
    """Return a number as printed, with a real minus sign and no minus nought."""
    text = f"{value:.{decimals}f}"
    return text.removeprefix("-") if not float(text) else text.replace("-", "−")


def probability(p: float) -> str:
    """Return a p-value as printed: three decimals, or that it is below the smallest of them."""
    return "p < 0.001" if p < 0.0005 else f"p = {p:.3f}"


def _oriented(mean: PooledMean) -> tuple[str, str, str]:
    """Return the size of a move, its direction, and its range as seen from that direction."""
    value = mean.mean or 0.0
    low, high = (
        (mean.low or 0.0, mean.high or 0.0) if value >= 0 else (-(mean.high or 0.0), -(mean.low or 0.0))
    )
    return (
        points_of(abs(value)),
        "benefit" if value >= 0 else "risk",
        f"{points_of(low)} to {points_of(high)}",
    )


def axis_sentence(axis: AxisShift, *, points: int, questions: int) -> str:
    """Say what the primary test found (annex); ``questions``: how many primary tests there are."""
    shift = axis.shift
    if shift.mean is None:
        return "" if shift.reason == "few_workshops" else MEAN_HIDDEN
    size, direction, likely = _oriented(shift)
    if axis.holm is None:
        found = f"Across {shift.workshops} areas the average move was {size} points towards {direction} when {axis.words}."
        return f"{found} {_too_few(shift.workshops)}"
    if axis.holm < SIGNIFICANT:
        found = (
            f"Across {shift.workshops} areas, ratings moved {size} points on the {points}-point scale towards "
            f"{direction} when {axis.words} (likely range {likely}). A move this size would be unusual if only chance "
            f"differences between workshops were at work ({probability(axis.holm)}, allowing for {in_words(questions)} "
            f"questions)."
        )
    else:
        found = (
            f"We cannot tell whether it matters that {axis.words}: the average move was {size} points towards "
            f"{direction} (likely range {likely}). With {shift.workshops} workshops we could reliably detect moves of "
            f"about {points_of(axis.detectable or 0.0)} points."
        )
    return " ".join(filter(None, (found, _mixed(axis), _prediction(axis))))


def _mixed(axis: AxisShift) -> str:
    if not axis.mixed or axis.net.mean is None:
        return ""
    other = "benefit" if axis.net.mean > 0 else "risk"
    return f"The picture is mixed: counting people instead of points, the move was towards {other}."


def _prediction(axis: AxisShift) -> str:
    if axis.prediction is None:
        return ""
    low, high = (points_of(end) for end in axis.prediction)
    return f"Another workshop like these would most likely see a move between {low} and {high} points."


def tables_sentence(change: TableChange) -> str:
    """Say whether opinions at the tables drew together (full report); nothing below six workshops."""
    if not change.word:
        return ""
    found = f"Opinions at the tables became {change.word}."
    return f"{found} {CANNOT_TELL}" if change.word == "no closer" else found


def group_sentence(difference: GroupDifference, group: str) -> str:
    """Say how one stakeholder group differs from everybody else (annex, exploratory)."""
    found = difference.difference
    if found.mean is None or found.low is None or found.high is None or found.adjusted_p is None:
        return ""
    way = "nearer to benefit" if found.mean >= 0 else "nearer to risk"
    return (
        f"Across {found.workshops} workshops, {group} rated {points_of(abs(found.mean))} points {way} than everyone else "
        f"(range of the difference {points_of(found.low)} to {points_of(found.high)}; exploratory, "
        f"{probability(found.adjusted_p)} after adjustment)."
    )
