"""Sheets, hands, positions, conditions, statements and written answers, by keys alone."""

import pytest
from console_world import ALT, CTRL, Key
from room_world import key_sheet

from tradeoff_desktop.app import second_keying
from tradeoff_desktop.app import stage as stages
from tradeoff_desktop.model import acts, seats
from tradeoff_desktop.model import records as r


def ratings(console):
    return [body for _, body in console.state.bodies(r.Rating)]


@pytest.fixture
def entry(console):
    console.walk_to("anchor_mark")
    console.press(Key.Key_F2)
    return console.parts.capture.form


@pytest.mark.parametrize("form", [Key.Key_1, Key.Key_2, Key.Key_3])
def test_a_slip_in_a_number_box_does_nothing_to_the_projector(console, form):
    console.walk_to("anchor_mark")
    console.press(form, ALT)
    box = console.focus
    console.type("bBsS.")
    assert not console.page.room.blank
    assert console.focus is box
    console.press(Key.Key_B, CTRL)
    assert console.page.room.blank
    console.type("h")
    assert console.focus is console.parts.heads.field
    console.type("b.")
    assert console.page.room.blank


# -- sheets


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
    for button, presses in ((entry._mode, 1), (entry._aid, 2)):
        button.setFocus()
        for _ in range(presses):
            console.press(Key.Key_Return)
    entry.field.setFocus()
    console.type("4")
    body = ratings(console)[0]
    assert (body.mode, body.privacy, body.aid) == ("cards", "seen", "interpreter")


def test_without_a_signed_form_nothing_is_keyed(console, entry, desk):
    seat = console.state.sitting()[0]
    desk.do(acts.consent, role="lead", seat=seat, signed=False)
    console.type(seat)
    assert f"No signed consent is recorded for code {seat}." in entry.said


def test_progress_stands_by_table_and_sheet(entry, desk):
    key_sheet(desk, 1)
    entry.open_at(None)
    assert "table 1 sheet 1: 5 of 5" in entry.progress.accessibleName()
    assert "table 4 sheet 2: 0 of 5" in entry.progress.accessibleName()


def test_the_same_key_closes_the_panel_again(console, entry):
    assert console.focus is entry.field
    console.press(Key.Key_F2)
    assert console.parts.middle.showing("say")


# -- hands


def tallies(console):
    return [body for _, body in console.state.bodies(r.Tally)]


def test_twenty_hands_in_a_handful_of_keys(console):
    console.walk_to("practice")
    console.keys = 0
    console.press(Key.Key_F2)
    console.type("2 54")
    console.press(Key.Key_Return)
    assert console.keys <= 12
    body = tallies(console)[0]
    assert body.counts == {"1": 2, "2": 5, "3": 4, "4": 9, "5": 0}
    assert (body.inferred, body.here, body.flagged, body.step) == ("4", 20, False, "practice")
    console.press(Key.Key_F9)
    assert isinstance(console.seen, stages.Result)


def test_more_hands_than_people_is_said_and_may_be_saved_with_a_mark(console):
    console.walk_to("practice")
    console.press(Key.Key_F2)
    console.type("995000")
    console.press(Key.Key_Return)
    form = console.parts.capture.form
    assert form.said.startswith(
        "You counted 23 but 20 people are here. Recount, or press H to change the headcount.",
    )
    assert tallies(console) == []
    console.press(Key.Key_Return)
    assert tallies(console)[0].flagged


def test_the_headcount_can_be_corrected_in_the_middle_of_a_count(console):
    console.walk_to("practice")
    console.press(Key.Key_F2)
    console.type("99500")
    console.press(Key.Key_Return)
    console.press(Key.Key_H)
    console.type("23")
    console.press(Key.Key_Return)
    assert console.focus is console.parts.capture.form.field
    console.press(Key.Key_Return)
    body = tallies(console)[0]
    assert (body.here, body.flagged, sum(body.counts.values())) == (23, False, 23)


# -- positions and conditions


def test_a_position_is_table_digit_dissent_and_a_reason(console):
    console.walk_to("anchor_position")
    console.press(Key.Key_F2)
    console.type("322")
    console.type("only with rules")
    console.press(Key.Key_Return)
    position = console.state.positions[3, "HOU-1"]
    assert (position.decision, position.disagreed, position.reason) == ("2", 2, "only with rules")
    assert console.focus is console.parts.capture.form.table


def test_at_a_table_step_a_position_is_about_the_tables_own_case(console):
    console.walk_to("theme_position")
    console.press(Key.Key_F2)
    console.type("15no majority")  # nobody can disagree with no agreement, so that is not asked
    console.press(Key.Key_Return)
    position = console.state.positions[1, "HSC-1"]
    assert (position.decision, position.disagreed, position.reason) == ("no_agreement", 0, "no majority")
    assert next(row.disagreed for row in stages.stands(console.state)) == ""
    console.type("21")
    assert console.focus is console.parts.capture.form.disagreed


def test_what_is_taken_back_is_no_longer_said_to_be_saved(console):
    console.walk_to("anchor_position")
    console.press(Key.Key_F2)
    console.type("320")
    console.press(Key.Key_Return)
    assert console.parts.capture.form.said.startswith("Saved: table 3")
    console.press(Key.Key_Z, CTRL)
    assert console.parts.capture.form.said == ""


def test_too_many_hands_are_said_at_once(console):
    console.walk_to("terms")
    console.press(Key.Key_2, ALT)
    form = console.parts.capture.form
    console.type("9 9 4")
    assert form._left.text().startswith("2 too many")
    console.press(Key.Key_Backspace)
    assert "too many" not in form._left.text()


def test_dissent_is_always_asked_for(console):
    console.walk_to("anchor_position")
    console.press(Key.Key_F2)
    console.type("31")
    console.parts.capture.form.reason.setFocus()
    console.press(Key.Key_Return)
    assert "0 is an answer" in console.parts.capture.form.said
    assert (3, "HOU-1") not in console.state.positions


def test_more_dissent_than_people_at_the_table_is_refused_beside_the_form(console):
    console.walk_to("anchor_position")
    console.press(Key.Key_F2)
    console.type("319")
    console.press(Key.Key_Return)
    assert "9 people disagreed, but 5 sit at this table" in console.parts.capture.form.said
    assert (3, "HOU-1") not in console.state.positions


def test_a_table_that_is_not_there_is_named(console):
    console.walk_to("anchor_position")
    console.press(Key.Key_F2)
    console.type("9")
    assert "Table 9 is not open" in console.parts.capture.form.said


def test_a_position_taken_again_replaces_the_first(console):
    console.walk_to("anchor_position")
    console.press(Key.Key_F2)
    for digits in ("310", "340"):
        console.type(digits)
        console.press(Key.Key_Return)
    assert console.state.positions[3, "HOU-1"].decision == "4"
    assert len(console.state.bodies(r.Position)) == 1


def test_a_condition_is_bound_to_the_exact_card(console, desk):
    console.walk_to("anchor_position")
    console.press(Key.Key_4, ALT)
    console.type("21")
    form = console.parts.capture.form
    assert console.focus is form.condition
    console.press(Key.Key_Down)
    form.condition.activated.emit(form.condition.currentIndex())
    console.type("1if people can say no")
    console.press(Key.Key_Return)
    body = console.state.bodies(r.Condition)[0][1]
    primary = [flip.id for flip in desk.pack.anchor.flips if flip.primary]
    assert (body.table, body.scenario, body.variant) == (2, "HOU-1", primary[0])
    assert (body.necessity, body.condition) == ("must", desk.pack.conditions[1].code)
    assert desk.pack.conditions[1].label in form._ledger.text()


# -- statements and written answers


def test_a_statement_is_drafted_read_back_and_voted_on(console):
    console.walk_to("theme_statement")
    console.press(Key.Key_F2)
    console.type("3People should be told.")
    console.press(Key.Key_Return)
    console.walk_to("statements")
    assert console.seen.text == "People should be told."
    form = console.parts.capture.form
    form.list.setFocus()
    console.press(Key.Key_Return)
    assert console.focus is form.text
    form.text.end(False)  # noqa: FBT003 - Qt's own signature
    console.type(" First.")
    console.press(Key.Key_Return)
    console.type("14321")
    console.press(Key.Key_Return)
    console.press(Key.Key_Return)
    body = stages.drafts(console.state)[-1][1]
    assert (body.text, body.state) == ("People should be told. First.", "ratified")
    assert (body.in_favour, body.against, body.abstained, body.dissent) == (14, 3, 2, "1")
    assert console.seen.votes == "14 in favour, 3 against, 2 abstained"


def test_no_agreement_is_a_result_too(console):
    console.walk_to("statements")
    console.press(Key.Key_F2)
    console.type("1Share nothing.")
    console.press(Key.Key_Return)
    form = console.parts.capture.form
    form.list.setFocus()
    console.press(Key.Key_Return)
    console.press(Key.Key_Return)
    console.type("992")
    form.split.setFocus()
    console.press(Key.Key_Return)
    assert stages.drafts(console.state)[-1][1].state == "no_agreement"
    assert console.seen.votes == "No agreement: 9 in favour, 9 against, 2 abstained"


def test_more_votes_than_people_are_refused(console):
    console.walk_to("statements")
    console.press(Key.Key_F2)
    console.type("1Share nothing.")
    console.press(Key.Key_Return)
    form = console.parts.capture.form
    form.list.setFocus()
    console.press(Key.Key_Return)
    console.press(Key.Key_Return)
    console.type("995")
    form.agreed.setFocus()
    console.press(Key.Key_Return)
    assert "You counted 23 but 20 people are here" in form.said
    assert stages.drafts(console.state)[-1][1].state == "draft"


@pytest.mark.parametrize(("typed", "kept"), [("cafe\u0301", "caf\u00e9"), ("half \ud83d", "half"), ("bell\x07", "bell")])
def test_whatever_a_keyboard_sends_can_be_stored(console, typed, kept):
    console.walk_to("anchor_position")
    console.press(Key.Key_F2)
    console.type("310")
    console.parts.capture.form.reason.setText(typed)
    console.press(Key.Key_Return)
    assert console.state.positions[3, "HOU-1"].reason == kept
    console.press(Key.Key_F3)
    console.parts.notes.field.setPlainText(typed)
    console.press(Key.Key_Escape)
    assert console.bridge.desk.store.draft("note").strip() == kept
    console.press(Key.Key_F3)
    console.press(Key.Key_Return)
    assert [body.text for _, body in console.state.bodies(r.Note)] == [kept]


def test_what_people_wrote_is_keyed_by_code_and_question(console):
    console.walk_to("close")
    console.press(Key.Key_F2)
    seat = console.state.sitting()[2]
    console.type(seat + "2that they ask first")
    console.press(Key.Key_Return)
    body = console.state.bodies(r.WrittenAnswer)[0][1]
    assert (body.seat, body.question, body.text) == (seat, "condition", "that they ask first")
    assert console.focus is console.parts.capture.form.question
