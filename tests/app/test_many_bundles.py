"""1,200 bundles with the bad ones among them: the good are in, each bad one is named, and a second run changes nothing.

Every bundle is written by the exporter of a desk that did the acts. The short form has the same mix on a twentieth.
"""

from typing import NamedTuple

import pytest
from centre_world import LEAD, NOW, OWN, STRANGER, TABLE, World, surroundings

from tradeoff_desktop.app import centre, exporting, inbox, merging, originals
from tradeoff_desktop.exchange import bundle, container, sealing
from tradeoff_desktop.model import capture, codec
from tradeoff_desktop.model import records as r
from tradeoff_desktop.store.store import Store

TABLES = 4  # laptops at tables, beside the lead


class Mix(NamedTuple):
    """How many bundles of each sort."""

    all: int
    damaged: int
    forged: int
    duplicates: int
    forks: int

    @property
    def good(self):
        """What must be in afterwards."""
        return self.all - self.damaged - self.forged - self.duplicates - self.forks


SHORT, WHOLE = Mix(60, 4, 3, 2, 1), Mix(1200, 20, 5, 10, 3)


class Batch:
    """The files of a mix, and which of them are what."""

    def __init__(self, world, mix):
        self.world, self.files, self.forks = world, [], []
        made = self._good()
        self.good = [next(made) for _ in range(mix.good)]
        spare = [next(made) for _ in range(mix.damaged)]
        self.damaged = [self._damaged(data, number) for number, data in enumerate(spare)]
        self.forged = [self._forged(number) for number in range(mix.forged)]
        for number, data in enumerate(self.good):
            self._write(f"good-{number:04}", data)
        self.duplicates = [self._write(f"copy-{number}", data) for number, data in enumerate(self.good[: mix.duplicates])]
        self.forked = [self._write(f"fork-{number}", data) for number, data in enumerate(self.forks[: mix.forks])]

    def _good(self):
        """Workshop after workshop: the lead's bundle, then one of each table laptop."""
        number = 0
        while True:
            self.world.session = codec.amended(self.world.session, id=f"practice-LDS-{number:04}-A")
            lead = self.world.lead(device=f"lead{number:06}")
            other = self.world.lead(device=f"lead{number:06}")
            for desk, said in ((lead, "what was said"), (other, "something else")):
                desk.do(capture.note, r.Note(role="lead", text=said, step="anchor_talk"))
            yield self._export(lead, LEAD)
            self.forks.append(self._export(other, LEAD))
            for at in range(TABLES):
                table = self.world.table(lead, f"note of table {at}", device=f"t{at}{number:08}")
                yield self._export(table, TABLE)
                table.store.close()
            for desk in (lead, other):
                desk.store.close()
            number += 1

    def _export(self, desk, own):
        return exporting.make(desk, own, [OWN.identity.recipient], checkpoint=True)

    def _damaged(self, data, number):
        """Cut short, or with one byte that a stick changed."""
        at = len(data) * (number + 1) // (number + 7)
        bad = data[:at] if number % 2 else data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]
        return self._write(f"damaged-{number}", bad)

    def _forged(self, number):
        """Somebody else's key under the lead's name, or an answer changed after signing and locked again for the centre."""
        self.world.session = codec.amended(self.world.session, id=f"practice-LDS-{9000 + number}-A")
        lead = self.world.lead(device=f"forge{number:05}")
        lead.do(capture.note, r.Note(role="lead", text="what was said", step="anchor_talk"))
        records = list(lead.store.records(lead.device))
        if number % 2:
            data = bundle.pack(records, stage="checkpoint", key=STRANGER.key, recipients=[OWN.identity.recipient])
        else:
            plain = sealing.decrypt(self._export(lead, LEAD), [OWN.identity])
            entries = {name: data.replace(b"what was said", b"what was sold") for name, data in container.scan(plain)}
            data = sealing.encrypt(container.write(entries), [OWN.identity.recipient])
        return self._write(f"forged-{number}", data)

    def _write(self, name, data):
        file = self.world.stick / f"{name}.tradeoff"
        file.write_bytes(data)
        self.files.append(file)
        return file.name


def check(tmp_path, mix):
    world = World(tmp_path)
    batch = Batch(world, mix)
    assert len(batch.files) == mix.all
    found = inbox.look(batch.files, world.folder, surroundings(), take_in=True)
    assert found.good == mix.good
    rows = {row.file: row for row in found.rows}
    assert len(rows) == mix.all
    for name in [*batch.damaged, *batch.forged]:
        assert rows[name].says, name
        assert rows[name].todo, name
    assert {rows[name].short for name in batch.damaged} <= {"damaged while it was copied", "damaged, or no bundle"}
    assert {rows[name].short for name in batch.forged} == {"changed after signing", "we cannot tell who signed it"}
    assert {rows[name].short for name in batch.duplicates} == {"already held"}
    assert {rows[name].short for name in batch.forked} == {"two copies differ"}
    assert {name for name, row in rows.items() if row.tone != "ok"} == {*batch.damaged, *batch.forged, *batch.forked}
    before, kept = list(centre.dump(world.folder.store)), [one.path.name for one in originals.taken_in(world.folder.store)]
    assert len(kept) == mix.good
    again = inbox.look(batch.files, world.folder, surroundings(), take_in=True)
    assert again.good == 0
    assert list(centre.dump(world.folder.store)) == before
    assert [one.path.name for one in originals.taken_in(world.folder.store)] == kept
    made = merging.rebuild(world.folder.store, new=tmp_path / "new.db", access=world.folder.access(NOW))
    assert made.same
    with Store.look(tmp_path / "new.db") as held:
        assert list(held.dump()) == before


def test_the_good_are_in_each_bad_one_is_named_and_a_second_run_changes_nothing(tmp_path):
    check(tmp_path, SHORT)


@pytest.mark.full
def test_the_same_of_twelve_hundred(tmp_path):
    check(tmp_path, WHOLE)
