"""Review at the centre: what must be looked at, side by side, and rulings that are carried out."""

import re
from datetime import UTC, datetime

import pytest
from central_pages import ALT
from centre_world import STRANGER, TABLE
from PySide6.QtCore import Qt

from tradeoff_desktop.app import centre, enrolling, inbox, merging, originals, planning, review
from tradeoff_desktop.app.desk import Surroundings
from tradeoff_desktop.errors import RuleError
from tradeoff_desktop.model import acts, capture
from tradeoff_desktop.model import records as r
from tradeoff_desktop.store.store import Store
from tradeoff_desktop.ui.review import ReviewPage


def take(world, *files):
    return inbox.look(list(files), world.folder, world.around(), take_in=True)


def note(desk, text):
    desk.do(capture.note, r.Note(role=desk.role, text=text, step="anchor_talk", table=1))


def held_notes(world):
    with Store.look(world.folder.store) as held:
        return sorted(record.body.text for record in held.records() if isinstance(record.body, r.Note))


@pytest.fixture
def reviewing(inside):
    """Go to the review and wait until it is read."""
    def go():
        inside.person.press(Qt.Key.Key_4, with_=ALT)
        inside.settle()
        assert isinstance(inside.page, ReviewPage)
        return inside.page

    return go


def decide(inside, words, reason):
    """Press a decision, once without a reason and then with one."""
    inside.person.tab_to(words)
    inside.person.enter()
    assert "Write one line saying why." in inside.words()
    inside.person.type(reason)
    inside.person.tab_to(words)
    inside.person.enter()
    inside.settle()
    inside.settle()  # the page is read again


def kinds(page):
    return [item.kind for item in page.model.items if item.open]


@pytest.fixture
def forked(world):
    one, other = world.lead(), world.lead()
    note(one, "what was said")
    note(other, "something else")
    take(world, world.write(one))
    take(world, world.write(other))


@pytest.mark.usefixtures("forked")
@pytest.mark.parametrize(("choice", "left"), [
    ("Keep the copy taken in first", "what was said"), ("Keep the copy that came on", "something else"),
])
def test_of_two_copies_one_is_kept_with_a_reason(inside, world, reviewing, choice, left):
    page = reviewing()
    assert kinds(page)[0] == "fork"
    assert "what was said" in inside.words()
    assert "something else" in inside.words()
    assert "Ask the area which of them is theirs" in inside.words()
    assert re.search(r"records?, 2 March 2027, \d\d:\d\d:\d\d to ", inside.words())  # a day is written one way
    assert not re.search(r"20\d\d-\d\d-\d\d", inside.words())
    decide(inside, choice, "The area says so")
    assert "Decided, and kept with its reason." in inside.words()
    assert held_notes(world) == [left]
    assert "fork" not in kinds(inside.page)
    with Store.look(world.folder.store) as held:
        assert "The area says so" in [record.body.reason for record in held.records() if isinstance(record.body, r.Ruling)]


def test_a_lead_that_nobody_planned_is_let_in(inside, world, reviewing):
    take(world, world.write(world.lead(STRANGER, device="stranger11"), STRANGER))
    file = world.root / "new.enrolment"
    file.write_bytes(planning.enrolment_of(STRANGER))
    enrolling.enrol(file, into=world.folder.trust, heard=" ".join(STRANGER.words), now=world.around().clock())
    take(world, world.write(world.lead()))
    page = reviewing()
    assert kinds(page)[0] == "lead"
    decide(inside, "Let it in as a lead", "The first laptop died at the break")
    assert not originals.waiting(world.folder.store)
    with Store.look(world.folder.store) as held:
        assert {one.device for one in held.devices() if not one.own} == {"leadlead11", "stranger11"}


@pytest.mark.parametrize(("choice", "counts"), [("Let it count", True), ("Leave it out", False)])
def test_what_came_after_the_seal_counts_or_not(inside, world, reviewing, choice, counts):
    lead = world.lead()
    table = world.table(lead, "in time")
    world.seal(lead, world.write(table, TABLE))
    note(table, "too late")
    take(world, world.write(lead, stage="sealed"), world.write(table, TABLE))
    page = reviewing()
    (late,) = (item for item in page.model.items if item.kind == "late")
    assert "1 record after the seal" in late.what
    assert "too late" in late.sides[0].says[0]
    decide(inside, choice, "Typed up from paper")
    assert "late" not in kinds(inside.page)
    desk = centre.open_desk(world.folder.store, world.folder.own(), world.around())
    try:
        said = [body.text for _, body in desk.state(world.session.id).bodies(r.Note)]
    finally:
        desk.store.close()
    assert ("too late" in said) is counts


def position(desk, decision):
    desk.do(capture.take_position, r.Position(
        role=desk.role, table=1, scenario=desk.state.tables[1].scenario, decision=decision, disagreed=0,
    ))


def test_a_table_that_was_written_down_twice_is_settled(inside, world, reviewing):
    lead = world.lead()
    table = world.table(lead, "words")
    position(lead, "1")
    position(table, "3")
    take(world, world.write(lead), world.write(table, TABLE))
    page = reviewing()
    (item,) = (item for item in page.model.items if item.kind == "differs")
    assert "Two laptops wrote down different positions of table 1" in item.what
    assert [choice.words for choice in item.choices][-1] == "None of them counts"
    decide(inside, "Keep what the lead laptop has", "It is on the slip")
    assert "differs" not in kinds(inside.page)


def test_incidents_are_listed(world, reviewing):
    lead = world.lead()
    lead.do(acts.report_incident, role="lead", code="order", text="The fire alarm rang")
    take(world, world.write(lead))
    assert any("The fire alarm rang" in item.what for item in reviewing().model.items if item.kind == "incident")


def test_a_bundle_is_accepted_queried_and_judged_anew_when_more_comes(inside, world, reviewing):
    lead = world.lead()
    take(world, world.write(lead))
    page = reviewing()
    assert kinds(page) == ["bundle"]
    assert "not judged yet" in inside.words()
    decide(inside, "Query", "Sheet 3 of table 2 is missing")
    assert "queried: Sheet 3 of table 2 is missing" in inside.words()
    inside.person.tab_to("Accept")
    inside.person.enter()
    inside.settle()
    inside.settle()
    assert not kinds(inside.page)
    note(lead, "one more")
    take(world, world.write(lead))
    page = reviewing()
    assert kinds(page) == ["bundle"]
    assert "more has come since" in page.item.what


def test_nothing_held_leaves_nothing_to_look_at(inside, reviewing):
    reviewing()
    assert "Nothing has been taken in yet" in inside.words()


def test_a_decision_needs_its_reason(world):
    take(world, world.write(world.lead()))
    (item,) = review.find(world.folder, world.around())
    with pytest.raises(RuleError, match="reason_needed"):
        review.decide(world.folder, world.around(), item, review.VERDICTS[2], reason=" ")


# -- somebody leaves


def signed(lead, seat):
    lead.do(acts.consent, role="lead", seat=seat, signed=True)


def erased(world):
    with Store.look(world.folder.store) as held:
        return sum(record.erased for record in held.records())


def test_somebody_leaves_by_their_seat_code_alone_and_what_comes_later_is_erased_too(inside, world, reviewing):
    lead = world.lead()
    first, second = lead.state.sitting()[:2]
    for seat in (first, second):
        signed(lead, seat)
    take(world, world.write(lead))
    reviewing()
    inside.person.press(Qt.Key.Key_0, with_=ALT)
    inside.person.type("999")
    inside.person.enter()
    inside.settle()
    assert "Look at the card again." in inside.words()
    inside.person.press(Qt.Key.Key_0, with_=ALT)
    inside.person.type(first)
    inside.person.enter()
    inside.settle()
    inside.person.tab_to(f"Erase what {first} gave in Leeds · A")
    inside.person.enter()
    inside.settle()
    inside.settle()
    assert f"{first} has left the study." in inside.words()
    assert erased(world) == 1
    (kept,) = originals.taken_in(world.folder.store)
    assert kept.cut
    bundle = kept.read(world.folder.access(world.around().clock()))
    assert sum(record.erased for record in bundle.records) == 1
    table = world.table(lead)
    table.do(acts.consent, role="table", seat=first, signed=True)
    take(world, world.write(table, TABLE))
    assert erased(world) == 2
    assert merging.rebuild(
        world.folder.store, new=world.root / "anew.db", access=world.folder.access(world.around().clock()),
    ).same


def test_the_same_code_in_another_workshop_is_left_alone(world):
    lead = world.lead()
    seat = lead.state.sitting()[0]
    signed(lead, seat)
    take(world, world.write(lead))
    desk = centre.open_desk(world.folder.store, world.folder.own(), world.around())
    try:
        desk.write([r.Withdrawal(role="centre", seat=seat, workshop="another")])
        assert seat not in desk.state(world.session.id).withdrawn
        assert seat in desk.state(world.session.id).consents
    finally:
        desk.store.close()
    note(lead, "more")
    take(world, world.write(lead))
    assert erased(world) == 0


def test_what_was_asked_becomes_a_letter_to_the_area(inside, world, reviewing, answers, tmp_path):
    lead = world.lead()
    take(world, world.write(lead))
    reviewing()
    assert "letter" not in inside.page.acts()
    decide(inside, "Query", "Sheet 3 of table 2 is missing")
    answers.folder = tmp_path
    inside.person.press(Qt.Key.Key_B, with_=ALT)
    (file,) = tmp_path.glob("letter-*.txt")
    said = file.read_text()
    assert said.startswith("4 March 2027\n")
    assert "Sheet 3 of table 2 is missing" in said
    assert f"Leeds · A · lead laptop, laptop {lead.device}" in said
    assert file.name in inside.words()


def test_it_says_until_when_people_may_leave(inside, world, reviewing):
    reviewing()
    assert "People may leave until 16 April 2027: 43 days from now." in inside.words()
    after = Surroundings(lambda: datetime(2027, 4, 17, tzinfo=UTC), str)
    assert "16 April 2027, is over" in review.until(world.folder, after)
