"""Bundles whose signature and lists are right and that must be refused for what their records say."""

from collections.abc import Iterator, Sequence
from typing import Any

import spec_world as world
from spec_forge import Case, edited, forged, info_of, lead, payload_of, signed, small
from spec_good import remainder_of
from spec_lines import line_of

from tradeoff_desktop.exchange import bundle, container, payload
from tradeoff_desktop.model import records as r
from tradeoff_desktop.model.records import Record

BAD_RECORDS = ("bad_records", "format")
BAD_CONTENT = ("bad_content", "content")
NOT_CANONICAL = ("not_canonical", "format")
GAP = ("chain_gap", "chain")
OTHER_DEVICE = ("chain_device", "chain")
OTHER_HEAD = ("head_differs", "chain")
NOT_OPENED = ("not_opened", "content")
ROLE = ("role_not_allowed", "content")
OTHER_STAGE = ("stage_differs", "content")
UNNAMED = ("erased_unnamed", "content")
DERIVED = ("derived_differs", "content")
Rows = list[tuple[str, str, bytes, tuple[str, str]]]


def cases() -> Iterator[Case]:
    """Every bundle that is refused for its records, or for what is said about them."""
    for rows in (_lines(), _chains(), _openings(), _roles(), _stages(), _erasures(), _derived()):
        yield from (Case(name=f"bad-{name}", what=what, data=data, fault=fault) for name, what, data, fault in rows)
    for name, what, data, fault in _remainders():
        yield Case(name=f"bad-remainder-{name}", what=what, data=data, fault=fault, remainder=True)


def _lines() -> Rows:
    good = payload.lines_of(small())
    first = good.index(b"\n")
    long_line = line_of("note", b'{"role":"table","step":"talk","text":"' + b"x" * (64 * 1024) + b'"}')

    def made(lines: bytes) -> bytes:
        return forged(small(), lines=lines)

    deep = b'{"at":' + b"[" * 40 + b"]" * 40 + b"}\n"
    return [
        ("records-empty", "no records at all", _without_records(), BAD_RECORDS),
        ("records-no-end", "the last line has no end", made(good[:-1]), BAD_RECORDS),
        ("records-blank", "a blank line", made(good[:first] + b"\n" + good[first:]), BAD_CONTENT),
        ("records-lines", "a line that ends as on Windows", made(good[:first] + b"\r" + good[first:]), NOT_CANONICAL),
        ("records-mark", "a byte order mark", made(b"\xef\xbb\xbf" + good), BAD_CONTENT),
        ("records-deep", "nesting forty deep", made(deep + good[first + 1 :]), ("too_deep", "format")),
        ("records-long", "a line of more than 64 KiB", made(good + long_line + b"\n"), ("line_too_long", "format")),
        ("records-kind", "a kind that does not exist", made(good.replace(b'"kind":"undo"', b'"kind":"redo"')), ("unknown_kind", "content")),
        ("records-answer", "an answer changed, its leaf left", made(good.replace(b'"answer":"4"', b'"answer":"5"')), ("leaf_mismatch", "chain")),
        ("records-spelling", "the same text spelt otherwise", made(good.replace("ŵ".encode(), b"\\u0175")), NOT_CANONICAL),
    ]


def _without_records() -> bytes:
    files = payload_of(small()) | {payload.RECORDS: b""}
    return container.write(signed(files, info_of(small(), files)))


def _chains() -> Rows:
    good = small()
    other = world.chain_of([record.body for record in good if record.body is not None], "otherdevic")
    return [
        ("chain-gap", "record 3 is missing", forged([*good[:2], *good[3:]], seq=6), GAP),
        ("chain-twice", "record 2 stands twice", forged([*good[:2], *good[1:]]), GAP),
        ("chain-order", "records 2 and 3 stand in another order", forged([good[0], good[2], good[1], *good[3:]]), GAP),
        ("chain-late", "the chain begins at record 2", forged(good[1:]), GAP),
        ("chain-device", "record 4 is another device's", forged([*good[:3], other[3], *good[4:]]), OTHER_DEVICE),
        ("chain-label", "the label names another device", forged(good, device="otherdevic"), OTHER_DEVICE),
        ("chain-shorter", "the label says one record more", forged(good, seq=7), OTHER_HEAD),
        ("chain-longer", "the label says one record less", forged(good, seq=5), OTHER_HEAD),
        ("chain-head", "the label says another head", forged(good, head="0" * 64), OTHER_HEAD),
        ("chain-header", "the time of a record was changed", _later(good), OTHER_HEAD),
    ]


def _later(records: Sequence[Record]) -> bytes:
    """The last record one hour later: its line is as right as before, but the chain ends elsewhere."""
    lines = payload.lines_of(records).replace(b"T13:00:06", b"T14:00:06")
    return forged(records, lines=lines)


def _of(*bodies: r.Body, by: world.Holder = world.TABLE, **claims: Any) -> bytes:  # noqa: ANN401 - the fields of an Info
    return forged(world.chain_of(bodies, "openingdev"), by=by, **claims)


def _openings() -> Rows:
    opened = world.opened(world.TABLE)
    erasure = r.Erasure(role="table", erased=[small()[0].ref], why="redaction")
    gone = world.erased(world.chain_of([opened, world.note("x"), erasure], "tabledevic"), 1)
    elsewhere = world.opened(world.TABLE, laptop="SHF.tablelap01@tradeoff")
    return [
        ("opened-not", "a chain that begins with a note", _of(world.note("x"), opened), NOT_OPENED),
        ("opened-twice", "a chain opened twice", _of(opened, opened), NOT_OPENED),
        ("opened-practice", "practice in a workshop whose id does not say so", _of(world.opened(world.TABLE, practice=True)), NOT_OPENED),
        ("opened-real", "a practice id in a workshop that says it is real", _of(world.opened(world.TABLE, workshop="practice-1")), NOT_OPENED),
        ("opened-area", "an opening whose laptop is of another area", _of(elsewhere, laptop=world.TABLE.principal), NOT_OPENED),
        ("opened-centre", "a chain opened by the centre", _of(world.opened(world.TABLE, role="centre"), role="table"), NOT_OPENED),
        ("opened-erased", "an opening that was erased", forged(gone), NOT_OPENED),
    ]


def _roles() -> Rows:
    desk, table, lead_ = (world.opened(one) for one in (world.DESK, world.TABLE, world.LEAD))
    ruling = r.Ruling(role="table", choice="drop", reason="x")
    return [
        ("role-seat", "a data desk seats somebody", _of(desk, r.Seat(role="desk", seat="105", group="public", table=1), by=world.DESK), ROLE),
        ("role-closed", "a table laptop closes the workshop", _of(table, r.Closed(role="lead")), ROLE),
        ("role-ruling", "a table laptop rules", _of(table, ruling), ROLE),
        ("role-annotation", "a lead writes for the centre", _of(lead_, r.Annotation(role="centre", slot="x", text="x"), by=world.LEAD), ROLE),
    ]


def _stages() -> Rows:
    sealed = lead()

    def made(records: Sequence[Record], stage: str, summary: bytes | None = world.SUMMARY) -> bytes:
        return forged(records, by=world.LEAD, stage=stage, summary=summary)

    late = lead(r.Withdrawal(role="lead", seat="105"), world.note("late"))
    again = lead(r.Sealed(role="lead", devices=[]))
    return [
        ("stage-open", "open, but sealed", made(sealed, "open"), OTHER_STAGE),
        ("stage-sealed", "sealed, but not sealed", made(sealed[:5], "sealed"), OTHER_STAGE),
        ("stage-reopened", "sealed, but reopened since", made(lead(r.Reopened(role="lead", reason="x")), "sealed"), OTHER_STAGE),
        ("summary-missing", "a lead's sealed bundle without a summary", made(sealed, "sealed", None), OTHER_STAGE),
        ("summary-checkpoint", "a checkpoint with a summary", made(sealed, "checkpoint"), OTHER_STAGE),
        ("summary-table", "a table laptop's bundle with a summary", forged(small(), stage="open", summary=world.SUMMARY), OTHER_STAGE),
        ("summary-other", "a summary that is no PDF", made(sealed, "sealed", b"MZ"), OTHER_STAGE),
        ("after-seal", "a note after the seal", made(late, "checkpoint", None), ("after_seal", "content")),
        ("after-seal-again", "sealed twice", made(again, "checkpoint", None), ("after_seal", "content")),
    ]


def _erasures() -> Rows:
    start: list[r.Body] = [world.opened(world.TABLE), world.rating(), world.note("x")]
    refs = [record.ref for record in world.chain_of(start, "erasingdev")]
    other = r.Ref(device="otherdevic", seq=2, leaf=refs[1].leaf)
    leaf = r.Ref(device="erasingdev", seq=2, leaf="0" * 64)

    def made(*more: r.Body, gone: int = 2) -> bytes:
        return forged(world.erased(world.chain_of([*start, *more], "erasingdev"), gone))

    later = world.chain_of([*start, r.Incident(role="table", code="late-start"), world.note("later")], "erasingdev")[4].ref
    closed = world.chain_of([*start, r.Closed(role="table")], "erasingdev")[3].ref

    def erasure(*named: r.Ref) -> r.Erasure:
        return r.Erasure(role="table", erased=list(named), why="withdrawal")

    return [
        ("erased-unnamed", "an erased record that nothing names", made(), UNNAMED),
        ("erased-device", "an erased record named under another device", made(erasure(other)), UNNAMED),
        ("erased-leaf", "an erased record named with another leaf", made(erasure(leaf)), UNNAMED),
        ("erased-withdrawal", "an erased record that only a withdrawal speaks of", made(r.Withdrawal(role="table", seat="105")), UNNAMED),
        ("erased-later", "an erasure that names a record after it", made(erasure(refs[1], later), world.note("later")), UNNAMED),
        ("erased-frame", "the closing erased", made(r.Closed(role="table"), erasure(closed), gone=4), UNNAMED),
    ]


def _derived() -> Rows:
    def made(name: str, old: bytes, new: bytes) -> bytes:
        return forged(small(), stage="open", edit=(name, old, new))

    def claimed(**claims: Any) -> bytes:  # noqa: ANN401 - the fields of an Info
        return forged(small(), stage="open", **claims)

    return [
        ("ratings-value", "ratings.csv says another answer", made(payload.RATINGS, b",2,paper", b",5,paper"), DERIVED),
        ("ratings-standing", "ratings.csv calls a replaced answer current", made(payload.RATINGS, b",replaced\n", b",current\n"), DERIVED),
        ("package-text", "datapackage.json explains a column otherwise", made(payload.DATAPACKAGE, b"seat code,", b"name,"), DERIVED),
        ("verify-text", "VERIFY.txt names another command", made(payload.VERIFY, b"sha256sum -c", b"sha256sum"), DERIVED),
        ("label-date", "the label says another day", claimed(date="2026-11-04"), DERIVED),
        ("label-size", "the label says another size", claimed(oxum="1.4"), DERIVED),
        ("label-workshop", "the label says another workshop", claimed(workshop="man-2026-12"), DERIVED),
        ("label-role", "the label says another role", claimed(role="desk"), DERIVED),
        ("label-programme", "the label says another programme", claimed(programme="prog-2027"), DERIVED),
        ("label-pack", "the label says another pack", claimed(pack="0" * 64), DERIVED),
        ("label-practice", "the label says practice", claimed(practice=True), DERIVED),
    ]


def _remainders() -> Rows:
    full = container.read(bundle.pack(lead(), stage="sealed", key=world.LEAD.key, recipients=[], summary=world.SUMMARY), bundle.LAYOUTS)
    moved = edited(full, bundle.INFO, b"Last-Seq: 6", b"Last-Seq: 5")
    other = world.chain_of([world.opened(), *(record.body for record in lead()[2:] if record.body), world.note("x")], "leaddevice")
    return [
        ("shorter", "a remainder without the last record", remainder_of(full, lead()[:-1]), OTHER_HEAD),
        ("other", "a remainder of other records", remainder_of(full, other), OTHER_HEAD),
        ("label", "a remainder whose label was changed", remainder_of(moved, lead()), ("manifest_differs", "content")),
        ("frame", "a remainder whose closing was erased", remainder_of(full, world.erased(lead(), 5)), UNNAMED),
        ("bundle", "a whole bundle passed off as a remainder", container.write(full), ("unexpected_file", "format")),
    ]
