"""Pictures of what comes before the day: home, the laptop's key, appearance, and the set-up page by page."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import QWidget

from tradeoff_desktop.app import planning, sample, setting_up
from tradeoff_desktop.app.readiness import Facts
from tradeoff_desktop.app.setting_up import PageName, Plan
from tradeoff_desktop.app.settings import Settings
from tradeoff_desktop.app.words import say
from tradeoff_desktop.app.workshops import Entry
from tradeoff_desktop.errors import MachineError
from tradeoff_desktop.ui.bridge import Bridge
from tradeoff_desktop.ui.first_words import WordsPage
from tradeoff_desktop.ui.gallery_parts import NOW, Build, no_folder
from tradeoff_desktop.ui.home import HomePage
from tradeoff_desktop.ui.laptop_key import KeyPage
from tradeoff_desktop.ui.look import LookPage
from tradeoff_desktop.ui.notice import Notice
from tradeoff_desktop.ui.screenshots import Shot
from tradeoff_desktop.ui.setup import SessionPage, SetupPage
from tradeoff_desktop.ui.setup_ready import Site
from tradeoff_desktop.ui.theme import Theme


def home(*entries: Entry) -> Build:
    """Home with these workshops on the laptop."""

    def build(theme: Theme) -> QWidget:
        return HomePage(theme, entries, now=NOW)

    return build


def already_open(theme: Theme) -> QWidget:
    """What a second start says."""
    return Notice(theme, say(MachineError("already_running")))


def look(theme: Theme) -> QWidget:
    """Appearance."""
    return LookPage(theme, Settings())


def laptop_key(theme: Theme) -> QWidget:
    """The words of this laptop's key."""
    key = planning.KnownKey(
        principal="MAN.k3v9x2q7aa@tradeoff", fingerprint="SHA256:Rk3uXJm6mW0o8mSx1o9Yp2nq7v3kZc5tB4dLhA6eQfE", public=f"ssh-ed25519 {'A' * 68}", recipient="",
        words=("eagle", "lineup", "solve", "anvil", "radish", "lounge", "pewter", "jogger"),
    )
    return KeyPage(theme, [key], ())


def two_keys(theme: Theme) -> QWidget:
    """Keys for two areas, with a passphrase."""
    key = planning.known_of(sample.own())
    return KeyPage(theme, [key, key._replace(principal="MAN.k3v9x2q7aa@tradeoff")], (), with_passphrase=["LDS", "MAN"])


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


SITE = Site(look=_facts, ask_folder=no_folder, papers=_no_papers, planned=_otherwise)
INTERRUPTED = Entry(
    path="a.db", workshop="LDS-A", area_name="Leeds", letter="A", date="2027-03-04", people=20, themes=4, state="live",
    step_title="First talk at the tables", ratings=214, notes=61, saved_at="2027-03-04T12:41:58.000Z", seq=300, exported=False, practice=False,
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

SHOTS: Sequence[Shot] = [
    Shot("home-already-open", already_open),
    Shot("home-empty", home()),
    Shot("home-keys", home(*OTHERS), ("keys",)),
    Shot("home", home(*OTHERS)),
    Shot("home-delete-by", home(OTHERS[0]._replace(delete_by="2027-01-31"), OTHERS[1]._replace(state="joined"))),
    Shot("home-interrupted", home(INTERRUPTED, *OTHERS)),
    Shot("home-shut", home(OTHERS[0]._replace(state="shut", why=str(say(MachineError("store_locked", file="ess-2027-a.db")))), OTHERS[1])),
    Shot("home-damaged", home(DAMAGED, GONE, *OTHERS)),
    Shot("appearance", look),
    Shot("laptop-key", laptop_key), Shot("laptop-key-two", two_keys, ("passphrase",)),
    Shot("laptop-key-renew", laptop_key, ("renew",)), Shot("laptop-key-passphrase", laptop_key, ("passphrase", "continue")),
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
]
