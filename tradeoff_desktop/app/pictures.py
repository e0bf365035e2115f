"""The pictures a room may see of its own answers, after disclosure control for the audience "live".

A picture lies over a screen: over a flip, the marking after the talk and that of the flip; over any other screen
of the whole room, the first marking and the one after the talk. It exists only once every sheet it counts is keyed. From ten people it
has counts, from five to nine only words, below that nothing (decision 35). Stakeholder groups never enter.
"""

from collections import Counter
from dataclasses import dataclass
from typing import NamedTuple

from tradeoff_desktop.findings.disclosure import SDC_1, Moves, Shown, show_levels, show_moves
from tradeoff_desktop.model import records as r
from tradeoff_desktop.model.pack import BASE, Pack
from tradeoff_desktop.model.runsheet import Screen, step_of
from tradeoff_desktop.model.workshop import Workshop

START, AFTER_TALK = ("R0", BASE), ("RB", BASE)
Marking = tuple[str, str]  # round, variant
SHEET_OF = {"R0": 1, "RB": 2, "RV": 2}  # the anchor's paper sheets


class Part(NamedTuple):
    """A run of answers in a bar: the places it covers (0 is the lowest), its words, the people in it."""

    places: tuple[int, ...]
    words: str
    people: int


@dataclass(frozen=True, slots=True)
class Bar:
    """One marking as a stacked bar. ``words`` stands in its place where no counts may be shown."""

    label: str
    parts: tuple[Part, ...]
    people: int | None
    words: str = ""

    def spoken(self) -> str:
        """The bar read aloud."""
        parts = ", ".join(f"{part.words} {part.people}" for part in self.parts)
        return f"{self.label}: {parts or self.words}."


@dataclass(frozen=True, slots=True)
class Picture:
    """One or two bars over the same answers, the number of points of their scale, and the sentence below."""

    bars: tuple[Bar, ...]
    labels: tuple[str, ...]
    sentence: str

    def spoken(self) -> str:
        """The picture read aloud: the same numbers as the bars, for people who do not see them."""
        bars = " ".join(bar.spoken() for bar in self.bars if bar.parts or bar.words)
        return f"{bars} {self.sentence}".strip()


@dataclass(frozen=True, slots=True)
class Gate:
    """Whether the picture over a screen may be revealed now, and otherwise why not.

    ``reason`` is "" (it may), ``no_picture``, ``nobody``, ``not_keyed`` (``sheets`` and ``seats`` say which) or
    ``too_few`` people for anything to be shown.
    """

    reason: str
    sheets: tuple[int, ...] = ()
    seats: tuple[str, ...] = ()

    @property
    def open(self) -> bool:
        """Whether F9 reveals."""
        return not self.reason


def gate(state: Workshop, screen: Screen) -> Gate:
    """Say whether the picture over ``screen`` may be revealed."""
    hands = _hands(state, screen)
    if hands is not None:
        return Gate("" if sum(hands.counts.values()) >= SDC_1.counts_from else "too_few")
    pair = markings(state.pack, screen)
    if pair is None:
        return Gate("no_picture")
    if not state.sitting():
        return Gate("nobody")
    sheets = tuple(sorted({SHEET_OF[round_] for round_, _ in pair}))
    waiting = {sheet: state.missing(sheet) for sheet in sheets}
    if any(waiting.values()):
        seats = tuple(sorted({seat for missing in waiting.values() for seat in missing}))
        return Gate("not_keyed", tuple(sheet for sheet in sheets if waiting[sheet]), seats)
    return Gate("" if len(_both(state, *pair)) >= SDC_1.words_from else "too_few")


def over(state: Workshop, screen: Screen) -> Picture | None:
    """The picture over ``screen``, or None while the gate is closed."""
    if not gate(state, screen).open:
        return None
    tally = _hands(state, screen)
    if tally is not None:
        return _show_of_hands(state.pack, tally)
    pair = markings(state.pack, screen)
    return _pair(state, *pair) if pair is not None else None


def markings(pack: Pack, screen: Screen) -> tuple[Marking, Marking] | None:
    """The two markings that a picture over ``screen`` sets side by side; None where none may be shown.

    Not while tables work on their own, and not while people mark the first or the last sheet: it would sway them.
    """
    step = step_of(pack, screen.step)
    if step is None or step.pace == "table" or step.round in {"R0", "R1"}:
        return None
    return (AFTER_TALK, ("RV", screen.variant)) if screen.shown == "flip" else (START, AFTER_TALK)


def every_marking(state: Workshop) -> list[Bar]:
    """All markings of the anchor that may be shown, first to last: the table twin of the whole picture."""
    found = [START, AFTER_TALK, *_flips(state)]
    return [_bar(state, marking) for marking in found if not state.missing(SHEET_OF[marking[0]]) and state.sitting()]


def _flips(state: Workshop) -> list[Marking]:
    order = state.pack.order_index(area=state.area, table=0, scenario=state.pack.anchor.id)
    return [("RV", flip.id) for flip in state.pack.flip_order(state.pack.anchor.id, order)]


def in_words(state: Workshop) -> list[str]:
    """Where there are too few people for counts: which way more of them moved, pair after pair."""
    if any(state.missing(sheet) for sheet in (1, 2)):
        return []
    pairs = [(START, AFTER_TALK), *((AFTER_TALK, flip) for flip in _flips(state))]
    return [_pair(state, *pair).sentence for pair in pairs if len(_both(state, *pair)) >= SDC_1.words_from]


def ends_apart(state: Workshop, screen: Screen) -> bool:
    """Whether many stand at both ends of the last marking over ``screen``: a quarter or more on each side.

    Read off the very blocks that may be shown, so that asking the two ends says no more than the picture would.
    """
    pair = markings(state.pack, screen)
    if pair is None or not gate(state, screen).open:
        return False
    bar, middle = _bar(state, pair[1]), len(_labels(state.pack)) // 2
    low = sum(part.people for part in bar.parts if max(part.places) < middle)
    high = sum(part.people for part in bar.parts if min(part.places) > middle)
    return bar.people is not None and min(low, high) * 4 >= bar.people > 0


def name_of(pack: Pack, marking: Marking) -> str:
    """A marking as the room knows it."""
    if marking == START:
        return "Before the talk"
    flip = pack.anchor.flip(marking[1])
    return flip.label if flip else "After the talk"


def _answers(state: Workshop, marking: Marking) -> dict[str, int]:
    """The value each seat marked on the anchor's primary item; people who gave none are left out."""
    round_, variant = marking
    wanted = (state.pack.anchor.id, variant, round_, state.pack.primary_item)
    return {
        seat: int(answer) for seat, cell, answer in state.answers() if cell[1:5] == wanted and answer.isdigit()
    }


def _both(state: Workshop, before: Marking, after: Marking) -> list[tuple[int, int]]:
    first, second = _answers(state, before), _answers(state, after)
    return [(first[seat], second[seat]) for seat in sorted(first.keys() & second.keys())]


def _pair(state: Workshop, before: Marking, after: Marking) -> Picture:
    both = _both(state, before, after)
    moves = Moves(
        sum(b < a for a, b in both), sum(b == a for a, b in both), sum(b > a for a, b in both),
    )
    shown = show_moves(moves, audience="live")
    happened = "after the talk" if after == AFTER_TALK else f"when {_happened(state.pack, after)}"
    bars = (_bar(state, before), _bar(state, after))
    if shown.state != "counts" or not all(bar.parts for bar in bars):
        # A count beside a bar that is held back would give the bar away.
        return Picture(tuple(Bar(bar.label, (), None) for bar in bars), _labels(state.pack), _words(shown, happened))
    return Picture(bars, _labels(state.pack), _counts(moves, happened))


def _happened(pack: Pack, marking: Marking) -> str:
    flip = pack.anchor.flip(marking[1])
    return flip.happened if flip else ""


def _counts(moves: Moves, happened: str) -> str:
    """How many moved, the larger side first, in the words of the reports."""
    n = sum(moves)
    first, second = ("risk", "benefit") if moves.risk >= moves.benefit else ("benefit", "risk")
    led, trailed = max(moves.risk, moves.benefit), min(moves.risk, moves.benefit)
    sentence = f"{led} of {n} people moved towards {first} {happened}"
    return f"{sentence}; {trailed} moved towards {second} and {moves.unchanged} did not move."


def _words(shown: Shown, happened: str) -> str:
    if shown.direction in {"risk", "benefit"}:
        other = "benefit" if shown.direction == "risk" else "risk"
        return f"More people moved towards {shown.direction} than towards {other} {happened}."
    if shown.direction == "level":
        return f"As many people moved towards risk as towards benefit {happened}."
    return "There is too little here to show without giving single answers away."


def _labels(pack: Pack) -> tuple[str, ...]:
    return tuple(o.projector for o in pack.item(pack.primary_item).options if o.value.isdigit())


def _bar(state: Workshop, marking: Marking) -> Bar:
    labels = _labels(state.pack)
    tallied = Counter(_answers(state, marking).values())
    counts = [tallied[place] for place in range(1, len(labels) + 1)]
    return _as_bar(name_of(state.pack, marking), show_levels(counts, labels, audience="live"))


def _as_bar(label: str, shown: Shown) -> Bar:
    if shown.state != "counts":
        return Bar(label, (), shown.n, _held_back(shown))
    parts = tuple(Part(block.categories, block.label, block.people) for block in shown.blocks if block.people)
    return Bar(label, parts, shown.n)


def _held_back(shown: Shown) -> str:
    if shown.reason == "all_alike":
        return "Everybody gave the same answer"
    return "Too few answers for counts"


def _hands(state: Workshop, screen: Screen) -> r.Tally | None:
    """The last show of hands of the step on screen."""
    step = step_of(state.pack, screen.step)
    if step is None or "hands" not in step.capture:
        return None
    counted = [body for _, body in state.bodies(r.Tally) if body.step == screen.step]
    return counted[-1] if counted else None


def _show_of_hands(pack: Pack, tally: r.Tally) -> Picture:
    """Hands may only say totals, never who moved; everybody saw them, so unanimity is no secret."""
    options = [o for o in pack.item(tally.item).options if o.value.isdigit()]
    labels = tuple(option.projector for option in options)
    counts = [tally.counts.get(option.value, 0) for option in options]
    shown = show_levels(counts, labels, audience="live", seen_by_all=True)
    sentence = f"{sum(counts)} hands, counted in the open."
    return Picture((_as_bar("Hands", shown),), labels, sentence)
