"""Pictures of the day itself: the doors, the console at its steps, and the private ballot."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Literal

from PySide6.QtWidgets import QWidget

from tradeoff_desktop.app import sample, second_keying
from tradeoff_desktop.model import capture
from tradeoff_desktop.model import records as r
from tradeoff_desktop.ui import screenshots
from tradeoff_desktop.ui.audience import AudienceWindow, Where
from tradeoff_desktop.ui.ballot import BallotPage
from tradeoff_desktop.ui.bridge import Bridge
from tradeoff_desktop.ui.console import ConsolePage
from tradeoff_desktop.ui.entry import EntryForm
from tradeoff_desktop.ui.framework import FrameworkForm
from tradeoff_desktop.ui.gallery_parts import Build
from tradeoff_desktop.ui.holding import Holding
from tradeoff_desktop.ui.people import PeoplePage
from tradeoff_desktop.ui.screenshots import Shot
from tradeoff_desktop.ui.statements import StatementForm
from tradeoff_desktop.ui.theme import Theme
from tradeoff_desktop.ui.window import OperatorWindow


def people(theme: Theme) -> QWidget:
    """The doors."""
    return PeoplePage(Bridge(sample.started()), theme)


def people_seen(theme: Theme) -> QWidget:
    """The doors where the room may see this screen."""
    return PeoplePage(Bridge(sample.started()), theme, _window("preview"))


def _window(where: Where) -> AudienceWindow:
    """What the room sees: pictures are taken on one screen, mostly of a day with two."""
    made = AudienceWindow()
    made.resize(screenshots.ROOM)
    made.where = where
    return made


def console(step: str, *, keyed: bool = True, late: int = 0, people: int = sample.ALL) -> Build:
    """The console at a step, with a projector; ``late`` minutes after its end; with so many people."""

    def build(theme: Theme) -> QWidget:
        return ConsolePage(Bridge(sample.at(step, keyed=keyed, late=late, people=people)), theme, _window("screen"))

    return build


def placed(where: Where) -> Build:
    """The console where there is one screen only ("preview"), or the projector has gone ("away")."""

    def build(theme: Theme) -> QWidget:
        return ConsolePage(Bridge(sample.at("anchor_flips")), theme, _window(where))

    return build


def failing(kind: Literal["slept", "battery", "disk"]) -> Build:
    """The console once the act "fail" is done: the laptop slept, has an empty battery, or its disk is full."""

    def build(theme: Theme) -> QWidget:
        clock = sample.Ticking()
        return Failing(Bridge(sample.at("theme_talk", clock=clock)), theme, _window("screen"), kind=kind, clock=clock)

    return build


class Failing(ConsolePage):
    """A console with one more act, by which the laptop fails."""

    def __init__(self, bridge: Bridge, theme: Theme, room: AudienceWindow, *, kind: str, clock: sample.Ticking) -> None:
        self._kind, self._clock = kind, clock
        super().__init__(bridge, theme, room)

    def acts(self) -> dict[str, Callable[[], object]]:
        """Those of the console, and to fail."""
        return {**super().acts(), "fail": self._fail}

    def _fail(self) -> None:
        if self._kind == "slept":
            self.parts.timer.toggle()
            self._clock.time += timedelta(minutes=6)
            self.parts.timer.tick()
        elif self._kind == "battery":
            self.standing.power = _empty
            self.standing.look()
        else:
            window = self.window()
            if isinstance(window, OperatorWindow):
                Holding(window, window.toggle_keys).attend(self._bridge)
            sample.fill_disk(self._bridge.desk)
            self.parts.notes.field.setPlainText('@t2 "We would want to be told first.')
            self.parts.notes.line.save()


def _empty() -> tuple[int | None, bool | None]:
    return 11, False


def voting(*, counted: bool) -> Build:
    """A statement that was read back: being voted on, or recorded as agreed."""

    def build(theme: Theme) -> QWidget:
        page = console("statements")(theme)
        if isinstance(page, ConsolePage):
            page.acts()["statement"]()
            form = page.parts.capture.form
            if isinstance(form, StatementForm):
                form.list.itemActivated.emit(form.list.item(0))
                for vote, count in zip(form.votes, (14, 4, 2), strict=True):
                    vote.setText(str(count))
                form.dissent.setText("Four would rather see the help reach people through the advice charity.")
                if counted:
                    form.agreed.click()
        return page

    return build


def keying(step: str, typed: str) -> Build:
    """A sheet with its first boxes keyed."""

    def build(theme: Theme) -> QWidget:
        page = console(step, keyed=False)(theme)
        if isinstance(page, ConsolePage):
            page.acts()["key_sheets"]()
            form = page.parts.capture.form
            if isinstance(form, EntryForm):
                for digit in SEAT + typed:
                    form.field.typed.emit(digit)
        return page

    return build


def keyed_again(typed: str = "") -> Build:
    """A sheet keyed a second time: the question who keys it, or what follows these digits."""

    def build(theme: Theme) -> QWidget:
        desk = sample.at("anchor_flips")
        page = ConsolePage(Bridge(desk), theme)
        page.acts()["key_sheets"]()
        form = page.parts.capture.form
        if isinstance(form, EntryForm):
            form.go_to(second_keying.due(desk.state, 2)[0], 2)
            form.field.marked.emit("+")
            if typed:
                form.field.entered.emit()
            for digit in typed:
                form.field.typed.emit(digit)
        return page

    return build


def framework(theme: Theme) -> QWidget:
    """The framework questions, some answered."""
    desk = sample.at("theme_position")
    for number, reason in enumerate(("People notice the help.", "The team can act sooner."), start=1):
        desk.do(capture.answer_framework, r.Framework(
            role="lead", table=2, scenario=desk.state.tables[2].scenario, question=number, answer="4", reason=reason,
        ))
    page = ConsolePage(Bridge(desk), theme)
    page.acts()["framework"]()
    form = page.parts.capture.form
    if isinstance(form, FrameworkForm):
        form.table.setText("2")
        form.table.closed.emit()
    return page


def ballot(*typed: str) -> Build:
    """The private ballot after these keys: digits, or "" for Enter."""

    def build(theme: Theme) -> QWidget:
        made = BallotPage(Bridge(sample.at("anchor_mark", keyed=False)), theme)
        for key in typed:
            if key:
                made.field.typed.emit(key)
            else:
                made.field.entered.emit()
        return made

    return build


BEGUN = (*"2468", "")
SEAT = "013"  # the first of the session

SHOTS: Sequence[Shot] = [
    Shot("people", people), Shot("people-one-screen", people_seen),
    Shot("console-doors", console("doors")),
    Shot("console-keys", console("doors"), ("keys",)),
    Shot("console-peek", console("positions"), ("next", "peek")),
    Shot("console-hands", console("practice"), ("count_hands",)),
    Shot("console-case", console("anchor_read"), ("next",)),
    Shot("console-sheets", console("anchor_mark", keyed=False), ("key_sheets",)),
    Shot("console-second-keying", keyed_again()),
    Shot("console-look-at-the-sheet", keyed_again("99999999")),
    Shot("console-keying", keying("anchor_mark", "4")), Shot("console-keying-long", keying("before_theme", "431")),
    Shot("console-one-screen", placed("preview"), ("key_sheets",)), Shot("console-no-projector", placed("away")),
    Shot("console-slept", failing("slept"), ("fail",)), Shot("console-battery", failing("battery"), ("fail",)),
    Shot("console-not-saved", failing("disk"), ("fail",)),
    Shot("console-few-people", console("positions", people=7), ("next", "peek")),
    Shot("console-vote", voting(counted=False), ("next",)), Shot("console-voted", voting(counted=True), ("next",)),
    Shot("console-framework", framework),
    Shot("ballot-start", ballot()),
    Shot("ballot-cover", ballot(*BEGUN)),
    Shot("ballot-code", ballot(*BEGUN, "")),
    Shot("ballot-question", ballot(*BEGUN, "", *SEAT, "4")),
    Shot("ballot-change", ballot(*BEGUN, "", *SEAT, "4", "", "4", "")),
    Shot("ballot-pin", ballot(*BEGUN), ("leave_ballot",)),
    Shot("console-flips", console("anchor_flips"), ("next",)),
    Shot("console-position", console("anchor_position"), ("position",)),
    Shot("console-condition", console("anchor_position"), ("condition",)),
    Shot("console-late", console("theme_talk", late=12), ("spread",)),
    Shot("console-table-step", console("theme_talk")),
    Shot("console-parked", console("statements"), ("parked",)),
    Shot("console-find-notes", console("anchor_position"), ("find",)),
    Shot("console-statement", console("statements"), ("statement",)),
    Shot("console-written", console("close"), ("written",)),
]
