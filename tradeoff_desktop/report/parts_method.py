"""How a report came about: what went otherwise than planned, what is missing, what is hidden, where it comes from."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from tradeoff_desktop.findings import Results
from tradeoff_desktop.findings.disclosure import SDC_1
from tradeoff_desktop.findings.sentences import policy_sentence
from tradeoff_desktop.model import records as r
from tradeoff_desktop.model.pack import Pack
from tradeoff_desktop.model.sheets import SHEETS
from tradeoff_desktop.model.workshop import Workshop
from tradeoff_desktop.report import phrases
from tradeoff_desktop.report.document import Document
from tradeoff_desktop.report.parts_marks import withheld
from tradeoff_desktop.report.parts_people import place, present, took_back
from tradeoff_desktop.report.parts_talk import step_title

ROLES = {"lead": "lead laptop", "desk": "data desk", "table": "table laptop", "centre": "centre"}
_DIGEST = re.compile(r"[0-9a-f]{64}")
_SHEET_NAMES = {
    1: "1, before the talk", 2: "2, case for everybody", 3: "3, the table’s own case", 4: "4, at the end",
}


def practice_notice(states: Iterable[Workshop]) -> str:
    """What stands on every page where the answers are practice."""
    return "Practice: not real answers" if any(state.opening.practice for state in states) else ""


def made(states: Iterable[Workshop]) -> date | None:
    """The day a report carries: that of the last workshop in it. No clock is asked, so that it can be made again."""
    days = [state.setup.date for state in states if state.setup]
    return date.fromisoformat(max(days)) if days else None


def standing(state: Workshop) -> str:
    """Whether the record is complete."""
    if state.sealed:
        return "Sealed: complete"
    return "Closed, not yet sealed: may still change" if state.closed else "Still running: may still change"


def hidden_words(results: Results) -> str:
    """The policy and how much it hides."""
    shown = [row.shown for row in results.levels]
    shown += [row.shown for row in results.moves]
    shown += [row.shown for row in results.levels_across]
    shown += [row.shown for row in results.moves_across]
    whole, merged, hidden = (count or "none" for count in withheld(shown))
    return (
        f"{policy_sentence(results.policy, results.hidden)} Answers next to each other on the scale are counted together until "
        f"every printed number stands for enough people, and what could be worked out from other numbers is left out. Of "
        f"{len(shown)} rows of counts behind this report, {whole} may be printed in full, {merged} with some answers counted "
        f"together, and {hidden} not at all."
    )


def add_method(doc: Document, pack: Pack) -> None:
    """Write how the workshops were run."""
    changes = phrases.listed(phrases.lower(axis.name) for axis in pack.axes)
    groups = phrases.listed(phrases.lower(group.name) for group in pack.groups)
    doc.paragraph(
        f"A workshop lasts {pack.minutes} minutes. People sit at tables of about five, each table with a theme. Everybody weighs "
        f"one case that is the same in every area, “{pack.anchor.title}”, and one case of the table’s own theme. People "
        f"were invited for their roles, from these groups: {groups}. Nobody was drawn at random.",
        numbered=True,
    )
    doc.paragraph(
        "Each person marks each case four times, alone and in silence: before any talk; straight after the first talk; then, on "
        f"the same sheet, with one thing changed at a time ({changes}); and at the end of the day. A change is compared with the "
        "mark straight after the talk, so that the effect of talking is not taken for the effect of the change. The changes "
        "came in an order that was rotated between areas and tables.",
        numbered=True,
    )
    doc.paragraph(
        "Marks carry the number of a seat card, never a name. Volunteers took the notes. Each table took a position on its two "
        "cases, named its conditions and drafted a statement, on which the room voted by show of hands.",
        numbered=True,
    )


def add_limits(doc: Document, pack: Pack) -> None:
    """Write what the results cannot bear."""
    doc.paragraph(pack.wording.scope, numbered=True)
    doc.paragraph(
        "Counts are not a poll. People at one table talk with each other, so their marks are not independent, and no test of "
        "chance is made from one workshop.",
        numbered=True,
    )
    doc.paragraph(
        "People judged written cases, not a service they know. What a change does may depend on the case: the results hold for "
        "the cards printed in this report.",
        numbered=True,
    )


def add_incidents(doc: Document, states: Sequence[Workshop]) -> None:
    """Write what went otherwise than planned."""
    rows = [[place(state), *row] for state in states for row in _incidents(state)]
    if not rows:
        doc.paragraph("No incident was noted.")
    elif len(states) == 1:
        doc.table(head=["When", "What", "Details"], rows=[row[1:] for row in rows], widths=(4, 4, 7), row_heads=False)
    else:
        doc.table(head=["Area", "When", "What", "Details"], rows=rows, widths=(3, 4, 4, 6))


def _incidents(state: Workshop) -> Iterator[list[str]]:
    # Codes are compared without regard to how their words are joined.
    names = {named.code.replace("_", "-"): named for named in state.pack.incidents}
    for _, body in state.bodies(r.Incident):
        named = names.get(body.code.replace("_", "-"))
        what, text = (named.name, named.text) if named else ("Something else", "")
        yield [step_title(state.pack, body.step), what, body.text or text]
    for _, debrief in state.bodies(r.Debrief):
        if debrief.incident:
            yield ["After the day", "Debrief", debrief.text]
    yield from _departures(state)


def _departures(state: Workshop) -> Iterator[list[str]]:
    """What the record itself shows: who did not come, came late, left or withdrew, and what came after sealing."""
    seats = Counter[str](seat.state for code, seat in state.seats.items() if code not in state.withdrawn)
    for code, what in (("no_show", "did not come"), ("late", "came late"), ("left", "left early")):
        if seats[code]:
            yield ["On the day", "Attendance", f"{phrases.people(seats[code])} {what}."]
    if state.withdrawn:
        yield ["After the day", "Withdrawal", f"{took_back(state)}."]
    if state.after_seal:
        records = phrases.counted(len(state.after_seal), "record")
        laptops = phrases.counted(len({device for device, _ in state.after_seal}), "laptop")
        yield ["After sealing", "Late records", f"{records} of {laptops} came after sealing; such records count only where the centre keeps them."]


def add_completeness(doc: Document, states: Sequence[Workshop]) -> None:
    """Write which sheets came in, what was left blank and why that was accepted."""
    doc.table(
        head=["Area", "People", *(_SHEET_NAMES[sheet] for sheet in SHEETS)], caption="Sheets keyed in full",
        rows=[[place(state), *map(str, (present(state), *_complete(state)))] for state in states],
        widths=(4, 2, 3, 3, 3, 3), align="lrrrrr",
    )
    doc.paragraph(_values(states))
    accepted = [
        f"{place(state)}, accepted at sealing: {phrases.stopped(reason)}"
        for state in states for _, body in state.bodies(r.Sealed) for reason in body.accepted
    ]
    if accepted:
        doc.bullets(accepted)


def _complete(state: Workshop) -> list[int]:
    return [present(state) - len(state.missing(sheet)) for sheet in SHEETS]


def _values(states: Sequence[Workshop]) -> str:
    found = Counter(
        "value" if answer.isdigit() else answer for state in states for _, _, answer in state.answers()
    )
    names = {named.code: named.name.lower() for named in states[0].pack.missing} | {
        "cant_say": "can’t say", "differs": "keyed twice with different answers",
    }
    others = [f"{names[code]} {_few(count)}" for code, count in sorted(found.items()) if code in names and count]
    kept = f"{phrases.upper(phrases.counted(sum(found.values()), 'answer'))} were keyed"
    return f"{kept}; of these {phrases.listed(others)}." if others else f"{kept}."


def _few(count: int) -> str:
    """A number of blanks; small ones are rounded away, for who left a box empty is nobody's business."""
    return str(count) if count >= SDC_1.block else f"fewer than {SDC_1.block}"


def add_provenance(doc: Document, states: Sequence[Workshop], results: Results, inputs: Sequence[str] = ()) -> None:
    """Write where the report comes from, so that it can be made again and every number followed to its files.

    ``inputs``: a line a bundle, its name, who signed it and its digest; ``programme ID SHA-256 DIGEST`` for the programme's,
    and ``edition NUMBER SHA-256 DIGEST`` or ``edition draft``.
    """
    openings = [(state, opened) for state in states for _, opened in sorted(state.openings.items())]
    laptops = Counter(ROLES[opened.role] for _, opened in openings)
    sources = [_source(line) for line in inputs]
    programmes = {signer: digest for name, signer, digest in sources if name == "programme"}
    issued = [_edition(number, digest) for name, number, digest in sources if name == "edition"]
    packs = phrases.listed(dict.fromkeys(grouped(state.opening.pack) for state in states))
    doc.facts([
        ("Workshops", phrases.listed(state.opening.workshop for state in states)),
        ("Programme", phrases.listed(_programme(name, programmes) for name in dict.fromkeys(state.opening.programme for state in states))),
        ("Pack", f"{states[0].pack.title}, version {states[0].pack.version}, digest {packs}"),
        ("Laptops", phrases.listed(phrases.counted(count, role) for role, count in laptops.items())),
        ("Findings", f"engine {results.engine}, rule {results.policy.id}, digest of the answers {grouped(results.digest)}"),
        *(("Edition", words) for words in issued),
        # Chance enters only where areas are tested against each other.
        *([("Seeds", phrases.listed(f"{axis} {seed}" for axis, seed in sorted(results.seeds.items())))] if results.axes else []),
    ])
    bundles = [(name, signer, digest) for name, signer, digest in sources if name not in {"programme", "edition"}]
    if bundles:
        doc.paragraph(
            "Every number of an area comes from that area’s files below: their signers’ names begin with the area’s letters. Numbers "
            "of all areas together come from all of them. A digest has 64 digits, here in groups of eight.",
        )
        doc.table(
            head=["Bundle", "Signed by", "SHA-256 of the file"], rows=[(name, signer, grouped(digest)) for name, signer, digest in bundles],
            widths=(4, 5.6, 8.4), caption="The files this report was made from",
        )


def _programme(name: str, digests: Mapping[str, str]) -> str:
    return f"{name}, digest of the file {grouped(digests[name])}" if name in digests else name


def _edition(number: str, digest: str) -> str:
    return f"{number} of those published from one store; digest up to it {grouped(digest)}" if number else "none: a draft"


def _source(line: str) -> tuple[str, str, str]:
    """One file's line: its name, who signed it (for a programme its id), and its digest, which is the last word."""
    name, _, rest = line.partition(" ")
    signer, _, digest = rest.rpartition(" ")
    return name, signer.removesuffix("SHA-256").strip(), digest


def grouped(digest: str) -> str:
    """A digest in full, in groups of eight digits, so that it can be read and compared."""
    return " ".join(digest[at : at + 8] for at in range(0, len(digest), 8)) if _DIGEST.fullmatch(digest) else digest
