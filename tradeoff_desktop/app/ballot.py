"""A private ballot for somebody who cannot use paper: which question comes next, and its words.

Only what is still unanswered is asked, so that nobody ever sees an earlier answer.
"""

from dataclasses import dataclass, replace
from typing import NamedTuple

from tradeoff_desktop.errors import RuleError
from tradeoff_desktop.model import capture
from tradeoff_desktop.model.pack import Pack, Scenario
from tradeoff_desktop.model.runsheet import step_of
from tradeoff_desktop.model.sheets import Cell
from tradeoff_desktop.model.workshop import Workshop

IDLE = 45.0  # seconds without a key after which the cover comes back
PIN = 4  # digits
DECLINED = ("8", "Prefer not to say")


@dataclass(frozen=True, slots=True)
class Ballot:
    """One person's questions that are still to be answered, and the digit chosen for the first, "" for none."""

    seat: str
    cells: tuple[Cell, ...]
    asked: int  # how many the sheet has
    chosen: str = ""

    @property
    def number(self) -> int:
        """Which question of the sheet it is, from 1."""
        return self.asked - len(self.cells) + 1


class Asked(NamedTuple):
    """One page: the case, who would see what, what is different from the card, the question and its options."""

    case: str
    who: str
    text: str
    change: str
    question: str
    options: tuple[tuple[str, str], ...]

    def spoken(self) -> str:
        """The page read aloud."""
        options = ". ".join(f"{key}: {words}" for key, words in self.options)
        return " ".join(part for part in (f"{self.case}.", self.who, self.text, self.change, self.question, options) if part)


def begin(state: Workshop, *, seat: str, sheet: int) -> Ballot:
    """Open a person's sheet at its first unanswered question.

    RuleError as ``capture.open_sheet``, and "answered_already" where nothing is left to ask.
    """
    cells = capture.open_sheet(state, seat=seat, sheet=sheet)
    left = tuple(cell for cell in cells if not state.answer(seat, cell))
    if not left:
        raise RuleError("answered_already", seat=seat, sheet=sheet)
    return Ballot(seat, left, len(cells))


def choose(ballot: Ballot, digit: str, *, state: Workshop) -> Ballot:
    """Choose an answer, or another one. RuleError("bad_key") for a digit that is not among the options."""
    if digit not in {key for key, _ in ask(state.pack, ballot).options}:
        raise RuleError("bad_key", key=digit)
    return replace(ballot, chosen=digit)


def forget(ballot: Ballot) -> Ballot:
    """Nothing is chosen."""
    return replace(ballot, chosen="")


def advance(ballot: Ballot) -> Ballot | None:
    """On to the next question, None after the last."""
    return Ballot(ballot.seat, ballot.cells[1:], ballot.asked) if len(ballot.cells) > 1 else None


def ask(pack: Pack, ballot: Ballot) -> Asked:
    """The words of the page in front."""
    cell = ballot.cells[0]
    scenario, item = pack.scenario(cell.scenario), pack.item(cell.item)
    flip = scenario.flip(cell.variant)
    return Asked(
        case=scenario.title,
        who=f"{scenario.holder_label}: {scenario.data_label} → {scenario.receiver_label} · {scenario.privacy_label}",
        text=_line(scenario.projector + (_weighed(scenario) if cell.item == pack.primary_item and flip is None else "")),
        change=f"{_line(flip.card)} {_line(flip.consequence)}" if flip else "",
        question=item.question,
        options=(*((option.key, option.text) for option in item.options), DECLINED),
    )


def _weighed(scenario: Scenario) -> str:
    """The benefits and risks of the card, where the question is to weigh them up."""
    benefits, risks = (scenario.individual_benefit, scenario.public_benefit), (scenario.privacy_risk, scenario.security_risk)
    return f" Benefits: {' '.join(benefits)} Risks: {' '.join(risks)}"


def _line(words: str) -> str:
    """Words of the pack on one line, however they are wrapped there."""
    return " ".join(words.split())


def sheet_now(state: Workshop) -> int:
    """The sheet that is being written, or was written last; the first before any."""
    found = 1
    for step in state.pack.agenda if step_of(state.pack, state.step) else ():
        found = step.sheet or found
        if step.id == state.step:
            break
    return found
