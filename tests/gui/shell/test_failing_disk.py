"""The disk fails in the middle of the day: what is held in memory goes to a stick, whole and signed."""

from PySide6.QtCore import Qt

from tradeoff_desktop.app import exporting, laptop
from tradeoff_desktop.model import records as r
from tradeoff_desktop.ui.closing import ClosingPage
from tradeoff_desktop.ui.console import ConsolePage
from tradeoff_desktop.ui.home import HomePage

ALT, CTRL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier


def test_what_is_held_goes_to_the_stick_and_the_disk_takes_it_later(make_shell, hands, tmp_path):
    shell = make_shell()
    person = hands(shell.window)
    person.press(Qt.Key.Key_P)
    person.enter(9)
    page = shell.window.page
    assert isinstance(page, ConsolePage)
    person.press(Qt.Key.Key_PageDown)
    desk, connection = shell.desk, shell.desk.store._connection
    pages = connection.execute("PRAGMA page_count").fetchone()[0]
    connection.execute(f"PRAGMA max_page_count = {pages}")
    person.press(Qt.Key.Key_F3)
    page.parts.notes.field.setPlainText("precious " * 500)
    person.enter()
    assert desk.held
    person.press(Qt.Key.Key_Home, with_=CTRL)
    assert shell.window.page is page
    person.press(Qt.Key.Key_E, with_=CTRL)
    assert isinstance(shell.window.page, ClosingPage)
    assert "Not saved to disk since" in shell.window.bar.accessibleName()
    assert shell.window.bar.isVisible()
    shell.window.page.stick_part.folder = tmp_path
    shell.window.page._write_stick("")
    assert not shell.window.page.worker.busy  # no bundle is written without what is held
    assert not shell.window.close()
    person.press(Qt.Key.Key_W, with_=ALT)
    assert "Everything up to now is on the stick" in shell.window.banner
    assert "is on the stick" in shell.window.bar.accessibleName()
    own = laptop.load(shell._places, desk.opened.area, now=desk.now)
    read = exporting.read_back(next(tmp_path.glob("*.tradeoff")).read_bytes(), own, at="2027-03-04T13:00:00.000Z")
    assert [rec.body.text[:8] for rec in read.records if isinstance(rec.body, r.Note)] == ["precious"]
    connection.execute("PRAGMA max_page_count = 1000000")
    person.press(Qt.Key.Key_Home, with_=CTRL)
    assert isinstance(shell.window.page, HomePage)
