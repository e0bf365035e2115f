"""The four paper sheets a person fills in, as the cells they hold in printed order (decisions 5 and 20).

Sheet 1 is R0, 2 the anchor's RB and flips, 3 the theme scenario's RB and flips, 4 is R1. The flips stand in the
presentation order that the allocation gave to the room (anchor) or the table (theme).
"""

from collections.abc import Iterator
from typing import NamedTuple

from tradeoff_desktop.model.pack import BASE, Pack

SHEETS = (1, 2, 3, 4)


class Cell(NamedTuple):
    """One box on one sheet: what is asked about what, when."""

    sheet: int
    scenario: str
    variant: str
    round: str
    item: str
    position: int  # place in the presentation order; 0 is the base


def cells(pack: Pack, *, sheet: int, area: str, table: int, theme_scenario: str) -> list[Cell]:
    """The cells of ``sheet`` for somebody at ``table``, in the order they are printed and keyed."""
    anchor = pack.anchor.id
    if sheet == 1:
        return [*_base(pack, 1, anchor, "R0"), *_base(pack, 1, theme_scenario, "R0")]
    if sheet == 4:
        return [*_base(pack, 4, anchor, "R1"), *_base(pack, 4, theme_scenario, "R1")]
    scenario, term = (anchor, 0) if sheet == 2 else (theme_scenario, table)
    order = pack.order_index(area=area, table=term, scenario=scenario)
    return list(_with_flips(pack, sheet, scenario, order))


def _base(pack: Pack, sheet: int, scenario: str, round_: str) -> Iterator[Cell]:
    for item in pack.items:
        if round_ in item.rounds:
            yield Cell(sheet, scenario, BASE, round_, item.code, 0)


def _with_flips(pack: Pack, sheet: int, scenario: str, order: int) -> Iterator[Cell]:
    yield from _base(pack, sheet, scenario, "RB")
    for position, flip in enumerate(pack.flip_order(scenario, order), start=1):
        for item in pack.items:
            if "RV" in item.rounds:
                yield Cell(sheet, scenario, flip.id, "RV", item.code, position)
