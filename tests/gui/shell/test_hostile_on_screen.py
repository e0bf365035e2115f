"""What somebody typed is read as words on every screen: never as markup, never able to turn a line round."""

import ast
import re
import sys
import unicodedata
from pathlib import Path

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QLabel, QListView, QListWidget, QStyleOptionViewItem, QWidget

from tradeoff_desktop.app.words import Message
from tradeoff_desktop.ui import gallery_audience
from tradeoff_desktop.ui.controls import Banner, label
from tradeoff_desktop.ui.theme import LIGHT

UI = Path(__file__).resolve().parents[3] / "tradeoff_desktop" / "ui"
MARKUP = ("<b>bold</b>", "<img src='file:///etc/passwd'>", "<a href='x'>here</a>", "&amp;&lt;", "# *one* `two`", "<table><tr><td>x")
TURNING = [chr(code) for code in (*range(0x202A, 0x202F), *range(0x2066, 0x206A))]


pytestmark = pytest.mark.usefixtures("qapp")


@pytest.mark.parametrize("words", MARKUP)
def test_markup_in_a_label_is_words(words):
    made = label(words)
    assert made.textFormat() == Qt.TextFormat.PlainText
    assert made.text() == words
    made.setText(f"and {words}")
    assert made.textFormat() == Qt.TextFormat.PlainText
    assert made.sizeHint().width() > label("and").sizeHint().width()


@pytest.mark.parametrize("turning", TURNING)
def test_what_turns_a_line_round_is_marked_and_the_words_are_kept(turning):
    made = label(f"invoice{turning}gpj.exe")
    assert made.text() == f"invoice[U+{ord(turning):04X}]gpj.exe"
    made.setText(f"a{turning}b")
    assert turning not in made.text()
    banner = Banner()
    banner.show_message(f"The file a{turning}b", f"Choose {turning} again")
    assert turning not in "".join(one.text() for one in banner.findChildren(QLabel)) + banner.accessibleName()


ODD = {
    "every unseen character": "".join(chr(c) for c in range(sys.maxunicode + 1) if unicodedata.category(chr(c)) in {"Cc", "Cf"}),
    "mathtext": r"$\frac{1}{2}$ $\alpha$", "formula": '=HYPERLINK("x";"y")', "emoji": "\U0001f468\u200d\U0001f469\u200d\U0001f467",
    "long": "x" * 10_000, "empty": "",
}


@pytest.mark.parametrize("name", ODD)
def test_whatever_is_typed_is_drawn_by_labels_and_lists_and_kept(qtbot, name):
    made, rows = label(ODD[name]), QListWidget()
    rows.addItem(ODD[name])
    for view in (made, rows):
        qtbot.addWidget(view)
        view.resize(300, 200)
        assert not view.grab().isNull()
    assert re.sub(r"\[U\+([0-9A-F]{4})\]", lambda code: chr(int(code[1], 16)), made.text()) == ODD[name]


def test_a_label_that_reads_markup_is_found_out():
    plain = QLabel("<b>x</b>")
    assert plain.textFormat() != Qt.TextFormat.PlainText
    assert plain.sizeHint().width() < label("<b>x</b>", wrap=False).sizeHint().width()


def test_letters_from_right_to_left_and_their_marks_stay_as_they_are():
    words = "שלום \u200f مرحبا \u200d 👨‍👩‍👧 e\u0301"
    assert label(words).text() == words


def test_every_label_is_made_in_the_one_place_that_reads_no_markup():
    """A plain QLabel guesses, and takes what looks like markup for it: only pictures may stand in one."""
    calls = [
        (f"{path.name}:{node.lineno}", node.func.id) for path in sorted(UI.glob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.args
    ]
    assert len(calls) > 1000
    assert [place for place, name in calls if name == "QLabel"] == []


def test_nothing_on_screen_reads_markup():
    reading = re.compile(r"setHtml|insertHtml|RichText|AutoText|MarkdownText|QTextBrowser|QMessageBox|setToolTip|QStaticText|setWhatsThis")
    assert [path.name for path in sorted(UI.glob("*.py")) if reading.search(path.read_text(encoding="utf-8"))] == []


def drawn(view: QListView) -> QImage:
    """The first row as the list's own delegate draws it."""
    picture = QImage(600, 60, QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.white)
    painter = QPainter(picture)
    option = QStyleOptionViewItem()
    option.initFrom(view)
    option.rect = QRect(0, 0, 600, 60)
    view.itemDelegate().paint(painter, option, view.model().index(0, 0))
    painter.end()
    return picture


def test_a_list_draws_markup_as_the_letters_it_is_made_of(qtbot):
    made = [QListWidget(), QListWidget()]
    for view, words in zip(made, ("<b>x</b>", "x"), strict=True):
        qtbot.addWidget(view)
        view.addItem(words)
    marked, plain = (drawn(view) for view in made)
    widths = [max(x for x in range(600) if any(one.pixelColor(x, y).lightness() < 128 for y in range(60))) for one in (marked, plain)]
    assert widths[0] > widths[1] + 20


@pytest.mark.parametrize("shot", gallery_audience.SHOTS, ids=lambda shot: shot.name)
def test_the_room_sees_no_label_that_reads_markup(qtbot, shot):
    made = shot.build(LIGHT)
    qtbot.addWidget(made)
    assert isinstance(made, QWidget)
    assert [one.text() for one in made.findChildren(QLabel) if one.text() and one.textFormat() != Qt.TextFormat.PlainText] == []


def test_a_refusal_that_names_a_file_cannot_be_turned_round():
    said = Message("The file a\u202eb is not there.", "Nothing changed.", "Choose again.")
    banner = Banner()
    banner.show_message(said.text, said.rest)
    assert "\u202e" not in banner.accessibleName()
    assert "[U+202E]" in banner.accessibleName()
