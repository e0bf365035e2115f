"""The central team's acts: verify bundles, take them in, dump the store, write reports from it."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

from tradeoff_desktop.app import content, laptop, publishing, taking_in, words
from tradeoff_desktop.app.desk import moment
from tradeoff_desktop.app.exporting import MOST, Progress, ignore
from tradeoff_desktop.app.files import make_folder, read_file, write_new
from tradeoff_desktop.errors import RuleError, TradeoffError, TrustError
from tradeoff_desktop.exchange import bundle as bundles
from tradeoff_desktop.exchange import container, sealing
from tradeoff_desktop.exchange import trust as trusting
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

_TRUST_LIMIT = 1024 * 1024
_PACK_LIMIT = 4 * 1024 * 1024
_DONE = {
    "fresh": "new: {new} records of {workshop}, signed by {signer}",
    "newer": "newer copy: {new} more records of {workshop}, signed by {signer}",
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

    def facts(self) -> dict[str, Any]:
        """The same as plain values."""
        return self._asdict()


def access(*, trust: Path, identity: Path | None, now: datetime) -> Access:
    """Read the trust store and the age identity from their files."""
    identities = (laptop.read_identity(identity),) if identity is not None else ()
    return Access(read_trust(trust), identities, now)


def read_trust(path: Path) -> TrustStore:
    """The trust store in an allowed_signers file; TrustError("bad_trust_line") names the line."""
    text = read_file(path, limit=_TRUST_LIMIT).decode("utf-8", "replace")
    revoked = path.with_name("revoked_keys")
    found = trusting.read(text)
    if not revoked.is_file():
        return found
    listed = trusting.read_revoked(read_file(revoked, limit=_TRUST_LIMIT).decode("utf-8", "replace"))
    return TrustStore(signers=found.signers, revoked=listed)


def verify(files: Sequence[Path], by: Access) -> list[Judged]:
    """Judge each file by itself; nothing is written anywhere."""
    return [_judge(file, by) for file in files]


def _judge(file: Path, by: Access) -> Judged:
    try:
        opened = _read(file, by)
    except TradeoffError as error:
        return _refused(file, error)
    info = opened.info
    text = f"verified: {info.workshop}, signed by {opened.signer.principal}, {info.seq} records, {info.stage}"
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
    if folder.exists() and any(folder.iterdir()):
        raise RuleError("folder_not_empty", folder=folder.name)
    data = read_file(file, limit=MOST)
    plain = sealing.decrypt(data, [laptop.read_identity(identity)]) if sealing.is_sealed(data) else data
    entries = container.read(plain, bundles.LAYOUTS)
    for name, found in entries.items():
        path = folder / name
        make_folder(path.parent)
        write_new(path, found)
    return list(entries)


def merge(
    files: Sequence[Path], *, store: Path, access: Access, dry_run: bool = False, progress: Progress = ignore,
) -> list[Judged]:
    """Take verified bundles into the centre's store, in one transaction; those refused are named and left out."""
    opened: list[tuple[Path, Bundle]] = []
    judged: dict[Path, Judged] = {}
    for number, file in enumerate(files):
        progress("reading and verifying", number, len(files))
        try:
            opened.append((file, _read(file, access)))
        except TradeoffError as error:
            judged[file] = _refused(file, error)
    with _centre_store(store, dry_run=dry_run) as held:
        planned = taking_in.plan(held, [one for _, one in opened])
        for (file, one), verdict in zip(opened, planned.verdicts, strict=True):
            judged[file] = _said(file, one, verdict)
        if not dry_run:
            taking_in.carry_out(held, planned, at=moment(access.now))
    progress("done", len(files), len(files))
    return [judged[file] for file in files]


def _said(file: Path, opened: Bundle, verdict: Verdict) -> Judged:
    if verdict.fault is not None:
        refused = _refused(file, verdict.fault)
        return refused._replace(outcome=verdict.outcome)
    text = _DONE[verdict.outcome].format(
        new=len(verdict.insert), workshop=opened.info.workshop, signer=opened.signer.principal,
    )
    return Judged(file.name, accepted=True, outcome=verdict.outcome, text=text, new=len(verdict.insert))


def _centre_store(path: Path, *, dry_run: bool) -> Store:
    """The centre's store; a dry run over none looks into an empty one in memory."""
    if path.exists():
        return Store.open(path)
    if dry_run:
        return Store.create()
    make_folder(path.parent)
    return Store.create(path)


def dump(store: Path) -> Iterator[bytes]:
    """The canonical dump of a store, a line at a time."""
    with Store.open(store) as held:
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


def report(store: Path, *, workshop: str = "", area: str = "", file: Path) -> None:
    """Write the summary of a workshop, the report of an area, or (neither named) the full report."""
    with Store.open(store) as held:
        pack = pack_of(held)
        known = states(held, pack)
        sources = provenance(held)
    if workshop:
        chosen = [state for state in known if state.opening.workshop == workshop]
        if not chosen:
            raise RuleError("unknown_workshop", workshop=workshop)
        data = publishing.session_summary(chosen[0])
    elif area:
        if not any(state.area == area for state in known):
            raise RuleError("unknown_area", area=area)
        data = publishing.area_report(known, area)
    else:
        if not known:
            raise RuleError("nothing_merged")
        data = publishing.full_report(known, sources)
    write_new(file, data)


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
