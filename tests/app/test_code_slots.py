"""Which digit gives which code."""

import pytest

from tradeoff_desktop.app.code_slots import Slots, code_for, filled


def test_a_code_keeps_its_digit_while_it_is_used():
    slots = filled((), ["a", "b", "c"])
    for code in ("c", "b", "a", "c"):
        slots = slots.after(code)
    assert [slots.digit(code) for code in "abc"] == [1, 2, 3]


def test_a_new_code_takes_a_free_digit_then_that_of_the_one_used_longest_ago():
    slots = filled((), list("abcdefgh")).after("new")
    assert slots.digit("new") == 9
    for code in "bcdefgh":
        slots = slots.after(code)
    slots = slots.after("newer")
    assert (slots.digit("newer"), slots.digit("a")) == (1, 0)
    slots = slots.after("newest")
    assert (slots.digit("newest"), slots.digit("new")) == (9, 0)


def test_a_retired_code_frees_its_digit():
    slots = filled(("b",), ["a", "b"])
    assert slots.digit("b") == 1
    left = slots.among({"a"})
    assert left.digit("b") == 0
    assert left.after("c").digit("c") == 1
    assert Slots().digit("") == 0


@pytest.mark.parametrize(("name", "made"), [("Trust in bodies", "trust_in_bodies"), ("Ymddiriedaeth ŵ", "ymddiriedaeth_w"), ("«»", "code"), ("x" * 60, "x" * 40)])
def test_a_code_is_made_from_its_name(name, made):
    assert code_for(name, ()) == made
    assert code_for(name, {made}) == f"{made}_2"
