"""Whether a person answers on their own, with a helper or with an interpreter: one key, stored with the answer."""

from PySide6.QtCore import Slot

from tradeoff_desktop.app import keying
from tradeoff_desktop.app.keying import Place
from tradeoff_desktop.model.records import Aid
from tradeoff_desktop.ui import keys
from tradeoff_desktop.ui.bridge import Bridge
from tradeoff_desktop.ui.controls import KeyButton
from tradeoff_desktop.ui.theme import Theme

AIDS: tuple[tuple[Aid, str], ...] = (
    ("", "On their own"), ("helper", "With a helper"), ("interpreter", "With an interpreter"),
)


class AidButton(KeyButton):
    """Says with whose help the open sheet, or the next one, is answered. Help belongs to one person."""

    def __init__(self, bridge: Bridge, theme: Theme) -> None:
        super().__init__("", theme=theme, key=keys.printed("run", "helper"))
        self._bridge = bridge
        self._person = ""  # whose sheet is open
        self.clicked.connect(self.turn)
        self._choose("")

    @Slot()
    def turn(self) -> None:
        """The next of them."""
        names = [aid for aid, _ in AIDS]
        self._choose(names[(names.index(self.aid) + 1) % len(names)])

    def follow(self, place: Place) -> None:
        """Another sheet is open, or none: help goes with the person's sheet, and comes back with it."""
        before, self._person = self._person, place.seat
        if before == place.seat:
            return
        known = keying.aid_of(self._bridge.state, place, device=self._bridge.desk.device) if place.seat else None
        if before or known is not None:
            self._choose(known or "")

    def _choose(self, aid: Aid) -> None:
        self.aid = aid
        self.say(dict(AIDS)[aid])
