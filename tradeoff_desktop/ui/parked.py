"""The questions that were parked: read out in the plenary, answered later. For the operator's own screen."""

from PySide6.QtWidgets import QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from tradeoff_desktop.app import pace
from tradeoff_desktop.model import records as r
from tradeoff_desktop.model.workshop import Workshop
from tradeoff_desktop.ui.bridge import Bridge
from tradeoff_desktop.ui.controls import label
from tradeoff_desktop.ui.theme import M, S

NONE = "No question has been parked. A note that begins with ? parks one."


def parked(state: Workshop) -> list[str]:
    """Every parked question, oldest first: when, at which table, the words, and what was added to them later."""
    added: dict[r.Ref, list[str]] = {}
    for _, body in state.bodies(r.Clarification):
        added.setdefault(body.of, []).append(f"[{body.text}]")
    return [
        " ".join([
            f"{pace.local_time(record.at, state)[:5]} ·", *([f"Table {note.table} ·"] if note.table else []),
            note.text, *added.get(record.ref, []),
        ])
        for record, note in state.bodies(r.Note) if note.kind == "question"
    ]


class ParkedPanel(QWidget):
    """The list, which is read by arrow keys."""

    def __init__(self, bridge: Bridge) -> None:
        super().__init__()
        self._bridge = bridge
        self.list = QListWidget()
        self.list.setAccessibleName("Parked questions")
        self.list.setWordWrap(True)
        self._none = label(NONE, "muted")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(M, S, M, S)
        layout.setSpacing(S)
        layout.addWidget(label("Parked questions. This screen only.", "strong"))
        layout.addWidget(self._none)
        layout.addWidget(self.list, 1)

    def look(self) -> None:
        """Read the questions again."""
        found = parked(self._bridge.state)
        self.list.clear()
        for words in found:
            self.list.addItem(QListWidgetItem(words))
        if found:
            self.list.setCurrentRow(0)
        self._none.setVisible(not found)

    def first_focus(self) -> QWidget:
        """The list."""
        return self.list
