"""The papers made of a workshop, listed beside its store and no record, so that an erasure reaches them too.

What somebody wrote stands in the summary. Before records are erased the papers made so far are deleted; each stays in
the list, the one that is no longer where it was written as well, until somebody says that no copy of it is left.
"""

import json
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Literal, NamedTuple

from tradeoff_desktop.app.desk import Changed, Desk
from tradeoff_desktop.app.files import remove_files, replace_file
from tradeoff_desktop.errors import MachineError

ENDING = ".papers"  # a file beside the store
Fate = Literal["", "deleted", "lost"]


class Paper(NamedTuple):
    """One paper, and what became of it when words in it were erased: "" where nothing was."""

    path: Path
    fate: Fate = ""


def listed(store: Path | None) -> list[Paper]:
    """Every paper made of the workshop in ``store``, the first one first."""
    with suppress(OSError, ValueError, TypeError, LookupError):
        lines: list[tuple[str, Fate]] = json.loads(store.with_suffix(ENDING).read_bytes()) if store is not None else []
        return [Paper(Path(path), fate) for path, fate in lines]
    return []  # one that does not read is put aside at the start (``sidefiles``)


def note(store: Path | None, paths: Iterable[Path]) -> None:
    """List papers that are about to be written; one that could not be deleted stays marked. MachineError."""
    if store is not None:
        new = [path.absolute() for path in paths]
        known = [one for one in listed(store) if one.path not in new or _there(one.path)]
        _keep(store, [*known, *(Paper(path) for path in new if path not in {one.path for one in known})])


def forget(store: Path) -> None:
    """Delete every paper made so far, because something in it is about to be erased; no disk stands in the way of that."""
    found = [one._replace(fate="deleted" if one.fate == "deleted" or _deleted(one.path) else "lost") for one in listed(store)]
    if found:
        with suppress(MachineError):
            _keep(store, found)


def old(desk: Desk) -> list[Paper]:
    """The papers that hold what is erased now, wherever copies of them are."""
    return [one for one in listed(desk.store.path) if one.fate]


def say_gone(desk: Desk) -> Changed:
    """Somebody says that no copy is left. One that is still where it was written is deleted, or stays in the list."""
    if desk.store.path is not None:
        _keep(desk.store.path, [
            one for one in listed(desk.store.path) if not one.fate or (_there(one.path) and not _deleted(one.path))
        ])
    return frozenset()  # no record has changed


def _there(path: Path) -> bool:
    with suppress(OSError):
        return path.is_file()
    return True  # a folder that lets nobody look may hold it


def _deleted(path: Path) -> bool:
    with suppress(OSError, MachineError):
        if path.is_file():
            remove_files([path])
            return True
    return False


def _keep(store: Path, papers: list[Paper]) -> None:
    data = json.dumps([(str(one.path), one.fate) for one in papers], indent=1).encode()
    replace_file(store.with_suffix(ENDING), data, private=True)
