"""Where the room is: the step, the screen within it, what is revealed. The console's only memory besides records.

The step itself is a record. Everything else here lasts as long as the workshop is open, whatever page is in front:
after a restart the same step is offered and the audience sees the holding page, never a result.
"""

from datetime import datetime

from PySide6.QtCore import QObject, Signal, Slot

from tradeoff_desktop.app import pictures
from tradeoff_desktop.app import stage as stages
from tradeoff_desktop.app.pace import Timer
from tradeoff_desktop.app.stage import Key, Stage
from tradeoff_desktop.model import acts
from tradeoff_desktop.model.pack import BASE, AgendaStep, Flip
from tradeoff_desktop.model.runsheet import Screen, neighbour, screens, step_of
from tradeoff_desktop.model.workshop import Workshop
from tradeoff_desktop.ui.bridge import Bridge

# What may change the audience's page; a rating does so only while a result is revealed.
_SEEN = frozenset({
    "step", "exposure", "tally", "position", "statement", "table", "undo", "ruling", "withdrawal", "erasure",
})
NO_FLIPS = {
    "table": "Flips are off: at this step every table works on its own case.",
    "none": "Flips belong to the case for everybody. No such case is on screen.",
    "early": "Not yet: the flips come with sheet 2, marked in silence before anybody talks about them.",
}
AXES = {"D": "Data", "O": "Who", "A": "Privacy"}
OVERRIDDEN = "Another order than on the sheets. It is recorded; tell the room which box to mark."
NOT_SHOWN = {
    "no_picture": "There is no result to show at this step.",
    "nobody": "No seats are set up, so there is no result to show.",
    "too_few": "Fewer people answered than a result may be shown for. The report will say it in words.",
}


class _OnTheWay:
    """While an act leads to another screen, what lies between is shown to nobody and need not be drawn."""

    now = False

    def __enter__(self) -> None:
        self.now = True

    def __exit__(self, *_: object) -> None:
        self.now = False


class Room(QObject):
    """The cursor of the workshop. ``staged`` says that the audience sees something else, ``moved`` anything."""

    staged = Signal(object)  # Stage
    moved = Signal()
    said = Signal(str)  # why a key did nothing now

    def __init__(self, bridge: Bridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._at = bridge.state.step
        self._place = 0
        self._flip = ""  # a flip shown out of turn, at a talk
        self._on_the_way = _OnTheWay()
        self._warned = ""  # the step somebody was told is not all shown
        self.holding = True
        self.revealed = False
        # The room may still hold the day's first session: the next one begins with a blank projector.
        self.blank = bridge.desk.opened.session != "A" and not bridge.state.step
        self.statement: Key | None = None
        self.timer: Timer | None = None  # of the step, and when it was last looked at
        self.timed_at: datetime | None = None
        self._clock = ""
        self._stage = self.stage
        bridge.changed.connect(self._changed)

    @classmethod
    def of(cls, bridge: Bridge) -> "Room":
        """The room of an open workshop: made once, found again when the console comes back to the front."""
        known = bridge.findChild(cls)
        return known if known is not None else cls(bridge, bridge)

    # -- what it is at

    @property
    def step(self) -> AgendaStep | None:
        """The step of the agenda, None before the first."""
        return step_of(self._bridge.pack, self._bridge.state.step)

    @property
    def screen(self) -> Screen:
        """The screen that the audience sees, or a result lies over."""
        if self.holding:
            return Screen("holding", self._bridge.state.step)
        if self._flip:
            return Screen("flip", self._bridge.state.step, self._bridge.pack.anchor.id, self._flip)
        return self._screens()[self._place]

    @property
    def stage(self) -> Stage:
        """What the audience sees."""
        return stages.stage(
            self._bridge.state, self.screen, revealed=self.revealed, blank=self.blank, statement=self.statement,
            clock=self._clock,
        )

    @property
    def upcoming(self) -> Stage | None:
        """What Next would show, None at the end. It never reveals."""
        state = self._bridge.state
        if self.holding and state.step:
            return stages.stage(state, self._screens()[0], clock=self._clock)
        following = _following(state, self._screens(), self._place) if state.step else None
        if following is not None:
            return stages.stage(state, self._screens()[following], clock=self._clock)
        step = neighbour(self._bridge.pack, state.step, by=1, dropped=state.left_out)
        if step == state.step:
            return None
        # The clock of the step to come is not running yet.
        return stages.stage(state, screens(self._bridge.pack, step, area=state.area)[0])

    def _screens(self) -> list[Screen]:
        return screens(self._bridge.pack, self._bridge.state.step, area=self._bridge.state.area)

    # -- walking

    @Slot()
    def next(self) -> None:
        """One screen or step on."""
        following = _following(self._bridge.state, self._screens(), self._place)
        if self.holding and self._bridge.state.step:
            self._go(0)
        elif not self.holding and following is not None and self._bridge.state.step not in self._bridge.state.left_out:
            self._go(following)
        else:
            self._walk(by=1)

    @Slot()
    def back(self) -> None:
        """One screen or step back. Nothing is deleted."""
        if self._flip or self.revealed:
            self._go(self._place)
        elif self._place > 0:
            self._go(self._place - 1)
        else:
            self._walk(by=-1)

    def _walk(self, *, by: int) -> None:
        state = self._bridge.state
        if self._bridge.role != "lead":
            self.said.emit("The lead laptop moves the agenda. Its place comes with the lead's next file.")
            return
        step = neighbour(self._bridge.pack, state.step, by=by, dropped=state.left_out)
        if step == state.step:
            self.said.emit("This is the last step." if by > 0 else "This is the first step.")
            return
        if self._half_shown():
            return
        before = self._place, self._flip, self.holding, self.revealed
        self._settle(0)  # before the act, so that nothing of the step left behind is shown for a moment
        with self._on_the_way:
            begun = self._bridge.do(acts.begin_step, role=self._bridge.role, step=step, back=by < 0)
        if not begun:
            self._place, self._flip, self.holding, self.revealed = before
            return
        self._go(0 if by > 0 else len(self._screens()) - 1)

    def _half_shown(self) -> bool:
        """Say once, before a step is left, which of its flips was never shown; people have a box for it to mark."""
        unseen, step = _unseen(self._bridge.state, self._screens()), self._bridge.state.step
        flips = [screen for screen in self._screens() if screen.shown == "flip"]
        if step in self._bridge.state.left_out or self._warned == step or not 0 < len(unseen) < len(flips):
            return False
        self._warned = step
        flip = self._bridge.pack.anchor.flip(self._screens()[unseen[0]].variant)
        if flip is not None:
            self.said.emit(f"{AXES[flip.axis]}: {flip.label} has not been shown. Page Down shows it.")
        return True

    def _go(self, place: int) -> None:
        self._settle(place)
        self._show_fresh()

    def _show_fresh(self) -> None:
        """Show the screen; where that was out of order, say that it is on record."""
        before = len(self._bridge.state.live["incident"])
        screen = self.screen
        # What the room is shown for the first time is on record, with its place in the order.
        if screen.scenario and not self.revealed and not self._bridge.state.closed:
            with self._on_the_way:
                self._bridge.do(acts.expose, role=self._bridge.role, scenario=screen.scenario, variant=screen.variant or BASE)
        self._refresh()
        if len(self._bridge.state.live["incident"]) > before:
            self.said.emit(OVERRIDDEN)

    def _settle(self, place: int) -> None:
        self._place, self._flip = place, ""
        self.holding = self.revealed = False

    # -- flips

    def flips(self) -> dict[str, Flip]:
        """The flips in reach of a key now, by axis; none at a table step or away from the case for everybody."""
        if self._no_flips():
            return {}
        anchor = self._bridge.pack.anchor
        found = ((axis.code, anchor.primary(axis.code)) for axis in self._bridge.pack.axes)
        return {axis: flip for axis, flip in found if flip is not None}

    def _no_flips(self) -> str:
        """Why no flip is in reach, "" if they are."""
        step = self.step
        if step is None or self.holding:
            return "none"
        if step.pace == "table":
            return "table"
        if self.revealed or step.audience == "flips":
            return ""
        if step.scenario != "anchor" or step.round:
            return "none"
        anchor = self._bridge.pack.anchor.id
        shown = any(s == anchor and v != BASE for _, s, v in self._bridge.state.exposures)
        return "" if shown else "early"

    def flip(self, axis: str) -> None:
        """Show the flip of one axis, or the picture of it while a result is revealed."""
        found = self.flips().get(axis)
        if found is None:
            self.said.emit(NO_FLIPS[self._no_flips() or "none"])
            return
        shown = [screen.variant for screen in self._screens()]
        if found.id in shown:
            self._place, self._flip = shown.index(found.id), ""
        else:
            self._flip = found.id
        self._show_fresh()

    def unflip(self) -> None:
        """Back to the case as it stands."""
        if self._no_flips():
            self.said.emit(NO_FLIPS[self._no_flips()])
            return
        if not self._flip and self.screen.shown == "flip":
            self._place = 0
        self._flip = ""
        self._refresh()

    # -- results and blank

    def gate(self) -> pictures.Gate:
        """Whether a result may be revealed over this screen."""
        return pictures.gate(self._bridge.state, self.screen)

    @Slot()
    def reveal(self) -> None:
        """Show the result over this screen, or hide it again."""
        gate = self.gate()
        if self.revealed or gate.open:
            self.revealed = not self.revealed
            self._refresh()
        else:
            self.said.emit(why_not(gate))

    @Slot()
    def toggle_blank(self) -> None:
        """Blank the projector or bring it back."""
        self.blank = not self.blank
        self._refresh()

    def choose(self, statement: Key | None) -> None:
        """Read a statement back to the room."""
        self.statement = statement
        self._refresh()

    def set_clock(self, words: str) -> None:
        """The time left, where people work by it."""
        if words != self._clock:
            self._clock = words
            self._refresh()

    # -- telling

    @Slot(object)
    def _changed(self, kinds: frozenset[str]) -> None:
        if self._bridge.state.step != self._at:
            self._at = self._bridge.state.step
            self._settle(0)
        if self.revealed and not self.gate().open:
            self.revealed = False  # a correction reopened the round
        if not self._on_the_way.now and (self.revealed or kinds & _SEEN):
            self._refresh()

    def _refresh(self) -> None:
        stage = self.stage
        if stage != self._stage:
            self._stage = stage
            self.staged.emit(stage)
        self.moved.emit()


def _unseen(state: Workshop, walked: list[Screen]) -> list[int]:
    """The places of the flips among the screens of a step that the room has not been shown yet."""
    if state.closed:
        return []
    return [
        place for place, screen in enumerate(walked)
        if screen.shown == "flip" and (0, screen.scenario, screen.variant) not in state.exposures
    ]


def _following(state: Workshop, walked: list[Screen], at: int) -> int | None:
    """The place Next goes to within a step: the first flip never shown, otherwise one screen on; None past the last."""
    unseen = next((place for place in _unseen(state, walked) if place != at), None)
    if unseen is not None:
        return unseen
    return at + 1 if at + 1 < len(walked) else None


def why_not(gate: pictures.Gate) -> str:
    """Why a result may not be revealed now, in words."""
    if gate.reason != "not_keyed":
        return NOT_SHOWN[gate.reason]
    sheets = " and ".join(str(sheet) for sheet in gate.sheets)
    return f"Not yet: sheet {sheets} of {len(gate.seats)} people is still to be keyed. Press F2 to key it."
