"""The plan of a programme at the central team's desk: kept as it is typed, checked as it stands, signed when it is good.

The plan is a TOML file in the team's folder; signing makes of it the programme file, a copy for each session, and what
the team itself works by.
"""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from tradeoff_desktop.app import kit, planning, programmes
from tradeoff_desktop.app.centre_folder import CentreFolder
from tradeoff_desktop.app.exporting import Progress, ignore
from tradeoff_desktop.app.files import make_folder, read_file, replace_file, write_new
from tradeoff_desktop.app.standing import counted
from tradeoff_desktop.errors import ContentError
from tradeoff_desktop.model.pack import Pack

PLAN = "plan.toml"


class Draft(NamedTuple):
    """The plan as it stands, and who can open what is made of it: the escrow key, the laptops enrolled by now."""

    text: str
    escrow: str
    laptops: int
    practice: bool


class Said(NamedTuple):
    """What the checker says of a plan: what it comes to, what is wrong, what it cannot answer."""

    facts: Sequence[str]
    faults: Sequence[str]
    advice: Sequence[str]


class Made(NamedTuple):
    """What signing wrote."""

    file: Path
    sessions: Sequence[Path]
    words: tuple[str, ...]


def draft(folder: CentreFolder) -> Draft:
    """The plan typed last, or the one that ships."""
    plan = folder.root / PLAN
    source = plan if plan.is_file() else programmes.shipped_source()
    text = read_file(source, limit=planning.PROGRAMME_LIMIT).decode("utf-8", "replace")
    if not folder.has_programme:
        return Draft(text, "", 0, practice=False)
    before = folder.signed().programme
    return Draft(text, before.escrow, len(before.laptops), practice=before.practice)


def check(folder: CentreFolder, text: str) -> Said:
    """Keep the plan as it is typed, and say what the checker finds. MachineError."""
    plan = folder.root / PLAN
    replace_file(plan, text.encode())
    found = planning.check(plan)
    return Said(_comes_to(plan), [_line(one) for one in found.faults], [_line(one) for one in found.advice])


def _comes_to(plan: Path) -> list[str]:
    try:
        programme, pack = kit.read(plan)
    except ContentError:
        return []
    heads, tables = sum(one.heads for one in programme.sessions), sum(len(one.tables) for one in programme.sessions)
    sizes = f"{counted(len(programme.sessions), 'workshop', 'workshops')}, {counted(heads, 'person', 'people')}, {counted(tables, 'table', 'tables')}."
    orders = "; ".join(f"{area.name} {_order(pack, area.code)}" for area in pack.areas if area.code in programme.areas)
    return [sizes, f"Order of the changes in the case for everybody: {orders}."]


def _order(pack: Pack, area: str) -> str:
    anchor = pack.anchor.id
    return "-".join(flip.axis for flip in pack.flip_order(anchor, pack.order_index(area=area, table=0, scenario=anchor)))


def _line(said: str) -> str:
    return "Line " + said.removeprefix(f"{PLAN}:") if said.startswith(f"{PLAN}:") else said


def sign(
    folder: CentreFolder, *, escrow: str, heard: str, enrolments: Sequence[Path], to: Path, now: datetime,
) -> Made:
    """Sign the plan as the team's programme and write it into the folder ``to``, with a copy for each session.

    Laptops of the programme before stay enrolled; one in ``enrolments`` takes the place of its earlier key.
    ContentError, RuleError("escrow_untried"), TrustError, MachineError.
    """
    plan, new = folder.root / PLAN, [planning.enrol_file(path, now=now) for path in enrolments]
    before = folder.signed().programme if folder.has_programme else None
    named = {one.principal for one in new}
    enrolled = [*(one for one in (before.laptops if before else []) if one.principal not in named), *new]
    practice = before is not None and before.practice
    if practice:
        issued = planning.issue(plan, centre=folder.own(), enrolled=enrolled, recipient=escrow, practice=True, after=before.issue if before else 0)
    else:
        issued = planning.issue_from(plan, key=folder.keys, enrolled=enrolled, recipient=escrow, heard=heard)
    programme = issued.signed.programme
    name = f"{programme.id}-{programme.issue}.tradeoff-programme"
    planning.write(issued, to / name)
    sessions = [make_folder(to / f"{programme.id}-{programme.issue}-sessions") / f"{one.id}.tradeoff-programme" for one in programme.sessions]
    for path in sessions:  # the same file under the session's name, so that each area is sent the one it looks for
        write_new(path, issued.data)
    folder.bring_programme(to / name)
    return Made(to / name, sessions, issued.signed.words)


def write_kit(folder: CentreFolder, to: Path, progress: Progress = ignore) -> list[str]:
    """Write the paper of every workshop of the signed programme into a new folder below ``to``; a line each."""
    signed = folder.signed().programme
    printed = kit.write(folder.programme_file, to / f"{signed.id}-{signed.issue}-kit", progress=progress)
    return [one.line() for one in printed]
