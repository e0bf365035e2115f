"""The whole program with the keyboard: from an empty laptop to the room, a crash, and back."""

import itertools

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from tradeoff_desktop.app import content, laptop, pace, programmes, sample, setting_up, settings
from tradeoff_desktop.app import stage as stages
from tradeoff_desktop.app.desk import Surroundings
from tradeoff_desktop.app.settings import Settings
from tradeoff_desktop.exchange.programme import write_programme
from tradeoff_desktop.ui.bridge import Bridge
from tradeoff_desktop.ui.closing import ClosingPage
from tradeoff_desktop.ui.console import ConsolePage
from tradeoff_desktop.ui.first_words import WordsPage
from tradeoff_desktop.ui.home import HomePage
from tradeoff_desktop.ui.look import LookPage
from tradeoff_desktop.ui.people import PeoplePage
from tradeoff_desktop.ui.rail import AgendaRail
from tradeoff_desktop.ui.room import Room
from tradeoff_desktop.ui.session_mark import SessionMark
from tradeoff_desktop.ui.setup import SessionPage, SetupPage
from tradeoff_desktop.ui.theme import LIGHT


def words(window) -> str:
    return "\n".join(label.text() for label in window.findChildren(QLabel) if label.isVisible())


def die(shell) -> None:
    """What a crash leaves behind: the lock is gone, nothing was closed properly, no page was told."""
    shell.desk.store.close()
    shell.desk = None
    shell.window.page.leaving = bool


@pytest.fixture
def programme_file(tmp_path):
    """A signed programme file, as a central team would send it."""
    pack, centre = content.shipped(), laptop.make("CTR", seed=bytes(range(64)), id_="centre0001")
    keys = programmes.Keys(signing=centre.public_line, centre=centre.identity.recipient)
    planned = programmes.plan(programmes.shipped_source(), pack=pack, keys=keys)
    path = tmp_path / "spring.programme"
    path.write_bytes(write_programme(planned, pack, key=centre.key))
    return path


def test_practice_from_an_empty_laptop_to_the_room_and_home(make_shell, hands):
    shell = make_shell()
    person = hands(shell.window)
    person.press(Qt.Key.Key_P)
    assert isinstance(shell.window.page, SetupPage)
    person.enter(8)
    assert isinstance(shell.window.page, PeoplePage)
    person.enter()
    assert isinstance(shell.window.page, ConsolePage)
    assert -5 <= pace.minutes_in(shell.desk.state, shell.desk.now) <= 0  # a practice begins now, whatever the time
    person.press(Qt.Key.Key_PageDown)
    person.press(Qt.Key.Key_PageDown)
    assert shell.desk.state.step
    person.press(Qt.Key.Key_7, with_=Qt.KeyboardModifier.AltModifier)
    assert isinstance(shell.window.page, PeoplePage)
    person.enter()
    person.press(Qt.Key.Key_Home, with_=Qt.KeyboardModifier.ControlModifier)
    assert isinstance(shell.window.page, HomePage)
    assert shell.desk is None
    assert "Practice · Essex · session A" in words(shell.window)


def test_a_workshop_that_is_set_up_is_running_before_its_first_step_too(make_shell, hands):
    shell = make_shell()
    person = hands(shell.window)
    person.press(Qt.Key.Key_P)
    person.enter(8)
    person.press(Qt.Key.Key_Home, with_=Qt.KeyboardModifier.ControlModifier)
    assert "Ready, not begun" in words(shell.window)


def test_after_a_crash_one_enter_goes_to_the_exact_step(make_shell, hands):
    shell = make_shell()
    person = hands(shell.window)
    person.press(Qt.Key.Key_P)
    person.enter(9)
    for _ in range(4):
        person.press(Qt.Key.Key_PageDown)
    step = shell.desk.state.step
    die(shell)
    again = make_shell()
    assert "Stopped unexpectedly: Practice · Essex" in words(again.window)
    assert "Nothing lost." in words(again.window)
    hands(again.window).enter()
    assert isinstance(again.window.page, ConsolePage)
    assert again.desk.state.step == step
    assert again.window.page.room.holding


def test_a_crash_while_setting_up_resumes_on_the_same_page(make_shell, hands):
    shell = make_shell()
    person = hands(shell.window)
    person.press(Qt.Key.Key_P)
    person.enter(2)
    die(shell)
    again = make_shell()
    hands(again.window).enter()
    assert isinstance(again.window.page, SetupPage)
    assert again.window.page.part.page == "tables"


def test_a_first_programme_file_is_compared_once_then_trusted(make_shell, hands, programme_file):
    shell = make_shell(programme_file)
    person = hands(shell.window)
    person.press(Qt.Key.Key_N)
    assert isinstance(shell.window.page, WordsPage)
    person.tab_to("They agree")
    person.enter()
    assert isinstance(shell.window.page, SessionPage)
    person.enter()
    assert isinstance(shell.window.page, SetupPage)
    person.press(Qt.Key.Key_Home, with_=Qt.KeyboardModifier.ControlModifier)
    person.press(Qt.Key.Key_N)
    assert isinstance(shell.window.page, SessionPage)
    assert "already on this laptop" in shell.window.page.findChildren(type(shell.window.page.first_focus()))[0].text()


def test_nobody_agrees_by_pressing_enter_unread(make_shell, hands, programme_file):
    shell = make_shell(programme_file)
    person = hands(shell.window)
    person.press(Qt.Key.Key_N)
    person.enter()
    assert isinstance(shell.window.page, HomePage)


def test_a_changed_programme_file_is_refused_in_words(make_shell, hands, programme_file):
    data = bytearray(programme_file.read_bytes())
    data[len(data) // 2] ^= 1
    programme_file.write_bytes(bytes(data))
    shell = make_shell(programme_file)
    hands(shell.window).press(Qt.Key.Key_N)
    assert isinstance(shell.window.page, HomePage)
    assert shell.window.banner
    assert "Nothing on this laptop changed." in shell.window.banner


def test_a_workshop_open_elsewhere_is_not_opened_twice(make_shell, hands):
    shell = make_shell()
    hands(shell.window).press(Qt.Key.Key_P)
    entry = shell._workshops._entry(shell.desk, shell.desk.store.path)
    other = make_shell()
    other.open(entry)
    assert "already open in another window" in other.window.banner
    assert other.desk is None


def test_close_and_export_from_the_room_and_back(make_shell, hands):
    shell = make_shell()
    person = hands(shell.window)
    person.press(Qt.Key.Key_P)
    person.enter(9)
    person.press(Qt.Key.Key_E, with_=Qt.KeyboardModifier.ControlModifier)
    assert isinstance(shell.window.page, ClosingPage)
    person.press(Qt.Key.Key_Left, with_=Qt.KeyboardModifier.AltModifier)
    assert isinstance(shell.window.page, ConsolePage)


def test_a_missing_sheet_is_one_enter_away_from_closing(make_shell, hands):
    shell = make_shell()
    person = hands(shell.window)
    person.press(Qt.Key.Key_P)
    person.enter(9)
    seat = min(shell.desk.state.seats)
    person.press(Qt.Key.Key_E, with_=Qt.KeyboardModifier.ControlModifier)
    person.tab_to("Close the workshop")
    person.enter(2)
    assert shell.desk.state.closed
    person.tab_to("Go to table 1, sheet 2")
    person.enter()
    assert isinstance(shell.window.page, ConsolePage)
    person.type("4")
    keyed = shell.desk.state.keyed[seat, 2]
    assert [keying.body.answer for cell in keyed.values() for keying in cell.values()] == ["4"]


def test_appearance_is_kept_and_worn_at_once(make_shell, hands, places):
    shell = make_shell()
    person = hands(shell.window)
    person.press(Qt.Key.Key_A)
    assert isinstance(shell.window.page, LookPage)
    person.press(Qt.Key.Key_Down, Qt.Key.Key_Down)
    assert settings.read(places) == Settings(appearance="dark", zoom=100)
    assert shell.window.page.theme.name == "dark"
    person.enter()
    assert shell.window.page.theme.name == "dark"


def test_two_practices_do_not_get_in_each_others_way(make_shell, hands):
    shell = make_shell()
    person = hands(shell.window)
    for _ in range(2):
        person.press(Qt.Key.Key_P)
        person.press(Qt.Key.Key_Home, with_=Qt.KeyboardModifier.ControlModifier)
    assert words(shell.window).count("Set-up is not finished") == 2


def test_sample_clock_never_stands_still():
    clock = sample.Ticking()
    moments = [clock() for _ in range(3)]
    assert all(a < b for a, b in itertools.pairwise(moments))
    assert isinstance(sample.begun()._around, Surroundings)


def test_looking_first_shows_the_room_nothing(make_shell, hands):
    shell = make_shell()
    person = hands(shell.window)
    person.press(Qt.Key.Key_P)
    person.enter(9)
    person.press(Qt.Key.Key_PageDown)
    die(shell)
    again = make_shell()
    hands(again.window).press(Qt.Key.Key_L)
    assert isinstance(again.window.page, PeoplePage)
    assert again.audience.where == "hidden"


@pytest.mark.usefixtures("qapp")
def test_the_day_s_second_session_opens_on_a_blank_projector():
    desk = sample.begun(letter="B")
    setting_up.start(desk, setting_up.kept(desk))
    room = Room.of(Bridge(desk))
    assert room.stage.page == stages.Blank()
    rail = AgendaRail(Bridge(desk), LIGHT)
    assert rail.findChild(SessionMark).accessibleName() == "Session B, brown"
    room.toggle_blank()
    assert isinstance(room.stage.page, stages.Holding)
    assert Room.of(Bridge(sample.started())).stage.page != stages.Blank()
