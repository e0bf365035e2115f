import pytest

from tradeoff_desktop.app import content
from tradeoff_desktop.model import runsheet, sheets


@pytest.fixture(scope="module")
def pack():
    return content.shipped()


def test_the_plan_begins_with_the_doors_before_the_start(pack):
    plan = runsheet.plan(pack)
    assert plan[0].starts == -30
    assert plan[0].ends == 0
    assert [step.starts for step in plan[1:]] == [step.ends for step in plan[:-1]]
    assert plan[-1].ends == runsheet.total_minutes(pack) == 180


def test_spreading_takes_the_reserve_first_and_never_the_marking(pack):
    minutes = {step.id: step.minutes for step in pack.agenda}
    assert runsheet.spreading(pack, minutes, after="welcome", late=9) == {"slack": 9}
    given = runsheet.spreading(pack, minutes, after="welcome", late=20)
    assert sum(given.values()) == 20
    assert given.pop("slack") == 9
    steps = {step.id: step for step in pack.agenda}
    assert not any(steps[step].sheet or steps[step].before_start for step in given)
    assert all(less <= minutes[step] // 4 for step, less in given.items())


def test_what_cannot_be_absorbed_stays_late(pack):
    minutes = {step.id: step.minutes for step in pack.agenda}
    most = sum(runsheet.spreading(pack, minutes, after="theme_statement", late=500).values())
    assert 9 < most < 30
    assert runsheet.spreading(pack, minutes, after="slack", late=5) == {}


def test_the_plan_with_other_minutes_moves_what_follows(pack):
    changed = runsheet.plan(pack, {"terms": 0, "break": 12})
    was, is_ = ({p.step.id: p.starts for p in plan} for plan in (runsheet.plan(pack), changed))
    assert is_["terms"] == was["terms"]
    assert is_["break"] == was["break"] - 7
    assert is_["close"] == was["close"] - 10


def test_walking_passes_over_what_is_skipped(pack):
    ids = [step.id for step in pack.agenda]
    assert runsheet.neighbour(pack, ids[3], by=1, dropped={ids[4]}) == ids[5]
    assert runsheet.neighbour(pack, ids[5], by=-1, dropped={ids[4]}) == ids[3]
    assert runsheet.neighbour(pack, ids[-2], by=1, dropped={ids[-1]}) == ids[-2]


def test_next_and_back_stop_at_the_ends(pack):
    first, last = pack.agenda[0].id, pack.agenda[-1].id
    assert runsheet.neighbour(pack, "", by=1) == first
    assert runsheet.neighbour(pack, first, by=-1) == first
    assert runsheet.neighbour(pack, last, by=1) == last
    assert runsheet.neighbour(pack, first, by=1) == pack.agenda[1].id


def test_the_marking_step_walks_the_question_and_each_flip_in_the_rooms_order(pack):
    shown = runsheet.screens(pack, "anchor_mark", area="LDS")
    order = pack.order_index(area="LDS", table=0, scenario="HOU-1")
    assert [screen.shown for screen in shown] == ["question", "flip", "flip", "flip"]
    assert [screen.variant for screen in shown[1:]] == [flip.id for flip in pack.flip_order("HOU-1", order)]


def test_at_a_table_step_the_room_sees_only_the_task(pack):
    for step in pack.agenda:
        shown = runsheet.screens(pack, step.id, area="ESS")
        assert shown
        if step.pace == "table":
            assert [screen.shown for screen in shown] == ["task"]
            assert {screen.variant for screen in shown} == {""}


def test_before_the_first_step_the_room_sees_the_holding_page(pack):
    assert [screen.shown for screen in runsheet.screens(pack, "", area="ESS")] == ["holding"]


def test_every_step_of_the_pack_has_the_screen_it_names(pack):
    seen = {step.audience: runsheet.screens(pack, step.id, area="ESS")[0].shown for step in pack.agenda if step.pace == "room"}
    assert seen["holding"] == "holding"
    assert seen["scenario"] == "scenario"
    assert seen["positions"] == "positions"
    assert seen["statements"] == "statements"
    assert seen["thanks"] == "thanks"


@pytest.mark.parametrize(("into", "late"), [(60, 4), (56, 0), (47, 0), (44, 0), (36, -8), (20, -24)])
def test_lateness_is_measured_against_the_plan(pack, into, late):
    planned = {p.step.id: p for p in runsheet.plan(pack)}["anchor_talk"]
    assert (planned.starts, planned.ends) == (44, 56)
    assert runsheet.minutes_late(pack, step="anchor_talk", into=into) == late
    assert runsheet.minutes_late(pack, step="nowhere", into=into) == 0


def test_forty_values_a_person(pack):
    held = [sheets.cells(pack, sheet=sheet, area="ESS", table=2, theme_scenario="WEL-1") for sheet in sheets.SHEETS]
    assert [len(cells) for cells in held] == [12, 8, 8, 12]
    assert sum(map(len, held)) == 40
    assert len({cell for cells in held for cell in cells}) == 40


def test_tables_on_one_case_may_meet_the_flips_in_different_orders(pack):
    orders = {
        tuple(c.variant for c in sheets.cells(pack, sheet=3, area="ESS", table=table, theme_scenario="WEL-1"))
        for table in range(1, 7)
    }
    assert len(orders) == 6
    anchors = {
        tuple(c.variant for c in sheets.cells(pack, sheet=2, area="ESS", table=table, theme_scenario="WEL-1"))
        for table in range(1, 7)
    }
    assert len(anchors) == 1


def test_a_shortened_step_moves_what_follows_and_one_left_out_is_passed_over(pack):
    lengths = {"welcome": 2, "terms": 0}
    starts = {planned.step.id: planned.starts for planned in runsheet.plan(pack, lengths)}
    assert (starts["terms"], starts["practice"]) == (2, 2)
    assert runsheet.total_minutes(pack, lengths) == runsheet.total_minutes(pack) - 10
    assert runsheet.neighbour(pack, "welcome", by=1, dropped={"terms"}) == "practice"
    assert runsheet.neighbour(pack, "practice", by=-1, dropped={"terms"}) == "welcome"
    assert runsheet.neighbour(pack, "terms", by=1, dropped={"terms"}) == "practice"


def test_no_step_with_a_sheet_or_a_case_can_be_left_out(pack):
    dropped = {step.id for step in pack.agenda if runsheet.may_drop(step)}
    assert dropped == {"terms", "practice", "benefit_tables", "benefit_room", "statements", "framework", "slack"}
    assert not any(runsheet.may_shorten(step) for step in pack.agenda if step.sheet)


def test_the_optional_session_takes_no_time_until_it_is_taken_in(pack):
    assert runsheet.total_minutes(pack) == pack.minutes
    assert "framework" not in {planned.step.id for planned in runsheet.walked(pack)}
    by_step = {p.step.id: p.ends - p.starts for p in runsheet.plan(pack, {"framework": 27})}
    assert (by_step["framework"], sum(by_step.values())) == (27, pack.minutes + 30 + 27)
