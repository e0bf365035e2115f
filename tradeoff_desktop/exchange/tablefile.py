"""The table file: the lead's signed set-up records, with which a table laptop or the data desk joins (decision 28).

It is signed and not encrypted, for it holds no answers. The 8-character workshop code binds workshop and lead key:
typing it is how a joining laptop comes to trust that key, so the file cannot be read without it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from tradeoff_desktop.errors import TrustError
from tradeoff_desktop.exchange import comparison, keys, parcel, payload, signature
from tradeoff_desktop.exchange.keys import SigningKey
from tradeoff_desktop.model.records import Opened, Record

_FILE = "table.ndjson"
# Set-up and what changes it; nothing a participant said or answered.
KINDS = frozenset({"opened", "setup", "table", "seat", "consent", "exposure", "undo", "withdrawal", "ruling"})


@dataclass(frozen=True, kw_only=True)
class TableFile:
    """A verified table file: the lead's ``records`` and the ``key`` that the typed code pinned."""

    opened: Opened
    records: tuple[Record, ...]
    key: bytes


def write(records: Sequence[Record], *, key: SigningKey) -> bytes:
    """The table file of a lead's own records; those that are no set-up, and erased ones, are left out."""
    kept = [record for record in records if record.kind in KINDS and not record.erased]
    _check(kept)
    return parcel.write({_FILE: payload.lines_of(kept)}, key=key, namespace=signature.TABLE)


def read(data: bytes, *, code: str) -> TableFile:
    """Verify a table file against the workshop code as it was typed.

    TrustError: "bad_workshop_code", "wrong_workshop_code" (another workshop or another lead's key) or what is altered.
    """
    wanted = comparison.read_workshop_code(code)
    found = parcel.read(data, names=(_FILE,), namespace=signature.TABLE)
    records = payload.read_records(found.files[_FILE])
    opened = _check(records)
    if comparison.workshop_code(opened.workshop, found.key) != wanted:
        fingerprint = keys.fingerprint(found.key)
        raise TrustError("wrong_workshop_code", at_fault="signer", workshop=opened.workshop, fingerprint=fingerprint)
    return TableFile(opened=opened, records=records, key=found.key)


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
