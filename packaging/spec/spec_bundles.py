"""``bundles.json`` and the files it speaks of."""

from typing import Any

import spec_good
import spec_inside
import spec_outside
import spec_world as world
from spec_forge import Case
from spec_values import as_json


def files() -> dict[str, bytes]:
    """Every bundle of the vectors, and what a reader must make of each."""
    cases = [*spec_good.cases(), *spec_outside.cases(), *spec_inside.cases()]
    made = {f"bundles/{case.name}.tradeoff": case.data for case in cases}
    if len(made) != len(cases):
        raise ValueError([case.name for case in cases])
    return {"bundles.json": as_json([_told(case) for case in cases])} | made


def _told(case: Case) -> dict[str, Any]:
    told: dict[str, Any] = {
        "file": f"bundles/{case.name}.tradeoff",
        "what": case.what,
        "read_as": "remainder" if case.remainder else "bundle",
        "opened_with": list(case.opened_with),
        "received_at": world.RECEIVED,
    }
    if case.fault is None:
        return told | {"accepted": True, **case.facts}
    return told | {"accepted": False, "code": case.fault[0], "at_fault": case.fault[1]}
