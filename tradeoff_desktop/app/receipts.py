"""Merge receipts: the centre writes them, and a laptop that has one may delete its workshop (decision 34)."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from tradeoff_desktop.app import held_here, laptop, shelf
from tradeoff_desktop.app.desk import moment
from tradeoff_desktop.app.files import Folders, make_folder, read_file, replace_file, write_new
from tradeoff_desktop.app.workshops import kept_folder
from tradeoff_desktop.errors import RuleError, TrustError
from tradeoff_desktop.exchange import comparison, receipt
from tradeoff_desktop.exchange.receipt import MergeReceipt
from tradeoff_desktop.model.records import Head, Opened, Record
from tradeoff_desktop.store.store import Held, Store

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


def accept_file(folders: Folders, store: Held, file: Path) -> None:
    """Keep the centre's receipt for all that is held here.

    TrustError: "receipt_too_short" where it is not for every laptop's chain, or that it is not theirs.
    """
    data, opened = read_file(file, limit=_LIMIT), opened_of(store)
    if _left(store, _said(folders, opened, data), heard=_heard(folders, opened)):
        raise TrustError("receipt_too_short", at_fault="chain", workshop=opened.workshop)
    replace_file(_folder(folders, opened) / _KEPT, data, private=True)


def accept_here(folders: Folders, file: Path) -> str:
    """Keep a receipt for whichever workshop of this laptop it names; that workshop. TrustError("wrong_receipt" ...).

    A store that cannot be read is passed over; where no other is meant, its own fault is raised.
    """
    data, fault = read_file(file, limit=_LIMIT), None
    for one in held_here.stores(folders):
        fault = fault or one.fault
        known = shelf.programme(folders, one.opened.programme) if one.opened is not None else None
        if one.opened is None or known is None:
            continue
        named = ""
        with suppress(TrustError):  # it is of the central team of another programme
            named = receipt.read(data, centre=known.key).workshop
        if named == one.opened.workshop:
            with Store.look(one.path) as held:
                accept_file(folders, held, file)
            return named
    raise fault or TrustError("wrong_receipt", at_fault="signer")


def accept_code(folders: Folders, store: Held, typed: str) -> None:
    """Keep a code the central team read out: one for each laptop's chain that is held here.

    TrustError("wrong_receipt_code") where it is none of theirs.
    """
    code, codes = comparison.read_workshop_code(typed), {receipt.code_of(records) for records in _chains(store)}
    if code not in codes:
        raise TrustError("wrong_receipt_code", at_fault="chain")
    opened = opened_of(store)
    known = " ".join(sorted({code, *_heard(folders, opened)}))
    replace_file(_folder(folders, opened) / _HEARD, known.encode(), private=True)


def waiting(folders: Folders, store: Held) -> list[str]:
    """The devices held here of which the centre has not yet said that it holds them as they stand now.

    A record more in this laptop's own chain and it must say so again. File or code: for each chain the one that is good counts.
    """
    opened, said = opened_of(store), None
    if data := _read(kept_folder(folders, opened.workshop) / _KEPT):
        with suppress(TrustError):
            said = _said(folders, opened, data)
    return _left(store, said, heard=_heard(folders, opened))


def _left(store: Held, said: MergeReceipt | None, *, heard: Sequence[str]) -> list[str]:
    own, workshop = store.own(), opened_of(store).workshop
    return [
        records[0].device for records in _chains(store)
        if receipt.code_of(records) not in heard and not (said is not None and receipt.covers(
            said, records, workshop=workshop, taken_in=own is not None and own.device != records[0].device,
        ))
    ]


def opened_of(store: Held) -> Opened:
    """The first record of this laptop's own chain. RuleError("never_opened")."""
    own = store.own()
    first = next(store.records(own.device)).body if own is not None else None
    if not isinstance(first, Opened):
        raise RuleError("never_opened")
    return first


def _chains(store: Held) -> list[list[Record]]:
    """Of two copies that part only what is before: which of them goes on is for the centre to say."""
    return [list(store.records(one.device))[: max(1, one.fork_at - 1) if one.fork_at else None] for one in store.devices()]


def _said(folders: Folders, opened: Opened, data: bytes) -> MergeReceipt:
    known = shelf.programme(folders, opened.programme)
    if known is None:
        raise TrustError("wrong_receipt", at_fault="signer")
    return receipt.read(data, centre=known.key)


def _heard(folders: Folders, opened: Opened) -> list[str]:
    return _read(kept_folder(folders, opened.workshop) / _HEARD).decode(errors="replace").split()


def _read(path: Path) -> bytes:
    return read_file(path, limit=_LIMIT) if path.is_file() else b""


def _folder(folders: Folders, opened: Opened) -> Path:
    return make_folder(kept_folder(folders, opened.workshop), private=True)
