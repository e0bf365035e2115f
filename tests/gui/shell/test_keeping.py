"""Checkpoints while a workshop is open, and the way back from a damaged file with the keyboard."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from tradeoff_desktop.app import checkpoints
from tradeoff_desktop.app.workshops import kept_folder
from tradeoff_desktop.ui.console import ConsolePage
from tradeoff_desktop.ui.home import HomePage
from tradeoff_desktop.ui.keeping import Keeper


def in_the_room(make_shell, hands):
    shell = make_shell()
    person = hands(shell.window)
    person.press(Qt.Key.Key_P)
    for _ in range(20):  # through the pages of the set-up, whatever their number
        if not isinstance(shell.window.page, ConsolePage):
            person.enter()
    assert isinstance(shell.window.page, ConsolePage)
    return shell, person


def kept(shell, places):
    return checkpoints.of_device(kept_folder(places, shell.desk.opened.workshop), shell.desk.device)


def test_a_checkpoint_follows_a_step_and_every_ten_minutes_one_where_something_is_new(make_shell, hands, places):
    shell, person = in_the_room(make_shell, hands)
    (keeper,) = shell.bridge.findChildren(Keeper)
    assert keeper._often.isActive()
    assert keeper._often.interval() == 600_000
    keeper._soon.stop()
    while not shell.desk.state.step:
        assert not keeper._soon.isActive()
        person.press(Qt.Key.Key_PageDown)
    assert keeper._soon.isActive()
    keeper._soon.timeout.emit()
    (first,) = kept(shell, places)
    keeper._often.timeout.emit()
    assert kept(shell, places) == [first]


def test_a_checkpoint_that_cannot_be_kept_is_said_and_work_goes_on(make_shell, hands, places):
    shell, person = in_the_room(make_shell, hands)
    places.checkpoints.write_text("in the way", encoding="ascii")
    (keeper,) = shell.bridge.findChildren(Keeper)
    keeper.keep()
    assert shell.window.banner
    person.press(Qt.Key.Key_PageDown)
    assert isinstance(shell.window.page, ConsolePage)


def test_from_a_damaged_file_back_to_the_room_with_one_key(make_shell, hands):
    shell, person = in_the_room(make_shell, hands)
    person.press(Qt.Key.Key_PageDown)
    (keeper,) = shell.bridge.findChildren(Keeper)
    keeper.keep()
    step, path = shell.desk.state.step, shell.desk.store.path
    person.press(Qt.Key.Key_Home, with_=Qt.KeyboardModifier.ControlModifier)
    path.with_suffix(".open").write_bytes(b"")  # the end was not a clean one
    path.write_bytes(path.read_bytes()[:8192] + b"\xff" * (path.stat().st_size - 8192))
    again = make_shell()
    person = hands(again.window)
    assert isinstance(again.window.page, HomePage)
    person.tab_to("Restore from a checkpoint")
    person.press(Qt.Key.Key_R)
    assert isinstance(again.window.page, ConsolePage), "\n".join(one.text() for one in again.window.findChildren(QLabel))
    assert again.desk.state.step == step
    assert again.window.banner.startswith("Brought back: practice-1")
