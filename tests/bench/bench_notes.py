"""Typing and searching with ten thousand notes on record, beside what a bare field and a raw commit take.

Not collected with the tests; run by ``pytest -s tests/bench/bench_notes.py``. The page of notes in its window, the store
a file on disk with 10,000 notes. Each key is timed from the key event to the moment Qt has painted what changed. Floors,
measured beside it key by key: the same letter into a bare text field, and one row put into a fresh file through the same
pragmas. Beside each wall time stands the processor time of this process alone, which says what a machine shared with
others adds. Bound: under 50 ms at the 99th percentile for a letter, for Enter, and for a letter of a search.
"""

import sys
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPlainTextEdit

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "app"))
sys.path.insert(0, str(Path(__file__).parent))

from bench_key_press import Floor, Spent, at, percentile, press, timed
from room_world import Day, begin, go_to

from tradeoff_desktop.app import rehearsal_words
from tradeoff_desktop.model import records as r
from tradeoff_desktop.store.store import Store
from tradeoff_desktop.ui import theme as looks
from tradeoff_desktop.ui.bridge import Bridge
from tradeoff_desktop.ui.notespage import NotesPage
from tradeoff_desktop.ui.window import OperatorWindow

BOUND_MS, NOTES, SAVED = 50.0, 10_000, 100
LINE = "they would sell it on #pr"
SEARCHES = ("the council", "l", "people who", "3999", "only if")


def test_ten_thousand_notes_stay_fluid(qapp: QApplication, tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    looks.install_fonts()
    theme = looks.theme("light")
    looks.apply(qapp, theme)
    with Store.create(tmp_path / "bench.db") as store:
        desk = begin(store, Day(), 20)
        go_to(desk, "anchor_talk")
        said = rehearsal_words.ANCHOR
        for first in range(0, NOTES, 500):
            desk.write([
                r.Note(role="lead", text=f"{said[n % len(said)].text} {n}", kind=said[n % len(said)].kind, step="anchor_talk")
                for n in range(first, first + 500)
            ])
        window = OperatorWindow(theme)
        window.resize(1366, 768)
        page = NotesPage(Bridge(desk, window), theme)
        window.show_page(page)
        window.show()
        window.activateWindow()
        for _ in range(5):
            qapp.processEvents()
        floor = Floor(tmp_path / "floor.db")
        figures = {**typing(floor), **searching(page), "letter, bare field": bare(qapp)}
        window.close()
    with capsys.disabled():
        lines = [
            f"  {name:26} wall p50 {at(wall, 0.5):6.2f}   p99 {at(wall, 0.99):6.2f}   most {wall[-1]:6.2f}   "
            f"own p50 {at(own, 0.5):6.2f}   p99 {at(own, 0.99):6.2f}   n {len(wall)}"
            for name, times in figures.items() for wall, own in [[sorted(one) for one in zip(*times, strict=True)]]
        ]
        sys.stdout.write(f"\n{NOTES} notes, page of notes 1366 x 768; milliseconds\n" + "\n".join(lines) + "\n")
    for name in ("letter of a note", "note saved", "letter of a search"):
        assert percentile(figures[name], 0.99) < BOUND_MS, name


Times = list[Spent]


def typing(floor: Floor) -> dict[str, Times]:
    """Notes letter by letter, each saved."""
    letters: Times = []
    saved: Times = []
    floors: Times = []
    press(Qt.Key.Key_F3)
    for _ in range(SAVED):
        letters += [timed(partial(press, letter)) for letter in LINE]
        floors.append(timed(floor.commit))
        saved.append(timed(partial(press, Qt.Key.Key_Return)))
    return {"letter of a note": letters, "note saved": saved, "raw commit, same pragmas": floors}


def searching(page: NotesPage) -> dict[str, Times]:
    """Searches letter by letter, found notes listed and painted."""
    page.panel.look_for()
    times: Times = []
    for _ in range(4):
        for words in SEARCHES:
            page.panel.finder.words.clear()
            times += [timed(partial(press, letter)) for letter in words]
    return {"letter of a search": times}


def bare(app: QApplication) -> Times:
    """The same letters into a field that does nothing with them."""
    field = QPlainTextEdit()
    field.resize(900, 120)
    field.show()
    field.setFocus()
    app.processEvents()

    def letter() -> None:
        QTest.keyClick(field, "a")
        app.processEvents()

    return [timed(letter) for _ in range(400)]
