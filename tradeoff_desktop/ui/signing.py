"""Taking down what a signed form says, also where another laptop took it down otherwise."""

from tradeoff_desktop.app import differences
from tradeoff_desktop.model import acts
from tradeoff_desktop.model.records import Consent
from tradeoff_desktop.ui.bridge import Bridge


def sign(bridge: Bridge, seat: str, *, signed: bool, quotable: bool) -> bool:
    """Take a form down. Said a second time against another laptop's word it is a ruling: somebody has looked again."""
    other = differences.against(bridge.desk, seat)
    own = [
        (body.signed, body.quotable) for record, body in bridge.state.bodies(Consent)
        if (record.device, body.seat) == (bridge.desk.device, seat)
    ]
    if other is not None and bridge.role != "table" and own[-1:] == [(signed, quotable)]:
        return bridge.use(differences.overrule, other)
    return bridge.do(acts.consent, role=bridge.role, seat=seat, signed=signed, quotable=quotable)


def contradicted(bridge: Bridge, seat: str) -> str:
    """What to do where another laptop says otherwise about a form; "" where none does."""
    other = differences.against(bridge.desk, seat)
    if other is None:
        return ""
    own = differences.name_of(bridge.state, bridge.desk.device)
    said = "; ".join(f"{side.name} says: {side.says}" for side in other.sides if side.name != own)
    return f"But {said}. Look at the form, then say it once more: that settles it, and both stay on record."
