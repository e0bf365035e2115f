"""The fixed people and records of the test vectors: keys made of named seeds, and one record of every kind."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from tradeoff_desktop.exchange import keys, sealing
from tradeoff_desktop.exchange.keys import SigningKey
from tradeoff_desktop.exchange.sealing import Identity
from tradeoff_desktop.model import chain, codec
from tradeoff_desktop.model import pack as packs
from tradeoff_desktop.model import programme as plans
from tradeoff_desktop.model import records as r
from tradeoff_desktop.model.records import Body, Record

WORKSHOP = "man-2026-11"
RECEIVED = "2026-11-05T09:30:00.000Z"
SUMMARY = b"%PDF-1.7\n% It stands for the summary: a reader looks at the first five bytes only.\n%%EOF\n"
# Lists a pack must name although they may be empty. A real pack fills them; a reader of files need not care.
_EMPTY = (
    *("themes", "areas", "groups", "axes", "items", "missing", "note_kinds", "necessity", "decisions", "incidents"),
    *("written", "tags", "conditions", "scenarios", "tests", "features", "questions", "orders", "parts", "agenda"),
    "glossary",
)


@dataclass(frozen=True)
class Holder:
    """Somebody with a signing key and an age identity; ``principal`` is the name of the key in a trust store."""

    name: str
    principal: str
    key: SigningKey
    identity: Identity


def seed_of(name: str) -> bytes:
    """The 32 bytes a key of the vectors is made of."""
    return hashlib.sha256(b"tradeoff test vector: " + name.encode()).digest()


def holder(name: str, principal: str) -> Holder:
    """A holder whose keys follow from the name alone."""
    return Holder(
        name=name,
        principal=principal,
        key=keys.from_seed(seed_of(f"{name} signing key")),
        identity=sealing.from_seed(seed_of(f"{name} age identity")),
    )


LEAD = holder("lead", "MAN.leadlaptop@tradeoff")
DESK = holder("desk", "MAN.datadesk01@tradeoff")
TABLE = holder("table", "MAN.tablelap01@tradeoff")
ELSEWHERE = holder("elsewhere", "SHF.leadlaptop@tradeoff")
STRANGER = holder("stranger", "MAN.stranger00@tradeoff")
REVOKED = holder("revoked", "MAN.revoked000@tradeoff")
EARLY = holder("early", "MAN.early00000@tradeoff")
EXPIRED = holder("expired", "MAN.expired000@tradeoff")
LIMITED = holder("limited", "MAN.limited000@tradeoff")
CENTRE = holder("centre", "")
NEXT = holder("centre, next key", "")
ESCROW = holder("escrow", "")
HOLDERS = (LEAD, DESK, TABLE, ELSEWHERE, STRANGER, REVOKED, EARLY, EXPIRED, LIMITED, CENTRE, NEXT, ESCROW)


def small_pack(title: str = "A pack of nothing, for the test vectors") -> packs.Pack:
    """The smallest pack the format allows."""
    words = dict.fromkeys(packs.Wording.__struct_fields__, "Words.")
    return packs.Pack(
        id="vectors",
        version="1",
        title=title,
        language="en",
        design="ofat",
        points=5,
        primary_item="BAL",
        wording=packs.Wording(**words),
        **{name: [] for name in _EMPTY},
    )


PACK = small_pack()
PACK_DIGEST = packs.digest(PACK)


def plan(**changes: object) -> plans.Programme:
    """The programme of the vectors, some fields changed."""
    facts: dict[str, object] = {
        "id": "prog-2026",
        "title": "Six areas, 2026",
        "pack": PACK_DIGEST,
        "areas": ["MAN", "SHF"],
        "sessions": [
            plans.Session(
                id=WORKSHOP,
                area="MAN",
                date="2026-11-03",
                venue="Town hall",
                heads=20,
                groups={"public": 12, "staff": 8},
                tables=[
                    plans.PlannedTable(number=1, theme="HSC", scenario="HSC-1"),
                    plans.PlannedTable(number=2, theme="CJ", scenario="CJ-2"),
                ],
            ),
        ],
        "signing_key": keys.public_line(CENTRE.key.public),
        "centre": CENTRE.identity.recipient,
        "escrow": ESCROW.identity.recipient,
        "laptops": [
            plans.Laptop(
                principal=one.principal,
                area=one.principal[:3],
                key=keys.public_line(one.key.public),
                recipient=one.identity.recipient,
                valid_from="2026-10-01",
                valid_until="2026-12-31",
            )
            for one in (LEAD, DESK)
        ],
        "withdrawal_cut_off": "2026-12-01",
        "delete_by": "2027-12-01",
        "revoked": [keys.public_line(REVOKED.key.public)],
    }
    return plans.Programme(**facts | changes)


def opened(by: Holder = LEAD, **changes: object) -> r.Opened:
    """The first record of a device of ``by``."""
    facts: dict[str, object] = {
        "role": by.name if by in {DESK, TABLE} else "lead",
        "workshop": WORKSHOP,
        "area": by.principal[:3],
        "laptop": by.principal,
        "key": keys.public_line(by.key.public),
        "pack": PACK_DIGEST,
        "programme": "prog-2026",
    }
    return r.Opened(**facts | changes)


def rating(seat: str = "105", answer: str = "4", **changes: object) -> r.Rating:
    """One answer to the first question about the anchor scenario."""
    facts: dict[str, object] = {
        "role": "table",
        "seat": seat,
        "sheet": 1,
        "scenario": "HOU-1",
        "variant": "base",
        "round": "R0",
        "item": "BAL",
        "answer": answer,
    }
    return r.Rating(**facts | changes)


def note(text: str, **changes: object) -> r.Note:
    """Something said during the talk."""
    return r.Note(**{"role": "table", "text": text, "step": "anchor-talk"} | changes)


def chain_of(bodies: Sequence[Body], device: str) -> list[Record]:
    """The chain of ``bodies``, one second apart, every salt following from its place."""
    return [
        codec.seal_body(
            body,
            device=device,
            seq=seq,
            at=f"2026-11-03T13:{seq // 60:02}:{seq % 60:02}.250Z",
            salt=seed_of(f"salt {device} {seq}").hex()[:32],
        )
        for seq, body in enumerate(bodies, start=1)
    ]


def head_of(records: Sequence[Record]) -> str:
    """The chain head of whatever records these are, in order or not."""
    return chain.heads(records, device=records[0].device)[-1]


def erased(records: Sequence[Record], *seqs: int) -> list[Record]:
    """The same chain with the records of those places erased."""
    return [codec.erase(record) if record.seq in seqs else record for record in records]


def _set_up() -> list[Body]:
    return [
        opened(offset_minutes=0),
        r.Setup(
            role="lead",
            date="2026-11-03",
            start="13:30",
            venue="Town hall",
            groups={"public": 12, "staff": 8},
            screen_width_cm=200,
            farthest_seat_cm=850,
        ),
        r.Table(role="lead", number=1, theme="HSC", scenario="HSC-1", host="Table host 1"),
        r.Seat(role="lead", seat="105", group="public", table=1),
        r.Consent(role="lead", seat="105", signed=True, quotable=True),
        r.Step(role="lead", step="anchor-talk", act="begin", minutes=12),
        r.Exposure(role="lead", table=0, scenario="HOU-1", variant="base", position=0, order=2),
    ]


def _answers(other: r.Ref) -> list[Body]:
    return [
        rating(role="lead"),
        r.Tally(
            role="lead",
            step="practice",
            scenario="HOU-1",
            variant="base",
            item="BAL",
            counts={"1": 2, "2": 4, "3": 1, "4": 6, "5": 5},
            here=18,
        ),
        r.WrittenAnswer(role="lead", seat="105", question="moved", text="Whoever holds the list decides."),
        r.Position(role="lead", table=1, scenario="HSC-1", decision="2", disagreed=1, conditions=["audit"]),
        r.Condition(role="lead", table=1, scenario="HSC-1", variant="base", condition="audit", necessity="must"),
        r.Framework(role="lead", table=1, scenario="HSC-1", question=7, answer="3", reason="Not shown yet"),
        r.Statement(
            role="lead", table=1, text="Tell people first.", state="ratified", in_favour=16, against=1, abstained=1
        ),
        note(
            "“It's the joining up” – ŵ –\nthat worries me, says 07700 900123",
            role="lead",
            kind="question",
            tags=["joining"],
            verbatim=True,
        ),
        r.Clarification(role="lead", of=other, text="The council's list, not the hospital's"),
        r.Incident(role="lead", code="late-start", text="Ten minutes"),
        r.Debrief(role="lead", prompt="surprise", text="How quickly table 1 agreed"),
        r.Collected(role="lead", table=1, sheet=1, count=5),
        r.Headcount(role="lead", here=18),
        r.Clock(role="lead", act="add", step="anchor-talk", seconds=-120),
    ]


def every_kind() -> list[Record]:
    """One chain with a record of every kind, none erased yet; ``ERASED`` names the one that will be."""
    elsewhere = r.Ref(device="tabledevic", seq=3, leaf=seed_of("a leaf elsewhere").hex())
    far = r.Head(device="tabledevic", seq=4, head=seed_of("a head elsewhere").hex())
    first = [*_set_up(), *_answers(elsewhere)]
    said = chain_of(first, "everykinds")[ERASED - 1].ref
    rest: list[Body] = [
        r.Undo(role="lead", seqs=[19]),
        r.Redaction(role="lead", of=said),
        note("It's the joining up that worries me, says [a number]", role="lead", kind="question", tags=["joining"]),
        r.Ruling(role="lead", choice="keep", keep=[elsewhere], reason="Read from the paper sheet again"),
        r.CodeBook(role="lead", code="trust.public", text="Trust in public bodies"),
        r.Coding(role="lead", of=elsewhere, code="trust.public", coder=2),
        r.Verdict(role="lead", of=far, verdict="query", reason="Sheet 3 of table 1?"),
        r.Annotation(role="lead", slot="context", text="A hospital closed in the same week."),
        r.TakenIn(role="lead", of=far, laptop=TABLE.principal),
        r.Closed(role="lead"),
        r.Sealed(role="lead", devices=[far], accepted=["Table 1, sheet 4: one left early"]),
        r.Withdrawal(role="lead", seat="216"),
        r.Erasure(role="lead", erased=[said], why="redaction"),
        r.Reopened(role="lead", reason="A sheet was found"),
    ]
    return chain_of([*first, *rest], "everykinds")


ERASED = 15  # the note with a telephone number in it
