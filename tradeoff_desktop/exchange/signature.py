"""SSHSIG: OpenSSH's signature of a file, Ed25519 only, byte for byte what ``ssh-keygen -Y sign`` writes.

The format is OpenSSH's PROTOCOL.sshsig. A signature binds a *namespace*, so that one made for one purpose is
worthless for any other. Reading is strict: one signature has exactly one spelling.
"""

import hashlib

from nacl.exceptions import BadSignatureError
from nacl.signing import VerifyKey

from tradeoff_desktop.errors import TrustError
from tradeoff_desktop.exchange import wire
from tradeoff_desktop.exchange.keys import SigningKey

BUNDLE = "tradeoff-bundle-v1"
PROGRAMME = "tradeoff-programme-v1"
ENROLMENT = "tradeoff-enrol-v1"
TABLE = "tradeoff-table-v1"
RECEIPT = "tradeoff-receipt-v1"  # the centre's alone: no laptop can be enrolled for it
CERTIFICATE = "tradeoff-certificate-v1"  # of what was deleted when a programme was closed
NAMESPACES = frozenset({BUNDLE, PROGRAMME, ENROLMENT, TABLE})

_LABEL = "SSH SIGNATURE"
_MAGIC = b"SSHSIG"
_VERSION = (1).to_bytes(4, "big")
_HASH = b"sha512"
MAX_SIZE = 1024  # a signature of ours has about 300 bytes


def sign(message: bytes, *, key: SigningKey, namespace: str) -> bytes:
    """The armoured signature of ``message``."""
    name = namespace.encode()
    blob = b"".join((
        _MAGIC, _VERSION, wire.string(wire.key_blob(key.public)), wire.string(name), wire.string(b""),
        wire.string(_HASH), wire.string(wire.string(wire.KEY_TYPE) + wire.string(key.sign(_to_be_signed(message, name)))),
    ))
    return wire.armour(blob, _LABEL)


def verify(message: bytes, signature: bytes, *, namespace: str) -> bytes:
    """The 32-byte public key that signed ``message``; whether it is to be trusted is the trust store's question.

    TrustError: "bad_signature_format", "wrong_namespace", or "bad_signature" where the bytes were altered.
    """
    if len(signature) > MAX_SIZE:
        raise TrustError("bad_signature_format", at_fault="format")
    blob = wire.remove_armour(signature, _LABEL, code="bad_signature_format")
    reader = wire.Reader(blob, code="bad_signature_format")
    reader.expect(_MAGIC + _VERSION, reader.take(len(_MAGIC) + 4))
    public = wire.Reader(reader.string(), code="bad_signature_format").public_key()
    found = reader.string()
    reader.expect(b"", reader.string())
    reader.expect(_HASH, reader.string())
    made = wire.Reader(reader.string(), code="bad_signature_format")
    reader.expect(b"", reader.rest())
    made.expect(wire.KEY_TYPE, made.string())
    raw = made.string()
    made.expect(b"", made.rest())
    if found != namespace.encode():
        raise TrustError("wrong_namespace", at_fault="signer", wanted=namespace)
    _check(public, raw, _to_be_signed(message, found))
    return public


def _check(public: bytes, raw: bytes, data: bytes) -> None:
    if len(raw) != 64:
        raise TrustError("bad_signature_format", at_fault="format")
    try:
        VerifyKey(public).verify(data, raw)
    except BadSignatureError as error:
        raise TrustError("bad_signature", at_fault="content") from error


def _to_be_signed(message: bytes, name: bytes) -> bytes:
    digest = hashlib.sha512(message).digest()
    return b"".join((_MAGIC, wire.string(name), wire.string(b""), wire.string(_HASH), wire.string(digest)))
