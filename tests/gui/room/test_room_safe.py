"""Where the room may read the operator's screen: no answer of anybody, no group, no words of notes, on any page."""

from itertools import chain

import pytest
from console_world import ALT, CTRL, Console, Key
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)
from room_world import go_to, key_sheet

from tradeoff_desktop.app.differences import Difference, Side
from tradeoff_desktop.app.files import folders
from tradeoff_desktop.model import capture
from tradeoff_desktop.model import records as r
from tradeoff_desktop.model.pack import BASE
from tradeoff_desktop.ui.ballot import BallotPage
from tradeoff_desktop.ui.bridge import Bridge
from tradeoff_desktop.ui.closing import ClosingPage
from tradeoff_desktop.ui.laptops import DifferenceCard
from tradeoff_desktop.ui.notespage import NotesPage
from tradeoff_desktop.ui.people import PeoplePage
from tradeoff_desktop.ui.sheetgrid import SheetGrid

NOTE, QUESTION, CONDITION, WRITTEN, DRAFT = "sell it on", "who pays for it", "people are told", "my own mother", "half of a word"
SAID = (NOTE, QUESTION, CONDITION, WRITTEN, DRAFT)


@pytest.fixture
def full(desk):
    """A desk with an answer, a note or a group in every place one could be shown from."""
    key_sheet(desk, 1)
    key_sheet(desk, 2)
    go_to(desk, "anchor_talk")
    for kind, words in (("point", NOTE), ("question", QUESTION), ("condition", CONDITION)):
        desk.do(capture.note, r.Note(
            role="lead", kind=kind, text=words, step="anchor_talk", scenario="HOU-1", variant=BASE, group="civil", table=2,
        ))
    first = desk.state.sitting()[0]
    desk.do(capture.write_answer, role="lead", seat=first, question=desk.pack.written[0].code, text=WRITTEN)
    return desk


def of_items(view: QAbstractItemView) -> list[str]:
    model = view.model()
    return [str(model.index(row, 0).data()) for row in range(model.rowCount())] if model is not None else []


def words_of(widget: QWidget) -> list[str]:
    """Everything one widget could show or be heard to say."""
    found = [widget.toolTip()]
    if not isinstance(widget, QComboBox | QAbstractItemView):
        found += [widget.accessibleName(), widget.accessibleDescription()]
    if isinstance(widget, QLabel | QAbstractButton):
        found.append(widget.text())
    elif isinstance(widget, QLineEdit):
        found.append(widget.displayText())
    elif isinstance(widget, QComboBox):
        found.append(widget.currentText())
    elif isinstance(widget, SheetGrid):
        found += [f"box {box.key}" for box in widget.boxes if box.key]
    elif isinstance(widget, QAbstractItemView):
        found += of_items(widget)
    elif isinstance(widget, QPlainTextEdit) and (widget.hasFocus() or not getattr(widget, "quiet", False)):
        found.append(widget.toPlainText())
    return found


def shown(page: QWidget) -> list[str]:
    """The words of every widget that can be seen."""
    return list(chain.from_iterable(words_of(w) for w in page.findChildren(QWidget) if w.isVisibleTo(page)))


def told(page: QWidget, desk) -> list[str]:
    """What of it nobody in the room should read."""
    secret = [*SAID, *(group.name for group in desk.pack.groups if group.name != "Other"), *(f"box {key}" for key in "12345689")]
    return [f"{words!r} shows {one!r}" for words in shown(page) for one in secret if one in words]


@pytest.fixture
def mirrored(open_console, full, audience) -> Console:
    """A console on the one screen there is."""
    full.keep_draft("note", DRAFT)
    console = open_console(full, audience=audience)
    assert audience.where == "preview"
    return console


def test_no_form_of_the_console_tells_the_room_anything(mirrored, full):
    go_to(full, "anchor_position")
    seat = full.state.sitting()[0]
    for form, typed in (("1", seat), ("2", ""), ("3", "2"), ("4", "2"), ("5", ""), ("6", f"{seat}1"), ("8", "2")):
        mirrored.press(getattr(Key, f"Key_{form}"), ALT)
        mirrored.type(typed)
        assert told(mirrored.page, full) == []
    assert "Already keyed" in mirrored.parts.capture._forms["written"].said
    mirrored.press(Key.Key_1, ALT)
    mirrored.press(Key.Key_Return)  # the sheet is keyed; open it
    assert {box.key for box in mirrored.parts.capture.form.grid.boxes} == {"•"}
    assert told(mirrored.page, full) == []


def test_the_same_console_with_a_projector_shows_all_of_it(open_console, full):
    """That the test above can fail."""
    console = open_console(full)
    seat = full.state.sitting()[0]
    found = told(console.page, full)
    assert any(NOTE in words for words in found)
    console.press(Key.Key_6, ALT)
    console.type(f"{seat}1")
    assert any(WRITTEN in words for words in told(console.page, full))
    console.press(Key.Key_1, ALT)
    console.type(seat)
    console.press(Key.Key_Return)
    assert any("box " in words for words in told(console.page, full))


def test_keying_goes_on_with_dots_for_digits(mirrored, full):
    go_to(full, "after_theme")
    mirrored.press(Key.Key_1, ALT)
    form, seat = mirrored.parts.capture.form, full.state.sitting()[0]
    form.go_to(seat, 4)
    mirrored.type("34")
    assert [box.key for box in form.grid.boxes][:3] == ["•", "•", ""]
    assert [full.state.answer(seat, cell) for cell in full.state.cells_of(seat, 4)[:2]] == ["3", "4"]
    assert told(mirrored.page, full) == []


def test_words_are_to_be_read_only_while_they_are_typed(mirrored, full):
    mirrored.press(Key.Key_F3)
    assert mirrored.parts.notes.field.toPlainText() == DRAFT
    mirrored.press(Key.Key_Escape)
    assert told(mirrored.page, full) == []
    covered = mirrored.parts.notes.field.grab().toImage()
    mirrored.parts.notes.field.setPlainText("other words, of the same size")
    assert mirrored.parts.notes.field.grab().toImage() == covered
    mirrored.press(Key.Key_6, ALT)
    form = mirrored.parts.capture.form
    mirrored.type(f"{full.state.sitting()[1]}1")
    mirrored.type(WRITTEN)
    assert form.text.displayText() == WRITTEN
    form.seat.setFocus()
    assert told(mirrored.page, full) == []
    assert form.text.text() == WRITTEN


def test_neither_an_earlier_note_nor_its_group_comes_back_into_the_line(mirrored, full):
    line = mirrored.parts.notes.field
    line.setPlainText("")
    line.setFocus()
    mirrored.press(Key.Key_Up)
    assert line.toPlainText() == ""
    mirrored.type('@c "no')
    mirrored.press(Key.Key_Return)
    mirrored.press(Key.Key_Z, CTRL)
    assert line.toPlainText() == ""
    mirrored.press(Key.Key_F, CTRL)
    assert mirrored.parts.notes.finder.isHidden()
    assert told(mirrored.page, full) == []


def test_closing_the_preview_does_not_make_the_screen_private(mirrored, audience):
    audience.close()
    assert audience.where == "hidden"
    assert mirrored.parts.notes.list.isHidden()


@pytest.mark.parametrize("make", [PeoplePage, NotesPage])
def test_pages_beside_the_console_are_as_careful(qtbot, full, audience, theme, make):
    page = make(Bridge(full), theme, audience)  # no audience window yet, and one screen only
    qtbot.addWidget(page)
    page.show()
    if isinstance(page, PeoplePage):
        seat = full.state.sitting()[0]
        page.entry.setText(seat)
        page.entry.textEdited.emit(seat)
        assert "now 1 to 8" in " ".join(shown(page))
    assert told(page, full) == []
    assert told(make(Bridge(full), theme), full) != []


def test_an_added_persons_group_does_not_stay_on_the_page(qtbot, full, audience, theme):
    page = PeoplePage(Bridge(full), theme, audience)
    qtbot.addWidget(page)
    page.show()
    before = len(full.state.seats)
    page._add()
    assert len(full.state.seats) == before
    page._group.setCurrentIndex(2)
    page._add()
    assert len(full.state.seats) == before + 1
    assert told(page, full) == []


def test_a_ballot_shows_a_dot_for_what_is_chosen(qtbot, full, audience, theme):
    go_to(full, "after_theme")
    for page, field in ((BallotPage(Bridge(full), theme, audience), "•"), (BallotPage(Bridge(full), theme), "4")):
        qtbot.addWidget(page)
        page.show()
        assert ("turn the projector off" in " ".join(shown(page))) == (field == "•")
        for digit in "2468":
            page.field.typed.emit(digit)
        page.field.entered.emit()
        page.field.entered.emit()
        for digit in (*full.state.sitting()[2], "4"):
            page.field.typed.emit(digit)
        assert page.field.text() == field
        assert ("✓" in " ".join(shown(page))) == (field == "4")


def test_what_two_laptops_keyed_differently_stays_hidden(qtbot, theme):
    found = Difference("sheet/045/2", "Sheet 2 of 045.", "Look.", (Side("this", "4 1 2", ()), Side("the desk", "4 1 3", ())))
    for quiet in (True, False):
        made = DifferenceCard(theme, found, lambda *_: None, quiet=quiet)
        qtbot.addWidget(made)
        assert any("4 1 2" in words for words in shown(made)) == (not quiet)
        made.show()
        made.reason.setText("Sarah says so")
        assert any("looks like a name" in words for words in shown(made))
        assert any("“Sarah”" in words for words in shown(made)) == (not quiet)


def test_closing_quotes_no_note_to_the_room(qtbot, full, audience, theme, tmp_path):
    full.do(capture.note, r.Note(role="lead", text=f"{NOTE} #nolist Ring 07700 900123", tags=["nolist"], step="close"))
    for where in ("preview", "screen"):
        audience.where = where
        page = ClosingPage(Bridge(full), theme, folders=folders(tmp_path), ask_folder=lambda _: None, audience=audience)
        qtbot.addWidget(page)
        page.show()
        said = " ".join(shown(page))
        assert "place to look at" in said
        assert ("07700" in said, "#nolist" in said) == (where == "screen", where == "screen")
        assert (told(page, full) == []) == (where == "preview")
