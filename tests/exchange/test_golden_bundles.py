"""Bundles of every released format, kept for ever: what was written once is read for ever."""

import hashlib
from pathlib import Path

import pytest

from tradeoff_desktop.exchange import trust

GOLDEN = Path(__file__).parent / "golden"
HEAD = "6bad0da6161301724bec409b84b87096913ecfedd3fe96ce8e3a0772ffb6d0ad"


@pytest.mark.parametrize("name", ["format-1-plain.tradeoff", "format-1-sealed.tradeoff"])
def test_a_golden_bundle_reads_as_it_always_did(world, name):
    store = trust.read((GOLDEN / "allowed_signers").read_text())
    found = world.opening((GOLDEN / name).read_bytes(), store=store)
    assert found.head.head == HEAD
    assert [record.kind for record in found.records] == [
        "opened", "setup", "table", "seat", "rating", "rating", "rating", "undo", "note", "closed", "sealed",
    ]


def test_what_is_written_today_is_still_that_format(plain_bundle):
    golden = (GOLDEN / "format-1-plain.tradeoff").read_bytes()
    assert hashlib.sha256(plain_bundle).hexdigest() == hashlib.sha256(golden).hexdigest()
