"""The rules of the pages, followed with the standard library alone, give the bytes of the vectors.

Nothing of the program is imported here: what these functions do stands in the pages and nowhere else.
"""

import base64
import hashlib
import json
import re
import struct
import zlib

import pytest

COLUMNS = ("seat", "sheet", "scenario", "variant", "round", "item", "answer", "mode", "privacy", "aid", "keying")
DEFAULTS = {"mode": "paper", "privacy": "private", "aid": "", "keying": 1}
FIXED = "data/datapackage.json", "data/records.ndjson", "data/ratings.csv", "data/summary.pdf", "data/VERIFY.txt"


def sha(*parts):
    return hashlib.sha256(b"".join(parts)).hexdigest()


def string(data):
    return struct.pack(">I", len(data)) + data


def zipped(files):
    """The ZIP of bundle.md."""
    body, directory = b"", b""
    for name, content in files.items():
        raw, size = name.encode("ascii"), len(content)
        middle = struct.pack("<HHHHIIIHH", 0, 0, 0, 33, zlib.crc32(content), size, size, len(raw), 0)
        place = struct.pack("<HHHII", 0, 0, 0, 0, len(body))
        directory += b"PK\x01\x02" + struct.pack("<HH", 10, 10) + middle + place + raw
        body += b"PK\x03\x04" + struct.pack("<H", 10) + middle + raw + content
    count = len(files)
    return body + directory + b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, count, count, len(directory), len(body), 0)


def entries(data):
    """Name and content of each file of a ZIP, forward from its first byte."""
    found, at = {}, 0
    while data[at : at + 4] == b"PK\x03\x04":
        (size,), (length,) = struct.unpack_from("<I", data, at + 18), struct.unpack_from("<H", data, at + 26)
        start = at + 30 + length
        found[data[at + 30 : start].decode()] = data[start : start + size]
        at = start + size
    return found


def head_of(lines, device):
    """The chain head, from the headers alone."""
    head = sha(b"tradeoff-chain-v1:", device.encode())
    for line in lines:
        header = {name: line[name] for name in ("at", "device", "kind", "leaf", "seq")}
        text = json.dumps(header, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        head = sha(bytes.fromhex(head), text.encode())
    return head


def ratings(lines):
    """ratings.csv."""
    bodies = {line["seq"]: line["body"] for line in lines if "body" in line}
    undone = {seq for line in lines if line["kind"] == "undo" and "body" in line for seq in line["body"]["seqs"]}
    replaced = {body.get("replaces", 0) for seq, body in bodies.items() if seq not in undone}
    rows = ["workshop,area,device,seq," + ",".join(COLUMNS) + ",standing"]
    for line in lines:
        if line["kind"] == "rating" and "body" in line:
            seq, body = line["seq"], DEFAULTS | line["body"]
            standing = "undone" if seq in undone else "replaced" if seq in replaced else "current"
            first = [bodies[1]["workshop"], bodies[1]["area"], line["device"], seq]
            rows.append(",".join(map(str, [*first, *(body[name] for name in COLUMNS), standing])))
    return "".join(f"{row}\n" for row in rows).encode()


def template(spec, name):
    """One of the texts with parts in braces, as bundle.md prints it."""
    page = (spec / "bundle.md").read_text(encoding="utf-8")
    return re.search(rf"<!-- example: {re.escape(name)} -->\n```\w*\n(.*?)^```$", page, re.DOTALL | re.MULTILINE)[1]


def filled(text, parts):
    for name, value in parts.items():
        assert f"{{{name}}}" in text
        text = text.replace(f"{{{name}}}", str(value))
    return text.encode()


def derived(spec, files):
    """The payload as bundle.md derives it from the records."""
    raw = files["data/records.ndjson"]
    lines = [json.loads(line) for line in raw.splitlines()]
    opened, device = lines[0]["body"], lines[0]["device"]
    name, table = f"{opened['workshop']}-{device}-{len(lines)}", ratings(lines)
    package = {
        "package name": name.lower().replace(":", "."), "workshop": opened["workshop"], "area": opened["area"],
        "device": device, "ratings bytes": len(table), "records bytes": len(raw), "ratings digest": sha(table),
        "records digest": sha(raw),
    }  # fmt: skip
    verify = {"file name": name.replace(":", "_"), "laptop": opened["laptop"]}
    made = {
        "data/datapackage.json": filled(template(spec, "datapackage.json"), package),
        "data/records.ndjson": raw,
        "data/ratings.csv": table,
        "data/summary.pdf": files.get("data/summary.pdf"),
        "data/VERIFY.txt": filled(template(spec, "VERIFY.txt"), verify),
    }
    return {path: content for path, content in made.items() if content is not None}


def label(lines, payload, stage):
    """bag-info.txt of an unencrypted bundle."""
    opened, device, count = lines[0]["body"], lines[0]["device"], len(lines)
    values = {
        "Bagging-Date": lines[-1]["at"][:10],
        "Payload-Oxum": f"{sum(map(len, payload.values()))}.{len(payload)}",
        "External-Identifier": f"{opened['workshop']}-{device}-{count}",
        "Tradeoff-Format": 1,
        "Tradeoff-Workshop": opened["workshop"],
        "Tradeoff-Area": opened["area"],
        "Tradeoff-Laptop": opened["laptop"],
        "Tradeoff-Device": device,
        "Tradeoff-Role": opened["role"],
        "Tradeoff-Programme": opened["programme"],
        "Tradeoff-Pack": opened["pack"],
        "Tradeoff-Practice": "yes" if opened.get("practice") else "no",
        "Tradeoff-Stage": stage,
        "Tradeoff-Last-Seq": count,
        "Tradeoff-Chain-Head": head_of(lines, device),
    }
    return "".join(f"{name}: {value}\n" for name, value in values.items()).encode()


def listed(files):
    return "".join(f"{sha(content)}  {name}\n" for name, content in files.items()).encode()


def test_a_good_unencrypted_bundle_follows_from_its_records(vectors, maker):
    good = [
        case for case in vectors("bundles.json")
        if case["accepted"] and case["read_as"] == "bundle" and not case["opened_with"]
    ]  # fmt: skip
    assert len(good) > 6
    for case in good:
        data = vectors(case["file"])
        files = entries(data)
        lines = [json.loads(line) for line in files["data/records.ndjson"].splitlines()]
        payload = derived(maker.SPEC, files)
        tags = {
            "bag-info.txt": label(lines, payload, case["stage"]),
            "bagit.txt": template(maker.SPEC, "bagit.txt").encode(),
            "manifest-sha256.txt": listed(payload),
        }
        surround = {"tagmanifest-sha256.txt.sig": files["tagmanifest-sha256.txt.sig"], "tagmanifest-sha256.txt": listed(tags)}
        assert zipped({**surround, **tags, **payload}) == data
        assert [*payload] == [name for name in FIXED if name in payload]
        assert case["head"] == head_of(lines, case["device"])
        for line in lines:
            assert ("body" not in line) is (line["seq"] in case["erased"])


def test_a_body_written_canonically_gives_its_leaf(vectors):
    for one in vectors("chain.json")["records"]:
        text = json.dumps(json.loads(one["body"]), sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        assert text == one["body"]
        assert sha(bytes.fromhex(one["salt"]), text.encode()) == one["leaf"]


def words_of(spec, digest, count):
    words = (spec / "wordlist.txt").read_text(encoding="ascii").split()
    assert len(words) == 1024
    bits = f"{int(digest, 16):0256b}"
    return " ".join(words[int(bits[at : at + 10], 2)] for at in range(0, count * 10, 10))


def test_words_and_codes_follow_from_keys_and_heads(vectors, maker, holders):
    for one in holders.values():
        blob = string(b"ssh-ed25519") + string(bytes.fromhex(one["public"]))
        assert one["public_line"] == "ssh-ed25519 " + base64.b64encode(blob).decode()
        assert one["fingerprint"] == "SHA256:" + base64.b64encode(bytes.fromhex(sha(blob))).decode().rstrip("=")
        assert one["words"] == words_of(maker.SPEC, sha(b"tradeoff-key-words-v1", blob), 8)
    told = vectors("codes.json")
    for one in told["seal_words"]:
        digest = sha(b"tradeoff-seal-words-v1", bytes.fromhex(one["head"]))
        assert one["words"] == words_of(maker.SPEC, digest, 6)
    for one in told["workshop_codes"]:
        text = b"tradeoff-workshop-code-v1\0" + one["workshop"].encode() + b"\0" + bytes.fromhex(one["lead"])
        bits = f"{int(sha(text), 16):0256b}"
        letters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
        assert one["code"] == "".join(letters[int(bits[at : at + 5], 2)] for at in range(0, 40, 5))


def test_the_check_digits_follow_from_the_printed_table(vectors, maker):
    page = (maker.SPEC / "records.md").read_text(encoding="utf-8")
    rows = [line.split() for line in re.findall(r"^  \d   [\d ]+$", page, flags=re.MULTILINE)]
    table = {row[0]: row[1:] for row in rows}
    for number, code in enumerate(vectors("codes.json")["seat_codes"], start=1):
        digit = "0"
        for figure in f"{number:02}":
            digit = table[digit][int(figure)]
        assert code == f"{number:02}{digit}"


def test_a_signature_is_built_as_the_page_says(vectors, holders):
    told = vectors("signature.json")
    lines = told["signature"].splitlines()
    assert (lines[0], lines[-1]) == ("-----BEGIN SSH SIGNATURE-----", "-----END SSH SIGNATURE-----")
    assert {len(line) for line in lines[1:-2]} == {70}
    blob = base64.b64decode("".join(lines[1:-1]))
    key = string(b"ssh-ed25519") + string(bytes.fromhex(holders[told["key"]]["public"]))
    purpose = told["namespace"].encode()
    raw = blob[-64:]
    parts = [key, purpose, b"", b"sha512", string(b"ssh-ed25519") + string(raw)]
    assert blob == b"SSHSIG" + struct.pack(">I", 1) + b"".join(map(string, parts))
    digest = hashlib.sha512(told["message"].encode()).digest()
    made = b"SSHSIG" + b"".join(map(string, [purpose, b"", b"sha512", digest]))
    assert made.hex() == told["to_be_signed"]


@pytest.mark.parametrize(("bundle", "good"), [("good-table", True), ("bad-altered-tagmanifest", False)])
def test_ssh_keygen_checks_what_the_page_leaves_to_it(vectors, tool, tmp_path, bundle, good):
    files = entries(vectors(f"bundles/{bundle}.tradeoff"))
    (tmp_path / "sig").write_bytes(files["tagmanifest-sha256.txt.sig"])
    command = ["ssh-keygen", "-Y", "check-novalidate", "-n", "tradeoff-bundle-v1", "-s", str(tmp_path / "sig")]
    assert (tool(*command, given=files["tagmanifest-sha256.txt"]).returncode == 0) is good


def test_the_age_tool_opens_the_encrypted_vectors(vectors, tool, tmp_path, holders):
    (tmp_path / "key").write_text(holders["centre"]["age_secret"] + "\n", encoding="ascii")
    done = tool("age", "-d", "-i", str(tmp_path / "key"), given=vectors("bundles/good-encrypted.tradeoff"))
    assert zipped(entries(done.stdout)) == done.stdout
