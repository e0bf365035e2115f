"""The console's end of the cable: what the room is at goes to the audience window, where that is comes back."""

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from tradeoff_desktop.app.stage import Stage
from tradeoff_desktop.ui.audience import AudienceWindow
from tradeoff_desktop.ui.bridge import Bridge
from tradeoff_desktop.ui.room import Room
from tradeoff_desktop.ui.sight import Sight

WORDS = {
    "screen": "● LIVE on the projector", "preview": "Preview", "hidden": "Not shown to the room",
    "away": "Projector disconnected",
}
ONE_SCREEN = (
    "One screen only: everything here may be visible to the room.",
    "Saved notes and results stay hidden on it. Set the displays to extend, not to mirror, and press F5.",
)
MIRRORED = (
    "Another display shows the same as this screen: everything here may be visible to the room.",
    "Saved notes and results stay hidden. Set that display to extend, not to mirror, or unplug it.",
)
GONE = (
    "Projector disconnected. Your screen is private.", "Capture still works. F5 shows it on another screen.",
)


class Projector(QObject):
    """Shows the room's stage on the audience window, if there is one."""

    placed = Signal(str)  # where the audience window is now

    def __init__(self, bridge: Bridge, room: Room, audience: AudienceWindow | None, operator: QWidget) -> None:
        super().__init__(operator)
        self._room = room
        self._audience = audience
        self._operator = operator
        self._sight = Sight(audience, bridge, operator)
        room.staged.connect(self._staged)
        self._sight.changed.connect(self._looked)

    @property
    def where(self) -> str:
        """Where the audience window is; hidden where there is none."""
        return self._audience.where if self._audience is not None else "hidden"

    @property
    def room_safe(self) -> bool:
        """One screen only, or one that is mirrored: everything on it may be visible to the room."""
        return self._sight.open

    @property
    def warning(self) -> tuple[str, str] | None:
        """What must stand on the console as long as it is true."""
        if not self.room_safe:
            return GONE if self.where == "away" else None
        return ONE_SCREEN if self.where in {"preview", "hidden"} or (self._audience and self._audience.over_operator) else MIRRORED

    @Slot()
    def open(self) -> None:
        """Show the audience window, on a second display where there is one."""
        if self._audience is not None:
            self._audience.show_stage(self._room.stage)
            self._audience.open_beside(self._operator.window())

    @Slot()
    def fill(self) -> None:
        """Fill the operator's own display, because somebody asked for it."""
        if self._audience is not None:
            self._audience.fill(self._operator.window())

    @Slot()
    def swap(self) -> None:
        """The two screens change places."""
        if self._audience is None or not self._audience.swap(self._operator.window()):
            self._room.said.emit("There are no two screens to swap.")

    def open_first(self) -> None:
        """The console has come up: so does the window, unless it is there already."""
        if self.where == "hidden":
            self.open()
        elif self._audience is not None:
            self._audience.show_stage(self._room.stage)

    def hide(self) -> None:
        """The workshop goes out of sight."""
        if self._audience is not None:
            self._audience.hide_all()

    @Slot()
    def _looked(self) -> None:
        """The window has moved, or a display came or went: one that mirrored this one is none of the window's own."""
        self.placed.emit(self.where)

    @Slot(object)
    def _staged(self, stage: Stage) -> None:
        if self._audience is not None:
            self._audience.show_stage(stage)
