"""The operator window: one page in front, its keys, the focus ring, the key sheet and one banner."""

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QCloseEvent, QIcon, QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QMainWindow,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from tradeoff_desktop.app.words import Message, say
from tradeoff_desktop.errors import TradeoffError
from tradeoff_desktop.ui import icons
from tradeoff_desktop.ui.controls import Banner, KeyButton
from tradeoff_desktop.ui.focus import FocusRing
from tradeoff_desktop.ui.keys import Keyboard, Place
from tradeoff_desktop.ui.keysheet import KeySheet
from tradeoff_desktop.ui.page import Page, into_sight
from tradeoff_desktop.ui.reading import thread
from tradeoff_desktop.ui.theme import M, S, Theme

SMALLEST = QSize(1024, 560)  # a 768-line laptop at 125 %, less its task bar


def always() -> bool:
    """Nothing keeps the window from closing."""
    return True


class OperatorWindow(QMainWindow):
    """The window of the person who runs the program. Audiences never see it."""

    closing = Signal()
    turned = Signal()  # another page is in front

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setWindowTitle("Tradeoff Desktop")
        self.setWindowIcon(QIcon(str(icons.FOLDER / "tradeoff.svg")))
        self.setMinimumSize(SMALLEST)
        self._beside: dict[Place, dict[str, Callable[[], object]]] = {}
        self._stack = QStackedWidget()
        self.bar = Banner()  # what stands above every page as long as it is true
        self.may_close: Callable[[], bool] = always
        self._banner = Banner()
        self._build(theme)
        self._keyboard = Keyboard(self, self)
        self._reveal = QTimer(self)
        self._reveal.setSingleShot(True)
        self._reveal.timeout.connect(self._bring_into_view)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._follow_focus)

    def _build(self, theme: Theme) -> None:
        self._dismiss = KeyButton("Close this message", theme=theme)
        self._dismiss.clicked.connect(self.clear_banner)
        self._strip = QWidget()
        strip = QHBoxLayout(self._strip)
        strip.setContentsMargins(M, S, M, 0)
        strip.addWidget(self._banner, 1)
        strip.addWidget(self._dismiss, 0, Qt.AlignmentFlag.AlignVCenter)
        self._strip.hide()
        self._centre = QWidget()
        layout = QVBoxLayout(self._centre)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.bar)
        layout.addWidget(self._strip)
        layout.addWidget(self._stack, 1)
        self.setCentralWidget(self._centre)
        self._sheet = KeySheet(theme, self._centre)
        self._sheet.left.connect(self._refocus)
        self._ring = FocusRing(theme, self._centre)

    # -- pages

    def show_page(self, page: Page) -> None:
        """Bring a page to the front; the one before it is told and goes."""
        self.put_away()
        self._stack.addWidget(page)
        self._stack.setCurrentWidget(page)
        self.turned.emit()
        self._refocus()

    def put_away(self) -> None:
        """Tell the page in front that it goes, and take it away; before its store is closed."""
        self._sheet.hide()
        before = self.page
        if before is not None:
            self._ring.follow(None)
            before.leaving()
            before.hide()
            self._stack.removeWidget(before)
            before.deleteLater()

    def wear(self, theme: Theme) -> None:
        """Dress what belongs to the window itself anew."""
        for old in (self._sheet, self._ring):
            old.hide()
            old.deleteLater()
        self._sheet = KeySheet(theme, self._centre)
        self._sheet.left.connect(self._refocus)
        self._ring = FocusRing(theme, self._centre)
        self._dismiss.dress(theme)

    @property
    def page(self) -> Page | None:
        """The page in front."""
        page = self._stack.currentWidget()
        return page if isinstance(page, Page) else None

    def place(self) -> Place:
        """Where we are, for the keyboard: behind the key sheet no key of the page works."""
        page = self.page
        return "everywhere" if page is None or self._sheet.isVisible() else page.place

    def acts(self) -> dict[str, Callable[[], object]]:
        """What each key does here."""
        own: dict[str, Callable[[], object]] = {"keys": self.toggle_keys, "full_screen": self.toggle_full_screen}
        page = self.page
        if page is None or self._sheet.isVisible():
            return own
        return {**self._beside.get("everywhere", {}), **self._beside.get(page.place, {}), **page.acts(), **own}

    def offer(self, place: Place, acts: dict[str, Callable[[], object]]) -> None:
        """Acts of a place that lead away from its page and so are not the page's own."""
        self._beside[place] = acts

    @Slot()
    def toggle_keys(self) -> None:
        """Show or hide the list of keys."""
        if self._sheet.isVisible():
            self._sheet.hide()
            self._refocus()
        else:
            place = self.place()
            self._sheet.setGeometry(self._centre.rect())
            self._sheet.open(place)

    @Slot()
    def toggle_full_screen(self) -> None:
        """Fill the screen or stop filling it."""
        self.setWindowState(self.windowState() ^ Qt.WindowState.WindowFullScreen)

    # -- banner

    @Slot(object)
    def refuse(self, error: TradeoffError) -> None:
        """Say across the window why something was not done."""
        self.tell(say(error))

    def tell(self, message: Message, tone: str = "danger") -> None:
        """Show a message across the window until it is closed or the next one comes."""
        self._banner.show_message(message.text, message.rest.strip(), tone=tone)
        self._strip.show()

    @Slot()
    def clear_banner(self) -> None:
        """Take the message away."""
        self._strip.hide()
        self._refocus()

    @property
    def banner(self) -> str:
        """What the banner says now, "" for nothing."""
        return self._banner.accessibleName() if self._strip.isVisibleTo(self) else ""

    # -- the window itself

    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: A002, FBT001 - Qt calls it so
        """Tab goes as the page is read, also through what was made while it stood there."""
        page = self.page
        if page is not None:
            thread(page)
        return super().focusNextPrevChild(next)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Everything is saved already, or the window stays; tell whoever holds the store that it goes."""
        if not self.may_close():
            event.ignore()
            return
        self.put_away()
        self.closing.emit()
        super().closeEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The key sheet covers the pages whatever their size."""
        super().resizeEvent(event)
        self._sheet.setGeometry(self._centre.rect())

    @Slot()
    def _refocus(self) -> None:
        page = self.page
        first = page.first_focus() if page is not None else None
        if first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(QWidget, QWidget)
    def _follow_focus(self, _before: QWidget | None, now: QWidget | None) -> None:
        inside = now is not None and self.isAncestorOf(now)
        self._ring.follow(now if inside else None)
        if inside:
            # The layout may not have settled yet, so the page scrolls on the event loop's next turn.
            self._reveal.start()

    @Slot()
    def _bring_into_view(self) -> None:
        focus = self.focusWidget()
        if focus is not None:
            into_sight(focus)
