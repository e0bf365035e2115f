"""The set-up question about the agenda: times from the real start, and what gives way where the room is booked for less."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QLineEdit, QWidget

from tradeoff_desktop.app import agenda_plan, setting_up
from tradeoff_desktop.app.setting_up import Fault, Plan
from tradeoff_desktop.ui import theme as looks
from tradeoff_desktop.ui.controls import Banner, label, row
from tradeoff_desktop.ui.setup_parts import Part
from tradeoff_desktop.ui.theme import XS, L, M

FITS = "The agenda fits the time the room is booked for."
HOW = "A talk may be shortened: type its minutes. Where it says so, 0 leaves a step out. Sheets keep the time they need."


class AgendaPart(Part):
    """Every step with its time; those that may give way have a field for their minutes."""

    page = "agenda"
    title = "Does the agenda fit the time you have?"

    def show_plan(self, plan: Plan) -> None:
        """When the room must be free, then a row a step."""
        self._over = ""
        self._start = setting_up.read_time(plan.start)
        self._minutes: dict[str, QLineEdit] = {}
        self._times: dict[str, QLabel] = {}
        self._wrong: dict[str, QLabel] = {}
        self.body.addLayout(row(self.line(
            "booked", "The room is booked until", plan.booked, hint="For instance 16:45. May be left empty", width=160,
        )))
        self._fit = Banner()
        self._ends = label("", "large")
        self.body.addWidget(self._ends)
        self.body.addWidget(self._fit)
        self.body.addWidget(label(HOW, "muted"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(M)
        grid.setVerticalSpacing(XS)
        grid.setColumnStretch(1, 1)
        typed = dict(plan.lengths)
        for number, line in enumerate(agenda_plan.lines(self.pack, self._start, typed)):
            self._add(grid, 2 * number, line, typed.get(line.step.id, str(line.minutes)))
        self.body.addLayout(grid)
        self.edited.connect(self._follow)
        self._follow()

    def read(self, plan: Plan) -> Plan:
        """The end of the booking, and the lengths that are not the programme's, as typed."""
        usual = {step.id: str(step.usual) for step in self.pack.agenda}
        booked = self.fields["booked"].editor
        return plan._replace(
            booked=booked.text() if isinstance(booked, QLineEdit) else "",
            lengths=tuple((step, field.text()) for step, field in self._minutes.items() if field.text() != usual[step]),
        )

    def refuse(self, found: list[Fault]) -> QWidget | None:
        """Say it at the booking and at each step."""
        # What the banner below the field says is not said beside it as well.
        first = super().refuse([fault for fault in found if fault.text != self._over])
        if first is None and any(fault.text == self._over for fault in found):
            first = self.fields["booked"].editor
        wrong = {fault.field: fault.text for fault in found}
        for step, field in self._minutes.items():
            self._wrong[step].setText(wrong.get(step, ""))
            self._wrong[step].setVisible(step in wrong)
            field.setAccessibleDescription(wrong.get(step, ""))
            looks.dress(field, "wrong" if step in wrong else "")
        return first or next((self._minutes[step] for step in self._minutes if step in wrong), None)

    def _add(self, grid: QGridLayout, at: int, line: agenda_plan.Line, typed: str) -> None:
        step = line.step
        self._times[step.id] = label("", "strong", wrap=False)
        grid.addWidget(self._times[step.id], at, 0)
        grid.addWidget(label(step.title + (" · tables" if step.pace == "table" else "")), at, 1)
        if not line.shorten:
            fixed = label(f"{line.minutes} min", "muted", wrap=False)
            fixed.setContentsMargins(0, XS, 0, XS)
            grid.addWidget(fixed, at, 2)
            return
        field = QLineEdit(typed)
        field.setMaxLength(3)
        field.setFixedWidth(round(64 * self.theme.zoom))
        field.setAccessibleName(f"Minutes of {step.title}")
        field.textEdited.connect(self.edited)
        self._minutes[step.id] = field
        words = f"of {step.minutes} min" + (", or 0" if line.drop else "")
        grid.addLayout(row(field, label(words, "muted", wrap=False), gap=L), at, 2, Qt.AlignmentFlag.AlignLeft)
        self._wrong[step.id] = label("", "error")
        self._wrong[step.id].hide()
        grid.addWidget(self._wrong[step.id], at + 1, 1, 1, 2)

    def _follow(self) -> None:
        plan = self.read(Plan(groups={}, start=self._start))
        lengths = {step.id: step.usual for step in self.pack.agenda} | agenda_plan.read(self.pack, dict(plan.lengths))
        left_out = {step for step, minutes in lengths.items() if minutes == 0}
        for line in agenda_plan.lines(self.pack, self._start, dict(plan.lengths)):
            self._times[line.step.id].setText("out" if line.step.id in left_out else line.begins)
        ends = setting_up.ends(self.pack, plan)
        self._ends.setText(f"{self._start} to {ends}" if ends else "")
        booked = setting_up.read_time(plan.booked)
        if not booked or not self._start:
            self._fit.clear()
            return
        asked = (self.pack, self._start, booked, dict(plan.lengths))
        self._over = agenda_plan.overrun(*asked)
        if self._over:
            self._fit.show_message(self._over, agenda_plan.remedy(*asked), tone="warn")
        else:
            self._fit.show_message(FITS, tone="ok")
