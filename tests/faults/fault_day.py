"""A day at a data desk, act by act: what the harnesses interrupt. Every act is one call of the product.

Clock, salts and ids repeat, so two runs write the same records. The words of the person who leaves and the words
that are redacted are marked, so that they can be looked for afterwards.
"""

import itertools
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

from tradeoff_desktop.app import content, day, handing_over, laptop
from tradeoff_desktop.app.desk import Desk, Surroundings
from tradeoff_desktop.app.files import Folders
from tradeoff_desktop.app.workshops import Workshops
from tradeoff_desktop.exchange import bundle
from tradeoff_desktop.exchange.bundle import Bundle
from tradeoff_desktop.exchange.trust import Signer, TrustStore
from tradeoff_desktop.model import acts, capture
from tradeoff_desktop.model import pack as packs
from tradeoff_desktop.model import records as r
from tradeoff_desktop.model.programme import PlannedTable, Programme, Session
from tradeoff_desktop.store.store import Store

SESSION = Session(
    id="ESS-2027-A", area="ESS", date="2027-03-02", heads=6, groups={"civil": 3, "government": 3},
    tables=[PlannedTable(number=1, theme="HSC", scenario="HSC-1")],
)
LEAVING, REDACTED, TYPED = "Words of one who leaves", "Mrs Brown of Mill Lane", "Half typed, never entered"
SLOT = "note"
Act = tuple[str, Callable[[], object]]
REPEATED = {"key 0 1", "key 1 0", "written answer", "undone note", "undo", "draft of another note", "hand over again"}


def steady(look: int) -> timedelta:
    """A clock that moves a second with every look."""
    return timedelta(seconds=look)


def surroundings(name: str = "a", moves: Callable[[int], timedelta] = steady) -> Surroundings:
    """A clock by how often it was looked at, and salts and ids that count."""
    looks, salts = itertools.count(), itertools.count()
    return Surroundings(
        clock=lambda: datetime(2027, 3, 2, 13, tzinfo=UTC) + moves(next(looks)),
        salt=lambda: f"{ord(name):04x}{next(salts):028x}",
        new_id=lambda: f"{name * 6}{next(salts):04d}",
    )


def programme() -> Programme:
    """A plan with one session. No laptop here has taken it in, so bundles are for this laptop alone."""
    return Programme(
        id="faults", title="Faults", pack=packs.digest(content.shipped()), areas=["ESS"], sessions=[SESSION],
        signing_key="none", withdrawal_cut_off="2027-06-01", delete_by="2028-01-01",
    )


def opened(role: r.Role, own: laptop.Laptop) -> r.Opened:
    """The first record of a laptop of the session."""
    return r.Opened(
        role=role, workshop=SESSION.id, area=SESSION.area, laptop=own.principal, key=own.public_line,
        pack=packs.digest(content.shipped()), programme="faults",
    )


@cache
def lead_records() -> list[r.Record]:
    """What a lead laptop has written when others join: tables laid, people seated and signed."""
    with Store.create() as store:
        lead = Desk.begin(
            store, content.shipped(), surroundings("l"), device="leadlead11", opened=opened("lead", laptop.make("ESS")),
        )
        day.prepare(lead, SESSION)
        for seat in lead.state.sitting():
            lead.do(acts.consent, role="lead", seat=seat, signed=True)
        return list(store.records(lead.device))


@cache
def table_bundle() -> Bundle:
    """What a table laptop hands over: a few notes."""
    own = laptop.make("ESS")
    with Store.create() as store:
        table = Desk.begin(
            store, content.shipped(), surroundings("t"), device="tabletable", opened=opened("table", own),
        )
        for number in range(3):
            table.do(capture.note, r.Note(role="table", text=f"Said at the table {number}", step="anchor_talk", table=1))
        data = bundle.pack(list(store.records(table.device)), stage="open", key=own.key, recipients=[])
    trust = TrustStore(signers=(Signer(principal=own.principal, key=own.key.public),))
    return bundle.read(data, trust=trust, identities=[], received_at="2027-03-02T15:00:00.000Z")


class Day:
    """The acts of one laptop whose files all lie below ``root``."""

    def __init__(self, root: Path) -> None:
        self.folders = Folders(root / "laptop")
        self.stick = root / "stick"
        self.workshops = Workshops(self.folders, surroundings())
        self.desk: Desk

    @property
    def path(self) -> Path:
        """The store."""
        return self.folders.workshops / f"{SESSION.id}.db"

    def brief(self) -> Iterator[Act]:
        """The acts of the day, of each sort one."""
        return (act for act in self.acts() if act[0] not in REPEATED)

    def acts(self) -> Iterator[Act]:
        """The acts of the day in order, each with a name."""
        lead, others = lead_records(), table_bundle()
        yield "begin", self.begin
        yield "join", lambda: self.desk.join(lead)
        yield from self._keying()
        yield from self._notes()
        yield "hand over", self.hand_over
        yield "take in", lambda: self.desk.take_in([others])
        yield "withdraw", lambda: self.desk.withdraw(self._seats[0])
        yield "redact", self._redact
        yield "draft of another note", lambda: self.desk.keep_draft(SLOT, TYPED)
        yield "leave", lambda: self.workshops.leave(self.desk)
        yield "resume", self.resume
        yield "a last note", lambda: self.desk.do(capture.note, self._note("The last word"))
        yield "hand over again", self.hand_over
        yield "leave again", lambda: self.workshops.leave(self.desk)

    def begin(self) -> None:
        """Begin the planned session on this laptop."""
        self.desk = self.workshops.begin(programme(), content.shipped(), SESSION, role="desk")

    def resume(self) -> None:
        """Carry on where the store stopped."""
        self.desk = self.workshops.resume(self.path)

    def hand_over(self) -> None:
        """Write the bundle to the stick, read it back, and put it down in the register."""
        done = handing_over.hand_over(self.desk, self.folders, folder=self.stick)
        self.workshops.note_export(self.desk, file=done.path.name)

    @property
    def _seats(self) -> list[str]:
        return self.desk.state.sitting()

    def _keying(self) -> Iterator[Act]:
        for person, place in ((0, 0), (0, 1), (1, 0)):
            yield f"key {person} {place}", lambda p=person, c=place: self._key(p, c)
        yield "written answer", lambda: self.desk.do(
            capture.write_answer, role="desk", seat=self._seats[0], question="moved", text=LEAVING,
        )

    def _key(self, person: int, place: int) -> None:
        seat = self._seats[person]
        cell = self.desk.state.cells_of(seat, 1)[place]
        self.desk.do(capture.key_answer, role="desk", seat=seat, cell=cell, answer="3")

    def _notes(self) -> Iterator[Act]:
        yield "draft", lambda: self.desk.keep_draft(SLOT, REDACTED)
        yield "note", lambda: self.desk.settle(SLOT, capture.note, self._note(f"{REDACTED} said so"))
        yield "undone note", lambda: self.desk.do(capture.note, self._note("A slip"))
        yield "undo", self._undo

    def _undo(self) -> None:
        self.desk.undo()

    def _note(self, text: str) -> r.Note:
        return r.Note(role="desk", text=text, step="anchor_talk")

    def _redact(self) -> None:
        for record, body in self.desk.state.bodies(r.Note):
            if REDACTED in body.text:
                self.desk.redact(record.ref, "A neighbour said so")
