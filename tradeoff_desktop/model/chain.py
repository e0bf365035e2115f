"""The chain of one device: what makes a run of records tamper-evident, even after an erasure.

``head(0)`` is SHA-256 of the device id; ``head(n)`` is SHA-256(head(n-1), canonical header of record n). Bodies
enter only through their salted leaf in the header, so blanking a body leaves every head as it was.
"""

import hashlib
from collections.abc import Iterable

from tradeoff_desktop.errors import TrustError
from tradeoff_desktop.model import codec
from tradeoff_desktop.model.records import Header, Record


def start(device: str) -> str:
    """The head before the first record, hex."""
    return hashlib.sha256(b"tradeoff-chain-v1:" + device.encode("ascii")).hexdigest()


def extend(head: str, header: Header) -> str:
    """The head after ``header``, hex."""
    return hashlib.sha256(bytes.fromhex(head) + codec.encode(header)).hexdigest()


def follow(records: Iterable[Record], *, device: str) -> str:
    """Walk a whole chain from seq 1 and return its head.

    TrustError("chain_gap" | "chain_device") names the first record out of place.
    """
    head = start(device)
    expected = 1
    for record in records:
        if record.device != device:
            raise TrustError("chain_device", at_fault="chain", device=record.device, seq=record.seq)
        if record.seq != expected:
            raise TrustError("chain_gap", at_fault="chain", device=device, seq=expected)
        head = extend(head, record.header)
        expected += 1
    return head


def heads(records: Iterable[Record], *, device: str) -> list[str]:
    """Every head from the start (index 0) to the last record, for finding where two copies part."""
    found = [start(device)]
    for record in records:
        found.append(extend(found[-1], record.header))
    return found
