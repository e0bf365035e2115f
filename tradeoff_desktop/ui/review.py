"""Review: what the central team must look at, side by side, and its decision with a reason."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt, Signal, Slot
from PySide6.QtWidgets import QBoxLayout, QLineEdit, QListView, QVBoxLayout, QWidget

from tradeoff_desktop.app.review import Choice, Item, Side
from tradeoff_desktop.ui import keys
from tradeoff_desktop.ui import theme as looks
from tradeoff_desktop.ui.aside import Slotted
from tradeoff_desktop.ui.central import CentralPage
from tradeoff_desktop.ui.controls import Field, KeyButton, card, label, row
from tradeoff_desktop.ui.dates import count
from tradeoff_desktop.ui.flow import FlowLayout
from tradeoff_desktop.ui.theme import L, M, S, Theme

ROOMY = 1.5
READING = "Reading what is held …"
LEAVES = (
    "Their ratings, written answers and consent are erased from everything that is held here, the kept bundles as well, and from "
    "copies that come later. Do not ask why, and do not write a name down."
)
WHY = "Write one line saying why. It is kept with the decision."
_Index = QModelIndex | QPersistentModelIndex


class Items(QAbstractListModel):
    """What there is to look at."""

    def __init__(self) -> None:
        super().__init__()
        self.items: tuple[Item, ...] = ()

    def show(self, items: Sequence[Item]) -> None:
        """Show these."""
        self.beginResetModel()
        self.items = tuple(items)
        self.endResetModel()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """How many there are."""
        return 0 if parent.isValid() else len(self.items)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """An item in one line."""
        return self.items[index.row()].line if role == Qt.ItemDataRole.DisplayRole else None


class ReviewPage(CentralPage):
    """The list at the left or above, the one in hand beside it."""

    decided = Signal(object, object, str)  # Item, Choice, reason
    code_typed = Signal(str)  # a seat code whose workshop is looked for
    leave_requested = Signal(str, str)  # workshop, seat code
    letter_requested = Signal(object)  # Item

    def __init__(self, theme: Theme, *, until: str) -> None:
        super().__init__(theme, "review")
        self._until = until  # a sentence: until when people may leave
        self.model, self.list = Items(), QListView()
        self.says = label(READING, "strong")
        self.leaving_button = KeyButton("Somebody leaves the study", theme=theme, key=keys.printed("central", "leaving"))
        self.leaving_button.clicked.connect(self.ask_code)
        self._detail = Slotted()
        self._reason = QLineEdit()
        self._field = Field("Why? One line", self._reason)
        self._lay_out()

    def acts(self) -> dict[str, Callable[[], object]]:
        """Somebody leaves the study."""
        letter = {"letter": self._letter} if self.item is not None and self.item.letter else {}
        return {**super().acts(), "leaving": self.ask_code, **letter}

    def first_focus(self) -> QWidget | None:
        """The list."""
        return self.list

    def _lay_out(self) -> None:
        looks.dress(self.list, "notes")
        self.list.setModel(self.model)
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.list.setUniformItemSizes(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setTabKeyNavigation(False)
        self.list.setAccessibleName("What there is to look at")
        self.list.setMinimumHeight(round(200 * self.theme.zoom))
        self.list.selectionModel().currentChanged.connect(self._show_item)
        self.body.addWidget(label("Review", "title"))
        self.body.addWidget(self.says)
        self.body.addLayout(row(self.leaving_button))
        self.body.addWidget(label(self._until, "muted"))
        roomy = self.theme.zoom >= ROOMY
        halves = QBoxLayout(QBoxLayout.Direction.TopToBottom if roomy else QBoxLayout.Direction.LeftToRight)
        halves.setSpacing(L)
        halves.addWidget(self.list, 4)
        right = QVBoxLayout()
        right.setSpacing(S)
        right.addWidget(self._detail)
        right.addStretch(1)
        halves.addLayout(right, 5)
        self.body.addLayout(halves, 1)

    def show_items(self, items: Sequence[Item]) -> None:
        """Show what was found; what was chosen before stays in sight."""
        self.model.show(items)
        rule = sum(one.open and one.kind not in {"bundle", "incident"} for one in items)
        bundles = sum(one.open and one.kind == "bundle" for one in items)
        incidents = sum(one.kind == "incident" for one in items)
        self.says.setText(
            f"{count(rule, 'matter')} to rule on · {count(bundles, 'bundle')} not settled · {count(incidents, 'incident or deviation', 'incidents and deviations')}",
        )
        if items:
            self.list.setCurrentIndex(self.model.index(0))
        self._show_item()

    def show_busy(self) -> None:
        """A decision is being carried out."""
        self._detail.fill(label("Carrying it out. A ruling on copies makes the store anew from the bundles kept.", "strong"))
        self.list.setFocus()

    @property
    def item(self) -> Item | None:
        """The item in hand."""
        at = self.list.currentIndex().row()
        return self.model.items[at] if 0 <= at < len(self.model.items) else None

    @Slot()
    def _show_item(self) -> None:
        item = self.item
        if item is None:
            self._detail.fill(label("Nothing has been taken in yet, so there is nothing to look at."))
            return
        parts: list[QWidget] = [label(item.what, "heading"), *self._sides(item.sides)]
        if item.choices:
            parts.append(label(item.todo, "strong"))
            self._reason = QLineEdit()
            self._reason.setMaxLength(200)
            self._field = Field("Why? One line", self._reason)
            buttons = FlowLayout(gap=M)
            for choice in item.choices:
                buttons.addWidget(self._button(item, choice))
            if item.letter:
                write = KeyButton("Write the letter to the area", theme=self.theme, key=keys.printed("central", "letter"))
                write.clicked.connect(self._letter)
                buttons.addWidget(write)
            self._detail.fill(card(*parts, self._field, buttons))
        else:
            self._detail.fill(card(*parts, *([label(item.todo)] if item.todo else [])))

    @Slot()
    def _letter(self) -> None:
        self.letter_requested.emit(self.item)

    # -- somebody leaves

    @Slot()
    def ask_code(self) -> None:
        """Ask for the seat code of somebody who leaves; nothing else of them is needed."""
        code = QLineEdit()
        code.setMaxLength(3)
        field = Field("Seat code, from their tear-off card", code)
        find = KeyButton("Find it", theme=self.theme, key="Enter")
        ask = partial(self._find, code)
        find.clicked.connect(ask)
        code.returnPressed.connect(ask)
        self._detail.fill(card(label("Somebody leaves the study", "heading"), label(LEAVES), field, row(find)))
        code.setFocus()

    def _find(self, code: QLineEdit, _pressed: bool = False) -> None:  # noqa: FBT001, FBT002 - what Qt sends with a click
        self.code_typed.emit(code.text())

    def show_who(self, seat: str, found: Sequence[tuple[str, str]]) -> None:
        """Where that code is held; one press erases."""
        parts: list[QWidget] = [label(f"Somebody with the code {seat} leaves the study", "heading")]
        if not found:
            parts.append(label("No workshop that is held here has anybody with that code. Look at the card again.", "warn"))
        else:
            parts += [label("Ask on which day and in which town they took part. This cannot be taken back.", "strong")]
        buttons = [self._leaver(seat, *one) for one in found]
        self._detail.fill(card(*parts, FlowLayout.of(*buttons, gap=M)))
        (buttons[0] if len(buttons) == 1 else self.list).setFocus()

    def _leaver(self, seat: str, workshop: str, name: str) -> KeyButton:
        button = KeyButton(f"Erase what {seat} gave in {name}", theme=self.theme, look="danger")
        button.clicked.connect(partial(self._leave, workshop, seat))
        return button

    def _leave(self, workshop: str, seat: str, _pressed: bool = False) -> None:  # noqa: FBT001, FBT002 - what Qt sends with a click
        self.leave_requested.emit(workshop, seat)

    def _sides(self, sides: Sequence[Side]) -> list[QWidget]:
        """The sides beside each other where there is room."""
        if not sides:
            return []
        holder = QWidget()
        beside = self.theme.zoom < ROOMY and len(sides) == 2
        layout = QBoxLayout(QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom, holder)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(L)
        for side in sides:
            column = QVBoxLayout()
            column.setSpacing(S)
            column.addWidget(label(f"{side.name[:1].upper()}{side.name[1:]}", "strong"))
            for line in side.says:
                column.addWidget(label(line))
            column.addStretch(1)
            layout.addLayout(column, 1)
        return [holder]

    def _button(self, item: Item, choice: Choice) -> KeyButton:
        button = KeyButton(choice.words, theme=self.theme)
        button.setAccessibleName(f"{choice.words}: {item.what}")
        button.clicked.connect(partial(self._decide, item, choice))
        return button

    def _decide(self, item: Item, choice: Choice, _pressed: bool = False) -> None:  # noqa: FBT001, FBT002 - what Qt sends with a click
        if self._reason.text().strip() or choice.verdict == "accept":
            self.decided.emit(item, choice, self._reason.text())
        else:
            self._field.refuse(WHY)
            self._reason.setFocus()
