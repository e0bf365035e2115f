"""This laptop's key: the eight words to read out, and the file with which the central team lets the laptop in."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

import segno
from PySide6.QtCore import QObject, QSize, Qt, Signal, Slot
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from tradeoff_desktop.app import content, laptop, planning
from tradeoff_desktop.app.planning import KnownKey
from tradeoff_desktop.app.words import Message
from tradeoff_desktop.errors import TradeoffError
from tradeoff_desktop.model.pack import Area
from tradeoff_desktop.ui import keys
from tradeoff_desktop.ui.controls import KeyButton, card, label, row
from tradeoff_desktop.ui.front import Front
from tradeoff_desktop.ui.key_acts import KeyActs, secret
from tradeoff_desktop.ui.page import Page, scrolling
from tradeoff_desktop.ui.theme import XL, L, M, Theme
from tradeoff_desktop.ui.worker import Worker

WHY = (
    "The central team takes in bundles only from laptops it knows. Send them this laptop's file, "
    "then read them these eight words by telephone."
)
NONE = "This laptop has no key yet. Choose the area it works for; the key is made here, without the internet."
SAME = "If they see the same words, the file is yours. If one word differs, stop: somebody else made it."
LOCKED = "The key for {area} is locked with a passphrase. Type it once; the key then stays open until the program is closed."
OPENING = "Opening the key. This takes a few seconds."
CAMERA = "The same key for a camera, where the two of you are in one room:"
RENEWED = Message(
    "The new key is made.", "The old one signed for it, and is gone.", "Now save the file and send it to the central team.",
)
LOCKED_NOW = Message(
    "The key is locked.", "It stays open until the program is closed.", "Keep the paper with the passphrase away from this laptop.",
)
OPEN_NOW = Message("The passphrase is gone.", "The key is the same as before.", "Nothing needs to be sent to anybody.")
QUIET = 4  # white squares around the code, which readers need


class KeyPage(Page):
    """The words of each key this laptop has, or the areas to make one for."""

    place = "own_key"
    made = Signal(str)  # area code
    saved = Signal(object)  # KnownKey
    unlocked = Signal(str, str)  # area code, passphrase
    home_requested = Signal()

    def __init__(
        self, theme: Theme, known: Sequence[KnownKey], areas: Sequence[Area], locked: Sequence[str] = (),
        with_passphrase: Sequence[str] = (),
    ) -> None:
        super().__init__(theme)
        self._locked = locked
        self.changes = KeyActs(theme, known, with_passphrase)
        self._typed = secret("Passphrase of this laptop's key")
        self._open = KeyButton("Unlock", theme=theme, key=keys.printed("own_key", "continue"), look="primary")
        self._open.clicked.connect(self._unlock)
        self._opening = label("", "muted")
        self._known = known
        self._home = KeyButton("Home", theme=theme, key=keys.printed("own_key", "home"))
        self._home.clicked.connect(self.home_requested)
        self._save = KeyButton(
            "Save the file for the central team", theme=theme, key=keys.printed("own_key", "continue"), look="primary",
        )
        self._save.clicked.connect(self._save_all)
        self._areas = [KeyButton(area.name, theme=theme) for area in areas]
        content = QWidget()
        layout = QVBoxLayout(content)
        layout.setContentsMargins(XL, XL, XL, XL)
        layout.setSpacing(M)
        layout.addWidget(label("This laptop's key", "title"))
        if locked:
            layout.addWidget(label(LOCKED.format(area=locked[0])))
            layout.addWidget(self._typed)
            layout.addLayout(row(self._open))
            layout.addWidget(self._opening)
            layout.addSpacing(L)
        elif known:
            layout.addWidget(label(WHY))
            for key in known:
                layout.addWidget(self._card(key))
            layout.addWidget(label(SAME))
            layout.addLayout(row(self._save))
        else:
            layout.addWidget(label(NONE))
            for area, button in zip(areas, self._areas, strict=True):
                button.setProperty("area", area.code)
                button.clicked.connect(self._make)
                layout.addLayout(row(button))
            layout.addSpacing(L)
        if known:
            layout.addSpacing(M)
            layout.addWidget(self.changes)
        layout.addLayout(row(self._home))
        for key in known:
            layout.addSpacing(L)
            layout.addWidget(label(CAMERA, "muted"))
            layout.addWidget(self._square(key))
        layout.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scrolling(content, width=round(820 * theme.zoom)))

    def acts(self) -> dict[str, Callable[[], object]]:
        """Save the file, change the key, or go Home."""
        go_on = self._unlock if self._locked else self._save_or_change if self._known else self._make
        change = {"renew": self.changes.ask_renew, "passphrase": self.changes.ask_passphrase} if self._known else {}
        return {"continue": go_on, "home": self.home_requested.emit, **change}

    def first_focus(self) -> QWidget | None:
        """What is to be done next."""
        if self._locked:
            return self._typed
        return self._save if self._known else next(iter(self._areas), self._home)

    def wait(self, *, opening: bool) -> None:
        """Say that the key is being opened, locked or changed, or let the passphrase be typed again."""
        if self._known:
            self.changes.wait(working=opening)
            return
        self._opening.setText(OPENING if opening else "")
        self._typed.setEnabled(not opening)
        self._open.setEnabled(not opening)
        if not opening:
            self._typed.selectAll()
            self._typed.setFocus()

    def _card(self, key: KnownKey) -> QWidget:
        words = label(" ".join(key.words), "large")
        words.setAccessibleName(f"Eight words: {', '.join(key.words)}")
        facts = label(f"Laptop {key.principal}", "muted")
        half = len(key.fingerprint) // 2  # large text needs a place to go on in the next line
        mark = label(f"{key.fingerprint[:half]} {key.fingerprint[half:]}", "muted")
        mark.setAccessibleName(f"Fingerprint of the key: {key.fingerprint}")
        return card(words, facts, mark)

    def _square(self, key: KnownKey) -> QLabel:
        square = QLabel()
        square.setPixmap(picture(f"{key.public} {key.principal}", round(4 * min(self.theme.zoom, 1.5))))
        square.setAccessibleName("The same key as a square code for a camera")
        square.setAlignment(Qt.AlignmentFlag.AlignLeft)
        return square

    @Slot()
    def _unlock(self) -> None:
        if self._open.isEnabled():
            self.unlocked.emit(self._locked[0], self._typed.text())

    @Slot()
    def _save_or_change(self) -> None:
        """Enter goes to what was asked last."""
        if not self.changes.go_on():
            self._save_all()

    @Slot()
    def _save_all(self) -> None:
        for key in self._known:
            self.saved.emit(key)

    @Slot()
    def _make(self) -> None:
        """Make a key for the area whose button was pressed."""
        chosen = next((button for button in self._areas if button.hasFocus() or button is self.sender()), None)
        if chosen is not None:
            self.made.emit(str(chosen.property("area")))


class KeyWay(QObject):
    """Shows that page, and does what is asked on it."""

    def __init__(
        self, front: Front, ask_folder: Callable[[QWidget], Path | None], *, home: Callable[[], object],
        theme: Callable[[], Theme],
    ) -> None:
        super().__init__()
        self._window, self._places, self._clock = front.window, front.places, front.around.clock
        self._ask_folder, self._home, self._theme = ask_folder, home, theme
        self._starting = False
        self._page: KeyPage | None = None
        self.worker = Worker(self)
        self._then: Callable[[], object] = bool
        self.worker.finished.connect(self._finished)
        self.worker.failed.connect(self._not_opened)

    def start(self) -> None:
        """Before Home, once: the passphrase, where a key waits for it."""
        try:
            self._starting = bool(planning.locked_areas(self._places))
        except TradeoffError as error:
            self._window.refuse(error)
        if self._starting:
            self.show_key()

    @Slot()
    def show_key(self) -> None:
        """This laptop's key, or the passphrase it waits for."""
        try:
            locked = planning.locked_areas(self._places)
            known = [] if locked else planning.known_keys(self._places)
            passphrases = [key.principal[:3] for key in known if laptop.has_passphrase(self._places.keys / key.principal[:3])]
        except TradeoffError as error:
            self._window.refuse(error)
            return
        page = KeyPage(self._theme(), known, content.shipped().areas, locked=locked, with_passphrase=passphrases)
        page.made.connect(self._make)
        page.unlocked.connect(self._unlock)
        page.saved.connect(self._save)
        page.changes.renewed.connect(self._renew)
        page.changes.locked.connect(self._lock)
        page.changes.opened.connect(self._take_lock_off)
        page.home_requested.connect(self._home)
        self._page = page
        self._window.show_page(page)

    @Slot(str)
    def _make(self, area: str) -> None:
        try:
            planning.new_keys(area, now=self._clock(), at=self._places)
        except TradeoffError as error:
            self._window.refuse(error)
            return
        self.show_key()

    @Slot(str, str)
    def _unlock(self, area: str, passphrase: str) -> None:
        self._work(lambda folder: laptop.unlock(folder, passphrase), area, self._opened)

    @Slot(str, str)
    def _lock(self, area: str, passphrase: str) -> None:
        self._work(lambda folder: laptop.lock(folder, passphrase, stay_open=True), area, partial(self._changed, LOCKED_NOW))

    @Slot(str, str)
    def _take_lock_off(self, area: str, passphrase: str) -> None:
        self._work(lambda folder: laptop.take_lock_off(folder, passphrase), area, partial(self._changed, OPEN_NOW))

    @Slot(str)
    def _renew(self, area: str) -> None:
        try:
            planning.renew_keys(area, now=self._clock(), at=self._places)
        except TradeoffError as error:
            self._window.refuse(error)
            return
        self._changed(RENEWED)

    def _changed(self, said: Message) -> None:
        """Show the key as it is now, if they are still there, and say what was done."""
        if self._page is not None and self._window.page is self._page:
            self.show_key()
        self._window.tell(said, tone="ok")

    def _work(self, work: Callable[[Path], object], area: str, then: Callable[[], object]) -> None:
        """Passphrases take seconds, by design: away from the window's own thread."""
        folder = self._places.keys / area
        if self._page is not None and self.worker.start(lambda _: work(folder)):
            self._then = then
            self._page.wait(opening=True)

    @Slot(object)
    def _finished(self, _: object) -> None:
        self._then()

    def _opened(self) -> None:
        """On to the next key that waits, or to where the person was going."""
        if self._page is None or self._window.page is not self._page:
            return  # they went Home meanwhile; the key is open all the same
        if self._starting and not planning.locked_areas(self._places):
            self._starting = False
            self._home()
            return
        self.show_key()

    @Slot(object)
    def _not_opened(self, error: TradeoffError) -> None:
        self._window.refuse(error)
        if self._page is not None and self._window.page is self._page:
            self._page.wait(opening=False)

    @Slot(object)
    def _save(self, key: KnownKey) -> None:
        folder = self._ask_folder(self._window)
        if folder is None:
            return
        try:
            path = planning.save_enrolment(key.principal[:3], folder, at=self._places)
        except TradeoffError as error:
            self._window.refuse(error)
            return
        said = Message(f"Saved: {path.name}", "It holds nothing secret.", "Now read the central team the eight words.")
        self._window.tell(said, tone="info")


def picture(text: str, side: int) -> QPixmap:
    """A QR code of ``text``, each of its squares ``side`` pixels; black on white whatever the theme, for cameras."""
    rows = segno.make_qr(text, error="m", boost_error=False).matrix
    size = len(rows) + 2 * QUIET
    image = QImage(QSize(size, size), QImage.Format.Format_Grayscale8)
    image.fill(255)
    for y, squares in enumerate(rows):
        for x, dark in enumerate(squares):
            if dark:
                image.setPixel(x + QUIET, y + QUIET, 0)
    return QPixmap.fromImage(image.scaled(QSize(size * side, size * side)))
