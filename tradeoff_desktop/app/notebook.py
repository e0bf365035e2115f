"""The notes of a workshop as they are read: which of them, in which words, and what an undo gives back to mend."""

from collections.abc import Iterable
from operator import attrgetter
from typing import NamedTuple

from tradeoff_desktop.app import hints
from tradeoff_desktop.app.desk import Desk
from tradeoff_desktop.model import records as r
from tradeoff_desktop.model.records import Record
from tradeoff_desktop.model.workshop import Workshop

MOST = 100  # as many notes as are listed at once; a search or a filter finds the others
KIND_WORDS = {"point": "", "question": "Question: ", "condition": "Condition: ", "red_line": "Red line: "}
PERSONAL = "personal"  # a filter of its own: notes that look as if they held personal data


class Query(NamedTuple):
    """What is looked for; "" is everything. ``kind`` is a kind of note or ``PERSONAL``."""

    words: str = ""
    step: str = ""
    group: str = ""
    kind: str = ""


class Found(NamedTuple):
    """The last of the notes that fit, oldest first, and how many fit in all; of a search no more than ``MOST`` is read."""

    records: list[Record]
    fit: int
    more: bool = False  # whether a search would find more than are listed


def find(desk: Desk, query: Query) -> Found:
    """The notes that fit, in record order."""
    state = desk.state
    words = query.words.strip()
    held = state.live["note"]
    if query.kind == PERSONAL:
        notes = {**state.past, **held}
        listed = [(one.of.device, one.of.seq) for one in hints.listed(state) if one.where == "note"]
        held = {key: notes[key] for key in listed}
    if words:
        return _search(desk.store.find_notes(words), held, query)
    # Among ten thousand notes every step taken in Python for each of them is felt: a whole list at a time.
    fit = list(held.values())
    for field, wanted in _filters(query):
        of = attrgetter(f"body.{field}")
        fit = [record for record in fit if of(record) == wanted]
    return Found(fit[-MOST:], len(fit))


def _search(keys: Iterable[tuple[str, int]], held: dict[tuple[str, int], Record], query: Query) -> Found:
    """The first of ``keys`` that are held and fit: no key pressed waits for more than can be read."""
    filters = _filters(query)
    found: set[tuple[str, int]] = set()
    for key in keys:
        if key in held and all(getattr(held[key].body, field) == wanted for field, wanted in filters):
            if len(found) == MOST and key not in found:
                return Found([record for key, record in held.items() if key in found], MOST, more=True)
            found.add(key)
    return Found([record for key, record in held.items() if key in found], len(found))


def _filters(query: Query) -> list[tuple[str, str]]:
    """Which fields of a note must say what."""
    kind = "" if query.kind == PERSONAL else query.kind
    return [(field, wanted) for field, wanted in (("step", query.step), ("group", query.group), ("kind", kind)) if wanted]


def line(state: Workshop, record: Record, added: list[str]) -> str:
    """One note as it is listed: table, group, what kind, the words, tags, and what was added in [brackets]."""
    body = record.body
    if not isinstance(body, r.Note):
        return ""
    words = f"“{body.text}”" if body.verbatim else body.text
    table = f"T{body.table} " if body.table else ""
    group = next((f"{g.initial}: " for g in state.pack.groups if g.code == body.group), "")
    tags = "".join(f" #{tag}" for tag in body.tags)
    marks = "".join(f" [{words}]" for words in added) + (" (from paper)" if body.from_paper else "")
    back = "Taken back or mended: " if record.key in state.past else ""
    return f"{back}{table}{group}{KIND_WORDS[body.kind]}{words}{tags}{marks}"


def taken_back(before: Workshop, after: Workshop) -> tuple[Record, int] | None:
    """The one note that an undo took back, to be mended, and the seq that its mended form replaces.

    None where the undo took back anything else: several notes that had been moved, or no note.
    """
    gone = [record for key, record in before.live["note"].items() if key not in after.live["note"]]
    back = [record for key, record in after.live["note"].items() if key not in before.live["note"]]
    if len(gone) != 1 or (back and _text(back[0]) == _text(gone[0])):
        return None
    return gone[0], (back or gone)[0].seq


def _text(record: Record) -> str:
    return record.body.text if isinstance(record.body, r.Note) else ""


def own_notes(desk: Desk) -> list[tuple[Record, r.Note]]:
    """This laptop's own notes, oldest first."""
    return [(record, body) for record, body in desk.state.bodies(r.Note) if record.device == desk.device]


def own_step(desk: Desk) -> str:
    """Where notes of this laptop belong now: its own place at a table laptop, else the room's. "" before the first."""
    if desk.role != "lead":
        own = [body.step for record, body in desk.state.bodies(r.Step) if record.device == desk.device]
        if own:
            return own[-1]
    return desk.state.step


def unknown_tags(state: Workshop) -> list[str]:
    """Tags of notes that the pack does not have; they are kept as typed and listed before sealing."""
    return sorted({tag for _, body in state.bodies(r.Note) for tag in body.tags} - set(state.pack.tags))
