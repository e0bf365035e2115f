"""The program agrees with every vector: it accepts what is good, and refuses what is bad for the reason given."""

import hashlib

import pytest

from tradeoff_desktop.app import taking_in
from tradeoff_desktop.errors import TrustError
from tradeoff_desktop.exchange import (
    bundle,
    comparison,
    keys,
    programme,
    sealing,
    signature,
    tablefile,
    trust,
)
from tradeoff_desktop.model import chain, codec, seats
from tradeoff_desktop.model.kinds import BODIES
from tradeoff_desktop.store.store import Store

RECEIVED = "2026-11-05T09:30:00.000Z"


def outcome_of(act):
    """(code, at_fault) of the refusal, (None, None) where there is none."""
    try:
        act()
    except TrustError as error:
        return error.code, error.facts["at_fault"]
    return None, None


@pytest.fixture(scope="session")
def store(vectors):
    read = trust.read(vectors("allowed_signers").decode())
    return trust.TrustStore(signers=read.signers, revoked=trust.read_revoked(vectors("revoked_keys").decode()))


def test_a_line(lines_case):
    line = bytes.fromhex(lines_case["hex"]) if "hex" in lines_case else lines_case["text"].encode()
    assert outcome_of(lambda: codec.read_line(line)) == (lines_case["code"], lines_case["at_fault"])


def test_a_bundle(bundles_case, vectors, holders, store):
    case = bundles_case
    read = {"bundle": bundle.read, "remainder": bundle.read_remainder}[case["read_as"]]
    identities = [sealing.read_identity(holders[name]["age_secret"]) for name in case["opened_with"]]
    found = []
    result = outcome_of(
        lambda: found.append(
            read(vectors(case["file"]), trust=store, identities=identities, received_at=case["received_at"])
        )
    )
    assert result == (case.get("code"), case.get("at_fault"))
    assert bool(found) is case["accepted"]
    for one in found:
        facts = {
            "signer": one.signer.principal, "workshop": one.info.workshop, "device": one.info.device,
            "stage": one.info.stage, "seq": one.info.seq, "head": one.info.head,
            "erased": [record.seq for record in one.records if record.erased],
        }  # fmt: skip
        assert facts == {name: case[name] for name in facts}


def test_a_parcel(parcels_case, vectors):
    case = parcels_case
    data = vectors(case["file"])

    def read():
        if case["kind"] == "programme":
            programme.read_programme(data, pinned=bytes.fromhex(case["pinned"]) if case["pinned"] else None)
        elif case["kind"] == "enrolment":
            programme.read_enrolment(data)
        else:
            tablefile.read(data, code=case["code_typed"])

    assert outcome_of(read) == (case.get("code"), case.get("at_fault"))
    assert case["accepted"] is ("code" not in case)


def test_a_trust_store(trust_case):
    if trust_case["field"] is None:
        assert len(trust.read(trust_case["text"]).signers) == 1
        return
    with pytest.raises(TrustError) as caught:
        trust.read(trust_case["text"])
    facts = caught.value.facts
    assert (caught.value.code, facts["field"], facts["line"]) == ("bad_trust_line", trust_case["field"], trust_case["line"])


@pytest.mark.parametrize("batch", [False, True])
def test_a_merge(merge_case, vectors, store, batch):
    steps = merge_case["take_in"]
    found = [
        bundle.read(vectors(step["file"]), trust=store, identities=[], received_at=RECEIVED) for step in steps
    ]
    with Store.create() as centre:
        verdicts = []
        for group in [found] if batch else [[one] for one in found]:
            planned = taking_in.plan(centre, group, only=merge_case["only"])
            taking_in.carry_out(centre, planned, at=RECEIVED)
            verdicts += planned.verdicts
        for verdict, step in zip(verdicts, steps, strict=True):
            fault = (verdict.fault.code, verdict.fault.facts["at_fault"]) if verdict.fault else (None, None)
            assert (verdict.outcome, verdict.fork_at, *fault) == tuple(
                step[name] for name in ("outcome", "fork_at", "code", "at_fault")
            )
        counts = {}
        for record in centre.records():
            counts.setdefault(record.device, []).append(f"{record.seq}{'-' if record.erased else ''}")
        assert {device: " ".join(places) for device, places in counts.items()} == merge_case["counts"]
        dump = b"".join(line + b"\n" for line in centre.dump())
    assert hashlib.sha256(dump).hexdigest() == merge_case["dump_sha256"]


def test_a_key(keys_case):
    key = keys.from_seed(bytes.fromhex(keys_case["seed"]))
    assert key.public.hex() == keys_case["public"]
    assert keys.public_line(key.public) == keys_case["public_line"]
    assert keys.fingerprint(key.public) == keys_case["fingerprint"]
    assert " ".join(comparison.key_words(key.public)) == keys_case["words"]
    assert sealing.read_identity(keys_case["age_secret"]).recipient == keys_case["age_recipient"]


def test_the_chain_of_every_kind(vectors):
    told = vectors("chain.json")
    lines = vectors("chain.ndjson").splitlines()
    records = [codec.read_line(line) for line in lines]
    assert {record.kind for record in records} == set(BODIES)
    assert [record.seq for record in records if record.erased] == told["erased"]
    heads = chain.heads(records, device=told["device"])
    assert (heads[0], heads[-1]) == (told["start"], told["head"])
    for record, one in zip(records, told["records"], strict=True):
        assert (record.kind, record.at, record.header.leaf) == (one["kind"], one["at"], one["leaf"])
        assert codec.encode(record.header).decode() == one["header"]
        assert heads[record.seq] == one["head"]
        assert codec.leaf_of(one["salt"], one["body"].encode()) == one["leaf"]
        assert codec.decode(one["body"].encode(), BODIES[one["kind"]])
        assert record.erased or (record.salt, record.raw.decode()) == (one["salt"], one["body"])
    assert " ".join(comparison.seal_words(told["head"])) == told["seal_words"]


def test_words_and_codes(vectors):
    told = vectors("codes.json")
    for one in told["seal_words"]:
        assert " ".join(comparison.seal_words(one["head"])) == one["words"]
    for one in told["workshop_codes"]:
        assert comparison.workshop_code(one["workshop"], bytes.fromhex(one["lead"])) == one["code"]
    for one in told["typed_codes"]:
        if one["code"] is None:
            with pytest.raises(TrustError, match="bad_workshop_code"):
                comparison.read_workshop_code(one["typed"])
        else:
            assert comparison.read_workshop_code(one["typed"]) == one["code"]
    assert [seats.code_of(number) for number in range(1, 100)] == told["seat_codes"]


def test_the_signature(vectors, holders):
    told = vectors("signature.json")
    key = keys.from_seed(bytes.fromhex(holders[told["key"]]["seed"]))
    made = signature.sign(told["message"].encode(), key=key, namespace=told["namespace"])
    assert made.decode() == told["signature"]
    assert signature.verify(told["message"].encode(), made, namespace=told["namespace"]) == key.public
