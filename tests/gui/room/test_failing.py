"""When the laptop fails: a full disk, a disk that refuses, an empty battery. One test for each row of the table."""

import pytest
from console_world import ALT, CTRL, Key
from PySide6.QtWidgets import QLabel

from tradeoff_desktop.errors import MachineError, RuleError
from tradeoff_desktop.model import capture
from tradeoff_desktop.model import records as r
from tradeoff_desktop.ui.audience import AudienceWindow
from tradeoff_desktop.ui.ballot import BallotPage
from tradeoff_desktop.ui.people import PeoplePage
from tradeoff_desktop.ui.projector import GONE, MIRRORED, ONE_SCREEN

LOST = "Not saved to disk since 13:30. This was not done: {} in memory only and would be lost. Put in a USB stick and press Alt+W."
NOT_SAVED = "Not saved to disk since 13:30. Answers are held in memory. Put in a USB stick and press Alt+W."


ALMOST = "Disk almost full. Answers are still being saved. Export now: Ctrl+E."
BATTERY = "The battery is at {} %. Plug the laptop in. Everything typed is saved."


def full(desk):
    """The store's file cannot grow by a page, as on a full disk."""
    connection = desk.store._connection
    pages = connection.execute("PRAGMA page_count").fetchone()[0]
    connection.execute(f"PRAGMA max_page_count = {pages}")


def with_room(desk):
    desk.store._connection.execute("PRAGMA max_page_count = 1000000")


def write(console, words):
    console.press(Key.Key_F3)
    console.parts.notes.field.setPlainText(words)
    console.press(Key.Key_Return)


def a_note(words):
    return r.Note(role="lead", text=words, step="anchor_talk")


def said(desk):
    return [body.text[:8] for _, body in desk.state.bodies(r.Note)]


@pytest.fixture
def refusing(console, desk):
    """A console whose disk has just refused a note."""
    console.walk_to("anchor_talk")
    full(desk)
    write(console, "precious " * 500)
    return console


def test_what_the_disk_refuses_is_held_and_the_room_goes_on(refusing, desk):
    assert NOT_SAVED in refusing.bar
    assert said(desk) == ["precious"]
    assert refusing.parts.notes.field.toPlainText() == ""
    on_disk = desk.store.own().seq
    refusing.press(Key.Key_PageDown)
    assert desk.state.step == "anchor_mark"
    assert NOT_SAVED in refusing.bar  # it stays until it is no longer true
    assert desk.store.own().seq == on_disk
    assert len(desk.held) >= 2


def test_while_something_is_held_nothing_says_that_it_is_being_saved(refusing, desk):
    refusing.parts.timer.tick()
    assert NOT_SAVED in refusing.bar
    assert refusing.banner == ""
    refusing.page.standing.power = lambda: (9, False)
    refusing.page.standing._looks = 0
    refusing.parts.timer.tick()
    assert refusing.banner == "The battery is at 9 %. Plug the laptop in. What is typed is not on disk yet."
    assert refusing.parts.notes.line.saved.text().startswith("1 note, 1 not on disk yet")
    with_room(desk)
    refusing.holding.look()
    assert refusing.parts.notes.line.saved.text() == "1 note saved"
    refusing.parts.timer.tick()
    assert refusing.banner.startswith(ALMOST)


def every_widget(page):
    return " ".join(widget.text() for widget in page.findChildren(QLabel))


def test_no_form_says_saved_of_what_is_in_memory_only(refusing, desk):
    table, saved = "1", []
    fills = {
        "position": ("table decision disagreed reason", (table, "1", "0", "x")),
        "condition": ("table card necessity text", (table, "0", "1", "x")),
        "framework": ("table question answer reason", (table, "1", "4", "x")),
    }
    for act, (fields, values) in fills.items():
        refusing.page.acts()[act]()
        form = refusing.parts.capture.form
        for field, value in zip(fields.split(), values, strict=True):
            getattr(form, field).setText(value)
        form._save()
        saved.append(form)
    refusing.page.acts()["statement"]()
    form = refusing.parts.capture.form
    form.table.setText(table)
    form.text.setText("We agree.")
    form._write()
    saved.append(form)
    refusing.page.acts()["count_hands"]()
    form = refusing.parts.capture.form
    form._enter()
    saved.append(form)
    assert [one.said.split(":")[0] for one in saved] == ["Held, not on disk yet"] * 5
    with_room(desk)
    refusing.holding.look()
    assert [one.said.split(":")[0] for one in saved] == ["Saved"] * 5


def test_who_came_is_held_on_the_page_of_people_too(refusing, desk, theme):
    page = PeoplePage(refusing.bridge, theme, begin="late")
    refusing.window.show_page(page)
    refusing.type(desk.state.sitting()[0])
    assert "Came late. Held, not on disk yet." in every_widget(page)
    with_room(desk)
    refusing.holding.look()
    assert "Came late. Saved." in every_widget(page)
    assert desk.state.seats[desk.state.sitting()[0]].state == "late"


def test_a_ballot_goes_on_while_the_disk_refuses_and_names_neither_file_nor_stick(refusing, desk, theme):
    page = BallotPage(refusing.bridge, theme)
    refusing.window.show_page(page)
    refusing.type("2468")
    refusing.press(Key.Key_Return)
    refusing.press(Key.Key_Return)
    seat = desk.state.sitting()[3]
    refusing.type(seat)
    before = len(desk.held)
    while page.state == "question":
        refusing.type("4")
        refusing.press(Key.Key_Return)
        seen = f"{refusing.bar} {every_widget(page)}"
        assert not [words for words in ("stick", "Alt+W", ".db", "disk (") if words in seen]
    assert len(desk.held) > before
    assert "held until the disk takes them" in every_widget(page)
    assert refusing.bar == (
        "Not saved to disk since 13:30. Answers are held in memory. You can go on. "
        "Please tell the facilitator when you have finished."
    )
    refusing.window.show_page(PeoplePage(refusing.bridge, theme))
    assert NOT_SAVED in refusing.bar


def test_what_is_held_is_saved_as_soon_as_the_disk_takes_it(refusing, desk):
    write(refusing, "another " * 400)
    refusing.holding.look()
    assert desk.held
    with_room(desk)
    refusing.holding.look()
    assert desk.held == []
    assert refusing.bar == ""
    assert refusing.banner == ALMOST
    texts = [rec.body.text[:8] for rec in desk.store.records(desk.device) if isinstance(rec.body, r.Note)]
    assert texts == ["precious", "another "]
    before = desk.store.own().seq
    desk._look_again()
    assert said(desk) == ["precious", "another "]
    refusing.holding.look()
    assert desk.store.own().seq == before  # and once only


def test_what_is_held_can_be_taken_back(refusing, desk):
    with_room(desk)
    refusing.press(Key.Key_Z, CTRL)
    assert said(desk) == []
    assert desk.held == []


def test_the_room_is_not_left_while_something_stands_in_memory_only(refusing, qtbot):
    with qtbot.assertNotEmitted(refusing.page.leave_requested):
        refusing.press(Key.Key_Home, CTRL)
    assert LOST.format("1 entry stands") in refusing.bar


def test_another_page_says_what_is_held_and_the_disk_is_tried_again_there(refusing, desk, theme):
    refusing.window.show_page(PeoplePage(refusing.bridge, theme))
    assert NOT_SAVED in refusing.bar
    assert refusing.holding._again.isActive()
    with_room(desk)
    refusing.holding._again.timeout.emit()
    assert desk.held == []
    assert refusing.bar == ""
    assert not refusing.holding._again.isActive()


def test_the_window_does_not_close_over_what_is_held_until_it_is_on_a_stick(refusing, desk):
    assert not refusing.window.close()
    assert refusing.window.page is refusing.page  # it is still there, and works
    assert LOST.format("1 entry stands") in refusing.bar
    refusing.press(Key.Key_PageDown)
    assert LOST.format(f"{len(desk.held)} entries stand") in refusing.bar
    refusing.press(Key.Key_W, ALT)
    assert refusing.sticks == [desk.held[-1].seq]
    assert "Everything held in memory is on the stick." in refusing.bar
    refusing.press(Key.Key_PageDown)
    assert "in memory only" in refusing.bar  # of this step the stick knows nothing
    refusing.press(Key.Key_W, ALT)
    assert refusing.window.close()


def test_the_window_closes_where_the_disk_takes_everything_at_last(refusing, desk):
    with_room(desk)
    assert refusing.window.close()
    assert desk.held == []


def test_the_key_for_a_stick_means_nothing_where_nothing_is_held(console):
    console.press(Key.Key_W, ALT)
    assert console.sticks == []


def test_no_participant_is_asked_for_a_stick(refusing, theme):
    refusing.window.show_page(BallotPage(refusing.bridge, theme))
    refusing.press(Key.Key_W, ALT)
    assert refusing.sticks == []


def test_what_is_held_can_be_taken_back_while_the_disk_still_refuses(refusing, desk):
    before = len(desk.held)
    refusing.press(Key.Key_Z, CTRL)
    assert said(desk) == []
    assert len(desk.held) > before  # an undo is a record, too
    assert "Taken back: the last note." in refusing.banner
    with_room(desk)
    refusing.holding.look()
    desk._look_again()
    assert said(desk) == []


def test_a_draft_outlives_an_act_that_the_rules_refuse(console, desk):
    desk.keep_draft("statement", "half a thought")

    def refuse(_state):
        raise RuleError("empty_note")

    assert not console.bridge.settle("statement", refuse)
    console.holding.look()
    assert desk.store.draft("statement") == "half a thought"


def test_a_draft_typed_since_stays_when_the_one_before_it_is_saved(refusing, desk):
    assert refusing.bridge.settle("statement", capture.note, a_note("precious " * 500))
    with_room(desk)
    refusing.press(Key.Key_PageDown)  # takes everything along
    assert desk.held == []
    refusing.bridge.keep_draft("statement", "the next thought")
    refusing.holding.look()
    assert desk.store.draft("statement") == "the next thought"


def test_a_write_that_was_refused_at_the_end_and_stands_is_not_written_twice(console, desk, monkeypatch):
    console.walk_to("anchor_talk")
    append = desk.store.append

    def late(records, **how):
        append(records, **how)
        raise MachineError("disk_error", file="a.db")

    monkeypatch.setattr(desk.store, "append", late)
    write(console, "precious")
    monkeypatch.undo()
    assert desk.held == []
    assert said(desk) == ["precious"]
    console.press(Key.Key_PageDown)
    assert [rec.seq for rec in desk.store.records(desk.device)] == list(range(1, desk.store.own().seq + 1))


def test_outside_the_room_a_refusal_is_a_refusal(console, desk):
    console.walk_to("anchor_talk")
    console.bridge.holds = False
    full(desk)
    write(console, "precious " * 500)
    assert "There is no room left on this disk" in console.banner
    assert desk.held == []


def test_a_full_disk_gets_the_reserve_back_and_says_export_now(console, desk, monkeypatch):
    console.walk_to("anchor_talk")
    full(desk)
    monkeypatch.setattr(desk, "_around", desk._around._replace(relieve=lambda: with_room(desk)))
    write(console, "precious " * 500)
    assert desk.held == []
    assert console.banner == ALMOST
    assert said(desk) == ["precious"]
    console.press(Key.Key_PageDown)
    assert "Export now" in console.banner


@pytest.mark.parametrize(("where", "besides"), [
    ("screen", ""), ("preview", ONE_SCREEN[0]), ("away", GONE[0]), ("mirrored", MIRRORED[0]),
])
def test_a_low_battery_is_said_on_the_console_and_nowhere_else(open_console, desk, audience, monkeypatch, where, besides):
    console = open_console(desk, audience=audience)
    page = audience.stage
    audience.where = "screen" if where == "mirrored" else where
    monkeypatch.setattr(AudienceWindow, "mirrored", where == "mirrored")
    for charge, mains, words in ((15, False, BATTERY.format(15)), (16, False, ""), (9, True, ""), (None, None, "")):
        console.page.standing.power, console.page.standing._looks = (lambda now=(charge, mains): now), 0
        console.parts.timer.tick()
        assert console.banner.startswith(words or besides)
        assert besides in console.banner
        assert bool(console.banner) == bool(words or besides)
    assert audience.stage == page


def test_a_display_that_mirrored_this_one_and_goes_gives_the_console_its_notes_back(open_console, desk, audience, qapp, monkeypatch):
    console = open_console(desk, audience=audience)
    audience.where = "screen"
    monkeypatch.setattr(AudienceWindow, "mirrored", True)
    qapp.screenAdded.emit(qapp.primaryScreen())
    assert console.banner.startswith(MIRRORED[0])
    assert console.parts.notes.list.isHidden()
    monkeypatch.setattr(AudienceWindow, "mirrored", False)
    qapp.screenRemoved.emit(qapp.primaryScreen())
    assert console.banner == ""
    assert not console.parts.notes.list.isHidden()
