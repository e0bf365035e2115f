"""The attacker who holds every page: what all printed numbers together leave possible, by linear programming (scipy).

Hidden are, per workshop and comparison, a table of first answer by second (a last category for "no answer"), and per
row of the balance the answers of each stakeholder group. Known are the printed blocks, who answered, directions, sums
over areas, means to their last printed decimal, which side of nought all workshops lie on, how far from the mean an
interval lets a single workshop lie, and differences between groups. For each count that is not printed, the least and
the most that it can be must lie at least five whole values apart, or as far as its row has room for.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

import numpy as np
import pytest
from scipy.optimize import linprog
from scipy.sparse import csr_matrix
from scipy.stats import t as student

from tradeoff_desktop.findings import Answer, PooledMean, Results, Shown, find

NEED, ENTERS = 4, 5
AXIS = {"D1": "D", "O1": "O", "A1": "A"}
Cell = tuple[str, str, str, str]  # scenario, variant, round, item
STARTS = {"flip": ("base", "RB", None), "end": ("base", "R0", None), "public": (None, None, "IB"), "security": (None, None, "PR")}


class Family(NamedTuple):
    """A first row, and the rows that the same people are compared on."""

    start: Cell
    ends: list[tuple[Cell, str]]  # with the kind of comparison

    @property
    def points(self) -> int:
        return 4 if self.start[3] == "DEC" else 5

    @property
    def cut(self) -> int:
        return 2 if self.start[3] == "DEC" else 3

    def lines(self, side: str) -> list[np.ndarray]:
        """Flat tables of weights: by first answer, by second, by way moved, the steps taken, both answers' sum."""
        k = self.points
        rows, columns = np.indices((k + 1, k + 1))
        real = (rows < k) & (columns < k)
        step = (rows - columns if self.start[3] == "DEC" else columns - rows) * real
        found = {
            "start": [rows == place for place in range(k + 1)], "end": [columns == place for place in range(k + 1)],
            "moved": [real & (np.sign(step) == way) for way in (-1, 0, 1)],
            "step": [step], "both": [(rows + columns + 2) * real],
        }[side]
        return [line.ravel().astype(float) for line in found]


def families(results: Results) -> list[Family]:
    """Every family of comparisons that the results speak of."""
    found: dict[Cell, dict[tuple[Cell, str], None]] = {}
    for row in results.moves:
        variant, at, item = STARTS[row.kind]
        start = (row.scenario, variant or row.variant, at or row.round, item or row.item)
        found.setdefault(start, {})[(row.scenario, row.variant, row.round, row.item), row.kind] = None
    return [Family(start, list(ends)) for start, ends in sorted(found.items())]


class Known:
    """Sums known over hidden counts; a line is a sparse {variable: weight}."""

    def __init__(self) -> None:
        self.width = 0
        self.equal: list[tuple[dict[int, float], float]] = []
        self.at_most: list[tuple[dict[int, float], float]] = []
        self.hidden: list[tuple[str, dict[int, float], int, int]] = []

    def room(self, size: int) -> int:
        self.width += size
        return self.width - size

    def between(self, line: dict[int, float], low: float, high: float) -> None:
        self.at_most += [(line, high + 1e-9), ({at: -w for at, w in line.items()}, 1e-9 - low)]

    def matrix(self, lines: Sequence[dict[int, float]]) -> csr_matrix:
        rows = np.repeat(np.arange(len(lines)), [len(line) for line in lines])
        columns = [at for line in lines for at in line]
        return csr_matrix(([w for line in lines for w in line.values()], (rows, columns)), shape=(len(lines), self.width))

    def narrow(self) -> list[str]:
        """Return the hidden counts that keep too few values; every solution met widens every range."""
        if not self.hidden:
            return []
        wanted = self.matrix([line for _, line, _, _ in self.hidden])
        low = np.array([float(truth) for _, _, truth, _ in self.hidden])
        high = low.copy()
        need = np.array([min(NEED, total) for *_, total in self.hidden])
        equal = self.matrix([line for line, _ in self.equal]), [total for _, total in self.equal]
        most = (self.matrix([line for line, _ in self.at_most]), [b for _, b in self.at_most]) if self.at_most else (None, None)
        found = []

        def look(line: np.ndarray) -> None:
            best = linprog(-line, A_eq=equal[0], b_eq=equal[1], A_ub=most[0], b_ub=most[1], method="highs-ds", options={"presolve": False})
            assert best.status == 0, best.message
            seen = wanted @ best.x
            np.minimum(low, seen, out=low)
            np.maximum(high, seen, out=high)

        for place, (name, *_) in enumerate(self.hidden):
            # All that are still narrow are pushed together, this one hardest: most ranges open after a few programmes.
            narrow = values(low, high) < need
            if not narrow[place]:
                continue
            line = wanted[place].toarray().ravel()
            rest = np.asarray(wanted[narrow].sum(axis=0)).ravel() / 1e4
            look(line + rest)
            look(-line - rest)
            for sign in (1.0, -1.0) if values(low[place], high[place]) < need[place] else ():
                look(sign * line)
            if values(low[place], high[place]) < need[place]:
                found.append(f"{name} lies in {low[place]:.2f} to {high[place]:.2f}")
        return found


def largest_error(mean: PooledMean, detectable: float | None) -> float:
    """The largest standard error that printed ends, p (three decimals) and detectable shift (one) leave possible."""
    df, told = mean.workshops - 1, abs(round(mean.mean, 1))
    found = [(round(mean.high, 1) - round(mean.low, 1) + 0.1) / 2 / student.ppf(0.975, df)]
    if detectable is not None:
        found.append((round(detectable, 1) + 0.05) / (student.ppf(0.975, df) + student.ppf(0.8, df)))
    if mean.p is not None and mean.p < 0.999:
        found.append((told + 0.05) / student.isf(min(1.0, round(mean.p, 3) + 0.0005) / 2, df))
    assert min(found) >= mean.error - 1e-9
    return min(found)


def values(low: np.ndarray, high: np.ndarray) -> np.ndarray:
    return np.floor(high + 1e-6) - np.ceil(low - 1e-6)


class Pages:
    """Everything printed about some families, and where their hidden tables stand among the variables."""

    def __init__(self, results: Results, given: dict[tuple[str, Cell], dict[str, int | None]], groups: dict[tuple[str, str], str],
                 tables: dict[tuple[str, str], str],
                 about: Sequence[Family], rooms: Sequence[str]) -> None:
        self.results, self.given, self.groups, self.tables, self.about, self.rooms = results, given, groups, tables, about, rooms
        self.known, self.at = Known(), {}
        self.levels = {row.key: row.shown for row in results.levels}
        self.moves = {row.key: row.shown for row in results.moves}
        for family in about:
            for room in rooms:
                if (room, family.start) in given:
                    self.take_in(family, room)

    def table(self, family: Family, end: Cell, room: str) -> np.ndarray:
        k = family.points
        table = np.zeros((k + 1, k + 1), dtype=int)
        first, second = self.given[room, family.start], self.given[room, end]
        for seat in {**first, **second}:
            table[(first.get(seat) or k + 1) - 1, (second.get(seat) or k + 1) - 1] += 1
        return table.ravel()

    def placed(self, family: Family, end: Cell, room: str, cells: np.ndarray, weight: float = 1.0) -> dict[int, float]:
        first = self.at[room, family.start, end]
        return {first + int(place): weight * float(cells[place]) for place in np.flatnonzero(cells)}

    def take_in(self, family: Family, room: str) -> None:
        """The rows of one workshop."""
        for number, (end, kind) in enumerate(family.ends):
            flat = self.table(family, end, room)
            self.at[room, family.start, end] = self.known.room(len(flat))
            if number == 0:
                self.row(family, room, end, "start", self.levels.get((room, *family.start)), flat)
            else:
                other = family.ends[0][0]
                for line in family.lines("start"):
                    same = self.placed(family, end, room, line)
                    same.update(self.placed(family, other, room, line, -1.0))
                    self.known.equal.append((same, 0.0))
            self.row(family, room, end, "end", self.levels.get((room, *end)), flat)
            self.row(family, room, end, "moved", self.moves.get((room, kind, *end)), flat)

    def row(self, family: Family, room: str, end: Cell, side: str, shown: Shown | None, flat: np.ndarray) -> None:
        """One printed row; the truth of what it hides only says where the search may start."""
        lines = family.lines(side)
        size = 3 if side == "moved" else family.points
        blocks = [block.categories for block in shown.blocks] if shown and shown.blocks else [tuple(range(size))]
        for block in [*blocks, *((place,) for place in range(size, len(lines)))]:
            cells = sum(lines[place] for place in block)
            total = int(cells @ flat)
            self.known.equal.append((self.placed(family, end, room, cells), total))
            for place in block if len(block) > 1 else ():
                name = f"{room} {family.start} {side} {end} = {place}"
                self.known.hidden.append((name, self.placed(family, end, room, lines[place]), int(lines[place] @ flat), total))
        way = shown.direction if shown else None
        if way is not None:
            lead = self.placed(family, end, room, lines[0] - lines[2])
            if way == "level":
                self.known.equal.append((lead, 0.0))
            else:
                self.known.at_most.append(({at: (-w if way == "risk" else w) for at, w in lead.items()}, -1.0))

    # -- what is said of several workshops

    def together(self) -> None:  # noqa: C901 - one kind of number after the other
        """Sums, means, signs, intervals and differences between groups."""
        for family in self.about:
            self.totals(family)
            for at in self.results.map:
                for end, kind in family.ends:
                    mean = {"security": at.risk, "public": at.benefit}.get(kind)
                    if mean is not None and (end[0], end[2]) == (at.scenario, at.round):
                        both = self.rated(family, end, "moved")
                        least = min(len(both), mean.workshops)
                        if least == mean.workshops == len(both):
                            self.mean(mean, {room: self.share(family, end, room, "both", 0.5) for room in both})
            for shift in self.results.start_to_end:
                for end, kind in family.ends:
                    if (kind, end[0], end[3]) == ("end", shift.scenario, "BAL"):
                        self.shifts(shift.shift, shift.net, [(family, end)])
        ends = {end[0]: (f, end) for f in self.about for end, kind in f.ends if (kind, end[3]) == ("end", "BAL")}
        for change in self.results.tables:
            self.away(change.away, *ends.get(change.scenario, ()))
        flips = [(f, end) for f in self.about for end, kind in f.ends if (kind, end[3]) == ("flip", "BAL")]
        for axis in self.results.axes:
            own = [(f, end) for f, end in flips if AXIS[end[1]] == axis.axis]
            if own:
                signed = axis.towards_risk is not None and not (axis.towards_risk and axis.towards_benefit)
                self.shifts(axis.shift, axis.net, own, one_side=signed, detectable=axis.detectable)
        self.group_differences()

    def rated(self, family: Family, end: Cell, side: str) -> list[str]:
        """The workshops with five people who gave the rating, or both."""
        return [room for room in self.rooms if (room, family.start, end) in self.at and self.raters(family, end, room, side) >= ENTERS]

    def raters(self, family: Family, end: Cell, room: str, side: str) -> int:
        size = 3 if side == "moved" else family.points
        return int(sum(line @ self.table(family, end, room) for line in family.lines(side)[:size]))

    def share(self, family: Family, end: Cell, room: str, side: str, weight: float = 1.0) -> dict[int, float]:
        """A workshop's mean of something over those who gave both answers."""
        return self.placed(family, end, room, family.lines(side)[0], weight / self.raters(family, end, room, "moved"))

    def totals(self, family: Family) -> None:
        for row in self.results.levels_across:
            cell = (row.scenario, row.variant, row.round, row.item)
            end = family.ends[0][0] if cell == family.start else cell
            if cell != family.start and cell not in {other for other, _ in family.ends}:
                continue
            side = "start" if cell == family.start else "end"
            self.all_together(family, end, side, row.shown)
            lines, rooms = family.lines(side), self.rated(family, end, side)
            for mean, worth in ((row.mean, range(1, family.points + 1)), (row.share, [n >= family.cut for n in range(family.points)])):
                cells = sum(line * w for line, w in zip(lines, worth, strict=False))
                self.mean(mean, {r: self.placed(family, end, r, cells, 1 / self.raters(family, end, r, side)) for r in rooms})
        for across in self.results.moves_across:
            end = (across.scenario, across.variant, across.round, across.item)
            if (end, across.kind) in family.ends:
                self.all_together(family, end, "moved", across.shown)

    def all_together(self, family: Family, end: Cell, side: str, shown: Shown) -> None:
        """People of all workshops together are new; the sum of what workshops print is not."""
        rows = [self.levels.get((room, *(family.start if side == "start" else end))) for room in self.rooms]
        if not shown.blocks or any(row is not None and row.n is not None for row in rows):
            return
        for block in shown.blocks:
            line: dict[int, float] = {}
            for room in self.rooms:
                if (room, family.start, end) in self.at:
                    line.update(self.placed(family, end, room, sum(family.lines(side)[place] for place in block.categories)))
            self.known.equal.append((line, block.people))

    def shifts(self, shift: PooledMean, net: PooledMean, own: Sequence[tuple[Family, Cell]], *, one_side: bool = False,
               detectable: float | None = None) -> None:
        """A mean over workshops of the mean over their scenarios of a change, and of who changed."""
        for mean, net_of in ((shift, False), (net, True)):
            lines: dict[str, dict[int, float]] = {}
            for room in self.rooms:
                here = [(f, end) for f, end in own if (room, f.start, end) in self.at and self.raters(f, end, room, "moved")]
                people = {seat for f, end in here for seat, first in self.given[room, f.start].items() if first and self.given[room, end].get(seat)}
                if len(people) < ENTERS:
                    continue
                lines[room] = {}
                for f, end in here:
                    cells = f.lines("moved")[2] - f.lines("moved")[0] if net_of else f.lines("step")[0]
                    lines[room].update(self.placed(f, end, room, cells, 1 / self.raters(f, end, room, "moved") / len(here)))
            self.mean(mean, lines, None if net_of else detectable)
            if one_side and not net_of:
                truth = [self.truth(line) for line in lines.values()]
                for line, value in zip(lines.values(), truth, strict=True):
                    self.known.at_most.append(({at: -w * np.sign(value) for at, w in line.items()}, 0.0))

    def away(self, mean: PooledMean, family: Family | None = None, end: Cell | None = None) -> None:
        """Tables' movement from the middle, known to the attacker by side: where all of a room are on one, its change again."""
        lines, entered = {}, 0
        for room in self.rated(family, end, "moved") if family and end else ():
            tables: dict[str, list[int]] = {}
            for seat, first in self.given[room, family.start].items():
                if first and self.given[room, end].get(seat):
                    tables.setdefault(self.tables[room, seat], []).append(first)
            sides, sizes = {np.sign(sum(own) - 3 * len(own)) for own in tables.values()}, {len(own) for own in tables.values()}
            entered += 1
            if len(sides) == 1 and len(sizes) == 1 and 0.0 not in sides and sizes != {1}:
                lines[room] = {at: w * sides.copy().pop() for at, w in self.share(family, end, room, "step").items()}
        if len(lines) == entered == mean.workshops:
            self.mean(mean, lines)

    def truth(self, line: dict[int, float]) -> float:
        whole = np.zeros(self.known.width)
        for family in self.about:
            for end, _ in family.ends:
                for room in self.rooms:
                    if (room, family.start, end) in self.at:
                        first = self.at[room, family.start, end]
                        flat = self.table(family, end, room)
                        whole[first : first + len(flat)] = flat
        return sum(whole[at] * w for at, w in line.items())

    def mean(self, mean: PooledMean, lines: dict[str, dict[int, float]], detectable: float | None = None) -> None:
        """A printed mean, and what its interval says of each workshop behind it."""
        if mean.mean is None:
            return
        count, told = len(lines), round(mean.mean, 1)
        assert count == mean.workshops
        whole: Counter[int] = Counter()
        for line in lines.values():
            for at, w in line.items():
                whole[at] += w / count
        self.known.between(dict(whole), told - 0.05, told + 0.05)
        if mean.low is not None and mean.high is not None:
            span = (count - 1) * largest_error(mean, detectable)
            for line in lines.values():  # no value lies further from the mean of G than (G - 1) standard errors
                self.known.between(line, told - 0.05 - span, told + 0.05 + span)

    def group_differences(self) -> None:
        """Each group's answers by themselves, which add up to the row, held to every printed difference."""
        cells = {}
        for difference in self.results.groups:
            cells.setdefault((difference.scenario, difference.variant, difference.round, "BAL"), []).append(difference)
        for cell, differences in cells.items():
            found = next(((f, f.ends[0][0], "start") for f in self.about if f.start == cell), None) or next(
                ((f, end, "end") for f in self.about for end, _ in f.ends if end == cell), None)
            if found is not None and any(d.difference.mean is not None for d in differences):
                own = {room: self.split(found, cell, room) for room in self.rooms if (room, cell) in self.given}
                for each in differences:
                    self.difference(each.group, each.difference, own)

    def split(self, found: tuple[Family, Cell, str], cell: Cell, room: str) -> dict[str, tuple[int, int]]:
        """Variables for one row by group; return where each group's stand, and how many people they are."""
        family, end, side = found
        answers = {seat: value for seat, value in self.given[room, cell].items() if value}
        places = {}
        for group in sorted({self.groups[room, seat] for seat in answers}):
            own = [value for seat, value in answers.items() if self.groups[room, seat] == group]
            places[group] = (self.known.room(5), len(own))
            self.known.equal.append(({places[group][0] + n: 1.0 for n in range(5)}, len(own)))
            self.known.hidden += [(f"{room} {cell} {group} = {n}", {places[group][0] + n: 1.0}, own.count(n + 1), len(own)) for n in range(5)]
        for n, line in enumerate(family.lines(side)[:5]):
            sums = self.placed(family, end, room, line, -1.0)
            sums.update({first + n: 1.0 for first, _ in places.values()})
            self.known.equal.append((sums, 0.0))
        return places

    def difference(self, group: str, mean: PooledMean, own: dict[str, dict[str, tuple[int, int]]]) -> None:
        lines = {}
        for room, places in own.items():
            others = sum(people for name, (_, people) in places.items() if name != group)
            if group in places and others:
                shares = {name: people if name == group else -others for name, (_, people) in places.items()}
                lines[room] = {first + n: (n + 1) / shares[name] for name, (first, _) in places.items() for n in range(5)}
        self.mean(mean, lines)


def breaches(answers: Sequence[Answer], results: Results) -> list[str]:
    """Return every hidden count that can be told too closely from everything printed."""
    given: dict[tuple[str, Cell], dict[str, int | None]] = {}
    for a in answers:
        given.setdefault((a.workshop, (a.scenario, a.variant, a.round, a.item)), {})[str(a.seat)] = a.value
    groups = {(a.workshop, str(a.seat)): a.group for a in answers}
    tables = {(a.workshop, str(a.seat)): str(a.table) for a in answers}
    rooms = sorted({a.workshop for a in answers})
    found = []
    for about in joined(families(results), several=len(rooms) > 1):
        for some in [rooms] if len(rooms) > 1 else [[room] for room in rooms]:
            pages = Pages(results, given, groups, tables, about, some)
            if len(rooms) > 1:
                pages.together()
            found += pages.known.narrow()
    return found


def joined(about: Sequence[Family], *, several: bool) -> Iterator[list[Family]]:
    """Families that numbers join: the flips of all scenarios, by an axis; every other family stands alone."""
    flips = [f for f in about if f.start[2:] == ("RB", "BAL")]
    if several and flips:
        yield flips
    yield from ([f] for f in about if not (several and f in flips))


PARTS = (("BAL",), ("DEC",), ("IB", "PB", "PR", "SR"))
# How many worlds of how many workshops, and the sets of items that their people are asked in turn: 202 workshops.
MIX = ((100, 1, PARTS), (8, 3, PARTS[:1]), (3, 6, PARTS[:1]), (5, 6, PARTS[1:2]), (5, 6, PARTS[2:]))


def world(simulated, seed, rooms, **more):
    """Rooms of any temper, alike or far apart."""
    pick = np.random.default_rng(seed)
    return simulated(seed).answers(
        pick.integers(10, 27, rooms).tolist(), between=float(pick.choice([0, 0.1, 0.25, 0.4])), noise=float(pick.choice([0.1, 0.2, 0.6, 1.0])),
        start=float(pick.choice([1.2, 2, 3, 4, 4.9])), missing=float(pick.choice([0, 0, 0.05])), **{"themes": False, **more},
    )


def attacked(simulated, design, part, mix, *, more=0):
    """Attack the worlds of one line of the mix, of seeds in a row; ``more`` workshops than it says where there are several."""
    many, rooms, items = mix
    first = 1_000 * part + 200 * MIX.index(mix)
    found, leaks = [], []
    for seed in range(first, first + many):
        answers = world(simulated, seed, rooms + more * (rooms > 1), items=items[seed % len(items)])
        found.append(find(answers, design(), audience="published", digest="0"))
        leaks += [(seed, leak) for leak in breaches(answers, found[-1])]
    return found, leaks


@pytest.mark.parametrize("mix", MIX)
def test_everything_printed_gives_nobody_away(simulated, design, mix):
    assert sum(many * rooms for many, rooms, _ in MIX) >= 200
    found, leaks = attacked(simulated, design, 0, mix)
    assert leaks == []
    if mix[1:] == (6, PARTS[:1]):  # the attack met what it is there for
        assert any(group.difference.mean is not None for results in found for group in results.groups)
        assert any(axis.shift.p is not None and axis.shift.widened for results in found for axis in results.axes)
        assert any(axis.shift.p is not None and not axis.shift.widened for results in found for axis in results.axes)


def test_control_a_narrow_interval_tells_every_workshops_mean(simulated, design):
    answers = simulated(5).answers([20] * 6, themes=False, items=("BAL",), between=0.0, noise=0.1, start=4.6)
    found = replace(find(answers, design(), audience="published", digest="0"), groups=())
    assert breaches(answers, found) == []
    narrow = tuple(replace(row, mean=replace(row.mean, low=row.mean.mean, high=row.mean.mean)) for row in found.levels_across)
    assert breaches(answers, replace(found, levels_across=narrow)) != []


@pytest.mark.full
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("part", range(1, 50))
def test_everything_printed_of_ten_thousand_workshops_gives_nobody_away(simulated, design, part):
    """Forty-nine parts beside the short form; one of them: ``pytest -m full FILE -k ten_thousand -k '[7]'``."""
    for mix in MIX:
        assert attacked(simulated, design, part, mix, more=part % 3)[1] == []
