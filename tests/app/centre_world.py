"""A real centre of a practice programme, and laptops that write real bundles for it."""

import itertools
from datetime import UTC, datetime, timedelta

from tradeoff_desktop.app import day, laptop, planning, programmes
from tradeoff_desktop.app.centre_folder import CentreFolder
from tradeoff_desktop.app.desk import Desk, Surroundings
from tradeoff_desktop.exchange import bundle
from tradeoff_desktop.model import capture
from tradeoff_desktop.model import pack as packs
from tradeoff_desktop.model import records as r
from tradeoff_desktop.store.store import Store

NOW = datetime(2027, 3, 20, 20, tzinfo=UTC)
LEAD, TABLE, OTHER, STRANGER = (
    laptop.make("LDS", seed=bytes([n]) * 64, id_=f"laptop000{n}") for n in (1, 2, 3, 4)
)
OWN = laptop.make("CTR", seed=bytes([7]) * 64, id_="laptop0007")


def surroundings(name="z", now=NOW):
    ticks = itertools.count()
    return Surroundings(
        clock=lambda: now + timedelta(seconds=next(ticks)), salt=lambda: f"{ord(name):02x}{next(ticks):030x}",
        new_id=lambda: f"centre{ord(name):04d}",
    )


class World:
    """The centre's folder below ``root``, made as a team makes it, and a stick with bundles."""

    def __init__(self, root, *, enrolled=(LEAD, TABLE), prepared=True):
        self.root, self.stick = root, root / "stick"
        self.stick.mkdir(parents=True)
        self.folder = CentreFolder(root / "data" / "centre")
        laptop.keep(OWN, root / "keys", now=NOW)
        named = [planning.enrol(planning.enrolment_of(one), now=datetime(2026, 1, 1, tzinfo=UTC)) for one in enrolled]
        self.issued = planning.issue(programmes.shipped_source(), centre=OWN, enrolled=named, practice=True)
        planning.write(self.issued, root / "own.tradeoff-programme")
        self.pack, self.programme = self.issued.signed.pack, self.issued.signed.programme
        self.session = next(one for one in self.programme.sessions if one.area == "LDS")
        self.numbers = itertools.count()
        if prepared:
            self.folder.bring_keys(root / "keys")
            self.folder.bring_programme(root / "own.tradeoff-programme")

    def around(self):
        """The clock and chance of the central team."""
        return surroundings()

    def desk(self, own=LEAD, role="lead", device="leadlead11", *, name="a", **more):
        session = self.session
        return Desk.begin(Store.create(), self.pack, surroundings(name, datetime(2027, 3, 2, 13, tzinfo=UTC)), device=device, opened=r.Opened(**{
            "role": role, "workshop": session.id, "area": session.area, "session": session.letter, "laptop": own.principal,
            "key": own.public_line, "pack": packs.digest(self.pack), "programme": self.programme.id, "practice": True, **more,
        }))

    def lead(self, own=LEAD, device="leadlead11", *, name="a", **more):
        desk = self.desk(own, "lead", device, name=name, **more)
        day.prepare(desk, self.session)
        return desk

    def table(self, lead, *texts, own=TABLE, device="tabletab11", name="b"):
        desk = self.desk(own, "table", device, name=name)
        desk.join([one for one in lead.store.records(lead.device) if one.kind in {"opened", "setup", "table", "seat"}])
        for text in texts:
            desk.do(capture.note, r.Note(role="table", text=text, step="anchor_talk"))
        return desk

    def write(self, desk, own=LEAD, *, stage="checkpoint", folder=None):
        """A bundle as it comes on a stick, locked for the centre."""
        data = bundle.pack(
            list(desk.store.records(desk.device)), stage=stage, key=own.key, recipients=[OWN.identity.recipient],
            **({"summary": b"%PDF-1.7\n"} if stage == "sealed" and desk.role == "lead" else {}),
        )
        file = (folder or self.stick) / f"{next(self.numbers):02}.tradeoff"
        file.write_bytes(data)
        return file

    def seal(self, lead, *tables):
        """The lead takes the bundles of the tables in, closes and seals."""
        lead.take_in([bundle.read(
            file.read_bytes(), trust=self.folder.access(NOW).trust, identities=[OWN.identity], received_at="2027-03-02T20:00:00.000Z",
        ) for file in tables])
        day.close(lead)
        day.seal(lead, accepted=["x"])
