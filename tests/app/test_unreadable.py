"""What may not be read is said to be so, and never that nothing can be written."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

_AS_NOBODY = """
import os, sys
sys.path.insert(0, sys.argv[2])
from datetime import UTC, datetime
from pathlib import Path
from tradeoff_desktop.app import centre, enrolling, judging, merging, words
from tradeoff_desktop.app.files import read_file
from tradeoff_desktop.errors import MachineError
locked = Path(sys.argv[1])
access = judging.Access(judging.TrustStore(), (), datetime(2027, 3, 2, tzinfo=UTC))
if os.getuid() == 0:  # root may read anything: give that right up, after the imports
    os.setgid(65534)
    os.setuid(65534)
for act in (
    lambda: read_file(locked / "a", limit=9), lambda: list(centre.dump(locked / "a.db")),
    lambda: merging.merge([], store=locked / "a.db", access=access), lambda: enrolling.read_trust(locked / "a"),
):
    try:
        act()
    except MachineError as error:
        print(words.say(error).what)
"""


@pytest.mark.skipif(os.name != "posix", reason="rights are POSIX here")
def test_a_folder_that_lets_nobody_in_is_said_to_be_unreadable(tmp_path):
    locked = tmp_path / "locked"
    locked.mkdir()
    readers = [(folder, folder.stat().st_mode) for folder in (*tmp_path.parents, tmp_path) if not folder.stat().st_mode & 0o001]
    try:
        for folder, mode in readers:
            folder.chmod(mode | 0o755)
        locked.chmod(0)
        done = subprocess.run(
            [sys.executable, "-c", _AS_NOBODY, str(locked), str(Path(__file__).parents[2])],
            capture_output=True, text=True, check=False,
        )
    finally:
        locked.chmod(0o700)
        for folder, mode in readers:
            folder.chmod(mode)
    said = done.stdout.splitlines()
    assert len(said) == 4, done.stderr
    assert all("cannot be read" in line for line in said), said
