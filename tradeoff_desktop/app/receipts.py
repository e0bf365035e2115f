"""Merge receipts: the centre writes them, and a laptop that has one may delete its workshop (decision 34)."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from tradeoff_desktop.app import laptop, shelf
from tradeoff_desktop.app.desk import moment
from tradeoff_desktop.app.files import Folders, make_folder, read_file, replace_file, write_new
from tradeoff_desktop.app.workshops import kept_folder
from tradeoff_desktop.errors import RuleError, TrustError
from tradeoff_desktop.exchange import comparison, receipt
from tradeoff_desktop.exchange.receipt import MergeReceipt
from tradeoff_desktop.model.records import Head, Opened, Record
from tradeoff_desktop.store.store import Store

_LIMIT = 1024 * 1024
ENDING = ".receipt"
_KEPT, _HEARD = "merge.receipt", "merge.code"


class Written(NamedTuple):
    """A receipt file, and for each device the code to read out by telephone."""

    path: Path
    codes: dict[str, str]
    disputed: tuple[str, ...]


def workshops(store: Path) -> list[str]:
    """The workshops of which something undisputed is held, sorted."""
    with Store.look(store) as held:
        return sorted({device.workshop for device in held.devices() if not (device.own or device.fork_at)})


def write(store: Path, *, workshop: str, centre: laptop.Laptop, folder: Path, now: datetime) -> Written:
    """Write the centre's receipt for everything it holds of ``workshop``. RuleError("unknown_workshop").

    A device whose copies differ is left out: nobody may delete what is in dispute.
    """
    with Store.look(store) as held:
        held.verify()
        devices = [device for device in held.devices() if device.workshop == workshop and not device.own]
        sound = [device for device in devices if not device.fork_at]
        if not sound:
            raise RuleError("unknown_workshop", workshop=workshop)
        chains = {device.device: list(held.records(device.device)) for device in sound}
    opened = next(iter(chains.values()))[0].body
    said = MergeReceipt(
        at=moment(now), held=[Head(device=one.device, seq=one.seq, head=one.head) for one in sound],
        programme=opened.programme if isinstance(opened, Opened) else "", workshop=workshop,
    )
    path = make_folder(folder) / f"{workshop.replace(':', '_')}-{now:%Y%m%dT%H%M%SZ}{ENDING}"
    write_new(path, receipt.write(said, key=centre.key))
    return Written(
        path, {device: comparison.spoken(receipt.code_of(records)) for device, records in chains.items()},
        tuple(device.device for device in devices if device.fork_at),
    )


def accept_file(folders: Folders, opened: Opened, records: Sequence[Record], file: Path) -> None:
    """Keep the centre's receipt for this laptop's own chain. TrustError where it is not for all of it, or not theirs."""
    data = read_file(file, limit=_LIMIT)
    _check(folders, opened, records, data)
    replace_file(_folder(folders, opened) / _KEPT, data, private=True)


def accept_here(folders: Folders, file: Path) -> str:
    """Keep a receipt for whichever workshop of this laptop it names; that workshop. TrustError("wrong_receipt" ...)."""
    data = read_file(file, limit=_LIMIT)
    for path in sorted(folders.workshops.glob("*.db")):
        with Store.look(path) as held:
            own = held.own()
            records = [] if own is None else list(held.records(own.device))
        opened = records[0].body if records else None
        known = shelf.programme(folders, opened.programme) if isinstance(opened, Opened) else None
        if known is None or not isinstance(opened, Opened):
            continue
        with suppress(TrustError):  # it is of the central team of another programme
            named = receipt.read(data, centre=known.key).workshop
            if named == opened.workshop:
                break
    else:
        raise TrustError("wrong_receipt", at_fault="signer")
    accept_file(folders, opened, records, file)
    return opened.workshop


def accept_code(folders: Folders, opened: Opened, records: Sequence[Record], typed: str) -> None:
    """Keep the code the central team read out. TrustError("wrong_receipt_code") where it is not this chain's."""
    if comparison.read_workshop_code(typed) != receipt.code_of(records):
        raise TrustError("wrong_receipt_code", at_fault="chain")
    replace_file(_folder(folders, opened) / _HEARD, receipt.code_of(records).encode(), private=True)


def unlocked(folders: Folders, opened: Opened, records: Sequence[Record]) -> bool:
    """Whether the centre has said that it holds this chain as it stands now; a record more and it must say so again."""
    folder = kept_folder(folders, opened.workshop)
    if (folder / _HEARD).is_file():
        return read_file(folder / _HEARD, limit=_LIMIT) == receipt.code_of(records).encode()
    if not (folder / _KEPT).is_file():
        return False
    try:
        _check(folders, opened, records, read_file(folder / _KEPT, limit=_LIMIT))
    except TrustError:
        return False
    return True


def _check(folders: Folders, opened: Opened, records: Sequence[Record], data: bytes) -> None:
    known = shelf.programme(folders, opened.programme)
    if known is None:
        raise TrustError("wrong_receipt", at_fault="signer")
    if not receipt.covers(receipt.read(data, centre=known.key), records, workshop=opened.workshop):
        raise TrustError("receipt_too_short", at_fault="chain", workshop=opened.workshop)


def _folder(folders: Folders, opened: Opened) -> Path:
    return make_folder(kept_folder(folders, opened.workshop), private=True)
