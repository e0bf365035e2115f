"""The table file: the lead's signed set-up records, with which a table laptop or the data desk joins (decision 28).

It is signed and not encrypted, for it holds no answers. The 8-character workshop code binds workshop and lead key:
typing it is how a joining laptop comes to trust that key, so the file cannot be read without it.

A lead whose key was renewed after the workshop began sends the enrolments along: the opening names the first key, and
each key vouches for the next, up to the one that signs.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from tradeoff_desktop.errors import TrustError
from tradeoff_desktop.exchange import comparison, keys, parcel, payload, signature
from tradeoff_desktop.exchange.keys import SigningKey
from tradeoff_desktop.exchange.programme import read_enrolment
from tradeoff_desktop.model.records import Opened, Record

_FILE = "table.ndjson"
_RENEWALS = tuple(f"renewal-{number}.enrolment" for number in range(1, 6))
# Set-up and what changes it, and what must be erased elsewhere; nothing a participant said or answered.
KINDS = frozenset({"opened", "setup", "table", "seat", "consent", "exposure", "undo", "redaction", "withdrawal", "ruling"})


@dataclass(frozen=True, kw_only=True)
class TableFile:
    """A verified table file: the lead's ``records`` and its ``keys``, from the one it opened with to the one that signs."""

    opened: Opened
    records: tuple[Record, ...]
    keys: tuple[bytes, ...]


def write(records: Sequence[Record], *, key: SigningKey, renewals: Sequence[bytes] = ()) -> bytes:
    """The table file of a lead's own records; those that are no set-up, and erased ones, are left out.

    ``renewals`` are the enrolments by which the key it opened with came to be ``key``.
    """
    kept = [record for record in records if record.kind in KINDS and not record.erased]
    _check(kept)
    files = {_FILE: payload.lines_of(kept), **dict(zip(_RENEWALS, renewals, strict=False))}
    return parcel.write(files, key=key, namespace=signature.TABLE)


def read(data: bytes, *, code: str) -> TableFile:
    """Verify a table file against the workshop code as it was typed.

    The code may be of any of the lead's keys. TrustError: "bad_workshop_code", "wrong_workshop_code" (another workshop
    or another lead's key), "lead_key_changed" (the code's, but not the one it opened with) or what is altered.
    """
    wanted = comparison.read_workshop_code(code)
    found, records, opened = _open(data)
    chain = _chain(found, opened)
    if wanted not in {comparison.workshop_code(opened.workshop, key) for key in (*chain, found.key)}:
        fingerprint = keys.fingerprint(found.key)
        raise TrustError("wrong_workshop_code", at_fault="signer", workshop=opened.workshop, fingerprint=fingerprint)
    return TableFile(opened=opened, records=records, keys=_leading(chain, opened))


def read_newer(data: bytes, *, known: Opened) -> TableFile:
    """Verify a later table file of the lead whose opening is ``known`` from an earlier one.

    TrustError: "other_table_file", "lead_key_changed" (no key of that lead vouches for the one that signed), or what is altered.
    """
    found, records, opened = _open(data)
    if opened.workshop != known.workshop:
        raise TrustError("other_table_file", at_fault="content", wanted=known.workshop, found=opened.workshop)
    if (opened.key, opened.laptop) != (known.key, known.laptop):
        raise TrustError("lead_key_changed", at_fault="signer", workshop=opened.workshop)
    return TableFile(opened=opened, records=records, keys=_leading(_chain(found, opened), opened))


def _open(data: bytes) -> tuple[parcel.Parcel, tuple[Record, ...], Opened]:
    found = parcel.read(data, names=(_FILE,), namespace=signature.TABLE, more=_RENEWALS)
    records = payload.read_records(found.files[_FILE])
    return found, records, _check(records)


def _chain(found: parcel.Parcel, opened: Opened) -> tuple[bytes, ...]:
    """The lead's keys, each vouching for the next, up to the one that signed; none where they do not lead there."""
    chain = [keys.read_public_line(opened.key)]
    for name in _RENEWALS:
        if name in found.files:
            enrolment, previous = read_enrolment(found.files[name])
            if previous != chain[-1] or enrolment.laptop != opened.laptop:
                break
            chain.append(enrolment.public)
    return tuple(chain) if chain[-1] == found.key else ()


def _leading(chain: tuple[bytes, ...], opened: Opened) -> tuple[bytes, ...]:
    if not chain:
        raise TrustError("lead_key_changed", at_fault="signer", workshop=opened.workshop)
    return chain


def _check(records: Sequence[Record]) -> Opened:
    """One lead's set-up, in order, beginning with its opening; TrustError("bad_table_file") otherwise."""
    opened = payload.opened_of(records)
    seqs = [record.seq for record in records]
    ordered = seqs == sorted(set(seqs))
    one = {record.device for record in records} == {records[0].device}
    kinds = {record.kind for record in records[1:]} <= KINDS - {"opened"}
    if opened.role != "lead" or not (ordered and one and kinds) or any(record.erased for record in records):
        raise TrustError("bad_table_file", at_fault="content")
    return opened
