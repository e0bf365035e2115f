"""A three-hour workshop run by keyboard alone, from set-up to seal. Run with two offscreen screens; prints what was seen."""

import json
import os
import sys
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from tradeoff_desktop.app.desk import Surroundings
from tradeoff_desktop.app.files import folders
from tradeoff_desktop.model.pack import AgendaStep
from tradeoff_desktop.ui import front
from tradeoff_desktop.ui.beside import Asking
from tradeoff_desktop.ui.shell import Shell

ALT, CTRL, PLAIN = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.NoModifier
PEOPLE = ("3", "3", "2", "2")


class Clock:
    """The time of the story; nothing else makes it pass."""

    def __init__(self) -> None:
        self.now = datetime(2027, 3, 4, 13, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


class Person:
    """Somebody at the keyboard, and nothing but the keyboard."""

    def __init__(self, app: QApplication, window: QWidget) -> None:
        self.app, self.window, self.keys = app, window, 0

    def press(self, key: Qt.Key, with_: Qt.KeyboardModifier = PLAIN, times: int = 1) -> None:
        for _ in range(times):
            self.keys += 1
            QTest.keyClick(self.window.focusWidget() or self.window, key, with_)
        self.app.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)  # a page that was left is gone

    def type(self, text: str) -> None:
        for letter in text:
            self.keys += 1
            QTest.keyClick(self.window.focusWidget() or self.window, letter)

    def enter(self, times: int = 1) -> None:
        self.press(Qt.Key.Key_Return, times=times)

    def tab_to(self, name: str) -> None:
        for _ in range(100):
            if (self.window.focusWidget() or self.window).accessibleName().startswith(name):
                return
            self.press(Qt.Key.Key_Tab)
        raise AssertionError(name)


class Day:
    """The workshop, step by step."""

    def __init__(self, person: Person, shell: Shell, clock: Clock) -> None:
        self.person, self.shell, self.clock = person, shell, clock
        self.seen: list[str] = []
        self.revealed = ""

    def set_up(self) -> None:
        """From Home to the room, fewer people than planned."""
        self.person.press(Qt.Key.Key_P)
        self.person.enter()
        for place, number in enumerate(PEOPLE):
            self.person.press(Qt.Key.Key_Tab, times=min(1, place))
            self.person.press(Qt.Key.Key_A, CTRL)
            self.person.type(number)
        self.person.enter(7)
        for seat in sorted(self.shell.desk.state.seats):
            self.person.type(f"{seat}1")
        self.person.enter()

    def run(self) -> None:
        """PgDn through the agenda; at each step what the step asks for."""
        pack = self.shell.desk.pack
        for _ in range(80):
            before = self.shell.desk.state.step, self.shell.window.page.room.stage
            step = self.shell.window.page.room.step
            self.person.press(Qt.Key.Key_PageDown)
            state = self.shell.desk.state
            if (state.step, self.shell.window.page.room.stage) == before:
                return
            self.seen.append(type(self.shell.audience.stage.page).__name__)
            if state.step != before[0]:
                self.clock.now += timedelta(minutes=step.minutes if step is not None else 0)
                self.work(pack.agenda[[s.id for s in pack.agenda].index(state.step)])

    def work(self, step: AgendaStep) -> None:
        """What is taken down at a step."""
        tables = [table.number for table in self.shell.desk.state.open_tables()]
        if "hands" in step.capture:
            self.person.press(Qt.Key.Key_F2)
            self.person.type("2221")
            self.person.enter()
        if "sheets" in step.capture:
            self.collect(step.sheet, tables)
        if "position" in step.capture:
            self.person.press(Qt.Key.Key_F2)
            for table in tables:
                self.person.type(f"{table}20with rules")
                self.person.enter()
        if step.id == "theme_statement":
            self.person.press(Qt.Key.Key_F2)
            for table in tables:
                self.person.type(f"{table}Table {table} wants rules.")
                self.person.enter()
        if step.id == "anchor_flips":
            self.reveal()
        if step.capture:
            self.person.press(Qt.Key.Key_Escape)

    def collect(self, sheet: int, tables: list[int]) -> None:
        """A digit for each table, then every sheet keyed, and a note."""
        state = self.shell.desk.state
        self.person.press(Qt.Key.Key_S)
        for table in tables:
            self.person.type(str(sum(state.table_of(seat).number == table for seat in state.sitting())))
        self.person.press(Qt.Key.Key_1, ALT)
        for place, seat in enumerate(state.sitting()):
            boxes = len(state.cells_of(seat, sheet))
            self.person.type(seat + "".join(str(1 + (place + box) % 4) for box in range(boxes)))
        self.person.press(Qt.Key.Key_F3)
        self.person.type(f"sheet {sheet} is in #pr")
        self.person.enter()

    def reveal(self) -> None:
        """F9 and F9 again."""
        self.person.press(Qt.Key.Key_F9)
        self.revealed = type(self.shell.audience.stage.page).__name__
        self.person.press(Qt.Key.Key_F9)

    def close(self) -> None:
        """Close, then seal."""
        self.person.press(Qt.Key.Key_E, CTRL)
        self.person.tab_to("Close the workshop")
        self.person.enter()
        self.person.tab_to("Seal the workshop")
        self.person.enter()


def main(app: QApplication, folder: Path) -> dict[str, object]:
    clock, salts, ids = Clock(), count(1), count(1)
    around = Surroundings(clock=clock, salt=lambda: f"{next(salts):032x}", new_id=lambda: f"story{next(ids):05d}")
    asking = Asking(programme=lambda _: None, folder=lambda _: folder, table_file=lambda _: None)
    shell = Shell(front.show(folders(folder), around), asking)
    shell.window.setScreen(app.screens()[0])
    shell.window.resize(1366, 768)
    shell.window.show()
    shell.window.activateWindow()
    app.processEvents()
    person = Person(app, shell.window)
    day = Day(person, shell, clock)
    day.set_up()
    where = [shell.audience.where, shell.audience.screen().name()]
    day.run()
    desk = shell.desk
    steps = [step for step in desk.pack.agenda if step.id not in desk.state.begun and not step.optional]
    day.close()
    told = {
        "where": where, "steps not begun": len(steps), "pages": sorted(set(day.seen)), "revealed": day.revealed,
        "sealed": desk.state.sealed, "missing": [len(desk.state.missing(sheet)) for sheet in (1, 2, 3, 4)],
        "people": len(desk.state.sitting()), "notes": len(desk.state.live["note"]), "positions": len(desk.state.positions),
        "statements": len(desk.state.live["statement"]), "tallies": len(desk.state.live["tally"]), "keys": person.keys,
    }
    shell.window.close()
    return told


if __name__ == "__main__":
    application = front.application(sys.argv)
    print(json.dumps(main(application, Path(os.environ["STORY"]))))  # noqa: T201 - read by the test
