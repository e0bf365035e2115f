"""How bundles stand to what the lead laptop sealed and named (decision 11), in words and as plain values."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from tradeoff_desktop.app import taking_in
from tradeoff_desktop.exchange import merge
from tradeoff_desktop.exchange.bundle import Bundle
from tradeoff_desktop.exchange.merge import Held, Verdict
from tradeoff_desktop.model import records as r
from tradeoff_desktop.model.kinds import AFTER_SEAL_KINDS
from tradeoff_desktop.model.records import Head, Record
from tradeoff_desktop.store.store import Store

Key = tuple[str, int]


class Standing(NamedTuple):
    """How one bundle stands. ``seal`` is "" before a seal is known; ``waiting`` counts records without a ruling."""

    seal: str = ""
    waiting: int = 0
    missing: tuple[str, ...] = ()
    lead: bool = True

    def says(self) -> list[str]:
        """What a person at the centre must know; nothing where all is as sealed."""
        said = []
        if self.seal == "after_seal" and self.waiting:
            said.append(f"after seal: {counted(self.waiting, 'record waits', 'records wait')} for a ruling")
        if self.seal == "differs":
            said.append("its chain is not the one that the lead laptop sealed: compare the six words with the paper slip")
        if self.seal == "before_seal":
            said.append("the lead laptop sealed a longer copy: ask for it")
        if self.missing:
            said.append(f"not here yet, though the lead laptop names it: {', '.join(self.missing)}")
        if not self.lead:
            said.append("no bundle of this workshop's lead laptop is here yet")
        return said


def counted(number: int, one: str, many: str) -> str:
    """A number with the noun it needs."""
    return f"{number} {one if number == 1 else many}"


def of_batch(store: Store, bundles: Sequence[Bundle], verdicts: Sequence[Verdict]) -> list[Standing]:
    """How each bundle of a batch stands once the batch is in; those refused stand nowhere."""
    held = taking_in.held_by(store)
    for verdict in verdicts:
        held = merge.advance(held, verdict)
    taken = [one for one, verdict in zip(bundles, verdicts, strict=True) if verdict.outcome != "refused"]
    known = {workshop: _known(store, taken, workshop) for workshop in {one.info.workshop for one in taken}}
    return [
        Standing() if verdict.outcome == "refused" else _standing(one, known[one.info.workshop], held)
        for one, verdict in zip(bundles, verdicts, strict=True)
    ]


def _known(store: Store, taken: Iterable[Bundle], workshop: str) -> list[Record]:
    """What the store and the batch hold of a workshop, with the centre's own rulings, in the order of the chains."""
    own = [record for device in store.devices() if device.own for record in store.records(device.device)]
    found: dict[Key, Record] = {record.key: record for record in [*store.records(workshop=workshop), *own]}
    for one in taken:
        if one.info.workshop == workshop:
            found = {record.key: record for record in one.records} | found
    return [found[key] for key in sorted(found)]


def _standing(one: Bundle, known: Sequence[Record], held: Held) -> Standing:
    leads = {record.device for record in known if isinstance(record.body, r.Opened) and record.body.role == "lead"}
    if one.info.role == "lead":
        return Standing(missing=_missing(one, held))
    marks = [record.body for record in known if record.device in leads and isinstance(record.body, r.Sealed | r.Reopened)]
    if not marks or not isinstance(marks[-1], r.Sealed):
        return Standing(lead=bool(leads))
    sealed = marks[-1].devices
    seal = merge.against_seal(one, sealed)
    waiting = len(_waiting(one, sealed, known)) if seal == "after_seal" else 0
    return Standing(seal=seal, waiting=waiting, lead=bool(leads))


def _waiting(one: Bundle, sealed: Iterable[Head], known: Iterable[Record]) -> list[Record]:
    """The records beyond the seal on which nobody has ruled."""
    last = next((head.seq for head in sealed if head.device == one.info.device), 0)
    rulings = [record.body for record in known if isinstance(record.body, r.Ruling)]
    ruled = {(ref.device, ref.seq) for ruling in rulings for ref in [*ruling.keep, *ruling.drop]}
    late = (record for record in one.records if record.seq > last and record.kind not in AFTER_SEAL_KINDS)
    return [record for record in late if record.key not in ruled]


def _missing(lead: Bundle, held: Held) -> tuple[str, ...]:
    """The laptops that the lead's seal or its take-ins name and of which less is held."""
    named: dict[str, Head] = {}
    laptops: dict[str, str] = {}
    for record in lead.records:
        heads = record.body.devices if isinstance(record.body, r.Sealed) else []
        if isinstance(record.body, r.TakenIn):
            heads = [record.body.of]
            laptops[record.body.of.device] = record.body.laptop
        for head in heads:
            if head.device not in named or head.seq > named[head.device].seq:
                named[head.device] = head
    lacking = merge.missing(named.values(), held)
    return tuple(f"{laptops.get(head.device, head.device)} up to record {head.seq}" for head in lacking)
