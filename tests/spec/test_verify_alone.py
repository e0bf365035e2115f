"""``verify.py`` was written from the pages alone: it agrees with every sample, good and bad, and with the program."""

import hashlib
import importlib.util
import json
import subprocess
import sys
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tradeoff_desktop.errors import TrustError
from tradeoff_desktop.exchange import sealing
from tradeoff_desktop.model import codec

ROOT = Path(__file__).resolve().parents[2]
SPEC, GOLDEN = ROOT / "resources" / "spec", ROOT / "tests" / "exchange" / "golden"
VECTORS = SPEC / "vectors"
LINES = [(VECTORS / "chain.ndjson").read_bytes().splitlines()[n] for n in (0, 2, 7, 14, 17)]


def _alone():
    spec = importlib.util.spec_from_file_location("verify_alone", SPEC / "verify.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


ALONE = _alone()


def refusal(act, *given):
    try:
        act(*given)
    except (ALONE.Refused, TrustError) as why:
        return why.code, why.at_fault if isinstance(why, ALONE.Refused) else why.facts["at_fault"]
    return None, None


def decrypted(tool, file, secrets, folder):
    """What the age tool makes of a file; None where it refuses."""
    (folder / "identity").write_text("\n".join(secrets) + "\n")
    done = tool("age", "-d", "-i", str(folder / "identity"), str(file))
    return done.stdout if done.returncode == 0 else None


def test_every_bundle_of_the_vectors(bundles_case, holders, tool, tmp_path):
    case, sealed, path = bundles_case, None, VECTORS / bundles_case["file"]
    if path.read_bytes().startswith(b"age-encryption.org/v1\n"):
        found = decrypted(tool, path, [holders[name]["age_secret"] for name in case["opened_with"]], tmp_path)
        if found is None:
            assert case["at_fault"] == "age"
            return
        sealed, path = path, tmp_path / "bundle.zip"
        path.write_bytes(found)

    def read():
        trust, revoked = ((VECTORS / name).read_text() for name in ("allowed_signers", "revoked_keys"))
        return ALONE.verify(
            ALONE.unencrypted(path, sealed), trust, revoked, datetime.fromisoformat(case["received_at"]),
            was_encrypted=sealed is not None, remainder=case["read_as"] == "remainder",
        )  # fmt: skip

    assert refusal(read) == (case.get("code"), case.get("at_fault"))
    if case["accepted"]:
        assert read() == {name: case[name] for name in read()}


def test_every_line_of_the_vectors(lines_case):
    line = bytes.fromhex(lines_case["hex"]) if "hex" in lines_case else lines_case["text"].encode()
    assert refusal(ALONE.record, line) == (lines_case["code"], lines_case["at_fault"])


def test_every_trust_store_of_the_vectors(trust_case):
    fault = []
    try:
        ALONE.trusted(trust_case["text"])
    except ALONE.Refused as why:
        fault = [why.facts["field"], why.facts["line"]]
    assert fault == ([trust_case["field"], trust_case["line"]] if trust_case["field"] else [])


@pytest.mark.parametrize("name", ["plain", "sealed"])
def test_every_golden_bundle(name, tool, tmp_path):
    path = GOLDEN / f"format-1-{name}.tradeoff"
    command = [sys.executable, str(SPEC / "verify.py"), "--trust", str(GOLDEN / "allowed_signers"), "--revoked", str(tmp_path / "none")]
    (tmp_path / "none").touch()
    if name == "sealed":
        centre = sealing.from_seed(hashlib.sha256(b"thecentre0").digest()[::-1])
        (tmp_path / "bundle.zip").write_bytes(decrypted(tool, path, [centre.secret], tmp_path))
        command += ["--encrypted", str(path)]
        path = tmp_path / "bundle.zip"
    done = subprocess.run([*command, "--received", "20261103180000Z", str(path)], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout.splitlines()[0]) == (0, f"accepted: {path.name}"), done


def test_it_has_no_way_to_leave_a_check_out():
    said = subprocess.run([sys.executable, str(SPEC / "verify.py"), "-h"], capture_output=True, text=True, check=True).stdout
    options = {word.strip(",[]") for word in said.split() if word.strip("[").startswith("--")}
    assert options == {"--help", "--trust", "--revoked", "--received", "--encrypted", "--remainder"}


def test_a_refusal_ends_with_one_line_each_and_a_number():
    path = VECTORS / "bundles" / "bad-signer-revoked.tradeoff"
    command = [sys.executable, str(SPEC / "verify.py"), str(path), "--trust", str(VECTORS / "allowed_signers")]
    done = subprocess.run([*command, "--revoked", str(VECTORS / "revoked_keys")], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout.splitlines()[:2]) == (1, ["refused: revoked_signer", "at fault: signer"])


@pytest.mark.parametrize("lacking", ["file", "trust", "revoked", "text", "tool"])
def test_what_keeps_it_from_looking_is_said_in_one_line(lacking, tmp_path):
    bundle, names = VECTORS / "bundles" / "good-sealed.tradeoff", {"trust": "allowed_signers", "revoked": "revoked_keys"}
    given = {"file": bundle, **{name: VECTORS / names[name] for name in names}}
    if lacking in given:
        given[lacking] = tmp_path / "absent"
    if lacking == "text":
        given["trust"] = tmp_path / "allowed_signers"
        given["trust"].write_bytes(b"\xff\xfe")
    command = [sys.executable, str(SPEC / "verify.py"), str(given["file"]), "--trust", str(given["trust"]), "--revoked", str(given["revoked"])]
    place = {"PATH": str(tmp_path)} if lacking == "tool" else None
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=place)
    assert (done.returncode, done.stdout, len(done.stderr.splitlines())) == (2, "", 1), done
    assert ("ssh-keygen" if lacking == "tool" else str(given.get(lacking, given["trust"]))) in done.stderr


def test_the_list_of_revoked_keys_cannot_be_left_out():
    command = [sys.executable, str(SPEC / "verify.py"), str(GOLDEN / "format-1-plain.tradeoff"), "--trust", str(GOLDEN / "allowed_signers")]
    assert subprocess.run(command, capture_output=True, check=False).returncode == 2


@given(line=st.sampled_from(LINES), data=st.data())
def test_it_agrees_with_the_program_on_altered_lines(line, data):
    at = data.draw(st.integers(0, len(line) - 1))
    size = data.draw(st.integers(0, 3))
    put = data.draw(st.binary(max_size=3) | st.sampled_from([b'"', b"\\", b"{", b"[", b" ", b"1.0", b"-0", b"null", b"\xc3\xa9"]))
    altered = line[:at] + put + line[at + size :]
    assert refusal(ALONE.record, altered) == refusal(codec.read_line, altered)


@given(
    value=st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
        max_leaves=6,
    ),
    place=st.sampled_from(["at", "body", "device", "kind", "leaf", "salt", "seq", "other"]),
    deeper=st.booleans(),
    line=st.sampled_from(LINES),
)
def test_it_agrees_with_the_program_on_other_values(value, place, deeper, line):
    told = json.loads(line)
    if deeper and isinstance(told.get("body"), dict):
        told["body"][sorted(told["body"])[len(place) % len(told["body"])]] = value
    else:
        told[place] = value
    altered = json.dumps(told, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
    assert refusal(ALONE.record, altered) == refusal(codec.read_line, altered)
