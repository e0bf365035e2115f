"""The set-up question before the last: what a rehearsal of laptop and room finds."""

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from tradeoff_desktop.app import readiness, this_laptop
from tradeoff_desktop.app.readiness import Check, Facts, Stick
from tradeoff_desktop.app.setting_up import Plan
from tradeoff_desktop.ui.controls import KeyButton, label, row, rule
from tradeoff_desktop.ui.setup_parts import Part
from tradeoff_desktop.ui.theme import L, S
from tradeoff_desktop.ui.ticks import Tick

WIDE = 136  # of the first two columns
ROOMY = 1.5
LOOKS: dict[readiness.How, tuple[str, str]] = {
    "ok": ("✓ In order", "ok"), "wrong": ("! To be mended", "warn"), "unknown": ("? Not known", "muted"),
    "ask": ("· To be tried", "strong"),
}


class Site(NamedTuple):
    """What the set-up may ask of the laptop: its facts, a folder to try, and where the papers are made."""

    look: Callable[[Sequence[str]], Facts]
    ask_folder: Callable[[QWidget], Path | None]
    papers: Callable[[Plan, Path], list[Path]]
    planned: Callable[[Plan], list[str]]  # what differs from the programme the papers were printed from
    try_stick: Callable[[Path], Stick] = this_laptop.try_stick


class ReadyPart(Part):
    """A row a check, looked at anew whenever the page is opened or asked to."""

    page = "ready"
    title = "Is the laptop ready for the room?"
    width_wanted = 960

    def show_plan(self, plan: Plan) -> None:
        """The list, filled once the page knows the laptop."""
        self.body.addWidget(label(
            "Try this in the room, with the projector and the stick you will use. Nothing here stops you from going on.",
        ))
        self._list = QVBoxLayout()
        self._list.setSpacing(S)
        self.body.addLayout(self._list)
        self._again = KeyButton("Look again", theme=self.theme)
        self._stick_button = KeyButton("Choose the stick", theme=self.theme)
        self._again.clicked.connect(self._show)
        self._stick_button.clicked.connect(self._try_stick)
        self._right = Tick("The day and the time are right", self.theme, on=plan.clock_right)
        self._right.clicked.connect(self._told)
        self.body.insertLayout(1, row(self._stick_button, self._again))
        self.body.addWidget(self._right)
        self._stick = Stick(*plan.stick)
        self._site: Site | None = None

    def look_with(self, site: Site, now: Callable[[], datetime]) -> None:
        """Look at this laptop."""
        self._site, self._now = site, now
        self._show()

    def read(self, plan: Plan) -> Plan:
        """What the stick and the clock were found to be."""
        return plan._replace(stick=(self._stick.folder, self._stick.wrong), clock_right=self._right.isChecked())

    def first(self) -> QWidget | None:
        """Going on: Enter must not open a dialog nobody asked for."""
        return None

    @property
    def found(self) -> list[Check]:
        """What was found when it was last looked at."""
        return self._found

    @Slot()
    def _show(self) -> None:
        if self._site is None:
            return
        self._facts = self._site.look([f"{screen.name()} {screen.size().width()}×{screen.size().height()}" for screen in QGuiApplication.screens()])
        self._fill()

    @Slot()
    def _fill(self) -> None:
        self._found = readiness.checks(self._facts, self._stick, now=self._now(), clock_right=self._right.isChecked())
        while (item := self._list.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        for check in self._found:
            box = _row(check, roomy=self.theme.zoom >= ROOMY)
            self._list.addWidget(box)
            box.show()

    @Slot()
    def _try_stick(self) -> None:
        folder = self._site.ask_folder(self) if self._site is not None else None
        if self._site is None or folder is None:
            return
        self._stick = self._site.try_stick(folder)
        self._fill()
        self.edited.emit()

    @Slot()
    def _told(self) -> None:
        self._fill()
        self.edited.emit()


def _row(check: Check, *, roomy: bool) -> QWidget:
    """Name, how it stands and what was seen: side by side, or below each other where words are large."""
    words, look = LOOKS[check.how]
    made = QWidget()
    layout = QGridLayout(made)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setHorizontalSpacing(L)
    layout.setColumnStretch(2, 1)
    top = Qt.AlignmentFlag.AlignTop
    for column, (text, style) in enumerate(((check.name, "strong"), (words, look))):
        part = label(text, style)
        part.setMinimumWidth(0 if roomy else WIDE)
        layout.addWidget(part, 0, column, top)
    layout.addWidget(label(check.text), *((1, 0, 1, 3) if roomy else (0, 2, 1, 1)))
    layout.addWidget(rule(), 2, 0, 1, 3)
    return made
