"""age, written from its own specification (C2SP, age v1) with keys that follow from a name.

The age library draws its keys at random, as it must; a test vector has to be the same bytes every time. Nothing but
the vectors may use this.
"""

import base64
import hashlib
import hmac

import spec_world as world
from nacl import bindings

from tradeoff_desktop.exchange.sealing import Identity

INTRO = b"age-encryption.org/v1\n"
_CHUNK = 64 * 1024
_NO_NONCE = bytes(12)
_BECH32 = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"


def encrypt(plain: bytes, readers: list[Identity], name: str, *, more: bytes = b"") -> bytes:
    """``plain`` for each of ``readers``; ``more`` are stanzas of another type, which a reader passes over."""
    file_key = world.seed_of(f"{name} file key")[:16]
    stanzas = b"".join(_stanza(one, file_key, f"{name} {number}") for number, one in enumerate(readers))
    header = INTRO + stanzas + more + b"---"
    mac = hmac.new(_hkdf(file_key, b"", b"header"), header, hashlib.sha256).digest()
    nonce = world.seed_of(f"{name} nonce")[:16]
    return header + b" " + _base64(mac) + b"\n" + nonce + _stream(plain, _hkdf(file_key, nonce, b"payload"))


def armour(data: bytes) -> bytes:
    """The text form, which bundles never take."""
    return b"-----BEGIN AGE ENCRYPTED FILE-----\n" + _wrapped(data) + b"-----END AGE ENCRYPTED FILE-----\n"


def _wrapped(data: bytes) -> bytes:
    text = base64.b64encode(data)
    return b"".join(text[at : at + 64] + b"\n" for at in range(0, len(text), 64))


def _stanza(reader: Identity, file_key: bytes, name: str) -> bytes:
    secret = world.seed_of(f"{name} ephemeral")
    share = bindings.crypto_scalarmult_base(secret)
    public = _point(reader.recipient)
    wrap = _hkdf(bindings.crypto_scalarmult(secret, public), share + public, b"age-encryption.org/v1/X25519")
    body = bindings.crypto_aead_chacha20poly1305_ietf_encrypt(file_key, None, _NO_NONCE, wrap)
    return b"-> X25519 " + _base64(share) + b"\n" + _base64(body) + b"\n"


def _point(recipient: str) -> bytes:
    """The 32 bytes in an ``age1...`` recipient (Bech32 without its checksum)."""
    number = 0
    for letter in recipient.removeprefix("age1")[:-6]:
        number = number << 5 | _BECH32.index(letter)
    return (number >> 4).to_bytes(32, "big")  # 52 letters hold 260 bits: four too many


def _stream(plain: bytes, key: bytes) -> bytes:
    chunks = [plain[at : at + _CHUNK] for at in range(0, len(plain), _CHUNK)] or [b""]
    return b"".join(
        bindings.crypto_aead_chacha20poly1305_ietf_encrypt(
            chunk, None, number.to_bytes(11, "big") + bytes([number == len(chunks) - 1]), key
        )
        for number, chunk in enumerate(chunks)
    )


def _hkdf(secret: bytes, salt: bytes, info: bytes) -> bytes:
    """HKDF-SHA256 (RFC 5869), one block."""
    extracted = hmac.new(salt or bytes(32), secret, hashlib.sha256).digest()
    return hmac.new(extracted, info + b"\x01", hashlib.sha256).digest()


def _base64(data: bytes) -> bytes:
    return base64.b64encode(data).rstrip(b"=")
