"""What was said, as the note-takers wrote it: who may be named, clarifications, redactions, places in the agenda."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from tradeoff_desktop.findings.disclosure import quote_may_name_group
from tradeoff_desktop.model import records as r
from tradeoff_desktop.model.workshop import Workshop
from tradeoff_desktop.report import phrases
from tradeoff_desktop.report.parts_people import attended

REDACTED = "reworded later to leave out personal data"


@dataclass(frozen=True, slots=True)
class Said:
    """One note as it may be printed. ``group`` is a name, or "" where naming it could name a person."""

    state: Workshop
    kind: r.NoteKind
    text: str
    verbatim: bool
    group: str
    table: int
    step: str
    scenario: str
    variant: str
    speakers: frozenset[str]  # the seats any of which may have said it
    redacted: bool = False
    key: tuple[str, int] = ("", 0)  # the record it stands in

    @property
    def where(self) -> str:
        """The group or the table, never both: together they can name one person.

        A table's own case names its table already, so that nothing but the table is told of words about it.
        """
        return self.group if self.group and not self._of_one_table else phrases.tables([self.table])

    @property
    def _of_one_table(self) -> bool:
        """Whether what it was said about gives the table away."""
        found = {scenario.id: scenario for scenario in self.state.pack.scenarios}.get(self.scenario)
        return found is not None and not found.anchor

    @property
    def place(self) -> tuple[int, int]:
        """Where it stands in a report: by step of the agenda, then by case."""
        pack = self.state.pack
        steps = {step.id: place for place, step in enumerate(pack.agenda)}
        cases = {scenario.id: place for place, scenario in enumerate(pack.scenarios, start=1)}
        return steps.get(self.step, len(steps)), cases.get(self.scenario, 0)

    @property
    def quotable(self) -> bool:
        """Whether everybody who may have said it agreed to be quoted; notes name no speaker."""
        consents = self.state.consents
        return all(seat in consents and consents[seat].quotable for seat in self.speakers)


def said(states: Iterable[Workshop], *kinds: r.NoteKind) -> list[Said]:
    """All notes of these kinds (all kinds where none is named), in the order of the agenda."""
    found = [words for state in states for words in _of(state) if not kinds or words.kind in kinds]
    return sorted(found, key=lambda words: words.place)


def topics(states: Iterable[Workshop]) -> list[tuple[str, frozenset[tuple[str, int]]]]:
    """Topics with the tables that raised them, most tables first: tags of the room, and codes of the centre."""
    found: dict[str, set[tuple[str, int]]] = {}
    for state in states:
        notes = {record.key: body for record, body in state.bodies(r.Note)}
        named = [(tag, body) for body in notes.values() for tag in body.tags]
        for _, coding in state.bodies(r.Coding):
            if (note := notes.get((coding.of.device, coding.of.seq))) is not None:
                named.append((coding.code, note))
        for code, body in named:
            found.setdefault(code, set()).add((state.opening.workshop, body.table))
    return sorted(((code, frozenset(tables)) for code, tables in found.items()), key=lambda one: (-len(one[1]), one[0]))


def _of(state: Workshop) -> Iterator[Said]:
    """The notes of one workshop in record order, new wordings in the place of the words they replace."""
    added = state.clarified()
    # The note that follows a redaction says anew what the redaction erased.
    anew = {(record.device, record.seq + 1): (body.of.device, body.of.seq) for record, body in state.bodies(r.Redaction)}
    for record, body in sorted(state.bodies(r.Note), key=lambda one: anew.get(one[0].key, one[0].key)):
        yield replace(_one(state, body, body.text, added.get(record.key, []), redacted=record.key in anew), key=record.key)


def _one(state: Workshop, body: r.Note, text: str, added: list[str], *, redacted: bool = False) -> Said:
    named = {group.code: group.name for group in state.pack.groups}
    may = body.group in named and quote_may_name_group(attended(state, body.group))
    marks = [*added, *([REDACTED] if redacted else [])]
    speakers = (
        seat for seat in state.sitting()
        if body.table in {0, state.table_of(seat).number} and body.group in {"", state.seats[seat].group}
    )
    return Said(
        state=state, kind=body.kind, text=" ".join([text, *(f"[{mark}]" for mark in marks)]),
        verbatim=body.verbatim and not redacted, group=named[body.group] if may else "", table=body.table,
        step=body.step, scenario=body.scenario, variant=body.variant, speakers=frozenset(speakers), redacted=redacted,
    )
