"""The laptop's own wishes, light or dark and more contrast, as Qt tells them: at the start and while the program runs."""

import pytest
import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from tradeoff_desktop.ui import front
from tradeoff_desktop.ui.beside import Asking
from tradeoff_desktop.ui.console import ConsolePage
from tradeoff_desktop.ui.front import system_look
from tradeoff_desktop.ui.shell import Shell

Scheme, Contrast = Qt.ColorScheme, Qt.ContrastPreference


@pytest.fixture
def laptop(monkeypatch):
    """A laptop that is set as it is told; the platform without a display has no settings of its own."""

    class Laptop:
        scheme, contrast = Scheme.Unknown, Contrast.NoPreference

        @classmethod
        def styleHints(cls):  # noqa: N802 - Qt calls it so
            return cls()

        accessibility = styleHints

        def colorScheme(self):  # noqa: N802 - Qt calls it so
            return self.scheme

        def contrastPreference(self):  # noqa: N802 - Qt calls it so
            return self.contrast

    monkeypatch.setattr("tradeoff_desktop.ui.front.QGuiApplication", Laptop)
    return Laptop


@pytest.mark.parametrize(("scheme", "contrast", "look"), [
    (Scheme.Unknown, Contrast.NoPreference, "light"), (Scheme.Light, Contrast.NoPreference, "light"),
    (Scheme.Dark, Contrast.NoPreference, "dark"), (Scheme.Light, Contrast.HighContrast, "contrast"),
    (Scheme.Dark, Contrast.HighContrast, "contrast"),
])
def test_contrast_goes_before_light_and_dark(laptop, scheme, contrast, look):
    laptop.scheme, laptop.contrast = scheme, contrast
    assert system_look() == look


def test_a_laptop_set_to_another_look_is_followed_where_nothing_else_was_chosen(make_shell, hands, laptop):
    shell, hints = make_shell(), QGuiApplication.styleHints()
    hands(shell.window).press(Qt.Key.Key_P)
    hands(shell.window).enter(9)
    laptop.contrast = Contrast.HighContrast
    hints.accessibility().contrastPreferenceChanged.emit(Contrast.HighContrast)
    assert isinstance(shell.window.page, ConsolePage)
    assert shell.window.page.theme.name == "contrast"
    laptop.scheme, laptop.contrast = Scheme.Dark, Contrast.NoPreference
    hints.colorSchemeChanged.emit(Scheme.Dark)
    assert shell.window.page.theme.name == "dark"
    shell._settings = shell._settings._replace(appearance="dark")
    laptop.scheme = Scheme.Light
    hints.colorSchemeChanged.emit(Scheme.Light)
    assert shell.window.page.theme.name == "dark"


def test_a_change_after_the_window_is_gone_does_no_harm(places, around):
    shell = Shell(front.show(places, around), Asking(lambda _: None, lambda _: None, lambda _: None))
    shiboken6.delete(shell.window)
    QGuiApplication.styleHints().colorSchemeChanged.emit(Scheme.Dark)  # a slot that fails makes the test fail
    assert shell.bridge is None
