"""The audience window: full screen on the second display, a floating preview where there is only one.

A page is built while nobody sees it and swapped in whole. When the display goes, the window hides at once and
comes back by itself only when the very same display returns. No pointer, tooltip, dialog or error appears here,
and the window takes no key press.
"""

from typing import Literal, NamedTuple

from PySide6.QtCore import QRect, QSize, Qt, Signal, Slot
from PySide6.QtGui import QCloseEvent, QGuiApplication, QPixmap, QResizeEvent, QScreen
from PySide6.QtWidgets import QWidget

from tradeoff_desktop.app.stage import Stage
from tradeoff_desktop.ui.audience_pages import AudiencePage, picture_of
from tradeoff_desktop.ui.theme import LIGHT, Theme

PREVIEW = QSize(640, 360)
Where = Literal["hidden", "screen", "preview", "away"]


class Display(NamedTuple):
    """How a display is recognised when it comes back."""

    name: str
    geometry: QRect


def display_of(screen: QScreen) -> Display:
    """Name and geometry of a screen."""
    return Display(screen.name(), screen.geometry())


class AudienceWindow(QWidget):
    """What the room sees. ``where``: hidden, on its own screen, a preview, or away because its screen went."""

    placed = Signal(str)  # where it is now

    def __init__(self, theme: Theme = LIGHT) -> None:
        super().__init__(None, Qt.WindowType.Window | Qt.WindowType.WindowDoesNotAcceptFocus)
        self.where: Where = "hidden"
        self._theme = theme
        self._page: AudiencePage | None = None
        self._assigned: Display | None = None
        self._operator: QWidget | None = None
        self.over_operator = False  # it fills the operator's own display, because somebody asked for it
        self.setWindowTitle("What the room sees")
        self.setAccessibleName("What the room sees")
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        # It is the operator's window that ends the program, never this one.
        self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, on=False)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.BlankCursor)
        self.resize(PREVIEW)
        app = QGuiApplication.instance()
        if isinstance(app, QGuiApplication):
            app.screenRemoved.connect(self._screen_removed)
            app.screenAdded.connect(self._screen_added)

    # -- what it shows

    @property
    def stage(self) -> Stage | None:
        """What is on screen."""
        return self._page.stage if self._page is not None else None

    def show_stage(self, stage: Stage) -> None:
        """Swap the page for that of ``stage``; the old one is gone before anything is painted."""
        if stage == self.stage:
            return
        page, before = AudiencePage(stage, self._theme, self.size()), self._page
        self._page = page
        page.setParent(self)
        page.setGeometry(self.rect())
        page.show()
        if before is not None:
            before.setParent(None)
            before.deleteLater()

    def snapshot(self, width: int, *, ratio: float = 1.0) -> QPixmap:
        """The page as it is on screen now, ``width`` logical pixels wide."""
        return self.preview(self.stage, width, ratio=ratio) if self.stage is not None else QPixmap()

    def preview(self, stage: Stage, width: int, *, ratio: float = 1.0) -> QPixmap:
        """Any page as this window would show it, drawn small."""
        size = QSize(round(width * ratio), round(width * ratio * self.shape.height() / self.shape.width()))
        return picture_of(stage, size, self._theme, ratio=ratio)

    @property
    def shape(self) -> QSize:
        """The size pages have on the display they are meant for."""
        return self._assigned.geometry.size() if self._assigned is not None else self.size()

    # -- where it is

    def open_beside(self, operator: QWidget) -> None:
        """Go to a display the operator's window is not on, the one used before if it is there; else be a preview."""
        self._operator, self.over_operator = operator, False
        # A mirrored projector is a second screen over the same place: what it shows would be the operator's.
        others = [s for s in QGuiApplication.screens() if not s.geometry().intersects(operator.screen().geometry())]
        known = [screen for screen in others if display_of(screen) == self._assigned]
        if others:
            self._fill((known or others)[0])
        else:
            self._assigned = None
            self.setWindowState(Qt.WindowState.WindowNoState)
            self.resize(PREVIEW)
            self.show()
            self._move_to("preview")

    def fill(self, operator: QWidget) -> None:
        """Full screen on the operator's own display, because somebody asked for it: there is no other."""
        self._operator, self.over_operator = operator, True
        self._fill(operator.screen())

    def swap(self, operator: QWidget) -> bool:
        """The operator's window takes this window's display and the other way round; False where there are not two."""
        mine, theirs = self.screen(), operator.screen()
        if self.where != "screen" or mine.geometry().intersects(theirs.geometry()):
            return False
        state = operator.windowState()
        operator.setWindowState(Qt.WindowState.WindowNoState)
        operator.setScreen(mine)
        operator.move(mine.geometry().topLeft())
        operator.setWindowState(state)
        self._fill(theirs)
        return True

    def hide_all(self) -> None:
        """Leave the display."""
        self.hide()
        self._move_to("hidden")

    def _fill(self, screen: QScreen) -> None:
        self._assigned = display_of(screen)
        screen.geometryChanged.connect(self._reshaped, Qt.ConnectionType.UniqueConnection)
        self.setScreen(screen)
        self.setGeometry(screen.geometry())
        # Not showFullScreen(): it asks for the focus, which stays with the operator.
        self.setWindowState(Qt.WindowState.WindowFullScreen)
        self.show()
        handle = self.windowHandle()
        if handle is not None:
            handle.screenChanged.connect(self._screen_changed, Qt.ConnectionType.UniqueConnection)
        self._move_to("screen")

    def _move_to(self, where: Where) -> None:
        self.where = where
        self.placed.emit(where)

    @Slot(QScreen)
    def _screen_changed(self, screen: QScreen) -> None:
        # Qt moves the window to another display before it says that its own was removed: hide before the room's
        # page covers the operator's.
        if self.where == "screen" and display_of(screen) != self._assigned:
            self._lose()

    @Slot(QScreen)
    def _screen_removed(self, screen: QScreen) -> None:
        if self.where == "screen" and display_of(screen) == self._assigned:
            self._lose()

    @Slot(QScreen)
    def _screen_added(self, screen: QScreen) -> None:
        if self.where == "away" and display_of(screen) == self._assigned:
            self._fill(screen)

    @Slot()
    def _reshaped(self) -> None:
        """A display has another size or place now; one that mirrors the operator's is none of its own any more."""
        screen, assigned = self.sender(), self._assigned
        if self.where != "screen" or assigned is None or not isinstance(screen, QScreen) or screen.name() != assigned.name:
            return
        if self._operator is not None and screen.geometry().intersects(self._operator.screen().geometry()):
            self.open_beside(self._operator)
        else:
            self._fill(screen)

    def _lose(self) -> None:
        self.hide()
        self._move_to("away")

    # -- Qt

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The page is always as large as the window."""
        super().resizeEvent(event)
        if self._page is not None:
            self._page.setGeometry(self.rect())

    def closeEvent(self, event: QCloseEvent) -> None:
        """Closing the preview only hides it; F5 brings it back."""
        event.ignore()
        self.hide_all()
