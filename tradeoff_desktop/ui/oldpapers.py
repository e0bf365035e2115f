"""Papers that hold what is erased now: what became of each, and what a person still has to do about copies."""

from collections.abc import Sequence

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tradeoff_desktop.app import papers
from tradeoff_desktop.app.papers import Paper
from tradeoff_desktop.ui import keys
from tradeoff_desktop.ui.bridge import Bridge
from tradeoff_desktop.ui.controls import KeyButton, label, row
from tradeoff_desktop.ui.theme import S, Theme

DELETED = "! Deleted from this laptop, because words in them are erased now: {}."
LOST = "! They hold words that are erased now, and could not be deleted from here: {}."
REST = "Delete every copy, also on sticks and under other names, destroy what was printed, and make the papers again."


class OldPapers(QWidget):
    """Seen only while there are any."""

    def __init__(self, bridge: Bridge, theme: Theme) -> None:
        super().__init__()
        self._bridge = bridge
        self._said = label("", "warn")
        self.gone = KeyButton("No copy of them is left", theme=theme, key=keys.printed("closing", "papers_gone"))
        self.gone.clicked.connect(self.say_gone)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(S)
        layout.addWidget(self._said)
        layout.addWidget(label(REST))
        layout.addLayout(row(self.gone))
        self.refresh()

    def refresh(self) -> None:
        """Look again which there are."""
        self.show_found(papers.old(self._bridge.desk))

    def show_found(self, found: Sequence[Paper]) -> None:
        """Say of these what became of them."""
        deleted = ", ".join(one.path.name for one in found if one.fate == "deleted")
        lost = ", ".join(f"{one.path.name} in {one.path.parent}" for one in found if one.fate == "lost")
        self._said.setText("\n".join(words.format(which) for words, which in ((DELETED, deleted), (LOST, lost)) if which))
        self.setVisible(bool(found))

    @Slot()
    def say_gone(self) -> None:
        """Strike them off."""
        if not self.isHidden() and self._bridge.use(papers.say_gone):
            self.refresh()
