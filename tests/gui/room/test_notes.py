"""Notes: one line, tied to where it is typed, kept while half typed."""

import pytest
from console_world import CTRL, SHIFT, Console, Key
from PySide6.QtCore import Qt
from room_world import go_to

from tradeoff_desktop.app import shorthand
from tradeoff_desktop.model import acts
from tradeoff_desktop.model import records as r
from tradeoff_desktop.ui.noteline import SETTLE, SLOT, STALE


def notes(console):
    return [body for _, body in console.state.bodies(r.Note)]


def write(console: Console, line: str) -> None:
    if console.focus is not console.parts.notes.field:
        console.press(Key.Key_F3)
    console.type(line)
    console.press(Key.Key_Return)


def test_a_tagged_note_takes_six_keys_beyond_its_words(console):
    console.walk_to("anchor_talk")
    console.keys = 0
    write(console, "they may sell it #pr")
    assert console.keys - len("they may sell it") <= 6
    assert notes(console)[0].tags == ["privacy"]


def test_a_note_is_tied_to_step_card_and_round(console):
    console.walk_to("anchor_talk")
    write(console, "before the flips")
    console.walk_to("anchor_mark")
    console.press(Key.Key_F7)
    write(console, "about the charity")
    console.walk_to("theme_talk")
    write(console, "@t2 at a table")
    first, second, third = notes(console)
    assert (first.step, first.scenario, first.variant, first.round) == ("anchor_talk", "HOU-1", "base", "")
    assert (second.scenario, second.variant, second.round) == ("HOU-1", "O.charity", "RV")
    assert (third.step, third.scenario, third.table) == ("theme_talk", "WEL-1", 2)


def test_group_and_table_stick_and_are_shown_by_shape_initial_and_name(console):
    console.walk_to("anchor_talk")
    write(console, '@g @t3 "We have no staff for this"')
    write(console, "another point")
    one, two = notes(console)
    assert (one.group, one.table, one.verbatim) == ("government", 3, True)
    assert (two.group, two.table, two.verbatim) == ("government", 3, False)
    listed = console.parts.notes.list
    assert "T3 G: “We have no staff for this”" in listed.texts()[0]
    assert not listed.notes.data(listed.notes.index(0), Qt.ItemDataRole.DecorationRole).isNull()


@pytest.mark.parametrize(
    ("mark", "kind"), [("!", "red_line"), ("?", "question"), ("+", "condition"), ("", "point")],
)
def test_marks_make_kinds(console, mark, kind):
    write(console, mark + " words")
    assert notes(console)[0].kind == kind


def test_a_setting_alone_makes_no_note(console):
    write(console, "@c")
    assert notes(console) == []
    write(console, "now with words")
    assert notes(console)[0].group == "civil"


def test_an_unknown_setting_stays_in_the_line(console):
    write(console, "@t9 words")
    assert notes(console) == []
    assert console.parts.notes.field.toPlainText() == "@t9 words"


def test_the_moment_of_the_first_key_is_kept(console, day):
    console.press(Key.Key_F3)
    console.type("a")
    day.pass_by(seconds=40)
    console.type(" long thought")
    console.press(Key.Key_Return)
    assert notes(console)[0].typed == "2027-03-03T13:30:00.000Z"


def test_half_typed_words_are_kept_after_a_pause_and_cleared_when_saved(console, desk, qtbot):
    console.press(Key.Key_F3)
    console.type("half a thou")
    assert (console.parts.notes.line.settling.interval(), console.parts.notes.line.stale.interval()) == (SETTLE, STALE)
    assert desk.store.draft(SLOT) == ""
    qtbot.waitUntil(lambda: desk.store.draft(SLOT) == "half a thou", timeout=2000)
    assert notes(console) == []
    console.press(Key.Key_Return)
    assert desk.store.draft(SLOT) == ""


@pytest.mark.parametrize("leave", [Key.Key_Escape, Key.Key_PageDown, Key.Key_F2])
def test_leaving_the_line_keeps_the_draft_at_once(console, desk, leave):
    console.press(Key.Key_F3)
    console.type("half")
    console.press(leave)
    assert desk.store.draft(SLOT) == "half"


def test_half_typed_words_are_there_after_a_restart(open_console, desk):
    desk.keep_draft(SLOT, "what was I say")
    console = open_console(desk)
    assert console.parts.notes.field.toPlainText() == "what was I say"


def test_the_up_arrow_edits_the_last_note_where_it_was_made(console):
    console.walk_to("anchor_talk")
    write(console, "@p + only if tld")
    console.walk_to("break")
    console.press(Key.Key_F3)
    console.press(Key.Key_Up)
    assert console.parts.notes.field.toPlainText() == "+ only if tld"
    console.type("!")
    console.press(Key.Key_Return)
    assert [(n.text, n.kind, n.group, n.step) for n in notes(console)] == [
        ("only if tld!", "condition", "partner", "anchor_talk"),
    ]


def test_an_open_note_closed_empty_changes_nothing(console):
    write(console, "kept")
    console.press(Key.Key_Up)
    console.press(Key.Key_A, CTRL)
    console.press(Key.Key_Delete)
    console.press(Key.Key_Return)
    assert [n.text for n in notes(console)] == ["kept"]


def test_shift_enter_breaks_the_line(console):
    console.press(Key.Key_F3)
    console.type("one")
    console.press(Key.Key_Return, SHIFT)
    console.type("two")
    console.press(Key.Key_Return)
    assert notes(console)[0].text == "one\ntwo"


def test_the_longest_note_is_as_long_as_a_record_holds(console):
    console.press(Key.Key_F3)
    console.parts.notes.field.setPlainText("x" * shorthand.LONGEST)
    console.parts.notes.field.moveCursor(console.parts.notes.field.textCursor().MoveOperation.End)
    console.type("y")
    console.press(Key.Key_Return)
    assert len(notes(console)[0].text) == shorthand.LONGEST


def test_only_notes_of_this_step_are_listed_and_all_are_counted(console):
    console.walk_to("anchor_talk")
    write(console, "first")
    console.walk_to("break")
    write(console, "second")
    texts = console.parts.notes.list.texts()
    assert len(texts) == 1
    assert texts[0].endswith("second")
    assert console.parts.notes.line.saved.text().startswith("2 notes saved, last at 13:30:00")


def test_a_closed_workshop_refuses_a_note_and_keeps_the_words(open_console, desk):
    go_to(desk, "close")
    desk.do(acts.close, role="lead")
    console = open_console(desk)
    write(console, "too late")
    assert notes(console) == []
    assert console.parts.notes.field.toPlainText() == "too late"
    assert "closed" in console.banner


@pytest.mark.parametrize("mark", ["@z", "@t9", "@zz", "@t123"])
def test_a_setting_that_is_nothing_here_is_refused_beside_the_line(console, mark):
    write(console, f"{mark} said aloud")
    assert notes(console) == []
    assert console.parts.notes.line.saved.text() == f"Not saved: {mark} is no group or open table here"
    assert console.parts.notes.field.toPlainText() == f"{mark} said aloud"


def test_one_note_is_one_note(console):
    write(console, "first")
    assert console.parts.notes.line.saved.text().startswith("1 note saved, last at")
