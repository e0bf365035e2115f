"""Every error that can be raised anywhere has a sentence a person can act on."""

import ast
import string
from collections import defaultdict
from pathlib import Path

import pytest

from tradeoff_desktop.app import words
from tradeoff_desktop.app.packwords import SENTENCES
from tradeoff_desktop.errors import ContentError, MachineError, RuleError, TradeoffError, TrustError

ROOT = Path(__file__).resolve().parents[2] / "tradeoff_desktop"
ERRORS = {"RuleError": RuleError, "MachineError": MachineError, "TrustError": TrustError, "ContentError": ContentError}
# Where the code is not written at the raise itself: the file, and every code that can come from there.
ELSEWHERE = {
    "app/content.py": {"content_stray_file", "pack_no_anchor"},
    "app/files.py": {"file_unreadable", "disk_full", "folder_read_only", "folder_missing", "disk_error"},
    "exchange/sealing.py": {"not_for_us", "bad_age"},
    "exchange/wire.py": {"bad_public_key", "bad_key_file", "bad_signature_format"},
    "model/pack.py": {"content_wrong_type", "content_missing_field"},
    "store/connection.py": {"store_locked", "store_unwritable", "disk_full", "disk_error", "store_damaged"},
}


def raised() -> dict[tuple[str, str], list[set[str] | None]]:
    """(error class, code) -> the facts named at each raise; None where some facts are passed on unnamed."""
    found = defaultdict(list)
    for path in sorted(ROOT.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name) or node.func.id not in ERRORS:
                continue
            facts = None if any(k.arg is None for k in node.keywords) else {k.arg for k in node.keywords}
            if isinstance(node.args[0], ast.Constant):
                found[node.func.id, node.args[0].value].append(facts)
            else:
                name = path.relative_to(ROOT).as_posix()
                assert name in ELSEWHERE, f"{name}:{node.lineno} raises a code that this test does not know"
                for code in ELSEWHERE[name]:
                    found[node.func.id, code].append(None)
    return found


RAISED = raised()


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize(("kind", "code"), sorted(RAISED))
def test_every_code_has_a_sentence_and_a_remedy(kind: str, code: str):
    table, safe = words.TABLES[ERRORS[kind]]
    assert code in table, f"{kind}({code!r}) has no sentence"
    what, remedy = table[code]
    assert safe
    assert what.strip().endswith((".", "?"))
    assert remedy.strip().endswith((".", "?"))


@pytest.mark.parametrize(("kind", "code"), sorted(RAISED))
def test_a_sentence_uses_only_facts_that_are_given(kind: str, code: str):
    needed = placeholders("".join(words.TABLES[ERRORS[kind]][0][code]))
    # The place within a source file is added on the way up.
    needed -= {"file", "line", "field"} if kind == "ContentError" else set()
    for facts in RAISED[kind, code]:
        assert facts is None or needed <= facts, f"{code} needs {needed - facts}"


def test_a_message_says_what_happened_that_the_data_is_safe_and_what_to_do():
    message = words.say(RuleError("too_many_hands", counted=23, here=20))
    assert message.text == "You counted 23 but 20 people are here."
    assert message.rest == "Nothing was changed. Recount, or press H to change the headcount."


def test_an_unknown_code_still_says_something():
    message = words.say(TradeoffError("never_heard_of"))
    assert "never_heard_of" in message.text
    assert message.remedy


def test_a_missing_fact_never_hides_the_message():
    assert words.say(RuleError("too_many_hands")).text == "You counted - but - people are here."


@pytest.mark.parametrize("table", [words.RULES, words.MACHINE, words.FILES, words.NUMBERS, SENTENCES])
def test_sentences_are_whole_and_calm(table: dict[str, tuple[str, str]]):
    for code, parts in table.items():
        for text in parts:
            assert text[0].isupper() or text[0] in '{"“', code
            assert "!" not in text, code
            assert "  " not in text, code
