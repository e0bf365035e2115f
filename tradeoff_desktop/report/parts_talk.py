"""The talk on paper: notes by step and case, red lines, open questions; words kept as said apart from paraphrase."""

from collections.abc import Sequence
from itertools import groupby

from tradeoff_desktop.model.pack import BASE, Pack
from tradeoff_desktop.model.runsheet import step_of
from tradeoff_desktop.model.workshop import Workshop
from tradeoff_desktop.report import charts, headlines, phrases
from tradeoff_desktop.report.content import Table
from tradeoff_desktop.report.document import Document
from tradeoff_desktop.report.parts_words import Said, said
from tradeoff_desktop.report.text import Span, Text

_MOST_BARS = 16


def add_notes(doc: Document, found: Sequence[Said]) -> None:
    """Write points by step of the agenda and by case."""
    for (_, step), of_step in groupby(found, key=lambda words: (words.place[0], words.step)):
        notes = list(of_step)
        pack = notes[0].state.pack
        doc.heading(2, step_title(pack, step))
        for scenario, of_case in groupby(notes, key=lambda words: words.scenario):
            case = list(of_case)
            if scenario and len({words.scenario for words in notes}) > 1:
                doc.heading(3, case_title(pack, scenario))
            add_points(doc, case)


def add_points(doc: Document, found: Sequence[Said]) -> None:
    """Write what note-takers put in their own words, then what they took down as it was said."""
    if paraphrased := [words for words in found if not words.verbatim]:
        doc.bullets([_noted(words) for words in paraphrased])
    for words in found:
        if words.verbatim:
            mark = "" if words.quotable else " · not for quoting"
            doc.quote(words.text, source=f"{phrases.upper(_source(words))}{mark}")


def add_red_lines(doc: Document, state: Workshop) -> bool:
    """Write what must not happen, whatever the conditions: as said, and as a table's position. False if there is none."""
    lines: list[Text] = [red_line(words) for words in said([state], "red_line")]
    for (table, scenario), position in sorted(state.positions.items()):
        if position.decision == "4":
            title = state.pack.scenario(scenario).title
            lines.append([Span(f"Table {table} on “{title}”: ", strong=True), phrases.stopped(position.reason or "no condition would make it right")])
    if lines:
        doc.bullets(lines)
    return bool(lines)


def red_line(words: Said) -> Text:
    """One red line: a public act, so its table is named, and never the group."""
    about = f", {card(words)}" if words.scenario in {s.id for s in words.state.pack.scenarios} else ""
    return [in_marks(words), f" ({phrases.tables([words.table])}{about})"]


def add_questions(doc: Document, found: Sequence[Said], *, where: bool = True) -> None:
    """Write the questions that were parked; the same question of several tables once."""
    asked: dict[str, list[str]] = {}
    for words in found:
        asked.setdefault(words.text, []).append(_source(words))
    sources = {text: phrases.listed(dict.fromkeys(of)) for text, of in asked.items()}
    doc.bullets([f"{text} ({sources[text]})" if where else text for text in asked])


def add_tally(
    doc: Document, rows: Sequence[tuple[str, int]], *, title: str, table: Table, held: str, drawn: bool = True,
) -> None:
    """Draw how many tables raised each thing, with its table; the table alone where there is to be no picture."""
    if not drawn:
        doc.table(head=table.head, rows=table.rows, caption=title, widths=table.widths, align=table.align)
        return
    chart = charts.Tally(tuple(rows[:_MOST_BARS]))
    more = len(rows) - len(chart.rows)
    left = f" {phrases.upper(phrases.counted(more, 'row'))} with fewer stand in the table only." if more > 0 else ""
    doc.figure(chart, title=title, caption=f"Numbers of tables, however often a table came back to it; {held}. Said in public; nothing is hidden.{left}", table=table)


def add_topics(
    doc: Document, found: Sequence[tuple[str, frozenset[tuple[str, int]]]], *, of: int, held: str, drawn: bool = True,
) -> None:
    """Draw the topics that came up; nothing where there is none."""
    if found:
        rows = [(phrases.upper(name.replace("-", " ")), len(tables)) for name, tables in found]
        table = Table(head=("Topic", "Tables"), rows=tuple((name, str(count)) for name, count in rows), widths=(8, 2), align="lr")
        most = max(of, *(count for _, count in rows))
        title = headlines.leading(rows, of=most, verb="raised the topic", none="no topic was raised by more than")
        add_tally(doc, rows, title=title, table=table, held=held, drawn=drawn)


def publishable(found: Sequence[Said]) -> list[Said]:
    """Notes fit to be published: words as they were said only where all who may have said them agreed to be quoted."""
    return [words for words in found if not words.verbatim or words.quotable]


def card(words: Said) -> str:
    """The case a note is about, with the change it was made on: "Help before eviction, when ..."."""
    found = words.state.pack.scenario(words.scenario)
    flip = found.flip(words.variant) if words.variant not in {"", BASE} else None
    return f"{found.label}, when {flip.happened}" if flip else found.label


def step_title(pack: Pack, step: str) -> str:
    """The title of an agenda step."""
    found = step_of(pack, step)
    return found.title if found else "At other times"


def case_title(pack: Pack, scenario: str) -> str:
    """The title of a case."""
    return next((s.title for s in pack.scenarios if s.id == scenario), scenario)


def in_marks(words: Said) -> str:
    """The words, in quotation marks where they were taken down as they were said and may be quoted."""
    return f"“{words.text}”" if words.verbatim and words.quotable else words.text


def _noted(words: Said) -> str:
    flip = words.state.pack.scenario(words.scenario).flip(words.variant) if words.variant and words.scenario else None
    return f"{words.text} ({_source(words)}{f', when {flip.happened}' if flip else ''})"


def _source(words: Said) -> str:
    return words.where or "the whole room"
