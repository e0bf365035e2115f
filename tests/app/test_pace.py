from datetime import timedelta

import pytest
from room_world import Day, begin, go_to

from tradeoff_desktop.app import pace
from tradeoff_desktop.app.pace import Timer
from tradeoff_desktop.errors import RuleError
from tradeoff_desktop.model import acts, runsheet
from tradeoff_desktop.model import records as r


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
    times = {step: times.now for step, times in pace.step_times(desk.state).items()}
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


def test_what_is_shortened_or_left_out_counts_in_the_times_and_can_be_taken_in_again(desk):
    desk.do(acts.shorten_step, role="lead", step="welcome", minutes=2)
    desk.do(acts.skip_step, role="lead", step="practice")
    times = {step: times.now for step, times in pace.step_times(desk.state).items()}
    assert (times["terms"], times["before_anchor"]) == ("13:32", "13:39")
    assert desk.state.left_out == {"practice", "framework"}
    assert [body.code for _, body in desk.state.bodies(r.Incident)] == ["step-skipped"]
    desk.undo()
    assert desk.state.left_out == {"framework"}
    assert not desk.state.bodies(r.Incident)
    desk.do(acts.skip_step, role="lead", step="practice")
    desk.do(acts.shorten_step, role="lead", step="practice", minutes=3)
    assert desk.state.left_out == {"framework"}
    desk.undo()
    desk.undo()
    desk.undo()
    assert desk.state.lengths == {"framework": 0}


@pytest.mark.parametrize(("step", "minutes"), [("before_anchor", 3), ("welcome", 0), ("welcome", 6), ("doors", 10)])
def test_steps_that_keep_their_time(desk, step, minutes):
    with pytest.raises(RuleError, match="step_keeps_time"):
        desk.do(acts.shorten_step, role="lead", step=step, minutes=minutes)


def test_the_optional_session_is_passed_over_until_somebody_takes_it_in(desk):
    assert runsheet.neighbour(desk.pack, "statements", by=1, dropped=desk.state.left_out) == "close"
    before = pace.step_times(desk.state)["close"].now
    desk.do(acts.shorten_step, role="lead", step="framework", minutes=27)
    assert runsheet.neighbour(desk.pack, "statements", by=1, dropped=desk.state.left_out) == "framework"
    assert (before, pace.step_times(desk.state)["close"].now) == ("16:15", "16:42")
    desk.undo()
    desk.do(acts.begin_step, role="lead", step="framework")
    assert desk.state.lengths == {"framework": 27}
