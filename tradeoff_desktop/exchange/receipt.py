"""The merge receipt: the centre's signed word that it holds a workshop, with which a laptop may delete it (decision 34).

It travels as a file, or as a short code read out by telephone. The code is made with the salt of a record that is never
erased, so only somebody who could open that laptop's encrypted bundle can say it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from tradeoff_desktop.errors import TrustError
from tradeoff_desktop.exchange import comparison, parcel, signature
from tradeoff_desktop.exchange.content import NEVER_ERASED
from tradeoff_desktop.exchange.keys import SigningKey
from tradeoff_desktop.model import chain, codec
from tradeoff_desktop.model.records import Code, Head, Moment, Record

_FILE = "receipt.json"


@dataclass(frozen=True, kw_only=True)
class MergeReceipt:
    """What the centre holds of one workshop: every device, and how far its chain had come ``at`` that moment."""

    at: Moment
    held: list[Head]
    programme: Code
    workshop: Code


def write(receipt: MergeReceipt, *, key: SigningKey) -> bytes:
    """The receipt file, signed with the centre's key."""
    return parcel.write({_FILE: codec.encode(receipt)}, key=key, namespace=signature.RECEIPT)


def read(data: bytes, *, centre: bytes) -> MergeReceipt:
    """A receipt of the central team whose key is ``centre``; TrustError otherwise ("wrong_receipt": another key)."""
    found = parcel.read(data, names=(_FILE,), namespace=signature.RECEIPT)
    if found.key != centre:
        raise TrustError("wrong_receipt", at_fault="signer")
    return codec.decode(found.files[_FILE], MergeReceipt)


def covers(receipt: MergeReceipt, records: Sequence[Record], *, workshop: str, taken_in: bool = False) -> bool:
    """Whether the centre holds all of this chain, to its last record; of one that was ``taken_in`` it may hold more."""
    device = records[0].device
    own = Head(device=device, seq=len(records), head=chain.follow(records, device=device))
    more = taken_in and any(head.device == device and head.seq > own.seq for head in receipt.held)
    return receipt.workshop == workshop and (more or own in receipt.held)


def code_of(records: Sequence[Record]) -> str:
    """The telephone code for one device's whole chain as it stands."""
    device = records[0].device
    salt = [record.salt for record in records if record.kind in NEVER_ERASED][-1]
    return comparison.receipt_code(device, chain.follow(records, device=device), salt)
