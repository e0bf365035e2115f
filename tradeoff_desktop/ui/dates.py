"""Dates and times as people read them. Records carry UTC; screens show the laptop's own time."""

from datetime import date, datetime

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)


def day(written: str) -> str:
    """A day as records carry it, "2026-03-14", as "14 March 2026"; anything else stays as it is."""
    try:
        found = date.fromisoformat(written)
    except ValueError:
        return written
    return f"{found.day} {MONTHS[found.month - 1]} {found.year}"


def clock(at: str, now: datetime) -> str:
    """The time of a moment as records carry it, "10:41:58", in the zone of ``now``."""
    return datetime.fromisoformat(at).astimezone(now.tzinfo).strftime("%H:%M:%S")


def when(at: str, now: datetime) -> str:
    """A moment told from ``now``: "today 10:42", "yesterday 10:42" or "14 March 2026, 10:42"."""
    then = datetime.fromisoformat(at).astimezone(now.tzinfo)
    days = (now.date() - then.date()).days
    time = then.strftime("%H:%M")
    if days in {0, 1}:
        return f"{('today', 'yesterday')[days]} {time}"
    return f"{day(then.date().isoformat())}, {time}"


def count(number: int, one: str, many: str = "") -> str:
    """A number with its noun: "1 note", "2 notes"."""
    return f"{number} {one if number == 1 else many or one + 's'}"
