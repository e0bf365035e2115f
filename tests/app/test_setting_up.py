"""Setting up: what is typed is read kindly, what is wrong is said, the start writes what is missing and no more."""

from datetime import datetime

import pytest

from tradeoff_desktop.app import sample, setting_up
from tradeoff_desktop.app.setting_up import CONSENT_LIST, Plan, TablePlan, faults
from tradeoff_desktop.model import acts
from tradeoff_desktop.model import records as r


@pytest.fixture
def desk():
    return sample.begun()


@pytest.fixture
def plan(desk):
    return setting_up.kept(desk)


@pytest.mark.parametrize(("typed", "day"), [
    ("14 March 2026", "2026-03-14"), ("14 mar 2026", "2026-03-14"), ("14/3/2026", "2026-03-14"),
    ("14.03.2026", "2026-03-14"), ("2026-03-14", "2026-03-14"), ("29 February 2028", "2028-02-29"),
    ("29 February 2027", ""), ("14 Marhc 2026", "2026-03-14"), ("14 Mrach 2026", ""), ("March", ""), ("", ""), ("14/14/2026", ""),
])
def test_days_are_read_as_people_write_them(typed, day):
    assert setting_up.read_day(typed) == day


@pytest.mark.parametrize(("typed", "time"), [
    ("13:30", "13:30"), ("13.30", "13:30"), ("1330", "13:30"), (" 9:05 ", "09:05"), ("24:00", ""), ("half past", ""), ("", ""),
])
def test_times_are_read_as_people_write_them(typed, time):
    assert setting_up.read_time(typed) == time


@pytest.mark.parametrize(("typed", "number"), [("8", 8), (" 8 ", 8), ("", 0), ("31", -1), ("six", -1), ("-1", -1), ("٣", -1)])
def test_numbers_are_plain_numbers(typed, number):
    assert setting_up.read_count(typed, most=30) == number


def test_the_programme_fills_everything_in_but_the_venue(desk):
    session = sample.programme().sessions[1]
    suggested = setting_up.plan_of(session)
    wrong = [fault.field for fault in faults(suggested, desk.pack, "check")]
    assert wrong == ([] if session.venue else ["venue"])


@pytest.mark.parametrize(("page", "changed", "field"), [
    ("day", {"date": "soon"}, "date"), ("day", {"start": "25:00"}, "start"), ("day", {"venue": "  "}, "venue"),
    ("day", {"screen": "wide"}, "screen"), ("day", {"farthest": "far"}, "farthest"),
    ("groups", {"groups": {"civil": "x"}}, "civil"), ("groups", {"groups": {"civil": "5"}}, "civil"),
    ("groups", {"groups": {"civil": "30", "other": "1"}}, "civil"), ("tables", {"tables": ()}, "tables"),
    ("tables", {"tables": (TablePlan(1, "WEL", "HSC-1"),)}, "table1"),
    ("tables", {"tables": (TablePlan(1, "HOU", "HOU-1"),)}, "table1"),
])
def test_each_fault_names_its_field(desk, plan, page, changed, field):
    found = faults(plan._replace(**changed), desk.pack, page)
    assert found[0].field == field
    assert found[0].text.endswith(".")


def test_too_many_people_for_the_tables_and_too_few(desk, plan):
    one = plan._replace(tables=plan.tables[:1])
    assert "more tables" in faults(one, desk.pack, "tables")[0].text
    few = plan._replace(groups={"civil": "11"}, tables=(*plan.tables, TablePlan(5, "WEL", "WEL-1"), TablePlan(6, "WEL", "WEL-1")))
    assert "too few" in faults(few, desk.pack, "tables")[0].text


def test_the_last_page_finds_everything(desk):
    assert {fault.field for fault in faults(Plan(groups={}), desk.pack, "check")} == {
        "date", "start", "venue", "civil", "tables",
    }


def test_half_typed_words_are_kept_as_they_are(desk, plan):
    typed = plan._replace(page="groups", groups={"civil": "si"}, ticked=("desks",))
    setting_up.keep(desk, typed)
    assert setting_up.kept(desk) == typed


def test_the_agenda_ends_after_its_minutes(desk, plan):
    assert setting_up.ends(desk.pack, plan._replace(start="13:30")) == "16:30"
    assert setting_up.ends(desk.pack, plan._replace(start="22:30")) == "01:30"
    assert setting_up.ends(desk.pack, plan._replace(start="?")) == ""


def test_the_seats_shown_beforehand_are_those_given_out(desk, plan):
    shown = setting_up.seating(plan, desk.opened.session)
    setting_up.start(desk, plan)
    given = [(seat.seat, seat.group, seat.table) for _, seat in sorted(desk.state.seats.items())]
    assert given == shown


def test_starting_again_after_a_crash_writes_only_what_is_missing(desk, plan):
    setting_up.start(desk, plan)
    seats, own = dict(desk.state.seats), desk.store.own()
    setting_up.keep(desk, plan)
    assert not setting_up.finished(desk)
    setting_up.start(desk, plan)
    assert desk.state.seats == seats
    assert desk.store.own() == own
    assert setting_up.finished(desk)


def test_a_start_cut_short_is_finished_by_the_next(desk, plan):
    desk.do(acts.set_up, r.Setup(role="lead", date="2027-03-04", start="13:30", venue="?", groups={"civil": 20}))
    desk.do(acts.lay_table, r.Table(role="lead", number=6, theme="WEL", scenario="WEL-1"))
    setting_up.start(desk, plan)
    assert desk.state.setup is not None
    assert desk.state.setup.venue == "Leeds Civic Hall"
    assert [table.number for table in desk.state.open_tables()] == [1, 2, 3, 4]
    assert len(desk.state.seats) == 20


def test_what_is_not_ticked_is_recorded_once(desk, plan):
    for _ in range(2):
        setting_up.start(desk, plan._replace(ticked=()))
    assert [body.text for _, body in desk.state.bodies(r.Incident)] == list(CONSENT_LIST.values())


def test_made_up_people_have_signed(desk, plan):
    setting_up.start(desk, plan)
    assert all(desk.state.consents[seat].quotable for seat in desk.state.seats)


@pytest.mark.parametrize(("now", "day", "start"), [
    ("2027-03-04T22:15:00", "2027-03-04", "22:15"), ("2027-03-04T22:16:59", "2027-03-04", "22:20"),
    ("2027-03-04T23:58:00", "2027-03-05", "00:00"),
])
def test_a_practice_begins_at_the_next_five_minutes(now, day, start):
    plan = setting_up.practice_plan(sample.programme().sessions[0], datetime.fromisoformat(now).astimezone())
    assert (plan.date, plan.start) == (day, start)
