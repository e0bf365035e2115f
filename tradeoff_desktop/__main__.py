"""Where the program begins: the window without arguments, the command line with them.

Each is imported only when it is wanted. The window needs no click, and a command needs no Qt: on a server without
a display ``tradeoff verify`` must run. The window itself comes in two parts, so that people see it sooner.
"""

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tradeoff_desktop.ui.front import Front


def window() -> None:
    """Show the window; does not return."""
    from tradeoff_desktop.ui import front  # noqa: PLC0415 - only here, see above

    sys.exit(front.run(sys.argv[1:], _load_the_rest))


def command_line() -> None:
    """Run a command; does not return."""
    from tradeoff_desktop import cli  # noqa: PLC0415 - only here, see above

    cli.main(_take_screenshots)


def _load_the_rest(front: "Front") -> object:
    from tradeoff_desktop.ui import app  # noqa: PLC0415 - only here, once the first window is painted

    return app.attach(front)


def _take_screenshots(folder: Path) -> list[Path]:
    from tradeoff_desktop.ui import gallery  # noqa: PLC0415 - only here, see above

    return gallery.take(folder)


def main() -> None:
    """Choose: with arguments the command line, without the window."""
    # A shell that completes a command line asks through its environment, with no arguments.
    if len(sys.argv) > 1 or "_TRADEOFF_COMPLETE" in os.environ:
        command_line()
    else:
        window()


if __name__ == "__main__":
    main()
