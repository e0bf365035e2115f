"""From boxes to pages, with what stands at the head and foot of each."""

from collections.abc import Callable, Sequence

from tradeoff_desktop.report import text
from tradeoff_desktop.report.boxes import Box, Stack, fill
from tradeoff_desktop.report.canvas import TaggedCanvas
from tradeoff_desktop.report.content import Front
from tradeoff_desktop.report.layout import HeadingBox
from tradeoff_desktop.report.style import (
    BOTTOM,
    FURNITURE,
    NOTICE,
    PAGE_HEIGHT,
    RULE,
    SIDE,
    TEXT_HEIGHT,
    TEXT_WIDTH,
    TOP,
    Style,
    channels,
)

_HEAD_BASELINE = PAGE_HEIGHT - TOP + 30
_FOOT_BASELINE = BOTTOM - 34
_SHARE = 0.68


def paginate(boxes: Sequence[Box]) -> list[list[Box]]:
    """Share boxes among pages and tell every heading its page.

    A box that not even an empty page can hold is placed alone and runs over the foot rather than being lost.
    """
    pages: list[list[Box]] = []
    rest = list(boxes)
    while rest:
        placed, rest = fill(rest, TEXT_WIDTH, TEXT_HEIGHT)
        if not placed and rest:
            placed, rest = rest[:1], rest[1:]
        pages.append(placed)
        for box in placed:
            if isinstance(box, HeadingBox):
                box.anchor.page = len(pages)
    return [page for page in pages if page]


def draw(
    canvas: TaggedCanvas, pages: Sequence[Sequence[Box]], front: Front, done: Callable[[], None]
) -> None:
    """Draw all pages; ``done`` is called after every page and may raise."""
    for number, page in enumerate(pages, 1):
        Stack(page).draw(canvas, SIDE, PAGE_HEIGHT - TOP, TEXT_WIDTH)
        with canvas.artifact("Pagination"):
            _draw_furniture(canvas, front, number, len(pages))
        canvas.end_page()
        done()


def _draw_furniture(canvas: TaggedCanvas, front: Front, number: int, count: int) -> None:
    """Draw title and notice at the head, footer and page number at the foot."""
    if number > 1:
        _draw_left(canvas, front.title, FURNITURE, _HEAD_BASELINE)
    _draw_right(canvas, front.notice, NOTICE, _HEAD_BASELINE)
    canvas.setFillColorRGB(*channels(RULE))
    canvas.rect(SIDE, _FOOT_BASELINE + 14, TEXT_WIDTH, 0.6, stroke=0, fill=1)
    _draw_left(canvas, front.footer, FURNITURE, _FOOT_BASELINE)
    _draw_right(canvas, f"Page {number} of {count}", FURNITURE, _FOOT_BASELINE)


def _draw_left(canvas: TaggedCanvas, words: str, style: Style, y: float) -> None:
    line = text.shorten(words, face=style.face, size=style.size, width=TEXT_WIDTH * _SHARE)
    canvas.draw_line(line, SIDE, y, size=style.size, colour=style.colour)


def _draw_right(canvas: TaggedCanvas, words: str, style: Style, y: float) -> None:
    line = text.shorten(words, face=style.face, size=style.size, width=TEXT_WIDTH * (1 - _SHARE))
    canvas.draw_line(line, SIDE + TEXT_WIDTH - line.width, y, size=style.size, colour=style.colour)
