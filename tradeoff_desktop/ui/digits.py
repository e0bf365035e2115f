"""Fields for digits: one that takes every digit at once, and one that closes itself."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QKeyEvent, QValidator
from PySide6.QtWidgets import QLineEdit, QWidget

_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}


def announce(widget: QWidget, words: str) -> None:
    """Tell a screen reader, where the widget has the focus; otherwise it would speak over the work."""
    if words and widget.hasFocus():
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(widget, words))


class DigitField(QLineEdit):
    """A field that keeps nothing: each digit goes out as a signal. It shows what its owner sets.

    Keys it has no use for go on to the page, but of letters and marks only H, to correct the headcount in the middle
    of a count: a slip in a number must not blank the projector.
    """

    typed = Signal(str)
    erased = Signal()
    entered = Signal()
    stepped = Signal(int)  # left -1, right +1
    marked = Signal(str)  # "+", "-" or a space

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)

    def say(self, name: str) -> None:
        """Name what the next digit is for, and say so to a screen reader."""
        if name != self.accessibleName():
            self.setAccessibleName(name)
            announce(self, name)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Digits, Backspace, Enter, arrows and a few marks; the rest is not ours."""
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        text, key = event.text(), Qt.Key(event.key())
        if plain and len(text) == 1 and text in "0123456789":
            self.typed.emit(text)
        elif len(text) == 1 and text in "+- ":
            self.marked.emit(text)
        elif plain and key == Qt.Key.Key_Backspace:
            self.erased.emit()
        elif plain and key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.entered.emit()
        elif plain and key in _STEPS:
            self.stepped.emit(_STEPS[key])
        elif not plain or key == Qt.Key.Key_H or not text.isprintable() or not text:
            event.ignore()


class _Whole(QValidator):
    """Digits, and no more of them than fit. Too large a number may stand until it is saved, which says why not."""

    def __init__(self, longest: int, parent: QWidget) -> None:
        super().__init__(parent)
        self._longest = longest

    def validate(self, text: str, at: int) -> tuple[QValidator.State, str, int]:
        """Accept digits only."""
        fits = text == "" or (text.isascii() and text.isdigit() and len(text) <= self._longest)
        return (QValidator.State.Acceptable if fits else QValidator.State.Invalid), text, at


class NumberField(QLineEdit):
    """A small number that closes itself as soon as no longer number up to ``limit`` is possible.

    With ``longest`` 3 it is a seat code instead and closes with its third digit.
    """

    closed = Signal()
    entered = Signal()

    def __init__(self, name: str, *, limit: int = 99, longest: int = 2, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.limit = limit
        self._longest = longest
        self.setAccessibleName(name)
        self.setValidator(_Whole(longest, self))
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.textEdited.connect(self._edited)

    @property
    def number(self) -> int | None:
        """What stands in it, None for nothing."""
        return int(self.text()) if self.text() else None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and Space close the field. Of letters and marks only H goes on to the page, as from ``DigitField``."""
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        key = Qt.Key(event.key())
        if plain and key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.entered.emit()
        elif plain and key == Qt.Key.Key_Space:
            if self.text():
                self.closed.emit()
        elif plain and key == Qt.Key.Key_H:
            event.ignore()
        else:
            super().keyPressEvent(event)

    @Slot(str)
    def _edited(self, text: str) -> None:
        code = self._longest > 2
        if len(text) == self._longest or (text and not code and (int(text) == 0 or int(text) * 10 > self.limit)):
            self.closed.emit()
