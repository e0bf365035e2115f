"""What people said, over all areas: the meaning of public benefit, reasons and quotes, a fair share from each area."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest

from tradeoff_desktop.findings import Results
from tradeoff_desktop.findings.areas import MoveAcross
from tradeoff_desktop.findings.sentences import across_sentence
from tradeoff_desktop.model.workshop import Workshop
from tradeoff_desktop.report import parts_marks, parts_talk, phrases
from tradeoff_desktop.report.document import Document
from tradeoff_desktop.report.parts_acts import scenarios
from tradeoff_desktop.report.parts_people import place
from tradeoff_desktop.report.parts_words import Said, said

_MOST_POINTS, _MOST_QUOTES = 18, 8  # reasons and quotes a chapter: all of them stand in the reports on the areas
_TIMES = {"R0": "At the start", "R1": "At the end"}


def add_benefit(doc: Document, states: Sequence[Workshop], results: Results) -> None:
    """Write what public benefit meant to people, and how they weighed two benefits and two risks against each other."""
    steps = {step.id for step in states[0].pack.agenda if step.part == "benefit"}
    found = [words for words in said(states, "point") if words.step in steps]
    rows = list(_trade_offs(states, results))
    if not found and not rows:
        return
    doc.heading(1, "What benefit and risk meant to people")
    if found:
        doc.heading(2, "When the public gains")
        doc.paragraph("Before any case, tables talked about when the public gains. They said:", numbered=True)
        add_voices(doc, found)
    if rows:
        doc.heading(2, _larger(rows))
        doc.paragraph(
            "On every case people marked how much the person and the public would gain, and how large the risks to privacy and to "
            "security were. Counted is which of each two the same person marked higher.", numbered=True,
        )
        doc.table(
            head=["Case", "When", "Private answers, all areas together"], widths=(5, 3, 8),
            rows=[(states[0].pack.scenario(row.scenario).title, _TIMES[row.round], across_sentence(row)) for row in rows],
            caption="Individual or public benefit, privacy or security risk",
        )


def _trade_offs(states: Sequence[Workshop], results: Results) -> Iterator[MoveAcross]:
    """Yield what may be told of both trade-offs, the case for everybody first."""
    order = scenarios(states)
    for scenario in order:
        for kind in ("public", "security"):
            for row in results.moves_across:
                if (row.scenario, row.kind) == (scenario, kind) and row.round in _TIMES and row.shown.blocks:
                    yield row


def _larger(rows: Sequence[MoveAcross]) -> str:
    """The first row that is told, as a title."""
    row = rows[0]
    block = max(row.shown.blocks, key=lambda one: one.people)
    return f"{_TIMES[row.round]}, {block.people} of {row.shown.n} people marked {phrases.lower(parts_marks.merged(block.label))}"


def by_case(states: Sequence[Workshop]) -> dict[str, list[Said]]:
    """What was said of each case, read once for all chapters."""
    found: dict[str, list[Said]] = {}
    for words in said(states, "point", "condition"):
        found.setdefault(words.scenario, []).append(words)
    return found


def add_reasons(doc: Document, found: Sequence[Said], *, level: int = 3) -> None:
    """Write what was said for and against one case."""
    if found:
        points = sum(not words.verbatim for words in found)
        doc.heading(level, f"What was said: {phrases.counted(points, 'point')} and {phrases.counted(len(found) - points, 'quote')} were noted")
        add_voices(doc, found)


def add_voices(doc: Document, notes: Sequence[Said]) -> None:
    """Write points, then quotes: areas take turns, the same words of several are told once, and the rest is counted."""
    found = parts_talk.publishable(notes)
    points = _together(words for words in found if not words.verbatim)
    quotes = _together(words for words in found if words.verbatim)
    if points:
        doc.bullets([f"{text} ({where})" for text, where in points[:_MOST_POINTS]])
    for text, where in quotes[:_MOST_QUOTES]:
        doc.quote(text, source=phrases.upper(where))
    rest = max(len(points) - _MOST_POINTS, 0) + max(len(quotes) - _MOST_QUOTES, 0)
    told = [f"{rest} more {'stands' if rest == 1 else 'stand'} in the reports on the areas."] if rest else []
    if len(found) < len(notes):
        told.append("Some words are left out, because not everybody who may have said them agreed to be quoted.")
    if told:
        doc.paragraph(" ".join(told))


def _together(notes: Iterable[Said]) -> list[tuple[str, str]]:
    """Each text with where it was said; areas in turn, so that none is first in everything."""
    by_area: dict[str, list[Said]] = {}
    for words in notes:
        by_area.setdefault(place(words.state), []).append(words)
    turns = zip_longest(*(by_area[name] for name in sorted(by_area)))
    asked: dict[str, dict[str, list[str]]] = {}
    for words in (one for turn in turns for one in turn if one is not None):
        asked.setdefault(words.text, {}).setdefault(words.where or "the whole room", []).append(place(words.state))
    return [
        (text, "; ".join(f"{who} in {phrases.listed(dict.fromkeys(of))}" for who, of in where.items()))
        for text, where in asked.items()
    ]
