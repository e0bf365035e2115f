"""The one gate between words a person typed and anything drawn.

Nothing here or behind it parses markup: a text is a run of characters and stays one. The gate

- composes characters (Unicode form NFC) and turns every kind of space and line end into a plain one;
- shows what cannot be seen (control, bidirectional and other format characters, private and unassigned code points,
  half surrogates) as a mark such as ``[U+202E]``;
- draws a character that our typeface lacks in DejaVu Sans, joined and turned where it runs from right to left, and one
  that both lack as its mark.

No character that carries meaning is dropped: what cannot be drawn can still be read and looked up.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from tradeoff_desktop.report import fonts
from tradeoff_desktop.report.fonts import Face
from tradeoff_desktop.report.right_to_left import joined, runs_left, turned

NBSP = "\u00a0"
ELLIPSIS = "…"

# A column made as wide as its longest word must hold it, whatever the rounding of a sum.
_SLACK = 0.001
_LONGEST_LINE = 200
_LINE_ENDS = re.compile("\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
_BREAKS = re.compile(r"(\n| +)|(?<=[^\W\d_][-/])(?=[^\W\d_])")


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of plain text, emphasised or not."""

    text: str
    strong: bool = False


Text: TypeAlias = str | Span | Sequence[str | Span]


@dataclass(frozen=True, slots=True)
class Run:
    """Characters that one face can draw."""

    text: str
    face: Face


@dataclass(frozen=True, slots=True)
class Line:
    """One line of set text; ``width`` in points."""

    runs: tuple[Run, ...]
    width: float


@dataclass(frozen=True, slots=True)
class _Word:
    """An unbreakable stretch; ``spaced`` when a space parts it from the word before."""

    runs: tuple[Run, ...]
    spaced: bool

    def width(self, size: float) -> float:
        if len(self.runs) == 1:
            return fonts.width(self.runs[0].text, self.runs[0].face, size)
        return sum(fonts.width(run.text, run.face, size) for run in self.runs)


def mark(character: str) -> str:
    """Return the visible stand-in of a character that cannot be shown."""
    return f"[U+{ord(character):04X}]"


def clean(text: str) -> str:
    """Return ``text`` composed, with plain spaces and line ends, and everything unseen marked."""
    composed = unicodedata.normalize("NFC", _LINE_ENDS.sub("\n", text))
    return composed if composed.isascii() and composed.isprintable() else "".join(map(_visible, composed))


def drawable(text: str, face: Face = Face.REGULAR) -> str:
    """Return ``clean(text)`` with every character that no embedded face holds marked as well."""
    return "".join(run.text for run in _faced(clean(text), face))


def one_line(text: str) -> str:
    """Return ``clean(text)`` on one line, for bookmarks, page heads and document properties."""
    return " ".join(clean(text).split())


def cut(text: str, limit: int) -> str:
    """Return ``text`` on one line of at most ``limit`` characters, with an ellipsis where it is longer."""
    line = one_line(text)
    return line if len(line) <= limit else line[: limit - 1].rstrip() + ELLIPSIS


def spans(text: Text) -> tuple[Span, ...]:
    """Return any accepted form of text as spans."""
    if isinstance(text, str):
        return (Span(text),)
    if isinstance(text, Span):
        return (text,)
    return tuple(part if isinstance(part, Span) else Span(part) for part in text)


def plain(text: Text) -> str:
    """Return the characters of ``text`` without its emphasis."""
    return "".join(span.text for span in spans(text))


def runs(text: Text, face: Face, strong: Face) -> list[Run]:
    """Return ``text`` through the gate, as runs of ``face``, of ``strong`` for emphasis, and of the symbols face."""
    return [run for span in spans(text) for run in _faced(_joined(clean(span.text)), strong if span.strong else face)]


def _joined(text: str) -> str:
    """Return cleaned text with Arabic letters in the forms that the symbols face holds of them."""
    return text if text.isascii() else joined(text, fonts.characters(Face.SYMBOLS).__contains__)


def set_lines(words: Iterable[Run], *, size: float, width: float) -> list[Line]:
    r"""Break runs into lines of at most ``width`` points; a word that is wider than a line is broken inside.

    Args:
        words: runs as ``runs`` returns them; ``\n`` ends a line.
        size: type size in points.
        width: room for a line in points.

    Returns:
        The lines; an empty text is one empty line.

    """
    return [line for paragraph in _paragraphs(words) for line in _fill(paragraph, size, width)]


def natural_width(words: Iterable[Run], size: float) -> float:
    """Return the width in points that the text needs when only its own line ends break it."""
    return max(
        sum(word.width(size) + _gap(word, size) for word in paragraph) for paragraph in _paragraphs(words)
    )


def longest_word(words: Iterable[Run], size: float) -> float:
    """Return the width in points of the widest stretch that should not be broken."""
    return max((word.width(size) for paragraph in _paragraphs(words) for word in paragraph), default=0.0)


def drawn(line: Line) -> Line:
    """Return a line with its runs as they are drawn from the left: the same, unless some of it runs from right to left."""
    if not any(runs_left(run.text) for run in line.runs):
        return line
    placed = [(cluster, run.face) for run in line.runs for cluster in _clusters(run.text)]
    order = turned([cluster for cluster, _ in placed])
    return Line(_merged(Run(cluster, placed[at][1]) for at, cluster in order), line.width)


def shorten(text: str, *, face: Face, size: float, width: float) -> Line:
    """Return ``text`` on one line of at most ``width`` points, cut with an ellipsis where it is longer."""
    whole = set_lines(runs(cut(text, _LONGEST_LINE), face, face), size=size, width=float("inf"))[0]
    if whole.width <= width:
        return whole
    room = width - fonts.width(ELLIPSIS, face, size)
    first = next(_chop(whole.runs, size, room))
    return _line([*first, Run(ELLIPSIS, face)], size)


def _visible(character: str) -> str:
    """Return the character, a plain space in place of any other space, or a mark."""
    if character == "\n":
        return character
    category = unicodedata.category(character)
    if category == "Zs" or character == "\t":
        return NBSP if character in "\u00a0\u202f" else " "
    return mark(character) if category in _UNSEEN else character


def _faced(text: str, face: Face) -> Iterator[Run]:
    """Split cleaned text into runs; a letter and the marks combining with it share a face where one holds them all."""
    if set(text) - {"\n"} <= fonts.characters(face):
        if text:
            yield Run(text, face)
        return
    gathered, current = "", face
    for cluster in _clusters(text):
        chosen, shown = _placed(cluster, face)
        if chosen != current and gathered:
            yield Run(gathered, current)
            gathered = ""
        gathered, current = gathered + shown, chosen
    yield Run(gathered, current)


def _clusters(text: str) -> Iterator[str]:
    """Split into letters, each with the combining marks that follow it."""
    cluster = ""
    for character in text:
        if cluster and not unicodedata.category(character).startswith("M"):
            yield cluster
            cluster = ""
        cluster += character
    if cluster:
        yield cluster


def _placed(cluster: str, face: Face) -> tuple[Face, str]:
    """Return the face that draws the cluster and the cluster with whatever that face lacks marked."""
    if cluster == "\n" or fonts.characters(face).issuperset(cluster):
        return face, cluster
    symbols = fonts.characters(Face.SYMBOLS)
    if not symbols.isdisjoint(cluster):
        return Face.SYMBOLS, "".join(c if c in symbols else mark(c) for c in cluster)
    return face, "".join(map(mark, cluster))


def _paragraphs(words: Iterable[Run]) -> list[list[_Word]]:
    """Cut runs at line ends and spaces, and inside words after a hyphen or slash between letters."""
    paragraphs: list[list[_Word]] = [[]]
    joined = spaced = False
    for run in words:
        for atom in filter(None, _BREAKS.split(run.text)):
            if atom == "\n":
                paragraphs.append([])
            last = paragraphs[-1]
            if atom[0] in " \n":
                joined, spaced = False, bool(last)
                continue
            if joined:
                last[-1] = _Word((*last[-1].runs, Run(atom, run.face)), last[-1].spaced)
            else:
                last.append(_Word((Run(atom, run.face),), spaced))
            joined = spaced = False
        joined = bool(paragraphs[-1]) and not run.text.endswith((" ", "\n"))
    return paragraphs


def _fill(words: list[_Word], size: float, width: float) -> Iterator[Line]:
    """Fill lines greedily, as a typist does."""
    line: list[Run] = []
    used = 0.0
    for word, wide in _measured(words, size, width):
        gap = _gap(word, size) if line else 0.0
        if line and used + gap + wide > width + _SLACK:
            yield _line(line, size)
            line, used, gap = [], 0.0, 0.0
        line += [Run(" ", word.runs[0].face), *word.runs] if gap else word.runs
        used += gap + wide
    yield _line(line, size)


def _measured(words: list[_Word], size: float, width: float) -> Iterator[tuple[_Word, float]]:
    """Give every word its width and cut those that are wider than a line."""
    for word in words:
        wide = word.width(size)
        if wide <= width + _SLACK:
            yield word, wide
        else:
            for number, piece in enumerate(_chop(word.runs, size, width)):
                part = _Word(_line(piece, size).runs, word.spaced and number == 0)
                yield part, part.width(size)


def _chop(word: Iterable[Run], size: float, width: float) -> Iterator[list[Run]]:
    """Cut runs between characters into pieces of at most ``width`` points, one character at the least."""
    piece: list[Run] = []
    used = 0.0
    for run in word:
        for cluster in _clusters(run.text):
            wide = fonts.width(cluster, run.face, size)
            if piece and used + wide > width:
                yield piece
                piece, used = [], 0.0
            piece.append(Run(cluster, run.face))
            used += wide
    yield piece


def _gap(word: _Word, size: float) -> float:
    """Return the space before a word in points."""
    return fonts.width(" ", word.runs[0].face, size) if word.spaced else 0.0


def _line(pieces: Sequence[Run], size: float) -> Line:
    """Join neighbours of one face and measure the line."""
    found = _merged(pieces)
    return Line(found, sum(fonts.width(run.text, run.face, size) for run in found))


def _merged(pieces: Iterable[Run]) -> tuple[Run, ...]:
    """Join neighbours of one face."""
    found: list[Run] = []
    for piece in pieces:
        if found and found[-1].face == piece.face:
            found[-1] = Run(found[-1].text + piece.text, piece.face)
        else:
            found.append(piece)
    return tuple(found)
