"""A programme: what the centre planned, as every laptop must know it before the day.

It fixes areas, sessions, tables, themes, scenarios, flips and orders, names the recipients of bundles and the
laptops that may sign, and carries the pack by its digest. ``exchange.programme`` signs and reads its file.
"""

from typing import Annotated

from msgspec import Meta, Struct

from tradeoff_desktop.model.records import AreaCode, Code, Count, Day, Digest, Line, Principal, TableNumber


class _Part(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    pass


class PlannedTable(_Part, frozen=True, kw_only=True):
    """One table of a session: its theme and the scenario of that theme."""

    number: TableNumber
    theme: Code
    scenario: Code


class Session(_Part, frozen=True, kw_only=True):
    """One planned workshop: an area's session. ``id`` is the workshop's id everywhere."""

    id: Code
    area: AreaCode
    letter: Annotated[str, Meta(pattern=r"^[A-Z]$(?!\n)")] = "A"
    date: Day
    start: Annotated[str, Meta(pattern=r"^[0-9]{2}:[0-9]{2}$(?!\n)")] = "13:30"
    venue: Line = ""
    heads: Count
    groups: dict[Code, Count] = {}
    tables: list[PlannedTable]


class Laptop(_Part, frozen=True, kw_only=True):
    """A laptop that may sign for an area, with its age recipient and how long its key holds."""

    principal: Principal
    area: AreaCode
    key: Line
    recipient: Line
    valid_from: Day
    valid_until: Day


class Programme(_Part, frozen=True, kw_only=True):
    """The plan of a whole programme. ``centre`` and ``escrow`` are age recipients ("" : none known)."""

    id: Code
    title: Line
    pack: Digest
    areas: list[AreaCode]
    sessions: list[Session]
    signing_key: Line
    next_key: Line = ""
    centre: Line = ""
    escrow: Line = ""
    laptops: list[Laptop] = []
    withdrawal_cut_off: Day
    delete_by: Day
    revoked: list[Line] = []
    issue: Annotated[int, Meta(ge=1, le=9999)] = 1
    practice: bool = False
    format: Annotated[int, Meta(ge=1, le=1)] = 1

    def session(self, workshop: str) -> Session:
        """The planned session of that workshop id; KeyError for an unknown one."""
        for session in self.sessions:
            if session.id == workshop:
                return session
        raise KeyError(workshop)
