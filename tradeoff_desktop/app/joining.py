"""How another laptop joins: the lead writes a table file, the other one opens it with the workshop code (decision 28).

The file is signed and holds no answers. The eight characters that somebody reads out name the workshop *and* the
lead's key, so a file of another workshop, or of a lead whose key has changed, does not go with them.
"""

from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from tradeoff_desktop.app import content, differences, laptop, shelf
from tradeoff_desktop.app.desk import Changed, Desk
from tradeoff_desktop.app.files import Folders, read_file, replace_file
from tradeoff_desktop.app.standing import counted
from tradeoff_desktop.errors import MachineError, RuleError, TradeoffError, TrustError
from tradeoff_desktop.exchange import comparison, keys, tablefile
from tradeoff_desktop.exchange.programme import SignedProgramme, trust_of
from tradeoff_desktop.model import pack as packs
from tradeoff_desktop.model.pack import Pack
from tradeoff_desktop.model.records import Opened, Record

ENDING = ".tradeoff-table"
INVITED = ".invited"  # a file beside the store: the laptops that joined, a line each
DATA_DESK = "the data desk"
_LIMIT = 2 * 1024 * 1024


class Invitation(NamedTuple):
    """A verified table file, with the cards it needs."""

    opened: Opened  # of the lead
    records: tuple[Record, ...]
    pack: Pack


def code_of(desk: Desk, folders: Folders) -> str:
    """The eight characters to read out to whoever joins. RuleError("only_lead")."""
    if desk.role != "lead":
        raise RuleError("only_lead")
    return comparison.workshop_code(desk.opened.workshop, laptop.load(folders, desk.opened.area, now=desk.now).key.public)


def write(desk: Desk, folders: Folders, folder: Path) -> Path:
    """Write the table file as things stand into ``folder``; an older one of this workshop there is replaced.

    RuleError("only_lead"), MachineError as for any file.
    """
    code_of(desk, folders)
    own = laptop.load(folders, desk.opened.area, now=desk.now)
    path = folder / f"{desk.opened.workshop.replace(':', '_')}{ENDING}"
    renewals = laptop.renewals(folders.keys / desk.opened.area, since=keys.read_public_line(desk.opened.key), until=own.key.public)
    replace_file(path, tablefile.write(list(desk.store.records(desk.device)), key=own.key, renewals=renewals))
    if desk.store.path is not None and not invited(desk):
        replace_file(desk.store.path.with_suffix(INVITED), b"")
    return path


def invited(desk: Desk) -> bool:
    """Whether a table file was ever written here: then there may be laptops that nothing was taken in from."""
    return desk.store.path is not None and desk.store.path.with_suffix(INVITED).exists()


def posts(desk: Desk) -> list[str]:
    """Where another laptop may stand, as people in the room call it."""
    ticked = joined(desk)  # also at a table that was closed since: a tick can be taken away again
    at = {number: _at_table(number) for number in sorted(desk.state.tables)}
    return [DATA_DESK, *(post for number, post in at.items() if desk.state.tables[number].state == "open" or post in ticked)]


def _at_table(number: int) -> str:
    return f"the laptop at table {number}"


def joined(desk: Desk) -> list[str]:
    """Of those the ones that the lead ticked off as having joined."""
    path = desk.store.path
    text = read_file(path.with_suffix(INVITED), limit=_LIMIT) if path is not None and invited(desk) else b""
    return text.decode(errors="replace").splitlines()


def tick(desk: Desk, post: str) -> Changed:
    """A laptop has joined there; ticked again, it has not."""
    if desk.store.path is not None:
        known = set(joined(desk)) ^ {post}
        replace_file(desk.store.path.with_suffix(INVITED), "\n".join(sorted(known)).encode())
    return frozenset()  # no record has changed


def never_taken_in(desk: Desk) -> list[str]:
    """The laptops that joined and that nothing was taken in from.

    A table laptop is known by the table it took notes at; one that has taken none may be any of them.
    """
    others = [device.device for device in desk.store.devices() if not device.own]
    roles = {device: opened.role for device in others if (opened := desk.state.openings.get(device)) is not None}
    at = {device: differences.tables_of(desk.state, device) for device, role in roles.items() if role == "table"}
    known = {_at_table(table) for tables in at.values() for table in tables}
    known |= {DATA_DESK} if "desk" in roles.values() else set()
    left = [post for post in joined(desk) if post not in known]
    unknown = sum(not tables for tables in at.values())
    tables = [post for post in left if post != DATA_DESK]
    return left if len(tables) > unknown else [post for post in left if post == DATA_DESK]


def look(folders: Folders, path: Path, code: str) -> Invitation:
    """Verify a table file against the code as typed.

    TrustError: "bad_workshop_code", "wrong_workshop_code", "other_table_file", "lead_key_changed", "revoked_signer" or what is altered;
    MachineError("cards_missing") where this laptop does not have the cards of that workshop.
    """
    data = read_file(path, limit=_LIMIT)
    try:
        found = tablefile.read(data, code=code)
    except TrustError as error:
        if error.code == "wrong_workshop_code":
            _explain(error, comparison.read_workshop_code(code), _known(folders))
        raise
    for signed in _programmes(folders):
        for key in trust_of(signed.programme).revoked.intersection(found.keys):
            raise TrustError("revoked_signer", at_fault="signer", fingerprint=keys.fingerprint(key))
    return Invitation(found.opened, found.records, cards(folders, found.opened))


def renew(desk: Desk, path: Path) -> Changed:
    """Work from a newer table file of the same lead from now on; no code is needed, its key or what it vouches for is known.

    TrustError as ``look``, and "older_table_file". What a withdrawal in it names is erased here at once.
    """
    before = desk.store.borrowed()
    lead = before[0].body if before else None
    if desk.role == "lead":
        raise RuleError("not_joined")
    if not isinstance(lead, Opened):
        raise RuleError("join_again")
    found = tablefile.read_newer(read_file(path, limit=_LIMIT), known=lead)
    if found.records[0].device == before[0].device and found.records[-1].seq < before[-1].seq:
        raise TrustError("older_table_file", at_fault="content", workshop=lead.workshop)
    return desk.join(found.records)


def erased(desk: Desk) -> Counter[str]:
    """How many of this laptop's own records are erased, by kind."""
    return Counter(record.kind for record in desk.store.records(desk.device) if record.erased)


def gone_words(gone: Counter[str]) -> str:
    """What a newer table file had erased here, and what is to be done about it; "" for nothing."""
    if not gone.total():
        return ""
    notes = counted(gone["note"], "note", "notes")
    said = [f"The lead laptop has given {notes} other words: the old words are erased here."] if gone["note"] else []
    if gone.total() > gone["note"] + gone["clarification"]:
        said.append("What people gave who have left the study is erased here.")
    return " ".join([*said, "Write your stick again and take it to the lead laptop."])


def _explain(error: TrustError, code: str, known: list[tuple[str, str]]) -> None:
    """Say more than "wrong" where the code is one that this laptop can place; otherwise return."""
    wanted = next((workshop for workshop, its in known if its == code), "")
    here = str(error.facts["workshop"])
    if wanted == here:
        raise TrustError("lead_key_changed", at_fault="signer", workshop=here) from error
    if wanted:
        raise TrustError("other_table_file", at_fault="content", wanted=wanted, found=here) from error


def _known(folders: Folders) -> list[tuple[str, str]]:
    """(workshop, code) of every planned session and every laptop that may lead it."""
    return [
        (session.id, comparison.workshop_code(session.id, keys.read_public_line(one.key)))
        for signed in _programmes(folders) for session in signed.programme.sessions
        for one in signed.programme.laptops if one.area == session.area
    ]


def _programmes(folders: Folders) -> Iterator[SignedProgramme]:
    for path in sorted(folders.programmes.glob("*.programme")):
        signed = shelf.programme(folders, path.stem)
        if signed is not None:
            yield signed


def cards(folders: Folders, opened: Opened) -> Pack:
    """The cards a workshop is held with: those that ship, or of a programme file taken in here. MachineError("cards_missing")."""
    if packs.digest(content.shipped()) == opened.pack:
        return content.shipped()
    for path in sorted(folders.programmes.glob("*.programme")):
        with suppress(TradeoffError):  # a file that no longer reads must not hide the others
            signed = shelf.programme(folders, path.stem)
            if signed is not None and packs.digest(signed.pack) == opened.pack:
                return signed.pack
    raise MachineError("cards_missing", workshop=opened.workshop)
