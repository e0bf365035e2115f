"""The central team's own keys: backed up for a keeper, the backup opened, keys with a passphrase opened in the window."""

import pyrage
import pytest
from central_pages import ALT
from centre_world import LEAD, NOW, OWN, World
from PySide6.QtCore import Qt

from tradeoff_desktop.app import escrow, laptop, planning
from tradeoff_desktop.exchange import sealing
from tradeoff_desktop.ui.central import BeginPage
from tradeoff_desktop.ui.inbox import InboxPage
from tradeoff_desktop.ui.laptop_key import KeyPage
from tradeoff_desktop.ui.team import BACKUPS, IDENTITY, KEEPER, TeamPage


@pytest.fixture
def keeper(tmp_path, answers):
    """The keeper's key folder and the file of their laptop."""
    folder = tmp_path / "keeper"
    laptop.keep(LEAD, folder, now=NOW)
    file = tmp_path / "keeper.enrolment"
    file.write_bytes(planning.enrolment_of(LEAD))
    answers.by_title = {KEEPER[0]: [file], IDENTITY[0]: [folder / laptop.IDENTITY]}
    return folder


def backed_up(inside, answers, to):
    """Make the backup by keyboard; its file."""
    inside.person.press(Qt.Key.Key_3, with_=ALT)
    inside.person.press(Qt.Key.Key_M, with_=ALT)
    assert isinstance(inside.page, TeamPage)
    assert "! The team's keys have no backup yet." in inside.words()
    inside.person.press(Qt.Key.Key_U, with_=ALT)
    assert "Say first who keeps the backup" in inside.words()
    inside.person.enter()  # the focus is where the keeper's file is chosen
    to.mkdir()
    answers.folder = to
    inside.person.press(Qt.Key.Key_U, with_=ALT)
    (file,) = to.iterdir()
    assert f"Written: {file.name}" in inside.words()
    assert "Before a programme can be signed: let the keeper open the backup." in inside.words()
    answers.by_title[BACKUPS[0]] = [file]
    return file


def test_the_keys_are_backed_up_and_the_backup_is_opened_with_the_keepers_key(inside, answers, keeper, tmp_path, world):
    backed_up(inside, answers, tmp_path / "safe")
    answers.by_title[IDENTITY[0]] = [world.folder.keys / laptop.IDENTITY]
    inside.person.press(Qt.Key.Key_Y, with_=ALT)
    assert "This file was locked for somebody else." in inside.words()
    answers.by_title[IDENTITY[0]] = [keeper / laptop.IDENTITY]
    inside.person.press(Qt.Key.Key_Y, with_=ALT)
    assert "The backup opens." in inside.words()
    assert "✓ The keeper has opened the backup." in inside.words()
    assert escrow.stands(world.folder.keys, world.folder.own()) == (LEAD.identity.recipient, True)
    assert not list(world.folder.root.glob("trial-*"))  # nothing of it stays


def test_six_words_that_the_keeper_reads_out_say_the_same(inside, answers, keeper, tmp_path, world):
    file = backed_up(inside, answers, tmp_path / "safe")
    words = escrow.restore(file, identity=laptop.read_identity(keeper / laptop.IDENTITY), folder=tmp_path / "there", now=NOW)
    inside.person.tab_to("The six words you hear")
    inside.person.type("abbey acorn actor advice agent ahead")
    inside.person.enter()
    assert "these are not its six words" in inside.words()
    assert not escrow.stands(world.folder.keys, world.folder.own())[1]
    inside.person.tab_to("The six words you hear")
    inside.person.retype(" ".join(words))
    inside.person.enter()
    assert "A programme can be signed." in inside.words()


@pytest.mark.usefixtures("keeper")
def test_a_backup_is_tried_and_brought_back_on_a_laptop_without_keys(start, answers, hands, tmp_path):
    World(tmp_path / "elsewhere", prepared=False)
    file = tmp_path / "backup"
    escrow.backup(tmp_path / "elsewhere" / "keys", recipient=LEAD.identity.recipient, file=file, now=NOW)
    answers.by_title[BACKUPS[0]] = [file]
    shell = start()
    person = hands(shell.window)
    person.press(Qt.Key.Key_C)
    person.tab_to("Try a backup")
    person.enter()
    assert "Its six words:" in shell.window.banner
    assert not shell.central.folder.has_keys
    person.tab_to("Bring the keys back from it")
    person.enter()
    assert isinstance(shell.window.page, BeginPage)
    assert shell.central.folder.own() == OWN


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


@pytest.fixture
def quick(monkeypatch):
    monkeypatch.setattr(sealing, "by_passphrase", Quick)
    monkeypatch.setattr(laptop, "_opened", {})


def unlocked(shell, person, qtbot):
    """Type the passphrase wrong and then right."""
    page = shell.window.page
    assert isinstance(page, KeyPage)
    worker = shell.central.reader.worker
    person.type("three words")
    person.enter()
    qtbot.waitUntil(lambda: not worker.busy)
    assert "The passphrase is not the right one." in shell.window.banner
    person.retype("four words")
    person.enter()
    qtbot.waitUntil(lambda: not worker.busy)


@pytest.mark.usefixtures("quick")
def test_the_teams_keys_with_a_passphrase_are_opened_in_the_window(start, world, hands, qtbot):
    laptop.lock(world.folder.keys, "four words")
    shell = start()
    person = hands(shell.window)
    person.press(Qt.Key.Key_C)
    unlocked(shell, person, qtbot)
    assert isinstance(shell.window.page, InboxPage)


@pytest.mark.usefixtures("quick")
def test_keys_with_a_passphrase_are_brought_in(start, tmp_path, answers, hands, qtbot):
    World(tmp_path, prepared=False)
    laptop.lock(tmp_path / "keys", "four words")
    shell = start()
    person = hands(shell.window)
    person.press(Qt.Key.Key_C)
    answers.folder = tmp_path / "keys"
    person.enter()
    unlocked(shell, person, qtbot)
    assert isinstance(shell.window.page, BeginPage)
    assert shell.central.folder.own() == OWN
