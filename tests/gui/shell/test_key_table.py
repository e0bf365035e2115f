"""One table of keys: no key means two things at once, and no widget swallows a presenter remote."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QKeyCombination, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QLabel,
    QLineEdit,
    QListWidget,
    QPlainTextEdit,
    QSpinBox,
    QTableWidget,
    QVBoxLayout,
    QWidget,
)

from tradeoff_desktop.ui import keys
from tradeoff_desktop.ui.page import Page
from tradeoff_desktop.ui.theme import LIGHT
from tradeoff_desktop.ui.window import OperatorWindow


@pytest.mark.parametrize("place", keys.PLACES)
def test_no_key_has_two_meanings_in_places_open_together(place: keys.Place):
    here = [(key, s.act) for s in keys.TABLE if s.place in keys.outward(place) for key in s.keys]
    names = [QKeySequence(key).toString() for key, _ in here]
    assert len(names) == len(set(names)), sorted(here)


def test_every_act_has_one_line_and_every_key_is_one_that_exists():
    acts = [(s.place, s.act) for s in keys.TABLE]
    assert len(acts) == len(set(acts))
    assert all(QKeySequence(key).count() == 1 for s in keys.TABLE for key in s.keys)
    assert {s.place for s in keys.TABLE} == set(keys.PLACES)


def test_escape_is_nobodys_key():
    assert not [s for s in keys.TABLE if "Esc" in s.keys]


def test_single_letters_mean_nothing_while_typing():
    letter = QKeyCombination(Qt.Key.Key_B)
    assert keys.act_for("run", letter, typing=False) == "blank"
    assert keys.act_for("run", letter, typing=True) == ""
    assert keys.act_for("run", QKeyCombination(Qt.Key.Key_F6), typing=True) == "flip_data"


def test_a_place_does_not_hear_the_keys_of_another():
    assert keys.act_for("home", QKeyCombination(Qt.Key.Key_F9), typing=False) == ""


class Remote(Page):
    """A page full of things that like PgDn for themselves."""

    place = "run"

    def __init__(self) -> None:
        super().__init__(LIGHT)
        self.pressed: list[str] = []
        layout = QVBoxLayout(self)
        for widget in (QLineEdit(), QPlainTextEdit("a\n" * 200), QListWidget(), QTableWidget(50, 2), QSpinBox()):
            layout.addWidget(widget)

    def acts(self) -> dict[str, Callable[[], object]]:
        return {act: self.note(act) for act in ("next", "back", "blank", "undo")}

    def note(self, act: str) -> Callable[[], None]:
        def noted() -> None:
            self.pressed.append(act)
        return noted


@pytest.mark.parametrize("kind", [QLineEdit, QPlainTextEdit, QListWidget, QTableWidget, QSpinBox])
def test_a_presenter_remote_works_whatever_has_the_focus(show, hands, kind: type[QWidget]):
    page = Remote()
    window: OperatorWindow = show(page)
    page.findChild(kind).setFocus()
    hands(window).press(Qt.Key.Key_PageDown, Qt.Key.Key_PageUp)
    assert page.pressed == ["next", "back"]


def test_a_letter_typed_into_a_field_is_text_and_outside_is_a_key(show, hands):
    page = Remote()
    window = show(page)
    field = page.findChild(QLineEdit)
    field.setFocus()
    hands(window).type("b")
    assert (field.text(), page.pressed) == ("b", [])
    page.findChild(QListWidget).setFocus()
    hands(window).type("b")
    assert page.pressed == ["blank"]


def test_f1_lists_every_key_of_the_page_and_gives_the_page_back(show, hands):
    page = Remote()
    window = show(page)
    page.findChild(QLineEdit).setFocus()
    person = hands(window)
    person.press(Qt.Key.Key_F1)
    shown = {label.text() for label in window.findChildren(QLabel) if label.isVisible()}
    assert {s.words for s in keys.TABLE if s.place in {"run", "everywhere"}} <= shown
    assert "Practise with made-up people" not in shown
    person.press(Qt.Key.Key_PageDown)
    assert page.pressed == []
    person.press(Qt.Key.Key_Escape)
    person.press(Qt.Key.Key_PageDown)
    assert page.pressed == ["next"]
