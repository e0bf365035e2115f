"""Tables as a Frictionless Data Package (version 1): CSV files, what every column means, and a README.

Every cell is a code or a number, so that no spreadsheet takes one for a formula; what codes mean stands in the README
and in ``datapackage.json``.
"""

import csv
import hashlib
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Literal, NamedTuple

from tradeoff_desktop.app.files import make_folder, reading, write_new
from tradeoff_desktop.errors import RuleError

Value = str | int | float | None
Type = Literal["string", "integer", "number"]


class Column(NamedTuple):
    """One column: its name, what it says, its type, and whether it may be empty."""

    name: str
    text: str
    type: Type = "string"
    required: bool = True


class Table(NamedTuple):
    """One CSV file: its name without ending, what it holds, its columns and rows."""

    name: str
    text: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Value]]

    def csv(self) -> bytes:
        """The table as CSV: UTF-8, one header line, LF."""
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow([column.name for column in self.columns])
        writer.writerows(self.rows)
        return out.getvalue().encode()


class Package(NamedTuple):
    """A named set of tables with its README (Markdown) and, where there is one, a file of another kind."""

    name: str
    title: str
    readme: str
    tables: Sequence[Table]
    others: Mapping[str, bytes] = {}

    def files(self) -> dict[str, bytes]:
        """Every file of the package by name."""
        found = {f"{table.name}.csv": table.csv() for table in self.tables} | dict(self.others)
        resources = [_resource(table, found[f"{table.name}.csv"]) for table in self.tables]
        about = {
            "profile": "data-package", "name": self.name, "title": self.title,
            "description": "README.md says how the tables were made and what may be done with them.",
            "resources": resources,
        }
        found["datapackage.json"] = json.dumps(about, indent=2, sort_keys=True, ensure_ascii=False).encode() + b"\n"
        found["README.md"] = self.readme.encode()
        return found


def write(package: Package, folder: Path) -> list[Path]:
    """Write every file into a new or empty ``folder``; RuleError("folder_not_empty")."""
    with reading(folder.name):
        filled = folder.exists() and any(folder.iterdir())
    if filled:
        raise RuleError("folder_not_empty", folder=folder.name)
    make_folder(folder)
    written = []
    for name, data in package.files().items():
        write_new(folder / name, data)
        written.append(folder / name)
    return written


def markdown(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A table in Markdown; what would end a cell is taken out of the texts."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(str(cell).replace("|", "/").replace("\n", " ") for cell in row) + " |" for row in lines)


def _resource(table: Table, data: bytes) -> dict[str, object]:
    fields = [
        {"name": name, "type": kind, "description": text, "constraints": {"required": required}}
        for name, text, kind, required in table.columns
    ]
    return {
        "profile": "tabular-data-resource", "name": table.name.replace("_", "-"), "path": f"{table.name}.csv",
        "title": table.text, "format": "csv", "mediatype": "text/csv", "encoding": "utf-8",
        "dialect": {"delimiter": ",", "lineTerminator": "\n"}, "bytes": len(data),
        "hash": "sha256:" + hashlib.sha256(data).hexdigest(),
        "schema": {"fields": fields, "missingValues": [""]},
    }
