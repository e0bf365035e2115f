from datetime import timedelta

import pytest
from room_world import Day, begin, go_to

from tradeoff_desktop.app import pace
from tradeoff_desktop.app.pace import Timer


@pytest.fixture
def day():
    return Day()


@pytest.fixture
def desk(store, day):
    return begin(store, day)


@pytest.mark.parametrize(
    ("left", "words"),
    [(720.0, "12:00"), (61.2, "1:01"), (0.0, "0:00"), (-75.0, "+1:15")],
)
def test_a_timer_reads_like_a_clock(left, words):
    assert Timer(left).words == words


def test_only_a_running_timer_runs():
    assert Timer(60.0, running=True).tick(10.0).left == 50.0
    assert Timer(60.0).tick(10.0).left == 60.0
    assert Timer(60.0, running=True).toggled().tick(10.0).left == 60.0


def test_minutes_taken_off_never_go_below_nothing():
    assert Timer(30.0).moved(-60).left == 0.0
    assert Timer(30.0).moved(60).left == 90.0


@pytest.mark.parametrize(
    ("left", "words"),
    [
        (720, "12 minutes left"), (719, "12 minutes left"), (61, "2 minutes left"), (60, "1 minute left"),
        (41, "50 seconds left"), (40, "40 seconds left"), (1, "10 seconds left"), (0, "Time is up"), (-5, "Time is up"),
    ],
)
def test_the_room_reads_whole_minutes_and_then_tens_of_seconds(left, words):
    assert pace.clock_words(left) == words


def test_planned_times_follow_the_start(desk):
    times = pace.planned_times(desk.state)
    assert times["doors"] == "13:00"
    assert times["welcome"] == "13:30"
    assert times["break"] == "14:47"


def test_lateness_in_words(desk, day):
    go_to(desk, "welcome")
    assert pace.lateness(desk.state, day.now) == "On time"
    day.pass_by(minutes=9)
    assert pace.lateness(desk.state, day.now) == "4 min late"
    go_to(desk, "break")
    assert pace.lateness(desk.state, day.now) == "68 min early"


def test_on_another_day_the_first_step_counts_as_on_time(desk, day):
    day.now += timedelta(days=3, hours=2)
    go_to(desk, "welcome")
    assert pace.lateness(desk.state, day.now) == "On time"
    day.pass_by(minutes=12)
    assert pace.lateness(desk.state, day.now) == "7 min late"


def test_before_anything_has_begun_on_another_day_nobody_is_late(desk, day):
    day.now += timedelta(days=3)
    assert pace.minutes_in(desk.state, day.now) == 0


def test_moments_are_shown_as_local_time(desk):
    assert pace.local_time("2027-03-03T13:31:05.123Z", desk.state) == "13:31:05"
