"""The fields of every struct in words, as the tables of the text show them."""

from typing import Any, Literal, get_args, get_origin, get_type_hints

import msgspec

from tradeoff_desktop.exchange.programme import Enrolment
from tradeoff_desktop.model import programme as plans
from tradeoff_desktop.model import records as r
from tradeoff_desktop.model.kinds import BODIES

_NAMES: list[tuple[Any, str]] = [
    (r.Code, "code"),
    (r.AreaCode, "area"),
    (r.DeviceId, "device"),
    (r.Principal, "principal"),
    (r.Digest, "digest"),
    (r.Moment, "moment"),
    (r.Day, "day"),
    (r.SeatCode, "seat"),
    (r.Seq, "place"),
    (r.Count, "count"),
    (r.Line, "short text"),
    (r.Text, "text"),
    (r.Answer, "answer"),
    (r.Ref, "reference"),
    (r.Head, "chain end"),
    (plans.PlannedTable, "table"),
    (plans.Session, "session"),
    (plans.Laptop, "laptop"),
    (bool, "flag"),
]
_PATTERNS = {
    r"^[A-Z]$(?!\n)": "one letter, `A` to `Z`",
    r"^([a-z0-9]{10})?$(?!\n)": "empty, or device",
    r"^([A-Za-z0-9_.:][A-Za-z0-9_.:-]{0,63})?$(?!\n)": "empty, or code",
    r"^[0-9]{2}:[0-9]{2}$(?!\n)": "`NN:NN`, four digits",
    r"^([0-9]{2}:[0-9]{2})?$(?!\n)": "empty, or `NN:NN`, four digits",
    r"^[A-Za-z0-9_]{0,20}$(?!\n)": "0 to 20 of `A`–`Z`, `a`–`z`, `0`–`9`, `_`",
}
STRUCTS: dict[str, type] = {
    **BODIES,
    "reference": r.Ref,
    "chain-end": r.Head,
    "header": r.Header,
    "programme.json": plans.Programme,
    "session": plans.Session,
    "planned-table": plans.PlannedTable,
    "laptop": plans.Laptop,
    "enrolment.json": Enrolment,
}


def rows(name: str) -> list[tuple[str, str, str]]:
    """Field, form and default ("" where the field is required) of a struct; the fields of every body are left out."""
    shape = STRUCTS[name]
    hints = get_type_hints(shape, include_extras=True)
    if not issubclass(shape, msgspec.Struct):
        return [(field, form(hint), "") for field, hint in sorted(hints.items())]
    common = {"role", "replaces"} if issubclass(shape, r.Body) else set()
    fields = [field for field in msgspec.structs.fields(shape) if field.name not in common]
    return [(field.name, form(hints[field.name]), _default(field)) for field in fields]


def form(hint: Any) -> str:  # noqa: ANN401 - an annotation is anything
    """What may stand there, in the words of records.md."""
    for known, name in _NAMES:
        if hint == known:
            return name
    origin, parts = get_origin(hint), get_args(hint)
    if origin is Literal:
        return ", ".join("empty" if one == "" else f"`{one}`" for one in parts)
    if origin is list:
        return f"list of {form(parts[0])}"
    if origin is dict:
        return f"map of {form(parts[0])} to {form(parts[1])}"
    return _limited(parts[0], parts[1])


def _limited(kind: type, limits: msgspec.Meta) -> str:
    if kind is int and limits.ge == limits.le:
        return f"`{limits.ge}`"
    if kind is int:
        return f"{limits.ge:,} to {limits.le:,}".replace("-", "−")
    if limits.pattern is not None:
        return _PATTERNS[limits.pattern]
    return f"string of at most {limits.max_length:,}"


def _default(field: msgspec.structs.FieldInfo) -> str:
    if field.required:
        return ""
    value = field.default if field.default is not msgspec.NODEFAULT else field.default_factory()
    if value in ([], {}):
        return "empty list" if value == [] else "empty map"
    return f"`{str(value).lower() if isinstance(value, bool) else value}`" if value != "" else "empty"
