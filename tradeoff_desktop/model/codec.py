"""Canonical bytes and strict decoding.

One value has exactly one form: UTF-8, NFC, keys sorted, defaults omitted, no spaces, integers, strings, booleans
only. Decoding re-encodes and compares, which refuses duplicate keys, floats, odd escapes, unknown order and
every other second spelling in one stroke. Errors are ``TrustError`` with ``at_fault="format"`` or ``"content"``.
"""

import functools
import hashlib
import re
import typing
import unicodedata
from typing import Any, TypeVar

import msgspec

from tradeoff_desktop.errors import TrustError
from tradeoff_desktop.model.kinds import BODIES, KIND_OF
from tradeoff_desktop.model.records import Body, Header, Record

MAX_LINE = 64 * 1024
MAX_BODY = MAX_LINE - 512  # what header and salt leave of a line
MAX_DEPTH = 4
T = TypeVar("T")
S = TypeVar("S", bound=msgspec.Struct)
B = TypeVar("B", bound=Body)

_strings = re.compile(rb'"(?:[^"\\]|\\.)*"')
_escaped = re.compile(r"[\n\t][^\x00-\x7f]+")  # a line end or tab and what may be accents after it
_brackets = re.compile(rb"[\[\]{}]")
_encoder = msgspec.json.Encoder(order="sorted")
_decoders: dict[Any, msgspec.json.Decoder[Any]] = {}
_NO_BODY = msgspec.Raw(b"")  # no JSON value is empty


class _Line(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A line in full, or without body and salt once erased."""

    at: str
    body: msgspec.Raw = _NO_BODY
    device: str
    kind: str
    leaf: str
    salt: str | msgspec.UnsetType = msgspec.UNSET
    seq: int


_line_decoder = msgspec.json.Decoder(_Line)


def _settled(value: Any) -> Any:  # noqa: ANN401 - whatever stands in a struct of the model
    """The same value with every text that equals its default *being* its default.

    msgspec leaves defaults out by identity, so that "open" read from a file would be written where "open" typed in
    the source is not: two spellings of one value.
    """
    if isinstance(value, list):
        return [_settled(one) for one in value]
    if not isinstance(value, msgspec.Struct):
        return value
    changes = {}
    for name, default, deep in _texts_and_parts(type(value)):
        held = getattr(value, name)
        if deep:
            changes[name] = _settled(held)
        elif held == default and held is not default:
            changes[name] = default
    return msgspec.structs.replace(value, **changes) if changes else value


@functools.cache
def _texts_and_parts(shape: type[msgspec.Struct]) -> tuple[tuple[str, object, bool], ...]:
    """(field, default, whether to look inside) of each field whose text may equal its default, or that holds structs."""
    found = []
    for field in msgspec.structs.fields(shape):
        held = next(iter(typing.get_args(field.type)), None) if typing.get_origin(field.type) is list else field.type
        deep = isinstance(held, type) and issubclass(held, msgspec.Struct)
        if deep or (isinstance(field.default, str) and field.default):
            found.append((field.name, field.default, deep))
    return tuple(found)


def encode(value: Any) -> bytes:  # noqa: ANN401 - any struct, dict or list of the model
    """Canonical JSON bytes of a struct, dict or list (keys sorted, no spaces, UTF-8)."""
    return _encoder.encode(_settled(value))


def decode(raw: bytes, shape: type[T]) -> T:
    """Strictly decode canonical ``raw`` into ``shape``; TrustError("not_canonical" | "bad_content") otherwise."""
    decoder = _decoders.get(shape)
    if decoder is None:
        decoder = _decoders[shape] = msgspec.json.Decoder(shape)
    try:
        value: T = decoder.decode(raw)
        again = encode(value)
    except (msgspec.DecodeError, msgspec.ValidationError, UnicodeError, RecursionError) as error:
        raise TrustError("bad_content", at_fault="content", shape=shape.__name__) from error
    if again != raw or not unicodedata.is_normalized("NFC", raw.decode("utf-8")):
        raise TrustError("not_canonical", at_fault="format", shape=shape.__name__)
    return value


def amended(value: S, **changes: object) -> S:
    """The same value with some fields changed; the original stays as it is."""
    return msgspec.structs.replace(value, **changes)


def sanitise(text: str, *, limit: int = 10_000) -> str:
    """Return what may be stored of typed text: NFC, no lone surrogates, no control characters but line end and tab.

    An accent that follows a line end or tab has no letter to stand on. It is dropped, for in a record it would join
    the letter of the escape: a line end and a tilde would be read as a backslash and ñ.
    """
    if text.isascii() and text.isprintable():  # most of what is kept: codes, numbers and plain words
        return text[:limit]
    kept = "".join(
        c for c in text.replace("\r\n", "\n").replace("\r", "\n")
        if not "\ud800" <= c <= "\udfff" and (c in "\n\t" or unicodedata.category(c) != "Cc")
    )
    return unicodedata.normalize("NFC", _escaped.sub(_without_accents, kept))[:limit]


def sanitised(body: B) -> B:
    """The same body with every typed text in it made storable; codes and numbers come out as they went in."""
    return amended(body, **{
        name: sanitise(value) for name in body.__struct_fields__ if isinstance(value := getattr(body, name), str)
    })


def _without_accents(found: re.Match[str]) -> str:
    rest = found[0][1:]
    bare = next((i for i, c in enumerate(rest) if not unicodedata.combining(c)), len(rest))
    return found[0][0] + rest[bare:]


def leaf_of(salt: str, raw: bytes) -> str:
    """Salted hash of a body: SHA-256(salt bytes, body bytes), hex."""
    return hashlib.sha256(bytes.fromhex(salt) + raw).hexdigest()


def seal_body(body: Body, *, device: str, seq: int, at: str, salt: str) -> Record:
    """Make the record of ``body`` at its place in ``device``'s chain."""
    raw = encode(body)
    # Checked on the way out as well: what this laptop writes must never be refused elsewhere.
    decode(raw, type(body))
    if len(raw) > MAX_BODY:
        raise TrustError("line_too_long", at_fault="format", limit=MAX_BODY)
    header = Header(device=device, seq=seq, kind=KIND_OF[type(body)], at=at, leaf=leaf_of(salt, raw))
    decode(encode(header), Header)
    return Record(header=header, body=body, raw=raw, salt=salt)


def restore(header: Header, raw: bytes | None, salt: str | None) -> Record:
    """Rebuild a record from stored parts; no hash check (the store's own rows are checked by ``chain``)."""
    if raw is None or salt is None:
        return Record(header=header, body=None, raw=b"", salt="")
    return Record(header=header, body=decode(raw, _body_type(header.kind)), raw=raw, salt=salt)


def erase(record: Record) -> Record:
    """The same record with only its header left."""
    return Record(header=record.header, body=None, raw=b"", salt="")


def line(record: Record) -> bytes:
    """One NDJSON line (without the line end): the header's fields and, unless erased, body and salt."""
    head = encode(record.header)
    if record.erased:
        return head
    # The keys stand in sorted order: at, body, device, kind, leaf, salt, seq.
    h = record.header
    return b"".join((
        b'{"at":', encode(h.at), b',"body":', record.raw, b',"device":', encode(h.device), b',"kind":', encode(h.kind),
        b',"leaf":', encode(h.leaf), b',"salt":', encode(record.salt), b',"seq":', encode(h.seq), b"}",
    ))


def read_line(data: bytes) -> Record:
    """Strictly decode one NDJSON line into a record and check its leaf; TrustError says what is at fault."""
    if len(data) > MAX_LINE:
        raise TrustError("line_too_long", at_fault="format", limit=MAX_LINE)
    _check_depth(data)
    parts = _parts(data)
    header = decode(
        encode({"at": parts.at, "device": parts.device, "kind": parts.kind, "leaf": parts.leaf, "seq": parts.seq}),
        Header,
    )
    shape = _body_type(header.kind)
    record = Record(header=header, body=None, raw=b"", salt="")
    if isinstance(parts.salt, str):
        raw = bytes(parts.body)
        record = Record(header=header, body=decode(raw, shape), raw=raw, salt=parts.salt)
        _check_salt(parts.salt)
        if leaf_of(parts.salt, raw) != header.leaf:
            raise TrustError("leaf_mismatch", at_fault="chain", device=header.device, seq=header.seq)
    if line(record) != data:
        raise TrustError("not_canonical", at_fault="format", shape="line")
    return record


def _parts(data: bytes) -> _Line:
    """The parts of a line: body and salt both there, or both gone."""
    try:
        parts = _line_decoder.decode(data)
    except (msgspec.DecodeError, msgspec.ValidationError, UnicodeError, RecursionError) as error:
        raise TrustError("bad_content", at_fault="content", shape="line") from error
    if (bytes(parts.body) == b"") != (parts.salt is msgspec.UNSET):
        raise TrustError("bad_content", at_fault="content", shape="line")
    return parts


def _check_salt(salt: str) -> None:
    if len(salt) != 32 or any(c not in "0123456789abcdef" for c in salt):
        raise TrustError("bad_content", at_fault="content", shape="salt")


def _body_type(kind: str) -> type[Body]:
    body = BODIES.get(kind)
    if body is None:
        raise TrustError("unknown_kind", at_fault="content", kind=kind)
    return body


def _check_depth(data: bytes) -> None:
    """Refuse deep nesting before any parser sees it. Brackets inside strings do not count."""
    if data.count(b"{") + data.count(b"[") <= MAX_DEPTH:
        return  # most lines: too few brackets to nest too deep
    depth = 0
    for bracket in _brackets.findall(_strings.sub(b"", data)):
        depth += 1 if bracket in b"{[" else -1
        if depth > MAX_DEPTH:
            raise TrustError("too_deep", at_fault="format", limit=MAX_DEPTH)
