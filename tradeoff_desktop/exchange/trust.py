"""Who may sign what, until when: a standard OpenSSH ``allowed_signers`` file, read more strictly than OpenSSH does.

Principals are exact (``MAN.k3v9x2q7aa@tradeoff``): the area stands in the name, so a bundle signed for one area
fails in another. Wildcards, negation, certificate authorities and any key but ssh-ed25519 are refused, as is a
file in which one key stands twice. Expiry is judged at the moment of receipt, never by a laptop's clock.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from tradeoff_desktop.errors import TrustError
from tradeoff_desktop.exchange import comparison, keys, signature

_PRINCIPAL = re.compile(r"[A-Z]{3}\.[a-z0-9]{10}@tradeoff")
_OPTIONS = re.compile(r'([a-z-]+)="([^"]*)"')
_STAMPS = {9: "%Y%m%dZ", 13: "%Y%m%d%H%MZ", 15: "%Y%m%d%H%M%SZ"}
_MOMENT = re.compile(r"(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)\.\d{3}Z")
_MAX_FILE = 1024 * 1024


@dataclass(frozen=True, kw_only=True)
class Signer:
    """One laptop's key. ``valid_after`` and ``valid_before`` are ``YYYYMMDDHHMMSSZ`` (UTC), "" for no bound."""

    principal: str
    key: bytes
    namespaces: tuple[str, ...] = (signature.BUNDLE, signature.TABLE)
    valid_after: str = ""
    valid_before: str = ""
    comment: str = ""

    @property
    def area(self) -> str:
        """The area code this key may speak for."""
        return self.principal[:3]


@dataclass(frozen=True, kw_only=True)
class TrustStore:
    """The enrolled signers, and the keys that were revoked."""

    signers: tuple[Signer, ...] = ()
    revoked: frozenset[bytes] = frozenset()

    def find(self, key: bytes) -> Signer | None:
        """The signer of that key, or None."""
        return next((signer for signer in self.signers if signer.key == key), None)

    def enrol(self, signer: Signer) -> "TrustStore":
        """The store with one more signer; TrustError("bad_trust_line") where it may not be added."""
        grown = replace(self, signers=(*self.signers, signer))
        return replace(grown, signers=read(write(grown)).signers)

    def judge(self, key: bytes, *, namespace: str, received_at: str) -> Signer:
        """The signer of ``key`` where it may sign in ``namespace`` and held when the file came in.

        TrustError: "unknown_signer" (facts: ``fingerprint``, ``words``, ``begins`` with two of them, ``key`` as a public line), "revoked_signer",
        "signer_not_allowed", "signer_not_yet_valid", "signer_expired".
        """
        mark = keys.fingerprint(key)
        if key in self.revoked:
            raise TrustError("revoked_signer", at_fault="signer", fingerprint=mark)
        signer = self.find(key)
        if signer is None:
            words = comparison.key_words(key)
            facts = {"words": " ".join(words), "begins": " ".join(words[:2]), "key": keys.public_line(key)}
            raise TrustError("unknown_signer", at_fault="signer", fingerprint=mark, **facts)
        facts = {"at_fault": "signer", "fingerprint": mark, "principal": signer.principal}
        if namespace not in signer.namespaces:
            raise TrustError("signer_not_allowed", **facts, namespace=namespace)
        received = stamp(received_at)
        if signer.valid_after and received < signer.valid_after:
            raise TrustError("signer_not_yet_valid", **facts, valid_after=signer.valid_after)
        if signer.valid_before and received > signer.valid_before:
            raise TrustError("signer_expired", **facts, valid_before=signer.valid_before)
        return signer


def stamp(moment: str) -> str:
    """A moment (``2026-11-03T10:00:00.000Z``) as OpenSSH writes it: ``20261103100000Z``."""
    match = _MOMENT.fullmatch(moment)
    if match is None:
        raise TrustError("bad_moment", at_fault="format")
    return "".join(match.groups()) + "Z"


def read(text: str) -> TrustStore:
    """The signers of an ``allowed_signers`` file.

    TrustError("bad_trust_line") names the ``line`` and the ``field``: principal, options, namespaces, date, key
    or twice.
    """
    if len(text) > _MAX_FILE:
        raise TrustError("bad_trust_line", at_fault="signer", line=0, field="size")
    signers: list[Signer] = []
    seen: set[bytes] = set()
    for number, line in _lines(text):
        signer = _read_line(line, number)
        if signer.key in seen:
            raise _bad(number, "twice")
        seen.add(signer.key)
        signers.append(signer)
    return TrustStore(signers=tuple(signers))


def read_revoked(text: str) -> frozenset[bytes]:
    """The keys of a plain revocation list: a public key a line, as ``ssh-keygen -r`` takes it."""
    return frozenset(_key(line, number) for number, line in _lines(text))


def write(store: TrustStore) -> str:
    """The ``allowed_signers`` file of a store, a signer a line in the given order."""
    return "".join(_line(signer) + "\n" for signer in store.signers)


def write_revoked(revoked: Iterable[bytes]) -> str:
    """The revocation list of those keys, in a fixed order."""
    return "".join(keys.public_line(key) + "\n" for key in sorted(revoked))


def _line(signer: Signer) -> str:
    options = [f'namespaces="{",".join(signer.namespaces)}"']
    options += [f'valid-after="{signer.valid_after}"'] if signer.valid_after else []
    options += [f'valid-before="{signer.valid_before}"'] if signer.valid_before else []
    return f"{signer.principal} {','.join(options)} {keys.public_line(signer.key, signer.comment)}"


def _lines(text: str) -> list[tuple[int, str]]:
    numbered = enumerate(text.split("\n"), 1)
    return [(number, line) for number, line in numbered if line.strip() and not line.startswith("#")]


def _bad(number: int, field: str) -> TrustError:
    return TrustError("bad_trust_line", at_fault="signer", line=number, field=field)


def _read_line(line: str, number: int) -> Signer:
    principal, _, rest = line.partition(" ")
    if not _PRINCIPAL.fullmatch(principal):
        raise _bad(number, "principal")
    text, _, key = rest.partition(" ")
    options = _options(text, number)
    namespaces = tuple(options.get("namespaces", "").split(","))
    if not set(namespaces) <= signature.NAMESPACES or len(set(namespaces)) != len(namespaces):
        raise _bad(number, "namespaces")
    return Signer(
        principal=principal,
        key=_key(key, number),
        namespaces=namespaces,
        valid_after=_date(options.get("valid-after"), number),
        valid_before=_date(options.get("valid-before"), number),
        comment=" ".join(key.split(" ")[2:]),
    )


def _options(text: str, number: int) -> dict[str, str]:
    """The options of a line, each at most once; nothing but the three that are used here."""
    found = _OPTIONS.findall(text)
    options = dict(found)
    if ",".join(f'{name}="{value}"' for name, value in found) != text or len(options) != len(found):
        raise _bad(number, "options")
    if not options.keys() <= {"namespaces", "valid-after", "valid-before"}:
        raise _bad(number, "options")
    return options


def _date(text: str | None, number: int) -> str:
    if text is None:
        return ""
    try:
        moment = datetime.strptime(text, _STAMPS[len(text)])  # noqa: DTZ007 - the Z is part of the pattern
    except (KeyError, ValueError) as error:
        raise _bad(number, "date") from error
    return moment.strftime("%Y%m%d%H%M%SZ")


def _key(line: str, number: int) -> bytes:
    try:
        return keys.read_public_line(line)
    except TrustError as error:
        raise _bad(number, "key") from error
