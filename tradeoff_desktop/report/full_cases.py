"""The cases in the full report: positions, conditions, reasons and quotes by area, and the statements of each theme."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple, TypeAlias

from tradeoff_desktop.findings import Results
from tradeoff_desktop.model.pack import Pack
from tradeoff_desktop.model.workshop import Workshop
from tradeoff_desktop.report import parts_voices, phrases
from tradeoff_desktop.report.document import Document
from tradeoff_desktop.report.narrative import Narrative
from tradeoff_desktop.report.parts_acts import (
    NO_AGREEMENT,
    Stand,
    conditions,
    counted,
    disagreed_cell,
    scenarios,
    stands,
    statements,
)
from tradeoff_desktop.report.parts_decisions import add_statement, condition_words, stood_title
from tradeoff_desktop.report.parts_people import place, present, votes_sentence
from tradeoff_desktop.report.parts_words import Said

Voices: TypeAlias = Mapping[str, Sequence[Said]]  # what was said of each case


class View(NamedTuple):
    """What the full report is written from; workshops in the order of their names."""

    states: Sequence[Workshop]
    results: Results
    words: Narrative

    @property
    def pack(self) -> Pack:
        """The pack all workshops used."""
        return self.states[0].pack

    @property
    def heads(self) -> int:
        """How many people took part in all."""
        return sum(present(state) for state in self.states)

    @property
    def tables(self) -> int:
        """How many tables were laid in all."""
        return sum(len(state.open_tables()) for state in self.states)

    @property
    def dates(self) -> str:
        """From the first day to the last."""
        days = sorted(state.setup.date for state in self.states if state.setup)
        if not days:
            return "dates not recorded"
        return phrases.day(days[0]) if days[0] == days[-1] else f"{phrases.day(days[0])} to {phrases.day(days[-1])}"

    @property
    def held(self) -> str:
        """Where and when, for the captions of figures."""
        return f"{phrases.counted(len({state.area for state in self.states}), 'area')}, {self.dates}"

    def name(self, state: Workshop) -> str:
        """The workshop as readers know it."""
        return place(state)


def add_anchor(doc: Document, view: View, voices: Voices) -> None:
    """Write the case that everybody weighed: where tables stood, on which conditions, and why."""
    anchor = view.pack.anchor
    doc.heading(1, f"The case for everybody: {phrases.lower(anchor.title)}")
    doc.paragraph(
        "Every table took a position on the case as it stood on the card. The reasons they gave stand in annex B.", numbered=True,
    )
    found = stands(view.states, anchor.id)
    if found:
        doc.heading(2, stood_title(found))
        by_area = {view.name(state): [stand for stand in found if stand.state is state] for state in view.states}
        heads = [name for name, count in counted(found).items() if count]
        doc.table(
            head=["Area", *heads, "People who disagreed"],
            rows=[
                [name, *(str(counted(here)[head]) for head in heads), _disagreed(here)]
                for name, here in by_area.items() if here
            ],
            caption="Positions of the tables: number of tables", widths=(4, *([3] * len(heads)), 3), align="l" + "r" * (len(heads) + 1),
        )
    _add_raised(doc, view, anchor.id)
    parts_voices.add_reasons(doc, voices.get(anchor.id, ()), level=2)
    view.words.add(doc, "anchor")


def _disagreed(here: Sequence[Stand]) -> str:
    """How many disagreed at the tables that agreed on something; a dash where none did."""
    agreed = [stand.position.disagreed for stand in here if stand.position.decision != NO_AGREEMENT]
    return str(sum(agreed)) if agreed else "–"


def add_themes(doc: Document, view: View, voices: Voices) -> None:
    """Write a chapter for each theme that had a table."""
    own = scenarios(view.states)[1:]
    for theme in view.pack.themes:
        of_theme = [scenario for scenario in own if view.pack.scenario(scenario).theme == theme.code]
        if not of_theme:
            continue
        doc.heading(1, f"Theme: {theme.name.lower()}")
        for scenario in of_theme:
            found = view.pack.scenario(scenario)
            doc.heading(2, found.title)
            doc.paragraph(found.projector, numbered=True)
            add_stands(doc, view, scenario)
            _add_raised(doc, view, scenario)
            parts_voices.add_reasons(doc, voices.get(scenario, ()))
        _add_statements(doc, view, theme.code)
        view.words.add(doc, f"theme.{theme.code}")


def add_stands(doc: Document, view: View, scenario: str) -> None:
    """Write every table's position on one case with its reason."""
    found = stands(view.states, scenario)
    if found:
        doc.table(
            head=["Area", "Table", "Position", "Disagreed", "Reason"],
            rows=[
                [view.name(s.state), str(s.position.table), s.words, disagreed_cell(s.position), s.position.reason or "none given"]
                for s in found
            ],
            caption=stood_title(found), widths=(4, 2, 5, 3, 7), align="lllrl",
        )


def _add_raised(doc: Document, view: View, scenario: str) -> None:
    raised = conditions(view.states, scenario)
    if raised:
        doc.table(
            head=["Condition", "Tables", "Areas", "A must for"],
            rows=[
                [
                    condition_words(one),
                    str(len(one.tables)), str(len({workshop for workshop, _ in one.tables})),
                    str(sum(need == "must" for need in one.necessity.values())),
                ]
                for one in raised
            ],
            caption=f"Conditions on “{view.pack.scenario(scenario).label}”, by number of tables", widths=(9, 2, 2, 3), align="lrrr",
        )


def _add_statements(doc: Document, view: View, theme: str) -> None:
    found = [
        (state, body) for state in view.states for body in statements(state)
        if body.state != "draft" and body.table in state.tables and state.tables[body.table].theme == theme
    ]
    if not found:
        return
    doc.heading(2, "Statements of this theme’s tables")
    if votes_then := votes_sentence(list(dict.fromkeys(state for state, _ in found))):
        doc.paragraph(votes_then, numbered=True)
    for state, body in found:
        add_statement(doc, body, area=view.name(state))
