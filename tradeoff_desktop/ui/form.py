"""What the forms of the capture panel have in common."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from tradeoff_desktop.app.hints import QUESTION
from tradeoff_desktop.app.words import say
from tradeoff_desktop.errors import TradeoffError
from tradeoff_desktop.model.pack import AgendaStep
from tradeoff_desktop.ui import theme as looks
from tradeoff_desktop.ui.bridge import Bridge
from tradeoff_desktop.ui.controls import label
from tradeoff_desktop.ui.digits import announce
from tradeoff_desktop.ui.personal import question
from tradeoff_desktop.ui.sentence import SentenceField
from tradeoff_desktop.ui.theme import M, S, Theme


class Form(QWidget):
    """One thing to take down, by keyboard alone. What is saved or wrong is said on its own line."""

    finished = Signal()  # something whole was saved

    def __init__(self, bridge: Bridge, theme: Theme, title: str) -> None:
        super().__init__()
        self.bridge = bridge
        self.theme = theme
        self.title = title
        self.quiet = False  # the room may see this screen: nothing but what is public or being typed stands on it
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(M, S, M, S)
        self.body.setSpacing(S)
        self.message = label("")
        self.message.hide()
        self.setAccessibleName(title)
        self.setProperty("headed", True)  # noqa: FBT003 - Qt takes it so

    def first_focus(self) -> QWidget:
        """Where typing begins."""
        return self

    def keep_quiet(self, *, quiet: bool) -> None:
        """The room may see this screen, or no longer."""
        self.quiet = quiet
        self.refresh(frozenset({"note"}))

    def open_at(self, step: AgendaStep | None) -> None:
        """The form is shown, or the step has changed under it."""

    def refresh(self, kinds: frozenset[str]) -> None:
        """Records of these kinds have changed."""

    def tell(self, words: str, look: str = "ok") -> None:
        """Say below the fields what was saved ("ok") or what is wrong ("error"); "" for nothing."""
        if self.message.text() == words:
            return
        looks.dress(self.message, look)
        self.message.setText(words)
        self.message.setVisible(bool(words))
        self.message.setAccessibleName(words)
        announce(self.first_focus(), words)

    def takes_words(self, *fields: QLineEdit | SentenceField) -> None:
        """Ask below these fields while something like personal data is typed into one."""
        for field in fields:
            (field.edited if isinstance(field, SentenceField) else field.textEdited).connect(self._ask)

    @Slot(str)
    def _ask(self, text: str) -> None:
        asked = question(text, quiet=self.quiet)
        if asked or self.message.text().endswith(QUESTION):
            self.tell(asked, "error")

    def restate(self) -> None:
        """What was held may be on disk by now."""
        self.message.setText(self.bridge.restated(self.said))

    def refuse(self, error: TradeoffError) -> None:
        """Say why something was not done."""
        message = say(error)
        self.tell(f"{message.what} {message.remedy}", "error")

    @property
    def said(self) -> str:
        """The words below the fields."""
        return self.message.text()
