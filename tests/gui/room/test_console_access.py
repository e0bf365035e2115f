"""The console for everybody: names, keys on every control, each look, and large text on a small screen."""

import pytest
from console_world import ALT, Console, Key, dress
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from room_world import key_sheet

from tradeoff_desktop.app import pictures
from tradeoff_desktop.app.pictures import Part
from tradeoff_desktop.ui import keys
from tradeoff_desktop.ui import theme as looks
from tradeoff_desktop.ui.audience_pages import picture_of
from tradeoff_desktop.ui.bars import colour, hatched, widths
from tradeoff_desktop.ui.bridge import Bridge
from tradeoff_desktop.ui.controls import KeyButton

FORMS = ("1", "2", "3", "4", "5", "6", "8")
OWN = {"QScrollBar", "QAbstractButton", "QHeaderView", "QSplitterHandle", "QWidget"}  # made by Qt inside other widgets


def focusable(page):
    """Everything Tab can reach."""
    return [w for w in page.findChildren(QWidget) if w.focusPolicy() & Qt.FocusPolicy.TabFocus]


@pytest.mark.parametrize("form", FORMS)
def test_everything_that_takes_the_focus_has_a_name(console, form):
    console.walk_to("statements")
    console.press(getattr(Key, f"Key_{form}"), ALT)
    found = focusable(console.page)
    assert len(found) > 15
    nameless = [
        f"{type(w).__name__} in {type(w.parent()).__name__}" for w in found
        if not (w.accessibleName() or (isinstance(w, QPushButton) and w.text())) and type(w).__name__ not in OWN
    ]
    assert nameless == []


def test_every_key_of_the_room_does_something_here(console):
    asked_of_the_window = {"people", "laptops", "leaving", "all_notes", "late", "early", "moves", "tables"}
    assert {s.act for s in keys.TABLE if s.place in {"run", "noting"}} - asked_of_the_window == set(console.page.acts())


def test_every_button_wears_its_key(console):
    console.walk_to("anchor_mark")
    buttons = [b for b in console.page.findChildren(KeyButton) if b.isVisibleTo(console.page)]
    assert len(buttons) >= 12
    assert [b.text() for b in buttons if not b._key] == []


def test_tab_goes_round_the_console_and_comes_back(console):
    start = console.focus
    seen = [start]
    for _ in range(60):
        console.press(Key.Key_Tab)
        if console.focus is start:
            break
        seen.append(console.focus)
    assert console.focus is start
    assert console.parts.onward in seen
    console.press(Key.Key_2, ALT)  # the form is made now, and read before the notes all the same
    field, notes = console.focus, (console.parts.notes.list, console.parts.notes.field)
    console.press(Key.Key_Tab)
    assert console.focus is not field
    while console.focus not in notes:
        assert console.parts.capture.isAncestorOf(console.focus)
        console.press(Key.Key_Tab)


@pytest.mark.parametrize("name", looks.APPEARANCES)
def test_the_console_stands_in_every_look(qtbot, qapp, desk, name):
    theme = dress(qapp, name)
    console = Console(qtbot, Bridge(desk), theme)
    console.walk_to("anchor_mark")
    image = console.window.grab().toImage()
    assert image.pixelColor(3, image.height() - 3).name() == theme.ground.lower()
    dress(qapp)


# -- 200 % text on 1024 by 600


@pytest.fixture
def large(qtbot, qapp, desk):
    theme = dress(qapp, "light", 2.0)
    yield Console(qtbot, Bridge(desk), theme, size=(1024, 600))
    dress(qapp)


def in_sight(console, widget):
    """Whether all of a widget is inside the window and not scrolled away."""
    at = widget.mapTo(console.window, QPoint(0, 0))
    box = QRect(at, widget.size())
    return console.window.rect().contains(box) and widget.visibleRegion().boundingRect().size() == widget.size()


@pytest.mark.parametrize("form", FORMS)
def test_timer_thumbnail_and_next_are_always_in_sight(large, form):
    large.walk_to("anchor_position")
    large.press(getattr(Key, f"Key_{form}"), ALT)
    QApplication.processEvents()
    for widget in (large.parts.timer, large.parts.now, large.parts.onward):
        assert in_sight(large, widget)
    assert large.focus.visibleRegion().boundingRect().height() > 30


def test_no_word_on_a_button_is_cut_and_no_label_either(large):
    large.walk_to("anchor_mark")
    for form in FORMS:
        large.press(getattr(Key, f"Key_{form}"), ALT)
        QApplication.processEvents()
        for button in large.page.findChildren(KeyButton):
            if button.isVisible():
                assert button.width() >= button.sizeHint().width(), button.text()
        for label in large.page.findChildren(QLabel):
            if label.isVisible() and not label.wordWrap() and label.text():
                assert label.width() >= label.sizeHint().width() - 1, label.text()


def test_what_to_say_is_in_sight_first_and_after_esc(large):
    QApplication.processEvents()
    assert large.focus is large.parts.say.area
    assert large.parts.say._title.visibleRegion().boundingRect().size() == large.parts.say._title.size()
    large.press(Key.Key_F3)
    large.press(Key.Key_Escape)
    QApplication.processEvents()
    assert large.focus is large.parts.say.area
    assert large.parts.say._title.visibleRegion().boundingRect().height() > 30
    large.press(Key.Key_S)  # a key, not text
    assert "No sheets are collected" in large.banner


def test_the_counts_of_hands_stand_in_sight_with_their_field(large):
    large.walk_to("practice")
    large.press(Key.Key_F2)
    form = large.parts.capture.form
    for digit in "2345":
        QApplication.processEvents()
        assert in_sight(large, form.field)
        place = len(form._count.counts)
        assert in_sight(large, form._lines[min(place, 3)][0])
        large.type(digit)


def test_the_line_being_typed_in_is_never_scrolled_out_of_sight(large):
    large.walk_to("anchor_talk")
    large.press(Key.Key_F3)
    QApplication.processEvents()
    assert large.parts.notes.field.visibleRegion().boundingRect().height() > 30
    large.type("hello")
    large.press(Key.Key_Return)
    assert len(large.state.live["note"]) == 1


def test_a_wide_window_has_everything_side_by_side(qtbot, desk, theme):
    console = Console(qtbot, Bridge(desk), theme, size=(1920, 1080))
    console.walk_to("anchor_mark")
    console.press(Key.Key_F2)
    QApplication.processEvents()
    for widget in (console.parts.rail, console.parts.now, console.parts.next, console.parts.bar, console.parts.notes):
        assert in_sight(console, widget)


@pytest.mark.parametrize("form", FORMS)
def test_beside_an_open_form_what_comes_next_and_the_flips_stay_in_sight(console, form):
    console.walk_to("anchor_mark")
    console.press(Key.Key_F6)
    console.press(getattr(Key, f"Key_{form}"), ALT)
    QApplication.processEvents()
    for widget in (console.parts.now, console.parts.next, console.parts.onward, console.parts.timer, console.parts.bar):
        assert in_sight(console, widget)
    shown = {b.text(): b for b in console.parts.bar.findChildren(KeyButton) if b.isVisible()}
    assert list(shown) == ["▶ Data", "Who", "Privacy", "As it stands", "Reveal", "Blank"]  # one row
    assert len({button.y() for button in shown.values()}) == 1
    assert shown["Who"].accessibleDescription() == "Who: Advice charity"
    console.page._bring("say")
    assert "Who: Advice charity" in [b.text() for b in console.parts.bar.findChildren(KeyButton) if b.isVisible()]


# -- pictures


def test_bars_say_nothing_by_colour_alone(desk, theme):
    key_sheet(desk, 1)
    key_sheet(desk, 2, shift=1)
    for bar in pictures.every_marking(desk.state):
        risk = [part for part in bar.parts if hatched(part, 5)]
        assert [part.places[0] for part in risk] == [0, 1]
        assert len({colour(theme, part, 5).name() for part in bar.parts}) == len(bar.parts)
        assert all(f"{part.words} {part.people}" in bar.spoken() for part in bar.parts)


def test_a_segment_is_never_too_narrow_for_its_number():
    parts = tuple(Part((place,), "x", people) for place, people in enumerate((1, 1, 26, 1, 1)))
    shares = widths(parts, 1000.0, 60.0)
    assert sum(shares) == pytest.approx(1000.0)
    assert min(shares) >= 60.0


def test_thumbnails_speak(console):
    console.walk_to("anchor_mark")
    console.press(Key.Key_F7)
    assert console.parts.now.accessibleName().startswith("On screen now: Three council teams")
    assert "Changed: Advice charity" in console.parts.now.accessibleName()
    assert console.parts.next.accessibleName().startswith("Next: ")
    assert picture_of(console.page.room.stage, console.parts.now.size(), looks.LIGHT).width() > 0


def test_keys_without_a_button_are_printed_where_nothing_is_typed(console):
    more = console.parts.bar.more
    assert more.isVisibleTo(console.page)
    assert [part.split()[0] for part in more.text().replace("\n", " · ").split(" · ")] == [
        keys.printed("run", act) for act in ("headcount", "undo", "late", "early", "moves")
    ]
    console.page.resize(1366, 768)
    QApplication.processEvents()
    peek = console.parts.bar._buttons["peek"]
    assert abs(more.geometry().center().y() - peek.geometry().center().y()) <= 2  # beside the buttons, on no line of its own
    console.press(Key.Key_F2)
    assert not more.isVisibleTo(console.page)


@pytest.mark.parametrize(("key", "words"), [
    ("P", "This screen only"), ("2", "seen by everybody"), ("3", "A table's position: public"),
])
def test_in_large_text_what_was_opened_begins_with_its_heading(qtbot, qapp, desk, key, words):
    key_sheet(desk, 1)
    key_sheet(desk, 2, shift=1)
    console = Console(qtbot, Bridge(desk), dress(qapp, "light", 2.0), size=(1024, 600))
    console.walk_to("anchor_flips")
    console.press(getattr(Key, f"Key_{key}"), ALT)
    for _ in range(4):
        QApplication.processEvents()
    heading = next(w for w in console.page.findChildren(QLabel) if words in w.text() and w.isVisibleTo(console.page))
    whole = heading.visibleRegion().boundingRect().height() == heading.height()
    focused = not console.focus.visibleRegion().isEmpty()
    dress(qapp)
    assert whole
    assert focused
