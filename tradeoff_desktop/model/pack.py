"""A pack: everything a workshop is about, as one immutable, hash-identified value.

Themes, scenarios, axes, scales, conditions, framework, agenda and glossary live in the pack, so that the
program holds no research content. The source of a pack is a folder of TOML files (``app.content`` reads them);
its identity is the SHA-256 of its canonical JSON.
"""

import hashlib
import re
from collections.abc import Iterator
from typing import Annotated, Literal, TypeVar

from msgspec import Meta, Struct, ValidationError, convert

from tradeoff_desktop.errors import ContentError
from tradeoff_desktop.model import codec
from tradeoff_desktop.model.records import Code, Round

Label = Annotated[str, Meta(max_length=20)]  # fits its box on the projector, 8 m away
Sign = Literal[-1, 0, 1]  # 0: no step along the declared contrast (council to police, A0 to A0f); never a primary flip
BASE = "base"
T = TypeVar("T")


class _Part(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    pass


class Theme(_Part, frozen=True, kw_only=True):
    """One of the themes a table works on. ``icon`` names a file of resources/icons."""

    code: Code
    name: str
    label: Label
    icon: str
    colour_word: str = ""


class Area(_Part, frozen=True, kw_only=True):
    """One area of the programme; ``number`` enters the rotation of orders."""

    code: Annotated[str, Meta(pattern=r"^[A-Z]{3}$(?!\n)")]
    name: str
    number: int


class Group(_Part, frozen=True, kw_only=True):
    """A stakeholder group, told apart by shape and initial first, colour second."""

    code: Code
    name: str
    initial: Annotated[str, Meta(max_length=1)]
    shape: Literal["circle", "triangle", "square", "diamond"]


class Level(_Part, frozen=True, kw_only=True):
    """One level of an axis.

    ``rank`` orders it: how sensitive (D), how far from a name (A); on O, 0 is the public sector and more is further
    outside it. Levels of equal rank are no step apart.
    """

    code: Code
    name: str
    label: Label
    plain: str
    rank: int
    icon: str = ""


class Axis(_Part, frozen=True, kw_only=True):
    """D data type, O receiving organisation or A anonymisation, with its one declared contrast."""

    code: Literal["D", "O", "A"]
    name: str
    label: Label
    question: str
    contrast: str  # what +1 means, e.g. "a more sensitive type of data is added"
    levels: list[Level]


class Option(_Part, frozen=True, kw_only=True):
    """One answer of an item. ``value`` is what is stored ("1".."5", "cant_say"), ``key`` what is typed."""

    value: Code
    key: Annotated[str, Meta(max_length=1)]
    text: str
    projector: str


class Item(_Part, frozen=True, kw_only=True):
    """One rating item (BAL, DEC, IB, PB, PR, SR) with its scale."""

    code: Code
    name: str
    question: str
    projector: str
    rounds: list[Round]
    options: list[Option]
    ordered: bool = True


class Named(_Part, frozen=True, kw_only=True):
    """A code with the words for it: missing reasons, tags, note kinds, necessity, incidents."""

    code: Code
    name: str
    text: str = ""
    key: str = ""


class Condition(_Part, frozen=True, kw_only=True):
    """One condition a table can set."""

    code: Code
    label: Label
    text: str


class Flip(_Part, frozen=True, kw_only=True):
    """One axis changed, everything else as it was.

    ``to`` is the complete new set of data codes on axis D, otherwise one code. ``sign`` is +1 when the flip runs in
    the axis' declared direction, -1 against it, 0 when it does neither. ``label`` replaces the label of the changed
    box. ``happened`` fills sentences: "more people moved towards risk when {happened}".
    """

    id: Code
    axis: Literal["D", "O", "A"]
    to: list[Code]
    label: Label
    card: str
    projector: str
    consequence: str
    happened: str
    sign: Sign
    primary: bool = False


class Scenario(_Part, frozen=True, kw_only=True):
    """A case of data sharing people weigh: who holds what, who receives it, how far from a name."""

    id: Code
    number: int
    theme: Code
    title: str
    label: Label
    purpose: str
    holder: str
    holder_label: Label
    data: list[Code]
    data_label: Label
    receiver: Code
    receiver_label: Label
    receiver_text: str
    anonymisation: Code
    privacy_label: Label
    text: str
    projector: str
    individual_benefit: str
    public_benefit: str
    privacy_risk: str
    security_risk: str
    flips: list[Flip]
    anchor: bool = False
    grounding: str = ""

    def flip(self, variant: str) -> Flip | None:
        """The flip called ``variant``, or None for the base and unknown ids."""
        return next((flip for flip in self.flips if flip.id == variant), None)

    def primary(self, axis: str) -> Flip | None:
        """The primary flip of ``axis``."""
        return next((flip for flip in self.flips if flip.axis == axis and flip.primary), None)


class Feature(_Part, frozen=True, kw_only=True):
    """One of the five features of public benefit."""

    number: int
    name: str
    text: str


class Question(_Part, frozen=True, kw_only=True):
    """One of the 18 screening questions, our paraphrase; ``seen`` says whether sources show its substance."""

    number: int
    feature: int
    test: Literal["purposeful", "proportionate", "responsible"]
    text: str
    seen: bool


class AgendaPart(_Part, frozen=True, kw_only=True):
    """One item of the agenda as people read it; its steps follow in ``AgendaStep``."""

    id: Code
    title: str


class AgendaStep(_Part, frozen=True, kw_only=True):
    """One step: minutes, pace, what the audience sees, which sheet or round is answered, what to say.

    ``scenario``: "" none, "anchor", or "theme" (each table its own). ``sheet`` 0 means no sheet is written; a sheet
    may fill two steps, and the one with "sheets" in ``capture`` is where it is collected. ``round`` is the first round
    on the sheet: sheets 2 and 3 carry RB and, after it, the flips of RV. ``task`` is what the projector shows at a
    table step, and beside the question at a practice step. ``capture`` names what the console offers beyond notes.
    An ``optional`` step does not count towards the booked length; it is taken in at set-up or in the room.
    """

    id: Code
    part: Code
    title: str
    minutes: int
    pace: Literal["room", "table"]
    audience: Literal["holding", "scenario", "question", "flips", "task", "result", "statements", "positions", "thanks"]
    say: str
    prompts: list[str] = []
    task: str = ""
    scenario: Literal["", "anchor", "theme"] = ""
    round: Round = ""
    sheet: Annotated[int, Meta(ge=0, le=4)] = 0
    capture: list[Literal["hands", "sheets", "position", "conditions", "statement", "written", "framework"]] = []
    before_start: bool = False
    slack: bool = False
    optional: bool = False

    @property
    def usual(self) -> int:
        """Its minutes on a day that chose nothing: an optional step is left out until somebody takes it in."""
        return 0 if self.optional else self.minutes


class Term(_Part, frozen=True, kw_only=True):
    """A glossary entry; ``also`` lists other spellings the pack checker looks for."""

    term: str
    plain: str
    also: list[str] = []


class Wording(_Part, frozen=True, kw_only=True):
    """Sentences that several screens and prints share."""

    provenance: str
    scope: str
    privacy_risk: str
    security_risk: str
    public_safety: str
    consent: str
    withdrawal: str


class Pack(_Part, frozen=True, kw_only=True):
    """The whole pack. Its identity is ``digest``."""

    id: Code
    version: str
    title: str
    language: str
    design: Literal["ofat", "factorial"]
    points: int
    primary_item: Code
    wording: Wording
    themes: list[Theme]
    areas: list[Area]
    groups: list[Group]
    axes: list[Axis]
    items: list[Item]
    missing: list[Named]
    note_kinds: list[Named]
    necessity: list[Named]
    decisions: list[Named]
    incidents: list[Named]
    written: list[Named]
    tags: list[Code]
    conditions: list[Condition]
    scenarios: list[Scenario]
    tests: list[Named]
    features: list[Feature]
    questions: list[Question]
    orders: list[list[Literal["D", "O", "A"]]]
    parts: list[AgendaPart]
    agenda: list[AgendaStep]
    glossary: list[Term]
    minutes: int = 180  # the booked length: what the agenda without its doors must add up to, slack included
    format: Annotated[int, Meta(ge=1, le=1)] = 1

    def scenario(self, scenario: str) -> Scenario:
        """The scenario of that id; KeyError for an unknown one, as in all look-ups here."""
        return _only((s for s in self.scenarios if s.id == scenario), scenario)

    @property
    def anchor(self) -> Scenario:
        """The scenario every room works on."""
        return _only((s for s in self.scenarios if s.anchor), "anchor")

    def item(self, item: str) -> Item:
        """The item of that code."""
        return _only((i for i in self.items if i.code == item), item)

    def axis(self, axis: str) -> Axis:
        """The axis of that code."""
        return _only((a for a in self.axes if a.code == axis), axis)

    def area(self, area: str) -> Area:
        """The area of that code."""
        return _only((a for a in self.areas if a.code == area), area)

    def theme(self, theme: str) -> Theme:
        """The theme of that code."""
        return _only((t for t in self.themes if t.code == theme), theme)

    def group(self, group: str) -> Group:
        """The stakeholder group of that code."""
        return _only((g for g in self.groups if g.code == group), group)

    def order_index(self, *, area: str, table: int, scenario: str) -> int:
        """Which presentation order holds (decision 21): (area + table + scenario) mod orders; table 0 at a room step."""
        return (self.area(area).number + table + self.scenario(scenario).number) % len(self.orders)

    def flip_order(self, scenario: str, order: int) -> list[Flip]:
        """The primary flips of ``scenario`` in the presentation order of index ``order``."""
        found = self.scenario(scenario)
        flips = (found.primary(axis) for axis in self.orders[order])
        return [flip for flip in flips if flip is not None]


def _only(found: Iterator[T], name: str) -> T:
    for value in found:
        return value
    raise KeyError(name)


def canonical(pack: Pack) -> bytes:
    """The bytes that travel in a programme file and that the digest is of."""
    return codec.encode(pack)


def digest(pack: Pack) -> str:
    """The identity of a pack: SHA-256 of its canonical JSON, hex."""
    return hashlib.sha256(canonical(pack)).hexdigest()


def read(raw: bytes) -> Pack:
    """Strictly decode canonical pack bytes; TrustError if they are not exactly canonical."""
    return codec.decode(raw, Pack)


# What the decoder says, and the code and facts we make of it. The wording is msgspec's; where a later version
# words something anew the last row still names the field, and a test shows which row no longer matches.
_COMPLAINTS = (
    ("content_missing_field", re.compile(r"Object missing required field `(?P<name>[^`]+)`")),
    ("content_unknown_field", re.compile(r"Object contains unknown field `(?P<name>[^`]+)`")),
    ("content_too_long", re.compile(r"Expected `str` of length <= (?P<limit>\d+)")),
    ("content_bad_code", re.compile(r"Expected `str` matching regex")),
    ("content_not_allowed", re.compile(r"Invalid enum value '?(?P<value>[^']*)'?")),
    ("content_out_of_range", re.compile(r"Expected `int` (?P<limit>[<>]=? -?\d+)")),
    ("content_wrong_type", re.compile(r"Expected `(?P<expected>[^`]+)`, got `(?P<got>[^`]+)`")),
    ("content_wrong_value", re.compile(r"")),
)


def strict(source: object, shape: type[T]) -> T:
    """Make a ``shape`` (Pack, Programme) of decoded TOML, refusing whatever does not belong.

    ContentError names the first ``field`` at fault as a path from the top: ``scenarios[2].flips[0].label``.
    """
    try:
        return convert(source, shape)
    except ValidationError as error:
        what, _, at = str(error).partition(" - at `$")
        raise _complaint(what, at.rstrip("`").lstrip(".")) from error


def _complaint(what: str, field: str) -> ContentError:
    code, facts = next((code, found.groupdict()) for code, pattern in _COMPLAINTS if (found := pattern.match(what)))
    name = facts.get("name", "")
    return ContentError(code, field=f"{field}.{name}".strip(".") if name else field, **facts)
