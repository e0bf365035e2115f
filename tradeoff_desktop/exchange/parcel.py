"""A signed parcel: the one envelope of the programme file, the enrolment and the table file.

The same canonical container as a bundle's: a list of SHA-256 sums, its SSHSIG signature, and the files it lists.
``ssh-keygen -Y verify`` and ``sha256sum -c`` check it without this program. A second signature, by the key that
was trusted before, hands trust on to a new key.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tradeoff_desktop.errors import TrustError
from tradeoff_desktop.exchange import container, manifest, signature
from tradeoff_desktop.exchange.keys import SigningKey

_MANIFEST = "manifest-sha256.txt"
_SIGNATURE = "manifest-sha256.txt.sig"
_PREVIOUS = "manifest-sha256.txt.previous.sig"


@dataclass(frozen=True, kw_only=True)
class Parcel:
    """A parcel whose signatures are right. Whether ``key`` is to be trusted is for the caller to settle.

    ``previous`` is the key that signed as the one before, None where there is no second signature.
    """

    files: Mapping[str, bytes]
    key: bytes
    previous: bytes | None


def write(
    files: Mapping[str, bytes], *, key: SigningKey, namespace: str, previous: SigningKey | None = None,
) -> bytes:
    """The parcel of ``files``, in their order, signed by ``key`` and, at a change of key, by the ``previous`` one."""
    listing = manifest.write(files)
    signed = {_SIGNATURE: signature.sign(listing, key=key, namespace=namespace)}
    if previous is not None:
        signed[_PREVIOUS] = signature.sign(listing, key=previous, namespace=namespace)
    return container.write({**signed, _MANIFEST: listing, **files})


def read(data: bytes, *, names: tuple[str, ...], namespace: str, more: Sequence[str] = ()) -> Parcel:
    """The parcel of exactly the files ``names``, and as many of ``more`` as there are, in their order.

    TrustError where anything is altered or out of place.
    """
    lists = [(*names, *more[:number]) for number in range(len(more) + 1)]
    layouts = [(*tags, *one) for one in lists for tags in ((_SIGNATURE, _MANIFEST), (_SIGNATURE, _PREVIOUS, _MANIFEST))]
    entries = container.read(data, layouts)
    listing = entries[_MANIFEST]
    key = signature.verify(listing, entries[_SIGNATURE], namespace=namespace)
    before = entries.get(_PREVIOUS)
    previous = None if before is None else signature.verify(listing, before, namespace=namespace)
    if previous == key:
        raise TrustError("bad_signature", at_fault="signer")
    files = {name: entries[name] for name in (*names, *more) if name in entries}
    manifest.check(listing, files)
    return Parcel(files=files, key=key, previous=previous)
