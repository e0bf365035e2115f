"""Seat codes: two digits and a Damm check digit, three keystrokes (decision 19).

The Damm quasigroup (H. M. Damm, 2004) catches every single wrong digit and every swap of neighbours.
"""

from tradeoff_desktop.errors import RuleError

_DAMM = (
    (0, 3, 1, 7, 5, 9, 8, 6, 4, 2),
    (7, 0, 9, 2, 1, 5, 4, 8, 6, 3),
    (4, 2, 0, 6, 8, 7, 1, 3, 5, 9),
    (1, 7, 5, 0, 9, 8, 3, 4, 2, 6),
    (6, 1, 2, 3, 0, 4, 5, 9, 7, 8),
    (3, 6, 7, 4, 2, 0, 9, 5, 8, 1),
    (5, 8, 6, 9, 7, 2, 0, 1, 3, 4),
    (8, 9, 4, 5, 3, 6, 2, 0, 1, 7),
    (9, 4, 3, 8, 6, 1, 7, 2, 0, 5),
    (2, 5, 8, 1, 4, 3, 6, 7, 9, 0),
)
SESSIONS = "ABC"
# The sheets of two workshops on one day are kept apart by letter and colour, on paper and on screen.
COLOURS = {"A": ("blue", "#1B4E9B"), "B": ("brown", "#8A3F00"), "C": ("green", "#14632E")}
PER_SESSION = 33  # 30 people and three spares: three sessions share the 99 codes without overlap


def _interim(digits: str) -> int:
    interim = 0
    for digit in digits:
        interim = _DAMM[interim][int(digit)]
    return interim


def code_of(number: int) -> str:
    """The seat code of ``number`` (1..99), e.g. 4 -> "04" plus its check digit."""
    digits = f"{number:02d}"
    return digits + str(_interim(digits))


def is_code(text: str) -> bool:
    """Whether ``text`` is three digits whose last one checks the others."""
    return len(text) == 3 and text.isascii() and text.isdigit() and _interim(text) == 0


def codes(letter: str, count: int) -> list[str]:
    """The first ``count`` codes of a session; ranges of two sessions a day never overlap.

    RuleError("too_many_seats") beyond what one session holds, RuleError("unknown_session") for other letters.
    """
    if letter not in SESSIONS or len(letter) != 1:
        raise RuleError("unknown_session", letter=letter)
    if count > PER_SESSION:
        raise RuleError("too_many_seats", count=count, limit=PER_SESSION)
    first = SESSIONS.index(letter) * PER_SESSION + 1
    return [code_of(number) for number in range(first, first + count)]


def session_of(code: str) -> str:
    """The letter of the session whose range a seat code lies in, "" for a code of none."""
    place = (int(code[:2]) - 1) // PER_SESSION
    return SESSIONS[place] if 0 <= place < len(SESSIONS) else ""
