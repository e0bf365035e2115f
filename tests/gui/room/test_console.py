"""The whole workshop by keys: walking, flips, reveal, blank, undo, headcount, sheets collected."""

import pytest
from console_world import CTRL, SHIFT, Key
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget
from room_world import go_to, key_sheet

from tradeoff_desktop.app import stage as stages
from tradeoff_desktop.model import acts
from tradeoff_desktop.model import records as r
from tradeoff_desktop.ui.console import ConsolePage
from tradeoff_desktop.ui.entry import EntryForm
from tradeoff_desktop.ui.page import Page
from tradeoff_desktop.ui.statements import StatementForm

NEXT, BACK = Key.Key_PageDown, Key.Key_PageUp


def test_next_runs_the_whole_workshop_and_never_reveals(console, desk):
    key_sheet(desk, 1)
    key_sheet(desk, 2, shift=1)
    pages, presses = [], 0
    while True:
        before = (console.state.step, console.seen)
        console.press(NEXT)
        presses += 1
        if (console.state.step, console.seen) == before:
            break
        pages.append(console.seen)
    assert console.state.begun.keys() == {step.id for step in desk.pack.agenda if not step.optional}
    assert console.banner == "This is the last step."
    assert not any(isinstance(page, stages.Result | stages.BeforeAfter) for page in pages)
    flips = [page for page in pages if isinstance(page, stages.Card) and page.question]
    assert len(flips) == 6  # three on each of the two flip steps
    assert presses < 45


def test_back_goes_a_screen_back_and_deletes_nothing(console, desk):
    console.walk_to("anchor_mark")
    console.press(NEXT)
    first_flip = console.seen
    console.press(NEXT)
    written = desk.store.own().seq
    console.press(BACK)
    assert console.seen == first_flip
    console.press(BACK)
    console.press(BACK)  # says that the third flip was never shown
    console.press(BACK)
    assert console.state.step == "anchor_talk"
    steps = [body.act for _, body in console.state.bodies(r.Step)]
    assert steps[-1] == "back"
    assert desk.store.own().seq == written + 1


@pytest.mark.parametrize("place", ["note", "list", "entry", "statement"])
def test_next_works_wherever_the_focus_is(console, place):
    console.walk_to("statements")
    if place == "note":
        console.press(Key.Key_F3)
        console.type("half a line")
    elif place == "list":
        console.parts.notes.list.setFocus()
    elif place == "entry":
        console.press(Key.Key_1, Qt.KeyboardModifier.AltModifier)
        assert isinstance(console.parts.capture.form, EntryForm)
    else:
        console.press(Key.Key_F2)
        assert isinstance(console.parts.capture.form, StatementForm)
    console.press(NEXT)
    assert console.state.step == "close"


def test_a_key_held_down_counts_once(console):
    console.press(NEXT)
    step = console.state.step
    for _ in range(5):
        held = QKeyEvent(QEvent.Type.KeyPress, NEXT, Qt.KeyboardModifier.NoModifier, "", autorep=True)
        QApplication.sendEvent(console.focus, held)
    assert console.state.step == step


@pytest.mark.parametrize(("key", "axis"), [(Key.Key_F6, "D"), (Key.Key_F7, "O"), (Key.Key_F8, "A")])
def test_one_key_flips_one_box_and_shift_reverts(console, key, axis):
    console.walk_to("anchor_mark")
    base = console.seen
    console.press(key)
    card = console.seen
    assert [card.data.changed, card.receiver.changed, card.privacy.changed] == [axis == a for a in "DOA"]
    console.press(key, SHIFT)
    assert console.seen == base


def test_the_order_of_the_flips_is_recorded_and_another_one_is_an_incident(console, desk):
    order = desk.pack.order_index(area="ESS", table=0, scenario="HOU-1")
    planned = desk.pack.flip_order("HOU-1", order)
    keys = {"D": Key.Key_F6, "O": Key.Key_F7, "A": Key.Key_F8}
    console.walk_to("anchor_mark")
    console.press(keys[planned[0].axis])
    assert console.state.exposures[0, "HOU-1", planned[0].id].position == 1
    assert not console.state.bodies(r.Incident)
    assert console.banner == ""
    console.press(keys[planned[2].axis])
    assert [body.code for _, body in console.state.bodies(r.Incident)] == ["order-changed"]
    assert "Another order than on the sheets. It is recorded" in console.banner


@pytest.mark.parametrize("first", [1, 2])
def test_next_shows_every_flip_that_was_not_shown_yet(console, desk, first):
    order = desk.pack.order_index(area="ESS", table=0, scenario="HOU-1")
    planned = desk.pack.flip_order("HOU-1", order)
    keys = {"D": Key.Key_F6, "O": Key.Key_F7, "A": Key.Key_F8}
    console.walk_to("anchor_mark")
    console.press(keys[planned[first].axis])
    promised = console.page.room.upcoming
    console.press(NEXT)
    assert console.page.room.stage == promised
    assert console.page.room.screen.variant == planned[0].id
    console.press(NEXT)
    assert console.page.room.screen.variant == planned[3 - first].id
    assert {(0, "HOU-1", flip.id) for flip in planned} <= console.state.exposures.keys()
    assert console.state.step == "anchor_mark"


def test_a_marking_step_is_not_left_in_silence_with_a_flip_never_shown(console, desk):
    order = desk.pack.order_index(area="ESS", table=0, scenario="HOU-1")
    planned = desk.pack.flip_order("HOU-1", order)
    words = {"D": "Data", "O": "Who", "A": "Privacy"}
    console.walk_to("anchor_mark")
    console.press(NEXT)
    console.press(BACK)
    console.press(BACK)
    assert console.state.step == "anchor_mark"
    assert f"{words[planned[1].axis]}: {planned[1].label} has not been shown. Page Down shows it." in console.banner
    console.press(NEXT)
    assert console.page.room.screen.variant == planned[1].id
    console.press(BACK)
    console.press(BACK)
    console.press(BACK)
    assert console.state.step != "anchor_mark"


@pytest.mark.parametrize(
    ("step", "words"), [("theme_talk", "every table works on its own case"), ("break", "No such case")],
)
def test_flip_keys_are_off_away_from_the_case_for_everybody(console, step, words):
    console.walk_to(step)
    before = console.seen
    console.press(Key.Key_F6)
    assert console.seen == before
    assert words in console.banner
    assert not console.parts.bar.findChildren(QWidget)[0].isEnabled()


def test_no_flip_is_shown_before_it_is_marked_in_silence(console):
    console.walk_to("anchor_talk")
    console.press(Key.Key_F7)
    assert "Not yet" in console.banner
    assert isinstance(console.seen, stages.Card)
    assert not console.seen.receiver.changed


def test_after_the_marking_a_flip_can_be_shown_again_at_the_talk(console):
    console.walk_to("anchor_position", every=True)
    console.press(Key.Key_F8)
    assert console.seen.privacy.changed
    console.press(BACK)
    assert isinstance(console.seen, stages.Task)
    assert console.state.step == "anchor_position"


# -- reveal


def test_a_result_is_shown_only_once_its_sheets_are_keyed(console, desk):
    console.walk_to("anchor_flips")
    console.press(Key.Key_F9)
    assert not isinstance(console.seen, stages.BeforeAfter)
    assert "sheet 1 and 2 of 20 people is still to be keyed" in console.banner
    key_sheet(desk, 1)
    key_sheet(desk, 2, shift=1)
    console.press(Key.Key_F9)
    assert isinstance(console.seen, stages.BeforeAfter)
    assert console.parts.bar.gate.text() == "REVEALED to the room"
    console.press(Key.Key_F9)
    assert isinstance(console.seen, stages.Card)


def test_flip_keys_choose_the_picture_while_a_result_is_revealed(console, desk):
    key_sheet(desk, 1)
    key_sheet(desk, 2, shift=1)
    console.walk_to("positions")
    console.press(Key.Key_F9)
    assert [bar.label for bar in console.seen.picture.bars] == ["Before the talk", "After the talk"]
    console.press(Key.Key_F6)
    assert [bar.label for bar in console.seen.picture.bars] == ["After the talk", "+ Health records"]
    console.press(Key.Key_F6, SHIFT)
    assert [bar.label for bar in console.seen.picture.bars] == ["Before the talk", "After the talk"]
    console.press(NEXT)
    assert isinstance(console.seen, stages.Holding)
    assert not console.page.room.revealed


def test_a_correction_that_reopens_the_round_hides_the_result(console, desk):
    key_sheet(desk, 1)
    key_sheet(desk, 2, shift=1)
    console.walk_to("anchor_flips")
    console.press(Key.Key_F9)
    console.press(Key.Key_Z, CTRL)  # takes the last keyed answer back
    assert not isinstance(console.seen, stages.BeforeAfter)


def test_peeking_shows_the_operator_and_nobody_else(console, desk):
    key_sheet(desk, 1)
    key_sheet(desk, 2, shift=1)
    console.walk_to("anchor_flips")
    before = console.seen
    console.press(Key.Key_P, Qt.KeyboardModifier.AltModifier)
    assert console.parts.middle.showing("result")
    assert console.seen == before
    table = console.parts.result.table
    assert table.rowCount() == 5
    assert [table.item(0, column).text() for column in range(5)] == ["4"] * 5
    assert "Before the talk" in console.parts.result.picture.accessibleDescription()


def test_a_look_at_the_result_ends_by_itself_unless_somebody_reads_on(console, desk):
    key_sheet(desk, 1)
    key_sheet(desk, 2, shift=1)
    console.walk_to("anchor_flips")
    console.press(Key.Key_P, Qt.KeyboardModifier.AltModifier)
    ends = console.parts.result._ends
    assert ends.isActive()
    ends.stop()
    console.press(Key.Key_Down)  # from row to row of the table
    assert ends.isActive()
    ends.timeout.emit()
    assert console.parts.middle.showing("say")
    assert not ends.isActive()


def test_a_small_room_is_told_in_words_without_empty_boxes(open_console, make_desk):
    desk = make_desk(8, tables=2)
    key_sheet(desk, 1)
    key_sheet(desk, 2, shift=1)
    console = open_console(desk)
    console.walk_to("anchor_flips")
    console.press(Key.Key_P, Qt.KeyboardModifier.AltModifier)
    result = console.parts.result
    assert console.focus is result
    assert not result.table.isVisible()
    assert not result.picture.isVisible()
    lines = result._sentence.text().split("\n")
    assert lines[0] == "Counts would give single answers away, so there are words only."
    assert len(lines) == 5
    assert not any(letter.isdigit() for line in lines for letter in line)


# -- blank, headcount, undo, restart


@pytest.mark.parametrize("press", [(Key.Key_B, CTRL), (Key.Key_B,), (Key.Key_Period,)])
def test_blank_and_back(console, press):
    console.walk_to("welcome")
    console.press(*press)
    assert isinstance(console.seen, stages.Blank)
    console.press(*press)
    assert isinstance(console.seen, stages.Holding)


def test_single_letters_are_text_while_typing(console):
    console.walk_to("welcome")
    console.press(Key.Key_F3)
    console.type("hb.s")
    assert console.parts.notes.field.toPlainText() == "hb.s"
    assert not isinstance(console.seen, stages.Blank)


def test_escape_leaves_the_field_and_never_touches_the_audience(console):
    console.walk_to("anchor_read")
    before = console.seen
    console.press(Key.Key_F3)
    console.type("words")
    console.press(Key.Key_Escape)
    assert console.focus is console.parts.rail.list
    assert console.seen == before
    assert console.parts.notes.field.toPlainText() == "words"


def test_the_headcount_is_one_line_and_one_record(console):
    console.press(NEXT)
    console.press(Key.Key_H)
    assert console.focus is console.parts.heads.field
    console.type("19")
    console.press(Key.Key_Return)
    assert console.state.here == 19
    assert not console.parts.heads.isVisible()
    console.press(Key.Key_H)
    console.type("3")
    console.press(Key.Key_Escape)
    assert console.state.here == 19


def test_undo_is_a_new_record_and_says_what_it_took_back(console, desk):
    console.press(NEXT)
    console.press(Key.Key_F3)
    console.type("something said")
    console.press(Key.Key_Return)
    written = desk.store.own().seq
    console.press(Key.Key_Escape)
    console.press(Key.Key_Z, CTRL)
    assert desk.store.own().seq == written + 1
    assert not console.state.bodies(r.Note)
    assert "Taken back: the last note." in console.banner


def test_undo_with_nothing_to_take_back_is_said(open_console, make_desk):
    desk = make_desk(0)
    console = open_console(desk)
    console.press(Key.Key_Z, CTRL)
    assert "nothing to take back" in console.banner


def test_a_restart_offers_the_same_step_on_holding(open_console, desk):
    go_to(desk, "anchor_flips")
    key_sheet(desk, 1)
    key_sheet(desk, 2, shift=1)
    console = open_console(desk)
    assert isinstance(console.seen, stages.Holding)
    assert console.state.step == "anchor_flips"
    assert not console.parts.timer.running
    console.press(NEXT)
    assert isinstance(console.seen, stages.Card)
    assert console.state.step == "anchor_flips"


def test_another_page_in_front_loses_neither_the_place_nor_the_time(console, day):
    console.walk_to("anchor_mark")
    console.press(Key.Key_F7)
    seen = console.seen
    day.pass_by(seconds=3)
    console.parts.timer.tick()
    console.window.show_page(Page(console.page.theme))
    day.pass_by(seconds=60)
    again = ConsolePage(console.bridge, console.page.theme)
    console.window.show_page(again)
    assert again.room.stage.page == seen
    assert again.parts.timer.left == 5 * 60 - 63
    assert again.parts.timer.running


def test_sheets_collected_are_one_digit_a_table(console):
    console.walk_to("theme_mark")
    console.press(Key.Key_S)
    console.keys = 0
    console.type("5545")
    assert console.keys == 4
    assert [console.state.collected[table, 3] for table in (1, 2, 3, 4)] == [5, 5, 4, 5]
    console.press(Key.Key_Escape)
    console.press(Key.Key_S)
    assert console.focus is console.parts.sheets.fields[1]


def test_who_is_missing_is_said_once_keying_began(console, desk):
    console.walk_to("theme_mark")
    assert console.parts.sheets.keyed.text() == "Nothing keyed yet"
    seats = desk.state.sitting()
    desk.do(acts.change_seat, role="lead", seat=seats[-1], to="no_show")
    console.bridge.changed.emit(frozenset({"seat"}))
    key_sheet(desk, 3)
    for cell in desk.state.cells_of(seats[0], 3)[-1:]:
        desk.undo()
        assert cell
    console.bridge.changed.emit(frozenset({"undo", "rating"}))
    words = console.parts.sheets.keyed.text()
    assert words.startswith("Keyed 18 of 19. Missing: ")


def test_no_sheets_at_this_step_is_said(console):
    console.walk_to("break")
    console.press(Key.Key_S)
    assert console.banner == "No sheets are collected at this step."


def test_close_and_leave_are_asked_of_the_window(console, qtbot):
    with qtbot.waitSignal(console.page.close_requested, timeout=500):
        console.press(Key.Key_E, CTRL)
    with qtbot.waitSignal(console.page.leave_requested, timeout=500):
        console.press(Key.Key_Home, CTRL)


def test_a_closed_workshop_says_so_instead_of_walking_on(console, desk):
    console.walk_to("close")
    desk.do(acts.close, role="lead")
    console.press(NEXT)
    assert console.state.step == "close"
    assert "This workshop is closed" in console.banner


def test_a_message_goes_with_the_next_act(console):
    console.walk_to("break")
    console.press(Key.Key_F6)
    assert "No such case" in console.banner
    console.press(NEXT)
    assert console.banner == ""
    console.press(Key.Key_Z, CTRL)
    assert "Taken back" in console.banner or "nothing to take back" in console.banner
