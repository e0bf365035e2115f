"""A window that says why the program does not start; nothing else stands in it."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tradeoff_desktop.app.words import Message
from tradeoff_desktop.ui import icons
from tradeoff_desktop.ui import theme as looks
from tradeoff_desktop.ui.controls import KeyButton, label, row
from tradeoff_desktop.ui.theme import XL, M, Theme

WIDTH = 720


class Notice(QWidget):
    """What happened, whether the data are safe, what to do; Enter closes it."""

    def __init__(self, theme: Theme, message: Message) -> None:
        super().__init__()
        self.theme = theme
        self.setWindowTitle("Tradeoff Desktop")
        self.setWindowIcon(QIcon(str(icons.FOLDER / "tradeoff.svg")))
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground, on=True)
        looks.dress(self, "page")
        self.setFixedWidth(round(WIDTH * theme.zoom))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(XL, XL, XL, XL)
        layout.setSpacing(M)
        layout.addWidget(label(message.what, "title"))
        layout.addWidget(label(message.rest, "large"))
        close = KeyButton("Close", theme=theme, key="Enter", look="primary")
        close.clicked.connect(self.close)
        layout.addLayout(row(close))
        close.setFocus()
