"""A sentence as long as it may be, all of it to be read while the room mends it: Enter goes on, no line is broken by hand."""

from PySide6.QtCore import QSize, Signal, Slot

from tradeoff_desktop.ui.notefield import NoteField
from tradeoff_desktop.ui.theme import M, Theme

LONGEST = 400
LINES = 3


class SentenceField(NoteField):
    """Asked and filled like a field of one line."""

    edited = Signal(str)

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__(theme, tags=[], hint="")
        self._filling = False
        self.setAccessibleName(name)
        self.setPlaceholderText("")
        self.textChanged.connect(self._edited)

    def sizeHint(self) -> QSize:
        """Three lines."""
        return QSize(200, LINES * self.fontMetrics().lineSpacing() + 2 * M)

    def text(self) -> str:
        """The sentence, in one line."""
        return " ".join(self.toPlainText().splitlines())

    def setText(self, words: str) -> None:
        """Fill it; the cursor stands before the first word."""
        self._filling = True
        self.setPlainText(words)
        self._filling = False

    def clear(self) -> None:
        """Nothing stands in it."""
        self.setText("")

    def _room(self) -> int:
        return max(0, LONGEST - len(self.toPlainText()))

    @Slot()
    def _edited(self) -> None:
        if not self._filling:
            self.edited.emit(self.text())
