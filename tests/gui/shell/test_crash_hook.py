"""An error nobody expected: a file without words, a banner, and the work goes on."""

import sys

import pytest
from PySide6.QtCore import Qt

from tradeoff_desktop.app import disk
from tradeoff_desktop.errors import RuleError
from tradeoff_desktop.ui import app, worker
from tradeoff_desktop.ui.home import HomePage
from tradeoff_desktop.ui.setup import SetupPage


def raised(words: str) -> ValueError:
    with pytest.raises(ValueError, match=words) as caught:
        int(words)
    return caught.value


@pytest.fixture
def shell(make_shell):
    return make_shell()


def test_the_window_says_so_and_goes_on(shell, places, around, hands, capsys):
    hook = app.crash_hook(shell, places, around.clock)
    error = raised("Mrs Miller")
    hook(type(error), error, error.__traceback__)
    assert "Something went wrong in the program. Everything saved is still there." in shell.window.banner
    (file,) = (places.root / "crashes").iterdir()
    assert "builtins.ValueError" in file.read_text()
    assert "Miller" not in file.read_text()
    assert "Miller" in capsys.readouterr().err
    person = hands(shell.window)
    person.press(Qt.Key.Key_P)
    assert isinstance(shell.window.page, SetupPage)


def test_where_no_report_can_be_written_it_still_says_so(shell, places, around, capsys):
    places.root.mkdir(parents=True, exist_ok=True)
    (places.root / "crashes").write_text("in the way")
    error = raised("x y")
    app.crash_hook(shell, places, around.clock)(type(error), error, error.__traceback__)
    assert "No report could be written." in shell.window.banner
    assert capsys.readouterr().err


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
