"""Before the day: the agenda against the booking, whether the room can read the screen, and what the laptop tells."""

import pytest

from tradeoff_desktop.app import (
    agenda_plan,
    legibility,
    readiness,
    sample,
    seat_papers,
    setting_up,
    this_laptop,
)
from tradeoff_desktop.app.files import folders
from tradeoff_desktop.app.readiness import Facts, Stick
from tradeoff_desktop.model import records as r

UNTRIED = Stick()
GOOD = Facts(("laptop", "projector"), 50_000, battery=80, mains=True, encrypted=True, sleeps_after=0)


@pytest.fixture(scope="module")
def pack():
    return sample.begun().pack


def test_the_words_of_an_agenda_that_is_too_long(pack):
    said = agenda_plan.overrun(pack, "13:30", "16:00", {"slack": "0"})
    assert said == "The agenda needs 2 h 51 but the room is booked for 2 h 30. Shorten a talk or drop an optional step."
    assert "“Time in hand”" not in agenda_plan.remedy(pack, "13:30", "16:00", {"slack": "0"})
    assert agenda_plan.overrun(pack, "13:30", "16:30", {}) == ""
    assert agenda_plan.overrun(pack, "22:30", "01:30", {}) == ""


def test_what_may_be_left_out_is_named_until_it_is_enough(pack):
    reserve = next(step.title for step in pack.agenda if step.slack)
    assert f"You may leave out “{reserve}” (9 min)." in agenda_plan.remedy(pack, "13:30", "16:25", {})
    assert "shorten the talks by" in agenda_plan.remedy(pack, "13:30", "14:30", {})


@pytest.mark.parametrize(("step", "typed", "right"), [
    ("anchor_talk", "8", True), ("anchor_talk", "0", False), ("anchor_talk", "13", False), ("anchor_talk", "", False),
    ("practice", "0", True), ("before_anchor", "4", False), ("doors", "10", False), ("break", "٣", False),
])
def test_only_what_may_give_way_gives_way(pack, step, typed, right):
    assert (step not in agenda_plan.wrong(pack, {step: typed})) is right
    assert (step in agenda_plan.read(pack, {step: typed})) is right


def test_a_shorter_day_is_recorded_and_written_once():
    desk = sample.begun()
    plan = setting_up.kept(desk)._replace(booked="16:20", lengths=(("anchor_talk", "8"), ("practice", "0")))
    for _ in range(2):
        setting_up.start(desk, plan)
    assert desk.state.lengths == {"framework": 0, "anchor_talk": 8, "practice": 0}
    assert [body.act for _, body in desk.state.bodies(r.Step)] == ["skip", "shorten"]
    assert [body.step for _, body in desk.state.bodies(r.Incident) if body.code == "step-skipped"] == ["practice"]
    assert desk.state.setup.booked_until == "16:20"
    assert setting_up.ends(desk.pack, plan) == "16:23"


@pytest.mark.parametrize(("farthest", "size", "words"), [
    (820, 80, "Everybody can read every page"), (830, 96, "can read short pages: size 96"), (1200, 120, "can read short pages: size 120"),
    (1300, 120, "Move the seats closer"),
])
def test_the_farthest_seat_chooses_the_size(farthest, size, words):
    # 80 of 1080 lines reach 8.3 m on a picture 2.0 m wide; we round down.
    assert legibility.fitting(200, farthest) == size
    assert words in legibility.sentence(200, farthest, size)[0]


def test_too_small_a_size_is_said_with_the_one_that_would_do():
    words, readable = legibility.sentence(200, 900, 80)
    assert not readable
    assert "Choose 96, and the farthest seat can read short pages." in words
    assert "Pages full of words keep size 80, which reaches 8.2 metres" in words


def test_the_size_goes_into_the_record():
    desk = sample.begun()
    setting_up.start(desk, setting_up.kept(desk)._replace(farthest="900"))
    assert desk.state.setup.text_px == 96


def how(facts, stick=UNTRIED, **kwargs):
    found = readiness.checks(facts, stick, now=sample.START, **kwargs)
    return {check.code: check.how for check in found}


def test_a_laptop_that_is_ready():
    assert set(how(GOOD, Stick("SANDISK"), clock_right=True).values()) == {"ok"}


def test_what_cannot_be_found_out_is_said_and_never_guessed():
    unknown = Facts(("laptop",), 50_000)
    found = readiness.checks(unknown, Stick(), now=sample.START)
    assert [check.code for check in found if check.how == "unknown"] == ["battery", "encryption", "sleep"]
    assert all(readiness.UNKNOWN in check.text for check in found if check.how == "unknown")
    assert readiness.summary(found) == "1 in order, 1 to be mended, 2 not tried yet, 3 could not be found out"


@pytest.mark.parametrize(("code", "facts"), [
    ("projector", GOOD._replace(screens=("laptop",))), ("battery", GOOD._replace(mains=False, battery=20)),
    ("disk", GOOD._replace(free_mb=300)), ("encryption", GOOD._replace(encrypted=False)), ("sleep", GOOD._replace(sleeps_after=10)),
])
def test_each_thing_to_mend_is_found(code, facts):
    assert [name for name, found in how(facts, Stick("S"), clock_right=True).items() if found == "wrong"] == [code]


def test_the_clock_is_asked_about():
    clock = next(check for check in readiness.checks(GOOD, Stick(), now=sample.START) if check.code == "clock")
    assert clock.text.startswith("Is today 4 March 2027, 13:00?")


def test_a_stick_is_written_read_and_left_as_it_was(tmp_path):
    assert this_laptop.try_stick(tmp_path).wrong == ""
    assert list(tmp_path.iterdir()) == []
    assert "not there any more" in this_laptop.try_stick(tmp_path / "gone").wrong


def test_encryption_is_seen_through_the_disks_a_volume_is_made_of(tmp_path):
    block, below = tmp_path / "dev" / "block" / "254:1", tmp_path / "below"
    (block / "slaves" / "sda").mkdir(parents=True)
    assert this_laptop.encrypted(tmp_path, tmp_path, device=(254 << 8) + 1) is False
    (below / "dm").mkdir(parents=True)
    (below / "dm" / "uuid").write_text("CRYPT-LUKS2-x\n")
    (block / "slaves" / "sda").rmdir()
    (block / "slaves" / "sda").symlink_to(below)
    assert this_laptop.encrypted(tmp_path, tmp_path, device=(254 << 8) + 1) is True
    assert this_laptop.encrypted(tmp_path, tmp_path, device=(9 << 8) + 9) is None


@pytest.mark.parametrize(("platform", "words", "minutes"), [
    ("linux", "org.x sleep-inactive-ac-timeout 1200\norg.x sleep-inactive-ac-type 'suspend'\n", 20),
    ("linux", "org.x sleep-inactive-ac-timeout 1200\norg.x sleep-inactive-ac-type 'nothing'\n", 0), ("linux", "", None),
    ("darwin", "Battery Power:\n sleep                1\nAC Power:\n displaysleep 10\n sleep                0 (held)\n", 0),
    ("win32", "    Index: 0x00000708\r\n    Index: 0x00000384\r\n", 30), ("beos", "sleep 5", None),
])
def test_sleep_is_read_from_what_the_system_says(platform, words, minutes):
    assert this_laptop.sleeps_after(platform, words) == minutes


def test_this_laptop_answers_or_says_that_it_cannot(tmp_path):
    facts = this_laptop.look(tmp_path / "not yet there", ["one"])
    assert facts.free_mb > 0
    assert len(readiness.checks(facts, Stick(), now=sample.START)) == 7


def test_seat_papers_follow_the_plan_and_overwrite_nothing(tmp_path):
    desk = sample.begun()
    plan = setting_up.kept(desk)
    plan = plan._replace(tables=(plan.tables[0], plan.tables[3]))  # numbers need not follow each other
    written = seat_papers.write(folders(tmp_path / "data"), desk, plan, tmp_path)
    assert [path.name for path in written] == ["seat-cards.pdf", "list-of-names.pdf"]
    assert all(path.read_bytes().startswith(b"%PDF") for path in written)
    with pytest.raises(Exception, match="file_exists"):
        seat_papers.write(folders(tmp_path / "data"), desk, plan, tmp_path)


def test_what_is_not_as_printed_is_said():
    desk = sample.begun()
    planned = next(session for session in sample.programme().sessions if session.area == sample.AREA)
    plan = setting_up.plan_of(planned)
    assert setting_up.differences(plan, planned, desk.pack) == []
    other = plan._replace(groups={"civil": "12"}, tables=plan.tables[:2], start="14:00")
    said = "\n".join(setting_up.differences(other, planned, desk.pack))
    assert f"printed for {planned.heads} people, and these are 12" in said
    assert "The envelope of table 4 is not used." in said
    assert "Tell people of the new time" in said


def test_a_small_room_has_two_tables_and_one_theme():
    desk = sample.begun()
    plan = setting_up.kept(desk)._replace(groups={"civil": "9"})
    assert "one or two tables with one theme" in setting_up.faults(plan, desk.pack, "tables")[0].text
    assert setting_up.faults(plan._replace(tables=plan.tables[:1]), desk.pack, "tables") == []
