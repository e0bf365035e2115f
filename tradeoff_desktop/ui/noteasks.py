"""The one question at a time that an act on notes asks: how many and where to, which words, which step."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QIntValidator, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from tradeoff_desktop.model.pack import Pack
from tradeoff_desktop.ui.controls import KeyButton, label
from tradeoff_desktop.ui.flow import FlowLayout
from tradeoff_desktop.ui.notefield import NoteField
from tradeoff_desktop.ui.notelist import step_choice
from tradeoff_desktop.ui.theme import S, Theme

_STEPS = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}


class CountField(QLineEdit):
    """A whole number from 1 to ``most``; the arrows count up and down."""

    def __init__(self, name: str, theme: Theme) -> None:
        super().__init__()
        self._most = 1
        self.setAccessibleName(name)
        self.setFixedWidth(round(72 * theme.zoom))

    def ask(self, most: int) -> None:
        """Begin at one, of so many."""
        self._most = most
        self.setValidator(QIntValidator(1, most, self))
        self.setText("1")

    @property
    def count(self) -> int:
        """What stands in it; 0 for nothing."""
        return int(self.text() or 0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up is one more, down one less."""
        step = _STEPS.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        else:
            self.setText(str(min(self._most, max(1, self.count + step))))
            self.selectAll()


class AskBar(QWidget):
    """Says what is asked, takes the answer, and calls back on Enter; Esc leaves everything as it was."""

    left = Signal()

    def __init__(self, pack: Pack, theme: Theme) -> None:
        super().__init__()
        self._done: Callable[[], bool] | None = None
        self._said = label("", "strong")
        self.count = CountField("How many of the last notes", theme)
        self.step = step_choice(theme, pack)
        self.words = NoteField(theme, tags=[], hint="")
        self.words.setAccessibleName("Words")
        self.words.setPlaceholderText("")
        self._button = KeyButton("Do it", theme=theme, key="Enter", look="primary")
        self._back = KeyButton("Leave it", theme=theme, key="Esc")
        line = FlowLayout()
        for part in (self.count, self.step, self._button, self._back):
            line.addWidget(part)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(S)
        layout.addWidget(self._said)
        layout.addWidget(self.words)
        layout.addLayout(line)
        self.words.entered.connect(self.submit)
        self._button.clicked.connect(self.submit)
        self._back.clicked.connect(self._leave)
        self.hide()

    def ask_words(self, said: str, button: str, text: str, done: Callable[[], bool]) -> None:
        """Ask for words, beginning with ``text``."""
        self._open(said, button, done, count=False, step=False, words=True)
        self.words.setPlainText(text)
        self.words.moveCursor(self.words.textCursor().MoveOperation.End)
        self.words.setFocus()

    def ask_step(self, said: str, button: str, at: str, done: Callable[[], bool], *, most: int = 0) -> None:
        """Ask for a step, beginning at ``at``; where ``most`` is given, for how many notes too."""
        self._open(said, button, done, count=bool(most), step=True, words=False)
        self.count.ask(max(1, most))
        self.step.setCurrentIndex(max(0, self.step.findData(at)))
        (self.count if most else self.step).setFocus()
        self.count.selectAll()

    def _open(self, said: str, button: str, done: Callable[[], bool], *, count: bool, step: bool, words: bool) -> None:
        self._done = done
        self._said.setText(said)
        self._button.say(button)
        for part, shown in ((self.count, count), (self.step, step), (self.words, words)):
            part.setVisible(shown)
        self.show()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter answers, Esc leaves."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.submit()
        elif event.key() == Qt.Key.Key_Escape:
            self._leave()
        else:
            super().keyPressEvent(event)

    @Slot()
    def submit(self) -> None:
        """Do what was asked for; where it is refused the question stays."""
        if self._done is not None and self._done():
            self._leave()

    @Slot()
    def _leave(self) -> None:
        self._done = None
        self.words.clear()
        self.hide()
        self.left.emit()
