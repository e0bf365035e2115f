"""The merge as a union: whatever the order or grouping, the same records count in the end."""

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tradeoff_desktop.exchange import bundle, merge
from tradeoff_desktop.model import chain, codec
from tradeoff_desktop.model import fold as folding
from tradeoff_desktop.model import records as r


class Centre:
    """The least that carries verdicts out: what ``store`` does with SQL."""

    def __init__(self, only=""):
        self.records = {}
        self.held = merge.Held(only=only)

    def heads_of(self, device):
        return chain.heads([rec for key, rec in sorted(self.records.items()) if key[0] == device], device=device)

    def take_in(self, *found):
        return [self._one(each) for each in found]

    def _one(self, found):
        verdict = merge.plan(found, self.held, heads_of=self.heads_of)
        for record in verdict.insert:
            assert record.key not in self.records
            self.records[record.key] = record
        doomed = list(verdict.erase)
        if verdict.obliging:
            devices = {c.device for c in self.held.chains.values() if c.workshop == found.info.workshop}
            mine = [rec for rec in self.records.values() if rec.device in devices | {found.info.device}]
            doomed += [record.key for record in folding.to_erase([*verdict.obliging, *mine]) if record.key in self.records]
        for key in doomed:
            self.records[key] = codec.erase(self.records[key])
        self.held = merge.advance(self.held, verdict)
        return verdict

    def dump(self):
        forks = {device: held.fork_at for device, held in self.held.chains.items()}
        counted = [rec for _, rec in sorted(self.records.items()) if not forks[rec.device] or rec.seq < forks[rec.device]]
        return b"\n".join(map(codec.line, counted))


def outcomes(verdicts):
    return [verdict.outcome for verdict in verdicts]


@pytest.fixture(scope="session")
def wrap(world):
    """Make a verified bundle of records, as a checkpoint of the lead or of another laptop."""

    def make(records, laptop=world.LEAD):
        return world.opening(bundle.pack(records, stage="checkpoint", key=laptop.key, recipients=[]))

    return make


@pytest.fixture(scope="session")
def copies(world, wrap):
    """Every copy the world has seen of two chains of one workshop and one of another: prefixes, forks, erasures."""
    lead = [world.opened(), world.note("a"), world.rating(), world.rating(item="DEC"), world.note("e"), world.rating(sheet=4)]
    left = [*lead, r.Withdrawal(role="lead", seat="216"), world.note("f"), world.note("g")]
    # The two branches each hold a withdrawal in the same place, so neither may hide the other.
    parted = [*lead[:4], world.note("other"), world.note("h"), r.Withdrawal(role="lead", seat="105"), world.note("i")]
    early = [*lead[:2], world.note("quite another")]
    desk_opened = world.opened(role="desk", laptop=world.DESK.principal)
    desk = [desk_opened, world.rating("216", item="PB"), world.rating("105", item="PB"), world.rating("327", item="PB")]
    note = world.chain_of(lead)[1].ref
    redacting = [*desk, r.Redaction(role="desk", of=note), world.rating("105", item="PR")]
    elsewhere = [world.opened(workshop="man-2026-12"), world.rating("105"), world.note("elsewhere")]
    found = [wrap(world.chain_of(left)[:length]) for length in (1, 4, 6, 7, 9)]
    found += [wrap(world.chain_of(parted)[:length]) for length in (5, 7, 8)]
    found += [wrap(world.chain_of(early))]
    found += [wrap(world.erased(world.chain_of(left[:6]), 3)), wrap(world.erased(world.chain_of(parted[:5]), 2, 5))]
    found += [wrap(world.chain_of(redacting, device="deskdevice")[:length], world.DESK) for length in (2, 4, 6)]
    found += [wrap(world.erased(world.chain_of(desk, device="deskdevice"), 4), world.DESK)]
    return [*found, wrap(world.chain_of(elsewhere, device="thirddevic"))]


# -- one bundle after another


def test_a_fresh_bundle_brings_all_its_records(wrap, lead_records):
    centre = Centre()
    verdict = centre.take_in(wrap(lead_records))[0]
    assert (verdict.outcome, list(verdict.insert), verdict.fault) == ("fresh", lead_records, None)
    assert centre.held.pack == "ab" * 32
    assert centre.held.practice is False


def test_the_same_bundle_again_changes_nothing_and_says_so(wrap, lead_records):
    centre = Centre()
    centre.take_in(wrap(lead_records))
    before = centre.dump(), centre.held
    verdict = centre.take_in(wrap(lead_records))[0]
    assert (verdict.outcome, verdict.insert, verdict.erase, verdict.obliging) == ("already_held", (), (), ())
    assert (centre.dump(), centre.held) == before


def test_a_longer_copy_brings_what_is_new_and_a_shorter_one_nothing(wrap, lead_records):
    centre = Centre()
    verdicts = centre.take_in(wrap(lead_records[:4]), wrap(lead_records), wrap(lead_records[:2]))
    assert outcomes(verdicts) == ["fresh", "newer", "already_held"]
    assert list(verdicts[1].insert) == lead_records[4:]


def test_where_copies_part_only_the_common_beginning_counts(world, wrap, lead_records):
    centre = Centre()
    other = world.chain_of([*world.lead_bodies()[:4], world.note("another"), world.note("end")])
    verdicts = centre.take_in(wrap(lead_records[:8]), wrap(other))
    assert outcomes(verdicts) == ["fresh", "forked"]
    assert (verdicts[1].fork_at, verdicts[1].fault.code, verdicts[1].insert) == (5, "forked", ())
    assert centre.dump().count(b"\n") == 3
    # What follows either branch is in dispute with it; what stands before is not.
    later = centre.take_in(wrap(lead_records), wrap(lead_records[:8]), wrap(other[:5]), wrap(lead_records[:4]))
    assert outcomes(later) == ["forked", "forked", "forked", "already_held"]


def test_a_fork_never_heals_and_only_moves_down(world, wrap, lead_records):
    centre = Centre()
    at_eight = world.chain_of([*world.lead_bodies()[:7], world.note("x")])
    at_three = world.chain_of([*world.lead_bodies()[:2], world.note("y")])
    verdicts = centre.take_in(wrap(lead_records), wrap(at_eight), wrap(at_three), wrap(at_eight))
    assert [verdict.fork_at for verdict in verdicts] == [0, 8, 3, 3]


def test_an_erased_record_absorbs_its_full_form_either_way(world, wrap, lead_records):
    full, less = wrap(lead_records[:6]), wrap(world.erased(lead_records[:6], 5))
    for order in ([full, less], [less, full], [full, less, full]):
        centre = Centre()
        centre.take_in(*order)
        assert centre.records["leaddevice", 5].erased
        assert not centre.records["leaddevice", 6].erased


def test_a_withdrawal_erases_what_is_held_and_what_comes_late(world, wrap):
    desk = world.chain_of(
        [world.opened(role="desk", laptop=world.DESK.principal), world.rating("216"), world.rating("105")], device="deskdevice",
    )
    lead = world.chain_of([world.opened(), r.Withdrawal(role="lead", seat="216")])
    other = world.chain_of([world.opened(workshop="man-2026-12"), world.rating("216")], device="thirddevic")
    dumps = set()
    for order in itertools.permutations([wrap(desk, world.DESK), wrap(lead), wrap(other)]):
        centre = Centre()
        centre.take_in(*order)
        assert [key for key, record in sorted(centre.records.items()) if record.erased] == [("deskdevice", 2)]
        dumps.add(centre.dump())
    assert len(dumps) == 1


# -- what must never be pooled


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"pack": "cd" * 32}, "other_pack"),
        ({"workshop": "practice-man", "practice": True}, "practice_and_real"),
        ({"programme": "prog-2"}, "workshop_differs"),
    ],
)
def test_what_does_not_belong_together_is_refused(world, wrap, change, code):
    centre = Centre()
    stranger = world.chain_of([world.opened(**change)], device="otherdevic")
    first, second = centre.take_in(wrap(world.chain_of([world.opened()])), wrap(stranger))
    assert (first.outcome, second.outcome, second.fault.code) == ("fresh", "refused", code)
    assert set(centre.held.chains) == {"leaddevice"}


def test_another_laptops_chain_under_a_held_devices_name_is_refused_and_forks_nothing(world, wrap, lead_records):
    centre = Centre()
    impostor = world.chain_of([world.opened(role="desk", laptop=world.DESK.principal)])
    verdicts = centre.take_in(wrap(lead_records), wrap(impostor, world.DESK))
    assert (verdicts[1].outcome, verdicts[1].fault.code) == ("refused", "other_laptop")
    assert centre.held.chains["leaddevice"].fork_at == 0


def test_a_lead_laptop_takes_in_its_own_workshop_only(world, wrap):
    centre = Centre(only="man-2026-11")
    verdicts = centre.take_in(
        wrap(world.chain_of([world.opened(workshop="man-2026-12")], device="otherdevic")),
        wrap(world.chain_of([world.opened()])),
    )
    assert outcomes(verdicts) == ["refused", "fresh"]
    assert verdicts[0].fault.code == "other_workshop"


# -- order and grouping


def dump_of(found):
    centre = Centre()
    centre.take_in(*found)
    return centre.dump()


def test_the_copies_below_fork_erase_and_withdraw(copies):
    centre = Centre()
    seen = set(outcomes(centre.take_in(*copies, *copies)))
    assert seen == {"fresh", "newer", "already_held", "forked"}
    assert any(record.erased for record in centre.records.values())


@settings(max_examples=200)
@given(data=st.data())
def test_any_order_any_subset_twice_gives_the_same_dump(copies, data):
    chosen = data.draw(st.lists(st.sampled_from(range(len(copies))), unique=True))
    first = data.draw(st.permutations(chosen))
    second = data.draw(st.permutations(chosen + data.draw(st.lists(st.sampled_from(chosen), max_size=5)) if chosen else []))
    assert dump_of([copies[n] for n in first]) == dump_of([copies[n] for n in second])


@pytest.mark.full
@settings(max_examples=2000)
@given(data=st.data())
def test_any_order_any_subset_twice_gives_the_same_dump_at_length(copies, data):
    order = data.draw(st.permutations(range(len(copies))))
    again = data.draw(st.lists(st.sampled_from(order), max_size=10))
    assert dump_of([copies[n] for n in order]) == dump_of([copies[n] for n in again + sorted(order)])


@settings(max_examples=50)
@given(data=st.data())
def test_the_dry_run_says_what_the_take_in_then_does(copies, data):
    order = data.draw(st.permutations(range(len(copies))))
    cut = data.draw(st.integers(0, len(copies)))
    centre = Centre()
    centre.take_in(*(copies[n] for n in order[:cut]))
    rest = [copies[n] for n in order[cut:]]
    planned = merge.plan_all(rest, centre.held, heads_of=centre.heads_of)
    assert outcomes(planned) == outcomes(centre.take_in(*rest))


def test_planning_changes_nothing(copies):
    centre = Centre()
    centre.take_in(copies[0])
    before = centre.dump(), centre.held
    merge.plan_all(copies, centre.held, heads_of=centre.heads_of)
    assert (centre.dump(), centre.held) == before


# -- the seal


def test_what_the_lead_named_and_nobody_brought_is_missing(wrap, lead_records):
    centre = Centre()
    centre.take_in(wrap(lead_records[:5]))
    held = r.Head(device="leaddevice", seq=5, head="00" * 32)
    longer = r.Head(device="leaddevice", seq=6, head="00" * 32)
    absent = r.Head(device="deskdevice", seq=1, head="00" * 32)
    assert merge.missing([held, longer, absent], centre.held) == [longer, absent]


@pytest.mark.parametrize(
    ("length", "standing"), [(2, "before_seal"), (3, "as_sealed"), (4, "after_seal")],
)
def test_a_bundle_is_held_against_the_seal(world, wrap, length, standing):
    bodies = [world.opened(role="desk", laptop=world.DESK.principal), world.rating(), world.rating("216"), world.note()]
    records = world.chain_of(bodies, device="deskdevice")
    sealed = [r.Head(device="deskdevice", seq=3, head=chain.heads(records, device="deskdevice")[3])]
    found = wrap(records[:length], world.DESK)
    assert merge.against_seal(merge.trace(found), sealed) == standing
    assert merge.against_seal(merge.trace(found), []) == "after_seal"
    if length >= 3:
        assert merge.against_seal(merge.trace(found), [r.Head(device="deskdevice", seq=3, head="00" * 32)]) == "differs"


def test_the_leads_own_chain_holds_the_seal(wrap, lead_records):
    assert merge.against_seal(merge.trace(wrap(lead_records)), []) == "as_sealed"


def test_a_redaction_erases_the_note_it_names_and_nothing_else(world, wrap):
    lead = world.chain_of([world.opened(), world.note("a"), world.rating(), world.note("b"), r.Closed(role="lead")])
    wrong = r.Ref(device="leaddevice", seq=4, leaf=lead[1].header.leaf)
    desk = [world.opened(role="desk", laptop=world.DESK.principal)]
    desk += [r.Redaction(role="desk", of=ref) for ref in (*(lead[n].ref for n in (0, 1, 2, 4)), wrong)]
    insider = wrap(world.chain_of(desk, device="deskdevice"), world.DESK)
    for order in ([insider, wrap(lead)], [wrap(lead), insider]):
        centre = Centre()
        centre.take_in(*order)
        assert [key for key, record in centre.records.items() if record.erased] == [("leaddevice", 2)]
