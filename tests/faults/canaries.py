"""Words that people typed, and everything the program writes: they may stand in its store, and nowhere else.

    python tests/faults/canaries.py

A lead's day is played in a traced child with a marked word in every text there is. Each byte it writes to any file,
pipe or socket is looked at, and every file it leaves; every refusal and crash report is told and looked at too.
"""

import json
import os
import random
import re
import shutil
import sys
import tempfile
import traceback
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import fault_tracer as tracer
from fault_day import SESSION, SLOT, programme, surroundings
from fault_runs import Found, arguments, memory, tell
from fault_tracer import Change

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "app"))  # the world of several laptops is theirs
from laptops_world import World

from tradeoff_desktop import cli
from tradeoff_desktop.app import (
    content,
    crash,
    day,
    doctor,
    exporting,
    gathering,
    handing_over,
    judging,
    laptop,
    merging,
    narrating,
    planning,
    settings,
    words,
)
from tradeoff_desktop.app.desk import Desk
from tradeoff_desktop.app.files import Folders
from tradeoff_desktop.app.workshops import Workshops
from tradeoff_desktop.errors import TradeoffError
from tradeoff_desktop.exchange import bundle
from tradeoff_desktop.model import acts, capture, codec
from tradeoff_desktop.model import records as r
from tradeoff_desktop.store import connection
from tradeoff_desktop.store.store import Store

MARK = "kanarie"
RECEIVED = "2027-03-02T20:00:00.000Z"
GONE = ("withdrawn", "redacted")  # what must be nowhere at all once it was erased
# Every file the program may write on a laptop; anything else would be a place nobody thinks of.
KNOWN = re.compile(
    r"(laptop|room/(lead|desk|table\d))/(workshops/([^/]+\.(db|db-journal|open|exports|invited|papers)|index\.json)|packs/[0-9a-f]{64}\.json"
    r"|keys/ESS/(signing_key|signing_key\.begun\.part|signing_key\.pub|identity\.key)|crashes/crash-[0-9TZ]+\.txt|settings\.ini"
    r"|programmes/[^/]+\.(programme|pub)|checkpoints/ESS-2027-A/((exported|taken)/)?[^/]+\.tradeoff)"
    r"|(stick|room/sticks/[^/]+)/[^/]+\.tradeoff(-table)?|papers/[^/]+\.pdf|room/autumn\.tradeoff-programme"
    r"|room/centre/(centre\.db(-journal)?|keys/[a-z_]+(\.pub|\.key|\.begun\.part)?|allowed_signers|revoked_keys"
    r"|(originals|quarantine)/[^/]+(/[^/]+)?\.tradeoff)|cli/tradeoff-desktop/crashes/crash-[0-9TZ]+\.txt"
)
STORES = re.compile(r"(laptop|room/(lead|desk|table\d))/workshops/[^/]+\.(db|db-journal)|room/centre/centre\.db(-journal)?")
# The drawing library keeps its list of fonts, and Python what it has compiled; the doctor tries a store of its own.
# Python tries its temporary folder with a file of four letters, the doctor the laptop's folder with one of eight.
CACHES = re.compile(r".*/(matplotlib/.*|__pycache__/.*\.pyc[^/]*)|.*/check\.db(-journal)?|(pipe|socket|anon_inode):.*|/dev/.*")

TRIALS = {b"blat", b"tradeoff"}


def marked(name: str) -> str:
    """Words that nobody else would use."""
    return f"{MARK} {name} said so"


# -- the day, in the child

def play(root: Path, told: Callable[..., None], bad: Sequence[str]) -> None:
    """A lead's day with marked words everywhere, and everything that can be refused."""
    places = Folders(root / "laptop")
    workshops = Workshops(places, surroundings())
    desk = workshops.begin(programme(), content.shipped(), SESSION)
    day.prepare(desk, SESSION)
    for seat in desk.state.sitting():
        desk.do(acts.consent, role="lead", seat=seat, signed=True, quotable=True)
    desk.do(acts.begin_step, role="lead", step="anchor_talk")
    _type(desk)
    _be_refused(desk, told)
    handing_over.hand_over(desk, places, folder=root / "stick")
    _erase(desk)
    if "temporary" in bad:
        with tempfile.NamedTemporaryFile(dir=root) as file:
            file.write(marked("note").encode())
    day.close(desk)
    for gap in day.gaps(desk.state):
        handing_over.accept(desk, gap, marked("reason"))
    _crash(places, told)
    _command(root)
    settings.keep(places, settings.Settings())
    doctor.examine(now=desk.now, at=places)
    done = handing_over.hand_over(desk, places, folder=root / "stick")
    workshops.note_export(desk, file=done.path.name)
    handing_over.write_papers(desk, root / "papers")
    handing_over.seal(desk)
    workshops.leave(desk)
    _several(root, told, _file(desk, marked("foreword")))
    workshops.leave(workshops.resume(workshops.path_of(workshops.recent()[0])))


def _several(root: Path, told: Callable[..., None], foreword: Path) -> None:
    """A data desk, a table laptop and the central team, each with marked words of its own; and what they refuse."""
    world = World(root / "room")
    lead, machines = world.lead, [world.join("desk", role="desk"), world.join("table1")]
    seat = lead.desk.state.sitting()[0]
    machines[0].desk.do(acts.consent, role="desk", seat=seat, signed=True, quotable=True)
    machines[0].desk.do(capture.write_answer, role="desk", seat=seat, question="moved", text=marked("answer"))
    for machine in machines:
        machine.note(marked(machine.name), table=1)
        machine.desk.keep_draft(SLOT, marked("draft"))
        machine.export(world.stick("all"))
    gathering.take_in(lead.desk, lead.places, gathering.look(lead.desk, lead.places, world.stick("all")))
    lead.export(world.stick("all"))
    centre = root / "room" / "centre"
    planning.write_trust(world.file, centre)
    access = judging.access(trust=centre / "allowed_signers", identity=centre / "keys" / laptop.IDENTITY, now=lead.desk.now)
    files = sorted(world.stick("all").glob("*.tradeoff"))
    store = centre / "centre.db"
    judged = merging.merge(files, store=store, access=access)
    judged += merging.merge([foreword, *files], store=store, access=access)
    told("merged", *(f"{one}" for one in judged))
    narrating.narrate(store, "foreword", foreword, key=centre / "keys", around=surroundings("n"))
    told("centre", *_refusal(lambda: narrating.narrate(store, marked("slot"), foreword, key=centre / "keys", around=surroundings("n"))))
    for machine in (lead, *machines):
        _crash(machine.places, told)
        machine.workshops.leave(machine.desk)


def _type(desk: Desk) -> None:
    """Every text a person can type."""
    step, seat = {"role": "lead", "step": "anchor_talk"}, desk.state.sitting()[0]
    desk.do(capture.note, r.Note(text=marked("note"), verbatim=True, group="civil", **step))
    note = desk.state.bodies(r.Note)[0][0].ref
    desk.do(capture.note, r.Note(text=marked("redacted"), **step))
    desk.do(capture.clarify, role="lead", of=note, text=marked("clarification"))
    desk.do(capture.write_answer, role="lead", seat=seat, question="moved", text=marked("withdrawn"))
    desk.do(capture.write_answer, role="lead", seat=desk.state.sitting()[1], question="moved", text=marked("answer"))
    desk.do(capture.draft_statement, role="lead", table=1, text=marked("statement"))
    desk.do(acts.report_incident, role="lead", code="other", text=marked("incident"))
    desk.do(capture.set_condition, r.Condition(
        role="lead", table=1, scenario="HSC-1", variant="base", condition="other", necessity="must", text=marked("condition"),
    ))
    desk.do(capture.take_position, r.Position(
        role="lead", table=1, scenario="HSC-1", decision="2", disagreed=1, reason=marked("position"),
    ))
    desk.keep_draft(SLOT, marked("draft"))


def _erase(desk: Desk) -> None:
    desk.keep_draft(SLOT, marked("withdrawn"))
    desk.withdraw(desk.state.sitting()[0])
    for record, body in desk.state.bodies(r.Note):
        if "redacted" in body.text:
            desk.redact(record.ref, "A neighbour said so")


def _be_refused(desk: Desk, told: Callable[..., None]) -> None:
    """Acts with marked words that are refused, and damaged bytes that hold them."""
    long = marked("long") * 30
    gone = r.Ref(device=desk.device, seq=9_999, leaf="0" * 64)
    refused: list[Callable[[], object]] = [
        lambda: desk.do(capture.draft_statement, role="lead", table=9, text=marked("refused")),
        lambda: desk.do(capture.draft_statement, role="lead", table=1, text=long),
        lambda: desk.do(capture.write_answer, role="lead", seat="018", question="nothing", text=marked("refused")),
        lambda: desk.do(capture.write_answer, role="lead", seat="999", question="moved", text=marked("refused")),
        lambda: desk.do(acts.report_incident, role="lead", code="other", text=long),
        lambda: desk.do(capture.note, r.Note(role="lead", text=long * 30, step="anchor_talk")),
        lambda: desk.redact(gone, marked("refused")),
        lambda: desk.do(capture.rule, role="lead", choice="drop", reason=long, drop=(gone,)),
        lambda: day.seal(desk, accepted=[marked("refused")]),
        lambda: laptop.read_identity(_file(desk, marked("refused"))),
    ]
    for act in refused:
        told("refused", *_refusal(act))
    line = codec.line(desk.state.bodies(r.Note)[0][0])
    own = laptop.make("ESS", seed=b"c" * 64)
    plain = bundle.pack(_chain(own), stage="checkpoint", key=own.key, recipients=[])
    for data, read in ((line, codec.read_line), (plain, lambda data: exporting.read_back(data, own, at=RECEIVED))):
        for bad in _damaged(data):
            told("damaged", *_refusal(lambda bad=bad, read=read: read(bad)))


def _file(desk: Desk, text: str) -> Path:
    path = desk.store.path.parents[2] / "stick" / "not-a-key"
    path.write_text(text, encoding="utf-8")
    return path


def _chain(own: laptop.Laptop) -> list[r.Record]:
    first = r.Opened(
        role="desk", workshop=SESSION.id, area="ESS", laptop=own.principal, key=own.public_line, pack="0" * 64, programme="p",
    )
    bodies = [first, r.Note(role="desk", text=marked("note"), step="talk")]
    return [
        codec.seal_body(body, device="canarycana", seq=seq, at=RECEIVED, salt=f"{seq:032x}")
        for seq, body in enumerate(bodies, start=1)
    ]


def _damaged(data: bytes) -> Iterator[bytes]:
    draw = random.Random(1)  # noqa: S311 - damage, no secret
    for _ in range(150):
        place = draw.randrange(len(data))
        yield draw.choice([
            data[:place], data[:place] + draw.randbytes(3) + data[place:], data[:place] + data[place + 2 :],
            data[:place] + bytes([data[place] ^ draw.randrange(1, 256)]) + data[place + 1 :],
        ])


def _refusal(act: Callable[[], object]) -> tuple[str, ...]:
    """What a refusal says in all its forms; nothing where the act was done."""
    try:
        act()
    except TradeoffError as error:
        report = crash.report(type(error), error, error.__traceback__)
        said = words.say(error)
        return (error.code, str(error), repr(error), repr(error.facts), str(said), report, *_log(error))
    return ()


def _log(error: BaseException) -> list[str]:
    """What a traceback prints, but for the source lines, which are the program's own."""
    return [str(error.__cause__), str(error.__context__), *traceback.format_exception_only(error)]


def _bug() -> None:
    try:
        json.loads(marked("note"))
    except ValueError as error:
        message = marked("note")
        raise LookupError(message) from error


def _crash(places: Folders, told: Callable[..., None]) -> None:
    """A bug with somebody's words in it, answered as the window answers it."""
    try:
        _bug()
    except LookupError as error:
        answer = crash.hook(places, surroundings().clock, lambda message: told("crash", str(message)))
        answer(type(error), error, error.__traceback__)


def _command(root: Path) -> None:
    """The same bug in a command."""
    os.environ["XDG_DATA_HOME"] = str(root / "cli")
    found, doctor.examine = doctor.examine, lambda **_: _bug()
    sys.argv = ["tradeoff", "doctor"]
    try:
        cli.main(lambda _: [])
    except SystemExit as ended:
        if ended.code != cli.BUG:
            raise
    doctor.examine = found


# -- looking

BAD: dict[str, Callable[[], None]] = {
    "temporary": lambda: None,
    "traceback": lambda: setattr(crash, "hook", lambda *_: sys.__excepthook__),
    "facts": lambda: setattr(TradeoffError, "__str__", lambda error: f"{error.code} {marked('x')}"),
    "secure_delete": lambda: setattr(connection, "_PRAGMAS", tuple(
        (name, "OFF", 0) if name == "secure_delete" else (name, *rest) for name, *rest in connection._PRAGMAS
    )),
}


def run(bad: Sequence[str] = ()) -> Found:
    """Play the day and look at everything that was written, told and left."""
    faults: Counter[str] = Counter()
    written: Counter[str] = Counter()
    told: list[list[Any]] = []
    with memory() as root:
        for folder in ("laptop", "stick", "papers"):
            (root / folder).mkdir()

        def see(change: Change) -> None:
            if change.act == "say":
                told.append(json.loads(change.data))
            elif change.act == "write":
                place = change.path.removeprefix(f"{root}/")
                written.update([Path(place).suffix or place])
                faults.update(_look_at_write(place, change.data))

        def act() -> None:
            for name in bad:
                BAD[name]()
            say = os.open(tracer.SAYING, os.O_WRONLY)
            play(root, lambda *said: os.write(say, json.dumps(said).encode()), bad)

        code = tracer.follow(act, root=Path("/"), before=lambda _: None, after=see)
        faults.update([f"the day itself ended with {code}"] if code else [])
        faults.update(f"in what was said: {topic}" for topic, *said in told if MARK in " ".join(said))
        if not code:
            faults.update(_look_at_files(root))
            faults.update(_look_at_others(root))
        shutil.rmtree(root / "laptop")
    refused = Counter(topic for topic, *said in told if said)
    return {"writes": dict(written), "refused": dict(refused), "faults": dict(faults)}


def _look_at_write(place: str, data: bytes) -> Iterator[str]:
    """A write is to a file we know of, and holds marked words only where it is to a store."""
    final = re.sub(r"(^|/)\.([^/]+)\.part$", r"\1\2", place)
    if place == "stick/not-a-key":
        return
    if data not in TRIALS and not KNOWN.fullmatch(final) and not CACHES.fullmatch(place):
        yield f"an unknown file: {re.sub('[0-9]+', '0', place)}"
    if MARK.encode() in data and not STORES.fullmatch(place):
        yield f"written to {final}"


def _look_at_files(root: Path) -> Iterator[str]:
    """Marked words are in the store alone, those erased in no file, the encrypted ones opened."""
    places = Folders(root / "laptop")
    own = laptop.read(places.keys / "ESS")
    kept = 0
    for path in sorted((root / "laptop").rglob("*")):
        if not path.is_file():
            continue
        data = path.read_bytes()
        if path.suffix == ".tradeoff":
            data = b"".join(exporting.read_back(data, own, at=RECEIVED).files.values())
            kept += MARK.encode() in data
        elif path.suffix != ".db" and MARK.encode() in data:
            yield f"left in {path.name}"
        for name in GONE:
            if marked(name).encode() in data:
                yield f"erased and still in {path.suffix}"
    with Store.open(places.workshops / f"{SESSION.id}.db") as store:
        texts = b"".join(store.dump())
    names = ("note", "clarification", "answer", "statement", "incident", "condition", "position", "reason")
    if not kept or not all(marked(name).encode() in texts for name in names):
        yield "the marked words are not where they belong: nothing was tried"


def _look_at_others(root: Path) -> Iterator[str]:
    """The same for the other laptops, the central team and the commands."""
    for path in sorted(one for name in ("room", "cli") for one in (root / name).rglob("*") if one.is_file()):
        if path.suffix != ".db" and MARK.encode() in path.read_bytes():
            yield f"left in {path.name}"
    if len(list(root.rglob("crash-*.txt"))) != 5:
        yield "a crash has left no report: nothing was tried"
    with Store.look(root / "room" / "centre" / "centre.db") as store:
        texts = b"".join(store.dump())
    if not all(marked(name).encode() in texts for name in ("desk", "table1", "answer", "foreword")):
        yield "the marked words did not reach the centre: nothing was tried"


def main() -> None:
    """Read the command line, play, say what was found."""
    parser = arguments(__doc__)
    parser.add_argument("--bad", nargs="*", default=[], choices=sorted(BAD), help="leaks that must be found out")
    asked = parser.parse_args()
    sys.stdout.flush()
    tell(run(asked.bad))


if __name__ == "__main__":
    main()
