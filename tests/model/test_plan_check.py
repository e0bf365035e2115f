"""A programme against its pack: what must be mended, and what is only advice."""

import pytest
from msgspec.structs import replace

from tradeoff_desktop.app import content, programmes
from tradeoff_desktop.app.programmes import Keys
from tradeoff_desktop.model import plancheck
from tradeoff_desktop.model.programme import Laptop

PACK = content.shipped()
PLAN = programmes.plan(programmes.shipped_source(), pack=PACK, keys=Keys("key", centre="age1", escrow="age2"))
LAPTOP = Laptop(
    principal="ESS.abcdefghij@tradeoff", area="ESS", key="key", recipient="age", valid_from="2027-01-01",
    valid_until="2027-12-31",
)


def session(**changes):
    return replace(PLAN, sessions=[replace(PLAN.sessions[0], **changes), *PLAN.sessions[1:]])


def table(**changes):
    tables = PLAN.sessions[0].tables
    return session(tables=[replace(tables[0], **changes), *tables[1:]])


def laptop(**changes):
    return replace(PLAN, laptops=[replace(LAPTOP, **changes)])


FAULTS = {
    "another pack": (replace(PLAN, pack="0" * 64), "pack", "plan_other_pack"),
    "no workshops": (replace(PLAN, sessions=[]), "sessions", "plan_no_sessions"),
    "one id twice": (session(id="LDS-2027-A"), "sessions[1].id", "plan_duplicate"),
    "a practice id in a real plan": (session(id="practice-ESS"), "sessions[0].id", "plan_practice_id"),
    "a real id in a practice plan": (replace(PLAN, practice=True), "sessions[0].id", "plan_practice_id"),
    "one letter twice": (session(area="LDS"), "sessions[1].letter", "plan_same_letter"),
    "an unknown area": (replace(PLAN, areas=[*PLAN.areas, "XXX"]), "areas[6]", "plan_unknown_area"),
    "an area twice": (replace(PLAN, areas=[*PLAN.areas, "ESS"]), "areas[6]", "plan_duplicate"),
    "an area without a workshop": (session(area="LDS"), "areas[0]", "plan_area_without_session"),
    "a workshop in an area not planned": (replace(PLAN, areas=PLAN.areas[1:]), "sessions[0].area", "plan_area_not_listed"),
    "no such day": (session(date="2027-02-30"), "sessions[0].date", "plan_bad_day"),
    "no such time": (session(start="25:00"), "sessions[0].start", "plan_bad_time"),
    "no such cut-off": (replace(PLAN, withdrawal_cut_off="2027-13-01"), "withdrawal_cut_off", "plan_bad_day"),
    "no such last day": (replace(PLAN, delete_by="2027-13-01"), "delete_by", "plan_bad_day"),
    "a cut-off on the last day": (replace(PLAN, withdrawal_cut_off="2027-03-18"), "withdrawal_cut_off", "plan_cut_off"),
    "deletion before the cut-off": (replace(PLAN, delete_by="2027-04-16"), "delete_by", "plan_delete_by"),
    "five people": (session(heads=5, groups={}), "sessions[0].heads", "plan_heads"),
    "31 people": (session(heads=31, groups={}), "sessions[0].heads", "plan_heads"),
    "an unknown group": (session(groups={"friends": 20}), "sessions[0].groups.friends", "plan_unknown_group"),
    "groups that do not add up": (session(groups={"civil": 3}), "sessions[0].groups", "plan_groups_sum"),
    "no tables": (session(tables=[]), "sessions[0].tables", "plan_no_tables"),
    "thirty people at three tables": (
        session(heads=30, groups={}, tables=PLAN.sessions[0].tables[:3]), "sessions[0].tables", "plan_heads_tables"),
    "two themes for nine people": (
        session(heads=9, groups={}, tables=PLAN.sessions[0].tables[:2]), "sessions[0].tables", "plan_small_room"),
    "tables from 2": (table(number=2), "sessions[0].tables[0].number", "plan_table_number"),
    "an unknown theme": (table(theme="EDU"), "sessions[0].tables[0].theme", "plan_unknown_theme"),
    "an unknown case": (table(scenario="HSC-9"), "sessions[0].tables[0].scenario", "plan_unknown_scenario"),
    "the anchor at a table": (table(theme="HOU", scenario="HOU-1"), "sessions[0].tables[0].scenario", "plan_anchor"),
    "a case of another theme": (table(scenario="WEL-1"), "sessions[0].tables[0].scenario", "plan_other_theme"),
    "a third case of a theme": (table(scenario="HSC-2"), "sessions[2].tables[0].scenario", "plan_too_many_scenarios"),
    "a laptop of another area": (laptop(area="LDS"), "laptops[0].principal", "plan_laptop_area"),
    "a laptop of an area not planned": (
        laptop(area="XXX", principal="XXX.abcdefghij@tradeoff"), "laptops[0].area", "plan_area_not_listed"),
    "a laptop twice": (replace(PLAN, laptops=[LAPTOP] * 2), "laptops[1].principal", "plan_duplicate"),
    "a key that ends before it begins": (
        laptop(valid_from="2027-12-31", valid_until="2027-01-01"), "laptops[0].valid_until", "plan_laptop_days"),
    "a key that ends before the workshop": (
        laptop(valid_until="2027-03-01"), "laptops[0].valid_until", "plan_laptop_expired"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_found_at_its_place(name):
    plan, field, code = FAULTS[name]
    assert (field, code) in [(fault.field, fault.code) for fault in plancheck.check(plan, PACK)]


def test_the_shipped_plan_has_no_fault_with_a_laptop_or_without():
    assert plancheck.check(PLAN, PACK) == []
    assert plancheck.check(replace(PLAN, laptops=[LAPTOP]), PACK) == []


def test_a_small_room_with_one_theme_is_allowed():
    one = PLAN.sessions[0].tables[0]
    assert plancheck.check(session(heads=9, groups={}, tables=[one, replace(one, number=2)]), PACK) == []


def advice(plan):
    return {fault.code: fault.facts for fault in plancheck.advise(plan, PACK)}


def test_fifteen_people_a_case_is_thin():
    found = advice(PLAN)
    assert set(found) == {"plan_thin", "plan_no_laptops"}
    assert (found["plan_thin"]["people"], found["plan_thin"]["tables"]) == (15, 3)
    assert found["plan_no_laptops"] == {"areas": "ESS, LDS, MAN, MEL, SHF, WMC"}


def test_six_people_at_each_table_are_not_thin():
    more = [replace(s, heads=24, groups={}) for s in PLAN.sessions]
    assert "plan_thin" not in advice(replace(PLAN, sessions=more))


def test_five_areas_are_too_few_for_intervals():
    assert advice(replace(PLAN, sessions=PLAN.sessions[:5]))["plan_no_intervals"] == {"workshops": 5, "needed": 6}


def test_one_order_everywhere_is_told():
    # Essex (1) at table 2 and Leeds (2) at table 1 meet HSC-1 (1) in the same order.
    one = PLAN.sessions[0].tables[0]
    first = replace(PLAN.sessions[0], tables=[replace(one, number=1, scenario="HSC-3"), replace(one, number=2)])
    second = replace(PLAN.sessions[1], tables=[one])
    assert advice(replace(PLAN, sessions=[first, second]))["plan_one_order"] == {"scenario": "HSC-1", "times": 2}


def test_what_is_unknown_is_no_matter_for_advice():
    assert "plan_one_order" not in advice(session(area="XXX"))
    assert "plan_one_order" not in advice(table(scenario="HSC-9"))
    assert "plan_thin" in advice(session(tables=[]))


def test_a_long_programme_and_two_a_day_are_told():
    late = [*PLAN.sessions[:5], replace(PLAN.sessions[5], date="2027-03-24")]
    assert advice(replace(PLAN, sessions=late))["plan_spread"] == {"days": 22, "limit": 21}
    again = [*PLAN.sessions, replace(PLAN.sessions[0], id="ESS-2027-B", letter="B")]
    assert advice(replace(PLAN, sessions=again))["plan_two_a_day"] == {"area": "ESS", "day": "2027-03-02"}
    assert "plan_spread" not in advice(replace(PLAN, sessions=[]))


def test_missing_recipients_are_told():
    assert "plan_no_centre" in advice(replace(PLAN, centre=""))
    assert "plan_no_escrow" in advice(replace(PLAN, escrow=""))
    equipped = advice(replace(PLAN, areas=["ESS"], laptops=[LAPTOP]))
    assert "plan_no_laptops" not in equipped


def test_a_session_is_found_by_its_id():
    assert PLAN.session("MEL-2027-A").area == "MEL"
    with pytest.raises(KeyError):
        PLAN.session("nowhere")
