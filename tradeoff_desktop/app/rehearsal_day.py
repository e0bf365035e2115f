"""One area's day in a rehearsal, played through the same acts the windows call.

A lead laptop, a data desk and two table laptops, each with a store of its own; twenty people, and the untidy things
that happen: no-shows, a latecomer, a slip of the finger taken back, a whole sheet keyed for the wrong person, a
sample keyed twice, a bundle that comes after sealing, somebody who withdraws.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from tradeoff_desktop.app import day, exporting, publishing, second_keying
from tradeoff_desktop.app import rehearsal_people as people
from tradeoff_desktop.app import rehearsal_words as words
from tradeoff_desktop.app.desk import Desk, moment
from tradeoff_desktop.app.exporting import Exported
from tradeoff_desktop.app.files import make_folder
from tradeoff_desktop.app.laptop import Laptop
from tradeoff_desktop.app.workshops import Workshops
from tradeoff_desktop.exchange import bundle, comparison, tablefile
from tradeoff_desktop.exchange.programme import SignedProgramme, trust_of
from tradeoff_desktop.model import acts, capture, codec, runsheet
from tradeoff_desktop.model import records as r
from tradeoff_desktop.model.capture import How
from tradeoff_desktop.model.pack import BASE, AgendaStep
from tradeoff_desktop.model.programme import Session
from tradeoff_desktop.model.sheets import Cell

NO_SHOWS = 2


class Clockwork:
    """The rehearsal's clock: it moves two seconds with every look and jumps to where the agenda is."""

    def __init__(self, start: datetime) -> None:
        self.time = start

    def __call__(self) -> datetime:
        """The time now."""
        self.time += timedelta(seconds=2)
        return self.time

    def reach(self, when: datetime) -> None:
        """Move on to ``when``; never back."""
        self.time = max(self.time, when)


@dataclass
class Post:
    """One laptop on the day: its keys, its workshops and, once begun, its desk."""

    name: str
    own: Laptop
    workshops: Workshops
    recipients: tuple[str, ...]
    desk: Desk = field(init=False)

    @property
    def role(self) -> r.Role:
        """The role of its desk."""
        return self.desk.role


class Untidy(NamedTuple):
    """What goes wrong in this area beyond the usual."""

    late_bundle: bool = False
    withdrawal: bool = False


class Played(NamedTuple):
    """What a day left behind."""

    workshop: str
    bundles: tuple[Path, ...]
    seal: tuple[str, ...]
    withdrawn: str


class Day:
    """One area's workshop, from laying tables to the last stick."""

    def __init__(self, signed: SignedProgramme, session: Session, clock: Clockwork, *, seed: int, people: int) -> None:
        self.signed = signed
        self.pack = signed.pack
        self.no_shows = min(NO_SHOWS, acts.MOST - people)
        self.session = _sized(session, people + self.no_shows)
        self.clock = clock
        self.seed = seed
        hour, minute = map(int, session.start.split(":"))
        self.start = datetime.fromisoformat(session.date).replace(hour=hour, minute=minute, tzinfo=UTC)
        self.lead: Post
        self.desk: Post
        self.tables: dict[int, Post] = {}
        self.withdrawn = ""
        self.number = signed.pack.area(session.area).number

    def play(self, posts: Sequence[Post], sticks: Path, untidy: Untidy) -> Played:
        """Play the whole day on these laptops (lead, data desk, tables) and write every bundle to ``sticks``."""
        self._arrive(list(posts))
        for planned in runsheet.walked(self.pack):
            self.clock.reach(self.start + timedelta(minutes=planned.starts))
            self.lead.desk.do(acts.begin_step, role="lead", step=planned.step.id)
            self._step(planned.step)
        day.close(self.lead.desk)
        self._key([3, 4])
        self._check_sample()
        self._key_words()
        return self._send(make_folder(sticks), untidy)

    # -- before people sit down

    def _arrive(self, posts: list[Post]) -> None:
        self.lead, self.desk, *others = posts
        self.clock.reach(self.start - timedelta(hours=2))
        self.lead.desk = self.lead.workshops.begin(self.signed.programme, self.pack, self.session)
        day.prepare(self.lead.desk, self.session)
        lead = self.lead.desk
        seats = sorted(lead.state.seats)
        for seat in seats[2 :: len(seats) // NO_SHOWS][: self.no_shows]:
            lead.do(acts.change_seat, role="lead", seat=seat, to="no_show")
        self.latecomer = lead.state.sitting()[-1]
        lead.do(acts.change_seat, role="lead", seat=self.latecomer, to="late")
        table_file = tablefile.write(list(lead.store.records(lead.device)), key=self.lead.own.key)
        code = comparison.workshop_code(self.session.id, self.lead.own.key.public)
        numbers = [table.number for table in self.session.tables]
        self.tables = dict(zip((numbers[0], numbers[-1]), others, strict=False))
        for post in [self.desk, *others]:
            joined = tablefile.read(table_file, code=code)
            role: r.Role = "desk" if post is self.desk else "table"
            post.desk = post.workshops.begin(self.signed.programme, self.pack, self.session, role=role)
            post.desk.join(joined.records)
        for seat in lead.state.sitting():
            self.desk.desk.do(acts.consent, role="desk", seat=seat, signed=True, quotable=seat != self.latecomer)

    # -- in the room

    def _step(self, step: AgendaStep) -> None:
        lead = self.lead.desk
        if step.id == "practice":
            self._count_hands(step)
        for screen in runsheet.screens(self.pack, step.id, area=self.session.area):
            if screen.scenario:
                lead.do(acts.expose, role="lead", scenario=screen.scenario, variant=screen.variant)
        if "sheets" in step.capture:
            self._collect(step.sheet)
        if step.id in {"anchor_talk", "anchor_flips", "theme_talk", "theme_flips"}:
            self._take_notes(step)
        if "position" in step.capture:
            self._take_positions(step)
        self._between(step)

    def _between(self, step: AgendaStep) -> None:
        lead = self.lead.desk
        if step.id == "anchor_read":  # the latecomer has come
            lead.do(acts.count_heads, role="lead", here=len(lead.state.sitting()))
        if step.id == "theme_statement":
            for table in lead.state.open_tables():
                lead.do(capture.draft_statement, role="lead", table=table.number, text=words.statement(table.theme, self.number))
        if step.id == "statements":
            self._ratify()
        if step.id == "break":
            self._key([1, 2])
            self._take_in([self.desk])

    def _count_hands(self, step: AgendaStep) -> None:
        here = len(self.lead.desk.state.sitting()) - 1  # the latecomer is not there yet
        self.lead.desk.do(acts.count_heads, role="lead", here=here)
        shares = {"1": here // 8, "2": here // 4, "3": here // 5, "4": here // 4}
        counts = shares | {"5": here - sum(shares.values())}
        self.lead.desk.do(capture.tally, r.Tally(
            role="lead", step=step.id, scenario=self.pack.anchor.id, variant=BASE, item=self.pack.primary_item,
            counts=counts, here=here, inferred="5",
        ))

    def _collect(self, sheet: int) -> None:
        for table in self.lead.desk.state.open_tables():
            count = len(self._people_at(table.number))
            self.lead.desk.do(capture.collect, role="lead", table=table.number, sheet=sheet, count=count)

    def _take_notes(self, step: AgendaStep) -> None:
        anchor = step.scenario == "anchor"
        after = step.id.endswith("_flips")
        tables = len(self.lead.desk.state.open_tables())
        for place, table in enumerate(self.lead.desk.state.open_tables()):
            post = self.tables.get(table.number, self.lead)
            said = words.anchor(self.number) if anchor else words.theme(table.theme, self.number)
            half = (len(said) + 1) // 2
            chosen = said[half:] if after else said[:half]
            scenario = self.pack.anchor.id if anchor else table.scenario
            flips = self.pack.flip_order(scenario, 0)
            for number, one in enumerate(chosen[place::tables] if anchor else chosen):
                variant = flips[number % len(flips)].id if after else BASE
                post.desk.do(capture.note, r.Note(
                    role=post.role, kind=one.kind, text=one.text, verbatim=one.verbatim, group=one.group, step=step.id,
                    scenario=scenario, variant=variant, round="RV" if after else "RB", table=table.number,
                    typed=moment(self.clock()),
                ))

    def _take_positions(self, step: AgendaStep) -> None:
        lead = self.lead.desk
        for table in lead.state.open_tables():
            scenario = self.pack.anchor.id if step.scenario == "anchor" else table.scenario
            turn = (self.number + table.number + (0 if step.scenario == "anchor" else 3))
            decision: r.Decision = ("2", "2", "1", "3", "2", "no_agreement")[turn % 6]
            picked = words.CONDITIONS[turn % len(words.CONDITIONS) :][:3]
            lead.do(capture.take_position, r.Position(
                role="lead", table=table.number, scenario=scenario, decision=decision, disagreed=turn % 3,
                reason=words.reason(decision, turn), conditions=[code for code, _ in picked],
            ))
            for code, necessity in picked:
                lead.do(capture.set_condition, r.Condition(
                    role="lead", table=table.number, scenario=scenario, variant=BASE, condition=code,
                    necessity=necessity,
                ))

    def _ratify(self) -> None:
        lead = self.lead.desk
        here = len(lead.state.sitting())
        for number, (draft, body) in enumerate(lead.state.bodies(r.Statement)):
            against, abstained = number % 3, (number + 1) % 3
            lead.do(capture.ratify, draft=draft.ref, voted=codec.amended(
                body, state="ratified", in_favour=here - against - abstained, against=against, abstained=abstained,
                dissent=words.DISSENT[number % len(words.DISSENT)] if against else "",
            ))

    # -- at the data desk

    def _key(self, sheets: list[int]) -> None:
        """Key these sheets for everyone, with one slip taken back and one sheet keyed for the wrong person."""
        present = self.lead.desk.state.sitting()
        for sheet in sheets:
            marks = {seat: self._marks(seat, sheet) for seat in present}
            for number, seat in enumerate(present):
                cells = capture.open_sheet(self.desk.desk.state, seat=seat, sheet=sheet)
                if sheet == 2 and number == 1:
                    self._slip(seat, cells[0])
                wrong = marks[present[4]] if sheet == 2 and number == 3 else None
                self._key_sheet(seat, cells, wrong or marks[seat])
                if wrong is not None:
                    self._correct(seat, cells, marks[seat])

    def _marks(self, seat: str, sheet: int) -> list[str]:
        """What that person marked on that sheet; a latecomer was not there for the first one."""
        state = self.lead.desk.state
        cells = state.cells_of(seat, sheet)
        if sheet == 1 and seat == self.latecomer:
            return ["absent"] * len(cells)
        who = people.person(self.seed, area=self.session.area, seat=f"{seat}/{sheet}", table=state.seats[seat].table)
        who = who._replace(leaning=people.person(
            self.seed, area=self.session.area, seat=seat, table=state.seats[seat].table,
        ).leaning)
        return [people.answer(who, self.pack, cell) for cell in cells]

    def _key_sheet(self, seat: str, cells: list[Cell], answers: list[str], *, keying: int = 1) -> None:
        for cell, answer in zip(cells, answers, strict=True):
            self._key_one(seat, cell, answer, How(keying=keying))

    def _key_one(self, seat: str, cell: Cell, answer: str, how: How) -> None:
        self.desk.desk.do(capture.key_answer, role="desk", seat=seat, cell=cell, answer=answer, how=how)

    def _slip(self, seat: str, cell: Cell) -> None:
        self._key_one(seat, cell, "declined", How())
        self.desk.desk.undo()

    def _correct(self, seat: str, cells: list[Cell], answers: list[str]) -> None:
        """Key a sheet again over a wrong keying: every answer is a new record that replaces the old one."""
        state, device = self.desk.desk.state, self.desk.desk.device
        for cell, answer in zip(cells, answers, strict=True):
            was = state.keyed[seat, cell.sheet][cell][device, 1].record.seq
            self._key_one(seat, cell, answer, How(replaces=was))

    def _check_sample(self) -> None:
        """Key a sample a second time, blind; where one cell differs, a third keying settles it."""
        for number, seat in enumerate(second_keying.drawn(self.desk.desk.state, 4)):
            cells, right = self.desk.desk.state.cells_of(seat, 4), self._marks(seat, 4)
            second = ["unreadable", *right[1:]] if number == 0 else right
            self._key_sheet(seat, cells, second, keying=2)
            if second != right:
                self._key_one(seat, cells[0], right[0], How(keying=3))

    def _key_words(self) -> None:
        present = self.lead.desk.state.sitting()
        for seat, text in zip(present[::3], words.WRITTEN, strict=False):
            self.desk.desk.do(capture.write_answer, role="desk", seat=seat, question="moved", text=text)

    # -- afterwards

    def _send(self, sticks: Path, untidy: Untidy) -> Played:
        """Take in what the other laptops wrote, seal, and write every bundle; then what comes too late."""
        late = [list(self.tables.values())[-1]] if untidy.late_bundle and self.tables else []
        on_time = [post for post in [self.desk, *self.tables.values()] if post not in late]
        self._take_in(on_time)
        written = [self._export(post, sticks).path for post in on_time]
        accepted = ["Practice: accepted as it stands"] if day.gaps(self.lead.desk.state) else []
        seal = day.seal(self.lead.desk, accepted=accepted)
        written.append(self._export(self.lead, sticks).path)
        for post in late:
            post.desk.do(capture.note, r.Note(
                role=post.role, text="Typed from paper after the day.", step="close", from_paper=True,
            ))
            written.append(self._export(post, sticks).path)
        if untidy.withdrawal:
            self.withdrawn = self.lead.desk.state.sitting()[6]
            self.lead.desk.withdraw(self.withdrawn)
            written.append(self._export(self.lead, sticks).path)
        for post in [self.lead, self.desk, *self.tables.values()]:
            post.workshops.leave(post.desk)
        return Played(self.session.id, tuple(written), seal, self.withdrawn)

    def _take_in(self, posts: Sequence[Post]) -> None:
        """The lead takes other laptops' bundles in, as from a stick: verified against the programme first."""
        trust = trust_of(self.signed.programme)
        opened = [
            bundle.read(
                exporting.make(post.desk, post.own, post.recipients), trust=trust,
                identities=[self.lead.own.identity], received_at=moment(self.clock()),
            )
            for post in posts
        ]
        self.lead.desk.take_in(opened)

    def _export(self, post: Post, sticks: Path) -> Exported:
        summary = publishing.session_summary(post.desk.state) if post is self.lead else None
        data = exporting.make(post.desk, post.own, post.recipients, summary=summary)
        exported = exporting.export(post.desk, post.own, data, folder=sticks)
        post.workshops.note_export(post.desk, file=exported.path.name, others=sorted(path.name for path in sticks.iterdir()))
        return exported

    def _people_at(self, table: int) -> list[str]:
        state = self.lead.desk.state
        return [seat for seat in state.sitting() if state.table_of(seat).number == table]


def recipients(signed: SignedProgramme, own: Laptop, lead: Laptop) -> tuple[str, ...]:
    """Who may open what this laptop writes (decision 27): centre, escrow, the lead, and the writer itself."""
    named = (signed.programme.centre, signed.programme.escrow, lead.identity.recipient, own.identity.recipient)
    return tuple(dict.fromkeys(filter(None, named)))


def _sized(session: Session, heads: int) -> Session:
    """The session for ``heads`` expected people: groups in the planned shares, a table for about every five."""
    codes = sorted(session.groups)
    total = sum(session.groups.values())
    groups = {code: heads * session.groups[code] // total for code in codes}
    groups[codes[0]] += heads - sum(groups.values())
    tables = session.tables[: max(1, min(len(session.tables), round((heads - NO_SHOWS) / 5)))]
    return codec.amended(session, heads=heads, groups=groups, tables=tables)
