"""The first file of a central team: eight words on the screen, compared with the printed letter, once."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from tradeoff_desktop.app.shelf import Found
from tradeoff_desktop.ui.controls import card, label
from tradeoff_desktop.ui.setup import Frame
from tradeoff_desktop.ui.theme import XL, L, M, Theme


class WordsPage(Frame):
    """Compare, then go on; from then on this laptop knows its central team."""

    agreed = Signal(object)  # Found

    def __init__(self, theme: Theme, found: Found) -> None:
        super().__init__(theme, name=found.signed.programme.title)
        self._found = found
        content = QWidget()
        layout = QVBoxLayout(content)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(L)
        layout.addWidget(label(
            "This laptop has not had a file from this central team before. Compare these eight words with the letter "
            "they sent on paper. You are asked only once.",
        ))
        words = QGridLayout()
        words.setHorizontalSpacing(XL)
        words.setVerticalSpacing(M)
        columns = 2 if theme.zoom >= 1.5 else 4
        for place, word in enumerate(found.signed.words):
            words.addWidget(label(f"{place + 1}  {word}", "heading", wrap=False), place // columns, place % columns)
        words.setColumnStretch(columns, 1)
        layout.addWidget(card(words))
        layout.addWidget(label("If one word differs, or there is no letter, go back to Home and ask your central team."))
        self.show_question(content, title="Do these words agree with the letter?", number=0)
        self.on.say("They agree", "")  # Enter must not agree by itself
        self.back.setVisible(False)

    def first_focus(self) -> QWidget | None:
        """Home: nobody should agree by pressing Enter unread."""
        return self.home

    @Slot()
    def go_on(self) -> None:
        """The person says that they agree."""
        self.agreed.emit(self._found)

    @Slot()
    def go_back(self) -> None:
        """Back is Home."""
        self.home_requested.emit()
