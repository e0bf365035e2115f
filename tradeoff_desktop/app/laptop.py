"""This laptop's own keys, made on first use, offline, readable by their owner only.

A key speaks for one area, because the area stands in the name a trust store knows it by. A laptop that serves two
areas therefore has two keys, each in a folder of its own.
"""

import hashlib
import secrets
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from tradeoff_desktop.app import held_here
from tradeoff_desktop.app.files import Folders, make_folder, move_file, read_file, reading, replace_file
from tradeoff_desktop.errors import MachineError, RuleError, TrustError
from tradeoff_desktop.exchange import comparison, keys, sealing
from tradeoff_desktop.exchange.programme import read_enrolment

_ALPHABET = "abcdefghijklmnopqrstuvwxyz0123456789"
SIGNING, IDENTITY = "signing_key", "identity.key"
TRIAL, ISSUES = "escrow.trial", "issues.json"  # beside the centre's keys: the backup tried out, the last issue of each programme
_BEGUN = f"{SIGNING}.begun.part"  # the signing key of a making that is not done; it has never signed
_LIMIT = 4096  # bytes of a key file
_opened: dict[bytes, bytes] = {}  # asked for once at start: by the file's digest, while the program runs


class Laptop(NamedTuple):
    """One laptop as one area knows it: its name, what it signs with and what it opens bundles with."""

    principal: str
    key: keys.SigningKey
    identity: sealing.Identity

    @property
    def area(self) -> str:
        """The area it may speak for."""
        return self.principal[:3]

    @property
    def public_line(self) -> str:
        """Its public key as one OpenSSH line."""
        return keys.public_line(self.key.public)

    @property
    def words(self) -> tuple[str, ...]:
        """The eight words a person reads out so that the centre knows this key."""
        return comparison.key_words(self.key.public)


def new_id() -> str:
    """Ten random characters: a laptop's or a store's id (decision 14)."""
    return "".join(secrets.choice(_ALPHABET) for _ in range(10))


def make(area: str, *, seed: bytes | None = None, id_: str | None = None) -> Laptop:
    """A new laptop's keys. ``seed`` (64 bytes) and ``id_`` are given only by the rehearsal, to be repeatable."""
    seed = seed or secrets.token_bytes(64)
    return Laptop(
        principal=f"{area}.{id_ or new_id()}@tradeoff", key=keys.from_seed(seed[:32]),
        identity=sealing.from_seed(seed[32:]),
    )


def keep(laptop: Laptop, folder: Path, *, now: datetime) -> None:
    """Write a laptop's keys into ``folder``; MachineError("file_exists") where keys are there, "key_lost" as ``check_not_lost``.

    The signing key gets its name last, and with it the keys count. What an attempt that was cut short left has never
    been used and is replaced; otherwise this laptop could never have keys for that area again.
    """
    with reading(folder.name):
        there, kept = folder.exists(), (folder / SIGNING).exists()
    make_folder(folder, private=not there)  # a folder of somebody's own choosing keeps the rights it has
    if kept:
        raise MachineError("file_exists", file=SIGNING)
    check_not_lost(folder)
    replace_file(folder / _BEGUN, keys.write_private(laptop.key, laptop.principal), private=True)
    identity = sealing.write_identity(laptop.identity, now.isoformat(timespec="seconds"))
    replace_file(folder / IDENTITY, identity.encode(), private=True)
    replace_file(folder / f"{SIGNING}.pub", keys.public_line(laptop.key.public, laptop.principal).encode() + b"\n")
    move_file(folder / _BEGUN, folder / SIGNING)


def check_not_lost(folder: Path) -> None:
    """MachineError("key_lost") where files of keys stand in ``folder`` and their signing key does not: none are made over them."""
    with reading(folder.name):
        names = {path.name for path in folder.iterdir()} if folder.is_dir() else set()
    made = {IDENTITY, f"{SIGNING}.pub"} & names if _BEGUN not in names else set()
    used = {TRIAL, ISSUES} & names or {name for name in names if name.endswith(".enrolment")}
    if SIGNING not in names and (made or used):
        raise MachineError("key_lost", file=SIGNING, folder=folder.name)


def centre(folder: Path) -> tuple[Laptop, bool]:
    """The centre's own key, and whether ``folder`` keeps it already; a new one is not written before it has signed.

    It signs programmes and opens bundles. MachineError("key_lost") as ``check_not_lost``.
    """
    check_not_lost(folder)
    with reading(folder.name):
        kept = (folder / SIGNING).exists()
    # The name is never a principal of a trust store: the centre signs programmes, not bundles.
    return (read(folder), True) if kept else (make("CTR"), False)


def exchange_key(laptop: Laptop, folder: Path) -> None:
    """Put a new signing key in the place of the one in ``folder``."""
    line = keys.public_line(laptop.key.public, laptop.principal)
    replace_file(folder / SIGNING, keys.write_private(laptop.key, laptop.principal), private=True)
    replace_file(folder / f"{SIGNING}.pub", line.encode() + b"\n")


def renewals(folder: Path, *, since: bytes, until: bytes) -> list[bytes]:
    """The enrolments in ``folder`` by which one key vouched for the next, from ``since`` to ``until``; none where they do not."""
    vouched: dict[bytes, tuple[bytes, bytes]] = {}
    for path in sorted(folder.glob("*.enrolment")):
        data = read_file(path, limit=64 * 1024)
        with suppress(TrustError):  # a file that somebody put there
            enrolment, previous = read_enrolment(data)
            if previous is not None:
                vouched[enrolment.public] = previous, data
    found: list[bytes] = []
    while until != since and until in vouched:
        until, data = vouched.pop(until)
        found.insert(0, data)
    return found if until == since else []


def lock(folder: Path, passphrase: str, *, stay_open: bool = False) -> None:
    """Lock the keys in ``folder``: an age passphrase file around each of the two (decision 32).

    ``stay_open``: the running program goes on without asking, also one that is just writing a bundle.
    What a lock that was cut short had done is taken up again, with the same passphrase.
    """
    if has_passphrase(folder):
        raise TrustError("locked_key", at_fault="signer")
    for name in (IDENTITY, SIGNING):  # the signing key last: with it the lock counts as done
        data = read_file(folder / name, limit=_LIMIT)
        if sealing.is_sealed(data):
            _opened[_mark(data)] = sealing.unlock(data, passphrase)
        else:
            sealed = sealing.lock(data, passphrase)
            if stay_open:
                _opened[_mark(sealed)] = data
            replace_file(folder / name, sealed, private=True)


def unlock(folder: Path, passphrase: str) -> None:
    """Open locked keys for as long as the program runs; it takes some seconds by design of the library.

    TrustError("wrong_passphrase").
    """
    for name in (SIGNING, IDENTITY):
        data = read_file(folder / name, limit=_LIMIT)
        if sealing.is_sealed(data):
            _opened[_mark(data)] = sealing.unlock(data, passphrase)


def take_lock_off(folder: Path, passphrase: str) -> None:
    """Keep the keys without a passphrase again."""
    unlock(folder, passphrase)
    for name in (SIGNING, IDENTITY):
        replace_file(folder / name, _plain(folder / name), private=True)


def is_locked(folder: Path) -> bool:
    """Whether a key in ``folder`` waits for its passphrase."""
    found = [read_file(folder / name, limit=_LIMIT) for name in (SIGNING, IDENTITY) if (folder / name).is_file()]
    return any(sealing.is_sealed(data) and _mark(data) not in _opened for data in found)


def has_passphrase(folder: Path) -> bool:
    """Whether the key in ``folder`` is locked on the disk, opened since or not."""
    return sealing.is_sealed(read_file(folder / SIGNING, limit=_LIMIT))


def need_no_lock(folder: Path) -> None:
    """RuleError("take_lock_off") where the key has a passphrase: a new one would stand there without, unnoticed."""
    if has_passphrase(folder):
        raise RuleError("take_lock_off")


def _mark(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()


def _plain(path: Path) -> bytes:
    """What stands in a key file, locked or not; TrustError("locked_key") where its passphrase was not typed yet."""
    data = read_file(path, limit=_LIMIT)
    if not sealing.is_sealed(data):
        return data
    found = _opened.get(_mark(data))
    if found is None:
        raise TrustError("locked_key", at_fault="signer")
    return found


def load(folders: Folders, area: str, *, now: datetime) -> Laptop:
    """This laptop's keys for ``area``, made on first use. MachineError("key_lost") where they were used and are gone."""
    folder = folders.keys / area
    if not (folder / SIGNING).exists():
        check_unused(folders, area)
        keep(make(area), folder, now=now)
    return read(folder)


def check_unused(folders: Folders, area: str) -> None:
    """MachineError("key_lost") where a workshop on this laptop names a key for ``area``: another could not speak for it."""
    names = (one for one in held_here.stores(folders) if not one.damaged)
    if any(one.opened is None or (one.opened.area == area and not one.opened.practice) for one in names):
        raise MachineError("key_lost", file=SIGNING, folder=area)


def read(folder: Path) -> Laptop:
    """The keys in ``folder``. MachineError where a file is missing, TrustError where one is not a key.

    The laptop's name stands in the signing key; the public key beside it is for people and is not read.
    """
    key, name = read_signing(folder)
    return Laptop(principal=name, key=key, identity=read_identity(folder / IDENTITY))


def read_signing(folder: Path) -> tuple[keys.SigningKey, str]:
    """The signing key in ``folder`` and the name in it."""
    return keys.read_named(_plain(folder / SIGNING))


def read_identity(path: Path) -> sealing.Identity:
    """The age identity in the age tool's own key file."""
    return sealing.read_identity(_plain(path).decode("ascii", "replace"))
