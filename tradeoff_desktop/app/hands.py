"""Counting hands: what the digits typed so far mean, field by field, and what is left for the rest.

A field closes itself as soon as no longer number is possible: of 20 people, "3" can only be 3, while "1" may
become 1 or 10 to 19 and waits for a digit or Space. Enter gives everybody who is left to the current field.
"""

from dataclasses import dataclass, replace

from tradeoff_desktop.model.pack import Pack
from tradeoff_desktop.model.records import Tally
from tradeoff_desktop.model.workshop import Workshop

LONGEST = 2  # digits of a number of hands


@dataclass(frozen=True, slots=True)
class HandCount:
    """A count under way: the closed fields, the digits of the current one, and how many people are here.

    ``inferred`` is the place of the field that took the remainder, -1 where every field was counted.
    """

    fields: int
    here: int
    closing: bool = True  # fields close themselves; otherwise Space or Enter closes them
    counts: tuple[int, ...] = ()
    typed: str = ""
    inferred: int = -1

    @property
    def done(self) -> bool:
        """Whether every field has its number."""
        return len(self.counts) == self.fields

    @property
    def total(self) -> int:
        """Hands counted in closed fields."""
        return sum(self.counts)

    @property
    def left(self) -> int:
        """People not counted yet, never below 0."""
        return max(0, self.here - self.total)

    @property
    def over(self) -> int:
        """How many more hands than people, the digits typed so far counted too."""
        return max(0, self.total + int(self.typed or "0") - self.here)

    @property
    def rest(self) -> int:
        """What Enter would give to the current field: what was typed, or everybody who is left."""
        return int(self.typed) if self.typed else self.left


def people_here(state: Workshop) -> int:
    """How many people are in the room: as counted, else as seated, else as planned."""
    if state.here is not None:
        return state.here
    return len(state.sitting()) or (sum(state.setup.groups.values()) if state.setup is not None else 0)


def start(fields: int, here: int, *, closing: bool = True) -> HandCount:
    """An empty count."""
    return HandCount(fields, here, closing)


def digit(count: HandCount, typed: str) -> HandCount:
    """One digit typed; the field closes where no longer number could still fit, if fields close themselves."""
    if count.done:
        return count
    typed = count.typed + typed
    longer_fits = int(typed) > 0 and int(typed) * 10 <= count.left
    if not count.closing:
        return replace(count, typed=typed[:LONGEST])
    return replace(count, typed=typed) if longer_fits else _closed(count, int(typed))


def space(count: HandCount) -> HandCount:
    """Close the field with the digits typed so far; without any, nothing happens."""
    return _closed(count, int(count.typed)) if count.typed and not count.done else count


def rest(count: HandCount) -> HandCount:
    """Enter: the digits typed count, everybody still left goes to the next field, and the others get nobody.

    The field that took a remainder is remembered as inferred.
    """
    count = space(count)
    if count.done:
        return count
    inferred = len(count.counts) if count.left else count.inferred
    filled = (*count.counts, count.left)
    return replace(count, counts=filled + (0,) * (count.fields - len(filled)), typed="", inferred=inferred)


def back(count: HandCount) -> HandCount:
    """Backspace: take away a digit, or open the field before."""
    if count.typed:
        return replace(count, typed=count.typed[:-1])
    return replace(count, counts=count.counts[:-1], inferred=-1)


def moved(pack: Pack, before: Tally, after: Tally) -> str:
    """How totals moved between two counts of the same question. Hands cannot say who moved, so it never does."""
    options = [option for option in pack.item(after.item).options if option.value.isdigit()]
    changes = [
        f"{option.projector} {before.counts.get(option.value, 0)} → {after.counts.get(option.value, 0)}"
        for option in options if before.counts.get(option.value, 0) != after.counts.get(option.value, 0)
    ]
    return f"Totals moved: {', '.join(changes)}." if changes else "The totals are the same as before."


def with_here(count: HandCount, here: int) -> HandCount:
    """The same count when the headcount was corrected."""
    return replace(count, here=here)


def _closed(count: HandCount, number: int) -> HandCount:
    return replace(count, counts=(*count.counts, number), typed="")
