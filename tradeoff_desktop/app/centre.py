"""The central team's acts on what is held: dump the store, what reports are written from."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from tradeoff_desktop.app import content, laptop
from tradeoff_desktop.app.centre_desk import CentreDesk, opening
from tradeoff_desktop.app.desk import Surroundings
from tradeoff_desktop.app.exporting import MOST, Progress, ignore
from tradeoff_desktop.app.files import make_folder, read_file, reading, write_new
from tradeoff_desktop.app.laptop import Laptop
from tradeoff_desktop.errors import MachineError, RuleError, TradeoffError, TrustError
from tradeoff_desktop.exchange import bundle as bundles
from tradeoff_desktop.exchange import container, sealing
from tradeoff_desktop.model import fold as folding
from tradeoff_desktop.model import records as r
from tradeoff_desktop.model.pack import Pack, digest
from tradeoff_desktop.model.pack import read as read_pack
from tradeoff_desktop.model.workshop import Workshop
from tradeoff_desktop.store.store import Store

_PACK_LIMIT = 4 * 1024 * 1024


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


def provenance(store: Store) -> tuple[str, ...]:
    """One line a bundle taken in: which device up to which record, signed by whom, and the file's digest.

    Not in the order of taking in, which must not show in a report.
    """
    receipts = sorted(store.receipts(), key=lambda receipt: (receipt.device, receipt.seq, receipt.file_digest))
    return tuple(f"{receipt.device}-{receipt.seq} {receipt.signer} SHA-256 {receipt.file_digest}" for receipt in receipts)


def desk(held: Store, own: Laptop, around: Surroundings) -> CentreDesk:
    """The team's desk at its open store; the first time it begins the centre's own chain, under the key ``own``.

    RuleError("nothing_merged").
    """
    pack = pack_of(held)
    if held.own() is not None:
        return CentreDesk.resume(held, pack, around)
    first = next((one.body for one in held.records() if isinstance(one.body, r.Opened) and one.body.role == "lead"), None)
    if first is None:
        raise RuleError("nothing_merged")
    begun = opening(pack, laptop=own.principal, key=own.public_line, programme=first.programme, practice=first.practice)
    return CentreDesk.begin(held, pack, around, opened=begun)


def open_desk(path: Path, own: Laptop, around: Surroundings, progress: Progress = ignore) -> CentreDesk:
    """The team's desk at the store ``path``, with every workshop folded; whoever asked closes the store.

    RuleError("nothing_merged") also where there is no store yet.
    """
    if not path.exists():
        raise RuleError("nothing_merged")
    held = Store.open(path)
    try:
        made = desk(held, own, around)
        known = made.workshops()
        for number, workshop in enumerate(known):
            progress("reading what is held", number, len(known))
            made.state(workshop)
    except TradeoffError:
        held.close()
        raise
    return made


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
