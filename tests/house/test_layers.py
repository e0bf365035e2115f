"""The architecture: who may import whom, and which layer alone may know which library."""

import ast
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

import pytest

PRODUCT = Path(__file__).resolve().parents[2] / "tradeoff_desktop"

# This dict is the architecture. Siblings never import each other; every module may import its own layer.
MAY_IMPORT: dict[str, set[str]] = {
    "__init__": set(),
    "errors": set(),
    "model": {"errors"},
    "store": {"errors", "model"},
    "exchange": {"errors", "model"},
    "findings": {"errors", "model"},
    "report": {"errors", "model", "findings"},
    "app": {"errors", "model", "store", "exchange", "findings", "report"},
    # The windows and the command line reach files, keys and paper through the app; findings' results they may show.
    "ui": {"errors", "model", "findings", "app"},
    "cli": {"errors", "model", "findings", "app", "cli_base", "cli_trust"},
    "cli_trust": {"errors", "app", "cli_base"},
    "cli_base": {"errors", "app"},
    "__main__": {"errors", "app", "ui", "cli"},
}

# Library -> the folders and files that may know it. A library that is not named here is refused everywhere.
KNOWN_TO: dict[str, tuple[str, ...]] = {
    "PySide6": ("ui",),
    "shiboken6": ("ui",),
    "sqlite3": ("store",),
    "sqlite_utils": ("store",),
    "nacl": ("exchange",),
    "pyrage": ("exchange",),
    "matplotlib": ("report",),
    "reportlab": ("report",),
    "click": ("cli.py", "cli_trust.py", "cli_base.py"),
    "msgspec": ("model/records.py", "model/codec.py", "model/pack.py", "model/programme.py"),
    "numpy": ("findings", "report"),
    "platformdirs": ("app", "report"),
    "segno": ("report", "ui"),
}

# It cannot talk to the network, and it draws without a hidden global state.
NOWHERE = (
    *("socket", "socketserver", "ssl", "http", "urllib", "ftplib", "smtplib", "imaplib", "poplib", "nntplib"),
    *("telnetlib", "xmlrpc", "wsgiref", "asyncio", "selectors", "select", "webbrowser"),
    *("PySide6.QtNetwork", "PySide6.QtNetworkAuth", "PySide6.QtWebSockets", "PySide6.QtWebEngineCore"),
    *(
        "PySide6.QtHttpServer",
        "PySide6.QtRemoteObjects",
        "matplotlib.pyplot",
        "pylab",
        "importlib.import_module",
    ),
)

# Slow to load, wanted only at the moment of publishing; and the one file that chooses between window and terminal.
LATE = {
    "": ("matplotlib", "reportlab", "tradeoff_desktop.report"),
    "__main__": ("tradeoff_desktop.ui", "tradeoff_desktop.cli"),
}


@dataclass(frozen=True)
class Import:
    """One imported name, in full."""

    name: str
    line: int
    late: bool

    def within(self, *packages: str) -> bool:
        return any(self.name == package or self.name.startswith(f"{package}.") for package in packages)


def imports(path: PurePosixPath, tree: ast.Module) -> Iterator[Import]:
    """Every import statement of the file, late ones too; ``path`` is relative to the product."""
    late = {inner for outer in ast.walk(tree) if is_body(outer) for inner in ast.walk(outer)}
    package = ["tradeoff_desktop", *path.parts[:-1]]
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            whence = ".".join([*base, *([node.module] if node.module else [])])
            names = [f"{whence}.{alias.name}" for alias in node.names]
        elif isinstance(node, ast.Call) and ast.unparse(node.func) == "__import__":
            names = ["importlib.import_module"]
        else:
            continue
        for name in names:
            yield Import(name, getattr(node, "lineno", 0), node in late)


def is_body(node: ast.AST) -> bool:
    return isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.Lambda)


def layer_of(name: str) -> str:
    """The layer a full name of the product belongs to; what is no layer comes from the package itself."""
    part = [*name.split("."), ""][1]
    return part if part in MAY_IMPORT else "__init__"


def faults(path: PurePosixPath, source: str) -> list[str]:
    """What in this file the architecture forbids."""
    own = path.parts[0].removesuffix(".py")
    lines = source.splitlines()
    found = []
    for one in imports(path, ast.parse(source)):
        root = one.name.split(".")[0]
        if one.within(*NOWHERE):
            found.append(f"{path}:{one.line} {one.name} is imported nowhere")
        elif root == "tradeoff_desktop":
            if layer_of(one.name) not in MAY_IMPORT[own] | {own, "__init__"}:
                found.append(f"{path}:{one.line} {own} may not import {one.name}")
        elif root in KNOWN_TO:
            if not any(path.is_relative_to(place) for place in KNOWN_TO[root]):
                found.append(f"{path}:{one.line} {root} is known only to {', '.join(KNOWN_TO[root])}")
        elif root not in sys.stdlib_module_names:
            found.append(f"{path}:{one.line} {root} is no library of this product")
        if one.late and not one.within(*LATE[""], *LATE.get(own, ())):
            found.append(f"{path}:{one.line} {one.name} is imported late")
        if one.late and "#" not in lines[one.line - 1] + lines[one.line - 2]:
            found.append(f"{path}:{one.line} a late import has no comment to say why")
    return found


def test_the_tree_holds_these_layers_and_no_other():
    on_disk = {
        entry.name.removesuffix(".py")
        for entry in PRODUCT.iterdir()
        if entry.suffix == ".py" or (entry / "__init__.py").exists()
    }
    assert on_disk == set(MAY_IMPORT)


def test_every_import_follows_the_architecture():
    files = sorted(PRODUCT.rglob("*.py"))
    assert len(files) > 30
    found = [
        fault
        for file in files
        for fault in faults(
            PurePosixPath(file.relative_to(PRODUCT).as_posix()), file.read_text(encoding="utf-8")
        )
    ]
    assert found == []


@pytest.mark.parametrize(
    ("path", "source"),
    [
        ("exchange/bundle.py", "from tradeoff_desktop.store import append"),
        ("exchange/bundle.py", "from tradeoff_desktop import store"),
        ("exchange/bundle.py", "from ..store import append"),
        ("exchange/bundle.py", "from .. import store"),
        ("exchange/bundle.py", "import tradeoff_desktop.store.schema"),
        ("model/chain.py", "from tradeoff_desktop.app import desk"),
        ("errors.py", "from tradeoff_desktop.model import codec"),
        ("ui/home.py", "from tradeoff_desktop.store import append"),
        ("app/desk.py", "from PySide6.QtCore import QObject"),
        ("app/desk.py", "import sqlite3"),
        ("model/chain.py", "from msgspec import Struct"),
        ("ui/home.py", "from PySide6 import QtNetwork"),
        ("ui/home.py", "from PySide6.QtNetwork import QTcpSocket"),
        ("report/figure.py", "from matplotlib import pyplot"),
        ("app/desk.py", "import urllib.parse"),
        ("app/desk.py", "import requests"),
        ("app/desk.py", "import socket"),
        ("app/desk.py", "def load():\n    # why\n    import json"),
        ("app/desk.py", "def load():\n\n    from tradeoff_desktop.report import document"),
        ("app/desk.py", "from importlib import import_module"),
        ("app/desk.py", "report = __import__('matplotlib')"),
        ("app/desk.py", "if TYPE_CHECKING:\n    from tradeoff_desktop.ui import page"),
    ],
)
def test_a_forbidden_import_is_found(path: str, source: str):
    assert len(faults(PurePosixPath(path), source)) == 1


@pytest.mark.parametrize(
    ("path", "source"),
    [
        ("app/desk.py", "from tradeoff_desktop import __version__"),
        ("app/desk.py", "from . import words\nfrom ..model.codec import encode"),
        (
            "app/desk.py",
            "def publish():\n    # loads slowly\n    from tradeoff_desktop.report import document",
        ),
        ("model/records.py", "from msgspec import Struct"),
        ("__main__.py", "def window():\n    from tradeoff_desktop.ui import start  # without the terminal"),
    ],
)
def test_a_fair_import_is_let_through(path: str, source: str):
    assert faults(PurePosixPath(path), source) == []
