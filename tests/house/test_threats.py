"""Every threat that shaped the design, and the tests that stand against it; and that nothing lets anybody past them."""

import ast
import re
from pathlib import Path

import click
import pytest

from tradeoff_desktop.cli import tradeoff

ROOT = Path(__file__).resolve().parents[2]
AT_FAULT = {"signer", "content", "format", "area", "age", "chain"}

# What the threats that shaped the design are called; each begins at least one row below.
SHAPING = (
    "lost laptop", "lost stick", "forged bundle", "forged area", "replay", "rollback", "edits before export", "edits at the centre",
    "clock skew", "hostile archives", "hostile JSON", "markup injection", "formula injection", "mathtext injection",
    "look-alike text", "bidirectional text", "personal data in notes", "erasure", "re-identification by order", "small numbers",
)
# Threat -> where it is tried. A row without a test, or with one that is gone, fails.
THREATS = {
    "lost laptop: its key is for its owner only": "e2e/test_commands.py::test_keys_are_made_once_shown_and_read_aloud",
    "lost laptop: its key has a passphrase": "app/test_enrolling.py::test_locked_keys_open_once_for_as_long_as_the_program_runs",
    "lost laptop: its key is taken back": "app/test_enrolling.py::test_a_key_taken_back_is_refused_everywhere_and_cannot_come_again",
    "lost stick": "exchange/test_bundle.py::test_nothing_of_an_encrypted_bundle_can_be_read_without_a_key",
    "lost key of the centre": "app/test_escrow.py::test_the_backup_must_have_been_restored_before_a_programme_is_signed",
    "forged bundle": "exchange/test_bundle_mutations.py::test_a_sample_of_alterations_is_refused",
    "forged bundle: an unknown key": "app/test_enrolling.py::test_a_bundle_of_an_unknown_laptop_waits_and_enrolling_lets_it_in",
    "forged area": "exchange/test_bundle_hostile.py::test_a_forged_area_fails_even_with_a_trusted_key",
    "forged laptop": "exchange/test_bundle_hostile.py::test_one_laptop_cannot_speak_as_another_of_its_area",
    "forged enrolment": "exchange/test_parcels.py::test_nobody_enrols_somebody_elses_key",
    "forged key change": "app/test_enrolling.py::test_nobody_elses_key_vouches",
    "forged receipt": "app/test_enrolling.py::test_a_receipt_of_another_centre_is_none",
    "squatting on a device's name": (
        "exchange/test_merge_plan.py::test_another_laptops_chain_under_a_held_devices_name_is_refused_and_forks_nothing"
    ),
    "squatting on a workshop": "app/test_ruling.py::test_who_comes_first_does_not_beat_the_plan",
    "a role that is not one's own": "spec/test_vectors.py::test_a_bundle",
    "replay": "exchange/test_merge_plan.py::test_the_same_bundle_again_changes_nothing_and_says_so",
    "rollback": "exchange/test_merge_plan.py::test_a_longer_copy_brings_what_is_new_and_a_shorter_one_nothing",
    "rollback of a programme": "app/test_shelf.py::test_an_older_file_is_refused_over_a_newer_one_with_words",
    "fork": "exchange/test_merge_plan.py::test_a_fork_never_heals_and_only_moves_down",
    "edits before export": "app/test_centre.py::test_a_rewritten_chain_is_told_from_the_sealed_one",
    "edits at the centre": "app/test_centre.py::test_a_row_edited_in_the_file_stops_every_act",
    "clock skew": "faults/test_clocks.py::test_a_day_by_mad_clocks_comes_to_the_same",
    "clock skew: standing still": "faults/test_clocks.py::test_a_clock_that_stands_still_gives_every_act_a_time_of_its_own",
    "expiry by somebody's clock": "exchange/test_bundle_hostile.py::test_expiry_is_judged_at_receipt",
    "hostile archives": "exchange/test_container.py::test_hostile_archives_are_refused",
    "hostile JSON": "model/test_codec.py::test_deep_and_long_lines_are_refused_before_parsing",
    "hostile JSON, garbage": "model/test_codec.py::test_garbage_is_refused_and_nothing_else_happens",
    "hostile inside a good signature": "spec/test_fuzz_inside.py::test_both_readers_judge_a_spoilt_inside_alike",
    "hostile input that takes room": "faults/test_reader_memory.py::test_the_worst_inputs_stay_within_the_bound",
    "hostile input that takes time": "exchange/test_bundle_mutations.py::test_malformed_bundles_of_4_mib_are_refused_within_50_ms",
    "hostile trust store": "exchange/test_trust.py::test_abuses_of_the_trust_store_are_refused",
    "markup injection": "report/test_text_gate.py::test_markup_stays_what_was_typed",
    "markup injection on screen": "gui/shell/test_hostile_on_screen.py::test_markup_in_a_label_is_words",
    "markup injection in lists": "gui/shell/test_hostile_on_screen.py::test_a_list_draws_markup_as_the_letters_it_is_made_of",
    "markup injection in HTML": "report/test_hostile_words.py::test_hostile_words_stay_words_on_a_page",
    "markup injection in a terminal": "e2e/test_commands.py::test_what_a_terminal_would_obey_is_not_printed",
    "mathtext injection in charts": "report/test_hostile_words.py::test_hostile_words_are_shown_whole",
    "look-alike text": "exchange/test_look_alikes.py::test_no_record_names_what_only_looks_like_a_code",
    "look-alike text in a trust store": "exchange/test_look_alikes.py::test_a_laptop_of_an_area_that_looks_like_another_is_none",
    "formula injection": "exchange/test_bundle.py::test_no_cell_can_begin_a_formula",
    "control and format characters": "report/test_text_gate.py::test_every_control_and_format_character_is_marked",
    "bidirectional text": "report/test_hostile_words.py::test_words_from_right_to_left_keep_every_letter",
    "bidirectional text on screen": "gui/shell/test_hostile_on_screen.py::test_what_turns_a_line_round_is_marked_and_the_words_are_kept",
    "personal data in notes: hints": "app/test_hints.py::test_what_looks_like_personal_data_is_found",
    "personal data in notes: redaction": "app/test_desk.py::test_a_redaction_erases_the_old_words_and_keeps_the_new",
    "personal data in logs": "faults/test_canaries.py::test_typed_words_are_in_no_log_report_index_or_temporary_file",
    "erasure": "app/test_originals.py::test_withdrawn_and_redacted_words_are_nowhere_at_the_centre",
    "erasure after the end": "app/test_ending.py::test_store_originals_and_keys_go_and_reports_and_the_programme_stay",
    "re-identification by order": "e2e/test_data_exports.py::test_the_numbers_of_people_follow_neither_table_nor_seat",
    "damaged files beside the stores": "gui/shell/test_side_files.py::test_it_starts_says_so_and_loses_nothing",
    "words in a traceback": "app/test_crash.py::test_a_command_that_fails_says_so_in_one_sentence_and_where_the_report_lies",
    "a revoked key and other people's tools": "exchange/test_verify_txt.py::test_a_revoked_key_is_refused",
    "small numbers in a report": "report/contents/test_every_report.py::test_no_printed_count_of_private_marks_is_small",
    "small numbers on the projector": "app/test_pictures.py::test_fewer_than_five_see_nothing",
    "half a bag after a full disk": "app/test_enrolling.py::test_a_full_disk_leaves_no_half_bag",
}


def test_every_threat_that_shaped_the_design_has_a_row():
    assert [threat for threat in SHAPING if not any(row.startswith(threat) for row in THREATS)] == []


@pytest.mark.parametrize("threat", THREATS)
def test_every_threat_has_its_test(threat):
    file, _, name = THREATS[threat].partition("::")
    tree = ast.parse((ROOT / "tests" / file).read_text(encoding="utf-8"))
    assert name in {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


def commands(group, names=()):
    for name, one in group.commands.items():
        if isinstance(one, click.Group):
            yield from commands(one, (*names, name))
        else:
            yield (*names, name), one


def test_no_command_has_an_option_to_leave_verification_out():
    leaving_out = re.compile(r"skip|force|insecure|unsafe|trust-?all|no-?(verify|check|sign)|ignore|anyway", re.IGNORECASE)
    options = {(" ".join(name), opt) for name, one in commands(tradeoff) for p in one.params for opt in p.opts}
    assert len(options) > 60
    assert [option for option in options if leaving_out.search(option[1])] == []


def test_no_reader_can_be_called_without_what_it_judges_by():
    wanted = {
        "bundle.py": {"read": {"trust", "received_at"}, "read_remainder": {"trust", "received_at"}},
        "programme.py": {"read_programme": {"pinned"}}, "tablefile.py": {"read": {"code"}}, "receipt.py": {"read": {"centre"}},
    }
    for file, readers in wanted.items():
        tree = ast.parse((ROOT / "tradeoff_desktop" / "exchange" / file).read_text(encoding="utf-8"))
        for node in tree.body:
            if isinstance(node, ast.FunctionDef) and node.name in readers:
                needed = {arg.arg for arg, default in zip(node.args.kwonlyargs, node.args.kw_defaults, strict=True) if default is None}
                assert readers[node.name] <= needed, f"{file}:{node.lineno}"


def test_every_refusal_of_a_file_says_what_is_at_fault():
    unsaid = []
    made_up = {"sample.py", "gallery_notes.py"}  # what the pictures show
    for path in sorted(one for one in (ROOT / "tradeoff_desktop").rglob("*.py") if one.name not in made_up):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "TrustError":
                said = {k.arg: k.value for k in node.keywords}
                fault = said.get("at_fault")
                known = isinstance(fault, ast.Constant) and fault.value in AT_FAULT
                if not known and None not in said and not isinstance(fault, ast.Name):
                    unsaid.append(f"{path.name}:{node.lineno}")
    assert unsaid == []
