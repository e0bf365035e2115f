"""Bundles that a trusted key signed and somebody wrote by hand: the program and ``verify.py`` judge them alike.

Whatever stands inside, the reader answers with a refusal that names what is at fault, or with the records.
"""

import importlib.util
import json
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tradeoff_desktop.errors import TrustError
from tradeoff_desktop.exchange import bag, bundle, container, keys, manifest, payload, signature, trust

SPEC = Path(__file__).resolve().parents[2] / "resources" / "spec"
VECTORS = SPEC / "vectors"
AT_FAULT = {"signer", "content", "format", "area", "age", "chain"}
RECEIVED = "2026-11-05T09:30:00.000Z"
LEAD = keys.from_seed(bytes.fromhex(next(
    one["seed"] for one in json.loads((VECTORS / "keys.json").read_text()) if one["name"] == "lead"
)))
TRUST, REVOKED = ((VECTORS / name).read_text() for name in ("allowed_signers", "revoked_keys"))
STORE = trust.TrustStore(signers=trust.read(TRUST).signers, revoked=trust.read_revoked(REVOKED))
GOOD = [
    container.read((VECTORS / "bundles" / f"good-{name}.tradeoff").read_bytes(), bundle.LAYOUTS)
    for name in ("checkpoint", "sealed", "withdrawn")
]
SPEC_OF = importlib.util.spec_from_file_location("verify_alone", SPEC / "verify.py")
ALONE = importlib.util.module_from_spec(SPEC_OF)
SPEC_OF.loader.exec_module(ALONE)
ODD = [
    b"", b"\n", b'"', b"{", b"[[[[[", b",", b"0", b"-0", b"9" * 30, b"1.5", b"null", b"true", b"\x00", b"\xff", b"\xc3\xa9",
    b"e\xcc\x81", b"\xe2\x80\xae", b"\\ud800", b'"a":1,', b"MAN", b"SHF", b"lead", b"sealed", b"erasure",
]


def refusal(act):
    try:
        act()
    except TrustError as why:
        return why.code, why.facts["at_fault"]
    except ALONE.Refused as why:
        return why.code, why.at_fault
    return None, None


def signed(files):
    """These files with every list and the signature right."""
    data = {name: held for name, held in files.items() if name.startswith("data/")}
    tags = {bundle.INFO: files[bundle.INFO], bundle.BAGIT: bag.BAGIT, bundle.MANIFEST: manifest.write(data)}
    listing = manifest.write(tags)
    made = signature.sign(listing, key=LEAD, namespace=signature.BUNDLE)
    return container.write({bundle.SIGNATURE: made, bundle.TAGMANIFEST: listing, **tags, **data})


@st.composite
def spoilt(draw):
    """A good bundle with something put into, taken out of or moved within one of its files."""
    files = dict(draw(st.sampled_from(GOOD)))
    name = draw(st.sampled_from([bundle.INFO, payload.RECORDS, payload.RECORDS, payload.RECORDS, payload.RATINGS, payload.DATAPACKAGE]))
    lines = files[name].split(b"\n")
    for _ in range(draw(st.integers(1, 2))):
        place, how = draw(st.integers(0, len(lines) - 1)), draw(st.sampled_from(["put", "put", "put", "drop", "double", "move"]))
        if how == "put":
            line = lines[place]
            at, size = draw(st.integers(0, len(line))), draw(st.integers(0, 12))
            lines[place] = line[:at] + draw(st.sampled_from(ODD) | st.binary(max_size=4)) + line[at + size :]
        elif how == "drop" and len(lines) > 1:
            del lines[place]
        elif how == "double":
            lines.insert(place, lines[place])
        else:
            lines.append(lines.pop(place))
    files[name] = b"\n".join(lines)
    return signed(files)


def judge_alike(data):
    theirs = refusal(lambda: ALONE.verify(data, TRUST, REVOKED, datetime.fromisoformat(RECEIVED)))
    ours = refusal(lambda: bundle.read(data, trust=STORE, identities=[], received_at=RECEIVED))
    assert ours == theirs
    assert ours[1] in AT_FAULT | {None}


@pytest.mark.parametrize("files", GOOD, ids=["checkpoint", "sealed", "withdrawn"])
def test_what_is_not_spoilt_is_accepted(files):
    assert refusal(lambda: bundle.read(signed(files), trust=STORE, identities=[], received_at=RECEIVED)) == (None, None)


@settings(max_examples=60, deadline=None)
@given(data=spoilt())
def test_both_readers_judge_a_spoilt_inside_alike(data):
    judge_alike(data)


@pytest.mark.full
@pytest.mark.timeout(1800)
@settings(max_examples=4000, deadline=None)
@given(data=spoilt())
def test_both_readers_judge_a_spoilt_inside_alike_at_length(data):
    judge_alike(data)
