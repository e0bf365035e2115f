"""Whether a record speaks of things that its pack has.

Acts never write one that does not. A bundle may still carry one, signed by a trusted laptop with other software on
it: such a record is kept as it came, but it enters no state, so that nothing shown can stumble over it.
"""

from tradeoff_desktop.model import records as r
from tradeoff_desktop.model.pack import BASE, Pack
from tradeoff_desktop.model.records import Body

BEFORE = "setup"  # the step of what is recorded before the first one


class Sense:
    """The codes one pack has, ready to be compared."""

    def __init__(self, pack: Pack) -> None:
        self._variants = {s.id: {BASE, ""} | {flip.id for flip in s.flips} for s in pack.scenarios}
        self._themes = {(s.theme, s.id) for s in pack.scenarios if not s.anchor}
        self._items = {item.code: {option.value for option in item.options} for item in pack.items}
        self._groups = {group.code for group in pack.groups}

    def makes_sense(self, body: Body) -> bool:
        """Whether everything ``body`` names is in the pack."""
        match body:
            case r.Table(theme=theme, scenario=scenario):
                return (theme, scenario) in self._themes
            case r.Seat(group=group):
                return group in self._groups
            case r.Rating(item=item, answer=answer) if item not in self._items or not self._fits(item, answer):
                return False
            case r.Tally(item=item) if item not in self._items:
                return False
        scenario = getattr(body, "scenario", "")
        return scenario == "" or getattr(body, "variant", "") in self._variants.get(scenario, set())

    def _fits(self, item: str, answer: str) -> bool:
        return not answer.isdigit() or answer in self._items[item]
