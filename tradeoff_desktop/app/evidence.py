"""From what a workshop's records say to the plain rows that findings count."""

from collections.abc import Iterable, Iterator, Sequence

from tradeoff_desktop.app.day import name_of
from tradeoff_desktop.findings import Answer, Contrast, Design, Edition, Results, Scale, find, sentences
from tradeoff_desktop.findings.disclosure import Audience
from tradeoff_desktop.model.pack import Pack
from tradeoff_desktop.model.sheets import Cell
from tradeoff_desktop.model.workshop import Workshop


def rows(state: Workshop) -> Iterator[Answer]:
    """Every answer that counts as one row; "can't say" and missing ones have no value but are kept in the base."""
    for seat, cell, answer in state.answers():
        person = state.seats[seat]
        yield Answer(
            workshop=state.opening.workshop, area=state.area, table=state.table_of(seat).number, seat=seat,
            group=person.group, scenario=cell.scenario, variant=cell.variant, round=cell.round, item=cell.item,
            value=int(answer) if answer.isdigit() else None, position=_position(state, seat, cell),
        )


def _position(state: Workshop, seat: str, cell: Cell) -> int:
    """Where the variant came in the order that was really shown; the planned place where nobody recorded one."""
    table = 0 if state.pack.scenario(cell.scenario).anchor else state.table_of(seat).number
    exposure = state.exposures.get((table, cell.scenario, cell.variant))
    return cell.position if exposure is None else exposure.position


def design(pack: Pack, states: Iterable[Workshop]) -> Design:
    """What the pack declared beforehand: which flip counts towards which contrast, and in which direction."""
    held = list(states)
    contrasts = {
        (scenario.id, flip.id): Contrast(flip.axis, flip.sign if flip.primary else None, flip.happened)
        for scenario in pack.scenarios for flip in scenario.flips
    }
    scales = {item.code: _scale(pack, item.code) for item in pack.items}
    labels = {
        item.code: tuple(option.projector for option in item.options if option.value.isdigit()) for item in pack.items
    }
    return Design(
        contrasts=contrasts, axes={axis.code: axis.contrast for axis in pack.axes}, anchor=pack.anchor.id,
        items=scales, labels=labels, names={s.opening.workshop: name_of(s) for s in held},
        present={s.opening.workshop: present(s) for s in held},
    )


def _scale(pack: Pack, item: str) -> Scale:
    points = sum(option.value.isdigit() for option in pack.item(item).options)
    # The kept cut divides risk from benefit on a balance scale (3|4) and going ahead from not on decisions (2|3).
    return Scale(points, (points + 1) // 2)


def present(state: Workshop) -> int:
    """How many people took part and did not withdraw."""
    return len(state.sitting())


def find_in(
    states: Iterable[Workshop], *, audience: Audience, digest: str = "", earlier: Sequence[Edition] = (),
) -> Results:
    """Everything findings can say about these workshops to this audience, after disclosure control.

    ``earlier``: what editions published before have released of them.
    """
    held = sorted(states, key=lambda state: state.opening.workshop)
    pack = held[0].pack
    answers = [row for state in held for row in rows(state)]
    return find(answers, design(pack, held), audience=audience, digest=digest, earlier=earlier)


def answers(states: Iterable[Workshop], results: Results | None = None) -> list[str]:
    """What the programme asked, answered in sentences: one an axis, from the anchor's primary flips, in counts.

    ``results``: what was found in ``states`` for the audience "published", where it is at hand.
    """
    held = list(states)
    results = results or find_in(held, audience="published")
    if len(held) == 1:
        return [s for row in results.moves if _primary(held[0].pack, row.scenario, row.variant) and row.item == held[0].pack.primary_item
                and (s := sentences.moved_sentence(row))]
    by_axis = {axis.axis: axis for axis in results.axes}
    asked: list[str | None] = [axis.code for axis in held[0].pack.axes]
    told = [
        row for row in results.moves_across
        if row.item == held[0].pack.primary_item and _primary(held[0].pack, row.scenario, row.variant)
    ]
    told.sort(key=lambda row: asked.index(row.axis))
    return [sentences.across_sentence(row, by_axis.get(row.axis)) for row in told]


def _primary(pack: Pack, scenario: str, variant: str) -> bool:
    flip = pack.anchor.flip(variant) if scenario == pack.anchor.id else None
    return flip is not None and flip.primary

