"""A small workshop for tests: one session, its opening, a clock and salts that repeat."""

import itertools
from datetime import UTC, datetime, timedelta

from tradeoff_desktop.app.desk import Surroundings
from tradeoff_desktop.model import pack as packs
from tradeoff_desktop.model import records as r
from tradeoff_desktop.model.programme import PlannedTable, Session

SESSION = Session(
    id="ESS-2027-A", area="ESS", date="2027-03-02", heads=8, groups={"civil": 5, "government": 3},
    tables=[
        PlannedTable(number=1, theme="HSC", scenario="HSC-1"),
        PlannedTable(number=2, theme="HOU", scenario="HOU-3"),
    ],
)


def surroundings(*, name="a"):
    ticks = itertools.count()
    return Surroundings(
        clock=lambda: datetime(2027, 3, 2, 13, tzinfo=UTC) + timedelta(seconds=next(ticks)),
        salt=lambda: f"{ord(name):02x}{next(ticks):030x}",
    )


def opened(pack, role="lead"):
    return r.Opened(
        role=role, workshop=SESSION.id, area="ESS", laptop="ESS.k3v9x2q7aa@tradeoff", key="ssh-ed25519 x",
        pack=packs.digest(pack), programme="test",
    )
