"""Notes that are moved, clarified and redacted: the room's words are never overwritten, only erased on purpose."""

import pytest

from tradeoff_desktop.errors import RuleError
from tradeoff_desktop.model import capture
from tradeoff_desktop.model import records as r


def write(desk, text, **more):
    desk.do(capture.note, r.Note(**{"role": "lead", "text": text, "step": "break", **more}))
    return desk.state.bodies(r.Note)[-1][0]


def texts(desk, field="text"):
    return [getattr(body, field) for _, body in desk.state.bodies(r.Note)]


def test_the_last_notes_are_moved_as_one_act_and_come_back_with_one_undo(room):
    for text in ("one", "two", "three"):
        write(room, text, table=2, variant="", typed="2027-03-02T13:00:00.000Z")
    room.do(capture.move_notes, role="lead", last=2, step="theme_talk")
    assert list(zip(texts(room), texts(room, "step"), texts(room, "scenario"), strict=True)) == [
        ("one", "break", ""), ("two", "theme_talk", "HOU-3"), ("three", "theme_talk", "HOU-3"),
    ]
    assert texts(room, "typed") == ["2027-03-02T13:00:00.000Z"] * 3
    room.undo()
    assert texts(room, "step") == ["break"] * 3
    assert texts(room) == ["one", "two", "three"]


def test_notes_moved_to_the_case_for_everybody_are_about_it(room):
    write(room, "one")
    room.do(capture.move_notes, role="lead", last=1, step="anchor_mark")
    note = room.state.bodies(r.Note)[0][1]
    assert (note.scenario, note.variant, note.round) == ("HOU-1", "", "RB")


@pytest.mark.parametrize(("last", "step", "code"), [(0, "break", "unknown_note"), (2, "break", "unknown_note"), (1, "x", "unknown_step")])
def test_only_notes_that_are_there_go_to_a_step_that_is_there(room, last, step, code):
    write(room, "one")
    with pytest.raises(RuleError, match=code):
        room.do(capture.move_notes, role="lead", last=last, step=step)


def test_a_clarification_goes_along_when_its_note_is_mended_or_moved(room):
    first = write(room, "the list")
    room.do(capture.clarify, role="lead", of=first.ref, text="the council's")
    second = write(room, "the long list", replaces=first.seq)
    room.do(capture.move_notes, role="lead", last=1, step="theme_talk")
    assert room.state.clarified() == {room.state.bodies(r.Note)[0][0].key: ["the council's"]}
    room.undo()
    assert room.state.clarified() == {second.key: ["the council's"]}


def test_only_a_note_that_is_there_is_clarified_in_words(room):
    note = write(room, "the list")
    with pytest.raises(RuleError, match="empty_note"):
        room.do(capture.clarify, role="lead", of=note.ref, text=" ")
    room.undo()
    with pytest.raises(RuleError, match="unknown_note"):
        room.do(capture.clarify, role="lead", of=note.ref, text="x")


def test_a_redaction_erases_every_earlier_wording_too(room):
    first = write(room, "Mrs Holroyd said so")
    write(room, "Mrs Holroyd of Quarmby said so", replaces=first.seq)
    room.undo()
    second = write(room, "Mrs H of Quarmby said so", replaces=first.seq)
    write(room, "other words")
    room.redact(second.ref, "A neighbour said so")
    dump = b"\n".join(room.store.dump())
    assert not [word for word in (b"Holroyd", b"Quarmby") if word in dump]
    assert texts(room) == ["other words", "A neighbour said so"]
    assert room.state.past == {}
    assert set(room.store.find_notes("quarmby")) == set()


def test_a_note_that_was_taken_back_can_still_be_erased(room):
    note = write(room, "Mrs Holroyd said so")
    room.undo()
    assert b"Holroyd" in b"".join(room.store.dump())
    room.redact(note.ref, "")
    assert b"Holroyd" not in b"".join(room.store.dump())
    assert texts(room) == []
    with pytest.raises(RuleError, match="unknown_note"):
        room.redact(note.ref, "")


def test_a_note_that_counts_is_not_redacted_to_nothing(room):
    note = write(room, "Mrs Holroyd said so")
    with pytest.raises(RuleError, match="empty_note"):
        room.redact(note.ref, "  ")
    assert texts(room) == ["Mrs Holroyd said so"]
