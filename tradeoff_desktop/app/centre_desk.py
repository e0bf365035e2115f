"""The central team's desk: one place at the centre's store, with what it holds and what the team wrote there.

The centre writes a chain of its own beside those it took in: codes and codings, verdicts, rulings, narrative. No
other chain is ever written in. What one workshop says is folded when it is asked for, with the centre's records.
"""

from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from typing import Concatenate, NamedTuple, ParamSpec

from tradeoff_desktop.app import taking_in
from tradeoff_desktop.app.desk import Changed, Surroundings, moment
from tradeoff_desktop.errors import RuleError
from tradeoff_desktop.findings import krippendorff_alpha
from tradeoff_desktop.model import acts, codec, coding
from tradeoff_desktop.model import fold as folding
from tradeoff_desktop.model import records as r
from tradeoff_desktop.model.coding import Book, Coder
from tradeoff_desktop.model.kinds import UNDOABLE
from tradeoff_desktop.model.pack import Pack, digest
from tradeoff_desktop.model.records import Body, Record
from tradeoff_desktop.model.workshop import Workshop
from tradeoff_desktop.store.store import Store

P = ParamSpec("P")


class Agreement(NamedTuple):
    """How well two coders agree on one code: Krippendorff's alpha, None where it cannot be told from these notes."""

    code: str
    notes: int
    alpha: float | None


class CentreDesk:
    """The centre's store with its own chain. Made by ``begin``, or by ``resume`` where the chain is begun."""

    def __init__(self, store: Store, pack: Pack, around: Surroundings, *, device: str) -> None:
        self.store, self.pack, self.device = store, pack, device
        self._around = around
        self._states: dict[str, Workshop] = {}
        self._own: list[Record] = []
        self._acts: list[list[int]] = []
        self._follow(list(store.records(device)))

    @classmethod
    def begin(cls, store: Store, pack: Pack, around: Surroundings, *, opened: r.Opened) -> "CentreDesk":
        """Begin the centre's own chain with ``opened``, made by ``opening``."""
        if store.own() is not None:
            raise RuleError("already_opened")
        device, at = around.new_id(), moment(around.clock())
        store.append([codec.seal_body(opened, device=device, seq=1, at=at, salt=around.salt())])
        return cls(store, pack, around, device=device)

    @classmethod
    def resume(cls, store: Store, pack: Pack, around: Surroundings) -> "CentreDesk":
        """Carry on with the chain in ``store``. RuleError("never_opened") where none is begun."""
        own = store.own()
        if own is None:
            raise RuleError("never_opened")
        return cls(store, pack, around, device=own.device)

    # -- what is held

    def workshops(self) -> list[str]:
        """The ids of the workshops held, sorted."""
        return sorted({device.workshop for device in self.store.devices() if not device.own})

    def state(self, workshop: str) -> Workshop:
        """One workshop as it stands now. RuleError("unknown_workshop")."""
        if workshop not in self._states:
            held = list(self.store.records(workshop=workshop))
            if not held:
                raise RuleError("unknown_workshop", workshop=workshop)
            self._states[workshop] = folding.fold([*held, *self._own], self.pack)
        return self._states[workshop]

    def notes(self, workshops: Iterable[str]) -> Iterator[tuple[str, Record, r.Note]]:
        """The notes that count of these workshops, with the workshop and the record, in record order."""
        for workshop in workshops:
            for record, body in self.state(workshop).bodies(r.Note):
                yield workshop, record, body

    def sample(self) -> list[r.Ref]:
        """The notes that the second coder reads: one in ten."""
        return coding.sample([record.ref for _, record, _ in self.notes(self.workshops())])

    def agreement(self) -> list[Agreement]:
        """Per code how well both coders agree over the notes that both have read."""
        return [_agreement(code, first, second) for code, (first, second) in coding.both_coded(self.book).items()]

    # -- what is written

    def code(self, act: Callable[Concatenate[Book, P], list[Body]], /, *args: P.args, **kwargs: P.kwargs) -> Changed:
        """Perform an act of ``model.coding``: durable when it returns. RuleError, MachineError."""
        return self.write(act(self.book, *args, **kwargs))

    def annotate(self, slot: str, text: str) -> Changed:
        """Write narrative for a report; what stood in that slot is replaced, and empty text takes it out."""
        standing = [record for record in self._own if isinstance(record.body, r.Annotation) and record.body.slot == slot]
        replaces = standing[-1].seq if standing else 0
        return self.write([r.Annotation(role="centre", slot=slot, text=text.strip(), replaces=replaces)])

    def judge(self, head: r.Head, verdict: r.Judgement, *, reason: str = "") -> Changed:
        """Accept, query or reject what a device has sent. RuleError("reason_needed") but for accepting."""
        if verdict != "accept" and not reason.strip():
            raise RuleError("reason_needed")
        return self.write([r.Verdict(role="centre", of=head, verdict=verdict, reason=reason.strip())])

    def give(self, note: r.Ref, code: str, *, coder: Coder = coding.FIRST) -> Changed:
        """Give a note a code."""
        return self.code(coding.give, note=note, code=code, coder=coder)

    def withdraw(self, workshop: str, seat: str) -> Changed:
        """Take a person out of a workshop: what they gave is erased here at once, and on entry where it comes later.

        The kept bundles are cut by ``originals``. RuleError as ``acts.withdraw``.
        """
        acts.need_seat(self.state(workshop), seat)
        records = self._sealed([r.Withdrawal(role="centre", seat=seat, workshop=workshop)])
        self.store.erase(list(taking_in.doomed(self.store, [workshop], records)), append=records)
        self._follow(records)
        return frozenset({"withdrawal"})

    def write(self, bodies: list[Body]) -> Changed:
        """Append bodies as the centre's next records."""
        if not bodies:
            return frozenset()
        records = self._sealed(bodies)
        self.store.append(records)
        self._follow(records)
        return frozenset(record.kind for record in records)

    def _sealed(self, bodies: list[Body]) -> list[Record]:
        at = moment(self._around.clock())
        return [
            codec.seal_body(codec.sanitised(body), device=self.device, seq=seq, at=at, salt=self._around.salt())
            for seq, body in enumerate(bodies, start=len(self._own) + 1)
        ]

    def undo(self) -> Changed:
        """Take the last act back that still counts. RuleError("nothing_to_undo")."""
        if not self._acts:
            raise RuleError("nothing_to_undo")
        return self.write([r.Undo(role="centre", seqs=self._acts[-1])])

    def _follow(self, records: list[Record]) -> None:
        """Take new records of the own chain in; coding, which goes note by note, changes no workshop."""
        self._own += records
        self.book = coding.read(self._own)
        undone = {seq for record in self._own if isinstance(record.body, r.Undo) for seq in record.body.seqs}
        by_act = [[one.seq for one in act if one.kind in UNDOABLE] for _, act in groupby(self._own, key=lambda one: one.at)]
        self._acts = [left for seqs in by_act if (left := [seq for seq in seqs if seq not in undone])]
        touched = {record.seq for record in records}.union(*(one.body.seqs for one in records if isinstance(one.body, r.Undo)))
        if any(record.kind not in {"code", "coding", "undo"} for record in self._own if record.seq in touched):
            self._states.clear()


def opening(pack: Pack, *, laptop: str, key: str, programme: str, practice: bool) -> r.Opened:
    """The first record of a centre's chain. ``laptop``: the centre's principal; ``key``: its public key line."""
    return r.Opened(
        role="centre", workshop=taking_in.CENTRE, area=laptop[:3], laptop=laptop, key=key, pack=digest(pack), programme=programme,
        practice=practice,
    )


def _agreement(code: str, first: list[int], second: list[int]) -> Agreement:
    try:
        alpha: float | None = krippendorff_alpha([first, second])
    except RuleError:  # both gave it to all of these notes: nothing varies, so nothing can be told
        alpha = None
    return Agreement(code, len(first), alpha)
