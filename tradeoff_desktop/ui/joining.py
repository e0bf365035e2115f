"""Join: another laptop of a workshop, as a table's or as the data desk's."""

from pathlib import Path
from typing import Literal

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QButtonGroup, QLineEdit, QWidget

from tradeoff_desktop.ui.aside import AsidePage
from tradeoff_desktop.ui.controls import Field, KeyButton, card, label, row
from tradeoff_desktop.ui.theme import LARGE, Theme
from tradeoff_desktop.ui.ticks import Choice

ROLES: tuple[tuple[Literal["table", "desk"], str], ...] = (
    ("table", "A table laptop\nTakes the notes of one table."),
    ("desk", "The data desk\nKeys the paper sheets of every table, and who signed."),
)


class JoinPage(AsidePage):
    """Three things: which of the two, the table file, and the code that somebody reads out."""

    file_requested = Signal()
    join_requested = Signal(object, str, str)  # the file, the code, the role

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "Join a workshop", back="Home")
        self.home.hide()
        self._file: Path | None = None
        self._roles = [(role, Choice(words, theme)) for role, words in ROLES]
        self._group = QButtonGroup(self)
        for _, choice in self._roles:
            self._group.addButton(choice)
        self._roles[0][1].setChecked(True)
        self.choose = KeyButton("Choose the table file", theme=theme)
        self.choose.clicked.connect(self.file_requested)
        self._where = label("The lead laptop writes it to a stick: Laptops, Write the table file.")
        self.code = QLineEdit()
        self.code.setFont(theme.font(LARGE))
        self.code.setMaxLength(12)
        self.code.setMaximumWidth(round(240 * theme.zoom))
        self.code.returnPressed.connect(self._join)
        self._field = Field(
            "Workshop code", self.code, hint="Eight letters and digits, large on the lead laptop. Have them read out to you.",
        )
        self.join = KeyButton("Join", theme=theme, look="primary", key="Enter")
        self.join.clicked.connect(self._join)
        self.body.addWidget(card(label("1  What is this laptop for?", "heading"), *(choice for _, choice in self._roles)))
        self.body.addWidget(card(label("2  The table file", "heading"), self._where, row(self.choose)))
        self.body.addWidget(card(label("3  The code", "heading"), self._field, row(self.join)))
        self.body.addStretch(1)

    def first_focus(self) -> QWidget | None:
        """The role; a table's is chosen."""
        return self._roles[0][1]

    def show_file(self, path: Path) -> None:
        """The file was chosen: on to the code."""
        self._file = path
        self.banner.clear()
        self._where.setText(f"{path.name}, in {path.parent}")
        self.code.setFocus()

    @Slot()
    def _join(self) -> None:
        if self._file is None:
            self.tell("Choose the table file first.", "The lead laptop writes it to a stick.", tone="warn")
            self.choose.setFocus()
            return
        role = next(role for role, choice in self._roles if choice.isChecked())
        self.join_requested.emit(self._file, self.code.text(), role)
