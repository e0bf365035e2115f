"""A disk that fails: the k-th change of the day at a data desk is refused, for every k and in every way.

    python tests/faults/failing_writes.py --every 1

``full_once``: no room for one change. ``full``: no room from the k-th change on, until something is freed. ``short``:
half of a write is done, then no room. ``broken``: the disk answers one write, sync, truncate, rename ... with an error.

The act must say that it failed (MachineError), nothing saved before may be lost, the desk's state must be what the
store holds, and once the disk is well again the same desk must be able to do the act and to go on.
"""

import argparse
import contextlib
import errno
import json
import os
import shutil
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import fault_tracer as tracer
from fault_day import SLOT, Act, Day
from fault_runs import Found, arguments, memory, stay_on_one_core, tell
from fault_tracer import Change, Refuse, Shorten

from tradeoff_desktop.app.desk import Desk
from tradeoff_desktop.errors import MachineError, RuleError
from tradeoff_desktop.model import chain, codec
from tradeoff_desktop.model import fold as folding
from tradeoff_desktop.model.records import Record
from tradeoff_desktop.store.store import Store

GROWING = frozenset({"make", "write", "folder", "rename"})
WAYS = {
    "full_once": GROWING,
    "full": GROWING,
    "short": frozenset({"write"}),
    "broken": GROWING | {"truncate", "sync", "remove"},
}
GOES_ON = 2  # acts after the one that failed


# -- habits that must make the harness fail

def _swallow() -> None:
    append = Store.append

    def hide(store: Store, records: list[Record], *, draft: str = "") -> None:
        with contextlib.suppress(MachineError if store.devices() else ()):  # without its first record no act goes on
            append(store, records, draft=draft)

    Store.append = hide


def _be_blind() -> None:
    Desk._undecided = lambda _: contextlib.nullcontext()


BAD: dict[str, Callable[[], None]] = {"": lambda: None, "swallowed": _swallow, "blind": _be_blind}


# -- one fault


class Fault:
    """Fails the k-th change that ``way`` can fail, and counts them."""

    def __init__(self, way: str, at: int, *, only: str = "") -> None:
        self._way = way
        self._at = at
        self._acts = WAYS[way] & {only} if only else WAYS[way]
        self.count = 0
        self.hit = ""
        self.told: list[list[Any]] = []
        self._until_freed = False

    def before(self, change: Change) -> Refuse | Shorten | None:
        """What to do about a change."""
        if change.act == "say":
            self._hear(json.loads(change.data))
            return None
        if change.act not in self._acts:
            return None
        self.count += 1
        if self._until_freed:
            return Refuse(errno.ENOSPC)
        return self._fail(change) if self.count == self._at else None

    def _hear(self, told: list[Any]) -> None:
        self.told.append(told)
        if told[0] == "freed":
            self._until_freed = False

    def _fail(self, change: Change) -> Refuse | Shorten:
        self.hit = f"{change.act} {Path(change.path).suffix or 'folder'}"
        self._until_freed = self._way in {"full", "short"}
        if self._way == "short" and len(change.data) > 1:
            return Shorten(len(change.data) // 2)
        return Refuse(errno.EIO if self._way == "broken" else errno.ENOSPC)


class Player:
    """The day, played in the traced child; what it tells is heard in order with the changes."""

    def __init__(self, day: Day, acts: Iterable[Act], bad: str) -> None:
        self._day = day
        self._bad = bad
        self._acts = list(acts)
        self._open = False

    def play(self) -> None:
        """Act after act; where one fails, free the disk, do it again and go on a little."""
        BAD[self._bad]()
        self._told = os.open(tracer.SAYING, os.O_WRONLY)
        last = len(self._acts)
        for number, (name, act) in enumerate(self._acts):
            if number > last:
                break
            try:
                act()
            except MachineError as error:
                self._tell("error", name, error.code)
                self._while_failing()
                self._tell("freed")
                self._again(name, act)
                last = min(last, number + GOES_ON)
            self._open = not name.startswith("leave")
            self._compare()
            self._tell("done", name, self._lines())
        if self._open:
            self._day.workshops.leave(self._day.desk)

    def _while_failing(self) -> None:
        if self._open:
            with contextlib.suppress(MachineError):
                self._day.desk.keep_draft("another", "Typed while the disk was failing")

    def _again(self, name: str, act: Act) -> None:
        """Do a failed act once more, as its user would: Home lists what was begun, a person is withdrawn once."""
        if name == "begin" and self._day.workshops.recent():
            self._day.resume()
            return
        try:
            act()
        except RuleError as error:
            self._tell("error", name, error.code)

    def _compare(self) -> None:
        """What the desk shows is what the store holds."""
        if not self._open:
            return
        desk = self._day.desk
        anew = folding.fold([*desk.store.borrowed(), *desk.store.records()], desk.pack, own=desk.device)
        for part in ("live", "seats", "consents", "tables", "withdrawn", "dropped", "exposures"):
            if getattr(anew, part) != getattr(desk.state, part):
                self._tell("fault", "differs", part)
        if list(anew.answers()) != list(desk.state.answers()):
            self._tell("fault", "differs", "answers")

    def _lines(self) -> list[str]:
        return [line.decode() for line in self._day.desk.store.dump()] if self._open else []

    def _tell(self, *words: object) -> None:
        os.write(self._told, json.dumps(words).encode())


def fail(root: Path, way: str, at: int, asked: argparse.Namespace, *, bad: str = "") -> tuple[Fault, list[str]]:
    """Play the day below ``root`` with one fault: the fault with what was told, and what is wrong afterwards."""
    (root / "laptop").mkdir(parents=True)
    (root / "stick").mkdir()
    day, fault = Day(root), Fault(way, at, only=asked.only)
    acts = day.brief() if asked.brief else day.acts()
    code = tracer.follow(Player(day, acts, bad).play, root=root, before=fault.before)
    wrong = [f"broken: the program ended with {code}"] if code else []
    wrong += [f"{kind}: {what}" for topic, kind, what in filter(lambda one: one[0] == "fault", fault.told)]
    return fault, wrong + list(_judge(day, fault.told))


def _judge(day: Day, told: list[list[Any]]) -> Iterator[str]:
    """Nothing that an act has acknowledged may be missing at the end, and the file must be sound."""
    saved = {line for topic, *rest in told if topic == "done" for line in rest[1]}
    if not day.path.exists():
        if saved:
            yield "lost: the store"
        return
    with Store.open(day.path) as store:
        if store._connection.execute("PRAGMA integrity_check").fetchall() != [("ok",)]:
            yield "corrupt: the file's own check"
        for device in store.devices():
            if chain.follow(store.records(device.device), device=device.device) != device.head:
                yield "corrupt: a chain"
        held = set(store.dump()) | {codec.line(codec.erase(record)) for record in store.records()}
        draft = store.draft(SLOT)
    lost = [line for line in saved if line.encode() not in held and _erased(line) not in held]
    if lost:
        yield "lost: a record"
    last = next((one[1] for one in reversed(told) if one[0] == "done" and not str(one[1]).startswith("leave")), "")
    if last == "draft" and not draft:
        yield "lost: a draft"


def _erased(line: str) -> bytes:
    return codec.line(codec.erase(codec.read_line(line.encode())))


def run(asked: argparse.Namespace) -> Found:
    """Fail every so-manieth change in each of the ways. A share does only its part of them."""
    shown: Counter[str] = Counter()
    unseen: Counter[str] = Counter()
    wrong: Counter[str] = Counter()
    done = 0
    with memory() as folder:
        for way in asked.ways:
            whole, _ = fail(folder / "whole", way, 0, asked)
            shutil.rmtree(folder / "whole")
            for at in range(1 + asked.share * asked.every, whole.count + 1, asked.every * asked.shares):
                fault, faults = fail(folder / "one", way, at, asked, bad=asked.bad)
                shutil.rmtree(folder / "one")
                codes = [str(one[2]) for one in fault.told if one[0] == "error"]
                shown.update(codes[:1])
                unseen.update([] if codes else [f"{way}: {fault.hit}"])
                wrong.update(f"{way} {fault.hit}: {one}" for one in faults)
                done += 1
                if asked.bad and wrong:
                    break
    return {"failed": done, "shown": dict(shown), "unseen": dict(unseen), "faults": dict(wrong)}


def main() -> None:
    """Read the command line, fail, say what was found."""
    parser = arguments(__doc__, every=7)
    parser.add_argument("--bad", default="", choices=sorted(BAD), help="a habit that must be found out")
    parser.add_argument("--ways", nargs="*", default=list(WAYS), choices=sorted(WAYS))
    parser.add_argument("--only", default="", help="fail nothing but this sort of change")
    parser.add_argument("--brief", action="store_true", help="a day with one act of each sort")
    asked = parser.parse_args()
    stay_on_one_core(asked.share)
    tell(run(asked))


if __name__ == "__main__":
    main()
