"""Who is here: consent at the door, people who came late, left, never came or sit elsewhere, and people nobody expected.

Three digits of a seat code and one more say everything, as on the entry grid; what is said is saved at once.
"""

from collections.abc import Callable
from typing import NamedTuple

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from tradeoff_desktop.app.words import say
from tradeoff_desktop.errors import RuleError, TradeoffError
from tradeoff_desktop.model import acts, attendance
from tradeoff_desktop.model.records import SeatState
from tradeoff_desktop.ui import icons, keys, signing
from tradeoff_desktop.ui import theme as looks
from tradeoff_desktop.ui.audience import AudienceWindow
from tradeoff_desktop.ui.bridge import Bridge
from tradeoff_desktop.ui.controls import Banner, KeyButton, card, label, row
from tradeoff_desktop.ui.dates import count
from tradeoff_desktop.ui.page import Page, scrolling
from tradeoff_desktop.ui.session_mark import SessionMark
from tradeoff_desktop.ui.sight import Sight
from tradeoff_desktop.ui.theme import XL, XS, L, M, S, Theme
from tradeoff_desktop.ui.ticks import Picker

WIDTH = 1160
ROOMY = 1.5


class Say(NamedTuple):
    """What one digit says about a person."""

    words: str
    signed: bool | None = None  # None: consent stays as it is
    quotable: bool = False
    state: SeatState | None = None


DIGITS: dict[str, Say] = {
    "1": Say("Signed, words may be quoted", signed=True, quotable=True, state="present"),
    "2": Say("Signed, no quotes", signed=True, state="present"),
    "3": Say("Does not sign", signed=False, state="present"),
    "4": Say("Came late", state="late"),
    "5": Say("Did not come", state="no_show"),
    "6": Say("Left early", state="left"),
    "7": Say("Changes table"),
    "8": Say("Left, no sheet 4", state="left"),
}
MOVES = "7"
# What a key of the room begins here: the digit that follows the next seat code by itself, and what is asked.
BEGINS: dict[str, tuple[str, str]] = {
    "late": ("4", "Who came late? Type their seat code."),
    "early": ("6", "Who leaves early? Type their seat code."),
    "moves": (MOVES, "Who changes table? Type their seat code, then the table."),
}
REOPEN = -1
FIXED = "The first sheet has begun: tables stay as they are, so that every answer keeps its case. One person may still change table, with 7."
ON_LEAVING = "Offer them sheet 4 at the door. If they do not want it, type the code and 8: it is then absent."
ON_COMING = "They came after sheet 1: it counts as absent. They take part from here on."
FEW_PEOPLE = (
    "Fewer than 10 people are expected.",
    "Put them at one or two tables with one theme, before the first sheet. The report will then be in words only.",
)
COVERED = "One screen only: the room may see this page, so groups are not shown on it."
STATES: dict[str, str] = {
    "expected": "expected", "present": "here", "late": "came late", "left": "left early", "no_show": "did not come",
}


class PeoplePage(Page):
    """The page of the doors, and of everybody who comes or goes later."""

    place = "people"
    room_requested = Signal()
    home_requested = Signal()

    def __init__(self, bridge: Bridge, theme: Theme, audience: AudienceWindow | None = None, *, begin: str = "") -> None:
        super().__init__(theme)
        self._begun = begin  # the act of the key that led here, until it is done
        self._bridge = bridge
        self._sight = Sight(audience, bridge, self)
        self._banner = Banner()
        self._total = label("", "large")
        self._covered = label(COVERED, "muted")
        self.entry = QLineEdit()
        self.entry.setMaxLength(5)
        self.entry.setMaximumWidth(round(120 * theme.zoom))
        self.entry.setAccessibleName("Seat code, then one digit")
        self.entry.textEdited.connect(self._typed)
        self._who = label("", "strong")
        self._says = [SayButton(self, digit, words.words) for digit, words in DIGITS.items()]
        self._tables = QGridLayout()
        self._tables.setSpacing(M)
        self._group, self._table = Picker(theme), Picker(theme)
        self._closing, self._into = Picker(theme), Picker(theme)
        self._heads = KeyButton("Record the number here", theme=theme, key=keys.printed("people", "count_here"))
        self._heads.clicked.connect(self.count_here)
        self._known = False  # whether the code typed is somebody's
        self._lay_out()
        bridge.changed.connect(self.refresh)
        self._sight.changed.connect(self.refresh)
        bridge.refused.connect(self.refuse)
        self.refresh()
        self._who.setText(BEGINS.get(begin, ("", ""))[1])

    def acts(self) -> dict[str, Callable[[], object]]:
        """Enter goes to the room."""
        return {
            "to_room": self.room_requested.emit, "leave_people": self.home_requested.emit,
            "count_here": self.count_here, "change_tables": self._closing.setFocus, "add_person": self._group.setFocus,
        }

    def first_focus(self) -> QWidget | None:
        """The field for codes, or the tables where a key of the room asked for them."""
        return self._closing if self._begun == "tables" else self.entry

    def _lay_out(self) -> None:
        content = QWidget()
        layout = QVBoxLayout(content)
        layout.setContentsMargins(XL, L, XL, XL)
        layout.setSpacing(M)
        layout.addLayout(row(label("Who is here?", "title", wrap=False), SessionMark(self._bridge.desk.opened.session, self.theme)))
        layout.addWidget(self._total)
        layout.addWidget(self._covered)
        layout.addLayout(row(self._heads))
        layout.addWidget(label("Type the seat code, then the digit. Each is saved at once; to correct one, say it again. No names, anywhere."))
        line = row(self.entry, stretch=False)
        line.addWidget(self._who, 1)
        layout.addLayout(line)
        says = QGridLayout()
        says.setSpacing(S)
        columns = 2 if self.theme.zoom >= ROOMY else 3
        for place, button in enumerate(self._says):
            says.addWidget(button, place // columns, place % columns)
        layout.addLayout(says)
        layout.addLayout(self._tables)
        layout.addWidget(self._adding())
        layout.addWidget(self._tables_card())
        layout.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self._banner)  # also seen from the lists at the end of the page
        outer.addWidget(scrolling(content, width=round(WIDTH * max(1.0, self.theme.zoom * 0.8))), 1)
        outer.addWidget(self._foot())

    def _adding(self) -> QFrame:
        for group in self._bridge.pack.groups:
            self._group.addItem(group.name, group.code)
        self._group.setPlaceholderText("Their group")
        self._group.setCurrentIndex(-1)
        self._group.setAccessibleName("Group of the person to add")
        self._table.setAccessibleName("Table of the person to add")
        add = KeyButton("Add a person", theme=self.theme)
        add.clicked.connect(self._add)
        return card(_headed("Somebody nobody expected", "add_person"), row(self._group, self._table, add))

    def _tables_card(self) -> QFrame:
        self._closing.setAccessibleName("Table to close or combine")
        self._into.setAccessibleName("What becomes of that table")
        change = KeyButton("Do it", theme=self.theme)
        change.setAccessibleName("Close or combine the table")
        change.clicked.connect(self._change_tables)
        self._change = change
        self._fixed = label("", "muted")
        return card(
            _headed("A table too few people sit at", "change_tables"), row(self._closing, self._into, change), self._fixed,
        )

    def _foot(self) -> QFrame:
        foot = QFrame()
        looks.dress(foot, "foot")
        layout = QHBoxLayout(foot)
        layout.setContentsMargins(XL, S, XL, S)
        home = KeyButton("Home", theme=self.theme, key=keys.printed("people", "leave_people"))
        room = KeyButton("To the room", theme=self.theme, key=keys.printed("people", "to_room"), look="primary")
        home.clicked.connect(self.home_requested)
        room.clicked.connect(self.room_requested)
        layout.addWidget(home)
        layout.addStretch(1)
        layout.addWidget(room)
        return foot

    # -- what is said

    @Slot(str)
    def _typed(self, text: str) -> None:
        if len(text) == 3 and self._begun in BEGINS:
            self._show_who(text)
            if self._known:  # the digit is known already
                text, self._begun = text + BEGINS[self._begun][0], ""
                self.entry.setText(text)
        if len(text) == 4 and self._known and text[3] == MOVES:
            self._who.setText("To which table? Type its number.")
            return
        if len(text) == 5:
            self.entry.setText(text[:3])
            if self._known:
                self._banner.clear()
                self.move_to(text[4])
            return
        if len(text) == 4:
            self.entry.setText(text[:3])
            if self._known:  # digits after a refused code say nothing about anybody, and the message stays
                self._banner.clear()
                self.apply(text[3])
            return
        self._banner.clear()
        self._show_who(text)

    def apply(self, digit: str) -> None:
        """Say what ``digit`` stands for about the person whose code is typed."""
        seat = self.entry.text()
        saying = DIGITS.get(digit)
        if saying is None:
            self._who.setText("Type a digit from 1 to 8.")
            return
        if digit == MOVES:
            self.entry.setText(seat + MOVES)
            self._who.setText("To which table? Type its number.")
            self.entry.setFocus()
            return
        first = saying.signed is not None and seat not in self._bridge.state.consents
        if saying.signed is not None and not signing.sign(self._bridge, seat, signed=saying.signed, quotable=saying.quotable):
            return
        now = self._bridge.state.seats[seat].state if seat in self._bridge.state.seats else "expected"
        # Somebody who came late and signs then is still somebody who came late; so is whoever comes after the first sheet.
        late = now == "late" or (now in {"expected", "no_show"} and attendance.first_sheet_over(self._bridge.state))
        to = "late" if saying.state == "present" and late else saying.state
        role = self._bridge.role
        # At the data desk a signature is all that is taken down: who came and went is the lead's to say.
        wanted = to != now and (role == "lead" or saying.signed is None)
        if to == "left":
            if not self._bridge.do(attendance.leave, role=role, seat=seat, sheet=digit == "6"):
                return
        elif wanted and not self._bridge.do(acts.change_seat, role=role, seat=seat, to=to):
            return
        missed = bool(attendance.missed_first(self._bridge.state, role=role, seat=seat)) if first or digit == "4" else False
        if missed:
            self._bridge.do(attendance.missed_first, role=role, seat=seat)
        rest = ON_LEAVING if digit == "6" else ON_COMING if missed else ""
        self._done(f"{seat}: {saying.words}. {self._bridge.saved}.", rest or signing.contradicted(self._bridge, seat))

    def move_to(self, digit: str) -> None:
        """The person whose code is typed sits at another table from now on."""
        seat, table = self.entry.text(), int(digit) if digit.isdigit() else 0
        if self._bridge.do(attendance.move_seat, role=self._bridge.role, seat=seat, table=table):
            after = attendance.first_sheet_begun(self._bridge.state)
            self._done(f"{seat}: now at table {table}. {self._bridge.saved}.", (
                "Answers given so far stay with the case they were about. It is recorded as an exception." if after else ""
            ))

    def _done(self, words: str, rest: str) -> None:
        self.entry.clear()
        self._show_who("")
        self._who.setText(words)
        if rest:
            self._banner.show_message(words, rest, tone="info")
        self.entry.setFocus()

    @Slot()
    def count_here(self) -> None:
        """Record as the headcount how many are here by this list."""
        here = self._here()
        if self._bridge.do(acts.count_heads, role=self._bridge.role, here=here):
            self._banner.show_message(f"The headcount is {here}.", "Somebody who sits in and takes no part is not counted.", tone="ok")

    def _here(self) -> int:
        state = self._bridge.state
        return sum(state.seats[seat].state in {"present", "late"} for seat in state.sitting())

    @Slot()
    def _change_tables(self) -> None:
        number, into = self._closing.currentData(), self._into.currentData()
        if into == REOPEN:
            if self._bridge.do(attendance.open_table, role=self._bridge.role, number=number):
                self._banner.show_message(f"Table {number} is open again.", "It is recorded as an exception.", tone="ok")
            return
        if self._bridge.do(attendance.close_table, role=self._bridge.role, number=number, into=into):
            words = f"Table {number} sits at table {into} now." if into else f"Table {number} is closed."
            self._banner.show_message(words, "It is recorded as an exception.", tone="ok")

    def _show_who(self, seat: str) -> None:
        state = self._bridge.state
        self._who.setText("")
        whole = len(seat) == 3
        if whole:
            try:
                acts.need_seat(state, seat)
            except RuleError as error:
                self.refuse(error)
                whole = False
            else:
                group = "" if self._sight.open else f"{self._bridge.pack.group(state.seats[seat].group).name} · "
                self._who.setText(f"{group}table {state.table_of(seat).number} · now 1 to 8")
        self._known = whole
        for button in self._says:
            button.setEnabled(whole)

    @Slot()
    def _add(self) -> None:
        if self._group.currentIndex() < 0:
            self._banner.show_message("Choose the person's group first.", "It is on the list of who was invited.", tone="info")
            self._group.setFocus()
            return
        before = set(self._bridge.state.seats)
        placing = [(self._group.currentData(), self._table.currentData())]
        letter = self._bridge.desk.opened.session
        if self._bridge.do(acts.seat_people, role=self._bridge.role, letter=letter, placing=placing):
            fresh = sorted(set(self._bridge.state.seats) - before)
            self._group.setCurrentIndex(-1)
            self.entry.setText(fresh[0])
            self._show_who(fresh[0])
            self._banner.show_message(f"The new seat code is {fresh[0]}.", "Write it on a card, then say whether they signed.", tone="ok")
            self.entry.setFocus()

    @Slot(object)
    def refuse(self, error: TradeoffError) -> None:
        """Say why it was not saved."""
        message = say(error)
        self._banner.show_message(message.text, message.rest)

    # -- what is shown

    @Slot(object)
    def refresh(self, _changed: object = None) -> None:
        """Show everybody anew."""
        state = self._bridge.state
        self._who.setText(self._bridge.restated(self._who.text()))
        self._show_tables()
        self._covered.setVisible(self._sight.open)
        if attendance.too_many_tables(state):
            self._banner.show_message(*FEW_PEOPLE, tone="warn")
        signed = sum(state.consents[seat].signed for seat in state.sitting() if seat in state.consents)
        away = sum(seat.state == "no_show" for seat in state.seats.values())
        gone = f" · {count(away, 'person', 'people')} did not come" if away else ""
        self._total.setText(f"{signed} of {len(state.sitting())} signed · {self._here()} here{gone}")
        while (item := self._tables.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        columns = 1 if self.theme.zoom >= ROOMY else 2
        for place, table in enumerate(state.open_tables()):
            people = [seat for seat in sorted(state.seats) if state.table_of(seat).number == table.number]
            theme = self._bridge.pack.theme(table.theme).name
            box = card(label(f"Table {table.number} · {theme}", "strong"), self._people(people))
            self._tables.addWidget(box, place // columns, place % columns, Qt.AlignmentFlag.AlignTop)
            box.show()

    def _show_tables(self) -> None:
        """The tables that are open now, in the lists; what is chosen stays chosen."""
        state = self._bridge.state
        numbers = [table.number for table in state.open_tables()]
        fixed = attendance.first_sheet_begun(state)
        shut = [(f"Table {number}, {table.state}", number) for number, table in sorted(state.tables.items()) if table.state != "open"]
        becomes = [("is closed", 0), *([("is open again", REOPEN)] if shut else [])]
        for box, rest in ((self._table, []), (self._closing, shut), (self._into, becomes)):
            before = box.currentData()
            box.clear()
            for words, number in [(f"Table {n}" if box is not self._into else f"sits at table {n}", n) for n in numbers] + rest:
                box.addItem(words, number)
            box.setCurrentIndex(max(0, box.findData(before)))
        for widget in (self._closing, self._into, self._change):
            widget.setEnabled(not fixed)
        self._fixed.setText(FIXED if fixed else "")
        self._fixed.setVisible(fixed)

    def _people(self, people: list[str]) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(M)
        grid.setVerticalSpacing(XS)
        grid.setColumnStretch(2, 1)
        side = round(22 * self.theme.zoom)
        for number, seat in enumerate(people):
            if not self._sight.open:
                group = self._bridge.pack.group(self._bridge.state.seats[seat].group)
                mark = QLabel()
                mark.setPixmap(icons.group_pixmap(self.theme, shape=group.shape, initial=group.initial, side=side))
                mark.setAccessibleName(group.name)
                grid.addWidget(mark, number, 0)
            words, look = self._standing(seat)
            grid.addWidget(label(seat, "strong", wrap=False), number, 1)
            grid.addWidget(label(words, look), number, 2)
        return grid

    def _standing(self, seat: str) -> tuple[str, str]:
        state = self._bridge.state
        if seat in state.withdrawn:
            return "left the study", "muted"
        here, given = state.seats[seat].state, state.consents.get(seat)
        if here == "no_show":
            return STATES[here], "muted"
        if given is None:
            return f"{STATES[here]}, not signed yet", ""
        consent = "does not sign" if not given.signed else "signed ✓" if given.quotable else "signed ✓, no quotes"
        return f"{STATES[here]}, {consent}", "ok" if given.signed else "warn"


def _headed(words: str, act: str) -> QLabel:
    """A heading with the key that leads to what is below it."""
    return label(f"{words}  [{keys.printed('people', act)}]", "strong")


class SayButton(KeyButton):
    """One of the digits, for the mouse and for reading what the digits mean."""

    def __init__(self, page: PeoplePage, digit: str, words: str) -> None:
        super().__init__(words, theme=page.theme, key=digit)
        self._page = page
        self._digit = digit
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setEnabled(False)
        self.clicked.connect(self._press)

    @Slot()
    def _press(self) -> None:
        self._page.apply(self._digit)
