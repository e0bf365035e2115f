"""The tag files of a bag (BagIt, RFC 8493): what surrounds the payload and is signed with it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from tradeoff_desktop.errors import TrustError

FORMAT = 1
BAGIT = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
STAGES = ("checkpoint", "open", "sealed")
_MAX_INFO = 8 * 1024
_CODE = r"[A-Za-z0-9_.:-]{1,64}"
# Every field once, in this order; a recipient a line follows. The patterns are the format.
_FIELDS = {
    "Bagging-Date": r"\d{4}-\d\d-\d\d",
    "Payload-Oxum": r"\d{1,9}\.\d",
    "External-Identifier": r"[A-Za-z0-9_.:-]{1,90}",
    "Tradeoff-Format": r"\d{1,4}",
    "Tradeoff-Workshop": _CODE,
    "Tradeoff-Area": r"[A-Z]{3}",
    "Tradeoff-Laptop": r"[A-Z]{3}\.[a-z0-9]{10}@tradeoff",
    "Tradeoff-Device": r"[a-z0-9]{10}",
    "Tradeoff-Role": r"lead|desk|table",
    "Tradeoff-Programme": _CODE,
    "Tradeoff-Pack": r"[0-9a-f]{64}",
    "Tradeoff-Practice": r"yes|no",
    "Tradeoff-Stage": "|".join(STAGES),
    "Tradeoff-Last-Seq": r"[1-9]\d{0,6}",
    "Tradeoff-Chain-Head": r"[0-9a-f]{64}",
}
_RECIPIENT = "Tradeoff-Recipient"
_FORMAT_LINE = re.compile(rb"^Tradeoff-Format: (\d{1,4})$", re.MULTILINE)
_INFO = re.compile(
    "".join(f"{label}: ({pattern})\n" for label, pattern in _FIELDS.items())
    + rf"((?:{_RECIPIENT}: age1[a-z0-9]{{58}}\n){{0,16}})"
)


@dataclass(frozen=True, kw_only=True)
class Info:
    """What ``bag-info.txt`` says: whose bundle this is, how far its chain had come, and who can open it."""

    date: str
    oxum: str
    workshop: str
    area: str
    laptop: str
    device: str
    role: str
    programme: str
    pack: str
    practice: bool
    stage: str
    seq: int
    head: str
    recipients: tuple[str, ...]

    @property
    def identifier(self) -> str:
        """``<workshop>-<device>-<seq>``: the name of the bundle's file before ``.tradeoff``."""
        return f"{self.workshop}-{self.device}-{self.seq}"

    @property
    def has_summary(self) -> bool:
        """Whether a summary PDF belongs in it: the lead's, once it is more than a checkpoint."""
        return self.role == "lead" and self.stage != "checkpoint"


def oxum(payload: Mapping[str, bytes]) -> str:
    """Payload-Oxum: how many bytes in how many files."""
    return f"{sum(map(len, payload.values()))}.{len(payload)}"


def write_info(info: Info) -> bytes:
    """``bag-info.txt``, in its one spelling."""
    values = (
        info.date, info.oxum, info.identifier, FORMAT, info.workshop, info.area, info.laptop, info.device, info.role,
        info.programme, info.pack, "yes" if info.practice else "no", info.stage, info.seq, info.head,
    )
    lines = [f"{label}: {value}\n" for label, value in zip(_FIELDS, values, strict=True)]
    lines += [f"{_RECIPIENT}: {recipient}\n" for recipient in info.recipients]
    return "".join(lines).encode("ascii")


def check_format(raw: bytes) -> None:
    """TrustError("other_format", found=..., known=...) where a bag-info names another format than this version's."""
    match = _FORMAT_LINE.search(raw[:_MAX_INFO])
    if match is not None and int(match[1]) != FORMAT:
        raise TrustError("other_format", at_fault="format", found=int(match[1]), known=FORMAT)


def read_info(raw: bytes) -> Info:
    """The info of a ``bag-info.txt``; TrustError("bad_bag_info") or "other_format"."""
    check_format(raw)
    match = _INFO.fullmatch(raw[:_MAX_INFO].decode("latin-1"))
    if match is None or len(raw) > _MAX_INFO:
        raise TrustError("bad_bag_info", at_fault="format")
    (
        date, size, _, _, workshop, area, laptop, device, role, programme, pack, practice, stage, seq, head, listed,
    ) = match.groups()
    info = Info(
        date=date, oxum=size, workshop=workshop, area=area, laptop=laptop, device=device, role=role,
        programme=programme, pack=pack, practice=practice == "yes", stage=stage, seq=int(seq), head=head,
        recipients=tuple(line.partition(": ")[2] for line in listed.splitlines()),
    )
    if write_info(info) != raw:  # leaves only the identifier and a format number such as 0001
        raise TrustError("bad_bag_info", at_fault="format")
    return info
