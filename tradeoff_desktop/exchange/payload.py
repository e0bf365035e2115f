"""The payload of a bundle: the records, and what is derived from them for people with other tools.

``records.ndjson`` is authoritative. Everything else but the PDF is a pure function of it, so the reader makes it
anew and requires equality: nobody can sign one thing and show another. The wording of ``VERIFY.txt`` and of the
column descriptions is therefore part of format 1.
"""

import hashlib
import json
from collections.abc import Iterator, Sequence

from tradeoff_desktop.errors import TrustError
from tradeoff_desktop.exchange import signature
from tradeoff_desktop.model import codec
from tradeoff_desktop.model.records import Opened, Rating, Record, Undo

DATAPACKAGE = "data/datapackage.json"
RECORDS = "data/records.ndjson"
RATINGS = "data/ratings.csv"
SUMMARY = "data/summary.pdf"
VERIFY = "data/VERIFY.txt"
NAMES = (DATAPACKAGE, RECORDS, RATINGS, SUMMARY, VERIFY)
_MAX_RECORDS = 200_000
# Thirty people keyed twice, with long notes, take a quarter of either. Without them a signed file could make the reader
# take many times its own size: a list of numbers nine times, a text with one wide letter four times.
MAX_BYTES = 8 * 1024 * 1024
MAX_MARKS = 1_000_000  # quotation marks and commas: a bound of how many values there are

# Column: (what it says, type). Times stand in the records only: order and time can tell who somebody is.
_COLUMNS = {
    "workshop": ("workshop id; those of practice start with practice-", "string"),
    "area": ("area code", "string"),
    "device": ("store that wrote the record", "string"),
    "seq": ("place of the record in that store's chain", "integer"),
    "seat": ("seat code, two digits and a check digit; no name is kept anywhere", "string"),
    "sheet": ("paper sheet: 1 start, 2 anchor, 3 theme, 4 end", "integer"),
    "scenario": ("scenario code of the pack", "string"),
    "variant": ("variant code of the pack", "string"),
    "round": ("R0 start, RB after the first talk, RV a flip, R1 end", "string"),
    "item": ("item code of the pack", "string"),
    "answer": ("level, cant_say, or the reason why there is none", "string"),
    "mode": ("how it was given", "string"),
    "privacy": ("who could see it being given", "string"),
    "aid": ("helper or interpreter, where somebody helped", "string"),
    "keying": ("1 first keying, 2 and 3 keyed again to check", "integer"),
    "standing": ("current, or replaced or undone by a later record of the same store", "string"),
}


def opened_of(records: Sequence[Record]) -> Opened:
    """The body of the first record, which must be an unerased ``opened``; TrustError("not_opened") otherwise."""
    body = records[0].body if records else None
    if not isinstance(body, Opened):
        raise TrustError("not_opened", at_fault="content")
    return body


def write(records: Sequence[Record], lines: bytes, *, summary: bytes | None) -> dict[str, bytes]:
    """The payload files of one device's records and their ``lines``, in the order in which they travel."""
    ratings = ratings_csv(records)
    files = {DATAPACKAGE: _datapackage(records, lines, ratings), RECORDS: lines, RATINGS: ratings}
    if summary is not None:
        files[SUMMARY] = summary
    return files | {VERIFY: _verify_text(records)}


def lines_of(records: Sequence[Record]) -> bytes:
    """``records.ndjson``."""
    return b"".join(codec.line(record) + b"\n" for record in records)


def read_records(data: bytes) -> tuple[Record, ...]:
    """Strictly decode ``records.ndjson``; TrustError names what is at fault."""
    if len(data) > MAX_BYTES or data.count(b'"') + data.count(b",") > MAX_MARKS:
        raise TrustError("bad_records", at_fault="format")
    if data.count(b"\n") > _MAX_RECORDS or not data.endswith(b"\n"):
        raise TrustError("bad_records", at_fault="format")
    return tuple(codec.read_line(line) for line in _lines(data))


def _lines(data: bytes) -> Iterator[bytes]:
    """What stands before each line end, one at a time: all at once would be the file a second time."""
    start = 0
    while (end := data.find(b"\n", start)) >= 0:
        yield data[start:end]
        start = end + 1


def ratings_csv(records: Sequence[Record]) -> bytes:
    """``ratings.csv``: the unerased ratings, coded values only, with what became of each (``standing``)."""
    opened = opened_of(records)
    last = len(records)  # a longer list of numbers that nothing stands under must not take room
    undone = {seq for record in records if isinstance(record.body, Undo) for seq in record.body.seqs if seq <= last}
    replaced = {record.body.replaces for record in records if record.body is not None and record.seq not in undone}
    rows = [",".join(_COLUMNS)]
    for record in records:
        body = record.body
        if isinstance(body, Rating):
            standing = "undone" if record.seq in undone else "replaced" if record.seq in replaced else "current"
            rows.append(
                f"{opened.workshop},{opened.area},{record.device},{record.seq},{body.seat},{body.sheet},{body.scenario},"
                f"{body.variant},{body.round},{body.item},{body.answer},{body.mode},{body.privacy},{body.aid},"
                f"{body.keying},{standing}"
            )
    # The model's alphabet for codes leaves no beginning that a spreadsheet takes for a formula, and no comma.
    return "\n".join([*rows, ""]).encode("ascii")


def _datapackage(records: Sequence[Record], lines: bytes, ratings: bytes) -> bytes:
    """A Frictionless Data Package (v1) that describes both data files and the meaning of every column."""
    opened = opened_of(records)
    fields = [
        {"name": name, "type": kind, "description": text, "constraints": {"required": name != "aid"}}
        for name, (text, kind) in _COLUMNS.items()
    ]
    package = {
        "profile": "data-package",
        "name": f"{opened.workshop}-{records[0].device}-{len(records)}".lower().replace(":", "."),
        "title": f"Workshop {opened.workshop}, area {opened.area}, device {records[0].device}",
        "description": "records.ndjson is authoritative; ratings.csv is derived from its lines that are not erased.",
        "resources": [
            {
                "profile": "tabular-data-resource", "name": "ratings", "path": "ratings.csv", "format": "csv",
                "mediatype": "text/csv", "encoding": "utf-8", "dialect": {"delimiter": ",", "lineTerminator": "\n"},
                **_size(ratings),
                "schema": {"fields": fields, "missingValues": [""], "primaryKey": ["device", "seq"]},
            },
            {
                "profile": "data-resource", "name": "records", "path": "records.ndjson", "format": "ndjson",
                "mediatype": "application/x-ndjson", "encoding": "utf-8", **_size(lines),
                "description": "One record a line: header (device, seq, kind, at, leaf) and, unless erased, body and salt.",
            },
        ],
    }
    return json.dumps(package, indent=2, sort_keys=True).encode("ascii") + b"\n"


def _size(content: bytes) -> dict[str, str | int]:
    return {"bytes": len(content), "hash": "sha256:" + hashlib.sha256(content).hexdigest()}


def _verify_text(records: Sequence[Record]) -> bytes:
    opened = opened_of(records)
    name = f"{opened.workshop}-{records[0].device}-{len(records)}".replace(":", "_")
    check = (
        f"ssh-keygen -Y verify -f ../allowed_signers -r ../revoked_keys -I {opened.laptop} -n {signature.BUNDLE} "
        "-Overify-time=RECEIVED -s tagmanifest-sha256.txt.sig < tagmanifest-sha256.txt"
    )
    return _VERIFY_TEXT.format(name=name, check=check).encode("ascii")


_VERIFY_TEXT = """How to check this bundle without the program that wrote it

You need: the files allowed_signers and revoked_keys from whoever enrolled the
laptops, and an age key that may open the bundle. Put them beside the bundle. If
no key was ever revoked and you were given no list, the first line makes an empty
one; a list that is there stays as it is.

   cd . >> revoked_keys

On Windows type the lines in a command window, or in PowerShell with cmd /c "..."
around every line that has < or > in it: a PowerShell pipe changes the bytes.

1. Open it. If it was written readable by anyone, the first command fails: copy
   {name}.tradeoff to {name}.zip instead.

   age -d -i identity.key -o {name}.zip {name}.tradeoff
   unzip -t {name}.zip
   unzip {name}.zip -d {name}
   cd {name}

   Windows has no unzip. There, in place of the two lines that begin with it:

   mkdir {name}
   tar -xf {name}.zip -C {name}

2. Check who signed it, and that the key was not revoked. Put the moment at which
   you received it, in UTC and written like 20261103140000Z, in place of RECEIVED.

   {check}

3. Check that nothing was altered.

   sha256sum -c tagmanifest-sha256.txt
   sha256sum -c manifest-sha256.txt

   The Python package bagit does the same, on Windows too:

   python -m bagit --validate .

   Windows has no sha256sum. Without Python, compare by eye what this shows with
   the line of each file in the two lists:

   certutil -hashfile data\\records.ndjson SHA256

4. Read it. data/records.ndjson is authoritative, one record a line.
   data/ratings.csv is derived from it; data/datapackage.json says what every
   column means. The seal code on the paper slip is made from the head of the
   lead laptop's chain after its last "sealed": where that is the last record,
   the line Tradeoff-Chain-Head in bag-info.txt; where somebody left afterwards,
   it must be worked out from the records.
"""
