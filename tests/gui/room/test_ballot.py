"""The private ballot, by keys alone: one person after the other, and nobody sees an earlier answer."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from room_world import go_to

from tradeoff_desktop.app import keying
from tradeoff_desktop.model import acts
from tradeoff_desktop.model import records as r
from tradeoff_desktop.ui.ballot import BallotPage
from tradeoff_desktop.ui.bridge import Bridge
from tradeoff_desktop.ui.window import OperatorWindow

Key = Qt.Key
PIN = "2468"


class Handed:
    """A ballot in its window, with a clock that only the test moves."""

    def __init__(self, qtbot, theme, desk, day):
        self.desk, self.day, self.left = desk, day, 0
        self.window = OperatorWindow(theme)
        qtbot.addWidget(self.window)
        self.bridge = Bridge(desk, self.window)
        self.page = BallotPage(self.bridge, theme)
        self.page.left.connect(self._left)
        self.window.show_page(self.page)
        self.window.show()
        self.window.activateWindow()
        qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)

    def _left(self):
        self.left += 1

    def type(self, keys):
        """Digits; a line end is Enter."""
        for key in keys:
            QTest.keyClick(QApplication.focusWidget(), Key.Key_Return if key == "\n" else key)

    def press(self, key, modifier=Qt.KeyboardModifier.NoModifier):
        QTest.keyClick(QApplication.focusWidget(), key, modifier)

    def wait(self, seconds):
        """Seconds pass one by one, as they do while the laptop is awake."""
        for _ in range(seconds):
            self.day.pass_by(seconds=1)
            self.page.tick()

    @property
    def shown(self):
        return " ".join(w.text() for w in self.page.findChildren(QLabel) if w.isVisibleTo(self.page))

    @property
    def ratings(self):
        return [body for _, body in self.desk.state.bodies(r.Rating)]


@pytest.fixture
def ballot(qtbot, theme, desk, day):
    go_to(desk, "anchor_mark")
    return Handed(qtbot, theme, desk, day)


@pytest.fixture
def begun(ballot):
    ballot.type(f"{PIN}\n")
    return ballot


def test_it_begins_with_a_pin_that_no_record_knows(ballot):
    ballot.type("24\n")
    assert ballot.page.state == "start"
    ballot.type("68\n")
    assert ballot.page.state == "cover"
    assert "Please pass to the next person" in ballot.shown
    assert not any(PIN.encode() in record.raw for record in ballot.desk.store.records() if record.kind != "exposure")


def test_one_question_a_page_each_saved_with_enter_as_private(begun):
    seat = begun.desk.state.sitting()[0]
    begun.type(f"\n{seat}")
    assert "question 1 of 8" in begun.shown
    begun.type("4")
    assert begun.ratings == []
    begun.type("2\n")
    assert [(b.answer, b.mode, b.privacy, b.sheet) for b in begun.ratings] == [("2", "ballot", "private", 2)]
    assert "question 2 of 8" in begun.shown
    assert begun.page.field.text() == ""
    begun.type("\n")
    assert "Type one of the numbers first" in begun.shown


def test_six_and_eight_are_answers_and_what_only_a_keyer_may_say_is_refused(begun):
    begun.type(f"\n{begun.desk.state.sitting()[0]}")
    begun.type("9\n")
    assert begun.ratings == []
    begun.type("6\n8\n")
    assert [b.answer for b in begun.ratings] == ["cant_say", "declined"]


def test_after_the_last_question_the_cover_comes_and_nothing_can_be_seen_again(begun):
    seat = begun.desk.state.sitting()[0]
    begun.type(f"\n{seat}" + "3\n" * 8)
    assert begun.page.state == "cover"
    assert "Your answers are saved" in begun.shown
    assert begun.desk.state.sheet_done(seat, 2)
    begun.type(f"\n{seat}")
    assert begun.page.state == "code"
    assert f"Sheet 2 of {seat} is answered already." in begun.shown


def test_a_wrong_code_is_said_and_forgotten(begun):
    begun.type("\n012")
    assert "012 is not a seat code" in begun.shown
    assert begun.page.field.text() == ""


def test_after_45_seconds_only_the_cover_is_seen_and_the_part_answer_goes_on_unseen(begun):
    seat = begun.desk.state.sitting()[0]
    begun.type(f"\n{seat}4\n5")
    begun.wait(44)
    assert begun.page.state == "question"
    begun.wait(1)
    assert begun.page.state == "cover"
    assert "Weigh up" not in begun.shown
    begun.type(f"\n{seat}")
    assert "question 2 of 8" in begun.shown
    assert begun.page.field.text() == ""
    assert [b.answer for b in begun.ratings] == ["4"]


def test_sleep_goes_back_to_the_cover(begun):
    begun.type(f"\n{begun.desk.state.sitting()[0]}")
    begun.day.pass_by(seconds=8)
    begun.page.tick()
    assert begun.page.state == "cover"


def test_only_the_pin_leads_back_to_the_room(begun):
    begun.press(Key.Key_Home, Qt.KeyboardModifier.ControlModifier)
    begun.type("1111")
    assert (begun.left, begun.page.state) == (0, "pin")
    assert "not the PIN" in begun.shown
    begun.type("24")
    assert begun.page.field.text() == "••"
    begun.type("68")
    assert begun.left == 1


@pytest.mark.parametrize("key", [Key.Key_PageDown, Key.Key_F9, Key.Key_B, Key.Key_F2, Key.Key_Escape])
def test_no_key_of_the_room_works_in_a_participant_s_hands(begun, key):
    begun.type(f"\n{begun.desk.state.sitting()[0]}")
    before = begun.desk.store.own()
    begun.press(key)
    begun.press(Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert (begun.page.state, begun.desk.store.own()) == ("question", before)


def test_help_is_stored_with_the_answer(ballot):
    ballot.page._how.setFocus()
    ballot.press(Key.Key_Return)
    ballot.page.field.setFocus()
    ballot.type(f"{PIN}\n\n{ballot.desk.state.sitting()[0]}4\n")
    assert ballot.ratings[0].aid == "helper"


def test_a_screen_reader_hears_case_question_and_options(begun):
    begun.type(f"\n{begun.desk.state.sitting()[0]}")
    heard = begun.page.field.accessibleName()
    assert "Offering help before people lose their home" in heard
    assert "Which is greater, the risks or the benefits?" in heard
    assert "8: Prefer not to say" in heard
    anchor = begun.desk.pack.anchor
    assert all(words in heard for words in (anchor.public_benefit, anchor.security_risk))


def test_nobody_answers_without_a_signed_form_or_after_closing(begun):
    seat, other = begun.desk.state.sitting()[:2]
    begun.desk.do(acts.consent, role="lead", seat=seat, signed=False)
    begun.type(f"\n{seat}")
    assert "No signed consent" in begun.shown
    begun.desk.do(acts.close, role="lead")
    begun.type(f"{other}4\n")
    assert begun.ratings == []
    assert "closed" in begun.shown


def test_the_keyer_of_paper_does_not_see_what_was_said_in_private(begun):
    seat = begun.desk.state.sitting()[0]
    begun.type(f"\n{seat}4\n")
    place = keying.start(2)
    for digit in seat:
        place = keying.type_code(place, digit, state=begun.desk.state, device=begun.desk.device)
    assert keying.shown(begun.desk.state, place, place.cells[0], device=begun.desk.device) == keying.HIDDEN
