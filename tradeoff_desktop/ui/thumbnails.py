"""What is on screen now and what comes next, drawn small by the page's own painter."""

from collections.abc import Callable

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from tradeoff_desktop.app.stage import Stage
from tradeoff_desktop.ui.audience import AudienceWindow
from tradeoff_desktop.ui.audience_pages import picture_of
from tradeoff_desktop.ui.controls import label
from tradeoff_desktop.ui.theme import LIGHT, XS, Theme

SHAPE = QSize(16, 9)  # where no audience window says otherwise


class Thumbnail(QWidget):
    """One page, small, with a caption above it."""

    def __init__(self, caption: str, theme: Theme, audience: AudienceWindow | None) -> None:
        super().__init__()
        self._caption = caption
        self._audience = audience
        self._words, self._short = "", False
        self.stage: Stage | None = None
        self.caption = label(caption, "strong")
        self._picture = _Picture(theme, self._drawn)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(XS)
        layout.addWidget(self.caption)
        layout.addWidget(self._picture)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_width(300)

    def say(self, words: str | None = None, *, short: bool | None = None) -> None:
        """Words that go with the caption, or stand for it where there is little room."""
        self._words = self._words if words is None else words
        self._short = self._short if short is None else short
        both = f"{self._caption} · {self._words}"
        self.caption.setText((self._words if self._short else both) if self._words else self._caption)

    def show_caption(self, *, visible: bool) -> None:
        """Where there is little room the page says enough."""
        self.caption.setVisible(visible)

    def set_width(self, width: int) -> None:
        """How wide it is, in logical pixels; the height follows the audience's display."""
        shape = self._audience.shape if self._audience is not None else SHAPE
        size = QSize(width, round(width * shape.height() / shape.width()))
        if size != self._picture.size():
            self._picture.setFixedSize(size)
            self._picture.forget()

    def show_stage(self, stage: Stage | None) -> None:
        """Show a page, or nothing where there is none."""
        if stage != self.stage or stage is None:
            self.stage = stage
            self.setAccessibleName(f"{self._caption}: {stage.spoken() if stage is not None else 'the end'}")
            self._picture.forget()

    def _drawn(self) -> QPixmap:
        """The page, drawn once it is to be seen: on the way to a step much changes more than once."""
        if self.stage is None:
            return QPixmap()
        width, ratio = self._picture.width(), self.devicePixelRatioF()
        if self._audience is not None:
            return self._audience.preview(self.stage, width, ratio=ratio)
        size = QSize(round(width * ratio), round(width * ratio * SHAPE.height() / SHAPE.width()))
        return picture_of(self.stage, size, LIGHT, ratio=ratio)


class _Picture(QWidget):
    def __init__(self, theme: Theme, drawn: Callable[[], QPixmap]) -> None:
        super().__init__()
        self._theme = theme
        self._make = drawn
        self._pixmap: QPixmap | None = None

    def forget(self) -> None:
        """The picture is another one now."""
        self._pixmap = None
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The page and a frame around it."""
        if self._pixmap is None:
            self._pixmap = self._make()
        painter = QPainter(self)
        if self._pixmap.isNull():
            painter.setPen(self._theme.colour("muted"))
            painter.drawText(self.rect(), int(Qt.AlignmentFlag.AlignCenter), "Nothing comes after this")
        else:
            painter.drawPixmap(0, 0, self._pixmap)
        painter.setPen(QPen(self._theme.colour("border"), 1))
        painter.drawRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5))
        painter.end()
