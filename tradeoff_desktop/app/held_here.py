"""What the stores on this laptop say of themselves, read without changing them; a damaged one never hides the others."""

from pathlib import Path
from typing import NamedTuple

from tradeoff_desktop.app.files import Folders
from tradeoff_desktop.errors import TradeoffError
from tradeoff_desktop.model.records import Opened
from tradeoff_desktop.store.store import Store

DAMAGED = frozenset({"store_damaged", "store_altered", "register_broken"})


class Known(NamedTuple):
    """A store and the first record of this laptop's own chain in it; ``fault`` says why that cannot be read now."""

    path: Path
    opened: Opened | None
    fault: TradeoffError | None = None

    @property
    def damaged(self) -> bool:
        """Whether it must be brought back before it says anything; one that is open elsewhere is not."""
        return self.fault is not None and self.fault.code in DAMAGED


def stores(folders: Folders) -> list[Known]:
    """Every store here that was begun, by name."""
    found = []
    for path in sorted(folders.workshops.glob("*.db")):
        try:
            with Store.look(path) as held:
                own = held.own()
                first = next(held.records(own.device)).body if own is not None else None
        except TradeoffError as error:
            found += [Known(path, None, error)] if error.code != "store_empty" else []
        else:
            found += [Known(path, first)] if isinstance(first, Opened) else []
    return found
