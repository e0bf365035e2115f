"""OpenSSH's wire encoding (RFC 4251, section 5): the length-prefixed strings that keys and signatures are made of."""

import base64
import binascii

from tradeoff_desktop.errors import TrustError

KEY_TYPE = b"ssh-ed25519"
_LINE = 70  # what ssh-keygen wraps armour at


def string(data: bytes) -> bytes:
    """``data`` with its length before it."""
    return len(data).to_bytes(4, "big") + data


def key_blob(public: bytes) -> bytes:
    """The wire form of a 32-byte Ed25519 public key (RFC 8709)."""
    return string(KEY_TYPE) + string(public)


class Reader:
    """Takes wire values off a blob; TrustError(``code``) the moment anything is short, long or unexpected."""

    def __init__(self, blob: bytes, *, code: str) -> None:
        self._blob = blob
        self._code = code
        self._at = 0

    def take(self, count: int) -> bytes:
        """The next ``count`` bytes."""
        end = self._at + count
        if end > len(self._blob):
            raise TrustError(self._code, at_fault="format")
        found = self._blob[self._at : end]
        self._at = end
        return found

    def number(self) -> int:
        """The next unsigned 32-bit number."""
        return int.from_bytes(self.take(4), "big")

    def string(self) -> bytes:
        """The next length-prefixed string."""
        return self.take(self.number())

    def expect(self, wanted: bytes, found: bytes) -> None:
        """Refuse anything but exactly ``wanted``."""
        if found != wanted:
            raise TrustError(self._code, at_fault="format")

    def rest(self) -> bytes:
        """Everything not yet taken."""
        return self.take(len(self._blob) - self._at)

    def public_key(self) -> bytes:
        """The 32 bytes of an Ed25519 key in wire form, which must fill the blob."""
        self.expect(KEY_TYPE, self.string())
        public = self.string()
        if len(public) != 32:
            raise TrustError(self._code, at_fault="format")
        self.expect(b"", self.rest())
        return public


def armour(blob: bytes, label: str) -> bytes:
    """``blob`` between BEGIN and END lines, wrapped as ssh-keygen wraps it."""
    text = base64.b64encode(blob)
    lines = [text[i : i + _LINE] + b"\n" for i in range(0, len(text), _LINE)]
    return b"-----BEGIN %s-----\n%s-----END %s-----\n" % (label.encode(), b"".join(lines), label.encode())


def remove_armour(data: bytes, label: str, *, code: str) -> bytes:
    """The blob inside; TrustError(``code``) unless ``data`` is byte for byte what ``armour`` would write."""
    begin, end = b"-----BEGIN %s-----\n" % label.encode(), b"-----END %s-----\n" % label.encode()
    body = data.removeprefix(begin).removesuffix(end).replace(b"\n", b"")
    blob = decode_base64(body, code=code)
    if armour(blob, label) != data:
        raise TrustError(code, at_fault="format")
    return blob


def decode_base64(text: bytes, *, code: str) -> bytes:
    """The bytes of canonical base64; TrustError(``code``) for any other spelling."""
    try:
        blob = base64.b64decode(text, validate=True)
    except binascii.Error as error:
        raise TrustError(code, at_fault="format") from error
    if base64.b64encode(blob) != text:
        raise TrustError(code, at_fault="format")
    return blob
