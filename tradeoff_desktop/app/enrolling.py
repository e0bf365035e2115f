"""Whom the centre trusts: enrolling a laptop, its new key, taking a key back.

The trust store stays what OpenSSH can read: ``allowed_signers``, with ``revoked_keys`` beside it.
"""

import json
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from tradeoff_desktop.app.desk import moment
from tradeoff_desktop.app.files import make_folder, read_file, reading, replace_file
from tradeoff_desktop.errors import RuleError, TrustError
from tradeoff_desktop.exchange import comparison, keys, trust
from tradeoff_desktop.exchange import programme as signing
from tradeoff_desktop.exchange.signature import BUNDLE
from tradeoff_desktop.exchange.trust import Signer, TrustStore

REVOKED, REASONS = "revoked_keys", "revoked_reasons.json"
_LIMIT = 1024 * 1024
_KEY_DAYS = 3 * 365


class Enrolled(NamedTuple):
    """What enrolling did: which laptop, and whether its earlier key vouched for it."""

    signer: Signer
    vouched: bool


def read_trust(path: Path) -> TrustStore:
    """The trust store in an allowed_signers file, with the revocation list beside it.

    TrustError("bad_trust_line") names the line.
    """
    found = trust.read(read_file(path, limit=_LIMIT).decode("utf-8", "replace"))
    return TrustStore(signers=found.signers, revoked=_revoked(path.with_name(REVOKED)))


def _revoked(path: Path) -> frozenset[bytes]:
    with reading(path.name):
        there = path.is_file()
    return trust.read_revoked(read_file(path, limit=_LIMIT).decode("utf-8", "replace")) if there else frozenset()


def _known(path: Path) -> TrustStore:
    with reading(path.name):
        there = path.exists()
    return read_trust(path) if there else TrustStore(revoked=_revoked(path.with_name(REVOKED)))


class Announced(NamedTuple):
    """What an enrolment file says of itself, before anybody has compared words."""

    principal: str
    vouched: bool  # signed by an earlier key as well; whether that one is known, enrolling will tell
    known: bool


def look(file: Path, *, into: Path) -> Announced:
    """Read an enrolment file and change nothing. TrustError where it is none."""
    enrolment, previous = signing.read_enrolment(read_file(file, limit=_LIMIT))
    return Announced(enrolment.laptop, previous is not None, _known(into).find(enrolment.public) is not None)


def enrol(file: Path, *, into: Path, heard: str, now: datetime) -> Enrolled:
    """Add the laptop of an enrolment file to the trust store ``into``, which is made where there is none.

    ``heard`` are the eight words its people read out; a new key that the laptop's earlier key signed needs none while
    that one holds. RuleError("words_differ" | "renew_key"), TrustError where the file, or the key that vouches, is not good.
    """
    enrolment, previous = signing.read_enrolment(read_file(file, limit=_LIMIT))
    known, public = _known(into), enrolment.public
    if public in known.revoked:
        raise TrustError("revoked_signer", at_fault="signer", fingerprint=keys.fingerprint(public))
    vouched = _vouched(known, enrolment, previous, heard=heard, now=now)
    if not vouched and tuple(heard.lower().split()) != comparison.key_words(public):
        raise RuleError("words_differ")  # not with the right words: whoever sees them needs nobody to read them out
    held = known.find(public)
    if held is not None:
        until = held.valid_before
        if until and trust.stamp(moment(now)) > until:
            raise RuleError("renew_key", principal=held.principal, day=f"{until[:4]}-{until[4:6]}-{until[6:8]}")
        return Enrolled(held, vouched)
    # Without a first day: a bundle that waits for its laptop came in before this moment.
    signer = Signer(
        principal=enrolment.laptop, key=public, valid_before=f"{now + timedelta(days=_KEY_DAYS):%Y%m%d}235959Z",
    )
    grown = known.enrol(signer)
    make_folder(into.parent)
    replace_file(into, trust.write(grown).encode())
    return Enrolled(signer, vouched)


def _vouched(
    known: TrustStore, enrolment: signing.Enrolment, previous: bytes | None, *, heard: str, now: datetime,
) -> bool:
    """Whether the laptop's earlier key, which still holds, signed for the new one; TrustError where another's did or none."""
    if previous is None:
        if any(signer.principal == enrolment.laptop and signer.key != enrolment.public for signer in known.signers):
            raise TrustError("not_vouched", at_fault="signer", principal=enrolment.laptop)
        return False
    earlier = known.find(previous)
    if earlier is not None and earlier.principal != enrolment.laptop:
        raise TrustError("not_vouched", at_fault="signer", principal=enrolment.laptop)
    try:
        known.judge(previous, namespace=BUNDLE, received_at=moment(now))
    except TrustError as error:
        if error.code != "signer_expired" or not heard:
            raise
        return False  # too old to speak for another; words still may
    return True


def take_over(named: TrustStore, *, into: Path) -> None:
    """Add the laptops that a programme names to the trust store ``into``, and what it revokes; nothing is taken out."""
    known = _known(into)
    for signer in named.signers:
        if known.find(signer.key) is None:
            known = known.enrol(signer)
    make_folder(into.parent)
    replace_file(into, trust.write(known).encode())
    if named.revoked - known.revoked:
        replace_file(into.with_name(REVOKED), trust.write_revoked(known.revoked | named.revoked).encode())


class Known(NamedTuple):
    """One key in the trust store, for people: whose it is, its words, until when it holds, and why it was taken back."""

    principal: str
    key: bytes
    until: str  # a day, "" for no bound
    expired: bool
    revoked: bool
    reason: str = ""

    @property
    def words(self) -> tuple[str, ...]:
        """The eight words of the key."""
        return comparison.key_words(self.key)


def known(path: Path, *, now: datetime) -> list[Known]:
    """Every key of the trust store at ``path``, by laptop. TrustError("bad_trust_line")."""
    found, reasons, today = _known(path), _reasons(path), trust.stamp(moment(now))
    return [
        Known(
            one.principal, one.key, _day(one.valid_before), expired=bool(one.valid_before) and today > one.valid_before,
            revoked=one.key in found.revoked, reason=reasons.get(keys.fingerprint(one.key), ""),
        )
        for one in sorted(found.signers, key=lambda one: (one.principal, one.valid_before))
    ]


def _day(stamp: str) -> str:
    return f"{stamp[:4]}-{stamp[4:6]}-{stamp[6:8]}" if stamp else ""


def _reasons(path: Path) -> dict[str, str]:
    beside = path.with_name(REASONS)
    with reading(beside.name):
        there = beside.is_file()
    try:
        found = json.loads(read_file(beside, limit=_LIMIT)) if there else {}
    except (ValueError, RecursionError):
        return {}  # it only says why; the list itself stands in its own file
    return {str(mark): str(why) for mark, why in found.items()} if isinstance(found, dict) else {}


def take_back(key: bytes, *, into: Path, reason: str) -> None:
    """Revoke a key and keep the reason beside the list. RuleError("reason_needed")."""
    if not reason.strip():
        raise RuleError("reason_needed")
    revoke(key, into=into)
    reasons = _reasons(into) | {keys.fingerprint(key): reason.strip()}
    replace_file(into.with_name(REASONS), json.dumps(reasons, indent=1, sort_keys=True, ensure_ascii=False).encode(), private=True)


def revoke(key: bytes, *, into: Path) -> None:
    """Put a key on the revocation list beside the trust store ``into``: nothing it signed is taken in from now on."""
    listed = _revoked(into.with_name(REVOKED)) | {key}
    make_folder(into.parent)
    replace_file(into.with_name(REVOKED), trust.write_revoked(listed).encode())
