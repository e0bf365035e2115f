"""Positions, conditions and statements as a report sets them out."""

from collections.abc import Sequence

from tradeoff_desktop.model import records as r
from tradeoff_desktop.model.workshop import Workshop
from tradeoff_desktop.report import charts, headlines, phrases
from tradeoff_desktop.report.content import Table
from tradeoff_desktop.report.document import Document
from tradeoff_desktop.report.parts_acts import (
    NO_AGREEMENT,
    Raised,
    Ranked,
    Stand,
    by_necessity,
    conditions,
    counted,
    disagreed,
    disagreed_cell,
    scenarios,
    stands,
    statements,
    votes,
    who,
)
from tradeoff_desktop.report.parts_people import held, votes_sentence
from tradeoff_desktop.report.text import Span, Text

_DECIDED = frozenset({"1", "2", "3", "4", NO_AGREEMENT})


def add_positions(doc: Document, state: Workshop, *, drawn: bool = False) -> bool:
    """Write every table's position with its dissent and reason, the case of all drawn if asked. False if none was taken."""
    anchor, *own = scenarios([state])
    if shared := stands([state], anchor) if drawn else []:
        add_compared(doc, shared)
    found = [stand for scenario in ([] if shared else [anchor]) + own for stand in stands([state], scenario)]
    if found:
        doc.table(
            head=["Case", "Table", "Position", "Disagreed", "Reason"],
            rows=[
                [
                    state.pack.scenario(stand.position.scenario).label, str(stand.position.table), stand.words,
                    disagreed_cell(stand.position), stand.position.reason or "none given",
                ]
                for stand in found
            ],
            caption=f"Positions on {'the tables’ own cases' if shared else 'all cases'}, with the number at the table who disagreed",
            widths=(6.2, 2.6, 6.2, 3.8, 7.6), align="lllrl",
        )
    return bool(found or shared)


def stood_title(found: Sequence[Stand]) -> str:
    """What most tables said of one case, as a sentence."""
    case = found[0].state.pack.scenario(found[0].position.scenario).label
    if len(found) == 1 and found[0].position.decision == NO_AGREEMENT:
        return f"The table did not agree on “{case}”"
    return headlines.leading(
        [(phrases.lower(words), count) for words, count in counted(found).items()], of=len(found),
        verb=f"said of “{case}”:", none=f"on “{case}” no position was taken by more than",
    )


def condition_title(raised: Sequence[Raised | Ranked], of: int) -> str:
    """Which condition most tables asked for, as a sentence."""
    if not raised:
        return "No conditions were recorded"
    tables: dict[str, set[tuple[str, int]]] = {}
    for one in raised:
        tables.setdefault(one.label, set()).update(one.tables)
    most = max(of, *(len(found) for found in tables.values()))
    return headlines.leading(
        [(label, len(found)) for label, found in tables.items()], of=most, verb="asked for",
        none="no condition was asked for by more than",
    )


def add_compared(doc: Document, found: Sequence[Stand]) -> None:
    """Draw the tables beside each other on one case: the decision of each and how many disagreed."""
    # What a table may decide, and whatever else a table put down: nobody reads columns that are always empty.
    usual = {named.name for named in found[0].state.pack.decisions if named.code in _DECIDED}
    columns = tuple(name for name, count in counted(found).items() if count or name in usual)
    several = len({stand.state.opening.workshop for stand in found}) > 1
    names = [
        f"Table {stand.position.table}{f' of session {stand.state.opening.session}' if several else ''}" for stand in found
    ]
    rows = [
        (name, columns.index(stand.words), f"{stand.position.disagreed or 'nobody'} disagreed" if disagreed(stand.position) else "–")
        for name, stand in zip(names, found, strict=True)
    ]
    days = phrases.listed(dict.fromkeys(held(stand.state) for stand in found))
    doc.figure(
        charts.Positions(columns, tuple(rows)), title=stood_title(found),
        caption=f"{phrases.counted(len(found), 'table')}, each with its position; {days}. Positions were taken in public; nothing is hidden.",
        table=Table(
            head=("Table", "Position", "Disagreed", "Reason"),
            rows=tuple(
                (name, stand.words, disagreed_cell(stand.position), stand.position.reason or "none given")
                for name, stand in zip(names, found, strict=True)
            ),
            widths=(3, 6, 3, 9), align="llrl",
        ),
    )


def add_positions_on(doc: Document, found: Sequence[Stand]) -> None:
    """Write the positions on one case."""
    doc.bullets([
        [
            Span(f"Table {stand.position.table}: {phrases.lower(stand.words)}.", strong=True),
            "".join(f" {said}" for said in (disagreed(stand.position), phrases.stopped(stand.position.reason)) if said),
        ]
        for stand in found
    ])


def add_conditions(doc: Document, state: Workshop, scenario: str) -> bool:
    """Write the conditions on one case, those of most tables first. False if there is none."""
    found = conditions([state], scenario)
    if len({table for one in found for table in one.tables}) == 1:
        _add_of_one_table(doc, state, found)
    elif found:
        doc.table(
            head=["Condition", "Tables", "How much it matters"],
            rows=[[condition_words(one), str(len(one.tables)), by_necessity([state], one)] for one in found],
            caption=f"Conditions on “{state.pack.scenario(scenario).title}”, by number of tables raising them",
            widths=(8, 2, 5), align="lrl",
        )
    return bool(found)


def add_own_conditions(doc: Document, state: Workshop, cases: Sequence[str]) -> bool:
    """Write the conditions on the tables' own cases: one line for a case of one table. False if there is none."""
    found = {scenario: conditions([state], scenario) for scenario in cases}
    alone = {
        scenario: raised for scenario, raised in found.items()
        if len({table for one in raised for table in one.tables}) == 1
    }
    if alone:
        doc.table(
            head=["Case", *(named.name for named in state.pack.necessity)],
            rows=[[_case_words(state, scenario, raised), *_by_weight(state, raised)] for scenario, raised in alone.items()],
            caption="Conditions on the tables’ own cases", widths=(4, *([4] * len(state.pack.necessity))),
        )
    for scenario, raised in found.items():
        if raised and scenario not in alone:
            add_conditions(doc, state, scenario)
    return any(found.values())


def _add_of_one_table(doc: Document, state: Workshop, found: Sequence[Raised]) -> None:
    """Write the conditions of one table by how much they matter to it."""
    names = {named.code: named.name for named in state.pack.necessity} | {"": "Named"}
    for code, name in names.items():
        weighed = [one for one in found if one.necessity.get(one.tables[0], "") == code]
        if weighed:
            doc.heading(3, name)
            doc.bullets([condition_words(one) for one in weighed])


def _case_words(state: Workshop, scenario: str, raised: Sequence[Raised]) -> str:
    return f"{state.pack.scenario(scenario).title} ({who([state], raised[0].tables)})"


def _by_weight(state: Workshop, raised: Sequence[Raised]) -> list[str]:
    """The conditions of one table, one cell for each weight; those without a weight stand with the first."""
    codes = [named.code for named in state.pack.necessity]
    weighed = [(one, one.necessity.get(one.tables[0], codes[0])) for one in raised]
    return ["; ".join(short_words(one) for one, weight in weighed if weight == code) or "–" for code in codes]


def short_words(one: Raised) -> str:
    """A condition by its label, the change it was named for, and what the table added."""
    added = "".join(f" (“{words}”)" for words in one.own_words)
    return f"{one.label}{f', when {one.when}' if one.when else ''}{added}"


def condition_words(one: Raised) -> Text:
    """A condition with the change it was named for and what tables added in their own words."""
    said = [one.text, f"(When {one.when}.)" if one.when else "", *(f"“{words}”" for words in one.own_words)]
    return [Span(phrases.stopped(one.label), strong=True), "".join(f" {words}" for words in said if words)]


def add_framework(doc: Document, states: Sequence[Workshop]) -> bool:
    """Write the framework answers of each case, question by question with their reasons. False if there is none."""
    answered = False
    for state in states:
        letter = f", session {state.opening.session}" if len(states) > 1 else ""
        for scenario in dict.fromkeys(case for _, case, _ in sorted(state.framework)):
            answered = True
            doc.table(
                head=["Question", "Who", "Answer", "Reason"], rows=_framework_rows(state, scenario),
                caption=f"The framework questions about “{state.pack.scenario(scenario).title}”{letter}",
                widths=(7, 2.6, 2.4, 7),
            )
    return answered


def _framework_rows(state: Workshop, scenario: str) -> list[list[Text]]:
    """A row for each answer; the question stands at the first of its answers."""
    names = {named.code: named.name for named in state.pack.missing} | {"cant_say": "Can’t say"}
    rows: list[list[Text]] = []
    for question in state.pack.questions:
        given = [(t, body) for (t, case, n), body in sorted(state.framework.items()) if (case, n) == (scenario, question.number)]
        for place, (table, body) in enumerate(given):
            asked = f"{question.number}. {question.text}" if not place else ""
            who_said = f"Table {table}" if table else "The room"
            rows.append([asked, who_said, names.get(body.answer, body.answer), body.reason or "–"])
    return rows


def add_statements(doc: Document, state: Workshop) -> bool:
    """Write the statements read back to the room, with votes and dissent. False if there is none."""
    found = statements(state)
    if found and (votes_then := votes_sentence([state])):
        doc.paragraph(votes_then)
    for body in found:
        add_statement(doc, body)
    return bool(found)


def add_statement(doc: Document, body: r.Statement, *, area: str = "") -> None:
    """Write one statement in the wording the room approved, with its votes and what those said who saw it differently."""
    whose = f"{area}, table {body.table}" if area else f"Table {body.table}"
    dissent = f" Seen differently: {phrases.stopped(body.dissent)}" if body.dissent else ""
    doc.quote(body.text, source=f"{whose}. {votes(body)}{dissent}")
