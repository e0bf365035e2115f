"""The program with its Python in one folder, by PyInstaller, without what the program never uses."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SPEC = Path(__file__).with_name("tradeoff.spec")

# Qt's wheel holds plug-ins that bring half a desktop with them; gone before PyInstaller looks, so are what they need.
UNUSED_PLUGINS = (
    "tls", "networkinformation", "qmltooling", "sqldrivers", "designer", "egldeviceintegrations", "generic",
    "virtualkeyboard", "platforminputcontexts/libqtvirtualkeyboardplugin.so", "platformthemes/libqgtk3.so",
    "platforms/libqeglfs.so", "platforms/libqlinuxfb.so", "platforms/libqvkkhrdisplay.so", "platforms/libqvnc.so",
)
# A program with none of these in its folder cannot talk to a network over TLS, and has no library that would.
NETWORK = re.compile(r"QtNetwork|Qt6Network|libssl|libcrypto|(^|/)_ssl\b|QtWebEngine|libcurl", re.IGNORECASE)


def freeze(work: Path, target: Path, *, moment: int) -> None:
    """Write the folder ``target``. ``moment`` is the time that stands in files, in seconds since 1970.

    Raises subprocess.CalledProcessError where PyInstaller fails and SystemExit where the folder could reach a network.
    """
    lighten(Path(sys.prefix))
    shutil.rmtree(work, ignore_errors=True)
    command = [sys.executable, "-m", "PyInstaller", "--noconfirm", "--log-level", "ERROR",
               "--distpath", str(work / "out"), "--workpath", str(work / "work"), str(SPEC)]
    environment = {**os.environ, "SOURCE_DATE_EPOCH": str(moment), "PYTHONHASHSEED": "0", "PYINSTALLER_CONFIG_DIR": str(work)}
    subprocess.run(command, check=True, env=environment, cwd=ROOT)
    shutil.rmtree(target, ignore_errors=True)
    (work / "out" / "tradeoff-desktop").rename(target)
    if os.name != "nt":
        (target / "tradeoff-desktop").symlink_to("tradeoff")
    if reaching := network(target):
        sys.exit(f"The frozen program holds what could reach a network: {', '.join(reaching)}")


def lighten(environment: Path) -> None:
    """Take Qt's unused plug-ins out of the environment that is frozen; it serves nothing else."""
    for qt in environment.rglob("PySide6/Qt/plugins"):
        for name in UNUSED_PLUGINS:
            path = qt / name
            if path.is_dir():
                shutil.rmtree(path)
            else:
                path.unlink(missing_ok=True)


def network(folder: Path) -> list[str]:
    """The files in a frozen folder that could reach a network, by their names."""
    names = (path.relative_to(folder).as_posix() for path in sorted(folder.rglob("*")))
    return [name for name in names if NETWORK.search(name)]
