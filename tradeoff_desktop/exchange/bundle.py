"""The bundle: one device's whole chain, signed inside and encrypted outside.

Reading goes in one order and stops at the first fault: age, container, signature, signer, area, manifests, and
only then the payload, every record of it. There is no way to read a bundle without verifying it.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tradeoff_desktop.errors import TrustError
from tradeoff_desktop.exchange import bag, container, content, manifest, payload, sealing, signature
from tradeoff_desktop.exchange.bag import Info
from tradeoff_desktop.exchange.keys import SigningKey
from tradeoff_desktop.exchange.sealing import Identity
from tradeoff_desktop.exchange.trust import Signer, TrustStore
from tradeoff_desktop.model import chain
from tradeoff_desktop.model.records import Head, Record

SIGNATURE = "tagmanifest-sha256.txt.sig"
TAGMANIFEST = "tagmanifest-sha256.txt"
INFO = "bag-info.txt"
BAGIT = "bagit.txt"
MANIFEST = "manifest-sha256.txt"
_TAGS = (SIGNATURE, TAGMANIFEST, INFO, BAGIT, MANIFEST)
_WITH_SUMMARY = (*_TAGS, *payload.NAMES)
_WITHOUT_SUMMARY = tuple(name for name in _WITH_SUMMARY if name != payload.SUMMARY)
LAYOUTS = (_WITH_SUMMARY, _WITHOUT_SUMMARY)  # every name a bundle may hold, in order
_REMAINDER = (SIGNATURE, TAGMANIFEST, INFO, payload.RECORDS)


@dataclass(frozen=True, kw_only=True)
class Bundle:
    """A verified bundle. ``files`` is the signed bag as it came in, ``digest`` the SHA-256 of the file."""

    info: Info
    signer: Signer
    records: tuple[Record, ...]
    files: Mapping[str, bytes]
    digest: str

    @property
    def head(self) -> Head:
        """How far this device's chain had come."""
        return Head(device=self.info.device, seq=self.info.seq, head=self.info.head)

    @property
    def summary(self) -> bytes | None:
        """The session summary PDF, where one travels."""
        return self.files.get(payload.SUMMARY)


def file_name(info: Info) -> str:
    """What the bundle's file is called."""
    return info.identifier.replace(":", "_") + ".tradeoff"


def pack(
    records: Sequence[Record], *, stage: str, key: SigningKey, recipients: Sequence[str], summary: bytes | None = None,
) -> bytes:
    """The bundle of one device's whole chain, from seq 1.

    ``stage`` is checkpoint, open or sealed; ``summary`` (PDF bytes) belongs in the lead's open and sealed bundles
    and nowhere else. ``recipients`` are age recipients; with none it is signed but readable by anyone. The signed
    bag is the same bytes for the same records and recipients; age adds its own randomness. Raises what ``read`` would.
    """
    content.check(records, stage=stage)
    head = chain.follow(records, device=records[0].device)
    files = payload.write(records, payload.lines_of(records), summary=summary)
    info = describe(records, files, head=head, stage=stage, recipients=recipients)
    tags = {INFO: bag.write_info(info), BAGIT: bag.BAGIT, MANIFEST: manifest.write(files)}
    listing = manifest.write(tags)
    signed = signature.sign(listing, key=key, namespace=signature.BUNDLE)
    plain = container.write({SIGNATURE: signed, TAGMANIFEST: listing, **tags, **files})
    return sealing.encrypt(plain, recipients) if recipients else plain


def describe(
    records: Sequence[Record], files: Mapping[str, bytes], *, head: str, stage: str, recipients: Sequence[str],
) -> Info:
    """What the bag-info of those records, their chain ``head`` and payload ``files`` must say.

    TrustError("stage_differs") where a summary is missing or out of place.
    """
    opened = payload.opened_of(records)
    info = Info(
        date=records[-1].at[:10],
        oxum=bag.oxum(files),
        workshop=opened.workshop,
        area=opened.area,
        laptop=opened.laptop,
        device=records[0].device,
        role=opened.role,
        programme=opened.programme,
        pack=opened.pack,
        practice=opened.practice,
        stage=stage,
        seq=len(records),
        head=head,
        recipients=tuple(recipients),
    )
    summary = files.get(payload.SUMMARY)
    if info.has_summary != (summary is not None) or not (summary or b"%PDF-").startswith(b"%PDF-"):
        raise TrustError("stage_differs", at_fault="content", stage=stage)
    return info


def read(data: bytes, *, trust: TrustStore, identities: Sequence[Identity], received_at: str) -> Bundle:
    """Verify a bundle and return its records; TrustError with ``code`` and ``at_fault`` otherwise.

    ``received_at`` is the moment of receipt, at which the signer's key must have been valid.
    """
    files = _unsealed(data, identities, LAYOUTS)
    signer, info = _authenticate(files, trust=trust, received_at=received_at)
    if bool(info.recipients) != sealing.is_sealed(data):
        raise TrustError("not_as_sealed", at_fault="age")
    tags = {INFO: files[INFO], BAGIT: bag.BAGIT, MANIFEST: files[MANIFEST]}
    manifest.check(files[TAGMANIFEST], tags)
    if files[BAGIT] != bag.BAGIT:  # the signed sum is of the one text there is; the file must be that text too
        raise TrustError("manifest_differs", at_fault="content", file=BAGIT)
    manifest.check(files[MANIFEST], {name: files[name] for name in files if name not in _TAGS})
    records = payload.read_records(files[payload.RECORDS])
    _follow(records, info)
    _compare(files, info, records)
    return Bundle(info=info, signer=signer, records=records, files=files, digest=hashlib.sha256(data).hexdigest())


def introduce(data: bytes, *, identities: Sequence[Identity]) -> Signer:
    """Who says they made this bundle, or what it is the remainder of: the key that signed it and the name it gives. Nothing of it is trusted yet.

    Only for showing a key's words to people who compare them; TrustError where it is no bundle, or not for us.
    """
    files = _unsealed(data, identities, [*LAYOUTS, _REMAINDER])
    key = signature.verify(files[TAGMANIFEST], files[SIGNATURE], namespace=signature.BUNDLE)
    manifest.check_one(files[TAGMANIFEST], INFO, files[INFO])
    return Signer(principal=bag.read_info(files[INFO]).laptop, key=key)


def _unsealed(data: bytes, identities: Sequence[Identity], layouts: Sequence[tuple[str, ...]]) -> dict[str, bytes]:
    """The files inside. The container they were cut out of is gone when this returns."""
    return _open(sealing.decrypt(data, identities) if sealing.is_sealed(data) else data, layouts)


def _open(plain: bytes, layouts: Sequence[tuple[str, ...]]) -> dict[str, bytes]:
    try:
        return container.read(plain, layouts)
    except TrustError as error:
        # A later format may have other files. Say so rather than call it damaged; it is refused either way.
        if error.code == "unexpected_file":
            for name, found in container.scan(plain):
                if name == INFO:
                    bag.check_format(found)
        raise


def _authenticate(files: Mapping[str, bytes], *, trust: TrustStore, received_at: str) -> tuple[Signer, Info]:
    """Who signed, and what for: settled before any payload is looked at."""
    key = signature.verify(files[TAGMANIFEST], files[SIGNATURE], namespace=signature.BUNDLE)
    signer = trust.judge(key, namespace=signature.BUNDLE, received_at=received_at)
    manifest.check_one(files[TAGMANIFEST], INFO, files[INFO])
    info = bag.read_info(files[INFO])
    if info.area != signer.area:
        raise TrustError("wrong_area", at_fault="area", area=info.area, principal=signer.principal)
    if info.laptop != signer.principal:
        raise TrustError("wrong_laptop", at_fault="signer", laptop=info.laptop, principal=signer.principal)
    return signer, info


def _follow(records: Sequence[Record], info: Info) -> None:
    """The chain must be whole, of one device, and end where the signed bag-info says."""
    head = chain.follow(records, device=info.device)
    if len(records) != info.seq or head != info.head:
        raise TrustError("head_differs", at_fault="chain", device=info.device, seq=info.seq)


def _compare(files: Mapping[str, bytes], info: Info, records: Sequence[Record]) -> None:
    """Everything that says something about the records must say what the records say."""
    opened = payload.opened_of(records)
    if opened.area != info.area:
        raise TrustError("wrong_area", at_fault="area", area=opened.area, principal=info.laptop)
    content.check(records, stage=info.stage)
    derived = payload.write(records, files[payload.RECORDS], summary=files.get(payload.SUMMARY))
    for name, wanted in derived.items():
        if files[name] != wanted:
            raise TrustError("derived_differs", at_fault="content", file=name)
    if describe(records, derived, head=info.head, stage=info.stage, recipients=info.recipients) != info:
        raise TrustError("derived_differs", at_fault="content", file=INFO)


def remainder(bundle: Bundle, records: Sequence[Record], *, recipients: Sequence[str]) -> bytes:
    """What the centre keeps of an original after a withdrawal (decision 30).

    ``records`` are the bundle's, some of them erased. Signature and chain head still hold; the PDF is gone.
    """
    kept = {name: bundle.files[name] for name in (SIGNATURE, TAGMANIFEST, INFO)}
    plain = container.write({**kept, payload.RECORDS: payload.lines_of(records)})
    return sealing.encrypt(plain, recipients) if recipients else plain


def read_remainder(
    data: bytes, *, trust: TrustStore, identities: Sequence[Identity], received_at: str,
) -> Bundle:
    """Verify a remainder the centre itself kept; ``received_at`` is when the original came in. TrustError otherwise."""
    files = _unsealed(data, identities, [_REMAINDER])
    signer, info = _authenticate(files, trust=trust, received_at=received_at)
    records = payload.read_records(files[payload.RECORDS])
    _follow(records, info)
    if content.check_frame(records).laptop != info.laptop:
        raise TrustError("wrong_laptop", at_fault="signer", laptop=info.laptop, principal=signer.principal)
    return Bundle(info=info, signer=signer, records=records, files=files, digest=hashlib.sha256(data).hexdigest())
