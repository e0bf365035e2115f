"""Hostile bundles that a trusted key signed correctly: each is refused or put aside with a reason, and the store stays as it is."""

import hashlib
import json
from datetime import datetime

import pytest
from fault_runs import ROOT

from tradeoff_desktop.app import judging, merging
from tradeoff_desktop.exchange import sealing, trust
from tradeoff_desktop.exchange.trust import TrustStore
from tradeoff_desktop.store.store import Store

VECTORS = ROOT / "resources" / "spec" / "vectors"
RECEIVED = datetime.fromisoformat("2026-11-05T09:30:00.000Z")
HELD = "bundles/good-checkpoint.tradeoff"
OUTCOMES = {"refused", "put_aside", "forked"}


def access(names=()):
    """The trust store of the vectors, and the keys of these holders."""
    store = trust.read((VECTORS / "allowed_signers").read_text())
    identities = [sealing.read_identity(one["age_secret"]) for one in json.loads((VECTORS / "keys.json").read_text()) if one["name"] in names]
    revoked = trust.read_revoked((VECTORS / "revoked_keys").read_text())
    return judging.Access(TrustStore(signers=store.signers, revoked=revoked), tuple(identities), RECEIVED)


@pytest.fixture
def live(tmp_path):
    """A centre's store that holds one good bundle."""
    store = tmp_path / "centre.db"
    (taken,) = merging.merge([VECTORS / HELD], store=store, access=access())
    assert taken.outcome == "fresh"
    return store


def seen(store):
    """The bytes of the store, and what it says."""
    with Store.look(store) as held:
        return hashlib.sha256(store.read_bytes()).hexdigest(), list(held.dump())


def hostile():
    return [one for one in json.loads((VECTORS / "bundles.json").read_text()) if not one["accepted"] and one["read_as"] == "bundle"]


def test_every_hostile_bundle_is_refused_or_put_aside_and_the_store_stays_byte_for_byte(live):
    before, cases = seen(live), hostile()
    assert len(cases) > 80
    judged = []
    for names in {tuple(one["opened_with"]) for one in cases}:
        files = [VECTORS / one["file"] for one in cases if tuple(one["opened_with"]) == names]
        judged += merging.merge(files, store=live, access=access(names))
    assert len(judged) == len(cases)
    assert [one.file for one in judged if one.outcome not in OUTCOMES or not (one.code and one.text and one.at_fault)] == []
    assert seen(live) == before


@pytest.mark.parametrize("alone", [one["file"] for one in hostile() if "chain" in one["file"] or "area" in one["file"]])
def test_alone_it_changes_nothing_either(live, alone):
    before = seen(live)
    (judged,) = merging.merge([VECTORS / alone], store=live, access=access())
    assert judged.outcome in OUTCOMES
    assert seen(live) == before


def test_a_store_that_changed_is_found_out(live):
    """What is looked at does change where a good bundle comes: refusing is not all this could ever see."""
    before = seen(live)
    good = next(one["file"] for one in json.loads((VECTORS / "bundles.json").read_text()) if one["accepted"] and one["file"] != HELD)
    merging.merge([VECTORS / good], store=live, access=access())
    assert seen(live) != before
