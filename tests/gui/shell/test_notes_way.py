"""The way from the room and from closing to the notes, and back."""

from PySide6.QtCore import Qt

from tradeoff_desktop.model import acts, codec
from tradeoff_desktop.ui.closing import ClosingPage
from tradeoff_desktop.ui.console import ConsolePage
from tradeoff_desktop.ui.home import HomePage
from tradeoff_desktop.ui.joined import JoinedPage
from tradeoff_desktop.ui.notespage import NotesPage

CTRL, SHIFT, ALT = (
    Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.AltModifier,
)


def test_from_the_room_and_from_closing_to_the_notes_and_back(make_shell, hands):
    shell = make_shell()
    shell.practise()
    shell.show_room()
    keyboard = hands(shell.window)
    keyboard.press(Qt.Key.Key_F3, with_=SHIFT)
    assert isinstance(shell.window.page, NotesPage)
    keyboard.type("half a thought")
    keyboard.press(Qt.Key.Key_Left, with_=ALT)
    assert isinstance(shell.window.page, ConsolePage)
    assert shell.window.page.parts.notes.field.toPlainText() == "half a thought"
    shell.desk.do(acts.close, role="lead")
    shell.show_closing()
    keyboard.press(Qt.Key.Key_F3, with_=SHIFT)
    assert isinstance(shell.window.page, NotesPage)
    assert not shell.window.page.panel.asks.isHidden()
    keyboard.press(Qt.Key.Key_Left, with_=ALT)
    assert isinstance(shell.window.page, ClosingPage)


def test_a_table_laptop_works_at_the_notes(make_shell, hands, monkeypatch):
    shell = make_shell()
    shell.practise()
    opened = codec.amended(shell.desk.opened, role="table")
    monkeypatch.setitem(shell.desk.state.openings, shell.desk.device, opened)
    shell.beside.begin_with("note")
    assert isinstance(shell.window.page, NotesPage)
    keyboard = hands(shell.window)
    keyboard.press(Qt.Key.Key_Left, with_=ALT)
    assert isinstance(shell.window.page, JoinedPage)
    shell._notes.show_personal()
    assert isinstance(shell.window.page, NotesPage)
    assert not shell.window.page.panel.finder.isHidden()
    keyboard.press(Qt.Key.Key_Home, with_=CTRL)
    assert isinstance(shell.window.page, HomePage)
