"""What tables did in public: positions, conditions, statements. Announced as public and printed with their counts.

Private marks never pass through here (decision 37).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from tradeoff_desktop.model import records as r
from tradeoff_desktop.model.pack import BASE, Pack
from tradeoff_desktop.model.workshop import Workshop
from tradeoff_desktop.report import phrases

FRAMEWORK = (
    "Each question was answered aloud, from 1 not at all to 5 fully, with a reason. It is a profile to read, not a score: "
    "the answers are not added up, and no number stands for all of them."
)
UNTAKEN = frozenset({"not_played", "skipped", "unreadable"})  # no position was put on paper
NO_AGREEMENT = "no_agreement"
_VOTED = frozenset({"ratified", "no_agreement"})


class Stand(NamedTuple):
    """One table's position on one case, and the workshop it was taken in."""

    state: Workshop
    position: r.Position

    @property
    def words(self) -> str:
        """The decision as the pack names it."""
        return decision(self.state.pack, self.position.decision)


@dataclass(frozen=True, slots=True)
class Raised:
    """One condition with everybody who raised it on the same card; a table is (workshop, number), 0 the whole room."""

    code: str
    label: str
    text: str
    when: str  # the change it was named for, "" for the case as described
    tables: tuple[tuple[str, int], ...]
    necessity: dict[tuple[str, int], str]
    own_words: tuple[str, ...]

    @property
    def must(self) -> bool:
        """Whether anybody called it a must."""
        return "must" in self.necessity.values()


def decision(pack: Pack, code: str) -> str:
    """A table's decision in words."""
    return next((named.name for named in pack.decisions if named.code == code), code)


def stands(states: Iterable[Workshop], scenario: str) -> list[Stand]:
    """Every table's position on a case, by workshop and table."""
    return [
        Stand(state, position)
        for state in states
        for (_, of), position in sorted(state.positions.items())
        if of == scenario and position.decision not in UNTAKEN
    ]


def tally(found: Sequence[Stand]) -> str:
    """How many tables stood where: "3 only with conditions, 1 no agreement"; of one table its position."""
    if not found:
        return "no position was recorded"
    named = [(phrases.lower(words), count) for words, count in counted(found).items() if count]
    if len(found) == 1:
        return named[0][0]
    if len(named) == 1:
        return f"all {len(found)} {named[0][0]}"
    return ", ".join(f"{count} {words}" for words, count in named)


def counted(found: Sequence[Stand]) -> dict[str, int]:
    """The number of tables for each decision a table may take, by its words and in the pack's order."""
    if not found:
        return {}
    taken = [named for named in found[0].state.pack.decisions if named.code not in UNTAKEN]
    return {named.name: sum(stand.position.decision == named.code for stand in found) for named in taken}


def disagreed(position: r.Position) -> str:
    """How many of the table saw it differently; nothing where the table did not agree on anything to differ from."""
    return "" if position.decision == NO_AGREEMENT else f"{position.disagreed or 'Nobody'} disagreed."


def disagreed_cell(position: r.Position) -> str:
    """The same as a number for a table; a dash where there was no agreement."""
    return "–" if position.decision == NO_AGREEMENT else str(position.disagreed)


def scenarios(states: Iterable[Workshop]) -> list[str]:
    """The cases that were worked on: the anchor, then the tables' own in the pack's order."""
    held = list(states)
    pack = held[0].pack
    used = {table.scenario for state in held for table in state.open_tables()}
    return [pack.anchor.id, *(s.id for s in pack.scenarios if s.id in used and not s.anchor)]


def conditions(states: Iterable[Workshop], scenario: str) -> list[Raised]:
    """Conditions on a case, those raised by most tables first, then in the pack's order."""
    found: dict[tuple[str, str, str], list[tuple[tuple[str, int], str, str]]] = {}
    pack: Pack | None = None
    for state in states:
        pack = state.pack
        for (table, of), position in sorted(state.positions.items()):
            for code in position.conditions if of == scenario else ():
                found.setdefault((code, "", BASE), []).append(((state.opening.workshop, table), "", ""))
        for _, body in state.bodies(r.Condition):
            if body.scenario == scenario:
                own = body.text if body.condition == "other" else ""
                found.setdefault((body.condition, own, body.variant), []).append(
                    ((state.opening.workshop, body.table), body.necessity, "" if own else body.text),
                )
    if pack is None:
        return []
    order = {condition.code: place for place, condition in enumerate(pack.conditions)}
    raised = [_raised(pack, scenario, key, said) for key, said in found.items()]
    return sorted(raised, key=lambda c: (-len(c.tables), bool(c.when), order.get(c.code, len(order)), c.text))


class Ranked(NamedTuple):
    """A condition over all cases: the tables that raised it on any, and the cases they raised it on."""

    label: str
    text: str
    tables: tuple[tuple[str, int], ...]
    cases: tuple[str, ...]


def ranking(states: Sequence[Workshop]) -> list[Ranked]:
    """Conditions over all cases, by the number of tables raising them; a table counts once, however often it did."""
    found: dict[str, list[tuple[str, Raised]]] = {}
    for scenario in scenarios(states):
        for one in conditions(states, scenario):
            found.setdefault(one.label, []).append((scenario, one))
    ranked = [
        Ranked(
            label, raised[0][1].text, tuple(sorted({table for _, one in raised for table in one.tables})),
            tuple(dict.fromkeys(scenario for scenario, _ in raised)),
        )
        for label, raised in found.items()
    ]
    return sorted(ranked, key=lambda one: -len(one.tables))


def _raised(
    pack: Pack, scenario: str, key: tuple[str, str, str], said: list[tuple[tuple[str, int], str, str]],
) -> Raised:
    code, own, variant = key
    known = next((condition for condition in pack.conditions if condition.code == code), None)
    flip = pack.scenario(scenario).flip(variant)
    return Raised(
        code=code, label=known.label if known else phrases.upper(own) or "Something else",
        text=known.text if known else "", when=flip.happened if flip else "",
        tables=tuple(sorted({table for table, _, _ in said})),
        necessity={table: necessity for table, necessity, _ in said if necessity},
        own_words=tuple(dict.fromkeys(words for _, _, words in said if words)),
    )


def who(states: Sequence[Workshop], found: Iterable[tuple[str, int]]) -> str:
    """Tables by number, with the session where an area held several: "tables 1 and 3 of session A"."""
    letters = {state.opening.workshop: state.opening.session for state in states}
    by_workshop: dict[str, list[int]] = {}
    for workshop, number in found:
        by_workshop.setdefault(workshop, []).append(number)
    if len(states) == 1:
        return phrases.listed(phrases.tables(numbers) for numbers in by_workshop.values())
    return phrases.listed(
        f"{phrases.tables(numbers)} of session {letters[workshop]}" for workshop, numbers in sorted(by_workshop.items())
    )


def by_necessity(states: Sequence[Workshop], raised: Raised) -> str:
    """Who said how much it matters: "Must: tables 1 and 3. Should: table 2."."""
    said = []
    for named in states[0].pack.necessity:
        found = [table for table in raised.tables if raised.necessity.get(table) == named.code]
        if found:
            said.append(f"{named.name}: {who(states, found)}.")
    rest = [table for table in raised.tables if table not in raised.necessity]
    return " ".join([*said, *([f"Named by {who(states, rest)}."] if rest else [])])


def statements(state: Workshop) -> list[r.Statement]:
    """Statements by table: those voted on, then those that never came to a vote.

    A draft that was voted on from another laptop stays beside its vote as a record; it is the same statement.
    """
    bodies = [body for _, body in state.bodies(r.Statement)]
    voted = [body for body in bodies if body.state in _VOTED]
    known = {(body.table, " ".join(body.text.split())) for body in voted}
    drafts = [
        body for body in bodies if body.state == "draft" and (body.table, " ".join(body.text.split())) not in known
    ]
    return [*sorted(voted, key=lambda body: body.table), *sorted(drafts, key=lambda body: body.table)]


def votes(body: r.Statement) -> str:
    """What the room did with a statement, with its counts."""
    if body.state == "draft":
        return "It was not put to the vote."
    outcome = "Agreed" if body.state == "ratified" else "No agreement"
    return f"{outcome}: {body.in_favour} in favour, {body.against} against, {body.abstained} abstained."
