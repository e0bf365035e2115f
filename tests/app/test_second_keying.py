import pytest
from room_world import Day, begin, key_sheet

from tradeoff_desktop.app import second_keying
from tradeoff_desktop.model import capture
from tradeoff_desktop.model.capture import How

SHEET = 2


@pytest.fixture
def desk(store):
    return begin(store, Day())


def key_again(desk, seat, *, keying=2, wrong=0):
    """Key a sheet once more; the first ``wrong`` boxes as unreadable."""
    for at, cell in enumerate(desk.state.cells_of(seat, SHEET)):
        first = [k.body.answer for (_, n), k in desk.state.keyed[seat, SHEET][cell].items() if n == 1]
        answer = "unreadable" if at < wrong or not first else first[0]
        how = How(keying=keying)
        desk.do(capture.key_answer, role="lead", seat=seat, cell=cell, answer=answer, how=how)


def settle(desk, seat, answer):
    cell = desk.state.cells_of(seat, SHEET)[0]
    desk.do(capture.key_answer, role="lead", seat=seat, cell=cell, answer=answer, how=How(keying=3))


def test_one_sheet_in_ten_is_drawn_and_every_laptop_draws_the_same(desk):
    found = second_keying.drawn(desk.state, SHEET)
    assert len(found) == 2
    assert found == second_keying.drawn(desk.state, SHEET)
    assert any(second_keying.drawn(desk.state, sheet) != found for sheet in (1, 3, 4))


def test_a_sheet_is_due_only_once_it_is_keyed(desk):
    assert second_keying.due_words(desk.state) == ""
    key_sheet(desk, SHEET)
    assert f"sheet 2 of {' '.join(second_keying.drawn(desk.state, SHEET))}." in second_keying.due_words(desk.state)
    assert second_keying.due(desk.state, SHEET) == second_keying.drawn(desk.state, SHEET)
    for seat in second_keying.drawn(desk.state, SHEET):
        key_again(desk, seat)
    assert second_keying.due_words(desk.state) == ""


def test_a_difference_is_due_until_it_is_settled_and_an_error_makes_every_sheet_due(desk):
    key_sheet(desk, SHEET)
    seat, other = second_keying.drawn(desk.state, SHEET)
    key_again(desk, other)
    key_again(desk, seat, wrong=1)
    assert second_keying.due(desk.state, SHEET) == [seat]
    assert not second_keying.error_found(desk.state)
    settle(desk, seat, "unreadable")
    assert second_keying.error_found(desk.state)
    assert second_keying.due(desk.state, SHEET) == [s for s in desk.state.sitting() if s not in {seat, other}]


def test_a_slip_of_the_second_keyer_is_no_error_of_the_first(desk):
    key_sheet(desk, SHEET)
    seat, other = second_keying.drawn(desk.state, SHEET)
    key_again(desk, other)
    first = desk.state.answer(seat, desk.state.cells_of(seat, SHEET)[0])
    key_again(desk, seat, wrong=1)
    settle(desk, seat, first)
    assert not second_keying.error_found(desk.state)
    assert second_keying.due(desk.state, SHEET) == []


def test_where_there_is_no_paper_nothing_is_keyed_twice(desk):
    absent, ballot = second_keying.drawn(desk.state, SHEET)
    for cell in desk.state.cells_of(absent, SHEET):
        desk.do(capture.key_answer, role="lead", seat=absent, cell=cell, answer="absent")
    for cell in desk.state.cells_of(ballot, SHEET):
        desk.do(capture.key_answer, role="lead", seat=ballot, cell=cell, answer="3", how=How(mode="ballot"))
    assert second_keying.due(desk.state, SHEET) == []
