"""A projector is there, is pulled out, and comes back. Run with two offscreen screens; prints what was seen."""

import json
import sys
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QScreen
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "app"))

from room_world import Day, begin

from tradeoff_desktop.model import records as r
from tradeoff_desktop.store.store import Store
from tradeoff_desktop.ui import theme as looks
from tradeoff_desktop.ui.audience import AudienceWindow, Display
from tradeoff_desktop.ui.bridge import Bridge
from tradeoff_desktop.ui.console import ConsolePage
from tradeoff_desktop.ui.window import OperatorWindow


def seen(audience: AudienceWindow) -> dict[str, object]:
    return {
        "where": audience.where, "screen": audience.screen().name(), "full": audience.isFullScreen(),
        "size": [audience.width(), audience.height()], "visible": audience.isVisible(),
    }


def tell_mirrored(app: QApplication, store: Store) -> dict[str, object]:
    """Two displays over the same place: what one shows the other shows too."""
    looks.install_fonts()
    looks.apply(app, looks.LIGHT)
    window = OperatorWindow(looks.LIGHT)
    window.resize(1024, 700)
    audience = AudienceWindow()
    page = ConsolePage(Bridge(begin(store, Day()), window), looks.LIGHT, audience)
    window.show_page(page)
    window.show()
    app.processEvents()
    story: dict[str, object] = {
        "opened": seen(audience), "banner": page.parts.banner.accessibleName(),
        "notes visible": page.parts.notes.list.isVisibleTo(page),
    }
    page.acts()["swap"]()
    story["swapped"] = page.parts.banner.accessibleName()
    window.close()
    return story


class Room:
    """A console with its audience window, on the first of the screens; and displays that are said to come and go."""

    def __init__(self, app: QApplication, store: Store) -> None:
        looks.install_fonts()
        looks.apply(app, looks.LIGHT)
        self.app = app
        self.window = OperatorWindow(looks.LIGHT)
        self.window.setScreen(app.screens()[0])
        self.window.resize(1024, 700)
        self.audience = AudienceWindow()
        self.page = ConsolePage(Bridge(begin(store, Day()), self.window), looks.LIGHT, self.audience)
        self.window.show_page(self.page)
        self.window.show()
        app.processEvents()

    def move(self, to: QScreen) -> None:
        """As Qt moves the operator's window when its display goes, and as people do by hand."""
        self.window.setScreen(to)
        self.app.processEvents()

    def seen(self) -> dict[str, object]:
        return {
            "where": self.audience.where, "audience": self.audience.screen().name() if self.audience.isVisible() else "",
            "operator": self.window.screen().name(), "full": self.audience.isVisible() and self.audience.isFullScreen(),
            "banner": (banner := self.page.parts.banner).isVisibleTo(self.page) and banner.accessibleName(),
            "notes": self.page.parts.notes.list.isVisibleTo(self.page),
        }


def tell_operator_loses(app: QApplication, store: Store) -> dict[str, object]:
    """The operator's display goes and comes back."""
    laptop, projector = app.screens()
    room, story = Room(app, store), {}
    app.screenRemoved.emit(laptop)
    story["said"] = room.seen()
    room.move(projector)
    story["moved"] = room.seen()
    app.screenAdded.emit(laptop)
    story["back"] = room.seen()
    room.window.close()
    return story


def tell_swapped(app: QApplication, store: Store) -> dict[str, object]:
    """The screens are swapped, then one goes; the operator's window moves before or after that is said."""
    laptop, projector = app.screens()
    room, story = Room(app, store), {}
    room.page.acts()["swap"]()
    story["swapped"] = room.seen()
    app.screenRemoved.emit(laptop)  # the room's, now
    story["room's gone"] = room.seen()
    app.screenAdded.emit(laptop)
    story["room's back"] = room.seen()
    app.screenRemoved.emit(projector)  # the operator's, now
    room.move(laptop)
    story["operator's gone"] = room.seen()
    app.screenAdded.emit(projector)
    story["operator's back"] = room.seen()
    room.page.acts()["swap"]()
    room.page.acts()["fill"]()
    story["asked"] = room.seen()
    room.audience._screen_changed(projector)  # the only display went, and another took its place
    story["asked and gone"] = room.seen()
    room.window.close()
    return story


def tell_three(app: QApplication, store: Store) -> dict[str, object]:
    """There are three displays: the operator's goes, a window is moved by hand."""
    _laptop, projector, third = app.screens()
    room, story = Room(app, store), {}
    story["opened"] = room.seen()
    app.screenRemoved.emit(projector)
    app.screenAdded.emit(third)
    story["gone"] = room.seen()
    app.screenAdded.emit(projector)
    story["back"] = room.seen()
    room.move(projector)
    story["by hand"] = room.seen()
    room.move(third)
    story["further"] = room.seen()
    app.screenRemoved.emit(third)
    story["operator's gone"] = room.seen()
    room.window.close()
    return story


def tell_mirrored_beside(app: QApplication, store: Store) -> dict[str, object]:
    """The room has its own display, and a third shows what the operator's does."""
    room = Room(app, store)
    story: dict[str, object] = {"opened": room.seen()}
    room.window.close()
    return story


def tell(app: QApplication, store: Store) -> dict[str, object]:
    looks.install_fonts()
    looks.apply(app, looks.LIGHT)
    laptop, projector = app.screens()
    window = OperatorWindow(looks.LIGHT)
    window.setScreen(laptop)
    window.resize(1366, 768)
    desk = begin(store, Day())
    audience = AudienceWindow()
    page = ConsolePage(Bridge(desk, window), looks.LIGHT, audience)
    window.show_page(page)
    window.show()
    app.processEvents()
    story: dict[str, object] = {
        "opened": seen(audience), "caption": page.parts.now.caption.text(),
        "notes visible": page.parts.notes.list.isVisibleTo(page),
    }
    app.screenRemoved.emit(projector)
    story["removed"] = seen(audience)
    story["banner"] = page.parts.banner.accessibleName()
    page.parts.notes.field.setFocus()
    QTest.keyClicks(page.parts.notes.field, "said in the dark")
    QTest.keyClick(page.parts.notes.field, Qt.Key.Key_Return)
    story["keyed meanwhile"] = len(desk.state.bodies(r.Note))
    app.screenAdded.emit(laptop)  # a screen, but not the one that went
    story["another"] = seen(audience)
    app.screenAdded.emit(projector)
    app.processEvents()
    story["returned"] = seen(audience)
    audience._screen_changed(laptop)
    story["moved"] = seen(audience)
    assert audience._assigned == Display("projector", projector.geometry())
    page.acts()["audience"]()
    page.acts()["swap"]()
    story["swapped"] = seen(audience)
    story["operator after"] = window.screen().name()
    page.acts()["swap"]()
    story["swapped back"] = seen(audience)
    story["operator back"] = window.screen().name()
    window.close()
    return story


if __name__ == "__main__":
    application = QApplication(sys.argv)
    stories = {
        "two": tell, "operator loses": tell_operator_loses, "swapped": tell_swapped, "three": tell_three,
        "mirrored": tell_mirrored, "mirrored beside": tell_mirrored_beside,
    }
    for word in sys.argv[1:]:
        with Store.create() as held:
            print(json.dumps(stories[word](application, held)))  # noqa: T201 - read by the test
