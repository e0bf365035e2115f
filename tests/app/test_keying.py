import pytest
from room_world import Day, begin, key, key_sheet

from tradeoff_desktop.app import keying
from tradeoff_desktop.errors import RuleError
from tradeoff_desktop.model import acts, capture, seats
from tradeoff_desktop.model import records as r

DEVICE = "abcdefghij"


@pytest.fixture
def desk(store):
    return begin(store, Day())


@pytest.fixture
def seat(desk):
    return desk.state.sitting()[0]


def open_code(desk, code, sheet=2):
    place = keying.start(sheet)
    for digit in code:
        place = keying.type_code(place, digit, state=desk.state, device=DEVICE)
    return place


def answer(desk, place, text):
    how = keying.how(place, state=desk.state, device=DEVICE)
    desk.do(capture.key_answer, role="lead", seat=place.seat, cell=place.cell, answer=text, how=how)
    return keying.advance(place)


def test_three_digits_open_a_sheet_at_its_first_box(desk, seat):
    place = open_code(desk, seat)
    assert place.cell == desk.state.cells_of(seat, 2)[0]
    assert keying.block_name(desk.pack, place.cell) == "Help before eviction"


@pytest.mark.parametrize(("code", "error"), [("012", "bad_seat_code"), ("998", "bad_seat_code"), (seats.code_of(30), "unknown_seat"), (seats.code_of(34), "other_session")])
def test_a_code_that_is_wrong_or_not_on_the_list_is_refused(desk, code, error):
    with pytest.raises(RuleError) as caught:
        open_code(desk, code)
    assert caught.value.code == error


def test_nobody_is_keyed_without_a_signed_form(desk, seat):
    desk.do(acts.consent, role="lead", seat=seat, signed=False)
    with pytest.raises(RuleError, match="no_consent"):
        open_code(desk, seat)


def test_a_sheet_half_keyed_goes_on_at_its_first_empty_box(desk, seat):
    place = open_code(desk, seat)
    for text in ("4", "2"):
        place = answer(desk, place, text)
    assert open_code(desk, seat).at == 2


def test_after_the_last_box_comes_the_next_code(desk, seat):
    place = open_code(desk, seat)
    for _ in desk.state.cells_of(seat, 2):
        place = answer(desk, place, "3")
    assert place == keying.start(2)
    assert open_code(desk, seat).asks


def test_back_opens_the_box_before_and_even_the_last_box_of_the_last_sheet(desk, seat):
    place = answer(desk, open_code(desk, seat), "4")
    assert keying.back(place, None).at == 0
    assert keying.back(keying.back(place, None), None) == keying.start(2)
    last = keying.at(open_code(desk, seat), 7)
    assert keying.back(keying.start(2), last) == last
    assert keying.back(keying.start(1), last) == keying.start(1)
    assert keying.back(keying.type_code(keying.start(2), "0", state=desk.state, device=DEVICE), last) == keying.start(2)


def test_a_correction_replaces_the_record_and_is_no_second_opinion(desk, seat):
    place = open_code(desk, seat)
    answer(desk, place, "4")
    answer(desk, place, "2")
    assert desk.state.answer(seat, place.cell) == "2"
    ratings = [body for _, body in desk.state.bodies(r.Rating)]
    assert [(body.answer, body.keying) for body in ratings] == [("2", 1)]
    assert ratings[0].replaces > 0


def test_a_second_keying_is_blind_and_a_third_asks_only_what_differs(desk, seat):
    key_sheet(desk, 2)
    place = keying.key_again(open_code(desk, seat), state=desk.state)
    assert place.keying == 2
    assert keying.shown(desk.state, place, place.cell, device=DEVICE) == ""
    cells = place.cells
    for at, cell in enumerate(cells):
        first = desk.state.answer(seat, cell)
        place = answer(desk, place, first if at else ("1" if first != "1" else "2"))
    assert desk.state.answer(seat, cells[0]) == "differs"
    third = keying.key_again(_asked(desk, seat), state=desk.state)
    assert (third.keying, third.cells) == (3, cells[:1])
    answer(desk, third, "1" if desk.state.keyed[seat, 2][cells[0]][DEVICE, 2].body.answer == "1" else "2")
    assert desk.state.answer(seat, cells[0]) != "differs"
    with pytest.raises(RuleError, match="nothing_differs"):
        keying.key_again(_asked(desk, seat), state=desk.state)


def _asked(desk, seat):
    place = open_code(desk, seat)
    assert place.asks
    return place


def test_what_another_laptop_keyed_is_marked(desk, seat):
    cell = desk.state.cells_of(seat, 2)[0]
    key(desk, seat, cell, "declined")
    place = open_code(desk, seat)
    assert keying.shown(desk.state, place, cell, device=DEVICE) == "8"
    assert keying.shown(desk.state, place, cell, device="otherother") == "8*"


def test_every_key_of_a_box_has_its_words(desk):
    keys = dict(keying.choices(desk.pack, "DEC"))
    assert keys["4"] == "No, a red line"
    assert {keys[key] for key in "68970"} == {"Can't say", "Declined", "Unreadable", "Not played", "Skipped"}


def test_progress_counts_whole_sheets_by_table(desk):
    key_sheet(desk, 1)
    counts = keying.progress(desk.state)
    assert counts[1, 1] == (5, 5)
    assert counts[4, 2] == (0, 5)
