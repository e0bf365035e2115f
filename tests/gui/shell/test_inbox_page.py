"""The central team's inbox by keyboard: from Home to bundles that are taken in, and receipts to carry back."""

import gc
import threading

from central_pages import ALT
from centre_world import LEAD, OTHER, World
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDropEvent

from tradeoff_desktop.app import inbox
from tradeoff_desktop.store.store import Store
from tradeoff_desktop.ui.central import BeginPage
from tradeoff_desktop.ui.inbox import InboxPage
from tradeoff_desktop.ui.worker import Worker


def test_the_first_time_asks_for_keys_and_programme(start, tmp_path, answers, hands):
    World(tmp_path, prepared=False)
    shell = start()
    person = hands(shell.window)
    person.press(Qt.Key.Key_C)
    assert isinstance(shell.window.page, BeginPage)
    answers.folder = tmp_path / "keys"
    person.enter()
    answers.file = tmp_path / "own.tradeoff-programme"
    person.enter()
    assert isinstance(shell.window.page, InboxPage)
    assert shell.central.folder.has_programme


def test_a_folder_that_is_complete_is_opened_where_it_stands(start, tmp_path, answers, hands, places):
    world = World(tmp_path / "elsewhere")
    shell = start()
    person = hands(shell.window)
    person.press(Qt.Key.Key_C)
    answers.folder = tmp_path
    person.tab_to("Open a central team's folder")
    person.enter()
    assert "not a central team's folder" in shell.window.banner
    answers.folder = world.folder.root
    person.enter()
    assert isinstance(shell.window.page, InboxPage)
    assert not places.centre.exists()


def test_files_are_looked_at_and_then_taken_in_and_receipted(inside, world, tmp_path):
    inside.look_at(world.write(world.lead()))
    assert inside.page.look.rows[0].what == "Leeds · A · lead laptop"
    assert "1 file · 1 to take in" in inside.words()
    assert not world.folder.store.exists()
    inside.person.press(Qt.Key.Key_I, with_=ALT)
    inside.settle()
    assert "1 bundle taken in." in inside.words()
    with Store.look(world.folder.store) as held:
        assert [one.device for one in held.devices()] == ["leadlead11"]
    inside.answers.folder = tmp_path / "back"
    inside.person.press(Qt.Key.Key_R, with_=ALT)
    inside.settle()
    assert "leadlead11: " in inside.words()
    assert len(list((tmp_path / "back").glob("*.receipt"))) == 1


def test_the_row_in_hand_says_all_and_what_to_do(inside, world):
    inside.look_at(world.write(world.lead(OTHER), OTHER), world.write(world.lead(device="leadlead12")))
    assert inside.page.look.rows[0].tone == "warn"
    assert " ".join(OTHER.words[:2]) in inside.words()
    assert OTHER.words[-1] not in inside.words()  # what is typed at the page of keys must have been heard
    assert "What to do: Do not use it until its people have read you all eight" in inside.words()
    inside.page.list.setFocus()
    inside.person.press(Qt.Key.Key_Down)
    assert f"Signed by {LEAD.principal}" in inside.words()


def test_nothing_new_leaves_nothing_to_take_in(inside, world):
    file = world.write(world.lead())
    inside.look_at(file)
    inside.person.press(Qt.Key.Key_I, with_=ALT)
    inside.settle()
    inside.look_at(file)
    assert "1 already held" in inside.words()
    assert "take_in" not in inside.page.acts()


def test_a_folder_without_bundles_says_so(inside, tmp_path):
    inside.answers.folder = tmp_path
    (tmp_path / "stick").rename(tmp_path / "empty")
    inside.person.press(Qt.Key.Key_D, with_=ALT)
    assert "There are no bundles there." in inside.words()


def test_what_is_dropped_on_the_page_is_looked_at(inside, world):
    file = world.write(world.lead())
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(file.parent))])
    event = QDropEvent(QPoint(9, 9), Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    inside.page.dropEvent(event)
    inside.settle()
    assert [row.file for row in inside.page.look.rows] == [file.name]


def test_what_comes_into_a_watched_folder_is_looked_at_but_not_taken_in(inside, world, qtbot):
    inside.answers.folder = world.stick
    inside.person.press(Qt.Key.Key_O, with_=ALT)
    assert f"Watching {world.stick}" in inside.words()
    world.write(world.lead())
    qtbot.waitUntil(lambda: inside.page.look.good == 1, timeout=20_000)
    assert not world.folder.store.exists()
    inside.settle()
    inside.person.press(Qt.Key.Key_O, with_=ALT)
    assert inside.way.intake.watched is None


def test_stopping_leaves_everything_as_it_was(inside, world, monkeypatch):
    first, second = world.write(world.lead()), world.write(world.lead(device="leadlead12"))
    inside.look_at(first, second)
    plain = inbox.look

    def slow(*args, progress, **more):
        def stop_first(what, done, of):
            if done == 1:
                inside.way.intake.worker.stop()
            progress(what, done, of)
        return plain(*args, progress=stop_first, **more)

    monkeypatch.setattr(inbox, "look", slow)
    inside.person.press(Qt.Key.Key_I, with_=ALT)
    inside.settle()
    assert "Stopped. Nothing was taken in." in inside.words()
    assert not world.folder.store.exists() or not list(Store.look(world.folder.store).devices())


def test_a_batch_stays_when_the_page_is_left_and_found_again(inside, world):
    inside.look_at(world.write(world.lead()))
    inside.person.press(Qt.Key.Key_Home, with_=Qt.KeyboardModifier.ControlModifier)
    inside.person.press(Qt.Key.Key_C)
    assert inside.page.look.good == 1


def test_no_cycle_is_collected_in_the_workers_thread(qtbot):
    worker = Worker()
    with qtbot.waitSignal(worker.finished) as caught:
        worker.start(lambda _: (gc.isenabled(), threading.current_thread() is threading.main_thread()))
    worker.wait()
    assert caught.args == [(False, False)]
    assert gc.isenabled()
