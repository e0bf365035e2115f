"""The centre rules on copies that wait: which of two branches counts, and whether a second lead is let in.

A ruling is a record of the centre's own chain. What it changes of what is held is not written over: the store is made
anew from the kept bundles, under the ruling, and takes the place of the one before.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from tradeoff_desktop.app import centre, judging, merging, originals, standing, words
from tradeoff_desktop.app.centre_desk import CentreDesk
from tradeoff_desktop.app.desk import Surroundings
from tradeoff_desktop.app.exporting import MOST, Progress, ignore
from tradeoff_desktop.app.files import move_file, read_file, remove_files
from tradeoff_desktop.app.judging import Access
from tradeoff_desktop.app.laptop import Laptop
from tradeoff_desktop.app.originals import Kept
from tradeoff_desktop.app.setting_up import day_words
from tradeoff_desktop.errors import RuleError, TradeoffError, TrustError
from tradeoff_desktop.exchange.bundle import Bundle
from tradeoff_desktop.model import records as r
from tradeoff_desktop.store.store import Store


class Team(NamedTuple):
    """Under whose key the centre's own chain is begun, and the clock and chance it is written with."""

    own: Laptop
    around: Surroundings


class Branch(NamedTuple):
    """One of the copies that part: ``kept`` is None for the one in the store; the records from where they part on."""

    device: str
    seq: int
    kept: Kept | None
    records: tuple[r.Record, ...]

    @property
    def ref(self) -> r.Ref:
        """The record by which this copy is told from the others."""
        return self.records[0].ref


def branches(store: Store, path: Path, access: Access) -> list[Branch]:
    """Every copy in dispute, to be compared: the one held first, then those that wait, by device."""
    waiting = [(one, one.read(access)) for one in originals.waiting(path) if one.reason == "forked"]
    found: list[Branch] = []
    for device in store.devices():
        if device.fork_at:
            held = tuple(store.records(device.device))[device.fork_at - 1 :]
            found.append(Branch(device.device, device.fork_at, None, held))
            found += _others(device.device, device.fork_at, waiting, known=held[0].ref)
    return found


def _others(device: str, seq: int, waiting: Sequence[tuple[Kept, Bundle]], *, known: r.Ref) -> list[Branch]:
    """The copies of ``device`` that wait and part at ``seq``; of each branch the one that reaches farthest."""
    found: dict[str, Branch] = {}
    for kept, bundle in waiting:
        if bundle.info.device == device and bundle.info.seq >= seq and bundle.records[seq - 1].ref != known:
            one = Branch(device, seq, kept, bundle.records[seq - 1 :])
            before = found.get(one.ref.leaf)
            if before is None or len(before.records) < len(one.records):
                found[one.ref.leaf] = one
    return list(found.values())


def choose(desk: CentreDesk, choice: Branch, *, among: Sequence[Branch], reason: str) -> None:
    """Rule that one copy counts and the others do not. RuleError("reason_needed").

    Call ``put_in_order`` next, once the desk has let go of the store.
    """
    others = [one.ref for one in among if one.device == choice.device and one.ref != choice.ref]
    said = _reason(reason)
    # The one that keeps comes last: where records are folded, it wins.
    desk.write([
        r.Ruling(role="centre", choice="drop", drop=others, reason=said),
        r.Ruling(role="centre", choice="keep", keep=[choice.ref], reason=said),
    ])


def let_in(desk: CentreDesk, kept: Kept, access: Access, *, reason: str) -> None:
    """Rule that a bundle which waits for its lead's sake is one of the workshop's; the next merge takes it in.

    RuleError("reason_needed" | "not_waiting").
    """
    if kept.reason not in {"second_lead", "unplanned_lead"}:
        raise RuleError("not_waiting", file=kept.path.name)
    keep = [kept.read(access).records[0].ref]
    desk.write([r.Ruling(role="centre", choice="keep", keep=keep, reason=_reason(reason))])


def _reason(reason: str) -> str:
    if not reason.strip():
        raise RuleError("reason_needed")
    return reason.strip()


class Waits(NamedTuple):
    """One bundle that is kept aside, in words."""

    file: str
    reason: str
    text: str


def waiting(path: Path, access: Access) -> list[Waits]:
    """What is kept aside and why, oldest first; of a fork also what the copy held has from where they part."""
    found = []
    for one in originals.waiting(path):
        try:
            bundle = judging.read_by_itself(read_file(one.path, limit=MOST), access._replace(now=one.received), cut=one.cut)
        except TradeoffError as error:
            found.append(Waits(one.path.name, one.reason, words.say(error).what))
            continue
        info = bundle.info
        said = f"{info.workshop}, {info.role}, {info.laptop}, {standing.counted(info.seq, 'record', 'records')}; came {day_words(one.received)}"
        found.append(Waits(one.path.name, one.reason, f"{_REASONS[one.reason]}: {said}"))
    return found


_REASONS = {
    "": "kept aside", "unknown_signer": "its laptop is not enrolled", "forked": "two copies differ",
    "second_lead": "a second lead", "unplanned_lead": "not a lead that the programme names",
}


def rule(path: Path, file: str, *, reason: str, held: bool, by: Team, access: Access) -> None:
    """Rule on the bundle of that name which is kept aside, and carry the ruling out.

    ``held``: the copy in the store counts, and not the one named. RuleError("not_waiting" | "reason_needed").
    """
    kept = next((one for one in originals.waiting(path) if one.path.name == file), None)
    if kept is None or kept.reason == "unknown_signer" or (held and kept.reason != "forked"):
        raise RuleError("not_waiting", file=file)
    with Store.open(path) as store:
        desk = centre.desk(store, by.own, by.around)
        if kept.reason == "forked":
            choose(desk, _chosen(store, path, kept, access, held=held), among=branches(store, path, access), reason=reason)
        else:
            let_in(desk, kept, access, reason=reason)
    if kept.reason == "forked":
        put_in_order(path, access)
    else:
        merging.merge([], store=path, access=access)


def _chosen(store: Store, path: Path, kept: Kept, access: Access, *, held: bool) -> Branch:
    """The branch that a kept copy is of, or the one held beside it."""
    bundle = kept.read(access)
    for one in branches(store, path, access):
        same = one.seq <= bundle.info.seq and bundle.records[one.seq - 1].ref == one.ref
        if one.device == bundle.info.device and (one.kept is None if held else same):
            return one
    raise RuleError("not_waiting", file=kept.path.name)


def put_in_order(path: Path, access: Access, progress: Progress = ignore) -> merging.Rebuilt:
    """Make the store anew under the rulings in it and put it in the place of the one before.

    TrustError("not_whole") where a kept bundle is missing or altered: then nothing is changed.
    """
    made = path.with_name(f"{path.name}.ruled")
    remove_files([made])
    done = merging.rebuild(path, new=made, access=access, progress=progress)
    if done.refused or done.missing or done.lost:
        remove_files([made])
        raise TrustError("not_whole", at_fault="content", file=path.name)
    move_file(made, path)
    return done
