"""The record types, format 1 (one frozen struct per kind).

A record is a *header* (device, seq, kind, at, leaf), a *body* and a *salt*. The body is one of the structs
below; its canonical JSON bytes are what is stored, hashed and signed. Records are never changed: a correction
is a new record whose ``replaces`` names an earlier one of the same device, or a ``ruling`` on another's.
"""

from typing import Annotated, Literal

from msgspec import Meta, Struct

FORMAT = 1

# "$(?!\n)": Python's "$" alone would let a trailing line end through; [0-9]: its \d takes every digit of Unicode.
Code = Annotated[str, Meta(pattern=r"^[A-Za-z0-9_.:][A-Za-z0-9_.:-]{0,63}$(?!\n)")]
AreaCode = Annotated[str, Meta(pattern=r"^[A-Z]{3}$(?!\n)")]
DeviceId = Annotated[str, Meta(pattern=r"^[a-z0-9]{10}$(?!\n)")]
Principal = Annotated[str, Meta(pattern=r"^[A-Z]{3}\.[a-z0-9]{10}@tradeoff$(?!\n)")]
Digest = Annotated[str, Meta(pattern=r"^[0-9a-f]{64}$(?!\n)")]
Salt = Annotated[str, Meta(pattern=r"^[0-9a-f]{32}$(?!\n)")]
Moment = Annotated[str, Meta(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{3}Z$(?!\n)")]
Day = Annotated[str, Meta(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$(?!\n)")]
SeatCode = Annotated[str, Meta(pattern=r"^[0-9]{3}$(?!\n)")]
Seq = Annotated[int, Meta(ge=1, le=9_999_999)]
Count = Annotated[int, Meta(ge=0, le=9_999)]
TableNumber = Annotated[int, Meta(ge=0, le=30)]  # 0 is the whole room
SheetNumber = Annotated[int, Meta(ge=1, le=4)]
Line = Annotated[str, Meta(max_length=400)]
Text = Annotated[str, Meta(max_length=10_000)]

Role = Literal["lead", "desk", "table", "centre"]
Judgement = Literal["accept", "query", "reject"]
Round = Literal["", "R0", "RB", "RV", "R1"]
Mode = Literal["paper", "cards", "ballot", "hands", "spoken"]
Privacy = Literal["public", "seen", "private"]
Aid = Literal["", "helper", "interpreter"]  # how the answer came about, where somebody helped
Necessity = Literal["must", "should", "not_enough"]
NoteKind = Literal["point", "question", "condition", "red_line"]
SeatState = Literal["expected", "present", "late", "left", "no_show"]
RatedRound = Literal["R0", "RB", "RV", "R1"]
RATED_ROUNDS: tuple[RatedRound, ...] = ("R0", "RB", "RV", "R1")
Why = Literal["withdrawal", "redaction"]
RulingChoice = Literal["keep", "drop", "both", "replace"]
Missing = Literal["absent", "not_played", "skipped", "declined", "unreadable"]
NotWritten = Literal["", "skipped", "declined", "unreadable"]
Answer = Annotated[str, Meta(pattern=r"^([1-9]|cant_say|absent|not_played|skipped|declined|unreadable)$(?!\n)")]
Decision = Literal["1", "2", "3", "4", "no_agreement", "cant_say", "declined", "unreadable", "not_played", "skipped"]


class Body(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """What every body carries: the author's role and, for a correction, the seq it replaces (0: none)."""

    role: Role
    replaces: Annotated[int, Meta(ge=0, le=9_999_999)] = 0


class Ref(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One record of any device, named so that nothing else can be meant."""

    device: DeviceId
    seq: Seq
    leaf: Digest


class Head(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How far one device's chain had come: its last seq and chain head."""

    device: DeviceId
    seq: Seq
    head: Digest


class Opened(Body, frozen=True, kw_only=True):
    """The first record of a device: whose store this is and under which programme and pack."""

    workshop: Code
    area: AreaCode
    session: Annotated[str, Meta(pattern=r"^[A-Z]$(?!\n)")] = "A"
    laptop: Principal
    key: Line
    pack: Digest
    programme: Code
    practice: bool = False
    predecessor: Annotated[str, Meta(pattern=r"^([a-z0-9]{10})?$(?!\n)")] = ""
    offset_minutes: Annotated[int, Meta(ge=-900, le=900)] = 0  # local time minus UTC, for showing only
    format: Annotated[int, Meta(ge=1, le=1)] = FORMAT


class Setup(Body, frozen=True, kw_only=True):
    """The day as planned: date, start, venue, expected heads per stakeholder group, the room."""

    date: Day
    start: Annotated[str, Meta(pattern=r"^[0-9]{2}:[0-9]{2}$(?!\n)")]
    venue: Line
    groups: dict[Code, Count]
    screen_width_cm: Count = 0
    farthest_seat_cm: Count = 0
    text_px: Literal[80, 96, 120] = 80  # the height of words on the projector, of 1080 lines
    booked_until: Annotated[str, Meta(pattern=r"^([0-9]{2}:[0-9]{2})?$(?!\n)")] = ""


class Table(Body, frozen=True, kw_only=True):
    """One table: its theme and theme scenario. ``into`` names the table it was combined with."""

    number: Annotated[int, Meta(ge=1, le=30)]
    theme: Code
    scenario: Code
    state: Literal["open", "closed", "combined"] = "open"
    into: TableNumber = 0
    host: Line = ""


class Seat(Body, frozen=True, kw_only=True):
    """One person's seat by its code. No name, anywhere."""

    seat: SeatCode
    group: Code
    table: Annotated[int, Meta(ge=1, le=30)]
    state: SeatState = "expected"


class Consent(Body, frozen=True, kw_only=True):
    """What this person signed. Unsigned means no ratings; quotable means words may be quoted."""

    seat: SeatCode
    signed: bool
    quotable: bool = False


class Step(Body, frozen=True, kw_only=True):
    """A step of the agenda begun, returned to, skipped or shortened."""

    step: Code
    act: Literal["begin", "back", "skip", "shorten", "end"]
    minutes: Count = 0


class Exposure(Body, frozen=True, kw_only=True):
    """Which variant a table (0: the whole room) met, and in which place of the actual order (0: base)."""

    table: TableNumber
    scenario: Code
    variant: Code
    position: Annotated[int, Meta(ge=0, le=9)]
    order: Annotated[int, Meta(ge=0, le=99)]


class Rating(Body, frozen=True, kw_only=True):
    """One answer of one seat to one item."""

    seat: SeatCode
    sheet: SheetNumber
    scenario: Code
    variant: Code
    round: RatedRound
    item: Code
    answer: Answer
    mode: Mode = "paper"
    privacy: Privacy = "private"
    aid: Aid = ""
    keying: Annotated[int, Meta(ge=1, le=3)] = 1


class Tally(Body, frozen=True, kw_only=True):
    """A count of hands: levels only, never a shift. ``inferred`` is the option that took the remainder."""

    step: Code
    scenario: Code
    variant: Code
    item: Code
    counts: dict[Code, Count]
    here: Count
    table: TableNumber = 0
    inferred: Annotated[str, Meta(pattern=r"^[A-Za-z0-9_]{0,20}$(?!\n)")] = ""
    flagged: bool = False
    mode: Mode = "hands"
    privacy: Privacy = "public"


class WrittenAnswer(Body, frozen=True, kw_only=True):
    """Words a person wrote on paper ("what moved you", "one condition", the exit form), or why there are none."""

    seat: SeatCode
    question: Code
    text: Text
    missing: NotWritten = ""
    mode: Mode = "paper"
    privacy: Privacy = "private"
    aid: Aid = ""


class Position(Body, frozen=True, kw_only=True):
    """A table's position: a public act. The number who disagreed is always asked (0 is an answer)."""

    table: Annotated[int, Meta(ge=1, le=30)]
    scenario: Code
    decision: Decision
    disagreed: Count
    reason: Line = ""
    conditions: list[Code] = []
    mode: Mode = "paper"
    privacy: Privacy = "public"


class Condition(Body, frozen=True, kw_only=True):
    """What would have to be true, bound to the exact card."""

    table: TableNumber
    scenario: Code
    variant: Code
    condition: Code
    necessity: Necessity
    text: Line = ""
    mode: Mode = "spoken"
    privacy: Privacy = "public"


class Framework(Body, frozen=True, kw_only=True):
    """One of the 18 framework questions answered by a table, with its reason. Never summed."""

    table: TableNumber
    scenario: Code
    question: Annotated[int, Meta(ge=1, le=99)]
    answer: Answer
    reason: Line
    mode: Mode = "spoken"
    privacy: Privacy = "public"


class Statement(Body, frozen=True, kw_only=True):
    """A statement read back and voted on. ``text`` is the wording approved in the room."""

    table: TableNumber
    text: Line
    state: Literal["draft", "ratified", "no_agreement"] = "draft"
    in_favour: Count = 0
    against: Count = 0
    abstained: Count = 0
    dissent: Line = ""
    mode: Mode = "hands"
    privacy: Privacy = "public"


class Note(Body, frozen=True, kw_only=True):
    """What was said, tied to where in the method it was said."""

    kind: NoteKind = "point"
    text: Text
    verbatim: bool = False
    group: Annotated[str, Meta(max_length=20)] = ""
    tags: list[Code] = []
    step: Code
    scenario: Annotated[str, Meta(max_length=64)] = ""
    variant: Annotated[str, Meta(max_length=64)] = ""
    round: Round = ""
    table: TableNumber = 0
    typed: Annotated[str, Meta(max_length=24)] = ""  # moment of the first keystroke
    from_paper: bool = False


class Clarification(Body, frozen=True, kw_only=True):
    """A later clarification of a note, shown in [square brackets]; the note keeps the room's words."""

    of: Ref
    text: Line


class Incident(Body, frozen=True, kw_only=True):
    """A deviation from the plan, printed in the report annex."""

    code: Code
    step: Code = "setup"
    text: Line = ""


class Debrief(Body, frozen=True, kw_only=True):
    """An answer to a debrief prompt, private unless marked as an incident."""

    prompt: Code
    text: Text
    incident: bool = False


class Collected(Body, frozen=True, kw_only=True):
    """Sheets collected from one table while people write: a digit each, not answers."""

    table: Annotated[int, Meta(ge=1, le=30)]
    sheet: SheetNumber
    count: Count


class Headcount(Body, frozen=True, kw_only=True):
    """How many people are in the room now."""

    here: Count


class Clock(Body, frozen=True, kw_only=True):
    """The timer or the agenda clock was moved by hand."""

    act: Literal["start", "pause", "resume", "add", "spread"]
    step: Code
    seconds: Annotated[int, Meta(ge=-36_000, le=36_000)] = 0


class Undo(Body, frozen=True, kw_only=True):
    """An earlier act of this device is taken back: the records of these seqs no longer count."""

    seqs: list[Seq]


class Redaction(Body, frozen=True, kw_only=True):
    """The words of a note are erased; the note that follows in this chain says them anew."""

    of: Ref


class Withdrawal(Body, frozen=True, kw_only=True):
    """A person leaves the study: every store that takes this in erases what their seat gave."""

    seat: SeatCode
    workshop: Annotated[str, Meta(max_length=64)] = ""  # named by the central team, whose chain belongs to none


class Erasure(Body, frozen=True, kw_only=True):
    """This device erased its own records; only their headers remain."""

    erased: list[Ref]
    why: Why


class TakenIn(Body, frozen=True, kw_only=True):
    """The lead took another device's bundle in, once per bundle, before sealing."""

    of: Head
    laptop: Principal


class Closed(Body, frozen=True, kw_only=True):
    """Nothing new from participants after this."""


class Sealed(Body, frozen=True, kw_only=True):
    """The workshop is complete: every other device with its last seq and head, so one code covers all."""

    devices: list[Head]
    accepted: list[Line] = []  # what was missing and why that was accepted


class Reopened(Body, frozen=True, kw_only=True):
    """A sealed workshop reopened, with the reason."""

    reason: Line


class Ruling(Body, frozen=True, kw_only=True):
    """A decision on records of other devices: keep, drop, both or replace."""

    choice: RulingChoice
    keep: list[Ref] = []
    drop: list[Ref] = []
    reason: Line
    pin: Annotated[str, Meta(max_length=200)] = ""  # a table laptop's key accepted for this workshop only


class CodeBook(Body, frozen=True, kw_only=True):
    """Centre: one code of the codebook, with what it means. A later one of the same code takes its place."""

    code: Code
    text: Line
    definition: Text = ""
    state: Literal["active", "retired"] = "active"
    into: Annotated[str, Meta(pattern=r"^([A-Za-z0-9_.:][A-Za-z0-9_.:-]{0,63})?$(?!\n)")] = ""  # what a retired one was merged into


class Coding(Body, frozen=True, kw_only=True):
    """Centre: a code given to a note by the first or the second coder; the code "none" says that no code fits."""

    of: Ref
    code: Code
    coder: Annotated[int, Meta(ge=1, le=2)] = 1


class Verdict(Body, frozen=True, kw_only=True):
    """Centre: a bundle accepted, queried or rejected."""

    of: Head
    verdict: Judgement
    reason: Line = ""


class Annotation(Body, frozen=True, kw_only=True):
    """Centre: narrative for a report."""

    slot: Code
    text: Text


class Header(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What the chain of a device hashes: place, kind, time and the salted hash of the body."""

    device: DeviceId
    seq: Seq
    kind: Code
    at: Moment
    leaf: Digest


class Record(Struct, frozen=True, kw_only=True):
    """A header with its body. ``body`` is None once erased; ``raw`` and ``salt`` are then empty."""

    header: Header
    body: Body | None
    raw: bytes
    salt: str

    @property
    def device(self) -> str:
        """The store that wrote it."""
        return self.header.device

    @property
    def seq(self) -> int:
        """Its place in that device's chain, from 1."""
        return self.header.seq

    @property
    def kind(self) -> str:
        """Which of ``BODIES`` it is."""
        return self.header.kind

    @property
    def at(self) -> str:
        """When it was written, UTC in milliseconds; for showing, never for deciding."""
        return self.header.at

    @property
    def erased(self) -> bool:
        """Whether only the header remains."""
        return self.body is None

    @property
    def ref(self) -> Ref:
        """The name other records call it by."""
        return Ref(device=self.header.device, seq=self.header.seq, leaf=self.header.leaf)

    @property
    def key(self) -> tuple[str, int]:
        """(device, seq): the one order there is."""
        return self.header.device, self.header.seq
