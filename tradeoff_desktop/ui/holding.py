"""What the disk would not take: said above every page, tried again every second, and no way out that would lose it.

Held records stand in this program's memory only. The window does not close over them until the disk has taken them
or they are on a stick.
"""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Slot

from tradeoff_desktop.app import pace
from tradeoff_desktop.ui import keys
from tradeoff_desktop.ui.bridge import Bridge
from tradeoff_desktop.ui.window import OperatorWindow

AGAIN = 1000  # milliseconds between two tries
# Where nobody can wait for a disk. Elsewhere what it refuses is refused.
IN_THE_ROOM = frozenset({"run", "people", "ballot"})


class Holding(QObject):
    """Lives as long as the window; attends to the bridge of the workshop that is open. ``save`` asks for a stick."""

    def __init__(self, window: OperatorWindow, save: Callable[[], object]) -> None:
        super().__init__(window)
        self._window = window
        self._save = save
        self._bridge: Bridge | None = None
        self._again = QTimer(self, interval=AGAIN)
        self._again.timeout.connect(self.look)
        self._refused = False  # to leave, or to write a bundle without what is held
        window.may_close = self.may_close
        window.turned.connect(self.say)

    def attend(self, bridge: Bridge | None) -> None:
        """From now on this bridge's held records; None where no workshop is open."""
        self._bridge = bridge
        if bridge is not None:
            bridge.changed.connect(self.say)
            bridge.stuck.connect(self._refuse)
        self.say()

    @Slot()
    def look(self) -> None:
        """Try the disk again."""
        if self._bridge is not None:
            self._bridge.save_held()
        self.say()

    @Slot()
    def say(self) -> None:
        """Show what is held as long as anything is; a participant at the ballot is asked for nothing."""
        bridge, page = self._bridge, self._window.page
        if bridge is not None:
            bridge.holds = page is not None and page.place in IN_THE_ROOM
        held = bridge.desk.held if bridge is not None else []
        self._window.offer("everywhere", {"save_to_stick": self._to_stick} if held else {})
        if bridge is None or not held:
            self._again.stop()
            self._refused = False
            self._window.bar.clear()
            return
        self._again.start()
        since = pace.local_time(held[0].at, bridge.state)[:5]
        key = keys.printed("everywhere", "save_to_stick")
        what = f"Not saved to disk since {since}. "
        if page is not None and page.place == "ballot":
            self._window.bar.show_message(
                f"{what}Answers are held in memory.", "You can go on. Please tell the facilitator when you have finished.", tone="warn",
            )
        elif bridge.stick_seq >= held[-1].seq:
            self._window.bar.show_message(
                f"{what}Everything held in memory is on the stick.",
                "Saving to the disk is tried again every second. If you close the program before, bring the workshop back "
                "from the stick.", tone="warn",
            )
        elif self._refused:
            self._window.bar.show_message(
                f"{what}This was not done: {_count(len(held))} in memory only and would be lost.",
                f"Put in a USB stick and press {key}. Saving to the disk is tried again every second.",
            )
        else:
            self._window.bar.show_message(
                f"{what}Answers are held in memory.",
                f"Put in a USB stick and press {key}. Saving to the disk is tried again every second.",
            )

    def may_close(self) -> bool:
        """Whether the window may close: everything is on disk, or on a stick."""
        bridge = self._bridge
        return bridge is None or bridge.on_disk() or bridge.stick_seq >= bridge.desk.held[-1].seq

    @Slot()
    def _to_stick(self) -> None:
        if self._window.place() != "ballot":  # the laptop is in a participant's hands
            self._save()
            self.say()

    @Slot()
    def _refuse(self) -> None:
        self._refused = True
        self.say()


def _count(records: int) -> str:
    return "1 entry stands" if records == 1 else f"{records} entries stand"
