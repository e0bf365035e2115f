"""Killed at any moment, the program loses no acknowledged record and at most a second of typing."""

import os

import pytest
from fault_runs import at_once, together

pytestmark = pytest.mark.skipif(os.name != "posix", reason="children are forked and killed by signal")


def kills(count, *words, **shares):
    found = together("kills.py", "--kills", str(count), *words, **shares)
    assert found["kills"] == count
    return found


def test_a_desk_killed_at_work_loses_nothing():
    found = kills(25)
    assert found["faults"] == {}
    assert found["acknowledged"] > 100


def test_the_program_killed_at_work_loses_nothing():
    found = kills(25, "--player", "window")
    assert found["faults"] == {}
    assert found["acknowledged"] > 25


@pytest.mark.full
@pytest.mark.timeout(3000)
@pytest.mark.parametrize("player", ["desk", "window"])
def test_a_thousand_kills_lose_nothing(player):
    found = kills(1000, "--player", player, "--seed", "2")
    assert found["faults"] == {}


def test_bad_habits_are_found_out():
    """Saying that a record is saved before it is, and keeping no draft."""
    early, no_draft = at_once(
        ["kills.py", "--kills", "1", "--bad", "early"], ["kills.py", "--kills", "1", "--player", "window", "--bad", "no draft"],
    )
    assert "lost: an acknowledged record" in early["faults"]
    assert "lost: more than a second of typing" in no_draft["faults"]
