"""Every screen there is, with a practice workshop in it. To add a screen, add a line to ``SHOTS``."""

import os
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Literal

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler
from PySide6.QtWidgets import QWidget

from tradeoff_desktop.app import (
    gathering,
    handing_over,
    laptop,
    planning,
    sample,
    sample_centre,
    second_keying,
    setting_up,
)
from tradeoff_desktop.app import stage as stages
from tradeoff_desktop.app.day import gaps
from tradeoff_desktop.app.exporting import Exported
from tradeoff_desktop.app.files import folders
from tradeoff_desktop.app.readiness import Facts
from tradeoff_desktop.app.setting_up import PageName, Plan
from tradeoff_desktop.app.settings import Settings
from tradeoff_desktop.app.workshops import Entry
from tradeoff_desktop.errors import TrustError
from tradeoff_desktop.model import capture, codec
from tradeoff_desktop.model import records as r
from tradeoff_desktop.model.runsheet import Screen, screens
from tradeoff_desktop.ui import front, screenshots
from tradeoff_desktop.ui.audience import AudienceWindow
from tradeoff_desktop.ui.ballot import BallotPage
from tradeoff_desktop.ui.bridge import Bridge
from tradeoff_desktop.ui.closing import ClosingPage
from tradeoff_desktop.ui.coding import CodingPage
from tradeoff_desktop.ui.console import ConsolePage
from tradeoff_desktop.ui.entry import EntryForm
from tradeoff_desktop.ui.first_words import WordsPage
from tradeoff_desktop.ui.framework import FrameworkForm
from tradeoff_desktop.ui.home import HomePage
from tradeoff_desktop.ui.joined import JoinedPage
from tradeoff_desktop.ui.joining import JoinPage
from tradeoff_desktop.ui.laptop_key import KeyPage
from tradeoff_desktop.ui.laptops import LaptopsPage
from tradeoff_desktop.ui.leaving import LeavingPage
from tradeoff_desktop.ui.look import LookPage
from tradeoff_desktop.ui.notespage import NotesPage
from tradeoff_desktop.ui.people import PeoplePage
from tradeoff_desktop.ui.screenshots import Shot
from tradeoff_desktop.ui.setup import SessionPage, SetupPage
from tradeoff_desktop.ui.setup_ready import Site
from tradeoff_desktop.ui.theme import Theme

Build = Callable[[Theme], QWidget]
NOW = sample.START
SAVED = "2027-03-04T12:41:58.000Z"


def take(folder: Path) -> list[Path]:
    """Write every picture into ``folder``. No display is needed: a picture is the same on every machine."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    qInstallMessageHandler(_pass_on)
    return screenshots.take(front.application(), folder, SHOTS)


def _pass_on(_kind: QtMsgType, _context: QMessageLogContext, text: str) -> None:
    """Qt's messages, without the one about size hints that every window without a display brings."""
    if "propagateSizeHints" not in text:
        sys.stderr.write(f"{text}\n")


# -- before the day

def home(*entries: Entry) -> Build:
    """Home with these workshops on the laptop."""

    def build(theme: Theme) -> QWidget:
        return HomePage(theme, entries, now=NOW)

    return build


def look(theme: Theme) -> QWidget:
    """Appearance."""
    return LookPage(theme, Settings())


def laptop_key(theme: Theme) -> QWidget:
    """The words of this laptop's key."""
    key = planning.KnownKey(
        principal="MAN.k3v9x2q7aa@tradeoff", fingerprint="", public=f"ssh-ed25519 {'A' * 68}", recipient="",
        words=("eagle", "lineup", "solve", "anvil", "radish", "lounge", "pewter", "jogger"),
    )
    return KeyPage(theme, [key], ())


def no_key(theme: Theme) -> QWidget:
    """The areas to make a key for."""
    return KeyPage(theme, (), sample.begun().pack.areas)


def locked_key(theme: Theme) -> QWidget:
    """The passphrase that a key waits for."""
    return KeyPage(theme, (), (), locked=["MAN"])


def opening_key(theme: Theme) -> QWidget:
    """The passphrase typed, and the key being opened."""
    page = KeyPage(theme, (), (), locked=["MAN"])
    page.wait(opening=True)
    return page


def words(theme: Theme) -> QWidget:
    """The eight words of the first file of a central team."""
    return WordsPage(theme, sample.programme_file())


def session(theme: Theme) -> QWidget:
    """Which of the planned workshops it is."""
    programme = sample.programme()
    return SessionPage(theme, programme, sample.begun().pack, here={programme.sessions[0].id})


def _facts(_screens: Sequence[str]) -> Facts:
    """A laptop as many are: on the mains, not encrypted as far as can be seen, asleep after a while."""
    return Facts(("eDP-1 1366×768", "Epson 1920×1080"), 48_200, battery=83, mains=True, encrypted=False, sleeps_after=15)


def _no_papers(_plan: Plan, _folder: Path) -> list[Path]:
    return []


def _otherwise(plan: Plan) -> list[str]:
    return setting_up.differences(plan, next(s for s in sample.programme().sessions if s.area == sample.AREA), sample.begun().pack)


def setup(page: PageName, *, wrong: bool = False, fewer: bool = False) -> Build:
    """One page of the set-up; ``wrong`` with something to mend on it, ``fewer`` with people and tables missing."""

    def build(theme: Theme) -> QWidget:
        desk = sample.begun()
        plan = setting_up.kept(desk)._replace(page=page)
        if fewer:
            plan = plan._replace(groups={"civil": "8", "government": "6"}, tables=plan.tables[:3])
        setting_up.keep(desk, plan._replace(date="14 Marhc", venue="", booked="16:00") if wrong else plan)
        made = SetupPage(Bridge(desk), theme, SITE)
        if wrong:
            made.go_on()
        return made

    return build


# -- the day

def people(theme: Theme) -> QWidget:
    """The doors."""
    return PeoplePage(Bridge(sample.started()), theme)


def console(step: str, *, keyed: bool = True, late: int = 0) -> Build:
    """The console at a step, with a projector; ``late`` minutes after its end."""

    def build(theme: Theme) -> QWidget:
        room = AudienceWindow()
        room.resize(screenshots.ROOM)
        room.where = "screen"  # pictures are taken on one screen, of a day with two
        return ConsolePage(Bridge(sample.at(step, keyed=keyed, late=late)), theme, room)

    return build


def keyed_again(typed: str = "") -> Build:
    """A sheet keyed a second time: the question who keys it, or what follows these digits."""

    def build(theme: Theme) -> QWidget:
        desk = sample.at("anchor_flips")
        page = ConsolePage(Bridge(desk), theme)
        page.acts()["key_sheets"]()
        form = page.parts.capture.form
        if isinstance(form, EntryForm):
            form.go_to(second_keying.due(desk.state, 2)[0], 2)
            form.field.marked.emit("+")
            if typed:
                form.field.entered.emit()
            for digit in typed:
                form.field.typed.emit(digit)
        return page

    return build


def framework(theme: Theme) -> QWidget:
    """The framework questions, some answered."""
    desk = sample.at("theme_position")
    for number, reason in enumerate(("People notice the help.", "The team can act sooner."), start=1):
        desk.do(capture.answer_framework, r.Framework(
            role="lead", table=2, scenario=desk.state.tables[2].scenario, question=number, answer="4", reason=reason,
        ))
    page = ConsolePage(Bridge(desk), theme)
    page.acts()["framework"]()
    form = page.parts.capture.form
    if isinstance(form, FrameworkForm):
        form.table.setText("2")
        form.table.closed.emit()
    return page


def ballot(*typed: str) -> Build:
    """The private ballot after these keys: digits, or "" for Enter."""

    def build(theme: Theme) -> QWidget:
        made = BallotPage(Bridge(sample.at("anchor_mark", keyed=False)), theme)
        for key in typed:
            if key:
                made.field.typed.emit(key)
            else:
                made.field.entered.emit()
        return made

    return build


def notes(*, closed: bool = False, typed: str = "") -> Build:
    """Notes on a page of their own: at a table laptop, or at the lead's once the workshop is closed."""

    def build(theme: Theme) -> QWidget:
        page = NotesPage(Bridge(sample.closed() if closed else sample.table_laptop()), theme)
        page.panel.field.setPlainText(typed)
        page.panel.field.moveCursor(page.panel.field.textCursor().MoveOperation.End)
        return page

    return build


def audience(
    step: str, place: int = 0, *, revealed: bool = False, blank: bool = False, scale: float = 1.0,
) -> Build:
    """What the room sees at a step; ``scale`` is the size of words that a deep room needs."""

    def build(_theme: Theme) -> QWidget:
        desk = sample.at(step) if step else sample.started()
        if revealed and step == "practice":
            sample.count_hands(desk, desk.pack.agenda[[s.id for s in desk.pack.agenda].index(step)])
        shown = screens(desk.pack, step, area=sample.AREA)[place] if step else Screen("holding", "")
        made = AudienceWindow()
        made.resize(screenshots.ROOM)
        stage = stages.stage(desk.state, shown, revealed=revealed, blank=blank, clock="4 minutes")
        made.show_stage(replace(stage, scale=scale))
        return made

    return build


# -- several laptops

def join(theme: Theme) -> QWidget:
    """Join as another laptop, after a wrong code."""
    made = JoinPage(theme)
    made.show_file(Path("SANDISK") / "LDS-2027-A.tradeoff-table")
    made.refuse(TrustError("wrong_workshop_code", at_fault="content", workshop="LDS-2027-A"))
    return made


def laptops(*, differs: bool = False) -> Build:
    """The lead's page of other laptops: a stick with a good file, a stranger's and a damaged one; or what differs."""

    def build(theme: Theme) -> QWidget:
        lead, table = sample.at("break", keyed=False), sample.joined("table")
        places = folders(Path(tempfile.gettempdir()) / "tradeoff-pictures")
        if not (places.keys / sample.AREA).exists():
            laptop.keep(sample.own(), places.keys / sample.AREA, now=NOW)
        if differs:
            positions = [body for _, body in lead.state.bodies(r.Position)]
            table.do(capture.take_position, codec.amended(positions[2], role="table", decision="3"))
            gathering.take_in(lead, places, sample.offers(table)[:1])
        made = LaptopsPage(Bridge(lead), theme, folders=places, ask_folder=_no_folder)
        if not differs:
            made.show_offers(sample.offers(table))
        return made

    return build


def joined(role: Literal["desk", "table"]) -> Build:
    """The home of a laptop that joined."""

    def build(theme: Theme) -> QWidget:
        return JoinedPage(Bridge(sample.joined(role)), theme, ask_file=_no_folder, words=sample.own().words)

    return build


def leaving(theme: Theme) -> QWidget:
    """Somebody leaves the study: the second code is another one."""
    desk = sample.at("break", keyed=False)
    made = LeavingPage(Bridge(desk), theme, cut_off="1 May 2027")
    first, second = desk.state.sitting()[:2]
    made.code.setText(first)
    made.again.setText(second)
    made.code.textEdited.emit(first)
    return made


# -- afterwards

def closing(*, missing: int = 0, sealed: bool = False) -> Build:
    """The closing page: with so many sheets missing, or sealed."""

    def build(theme: Theme) -> QWidget:
        desk = sample.closed(missing=missing)
        if missing:
            desk.do(capture.note, r.Note(role="lead", text="Ring 07700 900123 about it", step="close", from_paper=True))
            handing_over.accept(desk, gaps(desk.state)[0], "The person left at the break.")
        if sealed:
            handing_over.seal(desk)
        places = folders(Path(tempfile.gettempdir()) / "tradeoff-pictures")
        made = ClosingPage(Bridge(desk), theme, folders=places, ask_folder=_no_folder)
        if sealed:
            own = desk.store.own()
            name = f"{desk.opened.workshop}-{desk.device}-{own.seq if own else 0}.tradeoff"
            made.stick_part.folder = Path("SANDISK")
            made.refresh()
            made.stick_part.show_done(Exported(
                path=Path(name), people=len(desk.state.sitting()), notes=len(desk.state.live["note"]), words=(), carried=0,
            ))
        return made

    return build


def coding(theme: Theme) -> QWidget:
    """Coding at the centre."""
    return CodingPage(sample_centre.centre(), theme)


def closing_joined(theme: Theme) -> QWidget:
    """The stick of a laptop that joined."""
    places = folders(Path(tempfile.gettempdir()) / "tradeoff-pictures")
    return ClosingPage(Bridge(sample.joined("table")), theme, folders=places, ask_folder=_no_folder)


def _no_folder(_parent: QWidget) -> Path | None:
    return None


SITE = Site(look=_facts, ask_folder=_no_folder, papers=_no_papers, planned=_otherwise)
INTERRUPTED = Entry(
    path="a.db", workshop="LDS-A", area_name="Leeds", letter="A", date="2027-03-04", people=20, themes=4, state="live",
    step_title="First talk at the tables", ratings=214, notes=61, saved_at=SAVED, seq=300, exported=False, practice=False,
    unclean=True, step_number=18,
)
CLOSED_WELL = INTERRUPTED._replace(unclean=False)
DAMAGED = INTERRUPTED._replace(workshop="MAN-2027-A", area_name="MAN-2027-A", letter="", state="damaged", unclean=False)
GONE = DAMAGED._replace(workshop="BRM-2027-A", area_name="BRM-2027-A", state="lost")
OTHERS = (
    CLOSED_WELL._replace(area_name="Essex", date="2027-03-02", people=21, state="sealed", ratings=820, exported=True),
    CLOSED_WELL._replace(area_name="Melton", date="2027-03-03", people=18, state="closed", ratings=702),
    CLOSED_WELL._replace(area_name="Sheffield", date="2027-03-16", state="setup"),
    CLOSED_WELL._replace(practice=True, step_title="Break", letter="B"),
)

BEGUN = (*"2468", "")
SEAT = "013"  # the first of the session

SHOTS: Sequence[Shot] = [
    Shot("home-empty", home()),
    Shot("home-keys", home(*OTHERS), ("keys",)),
    Shot("home", home(*OTHERS)),
    Shot("home-delete-by", home(OTHERS[0]._replace(delete_by="2027-01-31"), OTHERS[1]._replace(state="joined"))),
    Shot("home-interrupted", home(INTERRUPTED, *OTHERS)),
    Shot("home-damaged", home(DAMAGED, GONE, *OTHERS)),
    Shot("appearance", look),
    Shot("laptop-key", laptop_key),
    Shot("laptop-key-none", no_key),
    Shot("laptop-key-locked", locked_key), Shot("laptop-key-opening", opening_key),
    Shot("first-words", words),
    Shot("setup-1-workshop", session),
    Shot("setup-2-day", setup("day")),
    Shot("setup-2-day-problem", setup("day", wrong=True)),
    Shot("setup-3-groups", setup("groups")),
    Shot("setup-4-tables", setup("tables")),
    Shot("setup-4-tables-otherwise", setup("tables", fewer=True)),
    Shot("setup-5-seats", setup("seats")),
    Shot("setup-6-agenda", setup("agenda")),
    Shot("setup-6-agenda-problem", setup("agenda", wrong=True)),
    Shot("setup-7-consent", setup("consent")),
    Shot("setup-8-ready", setup("ready")),
    Shot("setup-9-check", setup("check")),
    Shot("people", people),
    Shot("console-doors", console("doors")),
    Shot("console-keys", console("doors"), ("keys",)),
    Shot("console-peek", console("positions"), ("next", "peek")),
    Shot("console-hands", console("practice"), ("count_hands",)),
    Shot("console-case", console("anchor_read"), ("next",)),
    Shot("console-sheets", console("anchor_mark", keyed=False), ("key_sheets",)),
    Shot("console-second-keying", keyed_again()),
    Shot("console-look-at-the-sheet", keyed_again("99999999")),
    Shot("console-framework", framework),
    Shot("ballot-start", ballot()),
    Shot("ballot-cover", ballot(*BEGUN)),
    Shot("ballot-code", ballot(*BEGUN, "")),
    Shot("ballot-question", ballot(*BEGUN, "", *SEAT, "4")),
    Shot("ballot-change", ballot(*BEGUN, "", *SEAT, "4", "", "4", "")),
    Shot("ballot-pin", ballot(*BEGUN), ("leave_ballot",)),
    Shot("console-flips", console("anchor_flips"), ("next",)),
    Shot("console-position", console("anchor_position"), ("position",)),
    Shot("console-condition", console("anchor_position"), ("condition",)),
    Shot("console-late", console("theme_talk", late=12), ("spread",)),
    Shot("console-table-step", console("theme_talk")),
    Shot("console-parked", console("statements"), ("parked",)),
    Shot("console-find-notes", console("anchor_position"), ("find",)),
    Shot("notes-table", notes(typed='@c "Mrs Holroyd told them #pr')),
    Shot("notes-redact", notes(), ("redact",)),
    Shot("notes-move", notes(), ("move_notes",)),
    Shot("notes-paper", notes(closed=True), ("find", "from_paper")),
    Shot("console-statement", console("statements"), ("statement",)),
    Shot("console-written", console("close"), ("written",)),
    Shot("join", join),
    Shot("laptops", laptops()),
    Shot("laptops-differ", laptops(differs=True)),
    Shot("joined-data-desk", joined("desk")),
    Shot("joined-table", joined("table")),
    Shot("leaving-the-study", leaving),
    Shot("closing-gaps", closing(missing=2)),
    Shot("closing-joined", closing_joined),
    Shot("closing-sealed", closing(sealed=True)),
    Shot("centre-coding", coding),
    Shot("centre-coding-new", coding, ("new_code",)),
    Shot("audience-holding", audience("")),
    Shot("audience-question", audience("practice")),
    Shot("audience-case", audience("anchor_read")),
    Shot("audience-case-large", audience("anchor_read", scale=1.5)),
    Shot("audience-task-large", audience("theme_talk", scale=1.5)),
    Shot("audience-flip", audience("anchor_flips", 1)),
    Shot("audience-task", audience("theme_talk")),
    Shot("audience-result", audience("practice", revealed=True)),
    Shot("audience-before-after", audience("positions", revealed=True)),
    Shot("audience-positions", audience("positions")),
    Shot("audience-statements", audience("statements")),
    Shot("audience-thanks", audience("close")),
    Shot("audience-blank", audience("anchor_read", blank=True)),
]
