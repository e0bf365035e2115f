"""A file about a crash: where in the program it happened, and nothing that anybody typed.

It stays on this laptop. The text of an exception is left out, because it may quote a note or a name; for our own
errors the code is enough.
"""

import platform
import traceback
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType

from tradeoff_desktop import __version__
from tradeoff_desktop.app.files import Folders, make_folder, replace_file
from tradeoff_desktop.errors import TradeoffError

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


def _place(file: str) -> str:
    """A source file without the folders above it, which may hold a person's name."""
    path = Path(file)
    return path.relative_to(_PACKAGE.parent).as_posix() if path.is_relative_to(_PACKAGE) else path.name
