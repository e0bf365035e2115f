"""Small grammar: numbers with their nouns, lists of things, dates as people write them."""

from collections.abc import Iterable
from datetime import date

from tradeoff_desktop.findings.sentences import points_of

_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)


def counted(number: int, one: str, many: str = "") -> str:
    """A number with its noun: "1 table", "3 tables", "no tables"."""
    noun = one if number == 1 else many or f"{one}s"
    return f"{number:,} {noun}" if number else f"no {noun}"


def people(number: int) -> str:
    """That many people: "1 person", "20 people"."""
    return counted(number, "person", "people")


def decimal(value: float, *, signed: bool = False) -> str:
    """A number as reports print it: one decimal, with its sign where asked for, nought without one."""
    printed = points_of(value)
    return f"+{printed}" if signed and printed[0].isdigit() and float(printed) else printed


def listed(things: Iterable[object]) -> str:
    """Things in a row: "a", "a and b", "a, b and c"."""
    words = [str(thing) for thing in things]
    return " and ".join(filter(None, [", ".join(words[:-1]), *words[-1:]]))


def tables(numbers: Iterable[int]) -> str:
    """Tables by number: "table 2", "tables 1, 2 and 4"; 0 is the whole room."""
    found = sorted(set(numbers))
    laid = [number for number in found if number]
    named = f"{'table' if len(laid) == 1 else 'tables'} {listed(laid)}" if laid else ""
    return listed(filter(None, [named, "the whole room" if 0 in found else ""]))


def upper(words: str) -> str:
    """The words with a capital in front."""
    return words[:1].upper() + words[1:]


def lower(words: str) -> str:
    """The words without a capital in front, unless the first is an abbreviation or "I"."""
    first = words.split(" ", 1)[0]
    return words if first == "I" or first[1:] != first[1:].lower() else words[:1].lower() + words[1:]


def stopped(words: str) -> str:
    """The words ending as a sentence does."""
    trimmed = words.rstrip()
    bare = trimmed.rstrip("”’\"')]")
    return trimmed if not bare or bare[-1] in ".!?…" else f"{trimmed}."


def day(iso: str) -> str:
    """A date as people write it: "12 March 2027"."""
    when = date.fromisoformat(iso)
    return f"{when.day} {_MONTHS[when.month - 1]} {when.year}"
