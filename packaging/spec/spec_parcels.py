"""Test vectors of the three signed parcels: programme file, enrolment, table file."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import spec_world as world
from spec_values import as_json

from tradeoff_desktop.exchange import (
    comparison,
    container,
    keys,
    parcel,
    payload,
    programme,
    signature,
    tablefile,
)
from tradeoff_desktop.model import codec
from tradeoff_desktop.model import records as r
from tradeoff_desktop.model.pack import canonical

PROGRAMME, PACK, ENROLMENT, TABLE = "programme.json", "pack.json", "enrolment.json", "table.ndjson"
CODE = comparison.workshop_code(world.WORKSHOP, world.LEAD.key.public)
BAD_TABLE = ("bad_table_file", "content")
WRONG_CODE = ("wrong_workshop_code", "signer")


@dataclass(frozen=True, kw_only=True)
class Parcel:
    """One parcel, what it is read with, and what a reader must make of it."""

    name: str
    kind: str
    what: str
    data: bytes
    given: dict[str, Any] = field(default_factory=dict)
    fault: tuple[str, str] | None = None


def files() -> dict[str, bytes]:
    """``parcels.json`` and the files it speaks of."""
    cases = [*_programmes(), *_enrolments(), *_tables()]
    made = {f"parcels/{case.name}.{case.kind}": case.data for case in cases}
    if len(made) != len(cases):
        raise ValueError([case.name for case in cases])
    return {"parcels.json": as_json([_told(case) for case in cases])} | made


def _told(case: Parcel) -> dict[str, Any]:
    told = {"file": f"parcels/{case.name}.{case.kind}", "kind": case.kind, "what": case.what, **case.given}
    if case.fault is None:
        return told | {"accepted": True}
    return told | {"accepted": False, "code": case.fault[0], "at_fault": case.fault[1]}


def _line(one: world.Holder) -> str:
    return keys.public_line(one.key.public)


# -- programmes


def _programmes() -> Iterator[Parcel]:
    first: dict[str, Any] = {"pinned": None}
    later: dict[str, Any] = {"pinned": world.CENTRE.key.public.hex()}
    good = programme.write_programme(world.plan(), world.PACK, key=world.CENTRE.key)
    moved = world.plan(signing_key=_line(world.NEXT))
    both = programme.write_programme(moved, world.PACK, key=world.NEXT.key, previous=world.CENTRE.key)
    alone = programme.write_programme(moved, world.PACK, key=world.NEXT.key)
    by_next = programme.write_programme(world.plan(), world.PACK, key=world.NEXT.key)
    other = programme.write_programme(world.plan(), world.small_pack("Another pack"), key=world.CENTRE.key)
    rows: list[tuple[str, str, bytes, dict[str, Any], tuple[str, str] | None]] = [
        ("good", "a programme file as it is first seen", good, first, None),
        ("good-again", "the same once its key is pinned", good, later, None),
        ("good-handed-over", "a new key, signed by old and new", both, later, None),
        ("bad-other-key", "another key than the pinned one", alone, later, ("other_programme_key", "signer")),
        ("bad-named-key", "signed by another key than it names", by_next, first, ("wrong_programme_key", "signer")),
        ("bad-pack", "another pack than it names", other, first, ("other_pack", "content")),
        ("bad-spaces", "spaces in programme.json", _spaced(PROGRAMME), first, ("not_canonical", "format")),
        ("bad-pack-spaces", "spaces in pack.json", _spaced(PACK), first, ("not_canonical", "format")),
        ("bad-field", "a field that does not exist", _changed(b'{"areas"', b'{"age":1,"areas"'), first, ("bad_content", "content")),
        ("bad-day", "a day that is none", _changed(b"2026-12-01", b"2026-12-1"), first, ("bad_content", "content")),
        ("bad-key-line", "a signing key of another type", _changed(b'_key":"ssh-ed25519', b'_key":"ssh-rsa'), first, ("bad_public_key", "signer")),
        ("bad-altered", "a byte changed after signing", _altered(good), first, ("manifest_differs", "content")),
        ("bad-twice", "signed by the same key as old and new", _twice(), first, ("bad_signature", "signer")),
        ("bad-purpose", "signed as a table file", _as_table(), first, ("wrong_namespace", "signer")),
        ("bad-more", "a file more than the list has", container.write(_entries(good) | {"x": b""}), first, ("unexpected_file", "format")),
        ("bad-less", "no pack", container.write(_entries(good, 3)), first, ("bad_container", "format")),
    ]
    for name, what, data, given, fault in rows:
        yield Parcel(name=f"programme-{name}", kind="programme", what=what, data=data, given=given, fault=fault)


def _inner() -> dict[str, bytes]:
    return {PROGRAMME: codec.encode(world.plan()), PACK: canonical(world.PACK)}


def _signed(files: dict[str, bytes], by: world.Holder = world.CENTRE) -> bytes:
    return parcel.write(files, key=by.key, namespace=signature.PROGRAMME)


def _spaced(name: str) -> bytes:
    files = _inner()
    return _signed(files | {name: files[name].replace(b",", b", ", 1)})


def _changed(old: bytes, new: bytes) -> bytes:
    files = _inner()
    if old not in files[PROGRAMME]:
        raise ValueError(old)
    return _signed(files | {PROGRAMME: files[PROGRAMME].replace(old, new, 1)})


def _entries(data: bytes, most: int = 4) -> dict[str, bytes]:
    return dict(list(container.scan(data))[:most])


def _altered(data: bytes) -> bytes:
    files = _entries(data)
    return container.write(files | {PROGRAMME: files[PROGRAMME].replace(b"Town hall", b"Town Hall")})


def _twice() -> bytes:
    return parcel.write(_inner(), key=world.CENTRE.key, namespace=signature.PROGRAMME, previous=world.CENTRE.key)


def _as_table() -> bytes:
    return parcel.write(_inner(), key=world.CENTRE.key, namespace=signature.TABLE)


# -- enrolments


def _enrolments() -> Iterator[Parcel]:
    own, recipient = world.LEAD, world.LEAD.identity.recipient
    good = programme.write_enrolment(own.principal, key=own.key, recipient=recipient)
    moved = programme.write_enrolment(own.principal, key=world.DESK.key, recipient=recipient, previous=own.key)
    facts = {"area": "MAN", "key": _line(own), "laptop": own.principal, "recipient": recipient}
    changes: list[tuple[str, str, dict[str, str], tuple[str, str]]] = [
        ("bad-key", "the key of another laptop", {"key": _line(world.DESK)}, ("bad_enrolment", "signer")),
        ("bad-comment", "a comment after the key", {"key": _line(own) + " lead"}, ("bad_enrolment", "signer")),
        ("bad-area", "another area than its name says", {"area": "SHF"}, ("bad_enrolment", "signer")),
        ("bad-name", "a name that is none", {"laptop": "MAN.lead@tradeoff"}, ("bad_content", "content")),
        ("bad-recipient", "a recipient that is none", {"recipient": "age1nobody"}, ("bad_recipient", "age")),
        ("bad-field", "a field that does not exist", {"person": "Ann"}, ("not_canonical", "format")),
    ]
    yield Parcel(name="enrolment-good", kind="enrolment", what="a laptop's enrolment", data=good)
    yield Parcel(name="enrolment-good-handed-over", kind="enrolment", what="a new key, signed by old and new", data=moved)
    for name, what, change, fault in changes:
        data = parcel.write({ENROLMENT: codec.encode(facts | change)}, key=own.key, namespace=signature.ENROLMENT)
        yield Parcel(name=f"enrolment-{name}", kind="enrolment", what=what, data=data, fault=fault)


# -- table files


def set_up() -> list[r.Record]:
    """A lead's first records, one of them no part of the set-up."""
    return world.chain_of(
        [
            world.opened(),
            r.Setup(role="lead", date="2026-11-03", start="13:30", venue="Town hall", groups={"public": 12}),
            r.Table(role="lead", number=1, theme="HSC", scenario="HSC-1"),
            r.Seat(role="lead", seat="105", group="public", table=1),
            world.note("not for tables", role="lead"),
            r.Consent(role="lead", seat="105", signed=True),
        ],
        "leaddevice",
    )


def _tables() -> Iterator[Parcel]:
    whole = set_up()
    good = tablefile.write(whole, key=world.LEAD.key)
    foreign = world.chain_of([record.body for record in whole if record.body is not None], "otherdevic")[1]
    other = comparison.workshop_code(world.WORKSHOP, world.DESK.key.public)
    typed = f"{CODE[:4].lower()}-{CODE[4:]}"
    rows: list[tuple[str, str, bytes, str, tuple[str, str] | None]] = [
        ("good", "a table file and the code as it was typed", good, typed, None),
        ("bad-code", "the code of another lead", good, other, WRONG_CODE),
        ("bad-short-code", "seven letters of the code", good, CODE[:7], ("bad_workshop_code", "format")),
        ("bad-signer", "the same records signed by another laptop", _table(whole[:4], world.DESK), CODE, WRONG_CODE),
        ("bad-note", "a note among the set-up", _table(whole), CODE, BAD_TABLE),
        ("bad-order", "records out of order", _table([whole[0], whole[2], whole[1]]), CODE, BAD_TABLE),
        ("bad-twice", "a record twice", _table([*whole[:2], whole[1]]), CODE, BAD_TABLE),
        ("bad-erased", "an erased record", _table(world.erased(whole[:4], 4)), CODE, BAD_TABLE),
        ("bad-device", "a record of another device", _table([whole[0], foreign]), CODE, BAD_TABLE),
        ("bad-role", "a table file of a data desk", _table(world.chain_of([world.opened(role="desk")], "deskdevice")), CODE, BAD_TABLE),
        ("bad-opening", "no opening", _table(whole[1:4]), CODE, ("not_opened", "content")),
        ("bad-empty", "no records", parcel.write({TABLE: b""}, key=world.LEAD.key, namespace=signature.TABLE), CODE, ("bad_records", "format")),
    ]
    for name, what, data, code, fault in rows:
        yield Parcel(name=f"table-{name}", kind="table", what=what, data=data, given={"code_typed": code}, fault=fault)


def _table(records: list[r.Record], by: world.Holder = world.LEAD) -> bytes:
    return parcel.write({TABLE: payload.lines_of(records)}, key=by.key, namespace=signature.TABLE)
