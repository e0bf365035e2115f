"""Who took part: how many, at which tables, and from which groups as far as that may be said."""

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from tradeoff_desktop.findings.disclosure import SDC_1
from tradeoff_desktop.model.workshop import Workshop
from tradeoff_desktop.report import phrases
from tradeoff_desktop.report.document import Document


class Group(NamedTuple):
    """One stakeholder group, or several counted together, and the people of it who took part."""

    name: str
    people: int


def place(state: Workshop) -> str:
    """The workshop by its area, and by its session where the area held another before it."""
    area = state.pack.area(state.area).name
    return area if state.opening.session == "A" else f"{area} (session {state.opening.session})"


def held(state: Workshop) -> str:
    """Where and when it was held, for the caption of a figure: "Leeds, 12 March 2027"."""
    return f"{place(state)}, {phrases.day(state.setup.date)}" if state.setup else place(state)


def present(state: Workshop) -> int:
    """How many people took part and did not withdraw."""
    return len(state.sitting())


def attended(state: Workshop, group: str) -> int:
    """How many people of one group took part."""
    return sum(state.seats[seat].group == group for seat in state.sitting())


def at_tables(state: Workshop) -> Counter[int]:
    """How many people sat at each table."""
    return Counter(state.table_of(seat).number for seat in state.sitting())


def groups(state: Workshop) -> list[Group]:
    """People by group, in the pack's order.

    A role and an area together can name a professional, so a group of fewer than five is counted together with
    others until the sum holds five; where that is not possible, no group is counted at all.
    """
    counts = [Group(group.name, attended(state, group.code)) for group in state.pack.groups]
    rising = sorted(counts, key=lambda group: group.people)
    together: list[Group] = []
    while rising and (rising[0].people < SDC_1.block or 0 < sum(g.people for g in together) < SDC_1.block):
        together.append(rising.pop(0))
    small = sum(group.people for group in together)
    if not rising or 0 < small < SDC_1.block:
        return []
    shown = [group for group in counts if group in rising]
    merged = [group.name for group in counts if group in together]
    return [*shown, Group(phrases.listed(merged), small)] if small else shown


def groups_sentence(state: Workshop) -> str:
    """Who came, by group; "" where the groups are too small to be counted."""
    found = groups(state)
    if not found:
        return ""
    said = phrases.listed(f"{group.name} {group.people}" for group in found)
    merged = any(group.name not in {g.name for g in state.pack.groups} for group in found)
    return f"By group: {said}.{' Groups of fewer than five are counted together.' if merged else ''}"


def took_back(state: Workshop) -> str:
    """How many withdrew: "1 person took their answers back"."""
    return f"{phrases.people(len(state.withdrawn))} took their answers back"


def votes_sentence(states: Sequence[Workshop]) -> str:
    """Why votes can add to more than the people counted now; "" where nobody withdrew."""
    left = [state for state in states if state.withdrawn]
    if not left:
        return ""
    said = phrases.listed(f"in {place(state)} {took_back(state)}" for state in left) if len(states) > 1 else took_back(left[0])
    return f"Votes stand as they were counted in the room. Later {said}, so votes can add to more people than are counted now."


def add_people(doc: Document, state: Workshop, *, numbered: bool = False) -> None:
    """Write who took part."""
    open_tables = state.open_tables()
    doc.paragraph(
        f"{phrases.upper(phrases.people(present(state)))} took part, at {phrases.counted(len(open_tables), 'table')}. "
        f"{groups_sentence(state)}".strip(),
        numbered=numbered,
    )
    counts = at_tables(state)
    doc.table(
        head=["Table", "Theme", "Its own case", "People"],
        rows=[
            [
                f"Table {table.number}", state.pack.theme(table.theme).name,
                state.pack.scenario(table.scenario).title, str(counts[table.number]),
            ]
            for table in open_tables
        ],
        caption="Tables, themes and cases",
        widths=(2, 4, 7, 2), align="lllr",
    )
    changes = _changes(state)
    if changes:
        doc.paragraph(changes, numbered=numbered)


def _changes(state: Workshop) -> str:
    """Who did not come, came late, left early or withdrew."""
    states = Counter[str](seat.state for code, seat in state.seats.items() if code not in state.withdrawn)
    said = [
        f"{phrases.people(states[code])} {words}"
        for code, words in (("no_show", "did not come"), ("late", "came late"), ("left", "left early"))
        if states[code]
    ]
    sentence = f"{phrases.upper(phrases.listed(said))}." if said else ""
    if state.withdrawn:
        sentence += " Where somebody withdrew, what they marked and wrote has been erased and counts nowhere."
    return sentence.strip()
