"""What the fold makes of records that no desk of ours would write, or that several desks wrote."""

import pytest
from desk_world import opened

from tradeoff_desktop.model import chain, codec
from tradeoff_desktop.model import fold as folding
from tradeoff_desktop.model import records as r

AT = "2027-03-02T13:00:00.000Z"
TABLE = r.Table(role="lead", number=1, theme="HSC", scenario="HSC-1")
SEAT = r.Seat(role="lead", seat="017", group="civil", table=1)
SIGNED = r.Consent(role="lead", seat="017", signed=True)


def chain_of(device, *bodies):
    return [
        codec.seal_body(body, device=device, seq=seq, at=AT, salt=f"{seq:032x}") for seq, body in enumerate(bodies, 1)
    ]


def rating(answer, **more):
    fields = {"role": "desk", "seat": "017", "sheet": 1, "scenario": "HOU-1", "variant": "base", "round": "R0", "item": "BAL"}
    return r.Rating(**{**fields, "answer": answer, **more})


@pytest.mark.parametrize(
    "body",
    [
        r.Table(role="lead", number=2, theme="HSC", scenario="XXX-9"),
        r.Table(role="lead", number=2, theme="HSC", scenario="HOU-2"),
        r.Seat(role="lead", seat="025", group="kings", table=1),
        rating("4", scenario="XXX-9"),
        rating("4", variant="D.nothing"),
        rating("4", item="FUN"),
        rating("5", item="DEC"),
        r.Tally(role="lead", step="practice", scenario="HOU-1", variant="base", item="FUN", counts={"1": 2}, here=9),
        r.Position(role="lead", table=1, scenario="XXX-9", decision="1", disagreed=0),
        r.Note(role="lead", text="x", step="anchor_talk", scenario="XXX-9"),
    ],
)
def test_what_the_pack_does_not_have_enters_no_state(pack, body):
    sane = chain_of("leadlead11", opened(pack), TABLE, SEAT, SIGNED)
    odd = chain_of("leadlead11", opened(pack), TABLE, SEAT, SIGNED, body)
    state, without = folding.fold(odd, pack), folding.fold(sane, pack)
    assert state.senseless == {("leadlead11", 5)}
    assert (state.tables, state.seats, list(state.answers())) == (without.tables, without.seats, list(without.answers()))


def test_a_seat_at_a_table_that_is_not_laid_is_left_out(pack):
    state = folding.fold(chain_of("leadlead11", opened(pack), TABLE, SEAT, SIGNED, r.Seat(role="lead", seat="025", group="civil", table=9)), pack)
    assert sorted(state.seats) == ["017"]


def test_the_lead_wins_where_two_laptops_state_the_same_fact(pack):
    lead = chain_of("leadlead11", opened(pack), TABLE, SEAT, SIGNED)
    other = chain_of("zzzzzzzzzz", opened(pack, role="desk"), r.Seat(role="desk", seat="017", group="government", table=1))
    for held in ([*lead, *other], [*other, *lead]):
        assert folding.fold(held, pack).seats["017"].group == "civil"


def test_two_laptops_that_keyed_the_same_cell_differently_wait_for_a_ruling(pack):
    lead = chain_of("leadlead11", opened(pack), TABLE, SEAT, SIGNED)
    one = chain_of("deskdesk11", opened(pack, role="desk"), rating("2"))
    two = chain_of("deskdesk22", opened(pack, role="desk"), rating("4"))
    state = folding.fold([*lead, *one, *two], pack)
    assert [answer for _, _, answer in state.answers()] == ["differs"]
    ruling = r.Ruling(role="lead", choice="drop", drop=[one[1].ref], reason="Wrong pile")
    state = folding.fold([*chain_of("leadlead11", opened(pack), TABLE, SEAT, SIGNED, ruling), *one, *two], pack)
    assert [answer for _, _, answer in state.answers()] == ["4"]


def test_what_came_after_sealing_waits_until_the_centre_keeps_it(pack):
    desk = chain_of("deskdesk11", opened(pack, role="desk"), rating("2"))
    sealed = r.Sealed(role="lead", devices=[], accepted=["late"])
    lead = chain_of("leadlead11", opened(pack), TABLE, SEAT, SIGNED, sealed)
    state = folding.fold([*lead, *desk], pack)
    assert list(state.answers()) == []
    assert state.after_seal == {record.key for record in desk}
    centre = chain_of(
        "centrecent", opened(pack, role="centre"),
        r.Ruling(role="centre", choice="keep", keep=[record.ref for record in desk], reason="It was in the envelope"),
    )
    assert [answer for _, _, answer in folding.fold([*lead, *desk, *centre], pack).answers()] == ["2"]


def test_what_was_sealed_with_the_rest_counts(pack):
    desk = chain_of("deskdesk11", opened(pack, role="desk"), rating("2"))
    sealed = r.Sealed(role="lead", devices=[r.Head(device="deskdesk11", seq=2, head=chain.follow(desk, device="deskdesk11"))])
    lead = chain_of("leadlead11", opened(pack), TABLE, SEAT, SIGNED, sealed)
    assert [answer for _, _, answer in folding.fold([*lead, *desk], pack).answers()] == ["2"]
    reopened = chain_of("leadlead11", opened(pack), TABLE, SEAT, SIGNED, r.Sealed(role="lead", devices=[]), r.Reopened(role="lead", reason="x"))
    assert [answer for _, _, answer in folding.fold([*reopened, *desk], pack).answers()] == ["2"]


def test_only_the_lead_moves_the_agenda(pack):
    lead = chain_of("leadlead11", opened(pack), r.Step(role="lead", step="anchor_talk", act="begin"))
    table = chain_of("tabletab11", opened(pack, role="table"), r.Step(role="table", step="close", act="begin"))
    assert folding.fold([*lead, *table], pack).step == "anchor_talk"


def test_answers_for_a_case_the_table_no_longer_has_are_kept_as_given(pack):
    state = folding.fold(chain_of("leadlead11", opened(pack), TABLE, SEAT, SIGNED, rating("3", scenario="WEL-1")), pack)
    assert [(cell.scenario, answer) for _, cell, answer in state.answers()] == [("WEL-1", "3")]


def test_a_rating_of_a_seat_nobody_laid_counts_nowhere(pack):
    state = folding.fold(chain_of("leadlead11", opened(pack), TABLE, SEAT, SIGNED, rating("3", seat="025")), pack)
    assert list(state.answers()) == []


def test_without_a_lead_the_first_device_speaks_for_the_workshop(pack):
    state = folding.fold(chain_of("deskdesk11", opened(pack, role="desk")), pack)
    assert state.area == "ESS"
    state = folding.fold([*chain_of("deskdesk11", opened(pack, role="desk")), *chain_of("leadlead11", opened(pack))], pack)
    assert state.opening.role == "lead"


def test_a_chain_rewritten_after_the_seal_waits_for_the_centre(pack):
    desk = chain_of("deskdesk11", opened(pack, role="desk"), rating("2"))
    other = chain_of("deskdesk11", opened(pack, role="desk"), rating("5"))
    sealed = r.Sealed(role="lead", devices=[r.Head(device="deskdesk11", seq=2, head=chain.follow(desk, device="deskdesk11"))])
    lead = chain_of("leadlead11", opened(pack), TABLE, SEAT, SIGNED, sealed)
    assert list(folding.fold([*lead, *other], pack).answers()) == []
    assert folding.fold([*lead, *other], pack).after_seal == {record.key for record in other}


@pytest.mark.parametrize(
    "body",
    [
        r.Closed(role="table"),
        r.Sealed(role="table", devices=[]),
        r.Headcount(role="table", here=2),
        r.Annotation(role="table", slot="foreword", text="x"),
        r.Seat(role="table", seat="025", group="civil", table=1),
        r.Ruling(role="table", choice="drop", drop=[r.Ref(device="leadlead11", seq=3, leaf="0" * 64)], reason="x"),
        r.Undo(role="table", seqs=[1]),
    ],
)
def test_a_table_laptop_cannot_say_what_is_the_leads_to_say(pack, body):
    lead = chain_of("leadlead11", opened(pack), TABLE, SEAT, SIGNED, rating("3", role="lead"))
    table = chain_of("tabletab11", opened(pack, role="table"), body)
    state = folding.fold([*lead, *table], pack)
    assert not state.closed
    assert (state.here, sorted(state.seats), len(list(state.answers()))) == (None, ["017"], 1)
    assert state.live["annotation"] == {}


def test_a_late_ruling_of_a_laptop_cannot_let_itself_in(pack):
    desk = chain_of("deskdesk11", opened(pack, role="desk"), rating("2"))
    keeping = r.Ruling(role="desk", choice="keep", keep=[desk[1].ref], reason="let me in")
    desk = chain_of("deskdesk11", opened(pack, role="desk"), rating("2"), keeping)
    lead = chain_of("leadlead11", opened(pack), TABLE, SEAT, SIGNED, r.Sealed(role="lead", devices=[]))
    assert list(folding.fold([*lead, *desk], pack).answers()) == []


def test_a_refusal_to_sign_wins_over_whoever_wrote_otherwise(pack):
    lead = chain_of("leadlead11", opened(pack), TABLE, SEAT, SIGNED, rating("3", role="lead"))
    desk = chain_of("deskdesk11", opened(pack, role="desk"), r.Consent(role="desk", seat="017", signed=False))
    assert list(folding.fold([*lead, *desk], pack).answers()) == []
    again = chain_of(
        "deskdesk11", opened(pack, role="desk"), r.Consent(role="desk", seat="017", signed=False),
        r.Consent(role="desk", seat="017", signed=True),
    )
    assert len(list(folding.fold([*lead, *again], pack).answers())) == 1


def test_somebody_who_never_came_has_no_answers(pack):
    gone = r.Seat(role="lead", seat="017", group="civil", table=1, state="no_show")
    lead = chain_of("leadlead11", opened(pack), TABLE, SEAT, SIGNED, rating("3", role="lead"), gone)
    assert list(folding.fold(lead, pack).answers()) == []
