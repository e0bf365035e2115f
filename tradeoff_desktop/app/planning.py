"""Keys and programme files: what the central team and a new laptop do before the day."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

from tradeoff_desktop.app import content, escrow, laptop, packwords, programmes, shelf
from tradeoff_desktop.app.content import PackFault, refusal
from tradeoff_desktop.app.files import (
    Folders,
    folders,
    make_folder,
    read_file,
    reading,
    replace_file,
    write_new,
)
from tradeoff_desktop.errors import MachineError, RuleError, TrustError
from tradeoff_desktop.exchange import comparison, keys, sealing, trust
from tradeoff_desktop.exchange import programme as signing
from tradeoff_desktop.exchange.programme import SignedProgramme
from tradeoff_desktop.model import plancheck
from tradeoff_desktop.model.fault import Fault
from tradeoff_desktop.model.pack import Pack
from tradeoff_desktop.model.programme import Laptop as Enrolled
from tradeoff_desktop.model.programme import Programme

PROGRAMME_LIMIT = 8 * 1024 * 1024
_KEY_DAYS = 3 * 365
CENTRE = "centre"


class KnownKey(NamedTuple):
    """One of this laptop's keys, as people and other tools name it."""

    principal: str
    fingerprint: str
    words: tuple[str, ...]
    public: str
    recipient: str
    enrolment: str = ""

    def lines(self) -> list[str]:
        """The same for a person to read."""
        lines = [
            f"{self.principal}", f"  fingerprint  {self.fingerprint}", f"  words        {' '.join(self.words)}",
            f"  opens        {self.recipient}",
        ]
        if self.enrolment:
            lines.append(f"  enrolment    {self.enrolment}: send it to the central team, and read them the words")
        return lines

    def facts(self) -> dict[str, Any]:
        """The same as plain values."""
        return self._asdict()


class Checked(NamedTuple):
    """What a check of a plan or programme file found, in words."""

    facts: list[str]
    faults: list[str]
    advice: list[str]
    words: tuple[str, ...]


def new_keys(area: str, *, now: datetime, at: Folders | None = None) -> KnownKey:
    """Make this laptop's keys for ``area`` and the enrolment file beside them. RuleError("unknown_area")."""
    if area not in {known.code for known in content.shipped().areas}:
        raise RuleError("unknown_area", area=area)
    where = at or folders()
    folder = where.keys / area
    if not (folder / laptop.SIGNING).exists():
        laptop.check_unused(where, area)
    made = laptop.make(area)
    laptop.keep(made, folder, now=now)
    enrolment = folder / f"{made.principal.replace('@', '-')}.enrolment"
    write_new(enrolment, enrolment_of(made))
    return known_of(made, str(enrolment))


def known_keys(at: Folders | None = None) -> list[KnownKey]:
    """Every key this laptop has, by area."""
    found = sorted((at or folders()).keys.glob(f"*/{laptop.SIGNING}"))
    return [known_of(laptop.read(path.parent)) for path in found]


def locked_areas(at: Folders | None = None) -> list[str]:
    """The areas whose key waits for its passphrase."""
    found = sorted((at or folders()).keys.glob(f"*/{laptop.SIGNING}"))
    return [path.parent.name for path in found if laptop.is_locked(path.parent)]


def lost_areas(at: Folders | None = None) -> list[str]:
    """The areas whose signing key is gone from beside other key files. MachineError("in_the_way") where keys can have no folder."""
    where, lost = (at or folders()).keys, []
    with reading(where.name):
        found = sorted(path for path in where.iterdir() if path.is_dir()) if where.exists() else []
    for folder in found:
        try:
            laptop.check_not_lost(folder)
        except MachineError as error:
            if error.code != "key_lost":
                raise
            lost.append(folder.name)
    return lost


def save_enrolment(area: str, folder: Path, *, at: Folders | None = None) -> Path:
    """Write this laptop's enrolment file for ``area`` into ``folder``; the one its earlier key vouched for, if any."""
    own_folder = (at or folders()).keys / area
    own = laptop.read(own_folder)
    data = enrolment_of(own)
    for path in sorted(own_folder.glob("*.enrolment")):
        kept = read_file(path, limit=PROGRAMME_LIMIT)
        if signing.read_enrolment(kept)[0].public == own.key.public:
            data = kept
    path = folder / f"{own.principal.replace('@', '-')}.enrolment"
    if not path.exists() or read_file(path, limit=PROGRAMME_LIMIT) != data:
        write_new(path, data)
    return path


def enrolment_of(made: laptop.Laptop) -> bytes:
    """The self-signed file with which a laptop asks to be enrolled."""
    return signing.write_enrolment(made.principal, key=made.key, recipient=made.identity.recipient)


def renew_keys(area: str, *, now: datetime, at: Folders | None = None) -> KnownKey:
    """Give this laptop a new signing key under its name; the enrolment file is signed by the old key too.

    The old key signs nothing else and is gone when this returns. What opens bundles stays.
    """
    folder = (at or folders()).keys / area
    laptop.need_no_lock(folder)
    old = laptop.read(folder)
    made = old._replace(key=laptop.make(area).key)
    enrolment = folder / f"{made.principal.replace('@', '-')}-{now:%Y%m%d-%H%M%S}.enrolment"
    write_new(enrolment, signing.write_enrolment(
        made.principal, key=made.key, recipient=made.identity.recipient, previous=old.key,
    ))
    laptop.exchange_key(made, folder)
    return known_of(made, str(enrolment))


def key_in(file: Path) -> bytes:
    """The key in a public key or enrolment file."""
    data = read_file(file, limit=PROGRAMME_LIMIT)
    if data.startswith(b"ssh-ed25519 "):
        return keys.read_public_line(data.decode("ascii", "replace").strip())
    return signing.read_enrolment(data)[0].public


def words_in(file: Path) -> tuple[str, ...]:
    """The eight words of the key in a public key, enrolment or programme file."""
    try:
        return comparison.key_words(key_in(file))
    except TrustError:
        return signing.read_programme(read_file(file, limit=PROGRAMME_LIMIT), pinned=None).words


class Issued(NamedTuple):
    """A programme file ready to be written, what it says, and the advice on it."""

    data: bytes
    signed: SignedProgramme
    advice: list[str]


def issue(
    plan: Path, *, centre: laptop.Laptop, enrolled: Sequence[Enrolled] = (), recipient: str = "", practice: bool = False,
    after: int = 0,
) -> Issued:
    """Sign the plan in a TOML file, with the shipped pack, as a programme file.

    The number of the issue is above ``after``. ContentError names what is wrong with the plan, TrustError a recipient that is none.
    """
    pack = content.shipped()
    own = programmes.Keys(
        signing=centre.public_line, centre=centre.identity.recipient,
        escrow=sealing.check_recipient(recipient) if recipient else "",
    )
    programme = programmes.plan(plan, pack=pack, keys=own, laptops=enrolled, practice=practice, after=after)
    if faults := signing.unusable(programme):
        raise refusal(PackFault(plan.name, 0, *faults[0]), more=len(faults) - 1)
    data = signing.write_programme(programme, pack, key=centre.key)
    return Issued(data, signing.read_programme(data, pinned=centre.key.public), advice_on(programme, pack))


def issue_from(
    plan: Path, *, key: Path, enrolled: Sequence[Enrolled], recipient: str, heard: str,
) -> Issued:
    """The same for a real programme: with the centre's key in the folder ``key``, once its backup was tried out.

    ``recipient`` is the escrow key's, ``heard`` the six words that restoring the backup showed.
    RuleError("escrow_untried") otherwise, MachineError("key_lost").
    """
    own, kept = laptop.centre(key)
    numbers = key / laptop.ISSUES
    known = _issues(numbers)
    first = issue(plan, centre=own, enrolled=enrolled, recipient=recipient)
    if not kept:  # nothing may carry a key that no folder keeps
        raise RuleError("escrow_untried")
    escrow.check_tried(key, own, recipient=recipient, heard=heard)
    name = first.signed.programme.id
    issued = issue(plan, centre=own, enrolled=enrolled, recipient=recipient, after=known.get(name, 0))
    # Laptops take no lower issue than the one they have: every file that is signed is a later one.
    replace_file(numbers, json.dumps(known | {name: issued.signed.programme.issue}).encode())
    return issued


def _issues(path: Path) -> dict[str, int]:
    """The last issue of each programme that was signed. MachineError("file_unreadable"): never as if there were none."""
    with reading(path.name):
        there = path.is_file()
    try:
        found = json.loads(read_file(path, limit=PROGRAMME_LIMIT)) if there else {}
        return {str(name): int(number) for name, number in found.items()}
    except (ValueError, TypeError, AttributeError, RecursionError) as error:
        raise MachineError("file_unreadable", file=path.name) from error


def write(issued: Issued, file: Path) -> None:
    """Write a programme file to a name that does not exist yet."""
    write_new(file, issued.data)


def enrol_file(file: Path, *, now: datetime) -> Enrolled:
    """A laptop as a programme names it, from the file it sent."""
    return enrol(read_file(file, limit=PROGRAMME_LIMIT), now=now)


def enrol(enrolment: bytes, *, now: datetime, valid_until: str = "") -> Enrolled:
    """A laptop as a programme names it, from its enrolment file; its key holds three years unless said otherwise."""
    found, _ = signing.read_enrolment(enrolment)
    return Enrolled(
        principal=found.laptop, area=found.area, key=found.key, recipient=found.recipient,
        valid_from=now.astimezone(UTC).date().isoformat(),
        valid_until=valid_until or (now.astimezone(UTC).date() + timedelta(days=_KEY_DAYS)).isoformat(),
    )


def write_trust(file: Path, folder: Path, *, heard: str = "") -> tuple[list[Path], tuple[str, ...]]:
    """Write what the centre judges bundles by: the laptops of a signed programme, and the keys it revokes.

    The files and the eight words of the key that signed. ``heard`` are those of the printed letter: RuleError("words_differ").
    The same once more changes nothing; MachineError("file_differs") where another trust store is there, which may know
    laptops that were enrolled since.
    """
    signed = shelf.read_heard(file, heard)
    store = signing.trust_of(signed.programme)
    make_folder(folder)
    # An empty list is written too: VERIFY.txt names it, and a list that is missing is noticed.
    files = {folder / "allowed_signers": trust.write(store), folder / "revoked_keys": trust.write_revoked(store.revoked)}
    with reading(folder.name):
        there = [path for path in files if path.exists()]
    for path in there:
        if read_file(path, limit=PROGRAMME_LIMIT) != files[path].encode():
            raise MachineError("file_differs", file=path.name)
    for path, text in files.items():
        if path not in there:
            write_new(path, text.encode())
    return list(files), signed.words


def check(file: Path) -> Checked:
    """Check a plan (TOML) against the shipped pack, or a signed programme file against the pack inside it."""
    if file.suffix == ".toml":
        found, counsel = programmes.check(file, content.shipped())
        return Checked([], [packwords.say(fault) for fault in found], [packwords.say(one) for one in counsel], ())
    signed = signing.read_programme(read_file(file, limit=PROGRAMME_LIMIT), pinned=None)
    planned, enrolled = len(signed.programme.sessions), len(signed.programme.laptops)
    facts = [
        f"{signed.programme.title}: {planned} workshops, {enrolled} laptops enrolled",
        "Signed by the key with the words: " + " ".join(signed.words),
    ]
    wrong = [*plancheck.check(signed.programme, signed.pack), *signing.unusable(signed.programme)]
    faults = [_in_words(fault, file) for fault in wrong]
    return Checked(facts, faults, advice_on(signed.programme, signed.pack), signed.words)


def advice_on(programme: Programme, pack: Pack) -> list[str]:
    """What the plan cannot answer, in words."""
    return [_in_words(one, Path("plan")) for one in plancheck.advise(programme, pack)]


def _in_words(found: Fault, file: Path) -> str:
    return packwords.say(PackFault(file.name, 0, found.field, found.code, dict(found.facts)))


def known_of(made: laptop.Laptop, enrolment: str = "") -> KnownKey:
    """A laptop's key as people name it."""
    return KnownKey(
        principal=made.principal, fingerprint=keys.fingerprint(made.key.public), words=made.words,
        public=made.public_line, recipient=made.identity.recipient, enrolment=enrolment,
    )
