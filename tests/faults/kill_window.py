"""The program itself with somebody at its keyboard: Home, Enter, a note letter by letter, a sheet digit by digit."""

from collections.abc import Callable, Iterator

from kills import Tell, key_presses, note_text
from PySide6.QtCore import QObject, Qt, QTimer, Slot
from PySide6.QtTest import QTest

from tradeoff_desktop.app.desk import Surroundings
from tradeoff_desktop.app.files import Folders
from tradeoff_desktop.ui import app as program
from tradeoff_desktop.ui import front
from tradeoff_desktop.ui.noteline import SLOT, NoteLine
from tradeoff_desktop.ui.shell import Shell

BETWEEN_KEYS = 25  # milliseconds; nobody types as fast
SHEET_KEYS = 6  # digits of one sheet before the next note

Press = tuple[Qt.Key | str, tuple[object, ...]]  # the key, and what is told before it


class Hands(QObject):
    """Presses one key after another wherever the focus is, and tells of each."""

    def __init__(self, shell: Shell, presses: Iterator[Press], said: Tell, now: Callable[[], float]) -> None:
        super().__init__()
        self._shell = shell
        self._presses = presses
        self._said = said
        self._now = now
        self._told = 0
        self._timer = QTimer(self, interval=BETWEEN_KEYS)
        self._timer.timeout.connect(self._press)
        self._timer.start()

    @Slot()
    def _press(self) -> None:
        key, words = next(self._presses)
        if words:
            self._said(*words, self._now())
        QTest.keyClick(self._shell.window.focusWidget(), key)
        desk = self._shell.desk
        own = desk.store.own() if desk is not None else None
        if own is not None and own.seq != self._told:
            self._told = own.seq
            self._said("saved", own.seq, own.head)


def presses(shell: Shell, run: int) -> Iterator[Press]:
    """The keys of an afternoon: a note, then part of a sheet, and so on."""
    people = shell.desk.state.sitting() if shell.desk is not None else []
    for what, number in key_presses():
        if what == "note":
            yield Qt.Key.Key_F3, ()
            text = note_text(run, number)
            for count, letter in enumerate(text, start=1):
                yield letter, ("key", number, count)
            yield Qt.Key.Key_Return, ()
        else:
            yield Qt.Key.Key_F2, ()
            # A sheet keyed before asks whether to open it; Enter does. On a fresh one Enter does nothing.
            for digit in people[(run + number) % len(people)]:
                yield digit, ("digit", number)
            yield Qt.Key.Key_Return, ()
            for place in range(SHEET_KEYS):
                yield str(1 + place % 4), ("digit", number)
            yield Qt.Key.Key_F2, ()


def play(folders: Folders, around: Surroundings, said: Tell, *, run: int, bad: str, now: Callable[[], float]) -> None:
    """Open the program on ``folders`` and work in its first workshop until killed."""
    if bad == "no draft":
        NoteLine.keep_draft = lambda _: None
    application = front.application()
    shown = front.show(folders, around)
    shown.window.resize(1366, 768)
    shown.window.show()
    shell = program.attach(shown)
    QTest.keyClick(shell.window.focusWidget(), Qt.Key.Key_Return)
    assert shell.desk is not None, "Enter on Home opens the workshop"
    field = shell.window.page.parts.notes.field
    if field.toPlainText():
        # What was half typed when the one before was killed; it is this one's to finish.
        assert field.toPlainText() == shell.desk.store.draft(SLOT)
        field.clear()
    shell.window.activateWindow()  # the preview of the audience's window has come up over it
    said("ready")
    hands = Hands(shell, presses(shell, run), said, now)
    application.exec()
    del hands
