"""Bundles built part by part, so that any one part can be wrong while every sum and signature around it is right."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import spec_world as world

from tradeoff_desktop.exchange import bag, bundle, container, manifest, payload, signature
from tradeoff_desktop.model import records as r
from tradeoff_desktop.model.records import Record

Files = dict[str, bytes]


@dataclass(frozen=True, kw_only=True)
class Case:
    """One file of the vectors and what a reader must make of it. ``fault`` is (code, at_fault), None where good."""

    name: str
    what: str
    data: bytes
    fault: tuple[str, str] | None = None
    opened_with: tuple[str, ...] = ()
    remainder: bool = False
    facts: Mapping[str, Any] = field(default_factory=dict)


def info_of(records: Sequence[Record], files: Files, **changes: Any) -> bytes:  # noqa: ANN401 - the fields of an Info
    """``bag-info.txt`` as it ought to be for ``records``, but for ``changes``."""
    opened = _opening(records)
    facts: dict[str, Any] = {
        "date": records[-1].at[:10],
        "oxum": bag.oxum(files),
        "workshop": opened.workshop,
        "area": opened.area,
        "laptop": opened.laptop,
        "device": records[0].device,
        "role": opened.role,
        "programme": opened.programme,
        "pack": opened.pack,
        "practice": opened.practice,
        "stage": "checkpoint",
        "seq": len(records),
        "head": world.head_of(records),
        "recipients": (),
    }
    return bag.write_info(bag.Info(**facts | changes))


def _opening(records: Sequence[Record]) -> r.Opened:
    body = records[0].body
    return body if isinstance(body, r.Opened) else world.opened(world.TABLE)


def payload_of(records: Sequence[Record], *, lines: bytes | None = None, summary: bytes | None = None) -> Files:
    """The payload of any records; what is derived is derived from them whatever the ``lines`` say."""
    first = world.chain_of([_opening(records)], records[0].device)
    return payload.write([*first, *records[1:]], lines or payload.lines_of(records), summary=summary)


def signed(
    files: Files, info: bytes, *, by: world.Holder = world.TABLE, namespace: str = signature.BUNDLE, **parts: bytes,
) -> Files:
    """Every file of a bag in order, signed by ``by``. ``parts`` replace bagit, manifest or tagmanifest beforehand."""
    tags = {
        bundle.INFO: info,
        bundle.BAGIT: parts.get("bagit", bag.BAGIT),
        bundle.MANIFEST: parts.get("manifest", manifest.write(files)),
    }
    listing = parts.get("tagmanifest", manifest.write(tags))
    made = signature.sign(listing, key=by.key, namespace=namespace)
    return {bundle.SIGNATURE: made, bundle.TAGMANIFEST: listing, **tags, **files}


def forged(
    records: Sequence[Record], *, by: world.Holder = world.TABLE, lines: bytes | None = None,
    summary: bytes | None = None, edit: tuple[str, bytes, bytes] | None = None, **claims: Any,  # noqa: ANN401 - the fields of an Info
) -> bytes:
    """A container of any records, described as its maker likes. ``edit`` changes one payload file before it is listed."""
    files = payload_of(records, lines=lines, summary=summary)
    if edit is not None:
        files = edited(files, *edit)
    return container.write(signed(files, info_of(records, files, **claims), by=by))


def edited(files: Files, name: str, old: bytes, new: bytes) -> Files:
    """``files`` with the first ``old`` in one of them made ``new``; a case that changes nothing is a mistake."""
    if old not in files[name] or old == new:
        raise ValueError(name, old)
    return files | {name: files[name].replace(old, new, 1)}


def small() -> list[Record]:
    """A table laptop's chain: an answer, its correction, one taken back, a note."""
    bodies = [
        world.opened(world.TABLE),
        world.rating(),
        world.rating(answer="2", replaces=2),
        world.rating(item="DEC", answer="cant_say"),
        r.Undo(role="table", seqs=[4]),
        world.note("“Who else sees it?” – ŵ"),
    ]
    return world.chain_of(bodies, "tabledevic")


def lead(*more: r.Body) -> list[Record]:
    """A lead's chain that ends sealed, and ``more`` after it."""
    bodies = [
        world.opened(),
        r.Setup(role="lead", date="2026-11-03", start="13:30", venue="Town hall", groups={"public": 12}),
        world.rating(role="lead"),
        world.note("“Ask first”", role="lead"),
        r.Closed(role="lead"),
        r.Sealed(role="lead", devices=[]),
    ]
    return world.chain_of([*bodies, *more], "leaddevice")

