"""The canonical ZIP: for given contents exactly one file exists, and only that file is accepted.

Every entry is STORED, dated 1980-01-01, without flags, extra fields or comments, in the order given. The reader
goes forward only, checks limits before it touches contents, and then writes the entries again: unless the result
is byte for byte what came in, the file is refused. That removes duplicates, prefixes, suffixes, comments,
directory games and compression bombs as classes. The layout is PKWARE's APPNOTE 6.3, sections 4.3.7 to 4.3.16.
"""

import struct
import zlib
from collections.abc import Iterator, Mapping, Sequence

from tradeoff_desktop.errors import TrustError

MAX_FILES = 64
MAX_FILE = 16 * 1024 * 1024
MAX_TOTAL = 32 * 1024 * 1024
_MAX_NAME = 100
_LOCAL = struct.Struct("<4sHHHHHIIIHH")
_CENTRAL = struct.Struct("<4sHHHHHHIIIHHHHHII")
_END = struct.Struct("<4sHHHHIIH")
_VERSION = 10  # what a STORED entry needs
_DATE = 0x0021  # 1980-01-01, the first day DOS knows


def write(entries: Mapping[str, bytes]) -> bytes:
    """The one container of ``entries``, in their order."""
    return b"".join(_parts(entries))


def _parts(entries: Mapping[str, bytes]) -> Iterator[bytes]:
    directory: list[bytes] = []
    offset = 0
    for name, content in entries.items():
        raw = name.encode("ascii")
        size, check = len(content), zlib.crc32(content)
        head = _LOCAL.pack(b"PK\x03\x04", _VERSION, 0, 0, 0, _DATE, check, size, size, len(raw), 0) + raw
        fixed = (_VERSION, _VERSION, 0, 0, 0, _DATE, check, size, size, len(raw), 0, 0, 0, 0, 0, offset)
        directory.append(_CENTRAL.pack(b"PK\x01\x02", *fixed) + raw)
        yield head
        yield content
        offset += len(head) + size
    listing = b"".join(directory)
    yield listing
    yield _END.pack(b"PK\x05\x06", 0, 0, len(entries), len(entries), len(listing), offset, 0)


def _is_container_of(data: bytes, entries: Mapping[str, bytes]) -> bool:
    """Whether ``data`` is what ``write`` would make, found out without making it."""
    offset = 0
    for part in _parts(entries):
        if not data.startswith(part, offset):
            return False
        offset += len(part)
    return offset == len(data)


def scan(data: bytes) -> Iterator[tuple[str, bytes]]:
    """Name and content of each entry from the front; TrustError("bad_container") at the first thing out of place.

    The bytes after the last entry are not looked at: ``read`` compares the whole.
    """
    if len(data) > MAX_TOTAL:
        raise TrustError("too_large", at_fault="format", limit=MAX_TOTAL)
    offset = count = 0
    while data[offset : offset + 4] == b"PK\x03\x04":
        count += 1
        if count > MAX_FILES or len(data) < offset + _LOCAL.size:
            raise TrustError("bad_container", at_fault="format")
        *_, size, _, name_size, _ = _LOCAL.unpack_from(data, offset)
        start = offset + _LOCAL.size
        offset = start + name_size + size
        if name_size > _MAX_NAME or size > MAX_FILE or offset > len(data):
            raise TrustError("bad_container", at_fault="format")
        name = data[start : start + name_size].decode("latin-1")
        yield name, data[start + name_size : offset]


def read(data: bytes, layouts: Sequence[tuple[str, ...]]) -> dict[str, bytes]:
    """The entries of a container whose names are exactly one of ``layouts``, in that order.

    TrustError, all with ``at_fault="format"``: "too_large", "bad_container", "unexpected_file" (fact ``place``,
    counted from 1) and "not_canonical".
    """
    entries: dict[str, bytes] = {}
    for name, content in scan(data):
        place = len(entries)
        layouts = [names for names in layouts if names[place : place + 1] == (name,)]
        if not layouts:
            raise TrustError("unexpected_file", at_fault="format", place=place + 1)
        entries[name] = content
    if tuple(entries) not in layouts:
        raise TrustError("bad_container", at_fault="format")
    if not _is_container_of(data, entries):
        raise TrustError("not_canonical", at_fault="format", shape="container")
    return entries
