"""Where in a TOML file each field stands.

``tomllib`` gives values without their lines, and a pack author is helped by "line 41", not by "flips[2].sign".
So this walks the text once more, only after something has been found wrong. It reads files that ``tomllib`` has
accepted, and therefore need not judge them.
"""

import re
from bisect import bisect_right

_BLANK = re.compile(r"(?:[ \t\r\n,]|#[^\n]*)*")
_HEADER = re.compile(r"\[(\[?)\s*([^\]]+?)\s*\]\]?")
_KEY = re.compile(r"((?:\"[^\"]*\"|'[^']*'|[A-Za-z0-9_-]+)(?:\s*\.\s*(?:\"[^\"]*\"|'[^']*'|[A-Za-z0-9_-]+))*)\s*=[ \t]*")
# Strings first by their longest quotes; a backslash hides a quote in the double-quoted kinds only.
_STRING = re.compile(
    r'"""(?:[^\\]|\\.)*?"{3,5}(?!")|\'\'\'.*?\'{3,5}(?!\')|"(?:[^"\\\n]|\\.)*"|\'[^\'\n]*\'', re.DOTALL,
)
_BARE = re.compile(r"[^,\]}#\r\n]+")


def line_of(text: str, field: str) -> int:
    """The line (from 1) of ``field``, or of the nearest thing around it that stands in the file; 1 if nothing does."""
    places = _Walk(text).places
    while field:
        if field in places:
            return places[field]
        # The parent: up to the last dot or bracket.
        field = field[: max(field.rfind("."), field.rfind("["), 0)]
    return 1


class _Walk:
    """One walk through a TOML text; ``places`` maps a path such as ``flips[2].sign`` to its line."""

    def __init__(self, text: str) -> None:
        self.places: dict[str, int] = {}
        self._text = text
        self._at = 0
        self._line_ends = [m.start() for m in re.finditer("\n", text)]
        self._counts: dict[str, int] = {}
        self._walk()

    def _walk(self) -> None:
        table = ""
        self._skip(_BLANK)
        while self._at < len(self._text):
            header = _HEADER.match(self._text, self._at)
            if header:
                table = self._open_table(header)
                self._at = header.end()
            elif not self._pair(table):
                return
            self._skip(_BLANK)

    def _open_table(self, header: re.Match[str]) -> str:
        """The path of a header; inside an array of tables every part but the last means its latest element."""
        *outer, last = [part.strip().strip("\"'") for part in header.group(2).split(".")]
        path = ""
        for part in outer:
            path = _join(path, part)
            self._mark(path)
            if path in self._counts:
                path = f"{path}[{self._counts[path] - 1}]"
        path = _join(path, last)
        self._mark(path)
        if header.group(1):
            self._counts[path] = self._counts.get(path, 0) + 1
            path = f"{path}[{self._counts[path] - 1}]"
            self._mark(path)
        return path

    def _pair(self, table: str) -> bool:
        """One ``key = value``; False if there is none here."""
        key = _KEY.match(self._text, self._at)
        if key is None:
            return False
        path = table
        for part in key.group(1).split("."):
            path = _join(path, part.strip().strip("\"'"))
            self._mark(path)
        self._at = key.end()
        self._value(path)
        return True

    def _value(self, path: str) -> None:
        opening = self._text[self._at: self._at + 1]
        if opening == "[":
            self._array(path)
        elif opening == "{":
            self._at += 1
            self._skip(_BLANK)
            while self._pair(path):
                self._skip(_BLANK)
            self._at += 1  # the closing brace
        else:
            self._skip(_STRING if opening in "\"'" else _BARE)

    def _array(self, path: str) -> None:
        self._at += 1
        self._skip(_BLANK)
        count = 0
        while self._text[self._at: self._at + 1] not in {"]", ""}:
            element = f"{path}[{count}]"
            self._mark(element)
            self._value(element)
            self._skip(_BLANK)
            count += 1
        self._at += 1  # the closing bracket

    def _mark(self, path: str) -> None:
        self.places.setdefault(path, bisect_right(self._line_ends, self._at - 1) + 1)

    def _skip(self, pattern: re.Pattern[str]) -> None:
        found = pattern.match(self._text, self._at)
        if found:
            self._at = found.end()


def _join(path: str, part: str) -> str:
    return f"{path}.{part}" if path else part
