"""Paper sheets, by keys alone."""

import pytest
from console_world import ALT, CTRL, Key
from room_world import key_sheet

from tradeoff_desktop.app import second_keying
from tradeoff_desktop.model import acts, seats
from tradeoff_desktop.model import records as r


def ratings(console):
    return [body for _, body in console.state.bodies(r.Rating)]


@pytest.fixture
def entry(console):
    console.walk_to("anchor_mark")
    console.press(Key.Key_F2)
    return console.parts.capture.form


@pytest.mark.parametrize(("step", "values", "most"), [("before_theme", 12, 15), ("anchor_mark", 8, 11)])
def test_a_sheet_takes_its_code_and_one_digit_a_box(console, step, values, most):
    console.walk_to(step)
    console.press(Key.Key_F2)
    seat = console.state.sitting()[0]
    console.keys = 0
    console.type(seat + "1" * values)
    assert console.keys == most
    assert len(ratings(console)) == values
    assert console.state.sheet_done(seat, 2 if values == 8 else 1)
    assert f"of {seat} is keyed" in console.parts.capture.form.said


def test_every_digit_is_on_disk_before_the_next(console, entry, desk):
    seat = console.state.sitting()[3]
    console.type(seat)
    for typed, digit in enumerate("4286", start=1):
        console.type(digit)
        stored = [record for record in desk.store.records() if record.kind == "rating"]
        assert len(stored) == typed
    assert [body.answer for body in ratings(console)] == ["4", "2", "declined", "cant_say"]
    assert [box.key for box in entry.grid.boxes][:4] == ["4", "2", "8", "6"]


def test_boxes_are_named_as_printed_in_the_order_of_the_sheet(console, entry, desk):
    console.type(console.state.sitting()[0])
    order = desk.pack.flip_order("HOU-1", desk.pack.order_index(area="ESS", table=0, scenario="HOU-1"))
    rows = list(dict.fromkeys(box.row for box in entry.grid.boxes))
    assert rows[0] == "Help before eviction"
    assert [row.split(": ")[1] for row in rows[1:]] == [flip.label for flip in order]
    assert "Help before eviction, Balance" in entry.field.accessibleName()
    console.type("11")
    assert order[0].label in entry.field.accessibleName()


def test_a_digit_that_is_no_answer_is_refused_and_nothing_is_lost(console, entry):
    console.type(console.state.sitting()[0] + "45")  # a decision has no 5
    assert [body.answer for body in ratings(console)] == ["4"]
    assert "5 is not an answer to this question" in entry.said
    console.type("3")
    assert [body.answer for body in ratings(console)] == ["4", "3"]
    assert entry.said == ""


def test_a_code_that_is_not_on_the_list_is_named(console, entry):
    code = seats.code_of(30)
    console.type(code)
    assert entry.said.startswith(f"Code {code} is not on the list. Check the sheet.")
    console.press(Key.Key_Return)
    console.type("012")
    assert entry.said.startswith("012 is not a seat code.")
    console.press(Key.Key_Backspace)
    console.type(console.state.sitting()[0])
    assert entry.said == ""
    assert entry.grid.boxes


@pytest.mark.parametrize("clearing", [Key.Key_Backspace, Key.Key_Return])
def test_answers_typed_after_a_refused_code_are_filed_under_nobody(console, entry, desk, clearing):
    other = console.state.sitting()[0]
    before = desk.store.own()
    console.type("012" + other + "11111111")
    assert entry.field.text() == "012"
    assert entry.said.startswith("012 is not a seat code.")
    assert desk.store.own() == before
    console.press(clearing)
    assert entry.said == ""
    console.type(other + "4")
    assert [(body.seat, body.answer) for body in ratings(console)] == [(other, "4")]


def test_a_keyed_sheet_is_asked_about_and_a_correction_is_a_new_record(console, entry, desk):
    seat = console.state.sitting()[0]
    console.type(seat + "11111111")
    before = desk.store.own().seq
    console.type(seat)
    assert entry.field.accessibleName() == f"This sheet of {seat} is already keyed. Open it?"
    console.press(Key.Key_Return)
    console.type("5")
    assert desk.store.own().seq == before + 1
    cells = console.state.cells_of(seat, 2)
    assert console.state.answer(seat, cells[0]) == "5"
    assert len(ratings(console)) == 8


def test_a_keyed_sheet_takes_no_new_code_until_it_is_left(console, entry):
    one, two = console.state.sitting()[:2]
    console.type(one + "11111111" + one + two)
    assert entry.field.accessibleName() == f"This sheet of {one} is already keyed. Open it?"
    console.press(Key.Key_Backspace)
    console.type(two)
    assert f"Seat {two}" in entry.field.accessibleName()


def test_the_sheets_of_the_day_s_other_session_are_refused(console, entry):
    console.type(seats.code_of(34))
    assert entry.said.startswith(f"Code {seats.code_of(34)} belongs to session B, and this is session A.")
    assert not entry.grid.boxes


@pytest.mark.usefixtures("entry")
def test_backspace_opens_the_box_before(console):
    seat = console.state.sitting()[0]
    console.type(seat + "43")
    console.press(Key.Key_Backspace)
    console.type("1")
    cells = console.state.cells_of(seat, 2)
    assert [console.state.answer(seat, cell) for cell in cells[:2]] == ["4", "1"]
    replaced = [body.replaces for body in ratings(console)]
    assert replaced[0] == 0
    assert replaced[1] > 0


@pytest.mark.usefixtures("entry")
def test_backspace_after_a_whole_sheet_opens_its_last_box(console):
    seat = console.state.sitting()[0]
    console.type(seat + "11111111")
    console.press(Key.Key_Backspace)
    console.type("4")
    assert console.state.answer(seat, console.state.cells_of(seat, 2)[-1]) == "4"


@pytest.mark.usefixtures("entry")
def test_undo_empties_the_box_and_goes_back_to_it(console):
    seat = console.state.sitting()[0]
    console.type(seat + "43")
    console.press(Key.Key_Z, CTRL)
    assert console.state.answer(seat, console.state.cells_of(seat, 2)[1]) == ""
    console.type("2")
    assert console.state.answer(seat, console.state.cells_of(seat, 2)[1]) == "2"


@pytest.mark.usefixtures("entry")
def test_a_latecomer_is_absent_with_one_key(console):
    seat = console.state.sitting()[0]
    console.press(Key.Key_Left)  # sheet 1
    console.type(seat + "-")
    answers = {console.state.answer(seat, cell) for cell in console.state.cells_of(seat, 1)}
    assert answers == {"absent"}


def test_a_second_keying_is_blind_and_a_difference_sends_the_keyer_to_the_sheet(console, entry):
    seat = console.state.sitting()[0]
    console.type(seat + "11111111" + seat + "+")
    assert entry.field.accessibleName() == "Is a different person keying?"
    console.press(Key.Key_Return)
    assert {box.key for box in entry.grid.boxes} == {""}
    console.type("11211111")
    assert entry.said.startswith("Look at the sheet: 1 box was keyed differently. Both answers are hidden.")
    assert [box.key for box in entry.grid.boxes] == [""]
    assert "look at the sheet" in entry.field.accessibleName()
    console.type("2")
    assert console.state.answer(seat, console.state.cells_of(seat, 2)[2]) == "2"
    assert entry.said == f"Sheet 2 of {seat} is keyed. Next seat code."


def test_the_same_person_does_not_key_a_sheet_twice(console, entry):
    seat = console.state.sitting()[0]
    console.type(seat + "11111111" + seat + "+-")
    assert "Let somebody else key" in entry.said
    assert len(ratings(console)) == 8
    assert not entry.grid.boxes


def test_three_keyings_that_all_differ_are_decided_at_the_sheet(console, entry):
    seat = console.state.sitting()[0]
    console.type(seat + "11111111" + seat + "+")
    console.press(Key.Key_Return)
    console.type("211111113")
    assert "Three keyings of sheet 2" in entry.said
    console.type(seat)
    console.press(Key.Key_Return)
    console.type("3")
    assert console.state.answer(seat, console.state.cells_of(seat, 2)[0]) == "3"


def test_the_sheets_of_the_sample_are_named_once_they_are_keyed(entry, desk):
    assert "Key once more" not in entry._second.text()
    key_sheet(desk, 2)
    entry.open_at(desk.pack.agenda[0])
    entry._show_progress()
    for seat in second_keying.drawn(desk.state, 2):
        assert seat in entry._second.text()


def test_how_an_answer_came_is_stored_with_it(console, entry):
    seat = console.state.sitting()[0]
    console.type(seat)
    for button, presses in ((entry._mode, 1), (entry.aid, 2)):
        button.setFocus()
        for _ in range(presses):
            console.press(Key.Key_Return)
    entry.field.setFocus()
    console.type("4")
    body = ratings(console)[0]
    assert (body.mode, body.privacy, body.aid) == ("cards", "seen", "interpreter")


def test_show_cards_are_read_seat_by_seat_and_help_is_one_persons_own(console, entry):
    one, two = console.state.sitting()[:2]
    for button, presses in ((entry._mode, 1), (entry.aid, 1)):
        button.setFocus()
        for _ in range(presses):
            console.press(Key.Key_Return)
    entry.field.setFocus()
    console.type(one + "11111111" + two + "1")
    assert [(body.seat, body.mode, body.aid) for body in ratings(console)][-2:] == [(one, "cards", "helper"), (two, "cards", "")]
    assert entry._mode.text() == "Show-cards: seen by you"


def test_one_key_says_who_helps_whether_before_the_code_or_after_it(console, entry):
    one = console.state.sitting()[0]
    console.press(Key.Key_A, ALT)
    console.type(one + "1")
    assert entry.aid.text() == "With a helper"
    console.press(Key.Key_A, ALT)
    console.type("1")
    assert [body.aid for body in ratings(console)] == ["helper", "interpreter"]


def test_help_goes_with_a_sheet_that_is_left_half_keyed_and_comes_back_with_it(console, entry):
    one, two = console.state.sitting()[:2]
    console.press(Key.Key_A, ALT)
    console.type(one + "1")
    console.press(Key.Key_Backspace)
    console.press(Key.Key_Backspace)
    assert entry.aid.text() == "On their own"
    console.type(two + "1")
    console.press(Key.Key_Backspace)
    console.press(Key.Key_Backspace)
    console.type(one + "2")
    assert [(body.seat, body.aid) for body in ratings(console)] == [(one, "helper"), (two, ""), (one, "helper")]


def test_the_key_for_help_opens_the_sheets_from_anywhere(console):
    console.press(Key.Key_F3)
    console.press(Key.Key_A, ALT)
    form = console.parts.capture.form
    assert console.parts.middle.showing("capture")
    assert (console.focus, form.aid.text()) == (form.field, "With a helper")


def test_without_a_signed_form_nothing_is_keyed(console, entry, desk):
    seat = console.state.sitting()[0]
    desk.do(acts.consent, role="lead", seat=seat, signed=False)
    console.type(seat)
    assert f"No signed consent is recorded for code {seat}." in entry.said


def test_progress_stands_by_table_and_sheet(entry, desk):
    key_sheet(desk, 1)
    entry.refresh(frozenset({"rating"}))
    assert "table 1 sheet 1: 5 of 5" in entry.progress.accessibleName()
    assert "table 4 sheet 2: 0 of 5" in entry.progress.accessibleName()


def test_the_same_key_closes_the_panel_again(console, entry):
    assert console.focus is entry.field
    console.press(Key.Key_F2)
    assert console.parts.middle.showing("say")
