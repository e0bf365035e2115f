"""What the frozen program is made of: every bundled package with its licence, and a bill of materials."""

import json
import re
import shutil
import subprocess
import sysconfig
from collections.abc import Iterator
from importlib.metadata import Distribution, distribution
from pathlib import Path

from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parents[2]
LOCK = ROOT / "packaging" / "requirements" / "app.txt"
LICENCE = re.compile(r"(licen[cs]e|copying|notice|authors|ofl)", re.IGNORECASE)
TEXTS = ROOT / "packaging" / "licences"  # of Qt for Python, whose wheels carry none
NOT_FROZEN = {"pip"}  # in the lock because sqlite-utils asks for it; the frozen program leaves it out
OURS = {  # what is bundled and is no package: where its licence stands among the resources
    "Atkinson Hyperlegible Next": "resources/fonts/AtkinsonHyperlegibleNext-OFL.txt",
    "DejaVu Sans": "resources/fonts/DejaVuSans-LICENSE.txt",
    "Lucide icons": "resources/icons/lucide-LICENSE.txt",
}


def bundled() -> Iterator[Distribution]:
    """The packages of the app's lock that are installed on this system, in alphabetical order."""
    for line in LOCK.read_text(encoding="utf-8").splitlines():
        if re.match(r"[a-z0-9]", line):
            wanted = Requirement(line.removesuffix("\\"))
            if wanted.name not in NOT_FROZEN and (wanted.marker is None or wanted.marker.evaluate()):
                yield distribution(wanted.name)


def licence(package: Distribution) -> str:
    """A package's licence as it names it itself, in a few words."""
    said = package.metadata
    named = said.get("License-Expression") or said.get("License") or ""
    classified = [one.rsplit(" :: ", 1)[-1] for one in said.get_all("Classifier", []) if one.startswith("License ::")]
    short = named.strip().splitlines()[0] if named.strip() and len(named) < 100 else ""
    return short or "; ".join(classified) or "see its files"


def write(folder: Path) -> None:
    """Write a folder of licences with a list of them, and ``sbom.json`` (CycloneDX 1.5) beside it."""
    place = folder / "licences"
    place.mkdir()
    lines = ["What Tradeoff Desktop is built from, and under which licences. Each folder here holds a package's own texts.", ""]
    parts = []
    for package in bundled():
        name, version = package.metadata["Name"], package.version
        lines.append(f"{name} {version}: {licence(package)}")
        parts.append({"type": "library", "name": name, "version": version, "purl": f"pkg:pypi/{name.lower()}@{version}",
                      "licenses": [{"license": {"name": licence(package)}}]})
        _texts(package, place / name)
    for name, path in OURS.items():
        lines.append(f"{name}: see {Path(path).name}")
        (place / Path(path).name).write_bytes((ROOT / path).read_bytes())
    for text in sorted(TEXTS.iterdir()):
        (place / text.name).write_bytes(text.read_bytes())
    python = Path(sysconfig.get_path("stdlib")) / "LICENSE.txt"
    if python.exists():
        lines.append("Python: see Python.txt")
        (place / "Python.txt").write_bytes(python.read_bytes())
    lines += [f"{name}: a library of the system this was made on; see system/{name}.txt" for name in _system(folder, place)]
    (place / "README.txt").write_text("\n".join([*lines, ""]), encoding="utf-8")
    bill = {"bomFormat": "CycloneDX", "specVersion": "1.5", "version": 1, "components": parts}
    (folder / "sbom.json").write_text(json.dumps(bill, indent=1) + "\n", encoding="utf-8")


def _texts(package: Distribution, place: Path) -> None:
    for file in package.files or ():
        if ".dist-info" in file.parts[0] and LICENCE.search(file.name):
            place.mkdir(exist_ok=True)
            (place / file.name).write_bytes(Path(str(file.locate())).read_bytes())


def _system(folder: Path, place: Path) -> list[str]:
    """Copy what Debian says of each of its own libraries that PyInstaller took along; their packages' names."""
    if not shutil.which("dpkg-query"):
        return []
    libraries = [f"*/{path.name}" for path in sorted((folder / "_internal").glob("lib*.so*")) if not path.is_symlink()]
    # It tells of those it knows and ends with 1 for the others, which came with wheels.
    command = ["dpkg-query", "--search", *libraries]
    found = subprocess.run(command, check=False, capture_output=True, text=True).stdout
    names = sorted({line.split(":", 1)[0] for line in found.splitlines()})
    for name in names:
        said = Path("/usr/share/doc") / name / "copyright"
        if said.exists():
            (place / "system").mkdir(exist_ok=True)
            (place / "system" / f"{name}.txt").write_bytes(said.read_bytes())
    return names
