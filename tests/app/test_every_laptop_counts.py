"""What the lead is told of other laptops at the seal, on the stick, in the register, and before it deletes."""

from datetime import UTC, datetime

import pytest
from laptops_world import World

from tradeoff_desktop.app import (
    centre,
    day,
    deleting,
    files,
    gathering,
    handing_over,
    joining,
    judging,
    merging,
    receipts,
    sticks,
    workshops,
)
from tradeoff_desktop.errors import RuleError, TrustError
from tradeoff_desktop.exchange.programme import trust_of
from tradeoff_desktop.model import acts, capture
from tradeoff_desktop.model import records as r


@pytest.fixture
def world(tmp_path):
    return World(tmp_path)


@pytest.fixture
def lead(world):
    """The lead, with two tables taken in."""
    for number, name in enumerate(("table1", "table2"), start=1):
        world.join(name).note(f"{name} spoke.", table=number)
        world.machines[name].note("And listened.", table=number)
        take_in(world, name)
    return world.lead


def take_in(world, name, *, stick="in"):
    world.machines[name].export(world.stick(f"{stick}-{name}"))
    gathering.take_in(world.lead.desk, world.lead.places, gathering.look(
        world.lead.desk, world.lead.places, world.stick(f"{stick}-{name}"),
    ))


def redact(lead, words):
    (ref,) = [record.ref for record, note in lead.desk.state.bodies(r.Note) if note.text == words]
    lead.desk.redact(ref, "[other words]")


def write(world, stick):
    done = world.lead.export(world.stick(stick))
    world.lead.workshops.note_export(world.lead.desk, file=done.path.name, stick=str(done.path.parent), others=done.files)
    return done


def merge(world, stick):
    access = judging.Access(trust_of(world.signed.programme), (world.centre.identity,), world.clock())
    paths = sorted(world.stick(stick).glob("*.tradeoff"))
    return merging.merge(paths, store=world.root / "centre.db", access=access)


def receipt(world):
    return receipts.write(
        world.root / "centre.db", workshop=world.session.id, centre=world.centre, folder=world.root / "receipts",
        now=world.clock(),
    )


# -- at the seal and on the stick


def test_a_laptop_that_joined_and_was_never_taken_in_is_named_though_others_were(world, lead):
    desk = lead.desk
    world.join("table3")
    day.close(desk)
    said = "\n".join(gathering.before_seal(desk, lead.places))
    assert "only this was taken in: the table laptop at table 1 (tabl), the table laptop at table 2 (tabl). If another" in said
    for post in ("the laptop at table 1", "the laptop at table 2", "the laptop at table 3"):
        joining.tick(desk, post)
    said = "\n".join(gathering.before_seal(desk, lead.places))
    assert "Your stick holds 3 of 4 laptops." in said
    assert "Never taken in: the laptop at table 3." in said
    assert "only this" not in said
    world.machines["table3"].note("table3 spoke.", table=3)
    take_in(world, "table3")
    assert "Never taken in" not in "\n".join(gathering.before_seal(desk, lead.places))


def test_a_table_laptop_that_took_no_notes_may_be_any_that_was_ticked(world):
    world.join("table1")
    take_in(world, "table1")
    joining.tick(world.lead.desk, "the laptop at table 2")
    assert joining.never_taken_in(world.lead.desk) == []
    joining.tick(world.lead.desk, "the data desk")
    assert joining.never_taken_in(world.lead.desk) == ["the data desk"]


def test_a_newer_table_file_forgets_no_tick(world, lead):
    joining.tick(lead.desk, "the laptop at table 1")
    world.table_file()
    assert joining.joined(lead.desk) == ["the laptop at table 1"]
    joining.tick(lead.desk, "the laptop at table 1")
    assert joining.joined(lead.desk) == []


def test_what_no_longer_travels_is_said_at_the_seal_the_export_and_in_the_register(world, lead):
    assert gathering.on_stick(lead.desk, lead.places) == []
    redact(lead, "table2 spoke.")
    day.close(lead.desk)
    first = gathering.before_seal(lead.desk, lead.places)[0]
    assert first.startswith("Your stick holds 2 of 3 laptops. Not on it, because the file held what is erased now: the table laptop at table 2")
    done = write(world, "out")
    assert done.lacking == (first,)
    assert (done.carried, done.notes) == (1, 3)  # the lead's new words and table 1; table 2's other note is not there
    (copy,) = sticks.copies(lead.desk)
    assert (copy.on, copy.of, copy.whole) == (2, 3, False)
    assert copy.says == "holds not everything: 2 of 3 laptops"
    joining.renew(world.machines["table2"].desk, world.table_file())
    take_in(world, "table2", stick="again")
    write(world, "out-2")
    assert [one.whole for one in sticks.copies(lead.desk)] == [False, True]


def test_a_laptop_keeps_its_tables_name_when_all_its_notes_were_given_other_words(lead):
    for words in ("table2 spoke.", "And listened."):
        refs = [record.ref for record, note in lead.desk.state.bodies(r.Note) if (note.text, note.table) == (words, 2)]
        lead.desk.redact(refs[0], "[other words]")
    assert "the table laptop at table 2 (tabl)" in [one.name for one in gathering.others(lead.desk, lead.places)]


def test_home_says_not_exported_until_every_laptop_is_on_a_stick(world, lead):
    redact(lead, "table2 spoke.")
    day.close(lead.desk)
    write(world, "out")
    lead.workshops.leave(lead.desk)
    assert [entry.exported for entry in lead.workshops.recent()] == [False]


def test_taken_in_before_the_close_is_told_by_the_leads_own_records_and_no_clock(world, lead):
    behind = world.machines["table2"]
    day.close(lead.desk)
    behind.desk._around = behind.desk._around._replace(clock=lambda: datetime(2001, 1, 1, tzinfo=UTC))
    behind.note("After the close, says nobody's clock.", table=2)
    take_in(world, "table2", stick="again")
    (said,) = [one for one in gathering.before_seal(lead.desk, lead.places) if one.startswith("Last taken in")]
    assert said.startswith("Last taken in before the close: the table laptop at table 1 (tabl). If")


def test_a_tick_at_a_table_that_was_closed_can_be_taken_away(world):
    desk = world.lead.desk
    joining.tick(desk, "the laptop at table 3")
    for seat in [seat for seat in desk.state.sitting() if desk.state.table_of(seat).number == 3]:
        desk.do(acts.change_seat, role="lead", seat=seat, table=1)
    table = desk.state.tables[3]
    desk.do(acts.lay_table, r.Table(role="lead", number=3, theme=table.theme, scenario=table.scenario, state="closed"))
    assert joining.posts(desk)[-1] == "the laptop at table 3"
    joining.tick(desk, "the laptop at table 3")
    assert joining.posts(desk)[-1] == "the laptop at table 2"


# -- a key that ran out


def test_a_laptops_clock_does_not_keep_a_table_out(world, monkeypatch):
    table = world.join("table1")
    table.note("One.", table=1)
    table.export(world.stick("a"))
    monkeypatch.setattr(type(world.lead.desk), "now", property(lambda _: datetime(2150, 1, 1, tzinfo=UTC)))
    (offer,) = gathering.look(world.lead.desk, world.lead.places, world.stick("a"))
    assert offer.fault is None
    assert offer.new == 2


# -- the seal and the way back


def sealed(world):
    day.close(world.lead.desk)
    for gap in day.gaps(world.lead.desk.state):
        handing_over.accept(world.lead.desk, gap, "None in this test.")
    handing_over.seal(world.lead.desk)


def test_a_withdrawal_after_the_seal_changes_no_word_on_the_slip(world, lead):
    sealed(world)
    words, seat = day.seal_words(lead.desk), lead.desk.state.sitting()[0]
    lead.desk.withdraw(seat)
    assert day.seal_words(lead.desk) == words


def test_a_sealed_workshop_is_reopened_put_right_and_sealed_with_other_words(world, lead):
    sealed(world)
    desk, words = lead.desk, day.seal_words(lead.desk)
    write(world, "out")
    assert [one.accepted for one in merge(world, "out")] == [True] * 3
    with pytest.raises(RuleError, check=lambda error: error.code == "reason_needed"):
        handing_over.reopen(desk, reason=" ")
    handing_over.reopen(desk, reason="A sheet was found")
    assert not desk.state.sealed
    assert desk.state.closed
    desk.do(capture.note, r.Note(role="lead", text="Typed afterwards.", step="close", from_paper=True))
    write(world, "open")
    assert set(handing_over.reasons(desk).values()) == {"None in this test."}  # nobody types them twice
    handing_over.seal(desk)
    assert day.seal_words(desk) != words
    write(world, "again")
    assert all(one.accepted for one in merge(world, "again"))
    assert list(centre.dump(world.root / "centre.db")) == list(desk.store.dump())
    assert any(b"A sheet was found" in line for line in desk.store.dump())


def test_only_the_lead_reopens(world, lead):
    sealed(world)
    with pytest.raises(RuleError, check=lambda error: error.code == "only_lead"):
        lead.desk.do(acts.reopen, role="table", reason="why not")


def test_what_came_after_the_seal_is_said_after_it_was_taken_in_too(world, lead):
    sealed(world)
    world.join("table3").note("table3 spoke.", table=3)
    take_in(world, "table3")
    late = [one.says for one in gathering.others(lead.desk, lead.places) if "from after the seal" in one.says]
    assert len(late) == 1
    assert late[0].startswith("2 records here, 2 of them")


# -- deletion


def test_a_receipt_for_the_leads_chain_alone_unlocks_nothing_while_a_table_is_missing(world, lead):
    redact(lead, "table2 spoke.")
    write(world, "out")
    merge(world, "out")
    with pytest.raises(TrustError, check=lambda error: error.code == "receipt_too_short"):
        receipts.accept_file(lead.places, lead.desk.store, receipt(world).path)
    joining.renew(world.machines["table2"].desk, world.table_file())
    world.machines["table2"].note("And went on.", table=2)  # its own stick goes to the centre, and the lead never sees it
    world.machines["table2"].export(world.stick("own"))
    merge(world, "own")
    deleting.unlock_from(lead.desk, lead.places, stick=receipt(world).path.parent)
    assert deleting.lock(lead.desk, lead.places).opened


def test_by_telephone_there_is_a_code_for_each_laptop(world, lead):
    write(world, "out")
    merge(world, "out")
    codes = receipt(world).codes
    for told, (device, code) in enumerate(codes.items()):
        found = deleting.lock(lead.desk, lead.places)
        assert not found.opened
        assert f"Confirmed: {told} of 3" in found.says
        assert ("this laptop" in found.says) == (lead.desk.device in list(codes)[told:])
        deleting.unlock(lead.desk, lead.places, typed=code)
        assert device in {one.device for one in lead.desk.store.devices()}
    assert deleting.lock(lead.desk, lead.places).opened


def test_a_code_for_one_laptop_and_a_receipt_for_the_others_count_together(world, lead):
    write(world, "out")
    merge(world, "out")
    done = receipt(world)
    deleting.unlock(lead.desk, lead.places, typed=done.codes[lead.desk.device])
    lead.desk.do(capture.note, r.Note(role="lead", text="One more.", step="close"))
    with pytest.raises(TrustError, check=lambda error: error.code == "receipt_too_short"):
        receipts.accept_file(lead.places, lead.desk.store, done.path)
    write(world, "more")
    merge(world, "more")
    deleting.unlock(lead.desk, lead.places, typed=receipt(world).codes[lead.desk.device])
    receipts.accept_file(lead.places, lead.desk.store, done.path)  # an older one, good for the tables
    assert deleting.lock(lead.desk, lead.places).opened


def test_two_folders_of_one_stick_are_one_copy(world, lead, monkeypatch):
    for folder in ("one", "two"):
        write(world, folder)
    for file in lead.places.programmes.iterdir():
        file.unlink()  # no central team is known any more
    assert files.volume_of(world.stick("one")) == files.volume_of(world.stick("two")) != ""
    assert "There is 1; two folders of one stick are one." in deleting.lock(lead.desk, lead.places).says
    monkeypatch.setattr(workshops, "volume_of", lambda folder: folder.name)
    write(world, "three")
    assert deleting.lock(lead.desk, lead.places).opened
    sticks.tick(lead.desk, 2)  # wiped
    assert not deleting.lock(lead.desk, lead.places).opened
