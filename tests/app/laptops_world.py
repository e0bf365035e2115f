"""Five laptops of one workshop, each with folders of its own, and sticks that are folders."""

import functools
import itertools
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tradeoff_desktop.app import day, handing_over, joining, laptop, planning, programmes, shelf
from tradeoff_desktop.app.desk import Surroundings
from tradeoff_desktop.app.files import Folders, make_folder
from tradeoff_desktop.app.workshops import Workshops
from tradeoff_desktop.model import capture, codec
from tradeoff_desktop.model import records as r

AREA = "ESS"
START = datetime(2026, 10, 5, 12, tzinfo=UTC)
POSTS = ("lead", "desk", "table1", "table2", "table3")


class Machine:
    """One laptop: its folders, its keys, its workshops and, once it has begun, its desk."""

    def __init__(self, root: Path, name: str, clock) -> None:
        self.name = name
        self.places = Folders(root / name)
        number = POSTS.index(name) if name in POSTS else 9
        salts = (f"{number}{count:031x}" for count in itertools.count(1))
        ids = (f"{name:x<8}{count:02}"[:10] for count in itertools.count(1))
        self.workshops = Workshops(self.places, Surroundings(clock=clock, salt=salts.__next__, new_id=ids.__next__))
        self.own = _keys(name)
        laptop.keep(self.own, self.places.keys / AREA, now=START)

    @property
    def role(self):
        return self.desk.role

    def export(self, stick: Path):
        return handing_over.hand_over(self.desk, self.places, folder=stick)

    def note(self, text: str, *, table: int, step: str = "anchor_talk", from_paper: bool = False) -> None:
        self.desk.do(capture.note, r.Note(role=self.role, text=text, step=step, table=table, from_paper=from_paper))

    def files(self) -> list[Path]:
        return [path for path in self.places.root.rglob("*") if path.is_file()]


def _keys(name: str) -> laptop.Laptop:
    number = POSTS.index(name) if name in POSTS else 9
    return laptop.make(AREA, seed=bytes([number]) * 64, id_=f"{name:0<10}")


@functools.cache
def _issued(known: tuple[str, ...], *, practice: bool):
    """Centre, the laptop of another area, and the signed programme; the same for every test."""
    centre = laptop.make("CTR", seed=b"c" * 64, id_="centre0000")
    elsewhere = laptop.make("LDS", seed=b"e" * 64, id_="elsewhere0")
    enrolled = [
        planning.enrol(planning.enrolment_of(own), now=datetime(2020, 1, 1, tzinfo=UTC), valid_until="2099-12-31")
        for own in [*map(_keys, known), elsewhere]
    ]
    issued = planning.issue(programmes.shipped_source(), centre=centre, enrolled=enrolled, practice=practice)
    return centre, elsewhere, issued


class World:
    """A signed programme, its centre, and the laptops of one area."""

    def __init__(self, root: Path, *, known=POSTS, practice: bool = False) -> None:
        self.root = root
        self._ticks = itertools.count()
        self.centre, self.elsewhere, issued = _issued(known, practice=practice)
        laptop.keep(self.centre, root / "centre" / "keys", now=START)
        self.machines = {name: Machine(root, name, self.clock) for name in POSTS}
        self.signed = issued.signed
        self.file = root / "autumn.tradeoff-programme"
        planning.write(issued, self.file)
        self.other = next(one for one in self.signed.programme.sessions if one.area == self.elsewhere.area)
        session = next(one for one in self.signed.programme.sessions if one.area == AREA)
        self.session = codec.amended(session, heads=8, groups={"civil": 5, "government": 3}, tables=session.tables[:3])
        for name in ("lead", "table1"):
            self.know(name)
        self.lead = self.machines["lead"]
        self.lead.desk = self.lead.workshops.begin(self.signed.programme, self.signed.pack, self.session)
        day.prepare(self.lead.desk, self.session)

    def know(self, name: str) -> None:
        """That laptop has taken the programme file in."""
        places = self.machines[name].places
        if not places.programmes.exists():
            shelf.accept(places, shelf.look(places, self.file))

    def clock(self) -> datetime:
        return START + timedelta(seconds=next(self._ticks))

    def stick(self, name: str) -> Path:
        return make_folder(self.root / "sticks" / name)

    def table_file(self) -> Path:
        return joining.write(self.lead.desk, self.lead.places, self.stick("lead"))

    def join(self, name: str, *, role="table") -> Machine:
        self.know(name)
        machine = self.machines[name]
        code = joining.code_of(self.lead.desk, self.lead.places)
        machine.desk = machine.workshops.join(joining.look(machine.places, self.table_file(), code), role=role)
        return machine

    def key(self, machine: Machine, seat: str, sheet: int, answer: str = "skipped") -> None:
        for cell in capture.open_sheet(machine.desk.state, seat=seat, sheet=sheet):
            machine.desk.do(capture.key_answer, role=machine.role, seat=seat, cell=cell, answer=answer)
