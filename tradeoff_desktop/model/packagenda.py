"""Whether the agenda of a pack can be run: minutes, paces, sheets and rounds (decisions 1, 4, 5 and 6)."""

from collections.abc import Iterator

from tradeoff_desktop.model.fault import Fault, fault
from tradeoff_desktop.model.pack import AgendaStep, Pack

# What each paper sheet carries: its first round, and the cases on it in printed order.
SHEETS = {1: ("R0", ["anchor", "theme"]), 2: ("RB", ["anchor"]), 3: ("RB", ["theme"]), 4: ("R1", ["anchor", "theme"])}


def check(pack: Pack) -> list[Fault]:
    """Every fault of the agenda."""
    if not pack.agenda:
        return [fault("agenda", "pack_no_agenda")]
    return [*_minutes(pack), *_parts(pack), *_sheets(pack), *_steps(pack)]


def _minutes(pack: Pack) -> Iterator[Fault]:
    total = sum(step.usual for step in pack.agenda if not step.before_start)
    if total != pack.minutes:
        yield fault("agenda", "pack_minutes", found=total, expected=pack.minutes)
    begun = False
    for place, step in enumerate(pack.agenda):
        if step.before_start and begun:
            yield fault(f"agenda[{place}].before_start", "pack_before_start", step=step.id)
        begun = begun or not step.before_start
        if step.minutes < 1:
            yield fault(f"agenda[{place}].minutes", "pack_step_minutes", step=step.id)


def _parts(pack: Pack) -> Iterator[Fault]:
    """Steps name known parts, in the order of the parts, and no part is empty."""
    known = [part.id for part in pack.parts]
    reached = 0
    for place, step in enumerate(pack.agenda):
        if step.part not in known:
            yield fault(f"agenda[{place}].part", "pack_unknown_part", value=step.part)
        elif known.index(step.part) < reached:
            yield fault(f"agenda[{place}].part", "pack_part_order", value=step.part)
        else:
            reached = known.index(step.part)
    used = {step.part for step in pack.agenda}
    for place, part in enumerate(pack.parts):
        if part.id not in used:
            yield fault(f"parts[{place}]", "pack_empty_part", value=part.id)


def _sheets(pack: Pack) -> Iterator[Fault]:
    """Each of the four sheets is written once, in order, about the right cases, and collected at its last step."""
    written = [step for step in pack.agenda if step.sheet]
    numbers = [step.sheet for step in written]
    if numbers != sorted(numbers):
        yield fault("agenda", "pack_sheet_order", order=", ".join(map(str, numbers)))
    for sheet, (_, cases) in SHEETS.items():
        steps = [step for step in written if step.sheet == sheet]
        if [step.scenario for step in steps] != cases:
            yield fault("agenda", "pack_sheet_cases", sheet=sheet, cases=" and ".join(cases))
        for step in steps:
            if ("sheets" in step.capture) != (step is steps[-1]):
                place = pack.agenda.index(step)
                yield fault(f"agenda[{place}].capture", "pack_sheet_collected", sheet=sheet, step=steps[-1].id)


def _steps(pack: Pack) -> Iterator[Fault]:
    for place, step in enumerate(pack.agenda):
        yield from _step(f"agenda[{place}]", step)


def _step(at: str, step: AgendaStep) -> Iterator[Fault]:
    expected = SHEETS[step.sheet][0] if step.sheet else ""
    if step.round != expected:
        yield fault(f"{at}.round", "pack_sheet_round", sheet=step.sheet, found=step.round, expected=expected)
    if step.pace == "table" and step.audience != "task":
        # At a table step every table has its own case in front of it: the projector can only show the task.
        yield fault(f"{at}.audience", "pack_table_step", step=step.id)
    if (step.scenario == "theme") != (step.pace == "table"):
        yield fault(f"{at}.pace", "pack_pace", step=step.id)
    if step.audience == "task" and not step.task.strip():
        yield fault(f"{at}.task", "pack_no_task", step=step.id)
    if step.audience in {"scenario", "flips", "result"} and not step.scenario:
        yield fault(f"{at}.scenario", "pack_no_scenario", step=step.id)
    if not step.say.strip():
        yield fault(f"{at}.say", "pack_no_say", step=step.id)
