"""Make what ships: the frozen program in a folder, a portable archive, on Debian a package, licences and checksums.

    sh packaging/bootstrap.sh ship [OUT] [--wheelhouse-too]

OUT (``dist`` unless named) is made anew. The same commit on the same system gives the same bytes: the times in the
files are those of the commit.
"""

import argparse
import platform
import shutil
import subprocess
import sys
import time
from pathlib import Path

import archives
import desktop
import frozen
import notices

from tradeoff_desktop import __version__

ROOT = Path(__file__).resolve().parents[2]


def main() -> int:
    """Make it all, saying what is being made."""
    parser = argparse.ArgumentParser(prog="bootstrap.sh ship", description="Make what ships.")
    parser.add_argument("out", type=Path, nargs="?", default=ROOT / "dist")
    parser.add_argument("--wheelhouse-too", action="store_true", help="also the locked wheels, for laptops without a network")
    options = parser.parse_args()
    out: Path = options.out.resolve()
    shutil.rmtree(out, ignore_errors=True)
    work = out / "work"
    work.mkdir(parents=True)
    moment = committed()
    day = time.strftime("%Y-%m-%d", time.gmtime(moment))
    name = f"tradeoff-desktop-{__version__}-{sys.platform}-{platform.machine().lower()}"
    folder = out / name
    print("Freezing the program ...", flush=True)
    frozen.freeze(work / "frozen", folder, moment=moment)
    notices.write(folder)
    if sys.platform == "linux":
        desktop.write(work / "share", __version__, day)
        if shutil.which("dpkg-deb"):
            print("Making the Debian package ...", flush=True)
            archives.debian(folder, work / "share", out / f"tradeoff-desktop_{__version__}.deb", version=__version__, moment=moment)
        shutil.copytree(work / "share", folder / "share")
    print("Packing the portable folder ...", flush=True)
    archives.portable(folder, out / f"{name}.tar.gz", moment=moment)
    if options.wheelhouse_too:
        print("Gathering the wheels ...", flush=True)
        wheelhouse(out / "wheelhouse")
    size = sum(path.lstat().st_size for path in folder.rglob("*")) / 1e6
    shutil.rmtree(work)
    shutil.rmtree(folder)
    archives.checksums(out)
    print(f"Done: {size:.0f} MB unpacked. In {out}:")
    for path in sorted(out.iterdir()):
        print(f"  {path.name}")
    return 0


def committed() -> int:
    """When the commit was made, in seconds since 1970; a fixed day where there is no git or no repository."""
    command = ["git", "log", "-1", "--format=%ct"]
    try:
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return 1_767_225_600  # 1 January 2026
    return int(done.stdout)


def wheelhouse(folder: Path) -> None:
    """Every wheel that ``bootstrap.sh run --wheelhouse`` needs on a laptop like this one."""
    locks = [f"--requirement={ROOT / 'packaging' / 'requirements' / name}.txt" for name in ("build", "app")]
    subprocess.run([sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--require-hashes",
                    "--only-binary", ":all:", "--dest", str(folder), *locks], check=True)


if __name__ == "__main__":
    sys.exit(main())
