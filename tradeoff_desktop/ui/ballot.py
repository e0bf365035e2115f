"""The private ballot: the laptop is handed to one person after the other. Nobody sees an earlier answer.

Set up by the facilitator with a PIN that lives in this page alone and ends with it; it is in no record.
"""

from collections.abc import Callable
from functools import partial
from typing import Literal

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QFont, QKeyEvent
from PySide6.QtWidgets import QAbstractSlider, QGridLayout, QLabel, QVBoxLayout, QWidget

from tradeoff_desktop.app import ballot as ballots
from tradeoff_desktop.app.ballot import Ballot
from tradeoff_desktop.app.keying import CODE, HIDDEN
from tradeoff_desktop.app.pace import SLEPT
from tradeoff_desktop.app.words import say
from tradeoff_desktop.errors import RuleError, TradeoffError
from tradeoff_desktop.model import capture
from tradeoff_desktop.model.capture import How
from tradeoff_desktop.model.sheets import SHEETS
from tradeoff_desktop.ui import theme as looks
from tradeoff_desktop.ui.aid import AIDS
from tradeoff_desktop.ui.audience import AudienceWindow
from tradeoff_desktop.ui.bridge import Bridge
from tradeoff_desktop.ui.controls import KeyButton, label, row
from tradeoff_desktop.ui.digits import DigitField, announce
from tradeoff_desktop.ui.entry import SHEET_NAMES
from tradeoff_desktop.ui.flow import FlowLayout
from tradeoff_desktop.ui.page import Page, scrolling
from tradeoff_desktop.ui.sight import Sight
from tradeoff_desktop.ui.theme import BODY, LARGE, TITLE, XL, L, M, S, Theme

LEAST = 1.4  # text on these pages is at least so much larger than usual
ROOMY = 1.8  # from this size on a page is longer than a small screen
WIDTH = 900
UNSCALED = frozenset("68")  # can't say, prefer not to say
SECOND = 1000
State = Literal["start", "cover", "code", "question", "pin"]
_FOR_WHOM = "For people who cannot use paper: they answer here, one question a page, and nobody sees their answers."
_PIN = "Choose a PIN of four digits. You need it to leave the ballot; it is kept nowhere."
MIRRORED = "The room may see this screen: turn the projector off first. What people choose shows only as a dot until then."
WORDS: dict[State, tuple[str, str]] = {
    "start": ("Private ballot", f"{_FOR_WHOM} {_PIN}"),
    "cover": ("Please pass to the next person", "When the laptop is in front of you, press Enter."),
    "code": ("Your seat code", "Type the three digits on your seat card. Nobody sees your answers."),
    "question": ("", ""),
    "pin": ("For the facilitator", "Type the PIN to leave the ballot. Enter alone goes back to it."),
}
FOOT: dict[State, str] = {
    "start": "Ctrl+Home goes back to the room",
    "cover": "Facilitator: Ctrl+Home",
    "code": "Backspace takes a digit away",
    "question": "Another number changes your choice. Once you press Enter, the answer is hidden.",
    "pin": "",
}

ON: dict[State, str] = {
    "start": "Begin the ballot", "cover": "I am ready", "question": "Save, and go on", "pin": "Back to the ballot",
}
THANKS, THANKS_HELD = "Thank you. Your answers are saved.", "Thank you. Your answers are held until the disk takes them."


class Options(QWidget):
    """The answers of one question, each behind its digit; the chosen one filled and ticked."""

    clicked = Signal(str)  # the digit

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._lines: list[KeyButton] = []
        self._keys: list[str] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(S)
        self._grid.setHorizontalSpacing(XL)
        self._grid.setColumnStretch(2, 1)

    def show_options(self, options: tuple[tuple[str, str], ...], chosen: str) -> KeyButton | None:
        """Show these and nothing of those before; the line of the chosen one, if any."""
        while len(self._lines) < len(options):
            line = KeyButton("", theme=self._theme)
            line.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # digits choose; a screen reader hears them with the question
            line.clicked.connect(self._click)
            self._lines.append(line)
        self._keys = [key for key, _ in options]
        found = None
        for place, line in enumerate(self._lines):
            key, words = options[place] if place < len(options) else ("", "")
            # What is no answer on the scale stands beside it, so that the page is no longer than the screen.
            beside = key in UNSCALED and self._theme.zoom < ROOMY
            row = sum(other in UNSCALED for other in self._keys[:place]) if beside else place
            self._grid.addWidget(line, row, int(beside), Qt.AlignmentFlag.AlignLeft)
            picked = bool(key) and key == chosen
            line.setVisible(bool(key))
            line.say(f"{words} ✓" if picked else words, key)
            looks.dress(line, "primary" if picked else "")
            found = line if picked else found
        return found

    @Slot()
    def _click(self) -> None:
        place = next((at for at, line in enumerate(self._lines) if line is self.sender()), -1)
        if 0 <= place < len(self._keys):
            self.clicked.emit(self._keys[place])


class BallotPage(Page):
    """Start, cover, code, questions, cover again; and the PIN to leave."""

    place = "ballot"
    left = Signal()

    def __init__(self, bridge: Bridge, theme: Theme, audience: AudienceWindow | None = None) -> None:
        super().__init__(theme._replace(zoom=max(theme.zoom, LEAST)))
        self.setStyleSheet(f"QPushButton {{ font-size: {self.theme.points(BODY)}pt; }}")
        self._bridge = bridge
        self._sight = Sight(audience, bridge, self)
        self._now: State = "start"
        self._pin = self._typed = ""
        self._ballot: Ballot | None = None
        self._sheet = ballots.sheet_now(bridge.state)
        self._aid = 0
        self._touched = self._last = bridge.desk.now
        self.field = DigitField("PIN")
        self._title = _words(self.theme, TITLE, bold=True)
        self._intro, self._text = _words(self.theme, BODY), _words(self.theme, BODY)
        self._case, self._change = _words(self.theme, BODY), _words(self.theme, BODY, bold=True)
        self._question = _words(self.theme, LARGE, bold=True)
        self._message = _words(self.theme, LARGE)
        self._more = KeyButton("Read on", theme=self.theme, key="↓")
        self._more.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._more.hide()
        self._foot = _words(self.theme, BODY)
        self._options = Options(self.theme)
        self._which, self._how = KeyButton("", theme=self.theme), KeyButton("", theme=self.theme)
        self._on = KeyButton("Begin the ballot", theme=self.theme, key="Enter", look="primary")
        self._build()
        self._connect()
        self._seconds = QTimer(self, interval=SECOND)
        self._seconds.timeout.connect(self.tick)
        self._seconds.start()
        self._tell("")
        self._show()

    def _build(self) -> None:
        content = QWidget()
        layout = QVBoxLayout(content)
        layout.setContentsMargins(XL, L, XL, L)
        layout.setSpacing(M)
        layout.addWidget(self._title)
        layout.addWidget(self._intro)
        choices = FlowLayout()
        choices.addWidget(self._which)
        choices.addWidget(self._how)
        layout.addLayout(choices)
        self.field.setFont(self.theme.font(TITLE))
        self.field.setFixedWidth(round(110 * self.theme.zoom))
        # The field stands above the question, so that a page too long for the screen is read from its top.
        line = row(self.field, gap=L, stretch=False)
        line.addWidget(self._case, 1)
        line.addWidget(self._more)
        layout.addLayout(line)
        for words in (self._text, self._change, self._question):
            layout.addWidget(words)
        layout.addWidget(self._options)
        layout.addWidget(self._on)
        layout.addWidget(self._message)
        layout.addWidget(self._foot)
        layout.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        self._area = scrolling(content, width=round(WIDTH * self.theme.zoom))
        outer.addWidget(self._area)
        self._area.verticalScrollBar().rangeChanged.connect(self._reads_on)

    def _connect(self) -> None:
        self.field.typed.connect(self._digit)
        self.field.erased.connect(self._erase)
        self.field.entered.connect(self._enter)
        self._on.clicked.connect(self._enter)
        self._more.clicked.connect(partial(self._area.verticalScrollBar().triggerAction, QAbstractSlider.SliderAction.SliderSingleStepAdd))
        self._options.clicked.connect(self._digit)
        self._which.clicked.connect(self._next_sheet)
        self._how.clicked.connect(self._next_aid)
        self._bridge.refused.connect(self._refused)
        self._sight.changed.connect(self._show)

    # -- what the window asks

    def acts(self) -> dict[str, Callable[[], object]]:
        """The one way out."""
        return {"leave_ballot": self._leave}

    def first_focus(self) -> QWidget:
        """The field, or the button of the cover."""
        return self._on if self._now == "cover" else self.field

    def leaving(self) -> None:
        """No more seconds are counted."""
        self._seconds.stop()

    @property
    def state(self) -> State:
        """Which page is in front."""
        return self._now

    # -- time

    @Slot()
    def tick(self) -> None:
        """After some seconds without a key, or when the laptop slept, only the cover is to be seen."""
        now = self._bridge.desk.now
        slept, self._last = (now - self._last).total_seconds() > SLEPT, now
        idle = (now - self._touched).total_seconds() >= ballots.IDLE
        if self._now in {"code", "question", "pin"} and (slept or idle):
            self._go("cover")

    # -- keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and Down read on where a page is longer than the screen."""
        bar = self._area.verticalScrollBar()
        bar.setValue(bar.value() + {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()), 0) * bar.singleStep())
        self._touch()

    @Slot(int, int)
    def _reads_on(self, _least: int, most: int) -> None:
        self._more.setVisible(most > 0)
        self._area.verticalScrollBar().setSingleStep(self._area.height() // 3)

    @Slot(str)
    def _digit(self, digit: str) -> None:
        self._touch()
        if self._now == "question" and self._ballot is not None:
            try:
                self._ballot = ballots.choose(self._ballot, digit, state=self._bridge.state)
            except RuleError as error:
                self._refused(error)
        else:
            self._typed = (self._typed + digit)[: CODE if self._now == "code" else ballots.PIN]
            if self._now == "code" and len(self._typed) == CODE:
                self._begin()
            elif self._now == "pin" and len(self._typed) == ballots.PIN:
                self._check()
        self._show()

    @Slot()
    def _erase(self) -> None:
        self._touch()
        self._typed = self._typed[:-1]
        if self._ballot is not None:
            self._ballot = ballots.forget(self._ballot)
        self._show()

    @Slot()
    def _enter(self) -> None:
        self._touch()
        if self._now == "start" and len(self._typed) == ballots.PIN:
            self._pin = self._typed
            self._go("cover")
        elif self._now == "start":
            self._tell("Type four digits first.")
        elif self._now == "cover":
            self._go("code")
        elif self._now == "question":
            self._save()
        elif self._now == "pin":
            self._go("cover")
        self._show()

    def _touch(self) -> None:
        self._touched = self._bridge.desk.now
        self._tell("")

    @Slot()
    def _next_sheet(self) -> None:
        self._sheet = SHEETS[self._sheet % len(SHEETS)]
        self._show()

    @Slot()
    def _next_aid(self) -> None:
        self._aid = (self._aid + 1) % len(AIDS)
        self._show()

    # -- what they do

    def _begin(self) -> None:
        """Open the sheet of the code typed; a wrong code is said and forgotten."""
        code, self._typed = self._typed, ""
        try:
            self._ballot = ballots.begin(self._bridge.state, seat=code, sheet=self._sheet)
        except RuleError as error:
            self._refused(error)
        else:
            self._go("question")

    def _save(self) -> None:
        """Enter: the chosen answer is on record, and the next question comes, or the cover."""
        ballot = self._ballot
        if ballot is None or not ballot.chosen:
            self._tell("Type one of the numbers first.")
            return
        cell = ballot.cells[0]
        saved = self._bridge.do(
            capture.key_answer, role=self._bridge.role, seat=ballot.seat, cell=cell,
            answer=capture.answer_of(self._bridge.state, cell.item, ballot.chosen),
            how=How(mode="ballot", aid=AIDS[self._aid][0]),
        )
        if not saved:
            return
        self._ballot = ballots.advance(ballot)
        if self._ballot is None:
            self._go("cover")
            self._tell(THANKS_HELD if self._bridge.desk.held else THANKS)

    @Slot()
    def _leave(self) -> None:
        """Back to the room: from the start freely, from a ballot with the PIN."""
        if self._now == "start":
            self.left.emit()
        elif self._now != "pin":
            self._touch()
            self._go("pin")

    def _check(self) -> None:
        typed, self._typed = self._typed, ""
        if typed == self._pin:
            self.left.emit()
        else:
            self._tell("That is not the PIN.")

    def _go(self, state: State) -> None:
        """To another page; what was typed and chosen is forgotten, what was answered stays on record."""
        self._now, self._typed = state, ""
        if state != "question":
            self._ballot = None
        self._tell("")
        self._show()
        self.first_focus().setFocus()

    @Slot(object)
    def _refused(self, error: TradeoffError) -> None:
        message = say(error)
        what = message.what if isinstance(error, RuleError) else "That could not be kept on this laptop."
        self._tell(f"{message.what} {message.remedy}" if self._now == "start" else f"{what} Ask the facilitator if it stays so.")

    # -- showing

    def _tell(self, words: str) -> None:
        self._message.setText(words)
        self._message.setVisible(bool(words))
        announce(self.first_focus(), words)

    @Slot()
    def _show(self) -> None:
        now = self._now
        title, words = WORDS[now]
        if now == "start" and self._sight.open:
            words = f"{MIRRORED} {words}"
        self._title.setText(title)
        self._intro.setText(words)
        self._foot.setText(FOOT[now])
        for shown in (self._title, self._intro):
            shown.setVisible(now != "question")
        self._foot.setVisible(bool(FOOT[now]))
        self._on.setVisible(now in ON)
        self._on.say(ON.get(now, ""))
        self.field.setVisible(now != "cover")
        for button in (self._which, self._how):
            button.setVisible(now == "start")
        self._which.say(f"Sheet {SHEET_NAMES[self._sheet]}")
        self._how.say(AIDS[self._aid][1])
        self.field.setText("•" * len(self._typed) if now == "pin" else self._typed)
        self._show_question()
        if now != "question":
            self.field.say({"start": "PIN, four digits", "code": "Seat code, three digits", "pin": "PIN"}.get(now, ""))
            self._on.setAccessibleDescription(f"{title}. {words}")

    def _show_question(self) -> None:
        """The question in front; otherwise nothing of it stays in the widgets."""
        ballot = self._ballot
        self._case.setText("")
        for shown in (self._text, self._change, self._question):
            shown.setText("")
            shown.hide()
        if ballot is None:
            self._options.show_options((), "")
            return
        asked = ballots.ask(self._bridge.pack, ballot)
        self._case.setText(f"{asked.case} · question {ballot.number} of {ballot.asked}")
        for widget, words in (
            (self._text, asked.text), (self._change, asked.change), (self._question, asked.question),
        ):
            widget.setText(words)
            widget.setVisible(bool(words))
        seen = "" if self._sight.open else ballot.chosen
        line = self._options.show_options(asked.options, seen)
        if line is not None:
            self._area.ensureWidgetVisible(line)
        self.field.setText(seen or HIDDEN * len(ballot.chosen))
        chosen = next((f"Chosen: {key}, {words}." for key, words in asked.options if key == seen), "Chosen.")
        self.field.say(f"{chosen} Enter saves it." if ballot.chosen else asked.spoken())


def _words(theme: Theme, size: float, *, bold: bool = False) -> QLabel:
    made = label("")
    made.setFont(theme.font(size, weight=QFont.Weight.DemiBold if bold else QFont.Weight.Normal))
    return made
