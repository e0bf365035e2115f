"""Coding at the centre: by keyboard alone, saved at once, taken back at once, and blind for the second coder."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from tradeoff_desktop.app import sample, sample_centre
from tradeoff_desktop.app.centre_desk import CentreDesk
from tradeoff_desktop.ui.coding import CodingPage
from tradeoff_desktop.ui.theme import LIGHT

CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


@pytest.fixture(scope="module")
def day():
    return sample.closed()


@pytest.fixture
def desk(day):
    return sample_centre.centre(day)


@pytest.fixture
def page(desk, show):
    made = CodingPage(desk, LIGHT)
    show(made)
    return made


@pytest.fixture
def coder(page, hands):
    return hands(page.window())


def words(page):
    return "\n".join(label.text() for label in page.findChildren(QLabel) if label.isVisible())


def test_it_opens_at_the_first_note_that_nobody_coded(page):
    assert len(page.model.lines) > 12
    assert page.notes.currentIndex().row() == 10
    assert "10 of" in words(page)
    assert "Not coded yet" in words(page)


def test_digits_give_codes_and_take_them_away(page, desk, coder):
    key = page.note.key
    coder.type("12")
    assert desk.book.codes_of(key) == (page._slots.held[0], page._slots.held[1])
    coder.type("1")
    assert desk.book.codes_of(key) == (page._slots.held[1],)
    assert page.note.key == key


def test_j_and_k_walk(page, coder):
    at = page.notes.currentIndex().row()
    coder.type("jjk")
    assert page.notes.currentIndex().row() == at + 1


def test_the_digits_stay_where_fingers_learned_them(page, coder):
    before = page._slots.held
    coder.type("5j3j1")
    assert page._slots.held == before


def test_nought_says_that_no_code_fits(page, desk, coder):
    key = page.note.key
    coder.type("0")
    assert desk.book.codes_of(key) == ("none",)
    assert "No code fits" in words(page)
    assert "11 of" in words(page)


def test_everything_can_be_taken_back(page, desk, coder):
    key = page.note.key
    coder.type("1j2")
    coder.press(Qt.Key.Key_Z, with_=CTRL)
    coder.press(Qt.Key.Key_Z, with_=CTRL)
    assert not desk.book.is_read(key)
    assert "10 of" in words(page)


def test_a_new_code_is_named_and_meant_before_it_is_given(page, desk, coder):
    coder.type("n")
    coder.type("Who pays")
    coder.press(Qt.Key.Key_Return)
    coder.press(Qt.Key.Key_Return)
    assert "A code needs a name and what it means." in words(page)
    coder.type("Costs and who bears them.")
    coder.press(Qt.Key.Key_Return)
    assert desk.book.codes["who_pays"].definition == "Costs and who bears them."
    digit = page._slots.digit("who_pays")
    key = page.note.key
    coder.type(str(digit))
    assert desk.book.codes_of(key) == ("who_pays",)


def test_a_code_is_found_by_its_name(page, desk, coder):
    key = page.note.key
    coder.type("c")
    coder.type("enforce")
    coder.press(Qt.Key.Key_Return)
    assert desk.book.codes_of(key) == ("enforcement",)
    assert coder.focus is page.notes


def test_search_shows_only_notes_with_those_words(page, coder):
    word = max(page.note.words.replace(",", " ").split(), key=len)
    coder.type("/")
    coder.type(word)
    assert all(word.casefold() in line.words.casefold() for line in page.model.lines)
    assert 0 < len(page.model.lines) < len(page._all)


def test_letters_in_a_field_are_only_text(page, coder):
    coder.type("/")
    coder.type("jkn01")
    assert page.search.text() == "jkn01"


def test_the_second_coder_reads_one_in_ten_and_sees_nothing_of_the_first(page, desk, coder):
    notes = len(page._all)
    for line in page._all:
        if not desk.book.is_read(line.key):
            desk.give(line.ref, "trust")
    coder.press(Qt.Key.Key_2, with_=ALT)
    assert len(page.model.lines) == -(-notes // 10)
    assert "0 of" in words(page)
    assert "Not coded yet" in words(page)
    key = page.note.key
    coder.type("1")
    assert desk.book.codes_of(key, 2)
    assert desk.book.codes_of(key, 1)


def test_what_was_coded_is_there_after_a_restart(page, desk, coder):
    key = page.note.key
    coder.type("1")
    again = CentreDesk.resume(desk.store, desk.pack, desk._around)
    assert again.book.codes_of(key) == desk.book.codes_of(key) != ()


def test_every_control_has_a_name(page):
    for widget in (page.notes, page.search, page.find_code, page.codes, page.form.name, page.form.meaning, *page._give, page._who):
        assert widget.accessibleName()
