"""The capture panel: one form at a time, each behind a key, the fitting one first."""

from collections.abc import Callable

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from tradeoff_desktop.errors import TradeoffError
from tradeoff_desktop.model.pack import AgendaStep
from tradeoff_desktop.ui import keys
from tradeoff_desktop.ui.bridge import Bridge
from tradeoff_desktop.ui.controls import KeyButton
from tradeoff_desktop.ui.entry import EntryForm
from tradeoff_desktop.ui.flow import FlowLayout
from tradeoff_desktop.ui.form import Form
from tradeoff_desktop.ui.framework import FrameworkForm
from tradeoff_desktop.ui.page import scrolling
from tradeoff_desktop.ui.positions import ConditionForm, PositionForm
from tradeoff_desktop.ui.statements import StatementForm, WrittenForm
from tradeoff_desktop.ui.tally import TallyForm
from tradeoff_desktop.ui.theme import S, Theme

Maker = Callable[[Bridge, Theme], Form]
# The act of a form, its name on the button, what makes it, and the captures of the agenda it serves.
FORMS: tuple[tuple[str, str, Maker, str], ...] = (
    ("key_sheets", "Sheets", EntryForm, "sheets"),
    ("count_hands", "Hands", TallyForm, "hands"),
    ("position", "Position", PositionForm, "position"),
    ("condition", "Condition", ConditionForm, "conditions"),
    ("statement", "Statement", StatementForm, "statement"),
    ("written", "Written", WrittenForm, "written"),
    ("framework", "Framework", FrameworkForm, "framework"),
)


class CapturePanel(QWidget):
    """The forms. Each is made when it is first wanted."""

    chosen = Signal(object)  # Key of the statement being read back
    ballot = Signal()  # a private ballot is wanted

    def __init__(self, bridge: Bridge, theme: Theme) -> None:
        super().__init__()
        self._bridge = bridge
        self._theme = theme
        self._step: AgendaStep | None = None
        self._forms: dict[str, Form] = {}
        self._areas: dict[str, QWidget] = {}
        self.now = ""
        self._quiet = False
        self._stack = QStackedWidget()
        self._buttons: dict[str, KeyButton] = {}
        flow = FlowLayout()
        for act, name, _, _ in FORMS:
            self._buttons[act] = KeyButton(name, theme=theme, key=keys.printed("run", act))
            self._buttons[act].clicked.connect(self._clicked)
            flow.addWidget(self._buttons[act])
        hand_over = KeyButton("Private ballot", theme=theme, key=keys.printed("run", "ballot"))
        hand_over.clicked.connect(self.ballot)
        flow.addWidget(hand_over)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(S)
        layout.addLayout(flow)
        layout.addWidget(self._stack, 1)

    @property
    def form(self) -> Form | None:
        """The form in front."""
        return self._forms.get(self.now)

    def fitting(self) -> str:
        """The form that the step asks for; sheets where it asks for none."""
        wanted = self._step.capture[0] if self._step is not None and self._step.capture else ""
        return next((act for act, _, _, serves in FORMS if serves == wanted), FORMS[0][0])

    def open(self, act: str) -> Form:
        """Bring a form to the front; "helper" is that of sheets, or written answers, for somebody who is helped."""
        if act == "helper":
            form = self.open(self.now if isinstance(self.form, WrittenForm) else "key_sheets")
            if isinstance(form, (EntryForm, WrittenForm)):
                form.aid.turn()
            return form
        form = self._forms.get(act) or self._make(act)
        self.now = act
        self._stack.setCurrentWidget(self._areas[act])
        form.open_at(self._step)
        for name, button in self._buttons.items():
            button.setProperty("current", name == act)
            button.setAccessibleDescription("open" if name == act else "")
        return form

    def _make(self, act: str) -> Form:
        maker = next(made for name, _, made, _ in FORMS if name == act)
        form = maker(self._bridge, self._theme)
        if isinstance(form, StatementForm):
            form.chosen.connect(self.chosen)
        form.keep_quiet(quiet=self._quiet)
        self._forms[act] = form
        self._areas[act] = scrolling(form)
        self._stack.addWidget(self._areas[act])
        return form

    def step_begun(self, step: AgendaStep | None) -> None:
        """The step has changed; the form in front is told, the others when they are opened."""
        self._step = step
        if self.form is not None:
            self.form.open_at(step)

    def refresh(self, kinds: frozenset[str]) -> None:
        """Records of these kinds have changed."""
        for form in self._forms.values():
            if "undo" in kinds:
                form.tell("")  # what was said to be saved may be taken back
            form.restate()
            form.refresh(kinds)

    def keep_quiet(self, *, quiet: bool) -> None:
        """The room may see this screen, or no longer: forms show nothing private then."""
        self._quiet = quiet
        for form in self._forms.values():
            form.keep_quiet(quiet=quiet)

    def refuse(self, error: TradeoffError) -> None:
        """Say in the form in front why something was not saved."""
        if self.form is not None:
            self.form.refuse(error)

    @Slot()
    def _clicked(self) -> None:
        act = next((name for name, button in self._buttons.items() if button is self.sender()), "")
        if act:
            self.open(act).first_focus().setFocus()
