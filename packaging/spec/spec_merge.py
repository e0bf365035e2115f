"""Test vectors of the merge: bundles taken in one after another, and which records count in the end."""

import hashlib
from collections.abc import Sequence
from typing import Any

import spec_world as world
from spec_forge import small
from spec_values import as_json

from tradeoff_desktop.exchange import bundle
from tradeoff_desktop.model import codec
from tradeoff_desktop.model import records as r
from tradeoff_desktop.model.records import Body, Record

Step = tuple[str, str, int] | tuple[str, str, int, tuple[str, str]]  # file, outcome, first seq in dispute, fault
FORKED = ("forked", "chain")


def files() -> dict[str, bytes]:
    """``merge.json`` and the bundles it speaks of."""
    chains = _chains()
    made = {f"merge/{name}.tradeoff": _packed(records, by) for name, (records, by) in chains.items()}
    known = {record.ref: record for records, _ in chains.values() for record in records if not record.erased}
    return {"merge.json": as_json([_told(case, chains, known) for case in _cases()])} | made


def _packed(records: Sequence[Record], by: world.Holder) -> bytes:
    return bundle.pack(records, stage="checkpoint", key=by.key, recipients=[])


def _lead_bodies() -> list[Body]:
    return [
        world.opened(),
        world.note("a", role="lead"),
        world.rating("105", role="lead"),
        world.rating("216", role="lead"),
        world.note("b", role="lead"),
    ]


def _chains() -> dict[str, tuple[list[Record], world.Holder]]:
    start = _lead_bodies()
    lead = world.chain_of(start, "leaddevice")
    gone: list[Body] = [*start, r.Withdrawal(role="lead", seat="216"), r.Erasure(role="lead", erased=[lead[3].ref], why="withdrawal")]
    branch: list[Body] = [*start[:3], world.note("another", role="lead"), r.Withdrawal(role="lead", seat="105")]
    desk: list[Body] = [world.opened(world.DESK), *(world.rating(seat, role="desk", item="PB") for seat in ("105", "216"))]
    reworded: list[Body] = [*desk, r.Redaction(role="desk", of=lead[1].ref), r.Redaction(role="desk", of=lead[0].ref)]
    as_desk = world.opened(world.DESK, role="lead", area="MAN")
    return {
        "lead-3": (lead[:3], world.LEAD),
        "lead-5": (lead, world.LEAD),
        "lead-7": (world.erased(world.chain_of(gone, "leaddevice"), 4), world.LEAD),
        "branch-4": (world.chain_of(branch[:4], "leaddevice"), world.LEAD),
        "branch-5": (world.chain_of(branch, "leaddevice"), world.LEAD),
        "desk-3": (world.chain_of(desk, "deskdevice"), world.DESK),
        "desk-5": (world.chain_of(reworded, "deskdevice"), world.DESK),
        "table": (small(), world.TABLE),
        "other-pack": (world.chain_of([world.opened(pack="0" * 64)], "packdevice"), world.LEAD),
        "practice": (world.chain_of([world.opened(practice=True, workshop="practice-man-1")], "practicede"), world.LEAD),
        "other-workshop": (world.chain_of([world.opened(workshop="man-2026-12")], "twelvedevi"), world.LEAD),
        "other-programme": (world.chain_of([world.opened(programme="prog-2027")], "elsedevice"), world.LEAD),
        "other-laptop": (world.chain_of([as_desk], "leaddevice"), world.DESK),
    }


def _cases() -> list[dict[str, Any]]:
    """``counts``: the places that count, by device; "-" marks an erased one."""
    content, signer = "content", "signer"
    desk = {"deskdevice": "1 2 3"}
    return [
        {"what": "a copy, a longer one, the shorter one again", "counts": {"leaddevice": "1 2 3 4 5"},
         "steps": [("lead-3", "fresh", 0), ("lead-5", "newer", 0), ("lead-3", "already_held", 0), ("lead-5", "already_held", 0)]},
        {"what": "a withdrawal erases in every chain of the workshop", "counts": {"leaddevice": "1 2 3 4- 5 6 7", "deskdevice": "1 2 3-"},
         "steps": [("lead-5", "fresh", 0), ("desk-3", "fresh", 0), ("lead-7", "newer", 0)]},
        {"what": "and erases what comes after it, on entry", "counts": {"leaddevice": "1 2 3 4- 5 6 7", "deskdevice": "1 2 3-"},
         "steps": [("lead-7", "fresh", 0), ("desk-3", "fresh", 0), ("lead-5", "already_held", 0)]},
        {"what": "a redaction erases the note it names; naming an opening it erases nothing",
         "counts": {"leaddevice": "1 2- 3 4 5", "deskdevice": "1 2 3 4 5"},
         "steps": [("lead-5", "fresh", 0), ("desk-5", "fresh", 0)]},
        {"what": "where two copies part only what stands before counts", "counts": {"leaddevice": "1 2 3"},
         "steps": [("lead-5", "fresh", 0), ("branch-4", "forked", 4, FORKED), ("lead-7", "forked", 4, FORKED), ("lead-3", "already_held", 4)]},
        {"what": "the other copy first", "counts": {"leaddevice": "1 2 3"},
         "steps": [("branch-4", "fresh", 0), ("lead-3", "already_held", 0), ("lead-5", "forked", 4, FORKED)]},
        {"what": "a withdrawal in a disputed part is obeyed", "counts": {"leaddevice": "1 2 3-", "deskdevice": "1 2- 3"},
         "steps": [("lead-5", "fresh", 0), ("branch-5", "forked", 4, FORKED), ("desk-3", "fresh", 0)]},
        {"what": "both branches hold a withdrawal: both are obeyed", "counts": {"leaddevice": "1 2 3-", "deskdevice": "1 2- 3-"},
         "steps": [("branch-5", "fresh", 0), ("desk-3", "fresh", 0), ("lead-7", "forked", 4, FORKED)]},
        {"what": "what must not be put together with what is held", "counts": {"leaddevice": "1 2 3", "tabledevic": "1 2 3 4 5 6", "twelvedevi": "1"},
         "steps": [
             ("lead-3", "fresh", 0), ("table", "fresh", 0), ("other-workshop", "fresh", 0),
             ("other-pack", "refused", 0, ("other_pack", content)), ("practice", "refused", 0, ("practice_and_real", content)),
             ("other-programme", "refused", 0, ("workshop_differs", content)), ("other-laptop", "refused", 0, ("other_laptop", signer)),
         ]},
        {"what": "a laptop's store takes in its own workshop only", "only": world.WORKSHOP, "counts": desk,
         "steps": [("desk-3", "fresh", 0), ("other-workshop", "refused", 0, ("other_workshop", content))]},
    ]


def _told(case: dict[str, Any], chains: dict[str, tuple[list[Record], world.Holder]], known: dict[r.Ref, Record]) -> dict[str, Any]:
    used = [name for name, *_ in case["steps"]]
    lines: list[bytes] = []
    for device, places in sorted(case["counts"].items()):
        lines += [_line(device, text, [chains[name][0] for name in used], known) for text in places.split()]
    return {
        "what": case["what"],
        "only": case.get("only", ""),
        "take_in": [
            {"file": f"merge/{name}.tradeoff", "outcome": outcome, "fork_at": fork_at, "code": fault[0][0] if fault else None,
             "at_fault": fault[0][1] if fault else None}
            for name, outcome, fork_at, *fault in case["steps"]
        ],
        "counts": case["counts"],
        "dump_sha256": hashlib.sha256(b"".join(line + b"\n" for line in lines)).hexdigest(),
    }


def _line(device: str, text: str, used: list[list[Record]], known: dict[r.Ref, Record]) -> bytes:
    """The line of one place, in full or erased, out of the bundles a case takes in."""
    seq = int(text.rstrip("-"))
    record = next(one for records in used for one in records if one.device == device and one.seq == seq)
    return codec.line(codec.erase(record) if text.endswith("-") else known[record.ref])
