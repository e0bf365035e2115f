"""A crash report says where in the program, and not a word of what anybody typed."""

import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tradeoff_desktop.app import crash, setting_up
from tradeoff_desktop.app.files import folders
from tradeoff_desktop.errors import MachineError, RuleError

NOW = datetime(2027, 3, 4, 15, 30, 12, tzinfo=UTC)


def caught(act) -> Exception:
    try:
        act()
    except Exception as error:  # noqa: BLE001 - whatever it is, the report takes it
        return error
    raise AssertionError


def test_the_places_are_there_and_the_words_are_not():
    words = "Mrs Miller of 4 Mill Lane owes rent"
    error = caught(lambda: setting_up.read_day([words]))
    report = crash.report(type(error), error, error.__traceback__)
    assert "builtins.AttributeError\n" in report
    assert "tradeoff_desktop/app/setting_up.py:" in report
    assert "in read_day" in report
    assert "Miller" not in report


def test_the_text_of_an_exception_is_left_out():
    def fail() -> None:
        raise ValueError("Mrs Miller")

    error = caught(fail)
    report = crash.report(type(error), error, error.__traceback__)
    assert "builtins.ValueError\n" in report
    assert "in fail" in report
    assert "Miller" not in report
    assert str(Path(__file__).parent) not in report


def test_one_of_our_own_errors_keeps_its_code():
    error = caught(lambda: (_ for _ in ()).throw(RuleError("bad_key", key="Miller")))
    report = crash.report(type(error), error, error.__traceback__)
    assert "RuleError bad_key\n" in report
    assert "Miller" not in report


def test_the_file_is_for_its_owner_and_named_by_the_moment(tmp_path):
    path = crash.write(folders(tmp_path / "data"), "report\n", now=NOW)
    assert path.name == "crash-20270304T153012.txt"
    assert path.read_text() == "report\n"
    assert path.stat().st_mode & 0o077 == 0


def test_a_disk_that_refuses_is_said_in_our_own_error(tmp_path):
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(MachineError):
        crash.write(folders(tmp_path / "file"), "report\n", now=NOW)


_BUG = """
import sys
from tradeoff_desktop import __main__, cli

def fail(**_):
    try:
        raise KeyError("Mrs Miller")
    except KeyError as error:
        raise ValueError("Mrs Miller owes rent") from error

cli.doctor.examine = fail
sys.argv = ["tradeoff", "doctor"]
__main__.main()
"""


def test_a_command_that_fails_says_so_in_one_sentence_and_where_the_report_lies(tmp_path):
    environment = {**os.environ, "XDG_DATA_HOME": str(tmp_path)}
    done = subprocess.run([sys.executable, "-c", _BUG], capture_output=True, text=True, check=False, env=environment)
    (report,) = (tmp_path / "tradeoff-desktop" / "crashes").iterdir()
    assert (done.returncode, done.stdout) == (70, "")
    assert done.stderr.startswith("Something went wrong in the program. Everything saved is still there.")
    assert done.stderr.rstrip().endswith(f"{report}.")
    assert done.stderr.count("\n") == 1
    assert "ValueError" in report.read_text()
    assert "in fail" in report.read_text()
    assert "Miller" not in done.stderr + report.read_text()
