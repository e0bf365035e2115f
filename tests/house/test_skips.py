"""On CI a skip fails unless the published data is what is missing; elsewhere it is listed."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

SKIPS = "import pytest\n\ndef test_plain():\n    pytest.skip('no tool')\n"
PUBLISHED = "import pytest\n\n@pytest.mark.published\ndef test_data():\n    pytest.skip('no data')\n"
WHOLE_FILE = "import pytest\n\npytest.skip('no tool', allow_module_level=True)\n"
EXPECTED_FAILURE = "import pytest\n\n@pytest.mark.xfail\ndef test_known():\n    raise ValueError\n"


def outcome(folder: Path, source: str, ci: str) -> tuple[int, str]:
    """Exit code and output of pytest over one file, under the rules of this house."""
    shutil.copyfile(ROOT / "tests" / "conftest.py", folder / "conftest.py")
    (folder / "test_one.py").write_text(source, encoding="utf-8")
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-c",
        ROOT / "pyproject.toml",
        "--rootdir",
        folder,
        folder,
    ]
    variables = {**os.environ, "CI": ci}
    done = subprocess.run(command, env=variables, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout


@pytest.mark.parametrize("source", [SKIPS, WHOLE_FILE])
def test_a_skip_fails_on_ci_and_says_why(tmp_path: Path, source: str):
    code, output = outcome(tmp_path, source, "true")
    assert code != 0
    assert "which CI does not allow" in output
    assert "no tool" in output


def test_a_skip_is_listed_elsewhere(tmp_path: Path):
    code, output = outcome(tmp_path, SKIPS, "")
    assert code == 0
    assert "SKIPPED [1]" in output
    assert "no tool" in output


@pytest.mark.parametrize("source", [PUBLISHED, EXPECTED_FAILURE])
def test_absent_published_data_and_expected_failures_pass_on_ci(tmp_path: Path, source: str):
    assert outcome(tmp_path, source, "true")[0] == 0
