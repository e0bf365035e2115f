"""Every row of every workshop, counted and passed through disclosure control: what one area's report may print."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal, NamedTuple

import numpy as np

from tradeoff_desktop.errors import RuleError
from tradeoff_desktop.findings.agreement import agreement_told
from tradeoff_desktop.findings.answers import BALANCE, DECISION, NO_VALUE, Cell, Contrast, Counts, Study
from tradeoff_desktop.findings.disclosure import (
    MOVE_LABELS,
    Audience,
    Moves,
    Shown,
    show_levels,
    show_moves,
    withheld,
)
from tradeoff_desktop.findings.editions import Earlier
from tradeoff_desktop.findings.family import Family, Flip, coded, says_something
from tradeoff_desktop.findings.linked import Block, protect

Kind = Literal["flip", "end", "public", "security"]
Key = tuple[int, Cell]  # a workshop's place and the base row of a family
DECISION_LABELS = ("towards not going ahead", "did not change", "towards going ahead")
PUBLIC_LABELS = ("individual benefit larger", "the same", "public benefit larger")
SECURITY_LABELS = ("privacy risk larger", "the same", "security risk larger")


class Plan(NamedTuple):
    """One comparison of two ratings by the same person: from ``start`` to ``end``."""

    kind: Kind
    start: Cell
    end: Cell
    labels: tuple[str, str, str]
    falling: bool  # a lower answer is a move towards benefit (the decision item)
    contrast: Contrast | None

    @property
    def key(self) -> tuple[str, ...]:
        """Return what names this comparison, whatever the workshop."""
        return (self.kind, self.end.scenario, self.end.variant, self.end.round, self.end.item)


@dataclass(frozen=True, slots=True)
class LevelRow:
    """The answers to one item in one workshop; ``agreement``: what the printed blocks settle about it."""

    workshop: str
    name: str
    scenario: str
    variant: str
    round: str
    item: str
    present: int
    shown: Shown
    agreement: str

    @property
    def key(self) -> tuple[str, ...]:
        """Return what names this row in any edition."""
        return (self.workshop, self.scenario, self.variant, self.round, self.item)


@dataclass(frozen=True, slots=True)
class MoveRow:
    """Who moved between two ratings in one workshop.

    ``kind``: ``flip`` (flip minus base after talk), ``end`` (end minus start), ``public`` (public minus individual
    benefit), ``security`` (security minus privacy risk). ``axis``, ``sign`` and ``words`` are those of the flip.
    """

    kind: Kind
    workshop: str
    name: str
    scenario: str
    variant: str
    round: str
    item: str
    axis: str
    sign: int | None
    words: str
    present: int
    shown: Shown
    same_order: bool

    @property
    def key(self) -> tuple[str, ...]:
        """Return what names this row in any edition."""
        return (self.workshop, self.kind, self.scenario, self.variant, self.round, self.item)


def base_variants(study: Study) -> dict[str, str]:
    """Return each scenario's base variant; RuleError ``several_bases`` where R0, RB and R1 name more than one."""
    found: dict[str, str] = {}
    for cell in study.columns:
        if cell.round != "RV" and found.setdefault(cell.scenario, cell.variant) != cell.variant:
            raise RuleError("several_bases", scenario=cell.scenario)
    return found


def plans(study: Study) -> tuple[Plan, ...]:
    """Return every comparison the answers allow, in a fixed order.

    Raises RuleError ``unknown_variant`` for a rated flip that the design does not declare, and ``several_bases``.
    """
    bases = base_variants(study)
    found: list[Plan] = []
    for cell in study.columns:
        falling = cell.item == DECISION
        labels = DECISION_LABELS if falling else MOVE_LABELS
        if cell.round == "RV":
            contrast = study.design.contrasts.get((cell.scenario, cell.variant))
            if contrast is None:
                raise RuleError("unknown_variant", scenario=cell.scenario, variant=cell.variant)
            base = Cell(cell.scenario, bases.get(cell.scenario, ""), "RB", cell.item)
            found.append(Plan("flip", base, cell, labels, falling, contrast))
        elif cell.round == "R1" and cell.item in {BALANCE, DECISION}:
            found.append(Plan("end", cell._replace(round="R0"), cell, labels, falling, None))
        elif cell.item == "PB":
            found.append(
                Plan("public", cell._replace(item="IB"), cell, PUBLIC_LABELS, falling=False, contrast=None)
            )
        elif cell.item == "SR":
            found.append(
                Plan(
                    "security", cell._replace(item="PR"), cell, SECURITY_LABELS, falling=False, contrast=None
                )
            )
    return tuple(plan for plan in sorted(found) if plan.start in study.columns)


@dataclass
class Board:
    """Counts and shown rows by workshop (its place in ``study.workshops``)."""

    study: Study
    audience: Audience
    plans: tuple[Plan, ...]
    counts: dict[Cell, Counts] = field(default_factory=dict)
    moves: dict[Plan, Counts] = field(default_factory=dict)
    levels_shown: dict[tuple[int, Cell], Shown] = field(default_factory=dict)
    moves_shown: dict[tuple[int, Plan], Shown] = field(default_factory=dict)
    asked: dict[str, Counts] = field(default_factory=dict)
    members: dict[Key, list[Plan]] = field(default_factory=dict)
    blocks: dict[Key, Block] = field(default_factory=dict)

    @cached_property
    def move_rows(self) -> dict[tuple[int, Plan], MoveRow]:
        """Return the shown rows of moves, by workshop, then kind and scenario."""
        return {(place, plan): _move_row(self, place, plan) for place, plan in sorted(self.moves_shown)}

    def family(self, key: Key) -> Family:
        """Return one workshop's family as it is shown."""
        place, start = key

        def row(which: Cell | Plan) -> Shown:
            return (
                self.moves_shown[place, which] if isinstance(which, Plan) else self.levels_shown[place, which]
            )

        return family_of(self.study, self.study.span[place], start, self.members[key], row)

    def block(self, key: Key) -> Block:
        """Return one workshop's family with examples of what it could be."""
        if key not in self.blocks:
            self.blocks[key] = Block(self.family(key))
        return self.blocks[key]

    def present(self, workshop: int, scenario: str) -> int:
        """Return the people a row is set against: the headcount for the anchor, those asked for any other scenario."""
        asked = int(self.asked[scenario][workshop])
        if scenario != self.study.design.anchor:
            return asked
        return self.study.design.present.get(self.study.workshops[workshop], asked)


def make_board(study: Study, audience: Audience, earlier: Earlier) -> Board:
    """Count every row and pass it through disclosure control; ``earlier`` holds the rows of previous editions."""
    board = Board(study, audience, plans(study))
    for scenario in {cell.scenario for cell in study.columns}:
        board.asked[scenario] = study.asked(cell for cell in study.columns if cell.scenario == scenario)
    for cell in study.columns:
        _count_levels(board, cell, earlier)
    for plan in board.plans:
        _count_moves(board, plan, earlier)
    if audience != "live":  # the room sees whole counts, which hide nothing
        _link(board, earlier)
    return board


def _count_levels(board: Board, cell: Cell, earlier: Earlier) -> None:
    study, scale = board.study, board.study.design.items[cell.item]
    labels = study.design.category_labels(cell.item)
    board.counts[cell] = study.counts(cell)
    for place, (asked, *counts) in enumerate(board.counts[cell].tolist()):
        if asked:
            before = earlier.get((study.workshops[place], *cell), ())
            board.levels_shown[place, cell] = show_levels(
                counts, labels, audience=board.audience, cut=scale.cut, earlier=before
            )


def _count_moves(board: Board, plan: Plan, earlier: Earlier) -> None:
    study = board.study
    both, change = study.change(plan.start, plan.end)
    ways = np.sign(-change if plan.falling else change)
    tally = np.bincount(study.room[both] * 3 + ways[both] + 1, minlength=3 * len(study.workshops)).reshape(
        -1, 3
    )
    board.moves[plan] = tally
    for place, counts in enumerate(tally.tolist()):
        if board.counts[plan.start][place, 0] and board.counts[plan.end][place, 0]:
            before = earlier.get((study.workshops[place], *plan.key), ())
            board.moves_shown[place, plan] = show_moves(
                Moves(*counts), audience=board.audience, labels=plan.labels, earlier=before
            )


def _link(board: Board, earlier: Earlier) -> None:
    """Take back rows that could be worked out from other rows about the same people."""
    for place, plan in sorted(board.moves_shown):
        board.members.setdefault((place, plan.start), []).append(plan)
    for key, members in board.members.items():
        place, start = key
        if earlier:
            _hold_new(board, key, earlier)
        rows = [board.levels_shown[place, start], *(board.moves_shown[place, plan] for plan in members)]
        if not any(map(says_something, rows)):
            continue  # without base and moves, the rows of the flips have no people in common that anybody could tell
        board.blocks[key] = protect(board.family(key))
        family = board.blocks[key].family
        board.levels_shown[place, start] = family.levels
        for plan, flip in zip(members, family.flips, strict=True):
            board.levels_shown[place, plan.end] = flip.levels
            board.moves_shown[place, plan] = flip.moves


def _hold_new(board: Board, key: Key, earlier: Earlier) -> None:
    """Take back rows that no earlier edition had, where one of their family gave way: it was not weighed beside them."""
    place, start = key
    workshop = board.study.workshops[place]
    cells = [start, *(plan.end for plan in board.members[key])]
    levels, moves = board.levels_shown, board.moves_shown
    if "edition" not in {
        *(levels[place, cell].reason for cell in cells),
        *(moves[place, plan].reason for plan in board.members[key]),
    }:
        return
    for cell in cells:
        if (workshop, *cell) not in earlier:
            levels[place, cell] = withheld(levels[place, cell])
    for plan in board.members[key]:
        if (workshop, *plan.key) not in earlier:
            moves[place, plan] = withheld(moves[place, plan])


def family_of(
    study: Study, people: slice, start: Cell, members: Sequence[Plan], rows: Callable[[Cell | Plan], Shown]
) -> Family:
    """Return the family of a base row and its comparisons among some people; ``rows`` returns each row as shown."""
    scale = study.design.items[start.item]
    columns = np.array([study.column(cell)[people] for cell in (start, *(plan.end for plan in members))])
    answers = coded(columns[:, (columns > NO_VALUE).any(axis=0)], scale.points)
    flips = tuple(
        Flip(values, rows(plan.end), rows(plan)) for values, plan in zip(answers[1:], members, strict=True)
    )
    return Family(scale.points, scale.cut, answers[0], rows(start), flips, start.item == DECISION)


def level_rows(board: Board) -> Iterator[LevelRow]:
    """Yield the shown rows of answers, by workshop, then scenario, variant, round and item."""
    study = board.study
    for place, cell in sorted(board.levels_shown):
        shown, workshop = board.levels_shown[place, cell], study.workshops[place]
        word = agreement_told(tuple((len(block.categories), block.people) for block in shown.blocks))
        yield LevelRow(
            workshop, study.name(workshop), *cell, board.present(place, cell.scenario), shown, word
        )


def _move_row(board: Board, place: int, plan: Plan) -> MoveRow:
    """Return one workshop's row of one comparison."""
    study, workshop = board.study, board.study.workshops[place]
    contrast = plan.contrast or Contrast("", None, "")
    return MoveRow(
        plan.kind,
        workshop,
        study.name(workshop),
        *plan.end,
        *contrast,
        board.present(place, plan.end.scenario),
        board.moves_shown[place, plan],
        plan.kind == "flip" and study.same_order([(plan.end.scenario, plan.end.variant)], workshop),
    )
