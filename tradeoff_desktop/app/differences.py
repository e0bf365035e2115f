"""Where two laptops say different things about the same: seen, put into words, and settled by a ruling (decision 22)."""

from collections.abc import Iterator
from typing import NamedTuple

from tradeoff_desktop.app import keying
from tradeoff_desktop.app.desk import Changed, Desk
from tradeoff_desktop.app.standing import counted
from tradeoff_desktop.model import capture
from tradeoff_desktop.model import records as r
from tradeoff_desktop.model.records import Ref
from tradeoff_desktop.model.workshop import Workshop

FORM_SEEN = "The signed form was looked at again."


class Side(NamedTuple):
    """What one laptop has: its name, its words for it, and the records meant."""

    name: str
    says: str
    refs: tuple[Ref, ...]


class Difference(NamedTuple):
    """One thing two laptops differ about. ``both`` says whether both may stand; ``todo`` what to look at."""

    key: str
    what: str
    todo: str
    sides: tuple[Side, ...]
    both: bool = False


def find(state: Workshop) -> list[Difference]:
    """Everything that laptops of this workshop differ about and nobody has ruled on."""
    settled = {(ref.device, ref.seq) for _, ruling in state.bodies(r.Ruling) for ref in ruling.keep}
    found = [*_consents(state), *_sheets(state), *_written(state), *_positions(state), *_tables(state)]
    return [one for one in found if not all(any(_key(ref) in settled for ref in side.refs) for side in one.sides)]


def settle(desk: Desk, difference: Difference, *, keep: int | None, reason: str) -> Changed:
    """Keep one side and drop the others, or keep all of them (None). RuleError as ``capture.rule``."""
    sides = difference.sides
    kept = sides if keep is None else (sides[keep],)
    dropped = () if keep is None else sides[:keep] + sides[keep + 1 :]
    return desk.do(
        capture.rule, role=desk.role, choice="both" if keep is None else "keep", reason=reason,
        keep=tuple(ref for side in kept for ref in side.refs), drop=tuple(ref for side in dropped for ref in side.refs),
    )


def against(desk: Desk, seat: str) -> Difference | None:
    """What another laptop says about a person's form otherwise than this one, None where nobody does."""
    found = next((one for one in _consents(desk.state) if one.key == f"consent/{seat}"), None)
    own = name_of(desk.state, desk.device)
    return found if found is not None and any(side.name == own for side in found.sides) else None


def overrule(desk: Desk, difference: Difference) -> Changed:
    """Let this laptop's word count: somebody has looked at the signed form again."""
    own = next(at for at, side in enumerate(difference.sides) if side.name == name_of(desk.state, desk.device))
    return settle(desk, difference, keep=own, reason=FORM_SEEN)


def name_of(state: Workshop, device: str) -> str:
    """A laptop as people in the room call it."""
    opened = state.openings.get(device)
    if opened is None:
        return "a laptop not known here"
    if opened.role != "table":
        return {"lead": "the lead laptop", "desk": "the data desk"}.get(opened.role, "the central team")
    tables = tables_of(state, device)
    at = f" at table {tables[0]}" if len(tables) == 1 else ""
    return f"the table laptop{at} ({opened.laptop[4:8]})"


def tables_of(state: Workshop, device: str) -> list[int]:
    """The tables that a laptop took notes at, also where another laptop has given its notes other words since."""
    instead = {(record.device, record.seq + 1) for record, body in state.bodies(r.Redaction) if body.of.device == device}
    notes = [note for record, note in state.bodies(r.Note) if record.device == device or record.key in instead]
    return sorted({note.table for note in notes if note.table})


def _key(ref: Ref) -> tuple[str, int]:
    return ref.device, ref.seq


def _consents(state: Workshop) -> Iterator[Difference]:
    """People whose form two laptops took down differently. Until somebody looks at it the refusal counts."""
    found: dict[str, dict[str, tuple[r.Consent, list[Ref]]]] = {}
    for record, body in state.bodies(r.Consent):
        line = state.line(record.device)  # a laptop brought back is one laptop
        before = found.setdefault(body.seat, {}).get(line)
        found[body.seat][line] = (body, [*(before[1] if before else []), record.ref])
    for seat, by_device in sorted(found.items()):
        if seat in state.seats and len({(body.signed, body.quotable) for body, _ in by_device.values()}) > 1:
            yield Difference(
                f"consent/{seat}", f"Two laptops say different things about the form of {seat}. Until this is settled, the refusal counts.",
                "Look at the signed form, and keep what it says.",
                tuple(
                    Side(name_of(state, line), consent_words(body), tuple(refs))
                    for line, (body, refs) in sorted(by_device.items())
                ),
            )


def consent_words(given: r.Consent) -> str:
    """What a form says, in words."""
    if not given.signed:
        return "does not sign"
    return "signed, words may be quoted" if given.quotable else "signed, no quotes"


def _sheets(state: Workshop) -> Iterator[Difference]:
    """Sheets that two laptops keyed with different answers. Two keyings on one laptop are settled at the sheet."""
    for (seat, sheet), by_cell in sorted(state.keyed.items()):
        if seat not in state.seats or seat in state.withdrawn:
            continue
        sides: dict[str, list[tuple[str, Ref]]] = {}
        for cell, keyings in by_cell.items():
            if state.answer(seat, cell) == "differs" and len({device for device, _ in keyings}) > 1:
                for (device, _), keyed in keyings.items():
                    sides.setdefault(device, []).append((keying.key_of(keyed.body.answer), keyed.record.ref))
        if sides:
            table = state.table_of(seat).number
            boxes = counted(max(len(answers) for answers in sides.values()), "box differs", "boxes differ")
            yield Difference(
                f"sheet/{seat}/{sheet}", f"Sheet {sheet} of {seat}, table {table}, was keyed on two laptops: {boxes}.",
                "Look at the paper sheet, and keep the one that says what is marked there.",
                tuple(
                    Side(name_of(state, device), " ".join(key for key, _ in answers), tuple(ref for _, ref in answers))
                    for device, answers in sorted(sides.items())
                ),
            )


def _written(state: Workshop) -> Iterator[Difference]:
    """Written answers that two laptops keyed in different words. Until somebody looks at the sheet neither is printed."""
    for (seat, question), by_line in sorted(state.written.items()):
        if seat in state.seats and len({(one.body.text, one.body.missing) for one in by_line.values()}) > 1:
            asked = next((one.name for one in state.pack.written if one.code == question), question)
            yield Difference(
                f"answer/{seat}/{question}",
                f"What {seat} wrote ({asked}) was keyed differently on two laptops. Until this is settled, neither is printed.",
                "Look at the sheet, and keep the one that says what is written there.",
                tuple(
                    Side(name_of(state, line), _written_words(state, one.body), (one.record.ref,))
                    for line, one in sorted(by_line.items())
                ),
            )


def _written_words(state: Workshop, body: r.WrittenAnswer) -> str:
    named = {one.code: one.name for one in state.pack.missing}
    return f"“{body.text}”" if body.text else named.get(body.missing, body.missing)


def _positions(state: Workshop) -> Iterator[Difference]:
    found: dict[tuple[int, str], dict[str, tuple[r.Position, list[Ref]]]] = {}
    for record, body in state.bodies(r.Position):
        before = found.setdefault((body.table, body.scenario), {}).get(record.device)
        found[body.table, body.scenario][record.device] = (body, [*(before[1] if before else []), record.ref])
    for (table, scenario), by_device in sorted(found.items()):
        if len({(body.decision, body.disagreed) for body, _ in by_device.values()}) > 1:
            yield Difference(
                f"position/{table}/{scenario}", f"Two laptops wrote down different positions of table {table} ({scenario}).",
                "Look at the table's position slip, and keep the one that it says.",
                tuple(
                    Side(name_of(state, device), _position_words(state, body), tuple(refs))
                    for device, (body, refs) in sorted(by_device.items())
                ),
            )


def _position_words(state: Workshop, body: r.Position) -> str:
    named = {one.code: one.name for one in state.pack.decisions}
    decision = named.get(body.decision, body.decision.replace("_", " "))
    return f"{decision}; {body.disagreed} disagreed"


def _tables(state: Workshop) -> Iterator[Difference]:
    """Two table laptops that both took notes at one table: perhaps two people wrote, perhaps one is a copy."""
    found: dict[int, dict[str, list[Ref]]] = {}
    for record, note in state.bodies(r.Note):
        opened = state.openings.get(record.device)
        if note.table and opened is not None and opened.role == "table":
            found.setdefault(note.table, {}).setdefault(record.device, []).append(record.ref)
    for table, by_device in sorted(found.items()):
        if len(by_device) > 1:
            yield Difference(
                f"notes/{table}", f"Two laptops took notes at table {table}.",
                "If two people wrote, keep both. If one typed the other's notes again, keep one.",
                tuple(
                    Side(name_of(state, device), counted(len(refs), "note", "notes"), tuple(refs))
                    for device, refs in sorted(by_device.items())
                ), both=True,
            )
