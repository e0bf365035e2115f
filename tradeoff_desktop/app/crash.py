"""A file about a crash: where in the program it happened, and nothing that anybody typed.

It stays on this laptop. The text of an exception is left out, because it may quote a note or a name; for our own
errors the code is enough.
"""

import platform
import sys
import traceback
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType

from tradeoff_desktop import __version__
from tradeoff_desktop.app.files import Folders, make_folder, replace_file
from tradeoff_desktop.app.words import Message
from tradeoff_desktop.errors import TradeoffError

Hook = Callable[[type[BaseException], BaseException | None, TracebackType | None], object]
GO_ON = "You can go on; if something looks odd, close the program and start it again."
_PACKAGE = Path(__file__).resolve().parents[1]


def report(kind: type[BaseException], error: BaseException | None, trace: TracebackType | None) -> str:
    """The report: versions, the kind of error, and the places it came through, outermost first."""
    code = f" {error.code}" if isinstance(error, TradeoffError) else ""
    lines = [
        f"Tradeoff Desktop {__version__}",
        f"Python {platform.python_version()} on {platform.system()} {platform.release()}",
        f"{kind.__module__}.{kind.__qualname__}{code}",
        *(f"  {_place(frame.filename)}:{frame.lineno} in {frame.name}" for frame in traceback.extract_tb(trace)),
    ]
    return "\n".join(lines) + "\n"


def write(folders: Folders, text: str, *, now: datetime) -> Path:
    """Write a report beside the workshops. MachineError where the disk refuses."""
    folder = make_folder(folders.root / "crashes", private=True)
    path = folder / f"crash-{now.astimezone(UTC):%Y%m%dT%H%M%S}.txt"
    replace_file(path, text.encode(), private=True)
    return path


def told(folders: Folders, error: BaseException, *, now: datetime, todo: str = GO_ON) -> Message:
    """Write the report of an error nobody expected; what to say of it, in which no word of the error's own stands."""
    try:
        path = write(folders, report(type(error), error, error.__traceback__), now=now)
        where = f"A report without any of your words is in {path}."
    except (TradeoffError, OSError):
        where = "No report could be written."
    return Message("Something went wrong in the program.", "Everything saved is still there.", f"{todo} {where}")


def hook(folders: Folders, now: Callable[[], datetime], tell: Callable[[Message], object]) -> Hook:
    """What takes the place of Python's own answer to such an error, which would print what the error quotes."""

    def answer(kind: type[BaseException], error: BaseException | None, trace: TracebackType | None) -> None:
        with suppress(Exception):  # an error in here would make Python print both, words and all
            message = told(folders, (error or kind()).with_traceback(trace), now=now())
            if sys.stderr is not None:  # a window that was started without a terminal has none
                sys.stderr.write(f"{message}\n")
            tell(message)

    return answer


def _place(file: str) -> str:
    """A source file without the folders above it, which may hold a person's name."""
    path = Path(file)
    return path.relative_to(_PACKAGE.parent).as_posix() if path.is_relative_to(_PACKAGE) else path.name
