"""Statements: drafted at a table, read back to the room, voted on; and what people wrote on their last sheet."""

from typing import Literal

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QFormLayout, QLineEdit, QListWidget, QListWidgetItem, QWidget

from tradeoff_desktop.app import stage as stages
from tradeoff_desktop.app.hands import people_here
from tradeoff_desktop.app.keying import KEY_OF
from tradeoff_desktop.app.stage import Key
from tradeoff_desktop.errors import RuleError
from tradeoff_desktop.model import capture
from tradeoff_desktop.model import records as r
from tradeoff_desktop.model.pack import AgendaStep
from tradeoff_desktop.ui.aid import AidButton
from tradeoff_desktop.ui.bridge import Bridge
from tradeoff_desktop.ui.controls import KeyButton, label, row
from tradeoff_desktop.ui.digits import NumberField
from tradeoff_desktop.ui.flow import FlowLayout
from tradeoff_desktop.ui.form import Form
from tradeoff_desktop.ui.positions import line_field, words_of
from tradeoff_desktop.ui.sentence import SentenceField
from tradeoff_desktop.ui.theme import L, S, Theme

STATES = {"draft": "to be voted on", "ratified": "agreed", "no_agreement": "no agreement"}
LONGEST = 10_000  # letters of a written answer
DRAFT_ROWS = 2  # of the form's rows; those below are for the vote
READABLE = 200  # letters that still fit the projector at its smallest size


def _fields() -> QFormLayout:
    made = QFormLayout()
    made.setHorizontalSpacing(L)
    made.setVerticalSpacing(S)
    made.setRowWrapPolicy(QFormLayout.RowWrapPolicy.DontWrapRows)
    made.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
    return made


class StatementForm(Form):
    """Draft a statement; or pick one, mend its wording with the room, count the votes."""

    chosen = Signal(object)  # Key of the statement to read back, None for a new one

    def __init__(self, bridge: Bridge, theme: Theme) -> None:
        super().__init__(bridge, theme, "Statements: public")
        self._picked: Key | None = None
        self.list = QListWidget()
        self.list.setAccessibleName("Statements; Enter reads one back to the room")
        self.list.setWordWrap(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.table = NumberField("Table number")
        self.text = SentenceField(theme, "Statement, one sentence")
        self.votes = [NumberField(name) for name in ("In favour", "Against", "Abstained")]
        self.dissent = line_field("Dissent, one sentence")
        self.agreed = KeyButton("Record as agreed", theme=theme)
        self.split = KeyButton("Record as no agreement", theme=theme)
        self._build(theme)
        self._connect()
        self._show_list()
        self._show_votes()

    def _build(self, theme: Theme) -> None:
        self.list.setMaximumHeight(round(96 * theme.zoom))
        fields = _fields()
        self.table.setFixedWidth(round(64 * theme.zoom))
        fields.addRow("Table", self.table)
        fields.addRow("Statement", self.text)
        self._fields = fields
        pairs = [QWidget() for _ in self.votes]
        for pair, vote in zip(pairs, self.votes, strict=True):
            vote.setFixedWidth(round(64 * theme.zoom))
            named = row(label(vote.accessibleName(), wrap=False), vote, gap=S)
            named.setContentsMargins(0, 0, 0, 0)
            pair.setLayout(named)
        fields.addRow("Votes", FlowLayout.of(*pairs))
        fields.addRow("Dissent", self.dissent)
        fields.addRow("", FlowLayout.of(self.agreed, self.split))
        self.body.addWidget(label(self.title, "strong"))
        self.body.addWidget(self.list)
        self.body.addLayout(fields)
        self.body.addWidget(self.message)
        self.body.addStretch(1)

    def _connect(self) -> None:
        self.list.itemActivated.connect(self._pick)
        self.table.closed.connect(self.text.setFocus)
        self.table.entered.connect(self.text.setFocus)
        self.text.edited.connect(self._measure)
        self.text.entered.connect(self._write)
        for vote in self.votes:
            vote.closed.connect(self._counted)
            vote.entered.connect(self._counted)
        self.agreed.clicked.connect(self._agree)
        self.split.clicked.connect(self._disagree)
        self.dissent.returnPressed.connect(self.agreed.setFocus)
        self.takes_words(self.text, self.dissent)

    # -- what the panel asks

    def first_focus(self) -> QWidget:
        """The list where there is something to vote on, otherwise the table of a new draft."""
        return self.list if self._voting and self.list.count() else self.table

    def open_at(self, step: AgendaStep | None) -> None:
        """At the vote the list comes first, before it the draft."""
        self._voting = step is not None and step.audience == "statements"
        tables = [table.number for table in self.bridge.state.open_tables()]
        self.table.limit = max(tables, default=1)
        for vote in self.votes:
            vote.limit = self._here

    def refresh(self, kinds: frozenset[str]) -> None:
        """The list shows what is on record."""
        if kinds & {"statement", "undo", "ruling"}:
            self._show_list()

    _voting = False

    @property
    def _here(self) -> int:
        return people_here(self.bridge.state)

    # -- drafting and reading back

    @Slot(str)
    def _measure(self, text: str) -> None:
        if len(text) > READABLE:
            self.tell(f"{len(text)} letters: the last rows will be small on the projector. Two statements, perhaps?", "warn")
        else:
            self.tell("")

    @Slot()
    def _write(self) -> None:
        if self._picked is not None:
            self.votes[0].setFocus()
            return
        if self.bridge.do(
            capture.draft_statement, role=self.bridge.role, table=self.table.number or 0, text=words_of(self.text),
        ):
            self.tell(f"{self.bridge.saved}: the statement of table {self.table.number}.")
            self._clear()
            self.table.setFocus()
            self.finished.emit()

    @Slot(QListWidgetItem)
    def _pick(self, item: QListWidgetItem) -> None:
        key = item.data(Qt.ItemDataRole.UserRole)
        body = dict(stages.drafts(self.bridge.state)).get(tuple(key))
        if body is None:
            return
        self._picked = (key[0], key[1])
        self.table.setText(str(body.table))
        self.text.setText(body.text)
        self._show_votes()
        self.tell("On the screen now. Mend the wording with the room, then count.")
        self.chosen.emit(self._picked)
        self.text.setFocus()

    @Slot()
    def _counted(self) -> None:
        """On to the next count, which can be no more than the people who are left."""
        place = next((at for at, vote in enumerate(self.votes) if vote is self.sender()), 0)
        left = self._here
        for at, vote in enumerate(self.votes):
            vote.limit = max(0, left) if at else self._here
            left -= vote.number or 0
        following: list[QWidget] = [*self.votes[1:], self.dissent]
        following[place].setFocus()

    @Slot()
    def _agree(self) -> None:
        self._vote("ratified")

    @Slot()
    def _disagree(self) -> None:
        self._vote("no_agreement")

    def _vote(self, outcome: Literal["ratified", "no_agreement"]) -> None:
        draft = self.bridge.state.live["statement"].get(self._picked) if self._picked else None
        if draft is None:
            return
        if any(vote.number is None for vote in self.votes):
            self.tell("Type all three counts. 0 is an answer.", "error")
            self.votes[0].setFocus()
            return
        favour, against, abstained = (vote.number or 0 for vote in self.votes)
        voted = r.Statement(
            role=self.bridge.role, table=self.table.number or 0, text=words_of(self.text), state=outcome,
            in_favour=favour, against=against, abstained=abstained, dissent=words_of(self.dissent),
        )
        if self.bridge.do(capture.ratify, draft=draft.ref, voted=voted):
            self.tell(f"{self.bridge.saved}: {favour} in favour, {against} against, {abstained} abstained.")
            last = stages.drafts(self.bridge.state)[-1][0]
            self._clear()
            self.chosen.emit(last)
            self.list.setFocus()
            self.finished.emit()

    # -- showing

    def _clear(self) -> None:
        self._picked = None
        self.text.clear()
        for field in (self.table, *self.votes, self.dissent):
            field.clear()
        self._show_votes()

    def _show_votes(self) -> None:
        for place in range(DRAFT_ROWS, self._fields.rowCount()):
            self._fields.setRowVisible(place, self._picked is not None)

    def _show_list(self) -> None:
        self.list.clear()
        for key, body in stages.drafts(self.bridge.state):
            item = QListWidgetItem(f"Table {body.table} · {STATES[body.state]} · {body.text}")
            item.setData(Qt.ItemDataRole.UserRole, list(key))
            self.list.addItem(item)
        if self.list.count():
            self.list.setCurrentRow(0)


class PrivateLine(QLineEdit):
    """A line of words that, where the room may look on, are to be read only while they are typed."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._quiet = False
        self.setAccessibleName(name)
        self.setMaxLength(LONGEST)

    def keep_quiet(self, *, quiet: bool) -> None:
        """The room may see this screen, or no longer."""
        self._quiet = quiet
        self._show_words(seen=not quiet or self.hasFocus())

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Whoever types reads what they type."""
        super().focusInEvent(event)
        self._show_words(seen=True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Left half typed, it says nothing to the room."""
        super().focusOutEvent(event)
        self._show_words(seen=not self._quiet)

    def _show_words(self, *, seen: bool) -> None:
        self.setEchoMode(QLineEdit.EchoMode.Normal if seen else QLineEdit.EchoMode.Password)


class WrittenForm(Form):
    """What people wrote on paper, by seat code and question; one digit alone says why there is nothing."""

    def __init__(self, bridge: Bridge, theme: Theme) -> None:
        super().__init__(bridge, theme, "Written answers, from paper: private")
        self.seat = NumberField("Seat code, three digits", longest=3)
        self.question = NumberField("Question, one digit", limit=len(bridge.pack.written))
        self.text = PrivateLine("What they wrote")
        self.aid = AidButton(theme)
        self._known = label("", "small")
        questions = " · ".join(f"{n} {q.name}" for n, q in enumerate(bridge.pack.written, start=1))
        names = {named.code: named.name for named in bridge.pack.missing}
        reasons = " · ".join(f"{key} {names.get(code, code)}" for key, code in capture.WRITTEN_KEYS.items())
        for field in (self.seat, self.question):
            field.setFixedWidth(round(80 * theme.zoom))
        fields = _fields()
        fields.addRow("Seat code", self.seat)
        fields.addRow("Question", self.question)
        fields.addRow("", label(questions, "muted"))
        fields.addRow("Words", self.text)
        fields.addRow("", label(f"Nothing there? One digit: {reasons}", "muted"))
        head = FlowLayout()
        for part in (label(self.title, "strong", wrap=False), self.aid):
            head.addWidget(part)
        self.body.addLayout(head)
        self.body.addLayout(fields)
        self.body.addWidget(self.message)
        self.body.addWidget(self._known)
        self.body.addStretch(1)
        self.seat.closed.connect(self._seated)
        self.seat.entered.connect(self._seated)
        self.question.closed.connect(self._asked)
        self.question.entered.connect(self._asked)
        self.text.returnPressed.connect(self._save)
        self.takes_words(self.text)
        self._show_known()

    def first_focus(self) -> QWidget:
        """The seat code."""
        return self.seat

    def keep_quiet(self, *, quiet: bool) -> None:
        """Where the room may look on, words are to be read while they are typed and not afterwards."""
        super().keep_quiet(quiet=quiet)
        self.text.keep_quiet(quiet=quiet)

    def refresh(self, kinds: frozenset[str]) -> None:
        """How many are keyed."""
        if kinds & {"answer", "undo", "withdrawal", "ruling", "seat"}:
            self._show_known()

    @property
    def _code(self) -> str:
        """The code of the question typed, "" for none."""
        place, asked = self.question.number or 0, self.bridge.pack.written
        return asked[place - 1].code if 0 < place <= len(asked) else ""

    @Slot()
    def _seated(self) -> None:
        """A wrong code is refused before anything is typed for it."""
        self.tell("")
        try:
            capture.open_sheet(self.bridge.state, seat=self.seat.text(), sheet=4)
        except RuleError as error:
            self.refuse(error)
            self.seat.selectAll()
        else:
            self.aid.follow(self.seat.text(), self._recorded_aid)
            self.question.setFocus()

    def _recorded_aid(self) -> r.Aid | None:
        """With whose help this person's other answers were keyed here, None where there are none."""
        state, seat = self.bridge.state, self.seat.text()
        own = state.line(self.bridge.desk.device)
        found = [one.body.aid for (of, _), said in state.written.items() if of == seat for line, one in said.items() if line == own]
        return found[-1] if found else None

    @Slot()
    def _asked(self) -> None:
        before = self._before()
        if before is not None:
            if not self.quiet:
                self.text.setText(KEY_OF.get(before.missing, "") or before.text)
                self.text.selectAll()
            self.tell("Already keyed. What you type takes its place; the earlier record stays.", "warn")
        self.text.setFocus()

    def _before(self) -> r.WrittenAnswer | None:
        """What this seat wrote to this question, as keyed on this laptop."""
        state = self.bridge.state
        found = state.written.get((self.seat.text(), self._code), {}).get(state.line(self.bridge.desk.device))
        return None if found is None else found.body

    @Slot()
    def _save(self) -> None:
        if not self._code:
            self.tell("Type the number of the question.", "error")
            self.question.setFocus()
            return
        words = words_of(self.text)
        missing = capture.WRITTEN_KEYS.get(words, "")
        if not words:
            self.tell("Type the words, or one digit that says why there are none. A blank is not kept.", "error")
        elif self.bridge.do(
            capture.write_answer, role=self.bridge.role, seat=self.seat.text(), question=self._code,
            text="" if missing else words, missing=missing, aid=self.aid.aid,
        ):
            self.tell(f"{self.bridge.saved}: question {self.question.text()}, seat {self.seat.text()}. Next question of this seat, or a new code.")
            self.text.clear()
            self.question.clear()
            self.question.setFocus()
            self.finished.emit()

    def _show_known(self) -> None:
        people = self.bridge.state.sitting()
        keyed = {(body.seat, body.question) for _, body in self.bridge.state.bodies(r.WrittenAnswer)}
        done = [seat for seat in people if all((seat, asked.code) in keyed for asked in self.bridge.pack.written)]
        self._known.setText(f"Keyed: {len(done)} of {len(people)} people" if keyed else f"Nothing keyed yet. {len(people)} people expected.")
