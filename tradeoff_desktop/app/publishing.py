"""Writing the reports: from workshops to a document for its readers, and from that to the bytes of a PDF or HTML file.

The report modules are imported inside these functions: they load reportlab and matplotlib, which are slow to load and
wanted only here.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from tradeoff_desktop.app import evidence
from tradeoff_desktop.errors import RuleError
from tradeoff_desktop.findings import SDC_1, Edition, Results
from tradeoff_desktop.findings.disclosure import Audience
from tradeoff_desktop.findings.results import ENGINE
from tradeoff_desktop.model.workshop import Workshop

if TYPE_CHECKING:
    from tradeoff_desktop.report.document import Document

Progress = Callable[[int, int], None]  # work done, work in all; what it raises ends the writing


def session_summary(state: Workshop, *, progress: Progress | None = None) -> bytes:
    """The summary of one workshop, for its facilitator and the centre, as PDF."""
    return summary_document(state).write(progress)


def host_copy(state: Workshop, *, progress: Progress | None = None) -> bytes:
    """What is left with the council, as PDF."""
    return host_document(state).write(progress)


def area_report(states: Iterable[Workshop], area: str, *, progress: Progress | None = None) -> bytes:
    """The report on one area beside all others held, as PDF. RuleError("unknown_area") where none of it is held."""
    return area_document(states, area).write(progress)


def full_report(
    states: Iterable[Workshop], provenance: Sequence[str] = (), *, progress: Progress | None = None,
) -> bytes:
    """The report on all areas, as PDF. ``provenance``: a line for each file it was made from."""
    return full_document(states, provenance).write(progress)


def summary_document(state: Workshop) -> "Document":
    """The summary of one workshop."""
    from tradeoff_desktop.report.session import summary  # noqa: PLC0415 - slow report libraries

    return summary(state, found_in([state], "session"))


def host_document(state: Workshop) -> "Document":
    """What was decided and said in public; nothing private."""
    from tradeoff_desktop.report import session  # noqa: PLC0415 - slow report libraries

    return session.host_copy(state)


def area_document(
    states: Iterable[Workshop], area: str, provenance: Sequence[str] = (), *, checking: bool = False,
    found: Results | None = None, own: Results | None = None,
) -> "Document":
    """The report on one area beside all others held; ``checking``: the copy for those who took part, with a reply form.

    ``found`` and ``own``: what may be published of all ``states`` and of the area's, where it is at hand.
    RuleError("unknown_area") where none of it is held.
    """
    from tradeoff_desktop.report import area as area_reports  # noqa: PLC0415 - slow report libraries

    held = list(states)
    here = of_area(held, area)
    results = own or found_in(here)
    across = results if len(held) == len(here) else found or found_in(held)
    return area_reports.area(here, results, across, provenance=provenance, checking=checking)


def of_area(states: Iterable[Workshop], area: str) -> list[Workshop]:
    """An area's workshops, by session. RuleError("unknown_area") where none is held."""
    own = sorted((state for state in states if state.area == area), key=lambda state: state.opening.session)
    if not own:
        raise RuleError("unknown_area", area=area)
    return own


def full_document(
    states: Iterable[Workshop], provenance: Sequence[str] = (), *, found: Results | None = None,
) -> "Document":
    """The report on all areas. ``provenance``: a line for each file it was made from; ``found`` as for an area."""
    from tradeoff_desktop.report.full import full  # noqa: PLC0415 - slow report libraries

    held = list(states)
    return full(held, found or found_in(held), provenance)


def found_in(states: list[Workshop], audience: Audience = "published", *, earlier: Sequence[Edition] = ()) -> Results:
    """The findings beside earlier editions; an empty set of them where nobody's marks have been keyed yet."""
    if any(next(state.answers(), None) for state in states):
        return evidence.find_in(states, audience=audience, earlier=earlier)
    return Results(
        engine=ENGINE, policy=SDC_1, audience=audience, digest="", seeds={}, workshops=(), levels=(), moves=(),
        levels_across=(), moves_across=(), axes=(), start_to_end=(), tables=(), groups=(), map=(),
        anchor_same_order=False, hidden=0,
    )
