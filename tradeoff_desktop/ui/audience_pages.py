"""The pages of the audience window: a stage value laid out as blocks and painted by one widget.

The same widget is drawn small on the console, so that the thumbnail is the page. A page holds nothing but its own
value: what is not revealed is in no widget.
"""

from functools import singledispatch
from itertools import product
from typing import NamedTuple

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QWidget

from tradeoff_desktop.app import stage as stages
from tradeoff_desktop.app.stage import Page, Stage
from tradeoff_desktop.ui import blocks as b
from tradeoff_desktop.ui.blocks import Block, Look
from tradeoff_desktop.ui.theme import Theme

SIDE, EDGE, GAP = 96, 36, 24  # at 1080 lines: left and right, top and bottom, between blocks
_AIR = (1.0, 0.5, 0.25)
_GROW = (1.5, 1.4, 1.3, 1.2, 1.1)
_SHRINK = (1.0, 0.96, 0.92, 0.85, 0.78, 0.7, 0.62, 0.55)


class Laid(NamedTuple):
    """The blocks of a page where they stand, and the scale they were drawn at."""

    placed: list[tuple[Block, QRectF]]
    look: Look
    shrunk: float


@singledispatch
def blocks_of(_page: Page) -> list[Block]:
    """The blocks of a page from top to bottom; a blank page has none."""
    return []


@blocks_of.register
def _(page: stages.Holding) -> list[Block]:
    return [b.Words(page.title, b.HUGE, bold=True, centre=True), b.Words(page.words, b.LARGE, centre=True)]


@blocks_of.register
def _(page: stages.Thanks) -> list[Block]:
    return [b.Words(page.title, b.HUGE, bold=True, centre=True), b.Words(page.words, b.BODY, centre=True)]


@blocks_of.register
def _(page: stages.Card) -> list[Block]:
    found: list[Block] = [
        b.CardBox(page.data),
        b.Pair(b.CardBox(page.receiver, lead="arrow-right"), b.CardBox(page.privacy)),
        b.Words(page.text),
    ]
    if page.question:
        # The question stands on the sheet as well, so it may go where the screen is too low for it.
        found.append(b.Words(page.question, bold=True, optional=True))
    return found


@blocks_of.register
def _(page: stages.Question) -> list[Block]:
    found: list[Block] = [b.Words(page.lead)] if page.lead else []
    found.append(b.Words(page.text, b.BODY if page.lead else b.LARGE, bold=True))
    return [*found, b.Options(page.options, 2 if page.lead else 1), *_foot(page.sheet, page.clock)]


@blocks_of.register
def _(page: stages.Task) -> list[Block]:
    return [b.Words(page.title, b.LARGE, bold=True), b.Words(page.text), *_foot(page.sheet, page.clock)]


def _foot(sheet: int, clock: str) -> list[Block]:
    """Sheet and time left, the last line of a page."""
    return [b.Ends(stages.turn_to(sheet), clock, bold=True)] if sheet or clock else []


@blocks_of.register
def _(page: stages.Result) -> list[Block]:
    found: list[Block] = []
    points = len(page.picture.labels)
    for bar in page.picture.bars:
        if bar.parts:
            found += [b.BarRow(bar, points, labelled=False), b.KeyRows(bar, points)]
    return [*found, b.Words(page.picture.sentence)]


@blocks_of.register
def _(page: stages.BeforeAfter) -> list[Block]:
    picture = page.picture
    if not any(bar.parts for bar in picture.bars):
        return [b.Words(picture.sentence, b.LARGE)]
    rows: list[Block] = [b.BarRow(bar, len(picture.labels)) for bar in picture.bars]
    return [b.Ends(f"◀ {picture.labels[0]}", f"{picture.labels[-1]} ▶"), *rows, b.Words(picture.sentence)]


@blocks_of.register
def _(page: stages.Positions) -> list[Block]:
    title = b.Words(page.title, b.LARGE, bold=True)
    if len(page.rows) > 4:
        return [title, b.Grid(tuple(b.Stand(row, wide=False) for row in page.rows))]
    return [title, *(b.Stand(row, wide=True) for row in page.rows)]


@blocks_of.register
def _(page: stages.StatementPage) -> list[Block]:
    found: list[Block] = [b.Words(page.table, b.LARGE, bold=True), b.Words(page.text, b.LARGE)]
    return [*found, b.Words(page.votes, b.BODY, bold=True)] if page.votes else found


def lay_out(page: Page, size: QSize, theme: Theme, scale: float = 1.0) -> Laid:
    """Stack the blocks. Too much for the height: first gaps and optional blocks give way, then the size of all.

    ``scale`` is the size wished for; a page that does not fit at it is laid out at the largest below that fits.
    """
    blocks = blocks_of(page)
    needed = [block for block in blocks if not block.optional]
    middle = len(blocks) == 1 or isinstance(page, stages.Holding | stages.Thanks)
    for shrunk in (*(step for step in _GROW if step <= scale), *_SHRINK):
        # Larger words never cost a block; only what would not fit otherwise does, and air goes before a block.
        for kept, air in product((blocks, needed), _AIR) if shrunk <= 1 else ((blocks, 1.0),):
            look = Look(theme, shrunk * size.height() / 1080, air)
            laid = _stack(kept, size, look, middle=middle)
            if laid is not None:
                return Laid(laid, look, shrunk)
    return Laid([], Look(theme, 1.0), 0.0)


def _stack(blocks: list[Block], size: QSize, look: Look, *, middle: bool) -> list[tuple[Block, QRectF]] | None:
    """The blocks where they stand, or None if they do not fit."""
    width = size.width() - 2 * min(look.px(SIDE), size.width() * 0.05 * look.air)
    heights = [block.height(width, look) for block in blocks]
    spare = size.height() - 2 * look.gap(EDGE) - sum(heights)
    gaps = max(0, len(blocks) - 1)
    if spare < gaps * look.gap(GAP / 4):
        return None
    gap = min(look.gap(GAP * 2), spare / gaps) if gaps else 0.0
    top = look.gap(EDGE) + (spare - gap * gaps) / (2 if middle else 3)
    placed = []
    for block, high in zip(blocks, heights, strict=True):
        placed.append((block, QRectF((size.width() - width) / 2, top, width, high)))
        top += high + gap
    return placed


def draw(painter: QPainter, stage: Stage, size: QSize, theme: Theme) -> None:
    """Paint a whole page."""
    blank = isinstance(stage.page, stages.Blank)
    painter.fillRect(QRectF(0, 0, size.width(), size.height()), QColor("#000000") if blank else theme.colour("ground"))
    painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
    laid = lay_out(stage.page, size, theme, stage.scale)
    for block, box in laid.placed:
        painter.save()
        block.paint(painter, box, laid.look)
        painter.restore()
    if stage.practice and not blank:
        _watermark(painter, size, theme)


def _watermark(painter: QPainter, size: QSize, theme: Theme) -> None:
    """The word across the page: practice data must never pass for real, not even on a photograph."""
    look = Look(theme, size.height() / 1080)
    painter.save()
    colour = theme.colour("text")
    colour.setAlphaF(0.10)
    painter.setPen(colour)
    font = look.font(300, bold=True)
    painter.setFont(font)
    painter.translate(size.width() / 2, size.height() / 2)
    painter.rotate(-24)
    half = b.text_width("Practice", font)
    painter.drawText(QRectF(-half, -look.px(250), 2 * half, look.px(500)), int(Qt.AlignmentFlag.AlignCenter), "Practice")
    painter.restore()


def picture_of(stage: Stage, size: QSize, theme: Theme, *, ratio: float = 1.0) -> QPixmap:
    """A page as a picture of ``size`` device pixels divided by ``ratio``."""
    image = QImage(size, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(ratio)
    painter = QPainter(image)
    painter.scale(1 / ratio, 1 / ratio)
    draw(painter, stage, size, theme)
    painter.end()
    return QPixmap.fromImage(image)


class AudiencePage(QWidget):
    """One page. It is made for one stage and shows it until it is thrown away."""

    def __init__(self, stage: Stage, theme: Theme, size: QSize) -> None:
        super().__init__()
        self.stage = stage
        self._theme = theme
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAccessibleName(stage.spoken())
        self.resize(size)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the page at the size of the window."""
        painter = QPainter(self)
        draw(painter, self.stage, self.size(), self._theme)
        painter.end()
