"""On CI a skip fails unless the published data is what is missing; elsewhere it is listed."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

TESTS = """
import pytest

def test_without_its_tool():
    pytest.skip("no tool")

@pytest.mark.published
def test_without_its_data():
    pytest.skip("no data")

@pytest.mark.xfail
def test_known_to_fail():
    raise ValueError
"""
WHOLE_FILE = "import pytest\n\npytest.skip('no library', allow_module_level=True)\n"


def outcome(folder: Path, ci: str) -> tuple[int, str]:
    """Exit code and output of pytest over the files above, under the rules of this house."""
    shutil.copyfile(ROOT / "tests" / "conftest.py", folder / "conftest.py")
    (folder / "test_some.py").write_text(TESTS, encoding="utf-8")
    (folder / "test_file.py").write_text(WHOLE_FILE, encoding="utf-8")
    project = ["-c", ROOT / "pyproject.toml", "--rootdir", folder]
    command = [sys.executable, "-m", "pytest", "-q", "--continue-on-collection-errors", *project, folder]
    done = subprocess.run(command, env={**os.environ, "CI": ci}, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout


def test_a_skip_fails_on_ci_and_says_why(tmp_path: Path):
    code, output = outcome(tmp_path, "true")
    assert code == 1
    assert "1 failed, 1 skipped, 1 xfailed, 1 error" in output
    assert re.search(r"^FAILED .*test_some.py::test_without_its_tool", output, flags=re.MULTILINE)
    assert re.search(r"^ERROR .*test_file.py", output, flags=re.MULTILINE)
    assert "CI does not allow what happened here: Skipped: no tool" in output
    assert "CI does not allow what happened here: Skipped: no library" in output


def test_a_skip_is_listed_elsewhere(tmp_path: Path):
    code, output = outcome(tmp_path, "")
    assert code == 0
    assert "3 skipped, 1 xfailed" in output
    assert all(reason in output for reason in ("no tool", "no data", "no library"))
