"""The last hour of a workshop at one laptop: what is missing, the seal, the stick and the papers.

Everything here is one call for a window; the parts are in ``day``, ``exporting`` and ``publishing``.
"""

import json
import re
from pathlib import Path
from typing import NamedTuple

from tradeoff_desktop.app import day, exporting, gathering, laptop, publishing, shelf
from tradeoff_desktop.app import papers as made
from tradeoff_desktop.app.day import Gap
from tradeoff_desktop.app.desk import Changed, Desk, moment
from tradeoff_desktop.app.exporting import Exported, Progress
from tradeoff_desktop.app.files import Folders, read_file, write_new
from tradeoff_desktop.app.workshops import EXPORTED, kept_folder
from tradeoff_desktop.exchange import sealing
from tradeoff_desktop.exchange.programme import SignedProgramme
from tradeoff_desktop.model import acts
from tradeoff_desktop.model import records as r
from tradeoff_desktop.model.workshop import Workshop

SLOT = "accepted"  # the draft row that keeps the reasons typed so far


_ACCEPTED = re.compile(r"Table (\d+), sheet (\d+), [^:]*: (.*)", re.DOTALL)  # as ``seal`` writes it


class Readers(NamedTuple):
    """Who can open what this laptop writes (decision 27)."""

    recipients: tuple[str, ...]
    centre: bool  # whether anybody but the laptops of this workshop can
    lead: bool = True  # whether the lead laptop can, so that it can take this in


class Papers(NamedTuple):
    """The two PDFs of a session as they were written."""

    summary: Path
    host_copy: Path


# -- what is missing

def gap_name(gap: Gap) -> str:
    """A gap by a name that stays the same while its seats change."""
    return f"{gap.table}/{gap.sheet}"


def reasons(desk: Desk) -> dict[str, str]:
    """The reasons typed so far for gaps that are accepted, by gap name."""
    text = desk.store.draft(SLOT)
    kept: dict[str, str] = json.loads(text) if text else {}
    return kept


def accept(desk: Desk, gap: Gap, reason: str) -> None:
    """Keep why a gap is accepted; "" takes it back. It becomes a record with the seal."""
    kept = {**reasons(desk), gap_name(gap): reason.strip()}
    kept = {name: text for name, text in kept.items() if text}
    desk.store.keep_draft(SLOT, json.dumps(kept) if kept else "", at=moment(desk.now))


def unexplained(desk: Desk) -> list[Gap]:
    """The gaps that are neither filled nor accepted."""
    known = reasons(desk)
    return [gap for gap in day.gaps(desk.state) if gap_name(gap) not in known]


def seal(desk: Desk) -> Changed:
    """Seal the workshop with what was accepted. RuleError where something is missing or it is not closed."""
    known = reasons(desk)
    accepted = [
        f"Table {gap.table}, sheet {gap.sheet}, {len(gap.seats)} of {gap.expected} missing: {known[gap_name(gap)]}"[:400]
        for gap in day.gaps(desk.state) if gap_name(gap) in known
    ]
    day.seal(desk, accepted=[] if unexplained(desk) else accepted)
    desk.store.keep_draft(SLOT, "", at=moment(desk.now))
    return frozenset({"sealed"})


def sealed_with(state: Workshop) -> list[str] | None:
    """What was missing at the seal and why that was accepted, a line each; None while it is not sealed."""
    return list(state.bodies(r.Sealed)[-1][1].accepted) if state.sealed else None


def reopen(desk: Desk, *, reason: str) -> Changed:
    """Reopen the sealed workshop: the six words no longer hold, and the reasons for gaps can be taken back again.

    RuleError as ``acts.reopen``.
    """
    accepted = sealed_with(desk.state) or []
    changed = desk.do(acts.reopen, role=desk.role, reason=reason.strip())
    kept = {f"{found[1]}/{found[2]}": found[3] for line in accepted if (found := _ACCEPTED.fullmatch(line))}
    known = {gap_name(gap) for gap in day.gaps(desk.state)}
    kept = {name: text for name, text in kept.items() if name in known}
    desk.store.keep_draft(SLOT, json.dumps(kept) if kept else "", at=moment(desk.now))
    return changed


# -- the stick and the papers

def readers(desk: Desk, folders: Folders, *, added: str = "") -> Readers:
    """Who may open this laptop's bundle: centre, escrow, ``added``, the lead (decision 27), and the laptop itself.

    A practice at several laptops has no programme that names them: what those that joined write is signed, not locked.
    TrustError("bad_recipient") where ``added`` is no age recipient.
    """
    own, known = laptop.load(folders, desk.opened.area, now=desk.now), _programme(desk, folders)
    others = [*_named(known), *([sealing.check_recipient(added)] if added else [])]
    if desk.role == "lead":
        return Readers(tuple(dict.fromkeys([*others, own.identity.recipient])), centre=bool(others))
    if desk.opened.practice:
        return Readers((), centre=False)
    leading = desk.state.opening.laptop
    lead = [one.recipient for one in (known.programme.laptops if known is not None else []) if one.principal == leading]
    return Readers(
        tuple(dict.fromkeys([*others, *lead, own.identity.recipient])), centre=bool(others), lead=bool(lead),
    )


def has_centre(desk: Desk, folders: Folders) -> bool:
    """Whether a central team is to hold what is here; this laptop's own keys are not needed to know."""
    return bool(_named(_programme(desk, folders)))


def _programme(desk: Desk, folders: Folders) -> SignedProgramme | None:
    return None if desk.opened.practice else shelf.programme(folders, desk.opened.programme)


def _named(known: SignedProgramme | None) -> list[str]:
    return [] if known is None else [one for one in (known.programme.centre, known.programme.escrow) if one]


def hand_over(
    desk: Desk, folders: Folders, *, folder: Path, added: str = "", progress: Progress = exporting.ignore,
) -> Exported:
    """Write this laptop's signed bundle into ``folder`` and read it back from there.

    Made once for each state of the chain and kept, so that a second stick gets the same bytes (decision 29).
    """
    own = laptop.load(folders, desk.opened.area, now=desk.now)
    kept = None if added else _kept(desk, folders)
    if kept is None:
        progress("making the summary", 0, 100)
        summary = publishing.session_summary(desk.state) if desk.role == "lead" else None
        progress("signing", 0, 100)
        data = exporting.make(desk, own, readers(desk, folders, added=added).recipients, summary=summary)
        exporting.keep(_shelf(desk, folders), data, own, at=moment(desk.now))
    else:
        data = read_file(kept, limit=exporting.MOST)
    done = exporting.export(
        desk, own, data, folder=folder, carry=gathering.carried(desk, folders), progress=progress,
    )
    return done._replace(lacking=tuple(gathering.on_stick(desk, folders)))


def save_held(desk: Desk, folders: Folders, folder: Path) -> Exported:
    """Write the chain with what the disk would not take into ``folder``, as a checkpoint this laptop can restore."""
    own = laptop.load(folders, desk.opened.area, now=desk.now)
    data = exporting.make(desk, own, readers(desk, folders).recipients, checkpoint=True, held=True)
    return exporting.export(desk, own, data, folder=folder)


def write_papers(desk: Desk, folder: Path, progress: Progress = exporting.ignore) -> Papers:
    """Write the summary and the host copy into ``folder``; never over anything."""
    own = desk.store.own()
    stem = f"{desk.opened.workshop}-{own.seq if own else 0}".replace(":", "_")
    papers = Papers(folder / f"{stem}-summary.pdf", folder / f"{stem}-host-copy.pdf")
    made.note(desk.store.path, papers)  # first: no stop leaves one that an erasure would not reach
    progress("summary", 0, 2)
    _write(papers.summary, publishing.session_summary(desk.state))
    progress("host copy", 1, 2)
    _write(papers.host_copy, publishing.host_copy(desk.state))
    progress("written", 2, 2)
    return papers


def _write(path: Path, data: bytes) -> None:
    # The name holds how far the record had come, so a paper that is there already is this one.
    if not path.exists():
        write_new(path, data)


def _shelf(desk: Desk, folders: Folders) -> Path:
    return kept_folder(folders, desk.opened.workshop) / EXPORTED


def _kept(desk: Desk, folders: Folders) -> Path | None:
    own = desk.store.own()
    if own is None:
        return None
    found = sorted(_shelf(desk, folders).glob(f"*-{own.device}-{own.seq}.tradeoff"))
    return found[0] if found else None
