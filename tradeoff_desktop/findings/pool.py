"""Means over workshops, admitted as far as they give nothing away; what is asked for first has precedence."""

import math
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache

import numpy as np

from tradeoff_desktop.findings.answers import DECISION, Cell
from tradeoff_desktop.findings.board import Board, Key
from tradeoff_desktop.findings.family import BASE_MEASURES, FLIP_MEASURES
from tradeoff_desktop.findings.ladder import ENTER_FROM, PooledMean, pooled_mean
from tradeoff_desktop.findings.numbers import Vector
from tradeoff_desktop.findings.release import Release, Statement, rounded, signed
from tradeoff_desktop.findings.united import Union

Term = tuple[int, Cell, int, float]  # workshop, row (a flip stands for its moves too), measure, weight


class Pool:
    """Pools means of one board; the families in ``united`` are printed for all workshops together.

    Of those no mean of their own is printed, and in a mean with others their part is taken as known. Every mean is
    asked for twice, in the same order: the first time it is noted, and after ``decide`` it gets its answer.
    """

    def __init__(self, board: Board, united: Collection[Cell]) -> None:
        self.board = board
        self._united = united
        self._asked: list[Statement] = []
        self._answers: Iterator[bool] | None = None
        self._rows: dict[tuple[int, Cell], tuple[Key, int]] = {}
        for (place, start), members in board.members.items():
            self._rows[place, start] = ((place, start), 0)
            for number, plan in enumerate(members):
                self._rows[place, plan.end] = ((place, start), BASE_MEASURES + FLIP_MEASURES * number)

    @property
    def is_decided(self) -> bool:
        """Say whether what is asked now gets its answer; before, nothing that costs time need be worked out."""
        return self._answers is not None

    def decide(self, unions: Mapping[Cell, Union]) -> None:
        """Decide on everything asked so far, and let the united families give way to what is printed."""
        release = Release(self.board.block, cache(lambda key: self.board.family(key).span()))
        verdicts = release.decide(self._asked)
        printed = [statement for statement, verdict in zip(self._asked, verdicts, strict=True) if verdict]
        for union in unions.values():
            printed = union.settle(printed, release)
        kept = {id(statement) for statement in printed}
        self._answers = iter([id(statement) in kept for statement in self._asked])

    def admits(self, mean: float, terms: Sequence[Term], *, is_primary: bool = False) -> bool:
        """Say whether a mean, a sum of measures of rows, may be printed; before ``decide``, note that it is wanted."""
        statement = self._statement(terms, rounded(mean))
        return statement is not None and self._answer(replace(statement, is_primary=is_primary))

    def admits_signs(self, values: Sequence[float], terms: Iterable[Sequence[Term]]) -> bool:
        """Say whether it may be printed how many workshops' values lie on either side of nought.

        That tells something of single workshops only where all lie on one side. ``terms``: of each workshop.
        """
        if min(values) < 0 < max(values):
            return True
        asked = [self._statement(each, signed(value)) for each, value in zip(terms, values, strict=True)]
        answers = [self._answer(statement) for statement in asked if statement is not None]
        return len(answers) == len(values) and all(answers)

    def admits_each(self, values: Sequence[float], terms: Iterable[Sequence[Term]], reach: float) -> bool:
        """Say whether it may be told that each workshop's value lies within ``reach`` of their mean."""
        mean = math.fsum(values) / len(values)
        rooms = [(min(0.0, mean - reach - value), max(0.0, mean + reach - value)) for value in values]
        asked = [self._statement(each, room) for each, room in zip(terms, rooms, strict=True)]
        answers = [self._answer(statement) for statement in asked if statement is not None]
        return len(answers) == len(values) and all(answers)

    def _statement(self, terms: Sequence[Term], room: tuple[float, float]) -> Statement | None:
        """Return the statement, or None where nothing vouches for it: a row in no family, or in united ones only."""
        inside: dict[Key, Vector] = {}
        beside: dict[Key, Vector] = {}
        for place, cell, measure, weight in terms:
            if (place, cell) not in self._rows:
                return None
            key, offset = self._rows[place, cell]
            width = BASE_MEASURES + FLIP_MEASURES * len(self.board.members[key])
            found = beside if key[1] in self._united else inside
            found.setdefault(key, np.zeros(width))[offset + measure] += weight
        return Statement(inside, *room, beside) if inside else None

    def _answer(self, statement: Statement) -> bool:
        if self._answers is not None:
            return next(self._answers)
        self._asked.append(statement)
        return True

    def level(self, cell: Cell, values: Sequence[float], measure: int) -> PooledMean:
        """Pool the workshop means of what each category is worth; a workshop enters with five raters."""
        counts = self.board.counts[cell][:, 1:]
        raters = counts.sum(axis=1)
        rooms = np.flatnonzero(raters >= ENTER_FROM).tolist()
        if cell.item == DECISION:
            return PooledMean(len(rooms), 0, int(raters.sum()), None, None, None, None, reason="no_rating")
        terms = [(place, cell, measure, 1 / (int(raters[place]) * len(rooms))) for place in rooms]
        return pooled_mean(
            (counts[rooms] @ np.array(values) / raters[rooms]).tolist(),
            people=int(raters[rooms].sum()),
            left_out=int((raters > 0).sum()) - len(rooms),
            admits=lambda mean: self.admits(mean, terms),
            level=True,
            person=(max(values) - min(values)) / min(raters[rooms].tolist(), default=1),
        )
