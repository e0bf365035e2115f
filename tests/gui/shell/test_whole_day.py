"""A three-hour workshop on two screens, by keyboard alone, in a process of its own: the platform reads its screens once."""

import json
import os
import subprocess
import sys
from pathlib import Path

SCREENS = {"screens": [
    {"name": "laptop", "x": 0, "y": 0, "width": 1366, "height": 768, "logicalDpi": 96, "dpr": 1},
    {"name": "projector", "x": 1366, "y": 0, "width": 1920, "height": 1080, "logicalDpi": 96, "dpr": 1},
]}


def test_the_whole_day_from_set_up_to_seal_by_keyboard_alone(tmp_path):
    (tmp_path / "two.json").write_text(json.dumps(SCREENS), encoding="utf-8")
    root = Path(__file__).resolve().parents[3]
    done = subprocess.run(
        [sys.executable, str(Path(__file__).with_name("day_story.py"))], check=False, capture_output=True, text=True,
        timeout=180, cwd=root, env={
            **os.environ, "QT_QPA_PLATFORM": f"offscreen:configfile={tmp_path / 'two.json'}", "PYTHONPATH": str(root),
            "STORY": str(tmp_path / "data"),
        },
    )
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout.splitlines()[-1])
    assert told["where"] == ["screen", "projector"]
    assert told["steps not begun"] == 0
    assert told["pages"] == ["Card", "Holding", "Positions", "Question", "StatementPage", "Task", "Thanks"]
    assert told["missing"] == [0, 0, 0, 0]
    assert (told["people"], told["notes"], told["positions"], told["statements"], told["tallies"]) == (10, 5, 8, 4, 1)
    assert told["sealed"]
    assert told["keys"] < 1050
    # Who came late counts as absent on the first sheet, who left early as absent on the last.
    assert told["late"] == ["late", True, 0]
    assert told["left"] == "left"
    assert told["flips"] == [
        [True, False, False], [False] * 3, [False, True, False], [False] * 3, [False, False, True], [False] * 3,
    ]
    assert told["blank"] == ["Blank", "Card"]
    assert told["revealed"] == "BeforeAfter"
    assert told["split"]  # the room has two camps, so the facilitator is asked to hear both ends
    assert told["parked"] == 1
    assert told["spread"] > 0
    assert told["voted"] == ["Table 1 wants rules. Now.", "7 in favour, 2 against, 0 abstained"]
    refused, written = told["stick"]
    assert refused.startswith("That folder is not there any more")
    assert written.startswith("Safe to unplug. 10 people, 5 notes.")
    assert told["bundle"] == ["sealed", True]  # read back from the stick, every record of the chain in it
