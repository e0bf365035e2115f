"""Lint, types, and the words that have no place in a finished file."""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SKIPPED = {
    ".git",
    ".venv",
    ".mypy_cache",
    ".ruff_cache",
    ".hypothesis",
    ".benchmarks",
    "__pycache__",
    "build",
    "dist",
}
TEXT = {
    ".py",
    ".sh",
    ".md",
    ".toml",
    ".in",
    ".txt",
    ".json",
    ".svg",
    ".yml",
    ".yaml",
    ".ts",
    ".desktop",
    ".xml",
    "",
}

# With a bracket in each word, so that this file does not hold the words themselves.
UNFINISHED = re.compile(
    r"\b(T[O]DO|FIX[M]E|XX[X](?=[:\s]|$)|HAC[K]|TB[D]|NotImplemented[E]rror|[Ll]orem [i]psum)\b"
)
PLACES = re.compile(
    r"(?<![\w.~}$*])(/wor[k]/|/roo[t]\b|/hom[e]/|/User[s]/|/tm[p]\b)|[A-Z]:\\User[s]"
    r"|pypi[.]org|pythonhosted[.]org|registry[.]npmjs|deb[.]debian[.]org"
)
SUPPRESSION = re.compile(r"# (?:type: [i]gnore|no[q]a)(?P<rest>.*)")
ARGUED = re.compile(r"(?:\[[\w, -]+\]|: [A-Z]+[0-9]+(?:, [A-Z]+[0-9]+)*)\s*[#-]\s*\S.{9,}")


def texts(*suffixes: str) -> Iterator[tuple[str, str]]:
    """Path from the root and text of every text file of the project, or of those with the suffixes."""
    for path in sorted(ROOT.rglob("*")):
        place = path.relative_to(ROOT)
        hidden = SKIPPED.intersection(place.parts) or re.match(
            r"\.venv-|\.coverage|htmlcov|rehearsal-|.*\.egg-info", place.parts[0]
        )
        if path.is_file() and not hidden and path.suffix in (suffixes or TEXT):
            yield place.as_posix(), path.read_text(encoding="utf-8")


def hits(pattern: re.Pattern[str], text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if pattern.search(line)]


def run(*command: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", *command], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_lint_is_clean():
    run("ruff", "check", "--no-cache", "--output-format=concise", ".")


def test_types_are_clean():
    run("mypy")


def test_nothing_is_left_unfinished():
    assert {path: found for path, text in texts() if (found := hits(UNFINISHED, text))} == {}


def test_no_file_names_a_place_on_somebodys_machine_or_a_registry():
    assert {path: found for path, text in texts() if (found := hits(PLACES, text))} == {}


def test_every_suppression_names_its_rule_and_its_reason():
    unargued = [
        f"{path}: {match.group()}"
        for path, text in texts(".py")
        for match in SUPPRESSION.finditer(text)
        if not ARGUED.match(match["rest"])
    ]
    assert unargued == []


@pytest.mark.parametrize(
    ("pattern", "bad", "good"),
    [
        (UNFINISHED, "# TO" + "DO later", "mastodon"),
        (UNFINISHED, "raise NotImplemented" + "Error", "raise RuleError"),
        (PLACES, "open('/wo" + "rk/main')", "frame/work/"),
        (PLACES, "cd /t" + "mp", "./tmp"),
        (PLACES, "https://pypi" + ".org/simple", "the package index"),
    ],
)
def test_the_patterns_find_and_spare(pattern: re.Pattern[str], bad: str, good: str):
    assert hits(pattern, bad)
    assert not hits(pattern, good)


@pytest.mark.parametrize(
    ("rest", "argued"),
    [
        ("", False),
        (": ANN401", False),
        (": ANN401 - because", False),
        (": ANN401 - facts are whatever the sentence prints", True),
        (": ANN401, PLR0913 - the library's own signature", True),
        ("[import-untyped]", False),
        ("[import-untyped]  # the library ships no types", True),
    ],
)
def test_what_counts_as_a_reason(*, rest: str, argued: bool):
    assert bool(ARGUED.match(rest)) is argued
