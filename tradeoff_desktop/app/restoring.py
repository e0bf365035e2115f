"""Bringing a workshop back where its store is lost or damaged: from a checkpoint, and from what still verifies.

What is brought back is a store of its own, which names the one it continues (decision 14): nothing is ever written
into a chain from two places. The damaged file is set aside as it is; nothing here changes it.
"""

import itertools
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from tradeoff_desktop.app import exporting, gathering, laptop, shelf, taking_in
from tradeoff_desktop.app.desk import Desk, Surroundings, moment
from tradeoff_desktop.app.exporting import MOST
from tradeoff_desktop.app.files import Folders, make_folder, move_file, read_file, remove_files
from tradeoff_desktop.app.laptop import Laptop
from tradeoff_desktop.app.setting_up import day_words
from tradeoff_desktop.app.standing import counted
from tradeoff_desktop.app.workshops import Workshops, kept_folder, reach
from tradeoff_desktop.errors import MachineError, TradeoffError, TrustError
from tradeoff_desktop.exchange import bundle as bundles
from tradeoff_desktop.exchange import payload
from tradeoff_desktop.exchange.bundle import Bundle
from tradeoff_desktop.model import chain, codec
from tradeoff_desktop.model import records as r
from tradeoff_desktop.store.salvage import Salvaged, salvage
from tradeoff_desktop.store.store import Store


class Source(NamedTuple):
    """A bundle of this laptop's own, verified, as the bytes it came in."""

    data: bytes
    bundle: Bundle
    own: Laptop

    @property
    def opened(self) -> r.Opened:
        """Its first record."""
        return payload.opened_of(self.bundle.records)


class Restored(NamedTuple):
    """The workshop as it is now, open; up to when it reaches, and how many of the damaged store's records are gone.

    ``lost`` is -1 where nothing says how many there had been.
    """

    desk: Desk
    until: str
    records: int
    lost: int

    def lines(self) -> list[str]:
        """What a person must know of it."""
        live, local = self.desk.state.live, datetime.fromisoformat(self.until).astimezone()
        ratings, notes = counted(len(live["rating"]), "rating", "ratings"), counted(len(live["note"]), "note", "notes")
        said = [
            f"Brought back: {self.desk.opened.workshop}, up to {day_words(local)}, {local:%H:%M}, with {ratings} and {notes}.",
        ]
        if self.lost > 0:
            said.append(f"{counted(self.lost, 'later record is', 'later records are')} lost: enter again from paper what came after that.")
        elif self.lost < 0:
            said.append("Compare it with the paper: what was entered after that is not in it.")
        if self.desk.role != "lead":
            said.append("Join again with the lead laptop's table file.")
        return said


def restore(folders: Folders, around: Surroundings, workshop: str) -> Restored:
    """Bring a workshop back from whatever reaches farthest. MachineError("nothing_to_restore" | "store_exists" ...)."""
    path = folders.workshops / f"{workshop}.db"
    found = salvage(path) if path.is_file() else Salvaged()
    chains = _chains(folders, around, workshop)
    device = found.records[0].device if found.records else ""
    made = _made_of(folders, around, found, chains.get(device))
    if made is not None:
        chains[device] = made
    continued = {one.opened.predecessor for one in chains.values()}
    last = max((one for one in chains.values() if one.bundle.info.device not in continued), key=_at, default=None)
    if last is None:
        raise MachineError("nothing_to_restore", workshop=workshop)
    return _restore(folders, around, _line(last, chains), had=found.had if last.bundle.info.device == device else 0)


def restore_file(folders: Folders, around: Surroundings, file: Path) -> Restored:
    """Bring a workshop back from one bundle that this laptop wrote. TrustError where it is not, or is not whole."""
    source = _read(folders, around, read_file(file, limit=MOST))
    return _restore(folders, around, _line(source, _chains(folders, around, source.bundle.info.workshop)), had=0)


def _chains(folders: Folders, around: Surroundings, workshop: str) -> dict[str, Source]:
    """Of each store of this laptop the bundle kept here that reaches farthest; one that does not verify is left out."""
    found: dict[str, Source] = {}
    for path in sorted(kept_folder(folders, workshop).rglob("*.tradeoff"), key=reach):
        try:
            source = _read(folders, around, read_file(path, limit=MOST))
        except TradeoffError:
            continue
        if source.bundle.info.workshop == workshop:
            found[source.bundle.info.device] = source
    return found


def _line(last: Source, chains: dict[str, Source]) -> list[Source]:
    """The bundle to go on from and, where it was brought back itself, those of the stores before it."""
    line = [last]
    while (before := chains.get(line[-1].opened.predecessor)) is not None and before not in line:
        line.append(before)
    return line


def _at(source: Source) -> str:
    return source.bundle.records[-1].at


def _read(folders: Folders, around: Surroundings, data: bytes) -> Source:
    """Open a bundle with whichever of this laptop's keys wrote it."""
    at, fault, lost = moment(around.clock()), TrustError("not_for_us", at_fault="age"), None
    for folder in sorted(path for path in folders.keys.glob("*") if path.is_dir()):
        try:
            laptop.check_not_lost(folder)
        except MachineError as error:
            lost = error
        if not (folder / laptop.SIGNING).is_file():
            continue
        own = laptop.read(folder)
        try:
            return Source(data, exporting.read_back(data, own, at=at), own)
        except TrustError as error:
            fault = error
    raise lost or fault


def _made_of(folders: Folders, around: Surroundings, found: Salvaged, best: Source | None) -> Source | None:
    """What verifies in the damaged file as a bundle, where it goes on from ``best`` or there is none."""
    device = found.records[0].device if found.records else ""
    heads = chain.heads(found.records, device=device) if device else []
    opened = found.records[0].body if found.records else None
    if not isinstance(opened, r.Opened):
        return None
    if best is not None:
        info = best.bundle.info
        if info.device != device or info.seq >= len(found.records) or heads[info.seq] != info.head:
            return None
    own = laptop.load(folders, opened.area, now=around.clock())
    try:
        data = bundles.pack(
            found.records, stage="checkpoint", key=own.key,
            recipients=best.bundle.info.recipients if best is not None else _recipients(folders, opened, own),
        )
        return _read(folders, around, data)
    except TradeoffError:  # e.g. erased in part, and what says why is past the damage
        return None


def _recipients(folders: Folders, opened: r.Opened, own: Laptop) -> tuple[str, ...]:
    """Who may read what is made of the damaged file: those of the programme and this laptop (decision 27)."""
    known = None if opened.practice else shelf.programme(folders, opened.programme)
    named = (known.programme.centre, known.programme.escrow) if known is not None else ()
    return tuple(dict.fromkeys([*filter(None, named), own.identity.recipient]))


def _restore(folders: Folders, around: Surroundings, line: list[Source], *, had: int) -> Restored:
    info, records = line[0].bundle.info, line[0].bundle.records
    path = folders.workshops / f"{info.workshop}.db"
    workshops = Workshops(folders, around)
    if path.is_file() and workshops.sound(path):
        raise MachineError("store_exists", file=path.name)
    made = path.with_name(f"{path.name}.restored")
    make_folder(path.parent, private=True)
    remove_files([made, made.with_name(f"{made.name}-journal")])
    _write(made, line, around)
    for source in line:  # they travel on this laptop's stick as they are: what is written from now on is another bundle
        exporting.keep(kept_folder(folders, info.workshop) / "taken", source.data, source.own, at=moment(around.clock()))
    _set_aside(path)
    move_file(made, path)
    remove_files([made.with_name(f"{made.name}-journal")])  # empty
    desk = workshops.resume(path)
    if desk.role == "lead":  # what other laptops brought is kept as it came
        offers = gathering.look(desk, folders, kept_folder(folders, info.workshop) / "taken")
        gathering.take_in(desk, folders, [offer for offer in offers if offer.new])
    return Restored(desk, until=records[-1].at, records=len(records), lost=max(0, had - len(records)) if had else -1)


def _write(made: Path, line: list[Source], around: Surroundings) -> None:
    """The store anew: the chains that were, and the first record of the one that goes on."""
    last, at = line[0], moment(around.clock())
    with Store.create(made) as store:
        taking_in.carry_out(store, taking_in.plan(store, [source.bundle for source in line]), at=at)
        opened = codec.amended(
            last.opened, predecessor=last.bundle.info.device, laptop=last.own.principal, key=last.own.public_line,
        )
        store.append([codec.seal_body(opened, device=around.new_id(), seq=1, at=at, salt=around.salt())])


def _set_aside(path: Path) -> None:
    """Keep the damaged file and its journal under another name."""
    if path.exists():
        number = next(n for n in itertools.count(1) if not path.with_name(f"{path.name}.damaged-{n}").exists())
        for ending in ("-journal", ""):  # the journal first: alone, it must never meet the new store
            old = path.with_name(path.name + ending)
            if old.exists():
                move_file(old, path.with_name(f"{path.name}.damaged-{number}{ending}"))
