"""Notes that are looked for, moved, clarified, redacted; the page of a table laptop; paper notes afterwards."""

import pytest
from console_world import CTRL, Key, dress
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from room_world import Day, around, begin, go_to

from tradeoff_desktop.app import handing_over, notebook, shorthand
from tradeoff_desktop.app.day import Gap
from tradeoff_desktop.app.desk import Desk
from tradeoff_desktop.model import acts, capture, codec
from tradeoff_desktop.model import records as r
from tradeoff_desktop.store.store import Store
from tradeoff_desktop.ui import keys
from tradeoff_desktop.ui.bridge import Bridge
from tradeoff_desktop.ui.closing_after import PersonalPart
from tradeoff_desktop.ui.notespage import NotesPage
from tradeoff_desktop.ui.window import OperatorWindow


class Notes:
    """The page in its window, and a keyboard."""

    def __init__(self, qtbot, desk, theme) -> None:
        self.desk = desk
        self.window = OperatorWindow(theme)
        qtbot.addWidget(self.window)
        self.page = NotesPage(Bridge(desk, self.window), theme)
        self.panel = self.page.panel
        self.window.resize(1366, 768)
        self.window.show_page(self.page)
        self.window.show()
        self.window.activateWindow()
        qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)

    @property
    def focus(self) -> QWidget:
        widget = QApplication.focusWidget()
        assert widget is not None
        return widget

    def press(self, key, modifier=None) -> None:
        QTest.keyClick(self.focus, key, *([modifier] if modifier else []))

    def type(self, text: str) -> None:
        for letter in text:
            QTest.keyClick(self.focus, letter)

    def write(self, text: str) -> None:
        self.press(Key.Key_F3)
        self.type(text)
        self.press(Key.Key_Return)

    @property
    def notes(self) -> list[r.Note]:
        return [body for _, body in self.desk.state.bodies(r.Note)]

    @property
    def listed(self) -> list[str]:
        return [text.split("  ", 1)[1] for text in self.panel.list.texts() if "  " in text]


@pytest.fixture
def theme(qapp):
    return dress(qapp)


@pytest.fixture
def table_desk(desk, day):
    """A laptop at a table of the same workshop."""
    with Store.create() as store:
        opened = codec.amended(desk.opened, role="table")
        made = Desk.begin(store, desk.pack, around(day), device="tabledevic", opened=opened)
        made.join(list(desk.store.records()))
        yield made


@pytest.fixture
def at_table(qtbot, table_desk, theme):
    return Notes(qtbot, table_desk, theme)


@pytest.fixture
def lead(qtbot, desk, theme):
    go_to(desk, "anchor_talk")
    return Notes(qtbot, desk, theme)


def test_a_table_laptop_has_a_place_of_its_own_and_keeps_it(at_table, table_desk, theme, qtbot):
    for _ in range(3):
        at_table.press(Key.Key_PageDown)
    at_table.press(Key.Key_PageUp)
    third = table_desk.pack.agenda[1].id
    at_table.write("said at the table")
    assert [(note.step, note.role) for note in at_table.notes] == [(third, "table")]
    assert table_desk.state.step == ""  # the room's agenda is the lead's
    again = Notes(qtbot, table_desk, theme)
    assert again.page.strip._title.text() == table_desk.pack.agenda[1].title


def test_notes_of_a_table_carry_its_case(at_table, table_desk):
    at_table.page.table.setCurrentIndex(at_table.page.table.findData(3))
    at_table.page._sit()
    table_desk.do(acts.begin_step, role="table", step="theme_talk")
    at_table.write("said at the table")
    note = at_table.notes[0]
    assert (note.table, note.scenario, note.round) == (3, "CJ-1", table_desk.pack.agenda[
        [step.id for step in table_desk.pack.agenda].index("theme_talk")].round)


def test_the_lead_moves_the_agenda_at_the_console_only(lead, desk):
    lead.press(Key.Key_PageDown)
    assert desk.state.step == "anchor_talk"
    assert "console" in lead.page.banner.accessibleName()


def test_a_note_is_of_the_step_of_its_first_key(lead, desk):
    lead.press(Key.Key_F3)
    lead.type("begun at the talk")
    go_to(desk, "break")
    lead.page._bridge.changed.emit(frozenset({"step"}))
    lead.press(Key.Key_Return)
    assert lead.notes[0].step == "anchor_talk"


def test_space_completes_a_tag_and_leaves_an_unknown_one(lead):
    lead.press(Key.Key_F3)
    lead.type("a #pr")
    assert "Space: #privacy" in lead.panel.line.set.text()
    lead.type(" b #mine c")
    assert lead.panel.field.toPlainText() == "a #privacy b #mine c"
    lead.press(Key.Key_Return)
    assert lead.notes[0].tags == ["privacy", "mine"]
    assert notebook.unknown_tags(lead.desk.state) == ["mine"]


def test_a_note_taken_back_stands_in_the_line_to_be_mended(lead):
    lead.write("they wil sell it")
    lead.press(Key.Key_Z, CTRL)
    assert lead.notes == []
    assert lead.panel.field.toPlainText() == "they wil sell it"
    assert lead.focus is lead.panel.field
    lead.type("!")
    lead.press(Key.Key_Return)
    assert [note.text for note in lead.notes] == ["they wil sell it!"]
    lead.desk.redact(lead.desk.state.bodies(r.Note)[0][0].ref, "new")
    assert b"wil sell" not in b"".join(lead.desk.store.dump())


def test_undo_while_typing_takes_back_the_typing_first(lead):
    lead.write("kept")
    lead.type("half a thought")
    lead.press(Key.Key_Z, CTRL)
    assert [note.text for note in lead.notes] == ["kept"]
    assert lead.panel.field.toPlainText() != "half a thought"


def test_an_undo_pushes_no_half_typed_words_out(lead):
    lead.write("first")
    lead.desk.keep_draft("note", "")
    lead.press(Key.Key_Escape)
    lead.panel.field.setPlainText("half")
    lead.press(Key.Key_Z, CTRL)
    assert lead.notes == []
    assert lead.panel.field.toPlainText() == "half"


def test_notes_are_found_by_words_and_filtered_by_step_group_and_kind(lead, desk):
    for text, step, group, kind in (
        ("they would sell it", "break", "civil", "red_line"), ("selling is wrong", "break", "government", "point"),
        ("nothing to do with it", "anchor_talk", "civil", "point"),
    ):
        desk.do(capture.note, r.Note(role="lead", text=text, step=step, group=group, kind=kind))
    lead.press(Key.Key_F, CTRL)
    assert len(lead.listed) == 3
    lead.type("sell")
    assert lead.listed == ["C: Red line: they would sell it", "G: selling is wrong"]
    lead.panel.finder.group.setCurrentIndex(lead.panel.finder.group.findData("civil"))
    assert lead.listed == ["C: Red line: they would sell it"]
    lead.panel.finder.kind.setCurrentIndex(lead.panel.finder.kind.findData("point"))
    assert lead.panel.list.texts() == ["No note fits."]
    lead.press(Key.Key_Escape)
    assert lead.focus is lead.panel.field
    assert lead.listed == ["C: nothing to do with it"]


def test_only_the_last_of_many_are_listed_and_it_is_said(lead, desk):
    most = notebook.MOST
    desk.write([r.Note(role="lead", text=f"point {n}", step="anchor_talk") for n in range(most + 5)])
    lead.page._bridge.changed.emit(frozenset({"note"}))
    assert len(lead.listed) == most
    assert lead.panel._told.text().startswith(f"The last {most} of {most + 5} notes")
    lead.write("one more")
    assert (lead.listed[0], lead.listed[-1], len(lead.listed)) == ("point 6", "one more", most)


def test_a_search_reads_no_more_than_it_lists_and_says_that_there_are_more(lead, desk):
    most = notebook.MOST
    desk.write([r.Note(role="lead", text=f"point {n}", step="anchor_talk") for n in range(most + 5)])
    desk.write([r.Note(role="lead", text="a point of another kind", step="anchor_talk", kind="question")])
    lead.press(Key.Key_F, CTRL)
    lead.type("poi")
    assert (lead.listed[0], len(lead.listed)) == ("point 6", most)
    assert lead.panel.finder.told.text() == f"over {most} found · Esc leaves"
    assert lead.panel._told.text().startswith(f"The last {most} are listed; there are more.")
    lead.panel.finder.kind.setCurrentIndex(lead.panel.finder.kind.findData("question"))
    assert lead.listed == ["Question: a point of another kind"]
    assert lead.panel._told.isHidden()
    lead.panel.finder.kind.setCurrentIndex(0)
    lead.type("nt 0")
    assert lead.listed == ["point 0"]


def test_the_last_notes_are_moved_by_keys(lead):
    for text in ("one", "two", "three"):
        lead.write(text)
    lead.press(Key.Key_M, CTRL)
    lead.press(Key.Key_2)
    lead.press(Key.Key_Tab)
    lead.panel.asks.step.setCurrentIndex(lead.panel.asks.step.findData("break"))
    lead.press(Key.Key_Return)
    assert [note.step for note in lead.notes] == ["anchor_talk", "break", "break"]
    assert lead.listed == ["one"]
    lead.press(Key.Key_Z, CTRL)
    assert [note.step for note in lead.notes] == ["anchor_talk"] * 3
    assert lead.panel.field.toPlainText() == ""


def test_how_many_can_be_seen_and_counted_with_the_arrows(lead):
    for text in ("one", "two"):
        lead.write(text)
    lead.press(Key.Key_M, CTRL)
    count = lead.panel.asks.count
    assert lead.focus is count
    assert count.contentsRect().width() > 2 * count.fontMetrics().horizontalAdvance("999")
    one = count.grab().toImage()
    lead.press(Key.Key_Up)
    assert count.text() == "2"
    assert count.grab().toImage() != one
    lead.press(Key.Key_Up)
    assert count.text() == "2"  # there are no more notes than that
    lead.press(Key.Key_Down)
    lead.press(Key.Key_Down)
    assert count.text() == "1"
    lead.press(Key.Key_Escape)
    assert lead.focus is lead.panel.field


def test_a_clarification_stands_in_brackets(lead):
    lead.write("the list")
    lead.press(Key.Key_K, CTRL)
    lead.type("the council's")
    lead.press(Key.Key_Return)
    assert lead.listed == ["the list [the council's]"]
    assert lead.notes[0].text == "the list"
    lead.press(Key.Key_K, CTRL)
    lead.press(Key.Key_Escape)
    assert lead.listed == ["the list [the council's]"]


def test_a_redaction_from_the_screen_leaves_the_words_nowhere_in_the_file(qtbot, theme, tmp_path):
    with Store.create(tmp_path / "w.db") as store:
        lead = Notes(qtbot, begin(store, Day()), theme)
        lead.write('"Mrs Holroyd of Quarmby said so')
        lead.write("other words")
        lead.press(Key.Key_F, CTRL)
        lead.type("quarmby")
        lead.press(Key.Key_R, CTRL)
        assert lead.panel.asks.words.toPlainText() == "(a name) of Quarmby said so"
        lead.panel.asks.words.setPlainText("A neighbour said so")
        lead.press(Key.Key_Return)
        assert [(note.text, note.verbatim) for note in lead.notes] == [("other words", False), ("A neighbour said so", False)]
        held = b"".join(file.read_bytes() for file in tmp_path.iterdir()).lower()
        assert not [word for word in (b"holroyd", b"quarmby") if word in held]
        lead.window.put_away()


def test_words_that_were_erased_while_they_were_mended_leave_the_line(lead):
    lead.write("Mrs Holroyd said so")
    lead.press(Key.Key_Up)
    lead.type("!")
    assert lead.panel.field.toPlainText() == "Mrs Holroyd said so!"
    lead.desk.keep_draft("note", "Mrs Holroyd")
    ((note, _),) = lead.desk.state.bodies(r.Note)
    assert lead.page._bridge.redact(note.ref, "A neighbour said so")
    assert lead.panel.field.toPlainText() == ""
    assert lead.desk.store.draft("note") == ""
    lead.write("half")
    lead.type("other words")
    ((note, _), _) = lead.desk.state.bodies(r.Note)
    assert lead.page._bridge.redact(note.ref, "A neighbour was for it")
    assert lead.panel.field.toPlainText() == "other words"


def test_what_looks_personal_is_asked_about_while_typing(lead):
    lead.press(Key.Key_F3)
    lead.type("ask sarah")
    assert lead.panel.line.personal.text() == "“sarah” looks like a name. Is this personal data? Use a code."
    assert lead.panel.field.accessibleDescription() == lead.panel.line.personal.text()
    formats = lead.panel.field.document().firstBlock().layout().formats()
    assert [(one.start, one.length) for one in formats] == [(4, 5)]
    lead.press(Key.Key_Backspace)
    lead.press(Key.Key_Backspace)
    assert lead.panel.line.personal.isHidden()
    lead.press(Key.Key_Return)
    assert lead.notes[0].text == "ask sar"


def test_the_closing_page_leads_to_the_notes_that_look_personal(lead, theme, qtbot):
    panel = PersonalPart(lead.page._bridge, theme)
    qtbot.addWidget(panel)
    panel.refresh()
    assert panel.look.isHidden()
    lead.write("ask sarah #mine")
    lead.write("plain")
    panel.refresh()
    shown = [words.text() for words in panel.findChildren(QLabel) if not words.isHidden()]
    assert "! 1 place to look at" in shown
    assert "a name: “ask sarah”" in shown
    assert "Tags that are not on the list, kept as typed: #mine" in shown
    with qtbot.waitSignal(panel.look_requested):
        panel.look.click()
    lead.panel.look_for_personal()
    assert lead.listed == ["ask sarah #mine"]


def test_words_outside_the_notes_are_listed_too_before_the_seal(lead, theme, qtbot):
    question = lead.desk.pack.written[0].code
    lead.desk.do(capture.write_answer, role="lead", seat=lead.desk.state.sitting()[0], question=question, text="ask Tom")
    gap = Gap(4, 1, ("019",), 5)
    handing_over.accept(lead.desk, gap, "Mrs Holroyd left")
    panel = PersonalPart(lead.page._bridge, theme)
    qtbot.addWidget(panel)
    panel.refresh()
    shown = [words.text() for words in panel.findChildren(QLabel) if not words.isHidden()]
    assert "! 2 places to look at" in shown
    assert "Written answer: a name: “ask Tom”" in shown
    assert "Reason for a gap: “Mrs Holroyd” looks like a name. Is this personal data? Use a code." in shown
    assert panel.look.isHidden()  # the notes themselves have none
    assert [words for words in shown if words.startswith("What stands elsewhere is corrected where it was typed.")]


def test_a_note_taken_back_can_be_erased_from_the_screen(lead):
    lead.write("ask sarah")
    lead.press(Key.Key_Z, CTRL)
    lead.panel.field.clear()
    lead.panel.look_for_personal()
    assert lead.listed == ["Taken back or mended: ask sarah"]
    lead.press(Key.Key_R, CTRL)
    lead.press(Key.Key_Return)
    assert b"sarah" not in b"".join(lead.desk.store.dump())
    assert lead.panel.list.texts() == ["No note fits."]


def test_paper_notes_ask_for_their_step_first_and_are_marked(lead):
    lead.press(Key.Key_T, CTRL)
    assert lead.focus is lead.panel.asks.step
    lead.panel.asks.step.setCurrentIndex(lead.panel.asks.step.findData("theme_talk"))
    lead.press(Key.Key_Return)
    lead.write("@t2 from the sheet")
    assert [(note.step, note.scenario, note.from_paper) for note in lead.notes] == [("theme_talk", "WEL-1", True)]
    assert "(from paper)" in lead.listed[0]
    lead.press(Key.Key_T, CTRL)
    lead.write("said now")
    assert [(note.step, note.from_paper) for note in lead.notes][1] == ("anchor_talk", False)


def test_once_closed_the_page_asks_for_the_step_of_paper_notes_at_once(qtbot, desk, theme):
    go_to(desk, "close")
    desk.do(acts.close, role="lead")
    lead = Notes(qtbot, desk, theme)
    assert lead.focus is lead.panel.asks.step
    lead.press(Key.Key_Return)
    lead.write("from the sheet")
    assert [(note.step, note.from_paper) for note in lead.notes] == [("close", True)]


def test_every_key_of_the_page_does_something(lead, at_table):
    for page in (lead.page, at_table.page):
        assert {"find", "move_notes", "clarify", "redact", "note", "undo", "earlier", "later", "from_paper"} <= set(page.acts())


def test_f1_says_what_a_note_may_begin_with(lead):
    lead.press(Key.Key_F1)
    shown = [words.text() for words in lead.window.findChildren(QLabel) if words.isVisible()]
    for mark, words in keys.MARKS["noting"]:
        assert shown[shown.index(mark) + 1] == words
    lead.press(Key.Key_F1)
    assert {mark[0] for mark, _ in keys.MARKS["noting"]} == {"@", "#", '"', *shorthand.KINDS}


def test_on_the_smallest_screen_the_question_is_not_below_the_fold(qtbot, qapp, table_desk):
    made = Notes(qtbot, table_desk, dress(qapp, zoom=2.0))
    made.window.resize(1024, 600)
    made.press(Key.Key_F3)
    made.type("ask mrs holroyd")
    question = made.panel.line.personal

    def seen() -> bool:
        low = question.mapTo(made.window, question.rect().bottomLeft()).y()
        return question.isVisible() and low < made.window.height()

    qtbot.waitUntil(seen)
