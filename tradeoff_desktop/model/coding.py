"""The codebook and what was coded: the centre's own records folded, and what may be written next.

Codes are given to notes by a first coder and, for a sample, blindly by a second. A code that was merged into another
counts as that other everywhere; nothing that was coded is ever written anew.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from tradeoff_desktop.errors import RuleError
from tradeoff_desktop.model import records as r
from tradeoff_desktop.model.records import Body, Record

Key = tuple[str, int]
Coder = Literal[1, 2]
FIRST: Coder = 1
SECOND: Coder = 2
NONE = "none"  # the note was read and no code fits: not the same as a note nobody has read
_RECENT = 9


@dataclass(frozen=True)
class Book:
    """``codes`` as last defined; ``given``: per (note, coder) the codes with the seq of the record that gave each."""

    codes: Mapping[str, r.CodeBook] = field(default_factory=dict)
    given: Mapping[tuple[Key, int], Mapping[str, int]] = field(default_factory=dict)
    recent: tuple[str, ...] = ()  # the codes given last, latest first, active ones only

    def current(self, code: str) -> str:
        """The code that ``code`` counts as now, following merges."""
        for _ in self.codes:  # no longer than there are codes, whatever they were merged into
            found = self.codes.get(code)
            if found is None or not found.into:
                break
            code = found.into
        return code

    def active(self) -> list[r.CodeBook]:
        """The codes that may be given, by name."""
        return sorted((one for one in self.codes.values() if one.state == "active"), key=lambda one: one.text.casefold())

    def codes_of(self, note: Key, coder: Coder = FIRST) -> tuple[str, ...]:
        """The codes of a note as they count now, in the order they were given, "none" included."""
        given = self.given.get((note, coder), {})
        return tuple(dict.fromkeys(self.current(code) for code in given))

    def is_read(self, note: Key, coder: Coder = FIRST) -> bool:
        """Whether this coder has judged the note, if only as fitting no code."""
        return bool(self.given.get((note, coder)))


def read(records: Iterable[Record]) -> Book:
    """Fold the centre's own chain, in its order; undone records do not count."""
    held = list(records)
    undone = {(one.device, seq) for one in held if isinstance(one.body, r.Undo) for seq in one.body.seqs}
    codes: dict[str, r.CodeBook] = {}
    given: dict[tuple[Key, int], dict[str, int]] = {}
    order: list[str] = []
    for record in held:
        body = record.body
        if record.key in undone:
            continue
        if isinstance(body, r.CodeBook):
            codes[body.code] = body
        elif isinstance(body, r.Coding):
            given.setdefault(((body.of.device, body.of.seq), body.coder), {})[body.code] = record.seq
            order.append(body.code)
    active = {code for code, body in codes.items() if body.state == "active"}
    recent = [code for code in dict.fromkeys(reversed(order)) if code in active]
    return Book(codes, given, tuple(recent[:_RECENT]))


def define(book: Book, *, code: str, text: str, definition: str) -> list[Body]:
    """Add a code, or word it anew. RuleError: code_needs_words, code_reserved, code_retired."""
    if not text.strip() or not definition.strip():
        raise RuleError("code_needs_words")
    if code == NONE:
        raise RuleError("code_reserved", name=code)
    known = book.codes.get(code)
    if known is not None and known.state == "retired":
        raise RuleError("code_retired", name=code)
    return [r.CodeBook(role="centre", code=code, text=text.strip(), definition=definition.strip())]


def retire(book: Book, *, code: str, into: str = "") -> list[Body]:
    """Give a code no more; with ``into`` everything coded with it counts as that code. RuleError: unknown_code, code_retired."""
    known = _active(book, code)
    if into:
        _active(book, into)
        if into == code:
            raise RuleError("code_into_itself", name=code)
    return [r.CodeBook(role="centre", code=code, text=known.text, definition=known.definition, state="retired", into=into)]


def give(book: Book, *, note: r.Ref, code: str, coder: Coder = FIRST) -> list[Body]:
    """Give a note a code; nothing is written where it has it already. RuleError: unknown_code, code_retired."""
    if code != NONE:
        _active(book, code)
    had = book.codes_of((note.device, note.seq), coder)
    if code in had:
        return []
    body: list[Body] = [r.Coding(role="centre", of=note, code=code, coder=coder)]
    clash = had if code == NONE else [one for one in had if one == NONE]
    return [*(one for gone in clash for one in take(book, note=note, code=gone, coder=coder)), *body]


def take(book: Book, *, note: r.Ref, code: str, coder: Coder = FIRST) -> list[Body]:
    """Take a code from a note again. RuleError("not_coded_so")."""
    given = book.given.get(((note.device, note.seq), coder), {})
    seqs = [seq for one, seq in given.items() if book.current(one) == code]
    if not seqs:
        raise RuleError("not_coded_so", name=code)
    return [r.Undo(role="centre", seqs=seqs)]


def sample(notes: Sequence[r.Ref]) -> list[r.Ref]:
    """One note in ten, rounded up, for the second coder: drawn by the notes' own hashes, so that nobody chooses."""
    by_chance = sorted(notes, key=lambda ref: hashlib.sha256(f"second coder {ref.leaf}".encode()).digest())
    return by_chance[: -(-len(notes) // 10)]


def both_coded(book: Book) -> dict[str, tuple[list[int], list[int]]]:
    """Per code whether each coder gave it (0 or 1), over the notes that both have read, in one order."""
    notes = sorted(note for note, coder in book.given if coder == SECOND and book.is_read(note, FIRST) and book.is_read(note, SECOND))
    first = [set(book.codes_of(note, FIRST)) for note in notes]
    second = [set(book.codes_of(note, SECOND)) for note in notes]
    used = sorted(set().union(*first, *second) - {NONE})
    return {code: ([int(code in one) for one in first], [int(code in one) for one in second]) for code in used}


def _active(book: Book, code: str) -> r.CodeBook:
    known = book.codes.get(code)
    if known is None:
        raise RuleError("unknown_code", name=code)
    if known.state == "retired":
        raise RuleError("code_retired", name=code)
    return known
