"""Other laptops join by table file and code, and the lead takes their sticks in: what is looked at, refused, kept."""

import pytest
from laptops_world import AREA, World

from tradeoff_desktop.app import day, differences, gathering, handing_over, joining, laptop, planning, shelf
from tradeoff_desktop.errors import MachineError, RuleError, TrustError
from tradeoff_desktop.exchange import bundle as bundles
from tradeoff_desktop.exchange import comparison
from tradeoff_desktop.exchange import programme as signing
from tradeoff_desktop.model import acts, capture, codec
from tradeoff_desktop.model import records as r


@pytest.fixture
def world(tmp_path):
    return World(tmp_path)


def refused(act, *args, **kwargs):
    with pytest.raises((TrustError, MachineError, RuleError)) as caught:
        act(*args, **kwargs)
    return caught.value


def offer(world, machine, stick="a"):
    machine.export(world.stick(stick))
    (found,) = gathering.look(world.lead.desk, world.lead.places, world.stick(stick))
    return found


# -- joining


def test_a_laptop_joins_with_the_leads_tables_seats_and_cards(world):
    table = world.join("table1")
    assert table.role == "table"
    assert sorted(table.desk.state.seats) == sorted(world.lead.desk.state.seats)
    assert table.desk.opened.laptop == table.own.principal
    table.workshops.leave(table.desk)
    again = table.workshops.resume(table.places.workshops / f"{world.session.id}.db")
    assert again.state.open_tables() == world.lead.desk.state.open_tables()


def test_a_mistyped_code_another_workshops_code_and_a_short_one_are_told_apart(world):
    path, places = world.table_file(), world.machines["table1"].places
    assert refused(joining.look, places, path, "0000 0000").code == "wrong_workshop_code"
    assert refused(joining.look, places, path, "12").code == "bad_workshop_code"
    code = comparison.workshop_code(world.other.id, world.elsewhere.key.public)
    error = refused(joining.look, places, path, code)
    assert error.code == "other_table_file"
    assert (error.facts["wanted"], error.facts["found"]) == (world.other.id, world.session.id)


def test_a_lead_whose_key_changed_is_named_as_that(world):
    table, code = world.join("table1"), joining.code_of(world.lead.desk, world.lead.places)
    for file in (world.lead.places.keys / AREA).iterdir():
        file.unlink()
    laptop.keep(laptop.make(AREA, seed=b"n" * 64, id_="newleadkey"), world.lead.places.keys / AREA, now=world.clock())
    world.know("table2")
    path = world.table_file()
    assert refused(joining.look, world.machines["table2"].places, path, code).code == "lead_key_changed"
    assert refused(joining.renew, table.desk, path).code == "lead_key_changed"
    new_code = joining.code_of(world.lead.desk, world.lead.places)
    assert refused(joining.look, world.machines["table2"].places, path, new_code).code == "lead_key_changed"


def test_a_lead_whose_key_was_renewed_goes_on_with_its_tables(world):
    table, old_code = world.join("table1"), joining.code_of(world.lead.desk, world.lead.places)
    for _ in range(2):
        world.clock()
        planning.renew_keys(AREA, now=world.clock(), at=world.lead.places)
    seat = min(world.lead.desk.state.seats)
    world.lead.desk.do(acts.change_seat, role="lead", seat=seat, to="late")
    path, new_code = world.table_file(), joining.code_of(world.lead.desk, world.lead.places)
    joining.renew(table.desk, path)
    assert table.desk.state.seats[seat].state == "late"
    assert new_code != old_code
    for code in (old_code, new_code):
        assert joining.look(world.machines["table2"].places, path, code).opened == world.lead.desk.opened
    joining.renew(world.join("table2").desk, world.table_file())


@pytest.mark.parametrize("keep", [0, 1])
def test_a_renewal_that_is_lost_or_taken_back_vouches_for_nothing(world, keep):
    table, places = world.join("table1"), world.machines["table2"].places
    for _ in range(2):
        planning.renew_keys(AREA, now=world.clock(), at=world.lead.places)
    enrolments = sorted((world.lead.places.keys / AREA).glob("*.enrolment"))
    enrolments[keep].unlink()
    path, code = world.table_file(), joining.code_of(world.lead.desk, world.lead.places)
    assert refused(joining.renew, table.desk, path).code == "lead_key_changed"
    assert refused(joining.look, places, path, code).code == "lead_key_changed"


@pytest.mark.parametrize("renewed", [False, True])
def test_nobody_joins_a_lead_whose_key_was_taken_back(world, renewed):
    if renewed:  # what a stolen key vouches for is not trusted either
        planning.renew_keys(AREA, now=world.clock(), at=world.lead.places)
    table = world.machines["table1"]
    spoilt = codec.amended(world.signed.programme, revoked=[world.lead.own.public_line])
    newer = world.root / "newer.tradeoff-programme"
    newer.write_bytes(signing.write_programme(spoilt, world.signed.pack, key=world.centre.key))
    shelf.accept(table.places, shelf.look(table.places, newer))
    with pytest.raises(TrustError, check=lambda error: error.code == "revoked_signer"):
        world.join("table1")


def test_a_newer_file_brings_what_changed_and_an_older_one_is_refused(world):
    table = world.join("table1")
    old = world.table_file().read_bytes()
    seat = min(world.lead.desk.state.seats)
    world.lead.desk.do(acts.change_seat, role="lead", seat=seat, to="late")
    joining.renew(table.desk, world.table_file())
    assert table.desk.state.seats[seat].state == "late"
    older = world.stick("old") / "old.tradeoff-table"
    older.write_bytes(old)
    assert refused(joining.renew, table.desk, older).code == "older_table_file"
    assert refused(joining.renew, world.lead.desk, older).code == "not_joined"


def test_a_laptop_that_lost_the_leads_set_up_joins_once_more_and_keeps_what_it_wrote(world):
    table = world.join("table1")
    table.note("One.", table=1)
    table.desk.store.borrow([])
    assert refused(joining.renew, table.desk, world.table_file()).code == "join_again"
    table.workshops.leave(table.desk)
    world.join("table1")
    assert [note.text for _, note in table.desk.state.bodies(r.Note)] == ["One."]
    assert table.desk.state.open_tables() == world.lead.desk.state.open_tables()


def test_a_laptop_without_the_cards_says_so(world, tmp_path):
    pack = codec.amended(world.signed.pack, title="Other cards")
    world.know("table3")
    lead = world.machines["table3"]
    lead.desk = lead.workshops.begin(world.signed.programme, pack, world.other)
    path, code = joining.write(lead.desk, lead.places, tmp_path), joining.code_of(lead.desk, lead.places)
    assert refused(joining.look, world.machines["table1"].places, path, code).code == "cards_missing"


def test_a_withdrawal_in_the_leads_new_file_erases_what_this_laptop_keyed(world):
    desk = world.join("desk", role="desk")
    seat = desk.desk.state.sitting()[0]
    desk.desk.do(acts.consent, role="desk", seat=seat, signed=True)
    world.key(desk, seat, 1)
    desk.desk.keep_draft("written", "half a sentence of theirs")
    desk.export(world.stick("a"))
    world.lead.desk.withdraw(seat)
    joining.renew(desk.desk, world.table_file())
    mine = list(desk.desk.store.records(desk.desk.device))
    assert not [one for one in mine if isinstance(one.body, r.Rating | r.Consent)]
    named = {ref for one in mine if isinstance(one.body, r.Erasure) for ref in one.body.erased}
    assert {one.ref for one in mine if one.erased} == named
    assert not list(desk.places.checkpoints.rglob("*.tradeoff"))
    assert desk.desk.store.draft("written") == ""
    desk.desk.store.verify()


# -- taking in


def test_a_preview_says_who_and_how_many_and_changes_nothing(world):
    table = world.join("table1")
    table.note("They would sell it on.", table=1)
    before = list(world.lead.desk.store.dump())
    found = offer(world, table)
    assert found.who == "the table laptop at table 1 (tabl)"
    assert found.says == ("2 new records: 1 note.",)
    assert list(world.lead.desk.store.dump()) == before
    gathering.take_in(world.lead.desk, world.lead.places, [found])
    assert [note.text for _, note in world.lead.desk.state.bodies(r.Note)] == ["They would sell it on."]
    assert len(world.lead.desk.state.bodies(r.TakenIn)) == 1
    (again,) = gathering.look(world.lead.desk, world.lead.places, world.stick("a"))
    assert again.says == ("Taken in already: nothing changes.",)


def test_the_leads_stick_carries_the_tables_bundle_unchanged(world):
    table = world.join("table1")
    table.note("One.", table=1)
    found = offer(world, table)
    gathering.take_in(world.lead.desk, world.lead.places, [found])
    done = world.lead.export(world.stick("lead"))
    assert done.carried == 1
    assert (world.stick("lead") / found.path.name).read_bytes() == found.data
    assert [one.good for one in gathering.others(world.lead.desk, world.lead.places)] == [True]


def test_the_lead_can_open_what_a_table_writes_and_so_can_centre_and_writer(world):
    table = world.join("table1")
    found = handing_over.readers(table.desk, table.places)
    assert found.centre
    assert found.lead
    assert set(found.recipients) == {
        world.centre.identity.recipient, world.lead.own.identity.recipient, table.own.identity.recipient,
    } | ({world.signed.programme.escrow} - {""})


def test_an_unknown_key_shows_eight_words_and_a_ruling_pins_it_for_this_workshop(tmp_path):
    world = World(tmp_path, known=("lead",))
    table = world.join("table1")
    table.note("One.", table=1)
    found = offer(world, table)
    assert found.bundle is None
    assert found.words == " ".join(table.own.words)
    assert not found.changed_key
    gathering.compared(world.lead.desk, found.stranger)
    (found,) = gathering.look(world.lead.desk, world.lead.places, world.stick("a"))
    assert found.stranger is None
    gathering.take_in(world.lead.desk, world.lead.places, [found])
    assert world.lead.desk.state.bodies(r.Note)


def test_only_the_lead_takes_in_and_writes_table_files(world):
    table = world.join("table1")
    assert refused(gathering.look, table.desk, table.places, world.stick("a")).code == "only_lead"
    assert refused(joining.write, table.desk, table.places, world.stick("a")).code == "only_lead"


def test_a_bundle_after_the_seal_is_taken_in_and_does_not_count(world):
    table, late = world.join("table1"), world.join("table2")
    table.note("One.", table=1)
    gathering.take_in(world.lead.desk, world.lead.places, [offer(world, table)])
    day.close(world.lead.desk)
    day.seal(world.lead.desk, accepted=["No sheets in this test"])
    late.note("Two.", table=2)
    found = offer(world, late, "late")
    assert "after the seal: kept, and counted only once the central team rules on it" in found.says[1]
    gathering.take_in(world.lead.desk, world.lead.places, [found])
    assert [note.text for _, note in world.lead.desk.state.bodies(r.Note)] == ["One."]


def test_a_laptop_last_taken_in_before_the_close_is_named(world):
    table = world.join("table1")
    table.note("One.", table=1)
    gathering.take_in(world.lead.desk, world.lead.places, [offer(world, table)])
    day.close(world.lead.desk)
    (other,) = gathering.others(world.lead.desk, world.lead.places)
    assert not other.good
    assert "the last from before the close" in other.says


def test_what_held_a_leavers_answers_no_longer_travels_until_written_anew(world):
    desk = world.join("desk", role="desk")
    seat = desk.desk.state.sitting()[0]
    desk.desk.do(acts.consent, role="desk", seat=seat, signed=True)
    world.key(desk, seat, 1)
    old = offer(world, desk)
    gathering.take_in(world.lead.desk, world.lead.places, [old])
    world.lead.desk.withdraw(seat)
    assert gathering.carried(world.lead.desk, world.lead.places) == ()
    gathering.take_in(world.lead.desk, world.lead.places, gathering.look(world.lead.desk, world.lead.places, world.stick("a")))
    assert gathering.carried(world.lead.desk, world.lead.places) == ()
    assert "its file is not on your stick" in gathering.others(world.lead.desk, world.lead.places)[0].says
    joining.renew(desk.desk, world.table_file())
    gathering.take_in(world.lead.desk, world.lead.places, [offer(world, desk, "b")])
    assert len(gathering.carried(world.lead.desk, world.lead.places)) == 1


# -- what differs


def two_positions(world):
    table = world.join("table1")
    position = {"table": 1, "scenario": world.signed.pack.anchor.id, "disagreed": 0}
    world.lead.desk.do(capture.take_position, r.Position(role="lead", decision="1", **position))
    table.desk.do(capture.take_position, r.Position(role="table", decision="3", **position))
    return table


def test_two_positions_of_one_table_are_shown_and_a_ruling_settles_them(world):
    table = two_positions(world)
    found = offer(world, table)
    assert [one.key for one in found.differs] == [f"position/1/{world.signed.pack.anchor.id}"]
    gathering.take_in(world.lead.desk, world.lead.places, [found])
    (difference,) = differences.find(world.lead.desk.state)
    keep = [side.name.startswith("the table laptop") for side in difference.sides].index(True)
    assert refused(differences.settle, world.lead.desk, difference, keep=keep, reason=" ").code == "reason_needed"
    differences.settle(world.lead.desk, difference, keep=keep, reason="The slip says so")
    assert world.lead.desk.state.positions[1, world.signed.pack.anchor.id].decision == "3"
    assert differences.find(world.lead.desk.state) == []


def test_two_laptops_at_one_table_may_both_stand(world):
    for name in ("table1", "table2"):
        world.join(name).note(f"From {name}.", table=1)
        gathering.take_in(world.lead.desk, world.lead.places, [offer(world, world.machines[name], name)])
    (difference,) = differences.find(world.lead.desk.state)
    assert difference.what == "Two laptops took notes at table 1."
    differences.settle(world.lead.desk, difference, keep=None, reason="Two people wrote")
    assert differences.find(world.lead.desk.state) == []
    assert len(world.lead.desk.state.bodies(r.Note)) == 2


def test_a_sheet_keyed_differently_on_two_laptops_is_settled_by_the_paper(world):
    desk = world.join("desk", role="desk")
    seat = desk.desk.state.sitting()[0]
    for machine, answer in ((world.lead, "skipped"), (desk, "declined")):
        machine.desk.do(acts.consent, role=machine.role, seat=seat, signed=True)
        world.key(machine, seat, 4, answer)
    gathering.take_in(world.lead.desk, world.lead.places, [offer(world, desk)])
    (difference,) = differences.find(world.lead.desk.state)
    assert difference.what.startswith(f"Sheet 4 of {seat}, table ")
    assert difference.sides[0].says.replace("8", "0") == difference.sides[1].says.replace("8", "0")
    differences.settle(world.lead.desk, difference, keep=0, reason="The sheet says so")
    assert world.lead.desk.state.sheet_done(seat, 4)


def test_who_made_a_bundle_is_told_without_trusting_it(world):
    table = world.join("table1")
    data = table.export(world.stick("a")).path.read_bytes()
    told = bundles.introduce(data, identities=[world.lead.own.identity])
    assert (told.principal, told.key) == (table.own.principal, table.own.key.public)


@pytest.fixture
def both_keyed(world):
    """A person who signed, and whose written answer the lead and the data desk key."""
    desk = world.join("desk", role="desk")
    seat = desk.desk.state.sitting()[0]
    for machine in (world.lead, desk):
        machine.desk.do(acts.consent, role=machine.role, seat=seat, signed=True, quotable=True)

    def keyed(lead: str, other: str):
        for machine, text in ((world.lead, lead), (desk, other)):
            machine.desk.do(capture.write_answer, role=machine.role, seat=seat, question="moved", text=text)
        gathering.take_in(world.lead.desk, world.lead.places, [offer(world, desk)])
        return world.lead.desk

    return keyed


def test_a_written_answer_keyed_alike_on_two_laptops_counts_once(both_keyed):
    desk = both_keyed("I thought of my sister", "I thought of my sister")
    assert differences.find(desk.state) == []
    assert [body.text for body in desk.state.written_answers()] == ["I thought of my sister"]


def test_a_written_answer_keyed_in_two_wordings_is_settled_by_the_sheet(both_keyed):
    desk = both_keyed("I thought of my sister", "I thought of my sitter")
    (difference,) = differences.find(desk.state)
    assert [side.says for side in difference.sides] == ["“I thought of my sitter”", "“I thought of my sister”"]
    assert desk.state.written_answers() == []
    differences.settle(desk, difference, keep=1, reason="The sheet says so")
    assert differences.find(desk.state) == []
    assert [body.text for body in desk.state.written_answers()] == ["I thought of my sister"]
