"""The centre's merge under kill -9, and in little memory whatever the number of bundles."""

import os

import merge_kills
import pytest
from fault_runs import at_once

from tradeoff_desktop.app import originals
from tradeoff_desktop.store import store

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="kills need processes that fork")


def test_a_killed_merge_leaves_the_store_as_before_or_after():
    found = merge_kills.run(kills=8, bundles=9, records=5, seed=1)
    assert found["faults"] == []
    assert found["killed before"] > 0
    assert found["kept"] == 12


@pytest.mark.full
def test_a_killed_merge_leaves_the_store_as_before_or_after_at_length():
    found = merge_kills.run(kills=200, bundles=40, records=40, seed=2)
    assert found["faults"] == []
    assert min(found["killed before"], found["killed after"]) > 0


@pytest.mark.full
def test_memory_does_not_grow_with_the_number_of_bundles():
    few, many = at_once(*(["merge_kills.py", "--kills", "0", "--bundles", number, "--records", "400"] for number in ("60", "600")))
    assert few["faults"] == many["faults"] == []
    assert many["memory"] - few["memory"] < 60_000_000


def test_a_merge_that_forgets_the_originals_is_found_out(monkeypatch):
    monkeypatch.setattr(originals, "mark_to_cut", lambda *_: None)
    assert "erased words stand in a file" in merge_kills.run(kills=0, bundles=3, records=1, seed=1)["faults"]


def test_a_merge_in_pieces_is_found_out(monkeypatch):
    whole = store.Store.take_in

    def in_pieces(self, changes, **more):
        for change in changes:
            whole(self, [change], receipts=())
        whole(self, [], **more)

    monkeypatch.setattr(store.Store, "take_in", in_pieces)
    assert merge_kills.run(kills=12, bundles=9, records=5, seed=1)["faults"]
