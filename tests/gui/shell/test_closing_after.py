"""After the last step: debrief, personal data, the register of copies, papers, deletion."""

import pytest
from laptops_world import World
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QLabel

from tradeoff_desktop.app import day, gathering, handing_over, joining, laptop, sample, sticks
from tradeoff_desktop.exchange import comparison, receipt
from tradeoff_desktop.model import acts, capture
from tradeoff_desktop.model import records as r
from tradeoff_desktop.ui.bridge import Bridge
from tradeoff_desktop.ui.closing import ClosingPage
from tradeoff_desktop.ui.home import HomePage
from tradeoff_desktop.ui.theme import LIGHT


def words(page) -> str:
    return "\n".join(label.text() for label in page.findChildren(QLabel) if label.isVisible())


@pytest.fixture
def page_of(show, places, tmp_path):
    laptop.keep(sample.own(), places.keys / sample.AREA, now=sample.START)

    def make(desk, folders=places):
        page = ClosingPage(Bridge(desk), LIGHT, folders=folders, ask_folder=lambda _: tmp_path)
        show(page)
        return page

    return make


@pytest.fixture
def world(tmp_path):
    return World(tmp_path / "laptops")


def test_the_five_prompts_are_private_unless_marked_and_may_be_said_again(page_of, hands):
    desk = sample.closed()
    page = page_of(desk)
    person = hands(page.window())
    person.tab_to("Was anybody upset")
    person.type("One person went out")
    person.tab_to("Print this in the report's annex")
    (said,) = [body for _, body in desk.state.bodies(r.Debrief)]
    assert (said.prompt, said.text, said.incident) == ("distress", "One person went out", False)
    person.type(" ")
    assert [body.incident for _, body in desk.state.bodies(r.Debrief)] == [True]
    assert "✓ 1 of 5 answered" in words(page)
    before = desk.store.own()
    page.debrief_part.keep("distress")
    assert desk.store.own() == before
    again = ClosingPage(Bridge(desk), LIGHT, folders=page._folders, ask_folder=lambda _: None)
    assert again.debrief_part.answers["distress"][0].text() == "One person went out"


def test_notes_that_look_like_personal_data_are_listed_before_the_seal(page_of, hands, qtbot):
    desk = sample.at("close")
    desk.do(capture.note, r.Note(role="lead", text="Ring 07700 900123 about it", step="close"))
    desk.do(acts.close, role="lead")
    page = page_of(desk)
    assert "! 1 place to look at" in words(page)
    assert "Ring 07700 900123" in words(page)
    person = hands(page.window())
    person.tab_to("Look at the notes")
    with qtbot.waitSignal(page.notes_requested):
        person.enter()


def test_a_copy_stands_in_the_register_until_it_is_ticked_off(world, page_of, hands, tmp_path):
    lead = world.lead
    lead.desk.do(acts.close, role="lead")
    lead.export(tmp_path)
    lead.workshops.note_export(lead.desk, file=f"{world.session.id}-{lead.desk.device}-{lead.desk.store.own().seq}.tradeoff", stick="SANDISK")
    page = page_of(lead.desk, lead.places)
    assert "1 copy still on the way" in words(page)
    person = hands(page.window())
    person.tab_to("today")
    assert "SANDISK · holds everything" in person.focus.accessibleName()
    person.type(" ")
    assert sticks.copies(lead.desk)[0].arrived
    assert "✓ All ticked off" in words(page)
    lead.desk.withdraw(lead.desk.state.sitting()[0])
    assert not sticks.copies(lead.desk)[0].whole


def test_where_no_central_team_is_named_a_copy_counts_until_it_is_ticked_off_as_wiped(world, page_of, hands):
    lead = world.lead
    for file in lead.places.programmes.iterdir():
        file.unlink()
    lead.desk.do(acts.close, role="lead")
    for stick in ("one", "two"):
        file = f"{world.session.id}-{lead.desk.device}-{lead.desk.store.own().seq}.tradeoff"
        lead.workshops.note_export(lead.desk, file=file, stick=stick)
    page = page_of(lead.desk, lead.places)
    assert "when the stick was wiped or is lost: it then counts no longer" in words(page)
    assert "Two copies hold everything" in words(page)
    person = hands(page.window())
    person.tab_to("today")
    person.type(" ")
    assert "1 copy still kept" in words(page)
    assert "There is 1;" in words(page)


def test_a_joined_laptop_writes_its_stick_before_the_room_is_closed(world, page_of):
    table = world.join("table1")
    page = page_of(table.desk, table.places)
    assert page.stick_part.choose.isEnabled()
    assert not page.close_part.isVisible()
    assert not page.seal_part.isVisible()
    assert page.copies_part.isVisible()


def test_writing_can_be_stopped_and_says_so(page_of, qtbot, tmp_path):
    page = page_of(sample.closed())
    page.stick_part.folder = tmp_path
    page.worker.progressed.connect(page.worker.stop)
    with qtbot.waitSignal(page.worker.failed, timeout=60_000):
        page.stick_part.write_requested.emit("")
    qtbot.waitUntil(lambda: not page.worker.busy)
    assert "Writing was stopped." in words(page)
    assert not list(tmp_path.glob("*.tradeoff*"))


def test_the_papers_are_shown_by_the_system_as_files_of_this_laptop(page_of, hands, qtbot, monkeypatch):
    page = page_of(sample.closed())
    person = hands(page.window())
    person.tab_to("Make both PDFs")
    with qtbot.waitSignal(page.worker.ended, timeout=60_000):
        person.enter()
    opened: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: bool(opened.append(url)))
    person.tab_to("Look at the host copy")
    person.enter()
    assert opened[0].isLocalFile()
    assert opened[0].fileName().endswith("host-copy.pdf")
    assert "This laptop has no program that shows PDFs." in words(page)


def test_before_the_seal_it_says_what_was_never_taken_in(world, page_of):
    joining.write(world.lead.desk, world.lead.places, world.stick("lead"))
    world.lead.desk.do(acts.close, role="lead")
    page = page_of(world.lead.desk, world.lead.places)
    assert "nothing has been taken in. If another laptop was used, take its stick in first" in words(page)


def test_before_the_seal_it_says_what_was_taken_in_too_early(world, page_of):
    table = world.join("table1")
    table.export(world.stick("a"))
    lead = world.lead
    gathering.take_in(lead.desk, lead.places, gathering.look(lead.desk, lead.places, world.stick("a")))
    lead.desk.do(acts.close, role="lead")
    assert "Last taken in before the close: the table laptop" in words(page_of(lead.desk, lead.places))


def test_the_stick_says_which_laptop_does_not_travel_and_the_register_counts_it(world, page_of, hands, qtbot, tmp_path):
    lead, table = world.lead, world.join("table1")
    for text in ("Ring Ann.", "The bus is late."):
        table.note(text, table=1)
    table.export(world.stick("a"))
    gathering.take_in(lead.desk, lead.places, gathering.look(lead.desk, lead.places, world.stick("a")))
    note = next(record for record, body in lead.desk.state.bodies(r.Note) if body.text == "Ring Ann.")
    lead.desk.redact(note.ref, "Ring [a person].")
    lead.desk.do(acts.close, role="lead")
    page = page_of(lead.desk, lead.places)
    page.exported.connect(lambda done: lead.workshops.note_export(
        lead.desk, file=done.path.name, stick=str(done.path.parent), others=done.files,
    ))
    said = "! Your stick holds 1 of 2 laptops. Not on it, because the file held what is erased now: the table laptop at table 1 (tabl)"
    assert words(page).count(said) == 2  # before the seal, and at the stick
    page.stick_part.folder = tmp_path
    with qtbot.waitSignal(page.worker.ended, timeout=60_000):
        page.stick_part.write_requested.emit("")
    assert "! Written, not every laptop" in words(page)
    hands(page.window()).tab_to("today")
    assert "holds not everything: 1 of 2 laptops" in page.window().focusWidget().accessibleName()


def test_a_sealed_workshop_is_reopened_by_its_key_with_a_reason_and_sealed_with_other_words(page_of, hands):
    desk = sample.closed()
    page = page_of(desk)
    person = hands(page.window())
    person.enter()
    before = day.seal_words(desk)
    assert "   ".join(before) in words(page)
    person.press(Qt.Key.Key_R, with_=Qt.KeyboardModifier.AltModifier)
    person.enter()
    assert "Write one line saying why. It is kept in the record" in words(page)
    assert desk.state.sealed
    person.type("Sarah")
    assert "“Sarah” looks like a name." in words(page)
    assert "“Sarah” looks like a name." in page.seal_part.reason.accessibleDescription()
    page.seal_part.reason.clear()
    person.type("A sheet was found.")
    assert "” looks like" not in words(page)
    person.enter()
    assert not desk.state.sealed
    assert "! Reopened" in words(page)
    assert "A sheet was found." in words(page)
    assert "   ".join(before) not in words(page)
    person.enter()
    assert day.seal_words(desk) != before
    assert "   ".join(day.seal_words(desk)) in words(page)
    assert "Strike the first slip through" in words(page)


def test_once_sealed_gaps_are_shown_with_their_reasons_and_nothing_to_press(page_of):
    desk = sample.closed(missing=1)
    handing_over.accept(desk, day.gaps(desk.state)[0], "Left early.")
    handing_over.seal(desk)
    page = page_of(desk)
    assert "Accepted: Table 4, sheet 4, 1 of 5 missing: Left early." in words(page)
    assert "✓ Sealed, 1 gap accepted" in words(page)
    assert page.complete_part.first is None


def test_practice_is_deleted_by_two_presses_and_leaves_nothing(make_shell, hands):
    shell = make_shell()
    person = hands(shell.window)
    person.type("p")
    desk = shell.desk
    path = desk.store.path
    desk.do(acts.close, role="lead")
    shell.show_closing()
    person.tab_to("Delete this workshop")
    person.enter()
    assert "Press again to delete it." in words(shell.window)
    assert path.exists()
    person.enter()
    assert shell.desk is None
    assert isinstance(shell.window.findChild(HomePage), HomePage)
    assert not [file for file in path.parent.rglob("*") if file.is_file() and desk.opened.workshop in file.name]


def test_a_real_workshop_waits_for_the_central_team(world, page_of):
    page = page_of(world.lead.desk, world.lead.places)
    assert page.delete_part.button.text() == "Unlock with this code"
    assert "they have merged it, and read out a code" in words(page)


def test_the_code_read_out_by_the_central_team_unlocks_deletion_and_the_area_is_typed(world, page_of, hands):
    lead = world.lead
    page = page_of(lead.desk, lead.places)
    person = hands(page.window())
    person.tab_to("Code of the central team")
    person.type("0000 0000")
    person.tab_to("Unlock with this code")
    person.enter()
    assert page.delete_part.wrong.isVisible()
    person.tab_to("Code of the central team")
    person.retype(comparison.spoken(receipt.code_of(list(lead.desk.store.records(lead.desk.device)))))
    person.tab_to("Unlock with this code")
    person.enter()
    assert "The central team holds everything that is here. To delete it, type ESS." in words(page)
    assert person.focus.accessibleName() == "Type ESS"


def test_home_insists_after_the_day_by_which_it_should_be_gone(world, show):
    world.lead.workshops.leave(world.lead.desk)
    (entry,) = world.lead.workshops.recent()
    assert entry.delete_by == world.signed.programme.delete_by
    late = world.clock().replace(year=2099)
    page = HomePage(LIGHT, [entry], now=late)
    show(page)
    assert "! This should have been deleted by" in words(page)
    early = HomePage(LIGHT, [entry], now=world.clock())
    show(early)
    assert "should have been deleted" not in words(early)
