"""Cases as a report sets them out: what was weighed, and what people marked as far as it may be printed."""

from collections.abc import Sequence
from dataclasses import replace

from tradeoff_desktop.findings.board import LevelRow, MoveRow
from tradeoff_desktop.findings.sentences import SAME_ORDER
from tradeoff_desktop.model.pack import Scenario
from tradeoff_desktop.model.workshop import Workshop
from tradeoff_desktop.report import charts, headlines, parts_marks, phrases
from tradeoff_desktop.report.document import Document
from tradeoff_desktop.report.parts_marks import Case
from tradeoff_desktop.report.parts_people import at_tables


def add_card(doc: Document, scenario: Scenario, *, numbered: bool = False) -> None:
    """Write the case as people had it in front of them, with its benefits and risks."""
    for paragraph in filter(None, scenario.text.splitlines()):
        doc.paragraph(paragraph, numbered=numbered)
    doc.facts([
        ("Gain for the person", scenario.individual_benefit),
        ("Gain for the public", scenario.public_benefit),
        ("Risk to privacy", scenario.privacy_risk),
        ("Risk to security", scenario.security_risk),
    ])


def add_marks(doc: Document, case: Case) -> None:
    """Write a case whose counts may be printed: chart, what each change did, whether it should go ahead."""
    add_course(doc, case)
    add_day(doc, case)
    add_moves(doc, case)
    if sentences := parts_marks.change_sentences(case):
        doc.paragraph("Beside the case as it stood straight after the first talk:")
        doc.bullets(sentences)
        if any(row.same_order for row in parts_marks.flip_rows(case)):
            doc.paragraph(SAME_ORDER)
    add_go_ahead(doc, case)


def add_course(doc: Document, case: Case) -> None:
    """Write the chart of the case as described and with one thing changed, under where people stood."""
    drawn = parts_marks.course(case)
    if drawn is not None:
        bars = [replace(drawn.bars[0], label="straight after the first talk"), *drawn.bars[1:]]
        title = headlines.stood(bars, case.pack.scenario(case.scenario).label)
        _add_chart(doc, case, drawn, parts_marks.course_rows(case), title=title)


def add_day(doc: Document, case: Case) -> None:
    """Write the chart of start and end under what happened between them."""
    sentence, drawn = parts_marks.day_sentence(case), parts_marks.day(case)
    if drawn is not None:
        (change,) = drawn.changes
        ends = [replace(change.before, label="at the start"), replace(change.after, label="at the end")]
        title = sentence or headlines.stood(ends, case.pack.scenario(case.scenario).label)
        _add_chart(doc, case, drawn, parts_marks.day_rows(case), title=title)
    elif sentence:
        doc.paragraph(sentence)


def add_moves(doc: Document, case: Case) -> None:
    """Draw how many moved which way at each change, where any of it may be shown."""
    found = [(flip, row) for flip in case.flips() if (row := case.flip(flip.id)) is not None]
    names = {axis.code: axis.name for axis in case.pack.axes}
    panels = [parts_marks.panel(f"{names[flip.axis]}: when {flip.happened}", row.shown) for flip, row in found]
    if any(panel.blocks for panel in panels):
        title = headlines.moved([(row.words, row.shown) for _, row in found])
        _add_chart(doc, case, charts.Moved(tuple(panels)), parts_marks.flip_rows(case), title=title)


def _add_chart(
    doc: Document, case: Case, drawn: charts.DivergingBars | charts.BeforeAfter | charts.Moved,
    rows: Sequence[LevelRow | MoveRow], *, title: str,
) -> None:
    doc.figure(drawn, title=title, caption=parts_marks.caption(rows, case.held), table=parts_marks.twin(drawn))


def add_go_ahead(doc: Document, case: Case) -> None:
    """Write whether people would let the data be shared, each time it was asked."""
    rows = parts_marks.decisions(case)
    if rows:
        doc.table(
            head=["When", "Private answers"], rows=rows, widths=(5, 9),
            caption="Should this data be shared in this way?",
        )


def add_small_cases(doc: Document, state: Workshop, cases: Sequence[Case]) -> None:
    """Write one sentence for all cases that too few people marked, and in words what moved them."""
    if not cases:
        return
    lead = "Each of these cases was" if len(cases) > 1 else "This case was"
    doc.paragraph(
        f"{lead} marked by {few(state, cases)} people. Numbers from so few could be traced to people, so none are printed "
        "here; the marks count in the report across areas. Which way more people moved is told in words."
    )
    rows = []
    for case in cases:
        tables = phrases.tables(table.number for table in state.open_tables() if table.scenario == case.scenario)
        moved = parts_marks.directions(case) or "Too few marks to say which way."
        rows.append([state.pack.scenario(case.scenario).title, phrases.upper(tables), moved])
    doc.table(head=["Case", "Marked at", "What moved people"], rows=rows, widths=(5, 2, 7))


def few(state: Workshop, cases: Sequence[Case]) -> str:
    """How many people marked each of these cases, roughly: the exact number of so few says too much."""
    counts = at_tables(state)
    sizes = [
        sum(counts[table.number] for table in state.open_tables() if table.scenario == case.scenario) for case in cases
    ]
    return "about five" if all(4 <= size <= 6 for size in sizes) else "fewer than ten" if max(sizes) < 10 else "too few"
