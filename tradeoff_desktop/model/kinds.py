"""Which kind each body is: the closed list of format 1 (decision 16)."""

from tradeoff_desktop.model import records as r
from tradeoff_desktop.model.records import Record

BODIES: dict[str, type[r.Body]] = {
    "opened": r.Opened,
    "setup": r.Setup,
    "table": r.Table,
    "seat": r.Seat,
    "consent": r.Consent,
    "step": r.Step,
    "exposure": r.Exposure,
    "rating": r.Rating,
    "tally": r.Tally,
    "answer": r.WrittenAnswer,
    "position": r.Position,
    "condition": r.Condition,
    "framework": r.Framework,
    "statement": r.Statement,
    "note": r.Note,
    "clarification": r.Clarification,
    "incident": r.Incident,
    "debrief": r.Debrief,
    "collected": r.Collected,
    "headcount": r.Headcount,
    "clock": r.Clock,
    "undo": r.Undo,
    "redaction": r.Redaction,
    "withdrawal": r.Withdrawal,
    "erasure": r.Erasure,
    "taken_in": r.TakenIn,
    "closed": r.Closed,
    "sealed": r.Sealed,
    "reopened": r.Reopened,
    "ruling": r.Ruling,
    "code": r.CodeBook,
    "coding": r.Coding,
    "verdict": r.Verdict,
    "annotation": r.Annotation,
}
KIND_OF: dict[type[r.Body], str] = {body: kind for kind, body in BODIES.items()}
CENTRE_ONLY = frozenset({"code", "coding", "verdict", "annotation"})
# One laptop leads: it lays the room, seats people, counts heads, closes and seals.
LEAD_ONLY = frozenset({"setup", "table", "seat", "headcount", "taken_in", "closed", "sealed", "reopened"})
def may_write(role: str, kind: str) -> bool:
    """Whether a device of that role may write records of that kind at all."""
    if kind in CENTRE_ONLY:
        return role == "centre"
    return role == "lead" if kind in LEAD_ONLY else not (kind == "ruling" and role == "table")


OBLIGING = frozenset({"withdrawal", "redaction"})  # every store that takes one in erases what it names
AFTER_SEAL_KINDS = frozenset({"withdrawal", "erasure", "reopened"})
# What an undo may take back: acts of the day, not the laying of the room nor the milestones of the workshop.
UNDOABLE = frozenset({
    "consent", "exposure", "rating", "tally", "answer", "position", "condition", "framework", "statement",
    "note", "clarification", "incident", "debrief", "collected", "headcount", *CENTRE_ONLY,
})
# Going on and pausing were seen and done; a change of the plan for what is still to come may be taken back.
_OF_THE_PLAN = frozenset({"skip", "shorten", "spread"})


def undoable(record: Record) -> bool:
    """Whether an undo of the same device takes this record back."""
    changes_plan = isinstance(record.body, r.Step | r.Clock) and record.body.act in _OF_THE_PLAN
    return changes_plan or record.kind in UNDOABLE
