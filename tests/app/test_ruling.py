"""Who leads a workshop, and which of two copies counts: by the plan, or by a ruling of the centre."""

import pytest
from desk_world import SESSION, surroundings
from test_centre import LEAD, NOW, TABLE, TRUST, Files, desk_of, table_of

from tradeoff_desktop.app import (
    centre,
    day,
    judging,
    laptop,
    merging,
    originals,
    planning,
    programmes,
    ruling,
)
from tradeoff_desktop.app.centre_desk import CentreDesk, opening
from tradeoff_desktop.errors import RuleError, TrustError
from tradeoff_desktop.exchange.trust import Signer, TrustStore
from tradeoff_desktop.model import capture, codec
from tradeoff_desktop.model import records as r
from tradeoff_desktop.store.store import Store

OTHER = laptop.make("ESS", seed=bytes([8]) * 64, id_="laptop0008")
ACCESS = judging.Access(
    TrustStore(signers=(*TRUST.signers, Signer(principal=OTHER.principal, key=OTHER.key.public))), (), NOW,
)


@pytest.fixture
def files(tmp_path):
    (tmp_path / "stick").mkdir()
    return Files(tmp_path / "stick")


@pytest.fixture
def store(tmp_path):
    return tmp_path / "centre" / "centre.db"


def lead_of(own, pack, *, device="leadlead11", name="a"):
    desk = desk_of(own, "lead", device, pack, name=name)
    day.prepare(desk, SESSION)
    return desk


def take(store, *files, access=ACCESS):
    return [(one.outcome, one.code) for one in merging.merge(list(files), store=store, access=access)]


class Team:
    """The centre's desk, opened for one act."""

    def __init__(self, store, pack):
        self.store, self.pack = store, pack

    def __enter__(self):
        self.held, around = Store.open(self.store), surroundings(name="c")
        if self.held.own() is not None:
            return CentreDesk.resume(self.held, self.pack, around)
        return CentreDesk.begin(self.held, self.pack, around, opened=opening(
            self.pack, laptop="CTR.laptop0007@tradeoff", key=LEAD.public_line, programme="p", practice=False,
        ))

    def __exit__(self, *_):
        self.held.close()


def notes(store, pack):
    with Store.look(store) as held:
        return sorted(body.text for state in centre.states(held, pack) for _, body in state.bodies(r.Note))


# -- who leads


def planned(*laptops, workshop=SESSION.id, area="ESS"):
    """A programme in which these laptops are of the workshop's area."""
    plan = planning.issue(programmes.shipped_source(), centre=laptop.make("CTR"), practice=True).signed.programme
    enrolled = [planning.enrol(planning.enrolment_of(one), now=NOW) for one in laptops]
    session = codec.amended(SESSION, id=workshop, area=area)
    return codec.amended(plan, id="programme-2027", laptops=enrolled, sessions=[session])


@pytest.fixture
def rivals(files, pack):
    """The bundles of two laptops that both say they lead one workshop, the planned one second."""
    return [files.write(lead_of(OTHER, pack, device="otherlead1", name="o"), OTHER), files.write(lead_of(LEAD, pack), LEAD)]


def test_who_comes_first_does_not_beat_the_plan(store, rivals, pack):
    plan = planned(LEAD)
    programme = lead_of(LEAD, pack).opened.programme
    access = ACCESS._replace(programme=codec.amended(plan, id=programme))
    assert take(store, *rivals, access=access) == [("put_aside", "unplanned_lead"), ("fresh", "")]
    assert [one.reason for one in originals.waiting(store)] == ["unplanned_lead"]
    assert take(store, access=access) == []


def test_a_planned_workshop_of_another_area_or_programme_is_refused(store, rivals, pack):
    programme = lead_of(LEAD, pack).opened.programme
    for plan in (codec.amended(planned(LEAD, area="MAN"), id=programme), planned(LEAD)):
        assert take(store, *rivals, access=ACCESS._replace(programme=plan)) == [("refused", "workshop_differs")] * 2
    assert not store.exists()


def test_without_a_plan_a_second_lead_waits_for_a_ruling(store, rivals, pack):
    assert take(store, *rivals) == [("fresh", ""), ("put_aside", "second_lead")]
    assert OTHER.principal in merging.merge(rivals[1:], store=store, access=ACCESS)[0].text
    (waits,) = originals.waiting(store)
    with Team(store, pack) as desk, pytest.raises(RuleError, match="reason_needed"):
        ruling.let_in(desk, waits, ACCESS, reason=" ")
    with Team(store, pack) as desk:
        ruling.let_in(desk, waits, ACCESS, reason="The first laptop died at the break")
    assert take(store) == [("fresh", "")]
    assert originals.waiting(store) == []
    assert merging.rebuild(store, new=store.with_name("anew.db"), access=ACCESS).same


def test_a_lead_brought_back_is_no_second_one(files, store, pack):
    first = files.write(lead_of(LEAD, pack), LEAD)
    begun = desk_of(LEAD, "lead", "secondlead", pack, name="s")
    assert take(store, first, files.write(begun, LEAD)) == [("fresh", ""), ("fresh", "")]


# -- which copy counts


@pytest.fixture
def forked(files, store, pack):
    """The store with a fork: "one" is held, "two" waits."""
    lead = lead_of(LEAD, pack)
    one, two = table_of(lead, pack, "same", "one"), table_of(lead, pack, "same", "two", "more")
    found = [files.write(lead, LEAD), files.write(one, TABLE), files.write(two, TABLE)]
    assert take(store, *found) == [("fresh", ""), ("fresh", ""), ("forked", "forked")]
    assert notes(store, pack) == ["same"]
    return found


def ruled(store, pack, number):
    with Team(store, pack) as desk:
        among = ruling.branches(desk.store, store, ACCESS)
        ruling.choose(desk, among[number], among=among, reason="Compared with the paper")
    return ruling.put_in_order(store, ACCESS)


@pytest.mark.parametrize(("number", "counts"), [(0, ["one", "same"]), (1, ["more", "same", "two"])])
def test_the_copy_that_is_chosen_counts_and_the_other_is_kept_aside(forked, store, pack, number, counts):
    with Team(store, pack) as desk:
        both = ruling.branches(desk.store, store, ACCESS)
    assert [[record.body.text for record in one.records] for one in both] == [["one"], ["two", "more"]]
    ruled(store, pack, number)
    assert notes(store, pack) == counts
    with Store.look(store) as held:
        assert not any(device.fork_at for device in held.devices())
    again = take(store, *forked)
    assert again[1 if number else 2] == ("forked", "ruled_out")
    assert again[2 if number else 1] == ("already_held", "")
    assert len([*originals.taken_in(store), *originals.waiting(store)]) == 3
    assert merging.rebuild(store, new=store.with_name("anew.db"), access=ACCESS).same


@pytest.mark.usefixtures("forked")
@pytest.mark.parametrize(("held", "counts"), [(True, ["one", "same"]), (False, ["more", "same", "two"])])
def test_a_ruling_by_the_name_of_the_file(store, pack, held, counts):
    (waits,) = ruling.waiting(store, ACCESS)
    assert waits.text.startswith("two copies differ: ESS-2027-A, table, ESS.laptop0002@tradeoff, 4 records")
    team = ruling.Team(laptop.make("CTR"), surroundings(name="c"))
    with pytest.raises(RuleError, match="not_waiting"):
        ruling.rule(store, "another", reason="x", held=False, by=team, access=ACCESS)
    ruling.rule(store, waits.file, reason="Compared with the paper", held=held, by=team, access=ACCESS)
    assert notes(store, pack) == counts
    assert take(store) == ([] if held else [("already_held", "")])


def test_a_second_lead_is_let_in_by_the_name_of_its_file(store, rivals):
    take(store, *rivals)
    (waits,) = ruling.waiting(store, ACCESS)
    assert waits.text.startswith("a second lead: ESS-2027-A, lead")
    team = ruling.Team(laptop.make("CTR"), surroundings(name="c"))
    with pytest.raises(RuleError, match="not_waiting"):
        ruling.rule(store, waits.file, reason="x", held=True, by=team, access=ACCESS)
    ruling.rule(store, waits.file, reason="The first laptop died", held=False, by=team, access=ACCESS)
    assert ruling.waiting(store, ACCESS) == []


@pytest.mark.usefixtures("forked")
def test_a_ruling_can_be_changed(store, pack):
    ruled(store, pack, 0)
    with Team(store, pack) as desk:
        one, two = (record for record in [*branches_of(store)])
        ruling.choose(desk, two, among=[one, two], reason="The paper was read wrongly")
    ruling.put_in_order(store, ACCESS)
    assert notes(store, pack) == ["more", "same", "two"]


def branches_of(store):
    bundles = [(one, one.read(ACCESS)) for one in [*originals.taken_in(store), *originals.waiting(store)]]
    return [ruling.Branch(found.info.device, 3, one, found.records[2:]) for one, found in bundles if found.info.role == "table"]


def test_what_a_copy_that_is_ruled_out_withdraws_stays_erased(files, store, pack):
    lead = lead_of(LEAD, pack)
    one, two = table_of(lead, pack, "kanarie", "one"), table_of(lead, pack, "kanarie", "two")
    note = two.state.bodies(r.Note)[0][0].ref
    two.redact(note, "somebody")
    take(store, *(files.write(desk, own) for desk, own in ((lead, LEAD), (one, TABLE), (two, TABLE))))
    ruled(store, pack, 0)
    assert notes(store, pack) == ["one"]


@pytest.mark.usefixtures("forked")
def test_where_a_kept_bundle_is_gone_the_ruling_changes_nothing(store, pack):
    before = list(centre.dump(store))
    originals.taken_in(store)[0].path.unlink()
    with pytest.raises(TrustError, match="not_whole"):
        ruled(store, pack, 1)
    assert [line for line in centre.dump(store) if b"ruling" not in line and b"centre" not in line] == before
    assert list(store.parent.glob("*.ruled*")) == []


@pytest.mark.usefixtures("forked")
def test_only_what_waits_for_it_is_let_in(store, pack):
    with Team(store, pack) as desk, pytest.raises(RuleError, match="not_waiting"):
        ruling.let_in(desk, originals.waiting(store)[0], ACCESS, reason="x")


def test_a_ruling_on_one_record_chooses_no_copy(files, store, pack):
    lead = lead_of(LEAD, pack)
    lead.do(capture.note, r.Note(role="lead", text="a note", step="anchor_talk"))
    file = files.write(lead, LEAD)
    take(store, file)
    with Team(store, pack) as desk:
        desk.write([r.Ruling(role="centre", choice="drop", drop=[lead.state.bodies(r.Note)[0][0].ref], reason="x")])
    assert take(store, file) == [("already_held", "")]
