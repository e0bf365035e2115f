"""Make the virtual environment the locks describe, then start the app or the tests. Standard library only.

The machine's own pip settings (index, proxy, certificates) hold; this file names none. It is pip and not a faster
installer because only pip reads them.
"""

import argparse
import hashlib
import os
import subprocess
import sys
import venv
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCKS = ROOT / "packaging" / "requirements"
NEEDED = {"run": ("build", "app"), "test": ("build", "app", "dev"), "ship": ("build", "app", "freeze")}
INTERRUPTED = "interrupted"
# A file of tests stays on one core, so that what its tests share is made once.
CORES = ("--numprocesses=auto", "--dist=loadfile")
UNAVAILABLE = 69  # sysexits EX_UNAVAILABLE: something this needs is not there


def main(argv: Sequence[str]) -> int:
    """Install what ``run``, ``test`` or ``ship`` needs, do it, and return its exit code."""
    parser = argparse.ArgumentParser(allow_abbrev=False, epilog="Other arguments are passed on.")
    parser.add_argument("command", choices=NEEDED)
    parser.add_argument("--wheelhouse", type=Path, help="a folder of wheels to install from, with no network")
    options, rest = parser.parse_known_args(argv)
    # What is frozen is taken from an environment of its own, which is made lighter on the way.
    folder = ROOT / (".venv-ship" if options.command == "ship" else ".venv")
    environment = Environment(folder, wheelhouse=options.wheelhouse)
    try:
        environment.ensure(options.command)
    except (OSError, subprocess.CalledProcessError) as error:
        print(f"The packages could not be installed: {error}", file=sys.stderr)
        return UNAVAILABLE
    return {"run": run, "test": test, "ship": ship}[options.command](environment.python, rest)


class Environment:
    """The virtual environment and the stamp in it that says what it was built from."""

    def __init__(self, folder: Path, *, wheelhouse: Path | None = None) -> None:
        self.folder = folder
        self.python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
        self.stamp = folder / "built-from"
        self.source = ["--no-index", "--find-links", str(wheelhouse.resolve())] if wheelhouse else []

    def ensure(self, command: str) -> None:
        """Install what ``command`` needs unless the stamp says it is there; what tests need includes what runs."""
        built = self.stamp.read_text(encoding="ascii") if self.stamp.exists() else ""
        if built in {digest(command), digest("test")} and self.python.exists():
            return
        print(
            f"Installing the locked packages into {self.folder}; the first time takes minutes ...", flush=True
        )
        if self.is_half_built(built):
            venv.create(self.folder, clear=True, with_pip=True)
        self.stamp.write_text(INTERRUPTED, encoding="ascii")
        try:
            self.install(command)
        except subprocess.CalledProcessError as refusal:
            if refusal.returncode > 0:
                # pip was not killed but gave up, leaving whole packages: the next attempt may build on them.
                self.stamp.unlink()
            raise
        self.stamp.write_text(digest(command), encoding="ascii")

    def is_half_built(self, built: str) -> bool:
        """Tell whether an installation was cut off, or pip does not run: its making was cut off, or Python is gone."""
        if built == INTERRUPTED or not self.python.exists():
            return True
        # The help of this command loads all of pip, which its version would not.
        command = [str(self.python), "-m", "pip", "install", "--help"]
        return subprocess.run(command, check=False, capture_output=True).returncode != 0

    def install(self, command: str) -> None:
        """Install the locked wheels, each checked by its hash, then the project itself in place."""
        pip = [str(self.python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        wheels = ["--require-hashes", "--only-binary", ":all:", *self.source]
        locks = [f"--requirement={LOCKS / name}.txt" for name in NEEDED[command]]
        subprocess.run([*pip, *wheels, *locks], check=True)
        project = ["--no-deps", "--no-index", "--no-build-isolation", "--editable", str(ROOT)]
        # Quiet about the long warning that this installation is an editable one.
        subprocess.run([*pip, *project], check=True, env={**os.environ, "PYTHONWARNINGS": "ignore"})


def digest(command: str) -> str:
    """Return what an environment for ``command`` is built from: locks, project, its place and this Python."""
    files = [*(LOCKS / f"{name}.txt" for name in NEEDED[command]), ROOT / "pyproject.toml"]
    content = b"".join(file.read_bytes() for file in files)
    return hashlib.sha256(content + f"{ROOT} {sys.version}".encode()).hexdigest()


def run(python: Path, arguments: Sequence[str]) -> int:
    """Start the app; where there is no display and nothing else was asked for, play the rehearsal."""
    app = [str(python), "-m", "tradeoff_desktop"]
    if arguments or has_display(sys.platform, os.environ):
        return subprocess.call([*app, *arguments])
    place = Path.cwd() if os.access(Path.cwd(), os.W_OK) else Path.home()
    out = place / f"rehearsal-{datetime.now().astimezone():%Y%m%d-%H%M%S}"
    print(f"No display here, so the six-area rehearsal is played instead. Its files go to {out}", flush=True)
    code = subprocess.call([*app, "rehearse", "--out", str(out)])
    if code == 0:
        print(f"The rehearsal is done. Its reports, bundles and laptops are in {out}")
    return code


def has_display(platform: str, variables: Mapping[str, str]) -> bool:
    """Tell whether a window can be shown; only Linux can be without."""
    return platform != "linux" or any(variables.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY"))


def test(python: Path, arguments: Sequence[str]) -> int:
    """Run the tests on every core; ``--all`` lifts the selection that leaves the long forms out."""
    selection = ["-m", ""] if "--all" in arguments else []
    rest = [argument for argument in arguments if argument != "--all"]
    variables = {"QT_QPA_PLATFORM": "offscreen", **os.environ}
    return subprocess.call([str(python), "-m", "pytest", *CORES, *selection, *rest], cwd=ROOT, env=variables)


def ship(python: Path, arguments: Sequence[str]) -> int:
    """Make what ships: see packaging/ship."""
    return subprocess.call([str(python), str(ROOT / "packaging" / "ship"), *arguments], cwd=ROOT)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
