"""How bundles stand to what the lead laptop sealed and named (decision 11), in words and as plain values."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from tradeoff_desktop.exchange import merge
from tradeoff_desktop.exchange.merge import Held, Trace
from tradeoff_desktop.model import records as r
from tradeoff_desktop.model.records import Head, Record
from tradeoff_desktop.store.store import Store


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


def of_batch(store: Store, traces: Sequence[Trace | None], held: Held) -> list[Standing]:
    """How each bundle of a batch stands once the batch is in and ``held``; those refused (None) stand nowhere."""
    taken = [one for one in traces if one is not None]
    team = store.own()
    own = [] if team is None else [record for record in store.records(team.device) if record.kind in merge.FRAME]
    by_workshop: dict[str, list[Trace]] = {}
    for one in taken:
        by_workshop.setdefault(one.info.workshop, []).append(one)
    known = {workshop: _known(store, of_it, own, workshop) for workshop, of_it in by_workshop.items()}
    return [Standing() if each is None else _standing(each, known[each.info.workshop], held) for each in traces]


def _known(store: Store, taken: Iterable[Trace], own: Sequence[Record], workshop: str) -> list[Record]:
    """The frame of a workshop's chains as store and batch have it, with the centre's own rulings, in their order."""
    found = {record.key: record for record in [*store.of_kinds(merge.FRAME, workshop=workshop, disputed=False), *own]}
    for one in taken:
        found = {record.key: record for record in one.frame} | found
    return [found[key] for key in sorted(found)]


def _standing(one: Trace, known: Sequence[Record], held: Held) -> Standing:
    leads = {record.device for record in known if isinstance(record.body, r.Opened) and record.body.role == "lead"}
    if one.info.role == "lead":
        return Standing(missing=_missing(one, held))
    marks = [record.body for record in known if record.device in leads and isinstance(record.body, r.Sealed | r.Reopened)]
    if not marks or not isinstance(marks[-1], r.Sealed):
        return Standing(lead=bool(leads))
    sealed = marks[-1].devices
    seal = merge.against_seal(one, sealed)
    waiting = _waiting(one, sealed, known) if seal == "after_seal" else 0
    return Standing(seal=seal, waiting=waiting, lead=bool(leads))


def _waiting(one: Trace, sealed: Iterable[Head], known: Iterable[Record]) -> int:
    """How many records stand beyond the seal on which nobody has ruled."""
    device = one.info.device
    last = next((head.seq for head in sealed if head.device == device), 0)
    rulings = [record.body for record in known if isinstance(record.body, r.Ruling)]
    ruled = {ref.seq for ruling in rulings for ref in [*ruling.keep, *ruling.drop] if ref.device == device}
    return sum(late and seq > last and seq not in ruled for seq, late in enumerate(one.sealable, start=1))


def _missing(lead: Trace, held: Held) -> tuple[str, ...]:
    """The laptops that the lead's seal or its take-ins name and of which less is held."""
    named: dict[str, Head] = {}
    laptops: dict[str, str] = {}
    for record in lead.frame:
        heads = record.body.devices if isinstance(record.body, r.Sealed) else []
        if isinstance(record.body, r.TakenIn):
            heads = [record.body.of]
            laptops[record.body.of.device] = record.body.laptop
        for head in heads:
            if head.device not in named or head.seq > named[head.device].seq:
                named[head.device] = head
    lacking = merge.missing(named.values(), held)
    return tuple(f"{laptops.get(head.device, head.device)} up to record {head.seq}" for head in lacking)
