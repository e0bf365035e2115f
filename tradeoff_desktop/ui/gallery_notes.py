"""Pictures of notes on a page of their own, and of the laptops that take them and key sheets."""

from collections.abc import Sequence
from pathlib import Path
from typing import Literal

from PySide6.QtWidgets import QWidget

from tradeoff_desktop.app import gathering, laptop, sample
from tradeoff_desktop.errors import TrustError
from tradeoff_desktop.model import capture, codec
from tradeoff_desktop.model import records as r
from tradeoff_desktop.ui.bridge import Bridge
from tradeoff_desktop.ui.gallery_parts import NOW, Build, no_folder, places_of_pictures
from tradeoff_desktop.ui.joined import JoinedPage
from tradeoff_desktop.ui.joining import JoinPage
from tradeoff_desktop.ui.laptops import LaptopsPage
from tradeoff_desktop.ui.notespage import NotesPage
from tradeoff_desktop.ui.screenshots import Shot
from tradeoff_desktop.ui.theme import Theme


def notes(*, closed: bool = False, typed: str = "") -> Build:
    """Notes on a page of their own: at a table laptop, or at the lead's once the workshop is closed."""

    def build(theme: Theme) -> QWidget:
        page = NotesPage(Bridge(sample.closed() if closed else sample.table_laptop()), theme)
        page.panel.field.setPlainText(typed)
        page.panel.field.moveCursor(page.panel.field.textCursor().MoveOperation.End)
        return page

    return build


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
        places = places_of_pictures()
        if not (places.keys / sample.AREA).exists():
            laptop.keep(sample.own(), places.keys / sample.AREA, now=NOW)
        if differs:
            positions = [body for _, body in lead.state.bodies(r.Position)]
            table.do(capture.take_position, codec.amended(positions[2], role="table", decision="3"))
            gathering.take_in(lead, places, sample.offers(table)[:1])
        made = LaptopsPage(Bridge(lead), theme, folders=places, ask_folder=no_folder)
        if not differs:
            made.show_offers(sample.offers(table))
        return made

    return build


def joined(role: Literal["desk", "table"]) -> Build:
    """The home of a laptop that joined."""

    def build(theme: Theme) -> QWidget:
        return JoinedPage(Bridge(sample.joined(role)), theme, ask_file=no_folder, words=sample.own().words)

    return build


SHOTS: Sequence[Shot] = [
    Shot("notes-table", notes(typed='@c "Mrs Holroyd told them #pr')),
    Shot("notes-redact", notes(), ("redact",)),
    Shot("notes-move", notes(), ("move_notes",)),
    Shot("notes-paper", notes(closed=True), ("find", "from_paper")),
    Shot("join", join),
    Shot("laptops", laptops()),
    Shot("laptops-differ", laptops(differs=True)),
    Shot("joined-data-desk", joined("desk")),
    Shot("joined-table", joined("table")),
]
