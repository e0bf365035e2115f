"""Pictures of what comes afterwards: leaving the study, closing, sealing, the stick."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import QWidget

from tradeoff_desktop.app import handing_over, sample
from tradeoff_desktop.app.day import gaps
from tradeoff_desktop.app.desk import Desk
from tradeoff_desktop.app.exporting import Exported
from tradeoff_desktop.app.files import Folders, folders
from tradeoff_desktop.app.papers import Paper
from tradeoff_desktop.model import capture
from tradeoff_desktop.model import records as r
from tradeoff_desktop.ui.bridge import Bridge
from tradeoff_desktop.ui.closing import ClosingPage
from tradeoff_desktop.ui.gallery_parts import Build, no_folder, places_of_pictures
from tradeoff_desktop.ui.leaving import LeavingPage
from tradeoff_desktop.ui.screenshots import Shot
from tradeoff_desktop.ui.theme import Theme


def left(theme: Theme) -> QWidget:
    """Somebody has left after the seal, and a table's file had to go from the stick."""
    desk = with_a_table()
    handing_over.seal(desk)
    made = LeavingPage(Bridge(desk), theme, folders=_apart())
    for entry in (made.code, made.again):
        entry.setText(desk.state.sitting()[0])
        entry.textEdited.emit(entry.text())
    made.button.click()
    stem = f"{desk.opened.workshop}-412"
    made.papers.show_found([
        Paper(Path("Papers") / f"{stem}-summary.pdf", "deleted"), Paper(Path("SANDISK") / f"{stem}-host-copy.pdf", "lost"),
    ])
    return made


def with_a_table() -> Desk:
    """A closed workshop with a table laptop's records, whose file is not kept for the stick."""
    desk, table = sample.closed(), sample.joined("table")
    desk.take_in([offer.bundle for offer in sample.offers(table) if offer.bundle is not None])
    return desk


def _apart() -> Folders:
    """A laptop of its own: what other pictures keep is not on its stick."""
    return folders(places_of_pictures().root / "apart")


def several(*, reopened: bool = False) -> Build:
    """Before the seal, with a table's file that is not on the stick; or reopened, to be sealed again."""

    def build(theme: Theme) -> QWidget:
        desk = with_a_table()
        if reopened:
            handing_over.seal(desk)
            handing_over.reopen(desk, reason="A sheet of table 3 was found in the hall.")
        return ClosingPage(Bridge(desk), theme, folders=_apart(), ask_folder=no_folder)

    return build


def leaving(theme: Theme) -> QWidget:
    """Somebody leaves the study: the second code is another one."""
    desk = sample.at("break", keyed=False)
    made = LeavingPage(Bridge(desk), theme, folders=places_of_pictures(), cut_off="1 May 2027")
    first, second = desk.state.sitting()[:2]
    made.code.setText(first)
    made.again.setText(second)
    made.code.textEdited.emit(first)
    return made


def closing(*, missing: int = 0, sealed: bool = False) -> Build:
    """The closing page: with so many sheets missing, or sealed."""

    def build(theme: Theme) -> QWidget:
        desk = sample.closed(missing=missing)
        if missing:
            desk.do(capture.note, r.Note(role="lead", text="Ring 07700 900123 about it", step="close", from_paper=True))
            handing_over.accept(desk, gaps(desk.state)[0], "The person left at the break.")
        if sealed:
            handing_over.seal(desk)
        places = places_of_pictures()
        made = ClosingPage(Bridge(desk), theme, folders=places, ask_folder=no_folder)
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


def closing_joined(theme: Theme) -> QWidget:
    """The stick of a laptop that joined."""
    places = places_of_pictures()
    return ClosingPage(Bridge(sample.joined("table")), theme, folders=places, ask_folder=no_folder)


SHOTS: Sequence[Shot] = [
    Shot("leaving-the-study", leaving),
    Shot("left-the-study", left),
    Shot("closing-laptops", several()),
    Shot("closing-reopening", closing(sealed=True), ("reopen",)),
    Shot("closing-reopened", several(reopened=True)),
    Shot("closing-gaps", closing(missing=2)),
    Shot("closing-joined", closing_joined),
    Shot("closing-sealed", closing(sealed=True)),
]
