"""The stick register: every copy that was written, beside the store and no record; ticked off when it has arrived."""

import json
from typing import NamedTuple

from tradeoff_desktop.app.desk import Changed, Desk, moment
from tradeoff_desktop.app.files import replace_file
from tradeoff_desktop.app.workshops import exports, laptops_on


class Copy(NamedTuple):
    """One copy: when and where it was written, ``on`` how many of the ``of`` laptops held here, and when it was ticked off.

    ``on`` is 0 where this laptop's own records have gone on since. ``volume`` is the stick, whatever the folder on it.
    """

    number: int
    at: str
    file: str
    stick: str
    on: int
    of: int
    arrived: str
    volume: str

    @property
    def whole(self) -> bool:
        """Whether it holds everything that is here."""
        return self.on == self.of

    @property
    def says(self) -> str:
        """What it holds, in words."""
        if not self.on:
            return "older: not everything that is here now"
        laptops = f"{self.on} of {self.of} laptops" if self.of > 1 else ""
        return f"holds {'everything' if self.whole else 'not everything'}{': ' if laptops else ''}{laptops}"


def copies(desk: Desk) -> list[Copy]:
    """Every copy written of this workshop, oldest first."""
    held, path = desk.store.devices(), desk.store.path
    if path is None:
        return []
    return [
        Copy(
            number, str(line["at"]), str(line["file"]), str(line.get("stick", "")), laptops_on(line, held), len(held),
            str(line.get("arrived", "")), str(line.get("volume") or line.get("stick", "")),
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
