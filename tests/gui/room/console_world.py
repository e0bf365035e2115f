"""A console in its window, worked by keys alone."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tradeoff_desktop.app.stage import Page
from tradeoff_desktop.model import acts
from tradeoff_desktop.model.workshop import Workshop
from tradeoff_desktop.ui import theme as looks
from tradeoff_desktop.ui.audience import AudienceWindow
from tradeoff_desktop.ui.bridge import Bridge
from tradeoff_desktop.ui.console import ConsolePage
from tradeoff_desktop.ui.holding import Holding
from tradeoff_desktop.ui.window import OperatorWindow, always

Key = Qt.Key
ALT, CTRL, SHIFT = (
    Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier,
)
_dressed: set[str] = set()


def dress(app: QApplication, name: looks.Appearance = "light", zoom: float = 1.0) -> looks.Theme:
    """The program's fonts once, and the look asked for if it is not on already."""
    if not _dressed:
        looks.install_fonts()
    wanted = f"{name} {zoom}"
    if wanted not in _dressed:
        _dressed.clear()
        _dressed.add(wanted)
        looks.apply(app, looks.theme(name, zoom=zoom))
    return looks.theme(name, zoom=zoom)


class Console:
    """The page, and a keyboard."""

    def __init__(
        self, qtbot: QtBot, bridge: Bridge, theme: looks.Theme, *, audience: AudienceWindow | None = None,
        size: tuple[int, int] = (1366, 768),
    ) -> None:
        self.window = OperatorWindow(theme)
        qtbot.addWidget(self.window, before_close_func=lambda window: setattr(window, "may_close", always))
        bridge.setParent(self.window)
        self.window.resize(*size)
        self.bridge = bridge
        self.sticks: list[int] = []  # how far the record had come each time a stick was asked for
        self.holding = Holding(self.window, self._save)
        self.holding.attend(bridge)
        self.page = ConsolePage(bridge, theme, audience)
        self.window.show_page(self.page)
        self.window.show()
        self.window.activateWindow()
        qtbot.waitExposed(self.window)
        qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
        self.keys = 0

    @property
    def state(self) -> Workshop:
        return self.bridge.state

    @property
    def parts(self):
        return self.page.parts

    @property
    def seen(self) -> Page:
        """The page the audience sees."""
        return self.page.room.stage.page

    @property
    def focus(self) -> QWidget:
        widget = QApplication.focusWidget()
        assert widget is not None
        return widget

    @property
    def banner(self) -> str:
        banner = self.parts.banner
        return banner.accessibleName() if banner.isVisibleTo(self.page) else ""

    @property
    def bar(self) -> str:
        """What stands above every page."""
        bar = self.window.bar
        return bar.accessibleName() if bar.isVisibleTo(self.window) else ""

    def _save(self) -> None:
        self.bridge.stick_seq = self.bridge.desk.held[-1].seq
        self.sticks.append(self.bridge.stick_seq)

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """One key, wherever the focus is."""
        self.keys += 1
        QTest.keyClick(self.focus, key, modifier)

    def type(self, text: str) -> None:
        """Letters and digits, one by one, as the focus moves."""
        for letter in text:
            self.keys += 1
            QTest.keyClick(self.focus, letter)

    def walk_to(self, step: str, *, every: bool = False) -> None:
        """PgDn into a step; ``every`` screen on the way, or from the step before it."""
        ids = [s.id for s in self.bridge.pack.agenda]
        if not every and ids.index(step) > 0:
            self.bridge.do(acts.begin_step, role="lead", step=ids[ids.index(step) - 1])
        for _ in range(80):
            if self.state.step == step:
                return
            self.press(Key.Key_PageDown)
        raise AssertionError(step)
