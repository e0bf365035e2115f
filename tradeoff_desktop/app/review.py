"""What the central team must look at: copies that part, records that differ or came late, incidents, and each bundle.

Every decision is a record of the team's own chain, with its reason; nothing is written over.
"""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Literal, NamedTuple

from tradeoff_desktop.app import centre, differences, originals, pace, ruling
from tradeoff_desktop.app.centre_desk import CentreDesk
from tradeoff_desktop.app.centre_folder import CentreFolder
from tradeoff_desktop.app.desk import Surroundings
from tradeoff_desktop.app.differences import Difference
from tradeoff_desktop.app.exporting import Progress, ignore
from tradeoff_desktop.app.files import write_new
from tradeoff_desktop.app.inbox import ROLES, name_of
from tradeoff_desktop.app.judging import Access
from tradeoff_desktop.app.ruling import Branch, Team
from tradeoff_desktop.app.setting_up import day_words
from tradeoff_desktop.app.standing import counted
from tradeoff_desktop.errors import RuleError
from tradeoff_desktop.exchange.programme import SignedProgramme
from tradeoff_desktop.model import acts, capture, seats
from tradeoff_desktop.model import records as r
from tradeoff_desktop.model.records import Record, Ref
from tradeoff_desktop.model.workshop import Workshop
from tradeoff_desktop.store.store import Device, Store

Kind = Literal["fork", "lead", "differs", "late", "bundle", "incident"]
SHOWN = 6  # records of a side that are put into words
_MODES = {"paper": "from paper", "cards": "from show-cards", "ballot": "on the private ballot", "hands": "by hands"}
_JUDGED = {"accept": "accepted", "query": "queried", "reject": "rejected"}


class Side(NamedTuple):
    """One of the things between which to choose: whose it is, what it says, and the records meant."""

    name: str
    says: tuple[str, ...]
    refs: tuple[Ref, ...] = ()
    held: bool = False
    file: str = ""


class Choice(NamedTuple):
    """What may be decided: in words, and which sides it keeps."""

    words: str
    keep: tuple[int, ...]
    verdict: r.Judgement | None = None


class Item(NamedTuple):
    """One thing to look at. ``head`` names the chain that is judged as a bundle."""

    kind: Kind
    what: str
    todo: str = ""
    sides: tuple[Side, ...] = ()
    choices: tuple[Choice, ...] = ()
    open: bool = True
    head: r.Head | None = None
    letter: str = ""

    @property
    def line(self) -> str:
        """The item in one line, with its mark."""
        return f"{'!' if self.open else '✓' if self.kind == 'bundle' else '·'} {self.what}"


LETTER = """To the team of the area

About: {bundle}

Thank you for your bundle. It is here and verified. Before we can accept it, please answer this:

    {question}

Answer by letter, or ring the central team. Keep the workshop on the laptop, and the paper sheets, until you hear from us.

The central team
"""
VERDICTS = (Choice("Accept", (), "accept"), Choice("Query", (), "query"), Choice("Reject", (), "reject"))


def find(folder: CentreFolder, around: Surroundings, progress: Progress = ignore) -> list[Item]:
    """Everything there is to look at, what waits for a decision first. RuleError("nothing_merged")."""
    signed, access = folder.signed(), folder.access(around.clock())
    found = list(_leads(folder, access))
    if not folder.store.exists():
        return found
    desk = centre.open_desk(folder.store, folder.own(), around, progress)
    try:
        found += _forks(desk, folder, access, signed)
        for workshop in desk.workshops():
            state, name = desk.state(workshop), name_of(workshop, signed.programme, signed.pack)
            found += [_differs(name, one) for one in differences.find(state)]
            found += _late(name, state, desk)
            found += _incidents(name, state)
        found += _bundles(desk, signed)
    finally:
        desk.store.close()
    return sorted(found, key=lambda one: (not one.open, one.kind == "incident"))


def decide(folder: CentreFolder, around: Surroundings, item: Item, choice: Choice, *, reason: str) -> None:
    """Write the decision down and carry it out. RuleError("reason_needed" ...), TrustError("not_whole")."""
    if not reason.strip() and choice.verdict != "accept":
        raise RuleError("reason_needed")
    if item.kind in {"fork", "lead"}:
        kept = item.sides[choice.keep[0]]
        other = next(side for side in item.sides if side.file and (kept.held or side is kept))
        ruling.rule(
            folder.store, other.file, reason=reason, held=kept.held, by=Team(folder.own(), around),
            access=folder.access(around.clock()),
        )
        return
    with Store.open(folder.store) as held:
        desk = centre.desk(held, folder.own(), around)
        if choice.verdict is not None and item.head is not None:
            desk.judge(item.head, choice.verdict, reason=reason)
        else:
            _rule(desk, item, choice, reason.strip())


def write_letter(item: Item, folder: Path, *, now: datetime) -> Path:
    """Write what was asked about a bundle as a text file to be sent to the area. MachineError."""
    device = item.head.device if item.head else ""
    path = folder / f"letter-{device}-{now:%Y%m%d-%H%M%S}.txt"
    write_new(path, f"{now.day} {now:%B %Y}\n\n{item.letter}".encode())
    return path


def until(folder: CentreFolder, around: Surroundings) -> str:
    """Until when people may leave the study, in a sentence."""
    last = date.fromisoformat(folder.signed().programme.withdrawal_cut_off)
    day, left = f"{last.day} {last:%B %Y}", (last - around.clock().date()).days
    if left < 0:
        return f"The day until which people may leave, {day}, is over. What they gave can still be erased; reports that are written stay as they are."
    return f"People may leave until {day}: {'today is the last day' if left == 0 else counted(left, 'day', 'days') + ' from now'}."


def who_has(folder: CentreFolder, around: Surroundings, seat: str) -> list[tuple[str, str]]:
    """The workshops (id, in words) in which somebody has that code and has not left. RuleError("bad_seat_code" | "nothing_merged")."""
    if not seats.is_code(seat):
        raise RuleError("bad_seat_code", seat=seat)
    signed = folder.signed()
    desk = centre.open_desk(folder.store, folder.own(), around)
    try:
        return [
            (workshop, name_of(workshop, signed.programme, signed.pack)) for workshop in desk.workshops()
            if seat in desk.state(workshop).seats and seat not in desk.state(workshop).withdrawn
        ]
    finally:
        desk.store.close()


def leave(folder: CentreFolder, around: Surroundings, workshop: str, seat: str) -> None:
    """Take somebody out of the study: erased in the store and in the kept bundles when this returns. RuleError."""
    access = folder.access(around.clock())
    with Store.open(folder.store) as held:
        desk = centre.desk(held, folder.own(), around)
        acts.need_seat(desk.state(workshop), seat)
        originals.mark_to_cut(folder.store, [workshop])
        desk.withdraw(workshop, seat)
    originals.settle(folder.store, access)


def _rule(desk: CentreDesk, item: Item, choice: Choice, reason: str) -> None:
    keep = tuple(ref for at in choice.keep for ref in item.sides[at].refs)
    drop = tuple(ref for at, side in enumerate(item.sides) if at not in choice.keep for ref in side.refs)
    said: r.RulingChoice = "both" if len(choice.keep) > 1 else "keep" if keep else "drop"
    desk.write(capture.rulings(role="centre", choice=said, reason=reason, keep=keep, drop=drop))


# -- copies


def _forks(desk: CentreDesk, folder: CentreFolder, access: Access, signed: SignedProgramme) -> Iterator[Item]:
    by_device: dict[str, list[Branch]] = {}
    for branch in ruling.branches(desk.store, folder.store, access):
        by_device.setdefault(branch.device, []).append(branch)
    where = {one.device: one.workshop for one in desk.store.devices()}
    for device, branches in by_device.items():
        state = desk.state(where[device])
        whose = _whose(state, device, name_of(where[device], signed.programme, signed.pack))
        sides = tuple(_branch(one, state) for one in branches)
        choices = tuple(Choice(f"Keep {side.name}", (at,)) for at, side in enumerate(sides)) if len(sides) > 1 else ()
        yield Item(
            "fork", f"{whose}: two copies differ from record {branches[0].seq} on",
            "Ask the area which of them is theirs. Until you decide, only what came before counts.", sides, choices,
        )


def _branch(branch: Branch, state: Workshop) -> Side:
    first, last = branch.records[0], branch.records[-1]
    until = f"{counted(len(branch.records), 'record', 'records')}, {day_words(pace.local(first.at, state))}, {pace.local_time(first.at, state)} to {pace.local_time(last.at, state)}"
    name = "the copy taken in first" if branch.kept is None else f"the copy that came on {day_words(branch.kept.received)} ({branch.kept.digest[:6]})"
    file = "" if branch.kept is None else branch.kept.path.name
    return Side(name, (until, *_words_of(branch.records, state)), held=branch.kept is None, file=file)


def _leads(folder: CentreFolder, access: Access) -> Iterator[Item]:
    texts = {one.file: one.text for one in ruling.waiting(folder.store, access)}
    for kept in originals.waiting(folder.store):
        if kept.reason in {"second_lead", "unplanned_lead"}:
            text = texts[kept.path.name]
            yield Item(
                "lead", f"{text[:1].upper()}{text[1:]}", "Ask the area which laptop led. Leave it waiting if you are not sure.",
                (Side("this laptop", (), file=kept.path.name),), (Choice("Let it in as a lead", (0,)),),
            )


# -- records


def _differs(name: str, one: Difference) -> Item:
    sides = tuple(Side(side.name, (side.says,), side.refs) for side in one.sides)
    choices = [Choice(f"Keep what {side.name} has", (at,)) for at, side in enumerate(sides)]
    if one.both:
        choices.append(Choice("Both count", tuple(range(len(sides)))))
    return Item("differs", f"{name}: {one.what}", one.todo, sides, (*choices, Choice("None of them counts", ())))


def _late(name: str, state: Workshop, desk: CentreDesk) -> Iterator[Item]:
    """What came after the seal and nobody has ruled on, by laptop."""
    ruled = {(ref.device, ref.seq) for _, body in state.bodies(r.Ruling) for ref in [*body.keep, *body.drop]}
    by_device: dict[str, list[Record]] = {}
    waits = state.after_seal - ruled
    for record in desk.store.records(workshop=state.opening.workshop) if waits else ():
        if record.key in waits:
            by_device.setdefault(record.device, []).append(record)
    for device, records in by_device.items():
        yield Item(
            "late", f"{_whose(state, device, name)}: {counted(len(records), 'record', 'records')} after the seal",
            "Ask the area why it was written after the seal.",
            (Side("what came after the seal", _words_of(records, state), tuple(one.ref for one in records)),),
            (Choice("Let it count", (0,)), Choice("Leave it out", ())),
        )


def _incidents(name: str, state: Workshop) -> Iterator[Item]:
    titles = {step.id: step.title for step in state.pack.agenda}
    for record, body in state.bodies(r.Incident):
        at = f"{pace.local_time(record.at, state)}, {titles.get(body.step, body.step)}"
        yield Item("incident", f"{name} · {at}: {body.text or body.code.replace('_', ' ')}", open=False)
    for _, debrief in state.bodies(r.Debrief):
        if debrief.incident and debrief.text:
            yield Item("incident", f"{name} · debrief: {debrief.text}", open=False)
    for _, said in state.bodies(r.Sealed):
        for why in said.accepted:
            yield Item("incident", f"{name} · a gap was accepted: {why}", open=False)


# -- bundles


def _bundles(desk: CentreDesk, signed: SignedProgramme) -> Iterator[Item]:
    judged: dict[str, r.Verdict] = {}
    own = list(desk.store.records(desk.device))
    undone = {seq for record in own if isinstance(record.body, r.Undo) for seq in record.body.seqs}
    for record in own:
        if isinstance(record.body, r.Verdict) and record.seq not in undone:
            judged[record.body.of.device] = record.body
    for device in desk.store.devices():
        if not device.own:
            yield _bundle(desk, device, judged.get(device.device), name_of(device.workshop, signed.programme, signed.pack))


def _bundle(desk: CentreDesk, device: Device, said: r.Verdict | None, name: str) -> Item:
    whose = f"{_whose(desk.state(device.workshop), device.device, name)}, up to record {device.seq}"
    head = r.Head(device=device.device, seq=device.seq, head=device.head)
    stands = "not judged yet" if said is None else _JUDGED[said.verdict]
    if said is not None and said.of.seq < device.seq:
        stands += f" up to record {said.of.seq}; more has come since"
    why = f": {said.reason}" if said is not None and said.reason else ""
    settled = said is not None and said.verdict != "query" and said.of.seq == device.seq
    return Item(
        "bundle", f"{whose} · {stands}{why}", "Write what the area should know: they are told by you, by telephone or letter.",
        choices=VERDICTS, open=not settled, head=head, letter="" if said is None or said.verdict != "query" else LETTER.format(
            bundle=f"{_whose(desk.state(device.workshop), device.device, name)}, laptop {device.device}, up to record {said.of.seq}",
            question=said.reason,
        ),
    )


# -- words


def _whose(state: Workshop, device: str, name: str) -> str:
    opened = state.openings.get(device)
    return f"{name} · {ROLES.get(opened.role, opened.role) if opened else device}"


def _words_of(records: Sequence[Record], state: Workshop) -> tuple[str, ...]:
    lines = [f"{pace.local_time(one.at, state)}  {_say(one)}" for one in records[:SHOWN]]
    more = len(records) - SHOWN
    return (*lines, f"and {more} more") if more > 0 else tuple(lines)


def _say(record: Record) -> str:
    """What one record says, with its mode of capture."""
    body = record.body
    match body:
        case None:
            return "erased"
        case r.Note():
            return f"Note, table {body.table or '–'}{', from paper' if body.from_paper else ''}: {body.text}"
        case r.Rating():
            return f"Answer of {body.seat}, sheet {body.sheet}, {body.item}: {body.answer} ({_MODES[body.mode]}, keying {body.keying})"
        case r.Position():
            return f"Position of table {body.table}: {body.decision.replace('_', ' ')}, {body.disagreed} disagreed"
        case r.Statement() | r.Condition() | r.WrittenAnswer():
            return f"{record.kind.replace('_', ' ').capitalize()}: {body.text}"
        case _:
            return record.kind.replace("_", " ").capitalize()
