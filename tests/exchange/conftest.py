"""A small world for the exchange tests: laptops with keys, a centre, chains of records, the real tools."""

import hashlib
import shutil
import subprocess
import sys
from dataclasses import dataclass

import pytest

from tradeoff_desktop.exchange import bundle, keys, sealing
from tradeoff_desktop.exchange.trust import Signer, TrustStore
from tradeoff_desktop.model import codec
from tradeoff_desktop.model import records as r

RECEIVED = "2026-11-03T18:00:00.000Z"
PDF = b"%PDF-1.7\nnot a real one, but nothing here looks inside\n%%EOF\n"
PACK = "ab" * 32


@dataclass(frozen=True)
class Laptop:
    principal: str
    key: keys.SigningKey
    identity: sealing.Identity


def laptop(name, area="MAN"):
    seed = hashlib.sha256(name.encode()).digest()
    return Laptop(f"{area}.{name}@tradeoff", keys.from_seed(seed), sealing.from_seed(seed[::-1]))


LEAD = laptop("leadlaptop")
DESK = laptop("datadesk01")
CENTRE = laptop("thecentre0")


def opened(**changes):
    facts = {
        "role": "lead", "workshop": "man-2026-11", "area": "MAN", "laptop": LEAD.principal,
        "key": keys.public_line(LEAD.key.public), "pack": PACK, "programme": "prog-1",
    }
    return r.Opened(**facts | changes)


def rating(seat="105", answer="4", **changes):
    facts = {
        "role": "desk", "seat": seat, "sheet": 1, "scenario": "HOU-1", "variant": "base", "round": "R0",
        "item": "BAL", "answer": answer,
    }
    return r.Rating(**facts | changes)


def note(text="It's the joining up – ŵ – that worries me"):
    return r.Note(role="lead", text=text, step="talk")


def chain_of(bodies, device="leaddevice"):
    """Records of ``bodies`` in one device's chain, with salts that follow from their place."""
    return [
        codec.seal_body(
            body, device=device, seq=seq, at=f"2026-11-03T13:{seq % 60:02}:05.123Z",
            salt=hashlib.sha256(f"{device}{seq}".encode()).hexdigest()[:32],
        )
        for seq, body in enumerate(bodies, start=1)
    ]


def lead_bodies():
    """A lead's day in short: a rating replaced, one undone, a note redacted, closed and sealed."""
    return [
        opened(),
        r.Setup(role="lead", date="2026-11-03", start="13:30", venue="Town hall", groups={"public": 12}),
        r.Table(role="lead", number=1, theme="HOU", scenario="HOU-2"),
        r.Seat(role="lead", seat="105", group="public", table=1),
        rating(),
        rating(answer="2", replaces=5),
        rating(item="DEC", answer="cant_say"),
        r.Undo(role="lead", seqs=[7]),
        note(),
        r.Closed(role="lead"),
        r.Sealed(role="lead", devices=[]),
    ]


def trusted(*laptops):
    return TrustStore(signers=tuple(Signer(principal=one.principal, key=one.key.public) for one in laptops))


def erased(records, *seqs, why="withdrawal"):
    """The chain with those records erased and the ``erasure`` that names them."""
    refs = [record.ref for record in records if record.seq in seqs]
    bodies = [record.body for record in records] + [r.Erasure(role="lead", erased=refs, why=why)]
    full = chain_of(bodies, device=records[0].device)
    return [codec.erase(record) if record.seq in seqs else record for record in full]


@pytest.fixture(scope="session")
def world():
    """This module: test files cannot import it, as tests are folders and not packages."""
    return sys.modules[__name__]


@pytest.fixture(scope="session")
def lead_records():
    return chain_of(lead_bodies())


@pytest.fixture(scope="session")
def sealed_bundle(lead_records):
    """The lead's sealed bundle, encrypted to the centre and itself."""
    recipients = [CENTRE.identity.recipient, LEAD.identity.recipient]
    return bundle.pack(lead_records, stage="sealed", key=LEAD.key, recipients=recipients, summary=PDF)


@pytest.fixture(scope="session")
def plain_bundle(lead_records):
    """The same, signed but readable by anyone."""
    return bundle.pack(lead_records, stage="sealed", key=LEAD.key, recipients=[], summary=PDF)


def opening(data, *, store=None, received_at=RECEIVED):
    """Read a bundle as the centre does."""
    store = trusted(LEAD, DESK) if store is None else store
    return bundle.read(data, trust=store, identities=[CENTRE.identity], received_at=received_at)


@pytest.fixture
def tool():
    """Run one of the real tools; skip where the machine has none."""

    def run(*command, given=b"", cwd=None, ok=True):
        if shutil.which(command[0]) is None:
            pytest.skip(f"{command[0]} is not installed")
        done = subprocess.run(command, input=given, cwd=cwd, capture_output=True, check=False, timeout=60)
        if ok is not None:
            assert (done.returncode == 0) is ok, (command, done.stdout, done.stderr)
        return done

    return run
