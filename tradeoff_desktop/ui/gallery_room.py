"""Pictures of the day itself: the doors, the console at its steps, and the private ballot."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from functools import partial

from PySide6.QtWidgets import QWidget

from tradeoff_desktop.app import sample, second_keying
from tradeoff_desktop.model import capture
from tradeoff_desktop.model import records as r
from tradeoff_desktop.ui import screenshots
from tradeoff_desktop.ui.audience import AudienceWindow, Where
from tradeoff_desktop.ui.ballot import BallotPage
from tradeoff_desktop.ui.bridge import Bridge
from tradeoff_desktop.ui.console import ConsolePage
from tradeoff_desktop.ui.controls import KeyButton
from tradeoff_desktop.ui.entry import EntryForm
from tradeoff_desktop.ui.framework import FrameworkForm
from tradeoff_desktop.ui.gallery_parts import Build
from tradeoff_desktop.ui.holding import Holding
from tradeoff_desktop.ui.page import Page
from tradeoff_desktop.ui.people import PeoplePage
from tradeoff_desktop.ui.screenshots import Shot
from tradeoff_desktop.ui.shell import blank_words
from tradeoff_desktop.ui.statements import StatementForm
from tradeoff_desktop.ui.theme import Theme
from tradeoff_desktop.ui.ticks import Picker
from tradeoff_desktop.ui.window import OperatorWindow


def people(typed: str = "", *, begin: str = "") -> Build:
    """The doors; or a key of the room asks for somebody there, and this is ``typed``."""

    def build(theme: Theme) -> QWidget:
        page = PeoplePage(Bridge(sample.started()), theme, begin=begin)
        for digit in typed:
            page.entry.setText(page.entry.text() + digit)
            page.entry.textEdited.emit(page.entry.text())
        return page

    return build


def combined(theme: Theme) -> QWidget:
    """Two tables sit together."""
    page = PeoplePage(Bridge(sample.started()), theme, begin="tables")
    chosen = {"Table to close or combine": 3, "What becomes of that table": 2}
    for picker in page.findChildren(Picker):
        if picker.accessibleName() in chosen:
            picker.setCurrentIndex(picker.findData(chosen[picker.accessibleName()]))
    for button in page.findChildren(KeyButton):
        if button.accessibleName() == "Close or combine the table":
            button.click()
    return page


def people_seen(theme: Theme) -> QWidget:
    """The doors where the room may see this screen."""
    return PeoplePage(Bridge(sample.started()), theme, _window("preview"))


class Mirror(AudienceWindow):
    """What the room sees is what the operator sees."""

    @property
    def mirrored(self) -> bool:
        """Always."""
        return True


def _window(where: Where, kind: type[AudienceWindow] = AudienceWindow) -> AudienceWindow:
    """What the room sees: pictures are taken on one screen, mostly of a day with two."""
    made = kind()
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


def mirrored(theme: Theme) -> QWidget:
    """The console where another display shows the same."""
    return ConsolePage(Bridge(sample.at("anchor_flips")), theme, _window("screen", Mirror))


def failing(kind: str) -> Build:
    """The console once the act "fail" is done: see ``FAILURES``; "second" is the second session of a day, not begun."""

    def build(theme: Theme) -> QWidget:
        clock = sample.Ticking()
        desk = sample.started(clock, letter="B") if kind == "second" else sample.at("theme_talk", clock=clock)
        return Failing(Bridge(desk), theme, _window("screen"), kind=kind, clock=clock)

    return build


class Failing(ConsolePage):
    """A console with one more act, by which the laptop fails, or time."""

    def __init__(self, bridge: Bridge, theme: Theme, room: AudienceWindow, *, kind: str, clock: sample.Ticking) -> None:
        self._fail = partial(FAILURES[kind], self, clock)
        self.bridge = bridge
        super().__init__(bridge, theme, room)

    def acts(self) -> dict[str, Callable[[], object]]:
        """Those of the console, and to fail."""
        return {**super().acts(), "fail": self._fail}


def _sleep(page: Failing, clock: sample.Ticking) -> None:
    page.parts.timer.toggle()
    clock.time += timedelta(minutes=6)
    page.parts.timer.tick()


def _run_down(left: int, page: Failing, clock: sample.Ticking) -> None:
    timer = page.parts.timer
    timer.begin(page.room.step, fresh=True)
    while timer.left > left:
        clock.time += timedelta(seconds=2)
        timer.tick()


def _drain(page: Failing, _clock: sample.Ticking) -> None:
    page.standing.power = _empty
    page.standing.look()


def _empty() -> tuple[int | None, bool | None]:
    return 11, False


def _nearly_fill(page: Failing, _clock: sample.Ticking) -> None:
    page.bridge.tight = True
    page.standing.refresh()


def _announce(page: Failing, _clock: sample.Ticking) -> None:
    page.parts.banner.show_message(*blank_words("B"), tone="info")


def _fill(page: Failing, _clock: sample.Ticking) -> None:
    _refuse(page, page.bridge)
    page.parts.notes.field.setPlainText('@t2 "We would want to be told first.')
    page.parts.notes.line.save()


def _refuse(page: Page, bridge: Bridge) -> None:
    """From now on the disk takes nothing."""
    window = page.window()
    if isinstance(window, OperatorWindow):
        Holding(window, window.toggle_keys).attend(bridge)
    sample.fill_disk(bridge.desk)


FAILURES: dict[str, Callable[[Failing, sample.Ticking], None]] = {
    "slept": _sleep, "battery": _drain, "tight": _nearly_fill, "disk": _fill, "second": _announce,
    "a fifth": partial(_run_down, 140), "nearly over": partial(_run_down, 30), "over": partial(_run_down, -80),
}


class FailingBallot(BallotPage):
    """A ballot with one more act, by which the disk fails as an answer is given."""

    def __init__(self, bridge: Bridge, theme: Theme) -> None:
        self.bridge = bridge
        super().__init__(bridge, theme)

    def acts(self) -> dict[str, Callable[[], object]]:
        """That of the ballot, and to fail."""
        return {**super().acts(), "fail": self._fail}

    def _fail(self) -> None:
        _refuse(self, self.bridge)
        self.field.entered.emit()


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
    """The private ballot after these keys: digits, or "" for Enter; with "fail" for one key more on a full disk."""

    def build(theme: Theme) -> QWidget:
        made = FailingBallot(Bridge(sample.at("anchor_mark", keyed=False)), theme)
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
    Shot("people", people()), Shot("people-one-screen", people_seen),
    Shot("people-late", people(SEAT, begin="late")), Shot("people-leaves", people(SEAT, begin="early")),
    Shot("people-moves", people(f"{SEAT}3", begin="moves")), Shot("people-tables", combined),
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
    Shot("console-would-be-lost", failing("disk"), ("fail", "leave")), Shot("console-disk-tight", failing("tight"), ("fail",)),
    Shot("console-time-short", failing("a fifth"), ("fail",)), Shot("console-time-nearly-over", failing("nearly over"), ("fail",)),
    Shot("console-time-over", failing("over"), ("fail",)),
    Shot("console-mirrored", mirrored), Shot("console-second-session", failing("second"), ("fail",)),
    Shot("console-flip-live", console("anchor_flips"), ("next", "flip_receiver")),
    Shot("console-revealed", console("positions"), ("next", "reveal")),
    Shot("console-blank", console("anchor_read"), ("next", "blank")),
    Shot("console-headcount", console("practice"), ("headcount",)),
    Shot("console-undone", console("anchor_position"), ("undo",)),
    Shot("console-helper", console("anchor_mark", keyed=False), ("key_sheets", "helper")),
    Shot("console-few-people", console("positions", people=7), ("next", "peek")),
    Shot("console-vote", voting(counted=False), ("next",)), Shot("console-voted", voting(counted=True), ("next",)),
    Shot("console-framework", framework),
    Shot("ballot-start", ballot()),
    Shot("ballot-cover", ballot(*BEGUN)),
    Shot("ballot-code", ballot(*BEGUN, "")),
    Shot("ballot-question", ballot(*BEGUN, "", *SEAT, "4")),
    Shot("ballot-change", ballot(*BEGUN, "", *SEAT, "4", "", "4", "")),
    Shot("ballot-held", ballot(*BEGUN, "", *SEAT, "4"), ("fail",)),
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
