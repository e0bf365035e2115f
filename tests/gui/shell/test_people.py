"""The doors: three digits and one more, saved at once."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from tradeoff_desktop.app import sample
from tradeoff_desktop.model import acts
from tradeoff_desktop.ui.bridge import Bridge
from tradeoff_desktop.ui.controls import KeyButton
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


def add(person) -> None:
    """Somebody nobody expected, of the second group."""
    person.tab_to("Group of the person to add")
    person.press(Qt.Key.Key_Down, Qt.Key.Key_Down)
    person.tab_to("Add a person")
    person.enter()


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
    assert "Choose the person's group first." in words(page)  # nobody is put into a group unasked
    add(person)
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


def test_somebody_changes_table_with_five_keys(page, desk, hands):
    seat = min(desk.state.seats)
    hands(page.window()).type(f"{seat}73")
    assert desk.state.table_of(seat).number == 3
    assert f"{seat}: now at table 3. Saved." in words(page)


def test_a_table_that_is_not_there_is_refused(page, desk, hands):
    seat = min(desk.state.seats)
    hands(page.window()).type(f"{seat}79")
    assert "Table 9 is not open." in words(page)
    assert desk.state.table_of(seat).number == 1


def test_who_comes_after_the_first_sheet_has_it_absent(show, hands):
    desk = sample.at("benefit_tables", keyed=False)
    page = PeoplePage(Bridge(desk), LIGHT)
    person = hands(show(page))
    seat = min(desk.state.seats)
    person.type(f"{seat}4")
    assert {desk.state.answer(seat, cell) for cell in desk.state.cells_of(seat, 1)} == {"absent"}
    assert "They came after sheet 1" in words(page)
    assert desk.state.answer(seat, desk.state.cells_of(seat, 4)[0]) == ""


def test_somebody_new_who_comes_after_the_first_sheet_is_late(show, hands):
    desk = sample.at("benefit_tables", keyed=False)
    page = PeoplePage(Bridge(desk), LIGHT)
    person = hands(show(page))
    add(person)
    fresh = page.entry.text()
    person.type("1")
    assert desk.state.seats[fresh].state == "late"
    assert {desk.state.answer(fresh, cell) for cell in desk.state.cells_of(fresh, 1)} == {"absent"}


def test_who_leaves_early_is_offered_the_last_sheet_at_the_door(show, hands):
    desk = sample.at("anchor_talk", keyed=False)
    page = PeoplePage(Bridge(desk), LIGHT)
    person = hands(show(page))
    seat, other = sorted(desk.state.seats)[:2]
    person.type(f"{seat}6")
    assert desk.state.seats[seat].state == "left"
    assert "Offer them sheet 4 at the door." in words(page)
    assert desk.state.answer(seat, desk.state.cells_of(seat, 4)[0]) == ""
    person.type(f"{other}8")
    assert {desk.state.answer(other, cell) for cell in desk.state.cells_of(other, 4)} == {"absent"}


def test_two_tables_are_combined_before_the_first_sheet_by_keys(page, desk, hands):
    person = hands(page.window())
    person.press(Qt.Key.Key_T, with_=Qt.KeyboardModifier.AltModifier)
    person.press(Qt.Key.Key_Down)
    person.tab_to("Close or combine the table")
    person.enter()
    assert desk.state.tables[2].state == "combined"
    assert [table.number for table in desk.state.open_tables()] == [1, 3, 4]
    assert "Table 2 sits at table 1 now." in words(page)
    person.press(Qt.Key.Key_T, with_=Qt.KeyboardModifier.AltModifier)
    person.press(Qt.Key.Key_End)
    person.tab_to("What becomes of that table")
    person.press(Qt.Key.Key_End)
    person.tab_to("Close or combine the table")
    person.enter()
    assert desk.state.tables[2].state == "open"


def test_after_the_first_sheet_tables_stay_and_it_says_why(show):
    page = PeoplePage(Bridge(sample.at("before_anchor")), LIGHT)
    show(page)
    assert "The first sheet has begun: tables stay as they are" in words(page)
    assert not next(button for button in page.findChildren(KeyButton) if button.accessibleName() == "Close or combine the table").isEnabled()


def test_one_key_records_how_many_are_here(page, desk, hands):
    person = hands(page.window())
    person.type(f"{min(desk.state.seats)}5")
    person.press(Qt.Key.Key_H, with_=Qt.KeyboardModifier.AltModifier)
    assert desk.state.here == 19


def test_a_small_room_is_told_to_move_together(page, desk, hands):
    person = hands(page.window())
    for seat in sorted(desk.state.seats)[:11]:
        person.type(f"{seat}5")
    assert "Fewer than 10 people are expected." in words(page)


# -- keys of the room that lead here


@pytest.mark.parametrize(("act", "asked", "to"), [
    ("late", "Who came late? Type their seat code.", "late"), ("early", "Who leaves early? Type their seat code.", "left"),
])
def test_a_key_of_the_room_asks_for_the_code_alone(desk, show, hands, act, asked, to):
    page = PeoplePage(Bridge(desk), LIGHT, begin=act)
    show(page)
    one, two = sorted(desk.state.seats)[3:5]
    assert asked in words(page)
    person = hands(page.window())
    person.type("014")
    assert "014 is not a seat code." in words(page)
    person.press(Qt.Key.Key_Backspace, Qt.Key.Key_Backspace, Qt.Key.Key_Backspace)
    person.type(one)
    assert desk.state.seats[one].state == to
    person.type(two + "5")  # from then on the page is what it always is
    assert desk.state.seats[two].state == "no_show"


def test_a_key_of_the_room_asks_for_the_code_and_the_table(desk, show, hands):
    page = PeoplePage(Bridge(desk), LIGHT, begin="moves")
    show(page)
    seat = min(desk.state.seats)
    table = next(table.number for table in desk.state.open_tables() if table.number != desk.state.seats[seat].table)
    hands(page.window()).type(seat)
    assert "To which table? Type its number." in words(page)
    hands(page.window()).type(str(table))
    assert desk.state.seats[seat].table == table


def test_each_of_them_is_one_key_in_the_room(make_shell, hands):
    shell = make_shell()
    person = hands(shell.window)
    person.press(Qt.Key.Key_P)
    person.enter(9)
    for key, field in ((Qt.Key.Key_C, "Seat code"), (Qt.Key.Key_E, "Seat code"), (Qt.Key.Key_M, "Seat code"), (Qt.Key.Key_O, "Table to close")):
        shell.show_room()
        person.press(Qt.Key.Key_F3)  # also while somebody takes notes
        person.press(key, with_=Qt.KeyboardModifier.AltModifier)
        assert isinstance(shell.window.page, PeoplePage)
        assert person.focus.accessibleName().startswith(field)
    shell.show_room()
    person.press(Qt.Key.Key_F3)
    person.press(Qt.Key.Key_H, with_=Qt.KeyboardModifier.AltModifier)
    assert person.focus.accessibleName() == "How many people are here now"
