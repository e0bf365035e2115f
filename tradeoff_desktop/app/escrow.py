"""The centre's keys kept a second time, and tried out: a programme is signed only once the backup has been restored.

The backup is locked for the escrow key alone, and holds a secret drawn for it. Restoring shows that secret as six
words; nobody can say them who has not opened the backup with the escrow key.
"""

import hashlib
import secrets
from datetime import datetime
from pathlib import Path

from tradeoff_desktop.app import laptop
from tradeoff_desktop.app.files import make_folder, read_file, remove_files, replace_file, write_new
from tradeoff_desktop.errors import RuleError, TrustError
from tradeoff_desktop.exchange import comparison, keys, sealing
from tradeoff_desktop.exchange.sealing import Identity

_LIMIT = 64 * 1024
_PARTS = 4


def backup(folder: Path, *, recipient: str, file: Path, now: datetime) -> None:
    """Write the centre's keys into ``file`` for the escrow ``recipient``; keys are made where ``folder`` has none."""
    sealing.check_recipient(recipient)
    own, kept = laptop.centre(folder)
    if not kept:
        laptop.keep(own, folder, now=now)
    secret = secrets.token_hex(32)
    signing = keys.write_private(own.key, own.principal).decode()
    text = f"{secret}\n\n{own.principal}\n\n{own.identity.secret}\n\n{signing}"
    write_new(file, sealing.encrypt(text.encode(), [recipient]), private=True)
    _note(folder, recipient, _digest(comparison.seal_words(secret)), "waiting", *_marks(own))


def restore(file: Path, *, identity: Identity, folder: Path, now: datetime) -> tuple[str, ...]:
    """Bring the keys back into a new ``folder``; the six words. TrustError where it is no backup or for another key."""
    parts = sealing.decrypt(read_file(file, limit=_LIMIT), [identity]).decode("utf-8", "replace").split("\n\n")
    if len(parts) != _PARTS:
        raise TrustError("bad_key_file", at_fault="format")
    secret, principal, opens, signing = parts
    made = laptop.Laptop(principal, keys.read_private(signing.encode()), sealing.read_identity(opens))
    laptop.keep(made, folder, now=now)
    if laptop.read(folder) != made:
        raise TrustError("bad_key_file", at_fault="format")
    return comparison.seal_words(secret)


def check_tried(folder: Path, own: laptop.Laptop, *, recipient: str, heard: str) -> None:
    """RuleError("escrow_untried") unless the backup of these keys for this escrow key was restored; ``heard`` are the six words.

    Once they were said rightly they need not be said again for the same key.
    """
    trial = folder / laptop.TRIAL
    parts = read_file(trial, limit=_LIMIT).decode("ascii", "replace").split() if trial.is_file() else []
    if len(parts) != 5 or (parts[0], *parts[3:]) != (recipient, *_marks(own)):
        raise RuleError("escrow_untried")
    if parts[2] != "tried":
        if _digest(tuple(heard.lower().split())) != parts[1]:
            raise RuleError("escrow_untried")
        _note(folder, recipient, parts[1], "tried", *parts[3:])


def _marks(own: laptop.Laptop) -> tuple[str, str]:
    """Which keys the backup holds."""
    return keys.fingerprint(own.key.public), own.identity.recipient


def _note(folder: Path, *parts: str) -> None:
    """Keep how the trial stands: escrow recipient, digest of the six words, whether they were said, which keys it was of."""
    replace_file(folder / laptop.TRIAL, (" ".join(parts) + "\n").encode())


def stands(folder: Path, own: laptop.Laptop) -> tuple[str, bool]:
    """For whose escrow key the centre's keys are backed up, "" for nobody's, and whether that backup was opened."""
    trial_ = folder / laptop.TRIAL
    recipient = (read_file(trial_, limit=_LIMIT).decode("ascii", "replace").split() or [""])[0] if trial_.is_file() else ""
    try:
        check_tried(folder, own, recipient=recipient, heard="")
    except RuleError:
        return recipient, False
    return recipient, True


def trial(file: Path, *, identity: Identity, within: Path, now: datetime) -> tuple[str, ...]:
    """Open a backup only to see that it opens; the six words. What was brought back is gone again when this returns."""
    folder = make_folder(within / f"trial-{laptop.new_id()}", private=True)
    try:
        return restore(file, identity=identity, folder=folder, now=now)
    finally:
        remove_files(sorted(folder.iterdir()))
        folder.rmdir()


def _digest(words: tuple[str, ...]) -> str:
    return hashlib.sha256(" ".join(words).encode()).hexdigest()
