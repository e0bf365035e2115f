"""This laptop's key on Home: made, saved for the central team, locked."""

import pyrage
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from tradeoff_desktop.app import content, laptop, planning
from tradeoff_desktop.app.files import Folders
from tradeoff_desktop.exchange import programme as signing
from tradeoff_desktop.exchange import sealing
from tradeoff_desktop.ui import theme as looks
from tradeoff_desktop.ui.gallery_parts import NOW
from tradeoff_desktop.ui.home import HomePage
from tradeoff_desktop.ui.laptop_key import KeyPage
from tradeoff_desktop.ui.ticks import Picker

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


# -- changing it


@pytest.fixture
def own(make_shell, places, hands, monkeypatch):
    """The program at the page of this laptop's key, with one, and somebody at the keyboard."""
    monkeypatch.setattr(laptop, "_opened", {})
    planning.new_keys("MAN", now=NOW, at=places)
    shell = make_shell()
    shell.key_way.show_key()
    return shell, hands(shell.window)


def words_on(shell):
    return "\n".join(one.text() for one in shell.window.findChildren(QLabel) if one.isVisible())


def test_a_new_key_is_made_from_the_keyboard_and_the_old_one_signs_for_it(own, places, tmp_path):
    shell, person = own
    old = laptop.read(places.keys / "MAN")
    person.press(Qt.Key.Key_N, with_=Qt.KeyboardModifier.AltModifier)
    assert "send it to the central team" in words_on(shell)
    assert laptop.read(places.keys / "MAN") == old  # asked, not made
    person.enter()
    new = laptop.read(places.keys / "MAN")
    assert new.principal == old.principal
    assert new.key.public != old.key.public
    assert " ".join(new.words) in words_on(shell)
    assert "Now save the file and send it to the central team." in words_on(shell)
    person.enter()  # the focus is where the file is saved
    (file,) = tmp_path.glob("*.enrolment")
    enrolment, previous = signing.read_enrolment(file.read_bytes())
    assert (enrolment.public, previous) == (new.key.public, old.key.public)


def test_leaving_it_as_it_is_changes_nothing(own, places):
    shell, person = own
    old = laptop.read(places.keys / "MAN")
    person.press(Qt.Key.Key_N, with_=Qt.KeyboardModifier.AltModifier)
    person.tab_to("Leave it as it is")
    person.enter()
    assert "Make a new key for MAN?" not in words_on(shell)
    assert laptop.read(places.keys / "MAN") == old


class Quick:
    """What stands in for the library's passphrase files, which take two seconds each by design."""

    @staticmethod
    def encrypt(plain, passphrase):
        return b"age-encryption.org/v1\n" + passphrase.encode() + b"\n" + plain

    @staticmethod
    def decrypt(data, passphrase):
        _, said, plain = data.split(b"\n", 2)
        if said.decode() != passphrase:
            raise pyrage.DecryptError
        return plain


def test_a_passphrase_is_set_twice_over_and_taken_away_again(own, places, qtbot, monkeypatch):
    monkeypatch.setattr(sealing, "by_passphrase", Quick)
    shell, person = own
    folder = places.keys / "MAN"
    worker = shell.key_way.worker
    person.press(Qt.Key.Key_P, with_=Qt.KeyboardModifier.AltModifier)
    assert "Nobody can bring a forgotten passphrase back" in words_on(shell)
    person.enter()
    assert "Type a passphrase." in words_on(shell)
    person.type("four words")
    person.enter()
    assert "The two are not the same." in words_on(shell)
    assert not laptop.has_passphrase(folder)
    assert person.focus.accessibleName() == "A passphrase"
    person.tab_to("The same once more")
    person.type("four words")
    person.enter()
    qtbot.waitUntil(lambda: not worker.busy)
    assert "The key is locked." in words_on(shell)
    assert laptop.has_passphrase(folder)
    assert not laptop.is_locked(folder)  # what is being done now goes on
    person.press(Qt.Key.Key_N, with_=Qt.KeyboardModifier.AltModifier)
    assert "Take the passphrase away first" in words_on(shell)
    person.press(Qt.Key.Key_P, with_=Qt.KeyboardModifier.AltModifier)
    person.type("five words")
    person.enter()
    qtbot.waitUntil(lambda: not worker.busy)
    assert "The passphrase is not the right one." in words_on(shell)
    assert laptop.has_passphrase(folder)
    person.retype("four words")
    person.enter()
    qtbot.waitUntil(lambda: not worker.busy)
    assert "The passphrase is gone." in words_on(shell)
    assert not laptop.has_passphrase(folder)


def test_with_keys_for_two_areas_one_chooses_which_is_meant(shown, qtbot, tmp_path):
    places = Folders(tmp_path)
    for area in ("LDS", "MAN"):
        planning.new_keys(area, now=NOW, at=places)
    page = shown(planning.known_keys(places))
    page.acts()["renew"]()
    page.changes.findChild(Picker).setCurrentIndex(1)
    assert page.changes.area == "MAN"
    page.acts()["renew"]()
    with qtbot.waitSignal(page.changes.renewed) as caught:
        page.acts()["continue"]()
    assert caught.args == ["MAN"]
