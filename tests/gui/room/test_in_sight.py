"""Whoever keys sees the field and the box it is for, after every key, on every screen."""

import pytest
from console_world import ALT, Console, Key, dress
from PySide6.QtCore import QRect
from PySide6.QtWidgets import QApplication

from tradeoff_desktop.model import capture
from tradeoff_desktop.ui.ballot import BallotPage
from tradeoff_desktop.ui.bridge import Bridge

SIZES = [((1366, 768), 1.0), ((1024, 600), 2.0)]


@pytest.fixture(params=SIZES, ids=["1366x768", "1024x600 at 200 %"])
def sized(request, qtbot, qapp, desk):
    """A console on such a screen."""
    size, zoom = request.param
    made = Console(qtbot, Bridge(desk), dress(qapp, "light", zoom), size=size)
    yield made
    dress(qapp)


def wholly(widget, part: QRect | None = None) -> bool:
    """Whether a widget, or a part of it, is inside everything it lies in."""
    box = widget.rect() if part is None else part
    return widget.visibleRegion().boundingRect().contains(box)


def unseen(console: Console, typed: str) -> list[str]:
    """The keys after which the focused widget was not in sight."""
    found = []
    for letter in typed:
        console.press(Key.Key_Return) if letter == "\n" else console.type(letter)
        QApplication.processEvents()
        if not wholly(console.focus):
            found.append(f"after {letter!r}: {console.focus.accessibleName()}")
    return found


@pytest.mark.parametrize("sheet", [1, 2, 3, 4])
def test_the_field_and_its_box_are_in_sight_after_every_key_of_a_sheet(sized, desk, sheet):
    sized.walk_to({1: "before_theme", 2: "anchor_mark", 3: "theme_mark", 4: "after_theme"}[sheet])
    sized.press(Key.Key_F2)
    form, seat = sized.parts.capture.form, desk.state.sitting()[0]
    QApplication.processEvents()
    assert wholly(form.field)
    assert unseen(sized, seat) == []
    for cell in desk.state.cells_of(seat, sheet):
        assert form.grid.current.height() > 20
        assert wholly(form.grid, form.grid.current), cell
        assert unseen(sized, "1") == []
    assert desk.state.sheet_done(seat, sheet)


def test_a_box_that_is_not_keyed_is_seen_when_one_looks_back(sized, desk):
    sized.walk_to("anchor_mark")
    sized.press(Key.Key_F2)
    form = sized.parts.capture.form
    sized.type(f"{desk.state.sitting()[0]}1111111")
    for _ in range(7):
        sized.press(Key.Key_Backspace)
        QApplication.processEvents()
        assert wholly(form.field)
        assert wholly(form.grid, form.grid.current)


def test_the_field_is_in_sight_after_every_key_of_every_other_form(sized, desk):
    sized.walk_to("statements")
    desk.do(capture.draft_statement, role="lead", table=1, text="People are told.")
    seat = desk.state.sitting()[0]
    for form, typed in (
        ("2", "23456\n"), ("3", "120they agree\n"), ("4", "20"), ("5", "\n\n900"), ("6", f"{seat}1told me\n"), ("8", "214told\n5"),
    ):
        sized.press(getattr(Key, f"Key_{form}"), ALT)
        QApplication.processEvents()
        assert unseen(sized, typed) == [], form


@pytest.mark.parametrize("sheet", [1, 2, 4])
def test_a_page_of_the_ballot_is_no_longer_than_the_screen(qtbot, qapp, desk, sheet):
    page = BallotPage(Bridge(desk), dress(qapp))
    qtbot.addWidget(page)
    page._sheet = sheet
    page.resize(1366, 740)  # what a title bar leaves of 768 lines
    page.show()
    for key in ("2", "4", "6", "8", "", "", *desk.state.sitting()[0]):
        page.field.typed.emit(key) if key else page.field.entered.emit()
    for cell in desk.state.cells_of(desk.state.sitting()[0], sheet):
        QApplication.processEvents()
        assert wholly(page._on), cell
        assert wholly(page._question), cell
        assert not page._more.isVisible()
        page.field.typed.emit("1")
        page.field.entered.emit()
    assert page.state == "cover"


def test_a_page_that_is_longer_says_so(qtbot, qapp, desk):
    page = BallotPage(Bridge(desk), dress(qapp, "light", 2.0))
    qtbot.addWidget(page)
    page.resize(1024, 600)
    page.show()
    for key in ("2", "4", "6", "8", "", "", *desk.state.sitting()[0]):
        page.field.typed.emit(key) if key else page.field.entered.emit()
    QApplication.processEvents()
    assert page._more.isVisible()
    page._more.click()
    assert page._area.verticalScrollBar().value() > 0
    dress(qapp)
