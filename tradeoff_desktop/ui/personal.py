"""The question asked below a field while something like personal data is typed into it."""

from PySide6.QtCore import QTimer, Slot
from PySide6.QtWidgets import QApplication, QLineEdit

from tradeoff_desktop.app import hints
from tradeoff_desktop.ui import theme as looks
from tradeoff_desktop.ui.controls import Words
from tradeoff_desktop.ui.page import into_sight


def question(text: str, *, quiet: bool = False) -> str:
    """What is asked of a text: which words look like what; "" where nothing does. ``quiet`` names no words."""
    found = hints.find(text)
    if not found:
        return ""
    which = "Something here" if quiet else f"“{text[found[0].start : found[0].end]}”"
    return f"{which} looks like {hints.NAMES[found[0].kind]}. {hints.QUESTION}"


class PersonalQuestion(Words):
    """Stands below a field that takes words; seen only while it has something to ask."""

    def __init__(self, field: QLineEdit | None = None) -> None:
        super().__init__("")
        self.setWordWrap(True)
        looks.dress(self, "error")
        self.hide()
        self._field = field
        self.quiet = False  # the room may see this screen: the words themselves are not said again
        if field is not None:
            field.textChanged.connect(self.ask)
            self.ask(field.text())

    @Slot(str)
    def ask(self, text: str) -> None:
        """Ask about ``text``, also of a screen reader that stands in the field."""
        words = question(text, quiet=self.quiet)
        if words == self.text():
            return
        self.setText(words)
        self.setVisible(bool(words))
        if words:
            QTimer.singleShot(0, self, self._come_into_sight)
        if self._field is not None:
            self._field.setAccessibleDescription(words)

    @Slot()
    def _come_into_sight(self) -> None:
        """On a small screen it would stand below the fold while somebody types."""
        beside, focus = self.parentWidget(), QApplication.focusWidget()
        if beside is not None and focus is not None and beside.isAncestorOf(focus):
            into_sight(self)
