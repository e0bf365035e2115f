"""What the audience sees, as values: one page at a time, decided by a pure function of the workshop.

The window on the second screen and the thumbnails on the console draw these values and nothing else. A result is
no part of any value before it is revealed, so no widget can leak it.
"""

from dataclasses import dataclass
from typing import NamedTuple

from tradeoff_desktop.app import pictures
from tradeoff_desktop.app.pictures import Picture
from tradeoff_desktop.model import records as r
from tradeoff_desktop.model.pack import BASE, AgendaStep, Flip, Pack, Scenario
from tradeoff_desktop.model.runsheet import Screen, step_of
from tradeoff_desktop.model.workshop import Workshop

Key = tuple[str, int]  # (device, seq) of a record
SMALLEST_TEXT = 80  # of 1080 lines: nothing a room must read is smaller
SEAT_CARD = "Please keep your seat card. You need its number if you want to take your answers back."


@dataclass(frozen=True, slots=True)
class Holding:
    """Between steps, at the start and after a restart: where we are, nothing more."""

    title: str
    words: str

    def spoken(self) -> str:
        """The page read aloud."""
        return f"{self.title}. {self.words}"


@dataclass(frozen=True, slots=True)
class Box:
    """One box of a card: its icon, one or two lines of words, and whether a flip changed it."""

    icon: str
    words: tuple[str, ...]
    changed: bool = False

    def spoken(self) -> str:
        """The box read aloud."""
        return ("Changed: " if self.changed else "") + ", ".join(self.words)


@dataclass(frozen=True, slots=True)
class Card:
    """A scenario or one flip of it: who holds which data, who receives it, how far from a name."""

    data: Box
    receiver: Box
    privacy: Box
    text: str
    question: str = ""

    def spoken(self) -> str:
        """The page read aloud."""
        boxes = f"{self.data.spoken()}; goes to {self.receiver.spoken()}; {self.privacy.spoken()}."
        return " ".join(part for part in (boxes, self.text, self.question) if part)


@dataclass(frozen=True, slots=True)
class Question:
    """A question with its options, each beside the digit that stands for it.

    ``lead`` is the case to try it out on, ``sheet`` 0 where none is written on.
    """

    text: str
    options: tuple[tuple[str, str], ...]
    lead: str = ""
    sheet: int = 0
    clock: str = ""

    def spoken(self) -> str:
        """The page read aloud."""
        options = "; ".join(f"{key}, {words}" for key, words in self.options)
        parts = (self.lead, f"{self.text} {options}.", turn_to(self.sheet), self.clock)
        return " ".join(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class Task:
    """What every table does on its own: the task, the sheet and the time left."""

    title: str
    text: str
    sheet: int = 0
    clock: str = ""

    def spoken(self) -> str:
        """The page read aloud."""
        return " ".join(part for part in (f"{self.title}.", self.text, turn_to(self.sheet), self.clock) if part)


@dataclass(frozen=True, slots=True)
class Result:
    """A revealed result: the bars that may be shown and the sentence that goes with them."""

    picture: Picture

    def spoken(self) -> str:
        """The page read aloud."""
        return self.picture.spoken()


@dataclass(frozen=True, slots=True)
class BeforeAfter:
    """Two revealed markings of the same people, one above the other, and how many moved."""

    picture: Picture

    def spoken(self) -> str:
        """The page read aloud."""
        return self.picture.spoken()


class TableStand(NamedTuple):
    """Where one table stands, for all to see: positions are public acts."""

    table: str
    about: str
    decision: str
    disagreed: str


@dataclass(frozen=True, slots=True)
class Positions:
    """The tables' positions side by side."""

    title: str
    rows: tuple[TableStand, ...]

    def spoken(self) -> str:
        """The page read aloud."""
        rows = "; ".join(", ".join(part for part in row if part) for row in self.rows)
        return f"{self.title}. {rows}"


@dataclass(frozen=True, slots=True)
class StatementPage:
    """One statement read back to the room, with its votes once they are counted."""

    table: str
    text: str
    votes: str = ""

    def spoken(self) -> str:
        """The page read aloud."""
        return " ".join(part for part in (f"{self.table}.", self.text, self.votes) if part)


@dataclass(frozen=True, slots=True)
class Blank:
    """Nothing at all."""

    def spoken(self) -> str:
        """The page read aloud."""
        return "Blank"


@dataclass(frozen=True, slots=True)
class Thanks:
    """The end."""

    title: str
    words: str

    def spoken(self) -> str:
        """The page read aloud."""
        return f"{self.title}. {self.words}"


Page = Holding | Card | Question | Task | Result | BeforeAfter | Positions | StatementPage | Blank | Thanks


@dataclass(frozen=True, slots=True)
class Stage:
    """A page, whether it must be marked as practice, and how large its words may be (1.0: 80 of 1080 lines)."""

    page: Page
    practice: bool = False
    scale: float = 1.0

    def spoken(self) -> str:
        """The page read aloud, with its mark."""
        return ("Practice. " if self.practice else "") + self.page.spoken()


def stage(
    state: Workshop, screen: Screen, *, revealed: bool = False, blank: bool = False,
    statement: Key | None = None, clock: str = "",
) -> Stage:
    """What the audience sees.

    ``revealed`` shows the result that lies over this screen, if it may be shown; ``statement`` is the one being
    read back; ``clock`` the time left in words, shown only where people work by it.
    """
    scale = state.setup.text_px / SMALLEST_TEXT if state.setup is not None else 1.0
    if blank:
        return Stage(Blank(), state.opening.practice, scale)
    picture = pictures.over(state, screen) if revealed else None
    if picture is None:
        return Stage(_plain(state, screen, statement, clock), state.opening.practice, scale)
    return Stage(BeforeAfter(picture) if len(picture.bars) > 1 else Result(picture), state.opening.practice, scale)


def _plain(state: Workshop, screen: Screen, statement: Key | None, clock: str) -> Page:
    pack = state.pack
    step = step_of(pack, screen.step)
    # Where nothing is marked any more, the base of the flips is the card to talk about, not its question.
    talk = screen.shown == "question" and step is not None and step.sheet == 0
    if screen.scenario and (talk or screen.shown in {"scenario", "flip"}):
        return card(pack, screen.scenario, screen.variant)
    if screen.shown == "positions":
        return Positions("Where the tables stand", tuple(stands(state, screen.scenario)))
    if screen.shown == "statements":
        return _statement(state, statement)
    if step is not None and screen.shown in {"question", "task", "thanks"}:
        return _of_step(pack, step, screen.shown, clock)
    return Holding(_holding_title(pack, step), pack.area(state.area).name)


def _holding_title(pack: Pack, step: AgendaStep | None) -> str:
    """What the room reads while nothing is on: titles of working steps are the facilitator's, their part's is not."""
    if step is None or step.before_start:
        return pack.title
    if step.audience == "holding":
        return step.title
    return next((part.title for part in pack.parts if part.id == step.part), pack.title)


def _of_step(pack: Pack, step: AgendaStep, shown: str, clock: str) -> Page:
    """The pages that only the agenda decides."""
    if shown == "question":
        return _question(pack, step, clock)
    if shown == "task":
        return Task(step.title, step.task or "Work at your table from your printed cards.", step.sheet, clock)
    return Thanks("Thank you", step.task or SEAT_CARD)


def card(pack: Pack, scenario: str, variant: str = BASE) -> Card:
    """The card of a scenario, or of one flip of it with the changed box marked and the same question below."""
    found = pack.scenario(scenario)
    flip = found.flip(variant)
    axis = flip.axis if flip else ""
    codes = flip.to if flip and axis == "D" else found.data
    receiver = flip.to[0] if flip and axis == "O" else found.receiver
    level = flip.to[0] if flip and axis == "A" else found.anonymisation
    return Card(
        data=Box(_data_icon(pack, codes), (found.holder_label, _data_words(found, flip)), axis == "D"),
        receiver=Box(
            _icon(pack, "O", receiver), (flip.label if flip and axis == "O" else found.receiver_label,), axis == "O",
        ),
        privacy=Box(
            _icon(pack, "A", level), (flip.label if flip and axis == "A" else found.privacy_label,), axis == "A",
        ),
        text=flip.projector if flip else found.projector,
        question=pack.item(pack.primary_item).projector if flip else "",
    )


def _data_words(scenario: Scenario, flip: Flip | None) -> str:
    if flip is None or flip.axis != "D":
        return scenario.data_label
    # A label that begins with "+" names what comes on top of what the base card says.
    return f"{scenario.data_label} {flip.label}" if flip.label.startswith("+") else flip.label


def _data_icon(pack: Pack, codes: list[str]) -> str:
    """The icon of the most sensitive kind of data in the set."""
    levels = [level for level in pack.axis("D").levels if level.code in codes]
    return max(levels, key=lambda level: level.rank).icon if levels else ""


def _icon(pack: Pack, axis: str, code: str) -> str:
    return next((level.icon for level in pack.axis(axis).levels if level.code == code), "")


def _question(pack: Pack, step: AgendaStep, clock: str) -> Question:
    item = pack.item(pack.primary_item)
    options = tuple((o.key, o.projector) for o in item.options if o.value.isdigit())
    return Question(item.projector, options, step.task, step.sheet, clock)


def turn_to(sheet: int) -> str:
    """The line that sends people to a sheet, "" where none is written on."""
    return f"Turn to sheet {sheet}." if sheet else ""


def stands(state: Workshop, scenario: str = "") -> list[TableStand]:
    """Every open table's position on ``scenario``, or on its own theme's scenario."""
    decisions = {named.code: named.name for named in state.pack.decisions}
    decisions |= {o.value: o.projector for i in state.pack.items if i.code == "DEC" for o in i.options}
    rows = []
    for table in state.open_tables():
        position = state.positions.get((table.number, scenario or table.scenario))
        about = "" if scenario else state.pack.theme(table.theme).label
        rows.append(TableStand(
            f"Table {table.number}", about, decisions.get(position.decision, "") if position else "Not yet",
            _disagreed(position) if position else "",
        ))
    return rows


def _disagreed(position: r.Position) -> str:
    if position.decision == "no_agreement" and not position.disagreed:
        return ""  # there was nothing to disagree with
    return f"{position.disagreed} disagreed" if position.disagreed else "nobody disagreed"


def drafts(state: Workshop) -> list[tuple[Key, r.Statement]]:
    """The statements of the room, oldest first, each with the key it is asked for by."""
    return [(record.key, body) for record, body in state.bodies(r.Statement)]


def _statement(state: Workshop, chosen: Key | None) -> Page:
    """The chosen statement, otherwise the first that still waits for its vote, otherwise the last one."""
    found = drafts(state)
    if not found:
        return Holding("Statements", "Each table reads out its own.")
    waiting = [body for _, body in found if body.state == "draft"]
    body = dict(found).get(chosen) if chosen else None
    body = body or (waiting[0] if waiting else found[-1][1])
    return StatementPage(f"Table {body.table}", body.text, _votes(body))


def _votes(body: r.Statement) -> str:
    if body.state == "draft":
        return ""
    counts = f"{body.in_favour} in favour, {body.against} against, {body.abstained} abstained"
    return counts if body.state == "ratified" else f"No agreement: {counts}"
