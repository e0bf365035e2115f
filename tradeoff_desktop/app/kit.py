"""The paper kit: from a plan or a signed programme file to folders of files to print, one for each workshop."""

from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from tradeoff_desktop.app import content, day, programmes
from tradeoff_desktop.app.content import PackFault
from tradeoff_desktop.app.exporting import Progress, ignore
from tradeoff_desktop.app.files import make_folder, read_file, write_new
from tradeoff_desktop.app.planning import PROGRAMME_LIMIT
from tradeoff_desktop.errors import RuleError
from tradeoff_desktop.exchange import programme as signing
from tradeoff_desktop.model import plancheck, seats
from tradeoff_desktop.model.pack import Pack
from tradeoff_desktop.model.programme import Programme, Session

if TYPE_CHECKING:
    from tradeoff_desktop.report.kit_occasion import Occasion


class Printed(NamedTuple):
    """What was written for one workshop, and how much paper it takes."""

    workshop: str
    folder: Path
    files: tuple[Path, ...]
    pages: int
    paper: int

    def line(self) -> str:
        """The same for a person to read."""
        return f"{self.workshop}: {len(self.files)} files, {self.pages} pages on {self.paper} sheets of paper, in {self.folder}"

    def facts(self) -> dict[str, Any]:
        """The same as plain values."""
        files = [path.relative_to(self.folder).as_posix() for path in self.files]
        return {"workshop": self.workshop, "folder": str(self.folder), "files": files, "pages": self.pages, "paper": self.paper}


def write(file: Path, folder: Path, *, workshop: str = "", progress: Progress = ignore) -> list[Printed]:
    """Write the kit of every workshop of ``file``, or of one, below an empty ``folder``.

    RuleError("folder_not_empty" | "unknown_workshop" | "unknown_session" | "too_many_seats"), ContentError where the
    plan is wrong, TrustError where the signature is.
    """
    programme, pack = read(file)
    wanted = [session for session in programme.sessions if workshop in {"", session.id}]
    if not wanted:
        raise RuleError("unknown_workshop", workshop=workshop)
    if folder.exists() and any(folder.iterdir()):
        raise RuleError("folder_not_empty", folder=folder.name)
    done = []
    for number, session in enumerate(wanted):
        progress(f"making the kit of {session.id}", number, len(wanted))
        done.append(_write_one(programme, session, pack, make_folder(folder / session.id)))
    progress("done", len(wanted), len(wanted))
    return done


def read(file: Path) -> tuple[Programme, Pack]:
    """The programme in a signed file with the pack inside it, or in a TOML plan with the shipped pack."""
    if file.suffix == ".toml":
        pack = content.shipped()
        return programmes.plan(file, pack=pack, keys=programmes.Keys(signing="")), pack
    signed = signing.read_programme(read_file(file, limit=PROGRAMME_LIMIT), pinned=None)
    faults = plancheck.check(signed.programme, signed.pack)
    if faults:
        first = faults[0]
        raise content.refusal(PackFault(file.name, 0, first.field, first.code, dict(first.facts)), more=len(faults) - 1)
    return signed.programme, signed.pack


def seating(session: Session, pack: Pack) -> list[tuple[str, str, int]]:
    """(seat code, group, table) of everybody planned, as a laptop gives the codes out when the workshop is set up."""
    groups = dict(session.groups) or {pack.groups[0].code: session.heads}
    people = day.placing(groups, [table.number for table in session.tables])
    codes = seats.codes(session.letter, len(people))
    return [(code, group, table) for code, (group, table) in zip(codes, people, strict=True)]


def seat_papers(programme: Programme, session: Session, pack: Pack, folder: Path) -> list[Path]:
    """Write the seat cards and the list of names of one workshop, as it is set up, into ``folder``.

    MachineError("file_exists" ...): nothing is ever written over.
    """
    from tradeoff_desktop.report import kit  # noqa: PLC0415 - slow report library

    written = []
    for made in kit.seat_files(_occasion(programme, session, pack)):
        write_new(folder / made.name, made.data)
        written.append(folder / made.name)
    return written


def _occasion(programme: Programme, session: Session, pack: Pack) -> "Occasion":
    from tradeoff_desktop.report.kit_occasion import Occasion, Place, spares  # noqa: PLC0415 - slow report library

    people = tuple(Place(code=code, group=group, table=table) for code, group, table in seating(session, pack))
    # A session has 33 codes: a full room has fewer spare ones than a quarter.
    last = min(seats.PER_SESSION, len(people) + spares(len(people)))
    spare = tuple(Place(code=code) for code in seats.codes(session.letter, last)[len(people):])
    return Occasion(programme=programme, session=session, pack=pack, people=people, spare=spare)


def _write_one(programme: Programme, session: Session, pack: Pack, folder: Path) -> Printed:
    # The report modules load a PDF library, which is slow to load and wanted only here.
    from tradeoff_desktop.report import kit  # noqa: PLC0415 - slow report library

    occasion = _occasion(programme, session, pack)
    written: list[Path] = []
    pages = paper = 0
    for made in kit.make(occasion):
        path = make_folder(folder / made.envelope) / made.name
        write_new(path, made.data)
        written.append(path)
        pages, paper = pages + made.pages, paper + made.paper
    return Printed(session.id, folder, tuple(written), pages, paper)
