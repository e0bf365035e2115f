"""The inbox: every standing a bundle can have, in words, and what is to be done with it."""

import pytest
from centre_world import LEAD, OTHER, OWN, STRANGER, TABLE, World, surroundings

from tradeoff_desktop.app import enrolling, inbox, laptop, originals, planning
from tradeoff_desktop.app.centre_folder import CentreFolder, found_at
from tradeoff_desktop.errors import RuleError, TrustError
from tradeoff_desktop.exchange.keys import read_public_line
from tradeoff_desktop.model import capture
from tradeoff_desktop.model import records as r
from tradeoff_desktop.store.store import Store


@pytest.fixture
def world(tmp_path):
    return World(tmp_path)


def look(world, *files, take_in=False):
    return inbox.look(list(files), world.folder, surroundings(), take_in=take_in)


def note(desk, text):
    desk.do(capture.note, r.Note(role=desk.role, text=text, step="anchor_talk"))


def only(found):
    (row,) = found.rows
    return row


def test_a_new_bundle_says_who_signed_it_and_that_it_is_practice(world):
    row = only(look(world, world.write(world.lead())))
    assert row.tone == "ok"
    assert row.what == "Leeds · A · lead laptop"
    assert row.line.startswith("✓ Leeds · A · lead laptop · new, ")
    said = " ".join(row.says)
    assert f"Signed by {LEAD.principal}, a laptop you have enrolled." in said
    assert "Good to take in" in said
    assert "Not sealed yet" in said
    assert "Practice" in said


def test_looking_changes_nothing_and_taking_in_does(world):
    file = world.write(world.lead())
    assert look(world, file).good == 1
    assert not world.folder.store.exists()
    done = look(world, file, take_in=True)
    assert done.taken_in
    assert "Taken in" in only(done).says[0]
    assert only(look(world, file)).short == "already held"
    assert not look(world, file).changes


def test_a_newer_copy_says_how_much_more_it_brings(world):
    lead = world.lead()
    look(world, world.write(lead), take_in=True)
    note(lead, "one more")
    row = only(look(world, world.write(lead)))
    assert row.short == "newer copy, 1 record more"


def test_a_sealed_bundle_with_all_it_names_is_complete(world):
    lead = world.lead()
    table = world.write(world.table(lead, "words"), TABLE)
    world.seal(lead, table)
    found = look(world, table, world.write(lead, stage="sealed"))
    assert [row.tone for row in found.rows] == ["ok", "ok"]
    (whole,) = (row for row in found.rows if "lead" in row.what)
    assert "Sealed: complete." in whole.says
    assert whole.short.endswith("complete")


def test_what_the_lead_names_and_nobody_brought_is_to_be_asked_for(world):
    lead = world.lead()
    world.seal(lead, world.write(world.table(lead, "words"), TABLE))
    row = only(look(world, world.write(lead, stage="sealed")))
    assert row.tone == "warn"
    assert TABLE.principal in " ".join(row.says)
    assert "Ask the area" in row.todo
    assert "Sealed: complete." not in row.says


def test_what_came_after_the_seal_waits_for_a_ruling(world):
    lead = world.lead()
    table = world.table(lead, "words")
    world.seal(lead, world.write(table, TABLE))
    note(table, "late")
    found = look(world, world.write(lead, stage="sealed"), world.write(table, TABLE))
    (late,) = (row for row in found.rows if "table" in row.what)
    assert (late.tone, late.leads_to) == ("warn", "compare")
    assert late.short == "after the seal, 1 record waits"


def test_two_copies_that_differ_are_to_be_compared(world):
    one, other = world.lead(), world.lead()
    note(one, "what was said")
    note(other, "something else")
    look(world, world.write(one), take_in=True)
    row = only(look(world, world.write(other)))
    assert (row.tone, row.short, row.leads_to) == ("warn", "two copies differ", "compare")


def enrol(world, one):
    enrolment = world.root / "new.enrolment"
    enrolment.write_bytes(planning.enrolment_of(one))
    enrolling.enrol(enrolment, into=world.folder.trust, heard=" ".join(one.words), now=surroundings().clock())


def test_an_unknown_signer_waits_for_the_keys_and_then_comes_in_by_itself(world):
    lead = world.lead()
    look(world, world.write(lead), take_in=True)
    row = only(look(world, world.write(world.table(lead, "words", own=STRANGER), STRANGER), take_in=True))
    assert (row.tone, row.leads_to) == ("warn", "enrol")
    assert " ".join(STRANGER.words[:2]) in row.says[0]
    assert STRANGER.words[-1] not in " ".join((*row.says, row.todo))  # nobody can copy them into the field of the page of keys
    enrol(world, STRANGER)
    assert only(look(world, take_in=True)).short.startswith("new, ")
    assert not originals.waiting(world.folder.store)


def test_a_lead_that_was_enrolled_but_is_not_in_the_plan_waits_for_a_ruling(world):
    look(world, world.write(world.lead(STRANGER), STRANGER), take_in=True)
    enrol(world, STRANGER)
    row = only(look(world, take_in=True))
    assert (row.tone, row.short, row.leads_to) == ("warn", "not a lead the programme names", "compare")
    (waits,) = originals.waiting(world.folder.store)
    assert waits.reason == "unplanned_lead"
    assert not look(world, take_in=True).rows


def test_an_altered_file_is_named_as_such(world):
    file = world.write(world.lead())
    data = bytearray(file.read_bytes())
    data[-40] ^= 1
    file.write_bytes(data)
    row = only(look(world, file))
    assert row.tone == "error"
    assert row.what == file.name
    assert row.todo


def test_a_bundle_of_real_work_or_another_programme_is_refused(world):
    look(world, world.write(world.lead()), take_in=True)
    real = only(look(world, world.write(world.lead(practice=False, workshop="LDS-9999-A"))))
    assert real.short == "practice and real do not mix"
    other = only(look(world, world.write(world.lead(device="otherlead1", programme="elsewhere"))))
    assert other.short == "of another programme or area"


def test_a_bundle_recorded_under_other_cards_is_refused(world):
    look(world, world.write(world.lead()), take_in=True)
    row = only(look(world, world.write(world.lead(device="otherlead1", pack="0" * 64))))
    assert (row.tone, row.short) == ("error", "recorded under other cards")


def test_what_needs_somebody_stands_first(world):
    good, strange = world.write(world.lead()), world.write(world.lead(STRANGER, device="stranger11"), STRANGER)
    assert [row.tone for row in look(world, good, strange).rows] == ["warn", "ok"]
    assert look(world, good, strange).says() == "2 files · 1 to take in · 0 already held · 1 need you"


def test_bundles_are_found_however_deep_and_once(world):
    deep = world.stick / "from Leeds"
    deep.mkdir()
    file = world.write(world.lead(), folder=deep)
    (world.stick / "letter.pdf").write_bytes(b"x")
    (world.stick / ".half.tradeoff").write_bytes(b"x")
    assert inbox.bundles_in([world.stick, file]) == [file]


def test_receipts_are_written_for_every_workshop_held(world, tmp_path):
    look(world, world.write(world.lead()), take_in=True)
    (written,) = inbox.write_receipts(world.folder, tmp_path / "back", surroundings())
    assert written.path.is_file()
    assert list(written.codes) == ["leadlead11"]


# -- the folder itself


def test_a_folder_is_the_centres_once_keys_programme_and_trust_are_there(world, tmp_path):
    assert found_at(world.folder.root) == world.folder
    assert found_at(tmp_path) is None


def test_only_a_programme_of_the_teams_own_key_is_taken_in(tmp_path):
    world = World(tmp_path, prepared=False)
    folder = world.folder
    other = laptop.make("CTR", seed=bytes([9]) * 64, id_="laptop0009")
    laptop.keep(other, tmp_path / "others", now=surroundings().clock())
    folder.bring_keys(tmp_path / "others")
    with pytest.raises(TrustError, match="other_programme_key"):
        folder.bring_programme(tmp_path / "own.tradeoff-programme")
    assert not folder.has_programme


def test_a_later_programme_keeps_the_laptops_that_were_enrolled_since(world, tmp_path):
    enrol(world, OTHER)
    world.folder.bring_programme(tmp_path / "own.tradeoff-programme")
    known = enrolling.read_trust(world.folder.trust)
    assert known.find(read_public_line(OTHER.public_line)) is not None
    assert len(known.signers) == 3


def test_the_keys_are_copied_for_their_owner_alone(world):
    assert world.folder.own().principal == OWN.principal
    assert (world.folder.keys / laptop.SIGNING).stat().st_mode & 0o077 == 0
    assert isinstance(world.folder, CentreFolder)


def test_a_merge_that_is_stopped_changes_nothing(world):
    def stop(_what, done, _of):
        if done == 1:
            raise RuleError("stopped")

    files = [world.write(world.lead()), world.write(world.lead(OTHER, device="other11111"), OTHER)]
    with pytest.raises(RuleError, match="stopped"):
        inbox.look(files, world.folder, surroundings(), take_in=True, progress=stop)
    assert not world.folder.store.exists() or not list(Store.look(world.folder.store).devices())
