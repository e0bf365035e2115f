"""Pictures of the central team's pages."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import QWidget

from tradeoff_desktop.app import sample_centre
from tradeoff_desktop.app.enrolling import Announced
from tradeoff_desktop.app.plan_desk import Draft, Said
from tradeoff_desktop.app.receipts import Written
from tradeoff_desktop.app.reporting import Asked
from tradeoff_desktop.app.ruling import Waits
from tradeoff_desktop.ui.central import BeginPage
from tradeoff_desktop.ui.coding import CodingPage
from tradeoff_desktop.ui.coverage import CoveragePage
from tradeoff_desktop.ui.gallery_parts import Build
from tradeoff_desktop.ui.inbox import InboxPage
from tradeoff_desktop.ui.programme import ProgrammePage
from tradeoff_desktop.ui.publish import PublishPage, Shelf
from tradeoff_desktop.ui.review import ReviewPage
from tradeoff_desktop.ui.screenshots import Shot
from tradeoff_desktop.ui.team import Stands, TeamPage
from tradeoff_desktop.ui.theme import Theme
from tradeoff_desktop.ui.trust import TrustPage

KEEPER = f"age1{'q7v3kzc5tb4' * 5}xyz"


def begin(theme: Theme) -> QWidget:
    """The first time."""
    return BeginPage(theme, has_keys=True)


def inbox(what: str = "") -> Build:
    """The inbox: empty, with a batch that was "looked" at, is coming in ("busy") or is "in"."""

    def build(theme: Theme) -> QWidget:
        page = InboxPage(theme)
        if what:
            page.show_look(sample_centre.look(taken_in=what == "in"))
        if what == "busy":
            page.show_watched(Path("SANDISK") / "from the areas")
            page.show_busy(busy=True)
            page.show_progress("reading and verifying", 412, 1200)
        elif what == "in":
            page.tell("2 bundles taken in.", "Now write the receipts, to be carried back or read out.")
            page.show_receipts([Written(
                Path("LDS-2027-A-20270320T200000Z.receipt"), {"sample0001": "7K3M Q9XP", "tabletab11": "2WDR 5HNC"}, (),
            )])
        return page

    return build


def coverage(theme: Theme) -> QWidget:
    """What is here, and what is not."""
    page = CoveragePage(theme)
    page.show_coverage(sample_centre.coverage())
    return page


def trust(act: str = "") -> Build:
    """The keys; while a laptop is enrolled, or with a bundle in quarantine."""

    def build(theme: Theme) -> QWidget:
        page = TrustPage(theme, sample_centre.known())
        if act == "enrol":
            page.show_announced(Path("LDS.laptop0004-tradeoff.enrolment"), Announced("LDS.w3x9k2q7aa@tradeoff", vouched=False, known=False))
        elif act == "waits":
            page.show_waiting([Waits("", "unknown_signer", "its laptop is not enrolled: LDS-2027-A, table, LDS.w3x9k2q7aa@tradeoff, 61 records; came 18 March 2027")])
        return page

    return build


def review(at: int = 0) -> Build:
    """What there is to look at, with one of it in hand."""

    def build(theme: Theme) -> QWidget:
        page = ReviewPage(theme, until="People may leave until 16 April 2027: 27 days from now.")
        page.show_items(sample_centre.items())
        page.list.setCurrentIndex(page.model.index(at))
        return page

    return build


def publish(theme: Theme) -> QWidget:
    """What the answers show, and what can be written."""
    page = PublishPage(theme)
    page.show_shelf(Shelf(
        [
            "In 6 of 6 areas more people moved towards risk than the other way when health records were added: at least 44 of 110 people in all.",
            "In 6 of 6 areas more people moved towards benefit than the other way when only area figures were shared: 76 of 115 people in all.",
        ],
        [("Full report: all areas", Asked("full"))],
    ))
    return page


def team(*, tried: bool = False, recipient: str = "") -> Build:
    """The team's own keys."""

    def build(theme: Theme) -> QWidget:
        return TeamPage(theme, Stands(recipient, tried))

    return build


def programme(theme: Theme) -> QWidget:
    """The plan, with what it cannot answer beside it."""
    page = ProgrammePage(theme, Draft(sample_centre.plan(), "age1qx0…", 24, practice=False), signed=True)
    thin = (
        "Line 18 sessions: Some cases are met by few people (CJ-1, CJ-2: 15 people at 3 tables for the thinnest). A table counts "
        "only while 5 people there answer: one absentee and it is left out. Invite one or two more to each table."
    )
    page.show_said(Said(["6 workshops, 120 people, 24 tables."], [], [thin]))
    return page


def coding(theme: Theme) -> QWidget:
    """Coding at the centre."""
    return CodingPage(sample_centre.centre(), theme)


SHOTS: Sequence[Shot] = [
    Shot("centre-begin", begin),
    Shot("centre-inbox-empty", inbox()),
    Shot("centre-inbox", inbox("looked")),
    Shot("centre-inbox-busy", inbox("busy")),
    Shot("centre-inbox-taken-in", inbox("in")),
    Shot("centre-coverage", coverage),
    Shot("centre-keys", trust("waits")),
    Shot("centre-keys-enrol", trust("enrol")),
    Shot("centre-keys-revoke", trust(), ("revoke",)),
    Shot("centre-review", review()),
    Shot("centre-review-differs", review(1)),
    Shot("centre-review-bundle", review(2)),
    Shot("centre-leaving", review(), ("leaving",)),
    Shot("centre-publish", publish),
    Shot("centre-team-keys", team(), ("backup",)),
    Shot("centre-team-keys-untried", team(recipient=KEEPER)), Shot("centre-team-keys-tried", team(recipient=KEEPER, tried=True)),
    Shot("centre-programme", programme),
    Shot("centre-coding", coding),
    Shot("centre-coding-new", coding, ("new_code",)),
]
