"""Whether a record speaks of things that its pack has.

Acts never write one that does not. A bundle may still carry one, signed by a trusted laptop with other software on
it: such a record is kept as it came, but it enters no state, so that nothing shown can stumble over it.
"""

from datetime import date

from tradeoff_desktop.model import records as r
from tradeoff_desktop.model.pack import BASE, Pack
from tradeoff_desktop.model.records import Body


class Sense:
    """The codes one pack has, ready to be compared."""

    def __init__(self, pack: Pack) -> None:
        self._areas = {area.code for area in pack.areas}
        self._variants = {s.id: {BASE, ""} | {flip.id for flip in s.flips} for s in pack.scenarios}
        self._themes = {(s.theme, s.id) for s in pack.scenarios if not s.anchor}
        self._items = {item.code: item for item in pack.items}
        self._groups = {group.code for group in pack.groups}
        self._questions = {question.number for question in pack.questions}
        self._anchor = pack.anchor.id

    def makes_sense(self, body: Body) -> bool:
        """Whether everything ``body`` names is in the pack, and stands where it can stand."""
        scenario = getattr(body, "scenario", "")
        if scenario and getattr(body, "variant", "") not in self._variants.get(scenario, set()):
            return False
        match body:
            case r.Opened(area=area, role=role):
                sane = area in self._areas or role == "centre"  # which works for no area
            case r.Setup(date=day):
                sane = is_day(day)
            case r.Table(theme=theme, scenario=case):
                sane = (theme, case) in self._themes
            case r.Seat(group=group):
                sane = group in self._groups
            case r.Rating():
                sane = self._fits(body)
            case r.Framework(question=number, answer=answer):
                sane = number in self._questions and answer not in set("6789")
            case r.Tally(item=item):
                sane = item in self._items
            case _:
                sane = True
        return sane

    def _fits(self, rating: r.Rating) -> bool:
        """Whether a rating is of a box that some sheet has."""
        item = self._items.get(rating.item)
        if item is None or rating.round not in item.rounds:
            return False
        if rating.answer.isdigit() and rating.answer not in {option.value for option in item.options}:
            return False
        if rating.sheet in {1, 4}:
            return rating.variant == BASE and rating.round == {1: "R0", 4: "R1"}[rating.sheet]
        right_case = (rating.scenario == self._anchor) == (rating.sheet == 2)
        return right_case and rating.round == ("RB" if rating.variant == BASE else "RV")


def is_day(text: str) -> bool:
    """Whether ``text`` is a day of the calendar, written 2027-03-02."""
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
