"""The central team's pages over a real centre: the program, who sits at it, and what is chosen where files are asked for."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from tradeoff_desktop.ui.centralway import CentralWay

ALT, CTRL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier


class Answers:
    """What is chosen where files and folders are asked for."""

    def __init__(self):
        self.file = self.folder = None
        self.files = []
        self.by_title = {}  # where more than one kind of file is asked for


class Inside:
    """The program at one of the central team's pages, with somebody at the keyboard."""

    def __init__(self, shell, person, answers, bot, world):
        self.shell, self.person, self.answers, self._bot, self.world = shell, person, answers, bot, world
        self.way: CentralWay = shell.central

    @property
    def page(self):
        """The page in front."""
        return self.shell.window.page

    def settle(self):
        """Wait until nothing is being read or taken in."""
        workers = self.way.intake.worker, self.way.reader.worker
        self._bot.waitUntil(lambda: not any(one.busy for one in workers), timeout=20_000)

    def look_at(self, *files):
        """Choose these files by keyboard."""
        self.answers.files = list(files)
        self.person.press(Qt.Key.Key_F, with_=ALT)
        self.settle()

    def words(self):
        """What stands on the page."""
        return "\n".join(one.text() for one in self.page.findChildren(QLabel) if one.isVisible())
