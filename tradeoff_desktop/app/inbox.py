"""The inbox of the central team: what came, how each bundle stands in words, and what is to be done with it."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Literal, NamedTuple

from tradeoff_desktop.app import merging, receipts
from tradeoff_desktop.app.centre_folder import CentreFolder
from tradeoff_desktop.app.desk import Surroundings
from tradeoff_desktop.app.exporting import Progress, ignore
from tradeoff_desktop.app.files import reading
from tradeoff_desktop.app.judging import Judged
from tradeoff_desktop.app.receipts import Written
from tradeoff_desktop.app.standing import counted
from tradeoff_desktop.model.pack import Pack
from tradeoff_desktop.model.programme import Programme

Tone = Literal["ok", "warn", "error"]
Next = Literal["", "enrol", "compare"]
ENDING = ".tradeoff"
ROLES = {"lead": "lead laptop", "desk": "data desk", "table": "table laptop"}
_WAITS: dict[str, Next] = {"unknown_signer": "enrol", "second_lead": "compare", "unplanned_lead": "compare"}
_SAFE = "Nothing on this laptop changed."  # true of a look, and said of the whole batch, not of every file
_ALREADY = "Already held. Nothing changes."


class Row(NamedTuple):
    """One bundle as the inbox lists it: the mark, what it is, how it stands in one line, all of it, and what to do."""

    tone: Tone
    file: str
    what: str
    short: str
    says: tuple[str, ...]
    todo: str = ""
    leads_to: Next = ""

    @property
    def mark(self) -> str:
        """The mark beside it: never colour alone."""
        return {"ok": "✓", "warn": "!", "error": "✗"}[self.tone]

    @property
    def line(self) -> str:
        """The row in one line."""
        return f"{self.mark} {self.what} · {self.short}"


class Look(NamedTuple):
    """A batch that was looked at, or taken in."""

    rows: tuple[Row, ...]
    judged: tuple[Judged, ...]
    taken_in: bool = False

    @property
    def good(self) -> int:
        """How many tell us something new."""
        return sum(one.outcome in {"fresh", "newer"} for one in self.judged)

    @property
    def changes(self) -> bool:
        """Whether taking the batch in does anything: new records, a copy in dispute, or one to put aside."""
        return any(one.outcome in {"fresh", "newer", "forked"} or one.code in _WAITS for one in self.judged)

    def says(self) -> str:
        """What came of it in one line."""
        known = sum(one.outcome == "already_held" for one in self.judged)
        need = sum(row.tone != "ok" for row in self.rows)
        new = f"{self.good} taken in" if self.taken_in else f"{self.good} to take in"
        parts = [counted(len(self.rows), "file", "files"), new, f"{known} already held", *([f"{need} need you"] if need else [])]
        return " · ".join(parts)


def bundles_in(paths: Iterable[Path]) -> list[Path]:
    """The bundle files among ``paths``, and those in the folders among them, however deep."""
    found: set[Path] = set()
    for path in paths:
        with reading(path.name):
            if path.is_dir():
                found |= {one for one in path.rglob(f"*{ENDING}") if one.is_file() and not one.name.startswith(".")}
            elif path.is_file():
                found.add(path)
    return sorted(found)


def look(
    files: Sequence[Path], folder: CentreFolder, around: Surroundings, *, take_in: bool = False, progress: Progress = ignore,
) -> Look:
    """Say of each file how it stands; with ``take_in`` all that are good are in when this returns, or none of them.

    ``progress`` may raise to stop it: then nothing has changed.
    """
    signed = folder.signed()
    judged = merging.merge(
        files, store=folder.store, access=folder.access(around.clock()), dry_run=not take_in, progress=progress,
    )
    rows = [row(one, signed.programme, signed.pack, done=take_in) for one in judged]
    order = {"error": 0, "warn": 0, "ok": 1}
    placed = sorted(range(len(rows)), key=lambda at: order[rows[at].tone])
    return Look(tuple(rows[at] for at in placed), tuple(judged[at] for at in placed), taken_in=take_in)


def write_receipts(folder: CentreFolder, to: Path, around: Surroundings) -> list[Written]:
    """Write a signed receipt for every workshop that is held, to be carried back."""
    own, now = folder.own(), around.clock()
    return [
        receipts.write(folder.store, workshop=workshop, centre=own, folder=to, now=now)
        for workshop in receipts.workshops(folder.store)
    ]


def row(one: Judged, programme: Programme, pack: Pack, *, done: bool = False) -> Row:
    """How one bundle stands, in words."""
    what = _what(one, programme, pack)
    practice = ("Practice: it can never be pooled with real workshops.",) if one.workshop.startswith("practice-") else ()
    if one.accepted:
        return _accepted(one, what, practice, done=done)
    text, todo = one.text, one.todo.removeprefix(_SAFE).strip()
    if one.outcome == "forked":
        short = "two copies differ" if one.code == "forked" else "the copy that was ruled out"
        keep = "It is kept aside." if done else "It will be kept aside."
        return Row("warn", one.file, what, short, (text, keep, _signed(one), *practice), todo, "compare")
    if one.code in _WAITS:
        keep = "It is kept aside, and comes in by itself once that is settled." if done else "It will be kept aside until that is settled."
        return Row("warn", one.file, what, _SHORT[one.code], (text, keep, *practice), todo, _WAITS[one.code])
    return Row("error", one.file, what, _SHORT.get(one.code, _FAULTS.get(one.at_fault, "not taken in")), (text, *practice), todo)


_SHORT = {
    "unknown_signer": "we cannot tell who signed it", "second_lead": "a second lead", "unplanned_lead": "not a lead the programme names",
    "bad_signature": "changed after signing", "manifest_differs": "changed after signing", "not_canonical": "changed after it was made",
    "leaf_mismatch": "changed after signing", "other_pack": "recorded under other cards", "practice_and_real": "practice and real do not mix",
    "workshop_differs": "of another programme or area", "revoked_signer": "signed with a withdrawn key", "signer_expired": "signed after its key ran out",
    "not_for_us": "locked for somebody else", "bad_age": "damaged while it was copied", "bad_container": "damaged, or no bundle",
    "other_laptop": "of another laptop than it says", "file_too_large": "too large for a bundle",
}
_FAULTS = {
    "signer": "the signature is not good", "content": "changed or wrong inside", "format": "damaged, or no bundle",
    "area": "signed for another area", "age": "cannot be opened", "chain": "its records do not hold together",
}


def _accepted(one: Judged, what: str, practice: tuple[str, ...], *, done: bool) -> Row:
    says = [_signed(one), _stage(one)]
    if one.outcome == "already_held":
        short = "already held"
        says.insert(0, _ALREADY)
    else:
        amount = counted(one.new, "record", "records")
        short = {"fresh": f"new, {amount}", "newer": f"newer copy, {amount} more"}[one.outcome]
        taken = "Taken in" if done else "Good to take in"
        says.insert(0, f"{taken}: {'a newer copy with ' if one.outcome == 'newer' else ''}{amount}{' more' if one.outcome == 'newer' else ''}.")
    stands = _stands(one)
    if one.seal == "after_seal" and one.waiting:
        short = f"after the seal, {counted(one.waiting, 'record waits', 'records wait')}"
    elif stands:
        short = f"{short}; {_BRIEF.get(one.seal, 'something is missing')}"
    elif one.role == "lead" and one.stage == "sealed":
        short = f"{short}, complete"
    todo = "Ask the area for what is missing." if stands and one.seal not in {"after_seal", "differs"} else ""
    if one.seal == "after_seal" and one.waiting:
        todo = "Ask the area why, then rule on it under Review."
    elif one.seal == "differs":
        todo = "Compare the six words with the paper slip before you use it."
    return Row("warn" if stands else "ok", one.file, what, short, (*says, *stands, *practice), todo, "compare" if one.waiting else "")


_BRIEF = {"differs": "not the chain that was sealed", "before_seal": "a longer copy was sealed"}


def _stands(one: Judged) -> tuple[str, ...]:
    """What a person must know of how it stands to the lead's seal, as sentences."""
    said = [part for part in one.text.split("; ")[1:] if part != "nothing changes"]
    return tuple(f"{part[:1].upper()}{part[1:]}." for part in said)


def _signed(one: Judged) -> str:
    return f"Signed by {one.signer}, a laptop you have enrolled." if one.signer else ""


def _stage(one: Judged) -> str:
    if one.stage == "sealed":
        return "Sealed: complete." if one.role == "lead" and not one.missing else "Sealed."
    return "Not sealed yet: a later copy will follow." if one.role == "lead" else "As far as this laptop had come."


def _what(one: Judged, programme: Programme, pack: Pack) -> str:
    if not one.workshop:
        return one.file
    return f"{name_of(one.workshop, programme, pack)} · {ROLES.get(one.role, one.role)}"


def name_of(workshop: str, programme: Programme, pack: Pack) -> str:
    """A workshop as people know it: its area and the letter of its session; its id where no plan names it."""
    session = next((one for one in programme.sessions if one.id == workshop), None)
    if session is None:
        return workshop
    name = next((area.name for area in pack.areas if area.code == session.area), session.area)
    return f"{name} · {session.letter}"
