"""Writing the reports: from workshops to the bytes of a PDF, each for its own readers.

The report modules are imported inside these functions: they load reportlab and matplotlib, which are slow to load and
wanted only here.
"""

from collections.abc import Iterable, Sequence

from tradeoff_desktop.app import evidence
from tradeoff_desktop.model.workshop import Workshop


def session_summary(state: Workshop) -> bytes:
    """The summary of one workshop, for its facilitator and the centre."""
    from tradeoff_desktop.report.session import summary  # noqa: PLC0415 - slow report libraries

    return summary(state, evidence.find_in([state], audience="session")).write()


def host_copy(state: Workshop) -> bytes:
    """What is left with the council: what was decided and said in public."""
    from tradeoff_desktop.report import session  # noqa: PLC0415 - slow report libraries

    return session.host_copy(state).write()


def area_report(states: Iterable[Workshop], area: str) -> bytes:
    """The report on one area beside all others held. KeyError where no workshop of that area is held."""
    from tradeoff_desktop.report import area as area_reports  # noqa: PLC0415 - slow report libraries

    held = list(states)
    own = sorted((state for state in held if state.area == area), key=lambda state: state.opening.session)
    if not own:
        raise KeyError(area)
    results = evidence.find_in(own, audience="published")
    across = evidence.find_in(held, audience="published") if len(held) > len(own) else results
    return area_reports.area(own, results, across).write()


def full_report(states: Iterable[Workshop], provenance: Sequence[str] = ()) -> bytes:
    """The report on all areas. ``provenance``: a line for each file it was made from."""
    from tradeoff_desktop.report.full import full  # noqa: PLC0415 - slow report libraries

    held = list(states)
    return full(held, evidence.find_in(held, audience="published"), provenance).write()
