"""kill -9 at any moment of the centre's merge, and the memory it takes for any number of bundles.

    python tests/faults/merge_kills.py --kills 300 --bundles 60
    python tests/faults/merge_kills.py --kills 0 --bundles 1200 --records 400

A batch brings new workshops, and redactions of words that the centre holds. A forked child merges and is killed at a
drawn moment. Then the store holds what it held before or all of the batch, the next merge finishes it, and the words
stand nowhere.
"""

import os
import random
import shutil
import signal
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from fault_day import SESSION
from fault_runs import Found, arguments, memory, tell

from tradeoff_desktop.app import centre, judging, laptop, merging, originals
from tradeoff_desktop.exchange import bundle
from tradeoff_desktop.exchange.trust import Signer, TrustStore
from tradeoff_desktop.model import codec
from tradeoff_desktop.model import records as r

AT_MOST = 300_000_000  # bytes the whole process takes
CANARY = "kanarie"
NOW = datetime(2027, 3, 2, 20, tzinfo=UTC)
OWN = laptop.make("ESS", seed=b"m" * 64, id_="merging001")
ACCESS = judging.Access(TrustStore(signers=(Signer(principal=OWN.principal, key=OWN.key.public),)), (), NOW)


def chain_of(number: int, records: int) -> list[r.Record]:
    """A lead's workshop: a note with the canary, answers, and the note's redaction as the last record."""
    opened = r.Opened(
        role="lead", workshop=f"{SESSION.id}-{number}", area="ESS", laptop=OWN.principal, key=OWN.public_line,
        pack="0" * 64, programme="p",
    )
    answer = r.Rating(
        role="lead", seat="018", sheet=1, scenario="HOU-1", variant="base", round="R0", item="BAL", answer="3",
    )
    bodies = [opened, r.Note(role="lead", step="talk", text=f"{CANARY} {number}"), *[answer] * records]
    made: list[r.Record] = []
    for seq, body in enumerate(bodies, start=1):
        made.append(_sealed(body, number, seq))
    return [*made, _sealed(r.Redaction(role="lead", of=made[1].ref), number, len(made) + 1)]


def _sealed(body: r.Body, number: int, seq: int) -> r.Record:
    return codec.seal_body(
        body, device=f"merge{number:05d}", seq=seq, at="2027-03-02T18:00:00.000Z", salt=f"{number:016x}{seq:016x}",
    )


def write_bundles(folder: Path, bundles: int, records: int) -> tuple[list[Path], list[Path]]:
    """What the centre holds already, and the batch: every third workshop was there before its redaction."""
    folder.mkdir()
    before, batch = [], []
    for number in range(bundles):
        chain = chain_of(number, records)
        for files, part in [(before, chain[:-1])] * (number % 3 == 0) + [(batch, chain)]:
            files.append(folder / f"{number}-{len(part)}.tradeoff")
            files[-1].write_bytes(bundle.pack(part, stage="checkpoint", key=OWN.key, recipients=[]))
    return before, batch


def _merge(folder: Path, files: list[Path]) -> None:
    merging.merge(files, store=folder / "centre.db", access=ACCESS)


def _in_a_child(folder: Path, files: list[Path], *, after: float | None = None) -> tuple[bool, int]:
    """Merge in a forked child, killed ``after`` so many seconds; whether it came to its end, and its peak in bytes."""
    child = os.fork()
    if child == 0:
        _merge(folder, files)
        os._exit(0)
    if after is not None:
        time.sleep(after)
        os.kill(child, signal.SIGKILL)
    _, status, usage = os.wait4(child, 0)
    return status == 0, usage.ru_maxrss * 1024


def _canaries(folder: Path) -> int:
    return sum(CANARY.encode() in path.read_bytes() for path in folder.rglob("*") if path.is_file())


def _wrong(folder: Path, batch: list[Path], before: list[bytes], after: list[bytes]) -> Iterator[str]:
    store = folder / "centre.db"
    found = list(centre.dump(store))
    if found not in (before, after):
        yield f"{len(found)} records, neither as before nor as after"
    _merge(folder, batch)
    if list(centre.dump(store)) != after:
        yield "the next merge did not finish it"
    if _canaries(folder):
        yield "erased words stand in a file"
    if any((folder / "originals" / "coming").glob("*")):
        yield "something was left behind"


def run(*, kills: int, bundles: int, records: int, seed: int, alone: bool = False) -> Found:
    """Kill so many merges; count the ends, and name what was wrong.

    The memory is judged only where this process is ``alone``: a child begins with what its parent has.
    """
    draw, faults = random.Random(seed), list[str]()  # noqa: S311 - kills, no secrets; the same ones every time
    counts = {"killed before": 0, "killed after": 0, "ended": 0}
    with memory() as root:
        first, batch = write_bundles(root / "stick", bundles, records)
        held, done = root / "held", root / "done"
        _merge(held, first)
        before = list(centre.dump(held / "centre.db"))
        shutil.copytree(held, done)
        began = time.monotonic()
        _, peak = _in_a_child(done, batch)
        took = time.monotonic() - began
        after = list(centre.dump(done / "centre.db"))
        faults += [f"{peak} bytes of memory"] * (alone and peak > AT_MOST)
        faults += ["erased words stand in a file"] * (_canaries(done) > 0)
        for number in range(kills):
            folder = shutil.copytree(held, root / f"kill-{number}")
            ended, _ = _in_a_child(folder, batch, after=draw.random() * took * 1.1)
            now = list(centre.dump(folder / "centre.db"))
            counts["ended" if ended else "killed after" if now == after else "killed before"] += 1
            faults += _wrong(folder, batch, before, after)
            shutil.rmtree(folder)
        kept = len(originals.taken_in(done / "centre.db"))
    return {**counts, "kept": kept, "memory": peak, "seconds": round(took, 2), "faults": faults}


if __name__ == "__main__":
    asked = arguments(__doc__, kills=100, bundles=40, records=40).parse_args()
    tell(run(kills=asked.kills, bundles=asked.bundles, records=asked.records, seed=asked.seed, alone=True))
