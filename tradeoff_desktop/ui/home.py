"""Home: what was interrupted, what can be begun, and the workshops on this laptop."""

from collections.abc import Callable, Sequence
from datetime import datetime

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QApplication, QBoxLayout, QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from tradeoff_desktop.app.workshops import Entry
from tradeoff_desktop.ui import icons, keys
from tradeoff_desktop.ui import theme as looks
from tradeoff_desktop.ui.controls import KeyButton, card, label, row
from tradeoff_desktop.ui.dates import clock, count, day, when
from tradeoff_desktop.ui.flow import FlowLayout
from tradeoff_desktop.ui.page import Page, scrolling
from tradeoff_desktop.ui.session_mark import SessionMark
from tradeoff_desktop.ui.theme import XL, XS, XXL, L, M, S, Theme

EMPTY = "No workshops yet. Open the file your central team sent, or press P to practise."
NEW = "Choose the file. The pages that follow are filled in from it; you check them and change what is different."
JOIN = "For a second laptop in the room. You need the lead's table file on a stick, and the code that is read out."
PRACTISE = "A made-up workshop with twenty people. Nothing of it can be sent as real, and it may be thrown away."
CENTRAL = "For the team that plans the programme: take in what the workshops send, enrol laptops, review, code notes."
OFFLINE = "Works offline: no network is used"
BROKEN = {
    "damaged": ("The file of this workshop is damaged", "What can still be read is brought back. The damaged file is kept beside it."),
    "lost": ("The file of this workshop is gone", "Checkpoints of it are on this laptop: it can be brought back up to the last one."),
}
WIDTH = 1040
ROOMY = 1.5  # from this text size on, rows put their buttons below their words


class HomePage(Page):
    """The first page. Every button's key is printed on it."""

    place = "home"
    new_requested = Signal()
    join_requested = Signal()
    practise_requested = Signal()
    central_requested = Signal()
    look_requested = Signal()
    look_first_requested = Signal(object)  # Entry
    keys_requested = Signal()
    laptop_key_requested = Signal()
    open_requested = Signal(object)  # Entry
    export_requested = Signal(object)  # Entry
    restore_requested = Signal(object)  # Entry

    def __init__(self, theme: Theme, entries: Sequence[Entry], *, now: datetime) -> None:
        super().__init__(theme)
        self._new = KeyButton(
            "New workshop", theme=theme, key=keys.printed("home", "new"), icon=icons.icon("file-text", theme),
        )
        self._join = KeyButton(
            "Join: table, data desk", theme=theme, key=keys.printed("home", "join"), icon=icons.icon("usb", theme),
        )
        self._practise = KeyButton(
            "Practise", theme=theme, key=keys.printed("home", "practise"), icon=icons.icon("users", theme),
        )
        self._central = KeyButton(
            "Central team", theme=theme, key=keys.printed("home", "central"), icon=icons.icon("landmark", theme),
        )
        self._new.clicked.connect(self.new_requested)
        self._central.clicked.connect(self.central_requested)
        self._join.clicked.connect(self.join_requested)
        self._practise.clicked.connect(self.practise_requested)
        self._rows = [EntryRow(theme, entry, now=now) for entry in entries]
        for entry_row in self._rows:
            entry_row.opened.connect(self.open_requested)
            entry_row.exported.connect(self.export_requested)
            entry_row.looked.connect(self.look_first_requested)
            entry_row.restored.connect(self.restore_requested)
        content = QWidget()
        self._lay_out(QVBoxLayout(content))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self._bar())
        outer.addWidget(scrolling(content, width=round(WIDTH * max(1.0, theme.zoom * 0.8))), 1)

    def acts(self) -> dict[str, Callable[[], object]]:
        """Begin, practise, look; export the workshop whose button has the focus."""
        return {
            "new": self.new_requested.emit, "join": self.join_requested.emit, "practise": self.practise_requested.emit,
            "central": self.central_requested.emit,
            "look": self.look_requested.emit, "laptop_key": self.laptop_key_requested.emit, "export_again": self._export_in_focus,
            "restore": self._restore_in_focus, "look_first": self._look_first,
        }

    def first_focus(self) -> QWidget | None:
        """One Enter carries on after a crash, brings back what is damaged, or goes on with a workshop that is running."""
        first = sorted((r for r in self._rows if r.urgency), key=lambda one: one.urgency)
        return first[0].main if first else self._new

    def _lay_out(self, layout: QVBoxLayout) -> None:
        layout.setContentsMargins(XL, XL, XL, XXL)
        layout.setSpacing(M)
        stopped = [r for r in self._rows if r.stopped]
        others = [r for r in self._rows if r not in stopped]
        if self.theme.zoom >= ROOMY:
            layout.addWidget(label(OFFLINE, "muted"))
        for entry_row in stopped:
            layout.addWidget(entry_row)
        if self._rows:
            layout.addLayout(FlowLayout.of(self._new, self._join, self._practise, self._central, gap=M))
            layout.addSpacing(S)
        else:
            self._welcome(layout)
        if others:
            layout.addWidget(label("Workshops on this laptop", "heading"))
        for entry_row in others:
            layout.addWidget(entry_row)
        layout.addSpacing(S)
        layout.addLayout(row(self._own_key()))
        layout.addStretch(1)

    def _own_key(self) -> KeyButton:
        button = KeyButton("This laptop's key", theme=self.theme, key=keys.printed("home", "laptop_key"))
        button.clicked.connect(self.laptop_key_requested)
        return button

    def _welcome(self, layout: QVBoxLayout) -> None:
        layout.addWidget(label("A workshop on sharing personal data", "title"))
        layout.addWidget(label(EMPTY, "large"))
        layout.addSpacing(S)
        for button, words in ((self._new, NEW), (self._join, JOIN), (self._practise, PRACTISE), (self._central, CENTRAL)):
            layout.addWidget(card(row(button), label(words)))

    def _bar(self) -> QFrame:
        bar = QFrame()
        looks.dress(bar, "bar")
        layout = QHBoxLayout(bar)
        layout.setContentsMargins(XL, S, XL, S)
        layout.setSpacing(M)
        mark = QLabel()
        mark.setPixmap(icons.pixmap("tradeoff", self.theme.colour("text"), round(28 * self.theme.zoom)))
        layout.addWidget(mark)
        layout.addWidget(label("Tradeoff Desktop", "strong", wrap=False))
        if self.theme.zoom < ROOMY:
            layout.addWidget(label(OFFLINE, "muted", wrap=False))
        layout.addStretch(1)
        look = KeyButton("Appearance", theme=self.theme, key=keys.printed("home", "look"))
        look.clicked.connect(self.look_requested)
        layout.addWidget(look)
        sheet = KeyButton("Keys", theme=self.theme, key=keys.printed("everywhere", "keys"))
        sheet.clicked.connect(self.keys_requested)
        layout.addWidget(sheet)
        return bar

    @Slot()
    def _look_first(self) -> None:
        """Look at the workshop that stopped, before the room sees anything."""
        stopped = next((r for r in self._rows if r.entry.unclean), None)
        if stopped is not None:
            stopped.look()

    @Slot()
    def _export_in_focus(self) -> None:
        for entry_row in self._in_focus():
            entry_row.export()

    @Slot()
    def _restore_in_focus(self) -> None:
        for entry_row in self._in_focus():
            entry_row.restore()

    def _in_focus(self) -> list["EntryRow"]:
        focus = QApplication.focusWidget()
        return [one for one in self._rows if focus is not None and one.isAncestorOf(focus)]


class EntryRow(QFrame):
    """One workshop: what it is, how it stands, and what can be done with it."""

    opened = Signal(object)  # Entry
    exported = Signal(object)  # Entry
    looked = Signal(object)  # Entry
    restored = Signal(object)  # Entry

    def __init__(self, theme: Theme, entry: Entry, *, now: datetime) -> None:
        super().__init__()
        self.entry = entry
        self.overdue = bool(entry.delete_by) and now.date().isoformat() > entry.delete_by
        self.stopped = self.overdue or entry.unclean or entry.state in {"shut", *BROKEN}
        looks.dress(self, "banner-warn" if self.stopped else "card")
        layout = QBoxLayout(
            QBoxLayout.Direction.TopToBottom if theme.zoom >= ROOMY else QBoxLayout.Direction.LeftToRight, self,
        )
        layout.setContentsMargins(L, M, L, M)
        layout.setSpacing(L)
        if entry.letter:
            layout.addWidget(SessionMark(entry.letter, theme), 0, Qt.AlignmentFlag.AlignTop)
        layout.addLayout(self._words(now), 1)
        at = f" at step {entry.step_number}" if entry.step_number else ""
        words, key, act = (f"Carry on{at}", "Enter", self.open) if entry.unclean else ("Open", "", self.open)
        if entry.state == "shut":
            words, key, act = "Try again", "", self.open
        if entry.state in BROKEN:
            words, key, act = "Restore from a checkpoint", keys.printed("home", "restore"), self.restore
        self.main = KeyButton(words, theme=theme, key=key, look="primary" if key else "")
        self.main.setAccessibleName(f"{words}: {name_of(entry)}")
        self.main.clicked.connect(act)
        buttons: list[QWidget] = [self.main]
        if entry.unclean and entry.state == "live":
            first = KeyButton("Look first", theme=theme, key=keys.printed("home", "look_first"))
            first.setAccessibleName(f"Look first: {name_of(entry)}")
            first.clicked.connect(self.look)
            buttons.append(first)
        if self._can_export():
            second = KeyButton("Close and export", theme=theme, key=keys.printed("home", "export_again"))
            second.setAccessibleName(f"Close and export: {name_of(entry)}")
            second.clicked.connect(self.export)
            buttons.append(second)
        layout.addLayout(row(*buttons, gap=S, stretch=theme.zoom >= ROOMY))

    @property
    def urgency(self) -> int:
        """The lower the sooner it wants to be opened; 0 where it does not."""
        if self.overdue and not self.entry.unclean:
            return 2
        return 1 if self.entry.unclean else {"damaged": 2, "live": 3, "joined": 3, "setup": 3}.get(self.entry.state, 0)

    def _words(self, now: datetime) -> QVBoxLayout:
        lines = QVBoxLayout()
        lines.setSpacing(XS)
        entry = self.entry
        if entry.state in BROKEN:
            what, safe = BROKEN[entry.state]
            lines.addWidget(label(f"{what}: {name_of(entry)}", "strong"))
            lines.addWidget(label(safe))
            return lines
        if entry.state == "shut":
            lines.addWidget(label(f"Cannot be opened now: {name_of(entry)}", "strong"))
            lines.addWidget(label(entry.why))
            return lines
        if entry.unclean:
            lines.addWidget(label(f"Stopped unexpectedly: {name_of(entry)} · {when(entry.saved_at, now)}", "strong"))
            saved = f"{count(entry.ratings, 'rating')}, {count(entry.notes, 'note')}."
            lines.addWidget(label(f"Nothing lost. {saved} Last saved {clock(entry.saved_at, now)}."))
            lines.addWidget(label(f"Carries on {_place(entry)}. The projector starts on the holding page."))
            return lines
        lines.addWidget(label(f"{name_of(entry)} · {day(entry.date)}", "strong"))
        amounts = [count(entry.people, "person", "people"), count(entry.themes, "theme"),
                   count(entry.ratings, "rating"), count(entry.notes, "note")]
        if entry.state != "setup":
            lines.addWidget(label(" · ".join(amounts), "muted"))
        if self.overdue:
            lines.addWidget(label(
                f"! This should have been deleted by {day(entry.delete_by)}. Go to Close and export, and delete it.", "error",
            ))
        text, look = standing(entry)
        lines.addWidget(label(text, look))
        return lines

    @Slot()
    def open(self) -> None:
        """Go into this workshop."""
        self.opened.emit(self.entry)

    @Slot()
    def look(self) -> None:
        """See what is there before anything goes on."""
        if self.entry.state == "live":
            self.looked.emit(self.entry)

    @Slot()
    def export(self) -> None:
        """Go to the closing page of this workshop."""
        if self._can_export():
            self.exported.emit(self.entry)

    @Slot()
    def restore(self) -> None:
        """Bring this workshop back; only one that cannot be opened."""
        if self.entry.state in BROKEN:
            self.restored.emit(self.entry)

    def _can_export(self) -> bool:
        return not self.entry.unclean and self.entry.state not in {"setup", "shut", *BROKEN}


def name_of(entry: Entry) -> str:
    """The workshop in words."""
    if not entry.letter:  # all that is known of it is its id
        return entry.workshop
    name = f"{entry.area_name} · session {entry.letter}" if "session" not in entry.area_name else entry.area_name
    return f"Practice · {name}" if entry.practice else name


def standing(entry: Entry) -> tuple[str, str]:
    """How a workshop stands, and the look of those words."""
    if entry.state == "setup":
        return "Set-up is not finished", "muted"
    if entry.state == "live" and not entry.step_title:
        return "Ready, not begun", "strong"
    if entry.state == "live":
        return f"Running, {_place(entry)}", "strong"
    sealed = {"sealed": "Sealed", "joined": "Joined to another laptop's workshop"}.get(entry.state, "Closed, not sealed yet")
    if entry.exported:
        return f"{sealed} · Exported and checked ✓", "ok"
    return (f"{sealed} · Practice only", "muted") if entry.practice else (f"{sealed} · NOT EXPORTED", "warn")


def _place(entry: Entry) -> str:
    if entry.state == "setup":
        return "setting up, on the same page"
    return f"at “{entry.step_title}”" if entry.step_title else "before the first step"
