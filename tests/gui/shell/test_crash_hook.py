"""An error nobody expected: a file without words, a banner, and the work goes on."""

import os
import subprocess
import sys

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from tradeoff_desktop.app import disk
from tradeoff_desktop.app.words import say
from tradeoff_desktop.errors import MachineError, RuleError
from tradeoff_desktop.ui import app, front, worker
from tradeoff_desktop.ui.home import HomePage
from tradeoff_desktop.ui.notice import Notice
from tradeoff_desktop.ui.setup import SetupPage
from tradeoff_desktop.ui.theme import LIGHT


def raised(words: str) -> ValueError:
    with pytest.raises(ValueError, match=words) as caught:
        int(words)
    return caught.value


@pytest.fixture
def shell(make_shell):
    return make_shell()


def test_the_window_says_so_and_goes_on(shell, places, around, hands, capsys):
    hook = front.crash_hook(places, around.clock, shell.window.tell)
    error = raised("Mrs Miller")
    hook(type(error), error, error.__traceback__)
    assert "Something went wrong in the program. Everything saved is still there." in shell.window.banner
    (file,) = (places.root / "crashes").iterdir()
    assert "builtins.ValueError" in file.read_text()
    assert "Miller" not in file.read_text()
    said = capsys.readouterr()
    assert said.err.startswith("Something went wrong in the program.")
    assert str(file) in said.err
    assert "Miller" not in said.err + said.out + shell.window.banner
    person = hands(shell.window)
    person.press(Qt.Key.Key_P)
    assert isinstance(shell.window.page, SetupPage)


def test_where_no_report_can_be_written_it_still_says_so(shell, places, around, capsys):
    places.root.mkdir(parents=True, exist_ok=True)
    (places.root / "crashes").write_text("in the way")
    error = raised("x y")
    front.crash_hook(places, around.clock, shell.window.tell)(type(error), error, error.__traceback__)
    assert "No report could be written." in shell.window.banner
    assert "No report could be written." in capsys.readouterr().err


def test_an_error_while_saying_it_prints_nothing_either(places, around, capsys):
    def tell(_message: object) -> None:
        raise LookupError("Mrs Miller")

    error = raised("Mrs Miller")
    front.crash_hook(places, around.clock, tell)(type(error), error, error.__traceback__)
    assert "Miller" not in "".join(capsys.readouterr())


def test_an_error_in_long_work_reaches_the_hook_in_the_windows_own_thread(qtbot):
    one = worker.Worker()

    def fail(_progress: object) -> None:
        raise LookupError("a bug")

    with qtbot.captureExceptions() as caught, qtbot.waitSignal(one.ended):
        one.start(fail)
    assert not one.busy
    assert [(kind, str(error)) for kind, error, _ in caught] == [(LookupError, "a bug")]


def test_a_banner_is_closed_and_the_focus_comes_back(shell, hands):
    shell.window.refuse(RuleError("closed"))
    person = hands(shell.window)
    person.tab_to("Close this message")
    person.enter()
    assert shell.window.banner == ""
    assert isinstance(shell.window.page, HomePage)
    assert person.focus is shell.window.page.first_focus()


def test_a_disk_that_is_nearly_full_is_said_before_the_day(shell, places, monkeypatch):
    monkeypatch.setattr(disk, "LITTLE_FREE", sys.maxsize)
    app.look_at_disk(shell, places)
    assert "MB are free on this disk." in shell.window.banner


def test_the_worker_does_one_thing_at_a_time_and_tells_how_it_ended(qtbot):
    one = worker.Worker()
    told = []
    one.progressed.connect(lambda *what: told.append(what))
    with qtbot.waitSignals([one.progressed, one.finished, one.ended]) as _:
        assert one.start(lambda progress: progress("writing", 1, 3) or "done")
        assert not one.start(lambda _: None)
    assert told == [("writing", 1, 3)]
    assert not one.busy

    def refuse(_progress: object) -> None:
        raise RuleError("closed")

    with qtbot.waitSignal(one.failed) as failed, qtbot.waitSignal(one.ended):
        one.start(refuse)
    assert failed.args[0].code == "closed"


_BUG = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from tradeoff_desktop.ui import front

class Gone:
    def __del__(self):
        raise ValueError("Mrs Miller")

def fail(first):
    QTimer.singleShot(0, lambda: (sys.stdout.write(first.window.banner), QApplication.quit()))
    gone = Gone()
    del gone
    raise LookupError("Mrs Miller")

sys.exit(front.run([], fail))
"""


def test_the_program_itself_prints_no_traceback(tmp_path):
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "XDG_DATA_HOME": str(tmp_path)}
    done = subprocess.run([sys.executable, "-c", _BUG], capture_output=True, text=True, check=False, env=environment)
    reports = "".join(path.read_text() for path in tmp_path.rglob("crash-*.txt"))
    assert done.returncode == 0
    assert done.stdout.startswith("Something went wrong in the program.")
    assert done.stderr.count("Something went wrong in the program.") == 2
    assert "in fail" in reports
    assert "Miller" not in done.stdout + done.stderr + reports
    assert "Traceback" not in done.stderr


# -- starting twice, and not at all


def test_a_second_start_is_told_to_go_to_the_first(places):
    first = front.alone(places)
    assert first is not None
    with pytest.raises(MachineError) as caught:
        front.alone(places)
    assert str(say(caught.value)).startswith("Tradeoff Desktop is already open on this laptop.")
    first.unlock()
    assert front.alone(places) is not None


@pytest.mark.parametrize("left", ["", "no number\n", "999999999\npython3\nhost\n"])
def test_what_a_crash_left_of_the_lock_keeps_nobody_out(places, left):
    places.root.mkdir()
    (places.root / "running.lock").write_text(left)
    assert front.alone(places) is not None


def test_where_no_lock_can_be_kept_the_program_starts_all_the_same(places):
    (places.root / "running.lock").mkdir(parents=True)
    assert front.alone(places) is None


def test_why_it_does_not_start_stands_in_a_window_that_enter_closes(qtbot, hands):
    window = Notice(LIGHT, say(MachineError("already_running")))
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    assert window.findChildren(QLabel)[0].text() == "Tradeoff Desktop is already open on this laptop."
    hands(window).enter()
    assert not window.isVisible()
