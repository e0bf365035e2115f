"""A layer, loaded whole, brings in no library that belongs to another: slow ones wait until they are wanted."""

import json
import subprocess
import sys

import pytest

LOAD = """
import importlib, json, pkgutil, sys
name, *blocked = sys.argv[1:]
sys.modules.update(dict.fromkeys(blocked))
module = importlib.import_module(name)
for part in pkgutil.walk_packages(getattr(module, "__path__", []), name + "."):
    importlib.import_module(part.name)
print(json.dumps(sorted({loaded.split(".")[0] for loaded, found in sys.modules.items() if found})))
"""

REPORTING = {"matplotlib", "reportlab", "PIL"}
# Only the tests have these. They are made absent, as on a laptop: sqlite-utils loads pandas where it finds it.
TESTING = ["scipy", "pandas", "statsmodels", "pikepdf"]
DISPLAY = {"PySide6", "shiboken6"}
STORING = {"sqlite3", "sqlite_utils"}
SEALING = {"nacl", "pyrage", "cffi"}


@pytest.mark.parametrize(
    ("module", "absent"),
    [
        ("tradeoff_desktop.model", REPORTING | DISPLAY | STORING | SEALING | {"numpy", "click"}),
        ("tradeoff_desktop.store", REPORTING | DISPLAY | SEALING),
        ("tradeoff_desktop.exchange", REPORTING | DISPLAY | STORING | {"numpy", "click"}),
        ("tradeoff_desktop.findings", REPORTING | DISPLAY | STORING | SEALING),
        ("tradeoff_desktop.report", DISPLAY | STORING | SEALING),
        ("tradeoff_desktop.app", REPORTING | DISPLAY),
        ("tradeoff_desktop.ui", REPORTING),
        ("tradeoff_desktop.cli", REPORTING | DISPLAY),
        ("tradeoff_desktop.__main__", REPORTING | DISPLAY),
    ],
)
def test_a_layer_loads_only_what_is_its_own(module: str, absent: set[str]):
    command = [sys.executable, "-c", LOAD, module, *TESTING]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    loaded = set(json.loads(done.stdout.splitlines()[-1]))
    assert "tradeoff_desktop" in loaded
    assert absent & loaded == set()
