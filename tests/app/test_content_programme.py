"""The plan of a programme from its file."""

import pytest

from tradeoff_desktop.app import content, packwords, programmes
from tradeoff_desktop.app.programmes import Keys
from tradeoff_desktop.errors import ContentError
from tradeoff_desktop.model import pack as packs

PACK = content.shipped()
SOURCE = programmes.shipped_source()
KEYS = Keys("ssh-ed25519 one", following="ssh-ed25519 two", centre="age1", escrow="age2")


def test_the_shipped_plan_is_sound():
    faults, advice = programmes.check(SOURCE, PACK)
    assert faults == []
    assert [a.code for a in advice] == ["plan_thin"]
    assert "15 people at 3 tables" in packwords.say(advice[0])


def test_the_shipped_plan_is_six_workshops_of_twenty_in_three_weeks():
    plan = programmes.plan(SOURCE, pack=PACK, keys=KEYS)
    assert plan.pack == packs.digest(PACK)
    assert [s.area for s in plan.sessions] == ["ESS", "LDS", "MAN", "MEL", "SHF", "WMC"]
    assert {(s.letter, s.heads, sum(s.groups.values()), len(s.tables)) for s in plan.sessions} == {("A", 20, 20, 4)}
    for session in plan.sessions:
        assert [table.theme for table in session.tables] == ["HSC", "WEL", "CJ", "HOU"]
    used = [table.scenario for session in plan.sessions for table in session.tables]
    assert {name: used.count(name) for name in used} == dict.fromkeys(
        ("HSC-1", "HSC-3", "WEL-1", "WEL-2", "CJ-1", "CJ-2", "HOU-2", "HOU-3"), 3,
    )
    assert (plan.signing_key, plan.next_key, plan.centre, plan.escrow) == KEYS


def test_each_case_shows_each_kind_of_change_in_each_place():
    plan = programmes.plan(SOURCE, pack=PACK, keys=KEYS)
    orders = {}
    for session in plan.sessions:
        for table in session.tables:
            index = PACK.order_index(area=session.area, table=table.number, scenario=table.scenario)
            orders.setdefault(table.scenario, []).append(PACK.orders[index])
    for met in orders.values():
        assert all(sorted(place) == ["A", "D", "O"] for place in zip(*met, strict=True))


def test_practice_is_marked_everywhere():
    plan = programmes.plan(SOURCE, pack=PACK, keys=KEYS, practice=True)
    assert plan.practice
    assert plan.id == "practice-data-sharing-2026"
    assert all(s.id.startswith("practice-") for s in plan.sessions)


FAULTS = [
    ("heads = 20", "heads = 31", 0, "sessions[0].heads", "plan_heads"),
    ("heads = 20", 'heads = "20"', 0, "sessions[0].heads", "content_wrong_type"),
    ("date = 2027-03-02", 'date = "2027-02-30"', 0, "sessions[0].date", "plan_bad_day"),
    ('theme = "HSC", scenario = "HSC-1"', 'theme = "HSC", scenario = "HOU-1"', 0, "sessions[0].tables[0].scenario", "plan_anchor"),
    ("withdrawal_cut_off = 2027-04-16", "withdrawal_cut_off = 2027-03-01", 0, "withdrawal_cut_off", "plan_cut_off"),
    ('title = "Sharing', 'key = "x"\ntitle = "Sharing', 0, "key", "content_unknown_field"),
    ('letter = "A"', 'letter = "A"\nroom = "1"', 1, "sessions[0].room", "content_unknown_field"),
    ("groups = { civil = 6", "groups = { civil = 5", 0, "sessions[0].groups", "plan_groups_sum"),
    ('title = "Sharing', 'title = "Sha"ring', 0, "", "content_syntax"),
]


@pytest.mark.parametrize(("old", "new", "below", "field", "code"), FAULTS)
def test_a_fault_is_named_by_file_line_and_field(tmp_path, old, new, below, field, code):
    text = SOURCE.read_text(encoding="utf-8")
    line = text.count("\n", 0, text.index(old)) + 1 + below
    file = tmp_path / "plan.toml"
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    faults, _ = programmes.check(file, PACK)
    assert ("plan.toml", line, field, code) in [f[:4] for f in faults]
    assert packwords.say(faults[0])
    with pytest.raises(ContentError) as caught:
        programmes.plan(file, pack=PACK, keys=KEYS)
    facts = caught.value.facts
    assert (facts["file"], facts["line"], facts["field"]) == faults[0][:3]


def test_practice_does_not_trip_over_a_plan_without_workshops(tmp_path):
    file = tmp_path / "plan.toml"
    file.write_text('id = "x"\nsessions = ["none"]\n', encoding="utf-8")
    with pytest.raises(ContentError, match="content_wrong_type"):
        programmes.plan(file, pack=PACK, keys=KEYS, practice=True)
    file.write_text('id = "x"\nsessions = 3\n', encoding="utf-8")
    with pytest.raises(ContentError, match="content_wrong_type"):
        programmes.plan(file, pack=PACK, keys=KEYS, practice=True)
