"""Several laptops of one workshop, each with a store of its own, and every bundle they ever hand over.

Copies of a laptop part where somebody works on with an old copy of its store. Steps that the workshop does not allow
at that moment (a sheet of somebody who has left, a note that is gone) are simply not done.
"""

import contextlib
import hashlib
import itertools
from collections.abc import Callable
from datetime import timedelta
from functools import cache

from fault_day import SESSION, lead_records, steady, surroundings

from tradeoff_desktop.app import content, laptop
from tradeoff_desktop.app.desk import Desk, Surroundings
from tradeoff_desktop.app.laptop import Laptop
from tradeoff_desktop.errors import RuleError
from tradeoff_desktop.exchange import bundle
from tradeoff_desktop.exchange.bundle import Bundle
from tradeoff_desktop.exchange.trust import Signer
from tradeoff_desktop.model import capture, chain
from tradeoff_desktop.model import pack as packs
from tradeoff_desktop.model import records as r
from tradeoff_desktop.store.store import Store

ROLES: tuple[r.Role, ...] = ("lead", "desk", "table", "table")


@cache
def laptop_of(place: int) -> Laptop:
    """The laptop at a place."""
    return laptop.make("ESS", seed=bytes([place]) * 64, id_=f"laptop{place:04d}")


@cache
def lead_start() -> tuple[r.Record, ...]:
    """The chain of the lead's laptop when everybody has sat down."""
    return tuple(lead_records())


class Room:
    """``count`` laptops and what they have handed over so far. ``clocks`` go by the place of a copy."""

    def __init__(self, count: int, clocks: Callable[[int], Callable[[int], timedelta]] = lambda _: steady) -> None:
        self._clocks = clocks
        self._names = map(chr, itertools.count(0x4E00))  # the clocks and salts of each copy are its own
        self._stores: list[Store] = []
        self._kept: dict[str, Bundle] = {}
        self.copies = [self._sit_down(place) for place in range(count)]

    def close(self) -> None:
        """Let every store go."""
        for store in self._stores:
            store.close()

    @property
    def bundles(self) -> list[Bundle]:
        """Everything handed over, and once more where every copy stands now."""
        for desk in self.copies:
            self.hand_over(desk)
        return list(self._kept.values())

    def step(self, who: int, what: str, number: int) -> None:
        """One thing that somebody does, if they may."""
        desk = self.copies[who % len(self.copies)]
        with contextlib.suppress(RuleError):
            STEPS[what](self, desk, number)

    def _sit_down(self, place: int) -> Desk:
        if place == 0:
            return self._resume(lead_start())
        own = laptop_of(place)
        opened = r.Opened(
            role=ROLES[place], workshop=SESSION.id, area="ESS", laptop=own.principal, key=own.public_line,
            pack=packs.digest(content.shipped()), programme="faults",
        )
        desk = Desk.begin(
            self._store(), content.shipped(), self._surroundings(), device=f"device{place:04d}", opened=opened,
        )
        desk.join(lead_start())
        return desk

    def _store(self) -> Store:
        self._stores.append(Store.create())
        return self._stores[-1]

    def _resume(self, records: tuple[r.Record, ...]) -> Desk:
        store = self._store()
        store.append(list(records))
        return Desk.resume(store, content.shipped(), self._surroundings())

    def _surroundings(self) -> Surroundings:
        return surroundings(next(self._names), self._clocks(len(self._stores)))

    # -- what can happen

    def rate(self, desk: Desk, number: int) -> None:
        """Key an answer."""
        people = sorted(desk.state.seats)
        cells = desk.state.cells_of(people[number % len(people)], 1)
        desk.do(
            capture.key_answer, role=desk.role, seat=people[number % len(people)], cell=cells[number % len(cells)], answer="3",
        )

    def write(self, desk: Desk, number: int) -> None:
        """Key words from paper."""
        people = sorted(desk.state.seats)
        desk.do(
            capture.write_answer, role=desk.role, seat=people[number % len(people)], question="moved", text=f"Words {number}",
        )

    def note(self, desk: Desk, number: int) -> None:
        """Take a note."""
        desk.do(capture.note, r.Note(role=desk.role, text=f"Said {number}", step="anchor_talk"))

    def clarify(self, desk: Desk, number: int) -> None:
        """Add to a note."""
        notes = list(desk.state.bodies(r.Note))
        if notes:
            desk.do(capture.clarify, role=desk.role, of=notes[number % len(notes)][0].ref, text=f"Meant {number}")

    def redact(self, desk: Desk, number: int) -> None:
        """Take words out of a note."""
        notes = list(desk.state.bodies(r.Note))
        if notes:
            desk.redact(notes[number % len(notes)][0].ref, f"Redacted {number}")

    def withdraw(self, desk: Desk, number: int) -> None:
        """Somebody leaves the study."""
        people = sorted(desk.state.seats)
        desk.withdraw(people[number % len(people)])

    def undo(self, desk: Desk, _number: int) -> None:
        """Take the last act back."""
        desk.undo()

    def part(self, desk: Desk, _number: int) -> None:
        """Somebody goes on with a copy of this store as it stands."""
        if len(self.copies) < 6:
            self.copies.append(self._resume(tuple(desk.store.records(desk.device))))
            self.copies[-1].join(desk.store.borrowed())

    def take_in(self, desk: Desk, number: int) -> None:
        """Take a bundle of another laptop in."""
        others = [one for one in self._kept.values() if one.info.device != desk.device]
        if others:
            desk.take_in([others[number % len(others)]])

    def hand_over(self, desk: Desk, _number: int = 0) -> None:
        """Hand over the chain as it stands. The bundle is made without the container, whose tests are elsewhere."""
        records = tuple(desk.store.records(desk.device))
        head = chain.follow(records, device=desk.device)
        info = bundle.describe(records, {}, head=head, stage="checkpoint", recipients=())
        erased = "".join(str(record.seq) for record in records if record.erased)
        digest = hashlib.sha256(f"{head} {erased}".encode()).hexdigest()
        signer = Signer(principal=info.laptop, key=laptop_of(0).key.public)  # whose key it is, is settled before a merge
        self._kept[digest] = Bundle(info=info, signer=signer, records=records, files={}, digest=digest)


STEPS: dict[str, Callable[[Room, Desk, int], None]] = {
    "rate": Room.rate, "write": Room.write, "note": Room.note, "clarify": Room.clarify, "redact": Room.redact,
    "withdraw": Room.withdraw, "undo": Room.undo, "part": Room.part, "take in": Room.take_in, "hand over": Room.hand_over,
}
