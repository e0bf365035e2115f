"""What ships: it is described truly, made the same twice, and holds nothing that could reach a network."""

import configparser
import importlib.util
import re
import shutil
import subprocess
import sys
import tarfile
import tomllib
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from xml.etree import ElementTree as ET

import pytest

from tradeoff_desktop import cli
from tradeoff_desktop.app import gathering, joining

ROOT = Path(__file__).resolve().parents[2]
SHIP, LINUX = ROOT / "packaging" / "ship", ROOT / "packaging" / "linux"
ENDINGS = {gathering.ENDING, joining.ENDING, ".tradeoff-programme"}


def part(name: str) -> ModuleType:
    """A part of packaging/ship, which is scripts and no package."""
    spec = importlib.util.spec_from_file_location(f"ship_{name}", SHIP / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def version() -> str:
    return str(tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"])


def test_the_desktop_entry_names_the_program_and_its_kinds_of_file():
    entry = configparser.ConfigParser(interpolation=None)
    entry.read(LINUX / "tradeoff-desktop.desktop", encoding="utf-8")
    said = entry["Desktop Entry"]
    assert said["Exec"] == "tradeoff-desktop %f"
    kinds = {kind.get("type") for kind in ET.parse(LINUX / "tradeoff-desktop.mime.xml").getroot()}  # noqa: S314 - the text is our own
    assert set(said["MimeType"].strip(";").split(";")) == kinds


def test_every_kind_of_file_we_write_is_known_to_the_desktop():
    root = ET.parse(LINUX / "tradeoff-desktop.mime.xml").getroot()  # noqa: S314 - the text is our own
    assert {glob.attrib["pattern"] for glob in root.iter() if glob.tag.endswith("glob")} == {f"*{one}" for one in ENDINGS}


def test_the_description_for_software_centres_has_this_version():
    root = ET.parse(LINUX / "tradeoff-desktop.metainfo.xml").getroot()  # noqa: S314 - the text is our own
    assert next(release.get("version") for release in root.iter("release")) == version()
    assert root.findtext("launchable") == "tradeoff-desktop.desktop"


def test_the_package_asks_for_what_the_bootstrap_installs():
    script = (ROOT / "packaging" / "bootstrap.sh").read_text(encoding="utf-8")
    libraries = re.search(r'libraries="([^"]+)"', script)
    assert libraries
    assert set(libraries[1].split()) <= set(re.findall(r"[a-z0-9.+-]+", part("archives").DEPENDS))


@pytest.mark.parametrize(
    "name", ["_internal/libssl.so.3", "_internal/lib-dynload/_ssl.cpython-311.so", "PySide6/QtNetwork.abi3.so", "libQt6Network.so.6"],
)
def test_what_could_reach_a_network_is_found(name: str, tmp_path: Path):
    frozen = part("frozen")
    (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / "libQt6Core.so.6").touch()
    assert frozen.network(tmp_path) == []
    (tmp_path / name).touch()
    assert frozen.network(tmp_path) == [name]


def test_the_same_files_give_the_same_archive(tmp_path: Path):
    archives = part("archives")
    for copy in ("one", "two"):
        folder = tmp_path / copy / "tradeoff"
        (folder / "deep").mkdir(parents=True)
        (folder / "deep" / "program").write_bytes(b"x" * 70_000)
        (folder / "deep" / "program").chmod(0o700 if copy == "one" else 0o755)
        (folder / "link").symlink_to("deep/program")
        archives.portable(folder, tmp_path / f"{copy}.tar.gz", moment=1_700_000_000)
    assert (tmp_path / "one.tar.gz").read_bytes() == (tmp_path / "two.tar.gz").read_bytes()
    with tarfile.open(tmp_path / "one.tar.gz") as tar:
        assert tar.getnames() == ["tradeoff", "tradeoff/deep", "tradeoff/deep/program", "tradeoff/link"]


def test_checksums_are_read_by_the_standard_tool(tmp_path: Path):
    (tmp_path / "a").write_bytes(b"a")
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "c").write_bytes(b"c")
    part("archives").checksums(tmp_path)
    assert subprocess.run(["sha256sum", "--check", "--quiet", "SHA256SUMS"], cwd=tmp_path, check=False).returncode == 0
    (tmp_path / "a").write_bytes(b"b")
    done = subprocess.run(["sha256sum", "--check", "--quiet", "SHA256SUMS"], cwd=tmp_path, check=False, capture_output=True)
    assert done.returncode == 1


def commands() -> Iterator[str]:
    for name, one in cli.tradeoff.commands.items():
        yield from (f"{name} {below}" for below in getattr(one, "commands", {})) if hasattr(one, "commands") else [name]


def test_the_manual_has_every_command_and_is_sound():
    page = part("desktop").man_page(cli.tradeoff, version(), "2026-11-24")
    plain = page.replace("\\-", "-")
    assert [name for name in commands() if f".B tradeoff {name}\n" not in plain] == []
    assert not re.search(r"^'", page, re.MULTILINE)
    if shutil.which("man"):
        done = subprocess.run(["man", "--warnings", "-l", "-"], input=page, capture_output=True, text=True, check=True)
        assert done.stderr == ""


def test_every_package_of_the_lock_names_its_licence():
    notices = part("notices")
    packages = {package.metadata["Name"]: notices.licence(package) for package in notices.bundled()}
    assert {"PySide6_Essentials", "numpy", "reportlab"} <= packages.keys()
    assert "pip" not in packages
    assert [name for name, said in packages.items() if not said] == []


def test_a_shell_that_completes_is_answered_not_shown_a_window():
    words = {"_TRADEOFF_COMPLETE": "bash_complete", "COMP_WORDS": "tradeoff rehe", "COMP_CWORD": "1", "PATH": "/usr/bin:/bin"}
    done = subprocess.run([sys.executable, "-m", "tradeoff_desktop"], env=words, cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["plain,rehearse"]


@pytest.mark.full
@pytest.mark.timeout(1800)
def test_what_ships_is_made_installed_driven_and_removed(tmp_path: Path):
    subprocess.run(["sh", "packaging/bootstrap.sh", "ship", str(tmp_path / "out")], cwd=ROOT, check=True)
    (package,) = (tmp_path / "out").glob("*.deb")
    subprocess.run(["sh", "packaging/check-deb.sh", str(package), str(tmp_path / "bare")], cwd=ROOT, check=True)


@pytest.mark.full
@pytest.mark.timeout(1800)
def test_what_ships_is_the_same_when_made_again(tmp_path: Path):
    sums = []
    for attempt in ("one", "two"):
        subprocess.run(["sh", "packaging/bootstrap.sh", "ship", str(tmp_path / attempt)], cwd=ROOT, check=True)
        sums.append((tmp_path / attempt / "SHA256SUMS").read_text(encoding="utf-8"))
    assert sums[0] == sums[1]
