"""The merge plan: what taking a verified bundle in would do, worked out without doing it.

Merging is a set union of records by (device, seq) in which an erased record absorbs its full form. The plan of a
bundle depends only on the bundle and on what is held; whatever the order or grouping, the records that count are
the same in the end:

- a longer copy of a chain extends the shorter one, a shorter one is already held;
- where two copies of a chain part, both are in dispute from there on (``fork_at`` only ever falls) and only what
  stands before counts, until a ruling (decision 25);
- a withdrawal or a redaction is obeyed as soon as it was seen, even in a disputed part: a person who leaves must
  not have to wait for a ruling. What it names is erased where it is held and on entry where it comes later.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal, NamedTuple

from tradeoff_desktop.errors import TrustError
from tradeoff_desktop.exchange.bag import Info
from tradeoff_desktop.exchange.bundle import Bundle
from tradeoff_desktop.exchange.payload import opened_of
from tradeoff_desktop.model import chain, codec
from tradeoff_desktop.model.fold import to_erase
from tradeoff_desktop.model.kinds import AFTER_SEAL_KINDS, OBLIGING
from tradeoff_desktop.model.records import Head, Record

Outcome = Literal["fresh", "newer", "already_held", "forked", "refused"]
FRAME = frozenset({"opened", "sealed", "reopened", "ruling", "taken_in"})  # what says how a workshop's chains stand together


@dataclass(frozen=True, kw_only=True)
class HeldChain:
    """How far one device's chain is held. ``fork_at`` is the first seq in dispute, 0 where none is."""

    device: str
    workshop: str
    laptop: str
    seq: int
    head: str
    fork_at: int = 0
    role: str = ""
    predecessor: str = ""


@dataclass(frozen=True, kw_only=True)
class HeldWorkshop:
    """What every bundle of a workshop must agree on, and the withdrawals and redactions known of it."""

    area: str
    programme: str
    obliging: tuple[Record, ...] = ()


@dataclass(frozen=True, kw_only=True)
class PlannedWorkshop:
    """What the programme says of a workshop: its area, and the laptops (by principal) that may lead it."""

    area: str
    programme: str
    leads: frozenset[str]


@dataclass(frozen=True, kw_only=True)
class Rulings:
    """What the centre ruled on copies: stores let in (by device), and the leaf chosen where copies part."""

    let_in: frozenset[str] = frozenset()
    branches: Mapping[tuple[str, int], str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Held:
    """What a store holds, as far as a plan needs it. ``pack`` and ``practice`` are unknown in an empty store.

    ``only`` names the one workshop of a laptop's store; "" at the centre. ``planned`` are the workshops of the
    programme, where one is known.
    """

    pack: str = ""
    practice: bool | None = None
    only: str = ""
    chains: Mapping[str, HeldChain] = field(default_factory=dict)
    workshops: Mapping[str, HeldWorkshop] = field(default_factory=dict)
    planned: Mapping[str, PlannedWorkshop] = field(default_factory=dict)
    rulings: Rulings = field(default_factory=Rulings)


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """What taking one bundle in means.

    ``insert``: new records, already erased where something known obliges it. ``erase``: records of this device that
    are held and arrive erased. ``obliging``: withdrawals and redactions not known before, for which the store must
    erase whatever it holds that they name. ``fault``: why it was refused, or how the chain forked.
    """

    outcome: Outcome
    info: Info
    insert: tuple[Record, ...] = ()
    erase: tuple[tuple[str, int], ...] = ()
    obliging: tuple[Record, ...] = ()
    fork_at: int = 0
    fault: TrustError | None = None
    predecessor: str = ""


HeadsOf = Callable[[str], Sequence[str]]  # every head of a held chain, from before its first record on


def plan(bundle: Bundle, held: Held, *, heads_of: HeadsOf) -> Verdict:
    """What taking ``bundle`` in would do to what is ``held``. Nothing is changed; nothing raises for a bundle's sake.

    ``heads_of(device)`` gives the heads of a held chain; it is asked only where the copies do not simply follow.
    """
    predecessor = opened_of(bundle.records).predecessor
    fault = _refusal(bundle.info, held) or _not_leading(bundle.info, predecessor, held)
    if fault is not None:
        return Verdict(outcome="refused", info=bundle.info, fault=fault)
    known = held.workshops.get(bundle.info.workshop)
    before = known.obliging if known else ()
    leaves = {record.header.leaf for record in before}  # not the places: two branches may each hold one in the same
    obliging = tuple(r for r in bundle.records if r.kind in OBLIGING and not r.erased and r.header.leaf not in leaves)
    out = _ruled_out(bundle, held)
    if out is not None:
        known_fork = held.chains[bundle.info.device].fork_at if bundle.info.device in held.chains else 0
        return Verdict(outcome="forked", info=bundle.info, obliging=obliging, fork_at=known_fork, fault=out)
    common, outcome, fork_at = _standing(bundle, held.chains.get(bundle.info.device), heads_of)
    fresh = bundle.records[common:] if outcome in {"fresh", "newer"} else ()
    if outcome == "forked":
        fault = TrustError("forked", at_fault="chain", device=bundle.info.device, seq=fork_at)
    return Verdict(
        outcome=outcome,
        info=bundle.info,
        insert=_on_entry(fresh, [*before, *obliging]),
        erase=tuple(record.key for record in bundle.records[:common] if record.erased),
        obliging=obliging,
        fork_at=fork_at,
        fault=fault,
        predecessor=predecessor,
    )


def advance(held: Held, verdict: Verdict) -> Held:
    """What is held once ``verdict`` was carried out; the same where nothing was to do."""
    if verdict.outcome == "refused":
        return held
    info = verdict.info
    chains, workshops = dict(held.chains), dict(held.workshops)
    if verdict.outcome in {"fresh", "newer"}:
        chains[info.device] = HeldChain(
            device=info.device, workshop=info.workshop, laptop=info.laptop, seq=info.seq, head=info.head,
            role=info.role, predecessor=verdict.predecessor,
        )
    elif info.device in chains:  # not where a copy that was ruled out came first
        chains[info.device] = replace(chains[info.device], fork_at=verdict.fork_at)
    known = workshops.get(info.workshop) or HeldWorkshop(area=info.area, programme=info.programme)
    workshops[info.workshop] = replace(known, obliging=(*known.obliging, *verdict.obliging))
    return replace(held, pack=info.pack, practice=info.practice, chains=chains, workshops=workshops)


class Planner:
    """Plans bundle after bundle, each standing on those before it: the dry run of a take-in, and the take-in itself.

    ``held`` is what is held once the verdicts so far were carried out, ``seen`` the trace of the last bundle.
    """

    def __init__(self, held: Held, *, heads_of: HeadsOf) -> None:
        self.held, self._heads_of = held, heads_of
        self.seen: Trace | None = None
        self._heads: dict[str, Trace] = {}

    def plan(self, bundle: Bundle) -> Verdict:
        """The verdict of the next bundle."""
        verdict = plan(bundle, self.held, heads_of=self._known)
        self.seen = trace(bundle)
        if verdict.insert:
            self._heads[bundle.info.device] = self.seen
        self.held = advance(self.held, verdict)
        return verdict

    def _known(self, device: str) -> Sequence[str]:
        return self._heads[device].heads() if device in self._heads else self._heads_of(device)


def plan_all(bundles: Iterable[Bundle], held: Held, *, heads_of: HeadsOf) -> list[Verdict]:
    """The verdicts of a batch, each bundle standing on those before it."""
    planner = Planner(held, heads_of=heads_of)
    return [planner.plan(bundle) for bundle in bundles]


class Trace(NamedTuple):
    """What is kept of a bundle once it went by: its label, its heads (32 bytes each), the places a seal may leave out."""

    info: Info
    packed: bytes
    sealable: bytes  # a byte a record, 1 for a kind that may come too late
    frame: tuple[Record, ...]

    def heads(self) -> list[str]:
        """Every head of the chain, from before its first record on."""
        return [self.packed[at : at + 32].hex() for at in range(0, len(self.packed), 32)]

    def head(self, seq: int) -> str:
        """The head after record ``seq``."""
        return self.packed[seq * 32 : seq * 32 + 32].hex()


def trace(bundle: Bundle) -> Trace:
    """A bundle in about 33 bytes a record, for what is asked of it when the whole batch is in."""
    heads = chain.heads(bundle.records, device=bundle.info.device)
    return Trace(
        bundle.info, b"".join(map(bytes.fromhex, heads)),
        bytes(record.kind not in AFTER_SEAL_KINDS for record in bundle.records),
        tuple(record for record in bundle.records if record.kind in FRAME),
    )


def missing(named: Iterable[Head], held: Held) -> list[Head]:
    """Of the chains that a lead's ``sealed`` or ``taken_in`` names, those not held, or not as far."""
    return [head for head in named if (found := held.chains.get(head.device)) is None or found.seq < head.seq]


def against_seal(bundle: Trace, sealed: Iterable[Head]) -> Literal["as_sealed", "before_seal", "after_seal", "differs"]:
    """How a bundle stands to what the lead sealed (decision 11).

    "after_seal" goes further than the seal code covers and needs the centre's ruling; "differs" is not the chain
    that was sealed. The lead's own chain holds the seal, so it cannot be named in it.
    """
    if bundle.info.role == "lead":
        return "as_sealed"
    named = next((head for head in sealed if head.device == bundle.info.device), None)
    if named is None:
        return "after_seal"
    if bundle.info.seq < named.seq:
        return "before_seal"
    if bundle.head(named.seq) != named.head:
        return "differs"
    return "as_sealed" if bundle.info.seq == named.seq else "after_seal"


def _refusal(info: Info, held: Held) -> TrustError | None:
    """Why a bundle must not be pooled with what is held, or None."""
    if held.practice is not None and held.practice != info.practice:
        return TrustError("practice_and_real", at_fault="content", practice=info.practice)
    if held.pack and held.pack != info.pack:
        return TrustError("other_pack", at_fault="content", wanted=held.pack, found=info.pack)
    if held.only and held.only != info.workshop:
        return TrustError("other_workshop", at_fault="content", wanted=held.only, found=info.workshop)
    known = held.workshops.get(info.workshop)
    if known is not None and (known.area, known.programme) != (info.area, info.programme):
        return TrustError("workshop_differs", at_fault="content", workshop=info.workshop)
    standing = held.chains.get(info.device)
    if standing is not None and (standing.laptop, standing.workshop) != (info.laptop, info.workshop):
        return TrustError("other_laptop", at_fault="signer", device=info.device, wanted=standing.laptop)
    return None


def _not_leading(info: Info, predecessor: str, held: Held) -> TrustError | None:
    """Why a bundle may not be of this workshop: who came first does not beat the plan, nor is a lead added in silence."""
    plan = held.planned.get(info.workshop)
    if plan is not None and (plan.area, plan.programme) != (info.area, info.programme):
        return TrustError("workshop_differs", at_fault="content", workshop=info.workshop)
    if info.role != "lead" or info.device in held.chains or info.device in held.rulings.let_in:
        return None
    if plan is not None and info.laptop not in plan.leads:
        return TrustError("unplanned_lead", at_fault="signer", workshop=info.workshop, principal=info.laptop)
    leads = [one for one in held.chains.values() if one.workshop == info.workshop and one.role == "lead"]
    one_line = any(predecessor == one.device or one.predecessor == info.device or one.laptop == info.laptop for one in leads)
    if leads and not one_line:
        return TrustError("second_lead", at_fault="signer", workshop=info.workshop, principal=info.laptop, lead=leads[0].laptop)
    return None


def _ruled_out(bundle: Bundle, held: Held) -> TrustError | None:
    """Why a copy does not count although it is whole: the centre chose another where they part."""
    for (device, seq), leaf in held.rulings.branches.items():
        if device == bundle.info.device and seq <= bundle.info.seq and bundle.records[seq - 1].header.leaf != leaf:
            return TrustError("ruled_out", at_fault="chain", device=device, seq=seq)
    return None


def _standing(bundle: Bundle, held: HeldChain | None, heads_of: HeadsOf) -> tuple[int, Outcome, int]:
    """(records in common, outcome, first seq in dispute)."""
    if held is None:
        return 0, "fresh", 0
    info = bundle.info
    if not held.fork_at and (info.seq, info.head) == (held.seq, held.head):
        return info.seq, "already_held", 0
    theirs, ours = chain.heads(bundle.records, device=info.device), heads_of(info.device)
    common = _common(theirs, ours)
    parted = common + 1 if common < min(info.seq, held.seq) else 0
    fork_at = min(filter(None, (held.fork_at, parted)), default=0)
    if fork_at and info.seq >= fork_at:
        return common, "forked", fork_at
    return common, "newer" if info.seq > held.seq else "already_held", fork_at


def _common(theirs: Sequence[str], ours: Sequence[str]) -> int:
    """How many records two chains share from the start: heads agree up to there and never again after."""
    low, high = 0, min(len(theirs), len(ours)) - 1
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if theirs[middle] == ours[middle] else (low, middle - 1)
    return low


def _on_entry(records: Sequence[Record], obliging: Sequence[Record]) -> tuple[Record, ...]:
    """``records`` as they may be stored: erased where a known withdrawal or redaction names them."""
    if not obliging:
        return tuple(records)
    doomed = {record.key for record in to_erase([*obliging, *records])}
    return tuple(codec.erase(record) if record.key in doomed else record for record in records)
