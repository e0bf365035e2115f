"""Positions side by side and the ledger of conditions, by keys alone."""

import pytest
from console_world import ALT, Key
from room_world import go_to

from tradeoff_desktop.model import capture
from tradeoff_desktop.model import records as r
from tradeoff_desktop.model.pack import BASE


@pytest.fixture
def ledger(console):
    go_to(console.bridge.desk, "anchor_position")
    console.press(Key.Key_4, ALT)
    return console.parts.capture.form


def condition(desk, table, code, *, scenario="HOU-1", variant=BASE, text=""):
    desk.do(capture.set_condition, r.Condition(
        role="lead", table=table, scenario=scenario, variant=variant, condition=code, necessity="must", text=text,
    ))


def note(desk, kind, text, scenario="HOU-1"):
    desk.do(capture.note, r.Note(role="lead", kind=kind, text=text, step="anchor_position", scenario=scenario, variant=BASE))


def test_the_ledger_names_the_exact_card_and_how_much_it_matters(console, ledger, desk):
    code, flip = desk.pack.conditions[0], desk.pack.anchor.primary("D")
    condition(desk, 2, code.code, variant=flip.id, text="in plain words")
    ledger.refresh(frozenset({"condition"}))
    assert ledger._ledger.text() == f"Table 2 · Help before eviction, {flip.label}: {code.label}, must “in plain words”"
    condition(desk, 1, code.code, scenario="HSC-1")
    console.type("2")
    assert "HSC" not in ledger._ledger.text()
    assert ledger._ledger.text().startswith("Table 2")


def test_the_same_condition_again_changes_its_weight(console, ledger, desk):
    for weight in "13":
        ledger.table.setFocus()
        ledger.table.clear()
        console.type("20")
        ledger.condition.activated.emit(0)
        console.type(weight)
        console.press(Key.Key_Return)
    assert [body.necessity for _, body in console.state.bodies(r.Condition)] == ["not_enough"]
    condition(desk, 3, desk.pack.conditions[0].code)
    assert len(console.state.bodies(r.Condition)) == 2


def test_another_condition_needs_its_words(console, ledger):
    console.type("20")
    ledger.condition.setCurrentIndex(ledger.condition.count() - 1)
    ledger.condition.activated.emit(ledger.condition.currentIndex())
    console.type("1")
    console.press(Key.Key_Return)
    assert ledger.said == "Another condition needs its words."
    assert console.state.bodies(r.Condition) == []


def test_conditions_and_questions_of_the_notes_stand_beside_it_unless_the_room_may_see(console, ledger, desk):
    note(desk, "condition", "only if people are told")
    note(desk, "question", "who pays?")
    note(desk, "point", "a point")
    console.parts.capture.keep_quiet(quiet=False)
    assert ledger._noted.text() == "From the notes:\nCondition: only if people are told\nQuestion: who pays?"
    console.parts.capture.keep_quiet(quiet=True)
    assert ledger._noted.text() == ""


def test_every_table_s_position_stands_side_by_side(console):
    console.walk_to("anchor_position")
    console.press(Key.Key_F2)
    form = console.parts.capture.form
    console.type("122")
    console.press(Key.Key_Return)
    assert "Alt+4" in form.said
    assert form._taken.text().split("\n")[:2] == ["Table 1: Only with conditions, 2 disagreed", "Table 2: not taken yet"]


@pytest.mark.parametrize("digit", "5790")
def test_where_no_position_was_taken_nobody_is_asked_who_disagreed(console, digit):
    console.walk_to("anchor_position")
    console.press(Key.Key_F2)
    console.type("3" + digit)
    assert console.focus is console.parts.capture.form.reason
    console.press(Key.Key_Return)
    assert console.state.positions[3, "HOU-1"].decision == capture.POSITION_KEYS[digit]
