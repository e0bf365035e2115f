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
    assert told["revealed"] == "BeforeAfter"
    assert told["missing"] == [0, 0, 0, 0]
    assert (told["people"], told["notes"], told["positions"], told["statements"], told["tallies"]) == (10, 4, 8, 4, 1)
    assert told["sealed"]
    assert told["keys"] < 1000
