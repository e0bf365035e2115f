"""Lists of SHA-256 sums, as ``sha256sum -c`` reads them (and BagIt, RFC 8493, section 2.1.3)."""

import hashlib
from collections.abc import Mapping

from tradeoff_desktop.errors import TrustError


def write(files: Mapping[str, bytes]) -> bytes:
    """A line for each of ``files``, in their order."""
    return b"".join(b"%s  %s\n" % (_digest(content), name.encode("ascii")) for name, content in files.items())


def check(listing: bytes, files: Mapping[str, bytes]) -> None:
    """TrustError("manifest_differs", file=...) unless ``listing`` names exactly ``files``, in order, as they are."""
    if listing == write(files):
        return
    for name, content in files.items():
        check_one(listing, name, content)
    raise TrustError("manifest_differs", at_fault="format", file="")


def check_one(listing: bytes, name: str, content: bytes) -> None:
    """TrustError("manifest_differs", file=...) unless ``listing`` names this file as it is."""
    if write({name: content}).rstrip() not in listing.split(b"\n"):
        raise TrustError("manifest_differs", at_fault="content", file=name)


def _digest(content: bytes) -> bytes:
    return hashlib.sha256(content).hexdigest().encode()
