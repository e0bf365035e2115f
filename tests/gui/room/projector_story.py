"""A projector is there, is pulled out, and comes back. Run with two offscreen screens; prints what was seen."""

import json
import sys
from pathlib import Path

from PySide6.QtCore import Qt
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
    with Store.create() as held:
        print(json.dumps({"mirrored": tell_mirrored}.get(sys.argv[-1], tell)(application, held)))  # noqa: T201 - read by the test
