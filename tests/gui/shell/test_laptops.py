"""Several laptops on screen: join, take in with a preview, compare words, settle what differs, leave the study."""

import pytest
from laptops_world import World
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from tradeoff_desktop.app import differences, gathering, joining, papers, second_keying
from tradeoff_desktop.model import acts, capture
from tradeoff_desktop.model import records as r
from tradeoff_desktop.ui.bridge import Bridge
from tradeoff_desktop.ui.closing import ClosingPage
from tradeoff_desktop.ui.controls import KeyButton
from tradeoff_desktop.ui.joined import JoinedPage
from tradeoff_desktop.ui.joining import JoinPage
from tradeoff_desktop.ui.laptops import LaptopsPage
from tradeoff_desktop.ui.leaving import LeavingPage
from tradeoff_desktop.ui.people import PeoplePage
from tradeoff_desktop.ui.theme import LIGHT


def words(page) -> str:
    return "\n".join(label.text() for label in page.findChildren(QLabel) if label.isVisible())


@pytest.fixture
def world(tmp_path):
    return World(tmp_path)


@pytest.fixture
def lead_page(world, show):
    def make(stick="a"):
        page = LaptopsPage(
            Bridge(world.lead.desk), LIGHT, folders=world.lead.places, ask_folder=lambda _: world.stick(stick),
        )
        show(page)
        return page

    return make


def test_j_on_home_joins_with_the_file_and_the_code_typed(make_shell, hands, world, tmp_path):
    written = world.table_file()
    (tmp_path / written.name).write_bytes(written.read_bytes())
    shell = make_shell(world.file)
    person = hands(shell.window)
    person.type("n")  # the programme file first: its cards are needed
    shell.show_home()
    person.type("j")
    page = shell.window.findChild(JoinPage)
    person.enter()
    assert "Choose the table file first." not in words(page)
    person.tab_to("Choose the table file")
    person.enter()
    person.type("WRONG123")
    person.enter()
    assert f"which is of workshop {world.session.id}" in words(page)
    person.tab_to("Workshop code")
    person.retype(joining.code_of(world.lead.desk, world.lead.places).lower())
    person.enter()
    joined = shell.window.findChild(JoinedPage)
    assert joined is not None
    assert "Table laptop" in words(joined)
    assert shell.desk.state.open_tables() == world.lead.desk.state.open_tables()


def test_the_lead_sees_the_code_writes_the_file_and_takes_in_after_a_preview(world, lead_page, hands):
    table = world.join("table1")
    table.note("They would sell it on.", table=1)
    table.export(world.stick("a"))
    page = lead_page()
    code = joining.code_of(world.lead.desk, world.lead.places)
    assert f"{code[:4]} {code[4:]}" in words(page)
    person = hands(page.window())
    person.enter()
    assert "2 new records: 1 note." in words(page)
    assert not world.lead.desk.state.bodies(r.Note)
    person.enter()
    assert world.lead.desk.state.bodies(r.Note)
    assert "Taken in: 2 new records." in words(page)
    assert "its file travels on your stick" in words(page)
    person.tab_to("Write the table file")
    person.enter()
    assert list(world.stick("a").glob("*.tradeoff-table"))


def test_a_laptop_that_joined_is_ticked_and_named_until_its_stick_was_taken_in(world, lead_page, hands):
    world.table_file()
    page = lead_page()
    person = hands(page.window())
    person.tab_to("Has joined: the laptop at table 2")
    person.type(" ")
    assert joining.never_taken_in(world.lead.desk) == ["the laptop at table 2"]
    again = lead_page()
    assert [tick.isChecked() for tick in again._ticks.values()] == [False, False, True, False]
    assert "! Never taken in: the laptop at table 2." in words(again)


def test_an_unknown_key_shows_its_words_and_is_taken_in_only_after_they_agree(tmp_path, show, hands):
    world = World(tmp_path, known=("lead",))
    table = world.join("table1")
    table.export(world.stick("a"))
    page = LaptopsPage(Bridge(world.lead.desk), LIGHT, folders=world.lead.places, ask_folder=lambda _: world.stick("a"))
    show(page)
    person = hands(page.window())
    person.enter()
    assert " ".join(table.own.words) in words(page)
    assert "Take in" not in [button.text() for button in page.findChildren(type(page.look))]
    person.tab_to("The eight words agree")
    person.enter()
    assert "1 new record: no answers and no notes." in words(page)


def test_what_differs_is_settled_with_a_reason(world, lead_page, hands):
    table = world.join("table1")
    anchor = world.signed.pack.anchor.id
    for machine, decision in ((world.lead, "1"), (table, "3")):
        machine.desk.do(capture.take_position, r.Position(
            role=machine.role, table=1, scenario=anchor, decision=decision, disagreed=0,
        ))
    table.export(world.stick("a"))
    page = lead_page()
    person = hands(page.window())
    person.enter()
    person.enter()
    person.tab_to("Keep what the table laptop")
    person.enter()
    assert "Write one line saying why." in words(page)
    person.type("The slip says so.")
    person.tab_to("Keep what the table laptop")
    person.enter()
    assert world.lead.desk.state.positions[1, anchor].decision == "3"
    assert "different positions" not in words(page)


def test_an_empty_stick_says_so(lead_page, hands):
    page = lead_page("empty")
    hands(page.window()).enter()
    assert "There is no other laptop's file on this stick." in words(page)


def test_the_data_desk_sees_consent_and_progress_and_goes_to_the_sheets(world, show, hands, qtbot):
    desk = world.join("desk", role="desk")
    seat = desk.desk.state.sitting()[0]
    desk.desk.do(acts.consent, role="desk", seat=seat, signed=True, quotable=True)
    world.key(desk, seat, 1)
    page = JoinedPage(Bridge(desk.desk), LIGHT, ask_file=lambda _: world.table_file(), words=desk.own.words)
    show(page)
    assert "1 of 8 signed; 1 may be quoted." in words(page)
    assert " ".join(desk.own.words) in words(page)  # what the lead may ask for
    with qtbot.waitSignal(page.room_requested) as asked:
        hands(page.window()).enter()
    assert asked.args == ["key_sheets"]
    world.lead.desk.withdraw(seat)
    person = hands(page.window())
    person.tab_to("Open a newer table file")
    person.enter()
    assert "0 of 7 signed" in words(page)


def test_the_data_desk_takes_down_who_signed_and_who_may_be_quoted(world, show, hands):
    desk = world.join("desk", role="desk")
    first, second = desk.desk.state.sitting()[:2]
    page = PeoplePage(Bridge(desk.desk), LIGHT)
    show(page)
    hands(page.window()).type(f"{first}1{second}2")
    assert "Only the lead laptop" not in words(page)
    consents = desk.desk.state.consents
    assert [(consents[seat].signed, consents[seat].quotable) for seat in (first, second)] == [(True, True), (True, False)]


def take_in(world, machine):
    machine.export(world.stick("a"))
    gathering.take_in(world.lead.desk, world.lead.places, gathering.look(world.lead.desk, world.lead.places, world.stick("a")))


def test_the_data_desk_is_told_which_sheets_to_key_a_second_time(world, show):
    desk = world.join("desk", role="desk")
    (seat,) = second_keying.drawn(desk.desk.state, 1)
    page = JoinedPage(Bridge(desk.desk), LIGHT, ask_file=lambda _: None, words=desk.own.words)
    show(page)
    assert "a second time, by somebody else: sheet" not in words(page)
    desk.desk.do(acts.consent, role="desk", seat=seat, signed=True)
    world.key(desk, seat, 1)
    page.refresh()
    assert f"Still to be keyed a second time, by somebody else: sheet 1 of {seat}." in words(page)


def test_the_data_desk_corrects_a_consent_of_the_lead_by_a_ruling(world, show, hands):
    lead = world.lead.desk
    seat, other = lead.state.sitting()[:2]
    lead.do(acts.consent, role="lead", seat=seat, signed=False)
    desk = world.join("desk", role="desk")
    page = PeoplePage(Bridge(desk.desk), LIGHT)
    show(page)
    person = hands(page.window())
    person.type(f"{seat}1")
    assert not desk.desk.state.consents[seat].signed  # a refusal counts until somebody has looked at the form
    assert "But the lead laptop says: does not sign. Look at the form, then say it once more" in words(page)
    person.type(f"{other}1{seat}1")
    assert desk.desk.state.consents[seat].quotable
    assert {ruling.reason for _, ruling in desk.desk.state.bodies(r.Ruling)} == {"The signed form was looked at again."}
    assert "But the lead laptop says" not in words(page)
    world.key(desk, seat, 1)
    take_in(world, desk)
    assert lead.state.consents[seat].quotable
    assert [one.key for one in differences.find(lead.state)] == []


def test_the_lead_is_shown_a_consent_that_two_laptops_took_down_differently(world):
    lead = world.lead.desk
    seat = lead.state.sitting()[0]
    lead.do(acts.consent, role="lead", seat=seat, signed=True, quotable=True)
    desk = world.join("desk", role="desk")
    desk.desk.do(acts.consent, role="desk", seat=seat, signed=True)
    take_in(world, desk)
    found = [one for one in differences.find(lead.state) if one.key.startswith("consent/")]
    assert [[side.says for side in one.sides] for one in found] == [["signed, no quotes", "signed, words may be quoted"]]
    assert not lead.state.consents[seat].quotable
    differences.settle(lead, found[0], keep=1, reason="the form has both ticks")
    assert lead.state.consents[seat].quotable
    assert differences.find(lead.state) == []


@pytest.mark.parametrize(("sealed", "said"), [(False, "Wipe older sticks"), (True, "The seal and the six words on the slip still hold.")])
def test_leaving_takes_the_code_twice_and_says_what_is_left_to_do(world, show, hands, *, sealed, said):
    desk = world.lead.desk
    seat, other = desk.state.sitting()[:2]
    desk.do(acts.consent, role="lead", seat=seat, signed=True)
    if sealed:
        desk.do(acts.close, role="lead")
        desk.do(acts.seal, role="lead", devices=[], accepted=["A test"])
    page = LeavingPage(Bridge(desk), LIGHT, folders=world.lead.places, cut_off="1 May 2027")
    show(page)
    person = hands(page.window())
    person.type(seat)
    person.tab_to("The same code once more")
    person.type(other)
    assert f"This is not {seat}." in words(page)
    assert not page.button.isEnabled()
    person.retype(seat)
    person.tab_to("Take them out")
    person.enter()
    assert desk.state.withdrawn == {seat}
    assert said in words(page)


def test_papers_made_before_somebody_left_are_deleted_and_a_lost_one_is_named(world, show, hands, tmp_path):
    desk = world.lead.desk
    seat = desk.state.sitting()[0]
    desk.do(acts.consent, role="lead", seat=seat, signed=True)
    made = tmp_path / "made.pdf"
    made.write_bytes(b"%PDF")
    papers.note(desk.store.path, [made, tmp_path / "stick" / "carried.pdf"])
    page = LeavingPage(Bridge(desk), LIGHT, folders=world.lead.places)
    show(page)
    assert "made.pdf" not in words(page)
    person = hands(page.window())
    person.type(seat)
    person.tab_to("The same code once more")
    person.type(seat)
    person.tab_to("Take them out")
    person.enter()
    assert not made.exists()
    assert "Deleted from this laptop, because words in them are erased now: made.pdf." in words(page)
    assert f"could not be deleted from here: carried.pdf in {tmp_path / 'stick'}." in words(page)
    closing = ClosingPage(Bridge(desk), LIGHT, folders=world.lead.places, ask_folder=lambda _: None)
    show(closing)
    assert "carried.pdf" in words(closing)
    hands(closing.window()).press(Qt.Key.Key_G, with_=Qt.KeyboardModifier.AltModifier)
    assert "carried.pdf" not in words(closing)
    assert papers.listed(desk.store.path) == []


def test_every_button_of_a_joined_laptop_prints_a_key_that_does_it(world, show, hands, qtbot):
    page = JoinedPage(Bridge(world.join("desk", role="desk").desk), LIGHT, ask_file=lambda _: None, words=())
    show(page)
    buttons = [one for one in page.findChildren(KeyButton) if one.isVisible()]
    assert all(one.accessibleName().rpartition(", ")[1] for one in buttons)
    person = hands(page.window())
    for key, act in ((Qt.Key.Key_1, "key_sheets"), (Qt.Key.Key_6, "written")):
        with qtbot.waitSignal(page.room_requested, check_params_cb=act.__eq__):
            person.press(key, with_=Qt.KeyboardModifier.AltModifier)
    with qtbot.waitSignal(page.people_requested):
        person.press(Qt.Key.Key_7, with_=Qt.KeyboardModifier.AltModifier)


def test_a_table_laptop_says_what_the_leads_new_file_had_erased(world, show, hands):
    table = world.join("table1")
    table.note("Ring Ann.", table=1)
    table.export(world.stick("a"))
    lead = world.lead
    gathering.take_in(lead.desk, lead.places, gathering.look(lead.desk, lead.places, world.stick("a")))
    ((note, _),) = lead.desk.state.bodies(r.Note)
    lead.desk.redact(note.ref, "Ring [a person].")
    page = JoinedPage(Bridge(table.desk), LIGHT, ask_file=lambda _: world.table_file(), words=table.own.words)
    show(page)
    person = hands(page.window())
    person.tab_to("Open a newer table file")
    person.enter()
    assert "given 1 note other words: the old words are erased here. Write your stick again" in words(page)
    person.enter()
    assert "What you have written yourself stays as it is." in words(page)
