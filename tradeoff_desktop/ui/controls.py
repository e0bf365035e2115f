"""The few controls every page is made of: labels, buttons with their key printed on them, fields, banners."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QIcon, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QPushButton,
    QSizePolicy,
    QStyle,
    QStyleOptionButton,
    QVBoxLayout,
    QWidget,
)

from tradeoff_desktop.ui import theme as looks
from tradeoff_desktop.ui.theme import SMALL, TARGET, XS, L, M, S, Theme

_TURNING = {code: f"[U+{code:04X}]" for code in (*range(0x202A, 0x202F), *range(0x2066, 0x206A))}


def unturned(text: str) -> str:
    """The words with a mark in the place of each character that would turn the rest of the line round."""
    return text.translate(_TURNING)


class Words(QLabel):
    """A label that shows what somebody typed as it was typed: never as markup, never turned round."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setText(text)

    def setText(self, text: str) -> None:
        """Show other words."""
        super().setText(unturned(text))


def label(text: str, look: str = "", *, wrap: bool = True) -> QLabel:
    """A label in one of the looks of the style sheet; plain text always."""
    made = Words(text)
    made.setWordWrap(wrap)
    if look:
        looks.dress(made, look)
    return made


def rule() -> QFrame:
    """A hairline between two parts of a page."""
    made = QFrame()
    looks.dress(made, "rule")
    return made


def row(*widgets: QWidget, gap: int = M, stretch: bool = True) -> QHBoxLayout:
    """Widgets side by side, kept to the left unless ``stretch`` is off."""
    made = QHBoxLayout()
    made.setSpacing(gap)
    for widget in widgets:
        made.addWidget(widget)
    if stretch:
        made.addStretch(1)
    return made


class KeyButton(QPushButton):
    """A button with words, an icon if there is one, and its key printed on it."""

    def __init__(self, words: str, *, theme: Theme, key: str = "", look: str = "", icon: QIcon | None = None) -> None:
        super().__init__(words)
        self._theme = theme
        self._key = key
        if icon is not None:
            self.setIcon(icon)
            self.setIconSize(QSize(*[round(20 * theme.zoom)] * 2))
        if look:
            looks.dress(self, look)
        self.setAccessibleName(f"{words}, {key}" if key else words)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def dress(self, theme: Theme) -> None:
        """Wear another theme."""
        self._theme = theme
        self.updateGeometry()
        self.update()

    def say(self, words: str, key: str | None = None) -> None:
        """Change the words, and the key where one is given."""
        self._key = self._key if key is None else key
        self.setText(words)
        self.setAccessibleName(f"{words}, {self._key}" if self._key else words)
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """Room for icon, words and key."""
        width = self.fontMetrics().horizontalAdvance(self.text()) + 2 * L
        if not self.icon().isNull():
            width += self.iconSize().width() + S
        if self._key:
            width += round(self._cap_width()) + M
        height = max(TARGET, self.fontMetrics().height() + 2 * S)
        return QSize(width, height)

    def minimumSizeHint(self) -> QSize:
        """Words on a button are never cut."""
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses a button just as Space does."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The style draws the box; icon, words and key are ours."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        option = QStyleOptionButton()
        self.initStyleOption(option)
        option.text = ""
        self.style().drawControl(QStyle.ControlElement.CE_PushButtonBevel, option, painter, self)
        self._paint_inside(painter)

    def _paint_inside(self, painter: QPainter) -> None:
        colour = self._ink()
        content = QSize(self.sizeHint().width() - 2 * L, self.height())
        left = max(L, (self.width() - content.width()) // 2) if not self._key else L
        if not self.icon().isNull():
            side = self.iconSize()
            self.icon().paint(painter, left, (self.height() - side.height()) // 2, side.width(), side.height())
            left += side.width() + S
        painter.setPen(colour)
        painter.setFont(self.font())
        words = QRectF(left, 0, self.fontMetrics().horizontalAdvance(self.text()) + 2, self.height())
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self.text())
        if self._key:
            self._paint_cap(painter, colour)

    def _paint_cap(self, painter: QPainter, colour: QColor) -> None:
        font = self._theme.font(SMALL)
        width, height = self._cap_width(), QFontMetricsF(font).height() + XS
        cap = QRectF(self.width() - L - width + S, (self.height() - height) / 2, width, height)
        painter.setFont(font)
        painter.setPen(QPen(colour, 1))
        painter.drawRoundedRect(cap, XS, XS)
        painter.drawText(cap, Qt.AlignmentFlag.AlignCenter, self._key)

    def _cap_width(self) -> float:
        return QFontMetricsF(self._theme.font(SMALL)).horizontalAdvance(self._key) + 2 * S

    def _ink(self) -> QColor:
        if not self.isEnabled():
            return self._theme.colour("muted")
        return self._theme.colour({"primary": "on_accent", "danger": "danger"}.get(str(self.property("look")), "text"))


class Field(QWidget):
    """A label, a hint if it needs one, the editor, and room for what is wrong with it."""

    def __init__(self, words: str, editor: QWidget, *, hint: str = "", width: int = 0) -> None:
        super().__init__()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(XS)
        self.editor = editor
        self._label = label(words, "strong", wrap=not width)
        self._label.setBuddy(editor)
        self._error = label("", "error")
        self._error.hide()
        layout.addStretch(1)  # fields side by side stand on one line, whatever is said above them
        layout.addWidget(self._label)
        if hint:
            layout.addWidget(label(hint, "muted", wrap=not width))
        layout.addWidget(self._error)
        layout.addWidget(editor)
        if width:
            editor.setMaximumWidth(width)
        editor.setAccessibleName(words)
        editor.setAccessibleDescription(hint)

    def rename(self, words: str) -> None:
        """Ask for something else."""
        self._label.setText(words)
        self.editor.setAccessibleName(words)

    def refuse(self, text: str) -> None:
        """Say beside the editor what is wrong; "" for nothing."""
        self._error.setText(text)
        self._error.setVisible(bool(text))
        looks.dress(self.editor, "wrong" if text else "")
        self.editor.setAccessibleDescription(text)


class Banner(QFrame):
    """One message across the page: what happened, and what to do next. Never in the way."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(L, S, L, S)
        layout.setSpacing(XS)
        self._text = label("", "strong")
        self._remedy = label("")
        layout.addWidget(self._text)
        layout.addWidget(self._remedy)
        self.hide()

    def show_message(self, text: str, remedy: str = "", *, tone: str = "danger") -> None:
        """Show a message in a tone: info, ok, warn or danger."""
        looks.dress(self, f"banner-{tone}")
        self._text.setText(text)
        self._remedy.setText(remedy)
        self._remedy.setVisible(bool(remedy))
        self.setAccessibleName(unturned(f"{text} {remedy}".strip()))
        self.show()

    def clear(self) -> None:
        """Take the message away."""
        self.hide()


def card(*parts: QWidget | QLayout) -> QFrame:
    """Parts below each other on a card."""
    made = QFrame()
    looks.dress(made, "card")
    layout = QVBoxLayout(made)
    layout.setContentsMargins(L, M, L, M)
    layout.setSpacing(S)
    for part in parts:
        if isinstance(part, QWidget):
            layout.addWidget(part)
        else:
            layout.addLayout(part)
    return made
