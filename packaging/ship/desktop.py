"""What a Linux desktop expects beside the program: icons, man page, shell completion, desktop entry, kinds of file."""

import gzip
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import click
from click.shell_completion import get_completion_class

ROOT = Path(__file__).resolve().parents[2]
LINUX = ROOT / "packaging" / "linux"
ICON = ROOT / "resources" / "icons" / "tradeoff.svg"
SIZES = (16, 24, 32, 48, 64, 128, 256, 512)
COMPLETION = {"bash": "bash-completion/completions/tradeoff", "zsh": "zsh/site-functions/_tradeoff",
              "fish": "fish/vendor_completions.d/tradeoff.fish"}


def write(share: Path, version: str, day: str) -> None:
    """Fill a ``share`` folder as the desktop's standards lay it out."""
    for name, place in (("tradeoff-desktop.desktop", "applications/tradeoff-desktop.desktop"),
                        ("tradeoff-desktop.mime.xml", "mime/packages/tradeoff-desktop.xml"),
                        ("tradeoff-desktop.metainfo.xml", "metainfo/tradeoff-desktop.metainfo.xml")):
        _put(share / place, (LINUX / name).read_bytes())
    icons(share / "icons" / "hicolor")
    from tradeoff_desktop.cli import tradeoff  # noqa: PLC0415 - only once the icons are there: it needs no Qt

    _put(share / "man/man1/tradeoff.1.gz", gzip.compress(man_page(tradeoff, version, day).encode(), mtime=0))
    for shell, place in COMPLETION.items():
        kind = get_completion_class(shell)
        if kind is not None:
            # bash's own check of its version would run bash; the script says the same to every bash since 4.4.
            source = kind(tradeoff, {}, "tradeoff", "_TRADEOFF_COMPLETE")
            text = source.source_template % source.source_vars()
            _put(share / place, text.encode())


def icons(hicolor: Path) -> None:
    """The icon as it was drawn, and in the sizes that panels and menus ask for."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtCore import Qt  # noqa: PLC0415 - the platform has to be chosen first
    from PySide6.QtGui import QImage, QPainter  # noqa: PLC0415 - the platform has to be chosen first
    from PySide6.QtSvg import QSvgRenderer  # noqa: PLC0415 - the platform has to be chosen first

    _put(hicolor / "scalable/apps/tradeoff-desktop.svg", ICON.read_bytes())
    drawing = QSvgRenderer(str(ICON))
    for size in SIZES:
        image = QImage(size, size, QImage.Format.Format_ARGB32)
        image.fill(Qt.GlobalColor.transparent)
        painter = QPainter(image)
        drawing.render(painter)
        painter.end()
        path = hicolor / f"{size}x{size}/apps/tradeoff-desktop.png"
        path.parent.mkdir(parents=True)
        image.save(str(path))


def man_page(group: click.Group, version: str, day: str) -> str:
    """The manual page in roff, made from the commands' own help so that it cannot say anything else."""
    lines = [f'.TH TRADEOFF 1 "{day}" "Tradeoff Desktop {version}" "User Commands"', ".SH NAME",
             r"tradeoff \- workshops that weigh the risks and benefits of sharing personal data",
             ".SH SYNOPSIS", r".B tradeoff", r"[\fICOMMAND\fR] [\fIOPTIONS\fR]", ".br", ".B tradeoff\\-desktop",
             ".SH DESCRIPTION", "Without a command the window opens. Everything works without a network.", ".SH COMMANDS"]
    for path, command in _commands(group, ()):
        lines += [".TP", f".B tradeoff {_roff(' '.join(path))}", _roff(" ".join((command.help or "").split()))]
        for parameter in command.params:
            if isinstance(parameter, click.Option) and not parameter.hidden:
                names = ", ".join(rf"\fB{_roff(name)}\fR" for name in parameter.opts)
                lines += [".RS", ".TP", names, _roff(parameter.help or "Needed."), ".RE"]
    lines += [".SH EXIT STATUS", "0 done; 1 something was refused; 2 wrong usage; 69 to 74 as in sysexits(3)."]
    return "\n".join(lines) + "\n"


def _commands(group: click.Group, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    for name, command in sorted(group.commands.items()):
        if isinstance(command, click.Group):
            yield from _commands(command, (*path, name))
        else:
            yield (*path, name), command


def _roff(text: str) -> str:
    escaped = text.replace("\\", "\\e").replace("-", "\\-")
    return "\\&" + escaped if escaped.startswith((".", "'")) else escaped


def _put(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def install(share: Path, destination: Path) -> None:
    """Copy a filled ``share`` folder to where a package puts it."""
    shutil.copytree(share, destination, dirs_exist_ok=True)
