"""A practice centre in memory that holds the sample workshop: what the pictures of the central team's screens show."""

from itertools import count
from pathlib import Path

from tradeoff_desktop.app import inbox, judging, programmes, sample
from tradeoff_desktop.app.centre_desk import CentreDesk, opening
from tradeoff_desktop.app.coverage import Came, Cell, Coverage, Line
from tradeoff_desktop.app.desk import Desk, Surroundings
from tradeoff_desktop.app.enrolling import Known
from tradeoff_desktop.app.inbox import Look
from tradeoff_desktop.app.judging import Judged
from tradeoff_desktop.app.review import LETTER, VERDICTS, Choice, Item, Side
from tradeoff_desktop.errors import TradeoffError, TrustError
from tradeoff_desktop.model import coding
from tradeoff_desktop.store.store import Change, Store

CODES = (
    ("trust", "Trust in who holds the data", "Whether people think the holder keeps its word. Not: whether it is able to."),
    ("consent", "Being asked or told", "Consent, opting out, letters, notices. Not: what happens after somebody says no."),
    ("enforcement", "Help turning into enforcement", "Fear that data given for help is used to punish, evict or deport."),
    ("benefit", "Help that comes in time", "Somebody is helped earlier, or at all, because data were shared."),
    ("anonymity", "Whether names are needed", "Working with numbers or coded data instead of names."),
)


def centre(held: Desk | None = None) -> CentreDesk:
    """A centre that has taken the sample workshop in; some of its notes are coded."""
    desk = held or sample.closed()
    store = Store.create()
    store.take_in([Change(desk.device, desk.opened.workshop, insert=tuple(desk.store.records(desk.device)))])
    salts = (f"{number:032x}" for number in count(1))
    around = Surroundings(clock=sample.Ticking(), salt=salts.__next__, new_id=lambda: "centre0001")
    own = sample.own()
    begun = opening(desk.pack, laptop=own.principal, key=own.public_line, programme=desk.opened.programme, practice=True)
    made = CentreDesk.begin(store, desk.pack, around, opened=begun)
    for code, text, definition in CODES:
        made.code(coding.define, code=code, text=text, definition=definition)
    notes = [record.ref for _, record, _ in made.notes(made.workshops())]
    for ref, (code, *_) in zip(notes, CODES * 2, strict=False):
        made.give(ref, code)
    return made


def plan() -> str:
    """The plan that ships, as text."""
    return programmes.shipped_source().read_text(encoding="utf-8")


def look(*, taken_in: bool = False) -> Look:
    """A batch with one bundle of each kind of standing."""
    signer, pack, programme = sample.own().principal, sample.begun().pack, sample.programme()
    session = next(one for one in programme.sessions if one.area == sample.AREA)
    said = f"new: 512 records of {session.id}, signed by {signer}"
    strange = TrustError("unknown_signer", at_fault="signer", fingerprint="SHA256:bq5l…", begins=" ".join(sample.own().words[:2]))
    whole = Judged(
        "LDS-2027-A-sample0001-512.tradeoff", accepted=True, outcome="fresh", text=said, new=512, workshop=session.id, role="lead",
        signer=signer, stage="sealed",
    )
    found = [
        _refused("MAN-2027-A-m4q2x9w7pp-88.tradeoff", strange, "put_aside"),
        _refused("copy of ESS-2027-A.tradeoff", TrustError("bad_signature", at_fault="signer"), "refused"),
        _refused(
            "LDS-2027-A-tabletab11-61.tradeoff", TrustError("forked", at_fault="chain", device="tabletab11", seq=58), "forked",
        )._replace(workshop=session.id, role="table", signer=signer),
        whole,
        whole._replace(outcome="newer", role="desk", new=12, stage="checkpoint"),
        whole._replace(outcome="already_held", role="table", new=0, stage="checkpoint"),
    ]
    return Look(tuple(inbox.row(one, programme, pack, done=taken_in) for one in found), tuple(found), taken_in=taken_in)


def _refused(file: str, error: TradeoffError, outcome: str) -> Judged:
    return judging.refused(Path(file), error)._replace(outcome=outcome)


def coverage() -> Coverage:
    """One workshop that is whole, one with sheets missing, one that has not sent."""
    def line(workshop: str, table: str, *done: int) -> Line:
        return Line(workshop, table, tuple(Cell(one, 5) for one in done))

    signer = sample.own().principal
    return Coverage(
        lines=(
            line("Leeds · A", "1 · Health and social care", 5, 5, 5, 5), line("Leeds · A", "2 · Housing", 5, 5, 5, 5),
            line("Manchester · A", "1 · Health and social care", 5, 5, 4, 4), line("Manchester · A", "2 · Housing", 5, 5, 0, 0),
            Line("Essex · A", "", (Cell(0, 0),) * 4),
        ),
        asks=("Manchester · A is not sealed yet.", "Essex · A has not sent anything yet, 12 days after its workshop. Ring the area."),
        came=(
            Came("2027-03-18T09:12:00.000Z", "Manchester · A", "lead laptop", 688, "MAN.m4q2x9w7pp@tradeoff"),
            Came("2027-03-06T10:40:00.000Z", "Leeds · A", "table laptop", 61, signer),
            Came("2027-03-06T10:40:00.000Z", "Leeds · A", "lead laptop", 1204, signer),
        ), held=2, planned=6,
    )


def known() -> list[Known]:
    """A key that holds, one that ran out, one that was taken back."""
    key = sample.own().key.public
    return [
        Known(sample.own().principal, key, "2029-03-01", expired=False, revoked=False),
        Known("MAN.m4q2x9w7pp@tradeoff", key, "2027-03-01", expired=True, revoked=False),
        Known("ESS.r8t5z1c3vv@tradeoff", key, "2029-03-01", expired=False, revoked=True, reason="Left on a train"),
    ]


def items() -> list[Item]:
    """A matter of each kind, two bundles and an incident."""
    first = Side("the copy taken in first", (
        "3 records, 4 March 2027, 15:41:10 to 15:44:02", "15:41:10  Note, table 3: They would sell it on", "15:44:02  Sealed",
    ))
    other = Side("the copy that came on 20 March 2027 (8f3a1c)", (
        "2 records, 4 March 2027, 15:52:48 to 15:53:00", "15:52:48  Note, table 3: Only if people are told",
    ))
    desk, lead = Side("the data desk", ("4 5 3",)), Side("the lead laptop", ("4 2 3",))
    return [
        Item(
            "fork", "Leeds · A · table laptop: two copies differ from record 58 on",
            "Ask the area which of them is theirs. Until you decide, only what came before counts.", (first, other),
            (Choice(f"Keep {first.name}", (0,)), Choice(f"Keep {other.name}", (1,))),
        ),
        Item(
            "differs", "Manchester · A: Sheet 2 of 045, table 1, was keyed on two laptops: 1 box differs.",
            "Look at the paper sheet, and keep the one that says what is marked there.", (desk, lead),
            (Choice("Keep what the data desk has", (0,)), Choice("Keep what the lead laptop has", (1,)), Choice("None of them counts", ())),
        ),
        Item("bundle", "Leeds · A · lead laptop, up to record 1204 · not judged yet", "Write what the area should know: they are told by you, by telephone or letter.", choices=VERDICTS),
        Item("bundle", "Leeds · A · table laptop, up to record 61 · queried: where are the notes of table 3?", choices=VERDICTS, letter=LETTER),
        Item("bundle", "Leeds · A · data desk, up to record 640 · accepted", choices=VERDICTS, open=False),
        Item("incident", "Leeds · A · 14:20:11, First talk at the tables: The fire alarm rang", open=False),
    ]
