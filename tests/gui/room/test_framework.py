"""The 18 framework questions, by keys alone: an answer and its reason, never a number for all of them."""

import pytest
from console_world import ALT, CTRL, Key

from tradeoff_desktop.errors import RuleError
from tradeoff_desktop.model import capture
from tradeoff_desktop.model import records as r


def answers(console):
    return [body for _, body in console.state.bodies(r.Framework)]


@pytest.fixture
def form(console):
    console.walk_to("theme_position")
    console.press(Key.Key_8, ALT)
    return console.parts.capture.form


def test_question_after_question_with_its_reason(console, form):
    console.type("24they notice it")
    console.press(Key.Key_Return)
    console.type("6nobody knows")
    console.press(Key.Key_Return)
    assert [(b.table, b.scenario, b.question, b.answer, b.reason) for b in answers(console)] == [
        (2, "WEL-1", 1, "4", "they notice it"), (2, "WEL-1", 2, "cant_say", "nobody knows"),
    ]
    assert form.question.text() == "3"
    assert console.focus is form.answer
    assert form.said == "Saved: question 2. 16 to go."
    assert "1: 4 they notice it" in form._given.text()


def test_an_answer_needs_its_reason(console, form):
    console.type("24")
    console.press(Key.Key_Return)
    assert "Type the reason" in form.said
    assert answers(console) == []


def test_a_question_that_was_not_played_needs_none_and_is_no_blank(console, form):
    console.type("27")
    console.press(Key.Key_Return)
    assert [(b.answer, b.reason) for b in answers(console)] == [("not_played", "")]
    assert form.question.text() == "2"


def test_the_whole_room_may_answer_about_the_case_for_everybody(console, form):
    console.type("03because")
    assert "the whole room" in form._case.text()
    console.press(Key.Key_Return)
    assert [(b.table, b.scenario) for b in answers(console)] == [(0, "HOU-1")]


def test_a_second_answer_takes_the_place_of_the_first_and_undo_brings_it_back(console, form):
    console.type("24first")
    console.press(Key.Key_Return)
    form.question.setFocus()
    form.question.clear()
    console.type("1")
    console.press(Key.Key_Return)
    assert (form.answer.text(), form.reason.text()) == ("4", "first")
    form.answer.clear()
    console.type("5")
    console.press(Key.Key_Return)
    assert [(b.answer, b.reason) for b in answers(console)] == [("5", "first")]
    console.press(Key.Key_Z, CTRL)
    assert console.state.framework[2, "WEL-1", 1].answer == "4"


@pytest.mark.parametrize(("change", "code"), [
    ({"question": 19}, "unknown_question"), ({"answer": "7"}, "bad_key"), ({"reason": " "}, "reason_needed"),
    ({"table": 9}, "unknown_table"),
])
def test_what_makes_no_sense_is_refused(desk, change, code):
    body = {"table": 1, "scenario": "HOU-1", "question": 1, "answer": "3", "reason": "so"} | change
    with pytest.raises(RuleError) as caught:
        desk.do(capture.answer_framework, r.Framework(role="lead", **body))
    assert caught.value.code == code
