"""The 18 framework questions about one case: an answer and its reason, table by table. Nothing is added up."""

from PySide6.QtCore import Slot

from tradeoff_desktop.app.keying import key_of
from tradeoff_desktop.model import capture
from tradeoff_desktop.model import records as r
from tradeoff_desktop.ui.bridge import Bridge
from tradeoff_desktop.ui.controls import label
from tradeoff_desktop.ui.digits import NumberField
from tradeoff_desktop.ui.positions import TableForm, line_field, words_of
from tradeoff_desktop.ui.theme import Theme


class FrameworkForm(TableForm):
    """Table, then question after question: one digit and a reason. Table 0 is the whole room."""

    def __init__(self, bridge: Bridge, theme: Theme) -> None:
        super().__init__(bridge, theme, "The 18 questions: public, never added up")
        self.question = NumberField("Question number", limit=len(bridge.pack.questions))
        self.answer = NumberField("Answer, one digit", limit=9)
        self.reason = line_field("Reason, one line")
        self._case, self._feature = label(""), label("", "muted")
        self._asked = label("", "large")
        self._given = label("", "small")
        names = {named.code: named.name for named in bridge.pack.missing} | {"cant_say": "Can't say"}
        missing = " · ".join(f"{key} {names.get(code, code)}" for key, code in capture.MISSING_KEYS.items())
        self.add("Table", self.table, hint=self._case)
        self.add("Question", self.question, hint=self._feature)
        self.add("", self._asked)
        self.add("Answer", self.answer, hint=label(f"1 not at all … 5 fully · {missing}", "muted"))
        self.add("Reason", self.reason)
        self.body.addWidget(self.message)
        self.body.addWidget(self._given)
        self.body.addStretch(1)
        self._connect()
        self.takes_words(self.reason)
        self.shown()

    def _connect(self) -> None:
        self.table.closed.connect(self._table_closed)
        self.table.entered.connect(self._table_closed)
        self.question.textChanged.connect(self._show_question)
        self.question.closed.connect(self.answer.setFocus)
        self.question.entered.connect(self.answer.setFocus)
        self.answer.closed.connect(self.reason.setFocus)
        self.answer.entered.connect(self.reason.setFocus)
        self.reason.returnPressed.connect(self._save)

    def scenario(self) -> str:
        """The case of the table typed; the whole room speaks of the case for everybody."""
        return self.bridge.pack.anchor.id if self.table.number == 0 else super().scenario()

    def shown(self) -> None:
        """Name the case, and go to its first question without an answer."""
        scenario = self.scenario()
        who = "the whole room · " if self.table.number == 0 else ""
        self._case.setText(f"{who}{self.bridge.pack.scenario(scenario).title}" if scenario else "0 is the whole room")
        self.question.setText(str(self._next()) if scenario else "")
        self._show_given()

    def refresh(self, kinds: frozenset[str]) -> None:
        """An undo opens a question again."""
        if kinds & {"framework", "undo", "ruling", "table"}:
            self._show_given()

    def _answered(self) -> dict[int, r.Framework]:
        table, scenario = self.table.number, self.scenario()
        given = self.bridge.state.framework
        return {question: body for (of, case, question), body in sorted(given.items()) if (of, case) == (table, scenario)}

    def _next(self) -> int:
        """The first question without an answer after the one in front, or before it; the last where all have one."""
        numbers, answered = [question.number for question in self.bridge.pack.questions], self._answered()
        now = self.question.number or 0
        open_ones = [number for number in numbers if number not in answered]
        return next((n for n in open_ones if n > now), open_ones[0] if open_ones else numbers[-1])

    @Slot()
    def _table_closed(self) -> None:
        self.tell("")
        self.question.clear()
        self.shown()
        if self.known_table():
            self.answer.setFocus()

    @Slot()
    def _show_question(self) -> None:
        pack = self.bridge.pack
        asked = next((q for q in pack.questions if q.number == self.question.number), None)
        feature = next((f.name for f in pack.features if asked and f.number == asked.feature), "")
        self._asked.setText(asked.text if asked else "")
        self._feature.setText(f"of {len(pack.questions)} · {feature}" if asked else "")
        self.answer.setAccessibleDescription(asked.text if asked else "")
        before = self._answered().get(self.question.number or 0)
        self.answer.setText(key_of(before.answer) if before else "")
        self.reason.setText(before.reason if before else "")

    @Slot()
    def _save(self) -> None:
        code = capture.FRAMEWORK_KEYS.get(self.answer.text())
        if not self.known_table():
            return
        if code is None:
            self.tell("Type the answer as one digit from the list.", "error")
            self.answer.setFocus()
            return
        if code in capture.FRAMEWORK_REASONED and not words_of(self.reason):
            self.tell("Type the reason in one line. An answer without one is not kept.", "error")
            return
        table, number = self.table.number or 0, self.question.number or 0
        if self.bridge.do(capture.answer_framework, r.Framework(
            role=self.bridge.role, table=table, scenario=self.scenario(), question=number, answer=code,
            reason=words_of(self.reason), replaces=self._earlier(table, number),
        )):
            left = len(self.bridge.pack.questions) - len(self._answered())
            self.tell(f"{self.bridge.saved}: question {number}. " + (f"{left} to go." if left else "All questions have an answer."))
            self.question.setText(str(self._next()))
            self.answer.setFocus()
            self.finished.emit()

    def _earlier(self, table: int, question: int) -> int:
        own, scenario = self.bridge.desk.device, self.scenario()
        found = [
            record.seq for record, body in self.bridge.state.bodies(r.Framework)
            if record.device == own and (body.table, body.scenario, body.question) == (table, scenario, question)
        ]
        return found[-1] if found else 0

    def _show_given(self) -> None:
        given = self._answered() if self.scenario() else {}
        self._given.setText("\n".join(f"{n}: {key_of(b.answer)} {b.reason}" for n, b in given.items()) or "No answers yet.")
