"""The acts of the day and of capture that no longer story needs, one by one, on a real desk."""

import pytest

from tradeoff_desktop.app import day
from tradeoff_desktop.errors import RuleError
from tradeoff_desktop.model import acts, capture, codec, seats
from tradeoff_desktop.model import records as r


def refused(desk, code, act, *args, **kwargs):
    before = len(list(desk.store.dump()))
    with pytest.raises(RuleError, match=code):
        desk.do(act, *args, **kwargs)
    assert len(list(desk.store.dump())) == before


def test_a_person_can_change_table_group_and_standing(room):
    seat = room.state.sitting()[0]
    room.do(acts.change_seat, role="lead", seat=seat, table=2, group="government", to="late")
    assert room.state.seats[seat] == r.Seat(role="lead", seat=seat, table=2, group="government", state="late")
    refused(room, "unknown_table", acts.change_seat, role="lead", seat=seat, table=9)
    refused(room, "unknown_group", acts.change_seat, role="lead", seat=seat, group="kings")


def test_people_of_a_combined_table_work_on_the_other_ones_case(room):
    seat = next(s for s in room.state.sitting() if room.state.seats[s].table == 1)
    combined = r.Table(role="lead", number=1, theme="HSC", scenario="HSC-1", state="combined", into=2)
    room.do(acts.lay_table, combined)
    assert room.state.table_of(seat).number == 2
    assert {cell.scenario for cell in room.state.cells_of(seat, 3)} == {"HOU-3"}
    assert [table.number for table in room.state.open_tables()] == [2]


def test_two_tables_combined_with_each_other_do_not_go_round_for_ever(room):
    seat = room.state.sitting()[0]
    for number, theme, scenario, into in ((1, "HSC", "HSC-1", 2), (2, "HOU", "HOU-3", 1)):
        table = r.Table(role="lead", number=number, theme=theme, scenario=scenario, state="combined", into=into)
        room.do(acts.lay_table, table)
    assert room.state.table_of(seat).number in {1, 2}


def test_the_headcount_is_kept_within_reason(room):
    room.do(acts.count_heads, role="lead", here=7)
    assert room.state.here == 7
    refused(room, "headcount_range", acts.count_heads, role="lead", here=100)


def test_more_seats_than_codes_are_refused(room):
    refused(room, "too_many_seats", acts.seat_people, role="lead", letter="A", placing=[("civil", 1)] * 30)
    refused(room, "unknown_table", acts.seat_people, role="lead", letter="A", placing=[("civil", 7)])


def test_going_back_deletes_nothing(room):
    room.do(acts.begin_step, role="lead", step="anchor_read")
    room.do(acts.begin_step, role="lead", step="anchor_talk")
    room.do(acts.begin_step, role="lead", step="anchor_read", back=True)
    assert room.state.step == "anchor_read"
    assert [body.act for _, body in room.state.bodies(r.Step)] == ["begin", "begin", "back"]
    refused(room, "unknown_step", acts.begin_step, role="lead", step="lunch")


def test_a_skipped_step_is_an_incident(room):
    assert room.do(acts.skip_step, role="lead", step="practice") == {"step", "incident"}
    assert [body.code for _, body in room.state.bodies(r.Incident)] == ["step-skipped"]
    refused(room, "unknown_step", acts.skip_step, role="lead", step="lunch")


def test_every_incident_the_acts_write_is_one_the_pack_explains(room):
    room.do(acts.skip_step, role="lead", step="practice")
    room.do(acts.expose, role="lead", scenario="HOU-1", variant="A.A0f")
    known = {incident.code for incident in room.pack.incidents}
    assert {body.code for _, body in room.state.bodies(r.Incident)} <= known


def test_the_clock_is_moved_by_records(room):
    room.do(acts.move_clock, role="lead", act="add", step="anchor_talk", seconds=60)
    assert [body.seconds for _, body in room.state.bodies(r.Clock)] == [60]


def test_an_incident_is_written_where_it_happened(room):
    room.do(acts.report_incident, role="lead", code="talked-early", text="Table 2")
    assert room.state.bodies(r.Incident)[0][1].step == "setup"


def test_only_the_lead_seals(room):
    day.close(room)
    refused(room, "only_lead", acts.seal, role="desk", devices=[], accepted=["x"])
    refused(room, "not_sealed", acts.reopen, role="lead", reason="why not")


def test_nothing_to_take_back_is_refused(room):
    refused(room, "nothing_to_undo", acts.undo, role="lead", seqs=[])


@pytest.mark.parametrize(("key", "answer"), [("3", "3"), ("6", "cant_say"), ("8", "declined"), ("9", "unreadable"), ("7", "not_played"), ("0", "skipped")])
def test_one_map_of_keys_everywhere(room, key, answer):
    assert capture.answer_of(room.state, "BAL", key) == answer


def test_a_digit_that_means_nothing_on_that_item_is_refused(room):
    assert capture.answer_of(room.state, "BAL", "5") == "5"
    with pytest.raises(RuleError, match="bad_key"):
        capture.answer_of(room.state, "DEC", "5")
    seat = room.state.sitting()[0]
    decision = room.state.cells_of(seat, 1)[1]
    refused(room, "bad_key", capture.key_answer, role="lead", seat=seat, cell=decision, answer="5")


def test_a_cell_of_another_table_is_not_on_the_sheet(room):
    one, other = (next(s for s in room.state.sitting() if room.state.seats[s].table == n) for n in (1, 2))
    cell = room.state.cells_of(other, 3)[0]
    refused(room, "not_on_sheet", capture.key_answer, role="lead", seat=one, cell=cell, answer="3")
    strange = cell._replace(round="R9")
    refused(room, "not_on_sheet", capture.key_answer, role="lead", seat=other, cell=strange, answer="3")


def test_an_answer_that_was_not_played_creates_no_exposure(room):
    seat = room.state.sitting()[0]
    room.do(capture.key_answer, role="lead", seat=seat, cell=room.state.cells_of(seat, 2)[2], answer="not_played")
    assert room.state.exposures == {}


def test_sheets_are_counted_by_table(room):
    room.do(capture.collect, role="lead", table=1, sheet=2, count=4)
    assert room.state.collected[1, 2] == 4
    refused(room, "unknown_table", capture.collect, role="lead", table=5, sheet=2, count=4)


def test_conditions_are_those_of_the_pack_or_other(room):
    condition = r.Condition(role="lead", table=1, scenario="HOU-1", variant="base", condition="tell", necessity="must")
    room.do(capture.set_condition, condition)
    room.do(capture.set_condition, r.Condition(
        role="lead", table=1, scenario="HOU-1", variant="base", condition="other", necessity="should", text="Ask twice",
    ))
    assert len(room.state.bodies(r.Condition)) == 2
    refused(room, "unknown_condition", capture.set_condition, r.Condition(
        role="lead", table=1, scenario="HOU-1", variant="base", condition="magic", necessity="must",
    ))
    refused(room, "unknown_scenario", capture.set_condition, r.Condition(
        role="lead", table=1, scenario="HOU-1", variant="D.nothing", condition="tell", necessity="must",
    ))


def test_statements_need_words_and_votes_that_add_up(room):
    refused(room, "empty_note", capture.draft_statement, role="lead", table=1, text=" ")
    nothing = r.Ref(device="leadlead11", seq=999, leaf="0" * 64)
    refused(room, "unknown_statement", capture.ratify, draft=nothing, voted=r.Statement(role="lead", table=1, text="x"))
    room.do(capture.draft_statement, role="lead", table=1, text="Ask first.")
    draft = room.state.bodies(r.Statement)[0][0]
    voted = r.Statement(role="lead", table=1, text="Ask first.", state="ratified", in_favour=9)
    refused(room, "too_many_hands", capture.ratify, draft=draft.ref, voted=voted)


def test_written_answers_are_to_the_questions_on_the_sheet(room):
    seat = room.state.sitting()[0]
    refused(room, "unknown_question", capture.write_answer, role="lead", seat=seat, question="why", text="x")


def test_a_clarification_stands_beside_the_words(room):
    room.do(capture.note, r.Note(role="lead", text="Too much", step="anchor_talk"))
    record = room.state.bodies(r.Note)[0][0]
    room.do(capture.clarify, role="lead", of=record.ref, text="too much data, not too much talk")
    assert room.state.bodies(r.Note)[0][1].text == "Too much"
    refused(room, "unknown_note", capture.redact, role="lead", of=room.state.bodies(r.Seat)[0][0].ref, text="x")


def test_rulings_are_for_the_lead_and_the_desk_and_need_a_reason(room):
    refused(room, "only_lead_or_desk", capture.rule, role="table", choice="drop", reason="x")
    refused(room, "reason_needed", capture.rule, role="lead", choice="drop", reason="")


@pytest.mark.parametrize("typed", ["e\u0301tage \ud800 \x00done", "two\r\nlines", "a\n\u0303b", "\u202eevil"])
def test_whatever_is_typed_anywhere_can_be_stored(room, typed):
    room.do(acts.report_incident, role="lead", code="other", text=typed)
    room.do(capture.take_position, r.Position(
        role="lead", table=1, scenario="HOU-1", decision="2", disagreed=0, reason=typed,
    ))
    room.do(capture.draft_statement, role="lead", table=1, text=typed)
    kept = {body.text for _, body in [*room.state.bodies(r.Incident), *room.state.bodies(r.Statement)]}
    assert kept == {codec.sanitise(typed)}
    assert room.state.positions[1, "HOU-1"].reason == codec.sanitise(typed)


def test_a_code_that_is_none_is_told_from_one_not_on_the_list(room):
    refused(room, "bad_seat_code", acts.consent, role="lead", seat="998", signed=True)
    refused(room, "unknown_seat", acts.consent, role="lead", seat=seats.code_of(30), signed=True)
