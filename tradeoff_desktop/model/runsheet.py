"""The agenda as a facilitator walks it: planned times, lateness and the screens of each step."""

from collections.abc import Collection, Mapping
from types import MappingProxyType
from typing import Literal, NamedTuple

from tradeoff_desktop.model.pack import BASE, AgendaStep, Pack

AS_PLANNED: Mapping[str, int] = MappingProxyType({})  # no step has another length than the pack gives it
Shown = Literal["holding", "scenario", "question", "flip", "task", "positions", "statements", "thanks"]


class PlannedStep(NamedTuple):
    """A step with its planned place: minutes after the start of the workshop (doors open before it)."""

    step: AgendaStep
    starts: int
    ends: int


class Screen(NamedTuple):
    """One thing the audience may see. Results are no screens: they are revealed over one, never walked into."""

    shown: Shown
    step: str
    scenario: str = ""
    variant: str = ""


def plan(pack: Pack, lengths: Mapping[str, int] = AS_PLANNED) -> list[PlannedStep]:
    """The agenda with planned minutes; steps before the start count backwards from 0.

    ``lengths`` are minutes by step that differ from the pack's; 0 is a step left out.
    """
    at = -sum(step.minutes for step in pack.agenda if step.before_start)
    planned = []
    for step in pack.agenda:
        minutes = lengths.get(step.id, step.usual)
        planned.append(PlannedStep(step, at, at + minutes))
        at += minutes
    return planned


def walked(pack: Pack) -> list[PlannedStep]:
    """The steps of a day that chose nothing: without the optional ones."""
    return [planned for planned in plan(pack) if not planned.step.optional]


def total_minutes(pack: Pack, lengths: Mapping[str, int] = AS_PLANNED) -> int:
    """The length of the workshop, slack included, doors excluded."""
    return sum(lengths.get(step.id, step.usual) for step in pack.agenda if not step.before_start)


def may_shorten(step: AgendaStep) -> bool:
    """Whether a step may take less time: people who write on a sheet are not hurried, and the doors stay open."""
    return not step.sheet and not step.before_start


def may_drop(step: AgendaStep) -> bool:
    """Whether a step may be left out: no sheet is written there, no case talked about, nobody thanked."""
    return step.slack or step.optional or (may_shorten(step) and not step.scenario and step.audience in {"task", "question", "statements"})


def spreading(pack: Pack, lengths: Mapping[str, int], *, after: str, late: int) -> dict[str, int]:
    """Which later steps give how many minutes so that ``late`` of them are absorbed, or as many as can be.

    The reserve gives first. After it talks, breaks and the plenary give a quarter at most, a minute at a time from
    whichever has most left to give; what is marked on a sheet gives nothing.
    """
    ids = [step.id for step in pack.agenda]
    later = pack.agenda[ids.index(after) + 1 :] if after in ids else []
    minutes = {step.id: lengths.get(step.id, step.usual) for step in later}
    reserve = {step.id: minutes[step.id] for step in later if step.slack}
    shares = {s.id: minutes[s.id] - s.minutes + s.minutes // 4 for s in later if may_shorten(s) and not s.slack}
    given: dict[str, int] = {}
    for pool in (reserve, shares):
        while sum(given.values()) < late and max(pool.values(), default=0) > 0:
            step = max(pool, key=lambda one: pool[one])
            pool[step] -= 1
            given[step] = given.get(step, 0) + 1
    return given


def neighbour(pack: Pack, step: str, *, by: int, dropped: Collection[str] = ()) -> str:
    """The step ``by`` places on (or back); the first and the last stay where they are. "" is before the first.

    Steps in ``dropped`` are passed over.
    """
    ids = [s.id for s in pack.agenda if s.id == step or s.id not in dropped]
    place = ids.index(step) + by if step in ids else 0
    return ids[min(max(place, 0), len(ids) - 1)]


def step_of(pack: Pack, step: str) -> AgendaStep | None:
    """The step of that id, None before the first."""
    return next((s for s in pack.agenda if s.id == step), None)


def screens(pack: Pack, step: str, *, area: str) -> list[Screen]:
    """The screens of one step in the order that Next walks them.

    A room step on the anchor shows its card, or its question and then each flip in the room's order; a table
    step shows the task, because every table has its own scenario in front of it.
    """
    found = step_of(pack, step)
    if found is None:
        return [Screen("holding", "")]
    if found.pace == "table":
        return [Screen("task", step)]
    scenario = pack.anchor.id if found.scenario == "anchor" else ""
    if found.audience == "flips" and scenario:
        order = pack.order_index(area=area, table=0, scenario=scenario)
        flips = [Screen("flip", step, scenario, flip.id) for flip in pack.flip_order(scenario, order)]
        return [Screen("question", step, scenario, BASE), *flips]
    if found.audience in {"scenario", "question", "result"} and scenario:
        shown: Shown = "question" if found.audience == "question" else "scenario"
        return [Screen(shown, step, scenario, BASE)]
    plain: dict[str, Shown] = {
        "task": "task", "question": "question", "positions": "positions", "statements": "statements", "thanks": "thanks",
    }
    return [Screen(plain.get(found.audience, "holding"), step)]


def minutes_late(pack: Pack, *, step: str, into: int, lengths: Mapping[str, int] = AS_PLANNED) -> int:
    """How late ``step`` is when it is now ``into`` minutes after the start; negative is early.

    A step is late once its planned end has passed or it began after its planned start.
    """
    found = next((p for p in plan(pack, lengths) if p.step.id == step), None)
    if found is None:
        return 0
    if into < found.starts:
        return into - found.starts
    return max(0, into - found.ends)
