"""Hands, positions, conditions, statements and written answers, by keys alone."""

import msgspec
import pytest
from console_world import ALT, CTRL, Key

from tradeoff_desktop.app import stage as stages
from tradeoff_desktop.app.settings import Settings
from tradeoff_desktop.model import records as r


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


def test_a_second_count_says_how_totals_moved_and_never_who(console):
    console.walk_to("practice")
    console.press(Key.Key_F2)
    console.type("2 549")
    console.press(Key.Key_Return)
    console.type("2 346")
    console.press(Key.Key_Return)
    said = console.parts.capture.form.said
    assert "Totals moved: Risks somewhat 5 → 3" in said
    assert "people" not in said


def test_fields_that_do_not_close_themselves_wait_for_space(desk, open_console):
    console = open_console(desk)
    console.bridge.settings = Settings(closing=False)
    console.walk_to("practice")
    console.press(Key.Key_F2)
    console.type("9")
    assert console.parts.capture.form.field.text() == "9"
    console.type(" 5 ")
    console.press(Key.Key_Return)
    assert tallies(console)[0].counts == {"1": 9, "2": 5, "3": 6, "4": 0, "5": 0}


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
    assert form.text.height() >= 3 * form.text.fontMetrics().lineSpacing()  # all of it can be read while it is mended
    form.text.moveCursor(form.text.textCursor().MoveOperation.End)
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


def written(console):
    return [(body.seat, body.question, body.text, body.missing) for _, body in console.state.bodies(r.WrittenAnswer)]


def test_a_blank_is_not_kept_and_a_digit_says_why_there_are_no_words(console):
    console.walk_to("close")
    console.press(Key.Key_F2)
    seat = console.state.sitting()[2]
    console.type(seat + "1")
    console.press(Key.Key_Return)
    assert "A blank is not kept" in console.parts.capture.form.said
    assert written(console) == []
    console.type("9")
    console.press(Key.Key_Return)
    assert written(console) == [(seat, "moved", "", "unreadable")]


def test_help_with_written_answers_is_stored_with_them_and_belongs_to_one_person(console):
    console.walk_to("close")
    console.press(Key.Key_F2)
    one, two = console.state.sitting()[:2]
    for seat, presses in ((one, 2), (two, 0)):
        console.type(seat)
        for _ in range(presses):
            console.press(Key.Key_A, ALT)
        console.type("1the talk")
        console.press(Key.Key_Return)
        console.parts.capture.form.seat.setFocus()
        console.parts.capture.form.seat.clear()
    found = [(body.seat, body.mode, body.privacy, body.aid) for _, body in console.state.bodies(r.WrittenAnswer)]
    assert found == [(one, "paper", "private", "interpreter"), (two, "paper", "private", "")]


def test_every_capture_stores_how_it_was_given_and_who_could_see_it():
    answers = (r.Rating, r.Tally, r.WrittenAnswer, r.Position, r.Condition, r.Framework, r.Statement)
    given = {kind.__name__: (fields["mode"].default, fields["privacy"].default) for kind in answers if (
        fields := {field.name: field for field in msgspec.structs.fields(kind)})}
    assert given == {
        "Rating": ("paper", "private"), "Tally": ("hands", "public"), "WrittenAnswer": ("paper", "private"),
        "Position": ("paper", "public"), "Condition": ("spoken", "public"), "Framework": ("spoken", "public"),
        "Statement": ("hands", "public"),
    }


def test_words_keyed_again_take_the_place_of_the_first(console):
    console.walk_to("close")
    console.press(Key.Key_F2)
    seat = console.state.sitting()[2]
    console.type(seat + "1the talk")
    console.press(Key.Key_Return)
    console.type("1")
    form = console.parts.capture.form
    assert form.said.startswith("Already keyed.")
    assert form.text.text() == "the talk"
    console.type("the long talk")
    console.press(Key.Key_Return)
    assert written(console) == [(seat, "moved", "the long talk", "")]


def test_a_wrong_code_is_refused_before_anybody_types_for_it(console):
    console.walk_to("close")
    console.press(Key.Key_F2)
    console.type("012")
    form = console.parts.capture.form
    assert form.said.startswith("012 is not a seat code.")
    assert console.focus is form.seat


@pytest.mark.parametrize(("key", "field"), [
    (Key.Key_3, "reason"), (Key.Key_4, "text"), (Key.Key_5, "text"), (Key.Key_6, "text"),
])
def test_what_looks_personal_is_asked_about_in_the_forms_too(console, key, field):
    console.walk_to("anchor_position")
    console.press(key, ALT)
    form = console.parts.capture.form
    getattr(form, field).setFocus()
    console.type("ask Tom")
    assert form.said == "“Tom” looks like a name. Is this personal data? Use a code."
    console.press(Key.Key_Backspace)
    assert form.said == ""
