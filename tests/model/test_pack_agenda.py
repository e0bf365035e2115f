"""The agenda, minute by minute, as decided; and what the checks of an agenda find."""

import pytest
from msgspec.structs import replace

from tradeoff_desktop.app import content
from tradeoff_desktop.model import packagenda, packtext, runsheet

PACK = content.shipped()

# Decision 6. Part, minute of its start (the workshop starts at 0), minutes of its steps.
PLAN = [
    ("doors", -30, [30]),
    ("welcome", 0, [5, 7, 3]),
    ("before", 15, [5, 5]),
    ("benefit", 25, [8, 4]),
    ("anchor", 37, [3, 4, 12, 5, 9, 7]),
    ("break", 77, [15]),
    ("theme", 92, [3, 4, 12, 5, 9, 7, 3]),
    ("after", 135, [5, 5]),
    ("plenary", 145, [8, 12]),
    ("close", 165, [6]),
    ("slack", 171, [9]),
]


def test_the_agenda_is_the_one_decided_minute_by_minute():
    planned = runsheet.plan(PACK)
    found = []
    for part in PACK.parts:
        if part.id == "framework":
            continue  # a session of its own, outside the three hours
        steps = [p for p in planned if p.step.part == part.id]
        found.append((part.id, steps[0].starts, [p.step.minutes for p in steps]))
    assert found == PLAN
    assert planned[-1].ends == PACK.minutes == 180


def test_the_anchor_is_for_the_room_and_the_own_case_for_the_tables():
    paces = {(step.scenario, step.pace) for step in PACK.agenda}
    assert paces == {("", "room"), ("anchor", "room"), ("theme", "table")}


def test_sheets_are_marked_before_anybody_talks_about_the_changes():
    ids = [step.id for step in PACK.agenda]
    for case in ("anchor", "theme"):
        places = [ids.index(f"{case}_{phase}") for phase in ("talk", "mark", "flips", "position")]
        assert places == sorted(places)
        assert places[2] == places[1] + 1


def test_each_sheet_is_written_and_collected_where_it_should_be():
    written = [(s.sheet, s.round, s.scenario, "sheets" in s.capture) for s in PACK.agenda if s.sheet]
    assert written == [
        (1, "R0", "anchor", False), (1, "R0", "theme", True), (2, "RB", "anchor", True), (3, "RB", "theme", True),
        (4, "R1", "anchor", False), (4, "R1", "theme", True),
    ]


def test_tasks_fit_on_the_screen_and_every_step_has_something_to_say():
    assert all(packtext.words(step.task) <= 30 for step in PACK.agenda)
    assert all(step.say and step.prompts for step in PACK.agenda)


def with_step(name, **changes):
    agenda = [replace(step, **changes) if step.id == name else step for step in PACK.agenda]
    return replace(PACK, agenda=agenda)


# A field that begins with a full stop is one of the step itself.
CHANGES = [
    ("break", {"minutes": 14}, "agenda", "pack_minutes"),
    ("slack", {"before_start": True}, ".before_start", "pack_before_start"),
    ("close", {"minutes": 0}, ".minutes", "pack_step_minutes"),
    ("close", {"part": "nowhere"}, ".part", "pack_unknown_part"),
    ("close", {"part": "welcome"}, ".part", "pack_part_order"),
    ("close", {"part": "plenary"}, "parts[10]", "pack_empty_part"),
    ("anchor_mark", {"sheet": 4, "round": "R1"}, "agenda", "pack_sheet_order"),
    ("anchor_mark", {"sheet": 0, "round": ""}, "agenda", "pack_sheet_cases"),
    ("anchor_mark", {"capture": []}, ".capture", "pack_sheet_collected"),
    ("before_anchor", {"capture": ["sheets"]}, ".capture", "pack_sheet_collected"),
    ("anchor_mark", {"round": "R1"}, ".round", "pack_sheet_round"),
    ("anchor_talk", {"round": "R0"}, ".round", "pack_sheet_round"),
    ("theme_talk", {"audience": "flips"}, ".audience", "pack_table_step"),
    ("theme_talk", {"pace": "room"}, ".pace", "pack_pace"),
    ("anchor_talk", {"pace": "table"}, ".pace", "pack_pace"),
    ("theme_talk", {"task": " "}, ".task", "pack_no_task"),
    ("anchor_talk", {"scenario": ""}, ".scenario", "pack_no_scenario"),
    ("close", {"say": ""}, ".say", "pack_no_say"),
]


@pytest.mark.parametrize(("step", "changes", "field", "code"), CHANGES)
def test_a_wrong_agenda_is_found(step, changes, field, code):
    found = [(fault.field, fault.code) for fault in packagenda.check(with_step(step, **changes))]
    at = f"agenda[{[s.id for s in PACK.agenda].index(step)}]"
    assert (at + field if field.startswith(".") else field, code) in found


def test_an_empty_agenda_is_one_fault():
    assert [f.code for f in packagenda.check(replace(PACK, agenda=[]))] == ["pack_no_agenda"]
