"""Test vectors of single lines of ``records.ndjson``: those that are right, and the ways in which one can be wrong."""

from collections.abc import Iterator
from typing import Any

import spec_world as world
from spec_values import as_json

from tradeoff_desktop.model import codec
from tradeoff_desktop.model import records as r
from tradeoff_desktop.model.records import Body

DEVICE = "linesdevic"
BAD_CONTENT = ("bad_content", "content")
NOT_CANONICAL = ("not_canonical", "format")
LEAF_MISMATCH = ("leaf_mismatch", "chain")
Case = tuple[str, bytes, tuple[str, str] | None]
_RATING = b'{"answer":"4","item":"BAL","role":"table","round":"R0","scenario":"HOU-1","seat":"105","sheet":1,"variant":"base"}'
_NOTE = '{"role":"table","step":"talk","text":"%s"}'


def files() -> dict[str, bytes]:
    """``lines.json``: a line as ``text``, or as ``hex`` where it is no UTF-8; the fault is null for a good one."""
    return {"lines.json": as_json([_told(*case) for case in (*_good(), *_headers(), *_bodies(), *_texts())])}


def _told(name: str, line: bytes, fault: tuple[str, str] | None) -> dict[str, Any]:
    try:
        shown = {"text": line.decode()}
    except UnicodeDecodeError:
        shown = {"hex": line.hex()}
    return {"name": name, **shown, "code": fault and fault[0], "at_fault": fault and fault[1]}


def line_of(kind: str, raw: bytes, *, seq: int = 7) -> bytes:
    """A line around any ``raw`` body, its leaf right whatever the body says."""
    salt = world.seed_of(f"salt {DEVICE} {seq}").hex()[:32]
    leaf = codec.leaf_of(salt, raw).encode()
    return b'{"at":"2026-11-03T13:00:07.250Z","body":%s,"device":"%s","kind":"%s","leaf":"%s","salt":"%s","seq":%d}' % (
        raw, DEVICE.encode(), kind.encode(), leaf, salt.encode(), seq,
    )


def _full(body: Body) -> bytes:
    salt = world.seed_of(f"salt {DEVICE} 7").hex()[:32]
    return codec.line(codec.seal_body(body, device=DEVICE, seq=7, at="2026-11-03T13:00:07.250Z", salt=salt))


def _good() -> Iterator[Case]:
    rating = _full(world.rating())
    yield "a rating", rating, None
    yield "the same rating erased", codec.line(codec.erase(codec.read_line(rating))), None
    yield "a rating that replaces another", _full(world.rating(answer="cant_say", replaces=3, keying=2)), None
    yield "text with quotation mark, backslash, line end and tab", _full(world.note('"a\\b"\n\tc/d')), None
    yield "control characters are escaped, U+007F and U+2028 are not", _full(world.note("\x00\x08\x0c\r\x1f\x7f\u2028")), None
    yield "letters beyond ASCII stand as they are", _full(world.note("ŵ é – 😀")), None
    yield "brackets in text are not nesting", _full(world.note("[[[[{{{{")), None
    yield "empty text", _full(world.note("")), None
    yield "the longest text", _full(world.note("x" * 10_000)), None
    yield "the keys of a map are sorted by their bytes", line_of("setup", _setup(b'{"B":1,"_":2,"a":3}')), None
    yield "a list of references, four levels deep", _full(r.Erasure(role="lead", erased=[_ref()], why="withdrawal")), None
    yield "a day that no calendar has", line_of("setup", _setup(b"{}").replace(b"2026-11-03", b"2026-02-31")), None
    yield "a seat code with a wrong check digit", line_of("withdrawal", b'{"role":"lead","seat":"106"}'), None


def _setup(groups: bytes) -> bytes:
    return b'{"date":"2026-11-03","groups":%s,"role":"lead","start":"13:30","venue":""}' % groups


def _ref() -> r.Ref:
    return r.Ref(device=DEVICE, seq=3, leaf=world.seed_of("a leaf").hex())


def _headers() -> Iterator[Case]:
    good = _full(world.rating())
    changes: list[tuple[str, bytes, bytes, tuple[str, str]]] = [
        ("a space after a colon", b'"seq":7', b'"seq": 7', NOT_CANONICAL),
        ("a space at the end", b'"seq":7}', b'"seq":7} ', NOT_CANONICAL),
        ("a carriage return at the end", b'"seq":7}', b'"seq":7}\r', NOT_CANONICAL),
        ("a space at the beginning", b'{"at"', b' {"at"', NOT_CANONICAL),
        ("a key twice", b'"seq":7', b'"seq":7,"seq":7', NOT_CANONICAL),
        ("keys in another order", b'{"at":"2026-11-03T13:00:07.250Z",', b"{", BAD_CONTENT),
        ("an unknown key", b'"seq":7', b'"seq":7,"then":0', BAD_CONTENT),
        ("no salt", b'"salt":"' + _salt() + b'",', b"", BAD_CONTENT),
        ("a salt but no body", b'"body":' + _RATING + b",", b"", BAD_CONTENT),
        ("null for a body", _RATING, b"null", BAD_CONTENT),
        ("place nought", b'"seq":7', b'"seq":0', BAD_CONTENT),
        ("a place of eight digits", b'"seq":7', b'"seq":10000000', BAD_CONTENT),
        ("a place beyond 64 bits", b'"seq":7', b'"seq":99999999999999999999', BAD_CONTENT),
        ("a place with a decimal point", b'"seq":7', b'"seq":7.0', BAD_CONTENT),
        ("a place with an exponent", b'"seq":7', b'"seq":7e0', BAD_CONTENT),
        ("a place with a leading nought", b'"seq":7', b'"seq":07', BAD_CONTENT),
        ("a place as text", b'"seq":7', b'"seq":"7"', BAD_CONTENT),
        ("a device in capitals", b'"linesdevic"', b'"LINESDEVIC"', BAD_CONTENT),
        ("a device of eleven letters", b'"linesdevic"', b'"linesdevice"', BAD_CONTENT),
        ("a time without milliseconds", b"07.250Z", b"07Z", BAD_CONTENT),
        ("a time with an offset", b"07.250Z", b"07.250+00:00", BAD_CONTENT),
        ("a time in other digits", b'"at":"2', '"at":"\u0662'.encode(), BAD_CONTENT),
        ("a kind that does not exist", b'"rating"', b'"rateing"', ("unknown_kind", "content")),
        ("a kind that is no code", b'"rating"', b'"-rating"', BAD_CONTENT),
        ("the body of another kind", b'"rating"', b'"note"', BAD_CONTENT),
        ("another salt", b'"salt":"' + _salt()[:1], b'"salt":"' + (b"0" if _salt()[:1] != b"0" else b"1"), LEAF_MISMATCH),
        ("a salt in capitals", b'"salt":"' + _salt(), b'"salt":"' + _salt().upper(), BAD_CONTENT),
        ("another answer", b'"answer":"4"', b'"answer":"5"', LEAF_MISMATCH),
        ("something after the end", b'"seq":7}', b'"seq":7}{}', BAD_CONTENT),
        ("a comma too many", b'"seq":7}', b'"seq":7,}', BAD_CONTENT),
        ("a byte order mark", b'{"at"', b'\xef\xbb\xbf{"at"', BAD_CONTENT),
    ]
    for name, old, new, fault in changes:
        if name == "keys in another order":
            yield name, b'{"seq":7,' + good[1:].replace(b',"seq":7}', b"}"), NOT_CANONICAL
            continue
        yield name, good.replace(old, new, 1), fault
    leaf = codec.read_line(good).header.leaf.encode()
    body = b'"body":' + _RATING + b","
    yield "the body after the rest", good.replace(body, b"")[:-1] + b"," + body[:-1] + b"}", NOT_CANONICAL
    yield "a space before a colon", good.replace(b'"body":', b'"body" :'), NOT_CANONICAL
    yield "a body but no salt, the body last", good.replace(body, b"").replace(b'"salt":"' + _salt() + b'",', b"")[:-1] + b"," + body[:-1] + b"}", BAD_CONTENT
    yield "a leaf in capitals", good.replace(leaf, leaf.upper()), BAD_CONTENT
    yield "an erased line with an unknown key", codec.line(codec.erase(codec.read_line(good)))[:-1] + b',"then":0}', BAD_CONTENT
    yield "an erased line of an unknown kind", codec.line(codec.erase(codec.read_line(good))).replace(b"rating", b"rateing"), ("unknown_kind", "content")
    for name, line in (("nothing", b""), ("an empty object", b"{}"), ("an empty list", b"[]"), ("no JSON", b"rating")):
        yield name, line, BAD_CONTENT
    yield "nesting", b'{"at":' + b"[" * 4 + b"]" * 4 + b"}", ("too_deep", "format")


def _salt() -> bytes:
    return world.seed_of(f"salt {DEVICE} 7").hex()[:32].encode()


def _bodies() -> Iterator[Case]:
    changes: list[tuple[str, str, bytes, tuple[str, str]]] = [
        ("an unknown field", "headcount", b'{"here":5,"name":"x","role":"lead"}', BAD_CONTENT),
        ("a field missing", "headcount", b'{"role":"lead"}', BAD_CONTENT),
        ("a field twice", "headcount", b'{"here":5,"here":5,"role":"lead"}', NOT_CANONICAL),
        ("fields in another order", "headcount", b'{"role":"lead","here":5}', NOT_CANONICAL),
        ("a default written out", "headcount", b'{"here":5,"replaces":0,"role":"lead"}', NOT_CANONICAL),
        ("an empty list written out", "ruling", b'{"choice":"keep","drop":[],"reason":"x","role":"lead"}', NOT_CANONICAL),
        ("a number out of range", "headcount", b'{"here":10000,"role":"lead"}', BAD_CONTENT),
        ("a negative number", "headcount", b'{"here":-1,"role":"lead"}', BAD_CONTENT),
        ("minus nought", "headcount", b'{"here":-0,"role":"lead"}', NOT_CANONICAL),
        ("a number with a decimal point", "headcount", b'{"here":5.0,"role":"lead"}', BAD_CONTENT),
        ("no number", "headcount", b'{"here":NaN,"role":"lead"}', BAD_CONTENT),
        ("null for a number", "headcount", b'{"here":null,"role":"lead"}', BAD_CONTENT),
        ("an unknown role", "headcount", b'{"here":5,"role":"host"}', BAD_CONTENT),
        ("a number for yes", "consent", b'{"role":"lead","seat":"105","signed":1}', BAD_CONTENT),
        ("a list for a body", "closed", b'["lead"]', BAD_CONTENT),
        ("a space in a body", "closed", b'{"role": "lead"}', NOT_CANONICAL),
        ("an answer that is none", "rating", _RATING.replace(b'"4"', b'"0"'), BAD_CONTENT),
        ("a code that begins a formula", "rating", _RATING.replace(b'"HOU-1"', b'"-OU-1"'), BAD_CONTENT),
        ("a code with a comma", "rating", _RATING.replace(b'"HOU-1"', b'"HOU,1"'), BAD_CONTENT),
        ("a code of 65 letters", "rating", _RATING.replace(b"HOU-1", b"x" * 65), BAD_CONTENT),
        ("an empty code", "rating", _RATING.replace(b"HOU-1", b""), BAD_CONTENT),
        ("a code with a line end", "rating", _RATING.replace(b"HOU-1", b"HOU-1\\n"), BAD_CONTENT),
        ("a seat in other digits", "withdrawal", '{"role":"lead","seat":"\u0661\u0660\u0665"}'.encode(), BAD_CONTENT),
        ("a map with a key that is no code", "setup", _setup(b'{"=a":1}'), BAD_CONTENT),
        ("a map with a value out of range", "setup", _setup(b'{"a":10000}'), BAD_CONTENT),
        ("a map with its keys in another order", "setup", _setup(b'{"a":1,"B":2}'), NOT_CANONICAL),
        ("a map with a key twice", "setup", _setup(b'{"a":1,"a":1}'), NOT_CANONICAL),
        ("a one-line text of 401 letters", "reopened", b'{"reason":"%s","role":"lead"}' % (b"x" * 401), BAD_CONTENT),
        ("a format that does not exist", "opened", codec.encode(world.opened())[:-1].replace(b'"key":', b'"format":2,"key":') + b"}", BAD_CONTENT),
    ]
    for name, kind, raw, fault in changes:
        yield name, line_of(kind, raw), fault


def _texts() -> Iterator[Case]:
    changes: list[tuple[str, str, tuple[str, str]]] = [
        ("an escape for what needs none", "They\\u0027d", NOT_CANONICAL),
        ("an escape for a letter beyond ASCII", "\\u00e9", NOT_CANONICAL),
        ("an escaped stroke", "a\\/b", NOT_CANONICAL),
        ("a long escape for a line end", "a\\u000ab", NOT_CANONICAL),
        ("an escape in capitals", "\\u001F", NOT_CANONICAL),
        ("two escapes for one character", "\\ud83d\\ude00", NOT_CANONICAL),
        ("half a pair of escapes", "\\ud83d", BAD_CONTENT),
        ("an unknown escape", "\\x41", BAD_CONTENT),
        ("a bare line end in text", "a\nb", BAD_CONTENT),
        ("a bare tab in text", "a\tb", BAD_CONTENT),
        ("a letter and an accent apart", "e\u0301", NOT_CANONICAL),
        ("an accent after an escape", "a\\n\u0303", NOT_CANONICAL),
        ("10,001 letters", "x" * 10_001, BAD_CONTENT),
    ]
    for name, text, fault in changes:
        yield name, line_of("note", (_NOTE % text).encode()), fault
    for name, part in (("bytes that are no UTF-8", b"\xff"), ("half a letter", b"\xc3"), ("a surrogate in UTF-8", b"\xed\xa0\x80"), ("a letter in too many bytes", b"\xc1\x81")):
        yield name, line_of("note", (_NOTE % "?").encode().replace(b"?", part)), BAD_CONTENT
