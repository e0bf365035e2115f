"""The centre's printed acts: a report from the store in the form its file name asks for, and the findings as data."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple

from tradeoff_desktop.app import (
    auditing,
    centre,
    datasets,
    editions,
    evidence,
    publishing,
    released,
    shelf,
    tablepackage,
)
from tradeoff_desktop.app.editions import Kept
from tradeoff_desktop.app.exporting import Progress, ignore
from tradeoff_desktop.app.files import make_folder, read_file, reading, write_new
from tradeoff_desktop.errors import RuleError
from tradeoff_desktop.exchange.programme import read_programme
from tradeoff_desktop.findings import Results, as_json
from tradeoff_desktop.findings.sentences import policy_sentence
from tradeoff_desktop.model.programme import Programme
from tradeoff_desktop.model.workshop import Workshop
from tradeoff_desktop.store.store import Store

if TYPE_CHECKING:
    from tradeoff_desktop.report.document import Document

Paper = Literal["summary", "host", "area", "checking", "full", "audit"]
NAMES: dict[Paper, str] = {
    "summary": "Summary of one workshop", "host": "Host copy", "area": "Area report", "checking": "Checking copy", "full": "Full report",
    "audit": "Audit",
}
HTML = (".html", ".htm")
DRAFT = "Draft: not to be handed out"
_WRITTEN = 100  # per cent


class Asked(NamedTuple):
    """Which report, and of which workshop or area."""

    paper: Paper
    of: str = ""


def report(  # noqa: PLR0913 - one report, and how it is wanted, each by its name
    store: Path, asked: Asked, *, file: Path, now: datetime, figures: Path | None = None, draft: bool = False,
    programme: Path | None = None, progress: Progress = ignore,
) -> list[Path]:
    """Write a report; as HTML where the file's name ends so, else as PDF. Return the files written.

    ``figures``: a folder, new or empty, for every figure by itself as SVG and PDF. ``draft``: not to be handed out; it is
    held against the editions published before, as every report is, but is none itself, and says so on every page.
    ``programme``: its file, whose digest then stands in the annex. ``progress`` may raise to cancel: up to the last call
    nothing is written. An edition is kept, and what goes out is noted with its time ``now``, once the report's bytes are
    on their way to the disk, before the file has its name.
    RuleError: unknown_workshop, unknown_area, nothing_merged, folder_not_empty, another_programme; MachineError:
    edition_missing, edition_damaged.
    """
    if figures is not None:
        _check_empty(figures)
    progress("reading the answers", 0, 1)
    with _held(store) as (held, states, kept):
        plan, planned = _plan(programme, states)
        new: dict[str, Results] = {}
        if asked.paper == "audit":
            found = publishing.found_in(states, earlier=editions.of_scope(kept, editions.WHOLE))
            document = auditing.document(held, states, found, programme=plan, now=now, editions=len(kept))
        else:
            document, new = _document(asked, states, (*planned, *centre.provenance(held)), kept, draft=draft)
    if draft:
        document.front = replace(document.front, notice=" · ".join(filter(None, (DRAFT, document.front.notice))))
    progress("reading the answers", 1, 1)
    make = document.html if file.suffix.lower() in HTML else document.write
    data = make(lambda done, of: progress("writing the report", done, of))
    drawn = {}
    if figures is not None:
        drawn = document.figures(lambda done, of: progress("drawing the figures", done, of))
    pictures = {(figures or file.parent) / name: picture for name, picture in drawn.items()}

    def note(percent: int) -> None:
        if percent == _WRITTEN and not draft:
            if new:
                editions.keep(store, kept, new)
            released.note(store, " ".join(filter(None, (NAMES[asked.paper], asked.of))), {file: data, **pictures}, now=now)

    write_new(file, data, told=note)
    for path, picture in pictures.items():
        make_folder(path.parent)
        write_new(path, picture)
    return [file, *pictures]


def _plan(file: Path | None, states: list[Workshop]) -> tuple[Programme | None, tuple[str, ...]]:
    """The programme, and the line of provenance that says which bytes it is."""
    if file is None:
        return None, ()
    data = read_file(file, limit=shelf.LIMIT)
    found = read_programme(data, pinned=None).programme
    known = {state.opening.programme for state in states}
    if known and found.id not in known:
        raise RuleError("another_programme", found=found.id, known=" and ".join(sorted(known)))
    return found, (f"programme {found.id} SHA-256 {sha256(data).hexdigest()}",)


def _document(
    asked: Asked, states: list[Workshop], sources: tuple[str, ...], kept: list[Kept], *, draft: bool,
) -> "tuple[Document, dict[str, Results]]":
    """The report, and per scope what it releases to the public: a session's own papers stay with those who held it."""
    if asked.paper in {"summary", "host"}:
        found = next((state for state in states if state.opening.workshop == asked.of), None)
        if found is None:
            raise RuleError("unknown_workshop", workshop=asked.of)
        make = publishing.summary_document if asked.paper == "summary" else publishing.host_document
        return make(found), {}
    if not states and asked.paper == "full":
        raise RuleError("nothing_merged")
    here = [] if asked.paper == "full" else publishing.of_area(states, asked.of)
    whole = publishing.found_in(states, earlier=editions.of_scope(kept, editions.WHOLE))
    released = {editions.WHOLE: whole}
    if asked.paper != "full":
        released[asked.of] = publishing.found_in(here, earlier=editions.of_scope(kept, asked.of))
    lines = (*sources, "edition draft" if draft else editions.described(kept, released))
    if asked.paper == "full":
        return publishing.full_document(states, lines, found=whole), released
    document = publishing.area_document(
        states, asked.of, lines, checking=asked.paper == "checking", found=whole, own=released[asked.of],
    )
    return document, released


def data(store: Path, folder: Path, *, release: datasets.Release, now: datetime, sqlite: bool = False) -> list[Path]:
    """Write the open data, as an edition, or the safeguarded; with ``sqlite`` also as one database file. RuleError as ``report``."""
    _check_empty(folder)
    with _held(store) as (_, states, kept):
        if not any(next(state.answers(), None) for state in states):
            raise RuleError("nothing_merged")
        found = None if release == "safeguarded" else publishing.found_in(states, earlier=editions.of_scope(kept, editions.WHOLE))
    package = datasets.package(states, release=release, found=found, sqlite=sqlite)
    if found is not None:
        editions.keep(store, kept, {editions.WHOLE: found})
    released.note(store, f"{release.capitalize()} data", {folder / name: data for name, data in package.files().items()}, now=now)
    return tablepackage.write(package, folder)


def findings(store: Path) -> tuple[Results, list[str]]:
    """Everything that may be published from a store, and in sentences what it shows and where it comes from.

    RuleError("nothing_merged") where it holds no workshop, and as ``report``.
    """
    with _held(store) as (_, states, kept):
        if not states:
            raise RuleError("nothing_merged")
        results = evidence.find_in(states, audience="published", earlier=editions.of_scope(kept, editions.WHOLE))
        told = evidence.answers(states, results)
    seeds = ", ".join(f"{axis} {seed}" for axis, seed in sorted(results.seeds.items()))
    source = f"Engine {results.engine}; input digest {results.digest}; seeds {seeds}."
    return results, [*told, policy_sentence(results.policy, results.hidden), source]


def findings_json(results: Results) -> bytes:
    """The findings to 12 significant digits, for those who check the work; marked as not for publication."""
    return as_json(results, release="safeguarded")


def _check_empty(folder: Path) -> None:
    with reading(folder.name):
        filled = folder.exists() and any(folder.iterdir())
    if filled:
        raise RuleError("folder_not_empty", folder=folder.name)


@contextmanager
def _held(store: Path) -> Iterator[tuple[Store, list[Workshop], list[Kept]]]:
    with Store.look(store) as held:
        held.verify()
        yield held, centre.states(held, centre.pack_of(held)), editions.read(held)
