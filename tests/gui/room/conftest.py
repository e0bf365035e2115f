"""Windows of the room over real desks in memory."""

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "app"))
sys.path.insert(0, str(Path(__file__).parent))

from console_world import Console, dress
from room_world import Day, begin

from tradeoff_desktop.app.desk import Desk
from tradeoff_desktop.store.store import Store
from tradeoff_desktop.ui import theme as looks
from tradeoff_desktop.ui.audience import AudienceWindow
from tradeoff_desktop.ui.bridge import Bridge


@pytest.fixture
def day() -> Day:
    return Day()


@pytest.fixture
def make_desk(day: Day) -> Iterator[Callable[..., Desk]]:
    """A function that opens a desk for so many people."""
    stores: list[Store] = []

    def make(people: int = 20, *, tables: int = 4, practice: bool = False) -> Desk:
        stores.append(Store.create())
        return begin(stores[-1], day, people, tables=tables, practice=practice)

    yield make
    for store in stores:
        store.close()


@pytest.fixture
def desk(make_desk: Callable[..., Desk]) -> Desk:
    return make_desk()


@pytest.fixture
def theme(qapp: QApplication) -> looks.Theme:
    return dress(qapp)


@pytest.fixture
def bridge(qapp: QApplication, desk: Desk) -> Bridge:
    return Bridge(desk, qapp)


@pytest.fixture
def audience(qtbot: QtBot, theme: looks.Theme) -> AudienceWindow:  # noqa: ARG001 - its fonts must be there
    window = AudienceWindow()
    qtbot.addWidget(window)
    return window


@pytest.fixture
def open_console(qtbot: QtBot, theme: looks.Theme) -> Callable[..., Console]:
    """A function that shows a console in its window."""

    def show(desk: Desk, *, audience: AudienceWindow | None = None, size: tuple[int, int] = (1366, 768)) -> Console:
        return Console(qtbot, Bridge(desk), theme, audience=audience, size=size)

    return show


@pytest.fixture
def console(open_console: Callable[..., Console], desk: Desk) -> Console:
    return open_console(desk)
