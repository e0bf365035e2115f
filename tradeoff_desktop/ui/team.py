"""The central team's own keys: kept a second time, and the backup tried out before a programme may be signed."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QLineEdit, QWidget

from tradeoff_desktop.app import escrow, laptop, planning
from tradeoff_desktop.app.words import Message
from tradeoff_desktop.errors import TradeoffError
from tradeoff_desktop.ui import keys
from tradeoff_desktop.ui.central import CentralPage
from tradeoff_desktop.ui.controls import Field, KeyButton, card, label, row
from tradeoff_desktop.ui.flow import FlowLayout
from tradeoff_desktop.ui.theme import M, Theme

if TYPE_CHECKING:
    from tradeoff_desktop.ui.centralway import CentralWay

WHY = (
    "With these keys the team opens every bundle and signs its programmes. If they are lost, nobody can open what the workshops send. "
    "So they are kept a second time, in a file that only one other person can open: the keeper, somebody outside the team."
)
BACKUP = (
    "The keeper's own laptop makes the keeper's key: Home, K, save the file. Choose that file here, or type the address it begins "
    "with (age1 …). The backup can be opened with the keeper's key alone; keep it on a stick, not with this laptop."
)
TRY = (
    "A backup that was never opened is none. Let the keeper open it: on their own laptop (Home, C, Try a backup), or here, with "
    "their key on a stick. Nothing of it stays on the laptop."
)
HEARD = "Their screen shows six words. Let them read the words to you, and type what you hear."
BACKUPS = ("The backup of the team's keys", "All files (*)")
IDENTITY = ("The keeper's key", f"Keys ({laptop.IDENTITY});;All files (*)")
KEEPER = ("The file of the keeper's laptop", "Enrolment files (*.enrolment);;All files (*)")


class Stands(NamedTuple):
    """How far the backup is: the keeper's address, "" where there is none yet, and whether it was opened."""

    recipient: str
    tried: bool

    @property
    def steps(self) -> list[tuple[bool, str]]:
        """What a programme needs, and whether it is there."""
        return [
            (True, "The team's keys are backed up for a keeper.") if self.recipient else (False, "The team's keys have no backup yet."),
            (True, "The keeper has opened the backup.") if self.tried else (False, "No keeper has opened a backup yet."),
        ]

    @property
    def missing(self) -> str:
        """What is to be done before a programme may be signed."""
        left = [words for done, words in zip((self.recipient, self.tried), ("back the keys up", "let the keeper open the backup"), strict=True) if not done]
        return f"Before a programme can be signed: {' and '.join(left)}." if left else "A programme can be signed."


class TeamPage(CentralPage):
    """From top to bottom: how it stands, the backup, trying it."""

    keeper_requested = Signal()
    backup_requested = Signal(str)  # the keeper's address
    trial_requested = Signal()
    heard = Signal(str)  # the six words

    def __init__(self, theme: Theme, stands: Stands) -> None:
        super().__init__(theme, "trust")
        self.stands = stands
        self.address, self.words = QLineEdit(stands.recipient), QLineEdit()
        for editor in (self.address, self.words):
            editor.setMaxLength(200)
        self._field = Field("The keeper's address", self.address)
        self._keeper = KeyButton("Choose the file of the keeper's laptop", theme=theme)
        self._backup = KeyButton("Write the backup to a stick", theme=theme, key=keys.printed("central", "backup"), look="" if stands.recipient else "primary")
        self._trial = KeyButton("Open it here", theme=theme, key=keys.printed("central", "trial"), look="primary" if stands.recipient and not stands.tried else "")
        self._said = KeyButton("These are the words", theme=theme, key="Enter")
        self._keeper.clicked.connect(self.keeper_requested)
        self._backup.clicked.connect(self.ask_backup)
        self._trial.clicked.connect(self.trial_requested)
        for signal in (self._said.clicked, self.words.returnPressed):
            signal.connect(self._hear)
        self._lay_out()

    def _lay_out(self) -> None:
        self.body.addWidget(label("The team's own keys", "title"))
        self.body.addWidget(label(WHY))
        self.body.addWidget(card(
            *(label(f"{'✓' if done else '!'} {words}", "ok" if done else "warn") for done, words in self.stands.steps),
            label(self.stands.missing, "strong"),
        ))
        self.body.addWidget(card(
            label("Back them up" if not self.stands.recipient else "Back them up again, or for another keeper", "heading"), label(BACKUP),
            row(self._keeper), self._field, row(self._backup),
        ))
        if self.stands.recipient and not self.stands.tried:
            self.body.addWidget(card(
                label("Try the backup", "heading"), label(TRY), FlowLayout.of(self._trial, gap=M), label(HEARD),
                Field("The six words you hear", self.words), row(self._said),
            ))
        self.body.addStretch(1)

    def acts(self) -> dict[str, Callable[[], object]]:
        """Back up, try it."""
        trial: dict[str, Callable[[], object]] = {"trial": self.trial_requested.emit} if self.stands.recipient and not self.stands.tried else {}
        return {**super().acts(), "backup": self.ask_backup, **trial}

    def first_focus(self) -> QWidget | None:
        """What is missing."""
        return self._keeper if not self.stands.recipient else self._trial if not self.stands.tried else self.home

    @Slot()
    def ask_backup(self) -> None:
        """Write the backup, where somebody is named who can open it."""
        address = self.address.text().strip()
        self._field.refuse("" if address else "Say first who keeps the backup: choose the file of their laptop.")
        if address:
            self.backup_requested.emit(address)
        else:
            self._keeper.setFocus()

    @Slot()
    def _hear(self) -> None:
        self.heard.emit(self.words.text())


class TeamDesk(QObject):
    """Backing the keys up, and trying the backup."""

    def __init__(self, way: "CentralWay") -> None:
        super().__init__(way)
        self._way = way

    def show(self) -> TeamPage:
        """How the backup stands."""
        page = TeamPage(self._way.theme(), Stands(*escrow.stands(self._way.folder.keys, self._way.folder.own())))
        page.keeper_requested.connect(self._choose_keeper)
        page.backup_requested.connect(self._backup)
        page.trial_requested.connect(self._try_here)
        page.heard.connect(self._hear)
        self._way.put(page)
        return page

    @Slot()
    def _choose_keeper(self) -> None:
        page, files = self._way.window.page, self._way.asking.files(self._way.window, *KEEPER)
        if files and isinstance(page, TeamPage):
            self._do(partial(self._name, page, files[0]))

    def _name(self, page: TeamPage, file: Path) -> None:
        page.address.setText(planning.enrol_file(file, now=self._way.around.clock()).recipient)
        page.tell("The keeper's address is filled in.", "Now write the backup.", tone="info")

    @Slot(str)
    def _backup(self, recipient: str) -> None:
        to = self._way.asking.folder(self._way.window)
        if to is not None:
            now = self._way.around.clock()
            self._do(partial(self._write, recipient, to / f"team-keys-{now:%Y%m%d-%H%M%S}.backup"))

    def _write(self, recipient: str, file: Path) -> None:
        escrow.backup(self._way.folder.keys, recipient=recipient, file=file, now=self._way.around.clock())
        self.show().tell(f"Written: {file.name}", "Now let the keeper open it, before you need it.")

    @Slot()
    def _try_here(self) -> None:
        self._do(self._open_here)

    def _open_here(self) -> None:
        words = with_backup(self._way, partial(escrow.trial, within=self._way.folder.root))
        if words:
            self._check(" ".join(words))

    @Slot(str)
    def _hear(self, words: str) -> None:
        self._do(partial(self._check, words))

    def _check(self, words: str) -> None:
        folder, own = self._way.folder.keys, self._way.folder.own()
        escrow.check_tried(folder, own, recipient=escrow.stands(folder, own)[0], heard=words)
        self.show().tell("The backup opens.", "A programme can be signed.")

    # -- where there are no keys of the team: on the keeper's laptop, and on the one that takes a lost one's place

    @Slot()
    def try_elsewhere(self) -> None:
        """Open a backup only to see that it opens."""
        self._do(partial(self._tell_words, partial(escrow.trial, within=self._way.folder.root)))

    @Slot()
    def bring_back(self) -> None:
        """Have the keys of a backup on this laptop again."""
        self._do(partial(self._tell_words, partial(escrow.restore, folder=self._way.folder.keys)))

    def _tell_words(self, act: Callable[..., tuple[str, ...]]) -> None:
        words = with_backup(self._way, act)
        if words:
            self._way.show()
            self._way.window.tell(Message("The backup opens. Its six words:", " ".join(words), "Read them to the central team."), tone="ok")

    def _do(self, act: Callable[[], object]) -> None:
        page = self._way.window.page
        try:
            act()
        except TradeoffError as error:
            if isinstance(page, CentralPage):
                page.refuse(error)
            else:
                self._way.window.refuse(error)


def with_backup(way: "CentralWay", act: Callable[..., tuple[str, ...]]) -> tuple[str, ...]:
    """Ask for a backup and the key that opens it, and do ``act`` with them; its six words, none where nothing was chosen."""
    backup = way.asking.files(way.window, *BACKUPS)
    key = way.asking.files(way.window, *IDENTITY) if backup else ()
    return act(backup[0], identity=laptop.read_identity(key[0]), now=way.around.clock()) if key else ()
