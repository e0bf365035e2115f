"""The end of a workshop at one laptop: reasons, the seal, who can read the stick, the same bytes twice."""

import pytest
from laptops_world import World

from tradeoff_desktop.app import (
    content,
    day,
    gathering,
    handing_over,
    laptop,
    papers,
    programmes,
    sample,
    shelf,
)
from tradeoff_desktop.app.files import folders
from tradeoff_desktop.errors import MachineError, RuleError, TrustError
from tradeoff_desktop.exchange.programme import write_programme
from tradeoff_desktop.model import acts, capture
from tradeoff_desktop.model import records as r


@pytest.fixture
def places(tmp_path):
    found = folders(tmp_path / "data")
    laptop.keep(sample.own(), found.keys / sample.AREA, now=sample.START)
    return found


def test_reasons_are_kept_by_table_and_sheet_and_taken_back():
    desk = sample.closed(missing=1)
    (gap,) = day.gaps(desk.state)
    assert handing_over.unexplained(desk) == [gap]
    handing_over.accept(desk, gap, "  Left early. ")
    assert handing_over.reasons(desk) == {"4/4": "Left early."}
    assert handing_over.unexplained(desk) == []
    handing_over.accept(desk, gap, "")
    assert handing_over.unexplained(desk) == [gap]


def test_a_seal_with_an_unexplained_gap_is_refused_and_writes_nothing():
    desk = sample.closed(missing=6)
    assert len(day.gaps(desk.state)) == 2
    handing_over.accept(desk, day.gaps(desk.state)[0], "Left early.")
    before = desk.store.own()
    with pytest.raises(RuleError) as refused:
        handing_over.seal(desk)
    assert refused.value.code == "incomplete"
    assert desk.store.own() == before
    assert handing_over.reasons(desk)


def test_the_seal_carries_the_reasons_and_clears_the_draft():
    desk = sample.closed(missing=1)
    handing_over.accept(desk, day.gaps(desk.state)[0], "Left early.")
    handing_over.seal(desk)
    assert desk.state.bodies(r.Sealed)[0][1].accepted == ["Table 4, sheet 4, 1 of 5 missing: Left early."]
    assert handing_over.reasons(desk) == {}


def test_a_long_reason_still_fits_its_record():
    desk = sample.closed(missing=1)
    handing_over.accept(desk, day.gaps(desk.state)[0], "x" * 500)
    handing_over.seal(desk)
    assert len(desk.state.bodies(r.Sealed)[0][1].accepted[0]) == 400


def test_in_practice_only_this_laptop_can_read_the_stick(places):
    found = handing_over.readers(sample.started(), places)
    assert found.recipients == (sample.own().identity.recipient,)
    assert not found.centre


def test_the_centre_of_a_known_programme_can_read_it(places, tmp_path):
    pack, centre = content.shipped(), laptop.make("CTR", seed=bytes(range(64, 128)), id_="centre0001")
    keys = programmes.Keys(signing=centre.public_line, centre=centre.identity.recipient)
    planned = programmes.plan(programmes.shipped_source(), pack=pack, keys=keys)
    path = tmp_path / "p.programme"
    path.write_bytes(write_programme(planned, pack, key=centre.key))
    shelf.accept(places, shelf.look(places, path))
    desk = sample.begun(planned=planned)
    found = handing_over.readers(desk, places)
    assert found.centre
    assert set(found.recipients) == {centre.identity.recipient, sample.own().identity.recipient}


def test_an_address_that_is_none_is_refused(places):
    with pytest.raises(TrustError) as refused:
        handing_over.readers(sample.started(), places, added="age1nonsense")
    assert refused.value.code == "bad_recipient"


def test_a_second_stick_gets_the_same_bytes_and_progress_is_told(places, tmp_path):
    desk = sample.closed()
    told: list[str] = []
    files = []
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        exported = handing_over.hand_over(
            desk, places, folder=tmp_path / name, progress=lambda what, _done, _of: told.append(what),
        )
        files.append(exported.path.read_bytes())
    assert files[0] == files[1]
    assert "reading back" in told
    assert told.count("signing") == 1


def test_what_is_erased_stands_in_no_paper_and_no_bundle_of_the_lead(tmp_path):
    world = World(tmp_path)
    lead, desk = world.lead, world.join("desk", role="desk")
    seat = desk.desk.state.sitting()[0]
    desk.desk.do(acts.consent, role="desk", seat=seat, signed=True, quotable=True)
    desk.desk.do(capture.write_answer, role="desk", seat=seat, question="moved", text="marzipan")
    desk.export(world.stick("in"))
    gathering.take_in(lead.desk, lead.places, gathering.look(lead.desk, lead.places, world.stick("in")))
    day.close(lead.desk)
    lead.export(world.stick("out"))
    on_disk = handing_over.write_papers(lead.desk, tmp_path)
    lost = handing_over.write_papers(lead.desk, world.stick("lost"))
    for path in lost:
        path.rename(path.with_name("elsewhere"))
    (kept,) = (lead.places.checkpoints).rglob("exported/*.tradeoff")
    lead.desk.withdraw(seat)
    assert not any(path.exists() for path in (*on_disk, kept))
    assert {(one.path, one.fate) for one in papers.old(lead.desk)} == {
        *((path, "deleted") for path in on_disk), *((path, "lost") for path in lost),
    }
    again = handing_over.write_papers(lead.desk, tmp_path)
    papers.say_gone(lead.desk)
    assert [one.path for one in papers.listed(lead.desk.store.path)] == list(again)
    assert all(path.is_file() for path in again)


def test_a_paper_that_cannot_be_deleted_hinders_no_withdrawal(tmp_path, monkeypatch):
    world = World(tmp_path)
    desk = world.lead.desk
    seat = desk.state.sitting()[0]
    desk.do(acts.consent, role="lead", seat=seat, signed=True)
    made = tmp_path / "made.pdf"
    made.write_bytes(b"%PDF")
    papers.note(desk.store.path, [made])
    with monkeypatch.context() as patch:
        patch.setattr(papers, "remove_files", raising(MachineError("folder_read_only", file=made.name)))
        desk.withdraw(seat)
        assert [one.fate for one in papers.old(desk)] == ["lost"]
        papers.say_gone(desk)
        assert papers.old(desk)
    papers.say_gone(desk)
    assert not made.exists()
    assert papers.old(desk) == []


def raising(error):
    def fail(*_args):
        raise error

    return fail


def test_papers_asked_for_twice_are_the_same_files(tmp_path):
    desk = sample.closed()
    first = handing_over.write_papers(desk, tmp_path)
    before = [path.read_bytes() for path in first]
    assert handing_over.write_papers(desk, tmp_path) == first
    assert [path.read_bytes() for path in first] == before
    assert all(data.startswith(b"%PDF") for data in before)
