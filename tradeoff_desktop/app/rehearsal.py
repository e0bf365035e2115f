"""The rehearsal: a whole programme on one laptop, from signed plan to printed reports, through the real acts.

Everything in it is practice and says so in its ids; a centre store that holds practice refuses real bundles and the
other way round. The same seed gives the same answers, records and dump; only the encryption differs every time.
"""

import hashlib
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from tradeoff_desktop.app import centre, evidence, judging, laptop, merging, planning, programmes, publishing
from tradeoff_desktop.app import rehearsal_day as days
from tradeoff_desktop.app.desk import Surroundings
from tradeoff_desktop.app.exporting import Progress, ignore
from tradeoff_desktop.app.files import Folders, make_folder, write_new
from tradeoff_desktop.app.laptop import Laptop
from tradeoff_desktop.app.rehearsal_day import Clockwork, Day, Played, Post, Untidy
from tradeoff_desktop.app.workshops import Workshops
from tradeoff_desktop.errors import RuleError
from tradeoff_desktop.exchange import trust as trusting
from tradeoff_desktop.exchange.programme import SignedProgramme, trust_of
from tradeoff_desktop.findings import Results
from tradeoff_desktop.model import pack as packs
from tradeoff_desktop.model.programme import Laptop as Enrolled
from tradeoff_desktop.model.workshop import Workshop
from tradeoff_desktop.store.store import Store

if TYPE_CHECKING:
    from tradeoff_desktop.report.document import Document

_POSTS = ("lead", "desk", "table-1", "table-4")
_KEYS_UNTIL = "2099-12-31"
# Which of the areas has which mishap beyond the usual ones.
_UNTIDY = {1: Untidy(late_bundle=True), 2: Untidy(withdrawal=True)}


class Summary(NamedTuple):
    """What a rehearsal left behind and what became of it."""

    folder: Path
    played: tuple[Played, ...]
    judged: tuple[judging.Judged, ...]
    reports: tuple[Path, ...]
    records: int
    answers: tuple[str, ...]

    def lines(self) -> list[str]:
        """The same for a person to read."""
        taken = sum(one.accepted for one in self.judged)
        lines = [
            f"Rehearsal in {self.folder} (practice data)",
            f"  {len(self.played)} workshops played, {len(self.judged)} bundles written and sent to the centre",
            f"  {taken} bundles taken in, {len(self.judged) - taken} refused, {self.records} records held",
        ]
        lines += [f"  seal of {one.workshop}: {' '.join(one.seal)}" for one in self.played]
        lines += ["What the answers show:", *(f"  {answer}" for answer in self.answers)]
        lines += [
            "Where to look:", f"  laptops  {self.folder / 'laptops'}", f"  bundles  {self.folder / 'bundles'}",
            f"  centre   {self.folder / 'centre'}", f"  reports  {self.folder / 'reports'}",
        ]
        return lines

    def facts(self) -> dict[str, Any]:
        """The same as plain values."""
        return {
            "folder": str(self.folder), "records": self.records, "answers": list(self.answers),
            "workshops": [{"workshop": p.workshop, "seal": list(p.seal)} for p in self.played],
            "bundles": [one.facts() for one in self.judged], "reports": [path.name for path in self.reports],
        }


def rehearse(
    folder: Path, *, seed: int = 1, areas: int = 6, people: int = 20, progress: Progress = ignore,
) -> Summary:
    """Play ``areas`` workshops of ``people`` into an empty ``folder``. RuleError("folder_not_empty")."""
    if folder.exists() and any(folder.iterdir()):
        raise RuleError("folder_not_empty", folder=folder.name)
    stage = Stage(make_folder(folder), seed)
    signed = stage.issue(areas)
    played = []
    for number, session in enumerate(signed.programme.sessions[:areas]):
        progress(f"playing {session.id}", number, areas + 2)
        one = Day(signed, session, Clockwork(stage.opening(session.date)), seed=seed, people=people)
        posts = stage.posts(signed, session.area, one.clock)
        played.append(one.play(posts, folder / "bundles", _UNTIDY.get(number, Untidy())))
    progress("merging", areas, areas + 2)
    judged = stage.merge(sorted({path for one in played for path in one.bundles}), _last_moment(signed))
    progress("writing reports", areas + 1, areas + 2)
    reports, records, answers = stage.publish(played)
    progress("done", areas + 2, areas + 2)
    return Summary(folder, tuple(played), tuple(judged), reports, records, answers)


class Stage:
    """The folders and keys of one rehearsal, every one of them made from its seed."""

    def __init__(self, folder: Path, seed: int) -> None:
        self._folder = folder
        self._seed = seed
        self._centre = make_folder(folder / "centre")
        self._laptops: dict[str, Laptop] = {}
        self._stream = _stream(f"tradeoff-rehearsal:{seed}")

    def opening(self, date: str) -> datetime:
        """When the laptops of that day are first opened."""
        return datetime.fromisoformat(date).replace(hour=8, tzinfo=UTC)

    def issue(self, areas: int) -> SignedProgramme:
        """Make every laptop's keys, enrol them, and sign the default programme as practice."""
        now = self.opening("2027-01-11")
        own = laptop.make("CTR", seed=self._bytes(64), id_=self._id())
        laptop.keep(own, self._folder / "centre" / "keys", now=now)
        write_new(self._centre / "identity.key", (self._centre / "keys" / laptop.IDENTITY).read_bytes(), private=True)
        plan = programmes.shipped_source()
        first = planning.issue(plan, centre=own, practice=True).signed.programme
        enrolled = [self._make_laptop(area, post, now) for area in first.areas[:areas] for post in _POSTS]
        issued = planning.issue(plan, centre=own, enrolled=enrolled, practice=True)
        planning.write(issued, self._centre / "programme.tradeoff-programme")
        # Beside the store, so that the reports can be made again after the shipped pack has moved on.
        pack = issued.signed.pack
        write_new(make_folder(self._centre / "packs") / f"{packs.digest(pack)}.json", packs.canonical(pack))
        store = trust_of(issued.signed.programme)
        write_new(self._centre / "allowed_signers", trusting.write(store).encode())
        return issued.signed

    def _make_laptop(self, area: str, post: str, now: datetime) -> Enrolled:
        name = f"{area.lower()}-{post}"
        made = self._laptops[name] = laptop.make(area, seed=self._bytes(64), id_=self._id())
        laptop.keep(made, self._folders(name).keys / area, now=now)
        enrolment = planning.enrolment_of(made)
        write_new(self._folders(name).root / "enrolment", enrolment)
        return planning.enrol(enrolment, now=self.opening("2020-01-01"), valid_until=_KEYS_UNTIL)

    def _folders(self, name: str) -> Folders:
        return Folders(self._folder / "laptops" / name)

    def posts(self, signed: SignedProgramme, area: str, clock: Callable[[], datetime]) -> list[Post]:
        """The area's laptops: lead, data desk and two at tables."""
        lead = self._laptops[f"{area.lower()}-lead"]
        posts = []
        for post in _POSTS:
            name = f"{area.lower()}-{post}"
            stream = _stream(f"tradeoff-rehearsal:{self._seed}:{name}")
            around = Surroundings(clock=clock, salt=_salts(stream), new_id=_ids(stream))
            own = self._laptops[name]
            posts.append(Post(name, own, Workshops(self._folders(name), around), days.recipients(signed, own, lead)))
        return posts

    def merge(self, files: list[Path], now: datetime) -> list[judging.Judged]:
        """Take every bundle in at the centre, as `tradeoff merge` would."""
        access = judging.access(
            trust=self._centre / "allowed_signers", identity=self._centre / "identity.key", now=now,
        )
        return merging.merge(files, store=self._centre / "centre.db", access=access)

    def publish(self, played: list[Played]) -> tuple[tuple[Path, ...], int, tuple[str, ...]]:
        """Write every report there is; also how many records are held, and what the answers show."""
        reports = make_folder(self._folder / "reports")
        with Store.open(self._centre / "centre.db") as store:
            states = centre.states(store, centre.pack_of(store))
            records = sum(1 for _ in store.dump())
            provenance = centre.provenance(store)
        found = evidence.find_in(states, audience="published")
        written = []
        for name, document in self._documents(states, played, provenance, found):
            for ending, data in ((".pdf", document.write()), (".html", document.html())):
                write_new(reports / f"{name}{ending}", data)
                written.append(reports / f"{name}{ending}")
        return tuple(written), records, tuple(evidence.answers(states, found))

    def _documents(
        self, states: list[Workshop], played: list[Played], provenance: tuple[str, ...], found: Results,
    ) -> Iterator[tuple[str, "Document"]]:
        by_name = {state.opening.workshop: state for state in states}
        for one in played:
            yield f"{one.workshop}-summary", publishing.summary_document(by_name[one.workshop])
            yield f"{one.workshop}-host-copy", publishing.host_document(by_name[one.workshop])
        for area in sorted({state.area for state in states}):
            yield f"area-{area}", publishing.area_document(states, area, provenance, found=found)
        first = min(state.area for state in states)
        yield f"area-{first}-checking-copy", publishing.area_document(states, first, provenance, checking=True, found=found)
        yield "full-report", publishing.full_document(states, provenance, found=found)

    def _bytes(self, count: int) -> bytes:
        return b"".join(next(self._stream) for _ in range(count // 32))

    def _id(self) -> str:
        return _named(next(self._stream))


def _stream(name: str) -> Iterator[bytes]:
    """32 bytes after 32 bytes that depend on nothing but ``name``: practice must come out the same again."""
    number = 0
    while True:
        yield hashlib.sha256(f"{name}:{number}".encode()).digest()
        number += 1


def _salts(stream: Iterator[bytes]) -> Callable[[], str]:
    def next_salt() -> str:
        return next(stream)[:16].hex()

    return next_salt


def _ids(stream: Iterator[bytes]) -> Callable[[], str]:
    def next_id() -> str:
        return _named(next(stream))

    return next_id


def _named(data: bytes) -> str:
    alphabet = "abcdefghijklmnopqrstuvwxyz0123456789"
    return "".join(alphabet[byte % len(alphabet)] for byte in data[:10])


def _last_moment(signed: SignedProgramme) -> datetime:
    last = max(session.date for session in signed.programme.sessions)
    return datetime.fromisoformat(last).replace(hour=20, tzinfo=UTC)
