"""A desk: one person's place at one laptop, with its store and what is true now.

Every act a window or the rehearsal performs goes through ``Desk.do``: the rules in ``model`` say what to write,
the store makes it durable, the state takes it in, and the kinds that changed come back. When ``do`` returns, it
is saved.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from itertools import groupby
from typing import Concatenate, NamedTuple, ParamSpec

from tradeoff_desktop.app import laptop, taking_in
from tradeoff_desktop.errors import MachineError, RuleError, TrustError
from tradeoff_desktop.exchange.bundle import Bundle
from tradeoff_desktop.model import acts, capture, codec
from tradeoff_desktop.model import fold as folding
from tradeoff_desktop.model import records as r
from tradeoff_desktop.model.kinds import KIND_OF, undoable
from tradeoff_desktop.model.pack import Pack
from tradeoff_desktop.model.records import Body, Record, Role
from tradeoff_desktop.model.workshop import Workshop
from tradeoff_desktop.store.store import Store

P = ParamSpec("P")
Clock = Callable[[], datetime]  # the time now, with a zone
Salt = Callable[[], str]  # 32 hex digits, never the same twice
Changed = frozenset[str]
Places = frozenset[tuple[str, int]]  # of records, by (device, seq)


def keep_nothing(_workshop: str, _doomed: Places) -> None:
    """There is nothing beside the store that an erasure would have to reach."""


def have_no_reserve() -> None:
    """There is no room set aside that a full disk could be given."""


class Surroundings(NamedTuple):
    """What a desk needs from outside: time and randomness, given so that a rehearsal can be repeated.

    ``forget`` removes what this laptop keeps of a workshop beside its store and what holds these records; it is called
    before they are erased, so that a stop in between leaves no copy of what was to go.
    """

    clock: Clock
    salt: Salt
    new_id: Callable[[], str] = laptop.new_id
    forget: Callable[[str, Places], None] = keep_nothing
    relieve: Callable[[], None] = have_no_reserve  # gives room back once the disk is full


def moment(now: datetime) -> str:
    """A time as records carry it: UTC in milliseconds with Z."""
    return now.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


class Desk:
    """One device's hold on a workshop. Made by ``begin`` for a new store or ``resume`` for an existing one."""

    def __init__(self, store: Store, pack: Pack, around: Surroundings, *, device: str) -> None:
        self.store = store
        self.pack = pack
        self.device = device
        self._around = around
        self._acts: list[list[int]] = []
        self._last_at = ""
        self._tried = 0  # the last seq a write was tried with
        self.held: list[Record] = []  # said and shown, but not on disk: it would not take them
        self._look_again()

    @classmethod
    def begin(cls, store: Store, pack: Pack, around: Surroundings, *, device: str, opened: r.Opened) -> "Desk":
        """Write ``opened``, the first record of a new store."""
        if store.own() is not None:
            raise RuleError("already_opened")
        at = moment(around.clock())
        store.append([codec.seal_body(opened, device=device, seq=1, at=at, salt=around.salt())])
        return cls(store, pack, around, device=device)

    @classmethod
    def resume(cls, store: Store, pack: Pack, around: Surroundings) -> "Desk":
        """Carry on where the store stopped. RuleError("never_opened") for an empty store."""
        own = store.own()
        if own is None:
            raise RuleError("never_opened")
        desk = cls(store, pack, around, device=own.device)
        if store.borrowed():
            desk._obey()
        desk._name_own_erasures()  # a stop between an erasure and its record is made good here
        return desk

    @property
    def role(self) -> Role:
        """The role this device was opened in."""
        return self.opened.role

    @property
    def opened(self) -> r.Opened:
        """This device's own first record."""
        return self.state.openings[self.device]

    @property
    def now(self) -> datetime:
        """The time now, as this desk's clock has it."""
        return self._around.clock()

    def do(
        self, act: Callable[Concatenate[Workshop, P], list[Body]], /, *args: P.args, **kwargs: P.kwargs,
    ) -> Changed:
        """Perform an act of ``model.acts`` or ``model.capture``: durable when it returns.

        RuleError where the workshop does not allow it, MachineError where the laptop cannot; nothing is written then.
        """
        return self.write(act(self.state, *args, **kwargs))

    def settle(
        self, slot: str, act: Callable[Concatenate[Workshop, P], list[Body]], /, *args: P.args, **kwargs: P.kwargs,
    ) -> Changed:
        """Perform an act that makes a record of the draft in ``slot``; no stop leaves both, or neither."""
        return self.write(act(self.state, *args, **kwargs), draft=slot)

    def write(self, bodies: list[Body], *, draft: str = "") -> Changed:
        """Append bodies as this device's next records, clear that draft, and take them into the state.

        What is held goes first; without bodies it goes alone.
        """
        if not bodies and not self.held:
            return frozenset()
        for body in bodies:
            if not self.state.sense.makes_sense(body):
                raise RuleError("makes_no_sense", kind=KIND_OF[type(body)])
        records = self._sealed(bodies)
        self._append(records, draft=draft)
        self._follow(records)
        return frozenset(record.kind for record in records)

    def hold(
        self, act: Callable[Concatenate[Workshop, P], list[Body]], /, *args: P.args, **kwargs: P.kwargs,
    ) -> Changed:
        """Perform an act that the disk has just refused: in memory only, until a later write takes it along.

        RuleError as for ``do``. Whoever calls this must keep saying so: a crash loses what is held.
        """
        own = self.store.own()
        if own is not None and own.seq >= self._tried:  # refused at the very end, and there all the same
            return frozenset(self.state.live)
        records = self._sealed(act(self.state, *args, **kwargs))
        self.held += records
        self._follow(records)
        return frozenset(record.kind for record in records)

    def _append(self, records: list[Record], *, draft: str = "") -> None:
        """Write records, those held before them first."""
        waiting = [*self.held, *records]
        self._tried = waiting[-1].seq
        with self._undecided():
            self.store.append(waiting, draft=draft)
        self.held = []

    def undo(self, *, holding: bool = False) -> Changed:
        """Take back this device's last act that still counts, in memory only where ``holding``. RuleError("nothing_to_undo")."""
        seqs = self._acts[-1] if self._acts else []
        write = self.hold if holding else self.do
        changed = write(acts.undo, role=self.role, seqs=seqs)
        undone = {record.kind for record in [*self.store.records(self.device), *self.held] if record.seq in set(seqs)}
        if self._acts[-1:] == [seqs]:  # not where it was refused at the very end, and stands all the same
            self._acts.pop()
        return changed | frozenset(undone)

    def withdraw(self, seat: str) -> Changed:
        """Take a person out: their ratings, written answers and consent are erased in this store at once."""
        return self._erasing(acts.withdraw(self.state, role=self.role, seat=seat))

    def redact(self, of: r.Ref, text: str) -> Changed:
        """Give a note new wording and erase the old words in the same transaction."""
        return self._erasing(capture.redact(self.state, role=self.role, of=of, text=text))

    def keep_draft(self, slot: str, text: str) -> None:
        """Keep half-typed text over a crash. A draft is no record: one row, overwritten, never exported."""
        with _relieved(self._around):
            self.store.keep_draft(slot, codec.sanitise(text), at=moment(self.now))

    def _erasing(self, bodies: list[Body]) -> Changed:
        self.write([])
        records = self._sealed(bodies)
        doomed = list(taking_in.doomed(self.store, [self.opened.workshop], records))
        own = [record for record in doomed if record.device == self.device]
        # Only this device's own erasures are named in its chain; other chains are not ours to write in.
        records += self._sealed(_erasures(self.role, own), after=len(records))
        self._around.forget(self.opened.workshop, taking_in.places(self.store, doomed))
        with self._undecided():
            self.store.erase(doomed, append=records)
        self._refold()
        self._acts = [seqs for seqs in self._acts if not {record.seq for record in own} & set(seqs)]
        return frozenset(record.kind for record in [*doomed, *records])

    def join(self, lead: Sequence[Record]) -> Changed:
        """Work from the lead's set-up records out of a verified table file; a withdrawal among them is obeyed."""
        self.write([])
        with self._undecided():
            self.store.borrow(lead)
        self._obey()
        self._look_again()
        self._name_own_erasures()
        return frozenset(record.kind for record in lead)

    def _obey(self) -> None:
        """Erase what a withdrawal or a redaction in the lead's set-up, or of our own, names here.

        A note that was moved or mended since the lead took it in goes with the wording that the lead knew.
        """
        said = self._sealed(taking_in.wordings_after(self.store, self.opened.workshop, role=self.role))
        doomed = list(taking_in.doomed(self.store, [self.opened.workshop], said))
        if doomed:
            self._around.forget(self.opened.workshop, taking_in.places(self.store, doomed))
            with self._undecided():
                self.store.erase(doomed, append=said)
            self._look_again()

    def take_in(self, bundles: Sequence[Bundle]) -> taking_in.Planned:
        """Take other laptops' verified bundles of this workshop in, in one transaction; each leaves a record."""
        self.write([])
        planned = taking_in.plan(self.store, bundles, only=self.opened.workshop)
        obliging = [record for verdict in planned.verdicts for record in verdict.obliging]
        arriving = {key for verdict in planned.verdicts for key in verdict.erase}
        held = [one for device in sorted({device for device, _ in arriving}) for one in self.store.records(device)]
        doomed = [one for one in held if one.key in arriving and not one.erased]
        if obliging or doomed:
            doomed += taking_in.doomed(self.store, [self.opened.workshop], obliging)
            self._around.forget(self.opened.workshop, taking_in.places(self.store, doomed))
        with self._undecided():
            taking_in.carry_out(self.store, planned, at=moment(self.now))
        self._refold()
        if self.role == "lead" and not self.state.sealed:
            self._obey()  # a wording that came in only now goes with those that were redacted
        self._name_own_erasures()
        if self.role == "lead":
            left = taking_in.left_elsewhere(self.state, self.store.records(self.device), role=self.role)
            self.write([*left, *([] if self.state.sealed else taking_in.receipts_for_lead(planned, role=self.role))])
        return planned

    def _name_own_erasures(self) -> None:
        """Name in this chain what a withdrawal or a redaction that came from elsewhere has erased in it."""
        own = list(self.store.records(self.device))
        named = {ref for record in own if isinstance(record.body, r.Erasure) for ref in record.body.erased}
        self.write(_erasures(self.role, [record for record in own if record.erased and record.ref not in named]))

    def _sealed(self, bodies: list[Body], *, after: int = 0) -> list[Record]:
        own = self.store.own()
        first = (own.seq if own else 0) + 1 + after + len(self.held)
        now = self._around.clock()
        at = moment(now)
        if at == self._last_at:  # two acts are told apart by their times, also by a clock that stands or is put back
            at = moment(now + timedelta(milliseconds=1))
        self._last_at = at
        return [
            _sealed(body, device=self.device, seq=seq, at=at, salt=self._around.salt())
            for seq, body in enumerate(bodies, start=first)
        ]

    def _follow(self, records: list[Record]) -> None:
        if any(record.kind in folding.BACKWARD for record in records):
            self._refold()
        else:
            for record in records:
                folding.apply(self.state, record)
        if seqs := _undoable(self.state, records):
            self._acts.append(seqs)

    @contextmanager
    def _undecided(self) -> Iterator[None]:
        """A write that the disk refuses at the very end may stand all the same.

        What is shown is then what the store holds, so that nobody enters a second time what is there already.
        """
        try:
            with _relieved(self._around):
                yield
        except MachineError:
            with suppress(MachineError):  # nor can it be read now: what was shown before still holds
                self._look_again()
            raise

    def _look_again(self) -> None:
        """Fold anew and find the acts that may still be undone: what one act wrote has one time."""
        own = self.store.own()
        self.held = [record for record in self.held if own is not None and record.seq > own.seq]
        self._refold()
        chain = [*self.store.records(self.device), *self.held]
        acts_done = [list(act) for _, act in groupby(chain, key=lambda record: record.at)]
        self._acts = [seqs for act in acts_done if (seqs := _undoable(self.state, act))]
        self._last_at = acts_done[-1][-1].at if acts_done else ""

    def _refold(self) -> None:
        own = self.store.own()
        workshop = own.workshop if own else ""
        held = [*self.store.borrowed(), *self.store.records(workshop=workshop), *self.held]
        self.state = folding.fold(held, self.pack, own=self.device)


def _erasures(role: Role, records: Sequence[Record]) -> list[Body]:
    """Erasure records that name ``records``, as many as keep each within a line. A note goes only by a redaction."""
    noted = [record.ref for record in records if record.kind in {"note", "clarification"}]
    given = [record.ref for record in records if record.ref not in noted]
    found: list[tuple[r.Why, list[r.Ref]]] = [("withdrawal", given), ("redaction", noted)]
    return [r.Erasure(role=role, erased=refs[i : i + 200], why=why) for why, refs in found for i in range(0, len(refs), 200)]


@contextmanager
def _relieved(around: Surroundings) -> Iterator[None]:
    """Give a full disk the room set aside: the act has failed and says so, and the next try succeeds."""
    try:
        yield
    except MachineError as error:
        if error.code == "disk_full":
            with suppress(MachineError):
                around.relieve()
        raise


def _undoable(state: Workshop, act: list[Record]) -> list[int]:
    kinds = {record.kind for record in act}
    # What the room was shown was seen, whatever is pressed afterwards; only an answer takes its exposure along.
    shown_only = "exposure" in kinds and "rating" not in kinds
    if shown_only or kinds & {"redaction", "ruling", "seat", "table"}:
        return []
    return [record.seq for record in act if undoable(record) and record.key not in state.dropped]


def _sealed(body: Body, *, device: str, seq: int, at: str, salt: str) -> Record:
    try:
        return codec.seal_body(codec.sanitised(body), device=device, seq=seq, at=at, salt=salt)
    except TrustError as error:  # the reader at the centre would refuse it: so does the writer, in other words
        raise RuleError("not_storable", kind=KIND_OF[type(body)]) from error
