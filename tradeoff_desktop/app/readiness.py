"""The rehearsal before the day: what a laptop and a room must have, judged from facts. Nothing here looks by itself.

What cannot be found out is said to be so: a check that guesses is worse than none.
"""

from datetime import datetime
from typing import Literal, NamedTuple

from tradeoff_desktop.app.setting_up import day_words
from tradeoff_desktop.app.workshops import LEAST_FREE, LITTLE_FREE

How = Literal["ok", "wrong", "unknown", "ask"]
UNKNOWN = "This could not be found out on this machine."
LOW_BATTERY = 50  # per cent; three hours want the mains anyway


class Facts(NamedTuple):
    """What was seen on this laptop; None is what could not be found out."""

    screens: tuple[str, ...]  # the operator's first
    free_mb: int
    battery: int | None = None  # per cent
    mains: bool | None = None
    encrypted: bool | None = None
    sleeps_after: int | None = None  # minutes without a key on mains; 0 never


class Stick(NamedTuple):
    """What came of writing to the folder a person picked: "" where nothing was tried yet."""

    folder: str = ""
    wrong: str = ""


class Check(NamedTuple):
    """One thing looked at: how it stands, what was seen, what to do."""

    code: str
    name: str
    how: How
    text: str


def checks(facts: Facts, stick: Stick, *, now: datetime, clock_right: bool = False) -> list[Check]:
    """Every check in the order in which a person walks round the room."""
    return [
        _projector(facts), _stick(stick), _battery(facts), _disk(facts), _encryption(facts), _clock(now, right=clock_right),
        _sleep(facts),
    ]


def summary(found: list[Check]) -> str:
    """All checks in one sentence."""
    counts = {how: sum(check.how == how for check in found) for how in ("ok", "wrong", "unknown", "ask")}
    parts = [
        (counts["ok"], "in order"), (counts["wrong"], "to be mended"), (counts["ask"], "not tried yet"),
        (counts["unknown"], "could not be found out"),
    ]
    return ", ".join(f"{number} {words}" for number, words in parts if number)


def _projector(facts: Facts) -> Check:
    if len(facts.screens) > 1:
        return Check("projector", "Projector", "ok", f"Seen: {facts.screens[1]}. The room's page goes there.")
    return Check(
        "projector", "Projector", "wrong",
        "Only this screen was found. Plug the projector in and choose “extend” in the system's display settings: "
        "where the picture is mirrored, the room sees this screen.",
    )


def _stick(stick: Stick) -> Check:
    if stick.wrong:
        return Check("stick", "USB stick", "wrong", stick.wrong)
    if not stick.folder:
        return Check("stick", "USB stick", "ask", "Put the stick in, then choose it: a small file is written, read back and removed.")
    return Check("stick", "USB stick", "ok", f"A file was written to {stick.folder}, read back the same, and removed.")


def _battery(facts: Facts) -> Check:
    if facts.mains:
        return Check("battery", "Power", "ok", "Plugged in." if facts.battery is None else f"Plugged in; the battery is at {facts.battery} %.")
    if facts.battery is None:
        return Check("battery", "Power", "unknown", f"{UNKNOWN} Keep the laptop plugged in all afternoon.")
    words = f"On battery, at {facts.battery} %."
    if facts.battery < LOW_BATTERY:
        return Check("battery", "Power", "wrong", f"{words} Plug the laptop in: it must last more than three hours.")
    return Check("battery", "Power", "ok", f"{words} Bring the charger: the day is longer than three hours.")


def _disk(facts: Facts) -> Check:
    words = f"{facts.free_mb:,} MB free."
    if facts.free_mb * 1_000_000 < LEAST_FREE:
        return Check("disk", "Disk", "wrong", f"{words} Free some space now: answers need room.")
    if facts.free_mb * 1_000_000 < LITTLE_FREE:
        return Check("disk", "Disk", "wrong", f"{words} That is enough for this day; free some space before the next.")
    return Check("disk", "Disk", "ok", words)


def _encryption(facts: Facts) -> Check:
    name = "Disk encryption"
    if facts.encrypted is None:
        return Check("encryption", name, "unknown", f"{UNKNOWN} Look in the system's settings, or ask whoever looks after the laptop.")
    if facts.encrypted:
        return Check("encryption", name, "ok", "The disk with the answers is encrypted.")
    return Check(
        "encryption", name, "wrong",
        "The disk with the answers is not encrypted: whoever finds the laptop can read them. Never leave it alone, and delete "
        "the workshop once the central team has it.",
    )


def _clock(now: datetime, *, right: bool) -> Check:
    local = f"{day_words(now.date())}, {now:%H:%M}"
    if right:
        return Check("clock", "Clock", "ok", f"Somebody looked: it is {local}.")
    return Check("clock", "Clock", "ask", f"Is today {local}? If not, set the laptop's clock. Nothing is lost by a wrong one; times would read wrongly.")


def _sleep(facts: Facts) -> Check:
    if facts.sleeps_after is None:
        return Check("sleep", "Sleep", "unknown", f"{UNKNOWN} Switch sleep and the screen saver off in the system's settings for today.")
    if facts.sleeps_after:
        return Check(
            "sleep", "Sleep", "wrong",
            f"The laptop goes to sleep after {facts.sleeps_after} minutes without a key. Switch that off for today.",
        )
    return Check("sleep", "Sleep", "ok", "The laptop stays awake while it is plugged in.")
