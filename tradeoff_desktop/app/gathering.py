"""The lead takes other laptops' sticks in, at the break and after closing: look first, then take in.

Looking changes nothing. A laptop whose key is not in the programme file is shown with eight words to compare; a ruling
then pins the key for this workshop alone. What is taken in is kept as it came, so that the lead's stick can carry it.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from tradeoff_desktop.app import differences, joining, laptop, shelf, taking_in
from tradeoff_desktop.app.desk import Changed, Desk, moment
from tradeoff_desktop.app.differences import Difference
from tradeoff_desktop.app.exporting import MOST
from tradeoff_desktop.app.files import Folders, make_folder, read_file, reading, remove_files, write_new
from tradeoff_desktop.app.standing import counted
from tradeoff_desktop.app.words import Message, say
from tradeoff_desktop.app.workshops import device_of, kept_folder, reach
from tradeoff_desktop.errors import RuleError, TradeoffError, TrustError
from tradeoff_desktop.exchange import bundle as bundles
from tradeoff_desktop.exchange import comparison, keys, merge
from tradeoff_desktop.exchange.bundle import Bundle
from tradeoff_desktop.exchange.programme import trust_of
from tradeoff_desktop.exchange.trust import Signer, TrustStore
from tradeoff_desktop.model import acts, fold
from tradeoff_desktop.model import records as r
from tradeoff_desktop.model.workshop import Workshop

ENDING = ".tradeoff"
BEFORE = "this laptop, before it was brought back"
_COUNTED = (
    ("rating", "answer from sheets", "answers from sheets"), ("note", "note", "notes"),
    ("answer", "written answer", "written answers"), ("consent", "consent", "consents"),
    ("position", "position", "positions"), ("withdrawal", "withdrawal", "withdrawals"),
)


class Offer(NamedTuple):
    """One bundle on a stick: what it is and what taking it in would do, or why it cannot be."""

    path: Path
    data: bytes = b""
    bundle: Bundle | None = None
    new: int = 0
    who: str = ""
    says: tuple[str, ...] = ()
    differs: tuple[Difference, ...] = ()
    fault: Message | None = None
    stranger: Signer | None = None  # whose eight words are to be compared first
    changed_key: bool = False  # the programme file knows that name with another key

    @property
    def words(self) -> str:
        """The eight words of an unknown key."""
        return " ".join(comparison.key_words(self.stranger.key)) if self.stranger else ""


class Other(NamedTuple):
    """Another laptop of this workshop as the lead knows it; ``travels`` where all that is here of it is on the stick."""

    name: str
    says: str
    good: bool
    travels: bool = True


def trusted(desk: Desk, folders: Folders) -> TrustStore:
    """Whose bundles this workshop takes: the programme's laptops, and the keys that the lead pinned.

    Whether a key had expired is for the centre to say, at receipt: this laptop's clock decides nothing (decision 23).
    """
    known = shelf.programme(folders, desk.opened.programme)
    store = trust_of(known.programme) if known is not None else TrustStore()
    store = replace(store, signers=tuple(replace(one, valid_after="", valid_before="") for one in store.signers))
    for record, ruling in desk.state.bodies(r.Ruling):
        opened = desk.state.openings.get(record.device)
        if ruling.pin and opened is not None and opened.role == "lead":
            principal, _, line = ruling.pin.partition(" ")
            signer = Signer(principal=principal, key=keys.read_public_line(line))
            store = store if store.find(signer.key) else replace(store, signers=(*store.signers, signer))
    return store


def look(desk: Desk, folders: Folders, folder: Path) -> list[Offer]:
    """Every bundle in ``folder`` but this laptop's own, each judged by itself. RuleError("only_lead"), MachineError."""
    if desk.role != "lead":
        raise RuleError("only_lead")
    with reading(folder.name):
        paths = sorted(path for path in folder.iterdir() if path.suffix == ENDING and not path.name.startswith("."))
    own, trust = laptop.load(folders, desk.opened.area, now=desk.now), trusted(desk, folders)
    # Our own bundle may lie on the same stick; its name says so, and what is inside is judged all the same if not.
    return [_judge(desk, path, own, trust) for path in paths if f"-{desk.device}-" not in path.name]


def _judge(desk: Desk, path: Path, own: laptop.Laptop, trust: TrustStore) -> Offer:
    data = b""
    try:
        data = read_file(path, limit=MOST)
        opened = bundles.read(data, trust=trust, identities=[own.identity], received_at=moment(desk.now))
    except TrustError as error:
        if error.code == "unknown_signer":
            stranger = bundles.introduce(data, identities=[own.identity])
            changed = any(one.principal == stranger.principal for one in trust.signers)
            return Offer(path, data, fault=say(error), stranger=stranger, changed_key=changed)
        return Offer(path, data, fault=say(error))
    except TradeoffError as error:
        return Offer(path, fault=say(error))
    (verdict,) = taking_in.plan(desk.store, [opened], only=desk.opened.workshop).verdicts
    if verdict.outcome == "refused" and verdict.fault is not None:
        return Offer(path, data, fault=say(verdict.fault))
    return _preview(desk, Offer(path, data, opened), verdict)


def _preview(desk: Desk, offer: Offer, verdict: merge.Verdict) -> Offer:
    """The same with what would be new and what would differ."""
    held = [*desk.store.records(workshop=desk.opened.workshop), *verdict.insert]
    after = fold.fold(held, desk.pack, own=desk.device)
    before = {one.key for one in differences.find(desk.state)}
    differs = tuple(one for one in differences.find(after) if one.key not in before)
    return offer._replace(
        new=len(verdict.insert), who=differences.name_of(after, verdict.info.device),
        says=tuple(_says(verdict, after)), differs=differs,
    )


def _says(verdict: merge.Verdict, after: Workshop) -> list[str]:
    if verdict.outcome == "already_held":
        return ["Taken in already: nothing changes."]
    if verdict.outcome == "forked" and verdict.fault is not None:
        return [str(say(verdict.fault))]
    kinds = Counter(record.kind for record in verdict.insert if not record.erased)
    parts = [counted(kinds[kind], one, many) for kind, one, many in _COUNTED if kinds[kind]]
    said = [f"{counted(len(verdict.insert), 'new record', 'new records')}: {', '.join(parts) or 'no answers and no notes'}."]
    late = sum(record.key in after.after_seal for record in verdict.insert)
    if late:
        said.append(
            f"{counted(late, 'of them comes', 'of them come')} after the seal: kept, and counted only once the central "
            "team rules on it. Take it in, write your stick again, and tell them that it is late."
        )
    seats = sorted({record.body.seat for record in verdict.obliging if isinstance(record.body, r.Withdrawal)})
    if seats:
        said.append(f"Seat {', '.join(seats)} leaves the study: what they gave is erased here too.")
    return said


def compared(desk: Desk, stranger: Signer) -> Changed:
    """The eight words agree: this key counts for this workshop."""
    return desk.do(acts.pin, role=desk.role, principal=stranger.principal, key=keys.public_line(stranger.key))


def take_in(desk: Desk, folders: Folders, offers: Sequence[Offer]) -> Changed:
    """Take these offers in, in one transaction, and keep their files for the lead's own stick."""
    good = [offer for offer in offers if offer.bundle is not None]
    planned = desk.take_in([offer.bundle for offer in good if offer.bundle is not None])
    for offer, verdict in zip(good, planned.verdicts, strict=True):
        if offer.bundle is not None and verdict.outcome != "refused":
            _keep(desk, folders, offer.bundle, offer.data)
    return frozenset({"opened", "taken_in"}).union(record.kind for verdict in planned.verdicts for record in verdict.insert)


def carried(desk: Desk, folders: Folders) -> tuple[Path, ...]:
    """The bundles that travel on this laptop's stick, unchanged: those taken in, and what it was brought back from."""
    return tuple(sorted(_shelf(desk, folders).glob(f"*{ENDING}")))


def others(desk: Desk, folders: Folders) -> list[Other]:
    """Every other laptop of this workshop that the lead has records of, and what is still to be done about it."""
    kept = {device_of(path): reach(path) for path in sorted(carried(desk, folders), key=reach)}
    found = []
    for device in desk.store.devices():
        if device.own:
            continue
        name = name_of(desk, device.device)
        held = counted(device.seq, "record", "records")
        if device.fork_at:
            found.append(Other(name, f"two copies of it differ from record {device.fork_at} on; only what is before counts. "
                               "Keep both sticks and tell the central team.", good=False, travels=device.device in kept))
        elif kept.get(device.device, 0) < device.seq:
            found.append(Other(name, f"{held} here, but its file is not on your stick: it held words or answers that are erased "
                               "now. Give it a new table file, let it write its stick anew, and take that in.",
                               good=False, travels=False))
        elif late := sum(key[0] == device.device for key in desk.state.after_seal):
            found.append(Other(name, f"{held} here, {late} of them from after the seal: they count only once the central team "
                               "rules on them. Its file travels on your stick: write it again, and tell them.", good=False))
        elif name != BEFORE and _from_before_close(desk, device.device):
            found.append(Other(name, f"{held} here, the last from before the close. If it was used since, take its stick in "
                               "again.", good=False))
        else:
            found.append(Other(name, f"{held} here; its file travels on your stick.", good=True))
    return found


def on_stick(desk: Desk, folders: Folders) -> list[str]:
    """How many of the laptops travel on the lead's stick and what to do about the others; nothing where all do."""
    if desk.role != "lead":
        return []
    known, absent = others(desk, folders), joining.never_taken_in(desk)
    lacking = [one.name for one in known if not one.travels]
    of, said = 1 + len(known) + len(absent), []
    if other := ", ".join(name for name in lacking if name != BEFORE):
        said.append(
            f"Not on it, because the file held what is erased now: {other}. Open a new table file there, take the new stick in, "
            "and write yours again. Where that cannot be, that laptop's own stick must go to the central team too."
        )
    if BEFORE in lacking:
        said.append(
            f"Not on it, because the file held what is erased now: {BEFORE}. Nothing writes it anew: tell the central team, "
            "and keep this laptop and the sticks that you wrote before as they are."
        )
    if absent:
        said.append(
            f"Never taken in: {', '.join(absent)}. Take the stick in first: after the seal it counts only once the central team "
            "rules on it. If a laptop was not used, take its tick away under Other laptops."
        )
    holds = f"Your stick holds {of - len(lacking) - len(absent)} of {of} laptops."
    return [f"{holds} {said[0]}", *said[1:]] if said else []


def before_seal(desk: Desk, folders: Folders) -> list[str]:
    """What a lead should know about other laptops before sealing; what comes later waits for a ruling."""
    said = on_stick(desk, folders)
    held = {one.device: name_of(desk, one.device) for one in desk.store.devices() if not one.own}
    held = {device: name for device, name in held.items() if name != BEFORE}
    if joining.invited(desk) and not joining.joined(desk):
        what = f"only this was taken in: {', '.join(held.values())}" if held else "nothing has been taken in"
        said.append(f"A table file was written, and {what}. If another laptop was used, take its stick in first.")
    stale = [name for device, name in held.items() if _from_before_close(desk, device)]
    if stale:
        said.append(f"Last taken in before the close: {', '.join(stale)}. If it was used since, take its stick in first.")
    open_ones = len(differences.find(desk.state))
    if open_ones:
        said.append(f"{counted(open_ones, 'thing', 'things')} that two laptops say differently: settle it under Other laptops.")
    return said


def name_of(desk: Desk, device: str) -> str:
    """A laptop as people call it; a lead that was brought back meets its own earlier chain among the others."""
    opened = desk.state.openings.get(device)
    before = opened is not None and (opened.laptop, opened.role) == (desk.opened.laptop, "lead")
    return BEFORE if before else differences.name_of(desk.state, device)


def _from_before_close(desk: Desk, device: str) -> bool:
    """Whether the lead took it in last before it closed the room, by the order of its own records: no clock decides."""
    taken = [_place(desk, record) for record, body in desk.state.bodies(r.TakenIn) if body.of.device == device]
    closed = [_place(desk, record) for record, _ in desk.state.bodies(r.Closed)]
    return bool(closed) and bool(taken) and max(taken) < max(closed)


def _place(desk: Desk, record: r.Record) -> tuple[int, int]:
    """Where a record of the lead's stands, also where the lead was brought back in between."""
    return desk.state.lineage.get(record.device, ("", 0))[1], record.seq


def _keep(desk: Desk, folders: Folders, bundle: Bundle, data: bytes) -> None:
    """Keep the file as it came, unless it holds what somebody who left had erased; an older one of its goes."""
    known = taking_in.obliging(desk.store, desk.opened.workshop)
    if any(not record.erased for record in fold.to_erase([*known, *bundle.records])):
        return
    folder = make_folder(_shelf(desk, folders), private=True)
    path = folder / bundles.file_name(bundle.info)
    before = [old for old in folder.glob(f"*-{bundle.info.device}-*{ENDING}") if old != path]
    if any(reach(old) > bundle.info.seq for old in before):
        return
    if not path.exists():
        write_new(path, data, private=True)
    remove_files(before)


def _shelf(desk: Desk, folders: Folders) -> Path:
    return kept_folder(folders, desk.opened.workshop) / "taken"
