"""The plan of a programme from its TOML source.

Keys and laptops come as arguments: a source file is the same whoever signs it. ``exchange`` signs the result and
reads it back.
"""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

from tradeoff_desktop.app import tomlplaces
from tradeoff_desktop.app.content import PackFault, read_toml, refusal, resources, tidy
from tradeoff_desktop.errors import ContentError
from tradeoff_desktop.model import codec, plancheck
from tradeoff_desktop.model.pack import Pack, digest, strict
from tradeoff_desktop.model.programme import Laptop, Programme

SOURCE_FIELDS = frozenset({"id", "title", "areas", "sessions", "withdrawal_cut_off", "delete_by", "revoked", "issue"})
PRACTICE = "practice-"


class Keys(NamedTuple):
    """Who signs the programme and who can open its bundles; "" is none."""

    signing: str
    following: str = ""
    centre: str = ""
    escrow: str = ""


def shipped_source() -> Path:
    """The plan of the default programme."""
    return resources() / "programmes" / "data-sharing-2026.toml"


def plan(
    path: Path, *, pack: Pack, keys: Keys, laptops: Sequence[Laptop] = (), practice: bool = False, after: int = 0,
) -> Programme:
    """The programme planned in ``path`` for ``pack``; ContentError with file, line and field if it is wrong.

    The number of the issue is above ``after``, whatever the plan says. ``practice`` marks it as practice and puts "practice-" before its id and those of its workshops.
    """
    text, values = read_toml(path, path.name)
    try:
        programme = _build(values, pack, keys, laptops=laptops, practice=practice)
    except ContentError as error:
        raise refusal(_place(path, text, *_parts(error)), more=0) from error
    faults = plancheck.check(programme, pack)
    if faults:
        raise refusal(_place(path, text, *faults[0]), more=len(faults) - 1)
    return programme if programme.issue > after else codec.amended(programme, issue=after + 1)


def check(path: Path, pack: Pack) -> tuple[list[PackFault], list[PackFault]]:
    """What is wrong with the plan in ``path`` as it stands, without keys; and the advice on it."""
    try:
        text, values = read_toml(path, path.name)
    except ContentError as error:
        field, code, facts = _parts(error)
        return [PackFault(path.name, error.facts["line"], field, code, facts)], []
    try:
        programme = _build(values, pack, Keys(signing=""), laptops=(), practice=False)
    except ContentError as error:
        return [_place(path, text, *_parts(error))], []
    # Recipients and laptops come with the keys; a source cannot lack them.
    advice = [a for a in plancheck.advise(programme, pack) if a.field not in {"centre", "escrow", "laptops"}]
    return (
        [_place(path, text, *found) for found in plancheck.check(programme, pack)],
        [_place(path, text, *found) for found in advice],
    )


def _place(path: Path, text: str, field: str, code: str, facts: dict[str, object]) -> PackFault:
    return PackFault(path.name, tomlplaces.line_of(text, field), field, code, facts)


def _parts(error: ContentError) -> tuple[str, str, dict[str, object]]:
    """Field, code and the facts that are not the place."""
    facts = {name: value for name, value in error.facts.items() if name not in {"file", "line", "field"}}
    return str(error.facts["field"]), error.code, facts


def _build(
    values: dict[str, object], pack: Pack, keys: Keys, *, laptops: Sequence[Laptop], practice: bool,
) -> Programme:
    for name in values:
        if name not in SOURCE_FIELDS:
            raise ContentError("content_unknown_field", field=name, name=name)
    source = {name: tidy(_days_as_text(value)) for name, value in values.items()}
    if practice:
        _mark_practice(source)
    return strict(
        {
            **source, "pack": digest(pack), "signing_key": keys.signing, "next_key": keys.following,
            "centre": keys.centre, "escrow": keys.escrow, "laptops": list(laptops), "practice": practice,
        },
        Programme,
    )


def _mark_practice(source: dict[str, object]) -> None:
    """Decision 15: whoever reads an id can tell practice from real."""
    source["id"] = f"{PRACTICE}{source.get('id', '')}"
    sessions = source.get("sessions")
    for session in sessions if isinstance(sessions, list) else []:
        if isinstance(session, dict):
            session["id"] = f"{PRACTICE}{session.get('id', '')}"


def _days_as_text(value: object) -> object:
    """Days may be written as TOML days (2027-03-02), without quotes; records hold them as text."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list):
        return [_days_as_text(one) for one in value]
    if isinstance(value, dict):
        return {name: _days_as_text(one) for name, one in value.items()}
    return value
