"""The field a note is typed into: Enter saves, Shift+Enter breaks the line, Space completes a #tag."""

import re

from PySide6.QtCore import QMimeData, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QSyntaxHighlighter,
    QTextCharFormat,
    QTextDocument,
)
from PySide6.QtWidgets import QPlainTextEdit

from tradeoff_desktop.app import hints, shorthand
from tradeoff_desktop.ui.theme import XS, M, Theme

COVERED = "Half-typed words are kept. F3 goes on with them."
_BEGUN_TAG = re.compile(r"(?:^|\s)#([A-Za-z0-9_.:-]+)$")


class Underline(QSyntaxHighlighter):
    """A wavy line under what looks like personal data; the sentence beside the field says it too."""

    def __init__(self, document: QTextDocument, theme: Theme) -> None:
        super().__init__(document)
        self._wave = QTextCharFormat()
        self._wave.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
        self._wave.setUnderlineColor(theme.colour("danger"))

    def highlightBlock(self, text: str) -> None:
        """One line of the note."""
        for hint in hints.find(text):
            self.setFormat(hint.start, hint.end - hint.start, self._wave)


class NoteField(QPlainTextEdit):
    """Two lines that grow no further; the up arrow in an empty field opens the last note again."""

    entered = Signal()
    upward = Signal()
    left = Signal()

    def __init__(self, theme: Theme, *, tags: list[str], hint: str) -> None:
        super().__init__()
        self._tags = tags
        self.quiet = False  # the room may see this screen: words show only while they are typed
        self._underline = Underline(self.document(), theme)
        self.setAccessibleName("Note")
        self.setAccessibleDescription(hint)
        self.setPlaceholderText("Start typing. Enter saves.")
        self.setTabChangesFocus(True)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFixedHeight(self.sizeHint().height())

    def sizeHint(self) -> QSize:
        """Two lines."""
        return QSize(200, 2 * self.fontMetrics().lineSpacing() + 2 * M)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keep Enter and the first up arrow for ourselves; stop at the longest note."""
        enter = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
        if enter and not event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.entered.emit()
        elif event.key() == Qt.Key.Key_Up and not self.toPlainText():
            self.upward.emit()
        elif event.text().isprintable() and event.text() and not self._room():
            event.accept()
        else:
            if event.text() == " ":
                self._complete()
            super().keyPressEvent(event)

    def insertFromMimeData(self, source: QMimeData) -> None:
        """What is pasted is plain text, and no more of it than a note holds."""
        self.insertPlainText(source.text()[: self._room()])

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the words, or in their place that there are some."""
        if self.quiet and not self.hasFocus() and self.toPlainText():
            painter = QPainter(self.viewport())
            painter.setPen(self.palette().placeholderText().color())
            inside = self.viewport().rect().adjusted(XS, XS, -XS, -XS)
            painter.drawText(inside, int(Qt.TextFlag.TextWordWrap), COVERED)
        else:
            super().paintEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Leaving the line keeps the draft at once."""
        super().focusOutEvent(event)
        self.left.emit()

    def tag_offered(self) -> str:
        """The tag that Space would complete what stands before the cursor to, "" for none."""
        cursor = self.textCursor()
        found = _BEGUN_TAG.search(cursor.block().text()[: cursor.positionInBlock()])
        if found is None:
            return ""
        whole = shorthand.complete(found.group(1), self._tags)
        return whole if whole in self._tags else ""

    def _complete(self) -> None:
        offered, cursor = self.tag_offered(), self.textCursor()
        if not offered:
            return
        begun = _BEGUN_TAG.search(cursor.block().text()[: cursor.positionInBlock()])
        typed = len(begun.group(1)) if begun is not None else 0
        cursor.movePosition(cursor.MoveOperation.Left, cursor.MoveMode.KeepAnchor, typed)
        cursor.insertText(offered)

    def _room(self) -> int:
        return max(0, shorthand.LONGEST - len(self.toPlainText()))
