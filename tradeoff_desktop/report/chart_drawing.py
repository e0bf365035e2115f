"""The pictures of counts, drawn on a sheet from the top down; those of tables and means are ``chart_marks``'."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from matplotlib.figure import Figure

from tradeoff_desktop.report import chart_marks, palette
from tradeoff_desktop.report.chart_sheet import KEY, LABEL, SMALL, STRONG, Fill, Sheet, Type
from tradeoff_desktop.report.charts import (
    Bar,
    BeforeAfter,
    Block,
    Chart,
    DivergingBars,
    Moved,
    Panel,
    Scale,
    Shares,
    bars_of,
)
from tradeoff_desktop.report.style import INK

_BAR: Final = 21.0
_SLIM: Final = 15.0
_THIN: Final = 14.0
_GUTTER: Final = 18.0
_GAP: Final = 13.0
_SWATCH: Final = 9.0
_LABEL_SHARE: Final = 0.3
_LEAST_SIDE: Final = 0.2
_DIRECTIONS: Final = 3
_SPANNING: Final = "The middle counted together with answers beside it"


def draw(chart: Chart, width: float) -> Figure:
    """Return the picture of a chart, ``width`` points wide and as tall as it needs."""
    sheet = Sheet(width)
    if isinstance(chart, DivergingBars):
        _draw_diverging(sheet, chart)
    elif isinstance(chart, BeforeAfter):
        _draw_before_after(sheet, chart)
    elif isinstance(chart, Shares):
        _draw_shares(sheet, chart)
    elif isinstance(chart, Moved):
        _draw_moved(sheet, chart)
    else:
        chart_marks.draw_on(chart, sheet)
    return sheet.finish()


@dataclass(frozen=True, slots=True)
class _Frame:
    """Where bars stand: names from ``start``, bars from ``left`` to ``right``, zero at ``zero``, ``unit`` points a person."""

    left: float
    right: float
    zero: float
    unit: float
    points: int
    spelt_out: bool
    start: float = 0.0
    tall: float = _BAR
    name: Type = LABEL
    gap: float = _GAP


def _draw_diverging(sheet: Sheet, chart: DivergingBars) -> None:
    frame = _frame(sheet.width, chart.bars, chart.scale)
    _head(sheet, chart.bars, chart.scale, frame)
    for bar in chart.bars:
        _draw_bar(sheet, bar, frame)
    sheet.y -= _GAP


def _draw_shares(sheet: Sheet, chart: Shares) -> None:
    """Draw a panel an area, two beside each other, all on one scale of per cent."""
    bars = [bar for area in chart.areas for bar in area.bars]
    wide = (sheet.width - _GUTTER) / 2
    frame = replace(_frame(wide, bars, chart.scale, name=KEY, share=0.44), spelt_out=True, tall=_THIN, name=KEY, gap=4.0)
    _head(sheet, bars, chart.scale, frame, sides=False)
    frame = replace(frame, spelt_out=False)
    for pair in range(0, len(chart.areas), 2):
        top = bottom = sheet.y
        for place, area in enumerate(chart.areas[pair : pair + 2]):
            across = place * (wide + _GUTTER)
            own = replace(frame, start=across, left=frame.left + across, right=frame.right + across, zero=frame.zero + across)
            sheet.y = top + sheet.paragraph(area.name, across, top, width=wide, type_=STRONG) + 2
            for bar in area.bars:
                _draw_bar(sheet, bar, own)
            bottom = max(bottom, sheet.y)
        sheet.y = bottom + 8
    sheet.y -= 8


def _draw_before_after(sheet: Sheet, chart: BeforeAfter) -> None:
    bars = bars_of(chart)
    frame = _frame(sheet.width, bars, chart.scale)
    _head(sheet, bars, chart.scale, frame)
    for number, change in enumerate(chart.changes):
        sheet.y += _GAP / 2 if number else 0.0
        sheet.y += sheet.paragraph(change.label, 0, sheet.y, width=sheet.width, type_=STRONG) + 4
        _draw_bar(sheet, change.before, frame)
        if change.moved:
            sheet.y -= _GAP / 2
            sheet.y += sheet.paragraph(
                change.moved, frame.left, sheet.y, width=frame.right - frame.left, type_=SMALL
            )
            sheet.y += _GAP / 2
        _draw_bar(sheet, change.after, frame)
    sheet.y -= _GAP


def _draw_moved(sheet: Sheet, chart: Moved) -> None:
    """Draw one panel under the other, all on one scale of people."""
    blocks = [block for panel in chart.panels for block in panel.blocks]
    widest = max((LABEL.width(block.label) for block in blocks), default=0.0)
    left = min(widest, 0.4 * sheet.width) + 10
    most = max((block.count for block in blocks), default=0)
    unit = (sheet.width - left - STRONG.width(str(most)) - 6) / max(most, 1)
    for number, panel in enumerate(chart.panels):
        sheet.y += _GAP if number else 0.0
        sheet.y += sheet.paragraph(panel.title, 0, sheet.y, width=sheet.width, type_=STRONG) + 4
        _draw_panel(sheet, panel, left, unit)


def _draw_panel(sheet: Sheet, panel: Panel, left: float, unit: float) -> None:
    if panel.blocks:
        rows = [(block.label, block.count, _look(block, _DIRECTIONS)) for block in panel.blocks]
        chart_marks.bars(sheet, rows, left=left, unit=unit, tall=_SLIM)
    else:
        _draw_withheld(sheet, panel.withheld, left, sheet.width)
        sheet.y += _BAR


def _frame(
    width: float, bars: Sequence[Bar], scale: Scale, *, name: Type = LABEL, share: float = _LABEL_SHARE
) -> _Frame:
    """Share the width between the names of the bars and the bars, and put zero where both sides fit."""
    points = len(scale.labels)
    left = min(max(name.width(bar.label) for bar in bars), share * width) + 10
    low = max((_left_of_zero(bar.blocks, points) for bar in bars), default=0.0)
    high = max(
        (sum(b.count for b in bar.blocks) - _left_of_zero(bar.blocks, points) for bar in bars), default=0.0
    )
    least = _LEAST_SIDE * max(low + high, 1.0)
    low, high = max(low, least), max(high, least)
    unit = (width - 1 - left) / (low + high)
    one_partition = len({bar.partition for bar in bars if bar.blocks}) <= 1
    return _Frame(left, width - 1, left + low * unit, unit, points, spelt_out=not one_partition)


def _head(sheet: Sheet, bars: Sequence[Bar], scale: Scale, frame: _Frame, *, sides: bool = True) -> None:
    """Draw the key and, unless there are several frames, what the two sides of zero say."""
    shown = next((bar.blocks for bar in bars if bar.blocks), ())
    if frame.spelt_out:
        drawn = [block for bar in bars for block in bar.blocks]
        singles = any(not block.merged for block in drawn)
        shown = tuple(Block(n, n, 0, label) for n, label in enumerate(scale.labels, 1)) if singles else ()
        if any(palette.spanning(block, frame.points) for block in drawn):
            shown = (*shown, Block(1, frame.points, 0, _SPANNING))
    if shown:
        sheet.y += _draw_key(sheet, [(_look(b, frame.points), b.label) for b in shown], 0.0, sheet.width) + 6
    if not sides:
        return
    half = (frame.right - frame.left) / 2 - 4
    low, high = (SMALL.lines(words, half)[0] for words in (scale.low, scale.high))
    sheet.write("".join(run.text for run in low.runs), frame.left, sheet.y, type_=SMALL)
    sheet.write("".join(run.text for run in high.runs), frame.right, sheet.y, type_=SMALL, align="right")
    sheet.y += SMALL.leading + 4


def _draw_bar(sheet: Sheet, bar: Bar, frame: _Frame) -> None:
    """Draw one bar with its name, its numbers and, where rows are merged differently, its own key."""
    name_width = frame.left - frame.start - 10
    name_height = len(frame.name.lines(bar.label, name_width)) * frame.name.leading
    narrow = [block for block in bar.blocks if block.count and not _holds_number(block, frame)]
    top = sheet.y + max(KEY.leading + 3 if narrow else 0.0, (name_height - frame.tall) / 2)
    sheet.paragraph(bar.label, frame.start, top + (frame.tall - name_height) / 2, width=name_width, type_=frame.name)
    bottom = top + frame.tall
    if not bar.blocks:
        sheet.y = top
        _draw_withheld(sheet, bar.withheld, frame.left, frame.right, tall=frame.tall)
    else:
        sheet.line((frame.zero, top - 4), (frame.zero, bottom + 4), colour=INK, width=0.8)
        _draw_segments(sheet, bar.blocks, frame, top)
        if frame.spelt_out and any(block.merged for block in bar.blocks):
            entries = [(_look(block, frame.points), f"{block.count} {block.label}") for block in bar.blocks]
            bottom += 5 + _draw_key(sheet, entries, frame.left, frame.right - frame.left, y=bottom + 5)
    sheet.y = max(bottom, top + (frame.tall + name_height) / 2) + frame.gap


def _draw_segments(sheet: Sheet, blocks: Sequence[Block], frame: _Frame, top: float) -> None:
    """Draw the segments side by side; numbers too wide for theirs stand above, led to it by a line."""
    x = frame.zero - _left_of_zero(blocks, frame.points) * frame.unit
    outside: list[tuple[float, int]] = []
    for block in filter(lambda b: b.count, blocks):
        width = block.count * frame.unit
        look = _look(block, frame.points)
        sheet.box(x, top, width, frame.tall, look)
        if _holds_number(block, frame):
            _draw_number(sheet, block.count, x + width / 2, top + frame.tall / 2, look)
        else:
            outside.append((x + width / 2, block.count))
        x += width
    places = _spread([at for at, _ in outside], [KEY.width(str(count)) + 3 for _, count in outside], frame)
    for (at, count), place in zip(outside, places, strict=True):
        sheet.line((at, top), (place, top - 4))
        sheet.write(str(count), place, top - 4 - KEY.leading, type_=KEY, align="center")


def _draw_number(sheet: Sheet, count: int, centre: float, middle: float, look: Fill) -> None:
    """Draw a count inside its segment, on a clear patch where there are lines in it."""
    type_ = Type(size=STRONG.size, face=STRONG.face, colour=palette.ink(look.colour))
    wide = type_.width(str(count)) + 3
    if look.hatched or look.spanning:
        sheet.patch(centre - wide / 2, middle - type_.leading / 2, wide, type_.leading, look.colour)
    sheet.write(str(count), centre, middle - type_.leading / 2, type_=type_, align="center")


def _draw_withheld(sheet: Sheet, why: str, left: float, right: float, *, tall: float = _BAR) -> None:
    """Draw the empty box that stands for counts held back, with the reason in it."""
    sheet.box(left, sheet.y, right - left, tall)
    sheet.write(why, (left + right) / 2, sheet.y + (tall - SMALL.leading) / 2, type_=SMALL, align="center")


def _draw_key(
    sheet: Sheet, entries: Iterable[tuple[Fill, str]], left: float, width: float, *, y: float | None = None
) -> float:
    """Draw swatches with their words, as many a line as fit, and return the height taken."""
    start = sheet.y if y is None else y
    x, down, tall = 0.0, 0.0, KEY.leading
    for look, words in entries:
        room = width - _SWATCH - 5
        wide = min(KEY.width(words), room)
        if x and x + _SWATCH + 5 + wide > width:
            x, down, tall = 0.0, down + tall + 2, KEY.leading
        sheet.box(left + x, start + down + (KEY.leading - _SWATCH) / 2, _SWATCH, _SWATCH, look)
        tall = max(tall, sheet.paragraph(words, left + x + _SWATCH + 5, start + down, width=room, type_=KEY))
        x += _SWATCH + 5 + wide + 14
    return down + tall


def _look(block: Block, points: int) -> Fill:
    return Fill(palette.fill(block, points), palette.hatched(block, points), palette.spanning(block, points))


def _holds_number(block: Block, frame: _Frame) -> bool:
    """Whether the count can stand inside its segment."""
    return block.count * frame.unit >= STRONG.width(str(block.count)) + 5


def _left_of_zero(blocks: Sequence[Block], points: int) -> float:
    """Return how many people stand left of zero, the neutral middle counted half on either side.

    Heiberger and Robbins (2014), Design of Diverging Stacked Bar Charts. A merged block across zero is shared by the
    categories it covers, for how many of its people chose which is not known.
    """
    middle = (points + 1) / 2
    total = 0.0
    for block in blocks:
        categories = range(block.first, block.last + 1)
        share = sum(
            1.0 if category < middle else 0.5 if category == middle else 0.0 for category in categories
        )
        total += block.count * share / len(categories)
    return total


def _spread(places: Sequence[float], widths: Sequence[float], frame: _Frame) -> list[float]:
    """Move centres apart until no two labels meet, and back inside the frame."""
    spread = list(places)
    for number in range(1, len(spread)):
        least = spread[number - 1] + (widths[number - 1] + widths[number]) / 2
        spread[number] = max(spread[number], least)
    limit = frame.right
    for number in range(len(spread) - 1, -1, -1):
        spread[number] = min(spread[number], limit - widths[number] / 2)
        limit = spread[number] - widths[number] / 2
    return spread
