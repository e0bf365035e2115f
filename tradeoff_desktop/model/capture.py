"""What the people at a desk may take in: answers, counts, words. (state, act) -> bodies, or RuleError."""

from typing import NamedTuple

from tradeoff_desktop.errors import RuleError
from tradeoff_desktop.model import codec
from tradeoff_desktop.model import records as r
from tradeoff_desktop.model.acts import need_in_room, need_open, need_scenario, need_seat, need_table
from tradeoff_desktop.model.pack import AgendaStep
from tradeoff_desktop.model.records import Body, Record, Role
from tradeoff_desktop.model.runsheet import step_of
from tradeoff_desktop.model.sheets import Cell
from tradeoff_desktop.model.workshop import Workshop

# One map everywhere (decision 8). Values stand for themselves where the item has them.
MISSING_KEYS = {"6": "cant_say", "8": "declined", "9": "unreadable", "7": "not_played", "0": "skipped"}
POSITION_KEYS: dict[str, r.Decision] = {
    "1": "1", "2": "2", "3": "3", "4": "4", "5": "no_agreement",
    "6": "cant_say", "8": "declined", "9": "unreadable", "7": "not_played", "0": "skipped",
}

WRITTEN_KEYS: dict[str, r.NotWritten] = {"8": "declined", "9": "unreadable", "0": "skipped"}
FRAMEWORK_KEYS = {key: key for key in "12345"} | MISSING_KEYS
FRAMEWORK_REASONED = frozenset("12345") | {"cant_say"}


def answer_of(state: Workshop, item: str, key: str) -> str:
    """The answer a digit stands for on one item; RuleError("bad_key") for a digit that means nothing there."""
    if key in MISSING_KEYS:
        return MISSING_KEYS[key]
    if key in {option.value for option in state.pack.item(item).options}:
        return key
    raise RuleError("bad_key", key=key, item=item)


def open_sheet(state: Workshop, *, seat: str, sheet: int) -> list[Cell]:
    """The cells of a sheet about to be keyed. RuleError("no_consent") where the person signed that they refuse."""
    need_open(state)
    need_seat(state, seat)
    given = state.consents.get(seat)
    if given is None or not given.signed:
        raise RuleError("no_consent", seat=seat)
    return state.cells_of(seat, sheet)


class How(NamedTuple):
    """How an answer came in: by paper, cards or ballot; with whose aid; which keying of the sheet.

    ``replaces`` is the seq of this device's earlier record that the answer corrects, 0 where it is the first.
    """

    mode: r.Mode = "paper"
    aid: r.Aid = ""
    keying: int = 1
    replaces: int = 0


PAPER = How()
REFS = 200  # as many references as fit a line with room to spare


def key_answer(
    state: Workshop, *, role: Role, seat: str, cell: Cell, answer: str, how: How = PAPER,
) -> list[Body]:
    """Key one cell of one sheet; the first of a variant creates its exposure from the allocation (decision 20)."""
    if cell not in open_sheet(state, seat=seat, sheet=cell.sheet):
        raise RuleError("not_on_sheet", seat=seat, sheet=cell.sheet)
    allowed = {option.value for option in state.pack.item(cell.item).options} | set(MISSING_KEYS.values()) | {"absent"}
    if answer not in allowed:
        raise RuleError("bad_key", key=answer, item=cell.item)
    if how.mode != "paper":
        need_in_room(state)
    rating = r.Rating(
        role=role, seat=seat, sheet=cell.sheet, scenario=cell.scenario, variant=cell.variant, round=_round(cell),
        item=cell.item, answer=answer, mode=how.mode, privacy="seen" if how.mode == "cards" else "private",
        aid=how.aid, keying=how.keying, replaces=how.replaces,
    )
    return [*_exposure(state, rating, cell.position), rating]


def _exposure(state: Workshop, rating: r.Rating, position: int) -> list[Body]:
    """The exposure a first rating of a variant implies: no rating without one."""
    table = 0 if state.pack.scenario(rating.scenario).anchor else state.table_of(rating.seat).number
    if rating.answer == "not_played" or (table, rating.scenario, rating.variant) in state.exposures:
        return []
    order = state.pack.order_index(area=state.area, table=table, scenario=rating.scenario)
    return [r.Exposure(
        role=rating.role, table=table, scenario=rating.scenario, variant=rating.variant, position=position, order=order,
    )]


def _round(cell: Cell) -> r.RatedRound:
    for round_ in r.RATED_ROUNDS:
        if round_ == cell.round:
            return round_
    raise RuleError("not_on_sheet", sheet=cell.sheet)


def tally(state: Workshop, count: r.Tally, *, accept: bool = False) -> list[Body]:
    """Count hands: levels only. RuleError("too_many_hands") unless ``accept`` says it was seen and meant."""
    need_in_room(state)
    need_scenario(state, count.scenario, count.variant)
    hands = sum(count.counts.values())
    if hands > count.here and not accept:
        raise RuleError("too_many_hands", counted=hands, here=count.here)
    return [codec.amended(count, flagged=hands > count.here)]


def collect(state: Workshop, *, role: Role, table: int, sheet: int, count: int) -> list[Body]:
    """Count the sheets collected from a table while people write."""
    need_in_room(state)
    need_table(state, table)
    return [r.Collected(role=role, table=table, sheet=sheet, count=count)]


def note(state: Workshop, words: r.Note) -> list[Body]:
    """Write down what was said. RuleError("empty_note" | "closed")."""
    need_open(state)
    if state.closed and not words.from_paper:
        raise RuleError("closed")
    if not words.text.strip():
        raise RuleError("empty_note")
    return [words]


def take_position(state: Workshop, position: r.Position) -> list[Body]:
    """Record a table's position with the number who disagreed (0 is an answer). RuleError("too_many_dissent")."""
    need_open(state)
    need_table(state, position.table)
    need_scenario(state, position.scenario)
    people = [s for s in state.sitting() if state.table_of(s).number == position.table]
    if position.disagreed > len(people):
        raise RuleError("too_many_dissent", counted=position.disagreed, here=len(people))
    return [position]


def set_condition(state: Workshop, condition: r.Condition) -> list[Body]:
    """Record what would have to be true, bound to the exact card. RuleError("unknown_condition")."""
    need_open(state)
    need_scenario(state, condition.scenario, condition.variant)
    if condition.condition not in {c.code for c in state.pack.conditions} | {"other"}:
        raise RuleError("unknown_condition", condition=condition.condition)
    return [condition]


def answer_framework(state: Workshop, answered: r.Framework) -> list[Body]:
    """Record what a table (0: the room) says to one framework question. Never summed.

    RuleError("unknown_question" | "bad_key" | "reason_needed"): a place on the scale, and "can't say", need a reason;
    of a question that was not answered it is said why by the answer itself.
    """
    need_open(state)
    if answered.table:
        need_table(state, answered.table)
    need_scenario(state, answered.scenario)
    if answered.question not in {question.number for question in state.pack.questions}:
        raise RuleError("unknown_question", question=answered.question)
    if answered.answer not in FRAMEWORK_KEYS.values():
        raise RuleError("bad_key", key=answered.answer)
    if answered.answer in FRAMEWORK_REASONED and not answered.reason.strip():
        raise RuleError("reason_needed")
    return [answered]


def draft_statement(state: Workshop, *, role: Role, table: int, text: str, replaces: int = 0) -> list[Body]:
    """Write a table's statement down, to be read back."""
    need_in_room(state)
    need_table(state, table)
    if not text.strip():
        raise RuleError("empty_note")
    return [r.Statement(role=role, table=table, text=text, replaces=replaces)]


def ratify(state: Workshop, *, draft: r.Ref, voted: r.Statement) -> list[Body]:
    """Record the vote on a statement read back, in the wording the room approved."""
    need_in_room(state)
    here = state.here if state.here is not None else len(state.sitting())
    hands = voted.in_favour + voted.against + voted.abstained
    if hands > here:
        raise RuleError("too_many_hands", counted=hands, here=here)
    if (draft.device, draft.seq) not in state.live["statement"]:
        raise RuleError("unknown_statement")
    if draft.device == state.own:
        return [codec.amended(voted, replaces=draft.seq)]
    # Only its own device may replace a record; another's draft is ruled out by the one that stands (decision 22).
    return [
        codec.amended(voted, replaces=0),
        r.Ruling(role=voted.role, choice="replace", drop=[draft], reason="Put to the vote"),
    ]


def write_answer(  # noqa: PLR0913 - one argument for each field of the record
    state: Workshop, *, role: Role, seat: str, question: str, text: str = "", missing: r.NotWritten = "", aid: r.Aid = "",
) -> list[Body]:
    """Key words a person wrote on paper, or why there are none; again, it takes the place of what this laptop keyed.

    RuleError("unknown_question" | "empty_note").
    """
    open_sheet(state, seat=seat, sheet=4)
    if question not in {w.code for w in state.pack.written}:
        raise RuleError("unknown_question", question=question)
    if bool(text.strip()) == bool(missing):
        raise RuleError("empty_note")
    # Only its own store may replace a record; one of the store before is replaced as they are read (``fold``).
    before = state.written.get((seat, question), {}).get(state.line(state.own))
    replaces = before.record.seq if before is not None and before.record.device == state.own else 0
    return [r.WrittenAnswer(
        role=role, seat=seat, question=question, text=text, missing=missing, aid=aid, replaces=replaces,
    )]


def move_notes(state: Workshop, *, role: Role, last: int, step: str) -> list[Body]:
    """Say that this laptop's last notes belong to another step: one act, which one undo takes back.

    The words stay as they are. RuleError("unknown_step" | "unknown_note").
    """
    need_open(state)
    there = step_of(state.pack, step)
    if there is None:
        raise RuleError("unknown_step", step=step)
    own = [(record, body) for record, body in state.bodies(r.Note) if record.device == state.own]
    if not 0 < last <= len(own):
        raise RuleError("unknown_note")
    return [
        codec.amended(
            body, role=role, step=step, scenario=scenario_at(state, there, body.table), variant="", round=there.round,
            replaces=record.seq,
        )
        for record, body in own[-last:]
    ]


def scenario_at(state: Workshop, step: AgendaStep, table: int) -> str:
    """The scenario a step works on: the one for everybody, or that of ``table``; "" where neither is known."""
    if step.scenario == "anchor":
        return state.pack.anchor.id
    return state.tables[table].scenario if step.scenario == "theme" and table in state.tables else ""


def clarify(state: Workshop, *, role: Role, of: r.Ref, text: str) -> list[Body]:
    """Add a later clarification to a note. RuleError("unknown_note" | "empty_note")."""
    need_open(state)
    if (of.device, of.seq) not in state.live["note"]:
        raise RuleError("unknown_note")
    if not text.strip():
        raise RuleError("empty_note")
    return [r.Clarification(role=role, of=of, text=text)]


def redact(state: Workshop, *, role: Role, of: r.Ref, text: str) -> list[Body]:
    """Give a note new wording, in its place and of its kind; the desk erases the old words with it (decision 18).

    Every earlier wording goes too. A note that was taken back gets no new one.
    RuleError("unknown_note" | "empty_note" | "same_words").
    """
    need_open(state)
    held = wordings(state, of)
    if not held:
        raise RuleError("unknown_note")
    counts = [record for record in held if record.key in state.live["note"]]
    if counts and not text.strip():
        raise RuleError("empty_note")
    # Where an earlier wording or a clarification goes with it, the words that count may stay as they are.
    added = any(one.of in {record.ref for record in held} for _, one in state.bodies(r.Clarification))
    if held == counts and not added and any(_words_of(record) == text.strip() for record in counts):
        raise RuleError("same_words")
    # The wording that counts comes last: the note that follows its redaction stands in its place.
    gone: list[Body] = [r.Redaction(role=role, of=record.ref) for record in held if record not in counts]
    gone += [r.Redaction(role=role, of=record.ref) for record in counts]
    # What stood in quotation marks does so no longer once somebody has changed it.
    return gone + [
        codec.amended(record.body, role=role, text=text, verbatim=False, replaces=0)
        for record in counts if isinstance(record.body, r.Note)
    ]


def _words_of(record: Record) -> str:
    return record.body.text.strip() if isinstance(record.body, r.Note) else ""


def wordings(state: Workshop, of: r.Ref) -> list[Record]:
    """Every wording of a note whose words are held: the one that counts, those it replaced, those taken back."""
    notes = {**state.past, **state.live["note"]}
    if (of.device, of.seq) not in notes:
        return []

    first: dict[int, int] = {}  # the first wording of each
    for (device, seq), record in sorted(notes.items()):
        if device == of.device and record.body is not None:
            before = record.body.replaces
            first[seq] = first.get(before, before) if 0 < before < seq else seq
    return [notes[of.device, seq] for seq in first if first[seq] == first[of.seq]]


def debrief(state: Workshop, *, role: Role, prompt: str, text: str, incident: bool) -> list[Body]:
    """Answer a prompt of the debrief, in place of what this laptop answered before; nothing where nothing changed."""
    need_open(state)
    before = [(record, body) for record, body in state.bodies(r.Debrief) if body.prompt == prompt and record.device == state.own]
    said = before[-1][1] if before else None
    if (said.text, said.incident) == (text, incident) if said is not None else not text.strip():
        return []
    return [r.Debrief(
        role=role, prompt=prompt, text=text, incident=incident and bool(text.strip()), replaces=before[-1][0].seq if before else 0,
    )]


def rule(
    state: Workshop, *, role: Role, choice: r.RulingChoice, reason: str, keep: tuple[r.Ref, ...] = (),
    drop: tuple[r.Ref, ...] = (),
) -> list[Body]:
    """Decide between records of other devices. RuleError("only_lead_or_desk" | "reason_needed")."""
    need_open(state)
    if role == "table":
        raise RuleError("only_lead_or_desk")
    if not reason.strip():
        raise RuleError("reason_needed")
    return rulings(role=role, choice=choice, reason=reason, keep=keep, drop=drop)


def rulings(
    *, role: Role, choice: r.RulingChoice, reason: str, keep: tuple[r.Ref, ...], drop: tuple[r.Ref, ...],
) -> list[Body]:
    """The records that say so, as many as keep each within a line."""
    # Those that keep something come last, for they win.
    most = range(0, max(len(keep), len(drop), 1), REFS)
    dropping = [r.Ruling(role=role, choice=choice, drop=list(drop[i : i + REFS]), reason=reason) for i in most if drop[i:]]
    keeping = [r.Ruling(role=role, choice=choice, keep=list(keep[i : i + REFS]), reason=reason) for i in most if keep[i:]]
    return [*dropping, *keeping] or [r.Ruling(role=role, choice=choice, reason=reason)]
