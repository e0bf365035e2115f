"""What every ``tradeoff`` command has in common: how it tells what it did, and how it ends."""

import functools
import json
import sys
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from tradeoff_desktop.app import words
from tradeoff_desktop.errors import MachineError, TradeoffError

_EXIT = {"disk_full": 74, "disk_error": 74, "copy_differs": 74, "file_exists": 73, "store_exists": 73}
_TURNING = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"  # the direction of a line
FILE = click.Path(path_type=Path, dir_okay=False)
FOLDER = click.Path(path_type=Path, file_okay=False)
RECEIVED = click.option(
    "--received", type=click.DateTime(["%Y%m%d%H%M%SZ"]), help="When the files came in, in UTC (20261103140000Z); now otherwise.",
)
LETTER = click.option(
    "--words", "heard", default="", help="The eight words of the printed letter; another key's programme file is refused.",
)


class Output:
    """What a command tells: lines for a person, or one JSON value with ``--json``."""

    def __init__(self, *, as_json: bool) -> None:
        self._as_json = as_json
        self.result: dict[str, Any] = {}
        self.silent = False

    def say(self, text: str) -> None:
        """A line for a person; silent with --json."""
        if not self._as_json:
            click.echo(printable(text))

    def progress(self, what: str, done: int, of: int) -> None:
        """How far a long act has come, on standard error so that output can be piped."""
        if not self._as_json and sys.stderr.isatty():
            end = "\n" if done >= of else ""
            click.echo(f"\r{printable(what):<60} {done}/{of}", nl=False, err=True)
            click.echo(end, nl=False, err=True)

    def finish(self) -> None:
        """Print the JSON value, where one was asked for."""
        if self._as_json and not self.silent:
            text = json.dumps(self.result, indent=2, sort_keys=True, ensure_ascii=False, default=str)
            click.echo("".join(f"\\u{ord(c):04x}" if _obeyed(c) else c for c in text))


def printable(text: str) -> str:
    """The text without what a terminal would obey: names in files from elsewhere may hold anything."""
    return "".join(c for c in text if not _obeyed(c))


def _obeyed(c: str) -> bool:
    return c in _TURNING or (c != "\n" and unicodedata.category(c) == "Cc")


class Refused(Exception):  # noqa: N818 - it is an ending, not an error: the command said all there is to say
    """The command ends with exit code 1; what was refused has been said."""


@contextmanager
def ending(out: Output) -> Iterator[None]:
    """Turn errors into sentences and exit codes."""
    try:
        yield
        out.finish()
    except Refused:
        out.finish()
        sys.exit(1)
    except TradeoffError as error:
        message = words.say(error)
        out.result = {"error": error.code, "facts": error.facts, "message": str(message)}
        out.silent = False
        out.finish()
        click.echo(printable(str(message)), err=True)
        sys.exit(_EXIT.get(error.code, 72) if isinstance(error, MachineError) else 1)


def command(act: Callable[..., None]) -> Callable[..., None]:
    """Give a command ``--json`` and honest endings; it receives its ``Output`` as ``out``."""

    @click.option("--json", "as_json", is_flag=True, help="Print one JSON value instead of text.")
    @functools.wraps(act)
    def run(*args: object, as_json: bool, **options: object) -> None:
        out = Output(as_json=as_json)
        with ending(out):
            act(*args, out=out, **options)

    return run


def now() -> datetime:
    """This moment, in UTC."""
    return datetime.now(UTC)


def received_at(given: datetime | None) -> datetime:
    """The moment of receipt: the one given, or this one."""
    return given.replace(tzinfo=UTC) if given is not None else now()
