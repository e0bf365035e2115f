"""The questions of the set-up, one thing each: the day, the groups, the consent list."""

from typing import ClassVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from tradeoff_desktop.app import legibility, setting_up
from tradeoff_desktop.app.setting_up import CONSENT_LIST, Fault, PageName, Plan
from tradeoff_desktop.model.pack import Pack
from tradeoff_desktop.ui import icons
from tradeoff_desktop.ui import theme as looks
from tradeoff_desktop.ui.controls import Field, card, label, row
from tradeoff_desktop.ui.dates import day
from tradeoff_desktop.ui.theme import XL, L, M, S, Theme
from tradeoff_desktop.ui.ticks import Picker, Tick


class Part(QWidget):
    """One question of the set-up. It shows a plan, reads it back, and says what is wrong beside the fields."""

    page: ClassVar[PageName]
    title: ClassVar[str]
    width_wanted: ClassVar[int] = 880
    edited = Signal()

    def __init__(self, theme: Theme, pack: Pack, plan: Plan) -> None:
        super().__init__()
        self.theme = theme
        self.pack = pack
        self.fields: dict[str, Field] = {}
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(L)
        self.show_plan(plan)

    def show_plan(self, plan: Plan) -> None:
        """Build the fields from a plan."""

    def read(self, plan: Plan) -> Plan:
        """``plan`` with what is typed here."""
        return plan

    def refuse(self, found: list[Fault]) -> QWidget | None:
        """Say what is wrong beside each field; the first wrong field is returned."""
        wrong = {fault.field: fault.text for fault in found}
        first: QWidget | None = None
        for name, field in self.fields.items():
            field.refuse(wrong.get(name, ""))
            if name in wrong and first is None:
                first = field.editor
        return first

    def first(self) -> QWidget | None:
        """Where the focus starts."""
        return next((field.editor for field in self.fields.values()), None)

    def line(self, name: str, words: str, text: str, *, hint: str = "", width: int = 0) -> Field:
        """A labelled line to type in."""
        editor = QLineEdit(text)
        editor.textEdited.connect(self.edited)
        field = Field(words, editor, hint=hint, width=round(width * self.theme.zoom))
        self.fields[name] = field
        return field


class DayPart(Part):
    """When and where, and how large the picture is."""

    page = "day"
    title = "When and where is the workshop?"

    def show_plan(self, plan: Plan) -> None:
        """Date, start, venue, picture width and farthest seat."""
        iso = setting_up.read_day(plan.date)
        shown = day(iso) if iso else plan.date
        self.body.addLayout(row(
            self.line("date", "Day", shown, hint="For instance 14 March 2026", width=240),
            self.line("start", "Start", plan.start, hint="For instance 13:30", width=160), gap=XL,
        ))
        self._ends = label("", "muted")
        self.body.addWidget(self._ends)
        self.body.addWidget(self.line("venue", "Venue", plan.venue, width=560))
        self.body.addLayout(row(
            self.line("screen", "Width of the picture, in cm", plan.screen, hint="May be left empty", width=160),
            self.line("farthest", "Farthest seat, in cm", plan.farthest, hint="May be left empty", width=160), gap=XL,
        ))
        self._size = Picker(self.theme)
        self._size.setMinimumWidth(round(300 * self.theme.zoom))
        self._size.addItem("What the farthest seat needs", "")
        for size in legibility.SIZES:
            self._size.addItem(f"{size}", str(size))
        self._size.setCurrentIndex(max(0, self._size.findData(plan.text)))
        self._size.currentIndexChanged.connect(self.edited)
        self.body.addLayout(row(Field("Size of the words", self._size, width=round(420 * self.theme.zoom))))
        self._reach = label("")
        self.body.addWidget(self._reach)
        self.edited.connect(self._follow)
        self._follow()

    def read(self, plan: Plan) -> Plan:
        """The fields as typed."""
        typed = {name: _text(field) for name, field in self.fields.items()}
        return plan._replace(
            date=typed["date"], start=typed["start"], venue=typed["venue"], screen=typed["screen"],
            farthest=typed["farthest"], text=self._size.currentData(),
        )

    def _follow(self) -> None:
        plan = self.read(Plan(groups={}))
        ends = setting_up.ends(self.pack, plan)
        self._ends.setText(f"The agenda then ends at {ends}." if ends else "")
        words, readable = legibility.sentence(*setting_up.room(plan))
        looks.dress(self._reach, "ok" if readable else "warn")
        self._reach.setText(words)
        self._reach.setVisible(bool(words))


class GroupsPart(Part):
    """How many people of each group are expected."""

    page = "groups"
    title = "How many people are in each group?"

    def show_plan(self, plan: Plan) -> None:
        """One line a group, its shape and initial first."""
        grid = QGridLayout()
        grid.setHorizontalSpacing(M)
        grid.setVerticalSpacing(M)
        self._wrong: dict[str, QLabel] = {}
        self._typed: dict[str, QLineEdit] = {}
        for number, group in enumerate(self.pack.groups):
            mark = QLabel()
            side = round(30 * self.theme.zoom)
            mark.setPixmap(icons.group_pixmap(self.theme, shape=group.shape, initial=group.initial, side=side))
            editor = QLineEdit(plan.groups.get(group.code, "0"))
            editor.setAccessibleName(f"{group.name}, number of people")
            editor.setMaximumWidth(round(72 * self.theme.zoom))
            editor.setMaxLength(3)
            editor.textEdited.connect(self.edited)
            self._typed[group.code] = editor
            self._wrong[group.code] = label("", "error")
            grid.addWidget(mark, number, 0)
            grid.addWidget(label(group.name, wrap=False), number, 1)
            grid.addWidget(editor, number, 2)
            grid.addWidget(self._wrong[group.code], number, 3)
        grid.setColumnStretch(3, 1)
        self.body.addLayout(grid)
        self._total = label("", "large")
        self.body.addWidget(self._total)
        self.body.addWidget(label("You can change the number of people in the room on the day, with H.", "muted"))
        self.edited.connect(self._follow)
        self._follow()

    def read(self, plan: Plan) -> Plan:
        """The numbers as typed."""
        return plan._replace(groups={code: editor.text() for code, editor in self._typed.items()})

    def refuse(self, found: list[Fault]) -> QWidget | None:
        """Say it beside each number."""
        wrong = {fault.field: fault.text for fault in found}
        for code, editor in self._typed.items():
            self._wrong[code].setText(wrong.get(code, ""))
            editor.setAccessibleDescription(wrong.get(code, ""))
            looks.dress(editor, "wrong" if code in wrong else "")
        return next((self._typed[code] for code in self._typed if code in wrong), None)

    def first(self) -> QWidget | None:
        """The first group."""
        return next(iter(self._typed.values()), None)

    def _follow(self) -> None:
        self._total.setText(f"Total {setting_up.heads(self.read(Plan(groups={})))}")


class ConsentPart(Part):
    """The consent list, and the words people are told."""

    page = "consent"
    title = "Is everything ready for consent?"

    def show_plan(self, plan: Plan) -> None:
        """One tick a point; what is not ticked is written into the record."""
        self.body.addWidget(label("What you leave unticked is recorded as an exception and printed in the report."))
        points = QVBoxLayout()
        points.setSpacing(0)
        self._ticks = {code: Tick(text, self.theme, on=code in plan.ticked) for code, text in CONSENT_LIST.items()}
        for tick in self._ticks.values():
            tick.clicked.connect(self.edited)
            points.addWidget(tick)
        self.body.addLayout(points)
        self.body.addWidget(card(
            label("What people are told", "strong"), label(_one_line(self.pack.wording.consent)),
            label(_one_line(self.pack.wording.withdrawal)),
        ))
        self.body.setSpacing(S)

    def read(self, plan: Plan) -> Plan:
        """The codes of the points that are ticked."""
        return plan._replace(ticked=tuple(code for code, tick in self._ticks.items() if tick.isChecked()))

    def first(self) -> QWidget | None:
        """The first point."""
        return next(iter(self._ticks.values()), None)


def _text(field: Field) -> str:
    editor = field.editor
    return editor.text() if isinstance(editor, QLineEdit) else ""


def _one_line(text: str) -> str:
    return " ".join(text.split())
