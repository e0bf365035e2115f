"""The private timer, the clock of the room, lateness, and what a laptop that cannot write says."""

import pytest
from console_world import ALT, CTRL, Key
from room_world import go_to

from tradeoff_desktop.model import records as r
from tradeoff_desktop.ui.timer import TimerStrip


def clocks(console):
    return [(body.act, body.seconds) for _, body in console.state.bodies(r.Clock)]


def let_pass(console, day, seconds):
    """Time passes a second at a time, as the timer sees it."""
    for _ in range(seconds):
        day.pass_by(seconds=1)
        console.parts.timer.tick()


def test_a_step_begins_its_timer_and_says_the_time_left(console, day):
    console.walk_to("anchor_talk")
    timer: TimerStrip = console.parts.timer
    let_pass(console, day, 75)
    assert timer.left == 12 * 60 - 75
    assert timer._words.text() == "10:45"
    assert timer._words.accessibleName() == "Timer 10:45, running"


def test_pause_and_minutes_are_records(console, day):
    console.walk_to("anchor_talk")
    console.press(Key.Key_F4)
    let_pass(console, day, 20)
    assert console.parts.timer.left == 12 * 60
    console.press(Key.Key_F4)
    console.press(Key.Key_Up, CTRL)
    console.press(Key.Key_Up, CTRL)
    console.press(Key.Key_Down, CTRL)
    assert console.parts.timer.left == 13 * 60
    assert clocks(console) == [("pause", 0), ("resume", 0), ("add", 60), ("add", 60), ("add", -60)]


def test_a_step_that_is_over_goes_on_counting_and_says_so(console, day):
    console.walk_to("welcome")
    let_pass(console, day, 5 * 60 + 5)
    assert console.parts.timer._words.text() == "+0:05"
    assert console.parts.timer._state.text() == "over"
    assert console.state.step == "welcome"  # going on stays manual


def test_how_little_time_is_left_is_said_in_words(console, day):
    console.walk_to("anchor_talk")  # 12 minutes
    timer, said = console.parts.timer, []
    while timer.left > -2:
        let_pass(console, day, 4)
        if not said or said[-1][1] != timer._state.text():
            said.append((timer.left, timer._state.text()))
    assert said == [(716, "running"), (144, "a fifth left"), (36, "nearly over"), (-4, "over")]
    console.press(Key.Key_F4)
    assert timer._state.text() == "over"


def test_after_a_sleep_the_timer_stands_where_it_stopped(console, day):
    console.walk_to("anchor_talk")
    let_pass(console, day, 10)
    day.pass_by(minutes=6)
    console.parts.timer.tick()
    assert console.banner == "The laptop slept for 6 min. The timer stopped at 11:50. F4 resumes, Alt+T takes off 6 min."
    assert not console.parts.timer.running
    console.press(Key.Key_F4)
    let_pass(console, day, 5)
    assert console.parts.timer._words.text() == "11:45"


def test_the_time_the_laptop_slept_is_taken_off_by_one_key(console, day):
    console.walk_to("anchor_talk")
    day.pass_by(minutes=6)
    console.parts.timer.tick()
    console.press(Key.Key_T, ALT)
    assert console.parts.timer.running
    assert console.parts.timer.left == 6 * 60
    assert clocks(console) == [("add", -360), ("resume", 0)]
    console.press(Key.Key_T, ALT)  # once only
    assert console.parts.timer.left == 6 * 60


def test_after_a_restart_the_timer_is_paused_where_it_would_be(open_console, desk, day):
    go_to(desk, "anchor_talk")
    day.pass_by(minutes=4)
    console = open_console(desk)
    assert console.parts.timer.left == pytest.approx(8 * 60, abs=0.01)
    assert not console.parts.timer.running


def test_a_restart_the_next_morning_gives_the_step_its_whole_time(open_console, desk, day):
    go_to(desk, "anchor_talk")
    day.pass_by(hours=20)
    assert open_console(desk).parts.timer.left == 12 * 60


def test_the_room_reads_the_clock_only_where_people_work_by_it(console, day):
    console.walk_to("anchor_mark")
    assert console.seen.clock == ""
    let_pass(console, day, 4 * 60 + 20)
    assert console.seen.clock == "40 seconds left"
    console.walk_to("theme_talk")
    assert console.seen.clock == "12 minutes left"
    let_pass(console, day, 61)
    assert console.seen.clock == "11 minutes left"
    console.walk_to("anchor_talk")
    assert not hasattr(console.seen, "clock")


def test_the_rail_shows_planned_times_pace_and_lateness(console, day):
    rail = console.parts.rail
    assert rail.late.text() == "Not begun"
    console.walk_to("welcome")
    assert rail.late.text() == "On time"
    day.pass_by(minutes=8)
    console.parts.timer.tick()
    assert rail.late.text() == "3 min late"
    rows = [rail.list.item(row).text() for row in range(rail.list.count())]
    assert rows[1].startswith("▶ 13:30  Welcome")
    assert rows[0].startswith("✓ 13:00")
    assert sum(row.endswith("tables") for row in rows) == 9
    assert rail.list.currentItem().text() == rows[1]


@pytest.mark.parametrize("key", [Key.Key_F4, Key.Key_Up])
def test_before_the_first_step_there_is_no_timer_to_move(console, key):
    console.press(key, CTRL) if key == Key.Key_Up else console.press(key)
    assert clocks(console) == []
