"""Every row of the numbers to hold has a short form, a full form, and a control that must fail; a row without one fails here."""

import ast
from pathlib import Path
from typing import NamedTuple

import pytest

TESTS = Path(__file__).resolve().parents[1]


class Row(NamedTuple):
    """The tests of one row; where the short form is the whole of it already, ``full`` is "all of it"."""

    short: str
    full: str
    control: str


WHOLE = "all of it"
ROWS = {
    "power cuts": Row(
        "faults/test_power_cuts.py::test_five_hundred_cuts_lose_nothing",
        "faults/test_power_cuts.py::test_twenty_thousand_cuts_lose_nothing",
        "faults/test_power_cuts.py::test_bad_settings_are_found_out",
    ),
    "kills of the program": Row(
        "faults/test_kills.py::test_the_program_killed_at_work_loses_nothing",
        "faults/test_kills.py::test_a_thousand_kills_lose_nothing",
        "faults/test_kills.py::test_bad_habits_are_found_out",
    ),
    "failing writes": Row(
        "faults/test_failing_writes.py::test_every_seventh_failure_is_shown_and_loses_nothing",
        "faults/test_failing_writes.py::test_every_failure_is_shown_and_loses_nothing",
        "faults/test_failing_writes.py::test_bad_habits_are_found_out",
    ),
    "altered bundles": Row(
        "exchange/test_bundle_mutations.py::test_a_sample_of_alterations_is_refused",
        "exchange/test_bundle_mutations.py::test_every_place_altered_is_refused",
        "exchange/test_bundle_mutations.py::test_a_reader_that_skips_a_check_is_found_out",
    ),
    "hostile bundles rightly signed": Row(
        "faults/test_hostile_bundles.py::test_every_hostile_bundle_is_refused_or_put_aside_and_the_store_stays_byte_for_byte",
        WHOLE,
        "faults/test_hostile_bundles.py::test_a_store_that_changed_is_found_out",
    ),
    "hostile inside a good signature": Row(
        "spec/test_fuzz_inside.py::test_both_readers_judge_a_spoilt_inside_alike",
        "spec/test_fuzz_inside.py::test_both_readers_judge_a_spoilt_inside_alike_at_length",
        "spec/test_fuzz_inside.py::test_what_is_not_spoilt_is_accepted",
    ),
    "merges in any order": Row(
        "faults/test_merge_orders.py::test_two_hundred_days_merge_alike_in_any_order",
        "faults/test_merge_orders.py::test_two_thousand_days_merge_alike_in_any_order",
        "faults/test_merge_orders.py::test_bad_merges_are_found_out",
    ),
    "every character through every renderer": Row(
        "report/test_hostile_words.py::test_every_unseen_character_passes_through_every_renderer",
        WHOLE,
        "report/test_hostile_words.py::test_a_renderer_that_loses_words_is_found_out",
    ),
    "every character on screen": Row(
        "gui/shell/test_hostile_on_screen.py::test_whatever_is_typed_is_drawn_by_labels_and_lists_and_kept",
        WHOLE,
        "gui/shell/test_hostile_on_screen.py::test_a_label_that_reads_markup_is_found_out",
    ),
    "kills of the merge": Row(
        "faults/test_merge_kills.py::test_a_killed_merge_leaves_the_store_as_before_or_after",
        "faults/test_merge_kills.py::test_a_killed_merge_leaves_the_store_as_before_or_after_at_length",
        "faults/test_merge_kills.py::test_a_merge_in_pieces_is_found_out",
    ),
    "memory of the reader": Row(
        "faults/test_reader_memory.py::test_the_worst_inputs_stay_within_the_bound",
        "faults/test_reader_memory.py::test_every_input_stays_within_the_bound",
        "faults/test_reader_memory.py::test_a_reader_without_limits_is_found_out",
    ),
    "words that must be nowhere": Row(
        "faults/test_canaries.py::test_typed_words_are_in_no_log_report_index_or_temporary_file",
        WHOLE,
        "faults/test_canaries.py::test_leaks_are_found_out",
    ),
}


def is_full(place: str) -> bool:
    """Whether the test of that place runs with ``test --all`` only; it must be there."""
    file, _, name = place.partition("::")
    tree = ast.parse((TESTS / file).read_text(encoding="utf-8"))
    found = next(node for node in tree.body if isinstance(node, ast.FunctionDef) and node.name == name)
    return any(ast.unparse(mark) == "pytest.mark.full" for mark in found.decorator_list)


@pytest.mark.parametrize("row", ROWS)
def test_a_row_has_a_short_form_a_full_form_and_a_control(row):
    short, full, control = ROWS[row]
    assert not is_full(short)
    assert not is_full(control)
    assert full == WHOLE or is_full(full)
