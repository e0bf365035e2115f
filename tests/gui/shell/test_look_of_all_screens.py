"""Every screen of the gallery: nothing cut off at double text size, every control named, every text readable."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from tradeoff_desktop.ui import theme as looks
from tradeoff_desktop.ui.gallery import SHOTS
from tradeoff_desktop.ui.page import Page
from tradeoff_desktop.ui.screenshots import LAPTOP, Shot
from tradeoff_desktop.ui.theme import APPEARANCES, Theme
from tradeoff_desktop.ui.window import OperatorWindow

PAGES = [shot for shot in SHOTS if not shot.name.startswith("audience-")]


@pytest.fixture
def pose(qtbot: QtBot, qapp: QApplication) -> Iterator[Callable[..., QWidget]]:
    held: list[OperatorWindow] = []

    def put(shot: Shot, *, zoom: float = 1.0, size: QSize = LAPTOP) -> QWidget:
        theme = looks.theme("light", zoom=zoom)
        looks.apply(qapp, theme)
        made = shot.build(theme)
        assert isinstance(made, Page)
        window = OperatorWindow(theme)
        held.append(window)
        qtbot.addWidget(window)
        window.resize(size)
        window.show_page(made)
        window.show()
        for act in shot.keys:
            window.acts()[act]()
        qtbot.waitUntil(window.isVisible)
        return window

    yield put
    for window in held:
        window.close()


def focusable(window: QWidget) -> list[QWidget]:
    return [
        widget for widget in window.findChildren(QWidget)
        if widget.isVisible() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isEnabled()
        and not isinstance(widget.parent(), QAbstractButton)
    ]


@pytest.mark.parametrize("shot", PAGES, ids=[shot.name for shot in PAGES])
def test_every_control_that_takes_the_focus_has_a_name(pose, shot):
    window = pose(shot)
    nameless = [widget for widget in focusable(window) if not (widget.accessibleName() or getattr(widget, "text", str)())]
    assert not nameless


def needed(widget: QWidget) -> int:
    """The least width at which its words are whole: a line, or the longest word where it wraps."""
    whole = isinstance(widget, QLabel) and not widget.wordWrap()
    return (widget.sizeHint() if whole else widget.minimumSizeHint()).width()


@pytest.mark.parametrize("shot", PAGES, ids=[shot.name for shot in PAGES])
def test_nothing_is_cut_off_at_double_text_size(pose, shot):
    window = pose(shot, zoom=2.0, size=QSize(1024, 600))
    texts = [*window.findChildren(QLabel), *window.findChildren(QAbstractButton)]
    cut = [
        (widget.text(), widget.width(), needed(widget))
        for widget in texts if widget.isVisible() and widget.text() and widget.width() + 1 < needed(widget)
    ]
    assert not cut


@pytest.mark.parametrize("shot", PAGES, ids=[shot.name for shot in PAGES])
def test_nothing_lies_beyond_the_right_edge_at_double_text_size(pose, shot):
    window = pose(shot, zoom=2.0, size=QSize(1024, 600))
    assert window.width() <= 1024
    for area in window.findChildren(QScrollArea):
        if area.isVisible() and area.widget() is not None:
            assert area.widget().width() <= area.viewport().width() + 1


def contrast(one: str, other: str) -> float:
    """WCAG 2.2 contrast ratio."""
    def luminance(name: str) -> float:
        colour = QColor(name)
        parts = [colour.redF(), colour.greenF(), colour.blueF()]
        linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    light, dark = sorted([luminance(one), luminance(other)], reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("name", APPEARANCES)
@pytest.mark.parametrize("token", ["text", "muted", "danger", "ok", "warn", "accent"])
@pytest.mark.parametrize("ground", ["ground", "panel"])
def test_words_stand_out_from_what_they_stand_on(name, token, ground):
    theme: Theme = looks.theme(name)
    assert contrast(getattr(theme, token), getattr(theme, ground)) >= 4.5


@pytest.mark.parametrize("name", APPEARANCES)
def test_buttons_borders_and_the_focus_stand_out(name):
    theme = looks.theme(name)
    assert contrast(theme.on_accent, theme.accent) >= 4.5
    assert contrast(theme.border, theme.ground) >= 3
    assert contrast(theme.text, theme.focus) >= 3 or contrast(theme.focus, theme.ground) >= 3
    assert contrast(theme.text, theme.changed) >= 4.5
