"""What an erasure reaches, and what it must leave: the lead's stick, table laptops, drafts, the centre's merge."""

import pytest
from laptops_world import World

from tradeoff_desktop.app import (
    centre,
    checkpoints,
    day,
    gathering,
    handing_over,
    joining,
    judging,
    merging,
    setting_up,
)
from tradeoff_desktop.errors import RuleError
from tradeoff_desktop.exchange import sealing
from tradeoff_desktop.exchange.programme import trust_of
from tradeoff_desktop.model import acts, capture
from tradeoff_desktop.model import records as r
from tradeoff_desktop.store.store import TEAM_DRAFTS


@pytest.fixture
def world(tmp_path):
    return World(tmp_path)


@pytest.fixture
def two_tables(world):
    """Two table laptops with two notes each, and the lead with one; both were taken in."""
    for number, name in enumerate(("table1", "table2"), start=1):
        table = world.join(name)
        table.note(f"{name} said this.", table=number)
        table.note(f"{name} said marzipan.", table=number)
    world.lead.note("Lead wrote marzipan.", table=0)
    take_in(world, "first", "table1", "table2")
    return world


def take_in(world, stick, *names):
    for name in names:
        world.machines[name].export(world.stick(stick))
    offers = gathering.look(world.lead.desk, world.lead.places, world.stick(stick))
    assert [offer.fault for offer in offers] == [None] * len(names)
    gathering.take_in(world.lead.desk, world.lead.places, offers)


def redact(world, words, instead):
    (ref,) = [record.ref for record, note in world.lead.desk.state.bodies(r.Note) if note.text == words]
    world.lead.desk.redact(ref, instead)


def merge(world, stick, tmp_path):
    access = judging.Access(trust_of(world.signed.programme), (world.centre.identity,), world.clock())
    judged = merging.merge(sorted(world.stick(stick).glob("*.tradeoff")), store=tmp_path / "centre.db", access=access)
    assert [one.accepted for one in judged] == [True] * len(judged)
    return list(centre.dump(tmp_path / "centre.db"))


def everything(machine):
    """What stands in the files of a laptop, locked ones opened."""
    for path in machine.files():
        data = path.read_bytes()
        yield sealing.decrypt(data, [machine.own.identity]) if sealing.is_sealed(data) else data


def test_a_redaction_of_the_leads_own_note_leaves_every_table_on_its_stick(two_tables, tmp_path):
    lead = two_tables.lead
    before = gathering.carried(lead.desk, lead.places)
    redact(two_tables, "Lead wrote marzipan.", "Lead wrote [a word].")
    assert gathering.carried(lead.desk, lead.places) == before
    assert lead.export(two_tables.stick("out")).carried == 2
    assert merge(two_tables, "out", tmp_path) == list(lead.desk.store.dump())


def test_a_redaction_of_a_tables_note_drops_that_tables_bundle_alone_until_it_is_written_anew(two_tables, tmp_path):
    lead, table = two_tables.lead, two_tables.machines["table2"]
    redact(two_tables, "table2 said marzipan.", "table2 said [a word].")
    assert [path.name.split("-")[-2] for path in gathering.carried(lead.desk, lead.places)] == [two_tables.machines["table1"].desk.device]
    assert not any(b"table2 said marzipan" in data for data in everything(lead))
    joining.renew(table.desk, two_tables.table_file())
    take_in(two_tables, "again", "table2")
    assert lead.export(two_tables.stick("out")).carried == 2
    assert merge(two_tables, "out", tmp_path) == list(lead.desk.store.dump())


def test_a_table_laptop_erases_what_the_lead_redacted_and_says_why_in_its_chain(two_tables):
    table = two_tables.machines["table2"]
    assert checkpoints.keep(table.desk, table.places)
    redact(two_tables, "table2 said marzipan.", "table2 said [a word].")
    joining.renew(table.desk, two_tables.table_file())
    assert not any(b"table2 said marzipan" in data for data in everything(table))
    assert any(b"table2 said this" in data for data in everything(table))
    assert set(table.desk.store.find_notes("marzipan")) == set()
    (erasure,) = [body for _, body in table.desk.state.bodies(r.Erasure)]
    assert erasure.why == "redaction"
    table.desk.store.verify()


def test_who_left_at_one_laptop_is_erased_at_another_by_the_leads_table_file(world):
    desk, table = world.join("desk", role="desk"), world.join("table1")
    seat = desk.desk.state.sitting()[0]
    table.desk.do(acts.consent, role="table", seat=seat, signed=True)
    table.desk.do(capture.write_answer, role="table", seat=seat, question="moved", text="marzipan")
    desk.desk.withdraw(seat)
    take_in(world, "a", "desk")
    joining.renew(table.desk, world.table_file())
    assert not any(b"marzipan" in data for data in everything(table))
    assert {body.why for _, body in table.desk.state.bodies(r.Erasure)} == {"withdrawal"}


def test_an_erasure_leaves_the_accepted_reasons_and_takes_what_is_half_typed(world):
    desk = world.lead.desk
    day.close(desk)
    handing_over.accept(desk, day.gaps(desk.state)[0], "Left early.")
    desk.keep_draft("note", "half a sentence")
    seat = desk.state.sitting()[-1]
    desk.do(acts.consent, role="lead", seat=seat, signed=True)
    desk.withdraw(seat)
    assert list(handing_over.reasons(desk).values()) == ["Left early."]
    assert desk.store.draft("note") == ""
    assert {handing_over.SLOT, setting_up.SLOT} == set(TEAM_DRAFTS)


def test_the_same_words_are_no_redaction_unless_an_earlier_wording_goes(world):
    desk = world.lead.desk
    world.lead.note("Ring Ann.", table=0)
    ((note, _),) = desk.state.bodies(r.Note)
    with pytest.raises(RuleError, check=lambda error: error.code == "same_words"):
        desk.redact(note.ref, " Ring Ann. ")
    assert desk.store.own().seq == note.seq
    desk.do(capture.note, r.Note(role="lead", text="Ring them.", step="anchor_talk", replaces=note.seq))
    ((newer, _),) = desk.state.bodies(r.Note)
    desk.redact(newer.ref, "Ring them.")
    assert b"Ring Ann" not in b"".join(desk.store.dump())


def test_where_a_table_has_gone_home_its_own_stick_brings_the_centre_everything_but_the_old_words(two_tables, tmp_path):
    lead, table = two_tables.lead, two_tables.machines["table2"]
    redact(two_tables, "table2 said marzipan.", "table2 said [a word].")
    lead.export(two_tables.stick("out"))
    (old,) = two_tables.stick("first").glob(f"*-{table.desk.device}-*.tradeoff")
    (two_tables.stick("out") / old.name).write_bytes(old.read_bytes())
    dump = merge(two_tables, "out", tmp_path)
    assert dump == list(lead.desk.store.dump())
    kept = [path.read_bytes() for path in (tmp_path / "originals").rglob("*") if path.is_file()]
    opened = [sealing.decrypt(data, [two_tables.centre.identity]) if sealing.is_sealed(data) else data for data in kept]
    assert len(opened) >= 3
    assert not any(b"table2 said marzipan" in data for data in opened)


@pytest.mark.parametrize("since", ["moved", "mended"])
@pytest.mark.parametrize("known", [False, True])
def test_a_note_moved_or_mended_since_the_lead_took_it_in_goes_with_its_redaction(two_tables, tmp_path, since, known):
    lead, table = two_tables.lead, two_tables.machines["table2"]
    (note,) = [record for record, body in table.desk.state.bodies(r.Note) if "marzipan" in body.text]
    if since == "moved":
        table.desk.do(capture.move_notes, role="table", last=1, step="anchor_mark")
    else:
        table.desk.do(capture.note, r.Note(
            role="table", text="table2 said marzipan!", step="anchor_talk", table=2, replaces=note.seq,
        ))
    redact(two_tables, "table2 said marzipan.", "table2 said [a word].")
    if known:  # the lead takes the newer wording in before the table has heard of the redaction
        take_in(two_tables, "between", "table2")
    joining.renew(table.desk, two_tables.table_file())
    assert not any(b"table2 said marzipan" in data for data in everything(table))
    take_in(two_tables, "again", "table2")
    assert not any(b"table2 said marzipan" in data for data in everything(lead))
    assert {body.text for _, body in lead.desk.state.bodies(r.Note) if body.table == 2} == {"table2 said this.", "table2 said [a word]."}
    for machine in (table, lead):
        machine.desk.store.verify()
    assert lead.export(two_tables.stick("out")).carried == 2
    assert merge(two_tables, "out", tmp_path) == list(lead.desk.store.dump())
