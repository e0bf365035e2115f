"""What people are given: a portable archive, a Debian package, a wheelhouse, and the checksums of all."""

import gzip
import hashlib
import os
import shutil
import subprocess
import tarfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DEPENDS = (  # what bootstrap.sh installs for the window; everything else is in the folder
    "libc6 (>= 2.36), libegl1, libgl1, libdbus-1-3, libfontconfig1, libglib2.0-0 | libglib2.0-0t64, libxkbcommon0, "
    "libxkbcommon-x11-0, libxcb-cursor0, libxcb-icccm4, libxcb-keysyms1, libxcb-shape0, libwayland-cursor0"
)
CONTROL = """Package: tradeoff-desktop
Version: {version}
Architecture: {machine}
Maintainer: The Tradeoff Desktop authors <maintainers@tradeoff.invalid>
Installed-Size: {size}
Depends: {depends}
Recommends: openssh-client
Section: misc
Priority: optional
Description: workshops about sharing personal data, without a network
 Leads groups through cases, keeps their answers and notes on the laptop, and
 writes a signed bundle and a summary. Python is not needed.
"""
# Menus and kinds of file are read anew by the desktop's own triggers, so no script of ours runs at installing.


def portable(folder: Path, archive: Path, *, moment: int) -> None:
    """One archive of a folder, the same bytes from the same files: sorted, no owners, one time."""

    def plain(one: tarfile.TarInfo) -> tarfile.TarInfo:
        one.uid = one.gid = 0
        one.uname = one.gname = ""
        one.mtime = moment
        one.mode = 0o755 if one.isdir() or one.mode & 0o100 else 0o644
        return one

    with (
        archive.open("wb") as raw,
        gzip.GzipFile("", "wb", mtime=moment, fileobj=raw) as packed,
        tarfile.open(fileobj=packed, mode="w", format=tarfile.GNU_FORMAT) as tar,
    ):
        for path in [folder, *sorted(folder.rglob("*"))]:
            name = Path(folder.name) / path.relative_to(folder)
            tar.add(path, arcname=name.as_posix(), recursive=False, filter=plain)


def debian(folder: Path, share: Path, package: Path, *, version: str, moment: int) -> None:
    """A .deb of the frozen folder. Needs dpkg-deb, which every Debian has."""
    root = package.with_suffix("")
    shutil.rmtree(root, ignore_errors=True)
    place = root / "usr/lib/tradeoff-desktop"
    shutil.copytree(folder, place, symlinks=True)
    shutil.copytree(share, root / "usr/share", dirs_exist_ok=True)
    (root / "usr/bin").mkdir(parents=True)
    for name in ("tradeoff", "tradeoff-desktop"):
        (root / "usr/bin" / name).symlink_to("../lib/tradeoff-desktop/tradeoff")
    papers = root / "usr/share/doc/tradeoff-desktop"
    papers.mkdir(parents=True)
    (papers / "copyright").write_bytes((ROOT / "LICENSE").read_bytes())
    (papers / "licences").symlink_to("../../../lib/tradeoff-desktop/licences")
    size = sum(path.lstat().st_size for path in root.rglob("*")) // 1024
    ask = ["dpkg", "--print-architecture"]
    machine = subprocess.run(ask, check=True, capture_output=True, text=True).stdout.strip()
    (root / "DEBIAN").mkdir()
    control = CONTROL.format(version=version, machine=machine, size=size, depends=DEPENDS)
    (root / "DEBIAN/control").write_text(control, encoding="utf-8")
    for path in root.rglob("*"):
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or path.stat().st_mode & 0o100 else 0o644)
    environment = {**os.environ, "SOURCE_DATE_EPOCH": str(moment)}
    build = ["dpkg-deb", "--root-owner-group", "-Zzstd", "--build", str(root), str(package)]
    subprocess.run(build, check=True, env=environment, stdout=subprocess.DEVNULL)
    shutil.rmtree(root)


def checksums(folder: Path) -> None:
    """SHA256SUMS over every file of a folder that people are given, as ``sha256sum --check`` reads it."""
    lines = []
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.name != "SHA256SUMS":
            with path.open("rb") as file:
                lines.append(f"{hashlib.file_digest(file, 'sha256').hexdigest()}  {path.relative_to(folder).as_posix()}\n")
    (folder / "SHA256SUMS").write_text("".join(lines), encoding="utf-8")
