"""What tables say in public: their position with dissent, and the conditions they set."""

from typing import get_args

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from tradeoff_desktop.model import capture, codec
from tradeoff_desktop.model import records as r
from tradeoff_desktop.model.pack import BASE, AgendaStep
from tradeoff_desktop.ui.bridge import Bridge
from tradeoff_desktop.ui.controls import KeyButton, label
from tradeoff_desktop.ui.digits import NumberField
from tradeoff_desktop.ui.flow import FlowLayout
from tradeoff_desktop.ui.form import Form
from tradeoff_desktop.ui.sentence import SentenceField
from tradeoff_desktop.ui.theme import L, S, Theme
from tradeoff_desktop.ui.ticks import Picker

LINE = 400
SHOWN = 6  # lines of the ledger, and of the notes beside it
NOTED = {"condition": "Condition", "question": "Question"}
# Where there is no agreement, or no position at all, there is nothing to disagree with.
WITHOUT_DISSENT = frozenset({"no_agreement", "not_played", "skipped", "unreadable"})
NEXT: dict[str, str] = {
    "2": "Its conditions: Alt+4. Or the next table.",
    "4": "A red line: it is printed as one, with the reason. Next table.",
}
ROOMY = 1.5  # from this text size on


def line_field(name: str) -> QLineEdit:
    """A field for one line of words."""
    made = QLineEdit()
    made.setAccessibleName(name)
    made.setMaxLength(LINE)
    return made


def words_of(field: QLineEdit | SentenceField) -> str:
    """What was typed, as it may be stored: composed letters, no control characters, no halves of symbols."""
    return codec.sanitise(field.text()).strip()


class TableForm(Form):
    """A form that begins with a table's number; one case at a time: the one for everybody, or each table's own."""

    def __init__(self, bridge: Bridge, theme: Theme, title: str) -> None:
        super().__init__(bridge, theme, title)
        self.anchor = True
        self.table = NumberField("Table number")
        self._about = KeyButton("", theme=theme)
        self._about.clicked.connect(self._other_case)
        self.grid = QGridLayout()
        self.grid.setHorizontalSpacing(L)
        self.grid.setVerticalSpacing(S)
        self.grid.setColumnStretch(2, 1)
        head = FlowLayout()
        head.addWidget(label(title, "strong", wrap=False))
        head.addWidget(self._about)
        self.body.addLayout(head)
        self.body.addLayout(self.grid)

    def add(self, words: str, field: QWidget, *, width: int = 64, hint: QWidget | None = None) -> None:
        """One line: words, field and, beside a short field, what its number means."""
        place = self.grid.rowCount()
        self.grid.addWidget(label(words, wrap=False), place, 0)
        if isinstance(field, NumberField):
            field.setFixedWidth(round(width * self.theme.zoom))
            self.grid.addWidget(field, place, 1)
            if hint is not None:
                self.grid.addWidget(hint, place, 2)
        else:
            self.grid.addWidget(field, place, 1, 1, 2)

    def first_focus(self) -> QWidget:
        """The table."""
        return self.table

    def open_at(self, step: AgendaStep | None) -> None:
        """At a step of the case for everybody, or of the tables' own cases, begin there."""
        if step is not None and step.scenario:
            self.anchor = step.scenario == "anchor"
        tables = [table.number for table in self.bridge.state.open_tables()]
        self.table.limit = max(tables, default=1)
        self._name_case()
        self.shown()

    def _name_case(self) -> None:
        """Which case it is; in large text in few words, for a button is never cut."""
        long = ("About the case for everybody", "About each table's own case")
        short = ("Everybody's case", "Own case")
        self._about.say((short if self.theme.zoom >= ROOMY else long)[0 if self.anchor else 1])

    def shown(self) -> None:
        """The table or the case has changed; show what is known."""

    def scenario(self) -> str:
        """The scenario of the table typed, "" for a table that is not open."""
        table = self.bridge.state.tables.get(self.table.number or 0)
        if table is None or table.state != "open":
            return ""
        return self.bridge.pack.anchor.id if self.anchor else table.scenario

    def known_table(self) -> bool:
        """Whether the table typed is open; otherwise it says so."""
        if self.scenario():
            return True
        self.tell(f"Table {self.table.text() or '?'} is not open. Choose one of the open tables.", "error")
        self.table.setFocus()
        return False

    @Slot()
    def _other_case(self) -> None:
        self.anchor = not self.anchor
        self._name_case()
        self.shown()


class PositionForm(TableForm):
    """``T3 2 1 reason``: table, position, how many disagreed, one line. Nought disagreeing is an answer too.

    Where a table came to no agreement, or took no position, nobody is asked how many disagreed.
    """

    def __init__(self, bridge: Bridge, theme: Theme) -> None:
        super().__init__(bridge, theme, "A table's position: public")
        self.decision = NumberField("Position, one digit", limit=9)
        self.disagreed = NumberField("How many disagreed", limit=9)
        self.reason = line_field("Reason, one line")
        self._case = label("")
        self._list = label(self._key_words(), "muted")
        self._taken = label("", "small")
        self.add("Table", self.table, hint=self._case)
        self.add("Position", self.decision)
        self.add("Disagreed", self.disagreed, hint=label("0 is an answer", "muted", wrap=False))
        self.add("Reason", self.reason)
        self.body.addWidget(self._list)
        self.body.addWidget(self.message)
        self.body.addWidget(self._taken)
        self.body.addStretch(1)
        self._connect()
        self.takes_words(self.reason)
        self._show_taken()

    def _connect(self) -> None:
        self.table.closed.connect(self._table_closed)
        self.table.entered.connect(self._table_closed)
        self.decision.closed.connect(self._decided)
        self.decision.entered.connect(self._decided)
        self.disagreed.closed.connect(self.reason.setFocus)
        self.disagreed.entered.connect(self.reason.setFocus)
        self.reason.returnPressed.connect(self._save)

    def _key_words(self) -> str:
        names = {named.code: named.name for named in self.bridge.pack.decisions}
        return " · ".join(f"{key} {names.get(code, code)}" for key, code in capture.POSITION_KEYS.items())

    def shown(self) -> None:
        """Name the case the position is about, and where every table stands on theirs."""
        scenario = self.scenario()
        self._case.setText(self.bridge.pack.scenario(scenario).title if scenario else "")
        self._show_taken()

    def refresh(self, kinds: frozenset[str]) -> None:
        """What stands may have been taken back, or come from another laptop."""
        if kinds & {"position", "undo", "ruling", "table", "taken_in"}:
            self._show_taken()

    def _show_taken(self) -> None:
        pack, state = self.bridge.pack, self.bridge.state
        names = {named.code: named.name for named in pack.decisions}
        lines = []
        for table in state.open_tables():
            stood = state.positions.get((table.number, pack.anchor.id if self.anchor else table.scenario))
            words = "not taken yet" if stood is None else names.get(stood.decision, stood.decision)
            dissent = "" if stood is None or stood.decision in WITHOUT_DISSENT else f", {stood.disagreed} disagreed"
            lines.append(f"Table {table.number}: {words}{dissent}")
        self._taken.setText("\n".join(lines))

    @Slot()
    def _table_closed(self) -> None:
        self.tell("")
        self.shown()
        if self.known_table():
            here = [s for s in self.bridge.state.sitting() if self.bridge.state.table_of(s).number == self.table.number]
            self.disagreed.limit = len(here)
            self.decision.setFocus()

    @Slot()
    def _decided(self) -> None:
        split = capture.POSITION_KEYS.get(self.decision.text()) in WITHOUT_DISSENT
        self.disagreed.setEnabled(not split)
        if split:
            self.disagreed.clear()
        (self.reason if split else self.disagreed).setFocus()

    @Slot()
    def _save(self) -> None:
        code = capture.POSITION_KEYS.get(self.decision.text())
        if not self.known_table():
            return
        if code is None:
            self.tell("Type the position as one digit from the list.", "error")
            self.decision.setFocus()
        elif self.disagreed.number is None and code not in WITHOUT_DISSENT:
            self.tell("Type how many disagreed. 0 is an answer.", "error")
            self.disagreed.setFocus()
        else:
            self._write(code)

    def _write(self, code: r.Decision) -> None:
        table, scenario = self.table.number or 0, self.scenario()
        position = r.Position(
            role=self.bridge.role, table=table, scenario=scenario, decision=code,
            disagreed=self.disagreed.number or 0, reason=words_of(self.reason),
            replaces=self._earlier(table, scenario),
        )
        if self.bridge.do(capture.take_position, position):
            self.tell(f"{self.bridge.saved}: table {table}. {NEXT.get(code, 'Next table.')}")
            for field in (self.table, self.decision, self.disagreed, self.reason):
                field.clear()
            self.disagreed.setEnabled(True)
            self.table.setFocus()
            self.finished.emit()

    def _earlier(self, table: int, scenario: str) -> int:
        """The position of that table that this one takes the place of."""
        own = self.bridge.desk.device
        found = [
            record.seq for record, body in self.bridge.state.bodies(r.Position)
            if record.device == own and (body.table, body.scenario) == (table, scenario)
        ]
        return found[-1] if found else 0


class ConditionForm(TableForm):
    """What would have to be true, bound to the exact card."""

    def __init__(self, bridge: Bridge, theme: Theme) -> None:
        super().__init__(bridge, theme, "A condition a table sets: public")
        self.card = NumberField("Card: 0 the case, 1 to 3 its changes", limit=3)
        self.condition = Picker(theme)
        self.condition.setAccessibleName("Condition: type its first letters")
        self.condition.view().setAccessibleName("Conditions")
        self.necessity = NumberField("Necessity, one digit", limit=3)
        self.text = line_field("In the table's words")
        self._cards = label("", "muted")
        self._ledger = label("", "small")
        self._noted = label("", "small")
        for condition in bridge.pack.conditions:
            self.condition.addItem(condition.label, condition.code)
        self.condition.addItem("Another condition", "other")
        names = " · ".join(f"{n.key} {n.name}" for n in bridge.pack.necessity)
        self.add("Table", self.table)
        self.add("Card", self.card, hint=self._cards)
        self.add("Condition", self.condition)
        self.add("Necessity", self.necessity, hint=label(names, "muted"))
        self.add("Words", self.text)
        self.body.addWidget(self.message)
        self.body.addWidget(self._ledger)
        self.body.addWidget(self._noted)
        self.body.addStretch(1)
        self._connect()
        self.takes_words(self.text)

    def _connect(self) -> None:
        self.table.closed.connect(self._table_closed)
        self.table.entered.connect(self._table_closed)
        self.card.closed.connect(self.condition.setFocus)
        self.card.entered.connect(self.condition.setFocus)
        self.condition.activated.connect(self._picked)
        self.necessity.closed.connect(self.text.setFocus)
        self.necessity.entered.connect(self.text.setFocus)
        self.text.returnPressed.connect(self._save)

    def refresh(self, kinds: frozenset[str]) -> None:
        """The ledger shows what is on record."""
        if kinds & {"condition", "note", "redaction", "undo", "ruling", "taken_in"}:
            self._show_ledger()

    def shown(self) -> None:
        """List the cards of the case."""
        scenario = self.scenario()
        flips = self.bridge.pack.scenario(scenario).flips if scenario else []
        primary = [flip for flip in flips if flip.primary]
        named = " · ".join(f"{n} {flip.label}" for n, flip in enumerate(primary, start=1))
        self._cards.setText(f"0 the case · {named}" if scenario else "")
        self.card.limit = max(1, len(primary))
        self._show_ledger()

    @Slot()
    def _table_closed(self) -> None:
        self.tell("")
        self.shown()
        if self.known_table():
            self.card.setFocus()

    @Slot()
    def _picked(self) -> None:
        self.necessity.setFocus()

    @Slot()
    def _save(self) -> None:
        if not self.known_table():
            return
        kinds = {named.key: named.code for named in self.bridge.pack.necessity}
        necessity: r.Necessity | None = next(
            (n for n in get_args(r.Necessity) if n == kinds.get(self.necessity.text())), None,
        )
        if necessity is None:
            self.tell("Type how necessary it is, as one digit.", "error")
            self.necessity.setFocus()
            return
        code = self.condition.currentData()
        if code == "other" and not words_of(self.text):
            self.tell("Another condition needs its words.", "error")
            self.text.setFocus()
            return
        condition = r.Condition(
            role=self.bridge.role, table=self.table.number or 0, scenario=self.scenario(), variant=self._variant(),
            condition=code, necessity=necessity, text=words_of(self.text), replaces=self._earlier(code),
        )
        if self.bridge.do(capture.set_condition, condition):
            self.tell(f"{self.bridge.saved}: {self.condition.currentText()}, table {self.table.number}.")
            self.necessity.clear()
            self.text.clear()
            self.condition.setFocus()
            self.finished.emit()

    def _variant(self) -> str:
        primary = [flip.id for flip in self.bridge.pack.scenario(self.scenario()).flips if flip.primary]
        place = self.card.number or 0
        return primary[place - 1] if 0 < place <= len(primary) else BASE

    def _earlier(self, code: str) -> int:
        """The same condition of the table on the same card, whose weight or words this one changes."""
        own, of = self.bridge.desk.device, (self.table.number, self.scenario(), self._variant())
        found = [
            record.seq for record, body in self.bridge.state.bodies(r.Condition)
            if record.device == own and code == body.condition != "other" and (body.table, body.scenario, body.variant) == of
        ]
        return found[-1] if found else 0

    def _show_ledger(self) -> None:
        """The ledger of the case in front, of all cases where none is; beside it what the notes say on it."""
        scenario, state = self.scenario(), self.bridge.state
        held = [body for _, body in state.bodies(r.Condition) if scenario in {"", body.scenario}]
        self._ledger.setText("\n".join(self._entry(body) for body in held[-SHOWN:]) or "No conditions yet.")
        noted = [] if self.quiet else [
            f"{NOTED[body.kind]}: {body.text}" for _, body in state.bodies(r.Note)
            if body.kind in NOTED and scenario in {"", body.scenario}
        ]
        self._noted.setText("\n".join(["From the notes:", *noted[-SHOWN:]]) if noted else "")

    def _entry(self, body: r.Condition) -> str:
        """One line: table, the exact card, the condition, how much it matters, and the table's words."""
        pack = self.bridge.pack
        label_ = next((c.label for c in pack.conditions if c.code == body.condition), body.text or "Another condition")
        weight = next((n.name for n in pack.necessity if n.code == body.necessity), "")
        case = pack.scenario(body.scenario)
        flip = case.flip(body.variant)
        card = f"{case.label}, {flip.label}" if flip else case.label
        words = f" “{body.text}”" if body.text and body.condition != "other" else ""
        return f"Table {body.table} · {card}: {label_}, {weight.lower()}{words}"
