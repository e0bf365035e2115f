"""The stick register: every copy that was written, beside the store and no record; ticked off when it has arrived."""

import json
from typing import NamedTuple

from tradeoff_desktop.app.desk import Changed, Desk, moment
from tradeoff_desktop.app.files import replace_file
from tradeoff_desktop.app.workshops import exports


class Copy(NamedTuple):
    """One copy: when and where it was written, whether it holds everything, and when it was ticked off."""

    number: int
    at: str
    file: str
    stick: str
    whole: bool
    arrived: str


def copies(desk: Desk) -> list[Copy]:
    """Every copy written of this laptop's chain, oldest first."""
    own, path = desk.store.own(), desk.store.path
    if own is None or path is None:
        return []
    return [
        Copy(
            number, str(line["at"]), str(line["file"]), str(line.get("stick", "")),
            line["seq"] == own.seq and own.device in str(line["file"]), str(line.get("arrived", "")),
        )
        for number, line in enumerate(exports(path.with_suffix(".exports")))
    ]


def tick(desk: Desk, number: int) -> Changed:
    """A copy has arrived, or was wiped: it needs no more looking after. Ticked again, it is open again."""
    path = desk.store.path
    if path is not None:
        lines = exports(path.with_suffix(".exports"))
        lines[number]["arrived"] = "" if lines[number].get("arrived") else moment(desk.now)
        replace_file(path.with_suffix(".exports"), json.dumps(lines, indent=1).encode())
    return frozenset()  # no record has changed
