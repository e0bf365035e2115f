"""The state of a workshop: what its records say, ready to be asked.

``Workshop`` is never stored and never changed but by ``fold``. What may be written next is decided in ``acts``
and ``capture``.
"""

from collections.abc import Iterator
from typing import NamedTuple, TypeVar

from tradeoff_desktop.model import records as r
from tradeoff_desktop.model.kinds import BODIES, KIND_OF
from tradeoff_desktop.model.pack import Pack
from tradeoff_desktop.model.records import Body, Record
from tradeoff_desktop.model.sense import Sense
from tradeoff_desktop.model.sheets import Cell, cells

B = TypeVar("B", bound=Body)


class Keyed(NamedTuple):
    """One keying of one cell."""

    record: Record
    body: r.Rating


class Wrote(NamedTuple):
    """What one laptop keyed of one written answer."""

    record: Record
    body: r.WrittenAnswer


class Workshop:
    """Everything that is true now about one workshop, as far as the folded records know."""

    def __init__(self, pack: Pack, *, own: str = "") -> None:
        self.pack = pack
        self.own = own
        self.live: dict[str, dict[tuple[str, int], Record]] = {kind: {} for kind in BODIES}
        self.past: dict[tuple[str, int], Record] = {}  # notes replaced or taken back: their words are still held
        self.instead: dict[tuple[str, int], tuple[str, int]] = {}  # which note stands for a replaced one
        self.openings: dict[str, r.Opened] = {}
        self.lineage: dict[str, tuple[str, int]] = {}  # of stores brought back: the first of them, and which this is
        self.setup: r.Setup | None = None
        self.tables: dict[int, r.Table] = {}
        self.seats: dict[str, r.Seat] = {}
        self.consents: dict[str, r.Consent] = {}
        self.consent_said: dict[str, dict[str, r.Consent]] = {}
        self.withdrawn: set[str] = set()
        self.step = ""
        self.begun: dict[str, str] = {}
        # Minutes of steps whose length is not the usual one; 0 is left out, as an optional step is to begin with.
        self.lengths: dict[str, int] = {step.id: 0 for step in pack.agenda if step.optional}
        self.here: int | None = None
        self.closed = self.sealed = False
        self.keyed: dict[tuple[str, int], dict[Cell, dict[tuple[str, int], Keyed]]] = {}
        self.positions: dict[tuple[int, str], r.Position] = {}
        self.framework: dict[tuple[int, str, int], r.Framework] = {}  # by table, case and question
        self.written: dict[tuple[str, str], dict[str, Wrote]] = {}  # by seat and question, then by laptop
        self.collected: dict[tuple[int, int], int] = {}
        self.exposures: dict[tuple[int, str, str], r.Exposure] = {}
        self.dropped: set[tuple[str, int]] = set()  # undone, ruled out, or too late
        self.sense = Sense(pack)
        self.senseless: set[tuple[str, int]] = set()  # speak of things the pack does not have
        self.after_seal: set[tuple[str, int]] = set()  # came after sealing; counts only once a ruling keeps it
        self._cells: dict[tuple[int, int], list[Cell]] = {}

    # -- what is asked of it

    @property
    def opening(self) -> r.Opened:
        """The lead's opening where it is known, otherwise the first device's."""
        leads = [o for _, o in sorted(self.openings.items()) if o.role == "lead"]
        return leads[0] if leads else next(o for _, o in sorted(self.openings.items()))

    @property
    def area(self) -> str:
        """The area code of the workshop."""
        return self.opening.area

    def bodies(self, kind: type[B]) -> list[tuple[Record, B]]:
        """The live records of one kind with their bodies, in record order."""
        found = self.live[KIND_OF[kind]].values()
        return [(record, record.body) for record in found if isinstance(record.body, kind)]

    def line(self, device: str) -> str:
        """The laptop that wrote: the first of the stores where one was brought back."""
        return self.lineage.get(device, (device, 0))[0]

    def written_answers(self) -> list[r.WrittenAnswer]:
        """The written answers that count: once each; none where laptops keyed it differently and nobody has settled it."""
        found = [[one.body for one in by_line.values()] for _, by_line in sorted(self.written.items())]
        return [bodies[0] for bodies in found if len({(body.text, body.missing) for body in bodies}) == 1]

    def clarified(self) -> dict[tuple[str, int], list[str]]:
        """What was added to each note, by the note that counts now: a clarification goes along when a note is mended."""
        added: dict[tuple[str, int], list[str]] = {}
        for _, body in self.bodies(r.Clarification):
            added.setdefault(self.counting((body.of.device, body.of.seq)), []).append(body.text)
        return added

    def counting(self, key: tuple[str, int]) -> tuple[str, int]:
        """The note that counts now for the one of that key."""
        while key in self.instead:
            key = self.instead[key]
        return key

    def open_tables(self) -> list[r.Table]:
        """The tables people sit at, by number."""
        return [table for _, table in sorted(self.tables.items()) if table.state == "open"]

    def table_of(self, seat: str) -> r.Table:
        """The table of a seat, following tables that were combined."""
        table = self.tables[self.seats[seat].table]
        for _ in self.tables:  # no longer than there are tables, whatever they were combined with
            if table.state != "combined" or table.into not in self.tables:
                break
            table = self.tables[table.into]
        return table

    def cells_of(self, seat: str, sheet: int) -> list[Cell]:
        """The cells of one sheet of one seat, in printed order."""
        table = self.table_of(seat)
        key = (table.number, sheet)
        if key not in self._cells:
            self._cells[key] = cells(
                self.pack, sheet=sheet, area=self.area, table=table.number, theme_scenario=table.scenario,
            )
        return self._cells[key]

    def sitting(self) -> list[str]:
        """The seats whose answers are expected: everyone but no-shows and people who withdrew."""
        return [s for s, seat in sorted(self.seats.items()) if seat.state != "no_show" and s not in self.withdrawn]

    def answer(self, seat: str, cell: Cell) -> str:
        """The answer that counts: "" not keyed, "differs" where keyings disagree and no two agree."""
        keyings = self.keyed.get((seat, cell.sheet), {}).get(cell, {})
        if len(keyings) == 1:  # as nearly always
            return next(iter(keyings.values())).body.answer
        answers = [k.body.answer for k in keyings.values()]
        if not answers:
            return "not_played" if self._not_played(cell) else ""
        if len(set(answers)) == 1:
            return answers[0]
        twice = [a for a in answers if answers.count(a) > 1]
        return twice[0] if twice else "differs"

    def _not_played(self, cell: Cell) -> bool:
        """Whether the step in which the box would have been filled in was skipped. A box keyed all the same counts."""
        skipped = self.left_out  # few, and asked of thousands of boxes
        of_anchor = cell.scenario == self.pack.anchor.id
        return bool(skipped) and any(
            step.sheet == cell.sheet and step.id in skipped and (step.scenario == "anchor") == of_anchor
            for step in self.pack.agenda if step.sheet
        )

    def sheet_done(self, seat: str, sheet: int) -> bool:
        """Whether every cell of that sheet has an answer that counts."""
        return all(self.answer(seat, cell) not in {"", "differs"} for cell in self.cells_of(seat, sheet))

    def missing(self, sheet: int) -> list[str]:
        """The seats whose sheet is not wholly keyed."""
        return [seat for seat in self.sitting() if not self.sheet_done(seat, sheet)]

    def answers(self) -> Iterator[tuple[str, Cell, str]]:
        """Every (seat, cell, answer) that counts: of people who came, signed and did not withdraw."""
        counted = {seat for seat in self.sitting() if seat in self.consents and self.consents[seat].signed}
        for (seat, _), by_cell in sorted(self.keyed.items()):
            if seat in counted:
                for cell in sorted(by_cell):
                    yield seat, cell, self.answer(seat, cell)
        unplayed = sorted({step.sheet for step in self.pack.agenda if step.sheet and self.lengths.get(step.id) == 0})
        for sheet in unplayed:
            for seat in sorted(counted & self.seats.keys()):
                keyed = self.keyed.get((seat, sheet), {})
                for cell in self.cells_of(seat, sheet):
                    if cell not in keyed and self._not_played(cell):
                        yield seat, cell, "not_played"

    @property
    def left_out(self) -> set[str]:
        """The steps of the agenda that are not walked."""
        return {step for step, minutes in self.lengths.items() if minutes == 0}

    def forget_cells(self) -> None:
        """Drop the remembered sheets; a table has changed."""
        self._cells.clear()
