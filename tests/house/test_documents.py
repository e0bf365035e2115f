"""What the documents promise is there: every command with its options, every script, every file linked to."""

import re
import shlex
from pathlib import Path

import click
import pytest

from tradeoff_desktop.cli import tradeoff

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = ["README.md", "ARCHITECTURE.md", "DECISIONS.md", "CONTRIBUTING.md", "CHANGELOG.md"]
ENTRY_POINT = ["tradeoff"]


def commands(text: str) -> list[list[str]]:
    """The commands in the fenced blocks of a document, in words, without comments; a prompt is no part of one."""
    blocks = re.findall(r"^```(?:sh|console|bash|text)?\n(.*?)^```", text, flags=re.MULTILINE | re.DOTALL)
    lines = "\n".join(blocks).replace("\\\n", " ").splitlines()
    return [words for line in lines if (words := shlex.split(line.removeprefix("$ "), comments=True))]


def faults(words: list[str]) -> list[str]:
    """What in a command does not exist: a script, a sub-command, an option."""
    if words[:1] == ["sh"] or words[:1] == ["bash"]:
        return [] if (ROOT / words[1]).is_file() else [f"no script {words[1]}"]
    if words[:3] == ["python", "-m", "tradeoff_desktop"]:
        return faults(["tradeoff", *words[3:]])
    if words[:1] != ENTRY_POINT:
        return []
    command: click.Command = tradeoff
    rest = words[1:]
    while isinstance(command, click.Group) and rest and not rest[0].startswith("-"):
        if rest[0] not in command.commands:
            return [f"no command {' '.join(words)}"]
        command = command.commands[rest.pop(0)]
    context = click.Context(command)
    known = {option for parameter in command.get_params(context) for option in parameter.opts}
    used = {word.split("=")[0] for word in rest if word.startswith("--")}
    return [f"no option {option} of {' '.join(words)}" for option in sorted(used - known)]


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_command_exists(name: str):
    found = commands((ROOT / name).read_text(encoding="utf-8"))
    assert [fault for words in found for fault in faults(words)] == []


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_file_linked_to_exists(name: str):
    text = (ROOT / name).read_text(encoding="utf-8")
    links = [link.split("#")[0] for link in re.findall(r"\]\(([^)\s]+)\)", text) if "://" not in link]
    assert [link for link in links if link and not (ROOT / link).exists()] == []


def test_the_readme_names_the_two_commands():
    named = [words[:3] for words in commands((ROOT / "README.md").read_text(encoding="utf-8"))]
    assert ["sh", "packaging/bootstrap.sh", "run"] in named
    assert ["sh", "packaging/bootstrap.sh", "test"] in named


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("sh packaging/bootstrap.sh run", None),
        ("sh packaging/nothing.sh", "no script"),
        ("tradeoff rehearse --out DIR --seed 2 # a comment --none", None),
        ("tradeoff rehearse --nonsense", "no option --nonsense"),
        ("tradeoff keys show --json", None),
        ("tradeoff keys lose", "no command"),
        ("tradeoff --version", None),
        ("python -m tradeoff_desktop nonsense", "no command"),
        ("ssh-keygen -Y verify", None),
    ],
)
def test_what_does_not_exist_is_found(line: str, fault: str | None):
    found = [one for words in commands(f"```\n$ {line}\n```\n") for one in faults(words)]
    assert bool(found) is bool(fault)
    assert all(str(fault) in one for one in found)


def test_a_command_may_run_over_several_lines():
    assert commands("```sh\ntradeoff merge A.tradeoff \\\n  --dry-run\n```\n") == [
        ["tradeoff", "merge", "A.tradeoff", "--dry-run"]
    ]


def test_no_mark_of_a_merge_stays_in_a_document():
    marks = [
        f"{path.name}:{number}" for path in sorted(ROOT.glob("*.md")) for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if line.startswith(("<<<<<<<", "=======", ">>>>>>>"))
    ]
    assert marks == []


def test_decisions_are_numbered_in_order():
    numbers = re.findall(r"^## (\d+)\. ", (ROOT / "DECISIONS.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert [int(number) for number in numbers] == list(range(1, len(numbers) + 1))
