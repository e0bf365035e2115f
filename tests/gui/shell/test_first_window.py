"""The first window does not wait for what only reports need; and one line more is a picture more."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from tradeoff_desktop.errors import MachineError
from tradeoff_desktop.ui import gallery, screenshots
from tradeoff_desktop.ui.screenshots import LAPTOP, Shot, View

FIRST_WINDOW = """
import json, sys
sys.modules["pandas"] = None  # a tool of the tests; sqlite-utils loads it where it finds it, and a laptop has none
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from tradeoff_desktop import __main__
from tradeoff_desktop.ui import front

def look(first):
    before = sorted(sys.modules)
    rest = __main__._load_the_rest(first)
    print(json.dumps([before, sorted(sys.modules), first.window.isVisible()]))
    QTimer.singleShot(0, QApplication.quit)
    return rest

sys.exit(front.run([], look))
"""


def test_neither_charts_nor_papers_are_loaded_when_the_first_window_shows(tmp_path):
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "XDG_DATA_HOME": str(tmp_path)}
    done = subprocess.run([sys.executable, "-c", FIRST_WINDOW], capture_output=True, text=True, check=False, env=environment)
    assert done.returncode == 0, done.stderr
    first, whole, visible = json.loads(done.stdout.splitlines()[-1])
    assert visible
    assert "tradeoff_desktop.ui.home" in first
    assert "tradeoff_desktop.ui.console" not in first
    assert "tradeoff_desktop.ui.console" in whole
    assert {"matplotlib", "reportlab", "PIL"}.isdisjoint(whole)


def test_a_line_in_the_list_is_a_picture_in_each_view(qapp: QApplication, tmp_path: Path):
    shots = [shot for shot in gallery.SHOTS if shot.name in {"home-empty", "audience-blank"}]
    views = [View("light", LAPTOP), View("dark", LAPTOP)]
    files = screenshots.take(qapp, tmp_path, shots, views=views)
    names = sorted(file.name for file in files)
    assert names == [
        "audience-blank.png", "contact-sheet.png", "home-empty-dark-1366x768-100.png", "home-empty-light-1366x768-100.png",
    ]
    sizes = {file.name: QImage(str(file)).size() for file in files}
    assert sizes["home-empty-light-1366x768-100.png"] == LAPTOP
    assert sizes["audience-blank.png"] == screenshots.ROOM


def test_the_contact_sheet_has_every_screen_once(qapp: QApplication, tmp_path: Path):
    shots = [shot for shot in gallery.SHOTS if shot.name in {"home-empty", "audience-blank"}]
    sheet = screenshots.take(qapp, tmp_path, shots, views=[View("light", LAPTOP), View("dark", LAPTOP)])[-1]
    picture = QImage(str(sheet))
    ground = picture.pixelColor(0, 0)
    tiles = [picture.pixelColor(24 + place * 504 + 240, 24 + 135) != ground for place in range(6)]
    assert tiles == [True, True, False, False, False, False]


def test_every_screen_is_seen_in_three_appearances_and_two_sizes():
    seen = {(view.appearance, view.size.width()) for view in screenshots.VIEWS if view.zoom == 1}
    assert seen == {(look, width) for look in ("light", "dark", "contrast") for width in (1366, 1920)}


def test_every_name_in_the_gallery_is_its_own():
    names = [shot.name for shot in gallery.SHOTS]
    assert len(names) == len(set(names))


def test_a_screen_that_cannot_be_built_stops_the_command(qapp: QApplication, tmp_path: Path):
    def broken(_theme: object) -> None:
        raise MachineError("icon_missing", file="nothing.svg")

    with pytest.raises(MachineError):
        screenshots.take(qapp, tmp_path, [Shot("broken", broken)])
