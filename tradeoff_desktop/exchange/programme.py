"""The programme file (from the centre to the laptops) and the enrolment file (from a laptop to the centre)."""

from collections.abc import Callable
from dataclasses import dataclass

from tradeoff_desktop.errors import TrustError
from tradeoff_desktop.exchange import comparison, keys, parcel, sealing, signature
from tradeoff_desktop.exchange.keys import SigningKey
from tradeoff_desktop.exchange.trust import Signer, TrustStore
from tradeoff_desktop.exchange.trust import read as read_trust
from tradeoff_desktop.exchange.trust import write as write_trust
from tradeoff_desktop.model import codec
from tradeoff_desktop.model.fault import Fault, fault
from tradeoff_desktop.model.pack import Pack, digest
from tradeoff_desktop.model.pack import canonical as canonical_pack
from tradeoff_desktop.model.pack import read as read_pack
from tradeoff_desktop.model.programme import Programme
from tradeoff_desktop.model.records import AreaCode, Line, Principal

_PROGRAMME = "programme.json"
_PACK = "pack.json"
_ENROLMENT = "enrolment.json"


@dataclass(frozen=True, kw_only=True)
class SignedProgramme:
    """A programme with its pack, rightly signed by ``key``; ``words`` are compared with the printed letter once."""

    programme: Programme
    pack: Pack
    key: bytes
    previous: bytes | None

    @property
    def words(self) -> tuple[str, ...]:
        """The eight words of the key that signed."""
        return comparison.key_words(self.key)


@dataclass(frozen=True, kw_only=True)
class Enrolment:
    """What a laptop says of itself: who it is, the key it signs with, the age recipient it can open."""

    area: AreaCode
    key: Line
    laptop: Principal
    recipient: Line

    @property
    def public(self) -> bytes:
        """The 32 bytes of the signing key."""
        return keys.read_public_line(self.key)


def write_programme(
    programme: Programme, pack: Pack, *, key: SigningKey, previous: SigningKey | None = None,
) -> bytes:
    """The programme file. At a change of the centre's key it is signed by the ``previous`` one as well."""
    files = {_PROGRAMME: codec.encode(programme), _PACK: canonical_pack(pack)}
    return parcel.write(files, key=key, namespace=signature.PROGRAMME, previous=previous)


def read_programme(data: bytes, *, pinned: bytes | None) -> SignedProgramme:
    """Verify a programme file; TrustError otherwise.

    ``pinned`` is the centre's key as accepted before: any other is refused ("other_programme_key", with its words)
    unless the pinned key signed too. None is the first import: compare ``words`` with the letter, then pin ``key``.
    """
    found = parcel.read(data, names=(_PROGRAMME, _PACK), namespace=signature.PROGRAMME)
    if pinned is not None and pinned not in {found.key, found.previous}:
        words = " ".join(comparison.key_words(found.key))
        raise TrustError("other_programme_key", at_fault="signer", words=words)
    programme = codec.decode(found.files[_PROGRAMME], Programme)
    pack = read_pack(found.files[_PACK])
    if digest(pack) != programme.pack:
        raise TrustError("other_pack", at_fault="content", wanted=programme.pack)
    if keys.read_public_line(programme.signing_key) != found.key:
        raise TrustError("wrong_programme_key", at_fault="signer")
    return SignedProgramme(programme=programme, pack=pack, key=found.key, previous=found.previous)


def unusable(programme: Programme) -> list[Fault]:
    """Keys and recipients that are none, and laptops whose key is revoked, by field."""
    found = [
        fault(field, "plan_bad_recipient") for field, text in _recipients(programme) if not _holds(sealing.check_recipient, text)
    ]
    lines = [("signing_key", programme.signing_key), ("next_key", programme.next_key)]
    lines += [(f"laptops[{place}].key", one.key) for place, one in enumerate(programme.laptops)]
    lines += [(f"revoked[{place}]", line) for place, line in enumerate(programme.revoked)]
    found += [fault(field, "plan_bad_key") for field, line in lines if line and not _holds(keys.read_public_line, line)]
    revoked = {line.split(" ")[1] for line in programme.revoked if " " in line}
    for place, one in enumerate(programme.laptops):
        if one.key.split(" ")[1:2] and one.key.split(" ")[1] in revoked:
            found.append(fault(f"laptops[{place}].key", "plan_revoked_laptop", principal=one.principal))
    return found


def _recipients(programme: Programme) -> list[tuple[str, str]]:
    named = [("centre", programme.centre), ("escrow", programme.escrow)]
    named += [(f"laptops[{place}].recipient", one.recipient) for place, one in enumerate(programme.laptops)]
    return [(field, text) for field, text in named if text]


def _holds(check: Callable[[str], object], text: str) -> bool:
    try:
        check(text)
    except TrustError:
        return False
    return True


def trust_of(programme: Programme) -> TrustStore:
    """The trust store of the laptops a programme names, with its revocations; TrustError("bad_trust_line")."""
    signers = tuple(
        Signer(
            principal=laptop.principal,
            key=keys.read_public_line(laptop.key),
            valid_after=laptop.valid_from.replace("-", "") + "000000Z",
            valid_before=laptop.valid_until.replace("-", "") + "235959Z",
        )
        for laptop in programme.laptops
    )
    checked = read_trust(write_trust(TrustStore(signers=signers))).signers
    return TrustStore(signers=checked, revoked=frozenset(map(keys.read_public_line, programme.revoked)))


def write_enrolment(
    laptop: str, *, key: SigningKey, recipient: str, previous: SigningKey | None = None,
) -> bytes:
    """A laptop's enrolment file, signed by the very key it announces (and by the ``previous`` one at a change)."""
    line = keys.public_line(key.public)
    enrolment = Enrolment(area=laptop[:3], key=line, laptop=laptop, recipient=sealing.check_recipient(recipient))
    files = {_ENROLMENT: codec.encode(enrolment)}
    return parcel.write(files, key=key, namespace=signature.ENROLMENT, previous=previous)


def read_enrolment(data: bytes) -> tuple[Enrolment, bytes | None]:
    """An enrolment, and the key that signed as the one before; compare the words with the laptop's screen.

    TrustError where it is not signed by the key it announces or contradicts itself.
    """
    found = parcel.read(data, names=(_ENROLMENT,), namespace=signature.ENROLMENT)
    enrolment = codec.decode(found.files[_ENROLMENT], Enrolment)
    sealing.check_recipient(enrolment.recipient)
    if enrolment.key != keys.public_line(found.key) or enrolment.laptop[:3] != enrolment.area:
        raise TrustError("bad_enrolment", at_fault="signer")
    return enrolment, found.previous
