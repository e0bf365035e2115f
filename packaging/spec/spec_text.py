"""The examples and field tables of the pages, made from the vectors and the structs so that they are always true.

A page marks each place with a comment and the program fills in what follows it: ``<!-- example: name -->`` a fenced
block, ``<!-- fields: name -->`` the first three columns of a table. The last column, what a field means, is written
by hand and kept.
"""

import json
import re
from collections.abc import Iterator

import spec_forms
import spec_good
import spec_parcels
import spec_values
import spec_world as world
from spec_forge import small

from tradeoff_desktop.exchange import bundle, container, payload, wire
from tradeoff_desktop.model import chain, codec

_EXAMPLE = re.compile(r"(<!-- example: ([^>]+) -->\n```\w*\n).*?(^```$)", re.DOTALL | re.MULTILINE)
_FIELDS = re.compile(r"(<!-- fields: ([^>]+) -->\n)((?:\|[^\n]*\n)*)")
_HEADING = "| field | form | default | meaning |\n|---|---|---|---|\n"
_UNWRITTEN = "?"


def filled(page: str, examples: dict[str, str]) -> str:
    """The page with every example and table as it ought to be; KeyError for an example that does not exist."""
    page = _EXAMPLE.sub(lambda found: found[1] + examples[found[2]].rstrip("\n") + "\n" + found[3], page)
    return _FIELDS.sub(lambda found: found[1] + _table(found[2], found[3]), page)


def _table(name: str, before: str) -> str:
    cells = [[cell.strip() for cell in line.strip("|\n").split("|")] for line in before.splitlines()]
    meanings = {row[0].strip("`"): row[-1] for row in cells}
    lines = [
        f"| `{field}` | {form} | {default or 'required'} | {meanings.get(field, _UNWRITTEN)} |\n"
        for field, form, default in spec_forms.rows(name)
    ]
    return _HEADING + "".join(lines)


def hex_dump(data: bytes) -> str:
    """Sixteen bytes a line: offset, bytes, and those that are ASCII as letters."""
    lines = []
    for at in range(0, len(data), 16):
        part = data[at : at + 16]
        letters = "".join(chr(byte) if 32 <= byte < 127 else "." for byte in part)
        lines.append(f"{at:08x}  {part.hex(' '):<47}  {letters}")
    return "\n".join(lines)


def examples() -> dict[str, str]:
    """Every example by its name."""
    return dict([*_records(), *_bodies(), *_containers(), *_bags(), *_templates(), *_parcels(), *_codes()])


def _records() -> Iterator[tuple[str, str]]:
    records = world.every_kind()
    one = records[7]
    heads = chain.heads(records, device=one.device)
    yield "line", codec.line(one).decode()
    yield "erased line", codec.line(codec.erase(records[world.ERASED - 1])).decode()
    yield "leaf", f"salt  {one.salt}\nbody  {one.raw.decode()}\nleaf  {one.header.leaf}"
    walk = "".join(f"\nheader {n}  {codec.encode(records[n - 1].header).decode()}\nhead {n}    {heads[n]}" for n in (1, 2))
    yield "chain", f"device    {one.device}\nhead 0    {heads[0]}{walk}"


def _bodies() -> Iterator[tuple[str, str]]:
    for record in world.every_kind():
        yield f"body {record.kind}", record.raw.decode()


def _containers() -> Iterator[tuple[str, str]]:
    yield "container", hex_dump(container.write({"a.txt": b"hello\n", "b/c.txt": b""}))
    made = json.loads(spec_values.files()["signature.json"])
    blob = wire.remove_armour(made["signature"].encode(), "SSH SIGNATURE", code="")
    yield "signature", made["signature"]
    yield "signature bytes", hex_dump(blob)
    yield "signed bytes", hex_dump(bytes.fromhex(made["to_be_signed"]))


def _bags() -> Iterator[tuple[str, str]]:
    files = table_files()
    for name in (bundle.TAGMANIFEST, bundle.INFO, bundle.BAGIT, bundle.MANIFEST, payload.RATINGS):
        yield name.rpartition("/")[2], files[name].decode()
    encrypted = container.read(spec_good.meant_for([world.CENTRE, world.LEAD]), bundle.LAYOUTS)
    yield "bag-info.txt, encrypted", "".join(encrypted[bundle.INFO].decode().splitlines(keepends=True)[-3:])


def table_files() -> dict[str, bytes]:
    """The files of the vectors' good-table bundle."""
    data = next(case.data for case in spec_good.cases() if case.name == "good-table")
    return container.read(data, bundle.LAYOUTS)


def _templates() -> Iterator[tuple[str, str]]:
    """The two derived texts with their variable parts named in braces."""
    files = table_files()
    ratings, lines = files[payload.RATINGS], files[payload.RECORDS]
    opened = payload.opened_of(small())
    package = files[payload.DATAPACKAGE].decode()
    for place, content in (("ratings", ratings), ("records", lines)):
        size = payload._size(content)  # noqa: SLF001 - the very values that must be named
        package = _named(package, f'"bytes": {size["bytes"]},', f'"bytes": {{{place} bytes}},')
        package = _named(package, str(size["hash"])[7:], f"{{{place} digest}}")
    package = _named(package, f"{opened.workshop}-tabledevic-6", "{package name}")
    title = f"Workshop {opened.workshop}, area {opened.area}, device tabledevic"
    yield "datapackage.json", _named(package, title, "Workshop {workshop}, area {area}, device {device}")
    text = files[payload.VERIFY].decode()
    for value, name in ((f"{opened.workshop}-tabledevic-6", "file name"), (opened.laptop, "laptop")):
        text = _named(text, value, f"{{{name}}}")
    yield "VERIFY.txt", text


def _named(text: str, value: str, name: str) -> str:
    if value not in text:
        raise ValueError(value)
    return text.replace(value, name)


def _parcels() -> Iterator[tuple[str, str]]:
    files = spec_parcels.files()
    enrolment = dict(container.scan(files["parcels/enrolment-good.enrolment"]))
    programme = dict(container.scan(files["parcels/programme-good.programme"]))
    table = dict(container.scan(files["parcels/table-good.table"]))
    yield "enrolment list", enrolment["manifest-sha256.txt"].decode()
    yield "enrolment.json", enrolment["enrolment.json"].decode()
    yield "programme.json", programme["programme.json"].decode()
    yield "table.ndjson", table["table.ndjson"].decode()


def _codes() -> Iterator[tuple[str, str]]:
    key = json.loads(spec_values.files()["keys.json"])[0]
    for name in ("seed", "public", "public_line", "fingerprint", "words", "age_secret", "age_recipient"):
        yield f"key {name}", key[name]
    yield "key", "\n".join(f"{name:<14}{key[name]}" for name in key if name != "name")
    codes = json.loads(spec_values.files()["codes.json"])
    head = codes["seal_words"][0]
    yield "seal words", f"head   {head['head']}\nwords  {head['words']}"
    code = codes["workshop_codes"][0]
    yield "workshop code", "\n".join(f"{name:<10}{value}" for name, value in code.items())
    yield "allowed_signers", spec_values.files()["allowed_signers"].decode()
    yield "revoked_keys", spec_values.files()["revoked_keys"].decode()
    lines = json.loads(spec_values.files()["codes.json"])["seat_codes"]
    yield "seat codes", "\n".join(" ".join(lines[at : at + 11]) for at in range(0, 99, 11))
