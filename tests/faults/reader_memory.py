"""How much memory the reader of bundles takes at the most, whatever it is given.

    python tests/faults/reader_memory.py

Each input is read in a child of its own. What counts is how far the child's memory grew while it read, the bytes of
the file included; the program and its libraries stood there before.
"""

import hashlib
import itertools
import json
import os
import random
from collections.abc import Callable, Iterator
from pathlib import Path

from fault_day import SESSION
from fault_runs import Found, arguments, memory, tell

from tradeoff_desktop.app import laptop
from tradeoff_desktop.app.exporting import MOST as LARGEST
from tradeoff_desktop.errors import TrustError
from tradeoff_desktop.exchange import bag, bundle, container, manifest, payload, sealing, signature
from tradeoff_desktop.exchange.trust import Signer, TrustStore
from tradeoff_desktop.model import chain, codec
from tradeoff_desktop.model import records as r

AT_MOST = 128_000_000  # bytes
RECEIVED = "2027-03-02T20:00:00.000Z"
OWN = laptop.make("ESS", seed=b"m" * 64, id_="memory0001")
TRUST = TrustStore(signers=(Signer(principal=OWN.principal, key=OWN.key.public),))
Bodies = Callable[[], Iterator[r.Body]]


def opened() -> r.Opened:
    """The first record of every chain here."""
    return r.Opened(
        role="desk", workshop=SESSION.id, area="ESS", laptop=OWN.principal, key=OWN.public_line, pack="0" * 64,
        programme="p",
    )


# -- what a trusted laptop may sign

def small() -> Iterator[r.Body]:
    """As many records as fit."""
    while True:
        yield r.Headcount(role="desk", here=7)


def ratings() -> Iterator[r.Body]:
    """As many answers as fit, each with its row in ratings.csv."""
    while True:
        yield r.Rating(
            role="desk", seat="018", sheet=1, scenario="HOU-1", variant="base", round="R0", item="BAL", answer="3",
        )


def wide() -> Iterator[r.Body]:
    """The longest notes, each character of them four bytes wide in memory for the sake of one."""
    while True:
        yield r.Note(role="desk", text="x" * 9_999 + "\U0001f642", step="talk")


def lists() -> Iterator[r.Body]:
    """The longest lists of numbers."""
    while True:
        yield r.Undo(role="desk", seqs=[300] * 12_000)


def different() -> Iterator[r.Body]:
    """Long lists in which no number comes twice."""
    last = 9_999_999
    while True:
        yield r.Undo(role="desk", seqs=list(range(last, last - 8_000, -1)))
        last -= 8_000


def mixed() -> Iterator[r.Body]:
    """Numbers and wide letters in the shares that the limits leave."""
    notes, numbers = wide(), lists()
    while True:
        yield from (next(notes) for _ in range(7))
        yield next(numbers)


def names() -> Iterator[r.Body]:
    """The longest lists of short names."""
    while True:
        yield r.Note(role="desk", text="x", tags=["ab"] * 12_000, step="talk")


def counts() -> Iterator[r.Body]:
    """The largest tables."""
    groups = {f"{number:x}": 9_000 for number in range(5_000)}
    while True:
        yield r.Setup(role="desk", date="2027-03-02", start="13:30", venue="", groups=groups)


def references() -> Iterator[r.Body]:
    """The longest lists of references."""
    for number in itertools.count():
        refs = [r.Ref(device="a" * 10, seq=500 * number + place + 1, leaf="0" * 64) for place in range(500)]
        yield r.Erasure(role="desk", erased=refs, why="withdrawal")


def chained(bodies: Iterator[r.Body], size: int) -> list[r.Record]:
    """A chain whose lines take nearly ``size`` bytes, or as many as may be read."""
    records = [_sealed(opened(), 1)]
    taken, marks = 0, 0
    for seq, body in enumerate(bodies, start=2):
        record = _sealed(body, seq)
        line = codec.line(record)
        taken += len(line) + 1
        marks += line.count(b'"') + line.count(b",")
        if taken > size or marks > payload.MAX_MARKS - 1000:
            break
        records.append(record)
    return records


def _sealed(body: r.Body, seq: int) -> r.Record:
    return codec.seal_body(body, device="memorymemo", seq=seq, at=RECEIVED, salt=f"{seq:032x}")


def signed(records: list[r.Record], *, erased: bool = False) -> bytes:
    """A bundle of these records with every sum and the signature right; with ``erased``, of their headers alone."""
    head = chain.follow(records, device=records[0].device)
    held = [records[0], *map(codec.erase, records[1:])] if erased else records
    files = payload.write(held, payload.lines_of(held), summary=None)
    return packed(files, bundle.describe(held, files, head=head, stage="checkpoint", recipients=()))


def packed(files: dict[str, bytes], info: bag.Info) -> bytes:
    """A container of these files, signed."""
    tags = {bundle.INFO: bag.write_info(info), bundle.BAGIT: bag.BAGIT, bundle.MANIFEST: manifest.write(files)}
    listing = manifest.write(tags)
    made = signature.sign(listing, key=OWN.key, namespace=signature.BUNDLE)
    return container.write({bundle.SIGNATURE: made, bundle.TAGMANIFEST: listing, **tags, **files})


def too_many(bodies: Iterator[r.Body], size: int) -> bytes:
    """More than may be read, correctly signed."""
    records = [_sealed(opened(), 1)]
    taken = 0
    for seq, body in enumerate(bodies, start=2):
        records.append(_sealed(body, seq))
        taken += len(codec.line(records[-1])) + 1
        if taken > size - 70_000:
            break
    return signed(records)


def full(records: list[r.Record]) -> bytes:
    """The largest container there may be: a summary that fills it up, encrypted."""
    recipients = (OWN.identity.recipient,)
    lead = [codec.seal_body(codec.amended(opened(), role="lead"), device="memorymemo", seq=1, at=RECEIVED, salt="0" * 32), *records[1:]]
    head = chain.follow(lead, device="memorymemo")

    def with_summary(size: int) -> bytes:
        files = payload.write(lead, payload.lines_of(lead), summary=b"%PDF-" + bytes(size))
        return packed(files, bundle.describe(lead, files, head=head, stage="open", recipients=recipients))

    room = min(container.MAX_TOTAL - len(with_summary(0)), container.MAX_FILE - 5)
    return sealing.encrypt(with_summary(room), recipients)


def inputs() -> dict[str, Callable[[], bytes]]:
    """Every input by name."""
    noise = random.Random(1)  # noqa: S311 - noise, no secret
    most = payload.MAX_BYTES - 1024
    large = container.MAX_FILE - 1024
    return {
        "noise": lambda: noise.randbytes(LARGEST),
        "nothing but zeros": lambda: bytes(LARGEST),
        "a container of noise": lambda: container.write({bundle.SIGNATURE: noise.randbytes(large), bundle.TAGMANIFEST: noise.randbytes(large)}),
        "encrypted noise": lambda: sealing.encrypt(noise.randbytes(sealing.MAX_PLAIN), (OWN.identity.recipient,)),
        "small records": lambda: signed(chained(small(), most)),
        "erased records": lambda: signed(chained(small(), most), erased=True),
        "ratings": lambda: signed(chained(ratings(), most)),
        "wide letters": lambda: signed(chained(wide(), most)),
        "long lists": lambda: signed(chained(lists(), most)),
        "references": lambda: signed(chained(references(), most)),
        "short names": lambda: signed(chained(names(), most)),
        "tables": lambda: signed(chained(counts(), most)),
        "full of wide letters": lambda: full(chained(wide(), most)),
        "full of numbers": lambda: full(chained(different(), most)),
        "full of references": lambda: full(chained(references(), most)),
        "full of both": lambda: full(chained(mixed(), most)),
        "full of ratings": lambda: full(chained(ratings(), most)),
        "full of tables": lambda: full(chained(counts(), most)),
        "too many bytes": lambda: too_many(wide(), large),
        "too many values": lambda: too_many(lists(), large),
    }


# -- measuring

def grown(path: Path) -> tuple[int, str]:
    """How many bytes a child grew by while it read the bundle at ``path``, and what it answered."""
    receive, send = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(receive)
        _measure(path, send)
    os.close(send)
    with os.fdopen(receive, "rb") as pipe:
        told = pipe.read()
    os.waitpid(child, 0)
    size, answer = json.loads(told)
    return size, answer


def _measure(path: Path, send: int) -> None:
    answer = "ended by itself"
    size = 0
    try:
        Path("/proc/self/clear_refs").write_text("5", encoding="ascii")  # forget the peak of before
        before = _kilobytes("VmRSS")
        answer = _read(path)
        size = (_kilobytes("VmHWM") - before) * 1024
    finally:
        os.write(send, json.dumps([size, answer]).encode())
        os._exit(0)


def _read(path: Path) -> str:
    try:
        bundle.read(path.read_bytes(), trust=TRUST, identities=[OWN.identity], received_at=RECEIVED)
    except TrustError as error:
        return error.code
    return "accepted"


def _kilobytes(name: str) -> int:
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(f"{name}:"))


def run(names: list[str], *, share: int = 0, shares: int = 1) -> Found:
    """Read these inputs; how far each made the reader grow, in megabytes, and what it answered."""
    peaks: dict[str, float] = {}
    answers: dict[str, int] = {}
    with memory() as folder:
        known = inputs()
        for name in names[share::shares]:
            path = folder / hashlib.sha256(name.encode()).hexdigest()[:8]
            _make(path, known[name])
            size, answer = grown(path)
            peaks[name] = round(size / 1e6, 1)
            answers[f"{name}: {answer}"] = 1
            path.unlink()
    faults = {f"{name}: {peak} MB": 1 for name, peak in peaks.items() if peak * 1e6 > AT_MOST}
    return {"peaks": peaks, "answers": answers, "faults": faults}


def _make(path: Path, make: Callable[[], bytes]) -> None:
    """Write an input in a child, so that this process stays as small as it was."""
    child = os.fork()
    if child == 0:
        code = 1
        try:
            path.write_bytes(make())
            code = 0
        finally:
            os._exit(code)
    _, status = os.waitpid(child, 0)
    assert os.waitstatus_to_exitcode(status) == 0, path


def main() -> None:
    """Read the command line, measure, say what was found."""
    parser = arguments(__doc__)
    parser.add_argument("--names", nargs="*", default=list(inputs()), choices=list(inputs()))
    parser.add_argument("--unlimited", action="store_true", help="read more records than the limits allow: must be found out")
    asked = parser.parse_args()
    if asked.unlimited:
        payload.MAX_BYTES, payload.MAX_MARKS = container.MAX_FILE, container.MAX_FILE
    tell(run(asked.names, share=asked.share, shares=asked.shares))


if __name__ == "__main__":
    main()
