"""Taking bundles in: the same merge for the lead in the room and for the centre.

Reading and planning change nothing; carrying a plan out is one transaction for the whole batch.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from tradeoff_desktop.exchange import merge
from tradeoff_desktop.exchange.bundle import Bundle
from tradeoff_desktop.exchange.merge import (
    Held,
    HeldChain,
    HeldWorkshop,
    PlannedWorkshop,
    Rulings,
    Verdict,
)
from tradeoff_desktop.model import chain
from tradeoff_desktop.model import records as r
from tradeoff_desktop.model.fold import to_erase
from tradeoff_desktop.model.kinds import OBLIGING
from tradeoff_desktop.model.programme import Programme
from tradeoff_desktop.model.records import Opened, Record
from tradeoff_desktop.model.workshop import Workshop
from tradeoff_desktop.store.register import Receipt
from tradeoff_desktop.store.store import Change, Store

CENTRE = "centre"  # what the centre's own chain belongs to


class Planned(NamedTuple):
    """A batch and what taking it in would do, bundle by bundle."""

    bundles: tuple[Bundle, ...]
    verdicts: tuple[Verdict, ...]


def held_by(store: Store, *, only: str = "", programme: Programme | None = None) -> Held:
    """What ``store`` holds, as the merge plan needs it. ``only`` names the one workshop of a laptop's store.

    ``programme`` is the plan that new workshops are held against, where one is known.
    """
    chains: dict[str, HeldChain] = {}
    workshops: dict[str, HeldWorkshop] = {}
    pack, practice = "", None
    for device in store.devices():
        opened = next(iter(store.records(device.device))).body
        if not isinstance(opened, Opened) or opened.role == "centre":
            continue
        pack, practice = opened.pack, opened.practice
        chains[device.device] = HeldChain(
            device=device.device, workshop=device.workshop, laptop=opened.laptop, seq=device.seq, head=device.head,
            fork_at=device.fork_at, role=opened.role, predecessor=opened.predecessor,
        )
        if device.workshop not in workshops:
            workshops[device.workshop] = HeldWorkshop(
                area=opened.area, programme=opened.programme, obliging=tuple(obliging(store, device.workshop)),
            )
    return Held(
        pack=pack, practice=practice, only=only, chains=chains, workshops=workshops, planned=_planned(programme),
        rulings=_rulings(store),
    )


def _planned(programme: Programme | None) -> dict[str, PlannedWorkshop]:
    if programme is None:
        return {}
    return {
        session.id: PlannedWorkshop(
            area=session.area, programme=programme.id,
            leads=frozenset(one.principal for one in programme.laptops if one.area == session.area),
        )
        for session in programme.sessions
    }


def _rulings(store: Store) -> Rulings:
    """The centre's own rulings on whole copies: a store kept by its first record, a branch by the record where it parts."""
    own = store.own()
    records = [] if own is None else list(store.records(own.device))
    if not records or not isinstance(records[0].body, Opened) or records[0].body.role != "centre":
        return Rulings()
    rulings = [record.body for record in records if isinstance(record.body, r.Ruling)]
    dropped = {(ref.device, ref.seq): ref.leaf for ruling in rulings for ref in ruling.drop}
    kept = {(ref.device, ref.seq): ref.leaf for ruling in rulings for ref in ruling.keep}
    return Rulings(
        let_in=frozenset(device for device, seq in kept if seq == 1),
        branches={place: leaf for place, leaf in kept.items() if dropped.get(place, leaf) != leaf},
    )


def obliging(store: Store, workshop: str) -> Iterator[Record]:
    """Every withdrawal and redaction ever seen of a workshop: what is disputed since then still obliges.

    With them the withdrawals of this workshop that the central team wrote in its own chain.
    """
    yield from store.of_kinds(OBLIGING, workshop=workshop, disputed=True)
    yield from store.remembered(workshop)
    for record in store.of_kinds({"withdrawal"}, workshop=CENTRE, disputed=True) if workshop != CENTRE else ():
        if isinstance(record.body, r.Withdrawal) and record.body.workshop == workshop:
            yield record


def plan(store: Store, bundles: Sequence[Bundle], *, only: str = "") -> Planned:
    """The dry run: what each bundle would do, each standing on those before it."""
    def heads_of(device: str) -> Sequence[str]:
        return chain.heads(store.records(device), device=device)

    verdicts = merge.plan_all(bundles, held_by(store, only=only), heads_of=heads_of)
    return Planned(tuple(bundles), tuple(verdicts))


def carry_out(store: Store, planned: Planned, *, at: str) -> None:
    """Carry a plan out in one transaction; bundles that were refused are left out, each of the others is receipted."""
    done = [(b, v) for b, v in zip(planned.bundles, planned.verdicts, strict=True) if v.outcome != "refused"]
    touched = sorted({verdict.info.workshop for _, verdict in done})
    store.take_in(
        [change(verdict) for _, verdict in done],
        receipts=_receipts(store, done, at=at),
        settle=lambda: doomed(store, touched),
    )


def _receipts(store: Store, done: Iterable[tuple[Bundle, Verdict]], *, at: str) -> list[Receipt]:
    """A receipt for each bundle that told this store something; a branch known already is receipted once only."""
    known = {(receipt.device, receipt.seq, receipt.head) for receipt in store.receipts()}
    found = []
    for bundle, verdict in done:
        info = bundle.info
        place = info.device, info.seq, info.head
        if verdict.outcome in {"fresh", "newer"} or (verdict.outcome == "forked" and place not in known):
            known.add(place)
            found.append(Receipt(at, bundle.digest, *place, bundle.signer.principal))
    return found


def change(verdict: Verdict) -> Change:
    """What a verdict means for the store; what obliges in a branch that is not held is remembered."""
    return Change(
        device=verdict.info.device, workshop=verdict.info.workshop, insert=verdict.insert, erase=verdict.erase,
        remember=verdict.obliging if verdict.outcome == "forked" else (), fork_at=verdict.fork_at,
    )


def doomed(store: Store, workshops: Iterable[str], more: Iterable[Record] = ()) -> Iterator[Record]:
    """What the withdrawals and redactions now known, and ``more``, oblige this store to erase, disputed parts included."""
    for workshop in workshops:
        known = [*obliging(store, workshop), *store.borrowed(), *more]
        if known:
            whole = [record for device in store.devices() if device.workshop == workshop
                     for record in store.records(device.device)]
            yield from (record for record in to_erase([*known, *whole]) if not record.erased)


def wordings_after(store: Store, workshop: str, *, role: r.Role) -> list[r.Body]:
    """Redactions of the notes held that took the place of one that was redacted: a note moved or mended is still that note.

    Whoever redacted it may not have had them.
    """
    known = [*obliging(store, workshop), *store.borrowed()]
    named = {(record.body.of.device, record.body.of.seq) for record in known if isinstance(record.body, r.Redaction)}
    found: list[r.Body] = []
    for device in sorted({device for device, _ in named}):
        for record in store.records(device):
            body = record.body
            if isinstance(body, r.Note) and body.replaces and (device, body.replaces) in named and record.key not in named:
                named.add(record.key)
                found.append(r.Redaction(role=role, of=record.ref))
    return found


def places(store: Store, records: Iterable[Record]) -> frozenset[tuple[str, int]]:
    """Where those records stand, and where two copies part: a bundle kept may hold the copy that is not held here."""
    parted = {(device.device, device.fork_at) for device in store.devices() if device.fork_at}
    return frozenset(parted.union(record.key for record in records))


def left_elsewhere(state: Workshop, own: Iterable[Record], *, role: r.Role) -> list[r.Body]:
    """Who left at another laptop, to be said in the lead's own chain: its table file holds no other's records."""
    said = {record.body.seat for record in own if isinstance(record.body, r.Withdrawal)}
    left = [r.Withdrawal(role=role, seat=seat) for seat in sorted(state.withdrawn - said)]
    return [body for body in left if state.sense.makes_sense(body)]


def receipts_for_lead(planned: Planned, *, role: r.Role) -> list[r.Body]:
    """The lead's own records that name each bundle it took in, once per bundle (decision 16)."""
    return [
        r.TakenIn(role=role, of=bundle.head, laptop=bundle.info.laptop)
        for bundle, verdict in zip(planned.bundles, planned.verdicts, strict=True)
        if verdict.outcome in {"fresh", "newer"}
    ]
