"""Tables and people on the day: what may change until when, and what becomes of sheets nobody marked."""

import pytest

from tradeoff_desktop.app import sample
from tradeoff_desktop.errors import RuleError
from tradeoff_desktop.model import acts, attendance
from tradeoff_desktop.model import records as r


@pytest.fixture
def desk():
    return sample.started()


def test_a_combined_table_takes_its_people_along_and_is_an_exception(desk):
    desk.do(attendance.close_table, role="lead", number=4, into=1)
    assert {desk.state.table_of(seat).number for seat in desk.state.seats} == {1, 2, 3}
    assert [body.text for _, body in desk.state.bodies(r.Incident)][-1] == "Table 4 was combined with table 1."


@pytest.mark.parametrize(("number", "into", "code"), [(4, 0, "table_in_use"), (4, 4, "last_table"), (9, 1, "unknown_table"), (4, 9, "unknown_table")])
def test_what_cannot_become_of_a_table(desk, number, into, code):
    with pytest.raises(RuleError, match=code):
        desk.do(attendance.close_table, role="lead", number=number, into=into)


def test_an_empty_table_is_closed(desk):
    for seat in desk.state.sitting():
        if desk.state.table_of(seat).number == 4:
            desk.do(attendance.move_seat, role="lead", seat=seat, table=1)
    desk.do(attendance.close_table, role="lead", number=4)
    assert desk.state.tables[4].state == "closed"
    assert not [body for _, body in desk.state.bodies(r.Incident) if "Somebody moved" in body.text]


def test_tables_are_fixed_from_the_first_sheet_on(desk):
    desk.do(acts.begin_step, role="lead", step="before_anchor")
    with pytest.raises(RuleError, match="tables_fixed"):
        desk.do(attendance.close_table, role="lead", number=4, into=1)
    desk.do(attendance.move_seat, role="lead", seat=min(desk.state.seats), table=2)
    assert "Somebody moved to table 2" in [body.text for _, body in desk.state.bodies(r.Incident)][-1]


def test_a_latecomer_before_the_sheet_misses_nothing(desk):
    seat = min(desk.state.seats)
    desk.do(acts.change_seat, role="lead", seat=seat, to="late")
    assert attendance.missed_first(desk.state, role="lead", seat=seat) == []


def test_somebody_who_has_not_signed_has_no_absent_answers(desk):
    seat = min(desk.state.seats)
    desk.do(acts.consent, role="lead", seat=seat, signed=False)
    desk.do(attendance.leave, role="lead", seat=seat, sheet=False)
    assert desk.state.seats[seat].state == "left"
    assert not desk.state.keyed


def test_a_table_combined_by_mistake_is_opened_again_with_its_people(desk):
    before = {seat: desk.state.table_of(seat).number for seat in desk.state.seats}
    desk.do(attendance.close_table, role="lead", number=4, into=1)
    desk.do(attendance.open_table, role="lead", number=4)
    assert {seat: desk.state.table_of(seat).number for seat in desk.state.seats} == before
    with pytest.raises(RuleError, match="unknown_table"):
        desk.do(attendance.open_table, role="lead", number=4)
