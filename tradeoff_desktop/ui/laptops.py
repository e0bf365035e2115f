"""The other laptops, as the lead sees them: let one join, take their sticks in, settle what differs."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFrame, QLineEdit, QVBoxLayout, QWidget

from tradeoff_desktop.app import differences, gathering, joining
from tradeoff_desktop.app.desk import Changed, Desk
from tradeoff_desktop.app.differences import Difference
from tradeoff_desktop.app.files import Folders
from tradeoff_desktop.app.gathering import Offer
from tradeoff_desktop.errors import TradeoffError
from tradeoff_desktop.ui.aside import AsidePage, Slotted
from tradeoff_desktop.ui.audience import AudienceWindow
from tradeoff_desktop.ui.bridge import Bridge
from tradeoff_desktop.ui.controls import Field, KeyButton, card, label, row
from tradeoff_desktop.ui.dates import count
from tradeoff_desktop.ui.flow import FlowLayout
from tradeoff_desktop.ui.personal import PersonalQuestion
from tradeoff_desktop.ui.sight import HIDDEN, Sight
from tradeoff_desktop.ui.theme import M, Theme
from tradeoff_desktop.ui.ticks import Tick

AskFolder = Callable[[QWidget], Path | None]
CODE_POINTS = 40  # to be read out from where people stand
JOINED = "Tick each laptop once it has joined. Before the seal those are named whose stick was never taken in."
WHY = "Write one line saying why. It is printed in the report's annex."


class LaptopsPage(AsidePage):
    """From top to bottom: join, take in, what differs."""

    taken_in = Signal()

    def __init__(
        self, bridge: Bridge, theme: Theme, *, folders: Folders, ask_folder: AskFolder, audience: AudienceWindow | None = None,
    ) -> None:
        super().__init__(theme, "Laptops of this workshop")
        self._bridge = bridge
        self._folders = folders
        self._ask_folder = ask_folder
        self._sight = Sight(audience, bridge, self)
        self._folder: Path | None = None
        self.offers: list[Offer] = []
        self._ticks: dict[str, Tick] = {}
        self.write = KeyButton("Write the table file to a stick", theme=theme)
        self.look = KeyButton("Look at a stick", theme=theme, look="primary")
        self._joined, self._known, self._found, self._differs = Slotted(), Slotted(), Slotted(), Slotted()
        self.write.clicked.connect(self._write)
        self.look.clicked.connect(self._choose)
        self._lay_out()
        bridge.changed.connect(self.refresh)
        self._sight.changed.connect(self.refresh)
        bridge.refused.connect(self.refuse)
        self.refresh()

    def first_focus(self) -> QWidget | None:
        """What is done most often."""
        return self.look

    def _lay_out(self) -> None:
        try:
            code = joining.code_of(self._bridge.desk, self._folders)
        except TradeoffError as error:
            self.refuse(error)
            code = ""
        shown = label(f"{code[:4]} {code[4:]}", "title", wrap=False)
        shown.setStyleSheet(f"font-size: {round(CODE_POINTS * self.theme.zoom)}pt")
        shown.setAccessibleName(f"Workshop code {' '.join(code)}")
        self.body.addWidget(card(
            label("Let another laptop join", "heading"),
            label("Write the table file, carry the stick over, choose Join there, and read this code out. Write it again when "
                  "tables, seats or consents have changed, somebody has left the study, or a note was given other words."),
            label("Workshop code", "muted"), shown, row(self.write), self._joined,
        ))
        self.body.addWidget(card(
            label("Take in what they wrote", "heading"),
            label("At the break, and once more after closing. Looking changes nothing."),
            row(self.look), self._found, self._known,
        ))
        self.body.addWidget(self._differs)
        self.body.addStretch(1)

    @Slot(object)
    def refresh(self, _changed: object = None) -> None:
        """Read everything again."""
        desk = self._bridge.desk
        known = gathering.others(desk, self._folders)
        lines = [label(f"{'✓' if one.good else '!'} {one.name[:1].upper()}{one.name[1:]}: {one.says}", "ok" if one.good else "warn")
                 for one in known]
        lines += [label(f"! Never taken in: {post}.", "warn") for post in joining.never_taken_in(desk)]
        self._known.fill(*lines or [label("Nothing has been taken in from another laptop yet.", "muted")])
        if list(self._ticks) != joining.posts(desk):
            self._lay_ticks()
        found = differences.find(desk.state)
        self._differs.fill(*(DifferenceCard(self.theme, one, self._settle, quiet=self._sight.open) for one in found))

    # -- joining

    def _lay_ticks(self) -> None:
        """A box for each place where a laptop may have joined: it says so to nobody before its stick comes."""
        desk = self._bridge.desk
        known = joining.joined(desk)
        self._ticks = {post: Tick(_short(post), self.theme, on=post in known) for post in joining.posts(desk)}
        for post, tick in self._ticks.items():
            tick.setAccessibleName(f"Has joined: {post}")
            tick.clicked.connect(partial(self._tick, post))
        boxes = QWidget()
        boxes.setLayout(FlowLayout.of(*self._ticks.values(), gap=M))
        self._joined.fill(label(JOINED), boxes)

    def _tick(self, post: str, _pressed: bool = False) -> None:  # noqa: FBT001, FBT002 - what Qt sends with a click
        self._bridge.use(joining.tick, post)

    @Slot()
    def _write(self) -> None:
        folder = self._ask_folder(self)
        if folder is None:
            return
        try:
            path = joining.write(self._bridge.desk, self._folders, folder)
        except TradeoffError as error:
            self.refuse(error)
            return
        self.tell(f"Written: {path.name}", "Take the stick to the other laptop, choose Join there, and read out the code.")

    # -- taking in

    @Slot()
    def _choose(self) -> None:
        folder = self._ask_folder(self)
        if folder is not None:
            self._folder = folder
            self.banner.clear()
            self.look_again()

    def look_again(self) -> None:
        """Look at the stick as it is now."""
        if self._folder is None:
            return
        try:
            found = gathering.look(self._bridge.desk, self._folders, self._folder)
        except TradeoffError as error:
            found = []
            self.refuse(error)
        self.show_offers(found)

    def show_offers(self, offers: list[Offer]) -> None:
        """Show what is on the stick."""
        self.offers = offers
        rows: list[QWidget] = [self._row(offer) for offer in self.offers]
        good = [offer for offer in self.offers if offer.bundle is not None]
        if good:
            self.take = KeyButton(f"Take in {count(len(good), 'file')}", theme=self.theme, look="primary")
            self.take.clicked.connect(self._take)
            holder = QWidget()
            holder.setLayout(row(self.take))
            rows.append(holder)
        if not self.offers:
            rows = [label("There is no other laptop's file on this stick.", "warn")]
        self._found.fill(*rows)
        if good:
            self.take.setFocus()

    def _row(self, offer: Offer) -> QFrame:
        """One file: who, how many new records, what would differ; or why it cannot be taken in."""
        parts: list[QWidget] = [label(offer.path.name, "muted")]
        if offer.stranger is not None:
            return card(*parts, *self._compare(offer))
        if offer.fault is not None:
            return card(*parts, label(f"✗ {offer.fault.what}", "error"), label(offer.fault.rest))
        parts.append(label(f"{offer.who[:1].upper()}{offer.who[1:]}", "strong"))
        parts += [label(line) for line in offer.says]
        parts += [label(f"! {one.what}", "warn") for one in offer.differs]
        return card(*parts)

    def _compare(self, offer: Offer) -> list[QWidget]:
        name = offer.stranger.principal if offer.stranger else ""
        why = (
            f"The programme file knows {name} with another key. It may have been set up anew: ask who holds it."
            if offer.changed_key else f"The programme file does not name the laptop that wrote this ({name})."
        )
        agree = KeyButton("The eight words agree", theme=self.theme)
        agree.setAccessibleName(f"The eight words agree: {name}")
        agree.clicked.connect(partial(self._agree, offer))
        holder = QWidget()
        holder.setLayout(row(agree))
        return [
            label(f"! {why}", "warn"),
            label("Compare these eight words with those on its own screen. Once is enough, for this workshop."),
            label(offer.words, "heading"), holder,
            label("If one word differs, do not take it in. Keep the stick and tell the central team.", "muted"),
        ]

    def _agree(self, offer: Offer, _pressed: bool = False) -> None:  # noqa: FBT001, FBT002 - what Qt sends with a click
        if offer.stranger is not None and self._bridge.use(gathering.compared, offer.stranger):
            self.look_again()

    @Slot()
    def _take(self) -> None:
        offers = [offer for offer in self.offers if offer.bundle is not None]
        new = sum(offer.new for offer in offers)
        if not self._bridge.use(_take_in, self._folders, offers):
            return
        self.offers = []
        self._found.fill()
        self.tell(f"Taken in: {count(new, 'new record')}.", "The stick can go back to its laptop.")
        self.look.setFocus()
        self.taken_in.emit()

    def _settle(self, difference: Difference, keep: int | None, reason: str) -> None:
        if self._bridge.use(differences.settle, difference, keep=keep, reason=reason):
            self.tell("Settled by a ruling.", "Both are kept in the record, with the reason.")
            self.look.setFocus()


def _short(post: str) -> str:
    words = post.removeprefix("the ").removeprefix("laptop at ")
    return f"{words[:1].upper()}{words[1:]}"


def _take_in(desk: Desk, folders: Folders, offers: Sequence[Offer]) -> Changed:
    return gathering.take_in(desk, folders, offers)


class DifferenceCard(QFrame):
    """One thing that laptops differ about, and the choice with its reason."""

    def __init__(
        self, theme: Theme, difference: Difference, settle: Callable[[Difference, int | None, str], None], *, quiet: bool,
    ) -> None:
        super().__init__()
        self._difference = difference
        self._settle = settle
        self.reason = QLineEdit()
        self.reason.setMaxLength(200)
        self._field = Field("Why? One line", self.reason)
        self._field.editor.setAccessibleName(f"Why? {difference.what}")
        personal = PersonalQuestion(self.reason)
        personal.quiet = quiet
        buttons = FlowLayout(gap=M)
        choices: list[tuple[str, int | None]] = [(f"Keep what {side.name} has", at) for at, side in enumerate(difference.sides)]
        for words, at in [*choices, *([("Keep both", None)] if difference.both else [])]:
            button = KeyButton(words, theme=theme)
            button.setAccessibleName(f"{words}: {difference.what}")
            button.clicked.connect(partial(self._choose, at))
            buttons.addWidget(button)
        inner = card(
            label(f"! {difference.what}", "strong"),
            *(label(f"{side.name[:1].upper()}{side.name[1:]}: {HIDDEN if quiet else side.says}") for side in difference.sides),
            label(difference.todo), self._field, personal, buttons,
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(inner)

    def _choose(self, at: int | None, _pressed: bool = False) -> None:  # noqa: FBT001, FBT002 - what Qt sends with a click
        if self.reason.text().strip():
            self._settle(self._difference, at, self.reason.text())
        else:
            self._field.refuse(WHY)
            self.reason.setFocus()
