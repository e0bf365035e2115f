"""What the central team is told of one bundle file: who signed it and whether it holds, judged by itself."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

from tradeoff_desktop.app import enrolling, laptop, shelf, standing, words
from tradeoff_desktop.app.desk import moment
from tradeoff_desktop.app.exporting import MOST
from tradeoff_desktop.app.files import read_file
from tradeoff_desktop.errors import TradeoffError, TrustError
from tradeoff_desktop.exchange import bundle as bundles
from tradeoff_desktop.exchange.bundle import Bundle
from tradeoff_desktop.exchange.sealing import Identity
from tradeoff_desktop.exchange.trust import TrustStore
from tradeoff_desktop.model.programme import Programme


class Access(NamedTuple):
    """What reading a bundle takes: who is trusted, what opens it, and when it came in; the plan, where one is known."""

    trust: TrustStore
    identities: tuple[Identity, ...]
    now: datetime
    programme: Programme | None = None
    words: tuple[str, ...] = ()  # of the key that signed the plan, where nothing here pins it


class Judged(NamedTuple):
    """One bundle file and what became of it, in words. The label (workshop to stage) is "" where none can be believed."""

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
    workshop: str = ""
    role: str = ""
    signer: str = ""
    stage: str = ""

    def labelled(self, bundle: Bundle) -> "Judged":
        """The same with the label of the bundle that was verified."""
        info = bundle.info
        return self._replace(workshop=info.workshop, role=info.role, signer=bundle.signer.principal, stage=info.stage)

    def facts(self) -> dict[str, Any]:
        """The same as plain values."""
        return self._asdict()


def access(
    *, trust: Path, identity: Path | None, now: datetime, programme: Path | None = None, heard: str = "",
) -> Access:
    """Read the trust store, the age identity and the programme from their files; ``heard`` as ``shelf.read_heard``."""
    identities = (laptop.read_identity(identity),) if identity is not None else ()
    plan = None if programme is None else shelf.read_heard(programme, heard)
    return Access(
        enrolling.read_trust(trust), identities, now, plan.programme if plan else None, plan.words if plan else (),
    )


def verify(files: Sequence[Path], by: Access) -> list[Judged]:
    """Judge each file by itself; nothing is written anywhere."""
    return [_judge(file, by) for file in files]


def _judge(file: Path, by: Access) -> Judged:
    try:
        opened = read(read_file(file, limit=MOST), by)
    except TradeoffError as error:
        return refused(file, error)
    info = opened.info
    text = f"verified: {info.workshop}, signed by {opened.signer.principal}, {standing.counted(info.seq, 'record', 'records')}, {info.stage}"
    return Judged(
        file.name, accepted=True, outcome="verified", text=text + (", practice" if info.practice else ""),
    )


def read(data: bytes, by: Access) -> Bundle:
    """Verify a bundle. TrustError("unknown_signer") only where nothing but the enrolment is lacking."""
    try:
        return bundles.read(data, trust=by.trust, identities=by.identities, received_at=moment(by.now))
    except TrustError as error:
        if error.code == "unknown_signer":
            read_by_itself(data, by)
        raise


def read_by_itself(data: bytes, by: Access, *, cut: bool = False) -> Bundle:
    """Verify everything but who signed: the key is taken at its word. For what is kept already, never for taking in."""
    signer = bundles.introduce(data, identities=by.identities)
    reading = bundles.read_remainder if cut else bundles.read
    return reading(data, trust=TrustStore(signers=(signer,)), identities=by.identities, received_at=moment(by.now))


def refused(file: Path, error: TradeoffError) -> Judged:
    """The same for a file that is not good, or that the merge does not take in."""
    message = words.say(error)
    fault = str(error.facts.get("at_fault", ""))
    return Judged(
        file.name, accepted=False, outcome="refused", text=message.text, todo=message.rest, code=error.code,
        at_fault=fault,
    )
