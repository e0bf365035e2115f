"""Keeps checkpoints of the workshop that is open: after each step, and every ten minutes where something is new."""

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from tradeoff_desktop.app import checkpoints
from tradeoff_desktop.app.files import Folders
from tradeoff_desktop.errors import TradeoffError
from tradeoff_desktop.ui.bridge import Bridge

AFTER_STEP = 3000  # milliseconds: the room comes first; and who leafs through steps makes one, not ten


class Keeper(QObject):
    """Lives as long as the bridge it listens to."""

    failed = Signal(object)  # TradeoffError: there is none now, and work goes on

    def __init__(self, bridge: Bridge, places: Folders) -> None:
        super().__init__(bridge)
        self._bridge = bridge
        self._places = places
        self._soon = QTimer(self, singleShot=True, interval=AFTER_STEP)
        self._soon.timeout.connect(self.keep)
        self._often = QTimer(self, interval=checkpoints.EVERY * 1000)
        self._often.timeout.connect(self.keep)
        self._often.start()
        bridge.changed.connect(self._follow)

    @Slot(object)
    def _follow(self, changed: frozenset[str]) -> None:
        if changed & {"step", "closed", "sealed"}:
            self._soon.start()

    @Slot()
    def keep(self) -> None:
        """Keep one now, where something is new."""
        try:
            checkpoints.keep(self._bridge.desk, self._places)
        except TradeoffError as error:
            self.failed.emit(error)
