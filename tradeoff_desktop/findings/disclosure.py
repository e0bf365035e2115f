"""Disclosure control, policy ``sdc-1``: the gate that everything shown, printed or openly exported passes.

The risk in a room of about twenty is not that somebody is found in a table but that a small or unanimous group
gives away what its members answered. So adjacent categories are merged until every printed block holds at least
five people, zeros included, and a row that ends as one block is not shown. Thresholds and their grounds: the
findings page, section 1.7; what each audience may see: decisions 35 to 39.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from itertools import accumulate, combinations, pairwise
from typing import Literal, NamedTuple

from tradeoff_desktop.errors import RuleError
from tradeoff_desktop.findings.numbers import whole

Audience = Literal["live", "session", "published"]
State = Literal["counts", "words", "hidden"]
Reason = Literal["", "merged", "too_few", "small_room", "one_block", "all_alike", "edition", "derivable"]
Direction = Literal["risk", "benefit", "level"]
Partition = tuple[tuple[int, ...], ...]

AUDIENCES: tuple[Audience, ...] = ("live", "session", "published")
_POINTS = 16
_KEPT_BACK = {"derivable", "edition"}
MOVE_LABELS = ("towards risk", "did not move", "towards benefit")


class Policy(NamedTuple):
    """The thresholds of one policy; every output names the policy and states them."""

    id: str
    block: int  # people in the smallest printed block
    words_from: int  # raters from which the room may hear which way more people moved
    counts_from: int  # raters from which counts are shown
    group: int  # people of a stakeholder group, and of everybody else, before the two are compared
    group_workshops: int  # workshops the group must come from
    quote_group: int  # people of the group in the workshop before a quote names it
    mean_workshops: int  # workshops pooled before a mean is printed
    percent_from: int  # raters from which whole percentages are printed; below, multiples of five


SDC_1 = Policy("sdc-1", 5, 5, 10, 10, 3, 5, 3, 50)


class Moves(NamedTuple):
    """People who moved towards risk, did not move, and moved towards benefit."""

    risk: int
    unchanged: int
    benefit: int


class Block(NamedTuple):
    """Adjacent categories shown as one: their places (0-based), the joined label, and the people in them."""

    categories: tuple[int, ...]
    label: str
    people: int


@dataclass(frozen=True, slots=True)
class Shown:
    """One row of counts as this audience may see it; nothing else of the row may leave the engine.

    ``state``: ``counts`` (``blocks`` may be printed), ``words`` (only ``direction``), ``hidden`` (neither).
    ``n`` is the number of raters, None where even that is withheld. ``direction`` says, for moves, which way
    more people moved. ``hidden`` counts the categories whose own number is not shown.
    """

    policy: str
    audience: Audience
    labels: tuple[str, ...]
    state: State
    reason: Reason
    n: int | None
    blocks: tuple[Block, ...]
    direction: Direction | None
    hidden: int

    def count(self, category: int) -> int | None:
        """Return the people in one category, or None where its own number is not shown."""
        for block in self.blocks:
            if block.categories == (category,):
                return block.people
        return None


class Before(NamedTuple):
    """What an earlier edition printed of a row: raters, first categories of its blocks, their people, the direction."""

    n: int | None
    starts: tuple[int, ...]
    people: tuple[int, ...]
    direction: Direction | None
    reason: Reason


Earlier = Shown | Sequence[Before] | None


def before_of(shown: Shown) -> Before:
    """Return what a row prints, for a later edition to be held against."""
    starts = tuple(block.categories[0] for block in shown.blocks)
    return Before(shown.n, starts, tuple(block.people for block in shown.blocks), shown.direction, shown.reason)


@cache
def partitions(size: int) -> tuple[Partition, ...]:
    """Return the 2^(size-1) ways to cut ``size`` ordered categories into runs, coarsest first."""
    found: list[Partition] = []
    for number in range(size):
        for cuts in combinations(range(1, size), number):
            edges = (0, *cuts, size)
            found.append(tuple(tuple(range(low, high)) for low, high in pairwise(edges)))
    return tuple(found)


def _totals(partition: Partition, counts: Sequence[int]) -> list[int]:
    return [sum(counts[place] for place in block) for block in partition]


@lru_cache(maxsize=16_384)
def _ranked(counts: tuple[int, ...], minimum: int, cut: int | None) -> tuple[Partition, ...]:
    below = (0, *accumulate(counts))
    found: list[tuple[int, bool, int, Partition]] = []
    for partition in partitions(len(counts)):
        totals = [below[block[-1] + 1] - below[block[0]] for block in partition]
        if min(totals) >= minimum:
            loses_cut = cut is not None and all(block[0] != cut for block in partition)
            found.append((-len(partition), loses_cut, max(totals), partition))
    return tuple(partition for *_, partition in sorted(found))


def allowed_partitions(counts: Sequence[int], minimum: int, cut: int | None) -> tuple[Partition, ...]:
    """Return the partitions whose every block holds ``minimum`` people, the preferred one first.

    Most blocks, then one that keeps the cut, then the smallest largest block, then the earliest cuts.
    """
    return _ranked(tuple(counts), minimum, cut)


def disclosure_blocks(counts: Sequence[int], *, minimum: int = 5, cut: int | None = None) -> Partition:
    """Merge adjacent ordered categories until every block holds at least ``minimum`` people.

    ``counts``: people in each of the k ordered categories. ``cut``: the place (0-based category) where a block
    should begin if that costs no block; 3 keeps the cut between the third and the fourth category.
    Returns the blocks as tuples of category places, in order: the partition with the most blocks, then one that
    keeps the cut, then the smallest largest block, then the earliest cuts. One block means: do not show the row.
    No block at all means that fewer than ``minimum`` people answered.
    A cut beyond the last category costs nothing and keeps nothing.
    Raises RuleError ``bad_counts`` (not whole, negative, masked, or none), ``bad_minimum`` (not whole, below 1),
    ``bad_cut`` (not whole, negative) and ``bad_scale`` (more than 16 categories: the search tries every partition).
    """
    checked = whole_counts(counts)
    if len(checked) > _POINTS:
        raise RuleError("bad_scale", points=len(checked))
    least = whole(minimum)
    if least is None or least < 1:
        raise RuleError("bad_minimum", minimum=minimum)
    allowed = allowed_partitions(checked, least, _whole_cut(cut))
    return allowed[0] if allowed else ()


def whole_counts(counts: Sequence[int]) -> list[int]:
    """Return the counts as ints; RuleError ``bad_counts`` where one is negative, not whole, masked, or none is given."""
    try:
        checked = [whole(count) for count in counts]
    except TypeError as error:
        raise RuleError("bad_counts") from error
    found = [count for count in checked if count is not None and count >= 0]
    if not found or len(found) < len(checked):
        raise RuleError("bad_counts")
    return found


def _whole_cut(cut: int | None) -> int | None:
    place = None if cut is None else whole(cut)
    if cut is not None and (place is None or place < 0):
        raise RuleError("bad_cut", cut=cut)
    return place


def _cuts(partition: Partition) -> set[int]:
    return {block[0] for block in partition} - {0}


def _reveals_change(partition: Partition, counts: Sequence[int], earlier: Before) -> bool:
    """Say whether this row beside its earlier edition gives away the answers of a few people (decision 39).

    Most people stand in both editions. So a cut that the earlier one did not make would split its blocks, and a block
    that changed by one to four people would say what they had answered.
    """
    cuts = _cuts(partition)
    if earlier.n is None or not cuts:
        return False  # only the totals can be compared, and those say nothing about an answer
    if not cuts <= set(earlier.starts):
        return True  # also where it printed no blocks: that there were none to print has told something
    old = [0] * len(partition)
    for start, people in zip(earlier.starts, earlier.people, strict=True):
        old[sum(start >= cut for cut in cuts)] += people
    changes = [abs(new - people) for new, people in zip(_totals(partition, counts), old, strict=True)]
    return any(changes) and min(changes) < SDC_1.block


def _direction(moves: Moves, partition: Partition) -> Direction | None:
    """Return which way more people moved, or None where saying so would pin down a merged count.

    With one side printed (z) and the rest merged (B), "more this way" leaves the other side 0..z-1 or z+1..B;
    at least five values must stay possible. "As many" would give the merged count itself.
    """
    way: Direction = (
        "level" if moves.risk == moves.benefit else "risk" if moves.risk > moves.benefit else "benefit"
    )
    if len(partition) != 2:
        return way
    side = 0 if len(partition[0]) == 1 else 2
    printed, merged = moves[side], sum(moves) - moves[side]
    other_leads = way == ("benefit" if side == 0 else "risk")
    left = merged - printed if other_leads else min(printed, merged + 1)
    return way if way != "level" and left >= SDC_1.block else None


class _Row(NamedTuple):
    """How one row is to be treated."""

    labels: Sequence[str]
    cut: int | None = None
    seen_by_all: bool = False
    moves: bool = False
    earlier: Earlier = ()


def printed(
    counts: Sequence[int],
    labels: Sequence[str],
    *,
    audience: Audience,
    partition: Partition,
    moves: bool = False,
) -> Shown:
    """Return the row that prints these blocks (two or more); the caller has made sure that it may."""
    blocks = [
        Block(block, " or ".join(labels[place] for place in block), total)
        for block, total in zip(partition, _totals(partition, counts), strict=True)
    ]
    hidden = sum(len(block) for block in partition if len(block) > 1)
    return Shown(
        policy=SDC_1.id,
        audience=audience,
        labels=tuple(labels),
        state="counts",
        reason="merged" if hidden else "",
        n=sum(counts),
        blocks=tuple(blocks),
        direction=_direction(Moves(*counts), partition) if moves else None,
        hidden=hidden,
    )


def _unprinted(counts: Sequence[int], row: _Row, audience: Audience, reason: Reason) -> Shown:
    """Return a row without counts; moves still say which way, unless there are too few or an edition forbids it."""
    speaks = row.moves and reason not in {"too_few", *_KEPT_BACK}
    return Shown(
        policy=SDC_1.id,
        audience=audience,
        labels=tuple(row.labels),
        state="words" if speaks else "hidden",
        reason=reason,
        n=sum(counts) if sum(counts) >= SDC_1.counts_from else None,
        blocks=(),
        direction=_direction(Moves(*counts), ()) if speaks else None,
        hidden=len(counts),
    )


def _small(n: int, audience: Audience) -> Reason:
    """Return why a row of n raters shows no counts at all, or nothing if it may."""
    if n < SDC_1.words_from or (n < SDC_1.counts_from and audience == "published"):
        return "too_few"
    return "small_room" if n < SDC_1.counts_from else ""


def _options(
    counts: Sequence[int], *, audience: Audience, cut: int | None, seen_by_all: bool
) -> Sequence[Partition]:
    """Return the partitions this audience may see, best first; at ten raters or more, one block always ends it."""
    if audience == "live":
        alike = max(counts) == sum(counts) and not seen_by_all
        return partitions(len(counts))[:1] if alike else partitions(len(counts))[::-1]
    return allowed_partitions(counts, SDC_1.block, cut)


def _show(counts: Sequence[int], row: _Row, audience: Audience) -> Shown:
    checked = whole_counts(counts)
    if audience not in AUDIENCES:
        raise RuleError("unknown_audience", audience=audience)
    if len(row.labels) != len(checked):
        raise RuleError("length_mismatch", expected=len(checked), found=len(row.labels))
    small = _small(sum(checked), audience)
    if small:
        return _unprinted(checked, row, audience, small)
    allowed = _options(checked, audience=audience, cut=row.cut, seen_by_all=row.seen_by_all)
    first, earlier = allowed[0], _befores(row.earlier)
    if any(before.reason in _KEPT_BACK for before in earlier):
        return _unprinted(checked, row, audience, "derivable" if earlier[0].reason == "derivable" else "edition")
    first = next(option for option in allowed if not any(_reveals_change(option, checked, each) for each in earlier))
    if len(first) > 1:
        return printed(checked, row.labels, audience=audience, partition=first, moves=row.moves)
    alone: Reason = "all_alike" if audience == "live" else "one_block"
    shown = _unprinted(checked, row, audience, "edition" if len(allowed[0]) > 1 else alone)
    if any(before.n is not None and before.direction != shown.direction for before in earlier):
        return _unprinted(checked, row, audience, "edition")  # which way more people moved would tell who came or went
    return shown


def _befores(earlier: Earlier) -> Sequence[Before]:
    return (before_of(earlier),) if isinstance(earlier, Shown) else earlier or ()


def show_levels(
    counts: Sequence[int],
    labels: Sequence[str],
    *,
    audience: Audience,
    cut: int | None = None,
    seen_by_all: bool = False,
    earlier: Earlier = None,
) -> Shown:
    """Return what this audience may see of a row of counts over k ordered answers.

    ``seen_by_all``: a show of hands, which everyone in the room saw, so unanimity is no secret there.
    ``earlier``: the same row in the edition that this one replaces, or in several; categories are merged further, or the row is
    hidden, until the pair gives nothing away. Raises RuleError as ``disclosure_blocks`` and ``length_mismatch``,
    ``unknown_audience``.
    """
    return _show(counts, _Row(labels, cut, seen_by_all, earlier=earlier), audience)


def show_moves(
    moves: Moves, *, audience: Audience, labels: Sequence[str] = MOVE_LABELS, earlier: Earlier = None
) -> Shown:
    """Return what this audience may see of the people who moved: counts, merged counts, or only which way.

    Errors as ``show_levels``.
    """
    return _show(moves, _Row(labels, moves=True, earlier=earlier), audience)


def withheld(shown: Shown) -> Shown:
    """Return the row with everything but its base taken away, because it could be worked out from other rows."""
    return replace(
        shown, state="hidden", reason="derivable", blocks=(), direction=None, hidden=len(shown.labels)
    )


def groups_may_be_compared(*, group: int, complement: int, workshops: int) -> bool:
    """Say whether a stakeholder group may be set beside everybody else (rule D4: people, people, workshops)."""
    return min(group, complement) >= SDC_1.group and workshops >= SDC_1.group_workshops


def quote_may_name_group(attended: int) -> bool:
    """Say whether a quote may name its group: at least five of that group attended the workshop (decision 37)."""
    return attended >= SDC_1.quote_group


def percent(count: int, n: int) -> int:
    """Return the percentage as printed (rule D6): whole, and a multiple of five below fifty raters.

    Raises RuleError ``bad_counts`` unless 0 <= count <= n and n > 0.
    """
    people, base = whole(count), whole(n)
    if people is None or base is None or not 0 <= people <= base or not base:
        raise RuleError("bad_counts", count=count, n=n)
    step = 1 if base >= SDC_1.percent_from else 5
    return step * ((200 * people + step * base) // (2 * step * base))
