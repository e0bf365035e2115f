"""A laptop's signing key: OpenSSH's own files and lines, so that ssh-keygen can read, check and fingerprint it."""

import base64
import hashlib
from dataclasses import dataclass, field

from nacl.signing import SigningKey as _Ed25519

from tradeoff_desktop.errors import TrustError
from tradeoff_desktop.exchange import wire

_LABEL = "OPENSSH PRIVATE KEY"
_MAGIC = b"openssh-key-v1\x00"
_BLOCK = 8  # the private part is padded to the cipher's block, which is 8 for "none"
_MAX_FILE = 4096


@dataclass(frozen=True)
class SigningKey:
    """An Ed25519 key made of its 32-byte ``seed``; ``public`` is the other half, 32 bytes."""

    seed: bytes = field(repr=False)
    public: bytes

    def sign(self, data: bytes) -> bytes:
        """The 64-byte Ed25519 signature of ``data`` (RFC 8032): the same bytes every time."""
        return _Ed25519(self.seed).sign(data).signature


def from_seed(seed: bytes) -> SigningKey:
    """The key of 32 bytes of ``seed``, which the caller draws from the operating system."""
    return SigningKey(seed=seed, public=bytes(_Ed25519(seed).verify_key))


def public_line(public: bytes, comment: str = "") -> str:
    """The key as one line of an ``.pub`` file, without a line end."""
    return " ".join(["ssh-ed25519", base64.b64encode(wire.key_blob(public)).decode(), *([comment] if comment else [])])


def read_public_line(line: str) -> bytes:
    """The 32-byte key of an OpenSSH public key line; TrustError("bad_public_key") for anything but ssh-ed25519."""
    kind, _, rest = line.partition(" ")
    if kind != "ssh-ed25519":
        raise TrustError("bad_public_key", at_fault="signer")
    text = rest.split(" ", 1)[0].encode("ascii", "replace")
    return wire.Reader(wire.decode_base64(text, code="bad_public_key"), code="bad_public_key").public_key()


def fingerprint(public: bytes) -> str:
    """``SHA256:...`` as ``ssh-keygen -l`` prints it."""
    digest = hashlib.sha256(wire.key_blob(public)).digest()
    return "SHA256:" + base64.b64encode(digest).decode().rstrip("=")


def write_private(key: SigningKey, comment: str) -> bytes:
    """An unencrypted OpenSSH private key file. ``comment`` names the laptop; it must be readable by its owner only.

    The check number, which OpenSSH draws at random to notice a wrong passphrase, is derived from the public key:
    without a passphrase it protects nothing, and the file is then the same bytes every time.
    """
    check = hashlib.sha256(key.public).digest()[:4]
    private = b"".join((
        check, check, wire.key_blob(key.public), wire.string(key.seed + key.public), wire.string(comment.encode()),
    ))
    private += bytes(range(1, 1 + -len(private) % _BLOCK))
    blob = b"".join((
        _MAGIC, wire.string(b"none"), wire.string(b"none"), wire.string(b""), (1).to_bytes(4, "big"),
        wire.string(wire.key_blob(key.public)), wire.string(private),
    ))
    return wire.armour(blob, _LABEL)


def read_private(data: bytes) -> SigningKey:
    """The key of an OpenSSH private key file, ours or ssh-keygen's; TrustError as ``read_named``."""
    return read_named(data)[0]


def read_named(data: bytes) -> tuple[SigningKey, str]:
    """The same with the comment of the file, which in ours is the laptop's name.

    TrustError("locked_key") where it has a passphrase, TrustError("bad_key_file") where it is not an Ed25519 key.
    """
    if len(data) > _MAX_FILE:
        raise TrustError("bad_key_file", at_fault="format")
    reader = wire.Reader(wire.remove_armour(data, _LABEL, code="bad_key_file"), code="bad_key_file")
    reader.expect(_MAGIC, reader.take(len(_MAGIC)))
    if (reader.string(), reader.string(), reader.string()) != (b"none", b"none", b""):
        raise TrustError("locked_key", at_fault="signer")
    if reader.number() != 1:
        raise TrustError("bad_key_file", at_fault="format")
    public = wire.Reader(reader.string(), code="bad_key_file").public_key()
    private = reader.string()
    reader.expect(b"", reader.rest())
    return _read_private_part(private, public)


def _read_private_part(blob: bytes, public: bytes) -> tuple[SigningKey, str]:
    private = wire.Reader(blob, code="bad_key_file")
    private.expect(private.take(4), private.take(4))
    private.expect(wire.KEY_TYPE, private.string())
    private.expect(public, private.string())
    secret = private.string()
    comment = private.string().decode("utf-8", "replace")
    padding = private.rest()
    private.expect(bytes(range(1, 1 + len(padding))), padding)
    if len(secret) != 64 or len(padding) >= _BLOCK or len(blob) % _BLOCK:
        raise TrustError("bad_key_file", at_fault="format")
    key = from_seed(secret[:32])
    private.expect(public + public, key.public + secret[32:])
    return key, comment
