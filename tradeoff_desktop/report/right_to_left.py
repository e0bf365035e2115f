"""Words that run from right to left: letters joined as Arabic joins them, and a line put in the order in which it is drawn.

The PDF library draws letters one after the other from the left. So letters are exchanged for the forms they take beside
their neighbours (Unicode's presentation forms, from the tables that Python brings), and a line is turned as the rules of
the bidirectional algorithm say (UAX 9, without its invisible controls, which reports show as marks). A line runs the way
of its first letter.
"""

import unicodedata
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from itertools import groupby
from operator import itemgetter

_FORMS = (*range(0xFB50, 0xFC00), *range(0xFE70, 0xFEFD))
_TATWEEL, _LAM = "\u0640", "\u0644"
_MIRRORED = dict(zip("()[]{}<>«»", ")(][}{><»«", strict=True))
_RIGHT, _NUMBER = frozenset({"R", "AL"}), frozenset({"EN", "AN"})


@cache
def _shapes() -> dict[str, dict[str, str]]:
    """Return the forms of every letter, and of lam with the alef after it, by their names."""
    found: dict[str, dict[str, str]] = {}
    for code in _FORMS:
        kind, _, letters = unicodedata.decomposition(chr(code)).partition("> ")
        base = "".join(chr(int(each, 16)) for each in letters.split())
        if kind and (len(base) == 1 or (len(base) == 2 and base[0] == _LAM)):
            found.setdefault(base, {})[kind.removeprefix("<")] = chr(code)
    return found


def runs_left(text: str) -> bool:
    """Whether anything in ``text`` runs from right to left."""
    return not text.isascii() and any(unicodedata.bidirectional(letter) in _RIGHT for letter in text)


def joined(text: str, holds: Callable[[str], bool]) -> str:
    """Return ``text`` with every letter in the form it takes beside its neighbours, where ``holds`` has that form."""
    if not runs_left(text):
        return text
    letters = list(_ligated(text, holds))
    drawn = list(letters)
    solid = [at for at, letter in enumerate(letters) if not unicodedata.combining(letter[0])]
    for place, at in enumerate(solid):
        shapes = _shapes().get(letters[at], {})
        before = letters[solid[place - 1]] if place else ""
        after = letters[solid[place + 1]] if place + 1 < len(solid) else ""
        tied = "final" in shapes and _reaches(before)
        ties = _reaches(letters[at]) and (after == _TATWEEL or "final" in _shapes().get(after, {}))
        shape = shapes.get("medial" if tied and ties else "final" if tied else "initial" if ties else "isolated", "")
        if shape and holds(shape):
            drawn[at] = shape
    return "".join(drawn)


def _ligated(text: str, holds: Callable[[str], bool]) -> Iterator[str]:
    """Yield letters, a lam with the alef after it as one, as the script demands."""
    at = 0
    while at < len(text):
        pair = text[at : at + 2]
        wide = 2 if len(pair) == 2 and pair in _shapes() and all(map(holds, _shapes()[pair].values())) else 1
        yield text[at : at + wide]
        at += wide


def _reaches(letter: str) -> bool:
    """Whether a letter is tied to the one after it."""
    return letter == _TATWEEL or "initial" in _shapes().get(letter, {})


def turned(clusters: Sequence[str]) -> list[tuple[int, str]]:
    """Return letters, each with the marks on it, in the order in which a line draws them from the left, with their places.

    Brackets that run to the left are exchanged for their mirror images, and marks are drawn before their letter, for
    there the pen stands where the letter will.
    """
    kinds = [unicodedata.bidirectional(cluster[0]) for cluster in clusters]
    base = next(("R" if kind in _RIGHT else "L" for kind in kinds if kind in _RIGHT or kind == "L"), "L")
    ways = _ways(clusters, kinds, base)
    levels = [{"L": 2 * (base == "R"), "R": 1, "N": 2}[way] for way in ways]
    order = list(range(len(clusters)))
    for level in (2, 1):
        whole: list[int] = []
        for high, places in groupby([(levels[at] >= level, at) for at in order], key=itemgetter(0)):
            run = [at for _, at in places]
            whole += run[::-1] if high else run
        order = whole
    return [(at, _mirrored(clusters[at]) if levels[at] == 1 else clusters[at]) for at in order]


def _mirrored(cluster: str) -> str:
    return _MIRRORED.get(cluster, cluster[::-1])


def _ways(clusters: Sequence[str], kinds: Sequence[str], base: str) -> list[str]:
    """Return which way every letter runs: R, L, or N for numbers after words that run to the left."""
    strong = base
    ways: list[str] = []
    for kind in kinds:
        if kind in _RIGHT or kind == "L":
            strong = "L" if kind == "L" else "R"
        number = "N" if strong == "R" else "L"
        ways.append(number if kind in _NUMBER else strong if kind in _RIGHT | {"L", "NSM"} else "")
    for at, kind in enumerate(kinds[1:-1], 1):
        if kind in {"CS", "ES"} and ways[at - 1] == ways[at + 1] == "N":
            ways[at] = "N"
    _pair(clusters, ways, base)
    _settle(ways, base)
    return ways


def _pair(clusters: Sequence[str], ways: list[str], base: str) -> None:
    """Let both brackets of a pair run the way of what is between them (rule N0), the line's way where that stands there."""
    opened: list[tuple[str, int]] = []
    for at, cluster in enumerate(clusters):
        if cluster in "([{":
            opened.append((_MIRRORED[cluster], at))
        elif opened and cluster == opened[-1][0]:
            _, start = opened.pop()
            inside = {"R" if way == "N" else way for way in ways[start + 1 : at] if way}
            before = next(("R" if way == "N" else way for way in reversed(ways[:start]) if way), base)
            if inside:
                ways[start] = ways[at] = base if base in inside else before


def _settle(ways: list[str], base: str) -> None:
    """Give what has no way of its own that of both neighbours where they agree, else that of the line."""
    at = 0
    for known, group in [(known, len(list(each))) for known, each in groupby(list(ways), key=bool)]:
        end = at + group
        if not known:
            sides = {"R" if side == "N" else side for side in (ways[at - 1] if at else base, ways[end] if end < len(ways) else base)}
            ways[at:end] = [sides.pop() if len(sides) == 1 else base] * group
        at = end
