"""Whatever order, grouping or repetition bundles are taken in, the same records count in the end."""

import pytest
from fault_room import STEPS, Room
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tradeoff_desktop.app import taking_in
from tradeoff_desktop.exchange import merge
from tradeoff_desktop.model import chain
from tradeoff_desktop.model import records as r
from tradeoff_desktop.store.store import Store

AT = "2027-03-02T20:00:00.000Z"
often = ("part", "part", "note")  # a fork takes a copy, and both going on
steps = st.lists(
    st.tuples(st.integers(0, 5), st.sampled_from([*sorted(STEPS), *often]), st.integers(0, 11)), min_size=5, max_size=24,
)


def taken_in(*groups):
    """A new store that has taken these groups in, one transaction each."""
    store = Store.create()
    for group in groups:
        taking_in.carry_out(store, taking_in.plan(store, group), at=AT)
    return store


def dump(store):
    with store:
        return list(store.dump())


def grouped(data, bundles):
    """The bundles in a drawn order, some of them twice, in drawn groups."""
    order = data.draw(st.permutations([*bundles, *data.draw(st.lists(st.sampled_from(bundles), max_size=2))]))
    cuts = sorted(data.draw(st.sets(st.integers(1, len(order)), max_size=3)))
    return [order[start:end] for start, end in zip([0, *cuts], [*cuts, len(order)], strict=True) if start < end]


def check_any_order(count, played, data):
    room = Room(count)
    try:
        for step in played:
            room.step(*step)
        bundles = room.bundles
    finally:
        room.close()
    once = dump(taken_in(bundles))
    store = taken_in(*grouped(data, bundles))
    assert list(store.dump()) == once
    check_nobody_who_left_is_held(store, bundles)
    check_chains(store)
    taking_in.carry_out(store, taking_in.plan(store, bundles), at=AT)
    assert dump(store) == once


def check_nobody_who_left_is_held(store, bundles):
    """Not even in a disputed part."""
    seen = [record.body for one in bundles for record in one.records]
    left = {body.seat for body in seen if isinstance(body, r.Withdrawal)}
    gone = {body.of for body in seen if isinstance(body, r.Redaction)}
    for device in store.devices():
        for record in store.records(device.device):
            if isinstance(record.body, r.Rating | r.WrittenAnswer | r.Consent):
                assert record.body.seat not in left
            assert record.erased or record.ref not in gone


def check_chains(store):
    for device in store.devices():
        assert chain.follow(store.records(device.device), device=device.device) == device.head


def examples(number, **more):
    return settings(max_examples=number, suppress_health_check=list(HealthCheck), **more)


@given(count=st.integers(2, 4), played=steps, data=st.data())
@examples(200)
def test_two_hundred_days_merge_alike_in_any_order(count, played, data):
    check_any_order(count, played, data)


@pytest.mark.full
@pytest.mark.timeout(1800)
@given(count=st.integers(2, 4), played=steps, data=st.data())
@examples(2000)
def test_two_thousand_days_merge_alike_in_any_order(count, played, data):
    check_any_order(count, played, data)


def no_chain_check(monkeypatch):
    """Two copies of a chain are taken for the same as far as the shorter one goes."""
    monkeypatch.setattr(merge, "_common", lambda theirs, ours: min(len(theirs), len(ours)) - 1)


def no_settling(monkeypatch):
    """What is held already is not erased for a withdrawal that comes later."""
    monkeypatch.setattr(taking_in, "doomed", lambda *_: ())


def no_memory(monkeypatch):
    """What obliges in a branch that is not held is forgotten."""
    monkeypatch.setattr(Store, "remembered", lambda *_: [])


@pytest.mark.parametrize("bad", [no_chain_check, no_settling, no_memory])
def test_bad_merges_are_found_out(monkeypatch, bad):
    bad(monkeypatch)

    @given(count=st.integers(2, 4), played=steps, data=st.data())
    @examples(200, phases=[Phase.generate], report_multiple_bugs=False)
    def merge_badly(count, played, data):
        check_any_order(count, played, data)

    with pytest.raises(AssertionError):
        merge_badly()


def test_the_days_hold_everything_that_matters():
    """Forks, withdrawals, redactions and prefixes do come about."""
    found = set()

    @given(count=st.integers(2, 4), played=steps, data=st.data())
    @examples(30, phases=[Phase.generate])
    def look(count, played, data):
        room = Room(count)
        for step in played:
            room.step(*step)
        store = taken_in(*grouped(data, room.bundles))
        with store:
            planned = taking_in.plan(store, room.bundles)
            found.update(verdict.outcome for verdict in planned.verdicts)
            found.update(record.kind for one in room.bundles for record in one.records)
            found.update("forked" for device in store.devices() if device.fork_at)
            found.update("erased" for record in store.records() if record.erased)
        room.close()

    look()
    assert {"forked", "already_held", "withdrawal", "redaction", "erasure", "erased", "undo", "clarification"} <= found
