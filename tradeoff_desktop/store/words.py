"""The index of the words of notes, for searching them: a projection of records, filled by explicit statements.

No trigger fills it, because a schema is not trusted to run anything. It holds no text, only where each word stands;
still a plain delete would leave words in the file, so whatever erases records makes the whole index anew with them.
"""

import re
import sqlite3
from collections.abc import Iterable, Iterator

from tradeoff_desktop.model import codec
from tradeoff_desktop.model.kinds import BODIES
from tradeoff_desktop.model.records import Body, Clarification, Note, Record

INDEX = "CREATE VIRTUAL TABLE words USING fts5(text, content='', prefix='1 2 3', tokenize='unicode61 remove_diacritics 2')"
_HELD = (
    "SELECT device, seq, kind, body FROM records WHERE kind IN ('note', 'clarification') AND body IS NOT NULL"
)
_ADD = "INSERT INTO words (rowid, text) SELECT rowid, ? FROM records WHERE device = ? AND seq = ?"
# Only of a clarification are the words read: they say which note it belongs to.
_FIND = (
    "SELECT device, seq, CASE kind WHEN 'clarification' THEN body END FROM words "
    "JOIN records ON records.rowid = words.rowid WHERE words MATCH ? AND body IS NOT NULL ORDER BY words.rowid DESC"
)


def add(connection: sqlite3.Connection, records: Iterable[Record]) -> None:
    """Index the notes and clarifications among records that were just inserted."""
    connection.executemany(_ADD, [
        (_text(record.body), *record.key) for record in records if isinstance(record.body, Note | Clarification)
    ])


def make_anew(connection: sqlite3.Connection) -> None:
    """Forget every word and index what is held, inside the caller's transaction."""
    connection.execute("INSERT INTO words (words) VALUES ('delete-all')")
    rows = connection.execute(_HELD).fetchall()
    connection.executemany(_ADD, [(_text(_body(kind, raw)), device, seq) for device, seq, kind, raw in rows])


def find(connection: sqlite3.Connection, typed: str) -> Iterator[tuple[str, int]]:
    """The notes, by (device, seq), in which or in whose clarifications every word that is typed begins a word.

    What was written down last comes first, and no more is read than is asked for; a note may come more than once.
    """
    wanted = " ".join(f'"{word}"*' for word in re.findall(r"\w+", typed))
    if wanted:
        for device, seq, added in connection.execute(_FIND, (wanted,)):
            yield (device, seq) if added is None else _clarifies(added)


def _clarifies(raw: bytes) -> tuple[str, int]:
    of = codec.decode(raw, Clarification).of
    return of.device, of.seq


def _body(kind: str, raw: bytes) -> Body:
    return codec.decode(raw, BODIES[kind])


def _text(body: Body | None) -> str:
    tags = body.tags if isinstance(body, Note) else []
    return " ".join([getattr(body, "text", ""), *tags])
