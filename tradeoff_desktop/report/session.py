"""The two papers of a session: the summary for facilitator and centre, the host copy left with the council.

The summary stands under the disclosure rule; the host copy holds public acts only and no private marks (decision 38).
"""

from tradeoff_desktop.findings import Results
from tradeoff_desktop.findings.sentences import SCOPE
from tradeoff_desktop.model.workshop import Workshop
from tradeoff_desktop.report import parts_cases, parts_marks, parts_method, parts_people, parts_talk, phrases
from tradeoff_desktop.report.document import Document
from tradeoff_desktop.report.parts_acts import FRAMEWORK, scenarios
from tradeoff_desktop.report.parts_decisions import (
    add_conditions,
    add_framework,
    add_own_conditions,
    add_positions,
    add_statements,
)
from tradeoff_desktop.report.parts_marks import Case
from tradeoff_desktop.report.parts_people import held, place
from tradeoff_desktop.report.parts_words import said


def summary(state: Workshop, results: Results) -> Document:
    """The summary of one workshop; ``results`` are of this workshop alone, for the audience "session"."""
    doc = _begin(state, kind="summary", title=f"Summary of the {place(state)} workshop")
    doc.callout("How to read this", [SCOPE, _reading(results)])
    doc.heading(1, "Who took part")
    parts_people.add_people(doc, state)
    _add_anchor(doc, Case(results, state.pack, state.opening.workshop, state.pack.anchor.id, held(state)))
    _add_theme_cases(doc, state, results)
    _add_decisions(doc, state, drawn=not parts_marks.words_only(results))
    _add_talk(doc, state)
    doc.heading(1, "How the record was made")
    doc.heading(2, "Departures from the plan")
    parts_method.add_incidents(doc, [state])
    doc.heading(2, "What is complete")
    parts_method.add_completeness(doc, [state])
    doc.heading(2, "What is hidden, and where this comes from")
    doc.paragraph(parts_method.hidden_words(results))
    if not parts_marks.words_only(results):
        doc.paragraph(parts_marks.AGREEMENT)
    parts_method.add_provenance(doc, [state], results)
    return doc


def host_copy(state: Workshop) -> Document:
    """What is left with the council: positions, statements, conditions, red lines, next steps; nothing private."""
    doc = _begin(state, kind="host copy", title=f"What the {place(state)} workshop decided")
    heads, laid = phrases.people(parts_people.present(state)), phrases.counted(len(state.open_tables()), "table")
    holds = (
        f"{phrases.upper(heads)} weighed uses of personal data, at {laid}. This paper holds what the tables decided and said in "
        "public. What people marked on their own sheets is private and is not in it."
    )
    doc.callout("What this is", [holds, SCOPE])
    _add_decisions(doc, state)
    doc.heading(1, "Next steps")
    _add_next_steps(doc, state)
    return doc


def _begin(state: Workshop, *, kind: str, title: str) -> Document:
    plan = state.setup
    details = [
        ("Area", place(state)),
        *([("Date", phrases.day(plan.date))] if plan else []),
        *([("Place", plan.venue)] if plan and plan.venue else []),
        ("Record", parts_method.standing(state)),
    ]
    return Document(
        title=title, subtitle=state.pack.title, details=details,
        footer=f"{place(state)} · session {state.opening.session} · {kind}",
        notice=parts_method.practice_notice([state]),
        made=parts_method.made([state]),
    )


def _reading(results: Results) -> str:
    if parts_marks.words_only(results):
        return parts_marks.SMALL_ROOM
    return (
        "Marks on paper were private: they are printed as counts, never by name or group, and small counts are put together "
        "with their neighbours. Positions, conditions, statements and red lines were public and are printed as they were given."
    )


def _add_anchor(doc: Document, case: Case) -> None:
    """The case that everybody weighed: before and after, and what each change did."""
    scenario = case.pack.scenario(case.scenario)
    doc.heading(1, f"The case for everybody: {phrases.lower(scenario.title)}")
    doc.paragraph(scenario.projector)
    if not case.marked:
        doc.paragraph("No private marks have been keyed for this case yet.")
    elif not parts_marks.words_only(case.results):
        parts_cases.add_marks(doc, case)
    elif directions := parts_marks.directions(case):
        doc.paragraph(directions)


def _add_theme_cases(doc: Document, state: Workshop, results: Results) -> None:
    """The tables' own cases: a chart where counts may be printed, otherwise a sentence for all of them together."""
    cases = [Case(results, state.pack, state.opening.workshop, scenario, held(state)) for scenario in scenarios([state])[1:]]
    cases = [case for case in cases if case.marked]
    if not cases:
        return
    doc.heading(1, "The tables’ own cases")
    shown = [case for case in cases if case.printable and not parts_marks.words_only(results)]
    for case in shown:
        doc.heading(2, state.pack.scenario(case.scenario).title)
        doc.paragraph(state.pack.scenario(case.scenario).projector)
        parts_cases.add_marks(doc, case)
    parts_cases.add_small_cases(doc, state, [case for case in cases if case not in shown])


def _add_decisions(doc: Document, state: Workshop, *, drawn: bool = False) -> None:
    """Conditions, positions, statements and red lines."""
    doc.heading(1, "Positions")
    if not add_positions(doc, state, drawn=drawn):
        doc.paragraph("No positions were recorded.")
    doc.heading(1, "Conditions")
    anchor, *own = scenarios([state])
    found = [add_conditions(doc, state, anchor), add_own_conditions(doc, state, own)]
    if not any(found):
        doc.paragraph("No conditions were recorded.")
    doc.heading(1, "Statements put to the room")
    if not add_statements(doc, state):
        doc.paragraph("No statements were recorded.")
    if state.framework:
        doc.heading(1, "The framework questions")
        doc.paragraph(FRAMEWORK)
        add_framework(doc, [state])
    doc.heading(1, "Red lines")
    if not parts_talk.add_red_lines(doc, state):
        doc.paragraph("No red lines were drawn.")


def _add_talk(doc: Document, state: Workshop) -> None:
    """What was said: conditions in people's words, open questions, then the notes by step and case."""
    doc.heading(1, "What was said")
    doc.paragraph(
        "Volunteers took these notes. Words in quotation marks were taken down as they were said; everything else is the "
        "note-taker’s wording. Clarifications made later stand in square brackets."
    )
    parts_talk.add_notes(doc, said([state], "point"))
    if found := said([state], "condition"):
        doc.heading(2, "Conditions as people put them")
        parts_talk.add_points(doc, found)
    doc.heading(2, "Questions still open")
    if questions := said([state], "question"):
        parts_talk.add_questions(doc, questions)
    else:
        doc.paragraph("No questions were left open.")
    _add_written(doc, state)


def _add_written(doc: Document, state: Workshop) -> None:
    """What people wrote at the end and agreed to have quoted."""
    for named in state.pack.written:
        found = [
            body.text for body in state.written_answers()
            if body.question == named.code and body.text and body.seat in state.consents and state.consents[body.seat].quotable
        ]
        if found:
            doc.heading(2, f"Written at the end: {phrases.lower(named.name)}")
            doc.paragraph(f"{named.text} Only those who agreed to be quoted are printed.")
            for text in sorted(found):
                doc.quote(text)


def _add_next_steps(doc: Document, state: Workshop) -> None:
    spoken = parts_talk.publishable(said([state], "point"))
    steps = [words.text for words in spoken if words.step in _closing(state)]
    if steps:
        doc.paragraph("Said at the close:")
        doc.bullets(steps)
    doc.bullets([
        "The full record is checked and sealed within two working days.",
        "The report on this area follows; those who took part are sent it to check before it is final.",
        "The council can begin with the conditions and red lines above: which does it meet already, and which not?",
    ], ordered=True)
    if questions := parts_talk.publishable(said([state], "question")):
        doc.heading(2, "Questions people would like answered")
        parts_talk.add_questions(doc, questions, where=False)
    doc.heading(2, "If you took part")
    doc.paragraph(state.pack.wording.withdrawal)


def _closing(state: Workshop) -> frozenset[str]:
    """The steps in which next steps are said: those of the last part that is not slack."""
    parts = [step for step in state.pack.agenda if not step.slack]
    return frozenset(step.id for step in parts if step.part == parts[-1].part)


