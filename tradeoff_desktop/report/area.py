"""The report on one area: two pages for the officer, then what people weighed, said and decided, and how it was done."""

from collections.abc import Sequence
from typing import NamedTuple

from tradeoff_desktop.findings import Results
from tradeoff_desktop.findings.sentences import SAME_ORDER, SCOPE, moved_sentence
from tradeoff_desktop.model.pack import Pack
from tradeoff_desktop.model.workshop import Workshop
from tradeoff_desktop.report import (
    headlines,
    parts_across,
    parts_cases,
    parts_checking,
    parts_marks,
    parts_method,
    parts_people,
    parts_talk,
    phrases,
)
from tradeoff_desktop.report.content import Table
from tradeoff_desktop.report.document import Document
from tradeoff_desktop.report.narrative import Narrative
from tradeoff_desktop.report.parts_acts import (
    FRAMEWORK,
    conditions,
    ranking,
    scenarios,
    stands,
    statements,
    who,
)
from tradeoff_desktop.report.parts_decisions import (
    add_compared,
    add_conditions,
    add_framework,
    add_positions_on,
    add_statement,
    condition_title,
    stood_title,
)
from tradeoff_desktop.report.parts_marks import Case
from tradeoff_desktop.report.parts_officer import add_officer_pages, red_lines
from tradeoff_desktop.report.parts_people import held
from tradeoff_desktop.report.parts_words import Said, said, topics
from tradeoff_desktop.report.text import Span, Text


class View(NamedTuple):
    """What an area report is written from."""

    states: Sequence[Workshop]
    results: Results
    across: Results
    words: Narrative

    @property
    def pack(self) -> Pack:
        """The pack all workshops used."""
        return self.states[0].pack

    @property
    def name(self) -> str:
        """The area's name."""
        return self.pack.area(self.states[0].area).name

    def cases(self, scenario: str) -> list[Case]:
        """One case in each of the area's workshops."""
        where = {state.opening.workshop: held(state) for state in self.states}
        return [Case(self.results, self.pack, row.workshop, scenario, where[row.workshop]) for row in self.results.workshops]

    @property
    def held(self) -> str:
        """Where and when, for the captions of figures."""
        return phrases.listed(dict.fromkeys(held(state) for state in self.states))

    @property
    def tables(self) -> int:
        """How many tables were laid."""
        return sum(len(state.open_tables()) for state in self.states)

    @property
    def small(self) -> bool:
        """Whether only words may be printed."""
        return parts_marks.words_only(self.results)


def area(
    states: Sequence[Workshop], results: Results, across: Results, *, provenance: Sequence[str] = (), checking: bool = False,
) -> Document:
    """The report on the area of ``states``.

    ``results``: of these workshops, ``across``: of all areas; both for the audience "published".
    ``provenance``: a line for each file it was made from. ``checking``: the copy for those who took part, before it is final.
    """
    view = View(states, results, across, Narrative(states, across, area=states[0].area))
    doc = Document(
        title=f"Sharing personal data in {view.name}",
        subtitle="Checking copy: for those who took part, not final" if checking else "What people weighed, and the conditions they set",
        details=_details(view),
        footer=f"{view.name} · {'checking copy, not final' if checking else 'area report'}",
        notice=parts_method.practice_notice(states),
        made=parts_method.made(states),
    )
    if checking:
        parts_checking.add_letter(doc, states)
    add_officer_pages(doc, states, _headline(view))
    view.words.add(doc, "foreword", heading="Foreword", numbered=False)
    _add_reading(doc, view)
    doc.heading(1, "Who took part")
    for state in states:
        parts_people.add_people(doc, state, numbered=True)
    _add_benefit(doc, view)
    _add_anchor(doc, view)
    _add_themes(doc, view)
    _add_balance(doc, view)
    _add_conditions(doc, view)
    _add_agreed(doc, view)
    view.words.add(doc, "recommendations", heading="Recommendations")
    view.words.add(doc, "next_steps", heading="Local next steps")
    _add_annexes(doc, view, provenance)
    if checking:
        parts_checking.add_reply_form(doc, states)
    return doc


def _details(view: View) -> list[tuple[str, str]]:
    plans = [state.setup for state in view.states if state.setup]
    details = [
        ("Date", phrases.listed(phrases.day(plan.date) for plan in plans)),
        ("Place", phrases.listed(dict.fromkeys(plan.venue for plan in plans if plan.venue))),
    ]
    return [(name, words) for name, words in details if words]


def _headline(view: View) -> list[str]:
    """What moved the whole room on the case for everybody, for the officer."""
    if view.small:
        return []
    found = []
    for case in view.cases(view.pack.anchor.id):
        found += [parts_marks.day_sentence(case), *parts_marks.change_sentences(case)]
    order = [SAME_ORDER] if view.results.anchor_same_order else []
    return [sentence for sentence in [*found, *order] if sentence]


def _add_reading(doc: Document, view: View) -> None:
    doc.heading(1, "How to read this report")
    doc.paragraph(SCOPE, numbered=True)
    doc.paragraph(
        "Two kinds of numbers stand in it. What tables decided and what the room voted on was public; it is printed as it was "
        "given, with the number who disagreed. What people marked on their own sheets was private; it is printed as counts of "
        "people, and small counts are put together with their neighbours on the scale.",
        numbered=True,
    )
    doc.paragraph(
        f"The marks weigh risks against benefits on {view.pack.points} points. “Moved towards risk” means that somebody marked a "
        "lower point than before, “towards benefit” a higher one. Paragraphs are numbered so that you can refer to them.",
        numbered=True,
    )
    if view.small:
        doc.paragraph(parts_marks.SMALL_ROOM, numbered=True)


def _add_benefit(doc: Document, view: View) -> None:
    steps = {step.id for step in view.pack.agenda if step.part == "benefit"}
    found = [words for words in said(view.states, "point") if words.step in steps]
    if found:
        doc.heading(1, "What public benefit meant here")
        doc.paragraph("Before any case, tables talked about when the public gains. They said:", numbered=True)
        _add_points(doc, found)


def _add_anchor(doc: Document, view: View) -> None:
    """The case for everybody: the card, positions and conditions, start and end, reasons."""
    anchor = view.pack.anchor
    doc.heading(1, f"The case for everybody: {phrases.lower(anchor.title)}")
    doc.heading(2, "What people weighed")
    parts_cases.add_card(doc, anchor, numbered=True)
    _add_decided(doc, view, anchor.id)
    if not view.small:
        cases = view.cases(anchor.id)
        told = [headlines.ended(row.shown) for case in cases if (row := case.end()) is not None]
        doc.heading(2, next(filter(None, told), "What people marked at the start and at the end"))
        for case in cases:
            parts_cases.add_course(doc, case)
            parts_cases.add_day(doc, case)
            parts_cases.add_go_ahead(doc, case)
            _add_trade_offs(doc, case)
    _add_reasons(doc, view, anchor.id)
    view.words.add(doc, "anchor")


def _add_decided(doc: Document, view: View, scenario: str) -> None:
    """Where tables stood on one case, and on which conditions."""
    if found := stands(view.states, scenario):
        drawn = len(found) > 1 and not view.small
        doc.heading(2, headlines.positions([stand.words for stand in found]) if drawn else stood_title(found))
        (add_compared if drawn else add_positions_on)(doc, found)
    doc.heading(2, condition_title(conditions(view.states, scenario), len(found)))
    found_any = [add_conditions(doc, state, scenario) for state in view.states]
    if not any(found_any):
        doc.paragraph("No conditions were recorded.", numbered=True)


def _add_reasons(doc: Document, view: View, scenario: str) -> None:
    notes = [words for words in said(view.states, "point", "condition") if words.scenario == scenario]
    if notes:
        doc.heading(2, "What was said for and against")
        _add_points(doc, notes)


def _add_points(doc: Document, notes: Sequence[Said]) -> None:
    """Write the notes that may be published, and say so where some may not."""
    found = parts_talk.publishable(notes)
    parts_talk.add_points(doc, found)
    if len(found) < len(notes):
        doc.paragraph("Some words are left out, because not everybody who may have said them agreed to be quoted.")


def _add_trade_offs(doc: Document, case: Case) -> None:
    """Individual beside public benefit, privacy beside security risk, as people marked them."""
    rows = parts_marks.trade_offs(case)
    if rows:
        doc.table(head=["When", "What is larger", "Private answers"], rows=rows, caption="Two trade-offs", widths=(3, 5, 8))


def _add_themes(doc: Document, view: View) -> None:
    """One chapter for each theme that had a table."""
    own = scenarios(view.states)[1:]
    for theme in view.pack.themes:
        for scenario in own:
            found = view.pack.scenario(scenario)
            if found.theme != theme.code:
                continue
            doc.heading(1, f"{theme.name}: {phrases.lower(found.title)}")
            doc.heading(2, "What people weighed")
            parts_cases.add_card(doc, found, numbered=True)
            _add_theme_marks(doc, view, scenario)
            _add_decided(doc, view, scenario)
            _add_reasons(doc, view, scenario)
            view.words.add(doc, f"theme.{theme.code}")


def _add_theme_marks(doc: Document, view: View, scenario: str) -> None:
    cases = [case for case in view.cases(scenario) if case.marked]
    shown = [case for case in cases if case.printable and not view.small]
    for case in shown:
        doc.heading(2, "What people marked")
        parts_cases.add_marks(doc, case)
    if cases and not shown and not view.small:
        doc.paragraph(
            "About five people marked this case, too few for their marks to be printed; they count in the report across areas.",
            numbered=True,
        )


def _add_balance(doc: Document, view: View) -> None:
    """What moved the balance: one section for each kind of change, with the other areas beside this one."""
    doc.heading(1, "What moved the balance")
    doc.paragraph(
        f"After the first talk people marked “{view.pack.anchor.title}” again, and then with one thing changed at a time, in "
        "silence. Numbers count who moved between those two marks.",
        numbered=True,
    )
    if view.small:
        doc.paragraph("For this area the numbers are too small to be printed.", numbered=True)
    else:
        for case in view.cases(view.pack.anchor.id):
            parts_cases.add_moves(doc, case)
        if view.results.anchor_same_order:
            doc.paragraph(SAME_ORDER, numbered=True)
    for axis in view.pack.axes:
        flip = view.pack.anchor.primary(axis.code)
        rows = [case.flip(flip.id) for case in view.cases(view.pack.anchor.id)] if flip else []
        told = headlines.moved([(row.words, row.shown) for row in rows if row is not None], counts=False)
        doc.heading(2, axis.name if view.small or told == headlines.UNTOLD else f"{axis.name}: {phrases.lower(told)}")
        own = [moved_sentence(row) for row in rows if row is not None and not view.small]
        across = parts_across.answer(view.across, view.pack, axis) if len(view.across.workshops) > 1 else ""
        for sentence in filter(None, [*own, across]):
            doc.paragraph(sentence, numbered=True)
        if not any([*own, across]):
            doc.paragraph("Nothing can be told about this without giving people away.", numbered=True)
    if not view.small and len(view.across.workshops) > 1:
        doc.heading(2, f"{view.name} beside the other areas")
        parts_across.add_consistency(doc, view.across, view.pack, held=view.held, only=view.states[0].area)


def _add_conditions(doc: Document, view: View) -> None:
    ranked = ranking(view.states)
    if not ranked:
        return
    doc.heading(1, "Conditions over all cases")
    doc.paragraph("A table counts once for each condition, however often it came back to it.", numbered=True)
    parts_talk.add_tally(
        doc, [(one.label, len(one.tables)) for one in ranked], title=condition_title(ranked, view.tables), held=view.held, drawn=not view.small,
        table=Table(
            head=("Condition", "Tables", "Which", "Cases"),
            rows=tuple(
                (
                    [Span(f"{one.label}. ", strong=True), one.text], str(len(one.tables)), phrases.upper(who(view.states, one.tables)),
                    phrases.listed(view.pack.scenario(scenario).label for scenario in one.cases),
                )
                for one in ranked
            ),
            widths=(8, 2, 4, 6), align="lrll",
        ),
    )
    parts_talk.add_topics(doc, topics(view.states), of=view.tables, held=view.held, drawn=not view.small)


def _add_agreed(doc: Document, view: View) -> None:
    """Agreed, still to discuss, still open: the room's own sorting of its results."""
    doc.heading(1, "What was agreed, and what was not")
    bodies = [body for state in view.states for body in statements(state)]
    if bodies and (votes_then := parts_people.votes_sentence(view.states)):
        doc.paragraph(votes_then, numbered=True)
    for title, wanted in (("Agreed", "ratified"), ("Still to discuss", "no_agreement"), ("Not put to the vote", "draft")):
        found = [body for body in bodies if body.state == wanted]
        if found:
            doc.heading(2, f"{title}: {len(found)} of {phrases.counted(len(bodies), 'statement')}")
        for body in found:
            add_statement(doc, body)
    if not bodies:
        doc.paragraph("No statements were recorded.", numbered=True)
    _add_options(doc, view)
    lines = red_lines(view.states)
    if lines:
        doc.heading(2, "Red lines")
        doc.bullets(lines)
    if questions := parts_talk.publishable(said(view.states, "question")):
        doc.heading(2, "Questions still open")
        parts_talk.add_questions(doc, questions)


def _add_options(doc: Document, view: View) -> None:
    """Write the ways that stay open where tables saw a case differently, each with the tables that would go it."""
    options: list[Text] = []
    for scenario in scenarios(view.states):
        found = stands(view.states, scenario)
        ways: dict[str, list[tuple[str, int]]] = {}
        for stand in found:
            ways.setdefault(stand.words, []).append((stand.state.opening.workshop, stand.position.table))
        if len(ways) > 1:
            said_so = "; ".join(f"{phrases.lower(way)} ({who(view.states, tables)})" for way, tables in ways.items())
            options.append([Span(f"{view.pack.scenario(scenario).title}: ", strong=True), phrases.stopped(said_so)])
    if options:
        doc.heading(2, "Options")
        doc.paragraph("Tables saw these cases differently. The ways that were named:", numbered=True)
        doc.bullets(options)
    view.words.add(doc, "options", heading="" if options else "Options", level=2)


def _add_annexes(doc: Document, view: View, provenance: Sequence[str]) -> None:
    doc.annex("How it was done")
    parts_method.add_method(doc, view.pack)
    if not view.small:
        doc.paragraph(parts_marks.AGREEMENT, numbered=True)
    if any(state.framework for state in view.states):
        doc.annex("The framework questions")
        doc.paragraph(FRAMEWORK, numbered=True)
        add_framework(doc, view.states)
    doc.annex("Limits")
    parts_method.add_limits(doc, view.pack)
    doc.annex("Departures from the plan, and what is missing")
    parts_method.add_incidents(doc, view.states)
    parts_method.add_completeness(doc, view.states)
    view.words.add_annex(doc, "replies", title="What those who took part asked for, and what came of it")
    doc.annex("What is hidden, and where this comes from")
    doc.paragraph(parts_method.hidden_words(view.results), numbered=True)
    doc.paragraph(view.pack.wording.provenance, numbered=True)
    own = [line for line in provenance if line.startswith(("programme ", "edition ")) or f" {view.states[0].area}." in line]
    parts_method.add_provenance(doc, view.states, view.results, own)
    if len(view.across.workshops) > len(view.states):
        doc.paragraph("The files behind what is said of other areas are listed in the report on all areas.")
