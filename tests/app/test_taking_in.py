"""Taking bundles in to a real store: order and grouping change nothing, and no withdrawal is ever forgotten."""

import importlib.util
import itertools
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tradeoff_desktop.app import taking_in
from tradeoff_desktop.exchange import bundle
from tradeoff_desktop.model import codec
from tradeoff_desktop.model import records as r
from tradeoff_desktop.store.store import Store

_SPEC = importlib.util.spec_from_file_location(
    "exchange_world", Path(__file__).parents[1] / "exchange" / "conftest.py",
)
world = importlib.util.module_from_spec(_SPEC)
sys.modules["exchange_world"] = world
_SPEC.loader.exec_module(world)

LAPTOPS = {
    "leaddevice": world.LEAD, "deskdevice": world.DESK, "tableone11": world.laptop("tableone11"),
    "tabletwo22": world.laptop("tabletwo22"),
}
ROLES = {"leaddevice": "lead", "deskdevice": "desk", "tableone11": "table", "tabletwo22": "table"}
TRUST = world.trusted(*LAPTOPS.values())
SEATS = ("105", "216", "327")


def opening_of(device, **more):
    return world.opened(role=ROLES[device], laptop=LAPTOPS[device].principal, **more)


def wrap(records):
    key = LAPTOPS[records[0].device].key
    return world.opening(bundle.pack(records, stage="checkpoint", key=key, recipients=[]), store=TRUST)


def take_in(store, *groups):
    for group in groups:
        taking_in.carry_out(store, taking_in.plan(store, list(group)), at=world.RECEIVED)


def dump_of(*groups):
    with Store.create() as store:
        take_in(store, *groups)
        return list(store.dump())


def chain_of(device, *bodies):
    return world.chain_of([opening_of(device), *bodies], device=device)


def note(text):
    return r.Note(role="lead", text=text, step="talk")


def leaving(seat):
    return r.Withdrawal(role="lead", seat=seat)


@pytest.fixture(scope="module")
def parted():
    """A lead's chain that withdraws seat 216, another branch of it that does not, and a desk that keyed the seat."""
    start = [note("a"), note("b")]
    return {
        "leaves": wrap(chain_of("leaddevice", *start, leaving("216"), note("c"))),
        "other": wrap(chain_of("leaddevice", *start, note("other"), note("x"))),
        "desk": wrap(chain_of("deskdevice", world.rating("216"), world.rating("105"))),
    }


@pytest.mark.parametrize("order", list(itertools.permutations(("leaves", "other", "desk"))))
@pytest.mark.parametrize("together", [False, True])
def test_a_withdrawal_in_a_disputed_branch_is_obeyed_in_any_order(parted, order, together):
    found = [parted[name] for name in order]
    lines = dump_of(found) if together else dump_of(*([one] for one in found))
    assert not [line for line in lines if b'"seat":"216"' in line]
    assert [line for line in lines if b'"seat":"105"' in line]


def test_only_what_stands_before_a_fork_counts(parted):
    with Store.create() as store:
        take_in(store, [parted["leaves"]], [parted["other"]])
        assert [record.seq for record in store.records()] == [1, 2, 3]
        assert [device.fork_at for device in store.devices()] == [4]


def test_a_copy_that_comes_erased_erases_what_is_held():
    full = chain_of("deskdevice", world.rating("105"), world.rating("216"))
    less = world.erased(full, 2)
    with Store.create() as store:
        take_in(store, [wrap(full)], [wrap(less)])
        assert [record.erased for record in store.records()] == [False, True, False, False]


def test_every_bundle_that_tells_something_new_is_receipted_once(parted):
    with Store.create() as store:
        take_in(store, [parted["leaves"]])
        assert [(one.device, one.seq, one.file_digest) for one in store.receipts()] == [
            ("leaddevice", 5, parted["leaves"].digest),
        ]
        take_in(store, [parted["leaves"]], [parted["other"]], [parted["other"]], [parted["leaves"], parted["other"]])
        assert [one.file_digest for one in store.receipts()] == [parted["leaves"].digest, parted["other"].digest]


def test_the_same_branch_twice_in_one_batch_is_receipted_once(parted):
    with Store.create() as store:
        take_in(store, [parted["leaves"], parted["other"], parted["other"]])
        assert len(store.receipts()) == 2


# -- any workshop of two to four devices


@pytest.fixture(scope="module")
def copies():
    """Copies of four chains as they may reach a centre, by device: prefixes, branches, erasures, redactions."""
    note_a = chain_of("leaddevice", note("a"))[1].ref
    rows = {
        "leaddevice": [
            [note("a"), note("b"), leaving("216"), note("c")], [note("a"), note("other"), leaving("105"), note("x")],
            [note("a"), note("b"), leaving("216"), note("d"), leaving("327")],
        ],
        "deskdevice": [
            [*(world.rating(seat) for seat in SEATS), r.Redaction(role="desk", of=note_a)],
            [world.rating("105"), world.rating("105", answer="2", replaces=2), r.Redaction(role="desk", of=note_a)],
        ],
        "tableone11": [[*(world.rating(seat, sheet=3) for seat in SEATS)], [leaving("327"), world.rating("216", sheet=3)]],
        "tabletwo22": [[world.rating("216", sheet=4), note("words"), world.rating("327", sheet=4)]],
    }
    found = {}
    for device, branches in rows.items():
        chains = [chain_of(device, *branch) for branch in branches]
        whole = [wrap(one[:length]) for one in chains for length in {2, 3, len(one) - 1, len(one)}]
        rated = [record.seq for record in chains[0] if record.kind == "rating"]
        found[device] = [*whole, *([wrap(world.erased(chains[0], rated[0]))] if rated else [])]
    return found


def grouped(data, found):
    """The same bundles in an order and in parts of hypothesis's choosing, some of them twice."""
    order = data.draw(st.permutations([*found, *data.draw(st.lists(st.sampled_from(found), max_size=3))]))
    cuts = sorted(data.draw(st.sets(st.integers(0, len(order)), max_size=4)))
    return [order[a:b] for a, b in itertools.pairwise([0, *cuts, len(order)])]


@settings(max_examples=60)
@given(data=st.data())
def test_any_order_in_any_parts_gives_the_same_dump(copies, data):
    devices = data.draw(st.lists(st.sampled_from(sorted(copies)), min_size=2, max_size=4, unique=True))
    numbers = st.lists(st.integers(0, 8), min_size=1, max_size=4, unique=True)
    found = [copies[device][n % len(copies[device])] for device in devices for n in data.draw(numbers)]
    first, second = dump_of(*grouped(data, found)), dump_of(*grouped(data, found))
    assert first == second
    seen = [record for one in found for record in one.records]
    gone = {record.body.seat for record in seen if isinstance(record.body, r.Withdrawal)}
    kept = {body.seat for body in (codec.read_line(line).body for line in first) if isinstance(body, r.Rating)}
    assert not gone & kept
