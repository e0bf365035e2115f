"""The specification as it stands on disk, and the program that makes its vectors and examples."""

import importlib
import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SPEC = ROOT / "resources" / "spec"
VECTORS = SPEC / "vectors"


def vector(name):
    """One JSON file of the vectors."""
    return json.loads((VECTORS / name).read_text(encoding="utf-8"))


def pytest_generate_tests(metafunc):
    """A test that asks for ``<name>_case`` runs once for each entry of ``vectors/<name>.json``."""
    for name in metafunc.fixturenames:
        if name.endswith("_case"):
            cases = vector(f"{name.removesuffix('_case')}.json")
            names = [case.get("file") or case.get("name") or case.get("what") or str(n) for n, case in enumerate(cases)]
            metafunc.parametrize(name, cases, ids=names)


@pytest.fixture(scope="session")
def vectors():
    """Read a file of the vectors: bytes by path, or ``.json`` decoded."""

    def read(name):
        return vector(name) if name.endswith(".json") else (VECTORS / name).read_bytes()

    return read


@pytest.fixture(scope="session")
def maker():
    """The program under ``packaging/spec``, as modules."""
    sys.path.insert(0, str(ROOT / "packaging" / "spec"))
    try:
        yield importlib.import_module("spec_files")
    finally:
        sys.path.remove(str(ROOT / "packaging" / "spec"))


@pytest.fixture(scope="session")
def holders(vectors):
    """The holders of keys by name."""
    return {one["name"]: one for one in vectors("keys.json")}


@pytest.fixture
def tool():
    """Run one of the real tools; skip where the machine has none."""

    def run(*command, given=b""):
        if shutil.which(command[0]) is None:
            pytest.skip(f"{command[0]} is not installed")
        return subprocess.run(command, input=given, capture_output=True, check=False, timeout=60)

    return run
