"""Where the program begins: the window without arguments, the command line with them.

Each is imported only when it is wanted. The window needs no click, and a command needs no Qt: on a server without
a display ``tradeoff verify`` must run. The window itself comes in two parts, so that people see it sooner.
"""

import os
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

GIVEN = {".tradeoff", ".tradeoff-table", ".tradeoff-programme"}  # kinds of file that open the window

if TYPE_CHECKING:
    from tradeoff_desktop.ui.front import Front


def window() -> None:
    """Show the window, with the file that was opened if there is one; does not return."""
    from tradeoff_desktop.ui import front  # noqa: PLC0415 - only here, see above

    sys.exit(front.run([], partial(_load_the_rest, given=given_file())))


def given_file() -> Path | None:
    """The file that somebody opened in the desktop's own window of files; it is the only argument then."""
    path = Path(sys.argv[1]) if len(sys.argv) == 2 else None
    return path.absolute() if path is not None and path.suffix in GIVEN else None


def command_line() -> None:
    """Run a command; does not return."""
    from tradeoff_desktop import cli  # noqa: PLC0415 - only here, see above

    cli.main(_take_screenshots)


def _load_the_rest(front: "Front", given: Path | None = None) -> object:
    from tradeoff_desktop.ui import app  # noqa: PLC0415 - only here, once the first window is painted

    return app.attach(front, given)


def _take_screenshots(folder: Path) -> list[Path]:
    from tradeoff_desktop.ui import gallery  # noqa: PLC0415 - only here, see above

    return gallery.take(folder)


def main() -> None:
    """Choose: with arguments the command line, without or with a file to open the window."""
    # A shell that completes a command line asks through its environment, with no arguments.
    if (len(sys.argv) > 1 and given_file() is None) or "_TRADEOFF_COMPLETE" in os.environ:
        command_line()
    else:
        window()


if __name__ == "__main__":
    main()
