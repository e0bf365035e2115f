"""Counting hands: fields that close themselves, and Enter gives the rest to the current one."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from tradeoff_desktop.app import hands
from tradeoff_desktop.app.words import say
from tradeoff_desktop.errors import RuleError
from tradeoff_desktop.model import capture
from tradeoff_desktop.model import records as r
from tradeoff_desktop.model.pack import BASE, AgendaStep, Item
from tradeoff_desktop.ui import theme as looks
from tradeoff_desktop.ui.bridge import Bridge
from tradeoff_desktop.ui.controls import label, row
from tradeoff_desktop.ui.digits import DigitField
from tradeoff_desktop.ui.form import Form
from tradeoff_desktop.ui.theme import LARGE, L, S, Theme


class TallyForm(Form):
    """A show of hands on the primary question. It can say totals, never who moved."""

    def __init__(self, bridge: Bridge, theme: Theme) -> None:
        super().__init__(bridge, theme, "Count hands")
        self._step = ""
        self._options = [o for o in self._item.options if o.value.isdigit()]
        self._count = hands.start(len(self._options), self._here, closing=self.bridge.settings.closing)
        self._warned = self._saved = False
        self._lines: list[tuple[QLabel, QLabel]] = []
        self._head = label("", "strong")
        self._left = label("", "large")
        self.field = DigitField("Hands")
        self._build(theme)
        self.field.typed.connect(self._digit)
        self.field.erased.connect(self._back)
        self.field.entered.connect(self._enter)
        self.field.marked.connect(self._space)
        self._show()

    def _build(self, theme: Theme) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(L)
        grid.setVerticalSpacing(S)
        grid.setColumnStretch(2, 1)
        for place, option in enumerate(self._options):
            words = label(f"{option.key}  {option.projector}", wrap=False)
            number = label("", "large", wrap=False)
            grid.addWidget(words, place, 0)
            grid.addWidget(number, place, 1)
            self._lines.append((words, number))
        self.field.setFont(theme.font(LARGE))
        self.field.setFixedWidth(round(110 * theme.zoom))
        self.body.addWidget(self._head)
        line = row(self.field, gap=L, stretch=False)
        line.addWidget(self._left, 1)
        self.body.addLayout(line)  # above the counts, so that both are seen in large text too
        self.body.addLayout(grid)
        self.body.addWidget(self.message)
        closes = "A number closes by itself as soon as no longer one is possible; Space closes it sooner."
        if not self.bridge.settings.closing:
            closes = "Space closes a number."
        self.body.addWidget(label(f"{closes} Enter gives everybody who is left to the answer in bold.", "muted"))
        self.body.addStretch(1)

    # -- what the panel asks

    def first_focus(self) -> QWidget:
        """The one field."""
        return self.field

    def open_at(self, step: AgendaStep | None) -> None:
        """A new step begins a new count."""
        name = step.id if step is not None else ""
        if name != self._step:
            self._step = name
            self._clear()
        self._show()

    def refresh(self, kinds: frozenset[str]) -> None:
        """The headcount may have been corrected in the middle of a count."""
        if kinds & {"headcount", "seat", "undo", "withdrawal"}:
            self._count = hands.with_here(self._count, self._here)
            self._warned = False
            self._show()

    @property
    def _item(self) -> Item:
        return self.bridge.pack.item(self.bridge.pack.primary_item)

    @property
    def _here(self) -> int:
        return hands.people_here(self.bridge.state)

    # -- keys

    @Slot(str)
    def _digit(self, digit: str) -> None:
        if self._count.done:
            if not self._saved:
                return  # a stray digit must not throw a count away
            self._clear()
        self.tell("")
        self._count = hands.digit(self._count, digit)
        self._show()

    @Slot(str)
    def _space(self, mark: str) -> None:
        if mark == " ":
            self._count = hands.space(self._count)
            self._show()

    @Slot()
    def _back(self) -> None:
        self.tell("")
        self._warned = self._saved = False
        self._count = hands.back(self._count)
        self._show()

    @Slot()
    def _enter(self) -> None:
        if self._saved:
            return
        if not self._count.done:
            self._count = hands.rest(self._count)
        self._show()
        self._save()

    def _save(self) -> None:
        """Save; more hands than people is said first, and saved with a flag when Enter is pressed again."""
        count, anchor = self._count, self.bridge.pack.anchor.id
        options = self._options
        tally = r.Tally(
            role=self.bridge.role, step=self._step or "setup", scenario=anchor, variant=BASE, item=self._item.code,
            counts={o.value: n for o, n in zip(options, count.counts, strict=True)}, here=count.here,
            inferred=options[count.inferred].value if count.inferred >= 0 else "",
        )
        if count.total > count.here and not self._warned:
            self._warned = True
            message = say(RuleError("too_many_hands", counted=count.total, here=count.here))
            self.tell(f"{message.what} {message.remedy} Enter again saves it with a mark.", "error")
            return
        before = self._before()
        if self.bridge.do(capture.tally, tally, accept=self._warned):
            since = f" {hands.moved(self.bridge.pack, before, tally)}" if before is not None else ""
            self.tell(f"{self.bridge.saved}: {count.total} hands" + (", marked as too many." if self._warned else ".") + since)
            self._warned, self._saved = False, True
            self._show()
            self.finished.emit()

    def _before(self) -> r.Tally | None:
        """The count before this one, at the same step."""
        found = [body for _, body in self.bridge.state.bodies(r.Tally) if body.step == (self._step or "setup")]
        return found[-1] if found else None

    def _clear(self) -> None:
        self._count = hands.start(len(self._options), self._here, closing=self.bridge.settings.closing)
        self._warned = self._saved = False
        self.tell("")

    # -- showing

    def _show(self) -> None:
        count = self._count
        self._head.setText(f"Hands: {self._item.name.lower()} · {count.here} here · seen by everybody")
        for place, (words, number) in enumerate(self._lines):
            current = place == len(count.counts)
            looks.dress(words, "strong" if current else "")
            number.setText(self._number(place))
        self.field.setText(count.typed)
        if count.done:
            self._left.setText("A digit begins a new count" if self._saved else "Enter saves")
            self.field.say("Hands counted")
        else:
            option = self._options[len(count.counts)]
            self._left.setText(f"{option.projector}: {count.left} left · Enter: {count.rest}")
            self.field.say(f"Hands for {option.projector}, {count.left} left")
        if count.over:
            self._left.setText(f"{count.over} too many · recount, or H for the headcount")
        looks.dress(self._left, "error" if count.over else "large")

    def _number(self, place: int) -> str:
        count = self._count
        if place < len(count.counts):
            return f"{count.counts[place]}" + (" the rest" if place == count.inferred else "")
        return f"{count.typed}_" if place == len(count.counts) else ""
