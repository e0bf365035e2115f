"""Setting up with the keyboard alone: pre-filled, checked, resumed where it was, started once."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit

from tradeoff_desktop.app import sample, setting_up
from tradeoff_desktop.model import records as r
from tradeoff_desktop.ui import gallery_before
from tradeoff_desktop.ui.bridge import Bridge
from tradeoff_desktop.ui.setup import SessionPage, SetupPage
from tradeoff_desktop.ui.theme import LIGHT


@pytest.fixture
def desk():
    return sample.begun()


@pytest.fixture
def page(desk, show):
    made = SetupPage(Bridge(desk), LIGHT, gallery_before.SITE)
    show(made)
    return made


def words(page) -> str:
    return "\n".join(label.text() for label in page.findChildren(QLabel) if label.isVisible())


def test_eight_enters_start_a_workshop_that_is_as_planned(page, desk, hands, qtbot):
    person = hands(page.window())
    person.enter(7)
    assert page.part.page == "check"
    with qtbot.waitSignal(page.started):
        person.enter()
    state = desk.state
    assert state.setup is not None
    assert (state.setup.venue, state.setup.date) == ("Leeds Civic Hall", "2027-03-04")
    assert len(state.seats) == 20
    assert len(state.open_tables()) == 4
    assert setting_up.finished(desk)


def test_what_was_not_ticked_is_an_incident(page, desk, hands):
    hands(page.window()).enter(8)
    assert [body.text for _, body in desk.state.bodies(r.Incident)] == [list(setting_up.CONSENT_LIST.values())[-1]]


def test_a_wrong_answer_is_said_at_the_top_and_beside_the_field(page, hands):
    person = hands(page.window())
    person.retype("14 Marhc")
    person.enter()
    assert page.part.page == "day"
    assert "There is a problem" in words(page)
    assert words(page).count("Enter the day, for instance 14 March 2026.") == 2
    person.retype("15/3/2027")
    person.enter()
    assert page.part.page == "groups"


def test_a_number_that_is_none_names_its_group(page, hands):
    person = hands(page.window())
    person.enter()
    person.retype("six")
    person.enter()
    assert "Enter the number of people from civil society and advocacy, as a number from 0 to 30." in words(page)


def test_the_focus_goes_to_the_first_wrong_field(page, hands):
    person = hands(page.window())
    person.tab_to("Venue")
    person.retype(" ")
    person.enter()
    assert person.focus.accessibleName() == "Venue"


def test_half_typed_words_survive_a_crash_on_the_same_page(page, desk, hands, show, qtbot):
    person = hands(page.window())
    person.enter()
    person.retype("1")
    qtbot.waitUntil(lambda: setting_up.kept(desk).groups["civil"] == "1")
    again = SetupPage(Bridge(desk), LIGHT, gallery_before.SITE)
    show(again)
    assert again.part.page == "groups"
    assert again.findChildren(QLineEdit)[0].text() == "1"


def test_back_loses_nothing(page, hands):
    person = hands(page.window())
    person.enter()
    person.retype("7")
    person.press(Qt.Key.Key_Left, with_=Qt.KeyboardModifier.AltModifier)
    assert page.part.page == "day"
    person.enter()
    assert page.plan.groups["civil"] == "7"


def test_enter_on_a_button_presses_that_button(page, hands):
    person = hands(page.window())
    person.enter(2)
    person.tab_to("Take table 4 away")
    person.enter()
    assert page.part.page == "tables"
    assert [table.number for table in page.plan.tables] == [1, 2, 3]
    person.tab_to("Add a table")
    person.enter()
    assert [table.number for table in page.plan.tables] == [1, 2, 3, 4]


def test_another_theme_brings_its_own_scenarios(page, hands):
    person = hands(page.window())
    person.enter(2)
    person.tab_to("Theme of table 1")
    person.press(Qt.Key.Key_Down)
    table = page.plan.tables[0]
    assert table.theme == "WEL"
    assert table.scenario.startswith("WEL-")


def test_change_goes_back_to_its_question(page, hands):
    person = hands(page.window())
    person.enter(7)
    person.tab_to("Change: People")
    person.enter()
    assert page.part.page == "groups"


def test_one_of_the_planned_workshops_is_chosen(show, hands, qtbot):
    programme = sample.programme()
    page = SessionPage(LIGHT, programme, sample.begun().pack, here={programme.sessions[0].id})
    window = show(page)
    person = hands(window)
    person.press(Qt.Key.Key_Down)
    with qtbot.waitSignal(page.chosen) as chosen:
        person.enter()
    assert chosen.args[0] == programme.sessions[2]


def test_a_file_whose_workshops_are_all_here_says_so(show):
    programme = sample.programme()
    page = SessionPage(LIGHT, programme, sample.begun().pack, here={s.id for s in programme.sessions})
    show(page)
    assert "Every workshop of this file is on this laptop already." in words(page)
    assert not page.on.isEnabled()


def test_an_agenda_too_long_for_the_room_is_said_and_mended_there(page, desk, hands):
    person = hands(page.window())
    person.enter(4)
    assert page.part.page == "agenda"
    person.type("16:25")
    assert "The agenda needs 3 h but the room is booked for 2 h 55." in words(page)
    person.enter()
    assert page.part.page == "agenda"
    person.tab_to("Minutes of Time in hand")
    person.retype("0")
    assert "The agenda fits the time the room is booked for." in words(page)
    person.enter()
    assert page.part.page == "consent"
    assert setting_up.kept(desk).lengths == (("slack", "0"),)


def test_the_rehearsal_tries_the_stick_and_asks_about_the_clock(desk, show, hands, tmp_path):
    setting_up.keep(desk, setting_up.kept(desk)._replace(page="ready"))
    page = SetupPage(Bridge(desk), LIGHT, gallery_before.SITE._replace(ask_folder=lambda _: tmp_path))
    person = hands(show(page))
    assert "goes to sleep after 15 minutes" in words(page)
    person.tab_to("Choose the stick")
    person.enter()
    assert f"A file was written to {tmp_path.name}" in words(page)
    person.tab_to("The day and the time are right")
    person.press(Qt.Key.Key_Space)
    assert page.plan.clock_right
    assert setting_up.kept(desk).page == "ready"


def test_seat_papers_are_written_where_the_person_says(desk, show, hands, tmp_path):
    setting_up.keep(desk, setting_up.kept(desk)._replace(page="seats"))
    papers = tmp_path / "seat-cards.pdf"
    page = SetupPage(Bridge(desk), LIGHT, gallery_before.SITE._replace(ask_folder=lambda _: tmp_path, papers=lambda _, __: [papers]))
    person = hands(show(page))
    person.tab_to("Write seat cards")
    person.enter()
    assert "seat-cards.pdf" in words(page)


@pytest.mark.parametrize("at", ["agenda", "consent", "ready", "check"])
def test_a_crash_comes_back_to_the_page_it_left(desk, show, at):
    setting_up.keep(desk, setting_up.kept(desk)._replace(page=at, booked="17:0", stick=("S", ""), lengths=(("break", "9"),)))
    page = SetupPage(Bridge(desk), LIGHT, gallery_before.SITE)
    show(page)
    assert page.part.page == at
    assert page.plan == setting_up.kept(desk)
    assert (page.plan.booked, page.plan.stick, page.plan.lengths) == ("17:0", ("S", ""), (("break", "9"),))
