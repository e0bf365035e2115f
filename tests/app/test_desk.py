import pytest
from desk_world import SESSION, opened, surroundings

from tradeoff_desktop.app import day
from tradeoff_desktop.app.desk import Desk
from tradeoff_desktop.errors import MachineError, RuleError
from tradeoff_desktop.model import acts, capture, chain, codec, seats
from tradeoff_desktop.model import fold as folding
from tradeoff_desktop.model import records as r
from tradeoff_desktop.model.capture import How
from tradeoff_desktop.store.store import Change, Store


def key(desk, seat, sheet, answers, **how):
    for cell, answer in zip(desk.state.cells_of(seat, sheet), answers, strict=False):
        desk.do(capture.key_answer, role=desk.role, seat=seat, cell=cell, answer=answer, how=How(**how))


def note(text="Words", **more):
    return r.Note(role="lead", text=text, step="anchor_talk", **more)


def test_what_was_done_is_there_after_a_restart(tmp_path, pack):
    path = tmp_path / "w.db"
    with Store.create(path) as store:
        desk = Desk.begin(store, pack, surroundings(), device="leadlead11", opened=opened(pack))
        day.prepare(desk, SESSION)
        desk.do(acts.begin_step, role="lead", step="anchor_talk")
        desk.do(capture.note, note())
        before = list(store.dump())
    with Store.open(path) as store:
        again = Desk.resume(store, pack, surroundings())
        assert list(store.dump()) == before
        assert again.state.step == "anchor_talk"
        assert len(again.state.live["note"]) == 1
        assert len(again.state.seats) == 8


def test_an_act_says_which_kinds_changed(room):
    assert room.do(capture.note, note()) == {"note"}


def test_a_refused_act_writes_nothing(room):
    before = list(room.store.dump())
    with pytest.raises(RuleError, match="empty_note"):
        room.do(capture.note, note("  "))
    with pytest.raises(RuleError, match="unknown_seat"):
        room.do(acts.consent, role="lead", seat=seats.code_of(30), signed=True)
    assert list(room.store.dump()) == before


def test_a_disk_that_fills_up_leaves_state_and_store_as_they_were(tmp_path, pack):
    with Store.create(tmp_path / "w.db") as store:
        desk = Desk.begin(store, pack, surroundings(), device="leadlead11", opened=opened(pack))
        day.prepare(desk, SESSION)
        pages = store._connection.execute("PRAGMA page_count").fetchone()[0]
        store._connection.execute(f"PRAGMA max_page_count = {pages}")
        with pytest.raises(MachineError, match="disk_full"):
            desk.do(capture.note, note("x" * 9000))
        assert desk.state.live["note"] == {}
        store._connection.execute("PRAGMA max_page_count = 100000")
        desk.do(capture.note, note("x" * 9000))
        assert len(desk.state.live["note"]) == 1


def test_undo_is_a_new_record_and_goes_back_one_act_at_a_time(room):
    seat = room.state.sitting()[0]
    key(room, seat, 1, ["1", "2"])
    room.do(capture.note, note())
    count = len(list(room.store.dump()))
    assert "note" in room.undo()
    assert room.state.live["note"] == {}
    assert "rating" in room.undo()
    cells = room.state.cells_of(seat, 1)
    assert [room.state.answer(seat, cell) for cell in cells[:2]] == ["1", ""]
    assert len(list(room.store.dump())) == count + 2


def test_undoing_the_first_answer_takes_its_exposure_back_too(desk):
    day.prepare(desk, SESSION)
    seat = desk.state.sitting()[0]
    desk.do(acts.consent, role="lead", seat=seat, signed=True)
    key(desk, seat, 1, ["1"])
    assert (0, "HOU-1", "base") in desk.state.exposures
    desk.undo()
    assert desk.state.exposures == {}


def test_nothing_to_undo_is_said(desk):
    with pytest.raises(RuleError, match="nothing_to_undo"):
        desk.undo()


def test_undoing_a_correction_brings_the_first_answer_back(room):
    seat = room.state.sitting()[0]
    cell = room.state.cells_of(seat, 1)[0]
    key(room, seat, 1, ["1"])
    first = room.state.keyed[seat, 1][cell][room.device, 1].record.seq
    key(room, seat, 1, ["4"], replaces=first)
    assert room.state.answer(seat, cell) == "4"
    room.undo()
    assert room.state.answer(seat, cell) == "1"


def test_two_keyings_that_differ_wait_for_a_third(room):
    seat = room.state.sitting()[0]
    cell = room.state.cells_of(seat, 4)[0]
    for keying, answer, counted in [(1, "2", "2"), (2, "3", "differs"), (3, "2", "2")]:
        key(room, seat, 4, [answer], keying=keying)
        assert room.state.answer(seat, cell) == counted


def test_without_a_signature_nothing_is_keyed(desk):
    day.prepare(desk, SESSION)
    seat = desk.state.sitting()[0]
    with pytest.raises(RuleError, match="no_consent"):
        capture.open_sheet(desk.state, seat=seat, sheet=1)
    desk.do(acts.consent, role="lead", seat=seat, signed=False)
    with pytest.raises(RuleError, match="no_consent"):
        capture.open_sheet(desk.state, seat=seat, sheet=1)


@pytest.mark.parametrize("seat", ["047", "000", "0a1", "99"])
def test_a_mistyped_seat_code_is_told_from_an_unknown_one(room, seat):
    with pytest.raises(RuleError) as caught:
        capture.open_sheet(room.state, seat=seat, sheet=1)
    assert caught.value.code in {"bad_seat_code", "unknown_seat"}


def test_a_sheet_has_the_values_of_decision_5(room):
    seat = room.state.sitting()[0]
    assert [len(room.state.cells_of(seat, sheet)) for sheet in (1, 2, 3, 4)] == [12, 8, 8, 12]


def test_keying_a_sheet_creates_its_exposures_from_the_allocation(room):
    seat = room.state.sitting()[0]
    key(room, seat, 3, ["3"] * 8)
    table = room.state.table_of(seat)
    order = room.pack.order_index(area="ESS", table=table.number, scenario=table.scenario)
    planned = ["base", *[flip.id for flip in room.pack.flip_order(table.scenario, order)]]
    seen = [room.state.exposures[table.number, table.scenario, variant].position for variant in planned]
    assert seen == [0, 1, 2, 3]


def test_a_flip_shown_out_of_order_is_an_incident(room):
    planned = room.pack.flip_order("HOU-1", room.pack.order_index(area="ESS", table=0, scenario="HOU-1"))
    room.do(acts.expose, role="lead", scenario="HOU-1", variant="base")
    room.do(acts.expose, role="lead", scenario="HOU-1", variant=planned[1].id)
    assert [body.code for _, body in room.state.bodies(r.Incident)] == ["order-changed"]
    assert room.state.exposures[0, "HOU-1", planned[1].id].position == 1
    assert room.do(acts.expose, role="lead", scenario="HOU-1", variant="base") == frozenset()


def test_more_hands_than_people_is_said_and_may_still_be_meant(room):
    count = r.Tally(role="lead", step="practice", scenario="HOU-1", variant="base", item="BAL", counts={"1": 20, "5": 3}, here=20)
    with pytest.raises(RuleError) as caught:
        room.do(capture.tally, count)
    assert caught.value.facts == {"counted": 23, "here": 20}
    room.do(capture.tally, count, accept=True)
    assert [body.flagged for _, body in room.state.bodies(r.Tally)] == [True]


def test_dissent_cannot_be_larger_than_the_table(room):
    position = r.Position(role="lead", table=1, scenario="HOU-1", decision="2", disagreed=9)
    with pytest.raises(RuleError, match="too_many_dissent"):
        room.do(capture.take_position, position)


def test_a_ratified_statement_replaces_its_draft(room):
    room.do(capture.draft_statement, role="lead", table=1, text="Ask first.")
    draft, body = room.state.bodies(r.Statement)[0]
    voted = codec.amended(body, state="ratified", in_favour=6, against=1, abstained=1, text="Ask people first.")
    room.do(capture.ratify, draft=draft.ref, voted=voted)
    assert [(b.state, b.text) for _, b in room.state.bodies(r.Statement)] == [("ratified", "Ask people first.")]
    room.undo()
    assert [b.state for _, b in room.state.bodies(r.Statement)] == ["draft"]


def test_a_draft_of_another_laptop_is_ruled_out_by_the_statement_put_to_the_vote(room, pack):
    with Store.create() as other:
        table = Desk.begin(other, pack, surroundings(name="t"), device="tabletab11", opened=opened(pack, role="table"))
        table.join(list(room.store.records()))
        table.do(capture.draft_statement, role="table", table=1, text="Ask first.")
        foreign = list(other.records())
    room.store.take_in([Change(device="tabletab11", workshop=SESSION.id, insert=tuple(foreign))])
    room._refold()
    draft, body = room.state.bodies(r.Statement)[0]
    voted = codec.amended(body, role="lead", state="ratified", in_favour=8)
    room.do(capture.ratify, draft=draft.ref, voted=voted)
    assert [(record.device, b.state) for record, b in room.state.bodies(r.Statement)] == [("leadlead11", "ratified")]


def test_after_closing_only_paper_is_taken(room):
    seat = room.state.sitting()[0]
    day.close(room)
    key(room, seat, 1, ["1"])
    room.do(capture.note, note(from_paper=True))
    for act, arguments in [
        (capture.note, {"words": note()}),
        (acts.count_heads, {"role": "lead", "here": 3}),
        (acts.begin_step, {"role": "lead", "step": "close"}),
    ]:
        with pytest.raises(RuleError, match="closed"):
            room.do(act, **arguments)
    with pytest.raises(RuleError, match="closed"):
        key(room, seat, 2, ["1"], mode="cards")


def test_sealing_names_what_is_missing_and_takes_a_reason(room):
    with pytest.raises(RuleError, match="not_closed"):
        day.seal(room, accepted=[])
    day.close(room)
    assert [(gap.table, gap.sheet, len(gap.seats)) for gap in day.gaps(room.state)][:1] == [(1, 1, 4)]
    with pytest.raises(RuleError, match="incomplete"):
        day.seal(room, accepted=[])
    words = day.seal(room, accepted=["Sheets were lost in the rain"])
    assert len(words) == 6
    with pytest.raises(RuleError, match="sealed"):
        room.do(capture.note, note(from_paper=True))


def test_a_reopened_workshop_needs_a_reason_and_can_be_sealed_again(room):
    day.close(room)
    day.seal(room, accepted=["x"])
    with pytest.raises(RuleError, match="reason_needed"):
        room.do(acts.reopen, role="lead", reason=" ")
    room.do(acts.reopen, role="lead", reason="A sheet was found")
    assert not room.state.sealed
    day.seal(room, accepted=["x"])


def test_a_withdrawal_erases_and_the_chain_still_verifies(room):
    leaving, staying = room.state.sitting()[:2]
    key(room, leaving, 1, ["1"] * 12)
    key(room, staying, 1, ["2"] * 12)
    room.do(capture.write_answer, role="lead", seat=leaving, question="moved", text="My own words")
    day.close(room)
    day.seal(room, accepted=["x"])
    room.withdraw(leaving)
    assert leaving not in room.state.sitting()
    dump = b"\n".join(room.store.dump())
    assert b"My own words" not in dump
    assert f'"seat":"{leaving}","sheet"'.encode() not in dump
    records = list(room.store.records(room.device))
    assert chain.follow(records, device=room.device) == room.store.own().head
    named = {ref for record in records if isinstance(record.body, r.Erasure) for ref in record.body.erased}
    assert {record.ref for record in records if record.erased} == named
    assert not any(seat == leaving for seat, _, _ in room.state.answers())
    with pytest.raises(RuleError, match="seat_withdrawn"):
        room.withdraw(leaving)


def test_a_redaction_erases_the_old_words_and_keeps_the_new(room):
    room.do(capture.note, note("Mrs Brown of Mill Lane said so", kind="red_line", verbatim=True, table=2))
    record = room.state.bodies(r.Note)[0][0]
    room.do(capture.clarify, role="lead", of=record.ref, text="Brown, not Braun")
    room.redact(record.ref, "A neighbour said so")
    assert room.state.bodies(r.Clarification) == []
    assert b"Braun" not in b"".join(room.store.dump())
    assert [(b.text, b.kind, b.table, b.verbatim) for _, b in room.state.bodies(r.Note)] == [
        ("A neighbour said so", "red_line", 2, False),
    ]
    dump = b"\n".join(room.store.dump())
    assert b"Mill Lane" not in dump
    assert b"A neighbour said so" in dump


def test_an_erasure_that_was_cut_short_is_named_at_the_next_start(tmp_path, pack):
    path = tmp_path / "w.db"
    with Store.create(path) as store:
        desk = Desk.begin(store, pack, surroundings(), device="leadlead11", opened=opened(pack))
        desk.do(capture.note, note())
        store.erase([desk.state.bodies(r.Note)[0][0]])
    with Store.open(path) as store:
        Desk.resume(store, pack, surroundings())
        last = list(store.records())[-1]
        assert isinstance(last.body, r.Erasure)
        assert [ref.seq for ref in last.body.erased] == [2]


def test_the_state_is_the_same_however_the_records_came(room, pack):
    seat = room.state.sitting()[0]
    key(room, seat, 1, ["1"] * 12)
    room.do(capture.note, note())
    room.undo()
    again = folding.fold(reversed(list(room.store.records())), pack)
    assert list(again.answers()) == list(room.state.answers())
    assert again.live["note"] == room.state.live["note"]
    assert (again.tables, again.seats, again.consents) == (room.state.tables, room.state.seats, room.state.consents)


def test_a_joined_laptop_works_from_the_leads_set_up(room, pack):
    with Store.create() as other:
        desk = Desk.begin(other, pack, surroundings(name="b"), device="deskdesk11", opened=opened(pack, role="desk"))
        desk.join(list(room.store.records()))
        seat = desk.state.sitting()[0]
        key(desk, seat, 2, ["2"] * 8)
        assert desk.state.sheet_done(seat, 2)
        assert {record.device for record in other.records()} == {"deskdesk11"}


def test_a_ruling_drops_what_was_recorded_wrongly(room):
    seat = room.state.sitting()[0]
    key(room, seat, 1, ["1"])
    rating = next(record for record in room.store.records() if record.kind == "rating")
    room.do(capture.rule, role="lead", choice="drop", reason="Keyed from the wrong sheet", drop=(rating.ref,))
    assert room.state.answer(seat, room.state.cells_of(seat, 1)[0]) == ""


def test_a_table_cannot_change_its_case_once_sheets_are_keyed(room):
    key(room, room.state.sitting()[0], 1, ["1"])
    with pytest.raises(RuleError, match="rated_already"):
        room.do(acts.lay_table, r.Table(role="lead", number=1, theme="WEL", scenario="WEL-1"))


@pytest.mark.parametrize(
    ("table", "code"),
    [
        (r.Table(role="lead", number=3, theme="HSC", scenario="HOU-2"), "theme_scenario"),
        (r.Table(role="lead", number=3, theme="HOU", scenario="HOU-1"), "theme_scenario"),
        (r.Table(role="lead", number=3, theme="SEA", scenario="HOU-2"), "unknown_theme"),
        (r.Table(role="lead", number=3, theme="HOU", scenario="HOU-9"), "unknown_scenario"),
    ],
)
def test_a_table_gets_a_case_of_its_theme_and_never_the_anchor(desk, table, code):
    with pytest.raises(RuleError, match=code):
        desk.do(acts.lay_table, table)


@pytest.mark.parametrize(("groups", "code"), [({"civil": 5}, "headcount_range"), ({"civil": 31}, "headcount_range"), ({"kings": 9}, "unknown_group")])
def test_set_up_says_what_cannot_be(desk, groups, code):
    with pytest.raises(RuleError, match=code):
        desk.do(acts.set_up, r.Setup(role="lead", date="2027-03-02", start="13:30", venue="Hall", groups=groups))


def test_a_laptop_brought_back_corrects_the_written_answer_it_keyed_before(room, pack):
    seat = room.state.sitting()[0]
    room.do(acts.consent, role="lead", seat=seat, signed=True)
    room.do(capture.write_answer, role="lead", seat=seat, question="moved", text="My sitter")
    with Store.create() as other:
        again = codec.amended(opened(pack), predecessor=room.device)
        desk = Desk.begin(other, pack, surroundings(name="b"), device="broughtbck", opened=again)
        desk.join(list(room.store.records()))
        desk.do(capture.write_answer, role="lead", seat=seat, question="moved", text="My sister")
        assert [body.text for body in desk.state.written_answers()] == ["My sister"]
        assert [body.text for _, body in desk.state.bodies(r.WrittenAnswer)] == ["My sister"]
        desk.undo()
        assert [body.text for body in desk.state.written_answers()] == ["My sitter"]
