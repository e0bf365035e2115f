"""Which records count: who may say what, what came too late, what was undone and what was ruled out.

A trusted laptop may run other software. So the rules that acts hold when a record is written are held again here,
when it is folded: only the lead closes, seals and counts heads; a table laptop rules on nothing; what does not match
the chain that was sealed waits for the centre.
"""

from collections.abc import Iterator, Mapping, Sequence

from tradeoff_desktop.model import chain
from tradeoff_desktop.model import records as r
from tradeoff_desktop.model.kinds import AFTER_SEAL_KINDS, may_write, undoable
from tradeoff_desktop.model.records import Record

Key = tuple[str, int]


def too_late(openings: Mapping[str, r.Opened], held: Sequence[Record]) -> set[Key]:
    """What other laptops hold beyond, or other than, what the lead sealed (decision 11); none while it is unsealed."""
    marks = [
        record for record in held
        if isinstance(record.body, r.Sealed | r.Reopened) and _role(openings, record) == "lead"
    ]
    if not marks or not isinstance(marks[-1].body, r.Sealed):
        return set()
    sealed = {head.device: head for head in marks[-1].body.devices}
    until = {marks[-1].device: marks[-1].seq}
    for device in {record.device for record in held} - set(until):
        head = sealed.get(device)
        until[device] = head.seq if head is not None and not _parted(held, head) else 0
    return {
        record.key for record in held
        if record.seq > until[record.device] and record.kind not in AFTER_SEAL_KINDS
        and _role(openings, record) != "centre"
    }


def _parted(held: Sequence[Record], head: r.Head) -> bool:
    """Whether the chain held is another one than was sealed. A shorter one may still be the same."""
    own = sorted((record for record in held if record.device == head.device), key=lambda record: record.seq)
    found = chain.start(head.device)
    for record in own[: head.seq]:
        found = chain.extend(found, record.header)
    return len(own) >= head.seq and found != head.head


def dropped(openings: Mapping[str, r.Opened], held: Sequence[Record], late: set[Key]) -> set[Key]:
    """Everything that does not count, ``late`` included unless the centre kept it.

    ``held`` comes in order of authority, so that the centre's later ruling wins (decision 22).
    """
    out = late | set(_unauthorised(openings, held))
    takeable = {record.key for record in held if undoable(record)}
    for record in held:
        if record.key in out:
            continue
        if isinstance(record.body, r.Undo):
            out |= {(record.device, seq) for seq in record.body.seqs} & takeable
        elif isinstance(record.body, r.Ruling):
            out -= {(ref.device, ref.seq) for ref in record.body.keep}
            out |= {(ref.device, ref.seq) for ref in record.body.drop}
    return out


def _unauthorised(openings: Mapping[str, r.Opened], held: Sequence[Record]) -> Iterator[Key]:
    for record in held:
        role = _role(openings, record)
        if not may_write(role, record.kind):
            yield record.key


def _role(openings: Mapping[str, r.Opened], record: Record) -> str:
    opened = openings.get(record.device)
    return opened.role if opened is not None else ""
