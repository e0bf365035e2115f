"""Whether the room may read the operator's window: there is one screen only, or the projector shows the same."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from tradeoff_desktop.ui.audience import AudienceWindow
from tradeoff_desktop.ui.bridge import Bridge

# What stands, in a mirrored room, where a person's words or answers would.
HIDDEN = "Hidden: the room may see this screen."


class Sight(QObject):
    """Asked by every page that could show what a person answered, their group, or words of notes."""

    changed = Signal()

    def __init__(self, audience: AudienceWindow | None, bridge: Bridge, operator: QWidget) -> None:
        super().__init__(operator)
        self._audience = audience
        self._bridge = bridge
        self._operator = operator
        if audience is not None:
            audience.placed.connect(self.changed)
        app = QGuiApplication.instance()
        if isinstance(app, QGuiApplication):
            app.screenAdded.connect(self.changed)
            app.screenRemoved.connect(self.changed)

    @property
    def open(self) -> bool:
        """Whether the room may look on now.

        Before the room is entered the audience window is nowhere, and the screens say it. Only the lead laptop is at a
        projector; and once the workshop is closed and that window put away, nobody is there to look.
        """
        if self._audience is None or self._bridge.role != "lead":
            return False
        where = self._audience.where
        if where == "hidden":
            return not self._bridge.state.closed and self._alone()
        return where == "preview" or self._audience.mirrored or (where == "screen" and self._audience.over_operator)

    def _alone(self) -> bool:
        own = self._operator.screen().geometry()
        return all(screen.geometry().intersects(own) for screen in QGuiApplication.screens())
