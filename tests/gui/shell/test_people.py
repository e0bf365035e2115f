"""The doors: three digits and one more, saved at once."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from tradeoff_desktop.app import sample
from tradeoff_desktop.model import acts
from tradeoff_desktop.ui.bridge import Bridge
from tradeoff_desktop.ui.people import PeoplePage
from tradeoff_desktop.ui.theme import LIGHT


@pytest.fixture
def desk():
    return sample.started()


@pytest.fixture
def page(desk, show):
    made = PeoplePage(Bridge(desk), LIGHT)
    show(made)
    return made


def words(page) -> str:
    return "\n".join(label.text() for label in page.findChildren(QLabel) if label.isVisible())


def test_four_keys_say_everything_about_a_person(page, desk, hands):
    seat = min(desk.state.seats)
    person = hands(page.window())
    person.type(f"{seat}2")
    assert desk.state.consents[seat].signed
    assert not desk.state.consents[seat].quotable
    assert page.entry.text() == ""
    assert f"{seat}: Signed, no quotes. Saved." in words(page)


@pytest.mark.parametrize(("digit", "to"), [("4", "late"), ("5", "no_show"), ("6", "left")])
def test_who_comes_and_goes(page, desk, hands, digit, to):
    seat = sorted(desk.state.seats)[3]
    hands(page.window()).type(seat + digit)
    assert desk.state.seats[seat].state == to


def test_somebody_late_who_signs_is_still_late(page, desk, hands):
    seat = min(desk.state.seats)
    hands(page.window()).type(f"{seat}4{seat}1")
    assert desk.state.seats[seat].state == "late"


def test_a_slip_of_the_pen_is_noticed_before_anything_is_saved(page, desk, hands):
    before = desk.store.own()
    hands(page.window()).type("0141")
    assert "014 is not a seat code." in words(page)
    assert desk.store.own() == before


def test_digits_after_a_refused_code_say_nothing_about_anybody(page, desk, hands):
    before = desk.store.own()
    person = hands(page.window())
    person.type(f"014{min(desk.state.seats)}1")
    assert page.entry.text() == "014"
    assert "014 is not a seat code." in words(page)
    assert desk.store.own() == before
    person.press(Qt.Key.Key_Backspace)
    assert "014 is not a seat code." not in words(page)


def test_what_was_said_wrongly_is_said_again(page, desk, hands):
    seat = min(desk.state.seats)
    hands(page.window()).type(f"{seat}5{seat}1")
    assert desk.state.seats[seat].state == "present"
    assert desk.state.consents[seat].quotable


def test_somebody_nobody_expected_gets_the_next_code(page, desk, hands):
    person = hands(page.window())
    person.tab_to("Add a person")
    person.enter()
    fresh = page.entry.text()
    assert len(desk.state.seats) == 21
    assert f"The new seat code is {fresh}." in words(page)
    person.type("1")
    assert desk.state.consents[fresh].signed


def test_somebody_who_left_the_study_is_not_asked_again(page, desk, hands):
    seat = min(desk.state.seats)
    desk.withdraw(seat)
    hands(page.window()).type(f"{seat}1")
    assert f"The person with code {seat} has left the study." in words(page)


def test_enter_goes_to_the_room(page, hands, qtbot):
    with qtbot.waitSignal(page.room_requested):
        hands(page.window()).enter()


def test_nothing_new_once_sealed(desk, show, hands):
    desk.do(acts.close, role="lead")
    desk.do(acts.seal, role="lead", devices=[], accepted=["practice"])
    page = PeoplePage(Bridge(desk), LIGHT)
    show(page)
    hands(page.window()).type(f"{min(desk.state.seats)}5")
    assert "This workshop is sealed." in words(page)
