"""Every screen of the gallery: nothing cut off at double text size, every control named, every text readable."""

from collections.abc import Iterator
from itertools import pairwise

import pytest
import shiboken6
from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from tradeoff_desktop.ui import theme as looks
from tradeoff_desktop.ui.gallery import SHOTS
from tradeoff_desktop.ui.page import Page
from tradeoff_desktop.ui.screenshots import Shot
from tradeoff_desktop.ui.theme import APPEARANCES, Theme
from tradeoff_desktop.ui.window import OperatorWindow

PAGES = [shot for shot in SHOTS if not shot.name.startswith("audience-")]


# Twice the text on the smallest window: what fits there fits everywhere.
DOUBLE = looks.theme("light", zoom=2.0)
SMALL = QSize(1024, 600)


@pytest.fixture(autouse=True)
def dressed(qapp: QApplication) -> None:
    if qapp.styleSheet() != looks.style_sheet(DOUBLE):
        looks.install_fonts()
        looks.apply(qapp, DOUBLE)


@pytest.fixture(params=PAGES, ids=[shot.name for shot in PAGES])
def window(request: pytest.FixtureRequest, qtbot: QtBot) -> Iterator[OperatorWindow]:
    """One screen after the other."""
    shot: Shot = request.param
    made = shot.build(DOUBLE)
    assert isinstance(made, Page)
    shown = OperatorWindow(DOUBLE)
    shown.resize(SMALL)
    shown.show_page(made)
    shown.show()
    qtbot.waitUntil(shown.isVisible)
    for act in shot.keys:
        shown.acts()[act]()
    yield shown
    shown.close()
    shiboken6.delete(shown)


def focusable(window: QWidget) -> list[QWidget]:
    return [
        widget for widget in window.findChildren(QWidget)
        if widget.isVisible() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isEnabled()
    ]


def needed(widget: QWidget) -> int:
    """The least width at which its words are whole: a line, or the longest word where it wraps."""
    whole = isinstance(widget, QLabel) and not widget.wordWrap()
    return (widget.sizeHint() if whole else widget.minimumSizeHint()).width()


def cut_off(window: QWidget) -> list[tuple[str, int, int]]:
    texts = [*window.findChildren(QLabel), *window.findChildren(QAbstractButton)]
    return [
        (widget.text(), widget.width(), needed(widget))
        for widget in texts if widget.isVisible() and widget.text() and widget.width() + 1 < needed(widget)
    ]


def seen(widget: QWidget) -> QRect:
    """The part of a widget that is inside everything it lies in."""
    box, parent = QRect(widget.mapToGlobal(QPoint(0, 0)), widget.size()), widget.parentWidget()
    while parent is not None:
        box = box.intersected(QRect(parent.mapToGlobal(QPoint(0, 0)), parent.size()))
        parent = parent.parentWidget()
    return box


def out_of_sight(window: OperatorWindow) -> list[tuple[str, QRect]]:
    """What has the focus and is not scrolled to. Behind the sheet of keys nothing takes it."""
    out = []
    for widget in [] if window.place() == "everywhere" else focusable(window):
        widget.setFocus(Qt.FocusReason.TabFocusReason)
        QApplication.processEvents()
        box = seen(widget)
        if widget.hasFocus() and (box.height() < min(widget.height(), SMALL.height() // 4) or box.width() < widget.width()):
            out.append((f"{type(widget).__name__} {widget.accessibleName()}", box))
    return out


def area_of(widget: QWidget) -> QWidget | None:
    """The nearest part that scrolls and that it lies in."""
    parent = widget.parentWidget()
    while parent is not None and not isinstance(parent, QScrollArea):
        parent = parent.parentWidget()
    return parent


def out_of_order(window: OperatorWindow) -> list[tuple[str, str]]:
    """Steps of Tab that go up, or to the left in a row, in what scrolls together; and what Tab never reaches."""
    window.focusNextPrevChild(True)  # noqa: FBT003 - Qt takes it so
    can, stops, widget = set(focusable(window)), [], window.nextInFocusChain()
    while widget is not window:
        stops += [widget] if widget in can else []
        widget = widget.nextInFocusChain()
    out = [("never", one.accessibleName()) for one in can - set(stops)]
    for one, other in pairwise(stops):
        here, there = (QRect(stop.mapToGlobal(QPoint(0, 0)), stop.size()) for stop in (one, other))
        row = there.top() < here.bottom() and here.top() < there.bottom()
        right = row and there.left() >= here.right() - 4
        if area_of(one) is area_of(other) is not None and not right and there.top() < here.bottom() - 4:
            out.append((one.accessibleName(), other.accessibleName()))
    return out


def test_every_control_is_named_nothing_is_cut_off_at_double_text_size_and_the_focus_is_in_sight(window):
    assert out_of_order(window) == []
    assert not [widget for widget in focusable(window) if not (widget.accessibleName() or getattr(widget, "text", str)())]
    assert window.width() <= SMALL.width()
    assert not cut_off(window)
    for area in window.findChildren(QScrollArea):
        if area.isVisible() and area.widget() is not None and area.widgetResizable():
            assert area.widget().width() <= area.viewport().width() + 1
    assert out_of_sight(window) == []


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
