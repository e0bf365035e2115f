"""The central team's acts: verify bundles, take them in, dump the store, what reports are written from."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

from tradeoff_desktop.app import content, datasets, enrolling, laptop, standing, taking_in, words
from tradeoff_desktop.app.desk import moment
from tradeoff_desktop.app.exporting import MOST, Progress, ignore
from tradeoff_desktop.app.files import make_folder, read_file, reading, write_new
from tradeoff_desktop.errors import MachineError, RuleError, TradeoffError, TrustError
from tradeoff_desktop.exchange import bundle as bundles
from tradeoff_desktop.exchange import container, sealing
from tradeoff_desktop.exchange.bundle import Bundle
from tradeoff_desktop.exchange.merge import Verdict
from tradeoff_desktop.exchange.sealing import Identity
from tradeoff_desktop.exchange.trust import TrustStore
from tradeoff_desktop.model import fold as folding
from tradeoff_desktop.model import records as r
from tradeoff_desktop.model.pack import Pack, digest
from tradeoff_desktop.model.pack import read as read_pack
from tradeoff_desktop.model.workshop import Workshop
from tradeoff_desktop.store.store import Store

_PACK_LIMIT = 4 * 1024 * 1024
_DONE = {
    "fresh": "new: {new} of {workshop}, signed by {signer}",
    "newer": "newer copy: {new} more, of {workshop}, signed by {signer}",
    "already_held": "already held: {workshop}, signed by {signer}; nothing changes",
}


class Access(NamedTuple):
    """What reading a bundle takes: who is trusted, what opens it, and when it came in."""

    trust: TrustStore
    identities: tuple[Identity, ...]
    now: datetime


class Judged(NamedTuple):
    """One bundle file and what became of it, in words."""

    file: str
    accepted: bool
    outcome: str
    text: str
    todo: str = ""
    code: str = ""
    at_fault: str = ""
    new: int = 0
    seal: str = ""
    waiting: int = 0
    missing: tuple[str, ...] = ()
    lead: bool = True

    def facts(self) -> dict[str, Any]:
        """The same as plain values."""
        return self._asdict()


def access(*, trust: Path, identity: Path | None, now: datetime) -> Access:
    """Read the trust store and the age identity from their files."""
    identities = (laptop.read_identity(identity),) if identity is not None else ()
    return Access(enrolling.read_trust(trust), identities, now)


def verify(files: Sequence[Path], by: Access) -> list[Judged]:
    """Judge each file by itself; nothing is written anywhere."""
    return [_judge(file, by) for file in files]


def _judge(file: Path, by: Access) -> Judged:
    try:
        opened = _read(file, by)
    except TradeoffError as error:
        return _refused(file, error)
    info = opened.info
    text = f"verified: {info.workshop}, signed by {opened.signer.principal}, {standing.counted(info.seq, 'record', 'records')}, {info.stage}"
    return Judged(
        file.name, accepted=True, outcome="verified", text=text + (", practice" if info.practice else ""),
    )


def _read(file: Path, by: Access) -> Bundle:
    data = read_file(file, limit=MOST)
    return bundles.read(data, trust=by.trust, identities=by.identities, received_at=moment(by.now))


def _refused(file: Path, error: TradeoffError) -> Judged:
    message = words.say(error)
    fault = str(error.facts.get("at_fault", ""))
    return Judged(
        file.name, accepted=False, outcome="refused", text=message.text, todo=message.rest, code=error.code,
        at_fault=fault,
    )


def unpack(file: Path, *, identity: Path, folder: Path) -> list[str]:
    """Write the signed bag of a bundle as plain files into a new ``folder``, unverified: other tools judge it.

    The container is still read strictly, so no name in it can lead out of the folder.
    """
    with reading(folder.name):
        filled = folder.exists() and any(folder.iterdir())
    if filled:
        raise RuleError("folder_not_empty", folder=folder.name)
    data = read_file(file, limit=MOST)
    plain = sealing.decrypt(data, [laptop.read_identity(identity)]) if sealing.is_sealed(data) else data
    entries = container.read(plain, bundles.LAYOUTS)
    made = [one for one in (folder / "data", folder, *folder.parents) if not one.exists()]
    try:
        for name, found in entries.items():
            path = folder / name
            make_folder(path.parent)
            write_new(path, found)
    except MachineError:
        _take_back([folder / name for name in entries], made)
        raise
    return list(entries)


def _take_back(written: Sequence[Path], folders: Sequence[Path]) -> None:
    """Half a bag would be taken for one that was altered: leave nothing of it where the disk was full."""
    with suppress(OSError):
        for path in written:
            path.unlink(missing_ok=True)
        for made in folders:
            if made.exists():
                made.rmdir()


def merge(
    files: Sequence[Path], *, store: Path, access: Access, dry_run: bool = False, progress: Progress = ignore,
) -> list[Judged]:
    """Take verified bundles into the centre's store, in one transaction; those refused are named and left out.

    A bundle of a laptop that is not enrolled is put aside beside the store and taken in once it is.
    """
    opened: dict[int, Bundle] = {}  # by place, for the same file may be named twice
    judged: dict[int, Judged] = {}
    released = _released(store, access)
    for number, file in enumerate(files):
        progress("reading and verifying", number, len(files))
        try:
            opened[number] = _read(file, access)
        except TradeoffError as error:
            judged[number] = _refused(file, error)
            if error.code == "unknown_signer" and not dry_run:
                judged[number] = judged[number]._replace(outcome="put_aside")
                enrolling.put_aside(read_file(file, limit=MOST), store=store, received=access.now)
    opened.update(enumerate(released.values(), start=len(files)))
    files = [*files, *released]
    batch = list(opened.values())
    with _looked_at(store) as held:
        held.verify()
        planned = taking_in.plan(held, batch)
        stands = standing.of_batch(held, batch, planned.verdicts)
    for number, verdict, stand in zip(opened, planned.verdicts, stands, strict=True):
        judged[number] = _said(files[number], opened[number], verdict, stand)
    taken = [verdict for verdict in planned.verdicts if verdict.outcome != "refused"]
    if taken and not dry_run:
        with _centre_store(store, practice=taken[0].info.practice) as held:
            taking_in.carry_out(held, planned, at=moment(access.now))
        enrolling.release([file for file in released if judged[files.index(file)].accepted])
    progress("done", len(files), len(files))
    return [judged[number] for number in range(len(files))]


def _released(store: Path, access: Access) -> dict[Path, Bundle]:
    """The bundles put aside whose laptop is enrolled by now, each judged by the moment at which it came in."""
    found = {}
    for one in enrolling.waiting(store):
        with suppress(TradeoffError):
            found[one.path] = _read(one.path, access._replace(now=one.received))
    return found


def _said(file: Path, opened: Bundle, verdict: Verdict, stand: standing.Standing) -> Judged:
    if verdict.fault is not None:
        found = _refused(file, verdict.fault)._replace(outcome=verdict.outcome)
    else:
        text = _DONE[verdict.outcome].format(
            new=standing.counted(len(verdict.insert), "record", "records"), workshop=opened.info.workshop,
            signer=opened.signer.principal,
        )
        found = Judged(file.name, accepted=True, outcome=verdict.outcome, text=text, new=len(verdict.insert))
    return found._replace(**stand._asdict(), text="; ".join([found.text, *stand.says()]))


def _looked_at(path: Path) -> Store:
    """The centre's store to plan on; where there is none yet, an empty one in memory."""
    with reading(path.name):
        found = path.exists()
    if not found:
        return Store.create()
    try:
        store = Store.look(path)
    except MachineError as error:
        if error.code != "store_empty":  # a store whose making was cut short is finished by the merge itself
            raise
        return Store.create()
    own = store.own()
    opened = next(iter(store.records(own.device))).body if own is not None else None
    if store.about().get("role", "centre") != "centre" or (isinstance(opened, r.Opened) and opened.role != "centre"):
        store.close()
        raise RuleError("not_a_centre_store", file=path.name)
    return store


def _centre_store(path: Path, *, practice: bool) -> Store:
    """The centre's store to write in, marked as what it is; made where there is none."""
    if path.exists():
        store = Store.open(path)
    else:
        make_folder(path.parent)
        store = Store.create(path)
    store.declare({"role": "centre", "practice": "yes" if practice else "no"})
    return store


def dump(store: Path) -> Iterator[bytes]:
    """The canonical dump of a store, a line at a time."""
    with Store.look(store) as held:
        held.verify()
        yield from held.dump()


def states(store: Store, pack: Pack) -> list[Workshop]:
    """Every workshop held, folded with the centre's own records, by workshop id."""
    workshops = sorted({device.workshop for device in store.devices()})
    centre_own = [record for device in store.devices() if device.own for record in store.records(device.device)]
    folded = []
    for workshop in workshops:
        state = folding.fold([*store.records(workshop=workshop), *centre_own], pack)
        if any(opened.role == "lead" for opened in state.openings.values()):
            folded.append(state)
    return folded


def export_data(store: Path, folder: Path, *, release: datasets.Release) -> list[Path]:
    """Write the open or the safeguarded data of everything held. RuleError: nothing_merged, folder_not_empty."""
    with Store.look(store) as held:
        held.verify()
        known = states(held, pack_of(held))
    return datasets.write(known, folder, release=release)


def provenance(store: Store) -> tuple[str, ...]:
    """One line a bundle taken in: which device up to which record, signed by whom, and the file's digest."""
    return tuple(
        f"{receipt.device}-{receipt.seq} {receipt.signer} SHA-256 {receipt.file_digest}" for receipt in store.receipts()
    )


def pack_of(store: Store) -> Pack:
    """The pack that everything in ``store`` was recorded under: the shipped one, or one kept beside the store.

    TrustError("other_pack") where it is neither.
    """
    shipped = content.shipped()
    opened = next((record.body for record in store.records() if isinstance(record.body, r.Opened)), None)
    if opened is None or opened.pack == digest(shipped):
        return shipped
    kept = None if store.path is None else store.path.parent / "packs" / f"{opened.pack}.json"
    if kept is None or not kept.is_file():
        raise TrustError("other_pack", at_fault="content", wanted=opened.pack, found=digest(shipped))
    pack = read_pack(read_file(kept, limit=_PACK_LIMIT))
    if digest(pack) != opened.pack:
        raise TrustError("other_pack", at_fault="content", wanted=opened.pack, found=digest(pack))
    return pack
