import pytest
from room_world import Day, begin, go_to, key_sheet

from tradeoff_desktop.app import stage as stages
from tradeoff_desktop.model import acts, capture, runsheet
from tradeoff_desktop.model import records as r
from tradeoff_desktop.model.runsheet import Screen
from tradeoff_desktop.store.store import Store

ANCHOR = "HOU-1"


@pytest.fixture
def desk(store):
    return begin(store, Day())


def on(desk, screen, **how):
    return stages.stage(desk.state, screen, **how).page


def test_a_card_says_who_holds_what_who_receives_it_and_how_private(desk):
    card = on(desk, Screen("scenario", "anchor_read", ANCHOR, "base"))
    assert card.data.words == ("Three council teams", "Debt, benefits, care")
    assert card.receiver.words == ("Council housing team",)
    assert card.privacy.words == ("Names shown",)
    assert not any(box.changed for box in (card.data, card.receiver, card.privacy))
    assert card.question == ""
    assert all(box.icon for box in (card.data, card.receiver, card.privacy))


@pytest.mark.parametrize(("axis", "changed"), [("D", "data"), ("O", "receiver"), ("A", "privacy")])
def test_a_flip_marks_the_one_box_it_changed_and_asks_the_same_question(desk, axis, changed):
    flip = desk.pack.anchor.primary(axis)
    card = on(desk, Screen("flip", "anchor_mark", ANCHOR, flip.id))
    base = on(desk, Screen("scenario", "anchor_read", ANCHOR, "base"))
    for name in ("data", "receiver", "privacy"):
        box = getattr(card, name)
        assert box.changed == (name == changed)
        assert (box.words != getattr(base, name).words) == (name == changed)
    assert card.question == desk.pack.item("BAL").projector
    assert card.text == flip.projector
    assert "Changed: " in card.spoken()


def test_a_label_with_a_plus_comes_on_top_of_the_base(desk):
    card = on(desk, Screen("flip", "anchor_mark", ANCHOR, "D.health"))
    assert card.data.words[1] == "Debt, benefits, care + Health records"


def test_the_practice_question_carries_its_case_and_the_keys_of_the_sheet(desk):
    page = on(desk, Screen("question", "practice"))
    assert "library" in page.lead
    assert [key for key, _ in page.options] == ["1", "2", "3", "4", "5"]
    assert page.options[0][1] == "Risks clearly"


def test_the_base_of_the_flips_is_a_question_while_marking_and_the_card_while_talking(desk):
    assert isinstance(on(desk, Screen("question", "anchor_mark", ANCHOR, "base")), stages.Question)
    assert isinstance(on(desk, Screen("question", "anchor_flips", ANCHOR, "base")), stages.Card)


def test_a_table_step_shows_task_sheet_and_clock(desk):
    page = on(desk, Screen("task", "theme_mark"), clock="4 minutes left")
    assert isinstance(page, stages.Task)
    assert (page.sheet, page.clock) == (3, "4 minutes left")
    assert "Turn to sheet 3" in page.spoken()


def test_holding_never_shows_the_facilitators_words(desk):
    assert on(desk, Screen("holding", "")).title == desk.pack.title
    assert on(desk, Screen("holding", "doors")).title == desk.pack.title
    assert on(desk, Screen("holding", "break")).title == "Break"
    assert on(desk, Screen("holding", "anchor_flips")).title == "The case for everybody"
    assert on(desk, Screen("holding", "break")).words == "Essex"


def test_blank_is_blank_whatever_is_revealed(desk):
    key_sheet(desk, 1)
    key_sheet(desk, 2)
    assert isinstance(on(desk, Screen("holding", "break"), blank=True, revealed=True), stages.Blank)


def test_positions_stand_side_by_side_with_dissent(desk):
    desk.do(capture.take_position, r.Position(role="lead", table=1, scenario="HSC-1", decision="2", disagreed=0))
    desk.do(capture.take_position, r.Position(role="lead", table=3, scenario="CJ-1", decision="no_agreement", disagreed=2))
    rows = on(desk, Screen("positions", "positions")).rows
    assert [row.decision for row in rows] == ["With conditions", "Not yet", "No agreement", "Not yet"]
    assert [row.disagreed for row in rows] == ["nobody disagreed", "", "2 disagreed", ""]


def test_where_there_is_no_agreement_nobody_is_said_to_have_agreed(desk):
    desk.do(capture.take_position, r.Position(role="lead", table=3, scenario="CJ-1", decision="no_agreement", disagreed=0))
    rows = on(desk, Screen("positions", "positions")).rows
    assert [row.disagreed for row in rows] == [""] * 4
    assert rows[0].about == "Health and care"


def test_statements_wait_for_their_vote_in_turn(desk):
    screen = Screen("statements", "statements")
    assert isinstance(on(desk, screen), stages.Holding)
    for table, text in ((1, "One."), (2, "Two.")):
        desk.do(capture.draft_statement, role="lead", table=table, text=text)
    assert on(desk, screen).text == "One."
    (first, _), (second, _) = stages.drafts(desk.state)
    assert on(desk, screen, statement=second).text == "Two."
    draft = desk.state.live["statement"][first].ref
    desk.do(capture.ratify, draft=draft, voted=r.Statement(
        role="lead", table=1, text="One, mended.", state="ratified", in_favour=14, against=3, abstained=2,
    ))
    assert on(desk, screen).text == "Two."
    last = stages.drafts(desk.state)[-1][0]
    assert on(desk, screen, statement=last).votes == "14 in favour, 3 against, 2 abstained"
    assert on(desk, screen, statement=first).text == "Two."  # a draft that was voted on is no longer there


def test_practice_is_marked_on_every_page():
    with Store.create() as store:
        desk = begin(store, Day(), practice=True)
        stage = stages.stage(desk.state, Screen("holding", "break"))
    assert stage.practice
    assert stage.spoken().startswith("Practice. ")


def test_no_page_names_a_stakeholder_group(desk):
    key_sheet(desk, 1)
    key_sheet(desk, 2, shift=1)
    names = [group.name for group in desk.pack.groups]
    for step in desk.pack.agenda:
        go_to(desk, step.id)
        for screen in runsheet.screens(desk.pack, step.id, area="ESS"):
            for revealed in (False, True):
                spoken = stages.stage(desk.state, screen, revealed=revealed).spoken()
                assert not any(name in spoken for name in names if name != "Other")


def test_a_result_is_in_no_page_before_it_is_revealed(desk):
    key_sheet(desk, 1)
    key_sheet(desk, 2, shift=1)
    for step in desk.pack.agenda:
        for screen in runsheet.screens(desk.pack, step.id, area="ESS"):
            assert "people moved" not in stages.stage(desk.state, screen).spoken()


def test_a_closed_table_stands_nowhere(desk):
    desk.do(acts.lay_table, r.Table(role="lead", number=4, theme="HOU", scenario="HOU-2", state="combined", into=3))
    assert len(on(desk, Screen("positions", "positions")).rows) == 3
