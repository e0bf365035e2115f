"""What people compare with their eyes and ears: words for a key, words for a seal, the workshop code."""

import hashlib

from tradeoff_desktop.errors import TrustError
from tradeoff_desktop.exchange import wire
from tradeoff_desktop.exchange.wordlist import WORDS

KEY_WORDS = 8
SEAL_WORDS = 6
_BITS = 10  # of each word
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's base 32: no I, L, O or U
_HEARD_AS = str.maketrans({"I": "1", "L": "1", "O": "0", "-": None, " ": None})


def key_words(public: bytes) -> tuple[str, ...]:
    """Eight words (80 bits of the SHA-256 of the key's wire form) to compare with a printed letter."""
    return _words(hashlib.sha256(b"tradeoff-key-words-v1" + wire.key_blob(public)).digest(), KEY_WORDS)


def seal_words(head: str) -> tuple[str, ...]:
    """Six words (60 bits) of a chain ``head`` (hex): the seal code on the signed paper slip."""
    return _words(hashlib.sha256(b"tradeoff-seal-words-v1" + bytes.fromhex(head)).digest(), SEAL_WORDS)


def _words(digest: bytes, count: int) -> tuple[str, ...]:
    number = int.from_bytes(digest, "big") >> (len(digest) * 8 - count * _BITS)
    return tuple(WORDS[(number >> _BITS * place) & 1023] for place in reversed(range(count)))


def workshop_code(workshop: str, lead: bytes) -> str:
    """The 8 characters that name one workshop *and* its lead's key: 40 bits of a SHA-256, in Crockford's base 32."""
    digest = hashlib.sha256(b"tradeoff-workshop-code-v1\x00" + workshop.encode() + b"\x00" + lead).digest()
    return _letters(digest)


def receipt_code(device: str, head: str, salt: str) -> str:
    """The telephone form of a merge receipt: 40 bits of a SHA-256 that takes in a ``salt`` only a reader can know."""
    secret = device.encode() + bytes.fromhex(head) + bytes.fromhex(salt)
    return _letters(hashlib.sha256(b"tradeoff-receipt-code-v1\x00" + secret).digest())


def spoken(code: str) -> str:
    """A code in two halves, as it is read out."""
    return f"{code[:4]} {code[4:]}"


def _letters(digest: bytes) -> str:
    number = int.from_bytes(digest[:5], "big")
    return "".join(_ALPHABET[(number >> 5 * place) & 31] for place in reversed(range(8)))


def read_workshop_code(typed: str) -> str:
    """What a person typed, in its one form; TrustError("bad_workshop_code") where it cannot be one."""
    code = typed.upper().translate(_HEARD_AS)
    if len(code) != 8 or any(letter not in _ALPHABET for letter in code):
        raise TrustError("bad_workshop_code", at_fault="format")
    return code
