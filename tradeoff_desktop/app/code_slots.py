"""The nine digits of a coder's keyboard: which code each gives.

A code keeps its digit as long as it is in use, so that fingers can learn it; a new one takes a free digit, or that of
the code used longest ago.
"""

import re
import unicodedata
from collections.abc import Collection, Sequence
from typing import NamedTuple

DIGITS = 9


class Slots(NamedTuple):
    """``held``: the code of each digit from 1, "" where it is free; ``used``: the codes by last use, latest first."""

    held: tuple[str, ...] = ("",) * DIGITS
    used: tuple[str, ...] = ()

    def digit(self, code: str) -> int:
        """The digit of a code, 0 where it has none."""
        return self.held.index(code) + 1 if code and code in self.held else 0

    def after(self, code: str) -> "Slots":
        """The same once ``code`` was given."""
        used = (code, *(one for one in self.used if one != code))
        if code in self.held:
            return Slots(self.held, used)
        place = self.held.index("") if "" in self.held else self.held.index(self._oldest())
        return Slots((*self.held[:place], code, *self.held[place + 1 :]), used)

    def among(self, codes: Collection[str]) -> "Slots":
        """The same without the codes that may be given no more."""
        return Slots(
            tuple(one if one in codes else "" for one in self.held), tuple(one for one in self.used if one in codes),
        )

    def _oldest(self) -> str:
        return max(self.held, key=lambda one: self.used.index(one) if one in self.used else len(self.used))


def filled(recent: Sequence[str], codes: Sequence[str]) -> Slots:
    """The digits to begin with: the codes given last, then the others in their order."""
    first = list(dict.fromkeys([*recent, *codes]))[:DIGITS]
    return Slots((*first, *[""] * (DIGITS - len(first))), tuple(recent))


def code_for(name: str, taken: Collection[str]) -> str:
    """A code made from a name: its letters and digits, numbered where another code has them already."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    stem = re.sub(r"[^a-z0-9]+", "_", plain).strip("_")[:40].strip("_") or "code"
    number = 1
    while (made := stem if number == 1 else f"{stem}_{number}") in taken:
        number += 1
    return made
