"""What left the centre's store, as reports and as data: a file beside the store, no record.

It is written down before the files are, so that nothing goes out that the audit does not know of.
"""

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from tradeoff_desktop.app.desk import moment
from tradeoff_desktop.app.files import read_file, reading, replace_file
from tradeoff_desktop.errors import MachineError

_LIMIT = 16 * 1024 * 1024


class Release(NamedTuple):
    """When something went out, what it was, the name of its first file, and SHA-256 over all its files in order."""

    at: str
    what: str
    file: str
    digest: str


def read(store: Path) -> list[Release]:
    """Everything that went out, oldest first. MachineError("file_unreadable")."""
    path = _path(store)
    with reading(path.name):
        if not path.is_file():
            return []
    try:
        return [Release(*map(str, line)) for line in json.loads(read_file(path, limit=_LIMIT))]
    except (ValueError, TypeError) as error:
        raise MachineError("file_unreadable", file=path.name) from error


def note(store: Path, what: str, files: Mapping[Path, bytes], *, now: datetime) -> None:
    """Write down what is about to go out. MachineError."""
    whole = hashlib.sha256()
    for data in files.values():
        whole.update(data)
    lines = [*read(store), Release(moment(now), what, next(iter(files)).name, whole.hexdigest())]
    replace_file(_path(store), json.dumps(lines, indent=1).encode())


def _path(store: Path) -> Path:
    return store.with_suffix(".released")
