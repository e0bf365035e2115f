"""Home: what was interrupted, what can be begun, what is there."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from tradeoff_desktop.app.sample import START
from tradeoff_desktop.app.workshops import Entry
from tradeoff_desktop.ui.home import HomePage, standing
from tradeoff_desktop.ui.theme import LIGHT

LEEDS = Entry(
    path="l.db", workshop="LDS-A", area_name="Leeds", letter="A", date="2027-03-04", people=20, themes=4, state="live",
    step_title="First talk", ratings=214, notes=61, saved_at="2027-03-04T12:41:58.000Z", seq=300, exported=False,
    practice=False, unclean=True,
)
ESSEX = LEEDS._replace(path="e.db", area_name="Essex", state="sealed", exported=True, unclean=False)


def words(page: QWidget) -> str:
    return "\n".join(label.text() for label in page.findChildren(QLabel))


def test_an_empty_home_says_what_to_do(show):
    page = HomePage(LIGHT, [], now=START)
    show(page)
    assert "No workshops yet. Open the file your central team sent, or press P to practise." in words(page)


def test_after_a_crash_one_enter_carries_on(show, hands, qtbot):
    page = HomePage(LIGHT, [ESSEX, LEEDS], now=START)
    window = show(page)
    assert "Stopped unexpectedly: Leeds · session A · today 12:41" in words(page)
    assert "Nothing lost. 214 ratings, 61 notes. Last saved 12:41:58." in words(page)
    with qtbot.waitSignal(page.open_requested) as opened:
        hands(window).enter()
    assert opened.args == [LEEDS]


@pytest.mark.parametrize(("key", "signal"), [
    (Qt.Key.Key_N, "new_requested"), (Qt.Key.Key_P, "practise_requested"), (Qt.Key.Key_A, "look_requested"),
])
def test_one_key_each(show, hands, qtbot, key, signal):
    page = HomePage(LIGHT, [ESSEX], now=START)
    window = show(page)
    with qtbot.waitSignal(getattr(page, signal)):
        hands(window).press(key)


def test_e_exports_the_workshop_in_focus_and_no_other(show, hands, qtbot):
    melton = ESSEX._replace(path="m.db", area_name="Melton", exported=False)
    page = HomePage(LIGHT, [ESSEX, melton], now=START)
    window = show(page)
    person = hands(window)
    person.tab_to("Open: Melton")
    with qtbot.waitSignal(page.export_requested) as asked:
        person.press(Qt.Key.Key_E)
    assert asked.args == [melton]


@pytest.mark.parametrize(("changed", "text"), [
    ({"state": "live"}, "Running, at “First talk”"),
    ({"state": "live", "step_title": ""}, "Ready, not begun"),
    ({"state": "closed", "exported": False}, "Closed, not sealed yet · NOT EXPORTED"),
    ({"state": "sealed", "exported": True}, "Sealed · Exported and checked ✓"),
    ({"state": "sealed", "exported": False, "practice": True}, "Sealed · Practice only"),
    ({"state": "setup"}, "Set-up is not finished"),
])
def test_how_a_workshop_stands(changed, text):
    assert standing(ESSEX._replace(**changed))[0] == text


@pytest.mark.parametrize(("state", "said"), [("damaged", "is damaged: MAN-2027-A"), ("lost", "is gone: MAN-2027-A")])
def test_what_cannot_be_opened_can_be_restored_and_nothing_else(show, hands, qtbot, state, said):
    broken = ESSEX._replace(path="m.db", workshop="MAN-2027-A", letter="", state=state)
    page = HomePage(LIGHT, [ESSEX, broken], now=START)
    window = show(page)
    assert said in words(page)
    person = hands(window)
    with qtbot.assertNotEmitted(page.restore_requested):
        person.tab_to("Open: Essex · session A")
        person.press(Qt.Key.Key_R)
    person.tab_to("Restore from a checkpoint: MAN-2027-A")
    with qtbot.assertNotEmitted(page.export_requested):
        person.press(Qt.Key.Key_E)
    with qtbot.waitSignal(page.restore_requested) as asked:
        person.press(Qt.Key.Key_R)
    assert asked.args == [broken]


def test_what_cannot_be_opened_now_stands_there_with_the_reason_and_may_be_tried_again(show, hands, qtbot):
    shut = LEEDS._replace(state="shut", unclean=False, why="It is open in another window. Close it there.")
    page = HomePage(LIGHT, [ESSEX, shut], now=START)
    window = show(page)
    assert "Cannot be opened now: Leeds · session A" in words(page)
    assert shut.why in words(page)
    person = hands(window)
    person.tab_to("Try again: Leeds · session A")
    with qtbot.assertNotEmitted(page.export_requested):
        person.press(Qt.Key.Key_E)
    with qtbot.waitSignal(page.open_requested) as asked:
        person.enter()
    assert asked.args == [shut]


def test_enter_goes_to_what_is_most_urgent(show):
    live, damaged = LEEDS._replace(unclean=False), ESSEX._replace(state="damaged", letter="")
    for entries, name in (
        ([ESSEX, live, damaged, LEEDS], "Carry on"), ([ESSEX, live, damaged], "Restore"), ([ESSEX, live], "Open: Leeds"),
        ([ESSEX._replace(state="lost")], "New workshop"),
    ):
        page = HomePage(LIGHT, entries, now=START)
        show(page)
        assert page.first_focus().accessibleName().startswith(name)


def test_l_looks_first_at_what_stopped(show, hands, qtbot):
    page = HomePage(LIGHT, [ESSEX, LEEDS._replace(step_number=11)], now=START)
    window = show(page)
    assert page.first_focus().text() == "Carry on at step 11"
    with qtbot.waitSignal(page.look_first_requested) as asked:
        hands(window).press(Qt.Key.Key_L)
    assert asked.args[0].area_name == "Leeds"
