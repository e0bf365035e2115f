"""One planned workshop as its paper needs it: who sits where, spares, the clock, the words for place and day."""

import math
from dataclasses import dataclass

from tradeoff_desktop.model import runsheet
from tradeoff_desktop.model.pack import Flip, Pack, Scenario
from tradeoff_desktop.model.programme import PlannedTable, Programme, Session
from tradeoff_desktop.model.seats import COLOURS
from tradeoff_desktop.model.sheets import Cell, cells
from tradeoff_desktop.report import phrases

SPARE = 0.25


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A seat: its code, and the group and table it is meant for. A spare has no group and no table yet."""

    code: str = ""
    group: str = ""
    table: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Occasion:
    """A planned workshop; ``people`` in the order of their codes, ``spare`` the codes that follow."""

    programme: Programme
    session: Session
    pack: Pack
    people: tuple[Place, ...]
    spare: tuple[Place, ...]

    @property
    def area(self) -> str:
        """The name of the area."""
        return self.pack.area(self.session.area).name

    @property
    def day(self) -> str:
        """The day in words."""
        return phrases.day(self.session.date)

    @property
    def colour(self) -> str:
        """The colour of the session letter."""
        return COLOURS[self.session.letter][1]

    @property
    def label(self) -> str:
        """Area, day and session, as every page carries them."""
        return f"{self.area} · {self.day} · session {self.session.letter} ({COLOURS[self.session.letter][0]})"

    @property
    def minutes(self) -> int:
        """The length of the workshop."""
        return runsheet.total_minutes(self.pack)

    def at(self, minutes: int) -> str:
        """The time of day so many minutes after the start."""
        started = int(self.session.start[:2]) * 60 + int(self.session.start[3:])
        return f"{(started + minutes) // 60 % 24:02d}:{(started + minutes) % 60:02d}"

    def seats(self, table: int) -> list[Place]:
        """The people of one table, and its spare sheets: a quarter more, without a code."""
        sitting = [place for place in self.people if place.table == table]
        return [*sitting, *[Place(table=table)] * spares(len(sitting))]

    def cells(self, table: PlannedTable, sheet: int) -> list[Cell]:
        """The cells of a sheet at a table, in the order in which they are printed and keyed."""
        return cells(
            self.pack, sheet=sheet, area=self.session.area, table=table.number, theme_scenario=table.scenario,
        )

    def flips(self, scenario: Scenario, table: int) -> list[Flip]:
        """The changes of a case in the order of the room (table 0) or of a table."""
        order = self.pack.order_index(area=self.session.area, table=table, scenario=scenario.id)
        return self.pack.flip_order(scenario.id, order)

    def facts(self, place: Place | None = None) -> dict[str, str]:
        """What the texts of the forms may name; a code that is not known yet is left to be written in."""
        wording = self.pack.wording
        return {
            "title": self.pack.title, "programme": self.programme.title, "area": self.area, "day": self.day,
            "start": self.session.start, "ends": self.at(self.minutes), "letter": self.session.letter,
            "venue": self.session.venue or "the place named in your invitation", "heads": str(self.session.heads),
            "cut_off": phrases.day(self.programme.withdrawal_cut_off), "delete_by": phrases.day(self.programme.delete_by),
            "consent": wording.consent, "withdrawal": wording.withdrawal, "privacy_risk": wording.privacy_risk,
            "security_risk": wording.security_risk, "public_safety": wording.public_safety,
            "code": (place.code if place else "") or "...............", "seats": str(len(self.people)),
        }


def spares(count: int) -> int:
    """A quarter more, and at least one."""
    return max(1, math.ceil(count * SPARE))


def case_name(occasion: Occasion, table: PlannedTable | None) -> str:
    """What the case of a table is called on its papers; without a table, the case of the whole room."""
    if table is None:
        return "The case for everybody"
    return f"Table {table.number} · {occasion.pack.theme(table.theme).name}"
