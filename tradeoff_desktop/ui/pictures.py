"""Results on the operator's own screen: painted bars, and the same numbers as a table for those who do not see them."""

from PySide6.QtCore import QRectF, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QFont, QFontMetricsF, QHideEvent, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QHeaderView, QSizePolicy, QTableWidget, QTableWidgetItem, QVBoxLayout, QWidget

from tradeoff_desktop.app import pictures
from tradeoff_desktop.app.pictures import Bar
from tradeoff_desktop.ui import bars as painting
from tradeoff_desktop.ui.bridge import Bridge
from tradeoff_desktop.ui.controls import label
from tradeoff_desktop.ui.room import Room
from tradeoff_desktop.ui.theme import BODY, SMALL, M, S, Theme


class BarPicture(QWidget):
    """Stacked bars below each other, each labelled at its left, the ends of the scale named above."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._bars: tuple[Bar, ...] = ()
        self._labels: tuple[str, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_bars(self, bars: tuple[Bar, ...], labels: tuple[str, ...]) -> None:
        """Show these bars over that scale."""
        self._bars, self._labels = bars, labels
        self.setAccessibleName("Result as bars")
        self.setAccessibleDescription(" ".join(bar.spoken() for bar in bars))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """A line for the ends of the scale and a row for each bar."""
        return QSize(420, round(self._head() + len(self._bars) * self._row()))

    def minimumSizeHint(self) -> QSize:
        """Bars are never cut."""
        return QSize(280, self.sizeHint().height())

    def _head(self) -> float:
        return QFontMetricsF(self._theme.font(SMALL)).height() + S

    def _row(self) -> float:
        return QFontMetricsF(self._theme.font(BODY)).height() * 1.5 + S  # five of them and their table fit a small laptop

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint labels and bars."""
        if not self._bars:
            return
        painter = QPainter(self)
        left = min(self.width() * 0.3, 220 * self._theme.zoom)
        painter.setPen(self._theme.colour("text"))
        painter.setFont(self._theme.font(SMALL))
        ends = QRectF(left, 0, self.width() - left, self._head())
        painter.drawText(ends, int(Qt.AlignmentFlag.AlignLeft), f"◀ {self._labels[0]}")
        painter.drawText(ends, int(Qt.AlignmentFlag.AlignRight), f"{self._labels[-1]} ▶")
        font = self._theme.font(BODY, weight=QFont.Weight.DemiBold)
        for place, bar in enumerate(self._bars):
            top = self._head() + place * self._row()
            painter.setFont(self._theme.font(BODY))
            painter.setPen(self._theme.colour("text"))
            name = QRectF(0, top, left - M, self._row() - S)
            painter.drawText(name, int(Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap), bar.label)
            box = QRectF(left, top, self.width() - left, self._row() - S)
            painting.paint(painter, box, bar, theme=self._theme, font=font, points=len(self._labels))
        painter.end()


LOOK = 30_000  # milliseconds
ROOMY = 1.5  # from this text size on
WORDS_ONLY = "Counts would give single answers away, so there are words only."


class BarTable(QTableWidget):
    """The table twin: a row for each bar, a column for each answer."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("Result as a table")
        self.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setSizeAdjustPolicy(QTableWidget.SizeAdjustPolicy.AdjustToContents)

    def show_bars(self, bars: tuple[Bar, ...], labels: tuple[str, ...]) -> None:
        """The numbers of the bars, no more and no less."""
        self.setRowCount(len(bars))
        self.setColumnCount(len(labels))
        self.setHorizontalHeaderLabels([name.replace(" ", "\n", 1) for name in labels])
        self.setVerticalHeaderLabels([bar.label for bar in bars])
        for row, bar in enumerate(bars):
            for column in range(len(labels)):
                item = QTableWidgetItem(_count(bar, column))
                item.setTextAlignment(Qt.AlignmentFlag.AlignCenter)
                self.setItem(row, column, item)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)


def _count(bar: Bar, place: int) -> str:
    """What the table says for one answer: its number, with whom it was merged, or that it is not shown."""
    if not bar.parts:
        return "not shown"
    for part in bar.parts:
        if place in part.places:
            return str(part.people) if len(part.places) == 1 else f"{part.people} together"
    return "0"


class ResultPanel(QWidget):
    """The anchor's markings so far, for the facilitator's eyes; disclosure rules hold here as in the room.

    A look is short: it ends by itself, unless somebody goes on reading in the table.
    """

    over = Signal()

    def __init__(self, bridge: Bridge, room: Room, theme: Theme) -> None:
        super().__init__()
        self._bridge = bridge
        self._room = room
        self.picture = BarPicture(theme)
        self.setProperty("headed", True)  # noqa: FBT003 - Qt takes it so
        self.table = BarTable()
        self._sentence = label("")
        self._zoomed = theme.zoom >= ROOMY
        if self._zoomed:  # there is no room for both
            self.picture.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._ends = QTimer(self, singleShot=True, interval=LOOK)
        self._ends.timeout.connect(self.over)
        self.table.currentCellChanged.connect(self._reading)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(M, S, M, S)
        layout.setSpacing(M)
        layout.addWidget(label("The case for everybody, so far. This screen only, for half a minute.", "strong"))
        layout.addWidget(self._sentence)
        layout.addWidget(self.picture)
        layout.addWidget(self.table)
        layout.addStretch(1)

    def showEvent(self, event: QShowEvent) -> None:
        """The look begins."""
        super().showEvent(event)
        self._ends.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """It is over, whoever ended it."""
        super().hideEvent(event)
        self._ends.stop()

    @Slot()
    def _reading(self) -> None:
        if self.isVisible():
            self._ends.start()

    def first_focus(self) -> QWidget:
        """The table, which can be read by arrow keys; in large text the bars above it, the whole panel for words only."""
        return self if self.table.isHidden() else self.picture if self._zoomed else self.table

    def look(self) -> None:
        """Read the results again."""
        state, pack = self._bridge.state, self._bridge.pack
        bars = tuple(pictures.every_marking(state))
        labels = tuple(o.projector for o in pack.item(pack.primary_item).options if o.value.isdigit())
        picture = pictures.over(state, self._room.screen)
        counted = any(bar.parts for bar in bars)
        sentence = picture.sentence if picture else "" if bars else "No sheet of this case is wholly keyed yet."
        if bars and not counted:
            sentence = "\n".join([WORDS_ONLY, *(f"•  {words}" for words in pictures.in_words(state))])
        self._sentence.setText(sentence)
        self.setAccessibleName(sentence)
        self.picture.show_bars(bars, labels)
        self.table.show_bars(bars, labels)
        self.picture.setVisible(counted)
        self.table.setVisible(counted)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus if counted else Qt.FocusPolicy.TabFocus)
