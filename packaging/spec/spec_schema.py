"""JSON Schema made from the record structs, so that the schema cannot say something else than the reader does."""

import json
from typing import Any

import msgspec

from tradeoff_desktop.exchange.programme import Enrolment
from tradeoff_desktop.model.kinds import BODIES
from tradeoff_desktop.model.pack import Pack
from tradeoff_desktop.model.programme import Programme
from tradeoff_desktop.model.records import Header

DIALECT = "https://json-schema.org/draft/2020-12/schema"
_NOTE = (
    "Made from the program. It says which fields there are and what may stand in them; that the bytes are canonical "
    "(keys sorted, defaults left out, nothing twice, NFC) no schema can say: see records.md."
)
_SALT = {"type": "string", "pattern": r"^[0-9a-f]{32}$(?!\n)"}


def files() -> dict[str, bytes]:
    """The schema files, by name."""
    return {
        "records.schema.json": _written(_lines()),
        "parcels.schema.json": _written(_parcels()),
    }


def _written(schema: dict[str, Any]) -> bytes:
    return json.dumps(schema, indent=1, ensure_ascii=False).encode() + b"\n"


def _lines() -> dict[str, Any]:
    """A line is one of the kinds in full, or a header alone."""
    _, parts = msgspec.json.schema_components([Header, *BODIES.values()], ref_template="#/$defs/{name}")
    header = parts.pop("Header")
    lines = {f"line_{kind}": _line(header, kind, body.__name__) for kind, body in BODIES.items()}
    erased = header | {"title": "an erased line", "properties": header["properties"] | {"kind": {"enum": list(BODIES)}}}
    return {
        "$schema": DIALECT,
        "title": "One line of records.ndjson, format 1",
        "description": _NOTE,
        "oneOf": [{"$ref": "#/$defs/line_erased"}, *({"$ref": f"#/$defs/{name}"} for name in lines)],
        "$defs": {"line_erased": erased, **lines, **parts},
    }


def _line(header: dict[str, Any], kind: str, body: str) -> dict[str, Any]:
    more = {"kind": {"const": kind}, "body": {"$ref": f"#/$defs/{body}"}, "salt": _SALT}
    return {
        "title": f"a line of kind {kind}",
        "type": "object",
        "properties": header["properties"] | more,
        "required": sorted([*header["required"], "body", "salt"]),
        "additionalProperties": False,
    }


def _parcels() -> dict[str, Any]:
    found, parts = msgspec.json.schema_components([Programme, Pack, Enrolment], ref_template="#/$defs/{name}")
    parts["Enrolment"]["additionalProperties"] = False
    return {
        "$schema": DIALECT,
        "title": "programme.json, pack.json or enrolment.json, format 1",
        "description": _NOTE,
        "oneOf": list(found),
        "$defs": parts,
    }

