"""The central team's other pages: what is here, the keys, and the way to the notes."""

import threading
import zipfile

import pytest
from central_pages import ALT, CTRL
from centre_world import NOW, STRANGER, TABLE
from PySide6.QtCore import Qt

from tradeoff_desktop.app import enrolling, inbox, planning, released, reporting
from tradeoff_desktop.model import capture
from tradeoff_desktop.model import records as r
from tradeoff_desktop.ui.coding import CodingPage
from tradeoff_desktop.ui.coverage import CoveragePage
from tradeoff_desktop.ui.inbox import InboxPage
from tradeoff_desktop.ui.publish import PublishPage
from tradeoff_desktop.ui.trust import TrustPage


def take(world, *files):
    return inbox.look(list(files), world.folder, world.around(), take_in=True)


def note(desk, text):
    desk.do(capture.note, r.Note(role=desk.role, text=text, step="anchor_talk"))


# -- what is here


def test_the_register_and_what_is_missing_stand_against_the_programme(inside, world):
    lead = world.lead()
    table = world.table(lead, "words")
    world.seal(lead, world.write(table, TABLE))
    take(world, world.write(lead, stage="sealed"))
    inside.person.press(Qt.Key.Key_2, with_=ALT)
    inside.settle()
    page = inside.page
    assert isinstance(page, CoveragePage)
    lines = {(line.workshop, line.table): [cell.says for cell in line.cells] for line in page.model.lines}
    assert any(where[0] == "Leeds · A" and where[1].startswith("1 · ") and cells[0].startswith("! 0 of ") for where, cells in lines.items())
    assert lines["Essex · A", ""] == ["–"] * 4
    assert f"! Leeds · A: the lead laptop took {TABLE.principal} in up to record" in inside.words()
    assert "Essex · A has not sent anything yet" in inside.words()
    assert page.came.stringList()[0].startswith("20 March 2027 · Leeds · A · lead laptop · up to record ")


def test_an_empty_centre_says_so(inside):
    inside.person.press(Qt.Key.Key_2, with_=ALT)
    inside.settle()
    assert "0 of " in inside.words()
    assert inside.page.came.stringList() == ["Nothing has come in yet."]


# -- keys


@pytest.fixture
def sent(world):
    """The file that an unknown laptop sent."""
    file = world.root / "new.enrolment"
    file.write_bytes(planning.enrolment_of(STRANGER))
    return file


def test_a_laptop_is_enrolled_by_the_words_it_reads_out(inside, world, sent, answers):
    lead = world.lead()
    take(world, world.write(lead))
    take(world, world.write(world.table(lead, "words", own=STRANGER), STRANGER))
    inside.person.press(Qt.Key.Key_3, with_=ALT)
    inside.settle()
    assert isinstance(inside.page, TrustPage)
    assert "In quarantine: 1 bundle of laptops you do not know" in inside.words()
    answers.files = [sent]
    inside.person.press(Qt.Key.Key_E, with_=ALT)
    assert " ".join(STRANGER.words) not in inside.words()  # whoever sees them needs nobody to read them out
    inside.person.type("one two three four five six seven eight")
    inside.person.enter()
    assert "The words you were read are not those of this file." in inside.words()
    inside.person.retype(" ".join(STRANGER.words))
    inside.person.enter()
    assert f"Enrolled: {STRANGER.principal}." in inside.words()
    inside.settle()
    inside.person.press(Qt.Key.Key_I, with_=ALT)
    inside.settle()
    assert isinstance(inside.page, InboxPage)
    assert inside.page.look.rows[0].short.startswith("new, ")


def test_a_key_is_taken_back_with_a_reason(inside, world):
    inside.person.press(Qt.Key.Key_3, with_=ALT)
    inside.settle()
    inside.page.list.setFocus()
    inside.person.press(Qt.Key.Key_Down)
    assert inside.page.chosen.principal == TABLE.principal
    inside.person.press(Qt.Key.Key_K, with_=ALT)
    inside.person.tab_to("Take back the key of")
    inside.person.enter()
    assert "Write one line saying why" in inside.words()
    inside.person.type("Stolen from a car")
    inside.person.tab_to("Take back the key of")
    inside.person.enter()
    assert f"The key of {TABLE.principal} is taken back." in inside.words()
    (one,) = (one for one in enrolling.known(world.folder.trust, now=NOW) if one.revoked)
    assert (one.principal, one.reason) == (TABLE.principal, "Stolen from a car")
    assert "taken back: Stolen from a car" in inside.page.list.item(1).text()
    row = take(world, world.write(world.table(world.lead(), "x"), TABLE)).rows[0]
    assert (row.tone, row.short) == ("error", "signed with a withdrawn key")


def test_what_is_no_enrolment_file_is_refused_in_words(inside, answers, world):
    inside.person.press(Qt.Key.Key_3, with_=ALT)
    inside.settle()
    answers.files = [world.write(world.lead())]
    inside.person.press(Qt.Key.Key_E, with_=ALT)
    assert "Nothing on this laptop changed." in inside.words()


# -- notes


def test_notes_are_coded_at_the_real_store_and_given_back(inside, world):
    lead = world.lead()
    note(lead, "People want to be asked first")
    take(world, world.write(lead))
    inside.person.press(Qt.Key.Key_5, with_=ALT)
    inside.settle()
    assert isinstance(inside.page, CodingPage)
    assert "People want to be asked first" in inside.words()
    inside.person.press(Qt.Key.Key_N)
    inside.person.type("asked")
    inside.person.enter()
    inside.person.type("Consent first")
    inside.person.enter()
    inside.person.press(Qt.Key.Key_1)
    assert "Codes: asked" in inside.words()
    inside.person.press(Qt.Key.Key_Home, with_=CTRL)
    assert isinstance(inside.page, InboxPage)
    note(lead, "And told what happened")
    assert take(world, world.write(lead)).good == 1  # the store was given back


def test_without_bundles_there_are_no_notes_to_code(inside):
    inside.person.press(Qt.Key.Key_5, with_=ALT)
    inside.settle()
    assert isinstance(inside.page, InboxPage)
    assert inside.page.banner.isVisible()


def test_a_page_that_is_left_while_it_is_read_keeps_no_store(inside, world):
    lead = world.lead()
    take(world, world.write(lead))
    inside.person.press(Qt.Key.Key_5, with_=ALT)
    inside.person.press(Qt.Key.Key_Home, with_=CTRL)
    inside.settle()
    note(lead, "later")
    assert take(world, world.write(lead)).good == 1


# -- publish


def test_a_host_copy_is_written_from_what_is_held(inside, world, tmp_path):
    lead = world.lead()
    take(world, world.write(lead))
    inside.person.press(Qt.Key.Key_6, with_=ALT)
    inside.settle()
    page = inside.page
    assert isinstance(page, PublishPage)
    at = page.picker.findText("Host copy of one workshop: Leeds · A")
    page.picker.setCurrentIndex(at)
    inside.answers.folder = tmp_path / "out"
    inside.answers.folder.mkdir()
    inside.person.press(Qt.Key.Key_P, with_=ALT)
    inside.settle()
    (written,) = inside.answers.folder.glob("host-*.pdf")
    assert written.read_bytes().startswith(b"%PDF-")
    assert f"Written: {written.name}" in inside.words()


def test_what_was_written_is_said_to_who_comes_back_after_leaving_the_page(inside, world, tmp_path, monkeypatch):
    take(world, world.write(world.lead()))
    inside.person.press(Qt.Key.Key_6, with_=ALT)
    inside.settle()
    left = threading.Event()

    def write(_store, _asked, *, file, draft, **_):
        assert left.wait(20)
        file.write_bytes(b"%PDF-" if not draft else b"")
        return [file]

    monkeypatch.setattr(reporting, "report", write)
    inside.answers.folder = tmp_path
    inside.person.press(Qt.Key.Key_P, with_=ALT)
    inside.person.press(Qt.Key.Key_2, with_=ALT)
    inside.person.press(Qt.Key.Key_6, with_=ALT)
    assert "Writing." in inside.words()
    inside.person.press(Qt.Key.Key_2, with_=ALT)
    left.set()
    inside.settle()
    assert isinstance(inside.page, CoveragePage)
    inside.person.press(Qt.Key.Key_6, with_=ALT)
    inside.settle()
    (written,) = tmp_path.glob("full-*.pdf")
    assert f"Written: {written.name}" in inside.words()
    inside.person.press(Qt.Key.Key_2, with_=ALT)
    inside.person.press(Qt.Key.Key_6, with_=ALT)
    inside.settle()
    assert "Written:" not in inside.words()  # once is enough


def test_nothing_is_published_from_an_empty_centre(inside):
    inside.person.press(Qt.Key.Key_6, with_=ALT)
    inside.settle()
    assert isinstance(inside.page, InboxPage)
    assert inside.page.banner.isVisible()


def test_notes_and_codes_are_written_for_other_programs(inside, world, answers, tmp_path):
    lead = world.lead()
    note(lead, "they would sell it on")
    take(world, world.write(lead))
    inside.person.press(Qt.Key.Key_5, with_=ALT)
    inside.settle()
    assert isinstance(inside.page, CodingPage)
    answers.folder = tmp_path
    inside.person.press(Qt.Key.Key_E, with_=ALT)
    (project,) = tmp_path.rglob("*.qdpx")
    with zipfile.ZipFile(project) as packed:
        assert any(b"they would sell it on" in packed.read(name) for name in packed.namelist())
    assert "Written: notes.qdpx and codebook.qdc" in inside.words()
    assert [one.what for one in released.read(world.folder.store)] == ["Notes with their codes"]
