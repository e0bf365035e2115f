"""Power cuts: the day at a data desk is recorded once, call by call; then the power is cut at any moment of it.

    python tests/faults/power_cuts.py --cuts 20000

After each cut what may be left on a strict disk (``fault_disk``) is opened as its user would: Home, then Enter. Every
acknowledged record, draft and file must be there, nothing in part, nothing erased may be back, and work must go on.
"""

import bisect
import hashlib
import json
import os
import random
import shutil
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import fault_tracer as tracer
from fault_day import LEAVING, REDACTED, SLOT, Day
from fault_disk import Disk, Fate, Image, write_image
from fault_runs import Found, arguments, memory, tell
from fault_tracer import Change

from tradeoff_desktop.app import exporting, laptop
from tradeoff_desktop.errors import TradeoffError
from tradeoff_desktop.model import capture, chain, codec
from tradeoff_desktop.model import records as r
from tradeoff_desktop.store import connection
from tradeoff_desktop.store.store import Store

RECEIVED = "2027-03-02T20:00:00.000Z"
KINDS = ("nothing", "everything", "some", "some")  # the sketch that proved the pragmas weighed them so


class Standing(NamedTuple):
    """What must be found once an act is acknowledged: the store's lines and draft, and every other file."""

    act: str
    lines: tuple[bytes, ...]
    draft: str
    files: dict[str, bytes | None]


@dataclass
class Recording:
    """A day as the kernel saw it; ``acknowledged[n]`` is how many changes had been made when standing n was reached."""

    root: Path
    changes: list[Change]
    acknowledged: list[int]
    standings: list[Standing]


# -- settings that must make the harness fail

def _pragma(name: str, value: str, expected: object) -> None:
    settings = [(known, value, expected) if known == name else (known, *rest) for known, *rest in connection._PRAGMAS]
    connection._PRAGMAS = tuple(settings)


def _no_sync() -> None:
    os.fsync = lambda _: None


BAD: dict[str, Callable[[], None]] = {
    "": lambda: None,
    "synchronous": lambda: _pragma("synchronous", "OFF", 0),
    "journal": lambda: _pragma("journal_mode", "OFF", "off"),
    "secure_delete": lambda: _pragma("secure_delete", "OFF", 0),
    "files": _no_sync,
}


# -- recording

def record(root: Path, bad: str = "") -> Recording:
    """Play the day in a traced child below ``root`` and keep what it did."""
    (root / "laptop").mkdir(parents=True)
    (root / "stick").mkdir()
    played = Day(root)
    acts = list(played.acts())  # what others send is made before anything is watched

    def play() -> None:
        BAD[bad]()
        told = os.open(tracer.SAYING, os.O_WRONLY)
        lines: list[str] = []
        draft = ""
        for name, act in acts:
            act()
            if not name.startswith("leave"):
                lines = [line.decode() for line in played.desk.store.dump()]
                draft = played.desk.store.draft(SLOT)
            os.write(told, json.dumps([name, lines, draft]).encode())

    changes: list[Change] = []
    code = tracer.follow(play, root=root, before=lambda _: None, after=changes.append)
    if code:
        sys.exit(f"the day itself ended with {code}")
    return _standings(root, changes)


def _standings(root: Path, changes: list[Change]) -> Recording:
    disk = empty_disk(root)
    kept: list[Change] = []
    recording = Recording(root, kept, [0], [Standing("", (), "", _files(disk.now()))])
    for change in changes:
        if change.act == "say":
            act, lines, draft = json.loads(change.data)
            recording.acknowledged.append(len(kept))
            recording.standings.append(
                Standing(act, tuple(line.encode() for line in lines), draft, _files(disk.now())),
            )
        else:
            kept.append(change)
            disk.take(change)
    return recording


def empty_disk(root: Path) -> Disk:
    """A disk on which the laptop's folder and the stick have been for long."""
    disk = Disk(root)
    for folder in ("laptop", "stick"):
        disk.take(Change("folder", str(root / folder)))
    disk.take(Change("sync", str(root)))
    return disk


def _files(image: Image) -> dict[str, bytes | None]:
    return {path: found for path, found in image.items() if not path.endswith((".db", ".db-journal", ".part"))}


# -- cutting

def cut(recording: Recording, places: list[int], draw: random.Random) -> Iterator[tuple[int, Image]]:
    """What is left after the power went at each of ``places`` (changes made so far), rising."""
    disk, done = empty_disk(recording.root), 0
    for number, place in enumerate(places):
        for change in recording.changes[done:place]:
            disk.take(change)
        done = place
        yield place, disk.image(Fate(KINDS[number % len(KINDS)], draw))


def judge(recording: Recording, place: int, image: Image, folder: Path, *, thorough: bool = True) -> Iterator[str]:
    """What is wrong with an image found after a cut at ``place``, put into ``folder``.

    ``thorough`` works on in it as well, up to the next bundle, which takes three times as long.
    """
    reached = bisect.bisect_right(recording.acknowledged, place) - 1
    allowed = recording.standings[reached : reached + 2]
    yield from _judge_files(image, allowed)
    root = folder / recording.root.name
    write_image(image, root)
    try:
        yield from _judge_store(root, allowed, thorough=thorough)
    except TradeoffError as error:
        yield f"refused: {error.code}"
    except Exception as error:  # noqa: BLE001 - whatever comes out of the product here is what is looked for
        yield f"broken: {type(error).__name__} {error}"
    finally:
        shutil.rmtree(root)


def _judge_files(image: Image, allowed: list[Standing]) -> Iterator[str]:
    found = _files(image)
    for path in sorted({path for standing in allowed for path in standing.files} | found.keys()):
        wanted = [standing.files.get(path, "absent") for standing in allowed]
        have = found.get(path, "absent")
        if have not in wanted and not (path.endswith(".open") and have != "absent"):
            yield f"{'lost' if have == 'absent' else 'in part'}: a {'folder' if None in wanted else 'file'} after {allowed[0].act}"


def _judge_store(root: Path, allowed: list[Standing], *, thorough: bool) -> Iterator[str]:
    day = Day(root)
    listed = day.workshops.recent()
    if not listed:
        if allowed[0].act:
            yield "lost: the workshop is not listed"
        day.begin()
    else:
        yield from _judge_records(day.path, allowed)
        day.resume()
    _, lines, *_ = allowed[0]
    if any(b'"kind":"withdrawal"' in line for line in lines):
        yield from _judge_traces(root, day, LEAVING)
    if any(b'"kind":"redaction"' in line for line in lines):
        yield from _judge_traces(root, day, REDACTED)
    if thorough:
        day.desk.do(capture.note, r.Note(role="desk", text="Work goes on", step="anchor_talk"))
        day.hand_over()
    day.workshops.leave(day.desk)


def _judge_records(path: Path, allowed: list[Standing]) -> Iterator[str]:
    with Store.open(path) as store:
        if store._connection.execute("PRAGMA integrity_check").fetchall() != [("ok",)]:
            yield "corrupt: the file's own check"
        lines = tuple(store.dump())
        draft = store.draft(SLOT)
        for device in store.devices():
            if chain.follow(store.records(device.device), device=device.device) != device.head:
                yield "corrupt: a chain"
    for line in lines:
        codec.read_line(line)
    if (lines, draft) not in [(standing.lines, standing.draft) for standing in allowed]:
        lost = not any(set(standing.lines) <= set(lines) for standing in allowed)
        yield f"{'lost' if lost else 'changed'}: records or draft after {allowed[0].act}"


def _judge_traces(root: Path, day: Day, words: str) -> Iterator[str]:
    """Erased words must be in no file below the laptop's folder, the encrypted ones opened."""
    own = laptop.load(day.folders, "ESS", now=day.desk.now)
    for path in sorted((root / "laptop").rglob("*")):
        if path.is_file():
            data = path.read_bytes()
            if path.suffix == ".tradeoff":
                data += b"".join(exporting.read_back(data, own, at=RECEIVED).files.values())
            if words.encode() in data:
                yield f"erased and back: in {path.suffix or path.name}"


# -- the harness

def run(cuts: int, *, seed: int, bad: str = "", thorough: int = 1) -> Found:
    """So many cuts of one recorded day; every ``thorough``-th is looked at thoroughly."""
    with memory() as folder:
        recording = record(folder / "day", bad)
        shutil.rmtree(folder / "day")
        draw = random.Random(seed)  # noqa: S311 - cuts, no secrets; the same ones every time
        places = sorted(draw.randint(0, len(recording.changes)) for _ in range(cuts))
        known: dict[tuple[str, int], tuple[str, ...]] = {}
        faults: Counter[str] = Counter()
        done = 0
        for place, image in cut(recording, places, draw):
            key = (_digest(image), bisect.bisect_right(recording.acknowledged, place))
            if key not in known:
                known[key] = tuple(judge(recording, place, image, folder, thorough=len(known) % thorough == 0))
            faults.update(known[key])
            done += 1
        return {"changes": len(recording.changes), "cuts": done, "different": len(known), "faults": dict(faults)}


def _digest(image: Image) -> str:
    found = hashlib.sha256()
    for path, content in sorted(image.items()):
        found.update(f"{path} {-1 if content is None else len(content)}\n".encode())
        found.update(content or b"")
    return found.hexdigest()


def main() -> None:
    """Read the command line, cut, say what was found."""
    parser = arguments(__doc__, cuts=500)
    parser.add_argument("--bad", default="", choices=sorted(BAD), help="a setting that must make cuts lose something")
    parser.add_argument("--thorough", type=int, default=1, help="work on after every so-manieth cut, not after each")
    asked = parser.parse_args()
    cuts = len(range(asked.share, asked.cuts, asked.shares))
    tell(run(cuts, seed=asked.seed * asked.shares + asked.share, bad=asked.bad, thorough=asked.thorough))


if __name__ == "__main__":
    main()
