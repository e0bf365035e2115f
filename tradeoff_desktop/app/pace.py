"""Time in a workshop, in words: planned times, lateness, and the private timer of a step.

Nothing here decides anything; clocks are for people (decision 23).
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import NamedTuple

from tradeoff_desktop.model.runsheet import minutes_late, plan
from tradeoff_desktop.model.workshop import Workshop

SLEPT = 5.0  # seconds between two ticks beyond which the laptop must have slept
FIFTH, NEARLY = 0.20, 0.05  # of the time of a step
_HALF_DAY = 12 * 60


@dataclass(frozen=True, slots=True)
class Timer:
    """The time of one step: seconds left (below 0 once it is over) and whether it runs."""

    left: float
    running: bool = False

    def tick(self, seconds: float) -> "Timer":
        """Some time passed."""
        return replace(self, left=self.left - seconds) if self.running else self

    def moved(self, seconds: float) -> "Timer":
        """Time added or taken off; never below nothing by hand."""
        return replace(self, left=max(0.0, self.left + seconds))

    def toggled(self) -> "Timer":
        """Running to paused and back."""
        return replace(self, running=not self.running)

    @property
    def words(self) -> str:
        """Minutes and seconds as on a clock; what is over is marked with a plus sign."""
        whole = round(self.left)
        minutes, seconds = divmod(abs(whole), 60)
        return f"{'+' if whole < 0 else ''}{minutes}:{seconds:02d}"


def running_out(left: float, whole: float) -> str:
    """What to say of the little time that is left of the ``whole``, both in seconds; "" while there is more than a fifth."""
    if left <= whole * NEARLY:
        return "nearly over"
    return "a fifth left" if left <= whole * FIFTH else ""


def clock_words(left: float) -> str:
    """The time left as the room reads it: whole minutes, below one minute steps of ten seconds, then the end."""
    seconds = round(left)
    if seconds > 60:
        minutes = -(-seconds // 60)
        return f"{minutes} minutes left"
    if seconds > 50:
        return "1 minute left"
    if seconds > 0:
        return f"{-(-seconds // 10) * 10} seconds left"
    return "Time is up"


def _start(state: Workshop) -> datetime:
    """The planned start as local time without a zone; a day that is not set up starts at midnight."""
    if state.setup is None:
        return datetime(2000, 1, 1)  # noqa: DTZ001 - only its time of day is shown
    return datetime.fromisoformat(f"{state.setup.date}T{state.setup.start}")


def steps_left(state: Workshop) -> int:
    """How many steps are still to come, up to the one that thanks people; what follows that is only reserve."""
    steps = [step for step in state.pack.agenda if step.id == state.step or step.id not in state.left_out]
    ids = [step.id for step in steps]
    last = next((place for place, step in enumerate(steps) if step.audience == "thanks"), len(ids) - 1)
    return max(0, last - (ids.index(state.step) if state.step in ids else -1))


def late(state: Workshop, now: datetime) -> int:
    """How many minutes late the present step is; negative is early."""
    return minutes_late(state.pack, step=state.step, into=minutes_in(state, now), lengths=state.lengths)


def lateness(state: Workshop, now: datetime) -> str:
    """How late the present step is, in words."""
    return late_words(late(state, now))


class StepTimes(NamedTuple):
    """One step on the rail: when it was planned, when it begins now, when it began, and its minutes."""

    planned: str
    now: str
    began: str
    minutes: int
    minutes_planned: int

    @property
    def words(self) -> str:
        """What is different from the plan, "" where nothing is."""
        if not self.minutes and not self.began:
            return "left out"
        parts = []
        if self.began and self.began != self.planned:
            parts.append(f"began {self.began}")
        elif not self.began and self.now != self.planned:
            parts.append(f"now {self.now}")
        if not self.minutes:
            parts.append("then left out")
        elif self.minutes != self.minutes_planned:
            parts.append(f"{self.minutes} of {self.minutes_planned} min" if self.minutes < self.minutes_planned
                         else f"{self.minutes} min, planned {self.minutes_planned}")
        return ", ".join(parts)


def step_times(state: Workshop) -> dict[str, StepTimes]:
    """Planned and actual times of every step, as times of day."""
    start = _start(state)
    found = {}
    for was, is_ in zip(plan(state.pack), plan(state.pack, state.lengths), strict=True):
        step = was.step.id
        began = state.begun.get(step)
        found[step] = StepTimes(
            (start + timedelta(minutes=was.starts)).strftime("%H:%M"),
            (start + timedelta(minutes=is_.starts)).strftime("%H:%M"),
            local_time(began, state)[:5] if began else "",
            is_.ends - is_.starts, was.step.minutes,
        )
    return found


def given_words(state: Workshop, before: Mapping[str, int]) -> str:
    """Which steps have fewer minutes than with the lengths ``before``, and how many."""
    now = plan(state.pack, state.lengths)
    pairs = [(was.step.title, was.ends - was.starts, is_.ends - is_.starts)
             for was, is_ in zip(plan(state.pack, before), now, strict=True)]
    return "; ".join(f"{title} {was} → {is_}" for title, was, is_ in pairs if is_ < was)


def late_words(minutes: int) -> str:
    """Lateness in words."""
    if minutes == 0:
        return "On time"
    return f"{minutes} min late" if minutes > 0 else f"{-minutes} min early"


def minutes_in(state: Workshop, now: datetime) -> int:
    """Minutes since the planned start.

    On another day than planned, a practice run or a rehearsal, the first step taken counts as being on time.
    """
    offset = timedelta(minutes=state.opening.offset_minutes)
    local = now.replace(tzinfo=None) - (now.utcoffset() or timedelta()) + offset
    into = (local - _start(state)).total_seconds() / 60
    if abs(into) <= _HALF_DAY:
        return int(into // 1)
    return _since_first(state, local - offset)


def _since_first(state: Workshop, utc: datetime) -> int:
    begun = [
        (at, planned.starts) for planned in plan(state.pack, state.lengths)
        for at in [state.begun.get(planned.step.id)] if at is not None
    ]
    if not begun:
        return 0
    at, starts = min(begun)
    first = datetime.fromisoformat(at).replace(tzinfo=None)
    return int((utc - first).total_seconds() // 60) + starts


def local(at: str, state: Workshop) -> datetime:
    """A record's moment by the clock where the workshop is."""
    return datetime.fromisoformat(at) + timedelta(minutes=state.opening.offset_minutes)


def local_time(at: str, state: Workshop) -> str:
    """The time of day of a record's moment where the workshop is."""
    return local(at, state).strftime("%H:%M:%S")
