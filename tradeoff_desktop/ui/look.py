"""How the program looks: light, dark or high contrast, and the size of its text; and how hands are counted."""

from collections.abc import Callable

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QButtonGroup, QVBoxLayout, QWidget

from tradeoff_desktop.app.settings import APPEARANCES, ZOOMS, Settings
from tradeoff_desktop.ui import keys
from tradeoff_desktop.ui.controls import KeyButton, label, row
from tradeoff_desktop.ui.page import Page, scrolling
from tradeoff_desktop.ui.theme import XL, L, M, Theme
from tradeoff_desktop.ui.ticks import Choice

NAMES = {
    "system": "As this laptop is set", "light": "Light", "dark": "Dark", "contrast": "High contrast: white and yellow on black",
}

CLOSING = {True: "A number closes by itself as soon as no longer one is possible", False: "Space or Enter closes a number"}


class LookPage(Page):
    """Three questions; an answer takes effect at once."""

    place = "setup"
    chosen = Signal(object)  # Settings
    home_requested = Signal()

    def __init__(self, theme: Theme, settings: Settings) -> None:
        super().__init__(theme)
        self._appearance = {name: Choice(NAMES[name], theme) for name in APPEARANCES}
        self._zoom = {zoom: Choice(f"{zoom} %", theme) for zoom in ZOOMS}
        self._closing = {on: Choice(CLOSING[on], theme) for on in CLOSING}
        self._back = KeyButton("Home", theme=theme, key=keys.printed("setup", "continue"), look="primary")
        self._back.clicked.connect(self.home_requested)
        content = QWidget()
        layout = QVBoxLayout(content)
        layout.setContentsMargins(XL, XL, XL, XL)
        layout.setSpacing(M)
        layout.addWidget(label("Appearance", "title"))
        layout.addWidget(label("This screen only. The room always sees dark letters on a light ground.", "muted"))
        self._groups = [
            self._ask(layout, "Colours", self._appearance[settings.appearance], list(self._appearance.values())),
            self._ask(layout, "Size of text", self._zoom[settings.zoom], list(self._zoom.values())),
            self._ask(layout, "Counting hands", self._closing[settings.closing], list(self._closing.values())),
        ]
        layout.addSpacing(L)
        layout.addLayout(row(self._back))
        layout.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scrolling(content, width=round(720 * theme.zoom)))

    def acts(self) -> dict[str, Callable[[], object]]:
        """Back to Home, however one asks."""
        home = self.home_requested.emit
        return {"continue": home, "previous": home, "home": home}

    def first_focus(self) -> QWidget | None:
        """The colour that is set."""
        return self._groups[0].checkedButton()

    def _ask(self, layout: QVBoxLayout, words: str, set_now: Choice, choices: list[Choice]) -> QButtonGroup:
        layout.addWidget(label(words, "heading"))
        group = QButtonGroup(self)
        lines = QVBoxLayout()
        lines.setSpacing(0)
        for choice in choices:
            choice.setAccessibleDescription(words)
            group.addButton(choice)
            lines.addWidget(choice)
        layout.addLayout(lines)
        set_now.setChecked(True)
        group.buttonClicked.connect(self._choose)
        return group

    @Slot()
    def _choose(self) -> None:
        self.chosen.emit(Settings(
            appearance=next(name for name, choice in self._appearance.items() if choice.isChecked()),
            zoom=next(zoom for zoom, choice in self._zoom.items() if choice.isChecked()),
            closing=self._closing[True].isChecked(),
        ))
