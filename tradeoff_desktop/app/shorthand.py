"""The note-taker's shorthand: one line of typing becomes a note with its marks.

``@c`` sets the speaker's group by its initial, ``@t3`` the table; both stay set until changed, ``@-`` clears
them. A leading ``"`` marks the person's own words, ``!`` a red line, ``?`` a question for later, ``+`` a condition.
``#tags`` may stand anywhere; a beginning that fits one tag of the pack is completed.
"""

import re
from typing import NamedTuple

from tradeoff_desktop.model import codec
from tradeoff_desktop.model.pack import Pack
from tradeoff_desktop.model.records import NoteKind

LONGEST = 10_000
KINDS: dict[str, NoteKind] = {"!": "red_line", "?": "question", "+": "condition"}
MARKS = {kind: mark for mark, kind in KINDS.items()}
_SET = re.compile(r"^@(t\d{1,2}|[^\s\d]|-)(?:\s+|$)", re.IGNORECASE)
_TAG = re.compile(r"(?:^|(?<=\s))#([A-Za-z0-9_.:-]{1,64})(?=\s|$)")
_QUOTES = '"“”'


class Sticky(NamedTuple):
    """What stays set from note to note: a group's code ("" nobody in particular) and a table (0 the whole room)."""

    group: str = ""
    table: int = 0


class Line(NamedTuple):
    """One line understood. Empty ``text`` means there is no note yet, only settings."""

    text: str
    kind: NoteKind
    verbatim: bool
    tags: tuple[str, ...]
    sticky: Sticky
    unknown: str = ""  # a setting that fits no group or table, as typed


def read(typed: str, *, sticky: Sticky, pack: Pack, tables: frozenset[int]) -> Line:
    """Understand one line. A setting that fits nothing is left in ``unknown`` and changes nothing."""
    rest = codec.sanitise(typed).strip()
    unknown = ""
    while found := _SET.match(rest):
        sticky, fits = _set(sticky, found.group(1).lower(), pack, tables)
        unknown = unknown or ("" if fits else "@" + found.group(1))
        rest = rest[found.end():]
    if rest.startswith("@"):
        unknown = unknown or rest.split(maxsplit=1)[0]
    rest, kind, verbatim = _marks(rest)
    tags = tuple(dict.fromkeys(complete(tag, pack.tags) for tag in _TAG.findall(rest)))
    text = re.sub(r" {2,}", " ", _TAG.sub("", rest)).strip()
    if verbatim and text and text[-1] in _QUOTES:
        text = text[:-1].rstrip()
    return Line(text, kind, verbatim, tags, sticky, unknown)


def _set(sticky: Sticky, setting: str, pack: Pack, tables: frozenset[int]) -> tuple[Sticky, bool]:
    if setting == "-":
        return Sticky(), True
    if setting[0] == "t" and setting[1:].isdigit():
        table = int(setting[1:])
        return (sticky._replace(table=table), True) if table in tables or table == 0 else (sticky, False)
    for group in pack.groups:
        if group.initial.lower() == setting:
            return sticky._replace(group=group.code), True
    return sticky, False


def _marks(rest: str) -> tuple[str, NoteKind, bool]:
    kind: NoteKind = "point"
    verbatim = False
    while rest and (rest[0] in KINDS or rest[0] in _QUOTES):
        if rest[0] in KINDS:
            kind = KINDS[rest[0]]
        else:
            verbatim = True
        rest = rest[1:].lstrip()
    return rest, kind, verbatim


def complete(tag: str, tags: list[str]) -> str:
    """The tag of the pack that ``tag`` begins, where it is the only one; otherwise ``tag`` as typed, in lower case."""
    lower = tag.lower()
    fits = [known for known in tags if known.startswith(lower)]
    return lower if lower in tags or len(fits) != 1 else fits[0]


def write(*, text: str, kind: NoteKind, verbatim: bool, tags: list[str]) -> str:
    """A note as its line would be typed, to edit it again; group and table stay as they are set."""
    marks = MARKS.get(kind, "")
    start = f'{marks}"' if verbatim else f"{marks} " if marks else ""
    return start + text + "".join(f" #{tag}" for tag in tags)
