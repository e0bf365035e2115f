"""The centre's printed acts: a report from the store in the form its file name asks for, and the findings as data."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple

from tradeoff_desktop.app import centre, datasets, editions, evidence, publishing, shelf
from tradeoff_desktop.app.editions import Kept
from tradeoff_desktop.app.exporting import Progress, ignore
from tradeoff_desktop.app.files import make_folder, read_file, reading, write_new
from tradeoff_desktop.errors import RuleError
from tradeoff_desktop.exchange.programme import read_programme
from tradeoff_desktop.findings import Results, as_json
from tradeoff_desktop.findings.sentences import policy_sentence
from tradeoff_desktop.model.workshop import Workshop
from tradeoff_desktop.store.store import Store

if TYPE_CHECKING:
    from tradeoff_desktop.report.document import Document

Paper = Literal["summary", "host", "area", "checking", "full"]
HTML = (".html", ".htm")
DRAFT = "Draft: not to be handed out"
_WRITTEN = 100  # per cent


class Asked(NamedTuple):
    """Which report, and of which workshop or area."""

    paper: Paper
    of: str = ""


def report(  # noqa: PLR0913 - one report, and how it is wanted, each by its name
    store: Path, asked: Asked, *, file: Path, figures: Path | None = None, draft: bool = False,
    programme: Path | None = None, progress: Progress = ignore,
) -> list[Path]:
    """Write a report; as HTML where the file's name ends so, else as PDF. Return the files written.

    ``figures``: a folder, new or empty, for every figure by itself as SVG and PDF. ``draft``: not to be handed out; it is
    held against the editions published before, as every report is, but is none itself, and says so on every page. ``programme``: its file, whose
    digest then stands in the annex. ``progress`` may raise to cancel: up to the last call nothing is written. An
    edition is kept once the report's bytes are on their way to the disk, before the file has its name.
    RuleError: unknown_workshop, unknown_area, nothing_merged, folder_not_empty, another_programme; MachineError:
    edition_missing, edition_damaged.
    """
    if figures is not None:
        _check_empty(figures)
    progress("reading the answers", 0, 1)
    with _held(store) as (states, sources, kept):
        planned = () if programme is None else (_programme_line(programme, states),)
        document, released = _document(asked, states, (*planned, *sources), kept, draft=draft)
    if draft:
        document.front = replace(document.front, notice=" · ".join(filter(None, (DRAFT, document.front.notice))))
    progress("reading the answers", 1, 1)
    make = document.html if file.suffix.lower() in HTML else document.write
    data = make(lambda done, of: progress("writing the report", done, of))
    drawn = {}
    if figures is not None:
        drawn = document.figures(lambda done, of: progress("drawing the figures", done, of))

    def note(percent: int) -> None:
        if percent == _WRITTEN and released and not draft:
            editions.keep(store, kept, released)

    write_new(file, data, told=note)
    for name, picture in drawn.items():
        write_new(make_folder(figures or file.parent) / name, picture)
    return [file, *((figures or file.parent) / name for name in drawn)]


def _programme_line(file: Path, states: list[Workshop]) -> str:
    """The line of provenance that says which bytes the programme is."""
    data = read_file(file, limit=shelf.LIMIT)
    found = read_programme(data, pinned=None).programme.id
    known = {state.opening.programme for state in states}
    if known and found not in known:
        raise RuleError("another_programme", found=found, known=" and ".join(sorted(known)))
    return f"programme {found} SHA-256 {sha256(data).hexdigest()}"


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


def open_data(store: Path, folder: Path) -> list[Path]:
    """Publish the tables behind the figures. RuleError as ``report``."""
    _check_empty(folder)
    with _held(store) as (states, _, kept):
        if not any(next(state.answers(), None) for state in states):
            raise RuleError("nothing_merged")
        found = publishing.found_in(states, earlier=editions.of_scope(kept, editions.WHOLE))
    editions.keep(store, kept, {editions.WHOLE: found})
    return datasets.write(states, folder, release="open", found=found)


def findings(store: Path) -> tuple[Results, list[str]]:
    """Everything that may be published from a store, and in sentences what it shows and where it comes from.

    RuleError("nothing_merged") where it holds no workshop, and as ``report``.
    """
    with _held(store) as (states, _, kept):
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
def _held(store: Path) -> Iterator[tuple[list[Workshop], tuple[str, ...], list[Kept]]]:
    with Store.look(store) as held:
        held.verify()
        yield centre.states(held, centre.pack_of(held)), centre.provenance(held), editions.read(held)
