"""Whether a person answers on their own, with a helper or with an interpreter: one key, stored with the answer."""

from collections.abc import Callable

from PySide6.QtCore import Slot

from tradeoff_desktop.model.records import Aid
from tradeoff_desktop.ui import keys
from tradeoff_desktop.ui.controls import KeyButton
from tradeoff_desktop.ui.theme import Theme

AIDS: tuple[tuple[Aid, str], ...] = (
    ("", "On their own"), ("helper", "With a helper"), ("interpreter", "With an interpreter"),
)


class AidButton(KeyButton):
    """Says with whose help the open sheet, or the next one, is answered. Help belongs to one person."""

    def __init__(self, theme: Theme) -> None:
        super().__init__("", theme=theme, key=keys.printed("run", "helper"))
        self._person = ""  # whose sheet is open
        self.clicked.connect(self.turn)
        self._choose("")

    @Slot()
    def turn(self) -> None:
        """The next of them."""
        names = [aid for aid, _ in AIDS]
        self._choose(names[(names.index(self.aid) + 1) % len(names)])

    def follow(self, seat: str, recorded: Callable[[], Aid | None]) -> None:
        """Another sheet is open, or none: help goes with the person's sheet, and comes back as it is ``recorded``."""
        before, self._person = self._person, seat
        if before == seat:
            return
        known = recorded() if seat else None
        if before or known is not None:
            self._choose(known or "")

    def _choose(self, aid: Aid) -> None:
        self.aid = aid
        self.say(dict(AIDS)[aid])
