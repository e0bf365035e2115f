"""What is installed is what was locked: every package pinned and hashed, no address, no version known to be bad."""

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[2]
LOCKS = ROOT / "packaging" / "requirements"
NAMES = ["app", "dev", "build", "freeze"]


def project() -> dict[str, Requirement]:
    """The run-time dependencies pyproject.toml asks for, by name."""
    stated = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["dependencies"]
    return {canonicalize_name(one.name): one for one in map(Requirement, stated)}


def locked(name: str) -> dict[str, list[str]]:
    """The locked versions of every package; one package has several where versions of Python differ."""
    versions: dict[str, list[str]] = {}
    for line in (LOCKS / f"{name}.txt").read_text(encoding="utf-8").splitlines():
        if re.match(r"[a-z0-9]", line):
            one = Requirement(line.removesuffix("\\"))
            versions.setdefault(canonicalize_name(one.name), []).append(str(one.specifier))
    return versions


@pytest.mark.parametrize("name", NAMES)
def test_a_lock_holds_no_address(name: str):
    text = (LOCKS / f"{name}.txt").read_text(encoding="utf-8")
    assert "://" not in text
    assert "--index" not in text
    assert "--find-links" not in text


@pytest.mark.parametrize("name", NAMES)
def test_every_package_is_pinned_and_hashed(name: str):
    text = (LOCKS / f"{name}.txt").read_text(encoding="utf-8")
    entries = re.split(r"\n(?=[a-z0-9])", text)
    assert [entry for entry in entries if not re.match(r"[a-z0-9.-]+==\S", entry)] == []
    assert [entry for entry in entries if "--hash=sha256:" not in entry] == []


def test_the_app_lock_satisfies_the_project():
    versions = locked("app")
    for name, wanted in project().items():
        assert name in versions
        for version in versions[name]:
            assert wanted.specifier.contains(version.removeprefix("=="))


def test_the_tests_run_on_the_versions_the_app_runs_on():
    app, dev = locked("app"), locked("dev")
    assert app.keys() & dev.keys()
    assert {name for name in app.keys() & dev.keys() if app[name] != dev[name]} == set()


def test_the_qt_that_aborts_is_refused_and_a_good_one_is_locked():
    qt = project()["pyside6-essentials"].specifier
    assert not qt.contains("6.12.0")
    assert qt.contains("6.11.3")
    assert locked("app")["pyside6-essentials"] == ["==6.11.3"]


def test_test_libraries_are_not_in_the_app():
    heavy = {
        "scipy",
        "pandas",
        "statsmodels",
        "pikepdf",
        "pytest",
        "cryptography",
        "pyside6",
        "pyside6-addons",
    }
    assert heavy & locked("app").keys() == set()
