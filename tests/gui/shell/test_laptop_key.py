"""This laptop's key on Home: made, saved for the central team, locked."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from tradeoff_desktop.app import content, laptop, planning
from tradeoff_desktop.app.files import Folders
from tradeoff_desktop.exchange import programme as signing
from tradeoff_desktop.ui import theme as looks
from tradeoff_desktop.ui.gallery_parts import NOW
from tradeoff_desktop.ui.home import HomePage
from tradeoff_desktop.ui.laptop_key import KeyPage

LIGHT = looks.theme("light")


@pytest.fixture
def shown(qtbot):
    def show(known=(), locked=()):
        page = KeyPage(LIGHT, list(known), content.shipped().areas, locked=list(locked))
        qtbot.addWidget(page)
        page.show()
        qtbot.waitUntil(page.isVisible)
        page.first_focus().setFocus()
        return page

    return show


def test_a_laptop_without_a_key_chooses_its_area(shown, qtbot):
    page = shown()
    with qtbot.waitSignal(page.made) as caught:
        qtbot.keyClick(page.first_focus(), Qt.Key.Key_Space)
    assert caught.args == [content.shipped().areas[0].code]


def test_the_words_stand_there_and_the_file_is_saved_once(shown, qtbot, tmp_path):
    places = Folders(tmp_path)
    planning.new_keys("MAN", now=NOW, at=places)
    known = planning.known_keys(places)
    page = shown(known)
    shown_words = [one.text() for one in page.findChildren(QLabel)]
    assert " ".join(known[0].words) in shown_words
    assert known[0].fingerprint in [words.replace(" ", "") for words in shown_words]
    assert known[0].fingerprint.startswith("SHA256:")
    with qtbot.waitSignal(page.saved) as caught:
        page.acts()["continue"]()
    assert caught.args == [known[0]]
    stick = tmp_path / "stick"
    stick.mkdir()
    first = planning.save_enrolment("MAN", stick, at=places)
    assert planning.save_enrolment("MAN", stick, at=places) == first
    assert signing.read_enrolment(first.read_bytes())[0].laptop == known[0].principal


def test_a_renewed_key_is_saved_with_the_old_ones_word(tmp_path):
    places = Folders(tmp_path)
    old = laptop.load(places, "MAN", now=NOW)
    planning.renew_keys("MAN", now=NOW, at=places)
    stick = tmp_path / "stick"
    stick.mkdir()
    file = planning.save_enrolment("MAN", stick, at=places)
    assert signing.read_enrolment(file.read_bytes())[1] == old.key.public


def test_a_locked_key_asks_for_its_passphrase(shown, qtbot):
    page = shown(locked=["MAN"])
    qtbot.keyClicks(page.first_focus(), "a long sentence")
    with qtbot.waitSignal(page.unlocked) as caught:
        page.acts()["continue"]()
    assert caught.args == ["MAN", "a long sentence"]


@pytest.mark.full
def test_a_locked_key_is_asked_for_before_home_and_opened_beside_the_window(make_shell, places, qtbot, monkeypatch):
    monkeypatch.setattr(laptop, "_opened", {})
    laptop.load(places, "MAN", now=NOW)
    laptop.lock(places.keys / "MAN", "a long sentence")
    shell = make_shell()
    shell.key_way.start()
    page = shell.window.page
    assert isinstance(page, KeyPage)
    qtbot.keyClicks(page.first_focus(), "a long sentence")
    page.acts()["continue"]()
    assert not page.first_focus().isEnabled()  # and this line comes at once, while the key is being opened
    page.acts()["continue"]()  # pressed twice
    qtbot.waitUntil(lambda: isinstance(shell.window.page, HomePage), timeout=60_000)
    assert not laptop.is_locked(places.keys / "MAN")
    shell.key_way.start()
    assert isinstance(shell.window.page, HomePage)


def test_the_wrong_passphrase_is_said_and_may_be_typed_again(make_shell, places, qtbot):
    laptop.load(places, "MAN", now=NOW)
    path = places.keys / "MAN" / laptop.SIGNING
    path.write_bytes(b"age-encryption.org/v1\nnot opened by any passphrase")
    shell = make_shell()
    shell.key_way.start()
    page = shell.window.page
    qtbot.keyClicks(page.first_focus(), "a sentence")
    with qtbot.waitSignal(shell.key_way.worker.failed, timeout=60_000):
        page.acts()["continue"]()
    assert shell.window.page is page
    assert page.first_focus().isEnabled()
    qtbot.keyClicks(page.first_focus(), "b")
    assert page.first_focus().text() == "b"
