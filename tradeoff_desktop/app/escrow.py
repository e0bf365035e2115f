"""The centre's keys kept a second time, and tried out: a programme is signed only once the backup has been restored.

The backup is locked for the escrow key alone, and holds a secret drawn for it. Restoring shows that secret as six
words; nobody can say them who has not opened the backup with the escrow key.
"""

import hashlib
import secrets
from datetime import datetime
from pathlib import Path

from tradeoff_desktop.app import laptop
from tradeoff_desktop.app.files import read_file, replace_file, write_new
from tradeoff_desktop.errors import RuleError, TrustError
from tradeoff_desktop.exchange import comparison, keys, sealing
from tradeoff_desktop.exchange.sealing import Identity

TRIAL = "escrow.trial"  # recipient, digest of the six words, whether they were said
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
    replace_file(folder / TRIAL, f"{recipient} {_digest(comparison.seal_words(secret))} waiting\n".encode())


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


def check_tried(folder: Path, *, recipient: str, heard: str) -> None:
    """RuleError("escrow_untried") unless the backup for this escrow key was restored; ``heard`` are the six words.

    Once they were said rightly they need not be said again for the same key.
    """
    parts = read_file(folder / TRIAL, limit=_LIMIT).decode("ascii", "replace").split() if (folder / TRIAL).is_file() else []
    if len(parts) != 3 or parts[0] != recipient:
        raise RuleError("escrow_untried")
    if parts[2] != "tried":
        if _digest(tuple(heard.lower().split())) != parts[1]:
            raise RuleError("escrow_untried")
        replace_file(folder / TRIAL, f"{recipient} {parts[1]} tried\n".encode())


def _digest(words: tuple[str, ...]) -> str:
    return hashlib.sha256(" ".join(words).encode()).hexdigest()
