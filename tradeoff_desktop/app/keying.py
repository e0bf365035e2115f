"""Keying a paper sheet: which box comes next, what stands in it already, and which digit was typed for it.

Three digits of the seat code, then one digit a box, no Enter (decision 8). Every digit is a record at once; this
module only knows where the keyer is. Keyings are told apart by number: 1 the first, 2 a second one made blind for
the sample, 3 only of the boxes where the two differ.
"""

from dataclasses import dataclass, replace

from tradeoff_desktop.errors import RuleError
from tradeoff_desktop.model import capture
from tradeoff_desktop.model.capture import MISSING_KEYS, How
from tradeoff_desktop.model.pack import Pack
from tradeoff_desktop.model.records import Aid
from tradeoff_desktop.model.sheets import SHEETS, Cell
from tradeoff_desktop.model.workshop import Keyed, Workshop

CODE = 3  # digits of a seat code
HIDDEN = "•"
KEY_OF = {answer: key for key, answer in MISSING_KEYS.items()} | {"absent": "–"}


@dataclass(frozen=True, slots=True)
class Place:
    """Where the keyer is: typing a code, asked whether to open a keyed sheet, or at one box of a sheet.

    ``who`` asks further whether a different person keys it now. A whole code without a sheet was refused: it stands
    there, and takes no digit, until somebody clears it.
    """

    sheet: int
    digits: str = ""
    seat: str = ""
    cells: tuple[Cell, ...] = ()
    at: int = 0
    keying: int = 1
    asks: bool = False
    who: bool = False

    @property
    def cell(self) -> Cell | None:
        """The box the next digit is for."""
        return self.cells[self.at] if not self.asks and self.at < len(self.cells) else None

    @property
    def refused(self) -> bool:
        """Whether a wrong code stands here. Its sheet's answers, typed on, must never become another code."""
        return len(self.digits) == CODE


def start(sheet: int) -> Place:
    """Ready for a seat code."""
    return Place(sheet)


def type_code(place: Place, digit: str, *, state: Workshop, device: str) -> Place:
    """One digit of the seat code; the third one opens the sheet.

    A sheet that is wholly keyed, on whichever laptop, is asked about first, and while it is, a new code is no answer;
    one half keyed goes on at its first empty box. RuleError as ``capture.open_sheet``: the code is wrong, not on the list, or no consent is on record.
    """
    if place.refused or place.asks:
        return place
    digits = place.digits + digit
    if len(digits) < CODE:
        return Place(place.sheet, digits)
    cells = tuple(capture.open_sheet(state, seat=digits, sheet=place.sheet))
    opened = Place(place.sheet, seat=digits, cells=cells)
    empty = [
        at for at, cell in enumerate(cells)
        if not (own_answer(state, opened, cell, device=device) or state.answer(digits, cell))
    ]
    return replace(opened, at=empty[0]) if empty else replace(opened, asks=True)


def refuse(place: Place, code: str) -> Place:
    """Hold a refused code, so that nothing is taken until it is cleared."""
    return Place(place.sheet, code)


def open_again(place: Place) -> Place:
    """Yes: open the keyed sheet at its first box; what is typed replaces what stands there."""
    return replace(place, asks=False, at=0)


def ask_who(place: Place, *, state: Workshop) -> Place:
    """The sheet is to be keyed once more: a second time by somebody else, a third time whoever looks at the sheet."""
    return replace(place, who=True) if _lacking(state, place, 2) else key_again(place, state=state)


def key_again(place: Place, *, state: Workshop) -> Place:
    """Key a whole sheet once more without seeing what stands there; the third time only the boxes that differ.

    RuleError("nothing_differs") where two keyings agree throughout or three have been made.
    """
    lacking = _lacking(state, place, 2)
    if lacking:
        return replace(place, asks=False, who=False, at=lacking[0], keying=2)
    cells = tuple(capture.open_sheet(state, seat=place.seat, sheet=place.sheet))
    differing = tuple(cell for cell in cells if state.answer(place.seat, cell) == "differs")
    if not differing or not _lacking(state, replace(place, cells=differing), 3):
        raise RuleError("nothing_differs", seat=place.seat, sheet=place.sheet)
    return replace(place, asks=False, who=False, at=0, keying=3, cells=differing)


def differing(state: Workshop, place: Place) -> int:
    """How many boxes of the sheet were keyed differently and are not settled."""
    return sum(state.answer(place.seat, cell) == "differs" for cell in place.cells)


def _lacking(state: Workshop, place: Place, keying: int) -> list[int]:
    """The boxes that nobody has keyed for the second, or third, time."""
    keyed = state.keyed.get((place.seat, place.sheet), {})
    return [at for at, cell in enumerate(place.cells) if keying not in {made for _, made in keyed.get(cell, {})}]


def advance(place: Place) -> Place:
    """On to the next box, and after the last one to the next code."""
    return replace(place, at=place.at + 1) if place.at + 1 < len(place.cells) else Place(place.sheet)


def back(place: Place, last: Place | None) -> Place:
    """Backspace: take a digit away, or a refused code; open the box before, or the last box of the sheet keyed last."""
    if place.refused:
        return Place(place.sheet)
    if place.digits:
        return replace(place, digits=place.digits[:-1])
    if place.cell is not None:
        return replace(place, at=place.at - 1) if place.at else Place(place.sheet)
    if place.asks:
        return Place(place.sheet)
    return last if last is not None and last.sheet == place.sheet else place


def at(place: Place, box: int) -> Place:
    """The same sheet at another box."""
    return replace(place, at=box, asks=False)


def how(place: Place, *, state: Workshop, device: str, base: How = capture.PAPER) -> How:
    """How the next answer is recorded: its keying, and the own record it replaces."""
    cell = place.cell
    before = _own(state, place.seat, cell, device).get(place.keying) if cell is not None else None
    return base._replace(keying=place.keying, replaces=before.record.seq if before else 0)


def aid_of(state: Workshop, place: Place, *, device: str) -> Aid | None:
    """With whose help this laptop keyed this sheet; None where it has keyed nothing of it."""
    found = [kept for cell in place.cells if (kept := _own(state, place.seat, cell, device).get(place.keying))]
    return found[-1].body.aid if found else None


def own_answer(state: Workshop, place: Place, cell: Cell, *, device: str) -> str:
    """What this laptop keyed in this keying, "" for nothing: a second keying does not see the first."""
    found = _own(state, place.seat, cell, device).get(place.keying)
    return found.body.answer if found else ""


def shown(state: Workshop, place: Place, cell: Cell, *, device: str, hidden: bool = False) -> str:
    """What the box shows: the key that was typed for it, or what another laptop keyed, marked with a star.

    A person's own answer in a ballot, and every answer where it is to be ``hidden``, is a dot.
    """
    answer = own_answer(state, place, cell, device=device)
    other = "" if answer or place.keying > 1 else state.answer(place.seat, cell)
    if (answer or other) and (hidden or _by_ballot(state, place.seat, cell)):
        return HIDDEN
    return f"{key_of(other)}*" if other else key_of(answer)


def _by_ballot(state: Workshop, seat: str, cell: Cell) -> bool:
    """Whether a person typed the answer without anybody looking: nobody looks now either."""
    keyings = state.keyed.get((seat, cell.sheet), {}).get(cell, {})
    return any(keyed.body.mode == "ballot" for keyed in keyings.values())


def key_of(answer: str) -> str:
    """The key that stands for an answer."""
    return "≠" if answer == "differs" else KEY_OF.get(answer, answer)


def _own(state: Workshop, seat: str, cell: Cell, device: str) -> dict[int, Keyed]:
    keyings = state.keyed.get((seat, cell.sheet), {}).get(cell, {})
    return {keying: keyed for (writer, keying), keyed in keyings.items() if writer == device}


def block_name(pack: Pack, cell: Cell) -> str:
    """The printed heading of the boxes about one card: the case, or the flip of it."""
    scenario = pack.scenario(cell.scenario)
    flip = scenario.flip(cell.variant)
    if flip is not None:
        return f"{pack.axis(flip.axis).label}: {flip.label}"
    return scenario.label


def choices(pack: Pack, item: str) -> list[tuple[str, str]]:
    """Every key that means something in a box of ``item``, with its words."""
    found = [(option.key, option.projector) for option in pack.item(item).options]
    named = {missing.code: missing.name for missing in pack.missing}
    extra = [(key, named.get(code, code)) for key, code in MISSING_KEYS.items() if code in named]
    return found + extra


def progress(state: Workshop) -> dict[tuple[int, int], tuple[int, int]]:
    """(table, sheet) -> sheets wholly keyed, sheets expected."""
    found: dict[tuple[int, int], tuple[int, int]] = {}
    for seat in state.sitting():
        table = state.table_of(seat).number
        for sheet in SHEETS:
            done, expected = found.get((table, sheet), (0, 0))
            found[table, sheet] = done + state.sheet_done(seat, sheet), expected + 1
    return found

