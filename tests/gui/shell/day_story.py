"""A three-hour workshop run by keyboard alone, from set-up to seal. Run with two offscreen screens; prints what was seen."""

import json
import os
import sys
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

from PySide6.QtCore import QEvent, QEventLoop, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from tradeoff_desktop.app import exporting, laptop
from tradeoff_desktop.app.desk import Surroundings, moment
from tradeoff_desktop.app.files import folders
from tradeoff_desktop.model.pack import AgendaStep
from tradeoff_desktop.ui import front
from tradeoff_desktop.ui.beside import Asking
from tradeoff_desktop.ui.shell import Shell

ALT, CTRL, PLAIN = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.NoModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
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
        self.told: dict[str, object] = {}
        self.asked: list[Path] = []

    def set_up(self) -> None:
        """From Home to the room, fewer people than planned."""
        self.person.press(Qt.Key.Key_P)
        self.person.enter()
        for place, number in enumerate(PEOPLE):
            self.person.press(Qt.Key.Key_Tab, times=min(1, place))
            self.person.press(Qt.Key.Key_A, CTRL)
            self.person.type(number)
        self.person.enter(7)
        seats = sorted(self.shell.desk.state.seats)
        for seat in seats:
            self.person.type(f"{seat}5" if seat == seats[-1] else f"{seat}1")  # one is not there yet
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
        if step.capture:
            self.person.press(Qt.Key.Key_F2)  # what to say comes back, or the form does where nothing was taken down yet
        happens = getattr(self, f"at_{step.id}", None)
        if happens is not None:
            happens()

    # -- what happens once in the day

    def page(self) -> str:
        """What the room sees."""
        return type(self.shell.audience.stage.page).__name__

    def at_benefit_tables(self) -> None:
        """Somebody comes after the first sheet, and signs."""
        seat = max(self.shell.desk.state.seats)
        self.person.press(Qt.Key.Key_C, ALT)
        self.person.type(f"{seat}{seat}1")
        self.person.enter()
        state = self.shell.desk.state
        self.told["late"] = [state.seats[seat].state, state.consents[seat].signed, len(state.missing(1))]

    def at_anchor_talk(self) -> None:
        """A question is parked, and looked at; the talk takes six minutes more, which later steps give."""
        self.person.press(Qt.Key.Key_F3)
        self.person.type("@t2 ?who pays for it")
        self.person.enter()
        self.person.press(Qt.Key.Key_Escape)
        self.person.press(Qt.Key.Key_Q, ALT)
        self.told["parked"] = self.shell.window.page.parts.parked.list.count()
        self.person.press(Qt.Key.Key_Q, ALT)
        self.clock.now += timedelta(minutes=6)

    def at_anchor_flips(self) -> None:
        """Each change is shown and taken back, the projector goes dark and comes back, the result is revealed and hidden."""
        flips = []
        for key in (Qt.Key.Key_F6, Qt.Key.Key_F7, Qt.Key.Key_F8):
            for shift in (PLAIN, SHIFT):
                self.person.press(key, shift)
                card = self.shell.audience.stage.page
                flips.append([box.changed for box in (card.data, card.receiver, card.privacy)])
        self.told["flips"] = flips
        self.told["split"] = self.shell.window.page.parts.say.ends.isVisible()
        self.person.press(Qt.Key.Key_B, CTRL)
        self.told["blank"] = [self.page()]
        self.person.press(Qt.Key.Key_B, CTRL)
        self.person.press(Qt.Key.Key_F9)
        self.told["revealed"] = self.page()
        self.person.press(Qt.Key.Key_F9)
        self.told["blank"].append(self.page())

    def at_break(self) -> None:
        """The lateness is spread over later steps; somebody has to go, and does not want the last sheet."""
        before = dict(self.shell.desk.state.lengths)
        self.person.press(Qt.Key.Key_S, ALT)
        after = self.shell.desk.state.lengths
        self.told["spread"] = sum(after.get(s.id, s.usual) < before.get(s.id, s.usual) for s in self.shell.desk.pack.agenda)
        self.left = self.shell.desk.state.sitting()[0]
        self.person.press(Qt.Key.Key_E, ALT)
        self.person.type(self.left)
        self.person.type(f"{self.left}8")
        self.person.enter()
        self.told["left"] = self.shell.desk.state.seats[self.left].state

    def at_statements(self) -> None:
        """The first statement is read back, mended, voted on, and its dissent taken down."""
        self.person.enter()
        self.person.press(Qt.Key.Key_End)
        self.person.type(" Now.")
        self.person.enter()
        self.person.type("720Not without notice.")
        self.person.enter(2)
        page = self.shell.audience.stage.page
        self.told["voted"] = [page.text, page.votes]
        self.person.press(Qt.Key.Key_Escape)

    def collect(self, sheet: int, tables: list[int]) -> None:
        """A digit for each table, then every sheet keyed, and a note."""
        state = self.shell.desk.state
        self.person.press(Qt.Key.Key_S)
        for table in tables:
            self.person.type(str(sum(state.table_of(seat).number == table for seat in state.sitting())))
        self.person.press(Qt.Key.Key_1, ALT)
        for place, seat in enumerate(seat for seat in state.sitting() if not state.sheet_done(seat, sheet)):
            boxes = len(state.cells_of(seat, sheet))
            # The first box, which is the balance of risks and benefits, has two camps.
            self.person.type(seat + "".join(str(1 + (place + box) % 4 if box else 1 + place % 2 * 4) for box in range(boxes)))
        self.person.press(Qt.Key.Key_F3)
        self.person.type(f"sheet {sheet} is in #pr")
        self.person.enter()

    def close(self) -> None:
        """Close, then seal."""
        self.person.press(Qt.Key.Key_E, CTRL)
        self.person.tab_to("Close the workshop")
        self.person.enter()
        self.person.tab_to("Seal the workshop")
        self.person.enter()

    def carry(self, folders_: list[Path]) -> None:
        """A stick that is no stick, then a good one; and the bundle on it verifies."""
        for folder in folders_:
            self.asked.append(folder)
            self.person.tab_to("Choose a folder or stick")
            self.person.enter()
            self.person.tab_to("Write")
            self.person.enter()
            page = self.shell.window.page
            while page.worker.busy:
                self.person.app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
            self.told.setdefault("stick", []).append(page.stick_part.wrong.text() or page.stick_part.done.text())
        desk = self.shell.desk
        (file,) = folders_[-1].glob("*.tradeoff")
        own = laptop.load(self.shell.beside._places, desk.opened.area, now=desk.now)
        bundle = exporting.read_back(file.read_bytes(), own, at=moment(desk.now))
        self.told["bundle"] = [bundle.info.stage, len(bundle.records) == desk.store.own().seq]


def main(app: QApplication, folder: Path) -> dict[str, object]:
    clock, salts, ids = Clock(), count(1), count(1)
    around = Surroundings(clock=clock, salt=lambda: f"{next(salts):032x}", new_id=lambda: f"story{next(ids):05d}")
    asked: list[Path] = []
    asking = Asking(programme=lambda _: None, folder=lambda _: asked[-1], table_file=lambda _: None)
    shell = Shell(front.show(folders(folder), around), asking)
    shell.window.setScreen(app.screens()[0])
    shell.window.resize(1366, 768)
    shell.window.show()
    shell.window.activateWindow()
    app.processEvents()
    person = Person(app, shell.window)
    day = Day(person, shell, clock)
    day.asked = asked
    day.set_up()
    where = [shell.audience.where, shell.audience.screen().name()]
    day.run()
    desk = shell.desk
    steps = [step for step in desk.pack.agenda if step.id not in desk.state.begun and step.id not in desk.state.left_out]
    day.close()
    good = folder.parent / "stick"
    good.mkdir()
    day.carry([folder.parent / "no stick", good])
    told = day.told | {
        "where": where, "steps not begun": len(steps), "pages": sorted(set(day.seen)),
        "sealed": desk.state.sealed, "missing": [len(desk.state.missing(sheet)) for sheet in (1, 2, 3, 4)],
        "people": len(desk.state.sitting()), "notes": len(desk.state.live["note"]), "positions": len(desk.state.positions),
        "statements": len(desk.state.live["statement"]), "tallies": len(desk.state.live["tally"]), "keys": person.keys,
    }
    shell.window.close()
    return told


if __name__ == "__main__":
    application = front.application(sys.argv)
    print(json.dumps(main(application, Path(os.environ["STORY"]))))  # noqa: T201 - read by the test
