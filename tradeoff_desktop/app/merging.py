"""Taking bundles in at the centre: one at a time through verification, all in one transaction or nothing.

What is kept of a bundle that went by is its label and its heads, so that the number of bundles does not matter. The
bundles themselves are kept beside the store (``originals``), from which ``rebuild`` makes the store anew.
"""

import hashlib
from collections.abc import Iterator, Sequence
from itertools import chain as chained
from pathlib import Path
from typing import NamedTuple

from tradeoff_desktop.app import editions, judging, originals, standing, taking_in
from tradeoff_desktop.app.desk import moment
from tradeoff_desktop.app.exporting import MOST, Progress, ignore
from tradeoff_desktop.app.files import make_folder, move_file, read_file, reading, remove_files
from tradeoff_desktop.app.judging import Access, Judged
from tradeoff_desktop.app.originals import Kept
from tradeoff_desktop.errors import MachineError, RuleError, TradeoffError
from tradeoff_desktop.exchange.bundle import Bundle
from tradeoff_desktop.exchange.merge import Planner, Trace, Verdict
from tradeoff_desktop.exchange.trust import TrustStore
from tradeoff_desktop.model import chain
from tradeoff_desktop.model import records as r
from tradeoff_desktop.store.register import Receipt
from tradeoff_desktop.store.salvage import salvage
from tradeoff_desktop.store.store import Change, Store

_DONE = {
    "fresh": "new: {new} of {workshop}, signed by {signer}",
    "newer": "newer copy: {new} more, of {workshop}, signed by {signer}",
    "already_held": "already held: {workshop}, signed by {signer}; nothing changes",
}
_WAITS = frozenset({"unknown_signer", "second_lead", "unplanned_lead"})  # refused for now, and put aside


class _Intake:
    """One batch on its way: each file is read, verified, planned on what is held and on those before it, and let go."""

    def __init__(self, store: Store, access: Access, *, kept: Path | None, progress: Progress) -> None:
        self.store, self._access, self._kept, self._progress = store, access, kept, progress
        self.planner = Planner(taking_in.held_by(store, programme=access.programme), heads_of=self._heads_of)
        self._known = {(receipt.device, receipt.seq, receipt.head) for receipt in store.receipts()}
        self.judged: list[Judged] = []
        self.traces: list[Trace | None] = []
        self.receipts: list[Receipt] = []
        self.touched: set[str] = set()
        self.to_cut: set[str] = set()

    def changes(self, queue: Sequence[Path | Kept]) -> Iterator[Change]:
        """What the store must do for each file of ``queue``, as it asks for it; ``progress`` may raise to cancel."""
        for number, one in enumerate(queue):
            self._progress("reading and verifying", number, len(queue))
            change = self._next(one)
            if change is not None:
                yield change
        self._progress("writing", len(queue), len(queue))

    def settle(self) -> Iterator[r.Record]:
        """What must be erased once the batch is in; asked inside the transaction."""
        if self.to_cut and self._kept is not None:
            originals.mark_to_cut(self._kept, self.to_cut)
        return taking_in.doomed(self.store, sorted(self.touched))

    def _heads_of(self, device: str) -> Sequence[str]:
        return chain.heads(self.store.records(device), device=device)

    def _next(self, one: Path | Kept) -> Change | None:
        path = one if isinstance(one, Path) else one.path
        data = b""
        try:
            data = read_file(path, limit=MOST)
            bundle = one.read(self._access) if isinstance(one, Kept) else judging.read(data, self._access)
        except TradeoffError as error:
            self._refuse(one, error, data)
            return None
        verdict = self.planner.plan(bundle)
        if verdict.fault is not None and verdict.outcome == "refused":
            self._refuse(one, verdict.fault, data)
            self.judged[-1] = self.judged[-1].labelled(bundle)
            return None
        self.judged.append(_said(path, bundle, verdict).labelled(bundle))
        self.traces.append(self.planner.seen)
        self._receipt(bundle, verdict, data, one)
        if verdict.outcome == "already_held" and not (verdict.erase or verdict.obliging):
            return None
        self._note_erasures(verdict)
        return taking_in.change(verdict)

    def _refuse(self, one: Path | Kept, error: TradeoffError, data: bytes) -> None:
        found = judging.refused(one if isinstance(one, Path) else one.path, error)
        if error.code in _WAITS and self._kept is not None:
            if not isinstance(one, Kept):
                found = found._replace(outcome="put_aside")
                originals.put_aside(data, store=self._kept, received=self._access.now, reason=error.code)
            elif one.reason != error.code:  # its laptop is enrolled now, and yet it waits: for a ruling
                found = found._replace(outcome="put_aside")
                originals.wait_for(one, error.code)
        self.judged.append(found)
        self.traces.append(None)

    def _receipt(self, bundle: Bundle, verdict: Verdict, data: bytes, one: Path | Kept) -> None:
        """A receipt and an original for each bundle that told the store something; a branch known already is known."""
        place = bundle.info.device, bundle.info.seq, bundle.info.head
        if verdict.outcome not in {"fresh", "newer", "forked"} or (verdict.outcome == "forked" and place in self._known):
            return
        self._known.add(place)
        received, digest = (one.received, one.digest) if isinstance(one, Kept) else (self._access.now, bundle.digest)
        self.receipts.append(Receipt(moment(received), digest, *place, bundle.signer.principal))
        if self._kept is not None:
            reason = "forked" if verdict.outcome == "forked" else ""
            cut = isinstance(one, Kept) and one.cut
            originals.stage(data, store=self._kept, received=received, digest=digest, reason=reason, cut=cut)

    def _note_erasures(self, verdict: Verdict) -> None:
        workshop = verdict.info.workshop
        self.touched.add(workshop)
        if verdict.erase or self.planner.held.workshops[workshop].obliging:
            self.to_cut.add(workshop)


def merge(
    files: Sequence[Path], *, store: Path, access: Access, dry_run: bool = False, progress: Progress = ignore,
) -> list[Judged]:
    """Take verified bundles into the centre's store, in one transaction; those refused are named and left out.

    What waits beside the store is looked at again, and said of it is what has changed. ``progress`` may raise to
    cancel; then, as after any stop, the store is as it was.
    """
    if dry_run:
        return _merge(files, store, access, progress, kept=None)
    originals.settle(store, access)
    try:
        return _merge(files, store, access, progress, kept=store)
    finally:
        originals.settle(store, access)


def _merge(files: Sequence[Path], path: Path, access: Access, progress: Progress, *, kept: Path | None) -> list[Judged]:
    waiting = originals.waiting(path)
    queue: list[Path | Kept] = [*files, *waiting]
    with looked_at(path) as held:
        held.verify()
        intake = _Intake(held, access, kept=kept, progress=progress)
        changes = intake.changes(queue)
        first = next(changes, None)
        if kept is None:
            for _ in changes:
                pass
        if kept is None or first is None:
            stands = standing.of_batch(held, intake.traces, intake.planner.held)
    if kept is not None and first is not None:
        with _centre_store(path) as held:
            held.declare({"practice": _yes(intake.planner.held.practice)})
            intake.store = held
            held.take_in(chained([first], changes), receipts=intake.receipts, settle=intake.settle)
            stands = standing.of_batch(held, intake.traces, intake.planner.held)
    judged = [_with_standing(one, stand) for one, stand in zip(intake.judged, stands, strict=True)]
    looked = list(zip(waiting, judged[len(files):], strict=True))
    if kept is not None:
        originals.release(path, (one for one, found in looked if found.accepted))
    progress("done", len(queue), len(queue))
    return [*judged[: len(files)], *(found for _, found in looked if found.accepted or found.outcome == "put_aside")]


def _said(file: Path, bundle: Bundle, verdict: Verdict) -> Judged:
    if verdict.fault is not None:
        return judging.refused(file, verdict.fault)._replace(outcome=verdict.outcome)
    text = _DONE[verdict.outcome].format(
        new=standing.counted(len(verdict.insert), "record", "records"), workshop=bundle.info.workshop,
        signer=bundle.signer.principal,
    )
    return Judged(file.name, accepted=True, outcome=verdict.outcome, text=text, new=len(verdict.insert))


def _with_standing(found: Judged, stand: standing.Standing) -> Judged:
    return found._replace(**stand._asdict(), text="; ".join([found.text, *stand.says()]))


def looked_at(path: Path) -> Store:
    """The centre's store to plan on; where there is none yet, an empty one in memory. RuleError("not_a_centre_store")."""
    with reading(path.name):
        found = path.exists()
    if not found:
        return Store.create()
    try:
        store = Store.look(path)
    except MachineError as error:
        if error.code != "store_empty":  # a store whose making was cut short is finished by the merge itself
            raise
        return Store.create()
    own = store.own()
    opened = next(iter(store.records(own.device))).body if own is not None else None
    if store.about().get("role", "centre") != "centre" or (isinstance(opened, r.Opened) and opened.role != "centre"):
        store.close()
        raise RuleError("not_a_centre_store", file=path.name)
    return store


def _yes(practice: bool | None) -> str:  # noqa: FBT001 - the one thing it says
    return "yes" if practice else "no"


def _centre_store(path: Path) -> Store:
    """The centre's store to write in, marked as what it is; made where there is none."""
    if path.exists():
        store = Store.open(path)
    else:
        make_folder(path.parent)
        store = Store.create(path)
    store.declare({"role": "centre"})
    return store


# -- the store anew


class Rebuilt(NamedTuple):
    """A store made of the kept bundles. ``same`` is None where the store before cannot be read to compare.

    ``refused`` names kept files that no longer verify, ``missing`` the digests in the register with no kept file,
    ``lost`` how many of the centre's own records could not be brought over.
    """

    bundles: int
    records: int
    same: bool | None
    refused: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    lost: int = 0

    def lines(self) -> list[str]:
        """What a person must know of it."""
        said = [f"Made anew from {standing.counted(self.bundles, 'kept bundle', 'kept bundles')}: {standing.counted(self.records, 'record', 'records')}."]
        if self.same is not None:
            said.append("Every record that counts is the same as in the store before." if self.same else
                        "It does not hold the same records as the store before. Keep both, and find out why before you use either.")
        said += [f"Not taken in, for it no longer verifies: {name}" for name in self.refused]
        said += [f"In the register, but no longer kept: SHA-256 {digest}" for digest in self.missing]
        if self.lost:
            said.append(f"{standing.counted(self.lost, 'record', 'records')} of the central team's own could not be read and are lost.")
        return said


def rebuild(store: Path, *, new: Path, access: Access, progress: Progress = ignore) -> Rebuilt:
    """Make a store anew at ``new`` from what is kept beside ``store``, which may be damaged or gone.

    Each bundle is judged by the moment at which it came in, so an expired or revoked key changes nothing. The
    centre's own records come from ``store``. MachineError("file_exists", "nothing_to_rebuild").
    """
    if new.exists():
        raise MachineError("file_exists", file=new.name)
    before, named = _before(store, access)
    kept = [*originals.taken_in(store), *(one for one in originals.waiting(store) if one.reason == "forked")]
    order = {digest: place for place, digest in enumerate(named)}
    kept.sort(key=lambda one: (order.get(one.digest, len(order)), one.received, one.digest))
    if not kept:
        raise MachineError("nothing_to_rebuild", folder=store.parent.name)
    made = new.with_name(f"{new.name}.part")
    remove_files([made, made.with_name(f"{made.name}-journal")])
    own = salvage(store)
    # What was in before stays in, whatever was taken back or planned since.
    access = access._replace(trust=TrustStore(signers=access.trust.signers), programme=None)
    with _centre_store(made) as held:
        held.append(list(own.records))
        intake = _Intake(held, access, kept=None, progress=progress)
        held.take_in(intake.changes(kept), receipts=intake.receipts, settle=intake.settle)
        held.declare({"practice": _yes(intake.planner.held.practice), **_editions(store)})
        after, records = _digest(held)
    move_file(made, new)
    remove_files([made.with_name(f"{made.name}-journal")])  # empty
    refused = tuple(one.file for one in intake.judged if one.outcome == "refused")
    missing = sorted(set(named) - {one.digest for one in kept})
    return Rebuilt(
        len(kept) - len(refused), records, None if before is None else before == after, refused, tuple(missing),
        max(0, own.had - len(own.records)),
    )


def _editions(store: Path) -> dict[str, str]:
    """What was published from the store that this one replaces, as far as that can be read."""
    try:
        with looked_at(store) as held:
            return editions.notes(held) if store.is_file() else {}
    except MachineError:
        return {}


def _before(store: Path, access: Access) -> tuple[str | None, list[str]]:
    """The digest of the store's dump and what its register names, where it can be read and is sound."""
    try:
        originals.settle(store, access)
        with looked_at(store) as held:
            held.verify()
            return (_digest(held)[0] if store.is_file() else None), [one.file_digest for one in held.receipts()]
    except MachineError:
        return None, []


def _digest(store: Store) -> tuple[str, int]:
    """SHA-256 of the canonical dump, and of how many records it is."""
    whole, number = hashlib.sha256(), 0
    for line in store.dump():
        whole.update(line + b"\n")
        number += 1
    return whole.hexdigest(), number
