"""kill -9 at any moment, while ratings are keyed and notes typed.

    python tests/faults/kills.py --kills 1000                     # a desk, as fast as it goes
    python tests/faults/kills.py --kills 1000 --player window     # the program itself, key by key

A forked child tells each key before it is pressed and each act once it is acknowledged. It is killed at a drawn
moment; then its store is opened again. Every acknowledged record must be there, and what was typed must be there as
a note or a draft but for the last second. Time is the child's own, so that a busy machine is no fault of the program.
"""

import contextlib
import importlib
import itertools
import json
import os
import random
import secrets
import select
import shutil
import signal
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from types import ModuleType
from typing import Any

from fault_day import SESSION, SLOT, Day, programme
from fault_runs import Found, arguments, memory, tell

from tradeoff_desktop.app import content, day
from tradeoff_desktop.app.desk import Desk, Surroundings
from tradeoff_desktop.app.workshops import Workshops
from tradeoff_desktop.model import acts, capture, chain
from tradeoff_desktop.model import records as r
from tradeoff_desktop.store.store import Store

AT_MOST = 1.0  # second of typing that may be lost
LARGEST = 1_000_000  # bytes of a store; a full workshop has about as many
SILENCE = 60.0  # seconds without a word from anybody: something hangs
Tell = Callable[..., None]
Player = Callable[[Path, int, Tell, str], None]


def note_text(run: int, number: int) -> str:
    """What is typed for a note: other words each time, some lines long enough to outlast a second or two."""
    return f"note {run} {number} " + "what was said here " * ((run + number + 3) % 5) + "end"


def key_presses() -> Iterator[tuple[str, int]]:
    """What the hands do, for ever: ("rating", number), then ("note", number)."""
    for number in itertools.count():
        yield "rating", number
        yield "note", number


# -- a workshop to be killed in

def begin(root: Path) -> None:
    """A lead's workshop with people seated, at a step where notes are taken and sheets keyed."""
    (root / "stick").mkdir(parents=True)
    made = Day(root)
    desk = made.workshops.begin(programme(), content.shipped(), SESSION)
    day.prepare(desk, SESSION)
    for seat in desk.state.sitting():
        desk.do(acts.consent, role="lead", seat=seat, signed=True)
    desk.do(acts.begin_step, role="lead", step="anchor_talk")
    made.workshops.leave(desk)


def surroundings() -> Surroundings:
    """The laptop's own clock and randomness."""
    return Surroundings(clock=lambda: datetime.now(UTC), salt=lambda: secrets.token_hex(16))


# -- the one who is killed

def play_desk(root: Path, run: int, said: Tell, bad: str) -> None:
    """Work at a desk without a window; each key is a draft of its own."""
    places = Day(root).folders
    desk = Workshops(places, surroundings()).resume(places.workshops / f"{SESSION.id}.db")
    said("ready")
    for what, number in key_presses():
        if what == "rating":
            key_one(desk, number, said, bad)
            continue
        text = note_text(run, number)
        for count in range(4, len(text) + 1, 4):
            said("key", number, count, time.monotonic())
            if bad != "no draft":
                desk.keep_draft(SLOT, text[:count])
        said("key", number, len(text), time.monotonic())
        note = r.Note(role=desk.role, text=text, step="anchor_talk")
        acknowledge(desk, lambda note=note: desk.settle(SLOT, capture.note, note), said, bad)


def key_one(desk: Desk, number: int, said: Tell, bad: str) -> None:
    """Key one box of one sheet."""
    people = desk.state.sitting()
    seat = people[number % len(people)]
    cells = desk.state.cells_of(seat, 1)
    cell = cells[number // len(people) % len(cells)]
    acknowledge(
        desk, lambda: desk.do(capture.key_answer, role=desk.role, seat=seat, cell=cell, answer="3"), said, bad,
    )


def acknowledge(desk: Desk, act: Callable[[], object], said: Tell, bad: str) -> None:
    """Perform an act and say that it is saved; the bad habit is to say so first, and at the fifth time it ends there."""
    own = desk.store.own()
    if bad == "early" and own is not None:
        said("saved", own.seq + 1, "")
        if own.seq % 5 == 0:
            os.kill(os.getpid(), signal.SIGKILL)
    act()
    own = desk.store.own()
    if own is not None and bad != "early":
        said("saved", own.seq, own.head)


def play_window(root: Path, run: int, said: Tell, bad: str) -> None:
    """Work at the program itself."""
    kill_window().play(Day(root).folders, surroundings(), said, run=run, bad=bad, now=time.monotonic)


def kill_window() -> ModuleType:
    """The player at a window. Qt is loaded only where a window is wanted, and then once, before any child is made."""
    return importlib.import_module("kill_window")


# What plays, how many at once, and the most things told before the end: fifty keys are a second and a quarter.
PLAYERS = {"desk": (play_desk, 1, 300), "window": (play_window, 6, 80)}


# -- the one who kills

class Victim:
    """One child, what it has told so far, and after how many words it is to die."""

    def __init__(self, root: Path, run: int, play: Player, bad: str, dies: int) -> None:
        self.root = root
        self.run = run
        self.told: list[list[Any]] = []
        self.dies = dies
        self.pipe, end = os.pipe()
        self._rest = b""
        self._child = os.fork()
        if self._child == 0:
            os.close(self.pipe)
            _live(lambda: play(root, run, lambda *words: _say(end, words), bad))
        os.close(end)

    def listen(self) -> None:
        """Take in what has been told."""
        data = os.read(self.pipe, 1 << 16)
        if not data:
            self.dies = 0  # it has ended by itself, which ``kill`` says
        *lines, self._rest = (self._rest + data).split(b"\n")
        self.told += [json.loads(line) for line in lines]

    def kill(self) -> None:
        """End it, and hear what it had still said."""
        os.kill(self._child, signal.SIGKILL)
        _, status = os.waitpid(self._child, 0)
        assert os.WIFSIGNALED(status), f"the child had ended by itself with {status}"
        with contextlib.closing(os.fdopen(self.pipe, "rb")) as pipe:
            self._rest += pipe.read()
        self.told += [json.loads(line) for line in self._rest.split(b"\n")[:-1]]


def _live(play: Callable[[], None]) -> None:
    try:
        play()
    except BaseException:  # noqa: BLE001 - a forked child must never return into its parent's code
        sys.excepthook(*sys.exc_info())
    finally:
        sys.stderr.flush()
        os._exit(1)


def _say(end: int, words: tuple[object, ...]) -> None:
    os.write(end, json.dumps(words).encode() + b"\n")


def judge(victim: Victim) -> tuple[list[str], float]:
    """What is wrong in a killed child's store, and how many seconds of typing are lost."""
    with Store.open(Day(victim.root).path) as store:
        if store._connection.execute("PRAGMA integrity_check").fetchall() != [("ok",)]:
            return ["corrupt: the file's own check"], 0.0
        own, draft = store.own(), store.draft(SLOT)
        records = list(store.records(own.device))
    heads = chain.heads(records, device=own.device)
    wrong = [] if heads[-1] == own.head else ["corrupt: the chain"]
    for _, seq, head in (one for one in victim.told if one[0] == "saved"):
        if seq > own.seq or (head and heads[seq] != head):
            wrong.append("lost: an acknowledged record")
    begun = f"note {victim.run} "
    notes = [record.body.text for record in records if isinstance(record.body, r.Note) and record.body.text.startswith(begun)]
    if notes != [note_text(victim.run, number) for number in range(len(notes))]:
        wrong.append("changed: a note")
    if (Day(victim.root).folders.root / "crashes").exists():
        wrong.append("broken: a crash report was written")
    if draft in notes:
        wrong.append("twice: a note that is still a draft")
    return wrong, _lost(victim, len(notes), draft)


def _lost(victim: Victim, notes: int, draft: str) -> float:
    """Seconds from the first key that is nowhere to the last one that was pressed."""
    keys = [one for one in victim.told if one[0] == "key"]
    safe = (notes, len(draft) if note_text(victim.run, notes).startswith(draft) else 0)
    lost = [at for _, number, count, at in keys if (number, count) > safe]
    return keys[-1][3] - lost[0] if lost else 0.0


def run(kills: int, *, player: str, seed: int, bad: str = "") -> Found:
    """Kill so many children, several at once."""
    play, lanes, longest = PLAYERS[player]
    if player == "window":
        kill_window()
    draw = random.Random(seed)  # noqa: S311 - moments, no secrets
    faults: Counter[str] = Counter()
    saved, worst, left = 0, 0.0, kills
    with memory() as folder:
        begin(folder / "new")
        free = [folder / str(lane) for lane in range(lanes)]
        runs = itertools.count()
        living: dict[int, Victim] = {}
        while left or living:
            while free and left:
                left -= 1
                dies = longest if bad else draw.randint(1, longest)
                victim = Victim(_place(free.pop(), folder / "new"), next(runs), play, bad, dies)
                living[victim.pipe] = victim
            for victim in _whose_time_has_come(living):
                del living[victim.pipe]
                victim.kill()
                wrong, lost = judge(victim)
                faults.update(wrong)
                faults.update(["lost: more than a second of typing"] if lost > AT_MOST else [])
                worst = max(worst, lost)
                saved += sum(one[0] == "saved" for one in victim.told)
                free.append(victim.root)
    return {"kills": kills, "acknowledged": saved, "worst": {str(seed): round(worst, 3)}, "faults": dict(faults)}


def _place(root: Path, new: Path) -> Path:
    """A workshop to go on in; a new one where it has grown larger than real ones do."""
    if not root.exists() or Day(root).path.stat().st_size > LARGEST:
        shutil.rmtree(root, ignore_errors=True)
        shutil.copytree(new, root)
    return root


def _whose_time_has_come(living: dict[int, Victim]) -> list[Victim]:
    """Listen for a while; those who have worked for as long as was drawn for them."""
    heard, *_ = select.select(list(living), [], [], SILENCE)
    assert heard, "nobody has said anything for long"
    for pipe in heard:
        living[pipe].listen()
    return [victim for victim in living.values() if len(victim.told) >= victim.dies]


def main() -> None:
    """Read the command line, kill, say what was found."""
    parser = arguments(__doc__, kills=25)
    parser.add_argument("--player", default="desk", choices=sorted(PLAYERS))
    parser.add_argument("--bad", default="", choices=["", "early", "no draft"], help="a habit that must be found out")
    asked = parser.parse_args()
    kills = len(range(asked.share, asked.kills, asked.shares))
    tell(run(kills, player=asked.player, seed=asked.seed * asked.shares + asked.share, bad=asked.bad))


if __name__ == "__main__":
    main()
