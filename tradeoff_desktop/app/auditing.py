"""Gathering what the audit for a data protection officer says, from the centre's store and what stands beside it."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from tradeoff_desktop.app import enrolling, originals, released
from tradeoff_desktop.app.day import name_of
from tradeoff_desktop.app.standing import counted
from tradeoff_desktop.findings import Results
from tradeoff_desktop.findings.sentences import policy_sentence
from tradeoff_desktop.model import records as r
from tradeoff_desktop.model.programme import Programme
from tradeoff_desktop.model.records import Record
from tradeoff_desktop.model.workshop import Workshop
from tradeoff_desktop.store.store import Store

if TYPE_CHECKING:
    from tradeoff_desktop.report.document import Document

CATEGORIES: tuple[tuple[str, str, frozenset[str]], ...] = (
    ("Answers on sheets", "private marks, under the code of a seat", frozenset({"rating"})),
    ("Written answers", "what people wrote at the end, under the code of a seat", frozenset({"answer"})),
    ("Seats and presence", "which seat was taken, its stakeholder group, sheets collected", frozenset({"seat", "collected", "headcount"})),
    ("Consent", "that somebody signed, and whether they may be quoted", frozenset({"consent"})),
    ("Notes of the talk", "what was said at a table, without names", frozenset({"note", "clarification"})),
    ("Public acts", "hands, positions, conditions, statements, framework answers", frozenset({"tally", "position", "condition", "framework", "statement"})),
    ("Incidents", "what went otherwise than planned, and the debrief", frozenset({"incident", "debrief"})),
    ("The central team’s work", "codes, rulings, verdicts, words for the reports", frozenset({"code", "coding", "ruling", "verdict", "annotation"})),
)
COURSE = ("Course of the day", "steps, cards shown, clock, sealing, corrections")


def document(
    held: Store, states: Sequence[Workshop], found: Results, *, programme: Programme | None, now: datetime, editions: int,
) -> "Document":
    """The audit of what ``held`` and the folder it stands in hold. MachineError."""
    from tradeoff_desktop.report.audit import Audit, audit  # noqa: PLC0415 - slow report libraries

    names = {state.opening.workshop: name_of(state) for state in states}
    path = held.path or Path("centre.db")
    records = list(held.records())
    first = states[0].opening if states else None
    return audit(Audit(
        programme=programme.id if programme else first.programme if first else "none known",
        title=programme.title if programme else "The central team’s store", made=now.astimezone(UTC).date(),
        practice=bool(first and first.practice),
        summary=[
            ("Workshops held", str(len(states))), ("Laptops they come from", str(sum(not one.own for one in held.devices()))),
            ("Bundles taken in", str(len(held.receipts()))), ("Records held", str(len(records))),
            ("Erased since", str(sum(one.erased for one in records))), ("Editions published", str(editions)),
        ],
        categories=_categories(records), places=_places(path), readers=_readers(programme, path, now),
        taken_in=list(_taken_in(held, names)),
        released=[(one.at[:10], one.what, one.file, one.digest) for one in released.read(path)],
        erasures=list(_erasures(held, records, names)), deletions=list(_deletions(records, programme, path, now)),
        rulings=list(_rulings(held, records, names)), hidden=policy_sentence(found.policy, found.hidden),
    ))


def _categories(records: Sequence[Record]) -> list[tuple[str, ...]]:
    held, gone = Counter(one.kind for one in records), Counter(one.kind for one in records if one.erased)
    rest = frozenset(held) - frozenset[str]().union(*(kinds for _, _, kinds in CATEGORIES))
    return [
        (name, what, str(sum(held[kind] for kind in kinds)), str(sum(gone[kind] for kind in kinds)))
        for name, what, kinds in (*CATEGORIES, (*COURSE, rest))
    ]


def _places(store: Path) -> list[tuple[str, str]]:
    kept, waiting = originals.taken_in(store), originals.waiting(store)
    cut = sum(one.cut for one in kept)
    remainder = f", {cut} of them cut down to what a withdrawal or redaction left" if cut else ""
    return [
        ("The store", f"{store.name} on the central team’s computer: every record"),
        ("Kept bundles", f"originals, beside the store: {counted(len(kept), 'bundle', 'bundles')} as they came, locked for the central team{remainder}"),
        ("Put aside", f"quarantine, beside the store: {counted(len(waiting), 'bundle', 'bundles')} waiting for a decision"),
        ("Keys", "keys, beside the store: open every bundle; readable by the owner of the account alone"),
        ("Reports and data", "where the team put them: what was written is listed below"),
        ("Paper", "sheets, consent forms and registration lists: with the area until its retention day"),
    ]


def _readers(programme: Programme | None, store: Path, now: datetime) -> list[str]:
    said = ["The central team, with its key."]
    if programme and programme.escrow:
        said.append("Whoever holds the escrow key, for the case that the central team’s is lost.")
    said.append("The laptop that wrote a bundle and the lead laptop of its workshop: their own workshop alone.")
    trust = store.parent / "allowed_signers"
    if trust.is_file():
        known = enrolling.known(trust, now=now)
        gone = sum(one.revoked for one in known)
        said.append(f"{counted(len(known), 'laptop is', 'laptops are')} enrolled to sign bundles; {counted(gone, 'key was', 'keys were')} taken back.")
    return said


def _taken_in(held: Store, names: dict[str, str]) -> Iterator[tuple[str, ...]]:
    where = {one.device: one.workshop for one in held.devices()}
    for one in held.receipts():
        workshop = where.get(one.device, "")
        yield one.at[:10], names.get(workshop, workshop), one.signer.removesuffix("@tradeoff"), str(one.seq), one.file_digest


def _erasures(held: Store, records: Sequence[Record], names: dict[str, str]) -> Iterator[tuple[str, ...]]:
    where = {one.device: one.workshop for one in held.devices()}
    own = {one.device for one in held.devices() if one.own}
    for record in sorted(records, key=lambda one: one.at):
        body = record.body
        if isinstance(body, r.Withdrawal | r.Redaction):
            named = body.workshop if isinstance(body, r.Withdrawal) and body.workshop else where.get(record.device, "")
            what = "somebody left the study" if isinstance(body, r.Withdrawal) else "a note was redacted"
            yield record.at[:10], names.get(named, named), what, "the central team" if record.device in own else "a laptop of the area"


def _deletions(records: Sequence[Record], programme: Programme | None, store: Path, now: datetime) -> Iterator[tuple[str, ...]]:
    today = now.astimezone(UTC).date()
    if programme is not None:
        yield "People may leave the study", f"until {_words(programme.withdrawal_cut_off)}", _stands(programme.withdrawal_cut_off, today, past="the time is over")
        yield "Everything held here", f"by {_words(programme.delete_by)}", _stands(programme.delete_by, today, past="overdue: close the programme")
    gone = sum(one.erased for one in records)
    yield "What people gave who left, and redacted words", "at once", f"done: {counted(gone, 'record', 'records')} erased in the store"
    cut = sum(one.cut for one in [*originals.taken_in(store), *originals.waiting(store)])
    yield "The same in kept bundles", "at once", "waits for the next merge" if originals.owed(store) else f"done: {counted(cut, 'bundle', 'bundles')} cut"


def _words(day: str) -> str:
    read = date.fromisoformat(day)
    return f"{read.day} {read:%B %Y}"


def _stands(day: str, today: date, *, past: str) -> str:
    left = (date.fromisoformat(day) - today).days
    return past if left < 0 else "today" if left == 0 else f"in {counted(left, 'day', 'days')}"


def _rulings(held: Store, records: Sequence[Record], names: dict[str, str]) -> Iterator[tuple[str, ...]]:
    where = {one.device: one.workshop for one in held.devices()}

    def on(device: str) -> str:
        workshop = where.get(device, "")
        return names.get(workshop, workshop) or device

    for record in sorted(records, key=lambda one: one.at):
        match record.body:
            case r.Ruling() as body:
                refs = [*body.keep, *body.drop]
                said = "a laptop’s key accepted" if body.pin else f"{body.choice}: {counted(len(refs), 'record', 'records')}"
                yield record.at[:10], on(refs[0].device if refs else record.device), said, body.reason
            case r.Verdict() as body:
                yield record.at[:10], f"{on(body.of.device)}, laptop {body.of.device}", body.verdict, body.reason or "–"
            case _:
                pass
