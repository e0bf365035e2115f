"""Coding notes at the centre, by keyboard alone: J and K walk, digits give codes, Ctrl+Z takes back.

A second coder reads one note in ten and never sees what the first one gave.
"""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QBoxLayout,
    QLineEdit,
    QListView,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from tradeoff_desktop.app import code_slots
from tradeoff_desktop.app.centre_desk import CentreDesk
from tradeoff_desktop.app.day import name_of
from tradeoff_desktop.app.words import say
from tradeoff_desktop.errors import TradeoffError
from tradeoff_desktop.model import coding
from tradeoff_desktop.model import records as r
from tradeoff_desktop.model.coding import FIRST, NONE, SECOND, Book, Coder
from tradeoff_desktop.ui import keys
from tradeoff_desktop.ui import theme as looks
from tradeoff_desktop.ui.controls import Banner, Field, KeyButton, label, row
from tradeoff_desktop.ui.flow import FlowLayout
from tradeoff_desktop.ui.page import Page, scrolling
from tradeoff_desktop.ui.theme import XL, L, M, S, Theme

ROOMY = 1.5  # from this size of text on the two halves stand below each other
KINDS: dict[str, str] = {"point": "", "question": "Question", "condition": "Condition", "red_line": "Red line"}
_Index = QModelIndex | QPersistentModelIndex


class Line(NamedTuple):
    """One note as it stands in the list."""

    ref: r.Ref
    where: str
    words: str

    @property
    def key(self) -> coding.Key:
        """What names the note."""
        return self.ref.device, self.ref.seq


class Lines(QAbstractListModel):
    """The notes to be coded; a mark says which have been read."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[Line] = []
        self.read: set[coding.Key] = set()

    def show(self, lines: list[Line], read: set[coding.Key]) -> None:
        """Show these notes."""
        self.beginResetModel()
        self.lines, self.read = lines, read
        self.endResetModel()

    def mark(self, key: coding.Key, *, read: bool) -> None:
        """Say of one note whether it has been read."""
        (self.read.add if read else self.read.discard)(key)
        place = next((number for number, line in enumerate(self.lines) if line.key == key), None)
        if place is not None:
            self.dataChanged.emit(self.index(place), self.index(place))

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """The number of notes."""
        return 0 if parent.isValid() else len(self.lines)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """A note in one line, and what a screen reader says of it."""
        line = self.lines[index.row()]
        read = line.key in self.read
        if role == Qt.ItemDataRole.DisplayRole:
            return f"{'✓' if read else '  '} {line.words}"
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{'coded' if read else 'not coded'}: {line.words}, {line.where}"
        return None


class NewCode(QWidget):
    """The form for a new code: its name and what it means; Enter goes on, and keeps it at the end."""

    kept = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        looks.dress(self, "card")
        self.name, self.meaning = QLineEdit(), QLineEdit()
        keep = KeyButton("Keep the code", theme=theme, look="primary", key="Enter")
        keep.clicked.connect(self.kept)
        self.name.returnPressed.connect(self.meaning.setFocus)
        self.meaning.returnPressed.connect(self.kept)
        inside = QVBoxLayout(self)
        inside.setContentsMargins(L, M, L, M)
        inside.setSpacing(S)
        inside.addWidget(Field("Name of the new code", self.name))
        inside.addWidget(Field("What it means", self.meaning, hint="Both coders go by this: when does it fit, and when not?"))
        inside.addLayout(row(keep))
        self.hide()

    def clear(self) -> None:
        """Empty the form and put it away."""
        self.name.clear()
        self.meaning.clear()
        self.hide()


class CodingPage(Page):
    """The notes at the left, the one in hand with its codes at the right."""

    place = "coding"
    leave_requested = Signal()
    export_requested = Signal()

    def __init__(self, desk: CentreDesk, theme: Theme) -> None:
        super().__init__(theme)
        self._desk = desk
        self._coder: Coder = FIRST
        self._all = [line for workshop in desk.workshops() for line in _lines(desk, workshop)]
        self._slots = code_slots.filled(desk.book.recent, [one.code for one in desk.book.active()])
        self.banner = Banner()
        self.model = Lines()
        self.notes = QListView()
        self.search, self.find_code = QLineEdit(), QLineEdit()
        self.codes = QListWidget()
        self.form = NewCode(theme)
        self._count, self._where, self._words, self._given = (label("", look) for look in ("muted", "muted", "large", "strong"))
        self._who = KeyButton("", theme=theme, key=keys.printed("coding", "other_coder"))
        self._lay_out()
        self._connect()
        self._list()

    def acts(self) -> dict[str, Callable[[], object]]:
        """What each key does here."""
        return {
            "next_note": self.next_note, "last_note": self.last_note, "no_code": self.no_code, "new_code": self.new_code,
            "undo_code": self.undo, "search_notes": self.search.setFocus, "other_coder": self.other_coder,
            "find_code": self.find_code.setFocus, "leave_coding": self.leave_requested.emit, "export_coding": self.export_requested.emit,
            **{f"code_{digit}": self._givers[digit - 1] for digit in range(1, code_slots.DIGITS + 1)},
        }

    def first_focus(self) -> QWidget | None:
        """The list of notes."""
        return self.notes

    @property
    def note(self) -> Line | None:
        """The note in hand."""
        row_ = self.notes.currentIndex().row()
        return self.model.lines[row_] if 0 <= row_ < len(self.model.lines) else None

    @property
    def _book(self) -> Book:
        return self._desk.book

    # -- layout

    def _lay_out(self) -> None:
        content = QWidget()
        layout = QBoxLayout(QBoxLayout.Direction.TopToBottom if self.theme.zoom >= ROOMY else QBoxLayout.Direction.LeftToRight, content)
        layout.setContentsMargins(XL, L, XL, L)
        layout.setSpacing(XL)
        layout.addLayout(self._left(), 3)
        layout.addLayout(self._right(), 4)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scrolling(content))

    def _left(self) -> QVBoxLayout:
        self.notes.setModel(self.model)
        self.notes.setUniformItemSizes(True)
        self.notes.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.notes.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.notes.setAccessibleName("Notes to be coded")
        self.search.setAccessibleName("Search in the notes")
        self.search.setPlaceholderText(f"Search in the notes ({keys.printed('coding', 'search_notes')})")
        made = QVBoxLayout()
        made.setSpacing(S)
        made.addWidget(label("Code the notes", "title"))
        made.addLayout(row(self._who))
        made.addWidget(self.search)
        made.addWidget(self._count)
        made.addWidget(self.notes, 1)
        return made

    def _right(self) -> QVBoxLayout:
        self._words.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self._words.setMinimumHeight(round(90 * self.theme.zoom))
        self.codes.setWordWrap(True)
        self.codes.setResizeMode(QListView.ResizeMode.Adjust)
        self.codes.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.codes.setMinimumHeight(round(150 * self.theme.zoom))
        self.notes.setMinimumHeight(round(150 * self.theme.zoom))
        self.codes.setAccessibleName("Codes, with the digit that gives them")
        self.find_code.setAccessibleName("Find a code; Enter gives it")
        self.find_code.setPlaceholderText(f"Find a code ({keys.printed('coding', 'find_code')}); Enter gives it")
        self._give = [
            KeyButton(words, theme=self.theme, key=keys.printed("coding", act)) for words, act in (
                ("No code fits", "no_code"), ("New code", "new_code"), ("Take back", "undo_code"), ("For other programs", "export_coding"),
                ("Centre", "leave_coding"),
            )
        ]
        made = QVBoxLayout()
        made.setSpacing(S)
        for widget in (self.banner, self._where, self._words, self._given, self.find_code):
            made.addWidget(widget)
        made.addWidget(self.codes, 1)
        made.addWidget(self.form)
        buttons = FlowLayout()
        for button in self._give:
            buttons.addWidget(button)
        made.addLayout(buttons)
        return made

    def _connect(self) -> None:
        self._givers = [Giver(self, place) for place in range(code_slots.DIGITS)]
        self.search.textChanged.connect(self._list)
        self.find_code.textChanged.connect(self._show_codes)
        self.find_code.returnPressed.connect(self._give_found)
        self.codes.itemActivated.connect(self._give_item)
        self.notes.selectionModel().currentChanged.connect(self._show_note)
        self._who.clicked.connect(self.other_coder)
        self.form.kept.connect(self.keep_code)
        for button, act in zip(self._give, (self.no_code, self.new_code, self.undo, self.export_requested.emit, self.leave_requested.emit), strict=True):
            button.clicked.connect(act)

    # -- what is shown

    @Slot()
    def _list(self) -> None:
        wanted = self.search.text().casefold().split()
        drawn = {(ref.device, ref.seq) for ref in self._desk.sample()} if self._coder == SECOND else None
        lines = [
            line for line in self._all
            if (drawn is None or line.key in drawn) and all(word in line.words.casefold() for word in wanted)
        ]
        read = {line.key for line in lines if self._book.is_read(line.key, self._coder)}
        self.model.show(lines, read)
        self._who.say("Second coder: one note in ten, blind" if self._coder == SECOND else "First coder: every note")
        first = next((place for place, line in enumerate(lines) if line.key not in read), 0)
        self.notes.setCurrentIndex(self.model.index(first))
        self._show_note()

    @Slot()
    def _show_note(self) -> None:
        line = self.note
        self._count.setText(f"{len(self.model.read)} of {len(self.model.lines)} coded" if self.model.lines else "No notes here.")
        self._where.setText(line.where if line else "")
        self._words.setText(line.words if line else "Choose a note at the left." if self._all else "No notes were taken in yet.")
        given = self._book.codes_of(line.key, self._coder) if line else ()
        names = [self._book.codes[code].text for code in given if code in self._book.codes]
        self._given.setText("No code fits" if given == (NONE,) else f"Codes: {', '.join(names)}" if names else "Not coded yet")
        self._show_codes()

    @Slot()
    def _show_codes(self) -> None:
        wanted = self.find_code.text().casefold()
        active = [one for one in self._book.active() if wanted in one.text.casefold()]
        given = self._book.codes_of(self.note.key, self._coder) if self.note else ()
        self.codes.clear()
        for body in sorted(active, key=lambda one: self._slots.digit(one.code) or code_slots.DIGITS + 1):
            digit = self._slots.digit(body.code)
            item = QListWidgetItem(f"{digit or ' '}  {'✓ ' if body.code in given else ''}{body.text}\n     {body.definition}")
            item.setData(Qt.ItemDataRole.UserRole, body.code)
            self.codes.addItem(item)

    # -- acts

    @Slot()
    def next_note(self) -> None:
        """The next note in the list."""
        self._walk(1)

    @Slot()
    def last_note(self) -> None:
        """The note before."""
        self._walk(-1)

    def _walk(self, step: int) -> None:
        place = self.notes.currentIndex().row() + step
        if 0 <= place < len(self.model.lines):
            self.notes.setCurrentIndex(self.model.index(place))

    def give_digit(self, place: int) -> None:
        """Give the note the code of a digit, or take it away where the note has it."""
        if self._slots.held[place]:
            self._toggle(self._slots.held[place])

    @Slot()
    def no_code(self) -> None:
        """Say that no code fits this note."""
        self._toggle(NONE)

    @Slot()
    def _give_found(self) -> None:
        item = self.codes.item(0)
        if item is not None and self.find_code.text():
            self._give_item(item)
            self.find_code.clear()
            self.notes.setFocus()

    @Slot(QListWidgetItem)
    def _give_item(self, item: QListWidgetItem) -> None:
        self._toggle(item.data(Qt.ItemDataRole.UserRole))

    def _toggle(self, code: str) -> None:
        line = self.note
        if line is None:
            return
        act = coding.take if code in self._book.codes_of(line.key, self._coder) else coding.give
        if self._do(lambda: self._desk.code(act, note=line.ref, code=code, coder=self._coder)):
            if act is coding.give and code != NONE:
                self._slots = self._slots.after(code)
            self.model.mark(line.key, read=self._book.is_read(line.key, self._coder))
            self._show_note()

    @Slot()
    def undo(self) -> None:
        """Take the last thing back, whatever it was."""
        if self._do(self._desk.undo):
            self._slots = self._slots.among({one.code for one in self._book.active()})
            place = self.notes.currentIndex()
            self.model.show(self.model.lines, {one.key for one in self.model.lines if self._book.is_read(one.key, self._coder)})
            self.notes.setCurrentIndex(self.model.index(place.row()))
            self._show_note()

    @Slot()
    def other_coder(self) -> None:
        """Change between the first coder and the second, who is blind."""
        self._coder = FIRST if self._coder == SECOND else SECOND
        self._list()

    @Slot()
    def new_code(self) -> None:
        """Open the form for a new code."""
        self.form.show()
        self.form.name.setFocus()

    @Slot()
    def keep_code(self) -> None:
        """Keep the new code; it takes a free digit."""
        name = self.form.name.text().strip()
        code = code_slots.code_for(name, {*self._book.codes, NONE})
        if self._do(lambda: self._desk.code(coding.define, code=code, text=name, definition=self.form.meaning.text())):
            self._slots = self._slots.after(code)
            self.form.clear()
            self.notes.setFocus()
            self._show_codes()

    def _do(self, act: Callable[[], object]) -> bool:
        try:
            act()
        except TradeoffError as error:
            message = say(error)
            self.banner.show_message(message.text, message.rest)
            return False
        self.banner.clear()
        return True


class Giver:
    """What one digit does."""

    def __init__(self, page: CodingPage, place: int) -> None:
        self._page, self._place = page, place

    def __call__(self) -> None:
        """Give or take the code of that digit."""
        self._page.give_digit(self._place)


def _lines(desk: CentreDesk, workshop: str) -> Iterator[Line]:
    """The notes of one workshop; what they have in common is looked up once, for there may be thousands."""
    name, steps = name_of(desk.state(workshop)), {step.id: step.title for step in desk.pack.agenda}
    for _, record, body in desk.notes([workshop]):
        parts = [name, steps.get(body.step, ""), f"Table {body.table}" if body.table else "", KINDS.get(body.kind, "")]
        words = f"“{body.text}”" if body.verbatim else body.text
        yield Line(record.ref, " · ".join(part for part in parts if part), words)
