"""The agenda rail: planned and actual times, lateness spread over later steps, steps skipped and shortened."""

import msgspec
from console_world import ALT, CTRL, Key
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFontMetrics
from room_world import Day, begin, go_to, key_sheet

from tradeoff_desktop.app import day as days
from tradeoff_desktop.model import acts
from tradeoff_desktop.model import records as r
from tradeoff_desktop.model.runsheet import plan
from tradeoff_desktop.store.store import Store

NEXT = Key.Key_PageDown


def row(console, step):
    ids = [s.id for s in console.bridge.pack.agenda]
    return console.parts.rail.list.item(ids.index(step)).text()


def choose(console, step):
    """Arrow keys in the agenda, as a person would."""
    ids = [s.id for s in console.bridge.pack.agenda]
    console.press(Key.Key_Escape)
    rail = console.parts.rail.list
    while rail.currentRow() < ids.index(step):
        console.press(Key.Key_Down)


def late_by(console, day, minutes):
    day.pass_by(minutes=minutes)
    console.parts.timer.tick()


def test_a_row_says_when_its_step_began(console, day):
    day.pass_by(minutes=3)
    console.walk_to("welcome")
    assert row(console, "welcome") == "▶ 13:30  Welcome\u00a0·\u00a0room\n(began 13:33)"
    assert row(console, "terms").startswith("   13:35  ")


def test_spread_takes_the_lateness_from_later_steps_and_says_from_which(console, day, desk):
    console.walk_to("welcome")
    late_by(console, day, 17)
    button = console.parts.rail.buttons["spread"]
    assert button.text() == "Spread 12 min"
    console.press(Key.Key_S, ALT)
    assert console.parts.rail.late.text() == "On time"
    assert "Spread: " in console.banner
    assert "9 → 0" in console.banner
    assert "now 13:47" in row(console, "terms")
    assert "of 15 min" in row(console, "break")
    planned = plan(desk.pack, desk.state.lengths)
    assert planned[-1].ends == 180  # the day still ends when it should
    assert not button.isVisible()


def test_spreading_is_taken_back_as_one_act(console, day, desk):
    before = dict(desk.state.lengths)
    console.walk_to("welcome")
    late_by(console, day, 17)
    console.press(Key.Key_S, ALT)
    assert desk.state.lengths != before
    console.press(Key.Key_Z, CTRL)
    assert desk.state.lengths == before
    assert console.parts.rail.late.text() == "12 min late"
    assert row(console, "break").endswith("room")
    assert "Taken back: the change of the plan" in console.banner


def test_where_nobody_is_late_there_is_nothing_to_spread(console):
    console.walk_to("welcome")
    console.press(Key.Key_S, ALT)
    assert "You are not late." in console.banner


def test_what_no_later_step_can_give_is_said(console, day):
    console.walk_to("statements")
    late_by(console, day, 300)
    console.press(Key.Key_S, ALT)
    assert "min are still late: no later step can give more." in console.banner


def test_a_step_to_come_is_skipped_passed_over_and_taken_in_again(console):
    console.walk_to("anchor_flips")
    choose(console, "break")
    console.press(Key.Key_K, ALT)
    assert row(console, "break").startswith("– ")
    assert "(left out)" in row(console, "break")
    assert [(b.code, b.step) for _, b in console.state.bodies(r.Incident)] == [("step-skipped", "break")]
    assert console.parts.rail.buttons["skip"].text() == "Take in again"
    console.press(Key.Key_K, ALT)
    assert console.state.left_out == {"framework"}
    console.press(Key.Key_K, ALT)
    console.walk_to("anchor_position")
    console.press(NEXT)
    assert console.state.step == "theme_read"
    console.press(Key.Key_PageUp)
    assert console.state.step == "anchor_position"


def test_skipping_the_present_step_goes_on(console):
    console.walk_to("benefit_tables")
    console.press(Key.Key_K, ALT)
    assert console.state.step == "benefit_room"
    assert "Skipped: " in console.banner
    console.press(Key.Key_Z, CTRL)
    assert "benefit_tables" not in console.state.left_out


def test_a_skipped_marking_counts_as_not_played_and_leaves_no_gap(console, desk):
    console.walk_to("anchor_mark")
    console.press(Key.Key_K, ALT)
    assert "counts as not played" in console.banner
    assert not [gap for gap in days.gaps(desk.state) if gap.sheet == 2]
    answers = [answer for _, cell, answer in desk.state.answers() if cell.sheet == 2]
    assert set(answers) == {"not_played"}
    assert len(answers) == 20 * 8
    assert all(gap.sheet != 2 for gap in days.gaps(desk.state))


def test_half_a_sheet_skipped_leaves_the_other_half(desk):
    go_to(desk, "before_anchor")
    desk.do(acts.skip_step, role="lead", step="after_theme")
    seat = desk.state.sitting()[0]
    cells = desk.state.cells_of(seat, 4)
    assert {desk.state.answer(seat, cell) for cell in cells if cell.scenario == "HOU-1"} == {""}
    assert {desk.state.answer(seat, cell) for cell in cells if cell.scenario != "HOU-1"} == {"not_played"}


def test_what_was_marked_all_the_same_counts(desk):
    key_sheet(desk, 2)
    desk.do(acts.skip_step, role="lead", step="anchor_mark")
    assert "not_played" not in {answer for _, cell, answer in desk.state.answers() if cell.sheet == 2}


def test_a_table_laptop_does_not_change_the_plan():
    with Store.create() as store:
        other = begin(store, Day(), 8, tables=2)
        other.state.openings["abcdefghij"] = msgspec.structs.replace(other.opened, role="table")
        other.write([r.Step(role="table", step="break", act="skip"), r.Clock(role="table", act="spread", step="break", seconds=60)])
        assert other.state.lengths == {"framework": 0}


def test_a_later_step_is_made_shorter_and_longer_by_a_minute(console):
    console.walk_to("anchor_clarify")
    choose(console, "anchor_talk")
    console.press(Key.Key_Minus, ALT)
    console.press(Key.Key_Minus, ALT)
    assert "(10 of 12 min)" in row(console, "anchor_talk")
    console.press(Key.Key_Equal, ALT)
    assert "(11 of 12 min)" in row(console, "anchor_talk")
    console.walk_to("anchor_talk")
    assert console.parts.timer.left == 11 * 60
    console.press(Key.Key_Minus, ALT)
    assert "move its timer instead" in console.banner


def test_a_step_that_is_over_stays_as_it_was(console):
    console.walk_to("anchor_talk")
    console.parts.rail.list.setCurrentRow(0)
    for key in (Key.Key_K, Key.Key_Minus):
        console.press(key, Qt.KeyboardModifier.AltModifier)
        assert "That step is over." in console.banner
    assert not console.state.bodies(r.Incident)


def test_no_step_is_cut_off_in_the_list(console):
    steps = console.parts.rail.list
    width = steps.viewport().width() - 24
    for row in range(steps.count()):
        item = steps.item(row)
        needed = QFontMetrics(item.font()).boundingRect(QRect(0, 0, width, 9999), Qt.TextFlag.TextWordWrap, item.text())
        assert item.sizeHint().height() >= needed.height(), item.text()
    assert max(steps.item(row).sizeHint().height() for row in range(steps.count())) > min(
        steps.item(row).sizeHint().height() for row in range(steps.count())
    )
