"""The set-up decides rightly: what to install, when, from where, and what to start."""

import importlib.util
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]

# Stands where the environment's interpreter would: notes what it is asked, and fails where told to.
INTERPRETER = """#!/bin/sh
echo "$*" >> "{log}"
case "$*" in *"{failing}"*) exit 1 ;; esac
"""


@pytest.fixture
def bootstrap() -> ModuleType:
    spec = importlib.util.spec_from_file_location("bootstrap", ROOT / "packaging" / "bootstrap.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An environment that somebody has made, with an interpreter that writes down what it is asked."""
    (tmp_path / ".venv" / "bin").mkdir(parents=True)
    interpret(tmp_path / ".venv")
    return tmp_path / ".venv"


def interpret(folder: Path, failing: str = "nothing fails") -> None:
    python = folder / "bin" / "python"
    python.write_text(INTERPRETER.format(log=folder / "log", failing=failing), encoding="utf-8")
    python.chmod(0o755)


def asked(folder: Path) -> list[str]:
    """The commands the interpreter was given so far."""
    log = folder / "log"
    return log.read_text(encoding="utf-8").splitlines() if log.exists() else []


def test_what_is_built_is_not_built_again(bootstrap: ModuleType, folder: Path):
    bootstrap.Environment(folder).ensure("run")
    first = asked(folder)
    assert any("app.txt" in command for command in first)
    assert not any("dev.txt" in command for command in first)
    bootstrap.Environment(folder).ensure("run")
    assert asked(folder) == first


def test_what_the_tests_need_includes_what_the_app_needs(bootstrap: ModuleType, folder: Path):
    bootstrap.Environment(folder).ensure("test")
    first = asked(folder)
    assert any("build.txt" in command and "app.txt" in command and "dev.txt" in command for command in first)
    bootstrap.Environment(folder).ensure("run")
    assert asked(folder) == first


def test_the_app_alone_is_not_enough_for_the_tests(bootstrap: ModuleType, folder: Path):
    bootstrap.Environment(folder).ensure("run")
    first = asked(folder)
    bootstrap.Environment(folder).ensure("test")
    assert len(asked(folder)) > len(first)


def test_a_changed_lock_is_installed(bootstrap: ModuleType, folder: Path):
    environment = bootstrap.Environment(folder)
    environment.ensure("run")
    first = asked(folder)
    environment.stamp.write_text(environment.stamp.read_text(encoding="ascii")[::-1], encoding="ascii")
    environment.ensure("run")
    assert len(asked(folder)) == 2 * len(first)


def test_every_wheel_is_checked_by_its_hash(bootstrap: ModuleType, folder: Path):
    bootstrap.Environment(folder).ensure("test")
    locked = [command for command in asked(folder) if "--requirement" in command]
    assert len(locked) == 1
    assert "--require-hashes --only-binary :all:" in locked[0]
    assert not any("index-url" in command for command in asked(folder))


def test_a_wheelhouse_means_no_network(bootstrap: ModuleType, folder: Path, tmp_path: Path):
    bootstrap.Environment(folder, wheelhouse=tmp_path / "wheels").ensure("run")
    locked = next(command for command in asked(folder) if "--requirement" in command)
    assert f"--no-index --find-links {tmp_path / 'wheels'}" in locked


def test_a_refused_installation_is_tried_again_on_what_is_there(bootstrap: ModuleType, folder: Path):
    interpret(folder, failing="--requirement")
    environment = bootstrap.Environment(folder)
    with pytest.raises(subprocess.CalledProcessError):
        environment.ensure("run")
    assert not environment.stamp.exists()
    kept = folder / "kept"
    kept.touch()
    interpret(folder)
    environment.ensure("run")
    assert kept.exists()
    assert environment.stamp.exists()


def test_what_counts_as_half_built(bootstrap: ModuleType, folder: Path):
    environment = bootstrap.Environment(folder)
    assert not environment.is_half_built("")
    assert environment.is_half_built("interrupted")
    interpret(folder, failing="install --help")
    assert environment.is_half_built("")
    environment.python.unlink()
    assert environment.is_half_built("")


def test_a_half_built_environment_is_built_anew(bootstrap: ModuleType, folder: Path, tmp_path: Path):
    (folder / "built-from").write_text("interrupted", encoding="ascii")
    (folder / "left-over").touch()
    (tmp_path / "wheels").mkdir()
    # With nothing to install from it goes as far as a working pip, which says that there is nothing.
    with pytest.raises(subprocess.CalledProcessError):
        bootstrap.Environment(folder, wheelhouse=tmp_path / "wheels").ensure("run")
    assert not (folder / "left-over").exists()
    assert not bootstrap.Environment(folder).is_half_built("")


@pytest.mark.parametrize(
    ("platform", "variables", "shown"),
    [
        ("linux", {}, False),
        ("linux", {"DISPLAY": ""}, False),
        ("linux", {"DISPLAY": ":0"}, True),
        ("linux", {"WAYLAND_DISPLAY": "wayland-0"}, True),
        ("win32", {}, True),
        ("darwin", {}, True),
    ],
)
def test_only_linux_can_be_without_a_display(
    bootstrap: ModuleType, platform: str, variables: dict[str, str], *, shown: bool
):
    assert bootstrap.has_display(platform, variables) is shown


def test_without_a_display_the_rehearsal_is_played_in_a_fresh_folder(
    bootstrap: ModuleType, folder: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
):
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.chdir(folder)
    assert bootstrap.run(folder / "bin" / "python", []) == 0
    place = asked(folder)[-1].removeprefix("-m tradeoff_desktop rehearse --out ")
    assert Path(place).parent == folder
    assert Path(place).name.startswith("rehearsal-")
    assert capfd.readouterr().out.count(place) == 2


def test_with_a_display_or_a_wish_the_app_is_started(
    bootstrap: ModuleType, folder: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("DISPLAY", ":0")
    bootstrap.run(folder / "bin" / "python", [])
    monkeypatch.delenv("DISPLAY")
    bootstrap.run(folder / "bin" / "python", ["doctor", "--json"])
    assert asked(folder) == ["-m tradeoff_desktop", "-m tradeoff_desktop doctor --json"]


def test_all_lifts_the_selection_and_the_rest_is_passed_on(bootstrap: ModuleType, folder: Path):
    bootstrap.test(folder / "bin" / "python", ["tests/model", "-k", "chain"])
    bootstrap.test(folder / "bin" / "python", ["--all", "-x"])
    assert asked(folder) == [
        "-m pytest --numprocesses=auto --dist=loadfile tests/model -k chain",
        "-m pytest --numprocesses=auto --dist=loadfile -m  -x",
    ]


def test_its_own_options_are_taken_wherever_they_stand(
    bootstrap: ModuleType, folder: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
):
    (tmp_path / "pyproject.toml").touch()
    monkeypatch.setattr(bootstrap, "ROOT", tmp_path)
    assert bootstrap.main(["test", "tests/a", "-k", "b or c", "--wheelhouse", "wheels", "--all"]) == 0
    assert any("--find-links" in command for command in asked(folder))
    assert asked(folder)[-1] == "-m pytest --numprocesses=auto --dist=loadfile -m  tests/a -k b or c"


def test_a_failed_installation_is_said(
    bootstrap: ModuleType,
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
):
    (tmp_path / "pyproject.toml").touch()
    monkeypatch.setattr(bootstrap, "ROOT", tmp_path)
    interpret(folder, failing="--requirement")
    assert bootstrap.main(["run"]) == 69
    assert "could not be installed" in capsys.readouterr().err
