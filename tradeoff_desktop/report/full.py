"""The report on all areas: the three answers in counts, start and end, theme chapters, areas beside each other."""

from collections.abc import Sequence

from tradeoff_desktop.findings import Results
from tradeoff_desktop.findings.areas import MoveAcross
from tradeoff_desktop.findings.sentences import SAME_ORDER, SCOPE, across_sentence
from tradeoff_desktop.model.pack import Axis
from tradeoff_desktop.model.workshop import Workshop
from tradeoff_desktop.report import (
    full_cases,
    headlines,
    parts_across,
    parts_cases,
    parts_marks,
    parts_method,
    parts_shares,
    parts_talk,
    parts_voices,
    phrases,
)
from tradeoff_desktop.report.content import Table
from tradeoff_desktop.report.document import Document
from tradeoff_desktop.report.full_cases import View
from tradeoff_desktop.report.narrative import Narrative
from tradeoff_desktop.report.parts_acts import (
    FRAMEWORK,
    Ranked,
    ranking,
    scenarios,
    stands,
    tally,
)
from tradeoff_desktop.report.parts_decisions import add_framework, condition_title
from tradeoff_desktop.report.parts_officer import red_lines
from tradeoff_desktop.report.parts_people import place, present
from tradeoff_desktop.report.parts_words import topics
from tradeoff_desktop.report.text import Span, Text


def full(states: Sequence[Workshop], results: Results, provenance: Sequence[str] = ()) -> Document:
    """The report on all areas. ``results``: of all workshops, audience "published".

    ``provenance``: a line for each file the report was made from, its digest and its name.
    """
    held = sorted(states, key=place)
    view = View(held, results, Narrative(held, results))
    areas = len({state.area for state in states})
    doc = Document(
        title="Sharing personal data: risk and public benefit",
        subtitle=f"What {phrases.people(view.heads)} in {phrases.counted(areas, 'area')} weighed, and the conditions they set",
        details=[("Areas", phrases.listed(dict.fromkeys(view.name(state) for state in view.states))), ("Dates", view.dates)],
        footer="All areas · full report",
        notice=parts_method.practice_notice(states),
        made=parts_method.made(states),
        cover=True,
        contents=True,
    )
    view.words.add(doc, "foreword", heading="Foreword", numbered=False)
    _add_summary(doc, view)
    _add_question(doc, view)
    _add_answers(doc, view)
    _add_days(doc, view)
    parts_voices.add_benefit(doc, view.states, view.results)
    voices = parts_voices.by_case(view.states)
    full_cases.add_anchor(doc, view, voices)
    full_cases.add_themes(doc, view, voices)
    _add_consistency(doc, view)
    _add_conditions(doc, view)
    _add_framework(doc, view)
    view.words.add(doc, "engaging", heading="Engaging the public")
    view.words.add(doc, "recommendations", heading="Recommendations")
    view.words.add(doc, "next_steps", heading="Next steps")
    _add_limits(doc, view)
    _add_annexes(doc, view, provenance)
    return doc


def _add_summary(doc: Document, view: View) -> None:
    pack = view.pack
    doc.heading(1, "Summary")
    doc.paragraph(_question_sentence(view), numbered=True)
    for axis in pack.axes:
        sentence = parts_across.answer(view.results, pack, axis)
        doc.paragraph([Span(f"{axis.name}. ", strong=True), sentence or "Nothing can be told without giving people away."], numbered=True)
    if view.results.anchor_same_order:
        doc.paragraph(SAME_ORDER, numbered=True)
    found = stands(view.states, pack.anchor.id)
    doc.paragraph(
        [Span("Where tables stood. ", strong=True), f"Of {phrases.counted(len(found), 'table')} that weighed “{pack.anchor.title}”: {tally(found)}."],
        numbered=True,
    )
    ranked = ranking(view.states)[:5]
    if ranked:
        doc.paragraph(
            [Span("Conditions. ", strong=True), _asked_for(ranked)],
            numbered=True,
        )
    view.words.add(doc, "summary")
    doc.paragraph(SCOPE, numbered=True)


def _asked_for(ranked: Sequence[Ranked]) -> str:
    named = "; ".join(f"{phrases.lower(one.label)} ({phrases.counted(len(one.tables), 'table')})" for one in ranked)
    return f"Over all cases these were asked for by most tables: {named}."


def _question_sentence(view: View) -> str:
    return (
        f"{phrases.upper(phrases.people(view.heads))}, invited for their roles, met in "
        f"{phrases.counted(len({state.area for state in view.states}), 'area')} and weighed the risks and benefits of sharing "
        f"personal data, at {phrases.counted(view.tables, 'table')}. The question was whether the balance shifts with the kind of data, "
        "with the organisation that receives it, and with how far it is from a name."
    )


def _add_question(doc: Document, view: View) -> None:
    doc.heading(1, "The question, and how it was asked")
    parts_method.add_method(doc, view.pack)
    doc.heading(2, "The case for everybody")
    parts_cases.add_card(doc, view.pack.anchor, numbered=True)
    for axis in view.pack.axes:
        flip = view.pack.anchor.primary(axis.code)
        if flip is not None:
            doc.paragraph([Span(f"{axis.name}. ", strong=True), f"{flip.card} {flip.consequence}"], numbered=True)
    doc.table(
        head=["Area", "Date", "People", "Tables", "Themes"],
        rows=[
            [
                view.name(state), phrases.day(state.setup.date) if state.setup else "", str(present(state)),
                str(len(state.open_tables())),
                phrases.listed(dict.fromkeys(view.pack.theme(table.theme).label for table in state.open_tables())),
            ]
            for state in view.states
        ],
        caption="The workshops", widths=(4, 4, 2, 2, 6), align="llrrl",
    )


def _add_answers(doc: Document, view: View) -> None:
    """The three answers, then the same for the cases of the themes, pooled over areas."""
    doc.heading(1, "What shifts the balance")
    doc.paragraph(
        "Each answer counts, on the case that everybody weighed, who marked a lower or a higher point with one thing changed than "
        "on the case as it stood.",
        numbered=True,
    )
    anchor = view.pack.anchor
    rows = [
        (f"{axis.name}: when {flip.happened}", row)
        for axis in view.pack.axes
        if (flip := anchor.primary(axis.code)) and (row := parts_across.row_across(view.results, "flip", anchor.id, flip.id))
    ]
    drawn = parts_across.moved_panels(rows)
    if drawn is not None:
        title = headlines.moved([(row.words, row.shown) for _, row in rows])
        doc.figure(drawn, title=title, caption=_based(rows, view.held), table=parts_marks.twin(drawn))
    if view.results.anchor_same_order:
        doc.paragraph(SAME_ORDER, numbered=True)
    for axis in view.pack.axes:
        _add_answer(doc, view, axis)
    view.words.add(doc, "answers")


def _based(rows: Sequence[tuple[str, MoveAcross]], held: str) -> str:
    """How many people stand behind the panels of a chart of all areas, when and where they marked, and what is left out."""
    told = [row for _, row in rows if row.shown.blocks and row.shown.n is not None]
    answered = [row.shown.n or 0 for row in told]
    low, high = min(answered), max(answered)
    people = f"{low if low == high else f'{low} to {high}'} of {max(row.people for _, row in rows)} people who marked both are counted here"
    return (
        f"{people}. Marked straight after the first talk and with one thing changed; {held}. All areas together, as far as their "
        "counts may be added up; neighbouring ways are counted together where fewer than five people would stand alone."
    )


def _add_answer(doc: Document, view: View, axis: Axis) -> None:
    flip = view.pack.anchor.primary(axis.code)
    row = parts_across.row_across(view.results, "flip", view.pack.anchor.id, flip.id) if flip else None
    told = phrases.lower(headlines.moved([(row.words, row.shown)], counts=False)) if row else "not asked of everybody"
    doc.heading(2, f"{axis.name}: {told}")
    sentence = parts_across.answer(view.results, view.pack, axis)
    doc.paragraph(sentence or "Nothing can be told about this without giving people away.", numbered=True)
    rows = [
        [view.pack.scenario(row.scenario).title, phrases.upper(row.words), phrases.counted(len(row.areas), "area"), told]
        for row in _in_order(view)
        if row.kind == "flip" and row.item == parts_marks.BALANCE and row.axis == axis.code and row.scenario != view.pack.anchor.id
        and (told := _told(row))
    ]
    if rows:
        doc.table(
            head=["Case", "Change", "Asked in", "People"], rows=rows, widths=(5, 5, 2, 5),
            caption=f"{axis.name}: the tables’ own cases, all areas together",
        )
    asked = [scenario for scenario in scenarios(view.states)[1:] if view.pack.scenario(scenario).primary(axis.code)]
    _add_left_out(doc, view, asked, [row for row in _in_order(view) if row.kind == "flip" and row.axis == axis.code])


def _in_order(view: View) -> list[MoveAcross]:
    """Comparisons across areas in the pack's order of cases, the case for everybody first."""
    order = {scenario: place for place, scenario in enumerate(scenarios(view.states))}
    return sorted(view.results.moves_across, key=lambda row: order.get(row.scenario, len(order)))


def _told(row: MoveAcross) -> str:
    return phrases.upper(parts_marks.counts(row.shown))


def _add_days(doc: Document, view: View) -> None:
    doc.heading(1, "Between start and end")
    row = parts_across.row_across(view.results, "end", view.pack.anchor.id)
    sentence = across_sentence(row) if row else ""
    lead = f"Between start and end, on “{view.pack.anchor.label}”: "
    doc.paragraph(f"{lead}{phrases.lower(sentence) if sentence else 'nothing can be told without giving people away.'}", numbered=True)
    for closer in parts_across.table_sentences(view.results, view.pack):
        doc.paragraph(closer, numbered=True)
    rows = [
        [view.pack.scenario(row.scenario).title, phrases.counted(len(row.areas), "area"), told]
        for row in _in_order(view)
        if row.kind == "end" and row.item == parts_marks.BALANCE and (told := _told(row))
    ]
    if rows:
        doc.table(head=["Case", "Asked in", "People"], rows=rows, caption="Between start and end, all areas together", widths=(6, 2, 7))
    _add_left_out(doc, view, scenarios(view.states), [row for row in _in_order(view) if row.kind == "end"])


def _add_left_out(doc: Document, view: View, asked: Sequence[str], rows: Sequence[MoveAcross]) -> None:
    """Name the cases that a table does not show, each with its reason."""
    of_balance = [row for row in rows if row.item == parts_marks.BALANCE]
    told = {row.scenario for row in of_balance if _told(row)}
    reasons: dict[str, list[str]] = {}
    for scenario in asked:
        if scenario not in told:
            held = next((row.shown for row in of_balance if row.scenario == scenario), None)
            areas = {state.area for state in view.states if scenario in scenarios([state])}
            reasons.setdefault(parts_marks.left_out(held, len(areas)), []).append(f"“{view.pack.scenario(scenario).label}”")
    said = [f"{phrases.listed(cases)} ({why})" for why, cases in reasons.items()]
    if said:
        doc.paragraph(f"Not shown: {'; '.join(said)}.", numbered=True)


def _add_consistency(doc: Document, view: View) -> None:
    doc.heading(1, "The areas beside each other")
    doc.paragraph(
        "These figures look at one case only, the one that everybody weighed. Areas differ in who came and how they talked; they say "
        "how even the pattern is, not which area is more careful.",
        numbered=True,
    )
    parts_across.add_consistency(doc, view.results, view.pack, held=view.held)
    parts_shares.add_shares(doc, view.results, view.pack, held=view.held)
    parts_across.add_map(doc, view.results, view.pack, held=view.held)
    view.words.add(doc, "consistency")


def _add_conditions(doc: Document, view: View) -> None:
    doc.heading(1, "Conditions and red lines over all cases")
    ranked = ranking(view.states)
    if ranked:
        parts_talk.add_tally(
            doc, [(one.label, len(one.tables)) for one in ranked], title=condition_title(ranked, view.tables), held=view.held,
            table=Table(
                head=("Condition", "Tables", "Areas", "Cases"),
                rows=tuple(
                    (
                        [Span(f"{one.label}. ", strong=True), one.text], str(len(one.tables)),
                        str(len({workshop for workshop, _ in one.tables})), str(len(one.cases)),
                    )
                    for one in ranked
                ),
                widths=(9, 2, 2, 2), align="lrrr",
            ),
        )
    parts_talk.add_topics(doc, topics(view.states), of=view.tables, held=view.held)
    lines: list[Text] = [
        [Span(f"{view.name(state)}. ", strong=True), *([line] if isinstance(line, str | Span) else line)]
        for state in view.states for line in red_lines([state])
    ]
    if lines:
        doc.heading(2, "Red lines")
        doc.bullets(lines)


def _add_framework(doc: Document, view: View) -> None:
    """Three tests and five features, and what tables answered where the session was held."""
    doc.heading(1, "Three tests and five features")
    doc.paragraph(
        "The cases can be held against three tests and five features of public benefit. Eighteen questions lead through them; "
        "asking them is a session of its own, held where an area chose to.",
        numbered=True,
    )
    doc.facts([(test.name, test.text) for test in view.pack.tests])
    doc.table(
        head=["Feature", "What it means", "Questions"],
        rows=[
            [feature.name, feature.text, str(sum(question.feature == feature.number for question in view.pack.questions))]
            for feature in view.pack.features
        ],
        caption="The five features", widths=(4, 8, 2), align="llr",
    )
    view.words.add(doc, "framework")
    held = [state for state in view.states if state.framework]
    if not held:
        doc.paragraph("No area held that session, so no answers are given here.", numbered=True)
        return
    doc.paragraph(FRAMEWORK, numbered=True)
    for state in held:
        doc.heading(2, view.name(state))
        add_framework(doc, [state])


def _add_limits(doc: Document, view: View) -> None:
    doc.heading(1, "Limits")
    view.words.add(doc, "limits")
    parts_method.add_limits(doc, view.pack)
    doc.paragraph(
        f"{phrases.upper(phrases.counted(len(view.states), 'workshop'))} can show a pattern between areas, but not how far it would "
        "hold elsewhere. A result that is not clear is told as “we cannot tell”; it does not mean that there is no effect.",
        numbered=True,
    )


def _add_annexes(doc: Document, view: View, provenance: Sequence[str]) -> None:
    doc.annex("Statistics")
    parts_across.add_annex(doc, view.results, view.pack, cases=scenarios(view.states), held=view.held)
    doc.annex("Positions on the case for everybody, with their reasons")
    full_cases.add_stands(doc, view, view.pack.anchor.id)
    doc.annex("Departures from the plan, and what is missing")
    parts_method.add_incidents(doc, view.states)
    parts_method.add_completeness(doc, view.states)
    view.words.add_annex(doc, "replies", title="What those who took part asked for, and what came of it")
    doc.annex("What is hidden, and where this comes from")
    doc.paragraph(parts_method.hidden_words(view.results), numbered=True)
    doc.paragraph(view.pack.wording.provenance, numbered=True)
    parts_method.add_provenance(doc, view.states, view.results, provenance)


