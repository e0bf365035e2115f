import msgspec
import pytest
from desk_world import opened, surroundings

from tradeoff_desktop.app import day, kit, laptop, planning, programmes
from tradeoff_desktop.app.desk import Desk
from tradeoff_desktop.errors import ContentError, RuleError, TrustError
from tradeoff_desktop.exchange import programme as signing
from tradeoff_desktop.store.store import Store

PLAN = """
id = "small"
title = "A small programme"
areas = ["ESS"]
withdrawal_cut_off = 2027-04-16
delete_by = 2028-03-31

[[sessions]]
id = "ESS-2027-A"
area = "ESS"
date = 2027-03-02
heads = 6
groups = { civil = 4, government = 2 }
tables = [{ number = 1, theme = "CJ", scenario = "CJ-1" }]

[[sessions]]
id = "ESS-2027-B"
area = "ESS"
letter = "B"
date = 2027-03-02
heads = 6
tables = [{ number = 1, theme = "WEL", scenario = "WEL-2" }]
"""


@pytest.fixture(scope="module")
def plan(tmp_path_factory):
    file = tmp_path_factory.mktemp("plan") / "plan.toml"
    file.write_text(PLAN)
    return file


@pytest.fixture(scope="module")
def done(plan, tmp_path_factory):
    folder = tmp_path_factory.mktemp("kit") / "out"
    steps = []
    printed = kit.write(plan, folder, progress=lambda *step: steps.append(step))
    return folder, printed, steps


def test_every_workshop_has_a_folder_with_an_envelope_for_each_table(done):
    folder, printed, steps = done
    assert sorted(path.name for path in folder.iterdir()) == ["ESS-2027-A", "ESS-2027-B"]
    for one in printed:
        assert sorted(path.name for path in one.folder.iterdir()) == ["door", "lead", "packing-list.pdf", "table-1"]
        assert sorted(one.files) == sorted(one.folder.rglob("*.pdf"))
        assert all(path.read_bytes().startswith(b"%PDF-") for path in one.files)
        assert one.pages >= one.paper > 0
    assert [(at, of) for _, at, of in steps] == [(0, 2), (1, 2), (2, 2)]


def test_the_seat_codes_are_those_a_laptop_gives_out(plan, pack):
    programme, _ = kit.read(plan)
    letters = {}
    for session in programme.sessions:
        with Store.create() as store:
            start = msgspec.structs.replace(opened(pack), session=session.letter)
            desk = Desk.begin(store, pack, surroundings(), device="leadlead11", opened=start)
            day.prepare(desk, session)
            given = [(seat.seat, seat.group, seat.table) for seat in desk.state.seats.values()]
        assert kit.seating(session, pack) == given
        letters[session.letter] = {code for code, _, _ in given}
    assert not letters["A"] & letters["B"]


def test_a_folder_with_something_in_it_is_refused(done, plan):
    folder, printed, _ = done
    before = {path: path.read_bytes() for one in printed for path in one.files}
    with pytest.raises(RuleError, match="folder_not_empty"):
        kit.write(plan, folder)
    assert {path: path.read_bytes() for path in before} == before


def test_an_unknown_workshop_is_refused_and_leaves_nothing(plan, tmp_path):
    with pytest.raises(RuleError, match="unknown_workshop"):
        kit.write(plan, tmp_path / "out", workshop="LDS-2027-A")
    assert not (tmp_path / "out").exists()


def test_a_signed_programme_brings_its_own_pack(plan, pack, tmp_path):
    other = msgspec.structs.replace(pack, title="Another title")
    centre = laptop.make("CTR")
    keys = programmes.Keys(signing=centre.public_line, centre=centre.identity.recipient)
    programme = programmes.plan(plan, pack=other, keys=keys)
    file = tmp_path / "small.tradeoff-programme"
    file.write_bytes(signing.write_programme(programme, other, key=centre.key))
    assert kit.read(file) == (programme, other)
    altered = bytearray(file.read_bytes())
    altered[len(altered) // 2] ^= 1
    file.write_bytes(altered)
    with pytest.raises(TrustError):
        kit.read(file)


def test_a_plan_with_a_fault_is_refused_signed_or_not(plan, pack, tmp_path):
    wrong = tmp_path / "plan.toml"
    wrong.write_text(plan.read_text().replace('scenario = "CJ-1"', 'scenario = "HOU-1"'))
    with pytest.raises(ContentError):
        kit.write(wrong, tmp_path / "out")
    centre = laptop.make("CTR")
    right = planning.issue(plan, centre=centre).signed.programme
    faulty = msgspec.structs.replace(right, delete_by="2026-01-01")
    file = tmp_path / "wrong.tradeoff-programme"
    file.write_bytes(signing.write_programme(faulty, pack, key=centre.key))
    with pytest.raises(ContentError, match="plan_delete_by"):
        kit.write(file, tmp_path / "out")
    assert not (tmp_path / "out").exists()
