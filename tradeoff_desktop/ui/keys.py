"""Every keyboard shortcut of the program, once.

The table drives what is printed on buttons, the F1 sheet and the dispatch of key presses; a test refuses two
acts on one key in places that are open together. A place inside another (``INSIDE``) hears the outer keys too.

Keys are dispatched by ``Keyboard``, a filter on the application, because lists, tables and text boxes swallow
PgUp and PgDn, which are what presenter remotes send.
"""

from collections.abc import Callable
from typing import Literal, NamedTuple, Protocol

from PySide6.QtCore import QEvent, QKeyCombination, QObject, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QTextEdit,
    QWidget,
)

Place = Literal["everywhere", "home", "own_key", "setup", "people", "noting", "run", "notes", "ballot", "closing", "aside", "central", "coding"]
PLACES: dict[Place, str] = {
    "everywhere": "Everywhere",
    "home": "Home",
    "own_key": "This laptop's key",
    "setup": "Setting up",
    "people": "Who is here",
    "noting": "Notes",
    "run": "Running the workshop",
    "notes": "Taking notes",
    "ballot": "Private ballot",
    "closing": "Closing and export",
    "aside": "Laptops, joining, leaving the study",
    "central": "Central team",
    "coding": "Coding notes",
}
INSIDE: dict[Place, Place] = {place: "everywhere" for place in PLACES if place != "everywhere"}
INSIDE.update({"run": "noting", "notes": "noting"})


class Shortcut(NamedTuple):
    """One act: its id, the keys that do it, what it does in words, and where."""

    act: str
    keys: tuple[str, ...]
    words: str
    place: Place


TABLE: tuple[Shortcut, ...] = (
    Shortcut("keys", ("F1",), "Show or hide this list of keys", "everywhere"),
    Shortcut("full_screen", ("F11",), "Fill the screen, or stop filling it", "everywhere"),
    Shortcut("save_to_stick", ("Alt+W",), "Where the disk fails: save everything to a stick", "everywhere"),
    Shortcut("new", ("N",), "New workshop from the file your central team sent", "home"),
    Shortcut("practise", ("P",), "Practise with made-up people", "home"),
    Shortcut("join", ("J",), "Join a workshop: table laptop, data desk", "home"),
    Shortcut("central", ("C",), "Central team: take bundles in, enrol laptops, review, code notes", "home"),
    Shortcut("look_first", ("L",), "Look at the workshop that stopped, before the room sees anything", "home"),
    Shortcut("look", ("A",), "Choose light, dark or high contrast, and larger text", "home"),
    Shortcut("laptop_key", ("K",), "This laptop's key: the words to read out, and its file", "home"),
    Shortcut("export_again", ("E",), "Close and export the workshop in focus", "home"),
    Shortcut("restore", ("R",), "Restore the workshop in focus from its checkpoint", "home"),
    Shortcut("continue", ("Return",), "Do what the page asks for, or press the button in focus", "own_key"),
    Shortcut("renew", ("Alt+N",), "Make a new key, which the present one signs for", "own_key"),
    Shortcut("passphrase", ("Alt+P",), "Lock the key with a passphrase, or take the passphrase away", "own_key"),
    Shortcut("home", ("Ctrl+Home", "Alt+Left"), "Go to Home", "own_key"),
    Shortcut("continue", ("Return",), "Go on to the next page, or press the button in focus", "setup"),
    Shortcut("previous", ("Alt+Left",), "Go back one page; nothing is lost", "setup"),
    Shortcut("home", ("Ctrl+Home",), "Go to Home; the workshop stays as it is", "setup"),
    Shortcut("to_room", ("Return",), "To the room, or press the button in focus", "people"),
    Shortcut("count_here", ("Alt+H",), "Record how many people are here by this list", "people"),
    Shortcut("add_person", ("Alt+A",), "Add somebody nobody expected", "people"),
    Shortcut("change_tables", ("Alt+T",), "Close a table or combine two, before the first sheet", "people"),
    Shortcut("leave_people", ("Ctrl+Home",), "Go to Home; the workshop stays as it is", "people"),
    Shortcut("next", ("PgDown",), "Next screen or step (a presenter remote sends this)", "run"),
    Shortcut("back", ("PgUp",), "Back one screen or step; nothing is deleted", "run"),
    Shortcut("capture", ("F2",), "Open or close what this step asks you to take down", "run"),
    Shortcut("note", ("F3",), "Write a note", "run"),
    Shortcut("all_notes", ("Shift+F3",), "All notes on a page of their own; notes from paper", "run"),
    Shortcut("timer", ("F4",), "Start or pause the timer", "run"),
    Shortcut("key_sheets", ("Alt+1",), "Key paper sheets", "run"),
    Shortcut("count_hands", ("Alt+2",), "Count hands", "run"),
    Shortcut("position", ("Alt+3",), "Take down a table's position", "run"),
    Shortcut("condition", ("Alt+4",), "Take down a condition", "run"),
    Shortcut("statement", ("Alt+5",), "Draft, read back and vote on statements", "run"),
    Shortcut("written", ("Alt+6",), "Key written answers", "run"),
    Shortcut("people", ("Alt+7",), "Who is here: consent, latecomers, people who left", "run"),
    Shortcut("helper", ("Alt+A",), "Key a sheet with a helper, with an interpreter, on their own: for one person", "run"),
    Shortcut("late", ("Alt+C",), "Somebody comes late: type their seat code", "run"),
    Shortcut("early", ("Alt+E",), "Somebody leaves early: type their seat code", "run"),
    Shortcut("moves", ("Alt+M",), "Somebody changes table: type their seat code and the table", "run"),
    Shortcut("tables", ("Alt+O",), "Close a table or combine two, before the first sheet", "run"),
    Shortcut("framework", ("Alt+8",), "Take down answers to the 18 framework questions", "run"),
    Shortcut("ballot", ("Alt+9",), "A private ballot on this laptop, for people who cannot use paper", "run"),
    Shortcut("laptops", ("Alt+L",), "Other laptops: let them join, take their sticks in", "run"),
    Shortcut("letter", ("Alt+B",), "Write what was asked of an area as a letter to send", "central"),
    Shortcut("leaving", ("Alt+0",), "Somebody leaves the study", "run"),
    Shortcut("sheets", ("S",), "Type how many sheets were collected from each table", "run"),
    Shortcut("spread", ("Alt+S",), "Spread the lateness over later steps", "run"),
    Shortcut("skip", ("Alt+K",), "Skip the step chosen in the agenda, or take it in again", "run"),
    Shortcut("step_less", ("Alt+-",), "One minute less for the step chosen in the agenda", "run"),
    Shortcut("step_more", ("Alt+=",), "One minute more for the step chosen in the agenda", "run"),
    Shortcut("minute_more", ("Ctrl+Up",), "One minute more", "run"),
    Shortcut("take_off", ("Alt+T",), "After the laptop slept: take that time off and let the timer run on", "run"),
    Shortcut("minute_less", ("Ctrl+Down",), "One minute less", "run"),
    Shortcut("audience", ("F5",), "Show the audience window again", "run"),
    Shortcut("fill", ("Ctrl+F5",), "Fill this screen for the room, where there is no second one", "run"),
    Shortcut("swap", ("Shift+F5",), "Swap the two screens", "run"),
    Shortcut("parked", ("Alt+Q",), "Look at the questions that were parked", "run"),
    Shortcut("peek", ("Alt+P",), "Look at the result on this screen only", "run"),
    Shortcut("flip_data", ("F6",), "Flip the data (while the whole room works on one case)", "run"),
    Shortcut("flip_receiver", ("F7",), "Flip who receives it", "run"),
    Shortcut("flip_privacy", ("F8",), "Flip how far from a name", "run"),
    Shortcut("unflip", ("Shift+F6", "Shift+F7", "Shift+F8"), "Back to the case as it stands", "run"),
    Shortcut("reveal", ("F9",), "Reveal or hide the result, once the sheets are keyed", "run"),
    Shortcut("blank", ("Ctrl+B", "B", "."), "Blank the projector, or bring it back", "run"),
    Shortcut("headcount", ("H", "Alt+H"), "How many people are here now", "run"),
    Shortcut("undo", ("Ctrl+Z",), "Take back the last thing saved", "run"),
    Shortcut("close", ("Ctrl+E",), "Go to closing and export", "run"),
    Shortcut("leave", ("Ctrl+Home",), "Go to Home; the workshop stays as it is", "run"),
    Shortcut("leave_ballot", ("Ctrl+Home",), "Leave the ballot, with the PIN", "ballot"),
    Shortcut("find", ("Ctrl+F",), "Find in the notes; filter by step, group and kind", "noting"),
    Shortcut("move_notes", ("Ctrl+M",), "Move the last notes to another step, as one act", "noting"),
    Shortcut("clarify", ("Ctrl+K",), "Add to the chosen note in [brackets]; the room's words stay", "noting"),
    Shortcut("redact", ("Ctrl+R",), "Erase the chosen note's words and write others", "noting"),
    Shortcut("note", ("F3",), "Write a note: Enter saves, Shift+Enter breaks the line, Up mends the last", "notes"),
    Shortcut("later", ("PgDown",), "On to the next step of the agenda (table laptop, notes from paper)", "notes"),
    Shortcut("earlier", ("PgUp",), "Back to the step before", "notes"),
    Shortcut("from_paper", ("Ctrl+T",), "Type up notes from paper: asks for their step, and marks them", "notes"),
    Shortcut("undo", ("Ctrl+Z",), "Take back the last thing saved; a note comes back into the line", "notes"),
    Shortcut("close", ("Ctrl+E",), "Go to closing and export", "notes"),
    Shortcut("leave_notes", ("Alt+Left",), "Back to where the workshop is", "notes"),
    Shortcut("home", ("Ctrl+Home",), "Go to Home; the workshop stays as it is", "notes"),
    Shortcut("press", ("Return",), "Press the button in focus", "closing"),
    Shortcut("all_notes", ("Shift+F3",), "All notes: clarify, redact, type up from paper", "closing"),
    Shortcut("room", ("Alt+Left",), "Go back to the room", "closing"),
    Shortcut("laptops", ("Alt+L",), "Other laptops: take their sticks in", "closing"),
    Shortcut("leaving", ("Alt+0",), "Somebody leaves the study", "closing"),
    Shortcut("reopen", ("Alt+R",), "Reopen a sealed workshop, with a reason", "closing"),
    Shortcut("papers_gone", ("Alt+G",), "No copy is left of papers that hold what is erased", "closing"),
    Shortcut("finish", ("Ctrl+Home",), "Go to Home; the workshop stays as it is", "closing"),
    Shortcut("back_from", ("Alt+Left",), "Go back to where you came from", "aside"),
    Shortcut("papers_gone", ("Alt+G",), "No copy is left of papers that hold what is erased", "aside"),
    Shortcut("key_sheets", ("Alt+1",), "Data desk: key paper sheets", "aside"),
    Shortcut("written", ("Alt+6",), "Data desk: key written answers", "aside"),
    Shortcut("people", ("Alt+7",), "Data desk: who signed", "aside"),
    Shortcut("note", ("F3",), "Table laptop: take notes", "aside"),
    Shortcut("close", ("Ctrl+E",), "Laptop that joined: write its stick", "aside"),
    Shortcut("newer", ("Alt+O",), "Laptop that joined: open a newer table file", "aside"),
    Shortcut("leaving", ("Alt+0",), "Somebody leaves the study", "aside"),
    Shortcut("home_from", ("Ctrl+Home",), "Go to Home; the workshop stays as it is", "aside"),
    Shortcut("inbox", ("Alt+1",), "Inbox: look at bundles, take them in, write receipts", "central"),
    Shortcut("coverage", ("Alt+2",), "What is here of each workshop, and what is not", "central"),
    Shortcut("trust", ("Alt+3",), "Keys: enrol laptops, take keys back, what waits for an enrolment", "central"),
    Shortcut("review", ("Alt+4",), "Review: copies that differ, what came late, incidents, bundles to accept", "central"),
    Shortcut("coding", ("Alt+5",), "Notes: code them, search in them", "central"),
    Shortcut("publish", ("Alt+6",), "Publish: what the answers show, reports, data", "central"),
    Shortcut("programme", ("Alt+7",), "Programme: the plan, what it cannot answer, signing it, the paper", "central"),
    Shortcut("laptops", ("Alt+L",), "Add laptops to the programme from the files they sent", "central"),
    Shortcut("sign_plan", ("Alt+S",), "Sign the plan and write the programme file", "central"),
    Shortcut("write_kit", ("Alt+T",), "Write the paper of every workshop, to be printed", "central"),
    Shortcut("write_report", ("Alt+P",), "Write the report that is chosen to a folder", "central"),
    Shortcut("files", ("Alt+F",), "Choose bundle files to look at", "central"),
    Shortcut("folder", ("Alt+D",), "Choose a folder or stick whose bundles to look at", "central"),
    Shortcut("watch", ("Alt+O",), "Watch a folder, or stop watching it", "central"),
    Shortcut("take_in", ("Alt+I",), "Take in what was looked at", "central"),
    Shortcut("stop", ("Alt+X",), "Stop what is going on; nothing of it stays", "central"),
    Shortcut("receipts", ("Alt+R",), "Write receipts to be carried back, with their telephone codes", "central"),
    Shortcut("enrol", ("Alt+E",), "Enrol a laptop from the file it sent", "central"),
    Shortcut("revoke", ("Alt+K",), "Take the chosen laptop's key back", "central"),
    Shortcut("team", ("Alt+M",), "The team's own keys: their backup, and trying it", "central"),
    Shortcut("backup", ("Alt+U",), "Write the backup of the team's keys", "central"),
    Shortcut("trial", ("Alt+Y",), "Open the backup here, with the keeper's key", "central"),
    Shortcut("leaving", ("Alt+0",), "Somebody leaves the study: by their seat code alone", "central"),
    Shortcut("leave_central", ("Ctrl+Home",), "Go to Home", "central"),
    Shortcut("next_note", ("J",), "The next note", "coding"),
    Shortcut("last_note", ("K",), "The note before", "coding"),
    *(Shortcut(f"code_{n}", (str(n),), f"Give the code with the digit {n}, or take it away", "coding") for n in range(1, 10)),
    Shortcut("no_code", ("0",), "No code fits this note", "coding"),
    Shortcut("new_code", ("N",), "Make a new code", "coding"),
    Shortcut("find_code", ("C",), "Find a code by its name", "coding"),
    Shortcut("search_notes", ("/", "Ctrl+F"), "Search in the notes", "coding"),
    Shortcut("other_coder", ("Alt+2",), "First coder, or second coder", "coding"),
    Shortcut("undo_code", ("Ctrl+Z",), "Take back the last thing saved", "coding"),
    Shortcut("export_coding", ("Alt+E",), "Write notes and codes as files for NVivo, MAXQDA, ATLAS.ti, QualCoder", "coding"),
    Shortcut("leave_coding", ("Ctrl+Home",), "Back to the central team's page", "coding"),
)

# What is typed at the beginning of a note, or in it; said with the keys of the place it is typed in.
MARKS: dict[Place, tuple[tuple[str, str], ...]] = {"noting": (
    ("@g", "Said by a group, by its initial: stays set until another one; @- clears it"),
    ("@t3", "Said at table 3: stays set too"),
    ('"', "In their own words"), ("!", "A red line"), ("?", "A question for later"), ("+", "A condition"),
    ("#tag", "A topic, anywhere in the note; Space completes it; never needed"),
)}

_NAMES = {"Return": "Enter", "PgDown": "PgDn", "PgUp": "PgUp"}


def shown(key: str) -> str:
    """A key as it is printed on a button: "Enter" for Return, "Ctrl+Home" as it stands."""
    return "+".join(_NAMES.get(part, part) for part in key.split("+"))


def printed(place: Place, act: str) -> str:
    """The first key of an act, as printed on its button."""
    return shown(next(s for s in TABLE if s.act == act and s.place == place).keys[0])


def outward(place: Place) -> list[Place]:
    """A place and those it lies in, innermost first."""
    found = [place]
    while found[-1] in INSIDE:
        found.append(INSIDE[found[-1]])
    return found


def act_for(place: Place, combination: QKeyCombination, *, typing: bool) -> str:
    """The act a key press means in ``place``, "" for none. While typing, plain characters are only text."""
    pressed = QKeySequence(combination)
    for shortcut in TABLE:
        if shortcut.place not in outward(place):
            continue
        for key in shortcut.keys:
            if QKeySequence(key) == pressed and not (typing and len(key) == 1):
                return shortcut.act
    return ""


class Front(Protocol):
    """What ``Keyboard`` asks of the window: where we are, and what each act does here."""

    def place(self) -> Place:
        """The place of the page in front."""

    def acts(self) -> dict[str, Callable[[], object]]:
        """What is done for each act, by act id; absent acts do nothing and the key goes where the focus is."""


class Keyboard(QObject):
    """Takes key presses for the page in front before any widget can swallow them."""

    def __init__(self, window: QWidget, front: Front) -> None:
        super().__init__(window)
        self._window = window
        self._front = front
        app = QApplication.instance()
        if app is not None:
            app.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Dispatch key presses that are meant for our window; everything else passes."""
        # Everything that happens in the program comes by here: the class is known at once, the type is worked out.
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return False
        if not isinstance(watched, QWidget) or watched.window() is not self._window:
            return False
        return self.press(event, watched)

    def press(self, event: QKeyEvent, focus: QWidget) -> bool:
        """Do what the key means here; False where it means nothing and ``focus`` may have it."""
        combination = event.keyCombination()
        if combination.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            if isinstance(focus, QPushButton):
                focus.click()
                return True
            if isinstance(focus, (QPlainTextEdit, QTextEdit)):
                return False
            combination = QKeyCombination(combination.keyboardModifiers() & ~_KEYPAD, Qt.Key.Key_Return)
        act = act_for(self._front.place(), combination, typing=_typing(focus))
        done = self._front.acts().get(act)
        if done is None:
            return False
        if not event.isAutoRepeat():  # a key held down, or a remote dropped on a table, must not run through the day
            done()
        return True


_KEYPAD = Qt.KeyboardModifier.KeypadModifier


def _typing(focus: QWidget) -> bool:
    if isinstance(focus, (QLineEdit, QPlainTextEdit, QTextEdit)):
        return not focus.isReadOnly()
    return isinstance(focus, QAbstractSpinBox) or (isinstance(focus, QComboBox) and focus.isEditable())
