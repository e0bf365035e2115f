"""Clocks decide nothing: not the order of records, nor what they add up to, nor what a merge does."""

import itertools
import random
from datetime import timedelta

import pytest
from fault_day import SESSION, steady, surroundings
from fault_room import STEPS, Room, lead_start
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tradeoff_desktop.app import content, taking_in
from tradeoff_desktop.app.desk import Desk
from tradeoff_desktop.model import capture
from tradeoff_desktop.model import fold as folding
from tradeoff_desktop.model import records as r
from tradeoff_desktop.store import store as stores
from tradeoff_desktop.store.store import Store

TEN_YEARS = timedelta(days=3652)
AT = "2027-03-02T20:00:00.000Z"
# By the place of a laptop: ten years ahead, ten behind, stepping back all the time, and standing still.
CLOCKS = (
    lambda look: TEN_YEARS + timedelta(seconds=look),
    lambda look: timedelta(seconds=look) - TEN_YEARS,
    lambda look: -timedelta(hours=look),
    lambda _: timedelta(0),
    lambda look: timedelta(days=random.Random(look).randint(-3000, 3000)),  # noqa: S311 - a clock gone mad, no secret
)
steps = st.lists(
    st.tuples(st.integers(0, 5), st.sampled_from(sorted(STEPS)), st.integers(0, 11)), min_size=6, max_size=30,
)


def played(count, story, clocks):
    """What a day comes to in the end at the centre: everything but the times."""
    room = Room(count, clocks)
    try:
        for step in story:
            room.step(*step)
        bundles = room.bundles
    finally:
        room.close()
    with Store.create() as store:
        planned = taking_in.plan(store, bundles)
        taking_in.carry_out(store, planned, at=AT)
        state = folding.fold(store.records(workshop=SESSION.id), content.shipped())
        records = [(*record.key, record.kind, record.header.leaf, record.raw) for record in store.records()]
    verdicts = [(one.outcome, one.info.device, one.info.seq, one.fork_at, len(one.insert), one.erase) for one in planned.verdicts]
    return records, verdicts, list(state.answers()), told(state)


def told(state):
    parts = ("seats", "consents", "tables", "withdrawn", "dropped", "after_seal", "exposures", "step", "closed", "sealed")
    live = {kind: sorted(found) for kind, found in state.live.items() if found}
    return {part: getattr(state, part) for part in parts} | {"live": live}


@given(count=st.integers(2, 4), story=steps)
@settings(max_examples=25, suppress_health_check=list(HealthCheck))
def test_a_day_by_mad_clocks_comes_to_the_same(count, story):
    assert played(count, story, lambda place: CLOCKS[place % len(CLOCKS)]) == played(count, story, lambda _: steady)


def test_a_store_that_goes_by_the_clock_is_found_out(monkeypatch):
    monkeypatch.setattr(stores, "_ALL", stores._ALL.replace("ORDER BY device, records.seq", "ORDER BY at"))
    story = [(0, "note", 1), (1, "rate", 1), (0, "note", 2)]
    assert played(2, story, lambda place: CLOCKS[place]) != played(2, story, lambda _: steady)


@pytest.mark.parametrize("clock", CLOCKS)
def test_undo_after_a_restart_takes_back_one_act_by_any_clock(clock):
    with Store.create() as store:
        store.append(list(lead_start()))
        desk = Desk.resume(store, content.shipped(), surroundings("c", clock))
        for text in ("One", "Two", "Three"):
            desk.do(capture.note, r.Note(role="lead", text=text, step="anchor_talk"))
        again = Desk.resume(store, content.shipped(), surroundings("d", clock))
        for left in (["One", "Two"], ["One"]):
            again.undo()
            assert [body.text for _, body in again.state.bodies(r.Note)] == left


def test_a_clock_that_stands_still_gives_every_act_a_time_of_its_own():
    with Store.create() as store:
        store.append(list(lead_start()))
        desk = Desk.resume(store, content.shipped(), surroundings("c", lambda _: timedelta(0)))
        before = len(lead_start())
        for _ in range(5):
            desk.do(capture.note, r.Note(role="lead", text="Said so", step="anchor_talk"))
        times = [record.at for record in store.records()][before:]
        assert all(one != another for one, another in itertools.pairwise(times))
