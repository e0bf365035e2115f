"""Boxes to tick, choices and lists to pick from, drawn by us: Qt's own cut their words off at large text sizes."""

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractButton,
    QCheckBox,
    QComboBox,
    QRadioButton,
    QSizePolicy,
    QStyle,
    QStyleOptionComboBox,
    QStylePainter,
)

from tradeoff_desktop.ui import theme as looks
from tradeoff_desktop.ui.theme import TARGET, XS, M, S, Theme

_WRAP = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft)


class _Words:
    """Where the box and the words of a tick go; shared by both kinds."""

    def __init__(self, button: QAbstractButton, theme: Theme) -> None:
        self._button = button
        self.theme = theme
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        button.setSizePolicy(policy)
        button.setCursor(Qt.CursorShape.PointingHandCursor)

    @property
    def side(self) -> int:
        """The side of the box."""
        return round(22 * self.theme.zoom)

    def height(self, width: int) -> int:
        """How high the words are when ``width`` is all there is."""
        room = QRect(0, 0, max(1, width - self.side - M), 10_000)
        words = QFontMetrics(self._button.font()).boundingRect(room, _WRAP, self._button.text())
        return max(TARGET, words.height() + 2 * S)

    def hint(self) -> QSize:
        """Room for the words on one line, if there is."""
        metrics = QFontMetrics(self._button.font())
        widest = max((metrics.horizontalAdvance(line) for line in self._button.text().split("\n")), default=0)
        width = widest + self.side + M + XS
        return QSize(width, self.height(width))

    def paint_words(self, painter: QPainter) -> QRectF:
        """Draw the words; the square left for the box is returned."""
        first = QFontMetrics(self._button.font()).height()
        top = S + (first - self.side) / 2
        painter.setPen(self.theme.colour("text" if self._button.isEnabled() else "muted"))
        painter.setFont(self._button.font())
        room = QRect(self.side + M, S, self._button.width() - self.side - M, self._button.height() - S)
        painter.drawText(room, _WRAP, self._button.text())
        painter.setPen(QPen(self.theme.colour("text" if self._button.isEnabled() else "border"), 2))
        painter.setBrush(self.theme.colour("ground"))
        return QRectF(1, top + 1, self.side - 2, self.side - 2)


class Tick(QCheckBox):
    """A box to tick."""

    def __init__(self, words: str, theme: Theme, *, on: bool = False) -> None:
        super().__init__(words)
        self._words = _Words(self, theme)
        self.setChecked(on)
        self.setAccessibleName(words)

    def heightForWidth(self, width: int) -> int:
        """The words wrap."""
        return self._words.height(width)

    def sizeHint(self) -> QSize:
        """One line, where there is room."""
        return self._words.hint()

    def minimumSizeHint(self) -> QSize:
        """The words may wrap to any width."""
        return QSize(self._words.side * 4, TARGET)

    def hitButton(self, _pos: QPoint) -> bool:
        """Words and box are one target."""
        return True

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw words, box and tick."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = self._words.paint_words(painter)
        painter.drawRoundedRect(box, XS, XS)
        if self.isChecked():
            painter.setBrush(self._words.theme.colour("accent"))
            painter.drawRoundedRect(box, XS, XS)
            painter.setPen(QPen(self._words.theme.colour("on_accent"), max(2.0, box.width() / 8)))
            low, side = box.topLeft(), box.width()
            painter.drawPolyline([
                low + QPointF(side * x, side * y) for x, y in ((0.24, 0.54), (0.43, 0.72), (0.78, 0.3))
            ])


class Choice(QRadioButton):
    """One of several; words may have more than one line."""

    def __init__(self, words: str, theme: Theme) -> None:
        super().__init__(words)
        self._words = _Words(self, theme)
        self.setAccessibleName(words.replace("\n", ", "))

    def heightForWidth(self, width: int) -> int:
        """The words wrap."""
        return self._words.height(width)

    def sizeHint(self) -> QSize:
        """One line, where there is room."""
        return self._words.hint()

    def minimumSizeHint(self) -> QSize:
        """The words may wrap to any width."""
        return QSize(self._words.side * 4, TARGET)

    def hitButton(self, _pos: QPoint) -> bool:
        """Words and circle are one target."""
        return True

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw words, circle and dot."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = self._words.paint_words(painter)
        painter.drawEllipse(box)
        if self.isChecked():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._words.theme.colour("accent"))
            inset = box.width() * 0.22
            painter.drawEllipse(box.adjusted(inset, inset, -inset, -inset))


class Picker(QComboBox):
    """A list to pick one from. Words that do not fit end in an ellipsis; the whole text is in the list."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        looks.dress(self, "picker")
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(12)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the frame by the style, then words and arrow."""
        painter = QStylePainter(self)
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        words, option.currentText = option.currentText, ""
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(self._theme.colour("text" if self.isEnabled() else "muted"))
        arrow = M * self._theme.zoom
        room = QRect(M, 0, round(self.width() - 3 * M - arrow), self.height())
        shown = self.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), shown)
        painter.setPen(QPen(self._theme.colour("text"), 2 * self._theme.zoom))
        right, middle = self.width() - M - arrow, self.height() / 2
        painter.drawPolyline([
            QPointF(right, middle - arrow / 4), QPointF(right + arrow / 2, middle + arrow / 4),
            QPointF(right + arrow, middle - arrow / 4),
        ])
