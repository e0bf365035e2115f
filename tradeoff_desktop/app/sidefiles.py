"""The small files beside the stores that are no records: damaged, none of them may keep the program from starting.

One that does not read is put aside under another name, said once, and begun anew; no answer stands in any of them.
"""

import configparser
import itertools
import json
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

from tradeoff_desktop.app import papers, settings
from tradeoff_desktop.app.files import Folders, move_file
from tradeoff_desktop.app.words import Message
from tradeoff_desktop.app.workshops import exports
from tradeoff_desktop.errors import MachineError

Sound = Callable[[Path], bool]


def put_aside(folders: Folders) -> Message | None:
    """Put the damaged ones aside; what to say of it, None where all read well. Nothing is removed."""
    put = [path.name for path, sound in _all(folders) if not _is(path, sound) and _set_aside(path)]
    if not put:
        return None
    said = "Settings and lists begin anew."
    if any(name.endswith(".exports") for name in put):
        said += " A list of copies was among them: look at your sticks, and write a copy once more where you are not sure."
    return Message(
        f"Damaged and put aside: {', '.join(put)}.", "Every workshop is still there: no answer stands in these files.", said,
    )


def _all(folders: Folders) -> Iterator[tuple[Path, Sound]]:
    yield settings.path_of(folders), _ini
    yield folders.root / "running.lock", Path.is_file
    yield folders.reserve, Path.is_file
    yield folders.workshops / "index.json", _json
    with suppress(OSError):
        for path in sorted(folders.workshops.iterdir()):
            if path.suffix in {".open", ".invited"}:
                yield path, Path.is_file
            elif path.suffix == papers.ENDING:
                yield path, _json
            elif path.suffix == ".exports":
                yield path, lambda one: one.is_file() and (one.read_bytes() == b"[]" or bool(exports(one)))


def _is(path: Path, sound: Sound) -> bool:
    try:
        return not path.exists() or sound(path)
    except (OSError, ValueError, RecursionError, configparser.Error):
        return False


def _ini(path: Path) -> bool:
    configparser.ConfigParser(interpolation=None).read_string(path.read_text(encoding="utf-8"))
    return True


def _json(path: Path) -> bool:
    return isinstance(json.loads(path.read_bytes()), list)


def _set_aside(path: Path) -> bool:
    """Whether it could be given another name; where not, its reader does without it."""
    to = next(one for n in itertools.count(1) if not (one := path.with_name(f"{path.name}.damaged-{n}")).exists())
    with suppress(MachineError):
        move_file(path, to)
        return True
    return False
