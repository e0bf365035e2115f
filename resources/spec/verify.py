"""Check a .tradeoff bundle without Tradeoff Desktop: Python's standard library and ssh-keygen, nothing else.

Written from bundle.md and records.md alone. Numbers of steps are those of bundle.md, "Reading".

    python verify.py FILE --trust allowed_signers --revoked revoked_keys [--received 20261103140000Z]

FILE is a bundle that was written readable by anyone, or the ZIP that `age -d -i identity.key -o FILE BUNDLE` made
of an encrypted one; then add --encrypted BUNDLE. Where no key was ever revoked, revoked_keys is an empty file. Says
what it found, or why the file is refused, and ends with 0 or 1; with 2 where it could not look. There is no way to
leave a check out.
"""

import argparse
import base64
import binascii
import errno
import hashlib
import json
import re
import struct
import subprocess
import sys
import tempfile
import unicodedata
import zlib
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

Label = dict[str, str]

FORMAT = 1
MIB = 1 << 20
MOST, MOST_AGE, MOST_FILE, MOST_RECORDS = 32 * MIB, 33_579_040, 16 * MIB, 8 * MIB
ORDER = 2**252 + 27742317777372353535851937790883648493
PURPOSES = {f"tradeoff-{name}-v1" for name in ("bundle", "programme", "enrol", "table")}
SIG, TAGS, INFO, BAGIT, LIST = (
    "tagmanifest-sha256.txt.sig", "tagmanifest-sha256.txt", "bag-info.txt", "bagit.txt", "manifest-sha256.txt"
)
PACKAGE, RECORDS, RATINGS, SUMMARY, HOWTO = (
    f"data/{name}" for name in ("datapackage.json", "records.ndjson", "ratings.csv", "summary.pdf", "VERIFY.txt")
)
FULL = (SIG, TAGS, INFO, BAGIT, LIST, PACKAGE, RECORDS, RATINGS, SUMMARY, HOWTO)
BUNDLE_LISTS = (FULL, tuple(name for name in FULL if name != SUMMARY))
REMAINDER_LISTS = ((SIG, TAGS, INFO, RECORDS),)
BAGIT_TEXT = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"


class Refused(Exception):  # noqa: N818 - the format's own word
    """Why a file is not accepted: code, what is at fault (signer, content, format, area, age, chain), and facts."""

    def __init__(self, code: str, at_fault: str, **facts: object) -> None:
        super().__init__(code)
        self.code, self.at_fault, self.facts = code, at_fault, facts


# --- The ZIP (step 2) ------------------------------------------------------------------------------------------------


def entries(data: bytes) -> Iterator[tuple[str, bytes]]:
    """Names and contents, forward from the first byte."""
    at = count = 0
    while data[at : at + 4] == b"PK\3\4":
        count += 1
        if count > 64 or len(data) - at < 30:
            raise Refused("bad_container", "format")
        size, name_size = struct.unpack_from("<I", data, at + 18)[0], struct.unpack_from("<H", data, at + 26)[0]
        end = at + 30 + name_size + size
        if name_size > 100 or size > MOST_FILE or end > len(data):
            raise Refused("bad_container", "format")
        body = at + 30 + name_size
        yield data[at + 30 : body].decode("latin-1"), data[body:end]
        at = end


def zipped(files: dict[str, bytes]) -> bytes:
    """The one ZIP of these files."""
    body, directory = bytearray(), bytearray()
    for name, data in files.items():
        same = struct.pack("<HHHHIIIHH", 0, 0, 0, 33, zlib.crc32(data), len(data), len(data), len(name), 0)
        directory += b"PK\1\2" + struct.pack("<HH", 10, 10) + same
        directory += struct.pack("<HHHII", 0, 0, 0, 0, len(body)) + name.encode()
        body += b"PK\3\4" + struct.pack("<H", 10) + same + name.encode() + data
    end = struct.pack("<HHHHIIH", 0, 0, len(files), len(files), len(directory), len(body), 0)
    return bytes(body + directory + b"PK\5\6" + end)


def unzipped(data: bytes, lists: tuple[tuple[str, ...], ...]) -> dict[str, bytes]:
    """The files of a ZIP that has exactly one of these lists of names."""
    if len(data) > MOST:
        raise Refused("too_large", "format")
    files: dict[str, bytes] = {}
    for name, content in entries(data):
        so_far = (*files, name)
        if not any(names[: len(so_far)] == so_far for names in lists):
            for other, text in entries(data):
                if other == INFO:
                    known_format(text)
            raise Refused("unexpected_file", "format", file=name)
        files[name] = content
    if tuple(files) not in lists:
        raise Refused("bad_container", "format")
    if zipped(files) != data:
        raise Refused("not_canonical", "format")
    return files


# --- Signature and signer (steps 3 and 4) ----------------------------------------------------------------------------


def ssh_string(data: bytes) -> bytes:
    """The bytes behind their length."""
    return struct.pack(">I", len(data)) + data


def taken(data: bytes) -> tuple[bytes, bytes]:
    """The first string of data, and what is behind it."""
    if len(data) < 4 or len(data) - 4 < (size := struct.unpack_from(">I", data)[0]):
        raise Refused("bad_signature_format", "format")
    return data[4 : 4 + size], data[4 + size :]


def armoured(blob: bytes) -> bytes:
    """The text form of a signature."""
    text = base64.b64encode(blob).decode()
    lines = [text[at : at + 70] for at in range(0, len(text), 70)]
    return "\n".join(["-----BEGIN SSH SIGNATURE-----", *lines, "-----END SSH SIGNATURE-----", ""]).encode()


def signing_key(signature: bytes, signed: bytes) -> bytes:
    """The 51 bytes of the key that signed; refuses any form but the one."""
    wrong = Refused("bad_signature_format", "format", file=SIG)
    inside = re.fullmatch(rb"-----BEGIN[^\n]*\n([A-Za-z0-9+/=\n]+)-----END[^\n]*\n", signature)
    if len(signature) > 1024 or not inside:
        raise wrong
    try:
        blob = base64.b64decode(inside[1].replace(b"\n", b""), validate=True)
    except binascii.Error:
        raise wrong from None
    if blob[:10] != b"SSHSIG\0\0\0\1" or armoured(blob) != signature:
        raise wrong
    key, rest = taken(blob[10:])
    purpose, rest = taken(rest)
    empty, rest = taken(rest)
    digest, rest = taken(rest)
    value, rest = taken(rest)
    kind = ssh_string(b"ssh-ed25519") + b"\0\0\0"
    if (
        (empty, digest, rest) != (b"", b"sha512", b"")
        or (len(key), key[:19]) != (51, kind + b"\x20")
        or (len(value), value[:19]) != (83, kind + b"\x40")
    ):
        raise wrong
    if purpose != b"tradeoff-bundle-v1":
        raise Refused("wrong_namespace", "signer")
    if int.from_bytes(value[-32:], "little") >= ORDER or not ssh_keygen_verifies(signature, signed):
        raise Refused("bad_signature", "content", file=TAGS)
    return key


def ssh_keygen_verifies(signature: bytes, signed: bytes) -> bool:
    """Whether the Ed25519 signature is right, whoever made it."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "signature")
        path.write_bytes(signature)
        command = ["ssh-keygen", "-Y", "check-novalidate", "-n", "tradeoff-bundle-v1", "-s", str(path)]
        try:
            done = subprocess.run(command, input=signed, capture_output=True, check=False)  # noqa: S603 - fixed words
        except OSError as why:
            raise OSError(why.errno, "is needed and does not run here", "ssh-keygen") from why
    return done.returncode == 0


def key_of(kind: str, text: str) -> bytes | None:
    """The 51 bytes of a public key line, None where it is none."""
    try:
        key = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return None
    whole = len(key) == 51 and key[:19] == ssh_string(b"ssh-ed25519") + b"\0\0\0\x20"
    return key if kind == "ssh-ed25519" and whole and base64.b64encode(key).decode() == text else None


def moment(text: str) -> datetime | None:
    """A time of the trust store; None where there is no such time."""
    if not re.fullmatch(r"[0-9]{8}([0-9]{4}([0-9]{2})?)?Z", text):
        return None
    try:
        return datetime.strptime(text[:-1].ljust(14, "0"), "%Y%m%d%H%M%S").replace(tzinfo=UTC)
    except ValueError:
        return None


def told_lines(text: str) -> Iterator[tuple[int, str]]:
    """Lines that say something, with their numbers."""
    if len(text) > MIB:
        raise Refused("bad_trust_line", "signer", line=0, field="size")
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip() and not line.startswith("#"):
            yield number, line


def options_of(text: str) -> dict[str, str] | None:
    """The options of a line of the trust store, None where they are not as they must be."""
    option = r'(namespaces|valid-after|valid-before)="([^"]*)"'
    if not re.fullmatch(rf"{option}(,{option})*", text):
        return None
    pairs = re.findall(option, text)
    found = dict(pairs)
    return found if len(found) == len(pairs) and "namespaces" in found else None


def trusted(text: str) -> dict[bytes, tuple[str, list[str], datetime | None, datetime | None]]:
    """Key -> principal, purposes and the two bounds. Stricter than OpenSSH; one bad line refuses the whole file."""
    found: dict[bytes, tuple[str, list[str], datetime | None, datetime | None]] = {}
    for number, line in told_lines(text):
        principal, options, kind, key_text, *_ = [*line.split(" ", 4), "", "", ""]
        said = options_of(options) or {}
        purposes = said.get("namespaces", "").split(",")
        key = key_of(kind, key_text)
        bounds = [moment(said[name]) if name in said else None for name in ("valid-after", "valid-before")]
        dated = all(bound or name not in said for bound, name in zip(bounds, ("valid-after", "valid-before"), strict=True))
        checks = {
            "principal": re.fullmatch(r"[A-Z]{3}\.[a-z0-9]{10}@tradeoff", principal),
            "options": said,
            "namespaces": set(purposes) <= PURPOSES and len(set(purposes)) == len(purposes),
            "key": key,
            "date": dated,
            "twice": key not in found,
        }
        for field, right in checks.items():
            if not right:
                raise Refused("bad_trust_line", "signer", line=number, field=field)
        found[key or b""] = (principal, purposes, bounds[0], bounds[1])
    return found


def revoked_keys(text: str) -> set[bytes]:
    """The keys of a revocation list."""
    found = set()
    for number, line in told_lines(text):
        kind, key_text, *_ = [*line.split(" ", 2), ""]
        if not (key := key_of(kind, key_text)):
            raise Refused("bad_trust_line", "signer", line=number, field="key")
        found.add(key)
    return found


def judged(key: bytes, trust: str, revoked: str, received: datetime) -> str:
    """The principal of the key, if it may sign bundles at the moment of receipt."""
    known, at = trusted(trust), received.replace(microsecond=0)
    print_ = "SHA256:" + base64.b64encode(hashlib.sha256(key).digest()).decode().rstrip("=")
    if key in revoked_keys(revoked):
        raise Refused("revoked_signer", "signer", key=print_)
    if key not in known:
        raise Refused("unknown_signer", "signer", key=print_)
    principal, purposes, after, before = known[key]
    if "tradeoff-bundle-v1" not in purposes:
        raise Refused("signer_not_allowed", "signer", laptop=principal)
    if after and at < after:
        raise Refused("signer_not_yet_valid", "signer", laptop=principal)
    if before and at > before:
        raise Refused("signer_expired", "signer", laptop=principal)
    return principal


# --- Label and lists (steps 5 to 9) ----------------------------------------------------------------------------------

CODE = "[A-Za-z0-9_.:-]"
FIELDS = {
    "Bagging-Date": "[0-9]{4}-[0-9]{2}-[0-9]{2}",
    "Payload-Oxum": r"[0-9]{1,9}\.[0-9]",
    "External-Identifier": CODE + "{1,90}",
    "Tradeoff-Format": "[0-9]{1,4}",
    "Tradeoff-Workshop": CODE + "{1,64}",
    "Tradeoff-Area": "[A-Z]{3}",
    "Tradeoff-Laptop": r"[A-Z]{3}\.[a-z0-9]{10}@tradeoff",
    "Tradeoff-Device": "[a-z0-9]{10}",
    "Tradeoff-Role": "lead|desk|table",
    "Tradeoff-Programme": CODE + "{1,64}",
    "Tradeoff-Pack": "[0-9a-f]{64}",
    "Tradeoff-Practice": "yes|no",
    "Tradeoff-Stage": "checkpoint|open|sealed",
    "Tradeoff-Last-Seq": "[1-9][0-9]{0,6}",
    "Tradeoff-Chain-Head": "[0-9a-f]{64}",
}
READER = "Tradeoff-Recipient: age1[a-z0-9]{58}\n"
LABEL = re.compile(
    ("".join(f"{name}: ({value})\n" for name, value in FIELDS.items()) + f"((?:{READER}){{0,16}})").encode()
)


def known_format(info: bytes) -> None:
    """Refuses a label that names another format."""
    found = re.search(rb"(?:\A|\n)Tradeoff-Format: ([0-9]{1,4})(?:\n|\Z)", info[:8192])
    if found and int(found[1]) != FORMAT:
        raise Refused("other_format", "format", found=int(found[1]), known=FORMAT)


def label_of(info: bytes) -> tuple[Label, int]:
    """Step 6: the fields, and how many readers are named."""
    known_format(info)
    found = LABEL.fullmatch(info)
    if len(info) > 8192 or not found:
        raise Refused("bad_bag_info", "format")
    *values, readers = (value.decode() for value in found.groups())
    label = dict(zip(FIELDS, values, strict=True))
    parts = (label["Tradeoff-Workshop"], label["Tradeoff-Device"], label["Tradeoff-Last-Seq"])
    if label["External-Identifier"] != "-".join(parts) or label["Tradeoff-Format"] != str(FORMAT):
        raise Refused("bad_bag_info", "format")
    return label, readers.count("\n")


def list_line(name: str, data: bytes) -> bytes:
    """The line of a file in a list."""
    return f"{hashlib.sha256(data).hexdigest()}  {name}\n".encode()


def check_list(name: str, found: bytes, files: dict[str, bytes]) -> None:
    """Refuses a list that is not exactly that of these files."""
    lines = {file: list_line(file, data) for file, data in files.items()}
    if found == b"".join(lines.values()):
        return
    there = found.split(b"\n")
    for file, line in lines.items():
        if line[:-1] not in there:
            raise Refused("manifest_differs", "content", file=file)
    raise Refused("manifest_differs", "format", list=name)


# --- Lines (steps 10 and 11) -----------------------------------------------------------------------------------------

ANSWER = "[1-9]|cant_say|absent|not_played|skipped|declined|unreadable"
DECISION = "1|2|3|4|no_agreement|cant_say|declined|unreadable|not_played|skipped"
PATTERNS = {
    "code": r"[A-Za-z0-9_.:][A-Za-z0-9_.:-]{0,63}",
    "area": "[A-Z]{3}",
    "letter": "[A-Z]",
    "device": "[a-z0-9]{10}",
    "device?": "([a-z0-9]{10})?",
    "principal": r"[A-Z]{3}\.[a-z0-9]{10}@tradeoff",
    "digest": "[0-9a-f]{64}",
    "moment": r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{3}Z",
    "day": "[0-9]{4}-[0-9]{2}-[0-9]{2}",
    "time": "[0-9]{2}:[0-9]{2}",
    "time?": "([0-9]{2}:[0-9]{2})?",
    "seat": "[0-9]{3}",
    "answer": ANSWER,
    "word": "[A-Za-z0-9_]{0,20}",
}
SPANS = {"place": (1, 9_999_999), "count": (0, 9_999)}
OBJECTS = {"ref": "device:device seq:place leaf:digest", "end": "device:device seq:place head:digest"}
# name:form, and =default where there is one. "a|b" words, "#1|2" or "1..5" numbers, "<9" length, "[x]" list, "{x>y}" map.
ALWAYS = "role:lead|desk|table|centre replaces:0..9999999=0 "
KINDS = {
    "opened": "workshop:code area:area session:letter=A laptop:principal key:<400 pack:digest programme:code "
    "practice:flag=0 predecessor:device?= offset_minutes:-900..900=0 format:1..1=1",
    "setup": "date:day start:time venue:<400 groups:{code>count} screen_width_cm:count=0 farthest_seat_cm:count=0 "
    "text_px:#80|96|120=80 booked_until:time?=",
    "table": "number:1..30 theme:code scenario:code state:open|closed|combined=open into:0..30=0 host:<400=",
    "seat": "seat:seat group:code table:1..30 state:expected|present|late|left|no_show=expected",
    "consent": "seat:seat signed:flag quotable:flag=0",
    "step": "step:code act:begin|back|skip|shorten|end minutes:count=0",
    "exposure": "table:0..30 scenario:code variant:code position:0..9 order:0..99",
    "rating": "seat:seat sheet:1..4 scenario:code variant:code round:R0|RB|RV|R1 item:code answer:answer "
    "mode:paper|cards|ballot|hands=paper privacy:public|seen|private=private aid:|helper|interpreter= keying:1..3=1",
    "tally": "step:code scenario:code variant:code item:code counts:{code>count} here:count table:0..30=0 "
    "inferred:word= flagged:flag=0",
    "answer": "seat:seat question:code text:<10000 missing:|skipped|declined|unreadable=",
    "position": f"table:1..30 scenario:code decision:{DECISION} disagreed:count reason:<400= conditions:[code]=",
    "condition": "table:0..30 scenario:code variant:code condition:code necessity:must|should|not_enough text:<400=",
    "framework": "table:0..30 scenario:code question:1..99 answer:answer reason:<400",
    "statement": "table:0..30 text:<400 state:draft|ratified|no_agreement=draft in_favour:count=0 against:count=0 "
    "abstained:count=0 dissent:<400=",
    "note": "kind:point|question|condition|red_line=point text:<10000 verbatim:flag=0 group:<20= tags:[code]= "
    "step:code scenario:<64= variant:<64= round:|R0|RB|RV|R1= table:0..30=0 typed:<24= from_paper:flag=0",
    "clarification": "of:ref text:<400",
    "incident": "code:code step:code=setup text:<400=",
    "debrief": "prompt:code text:<10000 incident:flag=0",
    "collected": "table:1..30 sheet:1..4 count:count",
    "headcount": "here:count",
    "clock": "act:start|pause|resume|add|spread step:code seconds:-36000..36000=0",
    "undo": "seqs:[place]",
    "redaction": "of:ref",
    "withdrawal": "seat:seat workshop:<64=",
    "erasure": "erased:[ref] why:withdrawal|redaction",
    "taken_in": "of:end laptop:principal",
    "closed": "",
    "sealed": "devices:[end] accepted:[<400]=",
    "reopened": "reason:<400",
    "ruling": "choice:keep|drop|both|replace keep:[ref]= drop:[ref]= reason:<400 pin:<200=",
    "code": "code:code text:<400 state:active|retired=active",
    "coding": "of:ref code:code coder:1..2=1",
    "verdict": "of:end verdict:accept|query|reject reason:<400=",
    "annotation": "slot:code text:<10000",
}
CENTRE_KINDS = {"code", "coding", "verdict", "annotation"}
LEAD_KINDS = {"setup", "table", "seat", "headcount", "taken_in", "closed", "sealed", "reopened"}
NOT_OF = {"desk": LEAD_KINDS, "table": LEAD_KINDS | {"ruling"}}
HEADER = {"at": "moment", "device": "device", "kind": "code", "leaf": "digest", "seq": "place"}
NEVER_ERASED = {"opened", "withdrawal", "erasure", "closed", "sealed", "reopened"}


class Wrong(Exception):  # noqa: N818 - caught at once, never shown
    """A value that its form does not allow."""


def defaults(fields: str) -> dict[str, tuple[str, object]]:
    """Field -> its form and its default, None where it has none."""
    found: dict[str, tuple[str, object]] = {}
    for part in fields.split():
        name, _, rest = part.partition(":")
        form, has, text = rest.partition("=")
        value: object = text
        if form == "flag":
            value = text == "1"
        elif form[0] == "[":
            value = []
        elif ".." in form or form in SPANS or form[0] == "#":
            value = int(text or 0)
        found[name] = (form, value if has else None)
    return found


BODIES = {kind: defaults(ALWAYS + fields) for kind, fields in KINDS.items()}
PARTS = {name: defaults(fields) for name, fields in OBJECTS.items()}


def shortest(value: object, fields: dict[str, tuple[str, object]]) -> dict[str, object]:
    """An object of these fields with its defaults left out; raises Wrong where it is none."""
    if type(value) is not dict or not value.keys() <= fields.keys():
        raise Wrong
    out: dict[str, object] = {}
    for name, (form, default) in fields.items():
        if name in value:
            checked = formed(value[name], form)
            if default is None or checked != default:
                out[name] = checked
        elif default is None:
            raise Wrong
    return out


def formed(value: object, form: str) -> object:
    """The value, if it has the form."""
    if form in PARTS:
        return shortest(value, PARTS[form])
    if form[0] == "[" and type(value) is list:
        return [formed(item, form[1:-1]) for item in value]
    if form[0] == "{" and type(value) is dict:
        key, of = form[1:-1].split(">")
        return {formed(name, key): formed(item, of) for name, item in value.items()}
    if type(value) is bool:
        right = form == "flag"
    elif type(value) is int and form[0] == "#":
        right = str(value) in form[1:].split("|")
    elif type(value) is int:
        low, high = SPANS.get(form) or (map(int, form.split("..")) if ".." in form else (1, 0))
        right = low <= value <= high
    elif type(value) is str and form in PATTERNS:
        right = bool(re.fullmatch(PATTERNS[form], value))
    elif type(value) is str and form[0] == "<":
        right = len(value) <= int(form[1:])
    else:
        right = type(value) is str and "|" in form and value in form.split("|")
    if not right:
        raise Wrong
    return value


def canonical(value: object) -> str:
    """The one spelling of a value whose defaults are left out."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def refuse_number(_text: str) -> None:
    """No number has a fraction or an exponent."""
    raise Wrong


DECODER = json.JSONDecoder(parse_float=refuse_number, parse_constant=refuse_number)
SPACE = re.compile(r"[ \t\r\n]*")


def whole(text: str) -> tuple[dict[str, object], str]:
    """The object of a line, and the text of its body as it stands."""
    value, body, end = {}, "", SPACE.match(text).end()
    between = "{"
    while text[end : end + 1] == between or (between == "," and text[end : end + 1] == "}"):
        if text[end] == "}":
            if SPACE.fullmatch(text, end + 1):
                return value, body
            break
        key, end = DECODER.raw_decode(text, SPACE.match(text, end + 1).end())
        end = SPACE.match(text, end).end()
        if type(key) is not str or text[end : end + 1] != ":":
            break
        start = SPACE.match(text, end + 1).end()
        value[key], end = DECODER.raw_decode(text, start)
        body = text[start:end] if key == "body" else body
        end, between = SPACE.match(text, end).end(), ","
    raise Wrong


def deep(line: bytes) -> bool:
    """Whether anything is nested more than four deep."""
    depth = 0
    for mark in re.finditer(rb'"(?:[^"\\]|\\.)*"?|[\[{\]}]', line, re.DOTALL):
        depth += {b"[": 1, b"{": 1, b"]": -1, b"}": -1}.get(mark[0], 0)
        if depth > 4:
            return True
    return False


def header_of(value: dict[str, object]) -> None:
    """Steps 3 to 5: the keys, and the forms of the header."""
    more = value.keys() - HEADER.keys()
    if not HEADER.keys() <= value.keys() or more not in (set(), {"body", "salt"}) or type(value.get("salt", "")) is not str:
        raise Wrong
    for name, form in HEADER.items():
        formed(value[name], form)


def check_body(value: dict[str, object], text: str) -> None:
    """Steps 6 to 9."""
    value["body"] = shortest(value["body"], BODIES[str(value["kind"])])
    if text != canonical(value["body"]) or not unicodedata.is_normalized("NFC", text):
        raise Refused("not_canonical", "format")
    salt = str(value["salt"])
    if not re.fullmatch("[0-9a-f]{32}", salt):
        raise Wrong
    if hashlib.sha256(bytes.fromhex(salt) + text.encode()).hexdigest() != value["leaf"]:
        raise Refused("leaf_mismatch", "chain")


def record(line: bytes) -> dict[str, object]:
    """One line, checked in the order of records.md. An erased record has no body."""
    if len(line) > 65_536:
        raise Refused("line_too_long", "format")
    if deep(line):
        raise Refused("too_deep", "format")
    try:
        text = line.decode()
        value, body = whole(text)
        canonical(value).encode()  # half a surrogate pair is no character
        header_of(value)
        if value["kind"] not in BODIES:
            raise Refused("unknown_kind", "content")
        if "body" in value:
            check_body(value, body)
    except (Wrong, ValueError, RecursionError):
        raise Refused("bad_content", "content") from None
    if text != canonical(value) or not unicodedata.is_normalized("NFC", text):
        raise Refused("not_canonical", "format")
    return value


def records_of(data: bytes) -> list[dict[str, object]]:
    """Every record of a file of lines (steps 10 and 11)."""
    marks = data.count(b'"') + data.count(b",")
    if not data.endswith(b"\n") or data.count(b"\n") > 200_000 or len(data) > MOST_RECORDS or marks > 1_000_000:
        raise Refused("bad_records", "format")
    found = []
    for number, line in enumerate(data[:-1].split(b"\n"), start=1):
        try:
            found.append(record(line))
        except Refused as why:
            raise Refused(why.code, why.at_fault, line=number) from None
    return found


# --- The chain, the stage, what is derived (steps 12 to 19) ----------------------------------------------------------


def check_chain(records: list[dict[str, object]], label: Label) -> None:
    """Steps 12 and 13."""
    device = label["Tradeoff-Device"]
    head = hashlib.sha256(b"tradeoff-chain-v1:" + device.encode()).digest()
    for seq, one in enumerate(records, start=1):
        if one["device"] != device:
            raise Refused("chain_device", "chain", seq=seq)
        if one["seq"] != seq:
            raise Refused("chain_gap", "chain", seq=seq)
        header = {name: one[name] for name in ("at", "device", "kind", "leaf", "seq")}
        head = hashlib.sha256(head + canonical(header).encode()).digest()
    if (str(len(records)), head.hex()) != (label["Tradeoff-Last-Seq"], label["Tradeoff-Chain-Head"]):
        raise Refused("head_differs", "chain")


def opening(records: list[dict[str, object]]) -> dict[str, object]:
    """The body of the first record, its defaults written out."""
    if records[0]["kind"] != "opened" or "body" not in records[0]:
        raise Refused("not_opened", "content")
    return written_out(records[0])


def written_out(one: dict[str, object]) -> dict[str, object]:
    """The body of a record, its defaults written out."""
    body = one["body"]
    plain = {name: default for name, (_form, default) in BODIES[str(one["kind"])].items()}
    return {**plain, **(body if isinstance(body, dict) else {})}


def check_frame(records: list[dict[str, object]], first: dict[str, object]) -> bool:
    """Step 15. True where the chain is sealed at its end."""
    practice = str(first["workshop"]).startswith("practice-")
    again = any(one["kind"] == "opened" for one in records[1:])
    other_area = str(first["laptop"])[:3] != first["area"]
    if again or practice != first["practice"] or other_area or first["role"] == "centre":
        raise Refused("not_opened", "content")
    is_sealed = False
    for one in records:
        if is_sealed and one["kind"] not in ("withdrawal", "erasure", "reopened"):
            raise Refused("after_seal", "content", seq=one["seq"])
        if "body" not in one and one["kind"] in NEVER_ERASED:
            raise Refused("erased_unnamed", "content", seq=one["seq"])
        is_sealed = one["kind"] == "sealed" or (is_sealed and one["kind"] != "reopened")
    for one in records:
        if one["kind"] in NOT_OF.get(str(first["role"]), set()) | CENTRE_KINDS:
            raise Refused("role_not_allowed", "content", seq=one["seq"], kind=one["kind"])
    return is_sealed


def full(records: list[dict[str, object]], kind: str) -> Iterator[tuple[dict[str, object], dict[str, object]]]:
    """Every unerased record of a kind, and its body with defaults written out."""
    return ((one, written_out(one)) for one in records if one["kind"] == kind and "body" in one)


def check_erasures(records: list[dict[str, object]]) -> None:
    """Step 17."""
    named = set()
    for one, body in full(records, "erasure"):
        for of in body["erased"]:
            if of["seq"] >= one["seq"]:
                raise Refused("erased_unnamed", "content", seq=one["seq"])
            named.add((of["device"], of["seq"], of["leaf"]))
    for one in records:
        if "body" not in one and (one["device"], one["seq"], one["leaf"]) not in named:
            raise Refused("erased_unnamed", "content", seq=one["seq"])


COLUMNS = {
    "workshop": "workshop id; those of practice start with practice-",
    "area": "area code",
    "device": "store that wrote the record",
    "seq": "place of the record in that store's chain",
    "seat": "seat code, two digits and a check digit; no name is kept anywhere",
    "sheet": "paper sheet: 1 start, 2 anchor, 3 theme, 4 end",
    "scenario": "scenario code of the pack",
    "variant": "variant code of the pack",
    "round": "R0 start, RB after the first talk, RV a flip, R1 end",
    "item": "item code of the pack",
    "answer": "level, cant_say, or the reason why there is none",
    "mode": "how it was given",
    "privacy": "who could see it being given",
    "aid": "helper or interpreter, where somebody helped",
    "keying": "1 first keying, 2 and 3 keyed again to check",
    "standing": "current, or replaced or undone by a later record of the same store",
}


def ratings_of(records: list[dict[str, object]], first: dict[str, object]) -> bytes:
    """The ratings.csv of these records."""
    undone = {seq for _one, body in full(records, "undo") for seq in body["seqs"]}
    bodies = [(one["seq"], one["body"]) for one in records if "body" in one]
    replaced = {body.get("replaces", 0) for seq, body in bodies if seq not in undone}
    lines = [",".join(COLUMNS)]
    for one, body in full(records, "rating"):
        seq = one["seq"]
        standing = "undone" if seq in undone else "replaced" if seq in replaced else "current"
        told = {**body, "workshop": first["workshop"], "area": first["area"], "device": one["device"], "seq": seq}
        lines.append(",".join(str({**told, "standing": standing}[name]) for name in COLUMNS))
    return "\n".join([*lines, ""]).encode()


def package_of(name: str, first: dict[str, object], device: str, records: bytes, ratings: bytes) -> bytes:
    """The datapackage.json of these files."""

    def resource(what: str, data: bytes, mime: str, profile: str, **more: object) -> dict[str, object]:
        kind = what.rpartition(".")[2]
        told = {"bytes": len(data), "encoding": "utf-8", "format": kind, "mediatype": mime, "name": what[: -1 - len(kind)]}
        return {**told, "hash": f"sha256:{hashlib.sha256(data).hexdigest()}", "path": what, "profile": profile, **more}

    fields = [
        {
            "constraints": {"required": column != "aid"},
            "description": text,
            "name": column,
            "type": "integer" if column in ("seq", "sheet", "keying") else "string",
        }
        for column, text in COLUMNS.items()
    ]
    schema = {"fields": fields, "missingValues": [""], "primaryKey": ["device", "seq"]}
    dialect = {"delimiter": ",", "lineTerminator": "\n"}
    about = "One record a line: header (device, seq, kind, at, leaf) and, unless erased, body and salt."
    package = {
        "description": "records.ndjson is authoritative; ratings.csv is derived from its lines that are not erased.",
        "name": name.lower().replace(":", "."),
        "profile": "data-package",
        "resources": [
            resource("ratings.csv", ratings, "text/csv", "tabular-data-resource", dialect=dialect, schema=schema),
            resource("records.ndjson", records, "application/x-ndjson", "data-resource", description=about),
        ],
        "title": f"Workshop {first['workshop']}, area {first['area']}, device {device}",
    }
    return (json.dumps(package, indent=2, sort_keys=True) + "\n").encode()


HOW_TO = """\
How to check this bundle without the program that wrote it

You need: the files allowed_signers and revoked_keys from whoever enrolled the
laptops, and an age key that may open the bundle. Put them beside the bundle. If
no key was ever revoked and you were given no list, the first line makes an empty
one; a list that is there stays as it is.

   cd . >> revoked_keys

On Windows type the lines in a command window, or in PowerShell with cmd /c "..."
around every line that has < or > in it: a PowerShell pipe changes the bytes.

1. Open it. If it was written readable by anyone, the first command fails: copy
   {name}.tradeoff to {name}.zip instead.

   age -d -i identity.key -o {name}.zip {name}.tradeoff
   unzip -t {name}.zip
   unzip {name}.zip -d {name}
   cd {name}

   Windows has no unzip. There, in place of the two lines that begin with it:

   mkdir {name}
   tar -xf {name}.zip -C {name}

2. Check who signed it, and that the key was not revoked. Put the moment at which
   you received it, in UTC and written like 20261103140000Z, in place of RECEIVED.

   ssh-keygen -Y verify -f ../allowed_signers -r ../revoked_keys -I {laptop} -n tradeoff-bundle-v1 -Overify-time=RECEIVED \
-s tagmanifest-sha256.txt.sig < tagmanifest-sha256.txt

3. Check that nothing was altered.

   sha256sum -c tagmanifest-sha256.txt
   sha256sum -c manifest-sha256.txt

   The Python package bagit does the same, on Windows too:

   python -m bagit --validate .

   Windows has no sha256sum. Without Python, compare by eye what this shows with
   the line of each file in the two lists:

   certutil -hashfile data\\records.ndjson SHA256

4. Read it. data/records.ndjson is authoritative, one record a line.
   data/ratings.csv is derived from it; data/datapackage.json says what every
   column means. The seal code on the paper slip is made from the head of the
   lead laptop's chain after its last "sealed": where that is the last record,
   the line Tradeoff-Chain-Head in bag-info.txt; where somebody left afterwards,
   it must be worked out from the records.
"""


def check_payload(files: dict[str, bytes], records: list[dict[str, object]], label: Label, is_sealed: bool) -> None:  # noqa: FBT001 - one fact of the chain
    """Steps 16 to 19."""
    first, stage, device = written_out(records[0]), label["Tradeoff-Stage"], label["Tradeoff-Device"]
    if stage != "checkpoint" and is_sealed != (stage == "sealed"):
        raise Refused("stage_differs", "content")
    check_erasures(records)
    name = f"{first['workshop']}-{device}-{len(records)}"
    ratings = ratings_of(records, first)
    derived = {
        PACKAGE: package_of(name, first, device, files[RECORDS], ratings),
        RATINGS: ratings,
        HOWTO: HOW_TO.format(name=name.replace(":", "_"), laptop=first["laptop"]).encode(),
    }
    for file, data in derived.items():
        if files[file] != data:
            raise Refused("derived_differs", "content", file=file)
    due = first["role"] == "lead" and stage != "checkpoint"
    if due != (SUMMARY in files) or not files.get(SUMMARY, b"%PDF-").startswith(b"%PDF-"):
        raise Refused("stage_differs", "content")
    payload = [data for file, data in files.items() if file.startswith("data/")]
    made = {
        "Bagging-Date": str(records[-1]["at"])[:10],
        "Payload-Oxum": f"{sum(map(len, payload))}.{len(payload)}",
        "Tradeoff-Practice": "yes" if first["practice"] else "no",
        **{f"Tradeoff-{what.title()}": first[what] for what in ("workshop", "area", "laptop", "role", "programme", "pack")},
    }
    if {**label, **made} != label:
        raise Refused("derived_differs", "content", file=INFO)


# --- Reading ---------------------------------------------------------------------------------------------------------


def verify(
    data: bytes, trust: str, revoked: str, received: datetime, *, was_encrypted: bool = False, remainder: bool = False
) -> dict[str, object]:
    """What the file is and who signed it. data is the ZIP; raises Refused."""
    files = unzipped(data, REMAINDER_LISTS if remainder else BUNDLE_LISTS)
    signer = judged(signing_key(files[SIG], files[TAGS]), trust, revoked, received)
    if list_line(INFO, files[INFO])[:-1] not in files[TAGS].split(b"\n"):
        raise Refused("manifest_differs", "content", file=INFO)
    label, readers = label_of(files[INFO])
    if label["Tradeoff-Area"] != signer[:3]:
        raise Refused("wrong_area", "area")
    if label["Tradeoff-Laptop"] != signer:
        raise Refused("wrong_laptop", "signer")
    if not remainder:
        if was_encrypted != (readers > 0):
            raise Refused("not_as_sealed", "age")
        check_list(TAGS, files[TAGS], {INFO: files[INFO], BAGIT: BAGIT_TEXT, LIST: files[LIST]})
        if files[BAGIT] != BAGIT_TEXT:
            raise Refused("manifest_differs", "content", file=BAGIT)
        check_list(LIST, files[LIST], {name: inside for name, inside in files.items() if name.startswith("data/")})
    records = records_of(files[RECORDS])
    check_chain(records, label)
    first = opening(records)
    if not remainder and first["area"] != label["Tradeoff-Area"]:
        raise Refused("wrong_area", "area")
    is_sealed = check_frame(records, first)
    if not remainder:
        check_payload(files, records, label, is_sealed)
    elif first["laptop"] != label["Tradeoff-Laptop"]:
        raise Refused("wrong_laptop", "signer")
    return {
        "signer": signer,
        "workshop": label["Tradeoff-Workshop"],
        "device": label["Tradeoff-Device"],
        "stage": label["Tradeoff-Stage"],
        "seq": len(records),
        "head": label["Tradeoff-Chain-Head"],
        "erased": [one["seq"] for one in records if "body" not in one],
    }


def unencrypted(path: Path, sealed: Path | None) -> bytes:
    """The bytes of the ZIP. Of the age file it came out of only the limits can be checked here (step 1)."""
    with (sealed or path).open("rb") as file:
        data = file.read(MOST_AGE + 1)
    encrypted = data.startswith(b"age-encryption.org/v1\n")
    if data.startswith(b"-----BEGIN AGE"):
        raise Refused("armoured", "age")
    if encrypted and len(data) > MOST_AGE:
        raise Refused("too_large", "age")
    if encrypted != (sealed is not None) or (encrypted and b"\n--- " not in data[: 16 * 1024]):
        raise Refused("bad_age", "age", first=f"age -d -i identity.key -o {path.stem}.zip {path.name}")
    if sealed is None:
        return data
    with path.open("rb") as file:
        return file.read(MOST + 1)


def list_in(path: Path) -> str:
    """The text of a list of keys."""
    try:
        return path.read_text("utf-8")
    except UnicodeDecodeError:
        raise OSError(errno.EINVAL, "is not a text file", str(path)) from None


def main() -> int:
    """Check the file that the command line names; 0 where it is accepted."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("file", type=Path)
    ask.add_argument("--trust", type=Path, required=True, help="allowed_signers")
    ask.add_argument("--revoked", type=Path, required=True, help="revoked_keys; an empty file where no key was revoked")
    ask.add_argument("--received", type=moment, default=datetime.now(UTC), help="when the file came in: 20261103140000Z")
    ask.add_argument("--encrypted", type=Path, metavar="BUNDLE", help="the encrypted bundle that FILE came out of")
    ask.add_argument("--remainder", action="store_true", help="FILE is what the centre kept after somebody left")
    given = ask.parse_args()
    if given.received is None:
        ask.error("--received: write it like 20261103140000Z")
    try:
        trust, revoked = list_in(given.trust), list_in(given.revoked)
        found = verify(
            unencrypted(given.file, given.encrypted), trust, revoked, given.received,
            was_encrypted=given.encrypted is not None, remainder=given.remainder,
        )
    except Refused as why:
        told = {"refused": why.code, "at fault": why.at_fault, **why.facts}
    except OSError as why:
        ask.exit(2, f"{why.filename or given.file}: {why.strerror or why}\n")
    else:
        told = {"accepted": given.file.name, **found}
    sys.stdout.write("".join(f"{name}: {value}\n" for name, value in told.items()))
    return 1 if "refused" in told else 0


if __name__ == "__main__":
    sys.exit(main())
