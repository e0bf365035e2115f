"""What the engine reads: plain answers and the design they were given under."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tradeoff_desktop.errors import RuleError

Key = str | int
Counts = NDArray[np.int64]
ROUNDS = ("R0", "RB", "RV", "R1")
NOT_ASKED, NO_VALUE = -1, 0  # in a column; answers are 1..k


class Answer(NamedTuple):
    """One answer of one person to one item; ``value`` is None for can't say and for anything missing.

    ``round``: R0 before talk, RB base after the first talk, RV flips, R1 end. ``position``: the place of the variant
    in the order shown, base 0, flips from 1; None where unknown.
    """

    workshop: str
    area: str
    table: Key
    seat: Key
    group: str
    scenario: str
    variant: str
    round: str
    item: str
    value: int | None
    position: int | None


class Contrast(NamedTuple):
    """What one flip changes: the axis, the sign with which it counts towards the axis's declared contrast, the words.

    ``sign`` None: a flip that is counted and told but enters no test (a step that is none). ``words`` fill "when ...".
    """

    axis: str
    sign: int | None
    words: str


class Scale(NamedTuple):
    """An ordered scale: how many points, and the 0-based category before which the kept cut lies."""

    points: int
    cut: int


BALANCE, DECISION = "BAL", "DEC"
DEFAULT_ITEMS: Mapping[str, Scale] = {
    BALANCE: Scale(5, 3),
    DECISION: Scale(4, 2),
    **{item: Scale(5, 3) for item in ("IB", "PB", "PR", "SR")},
}


@dataclass(frozen=True)
class Design:
    """What was asked, as the pack and the programme declare it.

    ``contrasts``: per (scenario, variant) what the flip changes. ``axes``: per axis the words of its declared
    contrast, in printing order; these are the primary tests, and without them there are none. ``anchor``: the scenario
    of every workshop. ``items``: the scales. ``labels``: per item its category labels (numbers otherwise). ``names``:
    per workshop its printed name (the area otherwise). ``present``: per workshop its headcount (raters otherwise).
    """

    contrasts: Mapping[tuple[str, str], Contrast]
    axes: Mapping[str, str]
    anchor: str | None = None
    items: Mapping[str, Scale] = field(default_factory=lambda: DEFAULT_ITEMS)
    labels: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)
    present: Mapping[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Refuse a design that contradicts itself: RuleError ``bad_scale``, ``bad_sign``, ``undeclared_axis``."""
        for item, scale in self.items.items():
            labels = self.labels.get(item)
            if not 0 < scale.cut < scale.points or (labels is not None and len(labels) != scale.points):
                raise RuleError("bad_scale", item=item, points=scale.points)
        for (scenario, variant), contrast in self.contrasts.items():
            if contrast.sign not in {-1, 1, None}:
                raise RuleError("bad_sign", scenario=scenario, variant=variant)
            if self.axes and contrast.sign is not None and contrast.axis not in self.axes:
                raise RuleError("undeclared_axis", axis=contrast.axis)

    def category_labels(self, item: str) -> tuple[str, ...]:
        """Return the labels of an item's categories, lowest first."""
        return self.labels.get(item) or tuple(str(point + 1) for point in range(self.items[item].points))


class Cell(NamedTuple):
    """What is rated at once: one scenario in one variant and round, by one item."""

    scenario: str
    variant: str
    round: str
    item: str


class Person(NamedTuple):
    """One seat of one workshop."""

    workshop: str
    seat: str
    table: str
    group: str


class Study:
    """All answers as columns over people, checked once.

    ``people`` are sorted by workshop and seat, ``workshops`` by id; ``room`` holds each person's place in
    ``workshops``, and ``span`` the slice of people of each workshop. Nothing depends on the order of the answers.
    Raises RuleError ``unknown_item``, ``unknown_round``, ``value_out_of_scale``, ``duplicate_answer``,
    ``area_differs``, ``group_differs``, ``empty_data``.
    """

    def __init__(self, answers: Iterable[Answer], design: Design) -> None:
        self.design = design
        gathered: dict[Cell, list[tuple[tuple[str, str], int]]] = {}
        self.areas: dict[str, str] = {}
        seats: dict[tuple[str, str], tuple[str, str]] = {}
        self._positions: dict[tuple[str, str], dict[str, set[int]]] = {}
        for answer in answers:
            person = (answer.workshop, str(answer.seat))
            value = _checked(answer, design.items)
            gathered.setdefault(Cell(*answer[5:9]), []).append((person, value))
            self._place(answer, person, seats)
        if not gathered:
            raise RuleError("empty_data", name="answers")
        order = sorted(seats)
        self.people = tuple(Person(*person, *seats[person]) for person in order)
        self.workshops = tuple(sorted(self.areas))
        number = {workshop: place for place, workshop in enumerate(self.workshops)}
        self.room = np.array([number[workshop] for workshop, _ in order])
        edges = np.searchsorted(self.room, np.arange(len(self.workshops) + 1))
        self.span = tuple(slice(int(low), int(high)) for low, high in pairwise(edges))
        index = {person: place for place, person in enumerate(order)}
        self.columns = {cell: _column(cell, gathered[cell], index) for cell in sorted(gathered)}

    def _place(
        self, answer: Answer, person: tuple[str, str], seats: dict[tuple[str, str], tuple[str, str]]
    ) -> None:
        """Note where the person sits and in which order the flip was shown."""
        if self.areas.setdefault(answer.workshop, answer.area) != answer.area:
            raise RuleError("area_differs", workshop=answer.workshop)
        table = str(answer.table)
        known = seats.get(person)
        if known is None:
            seats[person] = (table, answer.group)
        elif known != (table, answer.group):
            if known[1] != answer.group:
                raise RuleError("group_differs", workshop=answer.workshop, seat=person[1])
            seats[person] = (
                min(known[0], table),
                answer.group,
            )  # moved tables: one of them, whatever the order
        if answer.round == "RV" and answer.position is not None:
            seen = self._positions.setdefault((answer.scenario, answer.variant), {})
            seen.setdefault(answer.workshop, set()).add(answer.position)

    def column(self, cell: Cell) -> NDArray[np.int8]:
        """Return each person's answer: 1..k, NO_VALUE, or NOT_ASKED."""
        found = self.columns.get(cell)
        return found if found is not None else np.full(len(self.people), NOT_ASKED, dtype=np.int8)

    def counts(self, cell: Cell) -> Counts:
        """Return workshops x (1 + k): people asked, then people per category."""
        points, column = self.design.items[cell.item].points, self.column(cell)
        asked = np.bincount(self.room[column != NOT_ASKED], minlength=len(self.workshops))
        rated = column > NO_VALUE
        place = self.room[rated] * points + column[rated] - 1
        per_category = np.bincount(place, minlength=len(self.workshops) * points)
        return np.column_stack([asked, per_category.reshape(-1, points)])

    def change(self, start: Cell, end: Cell) -> tuple[NDArray[np.bool_], NDArray[np.int64]]:
        """Return who answered both, and by how much the second exceeds the first (nought elsewhere)."""
        first, second = self.column(start), self.column(end)
        both = (first > NO_VALUE) & (second > NO_VALUE)
        return both, np.where(both, second.astype(np.int64) - first, 0)

    def asked(self, cells: Iterable[Cell]) -> Counts:
        """Return per workshop the people who were asked anything among ``cells``."""
        anything = np.zeros(len(self.people), dtype=bool)
        for cell in cells:
            anything |= self.column(cell) != NOT_ASKED
        return np.bincount(self.room[anything], minlength=len(self.workshops))

    def same_order(self, flips: Iterable[tuple[str, str]], workshop: str | None = None) -> bool:
        """Say whether each of these flips had one place in the order for all who saw it: then order and flip are one.

        Flips whose places nobody recorded are left aside.
        """
        found = []
        for flip in flips:
            places = self._positions.get(flip, {})
            found.append(set().union(*places.values()) if workshop is None else places.get(workshop, set()))
        known = [places for places in found if places]
        return bool(known) and all(len(places) == 1 for places in known)

    def name(self, workshop: str) -> str:
        """Return the printed name of a workshop."""
        return self.design.names.get(workshop, self.areas[workshop])


def _checked(answer: Answer, items: Mapping[str, Scale]) -> int:
    """Return the value as stored in a column, refusing what is on no scale."""
    if answer.item not in items:
        raise RuleError("unknown_item", item=answer.item)
    if answer.round not in ROUNDS:
        raise RuleError("unknown_round", round=answer.round)
    if answer.value is None:
        return NO_VALUE
    points = items[answer.item].points
    if not isinstance(answer.value, int) or not 1 <= answer.value <= points:
        raise RuleError("value_out_of_scale", item=answer.item, points=points)
    return int(answer.value)


def _column(
    cell: Cell, given: list[tuple[tuple[str, str], int]], index: Mapping[tuple[str, str], int]
) -> NDArray[np.int8]:
    column = np.full(len(index), NOT_ASKED, dtype=np.int8)
    places = np.fromiter((index[person] for person, _ in given), dtype=np.int64, count=len(given))
    if len(np.unique(places)) < len(places):
        raise RuleError("duplicate_answer", scenario=cell.scenario, variant=cell.variant, item=cell.item)
    column[places] = [value for _, value in given]
    return column


def digest_of(answers: Iterable[Answer]) -> str:
    """Return the SHA-256 of the answers in whatever order they come, as 64 hexadecimal digits."""
    lines = sorted("\x1f".join(repr(part) for part in answer) for answer in answers)
    return sha256("\n".join(lines).encode("utf-8", "surrogatepass")).hexdigest()
