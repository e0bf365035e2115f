"""A whole day in one process: a lead, a data desk and three table laptops, with sticks that fail; then the centre."""

import shutil
from pathlib import Path
from typing import NamedTuple

import pytest
from laptops_world import World

from tradeoff_desktop.app import (
    centre,
    checkpoints,
    day,
    differences,
    exporting,
    gathering,
    handing_over,
    joining,
    judging,
    merging,
)
from tradeoff_desktop.errors import MachineError
from tradeoff_desktop.exchange import sealing
from tradeoff_desktop.exchange.programme import trust_of
from tradeoff_desktop.model import acts, capture, chain
from tradeoff_desktop.model import records as r

TABLES = ("table1", "table2", "table3")
EVERY = ("lead", "desk", *TABLES)


class Usage(NamedTuple):
    """What the system says of a disk with next to nothing free."""

    total: int = 10**9
    used: int = 10**9
    free: int = 30_000


class Day(World):
    """The world with what is remembered of the day: every note that was acknowledged, every word that must go."""

    def __init__(self, root: Path) -> None:
        super().__init__(root)
        self.acknowledged: list[str] = []
        self.gone: list[bytes] = []
        self.sticks = 0

    def said(self, name: str, text: str, **more) -> None:
        machine = self.machines[name]
        machine.note(text, table=max(1, EVERY.index(name) - 1), **more)
        self.acknowledged.append(text)

    def written_answer(self, seat: str, text: str) -> None:
        self.machines["desk"].desk.do(capture.write_answer, role="desk", seat=seat, question="moved", text=text)

    def remember(self, seat: str, *words: str) -> None:
        """What a person gave, byte for byte as it stands in any store now."""
        for machine in self.machines.values():
            for record in machine.desk.store.records():
                if isinstance(record.body, r.Rating | r.WrittenAnswer | r.Consent) and record.body.seat == seat:
                    self.gone.append(record.raw)
        self.gone += [word.encode() for word in words]

    def fresh_stick(self) -> Path:
        self.sticks += 1
        return self.stick(f"stick-{self.sticks}")

    def take_in(self, *names: str) -> Path:
        """These laptops write to one stick, and the lead takes it in."""
        stick = self.fresh_stick()
        for name in names:
            self.machines[name].export(stick)
        offers = gathering.look(self.lead.desk, self.lead.places, stick)
        assert [offer.fault for offer in offers] == [None] * len(names)
        gathering.take_in(self.lead.desk, self.lead.places, offers)
        return stick

    def spread_set_up(self) -> None:
        path = self.table_file()
        for name in ("desk", *TABLES):
            joining.renew(self.machines[name].desk, path)


@pytest.fixture(scope="module")
def played(tmp_path_factory):
    """The day, up to the lead's last stick. Each failure of a stick is asserted where it happens."""
    today = Day(tmp_path_factory.mktemp("day"))
    _morning(today)
    _break(today)
    _afternoon(today)
    _after_sealing(today)
    return today


def _morning(today):
    today.join("desk", role="desk")
    for name in TABLES:
        today.join(name)
    desk = today.machines["desk"].desk
    for seat in desk.state.sitting():
        desk.do(acts.consent, role="desk", seat=seat, signed=True, quotable=True)
    for name in EVERY[2:]:
        today.said(name, f"{name}: they would sell it on.")
        today.said(name, f"{name}: only if people are told.")
    today.said("lead", "The whole room laughs.")


def _break(today):
    desk = today.machines["desk"]
    for seat in desk.desk.state.sitting():
        for sheet in (1, 2):
            today.key(desk, seat, sheet, "declined")
    _pulled_at_sixty(today, today.machines["table1"])
    _full(today, today.machines["table2"])
    _damaged(today, today.machines["table3"])
    today.take_in("desk", *TABLES)
    assert differences.find(today.lead.desk.state) == []


def _pulled_at_sixty(today, machine):
    stick, before = today.fresh_stick(), machine.desk.store.own()

    def pull(what: str, done: int, _of: int) -> None:
        if (what, done) == ("writing", 60):
            shutil.rmtree(stick)

    with pytest.raises(MachineError) as caught:
        handing_over.hand_over(machine.desk, machine.places, folder=stick, progress=pull)
    assert (caught.value.code, caught.value.facts) == ("stick_removed", {"percent": 60})
    assert machine.desk.store.own() == before
    stick.mkdir()
    assert machine.export(stick).path.is_file()


def _full(today, machine):
    stick = today.fresh_stick()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(exporting.shutil, "disk_usage", lambda _: Usage())
        with pytest.raises(MachineError) as caught:
            machine.export(stick)
    assert (caught.value.code, caught.value.facts) == ("stick_full", {"needed_mb": 1, "free_mb": 0})
    assert list(stick.iterdir()) == []


def _damaged(today, machine):
    stick = today.fresh_stick()

    def rot(what: str, _done: int, _of: int) -> None:
        if what == "reading back":
            _flip(stick)

    with pytest.raises(MachineError) as caught:
        handing_over.hand_over(machine.desk, machine.places, folder=stick, progress=rot)
    assert caught.value.code == "copy_differs"
    later = today.fresh_stick()
    machine.export(later)
    _flip(later)  # it was good when it was written, and is not when it arrives
    (offer,) = gathering.look(today.lead.desk, today.lead.places, later)
    assert offer.bundle is None
    assert "damaged or was cut off" in offer.fault.what


def _flip(stick: Path) -> None:
    (path,) = stick.glob("*.tradeoff")
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)


def _afternoon(today):
    desk, lead = today.machines["desk"], today.lead.desk
    leaver = desk.desk.state.sitting()[2]
    today.written_answer(leaver, "marzipan was what moved me")
    desk.desk.keep_draft("written", "half a marzipan sentence")
    today.take_in("desk")
    today.remember(leaver, "marzipan")
    assert len(today.gone) > 20
    for machine in today.machines.values():
        assert checkpoints.keep(machine.desk, machine.places)
    desk.desk.withdraw(leaver)
    today.take_in("desk")
    today.spread_set_up()
    today.said("table2", "After somebody left, the table went on.")
    day.close(lead)
    for seat in desk.desk.state.sitting():
        for sheet in (3, 4):
            today.key(desk, seat, sheet, "skipped")
    today.take_in("desk", *TABLES)
    assert day.gaps(lead.state) == []
    assert all(other.good or "before the close" in other.says for other in gathering.others(lead, today.lead.places))
    handing_over.seal(lead)
    assert today.lead.export(today.fresh_stick()).carried == 4


def _after_sealing(today):
    desk, lead = today.machines["desk"], today.lead.desk
    leaver = lead.state.sitting()[-1]
    today.remember(leaver)
    lead.withdraw(leaver)
    today.spread_set_up()
    today.late = "Typed from paper after the seal."
    today.said("table3", today.late, step="close", from_paper=True)
    assert leaver in desk.desk.state.withdrawn
    today.take_in("desk", *TABLES)
    today.last = today.fresh_stick()
    assert today.lead.export(today.last).carried == 4


def _files(today):
    for name in EVERY:
        machine = today.machines[name]
        for path in machine.files():
            data = path.read_bytes()
            yield name, path, data
            if path.suffix == ".tradeoff" and sealing.is_sealed(data):
                yield name, path, sealing.decrypt(data, [machine.own.identity])


def test_what_a_leaver_gave_is_in_no_file_of_any_laptop(played):
    searched = list(_files(played))
    assert {name for name, _, _ in searched} == set(EVERY)
    assert any(path.suffix == ".tradeoff" for _, path, _ in searched)
    found = [(name, path.name, word[:60]) for name, path, data in searched for word in played.gone if word in data]
    assert found == []


def test_the_search_finds_what_is_there(played):
    """The control: somebody who stayed is found, in the stores and inside the bundles kept."""
    desk = played.machines["desk"]
    raw = next(one.raw for one in desk.desk.store.records() if isinstance(one.body, r.Rating))
    assert {(name, path.suffix) for name, path, data in _files(played) if raw in data} >= {
        ("desk", ".db"), ("lead", ".db"), ("desk", ".tradeoff"), ("lead", ".tradeoff"),
    }


def test_every_chain_still_verifies(played):
    for name in EVERY:
        store = played.machines[name].desk.store
        store.verify()
        for device in store.devices():
            assert chain.heads(list(store.records(device.device)), device=device.device)[-1] == device.head


@pytest.fixture(scope="module")
def merged(played, tmp_path_factory):
    """The centre's store after the lead's last stick alone."""
    path = tmp_path_factory.mktemp("centre") / "centre.db"
    access = judging.Access(
        trust_of(played.signed.programme), (played.centre.identity,), played.clock(),
    )
    judged = merging.merge(sorted(played.last.glob("*.tradeoff")), store=path, access=access)
    return path, judged


def test_the_leads_and_the_centres_dumps_agree(played, merged):
    path, judged = merged
    assert [one.accepted for one in judged] == [True] * 5
    assert list(centre.dump(path)) == list(played.lead.desk.store.dump())


def test_every_acknowledged_note_is_there(played, merged):
    dump = b"\n".join(centre.dump(merged[0]))
    assert len(played.acknowledged) == 9
    assert [text for text in played.acknowledged if text.encode() not in dump] == []


def test_what_came_after_the_seal_is_kept_and_does_not_count(played, merged):
    counted = [note.text for _, note in played.lead.desk.state.bodies(r.Note)]
    assert played.late not in counted
    assert set(played.acknowledged) - {played.late} == set(counted)
    assert any(one.seal == "after_seal" and one.waiting for one in merged[1])
