"""Hostile and very long words in every field that takes free text, through every report: whole, and no crash."""

from collections.abc import Callable

import pytest

from tradeoff_desktop.app import publishing
from tradeoff_desktop.app.desk import Desk
from tradeoff_desktop.model import acts, capture
from tradeoff_desktop.model import records as r
from tradeoff_desktop.report import text

ROLE: r.Role = "lead"
PIECE = r"<b>&amp;</b>$\frac{1}{2}$ŵŷâ😀%s{0};"
LONG = "".join(f"{number:03}{PIECE}" for number in range(300))[:9_980].rsplit(";", 1)[0] + ";"
SHORT = "".join(f"{number:03}{PIECE}" for number in range(400, 409)) + "سلام"
STEP, CASE = "anchor_talk", "HOU-1"


def filled(desk: Desk) -> None:
    """Put long words into every field, one field after the other."""
    for kind in ("point", "condition", "question", "red_line"):
        for verbatim in (False, True):
            desk.do(capture.note, r.Note(role=ROLE, kind=kind, text=f"{kind}{LONG}", verbatim=verbatim, step=STEP, scenario=CASE, table=2, from_paper=True))
    desk.do(capture.note, r.Note(role=ROLE, kind="point", text=f"benefit{LONG}", step="benefit_room", table=2, from_paper=True))
    _, record = max(desk.state.live["note"].items())
    desk.do(capture.clarify, role=ROLE, of=record.ref, text=SHORT)
    desk.do(capture.take_position, r.Position(role=ROLE, table=2, scenario=CASE, decision="4", disagreed=1, reason=f"reason{SHORT}"))
    desk.do(capture.set_condition, r.Condition(
        role=ROLE, table=2, scenario=CASE, variant="base", condition="other", necessity="must", text=f"other{SHORT}",
    ))
    desk.do(capture.draft_statement, role=ROLE, table=2, text=f"draft{SHORT}")
    desk.do(capture.answer_framework, r.Framework(role=ROLE, table=2, scenario=CASE, question=1, answer="3", reason=f"framework{SHORT}"))
    desk.do(acts.report_incident, role=ROLE, code="late-start", text=f"incident{SHORT}")
    desk.do(capture.debrief, role=ROLE, prompt="went-well", text=f"debrief{LONG}", incident=True)
    seat = desk.state.sitting()[6]
    desk.do(capture.write_answer, role=ROLE, seat=seat, question="moved", text=f"written{LONG}")


PUBLIC = {f"reason{SHORT}", f"Other{SHORT}", f"draft{SHORT}", f"framework{SHORT}", f"question{LONG}", f"red_line{LONG}"}
SAID = {f"point{LONG}", f"condition{LONG}", f"benefit{LONG}{SHORT}", f"incident{SHORT}", f"debrief{LONG}"}
WANTED = {"host": PUBLIC, "session": PUBLIC | SAID | {f"written{LONG}"}, "area": PUBLIC | SAID, "full": (PUBLIC | SAID) - {f"draft{SHORT}", f"question{LONG}"}}


def squeezed(words: str) -> str:
    """The words without spaces, brackets of a clarification, and Arabic, which is drawn in other forms and order."""
    return "".join(letter for letter in words if not letter.isspace() and letter not in '[]"“”' and not "\u0600" <= letter <= "\uffff")


@pytest.fixture(scope="module")
def documents(playing_once: Callable[..., Desk]) -> dict:
    desk = playing_once(closed=False)
    filled(desk)
    state = desk.state
    desk.store.close()
    return {
        "host": publishing.host_document(state), "session": publishing.summary_document(state),
        "area": publishing.area_document([state], state.area), "full": publishing.full_document([state]),
    }


@pytest.mark.parametrize("kind", WANTED)
def test_every_field_is_printed_whole(kind: str, documents: dict, tool: Callable[..., str], pdf_checker, read_page: type):
    data = documents[kind].write()
    assert pdf_checker.check(data) == set()
    told = squeezed(tool(data, "pdfinfo", "-struct-text"))
    page = squeezed(read_page(documents[kind].html()).told)
    for words in WANTED[kind]:
        assert squeezed(text.drawable(words)) in told, words[:9]
        assert squeezed(text.clean(words)) in page, words[:9]


def test_the_long_words_are_as_long_as_a_field_takes():
    assert 9_900 < len(f"red_line{LONG}") <= 10_000
    assert 300 < len(f"framework{SHORT}") <= 400
