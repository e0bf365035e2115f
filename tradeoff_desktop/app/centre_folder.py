"""The folder in which the central team's things stand: its keys, the programme, whom it trusts, the store."""

from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from tradeoff_desktop.app import enrolling, judging, laptop
from tradeoff_desktop.app.files import make_folder, read_file, reading, replace_file
from tradeoff_desktop.app.judging import Access
from tradeoff_desktop.app.laptop import Laptop
from tradeoff_desktop.app.shelf import LIMIT, refuse_older
from tradeoff_desktop.errors import MachineError, RuleError
from tradeoff_desktop.exchange.programme import SignedProgramme, read_programme, trust_of
from tradeoff_desktop.model import pack as packs

_KEY_FILES = (laptop.IDENTITY, f"{laptop.SIGNING}.pub", laptop.SIGNING)  # the signing key last: with it they count


class CentreFolder(NamedTuple):
    """One such folder; nothing in it need exist yet."""

    root: Path

    @property
    def store(self) -> Path:
        """What was taken in."""
        return self.root / "centre.db"

    @property
    def keys(self) -> Path:
        """The team's own keys."""
        return self.root / "keys"

    @property
    def trust(self) -> Path:
        """Whom the team trusts."""
        return self.root / "allowed_signers"

    @property
    def programme_file(self) -> Path:
        """The signed programme."""
        return self.root / "programme.tradeoff-programme"

    @property
    def has_keys(self) -> bool:
        """Whether the team's keys are here."""
        return _there(self.keys / laptop.SIGNING)

    @property
    def has_programme(self) -> bool:
        """Whether a programme was taken in."""
        return _there(self.programme_file)

    def own(self) -> Laptop:
        """The team's own keys. TrustError("locked_key"), MachineError."""
        return laptop.read(self.keys)

    def signed(self) -> SignedProgramme:
        """The programme, which must be signed by the team's own key. TrustError."""
        return read_programme(read_file(self.programme_file, limit=LIMIT), pinned=self.own().key.public)

    def access(self, now: datetime) -> Access:
        """What reading a bundle takes, as of ``now``."""
        found = judging.access(trust=self.trust, identity=self.keys / laptop.IDENTITY, now=now)
        return found._replace(programme=self.signed().programme)

    def bring_keys(self, folder: Path) -> None:
        """Copy the team's keys from the folder that ``tradeoff programme new`` made. MachineError("file_missing")."""
        laptop.read(folder)  # all three are there and are keys
        make_folder(self.root, private=True)
        to = make_folder(self.keys, private=True)
        if self.has_keys:
            raise MachineError("file_exists", file=laptop.SIGNING)
        there = to / laptop.IDENTITY
        if _there(there) and read_file(there, limit=LIMIT) != read_file(folder / laptop.IDENTITY, limit=LIMIT):
            raise MachineError("file_exists", file=laptop.IDENTITY)
        for name in (laptop.TRIAL, laptop.ISSUES):  # what the next programme is signed by
            if _there(folder / name):
                replace_file(to / name, read_file(folder / name, limit=LIMIT), private=True)
        for name in _KEY_FILES:
            replace_file(to / name, read_file(folder / name, limit=LIMIT), private=not name.endswith(".pub"))

    def bring_programme(self, file: Path) -> SignedProgramme:
        """Take a programme file of the team's own in, its laptops and revocations with it. TrustError, RuleError.

        Laptops that were enrolled since stay enrolled; the plan that was there before is replaced by a later file of
        the same programme only.
        """
        data = read_file(file, limit=LIMIT)
        signed = read_programme(data, pinned=self.own().key.public)
        if self.has_programme and self.signed().programme.id != signed.programme.id:
            raise RuleError("another_programme", known=self.signed().programme.id, found=signed.programme.id)
        refuse_older(signed.programme, self.signed() if self.has_programme else None)
        enrolling.take_over(trust_of(signed.programme), into=self.trust)
        pack = make_folder(self.root / "packs") / f"{packs.digest(signed.pack)}.json"
        replace_file(pack, packs.canonical(signed.pack))
        replace_file(self.programme_file, data)
        return signed


def found_at(folder: Path) -> CentreFolder | None:
    """The central team's folder that ``folder`` is, as a rehearsal leaves one; None where it is another one."""
    here = CentreFolder(folder)
    return here if here.has_keys and here.has_programme and _there(here.trust) else None


def _there(path: Path) -> bool:
    with reading(path.name):
        return path.is_file()
