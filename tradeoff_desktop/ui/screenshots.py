"""Pictures of screens, for people who look at them: each in the same few sizes and appearances.

Which screens there are is a plain list of (name, builder) that the caller hands in; see ``gallery``.
"""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QEventLoop, QObject, QSize, QTimer, Slot
from PySide6.QtWidgets import QApplication, QWidget

from tradeoff_desktop.app.files import make_folder
from tradeoff_desktop.errors import MachineError
from tradeoff_desktop.ui import contact_sheet
from tradeoff_desktop.ui import theme as looks
from tradeoff_desktop.ui.page import Page
from tradeoff_desktop.ui.theme import Appearance, Theme
from tradeoff_desktop.ui.window import OperatorWindow

ROOM = QSize(1920, 1080)  # what the room sees is drawn for a projector, whatever the operator's screen is
LAPTOP = QSize(1366, 768)
_SETTLE = 6  # turns of the event loop until layouts and focus have come to rest


class View(NamedTuple):
    """One way of looking at every page of the operator."""

    appearance: Appearance
    size: QSize
    zoom: float = 1.0

    @property
    def suffix(self) -> str:
        """What the file's name says about it."""
        return f"{self.appearance}-{self.size.width()}x{self.size.height()}-{round(self.zoom * 100)}"


class Shot(NamedTuple):
    """A screen: its name and what builds it. A ``Page`` is shown in the operator's window, anything else alone."""

    name: str
    build: Callable[[Theme], QWidget]
    keys: tuple[str, ...] = ()  # acts of the page done once it is seen


# Three appearances in two sizes, and text of double size on the smallest screen.
VIEWS: tuple[View, ...] = (
    *(View(appearance, size) for size in (LAPTOP, ROOM) for appearance in looks.APPEARANCES),
    View("light", QSize(1024, 600), 2.0),
)
CONTACT_SHEET = "contact-sheet.png"


def take(app: QApplication, folder: Path, shots: Sequence[Shot], *, views: Sequence[View] = VIEWS) -> list[Path]:
    """Write a PNG of every screen in every view, and one sheet with all of them as the first view shows them.

    What stands alone does not follow the operator's appearance, so one picture of it is enough.
    Returns the files written, the sheet last. MachineError where the folder refuses.
    """
    make_folder(folder)
    files = Camera(app, folder, shots, views).run()
    seen = {file.name: file for file in files}
    first = ((shot.name, (f"{shot.name}-{views[0].suffix}.png", f"{shot.name}.png")) for shot in shots)
    sheet = folder / CONTACT_SHEET
    contact_sheet.write(sheet, [(name, seen[either]) for name, either_of in first for either in either_of if either in seen])
    return [*files, sheet]


class Camera(QObject):
    """Builds, waits and grabs, one turn of the event loop at a time."""

    def __init__(self, app: QApplication, folder: Path, shots: Sequence[Shot], views: Sequence[View]) -> None:
        super().__init__()
        self._app = app
        self._folder = folder
        self._turns = self._pictures(shots, views)
        self._files: list[Path] = []
        self._error: Exception | None = None
        self._loop = QEventLoop(self)
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._turn)

    def run(self) -> list[Path]:
        """Take all pictures; whatever went wrong is raised here, not in the event loop."""
        self._timer.start(0)
        self._loop.exec()
        self._timer.stop()
        if self._error is not None:
            raise self._error
        return self._files

    @Slot()
    def _turn(self) -> None:
        try:
            next(self._turns)
        except StopIteration:
            self._loop.quit()
        except Exception as error:  # noqa: BLE001 - carried out of the event loop and raised by ``run``
            self._error = error
            self._loop.quit()

    def _pictures(self, shots: Sequence[Shot], views: Sequence[View]) -> Iterator[None]:
        for view in views:
            theme = looks.theme(view.appearance, zoom=view.zoom)
            looks.apply(self._app, theme)
            for shot in shots:
                made = shot.build(theme)
                if isinstance(made, Page):
                    window = OperatorWindow(theme)
                    window.show_page(made)
                    yield from self._seen(window, view.size)
                    window.activateWindow()
                    yield
                    for act in shot.keys:
                        window.acts()[act]()
                    yield from self._picture(window, f"{shot.name}-{view.suffix}.png")
                elif view is views[0]:
                    yield from self._seen(made, ROOM)
                    yield from self._picture(made, f"{shot.name}.png")
                else:
                    made.deleteLater()

    def _seen(self, window: QWidget, size: QSize) -> Iterator[None]:
        window.resize(size)
        window.show()
        yield

    def _picture(self, window: QWidget, name: str) -> Iterator[None]:
        for _ in range(_SETTLE):
            yield
        path = self._folder / name
        if not window.grab().save(str(path)):
            raise MachineError("disk_error", file=name)
        self._files.append(path)
        window.close()
        window.deleteLater()
        yield
