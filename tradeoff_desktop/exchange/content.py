"""What a device's whole chain must hold to, whoever signed it: the rules a hostile but trusted key might break."""

from collections.abc import Sequence

from tradeoff_desktop.errors import TrustError
from tradeoff_desktop.exchange.bag import STAGES
from tradeoff_desktop.exchange.payload import opened_of
from tradeoff_desktop.model.kinds import AFTER_SEAL_KINDS, may_write
from tradeoff_desktop.model.records import Erasure, Opened, Record

PRACTICE = "practice-"
# The frame of the chain: without these nobody could tell whose it is, how far it is closed or what was erased.
NEVER_ERASED = frozenset({"opened", "withdrawal", "erasure", "closed", "sealed", "reopened"})


def check(records: Sequence[Record], *, stage: str) -> Opened:
    """The opening of a chain that may travel at that stage; TrustError with ``at_fault="content"`` otherwise.

    "not_opened" (no opening, two, or one that contradicts itself), "after_seal", "role_not_allowed", "stage_differs", "erased_unnamed".
    """
    opened = check_frame(records)
    if stage not in STAGES or (stage != "checkpoint" and (stage == "sealed") != is_sealed(records)):
        raise TrustError("stage_differs", at_fault="content", stage=stage)
    check_erasures(records)
    return opened


def check_frame(records: Sequence[Record]) -> Opened:
    """The opening of a chain, with what holds whatever was erased in it since."""
    opened = opened_of(records)
    once = all(record.kind != "opened" for record in records[1:])
    marked = opened.workshop.startswith(PRACTICE)
    if not once or marked != opened.practice or opened.laptop[:3] != opened.area or opened.role == "centre":
        raise TrustError("not_opened", at_fault="content")
    sealed = False
    for record in records:
        if sealed and record.kind not in AFTER_SEAL_KINDS:
            raise TrustError("after_seal", at_fault="content", seq=record.seq)
        sealed = record.kind == "sealed" or (sealed and record.kind != "reopened")
        if record.erased and record.kind in NEVER_ERASED:
            raise TrustError("erased_unnamed", at_fault="content", seq=record.seq)
    for record in records:
        if not may_write(opened.role, record.kind):
            raise TrustError("role_not_allowed", at_fault="content", seq=record.seq, kind=record.kind, role=opened.role)
    return opened


def is_sealed(records: Sequence[Record]) -> bool:
    """Whether the chain ends sealed: sealed and not reopened since."""
    marks = [record.kind for record in records if record.kind in {"sealed", "reopened"}]
    return marks[-1:] == ["sealed"]


def check_erasures(records: Sequence[Record]) -> None:
    """Every erased line must be named, leaf and all, by a later ``erasure`` of the same chain (decision 17)."""
    named: set[tuple[str, int, str]] = set()
    for record in records:
        if isinstance(record.body, Erasure):
            for ref in record.body.erased:
                if ref.seq >= record.seq:
                    raise TrustError("erased_unnamed", at_fault="content", seq=record.seq)
                named.add((ref.device, ref.seq, ref.leaf))
    for record in records:
        if record.erased and (record.device, record.seq, record.header.leaf) not in named:
            raise TrustError("erased_unnamed", at_fault="content", seq=record.seq)
