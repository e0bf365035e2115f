"""Checkpoint bundles: what a workshop is brought back from where its store is lost or damaged.

They lie in ``checkpoints/<id>/``, signed and locked like any other bundle, so nothing in them is trusted because of
where it lies. An erasure first removes those that hold what goes (``Workshops``); the next one holds only what may be kept.
"""

from pathlib import Path

from tradeoff_desktop.app import exporting, handing_over, laptop
from tradeoff_desktop.app.desk import Desk, moment
from tradeoff_desktop.app.files import Folders, remove_files
from tradeoff_desktop.app.workshops import kept_folder, reach

KEPT = 3  # of one store; an older one holds nothing that the newest has not
EVERY = 600  # seconds between two of them, where something was entered in between


def keep(desk: Desk, folders: Folders) -> Path | None:
    """Keep a bundle of this desk's chain as it stands; None where one that reaches as far is there already.

    The centre can read it too (decision 27): brought back from it, this laptop hands it over as it is. MachineError.
    """
    own, folder = desk.store.own(), kept_folder(folders, desk.opened.workshop)
    before = of_device(folder, desk.device)
    if own is None or (before and reach(before[-1]) >= own.seq):
        return None
    keys = laptop.load(folders, desk.opened.area, now=desk.now)
    data = exporting.make(desk, keys, handing_over.readers(desk, folders).recipients, checkpoint=True)
    path = exporting.keep(folder, data, keys, at=moment(desk.now))
    remove_files(of_device(folder, desk.device)[:-KEPT])
    return path


def of_device(folder: Path, device: str) -> list[Path]:
    """The checkpoints of one store, the one that reaches farthest last."""
    return sorted(folder.glob(f"*-{device}-*.tradeoff"), key=reach)
