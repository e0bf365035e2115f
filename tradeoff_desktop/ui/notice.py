"""A window that says why the program does not start; nothing else stands in it."""

from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tradeoff_desktop.app.words import Message
from tradeoff_desktop.ui import icons
from tradeoff_desktop.ui.controls import KeyButton, label, row
from tradeoff_desktop.ui.page import Page
from tradeoff_desktop.ui.theme import XL, M, Theme

WIDTH = 720


class Notice(Page):
    """What happened, whether the data are safe, what to do; Enter closes it."""

    def __init__(self, theme: Theme, message: Message) -> None:
        super().__init__(theme)
        self.setWindowTitle("Tradeoff Desktop")
        self.setWindowIcon(QIcon(str(icons.FOLDER / "tradeoff.svg")))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(XL, XL, XL, XL)
        layout.setSpacing(M)
        layout.addWidget(label(message.what, "title"))
        layout.addWidget(label(message.rest, "large"))
        self._close = KeyButton("Close", theme=theme, key="Enter", look="primary")
        self._close.clicked.connect(self.close)
        layout.addLayout(row(self._close))
        layout.addStretch(1)
        self._close.setFocus()
        self.resize(WIDTH, self.heightForWidth(WIDTH))

    def first_focus(self) -> QWidget:
        """The one button."""
        return self._close
