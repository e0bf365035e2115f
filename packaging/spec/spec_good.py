"""Bundles that a reader must accept, one for each stage and form."""

from collections.abc import Iterator, Sequence

import spec_age
import spec_world as world
from spec_forge import Case, lead, small

from tradeoff_desktop.exchange import bundle, container, payload, sealing
from tradeoff_desktop.model import records as r
from tradeoff_desktop.model.kinds import CENTRE_ONLY, KIND_OF
from tradeoff_desktop.model.records import Record


def cases() -> Iterator[Case]:
    """Every good bundle and remainder."""
    bodies = [body for body in _bodies(world.every_kind()) if KIND_OF[type(body)] not in CENTRE_ONLY]
    kinds = world.erased(world.chain_of(bodies, "everykinds"), world.ERASED)
    yield _good("every-kind", "a lead's open bundle: a record of every kind a lead writes, one erased", kinds, stage="open")
    yield _good("sealed", "a lead's sealed bundle", lead(), stage="sealed")
    yield _good("checkpoint", "a checkpoint of a chain that is not sealed", lead()[:3], stage="checkpoint", summary=None)
    yield _good("sealed-checkpoint", "a checkpoint of a sealed chain", lead(), stage="checkpoint", summary=None)
    yield _good("table", "a table laptop's open bundle", small(), by=world.TABLE, stage="open", summary=None)
    one = world.chain_of([world.opened(practice=True, workshop="practice-man-1")], "practicede")
    yield _good("practice", "a practice workshop that has just begun", one, stage="checkpoint", summary=None)
    left = lead(r.Withdrawal(role="lead", seat="105"))
    gone = world.chain_of([*_bodies(left), r.Erasure(role="lead", erased=[left[2].ref], why="withdrawal")], "leaddevice")
    yield _good("withdrawn", "somebody left after sealing: still sealed, their rating erased", world.erased(gone, 3), stage="sealed")
    colons = world.chain_of([world.opened(workshop="MAN:2026_11.a")], "colonsdevi")
    yield _good("colons", "a workshop id with capitals, a colon, a full stop and a line below", colons, stage="checkpoint", summary=None)
    yield from _encrypted()
    yield from _remainders()


def _bodies(records: Sequence[Record]) -> list[r.Body]:
    return [record.body for record in records if record.body is not None]


def _good(
    name: str, what: str, records: Sequence[Record], *, stage: str, by: world.Holder = world.LEAD,
    summary: bytes | None = world.SUMMARY,
) -> Case:
    data = bundle.pack(records, stage=stage, key=by.key, recipients=[], summary=summary)
    return Case(name=f"good-{name}", what=what, data=data, facts=facts_of(records, stage=stage, by=by))


def facts_of(records: Sequence[Record], *, stage: str, by: world.Holder) -> dict[str, object]:
    """What a reader must have found out about a good bundle."""
    return {
        "signer": by.principal,
        "workshop": payload.opened_of(records).workshop,
        "device": records[0].device,
        "stage": stage,
        "seq": len(records),
        "head": world.head_of(records),
        "erased": [record.seq for record in records if record.erased],
    }


def meant_for(readers: Sequence[world.Holder]) -> bytes:
    """The table laptop's bag as it is signed for ``readers``, not yet encrypted to them."""
    recipients = [one.identity.recipient for one in readers]
    # Encrypted for real and opened again: the bag inside is the same bytes whatever age draws.
    sealed = bundle.pack(small(), stage="open", key=world.TABLE.key, recipients=recipients)
    return sealing.decrypt(sealed, [readers[0].identity])


def _encrypted() -> Iterator[Case]:
    readers = [world.CENTRE, world.LEAD]
    identities = [one.identity for one in readers]
    facts = facts_of(small(), stage="open", by=world.TABLE)
    data = spec_age.encrypt(meant_for(readers), identities, "good")
    yield Case(name="good-encrypted", what="encrypted to the centre and the lead", data=data, opened_with=("centre",), facts=facts)
    more = spec_age.encrypt(meant_for(readers), identities, "good with more", more=b"-> unknown-grease 7\nAAAA\n")
    yield Case(
        name="good-encrypted-more", what="the same, with a stanza of a type that a reader passes over", data=more,
        opened_with=("stranger", "lead"), facts=facts,
    )


def _remainders() -> Iterator[Case]:
    signer = world.LEAD
    full = container.read(bundle.pack(lead(), stage="sealed", key=signer.key, recipients=[], summary=world.SUMMARY), bundle.LAYOUTS)
    kept = world.erased(lead(), 3, 4)
    data = remainder_of(full, kept)
    yield Case(
        name="good-remainder", what="what the centre keeps of good-sealed once records 3 and 4 had to go", data=data,
        remainder=True, facts=facts_of(kept, stage="sealed", by=signer),
    )


def remainder_of(files: dict[str, bytes], records: Sequence[Record]) -> bytes:
    """The container of a remainder."""
    names = (bundle.SIGNATURE, bundle.TAGMANIFEST, bundle.INFO)
    return container.write({name: files[name] for name in names} | {payload.RECORDS: payload.lines_of(records)})
