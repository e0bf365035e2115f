import itertools

import pytest

from tradeoff_desktop.errors import RuleError
from tradeoff_desktop.model import seats

ALL = [seats.code_of(number) for number in range(1, 100)]


def test_every_wrong_digit_and_every_swap_is_caught():
    for code in ALL:
        for place, digit in itertools.product(range(3), "0123456789"):
            wrong = code[:place] + digit + code[place + 1 :]
            assert seats.is_code(wrong) == (wrong == code)
        for place in range(2):
            swapped = code[:place] + code[place + 1] + code[place] + code[place + 2 :]
            assert seats.is_code(swapped) == (swapped == code)


def test_two_sessions_a_day_never_share_a_code():
    sessions = [set(seats.codes(letter, 33)) for letter in "ABC"]
    assert len(set.union(*sessions)) == 99


def test_more_people_than_codes_is_said():
    with pytest.raises(RuleError, match="too_many_seats"):
        seats.codes("A", 34)
    with pytest.raises(RuleError, match="unknown_session"):
        seats.codes("D", 3)


@pytest.mark.parametrize("text", ["", "04", "0455", "abc", "٠٤٥", "1 2"])
def test_what_is_not_three_digits_is_no_code(text):
    assert not seats.is_code(text)
