"""The area report serves its officer first; the full report answers the three questions across areas."""

import re
from collections.abc import Callable

import pytest

from tradeoff_desktop.app import publishing
from tradeoff_desktop.app.desk import Desk
from tradeoff_desktop.errors import RuleError
from tradeoff_desktop.findings import Results
from tradeoff_desktop.findings.sentences import SAME_ORDER, across_sentence
from tradeoff_desktop.model import capture
from tradeoff_desktop.model import records as r
from tradeoff_desktop.model.workshop import Workshop
from tradeoff_desktop.report.parts_across import row_across, shift_of

OFFICER = ("For the officer who decides", "What would make each use acceptable", "Red lines", "What to do next")
ROLE: r.Role = "lead"


@pytest.fixture(scope="module")
def across(found: Results, leeds: Workshop) -> list[str]:
    """The three sentences that the findings give for the case everybody weighed."""
    pack, sentences = leeds.pack, []
    for axis in pack.axes:
        row = row_across(found, "flip", pack.anchor.id, pack.anchor.primary(axis.code).id)
        sentences.append(across_sentence(row, shift_of(found, axis.code)))
    return sentences


def test_the_officers_part_comes_first_and_fits_two_pages(area_report, small_area):
    for report in (area_report, small_area):
        first = " ".join(report.pages[:2])
        places = [first.index(heading) for heading in OFFICER]
        assert places == sorted(places)
        assert first.index("Tell those who took part what you decide") < first.index("1 How to read this report")


def test_one_order_for_all_is_said_in_every_report_that_tells_what_changes_did(
    area_report, full_report, leeds: Workshop, playing: Callable[..., Desk], reading: Callable,
):
    assert area_report.words.count(SAME_ORDER) > 1  # for the officer, and where the changes are told
    assert SAME_ORDER in " ".join(area_report.pages[:2])
    assert SAME_ORDER not in full_report.words  # the order was rotated between areas
    afternoon = playing(session="B")
    assert SAME_ORDER in reading(publishing.full_report([leeds, afternoon.state])).words


def test_it_fits_two_pages_when_tables_had_much_to_say(playing: Callable[..., Desk], reading: Callable):
    desk = playing(sealed=False)
    for table in desk.state.open_tables():
        for code in [condition.code for condition in desk.pack.conditions]:
            for scenario in ("HOU-1", table.scenario):
                desk.do(capture.set_condition, r.Condition(
                    role=ROLE, table=table.number, scenario=scenario, variant="base", condition=code, necessity="must",
                ))
        for number in range(5):
            desk.do(capture.note, r.Note(
                role=ROLE, kind="red_line", step="anchor_talk", scenario="HOU-1", table=table.number, from_paper=True,
                text=f"Line {number} of table {table.number}: never, whatever the reason and whoever asks for it.",
            ))
    report = reading(publishing.area_report([desk.state], "LDS"))
    assert OFFICER[-1] in " ".join(report.pages[:2])
    assert "Tell those who took part what you decide" in " ".join(report.pages[:2])
    assert "and 15 more" in report.pages[0]
    assert all(f"Line {number} of table 4" in report.words for number in range(5))


def test_the_officer_reads_which_tables_raised_what(area_report, leeds: Workshop):
    must = {
        body.condition for _, body in leeds.bodies(r.Condition)
        if (body.scenario, body.variant, body.necessity, body.table) == ("HOU-1", "base", "must", 2)
    }
    labels = [condition.label for condition in leeds.pack.conditions if condition.code in must]
    assert labels
    for label in labels:
        assert re.search(rf"{label} \((?:all tables|tables?[^)]*2[^)]*)\)", area_report.pages[0])


def test_the_area_stands_beside_the_others(area_report, across: list[str]):
    balance = area_report.words.split("9 What moved the balance", 1)[1]
    for sentence in across:
        assert sentence.startswith("In 6 of 6 areas more people moved towards ")
        assert sentence in balance
    assert "In Leeds, " in balance


def test_one_area_alone_is_not_compared(playing: Callable[..., Desk], reading: Callable):
    words = reading(publishing.area_report([playing().state], "LDS")).words
    assert " areas more people" not in words
    assert "In Leeds, " in words


def test_reasons_conditions_and_results_of_the_room_are_there(area_report, leeds: Workshop):
    assert "People who fear the council will stop asking for help at all." in area_report.words
    assert "All 4 tables asked for “Tell people plainly”" in area_report.words
    assert "When nobody is worse off for asking." in area_report.words.split("3 What public benefit meant here", 1)[1]
    for _, body in leeds.bodies(r.Statement):
        where = "Agreed" if body.state == "ratified" else "Still to discuss"
        assert body.text in area_report.words.split(f" {where}: ", 1)[1]


def test_words_are_quoted_only_where_all_who_may_have_said_them_agreed(area_report, summary, leeds: Workshop):
    assert not all(consent.quotable for consent in leeds.consents.values())
    spoken = "My mother would say yes to the visit and no to the list."
    assert f"“{spoken}” Table 1 · not for quoting" in summary.words
    assert spoken not in area_report.words
    assert "not everybody who may have said them agreed to be quoted" in area_report.words
    assert "“Nobody told me it is the damp. They told me to open a window.”" in area_report.words


def test_an_area_too_small_for_numbers_gets_words(small_area):
    words = small_area.words
    assert words.count("Fewer than ten people took part.") == 1
    assert "For this area the numbers are too small to be printed." in words
    assert "In Melton, " not in words
    assert "In 2 of 2 areas more people moved" in words


def test_topics_are_counted_by_tables(playing: Callable[..., Desk], reading: Callable):
    desk = playing(sealed=False)
    for table, times in ((1, 3), (2, 1)):
        for _ in range(times):
            desk.do(capture.note, r.Note(
                role=ROLE, text="People were never told.", step="anchor_talk", scenario="HOU-1", table=table,
                tags=["transparency"], from_paper=True,
            ))
    table = reading(publishing.area_report([desk.state], "LDS")).words.split("2 of 4 tables raised the topic “Transparency”", 1)[1]
    assert re.search(r"Transparency.{0,60} 2 ", table[:120])


def test_an_area_nobody_holds_is_refused(six: list[Workshop]):
    with pytest.raises(RuleError, match="unknown_area"):
        publishing.area_report(six[:2], "WMC")


def test_the_three_answers_come_first_in_counts(full_report, across: list[str]):
    start = full_report.words.split("1 Summary", 2)[-1].split("2 The question", 1)[0]
    # The rehearsal's people move as planted: towards risk, towards risk, towards benefit.
    assert [re.search(r"moved towards (\w+)", sentence)[1] for sentence in across] == ["risk", "risk", "benefit"]
    for sentence in across:
        assert "lowest" in sentence
        assert "highest" in sentence
        assert sentence in start


def test_there_is_a_chapter_for_each_theme(full_report, six: list[Workshop]):
    for theme in six[0].pack.themes:
        assert f"Theme: {theme.name.lower()}" in full_report.words
    for state in six:
        for _, body in state.bodies(r.Statement):
            assert body.text in full_report.words
        for table in state.open_tables():
            assert state.pack.scenario(table.scenario).title in full_report.words


def test_areas_stand_in_the_order_of_the_alphabet(full_report):
    table = full_report.words.split("not a ranking", 1)[1].split("Per cent of those who answered")[0]
    areas = ["Essex", "Greater Manchester", "Leeds", "Melton", "Sheffield", "West Midlands"]
    places = [table.index(area) for area in areas]
    assert places == sorted(places)
    assert len(re.findall(r"[▼▲●] (?:\d+ of \d+ towards|more towards|as many)|too few to show", table)) >= 18


def test_cases_that_a_table_does_not_show_are_named_with_the_reason(full_report, six: list[Workshop]):
    pack = six[0].pack
    used = {table.scenario for state in six for table in state.open_tables()}
    section = full_report.words.split("What shifts the balance", 2)[2].split("Between start and end", 1)[0]
    parts = re.split("|".join(re.escape(f"{axis.name}: the tables’ own cases") for axis in pack.axes), section)[1:]
    assert len(parts) == len(pack.axes)
    for axis, part in zip(pack.axes, parts, strict=True):
        for scenario in used - {pack.anchor.id}:
            found = pack.scenario(scenario)
            if found.primary(axis.code):
                assert found.title in part or f"“{found.label}”" in part.split("Not shown: ", 1)[1]


def test_what_happened_over_the_day_is_told_with_its_case(full_report, six: list[Workshop]):
    label = six[0].pack.anchor.label
    assert f"4.1 Between start and end, on “{label}”: in " in full_report.words
    assert re.search(r"\d+ to \d+ of 1[012]\d people who marked both are counted here\. Marked straight after the first talk and with one thing changed; 6 areas, 12 March 2027", full_report.words)


def test_nobody_is_said_to_disagree_where_nothing_was_agreed(area_report, full_report, leeds: Workshop):
    assert any(position.decision == "no_agreement" for position in leeds.positions.values())
    assert "Table 4: only with conditions" in area_report.words or "No agreement" in full_report.words
    for report in (area_report, full_report):
        assert not re.search(r"no agreement\. (?:Nobody|\d+) disagreed|No agreement \d(?! disagreed)", report.words, re.IGNORECASE)


def test_sections_are_titled_by_what_was_found(area_report, full_report):
    for title in (
        "4 tables took 4 different positions", "The table did not agree on “Home from hospital”", "Agreed: 3 of 4 statements",
        "More people moved towards benefit between start and end", "Leeds moved the way of most areas at 3 of 3 changes; not a ranking",
    ):
        assert title in area_report.words
    for title in (
        "12 of 24 tables said of “Help before eviction”: “only with conditions”, more than anything else",
        "How far from a name: more people moved towards benefit when only area figures were shared",
        "In all 6 areas more people moved towards risk when health records were added and when an advice charity received the data",
        ", and more people moved towards benefit when only area figures were shared; not a ranking",
    ):
        assert title in full_report.words


def test_the_full_report_tells_what_benefit_meant_and_what_was_said_of_each_case(full_report):
    chapter = full_report.words.rsplit("What benefit and risk meant to people", maxsplit=1)[-1].split("The case for everybody", 1)[0]
    assert "When nobody is worse off for asking. (Civil society and advocacy in Essex," in chapter
    assert "individual benefit larger or the same for" in chapter
    assert "privacy risk larger for" in chapter
    housing = full_report.words.rsplit("Theme: housing", maxsplit=1)[-1].split("The areas beside each other", 1)[0]
    assert "“Nobody told me it is the damp. They told me to open a window.” Table 4 in" in housing
    assert "Staff live on the same estates. They will know the names. (table 4 in " in housing


def test_levels_and_tables_that_drew_together_stand_in_the_annex(full_report):
    annex = full_report.words.rsplit("Annex A Statistics", 1)[1]
    assert re.search(r"Help before eviction, at the end 6 \d\.\d \d\.\d to \d\.\d \d+ % \d", annex)
    assert re.search(r"opinions drew closer together at \d+ of 24 tables between start and end", annex)
    assert "broad agreement from 0.6, mixed from 0.2" in annex


def test_the_three_shifts_stand_in_the_annex(full_report, six: list[Workshop]):
    annex = full_report.words.rsplit("Annex A Statistics", 1)[1]
    for axis in six[0].pack.axes:
        assert re.search(rf"ratings moved \d\.\d points on the 5-point scale towards (risk|benefit) when {axis.contrast}", annex)
    assert "Sign-flip p" in annex
    assert "Could detect" in annex


def test_the_files_it_was_made_from_are_named(full_report):
    annex = full_report.words.rsplit("Annex D", 1)[1].replace(" ", "")
    for area in ("ESS", "LDS", "MAN", "MEL", "SHF", "WMC"):
        assert f"{area}-bundle" in annex
        assert area.lower() * 20 in annex
    assert "trial-2027,digestofthefile" + "0123456789abcdef" * 4 in annex


def test_a_programme_of_one_area_gives_that_areas_counts(leeds: Workshop, reading: Callable):
    words = reading(publishing.full_report([leeds])).words
    assert "What 20 people in 1 area weighed" in words
    assert "In Leeds, " in words
    assert "With one workshop there is nothing to compare" in words


def test_two_sessions_of_an_area_are_told_apart(playing: Callable[..., Desk], reading: Callable):
    states = [playing(session=letter).state for letter in "AB"]
    words = reading(publishing.area_report(states, "LDS")).words
    assert "of session A" in words
    assert "of session B" in words
    assert "Leeds (session B)" in words
    assert "Leeds (session B)" in reading(publishing.full_report(states)).words
