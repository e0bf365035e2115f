"""The last page of the set-up: every answer once more, each with a way back to its question."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout

from tradeoff_desktop.app import agenda_plan, legibility, setting_up
from tradeoff_desktop.app.setting_up import CONSENT_LIST, PageName, Plan
from tradeoff_desktop.model.pack import AgendaStep
from tradeoff_desktop.ui.controls import KeyButton, label, rule
from tradeoff_desktop.ui.dates import count, day
from tradeoff_desktop.ui.setup_parts import Part
from tradeoff_desktop.ui.theme import L, S


class ChangeButton(KeyButton):
    """Goes back to one question."""

    wanted = Signal(str)

    def __init__(self, part: "CheckPart", page: PageName, name: str) -> None:
        super().__init__("Change", theme=part.theme)
        self._page = page
        self.setAccessibleName(f"Change: {name}")
        self.clicked.connect(self.tell)

    def tell(self) -> None:
        """Ask for the page."""
        self.wanted.emit(self._page)


class CheckPart(Part):
    """What will be recorded when the workshop starts."""

    page = "check"
    title = "Check the answers"
    change_requested = Signal(str)

    def show_plan(self, plan: Plan) -> None:
        """One row an answer."""
        grid = QGridLayout()
        grid.setHorizontalSpacing(L)
        grid.setVerticalSpacing(S)
        grid.setColumnStretch(1, 1)
        for number, (page, name, text) in enumerate(self._answers(plan)):
            change = ChangeButton(self, page, name)
            change.wanted.connect(self.change_requested)
            top = Qt.AlignmentFlag.AlignTop
            for column, words in enumerate((label(name, "strong", wrap=False), label(text))):
                words.setContentsMargins(0, S, 0, S)  # as far down as the words on the button
                grid.addWidget(words, 2 * number, column, top)
            grid.addWidget(change, 2 * number, 2, top)
            grid.addWidget(rule(), 2 * number + 1, 0, 1, 3)
        self.body.addLayout(grid)
        self.body.addWidget(label("Starting writes this down. Nothing is shown to the room before you press Next.", "muted"))

    def _answers(self, plan: Plan) -> list[tuple[PageName, str, str]]:
        pack = self.pack
        groups = ", ".join(
            f"{group.name} {plan.groups.get(group.code, '0') or '0'}" for group in pack.groups
        )
        tables = "\n".join(
            f"{table.number}  {pack.theme(table.theme).name}: {_title(self, table.scenario)}" for table in plan.tables
        )
        left = [text for code, text in CONSENT_LIST.items() if code not in plan.ticked]
        consent = "Everything is ready" if not left else "\n".join(["Recorded as not done:", *(f"· {text}" for text in left)])
        when = f"{day(setting_up.read_day(plan.date)) or '–'}, {plan.start or '–'} to {setting_up.ends(pack, plan) or '–'}"
        stick = "A stick was tried" if plan.stick[0] and not plan.stick[1] else "No stick was tried"
        width, farthest, size = setting_up.room(plan)
        return [
            ("day", "When", when), ("day", "Where", plan.venue.strip() or "–"),
            ("day", "Screen", f"Words of size {size} where there is room. {legibility.sentence(width, farthest, size)[0]}".strip()),
            ("groups", "People", f"{count(setting_up.heads(plan), 'person', 'people')}: {groups}"),
            ("tables", "Tables", tables or "–"), ("agenda", "Agenda", self._agenda(plan)), ("consent", "Consent", consent),
            ("ready", "Rehearsal", f"{stick}; {'the clock is right' if plan.clock_right else 'nobody has looked at the clock'}"),
        ]

    def _agenda(self, plan: Plan) -> str:
        lengths = agenda_plan.read(self.pack, dict(plan.lengths))
        changed = [
            f"{step.title}: " + _length(step, lengths[step.id])
            for step in self.pack.agenda if step.id in lengths
        ]
        booked = f"The room is booked until {plan.booked}" if plan.booked.strip() else "No end of the booking is given"
        return "\n".join([booked, *(changed or ["Every step as long as the programme has it"])])


def _title(part: CheckPart, scenario: str) -> str:
    return next((s.title for s in part.pack.scenarios if s.id == scenario), "–")


def _length(step: AgendaStep, minutes: int) -> str:
    if step.optional:
        return f"taken in, {minutes} min"
    return f"{minutes} min instead of {step.minutes}" if minutes else "left out, recorded as an exception"
