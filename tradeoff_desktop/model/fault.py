"""One thing that is wrong, or worth a thought, in a pack or a programme."""

from typing import NamedTuple


class Fault(NamedTuple):
    """``field`` is a path from the top (``scenarios[2].flips[0].sign``), ``facts`` fill the sentence of ``code``."""

    field: str
    code: str
    facts: dict[str, object]


def fault(field: str, code: str, **facts: object) -> Fault:
    """A fault with its facts as keywords."""
    return Fault(field, code, facts)
