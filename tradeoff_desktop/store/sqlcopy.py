"""Tables of an export as one SQLite file, for people who ask in SQL. It is no store: nothing here is ever read back."""

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

_TYPES = {"string": "TEXT", "integer": "INTEGER", "number": "REAL"}


class Sheet(NamedTuple):
    """One table: its name, its columns as (name, "string" | "integer" | "number"), and its rows."""

    name: str
    columns: Sequence[tuple[str, str]]
    rows: Iterable[Sequence[object]]


def database(sheets: Iterable[Sheet], views: Mapping[str, str]) -> bytes:
    """The bytes of the file. ``views``: by name what each selects. The same tables give the same bytes, and no time is in it."""
    connection = sqlite3.connect(":memory:")
    try:
        for name, columns, rows in sheets:
            described = ", ".join(f'"{column}" {_TYPES[kind]}' for column, kind in columns)
            connection.execute(f'CREATE TABLE "{name}" ({described}) STRICT')
            marks = ", ".join("?" * len(columns))
            connection.executemany(f'INSERT INTO "{name}" VALUES ({marks})', rows)  # noqa: S608 - names of our own tables, never of anybody's typing
        for name, selected in views.items():
            connection.execute(f'CREATE VIEW "{name}" AS {selected}')
        connection.commit()
        return connection.serialize()
    finally:
        connection.close()
