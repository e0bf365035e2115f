"""Where the program begins: the window without arguments, the command line with them.

Each is imported only when it is wanted. The window needs no click, and a command needs no Qt: on a server without
a display ``tradeoff verify`` must run, and the window must not wait for libraries it does not use.
"""

import sys
from pathlib import Path


def window() -> None:
    """Show the window; does not return."""
    from tradeoff_desktop.ui import app  # noqa: PLC0415 - only here, see above

    sys.exit(app.run(sys.argv[1:]))


def command_line() -> None:
    """Run a command; does not return."""
    from tradeoff_desktop import cli  # noqa: PLC0415 - only here, see above

    cli.main(_take_screenshots)


def _take_screenshots(folder: Path) -> list[Path]:
    from tradeoff_desktop.ui import gallery  # noqa: PLC0415 - only here, see above

    return gallery.take(folder)


def main() -> None:
    """Choose: with arguments the command line, without the window."""
    if len(sys.argv) > 1:
        command_line()
    else:
        window()


if __name__ == "__main__":
    main()
