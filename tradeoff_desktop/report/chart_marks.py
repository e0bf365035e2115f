"""The pictures of tables, areas and means: tallies, areas beside each other, dots with ranges, the map."""

from collections.abc import Callable, Sequence
from functools import singledispatch
from itertools import combinations
from math import hypot
from typing import Final, TypeAlias

from tradeoff_desktop.report import palette
from tradeoff_desktop.report.chart_sheet import KEY, LABEL, SMALL, STRONG, Fill, Sheet, Type
from tradeoff_desktop.report.charts import TOO_FEW, Areas, Block, Dots, Mark, Place, Positions, RiskMap, Tally
from tradeoff_desktop.report.style import ACCENT, INK, MUTED, RULE

_BAR: Final = 13.0
_GAP: Final = 5.0
_CELL: Final = 25.0
_SIGN: Final = 22.0
_ON_ACCENT: Final = Type(size=KEY.size, colour="#FFFFFF")
_DOT: Final = 3.6
_MARK: Final = 7.0
_LABEL_SHARE: Final = 0.42
_MAP_SHARE: Final = 0.62
At: TypeAlias = Callable[[tuple[float, float]], tuple[float, float]]
_WAYS: Final = {"risk": Block(1, 1, 0, ""), "level": Block(2, 2, 0, ""), "benefit": Block(3, 3, 0, "")}


@singledispatch
def draw_on(chart: object, _sheet: Sheet) -> None:
    """Draw a chart on an empty sheet."""
    raise TypeError(type(chart).__name__)


def bars(
    sheet: Sheet, rows: Sequence[tuple[str, int, Fill]], *, left: float, unit: float, tall: float = _BAR
) -> None:
    """Draw bars from one line at ``left``, ``unit`` points for each counted, the number at the end of each."""
    top = sheet.y
    for name, count, look in rows:
        lines = len(LABEL.lines(name, left - 10))
        room = max(lines * LABEL.leading, tall)
        sheet.paragraph(name, 0, sheet.y + (room - lines * LABEL.leading) / 2, width=left - 10)
        middle = sheet.y + room / 2
        if count:
            sheet.box(left, middle - tall / 2, count * unit, tall, look)
        sheet.write(str(count), left + count * unit + 5, middle - STRONG.leading / 2, type_=STRONG)
        sheet.y += room + _GAP
    sheet.line((left, top - 2), (left, sheet.y - 2), colour=INK, width=0.8)


@draw_on.register
def _tally(chart: Tally, sheet: Sheet) -> None:
    left = min(max(LABEL.width(name) for name, _ in chart.rows), _LABEL_SHARE * sheet.width) + 10
    most = max(count for _, count in chart.rows)
    unit = (sheet.width - left - STRONG.width(str(most)) - 8) / max(most, 1)
    bars(sheet, [(name, count, Fill(ACCENT)) for name, count in chart.rows], left=left, unit=unit)


@draw_on.register
def _positions(chart: Positions, sheet: Sheet) -> None:
    """A grid: a row a table, its decision marked in that decision's column, with how many disagreed."""
    left = min(max(LABEL.width(name) for name, *_ in chart.rows), 0.22 * sheet.width) + 10
    wide = (sheet.width - left) / len(chart.columns)
    _column_heads(sheet, chart.columns, left, wide)
    for name, at, words in chart.rows:
        tall = max(_CELL, *(len(KEY.lines(each, room)) * KEY.leading + 8 for each, room in ((words, wide - 14), (name, left - 10))))
        sheet.paragraph(name, 0, sheet.y + (tall - 4 - len(LABEL.lines(name, left - 10)) * LABEL.leading) / 2, width=left - 10)
        for place in range(len(chart.columns)):
            sheet.box(left + place * wide, sheet.y, wide - 4, tall - 4, Fill(ACCENT) if place == at else None)
        lines = len(KEY.lines(words, wide - 14)) * KEY.leading
        sheet.paragraph(words, left + at * wide + 5, sheet.y + (tall - 4 - lines) / 2, width=wide - 14, type_=_ON_ACCENT)
        sheet.y += tall


def _column_heads(sheet: Sheet, words: Sequence[str], left: float, wide: float) -> None:
    """Write the heads of columns, all ending on one line."""
    head = max(len(SMALL.lines(each, wide - 8)) for each in words) * SMALL.leading
    for at, each in enumerate(words):
        tall = len(SMALL.lines(each, wide - 8)) * SMALL.leading
        sheet.paragraph(each, left + at * wide + 4, sheet.y + head - tall, width=wide - 8, type_=SMALL)
    sheet.y += head + 5


@draw_on.register
def _areas(chart: Areas, sheet: Sheet) -> None:
    """A grid: which way more people moved as a shape and a colour, and the count in words beside it."""
    left = min(max(LABEL.width(name) for name, _ in chart.rows), 0.24 * sheet.width) + 10
    wide = (sheet.width - left) / len(chart.columns)
    _column_heads(sheet, chart.columns, left, wide)
    for name, marks in chart.rows:
        lines = len(LABEL.lines(name, left - 10))
        inside = max(len(KEY.lines(_bare(mark), wide - _SIGN - 12)) for mark in marks)
        tall = max(_CELL, lines * LABEL.leading + 4, inside * KEY.leading + 10)
        sheet.paragraph(name, 0, sheet.y + (tall - 4 - lines * LABEL.leading) / 2, width=left - 10)
        for at, mark in enumerate(marks):
            _cell(sheet, mark, left + at * wide, wide - 4, tall - 4)
        sheet.y += tall


def _bare(mark: Mark) -> str:
    """The words of a cell without the sign that is drawn beside them."""
    return mark.words.lstrip("▲▼● ") if mark.way else mark.words


def _cell(sheet: Sheet, mark: Mark, x: float, width: float, height: float) -> None:
    block = _WAYS.get(mark.way)
    look = Fill(palette.fill(block, 3), palette.hatched(block, 3)) if block else None
    sheet.box(x, sheet.y, _SIGN, height, look)
    _shape(sheet, mark.way, x + _SIGN / 2, sheet.y + height / 2, look)
    sheet.box(x + _SIGN, sheet.y, width - _SIGN, height)
    room = width - _SIGN - 8
    lines = len(KEY.lines(_bare(mark), room)) * KEY.leading
    sheet.paragraph(_bare(mark), x + _SIGN + 5, sheet.y + (height - lines) / 2, width=room, type_=KEY)


def _shape(sheet: Sheet, way: str, x: float, y: float, look: Fill | None) -> None:
    """A triangle downwards for risk, upwards for benefit, a disc for as many each way."""
    if look is None:
        return
    if look.hatched:
        sheet.patch(x - 8, y - 7, 16, 14, look.colour)
    ink = palette.ink(look.colour)
    if way == "level":
        sheet.disc(x, y, 4, colour=ink)
        return
    turn = 1 if way == "risk" else -1
    sheet.shape([(x - 6, y - 4.5 * turn), (x + 6, y - 4.5 * turn), (x, y + 5.5 * turn)], colour=ink)


@draw_on.register
def _dots(chart: Dots, sheet: Sheet) -> None:
    """A dot an estimate, a line for its range, nought in the middle; filled where it stands after adjustment."""
    left = min(max(LABEL.width(dot.label) for dot in chart.dots), _LABEL_SHARE * sheet.width) + 14
    room = (sheet.width - left - 8) / 2
    zero = left + room
    sheet.write(chart.low, left, sheet.y, type_=SMALL)
    sheet.write(chart.high, sheet.width, sheet.y, type_=SMALL, align="right")
    sheet.y += SMALL.leading + 5
    top, whose = sheet.y, ""
    for dot in chart.dots:
        if dot.of != whose:
            sheet.y += sheet.paragraph(dot.of, 0, sheet.y, width=left - 14, type_=STRONG) + 2
            whose = dot.of
        lines = len(LABEL.lines(dot.label, left - 14))
        tall = max(lines * LABEL.leading, 16.0)
        sheet.paragraph(dot.label, 0, sheet.y + (tall - lines * LABEL.leading) / 2, width=left - 14)
        y = sheet.y + tall / 2
        if dot.low is not None and dot.high is not None:
            ends = [zero + max(-1.0, min(1.0, end / chart.reach)) * room for end in (dot.low, dot.high)]
            sheet.line((ends[0], y), (ends[1], y), colour=INK, width=1.2)
            for end in ends:
                sheet.line((end, y - 3), (end, y + 3), colour=INK, width=1.2)
        sheet.disc(zero + dot.mean / chart.reach * room, y, _DOT, colour=INK, filled=dot.sure)
        sheet.y += tall + _GAP
    sheet.line((zero, top - 2), (zero, sheet.y), colour=INK, width=0.8)
    _scale(sheet, [(zero + share * room, share * chart.reach) for share in (-1, -0.5, 0, 0.5, 1)])


def _scale(sheet: Sheet, marks: list[tuple[float, float]]) -> None:
    """A scale under a chart, with its numbers."""
    sheet.line((marks[0][0], sheet.y), (marks[-1][0], sheet.y), colour=MUTED)
    for x, value in marks:
        sheet.line((x, sheet.y), (x, sheet.y + 3), colour=MUTED)
        words = f"{value:+g}".replace("-", "−") if value else "0"
        sheet.write(words, x, sheet.y + 4, type_=KEY, align="center")
    sheet.y += KEY.leading + 6


@draw_on.register
def _map(chart: RiskMap, sheet: Sheet) -> None:
    """A square: risk to the right, benefit upwards; squares at the start, discs at the end, arrows between."""
    margin = KEY.leading + SMALL.leading + 8
    side = _MAP_SHARE * sheet.width - margin
    left, top = margin, sheet.y + SMALL.leading + 2
    unit = (side - 2 * _MARK) / (chart.points - 1)

    def at(spot: tuple[float, float]) -> tuple[float, float]:
        return left + _MARK + (spot[0] - 1) * unit, top + side - _MARK - (spot[1] - 1) * unit

    _ground(sheet, chart, left, top, side, unit)
    _place(sheet, chart, at)
    bottom = top + side + margin
    _map_key(sheet, chart, left + side + 16)
    sheet.y = max(sheet.y, bottom)


def _ground(sheet: Sheet, chart: RiskMap, left: float, top: float, side: float, unit: float) -> None:
    """The frame, the scales and the line on which risk and benefit weigh the same."""
    sheet.box(left, top, side, side)
    for value in range(1, chart.points + 1):
        along = _MARK + (value - 1) * unit
        sheet.line((left + along, top), (left + along, top + side), colour=RULE, width=0.4)
        sheet.line((left, top + side - along), (left + side, top + side - along), colour=RULE, width=0.4)
        sheet.write(str(value), left + along, top + side + 3, type_=KEY, align="center")
        sheet.write(str(value), left - 5, top + side - along - KEY.leading / 2, type_=KEY, align="right")
    sheet.line((left, top + side), (left + side, top), colour=MUTED, width=0.8)
    sheet.write("Risk →", left + side, top + side + 3 + KEY.leading, type_=SMALL, align="right")
    sheet.write("Benefit ↑", left, top - SMALL.leading - 2, type_=SMALL)


def _place(sheet: Sheet, chart: RiskMap, at: At) -> None:
    spots = [(place, name, at(spot)) for place in chart.places for name, spot in _spots(place)]
    moved = _apart([spot for _, _, spot in spots])
    where = {(place.number, name): spot for (place, name, _), spot in zip(spots, moved, strict=True)}
    for place in chart.places:
        if (place.number, "start") in where and (place.number, "end") in where:
            _arrow(sheet, where[place.number, "start"], where[place.number, "end"])
    for (number, name), (x, y) in where.items():
        if name == "start":
            corners = [(x - 6, y - 6), (x + 6, y - 6), (x + 6, y + 6), (x - 6, y + 6)]
            sheet.shape(corners, colour=INK, filled=False)
        else:
            sheet.disc(x, y, _MARK, colour=INK)
        type_ = Type(size=8.5, face=STRONG.face, colour=INK if name == "start" else "#FFFFFF")
        sheet.write(str(number), x, y - type_.leading / 2, type_=type_, align="center")


def _spots(place: Place) -> list[tuple[str, tuple[float, float]]]:
    return [(name, spot) for name, spot in (("start", place.start), ("end", place.end)) if spot is not None]


def _apart(spots: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """Move marks that would lie on each other apart, a little at a time, always in the same way."""
    found = [list(spot) for spot in spots]
    least = 2 * _MARK + 1
    for _ in range(60):
        for one, other in combinations(found, 2):
            across, down = other[0] - one[0], other[1] - one[1]
            far = hypot(across, down)
            if far < least:
                push = (least - far) / 2
                along = (across / far, down / far) if far > 0.01 else (1.0, 0.0)
                for axis in (0, 1):
                    one[axis] -= along[axis] * push
                    other[axis] += along[axis] * push
    return [(x, y) for x, y in found]


def _arrow(sheet: Sheet, start: tuple[float, float], end: tuple[float, float]) -> None:
    far = hypot(end[0] - start[0], end[1] - start[1])
    if far < 3 * _MARK:
        return
    across, down = (end[0] - start[0]) / far, (end[1] - start[1]) / far
    tip = (end[0] - across * (_MARK + 1), end[1] - down * (_MARK + 1))
    sheet.line(start, tip, colour=INK, width=0.9)
    back = (tip[0] - across * 5, tip[1] - down * 5)
    sheet.shape([tip, (back[0] - down * 2.5, back[1] + across * 2.5), (back[0] + down * 2.5, back[1] - across * 2.5)], colour=INK)


def _map_key(sheet: Sheet, chart: RiskMap, left: float) -> None:
    room = sheet.width - left
    sheet.shape([(left, sheet.y + 6), (left + 9, sheet.y + 6), (left + 9, sheet.y + 15), (left, sheet.y + 15)], colour=INK, filled=False)
    sheet.write("at the start", left + 15, sheet.y + 4, type_=KEY)
    sheet.y += 18
    sheet.disc(left + 4.5, sheet.y + 6, 4.5, colour=INK)
    sheet.write("at the end", left + 15, sheet.y, type_=KEY)
    sheet.y += 18
    sheet.line((left, sheet.y + 10), (left + 10, sheet.y + 1), colour=MUTED, width=0.8)
    sheet.y += sheet.paragraph("risk and benefit as large", left + 15, sheet.y, width=room - 15, type_=KEY) + 12
    for place in chart.places:
        missing = "" if place.start and place.end else f" ({TOO_FEW} at the {'start' if place.end else 'end'})"
        sheet.write(str(place.number), left + 4.5, sheet.y, type_=STRONG, align="center")
        sheet.y += sheet.paragraph(place.label + missing, left + 15, sheet.y, width=room - 15, type_=KEY) + 4
