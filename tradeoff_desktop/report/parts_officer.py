"""The first two pages of an area report, for the officer who decides (decision 42).

Which conditions would make each use acceptable, which tables raised them, red lines, what to do next.
"""

from collections.abc import Sequence

from tradeoff_desktop.model.workshop import Workshop
from tradeoff_desktop.report import parts_talk, phrases
from tradeoff_desktop.report.document import Document
from tradeoff_desktop.report.parts_acts import Raised, conditions, scenarios, stands, statements, tally, who
from tradeoff_desktop.report.parts_people import present
from tradeoff_desktop.report.parts_words import said
from tradeoff_desktop.report.text import Span, Text

_MOST_CONDITIONS, _MOST_LINES = 5, 4  # conditions a case and red lines: two pages must stay two pages


def add_officer_pages(doc: Document, states: Sequence[Workshop], findings: Sequence[str]) -> None:
    """Write the officer's pages. ``findings``: sentences on what moved the whole room, if any."""
    doc.heading(1, "For the officer who decides", numbered=False)
    doc.paragraph(_opening(states))
    doc.heading(2, "What would make each use acceptable")
    doc.table(
        head=["Use of data", "Positions of the tables", "Conditions called a must, and by whom"],
        rows=[_use(states, scenario) for scenario in scenarios(states)],
        widths=(4, 4, 8),
    )
    doc.paragraph("A must is a condition without which a table would say no. All conditions, with the weight tables gave them, stand further on.")
    if findings:
        doc.heading(2, "What moved the whole room")
        doc.bullets(findings)
    doc.heading(2, "Red lines")
    lines = red_lines(states)
    if lines:
        doc.bullets(lines[:_MOST_LINES])
        if len(lines) > _MOST_LINES:
            doc.paragraph(f"{phrases.counted(len(lines) - _MOST_LINES, 'more red line')} stand further on.")
    else:
        doc.paragraph("No table and no participant drew a red line.")
    doc.heading(2, "What to do next")
    doc.bullets(next_steps(states), ordered=True)


def red_lines(states: Sequence[Workshop]) -> list[Text]:
    """What must not happen, whatever the conditions: as said, and as positions of tables."""
    lines: list[Text] = [parts_talk.red_line(words) for words in said(states, "red_line")]
    for state in states:
        for (table, scenario), position in sorted(state.positions.items()):
            if position.decision == "4":
                case = state.pack.scenario(scenario)
                reason = phrases.stopped(position.reason or "no condition would make it right")
                lines.append([Span(f"{case.label}: ", strong=True), f"{reason} (position of table {table})"])
    return lines


def _opening(states: Sequence[Workshop]) -> str:
    heads = sum(present(state) for state in states)
    laid = sum(len(state.open_tables()) for state in states)
    uses = len(scenarios(states))
    shared = states[0].pack.anchor.title
    return (
        f"{phrases.upper(phrases.people(heads))}, invited for their roles, weighed {phrases.counted(uses, 'use')} of personal "
        f"data at {phrases.counted(laid, 'table')}. Every table weighed “{shared}”; the other "
        f"{'use was' if uses == 2 else 'uses were'} weighed by the tables named beside {'it' if uses == 2 else 'them'}."
    )


def _use(states: Sequence[Workshop], scenario: str) -> list[Text]:
    found = stands(states, scenario)
    case = states[0].pack.scenario(scenario)
    tables = [(stand.state.opening.workshop, stand.position.table) for stand in found]
    place = "" if case.anchor else f" ({who(states, tables)})" if tables else ""
    musts = [one for one in conditions(states, scenario) if one.must]
    return [f"{case.title}{place}", phrases.upper(tally(found)), _musts(states, musts, tables)]


def _musts(states: Sequence[Workshop], musts: Sequence[Raised], tables: Sequence[tuple[str, int]]) -> str:
    if not musts:
        return "None was called a must."
    named = [f"{_labelled(one)}{_by(states, one, tables)}" for one in musts[:_MOST_CONDITIONS]]
    more = len(musts) - _MOST_CONDITIONS
    return "; ".join([*named, *([f"and {more} more"] if more > 0 else [])])


def _labelled(one: Raised) -> str:
    return f"{one.label}, when {one.when}" if one.when else one.label


def _by(states: Sequence[Workshop], one: Raised, tables: Sequence[tuple[str, int]]) -> str:
    """Which of the tables that weighed the case called it a must; nothing where there was only one to do so."""
    raised = [table for table in one.tables if one.necessity.get(table) == "must"]
    if set(raised) == set(tables):
        return " (all tables)" if len(tables) > 1 else ""
    return f" ({who(states, raised)})"


def next_steps(states: Sequence[Workshop]) -> list[Text]:
    """What the council can do with what was said, as far as it follows from it."""
    pack = states[0].pack
    steps: list[Text] = []
    musts = [one for one in conditions(states, pack.anchor.id) if one.must and not one.when][:3]
    if musts:
        named = phrases.listed(f"“{one.label}” ({phrases.counted(len(one.tables), 'table')})" for one in musts)
        steps.append([
            Span("Settle the conditions before any use begins. ", strong=True),
            f"On “{pack.anchor.title}” these come first: {named}.",
        ])
    if red_lines(states):
        steps.append([Span("Hold every plan against the red lines. ", strong=True), "For those who drew them no condition would do."])
    split = [pack.scenario(s).title for s in scenarios(states) if any(stand.position.decision == "no_agreement" for stand in stands(states, s))]
    open_statements = sum(body.state == "no_agreement" for state in states for body in statements(state))
    if split or open_statements:
        steps.append([Span("Take up again what was not agreed. ", strong=True), _unsettled(split, open_statements)])
    if questions := said(states, "question"):
        steps.append([Span("Answer the open questions. ", strong=True), f"{phrases.upper(phrases.counted(len(questions), 'question'))} could not be answered in the room."])
    steps.append([Span("Tell those who took part what you decide, ", strong=True), "and why, also where it differs from what they asked for."])
    return steps


def _unsettled(split: Sequence[str], statements_open: int) -> str:
    parts = [f"tables did not agree on {phrases.listed(f'“{title}”' for title in split)}"] if split else []
    if statements_open:
        parts.append(f"the room did not agree on {phrases.counted(statements_open, 'statement')}")
    return phrases.stopped(phrases.upper(phrases.listed(parts)))
