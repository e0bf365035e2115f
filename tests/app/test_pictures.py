import pytest
from room_world import Day, begin, go_to, key, key_balance, key_sheet

from tradeoff_desktop.app import pictures
from tradeoff_desktop.model import acts, capture
from tradeoff_desktop.model import records as r
from tradeoff_desktop.model.runsheet import Screen
from tradeoff_desktop.store.store import Store

TALK, FLIP = Screen("scenario", "anchor_talk", "HOU-1", "base"), Screen("flip", "anchor_flips", "HOU-1", "D.health")


@pytest.fixture
def open_desk():
    """A function that opens a desk for so many people."""
    stores = []

    def make(people=20, tables=4):
        stores.append(Store.create())
        return begin(stores[-1], Day(), people, tables=tables)

    yield make
    for store in stores:
        store.close()


def cycle(people, *values):
    return [values[place % len(values)] for place in range(people)]


def test_nothing_is_shown_before_every_sheet_is_keyed(open_desk):
    desk = open_desk()
    key_sheet(desk, 2)
    assert pictures.gate(desk.state, TALK).reason == "not_keyed"
    assert pictures.gate(desk.state, TALK).sheets == (1,)
    assert pictures.over(desk.state, TALK) is None
    assert pictures.gate(desk.state, FLIP).open  # the flip is set beside the marking on the same sheet
    key_sheet(desk, 1)
    assert pictures.gate(desk.state, TALK).open


def test_one_box_short_keeps_the_gate_shut_and_names_the_seat(open_desk):
    desk = open_desk()
    key_sheet(desk, 1)
    last = desk.state.sitting()[-1]
    for seat in desk.state.sitting():
        for cell in desk.state.cells_of(seat, 2)[: None if seat != last else -1]:
            key(desk, seat, cell, "3")
    gate = pictures.gate(desk.state, FLIP)
    assert (gate.reason, gate.seats) == ("not_keyed", (last,))


def test_twenty_people_see_two_bars_and_who_moved(open_desk):
    desk = open_desk()
    after = cycle(20, "4", "4", "3", "5")
    flipped = ["2"] * 12 + after[12:18] + ["5", "5"]
    key_balance(desk, 2, {"base": after, "D.health": flipped})
    picture = pictures.over(desk.state, FLIP)
    assert [bar.label for bar in picture.bars] == ["After the talk", "+ Health records"]
    assert [bar.people for bar in picture.bars] == [20, 20]
    assert [(part.words, part.people) for part in picture.bars[1].parts] == [
        ("Risks somewhat", 12), ("Evenly balanced", 1), ("Benefits somewhat", 4), ("Benefits clearly", 3),
    ]
    assert picture.sentence == (
        "12 of 20 people moved towards risk when health records were added; "
        "1 moved towards benefit and 7 did not move."
    )


def test_between_five_and_nine_people_hear_only_which_way(open_desk):
    desk = open_desk(8, 2)
    key_balance(desk, 2, {"base": ["4"] * 8, "D.health": ["2"] * 5 + ["4", "4", "5"]})
    picture = pictures.over(desk.state, FLIP)
    assert all(not bar.parts and bar.people is None for bar in picture.bars)
    assert picture.sentence == "More people moved towards risk than towards benefit when health records were added."
    assert not any(letter.isdigit() for letter in picture.spoken())


def test_fewer_than_five_see_nothing(open_desk):
    desk = open_desk(6, 2)
    key_balance(desk, 2, {"base": ["4"] * 6, "D.health": ["2"] * 4 + ["skipped", "skipped"]})
    assert pictures.gate(desk.state, FLIP).reason == "too_few"
    assert pictures.over(desk.state, FLIP) is None


@pytest.mark.parametrize("flipped", [["2"] * 20, ["4"] * 20])
def test_where_all_did_alike_there_are_words_only(open_desk, flipped):
    desk = open_desk()
    key_balance(desk, 2, {"base": ["4"] * 20, "D.health": flipped})
    picture = pictures.over(desk.state, FLIP)
    assert not any(bar.parts for bar in picture.bars)
    assert "20" not in picture.spoken()


def test_a_bar_of_one_answer_takes_the_other_bar_with_it(open_desk):
    desk = open_desk()
    key_balance(desk, 2, {"base": ["4"] * 20, "D.health": cycle(20, "1", "2", "4", "5")})
    assert not any(bar.parts for bar in pictures.over(desk.state, FLIP).bars)


def test_people_who_gave_no_answer_are_not_counted_as_unmoved(open_desk):
    desk = open_desk()
    key_balance(desk, 2, {
        "base": [*cycle(18, "4", "3", "5"), "cant_say", "declined"], "D.health": cycle(20, "2", "3", "4", "1"),
    })
    assert " of 18 people" in pictures.over(desk.state, FLIP).sentence


def test_a_person_who_withdrew_is_in_no_picture(open_desk):
    desk = open_desk()
    key_sheet(desk, 2, shift=1)
    desk.withdraw(desk.state.sitting()[0])
    assert " of 19 people" in pictures.over(desk.state, FLIP).sentence


@pytest.mark.parametrize("step", ["", "before_anchor", "after_anchor", "theme_talk"])
def test_while_people_mark_or_work_apart_there_is_no_picture(open_desk, step):
    desk = open_desk()
    key_sheet(desk, 1)
    key_sheet(desk, 2)
    assert pictures.gate(desk.state, Screen("holding", step)).reason == "no_picture"


@pytest.mark.parametrize("step", ["break", "positions", "anchor_position"])
def test_at_a_break_and_in_the_plenary_the_first_picture_may_be_shown(open_desk, step):
    desk = open_desk()
    key_sheet(desk, 1)
    key_sheet(desk, 2, shift=1)
    picture = pictures.over(desk.state, Screen("holding", step))
    assert [bar.label for bar in picture.bars] == ["Before the talk", "After the talk"]
    assert " after the talk; " in picture.sentence


def test_an_empty_room_has_no_result(open_desk):
    desk = open_desk(6, 2)
    for seat in list(desk.state.sitting()):
        desk.do(acts.change_seat, role="lead", seat=seat, to="no_show")
    assert pictures.gate(desk.state, TALK).reason == "nobody"


def test_hands_say_totals_and_never_who_moved(open_desk):
    desk = open_desk()
    go_to(desk, "practice")
    screen = Screen("question", "practice")
    assert not pictures.gate(desk.state, screen).open
    tally = r.Tally(
        role="lead", step="practice", scenario="HOU-1", variant="base", item="BAL", here=20,
        counts={"1": 2, "2": 5, "3": 4, "4": 9, "5": 0},
    )
    desk.do(capture.tally, tally)
    picture = pictures.over(desk.state, screen)
    assert [part.people for part in picture.bars[0].parts] == [2, 5, 4, 9]
    assert "moved" not in picture.spoken()


def test_hands_that_were_all_alike_were_seen_by_all(open_desk):
    desk = open_desk()
    desk.do(capture.tally, r.Tally(
        role="lead", step="practice", scenario="HOU-1", variant="base", item="BAL", here=20, counts={"4": 20},
    ))
    assert pictures.over(desk.state, Screen("question", "practice")).bars[0].parts[0].people == 20


def test_the_table_twin_holds_every_marking_that_may_be_shown(open_desk):
    desk = open_desk()
    assert pictures.every_marking(desk.state) == []
    key_sheet(desk, 2)
    assert len(pictures.every_marking(desk.state)) == 4
    key_sheet(desk, 1)
    bars = pictures.every_marking(desk.state)
    assert [bar.label for bar in bars][:2] == ["Before the talk", "After the talk"]
    assert all(sum(part.people for part in bar.parts) == 20 for bar in bars)
