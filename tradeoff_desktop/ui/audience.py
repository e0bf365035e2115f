"""The audience window: full screen on the second display, a floating preview where there is only one.

A page is built while nobody sees it and swapped in whole. When the display goes, the window hides at once and
comes back by itself only when the very same display returns. Wherever the operator's window goes, this one keeps
off its display unless somebody asked for that: it takes another, or becomes a preview where there is none. No
pointer, tooltip, dialog or error appears here, and the window takes no key press.
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


def _clear_of(home: Display, screens: list[QScreen]) -> list[QScreen]:
    """The displays that show nothing of ``home``; a mirrored projector is a second screen over the same place."""
    return [screen for screen in screens if not screen.geometry().intersects(home.geometry)]


def _move(operator: QWidget, screen: QScreen) -> None:
    """Put the operator's window on a display, as large as it was there."""
    state = operator.windowState()
    operator.setWindowState(Qt.WindowState.WindowNoState)
    operator.setScreen(screen)
    operator.move(screen.geometry().topLeft())
    operator.setWindowState(state)


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
        self._home: Display | None = None  # where the operator's window is
        self._pair: tuple[Display, Display] | None = None  # the operator's display, which went, and ours at that time
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
        home = self._attend(operator, asked=False)
        others = _clear_of(home, QGuiApplication.screens())
        known = [screen for screen in others if display_of(screen) == self._assigned]
        if others:
            self._fill((known or others)[0])
        else:
            self._shrink()

    def fill(self, operator: QWidget) -> None:
        """Full screen on the operator's own display, because somebody asked for it: there is no other."""
        self._attend(operator, asked=True)
        self._fill(operator.screen())

    def swap(self, operator: QWidget) -> bool:
        """The operator's window takes this window's display and the other way round; False where there are not two."""
        mine, theirs = self.screen(), operator.screen()
        if self.where != "screen" or mine.geometry().intersects(theirs.geometry()):
            return False
        self._attend(operator, asked=False)
        self._fill(theirs)
        _move(operator, mine)
        return True

    def hide_all(self) -> None:
        """Leave the display."""
        self.hide()
        if self.where != "hidden":  # once is enough: pages that are on their way out still listen
            self._move_to("hidden")

    @property
    def mirrored(self) -> bool:
        """Whether another display shows the operator's: a second one over the same place."""
        home = self._home
        return home is not None and any(
            screen.name() != home.name and screen.geometry().intersects(home.geometry) for screen in QGuiApplication.screens()
        )

    def _attend(self, operator: QWidget, *, asked: bool) -> Display:
        """From now on keep off the display of this window, or stay over it because somebody ``asked`` for that."""
        self._operator, self.over_operator, self._pair = operator, asked, None
        handle = operator.windowHandle()
        if handle is not None:
            handle.screenChanged.connect(self._operator_moved, Qt.ConnectionType.UniqueConnection)
        operator.screen().geometryChanged.connect(self._reshaped, Qt.ConnectionType.UniqueConnection)
        self._home = display_of(operator.screen())
        return self._home

    def _fill(self, screen: QScreen) -> None:
        self._assigned, self._pair = display_of(screen), None
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

    def _shrink(self) -> None:
        """Be a preview: there is no display to fill."""
        self._assigned = None
        self.setWindowState(Qt.WindowState.WindowNoState)
        self.resize(PREVIEW)
        self.show()
        self._move_to("preview")

    def _lose(self) -> None:
        self.hide()
        if self.over_operator:  # that was the operator's display too: nobody knows who sees the one that is left
            self.over_operator = False
            self._shrink()
        else:
            self._move_to("away")

    def _move_to(self, where: Where) -> None:
        self.where = where
        self.placed.emit(where)

    # -- displays come, go and change

    def _keep_off(self, before: Display, left: list[QScreen]) -> None:
        """Leave the operator's display, which it was not ``before``, for another that is ``left``, unless asked to be there."""
        home, mine = self._home, self._assigned
        if home is None or mine is None or self.where not in {"screen", "away"}:
            return
        others = _clear_of(home, left)
        if self.where == "away" and not others:
            self._shrink()  # the operator's own display went as well: nobody knows who sees the one that is left
        elif self.where == "screen" and not mine.geometry.intersects(home.geometry):
            self.over_operator = False  # if it was, the operator's window has gone from under it
        elif self.where == "screen" and not self.over_operator and others:
            self._fill(next((screen for screen in others if display_of(screen) == before), others[0]))
        elif self.where == "screen" and not self.over_operator:
            self.hide()
            self._shrink()
            self._pair = before, mine

    def _return(self, screen: QScreen) -> None:
        """A display is there again: everything goes where it was when it went."""
        if self.where == "away" and self._home is not None and _clear_of(self._home, [screen]) and display_of(screen) == self._assigned:
            self._fill(screen)
        elif self._pair is not None and self._operator is not None and display_of(screen) == self._pair[0]:
            mine = next((one for one in QGuiApplication.screens() if display_of(one) == self._pair[1]), None)
            if mine is not None and _clear_of(self._pair[1], [screen]):
                _move(self._operator, screen)
                self._home = display_of(screen)
                self._fill(mine)

    @Slot(QScreen)
    def _operator_moved(self, screen: QScreen) -> None:
        """The operator's window is on another display: somebody moved it, or its own was taken away."""
        before, self._home = self._home, display_of(screen)
        screen.geometryChanged.connect(self._reshaped, Qt.ConnectionType.UniqueConnection)
        if before is not None and before != self._home:
            self._keep_off(before, QGuiApplication.screens())

    @Slot(QScreen)
    def _screen_changed(self, screen: QScreen) -> None:
        # Qt may move the window to another display before it says that its own was removed: hide before the room's
        # page covers the operator's.
        if self.where == "screen" and display_of(screen) != self._assigned:
            self._lose()

    @Slot(QScreen)
    def _screen_removed(self, gone: QScreen) -> None:
        left = [screen for screen in QGuiApplication.screens() if screen is not gone]
        if self.where == "screen" and display_of(gone) == self._assigned:
            self._lose()
        elif display_of(gone) == self._home and left:
            before, self._home = self._home, display_of(left[0])  # Qt moves the operator's window there next
            self._keep_off(before, left)

    @Slot(QScreen)
    def _screen_added(self, screen: QScreen) -> None:
        self._return(screen)
        if self.where != "hidden":
            self.placed.emit(self.where)  # it may show the operator's display as well

    @Slot()
    def _reshaped(self) -> None:
        """A display has another size or place now; one that mirrors the operator's is none of its own any more."""
        screen, assigned, operator = self.sender(), self._assigned, self._operator
        if not isinstance(screen, QScreen) or operator is None:
            return
        if self._home is not None and screen.name() == self._home.name:
            before, self._home = self._home, display_of(screen)
            # A projector that went may be mirrored now, and has often given the laptop its own size.
            if self.where != "away" or before.geometry.size() != self._home.geometry.size():
                self._keep_off(before, QGuiApplication.screens())
            for there in QGuiApplication.screens():
                self._return(there)
        if self.where == "screen" and assigned is not None and screen.name() == assigned.name:
            if self.over_operator or (self._home is not None and _clear_of(self._home, [screen])):
                self._fill(screen)
            else:
                self.open_beside(operator)

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
