"""The workshops on this laptop: begin one, carry one on, practise, and list them for Home.

Each workshop is one store file. Beside it stand four small files that are no records: ``<id>.open`` while it is
in use (still there after a crash), ``<id>.exports`` (the stick register), ``<id>.papers`` (``papers``) and a shared
``index.json`` that lets Home show a list without opening every store. The index can be rebuilt from the stores at any time.
"""

import json
import shutil
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Literal, NamedTuple

from tradeoff_desktop.app import laptop, papers, setting_up, shelf
from tradeoff_desktop.app.day import name_of
from tradeoff_desktop.app.desk import Desk, Places, Surroundings, moment
from tradeoff_desktop.app.files import (
    Folders,
    make_folder,
    read_file,
    reading,
    remove_files,
    replace_file,
    volume_of,
    write_new,
)
from tradeoff_desktop.app.held_here import DAMAGED
from tradeoff_desktop.app.joining import INVITED, Invitation, cards
from tradeoff_desktop.app.words import say
from tradeoff_desktop.errors import MachineError, TradeoffError
from tradeoff_desktop.model import codec, runsheet
from tradeoff_desktop.model import pack as packs
from tradeoff_desktop.model import records as r
from tradeoff_desktop.model.pack import Pack
from tradeoff_desktop.model.programme import Programme, Session
from tradeoff_desktop.store.store import Device, Store

LEAST_FREE = 500 * 1024 * 1024  # below this no new workshop is begun; an existing one is never refused
LITTLE_FREE = 1024 * 1024 * 1024
_PACK_LIMIT = 4 * 1024 * 1024
MOST_RECORDS = 10_000_000  # no chain is as long
EXPORTED = "exported"  # the folder of the bundles made for sticks


class Entry(NamedTuple):
    """One workshop as Home lists it."""

    path: str
    workshop: str
    area_name: str
    letter: str
    date: str
    people: int
    themes: int
    state: str  # setup, live, joined, closed or sealed; damaged or lost where it can only be brought back, shut for now
    step_title: str
    ratings: int
    notes: int
    saved_at: str
    seq: int
    exported: bool
    practice: bool
    why: str = ""  # why it cannot be opened now, and what to do
    unclean: bool = False
    delete_by: str = ""  # the day after which it should no longer be here, "" where no programme says so
    step_number: int = 0  # of the agenda, from 1


class Workshops:
    """The stores below ``folders.workshops``."""

    def __init__(self, folders: Folders, around: Surroundings) -> None:
        self._folders = folders
        self._around = around._replace(forget=self._forget, relieve=self._relieve)

    def begin(self, programme: Programme, pack: Pack, session: Session, *, role: r.Role = "lead") -> Desk:
        """Make the store of a planned session and open it. MachineError("disk_low" | "store_exists" ...)."""
        return self._begin(pack, r.Opened(
            role=role, workshop=session.id, area=session.area, session=session.letter, laptop="", key="",
            pack=packs.digest(pack), programme=programme.id, practice=programme.practice,
        ))

    def join(self, invited: Invitation, *, role: Literal["desk", "table"]) -> Desk:
        """Make the store of a laptop that joins a workshop, and take over the lead's set-up. MachineError as ``begin``."""
        half = self._folders.workshops / f"{invited.opened.workshop}.db"
        begun = self._joined_by_half(half)
        desk = begun or self._begin(invited.pack, codec.amended(invited.opened, role=role, predecessor=""))
        desk.join(invited.records)
        return desk

    def _joined_by_half(self, path: Path) -> Desk | None:
        """The desk of a joining that was cut short before the set-up was taken over."""
        if not path.is_file():
            return None
        _clear_never_begun(path)
        desk = self.resume(path) if path.is_file() else None
        if desk is not None and (desk.role == "lead" or desk.store.borrowed()):
            self.leave(desk)
            return None
        return desk

    def _begin(self, pack: Pack, workshop: r.Opened) -> Desk:
        """Begin a workshop in a store of this laptop's own, signed for with this laptop's own key."""
        folder = make_folder(self._folders.workshops, private=True)
        if shutil.disk_usage(folder).free < LEAST_FREE:
            raise MachineError("disk_low", free_mb=shutil.disk_usage(folder).free // 1_000_000)
        self._keep_pack(pack)
        own = laptop.load(self._folders, workshop.area, now=self._around.clock())
        opened = codec.amended(
            workshop, laptop=own.principal, key=own.public_line, offset_minutes=_offset(self._around.clock()),
        )
        path = folder / f"{opened.workshop}.db"
        _clear_never_begun(path)
        self._mark_open(path)
        store = Store.create(path)
        try:
            return Desk.begin(store, pack, self._around, device=self._around.new_id(), opened=opened)
        except TradeoffError:
            store.close()
            raise

    def practise(self, programme: Programme, pack: Pack) -> Desk:
        """Begin a practice workshop of the programme's first session; it can never be exported as real."""
        names = {path.stem for path in self._folders.workshops.glob("practice-*.db")}
        number = next(n for n in range(1, 10_000) if f"practice-{n}" not in names)
        first = programme.sessions[0]
        session = Session(
            id=f"practice-{number}", area=first.area, letter=first.letter, date=moment(self._around.clock())[:10],
            start=first.start, venue="Practice", heads=first.heads, groups=first.groups, tables=first.tables,
        )
        return self.begin(practice_of(programme, session), pack, session)

    def resume(self, path: Path) -> Desk:
        """Open a store where it stopped, checked where it was not closed. MachineError says why not; nothing is written then."""
        store = self._opened(path)
        try:
            desk = Desk.resume(store, self._pack_of(store), self._around)
            self._mark_open(path)
        except TradeoffError:
            store.close()
            raise
        return desk

    def leave(self, desk: Desk) -> None:
        """Note in the index how a desk stands and close its store cleanly; after a MachineError it is still open."""
        desk.write([])
        path = desk.store.path
        if path is None:
            return
        entry = self._entry(desk, path)
        index = {known.path: known for known in self._index()}
        index[entry.path] = entry
        self._write_index(list(index.values()))
        remove_files([path.with_suffix(".open")])
        desk.store.close()

    def recent(self) -> list[Entry]:
        """Every workshop here, newest first; one that was not closed cleanly is marked so."""
        known = {entry.path: entry for entry in self._index()}
        entries = []
        with reading(self._folders.workshops.name):  # a folder that lets nobody in would look like an empty one
            stores = [] if not self._folders.workshops.exists() else [one for one in self._folders.workshops.iterdir() if one.suffix == ".db"]
        for path in sorted(stores):
            unclean = path.with_suffix(".open").exists()
            entry = None if unclean else known.get(path.name)
            entry = entry or self._look(path)
            if entry is not None:
                if entry.state == "shut" and path.name in known:
                    entry = known[path.name]._replace(state="shut", why=entry.why)
                entries.append(entry._replace(unclean=unclean and entry.state not in {"damaged", "shut"}))
        here = {entry.workshop for entry in entries} | {path.stem for path in stores}
        kept = sorted(self._folders.checkpoints.glob("*/*.tradeoff"))
        entries += [_only(name, "lost") for name in dict.fromkeys(path.parent.name for path in kept) if name not in here]
        return sorted(entries, key=lambda entry: (entry.unclean, entry.saved_at), reverse=True)

    def path_of(self, entry: Entry) -> Path:
        """The store file of an entry."""
        return self._folders.workshops / entry.path

    def note_export(self, desk: Desk, *, file: str, stick: str = "", others: Sequence[str] = ()) -> None:
        """Write one export into the stick register: ``stick`` is where it went, ``others`` the files carried with it."""
        if desk.store.path is None:
            return
        register = desk.store.path.with_suffix(".exports")
        own = desk.store.own()
        lines = exports(register)
        lines.append({
            "at": moment(self._around.clock()), "file": file, "seq": own.seq if own else 0, "stick": stick,
            "volume": volume_of(Path(stick)) if stick else "", "others": " ".join(others),
        })
        replace_file(register, json.dumps(lines, indent=1).encode())

    def _look(self, path: Path) -> Entry | None:
        """Read a store for the list; None for one that never began, which ``begin`` makes anew."""
        try:
            with self._opened(path) as store:
                return self._entry(Desk.resume(store, self._pack_of(store), self._around), path)
        except TradeoffError as error:
            if error.code == "store_empty" or (error.code in DAMAGED and path.is_file() and path.stat().st_size == 0):
                return None
            if error.code in DAMAGED:
                return _only(path.stem, "damaged")
            return _only(path.stem, "shut")._replace(why=str(say(error)))

    def _opened(self, path: Path, *, check: bool = False) -> Store:
        """A store, looked through where it was not closed; the index is only as good as the last clean end."""
        store = Store.open(path)
        try:
            if check or path.with_suffix(".open").exists():
                store.check()
        except MachineError:
            store.close()
            raise
        return store

    def sound(self, path: Path) -> bool:
        """Whether a store is whole. MachineError where it cannot be looked at now, e.g. because it is in use."""
        try:
            self._opened(path, check=True).close()
        except MachineError as error:
            if error.code not in DAMAGED:
                raise
            return False
        return True

    def _entry(self, desk: Desk, path: Path) -> Entry:
        state, own = desk.state, desk.store.own()
        last = list(desk.store.records(desk.device))[-1]
        written = exports(path.with_suffix(".exports"))
        step = runsheet.step_of(desk.pack, state.step)
        return Entry(
            path=path.name, workshop=desk.opened.workshop, area_name=name_of(state),
            letter=desk.opened.session, date=state.setup.date if state.setup else last.at[:10],
            people=len(state.sitting()), themes=len({table.theme for table in state.open_tables()}),
            state=_standing(desk), step_title=step.title if step else "",
            step_number=1 + desk.pack.agenda.index(step) if step else 0, ratings=len(state.live["rating"]),
            notes=len(state.live["note"]), saved_at=last.at, seq=own.seq if own else 0,
            exported=bool(written) and laptops_on(written[-1], desk.store.devices()) == len(desk.store.devices()),
            practice=desk.opened.practice,
            delete_by=self._delete_by(desk.opened),
        )

    def _delete_by(self, opened: r.Opened) -> str:
        try:
            known = None if opened.practice else shelf.programme(self._folders, opened.programme)
        except TradeoffError:
            return ""  # a programme file that no longer reads must not hide the workshop
        return known.programme.delete_by if known is not None else ""

    def delete(self, desk: Desk) -> None:
        """Remove a workshop from this laptop with everything kept of it; whether it may go is for ``deleting`` to say."""
        path = desk.store.path
        if path is None:
            return
        kept = kept_folder(self._folders, desk.opened.workshop)
        self.leave(desk)
        self._write_index([entry for entry in self._index() if entry.path != path.name])
        # What is kept goes first: a stop in between leaves the store itself, from which it can be deleted again.
        remove_files(sorted(file for file in kept.rglob("*") if file.is_file()))
        shutil.rmtree(kept, ignore_errors=True)
        remove_files([*sorted(path.parent.glob(f"{path.name}?*")), *(path.with_suffix(one) for one in (".exports", INVITED, papers.ENDING)), path])

    def _mark_open(self, path: Path) -> None:
        replace_file(path.with_suffix(".open"), b"")

    def _forget(self, workshop: str, doomed: Places) -> None:
        """Remove the bundles of a workshop that hold a record about to be erased, and its papers and old stores, which may.

        A bundle made for sticks goes in any case: the summary in it quotes what other laptops keyed.
        """
        if doomed:
            papers.forget(self._folders.workshops / f"{workshop}.db")
        least = dict(sorted(doomed, reverse=True))  # the first record of each that goes
        kept = sorted(kept_folder(self._folders, workshop).rglob("*.tradeoff")) if doomed else []
        remove_files([
            *(path for path in kept if path.parent.name == EXPORTED or not 0 < reach(path) < least.get(device_of(path), MOST_RECORDS)),
            *sorted(self._folders.workshops.glob(f"{workshop}.db.*")),
        ])

    def _relieve(self) -> None:
        """Give a full disk the room that was set aside (``disk``)."""
        remove_files([path for path in [self._folders.reserve] if path.exists()])

    def _keep_pack(self, pack: Pack) -> None:
        folder = make_folder(self._folders.packs)
        path = folder / f"{packs.digest(pack)}.json"
        if not path.exists():
            write_new(path, packs.canonical(pack))

    def _pack_of(self, store: Store) -> Pack:
        opened = next((record.body for record in store.records() if isinstance(record.body, r.Opened)), None)
        if opened is None:
            raise MachineError("store_empty", file=store.path.name if store.path else "")
        with suppress(TradeoffError):
            pack = packs.read(read_file(self._folders.packs / f"{opened.pack}.json", limit=_PACK_LIMIT))
            if packs.digest(pack) == opened.pack:
                return pack
        return cards(self._folders, opened)  # the copy kept here is gone or was changed

    def _index(self) -> Iterator[Entry]:
        try:
            for fields in json.loads((self._folders.workshops / "index.json").read_bytes()):
                entry = Entry(**fields)
                if [*map(type, entry)] == [*map(type, _only("", ""))]:
                    yield entry
        except (OSError, ValueError, TypeError, RecursionError):
            return  # an index that does not read is rebuilt from the stores

    def _write_index(self, entries: list[Entry]) -> None:
        data = json.dumps([entry._asdict() for entry in entries], indent=1).encode()
        replace_file(self._folders.workshops / "index.json", data)


def kept_folder(folders: Folders, workshop: str) -> Path:
    """Where bundles of a workshop are kept on this laptop."""
    return folders.checkpoints / workshop.replace(":", "_")


def device_of(path: Path) -> str:
    """Whose records the name of a bundle says it holds, "" where it does not."""
    return path.stem.rsplit("-", 2)[1] if path.stem.count("-") > 1 else ""


def reach(path: Path) -> int:
    """How many records the name of a bundle says it holds, 0 where it does not; reading it tells for certain."""
    last = path.stem.rsplit("-", 1)[-1]
    return int(last) if last.isascii() and last.isdecimal() else 0


def practice_of(programme: Programme, session: Session) -> Programme:
    """The same programme as practice, with ``session`` alone and no recipients: nothing of it can be sent as real."""
    return Programme(
        id=f"practice-{programme.id}", title=programme.title, pack=programme.pack, areas=[session.area],
        sessions=[session], signing_key=programme.signing_key, withdrawal_cut_off=programme.withdrawal_cut_off,
        delete_by=programme.delete_by, practice=True,
    )


def exports(register: Path) -> list[dict[str, str | int]]:
    """The stick register beside a store: what was written where, oldest first."""
    with suppress(OSError, ValueError, TypeError, LookupError, RecursionError):
        lines: list[dict[str, str | int]] = json.loads(register.read_bytes())
        if all(isinstance(line["seq"], int) and isinstance(line["file"], str) and line["at"] for line in lines):
            return lines
    return []  # one that does not read is put aside at the start (``sidefiles``)


def laptops_on(export: dict[str, str | int], held: Iterable[Device]) -> int:
    """Of how many of the laptops whose chains are ``held`` that export has all; 0 where not of this one.

    A store brought back counts its records anew.
    """
    files = [Path(str(export["file"])), *map(Path, str(export.get("others", "")).split())]
    on = {device_of(file): reach(file) for file in files}
    whole = [one for one in held if on.get(one.device, 0) >= one.seq]
    return len(whole) if any(one.own for one in whole) else 0


def _only(workshop: str, state: str) -> Entry:
    """What Home can say of a workshop whose store cannot be read."""
    return Entry(
        path=f"{workshop}.db", workshop=workshop, area_name=workshop, letter="", date="", people=0, themes=0, state=state,
        step_title="", ratings=0, notes=0, saved_at="", seq=0, exported=False, practice=workshop.startswith("practice-"),
    )


def _clear_never_begun(path: Path) -> None:
    """Remove a store whose making was cut short before its first record; with it the workshop could never begin."""
    if not path.is_file():
        return
    begun = False
    try:
        with Store.open(path) as store:
            begun = bool(store.devices())
    except MachineError:
        if path.stat().st_size:  # an empty file was cut short before its first byte; any other is not ours to remove
            raise
    if not begun:
        remove_files([path, path.with_name(f"{path.name}-journal")])


def _standing(desk: Desk) -> str:
    state = desk.state
    if state.sealed:
        return "sealed"
    if desk.role != "lead":
        return "joined"
    if state.closed:
        return "closed"
    return "live" if setting_up.finished(desk) else "setup"


def _offset(now: datetime) -> int:
    """Minutes that the clock handed in is ahead of UTC: where the laptop is, not where the code runs."""
    shift = now.utcoffset()
    return int(shift.total_seconds() // 60) if shift else 0
