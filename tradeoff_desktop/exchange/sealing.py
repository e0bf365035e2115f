"""Confidentiality: age (X25519 recipients), binary form only, decrypted into a sink with a limit.

age says nothing about who sent a file; the signature inside does. Identities are kept in the age tool's own
key-file format, so the tool opens what we wrote.
"""

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

import pyrage
from pyrage import passphrase as by_passphrase
from pyrage import x25519

from tradeoff_desktop.errors import TrustError
from tradeoff_desktop.exchange import bech32

MAX_PLAIN = 32 * 1024 * 1024
_MAGIC = b"age-encryption.org/v1\n"
_ARMOUR = b"-----BEGIN AGE"
# The header names each recipient in about 100 bytes; ours have five at most. A longer one is an attack on the reader.
_MAX_HEADER = 16 * 1024
# Each 64 KiB of plain text carries a 16-byte tag, and a nonce of 16 bytes stands before the first.
_MAX_SEALED = MAX_PLAIN + (MAX_PLAIN // 65536 + 2) * 16 + _MAX_HEADER
_IDENTITY = re.compile(r"(?:#[^\n]*\n)*(AGE-SECRET-KEY-1[0-9A-Z]{58})\n?")


@dataclass(frozen=True)
class Identity:
    """An age identity: the ``secret`` half opens what was encrypted to ``recipient`` (``age1...``)."""

    secret: str = field(repr=False)
    recipient: str


def from_seed(seed: bytes) -> Identity:
    """The identity of 32 bytes of ``seed``, which the caller draws from the operating system."""
    return _identity(bech32.encode("age-secret-key-", seed).upper())


def write_identity(identity: Identity, created: str) -> str:
    """An age key file, as ``age-keygen`` writes it. ``created`` is a moment; the file is for its owner only."""
    return f"# created: {created}\n# public key: {identity.recipient}\n{identity.secret}\n"


def read_identity(text: str) -> Identity:
    """The one identity of an age key file; TrustError("bad_identity") otherwise."""
    match = _IDENTITY.fullmatch(text)
    if match is None:
        raise TrustError("bad_identity", at_fault="age")
    return _identity(match[1])


def _identity(secret: str) -> Identity:
    try:
        return Identity(secret=secret, recipient=str(x25519.Identity.from_str(secret).to_public()))
    except pyrage.IdentityError as error:
        raise TrustError("bad_identity", at_fault="age") from error


def check_recipient(text: str) -> str:
    """``text`` where it is an X25519 recipient in its one spelling; TrustError("bad_recipient") otherwise."""
    try:
        known = str(x25519.Recipient.from_str(text))
    except pyrage.RecipientError as error:
        raise TrustError("bad_recipient", at_fault="age") from error
    if known != text:
        raise TrustError("bad_recipient", at_fault="age")
    return text


def encrypt(plain: bytes, recipients: Sequence[str]) -> bytes:
    """``plain`` readable by each of ``recipients``. The result differs every time, as age draws a fresh key."""
    if len(plain) > MAX_PLAIN:
        raise TrustError("too_large", at_fault="age", limit=MAX_PLAIN)
    if not recipients:
        raise TrustError("bad_recipient", at_fault="age")
    return pyrage.encrypt(plain, [x25519.Recipient.from_str(check_recipient(text)) for text in recipients])


def lock(plain: bytes, passphrase: str) -> bytes:
    """``plain`` as an age passphrase file, which the age tool opens too."""
    return by_passphrase.encrypt(plain, passphrase)


def unlock(data: bytes, passphrase: str) -> bytes:
    """What stands in a passphrase file of ours; TrustError("wrong_passphrase")."""
    try:
        return by_passphrase.decrypt(data, passphrase)
    except pyrage.DecryptError as error:
        raise TrustError("wrong_passphrase", at_fault="age") from error


def is_sealed(data: bytes) -> bool:
    """Whether ``data`` is an age file (in either form)."""
    return data.startswith((_MAGIC, _ARMOUR))


def decrypt(data: bytes, identities: Sequence[Identity]) -> bytes:
    """The plain text; TrustError with ``at_fault="age"``.

    "armoured" (the text form is refused), "too_large", "not_for_us" (no identity fits) or "bad_age" (altered or cut).
    """
    if data.startswith(_ARMOUR):
        raise TrustError("armoured", at_fault="age")
    if len(data) > _MAX_SEALED:
        raise TrustError("too_large", at_fault="age", limit=MAX_PLAIN)
    header_end = data.find(b"\n--- ", 0, _MAX_HEADER)
    if not data.startswith(_MAGIC) or header_end < 0:
        raise TrustError("bad_age", at_fault="age")
    sink = _Sink()
    try:
        pyrage.decrypt_io(io.BytesIO(data), sink, [x25519.Identity.from_str(one.secret) for one in identities])
    except pyrage.DecryptError as error:
        code = "not_for_us" if "No matching keys" in str(error) else "bad_age"
        raise TrustError(code, at_fault="age") from error
    except OSError as error:  # what the library raises once the payload has begun
        raise TrustError("bad_age", at_fault="age") from error
    return sink.value()


class _Sink:
    """Takes plain text as it is decrypted and refuses the first byte too many."""

    def __init__(self) -> None:
        self._held = io.BytesIO()  # gives back what it holds without a second copy, as joined parts would not

    def write(self, part: bytes) -> int:
        if self._held.tell() + len(part) > MAX_PLAIN:
            raise TrustError("too_large", at_fault="age", limit=MAX_PLAIN)
        return self._held.write(part)

    def flush(self) -> None:
        """Part of the library's idea of a file."""

    def value(self) -> bytes:
        return self._held.getvalue()
