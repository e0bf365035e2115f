"""The two papers of a session hold what was promised, and the council's copy nothing that was private."""

import re
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise

import pytest

from tradeoff_desktop.app import evidence, publishing
from tradeoff_desktop.app.desk import Desk
from tradeoff_desktop.model import acts, capture
from tradeoff_desktop.model import records as r
from tradeoff_desktop.model.codec import amended
from tradeoff_desktop.model.workshop import Workshop
from tradeoff_desktop.report import parts_marks, parts_people
from tradeoff_desktop.report.parts_words import said

ROLE: r.Role = "lead"
CONDITIONS = "Conditions on “Offering help before people lose their home”"


def between(words: str, start: str, end: str) -> str:
    return words.split(start, 1)[1].split(end, 1)[0]


def test_it_says_who_took_part(summary):
    assert "20 people took part, at 4 tables." in summary.words
    for theme in ("Health and social care", "Welfare", "Criminal justice", "Housing"):
        assert theme in summary.words
    assert "12 March 2027" in summary.words
    assert "Civic Hall, room 2" in summary.words
    assert "Sealed: complete" in summary.words


@pytest.mark.parametrize(
    ("groups", "told"),
    [
        ({"civil": 8, "government": 5, "partner": 6, "other": 1}, "8 civil, 6 partner, 6 government other"),
        ({"civil": 10, "government": 5, "partner": 5}, "10 civil, 5 government, 5 partner"),
        ({"civil": 12, "government": 4, "partner": 3, "other": 1}, "12 civil, 8 government partner other"),
        ({"civil": 5, "government": 3}, ""),
        ({"civil": 3, "government": 3, "partner": 3}, ""),
    ],
)
def test_small_groups_cannot_be_worked_out(groups: dict[str, int], told: str, playing: Callable[..., Desk]):
    state = playing(groups=groups, keyed=False).state
    names = {group.name: group.code for group in state.pack.groups}
    found = parts_people.groups(state)
    codes = [[code for name, code in names.items() if name in group.name] for group in found]
    assert ", ".join(f"{group.people} {' '.join(of)}" for group, of in zip(found, codes, strict=True)) == told
    assert all(group.people >= 5 for group in found)


def test_every_sentence_on_the_anchor_is_there(summary, leeds: Workshop):
    results = evidence.find_in([leeds], audience="session")
    case = parts_marks.Case(results, leeds.pack, leeds.opening.workshop, "HOU-1")
    sentences = [parts_marks.day_sentence(case), *parts_marks.change_sentences(case)]
    assert len(sentences) == 4
    assert all(sentence in summary.words for sentence in sentences)


def test_every_count_printed_was_let_through_by_the_findings(summary, leeds: Workshop):
    results = evidence.find_in([leeds], audience="session")
    shown = [row.shown for row in (*results.levels, *results.moves)]
    let_through = {(block.people, parts_marks.merged(block.label).lower()) for one in shown for block in one.blocks}
    table = between(summary.words, "Figure 1 as a table When People", "Figure 2.")
    printed = {(int(people), label.strip()) for people, label in re.findall(r"(\d+) ([a-z ]+?)(?:;| As described| When|$)", table)}
    assert len(printed) > 6
    assert printed <= let_through


def test_there_is_one_chart_for_each_case_that_may_be_printed(summary, playing: Callable[..., Desk], reading: Callable):
    # The case described and changed, the day, the moves, and the tables beside each other.
    assert len(re.findall(r"Figure \d+\. ", summary.words)) == 4
    one_theme = reading(publishing.session_summary(playing(themes=("HOU",)).state))
    assert len(re.findall(r"Figure \d+\. ", one_theme.words)) == 7


def test_a_theme_of_about_five_has_a_sentence_in_place_of_charts(summary):
    words = between(summary.words, "3 The tables’ own cases", "4 Positions")
    assert "marked by about five people" in words
    assert "More people moved towards" in words
    assert "too few" not in words


def test_a_small_room_has_one_sentence_and_no_numbers(small_summary):
    assert small_summary.words.count("Fewer than ten people took part.") == 1
    assert "More people moved towards risk when" in small_summary.words
    assert not re.search(r"\d+ (?:of \d+ )?people (?:moved|answered|rated)", small_summary.words)


def test_conditions_are_ranked_by_tables(summary, leeds: Workshop):
    words = between(summary.words, CONDITIONS, "Conditions on the tables’ own cases")
    tables = {}
    for _, body in leeds.bodies(r.Condition):
        if body.scenario == "HOU-1" and body.variant == "base":
            tables.setdefault(body.condition, set()).add(body.table)
    labels = {condition.code: condition.label for condition in leeds.pack.conditions}
    places = [(words.index(f"{labels[code]}."), len(seats)) for code, seats in tables.items()]
    ranked = [count for _, count in sorted(places)]
    assert len(ranked) > 4
    assert ranked == sorted(ranked, reverse=True)
    assert ranked[0] > 1


def test_positions_stand_with_their_dissent(summary, host_copy, leeds: Workshop):
    for (table, _), position in leeds.positions.items():
        name = next(named.name for named in leeds.pack.decisions if named.code == position.decision)
        disagreed = "–" if position.decision == "no_agreement" else position.disagreed
        line = f"{table} {name} {disagreed} {position.reason}"
        assert line in summary.words
        assert line in host_copy.words


def test_statements_stand_with_votes_and_dissent(summary, host_copy, leeds: Workshop):
    bodies = [body for _, body in leeds.bodies(r.Statement)]
    assert len(bodies) == 4
    for body in bodies:
        votes = f"{body.in_favour} in favour, {body.against} against, {body.abstained} abstained."
        for paper in (summary, host_copy):
            assert f"“{body.text}” Table {body.table}." in paper.words
            assert votes in paper.words
            assert body.dissent in paper.words


def test_a_statement_voted_on_at_another_laptop_is_printed_once(open_desk: Desk, reading: Callable):
    desk = open_desk
    text = next(body.text for _, body in desk.state.bodies(r.Statement))
    # The draft of a table laptop, as it stands beside the lead's vote after merging.
    desk.write([r.Statement(role="table", table=1, text=text), r.Statement(role="table", table=1, text="Never voted on.")])
    words = reading(publishing.session_summary(desk.state)).words
    assert words.count(text) == 1
    assert "“Never voted on.” Table 1. It was not put to the vote." in words


def test_notes_stand_by_step_and_words_as_said_apart(summary):
    step = between(summary.words, "First talk at the tables", "Second talk: what did the changes do?")
    paraphrase = "People who fear the council will stop asking for help at all."
    verbatim = "“I would want somebody to ring me. I would not want to be on a list.”"
    assert paraphrase in step
    assert step.index(paraphrase) < step.index(verbatim)
    assert f"“{paraphrase}" not in summary.words
    questions = between(summary.words, "Questions still open", "Written at the end")
    assert "How would somebody find out that they are on the list?" in questions
    red = between(summary.words, "7 Red lines", "8 What was said")
    assert "Sanctions must never come out of this data." in red


def test_a_group_too_small_to_name_is_not_named(summary, leeds: Workshop):
    assert any(body.group == "other" for _, body in leeds.bodies(r.Note))
    assert "An independent group should look at the use every year. (table 3)" in summary.words
    assert ", Other)" not in summary.words


def test_clarifications_stand_in_brackets(open_desk: Desk, reading: Callable):
    note = next(record for record, body in open_desk.state.bodies(r.Note) if body.kind == "point")
    open_desk.do(capture.clarify, role=ROLE, of=note.ref, text="meaning the call centre")
    words = reading(publishing.session_summary(open_desk.state)).words
    assert f"{note.body.text} [meaning the call centre]" in words


def test_a_redacted_note_is_printed_in_its_new_words_only(open_desk: Desk, reading: Callable):
    notes = [(record, body) for record, body in open_desk.state.bodies(r.Note) if body.step == "anchor_talk"]
    before, doomed = next(pair for pair in pairwise(notes) if pair[1][1].kind == "point")
    open_desk.do(capture.clarify, role=ROLE, of=doomed[0].ref, text="it was Mrs Holroyd")
    open_desk.redact(doomed[0].ref, "Somebody told of a neighbour.")
    words = reading(publishing.session_summary(open_desk.state)).words
    assert "Somebody told of a neighbour. [reworded later to leave out personal data]" in words
    assert doomed[1].text not in words
    assert "Holroyd" not in words
    step = between(words, "First talk at the tables", "Second talk")
    assert "Somebody told of a neighbour." in step
    assert before[1].step == "anchor_talk"


def test_what_was_undone_is_not_printed(open_desk: Desk, reading: Callable):
    open_desk.do(acts.report_incident, role=ROLE, code="other", text="A lorry blocked the door.")
    assert "A lorry blocked the door." in reading(publishing.session_summary(open_desk.state)).words
    open_desk.undo()
    assert "A lorry" not in reading(publishing.session_summary(open_desk.state)).words


def test_departures_and_gaps_are_told(summary, playing: Callable[..., Desk], reading: Callable):
    assert "Late start Two people were held up by the train." in summary.words
    assert "Leeds 20 20 20 20 20" in summary.words
    assert "800 answers were keyed; of these" in summary.words
    unkeyed = reading(publishing.session_summary(playing(keyed=False).state)).words
    assert "Leeds 20 0 0 0 0" in unkeyed
    assert "accepted at sealing: Nothing was keyed." in unkeyed


def test_provenance_and_policy_are_told(summary, leeds: Workshop):
    results = evidence.find_in([leeds], audience="session")
    words = summary.words.replace(" ", "")
    for digest in (results.digest, leeds.opening.pack):
        assert digest in words
    for fact in (results.engine, leeds.opening.programme, leeds.opening.workshop):
        assert fact in words
    assert "Disclosure policy sdc-1: no count of fewer than 5 people" in summary.words
    assert f"{results.hidden} counts are not shown separately" in summary.words


def test_who_withdrew_is_gone(open_desk: Desk, reading: Callable):
    seat = next(body.seat for _, body in open_desk.state.bodies(r.WrittenAnswer) if open_desk.state.consents[body.seat].quotable)
    text = next(body.text for _, body in open_desk.state.bodies(r.WrittenAnswer) if body.seat == seat)
    open_desk.withdraw(seat)
    words = reading(publishing.session_summary(open_desk.state)).words
    assert "19 people took part" in words
    assert "Where somebody withdrew" in words
    assert "After the day Withdrawal 1 person took their answers back." in words
    assert words.count(text) == 0


def test_votes_of_more_people_than_are_counted_now_are_explained(open_desk: Desk, host_copy, reading: Callable):
    line = "Later 1 person took their answers back, so votes can add to more people than are counted now."
    assert line not in host_copy.words
    open_desk.withdraw(open_desk.state.sitting()[3])
    state = open_desk.state
    for data in (
        publishing.host_copy(state), publishing.session_summary(state), publishing.area_report([state], "LDS"),
        publishing.full_report([state]),
    ):
        assert line in reading(data).words


def test_who_came_late_and_what_came_late_is_a_departure(open_desk: Desk, reading: Callable):
    state = open_desk.state
    seat = state.sitting()[2]
    state.seats[seat] = amended(state.seats[seat], state="late")
    state.after_seal = {("lds0", 7), ("lds0", 8)}
    words = reading(publishing.session_summary(state)).words
    assert "On the day Attendance 1 person came late." in words
    assert "2 records of 1 laptop came after sealing" in words


def test_a_day_without_incidents_says_so(playing: Callable[..., Desk], reading: Callable):
    desk = playing(keyed=False, sealed=False)
    desk.state.live["incident"].clear()
    assert "No incident was noted." in reading(publishing.session_summary(desk.state)).words


def test_table_and_group_are_never_told_together(leeds: Workshop):
    notes = [words for words in said([leeds]) if words.group and words.table]
    for words in notes:
        of_one_table = words.scenario and words.scenario != leeds.pack.anchor.id
        assert words.where == (f"table {words.table}" if of_one_table else words.group)
    assert {bool(words.scenario == leeds.pack.anchor.id) for words in notes} == {True, False}


def test_the_number_who_answered_holds_for_every_bar(leeds: Workshop):
    results = evidence.find_in([leeds], audience="session")
    case = parts_marks.Case(results, leeds.pack, leeds.opening.workshop, leeds.pack.anchor.id)
    first, *rest = parts_marks.course_rows(case)
    assert parts_marks.caption([replace(first, shown=replace(first.shown, n=20))]).startswith("All 20 people answered.")
    assert parts_marks.caption([first, *rest]).startswith("19 of 20 people answered.")
    fewer = replace(first, shown=replace(first.shown, n=17))
    assert parts_marks.caption([first, *rest, fewer]).startswith("Between 17 and 19 of 20 people answered.")
    away = replace(first, shown=replace(first.shown, n=None, blocks=(), reason="derivable", state="hidden"))
    assert "with the other counts they would give single answers away" in parts_marks.caption([*rest, away])
    assert parts_marks.bar("Start", away).withheld == "not shown: other numbers would give answers away"


def test_equal_questions_are_asked_once(open_desk: Desk, reading: Callable):
    for table in (1, 2):
        open_desk.do(capture.note, r.Note(
            role=ROLE, kind="question", text="Who pays for it?", step="anchor_talk", scenario="HOU-1", table=table, from_paper=True,
        ))
    assert reading(publishing.host_copy(open_desk.state)).words.count("Who pays for it?") == 1
    assert "Who pays for it? (table 1 and table 2)" in reading(publishing.session_summary(open_desk.state)).words


def test_merged_answers_with_commas_are_told_from_to():
    assert parts_marks.merged("With conditions or Should not or No, a red line") == "from “with conditions” to “no, a red line”"
    assert parts_marks.merged("Risks clearly or Risks somewhat or Evenly balanced") == "Risks clearly to evenly balanced"


def test_written_words_are_printed_only_of_those_who_agreed(summary, leeds: Workshop):
    agreed = {body.text for _, body in leeds.bodies(r.WrittenAnswer) if leeds.consents[body.seat].quotable}
    refused = {body.text for _, body in leeds.bodies(r.WrittenAnswer)} - agreed
    assert agreed
    assert refused
    assert all(text in summary.words for text in agreed)
    assert not any(text in summary.words for text in refused)


def test_the_host_copy_holds_nothing_private(host_copy, leeds: Workshop):
    for item in leeds.pack.items:
        assert item.question not in host_copy.words
    for label in ("Risks clearly", "Benefits", "towards risk", "towards benefit", "did not move", "people answered", "marked by"):
        assert label not in host_copy.words
    private = [body.text for _, body in leeds.bodies(r.WrittenAnswer)]
    private += [body.text for _, body in leeds.bodies(r.Note) if body.kind in {"point", "condition"}]
    assert not any(text in host_copy.words for text in private)


def test_the_host_copy_is_the_same_whatever_people_marked(playing: Callable[..., Desk]):
    marked, unmarked = playing(sealed=False).state, playing(keyed=False, sealed=False).state
    assert publishing.host_copy(marked) == publishing.host_copy(unmarked)


def test_the_host_copy_tells_the_next_steps(host_copy):
    steps = host_copy.words.split("5 Next steps", 1)[1]
    assert "sealed within two working days" in steps
    assert "Who decides how high the risk must be before a household is rung?" in steps
    assert "You can take your answers back" in steps


def test_what_is_said_at_the_close_is_a_next_step(playing: Callable[..., Desk], reading: Callable):
    desk = playing(sealed=False)
    desk.do(capture.note, r.Note(role=ROLE, text="The council will publish its answer in May.", step="close", from_paper=True))
    assert "Said at the close: • The council will publish its answer in May." in reading(publishing.host_copy(desk.state)).words


def test_the_framework_is_a_profile_with_reasons_and_never_a_sum(open_desk: Desk, host_copy, reading: Callable):
    assert "The framework questions" not in host_copy.words
    given = [(1, 1, "4", "People notice it"), (1, 2, "2", "Staff are missing"), (2, 1, "cant_say", "Nobody asked"), (0, 3, "not_played", "")]
    for table, question, answer, reason in given:
        open_desk.do(capture.answer_framework, r.Framework(
            role=ROLE, table=table, scenario="HOU-1", question=question, answer=answer, reason=reason,
        ))
    words = reading(publishing.host_copy(open_desk.state)).words
    part = between(words, "The framework questions", "Red lines")
    for said_then in ("Table 1", "4", "People notice it", "Staff are missing", "Can’t say", "Nobody asked", "The room", "Not played"):
        assert said_then in part
    assert part.count(open_desk.pack.questions[0].text) == 1
    assert "the answers are not added up" in part
    assert not any(word in part for word in ("Total", "Mean", "Average", "6 of"))
