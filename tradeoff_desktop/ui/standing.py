"""What the console says across the page: what is still true as long as it is true, and what was just done.

That the disk does not take what is typed stands above every page: see ``holding``. Of several other things that are
true at once the most pressing stands first, the rest below it. They come back after every other message.
"""

from collections.abc import Callable

from PySide6.QtCore import QObject, Slot

from tradeoff_desktop.app.words import say
from tradeoff_desktop.errors import TradeoffError
from tradeoff_desktop.ui import keys
from tradeoff_desktop.ui.bridge import Bridge
from tradeoff_desktop.ui.controls import Banner
from tradeoff_desktop.ui.projector import Projector

Power = Callable[[], tuple[int | None, bool | None]]  # charge in per cent, and whether it is plugged in
Said = tuple[str, str, str]  # text, remedy, tone
LOW_BATTERY = 15  # per cent
TIGHT = ("Disk almost full. Answers are still being saved.", f"Export now: {keys.printed('run', 'close')}.")


class Standing(QObject):
    """The banner of the console, and what must stand on it."""

    def __init__(self, bridge: Bridge, projector: Projector, banner: Banner, parent: QObject) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._projector = projector
        self._banner = banner
        self._shown: Said | None = None
        self.battery: int | None = None  # per cent, while the laptop runs on it
        self.power: Power | None = None  # asked once a minute
        self._looks = 0

    @property
    def now(self) -> Said | None:
        """Everything that is true now: the most pressing with its remedy, of the others what they are."""
        held, true = bool(self._bridge.desk.held), []
        if self._bridge.tight and not held:  # while the disk takes nothing, the bar above says the opposite
            true.append(TIGHT)
        if self.battery is not None and self.battery <= LOW_BATTERY:
            typed = "What is typed is not on disk yet." if held else "Everything typed is saved."
            true.append((f"The battery is at {self.battery} %.", f"Plug the laptop in. {typed}"))
        if self._projector.warning is not None:
            true.append(self._projector.warning)
        if not true:
            return None
        (text, remedy), *others = true
        return text, " ".join([remedy, *(words for words, _ in others)]), "warn"

    @Slot()
    def refresh(self) -> None:
        """Say what is true now, in place of whatever was said before."""
        self._shown = self.now
        if self._shown is None:
            self._banner.clear()
        else:
            self._banner.show_message(self._shown[0], self._shown[1], tone=self._shown[2])

    @Slot()
    def look(self) -> None:
        """Say it only where something else is true than a moment ago; a message just given stays."""
        if self.power is not None and self._looks % 60 == 0:
            charge, mains = self.power()
            self.battery = None if mains else charge
        self._looks += 1
        if self.now != self._shown:
            self.refresh()

    @Slot(str)
    def tell(self, words: str) -> None:
        """Say what was done, or why nothing was."""
        self._banner.show_message(words, tone="info")

    def refuse(self, error: TradeoffError) -> None:
        """Say why something was not done."""
        message = say(error)
        self._banner.show_message(message.text, message.rest.strip())
