"""The agenda of a day as planned: times from the real start, what the booking of the room leaves, what may give way."""

from collections.abc import Mapping
from typing import NamedTuple

from tradeoff_desktop.model import runsheet
from tradeoff_desktop.model.pack import AgendaStep, Pack

DAY = 24 * 60


class Line(NamedTuple):
    """One step of the day: when it begins ("13:30"), how long it takes, and what may be changed about it."""

    step: AgendaStep
    begins: str
    minutes: int
    shorten: bool
    drop: bool


def minutes_of(time: str) -> int:
    """Minutes after midnight of a time as records carry it."""
    return int(time[:2]) * 60 + int(time[3:])


def clock(minutes: int) -> str:
    """A time of day so many minutes after midnight."""
    return f"{minutes // 60 % 24:02d}:{minutes % 60:02d}"


def read(pack: Pack, typed: Mapping[str, str]) -> dict[str, int]:
    """Minutes by step where what is typed is allowed and differs from the pack; 0 leaves a step out."""
    found = {}
    for step in pack.agenda:
        text = typed.get(step.id, "").strip()
        if _allowed(step, text) and int(text) != step.usual:
            found[step.id] = int(text)
    return found


def lines(pack: Pack, start: str, typed: Mapping[str, str]) -> list[Line]:
    """The steps of the day that begins at ``start`` ("" : no times)."""
    first = minutes_of(start) if start else 0
    return [
        Line(
            planned.step, clock(first + planned.starts) if start else "", planned.ends - planned.starts,
            runsheet.may_shorten(planned.step), runsheet.may_drop(planned.step),
        )
        for planned in runsheet.plan(pack, read(pack, typed))
    ]


def wrong(pack: Pack, typed: Mapping[str, str]) -> dict[str, str]:
    """What is wrong with a length, by step."""
    return {
        step.id: f"“{step.title}” takes {0 if runsheet.may_drop(step) else 1} to {step.minutes} minutes."
        for step in pack.agenda if step.id in typed and not _allowed(step, typed[step.id].strip())
    }


def overrun(pack: Pack, start: str, booked: str, typed: Mapping[str, str]) -> str:
    """That the agenda is longer than the room is booked for; "" where it fits."""
    needs, has = _needs_and_has(pack, start, booked, typed)
    if needs <= has:
        return ""
    return f"The agenda needs {length(needs)} but the room is booked for {length(has)}. Shorten a talk or drop an optional step."


def remedy(pack: Pack, start: str, booked: str, typed: Mapping[str, str]) -> str:
    """What may be left out, and whether that is enough."""
    lengths, (needs, has) = read(pack, typed), _needs_and_has(pack, start, booked, typed)
    over, freed = needs - has, 0
    named = []
    # The reserve at the end goes first, then what is longest.
    for step in sorted(filter(runsheet.may_drop, pack.agenda), key=lambda step: (not step.slack, -step.minutes)):
        minutes = lengths.get(step.id, step.usual)
        if freed < over and minutes:
            named.append(f"“{step.title}” ({minutes} min)")
            freed += minutes
    if not named:
        return f"Shorten the talks by {over} min."
    more = "" if freed >= over else f" That is not enough: shorten the talks by {over - freed} min as well."
    return f"It is {over} min too long. You may leave out {', '.join(named)}.{more}"


def _needs_and_has(pack: Pack, start: str, booked: str, typed: Mapping[str, str]) -> tuple[int, int]:
    return runsheet.total_minutes(pack, read(pack, typed)), (minutes_of(booked) - minutes_of(start)) % DAY


def length(minutes: int) -> str:
    """Hours and minutes as they are spoken: "2 h 51", "3 h", "45 min"."""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return f"{rest} min"
    return f"{hours} h {rest}" if rest else f"{hours} h"


def _allowed(step: AgendaStep, text: str) -> bool:
    """Whether ``text`` is a length that step may have; nothing typed is the planned one."""
    if not text.isascii() or not text.isdigit() or len(text) > 3:
        return False
    if not runsheet.may_shorten(step):
        return int(text) == step.minutes
    return (0 if runsheet.may_drop(step) else 1) <= int(text) <= step.minutes
