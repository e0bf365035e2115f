"""What only the facilitator sees: the prompt to ask the two ends, the parked questions."""

from console_world import ALT, Key
from room_world import go_to, key_balance, key_sheet

from tradeoff_desktop.model import capture
from tradeoff_desktop.model import records as r


def mark(desk, after):
    """Everybody's first sheet, and the marking after the talk of the case for everybody."""
    key_sheet(desk, 1)
    key_balance(desk, 2, {"base": after, **{flip.id: after for flip in desk.pack.anchor.flips}})


def split(desk):
    mark(desk, ["1"] * 7 + ["3"] * 6 + ["5"] * 7)


def test_a_split_room_prompts_to_ask_the_two_ends_and_the_room_does_not_see_it(open_console, desk, audience):
    console = open_console(desk, audience=audience)
    audience.where = "screen"
    console.page._placed("screen")
    console.walk_to("anchor_flips")
    assert not console.parts.say.ends.isVisible()
    split(desk)
    console.page._changed(frozenset({"rating"}))
    assert console.parts.say.ends.isVisible()
    assert console.parts.say.ends.text().startswith("Ask the two ends")
    assert "two ends" not in console.page.room.stage.spoken()


def test_where_the_room_may_read_the_screen_the_prompt_is_not_there(open_console, desk, audience):
    split(desk)
    go_to(desk, "anchor_flips")
    console = open_console(desk, audience=audience)
    assert audience.where == "preview"
    assert not console.parts.say.ends.isVisible()


def test_a_room_that_leans_one_way_prompts_nobody(open_console, desk):
    mark(desk, ["1"] * 3 + ["3"] * 3 + ["5"] * 14)
    go_to(desk, "anchor_flips")
    assert not open_console(desk).parts.say.ends.isVisible()


def test_a_small_room_is_not_told_that_it_is_split(open_console, make_desk):
    desk = make_desk(8, tables=2)
    mark(desk, ["1"] * 4 + ["5"] * 4)
    go_to(desk, "anchor_flips")
    assert not open_console(desk).parts.say.ends.isVisible()


def note(desk, kind, text):
    desk.do(capture.note, r.Note(role="lead", kind=kind, text=text, step="anchor_talk", table=3))


def test_parked_questions_are_listed_with_what_was_answered_later(console, desk):
    console.walk_to("anchor_talk")
    console.press(Key.Key_Q, ALT)
    assert not console.parts.parked.list.count()
    console.press(Key.Key_Q, ALT)
    note(desk, "question", "Who is told of a breach?")
    note(desk, "point", "No question.")
    record, _ = desk.state.bodies(r.Note)[0]
    desk.do(capture.clarify, role="lead", of=record.ref, text="The council, within 72 hours.")
    console.press(Key.Key_Q, ALT)
    assert [console.parts.parked.list.item(row).text() for row in range(console.parts.parked.list.count())] == [
        "13:30 · Table 3 · Who is told of a breach? [The council, within 72 hours.]",
    ]
    assert console.focus is console.parts.parked.list
    console.press(Key.Key_PageDown)  # the room goes on from here too
    assert console.state.step == "anchor_mark"


def test_with_one_screen_parked_questions_stay_hidden(open_console, desk, audience):
    note(desk, "question", "Who is told of a breach?")
    console = open_console(desk, audience=audience)
    console.press(Key.Key_Q, ALT)
    assert not console.parts.middle.showing("parked")
    assert "the room may see it" in console.banner
